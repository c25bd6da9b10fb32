//! Draws a [`Scene`] as a PDF of one page; decides nothing.
//!
//! Text is text, with the letters behind each glyph, so that it can be selected, copied and
//! searched. A halo is the same text stroked under it, marked as standing for no words: as
//! outlines it would make the file seven times as large.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use unicode_bidi::{BidiClass, bidi_class};

use crate::error::{Error, Result};
use crate::render::scene::{Color, Halo, Path, Pen, Scene, Shape, Step, Text};
use crate::render::shape::{Direction, FontId, Fonts, Glyph};

const POINTS_PER_INCH: f32 = 72.0;

/// The bytes of a PDF file.
///
/// # Errors
///
/// [`Error::Image`] when the page has no size or a font cannot be embedded.
pub(crate) fn write(scene: &Scene) -> Result<Vec<u8>> {
    let (width, height) = scene.size_px;
    let scale = POINTS_PER_INCH / scene.dpi;
    let size = PageSettings::from_wh(width as f32 * scale, height as f32 * scale);
    let size = size.ok_or_else(|| image_error(format!("a page of {width}x{height} pixels")))?;
    let mut document = Document::new();
    document.set_metadata(metadata(scene));
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    draw(scene, &mut surface)?;
    surface.pop();
    surface.finish();
    page.finish();
    let bytes = document.finish();
    bytes.map_err(|e| image_error(format!("no PDF came of it: {e:?}")))
}

fn image_error(problem: String) -> Error {
    Error::Image { problem }
}

/// Title and language; as date of creation the day that the map shows, for there is no clock here.
fn metadata(scene: &Scene) -> Metadata {
    let day = scene.date;
    let date = DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs());
    let language = match scene.direction {
        Direction::LeftToRight => "en",
        Direction::RightToLeft => "ar",
    };
    Metadata::new()
        .title(scene.title.clone())
        .creator(concat!("khatt ", env!("CARGO_PKG_VERSION")).to_owned())
        .language(language.to_owned())
        .creation_date(date)
}

fn draw(scene: &Scene, surface: &mut Surface) -> Result<()> {
    let mut pen = TextPen::of(&scene.fonts)?;
    let (width, height) = (scene.size_px.0 as f32, scene.size_px.1 as f32);
    let sheet = crate::projection::BoxPx::new(0.0, 0.0, width, height);
    fill(surface, &Path::of_box(&sheet), scene.paper);
    draw_shapes(&scene.shapes, surface, &mut pen);
    Ok(())
}

fn draw_shapes(shapes: &[Shape], surface: &mut Surface, pen: &mut TextPen) {
    for shape in shapes {
        match shape {
            Shape::Fill(path, color) => fill(surface, path, *color),
            Shape::Line(path, pen) => stroke(surface, path, pen),
            Shape::Text(text) => pen.draw(surface, text),
            Shape::Inset(area, shapes) => {
                if let Some(path) = krilla_path(&Path::of_box(area)) {
                    surface.push_clip_path(&path, &FillRule::NonZero);
                    surface.push_transform(&Transform::from_translate(area.left, area.top));
                    draw_shapes(shapes, surface, pen);
                    surface.pop();
                    surface.pop();
                }
            }
        }
    }
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE)
}

fn fill_of(color: Color, rule: FillRule) -> Fill {
    Fill {
        paint: rgb::Color::new(color.r, color.g, color.b).into(),
        opacity: opacity(color),
        rule,
    }
}

fn stroke_of(color: Color, width_px: f32) -> Stroke {
    Stroke {
        paint: rgb::Color::new(color.r, color.g, color.b).into(),
        width: width_px,
        line_join: LineJoin::Round,
        opacity: opacity(color),
        ..Stroke::default()
    }
}

