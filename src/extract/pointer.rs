//! Phrases that point back to a place: "the town", "both", "the second", "the other".
//!
//! Places of a list are in `of_list`, parts of the place spoken of in `part_of_it`, words for the place itself in `pronoun`.

mod of_list;
mod part_of_it;
mod pronoun;

use super::annotate::{Item, ItemKind};
use super::group::{Back, Finder, Group};
use super::part::Part;
use crate::lexicon::{ClassSet, Features};

/// Items from "the other" to what is said of it.
const OTHER_AHEAD: usize = 4;

/// Items from "four villages" to the end of their sentence.
const LISTED_NEXT: usize = 16;

/// Items from "the people of" to "their towns".
const RESIDENTS: usize = 16;

/// Items from "these villages" to the colon before their names.
const COLON_AHEAD: usize = 5;

/// Items of a part phrase before a pronoun.
const PART_OF_IT: usize = 5;

impl Finder<'_> {
    /// "the town", "this village": a noun for a place without a name.
    pub(super) fn back_reference(&self, at: usize) -> Option<Group> {
        let item = &self.items[at];
        if !item.classes.meets(self.pointing) && !matches!(item.kind, ItemKind::Number(_)) {
            return None;
        }
        if item.classes.meets(self.roles.pronoun) {
            let is_place = !self.is_existential(at) && !self.says(at);
            return is_place.then(|| self.pronoun(at));
        }
        let is_them =
            item.classes.meets(self.roles.them) && !self.leads_to_noun(at) && !self.floats(at)
                || item.classes.meets(self.roles.either) && self.is_last(at)
                || item.classes.meets(self.roles.those) && self.is_object(at);
        if is_them {
            return Some(self.all_of_them(at));
        }
        if let Some(group) = self.part_of_them(at).or_else(|| self.following(at)) {
            return Some(group);
        }
        if self.is_only_one(at) && self.is_named_next(at) {
            return Some(Group::pointing((at, at), at, Part::Whole, Back::Last(1)));
        }
        if !item.classes.meets(self.roles.head) || !matches!(item.kind, ItemKind::Word) {
            return None;
        }
        let before = |set| at > 0 && self.has(at - 1, set);
        let definite = item.features.any(Features::THE.and(Features::HER))
            || before(self.roles.the)
            || self.is_tagged(at)
            || self.is_of_residents(at);
        if self.is_listed_next(at) {
            return Some(self.listed_next(at));
        }
        let is_named = self.leads_to_place(at) || self.leads_to_list(at);
        if !definite || is_named || self.is_apposed(at) {
            return None;
        }
        // "The villages under the control of B", "the villages that stretch from": those that are so,
        // not the ones named before.
        // "The two towns under the control of B" are those.
        let is_kind = item.classes.meets(self.roles.heads)
            && item.value.is_none()
            && item.features.any(Features::THE)
            && (self.has(at + 1, self.roles.subject_to)
                || self.has(at + 1, self.roles.range_of)
                // "The villages that lie ahead of it".
                || self.has(at + 1, self.roles.which) && self.has(at + 2, self.roles.lying));
        let back = if is_kind || !item.classes.meets(self.roles.pointer) {
            Back::Nothing
        } else if item.classes.meets(self.roles.heads) {
            Back::List
        } else {
            Back::Place
        };
        // "One of the towns" is none that was named.
        let noun = at - usize::from(before(self.roles.the));
        if back != Back::Nothing && noun > 0 && self.has(noun - 1, self.roles.one_of) {
            return None;
        }
        Some(self.noun_phrase(at, back))
    }

    /// "The people of A and B ... their towns".
    fn is_of_residents(&self, at: usize) -> bool {
        let mut before = at.saturating_sub(RESIDENTS)..at;
        let names = |at: usize| (at + 1..at + 3).any(|next| self.names_place(next));
        self.items[at].features.any(Features::THEM)
            && !self.has_articles()
            && before.any(|left| self.has(left, self.roles.residents) && names(left))
    }

    /// The part words and the article around the noun at `at`, which points back.
    fn noun_phrase(&self, at: usize, back: Back) -> Group {
        let (mut first, part) = self.leftward(at, 0);
        let mut last = at;
        let mut part = self.rightward(&mut last, part);
        // "The village school".
        if self.has_articles() && self.has(last + 1, self.roles.point) {
            part = Part::Point;
            last += 1;
        }
        if first > 0
            && self.has(first - 1, self.roles.the)
            && !self.has(first - 1, self.roles.place_preposition)
        {
            first -= 1;
        }
        let is_adjunct = self.is_excepted(first)
            || first > 0
                && (self.has(first - 1, self.roles.place_adjunct)
                    || back == Back::Nothing && self.has(first - 1, self.roles.within));
        Group {
            is_adjunct,
            ..Group::pointing((first, last), at, part, back)
        }
    }

    /// "These villages since Sunday: A, B": the names stand behind.
    fn leads_to_list(&self, at: usize) -> bool {
        let behind = self.items.iter().skip(at + 1).take(COLON_AHEAD);
        let mut marks = behind.filter(|item| item.is_punctuation());
        self.has(at, self.roles.heads)
            && self.has_articles()
            && marks.next().is_some_and(|mark| mark.is_mark(&[':']))
    }

    /// "It holds four villages. They are A, B, C and D", "nothing but one town. It is A": the next
    /// sentence names them.
    fn is_listed_next(&self, at: usize) -> bool {
        let has_number = self.items[at].value.is_some() || self.numeral_before(at).is_some();
        let is_counted = if self.is_analytic {
            self.has(at, self.roles.heads) && has_number
        } else {
            !self.items[at]
                .features
                .any(Features::THE.and(Features::OWNED))
                && (self.has(at, self.roles.heads) || self.has(at + 1, self.roles.numeral))
        };
        is_counted && self.is_named_next(at)
    }

    /// "Nothing but one. It is A".
    fn is_only_one(&self, at: usize) -> bool {
        let before = |at: usize| self.has(at, self.roles.only);
        !self.is_analytic && self.has(at, self.roles.numeral) && at > 0 && before(at - 1)
    }

    /// The sentence around `at` names no more places, and the next begins with the names.
    fn is_named_next(&self, at: usize) -> bool {
        let most = self.items.len().min(at + LISTED_NEXT);
        let ends = |at: &usize| self.items[*at].is_punctuation() && !self.items[*at].is_comma();
        let Some(end) = (at + 1..most).find(ends) else {
            return false;
        };
        let names_none = !self.items[at + 1..end].iter().any(Item::is_place);
        // "The villages are A and B".
        let is_noun = !self.is_analytic
            && self.has(end + 1, self.roles.heads)
            && self.items[end + 1].features.any(Features::THE);
        let naming = end + 1 + usize::from(is_noun);
        let they_are = self.has(naming, self.roles.naming_next) && self.names_place(naming + 1);
        self.items[end].is_mark(&['.']) && names_none && they_are
    }

    fn numeral_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        self.has(before, self.roles.numeral).then_some(before)
    }

    /// "The ACTOR-held town", where the article may belong to the name of the party.
    fn is_tagged(&self, at: usize) -> bool {
        let is_actor = |at: usize| matches!(self.items[at].kind, ItemKind::Actor(_));
        at > 1
            && self.has(at - 1, self.roles.held_tag)
            && self.items[at - 1].features.any(Features::GLUED)
            && is_actor(at - 2)
            && !self.has(at, self.roles.heads)
            && at.checked_sub(3).is_none_or(|before| {
                let item = &self.items[before];
                !item.classes.is_empty() && !item.classes.meets(self.roles.numeral)
            })
            && !(self.items.get(at + 1).is_some_and(Item::is_comma) && self.names_place(at + 2))
    }

    fn names_place(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(Item::is_place)
    }

    /// "The storming of the first": a noun without its article, which what stands behind it has.
    fn is_construct(&self, at: usize) -> bool {
        let features = self.items[at].features;
        !self.is_analytic && features.any(Features::NOUN) && !features.any(Features::THE)
    }

    /// "The ACTOR took them": behind a verb of taking or holding.
    fn is_object(&self, at: usize) -> bool {
        at > 0
            && (self.has(at - 1, self.roles.taken)
                || self.has(at - 1, self.roles.kept)
                || self.has(at - 1, self.roles.dealt))
            && self.items[at - 1].features.is_finite()
    }

    /// "Are both held by": the word goes with the places named before.
    fn floats(&self, at: usize) -> bool {
        let is_verb = |at: usize| self.has(at, self.roles.is_so) || self.has(at, self.roles.held);
        // "Which are both held": there it stands for the places itself.
        let is_described = at > 1 && self.has(at - 2, self.roles.which);
        self.has_articles() && at > 0 && is_verb(at - 1) && !self.is_last(at) && !is_described
    }

    /// "both towns", "all three small towns", "both sides", "both A and B": the word belongs to what
    /// follows.
    fn leads_to_noun(&self, at: usize) -> bool {
        let is_noun = |item: &Item| {
            item.is_place()
                || item.classes.meets(self.roles.head)
                || matches!(item.kind, ItemKind::Actor(_) | ItemKind::Masked)
        };
        let is_plain = |item: &&Item| {
            matches!(item.kind, ItemKind::Word) && item.classes == ClassSet::default()
        };
        let next = self.items.get(at + 1);
        let behind = next.filter(is_plain).and_then(|_| self.items.get(at + 2));
        next.is_some_and(is_noun) || behind.is_some_and(|item| item.classes.meets(self.roles.head))
    }

    /// "The latter in the hands of the ACTOR", "the latter in ACTOR hands".
    fn leads_to_hands(&self, last: usize) -> bool {
        let is_hands = |at: usize| self.has(at, self.roles.hands);
        let is_actor = |at: usize| {
            let item = self.items.get(at);
            item.is_some_and(|item| matches!(item.kind, ItemKind::Actor(_)))
        };
        let the = usize::from(self.has(last + 2, self.roles.the));
        let behind = last + 2 + the;
        self.has(last + 1, self.roles.within)
            && (is_hands(behind) || is_actor(behind) && is_hands(behind + 1))
    }

    /// Nothing stands behind the item that it could describe: a mark, "and", "by", "with", or the
    /// party that "in the latter" leads to.
    fn ends_phrase(&self, last: usize) -> bool {
        let Some(next) = self.items.get(last + 1) else {
            return true;
        };
        let follows = |set| self.has(last + 1, set);
        let is_left_to = self.items.get(last + 2).is_none_or(Item::is_punctuation);
        next.is_punctuation()
            || follows(self.roles.link)
            || follows(self.roles.ends)
            || follows(self.roles.by)
            || follows(self.roles.held) && !follows(self.roles.head)
            || matches!(next.kind, ItemKind::Actor(_)) && is_left_to
    }

    /// "The next town, PLACE, and": a noun that other words tell from those spoken of, and its name behind
    /// a comma.
    pub(super) fn is_apposed(&self, at: usize) -> bool {
        if !self.has_articles() || !self.is_analytic {
            return false;
        }
        let is_noun = |at: &usize| self.has(*at, self.roles.head);
        // "The next town downstream, PLACE".
        let is_where = |at: usize| {
            let item = self.items.get(at);
            item.is_some_and(|item| matches!(item.kind, ItemKind::Word))
                && !self.has(at, self.blocks)
        };
        let nouns = (at..self.items.len()).take_while(is_noun).count();
        let start = (0..at).rev().take_while(is_noun).last().unwrap_or(at);
        let comma = at + nouns;
        let comma = comma + usize::from(is_where(comma));
        let is_comma = |at: usize| self.items.get(at).is_some_and(Item::is_comma);
        let place = comma + 1;
        let is_place = self.items.get(place).is_some_and(Item::is_place);
        // One that is told from others: "neighbouring", "next".
        let words = self.items[at + nouns - 1].token + 1 - self.items[start].token;
        // "The next village, PLACE residents said".
        let ends = self.items.get(place + 1).is_none_or(|next| {
            next.is_punctuation()
                || self.has(place + 1, self.roles.link)
                || self.has(place + 1, self.roles.time)
                || self.has(place + 1, self.roles.place_preposition)
        });
        nouns > 0 && words > 1 && is_comma(comma) && is_place && ends
    }

    /// True when a place follows the noun at `at`, so that the noun is its own.
    pub(super) fn leads_to_place(&self, at: usize) -> bool {
        let mut next = at + 1;
        let mut most = at + 4;
        let item = &self.items[at];
        // Where the article is no word of its own.
        let is_part = item.features.any(Features::THE)
            && (item.classes.meets(self.roles.sector) || item.classes.meets(self.roles.part));
        while next < self.items.len().min(most) {
            let item = &self.items[next];
            if item.is_place() {
                return !item.features.any(Features::AND);
            }
            // "The lower half of its larger neighbour, PLACE".
            if item.is_comma() && next > at + 1 && self.has(next - 1, self.roles.kin) {
                next += 1;
                continue;
            }
            // "The quarters, south-eastern, of PLACE", "the quarters nearest the river of PLACE".
            let is_plain = is_part
                && matches!(item.kind, ItemKind::Word)
                && item.classes == ClassSet::default()
                && !item.features.any(Features::AND);
            let is_compass = item.classes.meets(self.roles.compass) || is_plain;
            // "Its southern quarters and the town of PLACE": one more place.
            let leads = self.roles.head.and(self.roles.of);
            let leads = leads.and(self.roles.kin).and(self.roles.its);
            let is_lead = item.classes.meets(leads) && !item.features.any(Features::AND);
            if !is_compass && !is_lead {
                return false;
            }
            most = (most + usize::from(is_compass)).min(at + 8);
            next += 1;
        }
        false
    }
}
