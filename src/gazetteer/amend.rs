//! Places and names that are added to a gazetteer after it was read.

use super::{FxHashMap, Gazetteer, Place, PlaceId, Row};
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
    fn row(self) -> std::result::Result<Row, String> {
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
            name_ar: or(&self.name_ar, &self.name_en),
            name_en: or(&self.name_en, &self.name_ar),
            id: self.id,
            aliases_ar: arabic.join("|"),
            aliases_en: latin.join("|"),
            kind: self.kind,
            lat: self.lat,
            lon: self.lon,
            bank: self.bank,
            parent: self.parent,
            precision_km: self.precision_km,
            cue: self.cue,
            source: self.source,
            _note: String::new(),
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
        self,
        new: Vec<(NewPlace, &'a W)>,
        fail: impl Fn(&'a W, String) -> Error,
    ) -> Result<Self> {
        if new.is_empty() {
            return Ok(self);
        }
        let mut rows = Vec::new();
        for (place, with) in new {
            rows.push((place.row().map_err(|problem| fail(with, problem))?, with));
        }
        let known = self.places.iter().map(|place| place.id.clone());
        let mut ids: Vec<String> = known
            .chain(rows.iter().map(|(r, _)| r.id.clone()))
            .collect();
        ids.sort();
        ids.dedup();
        let position = |(index, id): (usize, String)| (id, PlaceId(index as u32));
        let by_id: FxHashMap<String, PlaceId> = ids.into_iter().enumerate().map(position).collect();
        let moved: Vec<PlaceId> = self.places.iter().map(|place| by_id[&place.id]).collect();
        let mut places: Vec<Place> = self.places;
        for place in &mut places {
            place.parent = place.parent.map(|parent| moved[parent.0 as usize]);
        }
        for (row, with) in rows {
            places.push(
                row.into_place(&by_id)
                    .map_err(|problem| fail(with, problem))?,
            );
        }
        places.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Self::of(places, by_id))
    }

    /// Adds a name to a place; false when it has it already.
    pub(crate) fn add_name(&mut self, id: PlaceId, name: &str) -> bool {
        let place = &mut self.places[id.0 as usize];
        let folded = fold(name);
        let is_main = fold(&place.name_ar) == folded || fold(&place.name_en) == folded;
        let mut others = place.aliases_ar.iter().chain(&place.aliases_en);
        let is_known = is_main || others.any(|known| fold(known) == folded);
        if folded.is_empty() || is_known {
            return false;
        }
        let list = if is_latin(name) {
            &mut place.aliases_en
        } else {
            &mut place.aliases_ar
        };
        list.push(name.trim().to_owned());
        true
    }
}
