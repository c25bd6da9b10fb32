//! What runs through a text: its sentences, what each place phrase speaks of, which party each word
//! means (`named`) and whose voice tells it (`voice`).

mod aside;
mod named;
mod voice;

use std::ops::Range;

pub(crate) use named::Named;

use super::Words;
use super::annotate::Item;
use super::group::{Group, groups};
use super::part::Part;
use super::resolve::Choice;
use crate::actor::{ActorId, Actors};
use crate::gazetteer::{Gazetteer, Kind, PlaceId};

/// A place that a group speaks of, with how much of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spoken {
    pub place: PlaceId,
    pub part: Part,
    pub item: usize,
    /// 1 for a named place, less where a word points back.
    pub confidence: f64,
}

/// The structure of one text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    pub groups: Vec<Group>,
    /// The places of each group, pointers resolved.
    pub spoken: Vec<Vec<Spoken>>,
    pub sentences: Vec<Range<usize>>,
    /// The place phrase that the entry of each sentence is about.
    topics: Vec<Option<usize>>,
    wide: Vec<bool>,
    group_of: Vec<Option<usize>>,
    actors: Vec<Option<Named>>,
    speakers: Vec<Option<ActorId>>,
}

/// What the discourse is read with.
pub(crate) struct Reader<'a> {
    pub items: &'a [Item<'a>],
    pub choices: &'a [Option<Choice>],
    pub gazetteer: &'a Gazetteer,
    pub actors: &'a Actors,
    pub words: &'a Words,
    /// The party whose own media published the text.
    pub own_side: Option<ActorId>,
}

impl Discourse {
    /// Reads the structure of a text.
    pub(crate) fn read(reader: &Reader) -> Self {
        let groups = groups(reader.items, &reader.kinds(), reader.words);
        let mut group_of = vec![None; reader.items.len()];
        for (index, group) in groups.iter().enumerate() {
            for slot in &mut group_of[group.first..=group.last] {
                *slot = Some(index);
            }
        }
        let (actors, speakers) = reader.actors();
        let spoken = reader.spoken(&groups);
        let wide = spoken
            .iter()
            .map(|places| {
                !places.is_empty()
                    && places
                        .iter()
                        .all(|spoken| is_region(reader.gazetteer.kind(spoken.place)))
            })
            .collect();
        let mut discourse = Self {
            sentences: reader.sentences(),
            groups,
            spoken,
            topics: Vec::new(),
            wide,
            group_of,
            actors,
            speakers,
        };
        discourse.topics = reader.topics(&discourse);
        discourse
    }

    /// The place phrase that the entry around an item is about.
    pub(crate) fn topic(&self, item: usize) -> Option<usize> {
        let sentence = self.sentences.partition_point(|range| range.end <= item);
        self.topics.get(sentence).copied().flatten()
    }

    /// The group that covers an item.
    pub(crate) fn group_at(&self, item: usize) -> Option<usize> {
        self.group_of.get(item).copied().flatten()
    }

    /// The group that starts with an item.
    pub(crate) fn group_starting(&self, item: usize) -> Option<usize> {
        self.group_at(item)
            .filter(|group| self.groups[*group].first == item)
    }

    /// The groups that end before an item, the nearest first.
    pub(crate) fn groups_before(&self, item: usize) -> impl Iterator<Item = usize> + Clone {
        (0..self.groups.partition_point(|group| group.last < item)).rev()
    }

    /// The places that some groups speak of.
    pub(crate) fn spoken_of(&self, groups: &[usize]) -> impl Iterator<Item = &Spoken> {
        groups.iter().flat_map(|group| &self.spoken[*group])
    }

    /// True for a group of countries, governorates, deserts, rivers: where, not what.
    pub(crate) fn is_wide(&self, group: usize) -> bool {
        self.wide[group]
    }

    /// The party that an item names.
    pub(crate) fn actor(&self, item: usize) -> Option<Named> {
        self.actors.get(item).copied().flatten()
    }

    /// The party that each item names.
    pub(super) fn named(&self) -> &[Option<Named>] {
        &self.actors
    }

    /// Whose voice "we" is at an item.
    pub(crate) fn speaker(&self, item: usize) -> Option<ActorId> {
        self.speakers.get(item).copied().flatten()
    }
}

/// Kinds of which a phrase says where something is: a country, a river, a district, though some may
/// be held.
pub(super) fn is_region(kind: Kind) -> bool {
    is_wide(kind) || matches!(kind, Kind::Area | Kind::District | Kind::Subdistrict)
}

/// Kinds that say where something is and are never themselves held in a report's sentence.
pub(crate) fn is_wide(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Country | Kind::Governorate | Kind::River | Kind::Desert
    )
}

impl Reader<'_> {
    /// The kind of the place that each item names.
    fn kinds(&self) -> Vec<Option<Kind>> {
        let kind = |choice: &Choice| self.gazetteer.kind(choice.place);
        self.choices
            .iter()
            .map(|choice| choice.as_ref().map(kind))
            .collect()
    }
}
