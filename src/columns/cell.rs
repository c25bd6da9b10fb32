//! One column of a Parquet file as text, whichever of several types it is stored in.

use jiff::Span;
use jiff::civil::date;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::Result;
use parquet::schema::types::ColumnDescriptor;

/// The value of one row: none where there is none, an error where it is not what it should be.
pub(super) type Cell = std::result::Result<Option<String>, String>;

/// What the values of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Text,
    Number,
    /// Days since 1970.
    Day,
    /// Parts of a second since 1970, so many to a second.
    Moment(i64),
    /// A moment in the twelve bytes that older programs write.
    OldMoment,
}

impl Meaning {
    /// What a column of this type can be read as; none when it is of no use for a report.
    pub(super) fn of(column: &ColumnDescriptor) -> Option<Self> {
        let converted = column.converted_type();
        match (column.physical_type(), column.logical_type_ref()) {
            (Type::BYTE_ARRAY, _) => Some(Self::Text),
            (Type::INT32, Some(LogicalType::Date)) => Some(Self::Day),
            (Type::INT32, _) if converted == ConvertedType::DATE => Some(Self::Day),
            (Type::INT64, Some(LogicalType::Timestamp(moment))) => {
                Some(Self::Moment(match moment.unit {
                    TimeUnit::MILLIS => 1_000,
                    TimeUnit::MICROS => 1_000_000,
                    TimeUnit::NANOS => 1_000_000_000,
                }))
            }
            (Type::INT64, _) if converted == ConvertedType::TIMESTAMP_MILLIS => {
                Some(Self::Moment(1_000))
            }
            (Type::INT64, _) if converted == ConvertedType::TIMESTAMP_MICROS => {
                Some(Self::Moment(1_000_000))
            }
            (Type::INT32 | Type::INT64, _) => Some(Self::Number),
            (Type::INT96, _) => Some(Self::OldMoment),
            _ => None,
        }
    }

    fn number(self, value: i64) -> Cell {
        match self {
            Self::Day => day(value),
            Self::Moment(parts) => day(value.div_euclid(parts * 86_400)),
            _ => Ok(Some(value.to_string())),
        }
    }
}

/// A column that is read from row to row.
pub(super) struct Column {
    pub(super) reader: ColumnReader,
    pub(super) meaning: Meaning,
    /// The level at which a value is there and not null.
    pub(super) full: i16,
}

impl Column {
    /// The next `most` values, fewer at the end of the group of rows.
    pub(super) fn read(&mut self, most: usize) -> Result<Vec<Cell>> {
        let (full, meaning) = (self.full, self.meaning);
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => read(reader, most, full, text),
            ColumnReader::Int32ColumnReader(reader) => {
                read(reader, most, full, |value| meaning.number(value.into()))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                read(reader, most, full, |value| meaning.number(value))
            }
            ColumnReader::Int96ColumnReader(reader) => read(reader, most, full, old_moment),
            _ => Ok(Vec::new()),
        }
    }

    /// Passes over `rows`.
    pub(super) fn skip(&mut self, rows: usize) -> Result<usize> {
        match &mut self.reader {
            ColumnReader::ByteArrayColumnReader(reader) => reader.skip_records(rows),
            ColumnReader::Int32ColumnReader(reader) => reader.skip_records(rows),
            ColumnReader::Int64ColumnReader(reader) => reader.skip_records(rows),
            ColumnReader::Int96ColumnReader(reader) => reader.skip_records(rows),
            _ => Ok(0),
        }
    }
}

fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    most: usize,
    full: i16,
    cell: impl Fn(T::T) -> Cell,
) -> Result<Vec<Cell>> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let (rows, ..) = reader.read_records(most, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter().map(cell);
    if full == 0 {
        return Ok(values.collect());
    }
    let is_there = |level: &i16| *level == full;
    let cells = levels.iter().take(rows).map(|level| {
        let value = is_there(level).then(|| values.next()).flatten();
        value.unwrap_or(Ok(None))
    });
    Ok(cells.collect())
}

fn text(value: ByteArray) -> Cell {
    match std::str::from_utf8(value.data()) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(_) => Err("not UTF-8; write it as UTF-8".to_owned()),
    }
}

fn old_moment(value: Int96) -> Cell {
    // The last word counts days by the Julian calendar's epoch.
    const DAY_OF_1970: i64 = 2_440_588;
    day(i64::from(value.data()[2]) - DAY_OF_1970)
}

/// The date that lies so many days behind the first of 1970.
fn day(days: i64) -> Cell {
    let first = date(1970, 1, 1);
    let span = Span::new().try_days(days);
    span.and_then(|span| first.checked_add(span))
        .map(|day| Some(day.to_string()))
        .map_err(|e| format!("{days} days from 1970 are no date: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_dates() {
        let cases = [
            (Meaning::Day, 17_862, "2018-11-27"),
            (Meaning::Day, -1, "1969-12-31"),
            (Meaning::Moment(1_000), 1_543_276_800_000, "2018-11-27"),
            (
                Meaning::Moment(1_000_000),
                1_543_363_199_999_999,
                "2018-11-27",
            ),
            (Meaning::Moment(1_000), -1, "1969-12-31"),
            (Meaning::Number, 7, "7"),
        ];
        for (meaning, value, expected) in cases {
            assert_eq!(meaning.number(value), Ok(Some(expected.to_owned())));
        }
        assert!(Meaning::Day.number(i64::MAX).is_err());
        let mut old = Int96::new();
        old.set_data(0, 0, 2_458_450);
        assert_eq!(old_moment(old), Ok(Some("2018-11-27".to_owned())));
    }
}
