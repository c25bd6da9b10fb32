//! What is worth a look: for people, as JSON lines, and as a file of corrections to fill in.

use std::fmt::Write;

use serde_json::{Value, json};

use super::words::{isolated, statement, voice};
use super::{Tables, inert};
use crate::claim::Claim;
use crate::corrections::claim_key;
use crate::review::{Doubt, DoubtfulName, Reason, Review};

/// As many contradicting claims as are told of one claim.
const MOST_RIVALS: usize = 3;

/// The list for people.
#[must_use]
pub fn text(review: &Review, tables: &Tables) -> String {
    let mut text = String::new();
    for (index, doubt) in review.claims.iter().enumerate() {
        let claim = &tables.claims[doubt.claim];
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}. {} · {}",
            index + 1,
            summary(claim, tables),
            effect(doubt)
        );
        let _ = writeln!(text, "   \"{}\"", isolated(&plain(&claim.quote.text)));
        for reason in &doubt.reasons {
            let _ = writeln!(text, "   {}", reason_words(reason, tables));
        }
        let key = claim_key(claim, tables.gazetteer, tables.actors);
        let _ = writeln!(text, "   key {}\n", isolated(&key));
    }
    for name in &review.names {
        let _ = writeln!(text, "{}", name_words(name));
    }
    text
}

/// One JSON object a line: the claims, then the names.
#[must_use]
pub fn jsonl(review: &Review, tables: &Tables) -> String {
    let claims = review
        .claims
        .iter()
        .map(|doubt| claim_object(doubt, tables));
    let names = review.names.iter().map(|name| {
        json!({
            "name": name.name,
            "candidates": name.candidates,
            "found": name.found.iter()
                .map(|(report, start)| json!({"report": report, "start": start}))
                .collect::<Vec<_>>(),
        })
    });
    claims
        .chain(names)
        .map(|object| format!("{object}\n"))
        .collect()
}

/// A file of corrections in which nothing is decided yet.
#[must_use]
pub fn template(review: &Review, tables: &Tables) -> String {
    let mut text = "# Claims worth a look, those of most effect first. Write a decision: accept, reject or change;\n\
        # with change also what changes: place, actor, status, share, area_km2, date, date_to, certainty.\n\
        # Then put the file beside the reports as corrections.toml. What stays undecided changes nothing.\n"
        .to_owned();
    for doubt in &review.claims {
        let claim = &tables.claims[doubt.claim];
        let head = summary(claim, tables);
        let _ = writeln!(text, "\n# {head} · {}", effect(doubt));
        for reason in &doubt.reasons {
            let _ = writeln!(text, "# {}", plain(&reason_words(reason, tables)));
        }
        let _ = writeln!(text, "# \"{}\"", plain(&claim.quote.text));
        let key = claim_key(claim, tables.gazetteer, tables.actors);
        let _ = writeln!(text, "[[claim]]\nkey = {}", quoted(&key));
        text.push_str("decision = \"undecided\"\nanalyst = \"\"\nnote = \"\"\n");
    }
    for name in &review.names {
        let _ = writeln!(text, "\n# {}", plain(&name_words(name)));
        // A name that is written out in full can be given to one place; the lines are comments
        // because nobody has chosen yet.
        let place = name.candidates.first().map_or("", String::as_str);
        let _ = writeln!(
            text,
            "# [[alias]]\n# place = {}\n# names = [{}]\n# analyst = \"\"\n# note = \"\"",
            quoted(place),
            quoted(&plain(&name.name))
        );
    }
    text
}

fn effect(doubt: &Doubt) -> String {
    match doubt.effect_days {
        Some(1) => "effect 1 place-day".to_owned(),
        Some(days) => format!("effect {days} place-days"),
        None => "effect not counted".to_owned(),
    }
}

fn summary(claim: &Claim, tables: &Tables) -> String {
    let place = claim
        .place
        .map_or("a pocket", |id| tables.gazetteer.place(id).name_en);
    let day = claim.date.or(claim.origin.published);
    let day = day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    format!(
        "{place}: {} · {day} · {}",
        statement(claim, tables.actors),
        isolated(&plain(&voice(claim)))
    )
}

fn reason_words(reason: &Reason, tables: &Tables) -> String {
    match reason {
        Reason::LowConfidence(confidence) => format!("read with confidence {confidence:.2}"),
        Reason::Ambiguous(others) => format!("the name may also be {}", others.join(", ")),
        Reason::Contradicted(claims) => {
            let told = claims.iter().take(MOST_RIVALS);
            let told: Vec<String> = told
                .map(|index| summary(&tables.claims[*index], tables))
                .collect();
            let rest = claims.len().saturating_sub(MOST_RIVALS);
            let rest = if rest > 0 {
                format!("; and {rest} more")
            } else {
                String::new()
            };
            format!("contradicted by {}{rest}", told.join("; "))
        }
    }
}

fn name_words(name: &DoubtfulName) -> String {
    let meaning = if name.candidates.is_empty() {
        "in no gazetteer".to_owned()
    } else {
        format!("could be {}", name.candidates.join(", "))
    };
    let times = name.found.len();
    let ending = if times == 1 { "" } else { "s" };
    let first = name.found.first().map_or("", |(report, _)| report.as_str());
    format!(
        "name {}: {meaning} · {times} time{ending}, first in {}",
        isolated(&plain(&name.name)),
        isolated(first)
    )
}

fn claim_object(doubt: &Doubt, tables: &Tables) -> Value {
    let claim = &tables.claims[doubt.claim];
    let key = |claim: &Claim| claim_key(claim, tables.gazetteer, tables.actors);
    let mut object = json!({
        "key": key(claim),
        "effect_days": doubt.effect_days,
        "place": claim.place.map(|id| tables.gazetteer.place(id).id),
        "actor": claim.actor.map(|id| &tables.actors.actor(id).id),
        "status": claim.status,
        "date": claim.date,
        "claimant": claim.claimant.name,
        "report": claim.origin.report,
        "url": claim.origin.url,
        "confidence": (claim.confidence * 100.0).round() / 100.0,
        "quote": claim.quote,
    });
    for reason in &doubt.reasons {
        let (name, value) = match reason {
            Reason::LowConfidence(_) => ("low_confidence", json!(true)),
            Reason::Ambiguous(others) => ("ambiguous", json!(others)),
            Reason::Contradicted(claims) => {
                let keys: Vec<String> = claims.iter().map(|i| key(&tables.claims[*i])).collect();
                ("contradicted_by", json!(keys))
            }
        };
        object[name] = value;
    }
    object
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line without control characters, which a comment of TOML may not hold, and without marks
/// that turn the direction of what follows.
fn plain(text: &str) -> String {
    let is_plain = |c: &char| !inert::is_order(*c) && !inert::turns(*c);
    one_line(text).chars().filter(is_plain).collect()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
