//! The course of one place through time: its settled states and its spells of control.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::bearing::{Act, Bearing};
use super::decide::{Outcome, Tally};
use super::voice::{days_between, weigh};
use super::weighing::Weighing;
use super::{Control, Settled};
use crate::actor::ActorId;

/// What is said of one place, and what follows from it day by day.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Course {
    /// In order of the event's first day, then of claims.
    pub bearings: Vec<Bearing>,
    /// Every change of the settled state.
    settled: Vec<Settled>,
    /// Every change of control: the first day of each spell.
    spells: Vec<(Date, Control)>,
}

/// A capture that is neither confirmed nor contradicted yet.
#[derive(Clone, Copy)]
struct Pending {
    actor: ActorId,
    since: Date,
}

impl Course {
    pub fn new(bearings: Vec<Bearing>, weighing: &Weighing) -> Self {
        let mut course = Self {
            bearings,
            ..Self::default()
        };
        let mut pending: Option<Pending> = None;
        for day in course.days_that_matter(weighing) {
            pending = course.pending_on(day, pending, weighing);
            if let Some(waiting) = pending.filter(|p| is_accepted(p, day, weighing)) {
                course.settle(day, Control::Held(waiting.actor));
                pending = None;
            }
            let outcome = course.outcome(day, weighing);
            if outcome.is_said {
                course.settle(day, outcome.control.clone());
            }
            course.enter(day, outcome.control);
        }
        course
    }

    /// The days on which the state can change: from each event until its weight is spent.
    fn days_that_matter(&self, weighing: &Weighing) -> BTreeSet<Date> {
        let mut days = BTreeSet::new();
        let mut done: Option<Date> = None;
        for bearing in &self.bearings {
            let last = bearing
                .days
                .1
                .saturating_add(weighing.time.window_days.days());
            let first = done.map_or(bearing.days.0, |done| done.max(bearing.days.0));
            days.extend(first.series(1.day()).take_while(|day| *day <= last));
            done = Some(done.map_or(last, |done| done.max(last)));
        }
        days
    }

    /// Who holds the place on `day`, by all that happened until then.
    pub fn outcome(&self, day: Date, weighing: &Weighing) -> Outcome {
        let weighed = weigh(&self.bearings, day, weighing);
        let settled = self.settled_on(day).filter(|s| !self.is_taken_back(s, day));
        let age_days = settled.map_or(0, |settled| self.age_days(settled, day));
        Tally::of(&weighed, settled.map(|s| (s, age_days)), weighing).outcome(weighing)
    }

    /// The words for a settled state up to `day`.
    fn words_for<'a>(&'a self, settled: &Settled, day: Date) -> impl Iterator<Item = &'a Bearing> {
        let holder = settled.control.holder();
        self.bearings.iter().filter(move |b| {
            b.days.1 <= day && !b.is_denial && holder.is_some() && b.act.present() == holder
        })
    }

    /// Days from the newest word for a settled state to `day`.
    fn age_days(&self, settled: &Settled, day: Date) -> i32 {
        let newest = self.words_for(settled, day).map(|b| b.days.1).max();
        days_between(newest.unwrap_or(settled.since).max(settled.since), day)
    }

    /// True when every source that put the holder there has since said that he has lost it: a
    /// state does not outlive the words that it rests on.
    fn is_taken_back(&self, settled: &Settled, day: Date) -> bool {
        let Some(holder) = settled.control.holder() else {
            return false;
        };
        let takes_back = |word: &Bearing| {
            self.bearings.iter().any(|b| {
                b.voice == word.voice
                    && b.days.0 > word.days.1
                    && b.days.0 <= day
                    && b.act == Act::Lost(holder)
            })
        };
        let mut words = self.words_for(settled, day).peekable();
        words.peek().is_some() && words.all(takes_back)
    }

    fn settled_on(&self, day: Date) -> Option<&Settled> {
        let after = self.settled.partition_point(|s| s.since <= day);
        after.checked_sub(1).map(|index| &self.settled[index])
    }

    /// A whole place settles at once. A part settles only for the holder who is pushed back to
    /// it: a newcomer who has taken some houses may be gone tomorrow.
    fn settle(&mut self, since: Date, control: Control) {
        let last = self.settled.last().map(|s| &s.control);
        let is_settled = match control {
            Control::Held(_) | Control::Lost(_) => true,
            Control::Partial(actor, _) => last.and_then(Control::holder) == Some(actor),
            _ => false,
        };
        if is_settled && last != Some(&control) {
            self.settled.push(Settled { control, since });
        }
    }

    fn enter(&mut self, day: Date, control: Control) {
        if self
            .spells
            .last()
            .is_none_or(|(_, last)| !last.is_same_state(&control))
        {
            self.spells.push((day, control));
        }
    }

    /// The capture that waits for a word against it, after what is said on `day`.
    fn pending_on(
        &self,
        day: Date,
        pending: Option<Pending>,
        weighing: &Weighing,
    ) -> Option<Pending> {
        let holder = self.settled.last().and_then(|s| s.control.holder())?;
        let said_on = |b: &&Bearing| b.days.0 == day && !b.is_denial;
        let mut next = pending.filter(|p| p.actor != holder);
        for bearing in self.bearings.iter().filter(said_on) {
            let Act::Whole(actor) = bearing.act else {
                continue;
            };
            let is_heavy = bearing.factors.base() >= weighing.time.silence_least;
            let is_new = actor != holder && next.is_none_or(|p| p.actor != actor);
            if is_new && bearing.is_direct() && is_heavy {
                next = Some(Pending { actor, since: day });
            }
        }
        next.filter(|p| !self.is_contradicted(p, holder, day, weighing))
    }

    /// True when anybody still puts the old holder there, or says that the new one has lost it,
    /// from shortly before the capture until `day`.
    fn is_contradicted(
        &self,
        pending: &Pending,
        holder: ActorId,
        day: Date,
        weighing: &Weighing,
    ) -> bool {
        let rival = |b: &Bearing| days_between(b.days.1, pending.since) < weighing.time.rival_days;
        self.bearings
            .iter()
            .take_while(|b| b.days.0 <= day)
            .filter(|b| !b.is_denial && rival(b))
            .any(|b| match b.act {
                Act::Lost(actor) => actor == pending.actor,
                act => act.present() == Some(holder),
            })
    }

    /// The first day of the spell that `day` lies in.
    pub fn since(&self, day: Date) -> Option<Date> {
        let after = self.spells.partition_point(|(first, _)| *first <= day);
        after.checked_sub(1).map(|index| self.spells[index].0)
    }

    /// Every spell with its first day and the first day of the next.
    pub fn spells(&self) -> impl Iterator<Item = (&Control, Date, Option<Date>)> {
        self.spells
            .iter()
            .enumerate()
            .map(|(index, (first, control))| {
                let next = self.spells.get(index + 1).map(|(day, _)| *day);
                (control, *first, next)
            })
    }
}

fn is_accepted(pending: &Pending, day: Date, weighing: &Weighing) -> bool {
    days_between(pending.since, day) >= weighing.time.silence_days
}
