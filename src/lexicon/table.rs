//! `data/lexicon/LANG.tsv`: the words of a language with their classes.

use super::entry::Addition;
use super::grammar::{Forms, Grammar};
use super::{Class, Lexicon, MOST_CLASSES, choice};
use crate::phrases::Phrases;

/// Bytes of a table to each word that a form begins or goes on with, roughly: room that is there
/// need not be made.
const BYTES_TO_A_WORD: usize = 6;

/// What is wrong with a row.
type Problem = String;

impl Lexicon {
    /// Adds all rows of the table, and says of the first bad one on which line it stands.
    pub(super) fn read_table(
        &mut self,
        table: &str,
        grammar: &Grammar,
    ) -> Result<(), (usize, Problem)> {
        self.forms = Phrases::with_room(table.len() / BYTES_TO_A_WORD);
        let mut forms = Forms::default();
        for (index, line) in table.lines().enumerate() {
            if !line.is_empty() && !line.starts_with('#') {
                self.add_row(line, grammar, &mut forms)
                    .map_err(|problem| (index + 1, problem))?;
            }
        }
        Ok(())
    }

    /// Adds a row; `forms` is memory that is used again.
    fn add_row(&mut self, line: &str, grammar: &Grammar, forms: &mut Forms) -> Result<(), Problem> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [class, part, written] = fields[..] else {
            return Err("a row has a class, a part of speech and forms, separated by tabs".into());
        };
        let takes_object = grammar
            .object_classes
            .iter()
            .chain(&grammar.people_classes)
            .any(|known| known == class);
        let class = self.class_named(class)?;
        choice::each(written, |form| {
            let (form, value) = form
                .split_once('=')
                .map_or((form, None), |(form, value)| (form, Some(value)));
            forms.clear();
            if !grammar.expand(part, form, takes_object, forms) {
                return Err(format!("unknown part of speech `{part}`"));
            }
            for (form, features) in forms.iter() {
                let agreement = grammar.agreement(form);
                let addition = Addition {
                    class,
                    more: agreement.map(|more| self.class_named(more)).transpose()?,
                    features,
                    value,
                };
                let entry = self.forms.entry(form);
                *entry = Some(self.entries.with(*entry, addition));
            }
            Ok(())
        })
    }

    fn class_named(&mut self, name: &str) -> Result<Class, Problem> {
        if let Some(class) = self.classes.get(name) {
            return Ok(*class);
        }
        let count = self.classes.len();
        let known = u16::try_from(count).ok().filter(|_| count < MOST_CLASSES);
        let class = known.map(Class);
        let class = class.ok_or_else(|| format!("more than {MOST_CLASSES} classes"))?;
        self.classes.insert(name.to_owned(), class);
        Ok(class)
    }
}
