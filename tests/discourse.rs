//! Short stories told over several sentences or lines, and all that they claim: one line a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use jiff::civil::date;
use khatt::claim::{DateBasis, Status};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::report::Report;

/// The claims of a text, as `PLACE PARTY STATUS`, sorted; units that are merely present are left out.
fn told(extractor: &Extractor, text: &str) -> Vec<String> {
    let report = Report {
        id: "case".to_owned(),
        published: Some((date(2019, 2, 10), DateBasis::Given)),
        text: text.replace('↵', "\n"),
        ..Report::default()
    };
    let extraction = extractor.extract(&report);
    let claims = extraction.claims.iter();
    let mut told: Vec<String> = claims
        .filter(|claim| claim.status != Status::Presence)
        .map(|claim| {
            let place = claim
                .place
                .map_or("*", |place| extractor.gazetteer.place(place).id);
            let actor = claim
                .actor
                .map_or("*", |actor| extractor.actors.actor(actor).id.as_str());
            format!("{place} {actor} {}", claim.status.as_str())
        })
        .collect();
    told.sort();
    told.dedup();
    told
}

#[test]
fn a_story_is_told_over_several_sentences() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let table = include_str!("discourse/ar.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (text, claims) = line.split_once('\t').unwrap();
        let mut wanted: Vec<&str> = claims.split(';').map(str::trim).collect();
        wanted.retain(|claim| !claim.is_empty());
        wanted.sort_unstable();
        let told = told(&extractor, text);
        if told != wanted {
            wrong.push(format!("{text}\n  told   {told:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
