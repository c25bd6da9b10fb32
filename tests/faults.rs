//! Faults of the machine: runs killed, disks full, folders closed, two runs at once.
#![allow(clippy::print_stderr, reason = "a test that cannot run here says so")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(unix)]

mod program;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use program::{Folder, Run};

/// Arguments of a run that writes every kind of file into `out`.
const MAP: [&str; 6] = [
    "map",
    "--size",
    "400x400",
    "--format",
    "geojson,png,gpkg,qgis,csv,kml",
    "--quiet",
];

type Files = BTreeMap<String, Vec<u8>>;

/// A report for each day, with one holder of its own.
fn reports(folder: &Folder, name: &str, party: &str) {
    let line = |day: usize| {
        let text = format!("سيطرت {party} على بلدة هجين والسوسة.");
        let report = serde_json::json!({"id": day, "published": format!("2019-01-{:02}", day + 1), "text": text});
        format!(
            "{}\n",
            report
                .to_string()
                .replacen(&format!("{day}"), &format!("\"{day}\""), 1)
        )
    };
    folder.write(name, (0..12).map(line).collect::<String>());
}

fn map(folder: &Folder, out: &str, input: &str) -> Run {
    folder.run(&[&MAP[..], &["--out", out, input]].concat())
}

/// The files that a reader sees; hidden ones are those of a run that was killed.
fn visible(folder: &Folder, name: &str) -> Files {
    let mut files = folder.files(name);
    files.retain(|name, _| !name.starts_with('.'));
    files
}

