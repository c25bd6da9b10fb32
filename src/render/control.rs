//! Zones, front lines and pockets of the day.

use geo::{Contains, InteriorPoint, LineString, Polygon};

use crate::actor::ActorId;
use crate::front::{FrontLine, Holder, Zone};
use crate::projection::Px;
use crate::render::legend::{Mark, Shown};
use crate::render::scene::{Color, Path, Pen, Scene};
use crate::render::sheet::Sheet;
use crate::render::style::{Coat, Hatch};

/// A side of the unit square whose diagonal is 1.
const SLANT: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// Across strokes from lower left to upper right.
pub(crate) const RISING: (f32, f32) = (SLANT, SLANT);

/// The colours of the zones, translucent, with an edge; contested ground hatched.
pub(crate) fn draw_zones(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    draw_bare_pockets(sheet, scene, shown);
    for zone in &sheet.input.front.zones {
        let rings = sheet.tracer.rings(&zone.area);
        if !shown.is_on_map(&rings, &sheet.map) {
            continue;
        }
        match zone.holder {
            Holder::Actor(actor) => {
                shown.actor(actor);
                draw_held(sheet, scene, &rings, coat(sheet, actor));
                draw_stale(sheet, scene, zone, shown);
            }
            Holder::Contested => {
                shown.mark(Mark::Contested);
                draw_contested(sheet, scene, &rings);
            }
        }
    }
}

/// What rests on old evidence alone is drawn paler.
fn draw_stale(sheet: &Sheet, scene: &mut Scene, zone: &Zone, shown: &mut Shown) {
    let rings = sheet.tracer.rings(&zone.stale);
    if shown.is_on_map(&rings, &sheet.map) {
        shown.mark(Mark::Stale);
        let veil = sheet.style.control.stale_fade;
        let paper = sheet.style.ground.land.with_opacity(veil);
        scene.fill(path_of(&rings), paper);
    }
}

/// The look of a party: that of the style, else the colour of the table of actors.
pub(crate) fn coat(sheet: &Sheet, actor: ActorId) -> Coat {
    let actor = sheet.input.actors.actor(actor);
    let own = sheet.style.actor.get(&actor.id).copied();
    own.unwrap_or_else(|| Coat {
        color: Color::parse(&actor.color).unwrap_or(sheet.style.place.unknown),
        hatch: Hatch::None,
    })
}

/// The colour of a party.
pub(crate) fn actor_color(sheet: &Sheet, actor: ActorId) -> Color {
    coat(sheet, actor).color
}

pub(crate) fn path_of(rings: &[Vec<Px>]) -> Path {
    let mut path = Path::default();
    for ring in rings {
        path.add_ring(ring);
    }
    path
}

/// A held area, on the map or as a swatch of the legend.
pub(crate) fn draw_held(sheet: &Sheet, scene: &mut Scene, rings: &[Vec<Px>], coat: Coat) {
    let look = &sheet.style.control;
    scene.fill(path_of(rings), coat.color.with_opacity(look.zone_opacity));
    let strokes = match coat.hatch {
        Hatch::None => Path::default(),
        Hatch::Level => hatch(rings, (0.0, 1.0), sheet.pt(look.hatch_gap_pt)),
        Hatch::Upright => hatch(rings, (1.0, 0.0), sheet.pt(look.hatch_gap_pt)),
        Hatch::Falling => hatch(rings, (-SLANT, SLANT), sheet.pt(look.hatch_gap_pt)),
    };
    let ink = coat.color.mixed(sheet.style.page.ink, 0.3);
    let pen = Pen::solid(ink.with_opacity(0.7), sheet.pt(look.hatch_pt * 0.6));
    scene.line(strokes, pen);
    let edge = coat.color.with_opacity(look.zone_edge_opacity);
    scene.line(
        path_of(rings),
        Pen::solid(edge, sheet.pt(look.zone_edge_pt)),
    );
}

/// A contested area, on the map or as a swatch of the legend.
pub(crate) fn draw_contested(sheet: &Sheet, scene: &mut Scene, rings: &[Vec<Px>]) {
    let look = &sheet.style.control;
    let ground = look.contested.with_opacity(look.hatch_ground_opacity);
    scene.fill(path_of(rings), ground);
    let hatch = hatch(rings, RISING, sheet.pt(look.hatch_gap_pt));
    scene.line(hatch, Pen::solid(look.contested, sheet.pt(look.hatch_pt)));
    let edge = look.contested.with_opacity(look.zone_edge_opacity);
    scene.line(
        path_of(rings),
        Pen::solid(edge, sheet.pt(look.zone_edge_pt)),
    );
}

