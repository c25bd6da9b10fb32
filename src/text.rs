//! Text folded for matching, with offsets that always lead back to the original.
//!
//! Folding is what readers of Arabic news do without thinking: vowel marks and tatweel are
//! dropped, hamza carriers, ta marbuta and alif maqsura are unified, Arabic-Indic digits become
//! ASCII, presentation forms and accented Latin letters become plain ones, and invisible marks of
//! direction vanish. Nothing else of the text is changed or lost.

mod folder;
mod letter;
mod number;

use std::mem::take;

use folder::Folder;
use letter::is_invisible;
pub(crate) use letter::is_silent;
use number::join_numbers;

/// A byte range of a text's original string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TokenKind {
    /// Letters, perhaps with digits, as in `t2`.
    Word,
    /// A number, with its value.
    Number(f64),
    /// One mark that is neither letter, digit nor space.
    Mark(char),
    /// The end of a line.
    Break,
}

/// A word, number, mark or line end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// Where it stands in the original.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// True when only a hyphen, or nothing, stands between it and the token before.
    pub glued: bool,
    folded: (u32, u32),
}

/// A text and its tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    original: String,
    folded: String,
    tokens: Vec<Token>,
}

impl Text {
    /// Folds and splits `original` in one pass.
    ///
    /// ```
    /// use khatt::text::Text;
    /// let text = Text::new("وسيطرت على «البـاغـوز»، ٤ كم²");
    /// let words: Vec<&str> = text.tokens().iter().map(|token| text.folded(token)).collect();
    /// assert_eq!(words, ["وسيطرت", "علي", "«", "الباغوز", "»", "،", "4", "كم", "2"]);
    /// ```
    #[must_use]
    pub fn new(original: impl Into<String>) -> Self {
        let original = original.into();
        let mut folder = Folder::new(&original);
        folder.read();
        let Folder {
            folded, mut tokens, ..
        } = folder;
        join_numbers(&mut tokens, &folded, &original);
        Self {
            original,
            folded,
            tokens,
        }
    }

    /// The text as given.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }

    /// Its tokens in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded form of one of its tokens.
    #[must_use]
    pub fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded.0 as usize..token.folded.1 as usize]
    }

    /// The folded form of a token as numbers, eight bytes in each and zeros behind the last; none
    /// for one of more than 24 bytes.
    pub(crate) fn letters_of(&self, token: &Token) -> Option<[u64; 3]> {
        const LONGEST: usize = 24;
        let (start, end) = (token.folded.0 as usize, token.folded.1 as usize);
        let bytes = self.folded.as_bytes();
        let mut short = [0; LONGEST];
        if end - start > LONGEST {
            return None;
        }
        // Reading beyond the end of the word is faster than reading up to it.
        let window = match bytes.get(start..start + LONGEST) {
            Some(window) => window,
            None => {
                short[..end - start].copy_from_slice(&bytes[start..end]);
                &short
            }
        };
        let (numbers, _) = window.as_chunks();
        let mut left = 8 * (end - start) as u32;
        let mut letters = [0; 3];
        for (number, bytes) in letters.iter_mut().zip(numbers) {
            let beyond = u64::MAX.checked_shl(left).unwrap_or(0);
            *number = u64::from_le_bytes(*bytes) & !beyond;
            left = left.saturating_sub(64);
        }
        Some(letters)
    }

    /// The byte behind the first `letters` letters of a span and the marks that belong to them.
    ///
    /// ```
    /// use khatt::text::{Span, Text};
    /// let text = Text::new("وَبِهجين");
    /// let name = text.after_letters(Span { start: 0, end: text.original().len() }, 2);
    /// assert_eq!(&text.original()[name..], "هجين");
    /// ```
    #[must_use]
    pub fn after_letters(&self, span: Span, letters: usize) -> usize {
        let seen = self
            .slice(span)
            .char_indices()
            .filter(|(_, c)| !is_invisible(*c));
        seen.map(|(at, _)| span.start + at)
            .nth(letters)
            .unwrap_or(span.start)
    }

    /// The original words under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.original[span.start..span.end]
    }
}

/// Counts code points up to any byte offset of a text, after one pass over it.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a [u8],
    /// Code points before each block of the text.
    before: Vec<usize>,
}

/// Bytes of a block, of which the code points are counted beforehand.
const BLOCK: usize = 64;

impl<'a> CodePoints<'a> {
    /// Counts the code points of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut count = 0;
        let before = text.as_bytes().chunks(BLOCK).map(|block| {
            let here = count;
            count += code_points(block);
            here
        });
        Self {
            before: before.collect(),
            text: text.as_bytes(),
        }
    }

    /// The number of code points before byte `offset`, which must lie on a character boundary.
    #[must_use]
    pub fn before(&self, offset: usize) -> usize {
        let start = offset - offset % BLOCK;
        let whole = self.before.get(offset / BLOCK).copied();
        // The end of the text may be the start of a block that is not there.
        let (start, whole) = match whole {
            Some(count) => (start, count),
            None => (
                start.saturating_sub(BLOCK),
                self.before.last().copied().unwrap_or(0),
            ),
        };
        whole + code_points(&self.text[start..offset])
    }
}

