//! The foot of the panel: scale bar and north arrow.

use crate::projection::{BoxPx, Px};
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::words::Tongue;

/// Height of the scale bar with its figures, in points.
pub(crate) const BAR_PT: f32 = 20.0;

/// Draws both.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    draw_bar(sheet, scene);
    draw_north(sheet, scene);
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

/// Words that stand for both languages, and the language of their line.
fn joined(sheet: &Sheet, key: &str, between: &str) -> (String, Tongue) {
    let tongues = sheet.tongues();
    let words: Vec<String> = (tongues.iter().rev())
        .map(|tongue| sheet.words.get(key, *tongue))
        .collect();
    (words.join(between), tongues[tongues.len() - 1])
}

/// Four blocks, light and dark, with kilometres written at the start, middle and end; from the
/// right where the sheet is read from there.
fn draw_bar(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let px_per_km = sheet.projection().px_per_km();
    let panel = sheet.panel;
    let km = round_km(panel.width() - sheet.pt(48.0), px_per_km);
    let way = if sheet.is_mirrored() { -1.0 } else { 1.0 };
    let start = if sheet.is_mirrored() {
        panel.right - sheet.pt(3.0)
    } else {
        panel.left + sheet.pt(3.0)
    };
    let (bottom, height) = (panel.bottom - sheet.pt(1.0), sheet.pt(3.4));
    let block = km * px_per_km / 4.0 * way;
    for n in 0..4u8 {
        let (from, to) = (
            start + block * f32::from(n),
            start + block * f32::from(n + 1),
        );
        let area = BoxPx::new(from.min(to), bottom - height, from.max(to), bottom);
        let color = if n % 2 == 0 { page.ink } else { page.paper };
        scene.fill(Path::of_box(&area), color);
        scene.line(Path::of_box(&area), Pen::solid(page.ink, sheet.pt(0.5)));
    }
    let size = sheet.style.sizes.legend;
    let (unit, tongue) = joined(sheet, "km", " / ");
    for n in [0.0, 0.5, 1.0f32] {
        let figure = sheet.words.numerals(&format!("{}", km * n), tongue);
        let line = sheet.line(&figure, tongue, Weight::Regular, size);
        let x = start + block * 4.0 * n - line.width_px / 2.0;
        let origin = Px::new(x, bottom - height - sheet.pt(3.0));
        scene.shapes.push(line.at(origin, page.ink, None));
    }
    let unit = sheet.line(&unit, tongue, Weight::Regular, size);
    let end = start + block * 4.0 + sheet.pt(5.0) * way;
    let x = if sheet.is_mirrored() {
        end - unit.width_px
    } else {
        end
    };
    scene
        .shapes
        .push(unit.at(Px::new(x, bottom), page.ink, None));
}

/// An arrow, half dark, half light; north is up everywhere in this projection.
fn draw_north(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let panel = sheet.panel;
    let inset = sheet.pt(12.0);
    let x = if sheet.is_mirrored() {
        panel.left + inset
    } else {
        panel.right - inset
    };
    let bottom = panel.bottom - sheet.pt(BAR_PT + 6.0);
    let (half, height) = (sheet.pt(5.2), sheet.pt(19.0));
    let tip = Px::new(x, bottom - height);
    let notch = Px::new(x, bottom - height * 0.28);
    for (side, color) in [(-1.0, page.ink), (1.0, page.paper)] {
        let wing = Path::ring(&[tip, Px::new(x + half * side, bottom), notch]);
        scene.fill(wing.clone(), color);
        scene.line(wing, Pen::solid(page.ink, sheet.pt(0.6)).rounded());
    }
    let (letters, tongue) = joined(sheet, "north", " ");
    let line = sheet.line(&letters, tongue, Weight::Bold, sheet.style.sizes.heading);
    let origin = Px::new(x - line.width_px / 2.0, tip.y - sheet.pt(4.0));
    scene.shapes.push(line.at(origin, page.ink, None));
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
