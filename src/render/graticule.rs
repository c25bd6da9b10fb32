//! Lines of longitude and latitude, with their figures outside the frame.

use geo::coord;

use crate::projection::Px;
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::words::Tongue;

/// Distances between lines, in minutes of arc.
const STEPS: [u32; 10] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
/// The most lines across the longer side of the map.
const MOST: u32 = 7;

/// One line: its degrees in minutes of arc, and where it meets the frame.
struct Parallel {
    minutes: i64,
    at_px: f32,
}

/// Draws the lines, thin, over the zones and under the names.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    if !sheet.options.has_furniture {
        return;
    }
    let map = sheet.map;
    let mut path = Path::default();
    for line in meridians(sheet) {
        path.add_line(&[
            Px::new(line.at_px, map.top),
            Px::new(line.at_px, map.bottom),
        ]);
    }
    for line in parallels(sheet) {
        path.add_line(&[
            Px::new(map.left, line.at_px),
            Px::new(map.right, line.at_px),
        ]);
    }
    let grid = &sheet.style.grid;
    scene.line(path, Pen::solid(grid.line, sheet.pt(grid.line_pt)));
}

/// Writes longitudes below the frame and latitudes beside it, each with a tick.
pub(crate) fn draw_figures(sheet: &Sheet, scene: &mut Scene) {
    let (map, grid, page) = (sheet.map, &sheet.style.grid, &sheet.style.page);
    let (tick, gap) = (sheet.pt(1.8), sheet.pt(1.6));
    let mut ticks = Path::default();
    for line in meridians(sheet) {
        let x = line.at_px;
        ticks.add_line(&[Px::new(x, map.bottom), Px::new(x, map.bottom + tick)]);
        let text = figure(sheet, line.minutes, ["east", "west"]);
        let half = text.width_px / 2.0;
        if x - half < map.left || x + half > map.right {
            continue;
        }
        let height = text.size_px * 0.72;
        let origin = Px::new(x - half, map.bottom + tick + gap * 0.6 + height);
        scene.shapes.push(text.at(origin, page.soft_ink, None));
    }
    // Latitudes stand on the side away from the legend and are read from below.
    let (edge, way) = if sheet.is_mirrored() {
        (map.right, 1.0)
    } else {
        (map.left, -1.0)
    };
    for line in parallels(sheet) {
        let y = line.at_px;
        ticks.add_line(&[Px::new(edge, y), Px::new(edge + tick * way, y)]);
        let text = figure(sheet, line.minutes, ["north_of", "south_of"]);
        let half = text.width_px / 2.0;
        if y - half < map.top || y + half > map.bottom {
            continue;
        }
        let beside = if sheet.is_mirrored() {
            text.size_px * 0.72
        } else {
            0.0
        };
        let origin = Px::new(edge + (tick + gap) * way + beside, y + half);
        let turn = -std::f32::consts::FRAC_PI_2;
        scene
            .shapes
            .push(text.turned(origin, turn, page.soft_ink, None));
    }
    scene.line(ticks, Pen::solid(page.ink, sheet.pt(grid.line_pt * 1.4)));
}

/// Degrees and minutes with the side of the earth, in one language: Arabic where it is alone.
fn figure(sheet: &Sheet, minutes: i64, keys: [&str; 2]) -> crate::render::shape::Line {
    let tongue = if sheet.is_mirrored() {
        Tongue::Ar
    } else {
        Tongue::En
    };
    let whole = minutes.unsigned_abs();
    let degrees = match (whole / 60, whole % 60) {
        (degrees, 0) => format!("{degrees}°"),
        (degrees, rest) => format!("{degrees}°{rest:02}′"),
    };
    // Kept whole: digits and signs would change places inside an Arabic line.
    let degrees = sheet.words.numerals(&degrees, tongue);
    let degrees = format!("\u{202d}{degrees}\u{202c}");
    let key = keys[usize::from(minutes < 0)];
    let text = sheet.words.filled(key, tongue, &[("n", &degrees)]);
    sheet.line(&text, tongue, Weight::Regular, sheet.style.grid.figure_pt)
}

/// The distance between lines: the same in both directions.
fn step(sheet: &Sheet) -> u32 {
    let visible = sheet.projection().visible();
    let longest = visible.width().max(visible.height()) * 60.0;
    let fits = |step: &&u32| longest / f64::from(**step) <= f64::from(MOST);
    STEPS.iter().find(fits).copied().unwrap_or(1200)
}

fn meridians(sheet: &Sheet) -> Vec<Parallel> {
    let visible = sheet.projection().visible();
    let to_px = |degrees: f64| {
        sheet
            .projection()
            .to_px(coord! { x: degrees, y: visible.min().y })
            .x
    };
    let ends = (sheet.map.left, sheet.map.right);
    lines(step(sheet), (visible.min().x, visible.max().x), ends, to_px)
}

fn parallels(sheet: &Sheet) -> Vec<Parallel> {
    let visible = sheet.projection().visible();
    let to_px = |degrees: f64| {
        sheet
            .projection()
            .to_px(coord! { x: visible.min().x, y: degrees })
            .y
    };
    let ends = (sheet.map.top, sheet.map.bottom);
    lines(step(sheet), (visible.min().y, visible.max().y), ends, to_px)
}

/// The lines between two degrees that do not lie on the frame itself.
fn lines(
    step: u32,
    (low, high): (f64, f64),
    (first_px, last_px): (f32, f32),
    to_px: impl Fn(f64) -> f32,
) -> Vec<Parallel> {
    let step = i64::from(step);
    let first = (low * 60.0 / step as f64).ceil() as i64;
    let last = (high * 60.0 / step as f64).floor() as i64;
    let all = (first..=last).map(|n| Parallel {
        minutes: n * step,
        at_px: to_px((n * step) as f64 / 60.0),
    });
    all.filter(|line| line.at_px > first_px + 1.0 && line.at_px < last_px - 1.0)
        .collect()
}
