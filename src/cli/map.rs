//! `khatt map`: inputs to the files of each day.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use khatt::claim::Claim;
use khatt::front::{Front, Terrain};
use khatt::output::{Tables, geojson, unused, write_atomic};
use khatt::render::{self, MapInput, MapOptions, Scene};
use khatt::timeline::Timeline;
use khatt::{Error, Result};

use super::args::{Common, MapArgs, Picture};
use super::atlas::{Atlas, Desk, data_folder};
use super::console::{Console, print_error};
use super::inputs::Inputs;
use super::reading::Reading;
use super::{Outcome, parallel};

/// Everything that is the same for all days.
struct Work<'a> {
    timeline: &'a Timeline,
    atlas: &'a Atlas,
    desk: &'a Desk,
    terrain: Terrain,
    options: MapOptions,
    args: &'a MapArgs,
}

/// What came of one day.
struct DayDone {
    files: usize,
    places: usize,
    unlabelled: Vec<String>,
}

pub(crate) fn run(args: &MapArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let data = data_folder(common);
    let atlas = Atlas::load(&data)?;
    let desk = Desk::load(&data)?;
    let inputs = Inputs::read(&args.inputs, common, console)?;
    prepare(&args.out)?;
    let mut reading = Reading::of(inputs, &atlas, console)?;
    if let Some(day) = args.known_by {
        reading.timeline = reading.timeline.known_by(day);
    }
    let dates = dates(args, &reading, console)?;
    let work = Work {
        timeline: &reading.timeline,
        atlas: &atlas,
        desk: &desk,
        terrain: Terrain::new(&atlas.region, &desk.basemap)?,
        options: options(args),
        args,
    };
    let days = draw(&work, &dates, console)?;
    geojson::write_timeline(work.timeline, &work.tables(), &args.out)?;
    unused::write(&reading.unused, &args.out)?;
    summary(&reading, &days, args, console);
    Ok(
        match (days.iter().any(Option::is_none), reading.has_problems) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::SomeUnread,
            (false, false) => Outcome::Done,
        },
    )
}

/// Makes the folder, before any long work is done in vain.
fn prepare(out: &Path) -> Result<()> {
    std::fs::create_dir_all(out).map_err(|e| Error::write(out, e))?;
    tempfile::Builder::new()
        .prefix(".khatt-")
        .tempfile_in(out)
        .map(|_| ())
        .map_err(|e| Error::write(out, e))
}

fn options(args: &MapArgs) -> MapOptions {
    MapOptions {
        size_px: args.size,
        dpi: args.dpi,
        extent: args.extent,
        lang: args.lang.into(),
        title: None,
    }
}

/// The days to map, in order.
fn dates(args: &MapArgs, reading: &Reading, console: &Console) -> Result<Vec<Date>> {
    let mut dates = if !args.dates.is_empty() {
        args.dates.clone()
    } else if args.all_dates {
        reading.timeline.dates()
    } else if reading.published.is_empty() {
        let newest = reading.timeline.dates().pop();
        if let Some(day) = newest {
            console.say(&format!("no dated report, so the newest day of the claims: {day}; --all-dates maps every day"));
        }
        newest.into_iter().collect()
    } else {
        reading.published.iter().copied().collect()
    };
    if let Some(last) = args.known_by.filter(|_| args.dates.is_empty()) {
        dates.retain(|day| *day <= last);
    }
    dates.sort();
    dates.dedup();
    if dates.is_empty() {
        let problem = "no input has a date, so there is no day to map; give each report `published`, or give --date";
        return Err(Error::argument("--date", problem));
    }
    Ok(dates)
}

/// Draws the days; none stands for a day that failed, which stops no other. Only a file that
/// cannot be written stops all: the others could not be either.
fn draw(work: &Work, dates: &[Date], console: &Console) -> Result<Vec<Option<DayDone>>> {
    let bar = console.progress(dates.len(), "drawing");
    let results = parallel::map(dates, |date| {
        let done = work.day(*date);
        bar.inc(1);
        done
    });
    bar.finish_and_clear();
    let mut days = Vec::new();
    for (date, result) in dates.iter().zip(results) {
        match result {
            Ok(done) => {
                report_day(*date, &done, console);
                days.push(Some(done));
            }
            Err(problem @ (Error::Write { .. } | Error::Argument { .. })) => return Err(problem),
            Err(problem) => {
                print_error(&problem);
                days.push(None);
            }
        }
    }
    Ok(days)
}

