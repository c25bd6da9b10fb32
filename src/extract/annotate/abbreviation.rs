//! Abbreviations that are ordinary words in small letters: IS and "is".

use crate::extract::names::Meaning;
use crate::text::Text;

/// Some newspapers write abbreviations of at least so many letters as words: "Isis".
const SPOKEN_ABBREVIATION: usize = 4;

/// "is" is not the abbreviation IS.
pub(super) fn is_small_abbreviation(text: &Text, at: usize, meaning: Meaning) -> bool {
    let is_plain = meaning.places.is_empty() && !meaning.is_masked;
    let written = text.slice(text.tokens()[at].span);
    let is_spoken = written.len() >= SPOKEN_ABBREVIATION && written.starts_with(char::is_uppercase);
    is_plain
        && !is_spoken
        && !meaning.aliases.is_empty()
        && meaning.aliases.iter().all(|alias| alias.in_capitals)
        && is_small(text, at)
}

/// "IS no longer": an abbreviation in capitals before small letters is no ordinary word.
pub(super) fn is_abbreviation_among_small(
    text: &Text,
    at: usize,
    words: usize,
    meaning: Meaning,
) -> bool {
    let next = at + words;
    has_abbreviation(meaning)
        && !is_small(text, at)
        && next < text.tokens().len()
        && is_small(text, next)
}

/// A party has the name as an abbreviation, which counts in capitals.
pub(super) fn has_abbreviation(meaning: Meaning) -> bool {
    meaning.aliases.iter().any(|alias| alias.in_capitals)
}

/// The token has small letters.
pub(super) fn is_small(text: &Text, at: usize) -> bool {
    let written = text.slice(text.tokens()[at].span);
    written.chars().any(char::is_lowercase)
}
