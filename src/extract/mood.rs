//! What governs a word of control: is the thing done, or only meant, denied, feared, expected?
//!
//! The word "control" alone says nothing. The nearest governor to its left in the clause decides,
//! and a governor such as "managed to" is itself governed by what stands before it.

use super::Words;
use super::annotate::{Item, ItemKind};
use crate::lexicon::{ClassSet, Features};

/// How the words stand to the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Said as a fact.
    Asserted,
    /// Reported with doubt.
    Hedged,
    /// Said to have been so before.
    Past,
    /// Aimed at.
    Intended,
    /// Said not to be so.
    Negated,
    /// Denied by somebody.
    Denied,
    /// Only if.
    Conditional,
    /// Expected or asked.
    Expected,
}

impl Mood {
    /// Why a claim in this mood is set aside; none when it is not.
    pub(crate) fn reason(self) -> Option<&'static str> {
        match self {
            Self::Asserted | Self::Hedged => None,
            Self::Past => Some("held before, not now"),
            Self::Intended => Some("intention"),
            Self::Negated => Some("negation"),
            Self::Denied => Some("denial"),
            Self::Conditional => Some("condition"),
            Self::Expected => Some("expectation or question"),
        }
    }
}

/// Farther to the left than this, in items, an intention no longer governs.
const REACH: usize = 9;

/// The mood of the cue at `at`, in the clause that starts at `floor` and ends before `end`.
pub(crate) fn mood(
    items: &[Item],
    at: usize,
    clause: std::ops::Range<usize>,
    words: &Words,
) -> Mood {
    let cue = &items[at];
    let governors = &words.governors;
    if items[clause.clone()]
        .iter()
        .any(|item| item.is_mark(&['?', '؟']))
        || (clause.start..at).any(|i| items[i].classes.meets(governors.question))
    {
        return Mood::Expected;
    }
    if cue.features.any(Features::FUTURE) {
        return Mood::Expected;
    }
    // A purpose: "to take", "for the capture of".
    if cue.features.any(Features::TO) && cue.features.any(Features::NOUN.and(Features::PRESENT)) {
        return Mood::Intended;
    }
    let is_finite =
        cue.features.any(Features::PAST) && !cue.features.any(Features::NOUN.and(Features::BASE));
    let found = match bare_verb(items, at, clause.start, words) {
        Some(mood) => mood,
        None => look_left(items, at, clause.start, words, is_finite),
    };
    // A prediction or a denial often stands behind what it is about: "the capture of it is a
    // matter of days", "reports of its fall are false".
    let ahead = &items[at..clause.end.min(at + AHEAD)];
    let says = |class: ClassSet| ahead.iter().any(|item| item.classes.meets(class));
    match found {
        Mood::Asserted | Mood::Hedged if says(governors.untrue) => Mood::Denied,
        Mood::Asserted
            if !is_finite
                && !cue.classes.meets(words.amounts)
                && !matches!(cue.kind, ItemKind::Number(_))
                && !cue.features.any(Features::PRESENT)
                && (says(governors.predict) || says(governors.nearly)) =>
        {
            Mood::Expected
        }
        found => found,
    }
}

/// How far behind a cue, in items, a word still speaks of it.
const AHEAD: usize = 14;

/// The mood of a verb without an ending: an auxiliary right before it decides. None when the form
/// is not such a verb, or stands by itself as a plural present.
fn bare_verb(items: &[Item], at: usize, floor: usize, words: &Words) -> Option<Mood> {
    let governors = &words.governors;
    if !items[at].features.any(Features::BASE) {
        return None;
    }
    let before = &items[at.checked_sub(1)?];
    if before.classes.meets(governors.to) {
        Some(Mood::Intended)
    } else if before.classes.meets(governors.predict) {
        Some(Mood::Expected)
    } else if before.classes.meets(governors.not) {
        Some(Mood::Negated)
    } else if before.classes.meets(governors.achieved) {
        Some(Mood::Asserted)
    } else if before.classes.meets(words.and) {
        // "Did not cross the river and take the town".
        (at.saturating_sub(COORDINATED).max(floor)..at - 1)
            .rev()
            .map(|left| items[left].classes)
            .find_map(|classes| {
                if classes.meets(governors.not) {
                    Some(Mood::Negated)
                } else if classes.meets(governors.to) {
                    Some(Mood::Intended)
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

/// How far before a coordinated verb its auxiliary may stand, in items.
const COORDINATED: usize = 9;

fn look_left(items: &[Item], at: usize, floor: usize, words: &Words, finite: bool) -> Mood {
    let governors = &words.governors;
    let mut hedged = false;
    // "Still" undoes a "was" that stands farther off.
    let mut still = false;
    let mut left = at;
    while left > floor {
        left -= 1;
        let item = &items[left];
        let near = at - left <= REACH;
        if item.classes.meets(governors.condition) {
            return Mood::Conditional;
        }
        if item.classes.meets(governors.before) && at - left <= 2 && !finite {
            return Mood::Expected;
        }
        if item.classes.meets(governors.deny) {
            return Mood::Denied;
        }
        if item.classes.meets(governors.not)
            && at - left <= if finite { 1 } else { 3 }
            && !is_double_negation(items, left, at, words)
        {
            return Mood::Negated;
        }
        if item.features.any(Features::FUTURE) && near && !finite {
            return Mood::Expected;
        }
        if item.classes.meets(governors.still) {
            still = true;
        }
        if !still
            && item.classes.meets(governors.was)
            && near
            && !is_backshift(items, left, floor, words)
            && items[at]
                .features
                .any(Features::PRESENT.and(Features::NOUN))
            && !items[at].features.any(Features::PAST)
        {
            return Mood::Past;
        }
        if !finite && near {
            if item.classes.meets(governors.intend)
                || (item.classes.meets(governors.predict))
                || item.classes.meets(governors.nearly)
            {
                return if item.classes.meets(governors.predict) {
                    Mood::Expected
                } else {
                    Mood::Intended
                };
            }
            if item.classes.meets(governors.achieved) && !item.features.any(Features::FUTURE) {
                let is_base =
                    item.features.any(Features::PRESENT) && item.features.any(Features::TO);
                if is_base {
                    return Mood::Intended;
                }
                return with_hedge(
                    look_left(items, left, floor, words, item.features.any(Features::PAST)),
                    hedged,
                );
            }
        }
        if item.classes.meets(governors.hedge) {
            hedged = true;
        }
    }
    if hedged { Mood::Hedged } else { Mood::Asserted }
}

/// "Said that it was": the tense of the report, not of what it tells.
fn is_backshift(items: &[Item], was: usize, floor: usize, words: &Words) -> bool {
    items[was.saturating_sub(REACH).max(floor)..was]
        .iter()
        .any(|item| item.classes.meets(words.governors.backshift))
}

fn with_hedge(mood: Mood, hedged: bool) -> Mood {
    if hedged && mood == Mood::Asserted {
        Mood::Hedged
    } else {
        mood
    }
}

/// "without a fight" between a negation and the cue: it does not negate the cue.
fn is_double_negation(items: &[Item], not: usize, at: usize, words: &Words) -> bool {
    items[not + 1..at].iter().any(|item| {
        item.classes.meets(words.governors.still) || item.classes.meets(words.governors.only)
    })
}
