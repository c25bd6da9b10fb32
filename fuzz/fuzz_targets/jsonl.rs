//! Any bytes as a stream of reports.
#![no_main]

use khatt::report::ReadReports;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut read = ReadReports::default();
    read.add_jsonl(bytes, "reports.jsonl");
});
