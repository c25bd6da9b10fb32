//! What is told and then called untrue, in the same sentence.

use crate::extract::Words;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::mood::AHEAD;

/// What is told is called untrue behind; not where some news is named first, which that is said of:
/// "they hold it, and a report that they lost it is false".
pub(super) fn is_untrue(ahead: &[Item], words: &Words) -> bool {
    let untrue = ahead
        .iter()
        .position(|item| item.classes.meets(words.governors.untrue));
    let is_news = |item: &Item| item.classes.meets(words.claimed);
    untrue.is_some_and(|untrue| !ahead[1..untrue.max(1)].iter().any(is_news))
}

/// Items of an aside about who says so.
const SAYS_SO: usize = 7;

/// "Its recapture was, he said, pure invention": what is told is called untrue behind the aside.
pub(super) fn is_untrue_behind_aside(items: &[Item], at: usize, words: &Words) -> bool {
    let ends = |item: &Item| item.is_break() || item.is_mark(&['.', ';']);
    let ahead = &items[at..items.len().min(at + AHEAD + SAYS_SO)];
    let mut commas = (1..ahead.len()).filter(|at| ahead[*at].is_comma());
    let (Some(open), Some(close)) = (commas.next(), commas.next()) else {
        return false;
    };
    let is_be = ahead[open - 1]
        .classes
        .meets(words.be.and(words.roles.is_so));
    is_be
        && close - open <= SAYS_SO
        && !ahead[..close].iter().any(ends)
        && ahead.get(close + 1).is_some_and(|item| {
            item.classes
                .meets(words.governors.untrue.and(words.governors.deny))
        })
}

/// Items from what is told to the "but" that rebuts it, and from there to the word that does.
const BUT: usize = 18;
const REBUTS: usize = 3;

/// "They wrote that they took it, but this is not so": the sentence itself calls it untrue.
pub(super) fn is_rebutted(items: &[Item], at: usize, words: &Words) -> bool {
    let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
    let ahead = items[at..].iter().take(BUT).take_while(ends).count();
    let is = |at: usize, set| items[at].classes.meets(set);
    let but = (at + 1..at + ahead).find(|but| is(*but, words.but) && items[*but - 1].is_comma());
    let Some(but) = but else {
        return false;
    };
    let end = items.len().min(but + 1 + REBUTS);
    let is_named = |item: &Item| item.is_place() || matches!(item.kind, ItemKind::Actor(_));
    let untrue = (but + 1..end).find(|at| is(*at, words.governors.untrue));
    untrue.is_some_and(|untrue| !items[but..untrue].iter().any(is_named))
}
