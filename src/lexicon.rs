//! The words of one language that the engine and the rules ask for, by class, with their forms.
//!
//! The code knows no language: which words there are, and how they change, stands in
//! `data/lexicon/LANG.tsv` and `data/lexicon/LANG.toml`.

use std::collections::BTreeMap;

use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::phrases::Phrases;
use crate::text::{fold, is_silent};

/// A set of word classes of one lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassSet([u128; 2]);

/// The position of a class in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(u8);

impl ClassSet {
    /// True when the class is in the set.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        self.0[usize::from(class.0 >> 7)] >> (class.0 & 127) & 1 == 1
    }

    /// True when the two sets share a class.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0[0] & other.0[0] != 0 || self.0[1] & other.0[1] != 0
    }

    /// True when no class is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 2]
    }

    /// The classes of either set.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    /// The positions of its classes, in order.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(half, mut bits)| {
            std::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let class = bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    half * 128 + class
                })
            })
        })
    }

    fn add(&mut self, class: Class) {
        self.0[usize::from(class.0 >> 7)] |= 1 << (class.0 & 127);
    }
}

/// What the form of a word says, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    fn pronoun(gender: &str) -> Self {
        match gender {
            "f" => Self::HER,
            "m" => Self::HIM,
            "we" => Self::US,
            "d" => Self::THEM.and(Self::DUAL),
            _ => Self::THEM,
        }
    }
}

/// What the lexicon says of a form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entry {
    /// Its classes.
    pub classes: ClassSet,
    /// What its form says.
    pub features: Features,
    /// A number or a word that the table gives it after `=`.
    pub value: Option<Box<str>>,
}

/// How the lexicon reads a form of a text: an entry, with what is written onto it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sense<'a> {
    /// Its classes.
    pub classes: ClassSet,
    /// What its form says.
    pub features: Features,
    /// A number or a word that the table gives it.
    pub value: Option<&'a str>,
}

/// A prefix that is written together with the word that follows.
#[derive(Debug, Clone, PartialEq)]
struct Prefix {
    form: Box<str>,
    features: Features,
}

/// The words of one language.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    language: String,
    classes: BTreeMap<String, Class>,
    entries: Phrases<Entry>,
    /// By their first letter.
    prefixes: Vec<(char, Vec<Prefix>)>,
    article: Box<str>,
    name_articles: Vec<String>,
    object_classes: Vec<String>,
    people_classes: Vec<String>,
    script: String,
    kunyas: Vec<String>,
    nisbas: Vec<(String, String)>,
    noun_kinds: BTreeMap<String, Vec<String>>,
    /// Pronouns at the end of a word, as written, and what they stand for, the longest first.
    enclitics: Vec<(String, Features)>,
    /// The vowel sign on the first letter of a passive.
    passive_vowel: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Grammar {
    proclitics: Vec<ProcliticRow>,
    article: String,
    name_articles: Vec<String>,
    object_classes: Vec<String>,
    people_classes: Vec<String>,
    script: String,
    kunyas: Vec<String>,
    nisbas: Vec<(String, String)>,
    noun_kinds: BTreeMap<String, Vec<String>>,
    contractions: Vec<ProcliticRow>,
    enclitics: Vec<EncliticRow>,
    passive_vowel: String,
    construct: Vec<Construct>,
    verb: VerbTable,
}

