//! Symbols and renderers in the XML of QGIS 3. Lengths are points on the sheet.

use crate::output::xml::Element;
use crate::render::scene::Color;

/// One stroke, fill or marker of a symbol.
#[derive(Debug, Clone)]
pub(super) struct Part {
    class: &'static str,
    settings: Vec<(&'static str, String)>,
    /// Settings that an expression decides for each feature.
    defined: Vec<(&'static str, String)>,
    level: u8,
    strokes: Option<Color>,
}

impl Part {
    fn new(class: &'static str, settings: Vec<(&'static str, String)>) -> Self {
        Self {
            class,
            settings,
            defined: Vec::new(),
            level: 0,
            strokes: None,
        }
    }

    /// A line of this width.
    pub fn line(color: Color, width_pt: f32) -> Self {
        Self::new(
            "SimpleLine",
            vec![
                ("line_color", rgba(color)),
                ("line_width", width_pt.to_string()),
                ("line_width_unit", "Point".to_owned()),
                ("capstyle", "round".to_owned()),
                ("joinstyle", "round".to_owned()),
            ],
        )
    }

    /// The same with dashes.
    pub fn dashed(mut self, dashes_pt: [f32; 2]) -> Self {
        let [dash, gap] = dashes_pt;
        self.settings.retain(|(key, _)| *key != "capstyle");
        self.settings.extend([
            ("capstyle", "flat".to_owned()),
            ("use_custom_dash", "1".to_owned()),
            ("customdash", format!("{dash};{gap}")),
            ("customdash_unit", "Point".to_owned()),
        ]);
        self
    }

    /// The same with its width in metres on the ground.
    pub fn on_ground(mut self, width_m: f32) -> Self {
        self.settings
            .retain(|(key, _)| !key.starts_with("line_width"));
        self.settings.extend([
            ("line_width", width_m.to_string()),
            ("line_width_unit", "RenderMetersInMapUnits".to_owned()),
        ]);
        self
    }

    /// A filled area with an edge.
    pub fn fill(fill: Color, edge: Color, edge_pt: f32) -> Self {
        Self::new(
            "SimpleFill",
            vec![
                ("color", rgba(fill)),
                ("style", "solid".to_owned()),
                ("outline_color", rgba(edge)),
                ("outline_style", pen_style(edge_pt)),
                ("outline_width", edge_pt.to_string()),
                ("outline_width_unit", "Point".to_owned()),
                ("joinstyle", "round".to_owned()),
            ],
        )
    }

    /// Strokes from lower left to upper right over an area.
    pub fn hatch(color: Color, width_pt: f32, gap_pt: f32) -> Self {
        let mut part = Self::new(
            "LinePatternFill",
            vec![
                ("angle", "45".to_owned()),
                ("color", rgba(color)),
                ("distance", gap_pt.to_string()),
                ("distance_unit", "Point".to_owned()),
                ("line_width", width_pt.to_string()),
                ("line_width_unit", "Point".to_owned()),
            ],
        );
        part.strokes = Some(color);
        part
    }

    /// A marker of this diameter.
    pub fn marker(shape: &str, fill: Color, edge: Color, edge_pt: f32) -> Self {
        Self::new(
            "SimpleMarker",
            vec![
                ("name", shape.to_owned()),
                ("color", rgba(fill)),
                ("outline_color", rgba(edge)),
                ("outline_style", pen_style(edge_pt)),
                ("outline_width", edge_pt.to_string()),
                ("outline_width_unit", "Point".to_owned()),
                ("size_unit", "Point".to_owned()),
                ("joinstyle", "round".to_owned()),
            ],
        )
    }

    /// The same with one setting more.
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.settings.push((key, value.to_string()));
        self
    }

    /// The same with a setting that an expression decides.
    pub fn by(mut self, key: &'static str, expression: impl Into<String>) -> Self {
        self.defined.push((key, expression.into()));
        self
    }

    /// The same drawn over all parts of lower levels, where a renderer has levels.
    pub fn level(mut self, level: u8) -> Self {
        self.level = level;
        self
    }

