//! The files for GIS, spreadsheets and globes, read back: khatt.gpkg, khatt.qgs, .qml, CSV, KML.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use program::Folder;
use quick_xml::events::Event;
use rusqlite::{Connection, OpenFlags};

const ALL: &str = "geojson,gpkg,qgis,csv,kml";
/// A report and a table whose words would do something if they were not kept from it.
const REPORT: &str = "---\nsource: \"=cmd|'/C calc'!A0\"\npublished: 2018-12-14\nurl: https://example.org/?a=1&b=<2>\n---\nسيطرت قوات سوريا الديمقراطية <script>alert(1)</script> & ]]> على بلدة هجين بعد معارك.\n";
const TABLE: &str = "date,place,actor,status,claimant,note\n\
    2018-12-13,Hajin,SDF,control,@SUM(A1),\"=HYPERLINK(\"\"http://x\"\") <b>\"\n\
    2018-12-20,Baghuz,IS,control,Monitor,\"a note with\na line end\"\n";

/// The bundled example with every file, drawn once for each test that only looks.
fn example() -> Folder {
    let folder = Folder::new();
    let run = folder.run(&["-q", "--format", ALL]);
    assert_eq!(run.code, Some(0), "{run:?}");
    folder
}

fn hostile() -> Folder {
    let folder = Folder::new();
    folder.write("in/report.md", REPORT);
    folder.write("in/claims.csv", TABLE);
    let dates = ["--date", "2018-12-14", "--date", "2018-12-20"];
    let run = folder.run(&[&["-q", "in", "--format", ALL], &dates[..]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    folder
}

fn open(folder: &Folder) -> Connection {
    let path = folder.path("out/khatt.gpkg");
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn number(db: &Connection, query: &str) -> i64 {
    db.query_row(query, [], |row| row.get(0)).unwrap()
}

fn words(db: &Connection, query: &str) -> Vec<String> {
    let mut statement = db.prepare(query).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

fn text(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path(name)).unwrap()
}

/// Every text between tags and every attribute of a document, unescaped. Fails where it is not
/// well-formed.
fn xml_words(document: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let mut words = vec![String::new()];
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return words,
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value.into_owned();
                    words.push(quick_xml::escape::unescape(&value).unwrap().into_owned());
                }
                words.push(String::new());
            }
            Event::End(_) => words.push(String::new()),
            Event::Text(text) => *words.last_mut().unwrap() += &text,
            Event::GeneralRef(name) => {
                let escaped = format!("&{};", &*name);
                *words.last_mut().unwrap() += &quick_xml::escape::unescape(&escaped).unwrap();
            }
            _ => {}
        }
    }
}

