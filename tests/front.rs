//! Fronts: exact numbers for simple shapes, and properties that hold for all.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use geo::algorithm::bool_ops::unary_union;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Distance, Euclidean, Geodesic, GeodesicArea, Length,
    Line, LineString, Point, Rect, Validation,
};
use khatt::actor::ActorId;
use khatt::basemap::{BaseMap, NamedLine};
use khatt::data::DataFolder;
use khatt::front::{Front, FrontLine, Holder, NoPocket, Site, StatedGround, Terrain};
use khatt::gazetteer::{Bank, Gazetteer, PlaceId};
use khatt::region::Region;
use khatt::timeline::{Control, Holding, Snapshot, StatedArea};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const DAY: jiff::civil::Date = jiff::civil::date(2018, 11, 27);
const RED: Holder = Holder::Actor(ActorId::from_index(0));
const GREY: Holder = Holder::Actor(ActorId::from_index(1));
const GOLD: Holder = Holder::Actor(ActorId::from_index(2));

/// Degrees are as small here as a few centimetres: files carry six decimals.
const STEP: f64 = 1e-6;

fn terrain(barriers: &[&[(f64, f64)]]) -> Terrain {
    Terrain {
        extent: Rect::new((40.0, 34.0), (41.0, 35.0)),
        barriers: barriers
            .iter()
            .map(|line| LineString::from(line.to_vec()))
            .collect(),
        borders: Vec::new(),
        reach_km: 8.0,
    }
}

fn site(index: u32, lon: f64, lat: f64, holder: Holder) -> Site {
    Site {
        place: PlaceId::from_index(index),
        point: Point::new(lon, lat),
        bank: Bank::None,
        holder,
        age_days: 3,
        is_stale: false,
        claims: 2,
        rank: 1,
        precision_km: 1.0,
    }
}

fn on_bank(bank: Bank, site: Site) -> Site {
    Site { bank, ..site }
}

fn front(sites: &[Site], terrain: &Terrain) -> Front {
    Front::from_sites(DAY, sites, &[], terrain).unwrap()
}

fn stated(area_km2: f64, at: Option<(f64, f64)>) -> StatedGround {
    StatedGround {
        actor: ActorId::from_index(1),
        area_km2,
        place: at.map(|_| PlaceId::from_index(900)),
        at: at.map(|(lon, lat)| (Point::new(lon, lat), Bank::None)),
    }
}

fn area_of(front: &Front, holder: Holder) -> f64 {
    front
        .zones
        .iter()
        .filter(|zone| zone.holder == holder)
        .map(|zone| zone.area_km2)
        .sum()
}

fn holder_at(front: &Front, lon: f64, lat: f64) -> Option<Holder> {
    let point = Point::new(lon, lat);
    front
        .zones
        .iter()
        .find(|zone| zone.area.contains(&point))
        .map(|zone| zone.holder)
}

/// Everything that is true of every front.
fn check(front: &Front, terrain: &Terrain, sites: &[Site]) {
    check_zones(front, terrain);
    for line in &front.lines {
        check_line(front, line);
    }
    for (index, zone) in front.zones.iter().enumerate() {
        assert!(
            index == 0 || front.zones[index - 1].holder < zone.holder,
            "zones in order"
        );
        for polygon in &zone.area {
            // Some place with evidence stands within reach of every corner, as far as slivers go.
            for corner in polygon.exterior().coords() {
                let nearest = sites
                    .iter()
                    .map(|site| Geodesic.distance(site.point, Point(*corner)))
                    .fold(f64::INFINITY, f64::min);
                assert!(
                    nearest < terrain.reach_km * 1000.0 * 1.02 + 1000.0,
                    "{nearest} m from evidence"
                );
            }
        }
    }
}

