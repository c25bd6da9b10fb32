//! Who gains and who loses in a story, and what that says of who acts next.

use std::ops::Range;

use super::claim::{Collector, Found};
use super::discourse::Named;
use super::fit::Match;
use super::party::{FAR_BACK, agrees};
use super::rule::{Consequence, Role, Rule};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items behind a deed in which the only party named is the one that did it.
const AHEAD: usize = 30;

/// Items from "the attackers" to what they do.
const BESIDE: usize = 3;

/// Items from "once held by" to the party.
const HELD_BY: usize = 4;

/// Items from a party to the word that what it has shrinks.
const SHRINKS: usize = 5;

/// Items from a title to the party of who bears it.
const SPOKESMAN: usize = 3;

/// What was told longer ago than so many claims does not count.
const MOST_BACK: usize = 200;

/// Items back to the assault of the party that leaves.
const ASSAULT_BACK: usize = 40;

/// Items from an assault back to who makes it, and on to the party behind "by".
const DOER_BACK: usize = 14;
const DOER_AHEAD: usize = 5;

impl Collector<'_> {
    /// Takes note of the actors of a match that gain or lose by it.
    pub(super) fn remember_outcome(&mut self, rule: &Rule, matched: &Match) {
        for (index, at) in matched.actors.iter().enumerate() {
            let gets = |status| {
                let mut gives = rule.gives.iter();
                gives.any(|gives| gives.role == Role::Actor(index) && gives.status == Some(status))
            };
            if gets(Status::Control) {
                self.winners.push(*at);
            }
            if gets(Status::Lost) {
                self.losers.push(*at);
            }
        }
    }

    /// What was told of one of the places of a match from an item on, the last first.
    pub(super) fn told_of(&self, matched: &Match, since: usize) -> impl Iterator<Item = &Found> {
        let places = self.context.discourse.spoken_of(&matched.groups);
        let places: Vec<_> = places.map(|spoken| Some(spoken.place)).collect();
        let told = self.found.iter().rev().take(MOST_BACK);
        told.take_while(move |found| found.at >= since)
            .filter(move |found| places.contains(&found.place))
    }

    /// "A retook it, and the attackers left it": where only "the attackers" are named, whoever has just
    /// taken the place is not the one that leaves it.
    pub(super) fn who_leaves(
        &self,
        actor: ActorId,
        consequence: &Consequence,
        matched: &Match,
    ) -> Option<ActorId> {
        let context = self.context;
        let trigger = matched.trigger;
        let near = trigger.saturating_sub(BESIDE)..(trigger + BESIDE).min(context.items.len());
        let sides = context.language.words.sides;
        let is_bare = (consequence.role, consequence.status) == (Role::Subject, Some(Status::Lost))
            && context.items[near]
                .iter()
                .any(|item| item.classes.meets(sides));
        let start = self.sentence_of(trigger).start;
        let takes = |found: &Found| (found.actor, found.status) == (Some(actor), Status::Control);
        if is_bare && self.told_of(matched, start).any(takes) {
            return self.enemy_before(actor, trigger);
        }
        let is_lost = consequence.status == Some(Status::Lost);
        (!is_lost || !self.only_attacked(actor, matched)).then_some(actor)
    }

    /// "A attacked PLACE at night. A withdrew": who leaves a place, not named again, that he had
    /// attacked and was not told to have taken has lost nothing.
    fn only_attacked(&self, actor: ActorId, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let trigger = matched.trigger;
        let groups = &self.context.discourse.groups;
        let is_named = |group: &usize| groups[*group].first >= matched.first;
        let leaves = items[trigger].classes.meets(words.loss);
        if !words.is_analytic || !leaves || matched.groups.iter().any(is_named) {
            return false;
        }
        let before = (trigger.saturating_sub(ASSAULT_BACK)..matched.first).rev();
        let assault = before
            .into_iter()
            .find(|at| items[*at].classes.meets(words.attacking));
        let ends = |at: &usize| items[*at].is_mark(&['.', '?']) || items[*at].is_break();
        let doer = assault.and_then(|assault| {
            let named = |at: usize| self.context.discourse.actor(at);
            let mut behind = assault + 1..items.len().min(assault + 1 + DOER_AHEAD);
            let by = items.get(assault + 1)?.classes.meets(words.by);
            let mut near = (assault.saturating_sub(DOER_BACK)..assault).rev();
            if by {
                behind.find_map(named)
            } else {
                near.by_ref().take_while(|at| !ends(at)).find_map(named)
            }
        });
        let holds = |found: &Found| {
            found.actor == Some(actor) && matches!(found.status, Status::Control | Status::Partial)
        };
        doer.is_some_and(|doer| doer.actor == actor) && !self.told_of(matched, 0).any(holds)
    }

    /// Who gains where no winner is named: the party that the text told last to have gained, else
    /// the enemy of the last that lost, else whoever speaks, else the only one that is named.
    pub(super) fn winner(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let is_gain = |found: &&Found| {
            matches!(
                found.status,
                Status::Control | Status::Partial | Status::Contested
            ) && self.context.items[found.at].classes.meets(words.gaining)
                && !found.is_former
        };
        let told = || {
            let near = self.found.iter().rev().take(MOST_BACK);
            near.filter(|found| found.actor.is_some())
        };
        // What a party could not take of the rest stands behind its gain, told by the same word.
        let gained = told()
            .find(is_gain)
            .and_then(|last| told().rfind(|found| found.at == last.at && is_gain(found)))
            .and_then(|found| found.actor);
        let beaten = || {
            let loser = told().find(|found| found.status == Status::Lost)?.actor?;
            self.enemy_before(loser, matched.trigger)
        };
        let voice = || self.context.discourse.speaker(matched.trigger);
        let only = || self.only_one_named(matched, clause);
        let attacks = || self.sides().attacker(matched.trigger);
        gained
            .or_else(beaten)
            .or_else(voice)
            .or_else(|| self.repeller(matched.trigger))
            .or_else(attacks)
            .or_else(|| self.party_of_spokesman(matched.trigger))
            .or_else(only)
            .or_else(|| self.gainer_ahead(clause))
    }

    /// "B attacked. A drove it back. PLACE was taken": by A.
    fn repeller(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let repels = |at: &usize| {
            let verb = &items[*at];
            verb.classes.meets(words.driving) && verb.features.is_finite()
        };
        let is_active = |verb: &usize| {
            let before = verb.checked_sub(1).map(|before| items[before].classes);
            before.is_some_and(|classes| !classes.meets(words.passive))
        };
        let own = self.sentence_of(at).start;
        let floor = own.saturating_sub(FAR_BACK);
        let verb = (floor..own).rev().find(repels).filter(is_active);
        let verb = verb.filter(|_| words.is_analytic)?;
        let start = self.sentence_of(verb).start;
        let repeller = self.actors(start..verb).last()?.actor;
        self.enemy_before(repeller, start).map(|_| repeller)
    }

    /// "A spokesman of the ACTOR said that PLACE had been taken": by his own.
    fn party_of_spokesman(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let start = self.sentence_of(at).start;
        let says = |at: &usize| items[*at].classes.meets(words.report);
        let verb = (start..at).find(says).filter(|_| words.is_analytic)?;
        let is_title = |at: usize| {
            items
                .get(at)
                .is_some_and(|item| item.classes.meets(words.title))
        };
        let is_his =
            |at: &usize| is_title(at + 1) || (at.saturating_sub(SPOKESMAN)..*at).any(is_title);
        let mut parties = (start..verb).filter(|at| self.context.discourse.actor(*at).is_some());
        let party = self.context.discourse.actor(parties.find(is_his)?)?;
        Some(party.actor).filter(|actor| self.holds_ground(*actor))
    }

    /// Headings tell the deed first: the only party that acts in what follows.
    fn gainer_ahead(&self, clause: &Range<usize>) -> Option<ActorId> {
        let items = self.context.items;
        let words = &self.context.language.words;
        if !words.is_analytic {
            return None;
        }
        let end = (clause.end + AHEAD).min(items.len());
        // "The ACTOR still has a village": to it the place was lost, not won.
        let is_left = |at: usize| {
            let mut behind = items.iter().skip(at + 1).take(SHRINKS);
            behind.any(|item| {
                item.classes
                    .meets(words.governors.still.and(words.left_over))
            })
        };
        let acts = |at: usize| {
            let named = self.actors(at..at + 1).next()?;
            (!self.is_oblique(at)).then(|| (named.actor, is_left(at)))
        };
        let mut actors = (clause.end..end).filter_map(acts);
        let (first, is_loser) = actors.next()?;
        let is_only = !is_loser && actors.all(|(actor, _)| actor == first);
        is_only.then_some(first)
    }

    /// The only party that is named up to the end of the clause, or that acts there.
    fn only_one_named(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let floor = matched.trigger.saturating_sub(FAR_BACK);
        let near: Vec<(usize, ActorId)> = (floor..clause.end.max(floor))
            .filter(|at| !self.shrinks(*at))
            .flat_map(|at| self.actors(at..at + 1).map(move |named| (at, named.actor)))
            .collect();
        let is_one = |near: &[(usize, ActorId)]| {
            let same = near.windows(2).all(|pair| pair[0].1 == pair[1].1);
            near.first().filter(|_| same).map(|(_, actor)| *actor)
        };
        let acting = || {
            let acts = |(at, _): &&(usize, ActorId)| !self.is_oblique(*at);
            near.iter().filter(acts).copied().collect::<Vec<_>>()
        };
        is_one(&near).or_else(|| is_one(&acting()))
    }

    /// "The pocket of the ACTOR has shrunk", "once held by the ACTOR": the party at an item gains
    /// nothing.
    fn shrinks(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        // "Of the towns once held by the ACTOR, A has been freed".
        let held = &items[at.saturating_sub(HELD_BY)..at];
        let held_once = held.iter().any(|item| item.classes.meets(words.under))
            && held
                .iter()
                .any(|item| item.classes.meets(words.governors.once));
        if words.is_analytic && held_once {
            return true;
        }
        let behind = items.iter().skip(at + 1).take(SHRINKS);
        let mut clause = behind.take_while(|item| !item.is_punctuation());
        words.is_analytic && clause.any(|item| item.classes.meets(words.shrinks))
    }

    /// Who had a place before it was lost: the party that the text has told to lose it, else the
    /// enemy of the one that it has told to have it.
    pub(super) fn former(&self, matched: &Match) -> Option<ActorId> {
        let group = *matched.groups.first()?;
        let place = self.context.discourse.spoken[group].first()?.place;
        let mut told = self.found.iter().rev().take(MOST_BACK);
        let last = told.find(|found| found.place == Some(place) && found.actor.is_some())?;
        match last.status {
            Status::Lost => last.actor,
            _ => self.enemy_before(last.actor?, matched.trigger),
        }
    }

    /// Who loses in the story: the party that the text has told last to lose a place, else the enemy
    /// of the one that it has told last to have one.
    pub(super) fn who_loses(&self, matched: &Match) -> Option<ActorId> {
        let told = || self.found.iter().rev().take(MOST_BACK);
        let of_status = |status: Status| {
            told()
                .filter(|found| found.status == status)
                .find_map(|found| found.actor)
        };
        of_status(Status::Lost).or_else(|| {
            let party = of_status(Status::Control)?;
            self.enemy_before(party, matched.trigger)
                .or_else(|| self.only_enemy(party, matched.trigger))
        })
    }

    /// Who has just lost something does not go on to take: the nearest other to the left.
    pub(super) fn doer_left(
        &self,
        trigger: usize,
        range: Range<usize>,
        gender: Features,
    ) -> Option<Named> {
        let is_loss = self.context.items[trigger]
            .classes
            .meets(self.context.language.words.loss);
        if is_loss || !self.losers.iter().any(|at| range.contains(at)) {
            return None;
        }
        let lost: Vec<ActorId> = range
            .clone()
            .filter(|at| self.losers.contains(at))
            .filter_map(|at| self.context.discourse.actor(at))
            .map(|named| named.actor)
            .collect();
        let is_loser = |at: usize| {
            let named = self.context.discourse.actor(at);
            named.is_some_and(|named| lost.contains(&named.actor))
        };
        let mut others = range.rev().filter(|at| !is_loser(*at));
        others.find_map(|at| self.actors(at..at + 1).find(|named| agrees(*named, gender)))
    }
}
