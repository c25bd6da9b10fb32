//! Any claims: states of places on every day, and the fronts of the last.
#![no_main]

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::date;
use khatt::basemap::BaseMap;
use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::front::{Front, Terrain};
use khatt::region::Region;
use khatt::timeline::{Timeline, Weighing};
use libfuzzer_sys::fuzz_target;

struct Tables {
    extractor: Extractor,
    region: Region,
    weighing: Weighing,
    terrain: Terrain,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let data = DataFolder::Bundled;
    let region = Region::load(&data).expect("sound");
    let basemap = BaseMap::load(&data).expect("sound");
    Tables {
        extractor: Extractor::load(&data).expect("sound"),
        terrain: Terrain::new(&region, &basemap).expect("sound"),
        weighing: Weighing::load(&data).expect("sound"),
        region,
    }
});

const STATES: [&str; 6] = ["control", "partial", "contested", "lost", "presence", "control"];
const ACTORS: [&str; 4] = ["SDF", "IS", "GOV", ""];

/// A row of a claims table out of five bytes: place, actor, status, day, source and size.
fn row(bytes: &[u8], places: &[String]) -> String {
    let pick = |index: usize| usize::from(bytes[index]);
    let place = &places[pick(0) % places.len()];
    let (actor, status) = (ACTORS[pick(1) % 4], STATES[pick(2) % 6]);
    let day = date(2019, 1, 1) + i32::from(bytes[3]).days();
    let size = if pick(1) > 200 { (pick(4) * 3).to_string() } else { String::new() };
    format!("{day},{place},{place},{actor},{status},{size},source {},{day}\n", pick(4) % 7)
}

fuzz_target!(|bytes: &[u8]| {
    let tables = &*TABLES;
    let extractor = &tables.extractor;
    let places: Vec<String> = extractor.gazetteer.iter().map(|(_, place)| place.id.clone()).collect();
    let mut text = "date,place,place_id,actor,status,area_km2,claimant,published\n".to_owned();
    text.extend(bytes.chunks_exact(5).take(60).map(|five| row(five, &places)));
    let lookup = Lookup {
        gazetteer: &extractor.gazetteer,
        actors: &extractor.actors,
        sources: &extractor.sources,
        resolve: &|name| extractor.place_named(name),
    };
    let Ok(table) = ClaimsTable::parse(&text, "claims", TableFormat::Csv, &lookup) else {
        return;
    };
    let timeline = Timeline::new(
        table.claims,
        &extractor.gazetteer,
        &extractor.actors,
        &tables.region,
        &tables.weighing,
    );
    for day in timeline.dates() {
        for holding in timeline.on(day).holdings {
            assert!((0.0..=1.0).contains(&holding.confidence));
        }
    }
    if let Some(day) = timeline.newest_event() {
        let front = Front::of(&timeline.on(day), &extractor.gazetteer, &tables.terrain);
        front.expect("any snapshot has a front");
    }
});
