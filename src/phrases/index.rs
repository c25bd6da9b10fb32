//! Phrases and their numbers in one flat table.
//!
//! A phrase is known by the hash of its words, and so is each of its beginnings, which says that a
//! longer phrase may follow. A slot of the table is eight bytes; whether a phrase is really the one
//! of the slot, its letters decide. A gate, small enough to stay near the processor, turns most words
//! away that begin no phrase, and most that no phrase goes on with, be it of thousands of phrases or
//! millions.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::gate::Gate;

/// Phrases of folded words, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct PhraseIndex {
    slots: Vec<Slot>,
    /// Slots that are taken.
    taken: usize,
    /// The letters of all phrases, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Phrases and their beginnings.
    gate: Gate,
    /// For the hash of each word that begins phrases of several words, which words may be the
    /// second: the [`second_bit`] of each.
    seconds: FxHashMap<u64, u64>,
}

/// A place in the table for a phrase, for the beginning of phrases, or for what is both.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Bits of the hash that the position does not tell.
    tag: u32,
    /// One more than the number of a phrase, 0 for none, and whether longer phrases begin so.
    held: u32,
}

/// Set in [`Slot::held`] where longer phrases begin so.
const GOES_ON: u32 = 1 << 31;

/// A phrase of more words than this is not looked for in a text.
pub(crate) const MOST_WORDS: usize = 8;

/// Of eight slots at most so many are taken.
const FULL: usize = 6;

/// What the table has of some words.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The phrase of exactly these words.
    phrase: Option<u32>,
    goes_on: bool,
}

impl PhraseIndex {
    /// An index with room for phrases of so many words, those of all phrases counted.
    pub(crate) fn with_room(phrases: usize, words: usize) -> Self {
        Self {
            slots: vec![Slot::default(); (words * 8).div_ceil(FULL) + 8],
            gate: Gate::with_room(words.max(phrases)),
            ..Self::default()
        }
    }

    /// The number of phrases.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of the letters of all phrases; their positions are told apart up to 4 GiB.
    pub(crate) fn letters(&self) -> usize {
        self.text.len()
    }

    /// The phrase of a number.
    pub(crate) fn phrase(&self, number: u32) -> &str {
        let start = match number {
            0 => 0,
            _ => self.ends[number as usize - 1],
        };
        &self.text[start as usize..self.ends[number as usize] as usize]
    }

    /// The number of `phrase` (folded words, single spaces), the next one when it is new.
    pub(crate) fn add(&mut self, phrase: &str) -> u32 {
        if let Some(known) = self.get(phrase) {
            return known;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(phrase);
        self.ends.push(self.text.len() as u32);
        self.enter(number);
        if self.taken * 8 > self.slots.len() * FULL || self.taken > self.gate.room() {
            self.rebuild(self.slots.len() * 2, self.taken * 2);
        }
        number
    }

    /// Gives back what room is not needed; a small gate stays nearer to the processor.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.seconds.shrink_to_fit();
        if self.gate.room() > self.taken + self.taken / 2 {
            let mut gate = Gate::with_room(self.taken);
            for number in 0..self.len() as u32 {
                let mut hash = None;
                for word in self.phrase(number).split(' ') {
                    let whole = hash_on(hash, word);
                    gate.add(whole);
                    hash = Some(whole);
                }
            }
            self.gate = gate;
        }
    }

    fn rebuild(&mut self, slots: usize, beginnings: usize) {
        self.slots = vec![Slot::default(); slots.max(8)];
        self.gate = Gate::with_room(beginnings.max(8));
        self.taken = 0;
        for number in 0..self.ends.len() as u32 {
            self.enter(number);
        }
    }

