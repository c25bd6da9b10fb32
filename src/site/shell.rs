//! The page around the data: its elements, style, script, and the policy that lets nothing else run.

use std::io::Write;

use flate2::{Compression, GzBuilder};
use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::SiteInput;
use super::inert::{html, json};
use crate::render::words::Tongue;

/// How the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As a file, alone.
    File,
    /// By a program that can be asked whether there is a newer one.
    Served,
}

const SKELETON: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// The parts of the script in the order in which they run, as one function of their own.
const SCRIPTS: [&str; 9] = [
    include_str!("facts.js"),
    include_str!("words.js"),
    include_str!("picture.js"),
    include_str!("marks.js"),
    include_str!("time.js"),
    include_str!("place.js"),
    include_str!("review.js"),
    include_str!("corrections.js"),
    include_str!("start.js"),
];

fn script() -> String {
    let parts = SCRIPTS.concat();
    format!("(function () {{\n'use strict';\n{parts}}}());\n")
}

/// The content security policy of a page: our script and style by their hashes, no other resource.
/// Only a served page may ask, and only the program that serves it.
#[must_use]
pub fn policy(way: Way) -> String {
    let asks = match way {
        Way::File => "",
        Way::Served => " connect-src 'self';",
    };
    format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:;{asks} base-uri 'none'; form-action 'none'",
        hash(&script()),
        hash(STYLE),
    )
}

/// The whole page.
pub(super) fn page(input: &SiteInput, drawings: &Value, facts: &Value, way: Way) -> String {
    let region = input.region;
    let title = |tongue: Tongue| {
        let name = tongue.of(&region.title_en, &region.title_ar);
        html(&input.words.filled("title", tongue, &[("region", name)]))
    };
    let no_script = |tongue| html(input.page_words.get("no_script", tongue));
    let live = match way {
        Way::File => "",
        Way::Served => " data-served",
    };
    let parts = [
        ("policy", policy(way)),
        ("live", live.to_owned()),
        ("title_en", title(Tongue::En)),
        ("title_ar", title(Tongue::Ar)),
        ("no_script_en", no_script(Tongue::En)),
        ("no_script_ar", no_script(Tongue::Ar)),
        ("style", STYLE.to_owned()),
        ("drawings", packed(&drawings.to_string())),
        ("facts", json(facts)),
        ("script", script()),
    ];
    filled(SKELETON, &parts)
}

/// Each `{{name}}` replaced by its part in one pass: what a part holds is never read again.
fn filled(skeleton: &str, parts: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut rest = skeleton;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        let part = parts.iter().find(|(known, _)| *known == name);
        page.push_str(part.map_or("", |(_, text)| text));
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// The hash of an inline script or style as a policy names it.
fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        base64(digest(&SHA256, text.as_bytes()).as_ref())
    )
}

/// Text as gzip in base 64: drawings are long and much alike, a tenth of them is left.
fn packed(text: &str) -> String {
    // The header of GzBuilder has no time unless it is told one: same input, same bytes.
    let mut packer = GzBuilder::new().write(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let _ = packer.write_all(text.as_bytes());
    base64(&packer.finish().unwrap_or_default())
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            let is_known = place <= group.len();
            text.push(if is_known { char::from(sign) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_the_vectors_of_its_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_part_is_not_read_again() {
        let parts = [("a", "{{b}}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(filled("<{{a}}{{b}}{{c}}>", &parts), "<{{b}}x>");
    }
}
