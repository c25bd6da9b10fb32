//! `khatt site`: inputs to one page.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use khatt::front::{Fronts, Terrain};
use khatt::output::{Tables, write_atomic};
use khatt::render::{self, Lang, MapOptions, Plate};
use khatt::review;
use khatt::site::{self, DayPlates, Page, PageWords, SiteInput, Way};
use khatt::{Error, Result};

use super::args::{Common, SiteArgs};
use super::atlas::{Atlas, Desk, data_folder};
use super::console::Console;
use super::inputs::Inputs;
use super::map::prepare;
use super::reading::Reading;
use super::review::count_effects;
use super::{Outcome, parallel};

/// Claims in the review of a page at most.
const MOST_REVIEWED: usize = 100;
/// The name of the page in a folder.
const FILE: &str = "index.html";

pub(crate) fn run(args: &SiteArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let path = target(&args.out)?;
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let has_problems = !inputs.problems.is_empty();
    let made = make(inputs, Way::File, common, console)?;
    write_atomic(&path, made.page.html.as_bytes())?;
    console.say(&format!(
        "{} maps on one page, {}, {} kB",
        made.page.maps,
        path.display(),
        made.page.html.len().div_ceil(1000)
    ));
    Ok(Outcome::with_problems(has_problems || made.has_problems))
}

/// A page and what is in it.
pub(crate) struct Made {
    pub(crate) page: Page,
    pub(crate) has_problems: bool,
}

/// Makes the page of what was read.
pub(crate) fn make(inputs: Inputs, way: Way, common: &Common, console: &Console) -> Result<Made> {
    let data = data_folder(common);
    let atlas = Atlas::load(&data, &inputs.corrections)?;
    let desk = Desk::load(&data, render::Style::PLAIN)?;
    let page_words = PageWords::load(&data)?;
    let reading = Reading::of(inputs, &atlas, console)?;
    let timeline = &reading.timeline;
    let dates = site::days(timeline);
    if dates.is_empty() {
        let problem = "no claim with a day was found, so there is no map to show; give each report `published`";
        return Err(Error::argument("INPUT", problem));
    }
    let days = draw(&dates, &reading, (&atlas, &desk), console)?;
    let tables = Tables {
        gazetteer: &atlas.extractor.gazetteer,
        actors: &atlas.extractor.actors,
        claims: timeline.claims(),
    };
    let mut doubts = review::doubts(timeline, &reading.unused, &tables);
    count_effects(&mut doubts.claims, timeline, console);
    doubts.claims.truncate(MOST_REVIEWED);
    let input = SiteInput {
        timeline,
        tables,
        region: &atlas.region,
        words: &desk.words,
        page_words: &page_words,
        review: &doubts,
        rejected: &reading.rejected,
        days: &days,
    };
    Ok(Made {
        page: site::page(&input, way),
        has_problems: reading.has_problems,
    })
}

/// The maps of the days, each in both languages.
fn draw(
    dates: &[Date],
    reading: &Reading,
    (atlas, desk): (&Atlas, &Desk),
    console: &Console,
) -> Result<Vec<DayPlates>> {
    let terrain = Terrain::new(&atlas.region, &desk.basemap)?;
    let fronts = Fronts::new(&atlas.extractor.gazetteer, &terrain)?;
    let bar = console.progress(dates.len(), "drawing");
    let days = parallel::map(dates, |date| {
        let snapshot = reading.timeline.on(*date);
        let front = fronts.of(&snapshot)?;
        let input = desk.input(atlas, &snapshot, &front);
        let plate = |lang| -> Result<Plate> {
            let options = MapOptions {
                lang,
                ..MapOptions::default()
            };
            render::compose_plate(&input, &desk.style, &options)
        };
        bar.inc(1);
        Ok(DayPlates {
            date: *date,
            ar: plate(Lang::Ar)?,
            en: plate(Lang::En)?,
        })
    });
    bar.finish_and_clear();
    days.into_iter().collect()
}

/// The file to write: the one named, or `index.html` in the folder named. Its folder is made and
/// tried before any long work is done in vain.
fn target(out: &Path) -> Result<PathBuf> {
    let is_page = out.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")
    });
    let path = if is_page && !out.is_dir() {
        out.to_owned()
    } else {
        out.join(FILE)
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    prepare(folder.unwrap_or(Path::new(".")))?;
    Ok(path)
}
