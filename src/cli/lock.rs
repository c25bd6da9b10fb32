//! One run at a time in a folder: two would leave files of both.

use std::fs::{File, TryLockError};
use std::path::Path;

use khatt::{Error, Result};

/// Keeps other runs out of a folder until it is dropped, or the run ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _folder: Option<File>,
}

/// Locks a folder that `option` names.
///
/// # Errors
///
/// [`Error::Argument`] when another run is at work in it.
pub(crate) fn folder(path: &Path, option: &str) -> Result<Lock> {
    // The folder itself is locked, so that no file of it remains. Systems that cannot open a
    // folder, and file systems without locks, cannot be asked.
    let Ok(folder) = File::open(path) else {
        return Ok(Lock { _folder: None });
    };
    if let Err(TryLockError::WouldBlock) = folder.try_lock() {
        let problem = format!(
            "another run is writing to {}; wait for it, or choose another folder",
            path.display()
        );
        return Err(Error::argument(option, problem));
    }
    Ok(Lock {
        _folder: Some(folder),
    })
}
