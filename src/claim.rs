//! A claim: what one source says of one place on one day, and the words that say it.

use jiff::civil::Date;

use crate::actor::ActorId;
use crate::gazetteer::PlaceId;

/// How an actor stands to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Holds the whole place.
    Control,
    /// Holds a stated part of it.
    Partial,
    /// Fights in it or for it, with no holder said.
    Contested,
    /// No longer holds it.
    Lost,
    /// Is or was there; says nothing of control.
    Presence,
}

impl Status {
    /// Every status with its word in tables and outputs.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Control, "control"),
        (Self::Partial, "partial"),
        (Self::Contested, "contested"),
        (Self::Lost, "lost"),
        (Self::Presence, "presence"),
    ];

    /// The word for this status in tables and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Partial => "partial",
            Self::Contested => "contested",
            Self::Lost => "lost",
            Self::Presence => "presence",
        }
    }

    /// The status of this name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(status, _)| *status)
    }
}

/// How sure the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Said as a fact.
    Stated,
    /// Reported with a hedge, such as "news of".
    Hedged,
    /// The words deny it.
    Denied,
}

impl Certainty {
    /// The word for it in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Hedged => "hedged",
            Self::Denied => "denied",
        }
    }
}

/// Where a date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// Written beside the text: front matter, or a column of a claims table.
    Given,
    /// Metadata of a page.
    Metadata,
    /// A dateline or a publication line inside the text.
    Dateline,
    /// Said in the text itself: an event date in words.
    Stated,
    /// Counted from the publication date: "yesterday", "last Thursday".
    Relative,
    /// The day of publication, for want of anything nearer.
    Published,
    /// Set by a person who reasoned; the reason stands beside it.
    Inferred,
}

impl DateBasis {
    /// The word for it in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Stated => "stated",
            Self::Relative => "relative",
            Self::Published => "published",
            Self::Inferred => "inferred",
        }
    }
}

/// What kind of voice makes a claim.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimantKind {
    /// The press office, spokesman or agency of a party.
    ActorMedia,
    /// A news agency.
    Agency,
    /// A monitor such as a human-rights observatory.
    Monitor,
    /// A network of reporters on the ground.
    LocalNetwork,
    /// The media of a state.
    StateMedia,
    /// A newspaper, channel or news site.
    Newspaper,
    /// A blog or map page.
    Blog,
    /// An encyclopedia, research institute or other work of reference.
    Reference,
    /// An unnamed voice: "local sources".
    Anonymous,
}

impl ClaimantKind {
    /// The word for it in tables and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ActorMedia => "actor-media",
            Self::Agency => "agency",
            Self::Monitor => "monitor",
            Self::LocalNetwork => "local-network",
            Self::StateMedia => "state-media",
            Self::Newspaper => "newspaper",
            Self::Blog => "blog",
            Self::Reference => "reference",
            Self::Anonymous => "anonymous",
        }
    }
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claimant {
    /// Name as written, or the name of the table of sources.
    pub name: String,
    /// What kind of voice.
    pub kind: ClaimantKind,
    /// The party whose side it takes, when known.
    pub leaning: Option<ActorId>,
}

/// Where a claim was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Id of the report, or `file:line` for a row of a claims table.
    pub report: String,
    /// Name of the outlet that published it.
    pub outlet: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The earlier report or row whose words it repeats; see [`crate::copies`].
    pub copy_of: Option<String>,
}

/// The words behind a claim. `start` and `end` count Unicode code points of the report's body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Quote {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words themselves; for a row of a claims table, its note.
    pub text: String,
}

/// What a person decided about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    /// It was read rightly.
    Accepted,
    /// Something in it was put right.
    Changed,
    /// It is not to be used.
    Rejected,
    /// The day of publication of its report was set.
    Dated,
}

impl DecisionKind {
    /// The word for it in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
            Self::Dated => "dated",
        }
    }
}

/// A person's decision about a claim, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// Who decided.
    pub analyst: String,
    /// Why.
    pub note: String,
    /// The key of the claim as it was read, before the decision.
    #[serde(skip)]
    pub key: String,
}

/// One statement of one source about one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The place; none for the stated area of a pocket without a name.
    pub place: Option<PlaceId>,
    /// The actor; none for fighting whose parties are not said.
    pub actor: Option<ActorId>,
    /// What the actor does there.
    pub status: Status,
    /// The part of the place that it holds, 0 to 1.
    pub share: Option<f64>,
    /// Stated area that the actor holds, in km2.
    pub area_km2: Option<f64>,
    /// Day of the event; the first day of a span.
    pub date: Option<Date>,
    /// Last day of a span.
    pub date_to: Option<Date>,
    /// How `date` is known.
    pub date_basis: Option<DateBasis>,
    /// Who says it.
    pub claimant: Claimant,
    /// How sure the words are.
    pub certainty: Certainty,
    /// The words say that nothing else is left to the actor.
    pub exclusive: bool,
    /// Name of the rule that read it; `table` for a row of a claims table.
    pub rule: String,
    /// The words.
    pub quote: Quote,
    /// Where they stand.
    pub origin: Origin,
    /// Probability that a careful reader would agree, 0 to 1.
    pub confidence: f64,
    /// What a person decided about it; none while nobody has.
    pub decision: Option<Decision>,
}
