//! `khatt diff`: what changed hands between two days.

use khatt::change::Change;
use khatt::front::{Fronts, Terrain};
use khatt::output::{Tables, diff, inert, write_atomic};
use khatt::render;
use khatt::{Error, Result};

use super::args::{ChangeFormat, Common, DiffArgs};
use super::atlas::{Atlas, Desk, data_folder};
use super::console::Console;
use super::inputs::Inputs;
use super::map::{campaign, prepare};
use super::reading::Reading;
use super::{Outcome, pictures};

pub(crate) fn run(args: &DiffArgs, common: &Common, console: &Console) -> Result<Outcome> {
    if args.to <= args.from {
        let problem = format!(
            "{} is not after {}; give the earlier day first",
            args.to, args.from
        );
        return Err(Error::argument("DATE", problem));
    }
    let printed = args.printed()?;
    let data = data_folder(common);
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let atlas = Atlas::load(&data, &inputs.corrections)?;
    let desk = Desk::load(&data, &args.picture.look.theme)?;
    prepare(&args.picture.out)?;
    let mut reading = Reading::of(inputs, &atlas, console)?;
    if let Some(day) = args.known_by {
        reading.timeline = reading.timeline.known_by(day);
    }
    let gazetteer = &atlas.extractor.gazetteer;
    let fronts = Fronts::new(gazetteer, &Terrain::new(&atlas.region, &desk.basemap)?)?;
    let snapshots = [args.from, args.to].map(|day| reading.timeline.on(day));
    let [before, after] = &snapshots;
    let (old, new) = (fronts.of(before)?, fronts.of(after)?);
    let change = Change::between((before, &old), (after, &new));
    let tables = Tables {
        gazetteer,
        actors: &atlas.extractor.actors,
        claims: reading.timeline.claims(),
    };
    let stem = args
        .picture
        .out
        .join(format!("{}..{}.diff", args.from, args.to));
    let layer = args
        .picture
        .out
        .join(format!("{}..{}.diff.geojson", args.from, args.to));
    write_atomic(&layer, diff::geojson(&change, &tables).as_bytes())?;
    let pictures = args.pictures();
    if !pictures.is_empty() {
        let input = desk.input(&atlas, after, &new);
        let mut options = args.picture.options();
        options.campaign = campaign(&atlas, &reading.timeline);
        let scene = render::compose_change(&input, (&change, &old), &desk.style, &options)?;
        pictures::write(&scene, pictures.into_iter(), &stem)?;
    }
    match printed {
        ChangeFormat::Csv => console.print(&diff::csv(&change, &tables)?)?,
        ChangeFormat::Geojson => {
            console.print(inert::json(&diff::geojson(&change, &tables)).as_bytes())?;
        }
        _ => console.print_text(&diff::text(&change, &tables))?,
    }
    Ok(Outcome::with_problems(reading.has_problems))
}