fn check_zones(front: &Front, terrain: &Terrain) {
    let mut sum = 0.0;
    for zone in &front.zones {
        assert!(
            zone.area.is_valid(),
            "{:?}: {:?}",
            zone.holder,
            zone.area.validation_errors()
        );
        let (bounds, extent) = (zone.area.bounding_rect().unwrap(), terrain.extent);
        assert!(bounds.min().x >= extent.min().x && bounds.min().y >= extent.min().y);
        assert!(bounds.max().x <= extent.max().x && bounds.max().y <= extent.max().y);
        assert!((zone.area.geodesic_area_unsigned() / 1e6 - zone.area_km2).abs() < 1e-9);
        sum += zone.area.unsigned_area();
    }
    for (index, one) in front.zones.iter().enumerate() {
        for other in &front.zones[index + 1..] {
            let common = one.area.intersection(&other.area).unsigned_area();
            assert!(
                common < 1e-9,
                "{:?} and {:?} share {common}",
                one.holder,
                other.holder
            );
        }
    }
    // Together they cover as much as one by one: no ground is counted twice. (The ground without
    // data is not measured: `difference` of geo 0.33 gives 0.92 where a zone of 0.10 is taken from 1.)
    let all = unary_union(front.zones.iter().map(|zone| &zone.area)).unsigned_area();
    assert!((all - sum).abs() < 1e-7, "{all} of {sum}");
}

/// A line runs along edges of both its zones and has the smaller side on its left.
fn check_line(front: &Front, line: &FrontLine) {
    assert!(line.sides[0] < line.sides[1]);
    assert!((Geodesic.length(&line.line) / 1000.0 - line.length_km).abs() < 1e-9);
    for side in line.sides {
        let zone = front.zones.iter().find(|zone| zone.holder == side).unwrap();
        let edges: std::collections::BTreeSet<_> = zone
            .area
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .flat_map(LineString::lines)
            .map(key)
            .collect();
        for edge in line.line.lines() {
            let (way, back) = (key(edge), key(Line::new(edge.end, edge.start)));
            // Exteriors run counter-clockwise, so a zone lies on the left of its own edges.
            let own = if side == line.sides[0] { way } else { back };
            assert!(edges.contains(&own), "{edge:?} is no edge of {side:?}");
        }
    }
}

fn key(edge: Line<f64>) -> [i64; 4] {
    [edge.start.x, edge.start.y, edge.end.x, edge.end.y].map(|v| (v / STEP).round() as i64)
}

#[test]
fn the_front_between_two_places_is_their_bisector() {
    let terrain = terrain(&[]);
    let sites = [site(1, 40.45, 34.5, RED), site(2, 40.55, 34.5, GOLD)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    assert_eq!(front.lines.len(), 1);
    let line = &front.lines[0];
    assert_eq!(line.sides, [RED, GOLD]);
    assert!(line.line.coords().all(|c| (c.x - 40.5).abs() < 1.5 * STEP));
    // Half the chord: sqrt(8^2 - 4.5924^2) km, with 91.847 km to the degree at 34.5 N.
    let half = (8.0_f64.powi(2) - (91.847_f64 * 0.05).powi(2)).sqrt();
    assert!(
        (line.length_km - 2.0 * half).abs() < 0.02,
        "{}",
        line.length_km
    );
    assert!(!line.is_river);
    assert_eq!((line.support, line.age_days), (4, 3));
    assert!(
        (line.nearest_evidence_km - 4.592).abs() < 0.01,
        "{}",
        line.nearest_evidence_km
    );
    assert!((area_of(&front, RED) - area_of(&front, GOLD)).abs() < 0.01);
}

#[test]
fn one_place_colours_a_disc() {
    let terrain = terrain(&[]);
    let sites = [site(1, 40.5, 34.5, RED)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    // A regular polygon of 96 corners: n/2 r^2 sin(2 pi / n).
    let disc = 48.0 * 64.0 * (std::f64::consts::TAU / 96.0).sin();
    assert!(
        (area_of(&front, RED) / disc - 1.0).abs() < 1e-3,
        "{}",
        area_of(&front, RED)
    );
    assert!(front.lines.is_empty());
    assert_eq!(front.zones[0].places, [PlaceId::from_index(1)]);
}

#[test]
fn nothing_known_gives_no_colour() {
    let front = front(&[], &terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]));
    assert!(front.zones.is_empty() && front.lines.is_empty() && front.pockets.is_empty());
}

