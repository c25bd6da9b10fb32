//! The tree of a page, given up as soon as it grows deeper than any page is.
//!
//! The time that both the parser and the search for the article take grows with the square of the
//! depth: a few hundred kilobytes of `<div>` would keep them busy for hours. So the page is parsed
//! a piece at a time, and the branch that is open at the end of a piece is measured.

use dom_query::Document;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// Elements inside each other. Browsers of Google stop at the same number.
pub(super) const DEEPEST: usize = 512;
/// A piece is small enough that what it alone can nest is parsed at once.
const PIECE: usize = 8 * 1024;

/// The tree of a page; nothing when it is nested too deeply.
pub(super) fn of(html: &str) -> Option<Document> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            // As without a browser: what stands in `<noscript>` is part of the page.
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Document::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = behind;
        parser.process(StrTendril::from(piece));
        if depth_of_open_branch(&parser.tokenizer.sink.sink) > DEEPEST {
            return None;
        }
    }
    let document = parser.finish();
    (depth(&document) <= DEEPEST).then_some(document)
}

/// How deep the last branch is: the elements that are still open are on it.
fn depth_of_open_branch(document: &Document) -> usize {
    let mut node = document.root();
    let mut depth = 0;
    while let Some(last) = node.last_child() {
        node = last;
        depth += 1;
    }
    depth
}

/// How deep the deepest branch is.
fn depth(document: &Document) -> usize {
    let mut node = document.root();
    let (mut depth, mut deepest) = (0, 0);
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            deepest = deepest.max(depth);
            continue;
        }
        while node.next_sibling().is_none() {
            let Some(parent) = node.parent() else {
                return deepest;
            };
            node = parent;
            depth -= 1;
        }
        if let Some(sibling) = node.next_sibling() {
            node = sibling;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_that_of_the_whole_page() {
        let html = "<p>هجين <b>السوسة</b><table><tr><td>x</table>".repeat(2000);
        let whole = Document::from(html.as_str());
        assert_eq!(of(&html).map(|tree| tree.html()), Some(whole.html()));
    }

    #[test]
    fn pages_deeper_than_any_page_are_given_up() {
        let nest = |tag: &str, times: usize| of(&tag.repeat(times)).is_some();
        assert!(nest("<div>", DEEPEST - 5));
        for tag in ["<div>", "<ul><li>", "<b>", "<svg><g>", "<table><td>"] {
            assert!(!nest(tag, 1_000_000), "{tag}");
        }
        let closed = format!("{}{}", "<i>".repeat(600), "</i>".repeat(600));
        assert!(of(&closed).is_none());
        // Many elements beside each other are not deep.
        assert!(nest("<div></div>", 100_000));
    }
}
