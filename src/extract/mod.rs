//! Reports to claims, and what was set aside with the reason.
//!
//! A text goes through: tokens ([`crate::text`]), items (`annotate`), mentions (`mention`,
//! `resolve`), place phrases and pointers (`group`, `discourse`), rules with their moods (`rule`,
//! `mood`), claims (`claim`), and last what the text as a whole says of one place (`story`).

mod annotate;
mod antecedent;
mod band;
mod claim;
mod claimant;
mod clause;
mod company;
mod consequence;
mod dates;
mod described;
mod discourse;
mod earlier;
mod ellipsis;
mod entry;
mod exception;
mod fit;
mod group;
mod hints;
mod index;
mod interrupted;
mod interview;
mod known;
mod legend;
mod likeness;
mod likewise;
mod line;
mod list;
mod long;
mod measure;
mod mention;
mod misspelt;
mod mood;
mod name_index;
mod names;
mod namesakes;
mod nearness;
mod oblique;
mod outcome;
mod part;
mod particle;
mod party;
mod passing;
mod passive;
mod pattern;
mod pointer;
mod pronouns;
mod quotes;
mod resolve;
mod retract;
mod rule;
mod seat;
mod sentence;
mod several;
mod side;
mod sole;
mod sound;
mod spelling;
mod story;
mod stretch;
mod subject;
mod topic;
mod unsaid;
mod whereabouts;
mod whole;
mod words;

use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::thread;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

pub use hints::Hinted;
pub use resolve::Resolution;
pub use rule::Rule;

use annotate::Item;
use names::{Alias, AliasKind};
use words::Words;

use crate::actor::{ActorId, Actors};
use crate::claim::{Claim, ClaimantKind, DateBasis};
use crate::data::DataFolder;
use crate::error::Result;
use crate::gazetteer::{Gazetteer, PlaceId};
use crate::lexicon::Lexicon;
use crate::report::Report;
use crate::sources::Sources;
use crate::text::{CodePoints, Span, Text};

/// Everything that extraction reads from a data folder.
#[derive(Debug)]
pub struct Extractor {
    /// The places.
    pub gazetteer: Gazetteer,
    /// The parties.
    pub actors: Actors,
    /// The outlets and claimants.
    pub sources: Sources,
    names: name_index::NameIndex,
    namesakes: known::Memories<namesakes::Memory>,
    languages: Vec<Language>,
}

/// Words and rules of one language.
#[derive(Debug)]
struct Language {
    lexicon: Lexicon,
    words: Words,
    rules: Vec<Rule>,
    index: index::RuleIndex,
    dates: dates::DateWords,
    memories: known::Memories<known::Memory>,
    pronouns: pronouns::Pronouns,
    particle: particle::Particle,
    seats: seat::Seats,
    days: interrupted::Days,
    hints: hints::Hints,
    sounds: sound::Sounds,
    /// The names of the gazetteer by how they sound, once they are asked for.
    likeness: OnceLock<likeness::Likeness>,
    unlike: known::Memories<misspelt::Memory>,
    /// The places that a common noun may name, once they are asked for.
    soles: OnceLock<sole::Soles>,
}

/// A place as written, with what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Bytes of the report's text.
    pub span: Span,
    /// First code point of the report's text, and one past the last.
    pub code_points: (usize, usize),
    /// The place, when one is most likely.
    pub place: Option<PlaceId>,
    /// Whether the name decides.
    pub resolution: Resolution,
    /// All places of that name, in order of id.
    pub candidates: Vec<PlaceId>,
    /// Probability that `place` is right, 0 to 1.
    pub confidence: f64,
    /// The name that it was read as, where it is written so in no table.
    pub read_as: Option<String>,
}

/// Something that was recognised and deliberately not used.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// The rule that recognised it.
    pub rule: String,
    /// Why it is no claim.
    pub reason: String,
    /// The place it spoke of.
    pub place: Option<PlaceId>,
    /// The party it spoke of.
    pub actor: Option<ActorId>,
    /// Bytes of the report's text.
    pub span: Span,
}

/// What one report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The language it was read in.
    pub language: String,
    /// When it came out, and how that is known.
    pub published: Option<(Date, DateBasis)>,
    /// Its places, in order.
    pub mentions: Vec<Mention>,
    /// Its claims, in order.
    pub claims: Vec<Claim>,
    /// What was seen and not used.
    pub set_aside: Vec<SetAside>,
}

/// A step of the way from a text to its claims, for those who watch where the time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Folded and cut into tokens.
    Tokens,
    /// Names and cue words found.
    Items,
    /// Names settled and resolved, dates and outlet read.
    Mentions,
    /// Place phrases, pointers, sentences, speakers.
    Discourse,
    /// Rules tried.
    Rules,
    /// The text heard as a whole, claims made.
    Claims,
}

/// Lines from the top among which an outlet names itself.
const OUTLET_LINES: usize = 10;

