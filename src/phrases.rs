//! A table from folded phrases of one or more words to values, with longest match.

use rustc_hash::FxHashMap;

/// Phrases of folded words, each with one value.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<V> {
    values: FxHashMap<Box<str>, V>,
    /// For a first word, the number of words of the longest phrase that it begins.
    longest: FxHashMap<Box<str>, u8>,
}

/// More words than this in one name is a sentence.
const MOST_WORDS: usize = 8;

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self {
            values: FxHashMap::default(),
            longest: FxHashMap::default(),
        }
    }
}

impl<V: Default> Phrases<V> {
    /// The value of `phrase` (folded words, single spaces), made when it is new.
    pub(crate) fn entry(&mut self, phrase: &str) -> &mut V {
        let words = phrase.split(' ').count().min(MOST_WORDS) as u8;
        let first = phrase.split(' ').next().unwrap_or(phrase);
        match self.longest.get_mut(first) {
            Some(longest) => *longest = (*longest).max(words),
            None => {
                self.longest.insert(first.into(), words);
            }
        }
        if !self.values.contains_key(phrase) {
            self.values.insert(phrase.into(), V::default());
        }
        self.values
            .get_mut(phrase)
            .expect("the phrase was inserted above")
    }
}

impl<V> Phrases<V> {
    /// The longest phrase that starts with `first` and goes on with `next(1)`, `next(2)`, ... :
    /// its value and its number of words.
    pub(crate) fn longest<'a>(
        &self,
        first: &str,
        next: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<(&V, usize)> {
        let longest = usize::from(*self.longest.get(first)?);
        let mut best = self.values.get(first).map(|value| (value, 1));
        if longest > 1 {
            let mut key = String::with_capacity(48);
            key.push_str(first);
            for count in 2..=longest {
                let Some(word) = next(count - 1) else { break };
                key.push(' ');
                key.push_str(word);
                if let Some(value) = self.values.get(key.as_str()) {
                    best = Some((value, count));
                }
            }
        }
        best
    }

    /// The value of exactly this phrase.
    pub(crate) fn get(&self, phrase: &str) -> Option<&V> {
        self.values.get(phrase)
    }
}
