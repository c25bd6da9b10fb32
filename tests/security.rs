//! Hostile inputs: what a report says is shown, never obeyed; what it is called names no file.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use program::{Folder, Run};

/// What terminals obey, what turns the direction of a line, what other programs would run.
const ORDERS: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\u{2066}<script>alert(1)</script>";

/// A report whose every field is hostile, as a line of JSON; YAML refuses control characters.
fn hostile_report(id: &str) -> String {
    let hostile = format!("=cmd|'/c calc'!A1 {ORDERS}");
    let text = format!(
        "سيطرت قسد على بلدة هجين {ORDERS} بالكامل.\nتسعى قسد إلى السيطرة على السوسة {ORDERS} قريبا.\n\
         وقال \"{hostile}\" إن قسد سيطرت على الشعفة.\n"
    );
    let report = serde_json::json!({
        "id": id, "title": hostile, "source": hostile, "text": text, "published": "2018-12-14",
        "url": format!("javascript:alert(1)//{ORDERS}"),
    });
    format!("{report}\n")
}

/// Fails when a terminal would obey some of it.
fn assert_inert(what: &str, text: &str) {
    let is_order = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}');
    for line in text.lines() {
        let found = line.chars().find(|c| is_order(*c) || turns(*c));
        assert_eq!(found, None, "{what}: {line:?}");
        let count = |mark| line.chars().filter(|c| *c == mark).count();
        assert_eq!(count('\u{2068}'), count('\u{2069}'), "{what}: {line:?}");
    }
}

fn assert_run_is_inert(what: &str, run: &Run) {
    assert_inert(&format!("{what}, standard output"), &run.stdout);
    assert_inert(&format!("{what}, standard error"), &run.stderr);
}

#[test]
fn a_terminal_obeys_nothing_that_a_report_says() {
    let folder = Folder::new();
    let report = hostile_report(&format!("id {ORDERS}"));
    folder.write("in/a.jsonl", &report);
    let commands: [&[&str]; 9] = [
        &["extract", "in"],
        &["extract", "--format", "jsonl", "in"],
        &["explain", "hajin", "in"],
        &["explain", &format!("x{ORDERS}"), "in"],
        &["review", "in"],
        &["review", "--format", "jsonl", "in"],
        &["review", "--format", "toml", "in"],
        &["map", "--verbose", "--no-png", "in"],
        &["diff", "--no-png", "2018-12-01", "2018-12-20", "in"],
    ];
    for arguments in commands {
        let run = folder.run(arguments);
        assert_run_is_inert(&arguments.join(" "), &run);
        let is_refusal = arguments[1].starts_with('x');
        assert_eq!(run.code, Some(i32::from(is_refusal)), "{run:?}");
    }
    let shown = folder.run(&["explain", "hajin", "in"]).stdout;
    assert!(shown.contains("␛[2J"), "the reader sees it: {shown}");
}

