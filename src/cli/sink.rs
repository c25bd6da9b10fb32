//! Where `khatt extract` puts what it read: the screen, a file of lines, a file of claims.

use khatt::columns::{ClaimTable, join, piece};
use khatt::{Error, Result};

use super::args::{ExtractArgs, Format};
use super::console::Console;
use super::restart::{Part, Progress};

/// What one job came to.
#[derive(Debug)]
pub(crate) enum Output {
    Text(Vec<u8>),
    Claims(ClaimTable),
}

/// Claims of a group of rows, or a few more: some five megabytes packed, thirty in memory. Groups
/// end with a job, so that a run that goes on makes the groups of one that was never stopped.
const GROUP: usize = 1 << 16;

/// Where outputs go, in their order.
pub(crate) enum Sink<'a> {
    Screen(&'a Console),
    Lines(Part),
    Claims { part: Part, pending: ClaimTable },
}

impl<'a> Sink<'a> {
    /// Opens what the arguments ask for, and tells how far a stopped run came.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, or Parquet is to be shown on a screen.
    pub(crate) fn open(
        args: &ExtractArgs,
        task: String,
        console: &'a Console,
    ) -> Result<(Self, Progress)> {
        let Some(file) = &args.out else {
            return match args.format {
                Format::Parquet => Err(Error::argument(
                    "--format parquet",
                    "is for a file; add --out FILE.parquet",
                )),
                _ => Ok((Self::Screen(console), Progress::default())),
            };
        };
        let (part, progress) = Part::open(file, task, args.resume)?;
        let sink = match args.format {
            Format::Parquet => Self::Claims {
                part,
                pending: ClaimTable::default(),
            },
            _ => Self::Lines(part),
        };
        Ok((sink, progress))
    }

    /// Takes what belongs to `progress`; false when nobody reads on.
    pub(crate) fn take(&mut self, output: Output, progress: Progress) -> Result<bool> {
        match (self, output) {
            (Self::Screen(console), Output::Text(text)) => return console.print_on(&text),
            (Self::Lines(part), Output::Text(text)) => part.add(&text, progress)?,
            (Self::Claims { part, pending }, Output::Claims(claims)) => {
                pending.append(claims);
                if pending.rows() >= GROUP {
                    flush(part, pending, progress)?;
                }
            }
            // Outputs are of the form that the sink was opened for.
            _ => {}
        }
        Ok(true)
    }

    /// Puts the whole in place.
    pub(crate) fn finish(self, progress: Progress) -> Result<()> {
        match self {
            Self::Screen(_) => Ok(()),
            Self::Lines(part) => part.finish(),
            Self::Claims {
                mut part,
                mut pending,
            } => {
                if pending.rows() > 0 {
                    flush(&mut part, &mut pending, progress)?;
                }
                part.finish_as(|pieces, out| join(pieces, out))
            }
        }
    }
}

fn flush(part: &mut Part, pending: &mut ClaimTable, progress: Progress) -> Result<()> {
    let group = std::mem::take(pending).into_parquet();
    let group = group.map_err(|e| Error::write(part.target(), e))?;
    part.add(&piece(&group), progress)
}
