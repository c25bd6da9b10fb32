//! The gazetteer: places with their names, points and banks.

mod amend;

use geo::Point;
use rustc_hash::FxHashMap;

use crate::data::{DataFolder, parts};
use crate::error::{Error, Result};

pub use amend::NewPlace;

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

/// What sort of thing a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    City,
    Town,
    Village,
    Neighbourhood,
    Camp,
    Oilfield,
    Airport,
    Crossing,
    Hill,
    River,
    Desert,
    Area,
    Subdistrict,
    District,
    Governorate,
    Country,
}

impl Kind {
    const ALL: [(Self, &'static str); 16] = [
        (Self::City, "city"),
        (Self::Town, "town"),
        (Self::Village, "village"),
        (Self::Neighbourhood, "neighbourhood"),
        (Self::Camp, "camp"),
        (Self::Oilfield, "oilfield"),
        (Self::Airport, "airport"),
        (Self::Crossing, "crossing"),
        (Self::Hill, "hill"),
        (Self::River, "river"),
        (Self::Desert, "desert"),
        (Self::Area, "area"),
        (Self::Subdistrict, "subdistrict"),
        (Self::District, "district"),
        (Self::Governorate, "governorate"),
        (Self::Country, "country"),
    ];

    /// The word for this kind in the gazetteer table and in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }

    /// True for rivers, deserts, pockets, banks and administrative units: they resolve a name but
    /// are never drawn as a point.
    #[must_use]
    pub fn is_area(self) -> bool {
        matches!(
            self,
            Self::River
                | Self::Desert
                | Self::Area
                | Self::Subdistrict
                | Self::District
                | Self::Governorate
                | Self::Country
        )
    }

    /// True for places where people live.
    #[must_use]
    pub fn is_settlement(self) -> bool {
        matches!(
            self,
            Self::City | Self::Town | Self::Village | Self::Neighbourhood | Self::Camp
        )
    }
}

/// The bank of the region's main river on which a place lies, looking down-river.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bank {
    /// On the left looking down-river.
    Left,
    /// On the right looking down-river.
    Right,
    /// Far from the river, on both sides, or in it.
    None,
}

/// How much context a name needs before it counts as a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cue {
    /// The name alone is enough.
    Free,
    /// An ordinary word too, but an important place: some context is needed.
    Strong,
    /// A common word or personal name: counts only after a place noun or in a list of places.
    Head,
}

/// One entry of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// A lasting id in lower-case ASCII, such as `ash-shafah`.
    pub id: String,
    /// Main name in Arabic.
    pub name_ar: String,
    /// Main name in English.
    pub name_en: String,
    /// Other spellings in Arabic script.
    pub aliases_ar: Vec<String>,
    /// Other spellings in Latin script.
    pub aliases_en: Vec<String>,
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
    pub source: String,
}

