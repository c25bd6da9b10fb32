//! `khatt places`: names of the gazetteer, and near ones when there is none.

use std::fmt::Write;

use khatt::data::DataFolder;
use khatt::gazetteer::{Bank, Gazetteer, Place, PlaceId};
use khatt::output::words::isolated;
use khatt::text::fold;
use khatt::{Error, Result};

use super::Outcome;
use super::args::{Common, PlacesArgs};
use super::atlas::data_folder;
use super::console::Console;

/// Two names less alike than this are not worth suggesting.
const ALIKE: f64 = 0.6;
/// As many suggestions as can be read at a glance.
const MOST_NEAR: usize = 5;

pub(crate) fn run(args: &PlacesArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let data: DataFolder = data_folder(common);
    let gazetteer = Gazetteer::load(&data)?;
    let query = args.query.as_deref().unwrap_or_default();
    let found = search(query, &gazetteer);
    if found.is_empty() {
        return Err(unknown(query, &gazetteer));
    }
    let mut text = String::new();
    for id in &found {
        entry(&mut text, &gazetteer.place(*id), &gazetteer);
    }
    console.print_text(&text)?;
    Ok(Outcome::Done)
}

/// The error for a name that is in no gazetteer, with the nearest that are.
pub(crate) fn unknown(name: &str, gazetteer: &Gazetteer) -> Error {
    let near: Vec<String> = near(name, gazetteer)
        .into_iter()
        .map(|id| {
            let place = gazetteer.place(id);
            format!(
                "{} {} ({})",
                isolated(place.name_ar),
                place.name_en,
                place.id
            )
        })
        .collect();
    let advice = if near.is_empty() {
        "no place has this name; `khatt places` finds names by a part of them".to_owned()
    } else {
        format!("no place has this name; perhaps {}", near.join(", "))
    };
    Error::argument(format!("`{name}`"), advice)
}

/// The places of exactly this name or id.
pub(crate) fn of_name(name: &str, gazetteer: &Gazetteer) -> Vec<PlaceId> {
    let wanted = fold(name);
    let has = |place: &Place| names(place).any(|name| fold(name) == wanted);
    let found = gazetteer.iter().filter(|(_, place)| has(place));
    found.map(|(id, _)| id).collect()
}

/// The places with the query in one of their names: whole names first, then beginnings, then the
/// rest; larger places before smaller ones.
fn search(query: &str, gazetteer: &Gazetteer) -> Vec<PlaceId> {
    let wanted = fold(query);
    let rank = |place: &Place| {
        let ranks = names(place).filter_map(|name| {
            let name = fold(name);
            let at = name.find(&wanted)?;
            let begins_word = at == 0 || name[..at].ends_with(' ');
            Some(if name == wanted {
                0
            } else if begins_word {
                1
            } else {
                2
            })
        });
        ranks.min()
    };
    let ranked = gazetteer
        .iter()
        .filter_map(|(id, place)| Some((rank(&place)?, place.kind.is_area(), place.kind, id)));
    let mut ranked: Vec<_> = if wanted.is_empty() {
        Vec::new()
    } else {
        ranked.collect()
    };
    ranked.sort();
    ranked.into_iter().map(|(_, _, _, id)| id).collect()
}

/// The places whose names are most like this one.
fn near(name: &str, gazetteer: &Gazetteer) -> Vec<PlaceId> {
    let wanted = fold(name);
    let likeness = |place: &Place| {
        let each =
            names(place).map(|name| strsim::normalized_damerau_levenshtein(&fold(name), &wanted));
        each.fold(0.0, f64::max)
    };
    let all = gazetteer.iter().map(|(id, place)| (likeness(&place), id));
    let mut alike: Vec<(f64, PlaceId)> = all.filter(|(likeness, _)| *likeness >= ALIKE).collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    alike
        .into_iter()
        .take(MOST_NEAR)
        .map(|(_, id)| id)
        .collect()
}

/// Every written form of a place, its id included.
fn names<'g>(place: &Place<'g>) -> impl Iterator<Item = &'g str> + use<'g> {
    std::iter::once(place.id).chain(place.names())
}

fn entry(text: &mut String, place: &Place, gazetteer: &Gazetteer) {
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{} · {} ({})",
        isolated(place.name_ar),
        place.name_en,
        place.id
    );
    let within = place
        .parent
        .map(|parent| format!(" in {}", gazetteer.place(parent).name_en));
    let bank = match place.bank {
        Bank::Left => ", left bank",
        Bank::Right => ", right bank",
        Bank::None => "",
    };
    let _ = writeln!(
        text,
        "    {}{}{bank}",
        place.kind.as_str(),
        within.unwrap_or_default()
    );
    let _ = writeln!(
        text,
        "    lat {:.5}, lon {:.5}, within {} km · {}",
        place.point.y(),
        place.point.x(),
        place.precision_km,
        place.source
    );
    let aliases: Vec<String> = place
        .aliases_ar
        .iter()
        .map(isolated)
        .chain(place.aliases_en.iter().map(str::to_owned))
        .collect();
    if !aliases.is_empty() {
        let _ = writeln!(text, "    also {}", aliases.join(", "));
    }
}
