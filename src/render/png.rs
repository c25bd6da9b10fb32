//! Draws a [`Scene`] as a PNG; decides nothing.
//!
//! Halos are not stroked outlines, which dominated the time of a map. A line of text is drawn once
//! into a small mask; the halo is that mask spread by a disc.

use std::collections::BTreeMap;

use tiny_skia::{
    FillRule, LineCap, LineJoin, Mask, Paint, PathBuilder, Pixmap, PixmapPaint, Stroke, StrokeDash,
    Transform,
};

use crate::error::{Error, Result};
use crate::projection::BoxPx;
use crate::render::scene::{Color, Halo, Path, Pen, Scene, Shape, Step, Text};
use crate::render::shape::{FontId, Fonts, Glyph};
use crate::render::underlay::Underlay;

const INCHES_PER_METRE: f32 = 39.370_08;

/// The bytes of a PNG file with its resolution.
pub(crate) fn write(scene: &Scene, underlay: Option<&Underlay>) -> Result<Vec<u8>> {
    encode(&pixels(scene, underlay)?, scene.dpi)
}

fn pixels(scene: &Scene, underlay: Option<&Underlay>) -> Result<Pixmap> {
    match underlay.and_then(|underlay| underlay.begin(scene)) {
        Some((begun, rest)) => draw(scene, Some(begun), rest),
        None => draw(scene, None, &scene.shapes),
    }
}

/// Shapes of a scene on its paper, or on what was begun.
pub(super) fn draw(scene: &Scene, begun: Option<Pixmap>, shapes: &[Shape]) -> Result<Pixmap> {
    let mut pen = TextPen {
        fonts: &scene.fonts,
        paper: scene.paper,
        outlines: BTreeMap::new(),
    };
    let mut pixmap = match begun {
        Some(pixmap) => pixmap,
        None => sheet(scene.size_px, scene.paper)?,
    };
    draw_shapes(&mut pixmap, shapes, &mut pen)?;
    Ok(pixmap)
}

/// Empty paper.
fn sheet((width, height): (u32, u32), paper: Color) -> Result<Pixmap> {
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| image_error(format!("no memory for {width}x{height} pixels")))?;
    pixmap.fill(skia_color(paper));
    Ok(pixmap)
}

fn draw_shapes(pixmap: &mut Pixmap, shapes: &[Shape], pen: &mut TextPen) -> Result<()> {
    for shape in shapes {
        match shape {
            Shape::Fill(path, color) => fill(pixmap, path, *color),
            Shape::Line(path, pen) => stroke(pixmap, path, pen),
            Shape::Text(text) => pen.draw(pixmap, text),
            Shape::Inset(area, shapes) => {
                let size = (area.width().round() as u32, area.height().round() as u32);
                let mut inset = sheet(size, pen.paper)?;
                draw_shapes(&mut inset, shapes, pen)?;
                lay(pixmap, &inset, area);
            }
        }
    }
    Ok(())
}

/// Lays an inset on the picture.
fn lay(pixmap: &mut Pixmap, inset: &Pixmap, area: &BoxPx) {
    let (x, y) = (area.left.round() as i32, area.top.round() as i32);
    let (paint, place) = (PixmapPaint::default(), Transform::identity());
    pixmap.draw_pixmap(x, y, inset.as_ref(), &paint, place, None);
}

pub(crate) fn image_error(problem: String) -> Error {
    Error::Image { problem }
}

fn skia_color(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(skia_color(color));
    paint
}

fn skia_path(path: &Path) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::new();
    for step in &path.steps {
        match step {
            Step::Move(p) => builder.move_to(p.x, p.y),
            Step::Line(p) => builder.line_to(p.x, p.y),
            Step::Cubic(a, b, p) => builder.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y),
            Step::Close => builder.close(),
        }
    }
    builder.finish()
}

fn fill(pixmap: &mut Pixmap, path: &Path, color: Color) {
    if let Some(path) = skia_path(path) {
        let place = Transform::identity();
        pixmap.fill_path(&path, &paint(color), FillRule::EvenOdd, place, None);
    }
}

fn stroke(pixmap: &mut Pixmap, path: &Path, pen: &Pen) {
    let Some(path) = skia_path(path) else { return };
    let stroke = Stroke {
        width: pen.width_px,
        line_cap: if pen.round {
            LineCap::Round
        } else {
            LineCap::Butt
        },
        line_join: LineJoin::Round,
        dash: StrokeDash::new(pen.dash_px.clone(), 0.0),
        ..Stroke::default()
    };
    pixmap.stroke_path(
        &path,
        &paint(pen.color),
        &stroke,
        Transform::identity(),
        None,
    );
}

/// Draws text, keeping the outline of each glyph of each font.
struct TextPen<'a> {
    fonts: &'a Fonts,
    /// What insets are drawn on.
    paper: Color,
    outlines: BTreeMap<(FontId, u16), Option<tiny_skia::Path>>,
}

