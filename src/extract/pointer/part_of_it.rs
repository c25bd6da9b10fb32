//! A part of the place spoken of, with no name behind it: "its western quarters", "60%", "the rest",
//! "the market".

use super::{OTHER_AHEAD, PART_OF_IT};
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::group::{Back, Finder, Group};
use crate::extract::part::Part;
use crate::lexicon::Features;

/// A noun with its article, or with a pronoun for the place.
const OWNED: Features = Features::THE
    .and(Features::HER)
    .and(Features::HIM)
    .and(Features::THEM);

/// Items from "the mosque in" to the place.
const STANDS_IN: usize = 6;

impl Finder<'_> {
    /// "60%", "the other ten percent", with no name behind it: of the place spoken of.
    pub(super) fn share_of_it(&self, at: usize) -> Option<Group> {
        if !self.has(at + 1, self.roles.percent) {
            return None;
        }
        let item = &self.items[at];
        let value = match item.kind {
            ItemKind::Number(value) => value,
            _ if self.has(at, self.roles.numeral) => item.value?.parse().ok()?,
            _ => return None,
        };
        // "10 % only of PLACE".
        let is_only = !self.is_analytic && self.has(at + 2, self.roles.only);
        let behind = at + 2 + usize::from(is_only);
        let follows = |set| self.has(behind, set);
        let first = self.rest_before(at);
        // "Ten percent of its men": in words it is a share of the place only where it is the rest.
        let is_meant = matches!(item.kind, ItemKind::Number(_)) || first < at;
        let is_share = is_meant
            && (1.0..100.0).contains(&value)
            && !follows(self.roles.of)
            && !follows(self.roles.the)
            && !follows(self.roles.within)
            && !follows(self.roles.head)
            && !self.leads_to_place(at + 1);
        is_share.then(|| {
            Group::pointing(
                (first, at + 1),
                at,
                Part::Share(Some(value / 100.0)),
                Back::Pronoun,
            )
        })
    }

    /// Where "the other", "the remaining", "the last" before the item at `at` begins.
    fn rest_before(&self, at: usize) -> usize {
        let is = |at: usize, set| at > 0 && self.has(at - 1, set);
        if !is(at, self.roles.rest_adj) {
            at
        } else if is(at - 1, self.roles.the) {
            at - 2
        } else {
            at - 1
        }
    }

    /// "The last third", with no name behind it.
    pub(super) fn fraction_of_it(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        let first = self.rest_before(at);
        let is_rest = item.classes.meets(self.roles.fraction)
            && first < at
            && !self.has(at + 1, self.roles.of)
            && !self.has(at + 1, self.roles.within)
            && !self.has(at + 1, self.roles.head)
            && !self.leads_to_place(at);
        let value = || item.value.and_then(|value| value.parse().ok());
        is_rest.then(|| Group::pointing((first, at), at, Part::Share(value()), Back::Pronoun))
    }

    /// "Half with the ACTOR, half with the ACTOR": a share at the head of what is said of it.
    pub(super) fn bare_share(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        let starts = at.checked_sub(1).is_none_or(|before| {
            self.items[before].is_punctuation()
                || self.has(before, self.roles.link)
                || self.has(before, self.roles.ends)
        });
        let value = item.value.and_then(|value| value.parse().ok())?;
        let is_share = self.has_articles()
            && item.classes.meets(self.roles.part)
            && starts
            && (self.has(at + 1, self.roles.held) || self.has(at + 1, self.roles.is_so))
            && !self.leads_to_place(at);
        is_share.then(|| Group::pointing((at, at), at, Part::Share(Some(value)), Back::Pronoun))
    }

    /// "the rest": what is left of the place spoken of.
    pub(super) fn rest_of_it(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        let follows = |set| self.has(at + 1, set);
        let is_part = item.features.any(Features::THE)
            && (item.classes.meets(self.roles.sector)
                || item.classes.meets(self.roles.side)
                || item.classes.meets(self.roles.part) && item.value.is_some())
            && !item.classes.meets(self.roles.head);
        // "To the south, the army holds PLACE": where, not a part of what was named before.
        let is_bearing = at > 0
            && self.has(at - 1, self.roles.direction)
            && (self.has(at, self.roles.side)
                || self.has(at, self.roles.sector)
                    && self.items.get(at + 1).is_some_and(Item::is_comma));
        let is_rest = (item.classes.meets(self.roles.rest) || is_part)
            && !is_bearing
            && (!item.features.any(Features::NOUN) || item.features.any(OWNED))
            && !follows(self.roles.of)
            && !follows(self.roles.head)
            && !(follows(self.roles.the) && self.names_place(at + 2))
            && !self.leads_to_place(at);
        is_rest.then(|| Group {
            is_adjunct: at > 0 && self.has(at - 1, self.roles.place_adjunct),
            ..Group::pointing(
                (at, at),
                at,
                Part::Share(item.value.and_then(|value| value.parse().ok())),
                Back::Pronoun,
            )
        })
    }

    /// "its western quarters", "the centre": a part of the place spoken of.
    pub(super) fn part_of_it(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        let owned = item.features.any(Features::HER.and(Features::HIM));
        let is_share = owned
            && item.classes.meets(self.roles.part)
            && !item.classes.meets(self.roles.zone)
            && !(at > 0 && self.items[at - 1].is_place());
        let is_sector = item.classes.meets(self.roles.sector) || owned && self.is_own_side(at);
        // "All-its-quarters", where it is one word of the lexicon.
        let is_all = owned && item.classes.meets(self.roles.all);
        if !(is_sector || is_share || is_all)
            || item.classes.meets(self.roles.head)
            || self.leads_to_place(at)
        {
            return None;
        }
        let first = (at.saturating_sub(2)..at).find(|index| self.has(*index, self.roles.its));
        // "All its quarters"; in Arabic, "its quarters all".
        let is_all_behind = !self.has_articles() && self.has(at + 1, self.roles.all);
        let is_all_before = at > 0 && self.has(at - 1, self.roles.all);
        let is_whole = is_all || owned && (is_all_before || is_all_behind);
        // "The riverside half".
        let is_plain = |at: usize| {
            let item = &self.items[at];
            matches!(item.kind, ItemKind::Word) && item.classes.is_empty()
        };
        let adjective = usize::from(self.has_articles() && at > 1 && is_plain(at - 1));
        let definite = at > adjective
            && self.has(at - 1 - adjective, self.roles.the)
            && self
                .items
                .get(at + 1)
                .is_none_or(|next| !next.classes.meets(self.roles.of));
        if !owned && first.is_none() && !definite {
            return None;
        }
        let lead = if definite {
            at - 1 - adjective
        } else {
            self.lead(at)
        };
        let first = first.unwrap_or(lead);
        let part = if is_whole {
            Part::Whole
        } else {
            Part::Share(item.value.and_then(|value| value.parse().ok()))
        };
        // "A village to the south".
        let is_adjunct =
            self.has_articles() && first > 0 && self.has(first - 1, self.roles.direction);
        Some(Group {
            is_adjunct,
            ..Group::pointing((first, at), at, part, Back::Pronoun)
        })
    }

    /// "Most of its quarters": where the part words before a part begin.
    fn lead(&self, at: usize) -> usize {
        let joined = self.items[at].features.any(Features::AND);
        let floor = at.saturating_sub(if joined { 0 } else { PART_OF_IT });
        self.leftward(at, floor).0
    }

    /// "Its north is held by", "control of its north": a part of it, not what lies north of it.
    fn is_own_side(&self, at: usize) -> bool {
        let item = &self.items[at];
        item.classes.meets(self.roles.side)
            && (self.is_taken_whole(at) || self.leads_to_held(at) || self.is_given(at))
    }

    /// Stands behind "on", or is joined to a part.
    fn is_taken_whole(&self, at: usize) -> bool {
        let item = &self.items[at];
        let before = |back: usize, set| at >= back && self.has(at - back, set);
        let is_joined = item.features.any(Features::AND)
            && (1..=PART_OF_IT).any(|back| before(back, self.roles.sector));
        before(1, self.roles.onto) || item.features.any(Features::IN) || is_joined
    }

    /// Close behind, a word says who holds it.
    fn leads_to_held(&self, at: usize) -> bool {
        let ahead = (at + 1..self.items.len()).take(OTHER_AHEAD);
        let is_held = |next: usize| {
            self.has(next, self.roles.held)
                || self.items[next].features.any(Features::TO)
                    && matches!(self.items[next].kind, ItemKind::Actor(_))
        };
        ahead
            .take_while(|next| {
                matches!(self.items[*next].kind, ItemKind::Word | ItemKind::Actor(_))
            })
            .any(is_held)
    }

    /// "the hospital", "the market": a point in the place spoken of.
    pub(super) fn point_in_it(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        let is_after_article = || at > 0 && self.has(at - 1, self.roles.the);
        // "Its market".
        let is_owned =
            item.classes.meets(self.roles.town_point) && item.features.any(Features::HER);
        let is_point = item.classes.meets(self.roles.point)
            && (item.features.any(Features::THE) || is_owned || is_after_article())
            && matches!(item.kind, ItemKind::Word)
            && !item.classes.meets(self.roles.head)
            && !self.leads_to_place(at)
            && !self.stands_in(at);
        is_point.then(|| Group {
            is_adjunct: at > 0
                && (self.has(at - 1, self.roles.place_adjunct)
                    || self.has(at - 1, self.roles.within)),
            ..Group::pointing((at, at), at, Part::Point, Back::Pronoun)
        })
    }
    /// "The mosque in the centre of PLACE": the words say where it stands.
    fn stands_in(&self, at: usize) -> bool {
        let is_lead = |at: &usize| {
            self.has(*at, self.roles.the)
                || self.has(*at, self.roles.sector)
                || self.has(*at, self.roles.of)
                || self.has(*at, self.roles.head)
        };
        let behind = at + 2..self.items.len().min(at + 2 + STANDS_IN);
        let place = behind.clone().find(|at| !is_lead(at));
        self.has_articles()
            && self.has(at + 1, self.roles.inside)
            && place.is_some_and(|place| self.items[place].is_place())
    }
}
