//! From the front of a day to a picture: everything is decided once in a [`Scene`], and the writers
//! [`png`], [`svg`] and [`pdf`] draw it.

use std::collections::BTreeSet;

use geo::Rect;
use jiff::civil::Date;

use crate::actor::Actors;
use crate::basemap::BaseMap;
use crate::change::Change;
use crate::error::{Error, Result};
use crate::front::Front;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::projection::{BoxPx, Px};
use crate::region::Region;
use crate::timeline::Snapshot;

pub mod animation;
mod area_name;
mod backdrop;
mod block;
mod candidate;
mod change;
mod control;
mod furniture;
mod graticule;
mod ground;
mod label;
mod legend;
mod locator;
mod multiples;
mod outline;
mod paragraph;
pub mod pdf;
mod place;
mod plan;
pub mod png;
mod scale;
pub mod scene;
pub mod shape;
mod sheet;
mod strip;
pub mod style;
pub mod svg;
mod symbol;
mod trace;
pub mod underlay;
pub mod words;
mod world;

pub use animation::{Animation, Frame};
pub use multiples::{Cell, compose_multiples};
pub use plan::Plan;
pub use scene::Scene;
pub use shape::Fonts;
pub use style::Style;
pub use underlay::Underlay;
pub use words::{Digits, Lang, Words};

use change::Compared;
use sheet::Sheet;

/// What a map is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct MapInput<'a> {
    /// Who holds what on the day.
    pub snapshot: &'a Snapshot,
    /// Its zones, front lines and pockets.
    pub front: &'a Front,
    /// All places.
    pub gazetteer: &'a Gazetteer,
    /// All actors.
    pub actors: &'a Actors,
    /// The region.
    pub region: &'a Region,
    /// The layers under the map.
    pub basemap: &'a BaseMap,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The words of the map.
    pub words: &'a Words,
}

/// How a map is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct MapOptions {
    /// Width and height of the picture.
    pub size_px: (u32, u32),
    /// Pixels to the inch. Left open, the picture is a sheet of about 10 x 7.5 inches, so that
    /// letters and lines grow with it.
    pub dpi: Option<f32>,
    /// What the map must show, WGS 84 degrees; left open, the region's extent.
    pub extent: Option<Rect<f64>>,
    /// Languages.
    pub lang: Lang,
    /// Words in place of those that the map would have.
    pub texts: Texts,
    /// Digits of Arabic text.
    pub digits: Digits,
    /// False for the bare map, to be set into a layout: no title, legend, frame or notes.
    pub has_furniture: bool,
    /// The time in which the day lies, for the strip beside the title.
    pub campaign: Option<Campaign>,
    /// What changed since an earlier day, to be ringed.
    pub changed: Option<Changed>,
}

/// Words of the map's furniture that its maker chose; `None` leaves the map's own.
///
/// `English | عربي` gives both languages; a text without the stroke stands for the language of its
/// first letter, and the other language has none. `{date}` is the day of the map, `{region}` the
/// name of the region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// The title.
    pub title: Option<String>,
    /// The line with the day.
    pub subtitle: Option<String>,
    /// What the reader must know of the method.
    pub caveat: Option<String>,
    /// Where places and base map come from.
    pub credit: Option<String>,
}

/// The time in which a day lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The day of each piece of evidence; others than those between are passed over.
    pub events: Vec<Date>,
}

/// Places whose state is another than on an earlier day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The earlier day.
    pub since: Date,
    /// The places.
    pub places: BTreeSet<PlaceId>,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self {
            size_px: (2000, 1500),
            dpi: None,
            extent: None,
            lang: Lang::Both,
            texts: Texts::default(),
            digits: Digits::default(),
            has_furniture: true,
            campaign: None,
            changed: None,
        }
    }
}

/// The smallest side of a picture on which title, map and legend have room.
const SMALLEST_PX: u32 = 400;
/// The largest side; beyond it memory, not the map, is the limit.
const LARGEST_PX: u32 = 20_000;

/// Decides everything about the map of one day.
///
/// # Errors
///
/// [`Error::Argument`] when the size, dpi or extent cannot be used.
pub fn compose(input: &MapInput, style: &Style, options: &MapOptions) -> Result<Scene> {
    check(options)?;
    Ok(draw(&Sheet::new(input, style, options)))
}

/// The map of one day of a series, its names where they stand on all other days.
///
/// # Errors
///
/// As [`compose`].
pub fn compose_planned<'a>(
    input: &'a MapInput<'a>,
    plan: &'a Plan,
    style: &'a Style,
    options: &'a MapOptions,
) -> Result<Scene> {
    check(options)?;
    let mut sheet = Sheet::new(input, style, options);
    sheet.plan = Some(plan);
    Ok(draw(&sheet))
}