#[test]
fn the_geopackage_is_one_and_whole() {
    let folder = example();
    let db = open(&folder);
    assert_eq!(number(&db, "PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(number(&db, "PRAGMA user_version"), 10300);
    assert_eq!(words(&db, "PRAGMA integrity_check"), ["ok"]);
    assert!(words(&db, "PRAGMA foreign_key_check").is_empty());
    let layers = words(
        &db,
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid",
    );
    let expected = ["places", "zones", "fronts", "pockets", "timeline"];
    assert_eq!(layers[..5], expected);
    for layer in &layers {
        let rows = number(&db, &format!("SELECT count(*) FROM {layer}"));
        assert!(rows > 0, "{layer} is empty");
        let indexed = format!("SELECT count(*) FROM rtree_{layer}_geom");
        assert_eq!(number(&db, &indexed), rows, "{layer}");
        let extents = format!(
            "SELECT count(*) FROM gpkg_contents c, (SELECT min(minx) x0, min(miny) y0, max(maxx) x1, \
             max(maxy) y1 FROM rtree_{layer}_geom) r WHERE c.table_name = '{layer}' AND \
             abs(min_x - x0) < 1e-4 AND abs(min_y - y0) < 1e-4 AND abs(max_x - x1) < 1e-4 AND abs(max_y - y1) < 1e-4"
        );
        assert_eq!(number(&db, &extents), 1, "extent of {layer}");
    }
}

#[test]
fn the_geopackage_holds_what_the_geojson_files_hold() {
    let folder = example();
    let db = open(&folder);
    for (table, ending) in [("places", ""), ("zones", ".zones"), ("fronts", ".front")] {
        let file = folder.json(&format!("out/2019-02-16{ending}.geojson"));
        let features = file["features"].as_array().unwrap();
        let rows = format!("SELECT count(*) FROM {table} WHERE date = '2019-02-16'");
        assert_eq!(number(&db, &rows), features.len() as i64, "{table}");
    }
    let first = &folder.json("out/2019-02-16.geojson")["features"][0];
    let (id, (x, y)): (String, (f64, f64)) = db
        .query_row(
            "SELECT id, geom FROM places WHERE date = '2019-02-16' ORDER BY fid LIMIT 1",
            [],
            |row| {
                let bytes: Vec<u8> = row.get(1)?;
                let float = |at: usize| f64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
                Ok((row.get(0)?, (float(13), float(21))))
            },
        )
        .unwrap();
    assert_eq!(first["properties"]["id"], id);
    assert_eq!(first["geometry"]["coordinates"], serde_json::json!([x, y]));
}

#[test]
fn days_are_days_or_null_and_maps_follow_each_other() {
    let folder = example();
    let db = open(&folder);
    let columns = [
        ("places", "since"),
        ("places", "last_evidence"),
        ("places", "date"),
        ("places", "until"),
        ("zones", "until"),
        ("timeline", "valid_from"),
        ("timeline", "valid_to"),
        ("evidence", "date"),
        ("evidence", "date_to"),
        ("evidence", "published"),
    ];
    for (table, column) in columns {
        let wrong = format!(
            "SELECT count(*) FROM {table} WHERE \"{column}\" IS NOT NULL AND (date(\"{column}\") IS NOT \"{column}\")"
        );
        assert_eq!(number(&db, &wrong), 0, "{table}.{column}");
        let kind = format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'");
        assert_eq!(words(&db, &kind), ["DATE"], "{table}.{column}");
    }
    let query = "SELECT DISTINCT date || ' ' || coalesce(until, '') FROM zones ORDER BY 1";
    let days = words(&db, query);
    assert_eq!(
        days,
        [
            "2018-11-27 2019-02-01",
            "2019-02-01 2019-02-16",
            "2019-02-16 2019-02-20",
            "2019-02-20 2019-02-21",
            "2019-02-21 ",
        ]
    );
}

#[test]
fn every_place_leads_to_its_evidence() {
    let folder = example();
    let db = open(&folder);
    let relation = "SELECT base_table_name || ' ' || related_table_name || ' ' || mapping_table_name FROM gpkgext_relations";
    assert_eq!(words(&db, relation), ["places evidence places_evidence"]);
    let bare = "SELECT id FROM places p WHERE claims <> (SELECT count(*) FROM places_evidence WHERE base_id = p.fid)";
    assert!(words(&db, bare).is_empty());
    let quoted = "SELECT count(*) FROM places p JOIN places_evidence t ON t.base_id = p.fid JOIN evidence e ON e.fid = t.related_id \
         WHERE p.id = 'hajin' AND p.date = '2018-11-27' AND t.supports AND e.source = 'تلفزيون سوريا' AND e.words LIKE '%هجين والبوخاطر%'";
    assert!(number(&db, quoted) > 0);
}

#[test]
fn styles_are_inside_and_have_the_colours_of_the_parties() {
    let folder = example();
    let db = open(&folder);
    let styled = words(
        &db,
        "SELECT f_table_name FROM layer_styles WHERE useAsDefault",
    );
    let layers = words(
        &db,
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'",
    );
    for layer in &layers {
        assert!(styled.contains(layer), "{layer} has no style");
    }
    for style in words(&db, "SELECT styleQML FROM layer_styles") {
        assert!(!xml_words(&style).is_empty());
    }
    let zones = words(
        &db,
        "SELECT styleQML FROM layer_styles WHERE f_table_name = 'zones'",
    );
    // SDF of data/actors.toml at the opacity of data/style.toml.
    assert!(zones[0].contains("245,200,58,102"), "{}", zones[0]);
    let places = words(
        &db,
        "SELECT styleQML FROM layer_styles WHERE f_table_name = 'places'",
    );
    assert!(places[0].contains("startField=\"date\" endField=\"until\""));
}

#[test]
fn files_and_pictures_have_one_colour_for_contested_ground() {
    use khatt::output::words::{CONTESTED_COLOR, UNKNOWN_COLOR};
    use khatt::render::{Style, scene::Color};
    let style = Style::load(&khatt::data::DataFolder::Bundled).unwrap();
    assert_eq!(Color::parse(CONTESTED_COLOR), Some(style.control.contested));
    assert_eq!(Color::parse(UNKNOWN_COLOR), Some(style.place.unknown));
}

#[test]
fn same_input_same_bytes_at_any_time() {
    let (first, second) = (example(), example());
    let (first, second) = (first.files("out"), second.files("out"));
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs");
    }
    let folder = example();
    let db = open(&folder);
    let changed = words(&db, "SELECT DISTINCT last_change FROM gpkg_contents");
    // The newest day of any evidence, not the day of the run.
    let newest = "SELECT max(max(coalesce(date, ''), coalesce(date_to, ''), coalesce(published, ''))) FROM evidence";
    let newest = words(&db, newest);
    assert_eq!(changed, [format!("{}T00:00:00.000Z", newest[0])]);
}

#[test]
fn each_geojson_file_has_its_style_and_old_ones_go() {
    let folder = example();
    let files = folder.files("out");
    for name in files.keys().filter(|name| name.ends_with(".geojson")) {
        let style = name.replace(".geojson", ".qml");
        assert!(files.contains_key(&style), "{style}");
    }
    folder.write("out/2018-11-27.pockets.qml", "of an earlier run");
    folder.run(&["-q", "--date", "2018-11-27", "--format", "geojson,qgis"]);
    assert!(!folder.path("out/2018-11-27.pockets.qml").exists());
}

#[test]
fn only_what_is_asked_for_is_written() {
    let cases: [(&[&str], &[&str]); 4] = [
        (&["--format", "gpkg"], &["khatt.gpkg"]),
        (&["--format", "csv,kml"], &["2018-11-27.kml", "places.csv"]),
        (&["--format", "gpkg,qgis"], &["khatt.gpkg", "khatt.qgs"]),
        (&["--format", "png,gpkg", "--no-png"], &["khatt.gpkg"]),
    ];
    for (arguments, expected) in cases {
        let folder = Folder::new();
        let run = folder.run(&[&["-q", "--date", "2018-11-27"], arguments].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let files = folder.files("out");
        let files = files.keys().filter(|name| *name != "unused.csv");
        assert_eq!(files.collect::<Vec<_>>(), expected, "{arguments:?}");
    }
}

#[test]
fn the_project_names_the_file_beside_it() {
    let folder = example();
    let project = text(&folder, "out/khatt.qgs");
    let words = xml_words(&project);
    let sources = words.iter().filter(|word| word.contains("layername="));
    assert!(sources.clone().count() > 20);
    for source in sources {
        assert!(source.starts_with("./khatt.gpkg|layername="), "{source}");
    }
    assert!(words.contains(&"2018-11-27T00:00:00Z".to_owned()));
    assert!(words.contains(&"2019-02-22T00:00:00Z".to_owned()));
    assert!(words.iter().any(|word| word == "الأماكن · Places"));
}

#[test]
fn labels_follow_the_language() {
    for (lang, expected) in [("ar", "\"name_ar\""), ("en", "\"name_en\"")] {
        let folder = Folder::new();
        folder.run(&[
            "-q",
            "--date",
            "2018-11-27",
            "--lang",
            lang,
            "--format",
            "geojson,qgis",
        ]);
        let style = text(&folder, "out/2018-11-27.qml");
        let words = xml_words(&style);
        assert!(words.iter().any(|word| word == expected), "{lang}");
    }
}

#[test]
fn the_table_opens_in_a_spreadsheet_and_runs_nothing() {
    let folder = hostile();
    let bytes = std::fs::read(folder.path("out/places.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfdate,id,name_ar,"));
    let mut table = csv::Reader::from_reader(&bytes[3..]);
    let columns = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let hajin = rows.iter().find(|row| &row[1] == "hajin").unwrap();
    let cell = |name: &str| &hajin[columns.iter().position(|column| column == name).unwrap()];
    assert_eq!(
        (cell("date"), cell("name_ar"), cell("control")),
        ("2018-12-14", "هجين", "SDF")
    );
    assert_eq!(cell("claims"), "2");
    assert!(cell("lat").parse::<f64>().unwrap() > 34.0);
    assert!(cell("sources").starts_with("'=cmd"), "{}", cell("sources"));
    for cell in rows.iter().flatten() {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(
            is_number || !cell.starts_with(['=', '+', '-', '@']),
            "{cell}"
        );
    }
}

#[test]
fn words_of_reports_are_inert_in_kml_and_map_tips() {
    let folder = hostile();
    let kml = text(&folder, "out/2018-12-14.kml");
    let words = xml_words(&kml);
    let described = words.iter().find(|word| word.contains("alert(1)")).unwrap();
    assert!(described.contains("&lt;script&gt;"), "{described}");
    let is_markup = |word: &&String| word.starts_with("<p ") && word.contains("<script");
    assert_eq!(words.iter().find(is_markup), None);
    let style = text(&folder, "out/2018-12-14.qml");
    let tip = xml_words(&style)
        .into_iter()
        .find(|word| word.contains("[%"));
    assert!(
        tip.unwrap()
            .contains("replace(replace(coalesce(\"evidence\",''),'&','&amp;'),'<','&lt;')")
    );
}

#[test]
fn results_beside_reports_are_not_read_as_reports() {
    let folder = hostile();
    let again = folder.run(&["map", "out", "--out", "again"]);
    assert_eq!(again.code, Some(1), "{again:?}");
}

#[test]
fn a_run_without_evidence_still_gives_valid_files() {
    let folder = Folder::new();
    folder.write("in/report.md", "---\npublished: 2018-12-14\n---\nلا شيء.\n");
    let run = folder.run(&["-q", "in", "--format", ALL]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let db = open(&folder);
    assert_eq!(words(&db, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(number(&db, "SELECT count(*) FROM places"), 0);
    let extent = "SELECT count(*) FROM gpkg_contents WHERE table_name = 'places' AND min_x IS NULL";
    assert_eq!(number(&db, extent), 1);
}
