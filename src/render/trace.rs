//! From degrees to lines in pixels: smoothed along rivers, cut off beyond the map.
//!
//! The points of a river stand up to two kilometres apart. Between them we draw a centripetal
//! Catmull-Rom curve (Yuksel, Schaefer and Keyser, 2011): it passes through every point and
//! never makes loops. This is cosmetic only. Zones and front lines that follow a river share its
//! points, so each of their segments that is a segment of a river takes the same curve.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon};

use crate::basemap::NamedLine;
use crate::projection::{BoxPx, Projection, Px};

/// How far beyond the frame lines go on, as a share of its width, so that their cut ends and wide
/// strokes stay hidden.
const BEYOND: f32 = 0.4;
/// Length of the straight steps of a curve.
const STEP_PX: f32 = 5.0;

/// A segment of a river by its ends, in units of 1e-6 degrees.
type Ends = [i64; 4];

/// Draws lines of the earth on one map.
pub(crate) struct Tracer {
    pub(crate) projection: Projection,
    curves: BTreeMap<Ends, Vec<Px>>,
    bounds: BoxPx,
}

impl Tracer {
    pub(crate) fn new(projection: Projection, rivers: &[NamedLine]) -> Self {
        let bounds = projection
            .frame()
            .grown(projection.frame().width() * BEYOND);
        let mut tracer = Self {
            projection,
            curves: BTreeMap::new(),
            bounds,
        };
        for river in rivers {
            tracer.add_curves(&river.line.0);
        }
        tracer
    }

    /// The same, cutting off all that lies outside the frame.
    pub(crate) fn only_inside(mut self) -> Self {
        self.bounds = self.projection.frame();
        self
    }

    fn add_curves(&mut self, river: &[Coord<f64>]) {
        let points: Vec<Px> = river.iter().map(|c| self.projection.to_px(*c)).collect();
        for i in 1..points.len() {
            let (from, to) = (points[i - 1], points[i]);
            if !self.bounds.contains(from) && !self.bounds.contains(to) {
                continue;
            }
            let before = if i > 1 {
                points[i - 2]
            } else {
                mirrored(to, from)
            };
            let after = points
                .get(i + 1)
                .copied()
                .unwrap_or_else(|| mirrored(from, to));
            let between = catmull_rom([before, from, to, after]);
            self.curves.insert(ends(river[i - 1], river[i]), between);
        }
    }

    /// The pieces of an open line that the map shows.
    pub(crate) fn line(&self, line: &LineString<f64>) -> Vec<Vec<Px>> {
        cut_line(&self.points(&line.0), &self.bounds)
    }

    /// The rings of an area, cut off beyond the map; empty when the map shows none of it.
    pub(crate) fn rings(&self, area: &MultiPolygon<f64>) -> Vec<Vec<Px>> {
        let all = area
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        all.map(|ring| {
            let mut points = self.points(&ring.0);
            points.pop();
            cut_ring(points, &self.bounds)
        })
        .filter(|ring| ring.len() > 2)
        .collect()
    }

    fn points(&self, coords: &[Coord<f64>]) -> Vec<Px> {
        let mut points = Vec::with_capacity(coords.len());
        for (index, coord) in coords.iter().enumerate() {
            if index > 0 {
                let from = coords[index - 1];
                if let Some(between) = self.curves.get(&ends(from, *coord)) {
                    points.extend(between);
                } else if let Some(between) = self.curves.get(&ends(*coord, from)) {
                    points.extend(between.iter().rev());
                }
            }
            points.push(self.projection.to_px(*coord));
        }
        points
    }
}

fn ends(from: Coord<f64>, to: Coord<f64>) -> Ends {
    [from.x, from.y, to.x, to.y].map(|degrees| (degrees * 1e6).round() as i64)
}

/// `point` seen in the mirror `at`: the neighbour that a line's end lacks.
fn mirrored(point: Px, at: Px) -> Px {
    Px::new(2.0 * at.x - point.x, 2.0 * at.y - point.y)
}

/// Points between the second and the third of four, both left out (Barry and Goldman's scheme).
fn catmull_rom(points: [Px; 4]) -> Vec<Px> {
    let [p0, p1, p2, p3] = points;
    let knot = |a: Px, b: Px| a.distance(b).sqrt().max(1e-3);
    let t1 = knot(p0, p1);
    let t2 = t1 + knot(p1, p2);
    let t3 = t2 + knot(p2, p3);
    let mix = |a: Px, b: Px, (from, to): (f32, f32), t: f32| {
        let share = (t - from) / (to - from);
        Px::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    };
    let steps = (p1.distance(p2) / STEP_PX).ceil().clamp(1.0, 60.0) as usize;
    (1..steps)
        .map(|step| {
            let t = t1 + (t2 - t1) * step as f32 / steps as f32;
            let a1 = mix(p0, p1, (0.0, t1), t);
            let a2 = mix(p1, p2, (t1, t2), t);
            let a3 = mix(p2, p3, (t2, t3), t);
            let b1 = mix(a1, a2, (0.0, t2), t);
            let b2 = mix(a2, a3, (t1, t3), t);
            mix(b1, b2, (t1, t2), t)
        })
        .collect()
}

