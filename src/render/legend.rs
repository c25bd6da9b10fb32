//! The legend: only what the map shows, in a fixed order.

use std::collections::BTreeSet;

use crate::actor::ActorId;
use crate::change::GroundChange;
use crate::front::Holder;
use crate::gazetteer::Kind;
use crate::projection::{BoxPx, Px};
use crate::render::locator::foot_pt;
use crate::render::paragraph::{Setting, broken, hang};
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::symbol::{self, Fill};
use crate::render::trace::is_inside;
use crate::render::words::{Lang, Tongue};
use crate::render::{change, control, ground};

/// Something that the legend explains, in the order in which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Contested,
    NoData,
    FrontLand,
    FrontRiver,
    FrontBefore,
    Pocket,
    Shared,
    Fought,
    Partial,
    Lost,
    Unknown,
    Stale,
    NoEvidence,
    Changed,
    River,
    Valley,
    Border,
    Subdistrict,
    Road,
    Limit,
}

/// What the map turned out to show.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    actors: BTreeSet<ActorId>,
    kinds: BTreeSet<Kind>,
    marks: BTreeSet<Mark>,
    /// Positions of the grounds that changed hands.
    changes: BTreeSet<usize>,
}

impl Shown {
    pub(crate) fn actor(&mut self, actor: ActorId) {
        self.actors.insert(actor);
    }

    /// An actor whose colour a symbol bears.
    pub(crate) fn holder(&mut self, actor: ActorId) {
        self.actors.insert(actor);
    }

    pub(crate) fn kind(&mut self, kind: Kind) {
        self.kinds.insert(kind);
    }

    pub(crate) fn change(&mut self, index: usize) {
        self.changes.insert(index);
    }

    /// Takes over what another map shows.
    pub(crate) fn join(&mut self, other: Self) {
        self.actors.extend(other.actors);
        self.kinds.extend(other.kinds);
        self.marks.extend(other.marks);
        self.changes.extend(other.changes);
    }

    pub(crate) fn mark(&mut self, mark: Mark) {
        self.marks.insert(mark);
    }

    /// True when some of the area lies on the map.
    pub(crate) fn is_on_map(&self, rings: &[Vec<Px>], map: &BoxPx) -> bool {
        rings.iter().flatten().any(|p| map.contains(*p)) || is_inside(rings, map.centre())
    }
}

/// One line of the legend.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Entry {
    Heading(&'static str),
    Actor(ActorId),
    Kind(Kind),
    Mark(Mark),
    Change(usize),
}

/// Draws the legend into the panel, smaller when it would not fit; gives its lower edge.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene, shown: &Shown) -> f32 {
    let entries = entries(shown);
    let room = sheet.panel.height() - sheet.pt(foot_pt(sheet));
    let height = |scale: f32| {
        entries
            .iter()
            .map(|e| set(sheet, None, e, scale, 0.0))
            .sum::<f32>()
    };
    let scales = [1.12, 1.06, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6];
    let scale = scales
        .into_iter()
        .find(|s| height(*s) <= room)
        .unwrap_or(0.55);
    let mut top = sheet.panel.top;
    for entry in &entries {
        top += set(sheet, Some(scene), entry, scale, top);
    }
    top
}

fn entries(shown: &Shown) -> Vec<Entry> {
    let marks = |from: Mark, to: Mark| shown.marks.range(from..=to).map(|mark| Entry::Mark(*mark));
    let mut entries = Vec::new();
    if !shown.changes.is_empty() {
        entries.push(Entry::Heading("changed"));
        entries.extend(shown.changes.iter().map(|index| Entry::Change(*index)));
    }
    entries.push(Entry::Heading("control"));
    entries.extend(shown.actors.iter().map(|actor| Entry::Actor(*actor)));
    entries.extend(marks(Mark::Contested, Mark::Contested));
    entries.push(Entry::Mark(Mark::NoData));
    entries.extend(marks(Mark::FrontLand, Mark::Pocket));
    entries.push(Entry::Heading("places"));
    entries.extend(shown.kinds.iter().map(|kind| Entry::Kind(*kind)));
    entries.extend(marks(Mark::Shared, Mark::Changed));
    entries.push(Entry::Heading("ground"));
    entries.extend(marks(Mark::River, Mark::Limit));
    entries
}

