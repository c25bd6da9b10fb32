//! How one layer looks, and when its features are shown.

use super::label::Labels;
use crate::output::xml::Element;

/// The attributes that hold the first day of a feature and the day after its last; none there: it
/// is still shown.
pub(super) type Span = (&'static str, &'static str);

/// The attributes of a map of one day.
pub(super) const MAP_DAYS: Span = ("date", "until");
/// The attributes of a spell of control.
pub(super) const SPELL_DAYS: Span = ("valid_from", "valid_to");

/// Everything QGIS stores about the look of a layer.
#[derive(Debug, Clone)]
pub(super) struct Theme {
    /// `Point`, `Line` or `Polygon`.
    pub geometry: &'static str,
    pub renderer: Element,
    pub labels: Option<Labels>,
    /// What the temporal controller goes by.
    pub span: Option<Span>,
    /// HTML shown under the pointer, with expressions in it.
    pub tip: String,
    /// The layer is not drawn at smaller scales than one to this.
    pub least_scale: Option<u32>,
}

impl Theme {
    /// Attributes of the element that holds the theme, here and in a project.
    pub fn attributes(&self, element: Element) -> Element {
        element
            .with("styleCategories", "AllStyleCategories")
            .with("labelsEnabled", u8::from(self.labels.is_some()))
            .with(
                "hasScaleBasedVisibilityFlag",
                u8::from(self.least_scale.is_some()),
            )
            .with("minScale", self.least_scale.unwrap_or(100_000_000))
            .with("maxScale", 0)
    }

    /// The elements of the theme.
    pub fn elements(&self) -> Vec<Element> {
        let mut elements = vec![temporal(self.span), self.renderer.clone()];
        elements.extend(self.labels.as_ref().map(Labels::element));
        elements.extend([
            Element::text("blendMode", 0),
            Element::text("featureBlendMode", 0),
            Element::text("layerOpacity", 1),
            Element::text("mapTip", &self.tip),
        ]);
        elements
    }

    /// The file `.qml`.
    pub fn qml(&self) -> String {
        let root = self.attributes(Element::new("qgis").with("version", super::VERSION));
        let kind = match self.geometry {
            "Point" => 0,
            "Line" => 1,
            _ => 2,
        };
        root.children(self.elements())
            .child(Element::text("layerGeometryType", kind))
            .document(super::DOCTYPE)
    }
}

fn temporal(span: Option<Span>) -> Element {
    let (from, to) = span.unwrap_or_default();
    let range = Element::new("fixedRange")
        .child(Element::new("start"))
        .child(Element::new("end"));
    Element::new("temporal")
        .with("enabled", u8::from(span.is_some()))
        // 2: start and end from attributes.
        .with("mode", if span.is_some() { 2 } else { 0 })
        .with("startField", from)
        .with("endField", to)
        // 0: the first day belongs to the span, the last does not.
        .with("limitMode", 0)
        .with("accumulate", 0)
        .with("fixedDuration", 0)
        .with("durationUnit", "d")
        .child(range)
}

/// True for what is to be seen: all that the temporal controller lets through, and without it only
/// the newest, else the maps of all days would lie on top of each other.
pub(super) fn is_shown(span: Option<Span>) -> Option<String> {
    span.map(|(_, to)| format!("@map_start_time IS NOT NULL OR \"{to}\" IS NULL"))
}

/// An expression inside HTML that shows an attribute as plain text: words of a report must not
/// become part of the page.
pub(super) fn shown(field: &str) -> String {
    format!("[% replace(replace(coalesce(\"{field}\",''),'&','&amp;'),'<','&lt;') %]")
}
