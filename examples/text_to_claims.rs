//! A text becomes claims: who holds what, when, in whose words.
//!
//!     cargo run --release --example text_to_claims

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::report::Report;

const TEXT: &str = "---\nsource: Hajin Network\npublished: 2018-12-14\n---\n\
    سيطرت قوات سوريا الديمقراطية على بلدة هجين، وانسحب تنظيم الدولة إلى السوسة.";

fn main() -> khatt::Result<()> {
    let extractor = Extractor::load(&DataFolder::Bundled)?;
    let report = Report::from_text("hajin", TEXT, "hajin.md")?;
    for claim in extractor.extract(&report).claims {
        let place = claim.place.map(|id| extractor.gazetteer.place(id));
        let actor = claim.actor.map(|id| extractor.actors.actor(id));
        println!(
            "{}: {} {}, {:.2}, \"{}\"",
            place.map_or("a pocket", |place| place.name_en),
            actor.map_or("nobody", |actor| &actor.id),
            claim.status.as_str(),
            claim.confidence,
            claim.quote.text
        );
    }
    Ok(())
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
