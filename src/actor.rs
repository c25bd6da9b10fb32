//! The parties that can hold ground.

use crate::data::DataFolder;
use crate::error::{Error, Result};

/// The position of an actor in [`Actors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub(crate) u8);

impl ActorId {
    /// The id of the actor at this position, for callers that keep a list of actors of their own.
    #[must_use]
    pub const fn from_index(index: u8) -> Self {
        Self(index)
    }
}

/// A party to the war, as the table `actors.toml` describes it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct Actor {
    /// A lasting id in capitals, such as `SDF`.
    pub id: String,
    /// Full name in English.
    pub name_en: String,
    /// Full name in Arabic.
    pub name_ar: String,
    /// Short name in English, for a legend.
    pub short_en: String,
    /// Short name in Arabic.
    pub short_ar: String,
    /// `#rrggbb`.
    pub color: String,
    /// Ids of the actors it fights.
    pub opposes: Vec<String>,
    /// Ids of the parties that it fights alongside: a bare "the forces" in a report of its strikes.
    #[serde(default)]
    pub backs: Vec<String>,
    /// The id of the country that it stands in: which of several a bare "the army" means there.
    #[serde(default)]
    pub home: Option<String>,
    /// False for parties that strike or advise but hold no towns.
    pub holds_ground: bool,
    /// False for a party of whose gains nobody but itself says that a place was freed.
    #[serde(default = "frees")]
    pub frees: bool,
}

const fn frees() -> bool {
    true
}

/// All actors, sorted by id.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
pub struct Actors {
    #[serde(rename = "actor")]
    actors: Vec<Actor>,
}

const TABLE: &str = "actors.toml";

impl Actors {
    /// Reads `actors.toml` of a data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the table is not TOML, is not sorted by id, has a colour that is not
    /// `#rrggbb`, or opposes an unknown actor.
    pub fn load(data: &DataFolder) -> Result<Self> {
        let text = data.text(TABLE)?;
        let fail = |line, problem: String| Error::parse(data.label(TABLE), line, problem);
        let actors: Self = data.toml(TABLE)?;
        actors.check().map_err(|(id, problem)| {
            let quoted = format!("\"{id}\"");
            let line = text
                .lines()
                .position(|line| line.starts_with("id") && line.contains(&quoted));
            fail(line.map_or(1, |index| index + 1), problem)
        })?;
        Ok(actors)
    }

    fn check(&self) -> std::result::Result<(), (&str, String)> {
        for pair in self.actors.windows(2) {
            if pair[0].id >= pair[1].id {
                return Err((
                    &pair[1].id,
                    format!(
                        "`{}` is out of order or repeated; sort the actors by id",
                        pair[1].id
                    ),
                ));
            }
        }
        for actor in &self.actors {
            let hex = actor.color.strip_prefix('#').unwrap_or("");
            if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err((
                    &actor.id,
                    format!("colour `{}` is not #rrggbb", actor.color),
                ));
            }
            if let Some(unknown) = actor.opposes.iter().find(|id| self.find(id).is_none()) {
                return Err((&actor.id, format!("opposes the unknown actor `{unknown}`")));
            }
            if let Some(unknown) = actor.backs.iter().find(|id| self.find(id).is_none()) {
                return Err((&actor.id, format!("backs the unknown actor `{unknown}`")));
            }
        }
        Ok(())
    }

    /// The actor with this position.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[usize::from(id.0)]
    }

    /// The position of the actor with this id, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ActorId> {
        self.actors
            .binary_search_by(|actor| actor.id.as_str().cmp(id))
            .ok()
            .map(|index| ActorId(index as u8))
    }

    /// Every actor with its position, in order of id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ActorId, &Actor)> {
        self.actors
            .iter()
            .enumerate()
            .map(|(index, actor)| (ActorId(index as u8), actor))
    }

    /// True when either of the two opposes the other.
    #[must_use]
    pub fn are_opposed(&self, a: ActorId, b: ActorId) -> bool {
        let opposes = |a: ActorId, b: ActorId| self.actor(a).opposes.contains(&self.actor(b).id);
        opposes(a, b) || opposes(b, a)
    }
}
