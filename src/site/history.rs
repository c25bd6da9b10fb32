//! What was known of each place on each day: its turns, and the claims behind them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::days::turns;
use crate::gazetteer::PlaceId;
use crate::timeline::{Holding, Timeline};

/// As many claims for a state, and as many against it, are kept for each turn: the heaviest.
pub(super) const MOST_EVIDENCE: usize = 12;

/// The state of a place from a day on, until the next turn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    pub from: Date,
    pub holding: Holding,
}

/// The turns of all places with evidence: days on which the state or anything behind it changes.
/// Time alone, which lets evidence grow old, makes no turn.
pub(super) fn histories(timeline: &Timeline) -> BTreeMap<PlaceId, Vec<Turn>> {
    let mut histories: BTreeMap<PlaceId, Vec<Turn>> = BTreeMap::new();
    for day in turns(timeline) {
        for holding in timeline.on(day).holdings {
            let turns = histories.entry(holding.place).or_default();
            let last = turns.last().map(|turn| &turn.holding);
            if last.is_none_or(|last| has_changed(last, &holding)) {
                turns.push(Turn { from: day, holding });
            }
        }
    }
    histories
}

fn has_changed(before: &Holding, after: &Holding) -> bool {
    before.control != after.control
        || before.since != after.since
        || before.last_evidence != after.last_evidence
        || before.claims != after.claims
        || before.sources != after.sources
}
