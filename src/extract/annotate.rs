//! Tokens to items: places, actors, cue words, numbers and marks, the longest phrase first.

use std::hint::black_box;

use super::interrupted::Days;
use super::known::{Known, Memory, begins};
use super::line::marker;
use super::name_index::{Hit, NameIndex};
use super::names::{Alias, AliasKind, Meaning};
use super::particle::Particle;
use super::pronouns::Pronouns;
use super::quotes::{Quotes, is_noise};
use super::seat::{Behind, Seats};
use crate::gazetteer::PlaceId;
use crate::lexicon::{ClassSet, Features, Lexicon, Readings, Sense, Written};
use crate::text::{Span, Text, Token, TokenKind};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum ItemKind<'n> {
    /// A name and the places it could stand for.
    Place(&'n [PlaceId]),
    /// A name and the actors it could stand for.
    Actor(&'n [Alias]),
    /// A number in digits.
    Number(f64),
    /// A word; it may have classes.
    Word,
    /// The name of an outlet, person, campaign ...
    Masked,
    /// A mark of punctuation.
    Mark(char),
    /// The end of a line.
    Break,
}

/// A word, phrase or mark with all that the tables say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item<'n> {
    pub span: Span,
    pub kind: ItemKind<'n>,
    pub classes: ClassSet,
    pub features: Features,
    /// A number or word that the lexicon gives the form.
    pub value: Option<&'n str>,
    /// Position of the first token in its text.
    pub token: usize,
    /// How deep inside quotation marks it stands.
    pub depth: u8,
    /// Written without a space after the item before.
    pub glued: bool,
    /// Letters of particles written onto the front of a name: "and", "in".
    pub particles: usize,
}

impl<'n> Item<'n> {
    /// The end of a line, as it stands before the first item of a text.
    pub(crate) fn line_end() -> Self {
        Self {
            span: Span { start: 0, end: 0 },
            kind: ItemKind::Break,
            classes: ClassSet::default(),
            features: Features::default(),
            value: None,
            token: 0,
            depth: 0,
            glued: false,
            particles: 0,
        }
    }

    pub(crate) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, ItemKind::Mark(mark) if marks.contains(&mark))
    }

    pub(crate) fn is_comma(&self) -> bool {
        self.is_mark(&[',', '،'])
    }

    /// The end of a line.
    pub(crate) fn is_break(&self) -> bool {
        matches!(self.kind, ItemKind::Break)
    }

    /// A mark or the end of a line: what is said of one side need not be of the other.
    pub(crate) fn is_punctuation(&self) -> bool {
        matches!(self.kind, ItemKind::Mark(_) | ItemKind::Break)
    }

    pub(crate) fn is_place(&self) -> bool {
        matches!(self.kind, ItemKind::Place(_))
    }

    pub(crate) fn places(&self) -> &'n [PlaceId] {
        match self.kind {
            ItemKind::Place(places) => places,
            _ => &[],
        }
    }

    pub(crate) fn actors(&self) -> &'n [Alias] {
        match self.kind {
            ItemKind::Actor(aliases) => aliases,
            _ => &[],
        }
    }
}

/// The tables that words are looked up in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tables<'n> {
    pub names: &'n NameIndex,
    pub lexicon: &'n Lexicon,
    pub pronouns: &'n Pronouns,
    pub particle: &'n Particle,
    pub seats: &'n Seats,
    pub days: &'n Days,
}

