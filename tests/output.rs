//! The GeoJSON files read back: RFC 7946, whole dates, the attributes of the contract.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may panic"
)]

use std::path::PathBuf;

use geo::{LineString, MultiPolygon, Polygon, polygon};
use jiff::civil::Date;
use khatt::actor::Actors;
use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::error::Error;
use khatt::front::{Front, FrontLine, Holder, Pocket, Zone};
use khatt::gazetteer::Gazetteer;
use khatt::output::{Tables, explain::explain, geojson as files, write_atomic};
use khatt::region::Region;
use khatt::sources::Sources;
use khatt::timeline::{Timeline, Weighing};
use serde_json::Value;

const CLAIMS: &str = "date,place,place_id,actor,status,share,claimant,note\n\
    2018-10-01,,hajin-pocket,IS,control,,Monitor,the whole pocket\n\
    2018-12-08,,hajin,SDF,partial,0.7,Network,\"most of it; the rest is fought for\"\n\
    2018-12-14,,hajin,SDF,control,,Agency A,at dawn\n\
    2018-12-14,,hajin,SDF,control,,Monitor,after a week\n\
    2018-12-14,,as-susah,SDF,control,,Agency A,one says\n\
    2018-12-14,,as-susah,SDF,control,,Blog,a third agrees\n\
    2018-12-14,,as-susah,IS,control,,Agency B,the other says\n\
    2018-12-14,,hasrat,GOV,partial,0.25,Agency B,a quarter\n";

struct World {
    gazetteer: Gazetteer,
    actors: Actors,
    timeline: Timeline,
}

impl World {
    fn new() -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/timeline");
        let data = DataFolder::Folder(folder);
        let gazetteer = Gazetteer::load(&data).unwrap();
        let actors = Actors::load(&data).unwrap();
        let lookup = Lookup {
            gazetteer: &gazetteer,
            actors: &actors,
            sources: &Sources::load(&data).unwrap(),
            resolve: &|_| None,
        };
        let table = ClaimsTable::parse(CLAIMS, "t.csv", TableFormat::Csv, &lookup).unwrap();
        assert!(table.problems.is_empty(), "{:?}", table.problems);
        let region = Region::load(&data).unwrap();
        let weighing = Weighing::load(&DataFolder::Bundled).unwrap();
        let timeline = Timeline::new(table.claims, &gazetteer, &actors, &region, &weighing);
        Self {
            gazetteer,
            actors,
            timeline,
        }
    }

    fn tables(&self) -> Tables<'_> {
        Tables {
            gazetteer: &self.gazetteer,
            actors: &self.actors,
            claims: self.timeline.claims(),
        }
    }

    /// Rings turned the wrong way on purpose, and coordinates with too many decimals.
    fn front(&self) -> Front {
        let holder = |id| Holder::Actor(self.actors.find(id).unwrap());
        let clockwise: Polygon<f64> = polygon![
            exterior: [
                (x: 40.123_456_789, y: 34.1), (x: 40.1, y: 34.5),
                (x: 40.5, y: 34.5), (x: 40.5, y: 34.1),
            ],
            interiors: [[
                (x: 40.2, y: 34.2), (x: 40.3, y: 34.2), (x: 40.3, y: 34.3), (x: 40.2, y: 34.3),
            ]],
        ];
        let second = polygon![
            (x: 41.0, y: 34.0), (x: 41.0, y: 34.1), (x: 41.1, y: 34.1), (x: -0.0, y: 34.000_000_4)
        ];
        let areas = [
            MultiPolygon::new(vec![clockwise.clone()]),
            MultiPolygon::new(vec![clockwise.clone(), second]),
        ];
        let zone = |holder, area: &MultiPolygon<f64>| Zone {
            holder,
            area: area.clone(),
            area_km2: 1_234.567_89,
            places: self.gazetteer.find("hajin").into_iter().collect(),
            newest_days: Some(2),
            oldest_days: Some(60),
            stale: MultiPolygon::new(vec![]),
        };
        Front {
            date: day("2018-12-14"),
            zones: vec![
                zone(holder("SDF"), &areas[0]),
                zone(Holder::Contested, &areas[1]),
            ],
            lines: vec![FrontLine {
                sides: [holder("IS"), holder("SDF")],
                line: LineString::from(vec![(40.123_456_789, 34.1), (40.5, 34.5)]),
                is_river: true,
                length_km: 3.456_7,
                nearest_evidence_km: 0.5,
                support: 4,
                age_days: 2,
                places: vec![],
            }],
            pockets: vec![Pocket {
                actor: self.actors.find("IS").unwrap(),
                place: None,
                area: areas[0].clone(),
                stated_km2: 4.0,
            }],
            undrawn: vec![],
        }
    }

    /// Every file with its name.
    fn files(&self) -> Vec<(&'static str, String)> {
        let (front, tables) = (self.front(), self.tables());
        let snapshot = self.timeline.on(day("2018-12-14"));
        vec![
            ("places", files::places(&snapshot, &tables)),
            ("zones", files::zones(&front, &tables)),
            ("front", files::front_lines(&front, &tables)),
            ("pockets", files::pockets(&front, &tables)),
            ("timeline", files::timeline(&self.timeline, &tables)),
        ]
    }

    fn file(&self, name: &str) -> Value {
        let files = self.files();
        let (_, text) = files.iter().find(|(known, _)| *known == name).unwrap();
        serde_json::from_str(text).unwrap()
    }
}

