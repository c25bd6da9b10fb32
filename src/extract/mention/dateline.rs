//! Datelines: the place where a report was written, at its head, is none of its news.

use crate::extract::annotate::{Item, ItemKind};
use crate::extract::words::Words;
use crate::text::Text;

/// A dateline is no longer than this, in items.
const LONGEST_DATELINE: usize = 7;

/// A line with a comma that is longer than this, in items, is no entry of a list.
const LONGEST_LINE: usize = 12;

/// Lines from the top among which a dateline may stand.
const DATELINE_LINES: usize = 8;

/// Places in "CITY (AGENCY) -", "CITY/ AGENCY" at the head of one of the first lines.
pub(super) fn datelines(text: &Text, items: &[Item], words: &Words) -> Vec<usize> {
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
