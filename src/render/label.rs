//! Where names go: point-feature label placement.
//!
//! Each label has candidate positions around its point, scored by custom (right of the point is
//! best, Imhof 1975) and by what they would cover: front lines, rivers, borders. Farther ones get
//! a leader line. Labels are placed greedily in order of importance; then a local search (discrete
//! gradient descent, Christensen, Marks and Shieber 1995, with the labels in the way moved along)
//! lowers the cost of all. A label left over may push out a less important one, never one of its
//! own importance. No randomness: the same map gives the same labels.

use crate::projection::{BoxPx, Px};
use crate::render::trace::cut_segment;

/// A label that wants a position.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// The point that it names.
    pub(crate) at: Px,
    /// Room that the point's symbol takes around it.
    pub(crate) radius: f32,
    /// Width and height of the label.
    pub(crate) size: (f32, f32),
    /// Importance: smaller is placed first and never given up for a larger one.
    pub(crate) rank: u32,
    /// How far it may stand off with a leader line: steps of [`LEADS`].
    pub(crate) leads: usize,
}

/// A position for a label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    /// The box of the label.
    pub(crate) area: BoxPx,
    /// On which side of the point it stands: -1 left, 0 middle, 1 right.
    pub(crate) side: i8,
    /// The leader line, if it needs one.
    pub(crate) leader: Option<(Px, Px)>,
    /// The box around label and leader.
    reach: BoxPx,
    cost: f32,
}

/// What labels must keep off, and what they had better not cover.
pub(crate) struct Field {
    /// The map: labels stay inside.
    pub(crate) bounds: BoxPx,
    /// Symbols and earlier labels: never covered.
    pub(crate) blocks: Vec<BoxPx>,
    /// Lines that it costs to cover or to stand behind.
    pub(crate) lines: Vec<Costly>,
    /// Room between a symbol and its name.
    pub(crate) gap: f32,
    /// Room between two names.
    pub(crate) apart: f32,
}

/// A segment of a line of the map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Costly {
    pub(crate) from: Px,
    pub(crate) to: Px,
    /// Cost of covering as many pixels of it as the label is high.
    pub(crate) cover: f32,
    /// Cost of having it between point and label.
    pub(crate) cross: f32,
}

impl Field {
    /// The part of the field that matters to these positions.
    fn near(&self, spots: &[Spot]) -> Self {
        let all = spots
            .iter()
            .map(|spot| spot.reach)
            .reduce(|a, b| a.joined(&b));
        let all = all.unwrap_or_default().grown(self.gap * 2.0);
        let is_near = |line: &&Costly| {
            line.from.x.max(line.to.x) >= all.left
                && line.from.x.min(line.to.x) <= all.right
                && line.from.y.max(line.to.y) >= all.top
                && line.from.y.min(line.to.y) <= all.bottom
        };
        Self {
            bounds: self.bounds,
            blocks: self
                .blocks
                .iter()
                .filter(|b| b.overlaps(&all))
                .copied()
                .collect(),
            lines: self.lines.iter().filter(is_near).copied().collect(),
            gap: self.gap,
            apart: self.apart,
        }
    }
}

/// Directions of the near positions in order of preference, each with its cost: where the
/// label's middle stands to the point.
const NEAR: [(f32, f32, f32); 8] = [
    (1.0, 0.0, 0.00),
    (-1.0, 0.0, 0.12),
    (1.0, -0.8, 0.16),
    (1.0, 0.8, 0.20),
    (-1.0, -0.8, 0.26),
    (-1.0, 0.8, 0.30),
    (0.0, -1.0, 0.22),
    (0.0, 1.0, 0.34),
];
/// Distances of positions with a leader, in gaps.
const LEADS: [f32; 7] = [4.5, 8.0, 12.0, 17.0, 23.0, 30.0, 38.0];
/// Directions of positions with a leader.
const LEAD_DIRECTIONS: u8 = 16;
/// Cost of a leader, and of each step farther out.
const LEAD_COST: (f32, f32) = (1.3, 0.25);
/// What a line between point and label costs when a leader crosses it, as a share.
const LEADER_CROSS: f32 = 0.3;
/// Cost of another symbol close by.
const DOUBT: f32 = 0.3;
/// How many labels one label may push aside.
const MOST_MOVED: usize = 3;
/// Rounds of the local search; it settles in three or four.
const ROUNDS: usize = 6;
/// How many moves may follow from one another to make room.
const LONGEST_CHAIN: u8 = 2;
/// A gain below this is not worth a move; it also keeps rounding from moving labels for ever.
const LEAST_GAIN: f32 = 0.01;

