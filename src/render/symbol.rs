//! Symbols of places: shape by kind, colour by control.

use crate::gazetteer::Kind;
use crate::projection::Px;
use crate::render::scene::{Color, Path, Pen, Scene};
use crate::render::sheet::Sheet;

/// How a symbol is coloured.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fill {
    /// One colour: one holder.
    Whole(Color),
    /// A part for each holder, clockwise.
    Parts(Vec<Color>),
    /// Half coloured, half white: partly held.
    Half(Color),
    /// A coloured rim around white: lost.
    Rim(Color),
}

/// Radius of the symbol of a kind.
pub(crate) fn radius(sheet: &Sheet, kind: Kind) -> f32 {
    let look = &sheet.style.place;
    sheet.mark_pt(match kind {
        Kind::City => look.city_pt,
        Kind::Town => look.town_pt,
        Kind::Village => look.village_pt,
        Kind::Neighbourhood => look.village_pt * 0.8,
        _ => look.other_pt,
    })
}

/// Half the room that a symbol takes with its ring; some reach beyond their radius.
pub(crate) fn reach(sheet: &Sheet, kind: Kind) -> f32 {
    let beyond = match kind {
        Kind::Airport => 1.4,
        Kind::Oilfield | Kind::Camp => 1.12,
        _ => 1.0,
    };
    radius(sheet, kind) * beyond + sheet.mark_pt(sheet.style.place.ring_pt)
}

/// A ring under the symbol of a place whose state changed.
pub(crate) fn draw_changed(sheet: &Sheet, scene: &mut Scene, (at, kind): (Px, Kind)) {
    let color = sheet.style.page.accent;
    let width = sheet.mark_pt(sheet.style.place.changed_pt);
    let ring = Path::circle(at, reach(sheet, kind) + width * 0.8);
    scene.line(
        ring.clone(),
        Pen::solid(sheet.style.place.ring, width * 2.2),
    );
    scene.line(ring, Pen::solid(color, width));
}

/// Draws a symbol with its white ring and dark edge.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene, (at, kind): (Px, Kind), fill: &Fill) {
    let look = &sheet.style.place;
    let reach = radius(sheet, kind);
    let outline = outline(kind, at, reach);
    let ring_px = 2.0 * sheet.mark_pt(look.ring_pt);
    scene.line(outline.clone(), Pen::solid(look.ring, ring_px).rounded());
    let is_round = matches!(
        kind,
        Kind::City | Kind::Town | Kind::Village | Kind::Neighbourhood
    );
    match fill {
        Fill::Whole(color) => scene.fill(outline.clone(), *color),
        Fill::Half(color) | Fill::Rim(color) if !is_round => {
            scene.fill(outline.clone(), color.mixed(look.ring, 0.5));
        }
        Fill::Half(color) => {
            scene.fill(outline.clone(), look.ring);
            scene.fill(Path::pie(at, reach, 2, 4), *color);
        }
        Fill::Rim(color) => {
            scene.fill(outline.clone(), *color);
            scene.fill(Path::circle(at, reach * 0.55), look.ring);
        }
        Fill::Parts(colors) => draw_parts(scene, &outline, (at, reach, is_round), colors),
    }
    scene.line(outline, Pen::solid(look.edge, sheet.mark_pt(look.edge_pt)));
    if kind == Kind::City {
        let inner = Path::circle(at, reach * 0.45);
        scene.line(inner, Pen::solid(look.edge, sheet.mark_pt(look.edge_pt)));
    }
}

fn draw_parts(
    scene: &mut Scene,
    outline: &Path,
    (at, reach, is_round): (Px, f32, bool),
    colors: &[Color],
) {
    let Some(first) = colors.first() else { return };
    scene.fill(outline.clone(), *first);
    if !is_round {
        return;
    }
    let quarters: &[(u8, u8)] = match colors.len() {
        2 => &[(2, 4), (0, 2)],
        3 => &[(2, 4), (0, 1), (1, 2)],
        4.. => &[(3, 4), (0, 1), (1, 2), (2, 3)],
        _ => &[],
    };
    for ((from, to), color) in quarters.iter().zip(colors) {
        scene.fill(Path::pie(at, reach, *from, *to), *color);
    }
}

/// The outline of the symbol of a kind.
pub(crate) fn outline(kind: Kind, at: Px, reach: f32) -> Path {
    let shape: &[(f32, f32)] = match kind {
        Kind::Oilfield => &[(0.0, -1.15), (1.0, 0.0), (0.0, 1.15), (-1.0, 0.0)],
        Kind::Crossing => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Kind::Hill => &[(0.0, -1.05), (1.05, 0.85), (-1.05, 0.85)],
        Kind::Camp => &[
            (0.0, -1.15),
            (1.05, -0.2),
            (1.05, 0.95),
            (-1.05, 0.95),
            (-1.05, -0.2),
        ],
        Kind::Airport => &PLANE,
        _ => return Path::circle(at, reach),
    };
    let points: Vec<Px> = shape
        .iter()
        .map(|(x, y)| Px::new(at.x + x * reach, at.y + y * reach))
        .collect();
    Path::ring(&points)
}

/// An aeroplane seen from above, flying up.
const PLANE: [(f32, f32); 18] = [
    (0.0, -1.45),
    (0.22, -1.1),
    (0.24, -0.35),
    (1.35, 0.35),
    (1.35, 0.65),
    (0.24, 0.3),
    (0.17, 0.9),
    (0.5, 1.2),
    (0.5, 1.42),
    (0.0, 1.25),
    (-0.5, 1.42),
    (-0.5, 1.2),
    (-0.17, 0.9),
    (-0.24, 0.3),
    (-1.35, 0.65),
    (-1.35, 0.35),
    (-0.24, -0.35),
    (-0.22, -1.1),
];
