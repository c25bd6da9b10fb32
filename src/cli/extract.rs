//! `khatt extract`: what was read in each report.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil::Date;
use khatt::claim::Claim;
use khatt::columns::ClaimTable;
use khatt::extract::{Extraction, Extractor, Mention, Resolution, SetAside};
use khatt::output::{inert, jsonl, words};
use khatt::report::{ReadReports, Report};
use khatt::text::Span;
use khatt::{Error, Result};

use super::args::{Common, ExtractArgs, Format};
use super::atlas::{Atlas, data_folder};
use super::console::Console;
use super::inputs::{Inputs, nothing_read};
use super::restart::Position;
use super::sink::{Output, Sink};
use super::stream::{Job, Jobs, Work};
use super::survey::{Source, Survey};
use super::{Outcome, parallel};

pub(crate) fn run(args: &ExtractArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let survey = Survey::of(&args.inputs, common, console)?;
    let atlas = Atlas::load(&data_folder(common), &survey.corrections)?;
    let (mut sink, mut progress) = Sink::open(args, task(args, common, &survey), console)?;
    if progress.reports > 0 {
        console.say(&format!("going on behind {} reports", progress.reports));
    }
    let jobs = Jobs::new(survey.sources, progress.position);
    let bar = console.byte_progress(jobs.length(), "reading");
    let count = Arc::clone(&jobs.count);
    let reader = Reader {
        args,
        common,
        console,
        atlas: &atlas,
    };
    parallel::stream(
        jobs,
        |job| reader.read(job),
        |done: Done| {
            bar.set_position(count.load(Ordering::Relaxed));
            for table in done.tables.iter().filter(|_| !args.inputs.is_empty()) {
                console.note(&format!(
                    "{table}: a table of claims; there is nothing to extract"
                ));
            }
            bar.suspend(|| console.list_more(&done.problems, progress.problems));
            progress.position = done.end;
            progress.reports += done.reports;
            progress.tables += done.tables.len();
            progress.problems += done.problems.len();
            sink.take(done.output, progress)
        },
    )?;
    bar.finish_and_clear();
    console.count_unlisted(progress.problems);
    if progress.reports + progress.tables == 0 {
        return Err(nothing_read(&args.inputs));
    }
    sink.finish(progress)?;
    Ok(Outcome::with_problems(progress.problems > 0))
}

/// What a run is asked for, so that another does not go on with its file: arguments, and what the
/// files are like.
fn task(args: &ExtractArgs, common: &Common, survey: &Survey) -> String {
    let look = |source: &Source| match source {
        Source::File(file, _) => {
            let data = std::fs::metadata(file).ok();
            let changed = data.as_ref().and_then(|data| data.modified().ok());
            format!("{file:?} {:?} {changed:?}", data.map(|data| data.len()))
        }
        other => format!("{other:?}"),
    };
    let sources: Vec<String> = survey.sources.iter().map(look).collect();
    let (format, data, corrections) = (args.format, &common.data, &survey.corrections);
    let version = env!("CARGO_PKG_VERSION");
    format!("{version} {format:?} {data:?} {corrections:?} {sources:?}")
}

/// What one job came to.
struct Done {
    output: Output,
    problems: Vec<Error>,
    tables: Vec<String>,
    reports: usize,
    end: Position,
}

/// Does a job.
struct Reader<'a> {
    args: &'a ExtractArgs,
    common: &'a Common,
    console: &'a Console,
    atlas: &'a Atlas,
}

impl Reader<'_> {
    fn read(&self, job: Job) -> Done {
        let mut inputs = Inputs::default();
        let mut tables = Vec::new();
        match job.work {
            Work::Lines(batch) => {
                let mut read = ReadReports::default();
                read.add_lines(&batch.bytes[..], &batch.name, batch.first);
                inputs.reports = read.reports;
                inputs.problems = read.problems;
                inputs.problems.extend(batch.problems);
            }
            Work::Rows(rows) => {
                inputs.reports = rows.reports;
                inputs.problems = rows.problems;
            }
            Work::Whole(source) => inputs.add(source, self.common),
            Work::Claims(name) => tables.push(name),
        }
        tables.extend(inputs.tables.into_iter().map(|table| table.name));
        self.atlas.ledger.date(&mut inputs.reports);
        Done {
            output: self.output(&inputs.reports),
            problems: inputs.problems,
            tables,
            reports: inputs.reports.len(),
            end: job.end,
        }
    }

    fn output(&self, reports: &[Report]) -> Output {
        let extractor = &self.atlas.extractor;
        let read = reports.iter().map(|report| {
            let extraction = decided(extractor.extract(report), report, self.atlas);
            (report, extraction)
        });
        let mut out = Vec::new();
        match self.args.format {
            Format::Parquet => {
                let mut claims = ClaimTable::default();
                read.for_each(|(report, found)| claims.add(report, &found, extractor));
                return Output::Claims(claims);
            }
            Format::Jsonl => read.for_each(|(report, found)| {
                jsonl::write(&mut out, report, &found, extractor);
                out.push(b'\n');
            }),
            Format::Text => read.for_each(|(report, found)| {
                let sheet = Sheet::of(report, extractor, self.console);
                let text = inert::lines(&sheet.text(&found), sheet.has_color);
                out.extend(text.as_bytes());
            }),
        }
        Output::Text(out)
    }
}

