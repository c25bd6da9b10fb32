//! The map: labels, Arabic, fonts, dates, and the file.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod render_fixture;

use geo::{Rect, coord};
use jiff::civil::date;
use khatt::data::DataFolder;
use khatt::gazetteer::PlaceId;
use khatt::projection::BoxPx;
use khatt::render::scene::{Scene, Shape};
use khatt::render::shape::{Direction, Fonts, Line, Type, Weight};
use khatt::render::words::Tongue;
use khatt::render::{Lang, MapOptions, Underlay, Words, compose};
use khatt::timeline::Control;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use render_fixture::{Fixture, small};

fn fixture() -> Fixture {
    Fixture::load(&DataFolder::Bundled)
}

fn shaped(text: &str, direction: Direction) -> Line {
    let fonts = Fonts::load(&DataFolder::Bundled).unwrap();
    let set_in = Type {
        weight: Weight::Regular,
        size_px: 20.0,
        spacing_px: 0.0,
    };
    fonts.shape(text, direction, &set_in)
}

fn ids(line: &Line) -> Vec<u16> {
    line.glyphs.iter().map(|glyph| glyph.id).collect()
}

/// Labels lie on the map and apart; each place with evidence has a label or is left out.
fn check_labels(fixture: &Fixture, scene: &Scene) {
    for (index, label) in scene.labels.iter().enumerate() {
        assert!(scene.map.covers(&label.area), "{label:?} leaves the map");
        for other in &scene.labels[..index] {
            assert!(!label.area.overlaps(&other.area), "{label:?} {other:?}");
        }
    }
    let is_named = |place: PlaceId| scene.labels.iter().any(|label| label.place == place);
    for place in &scene.left_out {
        assert!(!is_named(*place));
    }
    let named = scene.labels.iter().filter(|label| {
        let holdings = &fixture.snapshot.holdings;
        holdings.iter().any(|h| h.place == label.place)
    });
    assert!(named.count() + scene.left_out.len() <= fixture.snapshot.holdings.len());
}

#[test]
fn labels_keep_apart_in_each_language() {
    let fixture = fixture();
    for lang in [Lang::Ar, Lang::En, Lang::Both] {
        let scene = fixture.draw(&small(lang));
        check_labels(&fixture, &scene);
        assert!(scene.labels.len() > 25);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2019), ..ProptestConfig::with_cases(6) })]
    #[test]
    fn labels_keep_apart_over_random_days(
        picks in prop::collection::vec((0usize..10_000, 0u8..6, 0i32..90), 1..90),
        frame in (40.3f64..40.8, 34.2f64..34.6, 0.1f64..0.8, 0.1f64..0.5),
        width in 900u32..1600,
    ) {
        let mut fixture = fixture();
        let places: Vec<PlaceId> = fixture.gazetteer.iter()
            .filter(|(_, p)| (40.3..41.4).contains(&p.point.x()) && (34.2..35.1).contains(&p.point.y()))
            .map(|(id, _)| id).collect();
        let (is, sdf) = (fixture.actor("IS"), fixture.actor("SDF"));
        for (pick, state, age) in picks {
            let control = match state {
                0 => Control::Held(is),
                1 => Control::Held(sdf),
                2 => Control::Contested(vec![is, sdf]),
                3 => Control::Partial(is, None),
                4 => Control::Lost(is),
                _ => Control::Unknown,
            };
            fixture.hold(places[pick % places.len()], control, age);
        }
        let (west, south, wide, high) = frame;
        let extent = Rect::new(coord! { x: west, y: south }, coord! { x: west + wide, y: south + high });
        let options = MapOptions { size_px: (width, 900), extent: Some(extent), ..MapOptions::default() };
        check_labels(&fixture, &fixture.draw(&options));
    }
}

#[test]
fn the_pocket_is_named_first() {
    let fixture = fixture();
    let scene = fixture.draw(&small(Lang::Both));
    for id in ["hajin", "as-susah", "ash-shafah", "baghuz-fawqani"] {
        let place = fixture.gazetteer.find(id).unwrap();
        assert!(scene.labels.iter().any(|l| l.place == place), "{id}");
    }
}

#[test]
fn a_pocket_says_its_size() {
    let mut fixture = fixture();
    fixture.add_pocket("baghuz-camp", 1.5);
    let options = MapOptions {
        extent: Some(Fixture::tight()),
        ..small(Lang::Both)
    };
    let scene = fixture.draw(&options);
    check_labels(&fixture, &scene);
    let has = |words: &str| {
        scene.shapes.iter().any(|shape| match shape {
            Shape::Text(text) => text.text.contains(words),
            _ => false,
        })
    };
    assert!(has("1.5 km² (indicative)") && has("1.5 كم²"));
}

#[test]
fn areas_are_never_points() {
    let mut fixture = fixture();
    let pocket = fixture.gazetteer.find("hajin-pocket").unwrap();
    let is = fixture.actor("IS");
    fixture.hold(pocket, Control::Held(is), 1);
    let scene = fixture.draw(&small(Lang::En));
    assert!(scene.labels.iter().all(|label| label.place != pocket));
}

#[test]
fn same_map_same_bytes() {
    let options = small(Lang::Both);
    let first = fixture().draw(&options).to_png().unwrap();
    let second = fixture().draw(&options).to_png().unwrap();
    assert!(first == second);
}

#[test]
fn the_file_says_its_size_and_resolution() {
    let options = MapOptions {
        dpi: Some(150.0),
        ..small(Lang::En)
    };
    let bytes = fixture().draw(&options).to_png().unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (1200, 900));
    let dims = info.pixel_dims.unwrap();
    assert_eq!((dims.xppu, dims.yppu), (5906, 5906));
    assert_eq!(dims.unit, png::Unit::Meter);
}

