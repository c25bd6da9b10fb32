//! How a state is named in files and texts: its code, its names in both languages, its colour.

use super::inert;
use crate::actor::{ActorId, Actors};
use crate::claim::{Certainty, Claim, Decision};
use crate::front::Holder;
use crate::timeline::{Control, Evidence};

/// Fill of contested ground, as `style.toml` has it: none of the colours that parties use.
pub const CONTESTED_COLOR: &str = "#d9772b";
/// Fill of a place that was lost to nobody known, or of which nothing is known.
pub const UNKNOWN_COLOR: &str = "#a9a49b";

/// A state in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The actor's id; else `contested`, `claimed`, `lost` or `unknown`.
    pub code: String,
    /// For a legend, in English.
    pub name_en: String,
    /// For a legend, in Arabic.
    pub name_ar: String,
    /// `held`, `partial`, `contested`, `claimed`, `lost` or `unknown`.
    pub status: &'static str,
    /// `#rrggbb`.
    pub color: String,
}

/// A name or quotation set apart, so that its direction does not disturb the line around it
/// (U+2068 first strong isolate ... U+2069), and without what a terminal would obey.
#[must_use]
pub fn isolated(text: &str) -> String {
    let text = inert::line(text);
    format!("{}{text}{}", inert::ISOLATE, inert::END_OF_ISOLATE)
}

/// A state in words.
#[must_use]
pub fn label(control: &Control, actors: &Actors) -> Label {
    match control {
        Control::Held(actor) => of_actor(*actor, "held", actors),
        Control::Partial(actor, _) => of_actor(*actor, "partial", actors),
        Control::Contested(parties) => Label {
            code: "contested".to_owned(),
            name_en: with_parties("Contested", &english(parties, actors)),
            name_ar: with_parties("متنازع عليها", &arabic(parties, actors)),
            status: "contested",
            color: CONTESTED_COLOR.to_owned(),
        },
        Control::Claimed(parties) => Label {
            code: "claimed".to_owned(),
            name_en: with_parties("Claimed by both", &english(parties, actors)),
            name_ar: with_parties("روايتان متعارضتان", &arabic(parties, actors)),
            status: "claimed",
            color: CONTESTED_COLOR.to_owned(),
        },
        Control::Lost(actor) => Label {
            code: "lost".to_owned(),
            name_en: format!(
                "Lost by {}, to whom is not said",
                english(&[*actor], actors)
            ),
            name_ar: format!("خسرها {} ولم يذكر لمن", arabic(&[*actor], actors)),
            status: "lost",
            color: UNKNOWN_COLOR.to_owned(),
        },
        Control::Unknown => Label {
            code: "unknown".to_owned(),
            name_en: "Unknown".to_owned(),
            name_ar: "غير معروف".to_owned(),
            status: "unknown",
            color: UNKNOWN_COLOR.to_owned(),
        },
    }
}

/// The holder of a zone in words.
#[must_use]
pub fn holder_label(holder: Holder, actors: &Actors) -> Label {
    match holder {
        Holder::Actor(actor) => label(&Control::Held(actor), actors),
        Holder::Contested => label(&Control::Contested(Vec::new()), actors),
    }
}

fn of_actor(actor: ActorId, status: &'static str, actors: &Actors) -> Label {
    let actor = actors.actor(actor);
    Label {
        code: actor.id.clone(),
        name_en: actor.name_en.clone(),
        name_ar: actor.name_ar.clone(),
        status,
        color: actor.color.clone(),
    }
}

fn with_parties(head: &str, parties: &str) -> String {
    if parties.is_empty() {
        head.to_owned()
    } else {
        format!("{head}: {parties}")
    }
}

fn english(parties: &[ActorId], actors: &Actors) -> String {
    let names: Vec<&str> = parties
        .iter()
        .map(|actor| actors.actor(*actor).short_en.as_str())
        .collect();
    names.join(", ")
}

fn arabic(parties: &[ActorId], actors: &Actors) -> String {
    let names: Vec<&str> = parties
        .iter()
        .map(|actor| actors.actor(*actor).short_ar.as_str())
        .collect();
    names.join("، ")
}

/// What a claim says, in a few words: `SDF control`, `IS partial 0.8`, `denied: IS lost`.
#[must_use]
pub fn statement(claim: &Claim, actors: &Actors) -> String {
    let mut words = Vec::new();
    match claim.certainty {
        Certainty::Stated => {}
        Certainty::Hedged => words.push("hedged:".to_owned()),
        Certainty::Denied => words.push("denied:".to_owned()),
    }
    words.extend(claim.actor.map(|actor| actors.actor(actor).id.clone()));
    words.push(claim.status.as_str().to_owned());
    words.extend(claim.share.map(|share| share.to_string()));
    words.extend(claim.area_km2.map(|km2| format!("{km2} km2")));
    words.join(" ")
}

/// Who says it: the claimant, and the outlet when that is another name.
#[must_use]
pub fn voice(claim: &Claim) -> String {
    let (claimant, outlet) = (&claim.claimant.name, &claim.origin.outlet);
    if claimant == outlet || outlet.is_empty() {
        claimant.clone()
    } else {
        format!("{claimant} in {outlet}")
    }
}

/// The heaviest evidence for a state as one readable line: `source (date): "words"; ...`. When
/// no evidence is for it, the newest of all.
#[must_use]
pub fn evidence_line(evidence: &[Evidence], claims: &[Claim], most: usize) -> String {
    let supporting: Vec<&Evidence> = evidence.iter().filter(|e| e.supports).collect();
    let chosen = if supporting.is_empty() {
        evidence.iter().collect()
    } else {
        supporting
    };
    let pieces: Vec<String> = chosen
        .iter()
        .take(most)
        .map(|piece| piece_of_evidence(&claims[piece.claim]))
        .collect();
    pieces.join("; ")
}

fn piece_of_evidence(claim: &Claim) -> String {
    let day = claim.date.or(claim.origin.published);
    let day = day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
    let words: Vec<&str> = claim.quote.text.split_whitespace().collect();
    let decision = claim.decision.as_ref();
    let decision = decision.map_or_else(String::new, |d| format!(" [{}]", decided(d)));
    format!(
        "{} ({day}): {}{decision}",
        claim.claimant.name,
        words.join(" ")
    )
}

/// A person's decision: `accepted by NAME: note`.
#[must_use]
pub fn decided(decision: &Decision) -> String {
    let head = format!("{} by {}", decision.kind.as_str(), decision.analyst);
    if decision.note.is_empty() {
        head
    } else {
        format!("{head}: {}", decision.note)
    }
}
