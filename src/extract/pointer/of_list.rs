//! Places of a list that was told before or is told next: "all three", "the second", "the other", "the
//! following villages".

use super::OTHER_AHEAD;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::group::{Back, Finder, Group};
use crate::extract::part::Part;
use crate::lexicon::Features;

impl Finder<'_> {
    /// The noun at `at` and its number, of which the next sentence says the names.
    pub(super) fn listed_next(&self, at: usize) -> Group {
        if self.is_analytic {
            return Group::pointing((at, at), at, Part::Whole, Back::List);
        }
        let first = self.numeral_before(at).unwrap_or(at);
        let is_one = !self.has(at, self.roles.heads);
        let (last, back) = if is_one {
            (at + 1, Back::Last(1))
        } else {
            (at, Back::List)
        };
        Group::pointing((first, last), at, Part::Whole, back)
    }

    /// A part of the places spoken of, or one of them.
    pub(super) fn part_of_them(&self, at: usize) -> Option<Group> {
        let mut part = self
            .remaining_of_list(at)
            .or_else(|| self.nth_of_list(at))
            .or_else(|| self.share_of_it(at))
            .or_else(|| self.fraction_of_it(at))
            .or_else(|| self.bare_share(at))
            .or_else(|| self.rest_of_it(at))
            .or_else(|| self.part_of_it(at))
            .or_else(|| self.point_in_it(at))
            .or_else(|| self.other_of_them(at))?;
        part.is_adjunct |= self.is_excepted(part.first);
        Some(part)
    }

    /// "Except for" stands before.
    pub(super) fn is_excepted(&self, first: usize) -> bool {
        let is_except = |at: usize| {
            self.has(at, self.roles.except)
                && !(self.has(at, self.roles.only) && self.is_negated(at))
        };
        first.checked_sub(1).is_some_and(is_except)
    }

    /// "The second", "and the other": one of two places, or a part of the one spoken of. Stands at
    /// the head of what is said of it.
    pub(super) fn other_of_them(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        if !item.classes.meets(self.roles.other) || !matches!(item.kind, ItemKind::Word) {
            return None;
        }
        let starts = at.checked_sub(1).is_none_or(|before| {
            self.items[before].is_punctuation() || self.has(before, self.roles.ends)
        });
        let is_other = starts || item.features.any(Features::AND);
        let ahead = || (at + 1..self.items.len()).take(OTHER_AHEAD);
        let is_held = |next: usize| {
            self.has(next, self.roles.held)
                || self.has(next, self.blocks)
                || matches!(self.items[next].kind, ItemKind::Actor(_))
        };
        let leads = is_other
            && ahead()
                .take_while(|next| !self.items[*next].is_punctuation())
                .any(is_held);
        (leads || self.is_one_taken(at)).then(|| {
            Group::pointing(
                (at, at),
                at,
                Part::Whole,
                Back::Other(item.value.and_then(|value| value.parse().ok())),
            )
        })
    }

    /// "Took the first, and", "of them only the second fell": one of two as an object.
    pub(super) fn is_one_taken(&self, at: usize) -> bool {
        let governs = |before: usize| {
            self.has(before, self.roles.onto)
                || self.has(before, self.roles.within)
                || self.has(before, self.roles.only)
                || self.has(before, self.blocks)
                    && (self.items[before].features.is_finite() || self.is_construct(before))
                    && !self.has(at, self.roles.latter)
        };
        let ends = self.items.get(at + 1).is_none_or(|next| {
            next.is_punctuation()
                || next.features.any(Features::AND)
                || next.classes.meets(self.roles.time)
                || next.classes.meets(self.roles.inside)
                || next.classes.meets(self.roles.ends)
                || next.classes.meets(self.roles.held)
        });
        let is_numbered = self.items[at].value.is_some();
        is_numbered && ends && at.checked_sub(1).is_some_and(governs)
    }

    /// "The following villages": those that the lines behind begin with.
    pub(super) fn following(&self, at: usize) -> Option<Group> {
        let is_noun = self.items[at].features.any(Features::THE)
            && (self.has(at, self.roles.head) || self.has(at, self.roles.zone));
        let leads = is_noun && self.has(at + 1, self.roles.following);
        leads.then(|| Group::pointing((at, at + 1), at, Part::Whole, Back::Behind))
    }

    /// "both", "all three": the places of the last list, or the last so many places.
    pub(super) fn all_of_them(&self, at: usize) -> Group {
        let value = self.items[at].value;
        let count = value.and_then(|value| value.parse::<usize>().ok());
        // "The centre of both".
        let is_of_part = self.has_articles() && at > 0 && self.has(at - 1, self.roles.of);
        let (first, part) = if is_of_part {
            self.leftward(at, 0)
        } else {
            (at, Part::Whole)
        };
        Group {
            is_adjunct: first > 0 && self.has(first - 1, self.roles.place_adjunct),
            ..Group::pointing((first, at), at, part, count.map_or(Back::List, Back::Last))
        }
    }

    /// A mark or the end of the text stands behind: "from either."
    pub(super) fn is_last(&self, at: usize) -> bool {
        self.items.get(at + 1).is_none_or(Item::is_punctuation)
    }

    /// "The other two", "the remaining three towns": those of a list of which nothing was said yet.
    pub(super) fn remaining_of_list(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        if !item.classes.meets(self.roles.others) {
            return None;
        }
        let has_noun = self.has(at + 1, self.roles.head) && !self.leads_to_place(at + 1);
        let last = at + usize::from(has_noun);
        let number = item.value.and_then(|value| value.parse().ok());
        let back = Back::Remaining(number);
        (has_noun || !self.has(at + 1, self.roles.head))
            .then(|| Group::pointing((at, last), at, Part::Whole, back))
    }

    /// "Withdrew from the latter under pressure": what stands behind says how it was done.
    pub(super) fn is_left_by(&self, at: usize, last: usize) -> bool {
        let is_governed = at.checked_sub(1).is_some_and(|before| {
            let is_verb = self.items[before].features.is_finite() && self.has(before, self.blocks);
            is_verb || self.has(before, self.roles.within)
        });
        let goes_on = self.roles.during.and(self.roles.place_preposition);
        last == at && is_governed && self.has(last + 1, goes_on)
    }

    /// "The first was", "and the second on Sunday": one place of the list named last.
    pub(super) fn nth_of_list(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        if !item.classes.meets(self.roles.nth) {
            return None;
        }
        // "The first village", which has no name behind it.
        let has_noun = self.has_articles()
            && self.has(at + 1, self.roles.head)
            && !self.leads_to_place(at + 1);
        let last = at + usize::from(has_noun);
        let follows = |set| self.has(last + 1, set);
        let is_told = follows(self.roles.is_so)
            || follows(self.roles.time)
            || follows(self.roles.again) && self.has(last + 2, self.roles.time)
            || self.has_articles()
                && (self.ends_phrase(last)
                    || self.leads_to_hands(last)
                    || self.is_left_by(at, last));
        let number = item.value.filter(|_| is_told)?.parse().ok()?;
        Some(Group::pointing(
            (at, last),
            at,
            Part::Whole,
            Back::Nth(number),
        ))
    }
}
