//! Names of countries and rivers: words that lie in an area or along a line, not at a point.

use crate::projection::{BoxPx, Px};
use crate::render::block::Block;
use crate::render::candidate::Field;
use crate::render::ground::is_home;
use crate::render::scene::Scene;
use crate::render::shape::{Line, Weight};
use crate::render::sheet::Sheet;
use crate::render::trace::{cut_segment, is_inside};

/// Columns and rows of the points at which the name of a country is tried.
const TRIES: (u16, u16) = (36, 28);

/// Draws the names where they cover nothing, and blocks their room.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene, field: &mut Field) {
    draw_countries(sheet, scene, field);
    if sheet.is_cell {
        return;
    }
    draw_rivers(sheet, scene, field);
    draw_subdistricts(sheet, scene, field);
}

fn draw_countries(sheet: &Sheet, scene: &mut Scene, field: &mut Field) {
    let ground = &sheet.style.ground;
    for country in &sheet.input.basemap.countries {
        let rings = sheet.tracer.rings(&country.area);
        let mut lines = Vec::new();
        for tongue in sheet.tongues() {
            let name = tongue.of(&country.name_en, &country.name_ar);
            let upper = name.to_uppercase();
            let size = (ground.country_name_pt, ground.country_spacing_pt);
            lines.push(sheet.spaced_line(&upper, *tongue, Weight::Bold, size));
        }
        let block = Block::new(lines, ground.country_name, sheet.pt(3.0));
        // At home the name stands clear of the fighting; abroad it stands well inside.
        let Some(area) = open_ground(sheet, field, &rings, (block.size, is_home(sheet, country)))
        else {
            continue;
        };
        field.blocks.push(area.grown(field.gap));
        block.draw(scene, &area, 0, None);
    }
}

/// Names of subdistricts, soft, where they cover nothing.
fn draw_subdistricts(sheet: &Sheet, scene: &mut Scene, field: &mut Field) {
    let ground = &sheet.style.ground;
    for part in &sheet.input.basemap.subdistricts {
        let rings = sheet.tracer.rings(&part.area);
        if !rings.iter().flatten().any(|p| sheet.map.contains(*p))
            && !is_inside(&rings, sheet.map.centre())
        {
            continue;
        }
        let mut lines = Vec::new();
        for tongue in sheet.tongues() {
            let name = tongue.of(&part.name_en, &part.name_ar);
            let size = (ground.area_name_pt, ground.area_spacing_pt);
            lines.push(sheet.spaced_line(name, *tongue, Weight::Regular, size));
        }
        let block = Block::new(lines, ground.area_name, sheet.pt(1.0));
        let Some(area) = open_ground(sheet, field, &rings, (block.size, false)) else {
            continue;
        };
        field.blocks.push(area.grown(field.gap));
        block.draw(scene, &area, 0, None);
    }
}

/// The box of this size, inside the rings and clear of all, that has the most room around it.
fn open_ground(
    sheet: &Sheet,
    field: &Field,
    rings: &[Vec<Px>],
    (size, is_home): ((f32, f32), bool),
) -> Option<BoxPx> {
    let inner = field.bounds.grown(-sheet.pt(8.0));
    let zones: Vec<_> = sheet
        .input
        .front
        .zones
        .iter()
        .map(|z| sheet.tracer.rings(&z.area))
        .collect();
    let mut best: Option<(f32, BoxPx)> = None;
    for row in 0..TRIES.1 {
        for column in 0..TRIES.0 {
            let share = |n: u16, of: u16| (f32::from(n) + 0.5) / f32::from(of);
            let area = centred(
                Px::new(
                    inner.left + inner.width() * share(column, TRIES.0),
                    inner.top + inner.height() * share(row, TRIES.1),
                ),
                size,
            );
            let roomy = area.grown(sheet.pt(5.0));
            if !inner.covers(&area)
                || !roomy
                    .corners()
                    .iter()
                    .all(|corner| is_inside(rings, *corner))
                || field.blocks.iter().any(|block| block.overlaps(&roomy))
                || field
                    .lines
                    .iter()
                    .any(|l| cut_segment(l.from, l.to, &roomy).is_some())
            {
                continue;
            }
            let room = clearance(&area, field);
            // Far from everything, but not lost in a corner at home, and on no zone if possible.
            let off = area.centre().distance(sheet.map.centre());
            let pull = if is_home { 0.1 } else { 0.02 };
            let coloured = zones.iter().map(|zone| {
                let corners = roomy.corners();
                corners.iter().filter(|c| is_inside(zone, **c)).count()
            });
            let most = coloured.max().unwrap_or(0);
            if (1..4).contains(&most) {
                // Half of it would be lost in the colour.
                continue;
            }
            let fine = if most > 0 { sheet.pt(200.0) } else { 0.0 };
            let score = room.min(sheet.pt(60.0)) - off * pull - fine;
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, area));
            }
        }
    }
    best.map(|(_, area)| area)
}

/// The distance from the box to the nearest line or block.
fn clearance(area: &BoxPx, field: &Field) -> f32 {
    let middle = area.centre();
    let beyond = |p: Px| {
        let dx = ((p.x - middle.x).abs() - area.width() / 2.0).max(0.0);
        let dy = ((p.y - middle.y).abs() - area.height() / 2.0).max(0.0);
        (dx * dx + dy * dy).sqrt()
    };
    let lines = field.lines.iter().map(|line| beyond(line.from));
    let blocks = field.blocks.iter().map(|block| beyond(block.centre()));
    lines.chain(blocks).fold(f32::INFINITY, f32::min)
}

