//! What changed hands between two days: places, and ground in square kilometres.

use geo::algorithm::bool_ops::unary_union;
use geo::{BooleanOps, Geodesic, GeodesicArea, Length, MultiPolygon, Polygon};
use jiff::civil::Date;

use crate::front::{Front, Holder};
use crate::gazetteer::PlaceId;
use crate::timeline::{Control, Snapshot};

/// Pieces of ground smaller than this, in km2, are left by the smoothing of two outlines.
const SPECK_KM2: f64 = 0.05;

/// Pieces beside ground without data smaller than this, in km2: the rounded limit of reach moves by
/// so much where holders change. The ground of a single place is a hundred times as large.
const RIM_KM2: f64 = 2.5;

/// Pieces narrower than this on average, in metres, likewise.
const THREAD_M: f64 = 60.0;

/// A place whose state is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceChange {
    /// The place.
    pub place: PlaceId,
    /// Its state on the first day; none without evidence.
    pub before: Option<Control>,
    /// Its state on the second day.
    pub after: Option<Control>,
    /// First day of the state of the second day.
    pub since: Option<Date>,
}

/// Ground that one had on the first day and another has on the second.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundChange {
    /// Whose it was; none for ground without data.
    pub before: Option<Holder>,
    /// Whose it is.
    pub after: Option<Holder>,
    /// WGS 84 degrees, longitude first.
    pub area: MultiPolygon<f64>,
    /// Geodesic area in km2.
    pub area_km2: f64,
}

/// What changed between two days.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first day.
    pub from: Date,
    /// The second day.
    pub to: Date,
    /// In order of place.
    pub places: Vec<PlaceChange>,
    /// In order of holders; ground without data comes first.
    pub grounds: Vec<GroundChange>,
}

impl Change {
    /// Compares two days of one terrain.
    #[must_use]
    pub fn between(before: (&Snapshot, &Front), after: (&Snapshot, &Front)) -> Self {
        Self {
            from: before.0.date,
            to: after.0.date,
            places: places(before.0, after.0),
            grounds: grounds(before.1, after.1),
        }
    }
}

fn places(before: &Snapshot, after: &Snapshot) -> Vec<PlaceChange> {
    let mut places: Vec<PlaceId> = before.holdings.iter().map(|h| h.place).collect();
    places.extend(after.holdings.iter().map(|h| h.place));
    places.sort_unstable();
    places.dedup();
    let find = |snapshot: &Snapshot, place: PlaceId| {
        let found = snapshot.holding(place);
        found.map(|h| (h.control.clone(), h.since))
    };
    let change = |place: PlaceId| {
        let (old, new) = (find(before, place), find(after, place));
        let is_same = match (&old, &new) {
            (Some((old, _)), Some((new, _))) => old.is_same_state(new),
            _ => false,
        };
        let since = new.as_ref().and_then(|(_, since)| *since);
        (!is_same).then(|| PlaceChange {
            place,
            before: old.map(|(control, _)| control),
            after: new.map(|(control, _)| control),
            since,
        })
    };
    places.into_iter().filter_map(change).collect()
}

fn grounds(before: &Front, after: &Front) -> Vec<GroundChange> {
    let whole = |front: &Front| unary_union(front.zones.iter().map(|zone| &zone.area));
    let sides = |front: &Front| -> Vec<(Option<Holder>, MultiPolygon<f64>)> {
        let zones = front.zones.iter();
        zones
            .map(|zone| (Some(zone.holder), zone.area.clone()))
            .collect()
    };
    let mut found: Vec<GroundChange> = Vec::new();
    let mut add = |before: Option<Holder>, after: Option<Holder>, area: MultiPolygon<f64>| {
        let is_rim = before.is_none() || after.is_none();
        let least_km2 = if is_rim { RIM_KM2 } else { SPECK_KM2 };
        let pieces = area.into_iter().filter(|piece| is_ground(piece, least_km2));
        let area: MultiPolygon<f64> = pieces.collect();
        if !area.0.is_empty() {
            let area_km2 = area.iter().map(area_m2).sum::<f64>() / 1e6;
            found.push(GroundChange {
                before,
                after,
                area,
                area_km2,
            });
        }
    };
    for (old, area) in sides(before) {
        for (new, other) in sides(after) {
            if old != new {
                add(old, new, area.intersection(&other));
            }
        }
    }
    let (old_whole, new_whole) = (whole(before), whole(after));
    for (new, area) in sides(after) {
        add(None, new, area.difference(&old_whole));
    }
    for (old, area) in sides(before) {
        add(old, None, area.difference(&new_whole));
    }
    found.sort_by_key(|ground| (ground.before, ground.after));
    found
}

/// Geodesic area whichever way the rings run: unsigned, a clockwise ring would be all the rest of the
/// earth.
fn area_m2(piece: &Polygon<f64>) -> f64 {
    piece.geodesic_area_signed().abs()
}

/// False for what smoothing leaves between two outlines of one border.
fn is_ground(piece: &Polygon<f64>, least_km2: f64) -> bool {
    let area_m2 = area_m2(piece);
    let rim_m = Geodesic.length(piece.exterior());
    area_m2 >= least_km2 * 1e6 && 2.0 * area_m2 >= THREAD_M * rim_m
}