/// The extraction with what people decided; a rejected claim is set aside.
fn decided(mut extraction: Extraction, report: &Report, atlas: &Atlas) -> Extraction {
    let extractor = &atlas.extractor;
    let claims = std::mem::take(&mut extraction.claims);
    let applied = atlas
        .ledger
        .apply(claims, &extractor.gazetteer, &extractor.actors);
    extraction.claims = applied.claims;
    let set_aside = applied.rejected.into_iter().map(|claim| SetAside {
        span: bytes(&report.text, claim.quote.start, claim.quote.end),
        reason: claim
            .decision
            .as_ref()
            .map(words::decided)
            .unwrap_or_default(),
        rule: claim.rule,
        place: claim.place,
        actor: claim.actor,
    });
    extraction.set_aside.extend(set_aside);
    extraction
}

/// The bytes of a span of code points.
fn bytes(text: &str, start: usize, end: usize) -> Span {
    let offset = |point: usize| {
        let at = text.char_indices().nth(point);
        at.map_or(text.len(), |(byte, _)| byte)
    };
    Span {
        start: offset(start),
        end: offset(end),
    }
}

/// Writes what was read in one report for people.
struct Sheet<'a> {
    report: &'a Report,
    extractor: &'a Extractor,
    has_color: bool,
}

impl<'a> Sheet<'a> {
    fn of(report: &'a Report, extractor: &'a Extractor, console: &Console) -> Self {
        Self {
            report,
            extractor,
            has_color: console.has_color,
        }
    }

    fn text(&self, extraction: &Extraction) -> String {
        let mut text = self.head(extraction);
        self.mentions(&mut text, &extraction.mentions);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {} claims", extraction.claims.len());
        // Claims from the same words stand next to each other; the words are said once.
        for of_same_words in extraction.claims.chunk_by(|a, b| a.quote == b.quote) {
            for claim in of_same_words {
                self.claim(&mut text, claim);
            }
            let quote = one_line(&of_same_words[0].quote.text);
            let _ = writeln!(text, "        {}", words::isolated(&quote));
        }
        let _ = writeln!(text, "  {} set aside", extraction.set_aside.len());
        let is_same = |a: &SetAside, b: &SetAside| a.span == b.span && a.reason == b.reason;
        for of_same_words in extraction.set_aside.chunk_by(is_same) {
            let aside = &of_same_words[0];
            let quote = one_line(&self.report.text[aside.span.start..aside.span.end]);
            let _ = writeln!(text, "    {}: {}", aside.reason, words::isolated(&quote));
        }
        text.push('\n');
        text
    }

    fn head(&self, extraction: &Extraction) -> String {
        let published = match extraction.published {
            Some((date, basis)) => {
                format!("published {date} ({})", format!("{basis:?}").to_lowercase())
            }
            None => "no date of publication found".to_owned(),
        };
        let source = match self.report.source.as_str() {
            "" => "no source given".to_owned(),
            source => words::isolated(source),
        };
        let id = self.bold(&words::isolated(&self.report.id));
        format!("{id} · {source} · {} · {published}\n", extraction.language)
    }

    /// Each name once, with how often it stands in the text.
    fn mentions(&self, text: &mut String, mentions: &[Mention]) {
        let mut order: Vec<(&str, &Mention)> = Vec::new();
        let mut counts: BTreeMap<(&str, Option<_>), usize> = BTreeMap::new();
        for mention in mentions {
            let surface = &self.report.text[mention.span.start..mention.span.end];
            let count = counts.entry((surface, mention.place)).or_default();
            *count += 1;
            if *count == 1 {
                order.push((surface, mention));
            }
        }
        let _ = writeln!(text, "  {} places named", mentions.len());
        for (surface, mention) in order {
            let times = match counts[&(surface, mention.place)] {
                1 => String::new(),
                times => format!(" ({times} times)"),
            };
            let _ = writeln!(
                text,
                "    {}{times} → {}",
                words::isolated(&one_line(surface)),
                self.meaning(mention)
            );
        }
    }

    fn meaning(&self, mention: &Mention) -> String {
        let Some(place) = mention.place else {
            return "in no gazetteer".to_owned();
        };
        let place = self.extractor.gazetteer.place(place);
        let doubt = match mention.resolution {
            Resolution::Ambiguous => format!(", one of {}", mention.candidates.len()),
            _ => String::new(),
        };
        let read_as = mention.read_as.as_ref();
        let read_as = read_as.map(|name| format!(", read as {}", words::isolated(name)));
        format!(
            "{} ({}, {}{doubt}{}), {:.2}",
            place.name_en,
            place.id,
            place.kind.as_str(),
            read_as.unwrap_or_default(),
            mention.confidence
        )
    }

    fn claim(&self, text: &mut String, claim: &Claim) {
        let place = claim.place.map_or("the pocket", |place| {
            self.extractor.gazetteer.place(place).name_en
        });
        let only = if claim.exclusive {
            ", nothing else"
        } else {
            ""
        };
        let said = words::statement(claim, &self.extractor.actors);
        let _ = writeln!(
            text,
            "    {} · {} · {} · {:.2} by {}",
            self.bold(&format!("{place}: {said}{only}")),
            day(claim.date),
            words::isolated(&claim.claimant.name),
            claim.confidence,
            claim.rule,
        );
    }

    fn bold(&self, text: &str) -> String {
        if self.has_color {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "no day".to_owned(), |date| date.to_string())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
