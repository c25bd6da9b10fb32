//! Names of places, actors and masked things as phrases, with the spellings that writers make of
//! them by adding or leaving out the article.

use crate::actor::{ActorId, Actors};
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::gazetteer::{Cue, Gazetteer, PlaceId};
use crate::lexicon::{Features, Lexicon};
use crate::phrases::Phrases;
use crate::text::fold;

/// What an alias of an actor is, beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AliasKind {
    /// Means the actor wherever it stands.
    Name,
    /// Means the actor only where the text has made it plain: "the group", "the militants".
    Bare,
    /// The actor's own media.
    Medium,
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
#[derive(Debug, Clone, Default)]
pub(crate) struct Meaning {
    pub places: Vec<PlaceId>,
    pub aliases: Vec<Alias>,
    /// An outlet, person, campaign ...: neither a place nor an actor.
    pub is_masked: bool,
}

/// All names of a data folder in the spelling of all its languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub phrases: Phrases<Meaning>,
}

const ACTORS: &str = "lexicon/actors.tsv";
const MASKS: &str = "lexicon/masks.tsv";

/// Shorter names without their article are too often ordinary words.
const SHORTEST_BARE_NAME: usize = 4;

impl Names {
    pub(crate) fn load(
        data: &DataFolder,
        gazetteer: &Gazetteer,
        actors: &Actors,
        lexicons: &[Lexicon],
    ) -> Result<Self> {
        let mut names = Self::default();
        names.add_places(gazetteer, lexicons);
        names.add_actors(data, actors, gazetteer)?;
        for (line, fields) in rows(&data.text(MASKS)?) {
            let [_, _, text] = fields[..] else {
                return Err(Error::parse(
                    data.label(MASKS),
                    line,
                    "a row has a kind, a language and a text, separated by tabs",
                ));
            };
            names.phrases.entry(&fold(text)).is_masked = true;
        }
        Ok(names)
    }

    fn add_places(&mut self, gazetteer: &Gazetteer, lexicons: &[Lexicon]) {
        for (id, place) in gazetteer.iter() {
            let all = std::iter::once(&place.name_ar)
                .chain(&place.aliases_ar)
                .chain(std::iter::once(&place.name_en))
                .chain(&place.aliases_en);
            for name in all.filter(|name| !name.is_empty()) {
                let folded = fold(&name.split(" (").next().unwrap_or(name).replace('/', " "));
                for spelling in spellings(&folded, lexicons, place.cue) {
                    let places = &mut self.phrases.entry(&spelling).places;
                    if !places.contains(&id) {
                        places.push(id);
                    }
                }
            }
        }
    }

    fn add_actors(
        &mut self,
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
                return Err(fail("a row has an actor, a language, a gender, a kind and an alias, separated by tabs".into()));
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
                "bare" => AliasKind::Bare,
                "medium" => AliasKind::Medium,
                other => return Err(fail(format!("unknown kind `{other}`"))),
            };
            let gender = Features::named(gender).unwrap_or_default();
            let folded = fold(&alias.replace('/', " "));
            self.phrases.entry(&folded).aliases.push(Alias {
                actor,
                kind,
                gender,
                home: homes[usize::from(actor.0)],
                in_capitals: !alias.chars().any(char::is_lowercase)
                    && alias.chars().any(char::is_uppercase),
            });
        }
        Ok(())
    }
}

/// The rows of a table of tabs with their line numbers, comments left out.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| (index + 1, line.split('\t').collect()))
}

/// `name` itself, with and without its article, and with articles on its second word. A name that
/// is an ordinary word too keeps the article that tells them apart.
fn spellings(name: &str, lexicons: &[Lexicon], cue: Cue) -> Vec<String> {
    let mut out = vec![name.to_owned()];
    for lexicon in lexicons {
        let article = lexicon.article();
        if !article.is_empty() && !name.is_ascii() && cue == Cue::Free {
            out.extend(glued_article(name, article));
        }
        let separate = lexicon.name_articles();
        if !separate.is_empty() && name.is_ascii() {
            out.extend(separate_article(name, separate, cue));
        }
    }
    out
}

/// Spellings of a script that writes the article onto the word.
fn glued_article(name: &str, article: &str) -> Vec<String> {
    let toggle = |word: &str| match word.strip_prefix(article) {
        Some(bare) if bare.chars().count() >= SHORTEST_BARE_NAME => Some(bare.to_owned()),
        Some(_) => None,
        None => (word.chars().count() >= SHORTEST_BARE_NAME).then(|| format!("{article}{word}")),
    };
    let (first, rest) = name
        .split_once(' ')
        .map_or((name, None), |(first, rest)| (first, Some(rest)));
    let join = |first: &str, rest: Option<&str>| {
        rest.map_or(first.to_owned(), |rest| format!("{first} {rest}"))
    };
    let other_rest = rest.filter(|rest| !rest.contains(' ')).and_then(toggle);
    let mut out: Vec<String> = toggle(first)
        .map(|first| join(&first, rest))
        .into_iter()
        .collect();
    if let Some(other) = &other_rest {
        out.push(join(first, Some(other)));
        out.extend(toggle(first).map(|first| join(&first, Some(other))));
    }
    out
}

/// Spellings of a script that writes the article as a word of its own.
fn separate_article(name: &str, articles: &[String], cue: Cue) -> Vec<String> {
    match name.split_once(' ') {
        Some((first, rest)) if articles.iter().any(|article| article == first) => {
            let mut out: Vec<String> = articles
                .iter()
                .map(|article| format!("{article} {rest}"))
                .collect();
            if rest.chars().count() >= SHORTEST_BARE_NAME && cue != Cue::Head {
                out.push(rest.to_owned());
            }
            out
        }
        _ => articles
            .iter()
            .map(|article| format!("{article} {name}"))
            .collect(),
    }
}
