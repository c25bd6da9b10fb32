//! Times the fronts of random places on both banks of a winding river: `cargo bench --bench front`.
//!
//! The target is 30,000 places in under two seconds on one core, and near-linear growth.

#![allow(clippy::print_stdout, reason = "a bench speaks to its reader")]

use std::time::Instant;

use geo::{LineString, Point, Rect};
use khatt::actor::ActorId;
use khatt::front::{Front, Holder, Site, Terrain};
use khatt::gazetteer::{Bank, PlaceId};

/// A small generator of even numbers from 0 to 1 (Knuth's MMIX), alike on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn terrain() -> Terrain {
    let river: LineString<f64> = (0..1_500)
        .map(|i| {
            let x = 39.5 + f64::from(i) * 0.002;
            (x, 35.0 + 0.1 * (x * 40.0).sin() + 0.3 * (x * 5.0).sin())
        })
        .collect();
    Terrain {
        extent: Rect::new((40.0, 34.0), (42.0, 36.0)),
        barriers: vec![river],
        borders: Vec::new(),
        reach_km: 8.0,
    }
}

fn sites(count: u32, clustered: bool) -> Vec<Site> {
    let mut random = Random(1);
    (0..count)
        .map(|index| {
            let (x, y) = (40.0 + 2.0 * random.next(), 34.0 + 2.0 * random.next());
            // Clustered holders: one to a square of a fifth of a degree, as in a real war.
            let actor = if clustered {
                ((x * 5.0) as u32 + (y * 5.0) as u32) % 3
            } else {
                (random.next() * 3.0) as u32
            };
            Site {
                place: PlaceId::from_index(index),
                point: Point::new(x, y),
                bank: Bank::None,
                holder: Holder::Actor(ActorId::from_index(actor as u8)),
                age_days: 3,
                is_stale: false,
                claims: 1,
                rank: 1,
                precision_km: 1.0,
            }
        })
        .collect()
}

fn main() {
    let terrain = terrain();
    for clustered in [true, false] {
        for count in [1_000, 10_000, 30_000, 100_000] {
            let sites = sites(count, clustered);
            let start = Instant::now();
            let front = Front::from_sites(jiff::civil::date(2019, 1, 1), &sites, &[], &terrain);
            let took = start.elapsed();
            match front {
                Ok(front) => println!(
                    "{count:>7} places, {}: {took:>8.2?}, {} lines, {} polygons",
                    if clustered { "in blocks" } else { "mixed    " },
                    front.lines.len(),
                    front
                        .zones
                        .iter()
                        .map(|zone| zone.area.0.len())
                        .sum::<usize>(),
                ),
                Err(error) => println!("{count:>7} places: {error}"),
            }
        }
    }
}
