//! Whose deed it is where a pronoun says so: "it", "they", "he", "in its hands".

use std::ops::Range;

use super::Collector;
use crate::claim::Status;
use crate::extract::discourse::Named;
use crate::extract::fit::Match;
use crate::extract::group::Back;
use crate::extract::party::{FAR_BACK, agrees};
use crate::lexicon::Features;

/// Items from "the defenders", or from "who", to what they do.
const SIDE: usize = 3;

/// Items from "he announced" to what.
const ANNOUNCED: usize = 3;

/// Items from "stressing" to whose a place is.
const STRESSED: usize = 10;

/// Items from whose a place is to the comma before who says so, and from there to the verb.
const TELLS: usize = 8;
const SPEAKS: usize = 8;

/// Items from "which" to the party of its clause.
const WHOSE: usize = 4;

/// Items from "and" to the second verb of a clause: "and has since then been in charge".
const SECOND: usize = 5;

/// Items at the head of a sentence up to its pronoun: "by evening it".
const HEAD: usize = 4;

impl Collector<'_> {
    /// "The army denied that its enemy had come in, stressing that it is under its control": "its" is
    /// that of the party which tells, at the head of the sentence.
    pub(super) fn teller(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let owner = items[trigger].features;
        let gender = if owner.any(Features::HER) {
            Features::FEMININE
        } else if owner.any(Features::HIM) {
            Features::MASCULINE
        } else {
            return None;
        };
        if words.is_analytic {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        let near = trigger.saturating_sub(STRESSED).max(start)..trigger;
        let stresses = |at: &usize| {
            let item = &items[*at];
            item.classes.meets(words.saying) && !item.features.is_finite()
        };
        let saying = near.rev().find(stresses)?;
        if self.actors(saying..trigger).next().is_some() {
            return None;
        }
        let first = self.actors(start..saying).next()?;
        agrees(first, gender).then_some(first)
    }

    /// "The ACTOR was driven off, and PLACE is in their hands": in those of its enemy.
    pub(super) fn winner_over(&self, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        if !items[trigger]
            .classes
            .meets(self.context.language.words.its_control)
        {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        let loser = (start..trigger)
            .rev()
            .find(|at| self.actors(*at..*at + 1).next().is_some())
            .filter(|at| self.is_thrown_back(*at))?;
        let loser = self.context.discourse.actor(loser)?;
        let actor = self.enemy_before(loser.actor, trigger)?;
        Some(Named { actor, ..loser })
    }

    /// "A spokesman of the ACTOR said that its enemy was beaten. He announced the capture of PLACE".
    pub(super) fn announcer(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_his = |at: usize| at > 0 && items[at - 1].classes.meets(words.he);
        let announces = |at: usize| {
            let is_report = items[at].classes.meets(words.report);
            is_report && items[at].features.is_finite() && is_his(at)
        };
        let is_noun = items[trigger].features.any(Features::NOUN);
        let mut before = trigger.saturating_sub(ANNOUNCED)..trigger;
        // "Announced the capture of" may be one phrase.
        let is_told = is_his(trigger) || is_noun && before.any(announces);
        self.speaker(trigger)
            .filter(|_| words.is_analytic && is_told)
    }

    /// "Under its control", where the sentence names no party before.
    fn is_its_of_nobody(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let is_its = self.context.items[trigger].classes.meets(words.its_control);
        let own = || self.near_start(trigger)..trigger;
        words.is_analytic && is_its && self.actors(own()).next().is_none()
    }

    /// "PLACE is under its control, the ACTOR said": of the one who says so.
    pub(super) fn teller_behind(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        if !self.is_its_of_nobody(trigger) {
            return None;
        }
        let end = self.sentence_of(trigger).end.min(trigger + TELLS);
        let comma = (trigger + 1..end).find(|at| items[*at].is_comma())?;
        let is_said =
            |at: &usize| items[*at].classes.meets(words.report) && items[*at].features.is_finite();
        let said = (comma + 1..end.min(comma + 1 + SPEAKS)).find(is_said)?;
        self.actors(comma..said).next()
    }

    /// "The SDF drove it out of A. But it has B; C is in its hands": where a sentence names no party,
    /// "its" is that of the one which a sentence before calls "it".
    pub(super) fn centre(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        if !self.is_its_of_nobody(trigger) {
            return None;
        }
        let sentence = self.sentence_of(trigger);
        let floor = sentence.start.saturating_sub(FAR_BACK);
        let is_driven = |at: &usize| {
            let (item, before) = (&items[*at], items[at - 1].classes);
            item.classes.meets(words.them_out)
                || item.classes.meets(words.them_party)
                    && before.meets(words.from.and(words.driving))
        };
        let driven = (floor.max(1)..sentence.start).rev().find(is_driven)?;
        let start = self.sentence_of(driven).start;
        let start = start.max(driven.saturating_sub(FAR_BACK));
        let driver = self.actors(start..driven).next()?;
        self.enemy_before(driver.actor, driven).map(Named::of)
    }

    /// "The ACTOR said that it holds A, its enemy B, and that C is in its hands": behind "and that" it is
    /// still the one who says so.
    pub(super) fn reporter(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        let start = self.sentence_of(trigger).start;
        let starts_again = |at: &usize| is(*at, words.which) && is(*at - 1, words.and);
        let again = (start + 1..trigger).rev().find(starts_again);
        let again = again.filter(|_| is(trigger, words.its_control))?;
        let that = (start + 1..again).find(|at| is(*at, words.which))?;
        let verb = (start..that).rev().find(|at| is(*at, words.report))?;
        let speaks_of_itself = is(that + 1, words.subjects);
        (self.actors(start..verb).next()).filter(|_| speaks_of_itself)
    }

    /// "B went into PLACE, which the ACTOR had left, and took it": behind the relative clause the verb is
    /// again of the one who acted before it.
    pub(super) fn resumes_after_relative(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        if !words.is_analytic || !items[trigger].features.is_finite() {
            return None;
        }
        let start = self.near_start(trigger);
        let near = trigger.saturating_sub(SECOND).max(start + 1)..trigger;
        let and = near.rev().find(|at| is(*at, words.and))?;
        let has_own = (and..trigger).any(|at| is(at, words.subjects));
        if has_own || !items[and - 1].is_comma() || self.actors(and..trigger).next().is_some() {
            return None;
        }
        let opens = |at: &usize| is(*at, words.which) && items[*at - 1].is_comma();
        let which = (start + 1..and - 1).rev().find(opens)?;
        let is_closed = !(which..and - 1).any(|at| items[at].is_comma());
        let other = self.actors(which..which + WHOSE).next()?;
        let main = self.actors(start..which).next()?;
        (is_closed && other.actor != main.actor).then_some(main)
    }

    /// Where the sentence of an item begins, or how far back from it a party is still spoken of.
    fn near_start(&self, at: usize) -> usize {
        let start = self.sentence_of(at).start;
        start.max(at.saturating_sub(FAR_BACK))
    }

    /// "They held out against the ACTOR, which drove them from PLACE and is now in charge of it": the
    /// second verb of a relative clause, too, is of the party that it describes.
    pub(super) fn goes_on_in_relative(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        if !words.is_analytic {
            return None;
        }
        let start = self.near_start(trigger);
        let near = trigger.saturating_sub(SECOND).max(start + 1)..trigger;
        let and = near.rev().find(|at| is(*at, words.and))?;
        if (and..trigger).any(|at| is(at, words.subjects)) {
            return None;
        }
        let which = (start + 1..and).rev().find(|at| is(*at, words.which))?;
        let comma = usize::from(items[which - 1].is_comma());
        let head = self
            .context
            .discourse
            .actor((which - 1).checked_sub(comma)?)?;
        let is_one_clause = (which + 1..and)
            .all(|at| !items[at].is_comma() && self.context.discourse.actor(at).is_none());
        is_one_clause.then_some(Named {
            is_aside: false,
            ..head
        })
    }

    /// "The answer of the ACTOR was a raid on PLACE, a town under its control": "its" is that of the only
    /// party that the sentence names, though it is not the one who acts.
    pub(super) fn only_one_named_with(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let is_its = self.context.items[trigger].classes.meets(words.its_control);
        let start = self.near_start(trigger);
        let named = (start..trigger).filter_map(|at| self.context.discourse.actor(at));
        let mut named = named.filter(|named| self.holds_ground(named.actor));
        let first = named.next().filter(|_| words.is_analytic && is_its)?;
        named
            .all(|other| other.actor == first.actor)
            .then_some(first)
    }

    /// "A is in the hands of the ACTOR. B has been under its control": where a sentence names no party,
    /// "its" is that of the one which the sentence before told to hold a place.
    pub(super) fn holder_before(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let sentence = self.sentence_of(trigger);
        let owner = self.context.items[trigger].classes;
        let mut own = self.context.items[sentence.start..trigger].iter();
        // "B, too, is theirs".
        let is_too =
            owner.meets(words.theirs) && own.any(|item| item.classes.meets(words.likewise));
        let is_bare = words.is_analytic
            && (owner.meets(words.its_control) || is_too)
            && self.actors(sentence.start..trigger).next().is_none();
        let last = self.found.last().filter(|_| is_bare)?;
        let before = self.sentence_of(sentence.start.checked_sub(1)?);
        let has_there = matches!(last.status, Status::Control | Status::Partial)
            && before.contains(&last.at)
            && !self.context.items[last.at].classes.meets(words.gaining);
        last.actor.filter(|_| has_there).map(Named::of)
    }

    /// "A is the ACTOR's. B, too, is theirs".
    pub(super) fn theirs_too(&self, trigger: usize) -> Option<Named> {
        let theirs = self.context.language.words.theirs;
        let is_theirs = self.context.items[trigger].classes.meets(theirs);
        is_theirs.then(|| self.holder_before(trigger)).flatten()
    }

    /// "It took A from the ACTOR, and it holds B": a party that a clause names only as the one to whom
    /// something is done is not "it" where a sentence before has told who that is.
    pub(super) fn is_it_of_before(&self, trigger: usize, clause: Range<usize>) -> bool {
        let named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        let mut parties = clause.clone().filter(named).peekable();
        self.carried.subject.is_some()
            && parties.peek().is_some()
            && self.says_it(trigger, clause.start)
            && parties.all(|at| self.is_oblique(at))
    }

    /// "The army is near A, a town of its ENEMY, and it holds B": behind "and" a pronoun goes on with
    /// the subject of the clause before.
    pub(super) fn same_as_before(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        let start = self.sentence_of(trigger).start;
        let mut near = (trigger.saturating_sub(SIDE).max(start + 1)..trigger).rev();
        let pronoun = near.find(|at| is(*at, words.subjects))?;
        let is_joined = words.is_analytic && is(pronoun - 1, words.and);
        let is_verb = |at: &usize| {
            let is_finite = is(*at, words.walls) && items[*at].features.is_finite();
            is_finite || is(*at, words.roles.is_so)
        };
        let verb = (start..pronoun).find(is_verb).filter(|_| is_joined)?;
        self.actors(start..verb).next()
    }

    /// "A advanced while B was busy. It took PLACE": a pronoun at the head of a sentence goes on with the
    /// main clause before it, unless it tells of a loss.
    pub(super) fn main_subject_before(&self, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        let start = self.sentence_of(trigger).start;
        let says_it = (start..trigger.min(start + HEAD)).any(|at| is(at, words.subjects));
        let begins = words.is_analytic
            && says_it
            && !is(trigger, words.loss)
            && self.actors(start..trigger).next().is_none();
        let before = self.sentence_of(start.checked_sub(1).filter(|_| begins)?);
        let subordinate = words.roles.subordinate;
        let clause = before.clone().find(|at| is(*at, subordinate));
        let end = clause.unwrap_or(before.end);
        let mut named = (before.start..end).filter(|at| self.actors(*at..*at + 1).next().is_some());
        let main = named.next().filter(|at| !self.is_oblique(*at))?;
        let others: Vec<usize> = named.collect();
        let has_others = !others.is_empty() || self.actors(end..before.end).next().is_some();
        // "A killed ten of B. It took PLACE."
        let is_alone = has_others && others.iter().all(|at| self.is_object(*at));
        self.context.discourse.actor(main).filter(|_| is_alone)
    }

    /// "It lost PLACE", "they were evicted": a pronoun right before the verb stands for a party that was
    /// named before.
    pub(in crate::extract) fn says_it(&self, trigger: usize, floor: usize) -> bool {
        let words = &self.context.language.words;
        let before = trigger.saturating_sub(SIDE).max(floor)..trigger;
        let mut items = self.context.items[before].iter();
        words.is_analytic && items.any(|item| item.classes.meets(words.subjects))
    }

    /// "It took PRONOUN the army": the subject stands behind the pronoun that the verb takes.
    pub(super) fn behind_pronoun(&self, matched: &Match) -> Option<Named> {
        let items = self.context.items;
        let group = &self.context.discourse.groups[*matched.groups.first()?];
        let is_finite = items[matched.trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT));
        let is_beside = group.back == Some(Back::Pronoun)
            && group.first > matched.trigger
            && group.last <= matched.trigger + 2;
        if !is_finite || !is_beside || self.context.language.words.is_analytic {
            return None;
        }
        let tail = group.last + 1..(group.last + 4).min(items.len());
        let ends = tail
            .clone()
            .find(|at| {
                items[*at].is_punctuation()
                    || items[*at].classes.meets(self.context.language.words.clause)
                    || items[*at].classes.meets(self.context.language.words.from)
                    || items[*at].classes.meets(self.context.language.words.verbs)
                    || items[*at].classes.meets(self.context.language.words.after)
            })
            .unwrap_or(tail.end);
        self.actors_beside(tail.start..ends, &matched.actors).next()
    }
}
