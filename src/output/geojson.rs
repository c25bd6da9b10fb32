//! GeoJSON files of one day and of the whole timeline.
//!
//! RFC 7946: WGS 84 degrees, longitude first, exterior rings counter-clockwise, six decimals, a
//! `bbox`, no `crs`. One feature a line, so that two files can be compared line by line. Dates
//! are whole ISO days or null, never empty text: GDAL and QGIS then see a column of dates.
//! `docs/OUTPUTS.md` lists every attribute.

use std::path::Path;

use geo::orient::{Direction, Orient};
use geo::{Coord, LineString, MultiPolygon, Point, Polygon};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::words::{Label, evidence_line, holder_label, label};
use super::{Tables, write_atomic};
use crate::error::{Error, Result};
use crate::front::Front;
use crate::gazetteer::{Place, PlaceId};
use crate::timeline::{Control, Holding, Snapshot, Timeline};

/// Pieces of evidence in the attribute `evidence`.
const SHOWN_EVIDENCE: usize = 3;

/// The places of one day: one point for each place with evidence.
#[must_use]
pub fn places(snapshot: &Snapshot, tables: &Tables) -> String {
    let mut collection = Collection::default();
    for holding in &snapshot.holdings {
        let place = tables.gazetteer.place(holding.place);
        if !place.kind.is_area() {
            let properties = place_properties(holding, snapshot.date, tables);
            collection.point(place.point, properties);
        }
    }
    collection.text()
}

/// The zones of one day: one multipolygon for each holder.
#[must_use]
pub fn zones(front: &Front, tables: &Tables) -> String {
    let mut collection = Collection::default();
    for zone in &front.zones {
        let label = holder_label(zone.holder, tables.actors);
        let mut properties = control_properties(&label);
        properties.insert("date".into(), day(Some(front.date)));
        properties.insert("area_km2".into(), rounded(zone.area_km2, 2));
        properties.insert("places".into(), json!(zone.places.len()));
        properties.insert("place_ids".into(), json!(ids(&zone.places, tables)));
        properties.insert("newest_days".into(), json!(zone.newest_days));
        properties.insert("oldest_days".into(), json!(zone.oldest_days));
        properties.insert("stale".into(), json!(zone.is_stale()));
        properties.insert("stale_km2".into(), rounded(zone.stale_km2(), 2));
        fill(&mut properties, &label.color, 0.35);
        collection.area(&zone.area, properties);
    }
    collection.text()
}

/// The front lines of one day.
#[must_use]
pub fn front_lines(front: &Front, tables: &Tables) -> String {
    let mut collection = Collection::default();
    for line in &front.lines {
        let [a, b] = line.sides.map(|side| holder_label(side, tables.actors));
        let properties = json!({
            "side_a": a.code, "side_b": b.code,
            "side_a_name_en": a.name_en, "side_a_name_ar": a.name_ar,
            "side_b_name_en": b.name_en, "side_b_name_ar": b.name_ar,
            "date": day(Some(front.date)),
            "river": line.is_river,
            "length_km": rounded(line.length_km, 2),
            "nearest_evidence_km": rounded(line.nearest_evidence_km, 2),
            "support": line.support,
            "age_days": line.age_days,
            "stroke": "#b3001b",
            "stroke-width": if line.is_river { 1.5 } else { 2.5 },
            "stroke-opacity": 1.0,
        });
        collection.line(&line.line, object(properties));
    }
    collection.text()
}

/// The pockets of one day: grounds of a stated size, whose outline is only indicative.
#[must_use]
pub fn pockets(front: &Front, tables: &Tables) -> String {
    let mut collection = Collection::default();
    for pocket in &front.pockets {
        let label = label(&Control::Held(pocket.actor), tables.actors);
        let place = pocket.place.map(|id| tables.gazetteer.place(id));
        let mut properties = control_properties(&label);
        properties.insert("place".into(), json!(place.map(|p| &p.id)));
        properties.insert("place_name_en".into(), json!(place.map(|p| &p.name_en)));
        properties.insert("place_name_ar".into(), json!(place.map(|p| &p.name_ar)));
        properties.insert("date".into(), day(Some(front.date)));
        properties.insert("stated_km2".into(), rounded(pocket.stated_km2, 3));
        properties.insert("indicative".into(), json!(true));
        fill(&mut properties, &label.color, 0.55);
        collection.area(&pocket.area, properties);
    }
    collection.text()
}

