//! Parquet in and out, beside the lines of JSON that say the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod program;

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use program::{Folder, Run};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "message reports {
    optional binary id (STRING);
    optional binary source (STRING);
    optional int32 published (DATE);
    optional binary url (STRING);
    optional binary lang (STRING);
    required binary text (STRING);
    optional double score;
}";

/// One report for tests.
#[derive(Clone)]
struct Row {
    id: Option<String>,
    /// Days from 1970.
    published: Option<i32>,
    text: Vec<u8>,
}

/// Days from 1970 to the first of January 2019.
const YEAR_2019: i32 = 17_897;

fn rows(count: usize) -> Vec<Row> {
    let filler = "وأكد المصدر أن الأهالي يحتاجون إلى المياه والغذاء قبل حلول الشتاء. ".repeat(6);
    let places = ["هجين", "السوسة", "الشعفة", "المراشدة"];
    let row = |number: usize| Row {
        id: (!number.is_multiple_of(7)).then(|| format!("r{number}")),
        published: (!number.is_multiple_of(5)).then(|| YEAR_2019 + (number % 9) as i32),
        text: format!("سيطرت قسد على بلدة {}. {filler}", places[number % 4]).into_bytes(),
    };
    (0..count).map(row).collect()
}

/// The rows as Parquet, so many a group.
fn table(rows: &[Row], group: usize, packing: Compression) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = WriterProperties::builder().set_compression(packing).build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for rows in rows.chunks(group) {
        let mut out = file.next_row_group().unwrap();
        let mut column = 0;
        while let Some(mut writer) = out.next_column().unwrap() {
            let texts: Vec<Option<ByteArray>> = match column {
                0 => rows
                    .iter()
                    .map(|row| row.id.as_deref().map(ByteArray::from))
                    .collect(),
                1 => rows
                    .iter()
                    .map(|_| Some(ByteArray::from("outlet")))
                    .collect(),
                5 => rows
                    .iter()
                    .map(|row| Some(ByteArray::from(row.text.clone())))
                    .collect(),
                _ => vec![None; rows.len()],
            };
            match writer.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let levels: Vec<i16> =
                        texts.iter().map(|text| i16::from(text.is_some())).collect();
                    let texts: Vec<ByteArray> = texts.into_iter().flatten().collect();
                    writer.write_batch(&texts, Some(&levels), None).unwrap();
                }
                ColumnWriter::Int32ColumnWriter(writer) => {
                    let levels: Vec<i16> = rows
                        .iter()
                        .map(|row| i16::from(row.published.is_some()))
                        .collect();
                    let days: Vec<i32> = rows.iter().filter_map(|row| row.published).collect();
                    writer.write_batch(&days, Some(&levels), None).unwrap();
                }
                ColumnWriter::DoubleColumnWriter(writer) => {
                    writer
                        .write_batch(&[], Some(&vec![0; rows.len()]), None)
                        .unwrap();
                }
                _ => panic!("no such column"),
            }
            writer.close().unwrap();
            column += 1;
        }
        out.close().unwrap();
    }
    file.into_inner().unwrap()
}

/// The same rows as lines of JSON.
fn lines(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let published = row
            .published
            .map(|days| format!("2019-01-{:02}", 1 + days - YEAR_2019));
        let text = String::from_utf8_lossy(&row.text);
        json!({"id": row.id, "source": "outlet", "published": published, "text": text}).to_string()
            + "\n"
    };
    rows.iter().map(line).collect()
}

fn extract(folder: &Folder, arguments: &[&str]) -> Run {
    let mut all = vec!["extract", "--quiet", "--format"];
    all.extend(arguments);
    folder.run(&all)
}

