//! Exceptions from a place phrase: "all of it but its eastern quarters", "all but PLACE".

use super::annotate::Item;
use super::claim::{Collector, Found};
use super::discourse::Spoken;
use super::fit::Match;
use super::group::{Finder, Member};
use super::part::{Part, Word};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;
use crate::lexicon::Features;

/// Items from a negation to the "but" that belongs to it.
const NEGATED: usize = 14;

/// The same over several clauses.
const NEGATED_FAR: usize = 24;

/// Items that an exception may take up.
const EXCEPTION: usize = 9;

/// How sure it is that a place which one party does not hold is its rival's.
const RIVALS: f64 = 0.9;

impl Finder<'_> {
    /// "Nothing is left there but": what follows is no exception from the place before.
    pub(super) fn is_negated(&self, only: usize) -> bool {
        (only.saturating_sub(NEGATED)..only)
            .rev()
            .take_while(|at| !self.items[*at].is_break())
            .take_while(|at| !self.items[*at].is_mark(&['.', '؛', ',', '،']))
            .any(|at| self.has(at, self.roles.not))
    }

    /// "Nothing is left to it, if we leave out B, but A": over commas too.
    pub(super) fn is_negated_far(&self, only: usize) -> bool {
        (only.saturating_sub(NEGATED_FAR)..only)
            .rev()
            .take_while(|at| !self.items[*at].is_break() && !self.items[*at].is_mark(&['.', '؛']))
            .any(|at| self.has(at, self.roles.not))
    }

    /// A word for a part of a place: "quarters", "patch", "its east".
    fn names_part(&self, at: usize) -> bool {
        let is_part = |word| matches!(word, Word::Sector | Word::Part | Word::Outside);
        let is_side = self.has(at, self.roles.side) && self.items[at].features.any(Features::OWNED);
        is_side || self.modifier(at).is_some_and(is_part) || self.has(at, self.roles.patch)
    }

    /// "They took A but not B, which their enemy holds": of B another thing is told.
    pub(super) fn is_described(&self, place: usize) -> bool {
        let is_comma = self.items.get(place + 1).is_some_and(Item::is_comma);
        let behind = place + 1 + usize::from(is_comma && self.has_articles());
        self.has(behind, self.roles.which)
    }

    /// "All of it but the camp, which they still hold": a noun that points to a place of its own.
    fn is_noun_described(&self, noun: usize) -> bool {
        let item = &self.items[noun];
        !self.has_articles()
            && item.classes.meets(self.roles.pointer)
            && item.features.any(Features::THE)
            && self.has(noun + 1, self.roles.which)
    }

    /// "All but the last houses, which", "but a few houses that": what is excepted ends here.
    fn ends_exception(&self, at: usize) -> bool {
        self.items[at].is_mark(&[',', '،', '.', '؛', '(', ')'])
            || self.items[at].is_break()
            || self.has(at, self.blocks)
            || self.has(at, self.roles.held)
            || self.has_articles() && self.has(at, self.roles.which)
    }

    /// "all of it but its eastern quarters" is a part; "all but PLACE" leaves the whole. True where a
    /// part of the last place is excepted.
    pub(super) fn exception(
        &self,
        members: &mut [Member],
        last: &mut usize,
        excepted: &mut Vec<usize>,
    ) -> bool {
        // "All of it, but its western quarters, is held".
        let comma = |at: usize| self.items.get(at).is_some_and(Item::is_comma);
        let is_between_commas = comma(*last + 1);
        let at = *last + 1 + usize::from(is_between_commas);
        if !self.has(at, self.roles.except) || self.has(at, self.roles.only) && self.is_negated(at)
        {
            return false;
        }
        let most = (at + EXCEPTION).min(self.items.len());
        let ends = |index: &usize| self.ends_exception(*index);
        let end = (at + 1..most).find(ends).unwrap_or(most);
        let tail = at + 1..end;
        let place = tail.clone().find(|index| self.items[*index].is_place());
        let has_part = tail
            .clone()
            .take_while(|index| Some(*index) != place)
            .any(|index| self.names_part(index));
        if place.is_none() && tail.clone().any(|noun| self.is_noun_described(noun)) {
            return false;
        }
        if is_between_commas {
            let is_part = has_part && place.is_none() && comma(end);
            if let Some(member) = members.last_mut().filter(|_| is_part) {
                member.part = Part::Share(None);
                *last = end;
            }
            return is_part;
        }
        let names_quarter = place
            .is_some_and(|place| (at + 1..place).any(|index| self.has(index, self.roles.sector)));
        if (has_part && place.is_none() || names_quarter)
            && let Some(member) = members.last_mut()
        {
            member.part = Part::Share(None);
        }
        if place.is_some_and(|place| self.is_described(place)) {
            return false;
        }
        if let Some(place) = place.filter(|_| !has_part && !names_quarter) {
            let is_joined = |at: &usize| {
                self.items
                    .get(*at)
                    .is_some_and(|item| item.is_place() && item.features.any(Features::AND))
            };
            excepted.push(place);
            excepted.extend((place + 1..).take_while(is_joined));
            *last = excepted.last().copied().unwrap_or(place);
            return false;
        }
        // The exception is swallowed, so that no rule takes it for an object.
        *last = place.unwrap_or(if has_part || end < most {
            end - 1
        } else {
            *last
        });
        place.is_none() || names_quarter
    }
}