fn centred(at: Px, (width, height): (f32, f32)) -> BoxPx {
    BoxPx::new(
        at.x - width / 2.0,
        at.y - height / 2.0,
        at.x + width / 2.0,
        at.y + height / 2.0,
    )
}

/// One name for each language along each river, on a stretch as straight as can be found.
fn draw_rivers(sheet: &Sheet, scene: &mut Scene, field: &mut Field) {
    let ground = &sheet.style.ground;
    for river in &sheet.input.basemap.rivers {
        let pieces = sheet.tracer.line(&river.line);
        for tongue in sheet.tongues() {
            let name = tongue.of(&river.name_en, &river.name_ar);
            if name.is_empty() {
                continue;
            }
            let size = (ground.river_name_pt, ground.river_name_pt * 0.14);
            let line = sheet.spaced_line(name, *tongue, Weight::Bold, size);
            draw_river_name(sheet, scene, field, &pieces, line);
        }
    }
}

/// A stretch of river on which a name may lie.
struct Bed {
    start: Px,
    turn_rad: f32,
    boxes: Vec<BoxPx>,
    score: f32,
}

fn draw_river_name(
    sheet: &Sheet,
    scene: &mut Scene,
    field: &mut Field,
    pieces: &[Vec<Px>],
    line: Line,
) {
    let best = pieces
        .iter()
        .flat_map(|piece| beds(sheet, field, piece, &line))
        .fold(None::<Bed>, |best, bed| match best {
            Some(known) if known.score <= bed.score => Some(known),
            _ => Some(bed),
        });
    let Some(bed) = best else { return };
    field.blocks.extend(&bed.boxes);
    let (sin, cos) = bed.turn_rad.sin_cos();
    let (x, y) = (-line.ink.left, -(line.ink.top + line.ink.bottom) / 2.0);
    let origin = Px::new(
        bed.start.x + x * cos - y * sin,
        bed.start.y + x * sin + y * cos,
    );
    let color = sheet.style.ground.river_name;
    scene
        .shapes
        .push(line.turned(origin, bed.turn_rad, color, Some(sheet.halo())));
}

/// The free stretches beside one piece of a river, on either bank.
fn beds(sheet: &Sheet, field: &Field, piece: &[Px], line: &Line) -> Vec<Bed> {
    let length = line.ink.width();
    let mut beds = Vec::new();
    let mut end = 0;
    for (index, from) in piece.iter().enumerate().step_by(3) {
        while end < piece.len() && piece[end].distance(*from) < length {
            end += 1;
        }
        let Some(to) = piece.get(end) else { break };
        let bow = bow(&piece[index..=end]);
        let (left, right) = if from.x <= to.x {
            (from, to)
        } else {
            (to, from)
        };
        let turn_rad = (right.y - left.y).atan2(right.x - left.x);
        if turn_rad.abs() > 1.3 {
            continue;
        }
        for bank in [-1.0, 1.0] {
            let off =
                line.ink.height() * 0.5 + bow + sheet.pt(sheet.style.ground.river_pt / 2.0 + 2.2);
            let (sin, cos) = turn_rad.sin_cos();
            let start = Px::new(left.x - sin * off * bank, left.y + cos * off * bank);
            let boxes = boxes(start, (cos, sin), line);
            let is_free = boxes.iter().all(|b| {
                field.bounds.covers(b) && field.blocks.iter().all(|block| !block.overlaps(b))
            });
            if is_free {
                let centre = field.bounds.centre();
                let far = centre.distance(start) / field.bounds.width();
                let score = bow / line.ink.height()
                    + far * 2.0
                    + turn_rad.abs() * 0.3
                    + cover(&boxes, field) * 0.8;
                beds.push(Bed {
                    start,
                    turn_rad,
                    boxes,
                    score,
                });
            }
        }
    }
    beds
}

/// How far a stretch bends away from the straight line between its ends.
fn bow(stretch: &[Px]) -> f32 {
    let (Some(from), Some(to)) = (stretch.first(), stretch.last()) else {
        return 0.0;
    };
    let length = from.distance(*to).max(1.0);
    let off = |p: &Px| {
        ((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x)).abs() / length
    };
    stretch.iter().map(off).fold(0.0, f32::max)
}

/// Small boxes along a turned line, which together cover its ink.
fn boxes(start: Px, (cos, sin): (f32, f32), line: &Line) -> Vec<BoxPx> {
    let half = line.ink.height() * 0.55;
    let count = (line.ink.width() / half).ceil().max(1.0);
    (0..=count as u32)
        .map(|n| {
            let along = line.ink.width() * n as f32 / count;
            BoxPx::around(Px::new(start.x + cos * along, start.y + sin * along), half)
        })
        .collect()
}

/// How many of the boxes have a line of the map in them.
fn cover(boxes: &[BoxPx], field: &Field) -> f32 {
    let is_covering = |b: &&BoxPx| field.lines.iter().any(|line| b.contains(line.from));
    boxes.iter().filter(is_covering).count() as f32
}
