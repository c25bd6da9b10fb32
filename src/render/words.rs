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

    /// The one of two texts that is in this language.
    #[must_use]
    pub fn of<'a>(self, english: &'a str, arabic: &'a str) -> &'a str {
        match self {
            Self::Ar => arabic,
            Self::En => english,
        }
    }
}

/// What the map says in each language.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct Words {
    months_ar: [String; 12],
    months_en: [String; 12],
    words: BTreeMap<String, Pair>,
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

    /// The words under `key`; the key itself when the table has none, so that a gap is seen.
    #[must_use]
    pub fn get(&self, key: &str, tongue: Tongue) -> String {
        self.words
            .get(key)
            .map_or(key, |pair| tongue.of(&pair.en, &pair.ar))
            .to_owned()
    }

    /// The words under `key` with each `{name}` replaced by its value.
    #[must_use]
    pub fn filled(&self, key: &str, tongue: Tongue, values: &[(&str, &str)]) -> String {
        values
            .iter()
            .fold(self.get(key, tongue), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            })
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
        let month = usize::from(date.month().unsigned_abs()) - 1;
        let name = &self.months(tongue)[month];
        format!("{} {name} {}", date.day(), date.year())
    }
}
