//! Where names go: point-feature label placement.
//!
//! Labels are placed stage by stage, the most important first: greedily, then by a local search
//! (discrete gradient descent, Christensen, Marks and Shieber, "An Empirical Study of Algorithms
//! for Point-Feature Label Placement", 1995, with the labels in the way moved along) that lowers
//! the cost of all. A label left over may push out a less important one, never one of its own
//! importance, and moves none of an earlier stage. No randomness: the same map gives the same
//! labels.

use crate::projection::{BoxPx, Px};
use crate::render::candidate::{Field, Request, Spot, candidates, do_cross};
use crate::render::trace::cut_segment;

/// How many labels one label may push aside.
const MOST_MOVED: usize = 3;
/// Rounds of the local search; it settles in three or four.
const ROUNDS: usize = 6;
/// How many moves may follow from one another to make room.
const LONGEST_CHAIN: u8 = 3;
/// A gain below this is not worth a move; it also keeps rounding from moving labels for ever.
const LEAST_GAIN: f32 = 0.01;

/// A position for each request, in the same order; `None` where no room is left.
pub(crate) fn place(requests: &[Request], field: &Field) -> Vec<Option<Spot>> {
    let mut board = Board {
        requests,
        apart: field.apart,
        candidates: requests.iter().map(|r| candidates(r, field)).collect(),
        chosen: vec![None; requests.len()],
        reaches: vec![NOWHERE; requests.len()],
    };
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|index| (requests[*index].rank, *index));
    for stage in order.chunk_by(|a, b| requests[*a].stage() == requests[*b].stage()) {
        board.settle_stage(stage);
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
    /// The box around each label and leader as chosen, side by side: these are asked far more often
    /// than all else.
    reaches: Vec<BoxPx>,
}

/// The reach of a label without a position: it meets no other.
const NOWHERE: BoxPx = BoxPx::new(f32::MAX, f32::MAX, f32::MIN, f32::MIN);

impl Board<'_> {
    /// Places the labels of one stage among those of earlier ones.
    fn settle_stage(&mut self, stage: &[usize]) {
        for label in stage {
            self.choose(*label, self.best_free(*label));
        }
        for _ in 0..ROUNDS {
            let mut has_changed = false;
            for label in stage {
                has_changed |= self.chosen[*label].is_none() && self.force(*label);
            }
            for label in stage {
                has_changed |= self.improve(*label);
            }
            if !has_changed {
                break;
            }
        }
    }

    /// True for a label that those of the stage of `label` leave where it is.
    fn is_settled(&self, other: usize, label: usize) -> bool {
        self.requests[other].stage() < self.requests[label].stage()
    }

    fn choose(&mut self, label: usize, choice: Option<usize>) {
        self.chosen[label] = choice;
        self.reaches[label] = self.spot(label).map_or(NOWHERE, |spot| spot.reach);
    }

    fn spot(&self, label: usize) -> Option<&Spot> {
        self.chosen[label].map(|choice| &self.candidates[label][choice])
    }

    /// The placed labels in the way of `spot`, in order.
    fn in_the_way(&self, label: usize, spot: &Spot) -> impl Iterator<Item = usize> {
        let reach = spot.reach.grown(self.apart);
        let near = self.reaches.iter().enumerate();
        let near = near.filter(move |(_, other)| reach.overlaps(other));
        near.map(|(other, _)| other).filter(move |other| {
            let placed = self.spot(*other);
            *other != label && placed.is_some_and(|placed| clash(spot, placed, self.apart))
        })
    }

    /// As [`Board::in_the_way`], none where they are too many to be moved or one may not be.
    fn movable(
        &self,
        label: usize,
        spot: &Spot,
        is_held: impl Fn(usize) -> bool,
    ) -> Option<Vec<usize>> {
        let mut others = Vec::new();
        for other in self.in_the_way(label, spot) {
            if others.len() == MOST_MOVED || is_held(other) || self.is_settled(other, label) {
                return None;
            }
            others.push(other);
        }
        Some(others)
    }

    /// The cheapest position that meets no placed label.
    fn best_free(&self, label: usize) -> Option<usize> {
        let mut spots = self.candidates[label].iter();
        spots.position(|spot| self.in_the_way(label, spot).next().is_none())
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
        self.choose(label, self.best_free(label));
        if self.chosen[label].is_some() || depth == 0 {
            return self.chosen[label].is_some();
        }
        for choice in 0..self.candidates[label].len() {
            let spot = &self.candidates[label][choice];
            let Some(mut others) = self.movable(label, spot, |other| fixed.contains(&other)) else {
                continue;
            };
            others.sort_by_key(|other| (self.requests[*other].rank, *other));
            let before = (self.chosen.clone(), self.reaches.clone());
            self.choose(label, Some(choice));
            for other in &others {
                self.choose(*other, None);
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
            (self.chosen, self.reaches) = before;
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
            let spot = &self.candidates[label][choice];
            if spot.cost >= now {
                return false;
            }
            let Some(others) = self.movable(label, spot, |_| false) else {
                continue;
            };
            let gain = now - spot.cost;
            let before = (self.chosen.clone(), self.reaches.clone());
            self.choose(label, Some(choice));
            if self
                .loss(&others)
                .is_some_and(|loss| loss < gain - LEAST_GAIN)
            {
                return true;
            }
            (self.chosen, self.reaches) = before;
        }
        false
    }

    /// Moves labels to free positions; gives what that costs, or none if one finds no place.
    fn loss(&mut self, others: &[usize]) -> Option<f32> {
        let mut loss = 0.0;
        for other in others {
            loss -= self.spot(*other)?.cost;
            self.choose(*other, None);
        }
        for other in others {
            self.choose(*other, self.best_free(*other));
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn field(blocks: Vec<BoxPx>) -> Field {
        Field {
            bounds: BoxPx::new(0.0, 0.0, 600.0, 400.0),
            blocks,
            lines: Vec::new(),
            is_small: false,
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
            leads: 8,
        }
    }

    #[test]
    fn a_later_label_keeps_off_the_leader_of_an_earlier_one() {
        let (from, to) = (Px::new(100.0, 200.0), Px::new(500.0, 200.0));
        let earlier = Spot {
            area: BoxPx::new(500.0, 185.0, 580.0, 215.0),
            side: 1,
            leader: Some((from, to)),
            reach: BoxPx::new(100.0, 185.0, 580.0, 215.0),
            cost: 0.0,
        };
        let mut field = field(Vec::new());
        field.keep(&earlier);
        // Its favourite position, on the right, would lie under the line.
        let later = place(&[request(250.0, 212.0, 0)], &field).swap_remove(0);
        let area = later.unwrap().area;
        assert!(area.top > 200.0 || area.bottom < 200.0, "{area:?}");
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
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2019), ..ProptestConfig::with_cases(24) })]
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
