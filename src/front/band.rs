//! Bands: the ground within some distance of a skeleton of points and links, of a wanted area.

use std::f64::consts::TAU;

use geo::algorithm::bool_ops::unary_union;
use geo::{Area, BooleanOps, Buffer, Coord, LineString, MapCoords, MultiPolygon, Polygon};

use super::plane::Plane;
use super::zone::area_km2;

/// A band narrower than twice this, in metres, does not join places: it would be a road.
const LEAST_WIDTH_M: f64 = 150.0;

/// A band narrower than twice this, in metres, does not follow links to the water: they would
/// fence in ground that nobody holds.
const LEAST_SHORE_WIDTH_M: f64 = 400.0;

/// How many widths wide a bay between two links is filled: a held ground is not a spider.
const FILL: f64 = 2.0;

/// Corners of a round rim.
const RIM_CORNERS: usize = 32;

/// Widths tried; five do as a rule.
const TRIALS: usize = 40;

/// An area that misses the wanted one by more than this share is no fit.
const TOLERANCE: f64 = 0.002;

/// Points to hold and lines to follow, in metres.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    pub points: Vec<Coord<f64>>,
    /// Between places that hold together.
    pub links: Vec<[Coord<f64>; 2]>,
    /// From places to the water that covers their back.
    pub shores: Vec<[Coord<f64>; 2]>,
}

impl Skeleton {
    /// The band whose part inside `room` has the wanted geodesic area, if the room is large enough.
    pub fn fit(
        &self,
        room: &MultiPolygon<f64>,
        wanted_km2: f64,
        plane: &Plane,
    ) -> Option<MultiPolygon<f64>> {
        let room_km2 = size_km2(room, plane);
        if room_km2 < wanted_km2 * (1.0 - TOLERANCE) {
            return None;
        }
        // While seeking, plane areas do: over one pocket their scale hardly changes.
        let km2_per_m2 = room_km2 / room.unsigned_area().max(f64::MIN_POSITIVE);
        let bare = [];
        let styles: [(&[_], &[_], f64, f64); 4] = [
            (&self.links, &self.shores, FILL, LEAST_SHORE_WIDTH_M),
            (&self.links, &bare, FILL, LEAST_WIDTH_M),
            (&self.links, &bare, 0.0, LEAST_WIDTH_M),
            (&bare, &bare, 0.0, 0.0),
        ];
        for (links, shores, fill, least_m) in styles {
            let make = |width| self.band(links, shores, width, fill);
            let share = |band: &MultiPolygon<f64>| {
                band.intersection(room).unsigned_area() * km2_per_m2 / wanted_km2
            };
            let found = seek(least_m, make, share).filter(|band| {
                let share = size_km2(&band.intersection(room), plane) / wanted_km2;
                (share - 1.0).abs() <= 2.0 * TOLERANCE
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn band(
        &self,
        links: &[[Coord<f64>; 2]],
        shores: &[[Coord<f64>; 2]],
        width: f64,
        fill: f64,
    ) -> MultiPolygon<f64> {
        let radius = width * (1.0 + fill);
        let all = || links.iter().chain(shores);
        // The end of a link is round already.
        let is_alone = |point: &&Coord<f64>| !all().any(|link| link.contains(point));
        let points = self.points.iter().filter(is_alone);
        let points = points.map(|&point| circle(point, radius));
        let lines = all().map(|&[a, b]| capsule(a, b, radius));
        let parts: Vec<Polygon<f64>> = points.chain(lines).collect();
        let wide = unary_union(&parts);
        if fill == 0.0 {
            wide
        } else {
            wide.buffer(-width * fill)
        }
    }
}

/// The band, wider than `least_m`, whose share of the wanted area is one: by false position, with a
/// halving between for the places where filling a bay makes the size jump.
///
/// None when there is none: a size may be passed over in such a jump, or the least band be too large.
fn seek(
    least_m: f64,
    make: impl Fn(f64) -> MultiPolygon<f64>,
    share: impl Fn(&MultiPolygon<f64>) -> f64,
) -> Option<MultiPolygon<f64>> {
    let mut low = (least_m, share(&make(least_m)));
    if low.1 > 1.0 {
        return None;
    }
    let mut high: Option<(f64, f64)> = None;
    for trial in 0..TRIALS {
        let width = match high {
            None if low.1 > 0.0 => low.0 * (1.0 / low.1.sqrt()).clamp(1.1, 4.0),
            None => (low.0 * 2.0).clamp(100.0, 100_000.0),
            Some(high) if trial % 3 == 2 => (low.0 + high.0) / 2.0,
            Some(high) => {
                let part = (1.0 - low.1) / (high.1 - low.1);
                low.0 + (high.0 - low.0) * part.clamp(0.02, 0.98)
            }
        };
        let band = make(width);
        let share = share(&band);
        if (share - 1.0).abs() <= TOLERANCE {
            return Some(band);
        }
        if share < 1.0 {
            low = (width, share);
        } else {
            high = Some((width, share));
        }
    }
    None
}

/// Geodesic area of a shape given in metres.
fn size_km2(shape: &MultiPolygon<f64>, plane: &Plane) -> f64 {
    area_km2(&shape.map_coords(|metres| plane.degrees(plane.snap(metres))))
}

/// All points within a distance of a point.
pub(super) fn circle(centre: Coord<f64>, radius: f64) -> Polygon<f64> {
    capsule(centre, centre, radius)
}

/// All points within a distance of a segment.
fn capsule(a: Coord<f64>, b: Coord<f64>, radius: f64) -> Polygon<f64> {
    let heading = (b.y - a.y).atan2(b.x - a.x) - TAU / 4.0;
    let half = RIM_CORNERS / 2;
    let point = |centre: Coord<f64>, i: usize| {
        let (sin, cos) = (heading + TAU * i as f64 / RIM_CORNERS as f64).sin_cos();
        centre
            + Coord {
                x: radius * cos,
                y: radius * sin,
            }
    };
    let ring = (0..=half)
        .map(|i| point(b, i))
        .chain((half..=RIM_CORNERS).map(|i| point(a, i)))
        .collect();
    Polygon::new(LineString::new(ring), vec![])
}

/// The part of a convex polygon nearer to `own` than to `other` (Sutherland and Hodgman 1974).
pub(super) fn nearer(polygon: &Polygon<f64>, own: Coord<f64>, other: Coord<f64>) -> Polygon<f64> {
    let way = other - own;
    let middle = (own + other) / 2.0;
    let depth = |p: Coord<f64>| (p.x - middle.x) * way.x + (p.y - middle.y) * way.y;
    let mut kept = Vec::new();
    for side in polygon.exterior().lines() {
        let (from, to) = (depth(side.start), depth(side.end));
        if from <= 0.0 {
            kept.push(side.start);
        }
        if (from < 0.0 && to > 0.0) || (from > 0.0 && to < 0.0) {
            kept.push(side.start + side.delta() * (from / (from - to)));
        }
    }
    Polygon::new(LineString::new(kept), vec![])
}
