//! The classes of words: which there are is in the tables of a language.

/// A set of word classes of one lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ClassSet([u64; WORDS]);

/// Numbers of 64 bits that a set fills.
const WORDS: usize = 7;

/// How many classes a lexicon may have.
pub(crate) const MOST_CLASSES: usize = WORDS * 64;

/// The position of a class in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(pub(super) u16);

impl ClassSet {
    /// True when the class is in the set.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        self.0[usize::from(class.0 >> 6)] >> (class.0 & 63) & 1 == 1
    }

    /// True when the two sets share a class.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        // Mostly they share none, so nothing is gained by asking word for word.
        (0..WORDS).fold(0, |shared, word| shared | self.0[word] & other.0[word]) != 0
    }

    /// True when no class is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; WORDS]
    }

    /// The classes of either set.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// The classes of this set alone.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// The classes that both sets have.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// The positions of its classes, in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        positions(self.0)
    }

    /// The classes at these positions.
    pub(crate) fn at(positions: impl Iterator<Item = usize>) -> Self {
        let mut set = Self::default();
        for position in positions {
            set.0[position >> 6] |= 1 << (position & 63);
        }
        set
    }

    pub(super) fn add(&mut self, class: Class) {
        self.0[usize::from(class.0 >> 6)] |= 1 << (class.0 & 63);
    }
}

/// The positions of the bits that are set in numbers, in order.
pub(crate) fn positions(numbers: impl AsRef<[u64]>) -> impl Iterator<Item = usize> {
    let mut left = numbers.as_ref().first().copied().unwrap_or(0);
    let mut word = 0;
    std::iter::from_fn(move || {
        while left == 0 {
            word += 1;
            left = *numbers.as_ref().get(word)?;
        }
        let bit = left.trailing_zeros() as usize;
        left &= left - 1;
        Some(word * 64 + bit)
    })
}
