//! Parcels: every triangle of the ground with whose it is.

use geo::Coord;

use super::Holder;
use super::bank::{Banks, number};
use super::cell::Cells;
use super::mesh::{Edge, Groups, Mesh};
use super::noding::{Segment, Tag, snap_round};
use super::plane::Node;
use super::pocket::Shape;
use super::seat::Seat;

/// Ground smaller than this, in km2, that no place rules goes to its neighbour: at the scale of
/// these maps (1:250,000) it would be a speck of a millimetre or two.
const SLIVER_KM2: f64 = 0.2;

/// Triangles larger than this, in m2, are asked singly whether their cell is of one mind.
const LARGE_M2: f64 = 100_000.0;

/// Rounds of clearing slivers; each can leave a new one only where several met.
const SLIVER_ROUNDS: usize = 4;

/// Whose a piece of ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// Beyond the extent.
    Outside,
    /// Beyond reach of evidence.
    NoData,
    /// Ruled from a place.
    Held(Holder),
    /// Part of the pocket of this position.
    Pocket(Holder, usize),
}

impl Ground {
    /// The holder of a zone.
    pub fn holder(self) -> Option<Holder> {
        match self {
            Self::Held(holder) | Self::Pocket(holder, _) => Some(holder),
            Self::Outside | Self::NoData => None,
        }
    }

    fn is_pocket(self) -> bool {
        matches!(self, Self::Pocket(..))
    }
}

/// The mesh of one day with bank and ground of each face.
pub(super) struct Parcels {
    pub mesh: Mesh,
    /// Bank of each face.
    pub bank: Vec<u32>,
    /// Ground of each face.
    pub ground: Vec<Ground>,
    /// Holder of the seat that stands on each node of the mesh.
    seat: Vec<Option<Holder>>,
}

/// What decides whose a point is.
pub(super) struct Rule<'a> {
    pub seats: &'a [Seat],
    /// Cells of all seats.
    pub all: &'a Cells,
    /// Cells of the seats that no pocket stands for.
    pub rest: &'a Cells,
    pub pockets: &'a [Shape],
}

impl Rule<'_> {
    fn ground(&self, bank: u32, at_m: Coord<f64>) -> Ground {
        let owner = || self.all.owner(bank, at_m).map(|(seat, _)| seat);
        let pocket = self
            .pockets
            .iter()
            .position(|shape| shape.covers(bank, at_m, owner));
        match pocket {
            Some(index) => Ground::Pocket(Holder::Actor(self.pockets[index].actor), index),
            None => self
                .rest
                .owner(bank, at_m)
                .map_or(Ground::NoData, |(seat, _)| {
                    Ground::Held(self.seats[seat].holder)
                }),
        }
    }

    fn outline(&self, banks: &Banks) -> Vec<Segment> {
        let mut segments = banks.walls.clone();
        let unlike = |a: usize, b: usize| self.seats[a].holder != self.seats[b].holder;
        self.rest.outline(&banks.plane, unlike, &mut segments);
        if !self.pockets.is_empty() {
            let owner = |seat: usize| {
                self.pockets
                    .iter()
                    .position(|shape| shape.seats.contains(&seat))
            };
            let unlike = |a: usize, b: usize| owner(a) != owner(b);
            self.all.outline(&banks.plane, unlike, &mut segments);
        }
        for shape in self.pockets {
            shape.outline(&banks.plane, &mut segments);
        }
        segments
    }
}

impl Parcels {
    /// Divides the ground by `rule`, clears slivers, and cuts off what lies beyond the extent.
    ///
    /// # Errors
    ///
    /// A sentence when the ground cannot be meshed.
    pub fn new(banks: &Banks, rule: &Rule<'_>) -> Result<Self, String> {
        let spots: Vec<Node> = rule.seats.iter().map(|seat| seat.node).collect();
        let edges = snap_round(&rule.outline(banks), &spots);
        let mesh = Mesh::new(&edges, &spots)?;
        let bank = banks_of(&mesh, banks);
        let ground = grounds(&mesh, &bank, banks, rule);
        let mut seat = vec![None; mesh.nodes.len()];
        for Seat { node, holder, .. } in rule.seats {
            if let Ok(at) = mesh.nodes.binary_search(node) {
                seat[at] = Some(*holder);
            }
        }
        let mut parcels = Self {
            mesh,
            bank,
            ground,
            seat,
        };
        for _ in 0..SLIVER_ROUNDS {
            if !parcels.clear_slivers(banks) {
                break;
            }
        }
        parcels.cut(banks);
        Ok(parcels)
    }

