//! The sheet of one map: where title, map, legend and notes lie, and how long a point is.

use crate::gazetteer::Place;
use crate::projection::{BoxPx, Projection, Px};
use crate::render::change::Compared;
use crate::render::furniture::{day, title};
use crate::render::plan::Plan;
use crate::render::scene::{Color, Halo, Scene, Shape, Text};
use crate::render::shape::{Line, Type, Weight};
use crate::render::trace::Tracer;
use crate::render::words::{Lang, Tongue, Words};
use crate::render::{MapInput, MapOptions, Style};
use crate::timeline::Snapshot;

/// The picture at which the lengths of `style.toml` are true at [`REFERENCE_DPI`].
const REFERENCE_PX: (f32, f32) = (2000.0, 1500.0);
const REFERENCE_DPI: f32 = 200.0;
const POINTS_PER_INCH: f32 = 72.0;
/// Size of the marks of one of several maps, against that of its letters.
const CELL_MARKS: f32 = 0.68;

/// What every part of the map needs to draw itself.
pub(crate) struct Sheet<'a> {
    pub(crate) input: &'a MapInput<'a>,
    pub(crate) style: &'a Style,
    pub(crate) options: &'a MapOptions,
    pub(crate) title: BoxPx,
    pub(crate) map: BoxPx,
    pub(crate) panel: BoxPx,
    pub(crate) footer: BoxPx,
    pub(crate) tracer: Tracer,
    /// The words of the map, with the digits chosen.
    pub(crate) words: Words,
    /// The earlier day, on a map of change.
    pub(crate) compared: Option<Compared<'a>>,
    /// Where names stand, in a series.
    pub(crate) plan: Option<&'a Plan>,
    /// The days that it shows: one, but where several maps share it.
    pub(crate) days: Vec<&'a Snapshot>,
    /// True for one of several maps on a sheet.
    pub(crate) is_cell: bool,
    dpi: f32,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(input: &'a MapInput<'a>, style: &'a Style, options: &'a MapOptions) -> Self {
        let (width, height) = (options.size_px.0 as f32, options.size_px.1 as f32);
        let growth = (width / REFERENCE_PX.0).min(height / REFERENCE_PX.1);
        let dpi = options.dpi.unwrap_or(REFERENCE_DPI * growth);
        let layout = if options.has_furniture {
            Layout::new((width, height), dpi, style, options.lang)
        } else {
            Layout::bare(width, height)
        };
        let map = layout.map;
        let projection = project(input, options, map);
        Self {
            input,
            style,
            options,
            title: layout.title,
            map,
            panel: layout.panel,
            footer: layout.footer,
            words: input.words.with_digits(options.digits),
            tracer: Tracer::new(projection, &input.basemap.rivers),
            compared: None,
            plan: None,
            days: vec![input.snapshot],
            is_cell: false,
            dpi,
        }
    }

    /// One of several maps of this sheet: that of `input`, in pixels of its own, its lines and
    /// letters smaller by `scale`.
    pub(crate) fn cell(
        &self,
        input: &'a MapInput<'a>,
        options: &'a MapOptions,
        ((width, height), scale): ((f32, f32), f32),
    ) -> Self {
        let map = BoxPx::new(0.0, 0.0, width, height);
        let projection = project(input, options, map);
        Self {
            map,
            tracer: Tracer::new(projection, &input.basemap.rivers),
            is_cell: true,
            dpi: self.dpi * scale,
            ..Self::new(input, self.style, options)
        }
    }

    /// Pixels of a length in points.
    pub(crate) fn pt(&self, length_pt: f32) -> f32 {
        length_pt * self.dpi / POINTS_PER_INCH
    }

    /// Pixels of the size of a symbol or the width of a front: on a small map, where names must
    /// still be read, marks stand closer than names.
    pub(crate) fn mark_pt(&self, length_pt: f32) -> f32 {
        let share = if self.is_cell { CELL_MARKS } else { 1.0 };
        self.pt(length_pt) * share
    }

    /// Pixels to the inch.
    pub(crate) fn dpi(&self) -> f32 {
        self.dpi
    }

    /// True for a sheet that is read from the right.
    pub(crate) fn is_mirrored(&self) -> bool {
        self.options.lang == Lang::Ar
    }

    pub(crate) fn projection(&self) -> &Projection {
        &self.tracer.projection
    }

    /// An empty scene of this size.
    pub(crate) fn blank_scene(&self) -> Scene {
        let tongues = self.tongues().iter();
        let title =
            tongues.filter_map(|t| Some(format!("{}. {}", title(self, *t)?, day(self, *t)?)));
        Scene {
            title: title.collect::<Vec<_>>().join(" · "),
            date: self.input.snapshot.date,
            direction: self.tongues()[0].direction(),
            projection: self.projection().clone(),
            size_px: self.options.size_px,
            dpi: self.dpi,
            paper: self.style.page.paper,
            map: self.map,
            shapes: Vec::new(),
            labels: Vec::new(),
            left_out: Vec::new(),
            fonts: self.input.fonts.clone(),
        }
    }

    pub(crate) fn tongues(&self) -> &'static [Tongue] {
        self.options.lang.tongues()
    }

    /// Shapes a line in one language; `size_pt` is that of Latin letters.
    pub(crate) fn line(&self, text: &str, tongue: Tongue, weight: Weight, size_pt: f32) -> Line {
        self.spaced_line(text, tongue, weight, (size_pt, 0.0))
    }

    /// The same with `size_spacing_pt.1` between Latin letters.
    pub(crate) fn spaced_line(
        &self,
        text: &str,
        tongue: Tongue,
        weight: Weight,
        size_spacing_pt: (f32, f32),
    ) -> Line {
        let factor = match tongue {
            Tongue::Ar => self.style.sizes.arabic_factor,
            Tongue::En => 1.0,
        };
        let set_in = Type {
            weight,
            size_px: self.pt(size_spacing_pt.0) * factor,
            spacing_px: self.pt(size_spacing_pt.1),
        };
        self.input.fonts.shape(text, tongue.direction(), &set_in)
    }

    /// The halo of names on the map.
    pub(crate) fn halo(&self) -> Halo {
        Halo {
            color: self.style.label.halo,
            reach_px: self.pt(self.style.label.halo_pt),
        }
    }
}

