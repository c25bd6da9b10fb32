//! The positions that one label could take, and what each would cost.
//!
//! Right of the point is best, by custom (Imhof, "Positioning Names on Maps", 1975); farther
//! positions get a leader line. It costs to cover front lines, rivers and borders, to stand beyond
//! one, or to stand where the name could be taken for that of another point.

use std::f32::consts::FRAC_1_SQRT_2;

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

impl Request {
    /// Labels are placed in stages, each of ten ranks.
    pub(crate) fn stage(&self) -> u32 {
        self.rank / 10
    }
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
    pub(crate) reach: BoxPx,
    pub(crate) cost: f32,
}

/// What labels must keep off, and what they had better not cover.
#[derive(Debug, Default)]
pub(crate) struct Field {
    /// The map: labels stay inside.
    pub(crate) bounds: BoxPx,
    /// Symbols and earlier labels: never covered.
    pub(crate) blocks: Vec<BoxPx>,
    /// Lines that it costs to cover or to stand behind.
    pub(crate) lines: Vec<Costly>,
    /// True where no leader crosses a line that divides the land, either.
    pub(crate) is_small: bool,
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
    /// True when a label beyond it would seem to belong there: no name stands across it without a
    /// leader.
    pub(crate) divides: bool,
}

impl Field {
    /// Keeps the room of a placed label and of its leader from later labels.
    pub(crate) fn keep(&mut self, spot: &Spot) {
        let apart = self.apart;
        self.blocks.push(spot.area.grown(apart));
        let leaders = spot.leader.iter();
        self.blocks
            .extend(leaders.flat_map(|&ends| beads(ends, apart)));
    }

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
            is_small: self.is_small,
            gap: self.gap,
            apart: self.apart,
        }
    }
}

/// Boxes of half-width `reach` along a line, each touching the next.
fn beads((from, to): (Px, Px), reach: f32) -> impl Iterator<Item = BoxPx> {
    let steps = (from.distance(to) / (2.0 * reach)).ceil().max(1.0) as u32;
    (0..=steps).map(move |step| {
        let part = step as f32 / steps as f32;
        let x = from.x + (to.x - from.x) * part;
        let y = from.y + (to.y - from.y) * part;
        BoxPx::around(Px::new(x, y), reach)
    })
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
const LEADS: [f32; 12] = [
    4.5, 8.0, 12.0, 17.0, 23.0, 30.0, 38.0, 47.0, 58.0, 72.0, 90.0, 112.0,
];
/// Directions of positions with a leader; every second one for labels that may not go far.
const LEAD_DIRECTIONS: u8 = 32;
/// From this many steps on a label is so important that every direction is tried.
const FAR: usize = 9;
/// Cost of a leader, and of each step farther out.
const LEAD_COST: (f32, f32) = (1.3, 0.25);
/// What a line between point and label costs when a leader crosses it, as a share.
const LEADER_CROSS: f32 = 0.5;
/// Cost of another symbol close by.
const DOUBT: f32 = 0.3;
/// True when two segments cross.
pub(crate) fn do_cross((a, b): (Px, Px), (c, d): (Px, Px)) -> bool {
    let side = |p: Px, q: Px, r: Px| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The positions that a label could take if it were alone, cheapest first.
pub(crate) fn candidates(request: &Request, field: &Field) -> Vec<Spot> {
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
        let step = if request.leads < FAR { 2 } else { 1 };
        spots.extend((0..LEAD_DIRECTIONS).step_by(step).map(|direction| {
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

/// A direction, by number of thirty-seconds of a turn from the right. A table, since the sine of two
/// machines may differ in its last digit.
fn compass(direction: u8) -> (f32, f32) {
    const QUARTER: [(f32, f32); 8] = [
        (1.0, 0.0),
        (0.980_785, 0.195_09),
        (0.923_88, 0.382_683),
        (0.831_47, 0.555_57),
        (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
        (0.555_57, 0.831_47),
        (0.382_683, 0.923_88),
        (0.195_09, 0.980_785),
    ];
    let (x, y) = QUARTER[usize::from(direction % 8)];
    match direction / 8 {
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
        && !is_divided(spot, request, field)
        && field.blocks.iter().all(|block| {
            let is_own = block.contains(request.at);
            let under_leader = spot
                .leader
                .is_some_and(|(from, to)| cut_segment(from, to, block).is_some());
            !spot.area.overlaps(block) && (is_own || !under_leader)
        })
}

/// True when a label stands beyond a line that divides the land, without a leader to say so.
fn is_divided(spot: &Spot, request: &Request, field: &Field) -> bool {
    let to_label = (request.at, spot.area.centre());
    let divides = |line: &Costly| line.divides && do_cross(to_label, (line.from, line.to));
    (field.is_small || spot.leader.is_none()) && field.lines.iter().any(divides)
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
