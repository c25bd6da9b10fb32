//! Labels over the days of the bundled campaign: nothing overlaps, nothing leaves the map, the
//! pocket's own towns are named, and in a series no name jumps.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use khatt::actor::Actors;
use khatt::basemap::BaseMap;
use khatt::claims_table::{ClaimsTable, Lookup, TableFormat};
use khatt::data::DataFolder;
use khatt::front::{Front, Fronts, Terrain};
use khatt::gazetteer::{Gazetteer, Kind, PlaceId};
use khatt::projection::BoxPx;
use khatt::region::Region;
use khatt::render::scene::Shape;
use khatt::render::{
    Cell, Fonts, Lang, MapInput, MapOptions, Plan, Scene, Style, Words, compose, compose_multiples,
    compose_planned,
};
use khatt::sources::Sources;
use khatt::timeline::{Snapshot, Timeline, Weighing};

/// The bundled campaign as the table of claims tells it.
struct Campaign {
    gazetteer: Gazetteer,
    actors: Actors,
    region: Region,
    basemap: BaseMap,
    fonts: Fonts,
    words: Words,
    style: Style,
    timeline: Timeline,
}

impl Campaign {
    fn load() -> Self {
        let data = DataFolder::Bundled;
        let gazetteer = Gazetteer::load(&data).unwrap();
        let actors = Actors::load(&data).unwrap();
        let region = Region::load(&data).unwrap();
        let claims = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/claims.csv");
        let text = std::fs::read_to_string(claims).unwrap();
        let lookup = Lookup {
            gazetteer: &gazetteer,
            actors: &actors,
            sources: &Sources::load(&data).unwrap(),
            resolve: &|_| None,
        };
        let table = ClaimsTable::parse(&text, "claims.csv", TableFormat::Csv, &lookup).unwrap();
        let weighing = Weighing::load(&data).unwrap();
        let timeline = Timeline::new(table.claims, &gazetteer, &actors, &region, &weighing);
        Self {
            basemap: BaseMap::load(&data).unwrap(),
            fonts: Fonts::load(&data).unwrap(),
            words: Words::load(&data).unwrap(),
            style: Style::load(&data).unwrap(),
            gazetteer,
            actors,
            region,
            timeline,
        }
    }

    fn days(&self, days: &[Date]) -> Vec<(Snapshot, Front)> {
        let terrain = Terrain::new(&self.region, &self.basemap).unwrap();
        let fronts = Fronts::new(&self.gazetteer, &terrain).unwrap();
        let day = |day: &Date| {
            let snapshot = self.timeline.on(*day);
            let front = fronts.of(&snapshot).unwrap();
            (snapshot, front)
        };
        days.iter().map(day).collect()
    }

    fn input<'a>(&'a self, (snapshot, front): &'a (Snapshot, Front)) -> MapInput<'a> {
        MapInput {
            snapshot,
            front,
            gazetteer: &self.gazetteer,
            actors: &self.actors,
            region: &self.region,
            basemap: &self.basemap,
            fonts: &self.fonts,
            words: &self.words,
        }
    }

    /// Towns and villages of the pockets with evidence on that day.
    fn own_towns(&self, snapshot: &Snapshot) -> Vec<PlaceId> {
        let holdings = snapshot.holdings.iter().map(|holding| holding.place);
        let is_own = |place: &PlaceId| {
            let place = self.gazetteer.place(*place);
            let mut groups = self.region.groups.iter();
            matches!(place.kind, Kind::City | Kind::Town | Kind::Village)
                && groups.any(|group| group.members.iter().any(|id| id == place.id))
        };
        holdings.filter(is_own).collect()
    }
}

/// Every eleventh day of the campaign.
fn some_days() -> Vec<Date> {
    let days = date(2018, 9, 12).series(11.days());
    days.take_while(|day| *day <= date(2019, 3, 23)).collect()
}

fn check_apart(scene: &Scene) {
    for (index, label) in scene.labels.iter().enumerate() {
        assert!(scene.map.covers(&label.area), "{label:?} leaves the map");
        for other in &scene.labels[..index] {
            let meet = label.area.overlaps(&other.area);
            assert!(!meet, "{}: {label:?} {other:?}", scene.date);
        }
    }
}

#[test]
fn the_pockets_own_towns_are_named_on_every_day() {
    let campaign = Campaign::load();
    for lang in [Lang::Both, Lang::En] {
        for day in campaign.days(&some_days()) {
            let options = MapOptions {
                lang,
                ..MapOptions::default()
            };
            let scene = compose(&campaign.input(&day), &campaign.style, &options).unwrap();
            check_apart(&scene);
            for place in campaign.own_towns(&day.0) {
                let name = &campaign.gazetteer.place(place).name_en;
                let is_named = scene.labels.iter().any(|label| label.place == place);
                assert!(is_named, "{}: {name} has no label", scene.date);
            }
        }
    }
}

