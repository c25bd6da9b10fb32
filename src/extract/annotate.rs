//! Tokens to items: places, actors, cue words, numbers and marks, the longest phrase first.
//!
//! What a word means alone is looked up once for all texts (`tables`, kept in `known`); here the words
//! of one text are joined to phrases (`look_up`) and told how they are written.

mod abbreviation;
mod item;
mod joined;
mod look_up;
mod tables;

pub(crate) use item::{Item, ItemKind};
use joined::word_at;
use look_up::LookUp;
pub(crate) use tables::Tables;

use super::known::Memory;
use super::line::marker;
use super::quotes::{Quotes, is_noise};
use crate::lexicon::Features;
use crate::text::{Span, Text, TokenKind};

/// Splits a text into items; `memory` is one of texts with the same tables.
pub(crate) fn annotate<'n>(text: &Text, tables: Tables<'n>, memory: &mut Memory) -> Vec<Item<'n>> {
    let lexicon = tables.lexicon;
    let tokens = text.tokens();
    let mut items = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    let pronouns = tables.pronouns;
    let known = memory.of_all(text, |word| tables.learn(word));
    tables.fetch(known);
    let look_up = LookUp {
        text,
        known,
        tables,
    };
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
            TokenKind::Break => (Item::of(token, at, ItemKind::Break), 1),
            TokenKind::Mark(mark) => (look_up.mark(at, mark), 1),
            TokenKind::Word | TokenKind::Number(_) => look_up.item(at, items.last()),
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
