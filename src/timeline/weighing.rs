//! The numbers of the weighing, from `weighing.toml`.

use std::collections::BTreeMap;

use crate::claim::{Certainty, ClaimantKind, DateBasis};
use crate::copies::CopyRule;
use crate::data::DataFolder;
use crate::error::{Error, Result};

/// Every constant of the weighing. The reason of each stands beside it in `weighing.toml`.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weighing {
    source: BTreeMap<ClaimantKind, f64>,
    certainty: CertaintyTable,
    pub(super) interest: Interest,
    dating: Dating,
    pub(super) directness: Directness,
    pub(super) surroundings: Surroundings,
    pub(super) status: StatusTable,
    pub(super) time: Time,
    pub(super) settled: Settled,
    pub(super) decision: Decision,
    pub(super) confidence: ConfidenceTable,
    pub(super) area: AreaTable,
    copies: CopyRule,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CertaintyTable {
    stated: f64,
    hedged: f64,
    denied: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Interest {
    pub gain: f64,
    pub neutral: f64,
    pub loss: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Dating {
    certain: f64,
    published: f64,
    inferred: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Directness {
    pub direct: f64,
    pub town: f64,
    pub area: f64,
    pub exception: f64,
    pub area_lost: f64,
    pub left_out: f64,
    pub out_of_reach: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Surroundings {
    pub alone: f64,
    pub others: usize,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusTable {
    pub contested: f64,
    pub unstated_share: f64,
    pub winner_unsaid: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    pub half_life_days: f64,
    pub window_days: i32,
    pub rival_days: i32,
    pub vague_days: i32,
    pub silence_days: i32,
    pub silence_least: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settled {
    pub weight: f64,
    pub fresh_days: i32,
    pub half_life_days: f64,
    pub least: f64,
}

impl Settled {
    /// What a settled state counts for so many days after its newest word.
    pub fn on(&self, age_days: i32) -> f64 {
        let over = f64::from((age_days - self.fresh_days).max(0));
        (self.weight * 0.5_f64.powf(over / self.half_life_days)).max(self.least)
    }
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    pub hold: f64,
    pub named: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfidenceTable {
    pub half_support: f64,
    pub half_life_days: f64,
}

#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaTable {
    pub elongation: f64,
}

const TABLE: &str = "weighing.toml";

const KINDS: [ClaimantKind; 9] = [
    ClaimantKind::ActorMedia,
    ClaimantKind::Agency,
    ClaimantKind::Monitor,
    ClaimantKind::LocalNetwork,
    ClaimantKind::StateMedia,
    ClaimantKind::Newspaper,
    ClaimantKind::Blog,
    ClaimantKind::Reference,
    ClaimantKind::Anonymous,
];

impl Weighing {
    /// Reads `weighing.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the table is not TOML, lacks an entry or has an unknown one, or has
    /// a number outside its range.
    pub fn load(data: &DataFolder) -> Result<Self> {
        let fail = |line, problem: String| Error::parse(data.label(TABLE), line, problem);
        let weighing: Self = data.toml(TABLE)?;
        weighing.check().map_err(|problem| fail(1, problem))?;
        Ok(weighing)
    }

    fn check(&self) -> std::result::Result<(), String> {
        for kind in KINDS {
            if !self.source.contains_key(&kind) {
                return Err(format!("[source] has no weight for {kind:?}"));
            }
        }
        let parts = [
            ("certainty.hedged", self.certainty.hedged),
            ("certainty.denied", self.certainty.denied),
            ("status.contested", self.status.contested),
            ("status.unstated_share", self.status.unstated_share),
            ("status.winner_unsaid", self.status.winner_unsaid),
            ("directness.exception", self.directness.exception),
            ("copies.least", self.copies.least),
            ("decision.hold", self.decision.hold),
            ("decision.named", self.decision.named),
        ];
        if let Some((name, value)) = parts.iter().find(|(_, v)| !(0.0..=1.0).contains(v)) {
            return Err(format!("{name} is {value}; write a number from 0 to 1"));
        }
        let lengths = [
            ("time.half_life_days", self.time.half_life_days),
            ("confidence.half_life_days", self.confidence.half_life_days),
            ("confidence.half_support", self.confidence.half_support),
            ("time.window_days", f64::from(self.time.window_days)),
        ];
        if let Some((name, value)) = lengths.iter().find(|(_, v)| *v <= 0.0) {
            return Err(format!("{name} is {value}; write a number above 0"));
        }
        Ok(())
    }

    /// When two texts are one story.
    #[must_use]
    pub fn copies(&self) -> &CopyRule {
        &self.copies
    }

    /// Recency at the end of the window in which a claim counts.
    pub(super) fn least_recency(&self) -> f64 {
        0.5_f64.powf(f64::from(self.time.window_days) / self.time.half_life_days)
    }

    /// What a voice of this kind counts for.
    #[must_use]
    pub fn source(&self, kind: ClaimantKind) -> f64 {
        self.source.get(&kind).copied().unwrap_or_default()
    }

    /// What words of this certainty count for.
    #[must_use]
    pub fn certainty(&self, certainty: Certainty) -> f64 {
        match certainty {
            Certainty::Stated => self.certainty.stated,
            Certainty::Hedged => self.certainty.hedged,
            Certainty::Denied => self.certainty.denied,
        }
    }

    /// What a day known in this way counts for.
    #[must_use]
    pub fn dating(&self, basis: Option<DateBasis>) -> f64 {
        match basis {
            Some(DateBasis::Inferred) => self.dating.inferred,
            None | Some(DateBasis::Published) => self.dating.published,
            Some(_) => self.dating.certain,
        }
    }
}