/// All known places, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_id: FxHashMap<String, PlaceId>,
    /// The quarters, camps and hills of each settlement that has some.
    parts: FxHashMap<PlaceId, Vec<PlaceId>>,
}

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
        Self::from_rows(read_rows(text, file)?, file)
    }

    fn from_rows(rows: Vec<(usize, Row)>, file: &str) -> Result<Self> {
        let mut by_id = FxHashMap::default();
        let mut last: Option<&str> = None;
        for (index, (line, row)) in rows.iter().enumerate() {
            if last.is_some_and(|last| last >= row.id.as_str()) {
                return Err(Error::parse(
                    file,
                    *line,
                    format!(
                        "`{}` is out of order or repeated; sort the rows by id",
                        row.id
                    ),
                ));
            }
            last = Some(&row.id);
            by_id.insert(row.id.clone(), PlaceId(index as u32));
        }
        let places = rows
            .into_iter()
            .map(|(line, row)| {
                row.into_place(&by_id)
                    .map_err(|problem| Error::parse(file, line, problem))
            })
            .collect::<Result<_>>()?;
        let gazetteer = Self::of(places, by_id);
        gazetteer.check_parents(file)?;
        Ok(gazetteer)
    }

    fn of(places: Vec<Place>, by_id: FxHashMap<String, PlaceId>) -> Self {
        let mut gazetteer = Self {
            places,
            by_id,
            parts: FxHashMap::default(),
        };
        gazetteer.parts = gazetteer.parts_of_settlements();
        gazetteer
    }

    fn parts_of_settlements(&self) -> FxHashMap<PlaceId, Vec<PlaceId>> {
        let mut parts: FxHashMap<PlaceId, Vec<PlaceId>> = FxHashMap::default();
        for (id, place) in self.iter() {
            if let Some(parent) = place
                .parent
                .filter(|up| self.place(*up).kind.is_settlement())
            {
                parts.entry(parent).or_default().push(id);
            }
        }
        parts
    }

    /// Places that contain each other would send every question after them round for ever.
    fn check_parents(&self, file: &str) -> Result<()> {
        for (id, place) in self.iter() {
            if self.ancestors(id).take(DEEPEST + 1).count() > DEEPEST {
                let problem = format!(
                    "the parents of `{}` lead in a circle, or are more than {DEEPEST}",
                    place.id
                );
                return Err(Error::parse(file, id.0 as usize + 2, problem));
            }
        }
        Ok(())
    }

    /// The entry with this position.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.0 as usize]
    }

    /// The position of the entry with this id, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PlaceId> {
        self.by_id.get(id).copied()
    }

    /// Every place with its position, in order of id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (PlaceId, &Place)> {
        self.places
            .iter()
            .enumerate()
            .map(|(index, place)| (PlaceId(index as u32), place))
    }

    /// The places of which settlement `id` is the next larger one, in order of id.
    #[must_use]
    pub fn parts(&self, id: PlaceId) -> &[PlaceId] {
        self.parts.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The places that contain `id`, nearest first.
    pub fn ancestors(&self, id: PlaceId) -> impl Iterator<Item = PlaceId> + '_ {
        std::iter::successors(self.place(id).parent, |up| self.place(*up).parent)
    }
}

/// A row of the table as written.
#[derive(Debug, serde::Deserialize)]
struct Row {
    id: String,
    name_ar: String,
    aliases_ar: String,
    name_en: String,
    aliases_en: String,
    kind: String,
    lat: f64,
    lon: f64,
    bank: String,
    parent: String,
    precision_km: f64,
    cue: String,
    source: String,
    #[serde(rename = "note")]
    _note: String,
}

fn read_rows(text: &str, file: &str) -> Result<Vec<(usize, Row)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.deserialize::<Row>() {
        let row = record.map_err(|e| {
            let line = e.position().map_or(1, |at| at.line() as usize);
            Error::parse(file, line, e.to_string())
        })?;
        // A quoted field never spans lines in this table, so the line is the row number.
        rows.push((rows.len() + 2, row));
    }
    Ok(rows)
}

impl Row {
    fn into_place(self, by_id: &FxHashMap<String, PlaceId>) -> std::result::Result<Place, String> {
        let kind =
            Kind::named(&self.kind).ok_or_else(|| format!("unknown kind `{}`", self.kind))?;
        let bank = match self.bank.as_str() {
            "left" => Bank::Left,
            "right" => Bank::Right,
            "none" => Bank::None,
            other => return Err(format!("unknown bank `{other}`; use left, right or none")),
        };
        let cue = match self.cue.as_str() {
            "" => Cue::Free,
            "strong" => Cue::Strong,
            "head" => Cue::Head,
            other => {
                return Err(format!(
                    "unknown cue `{other}`; use head, strong or nothing"
                ));
            }
        };
        let parent = match self.parent.as_str() {
            "" => None,
            id => Some(
                *by_id
                    .get(id)
                    .ok_or_else(|| format!("unknown parent `{id}`"))?,
            ),
        };
        if !(-90.0..=90.0).contains(&self.lat) || !(-180.0..=180.0).contains(&self.lon) {
            return Err(format!("point {} {} is out of range", self.lat, self.lon));
        }
        if self.source.is_empty() {
            return Err(format!("`{}` names no source", self.id));
        }
        Ok(Place {
            id: self.id,
            name_ar: self.name_ar,
            name_en: self.name_en,
            aliases_ar: parts(&self.aliases_ar),
            aliases_en: parts(&self.aliases_en),
            kind,
            point: Point::new(self.lon, self.lat),
            bank,
            parent,
            precision_km: self.precision_km,
            cue,
            source: self.source,
        })
    }
}
