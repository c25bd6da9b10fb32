//! A phrase with a day in its middle: "holding out on Monday in", "was held on Friday by".

use super::words::class_sets;
use crate::lexicon::{ClassSet, Lexicon, Sense};

/// Words of a phrase before the day.
const BEFORE: usize = 4;

class_sets! {
    /// Classes of the words of a day; none of them speaks of how a thing goes on, as "now" does.
    Days {
        day = ["day"],
        on = ["on"],
    }
}

/// Where a phrase is interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Words of the phrase before it.
    pub(crate) start: usize,
    pub(crate) words: usize,
}

impl Gap {
    /// How far ahead the word of a phrase stands that would be so far ahead without the gap.
    pub(crate) fn over(self, ahead: usize) -> usize {
        if ahead < self.start {
            ahead
        } else {
            ahead + self.words
        }
    }
}

impl Days {
    /// The first day behind a word; `sense` says what the word so far ahead means alone, or nothing
    /// past the end of the words that a phrase may go on over.
    pub(crate) fn behind<'s>(&self, sense: impl Fn(usize) -> Option<Sense<'s>>) -> Option<Gap> {
        if self.day.is_empty() {
            return None;
        }
        (1..=BEFORE).find_map(|start| {
            let words = self.day(start, &sense)?;
            Some(Gap { start, words })
        })
    }

    fn day<'s>(&self, at: usize, sense: impl Fn(usize) -> Option<Sense<'s>>) -> Option<usize> {
        let is = |ahead, class| sense(ahead).is_some_and(|sense| sense.classes.meets(class));
        let start = if is(at, self.on) { at + 1 } else { at };
        is(start, self.day).then_some(start + 1 - at)
    }
}
