//! Geometry of GeoJSON files that others wrote.

use geo::Geometry;
use geojson::{GeometryValue, Position};

/// A geometry of a file: longitude and latitude, in degrees, as the file has them.
///
/// # Errors
///
/// In words, when a position has less than two numbers or the geometry is none that `geo` knows.
pub(crate) fn read(geometry: geojson::Geometry) -> Result<Geometry<f64>, String> {
    if !is_whole(&geometry.value) {
        return Err("a position has less than two numbers".to_owned());
    }
    Geometry::try_from(geometry).map_err(|e| e.to_string())
}

/// Each position has a longitude and a latitude; the conversion takes that for granted.
fn is_whole(value: &GeometryValue) -> bool {
    let point = |position: &Position| position.as_slice().len() > 1;
    let line = |positions: &Vec<Position>| positions.iter().all(point);
    let lines = |lines: &Vec<Vec<Position>>| lines.iter().all(line);
    match value {
        GeometryValue::Point { coordinates } => point(coordinates),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            line(coordinates)
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            lines(coordinates)
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().all(lines),
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().all(|part| is_whole(&part.value))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;

    #[test]
    fn a_position_of_one_number_is_refused_wherever_it_stands() {
        let shapes = [
            r#"{"type": "Point", "coordinates": [4]}"#,
            r#"{"type": "MultiPoint", "coordinates": [[4, 5], []]}"#,
            r#"{"type": "LineString", "coordinates": [[4, 5], [4]]}"#,
            r#"{"type": "MultiLineString", "coordinates": [[[4, 5], [4]]]}"#,
            r#"{"type": "Polygon", "coordinates": [[[40.4, 34.5], [40.9, 34.4], [4]]]}"#,
            r#"{"type": "MultiPolygon", "coordinates": [[[[4, 5], [6, 7], [4]]]]}"#,
            r#"{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [4]}]}"#,
        ];
        let mut reached = 0;
        for shape in shapes {
            let feature =
                format!(r#"{{"type": "Feature", "properties": {{}}, "geometry": {shape}}}"#);
            let text = format!(r#"{{"type": "FeatureCollection", "features": [{feature}]}}"#);
            // The library refuses some of them itself.
            let Ok(collection) = text.parse::<geojson::FeatureCollection>() else {
                continue;
            };
            reached += 1;
            let geometry = collection.features.into_iter().next().unwrap().geometry;
            let problem = read(geometry.unwrap()).unwrap_err();
            assert!(problem.contains("less than two numbers"), "{problem}");
        }
        assert!(reached > 0, "nothing to refuse is left to us");
        let point =
            serde_json::from_str(r#"{"type": "Point", "coordinates": [40.5, 34.5]}"#).unwrap();
        assert_eq!(
            read(point),
            Ok(Geometry::Point(geo::Point::new(40.5, 34.5)))
        );
    }
}
