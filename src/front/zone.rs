//! Zones: one area per holder, put together from shared arcs.

use std::collections::BTreeMap;

use geo::{Coord, GeodesicArea, LineString, MultiPolygon, Polygon};

use super::arc::{Arcs, Half};
use super::bank::Banks;
use super::parcel::{Ground, Parcels};
use super::plane::{Node, Plane};
use super::seat::Seat;
use super::{Holder, Site, Zone};
use crate::gazetteer::PlaceId;

/// The zones of a day, smaller holder first.
pub(super) fn zones(
    arcs: &Arcs,
    parcels: &Parcels,
    banks: &Banks,
    places: &BTreeMap<Holder, Vec<PlaceId>>,
) -> Vec<Zone> {
    areas(arcs, parcels, banks, Ground::holder)
        .into_iter()
        .map(|(holder, area)| Zone {
            holder,
            area_km2: area_km2(&area),
            area,
            places: places.get(&holder).cloned().unwrap_or_default(),
            newest_days: None,
            oldest_days: None,
            stale: Zone::no_stale(),
        })
        .collect()
}

/// The places that each holder's seats stand for, in order of id, without those beyond the extent.
pub(super) fn places(
    seats: &[Seat],
    sites: &[Site],
    banks: &Banks,
) -> BTreeMap<Holder, Vec<PlaceId>> {
    let [low, high] = banks.extent;
    let mut places: BTreeMap<Holder, Vec<PlaceId>> = BTreeMap::new();
    for seat in seats {
        let node = seat.node;
        if (low.x..=high.x).contains(&node.x) && (low.y..=high.y).contains(&node.y) {
            let members = seat.members.iter().map(|&index| sites[index].place);
            places.entry(seat.holder).or_default().extend(members);
        }
    }
    for list in places.values_mut() {
        list.sort_unstable();
        list.dedup();
    }
    places
}

/// Geodesic area in km2.
pub(super) fn area_km2(area: &MultiPolygon<f64>) -> f64 {
    area.geodesic_area_unsigned() / 1e6
}

/// The areas of all ground to which `key` gives the same key, across water too.
pub(super) fn areas<K: Ord + Copy>(
    arcs: &Arcs,
    parcels: &Parcels,
    banks: &Banks,
    key: impl Fn(Ground) -> Option<K>,
) -> BTreeMap<K, MultiPolygon<f64>> {
    let pieces = parcels.mesh.groups(|edge| {
        let side = |face: u32| key(parcels.ground[face as usize]);
        side(edge.left) == side(edge.right)
    });
    let mut shapes: BTreeMap<(K, usize), Vec<Vec<Node>>> = BTreeMap::new();
    let is_edge = |half: Half| key(arcs.left(half).ground) != key(arcs.right(half).ground);
    let mut is_used = vec![false; arcs.list.len() * 2];
    for half in 0..is_used.len() {
        let left = arcs.left(half);
        let Some(whose) = key(left.ground) else {
            continue;
        };
        if !is_used[half] && is_edge(half) {
            let ring = trace(arcs, half, is_edge, &mut is_used);
            let rings = split(ring);
            shapes
                .entry((whose, pieces.of(left.face)))
                .or_default()
                .extend(rings);
        }
    }
    let mut areas: BTreeMap<K, Vec<(Node, Polygon<f64>)>> = BTreeMap::new();
    for ((whose, _), rings) in shapes {
        areas
            .entry(whose)
            .or_default()
            .extend(polygons(rings, &banks.plane));
    }
    areas
        .into_iter()
        .map(|(whose, mut list)| {
            // By first node: groups are named by faces, which mean nothing outside.
            list.sort_by_key(|(first, _)| *first);
            (
                whose,
                list.into_iter().map(|(_, polygon)| polygon).collect(),
            )
        })
        .collect()
}