    /// Area of a face in m2 of the plane.
    pub fn area_m2(&self, face: usize, banks: &Banks) -> f64 {
        area_m2(&self.mesh, face, banks)
    }

    fn cut(&mut self, banks: &Banks) {
        let [low, high] = banks.extent;
        for (face, ground) in self.ground.iter_mut().enumerate() {
            let corners = self.mesh.faces[face].map(|node| self.mesh.nodes[node as usize]);
            let is_inside = corners
                .iter()
                .all(|c| (low.x..=high.x).contains(&c.x) && (low.y..=high.y).contains(&c.y));
            if face == 0 || !is_inside {
                *ground = Ground::Outside;
            }
        }
    }

    /// Gives ground that no place rules to its neighbours; true when anything changed.
    ///
    /// Water is never crossed, and pockets neither grow nor shrink, for their area is stated.
    fn clear_slivers(&mut self, banks: &Banks) -> bool {
        let groups = self.mesh.groups(|edge| !is_wall(edge) && self.is_one(edge));
        let mut pieces = Pieces::new(self, &groups, banks);
        let small = |piece: &Piece| piece.area_m2 < SLIVER_KM2 * 1e6;
        for edge in self.mesh.edges.iter().filter(|edge| !is_wall(edge)) {
            pieces.border(self, edge, banks);
        }
        let mut changes = vec![None; self.mesh.faces.len()];
        for (group, piece) in pieces.list.iter().enumerate() {
            let Some(piece) = piece else { continue };
            let is_sliver = match piece.ground {
                Ground::NoData => small(piece),
                Ground::Held(_) => !piece.has_seat,
                Ground::Outside | Ground::Pocket(..) => false,
            };
            if is_sliver {
                changes[group] = pieces.heir(piece, small(piece));
            }
        }
        let mut changed = false;
        for (face, ground) in self.ground.iter_mut().enumerate() {
            if let Some(heir) = changes[groups.of(face)]
                && *ground != heir
            {
                *ground = heir;
                changed = true;
            }
        }
        changed
    }

    fn is_one(&self, edge: &Edge) -> bool {
        self.ground[edge.left as usize] == self.ground[edge.right as usize]
    }
}

fn is_wall(edge: &Edge) -> bool {
    edge.tag.is_some_and(Tag::is_wall)
}

fn area_m2(mesh: &Mesh, face: usize, banks: &Banks) -> f64 {
    let step = banks.plane.step_m;
    mesh.double_area(face) as f64 / 2.0 * step.x * step.y
}

/// The largest face of each group, by position of the group.
fn largest(mesh: &Mesh, groups: &Groups) -> Vec<usize> {
    let mut largest = vec![0; mesh.faces.len()];
    for face in 1..mesh.faces.len() {
        let group = groups.of(face);
        if mesh.double_area(face) > mesh.double_area(largest[group]) {
            largest[group] = face;
        }
    }
    largest
}

/// The bank of each face, asked at the largest face between walls.
fn banks_of(mesh: &Mesh, banks: &Banks) -> Vec<u32> {
    let groups = mesh.groups(|edge| !is_wall(edge));
    let largest = largest(mesh, &groups);
    let numbers = number(mesh, |face| groups.of(face));
    let count = numbers[1..]
        .iter()
        .max()
        .map_or(0, |last| *last as usize + 1);
    let mut bank_of = vec![None; count];
    for face in 1..mesh.faces.len() {
        let slot = &mut bank_of[numbers[face] as usize];
        if slot.is_none() {
            let middle = mesh.middle_m(largest[groups.of(face)], &banks.plane);
            // A sliver of water between two rivers that were bent together may lie on no bank;
            // a number that no seat has leaves it without data.
            *slot = Some(banks.of(banks.plane.snap(middle)).unwrap_or(u32::MAX));
        }
    }
    (0..mesh.faces.len())
        .map(|face| match face {
            0 => u32::MAX,
            face => bank_of[numbers[face] as usize].unwrap_or(u32::MAX),
        })
        .collect()
}

