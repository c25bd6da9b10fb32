//! Extraction never fails: whatever the text, offsets are sound and lines are JSON.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::LazyLock;

use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::output::jsonl;
use khatt::report::Report;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

static EXTRACTOR: LazyLock<Extractor> =
    LazyLock::new(|| Extractor::load(&DataFolder::Bundled).unwrap());

/// Reads a text and asks all that must hold of what was read.
fn check(text: String) {
    let report = Report {
        id: "hostile".to_owned(),
        text,
        ..Report::default()
    };
    let extraction = EXTRACTOR.extract(&report);
    let slice = |(start, end): (usize, usize)| -> String {
        report.text.chars().skip(start).take(end - start).collect()
    };
    for mention in extraction.mentions.iter().take(50) {
        let written = &report.text[mention.span.start..mention.span.end];
        assert!(!written.is_empty());
        assert_eq!(slice(mention.code_points), written);
    }
    for claim in extraction.claims.iter().take(50) {
        let quote = &claim.quote;
        assert_eq!(slice((quote.start, quote.end)), quote.text);
        assert!((0.0..=1.0).contains(&claim.confidence), "{claim:?}");
    }
    let line = jsonl::line(&report, &extraction, &EXTRACTOR);
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        value["claims"].as_array().map(Vec::len),
        Some(extraction.claims.len())
    );
}

/// What news is made of, and what breaks it.
const PIECES: &[&str] = &[
    "سيطرت ",
    "قسد ",
    "داعش ",
    "على ",
    "هجين",
    "السوسة",
    " والشعفة",
    "البلدة ",
    "انسحب ",
    "من ",
    "لم يبق ",
    "سوى ",
    "أحياء ",
    "نصف ",
    "70% ",
    "4 كم مربع ",
    "أمس ",
    "27 تشرين الثاني ",
    "قال ",
    "\"",
    "«",
    "»",
    "، ",
    ". ",
    "\n",
    "- ",
    ":",
    "(",
    ")",
    "؟",
    "و",
    "لل",
    "\u{301}",
    "\u{64B}",
    "\u{200F}",
    "ﷺ",
    "'",
    "’s ",
    "SDF ",
    "captured ",
    "Hajin ",
    "the town ",
    "it ",
    "1.5,",
    "٣",
    "2018.11.27 ",
    "🙂",
    "\u{0}",
    "عدا ",
    "الأخير ",
];

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2019), ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(text);
    }

    #[test]
    fn any_order_of_the_pieces_of_news_is_read(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..200)
    ) {
        check(pieces.concat());
    }

    #[test]
    fn any_bytes_are_a_report_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Report::from_bytes(std::path::Path::new("x.md"), &bytes);
        check(String::from_utf8_lossy(&bytes).into_owned());
    }
}

#[test]
fn long_texts_of_one_piece_are_read() {
    // Of whom it was taken back, no enemy is named in all the text.
    let taken_back = "SDF took Hajin. It was recaptured. ";
    for piece in PIECES.iter().chain([&taken_back]) {
        check(piece.repeat(200_000 / piece.len()));
    }
}

#[test]
fn ten_million_combining_marks_are_read() {
    check(format!(
        "سيطرت قسد على هجين.{}\n",
        "\u{301}".repeat(10_000_000)
    ));
}