/// Every spell of control of every place, for a temporal controller.
#[must_use]
pub fn timeline(timeline: &Timeline, tables: &Tables) -> String {
    let mut collection = Collection::default();
    for spell in timeline.spells() {
        let place = tables.gazetteer.place(spell.place);
        let label = label(&spell.control, tables.actors);
        let mut properties = name_properties(place);
        properties.extend(control_properties(&label));
        partial_properties(&mut properties, &label, &spell.control);
        properties.insert("valid_from".into(), day(Some(spell.from)));
        properties.insert("valid_to".into(), day(spell.to));
        let first = timeline.holding(spell.place, spell.from);
        let evidence = first
            .as_ref()
            .map(|h| evidence_line(&h.evidence, tables.claims, SHOWN_EVIDENCE));
        properties.insert(
            "confidence".into(),
            first.map_or(Value::Null, |h| rounded(h.confidence, 3)),
        );
        properties.insert("evidence".into(), json!(evidence));
        properties.insert("marker-color".into(), json!(label.color));
        collection.point(place.point, properties);
    }
    collection.text()
}

/// Writes the files of one day into a folder: `DATE.geojson`, `DATE.zones.geojson`,
/// `DATE.front.geojson`, and `DATE.pockets.geojson` when there are pockets.
///
/// # Errors
///
/// [`Error::Write`] when a file cannot be written.
pub fn write_day(snapshot: &Snapshot, front: &Front, tables: &Tables, folder: &Path) -> Result<()> {
    let path = |suffix: &str| folder.join(format!("{}{suffix}.geojson", snapshot.date));
    write_atomic(&path(""), places(snapshot, tables).as_bytes())?;
    write_atomic(&path(".zones"), zones(front, tables).as_bytes())?;
    write_atomic(&path(".front"), front_lines(front, tables).as_bytes())?;
    let path = path(".pockets");
    if !front.pockets.is_empty() {
        return write_atomic(&path, pockets(front, tables).as_bytes());
    }
    // A file of an earlier run would show pockets that no claim speaks of any more.
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::write(&path, e)),
        _ => Ok(()),
    }
}

/// Writes `timeline.geojson` into a folder.
///
/// # Errors
///
/// [`Error::Write`] when it cannot be written.
pub fn write_timeline(whole: &Timeline, tables: &Tables, folder: &Path) -> Result<()> {
    let text = timeline(whole, tables);
    write_atomic(&folder.join("timeline.geojson"), text.as_bytes())
}

fn place_properties(holding: &Holding, date: Date, tables: &Tables) -> Map<String, Value> {
    let label = label(&holding.control, tables.actors);
    let mut properties = name_properties(tables.gazetteer.place(holding.place));
    properties.extend(control_properties(&label));
    partial_properties(&mut properties, &label, &holding.control);
    properties.extend(object(json!({
        "since": day(holding.since),
        "last_evidence": day(Some(holding.last_evidence)),
        "age_days": holding.age_days,
        "stale": holding.is_stale,
        "confidence": rounded(holding.confidence, 3),
        "claims": holding.claims,
        "sources": holding.sources.join("; "),
        "date": day(Some(date)),
        "evidence": evidence_line(&holding.evidence, tables.claims, SHOWN_EVIDENCE),
        "marker-color": label.color,
        "marker-size": if holding.is_stale { "small" } else { "medium" },
    })));
    properties
}

fn name_properties(place: &Place) -> Map<String, Value> {
    object(json!({
        "id": place.id,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "kind": place.kind.as_str(),
    }))
}

fn control_properties(label: &Label) -> Map<String, Value> {
    object(json!({
        "control": label.code,
        "control_name_en": label.name_en,
        "control_name_ar": label.name_ar,
    }))
}