/// Strokes inside the rings (even-odd rule), `gap_px` apart across the unit vector `across`.
/// Computed here, not left to a pattern of the writer, so that every format shows the same strokes.
pub(crate) fn hatch(rings: &[Vec<Px>], (nx, ny): (f32, f32), gap_px: f32) -> Path {
    let level_of = |p: &Px| p.x * nx + p.y * ny;
    let all = || rings.iter().flatten().map(level_of);
    let low = all().fold(f32::INFINITY, f32::min);
    let high = all().fold(f32::NEG_INFINITY, f32::max);
    let mut path = Path::default();
    let mut level = (low / gap_px).floor() * gap_px + gap_px * 0.5;
    while level < high {
        let mut crossings = crossings(rings, (nx, ny), level);
        crossings.sort_by(f32::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let at = |along: f32| Px::new(level * nx - along * ny, level * ny + along * nx);
            path.add_line(&[at(pair[0]), at(pair[1])]);
        }
        level += gap_px;
    }
    path
}

/// Where the line of one level across (`nx`, `ny`) cuts the rings: distances along it.
fn crossings(rings: &[Vec<Px>], (nx, ny): (f32, f32), level: f32) -> Vec<f32> {
    let mut crossings = Vec::new();
    for ring in rings {
        for (index, to) in ring.iter().enumerate() {
            let from = ring[(index + ring.len() - 1) % ring.len()];
            let (a, b) = (
                from.x * nx + from.y * ny - level,
                to.x * nx + to.y * ny - level,
            );
            if (a < 0.0) != (b < 0.0) {
                let t = a / (a - b);
                let (x, y) = (from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t);
                crossings.push(y * nx - x * ny);
            }
        }
    }
    crossings
}

/// Front lines, the strongest marks of the map, and outlines of pockets of stated size.
pub(crate) fn draw_fronts(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    draw_pockets(sheet, scene, shown);
    let lines = || {
        sheet
            .input
            .front
            .lines
            .iter()
            .filter(|l| is_front(sheet, l))
    };
    for line in lines() {
        draw_front(sheet, scene, line, true);
    }
    for line in lines() {
        if draw_front(sheet, scene, line, false) {
            shown.mark(front_mark(line.is_river));
        }
    }
}

/// False where two parties meet that do not fight each other: the edges of their zones show it.
fn is_front(sheet: &Sheet, line: &FrontLine) -> bool {
    match line.sides {
        [Holder::Actor(a), Holder::Actor(b)] => sheet.input.actors.are_opposed(a, b),
        _ => true,
    }
}

fn front_mark(is_river: bool) -> Mark {
    if is_river {
        Mark::FrontRiver
    } else {
        Mark::FrontLand
    }
}

/// Draws the casing or the line itself; true when some of it is on the map.
fn draw_front(sheet: &Sheet, scene: &mut Scene, front: &FrontLine, is_casing: bool) -> bool {
    let mut path = Path::default();
    let mut is_on_map = false;
    for piece in sheet.tracer.line(&front.line) {
        is_on_map |= piece.iter().any(|p| sheet.map.contains(*p));
        path.add_line(&piece);
    }
    let is_stale = front.age_days > sheet.input.region.stale_days;
    let [mut casing, mut line] = front_pens(sheet, front.is_river, is_stale);
    let slimmer = slimness(sheet, front);
    casing.width_px *= slimmer;
    line.width_px *= slimmer;
    if !is_casing {
        scene.line(path, line);
    } else if !front.is_river {
        scene.line(path, casing);
    }
    is_on_map
}

/// How much thinner a front is drawn beside a narrow zone, so that its marks do not cover the
/// ground that they bound: 1 where both zones are wide.
fn slimness(sheet: &Sheet, front: &FrontLine) -> f32 {
    let Some(start) = front.line.0.first() else {
        return 1.0;
    };
    let touches = |ring: &LineString<f64>| ring.0.contains(start);
    let beside = sheet
        .input
        .front
        .zones
        .iter()
        .filter(|zone| front.sides.contains(&zone.holder))
        .flat_map(|zone| &zone.area.0)
        .filter(|part| touches(part.exterior()) || part.interiors().iter().any(touches));
    let narrowest = beside
        .map(|part| mean_width_px(sheet, part))
        .fold(f32::INFINITY, f32::min);
    let look = &sheet.style.control;
    (narrowest / (look.front_narrow_widths * sheet.mark_pt(look.front_pt)))
        .clamp(look.front_slimmest, 1.0)
}

