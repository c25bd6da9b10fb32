//! Where sentences end.

use std::ops::Range;

use super::annotate::{Item, ItemKind};
use super::discourse::Reader;
use super::line::{is_entry_separator, is_list_break};
use crate::lexicon::Features;

/// Items of a table's row that are looked at.
const LONGEST_ROW: usize = 60;

/// A longer sentence, in items, is read as several: no writer means one thought by it, and what a
/// rule may look at stays bounded.
const LONGEST_SENTENCE: usize = 512;

/// Letters of the longest word that is shortened before a number: "Sept. 10".
const LONGEST_SHORTENED: usize = 4;

/// Items of a question that is answered with a name.
const LONGEST_QUESTION: usize = 8;

/// Ends of lines between a question and its answer.
const BLANK: usize = 3;

/// Items of a speaker before his answer: "A: in PLACE".
const SPEAKER: usize = 3;

/// Items of an answer that names nothing but places.
const LONGEST_PLACES: usize = 16;

/// Items of such an answer, its speaker included.
const LONGEST_ANSWER: usize = 8;

impl Reader<'_> {
    /// The sentences of the text, as ranges of items.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, item) in self.items.iter().enumerate() {
            let ends = match item.kind {
                ItemKind::Break => {
                    !is_list_break(self.items, at, self.words.roles) && !self.is_before_answer(at)
                }
                ItemKind::Mark('|') => !self.is_table_row(at),
                ItemKind::Mark(';' | '؛') => !is_entry_separator(self.items, at, self.words.verbs),
                ItemKind::Mark('?' | '؟') => !self.is_answered(at),
                ItemKind::Mark('!' | '…') => true,
                ItemKind::Mark('.') => {
                    !self.is_inner_stop(at) && !self.tells_what_lies_in(start, at)
                }
                _ => false,
            };
            if ends || at - start + 1 >= LONGEST_SENTENCE {
                out.push(start..at + 1);
                start = at + 1;
            }
        }
        out.push(start..self.items.len());
        out.retain(|range| !range.is_empty());
        out
    }

    /// A line with several bars is a row of a table.
    fn is_table_row(&self, at: usize) -> bool {
        let start = self.items[..at]
            .iter()
            .rposition(Item::is_break)
            .map_or(0, |at| at + 1);
        let line = self.items[start..]
            .iter()
            .take_while(|item| !item.is_break());
        line.take(LONGEST_ROW)
            .filter(|item| item.is_mark(&['|']))
            .count()
            > 1
    }

    /// The end of a line between a question and its answer.
    fn is_before_answer(&self, at: usize) -> bool {
        let mut before = (at.saturating_sub(BLANK)..at).rev();
        let question = before.find(|at| !self.items[*at].is_break());
        question.is_some_and(|mark| self.items[mark].is_mark(&['?', '؟']) && self.is_answered(mark))
    }

    /// "Who holds PLACE? PARTY.", "And PLACE? Still PARTY.": the answer only names a party.
    fn is_answered(&self, at: usize) -> bool {
        let behind = &self.items[at + 1..];
        let blank = behind.iter().take_while(|item| item.is_break()).count();
        let ends =
            |item: &Item| matches!(item.kind, ItemKind::Break | ItemKind::Mark('.' | '?' | '؟'));
        let answer = behind[blank..].split(ends).next().unwrap_or_default();
        let question = || {
            let items = self.items[..at].iter().rev().take(LONGEST_QUESTION);
            items.take_while(|item| !item.is_break())
        };
        let asks_place = question().any(|item| {
            item.is_place()
                || item.classes.meets(self.words.roles.pointer) && item.features.any(Features::THE)
        });
        // "The army, since the middle of May".
        let commas = |item: &Item| item.is_comma();
        let told = answer.split(commas).next().unwrap_or(answer);
        // "Who holds PLACE? We."
        let is_we = |item: &Item| item.classes.meets(self.words.we_word);
        self.says_where(question(), answer)
            || self.is_answered_with_places(at, answer)
            || (1..=LONGEST_ANSWER).contains(&told.len())
                && asks_place
                && told
                    .iter()
                    .any(|item| matches!(item.kind, ItemKind::Actor(_)) || is_we(item))
                && !told.iter().any(|item| {
                    item.is_place()
                        || item.classes.meets(self.words.roles.other)
                        || item.classes.meets(self.words.verbs)
                            && !item.classes.meets(self.words.governors.still)
                            && !is_we(item)
                })
    }

    /// "What does PARTY still hold? PLACE and PLACE.": the answer only names places.
    fn is_answered_with_places(&self, at: usize, answer: &[Item]) -> bool {
        let question = &self.items[at.saturating_sub(LONGEST_QUESTION)..at];
        let is_told = |item: &Item| {
            matches!(item.kind, ItemKind::Actor(_)) || item.classes.meets(self.words.verbs)
        };
        let asks_party = question.iter().any(|item| {
            matches!(item.kind, ItemKind::Actor(_)) && !item.classes.meets(self.words.we)
        });
        let state = self.words.governors.state;
        let asks_holding = question.iter().any(|item| item.classes.meets(state));
        self.words.is_analytic
            && asks_holding
            && (1..=LONGEST_PLACES).contains(&answer.len())
            && asks_party
            && !question.iter().any(Item::is_place)
            && answer.iter().any(Item::is_place)
            && !answer.iter().any(is_told)
    }

    /// "Where are the fighters of PARTY? In PLACE".
    fn says_where<'i>(
        &self,
        question: impl Iterator<Item = &'i Item<'i>>,
        answer: &[Item],
    ) -> bool {
        let (mut asks, mut names) = (false, false);
        for item in question {
            asks |= item.classes.meets(self.words.where_is);
            names |=
                matches!(item.kind, ItemKind::Actor(_)) || item.classes.meets(self.words.members);
        }
        let mut words = answer
            .iter()
            .skip_while(|item| !item.classes.meets(self.words.within))
            .take(LONGEST_QUESTION);
        asks && names
            && answer
                .iter()
                .take(SPEAKER)
                .any(|item| item.classes.meets(self.words.within))
            && words.any(Item::is_place)
    }

    /// "It has a strip 20 kilometres long. In it lie PLACES": what lies in the ground told of before.
    fn tells_what_lies_in(&self, start: usize, at: usize) -> bool {
        let next = self.items.get(at + 1);
        let is_ground = |item: &Item| item.classes.meets(self.words.area_word);
        next.is_some_and(|next| self.begins_with_what_lies_in(next))
            && self.items[start..at].iter().any(is_ground)
    }

    /// "And in it", "and it takes in".
    fn begins_with_what_lies_in(&self, item: &Item) -> bool {
        let is_joined = item.features.any(Features::AND) && item.features.is_finite();
        let takes_in = item.classes.meets(self.words.contain) && is_joined;
        !self.words.is_analytic && (item.classes.meets(self.words.lie_in) || takes_in)
    }

    /// A full stop that ends no sentence: inside a number or a name, behind an initial, behind a
    /// shortened word.
    fn is_inner_stop(&self, at: usize) -> bool {
        let Some(next) = self.items.get(at + 1) else {
            return false;
        };
        let stop = self.items[at].span;
        if next.span.start == stop.end {
            return !next.is_mark(&['.']);
        }
        let Some(before) = at.checked_sub(1).map(|left| &self.items[left]) else {
            return false;
        };
        let letters = before.span.end - before.span.start;
        let is_word = matches!(before.kind, ItemKind::Word) && before.span.end == stop.start;
        // "i.e. PLACE", "e.g. PLACE".
        let is_initial = letters == 1 && at > 1 && self.items[at - 2].is_mark(&['.']);
        let is_shortened = letters <= LONGEST_SHORTENED
            && matches!(next.kind, ItemKind::Number(_))
            && before.classes.meets(self.words.roles.time);
        self.words.has_capitals
            && (is_word && (is_initial || is_shortened)
                || before.classes.meets(self.words.roles.naming))
    }
}
