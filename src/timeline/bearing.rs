//! From claims to bearings: what each claim says of each single place, and with which weight.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::direct::DirectWords;
use super::ground::Ground;
use super::voice::days_between;
use super::voice::{sort_out_voices, voices};
use super::weighing::Weighing;
use crate::actor::ActorId;
use crate::claim::{Certainty, Claim, Status};
use crate::gazetteer::PlaceId;

/// Why a piece of evidence counts for what it counts: its weight is the product of these.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// The kind of voice.
    pub source: f64,
    /// How sure the words are.
    pub certainty: f64,
    /// Whether the claimant's side gains or loses by the claim.
    pub interest: f64,
    /// How well the day is known.
    pub dating: f64,
    /// Whether the words are about the place itself or about a whole it belongs to.
    pub directness: f64,
    /// Whether the actor is known elsewhere on that bank, or would stand there alone.
    pub surroundings: f64,
    /// How far the reading itself is to be trusted: the claim's own confidence.
    pub reading: f64,
    /// Age of the event on the day of the snapshot.
    pub recency: f64,
    /// 1 for a source's newest word; less when it says several things at once; 0 for a copy of
    /// what it said already and for what it has replaced since.
    pub voice: f64,
}

impl Factors {
    /// The weight: the product of all factors.
    #[must_use]
    pub fn product(&self) -> f64 {
        self.base() * self.recency * self.voice
    }

    /// The part of the weight that is the same on every day.
    pub(super) fn base(&self) -> f64 {
        self.source
            * self.certainty
            * self.interest
            * self.dating
            * self.directness
            * self.surroundings
            * self.reading
    }
}

/// What a claim says of one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Act {
    /// The actor holds the whole of it.
    Whole(ActorId),
    /// The actor holds a part, of this share when it is stated.
    Part(ActorId, Option<f64>),
    /// Fighting; the actor is there.
    Fight(Option<ActorId>),
    /// The actor does not hold it any more.
    Lost(ActorId),
    /// Nothing about control.
    Nothing,
}

impl Act {
    /// The actor that this act puts in the place.
    pub fn present(self) -> Option<ActorId> {
        match self {
            Self::Whole(actor) | Self::Part(actor, _) => Some(actor),
            Self::Fight(actor) => actor,
            Self::Lost(_) | Self::Nothing => None,
        }
    }

    /// The actor that this act gives the place to, whole or in part.
    pub fn holder(self) -> Option<ActorId> {
        match self {
            Self::Whole(actor) | Self::Part(actor, _) => Some(actor),
            _ => None,
        }
    }

    /// True for words about who holds the place, which replace earlier words of the same source.
    pub fn is_about_control(self) -> bool {
        !matches!(self, Self::Fight(_) | Self::Nothing)
    }
}

/// One claim applied to one place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bearing {
    /// Position of the claim.
    pub claim: usize,
    pub act: Act,
    /// True when the words deny the act.
    pub is_denial: bool,
    /// First and last day of the event.
    pub days: (Date, Date),
    /// Recency is 1 here; it depends on the day of the snapshot.
    pub factors: Factors,
    /// The day on which the same voice says something newer.
    pub replaced_on: Option<Date>,
    /// Equal for claims of one voice: copies of one wire story have the voice of the wire.
    pub voice: usize,
}

impl Bearing {
    pub fn is_direct(&self) -> bool {
        self.factors.directness >= 1.0
    }
}

/// The day of the event, else that of publication. A claim with neither bears on nothing.
pub(super) fn event_date(claim: &Claim) -> Option<Date> {
    claim.date.or(claim.origin.published)
}

/// The day from which a claim could be known.
pub(super) fn known_date(claim: &Claim) -> Option<Date> {
    claim.origin.published.or(claim.date)
}

/// Everything that is said of each place, in order of claims.
pub(super) fn bearings(
    claims: &[Claim],
    ground: &Ground,
    weighing: &Weighing,
) -> BTreeMap<PlaceId, Vec<Bearing>> {
    let weigher = Weigher {
        claims,
        ground,
        weighing,
        voices: voices(claims),
    };
    let direct = DirectWords::new(&weigher);
    let mut positive = weigher.positive(&direct);
    weigher.compare_with_surroundings(&mut positive);
    let mut all: BTreeMap<PlaceId, Vec<Bearing>> = BTreeMap::new();
    for (place, bearing) in positive {
        all.entry(place).or_default().push(bearing);
    }
    // An actor can only lose what some claim gave it: "they lost the country" says nothing of a
    // village where they never were.
    let presence: BTreeSet<(PlaceId, ActorId)> = all
        .iter()
        .flat_map(|(place, list)| {
            list.iter()
                .filter_map(move |b| b.act.present().map(|actor| (*place, actor)))
        })
        .collect();
    for (place, actor, bearing) in weigher.losses_of_wholes() {
        if presence.contains(&(place, actor)) {
            all.entry(place).or_default().push(bearing);
        }
    }
    for list in all.values_mut() {
        list.sort_by_key(|b| (b.days.0, b.claim));
        sort_out_voices(list);
    }
    all
}

