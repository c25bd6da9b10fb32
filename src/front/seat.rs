//! Seats: the places from which ground is ruled, once doublets are settled.
//!
//! A town and its quarter, or a town and the hill above it, stand within a few hundred metres, less
//! than most points are known to. Side by side under two holders they would draw a front through
//! the town that no report speaks of. The weightier place then stands for both.

use std::cmp::Ordering;

use geo::Coord;
use rustc_hash::FxHashMap;

use super::bank::Banks;
use super::plane::{Node, length};
use super::{Holder, Site};

/// Within this distance, in metres, the weightier of two places stands for both.
const SAME_TOWN_M: f64 = 400.0;

/// Within this distance, in metres, places of like weight are one spot; held by two, it is contested.
const SAME_SPOT_M: f64 = 50.0;

/// A point that rules the ground around it.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    /// Where it stands, off the water.
    pub node: Node,
    /// The same in metres.
    pub at_m: Coord<f64>,
    /// The bank it lies on.
    pub bank: u32,
    pub holder: Holder,
    /// Positions of the sites that stand here under this holder, or that contest it.
    pub members: Vec<usize>,
    /// Weight of the place that gives the seat its holder.
    rank: u8,
}

/// The seats of all sites that can colour ground in the working box, sorted by node.
pub(super) fn seats(sites: &[Site], banks: &Banks) -> Vec<Seat> {
    let mut order: Vec<usize> = (0..sites.len())
        .filter(|&index| in_box(&sites[index], banks))
        .collect();
    order.sort_by(|&a, &b| by_weight(&sites[a], &sites[b]));
    let mut settled = Settled {
        seats: Vec::new(),
        bins: FxHashMap::default(),
        banks,
    };
    for index in order {
        settled.add(index, &sites[index]);
    }
    let mut seats = settled.seats;
    seats.sort_by_key(|seat| (seat.node, seat.bank));
    // Two banks may have moved their places to one point of the water's edge only by chance of
    // rounding; one point cannot rule two banks.
    seats.dedup_by_key(|seat| seat.node);
    seats
}

fn in_box(site: &Site, banks: &Banks) -> bool {
    let point = site.point;
    // Compare before rounding: a wild coordinate must not overflow.
    if !(-360.0..=360.0).contains(&point.x()) || !(-90.0..=90.0).contains(&point.y()) {
        return false;
    }
    is_near_extent(banks.plane.node(point.0), banks)
}

/// True where the circle about a point lies inside the working box.
fn is_near_extent(node: Node, banks: &Banks) -> bool {
    let [low, high] = banks.extent;
    let (dx, dy) = (
        (low.x - banks.frame[0].x) / 2,
        (low.y - banks.frame[0].y) / 2,
    );
    (low.x - dx..=high.x + dx).contains(&node.x) && (low.y - dy..=high.y + dy).contains(&node.y)
}

/// Weightier first; every tie is broken by what the site is, never by where it stood in the input,
/// nor by what is newest: else a front would move on days without news.
fn by_weight(a: &Site, b: &Site) -> Ordering {
    let point = |site: &Site| (site.point.x(), site.point.y());
    a.rank
        .cmp(&b.rank)
        .then(a.precision_km.total_cmp(&b.precision_km))
        .then(a.place.cmp(&b.place))
        .then(a.holder.cmp(&b.holder))
        .then(point(a).0.total_cmp(&point(b).0))
        .then(point(a).1.total_cmp(&point(b).1))
        .then((a.bank as u8).cmp(&(b.bank as u8)))
}

/// Seats accepted so far, in bins as wide as a town.
struct Settled<'a> {
    seats: Vec<Seat>,
    bins: FxHashMap<(i64, i64), Vec<usize>>,
    banks: &'a Banks,
}

impl Settled<'_> {
    fn add(&mut self, index: usize, site: &Site) {
        let (bank, node) = self
            .banks
            .settle(self.banks.plane.node(site.point.0), site.bank);
        if !is_near_extent(node, self.banks) {
            // Moved to its bank, it went too far out to reach the extent.
            return;
        }
        let at_m = self.banks.plane.metres(node);
        if let Some(known) = self.near(bank, at_m, site) {
            let seat = &mut self.seats[known];
            if seat.holder != site.holder {
                if seat.rank != site.rank {
                    return;
                }
                seat.holder = Holder::Contested;
            }
            seat.members.push(index);
            return;
        }
        self.bins
            .entry(bin(at_m))
            .or_default()
            .push(self.seats.len());
        self.seats.push(Seat {
            node,
            at_m,
            bank,
            holder: site.holder,
            members: vec![index],
            rank: site.rank,
        });
    }

    /// The nearest seat that already stands for a site at this point.
    fn near(&self, bank: u32, at_m: Coord<f64>, site: &Site) -> Option<usize> {
        let (column, row) = bin(at_m);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (column + dx, row + dy)));
        around
            .filter_map(|key| self.bins.get(&key))
            .flatten()
            .filter_map(|&index| {
                let seat = &self.seats[index];
                let away = length(seat.at_m - at_m);
                let limit = if seat.rank == site.rank {
                    SAME_SPOT_M
                } else {
                    SAME_TOWN_M
                };
                (seat.bank == bank && away <= limit).then_some((away, index))
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, index)| index)
    }
}

fn bin(at_m: Coord<f64>) -> (i64, i64) {
    let bin = |v: f64| (v / SAME_TOWN_M).floor() as i64;
    (bin(at_m.x), bin(at_m.y))
}
