//! Phrases and their numbers in one flat table.
//!
//! A phrase is known by the hash of its words, and so is each of its beginnings, which says that a
//! longer phrase may follow. A slot of the table is eight bytes; whether a phrase is really the one
//! of the slot, its letters decide. A gate, small enough to stay near the processor, turns most words
//! away that begin no phrase, and most that no phrase goes on with, be it of thousands of phrases or
//! millions.

use std::hash::BuildHasher;
use std::mem::take;

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
        let words = 1 + phrase.bytes().filter(|byte| *byte == b' ').count();
        let most = self.taken + words;
        if most * 8 > self.slots.len() * FULL || most > self.gate.room() {
            self.rebuild((self.slots.len() * 2).max(most * 2), most * 2);
        }
        let hash = self.enter_beginnings(phrase);
        if let Some(known) = self.node(hash, |known| known == phrase).phrase {
            return known;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(phrase);
        self.ends.push(self.text.len() as u32);
        self.hold(hash, number + 1);
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
        let text = take(&mut self.text);
        let mut start = 0;
        for number in 0..self.ends.len() {
            let end = self.ends[number] as usize;
            let hash = self.enter_beginnings(&text[start..end]);
            self.hold(hash, number as u32 + 1);
            start = end;
        }
        self.text = text;
    }

    /// Puts the beginnings of a phrase into the table, but not the phrase itself, whose hash it is.
    fn enter_beginnings(&mut self, phrase: &str) -> u64 {
        let (first, mut rest) = split(phrase);
        let mut hash = hash_on(None, first);
        if let Some(behind) = rest {
            *self.seconds.entry(hash).or_default() |= second_bit(split(behind).0);
        }
        while let Some(behind) = rest {
            self.hold(hash, GOES_ON);
            let word;
            (word, rest) = split(behind);
            hash = hash_on(Some(hash), word);
        }
        hash
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
                self.gate.add(hash);
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
        let mut node = self.node(hash, |phrase| phrase == first);
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
            node = self.node(hash, |phrase| is_of(phrase, (0..count).filter_map(word_at)));
        }
    }

    /// The number of exactly these two words.
    pub(crate) fn pair(&self, first: &str, second: &str) -> Option<u32> {
        let hash = hash_on(Some(hash_on(None, first)), second);
        self.node(hash, |phrase| is_of(phrase, [first, second].into_iter()))
            .phrase
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
        self.node(hash?, |known| known == phrase).phrase
    }

    /// What the table has of words with this hash; `is_it` tells their phrase from others that have
    /// the same.
    fn node(&self, hash: u64, is_it: impl Fn(&str) -> bool) -> Node {
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
                node.phrase = number.filter(|number| is_it(self.phrase(*number)));
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

/// True when a phrase is of these words.
fn is_of<'a>(phrase: &str, words: impl Iterator<Item = &'a str>) -> bool {
    let mut rest = phrase.as_bytes();
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

/// The first word of a phrase, and the others. Words are short: a search made for long texts takes
/// longer.
fn split(phrase: &str) -> (&str, Option<&str>) {
    match phrase.bytes().position(|byte| byte == b' ') {
        Some(end) => (&phrase[..end], Some(&phrase[end + 1..])),
        None => (phrase, None),
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
        let node = |hash, words: &'static str| index.node(hash, |phrase| phrase == words).phrase;
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
