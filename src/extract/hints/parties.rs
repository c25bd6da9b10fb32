//! Where a text names its parties, and how they stand to its words and places.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::hint::{Nearness, Standing};
use crate::actor::{ActorId, Actors};
use crate::extract::discourse::Discourse;

/// Items between a word and the party that does it, where another party stands before the word.
const AGENT: usize = 4;

/// Items before a sentence in which parties are still in mind.
const MEMORY: usize = 80;

/// What a sentence names, and what was named before it.
struct Told {
    /// Its parties, each with the items that name it, in order.
    parties: BTreeMap<ActorId, Vec<usize>>,
    first: Option<ActorId>,
    /// Those of all words that name a party which stand before it and are still in mind.
    before: Range<usize>,
}

/// A word that names a party.
#[derive(Debug, Clone, Copy)]
struct Naming {
    item: usize,
    party: ActorId,
}

/// The parties of a text that may hold ground. Those that only strike or advise stand between no
/// party and its words.
pub(super) struct Parties<'a> {
    discourse: &'a Discourse,
    actors: &'a Actors,
    sentences: Vec<Told>,
    /// For each item the party that it names.
    named: Vec<Option<ActorId>>,
    /// The words that name a party, in order.
    namings: Vec<Naming>,
    /// For each item the word that names a party nearest before it in its sentence.
    before: Vec<Option<Naming>>,
    behind: Vec<Option<Naming>>,
    /// Whose voice speaks first.
    voice: Option<ActorId>,
}

impl<'a> Parties<'a> {
    /// Of a text of so many items.
    pub(super) fn of(discourse: &'a Discourse, actors: &'a Actors, count: usize) -> Self {
        let holder = |at: usize| {
            let named = discourse.actor(at)?;
            let holds = actors.actor(named.actor).holds_ground;
            holds.then_some(named.actor)
        };
        let named: Vec<Option<ActorId>> = (0..count).map(holder).collect();
        let namings = named.iter().enumerate();
        let namings = namings.filter_map(|(item, party)| party.map(|party| Naming { item, party }));
        let mut parties = Self {
            discourse,
            actors,
            sentences: Vec::with_capacity(discourse.sentences.len()),
            namings: namings.collect(),
            named,
            before: vec![None; count],
            behind: vec![None; count],
            voice: (0..count).find_map(|at| discourse.speaker(at)),
        };
        for range in &discourse.sentences {
            let told = parties.told(range);
            parties.sentences.push(told);
        }
        parties
    }

    /// What a sentence tells, once each of its words knows the parties beside it.
    fn told(&mut self, range: &Range<usize>) -> Told {
        let place = |at: usize| self.namings.partition_point(|naming| naming.item < at);
        let memory = place(range.start.saturating_sub(MEMORY))..place(range.start);
        let own = &self.namings[memory.end..place(range.end)];
        let mut parties: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
        let mut start = range.start;
        for naming in own {
            parties.entry(naming.party).or_default().push(naming.item);
            self.behind[start..naming.item].fill(Some(*naming));
            start = naming.item;
        }
        for (at, naming) in own.iter().enumerate() {
            let end = own.get(at + 1).map_or(range.end, |next| next.item + 1);
            self.before[naming.item + 1..end].fill(Some(*naming));
        }
        Told {
            parties,
            first: own.first().map(|naming| naming.party),
            before: memory,
        }
    }

    /// The party that an item names.
    pub(super) fn named(&self, item: usize) -> Option<ActorId> {
        self.named[item]
    }

    /// The parties that the text names or that speak in it.
    pub(super) fn all(&self) -> BTreeSet<ActorId> {
        let mut all: BTreeSet<ActorId> = self.namings.iter().map(|naming| naming.party).collect();
        let mut last = None;
        for at in 0..self.named.len() {
            let voice = self.discourse.speaker(at);
            // A voice speaks on and on.
            if voice != last {
                all.extend(voice.filter(|voice| self.actors.actor(*voice).holds_ground));
                last = voice;
            }
        }
        all
    }

    /// How a party stands that the sentence does not name.
    pub(super) fn absent(&self, sentence: usize, party: ActorId) -> Standing {
        let named = &self.sentences[sentence];
        let before = &self.namings[named.before.clone()];
        let is_party = |naming: &Naming| naming.party == party;
        let topic = sentence.checked_sub(1);
        let topic = topic.and_then(|before| self.sentences[before].first);
        if !named.parties.is_empty() {
            Standing::Rival
        } else if topic == Some(party) {
            Standing::Topic
        } else if before.last().is_some_and(is_party) {
            Standing::Last
        } else if before.iter().any(is_party) {
            Standing::Earlier
        } else if self.voice == Some(party) {
            Standing::Voice
        } else {
            Standing::Unsaid
        }
    }

    /// How a party that the sentence names stands to a word of it.
    pub(super) fn standing(&self, item: usize, party: ActorId) -> Standing {
        let is_party = |naming: Option<Naming>| naming.is_some_and(|naming| naming.party == party);
        let (before, behind) = (self.before[item], self.behind[item]);
        let is_near = |naming: Naming| naming.item - item <= AGENT;
        match (is_party(before), is_party(behind)) {
            (true, true) => Standing::Around,
            (false, true) if before.is_some() && behind.is_some_and(is_near) => Standing::Agent,
            (false, true) => Standing::Follows,
            (true, false) => Standing::Acts,
            (false, false) => Standing::Elsewhere,
        }
    }

    /// How near to a place phrase, by its first item, its sentence names a party, beside others.
    pub(super) fn nearness(
        &self,
        sentence: usize,
        party: ActorId,
        first: usize,
    ) -> Option<Nearness> {
        let parties = &self.sentences[sentence].parties;
        let distance = |items: &Vec<usize>| {
            let next = items.partition_point(|at| *at < first);
            let behind = items.get(next).map(|at| at - first);
            let before = next.checked_sub(1).map(|last| first - items[last]);
            behind.into_iter().chain(before).min()
        };
        let own = distance(parties.get(&party)?)?;
        let others = parties.iter().filter(|(other, _)| **other != party);
        Some(
            match others.filter_map(|(_, items)| distance(items)).min() {
                None => Nearness::Only,
                Some(other) if own < other => Nearness::Nearer,
                Some(_) => Nearness::Farther,
            },
        )
    }

    /// The item that names a party nearest to another item of a sentence.
    pub(super) fn naming(&self, sentence: usize, party: ActorId, item: usize) -> Option<usize> {
        let items = self.sentences[sentence].parties.get(&party)?;
        items.iter().copied().min_by_key(|at| at.abs_diff(item))
    }
}
