//! The patterns of rules; how they match is in `fit`.
//!
//! `@class` is a word of that class (`@a|b` of either, `@a+past` with a feature, `@a-noun`
//! without); `PLACES` is a place phrase or a list in the role of an object, `PLACE` one in any
//! role, `PART` one that speaks of a part, `AXIS` a front named after a place, `ACTOR` a party
//! (`ACTOR+to`, `PLACES+in`: written together with such a word), `COLOUR` one by its colour on a
//! map, `AREA` a size, `IT` the place spoken of last, without a word for it, `TOPIC` the one that the
//! entry is about; `-@class` says that no such word follows in the clause; `~` is a gap inside the clause, `~3` one of at most
//! three items, `~~` anything up to the end of the sentence; `^` is the start of a clause and `$`
//! its end; marks such as `:` or `(` stand for themselves (`-–` for either), `↵` for the end of a
//! line. A `?` behind an element makes it optional. `!` marks the word whose mood counts; without
//! it that is the first `@class`, else the first place.

use super::annotate::Item;
use crate::lexicon::{ClassSet, Features, Lexicon};

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Element {
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
    /// Takes no item: the place that the entry is about.
    Topic,
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

impl Element {
    /// An item is the word that the element asks for.
    pub(super) fn is_word(&self, item: &Item) -> bool {
        match self {
            Self::Word {
                classes,
                with,
                without,
            } => {
                item.classes.meets(*classes) && has_one(item, *with) && !item.features.any(*without)
            }
            _ => false,
        }
    }
}

/// An item has one of some features, where any is asked.
pub(super) fn has_one(item: &Item, features: Features) -> bool {
    features == Features::default() || item.features.any(features)
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) element: Element,
    pub(super) is_optional: bool,
}

/// One way to say what a rule means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    pub(super) steps: Vec<Step>,
    /// The step whose word's mood counts.
    pub(super) trigger: usize,
}

/// A longer gap than this is not one thought.
const LONGEST_GAP: usize = 20;

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
            if let Element::Word { classes, .. } | Element::Absent(classes) = step.element {
                all = all.and(classes);
            }
        }
        all
    }

    /// Asks for the place spoken of last, which the words leave out.
    pub(crate) fn says_it(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.element == Element::It)
    }

    /// What the first item of a match may be.
    pub(crate) fn openings(&self) -> Vec<Opening> {
        let mut openings = Vec::new();
        let takes_item = |step: &&Step| {
            let element = &step.element;
            !matches!(
                element,
                Element::Start | Element::It | Element::Topic | Element::Absent(_)
            )
        };
        for step in self.steps.iter().filter(takes_item) {
            openings.push(match &step.element {
                Element::Word { classes, .. } => Opening::Word(*classes),
                Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                    Opening::Place
                }
                Element::Actor(_) | Element::Colour => Opening::Actor,
                Element::Mark(_) => Opening::Mark,
                Element::Area => Opening::Area,
                _ => return vec![Opening::Any],
            });
            if !step.is_optional {
                return openings;
            }
        }
        vec![Opening::Any]
    }

    /// What a sentence must have for a match, in order, each with the least number of items from the
    /// first of the match to it.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (Need, usize)> + '_ {
        let steps = self.steps.iter().filter(|step| !step.is_optional);
        let mut passed = 0;
        steps.filter_map(move |step| {
            let need = match &step.element {
                Element::Word { classes, .. } => Some(Need::Word(*classes)),
                Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                    Some(Need::Place)
                }
                Element::Actor(_) | Element::Colour => Some(Need::Actor),
                Element::Area => Some(Need::Area),
                Element::Mark(_) => {
                    passed += 1;
                    None
                }
                _ => None,
            };
            need.inspect(|_| passed += 1).map(|need| (need, passed - 1))
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
    /// The first item of a size.
    Area,
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
        "TOPIC" => return Ok(Element::Topic),
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
            "unknown element `{word}`; use @class, PLACES, PLACE, PART, AXIS, ACTOR, COLOUR, AREA, IT, TOPIC, ^, $, a mark or ~"
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
