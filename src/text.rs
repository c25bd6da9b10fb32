//! Text folded for matching, with offsets that always lead back to the original.
//!
//! Folding is what readers of Arabic news do without thinking: vowel marks and tatweel are
//! dropped, hamza carriers, ta marbuta and alif maqsura are unified, Arabic-Indic digits become
//! ASCII, presentation forms and accented Latin letters become plain ones, and invisible marks of
//! direction vanish. Nothing else of the text is changed or lost.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

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
        let mut folder = Folder {
            original: &original,
            signs: &SIGNS[..],
            folded: String::with_capacity(original.len()),
            tokens: Vec::with_capacity(original.len() / 6),
            word: None,
            run: None,
            dash: false,
        };
        for (at, c) in original.char_indices() {
            folder.push(at, c);
        }
        folder.finish_word(original.len());
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
const BLOCK: usize = 512;

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
    let is_first = |byte: &&u8| **byte & 0xC0 != 0x80;
    bytes.iter().filter(is_first).count()
}

/// The folded form of a name: its words, separated by single spaces.
///
/// ```
/// assert_eq!(khatt::text::fold("Ash-Sha'fah"), "ash shafah");
/// assert_eq!(khatt::text::fold("أبو الحَسن"), "ابو الحسن");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let text = Text::new(name);
    let words: Vec<&str> = text
        .tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Mark(_) | TokenKind::Break))
        .map(|token| text.folded(token))
        .collect();
    words.join(" ")
}

/// A word being read.
struct Word {
    start: usize,
    folded_start: usize,
    script: Script,
    glued: bool,
    /// Folded and original length of the word up to its last apostrophe, for the English `'s`.
    apostrophe: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Arabic,
    Latin,
    Digits,
    Other,
}

/// What a character does to the word it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// A letter of a script with its folded form.
    Letter(Script, char),
    /// A letter whose folded form is no single character.
    Rare(Script),
    Invisible,
    /// Ends a word, or joins two.
    Other,
}

impl Sign {
    /// The sign of `c`, from the table of common ones when it has it.
    fn known(signs: &[Self], c: char) -> Self {
        match signs.get(c as usize) {
            Some(sign) => *sign,
            None => Self::of(c),
        }
    }

    fn of(c: char) -> Self {
        if is_invisible(c) {
            Self::Invisible
        } else if is_letter(c) {
            let mut folded = String::new();
            fold_char(c, &mut folded);
            let mut chars = folded.chars();
            match (chars.next(), chars.next()) {
                (Some(only), None) => Self::Letter(script_of(c), only),
                _ => Self::Rare(script_of(c)),
            }
        } else {
            Self::Other
        }
    }
}

/// True for a character of which folding leaves neither letter nor digit.
pub(crate) fn is_silent(c: char) -> bool {
    match Sign::known(&SIGNS, c) {
        Sign::Letter(_, folded) => !folded.is_alphanumeric(),
        Sign::Rare(_) => {
            let mut folded = String::new();
            fold_char(c, &mut folded);
            !folded.chars().any(char::is_alphanumeric)
        }
        Sign::Invisible | Sign::Other => true,
    }
}

/// The signs of Latin, Arabic and what lies between, by code point: nearly all that is read.
static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    (0..0x700)
        .filter_map(char::from_u32)
        .map(Sign::of)
        .collect()
});

struct Folder<'t> {
    original: &'t str,
    signs: &'t [Sign],
    folded: String,
    tokens: Vec<Token>,
    word: Option<Word>,
    /// Where letters began that folding leaves as they are; they are copied together.
    run: Option<usize>,
    /// A hyphen or apostrophe stands directly before and may join two words.
    dash: bool,
}

