//! What one data folder reads otherwise than another: rules, words, and claims of the same reports.

use std::collections::{BTreeMap, BTreeSet};

use super::written;
use crate::claim::{Claim, Status};
use crate::data::DataFolder;
use crate::error::Result;
use crate::extract::Extractor;
use crate::lexicon::choice;
use crate::report::Report;

/// The differences, each a list in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// `ar take-on` for a rule that only the new folder has.
    pub rules_added: Vec<String>,
    /// Rules that only the old folder has.
    pub rules_removed: Vec<String>,
    /// Rules whose lines differ.
    pub rules_changed: Vec<String>,
    /// `ar take-on v: form` for a form that only the new folder has.
    pub words_added: Vec<String>,
    /// Forms that only the old folder has.
    pub words_removed: Vec<String>,
    /// What only the new folder reads.
    pub claims_gained: Vec<Line>,
    /// What only the old folder reads.
    pub claims_lost: Vec<Line>,
}

/// A claim of one report, for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Id of the report.
    pub report: String,
    /// The claim as the examples of rules write it.
    pub claim: String,
    /// The rule that read it.
    pub rule: String,
    /// Its words.
    pub quote: String,
}

impl Change {
    /// True when nothing differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A data folder with what is read by it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Where its tables are.
    pub data: &'a DataFolder,
    /// The same, loaded.
    pub extractor: &'a Extractor,
}

/// What `new` has and reads otherwise than `old`, over these reports.
///
/// # Errors
///
/// When a table of words cannot be read.
pub fn between(old: Side, new: Side, reports: &[Report]) -> Result<Change> {
    let (old_rules, new_rules) = (rules(old.extractor), rules(new.extractor));
    let (old_words, new_words) = (words(old)?, words(new)?);
    let both = new_rules.iter().filter(|(name, lines)| {
        old_rules
            .get(*name)
            .is_some_and(|old_lines| old_lines != *lines)
    });
    let mut change = Change {
        rules_added: only(&new_rules, &old_rules),
        rules_removed: only(&old_rules, &new_rules),
        rules_changed: both.map(|(name, _)| name.clone()).collect(),
        words_added: new_words.difference(&old_words).cloned().collect(),
        words_removed: old_words.difference(&new_words).cloned().collect(),
        ..Change::default()
    };
    for report in reports {
        let (before, after) = (lines(old.extractor, report), lines(new.extractor, report));
        let missing = |from: &[Line], other: &[Line]| -> Vec<Line> {
            from.iter()
                .filter(|line| !other.iter().any(|known| known.claim == line.claim))
                .cloned()
                .collect()
        };
        change.claims_gained.extend(missing(&after, &before));
        change.claims_lost.extend(missing(&before, &after));
    }
    Ok(change)
}

/// The lines of each rule under its language and name.
fn rules(extractor: &Extractor) -> BTreeMap<String, Vec<String>> {
    extractor
        .rules()
        .flat_map(|(language, rules)| {
            rules
                .iter()
                .map(move |rule| (format!("{language} {}", rule.name), rule.lines.clone()))
        })
        .collect()
}

fn only<T>(these: &BTreeMap<String, T>, others: &BTreeMap<String, T>) -> Vec<String> {
    these
        .keys()
        .filter(|name| !others.contains_key(*name))
        .cloned()
        .collect()
}

/// Every form of the tables of words with its class and part of speech.
fn words(side: Side) -> Result<BTreeSet<String>> {
    let mut out = BTreeSet::new();
    for (language, _) in side.extractor.rules() {
        let table = side.data.text(&format!("lexicon/{language}.tsv"))?;
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            if let (Some(class), Some(part), Some(forms)) =
                (fields.next(), fields.next(), fields.next())
            {
                // The table has been read before: it has no fault.
                let _ = choice::each(forms, |form| {
                    out.insert(format!("{language} {class} {part}: {form}"));
                    Ok(())
                });
            }
        }
    }
    Ok(out)
}

/// What a report says by the tables of one folder, each claim once.
fn lines(extractor: &Extractor, report: &Report) -> Vec<Line> {
    let line = |claim: &Claim| {
        let words: Vec<&str> = claim.quote.text.split_whitespace().collect();
        let quote = words.join(" ");
        written(claim, extractor)
            .into_iter()
            .map(|said| Line {
                report: report.id.clone(),
                claim: said,
                rule: claim.rule.clone(),
                quote: quote.clone(),
            })
            .collect::<Vec<_>>()
    };
    let extraction = extractor.extract(report);
    extraction
        .claims
        .iter()
        .filter(|claim| claim.status != Status::Presence)
        .flat_map(line)
        .collect()
}
