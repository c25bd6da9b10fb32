//! Claims as columns, and a group of rows of them as Parquet.

use std::io::Write;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Unit;
use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::TypePtr;

use crate::claim::Claim;
use crate::extract::{Extraction, Extractor};
use crate::output::jsonl;
use crate::report::Report;

/// One row a claim, with its report; named as in the lines of JSON.
const SCHEMA: &str = "
message claims {
    required binary report (STRING);
    required binary source (STRING);
    optional binary url (STRING);
    required binary language (STRING);
    optional int32 published (DATE);
    optional binary published_basis (STRING);
    optional binary place (STRING);
    optional double lat;
    optional double lon;
    optional binary actor (STRING);
    required binary status (STRING);
    optional double share;
    optional double area_km2;
    optional int32 date (DATE);
    optional int32 date_to (DATE);
    optional binary date_basis (STRING);
    required binary claimant (STRING);
    required binary claimant_kind (STRING);
    required binary certainty (STRING);
    required boolean exclusive;
    required binary rule (STRING);
    required group quote {
        required int64 start;
        required int64 end;
        required binary text (STRING);
    }
    required double confidence;
    required binary key (STRING);
    optional binary decision (JSON);
}";

/// The claims of some reports, column by column.
#[derive(Debug, Clone, Default)]
pub struct ClaimTable {
    columns: Vec<Values>,
    rows: usize,
}

/// The values of one column, with their levels: 1 where there is one, 0 where there is none.
#[derive(Debug, Clone)]
enum Values {
    Text(Texts),
    Numbers(Vec<f64>, Vec<i16>),
    Days(Vec<i32>, Vec<i16>),
    Offsets(Vec<i64>),
    Truths(Vec<bool>),
}

/// Texts one behind the other in one piece of memory.
#[derive(Debug, Clone, Default)]
struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    levels: Vec<i16>,
}

/// One value, as it goes into its column.
enum Value<'a> {
    Text(Option<&'a str>),
    Number(Option<f64>),
    Day(Option<Date>),
    Offset(usize),
    Truth(bool),
}

impl ClaimTable {
    /// Claims that it holds.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds the claims of a report.
    pub fn add(&mut self, report: &Report, extraction: &Extraction, extractor: &Extractor) {
        let writer = jsonl::Writer::new(report, extractor);
        for claim in &extraction.claims {
            self.add_claim(claim, report, extraction, &writer);
        }
    }

    fn add_claim<'a>(
        &mut self,
        claim: &'a Claim,
        report: &'a Report,
        extraction: &'a Extraction,
        writer: &jsonl::Writer<'a>,
    ) {
        let object = writer.claim(claim);
        let decision = object
            .decision
            .and_then(|made| serde_json::to_string(made).ok());
        let published = extraction.published;
        let row = [
            Value::Text(Some(&report.id)),
            Value::Text(Some(&report.source)),
            Value::Text(report.url.as_deref()),
            Value::Text(Some(&extraction.language)),
            Value::Day(published.map(|(date, _)| date)),
            Value::Text(published.map(|(_, basis)| basis.as_str())),
            Value::Text(object.place),
            Value::Number(object.lat),
            Value::Number(object.lon),
            Value::Text(object.actor),
            Value::Text(Some(object.status.as_str())),
            Value::Number(object.share),
            Value::Number(object.area_km2),
            Value::Day(object.date),
            Value::Day(object.date_to),
            Value::Text(object.date_basis.map(|basis| basis.as_str())),
            Value::Text(Some(object.claimant)),
            Value::Text(Some(object.claimant_kind.as_str())),
            Value::Text(Some(object.certainty.as_str())),
            Value::Truth(object.exclusive),
            Value::Text(Some(object.rule)),
            Value::Offset(object.quote.start),
            Value::Offset(object.quote.end),
            Value::Text(Some(&object.quote.text)),
            Value::Number(Some(object.confidence)),
            Value::Text(Some(&object.key)),
            Value::Text(decision.as_deref()),
        ];
        if self.columns.is_empty() {
            self.columns = row.iter().map(Values::like).collect();
        }
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(value);
        }
        self.rows += 1;
    }

    /// Adds the rows of another table behind those of this one.
    pub fn append(&mut self, other: Self) {
        if self.rows == 0 {
            *self = other;
            return;
        }
        for (column, more) in self.columns.iter_mut().zip(other.columns) {
            column.append(more);
        }
        self.rows += other.rows;
    }

    /// The rows as a Parquet file of one group.
    ///
    /// # Errors
    ///
    /// When more than memory can hold is written; else never.
    pub fn into_parquet(self) -> std::io::Result<Vec<u8>> {
        self.write().map_err(std::io::Error::other)
    }

    fn write(self) -> Result<Vec<u8>> {
        let mut file = begin(Vec::new())?;
        if self.rows > 0 {
            let mut group = file.next_row_group()?;
            for values in self.columns {
                values.write(&mut group)?;
            }
            group.close()?;
        }
        file.into_inner()
    }
}

