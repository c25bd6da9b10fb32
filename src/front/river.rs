//! Barrier rivers and borders cut to the working box.
//!
//! A river that stops inside the box goes straight on in its last direction to the next river or to
//! the edge: without this a line that ends one field short would divide nothing. Such a
//! continuation bounds zones but is no river.

use geo::{Coord, LineString};

use super::Terrain;
use super::noding::{Segment, Tag};
use super::plane::{Node, Plane, length};

/// The last stretch of a river that tells where its loose end points, in metres: longer than a
/// meander's smallest bends, shorter than a valley's.
const HEADING_M: f64 = 2_000.0;

/// The rivers inside the box, the continuations of their loose ends, and the borders.
pub(super) fn rivers(terrain: &Terrain, plane: &Plane, frame: [Node; 2]) -> Vec<Segment> {
    let lines: Vec<Vec<Node>> = terrain
        .barriers
        .iter()
        .map(|line| course(line, plane))
        .collect();
    let mut walls = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let tag = Tag::River {
            barrier: index as u16,
            forward: true,
        };
        for pair in line.windows(2) {
            if let Some((a, b)) = clip(pair[0], pair[1], frame) {
                walls.push(Segment::new(a, b, tag));
            }
        }
    }
    for line in &terrain.borders {
        let clipped = course(line, plane);
        let inside = clipped
            .windows(2)
            .filter_map(|pair| clip(pair[0], pair[1], frame));
        walls.extend(inside.map(|(a, b)| Segment::new(a, b, Tag::Dry)));
    }
    let joins: Vec<Segment> = lines
        .iter()
        .flat_map(|line| {
            let mut upward = line.clone();
            upward.reverse();
            [
                join(&upward, plane, frame, &walls),
                join(line, plane, frame, &walls),
            ]
        })
        .flatten()
        .collect();
    walls.extend(joins);
    walls
}

fn course(line: &LineString<f64>, plane: &Plane) -> Vec<Node> {
    let mut nodes: Vec<Node> = line
        .coords()
        .filter(|c| c.x.is_finite() && c.y.is_finite())
        .map(|&c| plane.node(c))
        .collect();
    nodes.dedup();
    nodes
}

/// The straight way on from the last point of `line`, if that lies inside the box.
fn join(line: &[Node], plane: &Plane, frame: [Node; 2], walls: &[Segment]) -> Option<Segment> {
    let end = *line.last()?;
    let [low, high] = frame;
    let is_inside = low.x < end.x && end.x < high.x && low.y < end.y && end.y < high.y;
    if !is_inside || line.len() < 2 || line[0] == end {
        return None;
    }
    let back = line
        .iter()
        .rev()
        .find(|node| plane.distance_m(**node, end) > HEADING_M)
        .or(line.first())?;
    let (dx, dy) = ((end.x - back.x) as f64, (end.y - back.y) as f64);
    let size = ((high.x - low.x) + (high.y - low.y)) as f64;
    let scale = size / length(Coord { x: dx, y: dy }).max(1.0);
    let far = Node {
        x: end.x + (dx * scale) as i64,
        y: end.y + (dy * scale) as i64,
    };
    let (_, edge) = clip(end, far, frame)?;
    let share = walls
        .iter()
        .filter(|wall| wall.a != end && wall.b != end)
        .filter_map(|wall| meeting(end, edge, wall))
        .fold(1.0, f64::min);
    let stop = Node {
        x: end.x + (share * (edge.x - end.x) as f64).round() as i64,
        y: end.y + (share * (edge.y - end.y) as f64).round() as i64,
    };
    Some(Segment::new(end, stop, Tag::Dry))
}

/// How far along the way from `a` to `b` the wall is met, from 0 to 1.
fn meeting(a: Node, b: Node, wall: &Segment) -> Option<f64> {
    let (c, d) = (a.cross(b, wall.a), a.cross(b, wall.b));
    let (e, f) = (wall.a.cross(wall.b, a), wall.a.cross(wall.b, b));
    let crosses = c.signum() * d.signum() <= 0 && e.signum() * f.signum() <= 0 && e != f;
    crosses.then(|| e as f64 / (e as f64 - f as f64))
}

/// The part of a segment inside the box (Liang and Barsky 1984).
fn clip(a: Node, b: Node, [low, high]: [Node; 2]) -> Option<(Node, Node)> {
    let (dx, dy) = ((b.x - a.x) as f64, (b.y - a.y) as f64);
    let limits = [
        (-dx, a.x - low.x),
        (dx, high.x - a.x),
        (-dy, a.y - low.y),
        (dy, high.y - a.y),
    ];
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (speed, room) in limits {
        let room = room as f64;
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            from = from.max(room / speed);
        } else {
            to = to.min(room / speed);
        }
    }
    let at = |share: f64| Node {
        x: (a.x + (share * dx).round() as i64).clamp(low.x, high.x),
        y: (a.y + (share * dy).round() as i64).clamp(low.y, high.y),
    };
    let ends = (
        if from == 0.0 { a } else { at(from) },
        if to == 1.0 { b } else { at(to) },
    );
    (from <= to && ends.0 != ends.1).then_some(ends)
}
