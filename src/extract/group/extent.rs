//! How much of a place the words before and behind its name say.

use super::Finder;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::part::{Part, Seen, Word};
use crate::lexicon::Features;

/// Items from "the north of" to the name, and from there to what is said of it.
const SIDE_AHEAD: usize = 3;
const SIDE_HELD: usize = 2;

/// Items between brackets that say how much of a place is meant.
const BRACKETED: usize = 5;

impl Finder<'_> {
    /// "Control of the north of PLACE": a part of it, where "north of" alone is outside.
    pub(super) fn is_side_of_place(&self, at: usize) -> bool {
        let item = &self.items[at];
        let is_prefixed = item.features.any(Features::IN.and(Features::TO));
        if !item.classes.meets(self.roles.side) || is_prefixed {
            return false;
        }
        let before = |back: usize, set| at >= back && self.has(at - back, set);
        let is_of_part =
            before(1, self.roles.of) && (before(2, self.roles.part) || before(3, self.roles.part));
        let starts = at == 0
            || self.items[at - 1].is_punctuation()
            || before(1, self.roles.ends)
            || item.features.any(Features::AND);
        before(1, self.roles.onto)
            || is_of_part
            || self.is_given(at)
            || starts && self.is_held_behind(at)
    }

    /// "To the ACTOR (belongs) its north": right behind a party with "to".
    pub(in crate::extract) fn is_given(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let item = &self.items[before];
            item.features.any(Features::TO) && !item.actors().is_empty()
        })
    }

    /// Behind the place that stands at `at` or next to it, a word says who holds it.
    pub(super) fn is_held_behind(&self, at: usize) -> bool {
        let mut ahead = (at + 1..self.items.len()).take(SIDE_AHEAD);
        let place =
            ahead.find(|next| self.items[*next].is_place() || self.has(*next, self.roles.pointer));
        place.is_some_and(|place| {
            (place + 1..self.items.len())
                .take(SIDE_HELD)
                .any(|next| self.has(next, self.roles.held) || self.is_given(next + 1))
        })
    }

    /// "Around PLACE", but "around 40 percent of PLACE", "around half of it".
    pub(super) fn is_where(&self, at: usize) -> bool {
        let amounts = [self.roles.numeral, self.roles.percent, self.roles.part];
        let is_amount = |item: &Item| {
            matches!(item.kind, ItemKind::Number(_))
                || amounts.iter().any(|class| item.classes.meets(*class))
        };
        self.has(at, self.roles.place_adjunct) && !self.items.get(at + 1).is_some_and(is_amount)
    }

    /// "With its houses and its markets": the second, behind one that says "with".
    pub(super) fn is_also_its(&self, at: usize) -> bool {
        let is_owned = |at: usize, set| {
            self.has(at, self.roles.fabric)
                && self.items[at].features.any(Features::OWNED)
                && self.items[at].features.any(set)
        };
        let before = |at: usize| at.checked_sub(1);
        is_owned(at, Features::AND)
            && before(at).is_some_and(|first| {
                is_owned(first, Features::IN)
                    || is_owned(first, Features::AND)
                        && before(first).is_some_and(|first| is_owned(first, Features::IN))
            })
    }

    /// What the item at `at` says of the size of a part, if it is a part word.
    pub(in crate::extract) fn modifier(&self, at: usize) -> Option<Word> {
        let item = &self.items[at];
        let roles = &self.roles;
        let classes = item.classes;
        let is_owned = item
            .features
            .any(Features::HER.and(Features::HIM).and(Features::THEM))
            || (at.saturating_sub(2)..at).any(|left| self.has(left, roles.its));
        // "With its quarters": all of it, unless some of them are meant.
        let is_with_its = classes.meets(roles.fabric)
            && item.features.any(Features::OWNED)
            && item.features.any(Features::IN)
            && !self.has(at + 1, roles.compass);
        Some(if is_with_its || self.is_also_its(at) {
            Word::All
        } else if classes.meets(roles.part) && classes.meets(roles.zone) && is_owned {
            // "Its positions in": all that it has there.
            Word::All
        } else if classes.meets(roles.part) {
            Word::Part
        } else if classes.meets(roles.sector) || self.is_side_of_place(at) {
            Word::Sector
        } else if classes.meets(roles.outside) {
            Word::Outside
        } else if classes.meets(roles.point) {
            Word::Point
        } else if classes.meets(roles.axis) {
            Word::Axis
        } else if classes.meets(roles.most) {
            Word::Part
        } else if classes.meets(roles.all) {
            Word::All
        } else if classes.meets(roles.percent) {
            Word::Percent
        } else if classes.meets(roles.measure) && !self.is_where(at) {
            Word::Measure
        } else if (matches!(item.kind, ItemKind::Number(_)) || classes.meets(roles.numeral))
            && self.has(at + 1, roles.percent)
        {
            Word::Number
        } else {
            return None;
        })
    }

    /// Words after a place that say how much of it: "in full", "by 70%", "'s northern quarters".
    pub(in crate::extract) fn rightward(&self, last: &mut usize, part: Part) -> Part {
        let mut seen = Seen { part };
        let mut at = *last + 1;
        while at < self.items.len() {
            let is_with_its = (self.modifier(at) == Some(Word::All))
                && self.items[at].features.any(Features::OWNED);
            let after_name = is_with_its
                || self.has(at, self.roles.after_name)
                || self.has(at, self.roles.all)
                || self.has(at, self.roles.most)
                || self.items[*last].is_place() && self.is_owned_part(at);
            // "The A and B quarters": each is one, and meant whole.
            let is_joint = self.has(at, self.roles.quarters_behind)
                && *last > 0
                && self.has(*last - 1, self.roles.and);
            if is_joint {
                *last = at;
                break;
            }
            if let Some((part, end)) = self.bracketed(at) {
                seen.part = part;
                *last = end;
                break;
            }
            let share = self.percent_after(at);
            if let Some((share, end)) = share {
                seen.part = Part::Share(Some(share));
                *last = end;
                at = end + 1;
            } else if after_name && let Some(word) = self.modifier(at) {
                // "front" after a name makes it an axis even where "all" was said before.
                seen.take(word, &self.items[at]);
                if word == Word::All && self.is_each_part(at) {
                    seen.part = Part::Whole;
                }
                *last = at;
                at += 1;
                at += usize::from(self.is_adjective_of_part(at, seen.part));
                *last = at - 1;
            } else {
                break;
            }
        }
        seen.part
    }

    /// "PLACE (parts of it)", "PLACE (the eastern half)": the part in brackets, and where they close.
    fn bracketed(&self, at: usize) -> Option<(Part, usize)> {
        let mark =
            |at: usize, mark: char| self.items.get(at).is_some_and(|item| item.is_mark(&[mark]));
        if !mark(at, '(') {
            return None;
        }
        let end = (at + 2..self.items.len())
            .take(BRACKETED)
            .find(|end| mark(*end, ')'))?;
        let names = |item: &Item| item.is_place() || !item.actors().is_empty();
        let mut seen = Seen::default();
        for inside in at + 1..end {
            if let Some(word) = self.modifier(inside) {
                seen.take(word, &self.items[inside]);
            }
        }
        let is_part = matches!(seen.part, Part::Share(_))
            && self.modifier(at + 1).is_some()
            && !self.items[at + 1..end].iter().any(names);
        is_part.then_some((seen.part, end))
    }

    /// "The houses of PLACE, all of them": the word at `at` stands behind a name that stands behind a
    /// plural which is all there is of a town.
    pub(super) fn is_each_part(&self, at: usize) -> bool {
        let name = at
            .checked_sub(1)
            .filter(|name| self.items[*name].is_place());
        let noun = name.and_then(|name| {
            let is_head = |left: &usize| self.has(*left, self.roles.head);
            let is_bare = |left: &usize| !is_head(left);
            (name.saturating_sub(2)..name).rev().find(is_bare)
        });
        noun.is_some_and(|noun| self.has(noun, self.roles.fabric))
    }

    /// "Its upper half": an adjective behind a part word, where that is the order.
    pub(super) fn is_adjective_of_part(&self, at: usize, part: Part) -> bool {
        let is_plain = |item: &Item| {
            matches!(item.kind, ItemKind::Word)
                && item.classes.meets(self.roles.other)
                && !item.features.any(Features::AND)
        };
        matches!(part, Part::Share(_)) && self.items.get(at).is_some_and(is_plain)
    }

    /// "PLACE's northern quarter".
    pub(super) fn is_owned_part(&self, at: usize) -> bool {
        self.items[at - 1].features.any(Features::OWNER) && self.has(at, self.roles.sector)
    }

    /// "by 70%" at `at`: the share and the last item.
    pub(super) fn percent_after(&self, at: usize) -> Option<(f64, usize)> {
        // "A, and about 90% of B": the share of the next one.
        let is_next = self.items[at].features.any(Features::AND);
        let at = if self.has(at, self.roles.measure) && !is_next {
            at + 1
        } else {
            return None;
        };
        match self.items.get(at)?.kind {
            ItemKind::Number(value) if self.has(at + 1, self.roles.percent) => {
                Some((value / 100.0, at + 1))
            }
            _ => None,
        }
    }
}
