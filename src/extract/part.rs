//! Words that say how much of a place a phrase speaks of.

use super::annotate::{Item, ItemKind};
use super::words::class_sets;
use crate::lexicon::{ClassSet, Lexicon};

/// How much of a place a phrase speaks of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Part {
    /// All of it, or nothing said.
    Whole,
    /// A part, with its share when stated.
    Share(Option<f64>),
    /// Ground outside it: edges, surroundings, fields.
    Outside,
    /// One building or junction in it.
    Point,
    /// A front or axis named after it.
    Axis,
}

class_sets! {
    /// Words that the grammar of place phrases asks for.
    Roles {
        head = ["head", "heads"],
        heads = ["heads"],
        part = ["part"],
        sector = ["sector"],
        compass = ["compass"],
        outside = ["outside"],
        environs = ["environs"],
        point = ["point"],
        axis = ["axis"],
        all = ["all"],
        most = ["most"],
        of = ["of"],
        percent = ["percent"],
        measure = ["than", "about"],
        link = ["and", "beside", "then"],
        again = ["on", "of"],
        onto = ["on"],
        what = ["what"],
        whom = ["from"],
        places = ["point", "zone"],
        which_is = ["which-is"],
        subject_to = ["subject-to"],
        latter = ["latter"],
        patch = ["area-word"],
        place_adjunct = ["location", "direction", "between"],
        direction = ["direction"],
        location = ["location"],
        subordinate = ["subordinate"],
        singular = ["singular-verb"],
        inside = ["in"],
        parts = ["part", "sector", "outside", "location"],
        except = ["except"],
        also = ["also"],
        after_name = ["after-name"],
        the = ["the"],
        pronoun = ["pronoun"],
        pointer = ["pointer"],
        one_of = ["one-of"],
        within = ["in", "from"],
        hands = ["hands"],
        which = ["which"],
        belonging = ["belonging"],
        its = ["its"],
        time = ["time"],
        rest = ["rest"],
        rest_adj = ["rest-adj"],
        fraction = ["fraction"],
        held_tag = ["held-tag"],
        kin = ["kin"],
        residents = ["residents"],
        lying = ["lying"],
        zone = ["zone"],
        changes = ["fall", "pass-to", "changes-hands"],
        only = ["only"],
        numeral = ["numeral"],
        them = ["them"],
        beside = ["beside"],
        place_preposition = ["in", "on", "of", "from", "direction", "to"],
        quarter_of = ["quarter-of"],
        quarters = ["quarters"],
        quarters_behind = ["quarters-behind"],
        and = ["and"],
        side = ["side"],
        lies = ["belongs"],
        situated = ["situated"],
        around = ["around"],
        not = ["none-left", "not"],
        naming = ["including", "which-is", "namely"],
        naming_next = ["including", "which-is", "namely", "names-it"],
        other = ["other"],
        following = ["following"],
        town_part = ["town-part"],
        town_point = ["town-point"],
        fabric = ["fabric"],
        range_of = ["range-of"],
        ground = ["point", "zone", "foothold", "among-zone", "in-zone"],
        last_bit = ["last-bit"],
        from_ground = ["among-zone", "in-zone"],
        held = ["under", "with", "become", "still", "freed", "held", "submit"],
        ends = ["clause", "still", "become"],
        nth = ["nth"],
        others = ["others"],
        report = ["report"],
        during = ["during", "in-sights"],
        having = ["have"],
        either = ["either"],
        those = ["those"],
        taken = ["take", "retake", "lose"],
        kept = ["hold", "have"],
        dealt = ["enter", "evacuate", "hand-over"],
        rest_of = ["rest-of"],
        dependents = ["dependents"],
        by = ["by"],
        square = ["square"],
        is_so = ["was", "is-now", "copula", "under", "its-control"],
    }
}

impl Roles {
    /// Words that point back to a place, or to a part of it.
    pub(super) fn pointing(&self) -> ClassSet {
        let rest = self.rest.and(self.fraction).and(self.all);
        let parts = rest.and(self.sector).and(self.side).and(self.part);
        let nouns = self.head.and(self.point).and(self.zone);
        let numbers = self.nth.and(self.other).and(self.numeral).and(self.others);
        self.pronoun
            .and(self.them)
            .and(self.either)
            .and(self.those)
            .and(parts)
            .and(nouns)
            .and(numbers)
    }
}

/// A part word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Part,
    Sector,
    Outside,
    Point,
    Axis,
    All,
    Percent,
    Measure,
    Number,
}

/// A stated percentage; all of a place is no part of it.
fn share_of(percent: f64) -> Part {
    if percent < 100.0 {
        Part::Share(Some(percent / 100.0))
    } else {
        Part::Whole
    }
}

/// What the part words read so far say together.
pub(super) struct Seen {
    pub(super) part: Part,
}

impl Default for Seen {
    fn default() -> Self {
        Self { part: Part::Whole }
    }
}

impl Seen {
    /// Takes note of one more word; a stated share beats a bare part, a part beats a sector.
    pub(super) fn take(&mut self, word: Word, item: &Item) -> Part {
        let value: Option<f64> = item.value.and_then(|value| value.parse().ok());
        // "Two quarters" are so many, no share.
        let share = value.filter(|share| *share <= 1.0);
        self.part = match (self.part, word) {
            (Part::Share(Some(share)), _) => Part::Share(Some(share)),
            (_, Word::Number) => match item.kind {
                ItemKind::Number(number) => share_of(number),
                _ => value.map_or(self.part, share_of),
            },
            (_, Word::Part) => Part::Share(share),
            (Part::Share(share), _) => Part::Share(share),
            (Part::Whole, Word::Sector) => Part::Share(share),
            (_, Word::Outside) => Part::Outside,
            (Part::Whole, Word::Point) => Part::Point,
            (Part::Whole, Word::Axis) => Part::Axis,
            (part, _) => part,
        };
        self.part
    }
}
