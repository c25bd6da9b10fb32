//! `khatt map`: inputs to the files of each day.

use std::path::Path;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use khatt::claim::Claim;
use khatt::front::{Fronts, Terrain};
use khatt::output::run::{Day, Look, Run};
use khatt::output::{Tables, geojson, gpkg, kml, qgis, table, unused};
use khatt::render::{self, Campaign, Cell, Changed, MapOptions};
use khatt::timeline::{Holding, Snapshot, Timeline};
use khatt::{Error, Result};

use super::args::{Common, FileFormat, MapArgs};
use super::atlas::{Atlas, Desk, data_folder};
use super::console::{Console, print_error};
use super::inputs::Inputs;
use super::lock;
use super::reading::Reading;
use super::{Outcome, animate, parallel, pictures};

/// As many days as anybody looks at; more are a slip of the pen.
const MOST_DAYS: usize = 10_000;

/// Everything that is the same for all days.
struct Work<'a> {
    timeline: &'a Timeline,
    atlas: &'a Atlas,
    desk: &'a Desk,
    fronts: Fronts<'a>,
    dates: &'a [Date],
    options: MapOptions,
    args: &'a MapArgs,
}

/// What came of one day.
struct DayDone {
    day: Day,
    files: usize,
    unlabelled: Vec<String>,
}

pub(crate) fn run(args: &MapArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let data = data_folder(common);
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let atlas = Atlas::load(&data, &inputs.corrections)?;
    let desk = Desk::load(&data, &args.picture.look.theme)?;
    prepare(&args.picture.out)?;
    args.animate.as_deref().map_or(Ok(()), animate::check)?;
    let _lock = lock::folder(&args.picture.out, "--out")?;
    let mut reading = Reading::of(inputs, &atlas, console)?;
    if let Some(day) = args.known_by {
        reading.timeline = reading.timeline.known_by(day);
    }
    let dates = dates(args, &reading, console)?;
    let mut options = args.picture.options();
    options.campaign = campaign(&atlas, &reading.timeline);
    let work = Work {
        dates: &dates,
        timeline: &reading.timeline,
        atlas: &atlas,
        desk: &desk,
        fronts: Fronts::new(
            &atlas.extractor.gazetteer,
            &Terrain::new(&atlas.region, &desk.basemap)?,
        )?,
        options,
        args,
    };
    let drawn = draw(&work, &dates, console)?;
    let of_days: usize = drawn.iter().map(|done| done.files).sum();
    let days: Vec<Day> = drawn.into_iter().map(|done| done.day).collect();
    let of_all = work.write_whole(&days)? + work.write_film(&days)? + work.write_sheet(&days)?;
    reading
        .unused
        .extend(unused::of_days(&days, &work.tables()));
    unused::write(&reading.unused, &args.picture.out)?;
    summary(&reading, &days, of_days + of_all + 1, args, console);
    Ok(match (days.len() < dates.len(), reading.has_problems) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::SomeUnread,
        (false, false) => Outcome::Done,
    })
}

/// The time in which all days lie: that of the region, or that of the events.
pub(super) fn campaign(atlas: &Atlas, timeline: &Timeline) -> Option<Campaign> {
    let events = timeline.oldest_event().zip(timeline.newest_event());
    let [first, last] = match (atlas.region.campaign, events) {
        (Some(days), _) => days,
        (None, Some((oldest, newest))) => [oldest, newest],
        (None, None) => return None,
    };
    let claims = timeline.claims().iter();
    let events = claims.filter_map(|claim| claim.date).collect();
    Some(Campaign {
        first,
        last,
        events,
    })
}

/// Makes the folder, before any long work is done in vain.
pub(super) fn prepare(out: &Path) -> Result<()> {
    std::fs::create_dir_all(out).map_err(|e| Error::write(out, e))?;
    tempfile::Builder::new()
        .prefix(".khatt-")
        .tempfile_in(out)
        .map(|_| ())
        .map_err(|e| Error::write(out, e))
}