#[test]
fn impossible_sizes_are_refused() {
    let fixture = fixture();
    for size_px in [(0, 900), (100, 100), (900, 50_000)] {
        let options = MapOptions {
            size_px,
            ..MapOptions::default()
        };
        assert!(compose(&fixture.input(), &fixture.style, &options).is_err());
    }
}

#[test]
fn arabic_letters_join() {
    // Three times the same letter: initial, medial and final form, none like the isolated one.
    let joined = ids(&shaped("ببب", Direction::RightToLeft));
    let alone = ids(&shaped("ب", Direction::RightToLeft));
    let distinct: std::collections::BTreeSet<u16> = joined.iter().copied().collect();
    assert!(
        distinct.len() >= 3 && !joined.contains(&alone[0]),
        "{joined:?} {alone:?}"
    );
    // Lam and alif make one ligature, or two glyphs that touch; never the two isolated forms.
    let ligature = ids(&shaped("لا", Direction::RightToLeft));
    let apart = [
        ids(&shaped("ا", Direction::RightToLeft)),
        ids(&shaped("ل", Direction::RightToLeft)),
    ];
    assert_ne!(ligature, apart.concat());
}

#[test]
fn glyphs_run_in_visual_order() {
    // In a right-to-left line the digits stand left of the word written before them, and from
    // left to right among themselves.
    let line = shaped("هجين 2018", Direction::RightToLeft);
    let digits = ids(&shaped("2018", Direction::LeftToRight));
    assert_eq!(ids(&line)[..4], digits[..]);
    assert!(line.glyphs.windows(2).all(|pair| pair[0].x <= pair[1].x));
    // The direction is given, not taken from the first letter.
    let latin_first = shaped("SDF في هجين", Direction::RightToLeft);
    let sdf = ids(&shaped("SDF", Direction::LeftToRight));
    assert!(ids(&latin_first).ends_with(&sdf));
}

#[test]
fn no_name_lacks_a_glyph() {
    let fixture = fixture();
    let check = |text: &str, direction| {
        let line = shaped(text, direction);
        assert!(line.glyphs.iter().all(|glyph| glyph.id != 0), "{text}");
    };
    for (_, place) in fixture.gazetteer.iter() {
        check(place.name_en, Direction::LeftToRight);
        check(place.name_ar, Direction::RightToLeft);
    }
    check(
        "Ḥajīn, aṣ-Ṣāliḥīyah – Ash-Shaʿfah, Abū Ḥasan’s ≈ 4 km²",
        Direction::LeftToRight,
    );
    check(
        "≈ 4 كم²، \u{2068}Enab Baladi\u{2069}؛ تشرين الثاني/نوفمبر",
        Direction::RightToLeft,
    );
}

#[test]
fn a_word_is_never_set_in_two_fonts() {
    let line = shaped("Ṣāliḥīyah Hajin", Direction::LeftToRight);
    let fonts: Vec<_> = line.glyphs.iter().map(|glyph| glyph.font).collect();
    assert!(fonts[..9].iter().all(|font| *font == fonts[0]));
    assert_ne!(fonts[0], fonts[10]);
}

#[test]
fn dates_are_written_out() {
    let words = Words::load(&DataFolder::Bundled).unwrap();
    let cases = [
        (date(2018, 9, 1), "1 September 2018", "1 أيلول/سبتمبر 2018"),
        (
            date(2018, 11, 27),
            "27 November 2018",
            "27 تشرين الثاني/نوفمبر 2018",
        ),
        (date(2019, 2, 16), "16 February 2019", "16 شباط/فبراير 2019"),
        (date(2019, 3, 23), "23 March 2019", "23 آذار/مارس 2019"),
    ];
    for (day, english, arabic) in cases {
        assert_eq!(words.date(day, Tongue::En), english);
        assert_eq!(words.date(day, Tongue::Ar), arabic);
    }
}

#[test]
fn title_and_date_are_on_the_map_in_both_languages() {
    let scene = fixture().draw(&small(Lang::Both));
    let page = BoxPx::new(0.0, 0.0, 1200.0, 900.0);
    let texts: Vec<&str> = scene
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Text(text) => {
                assert!(page.contains(text.origin), "{text:?}");
                Some(text.text.as_str())
            }
            _ => None,
        })
        .collect();
    for wanted in [
        "27 November 2018",
        "27 تشرين الثاني/نوفمبر 2018",
        "Islamic State",
        "تنظيم الدولة",
    ] {
        assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted}");
    }
}

#[test]
fn a_scene_over_what_it_shares_with_another_has_the_bytes_that_it_has_alone() {
    let mut fixture = fixture();
    let options = small(Lang::Both);
    let first = fixture.draw(&options);
    let hajin = fixture.gazetteer.find("hajin").unwrap();
    let army = fixture.actor("GOV");
    fixture.hold(hajin, Control::Held(army), 0);
    let second = fixture.draw(&options);
    let underlay = Underlay::of(&first, &second).unwrap();
    let begun = format!("{underlay:?}").matches("Fill(").count();
    assert!(begun > 5, "the pictures share {begun} areas");
    assert_ne!(first.to_png().unwrap(), second.to_png().unwrap());
    for scene in [&first, &second] {
        assert!(scene.to_png_over(&underlay).unwrap() == scene.to_png().unwrap());
    }
    let other = fixture.draw(&small(Lang::Ar));
    assert!(other.to_png_over(&underlay).unwrap() == other.to_png().unwrap());
}
