//! One shape of a scene as one element of an SVG.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::projection::{BoxPx, Px};
use crate::render::scene::{Color, Path, Pen, Scene, Shape, Step, Text};
use crate::render::shape::{Direction, FontId, Fonts, Glyph};
use crate::render::svg::path::{Grid, data};

/// Units of an em in which glyphs are written.
const EM: f32 = 1000.0;

/// Writes elements, and keeps the letters and lines of text that they refer to.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// Outlines of glyphs, with their numbers; none for a glyph without ink, such as a space.
    glyphs: BTreeMap<(FontId, u16), Option<usize>>,
    outlines: Vec<String>,
    /// Lines of text as rows of glyphs, with their numbers. The same name at another place, or in
    /// another colour, is the same line.
    lines: BTreeMap<String, usize>,
    /// Long paths, with their numbers: a zone and its edge, a river and its casing share one.
    paths: BTreeMap<String, usize>,
}

/// A path with data longer than this is kept apart from the elements that draw it.
const LONG_PATH: usize = 160;

/// What one shape becomes.
pub(super) struct Element {
    /// What is seen.
    pub(super) seen: String,
    /// The words of a text, to be selected and searched but not seen.
    pub(super) words: Option<String>,
}

impl Writer {
    /// The element of one shape of a scene.
    pub(super) fn element(&mut self, shape: &Shape, scene: &Scene, grid: Grid) -> Element {
        match shape {
            Shape::Fill(path, color) => Element {
                seen: self.fill(path, *color, grid),
                words: None,
            },
            Shape::Line(path, pen) => Element {
                seen: self.line(path, pen, grid),
                words: None,
            },
            Shape::Text(text) => Element {
                seen: self.glyph_row(text, &scene.fonts, grid),
                words: Some(words(text, grid)),
            },
            Shape::Inset(area, shapes) => self.inset(area, shapes, scene, grid),
        }
    }

