//! The number of a hint: those of one word lie together, so that what a word says is near in memory.

use super::{Hint, MOST_FAMILIES, Sign, Standing, Word};
use crate::lexicon::MOST_CLASSES;

/// Numbers of the hints of one word: they lie together in memory.
const OF_WORD: usize = 704;

/// Numbers of all hints; the first are of those without a word.
pub(in crate::extract::hints) const MOST_HINTS: usize =
    (1 + MOST_CLASSES + MOST_FAMILIES + Sign::NAMES.len()) * OF_WORD;

impl Hint {
    /// Its number, below [`MOST_HINTS`].
    pub(in crate::extract::hints) fn number(self) -> usize {
        let number = |word: Word, rest: usize| (1 + usize::from(word.0)) * OF_WORD + rest;
        let by = |standing: Standing, denied: bool| standing as usize * 2 + usize::from(denied);
        match self {
            Self::Always => 0,
            Self::Party(nearness) => 1 + nearness as usize,
            Self::Absent(standing) => 8 + standing as usize,
            Self::Told(status, same, when) => {
                32 + (status as usize * 2 + usize::from(same)) * 3 + when as usize
            }
            Self::Land(land) => 80 + land as usize,
            Self::Rival(rival) => 84 + rival as usize,
            Self::InList(company) => 88 + company as usize,
            Self::Unread => 91,
            Self::ReadsAs(certainty) => 92 + certainty as usize,
            Self::OthersUnread => 95,
            Self::Stands(stage) => 96 + stage as usize,
            Self::Part(much) => 104 + much as usize,
            Self::HasCue(cue) => 224 + cue as usize,
            Self::Mood(mood) => 232 + mood as usize,
            Self::Counts(counted, count) => 108 + counted as usize * 4 + count as usize,
            Self::Reads(status, sure) => 120 + status as usize * 3 + sure as usize,
            Self::OtherReads(status, sure) => 136 + status as usize * 3 + sure as usize,
            Self::Beside(status, same) => 152 + status as usize * 2 + usize::from(same),
            Self::Elsewhere(status, same, count) => {
                168 + (status as usize * 2 + usize::from(same)) * 4 + count as usize
            }
            Self::At(word, at) => number(word, at as usize),
            Self::By(word, standing, denied) => number(word, 4 + by(standing, denied)),
            Self::ByAt(word, at, standing) => {
                number(word, 32 + at as usize * 16 + standing as usize)
            }
            Self::Close(word, before, standing, denied) => {
                let side = usize::from(before) * 32;
                number(word, 96 + side + by(standing, denied))
            }
            // No sign is denied.
            Self::Next(word, before, standing) => {
                Self::Close(word, before, standing, true).number()
            }
            Self::Nearest(word, at, standing, denied) => {
                number(word, 160 + at as usize * 32 + by(standing, denied))
            }
            Self::NearestBy(word, standing, denied) => number(word, 288 + by(standing, denied)),
            Self::NearestUsed(word, same) => number(word, 316 + usize::from(same)),
            Self::NearestOf(word, shape, standing) => {
                number(word, 320 + shape as usize * 16 + standing as usize)
            }
            Self::NearestWith(word, with, standing) => {
                let with = with.as_family().unwrap_or_default();
                number(word, 448 + with * 16 + standing as usize)
            }
        }
    }

    /// The numbers of all hints of a word.
    pub(in crate::extract::hints) fn numbers_of(word: Word) -> std::ops::Range<usize> {
        let first = (1 + usize::from(word.0)) * OF_WORD;
        first..first + OF_WORD
    }
}
