//! All claims in order of time, weighed; who holds what on a day, and why.

use jiff::civil::Date;

use crate::actor::ActorId;
use crate::gazetteer::PlaceId;

/// Who holds a place on a day, as far as the claims say.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// One actor holds the whole place.
    Held(ActorId),
    /// One actor holds a part; the rest is not said.
    Partial(ActorId, Option<f64>),
    /// Fought over, or held in parts by the actors named (none named: fighting without names).
    Contested(Vec<ActorId>),
    /// Two sources of like weight give it to two actors.
    Claimed(Vec<ActorId>),
    /// This actor lost it; no new holder is known.
    Lost(ActorId),
    /// Evidence that says nothing of control.
    Unknown,
}

impl Control {
    /// The actor whose zone the place belongs to, if one alone holds it.
    #[must_use]
    pub fn holder(&self) -> Option<ActorId> {
        match self {
            Self::Held(actor) | Self::Partial(actor, _) => Some(*actor),
            _ => None,
        }
    }

    /// True when the place belongs to the contested zone.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        matches!(self, Self::Contested(_) | Self::Claimed(_))
    }
}

/// One piece of evidence behind a holding, heaviest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Position of the claim in [`Timeline::claims`].
    pub claim: usize,
    /// What it counts for, from 0.
    pub weight: f64,
    /// True when it speaks for the state that won.
    pub supports: bool,
}

/// The state of one place on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// The place.
    pub place: PlaceId,
    /// Who holds it.
    pub control: Control,
    /// First day of the present spell of control.
    pub since: Option<Date>,
    /// Day of the newest evidence that counts.
    pub last_evidence: Date,
    /// Days from the newest evidence to the snapshot.
    pub age_days: i32,
    /// True when the newest evidence is older than the region's limit.
    pub is_stale: bool,
    /// Probability of the state, 0 to 1.
    pub confidence: f64,
    /// Number of claims that speak of the place up to this day.
    pub claims: usize,
    /// Names of the independent sources that support the state, sorted.
    pub sources: Vec<String>,
    /// The claims behind it, heaviest first.
    pub evidence: Vec<Evidence>,
}

/// A stated area that an actor still holds on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedArea {
    /// Who holds it.
    pub actor: ActorId,
    /// How much, in km2.
    pub area_km2: f64,
    /// Where: the place named with the area, or the one settlement left to the actor.
    pub place: Option<PlaceId>,
    /// Position of the claim in [`Timeline::claims`].
    pub claim: usize,
}

/// Who holds what on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The day.
    pub date: Date,
    /// One entry for each place with evidence, in order of place id.
    pub holdings: Vec<Holding>,
    /// Areas stated for what an actor still holds, best first for each actor.
    pub areas: Vec<StatedArea>,
}
