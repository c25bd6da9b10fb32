//! Sources to texts, read without losing any.

use std::fs::File;
use std::path::{Path, PathBuf};

use khatt::claims_table::TableFormat;
use khatt::columns::ReportRows;
use khatt::corrections::Corrections;
use khatt::page::Page;
use khatt::report::{ReadReports, Report};
use khatt::{Error, Result, fetch, seeds};

use super::args::Common;
use super::bounds::{self, MOST_LINES, MOST_PAGE, MOST_TEXT};
use super::console::Console;
use super::lines;
use super::survey::{Kind, Source, Survey};

/// The text of a claims table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TableText {
    /// How errors name it.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) is_jsonl: bool,
}

impl TableText {
    pub(crate) fn format(&self) -> TableFormat {
        if self.is_jsonl {
            TableFormat::Jsonl
        } else {
            TableFormat::Csv
        }
    }
}

/// All that the arguments name.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// Reports in the order of the arguments; within a folder in order of their paths.
    pub(crate) reports: Vec<Report>,
    /// Tables in the same order.
    pub(crate) tables: Vec<TableText>,
    /// What people decided: the files that lie with the inputs, and those of `--corrections`.
    pub(crate) corrections: Corrections,
    /// What could not be read.
    pub(crate) problems: Vec<Error>,
}

impl Inputs {
    /// Reads what the arguments name; without arguments the bundled example.
    ///
    /// # Errors
    ///
    /// When there is nothing to read at all.
    pub(crate) fn read(arguments: &[PathBuf], options: &Common, console: &Console) -> Result<Self> {
        let survey = Survey::of(arguments, options, console)?;
        let mut inputs = Self {
            corrections: survey.corrections,
            ..Self::default()
        };
        for source in survey.sources {
            inputs.add(source, options);
        }
        console.list_problems(&inputs.problems);
        if inputs.reports.is_empty() && inputs.tables.is_empty() {
            return Err(nothing_read(arguments));
        }
        Ok(inputs)
    }

    /// Reads one source.
    pub(crate) fn add(&mut self, source: Source, options: &Common) {
        match source {
            Source::Bundled => self.add_bundled(),
            Source::Stdin => self.add_stdin(),
            Source::Address(address) => self.add_address(&address, options),
            Source::File(file, kind) => self.add_known(&file, kind),
            Source::Broken(problem) => self.problems.push(problem),
        }
    }

    fn add_bundled(&mut self) {
        for (path, text) in seeds::REPORTS {
            self.add_report(Report::from_bytes(Path::new(path), text.as_bytes()));
        }
        let (name, text) = seeds::CLAIMS;
        self.tables.push(TableText {
            name: name.to_owned(),
            text: text.to_owned(),
            is_jsonl: false,
        });
    }

    fn add_stdin(&mut self) {
        let name = Path::new("standard input");
        match lines::read_all(Box::new(std::io::stdin())) {
            Ok(bytes) => self.add_lines("stdin", &bytes),
            Err(e) => self.problems.push(Error::read(name, e)),
        }
    }

    fn add_address(&mut self, address: &str, options: &Common) {
        match fetch::report(address, options.allow_private) {
            Ok(report) => self.reports.push(report),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn add_known(&mut self, file: &Path, kind: Kind) {
        let read = match kind {
            Kind::Rows => return self.add_rows(file),
            Kind::Lines => File::open(file).and_then(|file| lines::read_all(Box::new(file))),
            Kind::Page => bounds::read(file, MOST_PAGE),
            Kind::Text | Kind::Table => bounds::read(file, MOST_TEXT),
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(e) => return self.problems.push(Error::read(file, e)),
        };
        let name = file.display().to_string();
        match kind {
            Kind::Text => self.add_report(Report::from_bytes(file, &bytes)),
            Kind::Page => {
                let id = file.file_stem().unwrap_or_default().to_string_lossy();
                let page = Page {
                    id: &id,
                    name: &name,
                    address: None,
                    charset: None,
                    bytes: &bytes,
                };
                self.add_report(page.report());
            }
            Kind::Lines => self.add_lines(&name, &bytes),
            Kind::Table => self.add_table(name, bytes, false),
            // Read above, batch by batch.
            Kind::Rows => {}
        }
    }

    /// All reports of a Parquet file, unless they are more than memory should hold.
    fn add_rows(&mut self, file: &Path) {
        let mut rows = match ReportRows::open(file) {
            Ok(rows) => rows,
            Err(problem) => return self.problems.push(problem),
        };
        let mut length = 0;
        while let Some(batch) = rows.batch() {
            let texts = batch.reports.iter().map(|report| report.text.len() as u64);
            length += texts.sum::<u64>();
            if length > MOST_LINES {
                let problem = format!("has more than {} MB of text; split it", MOST_LINES >> 20);
                return self.problems.push(Error::argument(rows.file(), problem));
            }
            self.reports.extend(batch.reports);
            self.problems.extend(batch.problems);
        }
    }

    fn add_report(&mut self, report: Result<Report>) {
        match report {
            Ok(report) if report.text.trim().is_empty() => {
                self.problems
                    .push(Error::argument(report.id, "the report has no text"));
            }
            Ok(report) => self.reports.push(report),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// One JSON object a line: reports, or claims when the first line has an actor.
    fn add_lines(&mut self, name: &str, bytes: &[u8]) {
        if are_claims(bytes) {
            return self.add_table(name.to_owned(), bytes.to_vec(), true);
        }
        let mut read = ReadReports::default();
        read.add_jsonl(bytes, name);
        self.reports.extend(read.reports);
        self.problems.extend(read.problems);
    }

    fn add_table(&mut self, name: String, bytes: Vec<u8>, is_jsonl: bool) {
        match String::from_utf8(bytes) {
            Ok(text) => self.tables.push(TableText {
                name,
                text,
                is_jsonl,
            }),
            Err(e) => {
                let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
                let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
                self.problems
                    .push(Error::parse(name, line, "not UTF-8; save it as UTF-8"));
            }
        }
    }
}

/// The error of arguments that named nothing to read.
pub(crate) fn nothing_read(arguments: &[PathBuf]) -> Error {
    let names: Vec<String> = arguments.iter().map(|a| a.display().to_string()).collect();
    let problem =
        "nothing in it could be read; khatt reads .md, .txt, .html, .jsonl, .parquet and .csv";
    Error::argument(names.join(" "), problem)
}

/// True when the first line is a claim of a table, not a report.
pub(crate) fn are_claims(bytes: &[u8]) -> bool {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    first
        .and_then(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .is_some_and(|object| object.get("text").is_none() && object.get("actor").is_some())
}
