//! Applies the decisions to reports and claims, and keeps account of which were of use.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Change, Corrections, Signature, Verdict, claim_key};
use crate::actor::{ActorId, Actors};
use crate::claim::{Claim, DateBasis, Decision, DecisionKind, Status};
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::report::Report;

/// An entry that has no effect.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stale {
    /// File of corrections.
    pub file: String,
    /// Line of the entry.
    pub line: usize,
    /// Key, id or name that it is about.
    pub what: String,
    /// Why it has no effect.
    pub why: String,
}

/// The decisions of a run with their ids looked up.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    claims: BTreeMap<String, (Verdict, Signature)>,
    targets: BTreeMap<String, Target>,
    reports: BTreeMap<String, (Date, Signature)>,
    without_effect: Vec<Stale>,
}

/// The place and actor that a change names.
#[derive(Debug, Clone, Copy, Default)]
struct Target {
    place: Option<PlaceId>,
    actor: Option<ActorId>,
}

/// What came of applying decisions to claims.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// The claims that count, each with the decision about it.
    pub claims: Vec<Claim>,
    /// The claims that a person rejected, with the decision.
    pub rejected: Vec<Claim>,
    used: BTreeSet<String>,
}

impl Ledger {
    /// Looks up the places and actors that corrections name; `gazetteer` is the amended one, and
    /// `without_effect` what amending found to be stale.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] at the entry that names an unknown place or actor.
    pub fn new(
        corrections: Corrections,
        gazetteer: &Gazetteer,
        actors: &Actors,
        without_effect: Vec<Stale>,
    ) -> Result<Self> {
        let mut targets = BTreeMap::new();
        for (key, (verdict, by)) in &corrections.claims {
            if let Verdict::Change(change) = verdict {
                let target = Target::of(change, gazetteer, actors)
                    .map_err(|problem| Error::parse(&by.file, by.line, problem))?;
                targets.insert(key.clone(), target);
            }
        }
        Ok(Self {
            claims: corrections.claims,
            targets,
            reports: corrections.reports,
            without_effect,
        })
    }

    /// Gives reports the dates of publication that were set for them.
    pub fn date(&self, reports: &mut [Report]) {
        for report in reports {
            if let Some((date, _)) = self.reports.get(&report.id) {
                report.published = Some((*date, DateBasis::Given));
            }
        }
    }

    /// Decides about claims.
    #[must_use]
    pub fn apply(&self, claims: Vec<Claim>, gazetteer: &Gazetteer, actors: &Actors) -> Applied {
        let mut applied = Applied::default();
        if self.claims.is_empty() && self.reports.is_empty() {
            applied.claims = claims;
            return applied;
        }
        for mut claim in claims {
            if self.claims.is_empty() && self.reports.is_empty() {
                applied.claims.push(claim);
                continue;
            }
            let key = claim_key(&claim, gazetteer, actors);
            let dated = self.reports.get(&claim.origin.report);
            if let Some((_, by)) = dated {
                claim.decision = Some(by.decision(DecisionKind::Dated, &key));
            }
            match self.claims.get(&key) {
                Some((verdict, by)) => {
                    applied.used.insert(key.clone());
                    claim.decision = Some(by.decision(verdict.kind(), &key));
                    if *verdict == Verdict::Reject {
                        applied.rejected.push(claim);
                        continue;
                    }
                    claim.confidence = 1.0;
                    if let Verdict::Change(change) = verdict {
                        let target = self.targets.get(&key).copied().unwrap_or_default();
                        change.put_into(&mut claim, target);
                    }
                    applied.claims.push(claim);
                }
                None => applied.claims.push(claim),
            }
        }
        applied
    }

    /// Entries without effect on these reports and claims, in order of file and line.
    #[must_use]
    pub fn stale(&self, report_ids: &BTreeSet<String>, applied: &Applied) -> Vec<Stale> {
        let unused = self.claims.iter();
        let unused = unused.filter(|(key, _)| !applied.used.contains(*key));
        let claims = unused.map(|(key, (_, by))| by.stale(key, "no claim has this key"));
        let absent = self.reports.iter();
        let absent = absent.filter(|(id, _)| !report_ids.contains(*id));
        let reports = absent.map(|(id, (_, by))| by.stale(id, "no report has this id"));
        let mut stale: Vec<Stale> = claims.chain(reports).collect();
        stale.extend(self.without_effect.iter().cloned());
        stale.sort();
        stale
    }
}

impl Target {
    fn of(
        change: &Change,
        gazetteer: &Gazetteer,
        actors: &Actors,
    ) -> std::result::Result<Self, String> {
        let place = change.place.as_ref().map(|id| {
            let unknown = || format!("no place `{id}`; `khatt places` finds ids");
            gazetteer.find(id).ok_or_else(unknown)
        });
        let actor = change.actor.as_ref().map(|id| {
            actors.find(id).ok_or_else(|| {
                let known: Vec<&str> = actors.iter().map(|(_, actor)| actor.id.as_str()).collect();
                format!("no actor `{id}`; use one of {}", known.join(", "))
            })
        });
        Ok(Self {
            place: place.transpose()?,
            actor: actor.transpose()?,
        })
    }
}

impl Verdict {
    fn kind(&self) -> DecisionKind {
        match self {
            Self::Accept => DecisionKind::Accepted,
            Self::Reject => DecisionKind::Rejected,
            Self::Change(_) => DecisionKind::Changed,
        }
    }
}

impl Signature {
    fn decision(&self, kind: DecisionKind, key: &str) -> Decision {
        Decision {
            kind,
            analyst: self.analyst.clone(),
            note: self.note.clone(),
            key: key.to_owned(),
        }
    }
}

impl Change {
    fn put_into(&self, claim: &mut Claim, target: Target) {
        claim.place = target.place.or(claim.place);
        claim.actor = target.actor.or(claim.actor);
        if let Some(status) = self.status {
            claim.status = status;
            if status != Status::Partial {
                // A share belongs to a part; "control, 0.3" would be both.
                claim.share = None;
            }
        }
        claim.share = self.share.or(claim.share);
        claim.area_km2 = self.area_km2.or(claim.area_km2);
        claim.certainty = self.certainty.unwrap_or(claim.certainty);
        if let Some(date) = self.date {
            claim.date = Some(date);
            claim.date_to = None;
            claim.date_basis = Some(DateBasis::Given);
        }
        claim.date_to = self.date_to.or(claim.date_to);
    }
}
