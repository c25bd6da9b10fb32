//! Tables with a header: those of OCHA with the units above each place, and any other.

use std::collections::BTreeMap;
use std::io::BufRead;

use geo::Point;

use super::{Candidate, Format, Found, Reader, point};
use crate::error::{Error, Result};
use crate::gazetteer::Kind;

/// A single gazetteer is right to about a kilometre.
const PRECISION_KM: f64 = 1.0;
/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.2;
/// The units above a place, the smallest first, with the noun that tells them from the town of
/// the same name in an id.
const UNITS: [(&str, Kind); 3] = [
    ("group1", Kind::Subdistrict),
    ("group2", Kind::District),
    ("group3", Kind::Governorate),
];

/// The position of each field's column.
struct Columns(BTreeMap<String, usize>);

impl Columns {
    fn of(reader: &Reader, header: &csv::StringRecord) -> Self {
        let position = |names: &Vec<String>| {
            let mut names = names.iter();
            names.find_map(|name| header.iter().position(|column| column.trim() == name))
        };
        let found = reader.columns.iter();
        let found = found.filter_map(|(field, names)| Some((field.clone(), position(names)?)));
        Self(found.collect())
    }

    fn get<'r>(&self, record: &'r csv::StringRecord, field: &str) -> &'r str {
        let cell = self.0.get(field).and_then(|index| record.get(*index));
        cell.unwrap_or_default().trim()
    }
}

pub(super) fn read(reader: &Reader, input: impl BufRead, file: &str) -> Result<Found> {
    let fail = |e: csv::Error| {
        let line = e.position().map_or(1, |at| at.line() as usize);
        Error::parse(file, line, e.to_string())
    };
    let mut table = csv::Reader::from_reader(input);
    let header = table.headers().map_err(fail)?.clone();
    let columns = Columns::of(reader, &header);
    for field in ["lat", "lon"] {
        if !columns.0.contains_key(field) {
            let known: Vec<&str> = header.iter().collect();
            let problem = format!(
                "no column for `{field}`; name it with --map {field}=COLUMN; the table has {}",
                known.join(", ")
            );
            return Err(Error::parse(file, 1, problem));
        }
    }
    let mut found = Found::default();
    let mut units = Units::default();
    for record in table.records() {
        let record = record.map_err(fail)?;
        let line = record.position().map_or(1, |at| at.line() as usize);
        let row = Row {
            reader,
            columns: &columns,
            record: &record,
        };
        if let Err(problem) = row.add(&mut found, &mut units) {
            found.problems.push(Error::parse(file, line, problem));
        }
    }
    found.places.extend(units.places());
    Ok(found)
}

struct Row<'a> {
    reader: &'a Reader,
    columns: &'a Columns,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn get(&self, field: &str) -> &str {
        self.columns.get(self.record, field)
    }

    fn add(&self, found: &mut Found, units: &mut Units) -> std::result::Result<(), String> {
        let point = point(self.get("lat"), self.get("lon"))?;
        if !self.reader.is_inside(point) {
            found.outside += 1;
            return Ok(());
        }
        if self.get("name_ar").is_empty() && self.get("name_en").is_empty() {
            found.nameless += 1;
            return Ok(());
        }
        let written = self.get("kind");
        let population = self.get("population").parse().unwrap_or(0);
        let own = Kind::named(&written.to_lowercase());
        let read = own.or_else(|| self.reader.kind(written, population));
        let Some(kind) = read.map(|kind| self.at_least_seat(kind)) else {
            found.leave_out(if written.is_empty() {
                "without a kind"
            } else {
                written
            });
            return Ok(());
        };
        let precision = self.get("precision_km").parse().unwrap_or(PRECISION_KM);
        let names = self.get("names").split(['|', ';']);
        found.places.push(Candidate {
            name_ar: self.get("name_ar").to_owned(),
            name_en: self.get("name_en").to_owned(),
            names: names.map(|name| name.trim().to_owned()).collect(),
            kind,
            point,
            precision_km: precision,
            source: self.source("id", found.places.len()),
            parent: units.add(self, point),
        });
        Ok(())
    }

    /// A place with the name of its unit is the seat of it.
    fn at_least_seat(&self, kind: Kind) -> Kind {
        let name = self.get("name_en");
        let is_seat = |field: &str| !name.is_empty() && self.get(field) == name;
        match kind {
            Kind::Town | Kind::Village if is_seat("group3") => Kind::City,
            Kind::Village if is_seat("group1") || is_seat("group2") => Kind::Town,
            other => other,
        }
    }

    /// How the record is cited; a row without a code by its position.
    fn source(&self, field: &str, position: usize) -> String {
        let from = match self.reader.format {
            Format::Ocha => "OCHA COD",
            _ => "import",
        };
        match self.get(field) {
            "" => format!("{from} row {}", position + 1),
            code => format!("{from} {code}"),
        }
    }
}

/// The units above the places, with the box around the places of each.
#[derive(Default)]
struct Units(BTreeMap<String, (Candidate, [f64; 4])>);

impl Units {
    /// Notes the units of a row; the record of the smallest.
    fn add(&mut self, row: &Row, point: Point<f64>) -> String {
        let mut smallest = String::new();
        let mut inner: Option<String> = None;
        for (field, kind) in UNITS {
            let name = row.get(field);
            if name.is_empty() {
                continue;
            }
            let code = row.get(&format!("{field}_id"));
            let source = format!("OCHA COD {}", if code.is_empty() { name } else { code });
            if let Some((candidate, _)) = inner.and_then(|inner| self.0.get_mut(&inner)) {
                candidate.parent.clone_from(&source);
            }
            let unit = self.0.entry(source.clone()).or_insert_with(|| {
                let [x, y] = [point.x(), point.y()];
                (unit(row, field, kind, &source), [x, y, x, y])
            });
            let [west, south, east, north] = unit.1;
            unit.1 = [
                west.min(point.x()),
                south.min(point.y()),
                east.max(point.x()),
                north.max(point.y()),
            ];
            if smallest.is_empty() {
                smallest.clone_from(&source);
            }
            inner = Some(source);
        }
        smallest
    }

    /// Each unit at the middle of its places.
    fn places(self) -> impl Iterator<Item = Candidate> {
        self.0
            .into_values()
            .map(|(candidate, [west, south, east, north])| Candidate {
                point: Point::new((west + east) / 2.0, (south + north) / 2.0),
                precision_km: ((north - south) * DEGREE_KM / 2.0)
                    .max(PRECISION_KM)
                    .round(),
                ..candidate
            })
    }
}

fn unit(row: &Row, field: &str, kind: Kind, source: &str) -> Candidate {
    let called = row.reader.units.get(kind.as_str());
    let named = |pattern: Option<&String>, name: &str| match (name, pattern) {
        ("", _) => String::new(),
        (name, Some(pattern)) => pattern.replace("{}", name),
        (name, None) => name.to_owned(),
    };
    Candidate {
        name_ar: named(called.map(|c| &c.ar), row.get(&format!("{field}_ar"))),
        name_en: named(called.map(|c| &c.en), row.get(field)),
        names: Vec::new(),
        kind,
        point: Point::new(0.0, 0.0),
        precision_km: PRECISION_KM,
        source: source.to_owned(),
        parent: String::new(),
    }
}
