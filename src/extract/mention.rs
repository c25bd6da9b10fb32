//! Which names of places are mentions: names inside persons' names, datelines and ordinary words
//! are not.

use std::collections::BTreeSet;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::nearness::Spot;
use crate::gazetteer::{Cue, Gazetteer, Kind, PlaceId};
use crate::lexicon::Features;
use crate::text::{Text, TokenKind, fold};

/// A dateline is no longer than this, in items.
const LONGEST_DATELINE: usize = 7;

/// A line with a comma that is longer than this, in items, is no entry of a list.
const LONGEST_LINE: usize = 12;

/// Lines from the top among which a dateline may stand.
const DATELINE_LINES: usize = 8;

/// Letters of words that are seldom names where nothing tells so.
const SHORT: usize = 4;

/// Items back to the noun of a list of names.
const NOUN_BACK: usize = 12;

/// Items of an aside behind a name: ", over the river,".
const LONGEST_ASIDE: usize = 9;

/// Items from a name to the words that say who holds it.
const HELD_AHEAD: usize = 3;

/// Items beside a name in which a word of speaking tells that it is a person's.
const BESIDE: usize = 2;

/// Mentions before and behind a bare name of which one tells that it is a place's.
const AROUND: usize = 8;

/// How near such a mention lies (`nearness.rs`): some twenty kilometres.
const CLOSE: f64 = 0.35;

/// Items beside a bare name in which a word of speaking tells that it is a person's.
const SPOKEN: usize = 3;

/// Items behind a name in which a title tells that it is a person's.
const TITLED: usize = 5;

/// First names before a name.
const FIRST_NAMES: usize = 2;

/// Items before a name in which other places tell that it is one's.
const AMONG: usize = 15;

/// Namesakes of one name that are kept in mind.
const MOST_SETTLED: usize = 8;

/// Items from "from" to the name of the place where a stretch ends.
const STRETCH: usize = 5;

/// Items from a verb of holding to the names of what is held.
const RULED: usize = 4;

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

/// The name is no other word of the language, and nobody speaks or has a second name beside it.
fn is_alone(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
    let item = &items[at];
    let letters = words_of(text, item).map(|word| word.chars().count());
    let is_plain = item.classes.is_empty()
        && is_name_like(text, item, words)
        && (words.has_capitals || letters.sum::<usize>() > SHORT);
    let speaks = |item: &Item| item.classes.meets(words.report.and(words.title));
    let is_name = |item: &Item| {
        words.has_capitals
            && item.classes.is_empty()
            && matches!(item.kind, ItemKind::Word)
            && is_name_like(text, item, words)
    };
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
fn lies_near(name: &[PlaceId], others: &[(usize, &[PlaceId])], gazetteer: &Gazetteer) -> bool {
    let spot = |id: &PlaceId| Spot::at(gazetteer.point(*id));
    let is_local = |id: &&PlaceId| !matches!(gazetteer.kind(**id), Kind::City | Kind::Country);
    let mut own = name.iter().filter(is_local).take(MOST_SETTLED).map(spot);
    own.any(|own| {
        let mut others = others
            .iter()
            .flat_map(|(_, places)| places.iter().take(MOST_SETTLED));
        others.any(|other| own.nearness(spot(other)) > CLOSE)
    })
}

pub(super) fn words_of<'t>(text: &'t Text, item: &Item) -> impl Iterator<Item = &'t str> + use<'t> {
    let end = item.span.end;
    text.tokens()[item.token..]
        .iter()
        .take_while(move |token| token.span.start < end)
        .filter(|token| !matches!(token.kind, TokenKind::Mark(_)))
        .map(|token| text.folded(token))
}

/// Places in "CITY (AGENCY) -", "CITY/ AGENCY" at the head of one of the first lines.
fn datelines(text: &Text, items: &[Item], words: &Words) -> Vec<usize> {
    let mut out = Vec::new();
    let mut line = 0;
    let mut start = 0;
    for at in 0..=items.len() {
        if at < items.len() && !items[at].is_break() {
            continue;
        }
        out.extend(dateline(text, &items[start..at], words).map(|offset| start + offset));
        line += usize::from(at > start);
        start = at + 1;
        if line >= DATELINE_LINES {
            break;
        }
    }
    out
}

fn dateline<'i>(
    text: &Text,
    line: &'i [Item],
    words: &Words,
) -> impl Iterator<Item = usize> + use<'i> {
    let head = &line[..line.len().min(LONGEST_DATELINE + 1)];
    let first_word = head
        .iter()
        .position(|item| item.classes.meets(words.verbs) || item.classes.meets(words.axis))
        .unwrap_or(head.len());
    // A party before the mark: an entry of a list, not the desk of an agency.
    let names_party = |end: usize| line[..end].iter().any(|item| !item.actors().is_empty());
    let end = head[..first_word].iter().rposition(|item| {
        item.is_mark(&['–', '—', '-', '/', '_', '|']) && !between_digits(line, item)
    });
    let double = head[..first_word]
        .windows(2)
        .position(|pair| pair[0].is_mark(&[':']) && pair[1].is_mark(&[':']));
    let hyphen = head[..first_word]
        .iter()
        .enumerate()
        .position(|(index, item)| index > 0 && item.glued && is_spaceless_hyphen(text, item));
    let end = [end, double, hyphen]
        .into_iter()
        .flatten()
        .max()
        .unwrap_or(0);
    // "CITY (AGENCY) - PARTY ...": the mark of a dateline, whoever comes behind.
    let is_agency = end > 0 && line[end - 1].is_mark(&[')']);
    let end = if names_party(end) || !is_agency && is_entry(line, end, words) {
        0
    } else {
        end
    };
    line[..end]
        .iter()
        .enumerate()
        .chain(hyphen.map(|index| (index, &line[index])))
        .filter(|(_, item)| item.is_place())
        .map(|(index, _)| index)
        .collect::<Vec<_>>()
        .into_iter()
}

