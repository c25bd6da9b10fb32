//! What is told as past: "was under", unless it is so still.

use super::{Gaze, REACH};
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::mood::{AHEAD, Mood, is_party};
use crate::lexicon::Features;

/// Items from a verb to its place.
const OBJECT: usize = 5;

/// Items from the verb of the main clause to a relative clause in it.
const MAIN: usize = 4;

/// Items from "came" to whose a place is.
const COME: usize = 4;

impl Gaze<'_> {
    /// "Was under", "were holding", unless "still" stands between.
    pub(super) fn past(&mut self, left: usize, floor: usize) -> Option<Mood> {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let item = &items[left];
        self.is_still |= item.classes.meets(governors.still);
        self.has_come |= self.comes(left);
        let cue = items[self.at].features;
        // English tells its story in the past: "were cornered in 4 square kilometres".
        let is_amount = !words.is_analytic
            && (matches!(items[self.at].kind, ItemKind::Number(_))
                || items[self.at].classes.meets(words.amounts));
        let is_owner = is_party(&items[self.at], words);
        self.is_still |= is_owner && item.classes.meets(words.become_state);
        let is_state = is_amount
            || is_owner
            || cue.any(Features::PRESENT.and(Features::NOUN)) && !cue.any(Features::PAST);
        // "Had reported that it has come under": the "was" belongs to the report.
        let is_so = self.is_still || self.has_come && !self.is_told;
        // "Is thus" is a form of the same verb.
        let is_was = item.classes.meets(if words.is_analytic {
            governors.once
        } else {
            governors.was
        }) && (words.is_analytic || !item.features.any(Features::PRESENT));
        let is_past = is_was
            && self.is_near(left)
            && is_state
            && (words.is_analytic || !self.is_behind)
            && !self.is_of_another(left)
            && !self.is_backshift(left, floor)
            && !self.is_renewed(left)
            && !(is_amount && self.is_closed(left))
            && !self.lasts()
            && !is_so;
        is_past.then_some(Mood::Past)
    }

    /// "Which was, a week ago, four, has sunk to two": a comma closes what was.
    fn is_closed(&self, was: usize) -> bool {
        let items = self.items;
        let is_open = items[was - was.min(1)].is_comma() || items[was].features.any(Features::AND);
        is_open && items[was + 1..self.at].iter().any(Item::is_comma)
    }

    /// "Had by then come under": what came about is so still, though a "was" stands before it.
    fn comes(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let item = &items[left];
        let is_own = left
            .checked_sub(1)
            .is_some_and(|before| !items[before].classes.meets(words.which));
        !words.is_analytic
            && self.at - left <= COME
            && is_own
            && item.classes.meets(words.coming)
            && item.features.any(Features::PAST)
            && !item.features.any(Features::NOUN)
    }

    /// "They were pushed back and the army holds the rest": another party stands between.
    fn is_of_another(&self, was: usize) -> bool {
        let Self { items, words, .. } = *self;
        words.is_analytic
            && items[was + 1..self.at]
                .iter()
                .any(|item| matches!(item.kind, ItemKind::Actor(_)))
    }

    /// "The garage that they used to run, and they hold the airport": behind "and" with a pronoun for
    /// those who act another clause begins, with its own time.
    fn is_renewed(&self, was: usize) -> bool {
        let Self { items, words, .. } = *self;
        let is_pronoun = |item: &Item| {
            item.features.any(Features::AND) && item.classes.meets(words.governors.which_is)
        };
        // "And its loss of it means": a noun that begins the clause is what the clause is about.
        let forms = items[self.at].features;
        let is_head = items[self.at - 1].is_comma()
            && forms.any(Features::AND)
            && forms.any(Features::NOUN)
            && forms.any(Features::OWNED);
        !words.is_analytic
            && (is_head
                || self.is_behind_relative(was)
                || items[was..self.at]
                    .windows(2)
                    .any(|pair| pair[0].is_comma() && is_pronoun(&pair[1])))
    }

    /// "The market that they used to run, and they hold PLACE", "PLACE, which was the stronghold of
    /// the one, has come into the hands of the other": the relative clause has ended.
    fn is_behind_relative(&self, was: usize) -> bool {
        let Self { items, words, .. } = *self;
        let Some(which) = was.checked_sub(1) else {
            return false;
        };
        if !items[which].classes.meets(words.which) {
            return false;
        }
        let cue = items[self.at].features;
        let ahead = items[self.at + 1..].iter().take(OBJECT);
        let mut ahead = ahead.take_while(|item| !item.is_punctuation());
        let is_clause = cue.any(Features::AND)
            && cue.any(Features::PRESENT)
            && items[self.at - 1].is_comma()
            && ahead.any(Item::is_place);
        let names = |item: &Item| matches!(item.kind, ItemKind::Actor(_));
        let main = &items[which.saturating_sub(MAIN)..which];
        let is_predicate = !cue.is_finite()
            && main
                .iter()
                .any(|item| item.classes.meets(words.become_state))
            && items[was..self.at].iter().any(names);
        is_clause || is_predicate
    }

    /// "Were fighting until the time of writing", "held it before the attack, and still does".
    fn lasts(&self) -> bool {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
        let ahead = items[self.at + 1..].iter().take(AHEAD).take_while(ends);
        let ahead: Vec<&Item> = ahead.collect();
        let is_until_now = |item: &&Item| item.classes.meets(governors.until_now);
        let is_still =
            |item: &&Item| item.features.any(Features::AND) && item.classes.meets(governors.still);
        ahead.iter().any(is_until_now) || !words.is_analytic && ahead.last().is_some_and(is_still)
    }

    /// "Said that it was": the tense of the report, not of what it tells.
    fn is_backshift(&self, was: usize, floor: usize) -> bool {
        let Self { items, words, .. } = *self;
        items[was.saturating_sub(REACH).max(floor)..was]
            .iter()
            .any(|item| item.classes.meets(words.governors.backshift))
    }
}
