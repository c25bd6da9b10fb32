//! Any bytes as a report with front matter.
#![no_main]

use std::path::Path;

use khatt::report::Report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Report::from_bytes(Path::new("report.md"), bytes);
});
