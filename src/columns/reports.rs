//! Reports of a Parquet file, some rows at a time.

use std::fs::File;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::cell::{Cell, Column, Meaning};
use super::guard::guarded;
use crate::error::{Error, Result};
use crate::packed::{MOST_RATIO, is_too_much};
use crate::report::{Head, Report};

/// The columns that are read, as the fields of a line of JSON.
const FIELDS: [&str; 8] = [
    "id",
    "title",
    "source",
    "url",
    "lang",
    "published",
    "published_basis",
    "text",
];
const TEXT: usize = 7;
const PUBLISHED: usize = 5;

/// Rows that are read at once; together with the pages that they lie in, all that is in memory.
const STEP: usize = 32;

/// Bytes of text that make a batch.
const BATCH: usize = 256 * 1024;

/// The rows of a Parquet file that hold reports, read one after the other.
pub struct ReportRows {
    file: String,
    reader: Box<dyn FileReader>,
    /// For each of the fields the number of its column.
    leaves: [Option<usize>; FIELDS.len()],
    group: Option<Group>,
    next_group: usize,
    /// Rows read or passed over so far.
    row: usize,
}

/// Some rows in order.
#[derive(Debug, Default)]
pub struct Rows {
    /// Their reports.
    pub reports: Vec<Report>,
    /// What could not be read, each with its row.
    pub problems: Vec<Error>,
}

/// A group of rows being read.
struct Group {
    columns: [Option<Column>; FIELDS.len()],
    left: usize,
}

impl ReportRows {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] when it cannot be opened or is no Parquet file, [`Error::Argument`] when
    /// its columns are not those of reports.
    pub fn open(file: &Path) -> Result<Self> {
        let opened = File::open(file).map_err(|e| Error::read(file, e))?;
        let reader = guarded(|| SerializedFileReader::new(opened))
            .map_err(|problem| Error::read(file, problem))?;
        Self::of(Box::new(reader), file)
    }

    /// Opens a file that lies in memory; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// As [`ReportRows::open`].
    pub fn from_bytes(bytes: Vec<u8>, file: &Path) -> Result<Self> {
        let reader = guarded(|| SerializedFileReader::new(bytes::Bytes::from(bytes)))
            .map_err(|problem| Error::read(file, problem))?;
        Self::of(Box::new(reader), file)
    }

    fn of(reader: Box<dyn FileReader>, file: &Path) -> Result<Self> {
        let file = file.display().to_string();
        let schema = reader.metadata().file_metadata().schema_descr();
        let mut leaves = [None; FIELDS.len()];
        for (index, column) in schema.columns().iter().enumerate() {
            let known = FIELDS.iter().position(|field| *field == top_name(column));
            let Some(field) = known else { continue };
            fitting(column, field).map_err(|problem| Error::argument(&file, problem))?;
            leaves[field] = Some(index);
        }
        if leaves[TEXT].is_none() {
            let problem = "no column `text`; khatt reads reports from Parquet, in columns text, id, title, source, url, lang, published";
            return Err(Error::argument(file, problem));
        }
        Ok(Self {
            file,
            reader,
            leaves,
            group: None,
            next_group: 0,
            row: 0,
        })
    }

    /// How errors name the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Rows read or passed over so far.
    #[must_use]
    pub fn row(&self) -> usize {
        self.row
    }

    /// Rows in all, as the file says.
    #[must_use]
    pub fn rows(&self) -> usize {
        let rows = self.reader.metadata().file_metadata().num_rows();
        usize::try_from(rows).unwrap_or(0)
    }

    /// Passes over the first `rows`.
    pub fn skip(&mut self, rows: usize) {
        while self.row < rows {
            let Some(length) = self.group_rows(self.next_group) else {
                return;
            };
            if self.group.is_none() && self.row + length <= rows {
                self.row += length;
                self.next_group += 1;
                continue;
            }
            let Ok(true) = self.enter_group() else { return };
            self.skip_in_group(rows - self.row);
        }
    }

    /// Passes over rows of the group that is open. What cannot be passed over cannot be read
    /// either, and says so then.
    fn skip_in_group(&mut self, rows: usize) {
        let Some(group) = &mut self.group else { return };
        let rows = rows.min(group.left);
        for column in group.columns.iter_mut().flatten() {
            let _ = guarded(|| column.skip(rows));
        }
        group.left -= rows;
        self.row += rows;
        if group.left == 0 {
            self.group = None;
        }
    }

    /// The next rows, about a quarter of a megabyte of text; none at the end.
    pub fn batch(&mut self) -> Option<Rows> {
        let mut rows = Rows::default();
        let (mut bytes, start) = (0, self.row);
        while bytes < BATCH && rows.problems.is_empty() {
            match self.enter_group() {
                Ok(true) => bytes += self.step(&mut rows),
                Ok(false) => break,
                Err(problem) => rows.problems.push(problem),
            }
        }
        (self.row > start || !rows.problems.is_empty()).then_some(rows)
    }

    fn group_rows(&self, group: usize) -> Option<usize> {
        let groups = self.reader.metadata().row_groups();
        let rows = groups.get(group)?.num_rows();
        Some(usize::try_from(rows).unwrap_or(0))
    }

    /// Makes sure that a group with rows is open; false behind the last.
    fn enter_group(&mut self) -> Result<bool> {
        while self.group.is_none() {
            let Some(rows) = self.group_rows(self.next_group) else {
                return Ok(false);
            };
            let opened = self.open_group(self.next_group, rows);
            self.next_group += 1;
            match opened {
                Ok(group) => self.group = Some(group).filter(|group| group.left > 0),
                Err(problem) => return Err(self.lose(rows, &problem)),
            }
        }
        Ok(true)
    }

    fn open_group(&self, group: usize, left: usize) -> std::result::Result<Group, String> {
        let metadata = self.reader.metadata().row_group(group);
        let reader = guarded(|| self.reader.get_row_group(group))?;
        let open = |leaf: usize| {
            let column = metadata.column(leaf);
            let size = |bytes: i64| u64::try_from(bytes).unwrap_or(0);
            let (packed, unpacked) = (column.compressed_size(), column.uncompressed_size());
            if is_too_much(size(unpacked), size(packed)) {
                return Err(format!(
                    "they unpack to more than {MOST_RATIO} times their size; if that is meant, write the file without packing"
                ));
            }
            let described = column.column_descr();
            Ok(Column {
                reader: guarded(|| reader.get_column_reader(leaf))?,
                // Checked when the file was opened.
                meaning: Meaning::of(described).unwrap_or(Meaning::Text),
                full: described.max_def_level(),
            })
        };
        let mut columns = [const { None }; FIELDS.len()];
        for (slot, leaf) in columns.iter_mut().zip(self.leaves) {
            *slot = leaf.map(open).transpose()?;
        }
        Ok(Group { columns, left })
    }

    /// Some rows of the group that is open; tells the bytes of their texts.
    fn step(&mut self, rows: &mut Rows) -> usize {
        let Some(group) = &mut self.group else {
            return 0;
        };
        let wanted = group.left.min(STEP);
        let cells = match group.read(wanted) {
            Ok(cells) => cells,
            Err(problem) => {
                let left = group.left;
                self.group = None;
                rows.problems.push(self.lose(left, &problem));
                return 0;
            }
        };
        group.left -= wanted;
        if group.left == 0 {
            self.group = None;
        }
        let mut bytes = 0;
        for row in cells {
            self.row += 1;
            match report(row, &self.file, self.row) {
                Ok(report) => {
                    bytes += report.text.len();
                    rows.reports.push(report);
                }
                Err(problem) => {
                    rows.problems
                        .push(Error::parse(&self.file, self.row, problem));
                }
            }
        }
        bytes
    }

    /// Passes over rows that cannot be read, and says so.
    fn lose(&mut self, rows: usize, problem: &str) -> Error {
        let first = self.row + 1;
        self.row += rows;
        let problem = format!(
            "rows {first} to {} cannot be read: {problem}; write the file anew",
            self.row
        );
        Error::parse(&self.file, first, problem)
    }
}

