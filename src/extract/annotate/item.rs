//! An item: a word, phrase or mark of a text with all that the tables say of it.

use crate::extract::names::Alias;
use crate::gazetteer::PlaceId;
use crate::lexicon::{ClassSet, Features};
use crate::text::{Span, Token};

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

    /// The token at `at` of its text, of which no table says anything.
    pub(super) fn of(token: &Token, at: usize, kind: ItemKind<'n>) -> Self {
        Self {
            span: token.span,
            kind,
            token: at,
            glued: token.glued,
            ..Self::line_end()
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
