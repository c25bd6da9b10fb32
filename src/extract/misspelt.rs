//! Words that stand in no table and are names of places all the same, misspelt or written as the
//! writer hears them: "the town of Hadjine".
//!
//! A place that is none is worse than one that is missed. So a word must say by what stands around it
//! that it is a place, it must be like one name only, or like one that lies near the other places of
//! the text, and the less is said, the liker it must be.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::known::{Letters, SLOTS, slot_of};
use super::likeness::{Bare, Like, Likeness, Name};
use super::mention::{is_name_like, is_person};
use super::name_index::NameIndex;
use super::nearness::Spot;
use super::resolve::Choice;
use super::sound::{ALIKE, Cost, EDIT, Sounds};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::{ClassSet, Features, Lexicon};
use crate::text::Text;

/// Shorter words are like too many names.
const SHORTEST: usize = 4;

/// Items of a name of two words with their articles.
const MOST_ITEMS: usize = 4;

/// Names that are farther from a word than the likest by less than this could be meant as well.
const MARGIN: Cost = 25;

/// How near a place must lie to another of the text (see [`Spot::nearness`]), where little else tells
/// that it is one: some seventy kilometres.
const IN_COMPANY: f64 = 0.04;

/// As near lies hardly a place that the text is about: some two hundred kilometres.
const FAR_OFF: f64 = 0.005;

/// How much a name that is farther from all places of the text falls behind another.
const FARTHER: f64 = 0.5;

/// Places of a text that are asked how near they lie.
const MOST_COMPANY: usize = 64;

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

/// What tells that a word is a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// A preposition, or a verb of taking.
    Weak,
    /// A place before it in a list.
    List,
    /// A noun: "the town of".
    Noun,
}

/// Items that may be a name, with the words that it would be looked up by.
#[derive(Debug, Clone)]
struct Candidate<'t> {
    cue: Option<Cue>,
    first: usize,
    /// One past the last item.
    end: usize,
    /// Folded, without the particles.
    written: String,
    bare: Bare<'t>,
    features: Features,
    particles: usize,
}

/// Of so many words that are remembered at all, one is here: few stand beside what tells of a place,
/// and a small table stays near the processor.
const SHARE: usize = 8;

/// Words that are like no name, so that each is looked up once; a word takes the place of another
/// with the same slot.
#[derive(Debug)]
pub(super) struct Memory(Vec<Letters>);

impl Default for Memory {
    fn default() -> Self {
        // No word is without letters.
        Self(vec![Letters::default(); SLOTS / SHARE])
    }
}

impl Memory {
    fn is_unlike(&self, letters: Option<Letters>) -> bool {
        letters.is_some_and(|letters| self.0[slot_of(letters) / SHARE] == letters)
    }

