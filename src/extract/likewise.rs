//! What is told of a place by likening it to others: "so is PLACE", "PLACE, just as OTHER, is".

use super::annotate::Item;
use super::claim::{Collector, Said};
use super::fit::Match;
use super::mood::Mood;
use super::rule::{Consequence, Role, Rule};
use super::{SetAside, claim::Found};
use crate::actor::ActorId;
use crate::claim::Status;

/// Parties, and what is told of them in a place.
type Told = Vec<(Option<ActorId>, Status)>;

/// Things set aside last that are asked for what stands between a claim and "likewise".
const LAST: usize = 8;

impl Collector<'_> {
    /// "So is PLACE": all that was told of the place it is likened to. Of what the sentence tells
    /// otherwise, that counts.
    pub(super) fn give_same(
        &mut self,
        (rule, matched, mood): (&Rule, &Match, Mood),
        sentence: usize,
    ) {
        // "And PLACE." goes on with the list of the sentence before; behind a comma it may be anything.
        let trigger = &self.context.items[matched.trigger];
        let preposition = self.context.language.words.preposition;
        let names_nothing = trigger.is_place() || trigger.classes.meets(preposition);
        let start = self.context.discourse.sentences[sentence].start;
        if names_nothing && matched.first != start {
            return;
        }
        let (told, group) = match self.likened(matched) {
            Some(group) => self.told_of_either(group, matched, sentence),
            None if rule.is_explicit => (self.told_beside(matched, sentence), None),
            None => (self.told_last_or_next(matched, sentence), None),
        };
        // What is told of no other place is not recognised here: other words may tell of it.
        if told.is_empty() {
            return;
        }
        let mut matched = matched.clone();
        if let Some(group) = group {
            matched.groups = vec![group];
        }
        let said = Said {
            rule,
            matched: &matched,
            mood,
            sentence,
        };
        let before = self.found.len();
        for (actor, status) in told {
            let status = match status {
                Status::Partial => Status::Control,
                status => status,
            };
            let role = actor.map_or(Role::Nobody, |_| Role::Same);
            let consequence = Consequence {
                role,
                status: Some(status),
                of: None,
            };
            self.give(&said, &consequence, actor);
        }
        let alike = self.found.split_off(before);
        self.add_untold(alike, sentence);
    }

    /// Of what is told by a likeness, that of which the sentence itself tells nothing else.
    fn add_untold(&mut self, alike: Vec<Found>, sentence: usize) {
        let own = self.found.iter().rev();
        let own = own.take_while(|found| found.sentence == sentence);
        let own: Vec<_> = own
            .map(|found| (found.place, found.actor, found.status))
            .collect();
        let is_held = |status| matches!(status, Status::Control | Status::Partial);
        let is_told = |found: &Found| {
            own.iter().any(|(place, actor, status)| {
                *place == found.place
                    && (*actor == found.actor || is_held(found.status) && *status != Status::Lost)
            })
        };
        let is_new = |found: &Found| !is_told(found);
        self.found.extend(alike.into_iter().filter(is_new));
    }

    /// "PLACE, just as OTHER, is": the place phrase right before the words that liken to it.
    fn likened(&self, matched: &Match) -> Option<usize> {
        let before = matched.trigger.checked_sub(1)?;
        let is_comma = self.context.items[before].is_comma();
        let before = before.checked_sub(usize::from(is_comma))?;
        let group = self.context.discourse.group_at(before)?;
        let is_apart = self.context.discourse.groups[group].is_adjunct;
        (!is_apart && !matched.groups.contains(&group)).then_some(group)
    }

    /// "PLACE, and with it OTHER, has come under": all that is told of one of the two phrases, and the
    /// one before the words where that is the one of which nothing is told yet.
    fn told_of_either(
        &self,
        group: usize,
        matched: &Match,
        sentence: usize,
    ) -> (Told, Option<usize>) {
        let told = self.told_of_phrase(group, sentence.saturating_sub(1));
        if !told.is_empty() {
            return (told, None);
        }
        let behind = matched.groups.last();
        let told = behind.map(|other| self.told_of_phrase(*other, sentence));
        (told.unwrap_or_default(), Some(group))
    }

    /// All that the text tells of the last place of a phrase since a sentence began.
    fn told_of_phrase(&self, group: usize, since: usize) -> Told {
        let Some(last) = self.context.discourse.spoken[group].last() else {
            return Vec::new();
        };
        let found = self.found.iter().rev();
        let near = found.take_while(|found| found.sentence >= since);
        let of_it = near.filter(|found| found.place == Some(last.place));
        let mut told = told_by(of_it);
        told.dedup();
        told
    }

    /// "And also OTHER": all that this sentence tells of the place named last before.
    fn told_beside(&self, matched: &Match, sentence: usize) -> Told {
        let discourse = self.context.discourse;
        let mut before = discourse.groups_before(matched.first);
        let named = before.find(|group| !discourse.groups[*group].is_adjunct);
        named.map_or_else(Vec::new, |group| self.told_of_phrase(group, sentence))
    }

    /// "Just as PLACE, OTHER has fallen": at the head of a sentence, what is told next; else what was
    /// told last.
    fn told_last_or_next(&self, matched: &Match, sentence: usize) -> Told {
        let starts = self.context.discourse.sentences[sentence].start == matched.first;
        let leads = self.context.items.get(matched.last + 1);
        let found = self.found.iter().rev();
        let here = found.take_while(|found| found.sentence == sentence);
        let own = self.context.discourse.spoken_of(&matched.groups);
        let own: Vec<_> = own.map(|spoken| Some(spoken.place)).collect();
        let behind = here.filter(|found| found.at > matched.last && !own.contains(&found.place));
        let next = behind.clone().last();
        match next.filter(|_| starts && leads.is_some_and(Item::is_comma)) {
            Some(next) => {
                let of_next =
                    behind.filter(|found| (found.place, found.at) == (next.place, next.at));
                told_by(of_next)
            }
            None => self.told_last(matched, sentence),
        }
    }

    /// All that was told of the place told of last, in this sentence or the one before; nothing
    /// where since then something was told that is no claim.
    fn told_last(&self, matched: &Match, sentence: usize) -> Told {
        let told = self.found.iter().rev();
        let Some(last) = told.clone().find(|found| found.at < matched.first) else {
            return Vec::new();
        };
        let at = self.context.items[matched.first].span.start;
        let since = |aside: &SetAside| {
            aside.place.is_some() && aside.span.start > last.span.end && aside.span.end < at
        };
        if last.sentence + 1 < sentence || self.set_aside.iter().rev().take(LAST).any(since) {
            return Vec::new();
        }
        // "B left it on Sunday. On Monday A walked in. The same happened in PLACE".
        let is_analytic = self.context.language.words.is_analytic;
        let is_near = |found: &Found| is_analytic && found.sentence + 1 >= last.sentence;
        let of_last = told
            .filter(|found| found.place == last.place && (found.at == last.at || is_near(found)));
        told_by(of_last)
    }
}

/// What claims tell, the last of them first, in the order of the text.
fn told_by<'f>(found: impl Iterator<Item = &'f Found>) -> Told {
    let mut told: Told = found.map(|found| (found.actor, found.status)).collect();
    told.reverse();
    told
}
