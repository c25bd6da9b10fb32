//! The rules: patterns over items, read from `data/rules/LANG.rules`, and how they match.
//!
//! A rule is a few lines, the first word of each says what it is:
//!
//! ```text
//! rule take-on
//! means the subject takes or holds the whole of each place
//! when  @take-on ~ @on PLACES
//! gives subject control
//! like  سيطرت قسد على هجين => hajin SDF control
//! ```
//!
//! `@class` is a word of that class (`@a|b` of either, `@a+past` with a feature, `@a-noun` without);
//! `PLACES` is a place phrase or a list in the role of an object, `PLACE` one in any role, `AXIS` a front named after a place, `ACTOR` a party, `AREA` a size; `~` is a gap inside the
//! clause, `~3` one of at most three items, `~~` anything up to the end of the sentence; a `?` behind an element makes it optional. `!` marks the
//! word whose mood counts; without it that is the first `@class`.

use super::annotate::{Item, ItemKind};
use super::discourse::Discourse;
use super::measure::Measure;
use crate::claim::Status;
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::lexicon::{ClassSet, Features, Lexicon};

/// Who a consequence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The subject of the trigger.
    Subject,
    /// The actor that the pattern names, by its position among the pattern's actors.
    Actor(usize),
    /// The party that the passage says holds out somewhere.
    Holder,
    /// Nobody: fighting without parties.
    Nobody,
}

/// One thing that a match says of each place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Consequence {
    pub role: Role,
    /// None for a stated area.
    pub status: Option<Status>,
}

/// One element of a pattern.
#[derive(Debug, Clone, PartialEq)]
enum Element {
    Word {
        classes: ClassSet,
        with: Features,
        without: Features,
    },
    Places,
    /// A place phrase that may be an adjunct: what is said of it describes it.
    Place,
    /// A front named after a place, at the head of its sentence.
    Axis,
    Actor,
    Area,
    Gap(usize),
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

/// A rule as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name, unique in its language.
    pub name: String,
    /// What it means, in a sentence.
    pub means: String,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) gives: Vec<Consequence>,
    /// Says that nothing else is left to the actor.
    pub(crate) is_exclusive: bool,
    /// Speaks of the last place of a list alone, and of all of it.
    pub(crate) of_last: bool,
    /// The subject must be named in the clause; none is carried over.
    pub(crate) is_explicit: bool,
    /// Speaks of the place itself even where the words name a part of it.
    pub(crate) is_whole: bool,
    /// The words carry their own negation or time; moods are not asked.
    pub(crate) any_mood: bool,
    /// What was recognised and is deliberately not a claim, with its reason.
    pub(crate) set_aside: Option<String>,
    /// How sure a claim of this rule is, 0 to 1.
    pub(crate) trust: f64,
    /// Examples: a text, and the claims it must give.
    pub examples: Vec<(String, String)>,
}

/// A longer gap than this is not one thought.
const LONGEST_GAP: usize = 16;

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

impl Rule {
    /// Reads `rules/LANG.rules` of a data folder, in its order, which is that of precedence.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with file and line for a line that is not of the form above or asks for a
    /// class that the lexicon does not have.
    pub fn load(data: &DataFolder, lexicon: &Lexicon) -> Result<Vec<Self>> {
        let file = format!("rules/{}.rules", lexicon.language());
        let text = data.text(&file)?;
        let mut rules: Vec<Self> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            read_line(line, &mut rules, lexicon)
                .map_err(|problem| Error::parse(data.label(&file), index + 1, problem))?;
        }
        Ok(rules)
    }
}

