//! "It", "its quarters": the phrase before that is meant, the nearest unless the words lead to another.

use super::{Before, NEAR_GROUPS, ends_sentence};
use crate::extract::annotate::Item;
use crate::extract::discourse::Spoken;
use crate::extract::group::{Back, Group};
use crate::lexicon::Features;

/// Items before "from PLACE" in which a word of leaving or taking belongs to it.
const SOURCE: usize = 7;

/// Items from a place to the pronoun of what was done there.
const NEAR_DEED: usize = 4;

/// Items from a place to "after its capture".
const AT_HAND: usize = 4;

/// Items from "which" to a pronoun of its clause.
const RELATIVE: usize = 8;

impl<'a> Before<'a> {
    /// The nearest phrase, one that is no adjunct before others; behind "which" the one before that.
    pub(in crate::extract) fn object(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        // "In the latter": the place named last, be it what or where.
        let pronoun = self.reader.items[self.group.members[0].item].features;
        let gendered = Features::HER.and(Features::HIM).and(Features::THEM);
        let gendered = gendered.and(Features::DUAL).and(Features::US);
        if self.back == Back::Pronoun
            && !self.reader.words.is_analytic
            && self.reader.items[self.group.members[0].item]
                .classes
                .meets(self.reader.words.roles.pronoun)
            && !pronoun.any(gendered)
        {
            return self.candidates().next();
        }
        let is_topic =
            |old: &Group| !old.is_adjunct && !self.is_source(old) || self.leads_to_which(old);
        let mut near = self.candidates().take(3);
        let mut own = self.candidates().take(3);
        self.described()
            .or_else(|| self.led_to())
            .or_else(|| own.find(|(old, _)| self.is_with_subject(old)))
            .or_else(|| self.reached())
            .or_else(|| self.turned_to())
            .or_else(|| near.find(|(old, _)| is_topic(old)))
            .or_else(|| self.candidates().next())
    }

    /// The phrase that the relative clause around a pronoun describes.
    fn described(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        if self.back != Back::Pronoun {
            return None;
        }
        let items = self.reader.items;
        let first = self.group.first;
        let which = (first.saturating_sub(RELATIVE)..first)
            .rev()
            .take_while(|at| !items[*at].is_punctuation())
            .find(|at| items[*at].classes.meets(self.reader.words.which))?;
        let mut near = self.candidates().take(NEAR_GROUPS);
        near.find(|(old, _)| old.last + 1 == which)
    }

    /// "The fighting has moved on to PLACE. They still hold it": the only place of the sentence before,
    /// though it is named as where something goes.
    fn led_to(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let words = self.reader.words;
        let items = self.reader.items;
        let is_apart = |left: &Group, right: &Group| {
            let between = items.get(left.last + 1..right.first);
            between.is_some_and(|between| between.iter().any(ends_sentence))
        };
        let mut near = self.candidates();
        let (old, places) = near.next()?;
        let before = near.next();
        let is_alone = before.is_none_or(|(before, _)| is_apart(before, old));
        // "They went on to PLACE and took it": not where somebody flees to.
        let between = self.between(old)?;
        let joins =
            |item: &Item| item.features.any(Features::AND) && item.classes.meets(words.gaining);
        let is_taken =
            || between.len() <= AT_HAND && between.iter().any(joins) && !self.is_fled_to(old);
        let is_led = !words.is_analytic
            && self.back == Back::Pronoun
            && old.back.is_none()
            && old.members.len() == 1
            && self.is_goal(old)
            && (is_alone && is_apart(old, self.group) || is_taken());
        is_led.then_some((old, places))
    }

    /// "Families reached PLACE after its capture": the nearest place, where the sentence names no
    /// other that is no adjunct.
    fn reached(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let (old, places) = self.candidates().next()?;
        let is_reached = old.is_adjunct && old.back.is_none() && self.is_goal(old);
        let after = self.reader.words.after.and(self.reader.words.after_that);
        // "Moved on PLACE and announced the capture of it": where words of gain are no adjectives.
        let gains = |item: &Item| {
            item.classes.meets(self.reader.words.gaining) && !self.reader.words.is_analytic
        };
        let leads = self.between(old).is_some_and(|between| {
            let mut between = between.iter();
            between.any(|item| item.classes.meets(after) || gains(item))
        });
        let mut others = self.candidates().skip(1).take(2);
        let mut is_alone =
            || !others.any(|(other, _)| !other.is_adjunct && self.is_of_sentence(other));
        let is_meant = self.goes_on_there(old) || leads && is_alone();
        (is_reached && is_meant && self.is_of_sentence(old)).then_some((old, places))
    }

