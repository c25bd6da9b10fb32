//! All claims in order of time, weighed; who holds what on a day, and why.
//!
//! The state of a day follows from the claims about that day and earlier ones. The newer a claim
//! the more it counts; what was settled before counts until newer claims outweigh it. Claims
//! about a later day say nothing of an earlier one: a town reported taken on the 14th was not
//! taken on the 13th. `docs/METHOD.md` has the formula, `data/weighing.toml` the numbers.

mod area;
mod bearing;
mod course;
mod decide;
mod direct;
mod ground;
mod voice;
mod weighing;
mod whole;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use self::bearing::Factors;
use self::bearing::{Act, Bearing, event_date, known_date};
use self::course::Course;
use self::ground::Ground;
use self::voice::{days_between, weigh};
pub use self::weighing::Weighing;
use crate::actor::{ActorId, Actors};
use crate::claim::Claim;
use crate::copies;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::region::Region;

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

    /// True when both name the same state and the same actors; stated shares may differ.
    #[must_use]
    pub fn is_same_state(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Partial(a, _), Self::Partial(b, _)) => a == b,
            _ => self == other,
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
    /// Why it counts for that much: the weight is their product.
    pub factors: Factors,
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
    /// Number of claims that speak of the place up to this day, of itself or within a whole.
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

impl Snapshot {
    /// The state of a place, if there is evidence on it.
    #[must_use]
    pub fn holding(&self, place: PlaceId) -> Option<&Holding> {
        let index = self.holdings.binary_search_by_key(&place, |h| h.place);
        index.ok().map(|index| &self.holdings[index])
    }
}

/// The last state that the claims settled, until they settle another.
#[derive(Debug, Clone, PartialEq)]
struct Settled {
    control: Control,
    since: Date,
}

/// A stretch of days through which the state of a place does not change.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell {
    /// The place.
    pub place: PlaceId,
    /// Who holds it; a stated share is that of the first day.
    pub control: Control,
    /// First day.
    pub from: Date,
    /// First day of the next spell; none when this one is open.
    pub to: Option<Date>,
}

/// All claims in order of time, and what follows from them for each place.
#[derive(Debug, Clone)]
pub struct Timeline {
    claims: Vec<Claim>,
    courses: BTreeMap<PlaceId, Course>,
    ground: Ground,
    weighing: Weighing,
}

impl Timeline {
    /// Puts claims in order and weighs them. The order in which they are given changes nothing.
    #[must_use]
    pub fn new(
        claims: Vec<Claim>,
        gazetteer: &Gazetteer,
        actors: &Actors,
        region: &Region,
        weighing: &Weighing,
    ) -> Self {
        Self::build(
            claims,
            Ground::new(gazetteer, actors, region),
            weighing.clone(),
        )
    }

    fn build(mut claims: Vec<Claim>, ground: Ground, weighing: Weighing) -> Self {
        claims.sort_by(compare);
        copies::mark_claims(&mut claims, weighing.copies());
        let courses = bearing::bearings(&claims, &ground, &weighing)
            .into_iter()
            .map(|(place, bearings)| (place, Course::new(bearings, &weighing)))
            .collect();
        Self {
            claims,
            courses,
            ground,
            weighing,
        }
    }

    /// Every claim, in order of event date.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The timeline as it could be known on `date`: without the claims published after it. A
    /// claim without a date of publication counts as published on the day of its event.
    #[must_use]
    pub fn known_by(&self, date: Date) -> Self {
        let is_known = |claim: &&Claim| known_date(claim).is_none_or(|day| day <= date);
        let claims = self.claims.iter().filter(is_known).cloned().collect();
        Self::build(claims, self.ground.clone(), self.weighing.clone())
    }

    /// The timeline as it would be without one of its claims.
    #[must_use]
    pub fn without(&self, claim: usize) -> Self {
        let mut claims = self.claims.clone();
        if claim < claims.len() {
            claims.remove(claim);
        }
        Self::build(claims, self.ground.clone(), self.weighing.clone())
    }

    /// Words about a place that are at most so many days apart contradict each other; of words
    /// farther apart the later may be news.
    #[must_use]
    pub fn rival_days(&self) -> i32 {
        self.weighing.time.rival_days
    }

    /// Evidence stands for so many days.
    #[must_use]
    pub fn stale_days(&self) -> i32 {
        self.ground.stale_days
    }

    /// Every day on which something was published, in order; for a claim without a date of
    /// publication the day of its event. Days on which all evidence is stale are left out: a book
    /// that appears a year later tells of the war, not of the day of its printing.
    #[must_use]
    pub fn dates(&self) -> Vec<Date> {
        let days: BTreeSet<Date> = self.claims.iter().filter_map(known_date).collect();
        let newest = self.newest_event();
        let is_told_in_time = |day: &Date| {
            newest.is_none_or(|event| days_between(event, *day) <= self.ground.stale_days)
        };
        days.into_iter().filter(is_told_in_time).collect()
    }

    /// Day of the oldest event, if any claim has a day.
    #[must_use]
    pub fn oldest_event(&self) -> Option<Date> {
        self.claims.iter().filter_map(event_date).min()
    }

    /// Day of the newest event, if any claim has a day.
    #[must_use]
    pub fn newest_event(&self) -> Option<Date> {
        self.claims.iter().filter_map(event_date).max()
    }

