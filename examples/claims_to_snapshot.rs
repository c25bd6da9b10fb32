//! Claims of a table become the state of a day, with the sources behind it.
//!
//!     cargo run --release --example claims_to_snapshot

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use jiff::civil::date;
use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::output::words::label;
use khatt::region::Region;
use khatt::timeline::{Timeline, Weighing};

const TABLE: &str = "date,place,place_ar,actor,status,share,area_km2,claimant,source_url,note
2018-11-27,Hajin,هجين,IS,control,,,SOHR,,the town is the last large one of the pocket
2018-12-14,Hajin,هجين,SDF,control,,,SOHR,,taken after fighting in its centre
";

fn main() -> khatt::Result<()> {
    let data = DataFolder::Bundled;
    let extractor = Extractor::load(&data)?;
    let lookup = Lookup {
        gazetteer: &extractor.gazetteer,
        actors: &extractor.actors,
        sources: &extractor.sources,
        resolve: &|name| extractor.place_named(name),
    };
    let table = ClaimsTable::parse(TABLE, "claims.csv", TableFormat::Csv, &lookup)?;
    let timeline = Timeline::new(
        table.claims,
        &extractor.gazetteer,
        &extractor.actors,
        &Region::load(&data)?,
        &Weighing::load(&data)?,
    );
    for day in [date(2018, 12, 1), date(2018, 12, 20)] {
        for holding in timeline.on(day).holdings {
            println!(
                "{day} {}: {}, {:.2}, by {}",
                extractor.gazetteer.place(holding.place).name_en,
                label(&holding.control, &extractor.actors).name_en,
                holding.confidence,
                holding.sources.join("; ")
            );
        }
    }
    Ok(())
}

#[test]
fn it_runs() {
    assert!(main().is_ok());
}