impl Tables<'_> {
    /// What a word means alone, and which of its readings begin a cue or a name.
    fn learn(self, word: &str) -> Known {
        let mut known = Known {
            as_second: self.names.second_bits(word),
            ..Known::default()
        };
        for (position, (features, rest)) in self.lexicon.readings(word).enumerate() {
            let [plain, other] = Readings::of(position);
            let bare = self.lexicon.without_article(rest);
            known.cues.add_if(plain, self.begins_cue(rest));
            known
                .cues
                .add_if(other, bare.is_some_and(|bare| self.begins_cue(bare)));
            known.seconds |= self.lexicon.seconds(rest);
            known.seconds |= bare.map_or(0, |bare| self.lexicon.seconds(bare));
            if features.any(Features::FUTURE) {
                continue;
            }
            let with_article = self.with_article(features, rest);
            known.names.add_if(plain, self.begins_name(rest));
            known.seconds |= self.names.seconds(rest);
            if let Some(name) = with_article {
                known.names.add_if(other, self.begins_name(&name));
                known.seconds |= self.names.seconds(&name);
            }
        }
        let alone = |_| None;
        let cue = self.lexicon.longest_of(known.cues, word, alone);
        known.cue = cue.map(|(written, _)| written);
        if let Some(name) = find_name(word, &alone, known.names, self) {
            known.name = Some(name.hit);
            known.name_features = name.features;
            known.particles = name.particles as u8;
        }
        known
    }

    /// Looks at all that is known of the words of a text, so that no look waits for another: the
    /// processor fetches many side by side.
    fn fetch(self, known: &[Known]) {
        let cues = known.iter().filter_map(|known| known.cue);
        let cues = cues.filter(|cue| self.lexicon.sense(*cue).value.is_some());
        let names = known.iter().filter_map(|known| known.name);
        let places = names.map(|name| self.names.meaning(name).places.len());
        black_box((cues.count(), places.sum::<usize>()));
    }

    fn begins_cue(self, word: &str) -> bool {
        begins(|next| self.lexicon.entry(word, next).is_some())
    }

    fn begins_name(self, word: &str) -> bool {
        begins(|next| self.names.longest(word, next).is_some())
    }

    /// The rest of a word as the name of a place: a contraction has swallowed the article, which the
    /// name may need.
    fn with_article(self, features: Features, rest: &str) -> Option<String> {
        let is_contraction = features.any(Features::THE);
        is_contraction.then(|| format!("{}{rest}", self.lexicon.article()))
    }
}

/// Splits a text into items; `memory` is one of texts with the same tables.
pub(crate) fn annotate<'n>(text: &Text, tables: Tables<'n>, memory: &mut Memory) -> Vec<Item<'n>> {
    let lexicon = tables.lexicon;
    let tokens = text.tokens();
    let mut items = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    let pronouns = tables.pronouns;
    let known = memory.of_all(text, |word| tables.learn(word));
    tables.fetch(known);
    let mut quotes = Quotes::default();
    let mut at = 0;
    while at < tokens.len() {
        at += marker(tokens, at);
        let Some(token) = tokens.get(at) else { break };
        if let TokenKind::Mark(mark) = token.kind
            && (quotes.is_second(tokens, at) || quotes.read(mark) || is_noise(mark))
        {
            at += 1;
            continue;
        }
        let (item, words) = match token.kind {
            TokenKind::Break => (plain(token, at, ItemKind::Break), 1),
            TokenKind::Mark(mark) => (mark_item(token, at, mark, &known[at], tables), 1),
            TokenKind::Word | TokenKind::Number(_) => {
                read_word(text, at, known, items.last(), tables)
            }
        };
        let last = word_at(tokens, at, words - 1).unwrap_or(at);
        quotes.skip(tokens, at, last);
        let mut joined = Features::default();
        if item.glued && at > 0 {
            joined = joined.and(Features::GLUED);
        }
        if is_owner(text, tokens[last].span) {
            joined = joined.and(Features::OWNER);
        }
        if item.features.any(Features::PAST) && lexicon.is_passive(text.slice(item.span)) {
            joined = joined.and(Features::PASSIVE);
        }
        let mut item = Item {
            features: item.features.and(joined),
            span: item.span.to(tokens[last].span),
            depth: quotes.depth,
            ..item
        };
        pronouns.unmark(text, &mut item, lexicon);
        tables.particle.read(text, items.last_mut(), &item);
        let is_place = item.is_place() || item.classes.meets(pronouns.heads);
        pronouns.split(text, &mut items, is_place, lexicon);
        items.push(item);
        at = last + 1;
    }
    pronouns.split(text, &mut items, false, lexicon);
    items
}

