//! Other fronts: places of other gazetteers, new data folders, and the second bundled example.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::path::Path;

use program::{Folder, ROOT, Run};

/// A new region around Manbij with a river and a unit of administration.
fn region() -> Folder {
    let folder = Folder::new();
    folder.write(
        "rivers.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"Euphrates","name:ar":"الفرات","class":"major","waterway":"river"},"geometry":{"type":"MultiLineString","coordinates":[[[38.1,36.9],[38.05,36.6]],[[38.05,36.6],[38.2,36.2]]]}},
        {"type":"Feature","properties":{"name":"Nile"},"geometry":{"type":"LineString","coordinates":[[31.2,30.0],[31.3,29.0]]}}]}"#,
    );
    let run = new(&folder, &["--basemap", "rivers.geojson"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    folder
}

fn new(folder: &Folder, more: &[&str]) -> Run {
    let mut arguments = vec![
        "region",
        "new",
        "data",
        "--name",
        "Manbij",
        "--name-ar",
        "منبج",
        "--extent",
        "37.7,36.3,38.3,36.8",
    ];
    arguments.extend(more);
    folder.run(&arguments)
}

fn import(folder: &Folder, file: &str, format: &str, more: &[&str]) -> Run {
    let mut arguments = vec![
        "places", "import", file, "--format", format, "--into", "data",
    ];
    arguments.extend(more);
    folder.run(&arguments)
}

fn gazetteer(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path("data/gazetteer.csv")).unwrap()
}

/// A line of a dump of GeoNames; a seat of a district has 100,000 people.
fn geonames(id: u32, name: &str, others: &str, at: (f64, f64), feature: &str) -> String {
    let population = if feature == "P.PPLA2" { 100_000 } else { 0 };
    let (class, code) = feature.split_once('.').unwrap();
    format!(
        "{id}\t{name}\t{name}\t{others}\t{}\t{}\t{class}\t{code}\tSY\t\t09\t\t\t\t{population}\t\t400\tAsia/Damascus\t2017-01-01\n",
        at.0, at.1
    )
}

