//! The fronts of many days of one terrain.
//!
//! The rivers are divided once, and a day on which every place is held as on another one takes its
//! geometry; only ages and counts of claims are its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;

use super::bank::Banks;
use super::{Front, Holder, Site, StatedGround, Terrain, arc, cell, line, parcel, pocket, seat};
use super::{stale, zone};
use crate::actor::ActorId;
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::timeline::Snapshot;

/// What the geometry of a day follows from, for one gazetteer.
type State = (
    Vec<(PlaceId, Holder, bool)>,
    Vec<(ActorId, u64, Option<PlaceId>)>,
);

/// A step that failed and what was wrong.
pub(super) type Failure = (&'static str, String);

type Drawn = Arc<OnceLock<std::result::Result<Front, Failure>>>;

/// Makes the fronts of one terrain and one gazetteer, day after day.
///
/// The result of a day is the same whatever was asked before, and days may be asked from several
/// threads.
pub struct Fronts<'a> {
    gazetteer: &'a Gazetteer,
    terrain: Terrain,
    banks: Banks,
    known: Mutex<BTreeMap<State, Drawn>>,
}

impl std::fmt::Debug for Fronts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let terrain = &self.terrain;
        f.debug_struct("Fronts")
            .field("terrain", terrain)
            .finish_non_exhaustive()
    }
}

impl<'a> Fronts<'a> {
    /// Divides the ground of `terrain`.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] when the terrain has no extent, no reach, or cannot be meshed.
    pub fn new(gazetteer: &'a Gazetteer, terrain: &Terrain) -> Result<Self> {
        let fail = |(step, problem): Failure| Error::argument(step, problem);
        Ok(Self {
            gazetteer,
            terrain: terrain.clone(),
            banks: divided(terrain).map_err(fail)?,
            known: Mutex::default(),
        })
    }

    /// Zones, front lines and pockets of one day, as [`Front::of`] gives them.
    ///
    /// # Errors
    ///
    /// As [`Front::of`].
    pub fn of(&self, snapshot: &Snapshot) -> Result<Front> {
        let sites = super::sites(snapshot, self.gazetteer);
        let grounds = super::grounds(snapshot, self.gazetteer);
        let state: State = (
            sites
                .iter()
                .map(|s| (s.place, s.holder, s.is_stale))
                .collect(),
            grounds
                .iter()
                .map(|g| (g.actor, g.area_km2.to_bits(), g.place))
                .collect(),
        );
        let drawn = {
            // A thread that panicked left the map whole: entries are only ever added.
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(state).or_default())
        };
        let date = snapshot.date;
        let draw = || draw(&self.banks, &sites, &grounds, self.terrain.reach_km);
        match drawn.get_or_init(draw) {
            Ok(front) => Ok(front.clone().on(date, &sites)),
            Err((step, problem)) => Err(failed(date, (*step, problem.clone()))),
        }
    }
}

/// The error of a day.
pub(super) fn failed(date: Date, (step, problem): Failure) -> Error {
    Error::Geometry {
        date: date.to_string(),
        step,
        problem,
    }
}

/// The ground of a terrain that makes sense.
pub(super) fn divided(terrain: &Terrain) -> std::result::Result<Banks, Failure> {
    terrain.check().map_err(|problem| ("terrain", problem))?;
    Banks::new(terrain).map_err(|problem| ("banks", problem))
}

/// The geometry of a day; its date, ages and counts are filled in by [`Front::on`].
pub(super) fn draw(
    banks: &Banks,
    sites: &[Site],
    areas: &[StatedGround],
    reach_km: f64,
) -> std::result::Result<Front, Failure> {
    let mut without = BTreeSet::new();
    loop {
        let (front, untrue) = draw_without(banks, sites, (areas, &without), reach_km)?;
        if untrue.is_empty() {
            return Ok(front);
        }
        // Each round leaves out one more, so there is a last one.
        without.extend(untrue);
    }
}

/// The same without some of the stated grounds, and those whose pockets are not of their size.
fn draw_without(
    banks: &Banks,
    sites: &[Site],
    (areas, without): (&[StatedGround], &BTreeSet<usize>),
    reach_km: f64,
) -> std::result::Result<(Front, BTreeSet<usize>), Failure> {
    let reach_m = reach_km * 1000.0;
    let seats = seat::seats(sites, banks);
    let cells = |takes_part: &dyn Fn(usize) -> bool| {
        cell::Cells::new(&seats, reach_m, takes_part).map_err(|e| ("cells", e.to_string()))
    };
    let all = cells(&|_| true)?;
    let planner = pocket::Planner {
        banks,
        seats: &seats,
        sites,
        cells: &all,
        reach_m,
    };
    let pocket::Plan { shapes, undrawn } = planner.plan(areas, without);
    let rest = cells(&|seat| !shapes.iter().any(|shape| shape.seats.contains(&seat)))?;
    let rule = parcel::Rule {
        seats: &seats,
        all: &all,
        rest: &rest,
        pockets: &shapes,
    };
    let parcels = parcel::Parcels::new(banks, &rule).map_err(|problem| ("parcels", problem))?;
    let mut arcs = arc::Arcs::new(&parcels);
    arcs.smooth(&parcels, banks, reach_m);
    let places = zone::places(&seats, sites, banks);
    let mut zones = zone::zones(&arcs, &parcels, banks, &places);
    stale::mark(
        &mut zones,
        &stale::Ground {
            seats: &seats,
            sites,
            cells: &all,
            banks,
        },
    );
    let pockets = pocket::pockets(&shapes, &arcs, &parcels, (banks, &seats, sites));
    let untrue = pocket::untrue(&shapes, &pockets);
    let front = Front {
        date: Date::default(),
        zones,
        lines: line::lines(&arcs, banks, (&seats, sites)),
        pockets: pockets.into_iter().map(|(_, pocket)| pocket).collect(),
        undrawn,
    };
    Ok((front, untrue))
}

impl Front {
    /// The same geometry with the date, ages and counts of a day.
    pub(super) fn on(mut self, date: Date, sites: &[Site]) -> Self {
        let mut known: BTreeMap<PlaceId, (usize, i32)> = BTreeMap::new();
        for site in sites {
            let entry = known.entry(site.place).or_insert((0, site.age_days));
            entry.0 += site.claims;
            entry.1 = entry.1.min(site.age_days);
        }
        let of = |places: &[PlaceId]| -> Vec<(usize, i32)> {
            places
                .iter()
                .filter_map(|place| known.get(place).copied())
                .collect()
        };
        for zone in &mut self.zones {
            let ages = || of(&zone.places).into_iter().map(|(_, age)| age);
            (zone.newest_days, zone.oldest_days) = (ages().min(), ages().max());
        }
        for line in &mut self.lines {
            let evidence = of(&line.places);
            line.support = evidence.iter().map(|(claims, _)| claims).sum();
            line.age_days = evidence
                .iter()
                .map(|(_, age)| *age)
                .min()
                .unwrap_or_default();
        }
        self.date = date;
        self
    }
}
