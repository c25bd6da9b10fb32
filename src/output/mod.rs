//! Results as files.

pub mod diff;
pub mod explain;
mod feature;
pub mod geojson;
pub mod gpkg;
pub mod inert;
pub mod jsonl;
pub mod kml;
mod palette;
pub mod qgis;
pub mod review;
pub mod run;
pub mod table;
pub mod unused;
pub mod words;
mod xml;

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::actor::Actors;
use crate::claim::Claim;
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;

/// The tables that give ids their names. `claims` are those of the timeline that is written.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// Actors.
    pub actors: &'a Actors,
    /// Claims in the order of the timeline: the positions in [`crate::timeline::Evidence`].
    pub claims: &'a [Claim],
}

/// Writes a file whole or not at all: a reader never sees half of it, and a full disk leaves the
/// file of the last run in place.
///
/// # Errors
///
/// [`Error::Write`] when the folder does not exist or cannot be written to.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    write_atomic_with(path, |file| file.write_all(bytes))
}

/// As [`write_atomic`], for a file that `write` fills.
///
/// # Errors
///
/// As [`write_atomic`], and when `write` fails.
pub fn write_atomic_with(
    path: &Path,
    write: impl FnOnce(&mut File) -> std::io::Result<()>,
) -> Result<()> {
    let fail = |e: std::io::Error| Error::write(path, e);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // The same folder, because a rename across file systems is a copy.
    let mut file = tempfile::Builder::new()
        .prefix(".khatt-")
        .tempfile_in(folder)
        .map_err(fail)?;
    write(file.as_file_mut()).map_err(fail)?;
    allow_reading(file.as_file()).map_err(fail)?;
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(())
}

/// Removes a file of an earlier run that has no place in this one.
pub(crate) fn remove_old(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::write(path, e)),
        _ => Ok(()),
    }
}

/// Temporary files are private; results are as readable as any other new file.
#[cfg(unix)]
fn allow_reading(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn allow_reading(_: &File) -> std::io::Result<()> {
    Ok(())
}
