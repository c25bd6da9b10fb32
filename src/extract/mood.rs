//! What governs a word of control: is the thing done, or only meant, denied, feared, expected?
//!
//! The word "control" alone says nothing. The nearest governor to its left in the clause decides,
//! and a governor such as "managed to" is itself governed by what stands before it.

use super::Words;
use super::annotate::{Item, ItemKind};
use crate::claim::Certainty;
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

    /// How sure whoever tells it is.
    pub(crate) fn certainty(self) -> Certainty {
        match self {
            Self::Hedged => Certainty::Hedged,
            _ => Certainty::Stated,
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
    let asks = |item: &Item| item.is_mark(&['?', '؟']);
    // "Who holds it? The town is theirs": what stands behind the question is the answer.
    let question = items[clause.start..at].iter().rposition(asks);
    let start = question.map_or(clause.start, |mark| clause.start + mark + 1);
    let clause = start..clause.end;
    if items[at..clause.end].iter().any(asks)
        || (clause.start..at).any(|i| items[i].classes.meets(governors.question))
    {
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
    // "It is theirs, and nearly every house is mined": behind "and" another thing is told.
    // "Is theirs and will stay so": another tense, another thing.
    let goes_on = |pair: &[Item]| {
        pair[0].is_mark(&[','])
            && (pair[1].classes.meets(words.and)
                || words.has_capitals && pair[1].classes.meets(words.which))
            || pair[0].classes.meets(words.and) && pair[1].classes.meets(governors.predict)
    };
    let own = ahead.windows(2).position(goes_on).unwrap_or(ahead.len());
    let foretells = |class: ClassSet| ahead[..own].iter().any(|item| item.classes.meets(class));
    // "Militias close to PLACE" are near nothing that is to come.
    let nears = ahead[..own]
        .windows(2)
        .any(|pair| pair[0].classes.meets(governors.nearly) && !pair[1].is_place());
    match found {
        Mood::Asserted | Mood::Hedged if is_untrue(ahead, words) => Mood::Denied,
        // "Was held by them until last week".
        Mood::Asserted if cue.classes.meets(governors.state) && says(governors.until) => Mood::Past,
        Mood::Asserted
            if !is_finite
                && !cue.classes.meets(words.amounts)
                && !matches!(cue.kind, ItemKind::Number(_))
                && !cue.features.any(Features::PRESENT)
                && (foretells(governors.predict) || nears) =>
        {
            Mood::Expected
        }
        found => found,
    }
}

/// "He rules it soon": what is to come, by an adverb alone.
fn is_soon(items: &[Item], at: usize, words: &Words) -> bool {
    let behind = items[at + 1..].iter().take(2);
    let mut behind = behind.skip_while(|item| matches!(item.kind, ItemKind::Actor(_)));
    let features = items[at].features;
    !words.has_capitals
        && features.any(Features::PRESENT)
        && !features.any(Features::NOUN)
        && (behind.next()).is_some_and(|next| next.classes.meets(words.governors.soon))
}

/// Items from "be" to its participle, and from "will" to "be".
const BE: usize = 4;
const WILL: usize = 3;

/// "Will be taken", "may soon be held by", "is to be freed": a passive that has not come about.
fn is_yet_to_be(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
    if !words.has_capitals {
        return false;
    }
    let is_to_be = at > floor && items[at - 1].classes.meets(words.governors.intend);
    if items[at].features.any(Features::PAST) && is_to_be {
        return true;
    }
    let is_plain = |at: &usize| matches!(items[*at].kind, ItemKind::Word);
    let is_be = |at: &usize| items[*at].classes.meets(words.be);
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

/// What is told is called untrue behind; not where some news is named first, which that is said of:
/// "they hold it, and a report that they lost it is false".
fn is_untrue(ahead: &[Item], words: &Words) -> bool {
    let untrue = ahead
        .iter()
        .position(|item| item.classes.meets(words.governors.untrue));
    let is_news = |item: &Item| item.classes.meets(words.claimed);
    untrue.is_some_and(|untrue| !ahead[1..untrue.max(1)].iter().any(is_news))
}

/// Items from "it is untrue" to its "that".
const UNTRUE: usize = 6;

/// "It is untrue that", "untrue, he added, that", "wrong to say".
fn is_untrue_that(items: &[Item], left: usize, at: usize, words: &Words) -> bool {
    let behind = &items[left + 1..at.min(left + UNTRUE)];
    let that = behind.iter().position(|item| {
        item.classes
            .meets(words.that.and(words.which).and(words.governors.to))
    });
    items[left].classes.meets(words.governors.untrue)
        && that.is_some_and(|that| that == 0 || behind[0].is_comma() && behind[that - 1].is_comma())
}

/// "The attack led to": what came of a campaign, not what it is for.
fn is_outcome(items: &[Item], campaign: usize, words: &Words) -> bool {
    campaign.checked_sub(1).is_some_and(|verb| {
        let features = items[verb].features;
        let is_done = features.any(Features::PAST)
            || !words.has_capitals && !features.any(Features::NOUN.and(Features::PRESENT));
        items[verb].classes.meets(words.governors.achieved) && is_done
    })
}

/// Items from what was done to what came of it.
const RESULT: usize = 24;

/// "Advanced, to take the village": behind something done, a finite verb with "to" tells what came
/// of it.
fn is_result(items: &[Item], at: usize, floor: usize, words: &Words) -> bool {
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
    let is_done = |item: &Item| {
        item.classes.meets(words.done)
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
        Some(Mood::Asserted)
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
                    let is_done = words.has_capitals && is_managed(items, left + 1, floor, words);
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

/// Items from a campaign to what it is for: "the battle of ... for the control of".
const CAMPAIGN: usize = 6;

/// Items from a verb in the subjunctive back to what governs it.
const SUBJUNCTIVE: usize = 5;

/// Items from "came" to whose a place is.
const COME: usize = 4;

/// How far before a coordinated verb its auxiliary may stand, in items.
const COORDINATED: usize = 9;

/// The mood that the words between `floor` and the cue at `at` give it.
fn look_left(items: &[Item], at: usize, floor: usize, words: &Words, is_finite: bool) -> Mood {
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
    let mut gaze = Gaze {
        at,
        is_finite,
        is_free: is_finite || is_present && !words.has_capitals,
        is_still: false,
        has_come: false,
        is_hedged: false,
        is_behind: false,
        is_apart: false,
        is_told: false,
    };
    // A word of no class governs nothing, unless its form does.
    let says = |item: &Item| {
        let forms = Features::FUTURE.and(Features::AND);
        !item.classes.is_empty() || item.features.any(forms)
    };
    for left in (floor..at).rev().filter(|left| says(&items[*left])) {
        gaze.part(items, left, words);
        let decided = gaze
            .whole_clause(items, left, words)
            .or_else(|| gaze.past(items, (left, floor), words))
            .or_else(|| gaze.purpose(items, left, words));
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

/// What is looked for to the left, and what was passed on the way.
struct Gaze {
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
}

impl Gaze {
    fn is_near(&self, left: usize) -> bool {
        self.at - left <= REACH
    }

    /// "They deny that it fell, and our forces hold it": what is denied ends before the "and".
    fn part(&mut self, items: &[Item], left: usize, words: &Words) {
        let item = &items[left];
        self.is_told |= item.classes.meets(words.that);
        self.is_apart |= !words.has_capitals
            && (self.is_free || items[self.at].classes.meets(words.under))
            && !self.is_told
            && item.features.any(Features::AND)
            && left
                .checked_sub(1)
                .is_some_and(|comma| items[comma].is_comma());
    }

    /// Conditions, denials and negations.
    fn whole_clause(&self, items: &[Item], left: usize, words: &Words) -> Option<Mood> {
        let governors = &words.governors;
        let item = &items[left];
        let away = self.at - left;
        // "Until the army took it" tells what was done.
        let is_until = item.classes.meets(words.until_clause) && self.is_finite;
        // "Had the army taken it", but "the army had the town".
        let is_inner = item.classes.meets(words.inverted)
            && left > 0
            && !items[left - 1].is_punctuation()
            && !items[left - 1].classes.meets(words.clause);
        if item.classes.meets(governors.condition) && !is_until && !is_inner {
            Some(Mood::Conditional)
        } else if item.classes.meets(governors.before) && away <= 2 && !self.is_finite {
            Some(Mood::Expected)
        } else if !self.is_apart
            && (item.classes.meets(governors.deny) || is_untrue_that(items, left, self.at, words))
            || !self.is_apart
                && item.classes.meets(governors.deny_near)
                && !items[left..self.at].iter().any(Item::is_comma)
        {
            Some(Mood::Denied)
        } else if item.classes.meets(governors.not)
            && away <= if self.is_finite { 1 } else { 3 }
            // "No, they hold it": an answer, and then a sentence of its own.
            && !items[left + 1].is_comma()
            && !is_double_negation(items, left, self.at, words)
            && !is_only_then(items, self.at, words)
        {
            Some(Mood::Negated)
        } else if item.classes.meets(governors.not)
            && words.has_capitals
            && away <= NOBODY
            && is_of_party(&items[left + 1], words)
        {
            // "No terrorist has set foot in it".
            Some(Mood::Negated)
        } else if item.classes.meets(governors.undo)
            && away <= 3
            && items[self.at].features.any(Features::NOUN)
            && !self.is_finite
        {
            // "Lost control of", "the end of its rule over".
            Some(Mood::Negated)
        } else if item.features.any(Features::FUTURE) && self.is_near(left) && !self.is_finite {
            Some(Mood::Expected)
        } else {
            None
        }
    }

    /// "Was under", "were holding", unless "still" stands between.
    fn past(
        &mut self,
        items: &[Item],
        (left, floor): (usize, usize),
        words: &Words,
    ) -> Option<Mood> {
        let governors = &words.governors;
        let item = &items[left];
        self.is_still |= item.classes.meets(governors.still);
        self.has_come |= self.comes(items, left, words);
        let cue = items[self.at].features;
        // English tells its story in the past: "were cornered in 4 square kilometres".
        let is_amount = !words.has_capitals
            && (matches!(items[self.at].kind, ItemKind::Number(_))
                || items[self.at].classes.meets(words.amounts));
        let is_owner = is_party(&items[self.at], words);
        self.is_still |= is_owner && item.classes.meets(words.become_state);
        let is_state = is_amount
            || is_owner
            || cue.any(Features::PRESENT.and(Features::NOUN)) && !cue.any(Features::PAST);
        // "Had reported that it has come under": the "was" belongs to the report.
        let is_so = self.is_still || self.has_come && !self.is_told;
        let is_past = item.classes.meets(if words.has_capitals {
            governors.once
        } else {
            governors.was
        }) && self.is_near(left)
            && is_state
            && (words.has_capitals || !self.is_behind)
            && !is_of_another(items, left, self.at, words)
            && !is_backshift(items, left, floor, words)
            && !is_so;
        is_past.then_some(Mood::Past)
    }

    /// "Had by then come under": what came about is so still, though a "was" stands before it.
    fn comes(&self, items: &[Item], left: usize, words: &Words) -> bool {
        let item = &items[left];
        let is_own = left
            .checked_sub(1)
            .is_some_and(|before| !items[before].classes.meets(words.which));
        !words.has_capitals
            && self.at - left <= COME
            && is_own
            && item.classes.meets(words.coming)
            && item.features.any(Features::PAST)
            && !item.features.any(Features::NOUN)
    }

    /// Intentions and predictions; "managed to" hands the question on to what governs it.
    fn purpose(&mut self, items: &[Item], left: usize, words: &Words) -> Option<Mood> {
        let governors = &words.governors;
        let item = &items[left];
        // "Tried to take A, and B is held by": told apart, and no aim.
        let is_state = items[self.at].classes.meets(governors.state) && self.is_apart;
        if self.is_free && left + 1 < self.at || is_state || self.is_finite || !self.is_near(left) {
            return None;
        }
        if item.classes.meets(governors.predict) {
            return Some(Mood::Expected);
        }
        // "Aims at the next town after the capture of this one": that is done.
        self.is_behind |= item.classes.meets(words.after);
        if self.is_behind && !item.classes.meets(governors.achieved) {
            return None;
        }
        let is_campaign = item.classes.meets(governors.campaign)
            && self.at - left <= CAMPAIGN
            && !is_outcome(items, left, words)
            && !items[left..self.at].iter().any(|item| item.is_comma());
        // "The talks led to": what came of what was meant.
        let is_meant = item.classes.meets(governors.intend)
            && !(item.features.any(Features::NOUN) && is_outcome(items, left, words));
        if is_campaign || is_meant || item.classes.meets(governors.nearly) {
            return Some(Mood::Intended);
        }
        if item.classes.meets(governors.achieved) && !item.features.any(Features::FUTURE) {
            if item.features.any(Features::PRESENT) && item.features.any(Features::TO) {
                return Some(Mood::Intended);
            }
            self.at = left;
            self.is_finite = item.features.any(Features::PAST);
            self.is_free = self.is_finite;
            self.is_still = false;
            self.has_come = false;
        }
        None
    }
}

/// Items from "no" to the verb: "no terrorist has since".
const NOBODY: usize = 5;

/// A party or its men.
fn is_of_party(item: &Item, words: &Words) -> bool {
    matches!(item.kind, ItemKind::Actor(_)) || item.classes.meets(words.foe.and(words.members))
}

/// A party as the one to whom a place belongs.
fn is_party(item: &Item, words: &Words) -> bool {
    !words.has_capitals
        && (matches!(item.kind, ItemKind::Actor(_))
            || item.classes.meets(words.foe)
            || item.classes.meets(words.to_itself))
}

/// "They were pushed back and the army holds the rest": another party stands between.
fn is_of_another(items: &[Item], was: usize, at: usize, words: &Words) -> bool {
    words.has_capitals
        && items[was + 1..at]
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Actor(_)))
}

/// "Said that it was": the tense of the report, not of what it tells.
fn is_backshift(items: &[Item], was: usize, floor: usize, words: &Words) -> bool {
    items[was.saturating_sub(REACH).max(floor)..was]
        .iter()
        .any(|item| item.classes.meets(words.governors.backshift))
}

/// "Did not take it but after three days": it did, and then.
fn is_only_then(items: &[Item], at: usize, words: &Words) -> bool {
    let governors = &words.governors;
    let ahead = &items[at + 1..items.len().min(at + AHEAD)];
    let ends = |item: &Item| item.is_break() || item.is_mark(&['.', '،', ',', '؛']);
    let end = ahead.iter().position(ends).unwrap_or(ahead.len());
    ahead[..end].windows(2).any(|pair| {
        let when = pair[1].classes;
        pair[0].classes.meets(governors.only)
            && (when.meets(words.after)
                || when.meets(governors.before)
                || when.meets(words.roles.time))
    })
}

/// "without a fight" between a negation and the cue: it does not negate the cue.
fn is_double_negation(items: &[Item], not: usize, at: usize, words: &Words) -> bool {
    items[not + 1..at].iter().any(|item| {
        item.classes.meets(words.governors.still) || item.classes.meets(words.governors.only)
    })
}
