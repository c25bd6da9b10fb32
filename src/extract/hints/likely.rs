//! How likely it is of a party that it holds a place, by all that the words around the place say: a
//! multinomial logistic regression, and a second one with what is likely of the other parties.

use std::collections::BTreeMap;

use super::around::{Around, Party, Said, Sighting};
use super::hint::{Hint, Rival};
use super::read::Read;
use super::table::{Chances, Hints, STATUSES, Told, Weights};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;

/// What the hints of a text say of a party at a place.
pub(super) struct Likely<'s> {
    pub place: PlaceId,
    pub party: ActorId,
    pub chances: Chances,
    /// Where the place is spoken of, in order.
    pub sightings: &'s [Sighting],
}

impl Likely<'_> {
    /// The likeliest status.
    pub(super) fn best(&self) -> (Status, f64) {
        let mut best = (STATUSES[0], self.chances[0]);
        for (status, chance) in STATUSES.into_iter().zip(self.chances) {
            if chance > best.1 {
                best = (status, chance);
            }
        }
        best
    }
}

/// What the hints say of each of some parties at each place, in order of place and party.
pub(super) fn likely<'s>(
    (around, read): (&Around, &Read),
    parties: &[Party],
    sightings: &'s BTreeMap<PlaceId, Vec<Sighting>>,
    told: &mut Told,
) -> Vec<Likely<'s>> {
    let table = around.table;
    let mut scale = Scale { table, told };
    let mut out: Vec<Likely> = Vec::new();
    for (place, sightings) in sightings {
        let first = out.len();
        let mut all: Vec<Sums> = Vec::with_capacity(parties.len());
        for party in parties.iter().copied() {
            let sums = scale.weighed((around, read), (*place, sightings), party);
            out.push(Likely {
                place: *place,
                party: party.id,
                chances: chances(sums),
                sightings,
            });
            all.push(sums);
        }
        weigh_rivals(table, &mut out[first..], &all);
    }
    out
}

/// Weighs what is likely of each party at a place against what is of the others.
fn weigh_rivals(table: &Hints, parties: &mut [Likely], sums: &[Sums]) {
    let alone: Vec<Chances> = parties.iter().map(|likely| likely.chances).collect();
    for (at, likely) in parties.iter_mut().enumerate() {
        let mut sums = sums[at];
        let mut add = |rival: Rival, chance: f64| {
            let weights = table.weights(usize::from(table.row(Hint::Rival(rival))));
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight * chance;
            }
        };
        add(Rival::Any, 1.0);
        for (status, rival) in [Rival::Control, Rival::Partial, Rival::Lost]
            .into_iter()
            .enumerate()
        {
            let others = alone.iter().enumerate().filter(|(other, _)| *other != at);
            add(
                rival,
                others
                    .map(|(_, chances)| chances[status])
                    .fold(0.0, f64::max),
            );
        }
        likely.chances = chances(sums);
    }
}

/// Sums of the weights of hints.
type Sums = Weights;

/// Adds up the weights of what is said of a party at a place.
struct Scale<'a> {
    table: &'a Hints,
    told: &'a mut Told,
}

impl Scale<'_> {
    /// The sums of the weights of all that is said of a party at a place, each thing once.
    fn weighed(
        &mut self,
        said: (&Around, &Read),
        (place, sightings): (PlaceId, &[Sighting]),
        party: Party,
    ) -> Sums {
        self.told.begin(self.table.len());
        let mut sums = Sums::default();
        let mut add = |row: u16| {
            let row = usize::from(row);
            if row != 0 && self.told.is_new(row) {
                for (sum, weight) in sums.iter_mut().zip(self.table.weights(row)) {
                    *sum += weight;
                }
            }
        };
        let mut tell = |said: Said| match said {
            Said::Word(word, seen) => {
                for row in self.table.rows_of(word, seen) {
                    add(*row);
                }
            }
            said => add(self.table.row_of(&said)),
        };
        all_said(said, (place, sightings), party, &mut tell);
        sums
    }
}

/// All that the words around a place, and what rules read, say of a party there.
pub(super) fn all_said(
    (around, read): (&Around, &Read),
    (place, sightings): (PlaceId, &[Sighting]),
    party: Party,
    tell: &mut impl FnMut(Said),
) {
    for sighting in sightings {
        around.hints(sighting, party, tell);
    }
    read.hints((place, sightings), party.id, tell);
}

/// Softmax of the sums of weights, with nothing said as the case of no weight.
fn chances(sums: Sums) -> Chances {
    let sums: Chances = std::array::from_fn(|status| sums[status]);
    let most = sums.into_iter().fold(0.0, f64::max);
    let parts = sums.map(|sum| (sum - most).exp());
    let all: f64 = parts.iter().sum::<f64>() + (-most).exp();
    parts.map(|part| part / all)
}
