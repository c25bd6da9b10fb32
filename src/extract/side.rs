//! Parties called by their side: "the attackers", "the defenders", "the latter".

use super::Words;
use super::annotate::{Item, ItemKind};
use super::claim::Collector;
use super::discourse::{Named, Reader};
use crate::actor::{ActorId, Actors};
use crate::lexicon::{ClassSet, Features};

/// Items back to the assault that tells who attacks.
const ASSAULT_BACK: usize = 90;

/// Items from an assault back to the party that makes it.
const DOER_BACK: usize = 14;

/// Items from an assault on to the party that makes it: "an assault of the".
const DOER_AHEAD: usize = 3;

/// "The latter" and an enemy do not reach back farther than this, in items.
const FAR_BACK: usize = 1_000;

/// Items of "the positions of the fighters of" before the name of a party.
const MEN: usize = 2;

/// "The same force" does not reach back farther than this, in items.
const SAME_BACK: usize = 60;

/// Items from clashes to the word for whom they are fought with.
const BATTLE: usize = 5;

/// What tells who attacks: the words, and the parties named by them.
pub(super) struct Sides<'a> {
    pub(super) items: &'a [Item<'a>],
    pub(super) words: &'a Words,
    pub(super) actors: &'a Actors,
    /// The party that each item names.
    pub(super) named: &'a [Option<Named>],
}

impl Sides<'_> {
    /// The party whose assault was told last before an item.
    pub(super) fn attacker(&self, at: usize) -> Option<ActorId> {
        (at.saturating_sub(ASSAULT_BACK)..at)
            .rev()
            .filter(|assault| self.items[*assault].classes.meets(self.words.attacking))
            .find_map(|assault| self.assailant(assault, at))
    }

    /// The party on which the assault is made that was told last before an item: "an attack from three
    /// sides on the posts of the ACTOR".
    fn victim(&self, at: usize) -> Option<ActorId> {
        let is = |at: &usize, class: ClassSet| self.items[*at].classes.meets(class);
        let ends =
            |at: &usize| self.items[*at].is_mark(&['.', '؟', '?']) || self.items[*at].is_break();
        let mut near = (at.saturating_sub(ASSAULT_BACK)..at).rev();
        let assault = near.find(|at| is(at, self.words.attacking))?;
        let behind = assault + 1..at.min(assault + 1 + DOER_BACK);
        let mut behind = behind.take_while(|at| !ends(at));
        let on = behind.find(|at| is(at, self.words.on))?;
        let mut of = on + 1..at.min(on + 1 + MEN + 1);
        of.find_map(|at| self.named[at]).map(|named| named.actor)
    }

    /// Who makes the assault told at an item: named right behind it, else last before it.
    fn assailant(&self, assault: usize, end: usize) -> Option<ActorId> {
        let named = self.named;
        let is_wall = |at: &usize| {
            let item = &self.items[*at];
            item.is_punctuation() || item.classes.meets(self.words.on)
        };
        let behind = (assault + 1..end.min(assault + 1 + DOER_AHEAD))
            .take_while(|at| !is_wall(at))
            .find_map(|at| named[at]);
        if let Some(behind) = behind {
            return Some(behind.actor);
        }
        let ends = |item: &Item| item.is_mark(&['.', '؟', '?']) || item.is_break();
        let (at, before) = (assault.saturating_sub(DOER_BACK)..assault)
            .rev()
            .take_while(|at| !ends(&self.items[*at]))
            .find_map(|at| Some((at, named[at]?)))?;
        let is_repelled = (at.saturating_sub(2)..assault)
            .any(|between| self.items[between].classes.meets(self.words.repel));
        // "Was exposed to an assault": the victim stands before it.
        let is_victim = self.items[assault].features.any(Features::TO);
        if is_repelled || is_victim {
            self.enemy_of(before.actor, at)
        } else {
            Some(before.actor)
        }
    }

    /// The enemy that holds ground and was named last before an item.
    fn ground_enemy_of(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let near = self.named[..at].iter().rev().take(FAR_BACK).flatten();
        near.map(|named| named.actor).find(|actor| {
            self.actors.are_opposed(*actor, party) && self.actors.actor(*actor).holds_ground
        })
    }

    /// The enemy of a party that was named last before an item.
    pub(super) fn enemy_of(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let near = self.named[..at].iter().rev().take(FAR_BACK).flatten();
        near.map(|named| named.actor)
            .find(|actor| self.actors.are_opposed(*actor, party))
    }
}

