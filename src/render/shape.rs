//! Shaping: from words to glyphs in visual order, Arabic joined and mixed lines in right order.
//!
//! The paragraph direction is given, not guessed (Unicode Annex 9, rule HL1): an Arabic line that
//! begins with a number or a Latin name still runs from the right. Each run of one direction goes
//! to HarfBuzz's algorithm (harfrust). A word with a letter that the main font lacks is set in the
//! fallback font as a whole. No type of the font crates leaves this file
//! and `outline.rs`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use harfrust::{ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use unicode_bidi::{BidiInfo, Level};

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::projection::BoxPx;
use crate::render::outline::Outliner;
use crate::render::scene::Path;

/// The font files: a main and a fallback face for each weight, in the order of [`FontId`].
const FILES: [&str; 4] = [
    "fonts/Vazirmatn-Regular.ttf",
    "fonts/Vazirmatn-Bold.ttf",
    "fonts/NotoSans-Regular-latin.ttf",
    "fonts/NotoSans-Bold-latin.ttf",
];

/// A font file among those that [`Fonts`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u8);

impl FontId {
    /// Its place among the fonts, from zero.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// For running text.
    Regular,
    /// For titles and towns.
    Bold,
}

/// The direction of a line as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the left: Latin script.
    LeftToRight,
    /// From the right: Arabic script.
    RightToLeft,
}

/// The letters a line is set in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Weight.
    pub weight: Weight,
    /// Height of the em.
    pub size_px: f32,
    /// Extra room between letters; never used between Arabic letters, which must join.
    pub spacing_px: f32,
}

/// One glyph of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its font.
    pub font: FontId,
    /// Its number in the font; 0 would be a missing glyph.
    pub id: u16,
    /// Pixels right of the line's left end.
    pub x: f32,
    /// Pixels below the baseline.
    pub y: f32,
    /// The bytes of the line's text that it stands for, first and one past the last. Glyphs of one
    /// cluster (a letter and its marks, a ligature) share them.
    pub cluster: (u32, u32),
}

impl Glyph {
    /// The bytes of the line's text that it stands for.
    #[must_use]
    pub fn source(&self) -> Range<usize> {
        self.cluster.0 as usize..self.cluster.1 as usize
    }
}

/// A shaped line, its baseline beginning at the origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// The direction of the line as a whole.
    pub direction: Direction,
    /// Glyphs in visual order, left to right.
    pub glyphs: Vec<Glyph>,
    /// Height of the em.
    pub size_px: f32,
    /// Sum of the advances.
    pub width_px: f32,
    /// The box of what is inked.
    pub ink: BoxPx,
}

struct Face {
    bytes: Cow<'static, [u8]>,
    shaper: ShaperData,
    units_per_em: f32,
}

impl Face {
    fn font(&self) -> FontRef<'_> {
        FontRef::new(&self.bytes).expect("the font was read when it was loaded")
    }
}

/// The fonts of the map; a copy is cheap.
#[derive(Clone)]
pub struct Fonts(Arc<Vec<Face>>);

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(FILES).finish()
    }
}

/// A piece of text in one font and one direction.
struct Piece {
    range: Range<usize>,
    font: FontId,
    is_rtl: bool,
}

/// Where the clusters of a piece begin and end in the line.
struct Clusters {
    piece_start: u32,
    /// In rising order, the end of the piece last.
    starts: Vec<u32>,
}

impl Clusters {
    fn of(infos: &[harfrust::GlyphInfo], piece: &Range<usize>) -> Self {
        let piece_start = piece.start as u32;
        let mut starts: Vec<u32> = infos.iter().map(|i| i.cluster + piece_start).collect();
        starts.push(piece.end as u32);
        starts.sort_unstable();
        starts.dedup();
        Self {
            piece_start,
            starts,
        }
    }

    /// The bytes of the cluster that begins so far into the piece.
    fn at(&self, start_in_piece: u32) -> (u32, u32) {
        let start = start_in_piece + self.piece_start;
        let next = self.starts.partition_point(|known| *known <= start);
        (start, self.starts.get(next).copied().unwrap_or(start))
    }
}

impl Fonts {
    /// Reads the fonts of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when a file is not a font.
    pub fn load(data: &DataFolder) -> Result<Self> {
        let face = |name: &str| {
            let bytes = data.bytes(name)?;
            let font = FontRef::new(&bytes)
                .map_err(|e| Error::parse(data.label(name), 1, format!("not a font: {e}")))?;
            let shaper = ShaperData::new(&font);
            let metrics = font.metrics(Size::unscaled(), LocationRef::default());
            let units_per_em = f32::from(metrics.units_per_em);
            Ok(Face {
                bytes,
                shaper,
                units_per_em,
            })
        };
        let faces = FILES.iter().map(|name| face(name));
        Ok(Self(Arc::new(faces.collect::<Result<_>>()?)))
    }

    /// Shapes one line of text.
    #[must_use]
    pub fn shape(&self, text: &str, direction: Direction, set_in: &Type) -> Line {
        let mut line = Line {
            text: text.to_owned(),
            direction,
            glyphs: Vec::with_capacity(text.len()),
            size_px: set_in.size_px,
            width_px: 0.0,
            ink: BoxPx::default(),
        };
        for piece in self.pieces(text, direction, set_in.weight) {
            self.shape_piece(text, &piece, set_in, &mut line);
        }
        line.ink = self.ink(&line);
        line
    }

    /// The fonts, in the order of [`FontId::index`].
    pub fn ids(&self) -> impl Iterator<Item = FontId> {
        (0..self.0.len() as u8).map(FontId)
    }

