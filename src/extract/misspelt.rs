//! Words that stand in no table and are names of places all the same, misspelt or written as the
//! writer hears them: "the town of Hadjine".
//!
//! A place that is none is worse than one that is missed. So a word must say by what stands around it
//! that it is a place, it must be like one name only, or like one that lies near the other places of
//! the text, and the less is said, the liker it must be.

mod candidate;
mod company;
mod cue;
mod unlike;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use candidate::Candidate;
use company::Company;
use cue::Cue;
pub(super) use unlike::Memory;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::likeness::{Likeness, Name};
use super::mention::is_name_like;
use super::name_index::NameIndex;
use super::resolve::Choice;
use super::sound::{Cost, EDIT, Sounds};
use crate::gazetteer::Gazetteer;
use crate::lexicon::{ClassSet, Lexicon};
use crate::text::Text;

/// How sure a place is that was written in quite another way, and how much surer the liker.
const TRUST: f64 = 0.7;
const TRUST_OF_LIKE: f64 = 0.2;

/// What this stage asks.
#[derive(Clone, Copy)]
pub(super) struct Tools<'a> {
    /// Made when the first word asks for it.
    pub(super) likeness: &'a OnceLock<Likeness>,
    pub(super) sounds: &'a Sounds,
    pub(super) names: &'a NameIndex,
    pub(super) lexicon: &'a Lexicon,
    pub(super) words: &'a Words,
    pub(super) gazetteer: &'a Gazetteer,
}

impl<'a> Tools<'a> {
    /// A name that stands in the tables, and here means no place: a dateline, a square.
    fn is_known(self, name: &str) -> bool {
        self.names.get(name).is_some()
    }

    fn likeness(self) -> &'a Likeness {
        let make = || Likeness::of(self.gazetteer, self.names, self.lexicon, self.sounds);
        self.likeness.get_or_init(make)
    }
}

/// A word that was read as a name which is written otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadAs<'n> {
    /// Its item.
    pub(super) item: usize,
    /// The name, as the gazetteer writes it.
    pub(super) written: &'n str,
    cost: Cost,
}

impl ReadAs<'_> {
    /// Lowers the certainty of the place.
    pub(super) fn doubt(&self, choices: &mut [Option<Choice>]) {
        if let Some(choice) = &mut choices[self.item] {
            let likeness = 1.0 - f64::from(self.cost.min(EDIT)) / f64::from(EDIT);
            choice.confidence *= TRUST + TRUST_OF_LIKE * likeness;
        }
    }
}

/// Makes places of the words of `items` that are like a name; items of one name become one.
pub(super) fn read<'n>(
    text: &Text,
    items: &mut Vec<Item<'n>>,
    tools: Tools<'n>,
    memory: &mut Memory,
) -> Vec<ReadAs<'n>> {
    let words = tools.words;
    let mut reader = Reader {
        page: Page {
            text,
            tools,
            tellers: (words.heads.and(words.quarters))
                .and(words.lies)
                .and(words.walls)
                .and(words.and),
        },
        memory,
        company: Company::default(),
        known: FxHashMap::default(),
    };
    let mut found = reader.read_all(items, &[], By::Cue);
    // "The town of NAME ... NAME fell": told to be a place once, it is one again.
    if !found.is_empty() {
        let again = reader.read_all(items, &found, By::Memory);
        found.extend(again);
        found.sort_by_key(|read| read.first);
        join(items, &found);
    }
    let mut joined = 0;
    let mut read_as = |read: &Read<'n>| {
        let item = read.first - joined;
        joined += read.end - read.first - 1;
        ReadAs {
            item,
            written: &read.name.written,
            cost: read.cost,
        }
    };
    found.iter().map(&mut read_as).collect()
}

/// What a word is read as a name by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// What stands around it.
    Cue,
    /// What it was read as before.
    Memory,
}

/// Items that were read as a name.
#[derive(Debug)]
struct Read<'n> {
    first: usize,
    end: usize,
    name: &'n Name,
    cost: Cost,
}

/// Makes one item of those of each name.
fn join(items: &mut Vec<Item>, found: &[Read]) {
    let mut inside = found.iter().flat_map(|read| read.first + 1..read.end);
    let mut next = inside.next();
    let mut at = 0;
    items.retain(|_| {
        let is_inside = next == Some(at);
        if is_inside {
            next = inside.next();
        }
        at += 1;
        !is_inside
    });
}

