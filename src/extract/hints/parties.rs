//! Where a text names its parties, and how they stand to its words and places.

use std::collections::{BTreeMap, BTreeSet};

use super::hint::{Nearness, Standing};
use crate::actor::{ActorId, Actors};
use crate::extract::discourse::{Discourse, Named};

/// Items between a word and the party that does it, where another party stands before the word.
const AGENT: usize = 4;

/// Items before a sentence in which parties are still in mind.
const MEMORY: usize = 80;

/// What a sentence names, and what was named before it.
struct Told {
    /// Its parties, each with the items that name it, in order.
    parties: BTreeMap<ActorId, Vec<usize>>,
    first: Option<ActorId>,
    /// The parties of the words before it, the last one last.
    before: Vec<ActorId>,
}

/// The parties of a text that may hold ground. Those that only strike or advise stand between no
/// party and its words.
pub(super) struct Parties<'a> {
    discourse: &'a Discourse,
    actors: &'a Actors,
    sentences: Vec<Told>,
    /// For each item the one that names a party nearest before it in its sentence.
    before: Vec<Option<usize>>,
    behind: Vec<Option<usize>>,
    /// Whose voice speaks first.
    voice: Option<ActorId>,
}

impl<'a> Parties<'a> {
    /// Of a text of so many items.
    pub(super) fn of(discourse: &'a Discourse, actors: &'a Actors, count: usize) -> Self {
        let holder = |at: usize| holder(discourse, actors, at);
        let mut before = vec![None; count];
        let mut behind = vec![None; count];
        let mut sentences = Vec::with_capacity(discourse.sentences.len());
        for range in &discourse.sentences {
            let mut parties: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
            let mut first = None;
            let mut last = None;
            for at in range.clone() {
                before[at] = last;
                if let Some(named) = holder(at) {
                    parties.entry(named.actor).or_default().push(at);
                    first = first.or(Some(named.actor));
                    last = Some(at);
                }
            }
            let mut next = None;
            for at in range.clone().rev() {
                behind[at] = next;
                if holder(at).is_some() {
                    next = Some(at);
                }
            }
            let memory = range.start.saturating_sub(MEMORY)..range.start;
            sentences.push(Told {
                parties,
                first,
                before: memory.filter_map(holder).map(|named| named.actor).collect(),
            });
        }
        Self {
            discourse,
            sentences,
            before,
            behind,
            voice: (0..count).find_map(|at| discourse.speaker(at)),
            actors,
        }
    }

    /// The party that an item names.
    pub(super) fn named(&self, item: usize) -> Option<ActorId> {
        holder(self.discourse, self.actors, item).map(|named| named.actor)
    }

    /// The parties that the text names or that speak in it.
    pub(super) fn all(&self) -> BTreeSet<ActorId> {
        let of = |at: usize| {
            let voice = self.discourse.speaker(at);
            let voice = voice.filter(|voice| self.actors.actor(*voice).holds_ground);
            self.named(at).into_iter().chain(voice)
        };
        (0..self.before.len()).flat_map(of).collect()
    }

    /// How a party stands that the sentence does not name.
    pub(super) fn absent(&self, sentence: usize, party: ActorId) -> Standing {
        let named = &self.sentences[sentence];
        let topic = sentence.checked_sub(1);
        let topic = topic.and_then(|before| self.sentences[before].first);
        if !named.parties.is_empty() {
            Standing::Rival
        } else if topic == Some(party) {
            Standing::Topic
        } else if named.before.last() == Some(&party) {
            Standing::Last
        } else if named.before.contains(&party) {
            Standing::Earlier
        } else if self.voice == Some(party) {
            Standing::Voice
        } else {
            Standing::Unsaid
        }
    }

    /// How a party that the sentence names stands to a word of it.
    pub(super) fn standing(&self, item: usize, party: ActorId) -> Standing {
        let is_party = |at: &usize| self.named(*at) == Some(party);
        let before = self.before[item];
        let behind = self.behind[item];
        match (
            before.as_ref().is_some_and(is_party),
            behind.as_ref().is_some_and(is_party),
        ) {
            (true, true) => Standing::Around,
            (false, true) if before.is_some() && behind.is_some_and(|at| at - item <= AGENT) => {
                Standing::Agent
            }
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

/// The party that an item names, where it is one that may hold ground.
fn holder(discourse: &Discourse, actors: &Actors, item: usize) -> Option<Named> {
    let named = discourse.actor(item)?;
    actors.actor(named.actor).holds_ground.then_some(named)
}
