//! Seats of government that stand for the party: "Damascus holds the town", "in the hands of
//! Damascus". Elsewhere such a name is the city.

use super::annotate::Item;
use crate::lexicon::{ClassSet, Features, Lexicon, Sense};

/// Classes of the words that tell.
#[derive(Debug)]
pub(crate) struct Seats {
    /// "In the hands of", "outside the control of".
    owned: ClassSet,
    /// Verbs whose object has a preposition, or that no city suffers.
    rules: ClassSet,
    /// Verbs that may as well be said of the city.
    takes: ClassSet,
    /// "Subject to", "has passed to".
    given: ClassSet,
    /// What makes the name a place.
    places: ClassSet,
}

/// The word behind a name.
pub(crate) struct Behind<'n> {
    pub(crate) sense: Option<Sense<'n>>,
    pub(crate) is_place: bool,
}

impl Seats {
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        Self {
            owned: lexicon.set(&[
                "under",
                "out-of",
                "subject-to",
                "in-zone",
                "rule-word",
                "prep-control",
                "about-control",
            ]),
            rules: lexicon.set(&["take-on", "grip", "keep", "hold", "lose", "impose"]),
            takes: lexicon.set(&["take", "retake", "enter", "evacuate"]),
            given: lexicon.set(&[
                "submit",
                "subject-adj",
                "affiliated",
                "pass",
                "hand-over",
                "become",
                "still",
            ]),
            places: lexicon.set(&["in", "from", "direction", "between", "head", "location"]),
        }
    }

    /// True where a name with these features stands for the party.
    pub(crate) fn acts(&self, before: Option<&Item>, name: Features, behind: &Behind) -> bool {
        let is_before = |classes: ClassSet| before.is_some_and(|item| item.classes.meets(classes));
        if name.any(Features::TO) {
            // "As for PLACE, it is DAMASCUS's": at the head of what is said of it.
            let is_told = name.any(Features::AND) && before.is_some_and(Item::is_comma);
            return is_told || before.is_some_and(Item::is_place) || is_before(self.given);
        }
        let is_noun = before.is_some_and(|item| item.features.any(Features::NOUN));
        let governs = is_before(self.owned)
            || is_before(self.rules)
            || is_before(self.takes) && behind.is_place && !is_noun;
        let is_subject = || {
            let verb = behind.sense.as_ref();
            verb.is_some_and(|verb| {
                verb.classes.meets(self.rules.and(self.takes))
                    && verb.features.any(Features::FEMININE)
            })
        };
        governs || !name.any(Features::IN) && !is_before(self.places) && is_subject()
    }
}
