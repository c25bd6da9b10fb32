//! Any bytes as a Parquet file of reports.
#![no_main]

use std::path::Path;

use khatt::columns::ReportRows;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(mut rows) = ReportRows::from_bytes(bytes.to_vec(), Path::new("fuzz.parquet")) {
        // A file may say that it has any number of rows; each batch says so once.
        for _ in 0..100 {
            if rows.batch().is_none() {
                break;
            }
        }
    }
});
