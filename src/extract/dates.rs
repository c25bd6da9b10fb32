//! Days in words: when what a report tells happened, and when it came out itself.
//!
//! A day may be written out, alone or as an end of a span, or be told from the day of publication:
//! "yesterday", "last Friday".

mod period;
mod published;
mod span;
mod words;
mod written;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use period::Reader;
use words::DateWord;
pub(crate) use words::DateWords;

use crate::claim::DateBasis;
use crate::text::{Text, Token, TokenKind};

/// Tokens from "since" to the day on which something began that goes on: "since it was freed a year
/// ago".
const SINCE: usize = 3;

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub date: Date,
    /// Last day of a span.
    pub to: Option<Date>,
    pub basis: DateBasis,
}

impl Event {
    /// The day by which it had happened.
    pub(crate) fn last(self) -> Date {
        self.to.unwrap_or(self.date)
    }
}

impl DateWords {
    /// The days that the tokens of `range` name, each with its token; not those since which something
    /// goes on.
    pub(crate) fn events(
        &self,
        text: &Text,
        range: Range<usize>,
        published: Option<Date>,
    ) -> Vec<(usize, Event)> {
        let tokens = &text.tokens()[range.clone()];
        let mut events = Vec::new();
        let mut since = None;
        let mut index = 0;
        while index < tokens.len() {
            let is_number = matches!(tokens[index].kind, TokenKind::Number(_));
            let word = self.word(text, tokens, index);
            if matches!(tokens[index].kind, TokenKind::Mark(_)) {
                since = None;
            }
            // Whatever names a day begins with a number or a word of dates.
            if !is_number && word.is_none() {
                index += 1;
                continue;
            }
            if let Some((DateWord::Since, words)) = word {
                index += words;
                since = Some(index);
                continue;
            }
            let Some((event, words)) = self.event(text, tokens, index, published) else {
                index += 1;
                continue;
            };
            let is_start = since.is_some_and(|since| index - since <= SINCE);
            if !is_start {
                events.push((range.start + index, event));
            }
            index += words;
        }
        events
    }

    /// The day or span named by the words at `index`, and the tokens that it takes.
    fn event(
        &self,
        text: &Text,
        tokens: &[Token],
        index: usize,
        published: Option<Date>,
    ) -> Option<(Event, usize)> {
        let day = || {
            let (date, basis, words) = self.day(text, tokens, index, published)?;
            let to = None;
            Some((Event { date, to, basis }, words))
        };
        let counted = |read: fn(&mut Reader) -> Option<Event>| {
            let mut reader = self.reader(text, tokens, index, published?);
            let event = read(&mut reader)?;
            Some((event, reader.at - index))
        };
        self.span(text, tokens, index, published)
            .or_else(|| counted(|reader| reader.ago()))
            .or_else(|| counted(|reader| reader.period()))
            .or_else(day)
    }

    fn reader<'a>(
        &'a self,
        text: &'a Text,
        tokens: &'a [Token],
        at: usize,
        published: Date,
    ) -> Reader<'a> {
        Reader {
            words: self,
            text,
            tokens,
            at,
            published,
        }
    }

    /// The day named by the words at `index`, if they name one, and the tokens that it takes.
    fn day(
        &self,
        text: &Text,
        tokens: &[Token],
        index: usize,
        published: Option<Date>,
    ) -> Option<(Date, DateBasis, usize)> {
        if let Some(written) = self.written(text, tokens, index) {
            let tail = self
                .word(text, tokens, index + written.words)
                .map(|(word, _)| word);
            return written
                .date(published, tail)
                .map(|date| (date, DateBasis::Stated, written.words));
        }
        let published = published?;
        let mut reader = self.reader(text, tokens, index, published);
        if let Some(date) = reader.day_of_period() {
            return Some((date, DateBasis::Relative, reader.at - index));
        }
        let (word, words) = self.word(text, tokens, index)?;
        let next = self.word(text, tokens, index + words).map(|(word, _)| word);
        let date = match word {
            DateWord::Relative(days) => {
                let date = published.checked_add(i64::from(days).days()).ok()?;
                match next {
                    // The weekday beside it is more often right than the count.
                    Some(DateWord::Weekday(weekday)) => nearest_weekday(date, weekday),
                    _ => date,
                }
            }
            DateWord::Weekday(weekday) => {
                let before = back_to_weekday(published, weekday);
                if next == Some(DateWord::Last) && before == published {
                    before.checked_sub(7.days()).ok()?
                } else {
                    before
                }
            }
            _ => return None,
        };
        Some((date, DateBasis::Relative, words))
    }
}

/// The last such weekday up to `date`.
fn back_to_weekday(date: Date, weekday: i8) -> Date {
    let back = (date.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    date.checked_sub(i64::from(back).days()).unwrap_or(date)
}

/// The such weekday within three days of `date`.
fn nearest_weekday(date: Date, weekday: i8) -> Date {
    let ahead = (weekday - date.weekday().to_monday_one_offset() + 3).rem_euclid(7) - 3;
    date.checked_add(i64::from(ahead).days()).unwrap_or(date)
}
