//! Tables of coded claims, CSV or JSONL: claims that a person or another program supplies.
//!
//! Columns: `date, place, place_ar, actor, status, share, area_km2, claimant, source_url, note`
//! and optionally `place_id`, which wins over both names, and `published`, the day on which the
//! source said so. A note that says "date approximate" makes the date an inferred one, which weighs
//! less.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use crate::actor::{ActorId, Actors};
use crate::claim::{Certainty, Claim, Claimant, DateBasis, Origin, Quote, Status};
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::sources::Sources;

/// What a reader of claims tables looks things up in.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    /// Places by their ids.
    pub gazetteer: &'a Gazetteer,
    /// Actors by their ids.
    pub actors: &'a Actors,
    /// What is known of claimants.
    pub sources: &'a Sources,
    /// The one place that a written name stands for.
    pub resolve: &'a dyn Fn(&str) -> Option<PlaceId>,
}

/// A row whose place is in no gazetteer, or could be several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unresolved {
    /// The table.
    pub file: String,
    /// Its line, from one.
    pub line: usize,
    /// The place as written: id, else Arabic name, else English name.
    pub place: String,
}

/// What a claims table says, and what of it could not be used.
#[derive(Debug, Default)]
pub struct ClaimsTable {
    /// One claim for each good row, in order of the rows.
    pub claims: Vec<Claim>,
    /// Rows left out because of a bad value; each is an [`Error::Parse`] with file and line.
    pub problems: Vec<Error>,
    /// Rows left out because their place is not known.
    pub unresolved: Vec<Unresolved>,
    /// Claimants that the table of sources does not know; their claims count as an unnamed voice.
    pub unknown_claimants: BTreeSet<String>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated with a header.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

const COLUMNS: [&str; 12] = [
    "date",
    "place",
    "place_ar",
    "actor",
    "status",
    "share",
    "area_km2",
    "claimant",
    "source_url",
    "note",
    "place_id",
    "published",
];
const REQUIRED: [&str; 5] = ["date", "place", "actor", "status", "claimant"];
/// The rule of every claim of a table.
pub(crate) const RULE: &str = "table";
const APPROXIMATE: &str = "date approximate";

impl ClaimsTable {
    /// Reads a table from a file; the ending `.jsonl` or `.ndjson` means JSONL, any other CSV.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] when the file cannot be read, and as [`ClaimsTable::parse`].
    pub fn read(path: &Path, lookup: &Lookup) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| Error::read(path, e))?;
        let label = path.display().to_string();
        let text = std::str::from_utf8(&bytes).map_err(|e| {
            let line = crate::data::line_of(&bytes, e.valid_up_to());
            Error::parse(&label, line, "not UTF-8; save it as UTF-8")
        })?;
        let format = match path.extension().and_then(|ending| ending.to_str()) {
            Some("jsonl" | "ndjson") => TableFormat::Jsonl,
            _ => TableFormat::Csv,
        };
        Self::parse(text, &label, format, lookup)
    }

    /// Reads the text of a table; `file` names it in errors and in each claim's origin.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] for a column that is unknown, repeated or missing, and for text that is
    /// not CSV or JSON at all. A bad value inside a row is only a problem of that row.
    pub fn parse(text: &str, file: &str, format: TableFormat, lookup: &Lookup) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let rows = match format {
            TableFormat::Csv => csv_rows(text, file)?,
            TableFormat::Jsonl => jsonl_rows(text, file)?,
        };
        let mut table = Self::default();
        for row in rows {
            match row.claim(file, lookup) {
                Ok(claim) => {
                    if !known_claimant(row.get("claimant"), lookup) {
                        table
                            .unknown_claimants
                            .insert(row.get("claimant").to_owned());
                    }
                    table.claims.push(claim);
                }
                Err(Refusal::Problem(problem)) => {
                    table.problems.push(Error::parse(file, row.line, problem));
                }
                Err(Refusal::Unresolved(place)) => table.unresolved.push(Unresolved {
                    file: file.to_owned(),
                    line: row.line,
                    place,
                }),
            }
        }
        Ok(table)
    }
}

fn known_claimant(name: &str, lookup: &Lookup) -> bool {
    lookup.sources.find(name).is_some() || lookup.actors.find(name).is_some()
}

/// Why a row gives no claim.
enum Refusal {
    Problem(String),
    Unresolved(String),
}

/// The values of one row, in the order of [`COLUMNS`].
struct Row {
    line: usize,
    values: [String; COLUMNS.len()],
}

impl Row {
    fn get(&self, column: &str) -> &str {
        COLUMNS
            .iter()
            .position(|known| *known == column)
            .map_or("", |index| self.values[index].trim())
    }

    fn claim(&self, file: &str, lookup: &Lookup) -> std::result::Result<Claim, Refusal> {
        let date = self.day("date")?;
        let status = Status::parse(self.get("status")).ok_or_else(|| {
            let words: Vec<&str> = Status::ALL.iter().map(|(_, word)| *word).collect();
            self.problem("status", &format!("use one of {}", words.join(", ")))
        })?;
        let actor = self.actor(status, lookup.actors)?;
        let note = self.get("note");
        let basis = if note.contains(APPROXIMATE) {
            DateBasis::Inferred
        } else {
            DateBasis::Given
        };
        let area_km2 = self.number("area_km2", 0.0, f64::MAX)?;
        let claimant = lookup.sources.claimant(self.get("claimant"), lookup.actors);
        Ok(Claim {
            place: self.place(area_km2.is_some(), lookup)?,
            actor,
            status,
            share: self.number("share", 0.0, 1.0)?,
            area_km2,
            date: Some(date),
            date_to: None,
            date_basis: Some(basis),
            certainty: Certainty::Stated,
            exclusive: false,
            rule: RULE.to_owned(),
            quote: Quote {
                start: 0,
                end: note.chars().count(),
                text: note.to_owned(),
            },
            origin: self.origin(file, &claimant)?,
            claimant,
            confidence: 1.0,
            decision: None,
        })
    }

