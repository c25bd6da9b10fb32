//! The project file: layers of the GeoPackage beside it, their order, the relation from a place to
//! its evidence, the days of the temporal controller.

use geo::{Coord, Rect};
use jiff::ToSpan;
use jiff::civil::Date;

use super::symbol::{map, text};
use super::{DOCTYPE, Group, Shown, VERSION};
use crate::output::run::Run;
use crate::output::xml::Element;
use crate::projection::web_mercator;
use crate::render::words::Tongue;

/// The data of every layer, from the project's folder.
const FILE: &str = "./khatt.gpkg";
/// Web Mercator, what tiles from the web come in: its EPSG code, and its row in the table of QGIS.
const MAP_CRS: (u32, u32) = (3857, 3857);
/// WGS 84 in degrees, likewise.
const DATA_CRS: (u32, u32) = (4326, 3452);
/// Tables without a geometry, with the key of their names.
const TABLES: [(&str, &str); 2] = [
    ("evidence", "evidence"),
    ("places_evidence", "place_evidence"),
];
/// The relations between a place, a row that ties it to a claim, and the claim.
const OF_PLACE: &str = "evidence_of_place";
const OF_CLAIM: &str = "evidence_of_claim";

/// The text of the project.
pub(super) fn document(run: &Run, layers: &[Shown]) -> String {
    let look = &run.look;
    let title = look.name(&look.region.title_en, &look.region.title_ar);
    Element::new("qgis")
        .with("version", VERSION)
        .with("projectname", &title)
        .child(Element::text("title", &title))
        .child(Element::new("projectCrs").child(crs(MAP_CRS)))
        .child(tree(run, layers))
        .child(relations(run))
        .child(canvas(look.region.extent))
        .child(projectlayers(run, layers))
        .child(properties(run))
        .child(metadata(run, &title))
        .child(view(look.region.extent))
        .children(time(run))
        .document(DOCTYPE)
}

/// A reference system by its EPSG code; QGIS knows the rest. It reads the code only when it finds
/// a row beside it.
fn crs((code, row): (u32, u32)) -> Element {
    Element::new("spatialrefsys")
        .child(Element::text("srsid", row))
        .child(Element::text("srid", code))
        .child(Element::text("authid", format!("EPSG:{code}")))
}

/// The legend in groups; what is drawn over what is said apart.
fn tree(run: &Run, layers: &[Shown]) -> Element {
    let entry = |id: &str, table: &str, title: &str, is_checked: bool| {
        let checked = if is_checked {
            "Qt::Checked"
        } else {
            "Qt::Unchecked"
        };
        Element::new("layer-tree-layer")
            .with("id", layer_id(id))
            .with("name", title)
            .with("source", source(table))
            .with("providerKey", "ogr")
            .with("checked", checked)
            .with("expanded", u8::from(is_checked && table != "base_rivers"))
    };
    let group = |title: String, entries: Vec<Element>| {
        Element::new("layer-tree-group")
            .with("name", title)
            .with("checked", "Qt::Checked")
            .with("expanded", 1)
            .children(entries)
    };
    let of_group = |wanted: Group| {
        let layers = layers.iter().filter(|layer| layer.group == wanted);
        layers
            .map(|layer| entry(layer.id, layer.table, &layer.title, layer.is_checked))
            .collect()
    };
    let tables = TABLES
        .iter()
        .map(|(table, key)| entry(table, table, &run.look.words(key), true))
        .collect();
    let order = layers
        .iter()
        .map(|layer| Element::text("item", layer_id(layer.id)));
    Element::new("layer-tree-group")
        .child(group(run.look.words("control"), of_group(Group::Control)))
        .child(group(run.look.words("evidence"), tables))
        .child(group(run.look.words("ground"), of_group(Group::Ground)))
        .child(
            Element::new("custom-order")
                .with("enabled", 1)
                .children(order),
        )
}

/// QGIS replaces ids of ten letters and less.
fn layer_id(id: &str) -> String {
    format!("khatt_{id}")
}

fn source(table: &str) -> String {
    format!("{FILE}|layername={table}")
}

fn relations(run: &Run) -> Element {
    let name = run.look.words("evidence");
    let relation = |id: &str, parent: &str, field: &str| {
        Element::new("relation")
            .with("id", id)
            .with("name", &name)
            .with("referencedLayer", layer_id(parent))
            .with("referencingLayer", layer_id("places_evidence"))
            .with("strength", "Association")
            .child(
                Element::new("fieldRef")
                    .with("referencingField", field)
                    .with("referencedField", "fid"),
            )
    };
    Element::new("relations")
        .child(relation(OF_PLACE, "places", "base_id"))
        .child(relation(OF_CLAIM, "evidence", "related_id"))
}

fn projectlayers(run: &Run, layers: &[Shown]) -> Element {
    let with_geometry = layers.iter().map(|layer| {
        let element = layer
            .theme
            .attributes(map_layer(layer.id, layer.table, &layer.title))
            .with("geometry", layer.theme.geometry)
            .child(Element::new("srs").child(crs(DATA_CRS)))
            .children(layer.theme.elements());
        if layer.id == "places" {
            element.children(place_form())
        } else {
            element
        }
    });
    let tables = TABLES.iter().map(|(table, key)| {
        map_layer(table, table, &run.look.words(key)).with("geometry", "No geometry")
    });
    Element::new("projectlayers").children(with_geometry.chain(tables))
}

