//! A GeoPackage: all layers and days of a run in one file, with the evidence behind each place and
//! the styles in which QGIS opens it.
//!
//! GeoPackage 1.3 (OGC 12-128r17): WGS 84 degrees, longitude first, six decimals; days as DATE or
//! null. The database is built in memory and written whole. Its pages depend on nothing but the
//! rows and the version of SQLite that is part of the program: same input, same bytes.

mod contents;
mod evidence;
mod geometry;
mod layer;
mod schema;

use std::path::Path;

use rusqlite::{Connection, MAIN_DB, params};

use self::layer::{About, register};
use super::run::Run;
use super::{qgis, write_atomic};
use crate::error::{Error, Result};

/// The file.
const FILE: &str = "khatt.gpkg";

/// Writes `khatt.gpkg` into a folder.
///
/// # Errors
///
/// [`Error::Write`] when it cannot be written.
pub fn write(run: &Run, folder: &Path) -> Result<()> {
    let path = folder.join(FILE);
    let bytes = bytes(run).map_err(|e| Error::write(&path, e))?;
    write_atomic(&path, &bytes)
}

fn bytes(run: &Run) -> rusqlite::Result<Vec<u8>> {
    let mut db = Connection::open_in_memory()?;
    db.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    db.pragma_update(None, "user_version", schema::USER_VERSION)?;
    let transaction = db.transaction()?;
    fill(&transaction, run)?;
    transaction.commit()?;
    Ok(db.serialize(MAIN_DB)?.to_vec())
}

fn fill(db: &Connection, run: &Run) -> rusqlite::Result<()> {
    let changed = run.newest().unwrap_or(jiff::civil::Date::ZERO);
    let changed = format!("{changed}T00:00:00.000Z");
    db.execute_batch(schema::CORE)?;
    for (layer, title, features) in contents::all(run) {
        let about = About {
            description: &run.look.words(title),
            last_change: &changed,
        };
        layer.write(db, &features, about)?;
    }
    evidence::write(db, run, &changed)?;
    styles(db, run, &changed)
}

fn styles(db: &Connection, run: &Run, changed: &str) -> rusqlite::Result<()> {
    let about = About {
        description: "QGIS",
        last_change: changed,
    };
    register(db, "layer_styles", "attributes", about)?;
    let mut insert = db.prepare(
        "INSERT INTO layer_styles VALUES (NULL, '', '', ?1, 'geom', 'khatt', ?2, '', 1, ?3, '', NULL, ?4)",
    )?;
    for (table, qml) in qgis::table_styles(run) {
        insert.execute(params![table, qml, "khatt", changed])?;
    }
    Ok(())
}
