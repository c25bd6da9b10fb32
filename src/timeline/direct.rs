//! Direct words: to whom a place was last given by words about the place itself.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bearing::{Act, Weigher, event_date};
use crate::actor::ActorId;
use crate::claim::Certainty;
use crate::gazetteer::PlaceId;

/// For each place every day on which direct words gave it to an actor, or took it from him.
pub(super) struct DirectWords(BTreeMap<PlaceId, Vec<(Date, Option<ActorId>)>>);

impl DirectWords {
    pub fn new(weigher: &Weigher) -> Self {
        let mut words: BTreeMap<PlaceId, Vec<(Date, Option<ActorId>)>> = BTreeMap::new();
        let certain = weigher.claims.iter();
        for claim in certain.filter(|c| c.certainty == Certainty::Stated) {
            let (Some(place), Some(day)) = (claim.place, event_date(claim)) else {
                continue;
            };
            let holder = match weigher.act(claim) {
                Act::Whole(actor) => Some(actor),
                Act::Lost(_) => None,
                _ => continue,
            };
            words.entry(place).or_default().push((day, holder));
        }
        // Claims stand in order of their days; a stable sort keeps the rest of that order.
        words
            .values_mut()
            .for_each(|list| list.sort_by_key(|(day, _)| *day));
        Self(words)
    }

    /// The actor to whom the newest direct words up to `day` give the whole place.
    pub fn holder(&self, place: PlaceId, day: Option<Date>) -> Option<ActorId> {
        let list = self.0.get(&place)?;
        let known = list.partition_point(|(said, _)| Some(*said) <= day);
        list[..known].last()?.1
    }
}