/// A longer part of a line, in bytes, is not the name of an outlet.
const LONGEST_OUTLET: usize = 200;

/// Letters that decide the script of a text.
const SAMPLE: usize = 4000;

/// Languages whose tables a data folder holds.
const LANGUAGES: [&str; 2] = ["ar", "en"];

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

    /// Reads one report.
    #[must_use]
    pub fn extract(&self, report: &Report) -> Extraction {
        self.extract_watched(report, &mut |_| {})
    }

    /// As [`Extractor::extract`], and calls `done` at the end of each step.
    pub fn extract_watched(&self, report: &Report, done: &mut impl FnMut(Step)) -> Extraction {
        if report.text.len() > long::LONGEST_PART {
            self.extract_long(report, &mut |part| self.extract_part(part, done))
        } else {
            self.extract_part(report, done)
        }
    }

    /// What the words around each place of a report say of each party: for fitting the weights of
    /// hints to marked-up reports.
    #[must_use]
    pub fn hints(&self, report: &Report) -> Vec<Hinted> {
        self.reading(report, &mut |_| {}, |context, _| {
            let (found, _) = claim::claims(context);
            hints::Judge::of(context, &found).hinted()
        })
    }

    /// As [`Extractor::extract`], by the rules alone: what the words around a place say besides is
    /// not weighed.
    #[must_use]
    pub fn extract_by_rules(&self, report: &Report) -> Extraction {
        self.reading(report, &mut |_| {}, |context, _| {
            let (found, set_aside) = claim::claims(context);
            let (found, overtaken) = story::settle(found, context);
            extraction(context, found, [set_aside, overtaken].concat())
        })
    }

    fn extract_part(&self, report: &Report, done: &mut impl FnMut(Step)) -> Extraction {
        self.reading(report, done, |context, done| {
            let (found, set_aside) = claim::claims(context);
            done(Step::Rules);
            let judge = hints::Judge::of(context, &found);
            let settle = |found| story::settle(found, context);
            let (found, more) = judge.judge(found, &set_aside, settle);
            let set_aside = [set_aside, more].concat();
            let extraction = extraction(context, found, set_aside);
            done(Step::Claims);
            extraction
        })
    }

    /// Reads a report up to its discourse and goes on with `then`.
    fn reading<T, D: FnMut(Step)>(
        &self,
        report: &Report,
        done: &mut D,
        then: impl FnOnce(&claim::Context, &mut D) -> T,
    ) -> T {
        let outlet = self.outlet(report);
        let text = Text::new(report.text.as_str());
        done(Step::Tokens);
        let language = self.language(report, &text);
        let mut items = self.annotate(&text, language);
        done(Step::Items);
        let tools = ellipsis::Tools {
            names: &self.names,
            lexicon: &language.lexicon,
            words: &language.words,
        };
        ellipsis::complete(&text, &mut items, &self.gazetteer, &tools);
        mention::settle(&text, &mut items, &self.gazetteer, &language.words);
        ellipsis::complete_apart(&text, &mut items, &self.gazetteer, &tools);
        let read =
            |memory: &mut _| misspelt::read(&text, &mut items, self.likeness(language), memory);
        let read_as = language.unlike.with(read);
        let soles = self.soles(language);
        let nouns = sole::read(&mut items, soles, &self.gazetteer, &language.words);
        legend::paint(&mut items, &language.words);
        let choose = |memory: &mut _| {
            resolve::resolve(&text, &items, &self.gazetteer, &language.words, memory)
        };
        let mut choices = self.namesakes.with(choose);
        read_as.iter().for_each(|read| read.doubt(&mut choices));
        sole::doubt(&nouns, &mut choices);
        let published = language.dates.published(report, &text);
        let own_side = self.own_side(outlet, language);
        done(Step::Mentions);
        let reader = discourse::Reader {
            items: &items,
            choices: &choices,
            gazetteer: &self.gazetteer,
            actors: &self.actors,
            words: &language.words,
            own_side,
        };
        let discourse = discourse::Discourse::read(&reader);
        done(Step::Discourse);
        let end = claim::text_end(&items, language.words.furniture);
        let context = claim::Context {
            report,
            outlet,
            claimant: story::claimant(report, outlet, self),
            text: &text,
            items: &items,
            discourse: &discourse,
            choices: &choices,
            read_as: &read_as,
            nouns: &nouns,
            language,
            extractor: self,
            published,
            end,
        };
        then(&context, done)
    }

    /// The places that a common noun may name.
    fn soles<'a>(&'a self, language: &'a Language) -> &'a sole::Soles {
        let read = || sole::Soles::of(&self.gazetteer, &self.names, &language.lexicon);
        language.soles.get_or_init(read)
    }

    /// What reads names that are written as in no table.
    fn likeness<'a>(&'a self, language: &'a Language) -> misspelt::Tools<'a> {
        misspelt::Tools {
            likeness: &language.likeness,
            sounds: &language.sounds,
            names: &self.names,
            lexicon: &language.lexicon,
            words: &language.words,
            gazetteer: &self.gazetteer,
        }
    }

    fn annotate<'a>(&'a self, text: &Text, language: &'a Language) -> Vec<Item<'a>> {
        let tables = annotate::Tables {
            names: &self.names,
            lexicon: &language.lexicon,
            pronouns: &language.pronouns,
            particle: &language.particle,
            seats: &language.seats,
            days: &language.days,
        };
        let read = |memory: &mut _| annotate::annotate(text, tables, memory);
        language.memories.with(read)
    }

    /// The outlet of a report; where nothing beside the text says it, the one that the head of the
    /// text names.
    fn outlet<'a>(&'a self, report: &'a Report) -> &'a str {
        if !report.source.is_empty() {
            return &report.source;
        }
        let lines = report.text.lines().filter(|line| !line.trim().is_empty());
        let parts = lines
            .take(OUTLET_LINES)
            .flat_map(|line| line.split(['-', '–', '—', '|', '/', ':', '(', ')']));
        // One word alone may be an ordinary word: "the source", "the cities".
        let named = parts
            .map(str::trim)
            .filter(|part| part.len() <= LONGEST_OUTLET && part.contains(' '))
            .find_map(|part| self.sources.find(part));
        named.map_or("", |source| &source.name_en)
    }

    /// The party whose own media published a report, by the table of sources or by its name in that
    /// of the outlet ("SDF press office").
    fn own_side(&self, outlet: &str, language: &Language) -> Option<ActorId> {
        let claimant = self.sources.claimant(outlet, &self.actors);
        let known = claimant.leaning.filter(|_| {
            matches!(
                claimant.kind,
                ClaimantKind::ActorMedia | ClaimantKind::StateMedia
            )
        });
        known.or_else(|| {
            let items = self.annotate(&Text::new(outlet), language);
            // "The press office of the forces": of which, the text may tell.
            let is_open = |alias: &Alias| alias.kind == AliasKind::Bare;
            let of = |item: &Item| {
                let aliases = item.actors();
                let is_stateless = aliases.iter().any(|alias| alias.home.is_none());
                let may_differ = aliases.len() > 1 && is_stateless && aliases.iter().all(is_open);
                aliases
                    .first()
                    .filter(|_| !may_differ)
                    .map(|alias| alias.actor)
            };
            items.iter().find_map(of)
        })
    }

    /// The language of a report: as it says, else the one whose script most of its letters are in.
    fn language(&self, report: &Report, text: &Text) -> &Language {
        let named = report.language.as_deref().and_then(|code| {
            self.languages
                .iter()
                .find(|language| language.lexicon.language() == code)
        });
        named.unwrap_or_else(|| {
            let (latin, other) = letters(text.original());
            let script = if latin > other { "Latn" } else { "Arab" };
            self.languages
                .iter()
                .find(|language| language.lexicon.script() == script)
                .unwrap_or(&self.languages[0])
        })
    }
}

