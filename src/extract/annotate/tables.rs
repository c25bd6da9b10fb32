//! The tables of names and cue words, and what they say of a word alone.

use std::hint::black_box;

use crate::extract::interrupted::Days;
use crate::extract::known::{Known, begins};
use crate::extract::name_index::{Hit, NameIndex};
use crate::extract::particle::Particle;
use crate::extract::pronouns::Pronouns;
use crate::extract::seat::Seats;
use crate::lexicon::{Features, Lexicon, Readings};

/// The tables that words are looked up in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'n> {
    pub names: &'n NameIndex,
    pub lexicon: &'n Lexicon,
    pub pronouns: &'n Pronouns,
    pub particle: &'n Particle,
    pub seats: &'n Seats,
    pub days: &'n Days,
}

/// A name that starts with a word, and how it was written.
pub(super) struct Found {
    pub hit: Hit,
    pub words: usize,
    pub features: Features,
    pub particles: usize,
}

impl Tables<'_> {
    /// What a word means alone, and which of its readings begin a cue or a name.
    pub(super) fn learn(self, word: &str) -> Known {
        let mut known = Known {
            as_second: self.names.second_bits(word),
            ..Known::default()
        };
        for (position, (features, rest)) in self.lexicon.readings(word).enumerate() {
            let [plain, other] = Readings::of(position);
            let bare = self.lexicon.without_article(rest);
            known.cues.add_if(plain, self.begins_cue(rest));
            known
                .cues
                .add_if(other, bare.is_some_and(|bare| self.begins_cue(bare)));
            known.seconds |= self.lexicon.seconds(rest);
            known.seconds |= bare.map_or(0, |bare| self.lexicon.seconds(bare));
            if features.any(Features::FUTURE) {
                continue;
            }
            let with_article = self.with_article(features, rest);
            known.names.add_if(plain, self.begins_name(rest));
            known.seconds |= self.names.seconds(rest);
            if let Some(name) = with_article {
                known.names.add_if(other, self.begins_name(&name));
                known.seconds |= self.names.seconds(&name);
            }
        }
        let alone = |_| None;
        let cue = self.lexicon.longest_of(known.cues, word, alone);
        known.cue = cue.map(|(written, _)| written);
        if let Some(name) = self.find_name(word, &alone, known.names) {
            known.name = Some(name.hit);
            known.name_features = name.features;
            known.particles = name.particles as u8;
        }
        known
    }

    /// Looks at all that is known of the words of a text, so that no look waits for another: the
    /// processor fetches many side by side.
    pub(super) fn fetch(self, known: &[Known]) {
        let cues = known.iter().filter_map(|known| known.cue);
        let cues = cues.filter(|cue| self.lexicon.sense(*cue).value.is_some());
        let names = known.iter().filter_map(|known| known.name);
        let places = names.map(|name| self.names.meaning(name).places.len());
        black_box((cues.count(), places.sum::<usize>()));
    }

    fn begins_cue(self, word: &str) -> bool {
        begins(|next| self.lexicon.entry(word, next).is_some())
    }

    fn begins_name(self, word: &str) -> bool {
        begins(|next| self.names.longest(word, next).is_some())
    }

    /// The rest of a word as the name of a place: a contraction has swallowed the article, which the
    /// name may need.
    fn with_article(self, features: Features, rest: &str) -> Option<String> {
        let is_contraction = features.any(Features::THE);
        is_contraction.then(|| format!("{}{rest}", self.lexicon.article()))
    }

    /// The longest name of some of the readings of `word`.
    pub(super) fn find_name<'t>(
        self,
        word: &str,
        next: &(impl Fn(usize) -> Option<&'t str> + Copy),
        some: Readings,
    ) -> Option<Found> {
        let names = self.names;
        if some == Readings::AS_WRITTEN {
            let (hit, words) = names.longest(word, *next)?;
            return Some(Found {
                hit,
                words,
                features: Features::default(),
                particles: 0,
            });
        }
        let mut best: Option<Found> = None;
        for (position, (features, rest)) in self.lexicon.readings(word).enumerate() {
            let [plain, other] = Readings::of(position);
            if features.any(Features::FUTURE) || !some.meets(plain.and(other)) {
                continue;
            }
            let with_article = some.meets(other).then(|| self.with_article(features, rest));
            let found = with_article
                .flatten()
                .and_then(|name| names.longest(&name, *next))
                .or_else(|| {
                    some.meets(plain)
                        .then(|| names.longest(rest, *next))
                        .flatten()
                });
            if let Some((hit, words)) = found
                && best.as_ref().is_none_or(|best| words > best.words)
            {
                best = Some(Found {
                    hit,
                    words,
                    features,
                    particles: word[..word.len() - rest.len()].chars().count(),
                });
            }
        }
        best
    }
}
