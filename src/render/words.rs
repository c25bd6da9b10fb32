//! The words of the map in both languages, read from `words.toml`, and dates written out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::data::DataFolder;
use crate::error::Result;
use crate::render::shape::Direction;

/// The languages of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Arabic alone.
    Ar,
    /// English alone.
    En,
    /// Arabic and English side by side.
    #[default]
    Both,
}

/// One of the two languages in which words can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// Arabic.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// The languages in the order in which they stand below each other: Arabic first.
    #[must_use]
    pub fn tongues(self) -> &'static [Tongue] {
        match self {
            Self::Ar => &[Tongue::Ar],
            Self::En => &[Tongue::En],
            Self::Both => &[Tongue::Ar, Tongue::En],
        }
    }
}

impl Tongue {
    /// The direction of its lines.
    #[must_use]
    pub fn direction(self) -> Direction {
        match self {
            Self::Ar => Direction::RightToLeft,
            Self::En => Direction::LeftToRight,
        }
    }

    /// True when the first letter of the text is of this language's script.
    #[must_use]
    pub fn is_of(self, text: &str) -> bool {
        let first = text.chars().find(|c| c.is_alphabetic());
        let is_arabic = first.is_some_and(|c| ('\u{0600}'..='\u{08ff}').contains(&c));
        is_arabic == (self == Self::Ar)
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub fn of<'a>(self, english: &'a str, arabic: &'a str) -> &'a str {
        match self {
            Self::Ar => arabic,
            Self::En => english,
        }
    }
}

/// The digits of Arabic text; English text always has Latin ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    /// 0123456789, as in the Maghreb and in most of today's news.
    #[default]
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩, as in print of the Mashriq.
    Arab,
}

/// What the map says in each language.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct Words {
    months_ar: [String; 12],
    months_en: [String; 12],
    months_short_ar: Option<[String; 12]>,
    months_short_en: Option<[String; 12]>,
    words: BTreeMap<String, Pair>,
    #[serde(skip)]
    digits: Digits,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    en: String,
    ar: String,
}

const TABLE: &str = "words.toml";

impl Words {
    /// Reads `words.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Parse`] when it is not TOML or an entry lacks a language.
    pub fn load(data: &DataFolder) -> Result<Self> {
        data.toml(TABLE)
    }

    /// The same words with these digits in Arabic text.
    #[must_use]
    pub fn with_digits(&self, digits: Digits) -> Self {
        Self {
            digits,
            ..self.clone()
        }
    }

    /// The words under `key`; the key itself when the table has none, so that a gap is seen.
    #[must_use]
    pub fn get(&self, key: &str, tongue: Tongue) -> String {
        let pair = self.words.get(key);
        let text = pair.map_or(key, |pair| tongue.of(&pair.en, &pair.ar));
        self.numerals(text, tongue)
    }

    /// The text with its digits as chosen. What stands in an isolate, such as the name of a source,
    /// is foreign to the line and stays as it is.
    #[must_use]
    pub fn numerals(&self, text: &str, tongue: Tongue) -> String {
        if (self.digits, tongue) != (Digits::Arab, Tongue::Ar) {
            return text.to_owned();
        }
        let mut depth = 0u32;
        let mut written = String::with_capacity(text.len());
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\u{2066}'..='\u{2068}' => depth += 1,
                '\u{2069}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let is_point = letter == '.'
                && written.ends_with(|c| ('٠'..='٩').contains(&c))
                && letters.peek().is_some_and(char::is_ascii_digit);
            written.push(match letter.to_digit(10) {
                Some(n) if depth == 0 => char::from_u32('٠' as u32 + n).unwrap_or(letter),
                _ if is_point => '٫',
                _ => letter,
            });
        }
        written
    }

    /// The words under `key` with each `{name}` replaced by its value.
    #[must_use]
    pub fn filled(&self, key: &str, tongue: Tongue, values: &[(&str, &str)]) -> String {
        let text = fill(&self.get(key, tongue), values);
        self.numerals(&text, tongue)
    }

    /// The names of the months, January first.
    #[must_use]
    pub fn months(&self, tongue: Tongue) -> &[String; 12] {
        match tongue {
            Tongue::Ar => &self.months_ar,
            Tongue::En => &self.months_en,
        }
    }

    /// A date written out: `27 November 2018`, `27 تشرين الثاني/نوفمبر 2018`.
    #[must_use]
    pub fn date(&self, date: Date, tongue: Tongue) -> String {
        let name = &self.months(tongue)[month_index(date.month())];
        self.numerals(&format!("{} {name} {}", date.day(), date.year()), tongue)
    }

    /// A date written out with the first of a month's two names: `27 تشرين الثاني 2018`.
    #[must_use]
    pub fn shorter_date(&self, date: Date, tongue: Tongue) -> String {
        let name = &self.months(tongue)[month_index(date.month())];
        let name = name.split('/').next().unwrap_or(name);
        self.numerals(&format!("{} {name} {}", date.day(), date.year()), tongue)
    }

    /// The shortest name of a month, 1 to 12; where the table has none, the first of its names.
    #[must_use]
    pub fn short_month(&self, month: i8, tongue: Tongue) -> String {
        let short = match tongue {
            Tongue::Ar => &self.months_short_ar,
            Tongue::En => &self.months_short_en,
        };
        let names = short.as_ref().unwrap_or_else(|| self.months(tongue));
        let name = &names[month_index(month)];
        self.numerals(name.split('/').next().unwrap_or(name), tongue)
    }
}

fn month_index(month: i8) -> usize {
    usize::from(month.unsigned_abs()).saturating_sub(1) % 12
}

/// The text with each `{name}` replaced by its value.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
