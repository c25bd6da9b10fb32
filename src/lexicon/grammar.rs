//! How the words of a language change: `data/lexicon/LANG.toml`, and the forms that come of it.

use std::collections::BTreeMap;

use super::features::Features;
use crate::data::DataFolder;
use crate::error::Result;
use crate::text::fold;

/// The class of the verbs that a language calls plural.
const PLURAL_VERB: &str = "plural-verb";

/// The class of those that agree with one thing.
const SINGULAR_VERB: &str = "singular-verb";

/// A prefix that is written together with the word that follows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prefix {
    pub(super) form: Box<str>,
    pub(super) features: Features,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Grammar {
    proclitics: Vec<ProcliticRow>,
    pub(super) article: String,
    pub(super) name_articles: Vec<String>,
    pub(super) object_classes: Vec<String>,
    pub(super) people_classes: Vec<String>,
    /// Verbs that agree with several things: "are". A phrase that begins so agrees, too.
    pub(super) plural_verbs: Vec<String>,
    /// Verbs that agree with one thing, or with any: "is", "will". Likewise.
    pub(super) singular_verbs: Vec<String>,
    pub(super) script: String,
    pub(super) kunyas: Vec<String>,
    pub(super) nisbas: Vec<(String, String)>,
    pub(super) noun_kinds: BTreeMap<String, Vec<String>>,
    contractions: Vec<ProcliticRow>,
    pub(super) enclitics: Vec<EncliticRow>,
    pub(super) passive_vowel: String,
    /// The letter that verbs begin with which carry that vowel on their third letter.
    #[serde(default)]
    pub(super) passive_third: String,
    /// A particle that means "if" before a verb and "that" before anything else.
    #[serde(default)]
    pub(super) that_or_if: String,
    construct: Vec<Construct>,
    verb: VerbTable,
}

