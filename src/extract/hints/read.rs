//! What rules read in a text, as hints: of the place and party itself, of other parties there, and of
//! the places that stand in one list with it.

use std::collections::{BTreeMap, BTreeSet};

use super::around::{Said, Sighting};
use super::cue::Cues;
use super::hint::{Company, Count, Counted, Hint, Stage, Sure};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::SetAside;
use crate::extract::claim::{Context, Found};
use crate::gazetteer::PlaceId;

/// From this confidence on a reading is sure.
const SURE: f64 = 0.8;

/// Below this confidence it is hardly one.
const HARDLY: f64 = 0.6;

/// Readings of a place that are looked at, that a text which tells of it again and again stays quick.
const MOST_READ: usize = 40;

/// Places of one list that are looked at.
const MOST_LISTED: usize = 40;

/// Of what statuses it is counted at how many places they are read.
const COUNTED: [Status; 4] = [
    Status::Control,
    Status::Lost,
    Status::Partial,
    Status::Contested,
];

/// What rules read and set aside in a text.
pub(super) struct Read<'a> {
    context: &'a Context<'a>,
    /// By place.
    found: BTreeMap<PlaceId, Vec<&'a Found>>,
    aside: BTreeMap<PlaceId, BTreeSet<&'a str>>,
    /// At how many places each status is read of each party.
    of_party: BTreeMap<(ActorId, Status), usize>,
    of_anybody: BTreeMap<Status, usize>,
    /// Each place that may be somebody's, in order of its first name.
    order: BTreeMap<PlaceId, usize>,
    /// What holds of each of them for any party.
    of_place: BTreeMap<PlaceId, Vec<Hint>>,
}

impl<'a> Read<'a> {
    /// Of what rules found and set aside in a text that names so many parties and speaks of some places.
    pub(super) fn of(
        context: &'a Context<'a>,
        (found, aside): (&'a [Found], &'a [SetAside]),
        sightings: &BTreeMap<PlaceId, Vec<Sighting>>,
        cues: &Cues,
        parties: usize,
    ) -> Self {
        let mut by_place: BTreeMap<PlaceId, Vec<&Found>> = BTreeMap::new();
        for found in found {
            if let Some(place) = found.place {
                by_place.entry(place).or_default().push(found);
            }
        }
        let mut set_aside: BTreeMap<PlaceId, BTreeSet<&str>> = BTreeMap::new();
        for aside in aside {
            if let Some(place) = aside.place {
                set_aside.entry(place).or_default().insert(&aside.reason);
            }
        }
        let mut of_party = BTreeMap::new();
        let mut of_anybody = BTreeMap::new();
        for found in by_place.values() {
            let told: BTreeSet<_> = (found.iter())
                .map(|found| (found.actor, found.status))
                .collect();
            for (actor, status) in told {
                *of_anybody.entry(status).or_default() += 1;
                if let Some(actor) = actor {
                    *of_party.entry((actor, status)).or_default() += 1;
                }
            }
        }
        let mut firsts: Vec<_> = (sightings.iter())
            .filter_map(|(place, sightings)| Some((sightings.first()?.group, *place)))
            .collect();
        firsts.sort_unstable();
        let places = firsts.into_iter().map(|(_, place)| place);
        let mut read = Self {
            context,
            found: by_place,
            aside: set_aside,
            of_party,
            of_anybody,
            order: places.enumerate().map(|(at, place)| (place, at)).collect(),
            of_place: BTreeMap::new(),
        };
        let last = sightings.values().flatten();
        let last = last.map(|sighting| sighting.sentence).max();
        let of_place = |(place, sightings): (&PlaceId, &Vec<Sighting>)| {
            let mut hints = Vec::new();
            let mut tell = |hint: Hint| hints.push(hint);
            for sighting in sightings {
                cues.hints(sighting, &mut tell);
            }
            tell(Hint::Counts(Counted::Phrases, Count::of(sightings.len())));
            tell(Hint::Counts(Counted::Parties, Count::of(parties)));
            let places = Count::of(read.order.len() / 3);
            tell(Hint::Counts(Counted::Places, places));
            read.of_stage((*place, sightings), last.unwrap_or_default(), &mut tell);
            read.of_anybody_elsewhere(*place, &mut tell);
            (*place, hints)
        };
        read.of_place = sightings.iter().map(of_place).collect();
        read
    }