/// How many letters at the head of a text are plain Latin ones, and how many are not ASCII.
fn letters(text: &str) -> (usize, usize) {
    let head = crate::text::head(text, SAMPLE).as_bytes();
    let latin = crate::text::count(head, |byte| byte.is_ascii_alphabetic());
    // What is not ASCII begins with a byte of this kind.
    (latin, crate::text::count(head, |byte| byte >= 0xC0))
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

/// What was read, with its claims dated and quoted.
fn extraction(
    context: &claim::Context,
    found: Vec<claim::Found>,
    set_aside: Vec<SetAside>,
) -> Extraction {
    Extraction {
        language: context.language.lexicon.language().to_owned(),
        published: context.published,
        mentions: mentions(context, &found),
        claims: story::claims(found, context),
        set_aside,
    }
}

/// The mentions of a text; a name split in two by a pronoun counts once. A noun is the name of a place
/// where something is told of that.
fn mentions(context: &claim::Context, found: &[claim::Found]) -> Vec<Mention> {
    let text = context.text;
    let points = CodePoints::new(text.original());
    let mut read_as = context.read_as.iter().peekable();
    let told: FxHashSet<PlaceId> = found.iter().filter_map(|found| found.place).collect();
    let mut out = Vec::new();
    for (at, (item, choice)) in context.items.iter().zip(context.choices).enumerate() {
        let Some(choice) = choice else { continue };
        if context.nouns.binary_search(&at).is_ok() && !told.contains(&choice.place) {
            continue;
        }
        let mut candidates = item.places().to_vec();
        candidates.sort_unstable();
        let span = Span {
            start: text.after_letters(item.span, item.particles),
            ..item.span
        };
        let code_points = (points.before(span.start), points.before(span.end));
        let read = read_as.next_if(|read| read.item == at);
        out.push(Mention {
            span,
            code_points,
            place: Some(choice.place),
            resolution: choice.resolution,
            candidates,
            confidence: choice.confidence,
            read_as: read.map(|read| read.written.to_owned()),
        });
    }
    out
}
