//! What stands to the left of a word of control, and governs it: the nearest governor decides, and one
//! such as "managed to" hands the question on to what governs itself.

mod apart;
mod governor;
mod past;
mod purpose;

use super::Mood;
use crate::extract::Words;
use crate::extract::annotate::Item;
use crate::lexicon::Features;

/// Farther to the left than this, in items, an intention no longer governs.
const REACH: usize = 9;

/// Items from a verb in the subjunctive back to what governs it.
const SUBJUNCTIVE: usize = 5;

/// Items between two verbs joined by "and".
const JOINED: usize = 12;

/// The mood that the words between `floor` and the cue at `at` give it.
pub(super) fn look_left(
    items: &[Item],
    at: usize,
    floor: usize,
    words: &Words,
    is_finite: bool,
) -> Mood {
    let cue = items[at].features;
    // "That it take": a verb in the subjunctive is done only where something done governs it.
    let is_quote = |item: &Item| item.is_mark(&['"', '«', '“', '”']);
    let mut before = items[floor..at].iter().rev();
    let before = before.find(|item| !is_quote(item));
    let is_subjunctive = before.is_some_and(|item| item.classes.meets(words.governors.subjunctive));
    if cue.any(Features::PRESENT) && is_subjunctive {
        let is_done = items[at.saturating_sub(SUBJUNCTIVE).max(floor)..at]
            .iter()
            .any(|item| {
                item.classes.meets(words.governors.achieved) && item.features.any(Features::PAST)
            });
        if !is_done {
            return Mood::Intended;
        }
    }
    let is_present = cue.any(Features::PRESENT) && !cue.any(Features::NOUN.and(Features::BASE));
    if let Some(verb) = joined_to(items, at, floor, words) {
        let mood = look_left(items, verb, floor, words, false);
        if mood.reason().is_some() {
            return mood;
        }
    }
    let mut gaze = Gaze {
        items,
        words,
        at,
        is_finite,
        is_free: is_finite || is_present && !words.is_analytic,
        is_still: items[at].classes.meets(words.has_left),
        has_come: false,
        is_hedged: false,
        is_behind: false,
        is_apart: false,
        is_told: false,
        is_told_anew: false,
        is_past: false,
    };
    // A word of no class governs nothing, unless its form does.
    let says = |item: &Item| {
        let forms = Features::FUTURE.and(Features::AND);
        !item.classes.is_empty() || item.features.any(forms)
    };
    for left in (floor..at).rev().filter(|left| says(&items[*left])) {
        gaze.part(left);
        let decided = gaze
            .whole_clause(left)
            .or_else(|| gaze.past(left, floor))
            .or_else(|| gaze.purpose(left, floor));
        if let Some(mood) = decided {
            return mood;
        }
        gaze.is_hedged |= items[left].classes.meets(words.governors.hedge);
    }
    if gaze.is_hedged {
        Mood::Hedged
    } else {
        Mood::Asserted
    }
}

/// "Wants that it enter the town and hold it": the verb in the subjunctive that the one at `at` is
/// joined to.
fn joined_to(items: &[Item], at: usize, floor: usize, words: &Words) -> Option<usize> {
    let cue = items[at].features;
    let is_verb = cue.any(Features::PRESENT) && !cue.any(Features::BASE);
    if words.is_analytic || !is_verb || !cue.any(Features::AND) {
        return None;
    }
    let ends = |item: &Item| {
        item.is_comma()
            || item.is_mark(&['.', ':', ';', '؛'])
            || item.features.any(Features::PAST) && item.features.is_finite()
    };
    // Before a verb that the lexicon does not know, the governor tells.
    let governs = words.governors.intend;
    let is_subjunctive = |verb: &usize| {
        *verb > floor
            && items[*verb - 1].classes.meets(words.governors.subjunctive)
            && (items[*verb].features.any(Features::PRESENT)
                || *verb > floor + 1 && items[*verb - 2].classes.meets(governs))
    };
    let left = (at.saturating_sub(JOINED).max(floor)..at).rev();
    left.take_while(|left| !ends(&items[*left]))
        .find(is_subjunctive)
}

/// What is looked for to the left, and what was passed on the way.
struct Gaze<'a> {
    items: &'a [Item<'a>],
    words: &'a Words,
    /// The word whose governor is looked for: the cue, then what governs it.
    at: usize,
    is_finite: bool,
    /// A finite verb, which an intention before it does not govern.
    is_free: bool,
    /// "Still" undoes a "was" that stands farther off.
    is_still: bool,
    /// A verb of coming about stands between.
    has_come: bool,
    is_hedged: bool,
    /// Told as what came first: "after its capture".
    is_behind: bool,
    /// A comma and an "and" stand between, and no "that": a clause of its own.
    is_apart: bool,
    is_told: bool,
    /// ", and that" stands between: the clause that was called untrue has ended.
    is_told_anew: bool,
    /// "After that" stands between: what it leads to has happened, whatever is denied before it.
    is_past: bool,
}

impl Gaze<'_> {
    /// So near that an intention may govern.
    fn is_near(&self, left: usize) -> bool {
        self.at - left <= REACH
    }
}
