//! Times that are no single day: "in December", "late last year", "in 2017"; and such as are counted
//! back from the day of publication: "two weeks ago".

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::written::number;
use super::{DateWord, DateWords, Event};
use crate::claim::DateBasis;
use crate::text::{Text, Token};

/// Days of a month, as stages of it are counted.
const MONTH: i32 = 31;

/// No count of days, weeks or years that leads back to an event is so high.
const MOST: i32 = 1000;

/// Words between two parts of a date; a bound keeps reading linear.
const MOST_JOINTS: usize = 4;

/// A month or a year.
#[derive(Debug, Clone, Copy)]
struct Period {
    first: Date,
    last: Date,
    basis: DateBasis,
}

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Month,
    Year,
}

/// The tokens of a text from one of them on, read word by word.
struct Reader<'a> {
    words: &'a DateWords,
    text: &'a Text,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<(DateWord, usize)> {
        self.words.word(self.text, self.tokens, self.at)
    }

    /// What `read` makes of the next word; steps over it when that is something.
    fn take<T>(&mut self, read: impl FnOnce(DateWord) -> Option<T>) -> Option<T> {
        let (word, length) = self.peek()?;
        let taken = read(word)?;
        self.at += length;
        Some(taken)
    }

    /// Steps over a few such words; whether there were any.
    fn skip(&mut self, mut is_skipped: impl FnMut(DateWord) -> bool) -> bool {
        let start = self.at;
        for _ in 0..MOST_JOINTS {
            if self.take(|word| is_skipped(word).then_some(())).is_none() {
                break;
            }
        }
        self.at > start
    }

    /// Steps over words between the parts of a date; whether one says that a month or a year is meant.
    fn joints(&mut self) -> (bool, bool) {
        let (mut of_month, mut of_year) = (false, false);
        self.skip(|word| {
            of_month |= word == DateWord::MonthWord;
            of_year |= word == DateWord::YearWord;
            matches!(
                word,
                DateWord::Between | DateWord::MonthWord | DateWord::YearWord
            )
        });
        (of_month, of_year)
    }

    fn number(&mut self) -> Option<i32> {
        let number = self.tokens.get(self.at).and_then(number)?;
        self.at += 1;
        Some(number)
    }

    /// The number of a year that is over or under way.
    fn year(&mut self, published: Date) -> Option<i16> {
        let year = self.tokens.get(self.at).and_then(number)?;
        let year = i16::try_from(year).ok()?;
        let is_year = (1990..=published.year()).contains(&year);
        self.at += usize::from(is_year);
        is_year.then_some(year)
    }
}

impl DateWords {
    fn reader<'a>(&'a self, text: &'a Text, tokens: &'a [Token], at: usize) -> Reader<'a> {
        Reader {
            words: self,
            text,
            tokens,
            at,
        }
    }

    /// "In late December 2018", "last month", "in 2017": the span, cut off at the day of
    /// publication, and its tokens.
    pub(super) fn period(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
        published: Option<Date>,
    ) -> Option<(Event, usize)> {
        let published = published?;
        let mut reader = self.reader(text, tokens, at);
        let opens = reader.skip(|word| word == DateWord::In);
        let stage = reader.take(|word| match word {
            DateWord::Stage(first, last) => Some((first, last)),
            _ => None,
        });
        let before = reader.at;
        let (of_month, of_year) = reader.joints();
        let is_led = opens || stage.is_some();
        let mut period = reader
            .month(is_led || of_month, published)
            .or_else(|| reader.counted_from_now(published))
            .or_else(|| reader.whole_year(is_led || of_year, published));
        // "The start of the year".
        if period.is_none() && stage.is_some() && of_year {
            reader.at = before;
            reader.joints();
            period = this_year(published);
        }
        let period = period?;
        let (first, last) = stage.map_or((period.first, period.last), |stage| period.stage(stage));
        let last = last.min(published);
        let event = Event {
            date: first,
            to: (last > first).then_some(last),
            basis: period.basis,
        };
        (first <= last).then_some((event, reader.at - at))
    }

    /// "The 14th of last month": the day, and its tokens.
    pub(super) fn day_of_period(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
        published: Date,
    ) -> Option<(Date, usize)> {
        let (day, words) = self.day_number(text, tokens, at)?;
        let mut reader = self.reader(text, tokens, at + words);
        reader.joints();
        let months = reader.take(|word| match word {
            DateWord::Months(months) => Some(months),
            _ => None,
        })?;
        let month = published.checked_add(i64::from(months).months()).ok()?;
        let date = Date::new(month.year(), month.month(), day).ok()?;
        Some((date, reader.at - at))
    }

    /// "Two weeks ago", قبل نحو أسبوعين: days and weeks lead to a day, months and years to what lies
    /// within half of one.
    pub(super) fn ago(
        &self,
        text: &Text,
        tokens: &[Token],
        at: usize,
        published: Option<Date>,
    ) -> Option<(Event, usize)> {
        let published = published?;
        let mut reader = self.reader(text, tokens, at);
        let is_led = reader.skip(|word| word == DateWord::AgoBefore);
        reader.skip(|word| word == DateWord::About);
        let count = reader.number().or_else(|| {
            reader.take(|word| match word {
                DateWord::Count(count) => Some(i32::from(count)),
                _ => None,
            })
        });
        let (unit, length) = reader.take(|word| match word {
            DateWord::Length(unit, length) => Some((unit, length)),
            DateWord::MonthWord => Some((Unit::Month, 1)),
            DateWord::YearWord => Some((Unit::Year, 1)),
            _ => None,
        })?;
        let is_ago = is_led || reader.skip(|word| word == DateWord::AgoBehind);
        // "Two days before the attack".
        let is_anchored = is_led && matches!(reader.peek(), Some((DateWord::Between, _)));
        if !is_ago || is_anchored {
            return None;
        }
        let count = count.unwrap_or(1);
        let count = (0..MOST)
            .contains(&count)
            .then_some(count * i32::from(length))?;
        let (date, to) = back(published, unit, count)?;
        let event = Event {
            date,
            to: to.filter(|to| *to > date),
            basis: DateBasis::Relative,
        };
        Some((event, reader.at - at))
    }
}

