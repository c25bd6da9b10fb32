//! Outlines of glyphs as paths.

use skrifa::outline::OutlinePen;

use crate::projection::Px;
use crate::render::scene::{Path, Step};

/// Receives an outline from the font and turns it into a [`Path`].
#[derive(Default)]
pub(crate) struct Outliner {
    pub(crate) path: Path,
    scale: f32,
}

impl Outliner {
    /// A pen that multiplies every length by `scale` and turns the y axis downwards.
    pub(crate) fn new(scale: f32) -> Self {
        Self {
            path: Path::default(),
            scale,
        }
    }

    fn at(&self, x: f32, y: f32) -> Px {
        Px::new(x * self.scale, -y * self.scale)
    }

    fn last(&self) -> Px {
        match self.path.steps.last() {
            Some(Step::Move(p) | Step::Line(p) | Step::Cubic(_, _, p)) => *p,
            _ => Px::default(),
        }
    }
}

impl OutlinePen for Outliner {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.steps.push(Step::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.steps.push(Step::Line(self.at(x, y)));
    }

    /// A quadratic curve raised to the cubic one of the same shape.
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, handle, to) = (self.last(), self.at(cx, cy), self.at(x, y));
        let toward = |end: Px| {
            Px::new(
                end.x + (handle.x - end.x) * 2.0 / 3.0,
                end.y + (handle.y - end.y) * 2.0 / 3.0,
            )
        };
        let step = Step::Cubic(toward(from), toward(to), to);
        self.path.steps.push(step);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let step = Step::Cubic(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y));
        self.path.steps.push(step);
    }

    fn close(&mut self) {
        self.path.steps.push(Step::Close);
    }
}
