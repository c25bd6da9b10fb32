//! Names of which a word leaves out what they share with a name beside it: "Upper and Lower A".

use super::Words;
use super::annotate::{Item, ItemKind};
use super::mention::{is_unknown_name, words_of};
use super::name_index::NameIndex;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::{Features, Lexicon};
use crate::text::Text;

/// Items back to the name of which a word such as "Lower" leaves out the base.
const ELLIPSIS_BACK: usize = 40;

/// Items from "Upper" to "Lower A" that may stand between, as in "and then".
const LINK: usize = 3;

/// Places named before a word of which it may leave out the name: a text with more is a list.
const MOST_BACK: usize = 64;

/// Names of places spoken of before that a word such as "Lower" may go with.
const MOST_BASES: usize = 12;

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

/// "The two A villages, upper and lower", "A ... the lower village": words that stand for places with
/// the name of one spoken of before them.
pub(super) fn complete_apart<'n>(
    text: &Text,
    items: &mut [Item<'n>],
    gazetteer: &Gazetteer,
    tools: &Tools<'n>,
) {
    let words = tools.words;
    if !words.is_analytic {
        return;
    }
    let mut settlements: Vec<usize> = Vec::new();
    for at in 0..items.len() {
        if items[at].is_place() {
            if is_lived_in(items[at].places(), gazetteer) {
                settlements.push(at);
            }
            continue;
        }
        let is = |at: usize, set| items.get(at).is_some_and(|item| item.classes.meets(set));
        let is_word = |at: usize| {
            let item: Option<&Item> = items.get(at);
            item.is_some_and(|item| matches!(item.kind, ItemKind::Word))
        };
        let is_pair = is_word(at) && is(at + 1, words.roles.link) && is_word(at + 2);
        let is_noun =
            at > 0 && is_word(at) && is(at - 1, words.article) && is(at + 1, words.roles.pointer);
        if !is_pair && !is_noun || settlements.is_empty() {
            continue;
        }
        let named = |at: usize| named_apart(text, items, at, &settlements, (gazetteer, tools));
        let second = if is_pair { named(at + 2) } else { None };
        let first = (is_noun || second.is_some()).then(|| named(at)).flatten();
        if let Some(places) = first {
            items[at].kind = ItemKind::Place(places);
            if let Some(places) = second {
                items[at + 2].kind = ItemKind::Place(places);
            }
        }
    }
}

/// The places of a word with the name of one of the settlements before it, the nearest first.
fn named_apart<'n>(
    text: &Text,
    items: &[Item<'n>],
    at: usize,
    settlements: &[usize],
    (gazetteer, tools): (&Gazetteer, &Tools<'n>),
) -> Option<&'n [PlaceId]> {
    let word = text.folded(&text.tokens()[items[at].token]);
    // No name begins with most words.
    if tools.names.seconds(word) == 0 {
        return None;
    }
    let mut tried: Vec<String> = Vec::new();
    for settlement in settlements.iter().rev().take(MOST_BACK) {
        let bases = bases(text, &items[*settlement], true, tools.lexicon);
        for base in bases.into_iter().rev() {
            if tried.contains(&base) {
                continue;
            }
            if tried.len() == MOST_BASES {
                return None;
            }
            let places = tools.names.get(&format!("{word} {base}"));
            let places = places.map(|meaning| meaning.places);
            if let Some(places) =
                places.filter(|places| !places.is_empty() && is_lived_in(places, gazetteer))
            {
                return Some(places);
            }
            tried.push(base);
        }
    }
    None
}

/// "Upper A and Lower", "A in its two parts, Upper and Lower": a place whose words leave out the
/// name that it shares with the one before.
fn complete_behind<'n>(
    text: &Text,
    items: &mut [Item<'n>],
    gazetteer: &Gazetteer,
    tools: &Tools<'n>,
) {
    let mut last: Option<Base> = None;
    // "Lower A and the A bridge ... the upper one": the last place that people live in.
    let mut settled: Option<Base> = None;
    for at in 0..items.len() {
        if items[at].is_place() {
            let before = last.replace(Base::of(items, at, gazetteer));
            settled = before.filter(|base| base.is_lived_in).or(settled);
            continue;
        }
        let Some(before) = last
            .as_ref()
            .filter(|_| matches!(items[at].kind, ItemKind::Word))
            .map(|base| base.place)
        else {
            continue;
        };
        let is_linked = at == before + 2 && items[before + 1].classes.meets(tools.words.and);
        let is_beside = is_linked || at == before + 1;
        let last_is_meant = is_beside || last.as_ref().is_some_and(|base| base.is_lived_in);
        let Some(base) = (if last_is_meant {
            &mut last
        } else {
            &mut settled
        }) else {
            continue;
        };
        let named = named_behind(
            (text, items),
            at,
            (is_linked, is_beside),
            base,
            (gazetteer, tools),
        );
        if let Some((places, features, particles, name)) = named {
            items[at].kind = ItemKind::Place(places);
            items[at].features = features;
            items[at].particles = particles;
            let named = Base {
                names: Some(vec![name]),
                ..Base::of(items, at, gazetteer)
            };
            settled = last
                .replace(named)
                .filter(|base| base.is_lived_in)
                .or(settled);
        }
    }
}

