//! What the tables know of a word, remembered from text to text.
//!
//! A word may carry particles, an article, or both, and each way to read it is a look into two
//! tables. Words come again and again, so each is looked up in all its readings once: after that,
//! it is known which of them begin a cue or a name at all. Of most words none does.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

use crate::lexicon::{Lexicon, Readings};

/// Which readings of a word begin a cue, and which a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Known {
    pub cues: Readings,
    pub names: Readings,
}

/// A longer word, in bytes, is looked up each time.
const LONGEST: usize = 24;

/// Words that are remembered at a time: enough for nine of ten words of news.
const SLOTS: usize = 1 << 15;

type Letters = [u64; LONGEST / 8];

/// Words and what is known of them; a new word takes the place of another with the same slot.
#[derive(Debug)]
pub(crate) struct Memory {
    slots: Vec<(Letters, Known)>,
}

impl Default for Memory {
    fn default() -> Self {
        // No word is without letters, so an empty slot is never taken for one.
        Self {
            slots: vec![Default::default(); SLOTS],
        }
    }
}

impl Memory {
    /// What is known of `word`; `learn` finds it out.
    pub(crate) fn of(&mut self, word: &str, learn: impl FnOnce(&str) -> Known) -> Known {
        let Some(letters) = letters(word) else {
            return learn(word);
        };
        let slot = &mut self.slots[slot_of(letters)];
        if slot.0 != letters {
            *slot = (letters, learn(word));
        }
        slot.1
    }
}

/// The letters of a word as numbers; none for a longer one.
fn letters(word: &str) -> Option<Letters> {
    let mut bytes = [0; LONGEST];
    bytes
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    let mut letters = Letters::default();
    for (number, bytes) in letters.iter_mut().zip(bytes.chunks_exact(8)) {
        *number = bytes.try_into().map_or(0, u64::from_le_bytes);
    }
    Some(letters)
}

/// By multiplication with odd numbers, of which the high bits of the product are the best mixed.
fn slot_of(letters: Letters) -> usize {
    let [a, b, c] = letters;
    let mixed = (a ^ b.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ c;
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> (64 - SLOTS.trailing_zeros())) as usize
}

/// Memories that no text is being read with: as many as texts were read at a time.
#[derive(Debug, Default)]
pub(crate) struct Memories(Mutex<Vec<Memory>>);

impl Memories {
    /// Does something with a memory that nobody else has meanwhile.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&mut Memory) -> T) -> T {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = free().pop().unwrap_or_default();
        let result = read(&mut memory);
        free().push(memory);
        result
    }
}

/// The readings of `word` that begin something: those for which `longest` finds something or asks
/// for the words behind. Its arguments are a reading and those words.
pub(crate) fn readings_that(
    word: &str,
    lexicon: &Lexicon,
    longest: impl Fn(Readings, &dyn Fn(usize) -> Option<&'static str>) -> bool,
) -> Readings {
    let mut all = Readings::default();
    let has_asked = Cell::new(false);
    let next = |_| {
        has_asked.set(true);
        None
    };
    for reading in 0..lexicon.readings(word).count() {
        for one in Readings::of(reading) {
            has_asked.set(false);
            if longest(one, &next) || has_asked.get() {
                all = all.and(one);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_learnt_once() {
        let mut memory = Memory::default();
        let known = Known {
            cues: Readings::ALL,
            names: Readings::default(),
        };
        let long = "a word of more letters than fit";
        for word in ["هجين", "a", long] {
            assert_eq!(memory.of(word, |_| known), known);
        }
        for (word, expected) in [
            ("هجين", known),
            ("a", known),
            ("b", Known::default()),
            (long, Known::default()),
        ] {
            assert_eq!(memory.of(word, |_| Known::default()), expected, "{word}");
        }
    }
}
