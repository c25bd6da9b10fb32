//! People of a party that the words do not name: "groups that still hold it", "drove gunmen out".

use super::annotate::{Item, ItemKind};
use super::claim::Collector;
use super::discourse::{Named, Reader};
use crate::lexicon::Features;

/// Items from what is done to gunmen back to the one who does it.
const DOER_BACK: usize = 10;

/// Items from a band to what is said of it.
const SAID_OF_BAND: usize = 8;

/// Items between a party and "who".
const WHO: usize = 2;

impl Reader<'_> {
    /// "It besieges gunmen": those of its enemy, where nothing behind says whose.
    pub(super) fn foes(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        let item = &self.items[at];
        let owned = Features::THE.and(Features::HER).and(Features::HIM);
        if !item.classes.meets(self.words.foes) || item.features.any(owned) {
            return None;
        }
        let is_plain = |item: &&Item| matches!(item.kind, ItemKind::Word);
        let behind = self.items[at + 1..].iter().take(3);
        let is_owned = behind
            .take_while(|item| is_plain(item) || matches!(item.kind, ItemKind::Actor(_)))
            .any(|item| matches!(item.kind, ItemKind::Actor(_)));
        let before = (at.saturating_sub(DOER_BACK)..at).rev();
        let mut before = before.take_while(|at| {
            let item = &self.items[*at];
            !item.is_punctuation() && !item.classes.meets(self.words.clause)
        });
        let is_hit = before.clone().any(|at| {
            let item = &self.items[at];
            item.classes.meets(self.words.pursuing)
                && item.features.any(Features::PAST.and(Features::PRESENT))
        });
        if is_owned || !is_hit {
            return None;
        }
        let doer = before.find_map(|at| named[at])?;
        let sides = self.sides(named);
        Some(Named {
            actor: sides.enemy_of(doer.actor, at)?,
            gender: Features::PLURAL,
            is_aside: self.is_aside(at),
        })
    }
}

impl Collector<'_> {
    /// "It besieges groups of the ACTOR still holding it", "it hunts the fighters who still hold
    /// it": the subject of a verb that describes a band without a name, or fighters behind "who".
    pub(super) fn described_band(&self, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let words = &self.context.language.words;
        let features = items[trigger].features;
        if words.is_analytic || !features.is_finite() || features.any(Features::AND) {
            return None;
        }
        let auxiliary = words.governors.still.and(words.earlier);
        let helps = |at: &usize| {
            items[*at].classes.meets(auxiliary) && !items[*at].features.any(Features::AND)
        };
        let verb = (0..trigger).rev().take_while(helps).last();
        let start = verb.unwrap_or(trigger);
        let who = start.checked_sub(1)?;
        if items[who].classes.meets(words.which) {
            let near = who.saturating_sub(WHO)..who;
            return near.rev().find_map(|at| self.context.discourse.actor(at));
        }
        if verb.is_none() && features.any(Features::PAST) {
            return None;
        }
        let is_said = |at: &usize| {
            let item = &items[*at];
            let is_other = item.classes.meets(words.walls) && item.features.is_finite();
            let is_new = item.classes.meets(words.clause) || item.classes.meets(words.that);
            let is_word = matches!(
                item.kind,
                ItemKind::Word | ItemKind::Actor(_) | ItemKind::Number(_)
            );
            is_word && !is_new && !is_other
        };
        let before = (start.saturating_sub(SAID_OF_BAND)..start).rev();
        let band = before.take_while(is_said).find(|at| {
            items[*at].classes.meets(words.band) && !items[*at].features.any(Features::THE)
        })?;
        (band..start).find_map(|at| self.context.discourse.actor(at))
    }
}
