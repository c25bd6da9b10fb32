//! "In the countryside of GOVERNORATE", "east of the RIVER", ", near the BORDER": words behind a
//! place that say where it lies. They belong to its phrase: a list goes on behind them, and a
//! relative pronoun means the place, not the region.

use super::annotate::{Item, ItemKind};
use super::discourse::is_region;
use super::group::Finder;
use crate::gazetteer::Kind;
use crate::lexicon::Features;

/// Words between the preposition and the region, and behind the region.
const MOST_WORDS: usize = 4;

/// Words of an aside that says where a place lies.
const LONGEST_ASIDE: usize = 10;

impl Finder<'_> {
    /// Moves `last` behind the words that say in which region the place is.
    pub(super) fn whereabouts(&self, last: &mut usize) {
        while let Some(end) = self
            .region_behind(*last)
            .or_else(|| self.bearing_behind(*last))
            .or_else(|| self.side_behind(*last))
        {
            *last = end;
        }
    }

    /// "PLACE to its south": where it lies from the one before.
    fn bearing_behind(&self, last: usize) -> Option<usize> {
        let owner = last + 2;
        // "Its south" may be one word of the lexicon.
        let side =
            owner + usize::from(self.has(owner, self.roles.its) || self.has(owner, self.roles.the));
        let sides = self
            .roles
            .side
            .and(self.roles.sector)
            .and(self.roles.compass);
        let is_bearing = self.has(last + 1, self.roles.direction) && self.has(side, sides);
        let ends = self.items.get(side + 1).is_none_or(|next| {
            next.is_punctuation()
                || next.classes.meets(self.roles.link)
                || next.classes.meets(self.roles.lies)
                || next.classes.meets(self.roles.is_so)
        });
        (is_bearing && ends && self.has_articles()).then_some(side)
    }

    /// "A to the north of it and B to the south of it", where that is one word: the list goes on.
    fn side_behind(&self, last: usize) -> Option<usize> {
        let side = self.items.get(last + 1)?;
        let is_side = side.classes.meets(self.roles.side)
            && side.features.any(Features::OWNED)
            && !side.features.any(Features::AND);
        let names = |item: &Item| item.is_place() || item.classes.meets(self.roles.head);
        let goes_on = self
            .items
            .get(last + 2)
            .is_none_or(|next| next.is_comma() || next.features.any(Features::AND) && names(next));
        (is_side && goes_on && !self.has_articles()).then_some(last + 1)
    }

    /// Moves `last` behind "and its surroundings", "and the farms around it": more ground of the
    /// same hands.
    pub(super) fn surroundings(&self, last: &mut usize) {
        let and = *last + 1;
        if !self.has_articles() && self.has(and, self.roles.around) {
            *last = self.villages_around(and);
        }
        if !self.has_articles() || !self.has(and, self.roles.link) {
            return;
        }
        let is_lead = |at: usize| self.has(at, self.roles.its) || self.has(at, self.roles.the);
        let words = and + 2..(and + 2 + MOST_WORDS).min(self.items.len());
        let environs = self.roles.environs;
        let is_plain = |at: &usize| self.is_plain(&self.items[*at]) || self.has(*at, environs);
        if !is_lead(and + 1) {
            return;
        }
        let owned = self.has(and + 1, self.roles.its);
        let mut words = words.take_while(is_plain);
        let end = words.find(|at| {
            let around = self.has(*at, environs);
            around && (owned || self.has(at + 1, self.roles.pronoun))
        });
        if let Some(end) = end.filter(|end| !self.has(end + 1, self.roles.of)) {
            *last = end + usize::from(!owned);
        }
    }

    /// "And what lies south of it in villages and towns", where "and what lies south of it" is one
    /// word: its last noun.
    fn villages_around(&self, around: usize) -> usize {
        let heads = |at: &usize| self.has(*at, self.roles.heads);
        let named = (around + 2..self.items.len()).take_while(heads).last();
        let is_of = self.has(around + 1, self.roles.whom);
        named.filter(|_| is_of).unwrap_or(around)
    }

    /// "PLACE, further east, is held": words between commas that only say where, and then a verb.
    pub(super) fn aside(&self, last: &mut usize) {
        let comma = *last + 1;
        let is_comma = |at: usize| self.items.get(at).is_some_and(Item::is_comma);
        if !self.has_articles() || !is_comma(comma) {
            return;
        }
        let behind = comma + 1..self.items.len();
        let Some(end) = behind
            .take(LONGEST_ASIDE)
            .find(|at| !self.says_where(*at))
            .filter(|end| *end > comma + 1 && is_comma(*end))
        else {
            return;
        };
        let is_verb = |at: usize| {
            let verb = |item: &Item| item.classes.meets(self.blocks) && item.features.is_finite();
            self.has(at, self.roles.is_so)
                || self.has(at, self.roles.lies)
                || self.has(at, self.roles.held)
                || self.items.get(at).is_some_and(verb)
        };
        if is_verb(end + 1) {
            *last = end;
        }
    }

    /// A word that says nothing but where something is.
    fn says_where(&self, at: usize) -> bool {
        let item = &self.items[at];
        let roles = &self.roles;
        let where_words = roles
            .parts
            .and(roles.place_preposition)
            .and(roles.place_adjunct)
            .and(roles.the)
            .and(roles.its)
            .and(roles.numeral)
            .and(roles.compass)
            .and(roles.head);
        match item.kind {
            ItemKind::Number(_) => true,
            ItemKind::Place(_) => self.is_region(at),
            ItemKind::Word => {
                item.classes.is_empty()
                    || item.classes.meets(where_words)
                        && !item.classes.meets(self.blocks)
                        && !item.classes.meets(roles.held)
                        && !item.classes.meets(roles.pronoun)
            }
            _ => false,
        }
    }

    fn region_behind(&self, last: usize) -> Option<usize> {
        let comma = last + 1;
        let lead = comma + usize::from(self.items.get(comma)?.is_comma());
        let opening = self.items.get(lead)?;
        if opening.features.any(Features::AND) {
            return None;
        }
        // "PLACE east-of-the-RIVER": a name that is itself an answer to where.
        let region = if opening.is_place() {
            (lead == comma).then_some(lead)?
        } else {
            let leads = opening.classes.meets(self.roles.inside)
                || opening.classes.meets(self.roles.place_adjunct)
                    && !opening.classes.meets(self.roles.direction)
                || opening.features.any(Features::IN) && opening.classes.meets(self.roles.parts)
                || self.has(lead, self.roles.side) && lead == comma;
            if !leads {
                return None;
            }
            let words = lead + 1..self.items.len();
            words
                .take(MOST_WORDS)
                .find(|index| !self.is_plain(&self.items[*index]))?
        };
        let is_where = self.is_region(region) || self.is_town_of_quarter(last, region);
        if !is_where || self.items[region].features.any(Features::AND) {
            return None;
        }
        Some(self.described(region))
    }

    /// "The quarter of A in the town of B": where the quarter is.
    fn is_town_of_quarter(&self, quarter: usize, town: usize) -> bool {
        self.kind(quarter) == Some(Kind::Neighbourhood)
            && self
                .kind(town)
                .is_some_and(|kind| kind.is_settlement() && kind != Kind::Neighbourhood)
    }

    /// A word that says nothing of control.
    fn is_plain(&self, item: &Item) -> bool {
        matches!(item.kind, ItemKind::Word | ItemKind::Number(_))
            && !item.features.any(Features::AND)
            && (!item.classes.meets(self.blocks) || item.classes.meets(self.roles.of))
    }

    /// "The countryside of GOVERNORATE, eastern": adjectives behind the name.
    fn described(&self, region: usize) -> usize {
        let adjectives = (region + 1..self.items.len())
            .take(MOST_WORDS)
            .take_while(|index| {
                let item = &self.items[*index];
                matches!(item.kind, ItemKind::Word)
                    && item.features.any(Features::THE)
                    && !item.features.any(Features::AND)
                    && (item.classes.is_empty()
                        || self.has(*index, self.roles.sector)
                        || self.has(*index, self.roles.compass))
            });
        adjectives.last().unwrap_or(region)
    }

    fn is_region(&self, at: usize) -> bool {
        self.kind(at).is_some_and(is_region)
    }
}
