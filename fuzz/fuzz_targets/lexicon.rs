//! Any text as the grammar of a language, and as its table of words.
#![no_main]

use khatt::data::DataFolder;
use khatt::lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let table = if bytes.first() == Some(&b'#') { "lexicon/en.tsv" } else { "lexicon/en.toml" };
    let data = DataFolder::patched(table, bytes.to_vec());
    if let Ok(lexicon) = Lexicon::load(&data, "en") {
        let _ = lexicon.longest("the town", |_| None);
        let _ = lexicon.ends_in_pronoun("it");
    }
});
