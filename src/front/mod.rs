//! From a snapshot to the zones and front lines of that day.
//!
//! Places with a holder become seats (`seat`); each seat rules the ground nearer to it than to
//! any other seat on its bank of the barrier rivers (`bank`), within reach (`cell`). All
//! outlines are bent onto one lattice (`noding`), meshed (`mesh`) and coloured (`parcel`).
//! The borders between colours are arcs (`arc`), smoothed together (`smooth`) and put together
//! into zones (`zone`), front lines (`line`) and pockets (`pocket`).

mod arc;
mod band;
mod bank;
mod cell;
mod grid;
mod limit;
mod line;
mod mesh;
mod noding;
mod parcel;
mod plane;
mod pocket;
mod river;
mod seat;
mod series;
mod smooth;
mod stale;
mod zone;

use geo::{LineString, MultiPolygon, Point, Rect};
use jiff::civil::Date;

pub use self::series::Fronts;
use crate::actor::ActorId;
use crate::basemap::{BaseMap, NamedLine};
use crate::error::{Error, Result};
use crate::gazetteer::{Bank, Gazetteer, Kind, Place, PlaceId};
use crate::region::Region;
use crate::timeline::{Control, Holding, Snapshot, StatedArea};

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
    /// Number of claims behind it.
    pub claims: usize,
    /// Its weight beside close neighbours: of two within 400 m the one of smaller rank stands for
    /// both, a town (0) before its quarter.
    pub rank: u8,
    /// How far the point may be off, in kilometres; decides between places of one rank.
    pub precision_km: f64,
}

/// A size that is stated for what an actor still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedGround {
    /// Who holds it.
    pub actor: ActorId,
    /// How much, in km2.
    pub area_km2: f64,
    /// The place named with it.
    pub place: Option<PlaceId>,
    /// Point (WGS 84 degrees, longitude first) and bank of that place; none when the size is
    /// stated for all that the actor holds.
    pub at: Option<(Point<f64>, Bank)>,
}

/// The ground on which fronts are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Terrain {
    /// West, south, east, north in WGS 84 degrees.
    pub extent: Rect<f64>,
    /// Rivers that no zone crosses without evidence on the far bank, down-river.
    pub barriers: Vec<LineString<f64>>,
    /// Borders that no zone crosses without evidence beyond.
    pub borders: Vec<LineString<f64>>,
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
    /// Days since the newest evidence of any of its places.
    pub newest_days: Option<i32>,
    /// Days since the newest evidence of the place of which nothing has been heard for longest.
    pub oldest_days: Option<i32>,
    /// The part of the area that rests on stale evidence alone.
    pub stale: MultiPolygon<f64>,
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
    /// Those places, in order of id.
    pub places: Vec<PlaceId>,
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

/// A stated ground that is not on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undrawn {
    /// Its position among the stated grounds.
    pub ground: usize,
    /// Why it is not.
    pub reason: NoPocket,
}

/// Why no pocket is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoPocket {
    /// The actor has no place there, and none is named with the size.
    NoPlace,
    /// There is less ground than stated that others do not hold, within reach of the actor's places.
    NoRoom,
    /// Its places already belong to another pocket.
    Taken,
    /// The size is no number above nothing.
    NoSize,
}

impl NoPocket {
    /// The reason in a few words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NoPlace => "no place is known where it could lie",
            Self::NoRoom => "less ground than that is left between the places of others",
            Self::Taken => "its places belong to another stated size",
            Self::NoSize => "the size is not above nothing",
        }
    }
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
    /// The stated grounds that should be pockets and could not be drawn.
    pub undrawn: Vec<Undrawn>,
}

impl Terrain {
    /// The extent, reach, barrier rivers and barrier borders of a region.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] when the base map lacks one of the rivers or borders.
    pub fn new(region: &Region, basemap: &BaseMap) -> Result<Self> {
        Ok(Self {
            extent: region.extent,
            barriers: lines("barrier_rivers", &region.barrier_rivers, &basemap.rivers)?,
            borders: lines("barrier_borders", &region.barrier_borders, &basemap.border)?,
            reach_km: region.reach_km,
        })
    }
}

/// The lines of a layer with these ids; `entry` is the region's entry that names them.
fn lines(entry: &str, ids: &[String], layer: &[NamedLine]) -> Result<Vec<LineString<f64>>> {
    ids.iter()
        .map(|id| {
            let line = layer.iter().find(|line| line.id == *id);
            line.map(|line| line.line.clone())
                .ok_or_else(|| Error::argument(entry, format!("the base map has no line `{id}`")))
        })
        .collect()
}

