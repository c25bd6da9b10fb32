//! Where names stand in a series of pictures, so that they do not jump from one to the next.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::gazetteer::PlaceId;
use crate::render::candidate::{Field, Spot};
use crate::render::scene::{PlacedLabel, Shape};
use crate::render::sheet::Sheet;
use crate::render::{MapInput, MapOptions, Style, check, place};

/// One place for each name over all days of a series. What only one day shows, the notes on stated
/// sizes, is placed day by day.
#[derive(Debug, Default)]
pub struct Plan {
    pub(crate) spots: BTreeMap<PlaceId, Spot>,
    pub(crate) field: Field,
    /// Names of countries, rivers and places without evidence on any day.
    pub(crate) shapes: Vec<Shape>,
    pub(crate) labels: Vec<PlacedLabel>,
}

impl Plan {
    /// Places the names of all these days, each as its most important day asks.
    ///
    /// # Errors
    ///
    /// As [`crate::render::compose`].
    pub fn of(inputs: &[MapInput], style: &Style, options: &MapOptions) -> Result<Self> {
        check(options)?;
        let sheets: Vec<Sheet> = (inputs.iter())
            .map(|input| Sheet::new(input, style, options))
            .collect();
        Ok(place::plan(&sheets))
    }
}