fn read_line(
    line: &str,
    rules: &mut Vec<Rule>,
    lexicon: &Lexicon,
) -> std::result::Result<(), String> {
    let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if key == "rule" {
        if rules.iter().any(|rule| rule.name == rest) {
            return Err(format!("two rules are called `{rest}`"));
        }
        rules.push(Rule {
            name: rest.to_owned(),
            means: String::new(),
            patterns: Vec::new(),
            gives: Vec::new(),
            is_exclusive: false,
            any_mood: false,
            of_last: false,
            is_whole: false,
            is_explicit: false,
            set_aside: None,
            trust: 0.85,
            examples: Vec::new(),
        });
        return Ok(());
    }
    let rule = rules
        .last_mut()
        .ok_or("the first line of a rule is `rule NAME`")?;
    match key {
        "means" => rest.clone_into(&mut rule.means),
        "when" => rule.patterns.push(read_pattern(rest, lexicon)?),
        "gives" => {
            rule.gives = rest
                .split(';')
                .map(|part| read_consequence(part.trim()))
                .collect::<std::result::Result<_, _>>()?
        }
        "exclusive" => rule.is_exclusive = true,
        "any-mood" => rule.any_mood = true,
        "of-last" => rule.of_last = true,
        "whole" => rule.is_whole = true,
        "explicit" => rule.is_explicit = true,
        "set-aside" => rule.set_aside = Some(rest.to_owned()),
        "trust" => {
            rule.trust = rest
                .parse()
                .map_err(|e| format!("`{rest}` is not a number: {e}"))?
        }
        "like" => {
            let (text, claims) = rest
                .rsplit_once("=>")
                .ok_or("an example is `TEXT => CLAIMS`")?;
            rule.examples
                .push((text.trim().to_owned(), claims.trim().to_owned()));
        }
        other => {
            return Err(format!(
                "unknown line `{other}`; use rule, means, when, gives, exclusive, any-mood, of-last, whole, explicit, set-aside, trust or like"
            ));
        }
    }
    Ok(())
}

fn read_consequence(text: &str) -> std::result::Result<Consequence, String> {
    let (who, what) = text
        .split_once(' ')
        .ok_or_else(|| format!("`{text}` is not WHO WHAT"))?;
    let role = match who {
        "subject" => Role::Subject,
        "actor" => Role::Actor(0),
        "actor2" => Role::Actor(1),
        "holder" => Role::Holder,
        "nobody" => Role::Nobody,
        other => {
            return Err(format!(
                "unknown party `{other}`; use subject, actor, actor2, holder or nobody"
            ));
        }
    };
    let status = if what == "area" {
        None
    } else {
        Some(Status::parse(what).ok_or_else(|| format!("unknown status `{what}`"))?)
    };
    Ok(Consequence { role, status })
}

fn read_pattern(text: &str, lexicon: &Lexicon) -> std::result::Result<Pattern, String> {
    let mut steps = Vec::new();
    let mut trigger = None;
    let mut first_word = None;
    for word in text.split_whitespace() {
        let (word, is_trigger) = word
            .strip_prefix('!')
            .map_or((word, false), |word| (word, true));
        let (word, is_optional) = word
            .strip_suffix('?')
            .map_or((word, false), |word| (word, true));
        let element = read_element(word, lexicon)?;
        if matches!(element, Element::Word { .. }) && first_word.is_none() {
            first_word = Some(steps.len());
        }
        if is_trigger {
            trigger = Some(steps.len());
        }
        steps.push(Step {
            element,
            is_optional,
        });
    }
    let trigger = trigger
        .or(first_word)
        .or_else(|| steps.iter().position(|step| step.element == Element::Area));
    Ok(Pattern {
        steps,
        trigger: trigger.ok_or("a pattern needs a @class or AREA")?,
    })
}

