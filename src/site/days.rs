//! The days whose map differs from that of the day before.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::timeline::{Holding, Snapshot, StatedArea, Timeline};

/// The first day of each map, in order: days on which a place changes its state or its evidence goes
/// stale, from the oldest event to the newest.
#[must_use]
pub fn days(timeline: &Timeline) -> Vec<Date> {
    let mut days = Vec::new();
    let mut shown: Option<Snapshot> = None;
    for day in turns(timeline) {
        let snapshot = timeline.on(day);
        if shown
            .as_ref()
            .is_none_or(|last| !is_same_map(last, &snapshot))
        {
            days.push(day);
            shown = Some(snapshot);
        }
    }
    days
}

/// Days on which anything at all may change.
pub(super) fn turns(timeline: &Timeline) -> BTreeSet<Date> {
    let Some(newest) = timeline.newest_event() else {
        return BTreeSet::new();
    };
    let stale_after = i64::from(timeline.stale_days()) + 1;
    let claims = timeline.claims().iter();
    let told = claims.flat_map(|claim| [claim.date.or(claim.origin.published), claim.date_to]);
    let told: BTreeSet<Date> = told.flatten().collect();
    let stale = told.iter();
    let stale = stale.filter_map(|day| day.checked_add(stale_after.days()).ok());
    let all = told.iter().copied().chain(stale);
    all.filter(|day| *day <= newest).collect()
}

/// True when nothing that a map shows tells two days apart.
fn is_same_map(a: &Snapshot, b: &Snapshot) -> bool {
    let is_same_place = |(a, b): (&Holding, &Holding)| {
        a.place == b.place && a.is_stale == b.is_stale && a.control.is_same_state(&b.control)
    };
    let is_same_area = |(a, b): (&StatedArea, &StatedArea)| {
        (a.actor, a.place, a.area_km2.to_bits()) == (b.actor, b.place, b.area_km2.to_bits())
    };
    a.holdings.len() == b.holdings.len()
        && a.areas.len() == b.areas.len()
        && a.holdings.iter().zip(&b.holdings).all(is_same_place)
        && a.areas.iter().zip(&b.areas).all(is_same_area)
}
