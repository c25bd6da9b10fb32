//! Names and what they mean, found in a text in all their spellings.
//!
//! A name stands here once, under the key of its spellings, and a look-up brings the words of the
//! text to that key: no table of all spellings need be kept.

mod writer;

use std::num::NonZeroU32;

pub(crate) use writer::Writer;

use super::names::{Alias, Meaning};
use super::spelling::Articles;
use crate::gazetteer::PlaceId;
use crate::phrases::{MOST_WORDS, PhraseIndex, second_bit};

/// All names, each under the key of its spellings.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    articles: Articles,
    keys: PhraseIndex,
    /// For each key where its places begin, and whether it is one of the `special` ones; one more
    /// at the end.
    starts: Vec<Start>,
    /// The places that have a spelling of a key, in order of id.
    places: Vec<PlaceId>,
    special: Vec<Special>,
}

/// A position in the list of places, and a mark of a special key in the highest bit.
#[derive(Debug, Clone, Copy, Default)]
struct Start(u32);

const SPECIAL: u32 = 1 << 31;

/// Where the meaning of a name stands, see [`NameIndex::meaning`]: one more than its key, or than
/// its position among the special keys, which the highest bit tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit(NonZeroU32);

/// Among the bits of [`NameIndex::seconds`]: any word that a name begins with.
const ANY_NAME: u64 = 1 << 63;

/// A key that, written as it is, means something else than in its other spellings.
#[derive(Debug, Clone, Default)]
struct Special {
    key: u32,
    places: Vec<PlaceId>,
    aliases: Vec<Alias>,
    is_masked: bool,
}

impl NameIndex {
    /// The longest name that starts with `first` and goes on with `next(1)`, `next(2)`, ... : where
    /// its meaning stands, and its number of words.
    pub(crate) fn longest<'a>(
        &self,
        first: &str,
        next: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<(Hit, usize)> {
        let mut best: Option<(Hit, usize)> = None;
        let goes_on = self.keys.read(first, &next, |key, words| {
            best = self.as_written(key).map(|hit| (hit, words)).or(best);
        });
        let mut spelled = |key: u32, words: usize, is_ascii: bool| {
            if best.is_none_or(|(_, most)| words > most) {
                let found = self.as_spelled(key, is_ascii);
                best = found.map(|hit| (hit, words)).or(best);
            }
        };
        if let Some(second) = next(1)
            && self.articles.is_article_of(first, second)
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
        let hit = as_written.or_else(|| {
            let key = self.keys.get(&self.articles.other_key(phrase)?)?;
            self.as_spelled(key, phrase.is_ascii())
        });
        hit.map(|hit| self.meaning(hit))
    }

    /// False only when no name of two words is this one with that one behind it, in any spelling.
    pub(crate) fn may_pair(&self, seconds: u64, second: &str) -> bool {
        seconds != 0 && seconds & self.second_bits(second) != 0
    }

