//! What tells that a word is a place, and what tells that it is none: the words beside it.

use std::ops::Range;

use super::Page;
use crate::extract::annotate::Item;
use crate::extract::mention::is_person;
use crate::extract::words::Words;
use crate::lexicon::Features;

/// Items of a name of two words with their articles.
const MOST_ITEMS: usize = 4;

/// What tells that a word is a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// A preposition, or a verb of taking.
    Weak,
    /// A place before it in a list.
    List,
    /// A noun: "the town of".
    Noun,
}

impl Page<'_, '_> {
    /// False only when nothing beside an item tells that it is a place, which is so of most.
    pub(super) fn may_be_told(&self, items: &[Item], at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| &items[at]) else {
            return true;
        };
        let words = self.tools.words;
        if before.classes.meets(self.tellers) || before.is_place() || before.is_comma() {
            return true;
        }
        if words.has_capitals {
            let behind = items[at + 1..].iter().take(MOST_ITEMS);
            return behind
                .take_while(|item| !item.is_punctuation())
                .any(|item| item.classes.meets(words.heads.and(words.quarters)));
        }
        let mut readings = self.tools.lexicon.readings(self.word(&items[at]));
        readings.any(|(features, _)| features.any(Features::IN))
    }

    /// What tells that items are a place, read with particles of these features.
    pub(super) fn cue(&self, items: &[Item], of: Range<usize>, features: Features) -> Option<Cue> {
        let words = self.tools.words;
        let head = Item::line_end();
        let before = of.start.checked_sub(1).map_or(&head, |at| &items[at]);
        let behind = items.get(of.end);
        let is_noun = |item: &Item| {
            item.classes.meets(words.heads.and(words.quarters))
                && !item.is_place()
                && announces_settlements(item, words)
        };
        let is_followed = || {
            let next = items.get(of.end + 1);
            let leads_on = next.is_some_and(|next| next.is_place() || next.classes.meets(words.of));
            words.has_capitals && behind.is_some_and(is_noun) && !leads_on
        };
        if features.any(Features::AND) {
            return before.is_place().then_some(Cue::List);
        }
        if is_noun(before) || is_followed() {
            return Some(Cue::Noun);
        }
        let is_joint = before.is_comma() || before.classes.meets(words.and);
        if is_joint && of.start > 1 && items[of.start - 2].is_place() {
            return Some(Cue::List);
        }
        let is_weak = before.classes.meets(words.lies)
            || words.has_capitals && before.classes.meets(words.walls)
            || features.any(Features::IN);
        is_weak.then_some(Cue::Weak)
    }

    /// The name that begins at `first` is that of a person.
    pub(super) fn is_of_person(self, items: &[Item], first: usize) -> bool {
        is_person(self.text, items, first, self.tools.words)
    }

    /// A name goes on behind its `end` that nobody knows: "Hassan Ali", "the town of A el-B".
    pub(super) fn is_part(self, items: &[Item], end: usize) -> bool {
        let is_glued = |item: &Item| item.features.any(Features::GLUED) && !item.is_punctuation();
        let goes_on = end < items.len() && self.is_open(items, end)
            || items[end..].iter().take(2).any(is_glued);
        self.tools.words.has_capitals && goes_on
    }
}

/// False for "the governorate of" and "the field of": no settlement comes behind.
fn announces_settlements(noun: &Item, words: &Words) -> bool {
    let nouns = words.nouns.iter();
    let mut kinds = nouns
        .filter(|(class, _)| noun.classes.meets(*class))
        .flat_map(|(_, kinds)| kinds)
        .peekable();
    kinds.peek().is_none() || kinds.any(|kind| kind.is_settlement())
}
