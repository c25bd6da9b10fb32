//! The ground under the control map: land, valley, water, borders, roads.

use std::collections::BTreeMap;

use geo::{Contains, Coord, LineString, Point};

use crate::basemap::{NamedArea, NamedLine};
use crate::projection::{BoxPx, Px};
use crate::render::legend::{Mark, Shown};
use crate::render::scene::{Color, Path, Pen, Scene};
use crate::render::sheet::Sheet;

/// Rivers of this class are drawn thin and without a valley.
const MINOR: &str = "minor";
/// Steps in which the tint of the valley fades out.
const VALLEY_STEPS: u8 = 7;

/// Land, abroad, valley and subdistricts: what zones lie on.
pub(crate) fn draw_below(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    scene.fill(Path::of_box(&sheet.map), sheet.style.ground.land);
    draw_abroad(sheet, scene);
    draw_valley(sheet, scene, shown);
    draw_subdistricts(sheet, scene, shown);
    draw_border_tint(sheet, scene);
}

/// Roads, rivers and the border: what lies on zones.
pub(crate) fn draw_above(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    draw_roads(sheet, scene, shown);
    draw_rivers(sheet, scene, shown);
    draw_border(sheet, scene, shown);
}

/// True for the country in which the middle of the region's extent lies.
pub(crate) fn is_home(sheet: &Sheet, country: &NamedArea) -> bool {
    country
        .area
        .contains(&Point::from(sheet.input.region.extent.center()))
}

fn draw_abroad(sheet: &Sheet, scene: &mut Scene) {
    for country in &sheet.input.basemap.countries {
        if !is_home(sheet, country) {
            let mut path = Path::default();
            for ring in sheet.tracer.rings(&country.area) {
                path.add_ring(&ring);
            }
            scene.fill(path, sheet.style.ground.abroad);
        }
    }
}

/// True for a river that divides the land.
pub(crate) fn is_major(river: &NamedLine) -> bool {
    river.class != MINOR
}

fn draw_valley(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let ground = &sheet.style.ground;
    let tint = (ground.valley, ground.valley_opacity, VALLEY_STEPS);
    if draw_tint(sheet, scene, tint) {
        shown.mark(Mark::Valley);
    }
}

/// The valley once more over the zones, which hide most of it.
pub(crate) fn draw_valley_in_zones(sheet: &Sheet, scene: &mut Scene) {
    let ground = &sheet.style.ground;
    let tint = (
        ground.valley_in_zones,
        ground.valley_in_zones_opacity,
        VALLEY_STEPS / 2,
    );
    draw_tint(sheet, scene, tint);
}

/// A soft tint along the major rivers: strokes one over the other, each narrower. True when some
/// of it is on the map.
fn draw_tint(sheet: &Sheet, scene: &mut Scene, (tint, opacity, steps): (Color, f32, u8)) -> bool {
    let width_px = sheet.style.ground.valley_km * sheet.projection().px_per_km();
    let color = tint.with_opacity(1.0 - (1.0 - opacity).powf(1.0 / f32::from(steps)));
    let mut is_on_map = false;
    for river in sheet.input.basemap.rivers.iter().filter(|r| is_major(r)) {
        let mut path = Path::default();
        for piece in sheet.tracer.line(&river.line) {
            path.add_line(&thinned(&piece, width_px * 0.12));
        }
        is_on_map |= !path.is_empty();
        for step in 0..steps {
            let share = 1.0 - 0.6 * f32::from(step) / f32::from(steps - 1);
            scene.line(path.clone(), Pen::solid(color, width_px * share).rounded());
        }
    }
    is_on_map
}

/// Fewer points of a line, at least `apart` from each other: the joints of a wide stroke cost time
/// and do not show.
pub(crate) fn thinned(line: &[Px], apart: f32) -> Vec<Px> {
    let mut kept: Vec<Px> = Vec::new();
    for point in line {
        if kept
            .last()
            .is_none_or(|last| last.distance(*point) >= apart)
        {
            kept.push(*point);
        }
    }
    kept.extend(line.last());
    kept
}

/// Only edges that two subdistricts share: the outer edge is the border or the end of the data,
/// and the simplified one would run beside the exact border.
fn draw_subdistricts(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let mut path = Path::default();
    for line in shared_edges(&sheet.input.basemap.subdistricts) {
        for piece in sheet.tracer.line(&line) {
            path.add_line(&piece);
        }
    }
    if !path.is_empty() {
        shown.mark(Mark::Subdistrict);
    }
    let color = sheet.style.ground.subdistrict;
    scene.line(path, subdistrict_pen(sheet, color));
}