/// Decides everything about the map of what changed until the day of `input`, which is drawn as on
/// its own map: ground that changed hands is hatched in the colour of who had it, and the front line
/// of the earlier day is dashed. `earlier` is the change and the front of the earlier day.
///
/// # Errors
///
/// As [`compose`].
pub fn compose_change<'a>(
    input: &'a MapInput<'a>,
    earlier: (&'a Change, &'a Front),
    style: &'a Style,
    options: &'a MapOptions,
) -> Result<Scene> {
    check(options)?;
    let mut sheet = Sheet::new(input, style, options);
    let (change, before) = earlier;
    sheet.compared = Some(Compared { change, before });
    Ok(draw(&sheet))
}

/// The map of a day without title and notes, and its legend apart: for a page that says the rest in
/// its own way.
#[derive(Debug, Clone)]
pub struct Plate {
    /// The map; of the picture only [`Scene::map`] is to be seen.
    pub map: Scene,
    /// The legend.
    pub legend: Scene,
    /// The part of the picture that the legend fills.
    pub legend_box: BoxPx,
    /// Where places are drawn that have evidence or, by their kind, could have it, in order of id.
    pub places: Vec<(PlaceId, Px)>,
}

/// As [`compose`], but map and legend apart, without title and notes.
///
/// # Errors
///
/// As [`compose`].
pub fn compose_plate(input: &MapInput, style: &Style, options: &MapOptions) -> Result<Plate> {
    check(options)?;
    let sheet = Sheet::new(input, style, options);
    let (map, shown) = draw_map(&sheet);
    let mut legend = sheet.blank_scene();
    let foot = legend::draw(&sheet, &mut legend, &shown);
    let points = input.gazetteer.iter();
    let points = points.filter(|(_, place)| !place.kind.is_area());
    let places = points.map(|(id, place)| (id, sheet.projection().to_px(place.point.into())));
    Ok(Plate {
        places: places.filter(|(_, at)| sheet.map.contains(*at)).collect(),
        legend_box: BoxPx {
            bottom: foot,
            ..sheet.panel
        },
        map,
        legend,
    })
}

fn draw(sheet: &Sheet) -> Scene {
    let (mut scene, shown) = draw_map(sheet);
    if sheet.options.has_furniture {
        furniture::draw_margins(sheet, &mut scene);
        furniture::draw(sheet, &mut scene);
        graticule::draw_figures(sheet, &mut scene);
        strip::draw(sheet, &mut scene);
        legend::draw(sheet, &mut scene, &shown);
        locator::draw(sheet, &mut scene);
    }
    scene
}

/// The map itself, and what it turned out to show.
fn draw_map(sheet: &Sheet) -> (Scene, legend::Shown) {
    let mut scene = sheet.blank_scene();
    let mut shown = legend::Shown::default();
    ground::draw_below(sheet, &mut scene, &mut shown);
    control::draw_zones(sheet, &mut scene, &mut shown);
    ground::draw_valley_in_zones(sheet, &mut scene);
    graticule::draw(sheet, &mut scene);
    ground::draw_limit(sheet, &mut scene, &mut shown);
    ground::draw_above(sheet, &mut scene, &mut shown);
    change::draw(sheet, &mut scene, &mut shown);
    control::draw_fronts(sheet, &mut scene, &mut shown);
    place::draw(sheet, &mut scene, &mut shown);
    (scene, shown)
}

fn check(options: &MapOptions) -> Result<()> {
    let (width, height) = options.size_px;
    let fits = |side: u32| (SMALLEST_PX..=LARGEST_PX).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(Error::argument(
            "--size",
            format!("{width}x{height}: each side must be {SMALLEST_PX} to {LARGEST_PX} pixels"),
        ));
    }
    if options
        .dpi
        .is_some_and(|dpi| !(30.0..=2400.0).contains(&dpi))
    {
        return Err(Error::argument("--dpi", "must be 30 to 2400"));
    }
    let is_usable = |extent: Rect<f64>| {
        let (low, high) = (extent.min(), extent.max());
        low.x >= -180.0
            && high.x <= 180.0
            && low.y >= -85.0
            && high.y <= 85.0
            && extent.width() > 1e-4
            && extent.height() > 1e-4
            && extent.width() < 30.0
            && extent.height() < 30.0
    };
    if options.extent.is_some_and(|extent| !is_usable(extent)) {
        return Err(Error::argument(
            "--extent",
            "give west,south,east,north in degrees, at most 30 degrees wide and high",
        ));
    }
    Ok(())
}