impl TextPen<'_> {
    fn draw(&mut self, pixmap: &mut Pixmap, text: &Text) {
        let Some(path) = self.path(text) else { return };
        let reach = text.halo.map_or(0.0, |halo| halo.reach_px);
        let Some(mut stamp) = Stamp::of(&path, reach) else {
            return;
        };
        if let Some(Halo { color, reach_px }) = text.halo {
            stamp.spread(reach_px).lay(pixmap, color);
        }
        stamp.lay(pixmap, text.color);
    }

    /// All glyphs of a line as one path in pixels of the picture.
    fn path(&mut self, text: &Text) -> Option<tiny_skia::Path> {
        let mut builder = PathBuilder::new();
        let turn = Transform::from_rotate(text.turn_rad.to_degrees())
            .post_translate(text.origin.x, text.origin.y);
        for glyph in &text.glyphs {
            let place = Transform::from_scale(text.size_px, text.size_px)
                .post_translate(glyph.x, glyph.y)
                .post_concat(turn);
            if let Some(outline) = self.outline(glyph).and_then(|o| o.transform(place)) {
                builder.push_path(&outline);
            }
        }
        builder.finish()
    }

    fn outline(&mut self, glyph: &Glyph) -> Option<tiny_skia::Path> {
        self.outlines
            .entry((glyph.font, glyph.id))
            .or_insert_with(|| skia_path(&self.fonts.outline(glyph)))
            .clone()
    }
}

/// A small mask of coverage and where it lies on the picture.
struct Stamp {
    left: i32,
    top: i32,
    width: usize,
    cover: Vec<u8>,
}

impl Stamp {
    /// The coverage of a path, with room for a halo around it.
    fn of(path: &tiny_skia::Path, reach: f32) -> Option<Self> {
        let bounds = path.bounds();
        let room = reach.ceil() + 2.0;
        let (left, top) = (bounds.left().floor() - room, bounds.top().floor() - room);
        let width = (bounds.right() + room - left).ceil() as u32;
        let height = (bounds.bottom() + room - top).ceil() as u32;
        let mut mask = Mask::new(width, height)?;
        let place = Transform::from_translate(-left, -top);
        mask.fill_path(path, FillRule::Winding, true, place);
        Some(Self {
            left: left as i32,
            top: top as i32,
            width: width as usize,
            cover: mask.take(),
        })
    }

    /// The mask spread by a disc: each pixel takes the strongest coverage within reach, weaker on
    /// the rim of the disc so that the edge stays smooth.
    fn spread(&mut self, reach: f32) -> Self {
        let rows = self.cover.len() / self.width;
        let mut spread = vec![0u8; self.cover.len()];
        let far = reach.ceil() as i32;
        for dy in -far..=far {
            for dx in -far..=far {
                let distance = ((dx * dx + dy * dy) as f32).sqrt();
                let weight = ((reach + 0.5 - distance).clamp(0.0, 1.0) * 256.0) as u16;
                if weight > 0 {
                    self.spread_by((dx, dy), weight, rows, &mut spread);
                }
            }
        }
        Self {
            left: self.left,
            top: self.top,
            width: self.width,
            cover: spread,
        }
    }

    fn spread_by(&self, (dx, dy): (i32, i32), weight: u16, rows: usize, spread: &mut [u8]) {
        let from_x = (-dx).max(0) as usize;
        let to_x = dx.max(0) as usize;
        let count = self.width - dx.unsigned_abs() as usize;
        for row in 0..rows as i32 {
            let source = row - dy;
            if !(0..rows as i32).contains(&source) {
                continue;
            }
            let source = source as usize * self.width + from_x;
            let target = row as usize * self.width + to_x;
            let sources = &self.cover[source..source + count];
            for (into, cover) in spread[target..target + count].iter_mut().zip(sources) {
                *into = (*into).max(((u16::from(*cover) * weight) >> 8) as u8);
            }
        }
    }

    /// Lays a colour on the picture through the mask.
    fn lay(&self, pixmap: &mut Pixmap, color: Color) {
        let (width, height) = (pixmap.width() as i32, pixmap.height() as i32);
        let data = pixmap.data_mut();
        for (row, covers) in self.cover.chunks_exact(self.width).enumerate() {
            let y = self.top + row as i32;
            if !(0..height).contains(&y) {
                continue;
            }
            let skipped = (-self.left).max(0);
            let end = (width - self.left).min(self.width as i32);
            if skipped >= end {
                continue;
            }
            let start = ((y * width + self.left + skipped) * 4) as usize;
            let covers = &covers[skipped as usize..end as usize];
            let pixels = data[start..start + covers.len() * 4].chunks_exact_mut(4);
            for (pixel, cover) in pixels.zip(covers) {
                if *cover > 0 {
                    blend(pixel, color, *cover);
                }
            }
        }
    }
}

/// Lays one colour over one opaque pixel.
fn blend(pixel: &mut [u8], color: Color, cover: u8) {
    let share = u32::from(cover) * u32::from(color.a) / 255;
    for (into, from) in pixel.iter_mut().zip([color.r, color.g, color.b]) {
        let mixed = u32::from(*into) * (255 - share) + u32::from(from) * share;
        *into = ((mixed + 127) / 255) as u8;
    }
}

/// The scene as rows of red, green and blue.
pub(crate) fn rgb(scene: &Scene, underlay: &Underlay) -> Result<Vec<u8>> {
    Ok(without_alpha(&pixels(scene, Some(underlay))?))
}

/// The paper is opaque, so is every pixel.
fn without_alpha(pixmap: &Pixmap) -> Vec<u8> {
    let pixels = pixmap.data().chunks_exact(4);
    pixels.flat_map(|p| [p[0], p[1], p[2]]).collect()
}

/// The resolution as a PNG says it.
pub(crate) fn pixel_dims(dpi: f32) -> png::PixelDimensions {
    let per_metre = (dpi * INCHES_PER_METRE).round() as u32;
    png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }
}

fn encode(pixmap: &Pixmap, dpi: f32) -> Result<Vec<u8>> {
    let failed = |e: png::EncodingError| image_error(e.to_string());
    let rgb = without_alpha(pixmap);
    let mut bytes = Vec::with_capacity(rgb.len() / 4);
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_pixel_dims(Some(pixel_dims(dpi)));
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&rgb).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}
