//! The word that tells most of who holds a place where the text speaks of it, and whether it may be
//! believed.

use std::collections::{BTreeMap, BTreeSet};

use super::around::{Around, Sighting};
use super::hint::{Cue, Hint, Much};
use super::landmark::is_only_where;
use crate::extract::SetAside;
use crate::extract::claim::Context;
use crate::extract::consequence::UNNAMED;
use crate::extract::mood::{Mood, mood};
use crate::extract::part::Part;
use crate::gazetteer::PlaceId;
use crate::lexicon::Features;

/// Finds such words.
pub(super) struct Cues<'a> {
    context: &'a Context<'a>,
    around: &'a Around<'a>,
    /// Words set aside without a place: first and last byte.
    spent: BTreeMap<usize, usize>,
    /// Places of which something was set aside, with the first byte of the words.
    of_place: BTreeSet<(PlaceId, usize)>,
}

impl<'a> Cues<'a> {
    /// In a text of which rules set these `aside`.
    pub(super) fn of(context: &'a Context<'a>, around: &'a Around<'a>, aside: &[SetAside]) -> Self {
        // A deed without a doer may still be somebody's.
        let meant = || aside.iter().filter(|aside| aside.reason != UNNAMED);
        Self {
            context,
            around,
            spent: meant()
                .filter(|aside| aside.place.is_none())
                .map(|aside| (aside.span.start, aside.span.end))
                .collect(),
            of_place: meant()
                .filter_map(|aside| Some((aside.place?, aside.span.start)))
                .collect(),
        }
    }

    /// How much of the place a sighting speaks of, and what can be said of the word that tells most of it.
    pub(super) fn hints(&self, sighting: &Sighting, tell: &mut impl FnMut(Hint)) {
        match sighting.spoken.part {
            Part::Whole => {}
            Part::Share(_) => tell(Hint::Part(Much::Share)),
            Part::Outside => tell(Hint::Part(Much::Outside)),
            Part::Point => tell(Hint::Part(Much::Point)),
            Part::Axis => tell(Hint::Part(Much::Axis)),
        }
        if is_only_where(self.context, sighting.group) {
            tell(Hint::Part(Much::Where));
        }
        let Some((item, is_control)) = self.around.cue(sighting) else {
            tell(Hint::HasCue(Cue::Missing));
            return;
        };
        let kind = if is_control {
            Cue::Control
        } else {
            Cue::Telling
        };
        tell(Hint::HasCue(kind));
        if self.around.used(sighting, item).next().is_some() {
            tell(Hint::HasCue(Cue::Used));
        }
        if self.is_spent(self.context.items[item].span.start) {
            tell(Hint::HasCue(Cue::Spent));
        }
        if !sighting.words.clause.contains(&item) {
            tell(Hint::HasCue(Cue::Apart));
        }
        if self.is_to_come(sighting, item) {
            tell(Hint::HasCue(Cue::ToCome));
        }
        tell(Hint::Mood(self.mood(sighting, item)));
    }

    /// The mood of a word near a sighting.
    pub(super) fn mood(&self, sighting: &Sighting, at: usize) -> Mood {
        let own = &sighting.words.clause;
        let clause = own.start.min(at)..own.end.max(at + 1);
        mood(self.context.items, at, clause, &self.context.language.words)
    }

    /// "PLACE will follow them".
    pub(super) fn is_to_come(&self, sighting: &Sighting, at: usize) -> bool {
        let items = self.context.items;
        let last = self.context.discourse.groups[sighting.group].last;
        let is_future = |at: usize| {
            let item = items.get(at);
            item.is_some_and(|item| item.features.any(Features::FUTURE))
        };
        is_future(at) || is_future(last + 1)
    }

    /// Something that the sentence says of the place was set aside.
    pub(super) fn is_set_aside(&self, sighting: &Sighting) -> bool {
        let sentence = self.context.discourse.sentences.get(sighting.sentence);
        let items = sentence.map(|range| &self.context.items[range.clone()]);
        let ends = items.and_then(|items| items.first().zip(items.last()));
        let Some((first, last)) = ends else {
            return false;
        };
        let span = first.span.to(last.span);
        let place = sighting.spoken.place;
        let of_place = (place, span.start)..(place, span.end);
        self.of_place.range(of_place).next().is_some()
    }

    /// The word at this byte was set aside, of no place.
    fn is_spent(&self, start: usize) -> bool {
        let before = self.spent.range(..=start).next_back();
        before.is_some_and(|(_, end)| start < *end)
    }
}
