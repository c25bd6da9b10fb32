//! One day for Google Earth: KML 2.2 (OGC 07-147r2).
//!
//! Longitude first, WGS 84. Descriptions are HTML made of plain words: what a report says is
//! escaped twice, for HTML and for XML.

use std::path::Path;

use geo::{Coord, Geometry, LineString, Polygon};
use quick_xml::escape::escape;
use serde_json::{Map, Value};

use super::feature::{self, Feature};
use super::palette::{Entry, Palette};
use super::run::{Day, Look, Run};
use super::write_atomic;
use super::xml::Element;
use crate::error::Result;
use crate::render::scene::Color;

/// A round symbol that Google Earth colours.
const DISC: &str = "http://maps.google.com/mapfiles/kml/shapes/placemark_circle.png";
/// Pixels of a screen to a point of the sheet.
const PX_PER_PT: f32 = 4.0 / 3.0;

/// Writes `DATE.kml` of every day into a folder.
///
/// # Errors
///
/// [`crate::Error::Write`] when a file cannot be written.
pub fn write(run: &Run, folder: &Path) -> Result<()> {
    let styles = styles(run);
    for day in run.days {
        let path = folder.join(format!("{}.kml", day.snapshot.date));
        write_atomic(&path, document(run, day, &styles).as_bytes())?;
    }
    Ok(())
}

fn document(run: &Run, day: &Day, styles: &[Element]) -> String {
    let (look, tables, date) = (&run.look, &run.tables, day.snapshot.date);
    let folder = |title: &str, marks: Vec<Element>| {
        Element::new("Folder")
            .child(Element::text("name", look.words(title)))
            .children(marks)
    };
    let marks = |features: Vec<Feature>, mark: fn(&Feature, &Look) -> Element| {
        features.iter().map(|feature| mark(feature, look)).collect()
    };
    let title = look.name(&look.region.title_en, &look.region.title_ar);
    let document = Element::new("Document")
        .child(Element::text("name", format!("{title} · {date}")))
        .child(Element::text("open", 1))
        .child(Element::text("description", look.words("caveat")))
        .child(Element::new("TimeStamp").child(Element::text("when", date)))
        .children(styles.iter().cloned())
        .child(folder(
            "zones",
            marks(feature::zones(&day.front, tables), zone),
        ))
        .child(folder(
            "pocket",
            marks(feature::pockets(&day.front, tables), pocket),
        ))
        .child(folder(
            "fronts",
            marks(feature::front_lines(&day.front, tables), front),
        ))
        .child(folder(
            "places",
            marks(feature::places(&day.snapshot, tables), place),
        ));
    Element::new("kml")
        .with("xmlns", "http://www.opengis.net/kml/2.2")
        .child(document)
        .document("")
}

/// A style for each state of each layer, and for fronts.
fn styles(run: &Run) -> Vec<Element> {
    let palette = Palette::of(run);
    let style = &run.look.style.control;
    let area = |kind: &str, entry: &Entry, fill: f32, edge: Color, edge_pt: f32| {
        Element::new("Style")
            .with("id", format!("{kind}-{}", entry.code))
            .child(line_style(edge, edge_pt))
            .child(
                Element::new("PolyStyle")
                    .child(Element::text("color", abgr(entry.color.with_opacity(fill)))),
            )
    };
    let zones = palette.zones.iter().map(|entry| {
        let edge = entry.color.with_opacity(style.zone_edge_opacity);
        area("zone", entry, style.zone_opacity, edge, style.zone_edge_pt)
    });
    let pockets = palette.pockets.iter().map(|entry| {
        let fill = style.zone_opacity * 0.6;
        area("pocket", entry, fill, style.pocket, style.pocket_pt)
    });
    let places = palette.places.iter().map(|entry| {
        let icon = Element::new("IconStyle")
            .child(Element::text("color", abgr(entry.color)))
            .child(Element::text("scale", 0.7))
            .child(Element::new("Icon").child(Element::text("href", DISC)));
        Element::new("Style")
            .with("id", format!("place-{}", entry.code))
            .child(icon)
            .child(Element::new("LabelStyle").child(Element::text("scale", 0.8)))
    });
    let front = Element::new("Style")
        .with("id", "front")
        .child(line_style(style.front, style.front_pt));
    zones
        .chain(pockets)
        .chain(places)
        .chain(std::iter::once(front))
        .collect()
}

