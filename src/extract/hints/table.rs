//! The weights of hints, read from `data/rules/hints.toml` and `data/rules/LANG.hints.tsv`.

use std::collections::BTreeMap;

use super::hint::{Hint, MOST_FAMILIES, MOST_HINTS, Sign, Spelt, Word};
use crate::claim::Status;
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::lexicon::{ClassSet, Lexicon, MOST_CLASSES};

/// What hints are weighed with, whatever the language.
const SHARED: &str = "rules/hints.toml";

/// The statuses that hints may speak for, in the order of the table's columns.
pub(super) const STATUSES: [Status; 3] = [Status::Control, Status::Partial, Status::Lost];

/// How likely each of [`STATUSES`] is, 0 to 1.
pub(super) type Chances = [f64; STATUSES.len()];

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Shared {
    claim: f64,
    more: f64,
    doubt: f64,
    trust: f64,
    denial: Vec<String>,
    grammar: Vec<String>,
    control: Vec<String>,
    beside: Vec<String>,
    telling: Vec<String>,
    families: BTreeMap<String, Vec<String>>,
}

/// Families of classes and the weights of hints of one language.
#[derive(Debug)]
pub(crate) struct Hints {
    /// How likely a thing must be that is claimed of a place of which no rule reads anything.
    pub claim: f64,
    /// The same for a place of which a rule reads something.
    pub more: f64,
    /// What a rule reads is set aside where it is less likely than that.
    pub doubt: f64,
    /// How far such chances are to be trusted, 0 to 1.
    pub trust: f64,
    /// Words that turn the next ones round.
    pub denial: ClassSet,
    /// Classes that any hint speaks of.
    pub watched: ClassSet,
    names: Vec<String>,
    /// For each class, by its position, whether it tells nothing of who holds a place.
    is_grammar: Vec<bool>,
    /// The families of each class, by its position.
    of_class: Vec<Vec<Word>>,
    is_control: [bool; MOST_FAMILIES],
    is_beside: [bool; MOST_FAMILIES],
    is_telling: [bool; MOST_FAMILIES],
    /// The row of each hint by its number; 0 has no weight.
    rows: Vec<u16>,
    weights: Vec<[f64; STATUSES.len()]>,
}

