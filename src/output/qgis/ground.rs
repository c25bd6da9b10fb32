//! The layers of the base map.

use super::label::{Labels, Spot, name};
use super::symbol::{Category, Part, categorized, single};
use super::theme::Theme;
use crate::output::run::Look;
use crate::render::scene::Color;

/// Steps in which the tint of the valley fades out.
const VALLEY_STEPS: u8 = 5;
/// Smaller places without evidence are not drawn at smaller scales than one to this.
const PLACES_SCALE: u32 = 400_000;

/// The countries but the one in the middle, which has the colour of the paper.
pub(super) fn countries(look: &Look) -> Theme {
    let style = &look.style.ground;
    let abroad = Part::fill(style.abroad, style.abroad, 0.0).by("enabled", "NOT \"home\"");
    let labels = labels(
        look,
        style.country_name,
        style.country_name_pt,
        Spot::Inside,
    );
    theme("Polygon", single("fill", &[abroad]), Some(labels))
}

/// A soft tint along the major rivers.
pub(super) fn valley(look: &Look) -> Theme {
    let style = &look.style.ground;
    let steps = f32::from(VALLEY_STEPS);
    let opacity = 1.0 - (1.0 - style.valley_opacity).powf(1.0 / steps);
    let parts: Vec<Part> = (0..VALLEY_STEPS)
        .map(|step| {
            let share = 1.0 - 0.6 * f32::from(step) / (steps - 1.0);
            Part::line(style.valley.with_opacity(opacity), 1.0)
                .on_ground(style.valley_km * 1000.0 * share)
                .by("enabled", "\"class\" <> 'minor'")
        })
        .collect();
    theme("Line", single("line", &parts), None)
}

/// Rivers, the minor ones thinner.
pub(super) fn rivers(look: &Look) -> Theme {
    let style = &look.style.ground;
    let river = |width: f32| {
        vec![
            Part::line(style.river_casing, width + 2.0 * style.river_casing_pt),
            Part::line(style.river, width).level(1),
        ]
    };
    let category = |value: &str, width| Category {
        value: value.to_owned(),
        label: look.words("river"),
        parts: river(width),
    };
    let categories = [
        category("major", style.river_pt),
        category("minor", style.river_minor_pt),
    ];
    let expression = "CASE WHEN \"class\" = 'minor' THEN 'minor' ELSE 'major' END";
    let renderer = categorized("line", expression, &categories, None);
    let labels = labels(look, style.river_name, style.river_name_pt, Spot::Along);
    theme("Line", renderer, Some(labels))
}

/// Borders between countries, with a tint beside them.
pub(super) fn border(look: &Look) -> Theme {
    let style = &look.style.ground;
    let tint = style.border_tint.with_opacity(style.border_tint_opacity);
    let dashes = [6.0, 2.5].map(|widths| widths * style.border_pt);
    let parts = [
        Part::line(tint, style.border_tint_pt),
        Part::line(style.border, style.border_pt)
            .dashed(dashes)
            .level(1),
    ];
    theme("Line", single("line", &parts), None)
}

/// Roads.
pub(super) fn roads(look: &Look) -> Theme {
    let style = &look.style.ground;
    let parts = [
        Part::line(style.road_casing, style.road_casing_pt),
        Part::line(style.road, style.road_pt).level(1),
    ];
    theme("Line", single("line", &parts), None)
}

/// Outlines of subdistricts, with their names.
pub(super) fn subdistricts(look: &Look) -> Theme {
    let style = &look.style.ground;
    let outline = Part::line(style.subdistrict, style.subdistrict_pt).dashed([3.0, 2.0]);
    let labels = labels(look, style.area_name, style.area_name_pt, Spot::Inside);
    theme("Polygon", single("fill", &[outline]), Some(labels))
}

/// Settlements of which nothing is said, for orientation.
pub(super) fn places(look: &Look) -> Theme {
    let (place, label) = (&look.style.place, &look.style.label);
    let dot = Part::marker("circle", place.no_evidence, place.ring, place.ring_pt)
        .with("size", 2.0 * place.no_evidence_pt);
    let mut labels = labels(look, label.soft_ink, label.no_evidence_pt, Spot::Beside);
    labels.priority = 1;
    Theme {
        least_scale: Some(PLACES_SCALE),
        ..theme("Point", single("marker", &[dot]), Some(labels))
    }
}

fn labels(look: &Look, ink: Color, size_pt: f32, spot: Spot) -> Labels {
    let style = &look.style.label;
    Labels {
        says: name(look.lang),
        size_pt,
        ink,
        halo: (style.halo, style.halo_pt),
        spot,
        priority: 2,
        defined: Vec::new(),
    }
}

fn theme(
    geometry: &'static str,
    renderer: crate::output::xml::Element,
    labels: Option<Labels>,
) -> Theme {
    Theme {
        geometry,
        renderer,
        labels,
        span: None,
        tip: String::new(),
        least_scale: None,
    }
}
