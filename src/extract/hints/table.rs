//! The weights of hints, read from `data/rules/hints.toml` and `data/rules/LANG.hints.tsv`.

use std::collections::BTreeMap;
use std::mem::replace;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::around::Said;
use super::hint::{Hint, MOST_FAMILIES, MOST_HINTS, Seen, Sign, Spelt, Word, hints_of};
use crate::claim::Status;
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::extract::known::Memories;
use crate::lexicon::{ClassSet, Lexicon, MOST_CLASSES};

/// What hints are weighed with, whatever the language.
const SHARED: &str = "rules/hints.toml";

/// The statuses that hints may speak for, in the order of the table's columns.
pub(super) const STATUSES: [Status; 3] = [Status::Control, Status::Partial, Status::Lost];

/// A weight for each of [`STATUSES`], and nothing in the last: two and two are added at once.
pub(super) type Weights = [f64; 4];

/// How likely each of [`STATUSES`] is, 0 to 1.
pub(super) type Chances = [f64; STATUSES.len()];

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Shared {
    claim: f64,
    against: f64,
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
    /// How likely a thing must be to be claimed where no rule reads it.
    pub claim: f64,
    /// The same where the mood of the words is against it, or a rule reads something else.
    pub against: f64,
    /// What a rule reads is set aside where it is less likely than that.
    pub doubt: f64,
    /// How far such chances are to be trusted, 0 to 1.
    pub trust: f64,
    /// Words that turn the next ones round.
    pub denial: ClassSet,
    /// Classes that any hint speaks of.
    pub watched: ClassSet,
    names: Vec<String>,
    /// Classes that tell nothing of who holds a place.
    grammar: ClassSet,
    /// The families of each class, by its position.
    of_class: Vec<Vec<Word>>,
    is_control: [bool; MOST_FAMILIES],
    is_beside: [bool; MOST_FAMILIES],
    is_telling: [bool; MOST_FAMILIES],
    /// The row of each hint by its number; 0 has no weight.
    rows: Vec<u16>,
    /// The row of what each rule reads, by status or whatever it is.
    of_rules: FxHashMap<String, [u16; RULE_ROWS]>,
    /// The row of each reason for which rules set something aside.
    of_reasons: FxHashMap<String, u16>,
    weights: Vec<Weights>,
    /// For each word the rows of what it says, once it has been asked for.
    seen: Vec<OnceLock<SeenRows>>,
    /// What texts are weighed with.
    pub scales: Memories<Told>,
}

/// The rows of the hints of a word, for each way in which it may be seen.
#[derive(Debug)]
struct SeenRows {
    /// Where those of each way begin; one more at the end.
    starts: Vec<u16>,
    rows: Vec<u16>,
}

/// How the name of a hint begins that a rule reads something.
const RULE: &str = "rule: ";

/// How the name of a hint begins that a rule set something aside.
const ASIDE: &str = "aside: ";

/// Rows of one rule: of each status that it may read, and of any.
const RULE_ROWS: usize = Status::ALL.len() + 1;

/// Which rows of the table have been told of a place and party.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// For each row the round in which it was told last.
    rounds: Vec<u32>,
    /// Counts the places and parties of all texts.
    round: u32,
}

impl Told {
    /// Begins with the next place and party, by a table of so many rows.
    pub(super) fn begin(&mut self, rows: usize) {
        if self.round == u32::MAX {
            self.rounds.clear();
            self.round = 0;
        }
        self.rounds.resize(rows, 0);
        self.round += 1;
    }

