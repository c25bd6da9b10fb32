//! Any text through the whole of extraction and out again as a JSON line.
#![no_main]

use std::sync::LazyLock;

use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::output::jsonl;
use khatt::report::Report;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::load(&DataFolder::Bundled).expect("the bundled tables are sound"));

fuzz_target!(|bytes: &[u8]| {
    let report = Report {
        text: String::from_utf8_lossy(bytes).into_owned(),
        ..Report::default()
    };
    let extraction = EXTRACTOR.extract(&report);
    let mut line = Vec::new();
    jsonl::write(&mut line, &report, &extraction, &EXTRACTOR);
    assert!(line.ends_with(b"}") && !line.contains(&b'\n'));
});