/// The pieces of a line inside `bounds` (Liang and Barsky, 1984, segment by segment).
fn cut_line(points: &[Px], bounds: &BoxPx) -> Vec<Vec<Px>> {
    let mut pieces: Vec<Vec<Px>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = cut_segment(pair[0], pair[1], bounds) else {
            is_open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if is_open && from == pair[0] => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    pieces
}

/// The part of a segment inside `bounds`.
pub(crate) fn cut_segment(from: Px, to: Px, bounds: &BoxPx) -> Option<(Px, Px)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut enter, mut leave) = (0.0f32, 1.0f32);
    for (speed, room) in [
        (-dx, from.x - bounds.left),
        (dx, bounds.right - from.x),
        (-dy, from.y - bounds.top),
        (dy, bounds.bottom - from.y),
    ] {
        if speed == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if speed < 0.0 {
            enter = enter.max(room / speed);
        } else {
            leave = leave.min(room / speed);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f32| Px::new(from.x + dx * t, from.y + dy * t);
    Some((
        if enter > 0.0 { at(enter) } else { from },
        if leave < 1.0 { at(leave) } else { to },
    ))
}

/// A ring cut off at `bounds` (Sutherland and Hodgman, 1974).
fn cut_ring(ring: Vec<Px>, bounds: &BoxPx) -> Vec<Px> {
    let ring = cut_by(ring, |p| p.x - bounds.left);
    let ring = cut_by(ring, |p| bounds.right - p.x);
    let ring = cut_by(ring, |p| p.y - bounds.top);
    cut_by(ring, |p| bounds.bottom - p.y)
}

/// The part of a ring where `inside` is not negative.
fn cut_by(ring: Vec<Px>, inside: impl Fn(Px) -> f32) -> Vec<Px> {
    if ring.iter().all(|p| inside(*p) >= 0.0) {
        return ring;
    }
    let mut kept = Vec::with_capacity(ring.len());
    for (index, to) in ring.iter().enumerate() {
        let from = ring[(index + ring.len() - 1) % ring.len()];
        let (a, b) = (inside(from), inside(*to));
        if (a < 0.0) != (b < 0.0) {
            let t = a / (a - b);
            kept.push(Px::new(
                from.x + (to.x - from.x) * t,
                from.y + (to.y - from.y) * t,
            ));
        }
        if b >= 0.0 {
            kept.push(*to);
        }
    }
    kept
}

/// True when the point lies inside the rings (even-odd rule).
pub(crate) fn is_inside(rings: &[Vec<Px>], at: Px) -> bool {
    let mut inside = false;
    for ring in rings {
        for (index, to) in ring.iter().enumerate() {
            let from = ring[(index + ring.len() - 1) % ring.len()];
            if (from.y > at.y) != (to.y > at.y) {
                let x = from.x + (to.x - from.x) * (at.y - from.y) / (to.y - from.y);
                inside ^= at.x < x;
            }
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_stay_near_their_points() {
        let at = |x, y| Px::new(x, y);
        let curve = catmull_rom([
            at(0.0, 0.0),
            at(50.0, 0.0),
            at(100.0, 50.0),
            at(100.0, 100.0),
        ]);
        assert!(curve.len() > 5);
        assert!(curve.iter().all(|p| (45.0..105.0).contains(&p.x)));
        assert!(curve.windows(2).all(|w| w[0].y <= w[1].y + 0.5));
    }

    #[test]
    fn lines_are_cut_and_joined() {
        let bounds = BoxPx::new(0.0, 0.0, 10.0, 10.0);
        let line = [
            (-5.0, 5.0),
            (5.0, 5.0),
            (15.0, 5.0),
            (15.0, 8.0),
            (5.0, 8.0),
        ];
        let points: Vec<Px> = line.iter().map(|(x, y)| Px::new(*x, *y)).collect();
        let pieces = cut_line(&points, &bounds);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].len(), 3);
        assert_eq!(pieces[1][0], Px::new(10.0, 8.0));
    }

    #[test]
    fn rings_are_cut() {
        let bounds = BoxPx::new(0.0, 0.0, 10.0, 10.0);
        let square = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)];
        let ring = cut_ring(
            square.iter().map(|(x, y)| Px::new(*x, *y)).collect(),
            &bounds,
        );
        assert!(ring.iter().all(|p| bounds.contains(*p)));
        assert!(is_inside(&[ring], Px::new(2.0, 2.0)));
    }
}