#[test]
fn water_bounds_a_zone_without_evidence_beyond() {
    let terrain = terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]);
    let sites = [site(1, 40.5, 34.52, RED)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    let bounds = front.zones[0].area.bounding_rect().unwrap();
    assert_eq!(bounds.min().y, 34.5);
}

#[test]
fn a_border_bounds_a_zone_and_is_no_river() {
    let border = LineString::from(vec![(40.52, 33.0), (40.52, 36.0)]);
    let ground = Terrain {
        borders: vec![border],
        ..terrain(&[])
    };
    let alone = front(&[site(0, 40.5, 34.5, GREY)], &ground);
    assert_eq!(holder_at(&alone, 40.51, 34.5), Some(GREY));
    assert_eq!(holder_at(&alone, 40.53, 34.5), None);
    let both = [site(0, 40.5, 34.5, GREY), site(1, 40.56, 34.5, GOLD)];
    let both = front(&both, &ground);
    assert_eq!(holder_at(&both, 40.525, 34.5), Some(GOLD));
    assert_eq!(both.lines.len(), 1);
    assert!(!both.lines[0].is_river);
    assert!(
        both.lines[0]
            .line
            .coords()
            .all(|c| (c.x - 40.52).abs() < 2.0 * STEP)
    );
}

#[test]
fn rivals_on_opposite_banks_meet_in_the_river() {
    let terrain = terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]);
    // Nearer to each other than to the water's middle: the bisector would lie on the northern bank.
    let sites = [site(1, 40.5, 34.54, RED), site(2, 40.5, 34.49, GOLD)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    assert_eq!(front.lines.len(), 1);
    assert!(front.lines[0].is_river);
    assert!(front.lines[0].line.coords().all(|c| c.y == 34.5));
}

#[test]
fn one_holder_on_both_banks_has_one_zone_across() {
    let terrain = terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]);
    let sites = [site(1, 40.5, 34.52, RED), site(2, 40.5, 34.48, RED)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    assert_eq!(front.zones[0].area.0.len(), 1);
    assert!(front.lines.is_empty());
}

#[test]
fn the_gazetteers_bank_decides_near_the_water() {
    // The river runs east: left is north.
    let terrain = terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]);
    let cases = [
        ("on the water, left", Bank::Left, 34.5, 34.53),
        ("on the water, right", Bank::Right, 34.5, 34.47),
        ("1 km south, but left", Bank::Left, 34.49, 34.53),
        ("1 km north, but right", Bank::Right, 34.51, 34.47),
        ("11 km south, said to be left", Bank::Left, 34.4, 34.42),
        ("on the water, nothing said", Bank::None, 34.5, 34.53),
    ];
    for (name, bank, lat, coloured) in cases {
        let sites = [on_bank(bank, site(1, 40.5, lat, RED))];
        let front = front(&sites, &terrain);
        check(&front, &terrain, &sites);
        assert_eq!(holder_at(&front, 40.5, coloured), Some(RED), "{name}");
        assert_eq!(holder_at(&front, 40.5, 69.0 - coloured), None, "{name}");
    }
}

#[test]
fn a_river_that_stops_short_still_divides() {
    // Ends inside the extent; its continuation bounds zones but is no river.
    let terrain = terrain(&[&[(39.0, 34.5), (40.5, 34.5)]]);
    let sites = [site(1, 40.5, 34.53, RED), site(2, 40.5, 34.47, GOLD)];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    let rivers: Vec<bool> = front.lines.iter().map(|line| line.is_river).collect();
    assert_eq!(rivers, [false, true]);
    let alone = self::front(&sites[..1], &terrain);
    assert_eq!(holder_at(&alone, 40.55, 34.49), None);
}