impl Folder<'_> {
    fn push(&mut self, at: usize, c: char) {
        match Sign::known(self.signs, c) {
            Sign::Letter(script, folded) => {
                self.letter(at, script);
                if folded == c {
                    self.run = self.run.or(Some(at));
                } else {
                    self.end_run(at);
                    self.folded.push(folded);
                }
            }
            Sign::Rare(script) => {
                self.letter(at, script);
                self.end_run(at);
                fold_char(c, &mut self.folded);
            }
            Sign::Invisible => self.end_run(at),
            // An apostrophe inside a Latin word writes a hamza or an 'ayn; the word goes on.
            Sign::Other if is_apostrophe(c) && self.joins_latin() => {
                self.end_run(at);
                let folded = self.folded.len();
                if let Some(word) = &mut self.word {
                    word.apostrophe = Some((folded, at));
                }
            }
            Sign::Other => {
                let after_word = self.word.is_some();
                self.finish_word(at);
                self.mark(at, at + c.len_utf8(), c, after_word);
            }
        }
    }

    /// Copies the letters up to `at` that folding leaves as they are.
    fn end_run(&mut self, at: usize) {
        if let Some(start) = self.run.take() {
            self.folded.push_str(&self.original[start..at]);
        }
    }

    fn joins_latin(&self) -> bool {
        self.word
            .as_ref()
            .is_some_and(|word| word.script == Script::Latin)
    }

    /// Goes on with the word, or begins one, with a letter of `script`.
    fn letter(&mut self, at: usize, script: Script) {
        let breaks = match &self.word {
            // `t2` and `km2` stay whole; `24تشرين` and `كم2` are two tokens.
            Some(word) => {
                word.script != script && !(word.script == Script::Latin && script == Script::Digits)
            }
            None => false,
        };
        if breaks {
            self.finish_word(at);
            self.dash = true;
        }
        if self.word.is_none() {
            self.word = Some(Word {
                start: at,
                folded_start: self.folded.len(),
                script,
                glued: self.dash,
                apostrophe: None,
            });
            self.dash = false;
        }
    }

    fn mark(&mut self, at: usize, end: usize, c: char, after_word: bool) {
        self.dash = is_hyphen(c) && after_word;
        if self.dash || (c.is_whitespace() && c != '\n') {
            return;
        }
        let kind = if c == '\n' {
            TokenKind::Break
        } else {
            TokenKind::Mark(c)
        };
        let start = self.folded.len() as u32;
        self.folded.push(if c == '٪' { '%' } else { c });
        self.tokens.push(Token {
            span: Span { start: at, end },
            kind,
            glued: after_word,
            folded: (start, self.folded.len() as u32),
        });
    }

    /// Ends the word before byte `end`; an apostrophe behind its last letter is not part of it.
    fn finish_word(&mut self, end: usize) {
        self.end_run(end);
        let Some(word) = self.word.take() else {
            return;
        };
        let mut end = end;
        if let Some((folded, at)) = word.apostrophe
            && matches!(&self.folded[folded..], "s" | "")
        {
            self.folded.truncate(folded);
            end = at;
        }
        let folded = (word.folded_start as u32, self.folded.len() as u32);
        if folded.0 == folded.1 {
            return;
        }
        let text = &self.folded[word.folded_start..];
        let kind = if word.script == Script::Digits {
            text.parse().map_or(TokenKind::Word, TokenKind::Number)
        } else {
            TokenKind::Word
        };
        self.tokens.push(Token {
            span: Span {
                start: word.start,
                end,
            },
            kind,
            glued: word.glued,
            folded,
        });
    }
}

/// Joins `0` `.` `5` to 0.5 and `3` `,` `800` to 3800, but leaves dates such as 16.02.2019 alone.
fn join_numbers(tokens: &mut Vec<Token>, folded: &str, original: &str) {
    let mut kept = 0;
    let mut at = 0;
    while at < tokens.len() {
        let joined = joined_number(&tokens[at..], &tokens[..kept], folded, original);
        tokens[kept] = joined.unwrap_or(tokens[at]);
        at += if joined.is_some() { 3 } else { 1 };
        kept += 1;
    }
    tokens.truncate(kept);
}

