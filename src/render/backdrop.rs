//! Places without evidence, for orientation only.

use crate::gazetteer::{Kind, PlaceId};
use crate::projection::BoxPx;
use crate::render::block::name_block;
use crate::render::candidate::{Field, Request};
use crate::render::label;
use crate::render::legend::{Mark, Shown};
use crate::render::scene::{Path, Pen, PlacedLabel, Scene};
use crate::render::sheet::Sheet;

/// Places without evidence: a small grey dot and name, only where both find room.
/// `is_shown` tells the places that have evidence.
pub(crate) fn draw(
    sheet: &Sheet,
    scene: &mut Scene,
    shown: &mut Shown,
    (field, is_shown): (&mut Field, &dyn Fn(PlaceId) -> bool),
) {
    let look = &sheet.style.place;
    let mut places: Vec<(PlaceId, Kind)> = (sheet.input.gazetteer.iter())
        .filter(|(id, place)| place.kind.is_settlement() && !is_shown(*id))
        .filter(|(_, place)| place.kind != Kind::Neighbourhood)
        .map(|(id, place)| (id, place.kind))
        .collect();
    places.sort_by_key(|(id, kind)| (*kind, *id));
    let reach = sheet.pt(look.no_evidence_pt);
    for (id, _) in places {
        let place = sheet.input.gazetteer.place(id);
        let at = sheet.projection().to_px(place.point.into());
        let symbol = BoxPx::around(at, reach + field.apart);
        if !field.bounds.covers(&symbol) || field.blocks.iter().any(|b| b.overlaps(&symbol)) {
            continue;
        }
        let size = sheet.style.label.no_evidence_pt;
        let block = name_block(sheet, id, sheet.style.label.soft_ink, Some(size));
        let request = Request {
            at,
            radius: reach,
            size: block.size,
            rank: 0,
            leads: 0,
        };
        let Some(spot) = label::place(std::slice::from_ref(&request), field).swap_remove(0) else {
            continue;
        };
        field.blocks.push(symbol);
        field.keep(&spot);
        shown.mark(Mark::NoEvidence);
        let dot = Path::circle(at, reach);
        scene.line(dot.clone(), Pen::solid(look.ring, sheet.pt(look.ring_pt)));
        scene.fill(dot, look.no_evidence);
        scene.labels.push(PlacedLabel {
            place: id,
            area: spot.area,
        });
        block.draw(scene, &spot.area, spot.side, Some(sheet.halo()));
    }
}