#[test]
fn a_river_may_cross_the_extent_several_times_or_never() {
    let zigzag: &[(f64, f64)] = &[
        (39.5, 34.2),
        (41.5, 34.3),
        (41.5, 34.5),
        (39.5, 34.5),
        (39.5, 34.7),
        (41.5, 34.8),
    ];
    let far: &[(f64, f64)] = &[(45.0, 30.0), (46.0, 31.0)];
    let dot: &[(f64, f64)] = &[(40.5, 34.5), (40.5, 34.5)];
    let itself: &[(f64, f64)] = &[(39.5, 34.4), (40.7, 34.6), (40.7, 34.4), (39.5, 34.6)];
    let ring: &[(f64, f64)] = &[
        (40.4, 34.4),
        (40.6, 34.4),
        (40.6, 34.6),
        (40.4, 34.6),
        (40.4, 34.4),
    ];
    for river in [zigzag, far, dot, itself, ring] {
        let terrain = terrain(&[river]);
        let sites: Vec<Site> = (0..40)
            .map(|i| {
                let holder = [RED, GREY, GOLD][i as usize % 3];
                site(
                    i,
                    40.05 + 0.1 * f64::from(i % 10),
                    34.15 + 0.2 * f64::from(i / 10),
                    holder,
                )
            })
            .collect();
        check(&front(&sites, &terrain), &terrain, &sites);
    }
}

#[test]
fn an_enclave_is_kept_however_small() {
    let terrain = terrain(&[]);
    let mut sites: Vec<Site> = (0..6_u32)
        .map(|i| {
            let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 6.0).sin_cos();
            site(i, 40.5 + 0.004 * cos, 34.5 + 0.004 * sin, GOLD)
        })
        .collect();
    sites.push(site(9, 40.5, 34.5, GREY));
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    assert!(area_of(&front, GREY) < 0.2 && area_of(&front, GREY) > 0.05);
    assert_eq!(front.lines.len(), 1, "one line around it");
    assert_eq!(front.lines[0].line.0.first(), front.lines[0].line.0.last());
}

#[test]
fn contested_ground_is_a_class_of_its_own() {
    let terrain = terrain(&[]);
    let sites = [
        site(1, 40.4, 34.5, RED),
        site(2, 40.5, 34.5, Holder::Contested),
        site(3, 40.6, 34.5, GOLD),
    ];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    let holders: Vec<Holder> = front.zones.iter().map(|zone| zone.holder).collect();
    assert_eq!(holders, [RED, GOLD, Holder::Contested]);
    assert_eq!(front.lines.len(), 2);
}

#[test]
fn a_town_stands_for_its_quarter() {
    let terrain = terrain(&[]);
    let town = Site {
        rank: 0,
        ..site(1, 40.5, 34.5, RED)
    };
    let quarter = Site {
        rank: 5,
        ..site(2, 40.503, 34.5, GOLD)
    };
    let far_quarter = Site {
        rank: 5,
        ..site(3, 40.52, 34.5, GOLD)
    };
    let twin = Site {
        rank: 0,
        ..site(4, 40.5, 34.5, GOLD)
    };
    let cases = [
        (
            "quarter within 400 m",
            vec![town.clone(), quarter],
            vec![RED],
        ),
        (
            "quarter farther off",
            vec![town.clone(), far_quarter],
            vec![RED, GOLD],
        ),
        (
            "two of like weight at one point",
            vec![town, twin],
            vec![Holder::Contested],
        ),
    ];
    for (name, sites, expected) in cases {
        let front = front(&sites, &terrain);
        check(&front, &terrain, &sites);
        let holders: Vec<Holder> = front.zones.iter().map(|zone| zone.holder).collect();
        assert_eq!(holders, expected, "{name}");
    }
}

#[test]
fn places_outside_colour_what_is_in_reach_inside() {
    let terrain = terrain(&[]);
    let sites = [
        site(1, 39.95, 34.5, RED),
        site(2, 30.0, 34.5, GOLD),
        site(3, 1e300, f64::NAN, GREY),
    ];
    let front = front(&sites, &terrain);
    check_zones(&front, &terrain);
    assert_eq!(front.zones.len(), 1);
    assert_eq!(holder_at(&front, 40.01, 34.5), Some(RED));
    assert!(front.zones[0].places.is_empty(), "it lies outside");
    assert_eq!(front.zones[0].area.bounding_rect().unwrap().min().x, 40.0);
}

