//! The limit of reach, its inner corners rounded.
//!
//! Ground is coloured within reach of a place, so the outer edge of a zone is a row of arcs of
//! circles. Where two of them meet stands a corner that means nothing: the reach is a round number.
//! A curve (Bézier's, with the tangents of both arcs) takes its place. It colours a little more
//! ground, at most a ninth of the reach beyond it, and takes none away.

use std::collections::BTreeSet;

use geo::Coord;

use super::grid::Spots;
use super::plane::{Node, Plane, length};

/// Corners that turn by less than this in degrees are left alone.
const LEAST_TURN_DEG: f64 = 12.0;
/// The curve begins so far from its corner, as a share of the reach, for each radian of the turn;
/// half would be the common tangent of the two circles.
const PER_TURN: f64 = 0.4;
/// It begins no farther from its corner, as a share of the reach.
const FARTHEST: f64 = 0.375;
/// A curve shorter than this in metres does not show.
const SHORTEST_M: f64 = 100.0;
/// Straight pieces of a curve.
const PIECES: usize = 12;
/// How far beyond the reach ground may be coloured, as a share of it; measured over all turns.
pub(super) const BEYOND: f64 = 1.0 / 9.0;

/// What a rounded line must keep clear of, and in which measure.
pub(super) struct Surroundings<'a> {
    pub spots: &'a Spots,
    pub plane: &'a Plane,
    pub reach_m: f64,
}

/// The line with its inner corners rounded, where no other point stands in the way. The coloured
/// ground is on its left or on its right.
pub(super) fn rounded(nodes: &[Node], is_held_left: bool, around: &Surroundings) -> Vec<Node> {
    let line = Line::new(nodes, around.plane);
    let corners = line.inner_corners(is_held_left);
    let own: BTreeSet<Node> = nodes.iter().copied().collect();
    let mut made: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut kept_from = 0;
    for (index, &(corner, turn)) in corners.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |i| corners[i].0);
        let after = corners.get(index + 1).map_or(nodes.len() - 1, |c| c.0);
        // Half the way to the next corner is left to that corner.
        let room = (line.along(before, corner)).min(line.along(corner, after)) / 2.0;
        let reach = around.reach_m;
        let away = room.min(reach * FARTHEST).min(reach * PER_TURN * turn);
        if away < SHORTEST_M {
            continue;
        }
        let (first, start) = line.back(corner, away);
        let (last, end) = line.forth(corner, away);
        let curve = line.curve((first, start), (last, end), around.plane);
        let Some(curve) = curve else { continue };
        if first < kept_from || !is_clear(&curve, &nodes[first + 1..last], &own, around.spots) {
            continue;
        }
        made.extend(&nodes[kept_from..=first]);
        made.extend(curve);
        kept_from = last;
    }
    made.extend(&nodes[kept_from..]);
    made.dedup();
    made
}

/// True when no foreign point lies between the curve and the corner that it replaces.
fn is_clear(curve: &[Node], corner: &[Node], own: &BTreeSet<Node>, spots: &Spots) -> bool {
    let ring: Vec<Node> = curve.iter().chain(corner.iter().rev()).copied().collect();
    let bounds = |value: fn(&Node) -> i64| {
        let low = ring.iter().map(value).min().unwrap_or_default();
        let high = ring.iter().map(value).max().unwrap_or_default();
        (low, high)
    };
    let ((west, east), (south, north)) = (bounds(|n| n.x), bounds(|n| n.y));
    let (low, high) = (Node { x: west, y: south }, Node { x: east, y: north });
    !spots.any(low, high, |node| {
        !own.contains(&node) && is_inside(node, &ring)
    })
}

/// True in the ring (even-odd rule).
fn is_inside(node: Node, ring: &[Node]) -> bool {
    let mut inside = false;
    for (index, &to) in ring.iter().enumerate() {
        let from = ring[(index + ring.len() - 1) % ring.len()];
        if (from.y > node.y) != (to.y > node.y) {
            let (low, high) = if from.y < to.y {
                (from, to)
            } else {
                (to, from)
            };
            inside ^= low.cross(high, node) > 0;
        }
    }
    inside
}

/// A line in metres, with the way along it.
struct Line {
    points: Vec<Coord<f64>>,
    /// Metres from the start to each point.
    way: Vec<f64>,
}

impl Line {
    fn new(nodes: &[Node], plane: &Plane) -> Self {
        let points: Vec<Coord<f64>> = nodes.iter().map(|node| plane.metres(*node)).collect();
        let mut way = vec![0.0];
        for pair in points.windows(2) {
            way.push(way[way.len() - 1] + length(pair[1] - pair[0]));
        }
        Self { points, way }
    }

    fn along(&self, from: usize, to: usize) -> f64 {
        self.way[to] - self.way[from]
    }

    /// Points at which the line turns into the coloured ground, with the turn in radians.
    fn inner_corners(&self, is_held_left: bool) -> Vec<(usize, f64)> {
        let turn = |index: usize| {
            let (a, b, c) = (
                self.points[index - 1],
                self.points[index],
                self.points[index + 1],
            );
            let (to, on) = (b - a, c - b);
            let left = (to.x * on.y - to.y * on.x).atan2(to.x * on.x + to.y * on.y);
            if is_held_left { -left } else { left }
        };
        let corners = (1..self.points.len().saturating_sub(1)).map(|index| (index, turn(index)));
        corners
            .filter(|(_, turn)| *turn > LEAST_TURN_DEG.to_radians())
            .collect()
    }

