//! The gazetteer: places with their names, points and banks.
//!
//! Millions of places must fit: all their words stand in one text, and a record of 64 bytes says
//! where, and what else is known of the place.

mod amend;
mod kind;
mod table;

use std::ops::Range;

use geo::Point;
use rustc_hash::FxHashMap;

use crate::data::DataFolder;
use crate::error::{Error, Result};

pub use amend::NewPlace;
pub use kind::{Bank, Cue, Kind};
pub(crate) use table::COLUMNS;
use table::{Row, read_table};

/// The position of a place in its [`Gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(crate) u32);

impl PlaceId {
    /// The id of the place at this position, for callers that keep a list of places of their own.
    #[must_use]
    pub const fn from_index(index: u32) -> Self {
        Self(index)
    }
}

/// One entry of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'g> {
    /// A lasting id in lower-case ASCII, such as `ash-shafah`.
    pub id: &'g str,
    /// Main name in Arabic.
    pub name_ar: &'g str,
    /// Main name in English.
    pub name_en: &'g str,
    /// Other spellings in Arabic script.
    pub aliases_ar: Aliases<'g>,
    /// Other spellings in Latin script.
    pub aliases_en: Aliases<'g>,
    /// What it is.
    pub kind: Kind,
    /// WGS 84 degrees, longitude first.
    pub point: Point<f64>,
    /// Bank of the main river.
    pub bank: Bank,
    /// The next larger place.
    pub parent: Option<PlaceId>,
    /// How far the point may be off, in kilometres; for an area half its extent.
    pub precision_km: f64,
    /// Context that the name needs.
    pub cue: Cue,
    /// Where the point comes from.
    pub source: &'g str,
}

impl<'g> Place<'g> {
    /// Every name of the place: in Arabic script, then in Latin, the main one of each first.
    pub fn names(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let arabic = std::iter::once(self.name_ar).chain(self.aliases_ar.iter());
        let latin = std::iter::once(self.name_en).chain(self.aliases_en.iter());
        arabic.chain(latin).filter(|name| !name.is_empty())
    }
}

/// Further names of a place, as a table writes them: separated by `|`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aliases<'g>(&'g str);

impl<'g> Aliases<'g> {
    /// The names in order.
    pub fn iter(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.0.split('|').filter(|name| !name.is_empty())
    }
}

/// All known places, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    records: Vec<Record>,
    /// The words of each place, field behind field.
    text: String,
    /// The quarters, camps and hills of each settlement that has some.
    parts: FxHashMap<PlaceId, Vec<PlaceId>>,
}

/// A place with its words left in the text of the gazetteer.
#[derive(Debug, Clone, Copy)]
struct Record {
    point: Point<f64>,
    precision_km: f64,
    start: u32,
    /// Where each word field ends, in the order of [`Row::words`].
    ends: [u32; WORDS],
    /// [`NO_PARENT`] for none.
    parent: u32,
    kind: Kind,
    bank: Bank,
    cue: Cue,
}

/// Fields of a place that are words.
const WORDS: usize = 6;

const NO_PARENT: u32 = u32::MAX;

const TABLE: &str = "gazetteer.csv";

/// The most places that contain one another.
const DEEPEST: usize = 16;

impl Gazetteer {
    /// Reads `gazetteer.csv` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with the line, for a row that is out of order, repeats an id, names an
    /// unknown parent, kind or bank, or has a point out of range.
    pub fn load(data: &DataFolder) -> Result<Self> {
        Self::parse(&data.text(TABLE)?, &data.label(TABLE))
    }

