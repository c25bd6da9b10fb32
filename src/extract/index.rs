//! Which patterns may match in a sentence, and which of them at an item, so that most are never
//! tried.

use super::annotate::Item;
use super::pattern::{Need, Opening};
use super::rule::Rule;
use crate::lexicon::{ClassSet, MOST_CLASSES};

/// Patterns as bits, in order of precedence.
type PatternSet = Vec<u64>;

fn add(set: &mut PatternSet, pattern: usize) {
    set[pattern / 64] |= 1 << (pattern % 64);
}

/// The patterns that may match in a sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Active {
    set: PatternSet,
    /// Some of them may begin at any item.
    has_any: bool,
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
    by_class: Vec<PatternSet>,
    place: PatternSet,
    actor: PatternSet,
    area: PatternSet,
    mark: PatternSet,
    any: PatternSet,
    /// Patterns that do without a place, an actor, a size.
    placeless: PatternSet,
    actorless: PatternSet,
    arealess: PatternSet,
    /// The words of which each pattern needs one, those of the first behind one another, then those
    /// of the second, ...
    words: Vec<ClassSet>,
    /// Where those of a pattern end.
    word_ends: Vec<u32>,
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
        self.words
            .extend(needs.iter().filter_map(|need| match need {
                Need::Word(classes) => Some(*classes),
                _ => None,
            }));
        self.word_ends.push(self.words.len() as u32);
    }

    /// Sets `active` to the patterns that may match in a sentence; false when there are none.
    pub(crate) fn activate(&self, content: &Content, active: &mut Active) -> bool {
        let has_thing = content.has_place || content.has_actor || content.has_area;
        if !has_thing && self.bare.is_some_and(|bare| !content.classes.meets(bare)) {
            return false;
        }
        self.open(content, &mut active.set);
        let mut is_empty = true;
        active.has_any = false;
        for (word, bits) in active.set.iter_mut().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !self.has_words(word * 64 + bit, content) {
                    *bits &= !(1 << bit);
                }
            }
            is_empty &= *bits == 0;
            active.has_any |= *bits & self.any[word] != 0;
        }
        !is_empty
    }

    /// True when a sentence has the words that a pattern needs.
    fn has_words(&self, pattern: usize, content: &Content) -> bool {
        let end = |pattern: usize| self.word_ends[pattern] as usize;
        let start = pattern.checked_sub(1).map_or(0, end);
        let words = &self.words[start..end(pattern)];
        words.iter().all(|classes| content.classes.meets(*classes))
    }

    /// Sets `active` to the patterns that some item of a sentence may open, and of which it has the
    /// places, actors and sizes.
    fn open(&self, content: &Content, active: &mut PatternSet) {
        active.clone_from(&self.any);
        let mut add_all = |set: &PatternSet| {
            for (word, more) in active.iter_mut().zip(set) {
                *word |= more;
            }
        };
        add_all(&self.mark);
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
                add_all(set);
            }
        }
        for class in content.classes.positions() {
            add_all(&self.by_class[class]);
        }
        for (is_there, without) in [
            (has_place, &self.placeless),
            (has_actor, &self.actorless),
            (has_area, &self.arealess),
        ] {
            if !is_there {
                for (word, only) in active.iter_mut().zip(without) {
                    *word &= only;
                }
            }
        }
    }

    /// Those of the active patterns that may match at an item, as rule and position among its
    /// patterns, in order of precedence.
    pub(crate) fn at<'a>(
        &'a self,
        item: &'a Item,
        start: Start,
        active: &'a Active,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let is_mark = item.is_punctuation();
        let opens =
            active.has_any || is_mark || start != Start::default() || !item.classes.is_empty();
        let opened = move |word: usize| {
            let mut bits = self.any[word];
            for (is_there, set) in [
                (start.place, &self.place),
                (start.actor, &self.actor),
                (start.area, &self.area),
                (is_mark, &self.mark),
            ] {
                if is_there {
                    bits |= set[word];
                }
            }
            for class in item.classes.positions() {
                bits |= self.by_class[class][word];
            }
            bits
        };
        let words = if opens { self.any.len() } else { 0 };
        (0..words)
            .filter(|word| active.set[*word] != 0)
            .flat_map(move |word| {
                let mut bits = opened(word) & active.set[word];
                std::iter::from_fn(move || {
                    (bits != 0).then(|| {
                        let pattern = word * 64 + bits.trailing_zeros() as usize;
                        bits &= bits - 1;
                        pattern
                    })
                })
            })
            .filter_map(|pattern| self.patterns.get(pattern).copied())
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
