//! Adds places to a gazetteer table: what is there already gets the new spellings, what only
//! shares its name stays apart, and both are told.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine, Point};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Candidate, is_arabic};
use crate::data::parts;
use crate::error::{Error, Result};
use crate::gazetteer::{COLUMNS, Gazetteer, Kind};
use crate::lexicon::Lexicon;
use crate::text::fold;

/// Two gazetteers agree about a settlement within this distance in nine cases of ten
/// (`data/README.md`).
const NEAR_KM: f64 = 2.0;
/// Shorter names are too often ordinary words or codes.
const SHORTEST_NAME: usize = 3;

/// A table with what was added to it.
#[derive(Debug, Default)]
pub struct Merged {
    /// The whole table, sorted by id.
    pub text: String,
    /// Places that are new.
    pub added: usize,
    /// Places that were there with everything that the source knows.
    pub same: usize,
    /// Places that were merged or share a name, in order.
    pub notes: Vec<Note>,
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// A place is taken for one of the table, which got new spellings.
    Merged {
        /// Record of the place.
        source: String,
        /// Id in the table.
        id: String,
        /// Distance of the two points in kilometres.
        km: f64,
    },
    /// A new place has the name of another one.
    Namesake {
        /// Id of the new place.
        id: String,
        /// Id of the other.
        other: String,
        /// Distance of the two points in kilometres.
        km: f64,
    },
}

/// Adds places to the text of a gazetteer table, empty for a new one; `file` names it in errors.
///
/// A place is the same as one of the table when it is the same record, or of a like kind, of the
/// same name and at most 2 km away; for units of administration their own extent counts. The row
/// keeps its point, for a person may have set it. Lexicons tell which names are ordinary words:
/// these count only where the text calls them a place.
///
/// # Errors
///
/// [`Error::Parse`] when the table is not a gazetteer.
pub fn merge(
    text: &str,
    file: &str,
    candidates: Vec<Candidate>,
    lexicons: &[Lexicon],
) -> Result<Merged> {
    let mut table = Table::read(text, file, lexicons)?;
    let mut merged = Merged::default();
    for candidate in in_order(candidates) {
        table.add(candidate, &mut merged);
    }
    table.settle_parents();
    merged.text = table.text(file)?;
    // What is written must be readable.
    Gazetteer::parse(&merged.text, file)?;
    Ok(merged)
}

/// Larger places first, so that they get the plain ids; then an order of their own.
fn in_order(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| {
        let key = |c: &Candidate| (c.kind, c.name_en.clone(), c.source.clone());
        key(a).cmp(&key(b))
    });
    candidates
}

struct Row {
    cells: [String; COLUMNS.len()],
    point: Point<f64>,
    kind: Option<Kind>,
    precision_km: f64,
}

struct Table<'a> {
    rows: Vec<Row>,
    ids: BTreeSet<String>,
    by_name: BTreeMap<String, Vec<usize>>,
    by_source: BTreeMap<String, usize>,
    /// Rows that wait for the id of their parent, by its record.
    parents: Vec<(usize, String)>,
    lexicons: &'a [Lexicon],
}

