//! Parties that are named, but not as the ones who act.

use super::annotate::{Item, ItemKind};
use super::claim::Collector;
use super::discourse::Named;
use super::party::agrees;
use crate::lexicon::{ClassSet, Features};

/// Words written onto the name of a party that is no object.
const PARTICLES: Features = Features::AND.and(Features::TO).and(Features::IN);

/// Items from a party to the word before it and its men.
const MEN: usize = 3;

/// Items from a party to the blow that befalls it: "had soon been driven off".
const THROWN: usize = 5;

/// Items from "on" to the party behind it: "on the positions of".
const TARGET: usize = 2;

impl Collector<'_> {
    /// "Driven out by the ACTOR": it is named behind the word for the agent.
    pub(super) fn is_agent(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.is_analytic && self.stands_behind(at, words.by.and(words.under))
    }

    /// The item at `at`, or the article before it, follows a word of these classes.
    pub(super) fn stands_behind(&self, at: usize, classes: ClassSet) -> bool {
        let before = self.word_before(at);
        before.is_some_and(|before| self.context.items[before].classes.meets(classes))
    }

    /// The word before the item at `at` and before its article and quotation mark.
    pub(super) fn word_before(&self, at: usize) -> Option<usize> {
        let items = self.context.items;
        let the = self.context.language.words.the;
        let quote = usize::from(at > 1 && items[at - 1].is_mark(&['"']));
        let article = at > 1 + quote && items[at - 1 - quote].classes.meets(the);
        at.checked_sub(1 + quote + usize::from(article))
    }

    /// "Took it from the ACTOR": whoever stands behind "from" does not act in what follows.
    pub(super) fn is_robbed(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.is_analytic && self.stands_behind(at, words.from)
    }

    /// "Left it to the ACTOR", "the biggest town left to the ACTOR": whoever is given something does not
    /// act.
    pub(super) fn is_recipient(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        if !words.is_analytic {
            return self.owns_noun_before(at);
        }
        self.stands_behind(at, words.governors.to.and(words.left_to))
    }

    /// "Broke the first line of the ACTOR", written "the first line to the ACTOR": whose something is.
    fn owns_noun_before(&self, at: usize) -> bool {
        let items = self.context.items;
        let noun = at.checked_sub(1).map(|before| &items[before]);
        items[at].features.any(Features::TO)
            && noun.is_some_and(|noun| {
                matches!(noun.kind, ItemKind::Word)
                    && !noun.features.any(Features::PAST.and(Features::PRESENT))
            })
    }

    /// "The last hiding places of the ACTOR": it stands behind a preposition and does nothing.
    /// "Fighters of the ACTOR" act.
    pub(super) fn is_oblique(&self, at: usize) -> bool {
        self.is_agent(at)
            || self.is_robbed(at)
            || self.is_recipient(at)
            || self.is_driven(at)
            || self.is_owner_of_other(at)
            || self.is_target(at)
    }

    /// "An assault on the positions of the ACTOR"; in English, "hit back at the ACTOR".
    fn is_target(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let before = at.saturating_sub(TARGET)..at;
        let on = before
            .rev()
            .find(|at| !items[*at].classes.meets(words.zone));
        if words.is_analytic {
            return self.stands_behind(at, words.against);
        }
        on.is_some_and(|on| items[on].classes.meets(words.on))
    }

    /// "The ACTOR was driven off, and the town is in its hands": in those of another.
    pub(super) fn is_thrown_back(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let ahead = at + 1..(at + THROWN).min(items.len());
        words.is_analytic
            && ahead
                .clone()
                .find(|at| !items[*at].classes.meets(words.members))
                .is_some_and(|was| {
                    items[was].classes.meets(words.governors.was)
                        && (was..ahead.end).any(|at| items[at].classes.meets(words.driving))
                })
    }

    /// "ACTOR killed ten of the ACTOR": the second of two parties of one clause, which nothing but a verb
    /// and what goes with it parts; not where a clause of its own describes it.
    pub(super) fn is_object(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let start = self.sentence_of(at).start;
        let subject = (start..at).rev().find(|at| self.named(*at).is_some());
        let Some(subject) = subject.filter(|_| words.is_analytic) else {
            return false;
        };
        let opens = words.clause.and(words.and).and(words.which).and(words.that);
        let opens = opens.and(words.report).and(words.saying);
        let opens = opens
            .and(words.roles.subordinate)
            .and(words.governors.deny)
            .and(words.governors.hedge);
        // "Attacked PLACE, killing ten of the ACTOR".
        let blow = words.hitting.and(words.driving);
        let is_participle = |at: usize| {
            let next = items.get(at);
            next.is_some_and(|next| next.features.any(Features::NOUN) && next.classes.meets(blow))
        };
        let opens_clause = |at: usize| {
            let item = &items[at];
            let is_mark = item.is_punctuation() && !(item.is_comma() && is_participle(at + 1));
            is_mark || item.is_break() || item.classes.meets(opens)
        };
        let owned = words
            .members
            .and(words.zone)
            .and(words.article)
            .and(words.of);
        let is_verb = |item: &Item| {
            matches!(item.kind, ItemKind::Word) && !item.classes.meets(owned.and(words.numeral))
        };
        let is_described = |at: usize| {
            items
                .get(at)
                .is_some_and(|item| item.classes.meets(words.which))
        };
        let mut between = subject + 1..at;
        let behind = at + 1;
        let comma = usize::from(items.get(behind).is_some_and(Item::is_comma));
        items[between.clone()].iter().any(is_verb)
            && !between.any(opens_clause)
            && !is_described(behind + comma)
            && !is_described(behind + 1)
    }

    /// "Drove the ACTOR out": the object of a blow.
    pub(super) fn is_driven(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        words.is_analytic && self.stands_behind(at, words.driving.and(words.hitting))
    }

    fn is_owner_of_other(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let noun = self.word_before(at).and_then(|of| of.checked_sub(1));
        words.is_analytic
            && self.stands_behind(at, words.of)
            && noun.is_some_and(|noun| !items[noun].classes.meets(words.members))
    }

    /// "Drove the army the ACTOR out of PLACE and holds it", where the verb comes first and its
    /// subject next: the second of two parties is the one that is struck, and does not act.
    pub(super) fn is_struck(&self, at: usize, floor: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        if words.is_analytic || items[at].features.any(PARTICLES) {
            return false;
        }
        let Some(before) = self.beyond_men(at, floor) else {
            return false;
        };
        if self.is_striking(before) {
            // "The army attacked the ACTOR".
            let subject = self.beyond_men(before, floor);
            // "The army needed two days to drive the ACTOR out".
            let is_purpose = items[before].features.any(Features::TO);
            let is_of_one = || (floor..before).any(|at| self.strikes(at, before));
            return subject.is_some_and(|subject| self.strikes(subject, before))
                || is_purpose && is_of_one();
        }
        let verb = self.beyond_men(before, floor);
        // "The army took PLACE from the ACTOR": it stands behind "from", and no men of it.
        let is_from = items[before].classes.meets(words.from)
            && verb.is_some_and(|of| items[of].is_place() || self.named(of).is_some());
        is_from || verb.is_some_and(|verb| self.is_striking(verb) && self.strikes(before, verb))
    }

    /// The item before a party and before what it has: its men, its positions.
    fn beyond_men(&self, at: usize, floor: usize) -> Option<usize> {
        let words = &self.context.language.words;
        let owned = words.members.and(words.zone);
        let is_noun = |item: &Item| {
            item.is_mark(&['"', '«', '»', '“', '”'])
                || matches!(item.kind, ItemKind::Word)
                    && (item.classes.is_empty() || item.classes.meets(owned))
        };
        let mut left = (at.saturating_sub(MEN).max(floor)..at).rev();
        left.find(|at| !is_noun(&self.context.items[*at]))
    }

    /// A verb of what one party does to another. "Drove" and "the driving of" may be written alike.
    fn is_striking(&self, verb: usize) -> bool {
        let verb = &self.context.items[verb];
        let words = &self.context.language.words;
        let strikes = words.pursuing.and(words.hitting).and(words.besting);
        verb.features.any(Features::PAST.and(Features::PRESENT))
            && verb.classes.meets(strikes.and(words.attacking))
    }

    /// A party agrees with the verb that it may be the subject of.
    fn strikes(&self, party: usize, verb: usize) -> bool {
        let verb = self.context.items[verb].features;
        (self.named(party)).is_some_and(|named| !named.is_aside && agrees(named, verb))
    }

    fn named(&self, at: usize) -> Option<Named> {
        self.context.discourse.actor(at)
    }
}
