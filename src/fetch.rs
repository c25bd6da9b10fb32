//! Addresses and feeds to reports, carefully: a list of addresses may come from anybody, so none
//! of them may reach into the reader's own network, hang, or fill the memory; and a site is asked
//! no more often than it bears.

mod address;
mod client;
mod feed;
mod robots;
mod store;

use std::collections::BTreeSet;
use std::path::Path;

use crate::claim::DateBasis;
use crate::error::{Error, Result};
use crate::page::{Page, decode};
use crate::report::Report;

pub use client::Limits;
use client::{Answer, Fetched, Validators, Visitor};
use feed::Entry;
use store::{Kept, Record, Store};

/// Fetches the article at an `http` or `https` address.
///
/// Only public addresses are reached, after every redirect again, unless `allow_private`.
///
/// # Errors
///
/// [`Error::Fetch`] when the address is refused, does not answer, or answers with something that
/// is not a page; [`Error::Parse`] when the page has no article.
pub fn report(address: &str, allow_private: bool) -> Result<Report> {
    let fail = |problem: String| problem_with(address, problem);
    let mut visitor = Visitor::new(Limits::default(), allow_private);
    visitor.heeds_robots = false;
    match visitor.get(address, &Validators::default()).map_err(fail)? {
        Answer::New(fetched) => article(&fetched, &store::id_of(&fetched.url), address),
        Answer::Unchanged => Err(fail("the server sent nothing".to_owned())),
    }
}

/// Articles into a folder, one report a file.
#[derive(Debug)]
pub struct Fetcher {
    visitor: Visitor,
    store: Store,
    done: BTreeSet<String>,
    /// What came of it so far.
    pub tally: Tally,
}

/// How many articles came, and what did not.
#[derive(Debug, Default)]
pub struct Tally {
    /// Articles that were not in the folder.
    pub new: usize,
    /// Articles whose text, headline or date is another than last time.
    pub changed: usize,
    /// Articles that are as they were.
    pub same: usize,
    /// What could not be fetched.
    pub problems: Vec<Error>,
}

impl Fetcher {
    /// Opens a folder, which is made when it is missing.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when it cannot be made, [`Error::Parse`] when its list of earlier visits
    /// is broken.
    pub fn new(folder: &Path, limits: Limits, allow_private: bool) -> Result<Self> {
        Ok(Self {
            visitor: Visitor::new(limits, allow_private),
            store: Store::open(folder)?,
            done: BTreeSet::new(),
            tally: Tally::default(),
        })
    }

    /// Fetches a page, or every article of a feed. What cannot be fetched is counted in the
    /// tally and stops nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when a report cannot be written.
    pub fn add(&mut self, address: &str) -> Result<()> {
        let entries = self.visit(address, None)?;
        for entry in entries {
            // A feed of feeds would never end.
            let inner = self.visit(&entry.url, Some(&entry))?;
            if !inner.is_empty() {
                let problem = "a feed inside a feed; give its address itself".to_owned();
                self.tally.problems.push(problem_with(&entry.url, problem));
            }
        }
        self.store.save()
    }

    /// Fetches one address, once; the articles when it is a feed.
    fn visit(&mut self, address: &str, entry: Option<&Entry>) -> Result<Vec<Entry>> {
        if !self.done.insert(address.to_owned()) {
            return Ok(Vec::new());
        }
        let known = self.store.record(address);
        match self.visitor.get(address, &known.validators) {
            Ok(Answer::Unchanged) => {
                self.tally.same += usize::from(known.entries.is_none());
                Ok(known.entries.unwrap_or_default())
            }
            Ok(Answer::New(fetched)) if feed::is_feed(&fetched) => {
                self.take_feed(address, &fetched)
            }
            Ok(Answer::New(fetched)) => self.take_page(address, &fetched, entry),
            Err(problem) => {
                self.tally.problems.push(problem_with(address, problem));
                Ok(Vec::new())
            }
        }
    }