/// "The army's": an owner, as Latin script writes it.
fn is_owner(text: &Text, span: Span) -> bool {
    // Most words have neither an s at their end nor a mark behind it.
    let bytes = text.original().as_bytes();
    let has_mark = matches!(bytes.get(span.end), Some(b'\'' | 0xE2));
    if !has_mark && bytes.get(span.end.wrapping_sub(1)) != Some(&b's') {
        return false;
    }
    let is_mark = |c: char| matches!(c, '\'' | '’');
    let ends = |written: &str| {
        written
            .strip_suffix('s')
            .is_some_and(|rest| rest.ends_with(is_mark))
    };
    let behind = &text.original()[span.end..];
    ends(text.slice(span))
        || behind
            .strip_prefix(is_mark)
            .is_some_and(|rest| rest.starts_with('s'))
}

/// The token of the `ahead`-th word from `at`, over quotation marks and slashes; none past a mark.
fn word_at(tokens: &[Token], at: usize, ahead: usize) -> Option<usize> {
    let mut index = at;
    for _ in 0..ahead {
        index += 1;
        while let TokenKind::Mark(mark) = tokens.get(index)?.kind {
            let is_inside = matches!(mark, '"' | '«' | '»' | '“' | '”' | '‘' | '’' | '\'' | '/');
            if !is_inside && !is_of_initials(tokens, index) {
                return None;
            }
            index += 1;
        }
        if matches!(tokens[index].kind, TokenKind::Break) {
            return None;
        }
    }
    Some(index)
}

/// The dots and the hyphen of "U.S.-backed".
fn is_of_initials(tokens: &[Token], mark: usize) -> bool {
    let before = &tokens[mark - 1];
    match tokens[mark].kind {
        TokenKind::Mark('.') => before.span.end - before.span.start == 1,
        TokenKind::Mark('-') => before.kind == TokenKind::Mark('.') && mark > 1,
        _ => false,
    }
}

fn plain<'n>(token: &Token, at: usize, kind: ItemKind<'n>) -> Item<'n> {
    Item {
        span: token.span,
        kind,
        classes: ClassSet::default(),
        features: Features::default(),
        value: None,
        token: at,
        depth: 0,
        glued: token.glued,
        particles: 0,
    }
}

/// A mark may be a cue as well: `%`.
fn mark_item<'n>(token: &Token, at: usize, mark: char, known: &Known, tables: Tables) -> Item<'n> {
    let mut item = plain(token, at, ItemKind::Mark(mark));
    if let Some(cue) = known.cue {
        item.classes = tables.lexicon.sense(cue).classes;
    }
    item
}

/// A name that starts here, and how it was written.
struct Found {
    hit: Hit,
    words: usize,
    features: Features,
    particles: usize,
}

