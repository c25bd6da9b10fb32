//! What a person should look at: the program proposes, the analyst decides.
//!
//! A claim is doubtful when it was read with low confidence, when another source says the
//! contrary at about the same time, or when its place is one of several of that name. The effect
//! of a claim is counted, not guessed: the timeline is built once more without it, and every day
//! on which a place would then have another state counts one.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::claim::{Certainty, Claim, DecisionKind, Status};
use crate::gazetteer::PlaceId;
use crate::output::Tables;
use crate::output::unused::{Kind, Unused};
use crate::text::fold;
use crate::timeline::{Control, Spell, Timeline};

/// A claim less sure than this is worth a look.
pub const LOW_CONFIDENCE: f64 = 0.75;

/// Why a claim is worth a look.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The reading itself is not sure: the claim's confidence.
    LowConfidence(f64),
    /// Other sources say the contrary: positions of their claims in the timeline.
    Contradicted(Vec<usize>),
    /// The name in its words may stand for other places: their ids.
    Ambiguous(Vec<String>),
}

/// A claim that is worth a look.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// Position of the claim in [`Timeline::claims`].
    pub claim: usize,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Days on which a place would have another state without it, summed over all places; none
    /// while it is not counted.
    pub effect_days: Option<i64>,
}

/// A name that could not be placed with certainty, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulName {
    /// The name as first written.
    pub name: String,
    /// Ids of the places that it may be; empty when it is in no gazetteer.
    pub candidates: Vec<String>,
    /// Where it stands: report and code point, or table and line.
    pub found: Vec<(String, usize)>,
}

/// Everything worth a look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// Claims, those of most effect first.
    pub claims: Vec<Doubt>,
    /// Names, the most frequent first.
    pub names: Vec<DoubtfulName>,
}

/// The doubtful claims of a timeline with their reasons, and names; effects are not counted yet.
/// Those of which most others say the contrary come first, then those that were read least surely. Claims that a person accepted or changed are left out.
///
/// `unused` is what reading left over: it knows the names that were not sure.
#[must_use]
pub fn doubts(timeline: &Timeline, unused: &[Unused], tables: &Tables) -> Review {
    let contradictions = contradictions(timeline);
    let ambiguous = ambiguous_names(unused);
    let mut review = Review {
        names: names(unused),
        ..Review::default()
    };
    for (index, claim) in timeline.claims().iter().enumerate() {
        if claim
            .decision
            .as_ref()
            .is_some_and(|d| d.kind != DecisionKind::Dated)
        {
            continue;
        }
        let mut reasons = Vec::new();
        if claim.confidence < LOW_CONFIDENCE {
            reasons.push(Reason::LowConfidence(claim.confidence));
        }
        if let Some(others) = contradictions.get(&index) {
            reasons.push(Reason::Contradicted(others.clone()));
        }
        reasons.extend(other_places(claim, &ambiguous, tables).map(Reason::Ambiguous));
        if !reasons.is_empty() {
            review.claims.push(Doubt {
                claim: index,
                reasons,
                effect_days: None,
            });
        }
    }
    let rivals = |doubt: &Doubt| contradictions.get(&doubt.claim).map_or(0, Vec::len);
    let confidence = |doubt: &Doubt| timeline.claims()[doubt.claim].confidence;
    review.claims.sort_by(|a, b| {
        let by_rivals = rivals(b).cmp(&rivals(a));
        by_rivals.then_with(|| confidence(a).total_cmp(&confidence(b)))
    });
    review
}

/// What the map would lose without a claim: days on which a place has another state, summed over
/// all places, up to the day on which the newest evidence goes stale.
#[must_use]
pub fn effect_days(timeline: &Timeline, claim: usize) -> i64 {
    let Some(last) = timeline
        .claims()
        .iter()
        .filter_map(|c| c.date.or(c.origin.published))
        .max()
    else {
        return 0;
    };
    let end = last
        .checked_add(i64::from(timeline.stale_days()).days())
        .unwrap_or(last);
    let (with, without) = (by_place(timeline), by_place(&timeline.without(claim)));
    let none = Vec::new();
    let places: std::collections::BTreeSet<&PlaceId> = with.keys().chain(without.keys()).collect();
    let days = places.into_iter().map(|place| {
        let of = |spells: &BTreeMap<PlaceId, Vec<Spell>>| spells.get(place).cloned();
        days_apart(
            &of(&with).unwrap_or_else(|| none.clone()),
            &of(&without).unwrap_or_else(|| none.clone()),
            end,
        )
    });
    days.sum()
}

fn by_place(timeline: &Timeline) -> BTreeMap<PlaceId, Vec<Spell>> {
    let mut places: BTreeMap<PlaceId, Vec<Spell>> = BTreeMap::new();
    for spell in timeline.spells() {
        places.entry(spell.place).or_default().push(spell);
    }
    places
}

