//! The places that share a name, with what no text changes, remembered from text to text.
//!
//! A name may have thousands of places, whose entries lie far from one another in memory. What the
//! choice between them asks for is gathered once for each way in which the name is written, and
//! stands side by side.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::nearness::Spot;
use super::resolve::bit;
use crate::gazetteer::{Bank, Cue, Gazetteer, Kind, PlaceId};
use crate::text::NameFolder;

/// A place that a name may stand for.
#[derive(Debug)]
pub(super) struct Namesake {
    pub(super) place: PlaceId,
    pub(super) kind: Kind,
    pub(super) bank: Bank,
    pub(super) spot: Spot,
    /// How likely it is without any context.
    pub(super) prior: f64,
    /// It lies in another place of the name.
    pub(super) is_in_namesake: bool,
    /// Where the places that contain it begin and end in [`Namesakes::ups`].
    ups: (u32, u32),
    /// The bits of all of them.
    pub(super) up_bits: u64,
}

/// All places of one name, in order of id.
#[derive(Debug, Default)]
pub(super) struct Namesakes {
    pub(super) places: Vec<Namesake>,
    ups: Vec<PlaceId>,
}

impl Namesakes {
    /// `name` is folded, `candidates` are its places.
    fn of(name: &str, candidates: &[PlaceId], gazetteer: &Gazetteer) -> Self {
        let mut namesakes = Self::default();
        let mut folder = NameFolder::default();
        let mut main = String::new();
        for place in candidates {
            let entry = gazetteer.place(*place);
            let by_kind = match entry.kind {
                Kind::City => 0.5,
                Kind::Town => 0.4,
                Kind::Village | Kind::Governorate => 0.3,
                _ => 0.2,
            };
            let by_cue = if entry.cue == Cue::Free { 0.2 } else { 0.0 };
            // The name is the place's own rather than an alias.
            let is_main = [entry.name_ar, entry.name_en].into_iter().any(|written| {
                main.clear();
                folder.fold(written, &mut main);
                name.ends_with(&main)
            });
            let first = namesakes.ups.len();
            namesakes.ups.extend(gazetteer.ancestors(*place));
            let ups = &namesakes.ups[first..];
            // A name may have thousands of candidates, which stand in order of id.
            let is_namesake = |up: &PlaceId| up != place && candidates.binary_search(up).is_ok();
            namesakes.places.push(Namesake {
                place: *place,
                kind: entry.kind,
                bank: entry.bank,
                spot: Spot::at(entry.point),
                prior: by_kind + by_cue + if is_main { 0.2 } else { 0.0 },
                is_in_namesake: ups.iter().any(is_namesake),
                up_bits: ups.iter().fold(0, |bits, up| bits | bit(*up)),
                ups: (first as u32, namesakes.ups.len() as u32),
            });
        }
        namesakes
    }

    /// The places that contain one of them, nearest first.
    pub(super) fn ups(&self, of: &Namesake) -> &[PlaceId] {
        &self.ups[of.ups.0 as usize..of.ups.1 as usize]
    }
}

/// Places that are remembered at a time, those of all names counted.
const MOST_PLACES: usize = 1 << 18;

/// A name as it is written, folded, and its places.
type Written = (Box<str>, Arc<Namesakes>);

/// The names that were written before, in each way, and their places.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// By the place in memory of the list of their candidates.
    lists: FxHashMap<usize, Vec<Written>>,
    places: usize,
}

impl Memory {
    /// The places of a folded name. `candidates` is the list of the index of names itself, not one
    /// of the same places.
    pub(super) fn of(
        &mut self,
        name: &str,
        candidates: &[PlaceId],
        gazetteer: &Gazetteer,
    ) -> Arc<Namesakes> {
        if self.places > MOST_PLACES {
            *self = Self::default();
        }
        let list = self.lists.entry(address(candidates)).or_default();
        if let Some((_, known)) = list.iter().find(|(written, _)| **written == *name) {
            return Arc::clone(known);
        }
        let namesakes = Arc::new(Namesakes::of(name, candidates, gazetteer));
        self.places += candidates.len();
        list.push((name.into(), Arc::clone(&namesakes)));
        namesakes
    }
}

/// Where a list stands in memory, by which it is known.
pub(super) fn address(candidates: &[PlaceId]) -> usize {
    candidates.as_ptr().addr()
}
