//! Texts too long for one reading: they are read in parts.
//!
//! What one part says of a place, or who "the organisation" is in it, is not carried into the next;
//! the day of publication, the outlet and the language of the first are. So time grows with the
//! text, and memory beside the text and its claims does not.

use super::{Extraction, Extractor};
use crate::report::Report;

/// The bytes of the longest part. Reports of news are a few thousand bytes long.
pub(super) const LONGEST_PART: usize = 1 << 20;

impl Extractor {
    /// Reads a report part by part.
    pub(super) fn extract_long(
        &self,
        report: &Report,
        read: &mut impl FnMut(&Report) -> Extraction,
    ) -> Extraction {
        let mut part = Report {
            id: report.id.clone(),
            title: report.title.clone(),
            source: self.outlet(report).to_owned(),
            url: report.url.clone(),
            language: report.language.clone(),
            published: report.published,
            text: String::new(),
        };
        let mut whole: Option<Extraction> = None;
        let mut start = Offset::default();
        for text in parts(&report.text) {
            text.clone_into(&mut part.text);
            let mut found = read(&part);
            found.move_by(start);
            start.bytes += text.len();
            start.code_points += text.chars().count();
            match &mut whole {
                None => {
                    part.language = Some(found.language.clone());
                    part.published = found.published;
                    whole = Some(found);
                }
                Some(whole) => {
                    whole.mentions.append(&mut found.mentions);
                    whole.claims.append(&mut found.claims);
                    whole.set_aside.append(&mut found.set_aside);
                }
            }
        }
        whole.unwrap_or_else(|| read(report))
    }
}

/// Where a part begins in its text.
#[derive(Debug, Clone, Copy, Default)]
struct Offset {
    bytes: usize,
    code_points: usize,
}

impl Extraction {
    fn move_by(&mut self, by: Offset) {
        for mention in &mut self.mentions {
            mention.span.start += by.bytes;
            mention.span.end += by.bytes;
            mention.code_points.0 += by.code_points;
            mention.code_points.1 += by.code_points;
        }
        for claim in &mut self.claims {
            claim.quote.start += by.code_points;
            claim.quote.end += by.code_points;
        }
        for aside in &mut self.set_aside {
            aside.span.start += by.bytes;
            aside.span.end += by.bytes;
        }
    }
}

/// Cuts a text into parts of at most [`LONGEST_PART`] bytes: behind a line end if the second half
/// of a part has one, else behind a full stop, else behind a space, else anywhere.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (part, behind) = rest.split_at(cut(rest));
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

fn cut(text: &str) -> usize {
    if text.len() <= LONGEST_PART {
        return text.len();
    }
    let most = text.floor_char_boundary(LONGEST_PART);
    let half = text.floor_char_boundary(LONGEST_PART / 2);
    let tail = &text[half..most];
    let behind = |found: Option<usize>, length: usize| found.map(|at| half + at + length);
    behind(tail.rfind('\n'), 1)
        .or_else(|| behind(tail.rfind(". "), 2))
        .or_else(|| behind(tail.rfind(' '), 1))
        .unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataFolder;

    #[test]
    fn parts_are_the_text() {
        for unit in ["كلمة ", "سطر طويل. ", "line\n", "ب", "\u{301}"] {
            let text = unit.repeat(3 * LONGEST_PART / unit.len() + 7);
            let all: Vec<&str> = parts(&text).collect();
            assert_eq!(all.concat(), text);
            assert!(all.iter().all(|part| part.len() <= LONGEST_PART));
            let whole = &all[..all.len() - 1];
            assert!(whole.iter().all(|part| part.len() >= LONGEST_PART / 2));
        }
    }

    #[test]
    fn what_stands_far_behind_is_read_with_its_place_in_the_whole() {
        let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
        let filler = "وقال المصدر إن الأسعار ارتفعت كثيرا.\n".repeat(40_000);
        let text = format!("18 شباط 2019\n{filler}سيطرت قسد على هجين.\n");
        let report = Report {
            id: "long".to_owned(),
            text,
            ..Report::default()
        };
        let found = extractor.extract(&report);
        let [claim] = &found.claims[..] else {
            panic!("{:?}", found.claims)
        };
        assert_eq!(found.published.map(|(date, _)| date), claim.date);
        let quoted: String = report
            .text
            .chars()
            .skip(claim.quote.start)
            .take(claim.quote.end - claim.quote.start)
            .collect();
        assert_eq!(quoted, claim.quote.text);
        let mention = &found.mentions[0];
        assert_eq!(&report.text[mention.span.start..mention.span.end], "هجين");
    }
}
