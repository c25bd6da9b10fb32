//! What a text as a whole says of a place: reversals, repeats and losses that follow from gains.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Context, Found};
use super::claimant::Voices;
use super::dates::Event;
use super::{Extractor, SetAside};
use crate::actor::ActorId;
use crate::claim::{Certainty, Claim, Claimant, DateBasis, Origin, Quote, Status};
use crate::gazetteer::PlaceId;
use crate::report::Report;
use crate::text::CodePoints;

/// What rules read in a text, settled, and what that left aside.
pub(crate) fn settle(found: Vec<Found>, context: &Context) -> (Vec<Found>, Vec<SetAside>) {
    let mut aside = Vec::new();
    let kept = reversals(place_areas(found), context, &mut aside);
    (repeats(kept), aside)
}

/// Claims with their voices, dates and words.
pub(crate) fn claims(found: Vec<Found>, context: &Context) -> Vec<Claim> {
    let Some(last) = found.iter().map(|found| found.sentence).max() else {
        return Vec::new();
    };
    let points = CodePoints::new(&context.report.text);
    let voices = Voices::of(context, last + 1);
    // Claims of one sentence stand together.
    let mut days = Days::default();
    found
        .into_iter()
        .map(|found| {
            let event = days.nearest(&found, context);
            claim(found, event, context, (&voices, &points))
        })
        .collect()
}

/// The days that a sentence names.
#[derive(Default)]
struct Days {
    sentence: Option<usize>,
    named: Vec<(usize, Event)>,
}

impl Days {
    /// The day on which what a claim tells happened: the one that its sentence names nearest to it.
    fn nearest(&mut self, found: &Found, context: &Context) -> Option<Event> {
        let items = context.items;
        if self.sentence != Some(found.sentence) {
            let sentence = &context.discourse.sentences[found.sentence];
            let tokens = items[sentence.start].token..items[sentence.end - 1].token + 1;
            let published = context.published.map(|(date, _)| date);
            let dates = &context.language.dates;
            self.named = dates.events(context.text, tokens, published);
            self.sentence = Some(found.sentence);
        }
        let at = items[found.at].token;
        let nearest = self.named.iter().min_by_key(|(day, _)| day.abs_diff(at));
        nearest.map(|(_, event)| *event)
    }
}

/// Gives a stated area the place that its own sentence says it lies in.
fn place_areas(mut found: Vec<Found>) -> Vec<Found> {
    for at in 0..found.len() {
        if found[at].area_km2.is_none() || found[at].place.is_some() {
            continue;
        }
        let area = &found[at];
        // Claims stand in the order of their sentences.
        let start = found.partition_point(|other| other.sentence < area.sentence);
        let end = found.partition_point(|other| other.sentence <= area.sentence);
        let is_its_ground = |other: &Found| {
            other.place.is_some()
                && other.area_km2.is_none()
                && other.status == Status::Partial
                && other.share.is_none()
                && (other.actor, other.sentence) == (area.actor, area.sentence)
        };
        let grounds: Vec<usize> = (start..end)
            .filter(|index| is_its_ground(&found[*index]))
            .collect();
        let is_one_place = grounds
            .windows(2)
            .all(|pair| found[pair[0]].place == found[pair[1]].place);
        if let (Some(&ground), true) = (grounds.first(), is_one_place) {
            found[ground].area_km2 = found[at].area_km2.take();
        }
    }
    // An area that has found its ground stands there.
    found.retain(|claim| claim.place.is_some() || claim.area_km2.is_some());
    found
}

/// Order of the story: what is told as earlier comes first, the rest as told.
fn story_order(found: &Found) -> (bool, usize) {
    (!found.is_earlier, found.at)
}

