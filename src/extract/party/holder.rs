//! The party that holds out: beside the word of holding, driven there, or there in company.

use std::ops::Range;

use super::{FAR_BACK, agrees};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::annotate::ItemKind;
use crate::extract::claim::{Collector, Found};
use crate::extract::discourse::Named;
use crate::extract::fit::Match;
use crate::extract::names::AliasKind;
use crate::lexicon::{ClassSet, Features};

/// Items before a size of ground within which somebody named is there.
const COMPANY: usize = 5;

/// Items from a verb of driving to who drives.
const DRIVER: usize = 2;

/// Sentences from a loss to what is left.
const LOST_BEFORE: usize = 2;

impl Collector<'_> {
    /// The party that holds out: beside the word of holding, else carried, else the only one. Whether
    /// more than its company tells that.
    pub(in crate::extract) fn holder(
        &self,
        matched: &Match,
        clause: &Range<usize>,
    ) -> Option<(ActorId, bool)> {
        let own = || {
            matched
                .actors
                .iter()
                .find_map(|at| self.context.discourse.actor(*at))
        };
        if let Some(named) = own().filter(|named| self.holds_ground(named.actor)) {
            return Some((named.actor, true));
        }
        let words = &self.context.language.words;
        let end = clause.end.max(matched.last + 1);
        let range = clause.start.min(matched.first)..end.min(self.context.items.len());
        let mut cues: Vec<usize> = range
            .clone()
            .filter(|at| self.context.items[*at].classes.meets(words.holding))
            .collect();
        cues.sort_by_key(|cue| cue.abs_diff(matched.trigger));
        let named = |at: usize| {
            self.context
                .discourse
                .actor(at)
                .filter(|named| self.holds_ground(named.actor) && !self.winners.contains(&at))
                .filter(|_| !self.is_driver(at))
        };
        let beside = cues.iter().find_map(|cue| {
            let right = (cue + 1..(cue + 5).min(range.end))
                .find_map(|at| named(at).filter(|named| !named.is_aside || at - cue <= 3));
            let left = || {
                (range.start..*cue)
                    .rev()
                    .find_map(|at| named(at).filter(|named| !named.is_aside))
            };
            right.or_else(left)
        });
        let any = || {
            range
                .clone()
                .find_map(|at| named(at).filter(|named| !named.is_aside))
        };
        // "with the fighters of X in half a square kilometre": those who are there, whatever their part.
        let company = matched.measures.first().and_then(|index| {
            let first = self.scene.measures[*index].first;
            (first.saturating_sub(COMPANY).max(range.start)..first)
                .rev()
                .take_while(|at| !matches!(self.context.items[*at].kind, ItemKind::Mark(_)))
                .filter(|at| !self.is_press(*at))
                .find_map(named)
        });
        let sure = |actor: ActorId| (actor, true);
        let loose = |actor: ActorId| (actor, false);
        let actor = |named: Named| named.actor;
        self.loser(range.start..matched.first)
            .or_else(|| self.driven(&range))
            .or_else(|| beside.map(actor))
            .map(sure)
            .or_else(|| company.map(actor).map(loose))
            .or_else(|| self.last_loser(matched.first).map(loose))
            .or_else(|| self.entry_of(matched).or(self.carried.holder).map(sure))
            .or_else(|| any().or(self.carried.subject).map(actor).map(loose))
            .or_else(|| self.owner_before(matched, range.start).map(loose))
    }

    /// "Areas of the ACTOR: A and B. The strip is 24 km long": the party that heads the entry.
    fn entry_of(&self, matched: &Match) -> Option<ActorId> {
        matched.measures.first()?;
        self.entry_party(matched.first)
    }

    /// "Has been compressed by the ACTOR into".
    fn is_driver(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        let verb = self.word_before(at).and_then(|by| by.checked_sub(1));
        words.is_analytic
            && self.stands_behind(at, words.by)
            && verb.is_some_and(|verb| self.context.items[verb].classes.meets(words.drives))
    }

    /// "A year after the ACTOR was driven from PLACE, its presence has shrunk to": where nobody has acted
    /// yet, whose presence it is.
    fn owner_before(&self, matched: &Match, start: usize) -> Option<ActorId> {
        let owned = Features::HER.and(Features::HIM).and(Features::THEM);
        let is_owned = |at: &usize| self.context.items[*at].features.any(owned);
        let is_analytic = self.context.language.words.is_analytic;
        let noun = (matched.first..=matched.last)
            .find(is_owned)
            .filter(|_| !is_analytic)?;
        let features = self.context.items[noun].features;
        let gender = if features.any(Features::HIM) {
            Features::MASCULINE
        } else if features.any(Features::HER) {
            Features::FEMININE
        } else {
            Features::PLURAL
        };
        let floor = start.saturating_sub(FAR_BACK);
        let found = self.nearest_left(start, floor, gender)?;
        agrees(found, gender).then_some(found.actor)
    }

    /// "A took PLACE from B. What is left is a strip of 27 square kilometres": where a sentence names
    /// nobody, B's.
    pub(super) fn last_loser(&self, at: usize) -> Option<ActorId> {
        let words = &self.context.language.words;
        let own = self.sentence_of(at);
        let index = (self.context.discourse.sentences).partition_point(|range| range.end <= at);
        let speaks_of = |at: usize| {
            self.context.items[at].classes.meets(words.subjects)
                || self.actors(at..at + 1).next().is_some()
        };
        if !words.is_analytic || own.clone().any(speaks_of) {
            return None;
        }
        let near = self.found.iter().rev();
        let mut near = near.take_while(|found| found.sentence + LOST_BEFORE >= index);
        near.find(|found| found.status == Status::Lost)?.actor
    }

    /// Its press or spokesmen: they tell, and are nowhere.
    pub(in crate::extract) fn is_press(&self, at: usize) -> bool {
        let aliases = self.context.items[at].actors();
        aliases.iter().any(|alias| alias.kind == AliasKind::Medium)
    }

    /// "Having lost A and B, it is squeezed into 60 square kilometres".
    fn loser(&self, range: Range<usize>) -> Option<ActorId> {
        let has_lost = |found: &&Found| found.status == Status::Lost && range.contains(&found.at);
        let sentence = self.found.last()?.sentence;
        let of_sentence = |found: &&Found| found.sentence == sentence;
        let mut told = self.found.iter().rev().take_while(of_sentence);
        told.find(has_lost)?.actor
    }

    /// "A squeezed the pocket to 3 square kilometres": its enemy, when the text has named him.
    fn driven(&self, range: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let verb = |set: ClassSet| {
            range.clone().find(|at| {
                items[*at].classes.meets(set)
                    && items[*at]
                        .features
                        .any(Features::PAST.and(Features::PRESENT))
            })
        };
        let reduces = verb(words.reduce).is_some();
        let drives = verb(words.reduce.and(words.besiege))?;
        let is_named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        // Where the verb leads, who drives stands behind it.
        let led = (drives + 1..(drives + 1 + DRIVER).min(range.end)).find(is_named);
        let led = led.filter(|_| !words.is_analytic);
        let driver_at = led.or_else(|| range.clone().find(is_named))?;
        let driver = self.context.discourse.actor(driver_at)?.actor;
        let opposed = |named: &Named| {
            self.context
                .extractor
                .actors
                .are_opposed(named.actor, driver)
        };
        // "By the ACTOR".
        let is_agent = |at: &usize| self.stands_behind(*at, words.by);
        let others = range.start + usize::from(led.is_none())..range.end;
        let behind = others
            .filter(|at| *at != driver_at && !is_agent(at))
            .find_map(|at| self.actors(at..at + 1).find(opposed));
        let floor = range.start.saturating_sub(FAR_BACK);
        let before = || {
            let actors: Vec<Named> = self.actors(floor..range.start).collect();
            actors.into_iter().rev().find(opposed)
        };
        behind
            // "B has been compressed by A into".
            .or_else(|| before().filter(|_| reduces || driver_at > 0 && is_agent(&driver_at)))
            .map(|named| named.actor)
    }
}