/// Follows the edge of a piece, keeping it on the left, until it closes.
fn trace(
    arcs: &Arcs,
    first: Half,
    is_edge: impl Fn(Half) -> bool,
    is_used: &mut [bool],
) -> Vec<Node> {
    let mut ring = Vec::new();
    let mut half = first;
    loop {
        is_used[half] = true;
        let nodes: Vec<Node> = arcs.nodes(half).collect();
        let end = nodes[nodes.len() - 1];
        ring.extend_from_slice(&nodes[..nodes.len() - 1]);
        // The next edge clockwise from the way back has the same piece on its left.
        let leaving = arcs.leaving(end);
        let back = leaving
            .iter()
            .position(|&other| other == half ^ 1)
            .unwrap_or(0);
        let next = (1..=leaving.len())
            .map(|turn| leaving[(back + leaving.len() - turn) % leaving.len()])
            .find(|&other| is_edge(other));
        match next {
            Some(next) if !is_used[next] => half = next,
            _ => return ring,
        }
    }
}

/// Parts a ring that touches itself into rings that do not.
fn split(ring: Vec<Node>) -> Vec<Vec<Node>> {
    let mut sorted = ring.clone();
    sorted.sort_unstable();
    if sorted.windows(2).all(|pair| pair[0] != pair[1]) {
        return vec![ring];
    }
    let mut rings = Vec::new();
    let mut path: Vec<Node> = Vec::new();
    let mut place: BTreeMap<Node, usize> = BTreeMap::new();
    for node in ring {
        if let Some(&at) = place.get(&node) {
            let part: Vec<Node> = path.drain(at..).collect();
            for node in &part {
                place.remove(node);
            }
            rings.push(part);
        }
        place.insert(node, path.len());
        path.push(node);
    }
    rings.push(path);
    rings.retain(|ring| ring.len() > 2);
    rings
}

/// One polygon for each counter-clockwise ring, with the clockwise rings inside it as holes.
fn polygons(rings: Vec<Vec<Node>>, plane: &Plane) -> Vec<(Node, Polygon<f64>)> {
    let (shells, holes): (Vec<_>, Vec<_>) = rings
        .into_iter()
        .map(turn_to_first)
        .partition(|ring| double_area(ring) > 0);
    let mut inner: Vec<Vec<Vec<Node>>> = vec![Vec::new(); shells.len()];
    for hole in holes {
        // A connected piece has one shell, so there is hardly ever a choice.
        let at = match shells.len() {
            1 => Some(0),
            _ => shells
                .iter()
                .position(|shell| hole.iter().any(|node| encloses(shell, *node))),
        };
        if let Some(at) = at {
            inner[at].push(hole);
        }
    }
    shells
        .into_iter()
        .zip(inner)
        .map(|(shell, mut holes)| {
            holes.sort_unstable_by_key(|hole| hole[0]);
            let first = shell[0];
            let holes = holes.iter().map(|hole| line(hole, plane)).collect();
            (first, Polygon::new(line(&shell, plane), holes))
        })
        .collect()
}

/// Starts a ring at its smallest node, so that equal rings are written alike.
fn turn_to_first(mut ring: Vec<Node>) -> Vec<Node> {
    let first = (0..ring.len()).min_by_key(|&i| ring[i]).unwrap_or(0);
    ring.rotate_left(first);
    ring
}

fn double_area(ring: &[Node]) -> i64 {
    let first = ring[0];
    ring.windows(2)
        .map(|pair| first.cross(pair[0], pair[1]))
        .sum()
}

/// True when the node lies inside the ring, by the parity of crossings to the east.
fn encloses(ring: &[Node], node: Node) -> bool {
    let mut is_inside = false;
    for i in 0..ring.len() {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        if (a.y > node.y) != (b.y > node.y) {
            let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
            is_inside ^= low.cross(high, node) > 0;
        }
    }
    is_inside
}

fn line(ring: &[Node], plane: &Plane) -> LineString<f64> {
    let mut coords: Vec<Coord<f64>> = ring.iter().map(|&node| plane.degrees(node)).collect();
    coords.extend(coords.first().copied());
    LineString::new(coords)
}
