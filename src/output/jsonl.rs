//! What `khatt extract` says of a report, as one JSON object a line.

use serde_json::{Value, json};

use crate::claim::Claim;
use crate::corrections::claim_key;
use crate::extract::{Extraction, Extractor, Mention, SetAside};
use crate::report::Report;
use crate::text::CodePoints;

/// The line of one report, without its line end. Offsets count code points of the report's body.
#[must_use]
pub fn line(report: &Report, extraction: &Extraction, extractor: &Extractor) -> String {
    let mut points = CodePoints::new(&report.text);
    let object = json!({
        "report": report.id,
        "source": report.source,
        "url": report.url,
        "language": extraction.language,
        "published": extraction.published.map(|(date, _)| date),
        "published_basis": extraction.published.map(|(_, basis)| basis),
        "mentions": extraction.mentions.iter().map(|mention| mention_object(mention, report, extractor)).collect::<Vec<_>>(),
        "claims": extraction.claims.iter().map(|claim| claim_object(claim, extractor)).collect::<Vec<_>>(),
        "set_aside": extraction.set_aside.iter().map(|aside| aside_object(aside, report, extractor, &mut points)).collect::<Vec<_>>(),
    });
    object.to_string()
}

fn mention_object(mention: &Mention, report: &Report, extractor: &Extractor) -> Value {
    let place = mention.place.map(|place| extractor.gazetteer.place(place));
    json!({
        "start": mention.code_points.0,
        "end": mention.code_points.1,
        "surface": &report.text[mention.span.start..mention.span.end],
        "place": place.map(|place| &place.id),
        "name_en": place.map(|place| &place.name_en),
        "name_ar": place.map(|place| &place.name_ar),
        "kind": place.map(|place| place.kind.as_str()),
        "lat": place.map(|place| place.point.y()),
        "lon": place.map(|place| place.point.x()),
        "resolution": mention.resolution,
        "candidates": mention.candidates.iter().map(|id| &extractor.gazetteer.place(*id).id).collect::<Vec<_>>(),
        "confidence": rounded(mention.confidence),
    })
}

fn claim_object(claim: &Claim, extractor: &Extractor) -> Value {
    let place = claim.place.map(|place| extractor.gazetteer.place(place));
    json!({
        "place": place.map(|place| &place.id),
        "lat": place.map(|place| place.point.y()),
        "lon": place.map(|place| place.point.x()),
        "actor": claim.actor.map(|actor| &extractor.actors.actor(actor).id),
        "status": claim.status,
        "share": claim.share,
        "area_km2": claim.area_km2,
        "date": claim.date,
        "date_to": claim.date_to,
        "date_basis": claim.date_basis,
        "claimant": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "certainty": claim.certainty,
        "exclusive": claim.exclusive,
        "rule": claim.rule,
        "quote": claim.quote,
        "confidence": rounded(claim.confidence),
        "key": claim_key(claim, &extractor.gazetteer, &extractor.actors),
        "decision": claim.decision.as_ref().map(|decision| json!({
            "kind": decision.kind,
            "analyst": decision.analyst,
            "note": decision.note,
        })),
    })
}

fn aside_object(
    aside: &SetAside,
    report: &Report,
    extractor: &Extractor,
    points: &mut CodePoints,
) -> Value {
    let (start, end) = (
        points.before(aside.span.start),
        points.before(aside.span.end),
    );
    json!({
        "rule": aside.rule,
        "reason": aside.reason,
        "place": aside.place.map(|place| &extractor.gazetteer.place(place).id),
        "actor": aside.actor.map(|actor| &extractor.actors.actor(actor).id),
        "quote": {"start": start, "end": end, "text": &report.text[aside.span.start..aside.span.end]},
    })
}

/// Two decimals: more would pretend to a precision that a confidence has not.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
