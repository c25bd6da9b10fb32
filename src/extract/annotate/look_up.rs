//! What the words at one point of a text are: the longest name or cue that begins there.

use super::abbreviation::{
    has_abbreviation, is_abbreviation_among_small, is_small, is_small_abbreviation,
};
use super::item::{Item, ItemKind};
use super::joined::word_at;
use super::tables::{Found, Tables};
use crate::extract::known::Known;
use crate::extract::names::{AliasKind, Meaning};
use crate::extract::seat::Behind;
use crate::lexicon::{Sense, Written};
use crate::text::{Text, TokenKind};

/// A text with what is known of each of its tokens.
#[derive(Clone, Copy)]
pub(super) struct LookUp<'t, 'n> {
    pub text: &'t Text,
    pub known: &'t [Known],
    pub tables: Tables<'n>,
}

impl<'n> LookUp<'_, 'n> {
    /// A mark may be a cue as well: `%`.
    pub(super) fn mark(&self, at: usize, mark: char) -> Item<'n> {
        let mut item = Item::of(&self.text.tokens()[at], at, ItemKind::Mark(mark));
        if let Some(cue) = self.known[at].cue {
            item.classes = self.tables.lexicon.sense(cue).classes;
        }
        item
    }

    /// The longest of name and cue; a name wins a tie.
    pub(super) fn item(&self, at: usize, before: Option<&Item>) -> (Item<'n>, usize) {
        let Self { text, tables, .. } = *self;
        let token = &text.tokens()[at];
        let (name, cue) = self.longest(at);
        let name = name.map(|name| (tables.names.meaning(name.hit), name));
        let name = name.filter(|(meaning, _)| !is_small_abbreviation(text, at, *meaning));
        let cue = cue.map(|(written, words)| (tables.lexicon.sense(written), words));
        let mut item = Item::of(token, at, ItemKind::Word);
        if let TokenKind::Number(value) = token.kind {
            item.kind = ItemKind::Number(value);
        }
        match (name, cue) {
            (Some((meaning, name)), cue)
                if cue.as_ref().is_none_or(|(_, words)| name.words >= *words)
                    || is_abbreviation_among_small(text, at, name.words, meaning) =>
            {
                item.features = name.features;
                item.particles = name.particles;
                item.kind = kind_of(meaning, || {
                    let behind = self.behind(at, name.words);
                    tables.seats.acts(before, name.features, &behind)
                });
                // A word that is a name of an area and a cue too ("the desert") keeps both readings.
                if let Some((entry, words)) = cue
                    && words == name.words
                {
                    item.classes = entry.classes;
                    item.features = item.features.and(entry.features);
                }
                (item, name.words)
            }
            (_, Some((entry, words))) => {
                let Sense {
                    classes,
                    features,
                    value,
                } = entry;
                (
                    Item {
                        classes,
                        features,
                        value,
                        ..item
                    },
                    words,
                )
            }
            _ => (item, 1),
        }
    }

    /// The longest name that starts with a word, and the longest cue.
    fn longest(&self, at: usize) -> (Option<Found>, Option<(Written, usize)>) {
        let Self {
            text,
            known,
            tables,
        } = *self;
        let tokens = text.tokens();
        let here = &known[at];
        let may_go_on = here.seconds != 0
            && word_at(tokens, at, 1).is_some_and(|next| here.may_go_on(&known[next]));
        let over_day = self.over_day(at);
        if over_day.is_some() {
            return (None, over_day);
        }
        if may_go_on {
            let word = text.folded(&tokens[at]);
            let next =
                |ahead: usize| word_at(tokens, at, ahead).map(|index| text.folded(&tokens[index]));
            let next_of_cue = |ahead: usize| {
                let index = word_at(tokens, at, ahead)?;
                let name = known[index].name.map(|name| tables.names.meaning(name));
                // "That IS fighters": no phrase goes on over the name of a party.
                let is_name = name.is_some_and(has_abbreviation)
                    && is_small(text, at)
                    && !is_small(text, index);
                (!is_name).then(|| text.folded(&tokens[index]))
            };
            let longest = || tables.lexicon.longest_of(here.cues, word, next_of_cue);
            let cue = (!here.cues.is_empty()).then(longest);
            let may_be_name = !here.names.is_empty() && !self.is_preposition(at);
            let name = may_be_name.then(|| tables.find_name(word, &next, here.names));
            return (name.flatten(), cue.flatten());
        }
        let name = here.name.map(|hit| Found {
            hit,
            words: 1,
            features: here.name_features,
            particles: usize::from(here.particles),
        });
        (name, here.cue.map(|written| (written, 1)))
    }

    /// "Fighting at Tabiyah", "as Susah fell": a small word apart from the name behind it is no article.
    fn is_preposition(&self, at: usize) -> bool {
        let Self {
            text,
            known,
            tables,
        } = *self;
        let token = &text.tokens()[at];
        let written = text.slice(token.span);
        let is_spaced = || text.original()[token.span.end..].starts_with(char::is_whitespace);
        known[at].cue.is_some()
            && written.starts_with(char::is_lowercase)
            && tables.names.articles().is_article(text.folded(token))
            && is_spaced()
    }

    /// The longest cue that starts with a word and goes on behind a day.
    fn over_day(&self, at: usize) -> Option<(Written, usize)> {
        let Self {
            text,
            known,
            tables,
        } = *self;
        let here = &known[at];
        if here.seconds == 0 || here.cues.is_empty() {
            return None;
        }
        let tokens = text.tokens();
        let gap = tables.days.behind(|ahead| {
            let cue = known[word_at(tokens, at, ahead)?].cue?;
            Some(tables.lexicon.sense(cue))
        })?;
        let next =
            |ahead| word_at(tokens, at, gap.over(ahead)).map(|index| text.folded(&tokens[index]));
        let word = text.folded(&tokens[at]);
        let (cue, words) = tables.lexicon.longest_of(here.cues, word, next)?;
        (words > gap.start).then_some((cue, words + gap.words))
    }

    /// The word behind a name of so many words.
    fn behind(&self, at: usize, words: usize) -> Behind<'n> {
        let Self {
            text,
            known,
            tables,
        } = *self;
        let next = word_at(text.tokens(), at, words).map(|next| &known[next]);
        let cue = next.and_then(|known| known.cue);
        let name = next.and_then(|known| known.name);
        Behind {
            sense: cue.map(|cue| tables.lexicon.sense(cue)),
            is_place: name.is_some_and(|name| !tables.names.meaning(name).places.is_empty()),
        }
    }
}

/// What a name stands for; `acts` says of a seat of government whether the party is meant.
fn kind_of(meaning: Meaning, acts: impl FnOnce() -> bool) -> ItemKind {
    let is_seat = || {
        let mut aliases = meaning.aliases.iter();
        !meaning.places.is_empty() && aliases.all(|alias| alias.kind == AliasKind::Seat)
    };
    if meaning.is_masked {
        ItemKind::Masked
    } else if meaning.aliases.is_empty() || is_seat() && !acts() {
        ItemKind::Place(meaning.places)
    } else {
        ItemKind::Actor(meaning.aliases)
    }
}
