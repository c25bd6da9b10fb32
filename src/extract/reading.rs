//! A report read up to its discourse: all that is done to a text before rules are tried on it, in the order
//! in which each step needs the one before.

use super::extractor::{Extractor, Language};
use super::{
    Step, annotate, brand, claim, discourse, ellipsis, legend, mention, misspelt, resolve, sole,
};
use crate::report::Report;
use crate::text::Text;

impl Extractor {
    /// Reads a report up to its discourse and goes on with `then`.
    pub(super) fn reading<T, D: FnMut(Step)>(
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
            claimant: self.claimant(report, outlet),
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

    /// The items of a text.
    pub(super) fn annotate<'a>(
        &'a self,
        text: &Text,
        language: &'a Language,
    ) -> Vec<annotate::Item<'a>> {
        let tables = annotate::Tables {
            names: &self.names,
            lexicon: &language.lexicon,
            pronouns: &language.pronouns,
            particle: &language.particle,
            seats: &language.seats,
            days: &language.days,
        };
        let read = |memory: &mut _| annotate::annotate(text, tables, memory);
        let mut items = language.memories.with(read);
        brand::settle(&mut items);
        items
    }
}
