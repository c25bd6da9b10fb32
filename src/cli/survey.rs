//! What the arguments name: files, folders, addresses and standard input, in order, nothing read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use khatt::corrections::{Corrections, Format};
use khatt::report::files_below;
use khatt::{Error, Result};

use super::args::Common;
use super::bounds;
use super::console::Console;

/// One thing to read.
#[derive(Debug)]
pub(crate) enum Source {
    /// The bundled example.
    Bundled,
    Stdin,
    Address(String),
    File(PathBuf, Kind),
    /// What cannot be read, with the reason.
    Broken(Error),
}

/// All that the arguments name.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// In the order of the arguments; within a folder in order of their paths.
    pub(crate) sources: Vec<Source>,
    /// What people decided: the files that lie with the inputs, and those of `--corrections`.
    pub(crate) corrections: Corrections,
    /// Files of a folder that are of no kind that khatt reads.
    passed_over: Vec<PathBuf>,
    /// Files of corrections, each once.
    corrected_by: BTreeMap<PathBuf, PathBuf>,
}

/// What a file holds, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Page,
    Lines,
    /// Rows of Parquet.
    Rows,
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

impl Survey {
    /// Looks at what the arguments name; without arguments at the bundled example.
    ///
    /// # Errors
    ///
    /// When a file of corrections cannot be read.
    pub(crate) fn of(arguments: &[PathBuf], options: &Common, console: &Console) -> Result<Self> {
        let mut survey = Self::default();
        if arguments.is_empty() {
            survey.sources.push(Source::Bundled);
        }
        for file in &options.corrections {
            survey.note_corrections(file);
        }
        survey.add_all(arguments, console);
        survey.read_corrections(console)?;
        survey.warn_of_passed_over(console);
        Ok(survey)
    }

    fn add_all(&mut self, arguments: &[PathBuf], console: &Console) {
        for argument in arguments {
            match argument.to_str() {
                Some("-") => self.sources.push(Source::Stdin),
                Some(address) if is_address(address) => {
                    self.sources.push(Source::Address(address.to_owned()));
                }
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

    fn broken(&mut self, problem: Error) {
        self.sources.push(Source::Broken(problem));
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
            let text = bounds::read_by_hand(file)?;
            let name = file.display().to_string();
            self.corrections.add(&text, &name, Format::of(file))?;
            console.note(&format!("corrections from {name}"));
        }
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path, console: &Console) {
        let (files, problems) = files_below(folder);
        let is_listed = problems.is_empty();
        self.sources
            .extend(problems.into_iter().map(Source::Broken));
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
                self.sources.push(Source::File(file, kind));
            } else {
                console.note(&format!(
                    "passed over {}: not a kind of file khatt reads",
                    file.display()
                ));
                self.passed_over.push(file);
            }
        }
        if is_empty && is_listed {
            let problem = "no reports in this folder; khatt reads .md, .txt, .html, .jsonl, .parquet and .csv";
            self.broken(Error::argument(folder.display().to_string(), problem));
        }
    }

    fn add_file(&mut self, file: &Path) {
        match kind(file) {
            Some(kind) => self.sources.push(Source::File(file.to_owned(), kind)),
            None if file.exists() => {
                let problem = "not a kind of file khatt reads; save it as .md, .txt, .html, .jsonl, .parquet or .csv";
                self.broken(Error::argument(file.display().to_string(), problem));
            }
            None => self.broken(missing(file)),
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
        "gz" | "zst" => file
            .file_stem()
            .and_then(|stem| kind(Path::new(stem)))
            .filter(|kind| *kind == Kind::Lines),
        "md" | "markdown" | "txt" => Some(Kind::Text),
        "html" | "htm" => Some(Kind::Page),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        "parquet" => Some(Kind::Rows),
        "csv" => Some(Kind::Table),
        _ => None,
    }
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

const COMMANDS: [&str; 13] = [
    "map",
    "extract",
    "diff",
    "explain",
    "review",
    "fetch",
    "places",
    "region",
    "rules",
    "serve",
    "site",
    "completions",
    "man",
];
