//! The look of the map, read from `style.toml`: a designer changes it without Rust.

use std::collections::BTreeMap;

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::render::scene::Color;

/// Every colour, width and size. Lengths end in `_pt`: points on the printed sheet.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Sheet, margins and frame.
    pub page: Page,
    /// Sizes of letters.
    #[serde(rename = "type")]
    pub sizes: Sizes,
    /// Land, water, borders, roads.
    pub ground: Ground,
    /// Zones and front lines.
    pub control: ControlStyle,
    /// Symbols of places.
    pub place: PlaceStyle,
    /// Names of places.
    pub label: LabelStyle,
    /// Lines of longitude and latitude.
    pub grid: Grid,
    /// The small map of the country.
    pub locator: Locator,
    /// How parties look, by id, where not as `actors.toml` says.
    #[serde(default)]
    pub actor: BTreeMap<String, Coat>,
    /// Changes that make another look of this one, by name.
    #[serde(default, rename = "theme")]
    themes: BTreeMap<String, toml::Table>,
}

/// The colour of a party and the strokes over its ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coat {
    /// Colour of its ground and places.
    pub color: Color,
    /// Strokes over its ground.
    #[serde(default)]
    pub hatch: Hatch,
}

/// Strokes over the ground of a party, for maps that must do without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hatch {
    /// None.
    #[default]
    None,
    /// Level strokes.
    Level,
    /// Strokes from upper left to lower right; contested ground has those from lower left.
    Falling,
    /// Upright strokes.
    Upright,
}

/// Lines of longitude and latitude.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct Grid {
    pub line: Color,
    pub line_pt: f32,
    pub figure_pt: f32,
    pub band_pt: f32,
}

/// The small map of the country.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct Locator {
    pub height_pt: f32,
    pub sea: Color,
    pub land: Color,
    pub home: Color,
    pub edge: Color,
    pub edge_pt: f32,
    pub mark: Color,
    pub mark_pt: f32,
    pub name_pt: f32,
}

/// Sheet, margins and frame.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct Page {
    pub paper: Color,
    pub ink: Color,
    pub soft_ink: Color,
    pub accent: Color,
    pub margin_pt: f32,
    pub title_band_pt: f32,
    pub panel_pt: f32,
    pub footer_pt: f32,
    pub gap_pt: f32,
    pub frame_pt: f32,
}

/// Sizes of letters in points.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct Sizes {
    pub title: f32,
    pub date: f32,
    pub heading: f32,
    pub legend: f32,
    pub legend_second: f32,
    pub note: f32,
    pub arabic_factor: f32,
}

/// Land, water, borders, roads.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct Ground {
    pub land: Color,
    pub abroad: Color,
    pub valley: Color,
    pub valley_km: f32,
    pub valley_opacity: f32,
    pub valley_in_zones: Color,
    pub valley_in_zones_opacity: f32,
    pub river: Color,
    pub river_casing: Color,
    pub river_pt: f32,
    pub river_minor_pt: f32,
    pub river_casing_pt: f32,
    pub border: Color,
    pub border_pt: f32,
    pub border_tint: Color,
    pub border_tint_pt: f32,
    pub border_tint_opacity: f32,
    pub subdistrict: Color,
    pub subdistrict_pt: f32,
    pub road: Color,
    pub road_casing: Color,
    pub road_pt: f32,
    pub road_casing_pt: f32,
    pub limit: Color,
    pub limit_pt: f32,
    pub limit_veil: f32,
    pub country_name: Color,
    pub country_name_pt: f32,
    pub country_spacing_pt: f32,
    pub river_name: Color,
    pub river_name_pt: f32,
    pub area_name: Color,
    pub area_name_pt: f32,
    pub area_spacing_pt: f32,
}

/// Zones and front lines.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct ControlStyle {
    pub zone_opacity: f32,
    pub zone_edge_pt: f32,
    pub zone_edge_opacity: f32,
    pub contested: Color,
    pub hatch_pt: f32,
    pub hatch_gap_pt: f32,
    pub hatch_ground_opacity: f32,
    pub front: Color,
    pub front_pt: f32,
    /// Zones narrower than so many widths of the front line make it thinner.
    pub front_narrow_widths: f32,
    /// The least part of its width that it keeps.
    pub front_slimmest: f32,
    pub front_casing: Color,
    pub front_casing_pt: f32,
    pub front_casing_opacity: f32,
    pub river_front_dash_pt: [f32; 2],
    pub pocket: Color,
    pub pocket_pt: f32,
    pub pocket_dash_pt: [f32; 2],
    pub stale_fade: f32,
}

/// Symbols of places.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct PlaceStyle {
    pub city_pt: f32,
    pub town_pt: f32,
    pub village_pt: f32,
    pub other_pt: f32,
    pub ring: Color,
    pub ring_pt: f32,
    pub edge: Color,
    pub edge_pt: f32,
    pub unknown: Color,
    pub no_evidence: Color,
    pub no_evidence_pt: f32,
    pub changed_pt: f32,
}

/// Names of places.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "style.toml says what each entry is")]
pub struct LabelStyle {
    pub city_pt: f32,
    pub town_pt: f32,
    pub village_pt: f32,
    pub other_pt: f32,
    pub no_evidence_pt: f32,
    pub ink: Color,
    pub soft_ink: Color,
    pub halo: Color,
    pub halo_pt: f32,
    pub gap_pt: f32,
    pub apart_pt: f32,
    pub leader: Color,
    pub leader_pt: f32,
}

const TABLE: &str = "style.toml";
impl Style {
    /// The name of the look that `style.toml` describes before its themes.
    pub const PLAIN: &str = "light";

    /// Reads `style.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Parse`] when an entry is missing, unknown or not of its kind.
    pub fn load(data: &DataFolder) -> Result<Self> {
        data.toml(TABLE)
    }

    /// The same, changed by one of its themes; `light` is the look without change.
    ///
    /// # Errors
    ///
    /// As [`Style::load`]; [`crate::Error::Argument`] when there is no such theme.
    pub fn load_theme(data: &DataFolder, theme: &str) -> Result<Self> {
        let plain = Self::load(data)?;
        if theme == Self::PLAIN {
            return Ok(plain);
        }
        let Some(changes) = plain.themes.get(theme) else {
            let known: Vec<&str> = plain.themes().collect();
            let problem = format!(
                "no theme `{theme}` in {TABLE}; there is {}",
                known.join(", ")
            );
            return Err(Error::argument("--theme", problem));
        };
        let mut table: toml::Table = data.toml(TABLE)?;
        lay_over(&mut table, changes);
        let fail = |e: toml::de::Error| {
            let problem = format!("theme {theme}: {}", e.message());
            Error::parse(data.label(TABLE), 1, problem)
        };
        table.try_into().map_err(fail)
    }

    /// The names of all themes.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        std::iter::once(Self::PLAIN).chain(self.themes.keys().map(String::as_str))
    }
}

/// Puts the values of `changes` in place of those of the same name.
fn lay_over(table: &mut toml::Table, changes: &toml::Table) {
    for (name, value) in changes {
        match (table.get_mut(name), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => lay_over(below, above),
            _ => {
                table.insert(name.clone(), value.clone());
            }
        }
    }
}
