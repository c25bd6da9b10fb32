//! Square bins over the lattice: which segments pass near which others.

use super::plane::Node;

/// Bins of one size and the segments that pass through each.
pub(super) struct Bins {
    size: i64,
    /// Bin and segment, sorted.
    entries: Vec<(u64, u32)>,
}

/// Smallest bin in lattice steps: about 50 m, less than any place is known to.
const SMALLEST: i64 = 512;

impl Bins {
    /// Bins about as wide as the mean segment is long, so that each holds a few.
    pub fn new(segments: &[(Node, Node)]) -> Self {
        let span = |&(a, b): &(Node, Node)| (a.x - b.x).abs().max((a.y - b.y).abs());
        let total: i64 = segments.iter().map(span).sum();
        let size = (total / segments.len().max(1) as i64).max(SMALLEST);
        let mut entries = Vec::with_capacity(segments.len() * 3);
        for (index, &(a, b)) in segments.iter().enumerate() {
            cells::along(a, b, size, |key| entries.push((key, index as u32)));
        }
        entries.sort_unstable();
        entries.dedup();
        Self { size, entries }
    }

    /// Width of a bin in lattice steps.
    pub fn size(&self) -> i64 {
        self.size
    }

    /// Calls `visit` with each bin and the segments in it.
    pub fn groups(&self, mut visit: impl FnMut(u64, &[u32])) {
        let mut members = Vec::new();
        for group in self.entries.chunk_by(|a, b| a.0 == b.0) {
            members.clear();
            members.extend(group.iter().map(|entry| entry.1));
            visit(group[0].0, &members);
        }
    }

    /// Calls `visit` with pairs of segments whose boxes touch; a pair may come more than once.
    pub fn pairs(&self, segments: &[(Node, Node)], mut visit: impl FnMut(usize, usize)) {
        let west = |i: u32| segments[i as usize].0.x.min(segments[i as usize].1.x);
        let east = |i: u32| segments[i as usize].0.x.max(segments[i as usize].1.x);
        let south = |i: u32| segments[i as usize].0.y.min(segments[i as usize].1.y);
        let north = |i: u32| segments[i as usize].0.y.max(segments[i as usize].1.y);
        let mut sorted = Vec::new();
        self.groups(|_, members| {
            sorted.clear();
            sorted.extend_from_slice(members);
            sorted.sort_unstable_by_key(|&i| (west(i), i));
            for (at, &i) in sorted.iter().enumerate() {
                for &j in sorted[at + 1..].iter().take_while(|&&j| west(j) <= east(i)) {
                    if south(i) <= north(j) && south(j) <= north(i) {
                        visit(i as usize, j as usize);
                    }
                }
            }
        });
    }
}

/// Lattice points in bins, to ask what lies in a box.
pub(super) struct Spots {
    size: i64,
    /// Bin and point, sorted.
    entries: Vec<(u64, Node)>,
}

impl Spots {
    /// Bins `size` lattice steps wide over `nodes`.
    pub fn new(nodes: impl Iterator<Item = Node>, size: i64) -> Self {
        let mut entries: Vec<_> = nodes.map(|node| (cells::key(node, size), node)).collect();
        entries.sort_unstable();
        entries.dedup();
        Self { size, entries }
    }

    /// True when `test` holds for a point in the box from `low` to `high`.
    pub fn any(&self, low: Node, high: Node, mut test: impl FnMut(Node) -> bool) -> bool {
        let bin = |v: i64| v.div_euclid(self.size);
        for x in bin(low.x)..=bin(high.x) {
            for y in bin(low.y)..=bin(high.y) {
                let key = cells::join(x, y);
                let from = self.entries.partition_point(|entry| entry.0 < key);
                let here = self.entries[from..].iter().take_while(|e| e.0 == key);
                for &(_, node) in here {
                    if test(node) {
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// Arithmetic of bins.
pub(super) mod cells {
    use super::Node;

    /// One number for the bin in this column and row; neighbours in a column follow each other.
    pub fn join(column: i64, row: i64) -> u64 {
        // Bins lie within the 32-bit range: the whole world is 3.6e8 steps wide.
        ((column as u32 as u64) << 32) | row as u32 as u64
    }

    /// The bin of a node.
    pub fn key(node: Node, size: i64) -> u64 {
        join(node.x.div_euclid(size), node.y.div_euclid(size))
    }

    /// Calls `visit` for every bin that the segment passes within one lattice step.
    pub fn along(a: Node, b: Node, size: i64, mut visit: impl FnMut(u64)) {
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let slope = (b.y - a.y) as f64 / ((b.x - a.x) as f64).max(1.0);
        let height = |x: i64| a.y as f64 + slope * (x - a.x) as f64;
        for column in (a.x - 1).div_euclid(size)..=(b.x + 1).div_euclid(size) {
            let (low, high) = if a.x == b.x {
                (a.y.min(b.y), a.y.max(b.y))
            } else {
                let from = height((column * size - 1).clamp(a.x, b.x));
                let to = height(((column + 1) * size + 1).clamp(a.x, b.x));
                (from.min(to).floor() as i64, from.max(to).ceil() as i64)
            };
            for row in (low - 1).div_euclid(size)..=(high + 1).div_euclid(size) {
                visit(join(column, row));
            }
        }
    }
}
