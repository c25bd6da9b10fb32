//! `khatt explain`: the claims behind the state of a place.

use khatt::extract::Extractor;
use khatt::gazetteer::PlaceId;
use khatt::output::{Tables, explain};
use khatt::{Error, Result};

use super::args::{Common, ExplainArgs};
use super::atlas::{Atlas, data_folder};
use super::console::Console;
use super::inputs::Inputs;
use super::reading::Reading;
use super::{Outcome, places};

pub(crate) fn run(args: &ExplainArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let atlas = Atlas::load(&data_folder(common), &inputs.corrections)?;
    let place = place(&args.place, &atlas.extractor, console)?;
    let reading = Reading::of(inputs, &atlas, console)?;
    let timeline = match args.known_by {
        Some(day) => reading.timeline.known_by(day),
        None => reading.timeline,
    };
    let newest = || {
        reading
            .published
            .last()
            .copied()
            .or_else(|| timeline.newest_event())
    };
    let Some(date) = args.date.or_else(newest) else {
        return Err(Error::argument(
            "--date",
            "no input has a date; give the day, as 2018-11-27",
        ));
    };
    let tables = Tables {
        gazetteer: &atlas.extractor.gazetteer,
        actors: &atlas.extractor.actors,
        claims: timeline.claims(),
    };
    let mut text = explain::explain(&timeline, place, date, &tables);
    text.push_str(&explain::rejected(&reading.rejected, place, &tables));
    console.print_text(&text)?;
    Ok(Outcome::with_problems(reading.has_problems))
}

/// The place of a name; when several bear it, the others are mentioned.
fn place(name: &str, extractor: &Extractor, console: &Console) -> Result<PlaceId> {
    let gazetteer = &extractor.gazetteer;
    let Some(place) = extractor.place_named(name) else {
        return Err(places::unknown(name, gazetteer));
    };
    let others: Vec<&str> = places::of_name(name, gazetteer)
        .into_iter()
        .filter(|other| *other != place)
        .map(|other| gazetteer.place(other).id)
        .collect();
    if !others.is_empty() {
        console.say(&format!(
            "`{name}` is taken as {}; also of this name: {}",
            gazetteer.place(place).id,
            others.join(", ")
        ));
    }
    Ok(place)
}
