//! GeoJSON files of one day and of the whole timeline.
//!
//! RFC 7946: WGS 84 degrees, longitude first, exterior rings counter-clockwise, six decimals, a
//! `bbox`, no `crs`. One feature a line, so that two files can be compared line by line. Dates
//! are whole ISO days or null, never empty text: GDAL and QGIS then see a column of dates.
//! `docs/OUTPUTS.md` lists every attribute.

use std::path::Path;

use geo::{Coord, Geometry, Polygon};
use serde_json::{Value, json};

use super::feature::{self, Feature, rounded};
use super::{Tables, remove_old, write_atomic};
use crate::error::Result;
use crate::front::Front;
use crate::timeline::{Snapshot, Timeline};

/// The places of one day: one point for each place with evidence.
#[must_use]
pub fn places(snapshot: &Snapshot, tables: &Tables) -> String {
    Collection::of(feature::places(snapshot, tables)).text()
}

/// The zones of one day: one multipolygon for each holder.
#[must_use]
pub fn zones(front: &Front, tables: &Tables) -> String {
    Collection::of(feature::zones(front, tables)).text()
}

/// The front lines of one day.
#[must_use]
pub fn front_lines(front: &Front, tables: &Tables) -> String {
    Collection::of(feature::front_lines(front, tables)).text()
}

/// The pockets of one day: grounds of a stated size, whose outline is only indicative.
#[must_use]
pub fn pockets(front: &Front, tables: &Tables) -> String {
    Collection::of(feature::pockets(front, tables)).text()
}

/// Every spell of control of every place, for a temporal controller.
#[must_use]
pub fn timeline(timeline: &Timeline, tables: &Tables) -> String {
    Collection::of(feature::spells(timeline, tables)).text()
}

/// Writes the files of one day into a folder: `DATE.geojson`, `DATE.zones.geojson`,
/// `DATE.front.geojson`, and `DATE.pockets.geojson` when there are pockets.
///
/// # Errors
///
/// [`crate::Error::Write`] when a file cannot be written.
pub fn write_day(snapshot: &Snapshot, front: &Front, tables: &Tables, folder: &Path) -> Result<()> {
    let path = |suffix: &str| folder.join(format!("{}{suffix}.geojson", snapshot.date));
    write_atomic(&path(""), places(snapshot, tables).as_bytes())?;
    write_atomic(&path(".zones"), zones(front, tables).as_bytes())?;
    write_atomic(&path(".front"), front_lines(front, tables).as_bytes())?;
    let path = path(".pockets");
    if !front.pockets.is_empty() {
        return write_atomic(&path, pockets(front, tables).as_bytes());
    }
    // A file of an earlier run would show pockets that no claim speaks of any more.
    remove_old(&path)
}

/// Writes `timeline.geojson` into a folder.
///
/// # Errors
///
/// [`crate::Error::Write`] when it cannot be written.
pub fn write_timeline(whole: &Timeline, tables: &Tables, folder: &Path) -> Result<()> {
    let text = timeline(whole, tables);
    write_atomic(&folder.join("timeline.geojson"), text.as_bytes())
}

/// Features gathered into a text, with the box around them.
#[derive(Default)]
pub(super) struct Collection {
    features: Vec<String>,
    bounds: Option<[f64; 4]>,
}

impl Collection {
    pub(super) fn of(features: Vec<Feature>) -> Self {
        let mut collection = Self::default();
        for feature in features {
            let object = json!({
                "type": "Feature",
                "geometry": collection.geometry(&feature.geometry),
                "properties": feature.properties,
            });
            collection.features.push(object.to_string());
        }
        collection
    }

    /// A multipolygon of one part is written as a Polygon.
    fn geometry(&mut self, geometry: &Geometry<f64>) -> Value {
        match geometry {
            Geometry::Point(point) => {
                json!({ "type": "Point", "coordinates": self.position(point.0) })
            }
            Geometry::LineString(line) => {
                json!({ "type": "LineString", "coordinates": self.positions(line.coords()) })
            }
            Geometry::MultiPolygon(area) => {
                let polygons: Vec<Value> = area.iter().map(|p| self.rings(p)).collect();
                match <[Value; 1]>::try_from(polygons) {
                    Ok([only]) => json!({ "type": "Polygon", "coordinates": only }),
                    Err(many) => json!({ "type": "MultiPolygon", "coordinates": many }),
                }
            }
            _ => Value::Null,
        }
    }

    fn rings(&mut self, polygon: &Polygon<f64>) -> Value {
        let exterior = self.positions(polygon.exterior().coords());
        let mut rings = vec![exterior];
        for hole in polygon.interiors() {
            rings.push(self.positions(hole.coords()));
        }
        Value::Array(rings)
    }

    fn positions<'a>(&mut self, coords: impl Iterator<Item = &'a Coord<f64>>) -> Value {
        Value::Array(coords.map(|coord| self.position(*coord)).collect())
    }

    fn position(&mut self, coord: Coord<f64>) -> Value {
        let [west, south, east, north] =
            self.bounds.unwrap_or([coord.x, coord.y, coord.x, coord.y]);
        self.bounds = Some([
            west.min(coord.x),
            south.min(coord.y),
            east.max(coord.x),
            north.max(coord.y),
        ]);
        json!([rounded(coord.x, 6), rounded(coord.y, 6)])
    }

    /// The whole file. An empty collection has no bbox: RFC 7946 knows none for nothing.
    pub(super) fn text(self) -> String {
        let bbox = self.bounds.map_or_else(String::new, |bounds| {
            let numbers = bounds.map(|number| rounded(number, 6).to_string());
            format!("\"bbox\":[{}],", numbers.join(","))
        });
        let features = self.features.join(",\n");
        format!("{{\"type\":\"FeatureCollection\",{bbox}\"features\":[\n{features}\n]}}\n")
    }
}
