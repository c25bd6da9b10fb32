//! Days in words: when a report came out, and when what it tells happened.

mod span;

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::claim::DateBasis;
use crate::data::DataFolder;
use crate::error::Result;
use crate::phrases::Phrases;
use crate::report::Report;
use crate::text::{Text, Token, TokenKind, fold};

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateWord {
    Relative(i8),
    Weekday(i8),
    Month(i8),
    Ordinal(i8),
    Between,
    This,
    Last,
    /// So many days up to the day of publication.
    Past(i8),
    /// Opens a span of two days.
    SpanOf,
    /// Stands between the two days of a span.
    SpanTo,
}

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub date: Date,
    /// Last day of a span.
    pub to: Option<Date>,
    pub basis: DateBasis,
}

/// The words of dates of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateWords {
    phrases: Phrases<Option<DateWord>>,
    not_published: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Table {
    not_published: Vec<String>,
    relative: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    months: BTreeMap<String, i8>,
    ordinals: BTreeMap<String, i8>,
    between: Between,
    tail: Tail,
    spans: Spans,
}

#[derive(serde::Deserialize)]
struct Spans {
    of: Vec<String>,
    to: Vec<String>,
    past: BTreeMap<String, i8>,
}

#[derive(serde::Deserialize)]
struct Between {
    words: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Tail {
    this: Vec<String>,
    last: Vec<String>,
}

/// A day as written; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    year: Option<i16>,
    month: i8,
    day: i8,
    /// Tokens that it takes.
    words: usize,
}

/// Lines from the top among which a report may bear its date.
const DATE_LINES: usize = 12;

/// A line of at most this many tokens that bears a date is about the date.
const SHORT_LINE: usize = 18;

/// Lines that count as the head of the story, where a full date in a sentence dates the report.
const HEAD_LINES: usize = 4;

impl DateWords {
    pub(crate) fn load(data: &DataFolder, language: &str) -> Result<Self> {
        let file = format!("lexicon/{language}.dates.toml");
        let table: Table = data.toml(&file)?;
        let mut words = Self {
            not_published: table
                .not_published
                .iter()
                .map(|text| fold_mark(text))
                .collect(),
            ..Self::default()
        };
        let mut add = |text: &str, word| *words.phrases.entry(&fold(text)) = Some(word);
        let spans = &table.spans;
        spans.of.iter().for_each(|text| add(text, DateWord::SpanOf));
        spans.to.iter().for_each(|text| add(text, DateWord::SpanTo));
        spans
            .past
            .iter()
            .for_each(|(text, days)| add(text, DateWord::Past(*days)));
        table
            .between
            .words
            .iter()
            .for_each(|text| add(text, DateWord::Between));
        table
            .ordinals
            .iter()
            .for_each(|(text, day)| add(text, DateWord::Ordinal(*day)));
        table
            .relative
            .iter()
            .for_each(|(text, days)| add(text, DateWord::Relative(*days)));
        table
            .weekdays
            .iter()
            .for_each(|(text, day)| add(text, DateWord::Weekday(*day)));
        table
            .months
            .iter()
            .for_each(|(text, month)| add(text, DateWord::Month(*month)));
        table
            .tail
            .this
            .iter()
            .for_each(|text| add(text, DateWord::This));
        table
            .tail
            .last
            .iter()
            .for_each(|text| add(text, DateWord::Last));
        Ok(words)
    }

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

    fn word(&self, text: &Text, tokens: &[Token], at: usize) -> Option<(DateWord, usize)> {
        let token = tokens
            .get(at)
            .filter(|token| token.kind == TokenKind::Word)?;
        let next = |ahead: usize| {
            tokens
                .get(at + ahead)
                .filter(|token| token.kind == TokenKind::Word)
                .map(|token| text.folded(token))
        };
        let word = text.folded(token);
        let whole = self.phrases.longest(word, next);
        // Conjunctions and prepositions may be written onto the first word.
        let found = whole.or_else(|| {
            word.strip_prefix(['و', 'ل', 'ب'])
                .and_then(|rest| self.phrases.longest(rest, next))
        });
        found.and_then(|(word, words)| word.map(|word| (word, words)))
    }

    /// A day with its month, in digits or words, that starts at `at`.
    fn written(&self, text: &Text, tokens: &[Token], at: usize) -> Option<Written> {
        numeric(tokens, at).or_else(|| self.named(text, tokens, at))
    }

