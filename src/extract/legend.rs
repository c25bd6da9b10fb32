//! Colours that stand for parties where a text says so: "yellow = SDF, black = IS".

use super::Words;
use super::annotate::{Item, ItemKind};
use super::names::Alias;
use crate::lexicon::ClassSet;

/// Items between a colour and the party that it stands for.
const APART: usize = 2;

/// Turns the words for colours into names of the parties that the text's own legend gives them.
/// A text without a legend is left as it is.
pub(crate) fn paint(items: &mut [Item], words: &Words) {
    let mut legend: Vec<(ClassSet, &[Alias])> = Vec::new();
    for at in 0..items.len() {
        if let Some(entry) = entry(items, at, words)
            && legend.iter().all(|(colour, _)| *colour != entry.0)
        {
            legend.push(entry);
        }
    }
    if legend.is_empty() {
        return;
    }
    for item in items {
        let party = legend.iter().find(|(colour, _)| *colour == item.classes);
        // Where a colour is a common name of another party, the text's own legend counts.
        if let (ItemKind::Word | ItemKind::Actor(_), Some((_, aliases))) = (&item.kind, party) {
            item.kind = ItemKind::Actor(aliases);
        }
    }
}

/// "Yellow = PARTY", "yellow for PARTY", "PARTY (yellow)", "PARTY in yellow".
fn entry<'n>(items: &[Item<'n>], at: usize, words: &Words) -> Option<(ClassSet, &'n [Alias])> {
    let item = &items[at];
    if !item.classes.meets(words.colour) {
        return None;
    }
    let is_sign = |item: &Item| {
        item.is_mark(&['=', ':', '-', '–', '—', '(']) || item.classes.meets(words.stands_for)
    };
    let party = |item: &Item<'n>| match item.kind {
        ItemKind::Actor(aliases) => Some(aliases),
        _ => None,
    };
    let behind = items
        .get(at + 1)
        .filter(|next| is_sign(next))
        .and_then(|_| {
            let end = (at + 2 + APART).min(items.len());
            items[at + 2..end].iter().find_map(party)
        });
    let before = || {
        let sign = at.checked_sub(1).filter(|left| is_sign(&items[*left]))?;
        party(&items[sign.checked_sub(1)?])
    };
    behind
        .or_else(before)
        .map(|aliases| (item.classes, aliases))
}
