//! A table from folded phrases of one or more words to values, with longest match.
//!
//! Each word is stored once and has a number; a phrase is a path of numbers. Most words of a text
//! begin no phrase, which a small set of bits tells without a look into the table itself.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Phrases of folded words, each with one value.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<V> {
    words: Words,
    /// For each word the node of the phrase that it is, or begins.
    firsts: Vec<Option<NodeId>>,
    nodes: Vec<Node>,
    /// Where a node leads with one more word.
    steps: FxHashMap<(NodeId, WordId), NodeId>,
    values: Vec<V>,
    gate: Gate,
}

type WordId = u32;
type NodeId = u32;

/// The words read so far, on the way to a phrase.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The value of the phrase that ends here.
    value: Option<u32>,
    goes_on: bool,
}

/// More words than this in one name is a sentence.
const MOST_WORDS: usize = 8;

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self {
            words: Words::default(),
            firsts: Vec::new(),
            nodes: Vec::new(),
            steps: FxHashMap::default(),
            values: Vec::new(),
            gate: Gate::default(),
        }
    }
}

impl<V: Default> Phrases<V> {
    /// The value of `phrase` (folded words, single spaces), made when it is new.
    pub(crate) fn entry(&mut self, phrase: &str) -> &mut V {
        let mut words = phrase.split(' ');
        let first = self.words.add(words.next().unwrap_or(phrase));
        if self.firsts.len() <= first as usize {
            self.firsts.resize(first as usize + 1, None);
        }
        let mut node = match self.firsts[first as usize] {
            Some(node) => node,
            None => {
                self.gate.add(phrase.split(' ').next().unwrap_or(phrase));
                let node = self.new_node();
                self.firsts[first as usize] = Some(node);
                node
            }
        };
        for word in words {
            let word = self.words.add(word);
            node = match self.steps.get(&(node, word)) {
                Some(next) => *next,
                None => {
                    let next = self.new_node();
                    self.steps.insert((node, word), next);
                    self.nodes[node as usize].goes_on = true;
                    next
                }
            };
        }
        let values = &mut self.values;
        let value = *self.nodes[node as usize].value.get_or_insert_with(|| {
            values.push(V::default());
            (values.len() - 1) as u32
        });
        &mut values[value as usize]
    }

    fn new_node(&mut self) -> NodeId {
        self.nodes.push(Node::default());
        (self.nodes.len() - 1) as NodeId
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
        if !self.gate.may_have(first) {
            return None;
        }
        let mut at = self.node_of(first)?;
        let mut best = None;
        for count in 1..=MOST_WORDS {
            let node = self.nodes[at as usize];
            if let Some(value) = node.value {
                best = Some((&self.values[value as usize], count));
            }
            if !node.goes_on || count == MOST_WORDS {
                break;
            }
            let step = next(count)
                .and_then(|word| self.words.get(word))
                .and_then(|word| self.steps.get(&(at, word)));
            match step {
                Some(next) => at = *next,
                None => break,
            }
        }
        best
    }

    /// The value of exactly this phrase.
    pub(crate) fn get(&self, phrase: &str) -> Option<&V> {
        let mut words = phrase.split(' ');
        let mut at = self.node_of(words.next()?)?;
        for word in words {
            at = *self.steps.get(&(at, self.words.get(word)?))?;
        }
        let value = self.nodes[at as usize].value?;
        Some(&self.values[value as usize])
    }

    fn node_of(&self, first: &str) -> Option<NodeId> {
        let word = self.words.get(first)?;
        self.firsts.get(word as usize).copied().flatten()
    }
}

/// Words and their numbers.
#[derive(Debug, Clone, Default)]
struct Words(FxHashMap<Box<str>, WordId>);

impl Words {
    fn get(&self, word: &str) -> Option<WordId> {
        self.0.get(word).copied()
    }

    fn add(&mut self, word: &str) -> WordId {
        match self.0.get(word) {
            Some(known) => *known,
            None => {
                let new = self.0.len() as WordId;
                self.0.insert(word.into(), new);
                new
            }
        }
    }
}

/// Bits that tell of a word that it is certainly not in a set, or may be (a Bloom filter whose
/// bits for one word lie side by side).
#[derive(Debug, Clone, Default)]
struct Gate {
    bits: Vec<u64>,
    hashes: Vec<u64>,
}

/// Bits to each word of the set: about one foreign word in a hundred gets through.
const BITS_TO_A_WORD: usize = 16;

impl Gate {
    fn add(&mut self, word: &str) {
        let hash = FxBuildHasher.hash_one(word);
        self.hashes.push(hash);
        if self.hashes.len() * BITS_TO_A_WORD > self.bits.len() * 64 {
            self.bits = vec![0; (self.bits.len() * 2).max(16)];
            for hash in &self.hashes {
                let (slot, bits) = place_of(*hash, self.bits.len());
                self.bits[slot] |= bits;
            }
        } else {
            let (slot, bits) = place_of(hash, self.bits.len());
            self.bits[slot] |= bits;
        }
    }

    fn may_have(&self, word: &str) -> bool {
        let (slot, bits) = place_of(FxBuildHasher.hash_one(word), self.bits.len());
        self.bits.get(slot).is_some_and(|set| set & bits == bits)
    }
}

/// Where the bits of a hash lie among `slots`, a power of two.
fn place_of(hash: u64, slots: usize) -> (usize, u64) {
    let slot = (hash >> 32) as usize & slots.wrapping_sub(1);
    (slot, 1 << (hash & 63) | 1 << (hash >> 6 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest<'p>(phrases: &'p Phrases<u32>, text: &str) -> Option<(&'p u32, usize)> {
        let words: Vec<&str> = text.split(' ').collect();
        phrases.longest(words[0], |ahead| words.get(ahead).copied())
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = Phrases::default();
        for (value, phrase) in ["a", "a b c", "b c", "c d"].into_iter().enumerate() {
            *phrases.entry(phrase) = value as u32;
        }
        for (text, expected) in [
            ("a x", Some((&0, 1))),
            ("a b c", Some((&1, 3))),
            ("a b x", Some((&0, 1))),
            ("b c d", Some((&2, 2))),
            ("c x", None),
            ("d", None),
        ] {
            assert_eq!(longest(&phrases, text), expected, "{text}");
        }
        assert_eq!(phrases.get("c d"), Some(&3));
        assert_eq!(phrases.get("c"), None);
    }

    #[test]
    fn the_gate_lets_every_word_of_the_set_in() {
        let mut phrases = Phrases::default();
        let words: Vec<String> = (0..5_000).map(|number| format!("w{number}")).collect();
        for (value, word) in words.iter().enumerate() {
            *phrases.entry(word) = value as u32;
        }
        for (value, word) in words.iter().enumerate() {
            assert_eq!(longest(&phrases, word), Some((&(value as u32), 1)));
        }
        let foreign = (0..5_000).filter(|number| phrases.gate.may_have(&format!("x{number}")));
        assert!(foreign.count() < 500);
    }
}
