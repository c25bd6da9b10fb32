//! Times `extract` on texts made to be slow, at growing sizes: `cargo bench --bench growth`.
//!
//! Time grows with the text when the speeds of one line stay alike. A row of this table that falls
//! from left to right is a bug.

#![allow(clippy::print_stdout, reason = "a bench speaks to its reader")]

use std::hint::black_box;
use std::time::Instant;

use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::output::jsonl;
use khatt::report::Report;

const SIZES: [usize; 5] = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];

/// What is repeated, with a name.
const UNITS: &[(&str, &str)] = &[
    ("a word", "كلمة "),
    ("no space", "ب"),
    ("line ends", "\n"),
    ("combining marks", "\u{301}"),
    ("vowel signs", "\u{64B}"),
    ("quotes open", "«"),
    ("quotes in quotes", "قال \"إن «"),
    ("a cue", "سيطرت "),
    ("a place", "هجين "),
    ("a list of places", "هجين والسوسة، "),
    ("many namesakes", "الحسينية "),
    ("a noun for a place", "البلدة "),
    ("a number", "4 "),
    ("joined numbers", "1.5,"),
    ("sizes", "طوله ثلاثة كيلومترات وعرضه اثنان "),
    ("areas", "بقي لداعش 4 كم مربع في هجين. "),
    ("a party", "قسد "),
    ("bare parties", "التنظيم "),
    ("the latter", "من الأخيرة "),
    ("claims on one place", "سيطرت قسد على هجين. "),
    ("claims in one sentence", "سيطرت قسد على هجين "),
    ("taken and lost", "سيطرت قسد على هجين. انسحبت قسد من هجين. "),
    ("taken back", "SDF took Hajin. It was recaptured. "),
    (
        "names left out",
        "the SDF which took Hajin and is now in charge of it and ",
    ),
    ("exceptions", "عدا هجين "),
    ("prefixes", "ولل"),
    ("commas", "،"),
    ("dates", "27 تشرين الثاني 2018 "),
    ("words of dates", "in "),
    (
        "claims with a month",
        "SDF captured Hajin in December 2018 ",
    ),
    ("sizes of one party", "ISIS holds 4 square kilometres. "),
    ("lists by line", "هجين\n- السوسة\n"),
    ("english", "SDF captured the town of Hajin "),
    ("apostrophes", "a'"),
];

fn main() -> khatt::Result<()> {
    let extractor = Extractor::load(&DataFolder::Bundled)?;
    print!("{:<24}", "MB/s at MB");
    for size in SIZES {
        print!("{:>8.1}", size as f64 / 1e6);
    }
    println!();
    let only = std::env::args().nth(1).filter(|name| name != "--bench");
    let wanted = |name: &str| only.as_deref().is_none_or(|only| name.contains(only));
    for (name, unit) in UNITS.iter().filter(|(name, _)| wanted(name)) {
        print!("{name:<24}");
        for size in SIZES {
            let report = Report {
                id: "hostile".to_owned(),
                text: unit.repeat(size / unit.len()),
                ..Report::default()
            };
            let start = Instant::now();
            let extraction = extractor.extract(&report);
            black_box(jsonl::line(&report, &extraction, &extractor));
            print!("{:>8.1}", size as f64 / 1e6 / start.elapsed().as_secs_f64());
            let _ = std::io::Write::flush(&mut std::io::stdout());
        }
        println!();
    }
    Ok(())
}
