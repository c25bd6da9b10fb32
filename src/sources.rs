//! The table of sources: what kind of voice an outlet is, and whose side it takes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;

use rustc_hash::FxHashSet;

use crate::actor::Actors;
use crate::claim::{Claimant, ClaimantKind};
use crate::data::{DataFolder, parts};
use crate::error::{Error, Result};

/// One outlet, office or monitor, as the table `sources.csv` describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// A lasting id.
    pub id: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Other names it goes by, in any script.
    pub aliases: Vec<String>,
    /// What kind of voice.
    pub kind: ClaimantKind,
    /// Ids of the parties whose side it takes, nearest first; some may hold no ground here.
    pub leaning: Vec<String>,
}

/// All known sources, in order of the table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sources {
    sources: Vec<Source>,
    by_name: BTreeMap<String, usize>,
    /// How names begin, and articles.
    beginnings: FxHashSet<Beginning>,
}

/// The first letters of a name behind its article, in the form in which names are compared.
type Beginning = [char; 3];

const TABLE: &str = "sources.csv";

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    name_en: String,
    name_ar: String,
    aliases: String,
    kind: ClaimantKind,
    leaning: String,
    #[serde(rename = "note")]
    _note: String,
}

impl Sources {
    /// Reads `sources.csv` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with the line, for a row that lacks a column, has an unknown kind, or
    /// repeats a name of another row.
    pub fn load(data: &DataFolder) -> Result<Self> {
        Self::parse(&data.text(TABLE)?, &data.label(TABLE))
    }

    /// Reads the text of such a table; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// As [`Sources::load`].
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let mut table = Self::default();
        let articles = ARTICLES.iter().filter_map(|article| first_letters(article));
        table.beginnings.extend(articles);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for record in reader.deserialize::<Row>() {
            let row = record.map_err(|e| {
                let line = e.position().map_or(1, |at| at.line() as usize);
                Error::parse(file, line, e.to_string())
            })?;
            let line = table.sources.len() + 2;
            table
                .add(row)
                .map_err(|problem| Error::parse(file, line, problem))?;
        }
        Ok(table)
    }

    fn add(&mut self, row: Row) -> std::result::Result<(), String> {
        let aliases = parts(&row.aliases);
        let index = self.sources.len();
        for name in [&row.id, &row.name_en, &row.name_ar]
            .into_iter()
            .chain(&aliases)
        {
            let key = key(name).into_owned();
            if key.is_empty() {
                continue;
            }
            self.beginnings.extend(first_letters(&key));
            let first = *self.by_name.entry(key).or_insert(index);
            if first != index {
                let other = &self.sources[first].id;
                return Err(format!(
                    "`{name}` is also a name of `{other}`; keep it on one of the two rows"
                ));
            }
        }
        self.sources.push(Source {
            id: row.id,
            name_en: row.name_en,
            name_ar: row.name_ar,
            aliases,
            kind: row.kind,
            leaning: parts(&row.leaning),
        });
        Ok(())
    }

    /// The source of this name, id or alias; case, spacing and a leading article are ignored.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Source> {
        self.by_name
            .get(&*key(name))
            .map(|index| &self.sources[*index])
    }

    /// False when no name of a source begins with these letters: most words of a text do not.
    pub(crate) fn may_begin(&self, letters: &str) -> bool {
        let first = first_letters(without_article(letters));
        if first.is_some_and(|first| !self.beginnings.contains(&first)) {
            return false;
        }
        let start = key(letters);
        // An article is left out of a key once the word behind it is known.
        if ARTICLES.iter().any(|article| article.starts_with(&*start)) {
            return true;
        }
        let from = (Bound::Included(&*start), Bound::Unbounded);
        let mut behind = self.by_name.range::<str, _>(from);
        behind
            .next()
            .is_some_and(|(name, _)| name.starts_with(&*start))
    }

    /// The claimant of this name. An actor's own id is its press office; a name that neither
    /// table knows is an unnamed voice that takes no side.
    #[must_use]
    pub fn claimant(&self, name: &str, actors: &Actors) -> Claimant {
        if let Some(source) = self.find(name) {
            return Claimant {
                name: source.name_en.clone(),
                kind: source.kind,
                leaning: source.leaning.iter().find_map(|id| actors.find(id)),
            };
        }
        let party = actors.find(name.trim());
        Claimant {
            name: name.trim().to_owned(),
            kind: party.map_or(ClaimantKind::Anonymous, |_| ClaimantKind::ActorMedia),
            leaning: party,
        }
    }
}

/// Articles that may lead a name.
const ARTICLES: [&str; 3] = ["the ", "al-", "ال"];

fn without_article(name: &str) -> &str {
    let article = ARTICLES.iter().find(|article| {
        let head = name.get(..article.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(article))
    });
    article.map_or(name, |article| &name[article.len()..])
}

/// How a name begins; nothing where it takes a closer look to tell.
fn first_letters(name: &str) -> Option<Beginning> {
    let is_plain = |c: &char| matches!(c, 'a'..='z' | '\u{0600}'..='\u{06FF}');
    let mut letters = name.chars().map(|letter| letter.to_ascii_lowercase());
    let first = [letters.next()?, letters.next()?, letters.next()?];
    first.iter().all(is_plain).then_some(first)
}

/// The form in which names are compared.
fn key(name: &str) -> Cow<'_, str> {
    if is_key(name) {
        let article = ARTICLES
            .iter()
            .find_map(|article| name.strip_prefix(article));
        return Cow::Borrowed(article.unwrap_or(name));
    }
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for letter in word.chars() {
            match letter {
                // Arabic has no capitals, and asking the tables for them takes time.
                '\u{0600}'..='\u{06FF}' => key.push(letter),
                _ => key.extend(letter.to_lowercase()),
            }
        }
    }
    let article = ARTICLES.iter().find(|article| key.starts_with(**article));
    if let Some(article) = article {
        key.drain(..article.len());
    }
    Cow::Owned(key)
}

/// One word in small plain Latin letters, or in letters that know no capitals.
fn is_key(name: &str) -> bool {
    let is_plain = |c: char| matches!(c, 'a'..='z' | '\u{0600}'..='\u{06FF}');
    name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,name_en,name_ar,aliases,kind,leaning,note\n";

    #[test]
    fn finds_by_any_name() {
        let text = format!("{HEAD}smart,SMART,سمارت,SMART news|وكالة سمارت,local-network,,x\n");
        let sources = Sources::parse(&text, "sources.csv").unwrap();
        for name in ["smart", " Smart  News", "سمارت", "وكالة سمارت"] {
            assert_eq!(sources.find(name).map(|s| s.id.as_str()), Some("smart"));
        }
        assert!(sources.find("").is_none());
        for start in ["S", "sm", "smart n", "the", "Al", "وكا", "المرصد"] {
            let expected = start != "المرصد";
            assert_eq!(sources.may_begin(start), expected, "{start}");
        }
    }

    #[test]
    fn a_name_on_two_rows_is_an_error() {
        let text = format!("{HEAD}a,One,,Wire,agency,,\nb,Two,,wire,agency,,\n");
        let error = Sources::parse(&text, "sources.csv")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("sources.csv:3: `wire`"), "{error}");
    }
}