    fn note(&mut self, letters: Option<Letters>) {
        if let Some(letters) = letters {
            self.0[slot_of(letters) / SHARE] = letters;
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
        text,
        tools,
        memory,
        tellers: (words.heads.and(words.quarters))
            .and(words.lies)
            .and(words.walls)
            .and(words.and),
        company: None,
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

struct Reader<'t, 'n> {
    text: &'t Text,
    tools: Tools<'n>,
    memory: &'t mut Memory,
    /// Words that tell of the next one that it is a place.
    tellers: ClassSet,
    /// Places of the text that their names decide, once they are asked for.
    company: Option<Vec<Spot>>,
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
        if !self.is_open(items, at) || by == By::Cue && !self.may_be_told(items, at) {
            return None;
        }
        let letters = self.text.letters_of(&self.text.tokens()[items[at].token]);
        let is_remembered = by == By::Cue && self.is_alone(items, at);
        if is_remembered && self.memory.is_unlike(letters) {
            return None;
        }
        let candidates = self.candidates(items, at, by);
        if is_remembered && !candidates.is_empty() && !self.is_like(self.word(&items[at])) {
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

    /// A plain word of which no table says anything, with a capital where the script has them.
    fn is_open(&self, items: &[Item], at: usize) -> bool {
        let item = &items[at];
        matches!(item.kind, ItemKind::Word)
            && item.classes.is_empty()
            && item.value.is_none()
            && (is_name_like(self.text, item, self.tools.words) || self.is_article(item))
    }

    /// False only when nothing beside an item tells that it is a place, which is so of most.
    fn may_be_told(&self, items: &[Item], at: usize) -> bool {
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

    /// Whether it begins a name, the word itself tells: it is no article, and in a script with capitals
    /// no other plain word follows.
    fn is_alone(&self, items: &[Item], at: usize) -> bool {
        let follows = || at + 1 < items.len() && self.is_open(items, at + 1);
        !(self.is_article(&items[at]) || self.tools.words.has_capitals && follows())
    }

    /// A word that, with particles or without, is like a name or begins one of two words.
    fn is_like(&self, word: &'t str) -> bool {
        let tools = self.tools;
        let mut readings = tools.lexicon.readings(word);
        readings.any(|(_, rest)| {
            let bare = Bare::of(std::iter::once(rest), tools.names);
            // A name that stands in the tables, and here means no place: a dateline, a square.
            let is_known = tools.names.get(rest).is_some();
            self.is_first(rest)
                || !is_known && !tools.likeness().find(&bare, tools.sounds).is_empty()
        })
    }

    fn word(&self, item: &Item) -> &'t str {
        self.text.folded(&self.text.tokens()[item.token])
    }

    fn is_article(&self, item: &Item) -> bool {
        matches!(item.kind, ItemKind::Word)
            && self.tools.names.articles().is_article(self.word(item))
    }

    /// The names that may begin at an item: of one word and of two, and without the particles that
    /// are written onto it.
    fn candidates(&self, items: &[Item], at: usize, by: By) -> Vec<Candidate<'t>> {
        let mut out = Vec::new();
        if at > 0 && self.is_article(&items[at - 1]) && items[at].features.any(Features::GLUED) {
            return out;
        }
        let Some(first) = self.end_of_word(items, at) else {
            return out;
        };
        let is_plain = |end: &usize| *end < items.len() && self.is_open(items, *end);
        let second = Some(first).filter(is_plain);
        let second = second.and_then(|next| self.end_of_word(items, next));
        for (features, rest) in self.tools.lexicon.readings(self.word(&items[at])) {
            if features.any(Features::FUTURE) {
                continue;
            }
            let second = second.filter(|_| self.tools.words.has_capitals || self.is_first(rest));
            for end in std::iter::once(first).chain(second) {
                let cue = self.cue(items, at..end, features);
                if by == By::Memory || cue.is_some() {
                    out.extend(self.candidate(items, at..end, (features, rest), cue));
                }
            }
        }
        out
    }

    fn is_first(&self, word: &str) -> bool {
        let articles = self.tools.names.articles();
        let bare = articles.bare(word).unwrap_or(word);
        self.tools.likeness().is_first(bare)
    }

    /// Items that are read with particles and a rest, when enough of them is left.
    fn candidate(
        &self,
        items: &[Item],
        range: Range<usize>,
        (features, rest): (Features, &'t str),
        cue: Option<Cue>,
    ) -> Option<Candidate<'t>> {
        let behind = items[range.start + 1..range.end].iter();
        let behind = behind.map(|item| self.word(item));
        let words: Vec<&str> = std::iter::once(rest).chain(behind).collect();
        let bare = Bare::of(words.iter().copied(), self.tools.names);
        let whole = self.word(&items[range.start]);
        (bare.letters() >= SHORTEST).then(|| Candidate {
            cue,
            first: range.start,
            end: range.end,
            written: words.join(" "),
            bare,
            features,
            particles: whole[..whole.len() - rest.len()].chars().count(),
        })
    }

    /// One past the word of a name that begins at `at`, its article counted.
    fn end_of_word(&self, items: &[Item], at: usize) -> Option<usize> {
        if !self.is_article(&items[at]) {
            return Some(at + 1);
        }
        let has_word = items.get(at + 1).is_some_and(|next| !self.is_article(next));
        (has_word && self.is_open(items, at + 1)).then_some(at + 2)
    }

    /// What words that were read as a name before mean again.
    fn by_memory(&self, items: &[Item], of: &Candidate) -> Option<(&'n Name, Cost)> {
        let known = self.known.get(&of.bare.words.concat()).copied()?;
        let is_told = self.tools.words.has_capitals || of.cue.is_some();
        (is_told && !self.is_of_person(items, of)).then_some(known)
    }

    /// The name that the words are likest, where something tells that they are one.
    fn by_cue(&mut self, items: &[Item], of: &Candidate) -> Option<(&'n Name, Cost)> {
        let cue = of.cue?;
        if cue != Cue::Noun && self.is_of_person(items, of) || self.is_part(items, of) {
            return None;
        }
        // A name that stands in the tables, and here means no place: a dateline, a square.
        if self.tools.names.get(&of.written).is_some() {
            return None;
        }
        let likeness = self.tools.likeness();
        if of.bare.words.iter().all(|word| likeness.is_of_other(word)) {
            return None;
        }
        let likes = likeness.find(&of.bare, self.tools.sounds);
        let like = self.settled(items, &likes, cue)?;
        Some((like.name, like.cost))
    }

    /// What tells that items are a place, read with particles of these features.
    fn cue(&self, items: &[Item], of: Range<usize>, features: Features) -> Option<Cue> {
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

    fn is_of_person(&self, items: &[Item], of: &Candidate) -> bool {
        is_person(self.text, items, of.first, self.tools.words)
    }

    /// A name goes on behind it that nobody knows: "Hassan Ali", "the town of A el-B".
    fn is_part(&self, items: &[Item], of: &Candidate) -> bool {
        let is_glued = |item: &Item| item.features.any(Features::GLUED) && !item.is_punctuation();
        let goes_on = of.end < items.len() && self.is_open(items, of.end)
            || items[of.end..].iter().take(2).any(is_glued);
        self.tools.words.has_capitals && goes_on
    }

    /// The one of several names that is meant.
    fn settled<'l>(
        &mut self,
        items: &[Item],
        likes: &'l [Like<'n>],
        cue: Cue,
    ) -> Option<&'l Like<'n>> {
        let least = likes.first()?.cost;
        let open = likes.iter().filter(|like| like.cost < least + MARGIN);
        let open: Vec<&Like> = open.collect();
        let nearness: Vec<f64> = open
            .iter()
            .map(|like| self.nearness(items, &like.name.places))
            .collect();
        let best = (0..open.len()).max_by(|a, b| {
            let by_nearness = nearness[*a].total_cmp(&nearness[*b]);
            by_nearness
                .then(open[*b].cost.cmp(&open[*a].cost))
                .then(b.cmp(a))
        })?;
        let like = open[best];
        let has_company = self.has_company();
        let is_rival = |at: &usize| {
            let mut places = open[*at].name.places.iter();
            let is_same = places.all(|place| like.name.places.contains(place));
            let is_as_near = nearness[*at] > nearness[best] * FARTHER;
            let is_as_like = !has_company && open[*at].cost < like.cost + ALIKE;
            !is_same && (is_as_near || is_as_like)
        };
        let is_settled = !(0..open.len()).any(|at| is_rival(&at));
        let is_odd = like.cost > ALIKE && has_company && nearness[best] < FAR_OFF;
        let is_plain = match cue {
            _ if is_odd => false,
            Cue::Noun | Cue::List => true,
            Cue::Weak => !like.name.needs_noun && nearness[best] > IN_COMPANY && like.is_close(),
        };
        (is_settled && is_plain).then_some(like)
    }

    /// True when other places of the text were asked how near they lie, and there are some.
    fn has_company(&self) -> bool {
        self.company
            .as_ref()
            .is_some_and(|company| !company.is_empty())
    }

    /// How near the nearest of some places lies to one of the text: 1 for the same, 0 for far away.
    fn nearness(&mut self, items: &[Item], places: &[PlaceId]) -> f64 {
        let gazetteer = self.tools.gazetteer;
        let company = self
            .company
            .get_or_insert_with(|| company(items, gazetteer));
        let spots = places.iter().map(|place| Spot::at(gazetteer.point(*place)));
        spots
            .flat_map(|spot| company.iter().map(move |near| spot.nearness(*near)))
            .fold(0.0, f64::max)
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

/// Where the places of a text lie that their names decide.
fn company(items: &[Item], gazetteer: &Gazetteer) -> Vec<Spot> {
    let sure = items.iter().filter_map(|item| match item.places() {
        [place] if !gazetteer.kind(*place).is_area() => Some(Spot::at(gazetteer.point(*place))),
        _ => None,
    });
    sure.take(MOST_COMPANY).collect()
}
