//! What stands to the left of a word of control, and governs it: the nearest governor decides, and one
//! such as "managed to" hands the question on to what governs itself.

use super::{AHEAD, Mood, is_party, is_result};
use crate::extract::Words;
use crate::extract::annotate::{Item, ItemKind};
use crate::lexicon::Features;

/// Farther to the left than this, in items, an intention no longer governs.
const REACH: usize = 9;

/// Items from "once" to the verb of its clause.
const SOON: usize = 3;

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
    // "The ACTOR crowned its attack with".
    let is_actor = |at: &usize| matches!(items[*at].kind, ItemKind::Actor(_));
    let named = campaign
        .checked_sub(1)
        .filter(is_actor)
        .filter(|_| !words.has_capitals);
    named
        .unwrap_or(campaign)
        .checked_sub(1)
        .is_some_and(|verb| {
            let features = items[verb].features;
            let is_done = features.any(Features::PAST)
                || !words.has_capitals && !features.any(Features::NOUN.and(Features::PRESENT));
            items[verb].classes.meets(words.governors.achieved) && is_done
        })
}

/// Items from a campaign to what it is for: "the battle of ... for the control of".
const CAMPAIGN: usize = 6;

/// Items from a verb in the subjunctive back to what governs it.
const SUBJUNCTIVE: usize = 5;

/// Items between two verbs joined by "and".
const JOINED: usize = 12;

/// Items from "came" to whose a place is.
const COME: usize = 4;

/// Items from "stressed" to its "that".
const SAYS: usize = 6;

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
        at,
        is_finite,
        is_free: is_finite || is_present && !words.has_capitals,
        is_still: false,
        has_come: false,
        is_hedged: false,
        is_behind: false,
        is_apart: false,
        is_told: false,
        is_past: false,
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
            .or_else(|| gaze.purpose(items, (left, floor), words));
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
    if words.has_capitals || !is_verb || !cue.any(Features::AND) {
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
    /// "After that" stands between: what it leads to has happened, whatever is denied before it.
    is_past: bool,
}

impl Gaze {
    fn is_near(&self, left: usize) -> bool {
        self.at - left <= REACH
    }

    /// "They deny that it fell, and our forces hold it": what is denied ends before the "and".
    fn part(&mut self, items: &[Item], left: usize, words: &Words) {
        let item = &items[left];
        self.is_apart |= self.says_more(items, left, words);
        self.is_told |= item.classes.meets(words.that);
        self.is_past |= !words.has_capitals
            && item.classes.meets(words.after_that)
            && items[self.at].features.any(Features::PAST);
        let is_behind_comma = || left.checked_sub(1).is_some_and(|at| items[at].is_comma());
        self.is_apart |= !words.has_capitals
            && (self.is_free
                || items[self.at].classes.meets(words.roles.held)
                || is_party(&items[self.at], words))
            && !self.is_told
            && item.features.any(Features::AND)
            && (is_behind_comma() || self.stays_so(items, left, words));
        self.is_apart |= words.has_capitals && self.opens_clause(items, left, words);
    }

    /// "They are close to A, and they hold B": behind the comma a clause with a subject of its own.
    fn opens_clause(&self, items: &[Item], and: usize, words: &Words) -> bool {
        and > 0
            && and + 1 < self.at
            && items[and - 1].is_comma()
            && items[and].classes.meets(words.and)
            && items[and + 1].classes.meets(words.subjects)
    }

    /// "He denied that it fell and stressed that it is held": what is said behind the "and" is
    /// another statement, whoever denied the first.
    fn says_more(&self, items: &[Item], left: usize, words: &Words) -> bool {
        let verb = &items[left];
        let that = left + 1..self.at.min(left + 1 + SAYS);
        !words.has_capitals
            && (verb.features.any(Features::AND) || left > 0 && items[left - 1].is_comma())
            && verb.features.is_finite()
            && verb.classes.meets(words.report)
            && !verb
                .classes
                .meets(words.governors.deny.and(words.governors.intend))
            && that
                .into_iter()
                .any(|at| items[at].classes.meets(words.that))
    }

