//! What a person decides: corrections beside the inputs, and the list of what is worth a look.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use program::Folder;
use serde_json::Value;

const HAJIN: &str = "---\nsource: Hajin Network\npublished: 2018-12-14\n---\nسيطرت قوات سوريا الديمقراطية على بلدة هجين.\n";
const BY: &str = "analyst = \"L. Haddad\"\nnote = \"seen on video\"\n";

fn with_report() -> Folder {
    let folder = Folder::new();
    folder.write("in/hajin.md", HAJIN);
    folder
}

/// The key of the only claim of a folder's reports.
fn key(folder: &Folder) -> String {
    claim(folder)["key"].as_str().unwrap().to_owned()
}

fn claim(folder: &Folder) -> Value {
    let run = folder.run(&["extract", "--format", "jsonl", "in"]);
    let object: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    object["claims"][0].clone()
}

fn map(folder: &Folder) -> Value {
    let run = folder.run(&["map", "in", "--no-png", "--date", "2018-12-14"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    folder.json("out/2018-12-14.geojson")
}

fn hajin(map: &Value) -> Option<&Value> {
    let features = map["features"].as_array().unwrap();
    let place = features.iter().find(|f| f["properties"]["id"] == "hajin");
    place.map(|feature| &feature["properties"])
}

fn decide(folder: &Folder, decision: &str) {
    let key = key(folder);
    let entry = format!("[[claim]]\nkey = \"{key}\"\n{decision}\n{BY}");
    folder.write("in/corrections.toml", entry);
}

#[test]
fn a_rejected_claim_is_on_no_map_and_is_shown_as_rejected() {
    let folder = with_report();
    assert_eq!(hajin(&map(&folder)).unwrap()["control"], "SDF");
    decide(&folder, "decision = \"reject\"");
    assert!(hajin(&map(&folder)).is_none());
    let unused = std::fs::read_to_string(folder.path("out/unused.csv")).unwrap();
    let reason = "rejected by L. Haddad: seen on video";
    assert!(
        unused.contains("rejected,") && unused.contains(reason),
        "{unused}"
    );
    let explained = folder.run(&["explain", "hajin", "in", "--date", "2018-12-14"]);
    assert!(explained.stdout.contains(reason), "{explained:?}");
    let extracted = folder.run(&["extract", "--format", "jsonl", "in"]);
    let object: Value = serde_json::from_str(&extracted.stdout).unwrap();
    assert_eq!(object["claims"].as_array().unwrap().len(), 0);
    assert_eq!(object["set_aside"][0]["reason"], reason);
}

#[test]
fn an_accepted_claim_counts_in_full_and_says_who_accepted_it() {
    let folder = with_report();
    let before = hajin(&map(&folder)).unwrap()["confidence"]
        .as_f64()
        .unwrap();
    decide(&folder, "decision = \"accept\"");
    let map = map(&folder);
    let place = hajin(&map).unwrap();
    assert!(place["confidence"].as_f64().unwrap() > before);
    let evidence = place["evidence"].as_str().unwrap();
    assert!(
        evidence.ends_with("[accepted by L. Haddad: seen on video]"),
        "{evidence}"
    );
}

#[test]
fn a_changed_claim_says_the_new_and_keeps_its_key() {
    let folder = with_report();
    let before = key(&folder);
    decide(
        &folder,
        "decision = \"change\"\nactor = \"IS\"\nstatus = \"partial\"\nshare = 0.5\ndate = \"2018-12-13\"",
    );
    assert_eq!(key(&folder), before);
    let map = map(&folder);
    let place = hajin(&map).unwrap();
    assert_eq!(
        (&place["control"], &place["partial"]),
        (&"IS".into(), &true.into())
    );
    assert_eq!(place["since"], "2018-12-13");
    assert!(
        place["evidence"]
            .as_str()
            .unwrap()
            .contains("changed by L. Haddad")
    );
}

#[test]
fn places_names_and_dates_can_be_added() {
    let folder = Folder::new();
    folder.write("in/undated.md", "---\nsource: Hajin Network\n---\nسيطرت قوات سوريا الديمقراطية على بلدة تل كوكو وبلدة كوكباية.\n");
    folder.write(
        "in/corrections.toml",
        format!(
            "[[report]]\nid = \"undated\"\npublished = \"2018-12-14\"\n{BY}\n\
             [[place]]\nid = \"tell-koko\"\nname_ar = \"تل كوكو\"\nkind = \"village\"\nlat = 34.7\nlon = 40.8\nparent = \"hajin-subdistrict\"\n{BY}\n\
             [[alias]]\nplace = \"hajin\"\nnames = [\"كوكباية\"]\n{BY}"
        ),
    );
    let map = map(&folder);
    assert_eq!(hajin(&map).unwrap()["control"], "SDF");
    let evidence = hajin(&map).unwrap()["evidence"].as_str().unwrap();
    assert!(evidence.contains("dated by L. Haddad"), "{evidence}");
    let ids: Vec<&str> = map["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"tell-koko"), "{ids:?}");
}

#[test]
fn corrections_without_effect_are_reported() {
    let folder = with_report();
    folder.write(
        "in/corrections.toml",
        format!(
            "[[claim]]\nkey = \"gone/hajin/IS/control/00000000\"\ndecision = \"reject\"\n{BY}\n\
             [[report]]\nid = \"gone\"\npublished = \"2018-12-14\"\n{BY}\n\
             [[place]]\nid = \"hajin\"\nname_ar = \"هجين\"\nkind = \"town\"\nlat = 34.7\nlon = 40.8\n{BY}\n\
             [[alias]]\nplace = \"hajin\"\nnames = [\"هَجين\"]\n{BY}"
        ),
    );
    let run = folder.run(&["map", "in", "--no-png"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for expected in [
        "corrections.toml:1: the correction of `gone/hajin/IS/control/00000000` has no effect: no claim has this key",
        "`gone` has no effect: no report has this id",
        "`hajin` has no effect: the gazetteer has a place of this id",
        "`هَجين` has no effect: the place has this name already",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
    let unused = std::fs::read_to_string(folder.path("out/unused.csv")).unwrap();
    assert_eq!(unused.matches(",correction,").count(), 4, "{unused}");
}

/// Files that say something wrong, and what is said about it.
const BROKEN: &[(&str, &str)] = &[
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"maybe\"\nanalyst = \"x\"",
        "corrections.toml:1: unknown decision `maybe`",
    ),
    (
        "\n[[claim]]\nkey = \"a\"\ndecision = \"reject\"",
        "corrections.toml:2: no analyst",
    ),
    (
        "[[claim]]\nkey = \"a\"\ncolour = \"red\"",
        "corrections.toml:1: unknown field `colour`",
    ),
    (
        "[[claim]]\ndecision = \"reject\"\nanalyst = \"x\"",
        "corrections.toml:1: missing field `key`",
    ),
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"change\"\nanalyst = \"x\"",
        "nothing to change",
    ),
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"change\"\nactor = \"ELVES\"\nanalyst = \"x\"",
        "no actor `ELVES`",
    ),
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"change\"\nplace = \"atlantis\"\nanalyst = \"x\"",
        "no place `atlantis`",
    ),
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"accept\"\nactor = \"IS\"\nanalyst = \"x\"",
        "new values go with",
    ),
    (
        "[[claim]]\nkey = \"a\"\ndecision = \"reject\"\nanalyst = \"x\"\n[[claim]]\nkey = \"a\"\ndecision = \"accept\"\nanalyst = \"x\"",
        "corrections.toml:5: an earlier entry",
    ),
    (
        "[[report]]\nid = \"a\"\npublished = \"14-12-2018\"\nanalyst = \"x\"",
        "write a day as 2018-11-27",
    ),
    (
        "[[place]]\nid = \"A B\"\nname_en = \"A\"\nkind = \"town\"\nlat = 1\nlon = 1\nanalyst = \"x\"",
        "small letters",
    ),
    (
        "[[place]]\nid = \"a\"\nname_en = \"A\"\nkind = \"castle\"\nlat = 1\nlon = 1\nanalyst = \"x\"",
        "unknown kind `castle`",
    ),
    (
        "[[alias]]\nplace = \"atlantis\"\nnames = [\"a\"]\nanalyst = \"x\"",
        "no place `atlantis`",
    ),
    ("[[dream]]\nanalyst = \"x\"", "unknown table `dream`"),
    ("[[claim]\n", "corrections.toml:1:"),
];

#[test]
fn broken_corrections_stop_the_run_with_file_and_line() {
    for (text, expected) in BROKEN {
        let folder = with_report();
        folder.write("in/corrections.toml", text);
        let run = folder.run(&["map", "in", "--no-png"]);
        assert_eq!(run.code, Some(1), "{text}\n{run:?}");
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
}

#[test]
fn a_csv_does_the_same_wherever_it_is_named() {
    let folder = with_report();
    let key = key(&folder);
    let table = format!(
        "table,key,decision,actor,id,published,analyst,note\nclaim,{key},change,IS,,,L. Haddad,\"a, b\"\n"
    );
    folder.write("in/corrections.csv", &table);
    assert_eq!(hajin(&map(&folder)).unwrap()["control"], "IS");
    // Beside a file that is named alone.
    let run = folder.run(&["explain", "hajin", "in/hajin.md"]);
    assert!(run.stdout.contains("changed by L. Haddad: a, b"), "{run:?}");
    // Named, and found as well: still one file.
    let run = folder.run(&[
        "explain",
        "hajin",
        "in",
        "--corrections",
        "in/corrections.csv",
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    std::fs::rename(folder.path("in/corrections.csv"), folder.path("mine.csv")).unwrap();
    assert_eq!(hajin(&map(&folder)).unwrap()["control"], "SDF");
    let run = folder.run(&["explain", "hajin", "in", "--corrections", "mine.csv"]);
    assert!(run.stdout.contains("changed by L. Haddad: a, b"), "{run:?}");
}

#[test]
fn a_table_keeps_its_keys_when_its_rows_move() {
    let folder = Folder::new();
    let head = "date,place,place_ar,actor,status,share,area_km2,claimant,source_url,note\n";
    let row = "2018-12-14,Hajin,,SDF,control,,,SOHR,,taken\n";
    let other = "2018-12-01,Hajin,,IS,control,,,SOHR,,held\n";
    folder.write("in/claims.csv", format!("{head}{row}"));
    let review = |folder: &Folder| folder.run(&["review", "in", "--format", "jsonl"]).stdout;
    folder.write(
        "in/more.csv",
        format!("{head}2018-12-14,Hajin,,IS,control,,,SANA,,held\n"),
    );
    let line = review(&folder)
        .lines()
        .find(|l| l.contains("SOHR") || l.contains("Observatory"))
        .unwrap()
        .to_owned();
    let key = serde_json::from_str::<Value>(&line).unwrap()["key"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(key.starts_with("claims.csv/hajin/SDF/control/"), "{key}");
    folder.write("in/claims.csv", format!("{head}{other}{row}"));
    assert!(review(&folder).contains(&key));
}

#[test]
fn review_lists_contradictions_with_their_effect_and_its_template_changes_nothing() {
    let folder = with_report();
    folder.write(
        "in/other.md",
        "---\nsource: SANA\npublished: 2018-12-14\n---\nسيطر تنظيم داعش على بلدة هجين.\n",
    );
    folder.write(
        "in/sure.md",
        "---\nsource: SOHR\npublished: 2018-12-14\n---\nسيطر تنظيم داعش على بلدة السوسة.\n",
    );
    let run = folder.run(&["review", "in", "--format", "jsonl"]);
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    let effects: Vec<i64> = lines
        .iter()
        .map(|l| l["effect_days"].as_i64().unwrap())
        .collect();
    assert!(effects[0] > 0 && effects[0] >= effects[1], "{effects:?}");
    assert_eq!(lines[0]["contradicted_by"][0], lines[1]["key"]);

    let before = map(&folder);
    let template = folder.run(&["review", "in", "--format", "toml"]).stdout;
    assert_eq!(template.matches("[[claim]]").count(), 2, "{template}");
    folder.write("in/corrections.toml", &template);
    assert_eq!(map(&folder), before);
    let decided = template
        .replace("\"undecided\"", "\"accept\"")
        .replace("analyst = \"\"", "analyst = \"x\"");
    folder.write("in/corrections.toml", decided);
    let run = folder.run(&["review", "in"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
}

#[test]
fn the_words_of_a_report_cannot_break_out_of_the_template() {
    let folder = Folder::new();
    let evil = "---\nid: \"a\\\"]\\n[[place]]\"\nsource: \"x\\ny\"\npublished: 2018-12-14\n---\nتقدمت قوات سوريا الديمقراطية \u{202e}وسيطرت على بلدة هجين.\n";
    folder.write(
        "in/other.md",
        "---\nsource: SANA\npublished: 2018-12-14\n---\nسيطر تنظيم داعش على بلدة هجين.\n",
    );
    folder.write("in/evil.md", evil);
    let template = folder.run(&["review", "in", "--format", "toml"]).stdout;
    assert!(
        template.contains("[[claim]]") && !template.contains('\u{202e}'),
        "{template}"
    );
    let decided = template
        .replace("\"undecided\"", "\"reject\"")
        .replace("analyst = \"\"", "analyst = \"x\"");
    folder.write("in/corrections.toml", decided);
    let run = folder.run(&["map", "in", "--no-png"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.stderr.contains("no effect"), "{run:?}");
}