fn read_element(word: &str, lexicon: &Lexicon) -> std::result::Result<Element, String> {
    if word == "~~" {
        return Ok(Element::Far);
    }
    if let Some(gap) = word.strip_prefix('~') {
        let most = if gap.is_empty() {
            LONGEST_GAP
        } else {
            gap.parse().map_err(|e| format!("`{word}`: {e}"))?
        };
        return Ok(Element::Gap(most));
    }
    match word {
        "PLACES" => return Ok(Element::Places),
        "PLACE" => return Ok(Element::Place),
        "AXIS" => return Ok(Element::Axis),
        "ACTOR" => return Ok(Element::Actor),
        "AREA" => return Ok(Element::Area),
        _ => {}
    }
    let word = word
        .strip_prefix('@')
        .ok_or_else(|| format!("unknown element `{word}`; use @class, PLACES, ACTOR, AREA or ~"))?;
    let names = word.split(['+', '-']).next().unwrap_or(word);
    // A class name may hold a hyphen itself: features are only what follows a known class.
    let (names, mut rest) = split_features(word, names, lexicon);
    let mut list = Vec::new();
    for name in names.split('|') {
        lexicon
            .class(name)
            .ok_or_else(|| format!("the lexicon has no class `{name}`"))?;
        list.push(name);
    }
    let (mut with, mut without) = (Features::default(), Features::default());
    while let Some(sign) = rest.chars().next() {
        let end = rest[1..].find(['+', '-']).map_or(rest.len(), |end| end + 1);
        let feature = Features::named(&rest[1..end])
            .ok_or_else(|| format!("unknown feature `{}`", &rest[1..end]))?;
        if sign == '+' {
            with = with.and(feature)
        } else {
            without = without.and(feature)
        }
        rest = &rest[end..];
    }
    Ok(Element::Word {
        classes: lexicon.set(&list),
        with,
        without,
    })
}

/// Splits `take-on|take+past` into class names and features; the last hyphen or plus that is
/// followed by a feature's name begins the features.
fn split_features<'w>(word: &'w str, _first: &str, lexicon: &Lexicon) -> (&'w str, &'w str) {
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
    pub items: &'a [Item],
    pub discourse: &'a Discourse,
    pub measures: &'a [Measure],
    /// Words that no gap crosses: finite verbs of control.
    pub walls: ClassSet,
    /// Words that begin a new clause.
    pub clause: ClassSet,
    /// "In" and "from": before a place they say that it is no direct object, so a pattern that
    /// means them names them.
    pub prepositions: ClassSet,
    /// People who are moved or freed; what is said of them is not said of ground.
    pub people: ClassSet,
}

/// What stands at an item, for asking quickly whether a pattern can begin there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    classes: ClassSet,
    is_group: bool,
    is_actor: bool,
    is_measure: bool,
}

impl Start {
    /// False where no pattern can begin.
    pub(crate) fn is_some_possible(self) -> bool {
        self.is_group || self.is_actor || self.is_measure || !self.classes.is_empty()
    }
}

impl Scene<'_> {
    /// What stands at item `at`.
    pub(crate) fn start(&self, at: usize) -> Start {
        Start {
            classes: self.items[at].classes,
            is_group: self.discourse.group_starting(at).is_some(),
            is_actor: matches!(self.items[at].kind, ItemKind::Actor(_)),
            is_measure: self
                .measures
                .binary_search_by_key(&at, |measure| measure.first)
                .is_ok(),
        }
    }
}

impl Pattern {
    /// False when the first element cannot stand where `start` was taken.
    pub(crate) fn may_start(&self, start: Start) -> bool {
        match self.steps.first() {
            Some(Step {
                element,
                is_optional: false,
            }) => match element {
                Element::Word { classes, .. } => start.classes.meets(*classes),
                Element::Places | Element::Place | Element::Axis => start.is_group,
                Element::Actor => start.is_actor,
                Element::Area => start.is_measure,
                Element::Gap(_) | Element::Far => true,
            },
            _ => true,
        }
    }

    /// The match that starts at item `at` and ends before `end`, the shortest gaps first.
    pub(crate) fn matches_at(&self, scene: &Scene, at: usize, end: usize) -> Option<Match> {
        let mut found = Match {
            first: at,
            ..Match::default()
        };
        self.step(scene, 0, at, end, &mut found).then_some(found)
    }