impl<'a> Table<'a> {
    fn read(text: &str, file: &str, lexicons: &'a [Lexicon]) -> Result<Self> {
        let mut table = Self {
            rows: Vec::new(),
            ids: BTreeSet::new(),
            by_name: BTreeMap::new(),
            by_source: BTreeMap::new(),
            parents: Vec::new(),
            lexicons,
        };
        if text.trim().is_empty() {
            return Ok(table);
        }
        let gazetteer = Gazetteer::parse(text, file)?;
        let fail = |e: csv::Error| {
            let line = e.position().map_or(1, |at| at.line() as usize);
            Error::parse(file, line, e.to_string())
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(fail)?;
        if !header.iter().eq(COLUMNS) {
            let problem = format!("the columns must be {}", COLUMNS.join(","));
            return Err(Error::parse(file, 1, problem));
        }
        for (record, (_, place)) in reader.records().zip(gazetteer.iter()) {
            let record = record.map_err(fail)?;
            let mut cells: [String; COLUMNS.len()] = Default::default();
            for (cell, value) in cells.iter_mut().zip(&record) {
                value.clone_into(cell);
            }
            table.push(Row {
                cells,
                point: place.point,
                kind: Some(place.kind),
                precision_km: place.precision_km,
            });
        }
        Ok(table)
    }

    fn push(&mut self, row: Row) {
        let index = self.rows.len();
        self.ids.insert(row.get("id").to_owned());
        self.by_source.insert(row.get("source").to_owned(), index);
        for name in row.names() {
            self.note_name(&name, index);
        }
        self.rows.push(row);
    }

    fn note_name(&mut self, name: &str, index: usize) {
        let rows = self.by_name.entry(self.key(name)).or_default();
        if rows.last() != Some(&index) {
            rows.push(index);
        }
    }

    /// A name without its article, folded.
    fn key(&self, name: &str) -> String {
        let folded = fold(name);
        for lexicon in self.lexicons {
            let articles = lexicon.name_articles().iter();
            let mut bare =
                articles.filter_map(|article| folded.strip_prefix(article)?.strip_prefix(' '));
            let glued = Some(lexicon.article())
                .filter(|article| !article.is_empty())
                .and_then(|article| folded.strip_prefix(article));
            if let Some(rest) = bare.next().or(glued) {
                return rest.to_owned();
            }
        }
        folded
    }

    fn add(&mut self, candidate: Candidate, merged: &mut Merged) {
        let namesakes = self.namesakes(&candidate);
        let known = self.by_source.get(&candidate.source).copied();
        let near = namesakes
            .iter()
            .find(|(index, km)| self.is_same(&candidate, *index, *km));
        if let Some(index) = known.or(near.map(|(index, _)| *index)) {
            let km = distance_km(candidate.point, self.rows[index].point);
            let id = self.rows[index].get("id").to_owned();
            let source = candidate.source.clone();
            if self.take_names(index, candidate) {
                merged.notes.push(Note::Merged { source, id, km });
            } else {
                merged.same += 1;
            }
            return;
        }
        let id = self.new_row(candidate);
        let is_point = |index: usize| !self.rows[index].kind.is_some_and(Kind::is_area);
        if let Some((other, km)) = namesakes.into_iter().find(|(index, _)| is_point(*index)) {
            let other = self.rows[other].get("id").to_owned();
            merged.notes.push(Note::Namesake { id, other, km });
        }
        merged.added += 1;
    }

    /// Rows of one of the candidate's main names with their distances, the nearest first.
    fn namesakes(&self, candidate: &Candidate) -> Vec<(usize, f64)> {
        let main = [&candidate.name_ar, &candidate.name_en];
        let keys = main
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| self.key(name));
        let rows: BTreeSet<usize> = keys
            .filter_map(|key| self.by_name.get(&key))
            .flatten()
            .copied()
            .collect();
        let mut found: Vec<(usize, f64)> = rows
            .into_iter()
            .map(|index| (index, distance_km(candidate.point, self.rows[index].point)))
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        found
    }

    fn is_same(&self, candidate: &Candidate, index: usize, km: f64) -> bool {
        let row = &self.rows[index];
        let Some(kind) = row.kind else { return false };
        if candidate.kind.is_area() || kind.is_area() {
            return kind == candidate.kind && km <= row.precision_km.max(candidate.precision_km);
        }
        let is_alike = kind.is_settlement() == candidate.kind.is_settlement();
        is_alike && km <= NEAR_KM
    }

    /// Adds the spellings that a row has not; true when there was one.
    fn take_names(&mut self, index: usize, candidate: Candidate) -> bool {
        let known: BTreeSet<String> = self.rows[index]
            .names()
            .iter()
            .map(|name| self.key(name))
            .collect();
        let main = [candidate.name_ar, candidate.name_en];
        let names: Vec<String> = main.into_iter().chain(candidate.names).collect();
        let mut seen = known;
        let mut new = Vec::new();
        for name in names.into_iter().filter(|name| is_usable(name)) {
            if seen.insert(self.key(&name)) {
                new.push(name);
            }
        }
        for name in &new {
            self.note_name(name, index);
            self.rows[index].add_alias(name);
        }
        let source = candidate.source;
        let is_other = self.rows[index].get("source") != source;
        if !new.is_empty() && is_other {
            let note = self.rows[index].cell("note");
            if !note.is_empty() {
                note.push_str("; ");
            }
            note.push_str(&format!("spellings also from {source}"));
        }
        if is_other {
            self.by_source.insert(source, index);
        }
        !new.is_empty()
    }

