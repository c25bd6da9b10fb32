//! Long streams of reports: packed, stopped and gone on with.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::io::Write;
use std::process::{Child, Stdio};
use std::time::Duration;

use program::{Folder, Run};

/// Reports as JSON lines, each with a claim of its own; every thousandth line is broken.
fn corpus(reports: usize) -> String {
    let filler = "وأكد المصدر أن الأهالي يحتاجون إلى المياه والغذاء قبل حلول الشتاء. ".repeat(6);
    let places = ["هجين", "السوسة", "الشعفة", "المراشدة"];
    let line = |number: usize| {
        if number % 1000 == 999 {
            return "{broken\n".to_owned();
        }
        let place = places[number % places.len()];
        format!(
            "{{\"id\":\"r{number}\",\"published\":\"2019-01-0{}\",\"text\":\"سيطرت قسد على بلدة {place}. {filler}\"}}\n",
            1 + number % 9
        )
    };
    (0..reports).map(line).collect()
}

fn extract(folder: &Folder, arguments: &[&str]) -> Run {
    let mut all = vec!["extract", "--format", "jsonl", "--quiet"];
    all.extend(arguments);
    folder.run(&all)
}

#[test]
fn packed_streams_and_standard_input_read_as_plain_ones() {
    let folder = Folder::new();
    let text = corpus(2500);
    folder.write("a.jsonl", &text);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    folder.write("gz/a.jsonl.gz", &gzip);
    folder.write(
        "zst/a.jsonl.zst",
        zstd::encode_all(text.as_bytes(), 1).unwrap(),
    );
    let plain = extract(&folder, &["a.jsonl"]);
    assert_eq!(plain.code, Some(3), "{}", plain.stderr);
    assert_eq!(plain.stdout.lines().count(), 2498);
    assert!(plain.stderr.contains("a.jsonl:1000:"), "{}", plain.stderr);
    for packed in ["gz/a.jsonl.gz", "zst"] {
        let run = extract(&folder, &[packed]);
        assert_eq!(
            (run.code, run.stdout == plain.stdout),
            (Some(3), true),
            "{packed}"
        );
    }
    let mut piped = folder.command(&["extract", "--format", "jsonl", "-"]);
    let mut child = piped
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(&gzip));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), plain.stdout);
}

#[test]
fn a_stream_that_breaks_off_says_so() {
    let folder = Folder::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(corpus(900).as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    folder.write("a.jsonl.gz", &gzip[..gzip.len() - 9]);
    let run = extract(&folder, &["a.jsonl.gz"]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.stderr.contains("cannot read a.jsonl.gz"),
        "{}",
        run.stderr
    );
}

fn begin(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = folder.command(&["extract", "--format", "jsonl", "--quiet"]);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Bytes of the part that the state vouches for.
fn vouched(folder: &Folder) -> u64 {
    let text = std::fs::read_to_string(folder.path("out.jsonl.state")).unwrap_or_default();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    state["bytes"].as_u64().unwrap_or(0)
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let folder = Folder::new();
    let text = corpus(6000);
    folder.write("a.jsonl", &text);
    let whole = extract(&folder, &["a.jsonl", "--out", "whole.jsonl"]);
    assert_eq!(whole.code, Some(3), "{}", whole.stderr);
    let whole = std::fs::read(folder.path("whole.jsonl")).unwrap();
    // Two thirds of the stream come, in steps, so that the state is written; then the run is killed.
    let mut child = begin(&folder, &["-", "--out", "out.jsonl"]);
    let mut input = child.stdin.take().unwrap();
    let steps: Vec<&[u8]> = text.as_bytes()[..text.len() * 2 / 3]
        .chunks(200_000)
        .collect();
    for step in steps.iter().cycle().take(steps.len()) {
        input.write_all(step).unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }
    while vouched(&folder) == 0 {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    assert!(!folder.path("out.jsonl").exists());
    let before = vouched(&folder);
    assert!(before > 0 && before < whole.len() as u64);

    let mut child = begin(&folder, &["-", "--out", "out.jsonl", "--resume"]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(3));
    assert!(std::fs::read(folder.path("out.jsonl")).unwrap() == whole);
    assert!(!folder.path("out.jsonl.part").exists());
    assert!(!folder.path("out.jsonl.state").exists());
}

#[test]
fn runs_killed_at_any_moment_leave_the_old_file_or_the_new() {
    let folder = Folder::new();
    folder.write("a.jsonl", corpus(6000));
    extract(&folder, &["a.jsonl", "--out", "whole.jsonl"]);
    let whole = std::fs::read(folder.path("whole.jsonl")).unwrap();
    folder.write("out.jsonl", "old");
    for delay in [1, 5, 20, 40, 80, 120, 160] {
        let mut child = begin(&folder, &["a.jsonl", "--out", "out.jsonl", "--resume"]);
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = std::fs::read(folder.path("out.jsonl")).unwrap();
        assert!(now == b"old" || now == whole, "after {delay} ms");
    }
    extract(&folder, &["a.jsonl", "--out", "out.jsonl", "--resume"]);
    assert!(std::fs::read(folder.path("out.jsonl")).unwrap() == whole);
}

#[test]
fn a_run_does_not_go_on_with_another_task() {
    let folder = Folder::new();
    folder.write("a.jsonl", corpus(5));
    folder.write("out.jsonl.part", "");
    folder.write(
        "out.jsonl.state",
        r#"{"task":"another","bytes":0,"progress":{"position":{"sources":0,"lines":0},"reports":0,"tables":0,"problems":0}}"#,
    );
    let run = extract(&folder, &["a.jsonl", "--out", "out.jsonl", "--resume"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("leave out --resume"), "{}", run.stderr);
    let anew = extract(&folder, &["a.jsonl", "--out", "out.jsonl"]);
    assert_eq!(anew.code, Some(0), "{}", anew.stderr);
}