/// A text, and the tables that its words are held against.
#[derive(Clone, Copy)]
struct Page<'t, 'n> {
    text: &'t Text,
    tools: Tools<'n>,
    /// Words that tell of the next one that it is a place.
    tellers: ClassSet,
}

impl<'t> Page<'t, '_> {
    /// A plain word of which no table says anything, with a capital where the script has them.
    fn is_open(&self, items: &[Item], at: usize) -> bool {
        let item = &items[at];
        matches!(item.kind, ItemKind::Word)
            && item.classes.is_empty()
            && item.value.is_none()
            && (is_name_like(self.text, item, self.tools.words) || self.is_article(item))
    }

    fn word(&self, item: &Item) -> &'t str {
        self.text.folded(&self.text.tokens()[item.token])
    }

    fn is_article(&self, item: &Item) -> bool {
        matches!(item.kind, ItemKind::Word)
            && self.tools.names.articles().is_article(self.word(item))
    }
}

struct Reader<'t, 'n> {
    page: Page<'t, 'n>,
    memory: &'t mut Memory,
    company: Company,
    /// What words were read as.
    known: FxHashMap<String, (&'n Name, Cost)>,
}

impl<'t, 'n> Reader<'t, 'n> {
    /// Reads the items of a text but those that were read before.
    fn read_all(&mut self, items: &mut [Item<'n>], before: &[Read], by: By) -> Vec<Read<'n>> {
        let mut before = before.iter().peekable();
        let mut found = Vec::new();
        let mut at = 0;
        while at < items.len() {
            if let Some(read) = before.next_if(|read| read.first == at) {
                at = read.end;
                continue;
            }
            let read = self.read_at(items, at, by);
            at = read.as_ref().map_or(at + 1, |read| read.end);
            found.extend(read);
        }
        found
    }

    /// Reads the item at `at`, and those behind it that belong to the same name, as a name.
    fn read_at(&mut self, items: &mut [Item<'n>], at: usize, by: By) -> Option<Read<'n>> {
        let page = self.page;
        if !page.is_open(items, at) || by == By::Cue && !page.may_be_told(items, at) {
            return None;
        }
        let letters = page.text.letters_of(&page.text.tokens()[items[at].token]);
        let is_remembered = by == By::Cue && page.is_alone(items, at);
        if is_remembered && self.memory.is_unlike(letters) {
            return None;
        }
        let candidates = page.candidates(items, at, by);
        if is_remembered && !candidates.is_empty() && !page.is_like(page.word(&items[at])) {
            self.memory.note(letters);
            return None;
        }
        let mut best: Option<(Candidate, &Name, Cost)> = None;
        for candidate in candidates {
            let read = match by {
                By::Cue => self.by_cue(items, &candidate),
                By::Memory => self.by_memory(items, &candidate),
            };
            if let Some((name, cost)) = read
                && best.as_ref().is_none_or(|(_, _, least)| cost < *least)
            {
                best = Some((candidate, name, cost));
            }
        }
        let (candidate, name, cost) = best?;
        let last = items[candidate.end - 1].span;
        let item = &mut items[at];
        item.kind = ItemKind::Place(&name.places);
        item.span = item.span.to(last);
        item.features = item.features.and(candidate.features);
        item.particles = candidate.particles;
        self.known
            .insert(candidate.bare.words.concat(), (name, cost));
        Some(Read {
            first: candidate.first,
            end: candidate.end,
            name,
            cost,
        })
    }

    /// What words that were read as a name before mean again.
    fn by_memory(&self, items: &[Item], of: &Candidate) -> Option<(&'n Name, Cost)> {
        let known = self.known.get(&of.bare.words.concat()).copied()?;
        let is_told = self.page.tools.words.has_capitals || of.cue.is_some();
        (is_told && !self.page.is_of_person(items, of.first)).then_some(known)
    }

    /// The name that the words are likest, where something tells that they are one.
    fn by_cue(&mut self, items: &[Item], of: &Candidate) -> Option<(&'n Name, Cost)> {
        let cue = of.cue?;
        if cue != Cue::Noun && self.page.is_of_person(items, of.first)
            || self.page.is_part(items, of.end)
        {
            return None;
        }
        let tools = self.page.tools;
        if tools.is_known(&of.written) {
            return None;
        }
        let likeness = tools.likeness();
        if of.bare.words.iter().all(|word| likeness.is_of_other(word)) {
            return None;
        }
        let likes = likeness.find(&of.bare, tools.sounds);
        let like = self.company.settle(items, tools.gazetteer, &likes, cue)?;
        Some((like.name, like.cost))
    }
}
