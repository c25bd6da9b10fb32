//! Times what follows extraction, step by step, on the bundled example: `cargo bench --bench stages`.
//!
//! The claims of the bundled reports and table become the timeline, the states of all days, the
//! ground of one, its scene and its PNG, and the GeoPackage of all days. Means, by the time of one core.

#![allow(clippy::print_stdout, reason = "a bench speaks to its reader")]
#![allow(clippy::too_many_lines, reason = "one step after the other")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use khatt::Result;
use khatt::basemap::BaseMap;
use khatt::claim::Claim;
use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::front::{Front, Fronts, Terrain};
use khatt::output::run::{Day, Look, Run};
use khatt::output::{Tables, gpkg};
use khatt::region::Region;
use khatt::render::{Fonts, Lang, MapInput, MapOptions, Style, Words, compose};
use khatt::report::Report;
use khatt::seeds;
use khatt::timeline::{Snapshot, Timeline, Weighing};

/// A step is repeated until it has taken this long, for the system counts in ticks.
const LONG_ENOUGH: Duration = Duration::from_millis(400);

/// Prints the mean time of `step`, and gives what it made last.
fn time<T>(name: &str, step: impl Fn() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let begun = clock(start);
    let mut rounds = 0;
    loop {
        let made = black_box(step()?);
        rounds += 1;
        let took = clock(start) - begun;
        if took >= LONG_ENOUGH {
            println!("{name:<32} {:>9.2?}", took / rounds);
            return Ok(made);
        }
    }
}

/// Time that this thread has spent on a core, where the system tells it; else since `start`.
fn clock(start: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The claims of the bundled table and reports.
fn claims(extractor: &Extractor) -> Result<Vec<Claim>> {
    let lookup = Lookup {
        gazetteer: &extractor.gazetteer,
        actors: &extractor.actors,
        sources: &extractor.sources,
        resolve: &|name| extractor.place_named(name),
    };
    let (name, text) = seeds::CLAIMS;
    let mut claims = ClaimsTable::parse(text, name, TableFormat::Csv, &lookup)?.claims;
    for (path, text) in seeds::REPORTS {
        let report = Report::from_bytes(Path::new(path), text.as_bytes())?;
        claims.extend(extractor.extract(&report).claims);
    }
    Ok(claims)
}

fn main() -> Result<()> {
    let data = DataFolder::Bundled;
    let extractor = time("tables read", || Extractor::load(&data))?;
    let (gazetteer, actors) = (&extractor.gazetteer, &extractor.actors);
    let region = Region::load(&data)?;
    let weighing = Weighing::load(&data)?;
    let basemap = time("base map read", || BaseMap::load(&data))?;
    let claims = claims(&extractor)?;
    let timeline = time(&format!("timeline of {} claims", claims.len()), || {
        let claims = claims.clone();
        Ok(Timeline::new(claims, gazetteer, actors, &region, &weighing))
    })?;
    let days = timeline.dates();
    let snapshots = time(&format!("states of {} days", days.len()), || {
        Ok(days.iter().map(|day| timeline.on(*day)).collect::<Vec<_>>())
    })?;
    let terrain = Terrain::new(&region, &basemap)?;
    let Some(snapshot) = snapshots.last() else {
        return Ok(());
    };
    time("ground divided by its rivers", || {
        Fronts::new(gazetteer, &terrain)
    })?;
    let front = time("ground of one day", || {
        Front::of(snapshot, gazetteer, &terrain)
    })?;
    let (fonts, words, style) = (
        Fonts::load(&data)?,
        Words::load(&data)?,
        Style::load(&data)?,
    );
    let input = MapInput {
        snapshot,
        front: &front,
        gazetteer,
        actors,
        region: &region,
        basemap: &basemap,
        fonts: &fonts,
        words: &words,
    };
    let options = MapOptions::default();
    let scene = time("scene of one day", || compose(&input, &style, &options))?;
    time("its PNG", || scene.to_png())?;
    let fronts = Fronts::new(gazetteer, &terrain)?;
    let day = |snapshot: &Snapshot| -> Result<Day> {
        Ok(Day {
            snapshot: snapshot.clone(),
            front: fronts.of(snapshot)?,
        })
    };
    let days: Vec<Day> = snapshots.iter().map(day).collect::<Result<_>>()?;
    let run = Run {
        days: &days,
        timeline: &timeline,
        tables: Tables {
            gazetteer,
            actors,
            claims: timeline.claims(),
        },
        basemap: &basemap,
        look: Look {
            style: &style,
            words: &words,
            actors,
            region: &region,
            lang: Lang::Both,
        },
    };
    let folder = std::env::temp_dir().join(format!("khatt-stages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| khatt::Error::write(&folder, e))?;
    let written = time(&format!("GeoPackage of {} days", days.len()), || {
        gpkg::write(&run, &folder)
    });
    // What is left in the folder of the system for such files does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    written
}
