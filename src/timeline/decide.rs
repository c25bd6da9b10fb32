//! From the weighed claims about one place on one day to who holds it.
//!
//! Every claim shares its weight out among the actors: "holds it" gives all of it to the actor,
//! "holds a part" gives the part to the actor and the rest to its rival, "lost it" gives all of
//! it to the rival, fighting gives a little to the actor who is there. The last settled state
//! takes part with a weight of its own. Whoever has the greater part of the whole holds the place.

use std::collections::BTreeMap;

use super::bearing::{Act, Bearing, Factors};
use super::weighing::Weighing;
use super::{Control, Settled};
use crate::actor::ActorId;

/// What speaks for one actor.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Support {
    /// From words that it holds the whole.
    whole: f64,
    /// From words that it holds a part, times that part.
    part: f64,
    /// The same without the part: the weight of the words that it is there at all.
    part_words: f64,
    /// From fighting in which it takes part.
    fight: f64,
    /// From the parts that others do not hold.
    rest: f64,
    /// From the losses of others.
    gained: f64,
    /// From the last settled state.
    settled: f64,
    /// Weight of stated shares, and the sum of weight times share.
    stated: (f64, f64),
}

impl Support {
    fn total(&self) -> f64 {
        self.whole + self.part + self.fight + self.rest + self.gained + self.settled
    }

    /// What says that the actor has something of the place, however little.
    fn presence(&self) -> f64 {
        self.whole + self.part_words + self.fight + self.gained + self.settled
    }

    /// The mean of the stated shares.
    fn share(&self) -> Option<f64> {
        let (weight, sum) = self.stated;
        (weight > 0.0).then(|| sum / weight)
    }

    fn state_share(&mut self, weight: f64, share: Option<f64>) {
        if let Some(share) = share {
            self.stated.0 += weight;
            self.stated.1 += weight * share;
        }
    }
}

/// What speaks for whom on one day.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    actors: BTreeMap<ActorId, Support>,
    /// Weight that no known actor takes up.
    nobody: f64,
    /// Weight of the words that an actor lost the place.
    lost: BTreeMap<ActorId, f64>,
    /// Weight of fighting without names.
    fighting: f64,
    settled: Option<Control>,
}

/// The part of a place that is not an actor's.
struct Rest {
    of: ActorId,
    weight: f64,
    is_loss: bool,
}

/// Who holds a place, and which part of the whole weight says so.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    pub control: Control,
    pub agreement: f64,
    /// True when claims of the day's window say so, not only what was settled before.
    pub is_said: bool,
}

impl Tally {
    /// Shares the weights out.
    pub fn of(
        weighed: &[(&Bearing, Factors)],
        settled: Option<(&Settled, i32)>,
        weighing: &Weighing,
    ) -> Self {
        let mut tally = Self {
            settled: settled.map(|(s, _)| s.control.clone()),
            ..Self::default()
        };
        tally.add_settled(settled.map_or(0, |(_, age_days)| age_days), weighing);
        let mut rests = Vec::new();
        for (bearing, factors) in weighed.iter().filter(|(b, _)| !b.is_denial) {
            tally.add(bearing, factors.product(), weighing, &mut rests);
        }
        let order = last_named(weighed, tally.settled.as_ref());
        for rest in &rests {
            tally.give_rest(rest, &order);
        }
        for (bearing, factors) in weighed.iter().filter(|(b, _)| b.is_denial) {
            tally.deny(bearing.act, factors.product());
        }
        tally
    }

    fn add_settled(&mut self, age_days: i32, weighing: &Weighing) {
        let (actor, stated) = match self.settled {
            Some(Control::Held(actor)) => (actor, None),
            Some(Control::Partial(actor, share)) => (actor, share),
            _ => return,
        };
        let support = self.actors.entry(actor).or_default();
        support.settled = weighing.settled.on(age_days);
        support.state_share(support.settled, stated);
    }

    fn add(&mut self, said: &Bearing, weight: f64, weighing: &Weighing, rests: &mut Vec<Rest>) {
        match said.act {
            Act::Whole(actor) => self.actors.entry(actor).or_default().whole += weight,
            Act::Part(actor, stated) => {
                let share = stated.unwrap_or(weighing.status.unstated_share);
                let support = self.actors.entry(actor).or_default();
                support.part += weight * share;
                support.part_words += weight;
                support.state_share(weight, stated);
                rests.push(Rest {
                    of: actor,
                    weight: weight * (1.0 - share),
                    is_loss: false,
                });
            }
            Act::Fight(Some(actor)) => {
                self.actors.entry(actor).or_default().fight += weight * weighing.status.contested;
            }
            Act::Fight(None) => self.fighting += weight * weighing.status.contested,
            Act::Lost(actor) => {
                *self.lost.entry(actor).or_default() += weight;
                let part = if said.is_direct() {
                    weighing.status.winner_unsaid
                } else {
                    1.0
                };
                rests.push(Rest {
                    of: actor,
                    weight: weight * part,
                    is_loss: true,
                });
            }
            Act::Nothing => {}
        }
    }

    /// What is not the actor's goes to the other actor who was named there last.
    fn give_rest(&mut self, rest: &Rest, order: &[ActorId]) {
        let Some(other) = order.iter().find(|other| **other != rest.of) else {
            self.nobody += rest.weight;
            return;
        };
        let support = self.actors.entry(*other).or_default();
        if rest.is_loss {
            support.gained += rest.weight;
        } else {
            support.rest += rest.weight;
        }
    }

