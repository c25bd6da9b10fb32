//! One scene, many outputs: SVG, PDF and the files that place a PNG on the earth.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod program;
mod render_fixture;

use geo::coord;
use khatt::data::DataFolder;
use khatt::render::Lang;
use khatt::render::scene::{Scene, Shape};
use khatt::render::svg::share;
use program::Folder;
use quick_xml::events::Event;
use render_fixture::{Fixture, small};

fn scene(lang: Lang) -> Scene {
    Fixture::load(&DataFolder::Bundled).draw(&small(lang))
}

/// The texts of an XML document in order, and how often each element occurs.
fn read_xml(xml: &str) -> (Vec<String>, std::collections::BTreeMap<String, usize>) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut texts, mut counts) = (Vec::new(), std::collections::BTreeMap::new());
    let mut open = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                *counts.entry(name.clone()).or_default() += 1;
                open.push(name);
                if open.last().unwrap() == "text" {
                    texts.push(String::new());
                }
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                *counts.entry(name).or_default() += 1;
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if open.last().is_some_and(|name| name == "text") => {
                texts.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(entity) => {
                if let Some(text) = texts.last_mut() {
                    let name = entity.into_inner();
                    text.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    (texts, counts)
}

#[test]
fn an_svg_holds_every_line_of_text_in_logical_order() {
    let scene = scene(Lang::Both);
    let lines: Vec<&str> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Text(text) => Some(text.text.as_str()),
            _ => None,
        })
        .collect();
    let (texts, counts) = read_xml(&scene.to_svg());
    assert_eq!(texts, lines);
    assert!(lines.contains(&"هجين") && lines.contains(&"الوضع في 27 تشرين الثاني/نوفمبر 2018"));
    // No letter depends on a font: what is seen are outlines.
    assert!(counts["path"] > 100 && counts["use"] > 500);
}

#[test]
fn an_svg_is_compact() {
    let bytes = scene(Lang::Both).to_svg().len();
    assert!(bytes < 300_000, "{bytes}");
}

#[test]
fn scenes_of_one_page_share_what_they_have_in_common() {
    let scenes: Vec<Scene> = (0..10).map(|_| scene(Lang::Both)).collect();
    let shared = share(&scenes);
    // All the same: one group, drawn ten times.
    assert_eq!(shared.scenes, vec![vec![0]; 10]);
    assert!(shared.definitions.len() < scenes[0].to_svg().len());
    let (texts, counts) = read_xml(&shared.definitions);
    assert!(texts.is_empty() && counts["use"] > 500);
}

#[test]
fn a_pdf_embeds_its_fonts_and_no_clock() {
    let scene = scene(Lang::Both);
    let first = scene.to_pdf().unwrap();
    let text = String::from_utf8_lossy(&first);
    assert!(
        text.starts_with("%PDF-1.7") && text.contains("/FontFile2") && text.contains("/ToUnicode")
    );
    assert!(text.contains("(D:20181127") && !text.contains("(D:202"));
    assert!(first == scene.to_pdf().unwrap());
    assert!(first.len() < 120_000, "{}", first.len());
}

#[test]
fn a_world_file_places_every_pixel() {
    let scene = scene(Lang::En);
    let numbers: Vec<f64> = scene
        .world_file()
        .lines()
        .map(|n| n.parse().unwrap())
        .collect();
    let [pixel_x, 0.0, 0.0, pixel_y, x, y] = numbers[..] else {
        panic!("{numbers:?}")
    };
    for (longitude, latitude) in [(40.7, 34.4), (40.93, 34.57), (41.1, 34.8)] {
        let at = coord! { x: longitude, y: latitude };
        let metres = scene.projection.to_metres(at);
        // The file speaks of the middle of the first pixel, which is half a pixel from the corner.
        let (column, row) = (
            (metres.x - x) / pixel_x + 0.5,
            (metres.y - y) / pixel_y + 0.5,
        );
        let drawn = scene.projection.to_px(at);
        assert!(
            (column - f64::from(drawn.x)).abs() < 0.01,
            "{column} {drawn:?}"
        );
        assert!((row - f64::from(drawn.y)).abs() < 0.01, "{row} {drawn:?}");
    }
    let xml = scene.auxiliary_xml();
    read_xml(&xml);
    let system = scene.reference_system();
    assert!(system.starts_with("PROJCS[") && xml.contains(&system.replace('"', "&quot;")));
}

#[test]
fn only_the_wanted_forms_are_written() {
    let cases: [(&str, &[&str]); 3] = [
        ("svg,pdf", &["pdf", "svg"]),
        ("png", &["pgw", "png", "png.aux.xml", "prj"]),
        ("pdf,pdf", &["pdf"]),
    ];
    for (wanted, endings) in cases {
        let folder = Folder::new();
        let run = folder.run(&["-q", "map", "--date", "2018-11-27", "--format", wanted]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let files = folder.files("out");
        let pictures: Vec<&str> = files
            .keys()
            .filter_map(|name| name.strip_prefix("2018-11-27."))
            .filter(|ending| !ending.ends_with("geojson"))
            .collect();
        assert_eq!(pictures, endings, "{wanted}");
    }
    let folder = Folder::new();
    assert_eq!(folder.run(&["map", "--format", "bmp"]).code, Some(2));
    let run = folder.run(&["map", "--date", "2018-11-27", "--format", "svg", "--no-png"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        folder
            .files("out")
            .keys()
            .all(|name| !name.ends_with("svg"))
    );
}

#[test]
fn a_sheet_takes_the_place_of_single_maps() {
    let folder = Folder::new();
    let days = [
        "--date",
        "2018-12-01",
        "--date",
        "2019-02-16",
        "--size",
        "1000x750",
    ];
    let forms = ["map", "--sheet", "--format", "png,svg,pdf"];
    let run = folder.run(&[&forms[..], &days[..]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    let files: Vec<String> = folder.files("out").into_keys().collect();
    let stem = "2018-12-01..2019-02-16.sheet";
    let mut wanted: Vec<String> = ["pdf", "png", "svg"].map(|e| format!("{stem}.{e}")).into();
    wanted.push("unused.csv".into());
    assert_eq!(files, wanted);
    let svg = std::fs::read_to_string(folder.path(&format!("out/{stem}.svg"))).unwrap();
    let (texts, counts) = read_xml(&svg);
    assert_eq!(counts["svg"], 3, "the sheet and two maps");
    let count = |words: &str| texts.iter().filter(|text| *text == words).count();
    assert_eq!(
        (count("Hajin"), count("1 December 2018"), count("Control")),
        (2, 1, 1)
    );
    let many = [
        "map",
        "--from",
        "2018-10-01",
        "--sheet",
        "--size",
        "1000x750",
    ];
    let small = folder.run(&many);
    assert_eq!(small.code, Some(1), "{small:?}");
    assert!(
        small.stderr.contains("--size, a longer --step"),
        "{small:?}"
    );
}
