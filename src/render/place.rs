//! Places on the map: their symbols, their names, and what had to be left out.

use std::collections::BTreeMap;

use geo::{Area, Centroid};

use crate::gazetteer::{Kind, PlaceId};
use crate::projection::{BoxPx, Px};
use crate::render::area_name;
use crate::render::backdrop;
use crate::render::block::{Block, name_block};
use crate::render::candidate::{Costly, Field, Request, Spot};
use crate::render::control::actor_color;
use crate::render::ground;
use crate::render::label;
use crate::render::legend::{Mark, Shown};
use crate::render::plan::Plan;
use crate::render::scene::{Color, Path, Pen, PlacedLabel, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::symbol::{self, Fill};
use crate::timeline::{Control, Holding};

/// Within this many kilometres of a front line or pocket a place is near the fighting.
const NEAR_KM: f32 = 4.0;

/// The last digit of the rank of a village; towns and cities have smaller ones.
const VILLAGE: u32 = 2;

/// How far a name may stand off on one of several maps.
const CELL_LEADS: usize = 4;

/// Something that is to have a label: a place with or without evidence, or a pocket.
struct Item {
    place: Option<PlaceId>,
    at: Px,
    kind: Kind,
    fill: Option<Fill>,
    block: Block,
    request: Request,
}

/// Draws every symbol and name, and records those for which there was no room.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) {
    let pockets = pocket_items(sheet);
    let evident = evidence_items(sheet, scene, shown);
    let (items, spots) = match sheet.plan {
        Some(plan) => draw_plan(scene, shown, (plan, pockets, evident)),
        None => {
            let items: Vec<Item> = pockets.into_iter().chain(evident).collect();
            let mut field = field(sheet, &items);
            let spots = label::place(&requests(&items), &field);
            spots.iter().flatten().for_each(|spot| field.keep(spot));
            area_name::draw(sheet, scene, &mut field);
            let is_shown = |id: PlaceId| sheet.input.snapshot.holding(id).is_some();
            backdrop::draw(sheet, scene, shown, (&mut field, &is_shown));
            (items, spots)
        }
    };
    draw_items(sheet, scene, shown, items, spots);
}

/// The names that stand in every picture of a series; gives the items of this day and where their
/// labels stand.
fn draw_plan(
    scene: &mut Scene,
    shown: &mut Shown,
    (plan, pockets, evident): (&Plan, Vec<Item>, Vec<Item>),
) -> (Vec<Item>, Vec<Option<Spot>>) {
    scene.shapes.extend(plan.shapes.iter().cloned());
    scene.labels.extend(plan.labels.iter().cloned());
    if !plan.labels.is_empty() {
        shown.mark(Mark::NoEvidence);
    }
    let mut spots = label::place(&requests(&pockets), &plan.field);
    let planned = |item: &Item| item.place.and_then(|place| plan.spots.get(&place).cloned());
    spots.extend(evident.iter().map(planned));
    (pockets.into_iter().chain(evident).collect(), spots)
}

fn requests(items: &[Item]) -> Vec<Request> {
    items.iter().map(|item| item.request.clone()).collect()
}

/// Finds one place for each name over all days of a series.
pub(crate) fn plan(sheets: &[Sheet]) -> Plan {
    let mut items: BTreeMap<PlaceId, Item> = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for sheet in sheets {
        let (mut scene, mut shown) = (sheet.blank_scene(), Shown::default());
        for item in evidence_items(sheet, &mut scene, &mut shown) {
            let Some(place) = item.place else { continue };
            let known = items.get(&place).map(|known| known.request.rank);
            if known.is_none_or(|rank| item.request.rank < rank) {
                items.insert(place, item);
            }
        }
        for line in field(sheet, &[]).lines {
            let ends = [line.from.x, line.from.y, line.to.x, line.to.y].map(f32::to_bits);
            lines.entry(ends).or_insert(line);
        }
    }
    let Some(sheet) = sheets.last() else {
        return Plan::default();
    };
    let (places, items): (Vec<PlaceId>, Vec<Item>) = items.into_iter().unzip();
    let mut field = field(sheet, &items);
    field.lines = lines.into_values().collect();
    let is_named = |item: &Item| !sheet.is_cell || item.request.rank % 10 < VILLAGE;
    let (named, items): (Vec<PlaceId>, Vec<Item>) = (places.iter().copied().zip(items))
        .filter(|(_, item)| is_named(item))
        .unzip();
    let spots = label::place(&requests(&items), &field);
    spots.iter().flatten().for_each(|spot| field.keep(spot));
    let (mut scene, mut shown) = (sheet.blank_scene(), Shown::default());
    area_name::draw(sheet, &mut scene, &mut field);
    let is_shown = |id: PlaceId| places.binary_search(&id).is_ok();
    if !sheet.is_cell {
        backdrop::draw(sheet, &mut scene, &mut shown, (&mut field, &is_shown));
    }
    let placed = named.into_iter().zip(spots);
    Plan {
        spots: placed
            .filter_map(|(place, spot)| Some((place, spot?)))
            .collect(),
        field,
        shapes: scene.shapes,
        labels: scene.labels,
    }
}

