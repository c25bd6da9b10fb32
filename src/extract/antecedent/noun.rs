//! "The town", "the village": the place spoken of before of which the noun is said.

use super::{Before, NEAR_GROUPS};
use crate::extract::annotate::Item;
use crate::extract::discourse::{Reader, Spoken};
use crate::extract::group::{Back, Group};
use crate::gazetteer::PlaceId;

impl Reader<'_> {
    /// The noun that points ("the town") is one said of places of this kind, its first `most` kinds
    /// counted.
    pub(super) fn fits_noun(&self, item: usize, place: PlaceId, most: usize) -> bool {
        let noun = self.items[item].classes;
        (self.words).is_said_of(noun, self.gazetteer.kind(place), most)
    }

    /// The noun at `noun` stood before the name at `place`: "the town of PLACE ... the town".
    fn was_called(&self, place: usize, noun: usize) -> bool {
        place.checked_sub(1).is_some_and(|before| {
            self.words.nouns.iter().any(|(class, _)| {
                let is_said = |at: usize| self.items[at].classes.meets(*class);
                is_said(noun) && (is_said(before) || before > 0 && is_said(before - 1))
            })
        })
    }
}

impl<'a> Before<'a> {
    /// The nearest place that was called by the noun or is of its first kind, else one of which the
    /// noun is said.
    pub(super) fn fitting(&self) -> Option<&'a Spoken> {
        let item = self.group.members[0].item;
        let fits = |spoken: &Spoken, most| self.reader.fits_noun(item, spoken.place, most);
        // "Gunmen from A hid in B ... the town": B, unless only A is one.
        let nearest = |with_sources: bool| {
            let near = || {
                let near = self.candidates().take(NEAR_GROUPS);
                let near = near.filter(move |(old, _)| with_sources || !self.is_source(old));
                near.flat_map(|(old, places)| places.iter().rev().map(move |spoken| (old, spoken)))
            };
            let is_called = |spoken: &Spoken| self.reader.was_called(spoken.item, item);
            let loose = || near().find(|(_, spoken)| fits(spoken, usize::MAX));
            // "In PLACE it has taken half of the town": the one of its own sentence, which begins
            // with it, is it town or village.
            let own = || loose().filter(|(old, _)| self.begins_own_sentence(old));
            if let Some(own) = own() {
                return Some(own);
            }
            near()
                .find(|(_, spoken)| is_called(spoken) || fits(spoken, 1))
                .or_else(loose)
        };
        let named_last = || {
            let mut near = self.candidates().take(NEAR_GROUPS);
            let (old, places) = near.next().filter(|_| self.says_that())?;
            let last = places.last().filter(|spoken| fits(spoken, usize::MAX))?;
            Some((old, last))
        };
        if let Some(same) = self.same_as_before() {
            return Some(same);
        }
        let (old, found) = named_last()
            .or_else(|| nearest(false))
            .or_else(|| nearest(true))?;
        let (old, found) = self.told_since(old, found).unwrap_or((old, found));
        let head = self.head_of_sentence(old);
        head.filter(|head| fits(head, usize::MAX)).or(Some(found))
    }

    /// "The city ... the villages between the city and PLACE ... the city": what the same noun meant
    /// before, where nothing was named since but whence and where to.
    fn same_as_before(&self) -> Option<&'a Spoken> {
        let reader = self.reader;
        let noun = self.group.members[0].item;
        let is_same = |other: usize| {
            reader.words.nouns.iter().any(|(class, _)| {
                let is_said = |at: usize| reader.items[at].classes.meets(*class);
                is_said(noun) && is_said(other)
            })
        };
        let is_noun = |old: &Group| {
            old.back == Some(Back::Place) && old.members.len() == 1 && is_same(old.members[0].item)
        };
        // "The villages between the city and PLACE", "that part the city from PLACE".
        let is_off = |old: &Group| {
            let before = old.first.checked_sub(1);
            before.is_some_and(|at| reader.items[at].classes.meets(reader.words.off))
        };
        let is_where = |old: &Group| old.is_adjunct || self.is_source(old) || is_off(old);
        let mut near = self.candidates().take(NEAR_GROUPS);
        let (old, places) = near.find(|(old, _)| is_noun(old) || !is_where(old))?;
        let meant = places.first().filter(|_| places.len() == 1)?;
        (!reader.words.is_analytic && is_noun(old)).then_some(meant)
    }

    /// A phrase begins the sentence of this one, behind "in": what the sentence is about.
    fn begins_own_sentence(&self, old: &Group) -> bool {
        let reader = self.reader;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.', '؟', '?', ';', '؛']);
        let between = self.between(old);
        let is_own = between.is_some_and(|between| !between.iter().any(ends));
        let is_in = |at: &usize| reader.items[*at].classes.meets(reader.words.roles.inside);
        let lead = old.first.checked_sub(1).filter(is_in);
        let starts = lead.is_some_and(|lead| lead == 0 || ends(&reader.items[lead - 1]));
        !reader.words.is_analytic && is_own && starts
    }

    /// "Moved them from A before that town fell": the one named last.
    fn says_that(&self) -> bool {
        let words = self.reader.words;
        let that = self.group.members[0].item.checked_sub(1);
        that.is_some_and(|at| {
            let classes = self.reader.items[at].classes;
            words.is_analytic && classes.meets(words.which) && classes.meets(words.roles.the)
        })
    }

    /// A town of an earlier paragraph, whatever it was called, is no longer spoken of where the text
    /// has turned to another.
    fn told_since(&self, old: &Group, found: &Spoken) -> Option<(&'a Group, &'a Spoken)> {
        let reader = self.reader;
        let is_town = |spoken: &Spoken| reader.gazetteer.kind(spoken.place).is_settlement();
        let (near, places) = self.candidates().next()?;
        let between = reader.items.get(old.last + 1..near.first)?;
        let has_turned = between.iter().any(Item::is_break);
        let one = places.last().filter(|spoken| is_town(spoken))?;
        // "Beat off a raid near PLACE": of a paragraph that names no other, that one is meant.
        let is_named = if reader.words.is_analytic {
            !near.is_adjunct
        } else {
            near.back.is_none() && self.is_of_paragraph(near)
        };
        (has_turned && is_named && is_town(found)).then_some((near, one))
    }

    /// "PLACE lies north of OTHER": the place at the head of the sentence in which another only says
    /// where something is.
    fn head_of_sentence(&self, other: &Group) -> Option<&'a Spoken> {
        let reader = self.reader;
        let roles = &reader.words.roles;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.']);
        let starts = |old: &Group| {
            let before = old.first.checked_sub(1);
            before.is_none_or(|before| ends(&reader.items[before]))
        };
        let is_where = other.is_adjunct
            && other.first > 0
            && reader.items[other.first - 1].classes.meets(roles.location);
        let is_same_sentence =
            |old: &Group| !reader.items[old.last + 1..other.first].iter().any(ends);
        let mut before = self.candidates().filter(|(old, _)| old.last < other.first);
        let (_, places) = before
            .by_ref()
            .take_while(|(old, _)| is_same_sentence(old))
            .find(|(old, _)| starts(old) && !old.is_adjunct && old.back.is_none())
            .filter(|_| is_where)?;
        places.first().filter(|_| places.len() == 1)
    }
}
