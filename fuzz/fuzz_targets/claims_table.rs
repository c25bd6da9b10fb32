//! Any text as a table of claims: the first byte chooses between CSV and JSON lines.
#![no_main]

use std::sync::LazyLock;

use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::load(&DataFolder::Bundled).expect("the bundled tables are sound"));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let lookup = Lookup {
        gazetteer: &EXTRACTOR.gazetteer,
        actors: &EXTRACTOR.actors,
        sources: &EXTRACTOR.sources,
        resolve: &|name| EXTRACTOR.place_named(name),
    };
    let format = if bytes.first() == Some(&b'{') {
        TableFormat::Jsonl
    } else {
        TableFormat::Csv
    };
    let _ = ClaimsTable::parse(&text, "claims", format, &lookup);
});
