//! Rounds the corners of arcs, all together, without letting any two touch.
//!
//! Corner cutting after G. Chaikin, "An algorithm for high speed curve generation" (1974), with
//! two departures. A corner is cut only when no other point, be it of an arc, of the water or a
//! place, lies in or next to the triangle that goes: no line can then be crossed, for a line that
//! enters the triangle would have to end in it. And as points are rounded to the lattice, the
//! result is tested edge by edge; an arc that touches another goes back to its old form.

use geo::Coord;

use super::arc::Arc;
use super::grid::Spots;
use super::limit;
use super::noding::clashes;
use super::plane::{Node, Plane, length};

/// Cutting twice rounds a corner to the eye at the scale of these maps; each pass doubles points.
const PASSES: usize = 3;

/// Edges shorter than this in metres are left alone: the cut would not show.
const SHORTEST_M: f64 = 120.0;

/// Corners that turn by less than this in degrees are left alone.
const LEAST_TURN_DEG: f64 = 12.0;

/// Clearance about a cut, in lattice steps; rounding moves points by less than one.
const CLEARANCE: f64 = 2.0;

/// Width of the bins in which points are looked up, in lattice steps: about 1 km.
const BIN: i64 = 10_000;

/// How an arc may change its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Not at all.
    Fixed,
    /// All its corners may be cut: a border between two holders.
    Border,
    /// Its inner corners may be rounded: the limit of reach, with the coloured ground on its left
    /// or on its right.
    Limit { is_held_left: bool },
}

/// What arcs must keep clear of besides each other, and in which measure.
pub(super) struct Field<'a> {
    /// Points.
    pub fixed: &'a [Node],
    /// Edges of water.
    pub water: Vec<[Node; 2]>,
    pub plane: &'a Plane,
    pub reach_m: f64,
}

/// Rounds corners of the arcs as their form allows.
pub(super) fn smooth(arcs: &mut [Arc], forms: &[Form], field: Field<'_>) {
    let Field { fixed, plane, .. } = field;
    let before: Vec<Vec<Node>> = arcs.iter().map(|arc| arc.nodes.clone()).collect();
    round_limits(arcs, forms, &field);
    for _ in 0..PASSES {
        let moving = arcs.iter().zip(forms).filter(|(_, f)| **f != Form::Fixed);
        let points = moving.flat_map(|(arc, _)| arc.nodes.iter().copied());
        let spots = Spots::new(points.chain(fixed.iter().copied()), BIN);
        let borders = arcs.iter_mut().zip(forms);
        for (arc, _) in borders.filter(|(_, form)| **form == Form::Border) {
            arc.nodes = cut_corners(&arc.nodes, &spots, plane);
        }
    }
    restore(arcs, &before, field.water);
}

/// Rounds the inner corners of the limit of reach.
fn round_limits(arcs: &mut [Arc], forms: &[Form], field: &Field<'_>) {
    let spots = Spots::new(field.fixed.iter().copied(), BIN);
    let around = limit::Surroundings {
        spots: &spots,
        plane: field.plane,
        reach_m: field.reach_m,
    };
    for (arc, form) in arcs.iter_mut().zip(forms) {
        if let Form::Limit { is_held_left } = *form {
            arc.nodes = limit::rounded(&arc.nodes, is_held_left, &around);
        }
    }
}

/// Undoes the smoothing of every arc that touches another line.
fn restore(arcs: &mut [Arc], before: &[Vec<Node>], water: Vec<[Node; 2]>) {
    // As many rounds as needed: an arc that goes back may touch a neighbour that has not. In the
    // end all have gone back, and the borders as noded touch nowhere.
    loop {
        let mut edges: Vec<(Node, Node)> = Vec::new();
        let mut owners = Vec::new();
        for (index, arc) in arcs.iter().enumerate() {
            for pair in arc.nodes.windows(2) {
                edges.push((pair[0], pair[1]));
                owners.push(Some(index));
            }
        }
        let mut known: Vec<(Node, Node)> =
            edges.iter().map(|&(a, b)| (a.min(b), a.max(b))).collect();
        known.sort_unstable();
        for &[a, b] in &water {
            if known.binary_search(&(a.min(b), a.max(b))).is_err() {
                edges.push((a, b));
                owners.push(None);
            }
        }
        let mut touched: Vec<usize> = clashes(&edges)
            .into_iter()
            .filter_map(|edge| owners[edge])
            .filter(|&index| arcs[index].nodes != before[index])
            .collect();
        touched.dedup();
        if touched.is_empty() {
            return;
        }
        for index in touched {
            arcs[index].nodes.clone_from(&before[index]);
        }
    }
}

