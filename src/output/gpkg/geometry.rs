//! Geometries as GeoPackage keeps them: a head with the bounding box, then well-known binary, both
//! little-endian (OGC 12-128r17, 2.1.3; OGC 06-103r4, 8).

use geo::{BoundingRect, Coord, Geometry, LineString, Polygon, Rect};

/// EPSG code of WGS 84 in degrees. In GeoPackage longitude comes first whatever the code says.
pub(super) const WGS84: i32 = 4326;

const POINT: u32 = 1;
const LINE_STRING: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// The kinds of geometry that layers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A point.
    Point,
    /// A line.
    Line,
    /// Polygons.
    Area,
}

impl Shape {
    /// Its name in the tables of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::Line => "LINESTRING",
            Self::Area => "MULTIPOLYGON",
        }
    }
}

/// The bytes of a geometry and the box around it; none for a kind that no layer holds, and for
/// nothing at all.
pub(super) fn encode(geometry: &Geometry<f64>) -> Option<(Vec<u8>, Rect<f64>)> {
    let bounds = geometry.bounding_rect()?;
    // Little-endian; with a box (x, then y) unless it is a point, which is its own box.
    let has_box = !matches!(geometry, Geometry::Point(_));
    let mut bytes = vec![b'G', b'P', 0, if has_box { 0b11 } else { 0b01 }];
    bytes.extend(WGS84.to_le_bytes());
    if has_box {
        let (low, high) = (bounds.min(), bounds.max());
        for side in [low.x, high.x, low.y, high.y] {
            bytes.extend(side.to_le_bytes());
        }
    }
    match geometry {
        Geometry::Point(point) => {
            begin(&mut bytes, POINT);
            position(&mut bytes, point.0);
        }
        Geometry::LineString(line) => {
            begin(&mut bytes, LINE_STRING);
            positions(&mut bytes, line);
        }
        Geometry::MultiPolygon(area) => {
            begin(&mut bytes, MULTI_POLYGON);
            count(&mut bytes, area.0.len());
            for part in &area.0 {
                polygon(&mut bytes, part);
            }
        }
        _ => return None,
    }
    Some((bytes, bounds))
}

fn begin(bytes: &mut Vec<u8>, kind: u32) {
    bytes.push(1);
    bytes.extend(kind.to_le_bytes());
}

fn polygon(bytes: &mut Vec<u8>, polygon: &Polygon<f64>) {
    begin(bytes, POLYGON);
    count(bytes, 1 + polygon.interiors().len());
    positions(bytes, polygon.exterior());
    for hole in polygon.interiors() {
        positions(bytes, hole);
    }
}

fn positions(bytes: &mut Vec<u8>, line: &LineString<f64>) {
    count(bytes, line.0.len());
    for at in &line.0 {
        position(bytes, *at);
    }
}

fn position(bytes: &mut Vec<u8>, at: Coord<f64>) {
    bytes.extend(at.x.to_le_bytes());
    bytes.extend(at.y.to_le_bytes());
}

fn count(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend((number as u32).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Point;

    #[test]
    fn a_point_has_a_short_head_and_longitude_first() {
        let (bytes, _) = encode(&Point::new(40.5, 34.25).into()).unwrap();
        assert_eq!(&bytes[..8], b"GP\0\x01\xe6\x10\0\0");
        assert_eq!(&bytes[8..13], b"\x01\x01\0\0\0");
        assert_eq!(bytes[13..21], 40.5_f64.to_le_bytes());
        assert_eq!(bytes.len(), 29);
    }

    #[test]
    fn nothing_has_no_bytes() {
        assert!(encode(&LineString::new(Vec::new()).into()).is_none());
    }
}
