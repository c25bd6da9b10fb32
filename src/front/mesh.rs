//! A triangle mesh over noded edges: every question of "which side" becomes a walk over triangles.

use geo::Coord;
use spade::handles::FixedFaceHandle;
use spade::{
    ConstrainedDelaunayTriangulation, HasPosition, Point2, PositionInTriangulation, Triangulation,
};

use super::noding::{Segment, Tag};
use super::plane::{Node, Plane};

/// An edge of the mesh, from its smaller end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// Positions in [`Mesh::nodes`], smaller first.
    pub ends: [u32; 2],
    /// Face on the left; 0 is the outside of the mesh.
    pub left: u32,
    /// Face on the right; 0 is the outside of the mesh.
    pub right: u32,
    /// What it stands for; none for an edge that only fills the mesh.
    pub tag: Option<Tag>,
}

/// A Delaunay triangulation that keeps the noded edges.
pub(super) struct Mesh {
    /// Vertices, sorted.
    pub nodes: Vec<Node>,
    /// All edges, sorted by their ends.
    pub edges: Vec<Edge>,
    /// Vertices of each face, sorted; the first face is the outside and has none.
    pub faces: Vec<[u32; 3]>,
    triangulation: Triangles,
    /// Position in [`Mesh::faces`] of each face of the triangulation.
    numbers: Vec<u32>,
}

type Triangles = ConstrainedDelaunayTriangulation<Point2<f64>>;

impl Mesh {
    /// The mesh of edges that meet only at their ends, with further vertices at `spots`.
    ///
    /// # Errors
    ///
    /// A sentence when the edges cross, which noding rules out.
    pub fn new(edges: &[Segment], spots: &[Node]) -> Result<Self, String> {
        let mut nodes: Vec<Node> = edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
        nodes.extend_from_slice(spots);
        nodes.sort_unstable();
        nodes.dedup();
        let position = |node: &Node| nodes.binary_search(node).unwrap_or_default();
        let ends: Vec<[usize; 2]> = edges
            .iter()
            .map(|edge| [position(&edge.a), position(&edge.b)])
            .collect();
        let points = nodes
            .iter()
            .map(|node| Point2::new(node.x as f64, node.y as f64))
            .collect();
        let mut conflict = None;
        let triangulation = Triangles::try_bulk_load_cdt(points, ends.clone(), |pair| {
            conflict = Some(pair);
        })
        .map_err(|e| e.to_string())?;
        if let Some([a, b]) = conflict {
            return Err(format!(
                "edge {:?} {:?} crosses another",
                nodes[a], nodes[b]
            ));
        }
        let (faces, numbers) = number_faces(&triangulation);
        let mut mesh = Self {
            edges: mesh_edges(&triangulation, &numbers),
            faces,
            nodes,
            triangulation,
            numbers,
        };
        // Both lists are sorted by ends, so tags are found by bisection.
        for edge in &mut mesh.edges {
            let pair = edge.ends.map(|node| node as usize);
            edge.tag = ends.binary_search(&pair).ok().map(|at| edges[at].tag);
        }
        Ok(mesh)
    }

    /// The faces that touch a point: one, or both sides of an edge, or all around a vertex.
    pub fn faces_at(&self, node: Node) -> Vec<u32> {
        let triangulation = &self.triangulation;
        let index = |face: FixedFaceHandle<_>| self.numbers[face.index()];
        match triangulation.locate(Point2::new(node.x as f64, node.y as f64)) {
            PositionInTriangulation::OnFace(face) => vec![self.numbers[face.index()]],
            PositionInTriangulation::OnEdge(edge) => {
                let edge = triangulation.directed_edge(edge);
                vec![index(edge.face().fix()), index(edge.rev().face().fix())]
            }
            PositionInTriangulation::OnVertex(vertex) => triangulation
                .vertex(vertex)
                .out_edges()
                .map(|edge| index(edge.face().fix()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Twice the area of a face in lattice steps; zero for the outside.
    pub fn double_area(&self, face: usize) -> i64 {
        let [a, b, c] = self.faces[face].map(|node| self.nodes[node as usize]);
        a.cross(b, c)
    }

    /// The middle of a face in metres.
    pub fn middle_m(&self, face: usize, plane: &Plane) -> Coord<f64> {
        let [a, b, c] = self.faces[face].map(|node| plane.metres(self.nodes[node as usize]));
        (a + b + c) / 3.0
    }

    /// Groups of faces joined by the edges for which `joins` holds.
    pub fn groups(&self, joins: impl Fn(&Edge) -> bool) -> Groups {
        let mut groups = Groups::new(self.faces.len());
        for edge in &self.edges {
            if edge.left != 0 && edge.right != 0 && joins(edge) {
                groups.join(edge.left, edge.right);
            }
        }
        groups.settle();
        groups
    }
}

fn mesh_edges(triangulation: &Triangles, numbers: &[u32]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = triangulation
        .undirected_edges()
        .map(|edge| {
            let mut forward = edge.as_directed();
            if forward.from().index() > forward.to().index() {
                forward = forward.rev();
            }
            Edge {
                ends: [forward.from(), forward.to()].map(|node| node.index() as u32),
                left: numbers[forward.face().index()],
                right: numbers[forward.rev().face().index()],
                tag: None,
            }
        })
        .collect();
    edges.sort_unstable_by_key(|edge| edge.ends);
    edges
}

/// Corners of the faces in sorted order, and the place in it of each face of the triangulation,
/// whose own order is not the same in every run (spade keeps postponed edges in a hash set).
fn number_faces(triangulation: &Triangles) -> (Vec<[u32; 3]>, Vec<u32>) {
    let mut known: Vec<([u32; 3], usize)> = triangulation
        .inner_faces()
        .map(|face| {
            let mut corners = face.vertices().map(|vertex| vertex.index() as u32);
            let first = (0..3).min_by_key(|&i| corners[i]).unwrap_or_default();
            corners.rotate_left(first);
            (corners, face.index())
        })
        .collect();
    known.sort_unstable();
    let mut faces = vec![[0; 3]];
    let mut numbers = vec![0; triangulation.num_all_faces()];
    for (corners, index) in known {
        numbers[index] = faces.len() as u32;
        faces.push(corners);
    }
    (faces, numbers)
}

/// Faces in groups (union and find).
pub(super) struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self {
            parent: (0..count as u32).collect(),
        }
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let up = self.parent[at as usize];
            self.parent[at as usize] = self.parent[up as usize];
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller face stands for the group, so that its name depends on nothing else.
        self.parent[a.max(b) as usize] = a.min(b);
    }

    fn settle(&mut self) {
        for at in 0..self.parent.len() as u32 {
            self.parent[at as usize] = self.root(at);
        }
    }

    /// The group of a face, named by its smallest face.
    pub fn of(&self, face: usize) -> usize {
        self.parent[face] as usize
    }
}

/// A point of a triangulation that knows which seat it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub at: Coord<f64>,
    pub seat: usize,
}

impl HasPosition for Spot {
    type Scalar = f64;

    fn position(&self) -> Point2<f64> {
        Point2::new(self.at.x, self.at.y)
    }
}
