//! Bits that tell of a word that it begins no phrase, without a look into the table.

/// A set of words by their hashes: of a word it says that it is certainly not in the set, or may
/// be (a Bloom filter whose bits for one word lie side by side, after Putze, Sanders and Singler,
/// "Cache-, hash- and space-efficient Bloom filters", 2007).
#[derive(Debug, Clone, Default)]
pub(super) struct Gate {
    bits: Vec<u64>,
}

/// Bits to each word of the set: about one foreign word in fifty gets through.
const BITS_TO_A_WORD: usize = 16;

impl Gate {
    /// A gate for about so many words.
    pub(super) fn with_room(words: usize) -> Self {
        Self {
            bits: vec![0; (words * BITS_TO_A_WORD).div_ceil(64).max(1)],
        }
    }

    /// Words that it has room for.
    pub(super) fn room(&self) -> usize {
        self.bits.len() * 64 / BITS_TO_A_WORD
    }

    pub(super) fn add(&mut self, hash: u64) {
        let (slot, bits) = self.place_of(hash);
        self.bits[slot] |= bits;
    }

    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (slot, bits) = self.place_of(hash);
        self.bits.get(slot).is_some_and(|set| set & bits == bits)
    }

    /// Where the bits of a hash lie, and which they are.
    fn place_of(&self, hash: u64) -> (usize, u64) {
        let slot = ((u128::from(hash) * self.bits.len() as u128) >> 64) as usize;
        (slot, 1 << (hash & 63) | 1 << (hash >> 6 & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_set_gets_in_and_few_others() {
        let hash = |number: u64| number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut gate = Gate::with_room(5_000);
        (0..5_000).for_each(|number| gate.add(hash(number)));
        assert!((0..5_000).all(|number| gate.may_have(hash(number))));
        let foreign = (5_000..10_000).filter(|number| gate.may_have(hash(*number)));
        assert!(foreign.count() < 300);
    }
}