    fn step(&self, scene: &Scene, index: usize, at: usize, end: usize, found: &mut Match) -> bool {
        let Some(step) = self.steps.get(index) else {
            found.last = at.saturating_sub(1);
            return true;
        };
        let saved = found.clone();
        if let Element::Gap(most) = step.element {
            return self.gap(scene, index, at, (end, most), found);
        }
        if step.element == Element::Far {
            return (at..end).any(|here| self.step(scene, index + 1, here, end, found));
        }
        if let Some(next) = self.element(scene, index, at, end, found) {
            if index == self.trigger {
                found.trigger = at;
            }
            if self.step(scene, index + 1, next, end, found) {
                return true;
            }
            *found = saved;
        }
        step.is_optional && self.step(scene, index + 1, at, end, found)
    }

    /// True when the element at `index` is a place phrase.
    fn is_place(&self, index: usize) -> bool {
        self.steps
            .get(index)
            .is_some_and(|step| step.element == Element::Places)
    }

    fn gap(
        &self,
        scene: &Scene,
        index: usize,
        at: usize,
        (end, most): (usize, usize),
        found: &mut Match,
    ) -> bool {
        let mut here = at;
        for _ in 0..=most {
            let skips_preposition = here > at
                && scene.items[here - 1].classes.meets(scene.prepositions)
                && self.is_place(index + 1);
            if !skips_preposition && self.step(scene, index + 1, here, end, found) {
                return true;
            }
            match scene.items.get(here) {
                Some(item) if here < end => {
                    if item.classes.meets(scene.clause) || is_wall(scene, here) {
                        return false;
                    }
                }
                _ => return false,
            }
            // A place phrase that is only an adjunct is stepped over whole.
            match scene.discourse.group_at(here) {
                Some(group)
                    if scene.discourse.groups[group].is_adjunct
                        || scene.discourse.is_wide(group) =>
                {
                    here = scene.discourse.groups[group].last + 1
                }
                Some(_) => return false,
                None => here += 1,
            }
        }
        false
    }

    fn element(
        &self,
        scene: &Scene,
        index: usize,
        at: usize,
        end: usize,
        found: &mut Match,
    ) -> Option<usize> {
        match &self.steps[index].element {
            Element::Word {
                classes,
                with,
                without,
            } => {
                let item = scene.items.get(at).filter(|_| at < end)?;
                let fits = item.classes.meets(*classes)
                    && (*with == Features::default() || item.features.any(*with))
                    && !item.features.any(*without);
                fits.then_some(at + 1)
            }
            element @ (Element::Places | Element::Place) => {
                let is_object = |group: &usize| {
                    *element == Element::Place || !scene.discourse.groups[*group].is_adjunct
                };
                let group = scene
                    .discourse
                    .group_starting(at)
                    .filter(is_object)
                    .filter(|_| at < end)?;
                found.groups.push(group);
                Some(scene.discourse.groups[group].last + 1)
            }
            Element::Actor => {
                let item = scene.items.get(at).filter(|_| at < end)?;
                matches!(item.kind, ItemKind::Actor(_)).then_some(())?;
                scene.discourse.actor(at)?;
                found.actors.push(at);
                Some(at + 1)
            }
            Element::Area => {
                let measure = scene
                    .measures
                    .iter()
                    .position(|measure| measure.first == at && at < end)?;
                found.measures.push(measure);
                Some(scene.measures[measure].last + 1)
            }
            Element::Axis => {
                let group = scene.discourse.group_starting(at).filter(|_| at < end)?;
                let is_axis =
                    |member: &super::group::Member| member.part == super::group::Part::Axis;
                scene.discourse.groups[group]
                    .members
                    .iter()
                    .all(is_axis)
                    .then_some(())?;
                found.groups.push(group);
                Some(scene.discourse.groups[group].last + 1)
            }
            Element::Gap(_) | Element::Far => None,
        }
    }
}

/// A finite verb of control in a gap belongs to another thought.
fn is_wall(scene: &Scene, at: usize) -> bool {
    let item = &scene.items[at];
    item.classes.meets(scene.people)
        || item.classes.meets(scene.walls)
            && item.features.any(Features::PAST.and(Features::PRESENT))
            && !item.features.any(Features::NOUN)
}