/// Twice the area of a zone's part by its perimeter: the width of a strip of the same measures.
fn mean_width_px(sheet: &Sheet, part: &Polygon<f64>) -> f32 {
    let ring: Vec<Px> = part
        .exterior()
        .0
        .iter()
        .map(|at| sheet.projection().to_px(*at))
        .collect();
    let (mut twice_area, mut perimeter) = (0.0_f32, 0.0_f32);
    let Some(origin) = ring.first().copied() else {
        return f32::INFINITY;
    };
    for pair in ring.windows(2) {
        // Measured from the ring's own corner: far from it the products would lose their digits.
        let [a, b] = [pair[0], pair[1]].map(|at| (at.x - origin.x, at.y - origin.y));
        twice_area += a.0 * b.1 - a.1 * b.0;
        perimeter += pair[0].distance(pair[1]);
    }
    twice_area.abs() / perimeter.max(f32::MIN_POSITIVE)
}

/// Casing and line of a front: solid on land; along a river dashes that let the water show.
pub(crate) fn front_pens(sheet: &Sheet, is_river: bool, is_stale: bool) -> [Pen; 2] {
    let look = &sheet.style.control;
    let fade = if is_stale { look.stale_fade * 0.7 } else { 0.0 };
    let color = look.front.mixed(look.front_casing, fade);
    let casing = look.front_casing.with_opacity(look.front_casing_opacity);
    let mut line = Pen::solid(color, sheet.mark_pt(look.front_pt));
    if is_river {
        let dashes = look.river_front_dash_pt.map(|pt| sheet.mark_pt(pt));
        line = line.dashed(dashes.to_vec());
    } else {
        line = line.rounded();
    }
    [
        Pen::solid(casing, sheet.mark_pt(look.front_casing_pt)).rounded(),
        line,
    ]
}

/// Outlines of pockets, over everything; their ground has its colour already.
fn draw_pockets(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    for pocket in &sheet.input.front.pockets {
        let rings = sheet.tracer.rings(&pocket.area);
        if shown.is_on_map(&rings, &sheet.map) {
            shown.mark(Mark::Pocket);
            scene.line(path_of(&rings), pocket_pen(sheet));
        }
    }
}

/// The colour of pockets that no zone of their actor covers, drawn with the zones.
fn draw_bare_pockets(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    for pocket in &sheet.input.front.pockets {
        let rings = sheet.tracer.rings(&pocket.area);
        let middle = pocket.area.interior_point();
        let is_covered = sheet.input.front.zones.iter().any(|zone| {
            zone.holder == Holder::Actor(pocket.actor)
                && middle.is_some_and(|middle| zone.area.contains(&middle))
        });
        if shown.is_on_map(&rings, &sheet.map) && !is_covered {
            shown.actor(pocket.actor);
            draw_held(sheet, scene, &rings, coat(sheet, pocket.actor));
        }
    }
}

/// The dashed outline of ground of a stated size.
pub(crate) fn pocket_pen(sheet: &Sheet) -> Pen {
    let look = &sheet.style.control;
    let dashes = look.pocket_dash_pt.map(|pt| sheet.pt(pt)).to_vec();
    Pen::solid(look.pocket, sheet.pt(look.pocket_pt)).dashed(dashes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::scene::Step;

    #[test]
    fn hatching_leaves_holes_free() {
        let ring = |low: f32, high: f32| {
            [(low, low), (high, low), (high, high), (low, high)]
                .map(|(x, y)| Px::new(x, y))
                .to_vec()
        };
        let path = hatch(&[ring(0.0, 90.0), ring(30.0, 60.0)], RISING, 5.0);
        let inside = |p: Px| p.x > 30.5 && p.x < 59.5 && p.y > 30.5 && p.y < 59.5;
        assert!(path.steps.len() > 20);
        for pair in path.steps.chunks_exact(2) {
            let [Step::Move(a), Step::Line(b)] = pair else {
                panic!("hatching is made of single strokes");
            };
            assert!(!inside(Px::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0)));
        }
    }
}
