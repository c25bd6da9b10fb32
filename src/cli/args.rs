//! What the command line understands.

mod picture;
mod value;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use geo::Rect;
use jiff::civil::Date;
use khatt::{Error, Result, render};

pub(crate) use picture::{ChangeFormat, DiffArgs, FileFormat, MapArgs};
use value::{day, extent, pair, seconds};

const EXAMPLES: &str = "\
Examples:
  khatt                                     the bundled example, into ./out
  khatt reports/                            every report below a folder, one map a report date
  khatt map reports/ --date 2019-02-01      one day
  khatt map claims.csv --all-dates          every day on which something was published
  khatt map --from 2018-12-01 --step 1w     one map a week
  khatt map --from 2018-12-01 --step 1m --sheet   the months side by side on one picture
  khatt extract --format jsonl reports/     what was read in each report, as JSON lines
  khatt explain Hajin --date 2018-12-14     the claims behind a colour
  khatt diff 2018-12-01 2019-01-20          what changed hands between two days
  khatt review reports/                     claims that are worth a person's look
  khatt site reports/ --out map.html        all days on one page for the browser
  khatt serve reports/                      the same, made anew when a report changes
  khatt places باغوز                        look up a name in the gazetteer

Exit codes:
  0  done
  1  failed; the reason is on standard error
  2  the command line makes no sense
  3  done, but some inputs could not be read; each is listed on standard error";

const INPUT_HELP: &str = "Files, folders or addresses; `-` reads JSON lines from standard input. \
A file is a report (.md, .txt, .html), many reports (.jsonl, .parquet) or a table of claims (.csv, \
.jsonl). Without any: the bundled example";

/// From written news reports to dated front-line maps.
#[derive(Debug, Parser)]
#[command(
    name = "khatt",
    version,
    about = "From written news reports to dated front-line maps: GeoJSON and PNG, with the words behind every colour",
    after_help = EXAMPLES
)]
pub(crate) struct Cli {
    /// What to do; `map` unless told otherwise.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Options of `map`, which need no command.
    #[command(flatten)]
    pub(crate) map: MapArgs,
    /// Options of every command.
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Draw the maps of one or more days (what khatt does without a command)
    #[command(after_help = "Example: khatt map reports/ claims.csv --date 2019-02-01 --out maps")]
    Map(MapArgs),
    /// Show the places and claims that were read in each report
    #[command(after_help = "Example: khatt extract --format jsonl reports/ > claims.jsonl")]
    Extract(ExtractArgs),
    /// Show what changed hands between two days
    #[command(after_help = "Example: khatt diff 2018-12-01 2019-01-20 --out maps")]
    Diff(DiffArgs),
    /// Show the claims behind the state of a place: source, date, words, weight
    #[command(after_help = "Example: khatt explain الباغوز --date 2019-02-16")]
    Explain(ExplainArgs),
    /// Fetch pages and the articles of feeds into a folder, one report a file
    #[command(
        after_help = "Example: khatt fetch https://example.org/feed.xml addresses.txt --into reports"
    )]
    Fetch(FetchArgs),
    /// List the claims and names that are worth a person's look, those of most effect first
    #[command(after_help = "Example: khatt review --format toml reports/ > corrections.toml")]
    Review(ReviewArgs),
    /// Write one page with the maps of all days, for any browser, without a network
    #[command(after_help = "Example: khatt site reports/ --out map.html")]
    Site(SiteArgs),
    /// Show that page on this computer, and make it anew whenever the inputs change
    #[command(
        after_help = "Example: khatt serve reports/ --port 8765\n\nOnly this computer can reach it. Ctrl-C ends it."
    )]
    Serve(ServeArgs),
    /// Look up names in the gazetteer, or import places into one
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Example: khatt places hajin"
    )]
    Places(PlacesArgs),
    /// Make a data folder for another front
    Region {
        /// What to do
        #[command(subcommand)]
        command: RegionCommand,
    },
    /// Check the words and rules of a data folder
    Rules {
        /// What to do with them
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Print a script that completes the arguments in a shell
    #[command(
        after_help = "Example: khatt completions bash > ~/.local/share/bash-completion/completions/khatt"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example: khatt man > ~/.local/share/man/man1/khatt.1")]
    Man,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Run every rule's examples, find what is unused or shadowed, and show what a change reads otherwise
    #[command(
        after_help = "Example: khatt rules check --data mydata reports/\n\nThe folder is compared with the bundled one, or that of --against, over the bundled reports and the inputs. Exit code 1 means that something is wrong with the words or rules."
    )]
    Check(RulesCheckArgs),
    /// Print what each report says of each party at each place, as JSON lines, to fit weights to
    #[command(after_help = "Example: khatt rules hints reports/ > hints.jsonl")]
    Hints(RulesHintsArgs),
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// A data folder in place of the bundled one
    #[arg(long, value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub(crate) data: Option<PathBuf>,
    /// A file of corrections, besides any `corrections.toml` or `.csv` that lies with the inputs;
    /// may be repeated
    #[arg(long, value_name = "FILE", global = true, help_heading = "Everywhere")]
    pub(crate) corrections: Vec<PathBuf>,
    /// Let addresses lead into private networks
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) allow_private: bool,
    /// Say nothing but warnings and errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
    /// Say more: what was passed over and why
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "quiet",
        help_heading = "Everywhere"
    )]
    pub(crate) verbose: bool,
}