fn draw_items(
    sheet: &Sheet,
    scene: &mut Scene,
    shown: &mut Shown,
    items: Vec<Item>,
    spots: Vec<Option<Spot>>,
) {
    for (item, spot) in items.iter().zip(&spots) {
        draw_leader(sheet, scene, spot.as_ref());
        if spot.is_none() {
            scene.left_out.extend(item.place);
        }
    }
    // The most important symbol is drawn last, over its neighbours.
    let mut order: Vec<&Item> = items.iter().collect();
    order.sort_by_key(|item| std::cmp::Reverse(item.request.rank));
    let changed = sheet.options.changed.as_ref();
    let has_changed = |place: PlaceId| changed.is_some_and(|c| c.places.contains(&place));
    for item in order {
        if let Some(fill) = &item.fill {
            if item.place.is_some_and(has_changed) {
                shown.mark(Mark::Changed);
                symbol::draw_changed(sheet, scene, (item.at, item.kind));
            }
            symbol::draw(sheet, scene, (item.at, item.kind), fill);
        }
    }
    for (item, spot) in items.into_iter().zip(spots) {
        if let Some(spot) = spot {
            draw_label(sheet, scene, item, &spot);
        }
    }
}

fn draw_leader(sheet: &Sheet, scene: &mut Scene, spot: Option<&Spot>) {
    let look = &sheet.style.label;
    if let Some((from, to)) = spot.and_then(|spot| spot.leader) {
        let width_px = sheet.pt(look.leader_pt);
        let path = Path::line(&[from, to]);
        let casing = look.halo.with_opacity(0.8);
        scene.line(path.clone(), Pen::solid(casing, width_px * 3.0));
        scene.line(path, Pen::solid(look.leader, width_px));
    }
}

fn draw_label(sheet: &Sheet, scene: &mut Scene, item: Item, spot: &Spot) {
    if let Some(place) = item.place {
        scene.labels.push(PlacedLabel {
            place,
            area: spot.area,
        });
    }
    item.block
        .draw(scene, &spot.area, spot.side, Some(sheet.halo()));
}

/// One item for each place with evidence that has a symbol of its own on the map.
fn evidence_items(sheet: &Sheet, scene: &mut Scene, shown: &mut Shown) -> Vec<Item> {
    let mut items = Vec::new();
    for holding in &sheet.input.snapshot.holdings {
        let place = sheet.input.gazetteer.place(holding.place);
        let at = sheet.projection().to_px(place.point.into());
        let reach = symbol::radius(sheet, place.kind);
        if place.kind.is_area() || !sheet.map.covers(&BoxPx::around(at, reach)) {
            continue;
        }
        match under_town(sheet, holding, at) {
            Some(town) if town.control == holding.control => continue,
            Some(_) => scene.left_out.push(holding.place),
            None => items.push(evidence_item(sheet, shown, holding, at)),
        }
    }
    items
}

/// The town whose symbol hides that of a quarter, if the town has evidence of its own: many
/// quarters are known only by the point of their town.
fn under_town<'a>(sheet: &Sheet<'a>, holding: &Holding, at: Px) -> Option<&'a Holding> {
    let gazetteer = sheet.input.gazetteer;
    let place = gazetteer.place(holding.place);
    if place.kind != Kind::Neighbourhood {
        return None;
    }
    let town = sheet.input.snapshot.holding(place.parent?)?;
    let parent = gazetteer.place(town.place);
    let reach = symbol::radius(sheet, parent.kind) + symbol::radius(sheet, place.kind);
    let is_hidden = sheet.projection().to_px(parent.point.into()).distance(at) < reach;
    is_hidden.then_some(town)
}

