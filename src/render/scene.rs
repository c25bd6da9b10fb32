//! A scene: one map with everything decided, in pixels. Writers draw it and decide nothing.

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::gazetteer::PlaceId;
use crate::projection::{BoxPx, Projection, Px};
use crate::render::shape::{Direction, Fonts, Glyph};
use crate::render::underlay::Underlay;
use crate::render::{pdf, png, svg};

/// A colour with straight (not premultiplied) opacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
#[allow(missing_docs, reason = "the names say it")]
pub struct Color {
    pub r: u8,
    pub g: u8,
    pub b: u8,
    pub a: u8,
}

impl Color {
    /// Reads `#rrggbb` or `#rrggbbaa`.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [r, g, b, a] = match digits.len() {
            6 => (value << 8 | 0xff).to_be_bytes(),
            8 => value.to_be_bytes(),
            _ => return None,
        };
        Some(Self { r, g, b, a })
    }

    /// The same colour with this opacity, 0 to 1.
    #[must_use]
    pub fn with_opacity(self, opacity: f32) -> Self {
        let a = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        Self { a, ..self }
    }

    /// The colour `share` of the way from this one to `other`.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |from: u8, to: u8| {
            (f32::from(from) + (f32::from(to) - f32::from(from)) * share).round() as u8
        };
        Self {
            r: mix(self.r, other.r),
            g: mix(self.g, other.g),
            b: mix(self.b, other.b),
            a: self.a,
        }
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not #rrggbb or #rrggbbaa"))
    }
}

/// One step of a [`Path`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Start a new part here.
    Move(Px),
    /// A straight line to here.
    Line(Px),
    /// A cubic Bézier curve: two handles and the end.
    Cubic(Px, Px, Px),
    /// Back to the start of the part.
    Close,
}

/// An outline or line in pixels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Path {
    /// Its steps; every part begins with a [`Step::Move`].
    pub steps: Vec<Step>,
}

impl Path {
    /// An open line through these points.
    #[must_use]
    pub fn line(points: &[Px]) -> Self {
        let mut path = Self::default();
        path.add_line(points);
        path
    }

    /// A closed ring through these points.
    #[must_use]
    pub fn ring(points: &[Px]) -> Self {
        let mut path = Self::default();
        path.add_ring(points);
        path
    }

    /// The outline of a box.
    #[must_use]
    pub fn of_box(b: &BoxPx) -> Self {
        Self::ring(&b.corners())
    }

    /// A circle.
    #[must_use]
    pub fn circle(centre: Px, radius: f32) -> Self {
        Self::pie(centre, radius, 0, 4)
    }

    /// Quarters `from` to `to` of a disc, counted clockwise from twelve o'clock; four of them make
    /// a circle.
    #[must_use]
    pub fn pie(centre: Px, radius: f32, from: u8, to: u8) -> Self {
        /// Handle length of the Bézier curve nearest to a quarter circle.
        const KAPPA: f32 = 0.552_284_8;
        let rim = |quarter: u8| match quarter % 4 {
            0 => (0.0, -1.0),
            1 => (1.0, 0.0),
            2 => (0.0, 1.0),
            _ => (-1.0, 0.0),
        };
        let at = |(x, y): (f32, f32)| Px::new(centre.x + x * radius, centre.y + y * radius);
        let mut path = Self::default();
        if to - from == 4 {
            path.steps.push(Step::Move(at(rim(from))));
        } else {
            path.steps.push(Step::Move(centre));
            path.steps.push(Step::Line(at(rim(from))));
        }
        for quarter in from..to {
            let ((x0, y0), (x1, y1)) = (rim(quarter), rim(quarter + 1));
            path.steps.push(Step::Cubic(
                at((x0 + KAPPA * x1, y0 + KAPPA * y1)),
                at((x1 + KAPPA * x0, y1 + KAPPA * y0)),
                at((x1, y1)),
            ));
        }
        path.steps.push(Step::Close);
        path
    }

    /// Adds an open line.
    pub fn add_line(&mut self, points: &[Px]) {
        for (index, point) in points.iter().enumerate() {
            self.steps.push(if index == 0 {
                Step::Move(*point)
            } else {
                Step::Line(*point)
            });
        }
    }

    /// Adds a closed ring.
    pub fn add_ring(&mut self, points: &[Px]) {
        if points.len() > 2 {
            self.add_line(points);
            self.steps.push(Step::Close);
        }
    }

    /// True when there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.len() < 2
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    /// Colour.
    pub color: Color,
    /// Width.
    pub width_px: f32,
    /// Lengths of dashes and gaps in turn; empty for a line without gaps.
    pub dash_px: Vec<f32>,
    /// True for round ends, false for ends cut off at the last point.
    pub round: bool,
}

