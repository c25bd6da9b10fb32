//! The layers of control: places, zones, fronts, pockets and spells, in the colours of the picture.

use super::label::{Labels, Spot, name, quoted};
use super::symbol::{Category, Part, categorized, literal};
use super::theme::{Span, Theme, is_shown, shown};
use crate::output::palette::{Entry, Palette};
use crate::output::run::Look;

/// Places and spells: shape by kind, colour by control.
pub(super) fn places(look: &Look, palette: &Palette, span: Option<Span>) -> Theme {
    let categories: Vec<Category> = palette
        .places
        .iter()
        .map(|entry| Category {
            value: entry.code.clone(),
            label: entry.label.clone(),
            parts: place_parts(look, entry, span),
        })
        .collect();
    let style = &look.style.label;
    let size = by_kind(
        [
            style.city_pt,
            style.town_pt,
            style.village_pt,
            style.village_pt,
        ],
        style.other_pt,
    );
    let mut defined = vec![
        ("Size", size),
        ("Bold", "\"kind\" IN ('city', 'town')".to_owned()),
        ("Priority", by_kind([10.0, 8.0, 5.0, 1.0], 3.0)),
    ];
    defined.extend(is_shown(span).map(|test| ("Show", test)));
    // A quarter that has only the point of its town lies under it.
    let rank = by_kind([4.0, 3.0, 2.0, 0.0], 1.0);
    Theme {
        geometry: "Point",
        renderer: categorized("marker", "control", &categories, Some(&rank)),
        labels: Some(Labels {
            says: name(look.lang),
            size_pt: style.village_pt,
            ink: style.ink,
            halo: (style.halo, style.halo_pt),
            spot: Spot::Beside,
            priority: 5,
            defined,
        }),
        span,
        tip: place_tip(look, span),
        least_scale: None,
    }
}

fn place_parts(look: &Look, entry: &Entry, span: Option<Span>) -> Vec<Part> {
    let style = &look.style.place;
    let faded = entry.color.mixed(style.ring, look.style.control.stale_fade);
    let color = format!(
        "CASE WHEN \"stale\" THEN {} ELSE {} END",
        literal(faded),
        literal(entry.color)
    );
    let ring = literal(style.ring);
    let body = format!("CASE WHEN \"status\" = 'partial' THEN {ring} ELSE {color} END");
    let diameter = |grown: f32| {
        let size = |pt: f32| 2.0 * (pt + grown);
        let quarter_pt = style.village_pt * 0.8;
        by_kind(
            [style.city_pt, style.town_pt, style.village_pt, quarter_pt].map(size),
            size(style.other_pt),
        )
    };
    let marker = |fill, edge_pt| {
        Part::marker("circle", fill, style.edge, edge_pt)
            .with("size", 2.0 * style.village_pt)
            .by("name", shape())
    };
    let while_status = |status: &str| {
        let test = format!("\"status\" = '{status}'");
        match is_shown(span) {
            Some(is_shown) => format!("{test} AND ({is_shown})"),
            None => test,
        }
    };
    let half = Part::marker("semi_circle", entry.color, style.edge, style.edge_pt)
        .with("angle", 270)
        .by("size", diameter(0.0))
        .by("fillColor", color)
        .by("enabled", while_status("partial"));
    let hole = Part::marker("circle", style.ring, style.edge, 0.0)
        .by("size", format!("0.55 * ({})", diameter(0.0)))
        .by("enabled", while_status("lost"));
    let mut ring = marker(style.ring, 0.0).by("size", diameter(style.ring_pt));
    let mut disc = marker(entry.color, style.edge_pt)
        .by("size", diameter(0.0))
        .by("fillColor", body);
    if let Some(test) = is_shown(span) {
        ring = ring.by("enabled", test.clone());
        disc = disc.by("enabled", test);
    }
    vec![ring, disc, half, hole]
}

