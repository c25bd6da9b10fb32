//! What was seen and not used, each with its reason: nothing is dropped in silence.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::run::Day;
use super::words::decided;
use super::{Tables, inert, write_atomic};
use crate::claim::Claim;
use crate::claims_table::ClaimsTable;
use crate::corrections::Stale;
use crate::error::{Error, Result};
use crate::extract::{Extraction, Extractor, Resolution};
use crate::front::NoPocket;
use crate::report::Report;
use crate::text::{CodePoints, Span};

/// One thing that is on no map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unused {
    /// Id of the report, or name of the claims table.
    pub report: String,
    /// First code point of the report's text, or line of the table.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// Ids of the places that were meant or could be, with spaces between.
    pub places: String,
    /// Id of the actor.
    pub actor: String,
    /// Why it is not used.
    pub reason: String,
}

/// What sort of thing was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A name that could not be placed.
    Name,
    /// A statement that is no claim, such as an intention.
    Statement,
    /// A claim of which no day is known.
    Undated,
    /// A row of a claims table.
    Row,
    /// A claim that a person rejected.
    Rejected,
    /// A correction that matches nothing.
    Correction,
    /// A stated size that no map could show.
    Area,
}

impl Kind {
    /// The word for it in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Statement => "statement",
            Self::Undated => "undated",
            Self::Row => "row",
            Self::Rejected => "rejected",
            Self::Correction => "correction",
            Self::Area => "area",
        }
    }
}

/// What of one report is not used.
#[must_use]
pub fn of_report(report: &Report, extraction: &Extraction, extractor: &Extractor) -> Vec<Unused> {
    let mut found = names(report, extraction, extractor);
    found.extend(statements(report, extraction, extractor));
    let undated = extraction.claims.iter().filter(|c| c.date.is_none());
    found.extend(undated.map(|claim| undated_claim(claim, extractor)));
    found
}

fn names(report: &Report, extraction: &Extraction, extractor: &Extractor) -> Vec<Unused> {
    let unsure = |m: &&crate::extract::Mention| m.resolution != Resolution::Placed;
    let mentions = extraction.mentions.iter().filter(unsure);
    mentions
        .map(|mention| Unused {
            report: report.id.clone(),
            start: mention.code_points.0,
            kind: Kind::Name,
            text: words(report, mention.span),
            places: ids(mention.candidates.iter().copied(), extractor),
            actor: String::new(),
            reason: match mention.resolution {
                Resolution::Ambiguous => "could be several places".to_owned(),
                _ => "in no gazetteer".to_owned(),
            },
        })
        .collect()
}

fn statements(report: &Report, extraction: &Extraction, extractor: &Extractor) -> Vec<Unused> {
    let points = CodePoints::new(&report.text);
    let asides = extraction.set_aside.iter();
    asides
        .map(|aside| Unused {
            report: report.id.clone(),
            start: points.before(aside.span.start),
            kind: Kind::Statement,
            text: words(report, aside.span),
            places: ids(aside.place.into_iter(), extractor),
            actor: actor(aside.actor, extractor),
            reason: aside.reason.clone(),
        })
        .collect()
}

fn undated_claim(claim: &Claim, extractor: &Extractor) -> Unused {
    Unused {
        report: claim.origin.report.clone(),
        start: claim.quote.start,
        kind: Kind::Undated,
        text: one_line(&claim.quote.text),
        places: ids(claim.place.into_iter(), extractor),
        actor: actor(claim.actor, extractor),
        reason: "no date of publication, so no day".to_owned(),
    }
}

/// What of a claims table is not used: rows without a known place, and rows with a bad value.
#[must_use]
pub fn of_table(table: &ClaimsTable) -> Vec<Unused> {
    let row = |report: &str, start: usize, text: &str, reason: &str| Unused {
        report: report.to_owned(),
        start,
        kind: Kind::Row,
        text: text.to_owned(),
        places: String::new(),
        actor: String::new(),
        reason: reason.to_owned(),
    };
    let nowhere = table.unresolved.iter();
    let nowhere = nowhere.map(|r| {
        row(
            &r.file,
            r.line,
            &r.place,
            "in no gazetteer, or several places",
        )
    });
    let broken = table.problems.iter().filter_map(|problem| match problem {
        Error::Parse {
            file,
            line,
            problem,
        } => Some(row(file, *line, "", problem)),
        _ => None,
    });
    nowhere.chain(broken).collect()
}

