//! Names of which a word leaves out what they share with a name beside it: "Upper and Lower A".

use super::Words;
use super::annotate::{Item, ItemKind};
use super::mention::{is_name_like, words_of};
use super::name_index::NameIndex;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::{Features, Lexicon};
use crate::text::Text;

/// Items back to the name of which a word such as "Lower" leaves out the base.
const ELLIPSIS_BACK: usize = 40;

/// Items from "Upper" to "Lower A" that may stand between, as in "and then".
const LINK: usize = 3;

/// Tables that this stage asks.
pub(super) struct Tools<'a> {
    pub names: &'a NameIndex,
    pub lexicon: &'a Lexicon,
    pub words: &'a Words,
}

/// Makes places of the words that stand for one with a name beside them.
pub(super) fn complete<'n>(
    text: &Text,
    items: &mut [Item<'n>],
    gazetteer: &Gazetteer,
    tools: &Tools<'n>,
) {
    for at in 0..items.len() {
        if let Some(places) = shared_ahead(text, items, at, tools) {
            items[at].kind = ItemKind::Place(places);
        }
    }
    complete_behind(text, items, gazetteer, tools);
}

/// "Upper A and Lower", "A in its two parts, Upper and Lower": a place whose words leave out the
/// name that it shares with the one before.
fn complete_behind<'n>(
    text: &Text,
    items: &mut [Item<'n>],
    gazetteer: &Gazetteer,
    tools: &Tools<'n>,
) {
    let is_lived_in =
        |places: &[PlaceId]| (places.iter()).all(|id| gazetteer.place(*id).kind.is_settlement());
    let is_definite = |word: &str| {
        let mut readings = tools.lexicon.readings(word);
        readings.any(|(_, rest)| tools.lexicon.without_article(rest).is_some())
    };
    let mut last = None;
    let mut shared: Option<(usize, String)> = None;
    for at in 0..items.len() {
        if items[at].is_place() {
            last = Some(at);
            continue;
        }
        let Some(before) = last.filter(|_| matches!(items[at].kind, ItemKind::Word)) else {
            continue;
        };
        let is_linked = at == before + 2 && items[before + 1].classes.meets(tools.words.and);
        let word = text.folded(&text.tokens()[items[at].token]);
        let is_beside = is_linked || at == before + 1;
        let is_far = !is_beside
            && at - before <= ELLIPSIS_BACK
            && items[at].classes.is_empty()
            && is_lived_in(items[before].places())
            && is_definite(word);
        if !is_beside && !is_far {
            continue;
        }
        let shares = shared.as_ref().filter(|(known, _)| *known == before);
        let bases: Vec<String> = match shares {
            Some((_, base)) => vec![base.clone()],
            None => bases(
                text,
                &items[before],
                !tools.words.has_capitals,
                tools.lexicon,
            ),
        };
        let readings = tools.lexicon.readings(word).filter(|(features, rest)| {
            is_linked
                || features.any(Features::AND)
                || is_far && tools.lexicon.without_article(rest).is_some()
        });
        let found = readings.into_iter().find_map(|(features, rest)| {
            let named = |base: &String| {
                let meaning = tools.names.get(&format!("{base} {rest}"))?;
                let is_meant = !is_far || is_lived_in(meaning.places);
                (is_meant && !meaning.places.is_empty()).then(|| (meaning.places, base.clone()))
            };
            let (places, base) = bases.iter().find_map(named)?;
            let particles = word[..word.len() - rest.len()].chars().count();
            Some((places, features, particles, base))
        });
        if let Some((places, features, particles, base)) = found {
            items[at].kind = ItemKind::Place(places);
            items[at].features = features;
            items[at].particles = particles;
            shared = Some((at, base));
            last = Some(at);
        }
    }
}

/// "Upper and then Lower A": the place that a word stands for with the name of the one behind.
fn shared_ahead<'n>(
    text: &Text,
    items: &[Item],
    at: usize,
    tools: &Tools<'n>,
) -> Option<&'n [PlaceId]> {
    let words = tools.words;
    let is_link = |item: &Item| item.classes.meets(words.roles.link);
    let is_open = words.has_capitals
        && matches!(items[at].kind, ItemKind::Word)
        && items[at].classes.is_empty()
        && is_name_like(text, &items[at], words)
        && items.get(at + 1).is_some_and(is_link);
    let behind = items.get(at + 2..).filter(|_| is_open)?;
    let next = behind.iter().take(LINK).find(|item| !is_link(item))?;
    let name: Vec<&str> = words_of(text, next).collect();
    let [_, base @ ..] = &name[..] else {
        return None;
    };
    let word = text.folded(&text.tokens()[items[at].token]);
    let whole = format!("{word} {}", base.join(" "));
    let meaning = (next.is_place() && !base.is_empty()).then(|| tools.names.get(&whole))??;
    (!meaning.places.is_empty()).then_some(meaning.places)
}

/// Names that a place may share with one behind it: its own without the last word, or whole.
fn bases(text: &Text, place: &Item, may_be_whole: bool, lexicon: &Lexicon) -> Vec<String> {
    let name: Vec<&str> = words_of(text, place).collect();
    let mut out = Vec::new();
    if let [base @ .., _] = &name[..]
        && !base.is_empty()
    {
        out.extend(base_readings(base, lexicon));
    }
    if may_be_whole && !name.is_empty() {
        out.extend(base_readings(&name, lexicon));
    }
    out
}

/// The base name as written, and without the particles written onto it.
fn base_readings<'a>(
    base: &'a [&'a str],
    lexicon: &'a Lexicon,
) -> impl Iterator<Item = String> + 'a {
    let [first, rest @ ..] = base else {
        unreachable!("the caller leaves out empty names")
    };
    lexicon.readings(first).map(move |(_, first)| {
        std::iter::once(first)
            .chain(rest.iter().copied())
            .collect::<Vec<_>>()
            .join(" ")
    })
}
