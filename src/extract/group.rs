//! Place phrases: a place with its noun and its part words, and lists of such phrases.
//!
//! "the eastern quarters of Hajin", "70% of the town of Susah, and all of Shafah" are groups; what
//! counts as a part, a noun or a link between members is in the lexicon.

use super::Words;
use super::annotate::{Item, ItemKind};
use super::part::{Part, Roles, Seen, Word};
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
    /// The last place, and only if it stands close.
    Pronoun,
    /// Ground that has no name: "the areas".
    Nothing,
}

impl Back {
    /// It points to more than one place.
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Last(_))
    }
}

/// Marks that begin a line of a list.
const BULLETS: [char; 6] = ['-', '–', '—', '.', ')', '/'];

/// True for a line end between two lines of a list of places, or between its heading and its
/// first line.
pub(crate) fn is_list_break(items: &[Item], at: usize) -> bool {
    if !matches!(items[at].kind, ItemKind::Break) {
        return false;
    }
    let line_behind = items[at + 1..]
        .split(|item| matches!(item.kind, ItemKind::Break))
        .next()
        .unwrap_or_default();
    let line_before = items[..at]
        .rsplit(|item| matches!(item.kind, ItemKind::Break))
        .next()
        .unwrap_or_default();
    let is_heading = line_before.last().is_some_and(|item| item.is_mark(&[':']));
    is_list_line(line_behind) && (is_heading || is_list_line(line_before))
}

/// A longer line is no entry of a list, in items.
const LONGEST_ENTRY: usize = 24;

/// A line of places and nothing else.
fn is_list_line(line: &[Item]) -> bool {
    line.len() <= LONGEST_ENTRY
        && line.iter().any(Item::is_place)
        && line.iter().all(|item| {
            matches!(
                item.kind,
                ItemKind::Place(_) | ItemKind::Mark(_) | ItemKind::Number(_)
            )
        })
}

/// Items that a time between two members of a list may take up.
const LONGEST_TIME: usize = 4;
/// Part words and nouns before a place, in items.
const LONGEST_LEAD: usize = 40;

/// Items from a negation to the "but" that belongs to it.
const NEGATED: usize = 14;

/// Items that an exception may take up.
const EXCEPTION: usize = 9;

/// The most words of a part phrase that the lexicon need not know: "large and wide parts of".
const MOST_UNKNOWN: usize = 3;

/// Words that may describe villages before they are named: "and villages scattered between them".
const MOST_DESCRIBING: usize = 3;