/// A position for each request, in the same order; `None` where no room is left.
pub(crate) fn place(requests: &[Request], field: &Field) -> Vec<Option<Spot>> {
    let mut board = Board {
        requests,
        apart: field.apart,
        candidates: requests.iter().map(|r| candidates(r, field)).collect(),
        chosen: vec![None; requests.len()],
    };
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|index| (requests[*index].rank, *index));
    for index in &order {
        board.chosen[*index] = board.best_free(*index);
    }
    for _ in 0..ROUNDS {
        let mut has_changed = false;
        for index in &order {
            has_changed |= board.chosen[*index].is_none() && board.force(*index);
        }
        for index in &order {
            has_changed |= board.improve(*index);
        }
        if !has_changed {
            break;
        }
    }
    let Board {
        candidates, chosen, ..
    } = board;
    let spot = |(of, choice): (&Vec<Spot>, &Option<usize>)| choice.map(|c| of[c].clone());
    candidates.iter().zip(&chosen).map(spot).collect()
}

/// The state of the search.
struct Board<'a> {
    requests: &'a [Request],
    apart: f32,
    /// For each label, cheapest first.
    candidates: Vec<Vec<Spot>>,
    chosen: Vec<Option<usize>>,
}

impl Board<'_> {
    fn spot(&self, label: usize) -> Option<&Spot> {
        self.chosen[label].map(|choice| &self.candidates[label][choice])
    }

    /// The placed labels in the way of `spot`, at most `most`.
    fn in_the_way(&self, label: usize, spot: &Spot, most: usize) -> Vec<usize> {
        let is_in_the_way = |other: &usize| {
            let placed = self.spot(*other);
            *other != label && placed.is_some_and(|placed| clash(spot, placed, self.apart))
        };
        let all = 0..self.requests.len();
        all.filter(is_in_the_way).take(most).collect()
    }

    /// The cheapest position that meets no placed label.
    fn best_free(&self, label: usize) -> Option<usize> {
        let mut spots = self.candidates[label].iter();
        spots.position(|spot| self.in_the_way(label, spot, 1).is_empty())
    }

    /// Finds room for a label that has none, by a chain of moves; less important labels may lose
    /// their place, others only move.
    fn force(&mut self, label: usize) -> bool {
        let rank = self.requests[label].rank;
        self.settle(label, rank, &mut vec![label], LONGEST_CHAIN)
    }

    /// Places `label` where it is free, or where those in the way can settle elsewhere in turn.
    /// Those in `fixed` stay; those less important than `rank` may go.
    fn settle(&mut self, label: usize, rank: u32, fixed: &mut Vec<usize>, depth: u8) -> bool {
        self.chosen[label] = self.best_free(label);
        if self.chosen[label].is_some() || depth == 0 {
            return self.chosen[label].is_some();
        }
        for choice in 0..self.candidates[label].len() {
            let spot = self.candidates[label][choice].clone();
            let mut others = self.in_the_way(label, &spot, MOST_MOVED + 1);
            if others.len() > MOST_MOVED || others.iter().any(|o| fixed.contains(o)) {
                continue;
            }
            others.sort_by_key(|other| (self.requests[*other].rank, *other));
            let before = self.chosen.clone();
            self.chosen[label] = Some(choice);
            for other in &others {
                self.chosen[*other] = None;
            }
            let count = fixed.len();
            let all_settle = others.iter().all(|other| {
                fixed.push(*other);
                self.settle(*other, rank, fixed, depth - 1) || self.requests[*other].rank > rank
            });
            fixed.truncate(count);
            if all_settle {
                return true;
            }
            self.chosen = before;
        }
        false
    }

    /// Gives a label a cheaper position if that lowers the cost of all, moving the few labels in
    /// the way to their next best.
    fn improve(&mut self, label: usize) -> bool {
        let Some(now) = self.spot(label).map(|spot| spot.cost) else {
            return false;
        };
        for choice in 0..self.candidates[label].len() {
            let spot = self.candidates[label][choice].clone();
            if spot.cost >= now {
                return false;
            }
            let others = self.in_the_way(label, &spot, MOST_MOVED + 1);
            if others.len() > MOST_MOVED {
                continue;
            }
            let before = self.chosen.clone();
            self.chosen[label] = Some(choice);
            let gain = now - spot.cost;
            if self
                .loss(&others)
                .is_some_and(|loss| loss < gain - LEAST_GAIN)
            {
                return true;
            }
            self.chosen = before;
        }
        false
    }

    /// Moves labels to free positions; gives what that costs, or none if one finds no place.
    fn loss(&mut self, others: &[usize]) -> Option<f32> {
        let mut loss = 0.0;
        for other in others {
            loss -= self.spot(*other)?.cost;
            self.chosen[*other] = None;
        }
        for other in others {
            self.chosen[*other] = self.best_free(*other);
            loss += self.spot(*other)?.cost;
        }
        Some(loss)
    }
}

