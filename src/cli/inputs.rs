//! Arguments to texts: files, folders, addresses and standard input, read without losing any.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use khatt::claims_table::TableFormat;
use khatt::corrections::{Corrections, Format};
use khatt::page::Page;
use khatt::report::{ReadReports, Report, files_below};
use khatt::{Error, Result, fetch, seeds};

use super::args::Common;
use super::console::Console;

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
    /// Files of a folder that are of no kind that khatt reads.
    passed_over: Vec<PathBuf>,
    /// Files of corrections, each once.
    corrected_by: BTreeMap<PathBuf, PathBuf>,
}

/// What a file holds, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Page,
    Lines,
    Table,
}

/// Files that stand beside reports and are none: what a folder says of itself, and khatt's lists.
const BESIDE: [&str; 11] = [
    "readme",
    "license",
    "licence",
    "notice",
    "copying",
    "changelog",
    "contributing",
    "authors",
    "places.csv",
    "unused.csv",
    "unresolved.csv",
];
/// Files that nobody takes for reports: results of khatt, and what lies beside them.
const NO_TEXT: [&str; 12] = [
    "geojson", "png", "gpkg", "kml", "svg", "pdf", "toml", "tsv", "qml", "qgs", "qgz", "json",
];

impl Inputs {
    /// Reads what the arguments name; without arguments the bundled example.
    ///
    /// # Errors
    ///
    /// When there is nothing to read at all.
    pub(crate) fn read(arguments: &[PathBuf], options: &Common, console: &Console) -> Result<Self> {
        let mut inputs = if arguments.is_empty() {
            Self::bundled()?
        } else {
            Self::default()
        };
        for file in &options.corrections {
            inputs.note_corrections(file);
        }
        inputs.add_all(arguments, options, console);
        inputs.read_corrections(console)?;
        inputs.warn_of_passed_over(console);
        console.list_problems(&inputs.problems);
        if inputs.reports.is_empty() && inputs.tables.is_empty() {
            let names: Vec<String> = arguments.iter().map(|a| a.display().to_string()).collect();
            let problem =
                "nothing in it could be read; khatt reads .md, .txt, .html, .jsonl and .csv";
            return Err(Error::argument(names.join(" "), problem));
        }
        Ok(inputs)
    }

    fn add_all(&mut self, arguments: &[PathBuf], options: &Common, console: &Console) {
        for argument in arguments {
            match argument.to_str() {
                Some("-") => self.add_stdin(),
                Some(address) if is_address(address) => self.add_address(address, options),
                _ if argument.is_dir() => self.add_folder(argument, console),
                _ if are_corrections(argument) => self.note_corrections(argument),
                _ => {
                    let folder = argument.parent().unwrap_or(Path::new(""));
                    let beside = CORRECTIONS.iter().map(|name| folder.join(name));
                    for file in beside.filter(|file| file.is_file()) {
                        self.note_corrections(&file);
                    }
                    self.add_file(argument);
                }
            }
        }
    }

    fn note_corrections(&mut self, file: &Path) {
        // A file that is reached in two ways is still one file.
        let whole = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let known = self.corrected_by.entry(whole);
        known.or_insert_with(|| file.to_owned());
    }

    /// A broken file of corrections stops the run: half of a person's decisions are not theirs.
    fn read_corrections(&mut self, console: &Console) -> Result<()> {
        for file in self.corrected_by.values() {
            let text = std::fs::read_to_string(file).map_err(|e| Error::read(file, e))?;
            let name = file.display().to_string();
            self.corrections.add(&text, &name, Format::of(file))?;
            console.note(&format!("corrections from {name}"));
        }
        Ok(())
    }

    fn bundled() -> Result<Self> {
        let report =
            |(path, text): &seeds::Seed| Report::from_bytes(Path::new(path), text.as_bytes());
        let (name, text) = seeds::CLAIMS;
        Ok(Self {
            reports: seeds::REPORTS.iter().map(report).collect::<Result<_>>()?,
            tables: vec![TableText {
                name: name.to_owned(),
                text: text.to_owned(),
                is_jsonl: false,
            }],
            ..Self::default()
        })
    }

