//! Groups of rows that were written one by one, as one file.

use std::io::{self, Read, Write};

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::writer::SerializedFileWriter;

use super::claims::begin;

/// A piece: its length in bytes, then a Parquet file of claims.
pub fn piece(file: &[u8]) -> Vec<u8> {
    let mut out = (file.len() as u64).to_le_bytes().to_vec();
    out.extend(file);
    out
}

/// Writes the groups of all pieces as one file of claims; nothing is unpacked.
///
/// # Errors
///
/// When the pieces cannot be read or the file cannot be written.
pub fn join(mut pieces: impl Read, out: impl Write + Send) -> io::Result<()> {
    let mut file = begin(out).map_err(io::Error::other)?;
    while let Some(piece) = next_piece(&mut pieces)? {
        add(&mut file, &piece).map_err(io::Error::other)?;
    }
    file.close().map_err(io::Error::other)?;
    Ok(())
}

fn next_piece(pieces: &mut impl Read) -> io::Result<Option<Bytes>> {
    let mut length = Vec::new();
    pieces.by_ref().take(8).read_to_end(&mut length)?;
    let Ok(length) = <[u8; 8]>::try_from(length) else {
        return Ok(None);
    };
    let length = u64::from_le_bytes(length);
    let mut piece = Vec::new();
    pieces.by_ref().take(length).read_to_end(&mut piece)?;
    if piece.len() as u64 == length {
        Ok(Some(piece.into()))
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Copies the groups of one piece.
fn add<W: Write + Send>(file: &mut SerializedFileWriter<W>, piece: &Bytes) -> Result<()> {
    let metadata = ParquetMetaDataReader::new().parse_and_finish(piece)?;
    for group in metadata.row_groups() {
        let mut out = file.next_row_group()?;
        for column in group.columns() {
            let whole = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                rows_written: u64::try_from(group.num_rows()).unwrap_or(0),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            out.append_column(piece, whole)?;
        }
        out.close()?;
    }
    Ok(())
}