/// A place taken by one side and then by its enemy was lost by the first.
fn reversals(mut found: Vec<Found>, context: &Context, aside: &mut Vec<SetAside>) -> Vec<Found> {
    let actors = &context.extractor.actors;
    let mut by_place: BTreeMap<PlaceId, Vec<usize>> = BTreeMap::new();
    for (index, claim) in found.iter().enumerate() {
        if let Some(place) = claim.place {
            by_place.entry(place).or_default().push(index);
        }
    }
    let opposed = |a: ActorId, b: ActorId| actors.are_opposed(a, b);
    settle_in(&by_place, &mut found, &opposed);
    let mut drop = vec![false; found.len()];
    for indices in by_place.values_mut() {
        indices.sort_by_key(|index| story_order(&found[*index]));
        for (rank, early) in indices.iter().enumerate() {
            for late in indices[rank + 1..].iter().take(MOST_RETELLINGS) {
                if !contradicts(&found[*early], &found[*late], context) {
                    settle_pair((*early, *late), &mut found, &mut drop, context);
                }
            }
        }
    }
    calm(&by_place, &mut found, &drop);
    let holders: BTreeSet<(PlaceId, ActorId)> = found
        .iter()
        .filter(|claim| matches!(claim.status, Status::Control | Status::Partial))
        .filter_map(|claim| Some((claim.place?, claim.actor?)))
        .collect();
    let is_followed = |claim: &Found| {
        let (Some(place), Some(actor)) = (claim.place, claim.actor) else {
            return false;
        };
        let of_place = (place, ActorId(0))..=(place, ActorId(u8::MAX));
        holders.range(of_place).any(|(_, holder)| *holder != actor)
    };
    for (claim, drop) in found.iter().zip(&mut drop) {
        *drop |= claim.is_former && !is_followed(claim);
    }
    kept(found, &drop, aside)
}

/// The claims that are not dropped; what is set aside goes to `aside`.
fn kept(found: Vec<Found>, drop: &[bool], aside: &mut Vec<SetAside>) -> Vec<Found> {
    let mut kept = Vec::with_capacity(found.len());
    for (claim, drop) in found.into_iter().zip(drop.iter().copied()) {
        if drop && claim.area_km2.is_some() && claim.place.is_some() {
            // What it says of the place is overtaken, the size is not.
            kept.push(Found {
                place: None,
                status: Status::Control,
                ..claim
            });
        } else if drop {
            aside.push(SetAside {
                rule: claim.rule,
                reason: "overtaken by what the same text tells later".into(),
                place: claim.place,
                actor: claim.actor,
                span: claim.span,
            });
        } else {
            kept.push(claim);
        }
    }
    kept
}

/// Sentences from a party's leaving to its enemy's settling in.
const SETTLED: usize = 1;

/// "B was driven out, and A settled there", "B left. A was deployed in both": A holds it.
fn settle_in(
    by_place: &BTreeMap<PlaceId, Vec<usize>>,
    found: &mut [Found],
    opposed: &dyn Fn(ActorId, ActorId) -> bool,
) {
    for indices in by_place.values() {
        for pair in indices.windows(2) {
            let (a, b) = (&found[pair[0]], &found[pair[1]]);
            let rivals = matches!((a.actor, b.actor), (Some(x), Some(y)) if opposed(x, y));
            let is_driven = (a.status, b.status) == (Status::Lost, Status::Presence);
            if rivals && is_driven && b.sentence <= a.sentence + SETTLED {
                found[pair[1]].status = Status::Control;
            }
        }
    }
}

/// Fighting in a place of which the text says in the end who holds it.
fn calm(by_place: &BTreeMap<PlaceId, Vec<usize>>, found: &mut [Found], drop: &[bool]) {
    for indices in by_place.values() {
        let is_settled = indices.iter().any(|index| {
            let claim = &found[*index];
            claim.status == Status::Control && claim.certainty == Certainty::Stated && !drop[*index]
        });
        for index in indices {
            let claim = &mut found[*index];
            if is_settled && claim.status == Status::Contested && claim.actor.is_none() {
                claim.status = Status::Presence;
            }
        }
        // "A went in ... fighting goes on there": one fight.
        let is_fought = indices.iter().any(|index| {
            let claim = &found[*index];
            claim.status == Status::Contested && claim.actor.is_none() && !drop[*index]
        });
        for index in indices {
            let claim = &mut found[*index];
            if is_fought && claim.status == Status::Contested && claim.actor.is_some() {
                claim.status = Status::Presence;
            }
        }
    }
}

