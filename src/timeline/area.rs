//! Stated areas: "ten square kilometres are left to them".

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::bearing::event_date;
use super::voice::days_between;
use super::{Control, Holding, StatedArea, Timeline};
use crate::actor::ActorId;
use crate::claim::{Certainty, Claim, Status};
use crate::gazetteer::PlaceId;

/// The areas that actors still hold on `date`: for each actor those of the newest days, heaviest
/// first. Older figures are superseded, and all of an actor's end when it has lost the place.
pub(super) fn stated_areas(
    timeline: &Timeline,
    date: Date,
    holdings: &[Holding],
) -> Vec<StatedArea> {
    let mut by_actor: BTreeMap<ActorId, Vec<(Date, f64, StatedArea)>> = BTreeMap::new();
    for (index, claim) in timeline.claims.iter().enumerate() {
        let Some((day, area)) = stated(index, claim).filter(|(day, _)| *day <= date) else {
            continue;
        };
        let is_old = days_between(day, date) > timeline.ground.stale_days;
        if !is_old
            && is_still_held(timeline, &area, holdings)
            && is_large_enough(timeline, &area, holdings)
        {
            let weight = weight(timeline, claim);
            by_actor
                .entry(area.actor)
                .or_default()
                .push((day, weight, area));
        }
    }
    let mut areas = Vec::new();
    for mut list in by_actor.into_values() {
        let newest = list.iter().map(|(day, ..)| *day).max().unwrap_or(date);
        let rival_days = timeline.weighing.time.rival_days;
        list.retain(|(day, ..)| days_between(*day, newest) < rival_days);
        let agreement: Vec<f64> = list
            .iter()
            .map(|(.., area)| agreement(area, &list))
            .collect();
        let mut ranked: Vec<_> = agreement.into_iter().zip(list).collect();
        ranked
            .sort_by(|(a, x), (b, y)| b.total_cmp(a).then(y.1.total_cmp(&x.1)).then(y.0.cmp(&x.0)));
        let list = ranked.into_iter().map(|(_, stated)| stated);
        areas.extend(list.map(|(.., area)| area));
    }
    areas
}

fn stated(index: usize, claim: &Claim) -> Option<(Date, StatedArea)> {
    let is_holding = matches!(
        claim.status,
        Status::Control | Status::Partial | Status::Contested
    );
    if !is_holding || claim.certainty == Certainty::Denied {
        return None;
    }
    let area = StatedArea {
        actor: claim.actor?,
        area_km2: claim.area_km2.filter(|km2| *km2 > 0.0)?,
        place: claim.place,
        claim: index,
    };
    Some((event_date(claim)?, area))
}

/// Kind of voice, certainty, and how well the day is known; a newer day within the window of
/// rivals does not make a figure better.
fn weight(timeline: &Timeline, claim: &Claim) -> f64 {
    timeline.weighing.source(claim.claimant.kind)
        * timeline.weighing.certainty(claim.certainty)
        * timeline.weighing.dating(claim.date_basis)
        * claim.confidence
}

/// The weight of all figures that agree with this one, its own included.
fn agreement(area: &StatedArea, list: &[(Date, f64, StatedArea)]) -> f64 {
    let agrees =
        |other: &StatedArea| (other.area_km2 - area.area_km2).abs() <= SAME_FIGURE * area.area_km2;
    list.iter()
        .filter(|(.., other)| agrees(other))
        .map(|(_, weight, _)| weight)
        .sum()
}

/// Figures within this part of each other are the same figure, rounded in different ways.
const SAME_FIGURE: f64 = 0.15;

/// False when most of what the actor freshly holds cannot lie in ground of that size: then the
/// figure speaks of something else, or of somebody else.
fn is_large_enough(timeline: &Timeline, area: &StatedArea, holdings: &[Holding]) -> bool {
    let held: Vec<PlaceId> = holdings
        .iter()
        .filter(|h| !h.is_stale && h.control.holder() == Some(area.actor))
        .map(|h| h.place)
        .collect();
    let reach_km =
        (area.area_km2 / std::f64::consts::PI).sqrt() * timeline.weighing.area.elongation;
    let near = |center: PlaceId| {
        let center = BTreeSet::from([center]);
        held.iter()
            .filter(|place| timeline.ground.gap_km(**place, &center) <= reach_km)
            .count()
    };
    let inside = held.iter().map(|center| near(*center)).max().unwrap_or(0);
    2 * inside >= held.len()
}

/// True while the actor is in the place, in a part of the area, or anywhere when no place is said.
fn is_still_held(timeline: &Timeline, area: &StatedArea, holdings: &[Holding]) -> bool {
    let is_there = |control: &Control| match control {
        Control::Held(actor) | Control::Partial(actor, _) => *actor == area.actor,
        Control::Contested(actors) | Control::Claimed(actors) => actors.contains(&area.actor),
        Control::Lost(_) | Control::Unknown => false,
    };
    let is_inside = |place: PlaceId| match area.place {
        None => true,
        Some(whole) if timeline.ground.is_area(whole) => {
            timeline.ground.members(whole).any(|member| member == place)
        }
        Some(named) => named == place,
    };
    holdings
        .iter()
        .any(|h| is_there(&h.control) && is_inside(h.place))
}