/// Options of `khatt extract`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExtractArgs {
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// For people, one JSON object a report and line, or one row a claim
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write to this file in place of standard output; it appears when all is done
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Go on with a stopped run of the same arguments, from FILE.part and FILE.state
    #[arg(long, requires = "out")]
    pub(crate) resume: bool,
}

/// Options of `khatt explain`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExplainArgs {
    /// A name in Arabic or English, or an id of the gazetteer
    pub(crate) place: String,
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// The day, as 2018-11-27; without it the day of the newest report
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<Date>,
    /// Leave out what was published after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_by: Option<Date>,
}

/// Options of `khatt rules check`.
#[derive(Debug, Clone, Args)]
pub(crate) struct RulesCheckArgs {
    /// Further reports to compare over, beside the bundled ones
    #[arg(value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// The data folder to compare with; without it the bundled one
    #[arg(long, value_name = "DIR")]
    pub(crate) against: Option<PathBuf>,
}

/// Options of `khatt rules hints`.
#[derive(Debug, Clone, Args)]
pub(crate) struct RulesHintsArgs {
    /// Reports, or folders of them
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
}

/// Options of `khatt places`.
#[derive(Debug, Clone, Args)]
pub(crate) struct PlacesArgs {
    /// What to do besides looking up
    #[command(subcommand)]
    pub(crate) command: Option<PlacesCommand>,
    /// A name or part of one, in Arabic or English, or an id
    #[arg(required = true)]
    pub(crate) query: Option<String>,
}

/// What `khatt places` does besides looking up.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum PlacesCommand {
    /// Add places of another gazetteer to that of a data folder
    #[command(after_help = "Example: khatt places import SY.txt --format geonames --into manbij")]
    Import(ImportArgs),
}

/// Options of `khatt places import`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportArgs {
    /// The file with the places
    pub(crate) file: PathBuf,
    /// How it is written
    #[arg(long, value_enum)]
    pub(crate) format: PlacesFormat,
    /// The data folder whose gazetteer.csv they are added to
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
    /// Columns of the file for fields: name_en=COLUMN, lat=COLUMN ...
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = pair)]
    pub(crate) map: Vec<(String, String)>,
    /// Only places inside, in degrees; the frame of region.toml and half of it around, unless given
    #[arg(long, value_name = "W,S,E,N", value_parser = extent, allow_hyphen_values = true)]
    pub(crate) extent: Option<Rect<f64>>,
    /// All places, wherever they are
    #[arg(long, conflicts_with = "extent")]
    pub(crate) all: bool,
}

/// How a file of places is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PlacesFormat {
    /// A dump of GeoNames: 19 columns between tabs
    Geonames,
    /// OpenStreetMap as GeoJSON, or the JSON of Overpass
    Osm,
    /// A table in the manner of OCHA's common operational datasets
    Ocha,
    /// Any CSV with a header
    Csv,
}

impl From<PlacesFormat> for khatt::import::Format {
    fn from(format: PlacesFormat) -> Self {
        match format {
            PlacesFormat::Geonames => Self::Geonames,
            PlacesFormat::Osm => Self::Osm,
            PlacesFormat::Ocha => Self::Ocha,
            PlacesFormat::Csv => Self::Csv,
        }
    }
}

/// What `khatt region` does.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum RegionCommand {
    /// Make a data folder: frame, parties, an empty gazetteer, your base map
    #[command(
        after_help = "Example: khatt region new manbij --name Manbij --name-ar منبج --extent 37.6,36.3,38.3,36.8 --basemap rivers=rivers.geojson"
    )]
    New(RegionNewArgs),
}

