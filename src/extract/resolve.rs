//! Which of several places a name stands for, settled by the words around it.

use geo::{Distance, Haversine};
use rustc_hash::FxHashMap;

use super::Words;
use super::annotate::Item;
use crate::gazetteer::{Bank, Cue, Gazetteer, Kind, PlaceId};
use crate::lexicon::ClassSet;
use crate::text::{NameFolder, Text};

/// What became of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Resolution {
    /// It stands for one place.
    Placed,
    /// It may stand for several, and nothing decides.
    Ambiguous,
    /// The gazetteer does not have it.
    Unknown,
}

/// A place of a text and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Choice {
    pub place: PlaceId,
    pub resolution: Resolution,
    pub confidence: f64,
}

/// Kilometres within which another place of the text speaks for a candidate as strongly as it can.
const NEAR_KM: f64 = 15.0;

/// How much less a place named behind says than one named before.
const BEHIND: f64 = 0.15;

/// Items to each side that count as the same passage.
const PASSAGE: usize = 14;

/// Places of a text, from its head, that say where it is as a whole.
const MOST_COMPANY: usize = 2_000;

/// A lead smaller than this does not decide between two candidates.
const LEAD: f64 = 0.15;

/// One choice for each place item, in order of `items`.
pub(crate) fn resolve(
    text: &Text,
    items: &[Item],
    gazetteer: &Gazetteer,
    words: &Words,
) -> Vec<Option<Choice>> {
    let sure: Vec<(usize, PlaceId)> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.places().len() == 1)
        .map(|(at, item)| (at, item.places()[0]))
        .filter(|(_, place)| gazetteer.place(*place).precision_km < 60.0)
        .collect();
    let mut judge = Judge {
        text,
        items,
        gazetteer,
        words,
        sure: &sure,
        whole: FxHashMap::default(),
        folder: NameFolder::default(),
        name: String::new(),
        main: String::new(),
    };
    items
        .iter()
        .enumerate()
        .map(|(at, item)| item.is_place().then(|| judge.choose(at)))
        .collect()
}

struct Judge<'a> {
    text: &'a Text,
    items: &'a [Item<'a>],
    gazetteer: &'a Gazetteer,
    words: &'a Words,
    /// Places that their name decides, with their items, in order.
    sure: &'a [(usize, PlaceId)],
    /// How near the text as a whole lies to a candidate, of those asked for before.
    whole: FxHashMap<PlaceId, f64>,
    folder: NameFolder,
    /// The name being judged, folded.
    name: String,
    /// A main name of a candidate, folded.
    main: String,
}

