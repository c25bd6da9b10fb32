//! Names of places, actors and masked things, as the tables write them.

use super::name_index::{NameIndex, Writer};
use crate::actor::{ActorId, Actors};
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::{Features, Lexicon};
use crate::text::{NameFolder, fold};

/// What an alias of an actor is, beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AliasKind {
    /// Means the actor wherever it stands.
    Name,
    /// The same, and says what the writer takes it for: "the PKK terror group".
    Brand,
    /// That word alone: means the actor only in a text that brands it so.
    Slur,
    /// Means the actor only where the text has made it plain: "the group", "the militants".
    Bare,
    /// The actor's own media.
    Medium,
    /// Its flag: says whose ground it flies over, and does nothing itself.
    Flag,
    /// The seat of its government: means the actor only where it acts or holds something.
    Seat,
}

/// One reading of an alias.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alias {
    pub actor: ActorId,
    pub kind: AliasKind,
    /// How verbs agree with it.
    pub gender: Features,
    /// The country that the actor stands in, when the table of parties says it.
    pub home: Option<PlaceId>,
    /// An abbreviation that would be an ordinary word in small letters.
    pub in_capitals: bool,
}

/// What a folded name may be.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Meaning<'n> {
    /// In order of id.
    pub places: &'n [PlaceId],
    pub aliases: &'n [Alias],
    /// An outlet, person, campaign ...: neither a place nor an actor.
    pub is_masked: bool,
}

const ACTORS: &str = "lexicon/actors.tsv";
const MASKS: &str = "lexicon/masks.tsv";

/// All names of a data folder in the spelling of all its languages.
///
/// # Errors
///
/// [`Error::Parse`] with the line of a table that is not what it should be.
pub(crate) fn load(
    data: &DataFolder,
    gazetteer: &Gazetteer,
    actors: &Actors,
    languages: &[&str],
) -> Result<NameIndex> {
    let grammars = languages
        .iter()
        .map(|code| Lexicon::without_words(data, code));
    let grammars: Vec<Lexicon> = grammars.collect::<Result<_>>()?;
    let mut names = Writer::new(&grammars, gazetteer);
    add_places(&mut names, gazetteer);
    add_actors(&mut names, data, actors, gazetteer)?;
    for (line, fields) in rows(&data.text(MASKS)?) {
        let [_, _, text] = fields[..] else {
            return Err(Error::parse(
                data.label(MASKS),
                line,
                "a row has a kind, a language and a text, separated by tabs",
            ));
        };
        names.mask(&fold(text));
    }
    names.finish()
}

fn add_places(names: &mut Writer, gazetteer: &Gazetteer) {
    let mut folder = NameFolder::default();
    let mut folded = String::new();
    for (id, place) in gazetteer.iter() {
        for name in place.names() {
            let name = name.split(" (").next().unwrap_or(name);
            folded.clear();
            if name.contains('/') {
                folder.fold(&name.replace('/', " "), &mut folded);
            } else {
                folder.fold(name, &mut folded);
            }
            names.place(&folded, id, place.cue);
        }
    }
}

fn add_actors(
    names: &mut Writer,
    data: &DataFolder,
    actors: &Actors,
    gazetteer: &Gazetteer,
) -> Result<()> {
    let homes: Vec<Option<PlaceId>> = actors
        .iter()
        .map(|(_, actor)| gazetteer.find(actor.home.as_deref()?))
        .collect();
    for (line, fields) in rows(&data.text(ACTORS)?) {
        let fail = |problem: String| Error::parse(data.label(ACTORS), line, problem);
        let [actor, _, gender, kind, alias] = fields[..] else {
            return Err(fail(
                "a row has an actor, a language, a gender, a kind and an alias, separated by tabs"
                    .into(),
            ));
        };
        let Some(actor) = actors.find(actor) else {
            // The bundled names are of more parties than a region needs to have.
            if data.is_stand_in(ACTORS) {
                continue;
            }
            return Err(fail(format!("unknown actor `{actor}`")));
        };
        let kind = match kind {
            "name" | "hostile" | "unit" => AliasKind::Name,
            "brand" => AliasKind::Brand,
            "slur" => AliasKind::Slur,
            "bare" => AliasKind::Bare,
            "medium" => AliasKind::Medium,
            "flag" => AliasKind::Flag,
            "seat" => AliasKind::Seat,
            other => return Err(fail(format!("unknown kind `{other}`"))),
        };
        let gender = Features::named(gender).unwrap_or_default();
        names.alias(
            &fold(&alias.replace('/', " ")),
            Alias {
                actor,
                kind,
                gender,
                home: homes[usize::from(actor.0)],
                in_capitals: !alias.chars().any(char::is_lowercase)
                    && alias.chars().any(char::is_uppercase),
            },
        );
    }
    Ok(())
}

/// The rows of a table of tabs with their line numbers, comments left out.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| (index + 1, line.split('\t').collect()))
}
