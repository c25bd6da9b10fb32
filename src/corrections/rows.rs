//! Files of corrections to entries, with the line of each.

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Table, Value};

use super::{Change, Corrections, NewNames, Signature, Verdict};
use crate::claim::{Certainty, Status};
use crate::data::{line_of, parts};
use crate::error::{Error, Result};
use crate::gazetteer::NewPlace;

/// How a file of corrections is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Tables `[[claim]]`, `[[report]]`, `[[place]]` and `[[alias]]`.
    Toml,
    /// A column `table` with one of these names, and a column for each field in use.
    Csv,
}

impl Format {
    /// The format of a file by its ending; anything but `.csv` is TOML.
    #[must_use]
    pub fn of(path: &std::path::Path) -> Self {
        let is_csv = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        if is_csv { Self::Csv } else { Self::Toml }
    }
}

/// One entry as written.
pub(super) struct Entry {
    pub line: usize,
    table: String,
    fields: Table,
}

/// Words that mean "not decided yet": what `khatt review` writes.
const UNDECIDED: [&str; 2] = ["", "undecided"];
/// Columns of CSV that hold numbers, and one that holds several names with `|` between.
const NUMBERS: [&str; 5] = ["share", "area_km2", "lat", "lon", "precision_km"];
const NAMES: &str = "names";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimEntry {
    key: String,
    #[serde(default)]
    decision: String,
    place: Option<String>,
    actor: Option<String>,
    status: Option<String>,
    share: Option<f64>,
    area_km2: Option<f64>,
    date: Option<String>,
    date_to: Option<String>,
    certainty: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportEntry {
    id: String,
    published: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasEntry {
    place: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct By {
    #[serde(default)]
    analyst: String,
    #[serde(default)]
    note: String,
}

/// The entries of a file, in order.
pub(super) fn read(text: &str, file: &str, format: Format) -> Result<Vec<Entry>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Toml => toml_entries(text, file),
        Format::Csv => csv_entries(text, file),
    }
}

fn toml_entries(text: &str, file: &str) -> Result<Vec<Entry>> {
    type Tables = std::collections::BTreeMap<String, Vec<Spanned<Table>>>;
    let tables: Tables = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |at| line_of(text.as_bytes(), at.start));
        Error::parse(file, line, e.message())
    })?;
    let mut entries = Vec::new();
    for (table, list) in tables {
        entries.extend(list.into_iter().map(|fields| Entry {
            line: line_of(text.as_bytes(), fields.span().start),
            table: table.clone(),
            fields: fields.into_inner(),
        }));
    }
    entries.sort_by_key(|entry| entry.line);
    Ok(entries)
}

fn csv_entries(text: &str, file: &str) -> Result<Vec<Entry>> {
    let fail = |e: csv::Error| {
        let line = e.position().map_or(1, |at| at.line() as usize);
        Error::parse(file, line, e.to_string())
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().map_err(fail)?.clone();
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let line = record.position().map_or(1, |at| at.line() as usize);
        let mut fields = Table::new();
        for (column, cell) in columns.iter().zip(&record) {
            let (column, cell) = (column.trim(), cell.trim());
            if !cell.is_empty() {
                let value =
                    value(column, cell).map_err(|problem| Error::parse(file, line, problem))?;
                fields.insert(column.to_owned(), value);
            }
        }
        let table = match fields.remove("table") {
            Some(Value::String(table)) => table,
            _ => String::new(),
        };
        entries.push(Entry {
            line,
            table,
            fields,
        });
    }
    Ok(entries)
}

fn value(column: &str, cell: &str) -> std::result::Result<Value, String> {
    if NUMBERS.contains(&column) {
        let number = cell.parse::<f64>();
        return number
            .map(Value::Float)
            .map_err(|e| format!("{column} `{cell}` is not a number ({e})"));
    }
    if column == NAMES {
        let names = parts(cell).into_iter().map(Value::String).collect();
        return Ok(Value::Array(names));
    }
    Ok(Value::String(cell.to_owned()))
}

