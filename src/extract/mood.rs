//! What governs a word of control: is the thing done, or only meant, denied, feared, expected?
//!
//! The word "control" alone says nothing. The nearest governor to its left in the clause decides,
//! and a governor such as "managed to" is itself governed by what stands before it.

mod bare;
mod gaze;
mod time;
mod untrue;

use bare::bare_verb;
use gaze::look_left;
use time::{is_soon, is_supposed, is_yet_to_be, was_once};
use untrue::{is_rebutted, is_untrue, is_untrue_behind_aside};

use super::Words;
use super::annotate::{Item, ItemKind};
use crate::claim::Certainty;
use crate::lexicon::{ClassSet, Features};

/// Why a state of former times is set aside.
pub(super) const HELD_BEFORE: &str = "held before, not now";

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
    /// Every one.
    pub(crate) const ALL: [Self; 8] = [
        Self::Asserted,
        Self::Hedged,
        Self::Past,
        Self::Intended,
        Self::Negated,
        Self::Denied,
        Self::Conditional,
        Self::Expected,
    ];

    /// Its word in tables.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Hedged => "hedged",
            Self::Past => "past",
            Self::Intended => "intended",
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Conditional => "conditional",
            Self::Expected => "expected",
        }
    }

    /// Why a claim in this mood is set aside; none when it is not.
    pub(crate) fn reason(self) -> Option<&'static str> {
        match self {
            Self::Asserted | Self::Hedged => None,
            Self::Past => Some(HELD_BEFORE),
            Self::Intended => Some("intention"),
            Self::Negated => Some("negation"),
            Self::Denied => Some("denial"),
            Self::Conditional => Some("condition"),
            Self::Expected => Some("expectation or question"),
        }
    }

    /// How sure whoever tells it is.
    pub(crate) fn certainty(self) -> Certainty {
        match self {
            Self::Hedged => Certainty::Hedged,
            _ => Certainty::Stated,
        }
    }
}

/// The mood of the cue at `at`, in the clause that starts at `floor` and ends before `end`.
pub(crate) fn mood(
    items: &[Item],
    at: usize,
    clause: std::ops::Range<usize>,
    words: &Words,
) -> Mood {
    let cue = &items[at];
    let asks = |item: &Item| item.is_mark(&['?', '؟']);
    // "Who holds it? The town is theirs": what stands behind the question is the answer.
    let question = items[clause.start..at].iter().rposition(asks);
    let start = question.map_or(clause.start, |mark| clause.start + mark + 1);
    let clause = start..clause.end;
    if is_in_question(items, at, &clause, words) {
        return Mood::Expected;
    }
    if cue.features.any(Features::FUTURE) {
        return Mood::Expected;
    }
    // A purpose: "to take", "for the capture of".
    if cue.features.any(Features::TO)
        && cue.features.any(Features::NOUN.and(Features::PRESENT))
        && !is_party(cue, words)
        && !is_result(items, at, clause.start, words)
    {
        return Mood::Intended;
    }
    if is_soon(items, at, words) || is_yet_to_be(items, at, clause.start, words) {
        return Mood::Expected;
    }
    if is_supposed(items, at, words) {
        return Mood::Conditional;
    }
    if was_once(items, at, &clause, words) {
        return Mood::Past;
    }
    // Behind "then" a word that may be a noun or a verb is the verb.
    let is_then = !words.is_analytic && at > 0 && items[at - 1].classes.meets(words.then);
    let other = Features::NOUN.and(Features::BASE);
    let is_finite = cue.features.any(Features::PAST) && (is_then || !cue.features.any(other));
    let found = match bare_verb(items, at, clause.start, words) {
        Some(mood) => mood,
        None => look_left(items, at, clause.start, words, is_finite),
    };
    by_what_follows(items, at, clause.end, words, (found, is_finite))
}

/// The mood that the words of a clause around `own` give what those words say, which carry their own
/// negation: denied or a condition, or neither.
pub(crate) fn mood_around(
    items: &[Item],
    own: std::ops::Range<usize>,
    clause: &std::ops::Range<usize>,
    words: &Words,
) -> Mood {
    // A clause of its own: in a relative one, or behind "and".
    let is_joined = !words.is_analytic && items[own.start].features.any(Features::AND);
    let mut behind = items[own.clone()].iter();
    let is_relative = behind.any(|item| item.classes.meets(words.which));
    let left = if is_joined || is_relative || clause.start > own.start {
        Mood::Asserted
    } else {
        look_left(items, own.start, clause.start, words, true)
    };
    let end = clause.end.clamp(own.end, own.end + AHEAD);
    match left {
        Mood::Denied | Mood::Conditional => left,
        _ if is_untrue(&items[own.end..end], words) => Mood::Denied,
        _ => Mood::Asserted,
    }
}

