//! How a pattern is laid on a sentence: the shortest gaps first, and what a gap may pass.

use std::ops::Range;

use super::annotate::{Item, ItemKind};
use super::discourse::Discourse;
use super::group::Back;
use super::measure::Measure;
use super::part::Part;
use super::passing::Passing;
use super::pattern::{Element, Pattern, Step, has_one};
use crate::lexicon::{ClassSet, Features};

/// Items that are looked at for a word that must not follow.
const AHEAD: usize = 8;

/// Items that words about a place or party between two commas may take up.
const LONGEST_ASIDE: usize = 16;

/// A place named farther back than this, in items, is not meant where none is named.
const NEAR: usize = 24;

/// Items from a place to the item behind "which is".
const BESIDE: usize = 3;

/// Items that "since the middle of last week" may take up at the end of a clause.
const MOST_TIME: usize = 5;

/// Items from the comma to the noun: "PLACE, a small town".
const APPOSED: usize = 3;

/// Items that words between two commas may take up.
const INSERTED: usize = 14;

/// Where a pattern matched, in items.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Match {
    pub first: usize,
    pub last: usize,
    pub trigger: usize,
    pub groups: Vec<usize>,
    pub actors: Vec<usize>,
    pub measures: Vec<usize>,
}

/// What a match is looked for in.
pub(crate) struct Scene<'a> {
    pub items: &'a [Item<'a>],
    pub discourse: &'a Discourse,
    pub measures: &'a [Measure],
    /// What each item is to a gap.
    pub passing: &'a [Passing],
    /// Words that begin a new clause.
    pub clause: ClassSet,
    /// Words behind which a clause goes on about something else, exceptions among them.
    pub edge: ClassSet,
    /// "Which".
    pub which: ClassSet,
    /// "In full": words that tell how much of what was named.
    pub amount: ClassSet,
    /// "As for": what follows is about something else.
    pub shift: ClassSet,
    /// Colours of a map.
    pub colour: ClassSet,
    /// "Among them", "including".
    pub naming: ClassSet,
    /// The article, where it is a word of its own.
    pub the: ClassSet,
    /// "Town".
    pub head: ClassSet,
    pub and: ClassSet,
    /// "All of them".
    pub them: ClassSet,
    /// Words that tell in whose hands something is.
    pub held: ClassSet,
}

/// A pattern laid on a sentence that ends before `end`.
struct Fit<'a> {
    scene: &'a Scene<'a>,
    pattern: &'a Pattern,
    end: usize,
    found: Match,
}