fn line_style(color: Color, width_pt: f32) -> Element {
    Element::new("LineStyle")
        .child(Element::text("color", abgr(color)))
        .child(Element::text("width", width_pt * PX_PER_PT))
}

/// Opacity, blue, green, red: the order of KML.
fn abgr(color: Color) -> String {
    let Color { r, g, b, a } = color;
    format!("{a:02x}{b:02x}{g:02x}{r:02x}")
}

fn zone(feature: &Feature, look: &Look) -> Element {
    let name = pair(feature, "control_name", look);
    let size = format!("{} km²", word(&feature.properties, "area_km2"));
    let control = word(&feature.properties, "control");
    placemark(feature, &name, &[size], &format!("zone-{control}"))
}

fn pocket(feature: &Feature, look: &Look) -> Element {
    let name = pair(feature, "control_name", look);
    let size = format!("≈ {} km²", word(&feature.properties, "stated_km2"));
    let control = word(&feature.properties, "control");
    placemark(feature, &name, &[size], &format!("pocket-{control}"))
}

fn front(feature: &Feature, look: &Look) -> Element {
    let sides = ["side_a_name", "side_b_name"].map(|side| pair(feature, side, look));
    placemark(feature, &sides.join(" / "), &[], "front")
}

fn place(feature: &Feature, look: &Look) -> Element {
    let properties = &feature.properties;
    let since = word(properties, "since");
    let lines = [
        pair(feature, "control_name", look),
        format!("{}: {since}", look.words("since")),
        word(properties, "sources"),
        word(properties, "evidence"),
    ];
    let name = pair(feature, "name", look);
    let control = word(properties, "control");
    placemark(feature, &name, &lines, &format!("place-{control}"))
}

/// The names under `NAME_ar` and `NAME_en`, in the languages wanted.
fn pair(feature: &Feature, name: &str, look: &Look) -> String {
    let of = |tongue: &str| word(&feature.properties, &format!("{name}_{tongue}"));
    look.name(&of("en"), &of("ar"))
}

fn placemark(feature: &Feature, name: &str, lines: &[String], style: &str) -> Element {
    let lines: Vec<String> = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p dir=\"auto\">{}</p>", escape(line.as_str())))
        .collect();
    let data = feature.properties.iter().filter(|(key, value)| {
        // How other formats draw it.
        let is_look = ["marker", "fill", "stroke"]
            .iter()
            .any(|look| key.starts_with(look));
        !is_look && !value.is_null()
    });
    let data = data.map(|(key, _)| {
        Element::new("Data")
            .with("name", key)
            .child(Element::text("value", word(&feature.properties, key)))
    });
    Element::new("Placemark")
        .child(Element::text("name", name))
        .child(Element::text("description", lines.concat()))
        .child(Element::text("styleUrl", format!("#{style}")))
        .child(Element::new("ExtendedData").children(data))
        .children(geometry(&feature.geometry))
}

/// An attribute as plain text; nothing for null.
fn word(properties: &Map<String, Value>, key: &str) -> String {
    match properties.get(key) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn geometry(geometry: &Geometry<f64>) -> Option<Element> {
    match geometry {
        Geometry::Point(point) => {
            Some(Element::new("Point").child(coordinates(std::slice::from_ref(&point.0))))
        }
        Geometry::LineString(line) => Some(
            Element::new("LineString")
                .child(Element::text("tessellate", 1))
                .child(coordinates(&line.0)),
        ),
        Geometry::MultiPolygon(area) => {
            Some(Element::new("MultiGeometry").children(area.iter().map(polygon)))
        }
        _ => None,
    }
}

fn polygon(polygon: &Polygon<f64>) -> Element {
    let ring = |ring: &LineString<f64>| Element::new("LinearRing").child(coordinates(&ring.0));
    let holes = polygon.interiors().iter();
    Element::new("Polygon")
        .child(Element::text("tessellate", 1))
        .child(Element::new("outerBoundaryIs").child(ring(polygon.exterior())))
        .children(holes.map(|hole| Element::new("innerBoundaryIs").child(ring(hole))))
}

fn coordinates(line: &[Coord<f64>]) -> Element {
    let positions: Vec<String> = line.iter().map(|at| format!("{},{}", at.x, at.y)).collect();
    Element::text("coordinates", positions.join(" "))
}