fn day(date: &str) -> Date {
    date.parse().unwrap()
}

fn features(file: &Value) -> &Vec<Value> {
    file["features"].as_array().unwrap()
}

fn of_place<'a>(file: &'a Value, id: &str) -> &'a Value {
    let found = features(file).iter().find(|f| f["properties"]["id"] == id);
    &found.unwrap()["properties"]
}

/// All positions inside a geometry, in order.
fn positions(value: &Value, found: &mut Vec<[f64; 2]>) {
    let Some(list) = value.as_array() else { return };
    if let [Value::Number(x), Value::Number(y)] = list.as_slice() {
        found.push([x.as_f64().unwrap(), y.as_f64().unwrap()]);
    }
    list.iter().for_each(|inner| positions(inner, found));
}

#[test]
fn every_file_is_geojson() {
    for (name, text) in World::new().files() {
        let parsed: geojson::GeoJson = text.parse().unwrap();
        let geojson::GeoJson::FeatureCollection(collection) = parsed else {
            panic!("{name} is no FeatureCollection");
        };
        assert!(!collection.features.is_empty(), "{name}");
        let file: Value = serde_json::from_str(&text).unwrap();
        assert!(file.get("crs").is_none(), "{name}");
        let lines = text
            .lines()
            .filter(|line| line.starts_with("{\"type\":\"Feature\""));
        assert_eq!(
            lines.count(),
            features(&file).len(),
            "{name}: one feature a line"
        );
    }
}

#[test]
fn the_bbox_is_that_of_the_positions() {
    for (name, text) in World::new().files() {
        let file: Value = serde_json::from_str(&text).unwrap();
        let mut all = Vec::new();
        for feature in features(&file) {
            positions(&feature["geometry"]["coordinates"], &mut all);
        }
        let bound = |axis: usize, pick: fn(f64, f64) -> f64| {
            all.iter().map(|p| p[axis]).reduce(pick).unwrap()
        };
        let expected = [
            bound(0, f64::min),
            bound(1, f64::min),
            bound(0, f64::max),
            bound(1, f64::max),
        ];
        let bbox: Vec<f64> = serde_json::from_value(file["bbox"].clone()).unwrap();
        assert_eq!(bbox, expected, "{name}");
    }
}

