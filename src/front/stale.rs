//! Stale ground: the part of a zone that only old evidence colours.
//!
//! It is what a zone has beyond the cells of its fresh places, so that a zone keeps one outline
//! whether its evidence is old or new.

use geo::algorithm::bool_ops::unary_union;
use geo::{BooleanOps, MapCoords, MultiPolygon, Polygon};

use super::bank::Banks;
use super::cell::{self, Cells};
use super::limit::BEYOND;
use super::seat::Seat;
use super::zone::area_km2;
use super::{Site, Zone};

/// Pieces smaller than this, in km2, are left by smoothing and not by old evidence.
const SPECK_KM2: f64 = 0.5;

/// What the zones of a day were made from.
pub(super) struct Ground<'a> {
    pub seats: &'a [Seat],
    pub sites: &'a [Site],
    pub cells: &'a Cells,
    pub banks: &'a Banks,
}

/// Fills in the stale part of each zone.
pub(super) fn mark(zones: &mut [Zone], ground: &Ground<'_>) {
    for zone in zones {
        let own = || {
            ground
                .seats
                .iter()
                .filter(|seat| seat.holder == zone.holder)
        };
        let fresh: Vec<&Seat> = own().filter(|seat| !ground.is_stale(seat)).collect();
        if fresh.len() == own().count() {
            continue;
        }
        let cells: Vec<Polygon<f64>> = fresh.into_iter().map(|seat| ground.cell(seat)).collect();
        let rest = zone.area.difference(&unary_union(&cells));
        let is_ground = |piece: &Polygon<f64>| area_km2(&piece.clone().into()) >= SPECK_KM2;
        zone.stale = rest.into_iter().filter(is_ground).collect();
    }
}

impl Ground<'_> {
    fn is_stale(&self, seat: &Seat) -> bool {
        seat.members
            .iter()
            .all(|&member| self.sites[member].is_stale)
    }

    /// The cell of a seat in degrees, on its own bank, with all that rounding the limit of reach
    /// may have added to it.
    fn cell(&self, seat: &Seat) -> Polygon<f64> {
        let plane = &self.banks.plane;
        let reach_m = self.cells.reach_m * (1.0 + BEYOND);
        let cell = cell::polygon(self.cells, self.seats, seat, reach_m);
        cell.map_coords(|metres| plane.degrees(plane.snap(metres)))
    }
}

impl Zone {
    /// True when all of it is stale.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        !self.stale.0.is_empty() && area_km2(&self.stale) > 0.99 * self.area_km2
    }

    /// Geodesic area of its stale part in km2.
    #[must_use]
    pub fn stale_km2(&self) -> f64 {
        area_km2(&self.stale)
    }

    /// A zone without stale ground.
    pub(super) fn no_stale() -> MultiPolygon<f64> {
        MultiPolygon::new(Vec::new())
    }
}
