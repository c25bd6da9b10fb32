//! khatt turns written news reports into dated front-line maps.
//!
//! The whole way, one step a line; `ARCHITECTURE.md` follows one sentence along it:
//!
//! ```
//! use khatt::basemap::BaseMap;
//! use khatt::data::DataFolder;
//! use khatt::extract::Extractor;
//! use khatt::front::{Front, Terrain};
//! use khatt::region::Region;
//! use khatt::report::Report;
//! use khatt::timeline::{Timeline, Weighing};
//!
//! let data = DataFolder::Bundled;
//! let extractor = Extractor::load(&data)?;
//! let (region, weighing) = (Region::load(&data)?, Weighing::load(&data)?);
//! let terrain = Terrain::new(&region, &BaseMap::load(&data)?)?;
//!
//! let text = "---\npublished: 2018-12-14\n---\nسيطرت قوات سوريا الديمقراطية على بلدة هجين";
//! let report = Report::from_text("hajin", text, "hajin.md")?;
//! let claims = extractor.extract(&report).claims;
//! let timeline = Timeline::new(claims, &extractor.gazetteer, &extractor.actors, &region, &weighing);
//! let snapshot = timeline.on("2018-12-14".parse()?);
//! let front = Front::of(&snapshot, &extractor.gazetteer, &terrain)?;
//!
//! let hajin = extractor.gazetteer.find("hajin");
//! assert_eq!(snapshot.holdings.first().map(|holding| holding.place), hajin);
//! assert_eq!(front.zones.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`output`] writes it as GeoJSON, [`render`] draws it.

pub mod actor;
pub mod basemap;
pub mod change;
pub mod check;
pub mod claim;
pub mod claims_table;
pub mod columns;
pub mod copies;
pub mod corrections;
pub mod data;
pub mod error;
pub mod extract;
pub mod fetch;
pub mod front;
pub mod gazetteer;
mod geometry;
pub mod import;
pub mod lexicon;
pub mod output;
pub mod packed;
pub mod page;
mod phrases;
pub mod projection;
pub mod region;
pub mod region_folder;
pub mod render;
pub mod report;
pub mod review;
pub mod seeds;
pub mod site;
pub mod sources;
pub mod text;
pub mod timeline;

pub use error::{Error, Result};
