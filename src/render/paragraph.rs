//! Running text: lines broken to a width and set from their own side.

use crate::projection::{BoxPx, Px};
use crate::render::scene::{Color, Scene};
use crate::render::shape::{Direction, Line, Weight};
use crate::render::sheet::Sheet;
use crate::render::words::Tongue;

/// Distance of baselines, in ems; Arabic needs more than Latin.
const LEADING: f32 = 1.34;

/// A text with its language, weight, size in points and colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) tongue: Tongue,
    pub(crate) weight: Weight,
    pub(crate) size_pt: f32,
    pub(crate) color: Color,
}

/// Where a single line hangs: its first letter on the left, or on the right.
pub(crate) fn hang(line: &Line, direction: Direction, area: &BoxPx, baseline: f32) -> Px {
    let x = match direction {
        Direction::LeftToRight => area.left,
        Direction::RightToLeft => area.right - line.width_px,
    };
    Px::new(x, baseline)
}

/// Sets one line from the side on which its language begins; gives its width.
pub(crate) fn set_line(
    sheet: &Sheet,
    scene: &mut Scene,
    (text, setting): (&str, &Setting),
    area: &BoxPx,
    baseline: f32,
) -> f32 {
    let line = sheet.line(text, setting.tongue, setting.weight, setting.size_pt);
    let width = line.width_px;
    let origin = hang(&line, setting.tongue.direction(), area, baseline);
    scene.shapes.push(line.at(origin, setting.color, None));
    width
}

/// Sets running text at the top of `area`; gives the height that it took.
pub(crate) fn set_text(
    sheet: &Sheet,
    scene: &mut Scene,
    (text, setting): (&str, &Setting),
    area: &BoxPx,
) -> f32 {
    let leading = sheet.pt(setting.size_pt) * LEADING;
    let mut baseline = area.top + leading * 0.8;
    for line in broken(sheet, text, setting, area.width()) {
        set_line(sheet, scene, (&line, setting), area, baseline);
        baseline += leading;
    }
    baseline - leading * 0.8 - area.top
}

/// The text in lines no wider than `width`, broken at spaces.
pub(crate) fn broken(sheet: &Sheet, text: &str, setting: &Setting, width: f32) -> Vec<String> {
    let measure = |words: &str| {
        let line = sheet.line(words, setting.tongue, setting.weight, setting.size_pt);
        line.width_px
    };
    let space = measure("a a") - measure("aa");
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for word in text.split(' ') {
        let wide = measure(word);
        match lines.last_mut() {
            Some(line) if used + space + wide <= width => {
                line.push(' ');
                line.push_str(word);
                used += space + wide;
            }
            _ => {
                lines.push(word.to_owned());
                used = wide;
            }
        }
    }
    lines
}
