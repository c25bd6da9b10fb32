//! The small map: where in the country the region lies.

use geo::{BoundingRect, Contains, Point};

use crate::basemap::NamedArea;
use crate::projection::{BoxPx, Projection};
use crate::render::scale::BAR_PT;
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::trace::Tracer;

/// Room between locator and scale bar, in points.
const GAP_PT: f32 = 6.0;
/// The part of its width that the country leaves free on each side.
const MARGIN: f64 = 0.06;
/// A mark smaller than this cannot be seen, in points.
const LEAST_MARK_PT: f32 = 5.0;

/// The room at the foot of the panel that is not the legend's: locator, arrow and scale bar.
pub(crate) fn foot_pt(sheet: &Sheet) -> f32 {
    sheet.style.locator.height_pt + BAR_PT + GAP_PT * 2.0
}

/// The country that is shown: the one with the middle of the map.
fn home<'a>(sheet: &Sheet<'a>) -> Option<&'a NamedArea> {
    let middle = Point::from(sheet.projection().visible().center());
    let mut countries = sheet.input.basemap.locator.iter();
    countries.find(|country| country.area.contains(&middle))
}

/// Draws the country, its neighbours and the frame of the map.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    let Some(home) = home(sheet) else { return };
    let Some(around) = home.area.bounding_rect() else {
        return;
    };
    let look = &sheet.style.locator;
    let (x, y) = (around.width() * MARGIN, around.height() * MARGIN);
    let extent = geo::Rect::new(
        (around.min().x - x, around.min().y - y),
        (around.max().x + x, around.max().y + y),
    );
    let frame = frame(sheet, extent.width() / extent.height() * 0.82);
    let tracer = Tracer::new(Projection::fit(extent, frame), &[]).only_inside();
    scene.fill(Path::of_box(&frame), look.sea);
    for country in &sheet.input.basemap.locator {
        let mut path = Path::default();
        for ring in tracer.rings(&country.area) {
            path.add_ring(&ring);
        }
        let is_home = country.id == home.id;
        scene.fill(path.clone(), if is_home { look.home } else { look.land });
        scene.line(path, Pen::solid(look.edge, sheet.pt(look.edge_pt)));
    }
    draw_name(sheet, scene, &tracer, home);
    draw_mark(sheet, scene, &tracer);
    let edge = Pen::solid(
        sheet.style.page.ink,
        sheet.pt(sheet.style.page.frame_pt * 0.6),
    );
    scene.line(Path::of_box(&frame), edge);
}

/// Its place above the scale bar, at the side where the swatches of the legend stand.
fn frame(sheet: &Sheet, shape: f64) -> BoxPx {
    let height = sheet.pt(sheet.style.locator.height_pt);
    let width = (height / shape.recip() as f32).min(sheet.panel.width() - sheet.pt(36.0));
    let bottom = sheet.panel.bottom - sheet.pt(BAR_PT + GAP_PT);
    let left = if sheet.is_mirrored() {
        sheet.panel.right - width
    } else {
        sheet.panel.left
    };
    BoxPx::new(left, bottom - height, left + width, bottom)
}

/// The name of the country in its middle, left of the mark where that is in the way.
fn draw_name(sheet: &Sheet, scene: &mut Scene, tracer: &Tracer, home: &NamedArea) {
    let Some(around) = home.area.bounding_rect() else {
        return;
    };
    let middle = tracer.projection.to_px(around.center());
    let size = sheet.style.locator.name_pt;
    let mut baseline = middle.y;
    for tongue in sheet.tongues() {
        let name = tongue.of(&home.name_en, &home.name_ar);
        let line = sheet.line(name, *tongue, Weight::Regular, size);
        let origin = crate::projection::Px::new(middle.x - line.width_px / 2.0, baseline);
        scene
            .shapes
            .push(line.at(origin, sheet.style.page.soft_ink, None));
        baseline += sheet.pt(size * 1.25);
    }
}

/// The frame of the map; large enough to be seen.
fn draw_mark(sheet: &Sheet, scene: &mut Scene, tracer: &Tracer) {
    let look = &sheet.style.locator;
    let visible = sheet.projection().visible();
    let low = tracer.projection.to_px(visible.min());
    let high = tracer.projection.to_px(visible.max());
    let area = BoxPx::new(low.x, high.y, high.x, low.y);
    let least = sheet.pt(LEAST_MARK_PT) / 2.0;
    let middle = area.centre();
    let area = BoxPx::new(
        area.left.min(middle.x - least),
        area.top.min(middle.y - least),
        area.right.max(middle.x + least),
        area.bottom.max(middle.y + least),
    );
    scene.fill(Path::of_box(&area), look.mark.with_opacity(0.25));
    scene.line(
        Path::of_box(&area),
        Pen::solid(look.mark, sheet.pt(look.mark_pt)),
    );
}
