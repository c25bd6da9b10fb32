//! Folded phrases of one or more words, found in a text with the longest match.
//!
//! [`PhraseIndex`] gives each phrase a number; [`Phrases`] a value.

mod gate;
mod index;

pub(crate) use index::{MOST_WORDS, PhraseIndex, second_bit};

/// Phrases of folded words, each with one value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Phrases<V> {
    index: PhraseIndex,
    values: Vec<V>,
}

impl<V: Default> Phrases<V> {
    /// With room for phrases whose beginnings, the phrases themselves among them, are so many.
    pub(crate) fn with_room(beginnings: usize) -> Self {
        Self {
            index: PhraseIndex::with_room(0, beginnings),
            values: Vec::new(),
        }
    }

    /// The value of `phrase` (folded words, single spaces), made when it is new.
    pub(crate) fn entry(&mut self, phrase: &str) -> &mut V {
        let number = self.index.add(phrase) as usize;
        if number == self.values.len() {
            self.values.push(V::default());
        }
        &mut self.values[number]
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
        let mut best = None;
        self.index.read(first, &next, |number, words| {
            best = Some((number, words));
        });
        best.map(|(number, words)| (&self.values[number as usize], words))
    }

    /// As [`PhraseIndex::seconds`].
    pub(crate) fn seconds(&self, first: &str) -> u64 {
        self.index.seconds(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = Phrases::default();
        for (value, phrase) in ["a", "a b c", "b c", "c d"].into_iter().enumerate() {
            *phrases.entry(phrase) = value;
        }
        for (text, expected) in [
            ("a x", Some((&0, 1))),
            ("a b c", Some((&1, 3))),
            ("a b x", Some((&0, 1))),
            ("b c d", Some((&2, 2))),
            ("c x", None),
            ("d", None),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let found = phrases.longest(words[0], |ahead| words.get(ahead).copied());
            assert_eq!(found, expected, "{text}");
        }
    }
}
