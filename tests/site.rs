//! The page of `khatt site` as a file: small, the same every time, closed, and inert.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod program;

use std::io::Read;
use std::sync::LazyLock;

use program::Folder;
use serde_json::Value;

/// A page taken apart.
struct Page {
    html: String,
    facts: Value,
    drawings: Value,
}

/// What stands between two marks of a text.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(open).unwrap();
    rest.split_once(close).unwrap().0
}

fn unpacked(base64: &str) -> Vec<u8> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut packed = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for sign in base64.chars().filter(|sign| *sign != '=') {
        bits = bits << 6 | u32::try_from(SIGNS.find(sign).unwrap()).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            packed.push((bits >> count & 0xff) as u8);
        }
    }
    let mut bytes = Vec::new();
    let mut reader = flate2::read::GzDecoder::new(&packed[..]);
    reader.read_to_end(&mut bytes).unwrap();
    bytes
}

impl Page {
    fn of(html: String) -> Self {
        let facts = between(&html, r#"id="facts">"#, "</script>");
        let drawings = between(&html, r#"id="drawings">"#, "</script>");
        Self {
            facts: serde_json::from_str(facts).unwrap(),
            drawings: serde_json::from_slice(&unpacked(drawings)).unwrap(),
            html,
        }
    }

    fn policy(&self) -> &str {
        between(&self.html, r#"Content-Security-Policy" content=""#, "\"")
    }
}

/// The page of the bundled example.
static EXAMPLE: LazyLock<Page> = LazyLock::new(|| made(&Folder::new(), &[]));

fn made(folder: &Folder, inputs: &[&str]) -> Page {
    let arguments = [&["site"], inputs, &["--out", "page.html"]].concat();
    let run = folder.run(&arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    Page::of(std::fs::read_to_string(folder.path("page.html")).unwrap())
}

#[test]
fn the_page_of_the_example_is_small_and_the_same_every_time() {
    let first = &EXAMPLE;
    assert!(first.html.len() < 1_000_000, "{}", first.html.len());
    assert_eq!(first.html, made(&Folder::new(), &[]).html);
    let days = first.facts["days"].as_array().unwrap();
    let layers = first.drawings["layers"].as_array().unwrap();
    assert!(days.len() > 50, "{}", days.len());
    for day in days {
        for part in 1..5 {
            assert!(usize::try_from(day[part].as_u64().unwrap()).unwrap() < layers.len());
        }
    }
    // Two days that follow each other never have the same map.
    let is_same = |pair: &[Value]| pair[0][1] == pair[1][1];
    assert!(!days.windows(2).any(is_same));
    let drawn = first.drawings["definitions"].as_str().unwrap();
    let group = |number: &Value| drawn.contains(&format!(r#"<g id="s{number}">"#));
    assert!(layers.iter().flat_map(|l| l.as_array().unwrap()).all(group));
}

#[test]
fn a_folder_gets_an_index() {
    let folder = Folder::new();
    folder.write("reports/one.md", REPORT);
    let run = folder.run(&["site", "reports", "--out", "web"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(folder.path("web/index.html").is_file());
}

#[test]
fn the_policy_names_the_script_and_style_of_the_page_and_nothing_else() {
    let folder = Folder::new();
    folder.write("one.md", REPORT);
    let page = made(&folder, &["one.md"]);
    let hash = |text: &str| {
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        digest.as_ref().to_vec()
    };
    let script = between(&page.html, "<script>", "</script>");
    let style = between(&page.html, "<style>", "</style>");
    for (directive, text) in [("script-src", script), ("style-src", style)] {
        let named = between(page.policy(), &format!("{directive} 'sha256-"), "'");
        assert_eq!(decoded(named), hash(text), "{directive}");
    }
    assert!(page.policy().starts_with("default-src 'none';"));
    assert!(!page.policy().contains("connect-src") && !page.policy().contains("unsafe"));
    assert!(!page.html.contains("data-served"));
}

fn decoded(base64: &str) -> Vec<u8> {
    const SIGNS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = base64.chars().filter_map(|sign| SIGNS.find(sign));
    let bits: Vec<u8> = values
        .flat_map(|value| (0..6).rev().map(move |bit| (value >> bit & 1) as u8))
        .collect();
    let byte = |bits: &[u8]| bits.iter().fold(0, |byte, bit| byte << 1 | bit);
    bits.chunks_exact(8).map(byte).collect()
}

/// Nothing in the frame of the page, its style, its script or its drawings leads to another file.
/// Addresses of sources are data, opened only by a person.
#[test]
fn the_page_loads_nothing() {
    let page = &EXAMPLE;
    let facts = between(&page.html, r#"id="facts">"#, "</script>");
    let frame = page.html.replace(facts, "");
    let drawn = page.drawings["definitions"].as_str().unwrap();
    for (what, text) in [("frame", frame.as_str()), ("drawings", drawn)] {
        let text = text.replace("http://www.w3.org/2000/svg", "");
        for lead in [
            "http://", "https://", "//www", "@import", "url(", " src=", "style=",
        ] {
            assert!(!text.contains(lead), "{what}: {lead}");
        }
    }
    for reference in drawn.split("href=\"").skip(1) {
        assert!(reference.starts_with('#'), "{}", &reference[..20]);
    }
    for tag in ["<iframe", "<object", "<embed", "<form", "<img", "<base"] {
        assert!(!page.html.contains(tag), "{tag}");
    }
}

const REPORT: &str = "---\nsource: Hajin Network\npublished: 2018-12-14\n---\n\
    سيطرت قوات سوريا الديمقراطية على بلدة هجين.\n";

const HOSTILE: &str = "---\nsource: \"</script><script>alert(1)</script><img src=x onerror=alert(2)>\"\n\
    published: 2018-12-14\nurl: \"javascript:alert(3)\"\n---\n\
    سيطرت قوات سوريا الديمقراطية \u{202e}<script>alert(4)</script>\u{2066} على بلدة هجين <!--.\n";

#[test]
fn a_hostile_report_is_inert() {
    let folder = Folder::new();
    folder.write("</script><b>.md", HOSTILE);
    folder.write(
        "two.md",
        HOSTILE.replace("javascript:alert(3)", "https://example.org/<script>"),
    );
    let page = made(&folder, &["</script><b>.md", "two.md"]);
    let plain = made(&folder_with(REPORT), &["one.md"]);
    let count = |page: &Page, what: &str| page.html.matches(what).count();
    for what in [
        "<script", "</script", "<img", "<!--", "\u{202e}", "\u{2066}",
    ] {
        assert_eq!(count(&page, what), count(&plain, what), "{what}");
    }
    let claims = page.facts["claims"].as_array().unwrap();
    assert!(!claims.is_empty());
    for claim in claims {
        let address = claim[10].as_str();
        assert!(address.is_none_or(|a| a.starts_with("https://example.org/")));
        let words = claim[11].as_str().unwrap();
        assert!(words.contains("<script>alert(4)</script>") && !words.contains('\u{202e}'));
    }
}

fn folder_with(report: &str) -> Folder {
    let folder = Folder::new();
    folder.write("one.md", report);
    folder
}

#[test]
fn a_place_has_its_turns_and_the_words_behind_them() {
    let folder = folder_with(REPORT);
    let page = made(&folder, &["one.md"]);
    let places = page.facts["places"].as_array().unwrap();
    let hajin = places.iter().find(|place| place[0] == "hajin").unwrap();
    let turn = &hajin[6][0];
    assert_eq!(
        (turn[0].as_str(), turn[6].as_u64()),
        (Some("2018-12-14"), Some(1))
    );
    let state = &page.facts["states"][usize::try_from(turn[1].as_u64().unwrap()).unwrap()];
    assert_eq!(state[0], "SDF");
    let claim = &page.facts["claims"][usize::try_from(turn[8][0].as_u64().unwrap()).unwrap()];
    assert!(claim[11].as_str().unwrap().contains("هجين"));
    assert!(
        claim[18]
            .as_str()
            .unwrap()
            .starts_with("one/hajin/SDF/control/")
    );
}

#[test]
fn all_words_of_the_script_are_in_the_table() {
    let table: toml::Table = std::fs::read_to_string(format!("{}/data/site.toml", program::ROOT))
        .unwrap()
        .parse()
        .unwrap();
    let words = table["words"].as_table().unwrap();
    let folder = folder_with(REPORT);
    let html = made(&folder, &["one.md"]).html;
    for opening in [
        "say('",
        "sentence('",
        "data-w=\"",
        "data-wl=\"",
        "data-wp=\"",
        "row('",
    ] {
        for rest in html.split(opening).skip(1) {
            let key: String = rest
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            assert!(words.contains_key(&key), "{opening}{key}");
        }
    }
}

#[test]
fn without_a_day_there_is_no_page() {
    let folder = Folder::new();
    folder.write("one.md", "سيطرت قوات سوريا الديمقراطية على بلدة هجين.");
    let run = folder.run(&["site", "one.md", "--out", "page.html"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("published"), "{}", run.stderr);
    assert!(!folder.path("page.html").exists());
}
