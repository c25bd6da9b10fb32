//! What a match says: its mood is asked, and each part of its rule given to the party that it means.

use std::ops::Range;

use super::Collector;
use crate::claim::Status;
use crate::extract::fit::Match;
use crate::extract::mood::{Mood, mood, mood_around};
use crate::extract::retract::LEFT_OUT;
use crate::extract::rule::{Consequence, Role, Rule};
use crate::lexicon::Features;

/// Items from "will not" to the word of control.
const WILL_NOT: usize = 3;

/// How sure it is that a party has what is to be taken from it, of the trust in a rule that says that it was.
const KEPT: f64 = 0.85;

/// A rule that matched, and how the words stand to the fact.
pub(in crate::extract) struct Said<'a> {
    pub rule: &'a Rule,
    pub matched: &'a Match,
    pub mood: Mood,
    pub sentence: usize,
}

impl<'a> Collector<'a> {
    /// The mood of words that carry their own denial: "had it not left" is none the less a condition,
    /// "there is no truth in reports that it has left" a denial.
    fn mood_of_clause(&self, matched: &Match, clause: &Range<usize>) -> Mood {
        let words = &self.context.language.words;
        let condition = words.governors.condition;
        let before = matched.first.checked_sub(1);
        let before = before.map(|at| self.context.items[at].classes);
        // "That would leave them with PLACE".
        let is_bare = self.context.items[matched.first]
            .features
            .any(Features::BASE);
        let supposed = words.modal.and(words.governors.predict);
        let is_supposed =
            words.is_analytic && is_bare && before.is_some_and(|classes| classes.meets(supposed));
        if is_supposed || before.is_some_and(|classes| classes.meets(condition)) {
            Mood::Conditional
        } else {
            let own = matched.first..matched.last + 1;
            mood_around(self.context.items, own, clause, words)
        }
    }

    /// How the words of a match stand to the fact.
    fn mood_of(&self, rule: &Rule, matched: &Match, clause: &Range<usize>) -> Mood {
        let aside = self.apposed(matched, clause.start);
        let floor = aside
            .or_else(|| self.relative(matched, clause.start))
            .unwrap_or(clause.start);
        if rule.any_mood {
            return self.mood_of_clause(matched, &(floor..clause.end));
        }
        let comma = || {
            let mut behind = matched.last + 1..clause.end;
            behind.find(|at| self.context.items[*at].is_comma())
        };
        let end = aside.and_then(|_| comma()).unwrap_or(clause.end);
        mood(
            self.context.items,
            matched.trigger,
            floor..end,
            &self.context.language.words,
        )
    }

    /// Asks the mood of a match, then says what it gives or sets it aside.
    pub(super) fn judge(
        &mut self,
        rule: &'a Rule,
        matched: &Match,
        range: &Range<usize>,
        sentence: usize,
    ) {
        let clause = self.clause(matched, range);
        let told = self.mood_of(rule, matched, &clause);
        let is_not_all = self.is_not_all(rule, matched, told);
        let found_mood = if is_not_all { Mood::Asserted } else { told };
        let reason = rule.set_aside.as_deref().or(found_mood.reason());
        let reason = reason.or_else(|| self.is_left_out(matched.trigger).then_some(LEFT_OUT));
        if let Some(reason) = reason {
            // A likeness tells nothing by itself: other words may tell of the place.
            if rule.gives.iter().all(|gives| gives.role != Role::Same) {
                self.put_aside(rule, matched, reason);
            }
            match found_mood {
                Mood::Past => self.give_past(rule, matched, &clause, sentence),
                Mood::Intended | Mood::Expected | Mood::Negated | Mood::Denied => {
                    self.give_kept(rule, matched, &clause, sentence);
                }
                Mood::Asserted | Mood::Hedged | Mood::Conditional => {}
            }
            return;
        }
        if rule.gives.iter().any(|gives| gives.role == Role::Subject) {
            self.spent.extend(&matched.actors);
            self.remember_outcome(rule, matched);
        }
        let said = Said {
            rule,
            matched,
            mood: found_mood,
            sentence,
        };
        let is_one_side = self.is_shared_by_one_side(rule, matched);
        for consequence in &rule.gives {
            if consequence.role == Role::Same {
                self.same.push((rule, matched.clone(), found_mood));
                continue;
            }
            let status = match (is_one_side, is_not_all) {
                (true, _) => Some(Status::Control),
                (_, true) => Some(Status::Partial),
                _ => consequence.status,
            };
            let consequence = &Consequence {
                status,
                ..*consequence
            };
            let (named, is_sure) = match consequence.role {
                Role::Holder => self.holder(matched, &clause).unzip(),
                role => (self.party(role, matched, &clause, rule), None),
            };
            let named = named
                .and_then(|actor| self.not_itself(actor, consequence, (rule, matched, &clause)));
            let named = named.and_then(|actor| self.who_leaves(actor, consequence, matched));
            let first = self.found.len();
            self.give(&said, consequence, named);
            for found in &mut self.found[first..] {
                found.is_loose = consequence.status.is_none() && is_sure == Some(false);
            }
        }
    }