    fn add_stdin(&mut self) {
        let name = Path::new("standard input");
        let mut bytes = Vec::new();
        match std::io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => self.add_lines("stdin", &bytes),
            Err(e) => self.problems.push(Error::read(name, e)),
        }
    }

    fn add_address(&mut self, address: &str, options: &Common) {
        match fetch::report(address, options.allow_private) {
            Ok(report) => self.reports.push(report),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn add_folder(&mut self, folder: &Path, console: &Console) {
        let (files, problems) = files_below(folder);
        let is_listed = problems.is_empty();
        self.problems.extend(problems);
        let mut is_empty = true;
        for file in files {
            if are_corrections(&file) {
                self.note_corrections(&file);
            } else if is_beside(&file) {
                console.note(&format!(
                    "passed over {}: not a report by its name",
                    file.display()
                ));
            } else if let Some(kind) = kind(&file) {
                is_empty = false;
                self.add_known(&file, kind);
            } else {
                console.note(&format!(
                    "passed over {}: not a kind of file khatt reads",
                    file.display()
                ));
                self.passed_over.push(file);
            }
        }
        if is_empty && is_listed {
            let problem =
                "no reports in this folder; khatt reads .md, .txt, .html, .jsonl and .csv";
            self.problems
                .push(Error::argument(folder.display().to_string(), problem));
        }
    }

    fn add_file(&mut self, file: &Path) {
        match kind(file) {
            Some(kind) => self.add_known(file, kind),
            None if file.exists() => {
                let problem =
                    "not a kind of file khatt reads; save it as .md, .txt, .html, .jsonl or .csv";
                self.problems
                    .push(Error::argument(file.display().to_string(), problem));
            }
            None => self.problems.push(missing(file)),
        }
    }

    fn add_known(&mut self, file: &Path, kind: Kind) {
        let bytes = match std::fs::read(file) {
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

    fn warn_of_passed_over(&self, console: &Console) {
        let extension = |file: &PathBuf| {
            file.extension()
                .map(|e| format!(".{}", e.to_string_lossy()))
        };
        let kinds: BTreeSet<String> = self
            .passed_over
            .iter()
            .map(|file| extension(file).unwrap_or_else(|| "without extension".to_owned()))
            .filter(|kind| !NO_TEXT.contains(&kind.trim_start_matches('.')))
            .collect();
        if !kinds.is_empty() {
            let kinds: Vec<String> = kinds.into_iter().collect();
            console.warn(&format!(
                "files of kinds that khatt does not read were passed over ({}); --verbose lists them",
                kinds.join(", ")
            ));
        }
    }
}

/// Files of corrections that are found without being named.
const CORRECTIONS: [&str; 2] = ["corrections.toml", "corrections.csv"];

fn are_corrections(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| CORRECTIONS.contains(&name))
}

fn is_address(argument: &str) -> bool {
    argument.starts_with("http://") || argument.starts_with("https://")
}

fn is_beside(file: &Path) -> bool {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    BESIDE.iter().any(|beside| name.starts_with(beside))
}

fn kind(file: &Path) -> Option<Kind> {
    let extension = file.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" | "txt" => Some(Kind::Text),
        "html" | "htm" => Some(Kind::Page),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        "csv" => Some(Kind::Table),
        _ => None,
    }
}

fn are_claims(bytes: &[u8]) -> bool {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .find(|line| !line.trim_ascii().is_empty());
    first
        .and_then(|line| serde_json::from_slice::<serde_json::Value>(line).ok())
        .is_some_and(|object| object.get("text").is_none() && object.get("actor").is_some())
}

/// A file that is not there; perhaps it was meant as a command.
fn missing(file: &Path) -> Error {
    let name = file.display().to_string();
    match std::fs::metadata(file) {
        Err(e) if !COMMANDS.contains(&name.as_str()) => Error::read(file, e),
        _ => Error::argument(
            &name,
            format!("no such file; if the command is meant, write it first: khatt {name} ..."),
        ),
    }
}

const COMMANDS: [&str; 8] = [
    "map",
    "extract",
    "explain",
    "review",
    "fetch",
    "places",
    "completions",
    "man",
];