#[test]
fn messages_that_quote_a_file_stay_one_inert_line() {
    let folder = Folder::new();
    let orders = serde_json::json!(format!("{ORDERS}\nerror: forged"));
    let bad = [
        ("date.md", format!("---\npublished: {orders}\n---\nهجين\n")),
        (
            "basis.md",
            format!("---\npublished_basis: {orders}\n---\nهجين\n"),
        ),
        ("head.md", format!("---\n{ORDERS}: [\n---\nهجين\n")),
        (
            "lines.jsonl",
            format!("{{\"published\":{orders},\"text\":\"x\"}}\n{ORDERS}\n"),
        ),
        (
            "claims.csv",
            format!("place,actor,status,date,claimant\n{ORDERS},{ORDERS},{ORDERS},{ORDERS},x\n"),
        ),
        ("page.html", format!("<title>{ORDERS}</title>")),
    ];
    for (name, text) in bad {
        folder.write(name, &text);
        let run = folder.run(&["map", "--no-png", name]);
        assert_run_is_inert(name, &run);
        assert!(!run.stderr.contains("\nerror: forged"), "{}", run.stderr);
    }
    folder.write("good.jsonl", hostile_report("good"));
    for (name, text) in [
        (
            "corrections.toml",
            format!("[[claim]]\nkey = {orders}\ndecision = {orders}\n"),
        ),
        (
            "corrections.csv",
            format!("kind,key,decision\nclaim,{ORDERS},{ORDERS}\n"),
        ),
    ] {
        folder.write(name, &text);
        let run = folder.run(&["map", "--no-png", "--corrections", name, "good.jsonl"]);
        assert_run_is_inert(name, &run);
        std::fs::remove_file(folder.path(name)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn names_of_files_are_shown_inert() {
    let folder = Folder::new();
    folder.write("in/\u{1b}[2J\nerror: forged\u{202e}.md", [0xFF, 0xFE, 0x00]);
    folder.write("in/\u{1b}[2J.exe", "x");
    let run = folder.run(&["map", "--verbose", "--no-png", "in"]);
    assert_run_is_inert("file names", &run);
    assert!(!run.stderr.contains("\nerror: forged"), "{}", run.stderr);
}

#[test]
fn files_for_other_programs_hold_hostile_text_as_text() {
    let folder = Folder::new();
    folder.write("in/a.jsonl", hostile_report("=1+1"));
    let formats = "geojson,png,svg,pdf,gpkg,qgis,csv,kml";
    let run = folder.run(&["map", "--size", "400x400", "--format", formats, "in"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for (name, bytes) in folder.files("out") {
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        // Escaped once for XML, and once more for the HTML in it; a string in JSON.
        if [".kml", ".qgs", ".qml", ".svg"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            assert!(!text.contains("<script"), "{name}");
            let html = |line: &&str| line.trim_start().starts_with("<description>");
            assert!(
                text.lines()
                    .filter(html)
                    .all(|line| !line.contains("&lt;script")),
                "{name}"
            );
        }
        if name.ends_with(".csv") {
            assert_inert(&name, text.trim_start_matches('\u{feff}'));
            let mut table =
                csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let cells = table.records().flat_map(|row| {
                let row = row.unwrap();
                row.iter().map(str::to_owned).collect::<Vec<_>>()
            });
            let is_formula = |cell: &String| cell.starts_with(['=', '@', '+']);
            assert_eq!(cells.filter(is_formula).next(), None, "{name}");
        }
    }
    let unused = String::from_utf8(folder.files("out")["unused.csv"].clone()).unwrap();
    assert!(unused.contains("'=1+1"), "{unused}");
}

#[test]
fn no_report_id_becomes_a_path() {
    let folder = Folder::new();
    let long = "x".repeat(100_000);
    let ids = [
        "../../escaped",
        "/tmp/khatt-escaped",
        "..\\..\\escaped",
        "C:\\escaped",
        "CON",
        "a\0b",
        "",
        ".",
        "~/escaped",
        "%2e%2e%2fescaped",
        &long,
    ];
    let lines: String = ids
        .iter()
        .map(|id| {
            let line = serde_json::json!({
                "id": id, "published": "2018-12-14", "source": id, "url": id,
                "text": "سيطرت قسد على هجين. قد تسيطر قسد على السوسة.",
            });
            format!("{line}\n")
        })
        .collect();
    folder.write("work/in.jsonl", &lines);
    let formats = "geojson,gpkg,qgis,csv,kml";
    let run = folder.run(&[
        "map",
        "--format",
        formats,
        "--out",
        "work/out",
        "work/in.jsonl",
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let names: Vec<String> = folder.files("work/out").into_keys().collect();
    let is_ours = |name: &String| {
        name.starts_with("2018-12-14.")
            || ["khatt.", "places.csv", "timeline.", "unused.csv"]
                .iter()
                .any(|ours| name.starts_with(ours))
            || name.ends_with(".qml")
    };
    assert!(names.iter().all(is_ours), "{names:?}");
    let beside: Vec<_> = std::fs::read_dir(folder.path("work")).unwrap().collect();
    assert_eq!(beside.len(), 2);
    assert_eq!(std::fs::read_dir(folder.path("")).unwrap().count(), 1);
    assert!(!std::path::Path::new("/tmp/khatt-escaped").exists());
}