/// Items from what is said of a place to the exception behind it.
const NEAR_EXCEPTION: usize = 3;

/// Items from the word of exception to the part that it excepts.
const EXCEPTED_PART: usize = 3;

impl Collector<'_> {
    /// "PLACE is under ACTOR but for its western quarters", "but for the western quarters, PLACE is
    /// under": a part of it is excepted, outside the words that name the place.
    pub(super) fn excepts_part(&self, group: usize, matched: &Match) -> bool {
        let phrase = &self.context.discourse.groups[group];
        let items = self.context.items;
        let words = &self.context.language.words;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.', ';', '؛']);
        let excepts = |at: usize, end: usize| {
            let tail = &items[at + 1..(at + 1 + EXCEPTED_PART).min(end)];
            let part = tail
                .iter()
                .position(|item| item.classes.meets(words.part_of_place));
            items[at].classes.meets(words.roles.except)
                && part.is_some_and(|part| {
                    !tail[..=part]
                        .iter()
                        .any(|item| item.is_place() || ends(item))
                })
        };
        let last = matched.last.max(phrase.last);
        let behind = last + 1..(last + 1 + NEAR_EXCEPTION).min(items.len());
        let is_behind = behind
            .take_while(|at| !ends(&items[*at]) && !items[*at].is_place())
            .any(|at| excepts(at, items.len()));
        let first = matched.first.min(phrase.first);
        let before = first.saturating_sub(EXCEPTION)..first;
        let is_before = before
            .rev()
            .take_while(|at| !ends(&items[*at]) && !items[*at].is_place())
            .any(|at| items[first - 1].is_comma() && excepts(at, first));
        is_behind || is_before
    }

    /// "Took all but PLACE": its rival has it; "lost all but PLACE": it still has it itself.
    pub(super) fn give_excepted(&mut self, base: &Found, matched: &Match, status: Status) {
        let Some(actor) = base.actor else { return };
        for group in &matched.groups {
            let items = &self.context.discourse.groups[*group].excepted;
            if items.is_empty() {
                continue;
            }
            let Some(holder) = self.keeper(actor, matched, status) else {
                continue;
            };
            let context = self.context;
            let choices = items.iter().filter_map(|item| context.choices[*item]);
            let kept = choices.map(|choice| {
                let place = (choice.place, choice.confidence);
                kept_by(holder, Status::Control, base, place)
            });
            self.found.extend(kept);
        }
    }

    /// "Has all of PLACE but its western quarters": its rival, where one was named before, has them.
    pub(super) fn give_excepted_part(&mut self, base: &Found, matched: &Match, spoken: &Spoken) {
        let rival = base
            .actor
            .and_then(|actor| self.enemy_before(actor, matched.trigger));
        let Some(rival) = rival else { return };
        let part = (spoken.place, spoken.confidence);
        let kept = kept_by(rival, Status::Partial, base, part);
        self.found.push(kept);
    }

    /// Who keeps what a party takes or loses the rest of.
    fn keeper(&self, actor: ActorId, matched: &Match, status: Status) -> Option<ActorId> {
        match status {
            Status::Control => self
                .enemy_before(actor, matched.trigger)
                .or_else(|| self.enemy_behind(actor, matched.last)),
            Status::Lost => Some(actor),
            _ => None,
        }
    }
}

/// What a party keeps of what is said: an excepted place, or a part of it, found with a probability.
fn kept_by(
    holder: ActorId,
    status: Status,
    base: &Found,
    (place, confidence): (PlaceId, f64),
) -> Found {
    Found {
        place: Some(place),
        actor: Some(holder),
        status,
        confidence: base.confidence * confidence * RIVALS,
        trust: base.trust * RIVALS,
        ..base.clone()
    }
}
