//! Pockets: ground of a stated size that an actor still holds.
//!
//! "Four kilometres in Baghuz" says how much, seldom which. The pocket is a band about the places
//! that the actor holds there, as wide as the stated area needs, cut by the water and by the cells
//! of places that others hold. Those places then rule no further ground: what lies around belongs
//! to the nearest other evidence within reach, or to nobody.

use std::collections::{BTreeMap, BTreeSet};

use geo::algorithm::bool_ops::unary_union;
use geo::{
    BooleanOps, BoundingRect, Contains, Coord, GeodesicArea, Intersects, MultiPolygon, Polygon,
    Rect,
};

use super::arc::Arcs;
use super::band::{Skeleton, circle};
use super::bank::Banks;
use super::cell::{self, Cells};
use super::noding::{Segment, Tag};
use super::parcel::{Ground, Parcels};
use super::plane::{Plane, length};
use super::seat::Seat;
use super::zone::areas;
use super::{Holder, NoPocket, Pocket, Site, StatedGround, Undrawn};
use crate::actor::ActorId;
use crate::gazetteer::PlaceId;

/// An actor's places within this distance, in metres, of the place named with an area are meant
/// with it: the farms and the camp outside the town.
const NEAR_M: f64 = 4_000.0;

/// A place within this distance of the water, in metres, holds the ground between.
const SHORE_M: f64 = 2_000.0;

/// A pocket that would be narrower than this, in metres, is drawn about fewer places.
const NARROWEST_M: f64 = 800.0;

/// Ground about another holder's place, in metres, that a pocket never takes.
const GUARD_M: f64 = 300.0;

