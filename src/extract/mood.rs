//! What governs a word of control: is the thing done, or only meant, denied, feared, expected?
//!
//! The word "control" alone says nothing. The nearest governor to its left in the clause decides,
//! and a governor such as "managed to" is itself governed by what stands before it.

mod gaze;

use gaze::look_left;

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

/// Items from "was" to whose a place was, and from when that was to "was".
const WAS: usize = 6;
const SINCE_WHEN: usize = 16;

/// "Was once in their hands", "until last month it was theirs", "was theirs until last month": English,
/// which tells its story in the past, says so by another word.
fn was_once(items: &[Item], at: usize, clause: &std::ops::Range<usize>, words: &Words) -> bool {
    let governors = &words.governors;
    let is = |at: usize, set| items[at].classes.meets(set);
    let is_state = words.is_analytic
        && !items[at].features.is_finite()
        && !is(at, words.gaining.and(words.loss).and(words.amounts));
    if !is_state {
        return false;
    }
    let near = at.saturating_sub(WAS).max(clause.start)..at;
    let Some(was) = near.rev().find(|at| is(*at, words.was_then)) else {
        return false;
    };
    let ends = |item: &&Item| !item.is_punctuation() && !item.is_break();
    // "Once the ACTOR came": as soon as.
    let is_when = |at: usize| is(at, words.the) || matches!(items[at].kind, ItemKind::Actor(_));
    let is_once = |at: usize| is(at, governors.once) && !is_when(at + 1);
    let behind = &items[at + 1..clause.end.max(at + 1)];
    let mut behind = behind.iter().take(AHEAD).take_while(ends);
    let first = was.saturating_sub(SINCE_WHEN).max(clause.start);
    (first..at).any(|at| at != was && is_once(at))
        || behind.any(|item| item.classes.meets(governors.until))
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

/// Items from a verb to such an adverb: "goes the ACTOR into PLACE tomorrow".
const SOON_BEHIND: usize = 4;

/// "He rules it soon": what is to come, by an adverb alone.
fn is_soon(items: &[Item], at: usize, words: &Words) -> bool {
    let behind = items[at + 1..].iter().take(SOON_BEHIND);
    let is_named = |item: &&Item| matches!(item.kind, ItemKind::Actor(_)) || item.is_place();
    let mut behind = behind.skip_while(is_named);
    let features = items[at].features;
    !words.is_analytic
        && features.any(Features::PRESENT)
        && !features.any(Features::NOUN)
        && (behind.next()).is_some_and(|next| next.classes.meets(words.governors.soon))
}

/// Items from "be" to its participle, and from "will" to "be".
const BE: usize = 4;
const WILL: usize = 3;

/// "Will be taken", "may soon be held by", "is to be freed": a passive that has not come about.
fn is_yet_to_be(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
    if !words.is_analytic {
        return false;
    }
    let is_to_be = at > floor && items[at - 1].classes.meets(words.governors.intend);
    if items[at].features.any(Features::PAST) && is_to_be {
        return true;
    }
    let is_plain = |at: &usize| matches!(items[*at].kind, ItemKind::Word);
    let is_be = |at: &usize| items[*at].classes.meets(words.be);
    if is_gapped(items, at, floor, words) {
        return true;
    }
    let mut left = (at.saturating_sub(BE).max(floor)..at)
        .rev()
        .take_while(is_plain);
    let Some(be) = left.find(is_be) else {
        return false;
    };
    let governs = |at: usize| {
        let classes = items[at].classes;
        // "Is to be", but "is said to be".
        let is_to = classes.meets(words.governors.to.and(words.direction))
            && at > floor
            && items[at - 1]
                .classes
                .meets(words.copula.and(words.governors.intend));
        classes.meets(words.modal) || classes.meets(words.governors.predict) || is_to
    };
    let mut will = (be.saturating_sub(WILL).max(floor)..be)
        .rev()
        .take_while(is_plain);
    will.any(governs)
}

/// Items from "is to be" to the end of its clause.
const GAPPED: usize = 10;

/// "A is to be seized first, B freed after that": the second participle shares the "is to be".
fn is_gapped(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
    let is = |at: usize, set| items[at].classes.meets(set);
    let is_participle = items[at].features.any(Features::PAST);
    let comma = (at.saturating_sub(WAS)..at)
        .rev()
        .find(|at| items[*at].is_comma());
    let Some(comma) = comma.filter(|comma| is_participle && comma + 1 >= floor) else {
        return false;
    };
    let own = words
        .was_then
        .and(words.copula)
        .and(words.passive)
        .and(words.be);
    let acts = |at: usize| matches!(items[at].kind, ItemKind::Actor(_)) || is(at, own);
    if !items[comma + 1].is_place() && !is(comma + 1, words.and) || (comma..at).any(acts) {
        return false;
    }
    let will = words.modal.and(words.governors.predict);
    let will = will.and(words.governors.to.and(words.direction));
    let to_be = |at: usize| {
        let is_meant = at > 0 && is(at - 1, will);
        is(at, words.be) && is_meant || is(at, words.governors.intend)
    };
    (comma.saturating_sub(GAPPED)..comma).any(to_be)
}

/// Items from "which" to the verb of its clause, and from there to "would".
const WHICH: usize = 3;
const WOULD: usize = 24;

/// "An ARMY that withdrew from PLACE might see": no army that is, but one that is supposed.
fn is_supposed(items: &[Item], at: usize, words: &Words) -> bool {
    let is = |at: usize, set| items[at].classes.meets(set);
    let is_of_some = |which: usize| {
        is(which, words.which)
            && matches!(items[which - 1].kind, ItemKind::Actor(_))
            && is(which - 2, words.article)
            && !is(which - 2, words.the)
    };
    let mut which = (at.saturating_sub(WHICH).max(2)..at).rev();
    let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';']);
    let mut behind = items[at..].iter().take(WOULD).take_while(ends);
    let governs = words.modal.and(words.governors.predict);
    words.is_analytic && which.any(is_of_some) && behind.any(|item| item.classes.meets(governs))
}

/// What is told is called untrue behind; not where some news is named first, which that is said of:
/// "they hold it, and a report that they lost it is false".
fn is_untrue(ahead: &[Item], words: &Words) -> bool {
    let untrue = ahead
        .iter()
        .position(|item| item.classes.meets(words.governors.untrue));
    let is_news = |item: &Item| item.classes.meets(words.claimed);
    untrue.is_some_and(|untrue| !ahead[1..untrue.max(1)].iter().any(is_news))
}

/// Items of an aside about who says so.
const SAYS_SO: usize = 7;

/// "Its recapture was, he said, pure invention": what is told is called untrue behind the aside.
fn is_untrue_behind_aside(items: &[Item], at: usize, words: &Words) -> bool {
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
fn is_rebutted(items: &[Item], at: usize, words: &Words) -> bool {
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

/// The mood of a verb without an ending: an auxiliary right before it decides. None when the form
/// is not such a verb, or stands by itself as a plural present.
fn bare_verb(items: &[Item], at: usize, floor: usize, words: &Words) -> Option<Mood> {
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

/// A party as the one to whom a place belongs.
fn is_party(item: &Item, words: &Words) -> bool {
    !words.is_analytic
        && (matches!(item.kind, ItemKind::Actor(_))
            || item.classes.meets(words.foe)
            || item.classes.meets(words.to_itself))
}
