//! The scene of a match: a text with what is known of it, and where its clauses and asides end.

use std::ops::Range;

use crate::extract::annotate::{Item, ItemKind};
use crate::extract::discourse::Discourse;
use crate::extract::measure::Measure;
use crate::extract::passing::Passing;
use crate::lexicon::{ClassSet, Features};

/// Items that are looked at for a word that must not follow.
const AHEAD: usize = 8;

/// Items that words about a place or party between two commas may take up.
const LONGEST_ASIDE: usize = 16;

/// What a match is looked for in.
pub(crate) struct Scene<'a> {
    pub items: &'a [Item<'a>],
    pub discourse: &'a Discourse,
    pub measures: &'a [Measure],
    /// What each item is to a gap.
    pub passing: &'a [Passing],
    /// Words that begin a new clause.
    pub clause: ClassSet,
    /// Words behind which a clause goes on about something else, exceptions among them.
    pub edge: ClassSet,
    /// "Which".
    pub which: ClassSet,
    /// "Which is", "it is".
    pub which_is: ClassSet,
    /// Words behind which a pronoun is what a new clause is about; none where it is written onto its verb.
    pub opening: ClassSet,
    /// "In full": words that tell how much of what was named.
    pub amount: ClassSet,
    /// "As for": what follows is about something else.
    pub shift: ClassSet,
    /// Colours of a map.
    pub colour: ClassSet,
    /// "Among them", "including".
    pub naming: ClassSet,
    /// The article, where it is a word of its own.
    pub the: ClassSet,
    /// "Town".
    pub head: ClassSet,
    pub and: ClassSet,
    /// "All of them".
    pub them: ClassSet,
    /// Words that tell in whose hands something is.
    pub held: ClassSet,
    /// "From", where a party may be robbed of something.
    pub from: ClassSet,
    /// Words of taking.
    pub gaining: ClassSet,
}

impl Scene<'_> {
    /// No gap passes the item.
    pub(super) fn is_wall(&self, at: usize) -> bool {
        self.passing[at].any(Passing::WALL)
    }

    /// A clause starts at `at`.
    pub(super) fn starts_clause(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| {
            let item = &self.items[before];
            // "The ACTOR": the article belongs to the name.
            if item.classes.meets(self.the) && self.discourse.actor(at).is_some() {
                return self.starts_clause(before);
            }
            item.is_punctuation()
                || item.classes.meets(self.clause)
                || self.items[at].features.any(Features::AND)
                || self.is_time_of_day(before)
        })
    }

    /// The item behind the party at `at` and the same named again: "US-backed SDF", "(SDF)".
    pub(super) fn behind_party(&self, at: usize) -> usize {
        let is_same = |other: usize| {
            let party = |at: usize| self.discourse.actor(at).map(|named| named.actor);
            party(other).is_some() && party(other) == party(at)
        };
        let is_mark =
            |at: usize, mark| self.items.get(at).is_some_and(|item| item.is_mark(&[mark]));
        let mut next = at + 1;
        if is_same(next) && !self.items[next].features.any(Features::AND) {
            next += 1;
        }
        if is_mark(next, '(') && is_same(next + 1) && is_mark(next + 2, ')') {
            next += 3;
        }
        next
    }

    /// "13:05" at the head of an entry.
    fn is_time_of_day(&self, at: usize) -> bool {
        let is_number = |at: usize| matches!(self.items[at].kind, ItemKind::Number(_));
        at > 1 && is_number(at) && self.items[at - 1].is_mark(&[':']) && is_number(at - 2)
    }

    /// None of these words stands in the first items of a range, up to a mark or a clause word.
    pub(super) fn lacks(&self, classes: ClassSet, range: Range<usize>) -> bool {
        range
            .take(AHEAD)
            .map(|at| &self.items[at])
            .take_while(|item| !item.is_punctuation() && !item.classes.meets(self.clause))
            .all(|item| !item.classes.meets(classes))
    }

    /// The item behind an aside that describes the place or party before `at`: "PLACE, a town of
    /// some thousand souls, is", "PLACE (south of it) is".
    pub(super) fn aside_end(&self, at: usize, end: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let closing = match self.items.get(at)?.kind {
            ItemKind::Mark(',') => ',',
            ItemKind::Mark('(') => ')',
            ItemKind::Mark(dash @ ('-' | '–' | '—')) => dash,
            _ => return None,
        };
        let is_named =
            self.discourse.group_at(before).is_some() || self.discourse.actor(before).is_some();
        if !is_named {
            return None;
        }
        let most = end.min(at + 1 + LONGEST_ASIDE);
        let close = (at + 1..most).find(|index| self.items[*index].is_mark(&[closing]))?;
        let opening = self.items.get(at + 1)?;
        // "PLACE, which A took from B,", "PLACE, taken by A,".
        let is_participle =
            |item: &Item| item.classes.meets(self.which) || item.features.any(Features::PAST);
        // "PLACES, all of them taken from B,".
        let tells = is_participle(opening)
            || opening.classes.meets(self.them)
                && self.items.get(at + 2).is_some_and(is_participle);
        let is_plain = |index: usize| {
            let item = &self.items[index];
            !item.is_break()
                && !item.is_mark(&['.', ';', ':', '?', '!'])
                && (tells
                    || !self.is_wall(index)
                        && !item.classes.meets(self.clause)
                        && !item.classes.meets(self.held)
                        && self.discourse.actor(index).is_none())
        };
        let behind = self.items.get(close + 1)?;
        let goes_on = close + 1 < end
            && close > at + 1
            && !behind.is_punctuation()
            && !behind.is_place()
            && !behind.classes.meets(self.clause)
            && !behind.classes.meets(self.and);
        (goes_on && (at + 1..close).all(is_plain)).then_some(close + 1)
    }

    /// A clause ends before `at`, or the sentence does, at `end`.
    pub(super) fn ends_clause(&self, at: usize, end: usize) -> bool {
        at >= end
            || self.items[at].is_punctuation()
            || self.items[at].classes.meets(self.edge)
            || self.items[at].features.any(Features::AND)
    }
}
