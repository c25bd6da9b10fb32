//! The layers of the GeoPackage: their columns, and the features in them.

use std::collections::BTreeSet;

use geo::{Contains, Point};
use serde_json::{Value, json};

use super::geometry::Shape;
use super::layer::{Column, Kind, Layer};
use crate::basemap::{NamedArea, NamedLine};
use crate::gazetteer::{Kind as PlaceKind, PlaceId};
use crate::output::feature::{self, Feature, day, object};
use crate::output::run::Run;
use Kind::{Day, Real, Text, Truth, Whole};

const PLACES: Layer = Layer {
    name: "places",
    shape: Shape::Point,
    columns: &[
        ("id", Text),
        ("name_en", Text),
        ("name_ar", Text),
        ("kind", Text),
        ("control", Text),
        ("control_name_en", Text),
        ("control_name_ar", Text),
        ("status", Text),
        ("partial", Truth),
        ("share", Real),
        ("since", Day),
        ("last_evidence", Day),
        ("age_days", Whole),
        ("stale", Truth),
        ("confidence", Real),
        ("claims", Whole),
        ("sources", Text),
        ("date", Day),
        ("until", Day),
        ("evidence", Text),
    ],
};

const ZONES: Layer = Layer {
    name: "zones",
    shape: Shape::Area,
    columns: &[
        ("control", Text),
        ("control_name_en", Text),
        ("control_name_ar", Text),
        ("date", Day),
        ("until", Day),
        ("area_km2", Real),
        ("places", Whole),
        ("place_ids", Text),
    ],
};

const FRONTS: Layer = Layer {
    name: "fronts",
    shape: Shape::Line,
    columns: &[
        ("side_a", Text),
        ("side_b", Text),
        ("side_a_name_en", Text),
        ("side_a_name_ar", Text),
        ("side_b_name_en", Text),
        ("side_b_name_ar", Text),
        ("date", Day),
        ("until", Day),
        ("river", Truth),
        ("length_km", Real),
        ("nearest_evidence_km", Real),
        ("support", Whole),
        ("age_days", Whole),
    ],
};

const POCKETS: Layer = Layer {
    name: "pockets",
    shape: Shape::Area,
    columns: &[
        ("control", Text),
        ("control_name_en", Text),
        ("control_name_ar", Text),
        ("place", Text),
        ("place_name_en", Text),
        ("place_name_ar", Text),
        ("date", Day),
        ("until", Day),
        ("stated_km2", Real),
        ("indicative", Truth),
    ],
};

const TIMELINE: Layer = Layer {
    name: "timeline",
    shape: Shape::Point,
    columns: &[
        ("id", Text),
        ("name_en", Text),
        ("name_ar", Text),
        ("kind", Text),
        ("control", Text),
        ("control_name_en", Text),
        ("control_name_ar", Text),
        ("status", Text),
        ("partial", Truth),
        ("share", Real),
        ("valid_from", Day),
        ("valid_to", Day),
        ("confidence", Real),
        ("evidence", Text),
    ],
};

/// Columns of a thing that has only names.
const NAMED: &[Column] = &[("id", Text), ("name_en", Text), ("name_ar", Text)];
const CLASSED: &[Column] = &[
    ("id", Text),
    ("name_en", Text),
    ("name_ar", Text),
    ("class", Text),
];
const COUNTRY: &[Column] = &[
    ("id", Text),
    ("name_en", Text),
    ("name_ar", Text),
    ("home", Truth),
];
const SETTLEMENT: &[Column] = &[
    ("id", Text),
    ("name_en", Text),
    ("name_ar", Text),
    ("kind", Text),
];

/// A layer, the key of its name in the words of the map, and what is in it.
pub(super) type Content = (Layer, &'static str, Vec<Feature>);

/// All layers, those of control first.
pub(super) fn all(run: &Run) -> Vec<Content> {
    let mut contents = control(run);
    contents.extend(ground(run));
    contents
}

fn control(run: &Run) -> Vec<Content> {
    let tables = &run.tables;
    let [mut places, mut zones, mut fronts, mut pockets] = [const { Vec::new() }; 4];
    for shown in run.days {
        let until = day(run.until(shown.snapshot.date));
        let dated = |features: Vec<Feature>| {
            let until = until.clone();
            features.into_iter().map(move |mut feature| {
                feature.properties.insert("until".into(), until.clone());
                feature
            })
        };
        places.extend(dated(feature::places(&shown.snapshot, tables)));
        zones.extend(dated(feature::zones(&shown.front, tables)));
        fronts.extend(dated(feature::front_lines(&shown.front, tables)));
        pockets.extend(dated(feature::pockets(&shown.front, tables)));
    }
    vec![
        (PLACES, "places", places),
        (ZONES, "zones", zones),
        (FRONTS, "fronts", fronts),
        (POCKETS, "pocket", pockets),
        (TIMELINE, "timeline", feature::spells(run.timeline, tables)),
    ]
}

fn ground(run: &Run) -> Vec<Content> {
    let base = run.basemap;
    let layer = |name, shape, columns| Layer {
        name,
        shape,
        columns,
    };
    let middle = Point::from(run.look.region.extent.center());
    let countries = base.countries.iter().map(|country| {
        let is_home = country.area.contains(&middle);
        area(country, Some(("home", json!(is_home))))
    });
    vec![
        (
            layer("base_places", Shape::Point, SETTLEMENT),
            "no_evidence",
            places_without_evidence(run),
        ),
        (
            layer("base_border", Shape::Line, CLASSED),
            "border",
            base.border.iter().map(line).collect(),
        ),
        (
            layer("base_rivers", Shape::Line, CLASSED),
            "river",
            base.rivers.iter().map(line).collect(),
        ),
        (
            layer("base_roads", Shape::Line, CLASSED),
            "road",
            base.roads.iter().map(line).collect(),
        ),
        (
            layer("base_subdistricts", Shape::Area, NAMED),
            "subdistrict",
            base.subdistricts.iter().map(|a| area(a, None)).collect(),
        ),
        (
            layer("base_countries", Shape::Area, COUNTRY),
            "country",
            countries.collect(),
        ),
    ]
}

fn line(named: &NamedLine) -> Feature {
    let properties = json!({
        "id": named.id,
        "name_en": named.name_en,
        "name_ar": named.name_ar,
        "class": named.class,
    });
    Feature::new(named.line.clone(), object(properties))
}

fn area(named: &NamedArea, more: Option<(&str, Value)>) -> Feature {
    let mut properties = object(json!({
        "id": named.id,
        "name_en": named.name_en,
        "name_ar": named.name_ar,
    }));
    properties.extend(more.map(|(key, value)| (key.to_owned(), value)));
    Feature::area(&named.area, properties)
}

/// Settlements of which no map of the run says anything.
fn places_without_evidence(run: &Run) -> Vec<Feature> {
    let gazetteer = run.tables.gazetteer;
    let holdings = run.days.iter().flat_map(|day| &day.snapshot.holdings);
    let known: BTreeSet<PlaceId> = holdings.map(|holding| holding.place).collect();
    gazetteer
        .iter()
        .filter(|(id, place)| {
            place.kind.is_settlement()
                && place.kind != PlaceKind::Neighbourhood
                && !known.contains(id)
        })
        .map(|(_, place)| {
            let properties = json!({
                "id": place.id,
                "name_en": place.name_en,
                "name_ar": place.name_ar,
                "kind": place.kind.as_str(),
            });
            Feature::new(place.point, object(properties))
        })
        .collect()
}