/// Claims on one place that may be overtaken by one another: a text that tells more is a list.
const MOST_RETELLINGS: usize = 64;

/// Two parties that each speak for themselves contradict each other; neither overtakes the other.
/// Nor does what the writer tells overtake what he quotes, or the other way round.
fn disagree(a: &Found, b: &Found) -> bool {
    a.voice != b.voice && a.voice == a.actor && b.voice == b.actor || a.is_quoted != b.is_quoted
}

/// Items from "still" to whose a place is.
const STILL: usize = 4;

/// "The army says that it took it, while others say that it is still theirs": who had a place all the
/// while has not taken it back.
fn contradicts(a: &Found, b: &Found, context: &Context) -> bool {
    let words = &context.language.words;
    let is_still = || {
        let near = &context.items[b.at.saturating_sub(STILL)..=b.at];
        near.iter()
            .any(|item| item.classes.meets(words.governors.still))
    };
    let start = context.discourse.sentences[a.sentence].start;
    let reports = |range: std::ops::Range<usize>| {
        let mut items = context.items[range].iter();
        items.any(|item| item.classes.meets(words.report) && item.features.is_finite())
    };
    !words.has_capitals
        && (a.status, b.status) == (Status::Control, Status::Control)
        && b.sentence <= a.sentence + 1
        && a.actor != b.actor
        && a.at < b.at
        && is_still()
        && reports(start..a.at)
        && reports(a.at..b.at)
}

/// A claim less sure than this gives way to a plain one of the same text.
const WEAK: f64 = 0.75;

/// Of a whole and a part said of one party, in order of the story: true when the first gives way.
fn is_first_weaker(a: &Found, b: &Found) -> bool {
    // "Took it; on Friday we reported that two thirds of it were theirs".
    let had_a_part = a.is_earlier && !b.is_earlier && b.status == Status::Control;
    if had_a_part && b.trust >= WEAK {
        return true;
    }
    // A stated part is more exact than a whole said elsewhere in passing.
    let is_plain = a.share.is_none() && b.share.is_none();
    if is_plain && a.trust.min(b.trust) < WEAK {
        a.trust < b.trust
    } else if is_plain && !a.is_exclusive && !b.is_exclusive {
        true
    } else {
        a.status == Status::Control
    }
}

/// What two claims on one place, in order of the story, leave of each other.
fn settle_pair(
    (early, late): (usize, usize),
    found: &mut [Found],
    drop: &mut [bool],
    context: &Context,
) {
    if drop[early] || drop[late] {
        return;
    }
    let (a, b) = (&found[early], &found[late]);
    let opposed = |a, b| context.extractor.actors.are_opposed(a, b);
    let rivals =
        matches!((a.actor, b.actor), (Some(x), Some(y)) if opposed(x, y)) && !disagree(a, b);
    let same = a.actor.is_some() && a.actor == b.actor;
    let is_first = a.status == Status::Contested;
    let contested = if is_first { early } else { late };
    if rivals && settle_parts((early, late), found, drop, context) {
        return;
    }
    let (a, b) = (&found[early], &found[late]);
    match (a.status, b.status) {
        // "The last stronghold of B" beside "A took it": B held it before.
        (Status::Control, Status::Control)
            if rivals && a.trust.min(b.trust) < WEAK && (a.trust - b.trust).abs() > 0.1 =>
        {
            let weaker = if a.trust < b.trust { early } else { late };
            found[weaker].status = Status::Lost;
        }
        // Taken, then taken by the enemy; a hedge does not overturn a statement.
        (Status::Control, Status::Control) if rivals && b.certainty == Certainty::Stated => {
            // What was only rumoured was not lost.
            if a.certainty == Certainty::Hedged {
                drop[early] = true;
            } else {
                found[early].status = Status::Lost;
            }
        }
        (Status::Control | Status::Partial, Status::Lost) if same && b.certainty >= a.certainty => {
            drop[early] = true
        }
        (Status::Lost, Status::Control | Status::Partial) if same => drop[early] = true,
        // "A went in after B had left": A holds it.
        (Status::Contested, Status::Lost) if rivals => found[early].status = Status::Control,
        (Status::Lost, Status::Contested) if rivals => found[late].status = Status::Control,
        // "There is fighting in it; it had taken the town at the start of the month".
        (Status::Control, Status::Contested)
            if a.is_earlier && !b.is_earlier && b.actor.is_none() && a.sentence > b.sentence =>
        {
            drop[early] = true
        }
        (Status::Contested, Status::Control) | (Status::Control, Status::Contested) => {
            found[contested].status = Status::Presence;
        }
        // "There is fighting in it; we reported on Saturday that half of it was theirs".
        (Status::Partial, Status::Contested)
            if a.is_earlier && !b.is_earlier && !a.is_exclusive =>
        {
            drop[early] = true
        }
        (Status::Contested, Status::Partial) | (Status::Partial, Status::Contested)
            if same || a.actor.is_none() || b.actor.is_none() =>
        {
            found[contested].status = Status::Presence;
        }
        // "B went in and left again".
        (Status::Contested, Status::Lost) if same => found[early].status = Status::Presence,
        (Status::Control, Status::Partial) | (Status::Partial, Status::Control) if same => {
            let weaker = if is_first_weaker(a, b) { early } else { late };
            drop[weaker] = true;
        }
        _ => {}
    }
}

