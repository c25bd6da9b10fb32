//! Several scenes of one page, which share what they have in common.
//!
//! A page with a map for each day holds the same rivers, roads, letters and names many times over.
//! Here each element is written once, and so is each longest run of elements that the scenes
//! always show one after the other: the base map is a single run.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::render::scene::Scene;
use crate::render::svg::element::Writer;
use crate::render::svg::elements;

/// Several scenes ready for one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// One `<svg class="shared">` element without size, to stand in the page. Its groups have the
    /// ids `s0`, `s1` ...; other ids in it are `g`, `p` or `t` and a number. It must not be hidden
    /// with `display: none`, which some browsers take to hide what refers to it.
    pub definitions: String,
    /// For each scene, in the order given, the numbers of the groups that it shows from the ground
    /// up; joints of lines are to be round (`stroke-linejoin`).
    pub scenes: Vec<Vec<usize>>,
}

/// Writes scenes so that they share definitions. The words of a scene are not kept as text:
/// browsers select none that stands in a definition.
#[must_use]
pub fn share<'a>(scenes: impl IntoIterator<Item = &'a Scene>) -> Shared {
    let mut writer = Writer::default();
    let mut pool = Pool::default();
    for scene in scenes {
        let elements = elements(&mut writer, scene);
        pool.add(elements.iter().map(|element| element.seen.as_str()));
    }
    let (groups, scenes) = pool.joined();
    Shared {
        definitions: format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="shared" width="0" height="0" aria-hidden="true">{}<defs>{}</defs></svg>"#,
            writer.definitions(),
            groups,
        ),
        scenes,
    }
}

/// Elements by number, each text once, and the scenes as rows of numbers.
#[derive(Default)]
struct Pool {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
    rows: Vec<Vec<usize>>,
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

    /// Every run as a group, and the scenes as rows of runs.
    fn joined(&self) -> (String, Vec<Vec<usize>>) {
        let follows = self.follows();
        let mut names: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut groups, mut scenes) = (String::new(), Vec::new());
        for row in &self.rows {
            let runs = row.chunk_by(|a, b| follows[*a] == Some(*b));
            let scene = runs.map(|run| {
                let next = names.len();
                *names.entry(run[0]).or_insert_with(|| {
                    // Writing to a String cannot fail.
                    let _ = write!(groups, r#"<g id="s{next}">"#);
                    groups.extend(run.iter().map(|n| self.texts[*n].as_str()));
                    groups.push_str("</g>");
                    next
                })
            });
            scenes.push(scene.collect());
        }
        (groups, scenes)
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
        let (groups, scenes) = pool.joined();
        assert_eq!(
            groups,
            r#"<g id="s0">landriver</g><g id="s1">red</g><g id="s2">frame</g><g id="s3">blue</g>"#
        );
        assert_eq!(scenes, [[0, 1, 2], [0, 3, 2]]);
    }
}
