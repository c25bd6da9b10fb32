//! The names of settlements by how they sound: what a word may be that stands so in no table.
//!
//! Each name stands under its skeleton, the consonants of its key, and, if it is long, under each skeleton
//! that lacks one of them; so does the word that is looked up. Two words that differ in one consonant thus meet
//! (Garbe, "SymSpell", 2012), and how far apart they are, their keys tell.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::name_index::NameIndex;
use super::sound::{ALIKE, Cost, EDIT, Key, LONGEST, Sounds};
use crate::gazetteer::{Cue, Gazetteer, PlaceId};
use crate::lexicon::Lexicon;
use crate::text::fold;

/// With more places than these, too many names are like one another, and every word is like one.
const MOST_PLACES: usize = 5_000;

/// A name of more words, its article not counted, is not looked for.
const MOST_WORDS: usize = 2;

/// What it costs to leave out, or to add, the article that is written onto a name, in a name that is
/// written otherwise as well.
const ARTICLE: Cost = 60;

/// Names with fewer consonants are like too many words.
const FEWEST_CONSONANTS: usize = 2;

/// Consonants of a name in which two may change places, and none may be another.
const SWAPPED: usize = 3;

/// The names of one script.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    names: Vec<Name>,
    /// Names by the hashes of their skeletons.
    skeletons: FxHashMap<u64, Vec<u32>>,
    /// Words that names of two words begin with.
    firsts: FxHashSet<String>,
    /// Words of the names of persons, parties and outlets.
    others: FxHashSet<String>,
}

/// A name of one or more places.
#[derive(Debug)]
pub(super) struct Name {
    /// As the gazetteer writes it.
    pub(super) written: String,
    /// In order of id.
    pub(super) places: Vec<PlaceId>,
    /// An ordinary word too.
    pub(super) needs_noun: bool,
    has_article: bool,
    key: Key,
    consonants: usize,
}

/// A name that a word may be, and how far the word is from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Like<'n> {
    pub(super) name: &'n Name,
    pub(super) cost: Cost,
}

impl Name {
    /// How far a word may be from the name: the longer the name, the farther.
    fn most(&self) -> Cost {
        match self.consonants {
            _ if self.needs_noun => ALIKE,
            ..=2 => ALIKE,
            3 => 55,
            4 => 85,
            _ => EDIT + ALIKE,
        }
    }
}

impl Like<'_> {
    /// Half as far from the name as a word may be, or less.
    pub(super) fn is_close(&self) -> bool {
        2 * self.cost <= self.name.most()
    }
}

/// Folded words as they are looked up: without articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare<'w> {
    pub(super) words: Vec<&'w str>,
    /// The first bears the article that is written onto its word.
    has_article: bool,
}

impl<'w> Bare<'w> {
    pub(super) fn of(words: impl Iterator<Item = &'w str>, names: &NameIndex) -> Self {
        let articles = names.articles();
        let words = words.filter(|word| !articles.is_article(word));
        let mut words: Vec<&str> = words.collect();
        let mut has_article = false;
        for (at, word) in words.iter_mut().enumerate() {
            if let Some(bare) = articles.bare(word) {
                *word = bare;
                has_article |= at == 0;
            }
        }
        Self { words, has_article }
    }

    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(|word| word.chars().count()).sum()
    }
}

