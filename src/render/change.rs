//! Ground that changed hands: filled in the colour of who has it, hatched in that of who had it.

use crate::change::{Change, GroundChange};
use crate::front::{Front, Holder};
use crate::projection::Px;
use crate::render::control::{RISING, actor_color, hatch, path_of};
use crate::render::legend::{Mark, Shown};
use crate::render::scene::{Color, Path, Pen, Scene};
use crate::render::sheet::Sheet;

/// What a map of change shows besides the later day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compared<'a> {
    /// What changed.
    pub(crate) change: &'a Change,
    /// The front of the earlier day.
    pub(crate) before: &'a Front,
}

/// Draws the ground of each pair of holders, then the front line as it was.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let Some(compared) = sheet.compared else {
        return;
    };
    for (index, ground) in compared.change.grounds.iter().enumerate() {
        let rings = sheet.tracer.rings(&ground.area);
        if shown.is_on_map(&rings, &sheet.map) {
            shown.change(index);
            draw_ground(sheet, scene, ground, &rings);
        }
    }
    let lines = compared.before.lines.iter().filter(|line| !line.is_river);
    let mut path = Path::default();
    for piece in lines.flat_map(|line| sheet.tracer.line(&line.line)) {
        if piece.iter().any(|p| sheet.map.contains(*p)) {
            shown.mark(Mark::FrontBefore);
        }
        path.add_line(&piece);
    }
    scene.line(path, before_pen(sheet));
}

/// The ground of one pair of holders, on the map or as a swatch of the legend.
pub(crate) fn draw_ground(
    sheet: &Sheet,
    scene: &mut Scene,
    ground: &GroundChange,
    rings: &[Vec<Px>],
) {
    let look = &sheet.style.control;
    if let Some(after) = ground.after {
        let tint = color(sheet, after).with_opacity(look.zone_opacity);
        scene.fill(path_of(rings), tint);
    }
    let ink = match ground.before {
        Some(before) => color(sheet, before),
        None => sheet.style.page.soft_ink,
    };
    // Ground that was nobody's yet, or is nobody's any more, did not change hands: wider strokes.
    let is_edge_of_data = ground.before.is_none() || ground.after.is_none();
    let gap_pt = look.hatch_gap_pt * if is_edge_of_data { 2.0 } else { 1.0 };
    let strokes = hatch(rings, RISING, sheet.pt(gap_pt));
    scene.line(strokes, Pen::solid(ink, sheet.pt(look.hatch_pt * 1.4)));
    scene.line(path_of(rings), Pen::solid(ink, sheet.pt(look.zone_edge_pt)));
}

fn color(sheet: &Sheet, holder: Holder) -> Color {
    match holder {
        Holder::Actor(actor) => actor_color(sheet, actor),
        Holder::Contested => sheet.style.control.contested,
    }
}

/// The stroke of the front line of the earlier day.
pub(crate) fn before_pen(sheet: &Sheet) -> Pen {
    let look = &sheet.style.control;
    let dashes = look.pocket_dash_pt.map(|length| sheet.pt(length)).to_vec();
    Pen::solid(look.front, sheet.pt(look.front_pt * 0.5)).dashed(dashes)
}
