//! khatt turns written news reports into dated front-line maps.

pub mod actor;
pub mod basemap;
pub mod claim;
pub mod claims_table;
pub mod data;
pub mod error;
pub mod front;
pub mod gazetteer;
pub mod output;
pub mod projection;
pub mod region;
pub mod render;
pub mod sources;
pub mod timeline;
