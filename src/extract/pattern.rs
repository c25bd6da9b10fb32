//! The patterns of rules, and how they match.
//!
//! `@class` is a word of that class (`@a|b` of either, `@a+past` with a feature, `@a-noun`
//! without); `PLACES` is a place phrase or a list in the role of an object, `PLACE` one in any
//! role, `PART` one that speaks of a part, `AXIS` a front named after a place, `ACTOR` a party
//! (`ACTOR+to`, `PLACES+in`: written together with such a word), `COLOUR` one by its colour on a
//! map, `AREA` a size, `IT` the place spoken of last, without a word for it; `-@class` says that no such
//! word follows in the clause; `~` is a gap inside the clause, `~3` one of at most
//! three items, `~~` anything up to the end of the sentence; `^` is the start of a clause and `$`
//! its end; marks such as `:` or `(` stand for themselves (`-–` for either), `↵` for the end of a
//! line. A `?` behind an element makes it optional. `!` marks the word whose mood counts; without
//! it that is the first `@class`, else the first place.

use std::ops::Range;

use super::annotate::{Item, ItemKind};
use super::discourse::Discourse;
use super::measure::Measure;
use super::part::Part;
use crate::lexicon::{ClassSet, Features, Lexicon};

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Element {
    Word {
        classes: ClassSet,
        with: Features,
        without: Features,
    },
    /// A place phrase with a feature of its first word, when one is asked.
    Places(Features),
    /// A place phrase that may be an adjunct: what is said of it describes it.
    Place,
    /// A place phrase whose words speak of a part of each place.
    Part,
    /// A front named after a place, at the head of its sentence.
    Axis,
    /// A party by its colour on a map.
    Colour,
    /// A party, with a feature when one is asked.
    Actor(Features),
    Area,
    /// Takes no item: what was last said to be somewhere, where the words leave the place out.
    It,
    /// One of these marks; a line feed stands for the end of a line.
    Mark(Vec<char>),
    Start,
    End,
    Gap(usize),
    /// Takes no item: none of these words follows in the clause.
    Absent(ClassSet),
    /// Anything up to the end of the sentence.
    Far,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    element: Element,
    is_optional: bool,
}

/// One way to say what a rule means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    trigger: usize,
}

/// A longer gap than this is not one thought.
const LONGEST_GAP: usize = 16;

/// Items that are looked at for a word that must not follow.
const AHEAD: usize = 8;

/// A place named farther back than this, in items, is not meant where none is named.
const NEAR: usize = 24;

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

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Result<Self, String> {
        let mut steps = Vec::new();
        let mut trigger = None;
        for word in text.split_whitespace() {
            let (word, is_trigger) = word
                .strip_prefix('!')
                .map_or((word, false), |word| (word, true));
            let (word, is_optional) = word
                .strip_suffix('?')
                // A question mark alone stands for itself.
                .filter(|rest| !rest.is_empty())
                .map_or((word, false), |word| (word, true));
            let element = read_element(word, lexicon)?;
            if is_trigger {
                trigger = Some(steps.len());
            }
            steps.push(Step {
                element,
                is_optional,
            });
        }
        let first = |wanted: fn(&Element) -> bool| {
            steps
                .iter()
                .position(|step: &Step| wanted(&step.element) && !step.is_optional)
        };
        let trigger = trigger
            .or_else(|| first(|element| matches!(element, Element::Word { .. })))
            .or_else(|| first(|element| matches!(element, Element::Area)))
            .or_else(|| {
                first(|element| {
                    matches!(element, Element::Places(_) | Element::Place | Element::Part)
                })
            });
        Ok(Self {
            steps,
            trigger: trigger.ok_or("a pattern needs a @class, a place or AREA")?,
        })
    }

    /// The classes of words that it asks for.
    pub(crate) fn classes(&self) -> ClassSet {
        let mut all = ClassSet::default();
        for step in &self.steps {
            if let Element::Word { classes, .. } = step.element {
                all = all.and(classes);
            }
        }
        all
    }

    /// What the first item of a match may be.
    pub(crate) fn openings(&self) -> Vec<Opening> {
        let mut openings = Vec::new();
        let steps = self.steps.iter();
        for step in steps.filter(|step| !matches!(step.element, Element::Start)) {
            openings.push(match &step.element {
                Element::Word { classes, .. } => Opening::Word(*classes),
                Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                    Opening::Place
                }
                Element::Actor(_) | Element::Colour => Opening::Actor,
                Element::Mark(_) => Opening::Mark,
                _ => return vec![Opening::Any],
            });
            if !step.is_optional {
                return openings;
            }
        }
        vec![Opening::Any]
    }

    /// What a sentence must have for a match.
    pub(crate) fn needs(&self) -> impl Iterator<Item = Need> + '_ {
        let steps = self.steps.iter().filter(|step| !step.is_optional);
        steps.filter_map(|step| match &step.element {
            Element::Word { classes, .. } => Some(Need::Word(*classes)),
            Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                Some(Need::Place)
            }
            Element::Actor(_) | Element::Colour => Some(Need::Actor),
            Element::Area => Some(Need::Area),
            _ => None,
        })
    }
}

