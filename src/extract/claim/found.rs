//! A claim as one sentence tells it.

use super::Context;
use crate::actor::ActorId;
use crate::claim::{Certainty, Status};
use crate::extract::SetAside;
use crate::extract::mood::Mood;
use crate::gazetteer::PlaceId;
use crate::text::Span;

/// A claim before the text as a whole has been heard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub place: Option<PlaceId>,
    pub actor: Option<ActorId>,
    pub status: Status,
    pub share: Option<f64>,
    pub area_km2: Option<f64>,
    pub certainty: Certainty,
    pub is_exclusive: bool,
    /// Told as what had happened before the story.
    pub is_earlier: bool,
    /// A loss only if the text says who holds the place now.
    pub is_former: bool,
    /// Whose ground a size is, only the parties around tell.
    pub is_loose: bool,
    pub rule: String,
    pub span: Span,
    /// Position of the trigger among the items, for the order of the story.
    pub at: usize,
    pub sentence: usize,
    /// The item and its sentence around which the day is told on which it happened.
    pub dated_by: (usize, usize),
    pub confidence: f64,
    /// How sure the rule is, whatever the place.
    pub trust: f64,
    /// Whose voice tells it.
    pub voice: Option<ActorId>,
    /// Stands between quotation marks.
    pub is_quoted: bool,
}

impl Found {
    /// What stays of a claim that is none.
    pub(crate) fn aside(&self, reason: &str) -> SetAside {
        SetAside {
            rule: self.rule.clone(),
            reason: reason.to_owned(),
            place: self.place,
            actor: self.actor,
            span: self.span,
        }
    }

    /// It was fought for, and the text says in the end how that came out.
    pub(crate) fn calm(&mut self) {
        self.status = Status::Presence;
    }

    /// Who held it before lost it, if the text also says who holds it now; who had lost it has lost it.
    pub(crate) fn put_in_past(&mut self) {
        self.is_former = self.status != Status::Lost;
        self.status = Status::Lost;
        self.is_earlier = true;
    }

    /// What the word at an item of a sentence tells, by a rule of so much trust: of nobody and no
    /// place yet.
    pub(crate) fn told(
        context: &Context,
        (at, sentence): (usize, usize),
        (rule, trust, mood): (&str, f64, Mood),
    ) -> Self {
        let item = &context.items[at];
        Self {
            place: None,
            actor: None,
            status: Status::Partial,
            share: None,
            area_km2: None,
            certainty: mood.certainty(),
            is_exclusive: false,
            is_earlier: false,
            is_former: false,
            is_loose: false,
            rule: rule.to_owned(),
            span: item.span,
            at,
            sentence,
            dated_by: (at, sentence),
            confidence: trust,
            trust,
            voice: context.discourse.speaker(at),
            is_quoted: item.depth > 0,
        }
    }
}
