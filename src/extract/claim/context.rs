//! All that is known of a report when its claims are read.

use jiff::civil::Date;

use crate::claim::{Claimant, DateBasis};
use crate::extract::annotate::Item;
use crate::extract::discourse::Discourse;
use crate::extract::line::starts_line;
use crate::extract::misspelt::ReadAs;
use crate::extract::resolve::Choice;
use crate::extract::{Extractor, Language};
use crate::lexicon::ClassSet;
use crate::report::Report;
use crate::text::Text;

/// All that a report's claims are read from.
pub(crate) struct Context<'a> {
    pub report: &'a Report,
    /// The outlet that published it, empty when nothing says it.
    pub outlet: &'a str,
    pub claimant: Claimant,
    pub text: &'a Text,
    pub items: &'a [Item<'a>],
    pub discourse: &'a Discourse,
    /// The place that each item names.
    pub choices: &'a [Option<Choice>],
    /// The names that are written as in no table, in order.
    pub read_as: &'a [ReadAs<'a>],
    /// The items of nouns that name a place by themselves, in order.
    pub nouns: &'a [usize],
    pub language: &'a Language,
    pub extractor: &'a Extractor,
    pub published: Option<(Date, DateBasis)>,
    /// The item at which the text ends, or related links and other furniture begin.
    pub end: usize,
}

/// The item at which a text ends, or related links and other furniture begin.
pub(crate) fn text_end(items: &[Item], furniture: ClassSet) -> usize {
    (0..items.len())
        .find(|at| items[*at].classes.meets(furniture) && starts_line(items, *at))
        .unwrap_or(items.len())
}
