//! The local plane of a front: a lattice of micro-degrees, and metres on it.
//!
//! Every vertex of a front is a point of this lattice, the same six decimals that files carry, so
//! that writing a file moves nothing and all tests of side and crossing are exact integers.
//! Metres come from an equirectangular projection about the middle of the extent; being affine,
//! it keeps lines straight. Over a degree of latitude its scale is wrong by less than one per cent,
//! which matters to no outline; areas and lengths that are reported are geodesic.

use geo::{Coord, Rect};

/// Lattice steps in a degree; six decimals.
const STEPS_PER_DEGREE: f64 = 1e6;

/// A point of the lattice, in steps from the south-west corner of the extent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    pub x: i64,
    pub y: i64,
}

impl Node {
    /// Twice the signed area of the triangle from here to `b` and `c`: positive when they turn left.
    pub fn cross(self, b: Self, c: Self) -> i64 {
        (b.x - self.x) * (c.y - self.y) - (b.y - self.y) * (c.x - self.x)
    }

    /// The scalar product of the ways from here to `b` and to `c`.
    pub fn dot(self, b: Self, c: Self) -> i64 {
        (b.x - self.x) * (c.x - self.x) + (b.y - self.y) * (c.y - self.y)
    }
}

/// Length of a way. The square root is exact everywhere; `hypot` is slow and differs between systems.
pub(super) fn length(way: Coord<f64>) -> f64 {
    (way.x * way.x + way.y * way.y).sqrt()
}

/// Degrees, lattice and metres of one extent.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    origin: Node,
    /// Metres of one lattice step, eastward and northward.
    pub step_m: Coord<f64>,
}

impl Plane {
    /// The plane about the middle of `extent` (WGS 84 degrees, longitude first).
    pub fn new(extent: Rect<f64>) -> Self {
        // WGS 84 ellipsoid: equatorial radius and squared eccentricity.
        const RADIUS_M: f64 = 6_378_137.0;
        const E2: f64 = 0.006_694_379_990_141_317;
        let (sin, cos) = extent.center().y.to_radians().sin_cos();
        let curve = 1.0 - E2 * sin * sin;
        let step = (1.0 / STEPS_PER_DEGREE).to_radians();
        let to_steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i64;
        Self {
            origin: Node {
                x: to_steps(extent.min().x),
                y: to_steps(extent.min().y),
            },
            step_m: Coord {
                x: step * RADIUS_M * cos / curve.sqrt(),
                y: step * RADIUS_M * (1.0 - E2) / (curve * curve.sqrt()),
            },
        }
    }

    /// The lattice point nearest to a point in degrees.
    pub fn node(&self, degrees: Coord<f64>) -> Node {
        Node {
            x: (degrees.x * STEPS_PER_DEGREE).round() as i64 - self.origin.x,
            y: (degrees.y * STEPS_PER_DEGREE).round() as i64 - self.origin.y,
        }
    }

    /// The lattice point nearest to a point in metres.
    pub fn snap(&self, metres: Coord<f64>) -> Node {
        Node {
            x: (metres.x / self.step_m.x).round() as i64,
            y: (metres.y / self.step_m.y).round() as i64,
        }
    }

    /// Metres east and north of the origin.
    pub fn metres(&self, node: Node) -> Coord<f64> {
        Coord {
            x: node.x as f64 * self.step_m.x,
            y: node.y as f64 * self.step_m.y,
        }
    }

    /// Degrees, longitude first, with exactly six decimals.
    pub fn degrees(&self, node: Node) -> Coord<f64> {
        Coord {
            x: (node.x + self.origin.x) as f64 / STEPS_PER_DEGREE,
            y: (node.y + self.origin.y) as f64 / STEPS_PER_DEGREE,
        }
    }

    /// Metres between two lattice points.
    pub fn distance_m(&self, a: Node, b: Node) -> f64 {
        let dx = (b.x - a.x) as f64 * self.step_m.x;
        let dy = (b.y - a.y) as f64 * self.step_m.y;
        length(Coord { x: dx, y: dy })
    }
}
