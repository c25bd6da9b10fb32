//! How a written name sounds: the key by which names are compared that writers spell as they hear
//! them, or misspell.
//!
//! What sounds alike stands in `data/lexicon/LANG.sounds.toml`. The distance between two keys is that of
//! Damerau and Levenshtein (restricted: no part is edited twice), with weights: a vowel more or less
//! costs little, a consonant much.

use rustc_hash::FxHashMap;

use crate::data::DataFolder;
use crate::error::{Error, Result};

/// The sounds of a name, one sign each.
pub(super) type Key = Vec<char>;

/// What a change of one sound costs; [`EDIT`] is a consonant.
pub(super) type Cost = u32;

/// A consonant more, less, or in place of quite another.
pub(super) const EDIT: Cost = 100;
/// A letter that only looks or sounds a little like the other.
const CLOSE: Cost = 60;
/// Two neighbours in the wrong order.
const SWAP: Cost = 50;
/// A vowel more or less at the head or at the end.
const OUTER: Cost = 45;
/// One vowel for another.
const VOWEL: Cost = 40;
/// A vowel more or less.
const LENGTH: Cost = 30;
/// One letter for another that sounds the same to many.
pub(super) const ALIKE: Cost = 20;

/// Sounds of a longer name are not compared.
pub(super) const LONGEST: usize = 24;

/// What sounds alike in one language.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    table: Table,
    /// For each consonant the one that stands for it and all that are like it.
    classes: FxHashMap<char, char>,
    vowels: Vec<char>,
    /// What it costs to write one sound for another, where that is less than [`EDIT`].
    exchanges: FxHashMap<(char, char), Cost>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Table {
    /// Letters and the sound that they are.
    sounds: Vec<(String, String)>,
    /// Sounds at the end of a key and what they become.
    endings: Vec<(String, String)>,
    vowels: String,
    /// Groups of sounds of which each is like each other.
    alike: Vec<String>,
    /// As `alike`, of sounds that are less so.
    close: Vec<String>,
}

impl Sounds {
    /// Reads `lexicon/LANG.sounds.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] for a table that is not what it should be.
    pub(super) fn load(data: &DataFolder, language: &str) -> Result<Self> {
        let file = format!("lexicon/{language}.sounds.toml");
        let table: Table = data.toml(&file)?;
        if table.sounds.iter().any(|(letters, _)| letters.is_empty()) {
            let problem = "a sound has no letters";
            return Err(Error::parse(data.label(&file), 1, problem));
        }
        Ok(Self::of(table))
    }

