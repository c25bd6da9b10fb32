//! Place phrases: a place with its noun and its part words, and lists of such phrases.
//!
//! "the eastern quarters of Hajin", "70% of the town of Susah, and all of Shafah" are groups; what
//! counts as a part, a noun or a link between members is in the lexicon.

mod extent;
mod joined;
mod lead;

use super::Words;
use super::annotate::Item;
use super::part::{Part, Roles};
use crate::gazetteer::Kind;
use crate::lexicon::{ClassSet, Features};

/// One place of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Member {
    /// Position of the item that names it.
    pub item: usize,
    /// How much of it.
    pub part: Part,
}

/// A place phrase, or a list of them with one role in its sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// First item, part words and nouns included.
    pub first: usize,
    /// Last item.
    pub last: usize,
    /// Its places; none when it points back to places named before.
    pub members: Vec<Member>,
    /// Says where or whereto something is; not an object of control.
    pub is_adjunct: bool,
    /// Says where ground lies that has no name: "the villages south of PLACE".
    pub is_landmark: bool,
    /// Points back: "the town", "the villages".
    pub back: Option<Back>,
    /// Items that name places which the words except: "all of it but PLACE".
    pub excepted: Vec<usize>,
    /// The words except a part of its last place: what is said behind is said of that part.
    pub excepts_part: bool,
}

impl Group {
    /// The words from `first` to `last` that point back by their word at `at`, as an object.
    pub(super) fn pointing(
        (first, last): (usize, usize),
        at: usize,
        part: Part,
        back: Back,
    ) -> Self {
        Self {
            first,
            last,
            members: vec![Member { item: at, part }],
            is_adjunct: false,
            is_landmark: false,
            back: Some(back),
            excepted: Vec::new(),
            excepts_part: false,
        }
    }
}

/// What a phrase that points back points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// The last place.
    Place,
    /// All places of the last list.
    List,
    /// So many places named last: "both", "all three".
    Last(usize),
    /// The place of that number, from one, in the last list: "the first", "the latter".
    Nth(usize),
    /// The last place, and only if it stands close.
    Pronoun,
    /// "The first", "the second" of two places; without a number, the other part of one.
    Other(Option<usize>),
    /// Those of the last list that the text has not spoken of since: "the other two"; so many, or all
    /// where no number is said.
    Remaining(Option<usize>),
    /// The places that the lines behind begin with.
    Behind,
    /// Ground that has no name: "the areas".
    Nothing,
}

impl Back {
    /// It points to more than one place.
    pub(crate) fn is_list(self) -> bool {
        matches!(
            self,
            Self::List | Self::Last(_) | Self::Remaining(_) | Self::Behind
        )
    }
}

/// Items from a place to the line that divides it.
const BOUND: usize = 3;

/// The most words of a part phrase that the lexicon need not know: "large and wide parts of".
pub(super) const MOST_UNKNOWN: usize = 3;

/// All groups among `items`, in order; `kinds` are those of the places that items name.
pub(crate) fn groups(items: &[Item], kinds: &[Option<Kind>], words: &Words) -> Vec<Group> {
    let finder = Finder {
        items,
        kinds,
        roles: words.roles,
        is_analytic: words.is_analytic,
        blocks: words.verbs,
        pointing: words.roles.pointing(),
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let group = if items[at].is_place() {
            Some(finder.list(at, out.last()))
        } else {
            finder.back_reference(at).map(|group| finder.go_on(group))
        };
        match group {
            Some(group) => {
                at = group.last + 1;
                out.push(group);
            }
            None => at += 1,
        }
    }
    out
}

/// Finds place phrases among the items of a text.
pub(super) struct Finder<'a> {
    pub(super) items: &'a [Item<'a>],
    pub(super) kinds: &'a [Option<Kind>],
    pub(super) roles: Roles,
    pub(super) is_analytic: bool,
    pub(super) blocks: ClassSet,
    /// Words of which each phrase that points back has one, unless it is a number.
    pub(super) pointing: ClassSet,
}

