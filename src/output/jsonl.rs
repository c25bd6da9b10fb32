//! What `khatt extract` says of a report, as one JSON object a line.
//!
//! The objects borrow from the extraction and are written straight to the line: no tree of values
//! is built on the way.

use std::cell::OnceCell;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::inert;
use crate::actor::ActorId;
use crate::claim::{Certainty, Claim, ClaimantKind, DateBasis, Decision, Quote, Status};
use crate::corrections::claim_key;
use crate::extract::{Extraction, Extractor, Mention, Resolution, SetAside};
use crate::gazetteer::PlaceId;
use crate::report::Report;
use crate::text::CodePoints;

/// Bytes of most lines.
const LINE: usize = 8 << 10;

/// The line of one report, without its line end. Offsets count code points of the report's body.
#[must_use]
pub fn line(report: &Report, extraction: &Extraction, extractor: &Extractor) -> String {
    let mut line = Vec::with_capacity(LINE);
    write(&mut line, report, extraction, extractor);
    String::from_utf8(line).unwrap_or_default()
}

/// Adds the line of one report to `out`, without its line end, as [`line()`] makes it.
pub fn write(out: &mut Vec<u8>, report: &Report, extraction: &Extraction, extractor: &Extractor) {
    let writer = Writer::new(report, extractor);
    let line = Line {
        report: &report.id,
        source: &report.source,
        url: report.url.as_deref(),
        language: &extraction.language,
        published: extraction.published.map(|(date, _)| date),
        published_basis: extraction.published.map(|(_, basis)| basis),
        mentions: Each(&extraction.mentions, |mention| writer.mention(mention)),
        claims: Each(&extraction.claims, |claim| writer.claim(claim)),
        set_aside: Each(&extraction.set_aside, |aside| writer.aside(aside)),
    };
    let start = out.len();
    // Writing to memory cannot fail, and every key is a string.
    let _ = serde_json::to_writer(&mut *out, &line);
    if inert::may_be_special(&out[start..]) {
        let text = String::from_utf8(out.split_off(start)).unwrap_or_default();
        out.extend(inert::json(&text).as_bytes());
    }
}

/// A list whose elements are made when they are written.
struct Each<'a, T, F>(&'a [T], F);

impl<'a, T, O: Serialize, F: Fn(&'a T) -> O> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(&self.1))
    }
}

#[derive(Serialize)]
struct Line<'a, M, C, A> {
    report: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    language: &'a str,
    published: Option<Date>,
    published_basis: Option<DateBasis>,
    mentions: M,
    claims: C,
    set_aside: A,
}

#[derive(Serialize)]
struct MentionObject<'a, C> {
    start: usize,
    end: usize,
    surface: &'a str,
    place: Option<&'a str>,
    name_en: Option<&'a str>,
    name_ar: Option<&'a str>,
    kind: Option<&'static str>,
    lat: Option<f64>,
    lon: Option<f64>,
    resolution: Resolution,
    candidates: C,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    read_as: Option<&'a str>,
}

/// A claim with its ids as words and its numbers rounded.
#[derive(Serialize)]
pub(crate) struct ClaimObject<'a> {
    pub(crate) place: Option<&'a str>,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
    pub(crate) actor: Option<&'a str>,
    pub(crate) status: Status,
    pub(crate) share: Option<f64>,
    pub(crate) area_km2: Option<f64>,
    pub(crate) date: Option<Date>,
    pub(crate) date_to: Option<Date>,
    pub(crate) date_basis: Option<DateBasis>,
    pub(crate) claimant: &'a str,
    pub(crate) claimant_kind: ClaimantKind,
    pub(crate) certainty: Certainty,
    pub(crate) exclusive: bool,
    pub(crate) rule: &'a str,
    pub(crate) quote: &'a Quote,
    pub(crate) confidence: f64,
    pub(crate) key: String,
    pub(crate) decision: Option<&'a Decision>,
}

#[derive(Serialize)]
struct AsideObject<'a> {
    rule: &'a str,
    reason: &'a str,
    place: Option<&'a str>,
    actor: Option<&'a str>,
    quote: AsideQuote<'a>,
}

#[derive(Serialize)]
struct AsideQuote<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// What the objects of one line are made with.
pub(crate) struct Writer<'a> {
    report: &'a Report,
    extractor: &'a Extractor,
    /// Counted when they are first asked for: few reports set something aside.
    points: OnceCell<CodePoints<'a>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(report: &'a Report, extractor: &'a Extractor) -> Self {
        Self {
            report,
            extractor,
            points: OnceCell::new(),
        }
    }

    fn mention(&self, mention: &'a Mention) -> impl Serialize + use<'a> {
        let gazetteer = &self.extractor.gazetteer;
        let place = mention.place.map(|place| gazetteer.place(place));
        MentionObject {
            start: mention.code_points.0,
            end: mention.code_points.1,
            surface: &self.report.text[mention.span.start..mention.span.end],
            place: place.map(|place| place.id),
            name_en: place.map(|place| place.name_en),
            name_ar: place.map(|place| place.name_ar),
            kind: place.map(|place| place.kind.as_str()),
            lat: place.map(|place| place.point.y()),
            lon: place.map(|place| place.point.x()),
            resolution: mention.resolution,
            candidates: Each(&mention.candidates, |id: &PlaceId| gazetteer.place(*id).id),
            confidence: rounded(mention.confidence),
            read_as: mention.read_as.as_deref(),
        }
    }

    pub(crate) fn claim(&self, claim: &'a Claim) -> ClaimObject<'a> {
        let gazetteer = &self.extractor.gazetteer;
        let place = claim.place.map(|place| gazetteer.place(place));
        ClaimObject {
            place: place.map(|place| place.id),
            lat: place.map(|place| place.point.y()),
            lon: place.map(|place| place.point.x()),
            actor: self.actor(claim.actor),
            status: claim.status,
            share: claim.share,
            area_km2: claim.area_km2,
            date: claim.date,
            date_to: claim.date_to,
            date_basis: claim.date_basis,
            claimant: &claim.claimant.name,
            claimant_kind: claim.claimant.kind,
            certainty: claim.certainty,
            exclusive: claim.exclusive,
            rule: &claim.rule,
            quote: &claim.quote,
            confidence: rounded(claim.confidence),
            key: claim_key(claim, gazetteer, &self.extractor.actors),
            decision: claim.decision.as_ref(),
        }
    }

    fn aside(&self, aside: &'a SetAside) -> AsideObject<'a> {
        let place = |place: PlaceId| self.extractor.gazetteer.place(place).id;
        let points = self
            .points
            .get_or_init(|| CodePoints::new(&self.report.text));
        AsideObject {
            rule: &aside.rule,
            reason: &aside.reason,
            place: aside.place.map(place),
            actor: self.actor(aside.actor),
            quote: AsideQuote {
                start: points.before(aside.span.start),
                end: points.before(aside.span.end),
                text: &self.report.text[aside.span.start..aside.span.end],
            },
        }
    }

    fn actor(&self, actor: Option<ActorId>) -> Option<&'a str> {
        actor.map(|actor| self.extractor.actors.actor(actor).id.as_str())
    }
}

/// Two decimals: more would pretend to a precision that a confidence has not.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