/// The mood of the cue at `at` that stands so far as `found`, by the words behind it in its clause.
fn by_what_follows(
    items: &[Item],
    at: usize,
    end: usize,
    words: &Words,
    (found, is_finite): (Mood, bool),
) -> Mood {
    let cue = &items[at];
    let governors = &words.governors;
    // A prediction or a denial often stands behind what it is about: "the capture of it is a
    // matter of days", "reports of its fall are false".
    let ahead = &items[at..end.min(at + AHEAD)];
    let untrue_behind =
        || is_untrue_behind_aside(items, at, words) || is_rebutted(items, at, words);
    let says = |class: ClassSet| ahead.iter().any(|item| item.classes.meets(class));
    // "It is theirs, and nearly every house is mined": behind "and" another thing is told.
    // "Is theirs and will stay so": another tense, another thing.
    let goes_on = |pair: &[Item]| {
        let is_joined = !words.is_analytic && pair[1].features.any(Features::AND);
        // "Is theirs and will stay so", "as long as it is theirs it will": a verb of its own.
        is_joined && (pair[0].is_comma() || pair[1].features.any(Features::FUTURE))
            || pair[0].is_mark(&[','])
                && (pair[1].classes.meets(words.and)
                    || words.is_analytic && pair[1].classes.meets(words.which))
            || pair[0].classes.meets(words.and) && pair[1].classes.meets(governors.predict)
    };
    let own = ahead.windows(2).position(goes_on).unwrap_or(ahead.len());
    let foretells = |class: ClassSet| ahead[..own].iter().any(|item| item.classes.meets(class));
    // "Militias close to PLACE" are near nothing that is to come.
    // Nor is what nobody came near.
    let nears = ahead[..own].windows(3).any(|three| {
        !three[0].classes.meets(governors.not)
            && three[1].classes.meets(governors.nearly)
            && !three[2].is_place()
    });
    match found {
        Mood::Asserted | Mood::Hedged if is_untrue(ahead, words) || untrue_behind() => Mood::Denied,
        // "Was held by them until last week".
        Mood::Asserted if cue.classes.meets(governors.state) && says(governors.until) => Mood::Past,
        Mood::Asserted
            if !is_finite
                && !cue.classes.meets(words.amounts)
                && !matches!(cue.kind, ItemKind::Number(_))
                && !cue.features.any(Features::PRESENT)
                && !has_been(items, at, words)
                && (foretells(governors.predict) || nears) =>
        {
            Mood::Expected
        }
        // "Perhaps they take it next month".
        Mood::Hedged
            if !words.is_analytic
                && cue.features.any(Features::PRESENT)
                && !cue.features.any(Features::NOUN)
                && foretells(governors.predict) =>
        {
            Mood::Expected
        }
        found => found,
    }
}

/// Items from "was" to whose a place was.
const HAS_BEEN: usize = 3;

/// "Was brought under their control within hours": what is told as past is not to come.
fn has_been(items: &[Item], at: usize, words: &Words) -> bool {
    let near = &items[at.saturating_sub(HAS_BEEN)..=at];
    let is_past = |item: &Item| item.classes.meets(words.governors.was);
    let is_meant = |item: &Item| {
        item.classes
            .meets(words.governors.intend.and(words.governors.to))
    };
    words.is_analytic && near.iter().any(is_past) && !near.iter().any(is_meant)
}

/// The clause asks, and no answer says that it is so.
fn is_in_question(
    items: &[Item],
    at: usize,
    clause: &std::ops::Range<usize>,
    words: &Words,
) -> bool {
    let asks = |item: &Item| item.is_mark(&['?', '؟']);
    let mark = items[at..clause.end].iter().position(asks);
    let is_confirmed = mark.is_some_and(|mark| is_answered_yes(items, at + mark, words));
    let asks_of = |item: &Item| item.classes.meets(words.governors.question);
    (mark.is_some() || items[clause.start..at].iter().any(asks_of)) && !is_confirmed
}

/// Items from a question to the "yes" that answers it: "A: yes".
const ANSWER: usize = 5;

/// "Has it fallen? Yes": the answer says so.
fn is_answered_yes(items: &[Item], mark: usize, words: &Words) -> bool {
    let behind = items[mark + 1..].iter().take(ANSWER);
    let mut words_behind = behind.filter(|item| matches!(item.kind, ItemKind::Word));
    // What introduces the answer: "A:", "he said".
    let is_yes = |item: &Item| item.classes.meets(words.governors.yes);
    words_behind.next().is_some_and(is_yes) || words_behind.next().is_some_and(is_yes)
}

/// Items from what was done to what came of it.
const RESULT: usize = 24;

/// "Advanced, to take the village": behind something done, a finite verb with "to" tells what came
/// of it.
pub(super) fn is_result(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
    let governors = &words.governors;
    let cue = items[at].features;
    let before = &items[at.saturating_sub(RESULT).max(floor)..at];
    let is_meant = |item: &Item| {
        let classes = item.classes;
        item.features.any(Features::FUTURE)
            || classes.meets(governors.intend)
            || classes.meets(governors.predict)
            || classes.meets(governors.condition)
            || classes.meets(governors.not)
            || classes.meets(governors.deny)
    };
    // "B gave up, so that A took the village": behind a comma, told of another party.
    let is_comma = at
        .checked_sub(1)
        .is_some_and(|comma| items[comma].is_comma());
    let names = |item: &Item| matches!(item.kind, ItemKind::Actor(_));
    let is_of_other = !words.is_analytic && is_comma && items.get(at + 1).is_some_and(names);
    let is_done = |item: &Item| {
        let is_deed = item.classes.meets(words.done.and(words.gives_way));
        (is_deed || is_of_other && item.features.is_finite())
            && item.features.any(Features::PAST)
            && !item.features.any(Features::TO)
    };
    cue.any(Features::PRESENT)
        && !cue.any(Features::NOUN.and(Features::BASE))
        && before.iter().any(is_done)
        && !before.iter().any(is_meant)
}

/// How far behind a cue, in items, a word still speaks of it.
const AHEAD: usize = 14;

/// A party as the one to whom a place belongs.
fn is_party(item: &Item, words: &Words) -> bool {
    !words.is_analytic
        && (matches!(item.kind, ItemKind::Actor(_))
            || item.classes.meets(words.foe)
            || item.classes.meets(words.to_itself))
}
