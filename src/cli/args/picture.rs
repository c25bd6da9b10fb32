//! Options of the commands that draw: `map` and `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use geo::Rect;
use jiff::Span;
use jiff::civil::Date;
use khatt::{Error, Result, render};

use super::value::{day, extent, size, step};
use super::{INPUT_HELP, Lang};

/// Options of `khatt map`.
#[derive(Debug, Clone, Args)]
pub(crate) struct MapArgs {
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// A day to map, as 2018-11-27; may be repeated. Without any: the days of the reports
    #[arg(long = "date", value_name = "DATE", value_parser = day)]
    pub(crate) dates: Vec<Date>,
    /// Map every day on which something was published
    #[arg(long, conflicts_with = "dates")]
    pub(crate) all_dates: bool,
    /// The first day of a series; without --to it ends with the newest event
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["dates", "all_dates"])]
    pub(crate) from: Option<Date>,
    /// The last day of a series; without --from it begins with the oldest event
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["dates", "all_dates"])]
    pub(crate) to: Option<Date>,
    /// How far apart the days of a series are: 1d, 1w, 1m, or a number of days
    #[arg(long, value_name = "STEP", value_parser = step)]
    pub(crate) step: Option<Span>,
    /// Leave out what was published after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_by: Option<Date>,
    #[command(flatten)]
    pub(crate) picture: PictureArgs,
    /// What to write, with commas between
    #[arg(
        long,
        value_enum,
        value_name = "LIST",
        value_delimiter = ',',
        ignore_case = true,
        default_value = "geojson,png,gpkg,qgis",
        hide_possible_values = false
    )]
    pub(crate) format: Vec<FileFormat>,
    /// Ring the places whose state changed since the day before on the list of days
    #[arg(long)]
    pub(crate) mark_changes: bool,
    /// All days side by side as one picture, in place of one for each day
    #[arg(long)]
    pub(crate) sheet: bool,
    /// How many maps stand beside each other on that sheet; as many as let them be largest
    #[arg(long, value_name = "N", requires = "sheet", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(crate) columns: Option<u16>,
    /// All days as one moving picture, FILE.png, or numbered pictures in a folder; names stand still
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) animate: Option<PathBuf>,
    /// How long each picture is seen, in milliseconds
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u16).range(20..=10_000))]
    pub(crate) frame_ms: u16,
}

/// Where results go, and what pictures look like.
#[derive(Debug, Clone, Args)]
pub(crate) struct PictureArgs {
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,
    /// Width and height of the picture in pixels
    #[arg(long, value_name = "WxH", default_value = "2000x1500", value_parser = size)]
    pub(crate) size: (u32, u32),
    /// What the map must show, in degrees
    #[arg(long, value_name = "W,S,E,N", value_parser = extent, allow_hyphen_values = true)]
    pub(crate) extent: Option<Rect<f64>>,
    /// Language of the map
    #[arg(long, value_enum, default_value_t = Lang::Both)]
    pub(crate) lang: Lang,
    /// Pixels to the inch; letters and lines grow with it
    #[arg(long)]
    pub(crate) dpi: Option<f32>,
    /// Write no pictures
    #[arg(long)]
    pub(crate) no_png: bool,
    #[command(flatten)]
    pub(crate) look: LookArgs,
}

/// What a map looks like and says.
#[derive(Debug, Clone, Args)]
pub(crate) struct LookArgs {
    /// A look of style.toml: light, dark, or print for printers without colour
    #[arg(long, value_name = "NAME", default_value = "light")]
    pub(crate) theme: String,
    /// Digits of Arabic text
    #[arg(long, value_enum, value_name = "KIND", default_value_t = DigitKind::Latn)]
    pub(crate) digits: DigitKind,
    /// Title; for both languages "English | عربي", {region} is filled in
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Line below the title, as --title; {date} is filled in
    #[arg(long, value_name = "TEXT")]
    pub(crate) subtitle: Option<String>,
    /// Note on the method, as --title
    #[arg(long, value_name = "TEXT")]
    pub(crate) caveat: Option<String>,
    /// Note on the origin of places and base map, as --title
    #[arg(long, value_name = "TEXT")]
    pub(crate) credit: Option<String>,
    /// The bare map: no title, legend, frame or notes
    #[arg(long)]
    pub(crate) no_furniture: bool,
}

/// Digits of Arabic text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DigitKind {
    /// 0123456789
    Latn,
    /// ٠١٢٣٤٥٦٧٨٩
    Arab,
}

