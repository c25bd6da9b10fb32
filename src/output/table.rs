//! The places of every day as a table for spreadsheets.
//!
//! CSV after RFC 4180, UTF-8 with a mark at its start, without which Excel takes Arabic for another
//! character set.

use std::path::Path;

use serde_json::Value;

use super::feature::{self, Feature, rounded};
use super::run::Run;
use super::{inert, write_atomic};
use crate::error::{Error, Result};

/// The file.
const FILE: &str = "places.csv";
/// What tells a spreadsheet that the text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The columns, named as the attributes of a place; point and evidence stand apart.
const COLUMNS: [&str; 21] = [
    "date",
    "id",
    "name_ar",
    "name_en",
    "kind",
    "lat",
    "lon",
    "control",
    "control_name_ar",
    "control_name_en",
    "status",
    "partial",
    "share",
    "since",
    "last_evidence",
    "age_days",
    "stale",
    "confidence",
    "claims",
    "sources",
    "evidence",
];

/// Writes `places.csv` into a folder: one row for each place and day.
///
/// # Errors
///
/// [`Error::Write`] when it cannot be written.
pub fn write(run: &Run, folder: &Path) -> Result<()> {
    let path = folder.join(FILE);
    let bytes = bytes(run).map_err(|e| Error::write(&path, e))?;
    write_atomic(&path, &bytes)
}

fn bytes(run: &Run) -> csv::Result<Vec<u8>> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    table.write_record(COLUMNS)?;
    for day in run.days {
        for mut feature in feature::places(&day.snapshot, &run.tables) {
            place_point(&mut feature);
            let cells = COLUMNS.map(|column| cell(feature.properties.get(column)));
            table.write_record(cells)?;
        }
    }
    table.into_inner().map_err(|e| e.into_error().into())
}

fn place_point(feature: &mut Feature) {
    if let geo::Geometry::Point(point) = feature.geometry {
        feature
            .properties
            .insert("lat".into(), rounded(point.y(), 6));
        feature
            .properties
            .insert("lon".into(), rounded(point.x(), 6));
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => inert::cell(text),
        // Numbers are left alone.
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inert_and_numbers_stay_numbers() {
        assert_eq!(cell(Some(&serde_json::json!("=1+1"))), "'=1+1");
        assert_eq!(cell(Some(&serde_json::json!(-34.5))), "-34.5");
    }
}