    /// The id of the new row.
    fn new_row(&mut self, candidate: Candidate) -> String {
        let id = self.free_id(&candidate);
        let or = |name: &String, other: &String| {
            if name.is_empty() {
                other.clone()
            } else {
                name.clone()
            }
        };
        let name_ar = or(&candidate.name_ar, &candidate.name_en);
        let is_area = candidate.kind.is_area();
        let needs_head = !is_area && self.is_word(&name_ar);
        let mut row = Row {
            cells: Default::default(),
            point: candidate.point,
            kind: Some(candidate.kind),
            precision_km: candidate.precision_km,
        };
        for (column, value) in [
            ("id", id.clone()),
            ("name_en", or(&candidate.name_en, &candidate.name_ar)),
            ("name_ar", name_ar),
            ("kind", candidate.kind.as_str().to_owned()),
            ("lat", decimals(candidate.point.y())),
            ("lon", decimals(candidate.point.x())),
            ("bank", "none".to_owned()),
            ("precision_km", candidate.precision_km.to_string()),
            ("cue", if needs_head { "head" } else { "" }.to_owned()),
            ("source", candidate.source),
        ] {
            *row.cell(column) = value;
        }
        let mut seen: BTreeSet<String> = row.names().iter().map(|name| self.key(name)).collect();
        for name in candidate.names.iter().filter(|name| is_usable(name)) {
            if seen.insert(self.key(name)) {
                row.add_alias(name);
            }
        }
        if !candidate.parent.is_empty() {
            self.parents.push((self.rows.len(), candidate.parent));
        }
        self.push(row);
        id
    }

    /// True for a name of one word that is an ordinary word as well.
    fn is_word(&self, name: &str) -> bool {
        let folded = fold(name);
        let is_short = folded.chars().count() <= SHORTEST_NAME;
        let mut lexicons = self.lexicons.iter();
        !folded.contains(' ')
            && (is_short || lexicons.any(|lexicon| lexicon.longest(&folded, |_| None).is_some()))
    }

    fn free_id(&self, candidate: &Candidate) -> String {
        let slug = Some(slug(&candidate.name_en)).filter(|slug| !slug.is_empty());
        let slug = slug.unwrap_or_else(|| self::slug(&candidate.source));
        if !self.ids.contains(&slug) {
            return slug;
        }
        let mut number = 2;
        while self.ids.contains(&format!("{slug}-{number}")) {
            number += 1;
        }
        format!("{slug}-{number}")
    }

    /// Parents were named by their records; a unit that is no row leaves the place without one.
    fn settle_parents(&mut self) {
        for (index, source) in std::mem::take(&mut self.parents) {
            let parent = self
                .by_source
                .get(&source)
                .filter(|parent| **parent != index);
            if let Some(id) = parent.map(|parent| self.rows[*parent].get("id").to_owned()) {
                *self.rows[index].cell("parent") = id;
            }
        }
    }

    fn text(mut self, file: &str) -> Result<String> {
        self.rows.sort_by(|a, b| a.get("id").cmp(b.get("id")));
        let fail = |e: String| Error::parse(file, 1, e);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record(COLUMNS)
            .map_err(|e| fail(e.to_string()))?;
        for row in &self.rows {
            writer
                .write_record(&row.cells)
                .map_err(|e| fail(e.to_string()))?;
        }
        let bytes = writer.into_inner().map_err(|e| fail(e.to_string()))?;
        String::from_utf8(bytes).map_err(|e| fail(e.to_string()))
    }
}

impl Row {
    fn get(&self, column: &str) -> &str {
        let index = COLUMNS.iter().position(|name| *name == column);
        index.map_or("", |index| &self.cells[index])
    }

    fn cell(&mut self, column: &str) -> &mut String {
        let index = COLUMNS.iter().position(|name| *name == column);
        &mut self.cells[index.unwrap_or_default()]
    }

    fn names(&self) -> Vec<String> {
        let mut names = vec![
            self.get("name_ar").to_owned(),
            self.get("name_en").to_owned(),
        ];
        names.extend(parts(self.get("aliases_ar")));
        names.extend(parts(self.get("aliases_en")));
        names
    }

    fn add_alias(&mut self, name: &str) {
        let column = if is_arabic(name) {
            "aliases_ar"
        } else {
            "aliases_en"
        };
        let cell = self.cell(column);
        if !cell.is_empty() {
            cell.push('|');
        }
        cell.push_str(name);
    }
}

/// A name that can stand in a table and in a text.
fn is_usable(name: &str) -> bool {
    let has_mark = |c: char| c == '|' || c.is_control() || c.is_numeric();
    name.chars().count() >= SHORTEST_NAME
        && !name.contains(has_mark)
        && (is_arabic(name) || super::is_latin(name))
}

fn distance_km(a: Point<f64>, b: Point<f64>) -> f64 {
    Haversine.distance(a, b) / 1000.0
}

/// About a metre.
fn decimals(degrees: f64) -> String {
    ((degrees * 100_000.0).round() / 100_000.0).to_string()
}

/// A name in small ASCII letters and digits with hyphens; empty when it has none.
pub(crate) fn slug(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| {
            !is_combining_mark(*c)
                && !matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bb}' | '\u{2bc}')
        })
        .collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}
