//! Cells: the ground nearer to one seat than to any other on its bank, and within reach of it.
//!
//! A cell is a Voronoi cell cut by a circle. Its outline is read off the Delaunay triangulation:
//! the edge between two cells is the part of their bisector within reach of both, and the free
//! part of the circle runs from one such edge to the next. Both are found from the same rounded
//! numbers for both neighbours, so that outlines close. Unions of discs were tried first on paper
//! and rejected: 30,000 discs of 8 km overlap in millions of pairs.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use geo::{Coord, Polygon};
use spade::handles::{DirectedEdgeHandle, VertexHandle};
use spade::{DelaunayTriangulation, HierarchyHintGenerator, InsertionError, Point2, Triangulation};

use super::band::{circle, nearer};
use super::mesh::Spot;
use super::noding::{Segment, Tag};
use super::plane::{Node, Plane, length};
use super::seat::Seat;

/// Corners of the circle that limits reach. Its edges stay within 5 m of a circle of 8 km.
const CIRCLE_CORNERS: usize = 96;

type Triangles = DelaunayTriangulation<Spot, (), (), (), HierarchyHintGenerator<f64>>;
type Edge<'a> = DirectedEdgeHandle<'a, Spot, (), (), ()>;

/// The cells of some seats, bank by bank.
pub(super) struct Cells {
    banks: BTreeMap<u32, Triangles>,
    pub reach_m: f64,
}

/// The part of a bisector within reach of both seats, from its right end to its left end as seen
/// from the first seat towards the second.
#[derive(Clone, Copy)]
struct Border {
    right: End,
    left: End,
}

/// How a neighbour hides the circle about a seat: where it lies and how far to each side, in
/// radians.
struct Side {
    bearing: f64,
    half_width: f64,
}

impl Side {
    /// The angle of circle left free between this neighbour and the next one.
    fn gap_to(&self, next: &Self) -> f64 {
        let mut turn = next.bearing - self.bearing;
        if turn <= 0.0 {
            turn += TAU;
        }
        turn - self.half_width - next.half_width
    }
}

#[derive(Clone, Copy)]
struct End {
    at: Coord<f64>,
    /// True at the limit of reach, false where three cells meet.
    is_limit: bool,
}

/// The cell of a seat as a polygon in metres, on whichever bank it goes, out to `reach_m`.
pub(super) fn polygon(cells: &Cells, seats: &[Seat], seat: &Seat, reach_m: f64) -> Polygon<f64> {
    let neighbours = cells.neighbours(seat.bank, seat.at_m);
    let whole = circle(seat.at_m, reach_m);
    neighbours.iter().fold(whole, |cell, &other| {
        nearer(&cell, seat.at_m, seats[other].at_m)
    })
}

impl Cells {
    /// The cells of those seats for which `takes_part` holds.
    ///
    /// # Errors
    ///
    /// When a seat is not finite, which its constructor rules out.
    pub fn new(
        seats: &[Seat],
        reach_m: f64,
        takes_part: impl Fn(usize) -> bool,
    ) -> Result<Self, InsertionError> {
        let mut spots: BTreeMap<u32, Vec<Spot>> = BTreeMap::new();
        for (index, seat) in seats.iter().enumerate() {
            if takes_part(index) {
                spots.entry(seat.bank).or_default().push(Spot {
                    at: seat.at_m,
                    seat: index,
                });
            }
        }
        let banks = spots
            .into_iter()
            .map(|(bank, spots)| Ok((bank, Triangles::bulk_load(spots)?)))
            .collect::<Result<_, InsertionError>>()?;
        Ok(Self { banks, reach_m })
    }

    /// The nearest seat on a bank and its distance in metres, if it is within reach.
    pub fn owner(&self, bank: u32, at_m: Coord<f64>) -> Option<(usize, f64)> {
        let spot = self
            .banks
            .get(&bank)?
            .nearest_neighbor(Point2::new(at_m.x, at_m.y))?;
        let away = length(spot.data().at - at_m);
        (away <= self.reach_m).then_some((spot.data().seat, away))
    }

    /// The seats whose cells touch that of the seat at this point.
    pub fn neighbours(&self, bank: u32, at_m: Coord<f64>) -> Vec<usize> {
        let Some(triangles) = self.banks.get(&bank) else {
            return Vec::new();
        };
        let mut seats: Vec<usize> = triangles
            .nearest_neighbor(Point2::new(at_m.x, at_m.y))
            .into_iter()
            .flat_map(|vertex| vertex.out_edges())
            .filter(|&edge| self.border(edge).is_some())
            .map(|edge| edge.to().data().seat)
            .collect();
        seats.sort_unstable();
        seats
    }

    /// Adds the borders between cells of unlike seats and the limits of reach.
    pub fn outline(
        &self,
        plane: &Plane,
        unlike: impl Fn(usize, usize) -> bool,
        out: &mut Vec<Segment>,
    ) {
        let mut draw = |a: Node, b: Node| {
            if a != b {
                out.push(Segment::new(a, b, Tag::Border));
            }
        };
        for triangles in self.banks.values() {
            for edge in triangles.undirected_edges().map(|edge| edge.as_directed()) {
                if unlike(edge.from().data().seat, edge.to().data().seat)
                    && let Some(border) = self.border(edge)
                {
                    draw(plane.snap(border.right.at), plane.snap(border.left.at));
                }
            }
            for vertex in triangles.vertices() {
                for arc in self.limits(vertex) {
                    for pair in arc.windows(2) {
                        draw(plane.snap(pair[0]), plane.snap(pair[1]));
                    }
                }
            }
        }
    }