    fn found(&self, place: PlaceId) -> impl Iterator<Item = &'a Found> {
        let found = self.found.get(&place).into_iter().flatten();
        found.copied().take(MOST_READ)
    }

    /// All that rules read of a party at a place, and how the text as a whole speaks of that.
    pub(super) fn hints(
        &self,
        (place, sightings): (PlaceId, &[Sighting]),
        party: ActorId,
        tell: &mut impl FnMut(Said),
    ) {
        self.of_party_here(place, party, tell);
        for reason in self.aside.get(&place).into_iter().flatten() {
            tell(Said::Aside(reason));
        }
        let mut tell = |hint: Hint| tell(Said::Hint(hint));
        for sighting in sightings {
            self.of_list(sighting, party, &mut tell);
        }
        self.of_elsewhere(place, party, &mut tell);
        for hint in self.of_place.get(&place).into_iter().flatten() {
            tell(*hint);
        }
    }

    /// What rules read of the party and of others at the place.
    fn of_party_here(&self, place: PlaceId, party: ActorId, tell: &mut impl FnMut(Said)) {
        let (mut is_read, mut are_others) = (false, false);
        for found in self.found(place) {
            if found.actor == Some(party) {
                is_read = true;
                tell(Said::Rule(&found.rule, None));
                tell(Said::Rule(&found.rule, Some(found.status)));
                tell(Said::Hint(Hint::ReadsAs(found.certainty)));
                tell(Said::Hint(Hint::Reads(found.status, Sure::Is)));
                if found.confidence >= SURE {
                    tell(Said::Hint(Hint::Reads(found.status, Sure::Surely)));
                } else if found.confidence < HARDLY {
                    tell(Said::Hint(Hint::Reads(found.status, Sure::Hardly)));
                }
            } else {
                are_others = true;
                tell(Said::Hint(Hint::OtherReads(found.status, Sure::Is)));
                if found.confidence >= SURE {
                    tell(Said::Hint(Hint::OtherReads(found.status, Sure::Surely)));
                }
            }
        }
        if !is_read {
            tell(Said::Hint(Hint::Unread));
        }
        if !are_others {
            tell(Said::Hint(Hint::OthersUnread));
        }
    }

    /// What they read of the other places of the list in which the place stands.
    fn of_list(&self, sighting: &Sighting, party: ActorId, tell: &mut impl FnMut(Hint)) {
        let list = self.context.discourse.spoken[sighting.group].iter();
        let mates = list
            .map(|spoken| spoken.place)
            .filter(|place| *place != sighting.spoken.place && self.order.contains_key(place))
            .take(MOST_LISTED);
        let mut is_alone = true;
        for mate in mates {
            is_alone = false;
            let mut is_read = false;
            for found in self.found(mate) {
                is_read = true;
                tell(Hint::Beside(found.status, found.actor == Some(party)));
            }
            if !is_read {
                tell(Hint::InList(Company::Unread));
            }
            if self.aside.contains_key(&mate) {
                tell(Hint::InList(Company::Aside));
            }
        }
        if is_alone {
            tell(Hint::InList(Company::Alone));
        }
    }

    /// What they read of the party at other places, wherever those stand.
    fn of_elsewhere(&self, place: PlaceId, party: ActorId, tell: &mut impl FnMut(Hint)) {
        for status in COUNTED {
            let is_it = |found: &Found| (found.actor, found.status) == (Some(party), status);
            let here = self.found(place).any(is_it);
            let all = self.of_party.get(&(party, status)).copied();
            let others = all.unwrap_or_default().saturating_sub(usize::from(here));
            tell(Hint::Elsewhere(status, true, Count::of(others)));
        }
    }

    /// What they read of anybody at other places.
    fn of_anybody_elsewhere(&self, place: PlaceId, tell: &mut impl FnMut(Hint)) {
        for status in COUNTED {
            let here = self.found(place).filter(|found| found.status == status);
            let here: BTreeSet<_> = here.map(|found| found.actor).collect();
            let all = self.of_anybody.get(&status).copied().unwrap_or_default();
            let others = Count::of(all.saturating_sub(here.len()));
            tell(Hint::Elsewhere(status, false, others));
        }
    }

    /// Where in the text, whose last sentence that names a place is `last`, the place is spoken of.
    fn of_stage(
        &self,
        (place, sightings): (PlaceId, &[Sighting]),
        last: usize,
        tell: &mut impl FnMut(Hint),
    ) {
        let at = self.order.get(&place).copied().unwrap_or_default();
        tell(Hint::Stands(match 4 * at / self.order.len().max(1) {
            0 => Stage::First,
            1 => Stage::Second,
            2 => Stage::Third,
            _ => Stage::Fourth,
        }));
        let mut sentences = sightings.iter().map(|sighting| sighting.sentence);
        if sentences.clone().any(|sentence| sentence == 0) {
            tell(Hint::Stands(Stage::Head));
        }
        if sentences.any(|sentence| sentence + 1 >= last) {
            tell(Hint::Stands(Stage::End));
        }
    }
}
