//! From a snapshot to the zones and front lines of that day.

use geo::{LineString, MultiPolygon, Point, Rect};
use jiff::civil::Date;

use crate::actor::ActorId;
use crate::gazetteer::{Bank, PlaceId};

/// Who a zone belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// One actor.
    Actor(ActorId),
    /// Fought over or claimed by two.
    Contested,
}

/// A place that gives its surroundings a colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// The place.
    pub place: PlaceId,
    /// WGS 84 degrees, longitude first.
    pub point: Point<f64>,
    /// Bank of the barrier river that the gazetteer gives.
    pub bank: Bank,
    /// Who holds it.
    pub holder: Holder,
    /// Days since its newest evidence.
    pub age_days: i32,
    /// True when that evidence is stale.
    pub is_stale: bool,
}

/// The ground on which fronts are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Terrain {
    /// West, south, east, north in WGS 84 degrees.
    pub extent: Rect<f64>,
    /// Rivers that no zone crosses without evidence on the far bank, down-river.
    pub barriers: Vec<LineString<f64>>,
    /// No colour farther than this from evidence, in kilometres.
    pub reach_km: f64,
}

/// An area under one control. Zones of one day never overlap.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    /// Whose it is.
    pub holder: Holder,
    /// WGS 84 degrees, longitude first; exterior rings counter-clockwise.
    pub area: MultiPolygon<f64>,
    /// Geodesic area in km2.
    pub area_km2: f64,
    /// The places inside it, in order of id.
    pub places: Vec<PlaceId>,
}

/// A stretch of border between two rival zones.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontLine {
    /// The two sides, smaller first.
    pub sides: [Holder; 2],
    /// WGS 84 degrees, longitude first.
    pub line: LineString<f64>,
    /// True for a stretch that runs along a barrier river.
    pub is_river: bool,
    /// Geodesic length in kilometres.
    pub length_km: f64,
    /// Kilometres from the line's middle to the nearest place with evidence.
    pub nearest_evidence_km: f64,
    /// Claims behind the places next to it.
    pub support: usize,
    /// Days since the newest evidence of those places.
    pub age_days: i32,
}

/// Ground of a stated size that an actor still holds; its outline is only indicative.
#[derive(Debug, Clone, PartialEq)]
pub struct Pocket {
    /// Who holds it.
    pub actor: ActorId,
    /// The place it lies at.
    pub place: Option<PlaceId>,
    /// WGS 84 degrees, longitude first.
    pub area: MultiPolygon<f64>,
    /// The area that the words state, in km2; `area` has it within two per cent.
    pub stated_km2: f64,
}

/// Zones, front lines and pockets of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The day.
    pub date: Date,
    /// One for each holder, smaller holder first.
    pub zones: Vec<Zone>,
    /// Where rival zones meet.
    pub lines: Vec<FrontLine>,
    /// Grounds of stated size.
    pub pockets: Vec<Pocket>,
}
