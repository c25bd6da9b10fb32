//! The clause that a fact stands in, and clauses inside it that govern nothing of it.

use std::ops::Range;

use super::annotate::Item;
use super::claim::{Collector, Context};
use super::fit::Match;
use crate::lexicon::Features;

/// Items from the word of denial to the colon behind it.
const HEADING: usize = 6;

/// Items from "it is not true" to "he said".
const ASIDE: usize = 6;

/// Items from a report to what it says: "a report by the group's agency, NAME, which said".
const NEWS: usize = 10;

/// Items from a comma to the word that says whose the place before it is.
const APPOSED: usize = 7;

/// Items at the head of a clause before the place that it is about.
const HEAD: usize = 2;

/// Items from "the areas" to what somebody does with them.
const CONTACT: usize = 5;

impl Context<'_> {
    /// "A is ours and B will follow": the "and" at an item, behind which another clause is told of B.
    pub(super) fn is_of_another(&self, at: usize) -> bool {
        let words = &self.language.words;
        let Some(group) = self.discourse.group_at(at + 1) else {
            return false;
        };
        let group = &self.discourse.groups[group];
        let is_told = |verb: &Item| verb.classes.meets(words.roles.singular);
        words.is_analytic
            && self.items[at].classes.meets(words.and)
            && group.first == at + 1
            && group.members.len() == 1
            && self.items.get(group.last + 1).is_some_and(is_told)
    }
}