    /// The bytes of the file of a font.
    #[must_use]
    pub fn bytes(&self, font: FontId) -> &[u8] {
        &self.0[font.index()].bytes
    }

    /// Glyphs of a font that have neither ink nor width, those of marks of direction and joining.
    /// A writer can let them stand for letters that are drawn as part of another glyph.
    #[must_use]
    pub fn empty_glyphs(&self, font: FontId) -> Vec<u16> {
        let font = self.0[font.index()].font();
        let (charmap, outlines) = (font.charmap(), font.outline_glyphs());
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let is_empty = |id: &GlyphId| {
            let mut pen = Outliner::default();
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let drawn = outlines
                .get(*id)
                .map(|outline| outline.draw(settings, &mut pen));
            let has_ink = !pen.path.is_empty() || !matches!(drawn, Some(Ok(_)));
            !has_ink && metrics.advance_width(*id) == Some(0.0)
        };
        let marks = ('\u{200b}'..='\u{200f}').chain('\u{202a}'..='\u{202e}');
        let mut ids: Vec<GlyphId> = marks.filter_map(|mark| charmap.map(mark)).collect();
        ids.retain(is_empty);
        ids.dedup();
        ids.iter().map(|id| id.to_u32() as u16).collect()
    }

    /// The outline of a glyph at an em of one pixel, its origin at zero, y downwards.
    #[must_use]
    pub fn outline(&self, glyph: &Glyph) -> Path {
        let face = &self.0[glyph.font.index()];
        let mut pen = Outliner::new(1.0 / face.units_per_em);
        if let Some(outline) = face.font().outline_glyphs().get(GlyphId::from(glyph.id)) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A glyph that cannot be drawn leaves its place empty, as a space does.
            let _ = outline.draw(settings, &mut pen);
        }
        pen.path
    }

    /// The text cut where direction or font changes, in visual order.
    fn pieces(&self, text: &str, direction: Direction, weight: Weight) -> Vec<Piece> {
        let level = match direction {
            Direction::LeftToRight => Level::ltr(),
            Direction::RightToLeft => Level::rtl(),
        };
        let bidi = BidiInfo::new(text, Some(level));
        let mut pieces = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let is_rtl = levels[run.start].is_rtl();
                let mut cut = self.cut_by_font(text, run, weight);
                if is_rtl {
                    cut.reverse();
                }
                pieces.extend(cut.into_iter().map(|(range, font)| Piece {
                    range,
                    font,
                    is_rtl,
                }));
            }
        }
        pieces
    }

    fn cut_by_font(
        &self,
        text: &str,
        run: Range<usize>,
        weight: Weight,
    ) -> Vec<(Range<usize>, FontId)> {
        let main = FontId(weight as u8);
        let fallback = FontId(weight as u8 + 2);
        let mut cut: Vec<(Range<usize>, FontId)> = Vec::new();
        let mut start = run.start;
        for word in text[run].split_inclusive(' ') {
            let range = start..start + word.len();
            start = range.end;
            let font = if !self.has_all(main, word) && self.has_all(fallback, word) {
                fallback
            } else {
                main
            };
            match cut.last_mut() {
                Some((last, known)) if *known == font => last.end = range.end,
                _ => cut.push((range, font)),
            }
        }
        cut
    }

    fn has_all(&self, font: FontId, word: &str) -> bool {
        let charmap = self.0[font.index()].font().charmap();
        word.chars()
            .all(|letter| is_invisible(letter) || charmap.map(letter).is_some())
    }

    fn shape_piece(&self, text: &str, piece: &Piece, set_in: &Type, line: &mut Line) {
        let face = &self.0[piece.font.index()];
        let font = face.font();
        let shaper = face.shaper.shaper(&font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[piece.range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(if piece.is_rtl {
            harfrust::Direction::RightToLeft
        } else {
            harfrust::Direction::LeftToRight
        });
        let shaped = shaper.shape(buffer, harfrust::ShapeOptions::new());
        let scale = set_in.size_px / face.units_per_em;
        let clusters = Clusters::of(shaped.glyph_infos(), &piece.range);
        let infos = shaped.glyph_infos().iter();
        for (info, position) in infos.zip(shaped.glyph_positions()) {
            let glyph = Glyph {
                font: piece.font,
                id: info.glyph_id as u16,
                x: line.width_px + position.x_offset as f32 * scale,
                y: -(position.y_offset as f32) * scale,
                cluster: clusters.at(info.cluster),
            };
            if !text[glyph.source()].chars().all(is_invisible) {
                line.glyphs.push(glyph);
            }
            line.width_px += position.x_advance as f32 * scale;
            if !piece.is_rtl && position.x_advance > 0 {
                line.width_px += set_in.spacing_px;
            }
        }
    }

    fn ink(&self, line: &Line) -> BoxPx {
        let mut ink: Option<BoxPx> = None;
        for glyph in &line.glyphs {
            let face = &self.0[glyph.font.index()];
            let metrics = face
                .font()
                .glyph_metrics(Size::unscaled(), LocationRef::default());
            let Some(bounds) = metrics.bounds(GlyphId::from(glyph.id)) else {
                continue;
            };
            if bounds.x_max <= bounds.x_min {
                continue;
            }
            let scale = line.size_px / face.units_per_em;
            let inked = BoxPx::new(
                glyph.x + bounds.x_min * scale,
                glyph.y - bounds.y_max * scale,
                glyph.x + bounds.x_max * scale,
                glyph.y - bounds.y_min * scale,
            );
            ink = Some(ink.map_or(inked, |known| known.joined(&inked)));
        }
        ink.unwrap_or_default()
    }
}

/// Marks of direction and joining have no glyph and need none.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
