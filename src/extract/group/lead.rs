//! The words before a place that belong to it: its noun, and what they say of how much of it is meant.

use super::{Finder, MOST_UNKNOWN};
use crate::extract::annotate::ItemKind;
use crate::extract::part::{Part, Seen};
use crate::gazetteer::Kind;
use crate::lexicon::Features;

/// Part words and nouns before a place, in items.
const LONGEST_LEAD: usize = 40;

/// Items of a size said once more in brackets.
const LONGEST_GLOSS: usize = 6;

impl Finder<'_> {
    /// Part words and nouns before a place: where they start, and what they say.
    pub(in crate::extract) fn leftward(&self, place: usize, floor: usize) -> (usize, Part) {
        let floor = floor.max(place.saturating_sub(LONGEST_LEAD));
        let mut first = place;
        let joined = |at: usize| self.items[at].features.any(Features::AND);
        while first > floor
            && (self.has(first - 1, self.roles.head) || self.is_noun_of_quarter(first - 1, place))
            && (!joined(first) || first < place)
        {
            first -= 1;
        }
        // "The outskirts of its larger neighbour, PLACE".
        let is_kin = |at: usize| self.items[at].is_comma() && self.has(at - 1, self.roles.kin);
        if first > floor + 1 && is_kin(first - 1) {
            first -= 2;
        }
        if let Some(area) = self.area_before(first, floor) {
            return (area, Part::Share(None));
        }
        let mut part = Part::Whole;
        let mut at = if joined(first) { floor } else { first };
        let mut unknown = 0;
        let mut seen = Seen::default();
        while at > floor {
            let item = &self.items[at - 1];
            let modifier = self.modifier(at - 1);
            if modifier.is_none()
                && item.classes.meets(self.blocks)
                && !item.classes.meets(self.roles.of)
            {
                break;
            }
            if let Some(found) = modifier {
                part = seen.take(found, item);
                first = at - 1;
                unknown = 0;
            } else if item.classes.meets(self.roles.compass) || self.is_part_of_it(at - 1, floor) {
                // "The quarters, southern and eastern, of": they say nothing of how much.
                at -= 1;
                continue;
            } else if item.classes.meets(self.roles.of)
                || item.classes.meets(self.roles.the)
                || (item.classes.is_empty() && matches!(item.kind, ItemKind::Word))
                || self.has(at - 1, self.roles.head)
            {
                unknown += 1;
                if unknown > MOST_UNKNOWN {
                    break;
                }
            } else {
                break;
            }
            at -= 1;
            // What stands before an "and" belongs to the member before, unless part words go on:
            // "houses and farmland in".
            if self.items[at].features.any(Features::AND)
                && !(part == Part::Outside && self.is_part_before(at, floor))
            {
                break;
            }
        }
        (first, part)
    }

    /// "10 % only of PLACE", "some houses of PLACE": between the words for a part and the place.
    fn is_part_of_it(&self, at: usize, floor: usize) -> bool {
        let is_share = at > floor && self.modifier(at - 1).is_some();
        let is_only = self.has(at, self.roles.only) && self.has(at + 1, self.roles.of) && is_share;
        let is_fabric = self.has(at, self.roles.fabric)
            && !self.items[at].features.any(Features::THE)
            && self.is_part_before(at, floor);
        !self.is_analytic && (is_only || is_fabric)
    }

    /// "The quarter of NAME", where that is a quarter itself: no part of it.
    pub(in crate::extract) fn is_noun_of_quarter(&self, at: usize, place: usize) -> bool {
        self.kind(place) == Some(Kind::Neighbourhood)
            && at + 1 == place
            && self.has(at, self.roles.quarter_of)
    }

    /// "Two sq km of PLACE", "two sq km (0.8 sq miles) of the village of PLACE": the unit.
    fn area_before(&self, first: usize, floor: usize) -> Option<usize> {
        let behind = |at: usize, set| at > floor && self.has(at - 1, set);
        let of = first - usize::from(behind(first, self.roles.the));
        if !behind(of, self.roles.of) {
            return None;
        }
        let mut end = of - 1;
        if end > floor && self.items[end - 1].is_mark(&[')']) {
            let most = end.saturating_sub(LONGEST_GLOSS).max(floor);
            end = (most..end).rfind(|at| self.items[*at].is_mark(&['(']))?;
        }
        behind(end, self.roles.square).then(|| end - 1)
    }

    fn is_part_before(&self, at: usize, floor: usize) -> bool {
        (at.saturating_sub(3).max(floor)..at).any(|index| self.has(index, self.roles.part))
    }
}
