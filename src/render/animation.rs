//! A series of scenes as one animated PNG.

use std::io::Write;

use crate::error::{Error, Result};
use crate::render::png::{image_error, pixel_dims, rgb};
use crate::render::scene::Scene;
use crate::render::underlay::Underlay;

/// The pixels of one picture of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    rgb: Vec<u8>,
    size_px: (u32, u32),
    dpi: f32,
}

impl Frame {
    /// Draws a scene on what lies lowest in all scenes of the series.
    ///
    /// # Errors
    ///
    /// As [`Scene::to_png`].
    pub fn of(scene: &Scene, underlay: &Underlay) -> Result<Self> {
        Ok(Self {
            rgb: rgb(scene, underlay)?,
            size_px: scene.size_px,
            dpi: scene.dpi,
        })
    }
}

/// How many pictures, and how long each is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The number of pictures, at least one.
    pub frames: u32,
    /// How long each is seen, in milliseconds.
    pub frame_ms: u16,
    /// How long the last one is seen.
    pub last_ms: u16,
}

/// An animated PNG that is written picture by picture. Programs that know no animation show the
/// first. It plays for ever.
pub struct Animation<W: Write> {
    writer: png::Writer<W>,
    size_px: (u32, u32),
    pace: Pace,
    done: u32,
    last: Vec<u8>,
}

impl<W: Write> std::fmt::Debug for Animation<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Animation")
            .field("pace", &self.pace)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

impl<W: Write> Animation<W> {
    /// Begins with the first picture.
    ///
    /// # Errors
    ///
    /// [`Error::Image`] when the picture cannot be written.
    pub fn new(into: W, first: &Frame, pace: Pace) -> Result<Self> {
        let (width, height) = first.size_px;
        let mut encoder = png::Encoder::new(into, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_pixel_dims(Some(pixel_dims(first.dpi)));
        encoder.set_animated(pace.frames, 0).map_err(failed)?;
        encoder
            .set_frame_delay(pace.frame_ms, 1000)
            .map_err(failed)?;
        encoder.set_blend_op(png::BlendOp::Over).map_err(failed)?;
        encoder
            .set_dispose_op(png::DisposeOp::None)
            .map_err(failed)?;
        let mut animation = Self {
            writer: encoder.write_header().map_err(failed)?,
            size_px: first.size_px,
            pace,
            done: 0,
            last: Vec::new(),
        };
        animation.push(first)?;
        Ok(animation)
    }

    /// Adds a picture. Only what differs from the one before is kept.
    ///
    /// # Errors
    ///
    /// [`Error::Image`] when it has another size, or cannot be written.
    pub fn push(&mut self, frame: &Frame) -> Result<()> {
        if frame.size_px != self.size_px {
            return Err(image_error("the pictures of a series have one size".into()));
        }
        self.done += 1;
        if self.done == self.pace.frames {
            self.writer
                .set_frame_delay(self.pace.last_ms, 1000)
                .map_err(failed)?;
        }
        let pixels = frame.rgb.chunks_exact(3).enumerate();
        let rgba: Vec<u8> = pixels
            .flat_map(|(index, pixel)| {
                let is_same = self.last.get(index * 3..index * 3 + 3) == Some(pixel);
                if is_same {
                    [0; 4]
                } else {
                    [pixel[0], pixel[1], pixel[2], 255]
                }
            })
            .collect();
        self.last.clone_from(&frame.rgb);
        self.writer.write_image_data(&rgba).map_err(failed)
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// [`Error::Image`] when a picture is missing, or the file cannot be written.
    pub fn finish(self) -> Result<()> {
        self.writer.finish().map_err(failed)
    }
}

fn failed(e: png::EncodingError) -> Error {
    image_error(e.to_string())
}