/// What may open a pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Opening {
    /// A word of one of these classes.
    Word(ClassSet),
    /// The first item of a place phrase.
    Place,
    Actor,
    /// A mark, or the end of a line.
    Mark,
    Any,
}

/// What a pattern cannot do without.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Need {
    /// A word of one of these classes.
    Word(ClassSet),
    Place,
    Actor,
    Area,
}

fn read_element(word: &str, lexicon: &Lexicon) -> Result<Element, String> {
    match word {
        "~~" => return Ok(Element::Far),
        "^" => return Ok(Element::Start),
        "$" => return Ok(Element::End),
        "PLACES" => return Ok(Element::Places(Features::default())),
        "PLACE" => return Ok(Element::Place),
        "PART" => return Ok(Element::Part),
        "AXIS" => return Ok(Element::Axis),
        "ACTOR" => return Ok(Element::Actor(Features::default())),
        "COLOUR" => return Ok(Element::Colour),
        "AREA" => return Ok(Element::Area),
        "IT" => return Ok(Element::It),
        _ => {}
    }
    if let Some(gap) = word.strip_prefix('~') {
        let most = if gap.is_empty() {
            LONGEST_GAP
        } else {
            gap.parse().map_err(|e| format!("`{word}`: {e}"))?
        };
        return Ok(Element::Gap(most));
    }
    if let Some(rest) = word.strip_prefix("-@") {
        return match read_word(rest, lexicon)? {
            Element::Word { classes, .. } => Ok(Element::Absent(classes)),
            other => Ok(other),
        };
    }
    if let Some(rest) = word.strip_prefix("PLACES") {
        return Ok(Element::Places(read_features(rest)?.0));
    }
    if let Some(rest) = word.strip_prefix("ACTOR") {
        return Ok(Element::Actor(read_features(rest)?.0));
    }
    match word.strip_prefix('@') {
        Some(word) => read_word(word, lexicon),
        None if word.chars().all(|c| !c.is_alphanumeric()) => Ok(Element::Mark(
            word.chars()
                .map(|c| if c == '↵' { '\n' } else { c })
                .collect(),
        )),
        None => Err(format!(
            "unknown element `{word}`; use @class, PLACES, PLACE, PART, AXIS, ACTOR, COLOUR, AREA, IT, ^, $, a mark or ~"
        )),
    }
}

fn read_word(word: &str, lexicon: &Lexicon) -> Result<Element, String> {
    let (names, rest) = split_features(word, lexicon);
    let mut list = Vec::new();
    for name in names.split('|') {
        lexicon
            .class(name)
            .ok_or_else(|| format!("the lexicon has no class `{name}`"))?;
        list.push(name);
    }
    let (with, without) = read_features(rest)?;
    Ok(Element::Word {
        classes: lexicon.set(&list),
        with,
        without,
    })
}

