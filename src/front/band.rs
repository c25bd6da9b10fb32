//! Bands: the ground within some distance of a skeleton of points and links, of a wanted area.

use std::f64::consts::TAU;

use geo::algorithm::bool_ops::unary_union;
use geo::{BooleanOps, Buffer, Coord, LineString, MapCoords, MultiPolygon, Polygon};

use super::plane::Plane;
use super::zone::area_km2;

/// A band narrower than twice this, in metres, does not join places: it would be a road.
const LEAST_WIDTH_M: f64 = 150.0;

/// How many widths wide a bay between two links is filled: a held ground is not a spider.
const FILL: f64 = 2.0;

/// Corners of a round rim.
const RIM_CORNERS: usize = 64;

/// Halvings of the width sought: from tens of kilometres to a few millimetres.
const HALVINGS: usize = 24;

/// An area that misses the wanted one by more than this share is no fit.
const TOLERANCE: f64 = 0.01;

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
        let size = |shape: &MultiPolygon<f64>| size_km2(shape, plane);
        if size(room) < wanted_km2 * (1.0 - TOLERANCE) {
            return None;
        }
        let bare = [];
        let styles: [(&[_], &[_], f64); 3] = [
            (&self.links, &self.shores, FILL),
            (&self.links, &bare, 0.0),
            (&bare, &bare, 0.0),
        ];
        for (links, shores, fill) in styles {
            let make = |width| self.band(links, shores, width, fill);
            let width = width_of(|width| size(&make(width).intersection(room)) >= wanted_km2);
            let band = make(width);
            // Filling a bay is sudden, so that an area in between may not exist.
            let miss = (size(&band.intersection(room)) / wanted_km2 - 1.0).abs();
            let is_road = width < LEAST_WIDTH_M && !links.is_empty();
            if miss <= TOLERANCE && !is_road {
                return Some(band);
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
        let points = self.points.iter().map(|&point| circle(point, radius));
        let lines = links
            .iter()
            .chain(shores)
            .map(|&[a, b]| capsule(a, b, radius));
        let parts: Vec<Polygon<f64>> = points.chain(lines).collect();
        let wide = unary_union(&parts);
        if fill == 0.0 {
            wide
        } else {
            wide.buffer(-width * fill)
        }
    }
}

/// The least width in metres that is `enough`, which must hold for all greater ones too.
fn width_of(enough: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 50.0);
    while !enough(high) && high < 50_000.0 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
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
