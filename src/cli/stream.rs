//! Sources to jobs of bounded size, one after the other.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use khatt::Error;
use khatt::columns::{ReportRows, Rows};

use super::inputs::are_claims;
use super::lines::{Batch, Lines};
use super::restart::Position;
use super::survey::{Kind, Source};

/// What a core is given to read.
#[derive(Debug)]
pub(crate) enum Work {
    Lines(Batch),
    Rows(Rows),
    Whole(Source),
    /// A stream that is a table of claims, by its name.
    Claims(String),
}

/// Work, and how far the inputs are read when it is done.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) work: Work,
    pub(crate) end: Position,
}

/// The jobs of some sources in order.
pub(crate) struct Jobs {
    sources: VecDeque<Source>,
    /// The stream being read.
    lines: Option<Lines>,
    /// The table being read.
    table: Option<Table>,
    position: Position,
    /// Bytes of streams read so far, as they lie on disk.
    pub(crate) count: Arc<AtomicU64>,
}

impl Jobs {
    /// The jobs behind `start`.
    pub(crate) fn new(sources: Vec<Source>, start: Position) -> Self {
        Self {
            sources: sources.into_iter().skip(start.sources).collect(),
            lines: None,
            table: None,
            position: start,
            count: Arc::default(),
        }
    }

    /// Bytes of the streams to read; none when one of them is standard input.
    pub(crate) fn length(&self) -> Option<u64> {
        let length = |source: &Source| match source {
            Source::Stdin => None,
            Source::File(file, Kind::Lines | Kind::Rows) => {
                Some(std::fs::metadata(file).map_or(0, |file| file.len()))
            }
            _ => Some(0),
        };
        self.sources.iter().map(length).sum()
    }

    /// The source is done; what comes next begins at its head.
    fn next_source(&mut self) {
        self.lines = None;
        self.table = None;
        self.position = Position {
            sources: self.position.sources + 1,
            lines: 0,
        };
    }

    fn whole(&mut self, source: Source) -> Job {
        self.next_source();
        Job {
            work: Work::Whole(source),
            end: self.position,
        }
    }

    fn open(&mut self, source: &Source) -> Result<Lines, Error> {
        let file = match source {
            Source::File(file, _) => Some(file.as_path()),
            _ => None,
        };
        let mut lines = Lines::open(file, Arc::clone(&self.count))?;
        lines.skip(self.position.lines);
        Ok(lines)
    }
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(lines) = &mut self.lines {
                let is_head = lines.number == 0;
                let Some(batch) = lines.batch() else {
                    self.next_source();
                    continue;
                };
                self.position.lines = lines.number;
                if is_head && are_claims(&batch.bytes) {
                    self.next_source();
                    return Some(Job {
                        work: Work::Claims(batch.name.to_string()),
                        end: self.position,
                    });
                }
                return Some(Job {
                    work: Work::Lines(batch),
                    end: self.position,
                });
            }
            if let Some(table) = &mut self.table {
                let Some(rows) = table.batch(&self.count) else {
                    self.next_source();
                    continue;
                };
                self.position.lines = table.rows.row();
                return Some(Job {
                    work: Work::Rows(rows),
                    end: self.position,
                });
            }
            let source = self.sources.pop_front()?;
            if let Source::File(file, Kind::Rows) = &source {
                match Table::open(file, self.position.lines) {
                    Ok(table) => self.table = Some(table),
                    Err(problem) => return Some(self.whole(Source::Broken(problem))),
                }
                continue;
            }
            if !matches!(source, Source::Stdin | Source::File(_, Kind::Lines)) {
                return Some(self.whole(source));
            }
            match self.open(&source) {
                Ok(lines) => self.lines = Some(lines),
                Err(problem) => return Some(self.whole(Source::Broken(problem))),
            }
        }
    }
}

/// A Parquet file that is read batch by batch.
struct Table {
    rows: ReportRows,
    /// Bytes of the file.
    length: u64,
    /// Those that have been counted as read.
    counted: u64,
}

impl Table {
    /// Opens a file behind its first `rows`.
    fn open(file: &Path, rows: usize) -> Result<Self, Error> {
        let mut table = Self {
            rows: ReportRows::open(file)?,
            length: std::fs::metadata(file).map_or(0, |file| file.len()),
            counted: 0,
        };
        table.rows.skip(rows);
        Ok(table)
    }

    /// The next rows; `count` is told of the file's share that they are.
    fn batch(&mut self, count: &AtomicU64) -> Option<Rows> {
        let batch = self.rows.batch()?;
        let (row, rows) = (self.rows.row() as u64, self.rows.rows().max(1) as u64);
        let read = (u128::from(self.length) * u128::from(row) / u128::from(rows)) as u64;
        count.fetch_add(read.saturating_sub(self.counted), Ordering::Relaxed);
        self.counted = read;
        Some(batch)
    }
}
