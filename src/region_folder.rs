//! A data folder for another front: frame, parties, an empty gazetteer, and a base map from files
//! of the user's own. Words, rules and styles stay the bundled ones until the folder has its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use geo::{Coord, Geometry, Intersects, LineString, Polygon, Rect, coord};
use serde_json::{Map, Value, json};

use crate::basemap::BaseMap;
use crate::data::{BUNDLED, DataFolder};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::front::Terrain;
use crate::geometry;
use crate::import::slug;
use crate::output::write_atomic;
use crate::region::Region;

/// What a new folder says of its region.
#[derive(Debug, Clone)]
pub struct NewRegion {
    /// Name in English.
    pub name_en: String,
    /// Name in Arabic.
    pub name_ar: String,
    /// Frame of the map: WGS 84 degrees, longitude first.
    pub extent: Rect<f64>,
    /// Files of GeoJSON with their layers.
    pub basemap: Vec<(Layer, PathBuf)>,
}

/// A layer of the base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Rivers, down-river.
    Rivers,
    /// The border between countries, as lines.
    Border,
    /// Countries, as areas.
    Countries,
    /// Units of administration, as areas.
    Subdistricts,
    /// Roads.
    Roads,
}

impl Layer {
    /// Every layer with its name.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Rivers, "rivers"),
        (Self::Border, "border"),
        (Self::Countries, "countries"),
        (Self::Subdistricts, "subdistricts"),
        (Self::Roads, "roads"),
    ];

    /// The layer of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|(layer, _)| *layer)
    }

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(layer, _)| *layer == self);
        found.map_or("", |(_, name)| name)
    }

    fn is_of_areas(self) -> bool {
        matches!(self, Self::Countries | Self::Subdistricts)
    }
}

const GAZETTEER: &str = "id,name_ar,aliases_ar,name_en,aliases_en,kind,lat,lon,bank,parent,precision_km,cue,source,note\n";

/// Writes a data folder; it must not exist, or be empty.
///
/// Features of the base map are kept where they touch the frame and as much again around it.
/// Lines keep their direction. A river that says `class: major` is one that no zone crosses.
///
/// # Errors
///
/// [`Error::Argument`] when the folder is in use, [`Error::Parse`] when a file is not GeoJSON or
/// holds no feature for its layer near the frame, and whatever loading the new folder finds.
pub fn create(folder: &Path, region: &NewRegion) -> Result<()> {
    let is_used = folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some());
    if is_used || folder.is_file() {
        let problem = "is there already; name a folder that is new or empty";
        return Err(Error::argument(folder.display().to_string(), problem));
    }
    let mut layers: Vec<(Layer, Vec<Value>)> = Vec::new();
    for (layer, file) in &region.basemap {
        let features = features(*layer, file, region.extent)?;
        match layers.iter_mut().find(|(known, _)| known == layer) {
            Some((_, list)) => list.extend(features),
            None => layers.push((*layer, features)),
        }
    }
    std::fs::create_dir_all(folder.join("basemap")).map_err(|e| Error::write(folder, e))?;
    let mut major = Vec::new();
    for (layer, mut features) in layers {
        let ids = number(layer, &mut features);
        if layer == Layer::Rivers {
            major = ids;
        }
        let lines: Vec<String> = features.iter().map(Value::to_string).collect();
        let text = format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
            lines.join(",\n")
        );
        let path = folder.join(format!("basemap/{}.geojson", layer.name()));
        write_atomic(&path, text.as_bytes())?;
    }
    write_atomic(&folder.join("region.toml"), region.toml(&major).as_bytes())?;
    write_atomic(&folder.join("gazetteer.csv"), GAZETTEER.as_bytes())?;
    let actors = BUNDLED.iter().find(|(name, _)| *name == "actors.toml");
    write_atomic(
        &folder.join("actors.toml"),
        actors.map_or(&[], |(_, bytes)| *bytes),
    )?;
    check(&DataFolder::Folder(folder.to_owned()))
}

/// Loads everything that a run needs of a data folder.
///
/// # Errors
///
/// The first table that is not what it should be.
pub fn check(data: &DataFolder) -> Result<()> {
    Extractor::load(data)?;
    let region = Region::load(data)?;
    Terrain::new(&region, &BaseMap::load(data)?)?;
    Ok(())
}

impl NewRegion {
    fn toml(&self, major: &[String]) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let rivers: Vec<String> = major.iter().map(|id| quoted(id)).collect();
        let (least, most) = (self.extent.min(), self.extent.max());
        format!(
            "# The region this folder describes. docs/REGIONS.md says how to fill the folder.\n\
             id = {id}\n\
             title_en = {en}\n\
             title_ar = {ar}\n\n\
             # the map frame: west, south, east, north\n\
             extent = [{w:?}, {s:?}, {e:?}, {n:?}]\n\n\
             # how far a place speaks for the ground around it\n\
             reach_km = 8.0\n\
             # evidence older than this is drawn as old\n\
             stale_days = 45\n\
             # rivers that no zone of a single place crosses: ids of basemap/rivers.geojson\n\
             barrier_rivers = [{rivers}]\n\
             # borders likewise: ids of basemap/border.geojson\n\
             barrier_borders = []\n\n\
             # where places and base map come from, for the foot of the map\n\
             attribution_en = \"Places and base map: see the data folder.\"\n\
             attribution_ar = \"الأماكن وخريطة الأساس: انظر مجلد البيانات.\"\n",
            id = quoted(&slug(&self.name_en)),
            en = quoted(&self.name_en),
            ar = quoted(&self.name_ar),
            w = least.x,
            s = least.y,
            e = most.x,
            n = most.y,
            rivers = rivers.join(", "),
        )
    }
}

