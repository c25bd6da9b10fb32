//! Short stories told over several sentences or lines, and all that they claim: one line a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use jiff::civil::date;
use khatt::data::DataFolder;
use khatt::extract::Extractor;

use told::told;

/// The claims of a text, each once, sorted.
fn claims(extractor: &Extractor, text: &str) -> Vec<String> {
    let told = told(extractor, date(2019, 2, 10), &text.replace('↵', "\n"));
    let mut claims: Vec<String> = told.into_iter().map(|(claim, _)| claim).collect();
    claims.sort();
    claims.dedup();
    claims
}

#[test]
fn a_story_is_told_over_several_sentences() {
    every_text_is_told(include_str!("discourse/ar.tsv"));
}

#[test]
fn a_plain_sentence_is_told() {
    every_text_is_told(include_str!("discourse/ar.plain.tsv"));
}

/// Each line of a table, a text, a tab and its claims, is told as it says.
fn every_text_is_told(table: &str) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (text, listed) = line.split_once('\t').unwrap();
        let mut wanted: Vec<&str> = listed.split(';').map(str::trim).collect();
        wanted.retain(|claim| !claim.is_empty());
        wanted.sort_unstable();
        let told = claims(&extractor, text);
        if told != wanted {
            wrong.push(format!("{text}\n  told   {told:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
