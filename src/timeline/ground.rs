//! Part and whole: which places an area is made of.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Contains, Distance, Haversine, Point};

use crate::actor::{ActorId, Actors};
use crate::gazetteer::{Bank, Gazetteer, Kind, PlaceId};
use crate::region::Region;

/// What the timeline needs to know of places and actors besides the claims.
#[derive(Debug, Clone, Default)]
pub(super) struct Ground {
    /// Places that are never drawn as a point.
    areas: BTreeSet<PlaceId>,
    /// The groups of the region that other groups may contain: pockets.
    groups: Vec<BTreeSet<PlaceId>>,
    /// For each group and bank: the drawn places inside it.
    members: BTreeMap<PlaceId, BTreeSet<PlaceId>>,
    /// Units small enough for "X holds it" to say something of each village.
    subdistricts: BTreeSet<PlaceId>,
    /// For each administrative unit: the drawn places below it.
    below: BTreeMap<PlaceId, BTreeSet<PlaceId>>,
    /// For each settlement: its quarters and hamlets.
    quarters: BTreeMap<PlaceId, BTreeSet<PlaceId>>,
    sites: BTreeMap<PlaceId, Site>,
    opposed: BTreeSet<(ActorId, ActorId)>,
    /// Parties that strike or advise but hold no towns.
    visitors: BTreeSet<ActorId>,
    pub stale_days: i32,
}

/// Where a drawn place lies.
#[derive(Debug, Clone, Copy)]
struct Site {
    /// WGS 84 degrees, longitude first.
    point: Point<f64>,
    precision_km: f64,
    bank: Bank,
}

impl Ground {
    pub fn new(gazetteer: &Gazetteer, actors: &Actors, region: &Region) -> Self {
        let mut ground = Self {
            stale_days: region.stale_days,
            ..Self::default()
        };
        ground.add_places(gazetteer);
        ground.add_groups(gazetteer, region);
        ground.add_banks(gazetteer, region);
        for (a, actor) in actors.iter() {
            if !actor.holds_ground {
                ground.visitors.insert(a);
            }
            for (b, _) in actors.iter() {
                if actors.are_opposed(a, b) {
                    ground.opposed.insert((a, b));
                }
            }
        }
        ground
    }

    fn add_places(&mut self, gazetteer: &Gazetteer) {
        for (id, place) in gazetteer.iter() {
            if place.kind.is_area() {
                self.areas.insert(id);
                if place.kind == Kind::Subdistrict {
                    self.subdistricts.insert(id);
                }
                continue;
            }
            self.sites.insert(
                id,
                Site {
                    point: place.point,
                    precision_km: place.precision_km,
                    bank: place.bank,
                },
            );
            for up in gazetteer.ancestors(id) {
                let tree = if gazetteer.place(up).kind.is_area() {
                    &mut self.below
                } else {
                    &mut self.quarters
                };
                tree.entry(up).or_default().insert(id);
            }
        }
    }

    fn add_groups(&mut self, gazetteer: &Gazetteer, region: &Region) {
        for group in &region.groups {
            let Some(area) = gazetteer.find(&group.id) else {
                continue;
            };
            let named = group.members.iter().filter_map(|id| gazetteer.find(id));
            let members: BTreeSet<PlaceId> = named.filter(|id| !self.is_area(*id)).collect();
            self.groups.push(members.clone());
            self.members.insert(area, members);
        }
    }

    /// An area on one bank that no group spells out, and that is no part of a district, is that
    /// bank, inside the area's parent and the region's extent.
    fn add_banks(&mut self, gazetteer: &Gazetteer, region: &Region) {
        for (area, whole) in gazetteer.iter() {
            let is_wide = whole.parent.is_none_or(|up| {
                matches!(gazetteer.place(up).kind, Kind::Governorate | Kind::Country)
            });
            let is_bank = is_wide && whole.kind == Kind::Area && whole.bank != Bank::None;
            if !is_bank || self.members.contains_key(&area) {
                continue;
            }
            let inside = |id: &PlaceId| {
                let place = gazetteer.place(*id);
                place.bank == whole.bank
                    && region.extent.contains(&place.point)
                    && whole
                        .parent
                        .is_none_or(|up| gazetteer.ancestors(*id).any(|above| above == up))
            };
            let drawn = gazetteer.iter().map(|(id, _)| id);
            let members = drawn.filter(|id| !self.areas.contains(id)).filter(inside);
            let members: BTreeSet<PlaceId> = members.collect();
            self.members.insert(area, members);
        }
    }