    /// True of a row that has not been told of this place and party yet.
    pub(super) fn is_new(&mut self, row: usize) -> bool {
        replace(&mut self.rounds[row], self.round) != self.round
    }
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
        hints.seen.resize_with(hints.names.len(), OnceLock::new);
        Ok(hints)
    }

    /// The rows of all that a word says where it is seen so.
    pub(super) fn rows_of(&self, word: Word, seen: Seen) -> &[u16] {
        let known = self.seen[usize::from(word.0)].get_or_init(|| self.seen_rows(word));
        let at = seen.number();
        &known.rows[usize::from(known.starts[at])..usize::from(known.starts[at + 1])]
    }

    fn seen_rows(&self, word: Word) -> SeenRows {
        let (mut starts, mut rows) = (vec![0], Vec::new());
        for seen in Seen::all() {
            hints_of(word, self.families(word), seen, &mut |hint| {
                rows.extend(Some(self.row(hint)).filter(|row| *row != 0));
            });
            // A word has fewer ways to be seen than a table may have rows.
            starts.push(rows.len() as u16);
        }
        SeenRows { starts, rows }
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
        Ok(Self {
            claim: shared.claim,
            against: shared.against,
            doubt: shared.doubt,
            trust: shared.trust,
            denial: set(&shared.denial),
            is_control: flags(&shared.control)?,
            is_beside: flags(&shared.beside)?,
            is_telling: flags(&shared.telling)?,
            watched,
            names,
            grammar: set(&shared.grammar),
            of_class,
            rows: vec![0; MOST_HINTS],
            of_rules: FxHashMap::default(),
            of_reasons: FxHashMap::default(),
            weights: vec![Default::default()],
            seen: Vec::new(),
            scales: Memories::default(),
        })
    }

    fn add(
        &mut self,
        line: &str,
        word: &impl Fn(&str) -> Option<Word>,
    ) -> std::result::Result<(), String> {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let mut weights = Weights::default();
        for weight in &mut weights[..STATUSES.len()] {
            let field = fields.next().ok_or("a hint has three weights")?;
            *weight = field
                .parse()
                .map_err(|e| format!("`{field}` is not a number: {e}"))?;
        }
        let count = self.weights.len();
        let row = self.row_named(name, word)?;
        if *row != 0 {
            return Err(format!("two rows are of `{name}`"));
        }
        *row = u16::try_from(count).map_err(|e| format!("too many hints: {e}"))?;
        self.weights.push(weights);
        Ok(())
    }

    /// Where the row of the hint of that name stands.
    fn row_named(
        &mut self,
        name: &str,
        word: &impl Fn(&str) -> Option<Word>,
    ) -> std::result::Result<&mut u16, String> {
        if let Some(reason) = name.strip_prefix(ASIDE) {
            return Ok(self.of_reasons.entry(reason.to_owned()).or_default());
        }
        if let Some(rule) = name.strip_prefix(RULE) {
            let (rule, status) = match rule.split_once(' ') {
                Some((rule, status)) => {
                    let known = Status::parse(status);
                    let known = known.ok_or_else(|| format!("`{status}` is no status"))?;
                    (rule, Some(known))
                }
                None => (rule, None),
            };
            let rows = self.of_rules.entry(rule.to_owned()).or_default();
            return Ok(&mut rows[rule_row(status)]);
        }
        let hint = Hint::read(name, word).ok_or_else(|| format!("`{name}` is no hint"))?;
        Ok(&mut self.rows[hint.number()])
    }

    /// A class has a weight of its own.
    fn is_weighed(&self, class: usize) -> bool {
        let word = Word::class(class);
        self.rows[Hint::numbers_of(word)]
            .iter()
            .any(|row| *row != 0)
    }

    /// Those of some classes that tell something of who holds a place.
    pub(super) fn telling(&self, classes: ClassSet) -> ClassSet {
        classes.without(self.grammar)
    }

    /// Every class that hints may speak of.
    pub(super) fn all(&self) -> ClassSet {
        self.telling(ClassSet::at(0..MOST_CLASSES))
    }

    /// The row of a hint; 0 where it has no weight.
    pub(super) fn row(&self, hint: Hint) -> u16 {
        self.rows[hint.number()]
    }

    /// The row of what is said, if not by a word; 0 where it has no weight.
    pub(super) fn row_of(&self, said: &Said) -> u16 {
        match said {
            Said::Hint(hint) => self.row(*hint),
            Said::Rule(rule, status) => {
                let rows = self.of_rules.get(*rule);
                rows.map_or(0, |rows| rows[rule_row(*status)])
            }
            Said::Aside(reason) => self.of_reasons.get(*reason).copied().unwrap_or_default(),
            Said::Word(..) => 0,
        }
    }

    /// The name of each hint of what is said.
    pub(super) fn tell(&self, said: Said, tell: &mut impl FnMut(String)) {
        match said {
            Said::Hint(hint) => tell(self.name(hint)),
            Said::Word(word, seen) => {
                let mut tell = |hint| tell(self.name(hint));
                hints_of(word, self.families(word), seen, &mut tell);
            }
            Said::Rule(rule, None) => tell(format!("{RULE}{rule}")),
            Said::Rule(rule, Some(status)) => tell(format!("{RULE}{rule} {}", status.as_str())),
            Said::Aside(reason) => tell(format!("{ASIDE}{reason}")),
        }
    }

    /// The weights of a row.
    pub(super) fn weights(&self, row: usize) -> Weights {
        self.weights[row]
    }

    /// Rows of the table, with the one of no weight.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The families that a class belongs to; none for another word.
    pub(super) fn families(&self, word: Word) -> &[Word] {
        let families = self.of_class.get(usize::from(word.0));
        families.map_or(&[], Vec::as_slice)
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
    fn name(&self, hint: Hint) -> String {
        Spelt(hint, |word: Word| self.names[usize::from(word.0)].as_str()).to_string()
    }
}

/// The position of the row of a status among those of a rule.
fn rule_row(status: Option<Status>) -> usize {
    status.map_or(RULE_ROWS - 1, |status| status as usize)
}

fn position_of(families: &[String], name: &str) -> Option<usize> {
    families.iter().position(|family| family == name)
}
