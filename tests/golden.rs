//! Views of the bundled campaign against pictures that people looked at.
//!
//! A picture that differs is written to `target/golden/` with the difference marked. When the new
//! look is meant, `KHATT_BLESS=1 cargo test --test golden` takes it over; look at it first.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod program;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use program::{Folder, ROOT};

/// Width and height of the pictures.
const SIZE: (usize, usize) = (640, 480);
/// Pixels to the side of the squares that are compared: within one, letters may move a little.
const SQUARE: usize = 4;
/// Two squares look different from this difference on (1976, L*a*b*).
const SEEN: f32 = 7.0;
/// The share of squares that may differ: the counts in the notes change as rules are added.
const MOST: f32 = 0.02;

/// Name and arguments of each view.
const VIEWS: [(&str, &[&str]); 9] = [
    ("2018-11-27", &["map", "--date", "2018-11-27"]),
    ("2019-02-01", &["map", "--date", "2019-02-01"]),
    ("2019-02-16", &["map", "--date", "2019-02-16"]),
    (
        "arabic",
        &[
            "map",
            "--date",
            "2019-02-16",
            "--lang",
            "ar",
            "--digits",
            "arab",
        ],
    ),
    ("english", &["map", "--date", "2018-11-27", "--lang", "en"]),
    ("dark", &["map", "--date", "2019-02-01", "--theme", "dark"]),
    (
        "print",
        &["map", "--date", "2018-11-27", "--theme", "print"],
    ),
    ("diff", &["diff", "2018-12-01", "2019-01-15"]),
    (
        "sheet",
        &[
            "map",
            "--from",
            "2018-12-01",
            "--to",
            "2019-03-01",
            "--step",
            "1m",
            "--sheet",
        ],
    ),
];

struct Picture {
    width: usize,
    rgb: Vec<u8>,
}

impl Picture {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb);
        Self {
            width: info.width as usize,
            rgb,
        }
    }

    /// As small as it gets: the pictures are committed.
    fn write(&self, path: &Path) {
        let mut bytes = Vec::new();
        let height = self.rgb.len() / 3 / self.width;
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.rgb).unwrap();
        writer.finish().unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// The mean colour of each square, in L*a*b*, row by row.
    fn squares(&self) -> Vec<[f32; 3]> {
        let rows = self.rgb.len() / 3 / self.width / SQUARE;
        let columns = self.width / SQUARE;
        let mean = |row: usize, column: usize, channel: usize| {
            let pixels = (0..SQUARE * SQUARE).map(|n| {
                let (y, x) = (row * SQUARE + n / SQUARE, column * SQUARE + n % SQUARE);
                f32::from(self.rgb[(y * self.width + x) * 3 + channel])
            });
            pixels.sum::<f32>() / (SQUARE * SQUARE) as f32
        };
        let square = |index: usize| {
            let (row, column) = (index / columns, index % columns);
            lab([0, 1, 2].map(|channel| mean(row, column, channel)))
        };
        (0..rows * columns).map(square).collect()
    }
}

/// sRGB, 0 to 255, to CIE L*a*b* under D65.
fn lab(rgb: [f32; 3]) -> [f32; 3] {
    let [r, g, b] = rgb.map(|v| {
        let v = v / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    });
    let f = |t: f32| {
        if t > 0.008_856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let x = f((0.4125 * r + 0.3576 * g + 0.1804 * b) / 0.9505);
    let y = f(0.2127 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9503 * b) / 1.0888);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Which squares look different.
fn differing(a: &Picture, b: &Picture) -> Vec<bool> {
    let (a, b) = (a.squares(), b.squares());
    assert_eq!(a.len(), b.len(), "the pictures have different sizes");
    let seen = |(a, b): (&[f32; 3], &[f32; 3])| {
        let sum: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
        sum.sqrt() > SEEN
    };
    a.iter().zip(&b).map(seen).collect()
}

/// The picture, pale, with the differing squares in red.
fn marked(picture: &Picture, differs: &[bool]) -> Picture {
    let columns = picture.width / SQUARE;
    let pixels = picture.rgb.chunks_exact(3).enumerate();
    let rgb = pixels.flat_map(|(index, pixel)| {
        let (y, x) = (index / picture.width, index % picture.width);
        match differs.get(y / SQUARE * columns + x / SQUARE) {
            Some(true) => [220, 0, 0],
            _ => [0, 1, 2].map(|channel| 170 + pixel[channel] / 3),
        }
    });
    Picture {
        width: picture.width,
        rgb: rgb.collect(),
    }
}

fn draw(arguments: &[&str]) -> Picture {
    let folder = Folder::new();
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let mut all = vec!["-q"];
    all.extend(arguments);
    all.extend(["--size", &size]);
    if arguments[0] == "map" {
        all.extend(["--format", "png"]);
    }
    let run = folder.run(&all);
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = folder.files("out");
    let (_, bytes) = files
        .iter()
        .find(|(name, _)| name.ends_with(".png"))
        .unwrap();
    Picture::read(bytes)
}

fn path(folder: &str, name: &str) -> PathBuf {
    Path::new(ROOT).join(folder).join(name)
}

#[test]
fn every_view_looks_as_it_did() {
    let is_blessed = std::env::var_os("KHATT_BLESS").is_some();
    let mut problems = Vec::new();
    for (name, arguments) in VIEWS {
        let new = draw(arguments);
        let known = path("tests/golden", &format!("{name}.png"));
        if is_blessed {
            new.write(&known);
            continue;
        }
        let old = Picture::read(&std::fs::read(known).unwrap());
        let differs = differing(&old, &new);
        let share = differs.iter().filter(|d| **d).count() as f32 / differs.len() as f32;
        if share > MOST {
            new.write(&path("target/golden", &format!("{name}.png")));
            marked(&new, &differs).write(&path("target/golden", &format!("{name}.difference.png")));
            problems.push(format!(
                "{name}: {:.1} % differs, see target/golden/{name}.difference.png",
                share * 100.0
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn another_look_is_noticed() {
    let light = draw(&["map", "--date", "2018-11-27"]);
    let dark = draw(&["map", "--date", "2018-11-27", "--theme", "dark"]);
    let other_day = draw(&["map", "--date", "2019-02-16"]);
    for other in [dark, other_day] {
        let differs = differing(&light, &other);
        let share = differs.iter().filter(|d| **d).count() as f32 / differs.len() as f32;
        assert!(share > MOST, "{share}");
    }
}
