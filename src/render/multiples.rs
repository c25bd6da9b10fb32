//! Small multiples: the maps of several days side by side on one sheet, under one title and beside
//! one legend (Tufte, *Envisioning Information*, 1990, chapter 4).
//!
//! All maps show the same ground at the same scale, and a name stands at the same place in each
//! where that place is free. Only cities and towns are named: the maps are small.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::error::{Error, Result};
use crate::projection::{BoxPx, Projection};
use crate::render::paragraph::{Setting, set_line};
use crate::render::scene::{Path, Pen, PlacedLabel, Scene, Shape};
use crate::render::shape::Weight;
use crate::render::sheet::{Sheet, project};
use crate::render::trace::Tracer;
use crate::render::words::Tongue;
use crate::render::{
    Changed, MapInput, MapOptions, Style, check, draw_map, furniture, legend, locator, place, strip,
};

/// Lines and letters of the maps, against those of a map on a sheet of its own.
const SCALE: f32 = 0.74;
/// A map smaller than this, in pixels, shows nothing.
const LEAST_PX: f32 = 160.0;
/// Height of a sheet that leaves room for the legend, by its width.
const LEAST_HEIGHT: f32 = 0.62;
/// Height of the line above each map, in ems of its letters.
const CAPTION_EM: f32 = 1.7;
/// Room between two maps, in points.
const GAP_PT: f32 = 7.0;

/// One of the maps.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    /// What it is drawn from.
    pub input: MapInput<'a>,
    /// What changed since an earlier day, to be ringed.
    pub changed: Option<Changed>,
}

/// Decides everything about a sheet of several days, in the order given. Without a number of
/// columns there are as many as let the maps be largest. The sheet is as wide as asked for, and no
/// higher than its maps and its legend need.
///
/// # Errors
///
/// [`Error::Argument`] when there is no day, when the maps would be too small to read, and as
/// [`crate::render::compose`].
pub fn compose_multiples(
    cells: &[Cell],
    style: &Style,
    options: &MapOptions,
    columns: Option<u16>,
) -> Result<Scene> {
    check(options)?;
    let [first, ..] = cells else {
        return Err(Error::argument("--sheet", "there is no day to draw"));
    };
    let last = cells.last().unwrap_or(first);
    let whole = Sheet::new(&last.input, style, options);
    let grid = Grid::of(&whole, cells.len(), columns)?;
    let options = &MapOptions {
        size_px: (options.size_px.0, grid.height_of(&whole)),
        dpi: Some(whole.dpi()),
        ..options.clone()
    };
    let mut sheet = Sheet::new(&last.input, style, options);
    sheet.days = cells.iter().map(|cell| cell.input.snapshot).collect();
    let own: Vec<MapOptions> = cells.iter().map(|cell| options_of(cell, options)).collect();
    let maps: Vec<Sheet> = (cells.iter().zip(&own))
        .map(|(cell, options)| sheet.cell(&cell.input, options, (grid.size, SCALE)))
        .collect();
    let whole = BoxPx::new(0.0, 0.0, grid.size.0, grid.size.1);
    sheet.tracer = Tracer::new(project(&last.input, options, whole), &[]);
    let mut scene = sheet.blank_scene();
    let shown = draw_cells(&sheet, &mut scene, maps, &grid);
    if options.has_furniture {
        furniture::draw(&sheet, &mut scene);
        strip::draw(&sheet, &mut scene);
        legend::draw(&sheet, &mut scene, &shown);
        locator::draw(&sheet, &mut scene);
    }
    Ok(scene)
}

fn options_of(cell: &Cell, options: &MapOptions) -> MapOptions {
    MapOptions {
        changed: cell.changed.clone(),
        ..options.clone()
    }
}

/// Draws the maps, each in its box with its day above; gives what they show.
fn draw_cells(sheet: &Sheet, scene: &mut Scene, maps: Vec<Sheet>, grid: &Grid) -> legend::Shown {
    let width_px = sheet.pt(sheet.style.page.frame_pt * 0.7);
    let frame = Pen::solid(sheet.style.page.ink, width_px);
    let plan = place::plan(&maps);
    let mut left_out = BTreeSet::new();
    let mut shown = legend::Shown::default();
    for (index, mut map) in maps.into_iter().enumerate() {
        let area = grid.area(sheet, index);
        map.plan = Some(&plan);
        let (drawn, seen) = draw_map(&map);
        shown.join(seen);
        left_out.extend(drawn.left_out);
        let labels = drawn.labels.into_iter();
        scene.labels.extend(labels.map(|label| PlacedLabel {
            area: label.area.moved(area.left, area.top),
            ..label
        }));
        scene.shapes.push(Shape::Inset(area, drawn.shapes));
        scene.line(Path::of_box(&area), frame.clone());
        draw_caption(sheet, scene, map.input.snapshot.date, &area);
    }
    scene.left_out = left_out.into_iter().collect();
    shown
}

