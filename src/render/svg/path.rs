//! Paths and numbers of an SVG, as short as they can be written.

use std::fmt::Write;

use crate::projection::Px;
use crate::render::scene::{Path, Step};

/// Writes numbers as whole steps of a grid, so that relative steps never add up to a drift.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    decimals: u32,
}

impl Grid {
    /// A grid fine enough for a picture of this size: at least 20,000 steps along its longer side.
    pub(super) fn of(size_px: (u32, u32)) -> Self {
        let decimals = match size_px.0.max(size_px.1) {
            2000.. => 1,
            200.. => 2,
            _ => 3,
        };
        Self { decimals }
    }

    /// Whole numbers.
    pub(super) const WHOLE: Self = Self { decimals: 0 };
    /// Fine enough for widths, angles and opacities.
    pub(super) const FINE: Self = Self { decimals: 3 };
    /// Fine enough for scales.
    pub(super) const FINEST: Self = Self { decimals: 7 };

    fn steps(self, value: f32) -> i64 {
        (f64::from(value) * 10f64.powi(self.decimals as i32)).round() as i64
    }

    /// A single number.
    pub(super) fn number(self, value: f32) -> String {
        let mut text = String::new();
        self.push(&mut text, self.steps(value));
        text
    }

    /// Writes so many steps as a number without needless zeros.
    fn push(self, text: &mut String, steps: i64) {
        let unit = 10i64.pow(self.decimals);
        let (whole, mut rest) = (steps.abs() / unit, steps.abs() % unit);
        if steps < 0 {
            text.push('-');
        }
        if whole != 0 || rest == 0 {
            let _ = write!(text, "{whole}");
        }
        if rest != 0 {
            let mut width = self.decimals as usize;
            while rest % 10 == 0 {
                rest /= 10;
                width -= 1;
            }
            let _ = write!(text, ".{rest:0width$}");
        }
    }
}

/// The `d` attribute of a path: relative steps.
pub(super) fn data(path: &Path, grid: Grid) -> String {
    let mut writer = Writer {
        grid,
        text: String::with_capacity(path.steps.len() * 8),
        command: ' ',
        at: (0, 0),
        start: (0, 0),
    };
    for step in &path.steps {
        writer.step(step);
    }
    writer.text
}

struct Writer {
    grid: Grid,
    text: String,
    /// The last command written; the same one again is left out.
    command: char,
    at: (i64, i64),
    start: (i64, i64),
}

impl Writer {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Move(p) => {
                let to = self.snapped(*p);
                self.put('m', &[to]);
                // What follows a move without a command is a line.
                self.command = 'l';
                self.start = to;
            }
            Step::Line(p) => {
                let to = self.snapped(*p);
                match (to.0 - self.at.0, to.1 - self.at.1) {
                    (0, 0) => {}
                    (across, 0) => self.straight('h', across, to),
                    (0, down) => self.straight('v', down, to),
                    _ => self.put('l', &[to]),
                }
            }
            Step::Cubic(a, b, p) => {
                let points = [*a, *b, *p].map(|point| self.snapped(point));
                self.put('c', &points);
            }
            Step::Close => {
                self.text.push('z');
                self.command = 'z';
                self.at = self.start;
            }
        }
    }

    fn snapped(&self, point: Px) -> (i64, i64) {
        (self.grid.steps(point.x), self.grid.steps(point.y))
    }

    /// One command with points relative to where the pen is; it moves to the last.
    fn put(&mut self, command: char, points: &[(i64, i64)]) {
        self.command(command);
        for point in points {
            self.number(point.0 - self.at.0);
            self.number(point.1 - self.at.1);
        }
        self.at = points.last().copied().unwrap_or(self.at);
    }

    fn straight(&mut self, command: char, by: i64, to: (i64, i64)) {
        self.command(command);
        self.number(by);
        self.at = to;
    }

    fn command(&mut self, command: char) {
        if self.command != command {
            self.text.push(command);
            self.command = command;
        }
    }

    fn number(&mut self, steps: i64) {
        let needs_space = self.text.ends_with(|c: char| c.is_ascii_digit());
        if needs_space && steps >= 0 {
            self.text.push(' ');
        }
        self.grid.push(&mut self.text, steps);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let grid = Grid { decimals: 2 };
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (0.5, ".5"),
            (-0.05, "-.05"),
            (12.0, "12"),
            (12.345, "12.35"),
            (-3.1, "-3.1"),
        ];
        for (value, written) in cases {
            assert_eq!(grid.number(value), written);
        }
    }

    #[test]
    fn relative_steps_do_not_drift() {
        // Each step of 0.34 is rounded to 0.3 by itself; three of them end at 1.0.
        let points: Vec<Px> = (0..4).map(|n| Px::new(n as f32 * 0.34, 5.0)).collect();
        let grid = Grid { decimals: 1 };
        assert_eq!(data(&Path::line(&points), grid), "m0 5h.3 .4 .3");
        let ring = Path::ring(&[Px::new(1.0, 1.0), Px::new(2.0, 3.0), Px::new(0.0, 3.0)]);
        assert_eq!(data(&ring, Grid::WHOLE), "m1 1 1 2h-2z");
    }
}
