//! Where a clause of its own begins between a governor and what it might govern.

use super::Gaze;
use crate::extract::mood::is_party;
use crate::lexicon::Features;

/// Items from "stressed" to its "that".
const SAYS: usize = 6;

impl Gaze<'_> {
    /// "They deny that it fell, and our forces hold it": what is denied ends before the "and".
    pub(super) fn part(&mut self, left: usize) {
        let Self { items, words, .. } = *self;
        let item = &items[left];
        self.is_apart |= self.says_more(left);
        self.is_told |= item.classes.meets(words.that);
        self.is_past |= !words.is_analytic
            && item.classes.meets(words.after_that)
            && items[self.at].features.any(Features::PAST);
        let is_behind_comma = || left.checked_sub(1).is_some_and(|at| items[at].is_comma());
        self.is_told_anew |=
            item.classes.meets(words.that) && item.features.any(Features::AND) && is_behind_comma();
        self.is_apart |= !words.is_analytic
            && (self.is_free
                || items[self.at].classes.meets(words.roles.held)
                || is_party(&items[self.at], words))
            && !self.is_told
            && item.features.any(Features::AND)
            && (is_behind_comma() || self.stays_so(left));
        self.is_apart |= words.is_analytic && self.opens_clause(left);
    }

    /// "They are close to A, and they hold B": behind the comma a clause with a subject of its own.
    fn opens_clause(&self, and: usize) -> bool {
        let Self { items, words, .. } = *self;
        and > 0
            && and + 1 < self.at
            && items[and - 1].is_comma()
            && items[and].classes.meets(words.and)
            && items[and + 1].classes.meets(words.subjects)
    }

    /// "He denied that it fell and stressed that it is held": what is said behind the "and" is
    /// another statement, whoever denied the first.
    fn says_more(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let verb = &items[left];
        let that = left + 1..self.at.min(left + 1 + SAYS);
        !words.is_analytic
            && (verb.features.any(Features::AND) || left > 0 && items[left - 1].is_comma())
            && verb.features.is_finite()
            && verb.classes.meets(words.report)
            && !verb
                .classes
                .meets(words.governors.deny.and(words.governors.intend))
            && that
                .into_iter()
                .any(|at| items[at].classes.meets(words.that))
    }

    /// "They deny that they left: the village is in our hands": behind the colon they speak.
    pub(super) fn is_own_words(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let is_state = words.under.and(words.governors.ours);
        !words.is_analytic
            && items[self.at].classes.meets(is_state)
            && items[left..self.at].iter().any(|item| item.is_mark(&[':']))
    }

    /// "Repel the attack and PLACE remains in their hands": a verb of being, behind an "and", says
    /// how things stand.
    fn stays_so(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let verb = &items[left];
        items[self.at].classes.meets(words.under)
            && !verb.features.any(Features::NOUN)
            && verb.classes.meets(words.become_state)
    }
}
