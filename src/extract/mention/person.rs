//! Names of persons that contain the name of a place.

use super::words_of;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::words::Words;
use crate::lexicon::Features;
use crate::text::Text;

/// Items behind a name in which a title tells that it is a person's.
const TITLED: usize = 5;

/// First names before a name.
const FIRST_NAMES: usize = 2;

/// A name after a title ("the activist ...") or a kunya with a family name is a person.
pub(in crate::extract) fn is_person(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
    if at > 0 && items[at - 1].classes.meets(words.landmark) {
        return true;
    }
    if at > 0 && items[at - 1].classes.meets(words.heads) {
        return false;
    }
    let titled = (1..=3).any(|back| {
        at >= back
            && items[at - back].classes.meets(words.title)
            && items[at - back + 1..at]
                .iter()
                .all(|item| is_unknown_name(text, item, words))
    });
    // "Our correspondent PLACE", "the reporter the camp of PLACE": he has been there.
    let is_visited = || {
        let is_ours =
            items[at - 1].classes.meets(words.title) && items[at - 1].features.any(Features::OWNED);
        let is_long = words_of(text, &items[at]).count() > 1;
        !words.has_capitals && (is_ours || is_long && !starts_with_kunya(text, &items[at], words))
    };
    if titled && !is_visited() || is_man_of_party(items, at, words) {
        return true;
    }
    let first = words_of(text, &items[at]).next().unwrap_or_default();
    if !words.kunyas.iter().any(|kunya| {
        first == kunya
            || first
                .strip_suffix(kunya.as_str())
                .is_some_and(|prefix| prefix.chars().count() == 1)
    }) {
        return false;
    }
    let family = items.get(at + 1).is_some_and(|next| {
        matches!(next.kind, ItemKind::Word | ItemKind::Place(_))
            && is_family_name(text, next, words)
    });
    family || is_told_of_person(items, at, words)
}

/// "The commander in the ACTOR Rustam NAME": first names stand between the party of a title and the
/// name.
fn is_man_of_party(items: &[Item], at: usize, words: &Words) -> bool {
    let is_plain = |item: &&Item| matches!(item.kind, ItemKind::Word) && item.classes.is_empty();
    let first = items[..at].iter().rev().take_while(is_plain).count();
    let party = at - first;
    if words.has_capitals || !(1..=FIRST_NAMES).contains(&first) || party == 0 {
        return false;
    }
    let title = items[party.saturating_sub(TITLED)..party - 1].iter().rev();
    !items[party - 1].actors().is_empty()
        && title
            .take_while(|item| matches!(item.kind, ItemKind::Word))
            .any(|item| item.classes.meets(words.title))
}

/// "NAME, a field commander", "NAME, who leads a unit", "NAME commands", "NAME said".
fn is_told_of_person(items: &[Item], at: usize, words: &Words) -> bool {
    let behind = &items[at + 1..(at + 1 + TITLED).min(items.len())];
    let is_title = |item: &Item| item.classes.meets(words.title);
    let speaks = |item: &Item| item.classes.meets(words.report) && item.features.is_finite();
    let Some(next) = behind.first() else {
        return false;
    };
    if next.is_comma() {
        let own = behind[1..]
            .iter()
            .take_while(|item| !item.is_place() && !item.is_punctuation())
            // "NAME, after its elders had".
            .take_while(|item| !item.classes.meets(words.after));
        // "They evacuated NAME, residents say".
        return own.clone().any(is_title) && !own.clone().any(speaks);
    }
    words.has_capitals && (is_title(next) || speaks(next))
}

/// A word of which no table says anything, with a capital where the script has them.
pub(in crate::extract) fn is_unknown_name(text: &Text, item: &Item, words: &Words) -> bool {
    matches!(item.kind, ItemKind::Word)
        && item.classes.is_empty()
        && is_name_like(text, item, words)
}

/// In a script with capitals a name has one: "a reporter visited PLACE" names nobody.
pub(in crate::extract) fn is_name_like(text: &Text, item: &Item, words: &Words) -> bool {
    !words.has_capitals || text.slice(item.span).starts_with(char::is_uppercase)
}

fn is_family_name(text: &Text, item: &Item, words: &Words) -> bool {
    let word = text.folded(&text.tokens()[item.token]);
    words.nisbas.iter().any(|(prefix, suffix)| {
        word.starts_with(prefix.as_str()) && word.ends_with(suffix.as_str())
    })
}

/// Begins with the word for father or mother that leads a person's name.
pub(super) fn starts_with_kunya(text: &Text, item: &Item, words: &Words) -> bool {
    words_of(text, item)
        .next()
        .is_some_and(|first| words.kunyas.iter().any(|kunya| first == kunya))
}
