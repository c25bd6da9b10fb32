//! Whether an element of a pattern stands at an item: a word, a party, a place phrase, the place that
//! was named last, the edge of a clause.

use super::Fit;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::part::Part;
use crate::extract::passing::Passing;
use crate::extract::pattern::{Element, has_one};
use crate::lexicon::Features;

/// A place named farther back than this, in items, is not meant where none is named.
const NEAR: usize = 24;

/// Items from a place to the item behind "which is".
const BESIDE: usize = 3;

/// Items that "since the middle of last week" may take up at the end of a clause.
const MOST_TIME: usize = 5;

impl Fit<'_> {
    /// The item behind the element when it fits at `at`.
    pub(super) fn element(&mut self, element: &Element, at: usize) -> Option<usize> {
        match element {
            Element::Start => self.scene.starts_clause(at).then_some(at),
            Element::End => self.ends_clause(at).then_some(at),
            Element::Gap(_) | Element::Far => None,
            Element::Absent(classes) => self.scene.lacks(*classes, at..self.end).then_some(at),
            Element::Area => self.area(at),
            Element::It => self.last_place(at),
            Element::Topic => self.topic(at),
            Element::Axis => self.each(at, |part| part == Part::Axis),
            Element::Part => self.each(at, |part| part != Part::Whole),
            Element::Place => self.places(at, Features::default(), true),
            Element::Places(with) => self.places(at, *with, false),
            Element::Actor(_) if self.has_article(at) => self.element(element, at + 1),
            Element::Actor(with) => self.party(at, |item| has_one(item, *with)),
            Element::Colour => {
                let colour = self.scene.colour;
                self.party(at, |item| item.classes.meets(colour))
            }
            Element::Word { .. } => self
                .item(at)
                .filter(|item| element.is_word(item))
                .map(|_| at + 1),
            Element::Mark(marks) => {
                let is_meant = |item: &&Item| match item.kind {
                    ItemKind::Break => marks.contains(&'\n'),
                    _ => item.is_mark(marks),
                };
                self.item(at).filter(is_meant).map(|_| at + 1)
            }
        }
    }

    /// The item behind the name of a party, where what is written so is meant.
    fn party(&mut self, at: usize, is_meant: impl Fn(&Item) -> bool) -> Option<usize> {
        let item = self.item(at)?;
        let is_party = is_meant(item) && self.scene.discourse.actor(at).is_some();
        is_party.then(|| {
            self.found.actors.push(at);
            self.scene.behind_party(at)
        })
    }

    /// "The ACTOR".
    fn has_article(&self, at: usize) -> bool {
        self.item(at)
            .is_some_and(|item| item.classes.meets(self.scene.the))
            && at + 1 < self.end
            && self.scene.discourse.actor(at + 1).is_some()
    }

    /// The place phrase that starts at `at`.
    fn group(&self, at: usize) -> Option<usize> {
        let starting = self.scene.discourse.group_starting(at);
        starting.filter(|_| at < self.end)
    }

    /// A place phrase with these features at its head, an adjunct or not.
    fn places(&mut self, at: usize, with: Features, may_be_adjunct: bool) -> Option<usize> {
        let discourse = self.scene.discourse;
        let group = self.group(at)?;
        let phrase = &discourse.groups[group];
        // "Near PLACE, which ...": a clause of its own speaks of it.
        let behind = phrase.last + 1;
        let comma = usize::from(self.scene.items.get(behind).is_some_and(Item::is_comma));
        let is_described = at == self.found.first
            && self
                .scene
                .items
                .get(behind + comma)
                .is_some_and(|next| next.classes.meets(self.scene.which));
        let fits = !phrase.is_landmark
            && (may_be_adjunct || is_described || !phrase.is_adjunct)
            && has_one(&self.scene.items[phrase.first], with);
        fits.then(|| {
            self.found.groups.push(group);
            phrase.last + 1
        })
    }

    /// A size of ground: "5 square kilometres".
    fn area(&mut self, at: usize) -> Option<usize> {
        let measures = self.scene.measures;
        let measure = measures
            .binary_search_by_key(&at, |measure| measure.first)
            .ok()
            .filter(|_| at < self.end)?;
        self.found.measures.push(measure);
        Some(measures[measure].last + 1)
    }

    /// The place phrase that heads the entry around `at`, when nothing of the match is it.
    fn topic(&mut self, at: usize) -> Option<usize> {
        let topic = self.scene.discourse.topic(self.found.first)?;
        let is_apart = self.scene.discourse.groups[topic].last < self.found.first;
        is_apart.then(|| {
            self.found.groups.push(topic);
            at
        })
    }

    /// The place phrase before `at`, when it is near and is held by somebody.
    fn last_place(&mut self, at: usize) -> Option<usize> {
        let discourse = self.scene.discourse;
        let near = discourse
            .groups_before(at)
            .take_while(|group| discourse.groups[*group].last + NEAR >= at)
            .filter(|group| !discourse.spoken[*group].is_empty() && !discourse.is_wide(*group))
            .take_while(|group| !discourse.groups[*group].is_landmark);
        // "Withdrew to PLACE, which is": the place right before.
        let is_beside = |group: &usize| {
            let naming = at
                .checked_sub(1)
                .map(|before| self.scene.items[before].classes);
            discourse.groups[*group].last + BESIDE >= at
                && naming.is_some_and(|classes| classes.meets(self.scene.naming))
        };
        let object = || {
            near.clone()
                .find(|group| !discourse.groups[*group].is_adjunct)
        };
        let found = (near.clone().next().filter(is_beside))
            .or_else(object)
            .or_else(|| near.clone().next())?;
        // "As for what lies behind the road, it ...": no longer of the place told of before.
        let between = discourse.groups[found].last + 1..at;
        let shifts = |at: usize| self.scene.items[at].classes.meets(self.scene.shift);
        if between.into_iter().any(shifts) {
            return None;
        }
        self.found.groups.push(found);
        Some(at)
    }

    /// A place phrase with a fitting part of each of its places.
    fn each(&mut self, at: usize, fits: fn(Part) -> bool) -> Option<usize> {
        let discourse = self.scene.discourse;
        let group = self.group(at)?;
        let phrase = &discourse.groups[group];
        phrase
            .members
            .iter()
            .all(|member| fits(member.part))
            .then(|| {
                self.found.groups.push(group);
                phrase.last + 1
            })
    }

    /// The clause ends here, or tells no more than when and how much.
    fn ends_clause(&self, at: usize) -> bool {
        let most = (at + MOST_TIME).min(self.end);
        let is_amount = |at: usize| self.scene.items[at].classes.meets(self.scene.amount);
        let goes_on = |at: &usize| !self.is_aside_of_time(*at) && !is_amount(*at);
        let behind = (at..most).find(goes_on).unwrap_or(most);
        let ends = |here: usize| self.scene.ends_clause(here, self.end);
        // Where words tell how much, a comma behind the time ends it too; so it does elsewhere, if
        // no "from PLACE" follows: "fled on Friday, he said".
        let is_closed = behind > at
            && self.scene.items[behind - 1].is_comma()
            && behind < self.end
            && !self.is_preposition(behind);
        let has_amounts = !self.scene.amount.is_empty();
        ends(at) || ends(behind) || is_closed || has_amounts && (at..behind).any(ends)
    }

    fn is_aside_of_time(&self, at: usize) -> bool {
        self.scene.passing[at].any(Passing::TIME)
    }
}
