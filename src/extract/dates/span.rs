//! Spans of days: "between 3 and 9 January", "over the past week".

use jiff::ToSpan;
use jiff::civil::Date;

use super::{DateWord, DateWords, Event};
use crate::claim::DateBasis;
use crate::text::{Text, Token};

impl DateWords {
    /// "Between 3 and 9 January", "over the past week": first and last day, and the tokens taken.
    pub(super) fn span(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
        published: Option<Date>,
    ) -> Option<(Event, usize)> {
        let (word, words) = self.word(text, tokens, at)?;
        match word {
            DateWord::Past(days) => {
                let to = published?;
                let date = to.checked_sub(i64::from(days).days()).ok()?;
                let basis = DateBasis::Relative;
                let to = Some(to);
                Some((Event { date, to, basis }, words))
            }
            DateWord::SpanOf => {
                let first = at + words;
                let (first_day, month, next) = self.span_start(text, tokens, first)?;
                let joint = self.word(text, tokens, next);
                let second = match joint {
                    Some((DateWord::SpanTo, words)) => next + words,
                    // "And" may be written onto the second day.
                    _ => next,
                };
                let last = self.written(text, tokens, second)?;
                let to = last.date(published, None)?;
                let month = month.unwrap_or(last.month);
                let year = to.year() - i16::from(month > last.month);
                let date = Date::new(year, month, first_day).ok()?;
                let is_span = date < to && published.is_none_or(|published| to <= published);
                let event = Event {
                    date,
                    to: Some(to),
                    basis: DateBasis::Stated,
                };
                is_span.then_some((event, second + last.words - at))
            }
            _ => None,
        }
    }

    /// The first day of a span, its month when it is said, and the token behind.
    fn span_start(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
    ) -> Option<(i8, Option<i8>, usize)> {
        if let Some(written) = self.written(text, tokens, at) {
            return Some((written.day, Some(written.month), at + written.words));
        }
        let (day, words) = self.day_number(text, tokens, at)?;
        Some((day, None, at + words))
    }
}