impl PictureArgs {
    pub(crate) fn options(&self) -> render::MapOptions {
        let look = &self.look;
        render::MapOptions {
            size_px: self.size,
            dpi: self.dpi,
            extent: self.extent,
            lang: self.lang.into(),
            texts: render::Texts {
                title: look.title.clone(),
                subtitle: look.subtitle.clone(),
                caveat: look.caveat.clone(),
                credit: look.credit.clone(),
            },
            digits: match look.digits {
                DigitKind::Latn => render::Digits::Latin,
                DigitKind::Arab => render::Digits::Arab,
            },
            has_furniture: !look.no_furniture,
            ..render::MapOptions::default()
        }
    }
}

/// Options of `khatt diff`.
#[derive(Debug, Clone, Args)]
pub(crate) struct DiffArgs {
    /// The earlier day, as 2018-12-01
    #[arg(value_name = "DATE", value_parser = day)]
    pub(crate) from: Date,
    /// The later day
    #[arg(value_name = "DATE", value_parser = day)]
    pub(crate) to: Date,
    #[arg(value_name = "INPUT", help = INPUT_HELP)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Leave out what was published after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_by: Option<Date>,
    /// What is printed (text, csv or geojson) and how the map is written (png, svg, pdf), with
    /// commas between; text and png unless told otherwise
    #[arg(
        long,
        value_enum,
        value_name = "LIST",
        value_delimiter = ',',
        ignore_case = true
    )]
    pub(crate) format: Vec<ChangeFormat>,
    #[command(flatten)]
    pub(crate) picture: PictureArgs,
}

/// A form of the result of `khatt diff`: on standard output, or as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangeFormat {
    /// Printed: to be read
    Text,
    /// Printed: one line a place and a pair of holders
    Csv,
    /// Printed: the same as the file, with all geometry
    Geojson,
    /// The map as pixels, with files that place it in a GIS
    Png,
    /// The map in lines and outlines
    Svg,
    /// The map on a page with text that can be selected
    Pdf,
}

impl ChangeFormat {
    /// The kind of picture, if it is one.
    fn picture(self) -> Option<FileFormat> {
        match self {
            Self::Png => Some(FileFormat::Png),
            Self::Svg => Some(FileFormat::Svg),
            Self::Pdf => Some(FileFormat::Pdf),
            Self::Text | Self::Csv | Self::Geojson => None,
        }
    }
}

impl DiffArgs {
    /// The form of what is printed.
    ///
    /// # Errors
    ///
    /// When several are asked for.
    pub(crate) fn printed(&self) -> Result<ChangeFormat> {
        let mut printed = self.format.iter().filter(|form| form.picture().is_none());
        let first = printed.next().copied().unwrap_or(ChangeFormat::Text);
        if printed.any(|other| *other != first) {
            let problem = "only one of text, csv and geojson can be printed";
            return Err(Error::argument("--format", problem));
        }
        Ok(first)
    }

    /// The forms of the map.
    pub(crate) fn pictures(&self) -> Vec<FileFormat> {
        if self.picture.no_png {
            return Vec::new();
        }
        let wanted = |form: FileFormat| self.format.iter().any(|f| f.picture() == Some(form));
        let forms = [FileFormat::Png, FileFormat::Svg, FileFormat::Pdf];
        let forms: Vec<FileFormat> = forms.into_iter().filter(|form| wanted(*form)).collect();
        if forms.is_empty() {
            return vec![FileFormat::Png];
        }
        forms
    }
}

/// A kind of file that `khatt map` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FileFormat {
    /// The layers of each day, and the timeline
    #[value(alias = "json")]
    Geojson,
    /// The map of each day as a picture, with files that place it in a GIS
    Png,
    /// The map of each day in lines and outlines, for browsers and drawing programs
    Svg,
    /// The map of each day on a page with text that can be selected, for print
    Pdf,
    /// All layers and days in one GeoPackage, khatt.gpkg
    #[value(alias = "geopackage")]
    Gpkg,
    /// The project khatt.qgs for the GeoPackage, styles beside the GeoJSON files
    #[value(aliases = ["qgs", "qml"])]
    Qgis,
    /// The places of all days as a table for spreadsheets, places.csv
    Csv,
    /// Each day for Google Earth
    Kml,
}

impl FileFormat {
    fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Svg | Self::Pdf)
    }
}

impl MapArgs {
    /// True when files of this kind are wanted.
    pub(crate) fn writes(&self, format: FileFormat) -> bool {
        self.format.contains(&format) && !(self.picture.no_png && format.is_picture())
    }

    /// The forms of the picture that are wanted.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = FileFormat> {
        let forms = [FileFormat::Png, FileFormat::Svg, FileFormat::Pdf];
        forms.into_iter().filter(|form| self.writes(*form))
    }
}
