//! The data folder: the tables embedded in the program, or another folder given with `--data`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::error::{Error, Result};

/// Where the tables come from. Nothing else in the crate knows whether they are embedded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum DataFolder {
    /// The tables compiled into the program.
    #[default]
    Bundled,
    /// A folder on disk with the same files.
    Folder(PathBuf),
    /// The tables compiled into the program with some of them replaced, by name: for tests.
    Patched(BTreeMap<String, Vec<u8>>),
}

/// Embeds files of `data/` under their path inside it.
macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        /// Every file that the program reads from its data folder.
        pub(crate) const BUNDLED: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../data/", $name)))),*];
    };
}

bundled![
    "actors.toml",
    "basemap/border.geojson",
    "basemap/countries.geojson",
    "basemap/locator.geojson",
    "basemap/rivers.geojson",
    "basemap/roads.geojson",
    "basemap/subdistricts.geojson",
    "fonts/NotoSans-Bold-latin.ttf",
    "fonts/NotoSans-Regular-latin.ttf",
    "fonts/Vazirmatn-Bold.ttf",
    "fonts/Vazirmatn-Regular.ttf",
    "gazetteer.csv",
    "import.toml",
    "lexicon/actors.tsv",
    "lexicon/ar.dates.toml",
    "lexicon/ar.sounds.toml",
    "lexicon/ar.toml",
    "lexicon/ar.tsv",
    "lexicon/en.dates.toml",
    "lexicon/en.sounds.toml",
    "lexicon/en.toml",
    "lexicon/en.tsv",
    "lexicon/masks.tsv",
    "region.toml",
    "rules/ar.hints.tsv",
    "rules/ar.rules",
    "rules/en.hints.tsv",
    "rules/en.rules",
    "rules/hints.toml",
    "site.toml",
    "sources.csv",
    "style.toml",
    "weighing.toml",
    "words.toml",
];

/// What only the folder of a region can know. Everything else, words, rules, weights, styles and
/// fonts, is the bundled one where a folder has none of its own.
const OF_A_REGION: [&str; 2] = ["gazetteer.csv", "region.toml"];
/// Layers of the base map; one that a folder has not is empty there.
const BASEMAP: &str = "basemap/";
/// A layer wider than any region: that of all Syria serves each of them.
const LOCATOR: &str = "basemap/locator.geojson";
const EMPTY_LAYER: &[u8] = br#"{"type":"FeatureCollection","features":[]}"#;

impl DataFolder {
    /// The files that a data folder must have, sorted.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        BUNDLED.iter().map(|(name, _)| *name)
    }

    /// The bundled tables with another in place of the table `name`.
    #[must_use]
    pub fn patched(name: &str, bytes: Vec<u8>) -> Self {
        Self::Patched(BTreeMap::from([(name.to_owned(), bytes)]))
    }

    /// The bytes of the table `name`, a path inside the data folder with `/` between its parts.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] when a folder was given and the file cannot be read, or is not in it and
    /// has no bundled one to stand for it.
    pub fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>> {
        match self {
            Self::Bundled => bundled(name),
            Self::Patched(tables) => match tables.get(name) {
                Some(bytes) => Ok(Cow::Owned(bytes.clone())),
                None => bundled(name),
            },
            Self::Folder(folder) => {
                let path = folder.join(name);
                match std::fs::read(&path) {
                    Ok(bytes) => Ok(Cow::Owned(bytes)),
                    Err(e) if e.kind() == ErrorKind::NotFound && folder.is_dir() => {
                        stand_in(name).unwrap_or_else(|| Err(Error::read(&path, e)))
                    }
                    Err(e) => Err(Error::read(&path, e)),
                }
            }
        }
    }

    /// True when the table `name` is the bundled one, in want of one of the folder's own.
    pub(crate) fn is_stand_in(&self, name: &str) -> bool {
        match self {
            Self::Bundled | Self::Patched(_) => false,
            Self::Folder(folder) => !folder.join(name).exists(),
        }
    }

    /// The table `name` as text.
    ///
    /// # Errors
    ///
    /// As [`DataFolder::bytes`]; [`Error::Parse`] when it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Cow<'static, str>> {
        let not_utf8 = |line| Error::parse(self.label(name), line, "not UTF-8; save it as UTF-8");
        match self.bytes(name)? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|e| not_utf8(line_of(bytes, e.valid_up_to()))),
            Cow::Owned(bytes) => String::from_utf8(bytes)
                .map(Cow::Owned)
                .map_err(|e| not_utf8(line_of(e.as_bytes(), e.utf8_error().valid_up_to()))),
        }
    }

    /// The TOML table `name` as a value.
    ///
    /// # Errors
    ///
    /// As [`DataFolder::text`]; [`Error::Parse`] with the line where the table is not TOML or not
    /// what `T` asks for.
    pub(crate) fn toml<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T> {
        let text = self.text(name)?;
        toml::from_str(&text).map_err(|e| {
            let line = e
                .span()
                .map_or(1, |span| line_of(text.as_bytes(), span.start));
            Error::parse(self.label(name), line, e.message())
        })
    }

    /// How an error names the table `name`: the path of a file on disk, else its bundled name.
    pub(crate) fn label(&self, name: &str) -> String {
        match self {
            Self::Bundled | Self::Patched(_) => format!("data/{name}"),
            Self::Folder(_) if self.is_stand_in(name) && !OF_A_REGION.contains(&name) => {
                format!("data/{name}")
            }
            Self::Folder(folder) => folder.join(name).display().to_string(),
        }
    }
}

fn bundled(name: &str) -> Result<Cow<'static, [u8]>> {
    BUNDLED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, bytes)| Cow::Borrowed(*bytes))
        .ok_or_else(|| Error::argument(name, "no such table is bundled"))
}

/// What stands for a table that a folder has not; none for what only the folder can know.
fn stand_in(name: &str) -> Option<Result<Cow<'static, [u8]>>> {
    if OF_A_REGION.contains(&name) {
        None
    } else if name.starts_with(BASEMAP) && name != LOCATOR {
        Some(Ok(Cow::Borrowed(EMPTY_LAYER)))
    } else {
        Some(bundled(name))
    }
}

/// The line, from one, on which byte `offset` stands.
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> usize {
    1 + bytes[..offset.min(bytes.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}

/// The parts of a table's field that holds several, separated by `|`.
pub(crate) fn parts(field: &str) -> Vec<String> {
    field
        .split('|')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