/// The step of a series, if the options ask for one.
fn series_step(args: &MapArgs) -> Option<Span> {
    let is_asked = args.from.is_some() || args.to.is_some() || args.step.is_some();
    is_asked.then(|| args.step.unwrap_or_else(|| 1.day()))
}

/// The days of a series. Without a first or last day those of the events.
fn series(args: &MapArgs, step: Span, timeline: &Timeline) -> Result<Vec<Date>> {
    let fail = |name, problem: String| Err(Error::argument(name, problem));
    let events = timeline.oldest_event().zip(timeline.newest_event());
    let first = args.from.or(events.map(|(oldest, _)| oldest));
    let last = args
        .to
        .or(args.known_by)
        .or(events.map(|(_, newest)| newest));
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(Vec::new());
    };
    if last < first {
        return fail("--to", format!("{last} is before the first day, {first}"));
    }
    let days: Vec<Date> = first
        .series(step)
        .take_while(|day| *day <= last)
        .take(MOST_DAYS + 1)
        .collect();
    if days.len() > MOST_DAYS {
        return fail(
            "--step",
            format!("more than {MOST_DAYS} days; take a longer step"),
        );
    }
    Ok(days)
}

/// The days to map, in order.
fn dates(args: &MapArgs, reading: &Reading, console: &Console) -> Result<Vec<Date>> {
    let mut dates = if !args.dates.is_empty() {
        args.dates.clone()
    } else if let Some(step) = series_step(args) {
        series(args, step, &reading.timeline)?
    } else if args.all_dates {
        reading.timeline.dates()
    } else if reading.published.is_empty() {
        let newest = reading.timeline.newest_event();
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
    if dates.len() > MOST_DAYS {
        let problem = format!(
            "{} days to map, more than {MOST_DAYS}; choose with --date, or --from, --to and --step",
            dates.len()
        );
        return Err(Error::argument("--date", problem));
    }
    if dates.is_empty() {
        let problem = "no input has a date, so there is no day to map; give each report `published`, or give --date";
        return Err(Error::argument("--date", problem));
    }
    Ok(dates)
}

/// Draws the days. One that fails is left out and stops no other; only a file that cannot be
/// written stops all: the others could not be either.
fn draw(work: &Work, dates: &[Date], console: &Console) -> Result<Vec<DayDone>> {
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
                days.push(done);
            }
            Err(problem @ (Error::Write { .. } | Error::Argument { .. })) => return Err(problem),
            Err(problem) => print_error(&problem),
        }
    }
    Ok(days)
}