    /// "They deny that they left: the village is in our hands": behind the colon they speak.
    fn is_own_words(&self, items: &[Item], left: usize, words: &Words) -> bool {
        let is_state = words.under.and(words.governors.ours);
        !words.has_capitals
            && items[self.at].classes.meets(is_state)
            && items[left..self.at].iter().any(|item| item.is_mark(&[':']))
    }

    /// "Repel the attack and PLACE remains in their hands": a verb of being, behind an "and", says
    /// how things stand.
    fn stays_so(&self, items: &[Item], left: usize, words: &Words) -> bool {
        let verb = &items[left];
        items[self.at].classes.meets(words.under)
            && !verb.features.any(Features::NOUN)
            && verb.classes.meets(words.become_state)
    }

    /// How far a word is from the cue, where "neither A nor B is in their hands" counts as one place.
    fn beyond_list(&self, items: &[Item], left: usize, words: &Words) -> usize {
        let away = self.at - left;
        let is_no_more = items[left].classes.meets(words.none_left);
        if words.has_capitals || !is_no_more || !items[self.at].classes.meets(words.under) {
            return away;
        }
        let pairs = items[left + 1..self.at].windows(2);
        let is_nor = |pair: &&[Item]| pair[0].classes.meets(words.and) && pair[1].is_place();
        away - 2 * pairs.filter(is_nor).count()
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
        // "Once they leave it, the army will move in": the present behind such a word is to come.
        let cue = items[self.at].features;
        let is_to_come = away <= SOON
            && item.classes.meets(governors.until_when)
            && cue.any(Features::PRESENT)
            && !cue.any(Features::PAST.and(Features::NOUN));
        if is_to_come || item.classes.meets(governors.condition) && !is_until && !is_inner {
            Some(Mood::Conditional)
        } else if away == 1
            && item.classes.meets(governors.before_that)
            && is_expected_first(items, left, words)
            || item.classes.meets(governors.before)
                && away <= 2
                && !self.is_finite
                // "Before noon", "two days ago": a time.
                && !items[left + 1].classes.meets(words.roles.time)
        {
            Some(Mood::Expected)
        } else if !self.is_apart
            && !self.is_own_words(items, left, words)
            && (item.classes.meets(governors.deny) || is_untrue_that(items, left, self.at, words))
            || !self.is_apart
                && item.classes.meets(governors.deny_near)
                && !items[left..self.at].iter().any(Item::is_comma)
        {
            Some(Mood::Denied)
        } else if item.classes.meets(governors.not)
            && !self.is_past
            && self.beyond_list(items, left, words) <= if self.is_finite { 1 } else { 3 }
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
            && !is_renewed(items, left, self.at, words)
            && !lasts(items, self.at, words)
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
    fn purpose(
        &mut self,
        items: &[Item],
        (left, floor): (usize, usize),
        words: &Words,
    ) -> Option<Mood> {
        let governors = &words.governors;
        let item = &items[left];
        // "Tried to take A, and B is held by": told apart, and no aim.
        let is_own = words.has_capitals || items[self.at].classes.meets(governors.state);
        // "In the third month of the battle it is still theirs".
        let is_state = is_own && (self.is_apart || self.is_still && !words.has_capitals);
        if self.is_free && left + 1 < self.at || is_state || self.is_finite || !self.is_near(left) {
            return None;
        }
        if item.classes.meets(governors.predict) {
            return Some(Mood::Expected);
        }
        // "Aims at the next town after the capture of this one": that is done.
        let is_after_that = !words.has_capitals && item.classes.meets(words.after_that);
        self.is_behind |= is_after_that || item.classes.meets(words.after);
        if self.is_behind && !item.classes.meets(governors.achieved) {
            return None;
        }
        let is_campaign = item.classes.meets(governors.campaign)
            && self.at - left <= CAMPAIGN
            && !is_outcome(items, left, words)
            && !left
                .checked_sub(1)
                .is_some_and(|verb| items[verb].classes.meets(words.repel))
            && !items[left..self.at].iter().any(|item| item.is_comma());
        // "The talks led to": what came of what was meant.
        let is_meant = item.classes.meets(governors.intend)
            && !(item.features.any(Features::NOUN) && is_outcome(items, left, words))
            && !is_statement(items, left, self.at, words);
        if is_campaign || is_meant || item.classes.meets(governors.nearly) {
            return Some(Mood::Intended);
        }
        if item.classes.meets(governors.achieved) && !item.features.any(Features::FUTURE) {
            let is_aim = item.features.any(Features::PRESENT) && item.features.any(Features::TO);
            let came_of_it = is_aim && !words.has_capitals && is_result(items, left, floor, words);
            if is_aim {
                return (!came_of_it).then_some(Mood::Intended);
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

/// Items from "is expected" to the "before" of what comes then.
const EXPECTED: usize = 12;

/// "The fighting is expected to last weeks before it falls": what comes then is expected too.
fn is_expected_first(items: &[Item], before: usize, words: &Words) -> bool {
    let governors = &words.governors;
    let governs = governors
        .predict
        .and(governors.hedge)
        .and(governors.condition)
        .and(governors.intend);
    let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
    let start = before.saturating_sub(EXPECTED);
    let mut earlier = items[start..before].iter().rev().take_while(ends);
    earlier.any(|item| {
        let is_verb = item.features.is_finite() && !item.features.any(Features::PAST);
        item.features.any(Features::FUTURE) || is_verb && item.classes.meets(governs)
    })
}

/// "Insists that PLACE is theirs": behind "that" with a name, no verb, something is said to be so.
fn is_statement(items: &[Item], left: usize, at: usize, words: &Words) -> bool {
    let is_name = |item: &Item| item.is_place() || matches!(item.kind, ItemKind::Actor(_));
    !words.has_capitals
        && items[left..at].windows(2).any(|pair| {
            let is_that = pair[0]
                .classes
                .meets(words.that.and(words.governors.subjunctive));
            is_that && is_name(&pair[1])
        })
}

/// Items from "no" to the verb: "no terrorist has since".
const NOBODY: usize = 5;

/// A party or its men.
fn is_of_party(item: &Item, words: &Words) -> bool {
    matches!(item.kind, ItemKind::Actor(_)) || item.classes.meets(words.foe.and(words.members))
}

/// "They were pushed back and the army holds the rest": another party stands between.
fn is_of_another(items: &[Item], was: usize, at: usize, words: &Words) -> bool {
    words.has_capitals
        && items[was + 1..at]
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Actor(_)))
}

/// "The garage that they used to run, and they hold the airport": behind "and" with a pronoun for
/// those who act another clause begins, with its own time.
fn is_renewed(items: &[Item], was: usize, at: usize, words: &Words) -> bool {
    let is_pronoun = |item: &Item| {
        item.features.any(Features::AND) && item.classes.meets(words.governors.which_is)
    };
    // "And its loss of it means": a noun that begins the clause is what the clause is about.
    let forms = items[at].features;
    let is_head = items[at - 1].is_comma()
        && forms.any(Features::AND)
        && forms.any(Features::NOUN)
        && forms.any(Features::OWNED);
    !words.has_capitals
        && (is_head
            || items[was..at]
                .windows(2)
                .any(|pair| pair[0].is_comma() && is_pronoun(&pair[1])))
}

/// "Were fighting until the time of writing", "held it before the attack, and still does".
fn lasts(items: &[Item], at: usize, words: &Words) -> bool {
    let governors = &words.governors;
    let ends = |item: &&Item| !item.is_break() && !item.is_mark(&['.', ';', '؛']);
    let ahead = items[at + 1..].iter().take(AHEAD).take_while(ends);
    let ahead: Vec<&Item> = ahead.collect();
    let is_until_now = |item: &&Item| item.classes.meets(governors.until_now);
    let is_still =
        |item: &&Item| item.features.any(Features::AND) && item.classes.meets(governors.still);
    ahead.iter().any(is_until_now) || !words.has_capitals && ahead.last().is_some_and(is_still)
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
