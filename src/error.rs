//! The one error type of the crate, with variants named after what the reader must do.

use std::path::{Path, PathBuf};

/// The cause of an error, boxed so that no dependency's type is part of our signature.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// What went wrong, where, and with which value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Cause,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: Cause,
    },
    /// A file was read but does not say what it should.
    #[error("{file}:{line}: {problem}")]
    Parse {
        /// The file as the user named it, or the table's name inside the bundled data.
        file: String,
        /// Line of the file, from one.
        line: usize,
        /// What is wrong and what to do.
        problem: String,
    },
    /// An argument has a value that cannot be used.
    #[error("{name}: {problem}")]
    Argument {
        /// The argument as the user wrote it.
        name: String,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The geometry of one day could not be computed.
    #[error("{date}: {step}: {problem}")]
    Geometry {
        /// The day.
        date: String,
        /// The step that failed.
        step: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A picture could not be drawn or encoded.
    #[error("cannot draw the map: {problem}")]
    Image {
        /// What is wrong and what to do.
        problem: String,
    },
    /// An address could not be fetched.
    #[error("cannot fetch {url}: {problem}")]
    Fetch {
        /// The address.
        url: String,
        /// What is wrong and what to do.
        problem: String,
    },
}

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A file or folder that could not be read.
    pub fn read(path: &Path, source: impl Into<Cause>) -> Self {
        Self::Read {
            path: path.to_owned(),
            source: source.into(),
        }
    }

    /// A file or folder that could not be written.
    pub fn write(path: &Path, source: impl Into<Cause>) -> Self {
        Self::Write {
            path: path.to_owned(),
            source: source.into(),
        }
    }

    /// A line of a file that does not say what it should.
    pub fn parse(file: impl Into<String>, line: usize, problem: impl Into<String>) -> Self {
        Self::Parse {
            file: file.into(),
            line,
            problem: problem.into(),
        }
    }

    /// An argument whose value cannot be used.
    pub fn argument(name: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Argument {
            name: name.into(),
            problem: problem.into(),
        }
    }
}

/// An error and its causes in one line; the useful part often stands in the last.
#[must_use]
pub fn in_one_line(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