    /// What stands there.
    pub(crate) fn meaning(&self, hit: Hit) -> Meaning<'_> {
        let at = hit.0.get() - 1;
        if at & SPECIAL == 0 {
            return Meaning {
                places: self.spelled(at),
                ..Meaning::default()
            };
        }
        let special = &self.special[(at & !SPECIAL) as usize];
        Meaning {
            places: &special.places,
            aliases: &special.aliases,
            is_masked: special.is_masked,
        }
    }

    /// Bits of the words with which names of several words that begin with `first` may go on: when
    /// none is among the [`NameIndex::second_bits`] of a word, no such name goes on with it.
    pub(crate) fn seconds(&self, first: &str) -> u64 {
        let is_article = self.articles.is_article(first);
        let behind_article = if is_article { ANY_NAME } else { 0 };
        let bare = self.articles.bare(first);
        let bare = bare.map_or(0, |bare| self.keys.seconds(bare));
        self.keys.seconds(first) | bare | behind_article
    }

    /// The bits of a word as the second of a name.
    pub(crate) fn second_bits(&self, word: &str) -> u64 {
        let begins = if self.keys.may_begin(word) {
            ANY_NAME
        } else {
            0
        };
        let bare = self.articles.bare(word).map_or(0, second_bit);
        second_bit(word) | bare | begins
    }

    /// The articles that come and go before names.
    pub(crate) fn articles(&self) -> &Articles {
        &self.articles
    }

    /// The words of names that are no place's: of parties, persons, outlets, campaigns.
    pub(crate) fn words_of_others(&self) -> impl Iterator<Item = &str> {
        let is_other = |special: &&Special| special.is_masked || !special.aliases.is_empty();
        let others = self.special.iter().filter(is_other);
        others.flat_map(|special| self.keys.phrase(special.key).split(' '))
    }

    /// What the words of a key mean.
    fn as_written(&self, key: u32) -> Option<Hit> {
        let start = self.starts[key as usize];
        if start.0 & SPECIAL == 0 {
            let hit = NonZeroU32::new(key + 1).map(Hit);
            return hit.filter(|_| !self.spelled(key).is_empty());
        }
        let found = self
            .special
            .binary_search_by_key(&key, |special| special.key);
        let position = found.ok()?;
        let special = &self.special[position];
        let is_empty =
            special.places.is_empty() && special.aliases.is_empty() && !special.is_masked;
        let hit = NonZeroU32::new(SPECIAL | (position as u32 + 1)).map(Hit);
        hit.filter(|_| !is_empty)
    }

    /// What other spellings of a key mean. Those of the articles that are words of their own are
    /// of ASCII letters, those of the article that is written onto words are not.
    fn as_spelled(&self, key: u32, is_ascii: bool) -> Option<Hit> {
        let has_places = !self.spelled(key).is_empty();
        let is_meant = has_places && self.keys.phrase(key).is_ascii() == is_ascii;
        NonZeroU32::new(key + 1).map(Hit).filter(|_| is_meant)
    }

    fn spelled(&self, key: u32) -> &[PlaceId] {
        let [start, end] = [key, key + 1].map(|at| self.starts[at as usize].0 & !SPECIAL);
        &self.places[start as usize..end as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::actor::Actors;
    use crate::data::DataFolder;
    use crate::extract::names;
    use crate::gazetteer::{Cue, Gazetteer};
    use crate::text::fold;

    const ARTICLE: &str = "ال";
    const SEPARATE: [&str; 9] = ["al", "as", "ash", "ad", "ar", "an", "at", "az", "el"];

    /// Every spelling of a name, one by one, as the index says without them.
    fn spellings(name: &str, cue: Cue) -> BTreeSet<String> {
        let mut out = BTreeSet::from([name.to_owned()]);
        let is_long = |word: &str| word.chars().count() >= 4;
        // "Ash Shafah", "al Shafah", but no "ad Shafah".
        let fits =
            |article: &str, rest: &str| article.ends_with('l') || rest.starts_with(&article[1..2]);
        if name.is_ascii() {
            let led = name
                .split_once(' ')
                .filter(|(first, rest)| SEPARATE.contains(first) && fits(first, rest));
            let rest = led.map_or(name, |(_, rest)| rest);
            let articles = SEPARATE.iter().filter(|article| fits(article, rest));
            out.extend(articles.map(|article| format!("{article} {rest}")));
            if led.is_some() && is_long(rest) {
                out.insert(rest.to_owned());
            }
        } else if cue == Cue::Free {
            let other = |word: &str| match word.strip_prefix(ARTICLE) {
                Some(bare) => is_long(bare).then(|| bare.to_owned()),
                None => is_long(word).then(|| format!("{ARTICLE}{word}")),
            };
            let words: Vec<&str> = name.split(' ').collect();
            let changing = if words.len() == 2 { 2 } else { 1 };
            for at in 0..changing {
                for spelling in out.clone() {
                    let words: Vec<&str> = spelling.split(' ').collect();
                    if let Some(word) = other(words[at]) {
                        let words = [&words[..at], &[&word], &words[at + 1..]].concat();
                        out.insert(words.join(" "));
                    }
                }
            }
        }
        out
    }

    const HEADER: &str = "id,name_ar,aliases_ar,name_en,aliases_en,kind,lat,lon,bank,parent,precision_km,cue,source,note\n";

    /// Names whose spellings run into each other.
    const ROWS: &str = "\
a,الشعفة,شعفة|الشعفه,Al Shafah,Shafah,town,34,40,left,,1,,x,\n\
b,الألماني,الماني,Al As Salam,As Salam,town,34,40,left,,1,,x,\n\
c,ماني,ألبان|الألبان,Salam,El Al Salam,town,34,40,left,,1,,x,\n\
d,تل أبيض,التل الأبيض,Al Foo,Foo,town,34,40,left,,1,head,x,\n\
e,تل الأبيض,مركدة الأبيض الصغيرة,Foo,Al Ad Foo,town,34,40,left,,1,,x,\n\
f,تل أبيض,مركدة,Al Abc,abc Def,town,34,40,left,,1,strong,x,\n\
g,الشعفة,تل,Abc,Al,town,34,40,left,,1,head,x,\n\
h,مخيم abcd,الأبيض,Tell al-Abyad,Tell Abyad,camp,34,40,left,,1,,x,\n";

    #[test]
    fn a_phrase_means_the_places_that_are_spelled_so() {
        let data = DataFolder::Bundled;
        let bundled = data.text("gazetteer.csv").unwrap();
        for table in [format!("{HEADER}{ROWS}").as_str(), &*bundled] {
            let gazetteer = Gazetteer::parse(table, "table").unwrap();
            let actors = Actors::load(&data).unwrap();
            let index = names::load(&data, &gazetteer, &actors, &["ar", "en"]).unwrap();
            let mut expected: BTreeMap<String, BTreeSet<PlaceId>> = BTreeMap::new();
            for (id, place) in gazetteer.iter() {
                for name in place.names() {
                    let name = fold(&name.split(" (").next().unwrap().replace('/', " "));
                    for spelling in spellings(&name, place.cue) {
                        expected.entry(spelling).or_default().insert(id);
                    }
                }
            }
            // Spellings of spellings are mostly those of nothing.
            let near: BTreeSet<String> = (expected.keys())
                .flat_map(|name| spellings(name, Cue::Free))
                .collect();
            for phrase in &near {
                let meaning = index.get(phrase).unwrap_or_default();
                let wanted: Vec<PlaceId> = expected
                    .get(phrase)
                    .into_iter()
                    .flatten()
                    .copied()
                    .collect();
                assert_eq!(meaning.places, wanted, "{phrase}");
                let words: Vec<&str> = phrase.split(' ').collect();
                let longest = index.longest(words[0], |ahead| words.get(ahead).copied());
                let whole = longest.filter(|(_, count)| *count == words.len());
                let places = whole.map_or(&[][..], |(hit, _)| index.meaning(hit).places);
                if words.len() <= MOST_WORDS {
                    assert_eq!(places, wanted, "the longest of {phrase}");
                }
            }
        }
    }
}
