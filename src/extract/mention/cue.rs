//! What tells that a name which is an ordinary word too, or a person's, is that of a place: a noun, a
//! preposition, a list, what is said of it.

use super::person::starts_with_kunya;
use super::{is_long, words_of};
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::words::Words;
use crate::gazetteer::{Cue, Gazetteer, Kind, PlaceId};
use crate::lexicon::Features;
use crate::text::{Text, fold};

/// Items back to the noun of a list of names.
const NOUN_BACK: usize = 12;

/// Items of an aside behind a name: ", over the river,".
const LONGEST_ASIDE: usize = 9;

/// Items from a name to the words that say who holds it.
const HELD_AHEAD: usize = 3;

/// Items beside a name in which a word of speaking tells that it is a person's.
const BESIDE: usize = 2;

/// Items before a name in which other places tell that it is one's.
const AMONG: usize = 15;

/// Items from "from" to the name of the place where a stretch ends.
const STRETCH: usize = 5;

/// Items from a verb of holding to the names of what is held.
const RULED: usize = 4;

/// Names that are ordinary words too need a place noun, a preposition or a list around them.
pub(super) fn has_cue(
    text: &Text,
    items: &[Item],
    at: usize,
    gazetteer: &Gazetteer,
    words: &Words,
) -> bool {
    let item = &items[at];
    if !words.has_capitals || text.slice(item.span).chars().any(char::is_uppercase) {
        let cues = item.places().iter().map(|place| gazetteer.cue(*place));
        // A name may have thousands of places, of which one that is free decides.
        let cue = if cues.clone().any(|cue| cue == Cue::Free) {
            Cue::Free
        } else {
            cues.min().unwrap_or(Cue::Free)
        };
        let includes_head = words_of(text, item).count() > 1;
        if cue == Cue::Head && words.has_capitals && lacks_article(text, item, gazetteer) {
            return has_noun(items, at, words) || has_noun_of_list(items, at, gazetteer, words);
        }
        return cue == Cue::Free
            || (includes_head && !starts_with_kunya(text, item, words))
            || is_supported(text, items, at, cue, words)
            || cue == Cue::Strong && is_said_of(items, at, gazetteer, words);
    }
    // "The tent camp": what it is, for a name.
    let is_the = |item: &Item| item.classes.meets(words.the);
    words_of(text, item).count() > 1 && at > 0 && is_the(&items[at - 1])
}

/// The name is in the gazetteer with an article only: without it, it may be that of a person.
fn lacks_article(text: &Text, item: &Item, gazetteer: &Gazetteer) -> bool {
    let mut words = words_of(text, item);
    let (Some(written), None) = (words.next(), words.next()) else {
        return false;
    };
    let mut names = item
        .places()
        .iter()
        .flat_map(|place| gazetteer.place(*place).names());
    !names.any(|name| fold(name) == written)
}

/// "The town of NAME", "the NAME quarter".
fn has_noun(items: &[Item], at: usize, words: &Words) -> bool {
    let roles = &words.roles;
    let before = words.heads.and(words.quarters).and(roles.quarter_of);
    let is = |at: usize, set| items.get(at).is_some_and(|item| item.classes.meets(set));
    at > 0 && is(at - 1, before) || is(at + 1, words.heads.and(words.quarters))
}

/// "The NAME, PLACE and PLACE fields": the noun behind a list is that of each name.
fn has_noun_of_list(items: &[Item], at: usize, gazetteer: &Gazetteer, words: &Words) -> bool {
    let is_joined = |item: &Item| {
        item.is_place() || item.is_comma() || item.classes.meets(words.and.and(words.the))
    };
    let behind = items[at + 1..].iter().take(NOUN_BACK);
    let list = behind.take_while(|item| is_joined(item)).count();
    let noun = items.get(at + 1 + list);
    // "The NAME and PLACE fields": of oil, where the name is that of an oil field.
    let is_kind = |noun: &Item| {
        let mut places = items[at].places().iter();
        places.any(|id| words.is_said_of(noun.classes, gazetteer.kind(*id), usize::MAX))
    };
    list > 1 && noun.is_some_and(|noun| noun.classes.meets(words.heads) || is_kind(noun))
}

