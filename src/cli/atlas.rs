//! The tables of a data folder that every command but the simplest needs.

use khatt::Result;
use khatt::basemap::BaseMap;
use khatt::corrections::{Corrections, Ledger};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::front::Front;
use khatt::gazetteer::Gazetteer;
use khatt::region::Region;
use khatt::render::MapInput;
use khatt::timeline::{Snapshot, Weighing};

use super::args::Common;

/// What reading and weighing look things up in.
#[derive(Debug)]
pub(crate) struct Atlas {
    pub(crate) extractor: Extractor,
    pub(crate) region: Region,
    pub(crate) weighing: Weighing,
    /// What people decided about the claims.
    pub(crate) ledger: Ledger,
}

/// The data folder that the options name.
pub(crate) fn data_folder(options: &Common) -> DataFolder {
    let folder = options.data.clone();
    folder.map_or(DataFolder::Bundled, DataFolder::Folder)
}

impl Atlas {
    /// Reads the tables and corrects them; the first that is not what it should be is an error.
    pub(crate) fn load(data: &DataFolder, corrections: &Corrections) -> Result<Self> {
        let (gazetteer, stale) = corrections.amend(Gazetteer::load(data)?)?;
        let extractor = Extractor::with_gazetteer(data, gazetteer)?;
        let (places, actors) = (&extractor.gazetteer, &extractor.actors);
        Ok(Self {
            ledger: Ledger::new(corrections.clone(), places, actors, stale)?,
            extractor,
            region: Region::load(data)?,
            weighing: Weighing::load(data)?,
        })
    }
}

/// The base map of a data folder, and the words, fonts and style of its maps.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) basemap: BaseMap,
    pub(crate) fonts: khatt::render::Fonts,
    pub(crate) words: khatt::render::Words,
    pub(crate) style: khatt::render::Style,
}

impl Desk {
    /// Reads them, the style with one of its themes.
    pub(crate) fn load(data: &DataFolder, theme: &str) -> Result<Self> {
        Ok(Self {
            basemap: BaseMap::load(data)?,
            fonts: khatt::render::Fonts::load(data)?,
            words: khatt::render::Words::load(data)?,
            style: khatt::render::Style::load_theme(data, theme)?,
        })
    }

    /// What the map of a day is drawn from.
    pub(crate) fn input<'a>(
        &'a self,
        atlas: &'a Atlas,
        snapshot: &'a Snapshot,
        front: &'a Front,
    ) -> MapInput<'a> {
        MapInput {
            snapshot,
            front,
            gazetteer: &atlas.extractor.gazetteer,
            actors: &atlas.extractor.actors,
            region: &atlas.region,
            basemap: &self.basemap,
            fonts: &self.fonts,
            words: &self.words,
        }
    }
}
