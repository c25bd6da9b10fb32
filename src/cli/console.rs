//! What a person sees: results on standard output, everything else on standard error.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use khatt::error::in_one_line;
use khatt::output::inert;
use khatt::{Error, Result};

use super::args::Common;

/// Fewer steps than this are done before a bar can be read.
const LONG_WORK: usize = 12;
/// More problems than this are counted, not listed.
const MOST_LISTED: usize = 20;

/// How much to say, and whether colours are seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Console {
    is_quiet: bool,
    is_verbose: bool,
    /// True when standard output shows colours.
    pub(crate) has_color: bool,
}

impl Console {
    pub(crate) fn new(options: &Common) -> Self {
        Self {
            is_quiet: options.quiet,
            is_verbose: options.verbose,
            has_color: wants_color() && std::io::stdout().is_terminal(),
        }
    }

    /// Writes a result to standard output. A reader that has seen enough and closed the pipe is
    /// no error.
    pub(crate) fn print(&self, bytes: &[u8]) -> Result<()> {
        self.print_on(bytes).map(|_| ())
    }

    /// Writes a result that is to be read to standard output: nothing in it is obeyed by a
    /// terminal.
    pub(crate) fn print_text(&self, text: &str) -> Result<()> {
        self.print(inert::lines(text, false).as_bytes())
    }

    /// As [`Console::print`]; false when nobody reads any more.
    pub(crate) fn print_on(&self, bytes: &[u8]) -> Result<bool> {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
            Err(e) => Err(Error::write(Path::new("standard output"), e)),
        }
    }

    /// A line that `--quiet` silences.
    pub(crate) fn say(&self, line: &str) {
        if !self.is_quiet {
            to_stderr(&inert::line(line));
        }
    }

    /// A line that only `--verbose` shows.
    pub(crate) fn note(&self, line: &str) {
        if self.is_verbose {
            to_stderr(&inert::line(line));
        }
    }

    /// Something that the user should know and that stops nothing.
    pub(crate) fn warn(&self, line: &str) {
        to_stderr(&format!(
            "{} {}",
            heading("warning:", "33"),
            inert::line(line)
        ));
    }

    /// What could not be read, one line each.
    pub(crate) fn list_problems(&self, problems: &[Error]) {
        self.list_more(problems, 0);
        self.count_unlisted(problems.len());
    }

    /// As [`Console::list_problems`], when `before` have come already.
    pub(crate) fn list_more(&self, problems: &[Error], before: usize) {
        let most = self.most_listed().saturating_sub(before);
        for problem in problems.iter().take(most) {
            print_error(problem);
        }
    }

    fn most_listed(&self) -> usize {
        if self.is_verbose {
            usize::MAX
        } else {
            MOST_LISTED
        }
    }

    /// Says how many of all problems were not listed.
    pub(crate) fn count_unlisted(&self, problems: usize) {
        let most = self.most_listed();
        if problems > most {
            let rest = problems - most;
            self.warn(&format!(
                "{rest} more problems of this kind; --verbose lists all"
            ));
        }
    }

    /// A bar for long work; none for short work, without a terminal, or with `--quiet`.
    pub(crate) fn progress(&self, steps: usize, what: &'static str) -> ProgressBar {
        if self.is_quiet || steps < LONG_WORK || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// A bar for work whose length is in bytes, unknown when zero.
const BYTES: &str = "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
const BYTES_WITHOUT_END: &str = "{msg} {bytes} {bytes_per_sec}";

/// Inputs shorter than this are read before a bar can be.
const LONG_INPUT: u64 = 20_000_000;

impl Console {
    /// A bar that counts bytes, of `length` in all or of nobody knows how many.
    pub(crate) fn byte_progress(&self, length: Option<u64>, what: &'static str) -> ProgressBar {
        let is_short = length.is_some_and(|length| length < LONG_INPUT);
        if self.is_quiet || is_short || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        let template = if length.is_some() {
            BYTES
        } else {
            BYTES_WITHOUT_END
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// An error with its causes, in one line on standard error.
pub(crate) fn print_error(error: &Error) {
    to_stderr(&format!(
        "{} {}",
        heading("error:", "31"),
        inert::line(&in_one_line(error))
    ));
}

fn wants_color() -> bool {
    // https://no-color.org: any value but an empty one.
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn heading(word: &str, code: &str) -> String {
    if wants_color() && std::io::stderr().is_terminal() {
        format!("\u{1b}[1;{code}m{word}\u{1b}[0m")
    } else {
        word.to_owned()
    }
}

/// Nobody can be told that standard error is closed.
fn to_stderr(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
