//! Times `extract` on one core, step by step: `cargo bench --bench extract`.
//!
//! `cargo bench --bench extract -- names` also reads with gazetteers of 100,000 and a million names,
//! `-- names 10000000` with those and one of ten million, which takes twelve gigabytes of memory.
//! Megabytes are of UTF-8 text, bodies only; time is that of the core; the best of several rounds
//! counts.

#![allow(clippy::print_stdout, reason = "a bench speaks to its reader")]

#[path = "../examples/corpus/made.rs"]
#[allow(dead_code, reason = "the bench asks for one of its two makers only")]
mod made;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use khatt::data::DataFolder;
use khatt::extract::{Extractor, Step};
use khatt::output::jsonl;
use khatt::report::Report;
use khatt::{Result, seeds};

/// Text of each set, in bytes.
const SIZE: usize = 8_000_000;
const ROUNDS: usize = 5;

const STEPS: [(Step, &str); 6] = [
    (Step::Tokens, "tokens"),
    (Step::Items, "items"),
    (Step::Mentions, "mentions"),
    (Step::Discourse, "discourse"),
    (Step::Rules, "rules"),
    (Step::Claims, "claims"),
];

/// The bundled reports again and again, in a shuffled order.
fn bundled() -> Result<Vec<Report>> {
    let read = |(path, text): &seeds::Seed| Report::from_bytes(Path::new(path), text.as_bytes());
    let reports: Vec<Report> = seeds::REPORTS.iter().map(read).collect::<Result<_>>()?;
    let mut out: Vec<Report> = Vec::new();
    let (mut bytes, mut state) = (0, 1_usize);
    while bytes < SIZE {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let report = &reports[(state >> 33) % reports.len()];
        bytes += report.text.len();
        out.push(report.clone());
    }
    Ok(out)
}

/// Made reports with the places of a data folder.
fn made(data: &DataFolder) -> Result<Vec<Report>> {
    let mut maker = made::Maker::new(data, 1)?;
    let (mut bytes, mut out) = (0, Vec::new());
    while bytes < SIZE {
        let made = maker.next_report();
        bytes += made.text.len();
        out.push(Report {
            id: made.id,
            source: "made".to_owned(),
            language: Some(made.language.to_owned()),
            published: made
                .published
                .parse()
                .ok()
                .map(|date| (date, khatt::claim::DateBasis::Given)),
            text: made.text,
            ..Report::default()
        });
    }
    Ok(out)
}

/// Time that this thread has spent on a core, where the system tells it; else since `start`.
fn clock(start: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse().ok())
        .map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Time of each step and of the JSON lines, and on a core for the whole: the best round.
fn time(extractor: &Extractor, reports: &[Report]) -> ([Duration; 7], Duration) {
    let mut best = ([Duration::ZERO; 7], Duration::MAX);
    for _ in 0..ROUNDS {
        let mut steps = [Duration::ZERO; 7];
        let start = Instant::now();
        let begun = clock(start);
        let mut last = start;
        let mut mark = |slot: usize| {
            let now = Instant::now();
            steps[slot] += now - last;
            last = now;
        };
        for report in reports {
            let extraction = extractor.extract_watched(report, &mut |step| mark(step as usize));
            black_box(jsonl::line(report, &extraction, extractor));
            mark(6);
        }
        let whole = clock(start) - begun;
        if whole < best.1 {
            best = (steps, whole);
        }
    }
    best
}

fn print(name: &str, extractor: &Extractor, reports: &[Report]) {
    let bytes: usize = reports.iter().map(|report| report.text.len()).sum();
    let speed = |took: Duration| bytes as f64 / 1e6 / took.as_secs_f64();
    let (steps, whole) = time(extractor, reports);
    println!(
        "{name:<28} {:>6.1} MB/s  {:>7.0} reports/s",
        speed(whole),
        reports.len() as f64 / whole.as_secs_f64()
    );
    let names = STEPS.iter().map(|(_, name)| *name).chain(["json"]);
    let all: Duration = steps.iter().sum();
    for (name, step) in names.zip(steps) {
        // The steps are timed by the wall clock; their shares are what counts.
        let share = step.as_secs_f64() / all.as_secs_f64();
        let (took, percent) = (whole.mul_f64(share), 100.0 * share);
        println!("    {name:<10} {:>7.1} MB/s {percent:>5.1} %", speed(took));
    }
}

/// A folder with the bundled tables and a gazetteer of this many names.
fn folder(names: usize) -> std::result::Result<tempfile::TempDir, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    for name in DataFolder::file_names() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        std::fs::write(path, DataFolder::Bundled.bytes(name)?)?;
    }
    std::fs::write(folder.path().join("gazetteer.csv"), made::gazetteer(names)?)?;
    Ok(folder)
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::load(&DataFolder::Bundled)?;
    print("bundled reports", &extractor, &bundled()?);
    print("made corpus", &extractor, &made(&DataFolder::Bundled)?);
    if std::env::args().any(|argument| argument == "names") {
        let more = std::env::args().filter_map(|argument| argument.parse().ok());
        for names in [100_000, 1_000_000].into_iter().chain(more) {
            let folder = folder(names)?;
            let data = DataFolder::Folder(folder.path().to_owned());
            let start = Instant::now();
            let extractor = Extractor::load(&data)?;
            println!("{names} names loaded in {:.2?}", start.elapsed());
            print(&format!("bundled, {names} names"), &extractor, &bundled()?);
            if names <= 1_000_000 {
                print(&format!("made, {names} names"), &extractor, &made(&data)?);
            }
        }
    }
    Ok(())
}