    fn border(&self, edge: Edge<'_>) -> Option<Border> {
        let (from, to) = (edge.from().data().at, edge.to().data().at);
        let half = (to - from) / 2.0;
        let length_m = length(half);
        if length_m >= self.reach_m {
            return None;
        }
        Some(Border {
            left: self.end(edge)?,
            right: self.end(edge.rev())?,
        })
    }

    /// The end, on the left of `edge`, of the border between its two seats.
    fn end(&self, edge: Edge<'_>) -> Option<End> {
        let (from, to) = (edge.from().data().at, edge.to().data().at);
        if let Some(face) = edge.face().as_inner() {
            let centre = face.circumcenter();
            let centre = Coord {
                x: centre.x,
                y: centre.y,
            };
            let corner = face.vertices()[0].data().at;
            if length(centre - corner) < self.reach_m {
                return Some(End {
                    at: centre,
                    is_limit: false,
                });
            }
            // Seen from the third corner at an obtuse angle, the whole border lies beyond it.
            let third = edge.next().to().data().at;
            let (a, b) = (from - third, to - third);
            if a.x * b.x + a.y * b.y < 0.0 {
                return None;
            }
        }
        Some(End {
            at: self.limit(edge),
            is_limit: true,
        })
    }

    /// The point on the left of `edge` at the limit of reach from both its seats.
    fn limit(&self, edge: Edge<'_>) -> Coord<f64> {
        let (first, second, sign) = if edge.from().data().seat < edge.to().data().seat {
            (edge.from().data().at, edge.to().data().at, 1.0)
        } else {
            (edge.to().data().at, edge.from().data().at, -1.0)
        };
        let half = (second - first) / 2.0;
        let length_m = length(half);
        let height = (self.reach_m * self.reach_m - length_m * length_m).sqrt() * sign / length_m;
        Coord {
            x: first.x + half.x - height * half.y,
            y: first.y + half.y + height * half.x,
        }
    }

    /// The free parts of the circle about a seat, counter-clockwise.
    fn limits(&self, vertex: VertexHandle<'_, Spot, (), (), ()>) -> Vec<Vec<Coord<f64>>> {
        let centre = vertex.data().at;
        let mut borders: Vec<(Side, Border)> = vertex
            .out_edges()
            .filter_map(|edge| {
                let border = self.border(edge)?;
                Some((self.side(centre, edge.to().data().at), border))
            })
            .collect();
        borders.sort_by(|a, b| a.0.bearing.total_cmp(&b.0.bearing));
        if borders.is_empty() {
            return vec![self.arc(centre, None)];
        }
        let mut arcs = Vec::new();
        for (i, (side, border)) in borders.iter().enumerate() {
            let (next_side, next) = &borders[(i + 1) % borders.len()];
            if border.left.is_limit && next.right.is_limit {
                let ends = (border.left.at, next.right.at);
                // Where the circle is hidden but for rounding, the two ends may stand in the wrong
                // order, which would read as a full turn.
                if side.gap_to(next_side) > 1e-7 {
                    arcs.push(self.arc(centre, Some(ends)));
                } else {
                    arcs.push(vec![ends.0, ends.1]);
                }
            }
        }
        arcs
    }

    fn side(&self, centre: Coord<f64>, neighbour: Coord<f64>) -> Side {
        let away = (neighbour - centre) / 2.0;
        Side {
            bearing: bearing(centre, neighbour),
            half_width: (length(away) / self.reach_m).acos(),
        }
    }

    /// The circle about `centre` counter-clockwise between two of its points, or all of it.
    fn arc(&self, centre: Coord<f64>, ends: Option<(Coord<f64>, Coord<f64>)>) -> Vec<Coord<f64>> {
        let step = TAU / CIRCLE_CORNERS as f64;
        let corner = |i: usize| {
            let (sin, cos) = (step * i as f64).sin_cos();
            Coord {
                x: centre.x + self.reach_m * cos,
                y: centre.y + self.reach_m * sin,
            }
        };
        let Some((start, end)) = ends else {
            return (0..=CIRCLE_CORNERS)
                .map(|i| corner(i % CIRCLE_CORNERS))
                .collect();
        };
        let first = bearing(centre, start);
        let mut last = bearing(centre, end);
        if last <= first {
            last += TAU;
        }
        let inner = ((first / step).floor() as usize + 1)..((last / step).ceil() as usize);
        std::iter::once(start)
            .chain(inner.map(|i| corner(i % CIRCLE_CORNERS)))
            .chain([end])
            .collect()
    }
}

/// Direction from one point to another in radians, counter-clockwise from east, from 0 to a turn.
fn bearing(from: Coord<f64>, to: Coord<f64>) -> f64 {
    let angle = (to.y - from.y).atan2(to.x - from.x);
    if angle < 0.0 { angle + TAU } else { angle }
}
