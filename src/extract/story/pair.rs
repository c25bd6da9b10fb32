//! What two claims of a text on one place leave of each other: a capture and a loss, a part and the whole,
//! a fight and its end.

use std::ops::Range;

use crate::claim::{Certainty, Status};
use crate::extract::claim::{Context, Found};

/// Two parties that each speak for themselves contradict each other; neither overtakes the other.
/// Nor does what the writer tells overtake what he quotes, or the other way round.
fn disagree(a: &Found, b: &Found) -> bool {
    a.voice != b.voice && a.voice == a.actor && b.voice == b.actor || a.is_quoted != b.is_quoted
}

/// Items from "still" to whose a place is.
const STILL: usize = 4;

/// "The army says that it took it, while others say that it is still theirs": who had a place all the
/// while has not taken it back.
pub(super) fn contradicts(a: &Found, b: &Found, context: &Context) -> bool {
    let words = &context.language.words;
    let is_still = || {
        let near = &context.items[b.at.saturating_sub(STILL)..=b.at];
        near.iter()
            .any(|item| item.classes.meets(words.governors.still))
    };
    let start = context.discourse.sentences[a.sentence].start;
    let reports = |range: Range<usize>| {
        let mut items = context.items[range].iter();
        items.any(|item| item.classes.meets(words.report) && item.features.is_finite())
    };
    !words.is_analytic
        && (a.status, b.status) == (Status::Control, Status::Control)
        && b.sentence <= a.sentence + 1
        && a.actor != b.actor
        && a.at < b.at
        && is_still()
        && reports(start..a.at)
        && reports(a.at..b.at)
}

/// A claim less sure than this gives way to a plain one of the same text.
const WEAK: f64 = 0.75;

/// Of a whole and a part said of one party, in order of the story: true when the first gives way.
fn is_first_weaker(a: &Found, b: &Found) -> bool {
    // "Took it; on Friday we reported that two thirds of it were theirs".
    let had_a_part = a.is_earlier && !b.is_earlier && b.status == Status::Control;
    if had_a_part && b.trust >= WEAK {
        return true;
    }
    // A stated part is more exact than a whole said elsewhere in passing.
    let is_plain = a.share.is_none() && b.share.is_none();
    if is_plain && a.trust.min(b.trust) < WEAK {
        a.trust < b.trust
    } else if is_plain && !a.is_exclusive && !b.is_exclusive {
        true
    } else {
        a.status == Status::Control
    }
}

/// "There was fighting in it all week; on Friday B left".
fn is_over(fight: &Found, loss: &Found) -> bool {
    let is_behind = fight.sentence < loss.sentence;
    fight.actor.is_none() && is_behind && loss.certainty == Certainty::Stated
}

