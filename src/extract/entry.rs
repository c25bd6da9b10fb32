//! Lines that a place heads: "PLACE: ...", and those below "the following villages:".

use super::annotate::{Item, ItemKind};
use super::discourse::{Reader, Spoken};
use super::group::Group;

/// Items of a line in which its head is looked for.
const LONGEST_LINE: usize = 120;

impl Reader<'_> {
    /// "PLACE: ..." at the head of the line in which an item stands: the line is about that place.
    pub(super) fn topic_of_line(&self, at: usize, groups: &[Group]) -> Option<usize> {
        let floor = at.saturating_sub(LONGEST_LINE);
        let start = floor + self.items[floor..at].iter().rposition(Item::is_break)? + 1;
        let head = &groups[groups.partition_point(|group| group.first < start)..];
        let topic = head.first().filter(|group| group.back.is_none())?;
        let is_headed = self
            .items
            .get(topic.last + 1)
            .is_some_and(|item| item.is_mark(&[':']));
        (is_headed && self.is_entry_head(start, topic)).then_some(topic.first)
    }

    /// Only marks, numbers and times stand between the start of a line and a place phrase.
    fn is_entry_head(&self, start: usize, group: &Group) -> bool {
        self.items[start..group.first].iter().all(|item| {
            matches!(item.kind, ItemKind::Mark(_) | ItemKind::Number(_))
                || item.classes.meets(self.words.roles.time)
        })
    }

    /// The places that the lines behind "the following villages:" begin with.
    pub(super) fn lines_behind(&self, group: &Group, behind: &[Group]) -> Vec<Spoken> {
        let mut places = Vec::new();
        let heading = self.items[group.last + 1..].iter().take(LONGEST_LINE);
        let Some(length) = heading.clone().position(Item::is_break) else {
            return places;
        };
        let mut start = group.last + 1 + length + 1;
        if !heading.take(length).any(|item| item.is_mark(&[':'])) {
            return places;
        }
        for group in behind {
            if group.first < start {
                continue;
            }
            if group.back.is_some() || !self.is_entry_head(start, group) {
                break;
            }
            let named = group.members.iter();
            places.extend(named.filter_map(|member| self.named_place(member)));
            let line = self.items[group.last + 1..].iter();
            let Some(end) = line.take(LONGEST_LINE).position(Item::is_break) else {
                break;
            };
            start = group.last + 1 + end + 1;
        }
        places
    }
}
