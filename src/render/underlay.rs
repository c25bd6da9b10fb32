//! What lies lowest in all pictures of a series, drawn once.

use tiny_skia::Pixmap;

use crate::error::Result;
use crate::render::png;
use crate::render::scene::{Color, Scene, Shape};

/// The shapes that scenes begin with, and their pixels. A scene over it has the very bytes that it
/// would have alone.
#[derive(Debug, Clone)]
pub struct Underlay {
    shapes: Vec<Shape>,
    paper: Color,
    pixels: Pixmap,
}

impl Underlay {
    /// What two scenes of a series begin with.
    ///
    /// # Errors
    ///
    /// As [`Scene::to_png`].
    pub fn of(one: &Scene, other: &Scene) -> Result<Self> {
        let pairs = one.shapes.iter().zip(&other.shapes);
        let count = pairs.take_while(|(one, other)| one == other).count();
        let shapes = one.shapes[..count].to_vec();
        Ok(Self {
            pixels: png::draw(one, None, &shapes)?,
            paper: one.paper,
            shapes,
        })
    }

    /// A copy of the pixels and the shapes still to be drawn on them, when the scene begins so.
    pub(super) fn begin<'a>(&self, scene: &'a Scene) -> Option<(Pixmap, &'a [Shape])> {
        let size = (self.pixels.width(), self.pixels.height());
        let is_base = size == scene.size_px && self.paper == scene.paper;
        let rest = scene.shapes.strip_prefix(self.shapes.as_slice())?;
        is_base.then(|| (self.pixels.clone(), rest))
    }
}
