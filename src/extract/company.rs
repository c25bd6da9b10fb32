//! What the words beside the name of a party tell of it: its fighters, and who stands with it.

use std::ops::Range;

use super::annotate::Item;
use super::discourse::{Named, Reader};
use super::names::{Alias, AliasKind};
use crate::actor::ActorId;
use crate::lexicon::Features;

/// Items from a title to the party of who bears it.
const TITLE: usize = 5;

/// "Its fighters" do not reach back farther than this, in items.
const OWNER_BACK: usize = 30;

impl Reader<'_> {
    /// "The fighters of the ACTOR" agree with a plural too.
    pub(super) fn number(&self, at: usize) -> Features {
        let is_members = |item: &Item| item.classes.meets(self.words.members);
        if at > 0 && is_members(&self.items[at - 1]) {
            Features::PLURAL
        } else {
            Features::default()
        }
    }

    /// "Its fighters": those of the party named last that the pronoun agrees with.
    pub(super) fn own_members(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        let features = self.items[at].features;
        let gender = if features.any(Features::HER) {
            Features::FEMININE
        } else if features.any(Features::HIM) {
            Features::MASCULINE
        } else {
            return None;
        };
        let floor = at.saturating_sub(OWNER_BACK);
        let agrees = |owner: &usize| named[*owner].is_some_and(|named| named.gender.any(gender));
        let party = (floor..at).rev().find(agrees);
        // "The spokesman of the army said that his forces": nobody named since then is meant.
        let spokesman = features
            .any(Features::HIM)
            .then(|| self.spokesman(floor..at, named));
        let owner = named[spokesman.flatten().max(party)?]?;
        Some(Named {
            gender: owner.gender.and(Features::PLURAL),
            is_aside: self.is_aside(at),
            ..owner
        })
    }

    /// The party whose man the last title names, as the item that names it.
    fn spokesman(&self, range: Range<usize>, named: &[Option<Named>]) -> Option<usize> {
        let is_title = |at: &usize| self.items[*at].classes.meets(self.words.title);
        let title = range.clone().rev().find(is_title)?;
        let behind = title + 1..range.end.min(title + 1 + TITLE);
        behind
            .clone()
            .find(|at| named[*at].is_some() && self.speaks(*at))
    }

    /// "The army and the ACTOR": a bare word for several parties means the one beside it.
    pub(super) fn coordinated(
        &self,
        at: usize,
        aliases: &[Alias],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if aliases.iter().any(|alias| alias.kind != AliasKind::Bare) {
            return None;
        }
        let next = self.items.get(at + 1)?;
        let is_beside = |alias: &&Alias| {
            let mut others = next.actors().iter();
            others.any(|other| other.actor == alias.actor)
        };
        let joined = next.features.any(Features::AND);
        let meant = aliases.iter().find(is_beside).filter(|_| joined)?;
        Some((meant.actor, meant.gender, meant.kind))
    }
}
