//! What stands around the map: title and date, frame, scale bar, north arrow, sources and caveat.

use std::collections::{BTreeMap, BTreeSet};

use crate::projection::{BoxPx, Px};
use crate::render::paragraph::{Setting, set_line, set_text};
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::words::{Lang, Tongue};

/// Room at the foot of the panel for scale bar and north arrow.
pub(crate) const SCALE_PT: f32 = 44.0;
/// Names of sources that fit in the line of sources.
const MOST_SOURCES: usize = 7;

/// Draws everything around the map but the legend.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    draw_margins(sheet, scene);
    draw_title(sheet, scene);
    draw_scale(sheet, scene);
    draw_north(sheet, scene);
    draw_notes(sheet, scene);
}

/// Paper over all that runs out of the map, then the frame.
fn draw_margins(sheet: &Sheet, scene: &mut Scene) {
    let (width, height) = (
        sheet.options.size_px.0 as f32,
        sheet.options.size_px.1 as f32,
    );
    let map = sheet.map;
    for margin in [
        BoxPx::new(0.0, 0.0, width, map.top),
        BoxPx::new(0.0, map.bottom, width, height),
        BoxPx::new(0.0, map.top, map.left, map.bottom),
        BoxPx::new(map.right, map.top, width, map.bottom),
    ] {
        scene.fill(Path::of_box(&margin), sheet.style.page.paper);
    }
    let pen = Pen::solid(sheet.style.page.ink, sheet.pt(sheet.style.page.frame_pt));
    scene.line(Path::of_box(&map), pen);
}

/// The title in one language.
pub(crate) fn title(sheet: &Sheet, tongue: Tongue) -> String {
    let region = sheet.input.region;
    let name = tongue.of(&region.title_en, &region.title_ar);
    let made = || {
        sheet
            .input
            .words
            .filled("title", tongue, &[("region", name)])
    };
    sheet.options.title.clone().unwrap_or_else(made)
}

/// The day or the two days that the map shows, in one language.
pub(crate) fn day(sheet: &Sheet, tongue: Tongue) -> String {
    let words = sheet.input.words;
    let day = words.date(sheet.input.snapshot.date, tongue);
    match sheet.compared {
        Some(compared) => {
            let from = words.date(compared.change.from, tongue);
            words.filled("dates", tongue, &[("from", &from), ("to", &day)])
        }
        None => words.filled("date", tongue, &[("date", &day)]),
    }
}

/// Title and date, each language from its own side.
fn draw_title(sheet: &Sheet, scene: &mut Scene) {
    let (page, sizes) = (&sheet.style.page, &sheet.style.sizes);
    for tongue in sheet.tongues() {
        let (title, date) = (title(sheet, *tongue), day(sheet, *tongue));
        let mut setting = Setting {
            tongue: *tongue,
            weight: Weight::Bold,
            size_pt: sizes.title,
            color: page.ink,
        };
        let baseline = sheet.title.top + sheet.pt(sizes.title * 0.92);
        set_line(sheet, scene, (&title, &setting), &sheet.title, baseline);
        setting.size_pt = sizes.date;
        setting.color = page.accent;
        let baseline = baseline + sheet.pt(sizes.date * 1.38);
        set_line(sheet, scene, (&date, &setting), &sheet.title, baseline);
    }
}

/// The largest round number of kilometres that fits into `room_px`.
fn round_km(room_px: f32, px_per_km: f32) -> f32 {
    let mut best = 0.0;
    for power in -2..4 {
        for digit in [1.0, 2.0, 4.0, 10.0] {
            let km = digit * 10.0f32.powi(power);
            if km * px_per_km <= room_px && km > best {
                best = km;
            }
        }
    }
    best
}

/// Four blocks, light and dark, with kilometres written at the start, middle and end.
fn draw_scale(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let px_per_km = sheet.projection().px_per_km();
    let panel = sheet.panel;
    let km = round_km(panel.width() - sheet.pt(48.0), px_per_km);
    let left = panel.left + sheet.pt(3.0);
    let (bottom, height) = (panel.bottom - sheet.pt(4.0), sheet.pt(3.4));
    let block = km * px_per_km / 4.0;
    for n in 0..4u8 {
        let from = left + block * f32::from(n);
        let area = BoxPx::new(from, bottom - height, from + block, bottom);
        let color = if n % 2 == 0 { page.ink } else { page.paper };
        scene.fill(Path::of_box(&area), color);
        scene.line(Path::of_box(&area), Pen::solid(page.ink, sheet.pt(0.5)));
    }
    let baseline = bottom - height - sheet.pt(3.0);
    for n in [0.0, 0.5, 1.0f32] {
        let figure = format!("{}", km * n);
        let size = sheet.style.sizes.legend;
        let line = sheet.line(&figure, Tongue::En, Weight::Regular, size);
        let x = left + block * 4.0 * n - line.width_px / 2.0;
        scene
            .shapes
            .push(line.at(Px::new(x, baseline), page.ink, None));
    }
    let units: Vec<String> = sheet
        .tongues()
        .iter()
        .rev()
        .map(|t| sheet.input.words.get("km", *t))
        .collect();
    let unit = sheet.line(
        &units.join(" / "),
        Tongue::En,
        Weight::Regular,
        sheet.style.sizes.legend,
    );
    let x = left + block * 4.0 + sheet.pt(5.0);
    scene
        .shapes
        .push(unit.at(Px::new(x, bottom), page.ink, None));
}

