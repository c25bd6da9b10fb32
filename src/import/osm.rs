//! OpenStreetMap: features of GeoJSON with tags as properties, or elements of Overpass with `tags`.

use std::io::{BufRead, Read};
use std::path::Path;

use geo::{BoundingRect, Centroid, Point};
use serde_json::{Map, Value};

use super::{Candidate, Found, Reader, is_arabic, is_latin};
use crate::error::{Error, Result};
use crate::geometry;

/// Largest file; a country's places are a tenth of it.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// A mapped node stands in the settlement; a large area counts half its extent.
const PRECISION_KM: f64 = 0.5;
/// Kilometres of a degree of latitude.
const DEGREE_KM: f64 = 111.2;
/// Tags whose value with their name makes the key of a kind.
const KEYS: [&str; 6] = [
    "place",
    "aeroway",
    "natural",
    "barrier",
    "industrial",
    "amenity",
];
/// Tags with names besides `name`, `name:ar` and `name:en`.
const NAMES: [&str; 5] = [
    "alt_name",
    "alt_name:ar",
    "alt_name:en",
    "int_name",
    "old_name",
];

pub(super) fn read(reader: &Reader, input: impl BufRead, file: &str) -> Result<Found> {
    let mut text = String::new();
    let size = input.take(MOST_BYTES).read_to_string(&mut text);
    let size = size.map_err(|e| Error::read(Path::new(file), e))?;
    let fail = |line, problem: &str| Error::parse(file, line, problem);
    if size as u64 >= MOST_BYTES {
        return Err(fail(
            1,
            "larger than 512 MB; cut the region out of it first",
        ));
    }
    let value: Value = serde_json::from_str(&text).map_err(|e| fail(e.line(), &e.to_string()))?;
    let mut found = Found::default();
    if let Some(elements) = value.get("elements").and_then(Value::as_array) {
        for element in elements {
            let tags = element.get("tags").and_then(Value::as_object);
            if let Some(tags) = tags {
                add(
                    reader,
                    tags,
                    &element_id(element),
                    element_point(element),
                    &mut found,
                );
            }
        }
    } else if let Some(features) = value.get("features").and_then(Value::as_array) {
        for feature in features {
            if let Some(tags) = feature.get("properties").and_then(Value::as_object) {
                add(
                    reader,
                    tags,
                    &feature_id(feature),
                    feature_point(feature),
                    &mut found,
                );
            }
        }
    } else {
        return Err(fail(1, "neither GeoJSON features nor Overpass elements"));
    }
    Ok(found)
}

fn add(
    reader: &Reader,
    tags: &Map<String, Value>,
    id: &str,
    at: Option<(Point<f64>, f64)>,
    found: &mut Found,
) {
    let tag = |key: &str| {
        tags.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim()
    };
    let keys: Vec<String> = KEYS
        .iter()
        .filter(|key| !tag(key).is_empty())
        .map(|key| format!("{key}={}", tag(key)))
        .collect();
    let population = tag("population").parse().unwrap_or(0);
    let Some(kind) = keys.iter().find_map(|key| reader.kind(key, population)) else {
        found.leave_out(keys.first().map_or("without a place tag", String::as_str));
        return;
    };
    let Some((point, half_km)) = at.filter(|(point, _)| reader.is_inside(*point)) else {
        found.outside += 1;
        return;
    };
    let name = tag("name");
    let or_name = |own: &str, fits: fn(&str) -> bool| {
        let name = if own.is_empty() && fits(name) {
            name
        } else {
            own
        };
        name.to_owned()
    };
    let (name_ar, name_en) = (
        or_name(tag("name:ar"), is_arabic),
        or_name(tag("name:en"), is_latin),
    );
    if name_ar.is_empty() && name_en.is_empty() {
        found.nameless += 1;
        return;
    }
    let others = NAMES
        .iter()
        .flat_map(|key| tag(key).split(';'))
        .chain([name]);
    found.places.push(Candidate {
        name_ar,
        name_en,
        names: others.map(|name| name.trim().to_owned()).collect(),
        kind,
        point,
        precision_km: half_km.max(PRECISION_KM),
        source: format!("OSM {id}"),
        parent: String::new(),
    });
}

fn element_id(element: &Value) -> String {
    let kind = element
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or("element");
    format!(
        "{kind}/{}",
        element.get("id").and_then(Value::as_i64).unwrap_or(0)
    )
}

fn element_point(element: &Value) -> Option<(Point<f64>, f64)> {
    let at = |value: &Value| {
        let (lat, lon) = (value.get("lat")?.as_f64()?, value.get("lon")?.as_f64()?);
        Some((valid(Point::new(lon, lat))?, 0.0))
    };
    at(element).or_else(|| at(element.get("center")?))
}

fn feature_id(feature: &Value) -> String {
    let own = feature.get("id");
    let id = own.or_else(|| {
        let properties = feature.get("properties")?;
        ["@id", "osm_id", "id"]
            .iter()
            .find_map(|key| properties.get(key))
    });
    match id {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "feature".to_owned(),
    }
}

/// The middle of a feature, and half its height in kilometres.
fn feature_point(feature: &Value) -> Option<(Point<f64>, f64)> {
    let geometry: geojson::Geometry =
        serde_json::from_value(feature.get("geometry")?.clone()).ok()?;
    let geometry = geometry::read(geometry).ok()?;
    let half_km = geometry.bounding_rect()?.height() * DEGREE_KM / 2.0;
    Some((valid(geometry.centroid()?)?, half_km))
}

fn valid(point: Point<f64>) -> Option<Point<f64>> {
    let is_valid = point.x().abs() <= 180.0 && point.y().abs() <= 90.0;
    is_valid.then_some(point)
}
