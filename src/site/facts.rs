//! All that the page shows besides the maps, as one JSON value for its script.
//!
//! Rows are arrays, so that a name of a field is not written a thousand times; the script names
//! their parts in one place, `facts.js`. The tables at the end of this file and there belong
//! together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::history::{MOST_EVIDENCE, Turn, histories};
use super::inert::{address, plain};
use super::{SiteInput, corners};
use crate::claim::Claim;
use crate::corrections::claim_key;
use crate::gazetteer::PlaceId;
use crate::output::words::{decided, label};
use crate::projection::Px;
use crate::render::words::Tongue;
use crate::review::{Doubt, Reason};
use crate::timeline::{Control, Evidence};

/// What the script is given; `scenes` are the groups of the maps and legends of each day: Arabic
/// map, English map, Arabic legend, English legend. With it come the different rows of groups, to
/// which days refer by number.
pub(super) fn facts(input: &SiteInput, scenes: &[Vec<usize>]) -> (Value, Vec<Value>) {
    let mut tables = Collected::new(input);
    let histories = histories(input.timeline);
    let places = places(input, &histories, &mut tables);
    let review = review(input, &mut tables);
    let rejected: Vec<Value> = input.rejected.iter().map(|c| tables.claim(c)).collect();
    let claims: Vec<Value> = tables.listed_claims();
    let (layers, days) = days(input, scenes);
    let facts = json!({
        "stale_days": input.timeline.stale_days(),
        "words": { "en": input.page_words.all(Tongue::En), "ar": input.page_words.all(Tongue::Ar) },
        "months": { "en": input.words.months(Tongue::En), "ar": input.words.months(Tongue::Ar) },
        "notes": notes(input),
        "frame": frame(input),
        "days": days,
        "actors": actors(input),
        "kinds": kinds(input),
        "states": tables.states,
        "voices": tables.voices,
        "places": places,
        "claims": claims,
        "rejected": rejected,
        "review": review,
    });
    (facts, layers)
}

/// Words of the map that stand below the printed one: how it was made, and from what.
fn notes(input: &SiteInput) -> Value {
    let attribution = |tongue: Tongue| match &input.region.attribution {
        Some([en, ar]) => tongue.of(en, ar).to_owned(),
        None => input.words.get("attribution", tongue),
    };
    let of = |tongue| [input.words.get("caveat", tongue), attribution(tongue)].map(|t| plain(&t));
    json!({ "en": of(Tongue::En), "ar": of(Tongue::Ar) })
}

/// Where the map lies in the picture, in its pixels, and how long a kilometre is.
fn frame(input: &SiteInput) -> Value {
    let plate = input.days.first().map(|day| &day.en);
    plate.map_or(
        Value::Null,
        |plate| json!({ "map": corners(&plate.map.map), "km": plate.map.projection.px_per_km() }),
    )
}

/// The different rows of groups, and for each day which are its maps and legends.
fn days(input: &SiteInput, scenes: &[Vec<usize>]) -> (Vec<Value>, Vec<Value>) {
    let mut numbers: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut layers = Vec::new();
    let mut rows = Vec::new();
    let mut last: &[Vec<usize>] = &[];
    for (day, scenes) in input.days.iter().zip(scenes.chunks(4)) {
        // What changed may lie outside the frame.
        if scenes == last {
            continue;
        }
        last = scenes;
        let mut row = vec![json!(day.date)];
        for scene in scenes {
            let number = *numbers.entry(scene.as_slice()).or_insert(layers.len());
            if number == layers.len() {
                layers.push(json!(scene));
            }
            row.push(json!(number));
        }
        let legends = [&day.ar.legend_box, &day.en.legend_box];
        row.extend(legends.map(|area| json!(corners(area))));
        rows.push(Value::Array(row));
    }
    (layers, rows)
}

fn actors(input: &SiteInput) -> Vec<Value> {
    let actors = input.tables.actors.iter();
    actors
        .map(|(_, actor)| json!([actor.id, actor.short_en, actor.short_ar, actor.color]))
        .collect()
}

fn kinds(input: &SiteInput) -> BTreeMap<&'static str, [String; 2]> {
    let places = input.tables.gazetteer.iter();
    let kinds: BTreeSet<&str> = places.map(|(_, place)| place.kind.as_str()).collect();
    let words = |kind| [Tongue::En, Tongue::Ar].map(|tongue| input.words.get(kind, tongue));
    kinds.into_iter().map(|kind| (kind, words(kind))).collect()
}

/// Places with evidence, and those of the map without.
fn places(
    input: &SiteInput,
    histories: &BTreeMap<PlaceId, Vec<Turn>>,
    tables: &mut Collected,
) -> Vec<Value> {
    let drawn: BTreeMap<PlaceId, Px> = input
        .days
        .first()
        .map(|day| day.en.places.iter().copied().collect())
        .unwrap_or_default();
    let all: BTreeSet<PlaceId> = drawn.keys().chain(histories.keys()).copied().collect();
    let mut rows = Vec::new();
    for id in all {
        let place = input.tables.gazetteer.place(id);
        if place.kind.is_area() {
            continue;
        }
        let at = drawn.get(&id).map(|at| [at.x.round(), at.y.round()]);
        let also: Vec<&str> = place
            .aliases_ar
            .iter()
            .chain(place.aliases_en.iter())
            .collect();
        let turns = histories.get(&id).map_or(&[][..], Vec::as_slice);
        let turns: Vec<Value> = turns.iter().map(|turn| tables.turn(turn)).collect();
        rows.push(json!([
            place.id,
            plain(place.name_en),
            plain(place.name_ar),
            place.kind.as_str(),
            at,
            also.join("|"),
            turns
        ]));
    }
    rows
}