/// An arrow, half dark, half light; north is up everywhere in this projection.
fn draw_north(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let panel = sheet.panel;
    let (x, top) = (panel.right - sheet.pt(12.0), panel.bottom - sheet.pt(28.0));
    let (half, height) = (sheet.pt(5.2), sheet.pt(19.0));
    let tip = Px::new(x, top);
    let notch = Px::new(x, top + height * 0.72);
    for (side, color) in [(-1.0, page.ink), (1.0, page.paper)] {
        let wing = Path::ring(&[tip, Px::new(x + half * side, top + height), notch]);
        scene.fill(wing.clone(), color);
        scene.line(wing, Pen::solid(page.ink, sheet.pt(0.6)).rounded());
    }
    let letters: Vec<String> = sheet
        .tongues()
        .iter()
        .rev()
        .map(|t| sheet.input.words.get("north", *t))
        .collect();
    let line = sheet.line(
        &letters.join(" "),
        Tongue::En,
        Weight::Bold,
        sheet.style.sizes.heading,
    );
    let origin = Px::new(x - line.width_px / 2.0, top - sheet.pt(4.0));
    scene.shapes.push(line.at(origin, page.ink, None));
}

/// Sources, method, attribution: one column for each language.
fn draw_notes(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let gutter = sheet.pt(14.0);
    for tongue in sheet.tongues() {
        let mut area = sheet.footer;
        area.top += sheet.pt(5.5);
        let middle = area.centre().x;
        match (sheet.options.lang, tongue) {
            (Lang::Both, Tongue::En) => area.right = middle - gutter / 2.0,
            (Lang::Both, Tongue::Ar) => area.left = middle + gutter / 2.0,
            _ => {}
        }
        let mut setting = Setting {
            tongue: *tongue,
            weight: Weight::Regular,
            size_pt: sheet.style.sizes.note,
            color: page.ink,
        };
        area.top += set_text(
            sheet,
            scene,
            (&sources(sheet, scene, *tongue), &setting),
            &area,
        );
        setting.color = page.soft_ink;
        let words = sheet.input.words;
        let caveat = words.get("caveat", *tongue);
        let attribution = match &sheet.input.region.attribution {
            Some([en, ar]) => tongue.of(en, ar).to_owned(),
            None => words.get("attribution", *tongue),
        };
        let text = format!("{caveat} {attribution}");
        set_text(sheet, scene, (&text, &setting), &area);
    }
}

/// Who says it, on how many claims, and how many names found no room.
fn sources(sheet: &Sheet, scene: &Scene, tongue: Tongue) -> String {
    let words = sheet.input.words;
    let names = source_names(sheet);
    let mut text = if names.is_empty() {
        words.get("no_sources", tongue)
    } else {
        let listed = names.iter().take(MOST_SOURCES).map(|n| isolated(n));
        let mut listed: Vec<String> = listed.collect();
        if names.len() > MOST_SOURCES {
            let n = (names.len() - MOST_SOURCES).to_string();
            listed.push(words.filled("more_sources", tongue, &[("n", &n)]));
        }
        let listed = listed.join(tongue.of(", ", "، "));
        let claims = count_claims(sheet).to_string();
        let values = [("names", listed.as_str()), ("claims", claims.as_str())];
        words.filled("sources", tongue, &values)
    };
    if !scene.left_out.is_empty() {
        let n = scene.left_out.len().to_string();
        text.push(' ');
        text.push_str(&words.filled("left_out", tongue, &[("n", &n)]));
    }
    text
}

/// The sources of the day, those behind the most places first.
fn source_names<'a>(sheet: &Sheet<'a>) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in sheet
        .input
        .snapshot
        .holdings
        .iter()
        .flat_map(|h| &h.sources)
    {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<(usize, &str)> = counts.into_iter().map(|(n, c)| (c, n)).collect();
    names.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
    names.into_iter().map(|(_, name)| name).collect()
}

/// How many claims speak for or against the states on the map; one that speaks of several places
/// counts once.
fn count_claims(sheet: &Sheet) -> usize {
    let holdings = &sheet.input.snapshot.holdings;
    let of_places = holdings
        .iter()
        .flat_map(|h| h.evidence.iter().map(|e| e.claim));
    let of_areas = sheet.input.snapshot.areas.iter().map(|area| area.claim);
    let claims: BTreeSet<usize> = of_places.chain(of_areas).collect();
    if claims.is_empty() {
        // A snapshot made elsewhere may carry counts without the claims.
        return holdings.iter().map(|h| h.claims).sum();
    }
    claims.len()
}

/// A name kept whole inside a line of the other direction (first strong isolate).
fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_are_round() {
        for (room, px_per_km, km) in [(300.0, 20.0, 10.0), (300.0, 7.0, 40.0), (300.0, 400.0, 0.4)]
        {
            assert!((round_km(room, px_per_km) - km).abs() < 1e-4);
        }
    }
}