fn report_day(date: Date, done: &DayDone, console: &Console) {
    if done.places == 0 {
        console.warn(&format!(
            "{date}: no claim speaks of any place up to that day"
        ));
    }
    if !done.unlabelled.is_empty() {
        console.note(&format!(
            "{date}: no room for the names of {}",
            done.unlabelled.join(", ")
        ));
    }
}

impl Work<'_> {
    fn tables(&self) -> Tables<'_> {
        Tables {
            gazetteer: &self.atlas.extractor.gazetteer,
            actors: &self.atlas.extractor.actors,
            claims: self.timeline.claims(),
        }
    }

    fn day(&self, date: Date) -> Result<DayDone> {
        let extractor = &self.atlas.extractor;
        let snapshot = self.timeline.on(date);
        let front = Front::of(&snapshot, &extractor.gazetteer, &self.terrain)?;
        geojson::write_day(&snapshot, &front, &self.tables(), &self.args.out)?;
        let mut done = DayDone {
            files: 3 + usize::from(!front.pockets.is_empty()),
            places: snapshot.holdings.len(),
            unlabelled: Vec::new(),
        };
        if self.args.no_png {
            return Ok(done);
        }
        let input = MapInput {
            snapshot: &snapshot,
            front: &front,
            gazetteer: &extractor.gazetteer,
            actors: &extractor.actors,
            region: &self.atlas.region,
            basemap: &self.desk.basemap,
            fonts: &self.desk.fonts,
            words: &self.desk.words,
        };
        let scene = render::compose(&input, &self.desk.style, &self.options)?;
        done.files += self.write_pictures(&scene, date)?;
        let names = scene
            .left_out
            .iter()
            .map(|id| extractor.gazetteer.place(*id).name_en.clone());
        done.unlabelled = names.collect();
        Ok(done)
    }

    /// Writes the map in every form wanted; gives the number of files.
    fn write_pictures(&self, scene: &Scene, date: Date) -> Result<usize> {
        let wanted: BTreeSet<Picture> = self.args.format.iter().copied().collect();
        let mut files = 0;
        let mut write = |ending: &str, bytes: &[u8]| {
            files += 1;
            write_atomic(&self.args.out.join(format!("{date}.{ending}")), bytes)
        };
        for form in wanted {
            match form {
                Picture::Png => {
                    write("png", &scene.to_png()?)?;
                    write("pgw", scene.world_file().as_bytes())?;
                    write("prj", scene.reference_system().as_bytes())?;
                    write("png.aux.xml", scene.auxiliary_xml().as_bytes())?;
                }
                Picture::Svg => write("svg", scene.to_svg().as_bytes())?,
                Picture::Pdf => write("pdf", &scene.to_pdf()?)?,
            }
        }
        Ok(files)
    }
}

fn summary(reading: &Reading, days: &[Option<DayDone>], args: &MapArgs, console: &Console) {
    let done = || days.iter().flatten();
    // The timeline and the list of what is not used come on top of the files of the days.
    let files: usize = done().map(|day| day.files).sum::<usize>() + 2;
    let places = done().map(|day| day.places).max().unwrap_or(0);
    let is_dated = |claim: &&Claim| claim.date.or(claim.origin.published).is_some();
    let claims = reading.timeline.claims().iter().filter(is_dated).count();
    let count = |kind| {
        reading
            .unused
            .iter()
            .filter(|entry| entry.kind == kind)
            .count()
    };
    let unresolved = count(unused::Kind::Name) + count(unused::Kind::Row);
    let aside = count(unused::Kind::Statement) + count(unused::Kind::Undated);
    console.say(&format!(
        "{} from {}: {} and {} on the map",
        counted(done().count(), "map"),
        counted(reading.reports, "report"),
        counted(places, "place"),
        counted(claims, "claim"),
    ));
    console.say(&format!(
        "{} in {}; {} unresolved and {} set aside, listed in unused.csv",
        counted(files, "file"),
        args.out.display(),
        counted(unresolved, "name"),
        counted(aside, "statement"),
    ));
}

fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
