//! Places that a common noun names: "the camp" is the one of its kind beside the place spoken of.

use rustc_hash::FxHashMap;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::name_index::NameIndex;
use super::nearness::Spot;
use super::resolve::Choice;
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::lexicon::{ClassSet, Features, Lexicon};
use crate::text::fold;

/// The class of such nouns.
pub(super) const CLASSES: [&str; 1] = ["sole"];

/// A place is at least so near to the one that it is named after.
const BESIDE: f64 = 0.5;

/// Words of a name that are the noun, at most.
const MOST_WORDS: usize = 2;

/// Words between an article and the noun.
const ADJECTIVES: usize = 2;

/// Items from a noun to the place beside which it lies, where that is named behind.
const AHEAD: usize = 30;

/// Items from a noun to a place that tells which is meant: "the camp, like the one at PLACE".
const ATTACHED: usize = 4;

/// How sure it is that a noun names the place.
const TRUST: f64 = 0.85;

/// The places of a gazetteer that nouns of a language may name, by the place that they lie beside.
#[derive(Debug, Default)]
pub(super) struct Soles {
    /// The class of the nouns; the value of each says of which sort it is.
    class: ClassSet,
    beside: FxHashMap<PlaceId, Vec<Sole>>,
    /// Of which kind the places of each sort are.
    kinds: FxHashMap<Box<str>, Vec<Kind>>,
}

/// A place named after another: "PLACE camp", "Mount PLACE".
#[derive(Debug)]
struct Sole {
    sort: Box<str>,
    place: [PlaceId; 1],
}

impl Soles {
    /// Reads the names that are made of such a noun and the name of a settlement.
    pub(super) fn of(gazetteer: &Gazetteer, names: &NameIndex, lexicon: &Lexicon) -> Self {
        let mut soles = Self {
            class: lexicon.set(&CLASSES),
            ..Self::default()
        };
        if soles.class.is_empty() {
            return soles;
        }
        for (id, place) in gazetteer.iter() {
            let is_one = matches!(
                place.kind,
                Kind::Camp | Kind::Crossing | Kind::Hill | Kind::Neighbourhood | Kind::Airport
            );
            for name in place.names().filter(|_| is_one) {
                let folded = fold(name);
                let Some((sort, rest)) = soles.cut(&folded, lexicon) else {
                    continue;
                };
                let near = |owner: &&PlaceId| {
                    gazetteer.kind(**owner).is_settlement()
                        && Spot::at(gazetteer.point(**owner)).nearness(Spot::at(place.point))
                            > BESIDE
                };
                let owners = names.get(&rest).map_or(&[][..], |name| name.places);
                for owner in owners.iter().filter(near) {
                    let known = soles.beside.entry(*owner).or_default();
                    if !known.iter().any(|sole| sole.place == [id]) {
                        soles
                            .kinds
                            .entry(sort.clone())
                            .or_default()
                            .push(place.kind);
                        known.push(Sole {
                            sort: sort.clone(),
                            place: [id],
                        });
                    }
                }
            }
        }
        soles
    }

    /// The sort of the noun that a name begins or ends with, and the rest of the name.
    fn cut(&self, name: &str, lexicon: &Lexicon) -> Option<(Box<str>, String)> {
        let words: Vec<&str> = name.split(' ').collect();
        let sort = |noun: &[&str]| {
            let (first, more) = noun.split_first()?;
            let (sense, length) = lexicon.longest(first, |ahead| more.get(ahead - 1).copied())?;
            let is_noun = length == noun.len() && sense.classes.meets(self.class);
            sense.value.filter(|_| is_noun).map(Box::from)
        };
        (1..=MOST_WORDS.min(words.len().saturating_sub(1)))
            .rev()
            .find_map(|count| {
                let (head, rest) = words.split_at(count);
                let (front, tail) = words.split_at(words.len() - count);
                let by_head = sort(head).map(|sort| (sort, rest.join(" ")));
                by_head.or_else(|| sort(tail).map(|sort| (sort, front.join(" "))))
            })
    }

    fn beside(&self, place: PlaceId, gazetteer: &Gazetteer) -> &[Sole] {
        let own = self.beside.get(&place);
        let of_whole = || self.beside.get(&gazetteer.place(place).parent?);
        own.or_else(of_whole).map_or(&[], Vec::as_slice)
    }
}