/// `+past-noun`: the features of which one is asked, and those that must not be there.
fn read_features(mut rest: &str) -> Result<(Features, Features), String> {
    let (mut with, mut without) = (Features::default(), Features::default());
    while let Some(sign) = rest.chars().next() {
        if !matches!(sign, '+' | '-') {
            return Err(format!("`{rest}` begins with neither + nor -"));
        }
        let end = rest[1..].find(['+', '-']).map_or(rest.len(), |end| end + 1);
        let feature = Features::named(&rest[1..end])
            .ok_or_else(|| format!("unknown feature `{}`", &rest[1..end]))?;
        if sign == '+' {
            with = with.and(feature);
        } else {
            without = without.and(feature);
        }
        rest = &rest[end..];
    }
    Ok((with, without))
}

/// Splits `take-on|take+past` into class names and features. A class name may hold a hyphen
/// itself: features are only what follows the longest list of known classes.
fn split_features<'w>(word: &'w str, lexicon: &Lexicon) -> (&'w str, &'w str) {
    let is_known = |names: &str| names.split('|').all(|name| lexicon.class(name).is_some());
    let cuts = word
        .char_indices()
        .filter(|(_, c)| matches!(c, '+' | '-'))
        .map(|(at, _)| at)
        .chain(std::iter::once(word.len()));
    let longest = cuts
        .filter(|cut| is_known(&word[..*cut]))
        .max()
        .unwrap_or(word.len());
    word.split_at(longest)
}