/// Ids of their own for the features of a layer; those of the major ones.
fn number(layer: Layer, features: &mut [Value]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut major = Vec::new();
    for feature in features {
        let word = |key: &str| feature["properties"][key].as_str().unwrap_or_default();
        let own = [word("id"), word("name_en")].map(slug);
        let base = own.into_iter().find(|slug| !slug.is_empty());
        let base = base.unwrap_or_else(|| layer.name().trim_end_matches('s').to_owned());
        let mut id = base.clone();
        let mut number = 2;
        while !seen.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        if word("class") == "major" {
            major.push(id.clone());
        }
        feature["properties"]["id"] = json!(id);
    }
    major
}

/// The features of a file that lie near the frame, in the form of the base map.
fn features(layer: Layer, file: &Path, extent: Rect<f64>) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(file).map_err(|e| Error::read(file, e))?;
    let fail = |problem: String| Error::parse(file.display().to_string(), 1, problem);
    let collection: geojson::FeatureCollection = text
        .parse()
        .map_err(|e: geojson::Error| fail(format!("not a GeoJSON feature collection ({e})")))?;
    let around = widened(extent);
    let mut kept = Vec::new();
    for feature in collection.features {
        let properties = properties(feature.properties.as_ref());
        let Some(geometry) = feature.geometry else {
            continue;
        };
        let geometry = geometry::read(geometry).map_err(&fail)?;
        let mut found = Vec::new();
        if layer.is_of_areas() {
            areas(geometry, around, &mut found);
        } else {
            lines(geometry, around, &mut found);
        }
        kept.extend(found.into_iter().map(|geometry| {
            json!({"type": "Feature", "properties": properties.clone(), "geometry": geometry})
        }));
    }
    if kept.is_empty() {
        let what = if layer.is_of_areas() {
            "areas"
        } else {
            "lines"
        };
        let problem = format!("no {what} near the frame; is it WGS 84, longitude first?");
        return Err(fail(problem));
    }
    Ok(kept)
}

/// A frame with as much again around it.
fn widened(extent: Rect<f64>) -> Rect<f64> {
    let (dx, dy) = (extent.width(), extent.height());
    Rect::new(
        coord! { x: extent.min().x - dx, y: extent.min().y - dy },
        coord! { x: extent.max().x + dx, y: extent.max().y + dy },
    )
}

/// Name, class and source of a feature, from the keys of OpenStreetMap and of others.
fn properties(given: Option<&Map<String, Value>>) -> Value {
    let first = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| given?.get(*key)?.as_str());
        found.unwrap_or_default().to_owned()
    };
    json!({
        "id": first(&["id"]),
        "name_en": first(&["name_en", "name:en", "NAME_EN", "name", "NAME"]),
        "name_ar": first(&["name_ar", "name:ar", "NAME_AR"]),
        "class": first(&["class"]),
        "source": first(&["source"]),
    })
}

fn lines(geometry: Geometry<f64>, around: Rect<f64>, found: &mut Vec<Value>) {
    match geometry {
        Geometry::LineString(line) => {
            let runs = runs(&line, around);
            found.extend(
                runs.iter()
                    .map(|run| json!({"type": "LineString", "coordinates": positions(run)})),
            );
        }
        Geometry::MultiLineString(many) => {
            for line in many {
                lines(Geometry::LineString(line), around, found);
            }
        }
        _ => {}
    }
}

/// The parts of a line inside a frame, each with the point before and the point behind.
fn runs(line: &LineString<f64>, around: Rect<f64>) -> Vec<Vec<Coord<f64>>> {
    let mut runs: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut last: Option<usize> = None;
    for (index, segment) in line.lines().enumerate() {
        if !around.intersects(&segment) {
            continue;
        }
        let follows = index > 0 && last == Some(index - 1);
        match runs.last_mut().filter(|_| follows) {
            Some(run) => run.push(segment.end),
            None => runs.push(vec![segment.start, segment.end]),
        }
        last = Some(index);
    }
    runs
}

fn areas(geometry: Geometry<f64>, around: Rect<f64>, found: &mut Vec<Value>) {
    let rings = |polygon: &Polygon<f64>| -> Vec<Value> {
        let holes = polygon.interiors().iter();
        std::iter::once(polygon.exterior())
            .chain(holes)
            .map(|ring| positions(&ring.0))
            .collect()
    };
    match geometry {
        Geometry::Polygon(polygon) if polygon.intersects(&around) => {
            found.push(json!({"type": "Polygon", "coordinates": rings(&polygon)}));
        }
        Geometry::MultiPolygon(many) if many.intersects(&around) => {
            let near = many.iter().filter(|polygon| polygon.intersects(&around));
            let polygons: Vec<Vec<Value>> = near.map(rings).collect();
            found.push(json!({"type": "MultiPolygon", "coordinates": polygons}));
        }
        _ => {}
    }
}

/// Positions of five decimals: about a metre.
fn positions(coords: &[Coord<f64>]) -> Value {
    let rounded = |degrees: f64| (degrees * 100_000.0).round() / 100_000.0;
    coords
        .iter()
        .map(|c| json!([rounded(c.x), rounded(c.y)]))
        .collect()
}
