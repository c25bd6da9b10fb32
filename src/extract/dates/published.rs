//! The day a report came out: given beside its text, else the dateline at its head.

use jiff::civil::Date;

use super::words::DateWords;
use crate::claim::DateBasis;
use crate::report::Report;
use crate::text::{Text, Token, TokenKind};

/// Lines from the top among which a report may bear its date.
const DATE_LINES: usize = 12;

/// A line of at most this many tokens that bears a date is about the date.
const SHORT_LINE: usize = 18;

/// Lines that count as the head of the story, where a full date in a sentence dates the report.
const HEAD_LINES: usize = 4;

impl DateWords {
    /// The day a report came out: given beside the text, else read from its head.
    pub(crate) fn published(&self, report: &Report, text: &Text) -> Option<(Date, DateBasis)> {
        report
            .published
            .or_else(|| self.dateline(text).map(|date| (date, DateBasis::Dateline)))
    }

    fn dateline(&self, text: &Text) -> Option<Date> {
        let tokens = text.tokens();
        let lines = tokens
            .split(|token| token.kind == TokenKind::Break)
            .filter(|line| !line.is_empty());
        for (index, line) in lines.take(DATE_LINES).enumerate() {
            if self.is_furniture(text, line) || (line.len() > SHORT_LINE && index >= HEAD_LINES) {
                continue;
            }
            if let Some(date) = (0..line.len()).find_map(|at| self.full_date(text, line, at)) {
                return Some(date);
            }
        }
        None
    }

    /// A line of another date: when the page was printed, say.
    fn is_furniture(&self, text: &Text, line: &[Token]) -> bool {
        let words: Vec<&str> = line.iter().map(|token| text.folded(token)).collect();
        let line = words.join(" ");
        self.not_published
            .iter()
            .any(|phrase| line.contains(phrase.as_str()))
    }

    fn full_date(&self, text: &Text, line: &[Token], at: usize) -> Option<Date> {
        let written = self.written(text, line, at)?;
        Date::new(written.year?, written.month, written.day).ok()
    }
}
