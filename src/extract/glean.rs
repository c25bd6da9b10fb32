//! What no rule reads: a place of which nothing else is told, with a word of control and a party
//! near it. Less sure than any pattern, and said so by the rule's trust.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::annotate::Item;
use super::claim::{Collector, Found};
use super::consequence::UNNAMED;
use super::discourse::{Named, Spoken};
use super::group::Group;
use super::mood::mood;
use super::part::Part;
use super::rule::{Role, Rule};
use super::whole::apply_part;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::{Cue, Kind, PlaceId};
use crate::lexicon::Features;

/// Items from a place to words that may belong to it.
const FAR: usize = 30;

/// Items between "by" or "to" and the party.
const AGENT: usize = 4;

/// Items from the word of control to the share that it speaks of.
const SHARE: usize = 5;

/// A place phrase and the word of control nearest to it.
struct Near<'r> {
    rule: &'r Rule,
    group: usize,
    cue: usize,
    clause: Range<usize>,
    sentence: usize,
}

impl Collector<'_> {
    /// Claims of places of which the rest of the text, up to item `end`, tells nothing. Where its
    /// sentences contradict each other, nothing is claimed.
    pub(super) fn glean(&mut self, end: usize) {
        let rules = &self.context.language.rules;
        let rules: Vec<&Rule> = rules.iter().filter(|rule| rule.near.is_some()).collect();
        if rules.is_empty() {
            return;
        }
        let told = self.told();
        let mut gleaned: Vec<Found> = Vec::new();
        let discourse = self.context.discourse;
        let gazetteer = &self.context.extractor.gazetteer;
        let is_new = |spoken: &&Spoken| {
            let kind = gazetteer.kind(spoken.place);
            // A capital may stand for its government.
            let is_seat = kind == Kind::City && gazetteer.cue(spoken.place) == Cue::Strong;
            !told.contains(&spoken.place) && kind.can_be_held() && !is_seat
        };
        for (group, phrase) in discourse.groups.iter().enumerate() {
            let before = |range: &Range<usize>| range.end <= phrase.first;
            let sentence = discourse.sentences.partition_point(before);
            let range = discourse.sentences.get(sentence);
            let Some(range) = range.filter(|range| range.start < end) else {
                break;
            };
            let spoken = discourse.spoken[group].iter().filter(is_new);
            let spoken: Vec<Spoken> = spoken.copied().collect();
            if phrase.back.is_some() || phrase.is_adjunct || spoken.is_empty() {
                continue;
            }
            if let Some(near) = self.nearest_cue(&rules, group, range, sentence) {
                self.take_up(&near, &spoken, &mut gleaned);
            }
        }
        if gleaned.is_empty() {
            return;
        }
        let mut parties: BTreeMap<PlaceId, BTreeSet<Option<ActorId>>> = BTreeMap::new();
        for found in &gleaned {
            if let Some(place) = found.place {
                parties.entry(place).or_default().insert(found.actor);
            }
        }
        let is_plain = |found: &Found| found.place.is_some_and(|place| parties[&place].len() == 1);
        self.found.extend(gleaned.into_iter().filter(is_plain));
        // What follows expects claims in the order of their sentences.
        self.found.sort_by_key(|found| found.sentence);
    }

    /// Places of which something was read, be it a claim or not.
    fn told(&self) -> BTreeSet<PlaceId> {
        let claims = self
            .found
            .iter()
            .filter(|found| found.status != Status::Presence)
            .filter_map(|found| found.place);
        let aside = self
            .set_aside
            .iter()
            .filter(|aside| aside.reason != UNNAMED);
        let aside = aside.filter_map(|aside| aside.place);
        claims.chain(aside).collect()
    }

    /// The word of control nearest to a place phrase in its clause, where nothing there makes it
    /// doubtful that it is so.
    fn nearest_cue<'r>(
        &self,
        rules: &[&'r Rule],
        group: usize,
        sentence: &Range<usize>,
        index: usize,
    ) -> Option<Near<'r>> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let phrase = &self.context.discourse.groups[group];
        let clause = self.clause_of(phrase, sentence);
        let is_doubtful = |item: &Item| {
            item.classes.meets(words.doubtful)
                // "Of A and B it holds only the former".
                || words.has_capitals && item.classes.meets(words.singled_out)
                || item.features.any(Features::FUTURE)
                || item.is_mark(&['?', '؟'])
        };
        if items[clause.clone()].iter().any(is_doubtful) {
            return None;
        }
        let distance = |at: usize| {
            let behind = at.saturating_sub(phrase.last);
            behind.max(phrase.first.saturating_sub(at))
        };
        let (cue, rule) = clause
            .clone()
            .filter(|at| distance(*at) > 0)
            .filter_map(|at| {
                let rule = rules.iter().find(|rule| rule.is_near(&items[at]))?;
                Some((at, *rule))
            })
            .min_by_key(|(at, _)| distance(*at))?;
        Some(Near {
            rule,
            group,
            cue,
            clause,
            sentence: index,
        })
    }

    /// The clause in which a place phrase stands.
    fn clause_of(&self, phrase: &Group, sentence: &Range<usize>) -> Range<usize> {
        let items = self.context.items;
        let words = &self.context.language.words;
        // Where "and" is written onto the verb, and a place is followed by what is said of it.
        let begins = |item: &Item| {
            !words.has_capitals
                && (item.classes.meets(words.which.and(words.relative))
                    || item.features.any(Features::AND) && item.features.is_finite())
        };
        let parts = |at: &usize| {
            items[*at].classes.meets(words.clause)
                || items[*at].is_mark(&[':', ';', '؛', '–', '—'])
                || items[*at].is_break()
                || begins(&items[*at])
        };
        let first = phrase.first.saturating_sub(FAR).max(sentence.start);
        let last = (phrase.last + 1 + FAR)
            .min(sentence.end)
            .max(phrase.last + 1);
        let start = (first..phrase.first).rev().find(parts);
        let end = (phrase.last + 1..last).find(parts);
        // A mark ends the clause before it, a word begins its own.
        let behind = |at: usize| at + usize::from(items[at].is_punctuation());
        start.map_or(first, behind)..end.unwrap_or(last)
    }

    fn take_up(&self, near: &Near, spoken: &[Spoken], gleaned: &mut Vec<Found>) {
        let items = self.context.items;
        let words = &self.context.language.words;
        let found_mood = mood(items, near.cue, near.clause.clone(), words);
        if found_mood.reason().is_some() {
            return;
        }
        for consequence in &near.rule.gives {
            let Some(status) = consequence.status else {
                continue;
            };
            let actor = match consequence.role {
                Role::Nobody => None,
                role => match self.party_near(role, near) {
                    Some(named) => Some(named.actor),
                    None => continue,
                },
            };
            let phrase = &self.context.discourse.groups[near.group];
            let first = near.cue.min(phrase.first);
            let last = near.cue.max(phrase.last);
            let is_share = self.is_of_share(near);
            for spoken in spoken {
                let mut spoken = *spoken;
                if is_share && spoken.part == Part::Whole {
                    spoken.part = Part::Share(None);
                }
                let kind = self.context.extractor.gazetteer.kind(spoken.place);
                let (status, share) = apply_part(status, &spoken, kind);
                let told = self.told_of(near.rule, (near.cue, near.sentence), found_mood);
                gleaned.push(Found {
                    place: Some(spoken.place),
                    actor,
                    status,
                    share,
                    span: items[first].span.to(items[last].span),
                    confidence: near.rule.trust * spoken.confidence,
                    ..told
                });
            }
        }
    }

    /// "In PLACE it keeps most of the ground": a share behind the word of control.
    fn is_of_share(&self, near: &Near) -> bool {
        let roles = &self.context.language.words.roles;
        let share = roles.part.and(roles.most).and(roles.percent);
        let behind = (near.cue + 1..near.clause.end).take(SHARE);
        behind
            .filter(|at| self.context.discourse.group_at(*at).is_none())
            .any(|at| self.context.items[at].classes.meets(share))
    }

    /// The subject of a deed stands before it or behind "by"; who has a place stands nearest to the
    /// word that says so. Without one in the clause, a party of the sentence before it.
    fn party_near(&self, role: Role, near: &Near) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let named = |at: usize| self.actors(at..at + 1).next();
        let cue = near.cue;
        if role == Role::Subject {
            let agent = (cue + 1..near.clause.end)
                .filter(|at| named(*at).is_some())
                .find(|at| {
                    let before = &items[at.saturating_sub(AGENT).max(cue)..*at];
                    before
                        .iter()
                        .any(|item| item.classes.meets(words.by.and(words.direction)))
                });
            let left = || self.nearest_left(cue, near.clause.start, Features::default());
            let any = || near.clause.clone().find_map(named);
            if let Some(found) = agent.and_then(named).or_else(left).or_else(any) {
                return Some(found);
            }
        } else {
            let nearest = near
                .clause
                .clone()
                .filter(|at| named(*at).is_some())
                .min_by_key(|at| at.abs_diff(cue));
            if let Some(found) = nearest.and_then(named) {
                return Some(found);
            }
        }
        let start = self.sentence_of(cue).start;
        (start..near.clause.start).rev().find_map(named)
    }
}
