//! Any text as the rules of a language.
#![no_main]

use std::sync::LazyLock;

use khatt::data::DataFolder;
use khatt::extract::Rule;
use khatt::lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::load(&DataFolder::Bundled, "ar").expect("the bundled tables are sound")
});

fuzz_target!(|bytes: &[u8]| {
    let data = DataFolder::patched("rules/ar.rules", bytes.to_vec());
    let _ = Rule::load(&data, &LEXICON);
});
