//! Why a place has the state it has: every claim with its weight, for and against.

use std::fmt::Write;

use jiff::civil::Date;

use super::Tables;
use super::words::{decided, isolated, label, statement, voice};
use crate::claim::{Certainty, Claim, Status};
use crate::gazetteer::PlaceId;
use crate::timeline::{Evidence, Factors, Holding, Timeline};

/// The text of `khatt explain PLACE --date DATE`.
#[must_use]
pub fn explain(timeline: &Timeline, place: PlaceId, date: Date, tables: &Tables) -> String {
    let entry = tables.gazetteer.place(place);
    let mut text = format!(
        "{} · {} ({}) on {date}\n",
        isolated(entry.name_ar),
        entry.name_en,
        entry.id
    );
    if entry.kind.is_area() {
        text.push_str("An area has no state of its own; ask for one of its places.\n");
    }
    match timeline.holding(place, date) {
        Some(holding) => {
            summary(&mut text, &holding, tables);
            let (pro, contra): (Vec<_>, Vec<_>) =
                holding.evidence.iter().partition(|piece| piece.supports);
            list(&mut text, "Speaks for it", &pro, tables);
            list(
                &mut text,
                "Speaks against it, or of something else",
                &contra,
                tables,
            );
        }
        None => text.push_str("No claim speaks of it up to that day.\n"),
    }
    areas(&mut text, timeline, place, date, tables);
    text
}

fn summary(text: &mut String, holding: &Holding, tables: &Tables) {
    let label = label(&holding.control, tables.actors);
    let since = holding
        .since
        .map_or_else(|| "unknown".to_owned(), |day| day.to_string());
    let stale = if holding.is_stale { ", stale" } else { "" };
    // Writing to a String cannot fail; the result of each `writeln!` is of no interest.
    let _ = writeln!(
        text,
        "State: {} · {} ({})",
        isolated(&label.name_ar),
        label.name_en,
        label.status
    );
    let _ = writeln!(text, "Since: {since}");
    let _ = writeln!(
        text,
        "Newest evidence: {}, {} days old{stale}",
        holding.last_evidence, holding.age_days
    );
    let _ = writeln!(text, "Confidence: {:.2}", holding.confidence);
    let _ = writeln!(
        text,
        "Independent sources for it: {}",
        if holding.sources.is_empty() {
            "none in this spell".to_owned()
        } else {
            holding.sources.join("; ")
        }
    );
}

fn list(text: &mut String, title: &str, pieces: &[&Evidence], tables: &Tables) {
    let _ = writeln!(text, "\n{title}: {}", pieces.len());
    for piece in pieces {
        entry(text, piece, &tables.claims[piece.claim], tables);
    }
}

fn entry(text: &mut String, piece: &Evidence, claim: &Claim, tables: &Tables) {
    let day = |date: Option<Date>| date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let _ = writeln!(
        text,
        "  {} · published {} · {} · {}{}",
        day(claim.date),
        day(claim.origin.published),
        isolated(&voice(claim)),
        statement(claim, tables.actors),
        where_said(claim, piece, tables),
    );
    let _ = writeln!(
        text,
        "      weight {:.3} = {} · rule {} · {}",
        piece.weight,
        factors(&piece.factors),
        claim.rule,
        certainty(claim.certainty),
    );
    let _ = writeln!(
        text,
        "      \"{}\" [{}{}]",
        isolated(claim.quote.text.trim()),
        claim.origin.report,
        copied(claim),
    );
    if let Some(decision) = &claim.decision {
        let _ = writeln!(text, "      {}", isolated(&decided(decision)));
    }
}

/// The claims of a place that a person took out, as a section of the explanation; empty when
/// there are none.
#[must_use]
pub fn rejected(claims: &[Claim], place: PlaceId, tables: &Tables) -> String {
    let of_place = |claim: &&Claim| claim.place == Some(place);
    let claims: Vec<&Claim> = claims.iter().filter(of_place).collect();
    let mut text = String::new();
    if claims.is_empty() {
        return text;
    }
    let _ = writeln!(text, "\nTaken out by a person: {}", claims.len());
    for claim in claims {
        let day = claim.date.or(claim.origin.published);
        let day = day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let said = statement(claim, tables.actors);
        let _ = writeln!(text, "  {day} · {} · {said}", isolated(&voice(claim)));
        let words = isolated(claim.quote.text.trim());
        let _ = writeln!(text, "      \"{words}\" [{}]", claim.origin.report);
        if let Some(decision) = &claim.decision {
            let _ = writeln!(text, "      {}", isolated(&decided(decision)));
        }
    }
    text
}

/// Which report the words were taken from, when they are not the report's own.
fn copied(claim: &Claim) -> String {
    let original = claim.origin.copy_of.as_ref();
    original.map_or_else(String::new, |original| format!(", copy of {original}"))
}

/// The place that the words name, when they name a whole and not the place itself.
fn where_said(claim: &Claim, piece: &Evidence, tables: &Tables) -> String {
    let is_direct = piece.factors.directness >= 1.0;
    match claim.place.filter(|_| !is_direct) {
        Some(named) => format!(" (said of {})", tables.gazetteer.place(named).name_en),
        None => String::new(),
    }
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated",
        Certainty::Hedged => "hedged",
        Certainty::Denied => "denied",
    }
}

/// The factors that are not 1, so that the eye finds what made the weight.
fn factors(factors: &Factors) -> String {
    let named = [
        ("source", factors.source),
        ("certainty", factors.certainty),
        ("interest", factors.interest),
        ("dating", factors.dating),
        ("directness", factors.directness),
        ("surroundings", factors.surroundings),
        ("reading", factors.reading),
        ("recency", factors.recency),
        ("voice", factors.voice),
    ];
    let shown: Vec<String> = named
        .iter()
        .filter(|(name, value)| *name == "source" || (value - 1.0).abs() > 0.0005)
        .map(|(name, value)| format!("{name} {value:.2}"))
        .collect();
    shown.join(" x ")
}

/// Areas that are stated for the place itself.
fn areas(text: &mut String, timeline: &Timeline, place: PlaceId, date: Date, tables: &Tables) {
    let stated: Vec<&Claim> = timeline
        .claims()
        .iter()
        .filter(|claim| claim.place == Some(place) && claim.status != Status::Lost)
        .filter(|claim| claim.area_km2.is_some() && claim.date.is_some_and(|day| day <= date))
        .collect();
    if stated.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nAreas stated for it:");
    for claim in stated {
        let _ = writeln!(
            text,
            "  {} · {} · {}",
            claim
                .date
                .map_or_else(|| "-".to_owned(), |day| day.to_string()),
            claim.claimant.name,
            statement(claim, tables.actors),
        );
    }
}
