//! What is to come, is only supposed, or was so once: by auxiliaries and adverbs, and by verbs that others
//! share.

use std::ops::Range;

use crate::extract::Words;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::mood::AHEAD;
use crate::lexicon::Features;

/// Items from "was" to whose a place was, and from when that was to "was".
const WAS: usize = 6;
const SINCE_WHEN: usize = 16;

/// "Was once in their hands", "until last month it was theirs", "was theirs until last month": English,
/// which tells its story in the past, says so by another word.
pub(super) fn was_once(items: &[Item], at: usize, clause: &Range<usize>, words: &Words) -> bool {
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

/// Items from a verb to such an adverb: "goes the ACTOR into PLACE tomorrow".
const SOON_BEHIND: usize = 4;

/// "He rules it soon": what is to come, by an adverb alone.
pub(super) fn is_soon(items: &[Item], at: usize, words: &Words) -> bool {
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
pub(super) fn is_yet_to_be(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
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
pub(super) fn is_supposed(items: &[Item], at: usize, words: &Words) -> bool {
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
