//! Several scenes of one page, which share what they have in common.
//!
//! A page with a map for each day holds the same rivers, roads, letters and names many times over.
//! Here each element is written once, and so is each longest run of elements that the scenes
//! always show one after the other: the base map is a single reference.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::render::scene::Scene;
use crate::render::svg::element::Writer;
use crate::render::svg::{elements, opening, selectable, shapes};

/// Several scenes ready for one HTML page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// What the scenes refer to: one `<svg>` element without size, to stand in the page before
    /// them. It must not be hidden with `display: none`, which some browsers take to hide what
    /// refers to it.
    pub definitions: String,
    /// One `<svg>` element for each scene, in the order given.
    pub scenes: Vec<String>,
}

/// Writes scenes so that they share definitions.
#[must_use]
pub fn share(scenes: &[Scene]) -> Shared {
    let mut writer = Writer::default();
    let mut seen = Pool::default();
    let mut words: Vec<String> = Vec::new();
    for scene in scenes {
        let elements = elements(&mut writer, scene);
        seen.add(elements.iter().map(|e| e.seen.as_str()));
        // Browsers select no text that stands in a definition, so words are never shared.
        words.push(elements.into_iter().filter_map(|e| e.words).collect());
    }
    let seen = seen.joined();
    let bodies = seen.scenes.iter().zip(&words);
    Shared {
        definitions: format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style="position:absolute" aria-hidden="true">{}<defs>{}</defs></svg>"#,
            writer.definitions(),
            seen.definitions,
        ),
        scenes: scenes
            .iter()
            .zip(bodies)
            .map(|(scene, (seen, words))| {
                let open = opening(scene, "");
                format!("{open}{}{}</svg>", shapes(seen), selectable(words))
            })
            .collect(),
    }
}

/// Elements by number, each text once, and the scenes as rows of numbers.
#[derive(Default)]
struct Pool {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
    rows: Vec<Vec<usize>>,
}

/// A pool written out.
struct Joined {
    definitions: String,
    scenes: Vec<String>,
}

/// What stands before or after an element: nothing known yet, always the same (none is the end of
/// a scene), or one thing here and another there.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    Unseen,
    Always(Option<usize>),
    Varies,
}

impl Beside {
    fn note(&mut self, beside: Option<usize>) {
        *self = match *self {
            Self::Unseen => Self::Always(beside),
            Self::Always(known) if known == beside => *self,
            _ => Self::Varies,
        };
    }
}

impl Pool {
    fn add<'a>(&mut self, elements: impl Iterator<Item = &'a str>) {
        let row = elements.map(|text| {
            if let Some(number) = self.numbers.get(text) {
                return *number;
            }
            self.texts.push(text.to_owned());
            self.numbers.insert(text.to_owned(), self.texts.len() - 1);
            self.texts.len() - 1
        });
        let row = row.collect();
        self.rows.push(row);
    }

    /// Runs that several scenes show become definitions; what one scene alone shows stays in it.
    fn joined(&self) -> Joined {
        let follows = self.follows();
        let mut uses = vec![0usize; self.texts.len()];
        self.rows.iter().flatten().for_each(|n| uses[*n] += 1);
        let mut joined = Joined {
            definitions: String::new(),
            scenes: Vec::new(),
        };
        let mut names: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &self.rows {
            let mut scene = String::new();
            for run in row.chunk_by(|a, b| follows[*a] == Some(*b)) {
                let text = || run.iter().map(|n| self.texts[*n].as_str());
                if uses[run[0]] < 2 {
                    scene.extend(text());
                    continue;
                }
                let next = names.len();
                let name = *names.entry(run[0]).or_insert_with(|| {
                    let _ = write!(joined.definitions, r#"<g id="s{next}">"#);
                    joined.definitions.extend(text());
                    joined.definitions.push_str("</g>");
                    next
                });
                let _ = write!(scene, r##"<use href="#s{name}"/>"##);
            }
            joined.scenes.push(scene);
        }
        joined
    }

    /// For each element the one that always follows it and that it always precedes.
    fn follows(&self) -> Vec<Option<usize>> {
        let mut before = vec![Beside::Unseen; self.texts.len()];
        let mut after = before.clone();
        for row in &self.rows {
            for (index, number) in row.iter().enumerate() {
                before[*number].note(index.checked_sub(1).map(|i| row[i]));
                after[*number].note(row.get(index + 1).copied());
            }
        }
        let is_pair = |a: usize, b: usize| before[b] == Beside::Always(Some(a));
        (0..self.texts.len())
            .map(|a| match after[a] {
                Beside::Always(Some(b)) if is_pair(a, b) => Some(b),
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scenes_share_is_written_once() {
        let mut pool = Pool::default();
        pool.add(["land", "river", "red", "frame"].into_iter());
        pool.add(["land", "river", "blue", "frame"].into_iter());
        let joined = pool.joined();
        assert_eq!(
            joined.definitions,
            r#"<g id="s0">landriver</g><g id="s1">frame</g>"#
        );
        assert_eq!(
            joined.scenes,
            [
                r##"<use href="#s0"/>red<use href="#s1"/>"##,
                r##"<use href="#s0"/>blue<use href="#s1"/>"##
            ]
        );
    }
}