#[test]
fn reports_in_parquet_read_as_those_in_lines() {
    let folder = Folder::new();
    let rows = rows(1500);
    folder.write("a.jsonl", lines(&rows));
    let plain = extract(&folder, &["jsonl", "a.jsonl"]);
    assert_eq!(plain.code, Some(0), "{}", plain.stderr);
    let forms = [
        (2000, Compression::UNCOMPRESSED),
        (400, Compression::SNAPPY),
        (33, Compression::GZIP(Default::default())),
        (1, Compression::LZ4_RAW),
        (700, Compression::ZSTD(Default::default())),
    ];
    for (group, packing) in forms {
        folder.write("columns/a.parquet", table(&rows, group, packing));
        let run = extract(&folder, &["jsonl", "columns"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout == plain.stdout, "groups of {group}, {packing}");
    }
    let mapped = |input: &str| {
        let run = folder.run(&["map", "--quiet", "--no-png", "--out", "out", input]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        std::fs::read_to_string(folder.path("out/timeline.geojson")).unwrap()
    };
    assert_eq!(mapped("columns/a.parquet"), mapped("a.jsonl"));
}

#[test]
fn rows_and_files_that_are_broken_are_named() {
    let folder = Folder::new();
    let mut some = rows(300);
    some[99].text = vec![b'x', 0xff];
    let sound = table(&some, 100, Compression::UNCOMPRESSED);
    folder.write("a.parquet", &sound);
    let run = extract(&folder, &["jsonl", "a.parquet"]);
    assert_eq!((run.code, run.stdout.lines().count()), (Some(3), 299));
    assert!(
        run.stderr
            .contains("a.parquet:100: column `text`: not UTF-8"),
        "{}",
        run.stderr
    );

    // The second group's pages are overwritten; the first and third are read.
    let second = SerializedFileReader::new(bytes::Bytes::from(sound.clone())).unwrap();
    let column = second.metadata().row_group(1).column(5).byte_range();
    let mut broken = sound.clone();
    broken[column.0 as usize..(column.0 + column.1) as usize].fill(0xAA);
    folder.write("a.parquet", &broken);
    let run = extract(&folder, &["jsonl", "a.parquet"]);
    assert_eq!(
        (run.code, run.stdout.lines().count()),
        (Some(3), 199),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("rows 101 to 200 cannot be read"),
        "{}",
        run.stderr
    );

    // Bytes overwritten anywhere: some are noticed, none stops the program.
    for at in (4..sound.len()).step_by(sound.len() / 150) {
        let mut broken = sound.clone();
        broken[at..(at + 3).min(sound.len())].fill(0xFF);
        folder.write("a.parquet", &broken);
        let run = extract(&folder, &["jsonl", "a.parquet"]);
        assert!(matches!(run.code, Some(0 | 1 | 3)), "{at}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{at}: {}", run.stderr);
    }

    for (name, bytes, problem) in [
        (
            "half.parquet",
            &sound[..sound.len() / 2],
            "cannot read half.parquet",
        ),
        (
            "text.parquet",
            b"not at all, but long enough".as_slice(),
            "cannot read text.parquet",
        ),
        ("empty.parquet", b"".as_slice(), "cannot read empty.parquet"),
    ] {
        folder.write(name, bytes);
        let run = extract(&folder, &["jsonl", name]);
        assert_eq!((run.code, run.stdout.is_empty()), (Some(1), true));
        assert!(run.stderr.contains(problem), "{}", run.stderr);
    }
}

#[test]
fn a_table_without_texts_is_refused() {
    let folder = Folder::new();
    folder.write("a.jsonl", lines(&rows(20)));
    let made = extract(&folder, &["parquet", "a.jsonl", "--out", "claims.parquet"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let run = extract(&folder, &["jsonl", "claims.parquet"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("no column `text`"), "{}", run.stderr);
    let shown = extract(&folder, &["parquet", "a.jsonl"]);
    assert_eq!(shown.code, Some(1));
    assert!(
        shown.stderr.contains("add --out FILE.parquet"),
        "{}",
        shown.stderr
    );
}

/// The rows of a file of claims, named as in JSON.
fn claims_of_table(bytes: Vec<u8>) -> Vec<Value> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let day = |value: &Value| {
        let days = value.as_i64()?;
        let first = jiff::civil::date(1970, 1, 1);
        Some(
            first
                .checked_add(jiff::Span::new().days(days))
                .unwrap()
                .to_string(),
        )
    };
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let object = |row: parquet::record::Row| {
        let mut object: Map<String, Value> = Map::new();
        for (name, field) in row.get_column_iter() {
            let value = match field {
                parquet::record::Field::Date(days) => json!(day(&json!(days))),
                parquet::record::Field::Group(group) => {
                    let parts = group
                        .get_column_iter()
                        .map(|(name, part)| (name.clone(), plain(part)));
                    Value::Object(parts.collect())
                }
                field => plain(field),
            };
            object.insert(name.clone(), value);
        }
        Value::Object(object)
    };
    rows.map(object).collect()
}

fn plain(field: &parquet::record::Field) -> Value {
    use parquet::record::Field;
    match field {
        Field::Null => Value::Null,
        Field::Bool(truth) => json!(truth),
        Field::Long(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Str(text) => json!(text),
        other => panic!("not expected: {other}"),
    }
}

/// The claims of lines of JSON, each with its report as in a table of claims.
fn claims_of_lines(text: &str) -> Vec<Value> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line: Map<String, Value> = serde_json::from_str(line).unwrap();
        for claim in line["claims"].as_array().unwrap() {
            let mut row = Map::new();
            let head = [
                "report",
                "source",
                "url",
                "language",
                "published",
                "published_basis",
            ];
            row.extend(head.map(|name| (name.to_owned(), line[name].clone())));
            row.extend(claim.as_object().unwrap().clone());
            out.push(Value::Object(row));
        }
    }
    out
}

#[test]
fn claims_in_parquet_say_what_the_lines_say() {
    let folder = Folder::new();
    for (arguments, least) in [(&[][..], 15), (&["a.jsonl"][..], 90)] {
        folder.write("a.jsonl", lines(&rows(100)));
        let run = |form: &str, out: &str| {
            let mut all = vec![form, "--out", out];
            all.extend(arguments);
            let run = extract(&folder, &all);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            std::fs::read(folder.path(out)).unwrap()
        };
        let lines = String::from_utf8(run("jsonl", "out.jsonl")).unwrap();
        let expected = claims_of_lines(&lines);
        let found = claims_of_table(run("parquet", "out.parquet"));
        assert!(expected.len() > least, "{}", expected.len());
        assert_eq!(found, expected);
    }
}

#[test]
fn no_claims_make_an_empty_table() {
    let folder = Folder::new();
    folder.write("a.jsonl", "{\"text\":\"nothing\"}\n");
    let run = extract(&folder, &["parquet", "a.jsonl", "--out", "out.parquet"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(claims_of_table(std::fs::read(folder.path("out.parquet")).unwrap()).is_empty());
}

#[test]
fn a_killed_run_makes_the_file_of_one_that_was_not() {
    let folder = Folder::new();
    // Reports of many claims, so that groups fill up: three and a rest.
    let places = ["هجين", "السوسة", "الشعفة", "المراشدة", "الباغوز", "الكشمة"];
    let sentences: Vec<String> = places
        .iter()
        .map(|place| format!("سيطرت قسد على بلدة {place}."))
        .collect();
    let text = sentences.join("\n");
    let row = |number: usize| Row {
        id: Some(format!("r{number}")),
        published: Some(YEAR_2019 + (number % 9) as i32),
        text: format!("{text} {number}").into_bytes(),
    };
    let rows: Vec<Row> = (0..24_000).map(row).collect();
    folder.write("a.parquet", table(&rows, 5_000, Compression::SNAPPY));
    let whole = extract(&folder, &["parquet", "a.parquet", "--out", "whole.parquet"]);
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    let whole = std::fs::read(folder.path("whole.parquet")).unwrap();
    let groups = SerializedFileReader::new(bytes::Bytes::from(whole.clone())).unwrap();
    assert!(groups.num_row_groups() > 2, "{}", groups.num_row_groups());

    let vouched = || {
        let text = std::fs::read_to_string(folder.path("out.parquet.state")).unwrap_or_default();
        let state: Value = serde_json::from_str(&text).unwrap_or_default();
        state["bytes"].as_u64().unwrap_or(0)
    };
    let arguments = [
        "extract",
        "--quiet",
        "--format",
        "parquet",
        "a.parquet",
        "--out",
        "out.parquet",
    ];
    let mut child = folder
        .command(&arguments)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while vouched() == 0 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!folder.path("out.parquet").exists());
    let resumed = extract(
        &folder,
        &["parquet", "a.parquet", "--out", "out.parquet", "--resume"],
    );
    assert_eq!(resumed.code, Some(0), "{}", resumed.stderr);
    assert!(std::fs::read(folder.path("out.parquet")).unwrap() == whole);
    assert!(!folder.path("out.parquet.part").exists());
    assert!(!folder.path("out.parquet.state").exists());
}