/// The number that the first three of `tokens` write together, if they do, behind what is `before`.
fn joined_number(
    tokens: &[Token],
    before: &[Token],
    folded: &str,
    original: &str,
) -> Option<Token> {
    let [a, mark, b, ..] = tokens else {
        return None;
    };
    if !is_number(a)
        || !is_number(b)
        || a.span.end != mark.span.start
        || mark.span.end != b.span.start
    {
        return None;
    }
    let goes_on_from_before = match before {
        [.., number, mark] => {
            mark.span.end == a.span.start
                && matches!(mark.kind, TokenKind::Mark(_))
                && is_number(number)
        }
        _ => false,
    };
    let behind = &original[b.span.end..];
    let goes_on_behind = behind.starts_with(['.', '/', '-', ','])
        && behind[1..].starts_with(|c: char| c.is_numeric());
    if goes_on_from_before || goes_on_behind {
        return None;
    }
    let digits = |token: &Token| &folded[token.folded.0 as usize..token.folded.1 as usize];
    let value = number_of(mark.kind, digits(a), digits(b))?;
    Some(Token {
        span: a.span.to(b.span),
        kind: TokenKind::Number(value),
        glued: a.glued,
        folded: (a.folded.0, b.folded.1),
    })
}

fn is_number(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Number(_))
}

fn number_of(mark: TokenKind, whole: &str, rest: &str) -> Option<f64> {
    match mark {
        TokenKind::Mark(',' | '٬') if rest.len() == 3 => format!("{whole}{rest}").parse().ok(),
        TokenKind::Mark('.' | '٫' | ',') if rest.len() <= 2 => {
            format!("{whole}.{rest}").parse().ok()
        }
        _ => None,
    }
}

/// Letters, digits and their accents. The common ranges are asked first: the tables of Unicode are
/// slow for Arabic, which is most of what is read.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'ء'..='غ' | 'ف'..='ي' => true,
        '\u{0000}'..='\u{007F}' | '،' | '؛' | '؟' => false,
        _ => c.is_alphanumeric() || is_combining(c),
    }
}

fn script_of(c: char) -> Script {
    match c {
        '0'..='9' | '٠'..='٩' | '۰'..='۹' | '²' | '³' => Script::Digits,
        '\u{0600}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arabic,
        'A'..='Z'
        | 'a'..='z'
        | '\u{00C0}'..='\u{024F}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{02B0}'..='\u{02FF}' => Script::Latin,
        _ if is_combining(c) => Script::Latin,
        _ => Script::Other,
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʼ')
}

/// Marks that a reader does not see as letters: vowel signs, tatweel, direction, joiners.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{06D6}'..='\u{06ED}' | '\u{0610}'..='\u{061A}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}'
    )
}

fn fold_char(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | 'ا'..='ش' if !matches!(c, 'ة') => out.push(c),
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ة' | 'ھ' | 'ہ' | 'ۀ' => out.push('ه'),
        'ى' | 'ئ' | 'ی' | 'ۍ' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ک' | 'گ' => out.push('ك'),
        '٠'..='٩' => out.push(shifted(c, '٠')),
        '۰'..='۹' => out.push(shifted(c, '۰')),
        '²' => out.push('2'),
        '³' => out.push('3'),
        'ʿ' | 'ʾ' | 'ʼ' => {}
        '\u{0600}'..='\u{06FF}' => out.push(c),
        _ => fold_rare(c, out),
    }
}

fn shifted(digit: char, zero: char) -> char {
    char::from(b'0' + (digit as u32 - zero as u32) as u8)
}

/// Presentation forms and accented letters: decomposed, then folded again without their accents.
fn fold_rare(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkd() {
        if is_combining(part) || is_invisible(part) {
            continue;
        }
        match part {
            'ı' => out.push('i'),
            _ if part == c => out.extend(part.to_lowercase()),
            _ => fold_char(part, out),
        }
    }
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
    fn spans_lead_back() {
        let text = Text::new("قرية «الكَشمة»");
        let name = text.tokens()[2];
        assert_eq!(text.slice(name.span), "الكَشمة");
    }
}
