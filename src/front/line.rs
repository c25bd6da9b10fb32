//! Front lines: where the zones of two holders meet.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, Distance, Euclidean, Geodesic, InterpolateLine, Length, LineString, Point};

use super::arc::{Arcs, Half};
use super::bank::Banks;
use super::cell::Cells;
use super::plane::{Node, length};
use super::seat::Seat;
use super::{FrontLine, Holder, Site};
use crate::gazetteer::PlaceId;

/// At most this many points of a line are asked which places stand next to it.
const SAMPLES: usize = 48;

/// What must be alike for two arcs to be one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    sides: [Holder; 2],
    is_river: bool,
    /// Banks on the left and on the right.
    banks: [u32; 2],
}

/// The front lines of a day, in order of sides, land before water, and first point. The smaller
/// side lies on the left of its line.
pub(super) fn lines(
    arcs: &Arcs,
    banks: &Banks,
    (seats, sites): (&[Seat], &[Site]),
) -> Vec<FrontLine> {
    let witnesses = Witnesses::new(seats);
    let mut chains = chains(arcs);
    chains.sort();
    chains
        .iter()
        .map(|(kind, nodes)| {
            let line: LineString<f64> = nodes
                .iter()
                .map(|&node| banks.plane.degrees(node))
                .collect();
            let middle = middle_m(nodes, banks);
            let known = witnesses.along(kind, nodes, banks);
            FrontLine {
                sides: kind.sides,
                length_km: Geodesic.length(&line) / 1000.0,
                nearest_evidence_km: witnesses.nearest_km(&known, middle, banks),
                places: places(&known, seats, sites),
                support: 0,
                age_days: 0,
                is_river: kind.is_river,
                line,
            }
        })
        .collect()
}

/// The places that some seats stand for, in order of id.
fn places(known: &BTreeSet<usize>, seats: &[Seat], sites: &[Site]) -> Vec<PlaceId> {
    let members = known.iter().flat_map(|&seat| &seats[seat].members);
    let places: BTreeSet<PlaceId> = members.map(|&member| sites[member].place).collect();
    places.into_iter().collect()
}

/// The half of each arc between two holders that has the smaller on its left.
fn rival(arcs: &Arcs, half: Half) -> Option<Kind> {
    let (left, right) = (arcs.left(half), arcs.right(half));
    let sides = [left.ground.holder()?, right.ground.holder()?];
    (sides[0] < sides[1]).then_some(Kind {
        sides,
        is_river: arcs.list[half / 2].is_river,
        banks: [left.bank, right.bank],
    })
}

/// Arcs of one kind joined end to end wherever just two of them meet.
fn chains(arcs: &Arcs) -> Vec<(Kind, Vec<Node>)> {
    let mut arriving: BTreeMap<(Kind, Node), Vec<Half>> = BTreeMap::new();
    let mut leaving: BTreeMap<(Kind, Node), Vec<Half>> = BTreeMap::new();
    let halves: Vec<(Half, Kind)> = (0..arcs.list.len() * 2)
        .filter_map(|half| Some((half, rival(arcs, half)?)))
        .collect();
    for &(half, kind) in &halves {
        leaving
            .entry((kind, arcs.start(half)))
            .or_default()
            .push(half);
        arriving
            .entry((kind, arcs.start(half ^ 1)))
            .or_default()
            .push(half);
    }
    let only = |map: &BTreeMap<(Kind, Node), Vec<Half>>, key: (Kind, Node)| match map.get(&key) {
        Some(list) if list.len() == 1 => Some(list[0]),
        _ => None,
    };
    let mut is_used = vec![false; arcs.list.len() * 2];
    let mut chains = Vec::new();
    // Lines with an end first, then those that run around.
    for only_open in [true, false] {
        for &(first, kind) in &halves {
            let start = (kind, arcs.start(first));
            let is_inner = only(&arriving, start).is_some() && only(&leaving, start).is_some();
            if is_used[first] || (only_open && is_inner) {
                continue;
            }
            let mut nodes = vec![start.1];
            let mut half = first;
            loop {
                is_used[half] = true;
                nodes.extend(arcs.nodes(half).skip(1));
                let end = (kind, arcs.start(half ^ 1));
                match (only(&arriving, end), only(&leaving, end)) {
                    (Some(_), Some(next)) if !is_used[next] => half = next,
                    _ => break,
                }
            }
            chains.push((kind, start_at_smallest(nodes)));
        }
    }
    chains
}

/// The point of a line, in metres, at half its length.
fn middle_m(nodes: &[Node], banks: &Banks) -> Coord<f64> {
    let line: LineString<f64> = nodes.iter().map(|&node| banks.plane.metres(node)).collect();
    Euclidean
        .point_at_ratio_from_start(&line, 0.5)
        .map_or(banks.plane.metres(nodes[0]), |point| point.0)
}

/// A line that runs around starts at its smallest node.
fn start_at_smallest(mut nodes: Vec<Node>) -> Vec<Node> {
    if nodes.len() > 3 && nodes.first() == nodes.last() {
        nodes.pop();
        let first = (0..nodes.len()).min_by_key(|&i| nodes[i]).unwrap_or(0);
        nodes.rotate_left(first);
        nodes.push(nodes[0]);
    }
    nodes
}

/// The seats of each holder, to ask which stand next to a line.
struct Witnesses<'a> {
    seats: &'a [Seat],
    cells: BTreeMap<Holder, Cells>,
}

impl<'a> Witnesses<'a> {
    fn new(seats: &'a [Seat]) -> Self {
        let holders: BTreeSet<Holder> = seats.iter().map(|seat| seat.holder).collect();
        let cells = holders
            .into_iter()
            .filter_map(|holder| {
                let cells = Cells::new(seats, f64::INFINITY, |seat| seats[seat].holder == holder);
                Some((holder, cells.ok()?))
            })
            .collect();
        Self { seats, cells }
    }

    /// The nearest seats on both sides of points along a line.
    fn along(&self, kind: &Kind, nodes: &[Node], banks: &Banks) -> BTreeSet<usize> {
        let step = nodes.len().div_ceil(SAMPLES);
        let mut known = BTreeSet::new();
        for &node in nodes.iter().step_by(step) {
            let at = banks.plane.metres(node);
            for (holder, bank) in kind.sides.iter().zip(kind.banks) {
                let owner = self
                    .cells
                    .get(holder)
                    .and_then(|cells| cells.owner(bank, at));
                known.extend(owner.map(|(seat, _)| seat));
            }
        }
        known
    }

    fn nearest_km(&self, known: &BTreeSet<usize>, at_m: Coord<f64>, banks: &Banks) -> f64 {
        let here = Point(banks.plane.degrees(banks.plane.snap(at_m)));
        let nearest = known
            .iter()
            .map(|&seat| (length(self.seats[seat].at_m - at_m), seat))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.map_or(0.0, |(_, seat)| {
            let there = Point(banks.plane.degrees(self.seats[seat].node));
            Geodesic.distance(here, there) / 1000.0
        })
    }
}
