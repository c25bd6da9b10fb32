//! A phrase with a day in its middle: "holding out on Monday in", "was held on Friday by".

use crate::lexicon::{ClassSet, Lexicon, Sense};

/// What this file asks the lexicon for.
pub(super) const CLASSES: [&str; 2] = ["day", "on"];

/// Words of a phrase before the day.
const BEFORE: usize = 4;

/// Classes of the words of a day; none of them speaks of how a thing goes on, as "now" does.
#[derive(Debug)]
pub(crate) struct Days {
    day: ClassSet,
    /// "On", before one.
    on: ClassSet,
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
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        Self {
            day: lexicon.set(&CLASSES[..1]),
            on: lexicon.set(&CLASSES[1..]),
        }
    }

    /// The first day behind a word; `sense` says what the word so far ahead means alone, or nothing
    /// past the end of the words that a phrase may go on over.
    pub(crate) fn behind<'s>(&self, sense: impl Fn(usize) -> Option<Sense<'s>>) -> Option<Gap> {
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
