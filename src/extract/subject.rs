//! Whose deed a matched rule tells: the subject of its verb, by place, agreement and what the story
//! carries from clause to clause.

mod alone;
mod apart;
mod pronoun;
mod stranger;
mod verb;
mod we;

use std::ops::Range;

use super::annotate::Item;
use super::claim::Collector;
use super::discourse::Named;
use super::fit::Match;
use super::group::Back;
use super::names::{Alias, AliasKind};
use super::party::{FAR_BACK, agrees};
use crate::lexicon::Features;

impl Collector<'_> {
    /// Who does what the trigger says.
    pub(super) fn subject(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        is_explicit: bool,
    ) -> Option<Named> {
        let trigger = &self.context.items[matched.trigger];
        if trigger.features.any(Features::WE.and(Features::US)) {
            let speaker = self.speaker(matched.trigger);
            return speaker.or_else(|| self.untold_winner(matched, clause));
        }
        // "The black flag": whose it is.
        let is_flag = |alias: &Alias| alias.kind == AliasKind::Flag;
        if trigger.actors().iter().any(is_flag) {
            return self.context.discourse.actor(matched.trigger);
        }
        let too = self.theirs_too(matched.trigger).map(Some);
        if let Some(they) = too.or_else(|| self.they(matched, clause)) {
            return they;
        }
        let object = matched.groups.first().map_or(matched.last, |group| {
            self.context.discourse.groups[*group].first
        });
        if let Some(named) = self.antecedent(matched.trigger) {
            return Some(named);
        }
        if let Some(named) = self.behind_pronoun(matched) {
            return Some(named);
        }
        if let Some(driven) = self.driven_pronoun(matched) {
            return self.driver_told(driven, matched);
        }
        let behind = (matched.trigger + 1..object.max(matched.trigger + 1))
            .filter(|at| !self.is_of_object(*at, matched.trigger, clause.start))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next());
        let owner = trigger.features.any(Features::NOUN)
            && trigger
                .features
                .any(Features::HER.and(Features::HIM).and(Features::THEM));
        if !owner && behind.is_some() && !self.has_subject_before(matched.trigger, clause.start) {
            return behind;
        }
        if let Some(band) = self.described_band(matched.trigger) {
            return Some(band);
        }
        if let Some(ours) = self.our_deed(matched, clause) {
            return ours;
        }
        if self.is_of_people(matched.trigger)
            || self.is_of_stranger(matched, clause)
            || self.is_of_unknown_side(matched.trigger)
            || self.is_of_unknown_voice(matched.trigger)
            || self.is_of_person(matched.trigger)
            || self.is_of_named_person(matched.trigger)
        {
            return None;
        }
        self.told_subject(matched, clause, behind, is_explicit)
            .and_then(|found| self.others(found, matched.trigger))
            .map(|found| self.driver_of(found, matched.trigger))
            .and_then(|found| self.driver_by_noun(found, matched.trigger))
    }

    /// The subject that the words around tell, where none stands beside the trigger.
    fn told_subject(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        behind: Option<Named>,
        is_explicit: bool,
    ) -> Option<Named> {
        self.teller(matched.trigger)
            .or_else(|| self.goes_on_in_relative(matched.trigger))
            .or_else(|| self.resumes_after_relative(matched.trigger))
            .or_else(|| self.winner_over(matched.trigger))
            .or_else(|| self.announcer(matched.trigger))
            .or_else(|| self.teller_behind(matched.trigger))
            .or_else(|| self.centre(matched.trigger))
            .or_else(|| self.only_one_named_with(matched.trigger))
            .or_else(|| self.asked_about(matched.trigger))
            .or_else(|| self.reporter(matched.trigger))
            .or_else(|| self.holder_before(matched.trigger))
            .or_else(|| self.doer_of_deed(matched, clause))
            .or_else(|| self.subject_around(matched, clause, behind, is_explicit))
    }

    /// "Their forces (she) drove him out" of a party that is "he": not that one, but its enemy.
    fn driver_of(&self, found: Named, trigger: usize) -> Named {
        let words = &self.context.language.words;
        let item = &self.context.items[trigger];
        let features = item.features;
        let is_drive = !words.is_analytic && item.classes.meets(words.driving);
        let is_verb = features.is_finite() && !features.any(Features::PLURAL);
        let is_driven = |own: Features, object: Features, other: Features| {
            let is_other = features.any(own) && features.any(object);
            is_other && found.gender.any(other) && !found.gender.any(own.and(Features::PLURAL))
        };
        let (she, he) = (Features::FEMININE, Features::MASCULINE);
        let is_object = is_driven(she, Features::HIM, he) || is_driven(he, Features::HER, she);
        let enemy = || self.far_enemy(found.actor, trigger).map(Named::of);
        // "Was taken (she) from him".
        let is_she = features.any(she) && !found.gender.any(she.and(Features::PLURAL));
        let is_robbed = || is_she && self.is_taken_from_him(trigger);
        let is_other = is_verb && (is_drive && is_object || is_robbed());
        is_other.then(enemy).flatten().unwrap_or(found)
    }

    /// "Took from him", "was taken from him", where the pronoun is a word behind the preposition.
    fn is_taken_from_him(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let is_taken = self.context.items[trigger].classes.meets(words.gaining);
        let mut behind = self.context.items[trigger + 1..].iter().take(2).peekable();
        let next = behind.peek();
        let is_from = next.is_some_and(|next| next.classes.meets(words.from));
        let is_him = |item: &Item| item.features.any(Features::HIM);
        !words.is_analytic && is_taken && is_from && behind.any(is_him)
    }

    /// "The driving of the ACTOR from PLACE and the taking of its quarters": not the taking by that one,
    /// but by its enemy, if the text has named him.
    fn driver_by_noun(&self, found: Named, trigger: usize) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_deed = |at: usize, set| {
            let item = &items[at];
            item.classes.meets(set)
                && item.features.any(Features::NOUN)
                && !item.features.is_finite()
                && !item.features.any(Features::OWNED)
        };
        if words.is_analytic || !is_deed(trigger, words.gaining) {
            return Some(found);
        }
        let start = self.sentence_of(trigger).start;
        let is_named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        let Some(named) = (start + 1..trigger).rev().find(is_named) else {
            return Some(found);
        };
        let is_other =
            self.context.discourse.actor(named).map(|named| named.actor) != Some(found.actor);
        let acts = (named..trigger).any(|at| items[at].features.is_finite());
        if is_other || acts || !is_deed(named - 1, words.driving) {
            return Some(found);
        }
        self.enemy_before(found.actor, trigger).map(Named::of)
    }

    /// "It took the last pocket of the ACTOR in PLACE": a party behind the verb that belongs to what
    /// is taken.
    fn is_of_object(&self, at: usize, trigger: usize, floor: usize) -> bool {
        let items = self.context.items;
        let verb = items[trigger].features;
        if self.context.language.words.is_analytic || !verb.is_finite() {
            return false;
        }
        // "The ACTOR's control grew": the verb agrees with what the party has.
        let owned = &items[at.saturating_sub(1)];
        let is_owner = owned.features.any(Features::NOUN)
            && owned.classes.meets(self.context.language.words.gaining);
        if is_owner {
            return false;
        }
        // Before its subject a verb agrees with it in gender, not in number.
        let named = self.context.discourse.actor(at);
        let differs =
            named.is_some_and(|named| !agrees(named, verb) && !named.gender.any(Features::PLURAL));
        items[at].features.any(Features::TO)
            || differs
                && self
                    .nearest_left(trigger, floor, verb)
                    .is_some_and(|left| agrees(left, verb))
    }

    /// "The army took the positions of the ACTOR in PLACE": where the subject stands before its verb,
    /// a party behind the verb is part of the object.
    fn has_subject_before(&self, trigger: usize, floor: usize) -> bool {
        let verb = self.context.items[trigger].features;
        self.context.language.words.is_analytic
            && verb.is_finite()
            && self.nearest_left(trigger, floor, verb).is_some()
    }

    /// The subject where none stands right behind the trigger; `behind` is one that might.
    fn subject_around(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        behind: Option<Named>,
        is_explicit: bool,
    ) -> Option<Named> {
        let trigger = &self.context.items[matched.trigger];
        let governor = self.governor(matched.trigger, clause);
        if let Some(at) = governor
            && self.context.items[at].features.any(Features::WE)
        {
            return self.speaker(matched.trigger);
        }
        let gender = self.gender(matched.trigger, governor);
        let between = governor.and_then(|at| self.actors(at + 1..matched.trigger).next());
        let from = governor.unwrap_or(matched.trigger);
        let left = || self.left(matched.trigger, clause.start..from, gender);
        let carried = || self.carried_subject(clause.start, gender);
        // A head without a verb in what a party publishes: "Capture of the town".
        if left().is_none()
            && governor.is_none()
            && trigger.features.any(Features::NOUN)
            && self.starts_line(matched.trigger)
            && let Some(speaker) = self
                .speaker(matched.trigger)
                .or_else(|| self.gainer(matched, clause))
        {
            return Some(speaker);
        }
        if is_explicit && !self.says_it(matched.trigger, clause.start) {
            let floor = self.sentence_of(matched.trigger).start;
            return between
                .or_else(left)
                .or(behind)
                .or_else(|| self.nearest_left(clause.start, floor, gender))
                .or_else(|| {
                    self.named_behind(matched)
                        .or_else(|| self.had_it(matched, gender))
                        .or_else(|| self.only_one_before(matched.trigger, gender))
                });
        }
        // "He drove them from A and took B": who agrees with the verb, even from farther off.
        let agreeing = || {
            let is_finite = trigger.features.is_finite();
            let fits = |named: &Named| agrees(*named, gender);
            let earlier = || self.carried.subject.filter(fits);
            let found = left().filter(fits).or_else(earlier);
            found.filter(|_| is_finite && !self.context.language.words.is_analytic)
        };
        let found = between
            .or_else(|| self.same_as_before(matched.trigger))
            .or_else(|| self.main_subject_before(matched.trigger))
            .or_else(|| self.of_relative(matched.trigger, gender))
            .or_else(|| self.doer_told_first(clause, gender))
            .or_else(agreeing)
            .or_else(left)
            .or_else(carried)
            .or(behind)
            .or_else(|| self.named_behind(matched))
            .or_else(|| self.speaker(matched.trigger));
        let is_odd = found.is_some_and(|named| !agrees(named, gender));
        let aside = || self.agreeing_aside(matched.trigger, gender);
        is_odd.then(aside).flatten().or(found)
    }

    /// The party of the clauses before: one that agrees with the verb, else the last.
    fn carried_subject(&self, start: usize, gender: Features) -> Option<Named> {
        let far = start.saturating_sub(FAR_BACK);
        self.carried
            .subject
            .filter(|named| agrees(*named, gender))
            .or_else(|| self.nearest_left(start, far, gender))
            .or(self.carried.subject)
    }

    /// "They took PLACE. But they lost it": a verb that takes a pronoun for the place goes on with the
    /// party of the sentence before, the one that agrees with it.
    fn had_it(&self, matched: &Match, gender: Features) -> Option<Named> {
        let group = &self.context.discourse.groups[*matched.groups.first()?];
        let verb = &self.context.items[matched.trigger].features;
        let is_object = group.back == Some(Back::Pronoun)
            && group.first <= matched.trigger + 1
            && !self.context.language.words.is_analytic
            && verb.is_finite();
        let start = self.sentence_of(matched.trigger).start;
        let far = start.saturating_sub(FAR_BACK);
        let carried = self.carried.subject.filter(|named| agrees(*named, gender));
        let before = || self.nearest_left(start, far, gender);
        let found = carried.or_else(before).filter(|_| is_object)?;
        agrees(found, gender).then_some(found)
    }

    /// The party before the trigger, or what governs it, that does what it says.
    fn left(&self, trigger: usize, before: Range<usize>, gender: Features) -> Option<Named> {
        if self.is_it_of_before(trigger, before.clone()) {
            return None;
        }
        self.doer_left(trigger, before.clone(), gender)
            .or_else(|| self.nearest_left(before.end, before.start, gender))
    }

    /// The items of the sentence around `at`.
    pub(super) fn sentence_of(&self, at: usize) -> Range<usize> {
        let sentences = &self.context.discourse.sentences;
        let index = sentences.partition_point(|range| range.end <= at);
        sentences.get(index).cloned().unwrap_or(at..at)
    }

    /// The party whose voice speaks at `at`.
    pub(super) fn speaker(&self, at: usize) -> Option<Named> {
        self.context.discourse.speaker(at).map(Named::of)
    }
}