/// The places of a word that leaves out a base before it, linked to it or right beside it or far off,
/// with its features, the letters of its particles and the base.
fn named_behind<'n>(
    (text, items): (&Text, &[Item]),
    at: usize,
    (is_linked, is_beside): (bool, bool),
    base: &mut Base,
    (gazetteer, tools): (&Gazetteer, &Tools<'n>),
) -> Option<(&'n [PlaceId], Features, usize, Shared)> {
    let may_be_far = !is_beside
        && base.is_lived_in
        && at - base.place <= ELLIPSIS_BACK
        && items[at].classes.is_empty();
    if !is_beside && !may_be_far {
        return None;
    }
    let word = text.folded(&text.tokens()[items[at].token]);
    let has_article = |rest: &str| tools.lexicon.without_article(rest).is_some();
    let is_definite = || {
        let mut readings = tools.lexicon.readings(word);
        readings.any(|(_, rest)| has_article(rest))
    };
    // "Upper A was freed, and lower stayed theirs": of a pair the word needs no article.
    let is_of_pair = may_be_far && words_of(text, &items[base.place]).count() > 1;
    let is_far = may_be_far && (is_of_pair || is_definite());
    if !is_beside && !is_far {
        return None;
    }
    let readings = tools.lexicon.readings(word).filter(|(features, rest)| {
        is_linked || features.any(Features::AND) || is_of_pair || is_far && has_article(rest)
    });
    readings.into_iter().find_map(|(features, rest)| {
        let is_meant = |places: &[PlaceId]| !is_far || is_lived_in(places, gazetteer);
        let (places, name) = base.with(rest, (text, items), tools, &is_meant)?;
        let particles = word[..word.len() - rest.len()].chars().count();
        Some((places, features, particles, name))
    })
}

fn is_lived_in(places: &[PlaceId], gazetteer: &Gazetteer) -> bool {
    let is_settlement = |id: &PlaceId| gazetteer.kind(*id).is_settlement();
    places.iter().all(is_settlement)
}

/// The place named last, of whose name a word behind it may leave out a part.
struct Base {
    /// Its item.
    place: usize,
    is_lived_in: bool,
    /// The names that it may share, once they are asked for.
    names: Option<Vec<Shared>>,
}

/// A name that a place may share with one behind it.
#[derive(Debug, Clone)]
struct Shared {
    name: String,
    /// Bits of the words that names may go on with behind it, where it is one word.
    seconds: Option<u64>,
}

impl Base {
    fn of(items: &[Item], place: usize, gazetteer: &Gazetteer) -> Self {
        Self {
            place,
            is_lived_in: is_lived_in(items[place].places(), gazetteer),
            names: None,
        }
    }

    /// The places of a name that is one of the base with this word behind it, and that base.
    fn with<'n>(
        &mut self,
        word: &str,
        (text, items): (&Text, &[Item]),
        tools: &Tools<'n>,
        is_meant: &dyn Fn(&[PlaceId]) -> bool,
    ) -> Option<(&'n [PlaceId], Shared)> {
        let place = &items[self.place];
        let bases = || {
            let names = bases(text, place, !tools.words.has_capitals, tools.lexicon);
            let shared = |name: String| Shared {
                seconds: (!name.contains(' ')).then(|| tools.names.seconds(&name)),
                name,
            };
            names.into_iter().map(shared).collect()
        };
        let names = self.names.get_or_insert_with(bases);
        names.iter().find_map(|base| {
            let is_none = |seconds: u64| !tools.names.may_pair(seconds, word);
            if base.seconds.is_some_and(is_none) {
                return None;
            }
            let meaning = tools.names.get(&format!("{} {word}", base.name))?;
            let is_named = is_meant(meaning.places) && !meaning.places.is_empty();
            is_named.then(|| (meaning.places, base.clone()))
        })
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
        && is_unknown_name(text, &items[at], words)
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
