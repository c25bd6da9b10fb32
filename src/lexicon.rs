//! The words of one language that the engine and the rules ask for, by class, with their forms.
//!
//! The code knows no language: which words there are, and how they change, stands in
//! `data/lexicon/LANG.tsv` and `data/lexicon/LANG.toml`.

pub(crate) mod choice;
mod class;
mod entry;
mod features;
mod grammar;
mod readings;
mod table;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

pub use class::{Class, ClassSet};
pub(crate) use class::{MOST_CLASSES, positions};
use entry::Entries;
pub use entry::Sense;
pub use features::Features;
use grammar::{Grammar, Prefix};
pub(crate) use readings::Readings;

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::phrases::Phrases;
use crate::text::{fold, is_silent};

/// The number of an entry, one more than its position, with what a text writes onto it: see
/// [`Lexicon::sense`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    entry: NonZeroU32,
    features: Features,
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    language: String,
    classes: BTreeMap<String, Class>,
    /// The number of the entry of each form, one more than its position.
    forms: Phrases<Option<NonZeroU32>>,
    entries: Entries,
    /// By their first letter.
    prefixes: Vec<(char, Vec<Prefix>)>,
    article: Box<str>,
    name_articles: Vec<String>,
    object_classes: Vec<String>,
    people_classes: Vec<String>,
    script: String,
    conjugates: bool,
    kunyas: Vec<String>,
    nisbas: Vec<(String, String)>,
    noun_kinds: BTreeMap<String, Vec<String>>,
    /// Pronouns at the end of a word, as written, and what they stand for, the longest first.
    enclitics: Vec<(String, Features)>,
    /// The vowel sign on the first letter of a passive.
    passive_vowel: String,
    /// The first letter of verbs that carry it on their third.
    passive_third: String,
    that_or_if: String,
}

impl Lexicon {
    /// Reads `lexicon/LANG.toml` and `lexicon/LANG.tsv` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with file and line for a row that has not three fields, an unknown part
    /// of speech, or too many classes.
    pub fn load(data: &DataFolder, language: &str) -> Result<Self> {
        let grammar = Grammar::load(data, language)?;
        let mut lexicon = Self::with_grammar(data, language, &grammar)?;
        let file = format!("lexicon/{language}.tsv");
        let table = data.text(&file)?;
        lexicon
            .read_table(&table, &grammar)
            .map_err(|(line, problem)| Error::parse(data.label(&file), line, problem))?;
        Ok(lexicon)
    }

    /// The lexicon of a language with what its grammar says, but no words yet.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] for a grammar that is not what it should be.
    pub(crate) fn without_words(data: &DataFolder, language: &str) -> Result<Self> {
        Self::with_grammar(data, language, &Grammar::load(data, language)?)
    }

    fn with_grammar(data: &DataFolder, language: &str, grammar: &Grammar) -> Result<Self> {
        let mut lexicon = Self {
            language: language.to_owned(),
            article: fold(&grammar.article).into(),
            name_articles: grammar
                .name_articles
                .iter()
                .map(|word| fold(word))
                .collect(),
            ..Self::default()
        };
        lexicon.object_classes.clone_from(&grammar.object_classes);
        lexicon.people_classes.clone_from(&grammar.people_classes);
        lexicon.enclitics = grammar
            .enclitics
            .iter()
            .map(|row| (row.form.written.clone(), Features::pronoun(&row.gender)))
            .collect();
        lexicon
            .enclitics
            .sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        lexicon.passive_vowel.clone_from(&grammar.passive_vowel);
        lexicon.passive_third.clone_from(&grammar.passive_third);
        lexicon.that_or_if.clone_from(&grammar.that_or_if);
        lexicon.script.clone_from(&grammar.script);
        lexicon.conjugates = grammar.conjugates();
        lexicon.kunyas = grammar.kunyas.iter().map(|word| fold(word)).collect();
        lexicon.nisbas = grammar
            .nisbas
            .iter()
            .map(|(start, end)| (fold(start), fold(end)))
            .collect();
        lexicon.noun_kinds.clone_from(&grammar.noun_kinds);
        lexicon.prefixes = grammar
            .prefixes()
            .map_err(|problem| Error::parse(data.label(&grammar::file(language)), 1, problem))?;
        Ok(lexicon)
    }

