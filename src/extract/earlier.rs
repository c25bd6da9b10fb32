//! What a text tells as earlier than its story.

use std::collections::BTreeMap;

use super::annotate::{Item, ItemKind};
use super::claim::{Collector, Found};
use super::fit::Match;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;
use crate::lexicon::Features;

/// Items from "which" to the verb of its clause.
const WHICH: usize = 4;

/// Items from the comma to whose a place was: "the last one left in the hands of".
const SUPERLATIVE: usize = 8;

/// Items behind what is told within which its year stands.
const YEAR: usize = 5;

/// Items from a word of reporting to what was reported, and from "had" to that word.
const REPORTED: usize = 16;
const HAD: usize = 4;

/// Items from "had" to whose a place had come to be.
const COME: usize = 8;

/// Items of the date that heads an entry.
const DATE_HEAD: usize = 7;

/// No number below this is a year.
const OLDEST_YEAR: f64 = 1990.0;

/// Of a sentence and a place, the item of the verb and who took it.
type Captures = BTreeMap<(usize, Option<PlaceId>), (usize, Option<ActorId>)>;

impl Collector<'_> {
    /// "A captured PLACE, a village held by B": B had it before.
    pub(super) fn put_holders_before_captures(&mut self) {
        let items = self.context.items;
        let words = &self.context.language.words;
        if !words.is_analytic {
            return;
        }
        let captures = self.captures();
        self.put_last_holders_before(&captures);
        let gains = |found: &Found| items[found.at].classes.meets(words.gaining);
        let ends = words.clause.and(words.governors.still);
        let actors = &self.context.extractor.actors;
        for found in &mut self.found {
            let capture = captures.get(&(found.sentence, found.place));
            let Some(&(at, Some(taker))) = capture.filter(|(at, _)| *at < found.at) else {
                continue;
            };
            let between = &items[at..found.at];
            let goes_on = |pair: &[Item]| pair[0].is_comma() && pair[1].classes.meets(words.and);
            let is_apposed = between.iter().any(Item::is_comma)
                && !between.iter().any(|item| item.classes.meets(ends))
                && !between.windows(2).any(goes_on);
            let is_rival = (found.actor).is_some_and(|holder| actors.are_opposed(holder, taker));
            if is_apposed && is_rival && found.status == Status::Control && !gains(found) {
                found.is_earlier = true;
            }
        }
    }

    /// What was taken, by a verb that tells it of the one who did it.
    fn captures(&self) -> Captures {
        let items = self.context.items;
        let words = &self.context.language.words;
        // "Was seized", "seized by".
        let is_passive = |at: usize| {
            let by = items.get(at + 1);
            at > 0 && items[at - 1].classes.meets(words.passive)
                || by.is_some_and(|by| by.classes.meets(words.by))
        };
        let gains = |found: &&Found| items[found.at].classes.meets(words.gaining);
        (self.found.iter())
            .filter(|found| found.status == Status::Control && !found.is_earlier)
            .filter(gains)
            .filter(|found| items[found.at].features.is_finite() && !is_passive(found.at))
            .map(|found| ((found.sentence, found.place), (found.at, found.actor)))
            .collect()
    }

    /// "A captured PLACE. The town, the last one in the hands of B, ...": B had it before.
    fn put_last_holders_before(&mut self, captures: &Captures) {
        let items = self.context.items;
        let words = &self.context.language.words;
        let is_superlative = |at: usize| {
            let before = &items[at.saturating_sub(SUPERLATIVE)..at];
            let comma = before.iter().rposition(Item::is_comma);
            let apposed = comma.map(|comma| before[comma + 1..].iter().take(2));
            apposed.is_some_and(|mut apposed| {
                apposed.any(|item| item.classes.meets(words.superlative))
            })
        };
        // The first of the captures of a place.
        let taken: BTreeMap<_, _> = (captures.iter().rev())
            .map(|((_, place), capture)| (*place, *capture))
            .collect();
        let actors = &self.context.extractor.actors;
        for found in &mut self.found {
            let taken = taken.get(&found.place).filter(|(at, _)| *at < found.at);
            let rivals = taken.and_then(|(_, taker)| found.actor.zip(*taker));
            let is_rival = rivals.is_some_and(|(a, b)| actors.are_opposed(a, b));
            let gains = items[found.at].classes.meets(words.gaining);
            if is_rival && found.status == Status::Control && !gains && is_superlative(found.at) {
                found.is_earlier = true;
            }
        }
    }

    /// Told in the pluperfect: "had taken".
    pub(super) fn is_earlier(&self, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        // "Which it had taken, was retaken": the auxiliary of another verb.
        let is_spent = |at: usize| {
            let mut between = items[at + 1..matched.trigger].iter();
            let is_deed = |item: &Item| {
                item.classes.meets(words.gaining.and(words.loss))
                    && item.features.any(Features::PAST)
            };
            words.is_analytic
                && between.any(is_deed)
                && items[matched.trigger - 1].classes.meets(words.passive)
        };
        (matched.trigger.saturating_sub(5)..matched.trigger).any(|at| {
            items[at].classes.meets(words.earlier) && !is_spent(at) && !self.is_backshift(at)
        }) && self.context.items[matched.trigger]
            .features
            .any(Features::PAST)
            && !self.is_by_then(matched.trigger)
            || self.is_after(matched.trigger) && !self.is_dated_entry(matched.trigger)
            || self.had_been(matched)
            || self.had_come(matched)
            || self.names_old_year(matched)
            || self.was_reported(matched.trigger)
            || self.tells_of_lost(matched)
    }

    /// "They said that it had taken PLACE": the tense of the report; not so where another word says
    /// that it was before.
    fn is_backshift(&self, had: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let floor = self.sentence_of(had).start;
        let is_report = |item: &Item| {
            item.classes.meets(words.governors.backshift) && item.features.any(Features::PAST)
        };
        let report = items[floor.max(had.saturating_sub(REPORTED))..had].iter();
        words.is_analytic
            && items[had]
                .classes
                .meets(words.having.and(words.governors.was))
            && report.rev().any(is_report)
    }

    /// "PLACE had been in the hands of the ACTOR", where the language has capitals.
    fn had_been(&self, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let had_been = |item: &Item| {
            item.classes.meets(words.earlier) && item.classes.meets(words.governors.was)
        };
        let near = matched.trigger.saturating_sub(HAD)..matched.trigger;
        let is_state = !items[matched.trigger]
            .features
            .any(Features::PAST.and(Features::NOUN));
        words.is_analytic && is_state && items[near].iter().any(had_been)
    }

    /// "Most of it had come into the hands of the ACTOR", where verbs have endings.
    fn had_come(&self, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let near = &self.context.items[matched.trigger.saturating_sub(COME)..matched.trigger];
        let had = (near.iter()).position(|item| item.classes.meets(words.earlier));
        let comes =
            |item: &Item| item.classes.meets(words.coming) && item.features.any(Features::PAST);
        !words.is_analytic && had.is_some_and(|had| near[had + 1..].iter().any(comes))
    }

    /// "It had reported on Saturday that half of it was theirs", "recalls that it reported": news of
    /// an earlier report.
    fn was_reported(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let floor = self
            .sentence_of(trigger)
            .start
            .max(trigger.saturating_sub(REPORTED));
        let is_report = |at: &usize| {
            items[*at].classes.meets(words.report) && items[*at].features.any(Features::PAST)
        };
        let says_that = if words.is_analytic {
            words.which
        } else {
            words.that
        };
        let that = |at: usize| {
            let mut told = items[at..trigger].iter();
            told.any(|item| item.classes.meets(says_that))
        };
        let report = (floor..trigger)
            .rev()
            .find(is_report)
            .filter(|at| that(*at));
        report.is_some_and(|report| {
            (report.saturating_sub(HAD).max(floor)..report)
                .any(|at| items[at].classes.meets(words.earlier.and(words.recalls)))
        })
    }

    /// "Lost PLACE, which it took in November": the sentence has told the loss before.
    fn tells_of_lost(&self, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let discourse = self.context.discourse;
        let trigger = matched.trigger;
        let is_relative = words.is_analytic
            && items[trigger].features.any(Features::PAST)
            && (trigger.saturating_sub(WHICH)..trigger)
                .any(|at| items[at].classes.meets(words.which));
        let start = self.sentence_of(trigger).start;
        let mut told = self
            .found
            .iter()
            .rev()
            .take_while(|found| found.at >= start);
        is_relative
            && told.any(|found| {
                found.status == Status::Lost
                    && discourse
                        .spoken_of(&matched.groups)
                        .any(|spoken| found.place == Some(spoken.place))
            })
    }

    /// "It fell to them in June 2014": a year before the one of publication stands behind.
    fn names_old_year(&self, matched: &Match) -> bool {
        let Some((published, _)) = self.context.published else {
            return false;
        };
        let items = self.context.items;
        let words = &self.context.language.words;
        let behind = matched.last + 1..items.len().min(matched.last + 1 + YEAR);
        // "Is under their control since 2017": it still is.
        let is_since = |at: usize| items[at].classes.meets(words.since);
        if !words.is_analytic && behind.clone().any(is_since) {
            return false;
        }
        behind
            .take_while(|at| !items[*at].is_punctuation())
            .any(|at| match items[at].kind {
                ItemKind::Number(year) => {
                    (OLDEST_YEAR..f64::from(published.year())).contains(&year)
                }
                _ => false,
            })
    }

    /// "23 March: the flag is up in A after B left": entries of a chronology stand in their order.
    fn is_dated_entry(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let start = self.sentence_of(trigger).start;
        let head = &items[start..items.len().min(start + DATE_HEAD)];
        let Some(colon) = head.iter().position(|item| item.is_mark(&[':'])) else {
            return false;
        };
        let is_number = |item: &Item| matches!(item.kind, ItemKind::Number(_));
        let is_date = |item: &Item| {
            is_number(item)
                || item.classes.meets(words.roles.time)
                || matches!(item.kind, ItemKind::Mark(_) | ItemKind::Break)
        };
        head[..colon].iter().any(is_number) && head[..colon].iter().all(is_date)
    }

    /// "After its fall to B", "after B had left it": earlier than what the sentence tells.
    fn is_after(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_noun = items[trigger].features.any(Features::NOUN);
        (trigger.saturating_sub(6)..trigger)
            .rev()
            .take_while(|at| !items[*at].is_punctuation())
            .any(|at| {
                items[at].classes.meets(words.after_that)
                    || is_noun && items[at].classes.meets(words.after)
            })
    }

    /// "By Monday they had taken it": the pluperfect of a day that is named, later than the rest.
    fn is_by_then(&self, trigger: usize) -> bool {
        let by_then = self.context.language.words.by_then;
        let items = self.context.items;
        let words = &self.context.language.words;
        // "By 26 November".
        let is_day = |at: usize| {
            items[at].classes.meets(words.by)
                && matches!(items[at + 1].kind, ItemKind::Number(_))
                && items[at + 2].classes.meets(words.roles.time)
        };
        (trigger.saturating_sub(BY_THEN)..trigger)
            .any(|at| items[at].classes.meets(by_then) || at + 2 < trigger && is_day(at))
    }
}

/// Items from "by Monday" to what had been done by then.
const BY_THEN: usize = 10;