#[test]
fn a_new_folder_loads_and_maps_at_once() {
    let folder = region();
    let dump = geonames(
        1,
        "Manbij",
        "Membij,منبج,https://x.example/1",
        (36.528, 37.955),
        "P.PPLA2",
    ) + &geonames(2, "Al Arimah", "العريمة", (36.46, 37.74), "P.PPL")
        + &geonames(3, "Far away", "بعيد", (33.5, 36.3), "P.PPL")
        + &geonames(4, "Ruin", "خربة", (36.5, 37.9), "P.PPLH")
        + "5\tbroken\n";
    folder.write("SY.txt", dump);
    let run = import(&folder, "SY.txt", "geonames", &[]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.stderr.contains("SY.txt:5: 2 columns"), "{run:?}");
    assert!(
        run.stderr
            .contains("left out: 1 outside the frame, 1 of other kinds, 0 without a name"),
        "{run:?}"
    );
    let table = gazetteer(&folder);
    assert!(
        table.contains("\nmanbij,منبج,,Manbij,Membij,city,36.528,37.955,none,,1,,GeoNames 1,\n"),
        "{table}"
    );
    assert!(table.contains(",village,36.46,37.74,"), "{table}");

    folder.write("in/a.md", "---\nsource: SOHR\npublished: 2016-08-13\n---\nسيطرت قوات سوريا الديمقراطية على مدينة منبج.\n");
    let run = folder.run(&["--data", "data", "in"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(
        folder.json("out/2016-08-13.geojson")["features"][0]["properties"]["control"],
        "SDF"
    );
    assert_eq!(
        folder.json("out/2016-08-13.zones.geojson")["features"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let region = std::fs::read_to_string(folder.path("data/region.toml")).unwrap();
    assert!(
        region.contains("barrier_rivers = [\"euphrates\", \"euphrates-2\"]"),
        "{region}"
    );
    let rivers = std::fs::read_to_string(folder.path("data/basemap/rivers.geojson")).unwrap();
    assert!(
        rivers.contains("الفرات") && !rivers.contains("Nile"),
        "{rivers}"
    );
}

#[test]
fn a_second_gazetteer_adds_spellings_and_keeps_namesakes_apart() {
    let folder = region();
    folder.write(
        "SY.txt",
        geonames(1, "Manbij", "منبج", (36.528, 37.955), "P.PPLA2")
            + &geonames(2, "Jubb", "الجب", (36.7, 38.1), "P.PPL"),
    );
    assert_eq!(import(&folder, "SY.txt", "geonames", &[]).code, Some(0));
    let overpass = r#"{"elements":[
        {"type":"node","id":7,"lat":36.53,"lon":37.956,"tags":{"place":"city","name":"منبج","name:en":"Manbij","alt_name":"Mambij;ممبج"}},
        {"type":"way","id":8,"center":{"lat":36.4,"lon":37.9},"tags":{"place":"village","name":"الجب"}},
        {"type":"node","id":9,"lat":36.4,"lon":37.9,"tags":{"amenity":"cafe","name":"x"}},
        {"type":"node","id":10,"lat":36.4,"lon":37.91,"tags":{"place":"hamlet"}}]}"#;
    folder.write("osm.json", overpass);
    let run = import(&folder, "osm.json", "osm", &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout
            .contains("merged OSM node/7 into manbij, 0.2 km apart"),
        "{run:?}"
    );
    assert!(
        run.stdout.contains("apart from its namesake jubb,"),
        "{run:?}"
    );
    let table = gazetteer(&folder);
    assert!(
        table.contains("\nmanbij,منبج,ممبج,Manbij,Mambij,city,36.528,37.955,"),
        "{table}"
    );
    assert!(
        table.contains("GeoNames 1,spellings also from OSM node/7\n"),
        "{table}"
    );
    // Once more: nothing is new.
    let run = import(&folder, "osm.json", "osm", &[]);
    assert!(
        run.stderr.contains("0 added, 0 merged, 2 as before"),
        "{run:?}"
    );
    assert_eq!(gazetteer(&folder), table);
    let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"way/8","properties":{"place":"village","name":"الجب"},
        "geometry":{"type":"Polygon","coordinates":[[[37.89,36.39],[37.91,36.39],[37.91,36.41],[37.89,36.41],[37.89,36.39]]]}}]}"#;
    folder.write("osm.geojson", geojson);
    let run = import(&folder, "osm.geojson", "osm", &[]);
    assert!(
        run.stderr.contains("0 added, 0 merged, 1 as before"),
        "{run:?}"
    );
}

#[test]
fn a_table_of_ocha_brings_the_units_above_its_places() {
    let folder = region();
    folder.write(
        "ocha.csv",
        "admin1Name_en,admin1Name_ar,admin1Pcode,admin2Name_en,admin2Name_ar,admin2Pcode,admin3Name_en,admin3Name_ar,admin3Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,Latitude,Longitude\n\
         Aleppo,حلب,SY02,Menbij,منبج,SY0205,Abu Qalqal,أبو قلقل,SY020501,Abu Qalqal,أبو قلقل,C1784,36.42,38.12\n\
         Aleppo,حلب,SY02,Menbij,منبج,SY0205,Abu Qalqal,أبو قلقل,SY020501,Jub,جب,C1785,36.43,38.10\n\
         Aleppo,حلب,SY02,Menbij,منبج,SY0205,Abu Qalqal,أبو قلقل,SY020501,Nowhere,,C1786,north,38.10\n",
    );
    let run = import(&folder, "ocha.csv", "ocha", &[]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.stderr.contains("ocha.csv:4: lat `north`"), "{run:?}");
    let table = gazetteer(&folder);
    for expected in [
        "\nabu-qalqal,أبو قلقل,,Abu Qalqal,,town,36.42,38.12,none,abu-qalqal-subdistrict,1,,OCHA COD C1784,\n",
        "\nabu-qalqal-subdistrict,ناحية أبو قلقل,,Abu Qalqal Subdistrict,,subdistrict,",
        ",menbij-district,",
        "\naleppo-governorate,محافظة حلب,",
        // A name of two letters is too often something else.
        "\njub,جب,,Jub,,village,36.43,38.1,none,abu-qalqal-subdistrict,1,head,",
    ] {
        assert!(table.contains(expected), "{expected}\n{table}");
    }
}