/// Draws one entry (or only measures it, without a scene); gives its height.
fn set(sheet: &Sheet, scene: Option<&mut Scene>, entry: &Entry, scale: f32, top: f32) -> f32 {
    let is_heading = matches!(entry, Entry::Heading(_));
    let sizes = &sheet.style.sizes;
    let size_pt = scale
        * if is_heading {
            sizes.heading
        } else {
            sizes.legend
        };
    let em = sheet.pt(size_pt);
    let rows = rows(sheet, entry, size_pt);
    let lead = if is_heading { em * 0.75 } else { em * 0.3 };
    let height = lead + em * 1.3 * rows.len() as f32 + if is_heading { em * 0.45 } else { 0.0 };
    let Some(scene) = scene else { return height };
    let area = text_area(sheet, is_heading, scale);
    let mut baseline = top + lead + em * 0.95;
    for row in &rows {
        for (text, setting) in row {
            let line = sheet.line(text, setting.tongue, setting.weight, setting.size_pt);
            let origin = hang(&line, setting.tongue.direction(), &area, baseline);
            scene.shapes.push(line.at(origin, setting.color, None));
        }
        baseline += em * 1.3;
    }
    if is_heading {
        let y = baseline - em * 0.85;
        let rule = Path::line(&[Px::new(area.left, y), Px::new(area.right, y)]);
        scene.line(rule, Pen::solid(sheet.style.page.soft_ink, sheet.pt(0.4)));
    } else {
        let middle = top + lead + em * 1.3 * rows.len() as f32 / 2.0;
        draw_swatch(sheet, scene, entry, &swatch(sheet, scale, middle));
    }
    height
}

/// The panel, or what the swatches leave of it.
fn text_area(sheet: &Sheet, is_heading: bool, scale: f32) -> BoxPx {
    let mut area = sheet.panel;
    if !is_heading {
        let taken = sheet.pt(27.0 * scale);
        match sheet.options.lang {
            Lang::Ar => area.right -= taken,
            Lang::En | Lang::Both => area.left += taken,
        }
    }
    area
}

fn swatch(sheet: &Sheet, scale: f32, middle: f32) -> BoxPx {
    let (width, height) = (sheet.pt(21.0 * scale), sheet.pt(8.4 * scale));
    let left = match sheet.options.lang {
        Lang::Ar => sheet.panel.right - width,
        Lang::En | Lang::Both => sheet.panel.left,
    };
    BoxPx::new(
        left,
        middle - height / 2.0,
        left + width,
        middle + height / 2.0,
    )
}

/// The words of an entry in rows: both languages on one row where they fit, else below each other.
fn rows(sheet: &Sheet, entry: &Entry, size_pt: f32) -> Vec<Vec<(String, Setting)>> {
    let is_heading = matches!(entry, Entry::Heading(_));
    let area = text_area(sheet, is_heading, size_pt / sheet.style.sizes.legend);
    let page = &sheet.style.page;
    let mut lines = Vec::new();
    // English first here: it stands beside the swatch.
    for tongue in sheet.tongues().iter().rev() {
        let setting = Setting {
            tongue: *tongue,
            weight: if is_heading {
                Weight::Bold
            } else {
                Weight::Regular
            },
            size_pt,
            color: page.ink,
        };
        let text = words(sheet, entry, *tongue);
        let broken = broken(sheet, &text, &setting, area.width());
        lines.extend(broken.into_iter().map(|line| (line, setting)));
    }
    let width =
        |(text, s): &(String, Setting)| sheet.line(text, s.tongue, s.weight, s.size_pt).width_px;
    let total: f32 = lines.iter().map(width).sum();
    if lines.len() == 2 && sheet.options.lang == Lang::Both && total + sheet.pt(8.0) <= area.width()
    {
        return vec![lines];
    }
    lines.into_iter().map(|line| vec![line]).collect()
}

