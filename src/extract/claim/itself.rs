//! Nobody takes a place from himself: who is meant where the subject of a clause is the party that loses.

use std::ops::Range;

use super::Collector;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::fit::Match;
use crate::extract::names::AliasKind;
use crate::extract::rule::{Consequence, Role, Rule};
use crate::lexicon::Features;

impl Collector<'_> {
    /// The party that a part of a rule means. Where the subject found is the party that loses, its
    /// enemy named last, or whoever speaks, is meant; where it is another party of the rule, nobody.
    pub(super) fn not_itself(
        &self,
        actor: ActorId,
        consequence: &Consequence,
        (rule, matched, clause): (&Rule, &Match, &Range<usize>),
    ) -> Option<ActorId> {
        // "We drove the attackers off": whoever attacked elsewhere, here it is not those who speak.
        let verb = self.context.items[matched.trigger].features;
        let is_speaker = self.context.discourse.speaker(matched.trigger) == Some(actor);
        if verb.any(Features::WE) && is_speaker {
            let is_hit = consequence.status == Some(Status::Lost)
                && matches!(consequence.role, Role::Actor(_));
            return if is_hit {
                self.enemy_before(actor, matched.trigger)
            } else {
                Some(actor)
            };
        }
        let is_same = |other: &&Consequence| match other.role {
            Role::Actor(index) => matched
                .actors
                .get(index)
                .and_then(|at| self.context.discourse.actor(*at))
                .is_some_and(|named| named.actor == actor),
            _ => false,
        };
        // "Handed it to the attackers": not to himself.
        let gives_away =
            |other: &Consequence| (other.role, other.status) == (Role::Subject, Some(Status::Lost));
        if self.is_bare(consequence.role, matched)
            && rule.gives.iter().any(gives_away)
            && self
                .subject(matched, clause, false)
                .is_some_and(|subject| subject.actor == actor)
        {
            return self
                .enemy_before(actor, matched.trigger)
                .or_else(|| self.enemy_behind(actor, matched.last));
        }
        let same = rule
            .gives
            .iter()
            .find(is_same)
            .filter(|_| consequence.role == Role::Subject);
        match same {
            None => Some(actor),
            Some(other) if other.status == Some(Status::Lost) => {
                self.enemy_before(actor, matched.trigger)
            }
            Some(other) if self.is_bare(other.role, matched) => Some(actor),
            Some(_) => None,
        }
    }

    /// "Fighters who took PLACE from the ACTOR": those who take a place from a party are its enemy, where
    /// the text has but one.
    pub(in crate::extract) fn robber_unsaid(
        &self,
        rule: &Rule,
        matched: &Match,
        clause: &Range<usize>,
    ) -> Option<ActorId> {
        let is_other = self.is_of_people(matched.trigger)
            || self.is_of_stranger(matched, clause)
            || self.is_of_named_person(matched.trigger);
        let words = &self.context.language.words;
        let start = self.sentence_of(matched.trigger).start;
        let own = &self.context.items[start..matched.trigger];
        let is_force = own.iter().any(|item| item.classes.meets(words.members));
        if is_other || !is_force {
            return None;
        }
        let takes = |gives: &Consequence| {
            (gives.role, gives.status) == (Role::Subject, Some(Status::Control))
        };
        let is_taking = rule.gives.iter().any(takes);
        let loser = rule.gives.iter().find_map(|other| match other.role {
            Role::Actor(index) if other.status == Some(Status::Lost) => matched.actors.get(index),
            _ => None,
        });
        let loser = loser.filter(|_| is_taking)?;
        let loser = self.context.discourse.actor(*loser)?;
        self.only_enemy(loser.actor, matched.trigger)
    }

    /// The party of this part is named by a word that may mean several: "the attackers".
    fn is_bare(&self, role: Role, matched: &Match) -> bool {
        let Role::Actor(index) = role else {
            return false;
        };
        let item = matched.actors.get(index).map(|at| &self.context.items[*at]);
        item.is_some_and(|item| {
            let mut aliases = item.actors().iter();
            !item.actors().is_empty() && aliases.all(|alias| alias.kind == AliasKind::Bare)
        })
    }
}