/// As `settle_pair`, of two enemies of which one has a part of the place and the other the whole;
/// false where they may both be so.
fn settle_parts(
    (early, late): (usize, usize),
    found: &mut [Found],
    drop: &mut [bool],
    context: &Context,
) -> bool {
    let (a, b) = (&found[early], &found[late]);
    let words = &context.language.words;
    let gains = |at: usize| words.has_capitals && context.items[at].classes.meets(words.gaining);
    match (a.status, b.status) {
        // Had a part of it before the story, in which the enemy takes the whole.
        (Status::Partial, Status::Control)
            if a.is_earlier && !b.is_earlier && b.certainty == Certainty::Stated =>
        {
            found[early].status = Status::Lost
        }
        // "A took half of it; B drove it out": all of it is B's again.
        (Status::Partial, Status::Control)
            if gains(b.at) && !b.is_earlier && b.certainty == Certainty::Stated =>
        {
            found[early].status = Status::Lost
        }
        // Had all of it before the story, in which the enemy has taken a part: what is left to it is
        // not told.
        (Status::Control, Status::Partial) if a.is_earlier && !b.is_earlier => drop[early] = true,
        // "B is dug in in it, and half of it is A's": neither has the whole.
        (Status::Control, Status::Partial) if a.trust < WEAK && b.trust >= WEAK => {
            found[early].status = Status::Partial
        }
        (Status::Partial, Status::Control)
            if a.trust >= WEAK && b.trust < WEAK && !a.is_earlier =>
        {
            found[late].status = Status::Partial
        }
        _ => return false,
    }
    true
}

/// Keeps the surest of claims that say the same.
fn repeats(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for claim in found {
        let area = claim.area_km2.map(f64::to_bits);
        let key = (claim.place, claim.actor, claim.status, area);
        let at = *places.entry(key).or_insert(kept.len());
        match kept.get_mut(at) {
            Some(known) => {
                known.is_exclusive |= claim.is_exclusive;
                known.share = known.share.or(claim.share);
                if claim.certainty < known.certainty {
                    known.certainty = claim.certainty;
                }
                known.confidence = known.confidence.max(claim.confidence);
            }
            None => kept.push(claim),
        }
    }
    kept
}

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
        found.confidence * 0.6
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

/// Who speaks in a report: its outlet.
pub(crate) fn claimant(report: &Report, outlet: &str, extractor: &Extractor) -> Claimant {
    // Reports without a source are so many unnamed voices, not one.
    let name = if outlet.is_empty() {
        &report.id
    } else {
        outlet
    };
    extractor.sources.claimant(name, &extractor.actors)
}
