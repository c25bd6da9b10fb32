//! Settled claims as they go out: with the voice that tells each, its day and its words.

use crate::claim::{Certainty, Claim, DateBasis, Origin, Quote};
use crate::extract::claim::{Context, Found};
use crate::extract::claimant::Voices;
use crate::extract::dates::Event;
use crate::extract::when::Days;
use crate::text::CodePoints;

/// How far a hedged claim is trusted, beside the same without its hedge.
const HEDGED: f64 = 0.6;

/// Claims with their voices, dates and words.
pub(crate) fn claims(found: Vec<Found>, context: &Context) -> Vec<Claim> {
    let Some(last) = found.iter().map(|found| found.sentence).max() else {
        return Vec::new();
    };
    let points = CodePoints::new(&context.report.text);
    let voices = Voices::of(context, last + 1);
    // Claims of one sentence stand together.
    let mut days = Days::of(context);
    found
        .into_iter()
        .map(|found| {
            // The day when it was taken is not the day when it was lost.
            let event = days.nearest(&found).filter(|_| !found.is_former);
            claim(found, event, context, (&voices, &points))
        })
        .collect()
}

/// A claim with its day, its voice and its words.
fn claim(
    found: Found,
    event: Option<Event>,
    context: &Context,
    (voices, points): (&Voices, &CodePoints),
) -> Claim {
    let published = context.published;
    let event = event.filter(|event| published.is_none_or(|(day, _)| event.date <= day));
    let dated = event.or(published.map(|(date, _)| Event {
        date,
        to: None,
        basis: DateBasis::Published,
    }));
    let (start, end) = (
        points.before(found.span.start),
        points.before(found.span.end),
    );
    let confidence = if found.certainty == Certainty::Hedged {
        found.confidence * HEDGED
    } else {
        found.confidence
    };
    Claim {
        place: found.place,
        actor: found.actor,
        status: found.status,
        share: found.share,
        area_km2: found.area_km2,
        date: dated.map(|event| event.date),
        date_to: dated.and_then(|event| event.to),
        date_basis: dated.map(|event| event.basis),
        claimant: voices.claimant(found.sentence),
        certainty: found.certainty,
        exclusive: found.is_exclusive,
        rule: found.rule,
        quote: Quote {
            start,
            end,
            text: context.text.slice(found.span).to_owned(),
        },
        origin: Origin {
            copy_of: None,
            report: context.report.id.clone(),
            outlet: context.outlet.to_owned(),
            url: context.report.url.clone(),
            published: published.map(|(date, _)| date),
        },
        confidence,
        decision: None,
    }
}