/// What a match is looked for in.
pub(crate) struct Scene<'a> {
    pub items: &'a [Item<'a>],
    pub discourse: &'a Discourse,
    pub measures: &'a [Measure],
    /// Words that no gap crosses: finite verbs of control.
    pub walls: ClassSet,
    /// Words that begin a new clause.
    pub clause: ClassSet,
    /// "In" and "from".
    pub prepositions: ClassSet,
    /// Words behind which a clause goes on about something else, exceptions among them.
    pub edge: ClassSet,
    /// "Which".
    pub which: ClassSet,
    /// Words for a time: they may stand anywhere and tell nothing of the rest.
    pub time: ClassSet,
    /// People who are moved or freed; what is said of them is not said of ground.
    pub people: ClassSet,
    /// Words of loss: what stands behind one is what is lost, in whatever form.
    pub loss: ClassSet,
    /// Colours of a map.
    pub colour: ClassSet,
    /// "Among them", "including".
    pub naming: ClassSet,
    /// The article, where it is a word of its own.
    pub the: ClassSet,
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

    /// A finite verb of control in a gap belongs to another thought.
    fn is_wall(&self, at: usize) -> bool {
        let item = &self.items[at];
        item.classes.meets(self.people)
            || item.classes.meets(self.loss) && item.features.any(Features::NOUN)
            || item.classes.meets(self.walls)
                && item.features.any(Features::PAST.and(Features::PRESENT))
                && !item.features.any(Features::NOUN)
    }

    fn starts_clause(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| {
            let item = &self.items[before];
            // "The ACTOR": the article belongs to the name.
            if item.classes.meets(self.the) && self.discourse.actor(at).is_some() {
                return self.starts_clause(before);
            }
            matches!(item.kind, ItemKind::Mark(_) | ItemKind::Break)
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
            .take_while(|item| {
                !matches!(item.kind, ItemKind::Mark(_) | ItemKind::Break)
                    && !item.classes.meets(self.clause)
            })
            .all(|item| !item.classes.meets(classes))
    }

    fn ends_clause(&self, at: usize, end: usize) -> bool {
        at >= end
            || matches!(self.items[at].kind, ItemKind::Mark(_) | ItemKind::Break)
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
        if let Some(next) = self.element(&step.element, at) {
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

    fn gap(&mut self, index: usize, at: usize, most: usize) -> bool {
        let discourse = self.scene.discourse;
        let mut here = at;
        let mut passed = 0;
        while passed <= most {
            if !self.skips_preposition(index + 1, at, here) && self.step(index + 1, here) {
                return true;
            }
            match self.scene.items.get(here) {
                Some(item) if here < self.end => {
                    if item.classes.meets(self.scene.clause) || self.scene.is_wall(here) {
                        return false;
                    }
                }
                _ => return false,
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
                Some(group) if discourse.groups[group].is_adjunct => {
                    here = discourse.groups[group].last + 1;
                }
                // "The villages on the bank, among them PLACE": the names stand behind.
                Some(group) if self.is_named_later(group, index + 1) => {
                    here = discourse.groups[group].last + 1;
                }
                Some(_) => return false,
                None => {
                    passed += usize::from(!self.is_aside_of_time(here));
                    here += 1;
                    continue;
                }
            }
            passed += 1;
        }
        false
    }

    /// A phrase without a name, where the pattern goes on with a word that leads to names.
    fn is_named_later(&self, group: usize, next: usize) -> bool {
        let naming = self.scene.naming;
        let is_naming = |step: &&Step| matches!(step.element, Element::Word { classes, .. } if classes.meets(naming));
        let mut steps = self.pattern.steps[next..].iter();
        let leads = steps.find(|step| !step.is_optional);
        self.scene.discourse.groups[group].back.is_some() && leads.as_ref().is_some_and(is_naming)
    }

    /// A word for a time, or a comma, number or "on" beside one.
    fn is_aside_of_time(&self, at: usize) -> bool {
        let items = self.scene.items;
        let is_time = |at: usize| {
            items
                .get(at)
                .is_some_and(|item| item.classes.meets(self.scene.time))
        };
        let behind = |back: usize| at.checked_sub(back).is_some_and(is_time);
        match items[at].kind {
            ItemKind::Mark(',' | '،' | '-' | '–') => is_time(at + 1) || behind(1),
            ItemKind::Mark('.') => behind(1),
            ItemKind::Number(_) => {
                is_time(at + 1) || behind(1) || behind(2) && items[at - 1].is_mark(&['.'])
            }
            _ => is_time(at) || self.is_preposition(at) && is_time(at + 1),
        }
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
        let item = &self.scene.items[at];
        item.classes.meets(self.scene.prepositions)
    }

    /// The item behind the element when it fits at `at`.
    fn element(&mut self, element: &Element, at: usize) -> Option<usize> {
        match element {
            Element::Start => self.scene.starts_clause(at).then_some(at),
            Element::End => self.scene.ends_clause(at, self.end).then_some(at),
            Element::Gap(_) | Element::Far => None,
            Element::Absent(classes) => self.scene.lacks(*classes, at..self.end).then_some(at),
            Element::Area => self.area(at),
            Element::It => self.last_place(at),
            Element::Axis => self.each(at, |part| part == Part::Axis),
            Element::Part => self.each(at, |part| part != Part::Whole),
            Element::Place => self.places(at, Features::default(), true),
            Element::Places(with) => self.places(at, *with, false),
            Element::Actor(_) if self.has_article(at) => self.element(element, at + 1),
            element => {
                let item = self.scene.items.get(at).filter(|_| at < self.end)?;
                let fits = match element {
                    Element::Word {
                        classes,
                        with,
                        without,
                    } => {
                        item.classes.meets(*classes)
                            && has_one(item, *with)
                            && !item.features.any(*without)
                    }
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
        let is_described = at == self.found.first
            && self
                .scene
                .items
                .get(phrase.last + 1)
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

    /// The place phrase before `at`, when it is near and is held by somebody.
    fn last_place(&mut self, at: usize) -> Option<usize> {
        let discourse = self.scene.discourse;
        let near = discourse
            .groups_before(at)
            .take_while(|group| discourse.groups[*group].last + NEAR >= at)
            .filter(|group| !discourse.spoken[*group].is_empty() && !discourse.is_wide(*group));
        let found = near
            .clone()
            .find(|group| !discourse.groups[*group].is_adjunct)
            .or_else(|| near.clone().next())?;
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

fn has_one(item: &Item, features: Features) -> bool {
    features == Features::default() || item.features.any(features)
}
