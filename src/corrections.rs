//! What a person decided about claims, places and dates: `corrections.toml` or `corrections.csv`.
//!
//! The program proposes, the analyst decides. Each entry names who decided and why; it is applied
//! on every run, shown in the evidence, and reported when it no longer matches anything.
//! `docs/REVIEW.md` lists the tables and their fields.

mod ledger;
mod rows;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::actor::Actors;
use crate::claim::Claim;
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, NewPlace};

pub use ledger::{Applied, Ledger, Stale};
pub use rows::Format;

/// Who decided, why, and where it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Name of the analyst.
    pub analyst: String,
    /// The reason.
    pub note: String,
    /// File of corrections, as the user named it.
    pub file: String,
    /// Line in it, from one.
    pub line: usize,
}

/// What is decided about the claims of one key.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The claim was read rightly.
    Accept,
    /// The claim is not to be used.
    Reject,
    /// These fields of the claim are replaced.
    Change(Box<Change>),
}

/// New values of a claim; none leaves the old one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    pub(crate) place: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) status: Option<crate::claim::Status>,
    pub(crate) share: Option<f64>,
    pub(crate) area_km2: Option<f64>,
    pub(crate) date: Option<Date>,
    pub(crate) date_to: Option<Date>,
    pub(crate) certainty: Option<crate::claim::Certainty>,
}

/// Further names of a place of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewNames {
    place: String,
    names: Vec<String>,
}

/// The entries of one or more files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrections {
    claims: BTreeMap<String, (Verdict, Signature)>,
    reports: BTreeMap<String, (Date, Signature)>,
    places: Vec<(NewPlace, Signature)>,
    names: Vec<(NewNames, Signature)>,
}

impl Corrections {
    /// Adds the entries of a file; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with the line of the entry that has an unknown field, lacks one, has a
    /// value of the wrong form, or decides what another entry decided already.
    pub fn add(&mut self, text: &str, file: &str, format: Format) -> Result<()> {
        for entry in rows::read(text, file, format)? {
            let line = entry.line;
            self.add_entry(entry, file)
                .map_err(|problem| Error::parse(file, line, problem))?;
        }
        Ok(())
    }

    /// True when nothing is decided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
            && self.reports.is_empty()
            && self.places.is_empty()
            && self.names.is_empty()
    }

    /// The gazetteer with the added places and names. What it had already is left as it is and
    /// comes back as stale.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] at the entry with a kind, parent, bank or point that cannot be, or with a
    /// place that nobody knows.
    pub fn amend(&self, gazetteer: Gazetteer) -> Result<(Gazetteer, Vec<Stale>)> {
        let mut stale = Vec::new();
        let fail = |by: &Signature, problem: String| Error::parse(&by.file, by.line, problem);
        let mut fresh = Vec::new();
        for (place, by) in &self.places {
            if gazetteer.find(&place.id).is_some() {
                stale.push(by.stale(&place.id, "the gazetteer has a place of this id"));
            } else {
                fresh.push((place.clone(), by));
            }
        }
        let mut amended = gazetteer.with_places(fresh, fail)?;
        for (entry, by) in &self.names {
            let id = amended.find(&entry.place).ok_or_else(|| {
                let problem = format!("no place `{}`; `khatt places` finds ids", entry.place);
                fail(by, problem)
            })?;
            for name in &entry.names {
                if !amended.add_name(id, name) {
                    stale.push(by.stale(name, "the place has this name already"));
                }
            }
        }
        Ok((amended, stale))
    }
}

impl Signature {
    fn stale(&self, what: &str, why: &str) -> Stale {
        Stale {
            file: self.file.clone(),
            line: self.line,
            what: what.to_owned(),
            why: why.to_owned(),
        }
    }
}

/// The lasting key of a claim: `REPORT/PLACE/ACTOR/STATUS/WORDS`, the last a hash of the words.
///
/// It depends on nothing that a correction may change afterwards, on no offset and no line
/// number: a report that grows at its head, or a table that is sorted anew, keeps its keys. Two
/// claims that agree in all this have the same key, and a decision is about both.
///
/// A claim that was changed keeps the key under which it was read.
#[must_use]
pub fn claim_key(claim: &Claim, gazetteer: &Gazetteer, actors: &Actors) -> String {
    if let Some(decision) = &claim.decision {
        return decision.key.clone();
    }
    let place = claim.place.map_or("-", |id| gazetteer.place(id).id);
    let actor = claim.actor.map_or("-", |id| &actors.actor(id).id);
    let (report, words) = if claim.rule == crate::claims_table::RULE {
        let words = Cow::Owned(row_words(claim));
        (table_name(&claim.origin.report), words)
    } else {
        let words = Cow::Borrowed(claim.quote.text.as_str());
        (claim.origin.report.as_str(), words)
    };
    let hash = short_hash(&words);
    [report, place, actor, claim.status.as_str(), &hash].join("/")
}

/// `claims.csv` of `folder/claims.csv:12`.
fn table_name(origin: &str) -> &str {
    let file = origin.rsplit_once(':').map_or(origin, |(file, _)| file);
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// What tells the rows of a table apart besides place, actor and status.
fn row_words(claim: &Claim) -> String {
    let date = claim.date.map(|date| date.to_string()).unwrap_or_default();
    let url = claim.origin.url.as_deref().unwrap_or_default();
    [&date, &claim.claimant.name, url, &claim.quote.text].join("\n")
}

/// Eight hexadecimal digits of the SHA-256 of the words, whatever the white space between them.
fn short_hash(words: &str) -> String {
    let mut normal = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    let digest = ring::digest::digest(&ring::digest::SHA256, normal.as_bytes());
    hexadecimal(&digest.as_ref()[..4])
}

/// SHA-256 in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    hexadecimal(digest.as_ref())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