#[test]
fn a_place_moved_to_its_bank_beyond_the_working_box_harms_nothing() {
    // Its circle left the box and joined all banks around the outside.
    let river = [
        (39.8, 33.8),
        (41.195_382, 34.484_074),
        (39.8, 35.064_394),
        (39.8, 33.8),
    ];
    let terrain = terrain(&[&river]);
    let sites = [
        on_bank(Bank::Right, site(0, 41.090_545, 34.509_203, RED)),
        on_bank(Bank::Left, site(3, 40.949_990, 34.052_905, GREY)),
        on_bank(Bank::Left, site(4, 40.105_249, 34.824_096, GREY)),
    ];
    let front = front(&sites, &terrain);
    check(&front, &terrain, &sites);
    assert_eq!(holder_at(&front, 40.95, 34.06), Some(GREY));
}

#[test]
fn collinear_and_equal_points_are_no_trouble() {
    let terrain = terrain(&[&[(39.0, 34.5), (42.0, 34.5)]]);
    for bank in [Bank::Left, Bank::Right, Bank::None] {
        let sites: Vec<Site> = (0..60_u32)
            .map(|i| {
                let holder = [RED, GOLD, GREY][(i / 4) as usize % 3];
                on_bank(bank, site(i, 40.02 + f64::from(i / 2) * 0.03, 34.5, holder))
            })
            .collect();
        check(&front(&sites, &terrain), &terrain, &sites);
    }
    let grid: Vec<Site> = (0..400_u32)
        .map(|i| {
            let holder = [RED, GOLD][(i % 20 / 7 + i / 20 / 5) as usize % 2];
            site(
                i,
                40.0 + f64::from(i % 20) * 0.05,
                34.0 + f64::from(i / 20) * 0.05,
                holder,
            )
        })
        .collect();
    check(&front(&grid, &terrain), &terrain, &grid);
}

#[test]
fn a_terrain_without_room_is_refused() {
    let empty = Terrain {
        extent: Rect::new((40.0, 34.0), (40.0, 35.0)),
        ..terrain(&[])
    };
    let nowhere = Terrain {
        extent: Rect::new((40.0, f64::NAN), (41.0, 35.0)),
        ..terrain(&[])
    };
    let short = Terrain {
        borders: Vec::new(),
        reach_km: 0.0,
        ..terrain(&[])
    };
    for bad in [empty, nowhere, short] {
        let error = Front::from_sites(DAY, &[site(1, 40.5, 34.5, RED)], &[], &bad).unwrap_err();
        assert!(
            error.to_string().starts_with("2018-11-27: terrain: "),
            "{error}"
        );
    }
}

/// A winding river with towns on both banks; the last pocket on the left bank at 40.5.
fn pocket_case() -> (Terrain, Vec<Site>) {
    let river: Vec<(f64, f64)> = (0..300)
        .map(|i| {
            let lat = 35.3 - f64::from(i) * 0.0055;
            (
                40.5 + 0.03 * (lat * 60.0).sin() + 0.01 * (lat * 190.0).sin(),
                lat,
            )
        })
        .collect();
    let mut sites = Vec::new();
    for i in 0..16_u32 {
        let lat = 34.1 + 0.05 * f64::from(i);
        // Down-river is south, so the left bank lies to the east.
        sites.push(on_bank(Bank::Left, site(i, 40.57, lat, GOLD)));
        sites.push(on_bank(Bank::Right, site(100 + i, 40.42, lat + 0.02, RED)));
    }
    let hajin = sites[16].point;
    sites[16].holder = GREY;
    assert_eq!(hajin, Point::new(40.57, 34.5));
    (terrain(&[&river]), sites)
}

#[test]
fn a_pocket_has_its_stated_area_and_golden_ground_around() {
    let (terrain, sites) = pocket_case();
    for place in [None, Some((40.57, 34.5)), Some((40.575, 34.505))] {
        for km2 in [0.25, 0.5, 1.0, 4.0, 20.0] {
            let front = Front::from_sites(DAY, &sites, &[stated(km2, place)], &terrain).unwrap();
            check(&front, &terrain, &sites);
            assert_eq!(front.pockets.len(), 1, "{km2} at {place:?}");
            let pocket = &front.pockets[0];
            let drawn = pocket.area.geodesic_area_unsigned() / 1e6;
            assert!((drawn / km2 - 1.0).abs() < 0.02, "{drawn} for {km2}");
            assert_eq!(pocket.stated_km2, km2);
            assert!(
                (area_of(&front, GREY) - drawn).abs() < 1e-9,
                "the zone is the pocket"
            );
            assert_eq!(holder_at(&front, 40.57, 34.5), Some(GREY));
            assert_eq!(holder_at(&front, 40.61, 34.5), Some(GOLD), "around {km2}");
        }
    }
}