    /// Who holds what on `date`, by all that is known now.
    #[must_use]
    pub fn on(&self, date: Date) -> Snapshot {
        let holdings: Vec<Holding> = self
            .courses
            .keys()
            .filter_map(|place| self.holding(*place, date))
            .collect();
        let areas = area::stated_areas(self, date, &holdings);
        Snapshot {
            date,
            holdings,
            areas,
        }
    }

    /// The state of one place on `date`; none without evidence up to that day.
    #[must_use]
    pub fn holding(&self, place: PlaceId, date: Date) -> Option<Holding> {
        let course = self.courses.get(&place)?;
        let outcome = course.outcome(date, &self.weighing);
        let weighed = weigh(&course.bearings, date, &self.weighing);
        let counts = |b: &&Bearing| b.act != Act::Nothing || outcome.control == Control::Unknown;
        let last_evidence = weighed
            .iter()
            .map(|(bearing, _)| *bearing)
            .filter(counts)
            .map(|b| b.days.1.min(date))
            .max()?;
        let since = course.since(date);
        let evidence = self.evidence(&weighed, &outcome.control);
        let (sources, support) = self.supporters(&weighed, &outcome.control, since);
        let age_days = days_between(last_evidence, date);
        let confidence = &self.weighing.confidence;
        let fresh = 0.5_f64.powf(f64::from(age_days) / confidence.half_life_days);
        Some(Holding {
            place,
            since,
            last_evidence,
            age_days,
            is_stale: age_days > self.ground.stale_days,
            confidence: outcome.agreement * fresh * support / (support + confidence.half_support),
            claims: evidence.len(),
            sources,
            evidence,
            control: outcome.control,
        })
    }

    fn evidence(&self, weighed: &[(&Bearing, Factors)], control: &Control) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = weighed
            .iter()
            .map(|(bearing, factors)| Evidence {
                claim: bearing.claim,
                weight: factors.product(),
                supports: supports(bearing, control),
                factors: *factors,
            })
            .collect();
        // Of equal weight, most often none, the newest comes first.
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(b.claim.cmp(&a.claim)));
        let mut seen = BTreeSet::new();
        evidence.retain(|e| seen.insert(e.claim));
        evidence
    }

    /// The independent voices for the state since its spell began: their names, and the sum of
    /// the heaviest word of each.
    fn supporters(
        &self,
        weighed: &[(&Bearing, Factors)],
        control: &Control,
        since: Option<Date>,
    ) -> (Vec<String>, f64) {
        let mut voices: BTreeMap<usize, (f64, &str)> = BTreeMap::new();
        // A dispute begins with the newer of two words; the older is as much a part of it.
        let is_dispute = !matches!(control, Control::Held(_) | Control::Partial(..));
        let still_counts = |f: &Factors| is_dispute && f.recency >= self.weighing.least_recency();
        let is_of_spell = |b: &Bearing, f: &Factors| {
            since.is_none_or(|since| b.days.1 >= since) || still_counts(f)
        };
        for (bearing, factors) in weighed {
            if supports(bearing, control) && is_of_spell(bearing, factors) {
                let name = self.claims[bearing.claim].claimant.name.as_str();
                let entry = voices.entry(bearing.voice).or_insert((0.0, name));
                entry.0 = entry.0.max(factors.base());
            }
        }
        let names: BTreeSet<String> = voices.values().map(|(_, n)| (*n).to_owned()).collect();
        let support = voices.values().fold(0.0, |sum, (weight, _)| sum + weight);
        (names.into_iter().collect(), support)
    }

    /// Every spell of control of every place, in order of place, then of time.
    #[must_use]
    pub fn spells(&self) -> Vec<Spell> {
        let mut spells = Vec::new();
        for (place, course) in &self.courses {
            spells.extend(course.spells().map(|(control, from, to)| Spell {
                place: *place,
                control: control.clone(),
                from,
                to,
            }));
        }
        spells
    }
}

/// True when the words speak for this state.
fn supports(bearing: &Bearing, control: &Control) -> bool {
    if bearing.is_denial {
        return false;
    }
    let present = bearing.act.present();
    match control {
        Control::Held(actor) | Control::Partial(actor, _) => match bearing.act {
            Act::Lost(loser) => loser != *actor,
            _ => present == Some(*actor),
        },
        Control::Contested(actors) | Control::Claimed(actors) => {
            present.is_some_and(|actor| actors.contains(&actor)) || bearing.act == Act::Fight(None)
        }
        Control::Lost(actor) => bearing.act == Act::Lost(*actor),
        Control::Unknown => bearing.act == Act::Nothing,
    }
}

/// Event date first; then everything else that tells two claims apart, so that no order depends
/// on the order of files.
fn compare(a: &Claim, b: &Claim) -> Ordering {
    let bits = |x: Option<f64>| x.map(f64::to_bits);
    event_date(a)
        .cmp(&event_date(b))
        .then_with(|| a.origin.cmp(&b.origin))
        .then_with(|| a.quote.cmp(&b.quote))
        .then_with(|| (a.place, a.actor, a.status).cmp(&(b.place, b.actor, b.status)))
        .then_with(|| a.claimant.cmp(&b.claimant))
        .then_with(|| (a.certainty, a.exclusive).cmp(&(b.certainty, b.exclusive)))
        .then_with(|| (a.date_to, a.date_basis).cmp(&(b.date_to, b.date_basis)))
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| (bits(a.share), bits(a.area_km2)).cmp(&(bits(b.share), bits(b.area_km2))))
        .then_with(|| a.confidence.total_cmp(&b.confidence))
        .then_with(|| a.decision.cmp(&b.decision))
}
