//! How much of a place a claim is about.

use super::annotate::Item;
use super::claim::Collector;
use super::discourse::Spoken;
use super::part::Part;
use crate::claim::Status;
use crate::gazetteer::Kind;

impl Collector<'_> {
    /// "All of PLACE but its southern edge, where the enemy holds out": the clause speaks of the part
    /// that is excepted.
    pub(super) fn is_of_exception(&self, group: usize, trigger: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let phrase = &self.context.discourse.groups[group];
        let comma = phrase.last + 1;
        let which = comma + usize::from(items.get(comma).is_some_and(Item::is_comma));
        words.is_analytic
            && phrase.excepts_part
            && which < trigger
            && items[which].classes.meets(words.which)
    }

    /// "A bakery in PLACE, which is held by": the clause speaks of the place.
    pub(super) fn is_related(&self, group: usize, part: Part) -> bool {
        let items = self.context.items;
        let comma = self.context.discourse.groups[group].last + 1;
        part == Part::Point
            && items.get(comma).is_some_and(|item| item.is_mark(&[',']))
            && items
                .get(comma + 1)
                .is_some_and(|item| item.classes.meets(self.context.language.words.which))
    }
}

/// What a status says of a place when the words speak of a part of it.
pub(super) fn apply_part(status: Status, spoken: &Spoken, kind: Kind) -> (Status, Option<f64>) {
    match (status, spoken.part) {
        (Status::Control | Status::Partial, Part::Share(share)) => (Status::Partial, share),
        (Status::Control, Part::Point) if kind.is_settlement() && kind != Kind::Neighbourhood => {
            (Status::Partial, None)
        }
        (Status::Control | Status::Partial, Part::Outside | Part::Axis) => (Status::Presence, None),
        (Status::Lost, Part::Share(_) | Part::Point | Part::Outside | Part::Axis) => {
            (Status::Presence, None)
        }
        (status, _) => (status, None),
    }
}
