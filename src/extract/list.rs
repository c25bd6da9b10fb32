//! Lists of place phrases: what joins one place to the next.
//!
//! "A, B and C", "A in December and B last week", "A (south of it), B", "A, the biggest, and B",
//! and lines with a place each.

mod aside;

use super::annotate::{Item, ItemKind};
use super::group::{Finder, MOST_UNKNOWN};
use super::line::{BULLETS, is_entry_separator, is_list_break};
use super::part::{Part, Seen};
use crate::lexicon::Features;

/// Items from a verb to the place that is its object: "pulled out of A".
const OBJECT: usize = 2;

/// Items from "while" to the place at the end of its clause.
const LONGEST_CLAUSE: usize = 12;

/// Words that may describe villages before they are named: "and villages scattered between them".
const MOST_DESCRIBING: usize = 4;

/// Words of "and the villages that belong to it" before the bracket that names them.
const LONGEST_DEPENDENTS: usize = 8;

/// Words of "that of its larger neighbour" on either side of the pronoun.
const KIN: usize = 3;

/// Items from "and of" to the place, and from there to how much of it.
const SHARE: usize = 3;

impl Finder<'_> {
    /// The next place of a list from `first` to `last`, with its part.
    pub(super) fn next_member(&self, first: usize, last: usize) -> Option<(usize, Part)> {
        let behind = self.after_belongings(last + 1);
        let mut at = self.after_line_aside(self.after_aside(self.after_time(behind)));
        at = self.dependents(at).unwrap_or(at);
        // "A and its villages B, C": the word joins the names behind it.
        let mut linked = self.has(at, self.roles.dependents)
            && self.items.get(at + 1).is_some_and(Item::is_place);
        at += usize::from(linked);
        while self.items.get(at).is_some_and(|item| {
            item.is_mark(&[',', '،', '(', ')', '/'])
                || item.is_mark(&['-', '–']) && self.items.get(at + 1).is_some_and(Item::is_place)
                || is_list_break(self.items, at, self.roles)
                || is_entry_separator(self.items, at, self.blocks)
                || at > 0 && is_list_break(self.items, at - 1, self.roles) && item.is_mark(&BULLETS)
                || (item.classes.meets(self.roles.link) && !item.classes.meets(self.blocks))
        }) {
            linked = true;
            at += 1;
            // "And, last night, PLACE", "and, in spite of raids, PLACE".
            if self.items[at - 1].is_mark(&[',']) {
                at = self.after_inserted(self.after_time(at));
            }
        }
        // "All but A, and also B": of B the same is told as of all.
        let is_excepted = first > 0 && self.has(first - 1, self.roles.except);
        if is_excepted && (last + 1..=at).any(|at| self.has(at, self.roles.also)) {
            return None;
        }
        let item = self.items.get(at)?;
        let joined = item.features.any(Features::AND);
        if !linked && !joined {
            return None;
        }
        // "and on half of ...", "and from the town of ..." repeat the preposition of the list.
        let is_of = linked
            && self.has(at - 1, self.roles.link)
            && self.has(at, self.roles.of)
            && !self.has(at, self.roles.inside);
        if (joined && self.has(at, self.roles.again) || is_of)
            && !item.classes.meets(self.roles.part)
        {
            if joined && self.opens_share(at) {
                return None;
            }
            at += 1;
        }
        let repeats = linked && self.repeats_preposition(at, first);
        if repeats {
            at += 1;
        }
        if let Some(place) = self.named_behind(at).or_else(|| self.kin_behind(at)) {
            return Some((place, Part::Whole));
        }
        self.place_led_to(at, linked)
    }

    /// "They took A, and of B they took a quarter": what is told of B is told of a part of it.
    fn opens_share(&self, of: usize) -> bool {
        let mut behind = of + 1..self.items.len().min(of + 1 + SHARE);
        let place = behind.find(|at| self.items[*at].is_place());
        let is_end = |at: &usize| {
            let item = &self.items[*at];
            item.is_punctuation() || item.is_break() || item.is_place()
        };
        let is_share = |at: usize| {
            let is_part = self.has(at, self.roles.part) || self.has(at, self.roles.sector);
            is_part && !self.items[at].features.any(Features::AND)
        };
        let is_from = self.has(of, self.roles.whom) && !self.has_articles();
        let told = place.map(|place| place + 1..self.items.len().min(place + 1 + SHARE));
        is_from && told.is_some_and(|told| told.take_while(|at| !is_end(at)).any(is_share))
    }

    /// "While they have A, B is with their enemy": the comma ends the clause, and lists nothing.
    fn is_opened(&self, first: usize) -> bool {
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.', ';', ':', ',']);
        let clause = self.items[..first].iter().rev().take(LONGEST_CLAUSE);
        clause
            .take_while(|item| !ends(item))
            .any(|item| item.classes.meets(self.roles.subordinate))
    }

    /// The place at `next` is the subject of the main clause behind a clause with the one before.
    pub(super) fn opens_main_clause(&self, first: usize, last: usize, next: usize) -> bool {
        let link = last + 1;
        let is_bare = self.has_articles() && next == link + 1;
        let is_comma = self.items.get(link).is_some_and(Item::is_comma);
        is_bare && is_comma && self.has(next + 1, self.roles.is_so) && self.is_opened(first)
    }

    /// "They lost A, and B is under threat", "took A on Friday and B will follow": a singular speaks
    /// of one, the object of the verb before is another. "Those who took A and B will" are told of
    /// both.
    pub(super) fn is_told_apart(&self, first: usize, last: usize, next: usize) -> bool {
        let told = self.after_time(last + 1);
        let and = told + usize::from(self.items.get(told).is_some_and(Item::is_comma));
        let is_joined = self.has_articles() && next == and + 1 && self.has(and, self.roles.and);
        if !is_joined || !self.has(next + 1, self.roles.singular) {
            return false;
        }
        let before = first.saturating_sub(OBJECT)..first;
        let verb = before
            .rev()
            .find(|at| !self.has(*at, self.roles.place_preposition));
        // What somebody says is no object: "he said A and B remains" is about both.
        let is_verb = |at: &usize| {
            self.has(*at, self.blocks)
                && !self.has(*at, self.roles.report)
                && self.items[*at].features.is_finite()
        };
        // "The men who took A and B will"; but "he said that they took A and B will".
        let is_which = |at: usize| {
            let is_said = at > 0 && {
                let before = &self.items[at - 1];
                before.classes.meets(self.roles.report) && before.features.any(Features::PAST)
            };
            self.has(at, self.roles.which) && !is_said
        };
        let ends = |at: &usize| self.items[*at].is_punctuation() || self.items[*at].is_break();
        let is_relative = |verb: usize| {
            let mut left = (verb.saturating_sub(LONGEST_CLAUSE)..verb).rev();
            left.by_ref().take_while(|at| !ends(at)).any(is_which)
        };
        verb.filter(is_verb).is_some_and(|verb| !is_relative(verb))
    }

    /// "And by 40 % of PLACE", where the preposition is a letter written to the number.
    fn is_joined_number(&self, at: usize) -> bool {
        let letter = &self.items[at];
        let is_letter = letter.classes.is_empty() && matches!(letter.kind, ItemKind::Word);
        let number = self.items.get(at + 1).filter(|_| is_letter);
        number.is_some_and(|number| {
            matches!(number.kind, ItemKind::Number(_)) && number.span.start == letter.span.end
        })
    }

    /// The place that the nouns, part words and adjectives of a member lead to, with its part.
    fn place_led_to(&self, at: usize, linked: bool) -> Option<(usize, Part)> {
        let mut seen = Seen::default();
        let mut unknown = 0;
        for place in at..(at + 9).min(self.items.len()) {
            let item = &self.items[place];
            if item.is_place() {
                return Some((place, seen.part));
            }
            // "PLACE and its crossing".
            let is_its =
                place == at && linked && self.has_articles() && self.has(at, self.roles.its);
            if is_its || self.is_rest(place) || self.is_noun_of_quarter(place, place + 1) {
                continue;
            }
            if self.is_joined_number(place) {
                continue;
            }
            if let Some(word) = self.modifier(place) {
                seen.take(word, item);
            } else if !self.is_list_filler(item, place > at) {
                // "And the smaller PLACE", "and half of tiny PLACE".
                let is_led = seen.part != Part::Whole || linked && self.has(at, self.roles.the);
                let is_adjective = is_led
                    && (item.classes.is_empty() || item.classes.meets(self.roles.compass))
                    && matches!(item.kind, ItemKind::Word);
                unknown += 1;
                if !is_adjective || unknown > MOST_UNKNOWN {
                    return None;
                }
            }
        }
        None
    }

    /// "A and the villages around it (B, C", "A with its villages (B": the bracket that names what
    /// belongs to a member.
    fn dependents(&self, at: usize) -> Option<usize> {
        let bracket = (at..self.items.len().min(at + LONGEST_DEPENDENTS))
            .find(|index| !matches!(self.items[*index].kind, ItemKind::Word))?;
        let names = |index: usize| self.items.get(index).is_some_and(Item::is_place);
        let opens = self.items[bracket].is_mark(&['(']) && names(bracket + 1);
        let heads = at + usize::from(self.has(at, self.roles.beside));
        let is_joined = heads > at || self.items[at].features.any(Features::AND);
        let starts =
            self.has(at, self.roles.dependents) || is_joined && self.has(heads, self.roles.heads);
        (opens && starts).then_some(bracket)
    }

    /// "And its twin PLACE", "and that of its larger neighbour, PLACE": a place called by what it is
    /// to the one before.
    fn kin_behind(&self, at: usize) -> Option<usize> {
        let is_plain = |at: usize| {
            self.items.get(at).is_some_and(|item| {
                matches!(item.kind, ItemKind::Word)
                    && (item.classes.is_empty()
                        || self.has(at, self.roles.head)
                        || self.has(at, self.roles.kin))
            })
        };
        let lead = (at..self.items.len())
            .take(KIN)
            .find(|at| !self.has(*at, self.roles.the) && !self.has(*at, self.roles.of))?;
        let first = lead + usize::from(self.has(lead, self.roles.its));
        if first == lead && !self.has(lead, self.roles.kin) {
            return None;
        }
        let behind = (first..self.items.len())
            .take(KIN + 1)
            .find(|at| !is_plain(*at))?;
        let comma = usize::from(self.items[behind].is_comma());
        let place = behind + comma;
        let is_named = behind > first && self.items.get(place).is_some_and(Item::is_place);
        is_named.then_some(place)
    }

    /// "To A, as well as to B", "sits in A and, farther up, in B": the preposition at `at` is that of
    /// the list that begins at `first`.
    fn repeats_preposition(&self, at: usize, first: usize) -> bool {
        let inside = self.roles.inside;
        first > 0
            && self.has(at, self.roles.place_preposition)
            && (self.items[at].classes == self.items[first - 1].classes
                || self.has(at, inside) && self.has(first - 1, inside))
    }

    /// "The town and the rest of its district": all of it, with the town.
    fn is_rest(&self, at: usize) -> bool {
        self.has_articles() && self.has(at, self.roles.rest_of)
    }

    /// The place that "and three small villages near by, among them" or "and two hamlets:" at `at`
    /// leads to.
    fn named_behind(&self, at: usize) -> Option<usize> {
        let is_count = |index: &usize| {
            matches!(self.items[*index].kind, ItemKind::Number(_))
                || self.has(*index, self.roles.numeral)
        };
        let describes = |index: &usize| {
            let item = &self.items[*index];
            matches!(item.kind, ItemKind::Word)
                && !item.classes.meets(self.blocks)
                && !item.classes.meets(self.roles.heads)
                && !self.is_naming(*index)
        };
        let first = (at..self.items.len()).find(|index| !is_count(index))?;
        let before = first..self.items.len();
        let noun = before.take(MOST_DESCRIBING).find(|i| !describes(i))?;
        if !self.has(noun, self.roles.heads) {
            return None;
        }
        let behind = noun + 1..self.items.len();
        let link = behind.take(MOST_DESCRIBING + 1).find(|i| !describes(i))?;
        let is_comma = self.items[link].is_comma();
        let naming = link + usize::from(is_comma);
        // "And two villages, A and B": the names stand right behind the comma.
        let is_apposed = is_comma && first > at && !self.has(naming, self.roles.naming);
        let is_named =
            self.has(naming, self.roles.naming) || self.items[link].is_mark(&[':']) || is_apposed;
        let is_of_them =
            self.has(naming, self.roles.within) && self.has(naming + 1, self.roles.pronoun);
        let is_named = is_named || is_comma && is_of_them;
        let place = match (is_of_them, is_apposed) {
            (true, _) => naming + 2,
            (false, true) => naming,
            (false, false) => naming + 1,
        };
        let is_place = self.items.get(place).is_some_and(Item::is_place);
        (is_named && is_place).then_some(place)
    }

    /// "Among them" before a name, not before what lies among others.
    fn is_naming(&self, at: usize) -> bool {
        let leads = self.items.get(at + 1).is_some_and(|next| {
            next.is_place() || next.classes.meets(self.roles.head) || next.is_mark(&[':'])
        });
        self.has(at, self.roles.naming) && leads
    }

    /// Nouns, numbers and "which belong to it (" before the next place of a list.
    fn is_list_filler(&self, item: &Item, is_inside: bool) -> bool {
        let roles = &self.roles;
        matches!(item.kind, ItemKind::Number(_))
            || item.classes.meets(roles.head)
            || item.classes.meets(roles.the)
            || is_inside
                && (item.classes.meets(roles.of)
                    || item.classes.meets(roles.hands)
                    || item.classes.meets(roles.belonging)
                    || item.classes.meets(roles.pronoun)
                    || item.is_mark(&['(']))
    }

    /// The language writes its article as a word, and so tells a description from a new clause.
    pub(super) fn has_articles(&self) -> bool {
        self.is_analytic
    }
}
