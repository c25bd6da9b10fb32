//! Where a report comes from: its outlet, the party whose own outlet that is, and its language.

use super::annotate::Item;
use super::extractor::{Extractor, Language};
use super::names::{Alias, AliasKind};
use crate::actor::ActorId;
use crate::claim::{Claimant, ClaimantKind};
use crate::report::Report;
use crate::text::Text;

/// Lines from the top among which an outlet names itself.
const OUTLET_LINES: usize = 10;

/// A longer part of a line, in bytes, is not the name of an outlet.
const LONGEST_OUTLET: usize = 200;

/// Letters that decide the script of a text.
const SAMPLE: usize = 4000;

impl Extractor {
    /// The outlet of a report; where nothing beside the text says it, the one that the head of the
    /// text names.
    pub(super) fn outlet<'a>(&'a self, report: &'a Report) -> &'a str {
        if !report.source.is_empty() {
            return &report.source;
        }
        let lines = report.text.lines().filter(|line| !line.trim().is_empty());
        let parts = lines
            .take(OUTLET_LINES)
            .flat_map(|line| line.split(['-', '–', '—', '|', '/', ':', '(', ')']));
        // One word alone may be an ordinary word: "the source", "the cities".
        let named = parts
            .map(str::trim)
            .filter(|part| part.len() <= LONGEST_OUTLET && part.contains(' '))
            .find_map(|part| self.sources.find(part));
        named.map_or("", |source| &source.name_en)
    }

    /// Who speaks in a report: its outlet.
    pub(super) fn claimant(&self, report: &Report, outlet: &str) -> Claimant {
        // Reports without a source are so many unnamed voices, not one.
        let name = if outlet.is_empty() {
            &report.id
        } else {
            outlet
        };
        self.sources.claimant(name, &self.actors)
    }

    /// The party whose own media published a report, by the table of sources or by its name in that
    /// of the outlet ("SDF press office").
    pub(super) fn own_side(&self, outlet: &str, language: &Language) -> Option<ActorId> {
        let claimant = self.sources.claimant(outlet, &self.actors);
        let known = claimant.leaning.filter(|_| {
            matches!(
                claimant.kind,
                ClaimantKind::ActorMedia | ClaimantKind::StateMedia
            )
        });
        known.or_else(|| {
            let items = self.annotate(&Text::new(outlet), language);
            // "The press office of the forces": of which, the text may tell.
            let is_open = |alias: &Alias| alias.kind == AliasKind::Bare;
            let of = |item: &Item| {
                let aliases = item.actors();
                let is_stateless = aliases.iter().any(|alias| alias.home.is_none());
                let may_differ = aliases.len() > 1 && is_stateless && aliases.iter().all(is_open);
                aliases
                    .first()
                    .filter(|_| !may_differ)
                    .map(|alias| alias.actor)
            };
            items.iter().find_map(of)
        })
    }

    /// The language of a report: as it says, else the one whose script most of its letters are in.
    pub(super) fn language(&self, report: &Report, text: &Text) -> &Language {
        let named = report.language.as_deref().and_then(|code| {
            self.languages
                .iter()
                .find(|language| language.lexicon.language() == code)
        });
        named.unwrap_or_else(|| {
            let (latin, other) = letters(text.original());
            let script = if latin > other { "Latn" } else { "Arab" };
            self.languages
                .iter()
                .find(|language| language.lexicon.script() == script)
                .unwrap_or(&self.languages[0])
        })
    }
}

/// How many letters at the head of a text are plain Latin ones, and how many are not ASCII.
fn letters(text: &str) -> (usize, usize) {
    let head = crate::text::head(text, SAMPLE).as_bytes();
    let latin = crate::text::count(head, |byte| byte.is_ascii_alphabetic());
    // What is not ASCII begins with a byte of this kind.
    (latin, crate::text::count(head, |byte| byte >= 0xC0))
}