impl Corrections {
    pub(super) fn add_entry(
        &mut self,
        entry: Entry,
        file: &str,
    ) -> std::result::Result<(), String> {
        let Entry {
            line,
            table,
            mut fields,
        } = entry;
        let by = take_by(&mut fields)?;
        match table.as_str() {
            "claim" => {
                let claim: ClaimEntry = read_fields(fields)?;
                if UNDECIDED.contains(&claim.decision.as_str()) {
                    return Ok(());
                }
                let decided = (claim.verdict()?, by.signature(file, line)?);
                once(self.claims.insert(claim.key, decided))
            }
            "report" => {
                let report: ReportEntry = read_fields(fields)?;
                let decided = (
                    day("published", &report.published)?,
                    by.signature(file, line)?,
                );
                once(self.reports.insert(report.id, decided))
            }
            "place" => {
                let mut place: NewPlace = read_fields(fields)?;
                let signature = by.signature(file, line)?;
                if place.source.is_empty() {
                    place.source = format!("analyst {}", signature.analyst);
                }
                let is_known = self.places.iter().any(|(known, _)| known.id == place.id);
                self.places.push((place, signature));
                once(is_known.then_some(()))
            }
            "alias" => {
                let alias: AliasEntry = read_fields(fields)?;
                let names = NewNames {
                    place: alias.place,
                    names: alias.names,
                };
                self.names.push((names, by.signature(file, line)?));
                Ok(())
            }
            other => Err(format!(
                "unknown table `{other}`; use claim, report, place or alias"
            )),
        }
    }
}

fn read_fields<T: serde::de::DeserializeOwned>(table: Table) -> std::result::Result<T, String> {
    let read = Value::Table(table).try_into::<T>();
    read.map_err(|e| e.message().lines().next().unwrap_or_default().to_owned())
}

/// Takes the analyst and the note out of a table whose other fields are read elsewhere.
fn take_by(table: &mut Table) -> std::result::Result<By, String> {
    let mut by = Table::new();
    for name in ["analyst", "note"] {
        by.extend(table.remove(name).map(|value| (name.to_owned(), value)));
    }
    read_fields(by)
}

fn once<T>(before: Option<T>) -> std::result::Result<(), String> {
    match before {
        Some(_) => Err("an earlier entry decides this already; keep one".to_owned()),
        None => Ok(()),
    }
}

fn day(field: &str, text: &str) -> std::result::Result<Date, String> {
    let date = text.parse().ok().filter(|_| text.len() == 10);
    date.ok_or_else(|| format!("{field} `{text}`: write a day as 2018-11-27"))
}

impl By {
    fn signature(self, file: &str, line: usize) -> std::result::Result<Signature, String> {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let analyst = one_line(&self.analyst);
        if analyst.is_empty() {
            return Err("no analyst; write who decides, as analyst = \"Name\"".to_owned());
        }
        Ok(Signature {
            analyst,
            note: one_line(&self.note),
            file: file.to_owned(),
            line,
        })
    }
}

impl ClaimEntry {
    fn verdict(&self) -> std::result::Result<Verdict, String> {
        let change = self.change()?;
        let is_empty = change == Change::default();
        match self.decision.as_str() {
            "accept" | "reject" if !is_empty => Err(format!(
                "new values go with decision = \"change\", not \"{}\"",
                self.decision
            )),
            "accept" => Ok(Verdict::Accept),
            "reject" => Ok(Verdict::Reject),
            "change" if is_empty => Err(
                "nothing to change; give place, actor, status, share, area_km2, date, date_to or certainty"
                    .to_owned(),
            ),
            "change" => Ok(Verdict::Change(Box::new(change))),
            other => Err(format!(
                "unknown decision `{other}`; use accept, reject, change or undecided"
            )),
        }
    }

    fn change(&self) -> std::result::Result<Change, String> {
        let status = self.status.as_deref().map(|word| {
            Status::parse(word).ok_or_else(|| {
                let words: Vec<&str> = Status::ALL.iter().map(|(_, word)| *word).collect();
                format!("status `{word}`: use one of {}", words.join(", "))
            })
        });
        let certainty = self.certainty.as_deref().map(|word| match word {
            "stated" => Ok(Certainty::Stated),
            "hedged" => Ok(Certainty::Hedged),
            "denied" => Ok(Certainty::Denied),
            other => Err(format!("certainty `{other}`: use stated, hedged or denied")),
        });
        if let Some(share) = self.share.filter(|share| !(0.0..=1.0).contains(share)) {
            return Err(format!("share {share}: write a number from 0 to 1"));
        }
        let is_area = |km2: &f64| km2.is_finite() && *km2 > 0.0;
        if let Some(km2) = self.area_km2.filter(|km2| !is_area(km2)) {
            return Err(format!("area_km2 {km2}: write a number above 0"));
        }
        Ok(Change {
            place: self.place.clone(),
            actor: self.actor.clone(),
            status: status.transpose()?,
            share: self.share,
            area_km2: self.area_km2,
            date: self
                .date
                .as_deref()
                .map(|text| day("date", text))
                .transpose()?,
            date_to: self
                .date_to
                .as_deref()
                .map(|text| day("date_to", text))
                .transpose()?,
            certainty: certainty.transpose()?,
        })
    }
}