    /// "27 November 2018", "the ninth of February", "DECEMBER 7, 2018", "19/March/2019".
    fn named(&self, text: &Text, tokens: &[Token], at: usize) -> Option<Written> {
        let (day, mut next) = match self.day_number(text, tokens, at) {
            Some((day, words)) => (Some(day), at + words),
            None => (None, at),
        };
        if day.is_some() {
            next = self.skip(text, tokens, next, 3);
        }
        let (month, words) = self.month(text, tokens, next)?;
        next = self.second_name(text, tokens, next + words);
        // "Nov. 19": a short form with its dot.
        let is_dot = |token: &Token| token.kind == TokenKind::Mark('.') && token.glued;
        next += usize::from(tokens.get(next).is_some_and(is_dot));
        let day = match day {
            Some(day) => day,
            None => {
                let (day, words) = self.day_number(text, tokens, next)?;
                next += words;
                day
            }
        };
        let year_at = self.skip(text, tokens, next, 3);
        let year = tokens
            .get(year_at)
            .and_then(number)
            .filter(|year| (1990..2100).contains(year));
        let end = if year.is_some() { year_at + 1 } else { next };
        Some(Written {
            year: year.map(|year| year as i16),
            month,
            day,
            words: end - at,
        })
    }

    fn day_number(&self, text: &Text, tokens: &[Token], at: usize) -> Option<(i8, usize)> {
        let token = tokens.get(at)?;
        if let Some(day) = number(token) {
            return (1..=31).contains(&day).then_some((day as i8, 1));
        }
        match self.word(text, tokens, at)? {
            (DateWord::Ordinal(day), words) => Some((day, words)),
            _ => None,
        }
    }

    fn month(&self, text: &Text, tokens: &[Token], at: usize) -> Option<(i8, usize)> {
        match self.word(text, tokens, at)? {
            (DateWord::Month(month), words) => Some((month, words)),
            _ => None,
        }
    }

    /// A second name of the month: "/ October", "(December)".
    fn second_name(&self, text: &Text, tokens: &[Token], at: usize) -> usize {
        let opens = tokens
            .get(at)
            .is_some_and(|token| matches!(token.kind, TokenKind::Mark('/' | '(' | '-')));
        let start = at + usize::from(opens);
        match self.month(text, tokens, start) {
            Some((_, words)) => {
                let end = start + words;
                end + usize::from(
                    tokens
                        .get(end)
                        .is_some_and(|token| token.kind == TokenKind::Mark(')')),
                )
            }
            None => at,
        }
    }

    /// Steps over at most `most` slashes, commas and words such as "of the month".
    fn skip(&self, text: &Text, tokens: &[Token], at: usize, most: usize) -> usize {
        let mut next = at;
        while next < at + most {
            match tokens.get(next).map(|token| token.kind) {
                Some(TokenKind::Mark('/' | ',' | '،' | '-')) => next += 1,
                Some(TokenKind::Word) => match self.word(text, tokens, next) {
                    Some((DateWord::Between, words)) => next += words,
                    _ => break,
                },
                _ => break,
            }
        }
        next
    }
}

impl Written {
    /// The date; without a year, the last such day before publication.
    fn date(self, published: Option<Date>, tail: Option<DateWord>) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::new(year, self.month, self.day).ok();
        }
        let published = published?;
        let this_year = Date::new(published.year(), self.month, self.day).ok()?;
        let is_past = this_year <= published || tail == Some(DateWord::This);
        if is_past {
            Some(this_year)
        } else {
            Date::new(published.year() - 1, self.month, self.day).ok()
        }
    }
}

/// A folded phrase; a mark alone stays as it is.
fn fold_mark(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() {
        text.trim().to_owned()
    } else {
        folded
    }
}

fn number(token: &Token) -> Option<i32> {
    match token.kind {
        TokenKind::Number(value) if value.fract() == 0.0 && value < 10_000.0 => Some(value as i32),
        _ => None,
    }
}

/// Three numbers with `/`, `.` or `-` between: the day first unless the year leads.
fn numeric(tokens: &[Token], at: usize) -> Option<Written> {
    let mut numbers = [0; 3];
    let mut next = at;
    for (index, slot) in numbers.iter_mut().enumerate() {
        *slot = tokens.get(next).and_then(number)?;
        next += 1;
        if index < 2 {
            match tokens.get(next).map(|token| token.kind) {
                Some(TokenKind::Mark('/' | '.' | '-')) => next += 1,
                // A hyphen without spaces leaves no token of its own.
                Some(TokenKind::Number(_)) if tokens[next].glued => {}
                _ => return None,
            }
        }
    }
    let [a, b, c] = numbers;
    let (year, month, day) = if a > 31 {
        (a, b, c)
    } else {
        (if c < 100 { 2000 + c } else { c }, b, a)
    };
    let valid =
        (1990..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then_some(Written {
        year: Some(year as i16),
        month: month as i8,
        day: day as i8,
        words: next - at,
    })
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