impl Judge<'_> {
    fn choose(&mut self, at: usize) -> Choice {
        let candidates = self.items[at].places();
        if let [place] = *candidates {
            return Choice {
                place,
                resolution: Resolution::Placed,
                confidence: 0.97,
            };
        }
        self.name.clear();
        let written = self.text.slice(self.items[at].span);
        self.folder.fold(written, &mut self.name);
        let mut scored: Vec<(f64, PlaceId)> = candidates
            .iter()
            .map(|place| (self.score(at, *place), *place))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, place) = scored[0];
        let lead = scored.get(1).map_or(1.0, |second| best - second.0);
        if lead < LEAD {
            Choice {
                place,
                resolution: Resolution::Ambiguous,
                confidence: 0.5,
            }
        } else {
            Choice {
                place,
                resolution: Resolution::Placed,
                confidence: (0.7 + lead / 4.0).min(0.95),
            }
        }
    }

    fn score(&mut self, at: usize, place: PlaceId) -> f64 {
        let entry = self.gazetteer.place(place);
        let prior = match entry.kind {
            Kind::City => 0.5,
            Kind::Town => 0.4,
            Kind::Village | Kind::Governorate => 0.3,
            _ => 0.2,
        } + if entry.cue == Cue::Free { 0.2 } else { 0.0 };
        let main_name = if self.is_main_name(place) { 0.2 } else { 0.0 };
        prior
            + main_name
            + self.noun(at, entry.kind)
            + self.company(at, place)
            + self.bank(at, entry.bank)
            + self.seat(at, place)
    }

    /// A governorate is mostly called by the name of its seat; the town itself has "city" before it.
    fn seat(&self, at: usize, place: PlaceId) -> f64 {
        // A name may have thousands of candidates, which stand in order of id.
        let candidates = self.items[at].places();
        let is_candidate = |up: PlaceId| up != place && candidates.binary_search(&up).is_ok();
        let is_shared = self.gazetteer.ancestors(place).any(is_candidate);
        if is_shared && !self.is_among_towns(at) {
            -0.8
        } else {
            0.0
        }
    }

    /// In a list of towns, or a stated distance away from here: the town, not what is named after it.
    fn is_among_towns(&self, at: usize) -> bool {
        if !self.words.has_capitals {
            return false;
        }
        let is_town = |item: &Item| {
            item.is_place()
                && item.places().iter().all(|place| {
                    let kind = self.gazetteer.place(*place).kind;
                    matches!(kind, Kind::City | Kind::Town)
                })
        };
        let is_link = |item: &Item| item.is_mark(&[',']) || item.classes.meets(self.words.and);
        let right = self.items.get(at + 1).is_some_and(is_link)
            && self.items.get(at + 2).is_some_and(is_town);
        let left = at > 1 && is_link(&self.items[at - 1]) && is_town(&self.items[at - 2]);
        let is_away = at > 1
            && self.items[at - 1].classes.meets(self.words.location)
            && self.items[at.saturating_sub(5)..at - 1]
                .iter()
                .any(|item| item.classes.meets(self.words.kilometre));
        right || left || is_away
    }

    /// The name is the place's own rather than an alias.
    fn is_main_name(&mut self, place: PlaceId) -> bool {
        let entry = self.gazetteer.place(place);
        [entry.name_ar, entry.name_en].into_iter().any(|main| {
            self.main.clear();
            self.folder.fold(main, &mut self.main);
            self.name.ends_with(&self.main)
        })
    }

    /// The noun before the name: "the city of" speaks for a city.
    fn noun(&self, at: usize, kind: Kind) -> f64 {
        let before = at.checked_sub(1).map(|index| &self.items[index]);
        // "NAME city", where the noun is not that of the next name.
        let behind = self.items.get(at + 1).filter(|_| {
            self.words.has_capitals
                && !self
                    .items
                    .get(at + 2)
                    .is_some_and(|next| next.is_place() || next.classes.meets(self.words.of))
        });
        let says = |class: ClassSet| {
            [before, behind]
                .into_iter()
                .flatten()
                .any(|item| item.classes.meets(class))
        };
        self.words
            .nouns
            .iter()
            .filter(|(class, _)| says(*class))
            .map(|(_, kinds)| if kinds.contains(&kind) { 0.6 } else { -0.3 })
            .sum()
    }

    /// Other places of the text: those of the same passage count most.
    fn company(&mut self, at: usize, place: PlaceId) -> f64 {
        let first = self
            .sure
            .partition_point(|(index, _)| *index + PASSAGE < at);
        let passage = self.sure[first..]
            .iter()
            .take_while(|(index, _)| *index <= at + PASSAGE)
            .map(|(index, other)| self.nearness(place, *other) * self.bond(at, *index))
            .fold(0.0, f64::max);
        let known = self.whole.get(&place).copied();
        let whole = known.unwrap_or_else(|| {
            let others = &self.sure[..self.sure.len().min(MOST_COMPANY)];
            let near: f64 = others
                .iter()
                .map(|(_, other)| self.nearness(place, *other))
                .sum();
            near / others.len().max(1) as f64
        });
        self.whole.insert(place, whole);
        passage + 0.8 * whole
    }

    /// 1 for the place itself and those that contain it, less the farther `other` lies.
    fn nearness(&self, place: PlaceId, other: PlaceId) -> f64 {
        if self.gazetteer.ancestors(place).any(|up| up == other) {
            return 1.0;
        }
        let point = |place| self.gazetteer.point(place);
        let km = Haversine.distance(point(place), point(other)) / 1000.0;
        1.0 / (1.0 + (km / NEAR_KM).powi(2))
    }

    /// How much a place at `other` says of the one at `at`: the nearer the more, and most in "near X".
    fn bond(&self, at: usize, other: usize) -> f64 {
        let is_said = other > at
            && other - at <= 4
            && self.items[at + 1..other]
                .iter()
                .any(|item| item.classes.meets(self.words.location));
        if is_said {
            2.0
        } else {
            let behind = if other > at { BEHIND } else { 0.0 };
            1.0 - behind - at.abs_diff(other) as f64 / (2 * PASSAGE) as f64
        }
    }

    /// "On the right bank" near by.
    fn bank(&self, at: usize, bank: Bank) -> f64 {
        let near =
            self.items[at.saturating_sub(PASSAGE)..(at + PASSAGE).min(self.items.len())].iter();
        let told = near.filter_map(|item| match item.places() {
            [area] if self.gazetteer.place(*area).kind == Kind::Area => {
                Some(self.gazetteer.place(*area).bank)
            }
            _ => None,
        });
        told.map(|told| {
            if told == Bank::None || bank == Bank::None {
                0.0
            } else if told == bank {
                0.3
            } else {
                -0.3
            }
        })
        .next()
        .unwrap_or(0.0)
    }
}