    fn of(table: Table) -> Self {
        let mut classes: FxHashMap<char, char> = FxHashMap::default();
        for group in &table.alike {
            let known = |c: char, classes: &FxHashMap<char, char>| *classes.get(&c).unwrap_or(&c);
            let Some(first) = group.chars().next() else {
                continue;
            };
            let head = known(first, &classes);
            for c in group.chars() {
                let old = known(c, &classes);
                classes.insert(c, head);
                for class in classes.values_mut().filter(|class| **class == old) {
                    *class = head;
                }
            }
        }
        let vowels: Vec<char> = table.vowels.chars().collect();
        // What is said last of two sounds counts: that they are alike before that they are close.
        let mut exchanges = FxHashMap::default();
        let groups = |cost, groups: &'_ [String]| -> Vec<(Cost, Vec<char>)> {
            let letters = groups.iter().map(|group| group.chars().collect());
            letters.map(|letters| (cost, letters)).collect()
        };
        let all = [
            vec![(VOWEL, vowels.clone())],
            groups(CLOSE, &table.close),
            groups(ALIKE, &table.alike),
        ];
        for (cost, group) in all.iter().flatten() {
            for a in group {
                exchanges.extend(group.iter().map(|b| ((*a, *b), *cost)));
            }
        }
        Self {
            table,
            classes,
            vowels,
            exchanges,
        }
    }

    /// The sounds of folded words, written as one.
    pub(super) fn key<'w>(&self, words: impl Iterator<Item = &'w str>) -> Key {
        let mut key = Key::new();
        for word in words {
            let mut rest = word;
            while let Some(letter) = rest.chars().next() {
                let spelling = self.table.sounds.iter();
                let mut spelling = spelling.filter(|(letters, _)| rest.starts_with(&**letters));
                match spelling.next() {
                    Some((letters, sound)) => {
                        key.extend(sound.chars());
                        rest = &rest[letters.len()..];
                    }
                    None => {
                        key.push(letter);
                        rest = &rest[letter.len_utf8()..];
                    }
                }
            }
        }
        key.dedup();
        for (written, becomes) in &self.table.endings {
            let written: Key = written.chars().collect();
            if key.len() > written.len() && key.ends_with(&written) {
                key.truncate(key.len() - written.len());
                key.extend(becomes.chars());
                break;
            }
        }
        key.dedup();
        key
    }

    pub(super) fn is_vowel(&self, sound: char) -> bool {
        self.vowels.contains(&sound)
    }

    /// The consonants of a key, those that sound alike as one.
    pub(super) fn skeleton(&self, key: &[char]) -> Key {
        let consonants = key.iter().filter(|sound| !self.is_vowel(**sound));
        consonants
            .map(|sound| *self.classes.get(sound).unwrap_or(sound))
            .collect()
    }

    /// What it costs to make one key of another.
    pub(super) fn distance(&self, from: &[char], to: &[char]) -> Cost {
        let width = to.len() + 1;
        let mut rows = vec![0; (from.len() + 1) * width];
        for column in 0..to.len() {
            rows[column + 1] = rows[column] + self.single(to, column);
        }
        for row in 0..from.len() {
            let here = (row + 1) * width;
            rows[here] = rows[here - width] + self.single(from, row);
            for column in 0..to.len() {
                let at = here + column + 1;
                let less = rows[at - width] + self.single(from, row);
                let more = rows[at - 1] + self.single(to, column);
                let other = rows[at - width - 1] + self.exchange(from[row], to[column]);
                let is_swap = row > 0
                    && column > 0
                    && from[row] != to[column]
                    && (from[row - 1], from[row]) == (to[column], to[column - 1]);
                let best = less.min(more).min(other);
                rows[at] = if is_swap {
                    best.min(rows[at - 2 * width - 2] + SWAP)
                } else {
                    best
                };
            }
        }
        rows[rows.len() - 1]
    }

    /// What one sound of a key more or less costs.
    fn single(&self, key: &[char], at: usize) -> Cost {
        if !self.is_vowel(key[at]) {
            EDIT
        } else if at == 0 || at + 1 == key.len() {
            OUTER
        } else {
            LENGTH
        }
    }

    fn exchange(&self, a: char, b: char) -> Cost {
        if a == b {
            return 0;
        }
        self.exchanges.get(&(a, b)).copied().unwrap_or(EDIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(language: &str, a: &str, b: &str) -> Cost {
        let sounds = Sounds::load(&DataFolder::Bundled, language).unwrap();
        let key = |name: &str| sounds.key(name.split(' '));
        sounds.distance(&key(a), &key(b))
    }

    #[test]
    fn one_name_has_one_key_in_the_spellings_of_many_writers() {
        for (language, a, b) in [
            ("en", "quriyah", "qouriyyeh"),
            ("en", "baghuz", "baghooz"),
            ("en", "shafah", "chafa"),
            ("en", "abu hamam", "abou hammam"),
            ("ar", "الشعفه", "الشعففا"),
        ] {
            let distance = distance(language, a, b);
            assert!(distance <= ALIKE, "{a} {b}: {distance}");
        }
    }

    #[test]
    fn what_is_seldom_exchanged_costs_more() {
        for (language, a, b, cost) in [
            ("en", "hajin", "hejin", ALIKE),
            ("en", "hajin", "hijin", VOWEL),
            ("en", "kishkiyah", "kishkyah", 0),
            ("en", "marashdah", "marashidah", LENGTH),
            ("en", "hajin", "hajina", OUTER),
            ("en", "markadah", "makradah", SWAP),
            ("en", "busayrah", "bunayrah", EDIT),
            ("ar", "هجين", "حجين", ALIKE),
            ("ar", "مراشده", "مرشده", LENGTH),
            ("ar", "بوخاطر", "بوخطار", SWAP),
            ("ar", "سخنه", "سحنه", CLOSE),
            ("ar", "هجين", "هجبن", CLOSE),
            ("ar", "هجين", "هجين", 0),
        ] {
            assert_eq!(distance(language, a, b), cost, "{a} {b}");
        }
    }

    #[test]
    fn a_sound_without_letters_is_an_error() {
        let bytes = b"sounds = [[\"\", \"a\"]]".to_vec();
        let data = DataFolder::patched("lexicon/en.sounds.toml", bytes);
        let problem = Sounds::load(&data, "en").unwrap_err().to_string();
        assert!(problem.contains("en.sounds.toml"), "{problem}");
    }
}
