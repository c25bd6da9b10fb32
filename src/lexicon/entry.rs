//! What the lexicon says of a form, and how a text is read by it.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use super::{Class, ClassSet, Features};

/// What the lexicon says of a form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Entry {
    /// Its classes.
    pub(super) classes: ClassSet,
    /// What its form says.
    pub(super) features: Features,
    /// A number or a word that the table gives it after `=`.
    pub(super) value: Option<Box<str>>,
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

impl Entry {
    /// The entry with what is written onto it.
    pub(super) fn sense(&self, written: Features) -> Sense<'_> {
        Sense {
            classes: self.classes,
            features: self.features.and(written),
            value: self.value.as_deref(),
        }
    }
}

/// What a row of the table says of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Addition<'r> {
    pub(super) class: Class,
    /// A class that comes with some forms of the row.
    pub(super) more: Option<Class>,
    pub(super) features: Features,
    pub(super) value: Option<&'r str>,
}

/// Entries by number, from 1 on. Tens of thousands of forms share a few hundred, each of which stands once: so
/// all lie near the processor.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries {
    entries: Vec<Entry>,
    numbers: FxHashMap<Entry, NonZeroU32>,
}

impl Entries {
    pub(super) fn get(&self, number: NonZeroU32) -> &Entry {
        &self.entries[number.get() as usize - 1]
    }

    /// The number of the entry that a form has when a row adds to the one it had; the first one
    /// has the number 1.
    pub(super) fn with(&mut self, before: Option<NonZeroU32>, addition: Addition) -> NonZeroU32 {
        let mut entry = before.map_or_else(Entry::default, |number| self.get(number).clone());
        entry.classes.add(addition.class);
        if let Some(class) = addition.more {
            entry.classes.add(class);
        }
        entry.features = entry.features.and(addition.features);
        if let Some(value) = addition.value {
            entry.value = Some(value.into());
        }
        if let Some(number) = self.numbers.get(&entry) {
            return *number;
        }
        self.entries.push(entry.clone());
        let number = NonZeroU32::MIN.saturating_add(self.entries.len() as u32 - 1);
        self.numbers.insert(entry, number);
        number
    }
}