#[test]
fn coordinates_have_six_decimals_and_no_minus_zero() {
    for (name, text) in World::new().files() {
        for feature in features(&serde_json::from_str(&text).unwrap()) {
            let written = feature["geometry"]["coordinates"].to_string();
            for number in written.split(['[', ']', ',']).filter(|n| !n.is_empty()) {
                let decimals = number.split_once('.').map_or(0, |(_, after)| after.len());
                assert!(decimals <= 6, "{name}: {number}");
                assert!(
                    number != "-0.0" && !number.contains('e'),
                    "{name}: {number}"
                );
            }
        }
    }
    let zones = World::new().file("zones");
    assert!(zones.to_string().contains("40.123457"));
}

/// Twice the signed area: positive for counter-clockwise.
fn turn(ring: &Value) -> f64 {
    let mut points = Vec::new();
    positions(ring, &mut points);
    assert_eq!(points.first(), points.last(), "rings are closed");
    points
        .windows(2)
        .map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1])
        .sum()
}

#[test]
fn exterior_rings_turn_left_and_holes_right() {
    for name in ["zones", "pockets"] {
        for feature in features(&World::new().file(name)) {
            let geometry = &feature["geometry"];
            let polygons = match geometry["type"].as_str() {
                Some("Polygon") => vec![geometry["coordinates"].clone()],
                _ => geometry["coordinates"].as_array().unwrap().clone(),
            };
            for polygon in polygons {
                let rings = polygon.as_array().unwrap();
                assert!(turn(&rings[0]) > 0.0, "{name}: exterior");
                assert!(
                    rings[1..].iter().all(|hole| turn(hole) < 0.0),
                    "{name}: hole"
                );
            }
        }
    }
}

#[test]
fn a_place_has_the_attributes_of_the_contract() {
    let file = World::new().file("places");
    let hajin = of_place(&file, "hajin");
    let expected = serde_json::json!({
        "id": "hajin", "name_en": "Hajin", "name_ar": "هجين", "kind": "town",
        "control": "SDF", "control_name_en": "Syrian Democratic Forces",
        "control_name_ar": "قوات سوريا الديمقراطية", "status": "held", "partial": false,
        "share": null, "since": "2018-12-14", "last_evidence": "2018-12-14", "age_days": 0,
        "stale": false, "claims": 4, "sources": "Agency A; Monitor", "date": "2018-12-14",
        "marker-color": "#f1c40f",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&hajin[name], value, "{name}");
    }
    let confidence = hajin["confidence"].as_f64().unwrap();
    assert!((0.5..1.0).contains(&confidence), "{confidence}");
    let evidence = hajin["evidence"].as_str().unwrap();
    assert!(
        evidence.contains("Agency A (2018-12-14): at dawn"),
        "{evidence}"
    );
}

#[test]
fn doubt_has_its_own_values() {
    let file = World::new().file("places");
    let susah = of_place(&file, "as-susah");
    assert_eq!(susah["control"], "claimed");
    assert_eq!(susah["control_name_en"], "Claimed by both: IS, SDF");
    let hasrat = of_place(&file, "hasrat");
    assert_eq!(
        (&hasrat["control"], &hasrat["partial"]),
        (&"GOV".into(), &true.into())
    );
    assert_eq!(hasrat["share"], 0.25);
    assert!(
        features(&file)
            .iter()
            .all(|f| f["properties"]["kind"] != "area"),
        "an area is never a point"
    );
}

#[test]
fn dates_are_whole_days_or_null() {
    let world = World::new();
    let names = ["since", "last_evidence", "date", "valid_from", "valid_to"];
    let mut open = 0;
    for (name, text) in world.files() {
        for feature in features(&serde_json::from_str(&text).unwrap()) {
            for date in names.iter().filter_map(|n| feature["properties"].get(*n)) {
                open += usize::from(date.is_null());
                let is_day = date
                    .as_str()
                    .is_some_and(|d| d.len() == 10 && d.parse::<Date>().is_ok());
                assert!(is_day || date.is_null(), "{name}: {date}");
            }
        }
    }
    assert!(open > 0, "an open spell ends with null");
}