/// The outline of a pocket before it is cut by water and cells.
pub(super) struct Shape {
    /// Its position among the stated grounds.
    pub ground: usize,
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

/// How far a drawn pocket may be from its stated size, as a part of it.
const FAITHFUL: f64 = 0.02;

/// The grounds whose pockets did not come out at their size: narrow water and rounding can cut an
/// outline that had it.
pub(super) fn untrue(shapes: &[Shape], drawn: &[(usize, Pocket)]) -> BTreeSet<usize> {
    let is_true = |index: usize| {
        let mut own = drawn.iter().filter(|(shape, _)| *shape == index);
        own.any(|(_, pocket)| {
            let km2 = pocket.area.geodesic_area_unsigned() / 1e6;
            (km2 / pocket.stated_km2 - 1.0).abs() <= FAITHFUL
        })
    };
    let untrue = (0..shapes.len()).filter(|index| !is_true(*index));
    untrue.map(|index| shapes[index].ground).collect()
}

/// The pockets as they came out, in the order of their shapes, each with its shape.
pub(super) fn pockets(
    shapes: &[Shape],
    arcs: &Arcs,
    parcels: &Parcels,
    (banks, seats, sites): (&Banks, &[Seat], &[Site]),
) -> Vec<(usize, Pocket)> {
    // The only place left to the actor names the pocket that is stated for all he has.
    let only = |shape: &Shape| match shape.seats.iter().collect::<Vec<_>>()[..] {
        [&seat] => Some(sites[seats[seat].members[0]].place),
        _ => None,
    };
    let index = |ground: Ground| match ground {
        Ground::Pocket(_, index) => Some(index),
        _ => None,
    };
    areas(arcs, parcels, banks, index)
        .into_iter()
        .map(|(index, area)| {
            let pocket = Pocket {
                actor: shapes[index].actor,
                place: shapes[index].place.or_else(|| only(&shapes[index])),
                stated_km2: shapes[index].stated_km2,
                area,
            };
            (index, pocket)
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

/// What came of all stated grounds.
#[derive(Default)]
pub(super) struct Plan {
    pub shapes: Vec<Shape>,
    pub undrawn: Vec<Undrawn>,
}

impl Planner<'_> {
    /// The shapes of the grounds for which there is room, by actor.
    ///
    /// For one actor the first of several grounds decides: it is the best supported. A further
    /// one is drawn only when it stands for other places, and never beside one that was stated for
    /// all that the actor holds. Those before the first that can be drawn are listed as undrawn.
    /// For the grounds of `without` there is known to be no room.
    pub fn plan(&self, grounds: &[StatedGround], without: &BTreeSet<usize>) -> Plan {
        let mut by_actor: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
        for (index, ground) in grounds.iter().enumerate() {
            by_actor.entry(ground.actor).or_default().push(index);
        }
        let mut plan = Plan::default();
        for indices in by_actor.values() {
            let mut drawn: Vec<&StatedGround> = Vec::new();
            for &index in indices {
                let ground = &grounds[index];
                let is_new = drawn.iter().all(|other| {
                    other.at.is_some() && ground.at.is_some() && other.at != ground.at
                });
                if !is_new {
                    continue;
                }
                let shape = if without.contains(&index) {
                    Err(NoPocket::NoRoom)
                } else {
                    self.shape(index, ground, &plan.shapes)
                };
                match shape {
                    Ok(shape) => {
                        drawn.push(ground);
                        plan.shapes.push(shape);
                    }
                    Err(reason) => plan.undrawn.push(Undrawn {
                        ground: index,
                        reason,
                    }),
                }
            }
        }
        plan.undrawn.sort_unstable();
        plan
    }

    fn shape(
        &self,
        index: usize,
        ground: &StatedGround,
        before: &[Shape],
    ) -> Result<Shape, NoPocket> {
        if !(ground.area_km2.is_finite() && ground.area_km2 > 0.0) {
            return Err(NoPocket::NoSize);
        }
        let seats = self.seats_of(ground);
        if before.iter().any(|shape| !shape.seats.is_disjoint(&seats)) {
            return Err(NoPocket::Taken);
        }
        let core = self.core(ground, &seats);
        let mut seeds: Vec<Seed> = core
            .iter()
            .map(|&seat| Seed {
                at: self.seats[seat].at_m,
                bank: self.seats[seat].bank,
            })
            .collect();
        if seeds.is_empty() {
            seeds.push(self.seed_at(ground).ok_or(NoPocket::NoPlace)?);
        }
        let banks: BTreeSet<u32> = seeds.iter().map(|seed| seed.bank).collect();
        let skeleton = self.skeleton(&seeds, &core);
        let fit = |room: &MultiPolygon<f64>| skeleton.fit(room, ground.area_km2, &self.banks.plane);
        let close = || fit(&self.cells_of(&seats));
        let wide = || {
            let limit = self.unguarded(&seeds, &seats, before);
            let band = fit(&self.ashore(&limit, &banks))?;
            Some(band.intersection(&limit))
        };
        // First within the cells of its places; else wherever no other place is near.
        let (rim, keeps_to_cells) = if seats.is_empty() {
            (wide(), false)
        } else {
            match close() {
                Some(rim) => (Some(rim), true),
                None => (wide(), false),
            }
        };
        let rim = rim.ok_or(NoPocket::NoRoom)?;
        Ok(Shape {
            ground: index,
            actor: ground.actor,
            place: ground.place,
            stated_km2: ground.area_km2,
            bounds: rim.bounding_rect().ok_or(NoPocket::NoRoom)?,
            seats,
            banks,
            keeps_to_cells,
            rim,
        })
    }

    /// The part of `limit` that lies on some banks, inside the extent.
    fn ashore(&self, limit: &MultiPolygon<f64>, banks: &BTreeSet<u32>) -> MultiPolygon<f64> {
        let parts: Vec<MultiPolygon<f64>> = banks
            .iter()
            .map(|&bank| limit.intersection(self.banks.land(bank)))
            .collect();
        unary_union(&parts)
    }

    fn skeleton(&self, seeds: &[Seed], seats: &BTreeSet<usize>) -> Skeleton {
        let shore = |seed: &Seed| {
            let foot = self.banks.water(seed.at)?;
            (foot.away_m <= SHORE_M).then_some([seed.at, foot.at])
        };
        Skeleton {
            points: seeds.iter().map(|seed| seed.at).collect(),
            links: self.links(seats),
            shores: seeds.iter().filter_map(shore).collect(),
        }
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
            length(gap)
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

    /// Those of `seats` that the pocket is drawn about: nearest to the place named first, as many
    /// as leave it broad enough to be ground and not a thread.
    fn core(&self, ground: &StatedGround, seats: &BTreeSet<usize>) -> BTreeSet<usize> {
        let Some(seed) = self.seed_at(ground) else {
            return seats.clone();
        };
        let away = |seat: &usize| length(self.seats[*seat].at_m - seed.at);
        let mut order: Vec<usize> = seats.iter().copied().collect();
        order.sort_by(|a, b| away(a).total_cmp(&away(b)).then(a.cmp(b)));
        let mut core = BTreeSet::new();
        for seat in order {
            let mut wider = core.clone();
            wider.insert(seat);
            let span: f64 = self
                .links(&wider)
                .iter()
                .map(|[a, b]| length(*a - *b))
                .sum();
            if !core.is_empty()
                && (span * NARROWEST_M > ground.area_km2 * 1e6 || self.is_apart(&core, seat))
            {
                break;
            }
            core = wider;
        }
        core
    }

    /// True when the cell of `seat` touches none of the cells of `others`.
    fn is_apart(&self, others: &BTreeSet<usize>, seat: usize) -> bool {
        let own = &self.seats[seat];
        !self
            .cells
            .neighbours(own.bank, own.at_m)
            .iter()
            .any(|next| others.contains(next))
    }

    /// Where a pocket lies whose actor has no place there: at the place named.
    fn seed_at(&self, ground: &StatedGround) -> Option<Seed> {
        let (point, bank) = ground.at?;
        let (bank, node) = self.banks.settle(self.banks.plane.node(point.0), bank);
        Some(Seed {
            at: self.banks.plane.metres(node),
            bank,
        })
    }

    /// Pairs of seats whose cells touch, as few as join all that can be joined.
    fn links(&self, seats: &BTreeSet<usize>) -> Vec<[Coord<f64>; 2]> {
        let mut pairs = Vec::new();
        for &seat in seats {
            for other in self
                .cells
                .neighbours(self.seats[seat].bank, self.seats[seat].at_m)
            {
                if seat < other && seats.contains(&other) {
                    let gap = self.seats[seat].at_m - self.seats[other].at_m;
                    pairs.push((length(gap), seat, other));
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
                links.push([self.seats[a].at_m, self.seats[b].at_m]);
            }
        }
        links
    }

    /// The cells of some seats, each on its own bank.
    fn cells_of(&self, seats: &BTreeSet<usize>) -> MultiPolygon<f64> {
        let mut by_bank: BTreeMap<u32, Vec<Polygon<f64>>> = BTreeMap::new();
        for &seat in seats {
            let cells = by_bank.entry(self.seats[seat].bank).or_default();
            cells.push(cell::polygon(
                self.cells,
                self.seats,
                &self.seats[seat],
                self.reach_m,
            ));
        }
        let parts: Vec<MultiPolygon<f64>> = by_bank
            .iter()
            .map(|(&bank, cells)| {
                let cells = unary_union(cells);
                cells.intersection(self.banks.land(bank))
            })
            .collect();
        unary_union(&parts)
    }

    /// Ground within reach of the seeds but not next to another holder's place.
    fn unguarded(
        &self,
        seeds: &[Seed],
        seats: &BTreeSet<usize>,
        before: &[Shape],
    ) -> MultiPolygon<f64> {
        let reach: Vec<_> = seeds
            .iter()
            .map(|seed| circle(seed.at, self.reach_m))
            .collect();
        let mut limit = unary_union(&reach);
        let banks: BTreeSet<u32> = seeds.iter().map(|seed| seed.bank).collect();
        let bounds = limit.bounding_rect();
        let guards: Vec<_> = (0..self.seats.len())
            .filter(|seat| !seats.contains(seat) && banks.contains(&self.seats[*seat].bank))
            .map(|seat| self.seats[seat].at_m)
            .filter(|at| bounds.is_some_and(|bounds| bounds.intersects(at)))
            .map(|at| circle(at, GUARD_M))
            .collect();
        limit = limit.difference(&unary_union(&guards));
        for shape in before {
            limit = limit.difference(&shape.rim);
        }
        limit
    }
}
