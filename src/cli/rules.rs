//! `khatt rules`: are words and rules sound, and what does a changed data folder read otherwise?

use std::fmt::Write;

use khatt::Result;
use khatt::check::{self, change};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::output::words;

use super::Outcome;
use super::args::{Common, RulesCheckArgs, RulesHintsArgs};
use super::atlas::data_folder;
use super::console::Console;
use super::inputs::Inputs;

pub(crate) fn check(args: &RulesCheckArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let data = data_folder(common);
    let extractor = Extractor::load(&data)?;
    let problems = check::problems(&extractor);
    let mut text = counts(&extractor);
    for problem in &problems {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "problem: {problem}");
    }
    let mut outcome = if problems.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    };
    let against = args.against.clone();
    let against = against.map_or(DataFolder::Bundled, DataFolder::Folder);
    if against != data || !args.inputs.is_empty() {
        let mut inputs = Inputs::read(&[], common, console)?;
        if !args.inputs.is_empty() {
            let given = Inputs::read(&args.inputs, common, console)?;
            if !given.problems.is_empty() && outcome == Outcome::Done {
                outcome = Outcome::SomeUnread;
            }
            inputs.reports.extend(given.reports);
        }
        let old = Extractor::load(&against)?;
        let side = |data, extractor| change::Side { data, extractor };
        let reports = &inputs.reports;
        let change = change::between(side(&against, &old), side(&data, &extractor), reports)?;
        text += &told(&change, reports.len());
    }
    console.print_text(&text)?;
    Ok(outcome)
}

/// `khatt rules hints`: a line for each place and party of each report.
pub(crate) fn hints(args: &RulesHintsArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let extractor = Extractor::load(&data_folder(common))?;
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let mut text = String::new();
    for report in &inputs.reports {
        for hinted in extractor.hints(report) {
            let point = extractor.gazetteer.point(hinted.place);
            let line = serde_json::json!({
                "report": report.id,
                "place": extractor.gazetteer.place(hinted.place).id,
                "lat": point.y(),
                "lon": point.x(),
                "actor": extractor.actors.actor(hinted.party).id,
                "hints": hinted.hints,
            });
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{line}");
        }
    }
    console.print_text(&text)?;
    Ok(Outcome::with_problems(!inputs.problems.is_empty()))
}

/// How many rules and examples there are.
fn counts(extractor: &Extractor) -> String {
    extractor
        .rules()
        .map(|(language, rules)| {
            let examples: usize = rules.iter().map(|rule| rule.examples.len()).sum();
            format!("{language}: {} rules, {examples} examples\n", rules.len())
        })
        .collect()
}

/// A change for people.
fn told(change: &change::Change, reports: usize) -> String {
    if change.is_none() {
        return format!("nothing changed over {reports} reports\n");
    }
    let mut text = String::new();
    let lists = [
        ("rule added", &change.rules_added),
        ("rule removed", &change.rules_removed),
        ("rule changed", &change.rules_changed),
        ("word added", &change.words_added),
        ("word removed", &change.words_removed),
    ];
    for (what, list) in lists {
        for entry in list {
            let _ = writeln!(text, "{what}: {entry}");
        }
    }
    let claims = [
        ("claim gained", &change.claims_gained),
        ("claim lost", &change.claims_lost),
    ];
    for (what, lines) in claims {
        for line in lines {
            let quote = words::isolated(&line.quote);
            let _ = writeln!(
                text,
                "{what}: {}: {} by {}\n    {quote}",
                line.report, line.claim, line.rule
            );
        }
    }
    let _ = writeln!(
        text,
        "over {reports} reports {} claims gained, {} lost",
        change.claims_gained.len(),
        change.claims_lost.len()
    );
    text
}
