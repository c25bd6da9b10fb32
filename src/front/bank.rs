//! Banks: the pieces into which barrier rivers divide the ground.
//!
//! The rivers are cut to a working box, somewhat larger than the extent, so that places beyond its
//! edge still colour what lies within their reach.

use std::sync::OnceLock;

use geo::algorithm::bool_ops::unary_union;
use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::Terrain;
use super::mesh::Mesh;
use super::noding::{Segment, Tag, snap_round};
use super::plane::{Node, Plane, length};
use super::river::rivers;
use crate::gazetteer::Bank;

/// Width of the working box around the extent, in reaches: the circle about a place that still
/// colours ground inside lies within two.
const MARGIN_REACHES: f64 = 2.1;

/// A place whose point lies on the other bank than the gazetteer says is moved across when the
/// river is within this distance in metres, the error of the worst estimated points.
const MISPLACED_M: f64 = 3_000.0;

/// Distances from the water, in metres, tried for a place that has to be moved off or across it.
const OFFSETS_M: [f64; 4] = [50.0, 10.0, 2.0, 0.5];

/// The ground divided by its rivers.
pub(super) struct Banks {
    pub plane: Plane,
    /// South-west and north-east corners of the working box.
    pub frame: [Node; 2],
    /// South-west and north-east corners of the extent.
    pub extent: [Node; 2],
    /// Rivers, their continuations, the extent and the box.
    pub walls: Vec<Segment>,
    mesh: Mesh,
    /// Bank of each face of the mesh.
    of_face: Vec<u32>,
    /// Side of the first river on which each bank lies.
    sides: Vec<Bank>,
    /// The first river, down-river.
    course: Vec<(Node, Node)>,
    /// The ground of each bank, put together when it is first asked for.
    land: OnceLock<Vec<MultiPolygon<f64>>>,
    nothing: MultiPolygon<f64>,
}

impl Banks {
    /// Divides the ground of `terrain`.
    ///
    /// # Errors
    ///
    /// A sentence when the rivers cannot be meshed.
    pub fn new(terrain: &Terrain) -> Result<Self, String> {
        let plane = Plane::new(terrain.extent);
        let extent = [terrain.extent.min(), terrain.extent.max()].map(|corner| plane.node(corner));
        let margin_m = terrain.reach_km * 1000.0 * MARGIN_REACHES;
        let (dx, dy) = (
            (margin_m / plane.step_m.x).ceil() as i64,
            (margin_m / plane.step_m.y).ceil() as i64,
        );
        let frame = [
            Node {
                x: extent[0].x - dx,
                y: extent[0].y - dy,
            },
            Node {
                x: extent[1].x + dx,
                y: extent[1].y + dy,
            },
        ];
        let mut walls = rivers(terrain, &plane, frame);
        walls.extend(box_edges(extent).into_iter().chain(box_edges(frame)));
        let walls = snap_round(&walls, &[]);
        let mesh = Mesh::new(&walls, &[])?;
        let groups = mesh.groups(|edge| !edge.tag.is_some_and(Tag::is_wall));
        let of_face = number(&mesh, |face| groups.of(face));
        let sides = sides(&mesh, &of_face);
        let course = walls.iter().filter_map(downriver).collect();
        Ok(Self {
            plane,
            frame,
            extent,
            walls,
            mesh,
            of_face,
            sides,
            course,
            land: OnceLock::new(),
            nothing: MultiPolygon::new(Vec::new()),
        })
    }

    /// The bank on which a point lies; none on the water.
    pub fn of(&self, node: Node) -> Option<u32> {
        let mut banks = self.around(node);
        banks.dedup();
        match banks[..] {
            [bank] => Some(bank),
            _ => None,
        }
    }

    /// The bank of a place and the point from which it rules there.
    ///
    /// The gazetteer's bank decides, and moves the point across, where the point lies on the
    /// water or within [`MISPLACED_M`] of it on the other side; elsewhere the point decides.
    pub fn settle(&self, node: Node, told: Bank) -> (u32, Node) {
        let here = self.of(node);
        if let Some(bank) = here
            && (told == Bank::None || self.sides[bank as usize] == told)
        {
            return (bank, node);
        }
        let sides = match told {
            Bank::None => [Bank::Left, Bank::Right],
            told => [told, told],
        };
        let moved = sides.iter().find_map(|&side| self.ashore(node, side));
        match (moved, here) {
            (Some(moved), _) => moved,
            (None, Some(bank)) => (bank, node),
            // On a river that is not the first: any bank that it touches, the same every time.
            (None, None) => (self.around(node).first().copied().unwrap_or_default(), node),
        }
    }

    /// The nearest point of the first river.
    pub fn water(&self, at_m: Coord<f64>) -> Option<Foot> {
        self.course
            .iter()
            .map(|&(a, b)| Foot::new(at_m, self.plane.metres(a), self.plane.metres(b)))
            .min_by(|a, b| a.away_m.total_cmp(&b.away_m))
    }