    fn take_feed(&mut self, address: &str, fetched: &Fetched) -> Result<Vec<Entry>> {
        match feed::entries(&fetched.url, &fetched.bytes) {
            Ok(entries) => {
                let record = Record {
                    validators: fetched.validators.clone(),
                    entries: Some(entries.clone()),
                };
                self.store.note(address, record);
                Ok(entries)
            }
            Err(problem) => {
                self.tally.problems.push(problem_with(address, problem));
                Ok(Vec::new())
            }
        }
    }

    fn take_page(
        &mut self,
        address: &str,
        fetched: &Fetched,
        entry: Option<&Entry>,
    ) -> Result<Vec<Entry>> {
        let mut report = match article(fetched, &store::name_of(address), address) {
            Ok(report) => report,
            Err(problem) => {
                self.tally.problems.push(problem);
                return Ok(Vec::new());
            }
        };
        if let Some(entry) = entry {
            let day = entry.published.map(|day| (day, DateBasis::Metadata));
            report.published = report.published.or(day);
            report.title = report.title.or_else(|| entry.title.clone());
        }
        match self.store.keep(address, &report, &fetched.bytes)? {
            Kept::New => self.tally.new += 1,
            Kept::Changed => self.tally.changed += 1,
            Kept::Same => self.tally.same += 1,
        }
        let record = Record {
            validators: fetched.validators.clone(),
            entries: None,
        };
        self.store.note(address, record);
        Ok(Vec::new())
    }
}

/// The addresses of the articles that a feed names: RSS, Atom or JSON Feed. Relative ones are
/// completed with the feed's own `address`.
///
/// # Errors
///
/// [`Error::Fetch`] when `address` is none, or the bytes are no feed.
pub fn articles(feed: &[u8], address: &str) -> Result<Vec<String>> {
    let fail = |problem: String| problem_with(address, problem);
    let url = reqwest::Url::parse(address).map_err(|e| fail(format!("not an address ({e})")))?;
    let entries = feed::entries(&url, feed).map_err(fail)?;
    Ok(entries.into_iter().map(|entry| entry.url).collect())
}

/// The addresses of a list: one a line; empty lines and those that begin with `#` are left out.
#[must_use]
pub fn addresses(list: &str) -> Vec<String> {
    let lines = list.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// The article of what was fetched.
fn article(fetched: &Fetched, id: &str, address: &str) -> Result<Report> {
    let charset = fetched.charset.as_deref();
    let mut report = match fetched.essence.as_str() {
        "text/plain" => Report {
            id: id.to_owned(),
            text: decode(&fetched.bytes, charset).into_owned(),
            ..Report::default()
        },
        "text/html" | "application/xhtml+xml" => Page {
            id,
            name: address,
            address: Some(fetched.url.as_str()),
            charset,
            bytes: &fetched.bytes,
        }
        .report()?,
        other => {
            let problem = format!("it is `{other}`, not a page; save its text as .txt");
            return Err(problem_with(address, problem));
        }
    };
    report.url = Some(fetched.url.to_string());
    if report.source.is_empty() {
        let host = fetched.url.host_str().unwrap_or_default();
        report.source = host.trim_start_matches("www.").to_owned();
    }
    Ok(report)
}

fn problem_with(address: &str, problem: String) -> Error {
    Error::Fetch {
        url: address.to_owned(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_hosts_and_other_schemes_are_refused() {
        for address in [
            "http://127.0.0.1:9/",
            "http://localhost:9/",
            "http://[::1]:9/",
            "http://0x7f000001/",
            "http://2130706433/",
            "http://127.1/",
            "http://[::ffff:10.0.0.1]/",
            "file:///etc/passwd",
        ] {
            assert!(report(address, false).is_err(), "{address}");
        }
    }

    #[test]
    fn a_list_has_one_address_a_line() {
        let list = "\u{feff}# sources\n\n http://a.example/1 \nhttp://a.example/2\r\n";
        assert_eq!(
            addresses(list),
            ["http://a.example/1", "http://a.example/2"]
        );
    }
}
