//! Snap rounding: any heap of segments becomes edges that meet only at their ends.
//!
//! After J. D. Hobby, "Practical segment intersection with finite precision output", Computational
//! Geometry 13 (1999): every end and every crossing makes its lattice pixel hot, and each segment
//! is bent through the hot pixels that it passes. No vertex moves by more than half a step (5 cm).
//! Boolean operations polygon by polygon were rejected: each rounds its own crossings, so that
//! neighbours no longer share their border.

use super::grid::{Bins, cells};
use super::plane::Node;

/// What a segment stands for; the smaller wins where two coincide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    /// A stretch of a barrier river; `forward` when its smaller end is up-river.
    River { barrier: u16, forward: bool },
    /// A border, or the straight way on from a river's loose end.
    Dry,
    /// The edge of the extent or of the working box.
    Frame,
    /// A border between cells, the limit of reach, or the rim of a pocket.
    Border,
}

impl Tag {
    /// True where no zone passes without evidence beyond.
    pub fn is_wall(self) -> bool {
        matches!(self, Self::River { .. } | Self::Dry)
    }

    fn reversed(self) -> Self {
        match self {
            Self::River { barrier, forward } => Self::River {
                barrier,
                forward: !forward,
            },
            other => other,
        }
    }
}

/// A straight piece between two lattice points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub a: Node,
    pub b: Node,
    pub tag: Tag,
}

impl Segment {
    pub fn new(a: Node, b: Node, tag: Tag) -> Self {
        Self { a, b, tag }
    }

    /// The same piece from its smaller end.
    fn ordered(self) -> Self {
        if self.a <= self.b {
            self
        } else {
            Self::new(self.b, self.a, self.tag.reversed())
        }
    }
}

/// Edges that cover `segments` and meet only at their ends, sorted, each once, smaller end first.
///
/// No edge passes through a node of `spots` either.
pub(super) fn snap_round(segments: &[Segment], spots: &[Node]) -> Vec<Segment> {
    let mut pieces: Vec<Segment> = segments.iter().map(|piece| piece.ordered()).collect();
    pieces.sort_unstable();
    pieces.dedup_by_key(|piece| (piece.a, piece.b));
    pieces.retain(|piece| piece.a != piece.b);
    let ends: Vec<_> = pieces.iter().map(|piece| (piece.a, piece.b)).collect();
    let bins = Bins::new(&ends);
    let mut hot: Vec<Node> = ends.iter().flat_map(|&(a, b)| [a, b]).collect();
    hot.extend_from_slice(spots);
    bins.pairs(&ends, |i, j| hot.extend(crossing(ends[i], ends[j])));
    hot.sort_unstable();
    hot.dedup();
    bend(&pieces, &bins, &hot)
}

/// The edges that touch another edge elsewhere than at a common end, by position.
pub(super) fn clashes(edges: &[(Node, Node)]) -> Vec<usize> {
    let mut found = Vec::new();
    Bins::new(edges).pairs(edges, |i, j| {
        if clash(edges[i], edges[j]) {
            found.extend([i, j]);
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}

fn clash((a, b): (Node, Node), (c, d): (Node, Node)) -> bool {
    let (abc, abd) = (a.cross(b, c).signum(), a.cross(b, d).signum());
    let (cda, cdb) = (c.cross(d, a).signum(), c.cross(d, b).signum());
    if abc == 0 && abd == 0 {
        // On one line: they clash when more than one point is common.
        let along = |p: Node| a.dot(b, p);
        let (low, high) = (along(c).min(along(d)), along(c).max(along(d)));
        return low < along(b) && high > 0;
    }
    let shares_end = a == c || a == d || b == c || b == d;
    !shares_end && abc * abd <= 0 && cda * cdb <= 0
}

/// The pixel of the point where two segments cross inside both.
fn crossing((a, b): (Node, Node), (c, d): (Node, Node)) -> Option<Node> {
    let (abc, abd) = (a.cross(b, c), a.cross(b, d));
    if abc.signum() * abd.signum() >= 0 || c.cross(d, a).signum() * c.cross(d, b).signum() >= 0 {
        return None;
    }
    let share = abc as f64 / (abc as f64 - abd as f64);
    Some(Node {
        x: (c.x as f64 + share * (d.x - c.x) as f64).round() as i64,
        y: (c.y as f64 + share * (d.y - c.y) as f64).round() as i64,
    })
}

/// Bends every piece through the hot pixels on its way.
fn bend(pieces: &[Segment], bins: &Bins, hot: &[Node]) -> Vec<Segment> {
    let mut spots: Vec<(u64, Node)> = hot
        .iter()
        .map(|&node| (cells::key(node, bins.size()), node))
        .collect();
    spots.sort_unstable();
    let mut hits: Vec<(usize, i64, Node)> = Vec::with_capacity(pieces.len() * 3);
    bins.groups(|key, members| {
        let from = spots.partition_point(|spot| spot.0 < key);
        let to = from + spots[from..].partition_point(|spot| spot.0 == key);
        let here = &spots[from..to];
        for &member in members {
            let piece = pieces[member as usize];
            // Pieces run eastward, so only pixels between their ends can be hit.
            let first = here.partition_point(|spot| spot.1.x < piece.a.x);
            for (_, node) in here[first..]
                .iter()
                .take_while(|spot| spot.1.x <= piece.b.x)
            {
                if passes(piece.a, piece.b, *node) {
                    hits.push((member as usize, piece.a.dot(piece.b, *node), *node));
                }
            }
        }
    });
    hits.sort_unstable();
    let mut edges: Vec<Segment> = hits
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0 && pair[0].2 != pair[1].2)
        .map(|pair| Segment::new(pair[0].2, pair[1].2, pieces[pair[0].0].tag).ordered())
        .collect();
    edges.sort_unstable();
    edges.dedup_by_key(|edge| (edge.a, edge.b));
    edges
}

/// True when the segment from `p` to `q`, with `p` not east of `q`, passes the pixel of `node`,
/// which owns its lower and left sides only, so that no point belongs to two pixels.
fn passes(p: Node, q: Node, node: Node) -> bool {
    let twice = |n: Node| Node {
        x: 2 * n.x,
        y: 2 * n.y,
    };
    let (p, q, mid) = (twice(p), twice(q), twice(node));
    let (west, east, south, north) = (mid.x - 1, mid.x + 1, mid.y - 1, mid.y + 1);
    if p.x >= east || q.x < west || p.y.min(q.y) >= north || p.y.max(q.y) < south {
        return false;
    }
    if p.x == q.x || p.y == q.y {
        return true;
    }
    let rises = p.y < q.y;
    let side = |x: i64, y: i64| p.cross(q, Node { x, y }).signum();
    let north_west = side(west, north);
    if north_west == 0 {
        return !rises;
    }
    let north_east = side(east, north);
    if north_east == 0 {
        return rises;
    }
    if north_west != north_east {
        return true;
    }
    let south_west = side(west, south);
    if south_west == 0 || south_west != north_west {
        return true;
    }
    let south_east = side(east, south);
    if south_east == 0 {
        return !rises;
    }
    south_west != south_east
}