/// A folder with the files of two runs: `old` and `new`, and `out` as the old one left it.
fn prepared() -> (Folder, Files, Files) {
    let folder = Folder::new();
    reports(&folder, "old.jsonl", "قسد");
    reports(&folder, "new.jsonl", "داعش");
    for (out, input) in [
        ("old", "old.jsonl"),
        ("new", "new.jsonl"),
        ("out", "old.jsonl"),
    ] {
        let run = map(&folder, out, input);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let (old, new) = (visible(&folder, "old"), visible(&folder, "new"));
    assert!(old.keys().eq(new.keys()) && old != new);
    (folder, old, new)
}

/// Fails unless every file is that of the old run or that of the new one, byte for byte.
fn assert_old_or_new(what: &str, found: &Files, old: &Files, new: &Files) {
    assert!(found.keys().eq(old.keys()), "{what}: {:?}", found.keys());
    for (name, bytes) in found {
        let is_whole = *bytes == old[name] || *bytes == new[name];
        assert!(is_whole, "{what}: {name} is neither old nor new");
    }
}

fn begin(folder: &Folder, arguments: &[&str]) -> Child {
    let mut command = folder.command(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn a_run_killed_at_any_moment_leaves_old_or_new_files() {
    let (folder, old, new) = prepared();
    let arguments = [&MAP[..], &["--out", "out", "new.jsonl"]].concat();
    let start = Instant::now();
    map(&folder, "timed", "new.jsonl");
    let whole = start.elapsed();
    const KILLS: u32 = 24;
    let mut killed = 0;
    for step in 0..KILLS {
        let mut child = begin(&folder, &arguments);
        std::thread::sleep(whole * step / KILLS);
        killed += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let what = format!("killed after {step}/{KILLS}");
        assert_old_or_new(&what, &visible(&folder, "out"), &old, &new);
    }
    assert!(killed > 3, "only {killed} runs were still at work");
    assert_eq!(map(&folder, "out", "new.jsonl").code, Some(0));
    assert!(visible(&folder, "out") == new);
}

#[test]
fn two_runs_in_one_folder_do_not_mix_their_files() {
    let (folder, old, new) = prepared();
    for _ in 0..3 {
        let inputs = ["old.jsonl", "new.jsonl"];
        let runs = inputs.map(|input| {
            let arguments = [&MAP[..], &["--out", "out", input]].concat();
            let mut command = folder.command(&arguments);
            command.stderr(Stdio::piped()).stdout(Stdio::null());
            command.spawn().unwrap()
        });
        let runs = runs.map(|child| Run::from(child.wait_with_output().unwrap()));
        let found = visible(&folder, "out");
        assert!(found == old || found == new, "files of both");
        for run in &runs {
            let is_refused = run.stderr.contains("another run is writing to out");
            assert!(
                run.code == Some(0) || (run.code == Some(1) && is_refused),
                "{run:?}"
            );
        }
        assert!(runs.iter().any(|run| run.code == Some(0)));
    }
}

/// Runs the program through a shell that first lowers what it may do.
fn limited(folder: &Folder, limits: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command
        .current_dir(folder.path(""))
        .args([
            "-c",
            &format!("{limits}; exec \"$@\""),
            "sh",
            env!("CARGO_BIN_EXE_khatt"),
        ])
        .args(arguments)
        .stdin(Stdio::null());
    Run::from(command.output().unwrap())
}

#[test]
fn a_file_that_finds_no_room_leaves_the_old_one() {
    let (folder, old, new) = prepared();
    // The system refuses to let a file grow beyond so many blocks of 512 bytes: as a full disk
    // would, in the middle of a file.
    for blocks in [0, 1, 8, 64] {
        let limits = format!("trap '' XFSZ; ulimit -f {blocks}");
        let arguments = [&MAP[..], &["--out", "out", "new.jsonl"]].concat();
        let run = limited(&folder, &limits, &arguments);
        assert_eq!(run.code, Some(1), "{blocks}: {run:?}");
        assert!(run.stderr.contains("cannot write out/"), "{run:?}");
        assert_old_or_new("no room", &visible(&folder, "out"), &old, &new);
        assert!(
            folder
                .files("out")
                .keys()
                .all(|name| !name.starts_with(".khatt-"))
        );
        let stream = [
            "extract",
            "--format",
            "jsonl",
            "--out",
            "claims.jsonl",
            "new.jsonl",
        ];
        let run = limited(&folder, &limits, &stream);
        let is_refused = run.stderr.contains("cannot write claims.jsonl.");
        assert!(
            run.code == Some(0) || (run.code == Some(1) && is_refused),
            "{run:?}"
        );
        assert_eq!(folder.path("claims.jsonl").exists(), run.code == Some(0));
    }
}

#[test]
fn a_full_disk_leaves_the_old_files() {
    let (folder, ..) = prepared();
    let disk = Disk::mount(&folder.path("disk"), "size=1m");
    let Some(_disk) = disk else {
        eprintln!("skipped: a small disk can be made by root only");
        return;
    };
    let before = map(&folder, "disk/out", "old.jsonl");
    assert!(
        before.stderr.contains("cannot write disk/out/"),
        "{before:?}"
    );
    assert_eq!(before.code, Some(1));
    for (name, bytes) in visible(&folder, "disk/out") {
        assert_eq!(folder.files("old")[&name], bytes, "{name}");
    }
}

/// A disk of its own in memory, gone when the value is.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mount(at: &Path, options: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mut command = Command::new("mount");
        command
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(at);
        let done = command.stderr(Stdio::null()).status();
        done.is_ok_and(|status| status.success())
            .then(|| Self(at.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_result_that_nobody_can_take_is_an_error() {
    let folder = Folder::new();
    reports(&folder, "in.jsonl", "قسد");
    for command in [
        "extract in.jsonl",
        "explain hajin in.jsonl",
        "review --format toml in.jsonl",
    ] {
        let mut run = folder.command(&command.split(' ').collect::<Vec<_>>());
        run.stdout(
            std::fs::File::options()
                .write(true)
                .open("/dev/full")
                .unwrap(),
        );
        let run = Run::from(run.stderr(Stdio::piped()).output().unwrap());
        assert_eq!(run.code, Some(1), "{command}: {run:?}");
        assert!(
            run.stderr.contains("cannot write standard output"),
            "{run:?}"
        );
    }
}

#[test]
fn folders_that_cannot_be_written_are_named_before_the_work() {
    let folder = Folder::new();
    reports(&folder, "in.jsonl", "قسد");
    folder.write("file", "x");
    let disk = Disk::mount(&folder.path("closed"), "ro,size=1m");
    let mut cases = vec!["file/out", "file", "/proc/khatt-out"];
    if disk.is_some() {
        cases.push("closed");
    }
    for out in cases {
        let run = map(&folder, out, "in.jsonl");
        assert_eq!(run.code, Some(1), "{out}: {run:?}");
        let expected = format!("cannot write {out}");
        assert!(run.stderr.contains(&expected), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        let target = format!("{out}/claims.jsonl");
        let run = folder.run(&["extract", "--out", &target, "in.jsonl"]);
        assert!(
            run.code == Some(1) && run.stderr.contains("cannot write"),
            "{run:?}"
        );
    }
}

#[test]
fn a_stream_killed_and_resumed_again_and_again_loses_and_doubles_nothing() {
    let folder = Folder::new();
    let line = |n: usize| {
        format!(
            "{{\"id\":\"r{n}\",\"published\":\"2019-01-01\",\"text\":\"سيطرت قسد على هجين. {}\"}}\n",
            "خبر ".repeat(n % 300)
        )
    };
    folder.write("in.jsonl", (0..30_000).map(line).collect::<String>());
    let arguments = |out| {
        [
            "extract", "--quiet", "--format", "jsonl", "--resume", "--out", out, "in.jsonl",
        ]
    };
    let start = Instant::now();
    assert_eq!(folder.run(&arguments("whole.jsonl")).code, Some(0));
    // The state is written twice a second; a run that is killed sooner than that gets nowhere.
    let pause = (start.elapsed() / 3).max(Duration::from_millis(700));
    let mut kills = 0;
    for _ in 0..100 {
        let mut child = begin(&folder, &arguments("out.jsonl"));
        std::thread::sleep(pause);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        assert!(!folder.path("out.jsonl").exists());
    }
    let read = |name| std::fs::read(folder.path(name)).unwrap();
    assert!(
        read("out.jsonl") == read("whole.jsonl"),
        "after {kills} kills"
    );
}
