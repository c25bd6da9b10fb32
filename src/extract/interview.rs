//! Questions and answers: whose the "we" of an interview is, and what is said in answer to "what is
//! left to them?".

use std::cell::OnceCell;
use std::ops::Range;

use super::annotate::Item;
use super::claim::Collector;
use super::discourse::{Named, Reader};
use super::group::{Back, Group};
use crate::actor::ActorId;

/// Questions, each at the end of a line, that make an interview.
const FEWEST: usize = 2;

/// Items from the title of who answers to the party: "a commander of one of the units of".
const TITLE: usize = 9;

/// Items from the start of an answer to the places that it names.
const ANSWER: usize = 8;

/// Items of a line in an interview in which the question before it is looked for.
const LONGEST_TURN: usize = 120;

/// Items of the name of who asks or answers, with its colon.
const SPEAKER: usize = 4;

/// Items of an answer in which the question still says of whom it speaks.
const LONG_ANSWER: usize = 120;

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

    /// Whose voice speaks in a line that begins right behind an item: that of who answers. The inner
    /// one is none where nobody knows who answers a question: not the one of whom it asks.
    pub(super) fn voice(
        &self,
        reader: &Reader,
        at: usize,
        named: &[Option<Named>],
    ) -> Option<Option<ActorId>> {
        let starts_line = self.answers.contains(&at) && reader.items[at].is_break();
        if !starts_line {
            return None;
        }
        let party = *self.party.get_or_init(|| self.answering(reader, named));
        let asks = reader.items[at - 1].is_mark(&['?', '؟']);
        (party.is_some() || asks && !reader.words.is_analytic).then_some(party)
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
        // "Does ACTOR still hold PLACE? We do": not the one of whom the question asks.
        let asked = self.asked_from(reader);
        let told = || parties().filter(|(at, _)| *at < asked);
        let (_, party) = titled.or_else(|| told().next())?;
        let is_only = told().all(|(_, other)| other == party);
        (titled.is_some() || is_only).then_some(party)
    }

    /// The word that asks in the line of the first question, else where the question ends.
    fn asked_from(&self, reader: &Reader) -> usize {
        let end = self.answers.start;
        let line = reader.items[..end].iter().rposition(Item::is_break);
        let words = reader.words;
        let asking = words.governors.question.and(words.asks_what);
        let asks = |at: &usize| reader.items[*at].classes.meets(asking);
        (line.map_or(0, |at| at + 1)..end).find(asks).unwrap_or(end)
    }
}

impl Reader<'_> {
    /// "Has PLACE fallen?", and in the line of the answer "the town": the place that the question names,
    /// and where the answer begins.
    pub(super) fn topic_of_question(
        &self,
        phrase: &Group,
        before: &[Group],
    ) -> Option<(usize, usize)> {
        if self.words.is_analytic || phrase.back != Some(Back::Place) {
            return None;
        }
        let line_break = |end: usize| {
            let near = end.saturating_sub(LONGEST_TURN)..end;
            near.rev().find(|at| self.items[*at].is_break())
        };
        let mut end = line_break(phrase.first)?;
        let answer = end + 1;
        while end > 0 && self.items[end - 1].is_break() {
            end -= 1;
        }
        let start = line_break(end).map_or(0, |at| at + 1);
        let line = &self.items[start..end];
        let asker = line
            .iter()
            .take(SPEAKER)
            .position(|item| item.is_mark(&[':']));
        let is_asker = |colon: usize| {
            let mut label = line[..colon].iter();
            label.any(|item| item.classes.meets(self.words.asker))
        };
        let asks = line.last()?.is_mark(&['?', '؟']) || asker.is_some_and(is_asker);
        // What the sentence itself names before is spoken of.
        let is_stop = |item: &Item| item.is_mark(&['.', '!']);
        let is_own = |group: &Group| {
            let between = self.items.get(group.last + 1..phrase.first);
            between.is_some_and(|between| !between.iter().any(is_stop))
        };
        let named =
            |group: &&Group| group.back.is_none() && (group.first < answer || is_own(group));
        let mut last = before.iter().rev().filter(named);
        let group = last.next().filter(|group| group.first < answer)?;
        (asks && (start..end).contains(&group.first)).then_some((group.first, answer))
    }
}

impl Collector<'_> {
    /// The party of which the question before asks what it has, or has lost, where an answer to it names
    /// the places at an item first: "What is left to ACTOR? PLACE and PLACE."
    pub(super) fn asked(&self, at: usize, is_loss: bool) -> Option<ActorId> {
        let items = self.context.items;
        let mut near = (at.saturating_sub(ANSWER)..at).rev();
        let end = near.find(|at| items[*at].is_mark(&['?', '؟']))?;
        self.asked_in(end, is_loss)
    }

    /// "How much land has ACTOR left? ... PLACE is in its hands": where a sentence of the answer names
    /// no party, "its" is that of the one asked about.
    pub(super) fn asked_about(&self, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let sentence = self.sentence_of(trigger);
        let is_bare = words.is_analytic
            && items[trigger].classes.meets(words.its_control)
            && self.actors(sentence.start..trigger).next().is_none();
        let floor = sentence.start.saturating_sub(LONG_ANSWER);
        let end = (floor..sentence.start)
            .rev()
            .take_while(|at| !items[*at].is_break())
            .find(|at| items[*at].is_mark(&['?', '؟']))
            .filter(|_| is_bare)?;
        self.asked_in(end, false).map(Named::of)
    }

    /// The party of which the question that ends at an item asks what it has, or has lost.
    fn asked_in(&self, end: usize, is_loss: bool) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let sentences = &self.context.discourse.sentences;
        let question = &sentences[sentences.partition_point(|range| range.end <= end)];
        let says = |class| {
            let mut said = items[question.start..end].iter();
            said.any(|item| item.classes.meets(class))
        };
        let has_still = || !words.is_analytic && !is_loss && says(words.at_hand);
        let deed = if is_loss { words.loss } else { words.having };
        let is_other = words.is_analytic && is_loss != says(words.loss);
        let is_about_it = says(words.asks_what) && (says(deed) || has_still()) && !is_other;
        let named = (question.start..end)
            .rev()
            .find_map(|at| self.context.discourse.actor(at));
        let other = || self.enemy_before(self.context.discourse.speaker(end)?, question.start);
        let goes_on = || {
            let says_it = words.is_analytic && says(words.subjects);
            self.carried
                .subject
                .filter(|_| says_it)
                .map(|named| named.actor)
        };
        let party = named
            .map(|named| named.actor)
            .filter(|party| self.holds_ground(*party));
        party
            .or_else(other)
            .or_else(goes_on)
            .filter(|_| is_about_it)
    }
}
