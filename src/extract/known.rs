//! What the tables know of a word, remembered from text to text.
//!
//! A word may carry particles, an article, or both, and each way to read it is a look into two
//! tables. Words come again and again, so each is looked up in all its readings once: after that,
//! it is known which of them begin a cue or a name at all. Of most words none does.

use std::cell::Cell;
use std::hint::black_box;
use std::sync::{Mutex, PoisonError};

use crate::lexicon::Readings;
use crate::text::Text;

/// Which readings of a word begin a cue, and which a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Known {
    pub cues: Readings,
    pub names: Readings,
}

/// Words that are remembered at a time: enough for nine of ten words of news.
const SLOTS: usize = 1 << 15;

/// The letters of a word that is not longer, as numbers.
type Letters = [u64; 3];

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
    /// What is known of each token of a text; `learn` finds it out.
    pub(crate) fn of_all(&mut self, text: &Text, learn: impl Fn(&str) -> Known) -> Vec<Known> {
        let tokens = text.tokens();
        let letters = tokens.iter().map(|token| text.letters_of(token));
        let letters: Vec<Option<Letters>> = letters.collect();
        // A look at every slot that waits for no other: the processor fetches many side by side.
        let slots = letters.iter().flatten();
        black_box(slots.fold(0, |sum, letters| sum ^ self.slots[slot_of(*letters)].0[0]));
        let known = tokens.iter().zip(letters).map(|(token, letters)| {
            let word = text.folded(token);
            letters.map_or_else(|| learn(word), |letters| self.of(letters, word, &learn))
        });
        known.collect()
    }

    fn of(&mut self, letters: Letters, word: &str, learn: impl FnOnce(&str) -> Known) -> Known {
        let slot = &mut self.slots[slot_of(letters)];
        if slot.0 != letters {
            *slot = (letters, learn(word));
        }
        slot.1
    }
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

/// True when `longest` finds something in a table, or would with other words behind; it is given
/// those words.
pub(crate) fn begins(longest: impl FnOnce(&dyn Fn(usize) -> Option<&'static str>) -> bool) -> bool {
    let has_asked = Cell::new(false);
    let next = |_| {
        has_asked.set(true);
        None
    };
    longest(&next) || has_asked.get()
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
        let long = "internationalisation";
        let mut read = |text: &str, known| memory.of_all(&Text::new(text), |_| known);
        assert_eq!(read(&format!("هجين a {long}{long}"), known), [known; 3]);
        let none = Known::default();
        let expected = [none, known, known, none];
        assert_eq!(read(&format!("b هجين a {long}{long}"), none), expected);
    }
}
