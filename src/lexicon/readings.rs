//! Some of the ways to read a word as particles and a rest.

/// A set of readings of one word: each as it is, and with its article written otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Readings(u16);

impl Readings {
    /// Every reading.
    pub(crate) const ALL: Self = Self(u16::MAX);

    /// The reading at a position as it is, and with its article written otherwise. The last ones
    /// of very many stand together.
    pub(crate) fn of(position: usize) -> [Self; 2] {
        let bit = 2 * position.min(7);
        [Self(1 << bit), Self(2 << bit)]
    }

    /// True when the two sets share a reading.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The readings of either set.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}
