//! Places and names that are added to a gazetteer after it was read.

use super::{Gazetteer, NO_PARENT, PlaceId, Row};
use crate::error::{Error, Result};
use crate::text::fold;

/// A place as a person writes it down; what is left out has the value of its absence.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPlace {
    /// A lasting id in lower-case ASCII.
    pub id: String,
    /// Main name in Arabic.
    #[serde(default)]
    pub name_ar: String,
    /// Main name in English.
    #[serde(default)]
    pub name_en: String,
    /// Further names in any script.
    #[serde(default)]
    pub names: Vec<String>,
    /// What it is.
    pub kind: String,
    /// Latitude in WGS 84 degrees.
    pub lat: f64,
    /// Longitude in WGS 84 degrees.
    pub lon: f64,
    /// `left`, `right` or `none`.
    #[serde(default = "no_bank")]
    pub bank: String,
    /// Id of the next larger place; empty for none.
    #[serde(default)]
    pub parent: String,
    /// How far the point may be off, in kilometres.
    #[serde(default = "one_km")]
    pub precision_km: f64,
    /// `head`, `strong` or empty.
    #[serde(default)]
    pub cue: String,
    /// Where the point comes from.
    #[serde(default)]
    pub source: String,
}

fn no_bank() -> String {
    "none".to_owned()
}

fn one_km() -> f64 {
    1.0
}

impl NewPlace {
    fn row(self) -> std::result::Result<Row<'static>, String> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(is_plain) {
            let problem = "an id has small letters a-z, digits and hyphens";
            return Err(format!("id `{}`: {problem}", self.id));
        }
        if self.name_ar.is_empty() && self.name_en.is_empty() {
            return Err(format!(
                "`{}` has no name; give name_ar or name_en",
                self.id
            ));
        }
        // A place is printed by both names.
        let or = |name: &String, other: &String| if name.is_empty() { other } else { name }.clone();
        let (latin, arabic): (Vec<String>, Vec<String>) =
            self.names.into_iter().partition(|name| is_latin(name));
        Ok(Row {
            name_ar: or(&self.name_ar, &self.name_en).into(),
            name_en: or(&self.name_en, &self.name_ar).into(),
            id: self.id.into(),
            aliases_ar: arabic.join("|").into(),
            aliases_en: latin.join("|").into(),
            kind: self.kind.into(),
            lat: self.lat,
            lon: self.lon,
            bank: self.bank.into(),
            parent: self.parent.into(),
            precision_km: self.precision_km,
            cue: self.cue.into(),
            source: self.source.into(),
        })
    }
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|c| !c.is_alphabetic() || c < '\u{250}')
}

impl Gazetteer {
    /// The gazetteer with more places. Positions of the places change: ask again by id.
    ///
    /// # Errors
    ///
    /// What `fail` makes of the first place that cannot be: the reason with what came with it.
    pub(crate) fn with_places<'a, W>(
        mut self,
        new: Vec<(NewPlace, &'a W)>,
        fail: impl Fn(&'a W, String) -> Error,
    ) -> Result<Self> {
        if new.is_empty() {
            return Ok(self);
        }
        let known = self.records.len();
        let mut parents = Vec::new();
        for (place, with) in new {
            let row = place.row().map_err(|problem| fail(with, problem))?;
            self.push(&row).map_err(|problem| fail(with, problem))?;
            parents.push((row.parent, with));
        }
        let moved = self.sort();
        for record in moved[..known].iter().map(|at| *at as usize) {
            if let Some(parent) = self.records[record].parent() {
                self.records[record].parent = moved[parent.0 as usize];
            }
        }
        for ((parent, with), record) in parents.into_iter().zip(&moved[known..]) {
            let found = self.find(&parent);
            if found.is_none() && !parent.is_empty() {
                return Err(fail(with, format!("unknown parent `{parent}`")));
            }
            self.records[*record as usize].parent = found.map_or(NO_PARENT, |parent| parent.0);
        }
        self.note_parts();
        Ok(self)
    }

    /// Sorts the places by id: the new position of each.
    fn sort(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.records.len() as u32).collect();
        order.sort_by_key(|index| self.id(PlaceId(*index)));
        let mut moved = vec![0; order.len()];
        for (position, index) in order.iter().enumerate() {
            moved[*index as usize] = position as u32;
        }
        self.records = (order.iter().map(|index| self.records[*index as usize])).collect();
        moved
    }

    /// Adds a name to a place; false when it has it already.
    pub(crate) fn add_name(&mut self, id: PlaceId, name: &str) -> bool {
        let folded = fold(name);
        let is_known = self.place(id).names().any(|known| fold(known) == folded);
        if folded.is_empty() || is_known {
            return false;
        }
        let field = if is_latin(name) { 4 } else { 2 };
        let mut record = self.records[id.0 as usize];
        let words: [String; super::WORDS] =
            std::array::from_fn(|field| self.word(&record, field).to_owned());
        record.start = self.text.len() as u32;
        for (index, word) in words.iter().enumerate() {
            self.text.push_str(word);
            if index == field {
                self.text.push('|');
                self.text.push_str(name.trim());
            }
            record.ends[index] = self.text.len() as u32;
        }
        self.records[id.0 as usize] = record;
        true
    }
}
