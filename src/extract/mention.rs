//! Which names of places are mentions: names inside persons' names, datelines and ordinary words
//! are not.

mod bare;
mod cue;
mod dateline;
mod person;

use std::collections::BTreeSet;

use bare::{is_alone, lies_near};
use cue::has_cue;
use dateline::datelines;
pub(super) use person::{is_name_like, is_person, is_unknown_name};

use super::Words;
use super::annotate::{Item, ItemKind};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::text::{Text, TokenKind};

/// Letters of words that are seldom names where nothing tells so.
const SHORT: usize = 4;

/// Mentions before and behind a bare name of which one tells that it is a place's.
const AROUND: usize = 8;

/// Namesakes of one name that are kept in mind.
const MOST_SETTLED: usize = 8;

/// Reads the place names of `items` and turns those that are no mentions into plain words.
pub(crate) fn settle(text: &Text, items: &mut [Item], gazetteer: &Gazetteer, words: &Words) {
    let datelines = datelines(text, items, words);
    let mut settled: BTreeSet<PlaceId> = BTreeSet::new();
    let mut mentions: Vec<(usize, &[PlaceId])> = Vec::new();
    let mut doubtful: Vec<(usize, &[PlaceId])> = Vec::new();
    for at in 0..items.len() {
        let ItemKind::Place(places) = items[at].kind else {
            continue;
        };
        // "The village of NAME ... cleared NAME": named as a place before, it is one as an object.
        let is_known = || {
            let is_object = at > 0
                && items[at - 1]
                    .classes
                    .meets(words.walls.and(words.preposition));
            // "That NAME has come under": said of it.
            let is_said = at > 0
                && items[at - 1].classes.meets(words.that)
                && (items.get(at + 1))
                    .is_some_and(|next| next.classes.meets(words.become_state.and(words.holding)));
            (is_object || is_said) && places.iter().any(|place| settled.contains(place))
        };
        let is_name = !datelines.contains(&at) && !is_person(text, items, at, words);
        if is_name && (has_cue(text, items, at, gazetteer, words) || is_known()) {
            settled.extend(places.iter().take(MOST_SETTLED));
            mentions.push((at, places));
            continue;
        }
        if is_name && is_alone(text, items, at, words) {
            doubtful.push((at, places));
        }
        items[at].kind = ItemKind::Word;
    }
    for (at, places) in doubtful {
        let behind = mentions.partition_point(|(other, _)| *other < at);
        let around =
            &mentions[behind.saturating_sub(AROUND)..(behind + AROUND).min(mentions.len())];
        if lies_near(places, around, gazetteer) {
            items[at].kind = ItemKind::Place(places);
        }
    }
}

/// A name of more letters than words have that are seldom names.
fn is_long(text: &Text, item: &Item) -> bool {
    let letters = words_of(text, item).map(|word| word.chars().count());
    letters.sum::<usize>() > SHORT
}

/// The folded words of an item, without its marks.
pub(super) fn words_of<'t>(text: &'t Text, item: &Item) -> impl Iterator<Item = &'t str> + use<'t> {
    let end = item.span.end;
    text.tokens()[item.token..]
        .iter()
        .take_while(move |token| token.span.start < end)
        .filter(|token| !matches!(token.kind, TokenKind::Mark(_)))
        .map(|token| text.folded(token))
}