    /// "It does not hold all of PLACE", "not all of PLACE is its any more": it holds a part.
    fn is_not_all(&self, rule: &Rule, matched: &Match, mood: Mood) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let gives = |status| {
            let mut gives = rule.gives.iter();
            rule.set_aside.is_none() && gives.all(|gives| gives.status == Some(status))
        };
        let groups = || {
            let groups = matched.groups.iter();
            groups.map(|group| &self.context.discourse.groups[*group])
        };
        // "Nobody is left in all of PLACE".
        let is_within = |at: usize| at > 0 && items[at - 1].classes.meets(words.within);
        // "It will not take all of PLACE".
        let mut near = matched.trigger.saturating_sub(WILL_NOT)..matched.trigger;
        let is_to_come = near.any(|at| items[at].classes.meets(words.governors.will_not));
        let is_held = mood == Mood::Negated && gives(Status::Control) && !is_to_come;
        let is_lost = rule.any_mood
            && items[matched.trigger].classes.meets(words.roles.not)
            && gives(Status::Lost)
            && !groups().any(|group| is_within(group.first));
        let all = words.roles.all.and(words.roles.after_name);
        let says_all = |range: Range<usize>| {
            let mut items = items[range].iter();
            items.any(|item| item.classes.meets(all))
        };
        (is_held || is_lost)
            && !rule.gives.is_empty()
            && (groups().any(|group| says_all(group.first..group.last + 1))
                || says_all(matched.trigger..matched.last + 1))
    }

    /// "The army and its allies share it": two of one side have it between them.
    fn is_shared_by_one_side(&self, rule: &Rule, matched: &Match) -> bool {
        let holder = |gives: &Consequence| match (gives.role, gives.status, gives.of) {
            (Role::Actor(index), Some(Status::Partial), None) => {
                let named = self.context.discourse.actor(*matched.actors.get(index)?)?;
                Some(named.actor)
            }
            _ => None,
        };
        let mut holders = rule.gives.iter().map(holder);
        let first = holders.next().flatten();
        rule.gives.len() > 1 && first.is_some() && holders.all(|other| other == first)
    }

    /// "Means to take PLACE from ACTOR", "has not taken PLACE from ACTOR": that one still has it.
    fn give_kept(&mut self, rule: &Rule, matched: &Match, clause: &Range<usize>, sentence: usize) {
        // Who only goes, or is only rid of, may have had no more than some men there.
        let changes_hands = (rule.gives.iter()).any(|gives| gives.status == Some(Status::Control));
        if rule.set_aside.is_some() || !changes_hands {
            return;
        }
        let kept = |gives: &Consequence| {
            let is_named = matches!(gives.role, Role::Actor(_));
            (gives.status == Some(Status::Lost) && is_named).then_some(Consequence {
                status: Some(Status::Control),
                ..*gives
            })
        };
        let first = self.give_all((rule, matched, sentence), clause, kept);
        for found in &mut self.found[first..] {
            found.is_exclusive = false;
            found.confidence *= KEPT;
            found.trust *= KEPT;
        }
    }

    /// Who held a place before lost it, if the text also says who holds it now; who had lost it has
    /// lost it.
    fn give_past(&mut self, rule: &Rule, matched: &Match, clause: &Range<usize>, sentence: usize) {
        let past = |gives: &Consequence| {
            let is_held = matches!(gives.status, Some(Status::Control | Status::Lost));
            is_held.then_some(*gives)
        };
        let first = self.give_all((rule, matched, sentence), clause, past);
        for found in &mut self.found[first..] {
            found.put_in_past();
        }
    }

    /// Gives what `meant` makes of each part of a rule, whatever the mood; where those claims begin.
    fn give_all(
        &mut self,
        (rule, matched, sentence): (&Rule, &Match, usize),
        clause: &Range<usize>,
        meant: impl Fn(&Consequence) -> Option<Consequence>,
    ) -> usize {
        let first = self.found.len();
        let said = Said {
            rule,
            matched,
            mood: Mood::Asserted,
            sentence,
        };
        for gives in rule.gives.iter().filter_map(meant) {
            let named = self.party(gives.role, matched, clause, rule);
            self.give(&said, &gives, named);
        }
        first
    }
}