/// A word of the lexicon is a name here: a noun of place, a list or a verb of having leads to it.
fn is_noun_supported(text: &Text, items: &[Item], at: usize, in_list: bool, words: &Words) -> bool {
    let is_behind_that = at > 0 && items[at - 1].classes.meets(words.that);
    let mut before = items[..at].iter().rev().take(NOUN_BACK);
    let is_plain = items[at].classes.is_empty() && is_long(text, &items[at]);
    // "That NAME and PLACE have come under".
    let begins = is_plain && goes_on(&items[at + 1..]) && is_behind_that;
    // "Holds NAME and PLACE".
    let is_onto = items[at.saturating_sub(1)..at]
        .iter()
        .any(|item| item.classes.meets(words.on));
    let verb = &items[at.saturating_sub(RULED)..at];
    let is_ruled = is_onto
        && is_plain
        && goes_on(&items[at + 1..])
        && verb.iter().any(|item| item.classes.meets(words.walls));
    let has_noun = before.any(|item| item.classes.meets(words.heads));
    // "The largest fields, among them NAME and PLACE".
    // With its pronoun, which may be an item of its own.
    let naming = &items[at.saturating_sub(2)..at];
    let is_led = naming
        .iter()
        .any(|item| item.classes.meets(words.roles.naming));
    let is_named = is_led && is_plain && goes_on(&items[at + 1..]) && has_noun;
    // "Holds on to NAME", where the preposition is written onto the name.
    let is_held = at.checked_sub(1).is_some_and(|verb| {
        let verb = &items[verb];
        verb.classes.meets(words.walls) && verb.features.is_finite()
    });
    let is_held = is_held && items[at].features.any(Features::IN);
    in_list && (is_plain || has_noun) || begins || is_ruled || is_named || is_held
}

/// "From PLACE to NAME", where "to" is a word for the end of a stretch.
fn ends_stretch(items: &[Item], at: usize, words: &Words) -> bool {
    let near = &items[at.saturating_sub(STRETCH)..at];
    let is_to = |item: &Item| item.classes.meets(words.range_end);
    !words.has_capitals
        && items[at].classes.is_empty()
        && near.last().is_some_and(is_to)
        && near.iter().any(|item| item.classes.meets(words.from))
        && near.iter().any(Item::is_place)
}

fn is_supported(text: &Text, items: &[Item], at: usize, cue: Cue, words: &Words) -> bool {
    // At the head of the text a name stands as at the head of a line.
    let head = Item::line_end();
    let before = at.checked_sub(1).map_or(&head, |index| &items[index]);
    if before.classes.meets(words.heads.and(words.quarters)) {
        return true;
    }
    // "NAME: ..." at the head of a line, where it is no dateline, or right behind a verb of having.
    let starts = at > 0 && before.is_punctuation();
    let is_entry = starts
        && items
            .get(at + 1)
            .is_some_and(|next| next.is_mark(&[':', '=', '(']));
    let is_had = words.has_capitals && before.classes.meets(words.copula);
    if cue == Cue::Strong && (is_entry || is_had) {
        return true;
    }
    if ends_stretch(items, at, words) {
        return true;
    }
    let joined = items[at].features.any(Features::AND)
        || before.is_mark(&[',', '،', '('])
        || before.classes.meets(words.and);
    // "A was taken on Tuesday and PLACE on Friday".
    let next = items.get(at + 1);
    let is_dated = next.is_some_and(|next| next.classes.meets(words.roles.time));
    let in_list = joined
        && items[..at]
            .iter()
            .rev()
            .filter(|item| !item.classes.meets(words.roles.time))
            .take(if is_dated { 5 } else { 3 })
            .any(Item::is_place);
    // "That PLACE fell", "that PLACE and its dam".
    let is_told_of = before.classes.meets(words.that)
        && next.is_some_and(|next| {
            next.classes.meets(words.walls) && next.features.any(Features::PAST)
                || next.features.any(Features::AND) && next.features.any(Features::OWNED)
        });
    let list_goes_on = goes_on(&items[at + 1..]) || leads_villages(&items[at + 1..], words);
    match cue {
        _ if !words.has_capitals && cue == Cue::Strong && is_spoken_of(items, at, words) => true,
        // Words of the lexicon ("the two villages") and short ones ("below") need a noun as well.
        Cue::Head if !words.has_capitals => is_noun_supported(text, items, at, in_list, words),
        _ => {
            in_list
                || is_told_of
                || list_goes_on
                || is_among_places(items, at, words)
                || before.classes.meets(words.preposition)
                || cue == Cue::Strong && is_object(text, items, at, words)
                || words.has_capitals && before.classes.meets(words.walls.and(words.roles.changes))
                || words.has_capitals && before.classes.meets(words.governors.campaign)
                || before.classes.meets(words.parts)
                || before.classes.meets(words.listing)
                || items[at].features.any(Features::IN.and(Features::TO))
        }
    }
}

