//! Reports: dated texts and where they came from.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::claim::DateBasis;
use crate::error::{Error, Result};

/// One text with what is known of its origin.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Lasting name; the file's stem unless the front matter gives another.
    pub id: String,
    /// Headline, when it stands beside the text.
    pub title: Option<String>,
    /// The outlet; empty when nothing says it.
    pub source: String,
    /// Its address.
    pub url: Option<String>,
    /// Two-letter code of its language, when given.
    pub language: Option<String>,
    /// When it came out, when given beside the text.
    pub published: Option<(Date, DateBasis)>,
    /// The body. Offsets of mentions and quotes count from its head.
    pub text: String,
}

/// A report's front matter, one line of a JSONL stream, or one row of a table.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Head {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) published_basis: Option<String>,
    pub(crate) text: Option<String>,
}

/// What was read, and the problems met on the way; a problem with one report does not stop the rest.
#[derive(Debug, Default)]
pub struct ReadReports {
    /// The reports, in order of reading.
    pub reports: Vec<Report>,
    /// What could not be read, in order.
    pub problems: Vec<Error>,
}

impl Report {
    /// Reads a report from the bytes of a `.md` or `.txt` file.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the bytes are not UTF-8 or the front matter is broken.
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self> {
        let file = path.display().to_string();
        let text = std::str::from_utf8(bytes).map_err(|e| {
            Error::parse(
                &file,
                crate::data::line_of(bytes, e.valid_up_to()),
                "not UTF-8; save the file as UTF-8",
            )
        })?;
        let stem = path.file_stem().map_or_else(
            || "report".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        );
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Self::from_text(&stem, text, &file)
    }

    /// Reads a report from text that may begin with front matter; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the front matter is not closed, is not YAML, or has a date that is
    /// not `YYYY-MM-DD`.
    pub fn from_text(stem: &str, text: &str, file: &str) -> Result<Self> {
        let Some((head, body)) = split_front_matter(text, file)? else {
            return Ok(Self {
                id: stem.to_owned(),
                text: text.to_owned(),
                ..Self::default()
            });
        };
        let head: Head = if head.trim().is_empty() {
            Head::default()
        } else {
            serde_saphyr::from_str(head).map_err(|e| {
                let line = e.location().map_or(1, |at| at.line() as usize) + 1;
                Error::parse(
                    file,
                    line,
                    format!(
                        "front matter is not `key: value` lines ({})",
                        first_line(&e.to_string())
                    ),
                )
            })?
        };
        let published_line = text
            .lines()
            .position(|line| line.starts_with("published:"))
            .map_or(1, |index| index + 1);
        Self::from_head(head, stem, body.to_owned())
            .map_err(|problem| Error::parse(file, published_line, problem))
    }

    /// Reads one line of a JSONL stream; `number` counts lines from one.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the line is not a JSON object with a `text`.
    pub fn from_json(line: &str, file: &str, number: usize) -> Result<Self> {
        let fail = |problem: String| Error::parse(file, number, problem);
        let mut head: Head = serde_json::from_str(line).map_err(|e| {
            fail(format!(
                "not a JSON object with the fields of a report: {e}"
            ))
        })?;
        let text = head
            .text
            .take()
            .ok_or_else(|| fail("no field `text`".into()))?;
        Self::of_stream(head, text, file, number).map_err(fail)
    }

    /// One of many reports in a file; without an id it is named after its number there.
    pub(crate) fn of_stream(
        head: Head,
        text: String,
        file: &str,
        number: usize,
    ) -> std::result::Result<Self, String> {
        Self::from_head(head, &format!("{}-{number}", stem_of(file)), text)
    }

    fn from_head(head: Head, stem: &str, text: String) -> std::result::Result<Self, String> {
        let basis = match head.published_basis.as_deref() {
            None | Some("given") => DateBasis::Given,
            Some("metadata") => DateBasis::Metadata,
            Some("dateline") => DateBasis::Dateline,
            Some("inferred") => DateBasis::Inferred,
            Some(other) => {
                return Err(format!(
                    "unknown published_basis `{other}`; use given, metadata, dateline or inferred"
                ));
            }
        };
        let published = match head.published.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(date) => Some((
                date.get(..10)
                    .unwrap_or(date)
                    .parse()
                    .map_err(|e| format!("published `{date}` is not a date YYYY-MM-DD ({e})"))?,
                basis,
            )),
        };
        Ok(Self {
            id: head
                .id
                .filter(|id| !id.is_empty())
                .unwrap_or_else(|| stem.to_owned()),
            title: head.title,
            source: head.source.unwrap_or_default(),
            url: head.url,
            language: head.lang,
            published,
            text,
        })
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

fn stem_of(file: &str) -> String {
    let packed = [".gz", ".zst"]
        .iter()
        .find_map(|end| file.strip_suffix(end));
    Path::new(packed.unwrap_or(file)).file_stem().map_or_else(
        || "stdin".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    )
}

/// Front matter and body, when the text begins with a line `---`.
fn split_front_matter<'t>(text: &'t str, file: &str) -> Result<Option<(&'t str, &'t str)>> {
    let Some(rest) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return Ok(None);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Some((&rest[..at], &rest[at + line.len()..])));
        }
        at += line.len();
    }
    Err(Error::parse(
        file,
        1,
        "front matter is not closed; end it with a line `---`",
    ))
}

impl ReadReports {
    /// Reads a file of one report.
    pub fn add_file(&mut self, path: &Path) {
        match std::fs::read(path)
            .map_err(|e| Error::read(path, e))
            .and_then(|bytes| Report::from_bytes(path, &bytes))
        {
            Ok(report) => self.reports.push(report),
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Reads a stream of one JSON object a line; a broken line is a problem, the rest still counts.
    pub fn add_jsonl(&mut self, input: impl BufRead, file: &str) {
        self.add_lines(input, file, 1);
    }

    /// As [`ReadReports::add_jsonl`], for a part of a stream whose first line has the number `first`.
    pub fn add_lines(&mut self, input: impl BufRead, file: &str, first: usize) {
        for (index, line) in (first - 1..).zip(input.split(b'\n')) {
            let read = line
                .map_err(|e| Error::read(Path::new(file), e))
                .and_then(|line| {
                    let text = String::from_utf8(line)
                        .map_err(|e| Error::parse(file, index + 1, format!("not UTF-8: {e}")))?;
                    if text.trim().is_empty() {
                        Ok(None)
                    } else {
                        Report::from_json(&text, file, index + 1).map(Some)
                    }
                });
            match read {
                Ok(report) => self.reports.extend(report),
                Err(problem) => self.problems.push(problem),
            }
        }
    }
}

/// Every file below `folder`, sorted by path, and the folders that could not be listed. Hidden
/// files and folders are left out.
#[must_use]
pub fn files_below(folder: &Path) -> (Vec<PathBuf>, Vec<Error>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        match entries(&folder) {
            Ok(found) => {
                for (path, is_folder) in found {
                    if is_folder {
                        folders.push(path);
                    } else {
                        files.push(path);
                    }
                }
            }
            Err(e) => problems.push(Error::read(&folder, e)),
        }
    }
    files.sort();
    (files, problems)
}

/// The visible entries of one folder, each with whether it is a folder. A link to a folder does
/// not count as one: it could lead in a circle.
fn entries(folder: &Path) -> std::io::Result<Vec<(PathBuf, bool)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.push((entry.path(), entry.file_type()?.is_dir()));
        }
    }
    Ok(found)
}
