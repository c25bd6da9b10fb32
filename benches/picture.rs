//! From a scene to a PNG: 2000 x 1500 pixels, 300 areas and 300 names in two languages.
//!
//! `cargo bench --bench picture` prints the best and the median time on one core;
//! `cargo bench --bench picture -- --dump FILE` writes areas and names as JSON for the peers of
//! `benches/peers/maps.py`.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::time::Instant;

use jiff::civil::date;
use khatt::Result;
use khatt::data::DataFolder;
use khatt::front::Front;
use khatt::projection::Px;
use khatt::render::scene::{Color, Halo, Path, Pen, Scene, Shape, Text};
use khatt::render::shape::{Direction, Fonts, Type, Weight};
use khatt::render::{MapInput, MapOptions, Style, Words, compose};
use khatt::timeline::Snapshot;

const SIZE: (u32, u32) = (2000, 1500);
const ROUNDS: usize = 30;
/// Areas in a row and in a column.
const GRID: (usize, usize) = (20, 15);
const CORNERS: usize = 40;
const COLORS: [Color; 4] = [
    Color {
        r: 207,
        g: 58,
        b: 46,
        a: 102,
    },
    Color {
        r: 245,
        g: 200,
        b: 58,
        a: 102,
    },
    Color {
        r: 51,
        g: 51,
        b: 51,
        a: 102,
    },
    Color {
        r: 154,
        g: 114,
        b: 201,
        a: 102,
    },
];

/// An area with its name.
struct Place {
    ring: Vec<Px>,
    color: Color,
    english: String,
    arabic: String,
    at: Px,
}

/// Numbers between 0 and 1 that are the same in every run (Lehmer's generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f32 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as f32 / 2_147_483_647.0
    }
}

fn places() -> Vec<Place> {
    let gazetteer = khatt::gazetteer::Gazetteer::load(&DataFolder::Bundled);
    let names: Vec<(String, String)> = gazetteer.map_or_else(
        |_| Vec::new(),
        |gazetteer| {
            let all = gazetteer
                .iter()
                .filter(|(_, place)| !place.name_ar.is_empty());
            all.map(|(_, place)| (place.name_en.to_owned(), place.name_ar.to_owned()))
                .collect()
        },
    );
    let mut dice = Dice(7);
    let (wide, high) = (SIZE.0 as f32 / GRID.0 as f32, SIZE.1 as f32 / GRID.1 as f32);
    let place = |index: usize| {
        let (column, row) = (index % GRID.0, index / GRID.0);
        let at = Px::new((column as f32 + 0.5) * wide, (row as f32 + 0.5) * high);
        let corner = |n: usize| {
            let angle = n as f32 / CORNERS as f32 * std::f32::consts::TAU;
            let reach = 0.45 + 0.35 * dice.roll();
            Px::new(
                at.x + angle.cos() * wide * reach,
                at.y + angle.sin() * high * reach,
            )
        };
        let ring = (0..CORNERS).map(corner).collect();
        let (english, arabic) = names[index % names.len()].clone();
        Place {
            ring,
            color: COLORS[index % COLORS.len()],
            english,
            arabic,
            at,
        }
    };
    (0..GRID.0 * GRID.1).map(place).collect()
}

/// A scene of a day without any evidence, to be filled with shapes of our own.
fn blank() -> Result<Scene> {
    let data = DataFolder::Bundled;
    let day = date(2019, 1, 1);
    let snapshot = Snapshot {
        date: day,
        holdings: Vec::new(),
        areas: Vec::new(),
    };
    let front = Front {
        date: day,
        zones: Vec::new(),
        lines: Vec::new(),
        pockets: Vec::new(),
        undrawn: Vec::new(),
    };
    let input = MapInput {
        snapshot: &snapshot,
        front: &front,
        gazetteer: &khatt::gazetteer::Gazetteer::load(&data)?,
        actors: &khatt::actor::Actors::load(&data)?,
        region: &khatt::region::Region::load(&data)?,
        basemap: &khatt::basemap::BaseMap::default(),
        fonts: &Fonts::load(&data)?,
        words: &Words::load(&data)?,
    };
    let mut scene = compose(
        &input,
        &Style::load(&data)?,
        &MapOptions {
            size_px: SIZE,
            ..MapOptions::default()
        },
    )?;
    scene.shapes.clear();
    Ok(scene)
}

fn scene(places: &[Place]) -> Result<Scene> {
    let mut scene = blank()?;
    for place in places {
        scene
            .shapes
            .push(Shape::Fill(Path::ring(&place.ring), place.color));
        let edge = Color {
            a: 217,
            ..place.color
        };
        scene
            .shapes
            .push(Shape::Line(Path::ring(&place.ring), Pen::solid(edge, 2.2)));
    }
    let fonts = scene.fonts.clone();
    for place in places {
        for (text, direction, below) in [
            (&place.arabic, Direction::RightToLeft, 0.0),
            (&place.english, Direction::LeftToRight, 20.0),
        ] {
            let set_in = Type {
                weight: Weight::Regular,
                size_px: 18.0,
                spacing_px: 0.0,
            };
            let line = fonts.shape(text, direction, &set_in);
            scene.shapes.push(Shape::Text(Text {
                origin: Px::new(place.at.x - line.width_px / 2.0, place.at.y + below),
                text: line.text,
                direction: line.direction,
                width_px: line.width_px,
                glyphs: line.glyphs,
                size_px: line.size_px,
                turn_rad: 0.0,
                color: Color {
                    r: 29,
                    g: 32,
                    b: 36,
                    a: 255,
                },
                halo: Some(Halo {
                    color: Color {
                        r: 255,
                        g: 253,
                        b: 248,
                        a: 255,
                    },
                    reach_px: 2.8,
                }),
            }));
        }
    }
    Ok(scene)
}

fn dump(places: &[Place], path: &str) -> std::io::Result<()> {
    let place = |place: &Place| {
        let ring: Vec<[f32; 2]> = place.ring.iter().map(|p| [p.x, p.y]).collect();
        let Color { r, g, b, .. } = place.color;
        serde_json::json!({
            "ring": ring, "color": [r, g, b], "en": place.english, "ar": place.arabic,
            "at": [place.at.x, place.at.y],
        })
    };
    let all: Vec<serde_json::Value> = places.iter().map(place).collect();
    std::fs::write(path, serde_json::Value::from(all).to_string())
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let places = places();
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--dump") {
        let path = arguments.get(at + 1).ok_or("--dump needs a file")?;
        dump(&places, path)?;
        return Ok(());
    }
    let scene = scene(&places)?;
    let mut times = Vec::new();
    let mut bytes = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        bytes = scene.to_png()?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--save") {
        std::fs::write(arguments.get(at + 1).ok_or("--save needs a file")?, &bytes)?;
    }
    times.sort_by(f64::total_cmp);
    println!(
        "picture: best {:.0} ms, median {:.0} ms, {} kB",
        times[0],
        times[ROUNDS / 2],
        bytes.len() / 1000
    );
    Ok(())
}
