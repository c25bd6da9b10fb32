//! The region of a data folder: its name, the frame of its map, and the limits of inference.

use geo::{Rect, coord};
use jiff::civil::Date;

use crate::data::DataFolder;
use crate::error::{Error, Result};

/// What a data folder says of its region as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// A lasting id.
    pub id: String,
    /// Name for titles, in English.
    pub title_en: String,
    /// Name for titles, in Arabic.
    pub title_ar: String,
    /// Frame of the map and of the fronts: WGS 84 degrees, longitude first.
    pub extent: Rect<f64>,
    /// No colour farther than this from evidence, in kilometres.
    pub reach_km: f64,
    /// Evidence older than this many days is stale.
    pub stale_days: i32,
    /// Ids of the rivers that no zone crosses without evidence on the far bank.
    pub barrier_rivers: Vec<String>,
    /// Ids of the borders that no zone crosses without evidence beyond.
    pub barrier_borders: Vec<String>,
    /// Areas made of places that have another parent: a pocket and its towns.
    pub groups: Vec<Group>,
    /// Where places and base map come from, for the foot of the map: English, Arabic. None leaves
    /// the words of `words.toml`, which are those of the bundled data.
    pub attribution: Option<[String; 2]>,
    /// First and last day of the campaign, for the strip of time beside the title.
    pub campaign: Option<[Date; 2]>,
}

/// An area and the places that belong to it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct Group {
    /// Gazetteer id of the area.
    pub id: String,
    /// Gazetteer ids of its members.
    pub members: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Table {
    id: String,
    title_en: String,
    title_ar: String,
    extent: [f64; 4],
    reach_km: f64,
    stale_days: i32,
    barrier_rivers: Vec<String>,
    #[serde(default)]
    barrier_borders: Vec<String>,

    #[serde(default, rename = "group", alias = "pocket")]
    groups: Vec<Group>,
    attribution_en: Option<String>,
    attribution_ar: Option<String>,
    campaign: Option<[String; 2]>,
}

const TABLE: &str = "region.toml";

impl Region {
    /// Reads `region.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the table is not TOML, lacks an entry, or its extent is empty.
    pub fn load(data: &DataFolder) -> Result<Self> {
        let fail = |line, problem: String| Error::parse(data.label(TABLE), line, problem);
        let table: Table = data.toml(TABLE)?;
        let [west, south, east, north] = table.extent;
        if west >= east || south >= north {
            return Err(fail(
                1,
                "extent is empty; give west, south, east, north in degrees".into(),
            ));
        }
        let campaign = table.campaign.map(|days| read_campaign(&days));
        let campaign = campaign.transpose().map_err(|problem| fail(1, problem))?;
        Ok(Self {
            id: table.id,
            title_en: table.title_en,
            title_ar: table.title_ar,
            extent: Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north }),
            reach_km: table.reach_km,
            stale_days: table.stale_days,
            barrier_rivers: table.barrier_rivers,
            barrier_borders: table.barrier_borders,
            groups: table.groups,
            attribution: match (table.attribution_en, table.attribution_ar) {
                (Some(en), Some(ar)) => Some([en, ar]),
                (Some(one), None) | (None, Some(one)) => Some([one.clone(), one]),
                (None, None) => None,
            },
            campaign,
        })
    }
}

fn read_campaign(days: &[String; 2]) -> std::result::Result<[Date; 2], String> {
    let read = |day: &String| day.parse::<Date>().ok();
    match (read(&days[0]), read(&days[1])) {
        (Some(first), Some(last)) if first < last => Ok([first, last]),
        _ => {
            Err("campaign: give its first and last day as [\"2018-09-10\", \"2019-03-23\"]".into())
        }
    }
}
