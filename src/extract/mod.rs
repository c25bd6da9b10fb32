//! Reports to claims, and what was set aside with the reason.
//!
//! A text goes through: tokens ([`crate::text`]), items (`annotate`), mentions (`mention`,
//! `resolve`), place phrases and pointers (`group`, `discourse`), all in the order of `reading`; then
//! rules with their moods (`rule`, `mood`), claims (`claim`), what the text says of each place
//! besides (`hints`), and last what the text as a whole says of one place (`story`).

mod annotate;
mod antecedent;
mod band;
mod brand;
mod claim;
mod claimant;
mod clause;
mod company;
mod consequence;
mod dates;
mod described;
mod discourse;
mod earlier;
mod ellipsis;
mod entry;
mod exception;
mod extraction;
mod extractor;
mod fit;
mod ground;
mod group;
mod hints;
mod index;
mod interrupted;
mod interview;
mod known;
mod landmark;
mod legend;
mod likeness;
mod likewise;
mod line;
mod list;
mod long;
mod measure;
mod mention;
mod misspelt;
mod mood;
mod name_index;
mod names;
mod namesakes;
mod nearness;
mod oblique;
mod origin;
mod outcome;
mod part;
mod particle;
mod party;
mod passing;
mod passive;
mod pattern;
mod pointer;
mod pronouns;
mod quotes;
mod reading;
mod resolve;
mod retract;
mod rule;
mod seat;
mod sentence;
mod several;
mod side;
mod sole;
mod sound;
mod spelling;
mod story;
mod stretch;
mod subject;
mod topic;
mod unsaid;
mod when;
mod whereabouts;
mod whole;
mod words;

pub use extraction::{Extraction, Mention, SetAside};
pub use extractor::Extractor;
pub use hints::Hinted;
pub use resolve::Resolution;
pub use rule::Rule;

use extractor::Language;
use words::Words;

use crate::report::Report;

/// A step of the way from a text to its claims, for those who watch where the time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Folded and cut into tokens.
    Tokens,
    /// Names and cue words found.
    Items,
    /// Names settled and resolved, dates and outlet read.
    Mentions,
    /// Place phrases, pointers, sentences, speakers.
    Discourse,
    /// Rules tried.
    Rules,
    /// The text heard as a whole, claims made.
    Claims,
}

impl Extractor {
    /// Reads one report.
    #[must_use]
    pub fn extract(&self, report: &Report) -> Extraction {
        self.extract_watched(report, &mut |_| {})
    }

    /// As [`Extractor::extract`], and calls `done` at the end of each step.
    pub fn extract_watched(&self, report: &Report, done: &mut impl FnMut(Step)) -> Extraction {
        if report.text.len() > long::LONGEST_PART {
            self.extract_long(report, &mut |part| self.extract_part(part, done))
        } else {
            self.extract_part(report, done)
        }
    }

    /// What a report says of each party at each of its places: for fitting the weights of hints to
    /// marked-up reports.
    #[must_use]
    pub fn hints(&self, report: &Report) -> Vec<Hinted> {
        self.reading(report, &mut |_| {}, |context, _| {
            let (found, aside) = claim::claims(context);
            let judge = hints::Judge::of(context, &found);
            judge.hinted(&story::settle(found, context).0, &aside)
        })
    }

    /// As [`Extractor::extract`], by the rules alone: what the words around a place say besides is
    /// not weighed.
    #[must_use]
    pub fn extract_by_rules(&self, report: &Report) -> Extraction {
        self.reading(report, &mut |_| {}, |context, _| {
            let (found, set_aside) = claim::claims(context);
            let (found, overtaken) = story::settle(found, context);
            extraction::of(context, found, [set_aside, overtaken].concat())
        })
    }

    fn extract_part(&self, report: &Report, done: &mut impl FnMut(Step)) -> Extraction {
        self.reading(report, done, |context, done| {
            let (found, set_aside) = claim::claims(context);
            done(Step::Rules);
            let judge = hints::Judge::of(context, &found);
            let settle = |found| story::settle(found, context);
            let (found, more) = judge.judge(found, &set_aside, settle);
            let set_aside = [set_aside, more].concat();
            let extraction = extraction::of(context, found, set_aside);
            done(Step::Claims);
            extraction
        })
    }
}
