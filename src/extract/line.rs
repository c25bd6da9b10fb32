//! Lines and entries: where one ends, and which go on with a list.

use super::annotate::{Item, ItemKind};
use super::part::Roles;
use crate::lexicon::ClassSet;
use crate::text::{Token, TokenKind};

/// Marks that begin a line of a list.
pub(super) const BULLETS: [char; 6] = ['-', '–', '—', '.', ')', '/'];

/// A longer line is no entry of a list, in items.
const LONGEST_ENTRY: usize = 24;

/// A longer line without a colon is no heading, in items.
const LONGEST_HEADING: usize = 10;

/// The largest number that counts the lines of a list.
const MOST_COUNTED: f64 = 99.0;

/// The item is the first of its line.
pub(super) fn starts_line(items: &[Item], at: usize) -> bool {
    at == 0 || items[at - 1].is_break()
}

/// "PLACE: ...", "ACTOR: ...": the items from `first` to `last` head a line, with a colon behind.
pub(super) fn is_label(items: &[Item], first: usize, last: usize) -> bool {
    let next = items.get(last + 1);
    starts_line(items, first) && next.is_some_and(|next| next.is_mark(&[':']))
}

/// How many tokens at `at` only begin a line of a list: a dash, "3." or "3)".
pub(super) fn marker(tokens: &[Token], at: usize) -> usize {
    let starts = at == 0 || tokens[at - 1].kind == TokenKind::Break;
    let mark = |at: usize| match tokens.get(at).map(|token| token.kind) {
        Some(TokenKind::Mark(mark)) => Some(mark),
        _ => None,
    };
    let is_apart = |at: usize| {
        let next = tokens.get(at + 1);
        next.is_some_and(|next| next.span.start > tokens[at].span.end)
    };
    match tokens.get(at).map(|token| token.kind) {
        Some(TokenKind::Mark('-' | '–' | '—')) if starts && is_apart(at) => 1,
        Some(TokenKind::Number(count))
            if starts
                && count <= MOST_COUNTED
                && matches!(mark(at + 1), Some('.' | ')'))
                && is_apart(at + 1) =>
        {
            2
        }
        _ => 0,
    }
}

/// True for a line end between two lines of a list of places, or between its heading and its
/// first line.
pub(crate) fn is_list_break(items: &[Item], at: usize, roles: Roles) -> bool {
    if !items[at].is_break() {
        return false;
    }
    let mut behind = items[at + 1..].split(Item::is_break);
    let line_behind = behind.next().unwrap_or_default();
    if !is_list_line(line_behind, roles) {
        return false;
    }
    let line_before = items[..at]
        .rsplit(Item::is_break)
        .next()
        .unwrap_or_default();
    is_list_line(line_before, roles)
        || line_before.last().is_some_and(|item| item.is_mark(&[':']))
        || is_bare_heading(line_before)
            && behind.next().is_some_and(|line| is_list_line(line, roles))
}

/// "Under ACTOR control" above a list: a short line without a mark, a place or a sentence.
fn is_bare_heading(line: &[Item]) -> bool {
    (1..=LONGEST_HEADING).contains(&line.len())
        && line
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Actor(_)))
        && !line
            .iter()
            .any(|item| item.is_place() || matches!(item.kind, ItemKind::Mark(_)))
}

/// A line of places, with their nouns and days, and nothing else.
fn is_list_line(line: &[Item], roles: Roles) -> bool {
    let line = before_aside(line, roles);
    line.len() <= LONGEST_ENTRY
        && line.iter().any(Item::is_place)
        && line.iter().all(|item| {
            matches!(
                item.kind,
                ItemKind::Place(_) | ItemKind::Mark(_) | ItemKind::Number(_)
            ) || matches!(item.kind, ItemKind::Word) && is_entry_word(item, roles)
        })
        && !line.iter().any(|item| item.is_mark(&[':', '=', '?', '؟']))
}

/// "PLACE, after a night of fighting": the line without what is said of the place, where that names
/// neither a place nor a party and the language writes its articles.
fn before_aside<'i, 'n>(line: &'i [Item<'n>], roles: Roles) -> &'i [Item<'n>] {
    let comma = line.iter().position(|item| item.is_comma());
    let Some(comma) = comma.filter(|_| !roles.the.is_empty() && line.len() <= LONGEST_ENTRY) else {
        return line;
    };
    let is_plain = |item: &Item| {
        matches!(item.kind, ItemKind::Word | ItemKind::Number(_))
            && !item.classes.meets(roles.which)
            || item.is_comma()
    };
    if line[comma..].iter().all(is_plain) {
        &line[..comma]
    } else {
        line
    }
}

fn is_entry_word(item: &Item, roles: Roles) -> bool {
    [roles.time, roles.head, roles.the, roles.of]
        .iter()
        .any(|class| item.classes.meets(*class))
}

/// True for a semicolon between two places of one entry: "PARTY: A; the village of B; half of C".
pub(crate) fn is_entry_separator(items: &[Item], at: usize, verbs: ClassSet) -> bool {
    if !items[at].is_mark(&[';', '؛']) {
        return false;
    }
    let ends = |item: &Item| item.is_break() || item.is_mark(&[';', '؛', ':', '.']);
    let behind = items[at + 1..].split(ends).next().unwrap_or_default();
    let before = items[..at].rsplit(ends).next().unwrap_or_default();
    let is_entry = |part: &[Item]| is_short_of_verbs(part, verbs);
    is_entry(behind) && is_entry(before) && has_heading(&items[..at])
}

/// Names a place and tells nothing.
fn is_short_of_verbs(part: &[Item], verbs: ClassSet) -> bool {
    part.len() <= LONGEST_ENTRY
        && part.iter().any(Item::is_place)
        && !part.iter().any(|item| {
            matches!(item.kind, ItemKind::Actor(_))
                || item.classes.meets(verbs) && item.features.is_finite()
        })
}

/// A colon stands before in the line, at the head of the entry.
fn has_heading(before: &[Item]) -> bool {
    before
        .iter()
        .rev()
        .take(LONGEST_LINE)
        .take_while(|item| !item.is_break())
        .any(|item| item.is_mark(&[':']))
}

/// Items of a line in which a heading is looked for.
const LONGEST_LINE: usize = 120;