fn evidence_item(sheet: &Sheet, shown: &mut Shown, holding: &Holding, at: Px) -> Item {
    let kind = sheet.input.gazetteer.place(holding.place).kind;
    shown.kind(kind);
    let fill = fill(sheet, holding, shown);
    let block = name_block(sheet, holding.place, sheet.style.label.ink, None);
    let tier = tier(sheet, holding, kind, at);
    let size = match kind {
        Kind::City => 0,
        Kind::Town => 1,
        _ => VILLAGE,
    };
    let leads = [12, 5, 3, 1][tier].max([12, 8, 1][size as usize]);
    let request = Request {
        at,
        radius: symbol::reach(sheet, kind),
        size: block.size,
        rank: tier as u32 * 10 + 10 + size,
        leads: leads.min(if sheet.is_cell { CELL_LEADS } else { leads }),
    };
    Item {
        place: Some(holding.place),
        at,
        kind,
        fill: Some(fill),
        block,
        request,
    }
}

/// Importance, 0 the highest: fresh evidence near the fighting; either of the two; neither;
/// quarters of towns and mere reports.
fn tier(sheet: &Sheet, holding: &Holding, kind: Kind, at: Px) -> usize {
    if holding.control == Control::Unknown || kind == Kind::Neighbourhood {
        return 3;
    }
    if is_of_pocket(sheet, holding.place) {
        return 0;
    }
    let is_near = holding.control.is_contested()
        || matches!(holding.control, Control::Partial(..))
        || is_near_fighting(sheet, holding.place, at);
    usize::from(!is_near) + usize::from(holding.is_stale)
}

/// A town of an area that is spoken of as a pocket: what the map is about, however old the news.
fn is_of_pocket(sheet: &Sheet, place: PlaceId) -> bool {
    let id = sheet.input.gazetteer.place(place).id;
    let mut groups = sheet.input.region.groups.iter();
    groups.any(|group| group.members.iter().any(|member| member == id))
}

/// Near a front line on land or a pocket, or in an area that is spoken of as a pocket. A river
/// front may be quiet for a year.
fn is_near_fighting(sheet: &Sheet, place: PlaceId, at: Px) -> bool {
    let front = &sheet.input.front;
    let near_px = NEAR_KM * sheet.projection().px_per_km();
    let is_near = |c: &geo::Coord<f64>| sheet.projection().to_px(*c).distance(at) < near_px;
    is_of_pocket(sheet, place)
        || front
            .lines
            .iter()
            .any(|l| !l.is_river && l.line.0.iter().any(is_near))
        || front.pockets.iter().any(|pocket| {
            let mut rings = pocket.area.iter().map(|polygon| polygon.exterior());
            rings.any(|ring| ring.0.iter().any(is_near))
        })
}

/// Colours of a symbol, faded where the evidence is stale.
fn fill(sheet: &Sheet, holding: &Holding, shown: &mut Shown) -> Fill {
    let fade = if holding.is_stale {
        shown.mark(Mark::Stale);
        sheet.style.control.stale_fade
    } else {
        0.0
    };
    let faded = |color: Color| color.mixed(sheet.style.place.ring, fade);
    let mut held_by = |actor| {
        shown.holder(actor);
        faded(actor_color(sheet, actor))
    };
    match &holding.control {
        Control::Held(actor) => Fill::Whole(held_by(*actor)),
        Control::Partial(actor, _) => {
            let fill = Fill::Half(held_by(*actor));
            shown.mark(Mark::Partial);
            fill
        }
        Control::Lost(actor) => {
            let fill = Fill::Rim(held_by(*actor));
            shown.mark(Mark::Lost);
            fill
        }
        Control::Contested(actors) | Control::Claimed(actors) if actors.len() > 1 => {
            let fill = Fill::Parts(actors.iter().map(|actor| held_by(*actor)).collect());
            shown.mark(Mark::Shared);
            fill
        }
        Control::Contested(_) | Control::Claimed(_) => {
            shown.mark(Mark::Fought);
            Fill::Whole(faded(sheet.style.control.contested))
        }
        Control::Unknown => {
            shown.mark(Mark::Unknown);
            Fill::Whole(faded(sheet.style.place.unknown))
        }
    }
}

