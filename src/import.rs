//! Places of other gazetteers into the table of a data folder.
//!
//! Sources: a dump of GeoNames (tab-separated, 19 columns), OpenStreetMap as GeoJSON or as the
//! JSON of Overpass, tables in the manner of OCHA's common operational datasets, and any CSV whose
//! columns are named. What a source calls a feature becomes a kind by `import.toml`.

mod geonames;
mod merge;
mod osm;
mod table;

use std::collections::BTreeMap;
use std::io::BufRead;

use geo::{Contains, Point, Rect};

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::gazetteer::Kind;

pub(crate) use merge::slug;
pub use merge::{Merged, Note, merge};

/// Where places come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A dump of GeoNames.
    Geonames,
    /// OpenStreetMap: GeoJSON, or the JSON of Overpass.
    Osm,
    /// A table in the manner of OCHA.
    Ocha,
    /// Any table with a header.
    Csv,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Geonames => "geonames",
            Self::Osm => "osm",
            Self::Ocha => "ocha",
            Self::Csv => "csv",
        }
    }
}

/// A place of another gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Main name in Arabic; empty when the source has none.
    pub name_ar: String,
    /// Main name in Latin letters; empty when the source has none.
    pub name_en: String,
    /// Further names in both scripts.
    pub names: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// WGS 84 degrees, longitude first.
    pub point: Point<f64>,
    /// How far the point may be off, in kilometres; for a unit half its extent.
    pub precision_km: f64,
    /// The record: `GeoNames 123`.
    pub source: String,
    /// The record of the next larger unit; empty for none.
    pub parent: String,
}

/// What a file holds, and what of it was left out.
#[derive(Debug, Default)]
pub struct Found {
    /// Places in the order of the file.
    pub places: Vec<Candidate>,
    /// Features outside the extent.
    pub outside: usize,
    /// Features of kinds that are left out, by what the source calls them.
    pub other_kinds: BTreeMap<String, usize>,
    /// Features without a name.
    pub nameless: usize,
    /// Records that are not what they should be.
    pub problems: Vec<Error>,
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Its format.
    pub format: Format,
    /// Only places inside; none for all.
    pub extent: Option<Rect<f64>>,
    columns: BTreeMap<String, Vec<String>>,
    kinds: Vec<KindRow>,
    units: BTreeMap<String, UnitName>,
}

/// How a unit is called in each language; `{}` stands for its name.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitName {
    ar: String,
    en: String,
}

#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRow {
    format: String,
    key: String,
    #[serde(default)]
    least: u64,
    kind: String,
}

#[derive(serde::Deserialize)]
struct Table {
    columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    #[serde(rename = "kind")]
    kinds: Vec<KindRow>,
    units: BTreeMap<String, UnitName>,
}

const TABLE: &str = "import.toml";

impl Reader {
    /// Reads `import.toml` of a data folder. `mapping` names columns: field and column.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the table has an unknown kind; [`Error::Argument`] for a field that
    /// no table has.
    pub fn new(data: &DataFolder, format: Format, mapping: &[(String, String)]) -> Result<Self> {
        let table: Table = data.toml(TABLE)?;
        let unknown = |row: &&KindRow| !row.kind.is_empty() && Kind::named(&row.kind).is_none();
        if let Some(row) = table.kinds.iter().find(unknown) {
            let problem = format!("unknown kind `{}`", row.kind);
            return Err(Error::parse(data.label(TABLE), 1, problem));
        }
        let mut columns = table.columns.get("csv").cloned().unwrap_or_default();
        if let Some(own) = table.columns.get(format.name()) {
            columns.extend(own.clone());
        }
        for (field, column) in mapping {
            let Some(names) = columns.get_mut(field) else {
                let known: Vec<&str> = columns.keys().map(String::as_str).collect();
                let problem = format!("no field `{field}`; use {}", known.join(", "));
                return Err(Error::argument("--map", problem));
            };
            names.insert(0, column.clone());
        }
        let kinds = table.kinds.into_iter();
        Ok(Self {
            format,
            extent: None,
            columns,
            units: table.units,
            kinds: kinds.filter(|row| row.format == format.name()).collect(),
        })
    }

    /// Reads the places of a file; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the file is not of the format at all; a broken record is only a
    /// problem of that record.
    pub fn read(&self, input: impl BufRead, file: &str) -> Result<Found> {
        match self.format {
            Format::Geonames => geonames::read(self, input, file),
            Format::Osm => osm::read(self, input, file),
            Format::Ocha | Format::Csv => table::read(self, input, file),
        }
    }

    /// The kind of a feature: none when it is left out.
    fn kind(&self, key: &str, population: u64) -> Option<Kind> {
        let fits = |row: &&KindRow| key.starts_with(&row.key) && population >= row.least;
        Kind::named(&self.kinds.iter().find(fits)?.kind)
    }

    fn is_inside(&self, point: Point<f64>) -> bool {
        self.extent.is_none_or(|extent| extent.contains(&point))
    }
}

impl Found {
    fn leave_out(&mut self, kind: &str) {
        *self.other_kinds.entry(kind.to_owned()).or_default() += 1;
    }
}

/// A point from two numbers as written.
fn point(lat: &str, lon: &str) -> std::result::Result<Point<f64>, String> {
    let number = |text: &str, most: f64| {
        let number = text.trim().parse::<f64>().ok();
        number.filter(|n| (-most..=most).contains(n))
    };
    match (number(lon, 180.0), number(lat, 90.0)) {
        (Some(lon), Some(lat)) => Ok(Point::new(lon, lat)),
        _ => Err(format!("lat `{lat}`, lon `{lon}` is no point in degrees")),
    }
}

/// True when a name is written in Arabic letters.
fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| ('\u{620}'..='\u{6ff}').contains(&c))
}

/// True when a name is written in Latin letters.
fn is_latin(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c))
}
