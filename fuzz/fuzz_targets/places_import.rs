//! Any bytes as places of another gazetteer: the first byte chooses the format.
#![no_main]

use std::sync::LazyLock;

use khatt::data::DataFolder;
use khatt::gazetteer::Gazetteer;
use khatt::import::{Format, Reader, merge};
use khatt::lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;

static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    [Format::Geonames, Format::Osm, Format::Ocha, Format::Csv]
        .map(|format| Reader::new(&DataFolder::Bundled, format, &[]).expect("the table is sound"))
        .into()
});
static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    ["ar", "en"]
        .map(|language| Lexicon::load(&DataFolder::Bundled, language).expect("sound"))
        .into()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let reader = &READERS[usize::from(*first) % READERS.len()];
    if let Ok(found) = reader.read(rest, "places") {
        if let Ok(merged) = merge("", "gazetteer.csv", found.places, &LEXICONS) {
            assert!(Gazetteer::parse(&merged.text, "gazetteer.csv").is_ok());
        }
    }
});
