//! How a pattern is laid on a sentence: element by element, the shortest gaps first, and back to the
//! last choice where nothing fits.

mod element;
mod gap;
mod scene;

pub(crate) use scene::Scene;

use super::annotate::Item;
use super::group::Back;
use super::passing::Passing;
use super::pattern::{Element, Pattern, Step};
use crate::lexicon::Features;

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
}

impl<'a> Fit<'a> {
    /// Lays the steps from `index` on at `at`: true when all of them fit.
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
            && !self.opens_clause(index, at)
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

    /// "Seized houses there, from which it was driven": what acts in a clause of its own is no object
    /// of the verb before it.
    fn opens_clause(&self, index: usize, at: usize) -> bool {
        let steps = &self.pattern.steps[..=index];
        let is_object = matches!(
            steps,
            [
                ..,
                Step {
                    element: Element::Gap(_),
                    ..
                },
                Step {
                    element: Element::Places(_) | Element::Place,
                    ..
                },
            ]
        );
        let before = at.checked_sub(1).map(|before| &self.scene.items[before]);
        let discourse = self.scene.discourse;
        let is_pronoun = |group: usize| discourse.groups[group].back == Some(Back::Pronoun);
        index > self.pattern.trigger
            && is_object
            && before.is_some_and(|item| item.classes.meets(self.scene.opening))
            && discourse.group_starting(at).is_some_and(is_pronoun)
    }

    /// False only where a step cannot begin at an item: most words are not those that it asks for.
    fn may_step(&self, index: usize, at: usize) -> bool {
        let Some(step) = self.pattern.steps.get(index) else {
            return true;
        };
        match step.element {
            _ if step.is_optional => true,
            Element::Word { classes, .. } => self
                .item(at)
                .is_some_and(|item| item.classes.meets(classes)),
            Element::Places(_) | Element::Place | Element::Part | Element::Axis => {
                self.scene.discourse.group_starting(at).is_some()
            }
            _ => true,
        }
    }

    /// The item at `at`, if the sentence has it.
    fn item(&self, at: usize) -> Option<&'a Item<'a>> {
        self.scene.items[..self.end].get(at)
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.scene.passing[at].any(Passing::PREPOSITION)
    }
}
