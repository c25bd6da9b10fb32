//! Whose a size of ground is, where only the parties named around it tell: texts give the size of what
//! the one has left who is losing.

use super::claim::{Collector, Found};
use crate::actor::ActorId;
use crate::claim::Status;

/// What "nothing is left to it but PLACE" says of who is losing, a lost place being 1.
const ALL_LEFT: isize = 2;

impl Collector<'_> {
    /// Gives sizes of ground whose party was only named nearby to its enemy, if that is the one who loses
    /// in the text as a whole.
    pub(super) fn give_ground_to_who_shrinks(&mut self) {
        let is_loose = |found: &&Found| found.area_km2.is_some() && found.is_loose;
        if !self.found.iter().any(|found| is_loose(&found)) {
            return;
        }
        let mut parties: Vec<ActorId> = Vec::new();
        for named in self.context.discourse.named().iter().flatten() {
            if self.holds_ground(named.actor) && !parties.contains(&named.actor) {
                parties.push(named.actor);
            }
        }
        let attacker = self.sides().attacker(self.context.items.len());
        let shrinks = |party: &ActorId| self.ground_lost(*party, attacker);
        let shrinks: Vec<isize> = parties.iter().map(shrinks).collect();
        let actors = &self.context.extractor.actors;
        for found in &mut self.found {
            let Some(actor) = found.actor.filter(|_| is_loose(&&*found)) else {
                continue;
            };
            let of = |party: ActorId| parties.iter().position(|other| *other == party);
            let own = of(actor).map_or(0, |at| shrinks[at]);
            let foes = parties.iter().zip(&shrinks);
            let foes = foes.filter(|(party, _)| actors.are_opposed(**party, actor));
            // The first named of those who lose as much.
            let most = foes.rev().max_by_key(|(_, shrinks)| **shrinks);
            if let Some((foe, _)) = most.filter(|(_, shrinks)| **shrinks > own) {
                found.actor = Some(*foe);
            }
        }
    }

    /// How much the text tells of what a party has lost, or has left, less if the last `attacker` is it.
    fn ground_lost(&self, party: ActorId, attacker: Option<ActorId>) -> isize {
        let told = self.found.iter().filter(|found| found.actor == Some(party));
        let told = told.map(|found| match found.status {
            Status::Lost => 1,
            _ if found.is_exclusive => ALL_LEFT,
            _ => 0,
        });
        told.sum::<isize>() - isize::from(attacker == Some(party))
    }
}