    /// Reads the text of such a table; `file` names it in errors.
    ///
    /// # Errors
    ///
    /// As [`Gazetteer::load`].
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let mut gazetteer = read_table(text, file)?;
        gazetteer.check_parents(file)?;
        gazetteer.note_parts();
        Ok(gazetteer)
    }

    /// Adds a place behind all others; its parent is settled by the caller.
    fn push(&mut self, row: &Row) -> std::result::Result<(), String> {
        let mut record = row.record()?;
        record.start = self.text.len() as u32;
        for (end, word) in record.ends.iter_mut().zip(row.words()) {
            self.text.push_str(word);
            *end = self.text.len() as u32;
        }
        if u32::try_from(self.text.len()).is_err() {
            return Err("the names of all places are more than 4 GiB; split the table".to_owned());
        }
        self.records.push(record);
        Ok(())
    }

    /// Notes the parts of settlements, when all parents are known.
    fn note_parts(&mut self) {
        self.parts.clear();
        for (index, record) in self.records.iter().enumerate() {
            let settlement = record.parent().filter(|up| self.kind(*up).is_settlement());
            if let Some(settlement) = settlement {
                let parts = self.parts.entry(settlement).or_default();
                parts.push(PlaceId(index as u32));
            }
        }
    }

    /// Places that contain each other would send every question after them round for ever.
    fn check_parents(&self, file: &str) -> Result<()> {
        for (index, record) in self.records.iter().enumerate() {
            let id = PlaceId(index as u32);
            if record.parent != NO_PARENT && self.ancestors(id).take(DEEPEST + 1).count() > DEEPEST
            {
                let problem = format!(
                    "the parents of `{}` lead in a circle, or are more than {DEEPEST}",
                    self.id(id)
                );
                return Err(Error::parse(file, index + 2, problem));
            }
        }
        Ok(())
    }

    /// The entry with this position.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Place<'_> {
        let record = &self.records[id.0 as usize];
        Place {
            id: self.word(record, 0),
            name_ar: self.word(record, 1),
            aliases_ar: Aliases(self.word(record, 2)),
            name_en: self.word(record, 3),
            aliases_en: Aliases(self.word(record, 4)),
            source: self.word(record, 5),
            kind: record.kind,
            point: record.point,
            bank: record.bank,
            parent: record.parent(),
            precision_km: record.precision_km,
            cue: record.cue,
        }
    }

    fn word(&self, record: &Record, field: usize) -> &str {
        &self.text[record.range(field)]
    }

    fn id(&self, id: PlaceId) -> &str {
        self.word(&self.records[id.0 as usize], 0)
    }

    /// The point of a place in WGS 84 degrees, longitude first; quicker than all of the place.
    #[must_use]
    pub fn point(&self, id: PlaceId) -> Point<f64> {
        self.records[id.0 as usize].point
    }

    /// What a place is; quicker than all of the place.
    #[must_use]
    pub fn kind(&self, id: PlaceId) -> Kind {
        self.records[id.0 as usize].kind
    }

    /// The context that the name of a place needs; quicker than all of the place.
    #[must_use]
    pub fn cue(&self, id: PlaceId) -> Cue {
        self.records[id.0 as usize].cue
    }

    /// True for a city whose name alone stands for the government that has its seat there.
    #[must_use]
    pub fn is_seat(&self, id: PlaceId) -> bool {
        self.kind(id) == Kind::City && self.cue(id) == Cue::Strong
    }

    /// The position of the entry with this id, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PlaceId> {
        let found = (self.records).binary_search_by(|record| self.word(record, 0).cmp(id));
        found.ok().map(|index| PlaceId(index as u32))
    }

    /// Every place with its position, in order of id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (PlaceId, Place<'_>)> {
        (0..self.records.len()).map(|index| {
            let id = PlaceId(index as u32);
            (id, self.place(id))
        })
    }

    /// The places of which settlement `id` is the next larger one, in order of id.
    #[must_use]
    pub fn parts(&self, id: PlaceId) -> &[PlaceId] {
        self.parts.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The places that contain `id`, nearest first.
    pub fn ancestors(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        let parent = |id: PlaceId| self.records[id.0 as usize].parent();
        std::iter::successors(parent(id), move |up| parent(*up))
    }
}

impl Record {
    fn range(&self, field: usize) -> Range<usize> {
        let start = match field {
            0 => self.start,
            _ => self.ends[field - 1],
        };
        start as usize..self.ends[field] as usize
    }

    fn parent(&self) -> Option<PlaceId> {
        (self.parent != NO_PARENT).then_some(PlaceId(self.parent))
    }
}