#[test]
fn any_table_is_read_with_its_columns_named() {
    let folder = region();
    folder.write("mine.csv", "Ort;x\n1,2\n");
    let run = import(&folder, "mine.csv", "csv", &[]);
    assert!(
        run.code == Some(1)
            && run
                .stderr
                .contains("no column for `lat`; name it with --map lat=COLUMN"),
        "{run:?}"
    );
    folder.write("mine.csv", "Ort,Breite,Laenge,Art\nManbij,36.528,37.955,city\nX,36.5,37.9,castle\n,36.5,37.9,village\n");
    let run = import(
        &folder,
        "mine.csv",
        "csv",
        &["--map", "name_en=Ort,lat=Breite,lon=Laenge,kind=Art"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stderr.contains("1 of other kinds, 1 without a name"),
        "{run:?}"
    );
    assert!(gazetteer(&folder).contains("\nmanbij,Manbij,,Manbij,,city,36.528,37.955,"));
    let run = import(&folder, "mine.csv", "csv", &["--map", "colour=Ort"]);
    assert!(
        run.code == Some(1) && run.stderr.contains("no field `colour`"),
        "{run:?}"
    );
}

#[test]
fn what_cannot_be_a_region_is_refused() {
    let folder = region();
    let run = new(&folder, &[]);
    assert!(
        run.code == Some(1) && run.stderr.contains("is there already"),
        "{run:?}"
    );
    let cases = [
        (vec!["--basemap", "lakes=a.geojson"], "which layer?"),
        (
            vec!["--basemap", "roads=missing.geojson"],
            "cannot read missing.geojson",
        ),
        (
            vec!["--basemap", "roads=bad.geojson"],
            "not a GeoJSON feature collection",
        ),
        (
            vec!["--basemap", "countries=rivers.geojson"],
            "no areas near the frame",
        ),
    ];
    for (more, expected) in cases {
        let other = Folder::new();
        other.write("bad.geojson", "[]");
        other.write(
            "rivers.geojson",
            std::fs::read(folder.path("rivers.geojson")).unwrap(),
        );
        let run = new(&other, &more);
        assert!(
            run.code == Some(1) && run.stderr.contains(expected),
            "{expected}: {run:?}"
        );
        assert!(!other.path("data").exists(), "{expected}");
    }
    // Only what a region alone can know must be in its folder.
    std::fs::remove_file(folder.path("data/actors.toml")).unwrap();
    std::fs::remove_dir_all(folder.path("data/basemap")).unwrap();
    let run = folder.run(&["--data", "data", "places", "manbij"]);
    assert!(run.stderr.contains("no place has this name"), "{run:?}");
    std::fs::remove_file(folder.path("data/gazetteer.csv")).unwrap();
    let run = folder.run(&["--data", "data", "places", "manbij"]);
    assert!(
        run.code == Some(1) && run.stderr.contains("cannot read data/gazetteer.csv"),
        "{run:?}"
    );
}

#[test]
fn the_second_example_maps_another_front() {
    let folder = Folder::new();
    let example = Path::new(ROOT).join("examples/raqqa-2017");
    let (data, reports) = (example.join("data"), example.join("reports"));
    let run = folder.run(&[
        "--data",
        data.to_str().unwrap(),
        reports.to_str().unwrap(),
        "--no-png",
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stderr.starts_with("6 maps from 6 reports: 6 places"),
        "{run:?}"
    );
    let cases = [
        ("2017-03-27", "tabqa-airport", "SDF"),
        ("2017-03-27", "al-thawrah", "IS"),
        ("2017-06-20", "al-thawrah", "SDF"),
        ("2017-06-20", "al-rasafeh", "GOV"),
        ("2017-06-20", "ar-raqqa", "IS"),
        ("2017-10-27", "ar-raqqa", "SDF"),
    ];
    for (date, place, expected) in cases {
        let map = folder.json(&format!("out/{date}.geojson"));
        let features = map["features"].as_array().unwrap();
        let found = features
            .iter()
            .find(|f| f["properties"]["id"] == place)
            .unwrap();
        assert_eq!(found["properties"]["control"], expected, "{date} {place}");
    }
}
