//! Inputs to a timeline: reports are read, tables are added, and all that is unused is kept.

use std::collections::BTreeSet;

use jiff::civil::Date;
use khatt::Result;
use khatt::claim::Claim;
use khatt::claims_table::{ClaimsTable, Lookup};
use khatt::copies;
use khatt::output::unused::{self, Unused};
use khatt::report::Report;
use khatt::timeline::Timeline;

use super::atlas::Atlas;
use super::console::Console;
use super::inputs::{Inputs, TableText};
use super::parallel;

/// What the inputs say, in order of time.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) timeline: Timeline,
    /// Days of publication of the reports.
    pub(crate) published: BTreeSet<Date>,
    /// Number of reports that were read, each once.
    pub(crate) reports: usize,
    /// What is on no map, in order.
    pub(crate) unused: Vec<Unused>,
    /// Claims that a person rejected.
    pub(crate) rejected: Vec<Claim>,
    /// True when something of the inputs could not be read.
    pub(crate) has_problems: bool,
}

impl Reading {
    /// Reads inputs. Their order changes nothing, and what is given twice counts once.
    ///
    /// # Errors
    ///
    /// When nothing could be read at all.
    pub(crate) fn of(mut inputs: Inputs, atlas: &Atlas, console: &Console) -> Result<Self> {
        let mut has_problems = !inputs.problems.is_empty();
        atlas.ledger.date(&mut inputs.reports);
        let ids: BTreeSet<String> = inputs.reports.iter().map(|r| r.id.clone()).collect();
        let reports = once_each(inputs.reports);
        let mut claims = Vec::new();
        let mut found = Self::empty(atlas);
        found.reports = reports.len();
        found.read_reports(&reports, &mut claims, atlas, console);
        for table in tables_once_each(inputs.tables) {
            has_problems |= !found.read_table(&table, &mut claims, atlas, console)?;
        }
        let claims = found.decide(claims, &ids, atlas, console);
        found.unused.sort();
        found.has_problems = has_problems;
        found.timeline = timeline(claims, atlas);
        Ok(found)
    }

    /// Applies what people decided; the claims that still count.
    fn decide(
        &mut self,
        claims: Vec<Claim>,
        report_ids: &BTreeSet<String>,
        atlas: &Atlas,
        console: &Console,
    ) -> Vec<Claim> {
        let extractor = &atlas.extractor;
        let (places, actors) = (&extractor.gazetteer, &extractor.actors);
        let applied = atlas.ledger.apply(claims, places, actors);
        let stale = atlas.ledger.stale(report_ids, &applied);
        for stale in &stale {
            console.warn(&format!(
                "{}:{}: the correction of `{}` has no effect: {}",
                stale.file, stale.line, stale.what, stale.why
            ));
        }
        self.unused.extend(unused::of_stale(&stale));
        self.unused
            .extend(unused::of_rejected(&applied.rejected, extractor));
        self.rejected = applied.rejected;
        applied.claims
    }

    fn empty(atlas: &Atlas) -> Self {
        Self {
            timeline: timeline(Vec::new(), atlas),
            published: BTreeSet::new(),
            reports: 0,
            unused: Vec::new(),
            rejected: Vec::new(),
            has_problems: false,
        }
    }

    fn read_reports(
        &mut self,
        reports: &[Report],
        claims: &mut Vec<Claim>,
        atlas: &Atlas,
        console: &Console,
    ) {
        let bar = console.progress(reports.len() / 100, "reading");
        let extractor = &atlas.extractor;
        let found = parallel::map(reports, |report| {
            let extraction = extractor.extract(report);
            bar.inc(1);
            extraction
        });
        bar.finish_and_clear();
        let published: Vec<Option<Date>> = found
            .iter()
            .map(|f| f.published.map(|(date, _)| date))
            .collect();
        let originals = copies::of_reports(reports, &published, atlas.weighing.copies());
        note_copies(reports, &originals, console);
        let mut undated = Vec::new();
        for ((report, mut extraction), original) in reports.iter().zip(found).zip(originals) {
            for claim in &mut extraction.claims {
                claim.origin.copy_of.clone_from(&original);
            }
            match extraction.published {
                Some((date, _)) => {
                    self.published.insert(date);
                }
                None => undated.push(report.id.as_str()),
            }
            self.unused
                .extend(unused::of_report(report, &extraction, extractor));
            claims.extend(extraction.claims);
        }
        if !undated.is_empty() {
            console.warn(&format!(
                "no date of publication found, write `published: YYYY-MM-DD` at their head: {}",
                undated.join(", ")
            ));
        }
    }

    /// Adds a table; false when some of its rows, or the whole of it, could not be read.
    fn read_table(
        &mut self,
        text: &TableText,
        claims: &mut Vec<Claim>,
        atlas: &Atlas,
        console: &Console,
    ) -> Result<bool> {
        let extractor = &atlas.extractor;
        let lookup = Lookup {
            gazetteer: &extractor.gazetteer,
            actors: &extractor.actors,
            sources: &extractor.sources,
            resolve: &|name| extractor.place_named(name),
        };
        let table = match ClaimsTable::parse(&text.text, &text.name, text.format(), &lookup) {
            Ok(table) => table,
            Err(problem) => {
                console.list_problems(&[problem]);
                return Ok(false);
            }
        };
        console.list_problems(&table.problems);
        if !table.unknown_claimants.is_empty() {
            let names: Vec<&str> = table.unknown_claimants.iter().map(String::as_str).collect();
            console.note(&format!(
                "{}: claimants that are in no table of sources count as unnamed voices: {}",
                text.name,
                names.join("; ")
            ));
        }
        self.unused.extend(unused::of_table(&table));
        let is_whole = table.problems.is_empty();
        claims.extend(table.claims);
        Ok(is_whole)
    }
}

/// Says which reports repeat earlier ones.
fn note_copies(reports: &[Report], originals: &[Option<String>], console: &Console) {
    for (report, original) in reports.iter().zip(originals) {
        if let Some(original) = original {
            console.note(&format!("{} repeats {original}", report.id));
        }
    }
}

fn timeline(claims: Vec<Claim>, atlas: &Atlas) -> Timeline {
    let extractor = &atlas.extractor;
    Timeline::new(
        claims,
        &extractor.gazetteer,
        &extractor.actors,
        &atlas.region,
        &atlas.weighing,
    )
}

/// Reports in an order of their own, and each once: a text of one source and day that was saved
/// under two names is one report.
fn once_each(mut reports: Vec<Report>) -> Vec<Report> {
    let day = |report: &Report| report.published.map(|(date, _)| date);
    reports.sort_by(|a, b| {
        let key = |r: &Report| (day(r), r.id.clone(), r.source.clone());
        key(a).cmp(&key(b)).then_with(|| a.text.cmp(&b.text))
    });
    let mut seen = BTreeSet::new();
    reports.retain(|r| seen.insert((day(r), r.source.clone(), r.text.clone())));
    reports
}

fn tables_once_each(mut tables: Vec<TableText>) -> Vec<TableText> {
    tables.sort();
    let mut seen = BTreeSet::new();
    tables.retain(|table| seen.insert(table.text.clone()));
    tables
}
