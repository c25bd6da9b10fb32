//! The command line: arguments to options, options to the calls of the library.

mod animate;
mod args;
mod atlas;
mod bounds;
pub(crate) mod console;
mod diff;
mod explain;
mod extract;
mod fetch;
mod inputs;
mod lines;
mod lock;
mod map;
mod parallel;
mod pictures;
mod places;
mod places_import;
mod reading;
mod region;
mod restart;
mod review;
mod rules;
mod serve;
mod sink;
mod site;
mod stream;
mod survey;
mod watch;

use std::process::ExitCode;

use clap::CommandFactory;
use khatt::Result;

use self::args::{Cli, Command, PlacesCommand, RegionCommand, RulesCommand};
use self::console::Console;

/// How a command that was carried out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// Nothing came of it.
    Failed,
    /// The command line makes no sense.
    Usage,
    /// It is done, but some inputs could not be read.
    SomeUnread,
}

impl Outcome {
    /// Done, whether or not every input could be read.
    pub(crate) fn with_problems(has_problems: bool) -> Self {
        if has_problems {
            Self::SomeUnread
        } else {
            Self::Done
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            Outcome::Usage => 2,
            Outcome::SomeUnread => 3,
        })
    }
}

/// Carries out what the arguments of the process ask for.
///
/// # Errors
///
/// Whatever stops the command; what concerns one input only is printed and does not.
pub(crate) fn run() -> Result<Outcome> {
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(answer) => {
            // Also help and version come this way; a closed pipe is no reason to complain.
            let _ = answer.print();
            let is_answer = !answer.use_stderr();
            return Ok(if is_answer {
                Outcome::Done
            } else {
                Outcome::Usage
            });
        }
    };
    let console = Console::new(&cli.common);
    match cli.command.unwrap_or(Command::Map(cli.map)) {
        Command::Map(args) => map::run(&args, &cli.common, &console),
        Command::Extract(args) => extract::run(&args, &cli.common, &console),
        Command::Diff(args) => diff::run(&args, &cli.common, &console),
        Command::Explain(args) => explain::run(&args, &cli.common, &console),
        Command::Fetch(args) => fetch::run(&args, &cli.common, &console),
        Command::Rules { command } => match command {
            RulesCommand::Check(args) => rules::check(&args, &cli.common, &console),
            RulesCommand::Hints(args) => rules::hints(&args, &cli.common, &console),
        },
        Command::Places(args) => match args.command {
            Some(PlacesCommand::Import(import)) => places_import::run(&import, &console),
            None => places::run(&args, &cli.common, &console),
        },
        Command::Region {
            command: RegionCommand::New(args),
        } => region::new(&args, &console),
        Command::Review(args) => review::run(&args, &cli.common, &console),
        Command::Site(args) => site::run(&args, &cli.common, &console),
        Command::Serve(args) => serve::run(&args, &cli.common, &console),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "khatt", &mut script);
            console.print(&script)?;
            Ok(Outcome::Done)
        }
        Command::Man => {
            console.print(&args::manual()?)?;
            Ok(Outcome::Done)
        }
    }
}
