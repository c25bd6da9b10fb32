//! The tables that extraction reads from a data folder: places, parties and outlets for all texts, words
//! and rules for each language.

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

use super::rule::Rule;
use super::words::Words;
use super::{
    dates, hints, index, interrupted, known, likeness, misspelt, name_index, names, namesakes,
    particle, pronouns, seat, sole, sound,
};
use crate::actor::Actors;
use crate::data::DataFolder;
use crate::error::Result;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::Lexicon;
use crate::sources::Sources;

/// Languages whose tables a data folder holds.
const LANGUAGES: [&str; 2] = ["ar", "en"];

/// Everything that extraction reads from a data folder.
#[derive(Debug)]
pub struct Extractor {
    /// The places.
    pub gazetteer: Gazetteer,
    /// The parties.
    pub actors: Actors,
    /// The outlets and claimants.
    pub sources: Sources,
    pub(super) names: name_index::NameIndex,
    pub(super) namesakes: known::Memories<namesakes::Memory>,
    pub(super) languages: Vec<Language>,
}

/// Words and rules of one language.
#[derive(Debug)]
pub(super) struct Language {
    pub lexicon: Lexicon,
    pub words: Words,
    pub rules: Vec<Rule>,
    pub index: index::RuleIndex,
    pub dates: dates::DateWords,
    pub memories: known::Memories<known::Memory>,
    pub pronouns: pronouns::Pronouns,
    pub particle: particle::Particle,
    pub seats: seat::Seats,
    pub days: interrupted::Days,
    pub hints: hints::Hints,
    pub sounds: sound::Sounds,
    /// The names of the gazetteer by how they sound, once they are asked for.
    pub likeness: OnceLock<likeness::Likeness>,
    pub unlike: known::Memories<misspelt::Memory>,
    /// The places that a common noun may name, once they are asked for.
    pub soles: OnceLock<sole::Soles>,
}

impl Extractor {
    /// Reads the gazetteer, actors, sources, lexicons and rules of a data folder.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Parse`] for the first table that is not what it should be.
    pub fn load(data: &DataFolder) -> Result<Self> {
        Self::with_gazetteer(data, Gazetteer::load(data)?)
    }

    /// As [`Extractor::load`], with another gazetteer than the one of the data folder: one that
    /// was amended, say.
    ///
    /// # Errors
    ///
    /// As [`Extractor::load`].
    pub fn with_gazetteer(data: &DataFolder, gazetteer: Gazetteer) -> Result<Self> {
        // The words and rules of a language are most of what is to be read, and in need of nothing
        // else: each language is read beside the others and the names.
        thread::scope(|scope| {
            let readers = LANGUAGES.map(|code| scope.spawn(move || Language::load(data, code)));
            let actors = Actors::load(data)?;
            let sources = Sources::load(data)?;
            let names = names::load(data, &gazetteer, &actors, &LANGUAGES)?;
            let languages = readers
                .into_iter()
                .map(|reader| reader.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect::<Result<_>>()?;
            Ok(Self {
                gazetteer,
                actors,
                sources,
                names,
                namesakes: known::Memories::default(),
                languages,
            })
        })
    }

    /// The rules of every language with the language's code, in order of precedence.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &[Rule])> {
        self.languages
            .iter()
            .map(|language| (language.lexicon.language(), language.rules.as_slice()))
    }

    /// Classes of words that neither a rule nor the engine asks for, with the language's code.
    #[must_use]
    pub fn unused_classes(&self) -> Vec<(&str, &str)> {
        let mut out = Vec::new();
        for language in &self.languages {
            let lexicon = &language.lexicon;
            let used = language
                .rules
                .iter()
                .flat_map(|rule| rule.patterns.iter())
                .fold(language.words.classes(), |used, pattern| {
                    used.and(pattern.classes())
                })
                .and(lexicon.grammar_classes())
                .and(lexicon.set(&pronouns::CLASSES))
                .and(language.days.classes())
                .and(lexicon.set(&sole::CLASSES));
            let is_used = |name: &str| lexicon.class(name).is_some_and(|class| used.has(class));
            let unused = lexicon.class_names().filter(|name| !is_used(name));
            out.extend(unused.map(|name| (lexicon.language(), name)));
        }
        out
    }

    /// The place that a bare name stands for without any context, for look-ups and tables.
    #[must_use]
    pub fn place_named(&self, name: &str) -> Option<PlaceId> {
        if let Some(place) = self.gazetteer.find(name) {
            return Some(place);
        }
        let folded = crate::text::fold(name);
        let places = self.names.get(&folded)?.places;
        let rank = |place: &PlaceId| {
            let entry = self.gazetteer.place(*place);
            let is_main = crate::text::fold(entry.name_ar) == folded
                || crate::text::fold(entry.name_en) == folded;
            (!is_main, entry.kind.is_area(), entry.cue, *place)
        };
        places.iter().copied().min_by_key(rank)
    }
}

impl Language {
    fn load(data: &DataFolder, code: &str) -> Result<Self> {
        let lexicon = Lexicon::load(data, code)?;
        let rules = Rule::load(data, &lexicon)?;
        Ok(Self {
            words: Words::of(&lexicon),
            index: index::RuleIndex::of(&rules),
            rules,
            dates: dates::DateWords::load(data, lexicon.language())?,
            memories: known::Memories::default(),
            pronouns: pronouns::Pronouns::of(&lexicon),
            particle: particle::Particle::of(&lexicon),
            seats: seat::Seats::of(&lexicon),
            days: interrupted::Days::of(&lexicon),
            hints: hints::Hints::load(data, &lexicon)?,
            sounds: sound::Sounds::load(data, code)?,
            likeness: OnceLock::new(),
            unlike: known::Memories::default(),
            soles: OnceLock::new(),
            lexicon,
        })
    }
}