#[derive(Debug, Default, serde::Deserialize)]
struct ProcliticRow {
    form: String,
    flags: Vec<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
struct EncliticRow {
    form: String,
    gender: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Construct {
    ending: String,
    becomes: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct VerbTable {
    /// How a past stem ends before a pronoun.
    before_object: Vec<Construct>,
    past: Vec<Ending>,
    present_prefix: String,
    present: Vec<Ending>,
}

#[derive(Debug, Default, serde::Deserialize)]
struct Ending {
    #[serde(default)]
    prefix: String,
    suffix: String,
    gender: String,
}

impl Lexicon {
    /// Reads `lexicon/LANG.toml` and `lexicon/LANG.tsv` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with file and line for a row that has not three fields, an unknown part
    /// of speech, or more than 256 classes.
    pub fn load(data: &DataFolder, language: &str) -> Result<Self> {
        let (grammar_file, table_file) = (
            format!("lexicon/{language}.toml"),
            format!("lexicon/{language}.tsv"),
        );
        let grammar: Grammar = data.toml(&grammar_file)?;
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
            .map(|row| (row.form.clone(), Features::pronoun(&row.gender)))
            .collect();
        lexicon
            .enclitics
            .sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        lexicon.passive_vowel.clone_from(&grammar.passive_vowel);
        lexicon.script.clone_from(&grammar.script);
        lexicon.kunyas = grammar.kunyas.iter().map(|word| fold(word)).collect();
        lexicon.nisbas = grammar
            .nisbas
            .iter()
            .map(|(start, end)| (fold(start), fold(end)))
            .collect();
        lexicon.noun_kinds.clone_from(&grammar.noun_kinds);
        lexicon.prefixes = grammar
            .prefixes()
            .map_err(|problem| Error::parse(data.label(&grammar_file), 1, problem))?;
        for (index, line) in data.text(&table_file)?.lines().enumerate() {
            if !line.is_empty() && !line.starts_with('#') {
                lexicon
                    .add_row(line, &grammar)
                    .map_err(|problem| Error::parse(data.label(&table_file), index + 1, problem))?;
            }
        }
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
    /// passive.
    #[must_use]
    pub fn is_passive(&self, written: &str) -> bool {
        let Some(vowel) = self.passive_vowel.chars().next() else {
            return false;
        };
        let begins = |word: &str| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some(vowel)
        };
        let without_and = self
            .prefixes
            .iter()
            .flat_map(|(_, prefixes)| prefixes)
            .filter(|prefix| prefix.features == Features::AND)
            .find_map(|prefix| written.strip_prefix(&*prefix.form));
        begins(written) || without_and.is_some_and(begins)
    }

    /// The script that the language is written in, by its ISO 15924 code.
    #[must_use]
    pub fn script(&self) -> &str {
        &self.script
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
        let mut best: Option<(Sense, usize)> = None;
        for (features, rest) in self.readings(word) {
            let bare = (!self.article.is_empty())
                .then(|| rest.strip_prefix(&*self.article))
                .flatten()
                .filter(|bare| bare.len() > 2);
            let plain = self
                .entries
                .longest(rest, next)
                .map(|found| (found, features));
            let with_article = bare.and_then(|bare| {
                let (entry, words) = self.entries.longest(bare, next)?;
                entry
                    .features
                    .any(Features::NOUN)
                    .then_some(((entry, words), features.and(Features::THE)))
            });
            for ((entry, words), features) in [plain, with_article].into_iter().flatten() {
                if best.as_ref().is_none_or(|(_, most)| words > *most) {
                    best = Some((
                        Sense {
                            classes: entry.classes,
                            features: entry.features.and(features),
                            value: entry.value.as_deref(),
                        },
                        words,
                    ));
                }
            }
        }
        best
    }

    fn add_row(&mut self, line: &str, grammar: &Grammar) -> std::result::Result<(), String> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [class, part, forms] = fields[..] else {
            return Err("a row has a class, a part of speech and forms, separated by tabs".into());
        };
        let takes_object = grammar
            .object_classes
            .iter()
            .chain(&grammar.people_classes)
            .any(|known| known == class);
        let class = self.class_named(class)?;
        for form in forms.split('|') {
            let (form, value) = form
                .split_once('=')
                .map_or((form, None), |(form, value)| (form, Some(value)));
            let expanded = grammar
                .expand(part, form, takes_object)
                .ok_or_else(|| format!("unknown part of speech `{part}`"))?;
            for (form, features) in expanded {
                let entry = self.entries.entry(&form);
                entry.classes.add(class);
                entry.features = entry.features.and(features);
                if value.is_some() {
                    entry.value = value.map(Into::into);
                }
            }
        }
        Ok(())
    }

    fn class_named(&mut self, name: &str) -> std::result::Result<Class, String> {
        if let Some(class) = self.classes.get(name) {
            return Ok(*class);
        }
        let Ok(class) = u8::try_from(self.classes.len()).map(Class) else {
            return Err("more than 256 classes".into());
        };
        self.classes.insert(name.to_owned(), class);
        Ok(class)
    }
}

impl Grammar {
    /// The proclitics and contractions; a contraction stands for a proclitic and the article.
    fn prefixes(&self) -> std::result::Result<Vec<(char, Vec<Prefix>)>, String> {
        let prefix = |row: &ProcliticRow, extra: Features| -> std::result::Result<_, String> {
            let mut features = extra;
            for flag in &row.flags {
                features = features
                    .and(Features::named(flag).ok_or_else(|| format!("unknown flag `{flag}`"))?);
            }
            Ok(Prefix {
                form: fold(&row.form).into(),
                features,
            })
        };
        let plain = self
            .proclitics
            .iter()
            .map(|row| prefix(row, Features::default()));
        let contracted = self
            .contractions
            .iter()
            .map(|row| prefix(row, Features::THE));
        let mut by_head: Vec<(char, Vec<Prefix>)> = Vec::new();
        for prefix in plain.chain(contracted) {
            let prefix = prefix?;
            let Some(head) = prefix.form.chars().next() else {
                return Err("a proclitic or contraction has no form".into());
            };
            match by_head.iter_mut().find(|(known, _)| *known == head) {
                Some((_, prefixes)) => prefixes.push(prefix),
                None => by_head.push((head, vec![prefix])),
            }
        }
        Ok(by_head)
    }