/// Everything that is needed to turn claims into bearings.
pub(super) struct Weigher<'a> {
    pub claims: &'a [Claim],
    pub ground: &'a Ground,
    pub weighing: &'a Weighing,
    voices: Vec<usize>,
}

impl Weigher<'_> {
    /// Claims on the places they name, and what words about a whole give to its parts.
    ///
    /// What is left to an actor in a town is the quarter that was last said to be his. An area is
    /// spoken of with exceptions unsaid: a place that direct words gave to another is likely one.
    fn positive(&self, direct: &DirectWords) -> Vec<(PlaceId, Bearing)> {
        let directness = &self.weighing.directness;
        let mut found = Vec::new();
        for (index, claim) in self.claims.iter().enumerate() {
            let Some(place) = claim.place else { continue };
            let act = self.act(claim);
            if !self.ground.is_area(place) {
                found.extend(self.one(index, act, place, directness.direct));
                for quarter in self.ground.quarters(place) {
                    let is_left = || {
                        let last = direct.holder(quarter, event_date(claim));
                        claim.certainty != Certainty::Denied && last == act.present()
                    };
                    match (act, act.present()) {
                        (Act::Whole(_), _) => {
                            found.extend(self.one(index, act, quarter, directness.town));
                        }
                        (Act::Part(..) | Act::Fight(_), Some(actor)) if is_left() => {
                            let left = Act::Whole(actor);
                            found.extend(self.one(index, left, quarter, directness.town));
                        }
                        _ => {}
                    }
                }
            } else if matches!(act, Act::Whole(_)) && claim.area_km2.is_none() {
                for member in self.ground.spoken_of(place) {
                    let last = direct.holder(member, event_date(claim));
                    let is_exception = last.is_some() && last != act.holder();
                    let how = if is_exception {
                        directness.area * directness.exception
                    } else {
                        directness.area
                    };
                    found.extend(self.one(index, act, member, how));
                }
            }
        }
        found
    }

    pub fn act(&self, claim: &Claim) -> Act {
        if claim
            .actor
            .is_some_and(|actor| !self.ground.can_hold(actor))
        {
            return Act::Nothing;
        }
        match (claim.status, claim.actor) {
            (Status::Control, Some(actor)) => Act::Whole(actor),
            (Status::Partial, Some(actor)) => Act::Part(actor, claim.share),
            (Status::Lost, Some(actor)) => Act::Lost(actor),
            (Status::Contested, actor) => Act::Fight(actor),
            _ => Act::Nothing,
        }
    }

    /// The bearing of one claim on one place, seen with this directness.
    pub fn one(
        &self,
        index: usize,
        act: Act,
        place: PlaceId,
        directness: f64,
    ) -> Option<(PlaceId, Bearing)> {
        let claim = &self.claims[index];
        let first = event_date(claim)?;
        let last = claim.date_to.filter(|last| *last > first).unwrap_or(first);
        // "In 2017": it had happened by the end of the year.
        let is_vague = days_between(first, last) > self.weighing.time.vague_days;
        let first = if is_vague { last } else { first };
        let factors = Factors {
            source: self.weighing.source(claim.claimant.kind),
            certainty: self.weighing.certainty(claim.certainty),
            interest: self.interest(claim, act),
            dating: self.weighing.dating(claim.date_basis),
            directness,
            surroundings: 1.0,
            reading: claim.confidence.clamp(0.0, 1.0),
            recency: 1.0,
            voice: 1.0,
        };
        let bearing = Bearing {
            claim: index,
            act,
            is_denial: claim.certainty == Certainty::Denied,
            days: (first, last),
            factors,
            replaced_on: None,
            voice: self.voices[index],
        };
        Some((place, bearing))
    }

    /// A source counts for less when its own side gains by the claim, for more when it loses.
    fn interest(&self, claim: &Claim, act: Act) -> f64 {
        let interest = &self.weighing.interest;
        let Some(side) = claim.claimant.leaning else {
            return interest.neutral;
        };
        let (is_friend, is_enemy) = match act {
            Act::Whole(actor) | Act::Part(actor, _) | Act::Lost(actor) => {
                (actor == side, self.ground.are_opposed(actor, side))
            }
            Act::Fight(_) | Act::Nothing => (false, false),
        };
        let is_bad_for_actor =
            matches!(act, Act::Lost(_)) != (claim.certainty == Certainty::Denied);
        match (is_friend, is_enemy, is_bad_for_actor) {
            (true, _, false) | (_, true, true) => interest.gain,
            (true, _, true) | (_, true, false) => interest.loss,
            _ => interest.neutral,
        }
    }
}
