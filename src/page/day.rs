//! Days as pages and feeds print them.
//!
//! A day is taken as printed: `2018-12-14T00:30:00+03:00` is the 14th, though it is still the
//! 13th in London. A form that leaves day and month open, such as 03/04/2019, gives nothing.

use jiff::civil::Date;

/// Months in the dates of mail and feeds (RFC 2822), which are English everywhere.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The day of a printed time: ISO 8601, RFC 2822, `14 December 2018`, `December 14, 2018`,
/// `14/12/2018`, `20181214`.
pub(crate) fn printed_day(text: &str) -> Option<Date> {
    let text: String = text.trim().chars().map(ascii_digit).collect();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    iso(&words)
        .or_else(|| in_words(&words))
        .or_else(|| slashes(&words))
}

/// Arabic-Indic digits, and those of Persian, as ASCII.
fn ascii_digit(c: char) -> char {
    let digit = match c {
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(c) - 0x6f0,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

/// `2018 12 14...`, or the eight digits of one word.
fn iso(words: &[&str]) -> Option<Date> {
    let first = *words.first()?;
    let digits: &str = first.split(['T', 't']).next()?;
    if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return date(&digits[..4], digits[4..6].parse().ok()?, &digits[6..]);
    }
    let day = words.get(2)?.split(['T', 't']).next()?;
    date(first, words.get(1)?.parse().ok()?, day)
}

/// A month in letters with a day on one side and a year behind.
fn in_words(words: &[&str]) -> Option<Date> {
    let month_of = |word: &str| {
        let head = word.get(..3)?.to_ascii_lowercase();
        let index = MONTHS.iter().position(|month| *month == head)?;
        Some(index as i8 + 1)
    };
    let at = words.iter().position(|word| month_of(word).is_some())?;
    let month = month_of(words[at])?;
    let before = at.checked_sub(1).and_then(|index| words.get(index));
    let (after, last) = (words.get(at + 1)?, words.get(at + 2));
    before
        .and_then(|day| date(after, month, day))
        .or_else(|| date(last?, month, after))
}

/// Day and month in numbers before the year, when only one reading is possible.
fn slashes(words: &[&str]) -> Option<Date> {
    let (a, b): (i8, i8) = (words.first()?.parse().ok()?, words.get(1)?.parse().ok()?);
    let year = words.get(2)?;
    let day_first = date(year, b, words[0]);
    let month_first = date(year, a, words[1]);
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    if year.len() != 4 || day.len() > 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::printed_day;

    #[test]
    fn days_are_taken_as_printed() {
        let cases = [
            ("2018-12-14", "2018-12-14"),
            ("2018-12-14T00:30:00+03:00", "2018-12-14"),
            ("2018-12-14 21:05", "2018-12-14"),
            ("2018/12/14", "2018-12-14"),
            ("20181214T2105", "2018-12-14"),
            ("Fri, 14 Dec 2018 00:05:00 +0300", "2018-12-14"),
            ("14 December 2018", "2018-12-14"),
            ("December 14, 2018 - 9:05 pm", "2018-12-14"),
            ("14/12/2018 - 21:05", "2018-12-14"),
            ("12.14.2018", "2018-12-14"),
            ("٢٠١٨-١٢-١٤", "2018-12-14"),
            ("04/04/2019", "2019-04-04"),
            ("03/04/2019", ""),
            ("2018-13-40", ""),
            ("yesterday", ""),
            ("14 Dec 18", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            let day = printed_day(text).map_or(String::new(), |day| day.to_string());
            assert_eq!(day, expected, "{text}");
        }
    }
}
