//! What the words leave out and the story knows: who drives and who is driven, who "they" are, whose
//! an entry without a party is, and a verb without its place.

use std::ops::Range;

use super::annotate::Item;
use super::claim::Collector;
use super::discourse::Named;
use super::fit::Match;
use super::party::FAR_BACK;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items from "they" to what they do.
const THEY: usize = 3;

/// Items of words between commas that say who tells it.
const ASIDE: usize = 7;

impl Collector<'_> {
    /// "Driving it out": the party that the pronoun of a verbal noun stands for, which is driven.
    pub(super) fn driven_pronoun(&self, matched: &Match) -> Option<ActorId> {
        if let Some(gainer) = self.gainer_undone(matched) {
            return Some(gainer);
        }
        let trigger = &self.context.items[matched.trigger];
        let words = &self.context.language.words;
        let one = Features::HER.and(Features::HIM).and(Features::THEM);
        let is_verb = trigger.features.any(Features::PAST.and(Features::PRESENT))
            && trigger.features.any(Features::AND);
        let is_driving = trigger.classes.meets(words.driving)
            && trigger.features.any(Features::NOUN)
            && trigger.features.any(one)
            && matched.actors.is_empty()
            && !is_verb;
        if !is_driving {
            return None;
        }
        let gender = if trigger.features.any(Features::HER) {
            Features::FEMININE
        } else if trigger.features.any(Features::HIM) {
            Features::MASCULINE
        } else {
            Features::PLURAL
        };
        let floor = matched.trigger.saturating_sub(FAR_BACK);
        let before: Vec<Named> = self.actors(floor..matched.trigger).collect();
        let end = self.sentence_of(matched.trigger).end.max(matched.last + 1);
        let is_meant = |named: &Named| named.gender.any(gender);
        let behind = || self.actors(matched.last + 1..end).find(is_meant);
        let driven = before.into_iter().rev().find(is_meant).or_else(behind);
        driven.map(|named| named.actor)
    }

    /// "Its men took PLACE for a night before their expulsion from it": those who are driven out again
    /// are those who have just gained it.
    fn gainer_undone(&self, matched: &Match) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let trigger = &items[matched.trigger];
        let is_owned = trigger.classes.meets(words.driving)
            && trigger.features.any(Features::NOUN)
            && trigger.features.any(Features::OWNED);
        let before = matched.trigger.checked_sub(1)?;
        let is_before = items[before].classes.meets(words.governors.before);
        if words.is_analytic || !is_owned || !is_before {
            return None;
        }
        let start = self.sentence_of(matched.trigger).start;
        let holds = |status| matches!(status, Status::Control | Status::Contested);
        let mut told = self.told_of(matched, start);
        told.find(|found| found.at < matched.trigger && holds(found.status))?
            .actor
    }

    /// "Capture of PLACE" as an entry of its own: of the party that gains in the story.
    pub(super) fn gainer(&self, matched: &Match, clause: &Range<usize>) -> Option<Named> {
        let items = self.context.items;
        let gains = items[matched.trigger]
            .classes
            .meets(self.context.language.words.gaining);
        let is_entry = matched.trigger.checked_sub(1).is_some_and(|before| {
            items[before].is_mark(&[':', '-', '–', '—']) || items[before].is_break()
        });
        let winner = self.winner(matched, clause);
        winner.filter(|_| gains && is_entry).map(Named::of)
    }

    /// "It is with them": not with us who speak. The inner one is none where it is not known who
    /// they are.
    pub(super) fn they(&self, matched: &Match, clause: &Range<usize>) -> Option<Option<Named>> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let trigger = &items[matched.trigger];
        let is_they = |at: usize| items[at].classes.meets(words.they_word);
        let near = matched.trigger.saturating_sub(THEY)..matched.trigger + 1;
        let says_they = words.is_analytic && near.into_iter().any(is_they);
        let is_them = trigger.depth > 0 && (trigger.features.any(Features::THEM) || says_they)
            || says_they && self.is_answer(matched.trigger);
        let sentence = self.sentence_of(matched.trigger);
        let says_we = || {
            sentence.clone().any(|at| {
                items[at].classes.meets(words.we)
                    || items[at].features.any(Features::WE.and(Features::US))
            })
        };
        // Whoever is quoted speaks of others, where the words do not tell whose "their" is.
        if !is_them || !words.is_analytic && !says_we() {
            return None;
        }
        let speaker = self.context.discourse.speaker(matched.trigger);
        // "The ACTOR took it, and it is theirs", said by nobody known: of who is told of.
        let told = || {
            let acts = |at: &usize| self.actors(*at..*at + 1).next().is_some();
            let acting = sentence.start..matched.trigger;
            let at = acting.rev().find(|at| acts(at) && !self.is_oblique(*at))?;
            self.context.discourse.actor(at)
        };
        if speaker.is_none()
            && says_they
            && let Some(told) = told()
        {
            return Some(Some(told));
        }
        let winner = || self.winner(matched, clause).filter(|_| words.is_analytic);
        let speaker = speaker.or_else(winner)?;
        let enemy = self
            .enemy_before(speaker, matched.trigger)
            .or_else(|| self.enemy_behind(speaker, matched.last));
        match enemy {
            Some(enemy) => Some(Some(Named::of(enemy))),
            None if words.is_analytic => {
                Some(self.enemy_ahead(speaker, matched.last).map(Named::of))
            }
            None => None,
        }
    }

    /// What a party answers, without quotation marks, in a line that names no other before.
    pub(super) fn is_answer(&self, trigger: usize) -> bool {
        let items = self.context.items;
        let discourse = &self.context.discourse;
        let is_own = discourse.speaker(0).is_some();
        let floor = trigger.saturating_sub(FAR_BACK);
        let line = (floor..trigger).rev().find(|at| items[*at].is_break());
        let speaker = discourse.speaker(trigger).filter(|_| !is_own);
        let mut before = self.actors(line.unwrap_or(floor)..trigger);
        speaker.is_some_and(|speaker| before.all(|named| named.actor == speaker))
    }

    /// The enemy of a party that is named behind, in this sentence or the next ones.
    fn enemy_ahead(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors = &self.context.extractor.actors;
        let end = (at + FAR_BACK).min(self.context.items.len());
        let mut ahead = (at + 1..end.max(at + 1)).filter_map(|at| self.context.discourse.actor(at));
        ahead
            .find(|named| actors.are_opposed(named.actor, party) && self.holds_ground(named.actor))
            .map(|named| named.actor)
    }

    /// Who drives a party out: its enemy, named in the same sentence.
    pub(super) fn driver_told(&self, driven: ActorId, matched: &Match) -> Option<Named> {
        let actors = &self.context.extractor.actors;
        let sentence = self.sentence_of(matched.trigger);
        let before: Vec<Named> = self.actors(sentence.start..matched.trigger).collect();
        let is_enemy = |named: &Named| actors.are_opposed(named.actor, driven);
        let enemy = before.into_iter().rev().find(is_enemy);
        let enemy = enemy.map(|named| named.actor);
        enemy
            .or_else(|| self.enemy_behind(driven, matched.last))
            .map(Named::of)
    }

    /// No other rule has used the trigger, and no place stands right behind the match as what it
    /// speaks of: "and there remained with the army the towns of A and B".
    pub(super) fn leaves_place_out(&self, matched: &Match) -> bool {
        let discourse = self.context.discourse;
        let is_named = discourse
            .group_starting(self.behind_aside(matched.last + 1))
            .is_some_and(|group| {
                let phrase = &discourse.groups[group];
                phrase.back.is_none() && !phrase.is_adjunct
            });
        !is_named
            && !self
                .used
                .iter()
                .any(|(trigger, _)| *trigger == matched.trigger)
    }

    /// Behind ", according to the same source," or ", by all accounts,": words between commas that
    /// name nothing.
    fn behind_aside(&self, at: usize) -> usize {
        let items = self.context.items;
        if !items.get(at).is_some_and(Item::is_comma) {
            return at;
        }
        let end = (at + 1..(at + ASIDE).min(items.len())).find(|end| items[*end].is_comma());
        let names = |item: &Item| item.is_place() || item.is_break();
        let end = end.filter(|end| !items[at + 1..*end].iter().any(names));
        end.map_or(at, |end| end + 1)
    }
}