    /// All forms of one entry of the table, folded, with their features; none for an unknown part
    /// of speech.
    fn expand(
        &self,
        part: &str,
        form: &str,
        takes_object: bool,
    ) -> Option<Vec<(String, Features)>> {
        match part {
            "v" => Some(self.conjugate(form, takes_object)),
            "n" => {
                let form = fold_phrase(form);
                let mut forms = self.decline(&form);
                // A phrase that is written with its article has it.
                if form.contains(' ') && form.starts_with(&fold(&self.article)) {
                    for (_, features) in &mut forms {
                        *features = features.and(Features::THE);
                    }
                }
                Some(forms)
            }
            "w" => Some(vec![(fold_phrase(form), Features::default())]),
            other => Features::named(other).map(|features| vec![(fold_phrase(form), features)]),
        }
    }

    fn conjugate(&self, form: &str, takes_object: bool) -> Vec<(String, Features)> {
        let (past, present) = form.split_once('/').unwrap_or((form, ""));
        let mut out = Vec::new();
        for written in past.split_whitespace() {
            let stem = fold(written);
            for ending in &self.verb.past {
                let suffix = fold(&ending.suffix);
                let form = format!("{stem}{suffix}");
                out.push((form.clone(), Features::PAST.and(gender_of(ending))));
                if takes_object {
                    let base = if suffix.is_empty() {
                        self.before_object(written).unwrap_or(form)
                    } else {
                        form
                    };
                    self.with_objects(&base, Features::PAST, ending, &mut out);
                }
            }
        }
        for stem in present.split_whitespace().map(fold) {
            let stem = stem
                .strip_prefix(&fold(&self.verb.present_prefix))
                .unwrap_or(&stem)
                .to_owned();
            for ending in &self.verb.present {
                let form = format!("{}{stem}{}", fold(&ending.prefix), fold(&ending.suffix));
                out.push((form.clone(), Features::PRESENT.and(gender_of(ending))));
                if takes_object {
                    self.with_objects(&form, Features::PRESENT, ending, &mut out);
                }
            }
        }
        out
    }

    /// The form of a stem before a pronoun where its last letter changes.
    fn before_object(&self, stem: &str) -> Option<String> {
        self.verb.before_object.iter().find_map(|change| {
            let stem = stem.strip_suffix(change.ending.as_str())?;
            Some(fold(&format!("{stem}{}", change.becomes)))
        })
    }

    /// A finite form alone and, where its class takes a place as object, with each pronoun.
    fn with_objects(
        &self,
        form: &str,
        tense: Features,
        ending: &Ending,
        out: &mut Vec<(String, Features)>,
    ) {
        let features = tense.and(gender_of(ending));
        // The silent alif of the plural falls away before a pronoun.
        let base = if ending.gender == "p" {
            form.strip_suffix('ا').unwrap_or(form)
        } else {
            form
        };
        for enclitic in &self.enclitics {
            out.push((
                format!("{base}{}", fold(&enclitic.form)),
                features.and(Features::pronoun(&enclitic.gender)),
            ));
        }
    }

    /// A noun alone and with each pronoun as its possessor.
    fn decline(&self, form: &str) -> Vec<(String, Features)> {
        let mut out = vec![(form.to_owned(), Features::NOUN)];
        for change in &self.construct {
            let Some(stem) = form.strip_suffix(fold(&change.ending).as_str()) else {
                continue;
            };
            for enclitic in &self.enclitics {
                let owned = format!("{stem}{}{}", fold(&change.becomes), fold(&enclitic.form));
                out.push((
                    owned,
                    Features::NOUN.and(Features::pronoun(&enclitic.gender)),
                ));
            }
        }
        out
    }
}

fn gender_of(ending: &Ending) -> Features {
    Features::named(&ending.gender).unwrap_or_default()
}

/// Folds a phrase of the table, keeping a mark such as `%` that is an entry by itself.
fn fold_phrase(form: &str) -> String {
    let folded = fold(form);
    if folded.is_empty() {
        form.trim().to_owned()
    } else {
        folded
    }
}