    /// The ground of a bank inside the extent, in metres.
    pub fn land(&self, bank: u32) -> &MultiPolygon<f64> {
        let land = self.land.get_or_init(|| {
            let all = 0..self.sides.len() as u32;
            all.map(|bank| unary_union(&self.faces_m(bank))).collect()
        });
        land.get(bank as usize).unwrap_or(&self.nothing)
    }

    /// The faces of a bank that lie in the extent, in metres.
    fn faces_m(&self, bank: u32) -> Vec<Polygon<f64>> {
        let [low, high] = self.extent;
        let is_inside =
            |n: &Node| (low.x..=high.x).contains(&n.x) && (low.y..=high.y).contains(&n.y);
        (1..self.mesh.faces.len())
            .filter(|&face| self.of_face[face] == bank)
            .map(|face| self.mesh.faces[face].map(|node| self.mesh.nodes[node as usize]))
            .filter(|corners| corners.iter().all(is_inside))
            .map(|corners| {
                let ring = corners.map(|node| self.plane.metres(node));
                Polygon::new(LineString::from(ring.to_vec()), vec![])
            })
            .collect()
    }

    /// Banks of the faces around a node, sorted.
    fn around(&self, node: Node) -> Vec<u32> {
        let faces = self.mesh.faces_at(node);
        let mut banks: Vec<u32> = faces
            .iter()
            .filter(|&&face| face != 0)
            .map(|&face| self.of_face[face as usize])
            .collect();
        banks.sort_unstable();
        banks
    }

    /// The point on `side` of the first river just off the nearest water.
    fn ashore(&self, node: Node, side: Bank) -> Option<(u32, Node)> {
        let foot = self.water(self.plane.metres(node))?;
        if foot.away_m > MISPLACED_M {
            return None;
        }
        let sign = if side == Bank::Left { 1.0 } else { -1.0 };
        OFFSETS_M.iter().find_map(|offset| {
            let moved = self.plane.snap(Coord {
                x: foot.at.x - foot.along.y * offset * sign,
                y: foot.at.y + foot.along.x * offset * sign,
            });
            let bank = self.of(moved)?;
            (self.sides[bank as usize] == side).then_some((bank, moved))
        })
    }
}

/// The point of the first river nearest to another, in metres.
#[derive(Clone, Copy)]
pub(super) struct Foot {
    pub at: Coord<f64>,
    /// Distance to it.
    pub away_m: f64,
    /// Direction of the river there, of length one.
    along: Coord<f64>,
}

impl Foot {
    fn new(from: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> Self {
        let (way, to) = (b - a, from - a);
        let size = length(way).max(f64::MIN_POSITIVE);
        let share = ((to.x * way.x + to.y * way.y) / (size * size)).clamp(0.0, 1.0);
        let at = a + way * share;
        Self {
            at,
            away_m: length(from - at),
            along: way / size,
        }
    }
}

/// The ends of a stretch of the first river, down-river.
fn downriver(edge: &Segment) -> Option<(Node, Node)> {
    match edge.tag {
        Tag::River {
            barrier: 0,
            forward: true,
        } => Some((edge.a, edge.b)),
        Tag::River {
            barrier: 0,
            forward: false,
        } => Some((edge.b, edge.a)),
        _ => None,
    }
}

/// Numbers groups of faces from zero in the order of their first faces.
pub(super) fn number(mesh: &Mesh, group: impl Fn(usize) -> usize) -> Vec<u32> {
    let mut numbers = vec![u32::MAX; mesh.faces.len()];
    let mut next = 0;
    for face in 1..mesh.faces.len() {
        let first = group(face);
        if numbers[first] == u32::MAX {
            numbers[first] = next;
            next += 1;
        }
        numbers[face] = numbers[first];
    }
    numbers
}

/// The side of the first river that each bank touches for the longer way.
fn sides(mesh: &Mesh, of_face: &[u32]) -> Vec<Bank> {
    let count = of_face[1..]
        .iter()
        .max()
        .map_or(0, |last| *last as usize + 1);
    let mut lengths = vec![[0.0_f64; 2]; count];
    for edge in &mesh.edges {
        if let Some(Tag::River {
            barrier: 0,
            forward,
        }) = edge.tag
        {
            let [a, b] = edge.ends.map(|node| mesh.nodes[node as usize]);
            let length = (a.dot(b, b) as f64).sqrt();
            let (left, right) = if forward {
                (edge.left, edge.right)
            } else {
                (edge.right, edge.left)
            };
            for (side, face) in [left, right].into_iter().enumerate() {
                if face != 0 {
                    lengths[of_face[face as usize] as usize][side] += length;
                }
            }
        }
    }
    lengths
        .iter()
        .map(|[left, right]| match left.total_cmp(right) {
            std::cmp::Ordering::Greater => Bank::Left,
            std::cmp::Ordering::Less => Bank::Right,
            std::cmp::Ordering::Equal => Bank::None,
        })
        .collect()
}

fn box_edges([low, high]: [Node; 2]) -> [Segment; 4] {
    let corners = [
        low,
        Node {
            x: high.x,
            y: low.y,
        },
        high,
        Node {
            x: low.x,
            y: high.y,
        },
    ];
    std::array::from_fn(|i| Segment::new(corners[i], corners[(i + 1) % 4], Tag::Frame))
}
