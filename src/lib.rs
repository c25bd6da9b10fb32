//! khatt turns written news reports into dated front-line maps.

pub mod actor;
pub mod basemap;
pub mod claim;
pub mod claims_table;
pub mod data;
pub mod error;
pub mod extract;
pub mod fetch;
pub mod front;
pub mod gazetteer;
pub mod lexicon;
pub mod output;
pub mod page;
mod phrases;
pub mod projection;
pub mod region;
pub mod render;
pub mod report;
pub mod seeds;
pub mod sources;
pub mod text;
pub mod timeline;

pub use error::{Error, Result};