    /// A picture in the picture. Its words are not cut off: they are not seen.
    fn inset(&mut self, area: &BoxPx, shapes: &[Shape], scene: &Scene, grid: Grid) -> Element {
        let mut seen = String::new();
        let mut words = String::new();
        for shape in shapes {
            let element = self.element(shape, scene, grid);
            seen.push_str(&element.seen);
            words.extend(element.words);
        }
        let [x, y, width, height] =
            [area.left, area.top, area.width(), area.height()].map(|v| grid.number(v));
        let open = format!(r#"<svg x="{x}" y="{y}" width="{width}" height="{height}">"#);
        Element {
            seen: format!("{open}{seen}</svg>"),
            words: Some(format!(r#"<g transform="translate({x} {y})">{words}</g>"#)),
        }
    }

    /// The letters and lines that the elements refer to.
    pub(super) fn definitions(&self) -> String {
        let mut text = String::from("<defs>");
        for (number, outline) in self.outlines.iter().enumerate() {
            let _ = write!(text, r#"<path id="g{number}" d="{outline}"/>"#);
        }
        for (number, data) in numbered(&self.paths) {
            let _ = write!(text, r#"<path id="p{number}" d="{data}"/>"#);
        }
        for (number, row) in numbered(&self.lines) {
            let _ = write!(text, r#"<g id="t{number}">{row}</g>"#);
        }
        text.push_str("</defs>");
        text
    }

    fn fill(&mut self, path: &Path, color: Color, grid: Grid) -> String {
        let looks = format!(r#" fill-rule="evenodd"{}"#, paint("fill", color));
        self.drawn(path, &looks, grid)
    }

    fn line(&mut self, path: &Path, pen: &Pen, grid: Grid) -> String {
        let color = paint("stroke", pen.color);
        let width = Grid::FINE.number(pen.width_px);
        let mut looks = format!(r#" fill="none"{color} stroke-width="{width}""#);
        if pen.round {
            looks.push_str(r#" stroke-linecap="round""#);
        }
        if !pen.dash_px.is_empty() {
            let dashes: Vec<String> = pen.dash_px.iter().map(|d| Grid::FINE.number(*d)).collect();
            let _ = write!(looks, r#" stroke-dasharray="{}""#, dashes.join(" "));
        }
        self.drawn(path, &looks, grid)
    }

    /// A path that looks like this: written here when it is short, else kept once and referred to.
    fn drawn(&mut self, path: &Path, looks: &str, grid: Grid) -> String {
        let data = data(path, grid);
        if data.len() <= LONG_PATH {
            return format!(r#"<path{looks} d="{data}"/>"#);
        }
        let next = self.paths.len();
        let number = *self.paths.entry(data).or_insert(next);
        format!(r##"<use href="#p{number}"{looks}/>"##)
    }

    /// A line of text drawn by its outlines, the halo first. Letters drawn by the font of whoever
    /// looks at the picture would not be the letters that the labels were placed for.
    fn glyph_row(&mut self, text: &Text, fonts: &Fonts, grid: Grid) -> String {
        let mut row = String::new();
        let to_units = EM / text.size_px;
        for glyph in &text.glyphs {
            if let Some(number) = self.outline(glyph, fonts) {
                let _ = write!(row, r##"<use href="#g{number}""##);
                for (name, value) in [("x", glyph.x), ("y", glyph.y)] {
                    let units = Grid::WHOLE.number(value * to_units);
                    if units != "0" {
                        let _ = write!(row, r#" {name}="{units}""#);
                    }
                }
                row.push_str("/>");
            }
        }
        let next = self.lines.len();
        let number = *self.lines.entry(row).or_insert(next);
        let mut element = format!(
            r#"<g transform="{}scale({})"{}>"#,
            place(text.origin, text.turn_rad, grid),
            Grid::FINEST.number(text.size_px / EM),
            paint("fill", text.color),
        );
        if let Some(halo) = text.halo {
            let (color, opacity) = (hex(halo.color), group_opacity(halo.color));
            let width = Grid::WHOLE.number(2.0 * halo.reach_px * to_units);
            let _ = write!(
                element,
                r##"<use href="#t{number}" fill="{color}" stroke="{color}" stroke-width="{width}"{opacity}/>"##
            );
        }
        let _ = write!(element, r##"<use href="#t{number}"/></g>"##);
        element
    }

    fn outline(&mut self, glyph: &Glyph, fonts: &Fonts) -> Option<usize> {
        let outlines = &mut self.outlines;
        let number = self
            .glyphs
            .entry((glyph.font, glyph.id))
            .or_insert_with(|| {
                let outline = scaled(&fonts.outline(glyph), EM);
                if outline.is_empty() {
                    return None;
                }
                outlines.push(data(&outline, Grid::WHOLE));
                Some(outlines.len() - 1)
            });
        *number
    }
}

/// What was kept, in the order in which it was met.
fn numbered(kept: &BTreeMap<String, usize>) -> Vec<(usize, &str)> {
    let mut all: Vec<(usize, &str)> = kept.iter().map(|(text, n)| (*n, text.as_str())).collect();
    all.sort_unstable();
    all
}

fn scaled(path: &Path, by: f32) -> Path {
    let at = |p: Px| Px::new(p.x * by, p.y * by);
    let steps = path.steps.iter().map(|step| match step {
        Step::Move(p) => Step::Move(at(*p)),
        Step::Line(p) => Step::Line(at(*p)),
        Step::Cubic(a, b, p) => Step::Cubic(at(*a), at(*b), at(*p)),
        Step::Close => Step::Close,
    });
    Path {
        steps: steps.collect(),
    }
}

/// The words of a line, as wide as they are drawn, for the pointer and the search of a browser.
fn words(text: &Text, grid: Grid) -> String {
    let (direction, start) = match text.direction {
        Direction::LeftToRight => ("", 0.0),
        Direction::RightToLeft => (r#" direction="rtl""#, text.width_px),
    };
    let place = if text.turn_rad == 0.0 {
        let (x, y) = (
            grid.number(text.origin.x + start),
            grid.number(text.origin.y),
        );
        format!(r#"x="{x}" y="{y}""#)
    } else {
        let place = place(text.origin, text.turn_rad, grid);
        format!(r#"transform="{place}" x="{}""#, grid.number(start))
    };
    format!(
        r#"<text {place}{direction} font-size="{}" textLength="{}">{}</text>"#,
        grid.number(text.size_px),
        grid.number(text.width_px),
        escaped(&text.text),
    )
}

fn place(origin: Px, turn_rad: f32, grid: Grid) -> String {
    let mut place = format!(
        "translate({} {})",
        grid.number(origin.x),
        grid.number(origin.y)
    );
    if turn_rad != 0.0 {
        let degrees = Grid::FINE.number(turn_rad.to_degrees());
        let _ = write!(place, "rotate({degrees})");
    }
    place
}

/// An attribute with a colour, and one with its opacity where it has one.
fn paint(attribute: &str, color: Color) -> String {
    let mut paint = format!(r#" {attribute}="{}""#, hex(color));
    if color.a < 255 {
        let _ = write!(paint, r#" {attribute}-opacity="{}""#, opacity(color));
    }
    paint
}

/// The opacity of a group as a whole: letters that touch do not show through each other.
fn group_opacity(color: Color) -> String {
    if color.a == 255 {
        return String::new();
    }
    format!(r#" opacity="{}""#, opacity(color))
}

fn opacity(color: Color) -> String {
    Grid::FINE.number(f32::from(color.a) / 255.0)
}

pub(super) fn hex(color: Color) -> String {
    let [r, g, b] = [color.r, color.g, color.b];
    let is_short = |v: u8| v.is_multiple_of(17);
    if is_short(r) && is_short(g) && is_short(b) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// Text as it may stand between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML 1.0 has no place for other control characters, not even escaped.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => {}
            c => safe.push(c),
        }
    }
    safe
}
