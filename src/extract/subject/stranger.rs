//! Subjects that are no party: people, persons, states and voices that the text does not name.

use std::ops::Range;

use super::Collector;
use crate::extract::annotate::ItemKind;
use crate::extract::fit::Match;
use crate::gazetteer::Kind;
use crate::lexicon::Features;

/// Items from "the defenders", or from "who", to what they do.
const SIDE: usize = 3;

/// Items before "who" in which those meant are named.
const ANTECEDENT: usize = 8;

impl Collector<'_> {
    /// "2,000 people fled": not a party.
    pub(in crate::extract) fn is_of_people(&self, trigger: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        words.is_analytic
            && items[trigger]
                .features
                .any(Features::PAST.and(Features::PRESENT))
            && (trigger.saturating_sub(4)..trigger)
                .rev()
                .take_while(|at| {
                    matches!(items[*at].kind, ItemKind::Word | ItemKind::Number(_))
                        && !items[*at].classes.meets(words.verbs)
                })
                .any(|at| items[at].classes.meets(words.relief))
    }

    /// "The defenders fled", where the text has not told who they are.
    pub(super) fn is_of_unknown_side(&self, trigger: usize) -> bool {
        (trigger.saturating_sub(SIDE)..trigger).any(|at| {
            self.context.items[at]
                .classes
                .meets(self.context.language.words.sides)
                && self.context.discourse.actor(at).is_none()
                // "The gunmen fleeing hold it": the word describes those named before it.
                && at
                    .checked_sub(1)
                    .is_none_or(|before| self.context.discourse.actor(before).is_none())
        })
    }

    /// "We fled", where nothing tells who speaks.
    pub(super) fn is_of_unknown_voice(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        words.is_analytic
            && (trigger.saturating_sub(SIDE)..trigger)
                .rev()
                .take_while(|at| !items[*at].is_punctuation())
                .any(|at| {
                    items[at].classes.meets(words.we) && self.context.discourse.actor(at).is_none()
                })
    }

    /// "Umm Yusuf, who left the camp": somebody who is no party.
    pub(super) fn is_of_person(&self, trigger: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        // "He fled PLACE": one man.
        let verb = items[trigger].classes;
        let is_leaving = verb.meets(words.moving) && !verb.meets(words.gaining);
        let is_he = |before: usize| items[before].classes.meets(words.he);
        if words.is_analytic && is_leaving && trigger.checked_sub(1).is_some_and(is_he) {
            return true;
        }
        let is_who = |at: &usize| items[*at].classes.meets(words.who);
        let Some(who) = (trigger.saturating_sub(SIDE)..trigger).rev().find(is_who) else {
            return false;
        };
        let before = who.saturating_sub(ANTECEDENT)..who;
        let is_force = |at: usize| {
            items[at].classes.meets(words.members) || self.context.discourse.actor(at).is_some()
        };
        words.is_analytic && items[trigger].features.is_finite() && !before.clone().any(is_force)
    }

    /// "Umm Yusuf, 51, left the camp": a name at the head of the sentence that is no party's.
    pub(in crate::extract) fn is_of_named_person(&self, trigger: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let start = self.sentence_of(trigger).start;
        let is_name = |at: usize| {
            let item = &items[at];
            let written = self.context.text.slice(item.span);
            let is_plain = matches!(item.kind, ItemKind::Word | ItemKind::Place(_));
            is_plain && item.classes.is_empty() && written.starts_with(char::is_uppercase)
        };
        let is_pronoun = |at: usize| items[at].classes.meets(words.subjects);
        words.is_analytic
            && items[trigger].features.is_finite()
            && trigger > start + 1
            && is_name(start)
            && is_name(start + 1)
            && !(start..trigger)
                .any(|at| self.context.discourse.actor(at).is_some() || is_pronoun(at))
    }

    /// "COUNTRY and its allies run": a state of which the table of parties knows nothing acts.
    pub(in crate::extract) fn is_of_stranger(
        &self,
        matched: &Match,
        clause: &Range<usize>,
    ) -> bool {
        let trigger = matched.trigger;
        let items = self.context.items;
        let is_finite = items[trigger].features.is_finite();
        let discourse = self.context.discourse;
        let is_country = |at: usize| {
            discourse.group_at(at).is_some_and(|group| {
                discourse.spoken[group].iter().any(|spoken| {
                    self.context.extractor.gazetteer.kind(spoken.place) == Kind::Country
                })
            })
        };
        // "CITY holds it": the government that has its seat there.
        let starts = (clause.start..trigger.min(clause.start + 2))
            .find(|at| items[*at].is_place())
            .unwrap_or(clause.start);
        let is_object = discourse
            .group_at(starts)
            .is_some_and(|group| matched.groups.contains(&group));
        // "In PLACE they hold": where, not who.
        let words = &self.context.language.words;
        let is_where = starts > clause.start && items[starts - 1].classes.meets(words.within);
        let is_seat = items[starts].is_place() && trigger - starts <= 2 && !is_object && !is_where;
        self.context.language.words.is_analytic
            && is_finite
            && (is_country(starts) || is_seat)
            && self.actors(clause.start..trigger).next().is_none()
    }
}
