//! The enemy of a party: the one named last, the one named next, the only one that the text names.

use std::ops::Range;

use super::{FAR_BACK, WHOLE_REPORT, only_one};
use crate::actor::ActorId;
use crate::extract::claim::Collector;
use crate::extract::discourse::Named;
use crate::extract::fit::Match;

/// Items to either side in which a party is looked for that is named nowhere near.
const FAR_AROUND: usize = 300;

impl Collector<'_> {
    /// The enemy of the subject that was named last.
    pub(super) fn rival(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        if let Some(driven) = self.driven_pronoun(matched) {
            return Some(driven);
        }
        if let Some(they) = self.they(matched, clause) {
            return they.map(|named| named.actor);
        }
        let subject = self.subject(matched, clause, false)?.actor;
        let is_analytic = self.context.language.words.is_analytic;
        let behind = || self.enemy_behind(subject, matched.last);
        self.enemy_before(subject, matched.trigger)
            .or_else(|| behind().filter(|_| !is_analytic))
            .or_else(|| {
                self.far_enemy(subject, matched.trigger)
                    .filter(|_| !is_analytic)
            })
    }

    /// The enemy of a party that the text named last before an item, else the only one named behind.
    pub(in crate::extract) fn far_enemy(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors = &self.context.extractor.actors;
        let opposed = |at: usize| {
            let mut named = self.actors(at..at + 1).map(|named| named.actor);
            named.find(|actor| actors.are_opposed(*actor, party))
        };
        let before = (at.saturating_sub(WHOLE_REPORT)..at).rev();
        let end = (at + WHOLE_REPORT).min(self.context.end);
        let mut before = before.filter_map(opposed);
        let behind = || only_one((at..end).filter_map(opposed));
        before.next().or_else(behind)
    }

    /// The enemy of a party that is named first behind an item of its sentence.
    pub(in crate::extract) fn enemy_behind(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let end = self.sentence_of(at).end;
        self.actors(at + 1..end.max(at + 1))
            .map(|named| named.actor)
            .find(|actor| self.context.extractor.actors.are_opposed(*actor, party))
    }

    /// The enemy of a party that was named last before an item, else the one whose voice it is.
    pub(in crate::extract) fn enemy_before(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors: Vec<Named> = self.actors(at.saturating_sub(FAR_BACK)..at).collect();
        let voice = self.context.discourse.speaker(at);
        let voice = voice.filter(|actor| self.holds_ground(*actor));
        let opposed = |actor: &ActorId| self.context.extractor.actors.are_opposed(*actor, party);
        actors
            .iter()
            .rev()
            .map(|named| named.actor)
            .chain(voice)
            .find(opposed)
            .or_else(|| self.aside_before(at).find(opposed))
    }

    /// The one enemy of a party that the text around an item names at all: "A was taken from B", where
    /// no sentence near says by whom.
    pub(in crate::extract) fn only_enemy(&self, party: ActorId, at: usize) -> Option<ActorId> {
        if !self.context.language.words.is_analytic {
            return None;
        }
        let end = (at + FAR_AROUND).min(self.context.end);
        let enemies = (at.saturating_sub(FAR_AROUND)..end)
            .filter_map(|at| self.context.discourse.actor(at))
            .map(|named| named.actor)
            .filter(|actor| self.holds_ground(*actor))
            .filter(|actor| self.context.extractor.actors.are_opposed(*actor, party));
        only_one(enemies)
    }

    /// The parties named in passing before an item, the nearest first.
    fn aside_before(&self, at: usize) -> impl Iterator<Item = ActorId> {
        let near = at.saturating_sub(FAR_BACK)..at;
        near.rev()
            .filter_map(|at| self.context.discourse.actor(at))
            .map(|named| named.actor)
            .filter(|actor| self.holds_ground(*actor))
    }
}
