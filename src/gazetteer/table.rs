//! Rows of the gazetteer table.

use std::borrow::Cow;

use csv::StringRecord;
use geo::Point;
use rustc_hash::FxHashMap;

use super::{Bank, Cue, Gazetteer, Kind, NO_PARENT, Record, WORDS};
use crate::error::{Error, Result};

/// A row of the table as written.
#[derive(Debug)]
pub(super) struct Row<'t> {
    pub id: Cow<'t, str>,
    pub name_ar: Cow<'t, str>,
    pub aliases_ar: Cow<'t, str>,
    pub name_en: Cow<'t, str>,
    pub aliases_en: Cow<'t, str>,
    pub kind: Cow<'t, str>,
    pub lat: f64,
    pub lon: f64,
    pub bank: Cow<'t, str>,
    pub parent: Cow<'t, str>,
    pub precision_km: f64,
    pub cue: Cow<'t, str>,
    pub source: Cow<'t, str>,
}

impl Row<'_> {
    /// The fields that a gazetteer keeps as words, in the order in which it keeps them.
    pub(super) fn words(&self) -> [&str; WORDS] {
        [
            &self.id,
            &self.name_ar,
            &self.aliases_ar,
            &self.name_en,
            &self.aliases_en,
            &self.source,
        ]
    }

    /// All but the words and the parent.
    pub(super) fn record(&self) -> std::result::Result<Record, String> {
        let kind =
            Kind::named(&self.kind).ok_or_else(|| format!("unknown kind `{}`", self.kind))?;
        let bank = match &*self.bank {
            "left" => Bank::Left,
            "right" => Bank::Right,
            "none" => Bank::None,
            other => return Err(format!("unknown bank `{other}`; use left, right or none")),
        };
        let cue = match &*self.cue {
            "" => Cue::Free,
            "strong" => Cue::Strong,
            "head" => Cue::Head,
            other => {
                return Err(format!(
                    "unknown cue `{other}`; use head, strong or nothing"
                ));
            }
        };
        if !(-90.0..=90.0).contains(&self.lat) || !(-180.0..=180.0).contains(&self.lon) {
            return Err(format!("point {} {} is out of range", self.lat, self.lon));
        }
        if self.source.is_empty() {
            return Err(format!("`{}` names no source", self.id));
        }
        Ok(Record {
            point: Point::new(self.lon, self.lat),
            precision_km: self.precision_km,
            start: 0,
            ends: [0; WORDS],
            parent: NO_PARENT,
            kind,
            bank,
            cue,
        })
    }
}

/// The columns of the table; a table may have them in any order, and more.
pub(crate) const COLUMNS: [&str; 14] = [
    "id",
    "name_ar",
    "aliases_ar",
    "name_en",
    "aliases_en",
    "kind",
    "lat",
    "lon",
    "bank",
    "parent",
    "precision_km",
    "cue",
    "source",
    "note",
];

/// Where each of the [`COLUMNS`] stands in a table.
struct Columns([usize; COLUMNS.len()]);

impl Columns {
    fn of(header: &StringRecord) -> std::result::Result<Self, String> {
        let mut columns = [0; COLUMNS.len()];
        for (at, name) in columns.iter_mut().zip(COLUMNS) {
            let mut found = (0..header.len()).filter(|index| &header[*index] == name);
            *at = found.next().ok_or_else(|| format!("no column `{name}`"))?;
            if found.next().is_some() {
                return Err(format!("two columns `{name}`"));
            }
        }
        Ok(Self(columns))
    }

    fn row<'t>(&self, record: &'t StringRecord) -> std::result::Result<Row<'t>, String> {
        let cell = |column: usize| &record[self.0[column]];
        let number = |column: usize| {
            let cell = cell(column);
            let value = cell.parse::<f64>().ok();
            value.ok_or_else(|| format!("{} `{cell}` is no number", COLUMNS[column]))
        };
        Ok(Row {
            id: cell(0).into(),
            name_ar: cell(1).into(),
            aliases_ar: cell(2).into(),
            name_en: cell(3).into(),
            aliases_en: cell(4).into(),
            kind: cell(5).into(),
            lat: number(6)?,
            lon: number(7)?,
            bank: cell(8).into(),
            parent: cell(9).into(),
            precision_km: number(10)?,
            cue: cell(11).into(),
            source: cell(12).into(),
        })
    }
}

/// The parents that rows name, which may stand anywhere in the table.
#[derive(Default)]
struct Parents {
    numbers: FxHashMap<String, u32>,
    /// The id of each with the first line that names it.
    named: Vec<(String, usize)>,
}

impl Parents {
    /// A number for a parent, for the time being.
    fn number(&mut self, id: &str, line: usize) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.named.len() as u32;
        self.numbers.insert(id.to_owned(), number);
        self.named.push((id.to_owned(), line));
        number
    }

    /// Puts the position of each parent in place of its number.
    fn settle(self, gazetteer: &mut Gazetteer, file: &str) -> Result<()> {
        let mut positions = Vec::with_capacity(self.named.len());
        for (id, line) in self.named {
            let found = gazetteer.find(&id);
            let unknown = || Error::parse(file, line, format!("unknown parent `{id}`"));
            positions.push(found.ok_or_else(unknown)?.0);
        }
        for record in &mut gazetteer.records {
            if record.parent != NO_PARENT {
                record.parent = positions[record.parent as usize];
            }
        }
        Ok(())
    }
}

/// Reads the text of a table; `file` names it in errors.
pub(super) fn read_table(text: &str, file: &str) -> Result<Gazetteer> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fail = |e: csv::Error| {
        let line = e.position().map_or(1, |at| at.line() as usize);
        Error::parse(file, line, e.to_string())
    };
    let header = reader.headers().map_err(fail)?;
    let columns = Columns::of(header).map_err(|problem| Error::parse(file, 1, problem))?;
    let mut gazetteer = Gazetteer::default();
    let mut parents = Parents::default();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(fail)? {
        // A quoted field never spans lines in this table, so the line is the row number.
        let line = gazetteer.records.len() + 2;
        let fail = |problem| Error::parse(file, line, problem);
        let row = columns.row(&record).map_err(fail)?;
        let last = gazetteer.records.last();
        if last.is_some_and(|last| gazetteer.word(last, 0) >= &*row.id) {
            return Err(fail(format!(
                "`{}` is out of order or repeated; sort the rows by id",
                row.id
            )));
        }
        gazetteer.push(&row).map_err(fail)?;
        if let (false, Some(record)) = (row.parent.is_empty(), gazetteer.records.last_mut()) {
            record.parent = parents.number(&row.parent, line);
        }
    }
    gazetteer.text.shrink_to_fit();
    gazetteer.records.shrink_to_fit();
    parents.settle(&mut gazetteer, file)?;
    Ok(gazetteer)
}