impl Site {
    /// The site of a holding, if somebody holds or contests a place that is a point.
    fn of(holding: &Holding, place: &Place) -> Option<Self> {
        let holder = match &holding.control {
            Control::Held(actor) | Control::Partial(actor, _) => Holder::Actor(*actor),
            Control::Contested(_) | Control::Claimed(_) => Holder::Contested,
            Control::Lost(_) | Control::Unknown => return None,
        };
        Some(Self {
            place: holding.place,
            point: place.point,
            bank: place.bank,
            holder,
            age_days: holding.age_days,
            is_stale: holding.is_stale,
            claims: holding.claims,
            rank: rank(place.kind)?,
            precision_km: place.precision_km,
        })
    }
}

/// Weight of a kind of place beside close neighbours; none for areas, which rule from no point.
fn rank(kind: Kind) -> Option<u8> {
    match kind {
        Kind::City | Kind::Town => Some(0),
        Kind::Village => Some(1),
        Kind::Camp => Some(2),
        Kind::Airport | Kind::Oilfield | Kind::Crossing => Some(3),
        Kind::Hill => Some(4),
        Kind::Neighbourhood => Some(5),
        kind if kind.is_area() => None,
        _ => Some(5),
    }
}

impl Front {
    /// Zones, front lines and pockets of one day.
    ///
    /// Places that are areas, that an actor lost to nobody known, or whose holder is unknown give
    /// no ground a colour. A stated area for which there is no room draws no pocket and is listed
    /// as such; the actor's places then rule their cells as any other.
    ///
    /// # Errors
    ///
    /// [`Error::Geometry`] when the terrain has no extent, no reach, or cannot be meshed.
    pub fn of(snapshot: &Snapshot, gazetteer: &Gazetteer, terrain: &Terrain) -> Result<Self> {
        let sites = sites(snapshot, gazetteer);
        let areas = grounds(snapshot, gazetteer);
        Self::from_sites(snapshot.date, &sites, &areas, terrain)
    }

    /// The same from sites and stated grounds; several grounds of one actor stand best first.
    ///
    /// The order of `sites` changes nothing. Sites outside the extent colour what lies within
    /// their reach inside it; sites that are not on earth are passed over.
    ///
    /// # Errors
    ///
    /// As [`Front::of`].
    pub fn from_sites(
        date: Date,
        sites: &[Site],
        areas: &[StatedGround],
        terrain: &Terrain,
    ) -> Result<Self> {
        let banks = series::divided(terrain).map_err(|e| series::failed(date, e))?;
        let front = series::draw(&banks, sites, areas, terrain.reach_km);
        Ok(front.map_err(|e| series::failed(date, e))?.on(date, sites))
    }
}

/// The sites of a snapshot, in order of place.
fn sites(snapshot: &Snapshot, gazetteer: &Gazetteer) -> Vec<Site> {
    let site = |holding: &Holding| Site::of(holding, &gazetteer.place(holding.place));
    snapshot.holdings.iter().filter_map(site).collect()
}

/// The stated grounds of a snapshot, in its order.
fn grounds(snapshot: &Snapshot, gazetteer: &Gazetteer) -> Vec<StatedGround> {
    let ground = |area: &StatedArea| StatedGround {
        actor: area.actor,
        area_km2: area.area_km2,
        place: area.place,
        // A pocket or a district has no point of its own: what is stated for it is stated for all
        // that the actor holds.
        at: area.place.map(|id| gazetteer.place(id)).and_then(|place| {
            let is_point = !place.kind.is_area();
            is_point.then_some((place.point, place.bank))
        }),
    };
    snapshot.areas.iter().map(ground).collect()
}

impl Terrain {
    fn check(&self) -> std::result::Result<(), String> {
        let (low, high) = (self.extent.min(), self.extent.max());
        let is_on_earth = low.x >= -180.0 && high.x <= 180.0 && low.y >= -85.0 && high.y <= 85.0;
        if !is_on_earth || high.x - low.x < 1e-4 || high.y - low.y < 1e-4 {
            return Err(format!(
                "extent {} {} {} {} is empty or off the map; give west, south, east, north in degrees",
                low.x, low.y, high.x, high.y
            ));
        }
        if !(self.reach_km > 0.0 && self.reach_km <= 500.0) {
            return Err(format!(
                "reach of {} km; give more than 0 and at most 500",
                self.reach_km
            ));
        }
        Ok(())
    }
}
