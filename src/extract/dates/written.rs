//! A day as it is written out: "27 November 2018", "19/03/2019", "the ninth of February".

use jiff::civil::Date;

use super::words::{DateWord, DateWords};
use crate::text::{Text, Token, TokenKind};

/// A day as written; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub year: Option<i16>,
    pub month: i8,
    pub day: i8,
    /// Tokens that it takes.
    pub words: usize,
}

impl DateWords {
    /// A day with its month, in digits or words, that starts at `at`.
    pub(super) fn written(&self, text: &Text, tokens: &[Token], at: usize) -> Option<Written> {
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

    /// The day of the month at `at`, and its tokens: "27", "the ninth".
    pub(super) fn day_number(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
    ) -> Option<(i8, usize)> {
        let token = tokens.get(at)?;
        if let Some(day) = number(token) {
            return (1..=31).contains(&day).then_some((day as i8, 1));
        }
        match self.word(text, tokens, at)? {
            (DateWord::Ordinal(day), words) => Some((day, words)),
            _ => None,
        }
    }

    pub(super) fn month(&self, text: &Text, tokens: &[Token], at: usize) -> Option<(i8, usize)> {
        match self.word(text, tokens, at)? {
            (DateWord::Month(month), words) => Some((month, words)),
            _ => None,
        }
    }

    /// A second name of the month: "/ October", "(December)".
    pub(super) fn second_name(&self, text: &Text, tokens: &[Token], at: usize) -> usize {
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
                    Some((DateWord::Between | DateWord::MonthWord | DateWord::YearWord, words)) => {
                        next += words
                    }
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
    pub(super) fn date(self, published: Option<Date>, tail: Option<DateWord>) -> Option<Date> {
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

pub(super) fn number(token: &Token) -> Option<i32> {
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
