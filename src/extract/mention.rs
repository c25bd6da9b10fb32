//! Which names of places are mentions: names inside persons' names, datelines and ordinary words
//! are not.

use super::Words;
use super::annotate::{Item, ItemKind};
use super::name_index::NameIndex;
use crate::gazetteer::{Cue, Gazetteer, Kind, PlaceId};
use crate::lexicon::{Features, Lexicon};
use crate::text::{Text, TokenKind};

/// A dateline is no longer than this, in items.
const LONGEST_DATELINE: usize = 7;

/// A line with a comma that is longer than this, in items, is no entry of a list.
const LONGEST_LINE: usize = 12;

/// Lines from the top among which a dateline may stand.
const DATELINE_LINES: usize = 8;

/// Items back to the name of which a word such as "Lower" leaves out the base.
const ELLIPSIS_BACK: usize = 40;

/// Items from "Upper" to "Lower A" that may stand between, as in "and then".
const LINK: usize = 3;

/// Items from a name to the words that say who holds it.
const HELD_AHEAD: usize = 3;

/// Items beside a name in which a word of speaking tells that it is a person's.
const BESIDE: usize = 2;

/// Items before a name in which other places tell that it is one's.
const AMONG: usize = 15;

/// Reads the place names of `items` and turns those that are no mentions into plain words.
pub(crate) fn settle<'n>(
    text: &Text,
    items: &mut [Item<'n>],
    gazetteer: &Gazetteer,
    tools: &Tools<'n>,
) {
    complete_ellipses(text, items, gazetteer, tools);
    let datelines = datelines(text, items, tools.words);
    for at in 0..items.len() {
        if items[at].is_place()
            && (datelines.contains(&at)
                || is_person(text, items, at, tools.words)
                || !has_cue(text, items, at, gazetteer, tools.words))
        {
            items[at].kind = ItemKind::Word;
        }
    }
}

/// Tables that this stage asks.
pub(crate) struct Tools<'a> {
    pub names: &'a NameIndex,
    pub lexicon: &'a Lexicon,
    pub words: &'a Words,
}

/// "Upper A and Lower", "A in its two parts, Upper and Lower": a place whose words leave out the
/// name that it shares with the one before.
fn complete_ellipses<'n>(
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
        if let Some(places) = shared_ahead(text, items, at, tools) {
            items[at].kind = ItemKind::Place(places);
        }
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

fn words_of<'t>(text: &'t Text, item: &Item) -> impl Iterator<Item = &'t str> + use<'t> {
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
    let names_party = entry.first().is_some_and(|item| !item.actors().is_empty());
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
fn is_person(text: &Text, items: &[Item], at: usize, words: &Words) -> bool {
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
    if titled && !is_visited() {
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
    let titled_after = items.get(at + 1).is_some_and(|next| next.is_comma())
        && items
            .get(at + 2)
            .is_some_and(|next| next.classes.meets(words.title));
    family || titled_after
}

/// In a script with capitals a name has one: "a reporter visited PLACE" names nobody.
fn is_name_like(text: &Text, item: &Item, words: &Words) -> bool {
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
        return cue == Cue::Free
            || (includes_head && !starts_with_kunya(text, item, words))
            || is_supported(items, at, cue, words)
            || cue == Cue::Strong && is_said_of(items, at, gazetteer, words);
    }
    // "The tent camp": what it is, for a name.
    let is_the = |item: &Item| item.classes.meets(words.the);
    words_of(text, item).count() > 1 && at > 0 && is_the(&items[at - 1])
}

fn starts_with_kunya(text: &Text, item: &Item, words: &Words) -> bool {
    words_of(text, item)
        .next()
        .is_some_and(|first| words.kunyas.iter().any(|kunya| first == kunya))
}

fn is_supported(items: &[Item], at: usize, cue: Cue, words: &Words) -> bool {
    let Some(before) = at.checked_sub(1).map(|index| &items[index]) else {
        return false;
    };
    if before.classes.meets(words.heads.and(words.quarters)) {
        return true;
    }
    // "NAME: ..." at the head of a line, or right behind a verb of having.
    let starts = matches!(before.kind, ItemKind::Break | ItemKind::Mark(_));
    let is_entry = starts
        && items
            .get(at + 1)
            .is_some_and(|next| next.is_mark(&[':', '=', '(']));
    let is_had = words.has_capitals && before.classes.meets(words.copula);
    if cue == Cue::Strong && (is_entry || is_had) {
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
    let list_goes_on = goes_on(&items[at + 1..]);
    match cue {
        _ if !words.has_capitals && cue == Cue::Strong && is_spoken_of(items, at, words) => true,
        Cue::Head if !words.has_capitals => in_list,
        _ => {
            in_list
                || is_told_of
                || list_goes_on
                || is_among_places(items, at, words)
                || before.classes.meets(words.preposition)
                || before.classes.meets(words.parts)
                || before.classes.meets(words.listing)
                || items[at].features.any(Features::IN.and(Features::TO))
        }
    }
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

/// "NAME is held by", "NAME remains": a town's name with a capital is that of a town, where
/// a capital city's may stand for its government.
fn is_said_of(items: &[Item], at: usize, gazetteer: &Gazetteer, words: &Words) -> bool {
    let is_town = |place: &PlaceId| {
        let kind = gazetteer.place(*place).kind;
        kind.is_settlement() && kind != Kind::City
    };
    let tells =
        |next: &Item| next.classes.meets(words.holding) || next.classes.meets(words.roles.is_so);
    words.has_capitals
        && items[at].places().iter().all(is_town)
        && items.get(at + 1).is_some_and(tells)
}

/// "As for NAME, ...", "NAME is in the hands of": said of ground and of nothing else.
fn is_spoken_of(items: &[Item], at: usize, words: &Words) -> bool {
    let is_turned_to = items[at - 1].classes.meets(words.shift);
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
