//! Inputs beyond all measure: each is refused with what is wrong, and nothing hangs or falls.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::io::Write;

use program::Folder;

/// A stream of one line that packs to almost nothing.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let blank = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        packer.write_all(&blank).unwrap();
    }
    packer.finish().unwrap()
}

#[test]
fn a_stream_that_unpacks_to_a_thousand_times_its_size_is_given_up() {
    let folder = Folder::new();
    folder.write("bomb.jsonl.gz", bomb(80));
    let blank = vec![b' '; 80 << 20];
    folder.write(
        "zst/bomb.jsonl.zst",
        zstd::encode_all(&blank[..], 1).unwrap(),
    );
    for file in ["bomb.jsonl.gz", "zst/bomb.jsonl.zst"] {
        for command in ["extract", "review"] {
            let run = folder.run(&[command, file]);
            assert_eq!(run.code, Some(1), "{run:?}");
            assert!(
                run.stderr.contains("more than 200 times its size"),
                "{run:?}"
            );
        }
    }
}

#[test]
fn files_without_end_are_given_up() {
    if !std::path::Path::new("/dev/zero").exists() {
        return;
    }
    let folder = Folder::new();
    for name in ["a.md", "a.html", "a.csv", "corrections.toml"] {
        #[cfg(unix)]
        std::os::unix::fs::symlink("/dev/zero", folder.path(name)).unwrap();
        let run = match name {
            "corrections.toml" => folder.run(&["extract", "--corrections", name]),
            _ => folder.run(&["map", name]),
        };
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("larger than"), "{name}: {run:?}");
        std::fs::remove_file(folder.path(name)).unwrap();
    }
}

#[test]
fn nesting_without_end_is_an_error() {
    let many = 100_000;
    let cases = [
        ("a.jsonl", format!("{{\"text\":{}\n", "[".repeat(many))),
        ("b.jsonl", format!("{{\"x\":{}\n", "{\"x\":".repeat(many))),
        (
            "a.md",
            format!("---\nid: {}\n---\nهجين\n", "[".repeat(many)),
        ),
        ("b.md", format!("---\n{}\n---\nهجين\n", "- ".repeat(many))),
        ("a.html", "<div>".repeat(many)),
        ("b.html", "<ul><li>".repeat(many)),
        ("corrections.toml", format!("claim = {}", "[".repeat(many))),
        ("corrections.toml", format!("{}x = 1", "a.".repeat(many))),
    ];
    for (name, text) in cases {
        let folder = Folder::new();
        folder.write(name, text);
        let run = if name == "corrections.toml" {
            folder.run(&["extract", "--corrections", name])
        } else {
            folder.run(&["map", name])
        };
        assert_eq!(run.code, Some(1), "{name}: {run:?}");
        assert!(run.stderr.starts_with("error: "), "{name}: {run:?}");
        assert!(run.stderr.len() < 1000, "{name}: {}", run.stderr);
    }
}

#[test]
fn aliases_that_multiply_are_given_up() {
    let folder = Folder::new();
    let mut head = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (before, name) in ('a'..='i').zip('b'..) {
        head += &format!(
            "{name}: &{name} [{}]\n",
            vec![format!("*{before}"); 9].join(",")
        );
    }
    folder.write("a.md", format!("---\n{head}---\nهجين\n"));
    let run = folder.run(&["map", "a.md"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stderr.contains("front matter"), "{run:?}");
}

#[test]
fn pictures_and_series_have_a_largest_size() {
    let folder = Folder::new();
    let cases: [(&[&str], &str); 4] = [
        (&["--size", "20000x20000"], "more than 200 million pixels"),
        (
            &["--size", "4294967295x4294967295"],
            "more than 200 million pixels",
        ),
        (&["--size", "30000x500"], "400 to 20000 pixels"),
        (
            &["--from", "0001-01-01", "--to", "2019-01-01", "--step", "1d"],
            "more than 10000 days",
        ),
    ];
    for (arguments, expected) in cases {
        let run = folder.run(&[&["map"], arguments].concat());
        assert!(matches!(run.code, Some(1 | 2)), "{run:?}");
        assert!(run.stderr.contains(expected), "{run:?}");
    }
    let day = |n: i32| jiff::civil::date(1950, 1, 1) + jiff::Span::new().days(n);
    let line = |n| {
        format!(
            "{{\"published\":\"{}\",\"text\":\"سيطرت قسد على هجين\"}}\n",
            day(n)
        )
    };
    folder.write("in.jsonl", (0..10_001).map(line).collect::<String>());
    for arguments in [
        &["map", "in.jsonl"][..],
        &["map", "--all-dates", "in.jsonl"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(
            run.stderr.contains("10001 days to map, more than 10000"),
            "{run:?}"
        );
    }
}