    /// The point so many metres before a corner, and the last node that stays before it.
    fn back(&self, corner: usize, away: f64) -> (usize, Coord<f64>) {
        let at = self.way[corner] - away;
        let last = self.way.partition_point(|way| *way <= at).max(1) - 1;
        (last, self.between(last, at))
    }

    /// The point so many metres after a corner, and the first node that stays after it.
    fn forth(&self, corner: usize, away: f64) -> (usize, Coord<f64>) {
        let at = self.way[corner] + away;
        let first = self.way.partition_point(|way| *way < at);
        let first = first.min(self.points.len() - 1);
        (first, self.between(first - 1, at))
    }

    /// The point at so many metres from the start, on the segment after `index`.
    fn between(&self, index: usize, at: f64) -> Coord<f64> {
        let (from, to) = (self.points[index], self.points[index + 1]);
        let length = (self.way[index + 1] - self.way[index]).max(f64::MIN_POSITIVE);
        from + (to - from) * ((at - self.way[index]) / length).clamp(0.0, 1.0)
    }

    /// The curve from one point of the line to another, tangent to the line at both.
    fn curve(
        &self,
        (first, start): (usize, Coord<f64>),
        (last, end): (usize, Coord<f64>),
        plane: &Plane,
    ) -> Option<Vec<Node>> {
        let to = self.points[first + 1] - self.points[first];
        let on = self.points[last] - self.points[last - 1];
        let handle = meeting((start, to), (end, on))?;
        let point = |piece: usize| {
            let t = piece as f64 / PIECES as f64;
            let s = 1.0 - t;
            plane.snap(start * (s * s) + handle * (2.0 * s * t) + end * (t * t))
        };
        Some((0..=PIECES).map(point).collect())
    }
}

/// Where the ray from one point along its way meets the way that arrives at another.
fn meeting(
    (start, to): (Coord<f64>, Coord<f64>),
    (end, on): (Coord<f64>, Coord<f64>),
) -> Option<Coord<f64>> {
    let turn = to.x * on.y - to.y * on.x;
    if turn.abs() <= 1e-9 * length(to) * length(on) {
        return None;
    }
    let gap = end - start;
    let ahead = (gap.x * on.y - gap.y * on.x) / turn;
    let behind = (gap.x * to.y - gap.y * to.x) / turn;
    (ahead > 0.0 && behind < 0.0).then(|| start + to * ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Rect, coord};

    /// The outer edge of two circles of `reach` metres whose centres lie 2 `half` apart, from west
    /// to east over the north.
    fn two_arcs(plane: &Plane, reach: f64, half: f64) -> (Vec<Node>, [Coord<f64>; 2]) {
        let middle = coord! { x: 45_000.0, y: 50_000.0 };
        let centres = [-half, half].map(|x| middle + coord! { x: x, y: 0.0 });
        let (low, high) = ((half / reach).acos(), std::f64::consts::PI);
        let mut nodes = Vec::new();
        for step in 0..=60 {
            let angle = high + (low - high) * f64::from(step) / 60.0;
            let (sin, cos) = angle.sin_cos();
            nodes.push(plane.snap(centres[0] + coord! { x: cos, y: sin } * reach));
        }
        for step in 1..=60 {
            let angle = high - low - (high - low) * f64::from(step) / 60.0;
            let (sin, cos) = angle.sin_cos();
            nodes.push(plane.snap(centres[1] + coord! { x: cos, y: sin } * reach));
        }
        (nodes, centres)
    }

    fn plane() -> Plane {
        let (low, high) = (coord! { x: 40.0, y: 34.0 }, coord! { x: 41.0, y: 35.0 });
        Plane::new(Rect::new(low, high))
    }

    #[test]
    fn corners_go_and_little_is_added() {
        let (plane, reach_m) = (plane(), 8_000.0);
        let spots = Spots::new(std::iter::empty(), 10_000);
        let around = Surroundings {
            spots: &spots,
            plane: &plane,
            reach_m,
        };
        for half in [1_500.0, 3_000.0, 5_000.0, 6_500.0, 7_900.0] {
            let (nodes, centres) = two_arcs(&plane, reach_m, half);
            let made = rounded(&nodes, false, &around);
            assert!(made.len() > nodes.len() - 60 && made != nodes, "{half}");
            let line = Line::new(&made, &plane);
            let sharpest = line.inner_corners(false);
            assert!(sharpest.len() <= PIECES, "{half}: {sharpest:?}");
            assert!(
                sharpest.iter().all(|(_, turn)| *turn < 0.5),
                "{half}: {sharpest:?}"
            );
            for point in &line.points {
                let nearest = centres.map(|c| length(*point - c));
                let nearest = nearest[0].min(nearest[1]);
                assert!(
                    nearest > reach_m - 2.0,
                    "{half}: ground was lost, {nearest}"
                );
                assert!(nearest < reach_m * (1.0 + BEYOND), "{half}: {nearest}");
            }
        }
    }

    #[test]
    fn what_stands_in_the_corner_stays_outside() {
        let (plane, reach_m) = (plane(), 8_000.0);
        let (nodes, _) = two_arcs(&plane, reach_m, 4_000.0);
        let foreign = plane.snap(coord! { x: 45_000.0, y: 57_200.0 });
        let spots = Spots::new(std::iter::once(foreign), 10_000);
        let around = Surroundings {
            spots: &spots,
            plane: &plane,
            reach_m,
        };
        assert_eq!(rounded(&nodes, false, &around), nodes);
        assert_eq!(rounded(&nodes, true, &around), nodes, "outer corners stay");
    }
}