fn map_layer(id: &str, table: &str, title: &str) -> Element {
    Element::new("maplayer")
        .with("type", "vector")
        .child(Element::text("id", layer_id(id)))
        .child(Element::text("datasource", source(table)))
        .child(Element::text("layername", title))
        .child(Element::text("provider", "ogr").with("encoding", "UTF-8"))
}

/// In the form of a place its evidence is shown, not the rows that lead there.
fn place_form() -> [Element; 2] {
    let through = Element::new("widget")
        .with("name", OF_PLACE)
        .child(Element::new("config").child(map([text("nm-rel", OF_CLAIM)])));
    [
        Element::text("editorlayout", "generatedlayout"),
        Element::new("widgets").child(through),
    ]
}

/// What the window shows first, in metres of the map.
fn canvas(extent: Rect<f64>) -> Element {
    Element::new("mapcanvas")
        .with("name", "theMapCanvas")
        .with("annotationsVisible", 1)
        .child(Element::text("units", "meters"))
        .child(sides(
            Element::new("extent"),
            web_mercator(extent.min()),
            web_mercator(extent.max()),
        ))
        .child(Element::text("rotation", 0))
        .child(Element::new("destinationsrs").child(crs(MAP_CRS)))
}

fn sides(element: Element, low: Coord<f64>, high: Coord<f64>) -> Element {
    element
        .child(Element::text("xmin", low.x))
        .child(Element::text("ymin", low.y))
        .child(Element::text("xmax", high.x))
        .child(Element::text("ymax", high.y))
}

/// The extent of the region, for *View > Zoom Full*.
fn view(extent: Rect<f64>) -> Element {
    let preset = |name| {
        Element::new(name)
            .with("xmin", extent.min().x)
            .with("ymin", extent.min().y)
            .with("xmax", extent.max().x)
            .with("ymax", extent.max().y)
            .child(crs(DATA_CRS))
    };
    Element::new("ProjectViewSettings")
        .with("UseProjectScales", 0)
        .child(preset("DefaultViewExtent"))
}

fn properties(run: &Run) -> Element {
    let land = run.look.style.ground.land;
    let number = |name, value: u8| Element::text(name, value).with("type", "int");
    let gui = Element::new("Gui")
        .child(number("CanvasColorRedPart", land.r))
        .child(number("CanvasColorGreenPart", land.g))
        .child(number("CanvasColorBluePart", land.b));
    let paths = Element::new("Paths").child(Element::text("Absolute", false).with("type", "bool"));
    let units = Element::new("Measurement")
        .child(Element::text("DistanceUnits", "kilometers").with("type", "QString"))
        .child(Element::text("AreaUnits", "km2").with("type", "QString"))
        .child(Element::text("Ellipsoid", "EPSG:7030").with("type", "QString"));
    let mut properties = Element::new("properties")
        .child(gui)
        .child(paths)
        .child(units)
        // Without it the reference system of the project is not read.
        .child(Element::new("SpatialRefSys").child(number("ProjectionsEnabled", 1)));
    if let Some((first, last)) = days(run) {
        let word = |name, value: String| Element::text(name, value).with("type", "QString");
        properties = properties.child(
            Element::new("TemporalControllerWidget")
                .child(word("StartDateTime", midnight(first)))
                .child(word("EndDateTime", midnight(last)))
                // 1: the controller plays; it opens on the first day.
                .child(number("NavigationMode", 1)),
        );
    }
    properties
}

/// The days that the temporal controller runs through, one by one.
fn time(run: &Run) -> Option<Element> {
    let (first, last) = days(run)?;
    let range = Element::new("TemporalRange")
        .child(Element::text("start", midnight(first)))
        .child(Element::text("end", midnight(last)));
    Some(
        Element::new("ProjectTimeSettings")
            .with("timeStep", 1)
            .with("timeStepUnit", "d")
            .with("frameRate", 4)
            .with("cumulativeTemporalRange", 0)
            .child(range),
    )
}

/// From the first mapped day to the day after the last.
fn days(run: &Run) -> Option<(Date, Date)> {
    let (first, last) = (run.days.first()?, run.days.last()?);
    let after = last.snapshot.date.checked_add(1.day()).ok()?;
    Some((first.snapshot.date, after))
}

fn midnight(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// Where the data comes from and what it is not, in the languages wanted.
fn metadata(run: &Run, title: &str) -> Element {
    let tongues = run.look.lang.tongues().iter();
    let words = |key: &str, tongue: &Tongue| run.look.words.get(key, *tongue);
    let lines: Vec<String> = tongues
        .flat_map(|tongue| [words("caveat", tongue), words("attribution", tongue)])
        .collect();
    Element::new("projectMetadata")
        .child(Element::text("title", title))
        .child(Element::text("abstract", lines.join("\n\n")))
}