/// The notes beside pockets of a stated size.
fn pocket_items(sheet: &Sheet) -> Vec<Item> {
    let mut items = Vec::new();
    for pocket in &sheet.input.front.pockets {
        // A pocket may lie in parts; its note belongs to the largest.
        let parts = pocket.area.iter();
        let largest = parts.max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
        let Some(middle) = largest.and_then(Centroid::centroid) else {
            continue;
        };
        let at = sheet.projection().to_px(middle.into());
        if !sheet.map.contains(at) {
            continue;
        }
        let n = format_km2(pocket.stated_km2);
        let size = sheet.style.label.village_pt;
        let mut lines = Vec::new();
        let (actor, words) = (sheet.input.actors.actor(pocket.actor), &sheet.words);
        for tongue in sheet.tongues() {
            let holder = tongue.of(&actor.short_en, &actor.short_ar);
            let values = [("actor", holder), ("n", n.as_str())];
            let area = words.filled("pocket_area", *tongue, &values);
            let note = words.get("pocket_note", *tongue);
            // On a small map the legend has to say it.
            let text = if sheet.is_cell {
                area
            } else {
                format!("{area} ({note})")
            };
            lines.push(sheet.line(&text, *tongue, Weight::Bold, size));
        }
        let block = Block::new(lines, sheet.style.page.accent, sheet.pt(size * 0.12));
        let request = Request {
            at,
            radius: pocket_radius(sheet, pocket.stated_km2),
            size: block.size,
            rank: 10,
            leads: 8,
        };
        items.push(Item {
            place: None,
            at,
            kind: Kind::Area,
            fill: None,
            block,
            request,
        });
    }
    items
}

/// The radius of a small pocket, so that its note stands beside it; a large one holds its note.
fn pocket_radius(sheet: &Sheet, stated_km2: f64) -> f32 {
    let radius_km = (stated_km2 / std::f64::consts::PI).sqrt() as f32;
    let radius = radius_km * sheet.projection().px_per_km();
    if radius < sheet.pt(40.0) {
        radius
    } else {
        sheet.pt(1.0)
    }
}

/// A stated area with no more digits than words would give it.
fn format_km2(area: f64) -> String {
    if area < 10.0 && (area - area.round()).abs() > 0.05 {
        format!("{area:.1}")
    } else {
        format!("{area:.0}")
    }
}

/// What labels must avoid: symbols, and the lines of the map at a price.
fn field(sheet: &Sheet, items: &[Item]) -> Field {
    let front = &sheet.input.front;
    let base = &sheet.input.basemap;
    let mut lines = Vec::new();
    let mut add = |line: &geo::LineString<f64>, (cover, cross, divides): (f32, f32, bool)| {
        for piece in sheet.tracer.line(line) {
            lines.extend(piece.windows(2).map(|pair| Costly {
                from: pair[0],
                to: pair[1],
                cover,
                cross,
                divides,
            }));
        }
    };
    let fronts = front.lines.iter();
    fronts.for_each(|l| add(&l.line, (2.0, 3.2, l.is_river)));
    let rivers = base.rivers.iter();
    rivers.for_each(|l| add(&l.line, (0.5, 2.4, ground::is_major(l))));
    let borders = base.border.iter();
    borders.for_each(|l| add(&l.line, (0.4, 0.5, false)));
    base.roads
        .iter()
        .for_each(|l| add(&l.line, (0.1, 0.0, false)));
    let symbols = items.iter().filter(|item| item.fill.is_some());
    Field {
        bounds: sheet.map.grown(-sheet.pt(3.0)),
        blocks: symbols
            .map(|item| BoxPx::around(item.at, item.request.radius))
            .collect(),
        lines,
        is_small: sheet.is_cell,
        gap: sheet.pt(sheet.style.label.gap_pt),
        apart: sheet.pt(sheet.style.label.apart_pt),
    }
}
