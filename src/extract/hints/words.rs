//! The words around a place phrase that hints may speak of: how near each stands, on which side, in
//! which clause, and whether it is denied.

use std::ops::Range;

use super::hint::{At, MOST_FAMILIES, Near, Seen, Sign, Standing, Word};
use super::parties::Parties;
use super::table::Hints;
use crate::actor::ActorId;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::claim::Context;
use crate::extract::group::Group;
use crate::lexicon::ClassSet;

/// Items from a place to words that may belong to it.
const FAR: usize = 30;

/// Items from a place to words that stand close.
const CLOSE: usize = 4;

/// Items before a word in which a denial turns it round.
const DENIAL: usize = 3;

/// The words around a place phrase.
pub(super) struct Words {
    /// Its clause.
    pub clause: Range<usize>,
    pub cues: Vec<Cue>,
    /// The classes of the cues that tell something, first those of the first cue, then those of the
    /// second, ...
    pub classes: Vec<Word>,
    /// The nearest cue of each family.
    nearest: [Option<usize>; MOST_FAMILIES],
}

impl Words {
    /// The nearest cue of each family that has one.
    pub(super) fn near(&self) -> impl Iterator<Item = (Word, &Cue)> {
        let each = self.nearest.iter().enumerate();
        each.filter_map(|(at, near)| near.map(|cue| (Word::family(at), &self.cues[cue])))
    }
}

/// A word near a place that hints may speak of.
pub(super) struct Cue {
    pub item: usize,
    pub at: At,
    pub distance: usize,
    pub is_denied: bool,
    /// What it is where it does not name the party that is asked for.
    sign: Option<Sign>,
    /// The party that it names.
    named: Option<ActorId>,
    /// Which of the classes of the words around are its.
    pub classes: Range<usize>,
}

impl Cue {
    /// How it is seen by a party that stands to it so.
    pub(super) fn seen(&self, standing: Standing) -> Seen {
        Seen {
            at: self.at,
            near: match self.distance {
                1 => Near::Next,
                distance if distance <= CLOSE => Near::Close,
                _ => Near::Far,
            },
            standing,
            is_denied: self.is_denied,
        }
    }

    /// What it is to a party and to the place that is looked at.
    pub(super) fn sign(&self, party: ActorId) -> Option<Sign> {
        if self.named == Some(party) {
            Some(Sign::Own)
        } else {
            self.sign
        }
    }
}

/// Finds the words around the place phrases of a text.
pub(super) struct Finder<'a> {
    pub context: &'a Context<'a>,
    pub parties: &'a Parties<'a>,
    pub table: &'a Hints,
    /// The classes of words that hints speak of.
    pub watched: ClassSet,
}

impl Finder<'_> {
    /// The clause of a place phrase and the words around it that hints speak of.
    pub(super) fn words(&self, phrase: &Group, sentence: &Range<usize>) -> Words {
        let items = self.context.items;
        let words = &self.context.language.words;
        let parts = |at: &usize| {
            items[*at].classes.meets(words.clause)
                || items[*at].is_mark(&[':', ';', '؛', '–', '—', '.', '!', '?', '؟', '«', '»'])
                || items[*at].is_break()
                || self.context.is_of_another(*at)
        };
        let first = phrase.first.saturating_sub(FAR).max(sentence.start);
        let last = (phrase.last + 1 + FAR).min(sentence.end);
        let last = last.max(phrase.last + 1).min(items.len());
        let start = (first..phrase.first).rev().find(parts);
        let start = start.map_or(first, |at| at + 1);
        let end = (phrase.last + 1..last).find(parts).unwrap_or(last);
        let clause = start..end;
        let is_named = phrase.back.is_none();
        let is_part = |at: &usize| is_named && (phrase.first..=phrase.last).contains(at);
        let mut around = Words {
            clause,
            cues: Vec::with_capacity(FAR),
            classes: Vec::with_capacity(FAR),
            nearest: [None; MOST_FAMILIES],
        };
        for item in (first..last).filter(|at| !is_part(at)) {
            let sign = self.sign(item);
            let classes = items[item].classes.shared(self.watched);
            if sign.is_some() || !classes.is_empty() {
                self.add_cue(&mut around, (item, sign), classes, (phrase, sentence));
            }
        }
        around
    }

    /// Adds the word at an item, of these classes, to those around a phrase of a sentence.
    fn add_cue(
        &self,
        around: &mut Words,
        (item, sign): (usize, Option<Sign>),
        classes: ClassSet,
        (phrase, sentence): (&Group, &Range<usize>),
    ) {
        let is_before = item < phrase.first;
        let at = match (is_before, around.clause.contains(&item)) {
            (true, true) => At::Before,
            (false, true) => At::Behind,
            (true, false) => At::FarBefore,
            (false, false) => At::FarBehind,
        };
        let distance = if is_before {
            phrase.first - item
        } else {
            item.saturating_sub(phrase.last)
        };
        let denial = item.saturating_sub(DENIAL).max(sentence.start)..item;
        let denies = |item: &Item| item.classes.meets(self.table.denial);
        let first = around.classes.len();
        let told = self.table.telling(classes).positions();
        around.classes.extend(told.map(Word::class));
        let own = first..around.classes.len();
        let cue = around.cues.len();
        around.cues.push(Cue {
            item,
            at,
            distance,
            is_denied: self.context.items[denial].iter().any(denies),
            sign,
            named: self.parties.named(item),
            classes: own.clone(),
        });
        let families = around.classes[own]
            .iter()
            .flat_map(|class| self.table.families(*class));
        for family in families.filter_map(|family| family.as_family()) {
            let nearest = &mut around.nearest[family];
            if nearest.is_none_or(|known| distance < around.cues[known].distance) {
                *nearest = Some(cue);
            }
        }
    }

    /// What an item is to a party that it does not name, and to the place that is looked at.
    fn sign(&self, item: usize) -> Option<Sign> {
        match self.context.items[item].kind {
            _ if self.parties.named(item).is_some() => Some(Sign::OtherParty),
            ItemKind::Place(_) => Some(Sign::OtherPlace),
            ItemKind::Number(_) => Some(Sign::Number),
            _ => None,
        }
    }
}
