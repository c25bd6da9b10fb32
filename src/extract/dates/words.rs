//! The words of dates of one language, read from `data/lexicon/LANG.dates.toml`.

use std::collections::BTreeMap;

use super::period::Unit;
use crate::data::DataFolder;
use crate::error::Result;
use crate::phrases::Phrases;
use crate::text::{Text, Token, TokenKind, fold};

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    Relative(i8),
    Weekday(i8),
    Month(i8),
    Ordinal(i8),
    Between,
    /// The word "month" or "year", which may stand between the parts of a date.
    MonthWord,
    YearWord,
    This,
    Last,
    /// So many days up to the day of publication.
    Past(i8),
    /// "In": what follows may be a bare month or year.
    In,
    /// "Since": what follows tells when a state began, not when it was seen.
    Since,
    /// A stage of a month or year, from one day of a month to another: "early", "late".
    Stage(i8, i8),
    /// A time of the year, from one month to another.
    Season(i8, i8),
    /// The month or year that is so many ahead of the day of publication: "last month".
    Months(i8),
    Years(i8),
    /// Words before and behind a length of time that is counted back.
    AgoBefore,
    AgoBehind,
    /// "About".
    About,
    /// A number in words.
    Count(i8),
    /// "Week": so many of a unit.
    Length(Unit, i8),
    /// Opens a span of two days.
    SpanOf,
    /// Stands between the two days of a span.
    SpanTo,
}

/// Makes a word of dates of its number: so many days ago, the month of the year.
type Counted = fn(i8) -> DateWord;

/// The words of dates of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateWords {
    phrases: Phrases<Option<DateWord>>,
    /// Phrases of lines that bear another date than that of the report.
    pub(super) not_published: Vec<String>,
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
    periods: Periods,
    ago: Ago,
}

#[derive(serde::Deserialize)]
struct Periods {
    month: Vec<String>,
    year: Vec<String>,
    r#in: Vec<String>,
    since: Vec<String>,
    months: BTreeMap<String, i8>,
    years: BTreeMap<String, i8>,
    stages: BTreeMap<String, (i8, i8)>,
    seasons: BTreeMap<String, (i8, i8)>,
}

#[derive(serde::Deserialize)]
struct Ago {
    before: Vec<String>,
    behind: Vec<String>,
    about: Vec<String>,
    counts: BTreeMap<String, i8>,
    hours: BTreeMap<String, i8>,
    days: BTreeMap<String, i8>,
    months: BTreeMap<String, i8>,
    years: BTreeMap<String, i8>,
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

impl DateWords {
    /// Reads the table of a language.
    ///
    /// # Errors
    ///
    /// Those of [`DataFolder::toml`].
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
        let (periods, ago) = (&table.periods, &table.ago);
        for (text, (first, last)) in &periods.stages {
            add(text, DateWord::Stage(*first, *last));
        }
        for (text, (first, last)) in &periods.seasons {
            add(text, DateWord::Season(*first, *last));
        }
        let counted: [(_, Counted); 12] = [
            (&periods.months, DateWord::Months),
            (&periods.years, DateWord::Years),
            (&ago.counts, DateWord::Count),
            (&ago.hours, |count| DateWord::Length(Unit::Hour, count)),
            (&ago.days, |count| DateWord::Length(Unit::Day, count)),
            (&ago.months, |count| DateWord::Length(Unit::Month, count)),
            (&ago.years, |count| DateWord::Length(Unit::Year, count)),
            (&table.spans.past, DateWord::Past),
            (&table.ordinals, DateWord::Ordinal),
            (&table.relative, DateWord::Relative),
            (&table.weekdays, DateWord::Weekday),
            (&table.months, DateWord::Month),
        ];
        for (phrases, word) in counted {
            phrases
                .iter()
                .for_each(|(text, count)| add(text, word(*count)));
        }
        let plain = [
            (&table.spans.of, DateWord::SpanOf),
            (&table.spans.to, DateWord::SpanTo),
            (&table.between.words, DateWord::Between),
            (&table.tail.this, DateWord::This),
            (&table.tail.last, DateWord::Last),
            (&periods.month, DateWord::MonthWord),
            (&periods.year, DateWord::YearWord),
            (&periods.r#in, DateWord::In),
            (&periods.since, DateWord::Since),
            (&ago.before, DateWord::AgoBefore),
            (&ago.behind, DateWord::AgoBehind),
            (&ago.about, DateWord::About),
        ];
        for (phrases, word) in plain {
            phrases.iter().for_each(|text| add(text, word));
        }
        Ok(words)
    }

    /// What the longest phrase of dates at `at` says, and its words.
    pub(super) fn word(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
    ) -> Option<(DateWord, usize)> {
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
