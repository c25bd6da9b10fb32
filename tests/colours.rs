//! The themes: parties stay apart for readers who see colours otherwise, and without colour.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use khatt::actor::Actors;
use khatt::data::DataFolder;
use khatt::render::Style;
use khatt::render::scene::Color;
use khatt::render::style::Hatch;

/// Parties of the bundled campaign: their ground lies side by side on one map.
const OF_THE_CAMPAIGN: [&str; 4] = ["GOV", "IS", "PMU", "SDF"];

/// Linear RGB to linear RGB as seen with a full deficiency: Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, table 1.
const VISIONS: [(&str, [[f32; 3]; 3]); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

fn linear(value: u8) -> f32 {
    let share = f32::from(value) / 255.0;
    if share <= 0.04045 {
        share / 12.92
    } else {
        ((share + 0.055) / 1.055).powf(2.4)
    }
}

/// CIE L*a*b* under D65.
fn lab([r, g, b]: [f32; 3]) -> [f32; 3] {
    let f = |t: f32| {
        if t > 216.0 / 24389.0 {
            t.cbrt()
        } else {
            (24389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let x = f((0.412_456 * r + 0.357_576 * g + 0.180_438 * b) / 0.950_47);
    let y = f(0.212_673 * r + 0.715_152 * g + 0.072_175 * b);
    let z = f((0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn seen(color: Color, vision: &[[f32; 3]; 3]) -> [f32; 3] {
    let rgb = [color.r, color.g, color.b].map(linear);
    lab(vision.map(|row| {
        let sum: f32 = row.iter().zip(rgb).map(|(m, c)| m * c).sum();
        sum.clamp(0.0, 1.0)
    }))
}

/// The difference of 1976.
fn delta_e(a: [f32; 3], b: [f32; 3]) -> f32 {
    let sum: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    sum.sqrt()
}

fn style(theme: &str) -> Style {
    Style::load_theme(&DataFolder::Bundled, theme).unwrap()
}

/// Id, colour and strokes of each party that holds ground.
fn coats(style: &Style) -> Vec<(String, Color, Hatch)> {
    let actors = Actors::load(&DataFolder::Bundled).unwrap();
    let holders = actors.iter().filter(|(_, actor)| actor.holds_ground);
    holders
        .map(|(_, actor)| match style.actor.get(&actor.id) {
            Some(coat) => (actor.id.clone(), coat.color, coat.hatch),
            None => (
                actor.id.clone(),
                Color::parse(&actor.color).unwrap(),
                Hatch::None,
            ),
        })
        .collect()
}

/// Ground as it lies on the map: the colour of the party over the land, and bare land.
fn grounds(style: &Style) -> Vec<(String, Color)> {
    let land = style.ground.land;
    let tint = |color: Color| land.mixed(color, style.control.zone_opacity);
    let mut grounds: Vec<(String, Color)> = coats(style)
        .into_iter()
        .filter(|(id, ..)| OF_THE_CAMPAIGN.contains(&id.as_str()))
        .map(|(id, color, _)| (id, tint(color)))
        .collect();
    grounds.push(("no data".into(), land));
    grounds
}

/// The smallest difference of two of the colours, and which they are.
fn closest(colors: &[(String, Color)], vision: &[[f32; 3]; 3]) -> (f32, String) {
    let mut best = (f32::INFINITY, String::new());
    for (index, (a, first)) in colors.iter().enumerate() {
        for (b, second) in &colors[..index] {
            let apart = delta_e(seen(*first, vision), seen(*second, vision));
            if apart < best.0 {
                best = (apart, format!("{a} and {b}"));
            }
        }
    }
    best
}

#[test]
fn ground_stays_apart_in_every_kind_of_sight() {
    for theme in ["light", "dark"] {
        let style = style(theme);
        for (name, vision) in &VISIONS {
            let (apart, pair) = closest(&grounds(&style), vision);
            assert!(apart >= 8.0, "{theme}, {name}: {pair} differ by {apart:.1}");
        }
    }
}

#[test]
fn places_stay_apart_in_every_kind_of_sight() {
    for theme in ["light", "dark"] {
        let style = style(theme);
        let all: Vec<(String, Color)> = coats(&style)
            .into_iter()
            .filter(|(id, ..)| OF_THE_CAMPAIGN.contains(&id.as_str()))
            .map(|(id, color, _)| (id, color))
            .collect();
        for (name, vision) in &VISIONS {
            let (apart, pair) = closest(&all, vision);
            assert!(
                apart >= 20.0,
                "{theme}, {name}: {pair} differ by {apart:.1}"
            );
        }
    }
}

#[test]
fn print_needs_no_colour() {
    let style = style("print");
    let coats = coats(&style);
    for (index, (a, first, one)) in coats.iter().enumerate() {
        assert!(first.r == first.g && first.g == first.b, "{a} is no grey");
        for (b, second, other) in &coats[..index] {
            let full = &VISIONS[0].1;
            let apart = delta_e(seen(*first, full), seen(*second, full));
            assert!(
                one != other || apart >= 15.0,
                "{a} and {b} differ by {apart:.1}"
            );
            assert!(apart >= 4.0, "places of {a} and {b} differ by {apart:.1}");
        }
    }
}

#[test]
fn themes_are_listed_and_others_refused() {
    let names: Vec<String> = style("light").themes().map(str::to_owned).collect();
    assert_eq!(names, ["light", "dark", "print"]);
    let error = Style::load_theme(&DataFolder::Bundled, "sepia").unwrap_err();
    assert!(error.to_string().contains("light, dark, print"), "{error}");
}
