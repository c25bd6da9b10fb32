//! From letters to tokens in one pass.

use super::letter::{PLAIN_ARABIC, SIGNS, Script, Sign, fold_char, is_apostrophe, is_hyphen};
use super::{Span, Token, TokenKind};

/// A word being read.
struct Word {
    start: usize,
    folded_start: usize,
    script: Script,
    glued: bool,
    /// Folded and original length of the word up to its last apostrophe, for the English `'s`.
    apostrophe: Option<(usize, usize)>,
}

/// Folds a text and cuts it into tokens, letter by letter.
pub(super) struct Folder<'t> {
    original: &'t str,
    signs: &'t [Sign],
    plain_arabic: &'t [bool; 256],
    pub(super) folded: String,
    pub(super) tokens: Vec<Token>,
    word: Option<Word>,
    /// Where letters began that folding leaves as they are; they are copied together.
    run: Option<usize>,
    /// A hyphen or apostrophe stands directly before and may join two words.
    dash: bool,
}

impl<'t> Folder<'t> {
    pub(super) fn new(original: &'t str) -> Self {
        Self::into(
            original,
            String::with_capacity(original.len()),
            Vec::with_capacity(original.len() / 6),
        )
    }

    /// One that writes into a string and a list that exist already; both must be empty.
    pub(super) fn into(original: &'t str, folded: String, tokens: Vec<Token>) -> Self {
        Self {
            original,
            signs: &SIGNS[..],
            plain_arabic: &PLAIN_ARABIC,
            folded,
            tokens,
            word: None,
            run: None,
            dash: false,
        }
    }

    /// Reads the whole text.
    pub(super) fn read(&mut self) {
        let mut at = 0;
        while let Some(c) = self.original[at..].chars().next() {
            if c == ' ' {
                self.finish_word(at);
                self.dash = false;
            } else {
                self.push(at, c);
            }
            at = self.run_end(at + c.len_utf8());
        }
        self.finish_word(at);
    }

    /// The end of the letters from `at` on that are copied with those before, and of which nothing
    /// else is to be noted.
    fn run_end(&self, at: usize) -> usize {
        let script = match (&self.run, &self.word) {
            (Some(_), Some(word)) => word.script,
            _ => return at,
        };
        let rest = &self.original.as_bytes()[at..];
        let letters = match script {
            Script::Arabic => {
                let is_plain = |letter: &&[u8; 2]| {
                    let place = letter[0] << 6 | letter[1] & 0x3F;
                    letter[0] & 0xFC == 0xD8 && self.plain_arabic[usize::from(place)]
                };
                2 * rest.as_chunks().0.iter().take_while(is_plain).count()
            }
            Script::Latin => rest
                .iter()
                .take_while(|byte| byte.is_ascii_lowercase())
                .count(),
            Script::Digits | Script::Other => 0,
        };
        at + letters
    }

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
