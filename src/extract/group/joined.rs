//! Names that a phrase which points back goes on with: "the rest of it, along with PLACE".

use super::{Back, Finder, Group, Member};
use crate::extract::annotate::Item;
use crate::extract::part::Part;
use crate::lexicon::Features;

impl Finder<'_> {
    /// "The rest of it, along with PLACE": a list that a word pointing back begins.
    pub(super) fn go_on(&self, mut group: Group) -> Group {
        group.excepts_part =
            self.exception(&mut group.members, &mut group.last, &mut group.excepted);
        let comma = group.last + 1;
        let link = comma
            + usize::from(
                self.items
                    .get(comma)
                    .is_some_and(|item| item.is_mark(&[','])),
            );
        // "From both towns and from PLACE", "in its southern quarters and in PLACE".
        let is_joined = match group.back {
            Some(Back::Place | Back::List | Back::Last(_)) => self.is_joined(comma),
            Some(Back::Pronoun) if group.members[0].part != Part::Whole => {
                self.is_part_joined(&mut group)
            }
            _ => false,
        };
        let goes_on = is_joined
            || self.has(link, self.roles.beside)
            || self.is_subject_with(&group, link)
            || self.is_part_with(&group, link);
        if matches!(group.back, Some(Back::Nothing)) || !goes_on {
            return group;
        }
        while let Some((next, part)) = self.next_member(group.first, group.last) {
            group.last = next;
            let part = self.rightward(&mut group.last, part);
            group.members.push(Member { item: next, part });
        }
        group
    }

    /// "And PLACE", "and from PLACE", where the "and" is written with the next word.
    fn is_joined(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.features.any(Features::AND)
                && (item.is_place() || item.classes.meets(self.roles.place_preposition))
        })
    }

    /// "Its quarters, southern and eastern, and in PLACE": behind the sides one more place, which no
    /// clause begins with.
    fn is_part_joined(&self, group: &mut Group) -> bool {
        let side = |at: &usize| self.has(*at, self.roles.compass);
        let behind = group.last + 1;
        let sides = (behind..self.items.len()).take_while(side).count();
        let link = behind + sides;
        let preposition = usize::from(self.has(link, self.roles.place_preposition));
        let is_head = |at: &usize| self.has(*at, self.roles.head);
        let heads = (link + preposition..self.items.len()).take_while(is_head);
        let place = link + preposition + heads.count();
        let is_place = |at: usize| self.items.get(at).is_some_and(Item::is_place);
        let ends = |at: usize| {
            let item = self.items.get(at);
            item.is_none_or(|item| item.is_punctuation() || !item.classes.meets(self.blocks))
        };
        let is_and =
            |at: usize| (self.items.get(at)).is_some_and(|item| item.features.any(Features::AND));
        let is_joined = is_and(link) && is_place(place) && (preposition > 0 || ends(place + 1));
        if is_joined {
            group.last += sides;
        }
        is_joined
    }

    /// "That it and PLACE are held": a pronoun at the head of its clause, joined to a name.
    fn is_subject_with(&self, group: &Group, link: usize) -> bool {
        let starts = group.first.checked_sub(1).is_none_or(|before| {
            let item = &self.items[before];
            item.is_punctuation()
                || self.has(before, self.roles.link)
                || self.has(before, self.roles.which)
        });
        let names = |at: usize| self.items.get(at).is_some_and(Item::is_place);
        let is_comma = |at: usize| self.items.get(at).is_some_and(Item::is_comma);
        let is_joined = self.has(link, self.roles.link) && names(link + 1)
            || link == group.last + 2 && is_comma(link - 1) && names(link);
        group.back == Some(Back::Pronoun)
            && group.members[0].part == Part::Whole
            && self.has_articles()
            && starts
            && is_joined
    }

    /// "The southern streets and PLACE": a part and one more place, of which no clause goes on.
    fn is_part_with(&self, group: &Group, link: usize) -> bool {
        let is_part = group.back == Some(Back::Pronoun) && group.members[0].part != Part::Whole;
        if !is_part || !self.has_articles() || !self.has(link, self.roles.link) {
            return false;
        }
        let is_lead = |at: &usize| self.has(*at, self.roles.the) || self.has(*at, self.roles.head);
        let place = (link + 1..self.items.len()).find(|at| !is_lead(at));
        place.is_some_and(|place| {
            let behind = self.items.get(place + 1);
            self.items[place].is_place()
                && behind.is_none_or(|item| {
                    item.is_punctuation()
                        || item.classes.is_empty()
                        || item.classes.meets(self.roles.time)
                })
        })
    }
}
