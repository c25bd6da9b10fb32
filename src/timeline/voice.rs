//! Voices: which claims come from one source, what of its words still counts, and how the weight
//! of a claim stands on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bearing::{Act, Bearing, Factors};
use super::weighing::Weighing;
use crate::claim::{Claim, ClaimantKind};

/// A number for the voice behind each claim: the same for one claimant everywhere, and for a claim
/// that repeats the words of an earlier report that of the claim repeated. An unnamed voice, or a
/// blog, is one voice for each outlet.
pub(super) fn voices(claims: &[Claim]) -> Vec<usize> {
    let mut by_name: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut voices = Vec::with_capacity(claims.len());
    for claim in claims {
        let outlet = match claim.claimant.kind {
            ClaimantKind::Anonymous | ClaimantKind::Blog => claim.origin.outlet.as_str(),
            _ => "",
        };
        let name = claim.claimant.name.to_lowercase();
        let next = by_name.len();
        voices.push(*by_name.entry((name, outlet)).or_insert(next));
    }
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    for (claim, voice) in claims.iter().zip(&voices) {
        let said = (&claim.origin.report, claim.place, claim.actor, claim.status);
        first.entry(said).or_insert(*voice);
    }
    let copied = claims.iter().zip(&voices).map(|(claim, own)| {
        let original = claim.origin.copy_of.as_ref();
        let said = original.map(|report| (report, claim.place, claim.actor, claim.status));
        said.and_then(|said| first.get(&said)).unwrap_or(own)
    });
    copied.copied().collect()
}

/// The bearings that have happened by `date`, each with its factors on that day.
pub(super) fn weigh<'a>(
    bearings: &'a [Bearing],
    date: Date,
    weighing: &Weighing,
) -> Vec<(&'a Bearing, Factors)> {
    let known = bearings.partition_point(|b| b.days.0 <= date);
    let factors_on = |bearing: &Bearing| {
        let age = days_between(bearing.days.1.min(date), date);
        let is_replaced = bearing.replaced_on.is_some_and(|day| day <= date);
        Factors {
            recency: 0.5_f64.powf(f64::from(age) / weighing.time.half_life_days),
            voice: if is_replaced {
                0.0
            } else {
                bearing.factors.voice
            },
            ..bearing.factors
        }
    };
    bearings[..known]
        .iter()
        .map(|bearing| (bearing, factors_on(bearing)))
        .collect()
}

/// Finds what each voice repeats, says at once with other things, and replaces later. The
/// bearings are those of one place in order of days.
pub(super) fn sort_out_voices(bearings: &mut [Bearing]) {
    let mut words: BTreeMap<usize, Vec<(Date, f64)>> = BTreeMap::new();
    for bearing in bearings.iter().filter(|b| b.act.is_about_control()) {
        let spoken = (bearing.days.0, bearing.factors.directness);
        words.entry(bearing.voice).or_default().push(spoken);
    }
    let parts: Vec<f64> = bearings
        .chunk_by(|a, b| a.days.0 == b.days.0)
        .flat_map(|day| day.iter().map(|bearing| voice_part(bearing, day)))
        .collect();
    for (bearing, part) in bearings.iter_mut().zip(parts) {
        bearing.factors.voice = part;
        // A source replaces its own earlier word by a newer one that is at least as direct.
        let later = words.get(&bearing.voice).into_iter().flatten();
        bearing.replaced_on = later
            .filter(|(day, how)| *day > bearing.days.0 && *how >= bearing.factors.directness)
            .map(|(day, _)| *day)
            .min();
    }
}

/// The part of its voice that a claim has among those of one source on one day: a repetition has
/// none, nor has a loss whose winner is named, and a source that says several things divides its
/// voice among them.
fn voice_part(bearing: &Bearing, day: &[Bearing]) -> f64 {
    let kind = |b: &Bearing| (b.act.present(), std::mem::discriminant(&b.act), b.is_denial);
    let together = || day.iter().filter(|other| other.voice == bearing.voice);
    let outweighs = |other: &Bearing| {
        let by_weight = other.factors.base().total_cmp(&bearing.factors.base());
        // Of equal weight the first claim speaks for the others.
        by_weight.then(bearing.claim.cmp(&other.claim)).is_gt()
    };
    let mut same = together().filter(|other| kind(other) == kind(bearing));
    if same.any(outweighs) || together().any(|other| includes(other, bearing)) {
        return 0.0;
    }
    let mut different = Vec::new();
    for other in together() {
        // Words about a whole take no voice from words about the place itself.
        let is_as_direct = other.factors.directness >= bearing.factors.directness;
        let is_another = other.act != Act::Nothing && !includes(bearing, other);
        if is_as_direct && is_another && !different.contains(&kind(other)) {
            different.push(kind(other));
        }
    }
    1.0 / (different.len().max(1) as f64)
}

/// True when `word` says already what `other` says: who has taken a place has taken it from its
/// last holder.
fn includes(word: &Bearing, other: &Bearing) -> bool {
    let is_said = !word.is_denial && !other.is_denial;
    let is_direct = word.factors.directness >= other.factors.directness;
    match (word.act, other.act) {
        (Act::Whole(winner), Act::Lost(loser)) => is_said && is_direct && winner != loser,
        _ => false,
    }
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    // Both are plain days, so the span between them is always one of days.
    to.since(from).map_or(0, |span| span.get_days())
}
