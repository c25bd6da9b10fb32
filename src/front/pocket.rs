//! Pockets: ground of a stated size that an actor still holds.
//!
//! "Four kilometres in Baghuz" says how much, seldom which. The pocket is a band about the places
//! that the actor holds there, as wide as the stated area needs, cut by the water and by the cells
//! of places that others hold. Those places then rule no further ground: what lies around belongs
//! to the nearest other evidence within reach, or to nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;

use geo::algorithm::bool_ops::unary_union;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, Intersects, LineString, MultiPolygon, Polygon,
    Rect,
};

use super::arc::Arcs;
use super::bank::Banks;
use super::cell::Cells;
use super::noding::{Segment, Tag};
use super::parcel::{Ground, Parcels};
use super::plane::Plane;
use super::seat::Seat;
use super::zone::{area_km2, areas};
use super::{Holder, Pocket, Site, StatedGround};
use crate::actor::ActorId;
use crate::gazetteer::PlaceId;

/// An actor's places within this distance, in metres, of the place named with an area are meant
/// with it: the farms and the camp outside the town.
const NEAR_M: f64 = 4_000.0;

/// A band narrower than twice this, in metres, does not join places: it would be a road.
const LEAST_BAND_M: f64 = 150.0;

/// Ground about another holder's place, in metres, that a pocket never takes.
const GUARD_M: f64 = 300.0;

/// Corners of a round rim.
const RIM_CORNERS: usize = 64;

/// Halvings of the width of a pocket: from 50 km to less than a millimetre.
const HALVINGS: usize = 28;

/// A pocket that falls short of its stated area by more than this share is not drawn.
const TOLERANCE: f64 = 0.01;

/// The outline of a pocket before it is cut by water and cells.
pub(super) struct Shape {
    pub actor: ActorId,
    place: Option<PlaceId>,
    stated_km2: f64,
    /// The seats that the pocket stands for.
    pub seats: BTreeSet<usize>,
    banks: BTreeSet<u32>,
    /// True when it keeps to the cells of its seats.
    keeps_to_cells: bool,
    rim: MultiPolygon<f64>,
    bounds: Rect<f64>,
}

impl Shape {
    /// True when a point in metres lies in the pocket; `owner` is the seat nearest to it.
    pub fn covers(&self, bank: u32, at_m: Coord<f64>, owner: impl Fn() -> Option<usize>) -> bool {
        self.banks.contains(&bank)
            && self.bounds.intersects(&at_m)
            && self.rim.contains(&at_m)
            && (!self.keeps_to_cells || owner().is_some_and(|seat| self.seats.contains(&seat)))
    }

    /// Adds the rim.
    pub fn outline(&self, plane: &Plane, out: &mut Vec<Segment>) {
        for ring in self
            .rim
            .iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        {
            for line in ring.lines() {
                out.push(Segment::new(
                    plane.snap(line.start),
                    plane.snap(line.end),
                    Tag::Border,
                ));
            }
        }
    }
}

/// The pockets as they came out, in the order of their shapes.
pub(super) fn pockets(
    shapes: &[Shape],
    arcs: &Arcs,
    parcels: &Parcels,
    banks: &Banks,
) -> Vec<Pocket> {
    let index = |ground: Ground| match ground {
        Ground::Pocket(_, index) => Some(index),
        _ => None,
    };
    areas(arcs, parcels, banks, index)
        .into_iter()
        .map(|(index, area)| Pocket {
            actor: shapes[index].actor,
            place: shapes[index].place,
            stated_km2: shapes[index].stated_km2,
            area,
        })
        .collect()
}

/// Chooses the outlines of all stated grounds.
pub(super) struct Planner<'a> {
    pub banks: &'a Banks,
    pub seats: &'a [Seat],
    pub sites: &'a [Site],
    pub cells: &'a Cells,
    pub reach_m: f64,
}

/// A point about which a pocket lies, and the bank it lies on.
#[derive(Clone, Copy)]
struct Seed {
    at: Coord<f64>,
    bank: u32,
}