    /// The language's two-letter code.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The class of this name, if the lexicon has words of it.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<Class> {
        self.classes.get(name).copied()
    }

    /// The names of all classes, in order of the alphabet.
    pub fn class_names(&self) -> impl Iterator<Item = &str> {
        self.classes.keys().map(String::as_str)
    }

    /// Classes that the grammar of the language itself names.
    #[must_use]
    pub fn grammar_classes(&self) -> ClassSet {
        let kinds = self.noun_kinds.keys().map(String::as_str);
        let people = self.people_classes.iter().map(String::as_str);
        let names: Vec<&str> = kinds.chain(people).collect();
        self.set(&names).and(self.object_classes())
    }

    /// The set of all classes of these names; names without words are left out.
    #[must_use]
    pub fn set(&self, names: &[&str]) -> ClassSet {
        let mut set = ClassSet::default();
        for class in names.iter().filter_map(|name| self.class(name)) {
            set.add(class);
        }
        set
    }

    /// The article that may stand before a name.
    #[must_use]
    pub fn article(&self) -> &str {
        &self.article
    }

    /// Articles that stand as words of their own before a name.
    #[must_use]
    pub fn name_articles(&self) -> &[String] {
        &self.name_articles
    }

    /// Classes of verbs whose pronoun stands for the place that they take.
    #[must_use]
    pub fn object_classes(&self) -> ClassSet {
        self.set(
            &self
                .object_classes
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        )
    }

    /// The language writes pronouns onto other words.
    #[must_use]
    pub fn has_pronouns(&self) -> bool {
        !self.enclitics.is_empty()
    }

    /// True when a word as written ends in a pronoun; marks behind its last letter do not count.
    #[must_use]
    pub fn ends_in_pronoun(&self, written: &str) -> bool {
        self.pronoun(written) != Features::default()
    }

    /// What the pronoun at the end of a word as written stands for; nothing without one.
    #[must_use]
    pub fn pronoun(&self, written: &str) -> Features {
        let bare = written.trim_end_matches(|c: char| !c.is_alphabetic());
        let bare = bare.trim_end_matches(is_silent);
        let found = self.enclitics.iter().find(|(form, _)| bare.ends_with(form));
        found.map_or_else(Features::default, |(_, features)| *features)
    }

    /// True when the first letter of a verb as written, behind "and", carries the vowel of the
    /// passive; or the third, where the language has it there.
    #[must_use]
    pub fn is_passive(&self, written: &str) -> bool {
        let Some(vowel) = self.passive_vowel.chars().next() else {
            return false;
        };
        if !written.contains(vowel) {
            return false;
        }
        // On the first letter, or on the third behind a letter that only leads to the second.
        let begins = |word: &str| {
            let leads = !self.passive_third.is_empty() && word.starts_with(&self.passive_third);
            let is_on = |letter: usize| {
                let mut letters = word.chars().skip(letter);
                letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some(vowel)
            };
            is_on(0) || leads && is_on(2)
        };
        let without_and = self
            .prefixes
            .iter()
            .flat_map(|(_, prefixes)| prefixes)
            .filter(|prefix| prefix.features == Features::AND)
            .find_map(|prefix| written.strip_prefix(&*prefix.form));
        begins(written) || without_and.is_some_and(begins)
    }

    /// A particle, as written, that means "if" before a verb and "that" before anything else.
    #[must_use]
    pub fn that_or_if(&self) -> &str {
        &self.that_or_if
    }

    /// The script that the language is written in, by its ISO 15924 code.
    #[must_use]
    pub fn script(&self) -> &str {
        &self.script
    }

    /// True when the endings of verbs say who acts: the grammar of the language has a table of them.
    #[must_use]
    pub fn conjugates(&self) -> bool {
        self.conjugates
    }

    /// Words that begin a byname of a person, such as "father of".
    #[must_use]
    pub fn kunyas(&self) -> &[String] {
        &self.kunyas
    }

    /// Beginning and end of family names.
    #[must_use]
    pub fn nisbas(&self) -> &[(String, String)] {
        &self.nisbas
    }

    /// The kinds of place that the nouns of a class stand before.
    #[must_use]
    pub fn noun_kinds(&self) -> &BTreeMap<String, Vec<String>> {
        &self.noun_kinds
    }

    /// Every way to read `word` as prefixes and a rest, the whole word first.
    pub fn readings<'w>(
        &self,
        word: &'w str,
    ) -> impl Iterator<Item = (Features, &'w str)> + use<'w, '_> {
        let head = word.chars().next();
        let prefixes = self
            .prefixes
            .iter()
            .find(|(letter, _)| Some(*letter) == head);
        let prefixes = prefixes.map_or(&[][..], |(_, prefixes)| prefixes);
        let stripped = prefixes.iter().filter_map(move |prefix| {
            let rest = word.strip_prefix(&*prefix.form)?;
            (rest.len() > 2).then_some((prefix.features, rest))
        });
        std::iter::once((Features::default(), word)).chain(stripped)
    }

    /// The longest entry that starts with `word` and goes on with `next(1)`, `next(2)`, ...
    pub fn longest<'a>(
        &self,
        word: &str,
        next: impl Fn(usize) -> Option<&'a str> + Copy,
    ) -> Option<(Sense<'_>, usize)> {
        let (written, words) = self.longest_of(Readings::ALL, word, next)?;
        Some((self.sense(written), words))
    }

    /// How an entry is read with what is written onto it.
    pub(crate) fn sense(&self, written: Written) -> Sense<'_> {
        self.entries.get(written.entry).sense(written.features)
    }

    /// As [`Lexicon::longest`], of some of the readings of `word`.
    pub(crate) fn longest_of<'a>(
        &self,
        some: Readings,
        word: &str,
        next: impl Fn(usize) -> Option<&'a str> + Copy,
    ) -> Option<(Written, usize)> {
        if some == Readings::AS_WRITTEN {
            let (entry, words) = self.entry(word, next)?;
            let features = Features::default();
            return Some((Written { entry, features }, words));
        }
        let mut best: Option<(Written, usize)> = None;
        for (position, (features, rest)) in self.readings(word).enumerate() {
            let [plain, bare] = Readings::of(position);
            let plain = some
                .meets(plain)
                .then(|| self.entry(rest, next))
                .flatten()
                .map(|found| (found, features));
            let with_article = || {
                let bare = self.without_article(rest)?;
                let (entry, words) = self.entry(bare, next)?;
                let form = self.entries.get(entry).features;
                form.any(Features::NOUN)
                    .then_some(((entry, words), features.and(Features::THE)))
            };
            let with_article = some.meets(bare).then(with_article).flatten();
            for ((entry, words), features) in [plain, with_article].into_iter().flatten() {
                if best.as_ref().is_none_or(|(_, most)| words > *most) {
                    best = Some((Written { entry, features }, words));
                }
            }
        }
        best
    }

    /// The entry of the longest form that starts with `word` just as it is, and its words.
    pub(crate) fn entry<'a>(
        &self,
        word: &str,
        next: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<(NonZeroU32, usize)> {
        let (entry, words) = self.forms.longest(word, next)?;
        Some(((*entry)?, words))
    }

    /// Bits of the words that may stand second in entries that begin with `word` just as it is; see
    /// [`crate::phrases::PhraseIndex::seconds`].
    pub(crate) fn seconds(&self, word: &str) -> u64 {
        self.forms.seconds(word)
    }

    /// A word behind the article that is written onto it.
    pub(crate) fn without_article<'w>(&self, word: &'w str) -> Option<&'w str> {
        let bare = (!self.article.is_empty())
            .then(|| word.strip_prefix(&*self.article))
            .flatten();
        bare.filter(|bare| bare.len() > 2)
    }
}
