//! What a gap of a pattern may pass: asides, words of time, places that are only said in passing; and
//! what it may not: other places, new clauses.

use super::Fit;
use crate::extract::group::Back;
use crate::extract::passing::Passing;
use crate::extract::pattern::{Element, Step};

/// Items from the comma to the noun: "PLACE, a small town".
const APPOSED: usize = 3;

/// Items that words between two commas may take up.
const INSERTED: usize = 14;

impl Fit<'_> {
    /// True when what follows a gap of at most so many items fits behind it; asides do not count.
    pub(super) fn gap(&mut self, index: usize, at: usize, most: usize) -> bool {
        self.gap_from(index, (at, at), most)
            || self
                .scene
                .aside_end(at, self.end)
                .is_some_and(|end| self.gap_from(index, (at, end), most))
    }

    /// A gap that begins at the first of two items and of which what stands before the second is
    /// an aside.
    fn gap_from(&mut self, index: usize, (at, start): (usize, usize), most: usize) -> bool {
        let discourse = self.scene.discourse;
        let mut here = start;
        let mut passed = 0;
        while passed <= most {
            if self.may_step(index + 1, here)
                && !self.skips_preposition(index + 1, at, here)
                && !self.skips_robbed(index + 1, at, here)
                && self.step(index + 1, here)
            {
                return true;
            }
            if here >= self.end {
                return false;
            }
            let passing = self.scene.passing[here];
            if passing.any(Passing::INSERTED)
                && let Some(behind) = self.behind_inserted(here)
            {
                here = behind;
                continue;
            }
            if passing.any(Passing::CLAUSE.and(Passing::WALL)) {
                return false;
            }
            // A place phrase that is only an adjunct is stepped over whole.
            match discourse.group_at(here) {
                Some(group) if discourse.is_wide(group) => {
                    // "In the east of REGION" tells where; nor does its preposition count.
                    let first = discourse.groups[group].first;
                    let leads = first > at && self.is_preposition(first - 1);
                    passed = passed.saturating_sub(usize::from(leads));
                    here = discourse.groups[group].last + 1;
                    continue;
                }
                // "PLACE but for OTHER, which": what follows is said of the other.
                Some(group) if self.is_described(discourse.groups[group].last) => return false,
                Some(group)
                    if discourse.groups[group].is_adjunct
                        || discourse.groups[group].back == Some(Back::Nothing) =>
                {
                    here = discourse.groups[group].last + 1;
                    match self.described(at, here) {
                        Some(Some(comma)) => here = comma,
                        Some(None) => return false,
                        None => {}
                    }
                }
                // "The villages on the bank, among them PLACE": the names stand behind.
                Some(group) if self.is_named_later(group, index + 1) => {
                    here = discourse.groups[group].last + 1;
                }
                Some(_) => return false,
                None => {
                    passed += usize::from(!passing.any(Passing::TIME));
                    here += 1;
                    continue;
                }
            }
            passed += 1;
        }
        false
    }

    /// "Withdrew from it to PLACE, which", "to PLACE, a town that": what stands behind is said of the
    /// place before `here`, and not of one where a gap began; the comma that ends it, if one does.
    fn described(&self, at: usize, here: usize) -> Option<Option<usize>> {
        let items = &self.scene.items[..self.end];
        let is = |at: usize, set| items.get(at).is_some_and(|item| item.classes.meets(set));
        // "PLACE, on the houses of OTHER, which", where commas part less.
        let before = at.checked_sub(1)?;
        let is_parted = self.scene.amount.is_empty() && items.get(before)?.is_comma();
        let before = before.checked_sub(usize::from(is_parted))?;
        self.scene.discourse.group_at(before)?;
        let comma = usize::from(items.get(here)?.is_comma());
        let noun = (here + comma..here + comma + APPOSED).find(|at| is(*at, self.scene.head));
        let which = noun
            .filter(|_| comma > 0)
            .map_or(here + comma, |noun| noun + 1);
        let mut behind = which..items.len();
        // "Near PLACE, and it is a village that".
        let next = here + comma;
        let is_one = is(next, self.scene.which_is) && is(next + 1, self.scene.head);
        (is_one || is(which, self.scene.which)).then(|| behind.find(|at| items[*at].is_comma()))
    }

    /// The item behind ", after weeks of fighting,": words between two commas that tell how or when.
    fn behind_inserted(&self, comma: usize) -> Option<usize> {
        let items = &self.scene.items[..self.end];
        let inside = comma + 1..items.len().min(comma + 1 + INSERTED);
        let close = inside.clone().find(|at| items[*at].is_comma())?;
        // ", he said,".
        let is_told = self.scene.passing[comma].any(Passing::TOLD);
        let is_plain = |at: usize| {
            !self.scene.is_wall(at)
                && (is_told || !items[at].classes.meets(self.scene.clause))
                && !items[at].is_break()
        };
        (comma + 1..close).all(is_plain).then_some(close + 1)
    }

    /// "Which" stands right behind, in a language where it agrees with the noun before it.
    fn is_described(&self, last: usize) -> bool {
        let behind = self.scene.items[..self.end].get(last + 1);
        !self.scene.amount.is_empty()
            && behind.is_some_and(|item| item.classes.meets(self.scene.which))
    }

    /// A phrase without a name, where the pattern goes on with a word that leads to names.
    fn is_named_later(&self, group: usize, next: usize) -> bool {
        let naming = self.scene.naming;
        let is_naming = |step: &&Step| matches!(step.element, Element::Word { classes, .. } if classes.meets(naming));
        let mut steps = self.pattern.steps[next..].iter();
        let leads = steps.find(|step| !step.is_optional);
        self.scene.discourse.groups[group].back.is_some() && leads.as_ref().is_some_and(is_naming)
    }

    /// "PLACE, which they took from the ACTOR": the party behind "from" is no taker, so a pattern that
    /// means it names the word.
    fn skips_robbed(&self, index: usize, at: usize, here: usize) -> bool {
        let steps = &self.pattern.steps;
        let is = |at: usize, set| self.scene.items[at].classes.meets(set);
        let names_party = |step: &Step| matches!(step.element, Element::Actor(_));
        here == at + 1
            && is(at, self.scene.from)
            && steps.get(index).is_some_and(names_party)
            && at > self.found.trigger
            && index > self.pattern.trigger
            && self.scene.discourse.group_at(at - 1).is_some()
            && is(self.found.trigger, self.scene.gaining)
    }

    /// True when a gap from `at` to `here` would swallow the preposition before a place: with it the
    /// place is no object, so a pattern that means it names it.
    fn skips_preposition(&self, index: usize, at: usize, here: usize) -> bool {
        let is_object = |step: &Step| matches!(step.element, Element::Places(_));
        here > at
            && self.is_preposition(here - 1)
            && self.pattern.steps.get(index).is_some_and(is_object)
    }
}