/// True when two labels, or one and the other's leader, or both leaders, would meet.
fn clash(a: &Spot, b: &Spot, apart: f32) -> bool {
    if !a.reach.grown(apart).overlaps(&b.reach) {
        return false;
    }
    if a.area.grown(apart).overlaps(&b.area) {
        return true;
    }
    let meets = |leader: &Option<(Px, Px)>, area: &BoxPx| {
        leader.is_some_and(|(from, to)| cut_segment(from, to, &area.grown(apart)).is_some())
    };
    if meets(&a.leader, &b.area) || meets(&b.leader, &a.area) {
        return true;
    }
    match (a.leader, b.leader) {
        (Some(a), Some(b)) => do_cross(a, b),
        _ => false,
    }
}

/// True when two segments cross.
fn do_cross((a, b): (Px, Px), (c, d): (Px, Px)) -> bool {
    let side = |p: Px, q: Px, r: Px| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The positions that a label could take if it were alone, cheapest first.
fn candidates(request: &Request, field: &Field) -> Vec<Spot> {
    let mut spots: Vec<Spot> = NEAR
        .iter()
        .flat_map(|(x, y, cost)| {
            let near = around(request, (*x, *y), field.gap, *cost);
            let off = around(request, (*x, *y), field.gap * 2.2, *cost + 0.45);
            [near, off]
        })
        .collect();
    for (ring, distance) in LEADS.iter().enumerate().take(request.leads) {
        let cost = LEAD_COST.0 + LEAD_COST.1 * ring as f32;
        spots.extend((0..LEAD_DIRECTIONS).map(|direction| {
            let off = around(request, compass(direction), field.gap * distance, cost);
            led(off, request, field.gap * 0.5)
        }));
    }
    let near = field.near(&spots);
    spots.retain(|spot| is_possible(spot, request, &near));
    for spot in &mut spots {
        spot.cost += covering(spot, request, &near);
    }
    spots.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    spots
}

/// A direction, by number of sixteenths of a turn from the right. A table, since the sine of two
/// machines may differ in its last digit.
fn compass(direction: u8) -> (f32, f32) {
    const QUARTER: [(f32, f32); 4] = [
        (1.0, 0.0),
        (0.923_88, 0.382_683),
        (0.707_107, 0.707_107),
        (0.382_683, 0.923_88),
    ];
    let (x, y) = QUARTER[usize::from(direction % 4)];
    match direction / 4 {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    }
}

/// The label beyond the symbol in a direction, `gap` away from it.
fn around(request: &Request, (x, y): (f32, f32), gap: f32, cost: f32) -> Spot {
    let (width, height) = request.size;
    let reach = request.radius + gap;
    let side = if x.abs() < 0.3 { 0.0 } else { x.signum() };
    // Straight above and below the label is centred; beside, its edge faces the point.
    let centre = Px::new(
        request.at.x + x * reach + side * width / 2.0,
        request.at.y + y * (reach + height / 2.0),
    );
    let area = BoxPx::new(
        centre.x - width / 2.0,
        centre.y - height / 2.0,
        centre.x + width / 2.0,
        centre.y + height / 2.0,
    );
    Spot {
        area,
        side: side as i8,
        leader: None,
        reach: area,
        cost,
    }
}

/// The same position with its leader line.
fn led(spot: Spot, request: &Request, gap: f32) -> Spot {
    let (from, to) = leader(request, &spot.area, gap);
    Spot {
        leader: Some((from, to)),
        reach: BoxPx::new(
            spot.area.left.min(from.x),
            spot.area.top.min(from.y),
            spot.area.right.max(from.x),
            spot.area.bottom.max(from.y),
        ),
        ..spot
    }
}

/// From the rim of the symbol to the middle of the facing edge of the label, or its nearest point
/// above and below.
fn leader(request: &Request, area: &BoxPx, gap: f32) -> (Px, Px) {
    let at = request.at;
    let end = if at.x < area.left {
        Px::new(area.left - gap, area.centre().y)
    } else if at.x > area.right {
        Px::new(area.right + gap, area.centre().y)
    } else if at.y < area.top {
        Px::new(at.x, area.top - gap)
    } else {
        Px::new(at.x, area.bottom + gap)
    };
    let length = at.distance(end).max(1.0);
    let share = (request.radius / length).min(1.0);
    let rim = Px::new(at.x + (end.x - at.x) * share, at.y + (end.y - at.y) * share);
    (rim, end)
}

fn is_possible(spot: &Spot, request: &Request, field: &Field) -> bool {
    let own = BoxPx::around(request.at, request.radius * 0.9);
    field.bounds.covers(&spot.area)
        && !spot.area.overlaps(&own)
        && field.blocks.iter().all(|block| {
            let is_own = block.contains(request.at) && block.width() <= request.radius * 2.5;
            let under_leader = spot
                .leader
                .is_some_and(|(from, to)| cut_segment(from, to, block).is_some());
            !spot.area.overlaps(block) && (is_own || !under_leader)
        })
}

/// The cost of the lines that a label covers, of those between it and its point, and of standing
/// where it could be taken for the name of another point.
fn covering(spot: &Spot, request: &Request, field: &Field) -> f32 {
    let height = request.size.1.max(1.0);
    let to_label = (request.at, spot.area.centre());
    let mut cost = 0.0;
    let mut worst_cross = 0.0f32;
    for line in &field.lines {
        if let Some((from, to)) = cut_segment(line.from, line.to, &spot.area) {
            cost += line.cover * from.distance(to) / height;
        }
        if line.cross > worst_cross && do_cross(to_label, (line.from, line.to)) {
            worst_cross = line.cross;
        }
    }
    // A leader says plainly across which line its name belongs.
    let crossing = match spot.leader {
        Some(_) => worst_cross * LEADER_CROSS,
        None => worst_cross,
    };
    cost + crossing + doubt(spot, request, field)
}

/// The cost of other symbols close to the label or its leader.
fn doubt(spot: &Spot, request: &Request, field: &Field) -> f32 {
    let close = spot.area.grown(field.gap * 2.0);
    let others = field.blocks.iter().filter(|b| !b.contains(request.at));
    others
        .map(|block| {
            let near_label = if block.overlaps(&close) { DOUBT } else { 0.0 };
            let near_leader = spot.leader.is_some_and(|(from, to)| {
                cut_segment(from, to, &block.grown(field.gap * 2.0)).is_some()
            });
            near_label + if near_leader { DOUBT } else { 0.0 }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn field(blocks: Vec<BoxPx>) -> Field {
        Field {
            bounds: BoxPx::new(0.0, 0.0, 600.0, 400.0),
            blocks,
            lines: Vec::new(),
            gap: 4.0,
            apart: 2.0,
        }
    }

    fn request(x: f32, y: f32, rank: u32) -> Request {
        Request {
            at: Px::new(x, y),
            radius: 5.0,
            size: (80.0, 30.0),
            rank,
            leads: 7,
        }
    }

    #[test]
    fn a_lone_label_stands_on_the_right() {
        let spots = place(&[request(200.0, 200.0, 0)], &field(Vec::new()));
        let spot = spots[0].as_ref().unwrap();
        assert!(spot.area.left > 200.0 && spot.leader.is_none());
    }

    #[test]
    fn the_important_label_wins_the_last_room() {
        let mut tight = field(Vec::new());
        tight.bounds = BoxPx::new(0.0, 0.0, 100.0, 36.0);
        let spots = place(&[request(8.0, 18.0, 5), request(9.0, 18.0, 1)], &tight);
        assert!(spots[0].is_none() && spots[1].is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn nothing_overlaps(points in prop::collection::vec((10.0f32..590.0, 10.0f32..390.0), 1..40)) {
            let requests: Vec<Request> =
                points.iter().enumerate().map(|(i, (x, y))| request(*x, *y, i as u32 % 4)).collect();
            let blocks: Vec<BoxPx> = requests.iter().map(|r| BoxPx::around(r.at, 5.0)).collect();
            let field = field(blocks);
            let spots = place(&requests, &field);
            let placed: Vec<&Spot> = spots.iter().flatten().collect();
            for (index, spot) in placed.iter().enumerate() {
                prop_assert!(field.bounds.covers(&spot.area));
                prop_assert!(field.blocks.iter().all(|b| !b.overlaps(&spot.area)));
                prop_assert!(placed[..index].iter().all(|other| !clash(spot, other, field.apart)));
            }
        }
    }
}
