//! Governors of a whole clause: conditions, denials, negations, what comes before something else.

use super::Gaze;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::mood::{AHEAD, Mood};
use crate::extract::words::Words;
use crate::lexicon::Features;

/// Items from "once" to the verb of its clause.
const SOON: usize = 3;

/// Items from "it is untrue" to its "that".
const UNTRUE: usize = 6;

/// Items from "is expected" to the "before" of what comes then.
const EXPECTED: usize = 12;

/// Items from a gain to the "before" of its end.
const REVERSED: usize = 20;

/// Items of a list of places, or of names, between a governor and what it governs.
const LONGEST_LIST: usize = 40;

/// Items from "no" to the verb: "no terrorist has since".
const NOBODY: usize = 5;

impl Gaze<'_> {
    /// How far a word is from the cue, where "neither A nor B is in their hands" counts as one place.
    fn beyond_list(&self, left: usize) -> usize {
        let Self { items, words, .. } = *self;
        let away = self.at - left;
        let is_state = items[self.at].classes.meets(words.under);
        if words.is_analytic || !is_state || away > LONGEST_LIST {
            return away;
        }
        let between = &items[left + 1..self.at];
        let of_list = |at: &usize| {
            let item = &between[*at];
            let joins =
                item.classes.meets(words.and) && between.get(at + 1).is_some_and(Item::is_place);
            item.is_place() || item.classes.meets(words.heads) || joins
        };
        let in_list = (0..between.len()).filter(of_list).count();
        away - in_list.saturating_sub(1)
    }

    /// How far a word is from the cue, where names, and nouns for the same deed, do not count: "before
    /// the ACTOR's capture of it", "before the fall of PLACE to".
    fn beyond_name(&self, left: usize) -> usize {
        let Self { items, words, .. } = *self;
        if self.at - left > LONGEST_LIST {
            return self.at - left;
        }
        let between = &items[left + 1..self.at];
        let is_deed = |item: &Item| {
            let is_noun = item.features.any(Features::NOUN) && !item.features.is_finite();
            is_noun && item.classes.meets(words.gaining.and(words.loss))
        };
        let names = |item: &&Item| {
            matches!(item.kind, ItemKind::Actor(_)) || item.is_place() || is_deed(item)
        };
        self.at - left - between.iter().filter(names).count()
    }

    /// "The ACTOR, not the army, holds it".
    fn is_contrast(&self, not: usize) -> bool {
        let Self { items, words, .. } = *self;
        words.is_analytic
            && not > 0
            && items[not - 1].is_comma()
            && items[not..self.at].iter().any(Item::is_comma)
    }

    fn is_condition(&self, at: usize) -> bool {
        let Self { items, words, .. } = *self;
        let item = &items[at];
        // "Until the army took it" tells what was done.
        let is_until = item.classes.meets(words.until_clause) && self.is_finite;
        // "Had the army taken it", but "the army had the town".
        let is_inner = item.classes.meets(words.inverted)
            && at > 0
            && !items[at - 1].is_punctuation()
            && !items[at - 1].classes.meets(words.clause);
        item.classes.meets(words.governors.condition) && !is_until && !is_inner
    }

    /// Conditions, denials and negations.
    pub(super) fn whole_clause(&self, left: usize) -> Option<Mood> {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let item = &items[left];
        let away = self.at - left;
        // "Once they leave it, the army will move in": the present behind such a word is to come.
        let cue = items[self.at].features;
        let is_to_come = away <= SOON
            && item.classes.meets(governors.until_when)
            && cue.any(Features::PRESENT)
            && !cue.any(Features::PAST.and(Features::NOUN));
        if is_to_come || self.is_condition(left) {
            Some(Mood::Conditional)
        } else if away == 1
            && item.classes.meets(governors.before_that)
            && self.is_expected_first(left)
            || item.classes.meets(governors.before)
                && self.beyond_name(left) <= 2
                && !self.is_finite
                // "Before noon", "two days ago": a time.
                && !items[left + 1].classes.meets(words.roles.time)
                && !self.is_reversal(left)
        {
            Some(Mood::Expected)
        } else if !self.is_apart && self.denies(left) {
            Some(Mood::Denied)
        } else if item.classes.meets(governors.not)
            && !self.is_past
            && self.beyond_list(left) <= if self.is_finite { 1 } else { 3 }
            // "No, they hold it": an answer, and then a sentence of its own.
            && !items[left + 1].is_comma()
            && !self.is_contrast(left)
            && !self.is_double_negation(left)
            && !self.is_only_then()
        {
            Some(Mood::Negated)
        } else if item.classes.meets(governors.not)
            && words.is_analytic
            && away <= NOBODY
            && is_of_party(&items[left + 1], words)
            && !self.is_contrast(left)
        {
            // "No terrorist has set foot in it".
            Some(Mood::Negated)
        } else if item.classes.meets(governors.undo)
            && away <= 3
            && items[self.at].features.any(Features::NOUN)
            && !self.is_finite
        {
            // "Lost control of", "the end of its rule over".
            Some(Mood::Negated)
        } else if item.features.any(Features::FUTURE) && self.is_near(left) && !self.is_finite {
            Some(Mood::Expected)
        } else {
            None
        }
    }

    /// A word of denial that reaches the cue.
    fn denies(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let item = &items[left];
        // "What they wrote is a lie, and that the army holds it": the second is told.
        let ends_before = self.is_told_anew && !item.features.is_finite();
        let is_denial = item.classes.meets(governors.deny) && !ends_before;
        let is_near = || !items[left..self.at].iter().any(Item::is_comma);
        !self.is_own_words(left) && (is_denial || self.is_untrue_that(left))
            || item.classes.meets(governors.deny_near) && is_near()
    }

    /// "The fighting is expected to last weeks before it falls": what comes then is expected too.
    fn is_expected_first(&self, before: usize) -> bool {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let governs = governors
            .predict
            .and(governors.hedge)
            .and(governors.condition)
            .and(governors.intend);
        let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
        let start = before.saturating_sub(EXPECTED);
        let mut earlier = items[start..before].iter().rev().take_while(ends);
        earlier.any(|item| {
            let is_verb = item.features.is_finite() && !item.features.any(Features::PAST);
            item.features.any(Features::FUTURE)
                || is_verb && item.classes.meets(governs)
                // "There are still weeks to go before".
                || !words.is_analytic
                    && item.classes.meets(governors.still)
                    && !item.features.any(Features::PAST)
        })
    }

    /// "Managed to take it for a night before being driven out of it": behind a gain that was made,
    /// "before" tells how it ended.
    fn is_reversal(&self, before: usize) -> bool {
        let Self { items, words, .. } = *self;
        let cue = items[self.at].classes;
        let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
        let start = before.saturating_sub(REVERSED);
        let earlier = || items[start..before].iter().rev().take_while(ends);
        let is_past = |item: &Item| item.features.any(Features::PAST);
        let gained = || earlier().any(|item| item.classes.meets(words.gaining));
        let is_done = || {
            let deeds = words.gaining.and(words.governors.achieved);
            earlier().any(|item| is_past(item) && item.classes.meets(deeds))
        };
        !words.is_analytic
            && cue.meets(
                words
                    .driving
                    .and(words.loss)
                    .and(words.retake)
                    .and(words.coming),
            )
            && gained()
            && is_done()
            && !self.is_expected_first(before)
    }

    /// "It is untrue that", "untrue, he added, that", "wrong to say".
    fn is_untrue_that(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let behind = &items[left + 1..self.at.min(left + UNTRUE)];
        let that = behind.iter().position(|item| {
            item.classes
                .meets(words.that.and(words.which).and(words.governors.to))
        });
        items[left].classes.meets(words.governors.untrue)
            && that.is_some_and(|that| {
                // "It has been denied by ACTOR that".
                let is_by = that > 0 && behind[0].classes.meets(words.by);
                that == 0 || is_by || behind[0].is_comma() && behind[that - 1].is_comma()
            })
    }

    /// "Did not take it but after three days": it did, and then.
    fn is_only_then(&self) -> bool {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let ahead = &items[self.at + 1..items.len().min(self.at + AHEAD)];
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.', '،', ',', '؛']);
        let end = ahead.iter().position(ends).unwrap_or(ahead.len());
        ahead[..end].windows(2).any(|pair| {
            let when = pair[1].classes;
            pair[0].classes.meets(governors.only)
                && (when.meets(words.after)
                    || when.meets(governors.before)
                    || when.meets(words.roles.time))
        })
    }

    /// "without a fight" between a negation and the cue: it does not negate the cue.
    fn is_double_negation(&self, not: usize) -> bool {
        let Self { items, words, .. } = *self;
        items[not + 1..self.at].iter().any(|item| {
            item.classes.meets(words.governors.still) || item.classes.meets(words.governors.only)
        })
    }
}

/// A party or its men.
fn is_of_party(item: &Item, words: &Words) -> bool {
    matches!(item.kind, ItemKind::Actor(_)) || item.classes.meets(words.foe.and(words.members))
}
