//! `khatt fetch`: pages and feeds to report files.

use std::path::Path;
use std::time::Duration;

use khatt::fetch::{Fetcher, Limits, addresses};
use khatt::{Error, Result};

use super::Outcome;
use super::args::{Common, FetchArgs};
use super::bounds;
use super::console::Console;
use super::lock;
use super::map::prepare;

pub(crate) fn run(args: &FetchArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let all = listed(&args.sources)?;
    let limits = Limits {
        timeout: Duration::from_secs(args.timeout.into()),
        delay: Duration::from_secs_f32(args.delay),
        ..Limits::default()
    };
    prepare(&args.into)?;
    let _lock = lock::folder(&args.into, "--into")?;
    let mut fetcher = Fetcher::new(&args.into, limits, common.allow_private)?;
    let bar = console.progress(all.len(), "fetching");
    for address in &all {
        console.note(&format!("fetching {address}"));
        fetcher.add(address)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let tally = fetcher.tally;
    console.list_problems(&tally.problems);
    let failed = tally.problems.len();
    console.say(&format!(
        "{} new, {} changed, {} as before, {failed} not fetched; in {}",
        tally.new,
        tally.changed,
        tally.same,
        args.into.display()
    ));
    Ok(match (failed, tally.new + tally.changed + tally.same) {
        (0, _) => Outcome::Done,
        (_, 0) => Outcome::Failed,
        _ => Outcome::SomeUnread,
    })
}

/// The addresses that the arguments name, those of lists among them.
fn listed(sources: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for source in sources {
        if source.contains("://") {
            all.push(source.clone());
            continue;
        }
        let text = bounds::read_by_hand(Path::new(source))?;
        all.extend(addresses(&text));
    }
    if all.is_empty() {
        let problem = "no address in it; write one a line";
        return Err(Error::argument(sources.join(" "), problem));
    }
    Ok(all)
}
