//! The verb that tells a deed: what governs a verbal noun, and with whom it agrees.

use std::ops::Range;

use crate::extract::annotate::ItemKind;
use crate::extract::claim::Collector;
use crate::lexicon::Features;

impl Collector<'_> {
    /// The finite verb that governs a verbal noun: "managed to", "imposed its".
    pub(super) fn governor(&self, trigger: usize, clause: &Range<usize>) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let features = items[trigger].features;
        // "And takes it": joined to a verb before, a form that may be a noun too is a verb.
        if features.is_finite() || features.any(Features::PRESENT) && features.any(Features::AND) {
            return None;
        }
        (clause.start.max(trigger.saturating_sub(14))..trigger)
            .rev()
            // "We finished A; next is B, which they hold on to": not what we finished.
            .take_while(|at| words.is_analytic || !items[*at].classes.meets(words.which))
            .find(|at| {
                items[*at].classes.meets(words.governors.achieved)
                    && items[*at]
                        .features
                        .any(Features::PAST.and(Features::PRESENT).and(Features::BASE))
            })
    }

    /// With whom the verb at `trigger`, or what governs it, agrees.
    pub(super) fn gender(&self, trigger: usize, governor: Option<usize>) -> Features {
        let items = self.context.items;
        let features = items[trigger].features;
        // "And drove it out": joined to a verb before, a form that may be either is a verb.
        let is_verb =
            features.any(Features::PAST.and(Features::PRESENT)) && features.any(Features::AND);
        // With the article it is a noun, whatever verb is written alike.
        if features.any(Features::NOUN) && features.any(Features::THE) && governor.is_none() {
            return Features::default();
        }
        // "The clashes led to the capture of PLACE": the verb agrees with the clashes.
        let is_outcome = |at: usize| {
            let item = &items[at];
            item.features.is_finite() && item.classes.meets(self.context.language.words.outcomes)
        };
        let owner = Features::HER.and(Features::HIM).and(Features::THEM);
        // "It came back into his hands": of whom the pronoun agrees with.
        let is_owned = features.any(owner);
        if features.any(Features::NOUN) && !is_owned && governor.is_some_and(is_outcome) {
            return Features::default();
        }
        let is_pronoun = items[trigger]
            .classes
            .meets(self.context.language.words.roles.pronoun);
        if is_pronoun || features.any(Features::NOUN) && !is_verb {
            if features.any(Features::HER) {
                return Features::FEMININE;
            }
            if features.any(Features::HIM) {
                return Features::MASCULINE;
            }
            if features.any(Features::THEM) {
                return Features::PLURAL;
            }
        }
        items[governor.unwrap_or(trigger)].features
    }

    /// Stands at the head of a line, or behind a mark or an "and" that goes on with one, with
    /// nouns such as "completion of" before it.
    pub(super) fn starts_line(&self, at: usize) -> bool {
        let items = self.context.items;
        // "They moved on, taking A": a participle of those who moved.
        let is_participle = self.context.language.words.is_analytic
            && at
                .checked_sub(1)
                .is_some_and(|before| items[before].is_comma());
        if is_participle {
            return false;
        }
        let achieved = self.context.language.words.governors.achieved;
        let is_head = |at: &usize| {
            items[*at].classes.meets(achieved) && items[*at].features.any(Features::NOUN)
        };
        let at = at
            .checked_sub(1)
            .filter(|before| !items[at].features.any(Features::AND) && is_head(before))
            .unwrap_or(at);
        at.checked_sub(1).is_none_or(|before| {
            matches!(items[before].kind, ItemKind::Break | ItemKind::Mark(_))
                || items[at].features.any(Features::AND)
        })
    }
}