#[test]
fn spells_of_the_timeline_meet() {
    let file = World::new().file("timeline");
    let hajin: Vec<_> = features(&file)
        .iter()
        .map(|f| &f["properties"])
        .filter(|p| p["id"] == "hajin")
        .collect();
    for pair in hajin.windows(2) {
        assert_eq!(pair[0]["valid_to"], pair[1]["valid_from"]);
    }
    assert_eq!(hajin[0]["control"], "IS");
    assert_eq!(hajin[hajin.len() - 1]["control"], "SDF");
    assert!(hajin[hajin.len() - 1]["valid_to"].is_null());
}

#[test]
fn lines_and_pockets_carry_their_figures() {
    let world = World::new();
    let line = &world.file("front")["features"][0]["properties"];
    assert_eq!(
        (&line["side_a"], &line["side_b"]),
        (&"IS".into(), &"SDF".into())
    );
    assert_eq!(
        (&line["river"], &line["length_km"]),
        (&true.into(), &3.46.into())
    );
    let pocket = &world.file("pockets")["features"][0]["properties"];
    assert_eq!(
        (&pocket["indicative"], &pocket["stated_km2"]),
        (&true.into(), &4.0.into())
    );
    let zone = &world.file("zones")["features"][1];
    assert_eq!(zone["properties"]["control"], "contested");
    assert_eq!(zone["geometry"]["type"], "MultiPolygon");
}

#[test]
fn a_day_is_written_whole_and_old_pockets_go() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let snapshot = world.timeline.on(day("2018-12-14"));
    let mut front = world.front();
    let written = |front: &Front| {
        files::write_day(&snapshot, front, &world.tables(), folder.path()).unwrap();
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let day_files = ["2018-12-14.front.geojson", "2018-12-14.geojson"];
    let names = written(&front);
    assert_eq!(names[..2], day_files);
    assert_eq!(
        names[2..],
        ["2018-12-14.pockets.geojson", "2018-12-14.zones.geojson"]
    );
    let first = std::fs::read(folder.path().join("2018-12-14.geojson")).unwrap();
    front.pockets.clear();
    assert_eq!(written(&front)[2..], ["2018-12-14.zones.geojson"]);
    let again = std::fs::read(folder.path().join("2018-12-14.geojson")).unwrap();
    assert_eq!(first, again, "same input, same bytes");
}

#[test]
fn a_folder_that_is_missing_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/file.geojson");
    match write_atomic(&path, b"{}") {
        Err(Error::Write { path: named, .. }) => assert_eq!(named, path),
        other => panic!("{other:?}"),
    }
}

#[test]
fn explain_tells_both_sides() {
    let world = World::new();
    let hajin = world.gazetteer.find("hajin").unwrap();
    let text = explain(&world.timeline, hajin, day("2018-12-14"), &world.tables());
    let text = text.replace(['\u{2068}', '\u{2069}'], "");
    for expected in [
        "هجين · Hajin (hajin) on 2018-12-14",
        "State: قوات سوريا الديمقراطية · Syrian Democratic Forces (held)",
        "Since: 2018-12-14",
        "Agency A · SDF control",
        "weight 0.750 = source 0.75 · rule table · stated",
        "\"at dawn\" [t.csv:4]",
        "Speaks against it, or of something else: 1",
        "IS control (said of Hajin pocket)",
    ] {
        assert!(text.contains(expected), "no `{expected}` in:\n{text}");
    }
    let sayyal = world.gazetteer.find("as-sayyal").unwrap();
    let text = explain(&world.timeline, sayyal, day("2018-12-14"), &world.tables());
    assert!(text.contains("No claim speaks of it"), "{text}");
}