    /// "Went on to PLACE and took half of it": right behind the place a verb joined with "and" tells
    /// what was done there. Not where somebody has withdrawn to it.
    fn goes_on_there(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let Some(between) = self.between(old) else {
            return false;
        };
        let is_joined = |item: &Item| {
            item.features.any(Features::AND)
                && item.features.any(Features::PAST.and(Features::PRESENT))
        };
        !words.is_analytic
            && between.len() <= NEAR_DEED
            && between.iter().take(2).any(is_joined)
            && !between.iter().any(Item::is_punctuation)
            && !self.is_fled_to(old)
    }

    /// "The fight has moved on to PLACE ... its quarters": where the last paragraph names no place but
    /// one that says where, and those before are of another.
    fn turned_to(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let mut near = self.candidates();
        let (old, places) = near.next()?;
        let is_last = old.back.is_none() && !self.is_source(old) && self.is_of_paragraph(old);
        let is_alone = near
            .next()
            .is_some_and(|(other, _)| !self.is_of_paragraph(other));
        let words = self.reader.words;
        let noun = self.reader.items[self.group.members[0].item].classes;
        let is_noun = !words.is_analytic && !noun.meets(words.roles.pronoun);
        (is_noun && is_last && is_alone).then_some((old, places))
    }

    /// "Denied a raid on PLACE, noting that it and": a pronoun that begins a clause goes back to its
    /// own sentence, be the place there where or what.
    fn is_with_subject(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let items = self.reader.items;
        let first = self.group.first;
        let starts = first.checked_sub(1).is_some_and(|at| {
            items[at].classes.meets(words.that) || items[at].classes.meets(words.which)
        });
        let is_end = |item: &Item| item.is_break() || item.is_mark(&['.', ';']);
        words.is_analytic
            && starts
            && old.last < first
            && !self.is_source(old)
            && !items[old.last..first].iter().any(is_end)
    }

    /// "Reinforcements from PLACE": whence something comes, not ground that is left or taken.
    pub(super) fn is_source(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let items = self.reader.items;
        let is_from = old.first > 0 && items[old.first - 1].classes.meets(words.from);
        // "Clears mines from PLACE after its capture": the next words speak of it.
        // Phrases may overlap: then nothing stands between.
        let between = self.between(old);
        let is_at_hand = self.group.first <= old.last + AT_HAND
            && between
                .is_some_and(|items| items.iter().any(|item| item.classes.meets(words.after)));
        // "Took A with men who had come from B": what is taken is another place.
        let near = old.first.saturating_sub(SOURCE);
        let other = items[near..old.first].iter().rposition(Item::is_place);
        let start = other.map_or(near, |other| near + other + 1);
        is_from
            && !is_at_hand
            && !items[start..old.first].iter().any(|item| {
                item.classes.meets(words.loss)
                    || item.classes.meets(words.gaining)
                    || item.classes.meets(words.roles.not)
            })
    }

    pub(in crate::extract) fn leads_to_which(&self, old: &Group) -> bool {
        let reader = self.reader;
        reader
            .items
            .get(old.last + 1)
            .is_some_and(|item| item.classes.meets(reader.words.which))
    }

    /// The last of a list has a noun of its own, in the singular: "the villages of A and B and the
    /// village of C, which".
    pub(in crate::extract) fn has_own_noun(&self, old: &Group) -> bool {
        let roles = &self.reader.words.roles;
        let last = old.members.last().filter(|_| old.members.len() > 1);
        let noun = last.and_then(|member| member.item.checked_sub(1));
        noun.is_some_and(|noun| {
            let classes = self.reader.items[noun].classes;
            classes.meets(roles.head) && !classes.meets(roles.heads)
        })
    }

    /// "On to PLACE", "towards PLACE".
    fn is_goal(&self, old: &Group) -> bool {
        let direction = self.reader.words.direction;
        let before = old.first.checked_sub(1);
        before.is_some_and(|at| self.reader.items[at].classes.meets(direction))
    }

    /// "Withdrew to PLACE": words of loss lead to it.
    fn is_fled_to(&self, old: &Group) -> bool {
        let loss = self.reader.words.loss;
        let mut before = self.reader.items[old.first.saturating_sub(SOURCE)..old.first].iter();
        before.any(|item| item.classes.meets(loss))
    }
}
