//! The program as a user meets it: what it prints, writes and answers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;

use program::{Folder, ROOT};

const GOOD: &str = "---\nsource: Hajin Network\npublished: 2018-12-14\n---\nسيطرت قوات سوريا الديمقراطية على بلدة هجين.\n";
const SEED_DATES: [&str; 5] = [
    "2018-11-27",
    "2019-02-01",
    "2019-02-16",
    "2019-02-20",
    "2019-02-21",
];

#[test]
fn without_arguments_the_bundled_reports_are_mapped() {
    let folder = Folder::new();
    let run = folder.run(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    assert!(run.stderr.starts_with("5 maps from 5 reports"), "{run:?}");
    let files = folder.files("out");
    for date in SEED_DATES {
        for ending in ["geojson", "zones.geojson", "front.geojson", "png"] {
            assert!(
                files.contains_key(&format!("{date}.{ending}")),
                "{date}.{ending}"
            );
        }
    }
    assert!(files.contains_key("timeline.geojson") && files.contains_key("unused.csv"));
}

#[test]
fn quiet_is_silent_and_no_png_writes_no_picture() {
    let folder = Folder::new();
    let run = folder.run(&["-q", "map", "--date", "2018-11-27", "--no-png"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "")
    );
    assert!(
        folder
            .files("out")
            .keys()
            .all(|name| !name.ends_with("png"))
    );
}

#[test]
fn bad_input_gets_one_clear_line_and_the_rest_still_runs() {
    let table = include_str!("cli/bad-input.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [case, good, file, text, arguments, code, words] = columns[..] else {
            panic!("not seven columns: {line}");
        };
        let folder = Folder::new();
        if good == "+" {
            folder.write("in/good.md", GOOD);
        }
        if !file.is_empty() {
            folder.write(&format!("in/{file}"), unescaped(text));
        }
        let run = folder.run(&arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(run.code, Some(code.parse().unwrap()), "{case}: {run:?}");
        let lines = run.stderr.lines().filter(|line| line.contains(words));
        assert_eq!(lines.count(), 1, "{case}: {run:?}");
        let is_mapped = folder.path("out/2018-12-14.png").exists();
        assert_eq!(is_mapped, ["0", "3"].contains(&code), "{case}: {run:?}");
    }
}

/// The bytes of a text in which `\n` and `\xff` are written out.
fn unescaped(text: &str) -> Vec<u8> {
    let pieces = text.split("\\xff");
    let bytes: Vec<Vec<u8>> = pieces
        .map(|piece| piece.replace("\\n", "\n").into_bytes())
        .collect();
    bytes.join(&0xff)
}

#[test]
fn a_broken_table_of_the_data_folder_is_named_with_its_line() {
    let cases = [
        ("gazetteer.csv", "abjari,", "abihah,", "gazetteer.csv:3"),
        (
            "gazetteer.csv",
            "left,suwar-subdistrict",
            "left,no-such-place",
            "gazetteer.csv:2",
        ),
        (
            "actors.toml",
            "color = \"#1f4fa0\"",
            "color = \"blue\"",
            "actors.toml:",
        ),
        ("sources.csv", ",agency,", ",gossip,", "sources.csv:2"),
    ];
    for (table, from, to, words) in cases {
        let folder = Folder::new();
        folder.write("in/good.md", GOOD);
        program::copy_folder(&Path::new(ROOT).join("data"), &folder.path("data"));
        let whole = folder.run(&["in", "--data", "data", "--no-png"]);
        assert_eq!(whole.code, Some(0), "{whole:?}");
        let path = folder.path("data").join(table);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{table} has no `{from}` any more");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let run = folder.run(&["in", "--data", "data", "--out", "broken"]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains(words), "{words}: {run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_in_any_order() {
    let folder = Folder::new();
    program::copy_folder(&Path::new(ROOT).join("seeds"), &folder.path("seeds"));
    let files: Vec<String> = std::fs::read_dir(folder.path("seeds/reports"))
        .unwrap()
        .map(|entry| {
            format!(
                "seeds/reports/{}",
                entry.unwrap().file_name().into_string().unwrap()
            )
        })
        .collect();
    let mut forwards: Vec<&str> = files.iter().map(String::as_str).collect();
    forwards.sort_unstable();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let runs: [&[&str]; 5] = [
        &["seeds"],
        &["seeds"],
        &forwards,
        &backwards,
        &["seeds", "seeds/reports"],
    ];
    let mut expected = None;
    for (index, inputs) in runs.iter().enumerate() {
        let out = format!("out{index}");
        let mut arguments = vec!["map", "--size", "800x600", "--out", &out];
        arguments.extend(*inputs);
        if index == 2 || index == 3 {
            arguments.insert(
                if index == 2 { 1 } else { arguments.len() },
                "seeds/claims.csv",
            );
        }
        let run = folder.run(&arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
        let files = folder.files(&out);
        assert_eq!(
            &files,
            expected.get_or_insert_with(|| files.clone()),
            "{inputs:?}"
        );
    }
}

#[test]
fn a_killed_run_leaves_no_half_file() {
    let folder = Folder::new();
    let mut command = folder.command(&["--all-dates", "--size", "800x600", "-q"]);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    // As soon as there is a picture, other files are being written. Only names are looked at:
    // a file that is still to be renamed may be gone before it is opened.
    let is_picture = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.path().extension() == Some("png".as_ref()))
    };
    for _ in 0..2000 {
        let entries = std::fs::read_dir(folder.path("out"));
        if entries.is_ok_and(|mut entries| entries.any(is_picture)) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let files = folder.files("out");
    let whole = files.iter().filter(|(name, _)| !name.starts_with('.'));
    for (name, bytes) in whole {
        if name.ends_with(".png") {
            assert!(bytes.ends_with(b"IEND\xae\x42\x60\x82"), "{name}");
        } else if name.ends_with(".geojson") {
            serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        }
    }
}

#[test]
fn extract_gives_one_object_a_report_in_order() {
    let folder = Folder::new();
    for name in ["b", "a", "c"] {
        folder.write(&format!("in/{name}.md"), GOOD);
    }
    folder.write("in/README.md", "# not a report");
    let lines = |arguments: &[&str]| {
        let run = folder.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
        let id = |line: &str| {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(object["claims"][0]["place"], "hajin", "{line}");
            object["report"].as_str().unwrap().to_owned()
        };
        run.stdout.lines().map(id).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&["extract", "--format", "jsonl", "in"]),
        ["a", "b", "c"]
    );
    assert_eq!(
        lines(&[
            "extract", "--format", "jsonl", "in/c.md", "in/a.md", "in/c.md"
        ]),
        ["c", "a", "c"]
    );
}

#[test]
fn extract_reads_standard_input_and_writes_for_people() {
    let folder = Folder::new();
    let mut command = folder.command(&["extract", "-"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let line =
        "{\"id\": \"r1\", \"published\": \"2018-12-14\", \"text\": \"سيطرت قسد على بلدة هجين\"}\n";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(line.as_bytes())
        .unwrap();
    let mut text = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert!(text.contains("Hajin: SDF control"), "{text}");
    assert!(text.contains("\u{2068}هجين\u{2069}"), "{text}");
    assert!(
        !text.contains('\u{1b}'),
        "colours only on a terminal: {text}"
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    let mut command = folder.command(&["extract", "--format", "jsonl"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[test]
fn explain_shows_the_claims_with_weight_and_words() {
    let folder = Folder::new();
    for name in ["Hajin", "هجين", "hajin"] {
        let run = folder.run(&["explain", name, "--date", "2018-12-14"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        for words in [
            "2018-12-14",
            "Syrian Democratic Forces",
            "weight",
            "seeds/claims.csv:",
        ] {
            assert!(run.stdout.contains(words), "{words}: {run:?}");
        }
    }
    let run = folder.run(&["explain", "Hajeen", "--date", "2018-12-14"]);
    assert_eq!(run.code, Some(0), "an alias: {run:?}");
    let run = folder.run(&["explain", "Hajinn", "--date", "2018-12-14"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.stderr.contains("no place has this name; perhaps") && run.stderr.contains("(hajin)"),
        "{run:?}"
    );
}

#[test]
fn places_finds_names_by_a_part_and_suggests_near_ones() {
    let folder = Folder::new();
    let run = folder.run(&["places", "باغوز"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout.contains("(baghuz-fawqani)") && run.stdout.contains("left bank"),
        "{run:?}"
    );
    let run = folder.run(&["places", "hajn"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("(hajin)"), "{run:?}");
}

#[test]
fn help_manual_and_completions_are_there() {
    let folder = Folder::new();
    for (arguments, words) in [
        (&["--help"][..], "Exit codes:"),
        (&["help", "explain"], "khatt explain الباغوز"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
        (&["man"], ".TH khatt 1"),
        (&["completions", "bash"], "complete -F _khatt"),
        (&["completions", "zsh"], "#compdef khatt"),
        (&["completions", "fish"], "complete -c khatt"),
    ] {
        let run = folder.run(arguments);
        assert_eq!(
            (run.code, run.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        assert!(run.stdout.contains(words), "{arguments:?}: {}", run.stdout);
    }
    let run = folder.run(&["--out", "x", "extract"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr.contains("--out stands before `extract`"),
        "{run:?}"
    );
}

#[test]
fn an_address_becomes_a_report_and_private_hosts_are_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/news/hajin", listener.local_addr().unwrap());
    std::thread::spawn(move || serve(&listener));
    let folder = Folder::new();
    let refused = folder.run(&["extract", "--format", "jsonl", &address]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("private network"), "{refused:?}");
    let run = folder.run(&["extract", "--format", "jsonl", "--allow-private", &address]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let object: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(object["published"], "2018-12-14");
    assert_eq!(object["published_basis"], "metadata");
    assert_eq!(object["claims"][0]["place"], "hajin", "{object}");
    for (path, words) in [
        ("loop", "more than 5 redirects"),
        ("gone", "404"),
        ("pdf", "not a page"),
        ("file", "`file` addresses are not fetched"),
    ] {
        let address = address.replace("news/hajin", path);
        let run = folder.run(&["extract", "--allow-private", &address]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
}

/// A small server: an old page in windows-1256 behind a redirect, and some that are no pages.
fn serve(listener: &TcpListener) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).unwrap();
        let request = String::from_utf8_lossy(&buffer[..length]).into_owned();
        let path = request.split(' ').nth(1).unwrap_or_default();
        let (status, header, body) = match path {
            "/news/hajin" => ("302 Found", "Location: /page.html", Vec::new()),
            "/page.html" => (
                "200 OK",
                "Content-Type: text/html; charset=windows-1256",
                page(),
            ),
            "/loop" => ("302 Found", "Location: /loop", Vec::new()),
            "/file" => ("302 Found", "Location: file:///etc/passwd", Vec::new()),
            "/pdf" => ("200 OK", "Content-Type: application/pdf", b"%PDF".to_vec()),
            _ => ("404 Not Found", "Content-Type: text/html", Vec::new()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
    }
}

fn page() -> Vec<u8> {
    let paragraph = "<p>سيطرت قوات سوريا الديمقراطية على بلدة هجين في ريف دير الزور الشرقي، وقالت مصادر محلية إن المعارك استمرت أسابيع طويلة، وإن كثيراً من المدنيين خرجوا من البلدة نحو مناطق أخرى.</p>";
    let html = format!(
        "<html lang=\"ar\"><head><title>خبر</title><meta property=\"article:published_time\" content=\"2018-12-14T20:00:00+02:00\"></head><body><article>{}</article></body></html>",
        paragraph.repeat(5)
    );
    encoding_rs::WINDOWS_1256.encode(&html).0.into_owned()
}

#[test]
fn rules_hints_prints_what_stands_around_each_place() {
    let folder = Folder::new();
    folder.write(
        "new.md",
        "---\npublished: 2019-01-20\n---\nThe SDF took Hajin from ISIS.\n",
    );
    let run = folder.run(&["rules", "hints", "new.md"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let parties: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["actor"].as_str())
        .collect();
    assert_eq!(parties, ["IS", "SDF"]);
    assert_eq!(
        (lines[1]["report"].as_str(), lines[1]["place"].as_str()),
        (Some("new"), Some("hajin"))
    );
    let hints = lines[1]["hints"].as_array().unwrap();
    assert!(hints.contains(&"take before acts".into()), "{hints:?}");
}

#[test]
fn rules_check_finds_what_is_wrong_and_tells_what_a_change_reads_otherwise() {
    let folder = Folder::new();
    let sound = folder.run(&["rules", "check"]);
    assert_eq!(sound.code, Some(0), "{}", sound.stdout);
    assert!(!sound.stdout.contains("problem"), "{}", sound.stdout);

    program::copy_folder(&Path::new(ROOT).join("data"), &folder.path("mine"));
    let rules = std::fs::read_to_string(folder.path("mine/rules/en.rules")).unwrap();
    let extra = "rule hold-again\nmeans  the subject holds\nwhen   !@hold+present ~4 PLACES\ngives  subject control\nlike   ISIS holds Susah => as-susah IS control\n\nrule bare\nmeans  nothing\nwhen   !@hold PLACES\ngives  subject lost\n";
    folder.write("mine/rules/en.rules", format!("{rules}\n{extra}"));
    let words = std::fs::read_to_string(folder.path("mine/lexicon/en.tsv")).unwrap();
    let words = words.replace("\ntake\tpast\t", "\ntake\tpast\tzapped|");
    folder.write("mine/lexicon/en.tsv", format!("{words}zz-idle\tw\tidle\n"));
    folder.write(
        "new.md",
        "---\nsource: x\npublished: 2019-01-20\nlang: en\n---\nThe SDF zapped Susah on Sunday.\n",
    );
    let run = folder.run(&["rules", "check", "--data", "mine", "new.md"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    for line in [
        "problem: rules/en.rules: hold-again: shadowed",
        "problem: rules/en.rules: bare: no example",
        "problem: lexicon/en.tsv: no rule asks for the class `zz-idle`",
        "rule added: en bare",
        "word added: en take past: zapped",
        "claim gained: new: as-susah SDF control by take",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
}