impl Finder<'_> {
    /// The item at `at` has one of these classes.
    pub(super) fn has(&self, at: usize, set: ClassSet) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.classes.meets(set))
    }

    /// The kind of the place that an item names.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.kinds.get(at).copied().flatten()
    }

    /// The list that starts with the place at `place`.
    fn list(&self, place: usize, before: Option<&Group>) -> Group {
        let floor = before.map_or(0, |group| group.last + 1);
        let (mut first, part) = self.leftward(place, floor);
        let apposed = self.noun_apposed(first, floor);
        let part = self.before_apposed(apposed, (&mut first, part), floor);
        if first > floor
            && self.has(first - 1, self.roles.the)
            && !self.has(first - 1, self.roles.place_preposition)
        {
            first -= 1;
        }
        let mut last = place;
        let part = self.rightward(&mut last, part);
        self.parent(&mut last);
        let part = self.bounded(first, &mut last, part);
        self.whereabouts(&mut last);
        self.surroundings(&mut last);
        self.aside(&mut last);
        let mut members = vec![Member { item: place, part }];
        let mut excepted = Vec::new();
        let mut excepts_part = self.exception(&mut members, &mut last, &mut excepted);
        while let Some((next, part)) = self.next_member(first, last) {
            let is_second = members.len() == 1;
            if is_second && self.opens_main_clause(first, last, next)
                || self.is_told_apart(first, last, next)
            {
                break;
            }
            last = next;
            let part = self.rightward(&mut last, part);
            self.whereabouts(&mut last);
            self.surroundings(&mut last);
            members.push(Member { item: next, part });
            excepts_part = self.exception(&mut members, &mut last, &mut excepted);
        }
        self.behind_apposed(apposed, &mut last);
        // "The quarters of A and B and C" names quarters; each is meant whole.
        if members.len() > 1 && self.has(place - 1.min(place), self.roles.quarters) {
            members[0].part = Part::Whole;
        }
        let is_excepted = first > 0
            && self.has(first - 1, self.roles.except)
            && !(self.has(first - 1, self.roles.only) && self.is_negated_far(first - 1))
            // "All of A but B, which is held by": said of B.
            && !self.is_described(last);
        // "In the north, at PLACE": with a preposition of its own it depends on nothing before.
        let is_governed = first > 0
            && self.has(first - 1, self.roles.place_adjunct)
            && !self.has(first - 1, self.roles.sector)
            && !self.items[first].features.any(Features::IN);
        let is_adjunct = self.describes_next(last) || is_excepted || is_governed;
        Group {
            first,
            last,
            members,
            is_adjunct,
            is_landmark: self.is_landmark(first),
            back: None,
            excepted,
            excepts_part,
        }
    }

    /// "Half of the next town, PLACE": the part words before the noun.
    fn before_apposed(
        &self,
        noun: Option<usize>,
        (first, part): (&mut usize, Part),
        floor: usize,
    ) -> Part {
        let Some(noun) = noun else {
            return part;
        };
        let (lead, of_noun) = self.leftward(noun, floor);
        *first = lead;
        if part == Part::Whole { of_noun } else { part }
    }

    /// "The next town, PLACE, was taken": with the comma that ends the name.
    fn behind_apposed(&self, noun: Option<usize>, last: &mut usize) {
        let is_closed = self.items.get(*last + 1).is_some_and(Item::is_comma)
            && self.has(*last + 2, self.roles.is_so);
        *last += usize::from(noun.is_some() && is_closed);
    }

    /// "The next town, PLACE": the first word of the noun that names the place behind a comma.
    fn noun_apposed(&self, first: usize, floor: usize) -> Option<usize> {
        let comma = first.checked_sub(1).filter(|comma| *comma > floor)?;
        if !self.items[comma].is_comma() {
            return None;
        }
        let end = comma - usize::from(!self.has(comma - 1, self.roles.head));
        let is_noun = |at: &usize| self.has(*at, self.roles.head);
        let noun = (floor..end).rev().take_while(is_noun).last()?;
        self.is_apposed(noun).then_some(noun)
    }

    /// "Everything in PLACE that lies north of the canal", "all of PLACE east of the road": a part.
    fn bounded(&self, first: usize, last: &mut usize, part: Part) -> Part {
        let is_all = part == Part::Whole && self.has(first, self.roles.all);
        if !is_all || !self.has_articles() {
            return part;
        }
        let behind = (*last + 1..self.items.len())
            .take(BOUND)
            .find(|at| !self.has(*at, self.roles.which) && !self.has(*at, self.roles.lies));
        let Some(side) = behind.filter(|at| {
            self.has(*at, self.roles.place_adjunct) && !self.has(*at, self.roles.direction)
        }) else {
            return part;
        };
        // "All of PLACE, north of TOWN": where it lies.
        let mut landmark = (side + 1..self.items.len()).take(BOUND);
        let names = landmark.any(|at| self.items[at].is_place());
        if names {
            return part;
        }
        *last = side;
        Part::Share(None)
    }

    /// "PLACE quarter of PLACE": the second says where the first is.
    fn parent(&self, last: &mut usize) {
        let noun = *last + 1;
        if self.has(noun, self.roles.quarter_of)
            && let Some(place) = self.items.get(noun + 1).filter(|item| item.is_place())
        {
            *last = noun + usize::from(!place.features.any(Features::AND));
        }
    }

    /// "The PLACE border town of PLACE": the first only describes the second.
    fn describes_next(&self, last: usize) -> bool {
        self.has(last + 1, self.roles.head)
            && !self.items[last + 1].features.any(Features::AND)
            && self.leads_to_place(last + 1)
    }
}
