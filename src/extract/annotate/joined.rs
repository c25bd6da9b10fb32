//! Which token holds the next word of a phrase: marks may stand between the words of one.

use crate::text::{Token, TokenKind};

/// The token of the `ahead`-th word from `at`, over quotation marks and slashes; none past a mark.
pub(super) fn word_at(tokens: &[Token], at: usize, ahead: usize) -> Option<usize> {
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
