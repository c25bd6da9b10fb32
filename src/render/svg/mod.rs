//! Draws a [`Scene`] as an SVG; decides nothing.
//!
//! Letters are drawn by their outlines, each kept once, so that the picture is the same in every
//! program and needs no font. The words lie over them once more as text that cannot be seen but
//! can be selected, searched and read aloud; the order of the letters is the browser's concern
//! there, so they are written in logical order with the direction of their line.

mod element;
mod path;
mod share;

pub use share::{Shared, share};

use crate::render::scene::Scene;
use element::{Element, Writer, escaped, hex};
use path::Grid;

/// A scene as an SVG file.
pub(crate) fn write(scene: &Scene) -> String {
    let mut writer = Writer::default();
    let elements = elements(&mut writer, scene);
    let mut seen = String::new();
    let mut words = String::new();
    for element in elements {
        seen.push_str(&element.seen);
        seen.push('\n');
        if let Some(text) = element.words {
            words.push_str(&text);
            words.push('\n');
        }
    }
    let open = opening(scene);
    let (defs, seen, words) = (writer.definitions(), shapes(&seen), selectable(&words));
    format!("{open}\n{defs}\n{seen}\n{words}\n</svg>\n")
}

fn elements(writer: &mut Writer, scene: &Scene) -> Vec<Element> {
    let grid = Grid::of(scene.size_px);
    let shapes = scene.shapes.iter();
    shapes.map(|s| writer.element(s, scene, grid)).collect()
}

/// The tag that opens a scene, with its size in print, its title and its paper.
fn opening(scene: &Scene) -> String {
    const MM_PER_INCH: f32 = 25.4;
    let (width, height) = scene.size_px;
    let mm = |px: u32| Grid::FINE.number(px as f32 / scene.dpi * MM_PER_INCH);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {width} {height}"><title>{}</title><path fill="{}" d="M0 0h{width}v{height}H0z"/>"#,
        mm(width),
        mm(height),
        escaped(&scene.title),
        hex(scene.paper),
    )
}

/// What is seen; the joints of lines are round everywhere.
fn shapes(elements: &str) -> String {
    format!(r#"<g stroke-linejoin="round">{elements}</g>"#)
}

/// What can be selected. Not `fill="none"`, which takes no pointer, nor `transparent`, which older
/// programs draw black.
fn selectable(words: &str) -> String {
    format!(r#"<g fill-opacity="0" font-family="sans-serif">{words}</g>"#)
}
