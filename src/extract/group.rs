//! Place phrases: a place with its noun and its part words, and lists of such phrases.
//!
//! "the eastern quarters of Hajin", "70% of the town of Susah, and all of Shafah" are groups; what
//! counts as a part, a noun or a link between members is in the lexicon.

mod extent;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::part::{Part, Roles, Seen};
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
    /// The places that the lines behind begin with.
    Behind,
    /// Ground that has no name: "the areas".
    Nothing,
}

impl Back {
    /// It points to more than one place.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Last(_) | Self::Behind)
    }
}

/// Items from a place to the line that divides it.
const BOUND: usize = 3;

/// Part words and nouns before a place, in items.
const LONGEST_LEAD: usize = 40;

/// The most words of a part phrase that the lexicon need not know: "large and wide parts of".
pub(super) const MOST_UNKNOWN: usize = 3;

/// All groups among `items`, in order; `kinds` are those of the places that items name.
pub(crate) fn groups(items: &[Item], kinds: &[Option<Kind>], words: &Words) -> Vec<Group> {
    let finder = Finder {
        items,
        kinds,
        roles: words.roles,
        has_capitals: words.has_capitals,
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

pub(super) struct Finder<'a> {
    pub(super) items: &'a [Item<'a>],
    pub(super) kinds: &'a [Option<Kind>],
    pub(super) roles: Roles,
    pub(super) has_capitals: bool,
    pub(super) blocks: ClassSet,
    /// Words of which each phrase that points back has one, unless it is a number.
    pub(super) pointing: ClassSet,
}

/// Items of a size said once more in brackets.
const LONGEST_GLOSS: usize = 6;

impl Finder<'_> {
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
            if members.len() == 1 && self.opens_main_clause(first, last, next) {
                break;
            }
            last = next;
            let part = self.rightward(&mut last, part);
            self.whereabouts(&mut last);
            self.surroundings(&mut last);
            members.push(Member { item: next, part });
            excepts_part = self.exception(&mut members, &mut last, &mut excepted);
        }
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
            back: None,
            excepted,
            excepts_part,
        }
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

    /// "The rest of it, along with PLACE": a list that a word pointing back begins.
    fn go_on(&self, mut group: Group) -> Group {
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

    /// Part words and nouns before a place: where they start, and what they say.
    pub(super) fn leftward(&self, place: usize, floor: usize) -> (usize, Part) {
        let floor = floor.max(place.saturating_sub(LONGEST_LEAD));
        let mut first = place;
        let joined = |at: usize| self.items[at].features.any(Features::AND);
        while first > floor
            && (self.has(first - 1, self.roles.head) || self.is_noun_of_quarter(first - 1, place))
            && (!joined(first) || first < place)
        {
            first -= 1;
        }
        // "The outskirts of its larger neighbour, PLACE".
        let is_kin = |at: usize| self.items[at].is_comma() && self.has(at - 1, self.roles.kin);
        if first > floor + 1 && is_kin(first - 1) {
            first -= 2;
        }
        if let Some(area) = self.area_before(first, floor) {
            return (area, Part::Share(None));
        }
        let mut part = Part::Whole;
        let mut at = if joined(first) { floor } else { first };
        let mut unknown = 0;
        let mut seen = Seen::default();
        while at > floor {
            let item = &self.items[at - 1];
            let modifier = self.modifier(at - 1);
            if modifier.is_none()
                && item.classes.meets(self.blocks)
                && !item.classes.meets(self.roles.of)
            {
                break;
            }
            if let Some(found) = modifier {
                part = seen.take(found, item);
                first = at - 1;
                unknown = 0;
            } else if item.classes.meets(self.roles.compass) || self.is_part_of_it(at - 1, floor) {
                // "The quarters, southern and eastern, of": they say nothing of how much.
                at -= 1;
                continue;
            } else if item.classes.meets(self.roles.of)
                || item.classes.meets(self.roles.the)
                || (item.classes.is_empty() && matches!(item.kind, ItemKind::Word))
                || self.has(at - 1, self.roles.head)
            {
                unknown += 1;
                if unknown > MOST_UNKNOWN {
                    break;
                }
            } else {
                break;
            }
            at -= 1;
            // What stands before an "and" belongs to the member before, unless part words go on:
            // "houses and farmland in".
            if self.items[at].features.any(Features::AND)
                && !(part == Part::Outside && self.is_part_before(at, floor))
            {
                break;
            }
        }
        (first, part)
    }

    /// "10 % only of PLACE", "some houses of PLACE": between the words for a part and the place.
    fn is_part_of_it(&self, at: usize, floor: usize) -> bool {
        let is_share = at > floor && self.modifier(at - 1).is_some();
        let is_only = self.has(at, self.roles.only) && self.has(at + 1, self.roles.of) && is_share;
        let is_fabric = self.has(at, self.roles.fabric)
            && !self.items[at].features.any(Features::THE)
            && self.is_part_before(at, floor);
        !self.has_capitals && (is_only || is_fabric)
    }

    /// "The quarter of NAME", where that is a quarter itself: no part of it.
    pub(super) fn is_noun_of_quarter(&self, at: usize, place: usize) -> bool {
        self.kind(place) == Some(Kind::Neighbourhood)
            && at + 1 == place
            && self.has(at, self.roles.quarter_of)
    }

    /// "Two sq km of PLACE", "two sq km (0.8 sq miles) of the village of PLACE": the unit.
    fn area_before(&self, first: usize, floor: usize) -> Option<usize> {
        let behind = |at: usize, set| at > floor && self.has(at - 1, set);
        let of = first - usize::from(behind(first, self.roles.the));
        if !behind(of, self.roles.of) {
            return None;
        }
        let mut end = of - 1;
        if end > floor && self.items[end - 1].is_mark(&[')']) {
            let most = end.saturating_sub(LONGEST_GLOSS).max(floor);
            end = (most..end).rfind(|at| self.items[*at].is_mark(&['(']))?;
        }
        behind(end, self.roles.square).then(|| end - 1)
    }

    fn is_part_before(&self, at: usize, floor: usize) -> bool {
        (at.saturating_sub(3).max(floor)..at).any(|index| self.has(index, self.roles.part))
    }
}
