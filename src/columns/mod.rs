//! Parquet: reports in, claims out, neither ever whole in memory.
//!
//! The format stores a table column by column in groups of rows. [`ReportRows`] reads groups one
//! after the other, a page of each column at a time; [`ClaimTable`] holds the claims of one group,
//! and [`join`] puts groups that were written one by one into one file without unpacking them.

mod cell;
mod claims;
mod guard;
mod join;
mod reports;

pub use claims::ClaimTable;
pub use join::{join, piece};
pub use reports::{ReportRows, Rows};

use parquet::errors::ParquetError;

/// What a library says, without its own name for the kind of error.
fn reason(e: &ParquetError) -> String {
    let text = match e {
        ParquetError::General(text) | ParquetError::NYI(text) | ParquetError::EOF(text) => text,
        other => &other.to_string(),
    };
    text.lines().next().unwrap_or_default().to_owned()
}