/// Days before `end` on which two courses of one place differ.
fn days_apart(a: &[Spell], b: &[Spell], end: Date) -> i64 {
    let mut turns: Vec<Date> = a.iter().chain(b).map(|spell| spell.from).collect();
    turns.extend(a.iter().chain(b).filter_map(|spell| spell.to));
    turns.retain(|day| *day < end);
    turns.sort();
    turns.dedup();
    let mut days = 0;
    for (index, from) in turns.iter().enumerate() {
        let to = turns.get(index + 1).copied().unwrap_or(end);
        let is_same = match (state(a, *from), state(b, *from)) {
            (Some(a), Some(b)) => a.is_same_state(b),
            (a, b) => a.is_none() && b.is_none(),
        };
        if !is_same {
            days += i64::from(from.until(to).map_or(0, |span| span.get_days()));
        }
    }
    days
}

fn state(spells: &[Spell], day: Date) -> Option<&Control> {
    let holds = |spell: &&Spell| spell.from <= day && spell.to.is_none_or(|to| day < to);
    spells.iter().find(holds).map(|spell| &spell.control)
}

/// For each claim the claims of other voices about the same place and days that say the contrary.
fn contradictions(timeline: &Timeline) -> BTreeMap<usize, Vec<usize>> {
    let claims = timeline.claims();
    let mut of_place: BTreeMap<PlaceId, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        if let Some(place) = claim.place {
            of_place.entry(place).or_default().push(index);
        }
    }
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for list in of_place.values() {
        for (at, a) in list.iter().enumerate() {
            // Claims stand in order of their days, so the first that is too late ends the search.
            let later = list[at + 1..].iter();
            for b in later.take_while(|b| days(&claims[*a], &claims[**b]) <= timeline.rival_days())
            {
                if are_contrary(&claims[*a], &claims[*b]) {
                    found.entry(*a).or_default().push(*b);
                    found.entry(*b).or_default().push(*a);
                }
            }
        }
    }
    found
}

fn days(earlier: &Claim, later: &Claim) -> i32 {
    let day = |claim: &Claim| claim.date.or(claim.origin.published);
    match (day(earlier), day(later)) {
        (Some(a), Some(b)) => a.until(b).map_or(i32::MAX, |span| span.get_days()),
        _ => i32::MAX,
    }
}

/// True when two sources cannot both be right about a place.
fn are_contrary(a: &Claim, b: &Claim) -> bool {
    use Status::{Control, Lost, Partial};
    if a.claimant.name == b.claimant.name || a.actor.is_none() || b.actor.is_none() {
        return false;
    }
    let is_denied = |claim: &Claim| claim.certainty == Certainty::Denied;
    let is_same_actor = a.actor == b.actor;
    if is_denied(a) || is_denied(b) {
        return is_denied(a) != is_denied(b) && is_same_actor && a.status == b.status;
    }
    match (a.status, b.status) {
        (Control, Control) | (Control, Partial) | (Partial, Control) => !is_same_actor,
        (Control | Partial, Lost) | (Lost, Control | Partial) => is_same_actor,
        _ => false,
    }
}

/// Names that could be several places, by report: first code point and ids.
fn ambiguous_names(unused: &[Unused]) -> BTreeMap<&str, Vec<&Unused>> {
    let mut names: BTreeMap<&str, Vec<&Unused>> = BTreeMap::new();
    let unsure = |entry: &&Unused| entry.kind == Kind::Name && entry.places.contains(' ');
    for entry in unused.iter().filter(unsure) {
        names.entry(entry.report.as_str()).or_default().push(entry);
    }
    names
}

/// The other places that the name behind a claim's place may be.
fn other_places(
    claim: &Claim,
    ambiguous: &BTreeMap<&str, Vec<&Unused>>,
    tables: &Tables,
) -> Option<Vec<String>> {
    let place = tables.gazetteer.place(claim.place?).id;
    let is_here = |entry: &&&Unused| {
        (claim.quote.start..claim.quote.end).contains(&entry.start)
            && entry.places.split(' ').any(|id| id == place)
    };
    let names = ambiguous.get(claim.origin.report.as_str())?;
    let name = names.iter().find(is_here)?;
    let others = name.places.split(' ').filter(|id| *id != place);
    Some(others.map(str::to_owned).collect())
}

/// Each doubtful name once, with all its places of occurrence.
fn names(unused: &[Unused]) -> Vec<DoubtfulName> {
    let mut names: BTreeMap<String, DoubtfulName> = BTreeMap::new();
    let is_row = |entry: &Unused| entry.kind == Kind::Row && !entry.text.is_empty();
    for entry in unused.iter().filter(|e| e.kind == Kind::Name || is_row(e)) {
        let name = names
            .entry(fold(&entry.text))
            .or_insert_with(|| DoubtfulName {
                name: entry.text.clone(),
                candidates: entry.places.split_whitespace().map(str::to_owned).collect(),
                found: Vec::new(),
            });
        name.found.push((entry.report.clone(), entry.start));
    }
    let mut names: Vec<DoubtfulName> = names.into_values().collect();
    names.sort_by(|a, b| {
        b.found
            .len()
            .cmp(&a.found.len())
            .then_with(|| a.name.cmp(&b.name))
    });
    names
}
