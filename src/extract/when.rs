//! When what a claim tells happened: which of the days and spans that its sentence names.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::SetAside;
use super::annotate::Item;
use super::claim::{Context, Found};
use super::dates::Event;
use super::mood::HELD_BEFORE;
use crate::claim::Status;
use crate::lexicon::Features;

/// Days of a span that says about when something happened, as a month or a year does.
const WIDE: i32 = 10;

/// Days on either side of a claim among which its own is looked for, and items from it to one that is
/// vague.
const NEAR: usize = 4;
const CLAUSE: usize = 40;

/// Days within which two sizes of ground are told of one time.
const SAME: i32 = 4;

/// Years behind which a capture tells nothing of today.
const HISTORY: i64 = 3;

/// Items from the head of a clause to its day: "In October 2017, the army took PLACE".
const LEAD: usize = 2;

/// The days that a sentence names, for its claims one after the other.
pub(crate) struct Days<'a> {
    context: &'a Context<'a>,
    sentence: Option<usize>,
    named: Vec<(usize, Event)>,
}

impl<'a> Days<'a> {
    pub(crate) fn of(context: &'a Context<'a>) -> Self {
        Self {
            context,
            sentence: None,
            named: Vec::new(),
        }
    }

    /// The day on which what a claim tells happened: the one that its sentence names nearest to it. A
    /// month or year must stand in its clause.
    pub(crate) fn nearest(&mut self, found: &Found) -> Option<Event> {
        let context = self.context;
        let items = context.items;
        let (told, sentence) = found.dated_by;
        if self.sentence != Some(sentence) {
            let range = &context.discourse.sentences[sentence];
            let tokens = items[range.start].token..items[range.end - 1].token + 1;
            let published = context.published.map(|(date, _)| date);
            let dates = &context.language.dates;
            self.named = dates.events(context.text, tokens, published);
            self.sentence = Some(sentence);
        }
        self.closest(told, |days, event| {
            !is_wide(event.1) || !days.is_parted(found.dated_by, event.0)
        })
    }

    /// Of the days named around an item the closest that is its own.
    fn closest(
        &self,
        told: usize,
        is_its: impl Fn(&Self, (usize, Event)) -> bool,
    ) -> Option<Event> {
        let at = self.context.items[told].token;
        let own = self.near(at).iter().filter(|named| is_its(self, **named));
        let closest = own.min_by_key(|(day, _)| day.abs_diff(at));
        closest.map(|(_, event)| *event)
    }

    /// The few days that are named around a token.
    fn near(&self, token: usize) -> &[(usize, Event)] {
        let behind = self.named.partition_point(|(day, _)| *day < token);
        &self.named[behind.saturating_sub(NEAR)..self.named.len().min(behind + NEAR)]
    }

    /// The day that the clause of a claim names.
    fn own(&mut self, found: &Found) -> Option<Event> {
        self.nearest(found)?;
        self.closest(found.dated_by.0, |days, (day, _)| {
            !days.is_parted(found.dated_by, day)
        })
    }

    /// "A, which B took in 2014, fell": another clause stands between a claim and the token of a day.
    fn is_parted(&self, (told, sentence): (usize, usize), day: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let behind = items.partition_point(|item| item.token < day);
        let day = behind.min(items.len() - 1);
        let start = self.context.discourse.sentences[sentence].start;
        let is_clause_head = |at: usize| {
            at == start || items[at - 1].is_comma() || items[at].features.any(Features::AND)
        };
        let is_led = (day.saturating_sub(LEAD).max(start)..=day).any(is_clause_head);
        if day < told && !is_led {
            return true;
        }
        let (first, last) = (told.min(day), told.max(day));
        if last - first > CLAUSE {
            return true;
        }
        let between = items.get(first + 1..last).unwrap_or_default();
        let is_edge = |item: &Item| {
            item.classes.meets(words.edge)
                || item.is_comma() && day > told
                || item.classes.meets(words.walls) && item.features.is_finite()
        };
        between.iter().any(is_edge)
    }
}

fn is_wide(event: Event) -> bool {
    let days = |to: Date| event.date.until(to).map_or(0, |span| span.get_days());
    event.to.is_some_and(|to| days(to) > WIDE)
}

/// Who took or had a place years ago is not said to have it now: he lost it, where the text says who
/// has it.
pub(crate) fn put_history_aside(found: &mut [Found], context: &Context) -> Vec<SetAside> {
    let mut aside = Vec::new();
    let published = context.published.map(|(date, _)| date);
    let Some(recent) = published.and_then(|day| day.checked_sub(HISTORY.years()).ok()) else {
        return aside;
    };
    let mut days = Days::of(context);
    for claim in found {
        let is_held = matches!(claim.status, Status::Control | Status::Partial);
        // "And still has it".
        let verb = &context.items[claim.at];
        if !is_held || verb.features.any(Features::PRESENT) {
            continue;
        }
        let event = days.nearest(claim);
        if event.is_some_and(|event| event.last() < recent) {
            aside.push(claim.aside(HELD_BEFORE));
            claim.put_in_past();
        }
    }
    aside
}

/// Why a size of ground is set aside that another one has overtaken.
const OLDER: &str = "told of an earlier day";

/// "Four square kilometres; a week earlier it had ten": of the sizes that are told of one party's ground
/// those of earlier days.
pub(crate) fn put_older_sizes_aside(found: &mut Vec<Found>, context: &Context) -> Vec<SetAside> {
    let is_size = |claim: &Found| claim.area_km2.is_some() && claim.place.is_none();
    if found.iter().filter(|claim| is_size(claim)).count() < 2 {
        return Vec::new();
    }
    let mut days = Days::of(context);
    let published = context.published.map(|(date, _)| date);
    let mut told = BTreeMap::new();
    let mut newest = BTreeMap::new();
    for claim in found.iter().filter(|claim| is_size(claim)) {
        let own = days.own(claim).map(Event::last);
        let Some(day) = own.or(published) else {
            continue;
        };
        told.insert(claim.at, day);
        let last = newest.entry(claim.actor).or_insert(day);
        *last = day.max(*last);
    }
    let is_older = |claim: &Found| {
        let (own, last) = (told.get(&claim.at), newest.get(&claim.actor));
        let days = own.zip(last).and_then(|(own, last)| own.until(*last).ok());
        is_size(claim) && days.is_some_and(|span| span.get_days() > SAME)
    };
    let (older, kept): (Vec<Found>, Vec<Found>) =
        std::mem::take(found).into_iter().partition(is_older);
    *found = kept;
    older.iter().map(|claim| claim.aside(OLDER)).collect()
}
