//! What the tables know of a word, remembered from text to text.
//!
//! A word may carry particles, an article, or both, and each way to read it is a look into two
//! tables. Words come again and again, so each is looked up in all its readings once: after that,
//! it is known what it means alone, and which words may go on a longer cue or name that it begins.
//! Most words begin none, and of those that do, few stand before a word that goes on.

use std::cell::Cell;
use std::hint::black_box;
use std::mem::take;
use std::sync::{Mutex, PoisonError};

use super::name_index::Hit;
use crate::lexicon::{Features, Readings, Written};
use crate::text::Text;

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Known {
    /// Bits of the words that may go on a cue or name that begins with it.
    pub seconds: u64,
    /// Its own bits where it goes on one.
    pub as_second: u64,
    /// The cue that it is alone.
    pub cue: Option<Written>,
    /// The name that it is alone, without the particles written onto it.
    pub name: Option<Hit>,
    /// What those particles say.
    pub name_features: Features,
    /// Their letters.
    pub particles: u8,
    /// Which of its readings begin a cue.
    pub cues: Readings,
    /// Which of them begin a name.
    pub names: Readings,
}

impl Known {
    /// False only when no cue or name that begins with this word goes on with the next one.
    pub(crate) fn may_go_on(&self, next: &Self) -> bool {
        self.seconds & next.as_second != 0
    }
}

/// Words that are remembered at a time: enough for nine of ten words of news.
pub(super) const SLOTS: usize = 1 << 15;

/// The letters of a word that is not longer, as numbers.
pub(super) type Letters = [u64; 3];

/// Words and what is known of them; a new word takes the place of another with the same slot.
#[derive(Debug)]
pub(crate) struct Memory {
    slots: Vec<Slot>,
    /// The letters of the tokens of the text that is being read, where they are few enough.
    letters: Vec<Option<Letters>>,
    /// What is known of each.
    known: Vec<Known>,
}

/// A word in memory: one line of the processor's cache.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Slot {
    letters: Letters,
    known: Known,
}

impl Default for Memory {
    fn default() -> Self {
        // No word is without letters, so an empty slot is never taken for one.
        Self {
            slots: vec![Slot::default(); SLOTS],
            letters: Vec::new(),
            known: Vec::new(),
        }
    }
}

impl Memory {
    /// What is known of each token of a text; `learn` finds it out.
    pub(crate) fn of_all(&mut self, text: &Text, learn: impl Fn(&str) -> Known) -> &[Known] {
        let tokens = text.tokens();
        let mut letters = take(&mut self.letters);
        letters.clear();
        letters.extend(tokens.iter().map(|token| text.letters_of(token)));
        // A look at every slot that waits for no other: the processor fetches many side by side.
        let slots = letters.iter().flatten();
        black_box(slots.fold(0, |sum, letters| {
            sum ^ self.slots[slot_of(*letters)].letters[0]
        }));
        let mut known = take(&mut self.known);
        known.clear();
        known.extend(tokens.iter().zip(&letters).map(|(token, letters)| {
            let word = || text.folded(token);
            letters.map_or_else(
                || learn(word()),
                |letters| self.of(letters, || learn(word())),
            )
        }));
        (self.letters, self.known) = (letters, known);
        &self.known
    }

    fn of(&mut self, letters: Letters, learn: impl FnOnce() -> Known) -> Known {
        let slot = &mut self.slots[slot_of(letters)];
        if slot.letters != letters {
            let known = learn();
            *slot = Slot { letters, known };
        }
        slot.known
    }
}

/// By multiplication with odd numbers, of which the high bits of the product are the best mixed.
pub(super) fn slot_of(letters: Letters) -> usize {
    let [a, b, c] = letters;
    let mixed = (a ^ b.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ c;
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> (64 - SLOTS.trailing_zeros())) as usize
}

/// Memories that no text is being read with: as many as texts were read at a time.
#[derive(Debug, Default)]
pub(crate) struct Memories<M>(Mutex<Vec<M>>);

impl<M: Default> Memories<M> {
    /// Does something with a memory that nobody else has meanwhile.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&mut M) -> T) -> T {
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
            ..Known::default()
        };
        let long = "internationalisation";
        let mut read = |text: &str, known| memory.of_all(&Text::new(text), |_| known).to_vec();
        assert_eq!(read(&format!("هجين a {long}{long}"), known), [known; 3]);
        let none = Known::default();
        let expected = [none, known, known, none];
        assert_eq!(read(&format!("b هجين a {long}{long}"), none), expected);
    }
}
