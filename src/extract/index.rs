//! Which patterns may match in a sentence, and which of them at an item, so that most are never
//! tried.

use super::annotate::Item;
use super::pattern::{Need, Opening};
use super::rule::Rule;
use crate::lexicon::{ClassSet, MOST_CLASSES};

/// Patterns, or needs, as bits in their order.
type Bits = Vec<u64>;

fn add(set: &mut [u64], at: usize) {
    set[at / 64] |= 1 << (at % 64);
}

fn add_all(set: &mut [u64], more: &[u64]) {
    for (word, more) in set.iter_mut().zip(more) {
        *word |= more;
    }
}

/// The patterns that may match in a sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Active {
    set: Bits,
    /// What may open one of them.
    openings: Openings,
    /// The needs that the sentence meets.
    met: Bits,
    /// Those of the set that may match at an item.
    here: Bits,
}

/// What an item must have, or be, to open a pattern: one of these.
#[derive(Debug, Clone, Copy, Default)]
struct Openings {
    classes: ClassSet,
    start: Start,
    mark: bool,
    /// Nothing at all.
    any: bool,
}

/// What the items of a sentence are, taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Content {
    pub classes: ClassSet,
    pub has_place: bool,
    pub has_actor: bool,
    pub has_area: bool,
}

/// What begins at an item.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Start {
    pub place: bool,
    pub actor: bool,
    pub area: bool,
}

/// For each way in which an item can open a pattern, the patterns that it may open; for each
/// pattern what it cannot do without.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleIndex {
    /// Rule and position among its patterns.
    patterns: Vec<(usize, usize)>,
    /// For each class the patterns that its words may open.
    by_class: Vec<Bits>,
    /// For each class the needs that its words meet.
    meets: Vec<Bits>,
    place: Bits,
    actor: Bits,
    area: Bits,
    mark: Bits,
    any: Bits,
    /// Patterns that do without a place, an actor, a size.
    placeless: Bits,
    actorless: Bits,
    arealess: Bits,
    /// Sets of words of which patterns need one, each once.
    words: Vec<ClassSet>,
    /// The positions of those that each pattern needs, first those of the first pattern, then those
    /// of the second, ...
    needs: Vec<u32>,
    /// Where those of a pattern end.
    need_ends: Vec<u32>,
    /// Words of which one is needed where neither place nor actor nor size is; none when a pattern
    /// does without them all.
    bare: Option<ClassSet>,
}

impl RuleIndex {
    pub(crate) fn of(rules: &[Rule]) -> Self {
        let each = |(at, rule): (usize, &Rule)| -> Vec<_> {
            (0..rule.patterns.len()).map(|index| (at, index)).collect()
        };
        let patterns: Vec<_> = rules.iter().enumerate().flat_map(each).collect();
        let none = vec![0; patterns.len().div_ceil(64)];
        let mut index = Self {
            by_class: vec![none.clone(); MOST_CLASSES],
            place: none.clone(),
            actor: none.clone(),
            area: none.clone(),
            mark: none.clone(),
            any: none.clone(),
            placeless: none.clone(),
            actorless: none.clone(),
            arealess: none,
            bare: Some(ClassSet::default()),
            ..Self::default()
        };
        for (bit, (rule, pattern)) in patterns.iter().enumerate() {
            let pattern = &rules[*rule].patterns[*pattern];
            for opening in pattern.openings() {
                index.add_opening(opening, bit);
            }
            index.add_needs(&pattern.needs().collect::<Vec<_>>(), bit);
        }
        index.meets = vec![vec![0; index.words.len().div_ceil(64)]; MOST_CLASSES];
        for (need, classes) in index.words.iter().enumerate() {
            for class in classes.positions() {
                add(&mut index.meets[class], need);
            }
        }
        index.patterns = patterns;
        index
    }

    fn add_opening(&mut self, opening: Opening, bit: usize) {
        match opening {
            Opening::Word(classes) => {
                for class in classes.positions() {
                    add(&mut self.by_class[class], bit);
                }
            }
            Opening::Place => add(&mut self.place, bit),
            Opening::Actor => add(&mut self.actor, bit),
            Opening::Area => add(&mut self.area, bit),
            Opening::Mark => add(&mut self.mark, bit),
            Opening::Any => add(&mut self.any, bit),
        }
    }

    fn add_needs(&mut self, needs: &[Need], bit: usize) {
        self.bare = self.bare.and_then(|bare| Some(bare.and(bare_need(needs)?)));
        for (need, without) in [
            (Need::Place, &mut self.placeless),
            (Need::Actor, &mut self.actorless),
            (Need::Area, &mut self.arealess),
        ] {
            if !needs.contains(&need) {
                add(without, bit);
            }
        }
        let words = needs.iter().filter_map(|need| match need {
            Need::Word(classes) => Some(*classes),
            _ => None,
        });
        let mut words: Vec<ClassSet> = words.collect();
        // The need of fewest words first: a sentence mostly lacks them.
        words.sort_by_key(|classes| classes.positions().count());
        for classes in words {
            let known = self.words.iter().position(|known| *known == classes);
            let at = known.unwrap_or(self.words.len());
            if known.is_none() {
                self.words.push(classes);
            }
            self.needs.push(at as u32);
        }
        self.need_ends.push(self.needs.len() as u32);
    }

