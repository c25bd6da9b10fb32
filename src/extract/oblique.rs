//! Parties that are named, but not as the ones who act.

use super::claim::Collector;
use crate::lexicon::ClassSet;

/// Items from a party to the blow that befalls it: "had soon been driven off".
const THROWN: usize = 5;

/// Items from "on" to the party behind it: "on the positions of".
const TARGET: usize = 2;

impl Collector<'_> {
    /// "Driven out by the ACTOR": it is named behind the word for the agent.
    pub(super) fn is_agent(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.has_capitals && self.stands_behind(at, words.by.and(words.under))
    }

    /// The item at `at`, or the article before it, follows a word of these classes.
    fn stands_behind(&self, at: usize, classes: ClassSet) -> bool {
        let before = self.word_before(at);
        before.is_some_and(|before| self.context.items[before].classes.meets(classes))
    }

    /// The word before the item at `at` and before its article and quotation mark.
    fn word_before(&self, at: usize) -> Option<usize> {
        let items = self.context.items;
        let the = self.context.language.words.the;
        let quote = usize::from(at > 1 && items[at - 1].is_mark(&['"']));
        let article = at > 1 + quote && items[at - 1 - quote].classes.meets(the);
        at.checked_sub(1 + quote + usize::from(article))
    }

    /// "Took it from the ACTOR": whoever stands behind "from" does not act in what follows.
    pub(super) fn is_robbed(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.has_capitals && self.stands_behind(at, words.from)
    }

    /// "Left it to the ACTOR": whoever is given something does not act.
    pub(super) fn is_recipient(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.has_capitals && self.stands_behind(at, words.governors.to)
    }

    /// "The last hiding places of the ACTOR": it stands behind a preposition and does nothing.
    /// "Fighters of the ACTOR" act.
    pub(super) fn is_oblique(&self, at: usize) -> bool {
        self.is_agent(at)
            || self.is_robbed(at)
            || self.is_recipient(at)
            || self.is_driven(at)
            || self.is_owner_of_other(at)
            || self.is_target(at)
    }

    /// "An assault on the positions of the ACTOR"; in English, "hit back at the ACTOR".
    fn is_target(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let before = at.saturating_sub(TARGET)..at;
        let on = before
            .rev()
            .find(|at| !items[*at].classes.meets(words.zone));
        if words.has_capitals {
            return self.stands_behind(at, words.against);
        }
        on.is_some_and(|on| items[on].classes.meets(words.on))
    }

    /// "The ACTOR was driven off, and the town is in its hands": in those of another.
    pub(super) fn is_thrown_back(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let ahead = at + 1..(at + THROWN).min(items.len());
        words.has_capitals
            && ahead
                .clone()
                .find(|at| !items[*at].classes.meets(words.members))
                .is_some_and(|was| {
                    items[was].classes.meets(words.governors.was)
                        && (was..ahead.end).any(|at| items[at].classes.meets(words.driving))
                })
    }

    /// "Drove the ACTOR out": the object of a blow.
    pub(super) fn is_driven(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.has_capitals && self.stands_behind(at, words.driving.and(words.hitting))
    }

    fn is_owner_of_other(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let noun = self.word_before(at).and_then(|of| of.checked_sub(1));
        words.has_capitals
            && self.stands_behind(at, words.of)
            && noun.is_some_and(|noun| !items[noun].classes.meets(words.members))
    }
}
