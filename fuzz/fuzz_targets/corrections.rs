//! Any text as a file of corrections: TOML, or CSV when it begins with `kind`.
#![no_main]

use std::sync::LazyLock;

use khatt::corrections::{Corrections, Format, Ledger};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::load(&DataFolder::Bundled).expect("the bundled tables are sound"));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let format = if bytes.starts_with(b"kind") { Format::Csv } else { Format::Toml };
    let mut corrections = Corrections::default();
    if corrections.add(&text, "corrections", format).is_err() {
        return;
    }
    if let Ok((places, stale)) = corrections.amend(EXTRACTOR.gazetteer.clone()) {
        let _ = Ledger::new(corrections, &places, &EXTRACTOR.actors, stale);
    }
});