    /// True for a pocket, a bank or an administrative unit: it has no holding of its own.
    pub fn is_area(&self, place: PlaceId) -> bool {
        self.areas.contains(&place)
    }

    /// The drawn places of an area, whichever way they belong to it.
    pub fn members(&self, area: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let of = |tree: &'_ BTreeMap<PlaceId, BTreeSet<PlaceId>>| {
            tree.get(&area).cloned().unwrap_or_default()
        };
        let all: BTreeSet<PlaceId> = of(&self.members).union(&of(&self.below)).copied().collect();
        all.into_iter()
    }

    /// The drawn places that "X holds it" speaks of: a district or a country is too wide for that.
    pub fn spoken_of(&self, area: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let is_narrow = self.members.contains_key(&area) || self.subdistricts.contains(&area);
        self.members(area).filter(move |_| is_narrow)
    }

    /// The quarters of a settlement.
    pub fn quarters(&self, place: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        self.quarters.get(&place).into_iter().flatten().copied()
    }

    /// The places that words such as "only these are left" pass over: the rest of each pocket
    /// that holds one of `named`. A pocket inside another goes with the place that is named.
    pub fn left_out(&self, named: &BTreeSet<PlaceId>) -> BTreeSet<PlaceId> {
        let around: Vec<&BTreeSet<PlaceId>> = self
            .groups
            .iter()
            .filter(|group| !group.is_disjoint(named))
            .collect();
        let inside_another = |group: &BTreeSet<PlaceId>| {
            around
                .iter()
                .any(|other| other.len() > group.len() && group.is_subset(other))
        };
        let (inner, outer): (Vec<_>, Vec<_>) = around
            .iter()
            .copied()
            .partition(|group| inside_another(group));
        let spared: BTreeSet<PlaceId> = inner.into_iter().flatten().copied().collect();
        outer
            .into_iter()
            .flatten()
            .copied()
            .filter(|place| !named.contains(place) && !spared.contains(place))
            .collect()
    }

    /// The other places of every pocket that holds one of `named`.
    pub fn around(&self, named: &BTreeSet<PlaceId>) -> BTreeSet<PlaceId> {
        self.groups
            .iter()
            .filter(|group| !group.is_disjoint(named))
            .flatten()
            .copied()
            .filter(|place| !named.contains(place))
            .collect()
    }

    /// Kilometres that surely lie between a place and the nearest of some others, allowing for
    /// the precision of both points; infinite when there are none.
    pub fn gap_km(&self, place: PlaceId, others: &BTreeSet<PlaceId>) -> f64 {
        let Some(from) = self.sites.get(&place) else {
            return f64::INFINITY;
        };
        let gap = |to: &Site| {
            let metres = Haversine.distance(from.point, to.point);
            metres / 1000.0 - from.precision_km - to.precision_km
        };
        others
            .iter()
            .filter_map(|other| self.sites.get(other))
            .map(gap)
            .fold(f64::INFINITY, f64::min)
    }

    /// The bank that a place lies on; none far from the river.
    pub fn bank(&self, place: PlaceId) -> Option<Bank> {
        let bank = self.sites.get(&place)?.bank;
        Some(bank).filter(|bank| *bank != Bank::None)
    }

    /// False for a party that strikes or advises: its bases are not its ground.
    pub fn can_hold(&self, actor: ActorId) -> bool {
        !self.visitors.contains(&actor)
    }

    /// True when either of the two opposes the other.
    pub fn are_opposed(&self, a: ActorId, b: ActorId) -> bool {
        self.opposed.contains(&(a, b))
    }
}