impl Hints {
    /// Reads the tables for one language.
    ///
    /// # Errors
    ///
    /// Those of [`DataFolder::text`]; [`Error::Parse`] for a line that is no weight of a hint.
    pub(crate) fn load(data: &DataFolder, lexicon: &Lexicon) -> Result<Self> {
        let shared: Shared = data.toml(SHARED)?;
        let mut hints = Self::unweighed(shared, lexicon)
            .map_err(|problem| Error::parse(data.label(SHARED), 1, problem))?;
        let words: BTreeMap<String, Word> = (0..)
            .map(Word)
            .zip(&hints.names)
            .filter(|(_, name)| !name.is_empty())
            .map(|(word, name)| (name.clone(), word))
            .collect();
        let word = |name: &str| words.get(name).copied();
        let file = format!("rules/{}.hints.tsv", lexicon.language());
        let text = data.text(&file)?;
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            hints
                .add(line, &word)
                .map_err(|problem| Error::parse(data.label(&file), number + 1, problem))?;
        }
        let weighed = (0..MOST_CLASSES).filter(|class| hints.is_weighed(*class));
        hints.watched = hints.watched.and(ClassSet::at(weighed));
        Ok(hints)
    }

    /// The families and thresholds, with no weights yet.
    fn unweighed(shared: Shared, lexicon: &Lexicon) -> std::result::Result<Self, String> {
        if shared.families.len() > MOST_FAMILIES {
            return Err(format!("more than {MOST_FAMILIES} families"));
        }
        let families: Vec<String> = shared.families.keys().cloned().collect();
        let flags = |names: &[String]| {
            let mut flags = [false; MOST_FAMILIES];
            for name in names {
                let at = position_of(&families, name).ok_or(format!("no family `{name}`"))?;
                flags[at] = true;
            }
            Ok::<_, String>(flags)
        };
        let set = |classes: &[String]| {
            let classes: Vec<&str> = classes.iter().map(String::as_str).collect();
            lexicon.set(&classes)
        };
        let mut of_class = vec![Vec::new(); MOST_CLASSES];
        let mut watched = ClassSet::default();
        for (at, classes) in shared.families.values().enumerate() {
            // A language may lack a class that another has.
            for class in set(classes).positions() {
                of_class[class].push(Word::family(at));
            }
            watched = watched.and(set(classes));
        }
        let mut names = vec![String::new(); MOST_CLASSES];
        for name in lexicon.class_names() {
            for at in lexicon.set(&[name]).positions() {
                name.clone_into(&mut names[at]);
            }
        }
        names.resize(MOST_CLASSES + MOST_FAMILIES, String::new());
        for (name, family) in names[MOST_CLASSES..].iter_mut().zip(&families) {
            *name = format!("*{family}");
        }
        names.extend(Sign::NAMES.map(str::to_owned));
        let mut is_grammar = vec![false; MOST_CLASSES];
        for class in set(&shared.grammar).positions() {
            is_grammar[class] = true;
        }
        Ok(Self {
            claim: shared.claim,
            more: shared.more,
            doubt: shared.doubt,
            trust: shared.trust,
            denial: set(&shared.denial),
            is_control: flags(&shared.control)?,
            is_beside: flags(&shared.beside)?,
            is_telling: flags(&shared.telling)?,
            watched,
            names,
            is_grammar,
            of_class,
            rows: vec![0; MOST_HINTS],
            weights: vec![Default::default()],
        })
    }

    fn add(
        &mut self,
        line: &str,
        word: &impl Fn(&str) -> Option<Word>,
    ) -> std::result::Result<(), String> {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let hint = Hint::read(name, word).ok_or_else(|| format!("`{name}` is no hint"))?;
        let mut weights = [0.0; STATUSES.len()];
        for weight in &mut weights {
            let field = fields.next().ok_or("a hint has three weights")?;
            *weight = field
                .parse()
                .map_err(|e| format!("`{field}` is not a number: {e}"))?;
        }
        let row = &mut self.rows[hint.number()];
        if *row != 0 {
            return Err(format!("two rows are of `{name}`"));
        }
        *row = u16::try_from(self.weights.len()).map_err(|e| format!("too many hints: {e}"))?;
        self.weights.push(weights);
        Ok(())
    }

    /// A class has a weight of its own.
    fn is_weighed(&self, class: usize) -> bool {
        let word = Word::class(class);
        self.rows[Hint::numbers_of(word)]
            .iter()
            .any(|row| *row != 0)
    }

    /// A class tells nothing of who holds a place.
    pub(super) fn is_grammar(&self, class: usize) -> bool {
        self.is_grammar[class]
    }

    /// Every class that hints may speak of.
    pub(super) fn all(&self) -> ClassSet {
        let classes = 0..MOST_CLASSES;
        ClassSet::at(classes.filter(|class| !self.is_grammar(*class)))
    }

    /// The row of a hint; 0 where it has no weight.
    pub(super) fn row(&self, hint: Hint) -> usize {
        usize::from(self.rows[hint.number()])
    }

    /// The weights of a row.
    pub(super) fn weights(&self, row: usize) -> [f64; STATUSES.len()] {
        self.weights[row]
    }

    /// Rows of the table, with the one of no weight.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The families that a class belongs to.
    pub(super) fn families(&self, class: usize) -> &[Word] {
        &self.of_class[class]
    }

    /// A word of the family may say who holds a place.
    pub(super) fn is_control(&self, family: Word) -> bool {
        family.as_family().is_some_and(|at| self.is_control[at])
    }

    /// A word of the family may tell it where none of control stands.
    pub(super) fn is_telling(&self, family: Word) -> bool {
        family.as_family().is_some_and(|at| self.is_telling[at])
    }

    /// A word of the family changes what such words say.
    pub(super) fn is_beside(&self, family: Word) -> bool {
        family.as_family().is_some_and(|at| self.is_beside[at])
    }

    /// The name of a hint.
    pub(super) fn name(&self, hint: Hint) -> String {
        Spelt(hint, |word: Word| self.names[usize::from(word.0)].as_str()).to_string()
    }
}

fn position_of(families: &[String], name: &str) -> Option<usize> {
    families.iter().position(|family| family == name)
}