/// Makes places of the nouns that name one; returns their items.
pub(super) fn read<'n>(
    items: &mut [Item<'n>],
    soles: &'n Soles,
    gazetteer: &Gazetteer,
    words: &Words,
) -> Vec<usize> {
    let mut found = Vec::new();
    if soles.beside.is_empty() {
        return found;
    }
    // What a noun of each sort stands for, none where another of the sort was spoken of.
    let mut spoken: FxHashMap<&str, Option<&'n [PlaceId]>> = FxHashMap::default();
    for at in 0..items.len() {
        for place in items[at].places() {
            for sole in soles.beside(*place, gazetteer) {
                spoken.insert(&sole.sort, Some(&sole.place));
            }
        }
        let item = &items[at];
        let is_noun = matches!(item.kind, ItemKind::Word) && item.classes.meets(soles.class);
        let Some(sort) = item.value.filter(|_| is_noun) else {
            continue;
        };
        let reader = Reader {
            items,
            soles,
            gazetteer,
            words,
        };
        let meant = match reader.attached(at, sort) {
            Attached::To(place) => Some(place),
            Attached::Elsewhere => None,
            Attached::Nowhere if !reader.is_definite(at) => None,
            Attached::Nowhere => match spoken.get(sort) {
                Some(known) => *known,
                None => reader.ahead(at, sort),
            },
        };
        if let Some(places) = meant {
            items[at].kind = ItemKind::Place(places);
            items[at].classes = ClassSet::default();
            let kept = Features::AND.and(Features::IN).and(Features::TO);
            items[at].features = items[at].features.shared(kept);
            found.push(at);
        }
        spoken.insert(sort, meant);
    }
    found
}

/// Lowers the confidence of the places at these items.
pub(super) fn doubt(found: &[usize], choices: &mut [Option<Choice>]) {
    for at in found {
        if let Some(choice) = &mut choices[*at] {
            choice.confidence *= TRUST;
        }
    }
}

/// Where a noun says by itself that its place lies.
enum Attached<'n> {
    /// "The camp of PLACE".
    To(&'n [PlaceId]),
    /// "The camp of PLACE", where none is known.
    Elsewhere,
    Nowhere,
}

struct Reader<'a, 'n> {
    items: &'a [Item<'n>],
    soles: &'n Soles,
    gazetteer: &'a Gazetteer,
    words: &'a Words,
}

impl<'n> Reader<'_, 'n> {
    fn has(&self, at: usize, set: ClassSet) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.classes.meets(set))
    }

    /// "The camp", "its sprawling camp".
    fn is_definite(&self, at: usize) -> bool {
        let item = &self.items[at];
        if !self.words.is_analytic {
            return item.features.any(Features::THE.and(Features::OWNED));
        }
        let before = self.items[..at].iter().rev().take(ADJECTIVES + 1);
        let before = before.take_while(|item| matches!(item.kind, ItemKind::Word));
        let mut plain = true;
        for item in before {
            if item.classes.meets(self.words.the) {
                return true;
            }
            // "Its last hospital" is that of a party.
            if item.classes.meets(self.words.roles.its) {
                return plain;
            }
            plain &= item.classes.is_empty();
        }
        false
    }

    fn attached(&self, at: usize, sort: &str) -> Attached<'n> {
        if self.describes_other(at, sort) {
            return Attached::Elsewhere;
        }
        let roles = &self.words.roles;
        let leads = roles.of.and(roles.inside);
        let mut next = at + 1;
        while self.has(next, leads.and(roles.head).and(self.words.the)) && next <= at + ATTACHED {
            next += 1;
        }
        let item = self.items.get(next);
        let is_attached = |item: &&Item| item.is_place() && !item.features.any(Features::AND);
        match item.filter(is_attached) {
            Some(item) => match self.of_sort(item, sort) {
                Some(place) => Attached::To(place),
                None => Attached::Elsewhere,
            },
            None => Attached::Nowhere,
        }
    }

    /// "PLACE, the ridge that": the noun says what another place is.
    fn describes_other(&self, at: usize, sort: &str) -> bool {
        let mut before = (at.saturating_sub(ADJECTIVES + 1)..at).rev();
        let comma = before.find(|at| self.items[*at].is_punctuation());
        let name = comma.filter(|comma| self.items[*comma].is_comma());
        let name = name.and_then(|comma| comma.checked_sub(1));
        let kinds = self.soles.kinds.get(sort).map_or(&[][..], Vec::as_slice);
        let is_of_sort = |place: &PlaceId| kinds.contains(&self.gazetteer.kind(*place));
        name.is_some_and(|name| self.items[name].places().iter().any(is_of_sort))
    }

    /// The place of a sort beside one of the places of a name.
    fn of_sort(&self, item: &Item, sort: &str) -> Option<&'n [PlaceId]> {
        let beside = |place: &PlaceId| self.soles.beside(*place, self.gazetteer);
        let mut soles = item.places().iter().flat_map(beside);
        let sole = soles.find(|sole| *sole.sort == *sort)?;
        Some(&sole.place)
    }

    /// The one beside a place that is named behind the noun.
    fn ahead(&self, at: usize, sort: &str) -> Option<&'n [PlaceId]> {
        let behind = self.items[at + 1..].iter().take(AHEAD);
        behind
            .filter(|item| item.is_place())
            .find_map(|item| self.of_sort(item, sort))
    }
}
