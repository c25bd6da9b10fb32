//! Words that stand for several places: "both", "the two villages", "the three of them", "they".

use super::annotate::Item;
use super::antecedent::{Before, NEAR_GROUPS};
use super::discourse::Spoken;
use super::group::{Back, Group};
use super::part::Part;
use crate::gazetteer::Kind;
use crate::lexicon::{ClassSet, Features};

impl<'a> Before<'a> {
    /// The two places that a dual pronoun stands for.
    pub(super) fn pair(&self) -> Option<Vec<Spoken>> {
        let pronoun = &self.reader.items[self.group.members[0].item];
        if self.back != Back::Pronoun || !pronoun.features.any(Features::DUAL) {
            return None;
        }
        let is_held = |spoken: &&Spoken| self.is_held(spoken);
        let two = last_places(self.phrases(), 2, &is_held);
        (!two.is_empty()).then(|| two.iter().map(|spoken| self.point(spoken)).collect())
    }

    /// "The villages of A and B ... in them", where the language has one pronoun for both.
    pub(super) fn all_of_object(&self) -> Option<Vec<Spoken>> {
        let (old, places) = self.object()?;
        let items = self.reader.items;
        if self.leads_to_which(old) && self.has_own_noun(old) {
            return None;
        }
        let pronoun = &items[self.group.members[0].item];
        let count = self.held(places).count();
        // "Took the quarters of A and B ... in its streets": those of the town.
        let is_quarter =
            |spoken: &Spoken| self.reader.gazetteer.kind(spoken.place) == Kind::Neighbourhood;
        if pronoun.classes.meets(self.reader.words.roles.town_part) && places.iter().all(is_quarter)
        {
            return None;
        }
        let is_meant = is_plural(old, items, self.reader.words.roles.heads)
            || count > 2 && !self.leads_to_which(old);
        let is_list = self.back == Back::Pronoun
            && pronoun.features.any(Features::HER)
            && is_meant
            && count > 1;
        is_list.then(|| self.held(places).map(|spoken| self.point(spoken)).collect())
    }

    /// "The three villages": so many places named last, in the order of the text.
    pub(super) fn counted(&self, most: usize) -> Vec<Spoken> {
        let mut last = Vec::new();
        // "The villages of A and B ... from C ... the two villages".
        let items = self.reader.items;
        let heads = self.reader.words.roles.heads;
        let called = self.phrases().take(NEAR_GROUPS).find(|(old, places)| {
            old.back.is_none() && is_plural(old, items, heads) && self.held(places).count() == most
        });
        if let Some((_, places)) = called {
            return self.held(places).map(|spoken| self.point(spoken)).collect();
        }
        for (_, places) in self.phrases() {
            gather(&mut last, self.held(places).rev(), most);
        }
        last.iter().rev().map(|spoken| self.point(spoken)).collect()
    }

    /// "The villages": the last list.
    pub(super) fn list(&self) -> Vec<Spoken> {
        self.list_before()
            .map(|places| self.held(places).map(|spoken| self.point(spoken)).collect())
            .unwrap_or_default()
    }

    /// "The former", "the latter" of two places that stand apart.
    pub(super) fn nth_of_two(&self, nth: usize) -> Option<Spoken> {
        let is_held = |spoken: &&Spoken| self.is_held(spoken);
        let named = self.phrases().filter(|(old, _)| old.back.is_none());
        last_places(named, 2, &is_held).get(nth).copied()
    }

    /// Those of the last list of which no phrase has spoken since: just so many, where a number is said.
    pub(super) fn remaining(&self, count: Option<usize>) -> Vec<Spoken> {
        let is_list = |(_, places): &(&Group, &Vec<Spoken>)| self.held(places).count() > 1;
        let Some((_, list)) = self.phrases().find(is_list) else {
            return Vec::new();
        };
        let since = self.phrases().take_while(|phrase| !is_list(phrase));
        let told: Vec<_> = since
            .flat_map(|(_, places)| places.iter().map(|spoken| spoken.place))
            .collect();
        let others = self
            .held(list)
            .filter(|spoken| !told.contains(&spoken.place));
        let others: Vec<Spoken> = others.map(|spoken| self.point(spoken)).collect();
        let is_so_many = count.map_or(!told.is_empty(), |count| count == others.len());
        if is_so_many { others } else { Vec::new() }
    }

    pub(super) fn list_before(&self) -> Option<&'a Vec<Spoken>> {
        let mut phrases = self.phrases();
        let list = phrases.find(|(_, places)| self.held(places).count() > 1);
        list.map(|(_, places)| places)
    }
}

/// A list under a noun in the plural, or a phrase that points back to one.
pub(super) fn is_plural(group: &Group, items: &[Item], heads: ClassSet) -> bool {
    let named = group
        .members
        .first()
        .map_or(group.first, |member| member.item);
    let is_head = |item: &Item| item.classes.meets(heads);
    group.back.is_some_and(Back::is_list) || items[group.first..=named].iter().any(is_head)
}

/// Adds places that are not there yet, up to `most`.
fn gather<'g>(known: &mut Vec<Spoken>, more: impl Iterator<Item = &'g Spoken>, most: usize) {
    for spoken in more {
        if known.len() < most && known.iter().all(|known| known.place != spoken.place) {
            known.push(*spoken);
        }
    }
}

/// The `count` places named last, in the order of the text: a list of just so many, else one by
/// one. None when the text has not named as many.
pub(super) fn last_places<'g>(
    before: impl Iterator<Item = (&'g Group, &'g Vec<Spoken>)>,
    count: usize,
    is_held: &dyn Fn(&&Spoken) -> bool,
) -> Vec<Spoken> {
    let mut last: Vec<Spoken> = Vec::with_capacity(count);
    for (old, places) in before {
        // "PLACE, a village to the south": a part that points back names no other place.
        if old.back == Some(Back::Pronoun) && old.members[0].part != Part::Whole {
            continue;
        }
        let held = || places.iter().filter(is_held);
        if held().count() == count {
            return held().copied().collect();
        }
        gather(&mut last, held().rev(), count);
        if last.len() == count {
            last.reverse();
            return last;
        }
    }
    Vec::new()
}