impl Planner<'_> {
    /// The shapes of the grounds for which there is room, by actor.
    ///
    /// For one actor the first of several grounds decides: it is the best supported. A further
    /// one is drawn only when it stands for other places, and never beside one that was stated for
    /// all that the actor holds.
    pub fn shapes(&self, grounds: &[StatedGround]) -> Vec<Shape> {
        let mut by_actor: BTreeMap<ActorId, Vec<&StatedGround>> = BTreeMap::new();
        for ground in grounds {
            by_actor.entry(ground.actor).or_default().push(ground);
        }
        let mut shapes: Vec<Shape> = Vec::new();
        for grounds in by_actor.values() {
            let mut drawn: Vec<&StatedGround> = Vec::new();
            for &ground in grounds {
                let is_new = drawn.iter().all(|other| {
                    other.at.is_some() && ground.at.is_some() && other.at != ground.at
                });
                if is_new && let Some(shape) = self.shape(ground, &shapes) {
                    drawn.push(ground);
                    shapes.push(shape);
                }
            }
        }
        shapes
    }

    fn shape(&self, ground: &StatedGround, before: &[Shape]) -> Option<Shape> {
        if !(ground.area_km2.is_finite() && ground.area_km2 > 0.0) {
            return None;
        }
        let seats = self.seats_of(ground);
        if before.iter().any(|shape| !shape.seats.is_disjoint(&seats)) {
            return None;
        }
        let mut seeds: Vec<Seed> = seats
            .iter()
            .map(|&seat| Seed {
                at: self.seats[seat].at_m,
                bank: self.seats[seat].bank,
            })
            .collect();
        if seeds.is_empty() {
            seeds.push(self.seed_at(ground)?);
        }
        let banks: BTreeSet<u32> = seeds.iter().map(|seed| seed.bank).collect();
        let links = self.links(&seats);
        let close = seats
            .iter()
            .map(|&seat| self.cell(seat))
            .collect::<Vec<_>>();
        let wide = || self.unguarded(&seeds, &seats, before);
        let rooms = [(!close.is_empty(), true), (true, false)];
        for (_, keeps_to_cells) in rooms.into_iter().filter(|room| room.0) {
            let limit = if keeps_to_cells {
                unary_union(&close)
            } else {
                wide()
            };
            let room = limit.intersection(&self.dry_land(&banks, &limit));
            let Some(band) = self.fit(&seeds, &links, &room, ground.area_km2) else {
                continue;
            };
            let rim = if keeps_to_cells {
                band
            } else {
                band.intersection(&limit)
            };
            return Some(Shape {
                actor: ground.actor,
                place: ground.place,
                stated_km2: ground.area_km2,
                bounds: rim.bounding_rect()?,
                seats,
                banks,
                keeps_to_cells,
                rim,
            });
        }
        None
    }

    /// The seats that a stated ground stands for: those at the place named or near it and all of
    /// the actor's that join them, or all that it has.
    fn seats_of(&self, ground: &StatedGround) -> BTreeSet<usize> {
        let holder = Holder::Actor(ground.actor);
        let is_own = |seat: usize| self.seats[seat].holder == holder;
        let all = 0..self.seats.len();
        let Some((point, bank)) = ground.at else {
            return all.filter(|&seat| is_own(seat)).collect();
        };
        let (bank, node) = self.banks.settle(self.banks.plane.node(point.0), bank);
        let at = self.banks.plane.metres(node);
        let away = |seat: usize| {
            let gap = self.seats[seat].at_m - at;
            gap.x.hypot(gap.y)
        };
        let is_here = |seat: usize| {
            self.seats[seat].holder == Holder::Contested
                && self.seats[seat]
                    .members
                    .iter()
                    .any(|&i| Some(self.sites[i].place) == ground.place)
        };
        let mut found: BTreeSet<usize> = all
            .filter(|&seat| self.seats[seat].bank == bank)
            .filter(|&seat| (is_own(seat) && away(seat) <= NEAR_M) || is_here(seat))
            .collect();
        let owner = self.cells.owner(bank, at).map(|(seat, _)| seat);
        found.extend(owner.filter(|&seat| is_own(seat)));
        let mut open: Vec<usize> = found.iter().copied().collect();
        while let Some(seat) = open.pop() {
            for next in self
                .cells
                .neighbours(self.seats[seat].bank, self.seats[seat].at_m)
            {
                if is_own(next) && found.insert(next) {
                    open.push(next);
                }
            }
        }
        found
    }

    /// Where a pocket lies whose actor has no place there: at the place named, or on the river side
    /// of it when somebody else is reported to hold the place itself.
    fn seed_at(&self, ground: &StatedGround) -> Option<Seed> {
        let (point, bank) = ground.at?;
        let (bank, node) = self.banks.settle(self.banks.plane.node(point.0), bank);
        Some(Seed {
            at: self.banks.plane.metres(node),
            bank,
        })
    }

    /// Pairs of seats whose cells touch, as few as join all that can be joined.
    fn links(&self, seats: &BTreeSet<usize>) -> Vec<(Coord<f64>, Coord<f64>)> {
        let mut pairs = Vec::new();
        for &seat in seats {
            for other in self
                .cells
                .neighbours(self.seats[seat].bank, self.seats[seat].at_m)
            {
                if seat < other && seats.contains(&other) {
                    let gap = self.seats[seat].at_m - self.seats[other].at_m;
                    pairs.push((gap.x.hypot(gap.y), seat, other));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut group: BTreeMap<usize, usize> = seats.iter().map(|&seat| (seat, seat)).collect();
        let mut links = Vec::new();
        for (_, a, b) in pairs {
            let (from, to) = (group[&a], group[&b]);
            if from != to {
                group
                    .values_mut()
                    .filter(|name| **name == from)
                    .for_each(|name| *name = to);
                links.push((self.seats[a].at_m, self.seats[b].at_m));
            }
        }
        links
    }

    fn cell(&self, seat: usize) -> Polygon<f64> {
        let seat = &self.seats[seat];
        let mut ring = circle(seat.at_m, self.reach_m);
        for other in self.cells.neighbours(seat.bank, seat.at_m) {
            ring = nearer(ring, seat.at_m, self.seats[other].at_m);
        }
        Polygon::new(LineString::new(ring), vec![])
    }

    /// Ground within reach of the seeds but not next to another holder's place.
    fn unguarded(
        &self,
        seeds: &[Seed],
        seats: &BTreeSet<usize>,
        before: &[Shape],
    ) -> MultiPolygon<f64> {
        let disc = |at, radius| Polygon::new(LineString::new(circle(at, radius)), vec![]);
        let reach: Vec<_> = seeds
            .iter()
            .map(|seed| disc(seed.at, self.reach_m))
            .collect();
        let mut limit = unary_union(&reach);
        let banks: BTreeSet<u32> = seeds.iter().map(|seed| seed.bank).collect();
        let bounds = limit.bounding_rect();
        let guards: Vec<_> = (0..self.seats.len())
            .filter(|seat| !seats.contains(seat) && banks.contains(&self.seats[*seat].bank))
            .map(|seat| self.seats[seat].at_m)
            .filter(|at| bounds.is_some_and(|bounds| bounds.intersects(at)))
            .map(|at| disc(at, GUARD_M))
            .collect();
        limit = limit.difference(&unary_union(&guards));
        for shape in before {
            limit = limit.difference(&shape.rim);
        }
        limit
    }

    /// The ground of some banks inside the extent, as far as `limit` goes.
    fn dry_land(&self, banks: &BTreeSet<u32>, limit: &MultiPolygon<f64>) -> MultiPolygon<f64> {
        match limit.bounding_rect() {
            Some(bounds) => unary_union(&self.banks.faces_m(banks, bounds)),
            None => MultiPolygon::new(vec![]),
        }
    }

    /// The band about the seeds that has the stated area inside `room`.
    fn fit(
        &self,
        seeds: &[Seed],
        links: &[(Coord<f64>, Coord<f64>)],
        room: &MultiPolygon<f64>,
        area_km2: f64,
    ) -> Option<MultiPolygon<f64>> {
        if self.area_km2(room) < area_km2 * (1.0 - TOLERANCE) {
            return None;
        }
        let (width, joined) = self.width(seeds, links, room, area_km2);
        if width >= LEAST_BAND_M || links.is_empty() {
            return Some(joined);
        }
        Some(self.width(seeds, &[], room, area_km2).1)
    }

    fn width(
        &self,
        seeds: &[Seed],
        links: &[(Coord<f64>, Coord<f64>)],
        room: &MultiPolygon<f64>,
        area_km2: f64,
    ) -> (f64, MultiPolygon<f64>) {
        let (mut low, mut high) = (0.0, 2.0 * self.reach_m);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            if self.area_km2(&band(seeds, links, middle).intersection(room)) < area_km2 {
                low = middle;
            } else {
                high = middle;
            }
        }
        (high, band(seeds, links, high))
    }

    /// Geodesic area of a shape in metres.
    fn area_km2(&self, shape: &MultiPolygon<f64>) -> f64 {
        use geo::MapCoords;
        if shape.unsigned_area() == 0.0 {
            return 0.0;
        }
        let plane = &self.banks.plane;
        area_km2(&shape.map_coords(|metres| plane.degrees(plane.snap(metres))))
    }
}

/// All points within a distance of the seeds and of the links between them.
fn band(seeds: &[Seed], links: &[(Coord<f64>, Coord<f64>)], radius: f64) -> MultiPolygon<f64> {
    let discs = seeds.iter().map(|seed| circle(seed.at, radius));
    let capsules = links.iter().map(|&(a, b)| capsule(a, b, radius));
    let parts: Vec<_> = discs
        .chain(capsules)
        .map(|ring| Polygon::new(LineString::new(ring), vec![]))
        .collect();
    unary_union(&parts)
}

fn circle(centre: Coord<f64>, radius: f64) -> Vec<Coord<f64>> {
    capsule(centre, centre, radius)
}

/// The rim about a segment, counter-clockwise.
fn capsule(a: Coord<f64>, b: Coord<f64>, radius: f64) -> Vec<Coord<f64>> {
    let heading = (b.y - a.y).atan2(b.x - a.x) - TAU / 4.0;
    let half = RIM_CORNERS / 2;
    let point = |centre: Coord<f64>, i: usize| {
        let (sin, cos) = (heading + TAU * i as f64 / RIM_CORNERS as f64).sin_cos();
        Coord {
            x: centre.x + radius * cos,
            y: centre.y + radius * sin,
        }
    };
    (0..=half)
        .map(|i| point(b, i))
        .chain((half..=RIM_CORNERS).map(|i| point(a, i)))
        .collect()
}

/// The part of a convex ring nearer to `own` than to `other` (Sutherland and Hodgman 1974).
fn nearer(ring: Vec<Coord<f64>>, own: Coord<f64>, other: Coord<f64>) -> Vec<Coord<f64>> {
    let way = other - own;
    let middle = (own + other) / 2.0;
    let depth = |p: Coord<f64>| (p.x - middle.x) * way.x + (p.y - middle.y) * way.y;
    let mut kept = Vec::with_capacity(ring.len() + 2);
    for i in 0..ring.len() {
        let (p, q) = (ring[i], ring[(i + 1) % ring.len()]);
        let (dp, dq) = (depth(p), depth(q));
        if dp <= 0.0 {
            kept.push(p);
        }
        if (dp < 0.0 && dq > 0.0) || (dp > 0.0 && dq < 0.0) {
            kept.push(p + (q - p) * (dp / (dp - dq)));
        }
    }
    kept
}