/// Code points that begin among these bytes of UTF-8.
fn code_points(bytes: &[u8]) -> usize {
    count(bytes, |byte| byte & 0xC0 != 0x80)
}

/// How many of these bytes are such.
pub(crate) fn count(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> usize {
    // A block holds so few that a byte can count them, and many bytes are counted at once.
    let in_block = |block: &[u8]| {
        block
            .iter()
            .map(|byte| u8::from(is_such(*byte)))
            .sum::<u8>()
    };
    bytes
        .chunks(BLOCK)
        .map(|block| usize::from(in_block(block)))
        .sum()
}

/// The first so many code points of a text, or all that it has.
pub(crate) fn head(text: &str, most: usize) -> &str {
    let mut left = most;
    let blocks = text.as_bytes().chunks(BLOCK);
    let whole = blocks.take_while(|block| {
        let count = code_points(block);
        let is_whole = count <= left;
        left -= if is_whole { count } else { 0 };
        is_whole
    });
    let start = whole.map(<[u8]>::len).sum();
    // A block may begin inside a code point, which belongs to the one before.
    let is_first = |at: &usize| text.is_char_boundary(*at);
    let mut rest = (start..text.len()).filter(is_first);
    let end = rest.nth(left).unwrap_or(text.len());
    &text[..end]
}

/// The folded form of a name: its words, separated by single spaces.
///
/// ```
/// assert_eq!(khatt::text::fold("Ash-Sha'fah"), "ash shafah");
/// assert_eq!(khatt::text::fold("أبو الحَسن"), "ابو الحسن");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::new();
    NameFolder::default().fold(name, &mut folded);
    folded
}

/// Folds many names with one piece of memory.
#[derive(Debug, Default)]
pub(crate) struct NameFolder {
    folded: String,
    tokens: Vec<Token>,
}

impl NameFolder {
    /// Adds the folded form of a name to `out`.
    pub(crate) fn fold(&mut self, name: &str, out: &mut String) {
        if is_folded(name) {
            out.push_str(name);
            return;
        }
        self.folded.clear();
        self.tokens.clear();
        let (folded, tokens) = (take(&mut self.folded), take(&mut self.tokens));
        let mut folder = Folder::into(name, folded, tokens);
        folder.read();
        (self.folded, self.tokens) = (folder.folded, folder.tokens);
        join_numbers(&mut self.tokens, &self.folded, name);
        let is_word = |token: &&Token| !matches!(token.kind, TokenKind::Mark(_) | TokenKind::Break);
        for (index, token) in self.tokens.iter().filter(is_word).enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&self.folded[token.folded.0 as usize..token.folded.1 as usize]);
        }
    }
}

/// True of small plain Latin letters with single spaces between the words.
fn is_folded(name: &str) -> bool {
    // Before the first word is as behind a space.
    let mut before = b' ';
    let goes_on = name.bytes().all(|byte| {
        let is_space_behind_word = byte == b' ' && before != b' ';
        before = byte;
        is_space_behind_word || byte.is_ascii_lowercase()
    });
    goes_on && before != b' '
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let text = Text::new(text);
        text.tokens()
            .iter()
            .map(|token| text.folded(token).to_owned())
            .collect()
    }

    #[test]
    fn folding() {
        for (input, expected) in [
            ("إِلى الشَّعْفة", "الي الشعفه"),
            ("ﺍﻟﺒﺎﻏﻮﺯ", "الباغوز"),
            ("Al-Sha’afah", "al shaafah"),
            ("Hajīn Ḥajīn", "hajin hajin"),
            ("Hajin's", "hajin"),
            (" abu  badran ", "abu badran"),
            ("abu badran", "abu badran"),
            ("\u{200f}هجين\u{200e}", "هجين"),
            ("آب أبو إدلب مسؤول", "اب ابو ادلب مسوول"),
        ] {
            assert_eq!(fold(input), expected, "{input}");
        }
    }

    #[test]
    fn numbers() {
        for (input, expected) in [
            ("0.5", vec!["0.5"]),
            ("16.02.2019", vec!["16", ".", "02", ".", "2019"]),
            ("2018.11.27", vec!["2018", ".", "11", ".", "27"]),
            ("3,800", vec!["3,800"]),
            ("24تشرين", vec!["24", "تشرين"]),
            ("T2", vec!["t2"]),
            ("70%", vec!["70", "%"]),
        ] {
            assert_eq!(words(input), expected, "{input}");
        }
    }

    #[test]
    fn the_head_of_a_text() {
        let text = "ab هجين ".repeat(40);
        for most in [0, 1, 5, 7, 64, 100, 319, 320, 400] {
            let expected: String = text.chars().take(most).collect();
            assert_eq!(head(&text, most), expected, "{most}");
        }
    }

    #[test]
    fn spans_lead_back() {
        let text = Text::new("قرية «الكَشمة»");
        let name = text.tokens()[2];
        assert_eq!(text.slice(name.span), "الكَشمة");
    }
}
