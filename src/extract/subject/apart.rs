//! Subjects that stand apart from their verb: before a relative word, in the main clause behind, at the
//! head of the sentence.

use std::ops::Range;

use crate::extract::annotate::ItemKind;
use crate::extract::claim::Collector;
use crate::extract::discourse::Named;
use crate::extract::fit::Match;
use crate::extract::party::agrees;
use crate::lexicon::Features;

/// Items from "which" to what its clause says of the party before it.
const RELATIVE: usize = 16;

/// Items from "which" to its verb: "which has since then".
const HELPS: usize = 4;

/// Items from a party to one that its description names.
const DESCRIBED: usize = 7;

impl Collector<'_> {
    /// "Attacked the ACTOR, and the capture of PLACE was done": by the party that gains.
    pub(super) fn doer_of_deed(&self, matched: &Match, clause: &Range<usize>) -> Option<Named> {
        let items = self.context.items;
        if !items[matched.trigger].features.any(Features::NOUN) {
            return None;
        }
        let befalls = self.context.language.words.befalls;
        let governor = self.governor(matched.trigger, clause)?;
        let is_deed = items[governor].classes.meets(befalls);
        let winner = || self.winner(matched, clause);
        is_deed.then(winner).flatten().map(Named::of)
    }

    /// "Our forces reached it while the enemy held out, and that after they had taken": the party
    /// that the sentence begins with.
    pub(super) fn doer_told_first(&self, clause: &Range<usize>, gender: Features) -> Option<Named> {
        let thereby = self.context.language.words.thereby;
        let starts = self.context.items.get(clause.start)?;
        if !starts.classes.meets(thereby) {
            return None;
        }
        let floor = self.sentence_of(clause.start).start;
        self.actors(floor..clause.start)
            .find(|named| agrees(*named, gender))
    }

    /// "After the attacks of the ACTOR it took": a party named in passing, where only it agrees with
    /// the verb.
    pub(super) fn agreeing_aside(&self, trigger: usize, gender: Features) -> Option<Named> {
        if self.context.language.words.is_analytic {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        (start..trigger)
            .rev()
            .filter(|at| !self.is_press(*at))
            .filter_map(|at| self.context.discourse.actor(at))
            .find(|named| self.holds_ground(named.actor) && agrees(*named, gender))
    }

    /// "The attack of the army, which took": the party right before the relative word acts.
    pub(super) fn antecedent(&self, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let which = self.which_before(trigger)?;
        let is_finite = items[trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT));
        let before = which.checked_sub(1)?;
        if !is_finite
            || !items[which]
                .classes
                .meets(self.context.language.words.which)
        {
            return None;
        }
        // "Losses of A, where B retook PLACE": the verb has a subject of its own.
        let words = &self.context.language.words;
        let is_where = !words.is_analytic && !items[which].classes.meets(words.relative);
        if is_where && self.actors(trigger + 1..trigger + 2).next().is_some() {
            return None;
        }
        let comma = items[before].is_comma();
        let beside = before - usize::from(comma).min(before);
        let named = self.context.discourse.actor(beside)?;
        let backed = self.backed_before(named, beside, items[trigger].features);
        let found = backed.unwrap_or(named);
        self.holds_ground(found.actor).then_some(found)
    }

    /// "Which holds"; in English, "which now holds", "who had since taken".
    fn which_before(&self, trigger: usize) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let before = trigger.checked_sub(1)?;
        if !words.is_analytic {
            return Some(before);
        }
        let helps = words.copula.and(words.earlier).and(words.governors.was);
        let helps = helps.and(words.adverb).and(words.governors.still);
        let helps = helps.and(words.since).and(words.roles.time);
        let is_help = |at: &usize| {
            let item = &items[*at];
            matches!(item.kind, ItemKind::Word)
                && (item.classes.is_empty() || item.classes.meets(helps))
                && !item.classes.meets(words.which)
        };
        let near = (trigger.saturating_sub(HELPS)..trigger).rev();
        let which = near.clone().find(|at| !is_help(at))?;
        items[which].classes.meets(words.which).then_some(which)
    }

    /// "The ACTOR allied with B, which holds": B is only named to describe it.
    fn backed_before(&self, beside: Named, at: usize, verb: Features) -> Option<Named> {
        let is_verb = |at: &usize| self.context.items[*at].features.is_finite();
        let is_meant = !beside.is_aside && agrees(beside, verb);
        if self.context.language.words.is_analytic || is_meant {
            return None;
        }
        let near = (at.saturating_sub(DESCRIBED)..at).rev();
        near.take_while(|at| !is_verb(at))
            .find_map(|at| self.actors(at..at + 1).next())
            .filter(|named| named.actor != beside.actor && agrees(*named, verb))
    }

    /// "Between the army and the ACTOR, which defends the road to PLACE, the last town in its hands":
    /// the party of which the clause around the trigger is said, where no other is named in it.
    pub(super) fn of_relative(&self, trigger: usize, gender: Features) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        if words.is_analytic {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        let start = start.max(trigger.saturating_sub(RELATIVE));
        let goes_on = |at: &usize| {
            let is_joined = items[*at].features.any(Features::AND)
                && items[*at]
                    .features
                    .any(Features::PAST.and(Features::PRESENT));
            !is_joined && self.actors(*at..*at + 1).next().is_none()
        };
        let which = (start..=trigger)
            .rev()
            .take_while(goes_on)
            .find(|at| items[*at].classes.meets(words.relative))?;
        let before = which.checked_sub(1)?;
        let before = before.checked_sub(usize::from(items[before].is_comma()))?;
        let named = self.context.discourse.actor(before)?;
        (self.holds_ground(named.actor) && agrees(named, gender)).then_some(named)
    }

    /// "Having taken it, the army ...": the subject stands in the main clause behind.
    pub(super) fn named_behind(&self, matched: &Match) -> Option<Named> {
        let sentence = self.sentence_of(matched.trigger);
        let is_source = |at: usize| {
            let words = &self.context.language.words;
            let before = &self.context.items[at - 1].classes;
            // "It came under control after the ACTOR's withdrawal": not by the ACTOR.
            let is_loser = !words.is_analytic
                && before.meets(words.loss)
                && self.context.items[at - 1].features.any(Features::NOUN);
            is_loser
                || before.meets(words.from)
                // "Between A, which it took, and B, held by the ACTOR": not the one who took.
                || words.is_analytic && before.meets(words.by)
                || (at.saturating_sub(2)..at).any(|left| {
                    self.context.items[left]
                        .classes
                        .meets(self.context.language.words.leave_with)
                })
        };
        let is_relative = |at: &usize| {
            self.context.items[*at]
                .classes
                .meets(self.context.language.words.relative)
        };
        let end = (matched.last + 1..sentence.end)
            .find(is_relative)
            .unwrap_or(sentence.end);
        // "The village that B holds": B is named for something else.
        let is_of_clause = |at: usize| {
            let words = &self.context.language.words;
            let before = at.saturating_sub(2).max(matched.last + 1)..at;
            words.is_analytic
                && self.context.items[before]
                    .iter()
                    .any(|item| item.classes.meets(words.which))
        };
        (matched.last + 1..end)
            .filter(|at| !is_source(*at) && !is_of_clause(*at))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next())
    }
}