    /// A denial lowers what it denies, at most to nothing, and gives nothing to anybody.
    fn deny(&mut self, act: Act, weight: f64) {
        let lower = |value: &mut f64, weight: &mut f64| {
            let by = value.min(*weight);
            *value -= by;
            *weight -= by;
        };
        let mut left = weight;
        match act {
            Act::Whole(actor) | Act::Part(actor, _) => {
                let support = self.actors.entry(actor).or_default();
                lower(&mut support.whole, &mut left);
                lower(&mut support.part, &mut left);
            }
            Act::Lost(actor) => {
                for (_, support) in self.actors.iter_mut().filter(|(a, _)| **a != actor) {
                    lower(&mut support.gained, &mut left);
                }
                lower(&mut self.nobody, &mut left);
                if let Some(lost) = self.lost.get_mut(&actor) {
                    *lost = (*lost - weight).max(0.0);
                }
            }
            Act::Fight(_) | Act::Nothing => {}
        }
    }

    /// Who holds the place.
    pub fn outcome(&self, weighing: &Weighing) -> Outcome {
        let mut ranked: Vec<(ActorId, Support)> = self
            .actors
            .iter()
            .map(|(actor, support)| (*actor, *support))
            .filter(|(_, support)| support.total() > 0.0)
            .collect();
        // A stable sort: actors of equal weight stay in order of id.
        ranked.sort_by(|a, b| b.1.total().total_cmp(&a.1.total()));
        let whole: f64 = ranked.iter().map(|(_, s)| s.total()).sum::<f64>() + self.nobody;
        let Some((top, support)) = ranked.first().copied() else {
            return self.without_holder();
        };
        let agreement = support.total() / whole;
        let is_said = support.total() > support.settled;
        let knows_holder = ranked.iter().any(|(_, s)| s.total() > s.fight);
        // The rest of a rival's part speaks for the holder, but not for his holding the whole.
        let is_shared = ranked[1..]
            .iter()
            .any(|(_, rival)| rival.presence() / whole > 1.0 - weighing.decision.hold);
        let control = if !knows_holder {
            Control::Contested(sorted(ranked.iter().map(|(actor, _)| *actor)))
        } else if agreement >= weighing.decision.hold && !is_shared {
            self.held(top, &support)
        } else {
            self.divided(&ranked, whole, weighing)
        };
        let agreement = match control {
            Control::Lost(_) => self.nobody / whole,
            _ => agreement,
        };
        Outcome {
            control,
            agreement,
            is_said,
        }
    }

    fn without_holder(&self) -> Outcome {
        let loser = self
            .lost
            .iter()
            .filter(|(_, weight)| **weight > 0.0)
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        let control = match (loser, &self.settled) {
            (Some((actor, _)), _) => Control::Lost(*actor),
            (None, Some(settled)) => settled.clone(),
            (None, None) if self.fighting > 0.0 => Control::Contested(Vec::new()),
            (None, None) => Control::Unknown,
        };
        Outcome {
            control,
            agreement: 1.0,
            is_said: loser.is_some(),
        }
    }

    /// The whole place, or a part when most of what is said of the holder speaks of a part.
    fn held(&self, actor: ActorId, support: &Support) -> Control {
        let (mut of_whole, mut of_part) = (support.whole + support.gained, support.part);
        match self.settled {
            Some(Control::Partial(a, _)) if a == actor => of_part += support.settled,
            _ => of_whole += support.settled,
        }
        if of_part > of_whole {
            Control::Partial(actor, support.share())
        } else {
            Control::Held(actor)
        }
    }

    /// Two sources that each give the whole to another actor make a disputed claim; anything
    /// else is a place held in parts or fought over.
    fn divided(&self, ranked: &[(ActorId, Support)], whole: f64, weighing: &Weighing) -> Control {
        let named: Vec<&(ActorId, Support)> = ranked
            .iter()
            .enumerate()
            .filter(|(rank, (_, s))| *rank < 2 || s.total() / whole >= weighing.decision.named)
            .map(|(_, entry)| entry)
            .collect();
        if let [(only, support)] = named.as_slice() {
            return self.alone(
                *only,
                support,
                self.nobody / whole >= weighing.decision.hold,
            );
        }
        let says_whole = |s: &Support| s.whole + s.gained + s.settled >= s.part + s.fight + s.rest;
        let actors = sorted(named.iter().map(|(actor, _)| *actor));
        if named.iter().all(|(_, s)| says_whole(s)) {
            Control::Claimed(actors)
        } else {
            Control::Contested(actors)
        }
    }

    /// A place with one actor, much of which is said to be nobody's or not his.
    fn alone(&self, actor: ActorId, support: &Support, is_nobodys: bool) -> Control {
        let lost = self.lost.get(&actor).copied().unwrap_or_default();
        if is_nobodys && lost >= self.nobody / 2.0 {
            Control::Lost(actor)
        } else if support.part > 0.0 {
            Control::Partial(actor, support.share())
        } else {
            // Some say that he lost it, none who gained it, and more say or said that it is his.
            self.held(actor, support)
        }
    }
}

/// Actors in the order in which the rest of a place goes to them: those that direct words put
/// there, newest first, then the settled holder, then those that words about a whole put there.
fn last_named(weighed: &[(&Bearing, Factors)], settled: Option<&Control>) -> Vec<ActorId> {
    let named = |direct: bool| {
        weighed
            .iter()
            .rev()
            .filter(move |(b, f)| !b.is_denial && f.base() > 0.0 && b.is_direct() == direct)
            .filter_map(|(b, _)| b.act.present())
    };
    let mut order = Vec::new();
    let holder = settled.and_then(Control::holder);
    for actor in named(true).chain(holder).chain(named(false)) {
        if !order.contains(&actor) {
            order.push(actor);
        }
    }
    order
}

fn sorted(actors: impl Iterator<Item = ActorId>) -> Vec<ActorId> {
    let mut actors: Vec<ActorId> = actors.collect();
    actors.sort();
    actors
}