    fn problem(&self, column: &str, advice: &str) -> Refusal {
        Refusal::Problem(format!("{column} `{}`: {advice}", self.get(column)))
    }

    fn day(&self, column: &str) -> std::result::Result<Date, Refusal> {
        let written = self.get(column);
        // jiff also reads a whole timestamp; a table has days.
        written
            .parse::<Date>()
            .ok()
            .filter(|_| written.len() == 10)
            .ok_or_else(|| self.problem(column, "write a day as 2018-11-27"))
    }

    fn actor(
        &self,
        status: Status,
        actors: &Actors,
    ) -> std::result::Result<Option<ActorId>, Refusal> {
        let written = self.get("actor");
        if written.is_empty() && status == Status::Contested {
            return Ok(None);
        }
        // Tables coded with the Iraqi forces as one party write both names.
        let id = written.split('/').next().unwrap_or(written);
        actors.find(id).map(Some).ok_or_else(|| {
            let known: Vec<&str> = actors.iter().map(|(_, actor)| actor.id.as_str()).collect();
            self.problem("actor", &format!("use one of {}", known.join(", ")))
        })
    }

    fn number(
        &self,
        column: &str,
        least: f64,
        most: f64,
    ) -> std::result::Result<Option<f64>, Refusal> {
        let written = self.get(column);
        if written.is_empty() {
            return Ok(None);
        }
        written
            .parse::<f64>()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .map(Some)
            .ok_or_else(|| {
                let range = if most <= 1.0 { " from 0 to 1" } else { "" };
                self.problem(column, &format!("write a number{range}, or nothing"))
            })
    }

    fn place(
        &self,
        has_area: bool,
        lookup: &Lookup,
    ) -> std::result::Result<Option<PlaceId>, Refusal> {
        let [id, arabic, english] = ["place_id", "place_ar", "place"].map(|name| self.get(name));
        if !id.is_empty() {
            let found = lookup.gazetteer.find(id);
            return found
                .map(Some)
                .ok_or_else(|| Refusal::Unresolved(id.to_owned()));
        }
        let written: Vec<&str> = [arabic, english]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        match written.iter().find_map(|name| (lookup.resolve)(name)) {
            Some(place) => Ok(Some(place)),
            None if written.is_empty() && has_area => Ok(None),
            None if written.is_empty() => Err(self.problem("place", "name a place")),
            None => Err(Refusal::Unresolved(written[0].to_owned())),
        }
    }

    fn origin(&self, file: &str, claimant: &Claimant) -> std::result::Result<Origin, Refusal> {
        let url = self.get("source_url");
        let host = url
            .split_once("://")
            .and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
            .filter(|host| !host.is_empty());
        let is_dated = !self.get("published").is_empty();
        Ok(Origin {
            report: format!("{file}:{}", self.line),
            outlet: host.unwrap_or(&claimant.name).to_owned(),
            url: Some(url.to_owned()).filter(|url| !url.is_empty()),
            published: is_dated.then(|| self.day("published")).transpose()?,
            copy_of: None,
        })
    }
}

fn unknown_column(name: &str) -> String {
    format!(
        "unknown column `{name}`; the columns are {}",
        COLUMNS.join(", ")
    )
}

fn csv_rows(text: &str, file: &str) -> Result<Vec<Row>> {
    let fail = |e: csv::Error| {
        let line = e.position().map_or(1, |at| at.line() as usize);
        Error::parse(file, line, e.to_string())
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut columns = Vec::new();
    for name in reader.headers().map_err(fail)? {
        let index = COLUMNS.iter().position(|known| *known == name.trim());
        let index = index.ok_or_else(|| Error::parse(file, 1, unknown_column(name)))?;
        if columns.contains(&index) {
            let problem = format!("column `{name}` stands twice; keep one");
            return Err(Error::parse(file, 1, problem));
        }
        columns.push(index);
    }
    for name in REQUIRED {
        if !columns.iter().any(|index| COLUMNS[*index] == name) {
            let problem = format!("no column `{name}`; add it to the header");
            return Err(Error::parse(file, 1, problem));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let mut values: [String; COLUMNS.len()] = Default::default();
        for (index, value) in columns.iter().zip(&record) {
            value.clone_into(&mut values[*index]);
        }
        let line = record.position().map_or(1, |at| at.line() as usize);
        rows.push(Row { line, values });
    }
    Ok(rows)
}

fn jsonl_rows(text: &str, file: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (index, written) in text.lines().enumerate() {
        if written.trim().is_empty() {
            continue;
        }
        let line = index + 1;
        let fail = |problem: String| Error::parse(file, line, problem);
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(written).map_err(|e| fail(format!("not a JSON object: {e}")))?;
        let mut values: [String; COLUMNS.len()] = Default::default();
        for (name, value) in &object {
            let at = COLUMNS.iter().position(|known| known == name);
            let at = at.ok_or_else(|| fail(unknown_column(name)))?;
            values[at] = match value {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
        }
        for name in REQUIRED {
            let is_there =
                object.contains_key(name) || (name == "place" && object.contains_key("place_id"));
            if !is_there {
                return Err(fail(format!("no `{name}`; add it to the object")));
            }
        }
        rows.push(Row { line, values });
    }
    Ok(rows)
}
