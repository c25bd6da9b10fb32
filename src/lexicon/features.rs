//! What the form of a word says: tense, number, gender, and what is written onto it.

/// What the form of a word says, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Features(u32);

impl Features {
    /// A finite past form.
    pub const PAST: Self = Self(1);
    /// A finite present form.
    pub const PRESENT: Self = Self(1 << 1);
    /// A noun, or a noun made of a verb.
    pub const NOUN: Self = Self(1 << 2);
    /// A bare verb that leans on the word before it, as after English "to".
    pub const BASE: Self = Self(1 << 3);
    /// Agrees with a feminine subject.
    pub const FEMININE: Self = Self(1 << 4);
    /// Agrees with a masculine subject.
    pub const MASCULINE: Self = Self(1 << 5);
    /// Agrees with a plural subject.
    pub const PLURAL: Self = Self(1 << 6);
    /// First person plural.
    pub const WE: Self = Self(1 << 7);
    /// Joined to what stands before by "and".
    pub const AND: Self = Self(1 << 8);
    /// Carries "in" or "with".
    pub const IN: Self = Self(1 << 9);
    /// Carries "to" or "for".
    pub const TO: Self = Self(1 << 10);
    /// Speaks of the future.
    pub const FUTURE: Self = Self(1 << 11);
    /// Ends in a pronoun for something feminine.
    pub const HER: Self = Self(1 << 12);
    /// Ends in a pronoun for something masculine.
    pub const HIM: Self = Self(1 << 13);
    /// Ends in a plural pronoun.
    pub const THEM: Self = Self(1 << 14);
    /// Ends in "us" or "our".
    pub const US: Self = Self(1 << 15);
    /// Has the article.
    pub const THE: Self = Self(1 << 16);

    /// Written without a space after the word before.
    pub const GLUED: Self = Self(1 << 17);

    /// Written as the owner of what follows: "the army's".
    pub const OWNER: Self = Self(1 << 18);

    /// Written with the vowel of the passive.
    pub const PASSIVE: Self = Self(1 << 19);

    /// Ends in a pronoun for two.
    pub const DUAL: Self = Self(1 << 20);

    /// Any pronoun at the end.
    pub const OWNED: Self = Self::HER.and(Self::HIM).and(Self::THEM).and(Self::US);

    /// Without these.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that both have.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// True when any of `other` is set.
    #[must_use]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// A verb in a tense, and no noun that is written alike.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.any(Self::PAST.and(Self::PRESENT)) && !self.any(Self::NOUN)
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The features of this name in `LANG.toml` and in rules.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "past" => Self::PAST,
            "present" => Self::PRESENT,
            "noun" => Self::NOUN,
            "base" => Self::BASE,
            "f" => Self::FEMININE,
            "m" => Self::MASCULINE,
            "p" => Self::PLURAL,
            "we" => Self::WE,
            "and" => Self::AND,
            "in" => Self::IN,
            "to" => Self::TO,
            "future" => Self::FUTURE,
            "the" => Self::THE,
            "her" => Self::HER,
            "him" => Self::HIM,
            "them" => Self::THEM,
            "dual" => Self::DUAL,
            "us" => Self::US,
            "owner" => Self::OWNER,
            "glued" => Self::GLUED,
            "passive" => Self::PASSIVE,
            _ => return None,
        })
    }

    /// The feature of a pronoun that stands for this gender.
    pub(super) fn pronoun(gender: &str) -> Self {
        match gender {
            "f" => Self::HER,
            "m" => Self::HIM,
            "we" => Self::US,
            "d" => Self::THEM.and(Self::DUAL),
            _ => Self::THEM,
        }
    }
}
