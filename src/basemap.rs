//! The lines and areas under the map: rivers, border, countries, subdistricts, roads.

use geo::{Geometry, LineString, MultiPolygon};

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::geometry;

/// A named line of the base map, WGS 84 degrees, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedLine {
    /// A lasting id, unique in its layer.
    pub id: String,
    /// Name in English; empty when it has none.
    pub name_en: String,
    /// Name in Arabic; empty when it has none.
    pub name_ar: String,
    /// Class within its layer, such as `major`; empty when there is only one.
    pub class: String,
    /// The line, down-river for a river.
    pub line: LineString<f64>,
}

/// A named area of the base map, WGS 84 degrees, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedArea {
    /// A lasting id, unique in its layer.
    pub id: String,
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// The area.
    pub area: MultiPolygon<f64>,
}

/// The layers under the map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BaseMap {
    /// Rivers, down-river.
    pub rivers: Vec<NamedLine>,
    /// The border between the countries.
    pub border: Vec<NamedLine>,
    /// The countries, for their tint and name.
    pub countries: Vec<NamedArea>,
    /// Subdistricts.
    pub subdistricts: Vec<NamedArea>,
    /// Roads, schematic where the data has no survey.
    pub roads: Vec<NamedLine>,
    /// Countries in rough outline, for the small map that shows where the region lies.
    pub locator: Vec<NamedArea>,
}

impl BaseMap {
    /// Reads the layers of `basemap/` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when a layer is not a GeoJSON feature collection of the geometry that it
    /// should hold.
    pub fn load(data: &DataFolder) -> Result<Self> {
        Ok(Self {
            rivers: lines(data, "basemap/rivers.geojson")?,
            border: lines(data, "basemap/border.geojson")?,
            countries: areas(data, "basemap/countries.geojson")?,
            subdistricts: areas(data, "basemap/subdistricts.geojson")?,
            roads: lines(data, "basemap/roads.geojson")?,
            locator: areas(data, "basemap/locator.geojson")?,
        })
    }

    /// The river with this id.
    #[must_use]
    pub fn river(&self, id: &str) -> Option<&NamedLine> {
        self.rivers.iter().find(|river| river.id == id)
    }
}

/// Name, class and geometry of one feature, before its geometry is known to fit its layer.
struct Feature {
    id: String,
    name_en: String,
    name_ar: String,
    class: String,
    geometry: Geometry<f64>,
}

fn features(data: &DataFolder, name: &str) -> Result<Vec<Feature>> {
    let text = data.text(name)?;
    let fail = |problem: String| Error::parse(data.label(name), 1, problem);
    let collection: geojson::FeatureCollection = text
        .parse()
        .map_err(|e: geojson::Error| fail(e.to_string()))?;
    collection
        .features
        .into_iter()
        .map(|feature| {
            let word = |key: &str| {
                feature
                    .property(key)
                    .and_then(|value| value.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            let (id, name_en, name_ar, class) =
                (word("id"), word("name_en"), word("name_ar"), word("class"));
            let geometry = feature
                .geometry
                .ok_or_else(|| fail(format!("feature `{id}` has no geometry")))?;
            let geometry =
                geometry::read(geometry).map_err(|e| fail(format!("feature `{id}`: {e}")))?;
            Ok(Feature {
                id,
                name_en,
                name_ar,
                class,
                geometry,
            })
        })
        .collect()
}

fn lines(data: &DataFolder, name: &str) -> Result<Vec<NamedLine>> {
    features(data, name)?
        .into_iter()
        .map(|feature| match feature.geometry {
            Geometry::LineString(line) => Ok(NamedLine {
                id: feature.id,
                name_en: feature.name_en,
                name_ar: feature.name_ar,
                class: feature.class,
                line,
            }),
            _ => Err(Error::parse(
                data.label(name),
                1,
                format!("feature `{}` is not a LineString", feature.id),
            )),
        })
        .collect()
}

fn areas(data: &DataFolder, name: &str) -> Result<Vec<NamedArea>> {
    features(data, name)?
        .into_iter()
        .map(|feature| {
            let area = match feature.geometry {
                Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
                Geometry::MultiPolygon(polygons) => polygons,
                _ => {
                    return Err(Error::parse(
                        data.label(name),
                        1,
                        format!("feature `{}` is not an area", feature.id),
                    ));
                }
            };
            Ok(NamedArea {
                id: feature.id,
                name_en: feature.name_en,
                name_ar: feature.name_ar,
                area,
            })
        })
        .collect()
}