    /// Puts a phrase and its beginnings into the table.
    fn enter(&mut self, number: u32) {
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); 8];
            self.gate = Gate::with_room(8);
        }
        let start = self.ends[number as usize] as usize - self.phrase(number).len();
        let mut hash = None;
        let (mut at, mut second) = (start, start);
        loop {
            let rest = &self.text[at..self.ends[number as usize] as usize];
            let (word, more) = match rest.split_once(' ') {
                Some((word, _)) => (word, true),
                None => (rest, false),
            };
            let whole = hash_on(hash, word);
            if let Some(first) = hash
                && at == second
            {
                *self.seconds.entry(first).or_default() |= second_bit(word);
            }
            at += word.len() + 1;
            if hash.is_none() {
                second = at;
            }
            let held = if more { GOES_ON } else { number + 1 };
            self.hold(whole, held);
            self.gate.add(whole);
            if !more {
                break;
            }
            hash = Some(whole);
        }
    }

    /// Notes in the slot of a hash what it holds.
    fn hold(&mut self, hash: u64, held: u32) {
        let mut at = self.position(hash);
        loop {
            let slot = &mut self.slots[at];
            let is_new = slot.held == 0;
            let has_room = held == GOES_ON || slot.held == GOES_ON;
            if is_new || (slot.tag == hash as u32 && has_room) {
                slot.tag = hash as u32;
                slot.held |= held;
                self.taken += usize::from(is_new);
                return;
            }
            at = if at + 1 == self.slots.len() {
                0
            } else {
                at + 1
            };
        }
    }

    fn position(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.slots.len() as u128) >> 64) as usize
    }

    /// Calls `found` with the number and the words of every phrase that starts with `first` and
    /// goes on with `next(1)`, `next(2)`, ..., the shorter first; true where a phrase of more
    /// words than one may begin with `first`.
    pub(crate) fn read<'a>(
        &self,
        first: &str,
        next: &impl Fn(usize) -> Option<&'a str>,
        mut found: impl FnMut(u32, usize),
    ) -> bool {
        let mut hash = hash_on(None, first);
        let mut node = self.node(hash, std::iter::once(first));
        let is_begun = node.goes_on;
        let mut count = 1;
        loop {
            if let Some(number) = node.phrase {
                found(number, count);
            }
            if !node.goes_on || count == MOST_WORDS {
                return is_begun;
            }
            let Some(word) = next(count) else {
                return is_begun;
            };
            hash = hash_on(Some(hash), word);
            count += 1;
            let word_at = |at: usize| if at == 0 { Some(first) } else { next(at) };
            node = self.node(hash, (0..count).filter_map(word_at));
        }
    }

    /// The number of exactly these two words.
    pub(crate) fn pair(&self, first: &str, second: &str) -> Option<u32> {
        let hash = hash_on(Some(hash_on(None, first)), second);
        self.node(hash, [first, second].into_iter()).phrase
    }

    /// Bits of the words that may stand second in phrases that begin with `first`: when the
    /// [`second_bit`] of a word is not among them, no phrase goes on with it.
    pub(crate) fn seconds(&self, first: &str) -> u64 {
        let hash = hash_on(None, first);
        let known = self.gate.may_have(hash).then(|| self.seconds.get(&hash));
        known.flatten().copied().unwrap_or_default()
    }

    /// False of a word only when no phrase begins with it.
    pub(crate) fn may_begin(&self, word: &str) -> bool {
        self.gate.may_have(hash_on(None, word))
    }

    /// The number of exactly this phrase.
    pub(crate) fn get(&self, phrase: &str) -> Option<u32> {
        let hash = phrase
            .split(' ')
            .fold(None, |hash, word| Some(hash_on(hash, word)));
        self.node(hash?, phrase.split(' ')).phrase
    }

    /// True when the phrase of a number is of these words.
    fn is_phrase<'a>(&self, number: u32, words: impl Iterator<Item = &'a str>) -> bool {
        let mut rest = self.phrase(number).as_bytes();
        let mut is_first = true;
        for word in words {
            if !is_first {
                let Some((b' ', behind)) = rest.split_first() else {
                    return false;
                };
                rest = behind;
            }
            let Some(behind) = rest.strip_prefix(word.as_bytes()) else {
                return false;
            };
            (rest, is_first) = (behind, false);
        }
        rest.is_empty()
    }

    /// What the table has of words with this hash.
    fn node<'a>(&self, hash: u64, words: impl Iterator<Item = &'a str> + Clone) -> Node {
        let mut node = Node::default();
        if !self.gate.may_have(hash) || self.slots.is_empty() {
            return node;
        }
        let mut at = self.position(hash);
        loop {
            let slot = self.slots[at];
            if slot.held == 0 {
                return node;
            }
            if slot.tag == hash as u32 {
                node.goes_on |= slot.held & GOES_ON != 0;
                let number = (slot.held & !GOES_ON).checked_sub(1);
                node.phrase = number.filter(|number| self.is_phrase(*number, words.clone()));
                if node.phrase.is_some() {
                    return node;
                }
            }
            at = if at + 1 == self.slots.len() {
                0
            } else {
                at + 1
            };
        }
    }
}

/// One of 63 bits, by which words are told apart roughly; the highest is left to others.
pub(crate) fn second_bit(word: &str) -> u64 {
    1 << (hash_on(None, word) % 63)
}

/// The hash of some words and one more behind them.
fn hash_on(before: Option<u64>, word: &str) -> u64 {
    let word = FxBuildHasher.hash_one(word);
    let mixed = match before {
        None => word,
        Some(before) => before.rotate_left(23) ^ word.wrapping_mul(0x9E37_79B9_7F4A_7C15),
    };
    // All bits must count in the high ones, which choose the position.
    (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_again_while_the_index_grows() {
        let mut index = PhraseIndex::default();
        let phrase = |number: u32| match number % 3 {
            0 => format!("w{number}"),
            1 => format!("w{} x{number}", number / 7),
            _ => format!("w{} x{} y{number}", number / 7, number / 5),
        };
        for number in 0..5_000 {
            assert_eq!(index.add(&phrase(number)), number);
            assert_eq!(index.add(&phrase(number)), number, "twice");
        }
        index.shrink();
        for number in 0..5_000 {
            let written = phrase(number);
            assert_eq!(index.get(&written), Some(number));
            assert_eq!(index.phrase(number), written);
            let words: Vec<&str> = written.split(' ').collect();
            let mut last = None;
            index.read(
                words[0],
                &|ahead| words.get(ahead).copied(),
                |number, count| {
                    last = Some((number, count));
                },
            );
            assert_eq!(last, Some((number, words.len())));
            if let Some(second) = words.get(1) {
                assert_ne!(index.seconds(words[0]) & second_bit(second), 0, "{written}");
            }
            assert!(index.may_begin(words[0]));
        }
        assert_eq!(index.seconds("x0"), 0, "begins nothing");
        assert_eq!(index.get("w0 x"), None);
    }

    #[test]
    fn words_of_one_hash_are_told_apart_by_their_letters() {
        let mut index = PhraseIndex::default();
        let (a, b) = (index.add("a"), index.add("b c"));
        // As if "z" had the hash of "a", and "y" that of "b c".
        let node = |hash, words: &'static str| index.node(hash, words.split(' ')).phrase;
        let of = |words: &str| {
            let words = words.split(' ');
            words
                .fold(None, |hash, word| Some(hash_on(hash, word)))
                .unwrap()
        };
        assert_eq!(node(of("a"), "a"), Some(a));
        assert_eq!(node(of("a"), "z"), None);
        assert_eq!(node(of("b c"), "b c"), Some(b));
        assert_eq!(node(of("b c"), "y"), None);
    }
}
