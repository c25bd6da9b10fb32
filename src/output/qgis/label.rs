//! Labels in the XML of QGIS 3.

use super::symbol::{collection, rgba};
use crate::output::xml::Element;
use crate::render::Lang;
use crate::render::scene::Color;

/// A font with Arabic and Latin letters that most systems have; QGIS takes another if not.
const FONT: &str = "Noto Sans";

/// Where labels stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Beside a point.
    Beside,
    /// Along a line, above it.
    Along,
    /// Inside an area.
    Inside,
    /// Beside an area.
    Outside,
}

/// The labels of a layer.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    /// What they say: an expression. Nothing: the layer only keeps the labels of others away.
    pub says: String,
    /// Size of letters in points.
    pub size_pt: f32,
    /// Colour of letters.
    pub ink: Color,
    /// Colour and width of what sets them off from the ground.
    pub halo: (Color, f32),
    /// Where they stand.
    pub spot: Spot,
    /// Which give way to others: 0 all others, 10 none.
    pub priority: u8,
    /// Settings that an expression decides.
    pub defined: Vec<(&'static str, String)>,
}

impl Labels {
    pub fn element(&self) -> Element {
        let settings = Element::new("settings")
            .with("calloutType", "simple")
            .child(self.letters())
            .child(
                Element::new("text-format")
                    .with(
                        "multilineAlign",
                        if self.spot == Spot::Beside { 3 } else { 1 },
                    )
                    .with("addDirectionSymbol", 0)
                    .with("formatNumbers", 0),
            )
            .child(self.placement())
            .child(
                Element::new("rendering")
                    .with("drawLabels", u8::from(!self.says.is_empty()))
                    // The whole of a country as an obstacle would leave no room for any label.
                    .with("obstacle", u8::from(self.spot != Spot::Inside))
                    .with("obstacleFactor", 1)
                    .with("upsidedownLabels", 0)
                    .with("scaleVisibility", 0),
            )
            .child(Element::new("dd_properties").child(collection(&self.defined)));
        Element::new("labeling")
            .with("type", "simple")
            .child(settings)
    }

    fn letters(&self) -> Element {
        let (halo, width_pt) = self.halo;
        let buffer = Element::new("text-buffer")
            .with("bufferDraw", 1)
            .with("bufferSize", width_pt)
            .with("bufferSizeUnits", "Point")
            .with("bufferColor", rgba(halo))
            .with("bufferOpacity", 1)
            .with("bufferNoFill", 1)
            .with("bufferJoinStyle", 128);
        Element::new("text-style")
            .with("fieldName", &self.says)
            .with("isExpression", 1)
            .with("fontFamily", FONT)
            .with("namedStyle", "Regular")
            .with("fontWeight", 50)
            .with("fontSize", self.size_pt)
            .with("fontSizeUnit", "Point")
            .with("textColor", rgba(self.ink))
            .with("textOpacity", 1)
            .with("multilineHeight", 0.9)
            .with("textOrientation", "horizontal")
            .child(buffer)
    }

    fn placement(&self) -> Element {
        // The numbers are those of the enumerations of QGIS.
        let placement = match self.spot {
            Spot::Beside => 6,
            Spot::Along => 2,
            Spot::Inside => 4,
            Spot::Outside => 8,
        };
        Element::new("placement")
            .with("placement", placement)
            .with("placementFlags", 10)
            .with("predefinedPositionOrder", "R,L,TR,BR,TL,BL,TSR,BSR")
            .with("dist", 1)
            .with("distUnits", "Point")
            // From the edge of the symbol, not from its middle.
            .with("offsetType", 1)
            .with("priority", self.priority)
            .with("repeatDistance", 0)
            .with("polygonPlacementFlags", 2)
            .with("preserveRotation", 1)
    }
}

/// The expression for the name of a feature in these languages, Arabic above English.
pub(super) fn name(lang: Lang) -> String {
    let fields = lang.tongues().iter().map(|t| t.of("name_en", "name_ar"));
    let fields: Vec<String> = fields.map(|field| format!("\"{field}\"")).collect();
    fields.join(
        r" || '
' || ",
    )
}

/// A text as a literal of an expression.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', "''"))
}