/// The nearest that QGIS has to the symbols of the picture.
fn shape() -> String {
    let shapes = [
        ("oilfield", "diamond"),
        ("crossing", "square"),
        ("hill", "triangle"),
        ("camp", "pentagon"),
        ("airport", "cross_fill"),
    ];
    let cases: Vec<String> = shapes
        .iter()
        .map(|(kind, shape)| format!("WHEN \"kind\" = '{kind}' THEN '{shape}'"))
        .collect();
    format!("CASE {} ELSE 'circle' END", cases.join(" "))
}

/// A value for cities, towns, villages and quarters, and one for all else.
fn by_kind(values: [f32; 4], other: f32) -> String {
    let kinds = ["city", "town", "village", "neighbourhood"];
    let kinds = kinds.iter().zip(values);
    let cases: Vec<String> = kinds
        .map(|(kind, value)| format!("WHEN \"kind\" = '{kind}' THEN {value}"))
        .collect();
    format!("CASE {} ELSE {other} END", cases.join(" "))
}

fn place_tip(look: &Look, span: Option<Span>) -> String {
    let since = match span {
        Some(super::theme::SPELL_DAYS) => "valid_from",
        _ => "since",
    };
    let names: Vec<String> = look
        .lang
        .tongues()
        .iter()
        .map(|tongue| shown(tongue.of("name_en", "name_ar")))
        .collect();
    let states: Vec<String> = look
        .lang
        .tongues()
        .iter()
        .map(|tongue| shown(tongue.of("control_name_en", "control_name_ar")))
        .collect();
    format!(
        "<b>{}</b><br>{}<br>{}: {}<p>{}",
        names.join(" · "),
        states.join(" · "),
        look.words("since"),
        shown(since),
        shown("evidence"),
    )
}

/// Zones: translucent colour of the holder, contested ground hatched.
pub(super) fn zones(look: &Look, palette: &Palette, span: Option<Span>) -> Theme {
    let style = &look.style.control;
    let categories: Vec<Category> = palette
        .zones
        .iter()
        .map(|entry| {
            let edge = entry.color.with_opacity(style.zone_edge_opacity);
            let fill =
                |opacity| Part::fill(entry.color.with_opacity(opacity), edge, style.zone_edge_pt);
            let parts = if entry.is_contested {
                let hatch = Part::hatch(entry.color, style.hatch_pt, style.hatch_gap_pt);
                vec![fill(style.hatch_ground_opacity), hatch]
            } else {
                vec![fill(style.zone_opacity)]
            };
            category(entry, parts, span)
        })
        .collect();
    Theme {
        geometry: "Polygon",
        renderer: categorized("fill", "control", &categories, None),
        labels: None,
        span,
        tip: control_tip(look),
        least_scale: None,
    }
}

/// Pockets of a stated size: a dashed outline, and the size as their label.
pub(super) fn pockets(look: &Look, palette: &Palette, span: Option<Span>) -> Theme {
    let style = &look.style.control;
    let categories: Vec<Category> = palette
        .pockets
        .iter()
        .map(|entry| {
            let fill = entry.color.with_opacity(style.zone_opacity * 0.6);
            let outline = Part::line(style.pocket, style.pocket_pt).dashed(style.pocket_dash_pt);
            category(entry, vec![Part::fill(fill, fill, 0.0), outline], span)
        })
        .collect();
    let says: Vec<String> = look
        .lang
        .tongues()
        .iter()
        .map(|tongue| {
            let words = quoted(&look.words.get("pocket_area", *tongue));
            let actor = tongue.of("control_name_en", "control_name_ar");
            format!("replace(replace({words}, '{{actor}}', \"{actor}\"), '{{n}}', \"stated_km2\")")
        })
        .collect();
    let label = &look.style.label;
    Theme {
        geometry: "Polygon",
        renderer: categorized("fill", "control", &categories, None),
        labels: Some(Labels {
            says: says.join(r" || '\n' || "),
            size_pt: label.other_pt,
            ink: label.ink,
            halo: (label.halo, label.halo_pt),
            spot: Spot::Outside,
            priority: 9,
            defined: is_shown(span)
                .map(|test| ("Show", test))
                .into_iter()
                .collect(),
        }),
        span,
        tip: control_tip(look),
        least_scale: None,
    }
}