/// Claims that a person rejected.
#[must_use]
pub fn of_rejected(claims: &[Claim], extractor: &Extractor) -> Vec<Unused> {
    let entry = |claim: &Claim| Unused {
        kind: Kind::Rejected,
        reason: claim.decision.as_ref().map(decided).unwrap_or_default(),
        ..undated_claim(claim, extractor)
    };
    claims.iter().map(entry).collect()
}

/// Corrections that match nothing.
#[must_use]
pub fn of_stale(stale: &[Stale]) -> Vec<Unused> {
    let entry = |stale: &Stale| Unused {
        report: stale.file.clone(),
        start: stale.line,
        kind: Kind::Correction,
        text: stale.what.clone(),
        places: String::new(),
        actor: String::new(),
        reason: stale.why.clone(),
    };
    stale.iter().map(entry).collect()
}

/// Stated sizes that should have been pockets on some of the days and could not be drawn, each once.
#[must_use]
pub fn of_days(days: &[Day], tables: &Tables) -> Vec<Unused> {
    let mut missing: BTreeMap<(usize, NoPocket), (Date, Date)> = BTreeMap::new();
    for day in days {
        for undrawn in &day.front.undrawn {
            let Some(area) = day.snapshot.areas.get(undrawn.ground) else {
                continue;
            };
            let date = day.snapshot.date;
            let span = missing
                .entry((area.claim, undrawn.reason))
                .or_insert((date, date));
            *span = (span.0.min(date), span.1.max(date));
        }
    }
    let entry = |((index, reason), (first, last)): ((usize, NoPocket), (Date, Date))| {
        let claim = &tables.claims[index];
        let days = if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        };
        let km2 = claim.area_km2.unwrap_or_default();
        let why = reason.in_words();
        Unused {
            report: claim.origin.report.clone(),
            start: claim.quote.start,
            kind: Kind::Area,
            text: one_line(&claim.quote.text),
            places: claim.place.map_or_else(String::new, |place| {
                tables.gazetteer.place(place).id.to_owned()
            }),
            actor: claim
                .actor
                .map_or_else(String::new, |actor| tables.actors.actor(actor).id.clone()),
            reason: format!("{km2} km2 drawn on no map of {days}: {why}"),
        }
    };
    missing.into_iter().map(entry).collect()
}

/// Writes `unused.csv` into a folder: `report, start, kind, text, places, actor, reason`.
///
/// # Errors
///
/// [`Error::Write`] when it cannot be written.
pub fn write(unused: &[Unused], folder: &Path) -> Result<()> {
    let path = folder.join("unused.csv");
    let fail = |e: csv::Error| Error::write(&path, e);
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record([
            "report", "start", "kind", "text", "places", "actor", "reason",
        ])
        .map_err(fail)?;
    for entry in unused {
        let start = entry.start.to_string();
        let kind = entry.kind.as_str();
        table
            .write_record([
                &inert::cell(&entry.report),
                &start,
                kind,
                &inert::cell(&entry.text),
                &entry.places,
                &entry.actor,
                &inert::cell(&entry.reason),
            ])
            .map_err(fail)?;
    }
    let bytes = table
        .into_inner()
        .map_err(|e| Error::write(&path, e.into_error()))?;
    write_atomic(&path, &bytes)
}

fn words(report: &Report, span: Span) -> String {
    one_line(&report.text[span.start..span.end])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ids(places: impl Iterator<Item = crate::gazetteer::PlaceId>, extractor: &Extractor) -> String {
    let ids: Vec<&str> = places.map(|id| extractor.gazetteer.place(id).id).collect();
    ids.join(" ")
}

fn actor(actor: Option<crate::actor::ActorId>, extractor: &Extractor) -> String {
    actor.map_or_else(String::new, |id| extractor.actors.actor(id).id.clone())
}