/// What two claims on one place, in order of the story, leave of each other.
pub(super) fn settle_pair(
    (early, late): (usize, usize),
    found: &mut [Found],
    drop: &mut [bool],
    context: &Context,
) {
    if drop[early] || drop[late] {
        return;
    }
    let (a, b) = (&found[early], &found[late]);
    let opposed = |a, b| context.extractor.actors.are_opposed(a, b);
    let rivals =
        matches!((a.actor, b.actor), (Some(x), Some(y)) if opposed(x, y)) && !disagree(a, b);
    let same = a.actor.is_some() && a.actor == b.actor;
    let is_first = a.status == Status::Contested;
    let contested = if is_first { early } else { late };
    if rivals && settle_parts((early, late), found, drop, context) {
        return;
    }
    let (a, b) = (&found[early], &found[late]);
    match (a.status, b.status) {
        // "The last stronghold of B" beside "A took it": B held it before.
        (Status::Control, Status::Control)
            if rivals && a.trust.min(b.trust) < WEAK && (a.trust - b.trust).abs() > 0.1 =>
        {
            let (weaker, surer) = by_trust((early, late), found);
            lose(weaker, surer, found);
        }
        // Taken, then taken by the enemy; a hedge does not overturn a statement.
        (Status::Control, Status::Control) if rivals && b.certainty == Certainty::Stated => {
            // What was only rumoured was not lost.
            if a.certainty == Certainty::Hedged {
                drop[early] = true;
            } else {
                lose(early, late, found);
            }
        }
        (Status::Control | Status::Partial, Status::Lost) if same && b.certainty >= a.certainty => {
            drop[early] = true
        }
        (Status::Lost, Status::Control | Status::Partial) if same => drop[early] = true,
        // "A went in after B had left": A holds it.
        (Status::Contested, Status::Lost) if rivals => found[early].status = Status::Control,
        (Status::Lost, Status::Contested) if rivals => found[late].status = Status::Control,
        // "There is fighting in it; it had taken the town at the start of the month".
        (Status::Control, Status::Contested)
            if a.is_earlier && !b.is_earlier && b.actor.is_none() && a.sentence > b.sentence =>
        {
            drop[early] = true
        }
        (Status::Contested, Status::Control) | (Status::Control, Status::Contested) => {
            found[contested].calm();
        }
        // "There is fighting in it; we reported on Saturday that half of it was theirs".
        (Status::Partial, Status::Contested)
            if a.is_earlier && !b.is_earlier && !a.is_exclusive =>
        {
            drop[early] = true
        }
        (Status::Contested, Status::Partial) | (Status::Partial, Status::Contested)
            if same || a.actor.is_none() || b.actor.is_none() =>
        {
            found[contested].calm();
        }
        // "B went in and left again".
        (Status::Contested, Status::Lost) if same || is_over(a, b) => found[early].calm(),
        (Status::Control, Status::Partial) | (Status::Partial, Status::Control) if same => {
            let weaker = if is_first_weaker(a, b) { early } else { late };
            drop[weaker] = true;
        }
        _ => {}
    }
}

/// The one that is trusted less, and the other.
fn by_trust((a, b): (usize, usize), found: &[Found]) -> (usize, usize) {
    if found[a].trust < found[b].trust {
        (a, b)
    } else {
        (b, a)
    }
}

/// What one claim gives was lost on the day that the other tells of.
fn lose(lost: usize, gained: usize, found: &mut [Found]) {
    found[lost].status = Status::Lost;
    found[lost].dated_by = (found[gained].at, found[gained].sentence);
}

/// As `settle_pair`, of two enemies of which one has a part of the place and the other the whole;
/// false where they may both be so.
fn settle_parts(
    (early, late): (usize, usize),
    found: &mut [Found],
    drop: &mut [bool],
    context: &Context,
) -> bool {
    let (a, b) = (&found[early], &found[late]);
    let words = &context.language.words;
    let gains = |at: usize| words.is_analytic && context.items[at].classes.meets(words.gaining);
    match (a.status, b.status) {
        // Had a part of it before the story, in which the enemy takes the whole.
        (Status::Partial, Status::Control)
            if a.is_earlier && !b.is_earlier && b.certainty == Certainty::Stated =>
        {
            lose(early, late, found);
        }
        // "A took half of it; B drove it out": all of it is B's again.
        (Status::Partial, Status::Control)
            if gains(b.at) && !b.is_earlier && b.certainty == Certainty::Stated =>
        {
            lose(early, late, found);
        }
        // Had all of it before the story, in which the enemy has taken a part: what is left to it is
        // not told.
        (Status::Control, Status::Partial) if a.is_earlier && !b.is_earlier => drop[early] = true,
        // "B is dug in in it, and half of it is A's": neither has the whole.
        (Status::Control, Status::Partial) if a.trust < WEAK && b.trust >= WEAK => {
            found[early].status = Status::Partial
        }
        (Status::Partial, Status::Control)
            if a.trust >= WEAK && b.trust < WEAK && !a.is_earlier =>
        {
            found[late].status = Status::Partial
        }
        _ => return false,
    }
    true
}
