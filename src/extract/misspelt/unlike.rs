//! Words that are like no name: most stand in report after report, and need not be compared again.

use crate::extract::known::{Letters, SLOTS, slot_of};

/// Of so many words that are remembered at all, one is here: few stand beside what tells of a place,
/// and a small table stays near the processor.
const SHARE: usize = 8;

/// Words that are like no name, so that each is looked up once; a word takes the place of another
/// with the same slot.
#[derive(Debug)]
pub(crate) struct Memory(Vec<Letters>);

impl Default for Memory {
    fn default() -> Self {
        // No word is without letters.
        Self(vec![Letters::default(); SLOTS / SHARE])
    }
}

impl Memory {
    /// False for a word that has not been noted, or not lately.
    pub(super) fn is_unlike(&self, letters: Option<Letters>) -> bool {
        letters.is_some_and(|letters| self.0[slot_of(letters) / SHARE] == letters)
    }

    /// Remembers a word that is like no name.
    pub(super) fn note(&mut self, letters: Option<Letters>) {
        if let Some(letters) = letters {
            self.0[slot_of(letters) / SHARE] = letters;
        }
    }
}