/// All groups among `items`, in order; `regions` says which items name a country, a river, a
/// district: where, not what.
pub(crate) fn groups(items: &[Item], regions: &[bool], words: &Words) -> Vec<Group> {
    let finder = Finder {
        items,
        regions,
        roles: words.roles,
        blocks: words.verbs,
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
    pub(super) regions: &'a [bool],
    pub(super) roles: Roles,
    pub(super) blocks: ClassSet,
}

impl Finder<'_> {
    pub(super) fn has(&self, at: usize, set: ClassSet) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.classes.meets(set))
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
        self.whereabouts(&mut last);
        let mut members = vec![Member { item: place, part }];
        self.exception(&mut members, &mut last);
        while let Some((next, part)) = self.next_member(first, last) {
            last = next;
            let part = self.rightward(&mut last, part);
            self.whereabouts(&mut last);
            members.push(Member { item: next, part });
            self.exception(&mut members, &mut last);
        }
        // "The quarters of A and B and C" names quarters; each is meant whole.
        if members.len() > 1 && self.has(place - 1.min(place), self.roles.quarters) {
            members[0].part = Part::Whole;
        }
        let is_excepted = first > 0
            && self.has(first - 1, self.roles.except)
            && !self.has(first - 1, self.roles.only);
        let is_adjunct = self.describes_next(last)
            || first > 0
                && (is_excepted
                    || self.has(first - 1, self.roles.place_adjunct)
                        && !self.has(first - 1, self.roles.sector));
        Group {
            first,
            last,
            members,
            is_adjunct,
            back: None,
        }
    }

    /// "The rest of it, along with PLACE": a list that a word pointing back begins.
    fn go_on(&self, mut group: Group) -> Group {
        let comma = group.last + 1;
        let link = comma
            + usize::from(
                self.items
                    .get(comma)
                    .is_some_and(|item| item.is_mark(&[','])),
            );
        if matches!(group.back, Some(Back::Nothing)) || !self.has(link, self.roles.beside) {
            return group;
        }
        while let Some((next, part)) = self.next_member(group.first, group.last) {
            group.last = next;
            let part = self.rightward(&mut group.last, part);
            group.members.push(Member { item: next, part });
        }
        group
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
            && self.has(first - 1, self.roles.head)
            && (!joined(first) || first < place)
        {
            first -= 1;
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

    fn is_part_before(&self, at: usize, floor: usize) -> bool {
        (at.saturating_sub(3).max(floor)..at).any(|index| self.has(index, self.roles.part))
    }

    /// What the item at `at` says of the size of a part, if it is a part word.
    pub(super) fn modifier(&self, at: usize) -> Option<Word> {
        let item = &self.items[at];
        let roles = &self.roles;
        let classes = item.classes;
        let is_owned = item
            .features
            .any(Features::HER.and(Features::HIM).and(Features::THEM))
            || (at.saturating_sub(2)..at).any(|left| self.has(left, roles.its));
        Some(
            if classes.meets(roles.part) && classes.meets(roles.zone) && is_owned {
                // "Its positions in": all that it has there.
                Word::All
            } else if classes.meets(roles.part) {
                Word::Part
            } else if classes.meets(roles.sector) {
                Word::Sector
            } else if classes.meets(roles.outside) {
                Word::Outside
            } else if classes.meets(roles.point) {
                Word::Point
            } else if classes.meets(roles.axis) {
                Word::Axis
            } else if classes.meets(roles.most) {
                Word::Part
            } else if classes.meets(roles.all) {
                Word::All
            } else if classes.meets(roles.percent) {
                Word::Percent
            } else if classes.meets(roles.measure) {
                Word::Measure
            } else if (matches!(item.kind, ItemKind::Number(_)) || classes.meets(roles.numeral))
                && self.has(at + 1, roles.percent)
            {
                Word::Number
            } else {
                return None;
            },
        )
    }

    /// Words after a place that say how much of it: "in full", "by 70%", "'s northern quarters".
    pub(super) fn rightward(&self, last: &mut usize, part: Part) -> Part {
        let mut seen = Seen { part };
        let mut at = *last + 1;
        while at < self.items.len() {
            let after_name = self.has(at, self.roles.after_name)
                || self.has(at, self.roles.all)
                || self.has(at, self.roles.most);
            let share = self.percent_after(at);
            if let Some((share, end)) = share {
                seen.part = Part::Share(Some(share));
                *last = end;
                at = end + 1;
            } else if after_name && let Some(word) = self.modifier(at) {
                // "front" after a name makes it an axis even where "all" was said before.
                seen.take(word, &self.items[at]);
                *last = at;
                at += 1;
            } else {
                break;
            }
        }
        seen.part
    }

    /// "by 70%" at `at`: the share and the last item.
    fn percent_after(&self, at: usize) -> Option<(f64, usize)> {
        let at = if self.has(at, self.roles.measure) {
            at + 1
        } else {
            return None;
        };
        match self.items.get(at)?.kind {
            ItemKind::Number(value) if self.has(at + 1, self.roles.percent) => {
                Some((value / 100.0, at + 1))
            }
            _ => None,
        }
    }

    /// The next place of a list from `first` to `last`, with its part.
    fn next_member(&self, first: usize, last: usize) -> Option<(usize, Part)> {
        let mut at = self.after_time(last + 1);
        let mut linked = false;
        while self.items.get(at).is_some_and(|item| {
            item.is_mark(&[',', '،', '(', ')', '/'])
                || item.is_mark(&['-', '–']) && self.items.get(at + 1).is_some_and(Item::is_place)
                || is_list_break(self.items, at)
                || at > 0 && is_list_break(self.items, at - 1) && item.is_mark(&BULLETS)
                || (item.classes.meets(self.roles.link) && !item.classes.meets(self.blocks))
        }) {
            linked = true;
            at += 1;
            // "And, last night, PLACE".
            if self.items[at - 1].is_mark(&[',']) {
                at = self.after_time(at);
            }
        }
        let item = self.items.get(at)?;
        let joined = item.features.any(Features::AND);
        if !linked && !joined {
            return None;
        }
        // "and on half of ...", "and from the town of ..." repeat the preposition of the list.
        if joined && self.has(at, self.roles.again) && !item.classes.meets(self.roles.part) {
            at += 1;
        }
        // "To A, as well as to B".
        let repeats = linked
            && first > 0
            && self.has(at, self.roles.place_preposition)
            && item.classes == self.items[first - 1].classes;
        if repeats {
            at += 1;
        }
        if let Some(place) = self.named_behind(at) {
            return Some((place, Part::Whole));
        }
        let mut seen = Seen::default();
        let mut unknown = 0;
        for place in at..(at + 9).min(self.items.len()) {
            let item = &self.items[place];
            if item.is_place() {
                return Some((place, seen.part));
            }
            if let Some(word) = self.modifier(place) {
                seen.take(word, item);
            } else if !self.is_list_filler(item, place > at) {
                let is_adjective = seen.part != Part::Whole
                    && item.classes.is_empty()
                    && matches!(item.kind, ItemKind::Word);
                unknown += 1;
                if !is_adjective || unknown > MOST_UNKNOWN {
                    return None;
                }
            }
        }
        None
    }

    /// The place that "and three small villages near by, among them" or "and two hamlets:" at `at`
    /// leads to.
    fn named_behind(&self, at: usize) -> Option<usize> {
        let is_count = |index: &usize| {
            matches!(self.items[*index].kind, ItemKind::Number(_))
                || self.has(*index, self.roles.numeral)
        };
        let describes = |index: &usize| {
            let item = &self.items[*index];
            matches!(item.kind, ItemKind::Word)
                && !item.classes.meets(self.blocks)
                && !item.classes.meets(self.roles.heads)
                && !item.classes.meets(self.roles.naming)
        };
        let first = (at..self.items.len()).find(|index| !is_count(index))?;
        let before = first..self.items.len();
        let noun = before.take(MOST_DESCRIBING).find(|i| !describes(i))?;
        if !self.has(noun, self.roles.heads) {
            return None;
        }
        let behind = noun + 1..self.items.len();
        let link = behind.take(MOST_DESCRIBING + 1).find(|i| !describes(i))?;
        let is_comma = self.items[link].is_mark(&[',', '،']);
        let naming = link + usize::from(is_comma);
        // "And two villages, A and B": the names stand right behind the comma.
        let is_apposed = is_comma && first > at && !self.has(naming, self.roles.naming);
        let is_named =
            self.has(naming, self.roles.naming) || self.items[link].is_mark(&[':']) || is_apposed;
        let place = if is_apposed { naming } else { naming + 1 };
        let is_place = self.items.get(place).is_some_and(Item::is_place);
        (is_named && is_place).then_some(place)
    }

    /// Steps over "in December", "on 14 January", "two weeks ago", "in the north" between two members
    /// of a list.
    fn after_time(&self, at: usize) -> usize {
        let mut end = at;
        let mut is_time = false;
        for next in at..(at + LONGEST_TIME).min(self.items.len()) {
            let item = &self.items[next];
            let is_place_in = item.features.any(Features::THE)
                && self.has(next, self.roles.sector)
                && next > at
                && self.has(next - 1, self.roles.within);
            if self.has(next, self.roles.time) || is_place_in {
                is_time = true;
            } else if !self.has(next, self.roles.within)
                && !self.has(next, self.roles.again)
                && !matches!(item.kind, ItemKind::Number(_))
            {
                break;
            }
            end = next + 1;
        }
        if is_time { end } else { at }
    }

    /// Nouns, numbers and "which belong to it (" before the next place of a list.
    fn is_list_filler(&self, item: &Item, is_inside: bool) -> bool {
        let roles = &self.roles;
        matches!(item.kind, ItemKind::Number(_))
            || item.classes.meets(roles.head)
            || item.classes.meets(roles.the)
            || is_inside
                && (item.classes.meets(roles.of)
                    || item.classes.meets(roles.hands)
                    || item.classes.meets(roles.belonging)
                    || item.classes.meets(roles.pronoun)
                    || item.is_mark(&['(']))
    }

    /// "Nothing is left there but": what follows is no exception from the place before.
    fn is_negated(&self, only: usize) -> bool {
        (only.saturating_sub(NEGATED)..only)
            .rev()
            .take_while(|at| !matches!(self.items[*at].kind, ItemKind::Break))
            .take_while(|at| !self.items[*at].is_mark(&['.', '؛', ',', '،']))
            .any(|at| self.has(at, self.roles.not))
    }

    /// "all of it but its eastern quarters" is a part; "all but PLACE" leaves the whole.
    fn exception(&self, members: &mut [Member], last: &mut usize) {
        let at = *last + 1;
        if !self.has(at, self.roles.except) || self.has(at, self.roles.only) && self.is_negated(at)
        {
            return;
        }
        let ends = |index: usize| {
            self.items[index].is_mark(&[',', '،', '.', '؛', '(', ')'])
                || matches!(self.items[index].kind, ItemKind::Break)
                || self.has(index, self.blocks)
        };
        let most = (at + EXCEPTION).min(self.items.len());
        let end = (at + 1..most).find(|index| ends(*index)).unwrap_or(most);
        let tail = at + 1..end;
        let place = tail.clone().find(|index| self.items[*index].is_place());
        let is_part = |word| matches!(word, Word::Sector | Word::Part | Word::Outside);
        let has_part = tail
            .clone()
            .take_while(|index| Some(*index) != place)
            .any(|index| self.modifier(index).is_some_and(is_part));
        let names_quarter = place
            .is_some_and(|place| (at + 1..place).any(|index| self.has(index, self.roles.sector)));
        if (has_part && place.is_none() || names_quarter)
            && let Some(member) = members.last_mut()
        {
            member.part = Part::Share(None);
        }
        // The exception is swallowed, so that no rule takes it for an object.
        *last = place.unwrap_or(if has_part || end < most {
            end - 1
        } else {
            *last
        });
    }
}
