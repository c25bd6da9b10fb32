//! Verbs without an ending, whose auxiliary tells how they stand to the fact.

use super::{AHEAD, Mood, look_left};
use crate::extract::Words;
use crate::extract::annotate::Item;
use crate::lexicon::Features;

/// The mood of a verb without an ending: an auxiliary right before it decides. None when the form
/// is not such a verb, or stands by itself as a plural present.
pub(super) fn bare_verb(items: &[Item], at: usize, floor: usize, words: &Words) -> Option<Mood> {
    let governors = &words.governors;
    if !items[at].features.any(Features::BASE) {
        return None;
    }
    let before = &items[at.checked_sub(1)?];
    // It may be the first word of its clause.
    let floor = floor.min(at - 1);
    if before.classes.meets(governors.to) {
        Some(if is_managed(items, at, floor, words) {
            Mood::Asserted
        } else {
            Mood::Intended
        })
    } else if before.classes.meets(governors.could) && is_of_past_day(items, at, words) {
        Some(Mood::Asserted)
    } else if before.classes.meets(governors.predict) || before.classes.meets(words.modal) {
        Some(Mood::Expected)
    } else if before.classes.meets(governors.not) {
        Some(Mood::Negated)
    } else if before.classes.meets(governors.achieved) {
        // "If they had to leave it", "he denied that they managed to take it".
        let governed = look_left(items, at - 1, floor, words, true);
        let is_undone = matches!(governed, Mood::Conditional | Mood::Denied);
        Some(if is_undone { governed } else { Mood::Asserted })
    } else if before.classes.meets(words.roles.link) {
        // "Did not cross the river and take the town".
        (at.saturating_sub(COORDINATED).max(floor)..at - 1)
            .rev()
            .find_map(|left| {
                let classes = items[left].classes;
                if classes.meets(governors.not) {
                    Some(Mood::Negated)
                } else if classes.meets(governors.to) {
                    // "Managed yesterday to enter it and take it".
                    let is_done = words.is_analytic && is_managed(items, left + 1, floor, words);
                    Some(if is_done {
                        Mood::Asserted
                    } else {
                        Mood::Intended
                    })
                } else if classes.meets(governors.predict) {
                    Some(Mood::Expected)
                } else {
                    None
                }
            })
    } else {
        None
    }
}

/// "They could take it yesterday": they were able to.
fn is_of_past_day(items: &[Item], at: usize, words: &Words) -> bool {
    let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ',', ';']);
    let mut behind = items[at..].iter().take(AHEAD).take_while(ends);
    behind.any(|item| item.classes.meets(words.governors.past_day))
}

/// "Managed in the past days to": an achievement whose "to" stands farther behind.
fn is_managed(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
    let governors = &words.governors;
    // Only the bare word; "aim to" brings its own sense.
    let is_bare = items[at - 1].classes.meets(words.direction);
    let range = at.saturating_sub(MANAGED).max(floor)..at - 1;
    is_bare
        && items[range.clone()]
            .iter()
            .rposition(|item| {
                item.classes.meets(governors.achieved)
                    && item.features.any(Features::PAST)
                    && !item.features.any(Features::NOUN)
            })
            .is_some_and(|managed| {
                let managed = range.start + managed;
                let bare = |item: &Item| {
                    item.classes.meets(governors.intend) || item.classes.meets(governors.to)
                };
                !items[managed + 1..at - 1].iter().any(bare)
                    && !items[managed.saturating_sub(2)..managed]
                        .iter()
                        .any(|item| item.classes.meets(governors.not))
            })
}
/// Items from "managed" to its "to": "managed, after days of fighting, to".
const MANAGED: usize = 14;

/// How far before a coordinated verb its auxiliary may stand, in items.
const COORDINATED: usize = 9;
