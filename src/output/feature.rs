//! What each layer says of a feature: the same attributes in every format. `docs/OUTPUTS.md` lists
//! them all.

use geo::orient::{Direction, Orient};
use geo::{Geometry, MapCoords, MultiPolygon, coord};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::Tables;
use super::words::{Label, evidence_line, holder_label, label};
use crate::front::Front;
use crate::gazetteer::{Place, PlaceId};
use crate::timeline::{Control, Holding, Snapshot, Timeline};

/// Pieces of evidence in the attribute `evidence`.
const SHOWN_EVIDENCE: usize = 3;

/// A thing on the map: a point, a line or a multipolygon in WGS 84 degrees, longitude first, of
/// six decimals, exterior rings counter-clockwise; and its attributes in their order.
#[derive(Debug, Clone)]
pub(crate) struct Feature {
    /// Where it is.
    pub geometry: Geometry<f64>,
    /// What is said of it.
    pub properties: Map<String, Value>,
}

impl Feature {
    /// A feature with its coordinates rounded.
    pub fn new(geometry: impl Into<Geometry<f64>>, properties: Map<String, Value>) -> Self {
        let geometry = geometry.into().map_coords(|at| {
            coord! { x: round(at.x, 6), y: round(at.y, 6) }
        });
        Self {
            geometry,
            properties,
        }
    }

    /// The same for an area, with its rings turned the right way.
    pub fn area(area: &MultiPolygon<f64>, properties: Map<String, Value>) -> Self {
        Self::new(area.orient(Direction::Default), properties)
    }
}

/// The places of one day: one point for each place with evidence.
pub(crate) fn places(snapshot: &Snapshot, tables: &Tables) -> Vec<Feature> {
    let mut features = Vec::new();
    for holding in &snapshot.holdings {
        let place = tables.gazetteer.place(holding.place);
        if !place.kind.is_area() {
            let properties = place_properties(holding, snapshot.date, tables);
            features.push(Feature::new(place.point, properties));
        }
    }
    features
}

/// The zones of one day: one multipolygon for each holder.
pub(crate) fn zones(front: &Front, tables: &Tables) -> Vec<Feature> {
    let mut features = Vec::new();
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
        features.push(Feature::area(&zone.area, properties));
    }
    features
}

/// The front lines of one day.
pub(crate) fn front_lines(front: &Front, tables: &Tables) -> Vec<Feature> {
    let mut features = Vec::new();
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
        features.push(Feature::new(line.line.clone(), object(properties)));
    }
    features
}

/// The pockets of one day: grounds of a stated size, whose outline is only indicative.
pub(crate) fn pockets(front: &Front, tables: &Tables) -> Vec<Feature> {
    let mut features = Vec::new();
    for pocket in &front.pockets {
        let label = label(&Control::Held(pocket.actor), tables.actors);
        let place = pocket.place.map(|id| tables.gazetteer.place(id));
        let mut properties = control_properties(&label);
        properties.insert("place".into(), json!(place.map(|p| p.id)));
        properties.insert("place_name_en".into(), json!(place.map(|p| p.name_en)));
        properties.insert("place_name_ar".into(), json!(place.map(|p| p.name_ar)));
        properties.insert("date".into(), day(Some(front.date)));
        properties.insert("stated_km2".into(), rounded(pocket.stated_km2, 3));
        properties.insert("indicative".into(), json!(true));
        fill(&mut properties, &label.color, 0.55);
        features.push(Feature::area(&pocket.area, properties));
    }
    features
}

/// Every spell of control of every place, for a temporal controller.
pub(crate) fn spells(timeline: &Timeline, tables: &Tables) -> Vec<Feature> {
    let mut features = Vec::new();
    for spell in timeline.spells() {
        let place = tables.gazetteer.place(spell.place);
        let label = label(&spell.control, tables.actors);
        let mut properties = name_properties(&place);
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
        features.push(Feature::new(place.point, properties));
    }
    features
}

fn place_properties(holding: &Holding, date: Date, tables: &Tables) -> Map<String, Value> {
    let label = label(&holding.control, tables.actors);
    let mut properties = name_properties(&tables.gazetteer.place(holding.place));
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

pub(crate) fn name_properties(place: &Place) -> Map<String, Value> {
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

pub(crate) fn fill(properties: &mut Map<String, Value>, color: &str, opacity: f64) {
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
        .map(|id| tables.gazetteer.place(*id).id)
        .collect();
    ids.join(" ")
}

/// A day as text, or null.
pub(crate) fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| json!(date.to_string()))
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A number with so many decimals, as JSON.
pub(crate) fn rounded(number: f64, digits: i32) -> Value {
    json!(round(number, digits))
}

/// Rounds half away from zero. The nearest double to a number of `digits` decimals prints with
/// no more than these. Minus zero becomes zero.
fn round(number: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale + 0.0
}
