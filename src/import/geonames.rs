//! A dump of GeoNames: 19 columns between tabs, no header (download.geonames.org/export/dump).

use std::io::BufRead;
use std::path::Path;

use super::{Candidate, Found, Reader, is_arabic, is_latin, point};
use crate::error::{Error, Result};

/// Points of GeoNames are right to about a kilometre in the countryside.
const PRECISION_KM: f64 = 1.0;

pub(super) fn read(reader: &Reader, input: impl BufRead, file: &str) -> Result<Found> {
    let mut found = Found::default();
    for (index, line) in input.lines().enumerate() {
        let line = line.map_err(|e| Error::read(Path::new(file), e))?;
        if line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let fail = |problem: String| Error::parse(file, index + 1, problem);
        if columns.len() < 15 {
            let problem = format!(
                "{} columns; a dump of GeoNames has 19, with tabs between",
                columns.len()
            );
            if index == 0 {
                return Err(fail(problem));
            }
            found.problems.push(fail(problem));
            continue;
        }
        if let Err(problem) = add(reader, &columns, &mut found) {
            found.problems.push(fail(problem));
        }
    }
    Ok(found)
}

fn add(reader: &Reader, columns: &[&str], found: &mut Found) -> std::result::Result<(), String> {
    let point = point(columns[4], columns[5])?;
    if !reader.is_inside(point) {
        found.outside += 1;
        return Ok(());
    }
    let key = format!("{}.{}", columns[6], columns[7]);
    let population = columns[14].parse().unwrap_or(0);
    let Some(kind) = reader.kind(&key, population) else {
        found.leave_out(&key);
        return Ok(());
    };
    let names: Vec<String> = columns[3].split(',').map(|n| n.trim().to_owned()).collect();
    let arabic: Vec<&String> = names.iter().filter(|name| is_arabic(name)).collect();
    let latin = names
        .iter()
        .filter(|name| is_latin(name) && !name.starts_with("http"));
    found.places.push(Candidate {
        name_ar: arabic.first().map_or(String::new(), |name| (*name).clone()),
        // The ASCII name: what news agencies print is nearer to it than the marks of a library.
        name_en: columns[2].trim().to_owned(),
        names: arabic
            .iter()
            .skip(1)
            .map(|name| (*name).clone())
            .chain(latin.cloned())
            .collect(),
        kind,
        point,
        precision_km: PRECISION_KM,
        source: format!("GeoNames {}", columns[0]),
        parent: String::new(),
    });
    Ok(())
}