impl Collector<'_> {
    /// Who is whose enemy in the text.
    pub(super) fn sides(&self) -> Sides<'_> {
        Sides {
            items: self.context.items,
            words: &self.context.language.words,
            actors: &self.context.extractor.actors,
            named: self.context.discourse.named(),
        }
    }
}

impl Reader<'_> {
    /// The party that a word such as "the attackers" or "the defenders" means: the one whose
    /// assault was told last, or its enemy named last.
    pub(super) fn side(&self, at: usize, named: &[Option<Named>]) -> Option<ActorId> {
        let classes = self.items[at].classes;
        let is_attacker = classes.meets(self.words.attackers);
        if !is_attacker && !classes.meets(self.words.defenders) {
            return None;
        }
        let sides = self.sides(named);
        let Some(attacker) = sides.attacker(at) else {
            // Only the one who is attacked is named.
            let victim = sides.victim(at).filter(|_| !self.words.is_analytic)?;
            return if is_attacker {
                sides.enemy_of(victim, at)
            } else {
                Some(victim)
            };
        };
        if is_attacker {
            Some(attacker)
        } else {
            sides.enemy_of(attacker, at)
        }
    }

    /// "Clashes between A and the fighters of B", "fought with the fighters of B": the report goes on
    /// to tell what A did, where no verb says otherwise.
    pub(super) fn is_fought(&self, at: usize) -> bool {
        let words = self.words;
        let is_men = |at: &usize| self.items[*at].classes.meets(words.members.and(words.zone));
        let men = (at.saturating_sub(MEN)..at)
            .rev()
            .take_while(is_men)
            .count();
        let head = at - men;
        let Some(before) = head.checked_sub(1).filter(|_| !words.is_analytic) else {
            return false;
        };
        let back = |from: usize, most: usize, classes: ClassSet| {
            let mut near = (from.saturating_sub(most)..from).rev();
            near.find(|at| self.items[*at].classes.meets(classes))
        };
        let is_other = |at: &usize| matches!(self.items[*at].kind, ItemKind::Actor(_));
        let second = || {
            let joined = self.items[head].features.any(Features::AND);
            let first = (head.saturating_sub(MEN)..head).rev().find(is_other);
            let between = back(first.filter(|_| joined)?, MEN + 1, words.between)?;
            back(between, BATTLE, words.clash)
        };
        // "With the fighters of" may be one phrase, which elsewhere tells who has a place.
        let before = self.items[before].classes;
        let against = before.meets(words.aside) && men > 0 || before.meets(words.under);
        against && back(head, BATTLE, words.clash).is_some() || second().is_some()
    }

    /// The people of that party.
    pub(super) fn those_of_side(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        Some(Named {
            actor: self.side(at, named)?,
            gender: Features::PLURAL,
            is_aside: self.is_aside(at),
        })
    }

    /// "The same force": who acts first in the sentence, or else in the one before; "lost it to the same
    /// force" speaks of the enemy of whoever lost.
    pub(super) fn same_force(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        let words = self.words;
        let floor = at.saturating_sub(SAME_BACK);
        let start = self.sentence_start(floor, at);
        let acts = |at: usize| named[at].filter(|named| !named.is_aside);
        let own = (start..at).find_map(acts);
        let given = words.governors.to.and(words.by).and(words.from);
        let is_given = at > 0 && self.items[at - 1].classes.meets(given);
        let sides = self.sides(named);
        let enemy = || sides.ground_enemy_of(own?.actor, at).map(Named::of);
        let before = || {
            let before = self.sentence_start(floor, start);
            (before..start).find_map(acts)
        };
        let meant = if is_given {
            enemy()
        } else {
            own.or_else(before)
        };
        Some(Named {
            gender: Features::PLURAL,
            is_aside: self.is_aside(at),
            ..meant?
        })
    }

    /// Who is whose enemy, by the parties that are `named`.
    pub(super) fn sides<'s>(&'s self, named: &'s [Option<Named>]) -> Sides<'s> {
        Sides {
            items: self.items,
            words: self.words,
            actors: self.actors,
            named,
        }
    }

    /// "Its foes", "the enemy": the enemy of the party that the pronoun means, or of who speaks.
    pub(super) fn foe(
        &self,
        at: usize,
        named: &[Option<Named>],
        speaker: Option<ActorId>,
    ) -> Option<Named> {
        // "The foes of ACTOR": the name behind tells who is meant.
        if self
            .items
            .get(at + 1)
            .is_some_and(|next| !next.actors().is_empty())
            && self.is_foe_of(at + 1)
        {
            return None;
        }
        let owner = self.own_members(at, named).map(|owner| owner.actor);
        let sides = self.sides(named);
        Some(Named {
            actor: sides.ground_enemy_of(owner.or(speaker)?, at)?,
            gender: Features::PLURAL,
            is_aside: self.is_aside(at),
        })
    }

    /// "The ACTOR drove its fighters out", in a sentence that begins at `start`: it does not drive its own,
    /// but those of the enemy named last behind `floor`.
    pub(super) fn driven_men(
        &self,
        (floor, start): (usize, usize),
        owner: usize,
        named: &[Option<Named>],
    ) -> Option<Named> {
        let driver = (start..owner).rev().find_map(|at| named[at])?;
        let is_foe = |named: &Named| self.actors.are_opposed(named.actor, driver.actor);
        let foe = named[floor..owner].iter().rev();
        let foe = foe.flatten().copied().find(is_foe)?;
        Some(Named {
            gender: foe.gender.and(Features::PLURAL),
            is_aside: true,
            ..foe
        })
    }

    /// "The foes of ACTOR": behind a noun for an enemy that says no owner of its own.
    pub(super) fn is_foe_of(&self, at: usize) -> bool {
        let owned = Features::OWNED.and(Features::THE);
        at.checked_sub(1).is_some_and(|before| {
            let noun = &self.items[before];
            noun.classes.meets(self.words.foe) && !noun.features.any(owned)
        })
    }

    /// The enemy of the party that is named.
    pub(super) fn foe_of(&self, at: usize, of: Named, named: &[Option<Named>]) -> Option<Named> {
        let sides = self.sides(named);
        Some(Named {
            actor: sides.ground_enemy_of(of.actor, at)?,
            gender: Features::PLURAL,
            is_aside: of.is_aside,
        })
    }

    /// "The latter" for a party; behind a noun it only describes that noun.
    pub(super) fn is_latter(&self, at: usize) -> bool {
        let words = self.words;
        let is_owner = |noun: &Item| {
            !noun.features.any(Features::THE)
                && !noun.is_place()
                && (noun.features.any(Features::NOUN)
                    || noun.classes.meets(words.of)
                    || noun.classes.meets(words.by))
        };
        // "The latter took it", where the verb stands first: not of a town, which is "she", that
        // somebody took.
        let is_town = !self.items[at].features.any(Features::MASCULINE);
        let acts = |verb: &Item| {
            let of_parties = words.loss.and(words.report);
            let deeds = if is_town {
                of_parties
            } else {
                words.walls.and(of_parties)
            };
            let is_deed = verb.classes.meets(deeds) && !verb.classes.meets(words.falls);
            let is_state = verb.classes.meets(words.become_state)
                && verb.features.any(Features::MASCULINE)
                && !verb.features.any(Features::FEMININE);
            verb.features.is_finite() && (is_deed || is_state)
        };
        self.items[at].classes.meets(words.latter)
            && at.checked_sub(1).is_some_and(|before| {
                let before = &self.items[before];
                is_owner(before) || !words.is_analytic && acts(before)
            })
    }
}

/// The party named last that agrees with the word for it.
pub(super) fn latter(named: &[Option<Named>], features: Features) -> Option<Named> {
    let genders = Features::FEMININE.and(Features::MASCULINE);
    let found = named
        .iter()
        .rev()
        .take(FAR_BACK)
        .flatten()
        .find(|named| !features.any(genders) || named.gender.any(features))?;
    Some(Named {
        is_aside: false,
        ..*found
    })
}
