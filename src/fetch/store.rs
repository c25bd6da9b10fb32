//! A folder of fetched reports: one file an article, and what the servers said of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use reqwest::Url;
use serde_json::json;

use super::client::Validators;
use super::feed::Entry;
use crate::corrections::sha256;
use crate::error::{Error, Result};
use crate::output::write_atomic;
use crate::report::Report;

/// The file, hidden so that no reader takes it for a report.
const FILE: &str = ".khatt-fetch.json";
/// Letters of an address in a file name.
const NAME_LETTERS: usize = 80;

/// What is known of an address from the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Record {
    #[serde(flatten)]
    pub validators: Validators,
    /// Articles of a feed; none for a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<Vec<Entry>>,
}

/// A folder of fetched reports.
#[derive(Debug)]
pub(super) struct Store {
    folder: PathBuf,
    records: BTreeMap<String, Record>,
}

/// What became of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    New,
    Changed,
    Same,
}

impl Store {
    /// Opens a folder, which is made when it is missing.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        let path = folder.join(FILE);
        let records = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| {
                let problem = format!("{e}; delete it, and everything is fetched anew");
                Error::parse(path.display().to_string(), e.line().max(1), problem)
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(e) => return Err(Error::read(&path, e)),
        };
        Ok(Self {
            folder: folder.to_owned(),
            records,
        })
    }

    /// What is known of an address; nothing when the report that came of it is gone.
    pub fn record(&self, address: &str) -> Record {
        let record = self.records.get(address).cloned().unwrap_or_default();
        if record.entries.is_some() || self.path(address).is_file() {
            record
        } else {
            Record::default()
        }
    }

    pub fn note(&mut self, address: &str, record: Record) {
        self.records.insert(address.to_owned(), record);
    }

    /// Writes down what is known.
    pub fn save(&self) -> Result<()> {
        let mut text = serde_json::to_string_pretty(&self.records)
            .map_err(|e| Error::write(&self.folder, e))?;
        text.push('\n');
        let path = self.folder.join(FILE);
        if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        write_atomic(&path, text.as_bytes())
    }

    /// Writes the report of an address. When only the page around the article has changed, an
    /// advertisement say, the file of the last time stays.
    pub fn keep(&self, address: &str, report: &Report, page: &[u8]) -> Result<Kept> {
        let path = self.path(address);
        let text = file_text(report, page);
        let old = std::fs::read_to_string(&path).ok();
        if old
            .as_deref()
            .is_some_and(|old| without_hash(old) == without_hash(&text))
        {
            return Ok(Kept::Same);
        }
        write_atomic(&path, text.as_bytes())?;
        Ok(if old.is_some() {
            Kept::Changed
        } else {
            Kept::New
        })
    }

    fn path(&self, address: &str) -> PathBuf {
        self.folder.join(format!("{}.md", name_of(address)))
    }
}

/// A readable and lasting name: the address without its scheme, in letters, digits, dots and
/// hyphens, and a hash. Nothing that an address holds can make it a path or a hidden file.
pub(super) fn name_of(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let words: Vec<&str> = bare
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let words: String = words.join("-").chars().take(NAME_LETTERS).collect();
    let hash = &sha256(address.as_bytes())[..8];
    format!("{}-{hash}", words.trim_end_matches(['-', '.']))
}

/// The id of the report of an address: the name of its file.
pub(super) fn id_of(url: &Url) -> String {
    name_of(url.as_str())
}

/// A report as a file: a head between `---` lines, each value quoted, then the text.
fn file_text(report: &Report, page: &[u8]) -> String {
    let published = report.published.map(|(date, _)| date.to_string());
    let fields = [
        ("title", report.title.clone()),
        (
            "source",
            Some(report.source.clone()).filter(|s| !s.is_empty()),
        ),
        ("published", published.clone()),
        ("published_basis", published.map(|_| "metadata".to_owned())),
        ("url", report.url.clone()),
        ("lang", report.language.clone()),
        ("sha256", Some(sha256(page))),
    ];
    let mut text = "---\n".to_owned();
    for (name, value) in fields {
        if let Some(value) = value {
            text.push_str(&format!("{name}: {}\n", json!(plain(&value))));
        }
    }
    text.push_str("---\n");
    text.push_str(plain(&report.text).trim());
    text.push('\n');
    text
}

/// Without control characters: they mean nothing in a report and much to a terminal.
fn plain(text: &str) -> String {
    let is_plain = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_plain).collect()
}

fn without_hash(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| !line.starts_with("sha256: "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_makes_a_path_or_a_hidden_file() {
        let cases = [
            "https://example.org/a/hajin-falls.html?p=3",
            "http://../../etc/passwd",
            "http://example.org/../../../.bashrc",
            "http://example.org/%2e%2e/%2f..\\..\\x",
            "http://.hidden/",
            "",
        ];
        for address in cases {
            let name = name_of(address);
            assert!(
                !name.starts_with('.') && !name.contains(['/', '\\', '%']),
                "{name}"
            );
            assert!(!name.contains(".."), "{name}");
        }
        assert!(name_of(cases[0]).starts_with("example.org-a-hajin-falls.html-p-3-"));
        let long = format!("http://example.org/{}", "x".repeat(500));
        assert!(name_of(&long).len() < 100);
        assert_ne!(name_of("http://a/b-c"), name_of("http://a/b/c"));
    }
}