#[test]
fn a_pocket_stays_on_its_bank_and_off_other_places() {
    let (terrain, mut sites) = pocket_case();
    // More than its cell holds: it must push into its neighbours' cells, but not onto them.
    let front = Front::from_sites(DAY, &sites, &[stated(60.0, None)], &terrain).unwrap();
    check(&front, &terrain, &sites);
    assert_eq!(front.pockets.len(), 1);
    assert!((area_of(&front, GREY) / 60.0 - 1.0).abs() < 0.02);
    for other in sites.iter().filter(|site| site.holder != GREY) {
        assert_eq!(
            holder_at(&front, other.point.x(), other.point.y()),
            Some(other.holder)
        );
    }
    // More than there is room for: the places rule their cells.
    let front = Front::from_sites(DAY, &sites, &[stated(5_000.0, None)], &terrain).unwrap();
    assert!(front.pockets.is_empty() && area_of(&front, GREY) > 20.0);
    // Nobody's place, but an area stated for a place contested: it lies there all the same.
    sites[16].holder = Holder::Contested;
    let at = Some((40.57, 34.5));
    let ground = StatedGround {
        place: Some(sites[16].place),
        ..stated(0.5, at)
    };
    let front = Front::from_sites(DAY, &sites, &[ground], &terrain).unwrap();
    check(&front, &terrain, &sites);
    assert_eq!(holder_at(&front, 40.57, 34.5), Some(GREY));
    assert_eq!(area_of(&front, Holder::Contested), 0.0);
    // An area stated at a place that somebody else holds: beside it, never on it.
    sites[16].holder = GOLD;
    let front = Front::from_sites(DAY, &sites, &[stated(0.5, at)], &terrain).unwrap();
    check(&front, &terrain, &sites);
    assert_eq!(holder_at(&front, 40.57, 34.5), Some(GOLD));
    assert!((area_of(&front, GREY) / 0.5 - 1.0).abs() < 0.02);
}

#[test]
fn the_best_of_several_stated_areas_is_drawn() {
    let (terrain, sites) = pocket_case();
    let grounds = [
        stated(4.0, None),
        stated(0.5, None),
        stated(1.0, Some((40.57, 34.5))),
    ];
    let front = Front::from_sites(DAY, &sites, &grounds, &terrain).unwrap();
    let stated: Vec<f64> = front
        .pockets
        .iter()
        .map(|pocket| pocket.stated_km2)
        .collect();
    assert_eq!(stated, [4.0]);
    let odd = [stated_odd(0.0), stated_odd(-1.0), stated_odd(f64::NAN)];
    let front = Front::from_sites(DAY, &sites, &odd, &terrain).unwrap();
    assert!(front.pockets.is_empty());
}

fn stated_odd(km2: f64) -> StatedGround {
    stated(km2, None)
}

fn holding(gazetteer: &Gazetteer, id: &str, control: Control) -> Holding {
    Holding {
        place: gazetteer.find(id).unwrap(),
        control,
        since: None,
        last_evidence: DAY,
        age_days: 1,
        is_stale: false,
        confidence: 0.9,
        claims: 3,
        sources: vec![],
        evidence: vec![],
    }
}

const GAZETTEER: &str = "\
id,name_ar,aliases_ar,name_en,aliases_en,kind,lat,lon,bank,parent,precision_km,cue,source,note
ash-shafah,الشعفة,,Ash-Shafah,,town,34.57349,40.93988,left,,1,,test,
baghuz,الباغوز,,Al-Baghuz,,town,34.45728,40.95007,left,,1,,test,
hajin,هجين,,Hajin,,town,34.68689,40.83929,left,,1,,test,
hajin-pocket,جيب هجين,,Hajin pocket,,area,34.575,40.93,left,,20,,test,
marashidah,المراشدة,,Al-Marashidah,,village,34.50427,40.92908,left,,1,,test,
susah,السوسة,,As-Susah,,town,34.52508,40.96771,left,,1,,test,
";

