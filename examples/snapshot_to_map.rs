//! The state of a day becomes GeoJSON and a picture.
//!
//!     cargo run --release --example snapshot_to_map -- out

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::path::{Path, PathBuf};

use jiff::civil::date;
use khatt::basemap::BaseMap;
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::front::{Front, Terrain};
use khatt::output::{Tables, geojson, write_atomic};
use khatt::region::Region;
use khatt::render::{Fonts, MapInput, MapOptions, Style, Words, compose};
use khatt::report::Report;
use khatt::timeline::{Timeline, Weighing};

/// Draws the bundled reports on one day into a folder; the files it wrote.
fn draw(folder: &Path) -> khatt::Result<Vec<PathBuf>> {
    let data = DataFolder::Bundled;
    let extractor = Extractor::load(&data)?;
    let (region, basemap) = (Region::load(&data)?, BaseMap::load(&data)?);
    let mut claims = Vec::new();
    for (path, text) in khatt::seeds::REPORTS {
        let report = Report::from_bytes(Path::new(path), text.as_bytes())?;
        claims.extend(extractor.extract(&report).claims);
    }
    let (gazetteer, actors) = (&extractor.gazetteer, &extractor.actors);
    let weighing = Weighing::load(&data)?;
    let timeline = Timeline::new(claims, gazetteer, actors, &region, &weighing);
    let snapshot = timeline.on(date(2019, 2, 16));
    let front = Front::of(&snapshot, gazetteer, &Terrain::new(&region, &basemap)?)?;

    let tables = Tables {
        gazetteer,
        actors,
        claims: timeline.claims(),
    };
    geojson::write_day(&snapshot, &front, &tables, folder)?;

    let input = MapInput {
        snapshot: &snapshot,
        front: &front,
        gazetteer,
        actors,
        region: &region,
        basemap: &basemap,
        fonts: &Fonts::load(&data)?,
        words: &Words::load(&data)?,
    };
    let scene = compose(&input, &Style::load(&data)?, &MapOptions::default())?;
    let picture = folder.join("2019-02-16.png");
    write_atomic(&picture, &scene.to_png()?)?;
    Ok(vec![
        folder.join("2019-02-16.geojson"),
        folder.join("2019-02-16.zones.geojson"),
        picture,
    ])
}

fn main() -> khatt::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    for file in draw(Path::new(&folder))? {
        println!("{}", file.display());
    }
    Ok(())
}

#[test]
fn it_runs() {
    let folder = tempfile::tempdir().unwrap();
    assert!(
        draw(folder.path())
            .unwrap()
            .iter()
            .all(|file| file.is_file())
    );
}