impl Reader<'_> {
    /// "December 2018", "December", "last December": a month that is no part of a day's name.
    fn month(&mut self, is_led: bool, published: Date) -> Option<Period> {
        let start = self.at;
        let found = self.month_here(is_led, published);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn month_here(&mut self, is_led: bool, published: Date) -> Option<Period> {
        let is_last = self.skip(|word| word == DateWord::Last);
        let start = self.at;
        let (month, length) = self.words.month(self.text, self.tokens, self.at)?;
        // "December 14".
        let is_day = self.words.written(self.text, self.tokens, start).is_some();
        if is_day {
            return None;
        }
        self.at = self
            .words
            .second_name(self.text, self.tokens, start + length);
        let behind = self.at;
        self.joints();
        let year = self.year(published);
        if year.is_none() {
            self.at = behind;
        }
        let tail = self.skip(|word| matches!(word, DateWord::Last | DateWord::This));
        let is_named = is_led || is_last || tail || year.is_some();
        let later = i16::from(month > published.month());
        let year = year.unwrap_or(published.year() - later);
        let first = Date::new(year, month, 1).ok()?;
        is_named.then(|| Period {
            first,
            last: first.last_of_month(),
            basis: DateBasis::Stated,
        })
    }

    /// "Last month", "this year".
    fn counted_from_now(&mut self, published: Date) -> Option<Period> {
        let found = self.take(|word| match word {
            DateWord::Months(months) => Some((Unit::Month, months)),
            DateWord::Years(years) => Some((Unit::Year, years)),
            _ => None,
        })?;
        let (first, last) = match found {
            (Unit::Month, months) => {
                let day = published.checked_add(i64::from(months).months()).ok()?;
                (day.first_of_month(), day.last_of_month())
            }
            (_, years) => {
                let day = published.checked_add(i64::from(years).years()).ok()?;
                (day.first_of_year(), day.last_of_year())
            }
        };
        let basis = DateBasis::Relative;
        Some(Period { first, last, basis })
    }

    /// "In 2017", عام 2017, "the summer of 2014".
    fn whole_year(&mut self, is_led: bool, published: Date) -> Option<Period> {
        let season = self.take(|word| match word {
            DateWord::Season(first, last) => Some((first, last)),
            _ => None,
        });
        if season.is_some() {
            self.skip(|word| word == DateWord::In);
            self.joints();
        }
        if !is_led && season.is_none() {
            return None;
        }
        let year = self.year(published)?;
        let (first, last) = season.unwrap_or((1, 12));
        Some(Period {
            first: Date::new(year, first, 1).ok()?,
            last: Date::new(year, last, 1).ok()?.last_of_month(),
            basis: DateBasis::Stated,
        })
    }
}

fn this_year(published: Date) -> Option<Period> {
    Some(Period {
        first: published.first_of_year(),
        last: published.last_of_year(),
        basis: DateBasis::Relative,
    })
}

impl Period {
    /// The days of a stage, which is told in days of a month: of a year as many times as long.
    fn stage(&self, (first, last): (i8, i8)) -> (Date, Date) {
        let days = self
            .first
            .until(self.last)
            .map_or(0, |span| span.get_days())
            + 1;
        let day = |of_month: i32| {
            let behind = (of_month * days / MONTH).days();
            self.first.checked_add(behind).unwrap_or(self.last)
        };
        let first = day(i32::from(first) - 1);
        let last = day(i32::from(last)).yesterday().unwrap_or(self.last);
        (first, last.min(self.last))
    }
}

/// What lies so many units before a day.
fn back(published: Date, unit: Unit, count: i32) -> Option<(Date, Option<Date>)> {
    let count = i64::from(count);
    let before = |span: Span| published.checked_sub(span).ok();
    // "A year ago" is anything from half a year to a year and a half.
    let around = |first: Span, last: Span| Some((before(first)?, before(last)));
    match unit {
        Unit::Hour => Some((before((count / 24).days())?, None)),
        Unit::Day => Some((before(count.days())?, None)),
        Unit::Month => around(count.months().days(15), (count - 1).months().days(15)),
        Unit::Year => around(count.years().months(6), (count - 1).years().months(6)),
    }
}
