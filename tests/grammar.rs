//! The plain ways to tell who took, lost and holds a place: every phrase of `tests/grammar` in
//! every frame of its kind, with every place.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use std::collections::BTreeSet;

use jiff::civil::date;
use khatt::data::DataFolder;
use khatt::extract::Extractor;

use told::told;

/// Phrases and the frames that they stand in.
#[derive(Default)]
struct Kind<'a> {
    frames: Vec<&'a str>,
    /// Frames that deny, doubt, expect or suppose: nothing of the phrase may be read.
    unsaid: Vec<&'a str>,
    phrases: Vec<(&'a str, &'a str)>,
}

/// A table: its places with their ids, and its kinds.
fn read(table: &str) -> (Vec<(&str, &str)>, Vec<Kind<'_>>) {
    let mut places = Vec::new();
    let mut kinds: Vec<Kind> = Vec::new();
    let lines = table.lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            ["place", name, ids] => places.push((name, ids)),
            ["kind", _] => kinds.push(Kind::default()),
            ["frame", frame] => kinds.last_mut().unwrap().frames.push(frame),
            ["unsaid", frame] => kinds.last_mut().unwrap().unsaid.push(frame),
            ["phrase", phrase, gives] => kinds.last_mut().unwrap().phrases.push((phrase, gives)),
            _ => unreachable!("not a line of the table: {line}"),
        }
    }
    (places, kinds)
}

fn sentence(frame: &str, phrase: &str, place: &str) -> String {
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    frame
        .replace("{v1}", first)
        .replace("{v2}", rest)
        .replace("{v}", phrase)
        .replace("{P}", place)
}

/// `as-susah SDF control` for each place and each thing given.
fn wanted(ids: &str, gives: &str) -> BTreeSet<String> {
    ids.split(' ')
        .flat_map(|id| gives.split("; ").map(move |given| format!("{id} {given}")))
        .collect()
}

fn claims(extractor: &Extractor, text: &str) -> BTreeSet<String> {
    let told = told(extractor, date(2019, 1, 28), text).into_iter();
    told.map(|(claim, _)| claim).collect()
}

fn every_sentence_is_read(table: &str) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let (places, kinds) = read(table);
    let mut wrong = Vec::new();
    let mut count = 0;
    for kind in &kinds {
        for (phrase, gives) in &kind.phrases {
            let said = kind.frames.iter().map(|frame| (frame, true));
            let unsaid = kind.unsaid.iter().map(|frame| (frame, false));
            for (frame, is_said) in said.chain(unsaid) {
                for (name, ids) in &places {
                    let text = sentence(frame, phrase, name);
                    let found = claims(&extractor, &text);
                    let wanted = wanted(ids, gives);
                    count += 1;
                    let is_right = if is_said {
                        found == wanted
                    } else {
                        found.is_disjoint(&wanted)
                    };
                    if !is_right {
                        wrong.push(format!("{text} => {found:?}"));
                    }
                }
            }
        }
    }
    assert!(count > 2000, "{count} sentences");
    assert!(
        wrong.is_empty(),
        "{} of {count} sentences are read otherwise:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn arabic_sentences_are_read() {
    every_sentence_is_read(include_str!("grammar/ar.tsv"));
}

#[test]
fn english_sentences_are_read() {
    every_sentence_is_read(include_str!("grammar/en.tsv"));
}

/// Each text of a table gives just the claims that stand behind it.
fn every_text_is_read(table: &str) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut otherwise = Vec::new();
    for line in lines {
        let (text, gives) = line.split_once('\t').unwrap();
        let gives = gives.split("; ").filter(|given| !given.is_empty());
        let wanted: BTreeSet<String> = gives.map(str::to_owned).collect();
        let found = claims(&extractor, &text.replace("\\n", "\n"));
        if found != wanted {
            otherwise.push(format!("{text} => {found:?}, not {wanted:?}"));
        }
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
}

#[test]
fn english_texts_are_read() {
    every_text_is_read(include_str!("discourse/en.tsv"));
}

#[test]
fn plain_english_sentences_are_read() {
    every_text_is_read(include_str!("discourse/en.plain.tsv"));
}

#[test]
fn english_clauses_are_read() {
    every_text_is_read(include_str!("discourse/en.clauses.tsv"));
}
