//! Who heads a line or a list: "Yellow (ACTOR): ...", "Still black (ACTOR)" and lines below it.

use std::ops::Range;

use super::only_one;
use crate::actor::ActorId;
use crate::extract::annotate::Item;
use crate::extract::claim::Collector;

/// A line reaches back no farther than this, in items, to the party that heads it.
const LONGEST_ENTRY: usize = 120;

/// Items at the head of a line within which its colon stands.
const LONGEST_HEAD: usize = 8;

/// Items of a heading above a list.
const LONGEST_TITLE: usize = 8;

/// Lines of a list below its heading.
const MOST_LINES: usize = 12;

/// The first item of the line in which an item stands, no farther back than `floor`.
fn line_start(items: &[Item], floor: usize, at: usize) -> usize {
    let before = items[floor..at].iter().rposition(Item::is_break);
    before.map_or(floor, |before| floor + before + 1)
}

impl Collector<'_> {
    /// "Yellow (ACTOR): ...": the party that stands before the colon at the head of the line.
    pub(in crate::extract) fn entry_party(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        let floor = at.saturating_sub(LONGEST_ENTRY);
        let start = line_start(items, floor, at);
        let head = start..(start + LONGEST_HEAD).min(at);
        let mut colons = head.filter(|at| items[*at].is_mark(&[':']));
        let named = colons
            .next()
            .and_then(|colon| self.actors_beside(start..colon, &[]).next());
        named
            .map(|named| named.actor)
            .or_else(|| self.heading_above(floor, start.checked_sub(1)?))
    }

    /// The party that the line right above names, where it names nothing else: "black = ACTOR".
    fn heading_above(&self, floor: usize, end: usize) -> Option<ActorId> {
        let items = self.context.items;
        let start = line_start(items, floor.min(end), end);
        let is_whole = start > floor || start == 0;
        let mut line = Some(start..end).filter(|_| is_whole)?;
        let is_colour = |at: usize| items[at].classes.meets(self.context.language.words.colour);
        let mut named = line
            .clone()
            .filter_map(|at| self.context.discourse.actor(at));
        let is_legend = line.clone().any(is_colour);
        let is_bare = line.all(|at| !items[at].is_place() && !items[at].features.is_finite());
        let party = named.next_back()?.actor;
        (is_legend && is_bare).then_some(party)
    }

    /// "Still black (ACTOR)" and below it "- A, B and C": the only party of the heading of the list in
    /// which a line stands, where that heading speaks of holding or has a colour.
    pub(in crate::extract) fn list_party(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        // The mark at the head of a line may be no item.
        let is_marked = |start: usize| {
            items[start].is_mark(&['•', '*'])
                || start > 0 && items[start].token > items[start - 1].token + 1
        };
        let line_start = |at: usize| line_start(items, at.saturating_sub(LONGEST_ENTRY), at);
        let mut line = line_start(at);
        for _ in 0..MOST_LINES {
            if !is_marked(line) {
                return None;
            }
            let end = line.checked_sub(1)?;
            line = line_start(end);
            if !is_marked(line) {
                return self.title_party(line..end);
            }
        }
        None
    }

    /// The only party that a short heading names, where it speaks of holding or has a colour.
    fn title_party(&self, title: Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let items = &self.context.items[title.clone()];
        let says = |class| items.iter().any(|item| item.classes.meets(class));
        let held = words.colour.and(words.holding).and(words.under);
        let held = held.and(words.gaining);
        let other = words.loss.and(words.left_out).and(words.governors.not);
        let is_title = !title.is_empty() && title.len() <= LONGEST_TITLE;
        let party = only_one(self.actors_beside(title, &[]).map(|named| named.actor));
        party.filter(|_| is_title && says(held) && !says(other))
    }
}
