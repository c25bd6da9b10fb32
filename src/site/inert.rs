//! Foreign text made harmless: for data inside a page, for HTML, and for the eye.
//!
//! A report may hold markup, script, addresses of any scheme, and marks that turn the direction of
//! all that follows. None of it may do anything but be read.

use serde_json::Value;

/// Text without what is not seen and yet acts: control characters, marks that override, embed or
/// isolate a direction, separators of lines, and characters that only tag or annotate others. White
/// space is one space. Joiners of Arabic letters and the implicit marks of direction stay: they
/// belong to the words, and reach no farther than the element around them.
///
/// ```
/// use khatt::site::inert::plain;
/// assert_eq!(plain("a\u{202e}b\u{0}\u{85}  c\nd"), "ab c d");
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_whitespace() || matches!(letter, '\u{2028}' | '\u{2029}') {
            if !seen.ends_with(' ') {
                seen.push(' ');
            }
        } else if !acts_unseen(letter) {
            seen.push(letter);
        }
    }
    seen.trim().to_owned()
}

fn acts_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}'
            | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The address, if a browser may open it: `http` or `https` and nothing that acts unseen.
#[must_use]
pub fn address(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    let is_sound = !url.chars().any(|c| c.is_whitespace() || acts_unseen(c));
    (is_web && is_sound).then_some(url)
}

/// JSON that may stand in a `<script>` element: nothing in it can end the element or begin a
/// comment, and script that reads it as its own source finds no end of line in a string.
#[must_use]
pub fn json(value: &Value) -> String {
    let text = value.to_string();
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

/// Text between tags or in an attribute between quotes.
#[must_use]
pub fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_web_addresses_are_links() {
        for good in ["https://example.org/a?b=c", "HTTP://example.org"] {
            assert_eq!(address(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " https://example.org",
            "https://example.org/\u{202e}gpj.exe",
            "data:text/html,x",
            "//example.org",
            "",
        ] {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn data_cannot_leave_its_element() {
        let hostile = json!({"</script><!--": "<script>&\u{2028}\u{2029}"});
        let text = json(&hostile);
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, hostile);
    }

    #[test]
    fn joiners_of_arabic_letters_stay() {
        assert_eq!(
            plain("می\u{200c}خواهم\u{200f}."),
            "می\u{200c}خواهم\u{200f}."
        );
        assert_eq!(
            html("<a href='x'>&\""),
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;"
        );
    }
}
