//! Arcs: the borders between parcels as lines that both sides share.
//!
//! An arc runs between two points where three borders meet, where it changes from land to water,
//! or around. Zones and front lines are both put together from arcs, so a line lies on the edge of
//! its two zones by construction, smoothed or not.

use std::collections::BTreeMap;

use super::bank::Banks;
use super::mesh::{Edge, Mesh};
use super::noding::Tag;
use super::parcel::{Ground, Parcels};
use super::plane::Node;
use super::smooth::{self, Form};

/// One shared border.
#[derive(Debug, Clone)]
pub(super) struct Arc {
    /// Its points; the first is also the last of an arc that runs around.
    pub nodes: Vec<Node>,
    /// True along a barrier river.
    pub is_river: bool,
    /// Ground, bank and a face of the mesh on the left.
    pub left: Flank,
    /// The same on the right.
    pub right: Flank,
}

/// One side of an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flank {
    pub ground: Ground,
    pub bank: u32,
    /// The face at the arc's first edge.
    pub face: usize,
}

impl Arc {
    /// Water stays where it is; a pocket has the area that the words state.
    fn form(&self) -> Form {
        match (self.left.ground, self.right.ground) {
            _ if self.is_river => Form::Fixed,
            (Ground::Held(_), Ground::Held(_)) => Form::Border,
            (Ground::Held(_), Ground::NoData) => Form::Limit { is_held_left: true },
            (Ground::NoData, Ground::Held(_)) => Form::Limit {
                is_held_left: false,
            },
            _ => Form::Fixed,
        }
    }
}

/// An arc in one of its two directions: twice its position, plus one when backward.
pub(super) type Half = usize;

/// All arcs of a day, sorted by their first points.
pub(super) struct Arcs {
    pub list: Vec<Arc>,
    /// Around each end of an arc, the halves that leave it, counter-clockwise.
    around: BTreeMap<Node, Vec<Half>>,
}

impl Arcs {
    /// The borders of `parcels`, not smoothed.
    pub fn new(parcels: &Parcels) -> Self {
        let list = Chains::new(parcels).run();
        let mut around: BTreeMap<Node, Vec<Half>> = BTreeMap::new();
        let mut arcs = Self {
            list,
            around: BTreeMap::new(),
        };
        for half in 0..arcs.list.len() * 2 {
            around.entry(arcs.start(half)).or_default().push(half);
        }
        for (node, halves) in &mut around {
            halves
                .sort_by(|&a, &b| by_angle(*node, arcs.second(a), arcs.second(b)).then(a.cmp(&b)));
        }
        arcs.around = around;
        arcs
    }

    /// Rounds the corners of the borders between two holders on land, and the inner ones of the
    /// limit of reach.
    pub fn smooth(&mut self, parcels: &Parcels, banks: &Banks, reach_m: f64) {
        let forms: Vec<Form> = self.list.iter().map(Arc::form).collect();
        let mesh = &parcels.mesh;
        let water = mesh
            .edges
            .iter()
            .filter(|edge| edge.tag.is_some_and(Tag::is_wall))
            .map(|edge| edge.ends.map(|node| mesh.nodes[node as usize]))
            .collect();
        let field = smooth::Field {
            fixed: &mesh.nodes,
            water,
            plane: &banks.plane,
            reach_m,
        };
        smooth::smooth(&mut self.list, &forms, field);
    }

    /// The points of a half, in its direction.
    pub fn nodes(&self, half: Half) -> impl Iterator<Item = Node> + '_ {
        let nodes = &self.list[half / 2].nodes;
        let is_backward = half % 2 == 1;
        (0..nodes.len()).map(move |i| nodes[if is_backward { nodes.len() - 1 - i } else { i }])
    }

    /// What lies on the left of a half.
    pub fn left(&self, half: Half) -> Flank {
        let arc = &self.list[half / 2];
        if half.is_multiple_of(2) {
            arc.left
        } else {
            arc.right
        }
    }

    /// What lies on the right of a half.
    pub fn right(&self, half: Half) -> Flank {
        self.left(half ^ 1)
    }

    /// Where a half starts.
    pub fn start(&self, half: Half) -> Node {
        let nodes = &self.list[half / 2].nodes;
        if half.is_multiple_of(2) {
            nodes[0]
        } else {
            nodes[nodes.len() - 1]
        }
    }

    fn second(&self, half: Half) -> Node {
        let nodes = &self.list[half / 2].nodes;
        if half.is_multiple_of(2) {
            nodes[1]
        } else {
            nodes[nodes.len() - 2]
        }
    }

    /// The halves that leave a node, counter-clockwise as they did before smoothing.
    pub fn leaving(&self, node: Node) -> &[Half] {
        self.around.get(&node).map_or(&[], Vec::as_slice)
    }
}