fn region() -> (Region, BaseMap) {
    let region = Region {
        id: "test".into(),
        title_en: String::new(),
        title_ar: String::new(),
        extent: Rect::new((40.4, 34.25), (41.4, 35.0)),
        reach_km: 8.0,
        stale_days: 45,
        barrier_rivers: vec!["euphrates".into()],
        barrier_borders: Vec::new(),
        groups: vec![],
        attribution: None,
        campaign: None,
    };
    let river = NamedLine {
        id: "euphrates".into(),
        name_en: String::new(),
        name_ar: String::new(),
        class: String::new(),
        line: LineString::from(vec![
            (40.3, 35.1),
            (40.8, 34.68),
            (40.92, 34.6),
            (40.92, 34.45),
            (41.5, 34.4),
        ]),
    };
    let basemap = BaseMap {
        rivers: vec![river],
        ..BaseMap::default()
    };
    (region, basemap)
}

#[test]
fn a_snapshot_becomes_a_front() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("gazetteer.csv"), GAZETTEER).unwrap();
    let gazetteer = Gazetteer::load(&DataFolder::Folder(folder.path().into())).unwrap();
    let (region, basemap) = region();
    let terrain = Terrain::new(&region, &basemap).unwrap();
    let [red, grey, gold] = [0, 1, 2].map(ActorId::from_index);
    let mut holdings = vec![
        holding(&gazetteer, "hajin", Control::Held(gold)),
        holding(&gazetteer, "susah", Control::Held(gold)),
        holding(&gazetteer, "ash-shafah", Control::Lost(grey)),
        holding(&gazetteer, "marashidah", Control::Unknown),
        holding(&gazetteer, "baghuz", Control::Partial(grey, Some(0.5))),
        holding(&gazetteer, "hajin-pocket", Control::Held(red)),
    ];
    holdings.sort_by_key(|holding| holding.place);
    let mut snapshot = Snapshot {
        date: DAY,
        holdings,
        areas: vec![],
    };
    let front = Front::of(&snapshot, &gazetteer, &terrain).unwrap();
    check_zones(&front, &terrain);
    let holders: Vec<Holder> = front.zones.iter().map(|zone| zone.holder).collect();
    assert_eq!(
        holders,
        [GREY, GOLD],
        "areas, losses and the unknown give no colour"
    );
    assert_eq!(front.zones[0].places, [gazetteer.find("baghuz").unwrap()]);
    assert_eq!(front.lines[0].support, 6);
    snapshot.areas.push(StatedArea {
        actor: grey,
        area_km2: 0.5,
        place: gazetteer.find("baghuz"),
        claim: 0,
    });
    let front = Front::of(&snapshot, &gazetteer, &terrain).unwrap();
    check_zones(&front, &terrain);
    assert!((area_of(&front, GREY) / 0.5 - 1.0).abs() < 0.02);
    assert_eq!(front.pockets[0].place, gazetteer.find("baghuz"));
    let nowhere = Terrain::new(&region, &BaseMap::default());
    assert!(
        nowhere
            .unwrap_err()
            .to_string()
            .contains("no line `euphrates`")
    );
}

#[test]
fn a_pocket_has_its_size_or_is_not_drawn() {
    // A spur of the river, hardly wider than the pocket.
    let river = [
        (39.8, 33.8),
        (40.953141478952766, 33.8),
        (40.89127213116206, 34.62763819490317),
        (40.79042332028788, 34.52138292448559),
        (40.985760570021625, 34.65088587673685),
    ];
    let terrain = terrain(&[&river]);
    let town = Site {
        bank: Bank::Left,
        ..site(0, 40.84146864413873, 34.57658318553791, GREY)
    };
    let front = Front::from_sites(DAY, &[town], &[stated(0.3, None)], &terrain).unwrap();
    assert!(front.pockets.is_empty(), "{:?}", front.pockets);
    assert_eq!(front.undrawn[0].reason, NoPocket::NoRoom);
    check_zones(&front, &terrain);
}

