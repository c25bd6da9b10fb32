//! How the words of a language change: `data/lexicon/LANG.toml`, and the forms that come of it.

use std::collections::BTreeMap;

use super::features::Features;
use crate::text::fold;

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
    pub(super) form: String,
    pub(super) gender: String,
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
    /// Letters that fall away at the end of a present stem before the endings of `weak_before`.
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    weak_before: Vec<String>,
}

/// Letters that a shortened stem has at least.
const SHORTEST_STEM: usize = 3;

#[derive(Debug, Default, serde::Deserialize)]
struct Ending {
    #[serde(default)]
    prefix: String,
    suffix: String,
    gender: String,
}

impl Grammar {
    /// True when the first word of a phrase is a verb that agrees with several things.
    pub(super) fn is_plural_verb(&self, form: &str) -> bool {
        let first = form.split(' ').next();
        first.is_some_and(|first| self.plural_verbs.iter().any(|verb| verb == first))
    }

    /// The proclitics and contractions; a contraction stands for a proclitic and the article.
    pub(super) fn prefixes(&self) -> Result<Vec<(char, Vec<Prefix>)>, String> {
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

    /// All forms of one entry of the table, folded, with their features; none for an unknown part
    /// of speech.
    pub(super) fn expand(
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
            let short = self.shortened(&stem);
            for ending in &self.verb.present {
                let (prefix, suffix) = (fold(&ending.prefix), fold(&ending.suffix));
                let whole = format!("{prefix}{stem}{suffix}");
                let falls = self.verb.weak_before.contains(&ending.suffix);
                let short = short.filter(|_| falls);
                let short = short.map(|short| format!("{prefix}{short}{suffix}"));
                for form in std::iter::once(whole).chain(short) {
                    out.push((form.clone(), Features::PRESENT.and(gender_of(ending))));
                    if takes_object {
                        self.with_objects(&form, Features::PRESENT, ending, &mut out);
                    }
                }
            }
        }
        out
    }

    /// A present stem without the weak letter at its end, which falls away in some forms.
    fn shortened<'s>(&self, stem: &'s str) -> Option<&'s str> {
        let mut ends = self.verb.weak.iter();
        let short = ends.find_map(|end| stem.strip_suffix(fold(end).as_str()))?;
        (short.chars().count() >= SHORTEST_STEM).then_some(short)
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
