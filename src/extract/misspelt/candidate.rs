//! The items that may be a name that no table has: a plain word or two, with their articles.

use std::ops::Range;

use super::cue::Cue;
use super::{By, Page};
use crate::extract::annotate::Item;
use crate::extract::likeness::Bare;
use crate::lexicon::Features;

/// Shorter words are like too many names.
const SHORTEST: usize = 4;

/// Items that may be a name, with the words that it would be looked up by.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'t> {
    pub cue: Option<Cue>,
    pub first: usize,
    /// One past the last item.
    pub end: usize,
    /// Folded, without the particles.
    pub written: String,
    pub bare: Bare<'t>,
    pub features: Features,
    pub particles: usize,
}

impl<'t> Page<'t, '_> {
    /// Whether it begins a name, the word itself tells: it is no article, and in a script with capitals
    /// no other plain word follows.
    pub(super) fn is_alone(&self, items: &[Item], at: usize) -> bool {
        let follows = || at + 1 < items.len() && self.is_open(items, at + 1);
        !(self.is_article(&items[at]) || self.tools.words.has_capitals && follows())
    }

    /// A word that, with particles or without, is like a name or begins one of two words.
    pub(super) fn is_like(&self, word: &'t str) -> bool {
        let tools = self.tools;
        let mut readings = tools.lexicon.readings(word);
        readings.any(|(_, rest)| {
            let bare = Bare::of(std::iter::once(rest), tools.names);
            self.is_first(rest)
                || !tools.is_known(rest) && !tools.likeness().find(&bare, tools.sounds).is_empty()
        })
    }

    /// The names that may begin at an item: of one word and of two, and without the particles that
    /// are written onto it.
    pub(super) fn candidates(&self, items: &[Item], at: usize, by: By) -> Vec<Candidate<'t>> {
        let mut out = Vec::new();
        if at > 0 && self.is_article(&items[at - 1]) && items[at].features.any(Features::GLUED) {
            return out;
        }
        let Some(first) = self.end_of_word(items, at) else {
            return out;
        };
        let is_plain = |end: &usize| *end < items.len() && self.is_open(items, *end);
        let second = Some(first).filter(is_plain);
        let second = second.and_then(|next| self.end_of_word(items, next));
        for (features, rest) in self.tools.lexicon.readings(self.word(&items[at])) {
            if features.any(Features::FUTURE) {
                continue;
            }
            let second = second.filter(|_| self.tools.words.has_capitals || self.is_first(rest));
            for end in std::iter::once(first).chain(second) {
                let cue = self.cue(items, at..end, features);
                if by == By::Memory || cue.is_some() {
                    out.extend(self.candidate(items, at..end, (features, rest), cue));
                }
            }
        }
        out
    }

    fn is_first(&self, word: &str) -> bool {
        let articles = self.tools.names.articles();
        let bare = articles.bare(word).unwrap_or(word);
        self.tools.likeness().is_first(bare)
    }

    /// Items that are read with particles and a rest, when enough of them is left.
    fn candidate(
        &self,
        items: &[Item],
        range: Range<usize>,
        (features, rest): (Features, &'t str),
        cue: Option<Cue>,
    ) -> Option<Candidate<'t>> {
        let behind = items[range.start + 1..range.end].iter();
        let behind = behind.map(|item| self.word(item));
        let words: Vec<&str> = std::iter::once(rest).chain(behind).collect();
        let bare = Bare::of(words.iter().copied(), self.tools.names);
        let whole = self.word(&items[range.start]);
        (bare.letters() >= SHORTEST).then(|| Candidate {
            cue,
            first: range.start,
            end: range.end,
            written: words.join(" "),
            bare,
            features,
            particles: whole[..whole.len() - rest.len()].chars().count(),
        })
    }

    /// One past the word of a name that begins at `at`, its article counted.
    fn end_of_word(&self, items: &[Item], at: usize) -> Option<usize> {
        if !self.is_article(&items[at]) {
            return Some(at + 1);
        }
        let has_word = items.get(at + 1).is_some_and(|next| !self.is_article(next));
        (has_word && self.is_open(items, at + 1)).then_some(at + 2)
    }
}