/// Options of `khatt region new`.
#[derive(Debug, Clone, Args)]
pub(crate) struct RegionNewArgs {
    /// The folder to make
    pub(crate) dir: PathBuf,
    /// Name of the region in English
    #[arg(long)]
    pub(crate) name: String,
    /// Name of the region in Arabic
    #[arg(long, value_name = "NAME")]
    pub(crate) name_ar: Option<String>,
    /// The frame of the map, in degrees
    #[arg(long, value_name = "W,S,E,N", value_parser = extent, allow_hyphen_values = true)]
    pub(crate) extent: Rect<f64>,
    /// A layer of the base map as GeoJSON: rivers, border, countries, subdistricts or roads; may be
    /// repeated
    #[arg(long, value_name = "LAYER=FILE")]
    pub(crate) basemap: Vec<String>,
}

/// Options of `khatt fetch`.
#[derive(Debug, Clone, Args)]
pub(crate) struct FetchArgs {
    /// Addresses of pages or feeds, and files with one address a line
    #[arg(value_name = "URL|FEED|LIST", required = true)]
    pub(crate) sources: Vec<String>,
    /// The folder to write to; made when missing
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
    /// Seconds between two requests to one host; a site may ask for more
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pub(crate) delay: f32,
    /// Seconds to wait for one answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) timeout: u16,
}

/// Options of `khatt site`.
#[derive(Debug, Clone, Args)]
pub(crate) struct SiteArgs {
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// The page to write, or a folder for its index.html
    #[arg(short, long, value_name = "FILE|DIR", default_value = "site")]
    pub(crate) out: PathBuf,
}

/// Options of `khatt serve`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ServeArgs {
    #[arg(
        value_name = "INPUT",
        help = "Files and folders, as for `khatt map`. Without any: the bundled example"
    )]
    pub(crate) inputs: Vec<PathBuf>,
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8765)]
    pub(crate) port: u16,
}

/// Options of `khatt review`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReviewArgs {
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// For people, one JSON object a line, or a file of corrections to fill in
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    pub(crate) format: ReviewFormat,
    /// List at most so many claims
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) most: usize,
}

/// Form of the result of `khatt review`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// To be read
    Text,
    /// One JSON object a line
    Jsonl,
    /// A file of corrections to fill in
    Toml,
}

/// Language of the words on a map.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Lang {
    /// Arabic
    Ar,
    /// English
    En,
    /// Arabic and English
    Both,
}

impl From<Lang> for render::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ar => Self::Ar,
            Lang::En => Self::En,
            Lang::Both => Self::Both,
        }
    }
}

/// Form of the result of `khatt extract`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// To be read
    Text,
    /// One JSON object a report
    Jsonl,
    /// One row a claim, for --out
    Parquet,
}

impl Cli {
    /// Reads the arguments of the process.
    ///
    /// Options of `map` before another command would be read and have no effect, so they are
    /// refused. clap can refuse them too, but takes `khatt --quiet map` for two inputs then.
    pub(crate) fn read() -> clap::error::Result<Self> {
        let matches = Self::command().try_get_matches()?;
        if let Some(command) = matches.subcommand_name() {
            let of_map = MapArgs::augment_args(clap::Command::new("map"));
            let given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
            if let Some(stray) = of_map
                .get_arguments()
                .find(|arg| given(arg.get_id().as_str()))
            {
                let name = stray
                    .get_long()
                    .map_or_else(|| "INPUT".to_owned(), |name| format!("--{name}"));
                let problem = format!("{name} stands before `{command}`; write it behind");
                return Err(Self::command().error(ErrorKind::ArgumentConflict, problem));
            }
        }
        Self::from_arg_matches(&matches)
    }
}

/// The manual page: that of the program, then one section for each command.
pub(crate) fn manual() -> Result<Vec<u8>> {
    let fail = |e: std::io::Error| Error::write(std::path::Path::new("standard output"), e);
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(fail)?;
    for part in command
        .get_subcommands()
        .filter(|part| part.get_name() != "help")
    {
        let manual = clap_mangen::Man::new(part.clone());
        page.extend(format!(".SH KHATT {}\n", part.get_name().to_uppercase()).bytes());
        manual.render_description_section(&mut page).map_err(fail)?;
        manual.render_options_section(&mut page).map_err(fail)?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }
}
