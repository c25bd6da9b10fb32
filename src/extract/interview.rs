//! Questions and answers: whose the "we" of an interview is, and what is said in answer to "what is
//! left to them?".

use std::cell::OnceCell;
use std::ops::Range;

use super::claim::Collector;
use super::discourse::{Named, Reader};
use crate::actor::ActorId;

/// Questions, each at the end of a line, that make an interview.
const FEWEST: usize = 2;

/// Items from the title of who answers to the party: "a commander of one of the units of".
const TITLE: usize = 9;

/// Items from the start of an answer to the places that it names.
const ANSWER: usize = 8;

/// An interview in a text.
pub(super) struct Interview {
    /// Behind its first question, to the end of the text.
    answers: Range<usize>,
    /// Who answers.
    party: OnceCell<Option<ActorId>>,
}

impl Interview {
    /// The questions of a text, where it has enough of them.
    pub(super) fn find(reader: &Reader) -> Option<Self> {
        let items = reader.items;
        let asks = |at: &usize| {
            items[*at].is_mark(&['?', '؟']) && items.get(at + 1).is_none_or(|next| next.is_break())
        };
        let mut questions = (0..items.len()).filter(asks);
        let first = questions.next()?;
        questions.nth(FEWEST - 2)?;
        Some(Self {
            answers: first + 1..items.len(),
            party: OnceCell::new(),
        })
    }

    /// Whose voice speaks in a line that begins right behind an item: that of who answers.
    pub(super) fn voice(
        &self,
        reader: &Reader,
        at: usize,
        named: &[Option<Named>],
    ) -> Option<ActorId> {
        let starts_line = self.answers.contains(&at) && reader.items[at].is_break();
        let party = || *self.party.get_or_init(|| self.answering(reader, named));
        starts_line.then(party).flatten()
    }

    /// Who answers: the party that the words before the first question give a title in, else the only
    /// one that they name.
    fn answering(&self, reader: &Reader, named: &[Option<Named>]) -> Option<ActorId> {
        let before = self.answers.start;
        let is_titled = |at: usize| {
            let near = at.saturating_sub(TITLE)..at;
            near.rev()
                .take_while(|back| named[*back].is_none() && !reader.items[*back].is_break())
                // "Commander: ACTOR has nowhere to run".
                .take_while(|back| !reader.items[*back].is_mark(&[':']))
                .any(|back| reader.items[back].classes.meets(reader.words.title))
        };
        let parties = || (0..before.min(named.len())).filter_map(|at| Some((at, named[at]?.actor)));
        let titled = parties().find(|(at, _)| is_titled(*at));
        let (_, party) = titled.or_else(|| parties().next())?;
        let is_only = parties().all(|(_, other)| other == party);
        (titled.is_some() || is_only).then_some(party)
    }
}

impl Collector<'_> {
    /// The party of which the question before asks what it has, where an answer to it names the places
    /// at an item first: "What is left to ACTOR? PLACE and PLACE."
    pub(super) fn asked(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let near = at.saturating_sub(ANSWER)..at;
        let asks = |at: &usize| items[*at].is_mark(&['?', '؟']);
        let end = near.rev().find(asks)?;
        let sentences = &self.context.discourse.sentences;
        let question = &sentences[sentences.partition_point(|range| range.end <= end)];
        let says = |class| {
            items[question.start..end]
                .iter()
                .any(|item| item.classes.meets(class))
        };
        let is_about_having = says(words.asks_what) && says(words.having);
        let named = (question.start..end)
            .rev()
            .find_map(|at| self.context.discourse.actor(at));
        let other = || self.enemy_before(self.context.discourse.speaker(at)?, question.start);
        let party = named
            .map(|named| named.actor)
            .filter(|party| self.holds_ground(*party));
        party.or_else(other).filter(|_| is_about_having)
    }
}