fn words(sheet: &Sheet, entry: &Entry, tongue: Tongue) -> String {
    let words = &sheet.words;
    match entry {
        Entry::Heading(key) => words.get(key, tongue),
        Entry::Actor(actor) => {
            let actor = sheet.input.actors.actor(*actor);
            tongue.of(&actor.name_en, &actor.name_ar).to_owned()
        }
        Entry::Change(index) => changed(sheet, *index, tongue),
        Entry::Kind(kind) => words.get(kind.as_str(), tongue),
        Entry::Mark(mark) => {
            let days = sheet.input.region.stale_days.to_string();
            let since = sheet.options.changed.as_ref().map(|changed| changed.since);
            let from = sheet
                .compared
                .map(|compared| compared.change.from)
                .or(since);
            let from = from.map_or_else(String::new, |day| words.date(day, tongue));
            let key = match mark {
                Mark::Changed if sheet.days.len() > 1 => "place_changed_between",
                mark => key(*mark),
            };
            words.filled(key, tongue, &[("n", &days), ("date", &from)])
        }
    }
}

/// Who had the ground, who has it, how much it is.
fn changed(sheet: &Sheet, index: usize, tongue: Tongue) -> String {
    let words = &sheet.words;
    let Some(ground) = ground_at(sheet, index) else {
        return String::new();
    };
    let name = |holder: Option<Holder>| match holder {
        Some(Holder::Actor(actor)) => {
            let actor = sheet.input.actors.actor(actor);
            tongue.of(&actor.short_en, &actor.short_ar).to_owned()
        }
        Some(Holder::Contested) => words.get("contested", tongue),
        None => words.get("no_data", tongue),
    };
    let (from, to) = (name(ground.before), name(ground.after));
    let decimals = if ground.area_km2 < 10.0 { 1 } else { 0 };
    let n = format!("{:.decimals$}", ground.area_km2);
    words.filled("change", tongue, &[("from", &from), ("to", &to), ("n", &n)])
}

fn ground_at<'a>(sheet: &Sheet<'a>, index: usize) -> Option<&'a GroundChange> {
    sheet.compared?.change.grounds.get(index)
}

fn key(mark: Mark) -> &'static str {
    match mark {
        Mark::Contested => "contested",
        Mark::NoData => "no_data",
        Mark::FrontLand => "front_land",
        Mark::FrontRiver => "front_river",
        Mark::FrontBefore => "front_before",
        Mark::Pocket => "pocket",
        Mark::Shared => "shared",
        Mark::Fought => "fought",
        Mark::Partial => "partial",
        Mark::Lost => "lost",
        Mark::Unknown => "unknown",
        Mark::Stale => "stale",
        Mark::NoEvidence => "no_evidence",
        Mark::Changed => "place_changed",
        Mark::River => "river",
        Mark::Valley => "valley",
        Mark::Border => "border",
        Mark::Subdistrict => "subdistrict",
        Mark::Road => "road",
        Mark::Limit => "limit",
    }
}

fn ring(area: &BoxPx) -> Vec<Vec<Px>> {
    vec![area.corners().to_vec()]
}

