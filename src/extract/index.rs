//! Which rules may match at an item, so that most are never tried.

use super::annotate::Item;
use super::pattern::Opening;
use super::rule::Rule;

/// Rules as bits, in order of precedence.
#[derive(Debug, Clone, Default, PartialEq)]
struct RuleSet(Vec<u64>);

impl RuleSet {
    fn add(&mut self, rule: usize) {
        let word = rule / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (rule % 64);
    }

    fn word(&self, word: usize) -> u64 {
        self.0.get(word).copied().unwrap_or(0)
    }
}

/// For each way in which an item can open a pattern, the rules that it may open.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleIndex {
    by_class: Vec<RuleSet>,
    place: RuleSet,
    actor: RuleSet,
    any: RuleSet,
    words: usize,
}

impl RuleIndex {
    pub(crate) fn of(rules: &[Rule]) -> Self {
        let mut index = Self {
            words: rules.len().div_ceil(64),
            ..Self::default()
        };
        for (at, rule) in rules.iter().enumerate() {
            for pattern in &rule.patterns {
                match pattern.opening() {
                    Opening::Word(classes) => {
                        for class in classes.positions() {
                            if index.by_class.len() <= class {
                                index.by_class.resize(class + 1, RuleSet::default());
                            }
                            index.by_class[class].add(at);
                        }
                    }
                    Opening::Place => index.place.add(at),
                    Opening::Actor => index.actor.add(at),
                    Opening::Any => index.any.add(at),
                }
            }
        }
        index
    }

    /// The rules that may match at an item, in order of precedence.
    pub(crate) fn at<'a>(
        &'a self,
        item: &'a Item,
        starts_place: bool,
        is_actor: bool,
    ) -> impl Iterator<Item = usize> + 'a {
        (0..self.words).flat_map(move |word| {
            let mut bits = self.any.word(word);
            if starts_place {
                bits |= self.place.word(word);
            }
            if is_actor {
                bits |= self.actor.word(word);
            }
            for class in item.classes.positions() {
                bits |= self.by_class.get(class).map_or(0, |set| set.word(word));
            }
            std::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let rule = bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    word * 64 + rule
                })
            })
        })
    }
}
