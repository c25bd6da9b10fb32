//! Which patterns may match in a sentence, and which of them at an item, so that most are never
//! tried.

use super::annotate::Item;
use super::pattern::{Need, Opening};
use super::rule::Rule;
use crate::lexicon::{ClassSet, MOST_CLASSES};

/// Patterns as bits, in order of precedence.
pub(crate) type PatternSet = Vec<u64>;

fn add(set: &mut PatternSet, pattern: usize) {
    set[pattern / 64] |= 1 << (pattern % 64);
}

/// What the items of a sentence are, taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Content {
    pub classes: ClassSet,
    pub has_place: bool,
    pub has_actor: bool,
    pub has_area: bool,
    pub has_topic: bool,
}

impl Content {
    fn meets(&self, need: Need) -> bool {
        match need {
            Need::Word(classes) => self.classes.meets(classes),
            Need::Place => self.has_place,
            Need::Actor => self.has_actor,
            Need::Area => self.has_area,
            Need::Topic => self.has_topic,
        }
    }
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
    mark: PatternSet,
    any: PatternSet,
    needs: Vec<Vec<Need>>,
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
            mark: none.clone(),
            any: none,
            needs: Vec::new(),
            patterns: Vec::new(),
            bare: Some(ClassSet::default()),
        };
        for (bit, (rule, pattern)) in patterns.iter().enumerate() {
            let pattern = &rules[*rule].patterns[*pattern];
            for opening in pattern.openings() {
                index.add_opening(opening, bit);
            }
            let needs: Vec<Need> = pattern.needs().collect();
            index.bare = index
                .bare
                .and_then(|bare| Some(bare.and(bare_need(&needs)?)));
            index.needs.push(needs);
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
            Opening::Mark => add(&mut self.mark, bit),
            Opening::Any => add(&mut self.any, bit),
        }
    }

    /// Sets `active` to the patterns that may match in a sentence; false when there are none.
    pub(crate) fn activate(&self, content: &Content, active: &mut PatternSet) -> bool {
        let has_thing = content.has_place || content.has_actor || content.has_area;
        if !has_thing && self.bare.is_some_and(|bare| !content.classes.meets(bare)) {
            return false;
        }
        self.open(content, active);
        for (word, bits) in active.iter_mut().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                let needs = &self.needs[word * 64 + bit];
                if !needs.iter().all(|need| content.meets(*need)) {
                    *bits &= !(1 << bit);
                }
            }
        }
        active.iter().any(|word| *word != 0)
    }

    /// Sets `active` to the patterns that some item of a sentence may open.
    fn open(&self, content: &Content, active: &mut PatternSet) {
        active.clone_from(&self.any);
        let mut add_all = |set: &PatternSet| {
            for (word, more) in active.iter_mut().zip(set) {
                *word |= more;
            }
        };
        add_all(&self.mark);
        if content.has_place {
            add_all(&self.place);
        }
        if content.has_actor {
            add_all(&self.actor);
        }
        for class in content.classes.positions() {
            add_all(&self.by_class[class]);
        }
    }

    /// Those of the active patterns that may match at an item, as rule and position among its
    /// patterns, in order of precedence.
    pub(crate) fn at<'a>(
        &'a self,
        item: &'a Item,
        (starts_place, is_actor): (bool, bool),
        active: &'a PatternSet,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let is_mark = item.is_punctuation();
        let opened = move |word: usize| {
            let mut bits = self.any[word];
            if starts_place {
                bits |= self.place[word];
            }
            if is_actor {
                bits |= self.actor[word];
            }
            if is_mark {
                bits |= self.mark[word];
            }
            for class in item.classes.positions() {
                bits |= self.by_class[class][word];
            }
            bits
        };
        (0..self.any.len())
            .filter(|word| active[*word] != 0)
            .flat_map(move |word| {
                let mut bits = opened(word) & active[word];
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
            Need::Topic => {}
            Need::Place | Need::Actor | Need::Area => return Some(ClassSet::default()),
        }
    }
    words
}
