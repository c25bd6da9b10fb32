//! A file that a long run writes, and what a later run needs to go on with it.
//!
//! While the run goes on, `FILE.part` grows and `FILE.state` says from time to time how much of it
//! belongs to how much of the inputs. What stands in the part behind that is cut off when a later
//! run goes on. At the end the part becomes `FILE`; so that is old or new, never half.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use khatt::output::{write_atomic, write_atomic_with};
use khatt::{Error, Result};
use serde::{Deserialize, Serialize};

/// How often the state is written.
const EVERY: Duration = Duration::from_millis(500);

/// How far the inputs have been read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Sources read to their end.
    pub(crate) sources: usize,
    /// Lines of the next that have been read.
    pub(crate) lines: usize,
}

/// What has been done so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub(crate) position: Position,
    /// Reports read.
    pub(crate) reports: usize,
    /// Tables met.
    pub(crate) tables: usize,
    /// Problems met.
    pub(crate) problems: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct State {
    /// What the run was asked for; another run must not go on with it.
    task: String,
    progress: Progress,
    /// Bytes of the part that belong to it.
    bytes: u64,
}

/// The file being written.
#[derive(Debug)]
pub(crate) struct Part {
    target: PathBuf,
    task: String,
    file: File,
    bytes: u64,
    saved: Instant,
}

impl Part {
    /// Begins the part of `target`, or goes on with that of a stopped run of the same task.
    ///
    /// # Errors
    ///
    /// When another run is at work on it, it cannot be written, or it is to go on with another task.
    pub(crate) fn open(target: &Path, task: String, resume: bool) -> Result<(Self, Progress)> {
        let path = beside(target, "part");
        let fail = |e| Error::write(&path, e);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let problem = "another run is writing it; wait for it, or choose another --out";
                return Err(Error::argument(path.display().to_string(), problem));
            }
            // A file system without locks: nothing can be asked.
            Err(TryLockError::Error(_)) => {}
        }
        let length = file.metadata().map_err(fail)?.len();
        let state = if resume {
            read_state(target, &task)?
        } else {
            None
        };
        // After a loss of power the part may be shorter than its state says.
        let (bytes, progress) = state
            .filter(|state| state.bytes <= length)
            .map_or((0, Progress::default()), |state| {
                (state.bytes, state.progress)
            });
        file.set_len(bytes).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        let part = Self {
            target: target.to_owned(),
            task,
            file,
            bytes,
            saved: Instant::now(),
        };
        part.save(progress)?;
        Ok((part, progress))
    }

    /// Adds what belongs to `progress`.
    pub(crate) fn add(&mut self, bytes: &[u8], progress: Progress) -> Result<()> {
        let fail = |e| Error::write(&beside(&self.target, "part"), e);
        self.file.write_all(bytes).map_err(fail)?;
        self.bytes += bytes.len() as u64;
        if self.saved.elapsed() > EVERY {
            self.save(progress)?;
            self.saved = Instant::now();
        }
        Ok(())
    }

    fn save(&self, progress: Progress) -> Result<()> {
        let state = State {
            task: self.task.clone(),
            progress,
            bytes: self.bytes,
        };
        let path = beside(&self.target, "state");
        let text = serde_json::to_vec(&state).map_err(|e| Error::write(&path, e))?;
        write_atomic(&path, &text)
    }

    /// The file that it becomes.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Puts in place what `make` writes when it reads the part from its head.
    pub(crate) fn finish_as(
        mut self,
        make: impl FnOnce(&mut File, &mut File) -> std::io::Result<()>,
    ) -> Result<()> {
        let fail = |e| Error::write(&beside(&self.target, "part"), e);
        self.file.seek(SeekFrom::Start(0)).map_err(fail)?;
        write_atomic_with(&self.target, |out| {
            make(&mut self.file, out)?;
            out.sync_all()
        })?;
        for what in ["state", "part"] {
            // Left behind, they are overwritten by the next run.
            let _ = std::fs::remove_file(beside(&self.target, what));
        }
        Ok(())
    }

    /// Puts the whole in place.
    pub(crate) fn finish(self) -> Result<()> {
        let fail = |e| Error::write(&self.target, e);
        self.file.sync_all().map_err(fail)?;
        std::fs::rename(beside(&self.target, "part"), &self.target).map_err(fail)?;
        // A state without a part is never gone on with.
        let _ = std::fs::remove_file(beside(&self.target, "state"));
        Ok(())
    }
}

fn read_state(target: &Path, task: &str) -> Result<Option<State>> {
    let path = beside(target, "state");
    let Ok(text) = std::fs::read(&path) else {
        return Ok(None);
    };
    let fail = |problem: &str| Error::argument(path.display().to_string(), problem);
    let state: State = serde_json::from_slice(&text).map_err(|_broken| {
        fail("is no state of a stopped run; leave out --resume to begin anew")
    })?;
    if state.task != task {
        return Err(fail(
            "belongs to a run of other inputs or options; leave out --resume to begin anew",
        ));
    }
    Ok(Some(state))
}

/// `FILE.part` of `FILE`.
fn beside(target: &Path, what: &str) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(format!(".{what}"));
    PathBuf::from(name)
}
