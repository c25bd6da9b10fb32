//! Writes a made-up corpus to standard output: `cargo run --release --example corpus -- 10000`.
//!
//! `corpus N [SEED]` writes N reports as JSON lines. `corpus --gazetteer N` writes a gazetteer of N
//! names, for a data folder of its own.

#![allow(clippy::print_stderr, reason = "an example speaks to its reader")]

mod made;

use std::io::{BufWriter, Write};

use khatt::data::DataFolder;

fn main() -> std::process::ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("corpus: {problem}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments {
        [flag, names] if flag == "--gazetteer" => {
            out.write_all(made::gazetteer(names.parse()?)?.as_bytes())?;
        }
        [count] => write(&mut out, count.parse()?, 1)?,
        [count, seed] => write(&mut out, count.parse()?, seed.parse()?)?,
        _ => return Err("use: corpus N [SEED], or corpus --gazetteer N".into()),
    }
    Ok(out.flush()?)
}

fn write(out: &mut impl Write, count: u64, seed: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut maker = made::Maker::new(&DataFolder::Bundled, seed)?;
    for _ in 0..count {
        let made = maker.next_report();
        let line = serde_json::json!({
            "id": made.id,
            "lang": made.language,
            "published": made.published,
            "source": "made",
            "text": made.text,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
