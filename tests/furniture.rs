//! What stands around the map, and what its maker can change.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod render_fixture;

use std::collections::BTreeSet;

use jiff::civil::date;
use khatt::data::DataFolder;
use khatt::projection::BoxPx;
use khatt::render::scene::{Scene, Shape};
use khatt::render::words::Tongue;
use khatt::render::{Campaign, Changed, Digits, Lang, MapOptions, Texts, Words};
use render_fixture::{Fixture, small};

fn draw(options: &MapOptions) -> Scene {
    Fixture::load(&DataFolder::Bundled).draw(options)
}

fn texts(scene: &Scene) -> Vec<&str> {
    let shapes = scene.shapes.iter();
    shapes
        .filter_map(|shape| match shape {
            Shape::Text(text) => Some(text.text.as_str()),
            _ => None,
        })
        .collect()
}

fn has(scene: &Scene, words: &str) -> bool {
    texts(scene).iter().any(|text| text.contains(words))
}

#[test]
fn every_text_can_be_another() {
    let options = MapOptions {
        texts: Texts {
            title: Some("The pocket | الجيب".into()),
            subtitle: Some("as of {date} | حتى {date}".into()),
            caveat: Some("Draft.".into()),
            credit: Some("نحن".into()),
        },
        ..small(Lang::Both)
    };
    let scene = draw(&options);
    let texts = texts(&scene);
    for wanted in [
        "The pocket",
        "الجيب",
        "as of 27 November 2018",
        "حتى 27 تشرين الثاني/نوفمبر 2018",
        "Draft.",
        "نحن",
    ] {
        assert!(texts.contains(&wanted), "{wanted}: {texts:?}");
    }
    assert!(!has(&scene, "who holds what") && !has(&scene, "Not for navigation"));
    assert_eq!(
        scene.title,
        "الجيب. حتى 27 تشرين الثاني/نوفمبر 2018 · The pocket. as of 27 November 2018"
    );
}

#[test]
fn a_bare_map_is_all_map() {
    let scene = draw(&MapOptions {
        has_furniture: false,
        ..small(Lang::Both)
    });
    assert_eq!(scene.map, BoxPx::new(0.0, 0.0, 1200.0, 900.0));
    assert!(has(&scene, "Hajin") && !has(&scene, "Sources") && !has(&scene, "km /"));
}

#[test]
fn an_arabic_sheet_is_mirrored() {
    let arabic = draw(&small(Lang::Ar));
    let english = draw(&small(Lang::En));
    assert_eq!(arabic.map.left, 1200.0 - english.map.right);
    assert_eq!(arabic.map.right, 1200.0 - english.map.left);
    assert!(has(&arabic, "شرقا") && has(&english, " E"));
}

#[test]
fn arabic_digits_are_a_choice() {
    let words = Words::load(&DataFolder::Bundled).unwrap();
    let arab = words.with_digits(Digits::Arab);
    let day = date(2019, 2, 16);
    assert_eq!(arab.date(day, Tongue::Ar), "١٦ شباط/فبراير ٢٠١٩");
    assert_eq!(arab.date(day, Tongue::En), "16 February 2019");
    assert_eq!(arab.numerals("≈ 1.5 كم", Tongue::Ar), "≈ ١٫٥ كم");
    // Names of sources and licences are not Arabic text.
    assert_eq!(
        arab.numerals("\u{2068}CC BY 4.0\u{2069} 3", Tongue::Ar),
        "\u{2068}CC BY 4.0\u{2069} ٣"
    );
    let scene = draw(&MapOptions {
        digits: Digits::Arab,
        ..small(Lang::Both)
    });
    assert!(has(&scene, "٢٧ تشرين الثاني") && has(&scene, "27 November 2018"));
}

#[test]
fn the_strip_of_time_shows_the_months_of_the_campaign() {
    let campaign = Campaign {
        first: date(2018, 9, 10),
        last: date(2019, 3, 23),
        events: vec![date(2018, 12, 14); 3],
    };
    let scene = draw(&MapOptions {
        campaign: Some(campaign),
        ..small(Lang::En)
    });
    for month in ["Oct", "Nov", "Dec", "2019", "Feb"] {
        assert!(texts(&scene).contains(&month), "{month}");
    }
    assert!(!has(&draw(&small(Lang::En)), "Oct"));
}

#[test]
fn an_arabic_strip_of_time_names_every_month() {
    let scene = draw(&MapOptions {
        campaign: Some(Campaign {
            first: date(2018, 9, 10),
            last: date(2019, 3, 23),
            events: vec![date(2018, 12, 14)],
        }),
        digits: Digits::Arab,
        ..small(Lang::Ar)
    });
    for month in ["أيلول", "ت١", "ت٢", "ك١", "٢٠١٩", "شباط", "آذار"] {
        assert!(
            texts(&scene).contains(&month),
            "{month}: {:?}",
            texts(&scene)
        );
    }
}

#[test]
fn what_changed_is_ringed_and_explained() {
    let fixture = Fixture::load(&DataFolder::Bundled);
    let place = fixture.gazetteer.find("hajin").unwrap();
    let scene = draw(&MapOptions {
        changed: Some(Changed {
            since: date(2018, 11, 1),
            places: BTreeSet::from([place]),
        }),
        ..small(Lang::En)
    });
    assert!(has(&scene, "Changed since 1 November 2018"));
}

#[test]
fn a_map_says_where_in_the_country_it_lies() {
    let scene = draw(&small(Lang::En));
    assert!(texts(&scene).contains(&"Syria"));
}

/// The scale bar against the earth: its blocks, measured through the projection and a geodesic.
#[test]
fn the_scale_bar_is_true_at_the_middle() {
    use geo::line_measures::{Distance, Geodesic};
    let scene = draw(&small(Lang::En));
    let middle = scene.map.centre();
    let length_px = scene.projection.px_per_km() * 10.0;
    let at = |x: f32| {
        geo::Point::from(
            scene
                .projection
                .from_px(khatt::projection::Px::new(x, middle.y)),
        )
    };
    let metres = Geodesic.distance(
        at(middle.x - length_px / 2.0),
        at(middle.x + length_px / 2.0),
    );
    assert!((metres - 10_000.0).abs() < 5.0, "{metres}");
}