/// The ground of each face.
///
/// Between outlines all ground is one holder's, so the largest triangle speaks for its cell. Should
/// an outline not have closed, large triangles disagree, and each face then speaks for itself.
fn grounds(mesh: &Mesh, bank: &[u32], banks: &Banks, rule: &Rule<'_>) -> Vec<Ground> {
    let groups = mesh.groups(|edge| edge.tag.is_none());
    let largest = largest(mesh, &groups);
    let ask = |face: usize| rule.ground(bank[face], mesh.middle_m(face, &banks.plane));
    let mut speaker: Vec<Option<Ground>> = vec![None; mesh.faces.len()];
    let mut is_torn = vec![false; mesh.faces.len()];
    for face in 1..mesh.faces.len() {
        let group = groups.of(face);
        let voice = *speaker[group].get_or_insert_with(|| ask(largest[group]));
        if area_m2(mesh, face, banks) > LARGE_M2 && face != largest[group] && ask(face) != voice {
            is_torn[group] = true;
        }
    }
    (0..mesh.faces.len())
        .map(|face| match speaker[groups.of(face)] {
            Some(_) if is_torn[groups.of(face)] => ask(face),
            Some(ground) => ground,
            None => Ground::Outside,
        })
        .collect()
}

/// A connected piece of one ground on one bank.
struct Piece {
    ground: Ground,
    area_m2: f64,
    has_seat: bool,
    /// Metres of border with each neighbouring ground.
    borders: Vec<(Ground, f64)>,
}

/// Pieces by the face that names their group.
struct Pieces {
    list: Vec<Option<Piece>>,
    of_face: Vec<u32>,
}

impl Pieces {
    fn new(parcels: &Parcels, groups: &Groups, banks: &Banks) -> Self {
        let mesh = &parcels.mesh;
        let mut list: Vec<Option<Piece>> = (0..mesh.faces.len()).map(|_| None).collect();
        for face in 1..mesh.faces.len() {
            let piece = list[groups.of(face)].get_or_insert_with(|| Piece {
                ground: parcels.ground[face],
                area_m2: 0.0,
                has_seat: false,
                borders: Vec::new(),
            });
            piece.area_m2 += parcels.area_m2(face, banks);
            // Seats are vertices of the mesh, inside their own cell.
            piece.has_seat |= mesh.faces[face].iter().any(|&corner| {
                parcels.seat[corner as usize]
                    .is_some_and(|holder| piece.ground == Ground::Held(holder))
            });
        }
        let of_face = (0..mesh.faces.len())
            .map(|face| groups.of(face) as u32)
            .collect();
        Self { list, of_face }
    }

    fn border(&mut self, parcels: &Parcels, edge: &Edge, banks: &Banks) {
        let [left, right] =
            [edge.left, edge.right].map(|face| self.of_face[face as usize] as usize);
        if left == right || edge.left == 0 || edge.right == 0 {
            return;
        }
        let [a, b] = edge.ends.map(|node| parcels.mesh.nodes[node as usize]);
        let length_m = banks.plane.distance_m(a, b);
        for (piece, other) in [(left, edge.right), (right, edge.left)] {
            let ground = parcels.ground[other as usize];
            if let Some(piece) = &mut self.list[piece] {
                match piece.borders.iter_mut().find(|border| border.0 == ground) {
                    Some(border) => border.1 += length_m,
                    None => piece.borders.push((ground, length_m)),
                }
            }
        }
    }

    /// The ground that takes a piece over: the neighbour along the longest border. A large piece
    /// that is cut off from its place by water does not fall to a rival; it is without data.
    fn heir(&self, piece: &Piece, is_small: bool) -> Option<Ground> {
        let heir = piece
            .borders
            .iter()
            .filter(|(ground, _)| !ground.is_pocket())
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?
            .0;
        Some(if is_small { heir } else { Ground::NoData })
    }
}
