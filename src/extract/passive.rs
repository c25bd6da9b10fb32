//! "It was taken": a deed told without the one who did it.

use std::ops::Range;

use super::claim::{Collector, Found};
use super::fit::Match;
use super::party::{FAR_BACK, only_one};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items from "was" to the participle.
const WAS: usize = 3;

/// Items from a place to the clause that tells of it.
const RELATIVE: usize = 2;

impl Collector<'_> {
    /// Who took a place that "was taken": where the sentence names nobody, the party that gains in
    /// the story; never the one that the text has told to lose the place, unless the word says that
    /// it came back.
    pub(super) fn taker(
        &self,
        actor: ActorId,
        matched: &Match,
        clause: &Range<usize>,
    ) -> Option<ActorId> {
        let items = self.context.items;
        let trigger = &items[matched.trigger];
        let discourse = self.context.discourse;
        let words = &self.context.language.words;
        let was = words.governors.was.and(words.copula);
        let is_told = (matched.trigger.saturating_sub(WAS)..matched.trigger)
            .any(|at| items[at].classes.meets(was));
        let is_passive = trigger.features.any(Features::PAST)
            && is_told
            && matched
                .groups
                .iter()
                .all(|group| discourse.groups[*group].last < matched.trigger);
        if !words.is_analytic {
            let actor = self.retaker(actor, matched).unwrap_or(actor);
            let floor = matched.trigger.saturating_sub(FAR_BACK).max(clause.start);
            let end = clause.end.min(matched.trigger + FAR_BACK).max(floor);
            let is_said = self.actors(floor..end).any(|named| named.actor == actor);
            return Some(if is_said {
                actor
            } else {
                self.who_frees(actor, matched)
            });
        }
        if !is_passive {
            return Some(actor);
        }
        let actor = self
            .unnamed_taker(matched, clause)
            .or_else(|| self.ouster(matched))
            .unwrap_or(actor);
        let actor = self.who_frees(actor, matched);
        // Told once more, behind somebody who only fights beside: by whoever took it.
        if !self.holds_ground(actor) {
            return self.holder_told(matched).map(|(holder, _)| holder);
        }
        if trigger.classes.meets(words.retake) {
            return Some(actor);
        }
        let loses = |found: &Found| (found.actor, found.status) == (Some(actor), Status::Lost);
        if self.told_of(matched, 0).any(loses) {
            self.enemy_before(actor, matched.trigger)
        } else {
            Some(actor)
        }
    }

    /// "A lost PLACE to B, then took it back": whoever has just got it in the sentence does not take it
    /// back; the one that lost it does.
    fn retaker(&self, actor: ActorId, matched: &Match) -> Option<ActorId> {
        let words = &self.context.language.words;
        let verb = &self.context.items[matched.trigger];
        if !verb.classes.meets(words.retake) || !verb.features.is_finite() {
            return None;
        }
        let start = self.sentence_of(matched.trigger).start;
        let told = || self.told_of(matched, start);
        let gets = |found: &Found| (found.actor, found.status) == (Some(actor), Status::Control);
        let loser = told().find(|found| found.status == Status::Lost);
        let loser = loser.filter(|_| told().any(gets))?.actor?;
        (loser != actor).then_some(loser)
    }

    /// "PLACE, where the ACTOR was dug in, has been taken": by its enemy.
    fn ouster(&self, matched: &Match) -> Option<ActorId> {
        let items = self.context.items;
        let discourse = self.context.discourse;
        let end = discourse.groups[*matched.groups.last()?].last + 1;
        let which = self.context.language.words.which;
        let mut near = end..(end + RELATIVE).min(matched.trigger);
        let clause = near.find(|at| items[*at].classes.meets(which))?;
        let there = self.actors(clause..matched.trigger).next()?;
        self.enemy_before(there.actor, matched.trigger)
    }

    /// A place is not said to be "freed" by a party of which nobody says so: by its enemy.
    pub(super) fn who_frees(&self, actor: ActorId, matched: &Match) -> ActorId {
        let frees = self.context.items[matched.trigger]
            .classes
            .meets(self.context.language.words.freeing);
        if !frees || self.context.extractor.actors.actor(actor).frees {
            return actor;
        }
        let behind = || self.enemy_behind(actor, matched.last);
        let enemy = self.enemy_before(actor, matched.trigger).or_else(behind);
        enemy.unwrap_or(actor)
    }

    /// "A attacks what is left to B ... PLACE, which was freed a week ago": by the only one named of whom
    /// it can be said.
    pub(super) fn only_who_frees(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let trigger = &self.context.items[matched.trigger];
        if words.is_analytic || !trigger.classes.meets(words.freeing) {
            return None;
        }
        let near = matched.trigger.saturating_sub(FAR_BACK)..clause.end;
        let frees = |actor: &ActorId| self.context.extractor.actors.actor(*actor).frees;
        only_one(self.actors(near).map(|named| named.actor).filter(frees))
    }

    /// "ACTOR overran PLACE. It was recaptured": by its enemy, where the text names one.
    pub(super) fn regainer(&self, matched: &Match) -> Option<ActorId> {
        let holder = self.robbed_again(matched)?;
        let before = self.enemy_before(holder, matched.trigger);
        before.or_else(|| self.far_enemy(holder, matched.trigger))
    }

    /// Who had gained what is said to be taken back without a word of who did it.
    pub(super) fn robbed_again(&self, matched: &Match) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let verb = &items[matched.trigger];
        let is_passive = verb.features.any(Features::PAST) && verb.classes.meets(words.retake);
        if !words.is_analytic || !is_passive {
            return None;
        }
        let mut told = self.told_of(matched, 0);
        let last = told.find(|found| matches!(found.status, Status::Control | Status::Lost));
        // "Retook it on Friday ... when it was recaptured": the same deed.
        let is_capture = |found: &&Found| {
            let verb = items[found.at].classes;
            found.status == Status::Control
                && verb.meets(words.gaining)
                && !verb.meets(words.retake)
        };
        let gained = last.filter(is_capture)?;
        // "PLACE, which the ACTOR took, was won back": nobody else is named.
        let mut named = self.actors(self.sentence_of(matched.trigger));
        let names_no_other = named.all(|named| Some(named.actor) == gained.actor);
        gained.actor.filter(|_| names_no_other)
    }

    /// Who took what "was taken" in a sentence that names no party: the enemy of the one that the
    /// text told last to hold the place, else the one that gains in the story.
    fn unnamed_taker(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let sentence = self.sentence_of(matched.trigger);
        if self.actors(sentence).next().is_some() {
            return None;
        }
        let comes_back = self.context.items[matched.trigger]
            .classes
            .meets(self.context.language.words.retake);
        self.holder_told(matched)
            .filter(|(_, has_gained)| comes_back || !has_gained)
            .and_then(|(holder, _)| self.enemy_before(holder, matched.trigger))
            .or_else(|| self.winner(matched, clause))
    }

    /// The party that the text told last to hold one of the places of a match, and whether it told
    /// how it gained it.
    fn holder_told(&self, matched: &Match) -> Option<(ActorId, bool)> {
        let mut told = self.told_of(matched, 0);
        let found = told.find(|found| found.status == Status::Control)?;
        let gaining = self.context.language.words.gaining;
        let has_gained = self.context.items[found.at].classes.meets(gaining);
        Some((found.actor?, has_gained))
    }
}