/// Begins a file of claims.
pub(super) fn begin<W: Write + Send>(out: W) -> Result<SerializedFileWriter<W>> {
    let schema: TypePtr = Arc::new(parse_message_type(SCHEMA)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_created_by(concat!("khatt version ", env!("CARGO_PKG_VERSION")).to_owned());
    SerializedFileWriter::new(out, schema, Arc::new(properties.build()))
}

impl Values {
    /// A column for values such as this one.
    fn like(value: &Value) -> Self {
        match value {
            Value::Text(_) => Self::Text(Texts::default()),
            Value::Number(_) => Self::Numbers(Vec::new(), Vec::new()),
            Value::Day(_) => Self::Days(Vec::new(), Vec::new()),
            Value::Offset(_) => Self::Offsets(Vec::new()),
            Value::Truth(_) => Self::Truths(Vec::new()),
        }
    }

    fn push(&mut self, value: Value) {
        match (self, value) {
            (Self::Text(texts), Value::Text(text)) => {
                texts.levels.push(i16::from(text.is_some()));
                if let Some(text) = text {
                    texts.bytes.extend(text.as_bytes());
                    texts.ends.push(texts.bytes.len());
                }
            }
            (Self::Numbers(numbers, levels), Value::Number(number)) => {
                levels.push(i16::from(number.is_some()));
                numbers.extend(number);
            }
            (Self::Days(days, levels), Value::Day(day)) => {
                levels.push(i16::from(day.is_some()));
                days.extend(day.map(days_from_1970));
            }
            (Self::Offsets(offsets), Value::Offset(offset)) => offsets.push(offset as i64),
            (Self::Truths(truths), Value::Truth(truth)) => truths.push(truth),
            // Every row has the same kinds of values.
            _ => {}
        }
    }

    fn append(&mut self, more: Self) {
        match (self, more) {
            (Self::Text(texts), Self::Text(more)) => {
                let start = texts.bytes.len();
                texts.bytes.extend(more.bytes);
                texts.ends.extend(more.ends.iter().map(|end| start + end));
                texts.levels.extend(more.levels);
            }
            (Self::Numbers(numbers, levels), Self::Numbers(more, more_levels)) => {
                numbers.extend(more);
                levels.extend(more_levels);
            }
            (Self::Days(days, levels), Self::Days(more, more_levels)) => {
                days.extend(more);
                levels.extend(more_levels);
            }
            (Self::Offsets(offsets), Self::Offsets(more)) => offsets.extend(more),
            (Self::Truths(truths), Self::Truths(more)) => truths.extend(more),
            _ => {}
        }
    }

    /// Writes the column as the next of the group.
    fn write<W: Write + Send>(self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<()> {
        let Some(mut column) = group.next_column()? else {
            return Ok(());
        };
        match (column.untyped(), self) {
            (ColumnWriter::ByteArrayColumnWriter(writer), Self::Text(texts)) => {
                writer.write_batch(&arrays(texts.bytes, &texts.ends), Some(&texts.levels), None)
            }
            (ColumnWriter::DoubleColumnWriter(writer), Self::Numbers(numbers, levels)) => {
                writer.write_batch(&numbers, Some(&levels), None)
            }
            (ColumnWriter::Int32ColumnWriter(writer), Self::Days(days, levels)) => {
                writer.write_batch(&days, Some(&levels), None)
            }
            (ColumnWriter::Int64ColumnWriter(writer), Self::Offsets(offsets)) => {
                writer.write_batch(&offsets, None, None)
            }
            (ColumnWriter::BoolColumnWriter(writer), Self::Truths(truths)) => {
                writer.write_batch(&truths, None, None)
            }
            _ => Ok(0),
        }?;
        column.close()
    }
}

/// The texts, sharing their memory.
fn arrays(bytes: Vec<u8>, ends: &[usize]) -> Vec<ByteArray> {
    let bytes = Bytes::from(bytes);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let array = |(start, end): (usize, &usize)| ByteArray::from(bytes.slice(start..*end));
    starts.zip(ends).map(array).collect()
}

fn days_from_1970(day: Date) -> i32 {
    let since = date(1970, 1, 1).until((Unit::Day, day));
    // Dates are whole days of the years 1 to 9999.
    since.map_or(0, |span| span.get_days())
}
