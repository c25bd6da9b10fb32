//! What an entry is about: "PLACE: ...", "PLACE." or a line with nothing but PLACE, and then words
//! that do not name it again.

use super::annotate::{Item, ItemKind};
use super::discourse::{Discourse, Reader};
use super::group::Group;
use super::line::starts_line;
use super::part::Part;

/// A place that heads an entry.
#[derive(Debug, Clone, Copy)]
struct Heading {
    group: usize,
    /// It stands alone on its line and heads all lines behind, up to the next heading.
    is_alone: bool,
}

/// Items of a bracket behind the heading of an entry.
const LONGEST_BRACKET: usize = 6;

/// Items from the head of a line to the place of a front: "on the PLACE front".
const FRONT: usize = 3;

impl Reader<'_> {
    /// For each sentence the place phrase that its entry is about.
    pub(super) fn topics(&self, discourse: &Discourse) -> Vec<Option<usize>> {
        let mut heading: Option<Heading> = None;
        let mut topics = Vec::with_capacity(discourse.sentences.len());
        for sentence in &discourse.sentences {
            if starts_line(self.items, sentence.start) {
                let found = discourse
                    .group_starting(self.behind_number(sentence.start))
                    .filter(|group| !discourse.spoken[*group].is_empty())
                    .and_then(|group| self.heading(group, &discourse.groups[group]))
                    .or_else(|| self.front(discourse, self.behind_number(sentence.start)));
                let found = found.map(|mut found| {
                    found.is_alone &= !self.goes_on_below(discourse, heading, found);
                    found
                });
                heading = found.or(heading.filter(|heading| heading.is_alone));
            }
            topics.push(heading.map(|heading| heading.group));
        }
        topics
    }

    /// Behind the number or the bullet of an entry: "3. PLACE.", "- PLACE:".
    fn behind_number(&self, start: usize) -> usize {
        let is =
            |at: usize, marks: &[char]| self.items.get(at).is_some_and(|item| item.is_mark(marks));
        let is_number =
            (self.items.get(start)).is_some_and(|item| matches!(item.kind, ItemKind::Number(_)));
        if is_number && is(start + 1, &['.', ')', '-', '–', '/']) {
            start + 2
        } else {
            start + usize::from(is(start, &['-', '–', '—', '•', '*']))
        }
    }

    /// "On the PLACE front, ...": an entry about a front; "In PLACE, ...", "In the direction of PLACE, ...":
    /// a line about a place, where the language has capitals.
    fn front(&self, discourse: &Discourse, start: usize) -> Option<Heading> {
        let words = self.words;
        let articles = words.preposition.and(words.the);
        let leads = if words.is_analytic {
            articles.and(words.heads)
        } else {
            articles
        };
        let is_lead = |at: &usize| self.items[*at].classes.meets(leads);
        let mut behind = start..(start + FRONT).min(self.items.len());
        let place = behind.find(|at| !is_lead(at) || discourse.group_starting(*at).is_some())?;
        let group = discourse.group_at(place)?;
        let members = &discourse.groups[group].members;
        let is_in = words.roles.inside.and(words.direction);
        // "On PLACE: ...", "around PLACE: ...".
        let behind = self.items.get(discourse.groups[group].last + 1);
        let is_headed = behind.is_some_and(|item| item.is_mark(&[':']));
        let is_place = words.is_analytic
            && members[0].part == Part::Whole
            && (is_headed || self.items[start].classes.meets(is_in));
        let is_front =
            place > start && members.len() == 1 && (members[0].part == Part::Axis || is_place);
        is_front.then_some(Heading {
            group,
            is_alone: false,
        })
    }

    /// Lines of places, one right below the other, are a list; the last of them heads nothing.
    fn goes_on_below(
        &self,
        discourse: &Discourse,
        before: Option<Heading>,
        found: Heading,
    ) -> bool {
        let phrase = &discourse.groups[found.group];
        let lines = &self.items[phrase.first..=phrase.last];
        let is_right_below = before.is_some_and(|before| {
            discourse.groups[before.group].last + 2 == phrase.first
                && self.items[phrase.first - 1].is_break()
        });
        lines.iter().any(Item::is_break) || is_right_below
    }

    /// The place phrase heads its line: a colon, a dash, a full stop or nothing stands behind it.
    fn heading(&self, group: usize, phrase: &Group) -> Option<Heading> {
        let is_named =
            phrase.back.is_none() && matches!(phrase.members[0].part, Part::Whole | Part::Axis);
        let end = self.behind_bracket(phrase.last + 1);
        let next = self.items.get(end);
        let is_alone = next.is_none_or(Item::is_break);
        let is_head = is_alone
            || next.is_some_and(|item| item.is_mark(&[':', '–', '—', '-']))
            || next.is_some_and(|item| item.is_mark(&['.']))
                && self.items.get(end + 1).is_some_and(|item| !item.is_break());
        (is_named && is_head).then_some(Heading { group, is_alone })
    }

    fn behind_bracket(&self, at: usize) -> usize {
        let opens = self.items.get(at).is_some_and(|item| item.is_mark(&['(']));
        let most = (at + LONGEST_BRACKET).min(self.items.len());
        (at..most)
            .find(|end| opens && self.items[*end].is_mark(&[')']))
            .map_or(at, |end| end + 1)
    }
}
