//! Text of reports made harmless for what shows it: a terminal obeys escape sequences, a line of
//! text obeys marks of direction, and a spreadsheet runs formulas.
//!
//! What the marks do is in Unicode Standard Annex 9; that they make text read other than it is
//! stored was shown by Boucher and Anderson, *Trojan Source* (2021). Formulas: OWASP, *CSV Injection*.

use std::borrow::Cow;

/// Begins a stretch with a direction of its own; what [`super::words::isolated`] puts before it.
pub(super) const ISOLATE: char = '\u{2068}';
/// Ends it.
pub(super) const END_OF_ISOLATE: char = '\u{2069}';
/// What stands for a control character that has no picture.
const NO_PICTURE: char = '\u{FFFD}';
/// The two orders to a terminal that khatt itself gives: bold letters, and plain ones again.
const OWN_ORDERS: [&str; 2] = ["\u{1b}[1m", "\u{1b}[0m"];

/// Words for one line of a terminal: control characters become visible, marks that turn the
/// direction of what follows are left out.
///
/// Left-to-right and right-to-left marks (U+200E, U+200F, U+061C) stay: they turn nothing but
/// themselves, and Arabic needs them.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| is_order(c) || turns(c)) {
        let kept = text.chars().filter(|c| !turns(*c));
        Cow::Owned(kept.map(visible).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A text of several lines for a terminal. Beside what [`line()`] does, it lets line ends, tabs
/// and isolated words pass, the latter closed before each line ends; with `may_be_bold` also
/// khatt's own bold letters.
#[must_use]
pub fn lines(text: &str, may_be_bold: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for row in text.split_inclusive('\n') {
        let (row, end) = row.strip_suffix('\n').map_or((row, ""), |row| (row, "\n"));
        add_row(&mut out, row, may_be_bold);
        out.push_str(end);
    }
    out
}

fn add_row(out: &mut String, row: &str, may_be_bold: bool) {
    let mut rest = row;
    let mut open = 0_usize;
    while let Some(c) = rest.chars().next() {
        let own = OWN_ORDERS.iter().find(|order| rest.starts_with(**order));
        if let Some(order) = own.filter(|_| may_be_bold) {
            out.push_str(order);
            rest = &rest[order.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\t' => out.push(c),
            ISOLATE => {
                open += 1;
                out.push(c);
            }
            END_OF_ISOLATE if open > 0 => {
                open -= 1;
                out.push(c);
            }
            _ if turns(c) => {}
            _ => out.push(visible(c)),
        }
    }
    out.extend(std::iter::repeat_n(END_OF_ISOLATE, open));
}

/// A cell of a table for spreadsheets: words that would be taken for a formula are led by an
/// apostrophe, so that nothing in a report is run by opening the table; control characters and
/// marks that turn the direction are left out.
#[must_use]
pub fn cell(text: &str) -> String {
    let is_formula =
        |first: char| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    // Spreadsheets skip space, and marks of direction are not seen.
    let is_hidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || turns(c)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{61c}' | '\u{feff}')
    };
    let starts_blank = text.starts_with(['\t', '\r', '\n']);
    let first = text.trim_start_matches(is_hidden).chars().next();
    let is_kept = |c: &char| matches!(c, '\n' | '\t') || !(is_order(*c) || turns(*c));
    let kept: String = text.chars().filter(is_kept).collect();
    if starts_blank || first.is_some_and(is_formula) {
        format!("'{kept}")
    } else {
        kept
    }
}

/// A text of JSON that says the same and that no terminal obeys. Such characters stand in strings
/// only, where `\uXXXX` means the same.
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    let is_special = |c: char| !c.is_ascii() && (is_order(c) || turns(c)) || c == '\u{7f}';
    if !may_be_special(text.as_bytes()) || !text.contains(is_special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if is_special(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// False when no byte begins a character that [`json`] writes otherwise.
pub(super) fn may_be_special(text: &[u8]) -> bool {
    let has_one = |block: &[u8]| {
        let begins = |byte: u8| byte == 0x7F || byte == 0xC2 || byte == 0xE2;
        // Without an early end, so that many bytes are compared at once.
        block.iter().fold(false, |any, byte| any | begins(*byte))
    };
    text.chunks(256).any(has_one)
}

/// True for what a terminal may obey, and for what it takes for the end of a line.
pub(super) fn is_order(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// True for embeddings, overrides and isolates: they act on all that follows.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(NO_PICTURE),
        '\u{7f}' => '\u{2421}',
        c if is_order(c) => NO_PICTURE,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_order_to_a_terminal_passes() {
        let cases = [
            ("هجين", "هجين"),
            ("a\u{1b}[2Jb", "a␛[2Jb"),
            ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
            ("\u{9b}31m\u{7f}", "\u{fffd}31m␡"),
            ("safe\r\nerror: all is lost", "safe␍ error: all is lost"),
            ("a\u{202e}cba\u{202c}\u{2066}", "acba"),
            ("\u{200f}قسد\u{200e}", "\u{200f}قسد\u{200e}"),
            ("one\u{2028}two", "one\u{fffd}two"),
        ];
        for (text, expected) in cases {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn isolated_words_are_closed_in_their_line() {
        let cases = [
            ("\u{2068}a\u{2069}\nb\n", "\u{2068}a\u{2069}\nb\n"),
            ("\u{2068}a\nb\u{2069}", "\u{2068}a\u{2069}\nb"),
            ("\u{2069}\u{202e}a\tb", "a\tb"),
        ];
        for (text, expected) in cases {
            assert_eq!(lines(text, false), expected, "{text:?}");
        }
        assert_eq!(lines("\u{1b}[1ma\u{1b}[0m", false), "␛[1ma␛[0m");
        assert_eq!(
            lines("\u{1b}[1ma\u{1b}[0m\u{1b}[2J", true),
            "\u{1b}[1ma\u{1b}[0m␛[2J"
        );
    }

    #[test]
    fn json_says_the_same_without_orders() {
        let value = serde_json::json!({"text": "\u{1b}\u{9b}\u{7f}\u{202e}\u{2028}هجين\n"});
        let text = value.to_string();
        let inert = json(&text);
        assert!(!inert.contains(|c| is_order(c) || turns(c)), "{inert}");
        let read: serde_json::Value = serde_json::from_str(&inert).unwrap();
        assert_eq!(read, value);
    }

    #[test]
    fn no_words_are_run_as_a_formula() {
        let formulas = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            " =1",
            "\u{200b}=1",
            "＝1",
        ];
        for formula in formulas {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        for (formula, inert) in [("\r=1", "'=1"), ("\u{202b}=1", "'=1"), ("\u{1b}=1", "'=1")] {
            assert_eq!(cell(formula), inert);
        }
        for words in ["هجين", "a = b", "", "2018-11-27", "two\nlines"] {
            assert_eq!(cell(words), words);
        }
        assert_eq!(cell("a\u{1b}[2J\u{202e}b"), "a[2Jb");
    }
}