#[derive(Debug, Default, serde::Deserialize)]
struct ProcliticRow {
    form: String,
    flags: Vec<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct EncliticRow {
    pub(super) form: Letters,
    pub(super) gender: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Construct {
    ending: Letters,
    becomes: Letters,
}

/// Letters as the table writes them, and folded.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(from = "String")]
pub(super) struct Letters {
    pub(super) written: String,
    folded: String,
}

impl From<String> for Letters {
    fn from(written: String) -> Self {
        let folded = fold(&written);
        Self { written, folded }
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct VerbTable {
    /// How a past stem ends before a pronoun.
    before_object: Vec<Construct>,
    past: Vec<Ending>,
    present_prefix: Letters,
    present: Vec<Ending>,
    /// Letters that fall away at the end of a present stem before the endings of `weak_before`.
    #[serde(default)]
    weak: Vec<Letters>,
    #[serde(default)]
    weak_before: Vec<String>,
}

/// Letters that a shortened stem has at least.
const SHORTEST_STEM: usize = 3;

#[derive(Debug, Default, serde::Deserialize)]
struct Ending {
    #[serde(default)]
    prefix: Letters,
    suffix: Letters,
    gender: String,
}

/// Forms with their features, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Forms {
    letters: String,
    /// Where each ends.
    forms: Vec<(usize, Features)>,
}

impl Forms {
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.forms.clear();
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Features)> {
        let mut start = 0;
        self.forms.iter().map(move |(end, features)| {
            let form = &self.letters[start..*end];
            start = *end;
            (form, *features)
        })
    }

    /// Adds the form that these parts are together.
    fn add(&mut self, parts: &[&str], features: Features) {
        for part in parts {
            self.letters.push_str(part);
        }
        self.forms.push((self.letters.len(), features));
    }
}

/// The table of a language's grammar.
pub(super) fn file(language: &str) -> String {
    format!("lexicon/{language}.toml")
}

impl Grammar {
    pub(super) fn load(data: &DataFolder, language: &str) -> Result<Self> {
        data.toml(&file(language))
    }

    /// True when it has endings of verbs.
    pub(super) fn conjugates(&self) -> bool {
        !self.verb.past.is_empty()
    }

    /// The class that a form belongs to besides its own, by the verb that it begins with.
    pub(super) fn agreement(&self, form: &str) -> Option<&'static str> {
        let first = form.split(' ').next()?;
        let begins = |verbs: &[String]| verbs.iter().any(|verb| verb == first);
        if begins(&self.plural_verbs) {
            Some(PLURAL_VERB)
        } else {
            begins(&self.singular_verbs).then_some(SINGULAR_VERB)
        }
    }

    /// The proclitics and contractions; a contraction stands for a proclitic and the article.
    pub(super) fn prefixes(&self) -> std::result::Result<Vec<(char, Vec<Prefix>)>, String> {
        let prefix = |row: &ProcliticRow, extra: Features| -> Result<_, String> {
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

    /// Adds all forms of one entry of the table, folded, with their features; false for an unknown
    /// part of speech.
    pub(super) fn expand(
        &self,
        part: &str,
        form: &str,
        takes_object: bool,
        forms: &mut Forms,
    ) -> bool {
        let features = match part {
            "v" => {
                self.conjugate(form, takes_object, forms);
                return true;
            }
            "n" => {
                self.decline(&fold_phrase(form), forms);
                return true;
            }
            "w" => Some(Features::default()),
            other => Features::named(other),
        };
        if let Some(features) = features {
            forms.add(&[&fold_phrase(form)], features);
        }
        features.is_some()
    }

    fn conjugate(&self, form: &str, takes_object: bool, forms: &mut Forms) {
        let (past, present) = form.split_once('/').unwrap_or((form, ""));
        for written in past.split_whitespace() {
            let stem = fold(written);
            let before_object = self.before_object(written);
            for ending in &self.verb.past {
                let features = Features::PAST.and(gender_of(ending));
                let suffix = &*ending.suffix.folded;
                forms.add(&[&stem, suffix], features);
                if takes_object {
                    let changed = before_object.as_deref().filter(|_| suffix.is_empty());
                    let base = [changed.unwrap_or(&stem), suffix].concat();
                    self.with_objects(&base, features, ending, forms);
                }
            }
        }
        for stem in present.split_whitespace().map(fold) {
            let stem = stem
                .strip_prefix(&self.verb.present_prefix.folded)
                .unwrap_or(&stem);
            let short = self.shortened(stem);
            for ending in &self.verb.present {
                let features = Features::PRESENT.and(gender_of(ending));
                let falls = self.verb.weak_before.contains(&ending.suffix.written);
                for stem in std::iter::once(stem).chain(short.filter(|_| falls)) {
                    let parts = [&ending.prefix.folded, stem, &ending.suffix.folded];
                    forms.add(&parts, features);
                    if takes_object {
                        self.with_objects(&parts.concat(), features, ending, forms);
                    }
                }
            }
        }
    }

    /// A present stem without the weak letter at its end, which falls away in some forms.
    fn shortened<'s>(&self, stem: &'s str) -> Option<&'s str> {
        let mut ends = self.verb.weak.iter();
        let short = ends.find_map(|end| stem.strip_suffix(&end.folded))?;
        (short.chars().count() >= SHORTEST_STEM).then_some(short)
    }

    /// The form of a stem before a pronoun where its last letter changes.
    fn before_object(&self, stem: &str) -> Option<String> {
        self.verb.before_object.iter().find_map(|change| {
            let stem = stem.strip_suffix(&change.ending.written)?;
            Some(fold(&format!("{stem}{}", change.becomes.written)))
        })
    }

    /// A finite form with each pronoun that may be its object.
    fn with_objects(&self, form: &str, features: Features, ending: &Ending, forms: &mut Forms) {
        // The silent alif of the plural falls away before a pronoun.
        let base = if ending.gender == "p" {
            form.strip_suffix('ا').unwrap_or(form)
        } else {
            form
        };
        for enclitic in &self.enclitics {
            let object = Features::pronoun(&enclitic.gender);
            forms.add(&[base, &enclitic.form.folded], features.and(object));
        }
    }

    /// A noun alone and with each pronoun as its possessor.
    fn decline(&self, form: &str, forms: &mut Forms) {
        // A phrase that is written with its article has it.
        let noun = form.split_once(' ').map_or("", |(first, _)| first);
        let bare = noun.strip_prefix(&*fold(&self.article));
        // One letter is no noun: إلى is a word that only begins like the article.
        let has_article = bare.is_some_and(|bare| bare.chars().nth(1).is_some());
        let article = if has_article {
            Features::THE
        } else {
            Features::default()
        };
        let noun = Features::NOUN.and(article);
        forms.add(&[form], noun);
        for change in &self.construct {
            let Some(stem) = form.strip_suffix(&change.ending.folded) else {
                continue;
            };
            for enclitic in &self.enclitics {
                let owner = Features::pronoun(&enclitic.gender);
                let parts = [stem, &change.becomes.folded, &enclitic.form.folded];
                forms.add(&parts, noun.and(owner));
            }
        }
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
