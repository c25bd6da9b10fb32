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
pub(super) struct Reader<'a> {
    pub words: &'a DateWords,
    pub text: &'a Text,
    pub tokens: &'a [Token],
    pub at: usize,
    pub published: Date,
}

impl Reader<'_> {
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

    /// What `read` makes of the next words; steps back when that is nothing.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
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
    fn year(&mut self) -> Option<i16> {
        self.attempt(|reader| {
            let year = i16::try_from(reader.number()?).ok()?;
            let known = 1990..=reader.published.year();
            known.contains(&year).then_some(year)
        })
    }

    /// "In late December 2018", "last month", "in 2017": the span, cut off at the day of
    /// publication.
    pub(super) fn period(&mut self) -> Option<Event> {
        let opens = self.skip(|word| word == DateWord::In);
        let stage = self.take(|word| match word {
            DateWord::Stage(first, last) => Some((first, last)),
            _ => None,
        });
        let (of_month, of_year) = self.joints();
        let is_led = opens || stage.is_some();
        let period = self
            .attempt(|reader| reader.month(is_led || of_month))
            .or_else(|| self.counted())
            .or_else(|| self.attempt(|reader| reader.whole_year(is_led || of_year)));
        // "The start of the year".
        let this_year = || Period::counted(self.published, Unit::Year, 0);
        let is_this_year = stage.is_some() && of_year;
        let period = period.or_else(|| is_this_year.then(this_year).flatten())?;
        let (first, last) = stage.map_or((period.first, period.last), |stage| period.stage(stage));
        let last = last.min(self.published);
        (first <= last).then_some(Event {
            date: first,
            to: (last > first).then_some(last),
            basis: period.basis,
        })
    }

    /// "The 14th of last month".
    pub(super) fn day_of_period(&mut self) -> Option<Date> {
        let (day, words) = self.words.day_number(self.text, self.tokens, self.at)?;
        self.at += words;
        self.joints();
        let months = self.take(|word| match word {
            DateWord::Months(months) => Some(months),
            _ => None,
        })?;
        let month = Period::counted(self.published, Unit::Month, months)?.first;
        Date::new(month.year(), month.month(), day).ok()
    }

    /// "Two weeks ago", قبل نحو أسبوعين: days and weeks lead to a day, months and years to what lies
    /// within half of one.
    pub(super) fn ago(&mut self) -> Option<Event> {
        let is_led = self.skip(|word| word == DateWord::AgoBefore);
        self.skip(|word| word == DateWord::About);
        let count = self.number().or_else(|| {
            self.take(|word| match word {
                DateWord::Count(count) => Some(i32::from(count)),
                _ => None,
            })
        });
        let (unit, length) = self.take(|word| match word {
            DateWord::Length(unit, length) => Some((unit, length)),
            DateWord::MonthWord => Some((Unit::Month, 1)),
            DateWord::YearWord => Some((Unit::Year, 1)),
            _ => None,
        })?;
        let is_ago = is_led || self.skip(|word| word == DateWord::AgoBehind);
        // "Two days before the attack".
        let is_anchored = is_led && matches!(self.peek(), Some((DateWord::Between, _)));
        if !is_ago || is_anchored {
            return None;
        }
        let count = count.unwrap_or(1);
        let count = (0..MOST)
            .contains(&count)
            .then_some(count * i32::from(length))?;
        let (date, to) = back(self.published, unit, count)?;
        Some(Event {
            date,
            to: to.filter(|to| *to > date),
            basis: DateBasis::Relative,
        })
    }

    /// "December 2018", "December", "last December": a month that is no part of a day's name.
    fn month(&mut self, is_led: bool) -> Option<Period> {
        let is_last = self.skip(|word| word == DateWord::Last);
        let (month, length) = self.words.month(self.text, self.tokens, self.at)?;
        // "December 14".
        let is_day = (self.words)
            .written(self.text, self.tokens, self.at)
            .is_some();
        if is_day {
            return None;
        }
        let behind = self.at + length;
        self.at = self.words.second_name(self.text, self.tokens, behind);
        let year = self.attempt(|reader| {
            reader.joints();
            reader.year()
        });
        let tail = self.skip(|word| matches!(word, DateWord::Last | DateWord::This));
        let is_named = is_led || is_last || tail || year.is_some();
        let later = i16::from(month > self.published.month());
        let year = year.unwrap_or(self.published.year() - later);
        let first = Date::new(year, month, 1).ok()?;
        is_named.then(|| Period {
            first,
            last: first.last_of_month(),
            basis: DateBasis::Stated,
        })
    }

    /// "Last month", "this year".
    fn counted(&mut self) -> Option<Period> {
        let (unit, ahead) = self.take(|word| match word {
            DateWord::Months(months) => Some((Unit::Month, months)),
            DateWord::Years(years) => Some((Unit::Year, years)),
            _ => None,
        })?;
        Period::counted(self.published, unit, ahead)
    }

    /// "In 2017", عام 2017, "the summer of 2014".
    fn whole_year(&mut self, is_led: bool) -> Option<Period> {
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
        let year = self.year()?;
        let (first, last) = season.unwrap_or((1, 12));
        Some(Period {
            first: Date::new(year, first, 1).ok()?,
            last: Date::new(year, last, 1).ok()?.last_of_month(),
            basis: DateBasis::Stated,
        })
    }
}

impl Period {
    /// The month or year that is so many ahead of that of publication.
    fn counted(published: Date, unit: Unit, ahead: i8) -> Option<Self> {
        let ahead = i64::from(ahead);
        let (first, last) = if unit == Unit::Month {
            let day = published.checked_add(ahead.months()).ok()?;
            (day.first_of_month(), day.last_of_month())
        } else {
            let day = published.checked_add(ahead.years()).ok()?;
            (day.first_of_year(), day.last_of_year())
        };
        let basis = DateBasis::Relative;
        Some(Self { first, last, basis })
    }

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