    fn element(&self, symbol: &str, index: usize) -> Element {
        let mut element = Element::new("layer")
            .with("class", self.class)
            .with("enabled", 1)
            .with("locked", 0)
            .with("pass", self.level)
            .child(map(self.settings.iter().map(|(k, v)| text(k, v))))
            .child(Element::new("data_defined_properties").child(collection(&self.defined)));
        if let Some(color) = self.strokes {
            let width = self.settings.iter().find(|(key, _)| *key == "line_width");
            let width = width.and_then(|(_, value)| value.parse().ok());
            let strokes = [Part::line(color, width.unwrap_or(1.0))];
            element = element.child(symbol_element(
                &format!("@{symbol}@{index}"),
                "line",
                &strokes,
            ));
        }
        element
    }
}

/// What draws the features of one value.
#[derive(Debug, Clone)]
pub(super) struct Category {
    pub value: String,
    pub label: String,
    pub parts: Vec<Part>,
}

/// A renderer with a symbol for each value of an expression. `kind` is `marker`, `line` or `fill`.
/// Features with a greater value of the expression `order` lie over others.
pub(super) fn categorized(
    kind: &str,
    expression: &str,
    categories: &[Category],
    order: Option<&str>,
) -> Element {
    let has_levels = categories
        .iter()
        .flat_map(|category| &category.parts)
        .any(|part| part.level > 0);
    let entries = categories.iter().enumerate().map(|(index, category)| {
        Element::new("category")
            .with("type", "string")
            .with("value", &category.value)
            .with("label", &category.label)
            .with("symbol", index)
            .with("render", true)
    });
    let symbols = categories
        .iter()
        .enumerate()
        .map(|(index, category)| symbol_element(&index.to_string(), kind, &category.parts));
    Element::new("renderer-v2")
        .with("type", "categorizedSymbol")
        .with("attr", expression)
        .with("symbollevels", u8::from(has_levels))
        .with("enableorderby", u8::from(order.is_some()))
        .with("forceraster", 0)
        .child(Element::new("categories").children(entries))
        .child(Element::new("symbols").children(symbols))
        .children(order.map(|expression| {
            let clause = Element::text("orderByClause", expression)
                .with("asc", 1)
                .with("nullsFirst", 1);
            Element::new("orderby").child(clause)
        }))
}

/// A renderer with one symbol.
pub(super) fn single(kind: &str, parts: &[Part]) -> Element {
    let has_levels = parts.iter().any(|part| part.level > 0);
    Element::new("renderer-v2")
        .with("type", "singleSymbol")
        .with("symbollevels", u8::from(has_levels))
        .with("enableorderby", 0)
        .with("forceraster", 0)
        .child(Element::new("symbols").child(symbol_element("0", kind, parts)))
}

fn symbol_element(name: &str, kind: &str, parts: &[Part]) -> Element {
    let layers = parts
        .iter()
        .enumerate()
        .map(|(index, part)| part.element(name, index));
    Element::new("symbol")
        .with("name", name)
        .with("type", kind)
        .with("alpha", 1)
        .with("clip_to_extent", 1)
        .with("force_rhr", 0)
        .children(layers)
}

/// `red,green,blue,opacity`, as QGIS writes colours.
pub(super) fn rgba(color: Color) -> String {
    format!("{},{},{},{}", color.r, color.g, color.b, color.a)
}

/// A colour as a literal of an expression.
pub(super) fn literal(color: Color) -> String {
    format!("'{}'", rgba(color))
}

fn pen_style(width: f32) -> String {
    if width > 0.0 { "solid" } else { "no" }.to_owned()
}

/// A list of named values.
pub(super) fn map(options: impl IntoIterator<Item = Element>) -> Element {
    Element::new("Option").with("type", "Map").children(options)
}

/// A named text.
pub(super) fn text(name: &str, value: &str) -> Element {
    Element::new("Option")
        .with("name", name)
        .with("value", value)
        .with("type", "QString")
}

/// Settings that expressions decide, by name.
pub(super) fn collection(defined: &[(&'static str, String)]) -> Element {
    let properties = defined.iter().map(|(key, expression)| {
        map([
            Element::new("Option")
                .with("name", "active")
                .with("value", true)
                .with("type", "bool"),
            text("expression", expression),
            // 3: an expression, not a field or a fixed value.
            Element::new("Option")
                .with("name", "type")
                .with("value", 3)
                .with("type", "int"),
        ])
        .with("name", key)
    });
    map([
        text("name", ""),
        map(properties).with("name", "properties"),
        text("type", "collection"),
    ])
}
