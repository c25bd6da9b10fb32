//! What a text as a whole says of a place: reversals, repeats and losses that follow from gains.

mod pair;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use pair::{contradicts, settle_pair};
pub(crate) use told::claims;

use super::SetAside;
use super::claim::{Context, Found};
use crate::actor::ActorId;
use crate::claim::{Certainty, Status};
use crate::gazetteer::PlaceId;

/// What rules read in a text, settled, and what that left aside.
pub(crate) fn settle(found: Vec<Found>, context: &Context) -> (Vec<Found>, Vec<SetAside>) {
    let mut aside = Vec::new();
    let kept = reversals(place_areas(found), context, &mut aside);
    (repeats(kept), aside)
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
            aside.push(claim.aside("overtaken by what the same text tells later"));
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
                claim.calm();
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
                claim.calm();
            }
        }
    }
}

/// Claims on one place that may be overtaken by one another: a text that tells more is a list.
const MOST_RETELLINGS: usize = 64;

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
