//! Places that are named to say where ground without a name lies: "the villages south of A".

use super::annotate::ItemKind;
use super::group::Finder;
use crate::lexicon::Features;

/// Items from "villages" to the word that says on which side of the place they lie.
const LONGEST_NOUN: usize = 4;

/// Adjectives between them.
const MOST_ADJECTIVES: usize = 2;

impl Finder<'_> {
    /// The place phrase that starts at `first` only says where other ground lies: what is told
    /// behind it is told of that ground.
    pub(super) fn is_landmark(&self, first: usize) -> bool {
        let Some(location) = self.location_before(first) else {
            return false;
        };
        let lies = self.roles.range_of.and(self.roles.situated);
        let mut adjectives = 0;
        let mut is_lying = false;
        for at in (location.saturating_sub(LONGEST_NOUN)..location).rev() {
            let item = &self.items[at];
            let is_plural = self.has(at, self.roles.heads) || self.has(at, self.roles.zone);
            if self.has(at, lies) || is_lying && self.has(at, self.roles.which) {
                is_lying = true;
            } else if is_plural || is_lying && self.has(at, self.roles.head.and(self.roles.what)) {
                return !item.is_place();
            } else if item.classes.is_empty()
                && matches!(item.kind, ItemKind::Word)
                && !item.features.any(Features::AND)
                && adjectives < MOST_ADJECTIVES
            {
                adjectives += 1;
            } else {
                return false;
            }
        }
        false
    }

    /// Where "south of", "to the south of" before a place begins.
    fn location_before(&self, first: usize) -> Option<usize> {
        let before = first.checked_sub(1)?;
        if self.has(before, self.roles.location) && !self.has(before, self.roles.sector) {
            return Some(before);
        }
        let start = first.checked_sub(3)?;
        let is_side = self.has(start + 1, self.roles.side)
            && self.items[start + 1].features.any(Features::THE);
        let is_bearing = self.has(start, self.roles.direction)
            && is_side
            && self.has(before, self.roles.of.and(self.roles.whom));
        is_bearing.then_some(start)
    }
}
