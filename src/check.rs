//! Checks of the words and rules of a data folder, for people who change them.
//!
//! A folder is sound when every rule has examples that give just the claims beside them, no rule is
//! shadowed by those before it, and every class of words is asked for. [`change`] tells what one
//! folder reads otherwise than another.

pub mod change;

use jiff::civil::{Date, date};

use crate::claim::{Claim, DateBasis, Status};
use crate::extract::{Extraction, Extractor, Rule};
use crate::report::Report;

/// The day on which examples are told; any day does.
const TOLD: Date = date(2019, 1, 10);

/// What is wrong with the words and rules of a folder, one line each; nothing when all is well.
///
/// Tables that cannot be read at all are errors of [`Extractor::load`].
#[must_use]
pub fn problems(extractor: &Extractor) -> Vec<String> {
    let mut out = Vec::new();
    for (language, rules) in extractor.rules() {
        for rule in rules {
            out.extend(
                problems_of(rule, language, extractor)
                    .into_iter()
                    .map(|problem| format!("rules/{language}.rules: {}: {problem}", rule.name)),
            );
        }
    }
    for (language, class) in extractor.unused_classes() {
        out.push(format!(
            "lexicon/{language}.tsv: no rule asks for the class `{class}`; use it or drop it"
        ));
    }
    out
}

fn problems_of(rule: &Rule, language: &str, extractor: &Extractor) -> Vec<String> {
    if rule.examples.is_empty() {
        return vec!["no example; add a line `like TEXT => CLAIMS`".to_owned()];
    }
    let mut out = Vec::new();
    if rule.means.is_empty() {
        out.push("no meaning; add a line `means ...`".to_owned());
    }
    let mut speaks = false;
    for (text, expected) in &rule.examples {
        let expected = sorted(expected.split(';').map(|claim| claim.trim().to_owned()));
        let read = read(text, language, extractor);
        speaks |= is_heard(&rule.name, &read);
        let found = said(&read, extractor);
        if !agree(&found, &expected) {
            out.push(format!(
                "`{text}` gives {}, not {}",
                listed(&found),
                listed(&expected)
            ));
        }
    }
    if !speaks {
        out.push(
            "shadowed: other rules read all of its examples; move it up or drop it".to_owned(),
        );
    }
    out
}

/// True when a rule had a part in what was read.
fn is_heard(rule: &str, read: &Extraction) -> bool {
    read.claims.iter().any(|claim| claim.rule == rule)
        || read.set_aside.iter().any(|aside| aside.rule == rule)
}

fn read(text: &str, language: &str, extractor: &Extractor) -> Extraction {
    extractor.extract_by_rules(&Report {
        id: "example".to_owned(),
        language: Some(language.to_owned()),
        published: Some((TOLD, DateBasis::Given)),
        text: text.to_owned(),
        ..Report::default()
    })
}

/// The claims of a text, written as in the examples of the rules.
fn said(read: &Extraction, extractor: &Extractor) -> Vec<String> {
    // What only says that somebody was there is no claim on a map.
    let says = |claim: &&Claim| claim.status != Status::Presence;
    sorted(
        read.claims
            .iter()
            .filter(says)
            .flat_map(|claim| written(claim, extractor)),
    )
}

/// A claim as the examples write it; a place and a size are two.
fn written(claim: &Claim, extractor: &Extractor) -> Vec<String> {
    let actor = claim.actor.map_or("*", |id| &extractor.actors.actor(id).id);
    let share = claim.share.map(|share| format!(" share={share}"));
    let stands = claim.place.map(|id| {
        let place = &extractor.gazetteer.place(id).id;
        let status = claim.status.as_str();
        format!("{place} {actor} {status}{}", share.unwrap_or_default())
    });
    let area = claim.area_km2.map(|km2| format!("* {actor} area={km2}"));
    stands.into_iter().chain(area).collect()
}

/// An example need not say the share of a partial claim.
fn agree(found: &[String], expected: &[String]) -> bool {
    let same = |found: &String, expected: &String| {
        found == expected || found.split(" share=").next() == Some(expected)
    };
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| same(a, b))
}

fn sorted(claims: impl Iterator<Item = String>) -> Vec<String> {
    let mut claims: Vec<String> = claims.filter(|claim| !claim.is_empty()).collect();
    claims.sort();
    claims.dedup();
    claims
}

fn listed(claims: &[String]) -> String {
    if claims.is_empty() {
        "no claim".to_owned()
    } else {
        format!("`{}`", claims.join("; "))
    }
}
