//! What QGIS 3 needs to show the results finished: a style file beside each GeoJSON file, default
//! styles for the GeoPackage, and a project.
//!
//! The formats are those that QGIS itself writes (`QgsMapLayer::writeStyle`, `QgsProject::write`);
//! what is left out has its default.

mod control;
mod ground;
mod label;
mod project;
mod symbol;
mod theme;

use std::path::Path;

use self::theme::{MAP_DAYS, SPELL_DAYS, Theme};
use super::palette::Palette;
use super::run::Run;
use super::{remove_old, write_atomic};
use crate::error::Result;

/// The oldest version of QGIS that reads all of it.
const VERSION: &str = "3.22.0";
const DOCTYPE: &str = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";
/// The project.
const PROJECT: &str = "khatt.qgs";

/// A layer as QGIS shows it.
#[derive(Debug, Clone)]
struct Shown {
    /// Its table in the GeoPackage.
    table: &'static str,
    /// Its id in the project: one table may be shown twice.
    id: &'static str,
    /// Its name in the legend.
    title: String,
    theme: Theme,
    group: Group,
    is_checked: bool,
}

/// A group of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Control,
    Ground,
}

/// All layers with a geometry, the uppermost first.
fn layers(run: &Run) -> Vec<Shown> {
    let look = &run.look;
    let palette = Palette::of(run);
    let days = Some(MAP_DAYS);
    let control = |table, title, theme| Shown {
        table,
        id: table,
        title: look.words(title),
        theme,
        group: Group::Control,
        is_checked: table != "timeline",
    };
    let ground = |table, id, title, theme| Shown {
        table,
        id,
        title: look.words(title),
        theme,
        group: Group::Ground,
        is_checked: true,
    };
    let spells = control::places(look, &palette, Some(SPELL_DAYS));
    vec![
        control("places", "places", control::places(look, &palette, days)),
        control("timeline", "timeline", spells),
        control("pockets", "pocket", control::pockets(look, &palette, days)),
        control("fronts", "fronts", control::fronts(look, days)),
        ground(
            "base_places",
            "base_places",
            "no_evidence",
            ground::places(look),
        ),
        ground("base_border", "base_border", "border", ground::border(look)),
        ground("base_rivers", "base_rivers", "river", ground::rivers(look)),
        ground("base_roads", "base_roads", "road", ground::roads(look)),
        control("zones", "zones", control::zones(look, &palette, days)),
        ground(
            "base_subdistricts",
            "base_subdistricts",
            "subdistrict",
            ground::subdistricts(look),
        ),
        ground("base_rivers", "valley", "valley", ground::valley(look)),
        ground(
            "base_countries",
            "base_countries",
            "country",
            ground::countries(look),
        ),
    ]
}

/// The default style of each table of the GeoPackage, as the text of a `.qml` file.
pub(crate) fn table_styles(run: &Run) -> Vec<(&'static str, String)> {
    let layers = layers(run).into_iter();
    let of_table = layers.filter(|layer| layer.id == layer.table);
    of_table
        .map(|layer| (layer.table, layer.theme.qml()))
        .collect()
}

/// Writes a `.qml` file for each GeoJSON file of the run, which QGIS takes when it opens the other;
/// how many.
///
/// # Errors
///
/// [`crate::Error::Write`] when a file cannot be written.
pub fn write_styles(run: &Run, folder: &Path) -> Result<usize> {
    let palette = Palette::of(run);
    let look = &run.look;
    // A file of one day has nothing to choose from.
    let places = control::places(look, &palette, None).qml();
    let zones = control::zones(look, &palette, None).qml();
    let fronts = control::fronts(look, None).qml();
    let pockets = control::pockets(look, &palette, None).qml();
    let mut files = 1;
    for day in run.days {
        let write = |suffix: &str, text: &str| {
            let name = format!("{}{suffix}.qml", day.snapshot.date);
            write_atomic(&folder.join(name), text.as_bytes())
        };
        write("", &places)?;
        write(".zones", &zones)?;
        write(".front", &fronts)?;
        files += 3;
        if day.front.pockets.is_empty() {
            remove_old(&folder.join(format!("{}.pockets.qml", day.snapshot.date)))?;
        } else {
            write(".pockets", &pockets)?;
            files += 1;
        }
    }
    let spells = control::places(look, &palette, Some(SPELL_DAYS)).qml();
    write_atomic(&folder.join("timeline.qml"), spells.as_bytes())?;
    Ok(files)
}

/// Writes the project `khatt.qgs`, which shows `khatt.gpkg` of the same folder.
///
/// # Errors
///
/// [`crate::Error::Write`] when it cannot be written.
pub fn write_project(run: &Run, folder: &Path) -> Result<()> {
    let text = project::document(run, &layers(run));
    write_atomic(&folder.join(PROJECT), text.as_bytes())
}