/// Compares the directions to `a` and to `b`, counter-clockwise from east.
fn by_angle(centre: Node, a: Node, b: Node) -> std::cmp::Ordering {
    let lower = |n: Node| (n.y, n.x) < (centre.y, centre.x);
    lower(a)
        .cmp(&lower(b))
        .then_with(|| 0.cmp(&centre.cross(a, b)))
}

/// Finds chains of border edges.
struct Chains<'a> {
    parcels: &'a Parcels,
    edges: Vec<&'a Edge>,
    /// Border edges at each node: `start[n]..start[n + 1]` in `at`.
    start: Vec<usize>,
    at: Vec<usize>,
    is_used: Vec<bool>,
}

impl<'a> Chains<'a> {
    fn new(parcels: &'a Parcels) -> Self {
        let mesh: &Mesh = &parcels.mesh;
        let edges: Vec<&Edge> = mesh
            .edges
            .iter()
            .filter(|e| parcels.ground[e.left as usize] != parcels.ground[e.right as usize])
            .collect();
        let mut start = vec![0; mesh.nodes.len() + 1];
        for node in edges.iter().flat_map(|edge| edge.ends) {
            start[node as usize + 1] += 1;
        }
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let mut fill = start.clone();
        let mut at = vec![0; edges.len() * 2];
        for (index, edge) in edges.iter().enumerate() {
            for node in edge.ends {
                at[fill[node as usize]] = index;
                fill[node as usize] += 1;
            }
        }
        let is_used = vec![false; edges.len()];
        Self {
            parcels,
            edges,
            start,
            at,
            is_used,
        }
    }

    fn run(mut self) -> Vec<Arc> {
        let mut arcs = Vec::new();
        let count = self.parcels.mesh.nodes.len() as u32;
        // Rings without an end are left for the second round; they start at their smallest node.
        for only_ends in [true, false] {
            for node in 0..count {
                if only_ends && self.goes_on(node) {
                    continue;
                }
                for i in self.start[node as usize]..self.start[node as usize + 1] {
                    if !self.is_used[self.at[i]] {
                        arcs.push(self.follow(node, self.at[i]));
                    }
                }
            }
        }
        arcs
    }

    fn here(&self, node: u32) -> &[usize] {
        &self.at[self.start[node as usize]..self.start[node as usize + 1]]
    }

    /// True when one arc passes through the node.
    fn goes_on(&self, node: u32) -> bool {
        match *self.here(node) {
            [a, b] => self.is_river(a) == self.is_river(b) && self.banks(a) == self.banks(b),
            _ => false,
        }
    }

    fn is_river(&self, edge: usize) -> bool {
        matches!(self.edges[edge].tag, Some(Tag::River { .. }))
    }

    /// The banks on both sides, so that an arc has one bank on each.
    fn banks(&self, edge: usize) -> [u32; 2] {
        let edge = self.edges[edge];
        let mut banks = [edge.left, edge.right].map(|face| self.parcels.bank[face as usize]);
        banks.sort_unstable();
        banks
    }

    fn follow(&mut self, from: u32, first: usize) -> Arc {
        let mut path = vec![from];
        let (mut node, mut edge) = (from, first);
        loop {
            self.is_used[edge] = true;
            let [a, b] = self.edges[edge].ends;
            node = if node == a { b } else { a };
            path.push(node);
            if node == from || !self.goes_on(node) {
                break;
            }
            let next = self.here(node).iter().find(|&&next| next != edge).copied();
            match next {
                Some(next) => edge = next,
                None => break,
            }
        }
        let is_forward = self.edges[first].ends[0] == from;
        let (left, right) = (self.edges[first].left, self.edges[first].right);
        let (left, right) = if is_forward {
            (left, right)
        } else {
            (right, left)
        };
        Arc {
            nodes: path
                .iter()
                .map(|&node| self.parcels.mesh.nodes[node as usize])
                .collect(),
            is_river: self.is_river(first),
            left: self.flank(left),
            right: self.flank(right),
        }
    }

    fn flank(&self, face: u32) -> Flank {
        Flank {
            ground: self.parcels.ground[face as usize],
            bank: self.parcels.bank[face as usize],
            face: face as usize,
        }
    }
}