fn review(input: &SiteInput, tables: &mut Collected) -> Value {
    let claims: Vec<Value> = input
        .review
        .claims
        .iter()
        .map(|d| tables.doubt(d))
        .collect();
    let names = input.review.names.iter().map(|name| {
        let first = name.found.first().map_or("", |(report, _)| report.as_str());
        json!([
            plain(&name.name),
            name.candidates,
            name.found.len(),
            plain(first)
        ])
    });
    json!({ "claims": claims, "names": names.collect::<Vec<_>>() })
}

/// What rows refer to by number, gathered while they are written.
struct Collected<'a> {
    input: &'a SiteInput<'a>,
    states: Vec<Value>,
    state_numbers: BTreeMap<String, usize>,
    voices: Vec<String>,
    voice_numbers: BTreeMap<String, usize>,
    /// Positions in the timeline of the claims that rows refer to.
    claims: Vec<usize>,
    claim_numbers: BTreeMap<usize, usize>,
}

impl<'a> Collected<'a> {
    fn new(input: &'a SiteInput<'a>) -> Self {
        Self {
            input,
            states: Vec::new(),
            state_numbers: BTreeMap::new(),
            voices: Vec::new(),
            voice_numbers: BTreeMap::new(),
            claims: Vec::new(),
            claim_numbers: BTreeMap::new(),
        }
    }

    fn voice(&mut self, name: &str) -> usize {
        let name = plain(name);
        let next = self.voices.len();
        let number = *self.voice_numbers.entry(name.clone()).or_insert(next);
        if number == next {
            self.voices.push(name);
        }
        number
    }

    fn state(&mut self, control: &Control) -> usize {
        let label = label(control, self.input.tables.actors);
        let row = json!([
            label.code,
            label.status,
            label.name_en,
            label.name_ar,
            label.color
        ]);
        let next = self.states.len();
        let number = *self.state_numbers.entry(row.to_string()).or_insert(next);
        if number == next {
            self.states.push(row);
        }
        number
    }

    fn claim_number(&mut self, claim: usize) -> usize {
        let next = self.claims.len();
        let number = *self.claim_numbers.entry(claim).or_insert(next);
        if number == next {
            self.claims.push(claim);
        }
        number
    }

    /// `from, state, share, since, newest evidence, confidence, claims in all, sources, claims for
    /// it, claims against it`.
    fn turn(&mut self, turn: &Turn) -> Value {
        let holding = &turn.holding;
        let share = match holding.control {
            Control::Partial(_, share) => share,
            _ => None,
        };
        let sources: Vec<usize> = holding
            .sources
            .iter()
            .map(|name| self.voice(name))
            .collect();
        let mut list = |supports: bool| -> Vec<usize> {
            let pieces = holding.evidence.iter();
            let pieces = pieces.filter(|piece: &&Evidence| piece.supports == supports);
            pieces
                .take(MOST_EVIDENCE)
                .map(|piece| self.claim_number(piece.claim))
                .collect()
        };
        let (pro, contra) = (list(true), list(false));
        json!([
            turn.from,
            self.state(&holding.control),
            share,
            holding.since,
            holding.last_evidence,
            hundredths(holding.confidence),
            holding.claims,
            sources,
            pro,
            contra
        ])
    }

    /// `claim, effect in days, confidence if low, claims that say the contrary, other places`.
    fn doubt(&mut self, doubt: &Doubt) -> Value {
        let (mut low, mut rivals, mut others) = (None, 0, Vec::new());
        for reason in &doubt.reasons {
            match reason {
                Reason::LowConfidence(confidence) => low = Some(hundredths(*confidence)),
                Reason::Contradicted(claims) => rivals = claims.len(),
                Reason::Ambiguous(ids) => others.clone_from(ids),
            }
        }
        json!([
            self.claim_number(doubt.claim),
            doubt.effect_days,
            low,
            rivals,
            others
        ])
    }

    fn listed_claims(&mut self) -> Vec<Value> {
        let claims: Vec<usize> = self.claims.clone();
        claims
            .into_iter()
            .map(|claim| self.claim(&self.input.tables.claims[claim]))
            .collect()
    }

    /// `place, actor, status, share, km2, day, last day, published, claimant, outlet, address, words,
    /// report, confidence, certainty, exclusive, copy of, decision, key`.
    fn claim(&mut self, claim: &Claim) -> Value {
        let tables = &self.input.tables;
        let place = claim.place.map(|id| tables.gazetteer.place(id).id);
        let actor = claim.actor.map(|id| tables.actors.actor(id).id.as_str());
        let origin = &claim.origin;
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let decision = claim.decision.as_ref().map(|d| plain(&decided(d)));
        json!([
            place,
            actor,
            claim.status,
            claim.share,
            claim.area_km2,
            day(claim.date.or(origin.published)),
            day(claim.date_to),
            day(origin.published),
            self.voice(&claim.claimant.name),
            self.voice(&origin.outlet),
            origin.url.as_deref().and_then(address),
            plain(&claim.quote.text),
            plain(&origin.report),
            hundredths(claim.confidence),
            claim.certainty,
            claim.exclusive,
            origin.copy_of.as_deref().map(plain),
            decision,
            claim_key(claim, tables.gazetteer, tables.actors)
        ])
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
