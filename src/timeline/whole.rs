//! What follows for a place from words about other places: the loss of a whole, a list of what is
//! left, a stated area, and the places around.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::bearing::{Act, Bearing, Weigher, event_date};
use crate::actor::ActorId;
use crate::claim::{Certainty, Status};
use crate::gazetteer::{Bank, PlaceId};

impl Weigher<'_> {
    /// A front runs between neighbours. A claim that puts an actor on a bank where nothing until
    /// then puts him anywhere else, among places of others, is more often a mixed-up name than a
    /// landing: it counts for less.
    pub fn compare_with_surroundings(&self, positive: &mut [(PlaceId, Bearing)]) {
        let mut first_days: BTreeMap<(Bank, ActorId), BTreeMap<PlaceId, Date>> = BTreeMap::new();
        for (place, bearing) in positive.iter() {
            if let (Some(bank), Some(actor)) = (self.ground.bank(*place), bearing.act.holder()) {
                let known = first_days.entry((bank, actor)).or_default();
                let day = known.entry(*place).or_insert(bearing.days.0);
                *day = bearing.days.0.min(*day);
            }
        }
        for (place, bearing) in positive.iter_mut() {
            let (Some(bank), Some(actor)) = (self.ground.bank(*place), bearing.act.holder()) else {
                continue;
            };
            let until = bearing.days.0;
            let elsewhere = |known: &BTreeMap<PlaceId, Date>| {
                let others = known.iter().filter(|(other, _)| *other != place);
                others.filter(|(_, day)| **day <= until).count()
            };
            let own = first_days.get(&(bank, actor)).map_or(0, elsewhere);
            let is_among_others = first_days
                .iter()
                .filter(|((b, other), _)| *b == bank && *other != actor)
                .any(|(_, known)| elsewhere(known) >= self.weighing.surroundings.others);
            if own == 0 && is_among_others {
                bearing.factors.surroundings = self.weighing.surroundings.alone;
            }
        }
    }

    /// What is lost with a whole, and what "only these are left" passes over.
    pub fn losses_of_wholes(&self) -> Vec<(PlaceId, ActorId, Bearing)> {
        let directness = &self.weighing.directness;
        let mut found = Vec::new();
        for (index, claim) in self.claims.iter().enumerate() {
            if let (Some(place), Act::Lost(actor)) = (claim.place, self.act(claim)) {
                let parts: Vec<(PlaceId, f64)> = if self.ground.is_area(place) {
                    let members = self.ground.members(place);
                    members.map(|m| (m, directness.area_lost)).collect()
                } else {
                    let quarters = self.ground.quarters(place);
                    quarters.map(|q| (q, directness.town)).collect()
                };
                for (part, how) in parts {
                    let bearing = self.one(index, Act::Lost(actor), part, how);
                    found.extend(bearing.map(|(place, b)| (place, actor, b)));
                }
            }
        }
        let left_out = self.left_out().into_iter();
        let out_of_reach = self.out_of_reach().into_iter();
        for (index, actor, place, how) in left_out
            .map(|(index, actor, place)| (index, actor, place, directness.left_out))
            .chain(
                out_of_reach
                    .map(|(index, actor, place)| (index, actor, place, directness.out_of_reach)),
            )
        {
            let bearing = self.one(index, Act::Lost(actor), place, how);
            found.extend(bearing.map(|(place, b)| (place, actor, b)));
        }
        found
    }

    /// For each exclusive statement: the places that it passes over. Everything that the same
    /// report gives to the actor on that day belongs to the statement.
    fn left_out(&self) -> Vec<(usize, ActorId, PlaceId)> {
        let mut lists: BTreeMap<_, (usize, bool, BTreeSet<PlaceId>)> = BTreeMap::new();
        for (index, claim) in self.claims.iter().enumerate() {
            let (Some(actor), Some(place), Some(date)) =
                (claim.actor, claim.place, event_date(claim))
            else {
                continue;
            };
            if claim.status == Status::Lost || claim.certainty == Certainty::Denied {
                continue;
            }
            let key = (&claim.claimant.name, &claim.origin.report, date, actor);
            let entry = lists.entry(key).or_insert((index, false, BTreeSet::new()));
            if claim.exclusive && !entry.1 {
                entry.0 = index;
                entry.1 = true;
            }
            if self.ground.is_area(place) {
                entry.2.extend(self.ground.members(place));
            } else {
                entry.2.insert(place);
            }
        }
        let mut found = Vec::new();
        for ((.., actor), (index, is_exclusive, named)) in lists {
            if is_exclusive {
                let passed_over = self.ground.left_out(&named);
                found.extend(passed_over.into_iter().map(|place| (index, actor, place)));
            }
        }
        found
    }

    /// A stated area bounds where its holder can be: for each such claim, the places of the same
    /// pocket that lie too far from the place that is named for an area of that size to reach.
    fn out_of_reach(&self) -> Vec<(usize, ActorId, PlaceId)> {
        let mut found = Vec::new();
        for (index, claim) in self.claims.iter().enumerate() {
            let (Some(actor), Some(place), Some(area_km2)) =
                (claim.actor, claim.place, claim.area_km2)
            else {
                continue;
            };
            if self.act(claim).present().is_none() || claim.certainty == Certainty::Denied {
                continue;
            }
            let named: BTreeSet<PlaceId> = if self.ground.is_area(place) {
                self.ground.members(place).collect()
            } else {
                BTreeSet::from([place])
            };
            let radius_km = (area_km2 / std::f64::consts::PI).sqrt();
            let reach_km = radius_km * self.weighing.area.elongation;
            for other in self.ground.around(&named) {
                if self.ground.gap_km(other, &named) > reach_km {
                    found.push((index, actor, other));
                }
            }
        }
        found
    }
}
