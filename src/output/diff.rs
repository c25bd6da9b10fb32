//! What changed between two days, as GeoJSON, as a table to read and as CSV.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::feature::{Feature, day, fill, name_properties, object, rounded};
use super::geojson::Collection;
use super::words::{Label, holder_label, isolated, label};
use super::{Tables, inert};
use crate::change::{Change, GroundChange, PlaceChange};
use crate::error::{Error, Result};
use crate::front::Holder;
use crate::timeline::Control;

/// Fill of ground of which nothing is known any more.
const NO_DATA_COLOR: &str = "#ffffff";

/// `FROM..TO.diff.geojson`: a point for each place and an area for each pair of holders.
#[must_use]
pub fn geojson(change: &Change, tables: &Tables) -> String {
    let mut features = Vec::new();
    for place in &change.places {
        let entry = tables.gazetteer.place(place.place);
        let (from, to) = sides_of_place(place, tables);
        let mut properties = object(json!({ "change": "place" }));
        properties.extend(name_properties(&entry));
        properties.extend(side("from", &from));
        properties.extend(side("to", &to));
        properties.extend(days(change));
        properties.insert("since".into(), day(place.since));
        properties.insert("marker-color".into(), json!(to.color));
        features.push(Feature::new(entry.point, properties));
    }
    for ground in &change.grounds {
        let (from, to) = sides_of_ground(ground, tables);
        let mut properties = object(json!({ "change": "ground" }));
        properties.extend(side("from", &from));
        properties.extend(side("to", &to));
        properties.extend(days(change));
        properties.insert("area_km2".into(), rounded(ground.area_km2, 2));
        fill(&mut properties, &to.color, 0.5);
        properties.insert("stroke".into(), json!(from.color));
        features.push(Feature::area(&ground.area, properties));
    }
    Collection::of(features).text()
}

/// The same to be read by people.
#[must_use]
pub fn text(change: &Change, tables: &Tables) -> String {
    let mut text = format!("{} to {}\n", change.from, change.to);
    // Writing to a String cannot fail; the result of each `writeln!` is of no interest.
    let _ = writeln!(text, "\nPlaces that changed: {}", change.places.len());
    for place in &change.places {
        let entry = tables.gazetteer.place(place.place);
        let (from, to) = sides_of_place(place, tables);
        let since = place
            .since
            .map_or_else(String::new, |day| format!(" since {day}"));
        let _ = writeln!(
            text,
            "  {:<28} {} -> {}{since} · {}",
            entry.name_en,
            in_short(&from),
            in_short(&to),
            isolated(entry.name_ar),
        );
    }
    let total: f64 = change
        .grounds
        .iter()
        .filter(|g| changed_hands(g))
        .map(|g| g.area_km2)
        .sum();
    let _ = writeln!(text, "\nGround that changed hands: {total:.1} km2");
    for ground in &change.grounds {
        let (from, to) = sides_of_ground(ground, tables);
        let _ = writeln!(
            text,
            "  {:>8.2} km2  {} -> {}",
            ground.area_km2, from.name_en, to.name_en
        );
    }
    text
}

/// The same as CSV: `change, id, name_en, name_ar, from, from_status, to, to_status, since, area_km2`.
///
/// # Errors
///
/// [`Error::Write`] when memory for it is refused.
pub fn csv(change: &Change, tables: &Tables) -> Result<Vec<u8>> {
    let fail = |e: csv::Error| Error::write(std::path::Path::new("standard output"), e);
    let mut table = csv::Writer::from_writer(Vec::new());
    let header = "change id name_en name_ar from from_status to to_status since area_km2";
    table.write_record(header.split(' ')).map_err(fail)?;
    for place in &change.places {
        let entry = tables.gazetteer.place(place.place);
        let (from, to) = sides_of_place(place, tables);
        let since = place.since.map_or_else(String::new, |day| day.to_string());
        let [id, en, ar] = [entry.id, entry.name_en, entry.name_ar].map(inert::cell);
        let names = ["place", &id, &en, &ar];
        let states = [&from.code, from.status, &to.code, to.status, &since, ""];
        table
            .write_record(names.into_iter().chain(states))
            .map_err(fail)?;
    }
    for ground in &change.grounds {
        let (from, to) = sides_of_ground(ground, tables);
        let km2 = format!("{:.2}", ground.area_km2);
        let states = [&from.code, from.status, &to.code, to.status, "", &km2];
        let names = ["ground", "", "", ""];
        table
            .write_record(names.into_iter().chain(states))
            .map_err(fail)?;
    }
    table
        .into_inner()
        .map_err(|e| Error::write(std::path::Path::new("standard output"), e.into_error()))
}

/// True when both days know whose the ground is.
fn changed_hands(ground: &GroundChange) -> bool {
    ground.before.is_some() && ground.after.is_some()
}

fn sides_of_place(place: &PlaceChange, tables: &Tables) -> (Label, Label) {
    let side = |control: &Option<Control>| {
        control
            .as_ref()
            .map_or_else(no_data, |control| label(control, tables.actors))
    };
    (side(&place.before), side(&place.after))
}

fn sides_of_ground(ground: &GroundChange, tables: &Tables) -> (Label, Label) {
    let side = |holder: Option<Holder>| {
        holder.map_or_else(no_data, |holder| holder_label(holder, tables.actors))
    };
    (side(ground.before), side(ground.after))
}

fn no_data() -> Label {
    Label {
        code: "no_data".to_owned(),
        name_en: "No data".to_owned(),
        name_ar: "لا معلومات".to_owned(),
        status: "no_data",
        color: NO_DATA_COLOR.to_owned(),
    }
}

fn in_short(label: &Label) -> String {
    match label.status {
        "partial" => format!("{} (part)", label.name_en),
        _ => label.name_en.clone(),
    }
}

fn side(name: &str, label: &Label) -> Map<String, Value> {
    object(json!({
        name: label.code,
        format!("{name}_status"): label.status,
        format!("{name}_name_en"): label.name_en,
        format!("{name}_name_ar"): label.name_ar,
    }))
}

fn days(change: &Change) -> Map<String, Value> {
    object(json!({
        "from_date": day(Some(change.from)),
        "to_date": day(Some(change.to)),
    }))
}
