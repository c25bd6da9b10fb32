//! Parts of a place and the whole in which they lie: "the camp" of the town, "the rest" around a
//! hospital.

use super::{Before, NEAR_GROUPS};
use crate::extract::annotate::ItemKind;
use crate::extract::discourse::Spoken;
use crate::extract::group::Back;
use crate::extract::part::Part;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::Features;

/// How sure it is that "the camp" is that of a settlement named behind.
const BEHIND: f64 = 0.75;

impl Before<'_> {
    /// "PLACE ... the camp": the only place of that kind in a settlement spoken of before.
    pub(super) fn inside(&self) -> Option<Spoken> {
        let words = self.reader.words;
        let item = self.group.members[0].item;
        // "The village" is no part of one.
        if !self.is_said_of_one(item) {
            return None;
        }
        let only_part = |of| {
            self.only_part(item, of)
                .filter(|_| self.back == Back::Place)
        };
        let near = self.candidates().take(NEAR_GROUPS);
        let mut near = near.flat_map(|(_, places)| places.iter().rev());
        let before = near.find_map(|spoken| {
            let place = only_part(spoken.place)?;
            Some(Spoken {
                place,
                ..self.point(spoken)
            })
        });
        // "The camp fell ... in PLACE": the settlement is named only behind.
        let is_first = !words.is_analytic && self.candidates().next().is_none();
        let member = self.group.members[0];
        let behind = || {
            let choices = self.reader.choices[self.group.last + 1..].iter().flatten();
            let mut named = choices.take(NEAR_GROUPS);
            let place = named.find_map(|choice| only_part(choice.place))?;
            Some(Spoken {
                place,
                part: member.part,
                item: member.item,
                confidence: BEHIND,
            })
        };
        before.or_else(|| is_first.then(behind).flatten())
    }

    /// "The camp of the town": the only place of that kind in the town that the noun points to.
    pub(super) fn part_of_town(&self) -> Option<Spoken> {
        let reader = self.reader;
        let town = self.group.members[0].item;
        let noun = town.checked_sub(1)?;
        let item = &reader.items[noun];
        let is_construct = self.is_said_of_one(noun)
            && self.back == Back::Place
            && !reader.words.is_analytic
            && matches!(item.kind, ItemKind::Word)
            && !item.features.any(Features::THE);
        let pointed = is_construct.then(|| self.fitting()).flatten()?;
        let place = self.only_part(noun, pointed.place)?;
        Some(Spoken {
            place,
            part: Part::Whole,
            ..self.point(pointed)
        })
    }

    /// "In the camp of PLACE ... the town": the settlement in which a place lies of which the noun is
    /// not said.
    pub(super) fn town_around(&self) -> Option<Spoken> {
        let reader = self.reader;
        let item = self.group.members[0].item;
        let (_, places) = self.candidates().next()?;
        let near = self.held(places).next_back()?;
        let is_quarter = reader.gazetteer.kind(near.place) == Kind::Neighbourhood;
        if self.back != Back::Place || reader.words.is_analytic && !is_quarter {
            return None;
        }
        let mut around = reader.gazetteer.ancestors(near.place);
        let town = around.find(|place| reader.gazetteer.kind(*place).is_settlement())?;
        let is_said = |place| reader.fits_noun(item, place, usize::MAX);
        (is_said(town) && !is_said(near.place)).then(|| Spoken {
            place: town,
            ..self.point(near)
        })
    }

    /// "Took the hospital, but not the rest", "has the hill, its enemy the southern fringe": a part of
    /// the town in which that lies.
    pub(super) fn of_whole(&self, part: &Spoken, pointed: Spoken) -> Spoken {
        let gazetteer = self.reader.gazetteer;
        let roles = &self.reader.words.roles;
        let words = &self.reader.items[self.group.first..=self.group.last];
        let is_rest = words.iter().any(|item| item.classes.meets(roles.rest));
        let has_no_parts = matches!(gazetteer.kind(part.place), Kind::Hill | Kind::Crossing);
        let is_meant = part.part == Part::Whole
            && matches!(pointed.part, Part::Share(_))
            && !words.iter().any(|item| item.classes.meets(roles.pronoun))
            && (is_rest || has_no_parts);
        let town = gazetteer.place(part.place).parent.filter(|_| is_meant);
        match town.filter(|town| gazetteer.kind(*town).is_settlement()) {
            Some(place) => Spoken { place, ..pointed },
            None => pointed,
        }
    }

    /// The noun at an item is said of places of one kind only.
    fn is_said_of_one(&self, noun: usize) -> bool {
        let item = &self.reader.items[noun];
        let mut nouns = self.reader.words.nouns.iter();
        nouns.any(|(class, kinds)| kinds.len() == 1 && item.classes.meets(*class))
    }

    /// The only part of a place of which the noun at an item is said.
    fn only_part(&self, noun: usize, of: PlaceId) -> Option<PlaceId> {
        let parts = self.reader.gazetteer.parts(of).iter();
        let mut fitting = parts.filter(|part| self.reader.fits_noun(noun, **part, 1));
        let one = fitting.next()?;
        fitting.next().is_none().then_some(*one)
    }
}