/// "The ACTOR freed NAME", "withdrew from NAME": an object of what is done to places, where the name
/// does not begin as that of a person.
fn is_object(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
    let is_party = |at: &usize| !items[*at].actors().is_empty();
    let before = |at: usize| at.checked_sub(1);
    let verb = before(at).map(|last| {
        let named = Some(last).filter(is_party).and_then(before);
        named.unwrap_or(last)
    });
    let is_done = |at: usize| {
        let item = &items[at];
        item.classes.meets(words.done.and(words.loss)) && item.features.is_finite()
            || item.classes.meets(words.off)
    };
    let is_name = is_long(text, &items[at]) && !starts_with_kunya(text, &items[at], words);
    !words.has_capitals && is_name && verb.is_some_and(is_done)
}

/// "PLACE and, behind it, NAME": among places, where nobody speaks, a name with a capital is one.
fn is_among_places(items: &[Item], at: usize, words: &Words) -> bool {
    let speaks = |item: &&Item| item.classes.meets(words.report) || item.classes.meets(words.title);
    let beside = items[at.saturating_sub(BESIDE)..at].iter();
    let mut beside = beside.chain(items[at + 1..].iter().take(BESIDE));
    let near = items[at.saturating_sub(AMONG)..at].iter().rev();
    let mut near = near.take_while(|item| !item.is_break());
    words.has_capitals && !beside.any(|item| speaks(&item)) && near.any(Item::is_place)
}

/// What stands behind a name goes on with another: "and PLACE", ", PLACE".
fn goes_on(behind: &[Item]) -> bool {
    let is_joined = |item: &Item| item.is_place() && item.features.any(Features::AND);
    let is_listed = |item: &&Item| item.is_place() || item.is_comma();
    behind.iter().take(2).any(is_joined) || behind.iter().take(3).filter(is_listed).count() >= 2
}

/// "NAME and all the villages": a list that its nouns go on.
fn leads_villages(behind: &[Item], words: &Words) -> bool {
    let joins =
        |item: &Item| item.features.any(Features::AND) || item.classes.meets(words.roles.beside);
    let is_noun = |item: &Item| item.classes.meets(words.heads) && !item.is_place();
    !words.has_capitals && behind.first().is_some_and(joins) && behind.iter().take(2).any(is_noun)
}

/// "NAME is held by", "NAME remains", "NAME, over the river, is held by": a town's name with a
/// capital is that of a town, where a capital city's may stand for its government.
fn is_said_of(items: &[Item], at: usize, gazetteer: &Gazetteer, words: &Words) -> bool {
    let is_town = |place: &PlaceId| {
        let kind = gazetteer.place(*place).kind;
        kind.is_settlement() && kind != Kind::City
    };
    let is = |at: usize, set| items.get(at).is_some_and(|item| item.classes.meets(set));
    let is_so = words.roles.is_so;
    let changes = words.roles.changes;
    let is_comma = |at: &usize| items.get(*at).is_some_and(Item::is_comma);
    let end = || (at + 2..at + LONGEST_ASIDE).find(is_comma);
    let is_told_behind = || {
        let where_from = words.preposition.and(words.location).and(words.parts);
        let verb = end().map(|end| end + 1);
        let is_held = |verb: usize| {
            is(verb, is_so) && (verb..verb + HELD_AHEAD).any(|at| is(at, words.under))
        };
        is_comma(&(at + 1))
            && (verb.is_some_and(|verb| is(verb, changes))
                || is(at + 2, where_from) && verb.is_some_and(is_held))
    };
    words.has_capitals
        && items[at].places().iter().all(is_town)
        && (is(at + 1, words.holding.and(is_so).and(changes)) || is_told_behind())
}

/// "As for NAME, ...", "NAME is in the hands of": said of ground and of nothing else.
fn is_spoken_of(items: &[Item], at: usize, words: &Words) -> bool {
    let is_turned_to = at > 0 && items[at - 1].classes.meets(words.shift);
    let is_held = |item: &Item| {
        item.classes.meets(words.under)
            || item.features.any(Features::TO) && !item.actors().is_empty()
    };
    let ahead = items[at + 1..].iter().take(HELD_AHEAD);
    is_turned_to
        || ahead
            .take_while(|item| matches!(item.kind, ItemKind::Word | ItemKind::Actor(_)))
            .any(is_held)
}
