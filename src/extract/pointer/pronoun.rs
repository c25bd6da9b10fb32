//! Words for the place spoken of itself: "it", "there", "most of it".

use super::PART_OF_IT;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::group::{Back, Finder, Group, Member};
use crate::extract::part::Part;
use crate::lexicon::Features;

/// Items from "what" to the pronoun of its clause.
const WHAT: usize = 4;

/// Items from such a pronoun to "namely".
const NAMED: usize = 5;

/// Items from the one end of a stretch to the other: "down to", "as far as".
const STRETCH: usize = 5;

impl Finder<'_> {
    /// "There is": no place is meant. Such a word has a value in the lexicon.
    pub(super) fn is_existential(&self, at: usize) -> bool {
        self.items[at].value.is_some() && self.has(at + 1, self.roles.is_so)
    }

    /// "it", "there" written onto another word. Behind "which" it stands for the noun before that.
    pub(super) fn pronoun(&self, at: usize) -> Group {
        let mut last = at;
        let (first, part) = self.part_before(at);
        let part = self.rightward(&mut last, part);
        let which = (at.saturating_sub(6)..at)
            .rev()
            .find(|index| self.has(*index, self.roles.which));
        let antecedent = which
            .and_then(|which| which.checked_sub(1))
            .map(|index| &self.items[index]);
        let is_other = antecedent.is_some_and(|noun| {
            // "The ACTOR that holds it": a party holds something else than itself.
            !noun.is_place()
                && !matches!(noun.kind, ItemKind::Actor(_))
                && !noun.classes.meets(self.roles.head)
                && !noun.is_mark(&['"', '،', ','])
                && noun.features.any(Features::THE)
        });
        Group {
            first,
            last,
            members: vec![Member { item: at, part }],
            // "The houses around it".
            is_adjunct: self.has_articles()
                && first > 0
                && self.has(first - 1, self.roles.location),
            is_landmark: false,
            back: Some(
                if is_other
                    || which.is_some_and(|which| self.is_of_those(which))
                    || self.is_of_what(at)
                    || self.is_of_noun_before(at)
                    || self.is_of_ground(at)
                    || self.holds(at)
                    || self.is_stretch(at)
                {
                    Back::Nothing
                } else {
                    Back::Pronoun
                },
            ),
            excepted: Vec::new(),
            excepts_part: false,
        }
    }

    /// "Shelled from the villages that ACTOR holds": those, which the clause tells apart from others, and
    /// no place that was named before. "These villages, which" are.
    fn is_of_those(&self, which: usize) -> bool {
        let Some(noun) = which.checked_sub(1) else {
            return false;
        };
        let is_led = noun
            .checked_sub(1)
            .is_some_and(|before| self.has(before, self.roles.the));
        let item = &self.items[noun];
        self.has(noun, self.roles.heads)
            && item.value.is_none()
            && item.features.any(Features::THE)
            && !is_led
    }

    /// "They hold it from A down to B": a bank or a road.
    fn is_stretch(&self, at: usize) -> bool {
        let ends = |at: &usize| self.items[*at].is_punctuation();
        let names = |at: usize| self.items[at].is_place();
        self.has_articles()
            && self.has(at + 1, self.roles.within)
            && self.items.get(at + 2).is_some_and(Item::is_place)
            && (at + 3..self.items.len())
                .take(STRETCH)
                .take_while(|at| !ends(at))
                .any(names)
    }

    /// "What it holds", "whom they caught": the pronoun stands for what has no name.
    fn is_of_what(&self, at: usize) -> bool {
        let is_finite = |at: usize| self.items[at].features.is_finite();
        let is_what = |before: usize| {
            self.has(before, self.roles.what)
                || self.has(before, self.roles.whom) && is_finite(before + 1)
        };
        (at.saturating_sub(WHAT)..at.saturating_sub(1))
            .rev()
            .take_while(|before| !self.items[*before].is_punctuation())
            .any(is_what)
    }

    /// "The ground that it controls": a party, not a place.
    fn holds(&self, at: usize) -> bool {
        let is_verb = |verb: usize| {
            (self.has(verb, self.roles.kept) || self.has(verb, self.roles.taken))
                && self.items[verb].features.is_finite()
        };
        self.has_articles() && at > 0 && self.has(at - 1, self.roles.which) && is_verb(at + 1)
    }

    /// "It added that": whoever speaks, no place.
    pub(super) fn says(&self, at: usize) -> bool {
        let speaks = |item: &Item| {
            item.classes.meets(self.roles.report)
                && item.features.is_finite()
                && !item.classes.meets(self.roles.taken)
        };
        // "What it took, it has kept": a party, which a pronoun before such a verb always is.
        let is_deed = |at: usize, features: Features| {
            (self.has(at, self.roles.kept) || self.has(at, self.roles.taken))
                && self.items[at].features.any(features)
                && !self.items[at].features.any(Features::NOUN)
        };
        let present_or_past = Features::PAST.and(Features::PRESENT);
        let acts = is_deed(at + 1, present_or_past)
            || self.has(at + 1, self.roles.having) && is_deed(at + 2, Features::PAST);
        let is_behind_comma = at > 0 && self.items[at - 1].is_comma();
        let is_said = self.items.get(at + 1).is_some_and(speaks);
        self.has_articles() && (is_said || is_behind_comma && acts)
    }

    /// "Five villages it holds, namely": the clause needs no word for "which", and the pronoun stands
    /// for the noun, whose names follow.
    fn is_of_noun_before(&self, at: usize) -> bool {
        let words = at.saturating_sub(WHAT)..at.saturating_sub(1);
        let is_plain = |at: &usize| {
            let item = &self.items[*at];
            matches!(item.kind, ItemKind::Word) && !item.features.any(Features::THE)
        };
        let is_noun = |at: usize| self.has(at, self.roles.heads) || self.has(at, self.roles.places);
        let ahead = (at + 1..self.items.len().min(at + NAMED)).find(|at| {
            let item = &self.items[*at];
            item.is_mark(&[':']) || self.has(*at, self.roles.which_is)
        });
        let names = |at: usize| self.items.get(at + 1).is_some_and(Item::is_place);
        let verb = at.checked_sub(1).map(|verb| self.items[verb].features);
        verb.is_some_and(|verb| verb.is_finite())
            && words.rev().take_while(is_plain).any(is_noun)
            && ahead.is_some_and(names)
    }

    /// "Near positions the army holds": behind ground without an article its clause needs no word for
    /// "which", and the pronoun stands for the ground.
    fn is_of_ground(&self, at: usize) -> bool {
        // The verb that the pronoun is written onto, or one before the preposition that has it.
        let is_verb = |verb: &usize| self.items[*verb].features.is_finite();
        let own = at.checked_sub(1).filter(is_verb);
        let Some(verb) = own.or(at.checked_sub(2)) else {
            return false;
        };
        let noun = (verb.saturating_sub(1)..verb + 1).find(|at| {
            let item = &self.items[*at];
            self.has(*at, self.roles.last_bit)
                || self.has(*at, self.roles.ground) && item.features.any(Features::NOUN)
        });
        let is_free = |noun: usize| {
            let owned = Features::OWNED.and(Features::THE).and(Features::AND);
            let governs = noun.checked_sub(1).map(|left| &self.items[left]);
            let prepositions = self.roles.place_adjunct.and(self.roles.place_preposition);
            let leads = prepositions.and(self.roles.pronoun);
            !self.items[noun].features.any(owned)
                && (self.has(noun, self.roles.from_ground)
                    || governs.is_some_and(|left| left.classes.meets(leads)))
        };
        noun.is_some_and(|noun| noun < verb && is_free(noun))
            && self.items[verb]
                .features
                .any(Features::PAST.and(Features::PRESENT))
            && !self.items[verb].features.any(Features::AND)
    }

    /// "Most of it", "wide parts of it": the part words before the pronoun at `at`.
    fn part_before(&self, at: usize) -> (usize, Part) {
        let is_of =
            at > 0 && (self.has(at - 1, self.roles.of) || self.has(at - 1, self.roles.parts));
        if !is_of {
            return (at, Part::Whole);
        }
        let (first, part) = self.leftward(at, at.saturating_sub(PART_OF_IT));
        match part {
            Part::Share(_) => (first, part),
            _ => (at, Part::Whole),
        }
    }
}