impl Scene<'_> {
    /// The match of a pattern that starts at item `at` and ends before `end`, the shortest gaps
    /// first.
    pub(crate) fn matches(&self, pattern: &Pattern, at: usize, end: usize) -> Option<Match> {
        let mut fit = Fit {
            scene: self,
            pattern,
            end,
            found: Match {
                first: at,
                ..Match::default()
            },
        };
        fit.step(0, at).then_some(fit.found)
    }

    fn is_wall(&self, at: usize) -> bool {
        self.passing[at].any(Passing::WALL)
    }

    fn starts_clause(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| {
            let item = &self.items[before];
            // "The ACTOR": the article belongs to the name.
            if item.classes.meets(self.the) && self.discourse.actor(at).is_some() {
                return self.starts_clause(before);
            }
            item.is_punctuation()
                || item.classes.meets(self.clause)
                || self.items[at].features.any(Features::AND)
                || self.is_time_of_day(before)
        })
    }

    /// The item behind the party at `at` and the same named again: "US-backed SDF", "(SDF)".
    fn behind_party(&self, at: usize) -> usize {
        let is_same = |other: usize| {
            let party = |at: usize| self.discourse.actor(at).map(|named| named.actor);
            party(other).is_some() && party(other) == party(at)
        };
        let is_mark =
            |at: usize, mark| self.items.get(at).is_some_and(|item| item.is_mark(&[mark]));
        let mut next = at + 1;
        if is_same(next) && !self.items[next].features.any(Features::AND) {
            next += 1;
        }
        if is_mark(next, '(') && is_same(next + 1) && is_mark(next + 2, ')') {
            next += 3;
        }
        next
    }

    /// "13:05" at the head of an entry.
    fn is_time_of_day(&self, at: usize) -> bool {
        let is_number = |at: usize| matches!(self.items[at].kind, ItemKind::Number(_));
        at > 1 && is_number(at) && self.items[at - 1].is_mark(&[':']) && is_number(at - 2)
    }

    /// None of these words stands in the first items of a range, up to a mark or a clause word.
    fn lacks(&self, classes: ClassSet, range: Range<usize>) -> bool {
        range
            .take(AHEAD)
            .map(|at| &self.items[at])
            .take_while(|item| !item.is_punctuation() && !item.classes.meets(self.clause))
            .all(|item| !item.classes.meets(classes))
    }

    /// The item behind an aside that describes the place or party before `at`: "PLACE, a town of
    /// some thousand souls, is", "PLACE (south of it) is".
    fn aside_end(&self, at: usize, end: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let closing = match self.items.get(at)?.kind {
            ItemKind::Mark(',') => ',',
            ItemKind::Mark('(') => ')',
            ItemKind::Mark(dash @ ('-' | '–' | '—')) => dash,
            _ => return None,
        };
        let is_named =
            self.discourse.group_at(before).is_some() || self.discourse.actor(before).is_some();
        if !is_named {
            return None;
        }
        let most = end.min(at + 1 + LONGEST_ASIDE);
        let close = (at + 1..most).find(|index| self.items[*index].is_mark(&[closing]))?;
        let opening = self.items.get(at + 1)?;
        // "PLACE, which A took from B,", "PLACE, taken by A,".
        let is_participle =
            |item: &Item| item.classes.meets(self.which) || item.features.any(Features::PAST);
        // "PLACES, all of them taken from B,".
        let tells = is_participle(opening)
            || opening.classes.meets(self.them)
                && self.items.get(at + 2).is_some_and(is_participle);
        let is_plain = |index: usize| {
            let item = &self.items[index];
            !item.is_break()
                && !item.is_mark(&['.', ';', ':', '?', '!'])
                && (tells
                    || !self.is_wall(index)
                        && !item.classes.meets(self.clause)
                        && !item.classes.meets(self.held)
                        && self.discourse.actor(index).is_none())
        };
        let behind = self.items.get(close + 1)?;
        let goes_on = close + 1 < end
            && close > at + 1
            && !behind.is_punctuation()
            && !behind.is_place()
            && !behind.classes.meets(self.clause)
            && !behind.classes.meets(self.and);
        (goes_on && (at + 1..close).all(is_plain)).then_some(close + 1)
    }

    fn ends_clause(&self, at: usize, end: usize) -> bool {
        at >= end
            || self.items[at].is_punctuation()
            || self.items[at].classes.meets(self.edge)
            || self.items[at].features.any(Features::AND)
    }
}