fn partial_properties(properties: &mut Map<String, Value>, label: &Label, control: &Control) {
    let share = match control {
        Control::Partial(_, share) => *share,
        _ => None,
    };
    properties.insert("status".into(), json!(label.status));
    properties.insert(
        "partial".into(),
        json!(matches!(control, Control::Partial(..))),
    );
    properties.insert("share".into(), share.map_or(Value::Null, |s| rounded(s, 3)));
}

fn fill(properties: &mut Map<String, Value>, color: &str, opacity: f64) {
    properties.extend(object(json!({
        "fill": color,
        "fill-opacity": opacity,
        "stroke": color,
        "stroke-width": 1.0,
        "stroke-opacity": 0.8,
    })));
}

fn ids(places: &[PlaceId], tables: &Tables) -> String {
    let ids: Vec<&str> = places
        .iter()
        .map(|id| tables.gazetteer.place(*id).id.as_str())
        .collect();
    ids.join(" ")
}

/// A day as text, or null.
fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| json!(date.to_string()))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Rounds half away from zero. The nearest double to a number of `digits` decimals prints with
/// no more than these. Minus zero becomes zero.
fn rounded(number: f64, digits: i32) -> Value {
    let scale = 10_f64.powi(digits);
    json!((number * scale).round() / scale + 0.0)
}

/// Features gathered into a text, with the box around them.
#[derive(Default)]
struct Collection {
    features: Vec<String>,
    bounds: Option<[f64; 4]>,
}

impl Collection {
    fn point(&mut self, point: Point<f64>, properties: Map<String, Value>) {
        let geometry = json!({ "type": "Point", "coordinates": self.position(point.0) });
        self.feature(geometry, properties);
    }

    fn line(&mut self, line: &LineString<f64>, properties: Map<String, Value>) {
        let coordinates = self.positions(line.coords());
        let geometry = json!({ "type": "LineString", "coordinates": coordinates });
        self.feature(geometry, properties);
    }

    /// A single polygon is written as a Polygon, more as a MultiPolygon.
    fn area(&mut self, area: &MultiPolygon<f64>, properties: Map<String, Value>) {
        let oriented = area.orient(Direction::Default);
        let polygons: Vec<Value> = oriented.iter().map(|p| self.rings(p)).collect();
        let geometry = match <[Value; 1]>::try_from(polygons) {
            Ok([only]) => json!({ "type": "Polygon", "coordinates": only }),
            Err(many) => json!({ "type": "MultiPolygon", "coordinates": many }),
        };
        self.feature(geometry, properties);
    }

    fn rings(&mut self, polygon: &Polygon<f64>) -> Value {
        let exterior = self.positions(polygon.exterior().coords());
        let mut rings = vec![exterior];
        for hole in polygon.interiors() {
            rings.push(self.positions(hole.coords()));
        }
        Value::Array(rings)
    }

    fn positions<'a>(&mut self, coords: impl Iterator<Item = &'a Coord<f64>>) -> Value {
        Value::Array(coords.map(|coord| self.position(*coord)).collect())
    }

    fn position(&mut self, coord: Coord<f64>) -> Value {
        let [west, south, east, north] =
            self.bounds.unwrap_or([coord.x, coord.y, coord.x, coord.y]);
        self.bounds = Some([
            west.min(coord.x),
            south.min(coord.y),
            east.max(coord.x),
            north.max(coord.y),
        ]);
        json!([rounded(coord.x, 6), rounded(coord.y, 6)])
    }

    fn feature(&mut self, geometry: Value, properties: Map<String, Value>) {
        let feature = json!({
            "type": "Feature",
            "geometry": geometry,
            "properties": properties,
        });
        self.features.push(feature.to_string());
    }

    /// The whole file. An empty collection has no bbox: RFC 7946 knows none for nothing.
    fn text(self) -> String {
        let bbox = self.bounds.map_or_else(String::new, |bounds| {
            let numbers = bounds.map(|number| rounded(number, 6).to_string());
            format!("\"bbox\":[{}],", numbers.join(","))
        });
        let features = self.features.join(",\n");
        format!("{{\"type\":\"FeatureCollection\",{bbox}\"features\":[\n{features}\n]}}\n")
    }
}
