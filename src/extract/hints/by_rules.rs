//! What rules read and set aside in a text: there hints have nothing to say.

use std::collections::{BTreeMap, BTreeSet};

use super::likely::Likely;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::SetAside;
use crate::extract::claim::{Context, Found};
use crate::extract::consequence::UNNAMED;
use crate::gazetteer::{Kind, PlaceId};

/// What rules read and set aside.
pub(super) struct ByRules<'a> {
    context: &'a Context<'a>,
    /// Places of which something was read.
    pub told: BTreeSet<PlaceId>,
    /// Those that somebody holds.
    held: BTreeSet<PlaceId>,
    /// Towns of which somebody holds a quarter.
    partly: BTreeSet<PlaceId>,
    /// Those that are fought over, whoever fights.
    fought: BTreeSet<PlaceId>,
    pairs: BTreeSet<(PlaceId, ActorId)>,
    /// Places of which something was set aside, with the first byte of the words.
    aside: BTreeSet<(PlaceId, usize)>,
    /// Words set aside without a place: first and last byte.
    spent: BTreeMap<usize, usize>,
}

impl<'a> ByRules<'a> {
    /// Of what rules found and set aside in a text.
    pub(super) fn of(context: &'a Context<'a>, found: &[Found], aside: &[SetAside]) -> Self {
        let gazetteer = &context.extractor.gazetteer;
        let places = |is_meant: &dyn Fn(&Found) -> bool| {
            let meant = found.iter().filter(|found| is_meant(found));
            meant.filter_map(|found| found.place).collect()
        };
        // A deed without a doer may still be somebody's.
        let meant = || aside.iter().filter(|aside| aside.reason != UNNAMED);
        Self {
            context,
            told: places(&|found| found.status != Status::Presence),
            held: places(&|found| found.status == Status::Control),
            partly: found
                .iter()
                .filter(|found| found.status == Status::Control)
                .filter_map(|found| found.place)
                .filter(|place| gazetteer.kind(*place) == Kind::Neighbourhood)
                .flat_map(|quarter| gazetteer.ancestors(quarter))
                .filter(|whole| gazetteer.kind(*whole).is_settlement())
                .collect(),
            fought: places(&|found| found.status == Status::Contested && found.actor.is_none()),
            pairs: found
                .iter()
                .filter_map(|found| Some((found.place?, found.actor?)))
                .collect(),
            aside: meant()
                .filter_map(|aside| Some((aside.place?, aside.span.start)))
                .collect(),
            spent: meant()
                .filter(|aside| aside.place.is_none())
                .map(|aside| (aside.span.start, aside.span.end))
                .collect(),
        }
    }

    /// The word at this byte was set aside, of no place.
    pub(super) fn is_spent(&self, start: usize) -> bool {
        let before = self.spent.range(..=start).next_back();
        before.is_some_and(|(_, end)| start < *end)
    }

    /// Something that the sentence says of the place was set aside.
    fn is_set_aside(&self, likely: &Likely) -> bool {
        let sentences = &self.context.discourse.sentences;
        let range = sentences.get(likely.sighting.sentence);
        let Some(range) = range.filter(|range| !range.is_empty()) else {
            return false;
        };
        let items = &self.context.items[range.clone()];
        let span = items[0].span.to(items[items.len() - 1].span);
        let of_place = (likely.place, span.start)..(likely.place, span.end);
        self.aside.range(of_place).next().is_some()
    }

    /// "Took the quarter of A in TOWN": a quarter of it is held, and the town only says where.
    fn is_in_part(&self, place: PlaceId) -> bool {
        !self.context.language.words.is_analytic && self.partly.contains(&place)
    }

    /// Rules have said what there is to say of a party at a place.
    pub(super) fn is_closed(&self, likely: &Likely, status: Status) -> bool {
        let place = likely.place;
        let mut wholes = self.context.extractor.gazetteer.ancestors(place);
        self.pairs.contains(&(place, likely.party))
            || self.is_set_aside(likely)
            || status != Status::Lost && self.held.contains(&place)
            || status == Status::Control
                && (self.fought.contains(&place) || self.is_in_part(place))
            // What is said of a town is said of its quarters.
            || wholes.any(|whole| self.held.contains(&whole))
    }
}