/// A river that wanders through the extent, from anywhere to anywhere.
fn any_river() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((39.8..41.2, 33.8..35.2), 0..25)
}

/// Sites scattered over and around the extent, some of them on top of each other.
fn any_sites() -> impl Strategy<Value = Vec<Site>> {
    let one = (
        39.9..41.1,
        33.9..35.1,
        0..4_u8,
        0..3_u8,
        0..6_u8,
        any::<bool>(),
    );
    prop::collection::vec(one, 0..60).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(i, (lon, lat, holder, bank, rank, is_round))| {
                let round = |v: f64| {
                    if is_round {
                        (v * 20.0).round() / 20.0
                    } else {
                        v
                    }
                };
                Site {
                    bank: [Bank::Left, Bank::Right, Bank::None][usize::from(bank)],
                    rank,
                    ..site(
                        i as u32,
                        round(lon),
                        round(lat),
                        [RED, GREY, GOLD, Holder::Contested][usize::from(holder)],
                    )
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, rng_seed: RngSeed::Fixed(2019), ..ProptestConfig::default() })]

    #[test]
    fn every_front_is_sound(
        rivers in prop::collection::vec(any_river(), 0..3),
        sites in any_sites(),
        km2 in 0.3..80.0,
        is_stated in any::<bool>(),
    ) {
        let lines: Vec<&[(f64, f64)]> = rivers.iter().map(Vec::as_slice).collect();
        let terrain = terrain(&lines);
        let grounds = if is_stated { vec![stated(km2, None)] } else { vec![] };
        let front = Front::from_sites(DAY, &sites, &grounds, &terrain).unwrap();
        check_zones(&front, &terrain);
        for line in &front.lines {
            check_line(&front, line);
        }
        for pocket in &front.pockets {
            let drawn = pocket.area.geodesic_area_unsigned() / 1e6;
            prop_assert!((drawn / km2 - 1.0).abs() < 0.02, "{} for {}", drawn, km2);
        }
    }

    #[test]
    fn no_zone_crosses_a_river_without_evidence_there(
        bends in prop::collection::vec(34.3..34.7, 12),
        sites in any_sites(),
    ) {
        let river: Vec<(f64, f64)> = bends
            .iter()
            .enumerate()
            .map(|(i, &lat)| (39.4 + 0.2 * i as f64, lat))
            .collect();
        let terrain = terrain(&[&river]);
        let mut ring = river.clone();
        ring.extend([(41.6, 36.0), (39.4, 36.0)]);
        let north = geo::Polygon::new(LineString::from(ring), vec![]);
        let northern: Vec<Site> = sites
            .into_iter()
            .filter(|site| north.contains(&site.point))
            .map(|site| Site { bank: Bank::None, ..site })
            .collect();
        let front = front(&northern, &terrain);
        for zone in &front.zones {
            let across = zone.area.difference(&north).unsigned_area();
            // Noding bends the river by up to half a step on its two degrees.
            prop_assert!(across < 2.0 * STEP, "{}", across);
        }
    }

    #[test]
    fn order_changes_nothing(sites in any_sites(), river in any_river(), turn in 0..60_usize) {
        let terrain = terrain(&[&river]);
        let mut turned = sites.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        prop_assert_eq!(front(&sites, &terrain), front(&turned, &terrain));
        prop_assert_eq!(front(&sites, &terrain), front(&sites, &terrain));
    }

    #[test]
    fn every_place_lies_in_its_holders_zone(sites in any_sites()) {
        let terrain = terrain(&[]);
        let front = front(&sites, &terrain);
        for zone in &front.zones {
            for place in &zone.places {
                let site = sites.iter().find(|site| site.place == *place).unwrap();
                let away = Euclidean.distance(&site.point, &zone.area);
                // A second place of a holder may stand for a town within 400 m.
                prop_assert!(away < 0.005, "{:?} {} from {:?}", place, away, zone.holder);
            }
        }
    }
}