fn krilla_path(path: &Path) -> Option<krilla::geom::Path> {
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

fn fill(surface: &mut Surface, path: &Path, color: Color) {
    if let Some(path) = krilla_path(path) {
        surface.set_stroke(None);
        surface.set_fill(Some(fill_of(color, FillRule::EvenOdd)));
        surface.draw_path(&path);
    }
}

fn stroke(surface: &mut Surface, path: &Path, pen: &Pen) {
    let Some(path) = krilla_path(path) else {
        return;
    };
    let mut stroke = stroke_of(pen.color, pen.width_px);
    if pen.round {
        stroke.line_cap = LineCap::Round;
    }
    if !pen.dash_px.is_empty() {
        stroke.dash = Some(StrokeDash {
            array: pen.dash_px.clone(),
            offset: 0.0,
        });
    }
    surface.set_fill(None);
    surface.set_stroke(Some(stroke));
    surface.draw_path(&path);
}

/// Draws text in fonts that are embedded as far as they are used.
struct TextPen {
    faces: Vec<Face>,
}

struct Face {
    font: Font,
    /// Glyphs without ink that no letter uses yet.
    spare: Vec<u16>,
    /// Glyphs without ink that stand for the further letters of ligatures.
    carriers: BTreeMap<char, u16>,
}

impl TextPen {
    fn of(fonts: &Fonts) -> Result<Self> {
        let face = |id: FontId| {
            let font = Font::new(fonts.bytes(id).to_vec().into(), 0);
            let font = font.ok_or_else(|| image_error("a font cannot be embedded".to_owned()))?;
            Ok(Face {
                font,
                spare: fonts.empty_glyphs(id),
                carriers: BTreeMap::new(),
            })
        };
        let faces = fonts.ids().map(face).collect::<Result<_>>()?;
        Ok(Self { faces })
    }

    fn draw(&mut self, surface: &mut Surface, text: &Text) {
        let degrees = text.turn_rad.to_degrees();
        let turn = Transform::from_rotate_at(degrees, text.origin.x, text.origin.y);
        surface.push_transform(&turn);
        if let Some(halo) = text.halo {
            self.draw_halo(surface, text, halo);
        }
        surface.set_stroke(None);
        surface.set_fill(Some(fill_of(text.color, FillRule::NonZero)));
        self.draw_runs(surface, text);
        surface.pop();
    }

    fn draw_halo(&mut self, surface: &mut Surface, text: &Text, halo: Halo) {
        let wordless = SpanTag::empty().with_actual_text(Some(""));
        surface.start_tagged(ContentTag::Span(wordless));
        surface.set_fill(None);
        surface.set_stroke(Some(stroke_of(halo.color, 2.0 * halo.reach_px)));
        self.draw_runs(surface, text);
        surface.end_tagged();
    }

    /// The glyphs, a run for each font.
    fn draw_runs(&mut self, surface: &mut Surface, text: &Text) {
        for glyphs in text.glyphs.chunk_by(|a, b| a.font == b.font) {
            let Some(face) = self.faces.get_mut(glyphs[0].font.index()) else {
                continue;
            };
            let start = Point::from_xy(text.origin.x + glyphs[0].x, text.origin.y);
            let run = Run::of(glyphs, text, face);
            let font = face.font.clone();
            surface.draw_glyphs(start, &run.glyphs, font, &run.letters, text.size_px, false);
        }
    }
}

impl Face {
    /// A glyph without ink that stands for this letter wherever it is used.
    fn carrier(&mut self, letter: char) -> Option<u16> {
        if let Some(known) = self.carriers.get(&letter) {
            return Some(*known);
        }
        let glyph = self.spare.pop()?;
        self.carriers.insert(letter, glyph);
        Some(glyph)
    }
}

/// Glyphs of one font with the letters that they stand for, both in visual order.
///
/// Whoever extracts a right-to-left line turns it round glyph by glyph. Programs disagree on the
/// letters of a ligature (poppler, PDFium and MuPDF make ال of لا), so each ligature stands for
/// its first letter alone, and glyphs without ink before it stand for the others.
struct Run {
    glyphs: Vec<KrillaGlyph>,
    letters: String,
}

impl Run {
    fn of(glyphs: &[Glyph], text: &Text, face: &mut Face) -> Self {
        let mut run = Self {
            glyphs: Vec::with_capacity(glyphs.len()),
            letters: String::new(),
        };
        for (index, glyph) in glyphs.iter().enumerate() {
            let next = glyphs.get(index + 1);
            let advance = next.map_or(0.0, |next| next.x - glyph.x) / text.size_px;
            let source = &text.text[glyph.source()];
            let is_shared =
                |other: Option<&Glyph>| other.is_some_and(|o| o.cluster == glyph.cluster);
            let before = index.checked_sub(1).and_then(|i| glyphs.get(i));
            let is_alone = !is_shared(before) && !is_shared(next);
            let rise = -glyph.y / text.size_px;
            match ligature(source).filter(|_| is_alone) {
                Some(letters) => run.push_ligature(glyph.id, &letters, (advance, rise), face),
                None => run.push(glyph.id, source, (advance, rise)),
            }
        }
        run
    }

    fn push_ligature(
        &mut self,
        glyph: u16,
        letters: &[char],
        advance_rise: (f32, f32),
        face: &mut Face,
    ) {
        let [first, rest @ ..] = letters else { return };
        let carriers: Option<Vec<u16>> = rest.iter().map(|c| face.carrier(*c)).collect();
        let Some(carriers) = carriers else {
            return self.push(glyph, &String::from_iter(letters), advance_rise);
        };
        for (letter, carrier) in rest.iter().zip(carriers).rev() {
            self.push(
                carrier,
                letter.encode_utf8(&mut [0; 4]),
                (0.0, advance_rise.1),
            );
        }
        self.push(glyph, first.encode_utf8(&mut [0; 4]), advance_rise);
    }

    fn push(&mut self, glyph: u16, letters: &str, (advance, rise): (f32, f32)) {
        let start = self.letters.len();
        self.letters.push_str(letters);
        self.glyphs.push(KrillaGlyph {
            glyph_id: GlyphId::new(glyph.into()),
            text_range: start..self.letters.len(),
            x_advance: advance,
            x_offset: 0.0,
            y_offset: rise,
            y_advance: 0.0,
            location: None,
        });
    }
}

/// The letters of a glyph that stands for several letters of a right-to-left script.
fn ligature(source: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = source.chars().collect();
    let is_rtl = |c: &char| matches!(bidi_class(*c), BidiClass::AL | BidiClass::R);
    (letters.len() > 1 && letters.iter().all(is_rtl)).then_some(letters)
}
