//! A particle that means "that" before a noun and "if" before a verb: Arabic إن.

use super::annotate::Item;
use crate::lexicon::{ClassSet, Features, Lexicon};
use crate::text::Text;

/// How it is written, and the words that it may stand for.
#[derive(Debug)]
pub(crate) struct Particle {
    written: String,
    that: ClassSet,
    condition: ClassSet,
}

impl Particle {
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        Self {
            written: lexicon.that_or_if().to_owned(),
            that: lexicon.set(&["that"]),
            condition: lexicon.set(&["condition"]),
        }
    }

    /// Before a verb it begins a condition. Folding writes it like the "that" which stands before
    /// verbs too (أن), so it is told by its letters as written.
    pub(super) fn read(&self, text: &Text, before: Option<&mut Item>, verb: &Item) {
        let is_verb = verb.features.any(Features::PAST.and(Features::PRESENT))
            && !verb.features.any(Features::NOUN);
        let Some(before) = before.filter(|_| is_verb && !self.written.is_empty()) else {
            return;
        };
        if before.classes.meets(self.that) && text.slice(before.span) == self.written {
            before.classes = before.classes.and(self.condition);
        }
    }
}