/// Writes the day above a map, each language from its own side, smaller where they would meet.
fn draw_caption(sheet: &Sheet, scene: &mut Scene, day: Date, area: &BoxPx) {
    let set = |tongue: Tongue, size_pt: f32| Setting {
        tongue,
        weight: Weight::Bold,
        size_pt,
        color: sheet.style.page.accent,
    };
    let words = |tongue| sheet.words.shorter_date(day, tongue);
    let size_pt = sheet.style.sizes.heading;
    let widths = sheet.tongues().iter().map(|tongue| {
        let line = sheet.line(&words(*tongue), *tongue, Weight::Bold, size_pt);
        line.width_px
    });
    let needed: f32 = widths.sum::<f32>() + sheet.pt(size_pt);
    let size_pt = size_pt * (area.width() / needed).min(1.0);
    let baseline = area.top - sheet.pt(size_pt * 0.45);
    for tongue in sheet.tongues() {
        let setting = set(*tongue, size_pt);
        set_line(sheet, scene, (&words(*tongue), &setting), area, baseline);
    }
}

/// Rows and columns of maps of one size.
struct Grid {
    columns: usize,
    rows: usize,
    /// Width and height of each map, whole pixels.
    size: (f32, f32),
    /// Height of the line above each map.
    caption: f32,
}

impl Grid {
    /// So many maps in so many columns, or in those that let the maps be largest.
    fn of(sheet: &Sheet, count: usize, columns: Option<u16>) -> Result<Self> {
        let scale = |grid: &Self| {
            let map = BoxPx::new(0.0, 0.0, grid.size.0.max(1.0), grid.size.1.max(1.0));
            project(sheet.input, sheet.options, map).px_per_km()
        };
        let best = (1..=count)
            .map(|columns| Self::with(sheet, count, columns))
            .max_by(|a, b| scale(a).total_cmp(&scale(b)));
        let asked = columns.map(|columns| usize::from(columns).clamp(1, count));
        let asked = asked.map(|columns| Self::with(sheet, count, columns));
        let grid = asked.or(best).filter(|grid| {
            let (width, height) = grid.size;
            width.min(height) >= LEAST_PX
        });
        grid.ok_or_else(|| {
            let problem = format!(
                "{count} maps on one sheet would be under {LEAST_PX} pixels wide or high; give a larger --size, a longer --step or other --columns"
            );
            Error::argument("--sheet", problem)
        })
    }

    fn with(sheet: &Sheet, count: usize, columns: usize) -> Self {
        let area = area(sheet);
        let rows = count.div_ceil(columns);
        let gap = sheet.pt(GAP_PT);
        let caption = sheet.pt(sheet.style.sizes.heading * CAPTION_EM);
        let side = |length: f32, count: usize| {
            ((length - gap * (count - 1) as f32) / count as f32).floor()
        };
        let room = (
            side(area.width(), columns),
            side(area.height(), rows) - caption,
        );
        Self {
            columns,
            rows,
            size: shaped(sheet, room),
            caption,
        }
    }

    /// The height of a sheet without room to spare below the maps; the legend needs some too.
    fn height_of(&self, sheet: &Sheet) -> u32 {
        let used = self.area(sheet, (self.rows - 1) * self.columns).bottom - area(sheet).top;
        let spare = (area(sheet).height() - used).max(0.0) as u32;
        let (width, height) = sheet.options.size_px;
        let least = (width as f32 * LEAST_HEIGHT) as u32;
        (height - spare).max(least.min(height))
    }

    /// The box of the map at `index`; rows are filled as the sheet is read.
    fn area(&self, sheet: &Sheet, index: usize) -> BoxPx {
        let (row, column) = (index / self.columns, index % self.columns);
        let (width, height) = self.size;
        let (whole, gap) = (area(sheet), sheet.pt(GAP_PT));
        let across = (width + gap) * column as f32;
        let left = if sheet.is_mirrored() {
            whole.right - width - across
        } else {
            whole.left + across
        };
        let top = whole.top + (self.caption + height + gap) * row as f32 + self.caption;
        let (left, top) = (left.round(), top.round());
        BoxPx::new(left, top, left + width, top + height)
    }
}

/// The largest box in a room that has the shape of what is shown.
fn shaped(sheet: &Sheet, (width, height): (f32, f32)) -> (f32, f32) {
    let room = BoxPx::new(0.0, 0.0, width.max(1.0), height.max(1.0));
    let extent = sheet.options.extent.unwrap_or(sheet.input.region.extent);
    let laid = Projection::fit(extent, room);
    let (low, high) = (laid.to_px(extent.min()), laid.to_px(extent.max()));
    (
        width.min((high.x - low.x).ceil()),
        height.min((low.y - high.y).ceil()),
    )
}

/// The room for all maps: that of a single one, with the room for its figures.
fn area(sheet: &Sheet) -> BoxPx {
    let map = sheet.map;
    if !sheet.options.has_furniture {
        return map;
    }
    let bottom = sheet.footer.top - sheet.pt(1.0);
    BoxPx { bottom, ..map }
}