fn report_day(date: Date, done: &DayDone, console: &Console) {
    if done.day.snapshot.holdings.is_empty() {
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
        let snapshot = self.timeline.on(date);
        let front = self.fronts.of(&snapshot)?;
        let mut done = DayDone {
            day: Day { snapshot, front },
            files: 0,
            unlabelled: Vec::new(),
        };
        if self.args.writes(FileFormat::Geojson) {
            let Day { snapshot, front } = &done.day;
            geojson::write_day(snapshot, front, &self.tables(), &self.args.picture.out)?;
            done.files += 3 + usize::from(!front.pockets.is_empty());
        }
        if !self.args.sheet && self.args.pictures().next().is_some() {
            let Day { snapshot, front } = &done.day;
            let input = self.desk.input(self.atlas, snapshot, front);
            let options = MapOptions {
                changed: self.changed(snapshot),
                ..self.options.clone()
            };
            let scene = render::compose(&input, &self.desk.style, &options)?;
            let stem = self.args.picture.out.join(date.to_string());
            done.files += pictures::write(&scene, self.args.pictures(), &stem)?;
            let names = scene.left_out.iter();
            done.unlabelled = names
                .map(|id| input.gazetteer.place(*id).name_en.to_owned())
                .collect();
        }
        Ok(done)
    }

    /// Writes the moving picture, if one is wanted; how many files.
    fn write_film(&self, days: &[Day]) -> Result<usize> {
        let Some(path) = self.args.animate.as_deref().filter(|_| !days.is_empty()) else {
            return Ok(0);
        };
        let film = animate::Film {
            inputs: days
                .iter()
                .map(|day| self.desk.input(self.atlas, &day.snapshot, &day.front))
                .collect(),
            style: &self.desk.style,
            options: &self.options,
            frame_ms: self.args.frame_ms,
        };
        animate::write(&film, path)
    }

    /// Writes the days side by side, if that is wanted; how many files.
    fn write_sheet(&self, days: &[Day]) -> Result<usize> {
        let ends = days.first().zip(days.last());
        let Some((first, last)) = ends.filter(|_| self.args.sheet) else {
            return Ok(0);
        };
        let cells = days.iter().map(|day| Cell {
            input: self.desk.input(self.atlas, &day.snapshot, &day.front),
            changed: self.changed(&day.snapshot),
        });
        let cells: Vec<Cell> = cells.collect();
        let (style, columns) = (&self.desk.style, self.args.columns);
        let scene = render::compose_multiples(&cells, style, &self.options, columns)?;
        let name = format!("{}..{}.sheet", first.front.date, last.front.date);
        let stem = self.args.picture.out.join(name);
        let forms = self.args.pictures();
        let write = |form| pictures::write_picture(&scene, form, &stem);
        let written: Result<Vec<()>> = forms.map(write).collect();
        Ok(written?.len())
    }

    /// What changed since the day before on the list of days, if that is to be marked.
    fn changed(&self, snapshot: &Snapshot) -> Option<Changed> {
        let earlier = self.dates.iter().rfind(|day| **day < snapshot.date);
        let since = *earlier.filter(|_| self.args.mark_changes)?;
        let before = self.timeline.on(since);
        let is_same = |holding: &&Holding| {
            let old = before.holding(holding.place);
            old.is_some_and(|old| old.control == holding.control)
        };
        let changed = snapshot.holdings.iter().filter(|holding| !is_same(holding));
        let places = changed.map(|holding| holding.place).collect();
        Some(Changed { since, places })
    }

    /// Writes the files that hold all days, or need what all days show; how many.
    fn write_whole(&self, days: &[Day]) -> Result<usize> {
        let (args, out) = (self.args, &self.args.picture.out);
        let run = self.run(days);
        let mut files = 0;
        if args.writes(FileFormat::Geojson) {
            geojson::write_timeline(self.timeline, &self.tables(), out)?;
            files += 1;
            if args.writes(FileFormat::Qgis) {
                files += qgis::write_styles(&run, out)?;
            }
        }
        if args.writes(FileFormat::Gpkg) {
            gpkg::write(&run, out)?;
            files += 1;
            if args.writes(FileFormat::Qgis) {
                qgis::write_project(&run, out)?;
                files += 1;
            }
        }
        if args.writes(FileFormat::Csv) {
            table::write(&run, out)?;
            files += 1;
        }
        if args.writes(FileFormat::Kml) {
            kml::write(&run, out)?;
            files += days.len();
        }
        Ok(files)
    }

    fn run<'a>(&'a self, days: &'a [Day]) -> Run<'a> {
        Run {
            days,
            timeline: self.timeline,
            tables: self.tables(),
            basemap: &self.desk.basemap,
            look: Look {
                style: &self.desk.style,
                words: &self.desk.words,
                actors: &self.atlas.extractor.actors,
                region: &self.atlas.region,
                lang: self.options.lang,
            },
        }
    }
}

fn summary(reading: &Reading, days: &[Day], files: usize, args: &MapArgs, console: &Console) {
    let places = days.iter().map(|day| day.snapshot.holdings.len());
    let places = places.max().unwrap_or(0);
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
        counted(days.len(), "map"),
        counted(reading.reports, "report"),
        counted(places, "place"),
        counted(claims, "claim"),
    ));
    console.say(&format!(
        "{} in {}; {} unresolved and {} set aside, listed in unused.csv",
        counted(files, "file"),
        args.picture.out.display(),
        counted(unresolved, "name"),
        counted(aside, "statement"),
    ));
}

fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
