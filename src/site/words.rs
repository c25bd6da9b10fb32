//! The words of the page itself, read from `site.toml`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::data::DataFolder;
use crate::error::Result;
use crate::render::words::Tongue;

/// What the page says in each language.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct PageWords {
    words: BTreeMap<String, Pair>,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    en: String,
    ar: String,
}

const TABLE: &str = "site.toml";

impl PageWords {
    /// Reads `site.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Parse`] when it is not TOML or an entry lacks a language.
    pub fn load(data: &DataFolder) -> Result<Self> {
        data.toml(TABLE)
    }

    /// The words under `key`; the key itself when the table has none, so that a gap is seen.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str, tongue: Tongue) -> &'a str {
        let pair = self.words.get(key);
        pair.map_or(key, |pair| tongue.of(&pair.en, &pair.ar))
    }

    /// All words of one language by their keys.
    pub(super) fn all(&self, tongue: Tongue) -> Map<String, Value> {
        let words = self.words.iter();
        words
            .map(|(key, pair)| (key.clone(), json!(tongue.of(&pair.en, &pair.ar))))
            .collect()
    }
}