/// One pass of corner cutting over a line; the corner where a ring closes is cut too.
fn cut_corners(nodes: &[Node], spots: &Spots, plane: &Plane) -> Vec<Node> {
    let last = nodes.len() - 1;
    let is_ring = nodes[0] == nodes[last];
    let mut cut = Vec::with_capacity(nodes.len() * 2);
    for (i, &node) in nodes.iter().enumerate() {
        let corner = if 0 < i && i < last {
            Some([nodes[i - 1], node, nodes[i + 1]])
        } else if i == 0 && is_ring && last > 3 {
            Some([nodes[last - 1], node, nodes[1]])
        } else {
            None
        };
        match corner.and_then(|corner| cut_corner(corner, spots, plane)) {
            Some(ends) => cut.extend(ends),
            None => cut.push(node),
        }
    }
    if is_ring && last > 3 {
        // The closing corner was handled at the start.
        if cut[cut.len() - 1] == nodes[last] {
            cut.pop();
        }
        cut.push(cut[0]);
    }
    cut.dedup();
    cut
}

/// The two points that replace a corner, if it may be cut.
fn cut_corner([a, b, c]: [Node; 3], spots: &Spots, plane: &Plane) -> Option<[Node; 2]> {
    if plane.distance_m(a, b).min(plane.distance_m(b, c)) < SHORTEST_M {
        return None;
    }
    let (p, q, r) = (plane.metres(a), plane.metres(b), plane.metres(c));
    let (to, on) = (q - p, r - q);
    let turn = (to.x * on.y - to.y * on.x).atan2(to.x * on.x + to.y * on.y);
    if turn.abs() < LEAST_TURN_DEG.to_radians() {
        return None;
    }
    let quarter = |end: Node| Node {
        x: b.x + ((end.x - b.x) as f64 / 4.0).round() as i64,
        y: b.y + ((end.y - b.y) as f64 / 4.0).round() as i64,
    };
    let (first, second) = (quarter(a), quarter(c));
    let margin = CLEARANCE as i64 + 1;
    let corners = [first, b, second];
    let low = Node {
        x: corners.iter().map(|n| n.x).min()? - margin,
        y: corners.iter().map(|n| n.y).min()? - margin,
    };
    let high = Node {
        x: corners.iter().map(|n| n.x).max()? + margin,
        y: corners.iter().map(|n| n.y).max()? + margin,
    };
    let blocked = spots.any(low, high, |node| node != b && is_near(node, corners));
    (!blocked).then_some([first, second])
}

/// True in the triangle or within [`CLEARANCE`] of it.
fn is_near(node: Node, [a, b, c]: [Node; 3]) -> bool {
    let turns = [a.cross(b, node), b.cross(c, node), c.cross(a, node)];
    turns.iter().all(|turn| *turn >= 0)
        || turns.iter().all(|turn| *turn <= 0)
        || [(a, b), (b, c), (c, a)]
            .iter()
            .any(|&(p, q)| gap(node, p, q) <= CLEARANCE)
}

/// Distance from a node to a segment, in lattice steps.
fn gap(node: Node, a: Node, b: Node) -> f64 {
    let size = (a.dot(b, b) as f64).max(1.0);
    let share = (a.dot(b, node) as f64 / size).clamp(0.0, 1.0);
    let x = a.x as f64 + share * (b.x - a.x) as f64;
    let y = a.y as f64 + share * (b.y - a.y) as f64;
    length(Coord {
        x: node.x as f64 - x,
        y: node.y as f64 - y,
    })
}