#[test]
fn names_stand_still_in_a_series() {
    let campaign = Campaign::load();
    let days = campaign.days(&some_days());
    let inputs: Vec<MapInput> = days.iter().map(|day| campaign.input(day)).collect();
    let options = MapOptions::default();
    let plan = Plan::of(&inputs, &campaign.style, &options).unwrap();
    let mut known: BTreeMap<PlaceId, BoxPx> = BTreeMap::new();
    for input in &inputs {
        let scene = compose_planned(input, &plan, &campaign.style, &options).unwrap();
        check_apart(&scene);
        for label in &scene.labels {
            let first = *known.entry(label.place).or_insert(label.area);
            assert_eq!(first, label.area, "{}: {label:?}", scene.date);
        }
        for place in campaign.own_towns(input.snapshot) {
            let name = &campaign.gazetteer.place(place).name_en;
            let is_named = scene.labels.iter().any(|label| label.place == place);
            assert!(is_named, "{}: {name} has no label", scene.date);
        }
    }
    assert!(known.len() > 45, "{}", known.len());
}

/// Days side by side: their boxes, in order of days.
fn boxes(scene: &Scene) -> Vec<BoxPx> {
    let insets = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Inset(area, _) => Some(*area),
        _ => None,
    });
    insets.collect()
}

fn side_by_side(campaign: &Campaign, lang: Lang, columns: Option<u16>) -> Scene {
    let days = [
        (2018, 11, 27),
        (2018, 12, 20),
        (2019, 1, 15),
        (2019, 2, 16),
        (2019, 3, 20),
    ];
    let days = campaign.days(&days.map(|(year, month, day)| date(year, month, day)));
    let cells: Vec<Cell> = (days.iter())
        .map(|day| Cell {
            input: campaign.input(day),
            changed: None,
        })
        .collect();
    let options = MapOptions {
        lang,
        ..MapOptions::default()
    };
    compose_multiples(&cells, &campaign.style, &options, columns).unwrap()
}

#[test]
fn maps_on_one_sheet_stand_apart_and_names_stand_still() {
    let campaign = Campaign::load();
    for lang in [Lang::Both, Lang::Ar] {
        let scene = side_by_side(&campaign, lang, None);
        let boxes = boxes(&scene);
        assert_eq!(boxes.len(), 5);
        let sheet = BoxPx::new(0.0, 0.0, 2000.0, 1500.0);
        for (index, area) in boxes.iter().enumerate() {
            assert!(sheet.covers(area), "{area:?}");
            assert!(boxes[..index].iter().all(|other| !other.overlaps(area)));
        }
        assert_eq!(boxes[0].left > boxes[1].left, lang == Lang::Ar, "{boxes:?}");
        let mut known: BTreeMap<PlaceId, BoxPx> = BTreeMap::new();
        for (index, label) in scene.labels.iter().enumerate() {
            let cell = boxes.iter().find(|area| area.covers(&label.area));
            let cell = cell.unwrap_or_else(|| panic!("{label:?} lies on no map"));
            let met = |other: &khatt::render::scene::PlacedLabel| other.area.overlaps(&label.area);
            assert!(!scene.labels[..index].iter().any(met), "{label:?}");
            let own = label.area.moved(-cell.left, -cell.top);
            let first = *known.entry(label.place).or_insert(own);
            let is_same =
                (first.left - own.left).abs() < 0.01 && (first.top - own.top).abs() < 0.01;
            assert!(is_same, "{label:?}");
        }
        let is_town = |place: &PlaceId| {
            matches!(
                campaign.gazetteer.place(*place).kind,
                Kind::City | Kind::Town
            )
        };
        assert!(
            known.len() > 5 && known.keys().all(is_town),
            "{}",
            known.len()
        );
    }
}

#[test]
fn a_sheet_has_the_columns_asked_for() {
    let campaign = Campaign::load();
    let lefts = |columns| {
        let boxes = boxes(&side_by_side(&campaign, Lang::En, columns));
        let lefts: std::collections::BTreeSet<i32> = boxes.iter().map(|b| b.left as i32).collect();
        lefts.len()
    };
    assert_eq!((lefts(Some(1)), lefts(Some(2)), lefts(Some(9))), (1, 2, 5));
    assert!((2..=3).contains(&lefts(None)));
}
