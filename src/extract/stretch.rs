//! Stretches of ground: of "the villages from A down to B" both ends are meant.

use super::annotate::Item;
use super::claim::Collector;
use super::fit::Match;

/// Items from "the villages" to "from".
const LEAD: usize = 6;

/// Items between the end of a name and "to": "from A in the north to B".
const APART: usize = 2;

impl Collector<'_> {
    /// A match with the other ends of the stretches of which its words name one. None where it
    /// names none.
    pub(super) fn stretched(&self, matched: &Match) -> Option<Match> {
        // Where "to" is no sign of a movement rules read both ends.
        if self.context.language.words.is_analytic {
            return None;
        }
        let is_new = |group: &usize| !matched.groups.contains(group);
        let ends = matched.groups.iter();
        let ends = ends.filter_map(|group| self.other_end(*group).filter(is_new));
        let ends: Vec<usize> = ends.collect();
        (!ends.is_empty()).then(|| {
            let mut stretched = matched.clone();
            stretched.groups.extend(ends);
            stretched
        })
    }

    /// The other end of the stretch that a place phrase begins or ends.
    fn other_end(&self, group: usize) -> Option<usize> {
        let last = self.context.discourse.groups.len().checked_sub(1)?;
        let behind = (group < last).then_some((group, group + 1));
        let before = group.checked_sub(1).map(|before| (before, group));
        let is_stretch = |(start, end): &(usize, usize)| self.is_stretch(*start, *end);
        let behind = behind.filter(is_stretch).map(|(_, end)| end);
        behind.or_else(|| before.filter(is_stretch).map(|(start, _)| start))
    }

    /// "From A (in the north) to B", behind a word for ground or at the head of its clause.
    fn is_stretch(&self, start: usize, end: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let groups = &self.context.discourse.groups;
        let (start, end) = (&groups[start], &groups[end]);
        let Some(between) = items.get(start.last + 1..end.first) else {
            return false;
        };
        let to = between
            .iter()
            .position(|item| item.classes.meets(words.range_end));
        let is_plain = |item: &Item| !item.is_punctuation();
        let reaches = to.is_some_and(|to| to <= APART && to + 2 >= between.len());
        let Some(from) = start.first.checked_sub(1) else {
            return false;
        };
        reaches
            && start.members.len() == 1
            && between.iter().all(is_plain)
            && items[from].classes.meets(words.from)
            && self.is_of_ground(from)
    }

    /// "The villages from", "all that lies from", "from" at the head of a clause: no movement.
    fn is_of_ground(&self, from: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let before = from.checked_sub(1).map(|at| &items[at]);
        if before.is_none_or(Item::is_punctuation) {
            return true;
        }
        let lead = items[from.saturating_sub(LEAD)..from].iter().rev();
        let mut lead = lead.take_while(|item| !item.is_punctuation() || item.is_comma());
        lead.find(|item| item.classes.meets(words.ground.and(words.moving)))
            .is_some_and(|item| !item.classes.meets(words.moving))
    }
}
