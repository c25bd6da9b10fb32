//! The program `khatt`: runs the command line, prints the error, sets the exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            cli::console::print_error(&error);
            cli::Outcome::Failed.into()
        }
    }
}
