//! Names that stand bare, with nothing around them that tells of a place: a place that the text names close
//! by on the ground tells it.

use super::person::{is_name_like, is_unknown_name};
use super::{MOST_SETTLED, is_long};
use crate::extract::annotate::Item;
use crate::extract::nearness::{Spot, nearest};
use crate::extract::words::Words;
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::lexicon::Features;
use crate::text::Text;

/// How near such a mention lies (`nearness.rs`): some twenty kilometres.
const CLOSE: f64 = 0.35;

/// Items beside a bare name in which a word of speaking tells that it is a person's.
const SPOKEN: usize = 3;

/// The name is no other word of the language, and nobody speaks or has a second name beside it.
pub(super) fn is_alone(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
    let item = &items[at];
    let is_plain = item.classes.is_empty()
        && is_name_like(text, item, words)
        && (words.has_capitals || is_long(text, item));
    let speaks = |item: &Item| item.classes.meets(words.report.and(words.title));
    let is_name = |item: &Item| words.has_capitals && is_unknown_name(text, item, words);
    let (before, behind) = (&items[..at], &items[at + 1..]);
    let is_in = item.features.any(Features::IN)
        || before
            .last()
            .is_some_and(|word| word.classes.meets(words.roles.inside));
    let mut beside = before
        .iter()
        .rev()
        .take(SPOKEN)
        .chain(behind.iter().take(SPOKEN));
    let mut next = before.last().into_iter().chain(behind.first());
    is_plain && !next.any(is_name) && (is_in || !beside.any(speaks))
}

/// One of the mentions before and behind lies close by. A capital is often its government and no
/// place.
pub(super) fn lies_near(
    name: &[PlaceId],
    others: &[(usize, &[PlaceId])],
    gazetteer: &Gazetteer,
) -> bool {
    let is_local = |id: &&PlaceId| !matches!(gazetteer.kind(**id), Kind::City | Kind::Country);
    let own = name.iter().filter(is_local).take(MOST_SETTLED);
    let others = others.iter();
    let others = others.flat_map(|(_, places)| places.iter().take(MOST_SETTLED));
    let spots: Vec<Spot> = others.map(|id| Spot::at(gazetteer.point(*id))).collect();
    nearest(own, &spots, gazetteer) > CLOSE
}
