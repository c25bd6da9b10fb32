//! Quotation marks, and marks that say nothing.

use crate::text::{Token, TokenKind};

/// Marks that carry no sense for the reader: hashes of social media, bullets.
pub(super) fn is_noise(mark: char) -> bool {
    matches!(mark, '#' | '@' | '&' | '*' | '•')
}

/// Depth of quotation.
#[derive(Default)]
pub(super) struct Quotes {
    pub(super) depth: u8,
    straight: bool,
}

impl Quotes {
    /// `2'40"`: seconds or inches, where no quotation is open.
    pub(super) fn is_second(&self, tokens: &[Token], at: usize) -> bool {
        let touches = |before: &Token| {
            matches!(before.kind, TokenKind::Number(_)) && before.span.end == tokens[at].span.start
        };
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        !self.straight && tokens[at].kind == TokenKind::Mark('"') && before.is_some_and(touches)
    }

    /// Takes note of a mark; true when it is a quotation mark.
    pub(super) fn read(&mut self, mark: char) -> bool {
        match mark {
            '"' => {
                self.straight = !self.straight;
                self.depth = if self.straight {
                    self.depth.saturating_add(1)
                } else {
                    self.depth.saturating_sub(1)
                };
            }
            '«' | '“' | '„' => self.depth = self.depth.saturating_add(1),
            '»' | '”' => self.depth = self.depth.saturating_sub(1),
            '‘' | '’' | '\'' | '`' => {}
            _ => return false,
        }
        true
    }

    /// Takes note of the quotation marks inside a phrase.
    pub(super) fn skip(&mut self, tokens: &[Token], first: usize, last: usize) {
        for token in &tokens[first..=last] {
            if let TokenKind::Mark(mark) = token.kind {
                self.read(mark);
            }
        }
    }
}
