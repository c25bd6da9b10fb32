//! Numbers that marks divide: 0.5, 3,800.

use super::{Token, TokenKind};

/// Joins `0` `.` `5` to 0.5 and `3` `,` `800` to 3800, but leaves dates such as 16.02.2019 alone.
pub(super) fn join_numbers(tokens: &mut Vec<Token>, folded: &str, original: &str) {
    let mut kept = 0;
    let mut at = 0;
    while at < tokens.len() {
        let joined = joined_number(&tokens[at..], &tokens[..kept], folded, original);
        if joined.is_some() || kept < at {
            tokens[kept] = joined.unwrap_or(tokens[at]);
        }
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