impl Collector<'_> {
    /// The clause around a match: from the last clause word before its trigger to the next behind.
    pub(super) fn clause(&self, matched: &Match, range: &Range<usize>) -> Range<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        // "And stressed that": where "and" is a word of its own.
        let is_joined = |at: usize| {
            let and = at.checked_sub(1).map(|and| &items[and]);
            let has_that = items
                .get(at + 1)
                .is_some_and(|that| that.classes.meets(words.which));
            words.is_analytic && has_that && and.is_some_and(|and| and.classes.meets(words.and))
        };
        // "And he added", but "and its aim, according to".
        let is_told_on =
            |item: &Item| item.features.any(Features::AND) && item.features.is_finite();
        // "Will go on to the market and then free it": one clause with what governs both.
        let is_bare = |at: usize| {
            let verb = items.get(at + 1).map(|verb| verb.features);
            words.is_analytic
                && items[at].classes.meets(words.roles.link)
                && verb.is_some_and(|verb| verb.any(Features::BASE) && !verb.any(Features::PAST))
        };
        let begins = |at: &usize| {
            items[*at].classes.meets(words.clause) && !is_bare(*at)
                || self.context.is_of_another(*at)
                || items[*at].is_mark(&[':', '؛', ';'])
                || (items[*at].classes.meets(words.report)
                    && (is_told_on(&items[*at]) || is_joined(*at))
                    && !items[*at].classes.meets(words.governors.deny)
                    && !items[*at].classes.meets(words.governors.hedge))
        };
        // "It is not true, he said, that", "there is no truth, a source said, in": what he says began
        // before.
        let denial = words.governors.deny.and(words.governors.untrue);
        let is_aside = |at: usize| {
            let before = &items[at.saturating_sub(ASIDE).max(range.start)..at];
            let comma = before.iter().rposition(Item::is_comma);
            let is_denied = comma.and_then(|comma| comma.checked_sub(1));
            items[at].classes.meets(words.report)
                && items.get(at + 1).is_some_and(Item::is_comma)
                && is_denied.is_some_and(|last| before[last].classes.meets(denial))
        };
        // "They denied a report which said that", "a statement saying that": what governs the report
        // governs what it tells.
        let is_of_news = |at: usize| {
            let news = words.news.and(words.claimed);
            let before = &items[at.saturating_sub(NEWS).max(range.start)..at];
            let tells = |last: &Item| {
                let is_finite = items[at].features.any(Features::PAST);
                last.classes.meets(words.which) || !is_finite && last.classes.meets(news)
            };
            words.is_analytic
                && items[at].classes.meets(words.report.and(words.clause))
                && before.last().is_some_and(tells)
                && before.iter().any(|item| item.classes.meets(news))
        };
        let start = (range.start..matched.trigger)
            .rev()
            .find(|at| begins(at) && !is_aside(*at) && !is_of_news(*at))
            .map_or(range.start, |at| at);
        let is_heading = items[start].is_mark(&[':'])
            && self.is_heading_of_denial(start.saturating_sub(HEADING).max(range.start)..start);
        let start = if is_heading { range.start } else { start };
        let end = (matched.last + 1..range.end)
            .find(begins)
            .unwrap_or(range.end);
        start..end
    }

    /// "Denied: ..."; but "they denied the report of its loss: ...", "they denied that they were in
    /// PLACE: ..." goes on to tell what is so.
    fn is_heading_of_denial(&self, heading: Range<usize>) -> bool {
        let words = &self.context.language.words;
        let heading = &self.context.items[heading];
        let denied = words.governors.deny;
        let denial = heading.iter().rposition(|item| item.classes.meets(denied));
        let is_told = |denial: usize| heading[denial..].iter().any(Item::is_place);
        denial.is_some_and(|denial| !(words.is_analytic && is_told(denial)))
    }

    /// "PLACE, which has yet to be attacked, is in their hands": what a relative clause that has ended
    /// says governs nothing behind it; where it ends, if no more than a place stands before it.
    fn behind_relative(&self, matched: &Match, floor: usize) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let comma = |at: &usize| items[*at].is_comma();
        let end = (floor..matched.trigger).rev().find(comma)?;
        let start = (floor..end).rev().find(comma)?;
        let discourse = self.context.discourse;
        let noun = start.checked_sub(1)?;
        // "The ACTOR, which once held PLACE, now holds".
        let party = || discourse.actor(noun).map(|_| noun);
        let group = discourse.group_at(noun);
        let head = group.map(|group| discourse.groups[group].first);
        let is_head = head.or_else(party)? <= floor + HEAD;
        let is_which = items[start + 1].classes.meets(words.which);
        (words.is_analytic && is_head && is_which).then_some(end)
    }

    /// Where a relative clause around the trigger begins: what governs the noun before it does not
    /// govern the clause.
    pub(super) fn relative(&self, matched: &Match, floor: usize) -> Option<usize> {
        if let Some(end) = self.behind_relative(matched, floor) {
            return Some(end);
        }
        let words = &self.context.language.words;
        let items = self.context.items;
        // "They tried to enter PLACE, overrun by their enemy".
        let trigger = matched.trigger;
        let is_reduced = words.is_analytic
            && trigger > floor + 1
            && items[trigger].features.any(Features::PAST)
            && items[trigger - 1].is_mark(&[','])
            && self.context.discourse.group_at(trigger - 2).is_some();
        if is_reduced {
            return Some(trigger);
        }
        if words.is_analytic
            && let Some(closed) = self.closed_relative(floor..trigger)
        {
            return Some(closed);
        }
        if let Some(start) = self.contact(trigger) {
            return Some(start);
        }
        // "Will resume its attack on PLACE, which its enemy holds".
        let is_of_place = |at: usize| {
            words.is_analytic
                && at > matched.first
                && items[at].classes.meets(words.which)
                && self.context.discourse.group_at(matched.first).is_some()
        };
        // "Denied the reports that told of its loss": what is told of is still denied.
        let tells = |at: usize| {
            let news = words.news.and(words.claimed);
            at > floor && items[at - 1].classes.meets(news)
                || items[at + 1].classes.meets(words.report)
        };
        let opens = |at: &usize| {
            (items[*at].classes.meets(words.relative) && !tells(*at)) || is_of_place(*at)
        };
        (floor..trigger).rev().find(opens)
    }

    /// "PLACE, through which they tried to flee, is held": the comma that ends the relative clause
    /// before the trigger, where nothing before it governs what it stands in.
    fn closed_relative(&self, before: Range<usize>) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let governors = &words.governors;
        let opens = |at: &usize| {
            let comma = (at.saturating_sub(2)..*at).any(|left| items[left].is_comma());
            comma && items[*at].classes.meets(words.which)
        };
        let which = before.clone().rev().find(opens)?;
        let is_free = items[before.start..which].iter().all(|item| {
            !item.classes.meets(governors.deny) && !item.classes.meets(governors.condition)
        });
        (which + 1..before.end.saturating_sub(1))
            .rev()
            .find(|at| items[*at].is_comma() && items[at + 1].classes.meets(words.roles.is_so))
            .filter(|_| is_free)
    }

    /// "They mean to enter PLACE, at present under the control of": words behind the comma that only
    /// say whose the place is.
    pub(super) fn apposed(&self, matched: &Match, floor: usize) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let trigger = matched.trigger;
        let near = trigger.saturating_sub(APPOSED).max(floor)..trigger;
        let comma = near.rev().find(|at| items[*at].is_comma())?;
        let group = self.context.discourse.group_at(comma.checked_sub(1)?)?;
        // "A, B and C are held by": a comma in a list.
        if self.context.discourse.groups[group].last > comma {
            return None;
        }
        let tells = |item: &Item| item.classes.meets(words.verbs) && item.features.is_finite();
        let is_apposed = words.is_analytic
            && matched.groups.contains(&group)
            && !items[comma + 1..trigger].iter().any(tells);
        is_apposed.then_some(comma + 1)
    }

    /// "In the areas they hold": a clause right behind its noun, without "which".
    fn contact(&self, trigger: usize) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_subject = |at: &usize| {
            self.context.discourse.actor(*at).is_some()
                || items[*at].classes.meets(words.subjects)
                || items[*at].classes.meets(words.the)
        };
        let mut before = (trigger.saturating_sub(CONTACT)..trigger).rev();
        let noun = before.find(|at| !is_subject(at))?;
        let is_clause = words.is_analytic
            && items[trigger].features.is_finite()
            && noun + 1 < trigger
            && items[noun].classes.meets(words.heads);
        is_clause.then_some(noun + 1)
    }
}
