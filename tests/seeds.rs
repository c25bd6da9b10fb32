//! The maps of the bundled reports say what the reports say.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeSet;
use std::sync::OnceLock;

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
        assert_eq!(held, [("IS".into(), "baghuz-fawqani".into())], "{date}");
        let size = of(&pockets[0], "stated_km2").as_f64().unwrap();
        assert!(km2.contains(&size), "{date}: {size} km2");
    }
}

#[test]
fn every_layer_of_every_day_has_its_date() {
    for name in out()
        .files("out")
        .keys()
        .filter(|name| name.starts_with("20"))
    {
        let date = &name[..10];
        for feature in features(name.trim_end_matches(".geojson")) {
            assert_eq!(feature["properties"]["date"], date, "{name}");
        }
    }
}