impl Group {
    /// The values of the next rows, row by row.
    fn read(&mut self, rows: usize) -> std::result::Result<Vec<Row>, String> {
        let mut out: Vec<Row> = (0..rows)
            .map(|_| [const { Ok(None) }; FIELDS.len()])
            .collect();
        for (field, column) in self.columns.iter_mut().enumerate() {
            let Some(column) = column else { continue };
            let cells = guarded(|| column.read(rows))?;
            if cells.len() < rows {
                return Err(format!("column `{}` ends early", FIELDS[field]));
            }
            for (row, cell) in out.iter_mut().zip(cells) {
                row[field] = cell;
            }
        }
        Ok(out)
    }
}

type Row = [Cell; FIELDS.len()];

/// The report of one row.
fn report(row: Row, file: &str, number: usize) -> std::result::Result<Report, String> {
    let mut values: [Option<String>; FIELDS.len()] = Default::default();
    for ((value, cell), field) in values.iter_mut().zip(row).zip(FIELDS) {
        *value = cell.map_err(|problem| format!("column `{field}`: {problem}"))?;
    }
    let [
        id,
        title,
        source,
        url,
        lang,
        published,
        published_basis,
        text,
    ] = values;
    let text = text.ok_or("this row has no `text`")?;
    let head = Head {
        id,
        title,
        source,
        url,
        lang,
        published,
        published_basis,
        text: None,
    };
    Report::of_stream(head, text, file, number)
}

/// The name of a column, or of the list or structure that it is a part of.
fn top_name(column: &ColumnDescriptor) -> &str {
    column.path().parts().first().map_or("", String::as_str)
}

/// A column can be read for a field: one value a row, of a type that can be that field.
fn fitting(column: &ColumnDescriptor, field: usize) -> std::result::Result<(), String> {
    let name = FIELDS[field];
    if column.path().parts().len() > 1 || column.max_rep_level() > 0 {
        return Err(format!(
            "column `{name}` is a list or structure; write one text a row"
        ));
    }
    let is_fitting = match Meaning::of(column) {
        Some(Meaning::Text) => true,
        Some(Meaning::Number) => name == "id",
        Some(_) => field == PUBLISHED,
        None => false,
    };
    let wanted = if field == PUBLISHED {
        "a date, or as text"
    } else {
        "text"
    };
    is_fitting.then_some(()).ok_or_else(|| {
        let is = column.physical_type();
        format!("column `{name}` is stored as {is}; write it as {wanted}")
    })
}
