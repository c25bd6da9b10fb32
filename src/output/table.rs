//! The places of every day as a table for spreadsheets.
//!
//! CSV after RFC 4180, UTF-8 with a mark at its start, without which Excel takes Arabic for another
//! character set.

use std::path::Path;

use serde_json::Value;

use super::feature::{self, Feature, rounded};
use super::run::Run;
use super::write_atomic;
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
        Some(Value::String(text)) => inert(text),
        Some(other) => other.to_string(),
    }
}

/// Words that a spreadsheet would take for a formula are led by an apostrophe, so that nothing in
/// a report can be run by opening the table (OWASP, *CSV Injection*). Numbers are left alone.
fn inert(text: &str) -> String {
    let is_formula =
        |first: char| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    // Spreadsheets skip space, and marks of direction are not seen.
    let is_hidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let starts_blank = text.starts_with(['\t', '\r', '\n']);
    let first = text.trim_start_matches(is_hidden).chars().next();
    if starts_blank || first.is_some_and(is_formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_are_run_as_a_formula() {
        let formulas = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "\u{202b}=1",
            "＝1",
        ];
        for formula in formulas {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        for words in ["هجين", "a = b", "", "2018-11-27"] {
            assert_eq!(inert(words), words);
        }
        assert_eq!(cell(Some(&serde_json::json!(-34.5))), "-34.5");
    }
}