/// Runs of edges that occur in two areas, each once.
fn shared_edges(areas: &[NamedArea]) -> Vec<LineString<f64>> {
    let key = |a: &Coord<f64>, b: &Coord<f64>| {
        let ends = [a, b].map(|c| [c.x, c.y].map(|v| (v * 1e6).round() as i64));
        if ends[0] <= ends[1] {
            ends
        } else {
            [ends[1], ends[0]]
        }
    };
    let rings = || areas.iter().flat_map(|a| &a.area.0).map(|p| p.exterior());
    let mut counts: BTreeMap<_, u8> = BTreeMap::new();
    for ring in rings() {
        for pair in ring.0.windows(2) {
            *counts.entry(key(&pair[0], &pair[1])).or_default() += 1;
        }
    }
    let mut lines: Vec<LineString<f64>> = Vec::new();
    for ring in rings() {
        let mut is_open = false;
        for pair in ring.0.windows(2) {
            let is_shared = counts.get(&key(&pair[0], &pair[1])) == Some(&2);
            if is_shared {
                counts.remove(&key(&pair[0], &pair[1]));
                match lines.last_mut() {
                    Some(line) if is_open => line.0.push(pair[1]),
                    _ => lines.push(LineString::new(pair.to_vec())),
                }
            }
            is_open = is_shared;
        }
    }
    lines
}

pub(crate) fn subdistrict_pen(sheet: &Sheet, color: Color) -> Pen {
    let width_px = sheet.pt(sheet.style.ground.subdistrict_pt);
    Pen::solid(color, width_px).dashed(vec![width_px * 5.0, width_px * 4.0])
}

fn draw_border_tint(sheet: &Sheet, scene: &mut Scene) {
    let ground = &sheet.style.ground;
    let color = ground.border_tint.with_opacity(ground.border_tint_opacity);
    for border in &sheet.input.basemap.border {
        let pen = Pen::solid(color, sheet.pt(ground.border_tint_pt)).rounded();
        scene.line(path_of(sheet, border), pen);
    }
}

fn draw_border(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    for border in &sheet.input.basemap.border {
        let path = path_of(sheet, border);
        if !path.is_empty() {
            shown.mark(Mark::Border);
        }
        scene.line(path, border_pen(sheet));
    }
}

/// Dash and dot, as borders are drawn on most printed maps.
pub(crate) fn border_pen(sheet: &Sheet) -> Pen {
    let ground = &sheet.style.ground;
    let width = sheet.pt(ground.border_pt);
    let dashes = vec![width * 6.0, width * 2.0, width * 1.2, width * 2.0];
    Pen::solid(ground.border, width).dashed(dashes)
}

fn draw_roads(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    for road in &sheet.input.basemap.roads {
        let path = path_of(sheet, road);
        if !path.is_empty() {
            shown.mark(Mark::Road);
        }
        for pen in road_pens(sheet) {
            scene.line(path.clone(), pen);
        }
    }
}

pub(crate) fn road_pens(sheet: &Sheet) -> [Pen; 2] {
    let ground = &sheet.style.ground;
    [
        Pen::solid(ground.road_casing, sheet.pt(ground.road_casing_pt)).rounded(),
        Pen::solid(ground.road, sheet.pt(ground.road_pt)).rounded(),
    ]
}

/// The edge of the region's extent, where the map shows more than that: beyond it nobody looked.
pub(crate) fn draw_limit(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let extent = sheet.input.region.extent;
    let low = sheet.projection().to_px(extent.min());
    let high = sheet.projection().to_px(extent.max());
    let map = sheet.map;
    let inner = BoxPx::new(
        low.x.max(map.left),
        high.y.max(map.top),
        high.x.min(map.right),
        low.y.min(map.bottom),
    );
    let slack = sheet.pt(1.0);
    if inner.width() <= 0.0 || inner.height() <= 0.0 || inner.grown(slack).covers(&map) {
        return;
    }
    shown.mark(Mark::Limit);
    let mut veil = Path::of_box(&map);
    veil.add_ring(&inner.corners());
    let color = sheet.style.page.paper;
    scene.fill(veil, color.with_opacity(sheet.style.ground.limit_veil));
    // The map's own frame hides the sides that lie on it.
    scene.line(Path::of_box(&inner), limit_pen(sheet));
}

pub(crate) fn limit_pen(sheet: &Sheet) -> Pen {
    let ground = &sheet.style.ground;
    let width_px = sheet.pt(ground.limit_pt);
    Pen::solid(ground.limit, width_px).dashed(vec![width_px * 1.5, width_px * 2.5])
}

/// All casings before all waters, so that no casing crosses a confluence.
fn draw_rivers(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let rivers = &sheet.input.basemap.rivers;
    for layer in 0..2 {
        for river in rivers {
            let path = path_of(sheet, river);
            if !path.is_empty() {
                shown.mark(Mark::River);
            }
            let pens = river_pens(sheet, river.class == MINOR);
            scene.line(path, pens[layer].clone());
        }
    }
}

/// Casing and water of a river.
pub(crate) fn river_pens(sheet: &Sheet, is_minor: bool) -> [Pen; 2] {
    let ground = &sheet.style.ground;
    let width_pt = if is_minor {
        ground.river_minor_pt
    } else {
        ground.river_pt
    };
    let casing_pt = width_pt + 2.0 * ground.river_casing_pt;
    [
        Pen::solid(ground.river_casing, sheet.mark_pt(casing_pt)).rounded(),
        Pen::solid(ground.river, sheet.mark_pt(width_pt)).rounded(),
    ]
}

fn path_of(sheet: &Sheet, line: &NamedLine) -> Path {
    let mut path = Path::default();
    for piece in sheet.tracer.line(&line.line) {
        path.add_line(&piece);
    }
    path
}
