//! The name of a place as a block of lines, Arabic above Latin.

use crate::gazetteer::{Kind, PlaceId};
use crate::projection::{BoxPx, Px};
use crate::render::scene::{Color, Halo, Scene};
use crate::render::shape::{Line, Weight};
use crate::render::sheet::{Sheet, name_of};

/// Distance of the baselines of a label, in ems.
const LEADING: f32 = 1.08;

/// The lines of one label, Arabic above Latin.
pub(crate) struct Block {
    lines: Vec<Line>,
    pub(crate) size: (f32, f32),
    baselines: Vec<f32>,
    color: Color,
}

impl Block {
    /// The block of these lines, one below the other: baselines at an even distance, more where
    /// the ink of two lines would come closer than `gap`.
    pub(crate) fn new(lines: Vec<Line>, color: Color, gap: f32) -> Self {
        let width = lines.iter().map(|l| l.ink.width()).fold(0.0, f32::max);
        let mut baselines: Vec<f32> = Vec::with_capacity(lines.len());
        let mut bottom = 0.0f32;
        for (index, line) in lines.iter().enumerate() {
            let baseline = match baselines.last() {
                None => -line.ink.top,
                Some(last) => {
                    let even = last + lines[index - 1].size_px.max(line.size_px) * LEADING;
                    even.max(bottom + gap - line.ink.top)
                }
            };
            bottom = baseline + line.ink.bottom;
            baselines.push(baseline);
        }
        Self {
            lines,
            baselines,
            size: (width, bottom),
            color,
        }
    }

    /// Draws the lines in their box, on the side that faces the point.
    pub(crate) fn draw(self, scene: &mut Scene, area: &BoxPx, side: i8, halo: Option<Halo>) {
        for (line, baseline) in self.lines.into_iter().zip(self.baselines) {
            let spare = area.width() - line.ink.width();
            let left = area.left
                + match side {
                    1 => 0.0,
                    -1 => spare,
                    _ => spare / 2.0,
                };
            let origin = Px::new(left - line.ink.left, area.top + baseline);
            scene.shapes.push(line.at(origin, self.color, halo));
        }
    }
}

/// The name in the languages of the map; `size_pt` unless the kind decides.
pub(crate) fn name_block(
    sheet: &Sheet,
    place: PlaceId,
    color: Color,
    size_pt: Option<f32>,
) -> Block {
    let place = sheet.input.gazetteer.place(place);
    let look = &sheet.style.label;
    let (weight, by_kind) = match place.kind {
        Kind::City => (Weight::Bold, look.city_pt),
        Kind::Town => (Weight::Bold, look.town_pt),
        Kind::Village => (Weight::Regular, look.village_pt),
        _ => (Weight::Regular, look.other_pt),
    };
    let weight = if size_pt.is_some() {
        Weight::Regular
    } else {
        weight
    };
    let size = size_pt.unwrap_or(by_kind);
    let mut names: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for tongue in sheet.tongues() {
        let name = name_of(&place, *tongue);
        if !names.contains(&name) {
            names.push(name);
            lines.push(sheet.line(name, *tongue, weight, size));
        }
    }
    Block::new(lines, color, sheet.pt(size * 0.12))
}