/// The longest of name and cue; a name wins a tie.
fn read_word<'n>(
    text: &Text,
    at: usize,
    known: &[Known],
    before: Option<&Item>,
    tables: Tables<'n>,
) -> (Item<'n>, usize) {
    let tokens = text.tokens();
    let (name, cue) = look_up(text, at, known, tables);
    let name = name.map(|name| (tables.names.meaning(name.hit), name));
    let name = name.filter(|(meaning, _)| !is_small_abbreviation(text, at, *meaning));
    let cue = cue.map(|(written, words)| (tables.lexicon.sense(written), words));
    let mut item = plain(&tokens[at], at, ItemKind::Word);
    if let TokenKind::Number(value) = tokens[at].kind {
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
                let behind = behind(text, at, name.words, known, tables);
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
fn look_up(
    text: &Text,
    at: usize,
    known: &[Known],
    tables: Tables,
) -> (Option<Found>, Option<(Written, usize)>) {
    let tokens = text.tokens();
    let here = &known[at];
    let may_go_on = here.seconds != 0
        && word_at(tokens, at, 1).is_some_and(|next| here.may_go_on(&known[next]));
    let over_day = over_day(text, at, known, tables);
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
            let is_name =
                name.is_some_and(has_abbreviation) && is_small(text, at) && !is_small(text, index);
            (!is_name).then(|| text.folded(&tokens[index]))
        };
        let longest = || tables.lexicon.longest_of(here.cues, word, next_of_cue);
        let cue = (!here.cues.is_empty()).then(longest);
        let may_be_name = !here.names.is_empty() && !is_preposition(text, at, known, tables);
        let name = may_be_name.then(|| find_name(word, &next, here.names, tables));
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
fn is_preposition(text: &Text, at: usize, known: &[Known], tables: Tables) -> bool {
    let token = &text.tokens()[at];
    let written = text.slice(token.span);
    let is_spaced = || text.original()[token.span.end..].starts_with(char::is_whitespace);
    known[at].cue.is_some()
        && written.starts_with(char::is_lowercase)
        && tables.names.articles().is_article(text.folded(token))
        && is_spaced()
}

/// The longest cue that starts with a word and goes on behind a day.
fn over_day(text: &Text, at: usize, known: &[Known], tables: Tables) -> Option<(Written, usize)> {
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

/// Some newspapers write abbreviations of at least so many letters as words: "Isis".
const SPOKEN_ABBREVIATION: usize = 4;

/// "is" is not the abbreviation IS.
fn is_small_abbreviation(text: &Text, at: usize, meaning: Meaning) -> bool {
    let is_plain = meaning.places.is_empty() && !meaning.is_masked;
    let written = text.slice(text.tokens()[at].span);
    let is_spoken = written.len() >= SPOKEN_ABBREVIATION && written.starts_with(char::is_uppercase);
    is_plain
        && !is_spoken
        && !meaning.aliases.is_empty()
        && meaning.aliases.iter().all(|alias| alias.in_capitals)
        && is_small(text, at)
}

/// "IS no longer": an abbreviation in capitals before small letters is no ordinary word.
fn is_abbreviation_among_small(text: &Text, at: usize, words: usize, meaning: Meaning) -> bool {
    let next = at + words;
    has_abbreviation(meaning)
        && !is_small(text, at)
        && next < text.tokens().len()
        && is_small(text, next)
}

/// A party has the name as an abbreviation, which counts in capitals.
fn has_abbreviation(meaning: Meaning) -> bool {
    meaning.aliases.iter().any(|alias| alias.in_capitals)
}

/// The token has small letters.
fn is_small(text: &Text, at: usize) -> bool {
    let written = text.slice(text.tokens()[at].span);
    written.chars().any(char::is_lowercase)
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

/// The word behind a name.
fn behind<'n>(
    text: &Text,
    at: usize,
    words: usize,
    known: &[Known],
    tables: Tables<'n>,
) -> Behind<'n> {
    let next = word_at(text.tokens(), at, words).map(|next| &known[next]);
    let cue = next.and_then(|known| known.cue);
    let name = next.and_then(|known| known.name);
    Behind {
        sense: cue.map(|cue| tables.lexicon.sense(cue)),
        is_place: name.is_some_and(|name| !tables.names.meaning(name).places.is_empty()),
    }
}

/// The longest name of some of the readings of `word`.
fn find_name<'t>(
    word: &str,
    next: &(impl Fn(usize) -> Option<&'t str> + Copy),
    some: Readings,
    tables: Tables,
) -> Option<Found> {
    let names = tables.names;
    if some == Readings::AS_WRITTEN {
        let (hit, words) = names.longest(word, *next)?;
        return Some(Found {
            hit,
            words,
            features: Features::default(),
            particles: 0,
        });
    }
    let mut best: Option<Found> = None;
    for (position, (features, rest)) in tables.lexicon.readings(word).enumerate() {
        let [plain, other] = Readings::of(position);
        if features.any(Features::FUTURE) || !some.meets(plain.and(other)) {
            continue;
        }
        let with_article = some
            .meets(other)
            .then(|| tables.with_article(features, rest));
        let found = with_article
            .flatten()
            .and_then(|name| names.longest(&name, *next))
            .or_else(|| {
                some.meets(plain)
                    .then(|| names.longest(rest, *next))
                    .flatten()
            });
        if let Some((hit, words)) = found
            && best.as_ref().is_none_or(|best| words > best.words)
        {
            best = Some(Found {
                hit,
                words,
                features,
                particles: word[..word.len() - rest.len()].chars().count(),
            });
        }
    }
    best
}
