//! A timeline as one self-contained page: the maps of all days with a slider, and for each place its
//! history and the words behind it.
//!
//! The maps are scenes of [`crate::render`], drawn by the SVG writer with all letters shaped; days
//! share what they have in common, and only days whose map differs are kept. All else is data that
//! one script of our own shows. The page loads nothing, and says so to the browser: its policy
//! allows this one script and style and nothing else. What reports say reaches the page as data and
//! is shown as text; see [`inert`].

mod days;
mod facts;
mod history;
pub mod inert;
mod shell;
mod words;

use jiff::civil::Date;
use serde_json::json;

use crate::claim::Claim;
use crate::output::Tables;
use crate::projection::BoxPx;
use crate::region::Region;
use crate::render::svg::share;
use crate::render::{Plate, Words};
use crate::review::Review;
use crate::timeline::Timeline;

pub use days::days;
pub use shell::{Way, policy};
pub use words::PageWords;

/// What a page is made from.
#[derive(Debug, Clone, Copy)]
pub struct SiteInput<'a> {
    /// Who holds what on every day.
    pub timeline: &'a Timeline,
    /// Names for ids.
    pub tables: Tables<'a>,
    /// Name and age limit of the region.
    pub region: &'a Region,
    /// The words of the map.
    pub words: &'a Words,
    /// The words of the page.
    pub page_words: &'a PageWords,
    /// What is worth a person's look.
    pub review: &'a Review,
    /// Claims that a person took out.
    pub rejected: &'a [Claim],
    /// The days of [`days`], each with its map in Arabic and in English.
    pub days: &'a [DayPlates],
}

/// The map of one day in both languages.
#[derive(Debug, Clone)]
pub struct DayPlates {
    /// The first day that has this map.
    pub date: Date,
    /// In Arabic.
    pub ar: Plate,
    /// In English.
    pub en: Plate,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its HTML.
    pub html: String,
    /// How many days have a map of their own.
    pub maps: usize,
}

/// Writes the page. Same input, same bytes.
#[must_use]
pub fn page(input: &SiteInput, way: Way) -> Page {
    let plates = input.days.iter();
    let scenes = plates.flat_map(|d| [&d.ar.map, &d.en.map, &d.ar.legend, &d.en.legend]);
    let shared = share(scenes);
    let (facts, layers) = facts::facts(input, &shared.scenes);
    let drawings = json!({ "definitions": shared.definitions, "layers": layers });
    Page {
        html: shell::page(input, &drawings, &facts, way),
        maps: facts["days"].as_array().map_or(0, Vec::len),
    }
}

/// Left, top, width and height.
fn corners(area: &BoxPx) -> [f32; 4] {
    let tenth = |length: f32| (length * 10.0).round() / 10.0;
    [area.left, area.top, area.width(), area.height()].map(tenth)
}