    /// Sets `active` to the patterns that may match in a sentence; false when there are none.
    pub(crate) fn activate(&self, content: &Content, active: &mut Active) -> bool {
        let has_thing = content.has_place || content.has_actor || content.has_area;
        if !has_thing && self.bare.is_some_and(|bare| !content.classes.meets(bare)) {
            return false;
        }
        self.open(content, active);
        for (word, bits) in active.set.iter_mut().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !self.has_words(word * 64 + bit, &active.met) {
                    *bits &= !(1 << bit);
                }
            }
        }
        active.openings = self.openings(content, &active.set);
        active.set.iter().any(|bits| *bits != 0)
    }

    /// What may open one of the patterns of `set` in a sentence.
    fn openings(&self, content: &Content, set: &[u64]) -> Openings {
        let opens = |by: &[u64]| by.iter().zip(set).any(|(opened, set)| opened & set != 0);
        let classes = content.classes.positions();
        Openings {
            classes: ClassSet::at(classes.filter(|class| opens(&self.by_class[*class]))),
            start: Start {
                place: opens(&self.place),
                actor: opens(&self.actor),
                area: opens(&self.area),
            },
            mark: opens(&self.mark),
            any: opens(&self.any),
        }
    }

    /// True when a sentence that meets some needs has the words that a pattern needs.
    fn has_words(&self, pattern: usize, met: &[u64]) -> bool {
        let end = |pattern: usize| self.need_ends[pattern] as usize;
        let start = pattern.checked_sub(1).map_or(0, end);
        let is_met = |need: &u32| met[*need as usize / 64] >> (need % 64) & 1 == 1;
        self.needs[start..end(pattern)].iter().all(is_met)
    }

    /// Sets `active` to the patterns that some item of a sentence may open, and of which it has the
    /// places, actors and sizes, and to the needs that its words meet.
    fn open(&self, content: &Content, active: &mut Active) {
        active.set.clone_from(&self.any);
        active.met.clear();
        active.met.resize(self.words.len().div_ceil(64), 0);
        add_all(&mut active.set, &self.mark);
        let Content {
            has_place,
            has_actor,
            has_area,
            ..
        } = *content;
        for (is_there, set) in [
            (has_place, &self.place),
            (has_actor, &self.actor),
            (has_area, &self.area),
        ] {
            if is_there {
                add_all(&mut active.set, set);
            }
        }
        for class in content.classes.positions() {
            add_all(&mut active.set, &self.by_class[class]);
            add_all(&mut active.met, &self.meets[class]);
        }
        for (is_there, without) in [
            (has_place, &self.placeless),
            (has_actor, &self.actorless),
            (has_area, &self.arealess),
        ] {
            if !is_there {
                for (word, only) in active.set.iter_mut().zip(without) {
                    *word &= only;
                }
            }
        }
    }

    /// Those of the active patterns that may match at an item, as rule and position among its
    /// patterns, in order of precedence.
    pub(crate) fn at<'a>(
        &'a self,
        item: &Item,
        start: Start,
        active: &'a mut Active,
    ) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let Active {
            set,
            here,
            openings,
            ..
        } = active;
        here.clear();
        let is_mark = item.is_punctuation();
        if openings.may_be(item, start, is_mark) {
            here.extend_from_slice(&self.any);
            for (is_there, set) in [
                (start.place, &self.place),
                (start.actor, &self.actor),
                (start.area, &self.area),
                (is_mark, &self.mark),
            ] {
                if is_there {
                    add_all(here, set);
                }
            }
            for class in item.classes.positions() {
                add_all(here, &self.by_class[class]);
            }
        }
        for (word, set) in here.iter_mut().zip(set) {
            *word &= *set;
        }
        let mut word = 0;
        std::iter::from_fn(move || {
            while *here.get(word)? == 0 {
                word += 1;
            }
            let bits = here[word];
            here[word] = bits & (bits - 1);
            let pattern = word * 64 + bits.trailing_zeros() as usize;
            self.patterns.get(pattern).copied()
        })
    }
}

impl Openings {
    /// False only of an item that opens nothing.
    fn may_be(&self, item: &Item, start: Start, is_mark: bool) -> bool {
        self.any
            || self.mark && is_mark
            || self.start.place && start.place
            || self.start.actor && start.actor
            || self.start.area && start.area
            || item.classes.meets(self.classes)
    }
}

/// Words of which a pattern needs one where there is neither place nor actor nor size: none when it
/// needs one of those anyway. Nothing when it needs nothing at all.
fn bare_need(needs: &[Need]) -> Option<ClassSet> {
    let mut words = None;
    for need in needs {
        match need {
            Need::Word(classes) => words = Some(*classes),
            Need::Place | Need::Actor | Need::Area => return Some(ClassSet::default()),
        }
    }
    words
}
