//! The plain ways to tell who took, lost and holds a place: every phrase of `tests/grammar` in
//! every frame of its kind, with every place.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use jiff::civil::date;
use khatt::claim::{DateBasis, Status};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::report::Report;

/// Phrases and the frames that they stand in.
#[derive(Default)]
struct Kind<'a> {
    frames: Vec<&'a str>,
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

fn told(extractor: &Extractor, text: String) -> BTreeSet<String> {
    let report = Report {
        id: "case".to_owned(),
        published: Some((date(2019, 1, 28), DateBasis::Given)),
        text,
        ..Report::default()
    };
    let claims = extractor.extract(&report).claims;
    let of_ground = claims
        .iter()
        .filter(|claim| claim.status != Status::Presence);
    let place = |claim: &khatt::claim::Claim| {
        let place = claim.place.map(|place| extractor.gazetteer.place(place));
        place.map_or("*", |place| place.id).to_owned()
    };
    let actor = |claim: &khatt::claim::Claim| {
        let actor = claim.actor.map(|actor| extractor.actors.actor(actor));
        actor.map_or("*", |actor| &actor.id).to_owned()
    };
    of_ground
        .map(|claim| {
            format!(
                "{} {} {}",
                place(claim),
                actor(claim),
                claim.status.as_str()
            )
        })
        .collect()
}

fn every_sentence_is_read(table: &str) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let (places, kinds) = read(table);
    let mut wrong = Vec::new();
    let mut count = 0;
    for kind in &kinds {
        for (phrase, gives) in &kind.phrases {
            for frame in &kind.frames {
                for (name, ids) in &places {
                    let text = sentence(frame, phrase, name);
                    let found = told(&extractor, text.clone());
                    count += 1;
                    if found != wanted(ids, gives) {
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

/// Texts of several sentences, each with the claims it must give.
#[test]
fn english_texts_are_read() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let table = include_str!("grammar/en.discourse.tsv");
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (text, gives) = line.split_once('\t').unwrap();
        let gives = gives.split("; ").filter(|given| !given.is_empty());
        let wanted: BTreeSet<String> = gives.map(str::to_owned).collect();
        let found = told(&extractor, text.replace("\\n", "\n"));
        assert_eq!(found, wanted, "{text}");
    }
}
