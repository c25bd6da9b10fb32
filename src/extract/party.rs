//! Who a match speaks of: the subject of its trigger, the party that holds out, its enemy.

mod enemy;
mod heading;
mod holder;

use std::ops::Range;

use super::claim::Collector;
use super::discourse::Named;
use super::fit::Match;
use super::rule::{Role, Rule};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items to either side that no report exceeds: text beyond tells another story.
pub(super) const WHOLE_REPORT: usize = 2_000;

/// A party named farther back than this, in items, is no longer spoken of.
pub(super) const FAR_BACK: usize = 60;

impl Collector<'_> {
    pub(super) fn party(
        &self,
        role: Role,
        matched: &Match,
        clause: &Range<usize>,
        rule: &Rule,
    ) -> Option<ActorId> {
        match role {
            Role::Nobody | Role::Same => None,
            Role::Actor(index) => matched
                .actors
                .get(index)
                .and_then(|at| self.context.discourse.actor(*at))
                .map(|named| named.actor),
            Role::Subject => self
                .subject(matched, clause, rule.is_explicit)
                .and_then(|named| self.taker(named.actor, matched, clause))
                .and_then(|actor| self.who_shrank(actor, rule, matched, clause))
                .or_else(|| self.robber_unsaid(rule, matched, clause)),
            Role::Holder => self.holder(matched, clause).map(|(actor, _)| actor),
            Role::Rival => self.rival(matched, clause),
            Role::Winner => self
                .regainer(matched)
                .or_else(|| self.winner(matched, clause))
                .map(|actor| self.who_frees(actor, matched))
                .or_else(|| self.only_who_frees(matched, clause)),
            Role::Former => self.former(matched),
            Role::Loser => self.who_loses(matched),
            Role::Entry => self.entry_party(matched.first),
            Role::Listed => self.list_party(matched.first),
            Role::Asked => self.asked(matched.first, rule.gives_loss()),
            Role::Against => {
                let named = *matched.actors.first()?;
                let party = self.context.discourse.actor(named)?.actor;
                self.robber(party, matched, clause, rule)
                    .or_else(|| self.enemy_before(party, matched.trigger))
                    .or_else(|| self.enemy_behind(party, named))
                    .or_else(|| {
                        let is_analytic = self.context.language.words.is_analytic;
                        (!is_analytic)
                            .then(|| self.far_enemy(party, named))
                            .flatten()
                    })
                    .or_else(|| self.only_enemy(party, matched.trigger))
            }
        }
    }

    /// "PLACE was wrested from the ACTOR": by its enemy that gained last in the story, before others
    /// that are only named.
    fn robber(
        &self,
        party: ActorId,
        matched: &Match,
        clause: &Range<usize>,
        rule: &Rule,
    ) -> Option<ActorId> {
        let words = &self.context.language.words;
        let is_gain =
            words.is_analytic && (self.context.items[matched.trigger].classes).meets(words.gaining);
        let loses = (rule.gives.iter())
            .any(|gives| (gives.role, gives.status) == (Role::Actor(0), Some(Status::Lost)));
        let winner = self.winner(matched, clause).filter(|_| is_gain && loses)?;
        let actors = &self.context.extractor.actors;
        actors.are_opposed(winner, party).then_some(winner)
    }

    /// "The army overran PLACE. It is down to two villages": not the one that has just gained.
    fn who_shrank(
        &self,
        actor: ActorId,
        rule: &Rule,
        matched: &Match,
        clause: &Range<usize>,
    ) -> Option<ActorId> {
        let words = &self.context.language.words;
        let is_carried = || self.actors(clause.start..matched.trigger).next().is_none();
        let has_gained = || {
            let last = self.found.last();
            last.is_some_and(|found| {
                found.actor == Some(actor)
                    && found.status == Status::Control
                    && self.context.items[found.at].classes.meets(words.gaining)
            })
        };
        if !rule.is_exclusive || !words.is_analytic || !is_carried() {
            return Some(actor);
        }
        if has_gained() {
            return self.enemy_before(actor, matched.trigger);
        }
        // "The ACTOR lost PLACE. Patrols of B arrived. The loss leaves it with two villages".
        let loser = self.last_loser(matched.first);
        let are_opposed = |loser: &ActorId| {
            let actors = &self.context.extractor.actors;
            actors.are_opposed(*loser, actor)
        };
        loser.filter(are_opposed).or(Some(actor))
    }

    pub(super) fn actors(&self, range: Range<usize>) -> impl Iterator<Item = Named> {
        range
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    /// As `actors`, without those to whom the rule gives another part.
    pub(super) fn actors_beside(
        &self,
        range: Range<usize>,
        taken: &[usize],
    ) -> impl Iterator<Item = Named> {
        range
            .filter(|at| !taken.contains(at))
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    pub(super) fn holds_ground(&self, actor: ActorId) -> bool {
        self.context.extractor.actors.actor(actor).holds_ground
    }

    /// The nearest actor to the left that agrees, else the nearest.
    pub(super) fn nearest_left(
        &self,
        from: usize,
        floor: usize,
        gender: Features,
    ) -> Option<Named> {
        let is_named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        let acting: Vec<usize> = (floor..from).filter(is_named).collect();
        // "A struck B, which withdrew": what befalls somebody befalls whoever was struck.
        let words = &self.context.language.words;
        let befalls = self.context.items.get(from).is_some_and(|verb| {
            verb.classes.meets(words.loss)
                || verb.features.any(Features::PASSIVE)
                || verb.classes.meets(words.driving) && !verb.features.any(Features::OWNED)
        });
        // "A killed ten of B in PLACE, which it holds".
        let goes_on = !befalls && self.says_it(from, floor);
        let is_other = |at: &usize| goes_on && self.is_object(*at);
        // "B, driven out by A, holds": A is named for what it did to B.
        let free: Vec<usize> = acting
            .iter()
            .copied()
            .filter(|at| !self.is_oblique(*at) && !is_other(at))
            .filter(|at| befalls || !self.is_struck(*at, floor))
            .collect();
        // "Tribesmen drove A back and took": whoever did it, not A.
        if self.context.language.words.is_analytic
            && free.is_empty()
            && acting.len() == 1
            && self.is_driven(acting[0])
            && (floor..acting[0])
                .rev()
                .find(|at| {
                    self.context.items[*at]
                        .classes
                        .meets(self.context.language.words.walls)
                })
                .is_some_and(|verb| self.context.items[verb].features.is_finite())
        {
            return None;
        }
        let named = |of: &[usize]| -> Vec<Named> {
            let named = of.iter().filter_map(|at| self.context.discourse.actor(*at));
            named.collect()
        };
        let fitting = |of: &[Named]| {
            let mut near = of.iter().rev().copied();
            near.find(|named| agrees(*named, gender))
        };
        let all = named(if free.is_empty() { &acting } else { &free });
        // Where verbs agree, one that is named in passing is meant rather than one that does not.
        let in_passing = || fitting(&named(&acting)).filter(|_| !words.is_analytic);
        fitting(&all)
            .or_else(in_passing)
            .or_else(|| all.last().copied())
    }

    /// "Mines planted by the ACTOR": it does something that is not the story.
    fn is_agent_of_other(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let mut by = at.saturating_sub(1);
        if by > 0 && items[by].classes.meets(words.the) {
            by -= 1;
        }
        words.is_analytic
            && by > 0
            && items[by].classes.meets(words.by)
            && !items[by - 1].classes.meets(words.walls)
            && !items[by - 1].classes.meets(words.holding)
    }

    /// Behind "from", or named in passing in a sentence that has a subject already.
    fn is_secondary(&self, at: usize) -> bool {
        let has_subject = self.carried.subject.is_some();
        let in_sentence = || self.carried.named_at >= self.sentence_of(at).start;
        has_subject && self.is_oblique(at) && (self.is_robbed(at) || in_sentence())
    }

    /// The last actor that acts is the subject of what follows without one.
    pub(super) fn remember_subject(&mut self, at: usize) {
        if let Some(named) = self.context.discourse.actor(at)
            && !named.is_aside
            && self.holds_ground(named.actor)
            && !self.spent.contains(&at)
            && !self.is_agent_of_other(at)
            && !self.is_secondary(at)
        {
            self.carried.subject = Some(named);
            self.carried.named_at = at;
        }
    }
}

/// The party that all of these are.
pub(super) fn only_one(mut parties: impl Iterator<Item = ActorId>) -> Option<ActorId> {
    let first = parties.next()?;
    parties.all(|party| party == first).then_some(first)
}

pub(super) fn agrees(named: Named, gender: Features) -> bool {
    let wanted = Features::FEMININE
        .and(Features::MASCULINE)
        .and(Features::PLURAL);
    !gender.any(wanted) || !named.gender.any(wanted) || named.gender.any(gender)
}