fn draw_swatch(sheet: &Sheet, scene: &mut Scene, entry: &Entry, area: &BoxPx) {
    match entry {
        Entry::Heading(_) => {}
        Entry::Actor(actor) => {
            scene.fill(Path::of_box(area), sheet.style.ground.land);
            let coat = control::coat(sheet, *actor);
            control::draw_held(sheet, scene, &ring(area), coat);
        }
        Entry::Kind(kind) => {
            let fill = Fill::Whole(sheet.style.place.unknown.mixed(sheet.style.page.ink, 0.35));
            symbol::draw(sheet, scene, (area.centre(), *kind), &fill);
        }
        Entry::Mark(mark) => draw_mark(sheet, scene, *mark, area),
        Entry::Change(index) => {
            scene.fill(Path::of_box(area), sheet.style.ground.land);
            if let Some(ground) = ground_at(sheet, *index) {
                change::draw_ground(sheet, scene, ground, &ring(area));
            }
        }
    }
}

fn draw_mark(sheet: &Sheet, scene: &mut Scene, mark: Mark, area: &BoxPx) {
    let ends = [
        Px::new(area.left, area.centre().y),
        Px::new(area.right, area.centre().y),
    ];
    let path = Path::line(&ends);
    let mut strokes = |pens: &[Pen]| {
        for pen in pens {
            scene.line(path.clone(), pen.clone());
        }
    };
    match mark {
        Mark::FrontLand => strokes(&control::front_pens(sheet, false, false)),
        Mark::FrontRiver => {
            strokes(&ground::river_pens(sheet, false));
            strokes(&control::front_pens(sheet, true, false)[1..]);
        }
        Mark::River => strokes(&ground::river_pens(sheet, false)),
        Mark::Border => strokes(&[ground::border_pen(sheet)]),
        Mark::Subdistrict => {
            strokes(&[ground::subdistrict_pen(
                sheet,
                sheet.style.ground.subdistrict,
            )]);
        }
        Mark::FrontBefore => strokes(&[change::before_pen(sheet)]),
        Mark::Road => strokes(&ground::road_pens(sheet)),
        Mark::Limit => strokes(&[ground::limit_pen(sheet)]),
        Mark::Contested | Mark::NoData | Mark::Pocket | Mark::Valley => {
            draw_area_mark(sheet, scene, mark, area);
        }
        _ => draw_point_mark(sheet, scene, mark, area.centre()),
    }
}

fn draw_area_mark(sheet: &Sheet, scene: &mut Scene, mark: Mark, area: &BoxPx) {
    let land = &sheet.style.ground;
    scene.fill(Path::of_box(area), land.land);
    match mark {
        Mark::Contested => control::draw_contested(sheet, scene, &ring(area)),
        Mark::Pocket => scene.line(Path::of_box(area), control::pocket_pen(sheet)),
        Mark::Valley => {
            let tint = land.valley.with_opacity(land.valley_opacity);
            scene.fill(Path::of_box(area), tint);
        }
        _ => {
            let edge = Pen::solid(sheet.style.page.soft_ink, sheet.pt(0.4));
            scene.line(Path::of_box(area), edge);
        }
    }
}

fn draw_point_mark(sheet: &Sheet, scene: &mut Scene, mark: Mark, at: Px) {
    let look = &sheet.style.place;
    let dark = look.unknown.mixed(sheet.style.page.ink, 0.55);
    let fill = match mark {
        Mark::Shared => Fill::Parts(vec![dark, look.unknown]),
        Mark::Fought => Fill::Whole(sheet.style.control.contested),
        Mark::Partial => Fill::Half(dark),
        Mark::Lost => Fill::Rim(dark),
        Mark::Stale => Fill::Whole(dark.mixed(look.ring, sheet.style.control.stale_fade)),
        Mark::NoEvidence => {
            scene.fill(
                Path::circle(at, sheet.pt(look.no_evidence_pt)),
                look.no_evidence,
            );
            return;
        }
        Mark::Changed => {
            symbol::draw_changed(sheet, scene, (at, Kind::Town));
            Fill::Whole(dark)
        }
        _ => Fill::Whole(look.unknown),
    };
    symbol::draw(sheet, scene, (at, Kind::Town), &fill);
}
