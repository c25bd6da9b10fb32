//! Names and what they mean, found in a text in all their spellings.

use super::names::{Alias, Meaning};
use super::spelling::Articles;
use crate::gazetteer::PlaceId;
use crate::phrases::{MOST_WORDS, PhraseIndex};

/// All names, each under the key of its spellings.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    pub(super) articles: Articles,
    pub(super) keys: PhraseIndex,
    /// For each key where its places begin, and whether it is one of the `special` ones; one more
    /// at the end.
    pub(super) starts: Vec<Start>,
    /// The places that have a spelling of a key, in order of id.
    pub(super) places: Vec<PlaceId>,
    pub(super) special: Vec<Special>,
}

/// A position in the list of places, and a mark of a special key in the highest bit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Start(pub(super) u32);

pub(super) const SPECIAL: u32 = 1 << 31;

/// A key that, written as it is, means something else than in its other spellings.
#[derive(Debug, Clone, Default)]
pub(super) struct Special {
    pub(super) key: u32,
    pub(super) places: Vec<PlaceId>,
    pub(super) aliases: Vec<Alias>,
    pub(super) is_masked: bool,
}

impl NameIndex {
    /// The longest name that starts with `first` and goes on with `next(1)`, `next(2)`, ... : what
    /// it means and its number of words.
    pub(crate) fn longest<'n, 'a>(
        &'n self,
        first: &str,
        next: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<(Meaning<'n>, usize)> {
        let mut best: Option<(Meaning, usize)> = None;
        let goes_on = self.keys.read(first, &next, |key, words| {
            best = self
                .as_written(key)
                .map(|meaning| (meaning, words))
                .or(best);
        });
        let mut spelled = |key: u32, words: usize, is_ascii: bool| {
            if best.is_none_or(|(_, most)| words > most) {
                let found = self.as_spelled(key, is_ascii);
                best = found.map(|meaning| (meaning, words)).or(best);
            }
        };
        if self.articles.is_article(first)
            && let Some(second) = next(1)
        {
            let behind = |ahead: usize| next(ahead + 1);
            self.keys.read(second, &behind, |key, words| {
                if words < MOST_WORDS {
                    spelled(key, words + 1, true);
                }
            });
        }
        let bare = self.articles.bare(first);
        let goes_on = match bare {
            Some(bare) => self
                .keys
                .read(bare, &next, |key, words| spelled(key, words, false)),
            None => goes_on,
        };
        if goes_on
            && let Some(second) = next(1).and_then(|second| self.articles.bare(second))
            && let Some(key) = self.keys.pair(bare.unwrap_or(first), second)
        {
            spelled(key, 2, false);
        }
        best
    }

    /// What exactly this phrase means.
    pub(crate) fn get(&self, phrase: &str) -> Option<Meaning<'_>> {
        let as_written = self.keys.get(phrase).and_then(|key| self.as_written(key));
        as_written.or_else(|| {
            let key = self.keys.get(&self.articles.other_key(phrase)?)?;
            self.as_spelled(key, phrase.is_ascii())
        })
    }

    /// What the words of a key mean.
    pub(super) fn as_written(&self, key: u32) -> Option<Meaning<'_>> {
        let start = self.starts[key as usize];
        let meaning = if start.0 & SPECIAL == 0 {
            Meaning {
                places: self.spelled(key),
                ..Meaning::default()
            }
        } else {
            let found = self
                .special
                .binary_search_by_key(&key, |special| special.key);
            let special = &self.special[found.ok()?];
            Meaning {
                places: &special.places,
                aliases: &special.aliases,
                is_masked: special.is_masked,
            }
        };
        let is_empty =
            meaning.places.is_empty() && meaning.aliases.is_empty() && !meaning.is_masked;
        (!is_empty).then_some(meaning)
    }

    /// What other spellings of a key mean. Those of the articles that are words of their own are
    /// of ASCII letters, those of the article that is written onto words are not.
    fn as_spelled(&self, key: u32, is_ascii: bool) -> Option<Meaning<'_>> {
        let places = self.spelled(key);
        let has_them = !places.is_empty() && self.keys.phrase(key).is_ascii() == is_ascii;
        has_them.then_some(Meaning {
            places,
            ..Meaning::default()
        })
    }

    /// The places that have a spelling of a key.
    pub(super) fn spelled(&self, key: u32) -> &[PlaceId] {
        let [start, end] = [key, key + 1].map(|at| self.starts[at as usize].0 & !SPECIAL);
        &self.places[start as usize..end as usize]
    }
}