/// Front lines: solid on land, dashed along a river, paler where the evidence is stale.
pub(super) fn fronts(look: &Look, span: Option<Span>) -> Theme {
    let style = &look.style.control;
    let stale = style
        .front
        .mixed(style.front_casing, style.stale_fade * 0.7);
    let color = format!(
        "CASE WHEN \"age_days\" > {} THEN {} ELSE {} END",
        look.region.stale_days,
        literal(stale),
        literal(style.front)
    );
    let is_drawn = fronts_shown(look, span);
    let line = Part::line(style.front, style.front_pt).by("outlineColor", color);
    let casing = style.front_casing.with_opacity(style.front_casing_opacity);
    let casing = Part::line(casing, style.front_casing_pt).by("enabled", is_drawn.clone());
    let land = vec![
        casing,
        line.clone().by("enabled", is_drawn.clone()).level(1),
    ];
    let river = vec![
        line.dashed(style.river_front_dash_pt)
            .by("enabled", is_drawn)
            .level(1),
    ];
    let category = |value: &str, key: &str, parts| Category {
        value: value.to_owned(),
        label: look.words(key),
        parts,
    };
    let categories = [
        category("land", "front_land", land),
        category("river", "front_river", river),
    ];
    let expression = "CASE WHEN \"river\" THEN 'river' ELSE 'land' END";
    let names = &look.style.label;
    Theme {
        geometry: "Line",
        renderer: categorized("line", expression, &categories, None),
        labels: Some(Labels {
            says: String::new(),
            size_pt: names.other_pt,
            ink: names.ink,
            halo: (names.halo, names.halo_pt),
            spot: Spot::Along,
            priority: 0,
            defined: Vec::new(),
        }),
        span,
        tip: front_tip(),
        least_scale: None,
    }
}

/// As in the picture, the line between two parties that do not fight each other is not drawn.
fn fronts_shown(look: &Look, span: Option<Span>) -> String {
    let mut at_peace = Vec::new();
    for (a, first) in look.actors.iter() {
        for (b, second) in look.actors.iter().filter(|(b, _)| *b > a) {
            if !look.actors.are_opposed(a, b) {
                at_peace.push(quoted(&format!("{} {}", first.id, second.id)));
            }
        }
    }
    let mut tests: Vec<String> = is_shown(span)
        .into_iter()
        .map(|t| format!("({t})"))
        .collect();
    if !at_peace.is_empty() {
        let pairs = at_peace.join(", ");
        tests.push(format!("\"side_a\" || ' ' || \"side_b\" NOT IN ({pairs})"));
    }
    if tests.is_empty() {
        tests.push("true".to_owned());
    }
    tests.join(" AND ")
}

fn category(entry: &Entry, parts: Vec<Part>, span: Option<Span>) -> Category {
    let parts = parts.into_iter().map(|part| match is_shown(span) {
        Some(test) => part.by("enabled", test),
        None => part,
    });
    Category {
        value: entry.code.clone(),
        label: entry.label.clone(),
        parts: parts.collect(),
    }
}

fn control_tip(look: &Look) -> String {
    let tongues = look.lang.tongues().iter();
    let names = tongues.map(|tongue| shown(tongue.of("control_name_en", "control_name_ar")));
    names.collect::<Vec<_>>().join(" · ")
}

fn front_tip() -> String {
    let sides = [
        ("side_a_name_ar", "side_a_name_en"),
        ("side_b_name_ar", "side_b_name_en"),
    ];
    let sides = sides.map(|(ar, en)| format!("{} · {}", shown(ar), shown(en)));
    sides.join("<br>")
}