impl Fit<'_> {
    fn step(&mut self, index: usize, at: usize) -> bool {
        let Some(step) = self.pattern.steps.get(index) else {
            self.found.last = at.saturating_sub(1);
            return true;
        };
        match step.element {
            Element::Gap(most) => return self.gap(index, at, most),
            Element::Far => return (at..self.end).any(|here| self.step(index + 1, here)),
            _ => {}
        }
        let lengths = (
            self.found.groups.len(),
            self.found.actors.len(),
            self.found.measures.len(),
        );
        if !self.has_owner(index, at)
            && let Some(next) = self.element(&step.element, at)
        {
            if index == self.pattern.trigger {
                self.found.trigger = at;
            }
            if self.step(index + 1, next) {
                return true;
            }
            self.found.groups.truncate(lengths.0);
            self.found.actors.truncate(lengths.1);
            self.found.measures.truncate(lengths.2);
        }
        step.is_optional && self.step(index + 1, at)
    }

    /// "It is in their hands and ACTOR ...": what has its owner written onto it is not that of a party
    /// behind it, unless the pattern asks for such words.
    fn has_owner(&self, index: usize, at: usize) -> bool {
        let steps = &self.pattern.steps[..index];
        if !matches!(self.pattern.steps[index].element, Element::Actor(_)) {
            return false;
        }
        let (word, most) = match steps {
            [
                ..,
                word,
                Step {
                    element: Element::Gap(most),
                    ..
                },
            ] => (word, *most),
            [.., word] => (word, 0),
            [] => return false,
        };
        let is_owned =
            |item: &Item| item.classes.meets(self.scene.held) && item.features.any(Features::OWNED);
        let asks = |with: Features| with.any(Features::OWNED);
        let near = at.saturating_sub(most + 1)..at;
        let mut items = self.scene.items[near].iter().rev();
        let last = items.find(|item| word.element.is_word(item));
        matches!(word.element, Element::Word { with, .. } if !asks(with))
            && last.is_some_and(is_owned)
    }

    /// False only where a step cannot begin at an item: most words are not those that it asks for.
    fn may_step(&self, index: usize, at: usize) -> bool {
        let Some(step) = self.pattern.steps.get(index) else {
            return true;
        };
        match step.element {
            _ if step.is_optional => true,
            Element::Word { classes, .. } => {
                let item = self.scene.items[..self.end].get(at);
                item.is_some_and(|item| item.classes.meets(classes))
            }
            Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                self.scene.discourse.group_starting(at).is_some()
            }
            _ => true,
        }
    }

    fn gap(&mut self, index: usize, at: usize, most: usize) -> bool {
        self.gap_from(index, (at, at), most)
            || self
                .scene
                .aside_end(at, self.end)
                .is_some_and(|end| self.gap_from(index, (at, end), most))
    }

    /// A gap that begins at the first of two items and of which what stands before the second is
    /// an aside.
    fn gap_from(&mut self, index: usize, (at, start): (usize, usize), most: usize) -> bool {
        let discourse = self.scene.discourse;
        let mut here = start;
        let mut passed = 0;
        while passed <= most {
            if self.may_step(index + 1, here)
                && !self.skips_preposition(index + 1, at, here)
                && self.step(index + 1, here)
            {
                return true;
            }
            if here >= self.end {
                return false;
            }
            let passing = self.scene.passing[here];
            if passing.any(Passing::INSERTED)
                && let Some(behind) = self.behind_inserted(here)
            {
                here = behind;
                continue;
            }
            if passing.any(Passing::CLAUSE.and(Passing::WALL)) {
                return false;
            }
            // A place phrase that is only an adjunct is stepped over whole.
            match discourse.group_at(here) {
                Some(group) if discourse.is_wide(group) => {
                    // "In the east of REGION" tells where; nor does its preposition count.
                    let first = discourse.groups[group].first;
                    let leads = first > at && self.is_preposition(first - 1);
                    passed = passed.saturating_sub(usize::from(leads));
                    here = discourse.groups[group].last + 1;
                    continue;
                }
                // "PLACE but for OTHER, which": what follows is said of the other.
                Some(group) if self.is_described(discourse.groups[group].last) => return false,
                Some(group)
                    if discourse.groups[group].is_adjunct
                        || discourse.groups[group].back == Some(Back::Nothing) =>
                {
                    here = discourse.groups[group].last + 1;
                    match self.described(at, here) {
                        Some(Some(comma)) => here = comma,
                        Some(None) => return false,
                        None => {}
                    }
                }
                // "The villages on the bank, among them PLACE": the names stand behind.
                Some(group) if self.is_named_later(group, index + 1) => {
                    here = discourse.groups[group].last + 1;
                }
                Some(_) => return false,
                None => {
                    passed += usize::from(!passing.any(Passing::TIME));
                    here += 1;
                    continue;
                }
            }
            passed += 1;
        }
        false
    }

    /// "Withdrew from it to PLACE, which", "to PLACE, a town that": what stands behind is said of the
    /// place before `here`, and not of one where a gap began; the comma that ends it, if one does.
    fn described(&self, at: usize, here: usize) -> Option<Option<usize>> {
        let items = &self.scene.items[..self.end];
        let is = |at: usize, set| items.get(at).is_some_and(|item| item.classes.meets(set));
        self.scene.discourse.group_at(at.checked_sub(1)?)?;
        let comma = usize::from(items.get(here)?.is_comma());
        let noun = (here + comma..here + comma + APPOSED).find(|at| is(*at, self.scene.head));
        let which = noun
            .filter(|_| comma > 0)
            .map_or(here + comma, |noun| noun + 1);
        let mut behind = which..items.len();
        is(which, self.scene.which).then(|| behind.find(|at| items[*at].is_comma()))
    }

    /// The item behind ", after weeks of fighting,": words between two commas that tell how or when.
    fn behind_inserted(&self, comma: usize) -> Option<usize> {
        let items = &self.scene.items[..self.end];
        let inside = comma + 1..items.len().min(comma + 1 + INSERTED);
        let close = inside.clone().find(|at| items[*at].is_comma())?;
        let is_plain = |at: usize| {
            !self.scene.is_wall(at)
                && !items[at].classes.meets(self.scene.clause)
                && !items[at].is_break()
        };
        (comma + 1..close).all(is_plain).then_some(close + 1)
    }

    /// "Which" stands right behind, in a language where it agrees with the noun before it.
    fn is_described(&self, last: usize) -> bool {
        let behind = self.scene.items[..self.end].get(last + 1);
        !self.scene.amount.is_empty()
            && behind.is_some_and(|item| item.classes.meets(self.scene.which))
    }

    /// A phrase without a name, where the pattern goes on with a word that leads to names.
    fn is_named_later(&self, group: usize, next: usize) -> bool {
        let naming = self.scene.naming;
        let is_naming = |step: &&Step| matches!(step.element, Element::Word { classes, .. } if classes.meets(naming));
        let mut steps = self.pattern.steps[next..].iter();
        let leads = steps.find(|step| !step.is_optional);
        self.scene.discourse.groups[group].back.is_some() && leads.as_ref().is_some_and(is_naming)
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

    /// True when a gap from `at` to `here` would swallow the preposition before a place: with it the
    /// place is no object, so a pattern that means it names it.
    fn skips_preposition(&self, index: usize, at: usize, here: usize) -> bool {
        let is_object = |step: &Step| matches!(step.element, Element::Places(_));
        here > at
            && self.is_preposition(here - 1)
            && self.pattern.steps.get(index).is_some_and(is_object)
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.scene.passing[at].any(Passing::PREPOSITION)
    }

    /// The item behind the element when it fits at `at`.
    fn element(&mut self, element: &Element, at: usize) -> Option<usize> {
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
            element => {
                let item = self.scene.items.get(at).filter(|_| at < self.end)?;
                let fits = match element {
                    Element::Word { .. } => element.is_word(item),
                    Element::Mark(marks) => match item.kind {
                        ItemKind::Break => marks.contains(&'\n'),
                        _ => item.is_mark(marks),
                    },
                    Element::Actor(_) | Element::Colour => {
                        let is_wanted = match element {
                            Element::Actor(with) => has_one(item, *with),
                            _ => item.classes.meets(self.scene.colour),
                        };
                        let is_actor = is_wanted && self.scene.discourse.actor(at).is_some();
                        if is_actor {
                            self.found.actors.push(at);
                            return Some(self.scene.behind_party(at));
                        }
                        false
                    }
                    _ => false,
                };
                fits.then_some(at + 1)
            }
        }
    }

    /// "The ACTOR".
    fn has_article(&self, at: usize) -> bool {
        let items = &self.scene.items[..self.end];
        items
            .get(at)
            .is_some_and(|item| item.classes.meets(self.scene.the))
            && at + 1 < self.end
            && self.scene.discourse.actor(at + 1).is_some()
    }

    fn places(&mut self, at: usize, with: Features, may_be_adjunct: bool) -> Option<usize> {
        let discourse = self.scene.discourse;
        let group = discourse.group_starting(at).filter(|_| at < self.end)?;
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
        let fits = (may_be_adjunct || is_described || !phrase.is_adjunct)
            && has_one(&self.scene.items[phrase.first], with);
        fits.then(|| {
            self.found.groups.push(group);
            phrase.last + 1
        })
    }

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
            .filter(|group| !discourse.spoken[*group].is_empty() && !discourse.is_wide(*group));
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
        let group = discourse.group_starting(at).filter(|_| at < self.end)?;
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
}