/// A soft edge around text that keeps it readable on any ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Halo {
    /// Colour.
    pub color: Color,
    /// How far it reaches beyond the letters.
    pub reach_px: f32,
}

/// A line of shaped text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The words in logical order, for writers that keep text selectable.
    pub text: String,
    /// The direction of the line as a whole.
    pub direction: Direction,
    /// Glyphs in visual order, positions relative to `origin`.
    pub glyphs: Vec<Glyph>,
    /// Height of the em.
    pub size_px: f32,
    /// Sum of the advances.
    pub width_px: f32,
    /// Left end of the baseline.
    pub origin: Px,
    /// Turn about `origin`, clockwise, in radians.
    pub turn_rad: f32,
    /// Colour of the letters.
    pub color: Color,
    /// Halo, if any.
    pub halo: Option<Halo>,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled area; overlapping rings make holes (even-odd rule).
    Fill(Path, Color),
    /// A line.
    Line(Path, Pen),
    /// Text.
    Text(Text),
    /// A picture in the picture: its shapes lie in pixels of its own, from the corner of a box, and
    /// nothing is seen outside that box, whose sides are whole numbers.
    Inset(BoxPx, Vec<Shape>),
}

/// Where the name of a place stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedLabel {
    /// The place.
    pub place: PlaceId,
    /// The box around its name.
    pub area: BoxPx,
}

/// One map, ready to draw: a flat list of shapes from the ground up.
#[derive(Debug, Clone)]
pub struct Scene {
    /// What it shows and on which day, in words.
    pub title: String,
    /// The day that it shows.
    pub date: Date,
    /// The direction in which it is read.
    pub direction: Direction,
    /// Where the map lies on the earth.
    pub projection: Projection,
    /// Width and height.
    pub size_px: (u32, u32),
    /// Pixels to the inch when printed.
    pub dpi: f32,
    /// Colour of the paper.
    pub paper: Color,
    /// The part of the picture that is map.
    pub map: BoxPx,
    /// Everything, in the order in which it is drawn.
    pub shapes: Vec<Shape>,
    /// Names of places on the map.
    pub labels: Vec<PlacedLabel>,
    /// Places with evidence, inside the map, for whose name there was no room.
    pub left_out: Vec<PlaceId>,
    /// Where the outlines of the glyphs are.
    pub fonts: Fonts,
}

impl Scene {
    /// The scene as the bytes of a PNG file.
    ///
    /// # Errors
    ///
    /// [`Error::Image`] when the size is zero or too large for memory.
    pub fn to_png(&self) -> Result<Vec<u8>> {
        png::write(self, None)
    }

    /// The same bytes, drawn on what lies lowest in all scenes of a series.
    ///
    /// # Errors
    ///
    /// As [`Scene::to_png`].
    pub fn to_png_over(&self, underlay: &Underlay) -> Result<Vec<u8>> {
        png::write(self, Some(underlay))
    }

    /// The scene as an SVG file: the same picture, with words that can be selected.
    #[must_use]
    pub fn to_svg(&self) -> String {
        svg::write(self)
    }

    /// The scene as the bytes of a PDF file of one page, with words that can be selected.
    ///
    /// # Errors
    ///
    /// [`Error::Image`] when a font cannot be embedded.
    pub fn to_pdf(&self) -> Result<Vec<u8>> {
        pdf::write(self)
    }

    /// Writes the scene to a PNG file.
    ///
    /// # Errors
    ///
    /// As [`Scene::to_png`]; [`Error::Write`] when the file cannot be written.
    pub fn save_png(&self, path: &std::path::Path) -> Result<()> {
        std::fs::write(path, self.to_png()?).map_err(|e| Error::write(path, e))
    }

    pub(crate) fn fill(&mut self, path: Path, color: Color) {
        if !path.is_empty() && color.a > 0 {
            self.shapes.push(Shape::Fill(path, color));
        }
    }

    pub(crate) fn line(&mut self, path: Path, pen: Pen) {
        if !path.is_empty() && pen.color.a > 0 && pen.width_px > 0.0 {
            self.shapes.push(Shape::Line(path, pen));
        }
    }
}

impl Pen {
    /// A line without gaps and with cut ends.
    #[must_use]
    pub fn solid(color: Color, width_px: f32) -> Self {
        Self {
            color,
            width_px,
            dash_px: Vec::new(),
            round: false,
        }
    }

    /// The same with round ends.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            round: true,
            ..self
        }
    }

    /// The same with dashes.
    #[must_use]
    pub fn dashed(self, dash_px: Vec<f32>) -> Self {
        Self { dash_px, ..self }
    }
}
