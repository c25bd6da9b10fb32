//! The maps of the bundled reports say what the reports say.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use geo::{Contains, GeodesicArea, LineString, MultiPolygon, Point, Polygon};
use program::Folder;
use serde_json::Value;

/// What the Islamic State held on 27 November 2018, as the first report lists it.
const NINE: [&str; 9] = [
    "abu-al-khatir",
    "al-bubadran",
    "al-kashmah",
    "al-marashidah",
    "as-susah",
    "ash-shafah",
    "baghuz-fawqani",
    "baghuz-tahtani",
    "hajin",
];

fn out() -> &'static Folder {
    static OUT: OnceLock<Folder> = OnceLock::new();
    OUT.get_or_init(|| {
        let folder = Folder::new();
        let run = folder.run(&["--no-png"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        folder
    })
}

fn features(name: &str) -> Vec<Value> {
    let collection = out().json(&format!("out/{name}.geojson"));
    collection["features"].as_array().unwrap().clone()
}

fn held_by(date: &str, actor: &str) -> BTreeSet<String> {
    let all = features(date);
    let held = all.iter().filter(|f| f["properties"]["control"] == actor);
    held.map(|f| f["properties"]["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_nine_towns_of_the_pocket_are_held_on_27_november() {
    let held = held_by("2018-11-27", "IS");
    for town in NINE {
        assert!(held.contains(town), "{town} is missing from {held:?}");
    }
}

#[test]
fn of_the_nine_only_baghuz_is_left_in_the_middle_of_february() {
    for date in ["2019-02-16", "2019-02-20", "2019-02-21"] {
        let all = features(date);
        for place in &all {
            let properties = &place["properties"];
            let id = properties["id"].as_str().unwrap();
            if NINE.contains(&id) && !id.starts_with("baghuz") {
                assert_eq!(properties["control"], "SDF", "{date} {id}");
            }
        }
        let held = held_by(date, "IS");
        assert!(
            held.iter().all(|id| id.contains("baghuz")),
            "{date}: {held:?}"
        );
    }
}

#[test]
fn the_only_pocket_is_that_of_baghuz_in_its_stated_size() {
    // The report of the 16th says one square kilometre, others of those days say half of one.
    let stated = [
        ("2019-02-01", 4.0..=4.0),
        ("2019-02-16", 0.49..=1.0),
        ("2019-02-20", 0.49..=0.5),
        ("2019-02-21", 0.49..=0.5),
    ];
    for (date, km2) in stated {
        let pockets = features(&format!("{date}.pockets"));
        let of = |pocket: &Value, name: &str| pocket["properties"][name].clone();
        let held: Vec<_> = pockets
            .iter()
            .map(|p| (of(p, "control"), of(p, "place")))
            .collect();
        let [(holder, place)] = held.as_slice() else {
            panic!("{date}: {held:?}")
        };
        assert_eq!(holder, "IS", "{date}");
        // All that was left, or what was left in the town: the same ground.
        assert!(
            place.as_str().unwrap().starts_with("baghuz-"),
            "{date}: {place}"
        );
        let size = of(&pockets[0], "stated_km2").as_f64().unwrap();
        assert!(km2.contains(&size), "{date}: {size} km2");
        let drawn = area(&pockets[0]).geodesic_area_signed().abs() / 1e6;
        assert!(
            (drawn / size - 1.0).abs() < 0.02,
            "{date}: {drawn} of {size} km2"
        );
    }
}

#[test]
fn every_layer_of_every_day_has_its_date() {
    for name in out()
        .files("out")
        .keys()
        .filter(|name| name.starts_with("20") && name.ends_with(".geojson"))
    {
        let date = &name[..10];
        for feature in features(name.trim_end_matches(".geojson")) {
            assert_eq!(feature["properties"]["date"], date, "{name}");
        }
    }
}

/// The polygons of a feature.
fn area(feature: &Value) -> MultiPolygon<f64> {
    let shape = &feature["geometry"];
    let ring = |ring: &Value| -> LineString<f64> {
        let at = |c: &Value| (c[0].as_f64().unwrap(), c[1].as_f64().unwrap());
        ring.as_array().unwrap().iter().map(at).collect()
    };
    let polygon = |rings: &Value| {
        let mut rings: Vec<LineString<f64>> = rings.as_array().unwrap().iter().map(ring).collect();
        let exterior = rings.remove(0);
        Polygon::new(exterior, rings)
    };
    match shape["type"].as_str().unwrap() {
        "Polygon" => polygon(&shape["coordinates"]).into(),
        _ => shape["coordinates"]
            .as_array()
            .unwrap()
            .iter()
            .map(polygon)
            .collect(),
    }
}

fn zone(date: &str, holder: &str) -> MultiPolygon<f64> {
    let zones = features(&format!("{date}.zones"));
    area(
        zones
            .iter()
            .find(|zone| zone["properties"]["control"] == holder)
            .unwrap(),
    )
}

fn point(date: &str, id: &str) -> Point<f64> {
    let places = features(date);
    let place = places
        .iter()
        .find(|place| place["properties"]["id"] == id)
        .unwrap();
    let at = &place["geometry"]["coordinates"];
    Point::new(at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

#[test]
fn the_pocket_of_november_is_one_strip_between_two_fronts() {
    let date = "2018-11-27";
    let pocket = zone(date, "IS");
    let strip = pocket
        .iter()
        .find(|piece| piece.contains(&point(date, "hajin")))
        .unwrap();
    for town in NINE {
        assert!(strip.contains(&point(date, town)), "{town}");
    }
    for across in ["abu-kamal", "al-jalaa", "as-sayyal"] {
        assert!(zone(date, "GOV").contains(&point(date, across)), "{across}");
        assert!(!pocket.contains(&point(date, across)), "{across}");
    }
    let fronts = features(&format!("{date}.front"));
    let km = |sides: [&str; 2], river: bool| -> f64 {
        let of = |f: &&Value| {
            let p = &f["properties"];
            let found = [p["side_a"].as_str().unwrap(), p["side_b"].as_str().unwrap()];
            (found == sides || found == [sides[1], sides[0]]) && p["river"] == river
        };
        let lengths = fronts
            .iter()
            .filter(of)
            .map(|f| f["properties"]["length_km"].as_f64().unwrap());
        lengths.sum()
    };
    assert!(km(["IS", "SDF"], false) > 5.0, "no front on land");
    assert!(km(["GOV", "IS"], true) > 25.0, "no front along the river");
    assert!(
        km(["GOV", "IS"], false) < 1e-9,
        "the pocket is across the river"
    );
}

#[test]
fn in_the_end_nothing_is_left() {
    let folder = Folder::new();
    let claims = format!("{}/seeds/claims.csv", program::ROOT);
    for day in ["2019-03-23", "2019-03-24", "2019-04-20"] {
        let run = folder.run(&[
            "map", &claims, "--date", day, "--no-png", "--format", "geojson",
        ]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let text =
            std::fs::read_to_string(folder.path(&format!("out/{day}.zones.geojson"))).unwrap();
        assert!(
            text.contains("\"SDF\"") && !text.contains("\"control\":\"IS\""),
            "{day}"
        );
    }
}