impl Likeness {
    /// The names of the settlements of a gazetteer in the script of a language. Names that hold a
    /// word of the language, or are persons' names as well, are left out.
    pub(super) fn of(
        gazetteer: &Gazetteer,
        names: &NameIndex,
        lexicon: &Lexicon,
        sounds: &Sounds,
    ) -> Self {
        let mut likeness = Self::default();
        if gazetteer.iter().len() > MOST_PLACES {
            return likeness;
        }
        let is_latin = lexicon.script() == "Latn";
        let is_word = |word: &str| lexicon.entry(word, |_| None).is_some();
        let mut known = FxHashMap::default();
        for (id, place) in gazetteer.iter() {
            if !place.kind.is_settlement() || place.cue == Cue::Head {
                continue;
            }
            for written in place.names() {
                let written = written.split(" (").next().unwrap_or(written);
                let folded = fold(written);
                let bare = Bare::of(folded.split(' '), names);
                let is_meant = folded.is_ascii() == is_latin
                    && !folded.chars().any(|c| c.is_ascii_digit())
                    && (1..=MOST_WORDS).contains(&bare.words.len())
                    && !folded.split(' ').any(is_word);
                if is_meant {
                    if let [first, _] = *bare.words {
                        likeness.firsts.insert(first.to_owned());
                    }
                    let key = sounds.key(bare.words.iter().copied());
                    let name = likeness.name(written, (key, bare.has_article), &mut known, sounds);
                    name.needs_noun |= place.cue == Cue::Strong;
                    if name.places.last() != Some(&id) {
                        name.places.push(id);
                    }
                }
            }
        }
        likeness.note(sounds);
        likeness.others = names.words_of_others().map(str::to_owned).collect();
        likeness
    }

    /// The name of this key, made when it is new.
    fn name(
        &mut self,
        written: &str,
        (key, has_article): (Key, bool),
        known: &mut FxHashMap<(Key, bool), usize>,
        sounds: &Sounds,
    ) -> &mut Name {
        let at = *known
            .entry((key.clone(), has_article))
            .or_insert(self.names.len());
        if at == self.names.len() {
            self.names.push(Name {
                written: written.to_owned(),
                places: Vec::new(),
                needs_noun: false,
                has_article,
                consonants: sounds.skeleton(&key).len(),
                key,
            });
        }
        &mut self.names[at]
    }

    /// Puts each name under its skeletons.
    fn note(&mut self, sounds: &Sounds) {
        for (at, name) in self.names.iter().enumerate() {
            if name.consonants < FEWEST_CONSONANTS || name.key.len() > LONGEST {
                continue;
            }
            for skeleton in skeletons(&sounds.skeleton(&name.key)) {
                let under = self.skeletons.entry(skeleton).or_default();
                if under.last() != Some(&(at as u32)) {
                    under.push(at as u32);
                }
            }
        }
    }

    /// True for a word that a name of two words begins with.
    pub(super) fn is_first(&self, word: &str) -> bool {
        self.firsts.contains(word)
    }

    /// True for a word of the name of a person, party or outlet.
    pub(super) fn is_of_other(&self, word: &str) -> bool {
        self.others.contains(word)
    }

    /// The names that words may be, the likest first.
    pub(super) fn find(&self, bare: &Bare, sounds: &Sounds) -> Vec<Like<'_>> {
        let key = sounds.key(bare.words.iter().copied());
        let skeleton = sounds.skeleton(&key);
        if skeleton.len() < FEWEST_CONSONANTS || key.len() > LONGEST {
            return Vec::new();
        }
        let mut found: Vec<u32> = skeletons(&skeleton)
            .filter_map(|skeleton| self.skeletons.get(&skeleton))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let names = found.into_iter().map(|at| &self.names[at as usize]);
        let mut likes: Vec<Like> = names
            .map(|name| {
                let has_same = name.has_article == bare.has_article;
                let article = if has_same { 0 } else { ARTICLE };
                let cost = article + sounds.distance(&key, &name.key);
                Like { name, cost }
            })
            .filter(|like| like.cost <= like.name.most())
            .collect();
        likes.sort_by_key(|like| like.cost);
        likes
    }
}

/// The hashes under which a skeleton stands. Of a short one no consonant may be another, and of three
/// two may change places; of a longer one, one may be another or be wanting.
fn skeletons(skeleton: &[char]) -> impl Iterator<Item = u64> {
    let mut whole = skeleton.to_vec();
    if whole.len() == SWAPPED {
        whole.sort_unstable();
    }
    let left_out = if skeleton.len() > SWAPPED {
        0..skeleton.len()
    } else {
        0..0
    };
    let without = move |at: usize| {
        let (before, behind) = (&skeleton[..at], &skeleton[at + 1..]);
        FxBuildHasher.hash_one([before, behind].concat())
    };
    std::iter::once(FxBuildHasher.hash_one(whole)).chain(left_out.map(without))
}