/// What was asked to be shown, or the region, laid into a box.
pub(crate) fn project(input: &MapInput, options: &MapOptions, map: BoxPx) -> Projection {
    match options.extent {
        Some(extent) => Projection::fit(extent, map),
        None => Projection::fill(input.region.extent, map),
    }
}

/// The parts of a sheet.
struct Layout {
    title: BoxPx,
    map: BoxPx,
    panel: BoxPx,
    footer: BoxPx,
}

impl Layout {
    /// Title above, notes below, the legend where the lines of its language end.
    fn new((width, height): (f32, f32), dpi: f32, style: &Style, lang: Lang) -> Self {
        let page = &style.page;
        let pt = |length: f32| length * dpi / POINTS_PER_INCH;
        let inner = BoxPx::new(0.0, 0.0, width, height).grown(-pt(page.margin_pt));
        let top = inner.top + pt(page.title_band_pt);
        let bottom = inner.bottom - pt(page.footer_pt);
        let low = bottom - pt(style.grid.band_pt);
        let (panel, gap) = (pt(page.panel_pt), pt(page.gap_pt));
        let (map, panel) = if lang == Lang::Ar {
            let split = inner.left + panel;
            (
                BoxPx::new(split + gap, top, inner.right, low),
                BoxPx::new(inner.left, top, split, low),
            )
        } else {
            let split = inner.right - panel;
            (
                BoxPx::new(inner.left, top, split - gap, low),
                BoxPx::new(split, top, inner.right, low),
            )
        };
        Self {
            title: BoxPx::new(inner.left, inner.top, inner.right, top),
            map: BoxPx::new(
                map.left.round(),
                map.top.round(),
                map.right.round(),
                map.bottom.round(),
            ),
            panel,
            footer: BoxPx::new(inner.left, bottom, inner.right, inner.bottom),
        }
    }

    /// Nothing but the map.
    fn bare(width: f32, height: f32) -> Self {
        Self {
            title: BoxPx::default(),
            map: BoxPx::new(0.0, 0.0, width, height),
            panel: BoxPx::default(),
            footer: BoxPx::default(),
        }
    }
}

/// The name of a place in one language; the other's where this has none.
pub(crate) fn name_of<'g>(place: &Place<'g>, tongue: Tongue) -> &'g str {
    match tongue.of(place.name_en, place.name_ar) {
        "" => tongue.of(place.name_ar, place.name_en),
        name => name,
    }
}

impl Line {
    /// The line as a shape, its baseline beginning at `origin`.
    pub(crate) fn at(self, origin: Px, color: Color, halo: Option<Halo>) -> Shape {
        self.turned(origin, 0.0, color, halo)
    }

    /// The same, turned clockwise about `origin`.
    pub(crate) fn turned(
        self,
        origin: Px,
        turn_rad: f32,
        color: Color,
        halo: Option<Halo>,
    ) -> Shape {
        Shape::Text(Text {
            text: self.text,
            direction: self.direction,
            width_px: self.width_px,
            glyphs: self.glyphs,
            size_px: self.size_px,
            origin,
            turn_rad,
            color,
            halo,
        })
    }
}
