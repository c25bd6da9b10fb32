//! Which of several places a name stands for, settled by the words around it.

use rustc_hash::FxHashMap;

use super::Words;
use super::annotate::Item;
use super::namesakes::{Memory, Namesake, Namesakes, address};
use super::nearness::Spot;
use crate::gazetteer::{Bank, Gazetteer, Kind, PlaceId};
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
    memory: &mut Memory,
) -> Vec<Option<Choice>> {
    let is_open = |item: &Item| item.places().len() > 1;
    let sure = if items.iter().any(is_open) {
        sure_places(items, gazetteer)
    } else {
        Vec::new()
    };
    let mut judge = Judge {
        text,
        items,
        gazetteer,
        words,
        sure: &sure,
        sure_bits: sure.iter().fold(0, |bits, sure| bits | bit(sure.place)),
        whole: FxHashMap::default(),
        memory,
        folder: NameFolder::default(),
        name: String::new(),
    };
    items
        .iter()
        .enumerate()
        .map(|(at, item)| item.is_place().then(|| judge.choose(at)))
        .collect()
}

/// A place that its name decides, with its item.
struct Sure {
    item: usize,
    place: PlaceId,
    spot: Spot,
}

fn sure_places(items: &[Item], gazetteer: &Gazetteer) -> Vec<Sure> {
    let mut sure = Vec::new();
    for (item, of) in items.iter().enumerate() {
        if let [place] = *of.places()
            && gazetteer.place(place).precision_km < 60.0
        {
            let spot = Spot::at(gazetteer.point(place));
            sure.push(Sure { item, place, spot });
        }
    }
    sure
}

struct Judge<'a> {
    text: &'a Text,
    items: &'a [Item<'a>],
    gazetteer: &'a Gazetteer,
    words: &'a Words,
    /// Places that their name decides, in order.
    sure: &'a [Sure],
    /// The bits of all of them.
    sure_bits: u64,
    /// How near the text as a whole lies to the places of a name, of those asked for before.
    whole: FxHashMap<usize, Vec<f64>>,
    memory: &'a mut Memory,
    folder: NameFolder,
    /// The name being judged, folded.
    name: String,
}

/// One of 64 bits, by which places are told apart roughly.
pub(super) fn bit(place: PlaceId) -> u64 {
    1 << (place.0 & 63)
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
        let namesakes = self.memory.of(&self.name, candidates, self.gazetteer);
        let (place, lead) = self.best(at, &namesakes, address(candidates));
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

    /// The place that the words around it speak for most, the first of several, and its lead over
    /// the next.
    fn best(&mut self, at: usize, namesakes: &Namesakes, list: usize) -> (PlaceId, f64) {
        let whole = self.whole.remove(&list);
        let whole = whole.unwrap_or_else(|| self.wholes(namesakes));
        let passage = self.passage(at);
        let told = self.bank_told(at);
        let is_among_towns = self.is_among_towns(at);
        let mut nouns: Vec<(Kind, f64)> = Vec::new();
        let mut noun = |kind: Kind| {
            let known = nouns.iter().find(|(known, _)| *known == kind);
            known.map(|(_, noun)| *noun).unwrap_or_else(|| {
                nouns.push((kind, self.noun(at, kind)));
                nouns[nouns.len() - 1].1
            })
        };
        let mut best = (f64::NEG_INFINITY, self.items[at].places()[0]);
        let mut second = f64::NEG_INFINITY;
        for (namesake, whole) in namesakes.places.iter().zip(&whole) {
            let said = passage
                .iter()
                .map(|(sure, bond)| self.nearness(namesakes, namesake, sure) * bond)
                .fold(0.0, f64::max);
            // A governorate is mostly called by the name of its seat; the town itself has "city"
            // before it.
            let seat = namesake.is_in_namesake && !is_among_towns;
            let score = namesake.prior
                + noun(namesake.kind)
                + (said + 0.8 * whole)
                + bank(told, namesake.bank)
                + if seat { -0.8 } else { 0.0 };
            if score > best.0 {
                second = best.0;
                best = (score, namesake.place);
            } else {
                second = second.max(score);
            }
        }
        self.whole.insert(list, whole);
        (best.1, best.0 - second)
    }

    /// In a list of towns, or a stated distance away from here: the town, not what is named after it.
    fn is_among_towns(&self, at: usize) -> bool {
        if !self.words.is_analytic {
            return false;
        }
        let is_town = |item: &Item| {
            item.is_place()
                && item.places().iter().all(|place| {
                    let kind = self.gazetteer.kind(*place);
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

    /// The noun before the name: "the city of" speaks for a city.
    fn noun(&self, at: usize, kind: Kind) -> f64 {
        let before = at.checked_sub(1).map(|index| &self.items[index]);
        // "NAME city", where the noun is not that of the next name.
        let behind = self.items.get(at + 1).filter(|_| {
            self.words.is_analytic
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

    /// Other places of the passage, with what each says of the one at `at`.
    fn passage(&self, at: usize) -> Vec<(&Sure, f64)> {
        let first = self.sure.partition_point(|sure| sure.item + PASSAGE < at);
        self.sure[first..]
            .iter()
            .take_while(|sure| sure.item <= at + PASSAGE)
            .map(|sure| (sure, self.bond(at, sure.item)))
            .collect()
    }

    /// How near the text as a whole lies to each place of a name.
    fn wholes(&self, namesakes: &Namesakes) -> Vec<f64> {
        let others = &self.sure[..self.sure.len().min(MOST_COMPANY)];
        let whole = |namesake: &Namesake| {
            let near: f64 = others
                .iter()
                .map(|sure| self.nearness(namesakes, namesake, sure))
                .sum();
            near / others.len().max(1) as f64
        };
        namesakes.places.iter().map(whole).collect()
    }

    /// 1 for the place itself and those that contain it, less the farther `sure` lies.
    fn nearness(&self, namesakes: &Namesakes, namesake: &Namesake, sure: &Sure) -> f64 {
        if namesake.up_bits & self.sure_bits != 0 && namesakes.ups(namesake).contains(&sure.place) {
            return 1.0;
        }
        namesake.spot.nearness(sure.spot)
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
    fn bank_told(&self, at: usize) -> Option<Bank> {
        let near =
            self.items[at.saturating_sub(PASSAGE)..(at + PASSAGE).min(self.items.len())].iter();
        let mut told = near.filter_map(|item| match item.places() {
            [area] if self.gazetteer.kind(*area) == Kind::Area => {
                Some(self.gazetteer.place(*area).bank)
            }
            _ => None,
        });
        told.next()
    }
}

/// What the bank that the text tells says of a place on a bank.
fn bank(told: Option<Bank>, bank: Bank) -> f64 {
    match told {
        None | Some(Bank::None) => 0.0,
        Some(_) if bank == Bank::None => 0.0,
        Some(told) if told == bank => 0.3,
        Some(_) => -0.3,
    }
}
