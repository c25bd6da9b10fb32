//! Days in words: when what a report tells happened, and when it came out itself.
//!
//! A day may be written out, alone or as an end of a span, or be told from the day of publication:
//! "yesterday", "last Friday".

mod published;
mod span;
mod words;
mod written;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use words::DateWord;
pub(crate) use words::DateWords;

use crate::claim::DateBasis;
use crate::text::{Text, Token, TokenKind};

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub date: Date,
    /// Last day of a span.
    pub to: Option<Date>,
    pub basis: DateBasis,
}

impl DateWords {
    /// The days that the tokens of `range` name, each with its token.
    pub(crate) fn events(
        &self,
        text: &Text,
        range: Range<usize>,
        published: Option<Date>,
    ) -> Vec<(usize, Event)> {
        let tokens = &text.tokens()[range.clone()];
        let mut events = Vec::new();
        let mut index = 0;
        while index < tokens.len() {
            let is_number = matches!(tokens[index].kind, TokenKind::Number(_));
            // Whatever names a day begins with a number or a word of dates.
            if !is_number && self.word(text, tokens, index).is_none() {
                index += 1;
                continue;
            }
            let span = self.span(text, tokens, index, published);
            let day = || {
                let (date, basis) = self.day(text, tokens, index, published)?;
                let to = None;
                Some((Event { date, to, basis }, 1))
            };
            let Some((event, words)) = span.or_else(day) else {
                index += 1;
                continue;
            };
            events.push((range.start + index, event));
            index += words;
        }
        events
    }

    /// The day named by the words at `index`, if they name one.
    fn day(
        &self,
        text: &Text,
        tokens: &[Token],
        index: usize,
        published: Option<Date>,
    ) -> Option<(Date, DateBasis)> {
        if let Some(written) = self.written(text, tokens, index) {
            let tail = self
                .word(text, tokens, index + written.words)
                .map(|(word, _)| word);
            return written
                .date(published, tail)
                .map(|date| (date, DateBasis::Stated));
        }
        let published = published?;
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
        Some((date, DateBasis::Relative))
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