/// "PLACE - PARTY", "PLACE - PARTY since Saturday": an entry of a list too.
fn is_entry(line: &[Item], mark: usize, words: &Words) -> bool {
    let is_short = line.len() <= LONGEST_LINE;
    let ends = |item: &Item| item.is_mark(&['.']) || is_short && item.is_mark(&[',']);
    let entry = line.get(mark + 1..).unwrap_or_default();
    let entry = entry.split(ends).next().unwrap_or_default();
    // "PLACE - half of it PARTY".
    let roles = &words.roles;
    let shares = roles
        .part
        .and(roles.sector)
        .and(roles.all)
        .and(roles.numeral);
    let mut behind_share = entry.iter().skip_while(|item| item.classes.meets(shares));
    let names_party = behind_share
        .next()
        .is_some_and(|item| !item.actors().is_empty());
    names_party
        && entry.len() <= LONGEST_DATELINE
        && !entry
            .iter()
            .any(|item| item.classes.meets(words.verbs) || item.is_mark(&[':']))
}

fn is_spaceless_hyphen(text: &Text, item: &Item) -> bool {
    let before = text.original()[..item.span.start].chars().next_back();
    matches!(before, Some('-' | '\u{2010}' | '\u{2011}'))
        && text.original()[item.span.start..]
            .chars()
            .next()
            .is_some_and(|c| !c.is_ascii())
}

fn between_digits(line: &[Item], mark: &Item) -> bool {
    line.iter().any(|item| {
        matches!(item.kind, ItemKind::Number(_))
            && (item.span.end == mark.span.start || item.span.start == mark.span.end)
    })
}

/// A name after a title ("the activist ...") or a kunya with a family name is a person.
pub(super) fn is_person(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
    if at > 0 && items[at - 1].classes.meets(words.landmark) {
        return true;
    }
    if at > 0 && items[at - 1].classes.meets(words.heads) {
        return false;
    }
    let titled = (1..=3).any(|back| {
        at >= back
            && items[at - back].classes.meets(words.title)
            && items[at - back + 1..at].iter().all(|item| {
                matches!(item.kind, ItemKind::Word)
                    && item.classes.is_empty()
                    && is_name_like(text, item, words)
            })
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

/// In a script with capitals a name has one: "a reporter visited PLACE" names nobody.
pub(super) fn is_name_like(text: &Text, item: &Item, words: &Words) -> bool {
    !words.has_capitals || text.slice(item.span).starts_with(char::is_uppercase)
}

fn is_family_name(text: &Text, item: &Item, words: &Words) -> bool {
    let word = text.folded(&text.tokens()[item.token]);
    words.nisbas.iter().any(|(prefix, suffix)| {
        word.starts_with(prefix.as_str()) && word.ends_with(suffix.as_str())
    })
}

/// Names that are ordinary words too need a place noun, a preposition or a list around them.
fn has_cue(text: &Text, items: &[Item], at: usize, gazetteer: &Gazetteer, words: &Words) -> bool {
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

fn starts_with_kunya(text: &Text, item: &Item, words: &Words) -> bool {
    words_of(text, item)
        .next()
        .is_some_and(|first| words.kunyas.iter().any(|kunya| first == kunya))
}

/// A word of the lexicon is a name here: a noun of place, a list or a verb of having leads to it.
fn is_noun_supported(text: &Text, items: &[Item], at: usize, in_list: bool, words: &Words) -> bool {
    let is_behind_that = at > 0 && items[at - 1].classes.meets(words.that);
    let mut before = items[..at].iter().rev().take(NOUN_BACK);
    let letters = words_of(text, &items[at]).map(|word| word.chars().count());
    let is_plain = items[at].classes.is_empty() && letters.sum::<usize>() > SHORT;
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
                || words.has_capitals && before.classes.meets(words.walls)
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
    let letters = words_of(text, &items[at]).map(|word| word.chars().count());
    let is_long = letters.sum::<usize>() > SHORT;
    let is_name = is_long && !starts_with_kunya(text, &items[at], words);
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
pub(super) fn goes_on(behind: &[Item]) -> bool {
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
    let is_comma = |at: &usize| items.get(*at).is_some_and(Item::is_comma);
    let end = || (at + 2..at + LONGEST_ASIDE).find(is_comma);
    let is_told_behind = || {
        let where_from = words.preposition.and(words.location).and(words.parts);
        let verb = end().map(|end| end + 1).filter(|verb| is(*verb, is_so));
        is_comma(&(at + 1))
            && is(at + 2, where_from)
            && verb.is_some_and(|verb| (verb..verb + HELD_AHEAD).any(|at| is(at, words.under)))
    };
    words.has_capitals
        && items[at].places().iter().all(is_town)
        && (is(at + 1, words.holding) || is(at + 1, is_so) || is_told_behind())
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
