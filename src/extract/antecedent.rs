//! Which places a phrase speaks of: those it names, or those that "the town", "it" and "both"
//! point back to.

use super::annotate::{Item, ItemKind};
use super::discourse::{Reader, Spoken};
use super::group::{Back, Group, Member};
use super::part::Part;
use super::several::last_places;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::Features;

/// "The town" does not reach back over more place phrases than this.
const MOST_PHRASES_BACK: usize = 200;

/// "The town" points to one of so many place phrases before it.
pub(super) const NEAR_GROUPS: usize = 6;

/// More places than this are not counted by a noun that points back to them.
const MOST_COUNTED: f64 = 8.0;

/// Items before "from PLACE" in which a word of leaving or taking belongs to it.
const SOURCE: usize = 7;

/// Nor does "both towns" farther than this.
const FAR_ITEMS: usize = 90;

/// Items from a place to the pronoun of what was done there.
const NEAR_DEED: usize = 4;

/// Items from a place to "after its capture".
const AT_HAND: usize = 4;

/// Items from "which" to a pronoun of its clause.
const RELATIVE: usize = 8;

/// Place phrases and items from "the three villages" to their names.
const MOST_BEHIND: usize = 3;
const NAMED_BEHIND: usize = 12;

/// Items from "namely" to the first of them.
const NAMING_BEFORE: usize = 4;

/// How sure it is that "the camp" is that of a settlement named behind.
const BEHIND: f64 = 0.75;

/// A pronoun does not reach back farther than this, in items.
const NEAR_ITEMS: usize = 45;

impl Reader<'_> {
    /// The places that each phrase speaks of.
    pub(super) fn spoken(&self, groups: &[Group]) -> Vec<Vec<Spoken>> {
        let mut out: Vec<Vec<Spoken>> = Vec::with_capacity(groups.len());
        for (index, group) in groups.iter().enumerate() {
            let places = match group.back {
                None => group
                    .members
                    .iter()
                    .filter_map(|member| self.named_place(member))
                    .collect(),
                Some(back) => {
                    let before = Before {
                        reader: self,
                        group,
                        back,
                        groups: &groups[..index],
                        spoken: &out,
                        topic: self.topic_of_line(group.first, &groups[..index]),
                    };
                    let mut places = if back == Back::Behind {
                        self.lines_behind(group, &groups[index + 1..])
                    } else {
                        let behind = self.counted_behind(group, &groups[index + 1..]);
                        behind.unwrap_or_else(|| before.meant())
                    };
                    let named = group.members[1..].iter();
                    places.extend(named.filter_map(|member| self.named_place(member)));
                    places
                }
            };
            out.push(places);
        }
        out
    }

    pub(super) fn named_place(&self, member: &Member) -> Option<Spoken> {
        let choice = self.choices[member.item]?;
        // "The quarter NAME": the noun says what it is, not how much of it.
        let noun = member.item.checked_sub(1).map(|noun| &self.items[noun]);
        let is_quarter = noun.is_some_and(|noun| noun.classes.meets(self.words.quarter))
            && self.gazetteer.kind(choice.place) == Kind::Neighbourhood;
        let is_itself = is_quarter && member.part == Part::Share(None);
        Some(Spoken {
            place: choice.place,
            part: if is_itself { Part::Whole } else { member.part },
            item: member.item,
            confidence: choice.confidence,
        })
    }

    /// "The three villages behind the town, namely A, B and C": so many names stand behind the noun.
    fn counted_behind(&self, group: &Group, behind: &[Group]) -> Option<Vec<Spoken>> {
        let back = group.back.filter(|back| back.is_list())?;
        let noun = group.members[0].item;
        let count = match back {
            Back::Last(count) => count,
            // "The villages between A and B, that is to say C and D".
            _ => self
                .count(noun)
                .or((!self.words.has_capitals).then_some(2))?,
        };
        let named = behind.iter().take(MOST_BEHIND).find(|next| {
            next.back.is_none() && next.members.len() >= count && next.excepted.is_empty()
        })?;
        let between = self.items.get(group.last + 1..named.first)?;
        let is_apart = between
            .iter()
            .any(|item| item.is_break() || item.is_mark(&['.', ';']));
        // "Four villages. They are A, B, C and D".
        let next = between.iter().position(|item| item.is_mark(&['.']));
        let is_next = next.is_some_and(|end| {
            let they_are = between.get(end + 1);
            they_are.is_some_and(|item| item.classes.meets(self.words.roles.naming))
        });
        let leads = |item: &Item| {
            item.classes.meets(self.words.roles.naming) || item.is_mark(&[':', '،', ',', '('])
        };
        let is_led = between.iter().rev().take(NAMING_BEFORE).any(leads);
        let members = named.members.iter();
        let places: Vec<Spoken> = members
            .filter_map(|member| self.named_place(member))
            .collect();
        let is_near = between.len() <= NAMED_BEHIND && is_led && !is_apart;
        let is_named = is_near || self.words.has_capitals && is_next;
        let part = group.members[0].part;
        (is_named && places.len() >= count).then(|| {
            let told = places.into_iter().map(|spoken| Spoken { part, ..spoken });
            told.collect()
        })
    }

    /// "Both towns", "the three villages": how many places a noun points to.
    fn count(&self, item: usize) -> Option<usize> {
        let value = |item: &Item| item.value?.parse::<f64>().ok();
        let behind = self.items.get(item + 1).filter(|next| {
            next.classes.meets(self.words.numeral) && next.features.any(Features::THE)
        });
        // "Both villages", where the language counts before the noun.
        let before = item.checked_sub(1).map(|before| &self.items[before]);
        let before = before.filter(|before| {
            self.words.has_capitals
                && (before.classes.meets(self.words.roles.them)
                    || before.classes.meets(self.words.numeral))
        });
        let number = value(&self.items[item])
            .or_else(|| behind.and_then(value))
            .or_else(|| before.and_then(value))?;
        (1.5..MOST_COUNTED)
            .contains(&number)
            .then_some(number as usize)
    }

    /// The noun that points ("the town") is one said of places of this kind, its first `most` kinds
    /// counted.
    fn fits_noun(&self, item: usize, place: PlaceId, most: usize) -> bool {
        let kind = self.gazetteer.kind(place);
        self.words.nouns.iter().any(|(class, kinds)| {
            self.items[item].classes.meets(*class) && kinds.iter().take(most).any(|k| *k == kind)
        })
    }

    /// The noun at `noun` stood before the name at `place`: "the town of PLACE ... the town".
    fn was_called(&self, place: usize, noun: usize) -> bool {
        place.checked_sub(1).is_some_and(|before| {
            self.words.nouns.iter().any(|(class, _)| {
                let is_said = |at: usize| self.items[at].classes.meets(*class);
                is_said(noun) && (is_said(before) || before > 0 && is_said(before - 1))
            })
        })
    }
}

/// A phrase without a name, and what stands before it.
pub(super) struct Before<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) group: &'a Group,
    pub(super) back: Back,
    groups: &'a [Group],
    spoken: &'a [Vec<Spoken>],
    /// The item of the place that the line is about.
    topic: Option<usize>,
}

impl<'a> Before<'a> {
    /// The places that the phrase points back to.
    fn meant(&self) -> Vec<Spoken> {
        if self.is_of_other_noun() {
            return Vec::new();
        }
        let meant = self.places_meant();
        // "All of A and half of B ... all of them": no longer in part.
        let is_whole = |spoken: &Spoken| spoken.part == Part::Whole;
        let is_mixed = self.back.is_list() && meant.iter().any(is_whole);
        if is_mixed && self.reader.words.has_capitals {
            let part = Part::Whole;
            return (meant.into_iter())
                .map(|spoken| Spoken { part, ..spoken })
                .collect();
        }
        meant
    }

    fn places_meant(&self) -> Vec<Spoken> {
        match self.back {
            Back::Nothing | Back::Behind => Vec::new(),
            Back::Other(number) => self.other(number).into_iter().collect(),
            Back::Place | Back::Pronoun => {
                let part = self.part_of_town().map(|part| vec![part]);
                let all = part
                    .or_else(|| self.pair())
                    .or_else(|| self.all_of_object());
                all.unwrap_or_else(|| {
                    let one = self.fitting().map(|spoken| self.point(spoken));
                    let one = one.or_else(|| self.inside()).or_else(|| self.town_around());
                    let told = |spoken| self.of_whole(spoken, self.point_to_part(spoken));
                    let last = || self.last().map(told);
                    one.or_else(last).into_iter().collect()
                })
            }
            Back::List => match self.reader.count(self.group.members[0].item) {
                Some(count) => self.counted(count),
                None => self.list(),
            },
            Back::Nth(number) => {
                let nth = number.wrapping_sub(1);
                let of_list = self
                    .list_before()
                    .map(|places| self.held(places).nth(nth).copied());
                let nth = of_list.unwrap_or_else(|| self.nth_of_two(nth));
                nth.map(|spoken| self.point(&spoken)).into_iter().collect()
            }
            Back::Last(count) => {
                let is_held = |spoken: &&Spoken| self.is_held(spoken);
                let last = last_places(self.phrases(), count, &is_held);
                last.iter().map(|spoken| self.point(spoken)).collect()
            }
        }
    }

    pub(super) fn is_held(&self, spoken: &Spoken) -> bool {
        self.reader.gazetteer.kind(spoken.place).can_be_held()
    }

    pub(super) fn held(
        &self,
        places: &'a [Spoken],
    ) -> impl DoubleEndedIterator<Item = &'a Spoken> + Clone {
        places.iter().filter(|spoken| self.is_held(spoken))
    }

    /// A place spoken of before, as the phrase speaks of it.
    pub(super) fn point(&self, spoken: &Spoken) -> Spoken {
        let member = self.group.members[0];
        // "The two towns" are towns, whatever part of them was spoken of.
        let items = self.reader.items;
        let heads = self.reader.words.roles.heads;
        let is_noun = self.reader.words.has_capitals && items[member.item].classes.meets(heads);
        Spoken {
            // "On the front of A, and the two towns": the towns, not the front.
            part: match spoken.part {
                Part::Share(_) if self.back.is_list() && member.part == Part::Whole && !is_noun => {
                    spoken.part
                }
                _ => member.part,
            },
            item: member.item,
            place: spoken.place,
            confidence: spoken.confidence * 0.85,
        }
    }

    /// As `point`; "the northern part of PLACE, and dug in in it": in that part, where the pronoun
    /// agrees with the word for the part.
    fn point_to_part(&self, spoken: &Spoken) -> Spoken {
        let pointed = self.point(spoken);
        let words = self.reader.words;
        let items = self.reader.items;
        let nearest = self.phrases().next();
        let Some((old, _)) = nearest.filter(|(_, places)| places.contains(spoken)) else {
            return pointed;
        };
        let kind = self.reader.gazetteer.place(spoken.place).kind;
        let is_edge = spoken.part == Part::Outside;
        let is_part = (matches!(spoken.part, Part::Share(_)) || is_edge)
            && pointed.part == Part::Whole
            && kind != Kind::Neighbourhood;
        let pronoun = items[self.group.members[0].item].features;
        let of_parts = words.roles.town_part.and(words.roles.outside);
        // "The northern quarters of PLACE", "the quarters of PLACE, the northern ones".
        let is_which = items[old.last..]
            .iter()
            .take(2)
            .any(|item| item.classes.meets(words.roles.compass));
        let is_plural = (old.first..=old.last.min(old.first + 1)).any(|at| {
            items[at].classes.meets(of_parts) && (items[at].features.any(Features::THE) || is_which)
        });
        let is_stated = matches!(spoken.part, Part::Share(Some(_)));
        let agrees =
            pronoun.any(Features::HIM) || pronoun.any(Features::HER) && (is_plural || is_stated);
        let between = items.get(old.last + 1..self.group.first);
        let is_here = between.is_some_and(|between| {
            !between
                .iter()
                .any(|item| item.is_break() || item.is_mark(&['.']))
        });
        // "Took half of PLACE before the ACTOR took it back": then it has all of it.
        let verb = self.group.first.checked_sub(1).map(|verb| &items[verb]);
        let is_retaken = verb.is_some_and(|verb| verb.classes.meets(words.retake));
        let is_whole = is_retaken
            || items
                .get(self.group.last + 1)
                .is_some_and(|next| next.classes.meets(words.roles.all));
        let keeps = self.back == Back::Pronoun
            && !words.has_capitals
            && is_part
            && agrees
            && is_here
            && !is_whole;
        Spoken {
            part: if keeps { spoken.part } else { pointed.part },
            ..pointed
        }
    }

    /// The place phrases within reach, the nearest first.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (&'a Group, &'a Vec<Spoken>)> {
        let reach = match self.back {
            Back::Place => usize::MAX,
            Back::List if self.reader.count(self.group.members[0].item).is_some() => FAR_ITEMS,
            _ => NEAR_ITEMS,
        };
        let first = self.group.first;
        let floor = self.topic.unwrap_or_default();
        self.groups
            .iter()
            .zip(self.spoken)
            .rev()
            .take_while(move |(old, _)| old.first >= floor)
            .take(MOST_PHRASES_BACK)
            // Phrases may overlap where a text is nothing but shares: "% 9 %".
            .take_while(move |(old, _)| first.saturating_sub(old.last) <= reach)
    }

    /// Those of them that speak of ground that somebody can hold.
    fn candidates(&self) -> impl Iterator<Item = (&'a Group, &'a Vec<Spoken>)> {
        self.phrases().filter(|(old, places)| {
            old.back == Some(Back::Nothing) && !old.is_adjunct && !self.is_doer(old)
                || places.iter().any(|spoken| self.is_held(spoken))
        })
    }

    /// "Said that it had taken the town": the pronoun stands for a party, not for ground.
    fn is_doer(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let item = old.members[0].item;
        let is = |at: usize, set| self.reader.items[at].classes.meets(set);
        words.has_capitals
            && is(item, words.roles.pronoun)
            && old.first > 0
            && is(old.first - 1, words.that.and(words.which))
    }

    /// The nearest place that was called by the noun or is of its first kind, else one of which the
    /// noun is said.
    fn fitting(&self) -> Option<&'a Spoken> {
        let item = self.group.members[0].item;
        let fits = |spoken: &Spoken, most| self.reader.fits_noun(item, spoken.place, most);
        // "Gunmen from A hid in B ... the town": B, unless only A is one.
        let nearest = |with_sources: bool| {
            let near = || {
                let near = self.candidates().take(NEAR_GROUPS);
                let near = near.filter(move |(old, _)| with_sources || !self.is_source(old));
                near.flat_map(|(old, places)| places.iter().rev().map(move |spoken| (old, spoken)))
            };
            let is_called = |spoken: &Spoken| self.reader.was_called(spoken.item, item);
            let loose = || near().find(|(_, spoken)| fits(spoken, usize::MAX));
            // "In PLACE it has taken half of the town": the one of its own sentence, which begins
            // with it, is it town or village.
            let own = || loose().filter(|(old, _)| self.begins_own_sentence(old));
            if let Some(own) = own() {
                return Some(own);
            }
            near()
                .find(|(_, spoken)| is_called(spoken) || fits(spoken, 1))
                .or_else(loose)
        };
        let named_last = || {
            let mut near = self.candidates().take(NEAR_GROUPS);
            let (old, places) = near.next().filter(|_| self.says_that())?;
            let last = places.last().filter(|spoken| fits(spoken, usize::MAX))?;
            Some((old, last))
        };
        let (old, found) = named_last()
            .or_else(|| nearest(false))
            .or_else(|| nearest(true))?;
        let (old, found) = self.told_since(old, found).unwrap_or((old, found));
        let head = self.head_of_sentence(old);
        head.filter(|head| fits(head, usize::MAX)).or(Some(found))
    }

    /// A phrase begins the sentence of this one, behind "in": what the sentence is about.
    fn begins_own_sentence(&self, old: &Group) -> bool {
        let reader = self.reader;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.', '؟', '?', ';', '؛']);
        let between = reader.items.get(old.last + 1..self.group.first);
        let is_own = between.is_some_and(|between| !between.iter().any(ends));
        let is_in = |at: &usize| reader.items[*at].classes.meets(reader.words.roles.inside);
        let lead = old.first.checked_sub(1).filter(is_in);
        let starts = lead.is_some_and(|lead| lead == 0 || ends(&reader.items[lead - 1]));
        !reader.words.has_capitals && is_own && starts
    }

    /// "Moved them from A before that town fell": the one named last.
    fn says_that(&self) -> bool {
        let words = self.reader.words;
        let that = self.group.members[0].item.checked_sub(1);
        that.is_some_and(|at| {
            let classes = self.reader.items[at].classes;
            words.has_capitals && classes.meets(words.which) && classes.meets(words.roles.the)
        })
    }

    /// A town of an earlier paragraph, whatever it was called, is no longer spoken of where the text
    /// has turned to another.
    fn told_since(&self, old: &Group, found: &Spoken) -> Option<(&'a Group, &'a Spoken)> {
        let reader = self.reader;
        let is_town = |spoken: &Spoken| reader.gazetteer.kind(spoken.place).is_settlement();
        let (near, places) = self.candidates().next()?;
        let between = reader.items.get(old.last + 1..near.first)?;
        let has_turned = between.iter().any(Item::is_break);
        let one = places.last().filter(|spoken| is_town(spoken))?;
        // "Beat off a raid near PLACE": of a paragraph that names no other, that one is meant.
        let is_named = if reader.words.has_capitals {
            !near.is_adjunct
        } else {
            near.back.is_none() && self.is_of_paragraph(near)
        };
        (has_turned && is_named && is_town(found)).then_some((near, one))
    }

    /// No line ends between a phrase and the one that points back.
    fn is_of_paragraph(&self, old: &Group) -> bool {
        let between = self.reader.items.get(old.last + 1..self.group.first);
        between.is_some_and(|between| !between.iter().any(Item::is_break))
    }

    /// "The fight has moved on to PLACE ... its quarters": where the last paragraph names no place but
    /// one that says where, and those before are of another.
    fn turned_to(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let mut near = self.candidates();
        let (old, places) = near.next()?;
        let is_last = old.back.is_none() && !self.is_source(old) && self.is_of_paragraph(old);
        let is_alone = near
            .next()
            .is_some_and(|(other, _)| !self.is_of_paragraph(other));
        let words = self.reader.words;
        let noun = self.reader.items[self.group.members[0].item].classes;
        let is_noun = !words.has_capitals && !noun.meets(words.roles.pronoun);
        (is_noun && is_last && is_alone).then_some((old, places))
    }

    /// "PLACE lies north of OTHER": the place at the head of the sentence in which another only says
    /// where something is.
    fn head_of_sentence(&self, other: &Group) -> Option<&'a Spoken> {
        let reader = self.reader;
        let roles = &reader.words.roles;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.']);
        let starts = |old: &Group| {
            let before = old.first.checked_sub(1);
            before.is_none_or(|before| ends(&reader.items[before]))
        };
        let is_where = other.is_adjunct
            && other.first > 0
            && reader.items[other.first - 1].classes.meets(roles.location);
        let is_same_sentence =
            |old: &Group| !reader.items[old.last + 1..other.first].iter().any(ends);
        let mut before = self.candidates().filter(|(old, _)| old.last < other.first);
        let (_, places) = before
            .by_ref()
            .take_while(|(old, _)| is_same_sentence(old))
            .find(|(old, _)| starts(old) && !old.is_adjunct && old.back.is_none())
            .filter(|_| is_where)?;
        places.first().filter(|_| places.len() == 1)
    }

    /// "PLACE ... the camp": the only place of that kind in a settlement spoken of before.
    fn inside(&self) -> Option<Spoken> {
        let words = self.reader.words;
        let item = self.group.members[0].item;
        // "The village" is no part of one.
        let is_said_of_one = words.nouns.iter().any(|(class, kinds)| {
            kinds.len() == 1 && self.reader.items[item].classes.meets(*class)
        });
        if !is_said_of_one {
            return None;
        }
        let gazetteer = self.reader.gazetteer;
        let only_part = |of: PlaceId| {
            let parts = gazetteer.parts(of).iter();
            let mut fitting = parts.filter(|part| self.reader.fits_noun(item, **part, 1));
            let one = fitting.next().filter(|_| self.back == Back::Place)?;
            fitting.next().is_none().then_some(*one)
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
        let is_first = !words.has_capitals && self.candidates().next().is_none();
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
    fn part_of_town(&self) -> Option<Spoken> {
        let reader = self.reader;
        let town = self.group.members[0].item;
        let noun = town.checked_sub(1)?;
        let item = &reader.items[noun];
        let is_said_of_one = reader
            .words
            .nouns
            .iter()
            .any(|(class, kinds)| kinds.len() == 1 && item.classes.meets(*class));
        let is_construct = is_said_of_one
            && self.back == Back::Place
            && !reader.words.has_capitals
            && matches!(item.kind, ItemKind::Word)
            && !item.features.any(Features::THE);
        let pointed = is_construct.then(|| self.fitting()).flatten()?;
        let parts = reader.gazetteer.parts(pointed.place).iter();
        let mut fitting = parts.filter(|part| reader.fits_noun(noun, **part, 1));
        let one = *fitting.next()?;
        fitting.next().is_none().then(|| Spoken {
            place: one,
            part: Part::Whole,
            ..self.point(pointed)
        })
    }

    /// "In the camp of PLACE ... the town": the settlement in which a place lies of which the noun is
    /// not said.
    fn town_around(&self) -> Option<Spoken> {
        let reader = self.reader;
        let item = self.group.members[0].item;
        let (_, places) = self.candidates().next()?;
        let near = self.held(places).next_back()?;
        let is_quarter = reader.gazetteer.kind(near.place) == Kind::Neighbourhood;
        if self.back != Back::Place || reader.words.has_capitals && !is_quarter {
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

    /// The nearest phrase, one that is no adjunct before others; behind "which" the one before that.
    pub(super) fn object(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        // "In the latter": the place named last, be it what or where.
        let pronoun = self.reader.items[self.group.members[0].item].features;
        let gendered = Features::HER.and(Features::HIM).and(Features::THEM);
        let gendered = gendered.and(Features::DUAL).and(Features::US);
        if self.back == Back::Pronoun
            && !self.reader.words.has_capitals
            && self.reader.items[self.group.members[0].item]
                .classes
                .meets(self.reader.words.roles.pronoun)
            && !pronoun.any(gendered)
        {
            return self.candidates().next();
        }
        let is_topic =
            |old: &Group| !old.is_adjunct && !self.is_source(old) || self.leads_to_which(old);
        let mut near = self.candidates().take(3);
        let mut own = self.candidates().take(3);
        self.described()
            .or_else(|| self.led_to())
            .or_else(|| own.find(|(old, _)| self.is_with_subject(old)))
            .or_else(|| self.reached())
            .or_else(|| self.turned_to())
            .or_else(|| near.find(|(old, _)| is_topic(old)))
            .or_else(|| self.candidates().next())
    }

    /// "The fighting has moved on to PLACE. They still hold it": the only place of the sentence before,
    /// though it is named as where something goes.
    fn led_to(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let words = self.reader.words;
        let items = self.reader.items;
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.']);
        let is_apart = |left: &Group, right: &Group| {
            let between = items.get(left.last + 1..right.first);
            between.is_some_and(|between| between.iter().any(ends))
        };
        let mut near = self.candidates();
        let (old, places) = near.next()?;
        let before = near.next();
        let is_goal = old
            .first
            .checked_sub(1)
            .is_some_and(|at| items[at].classes.meets(words.direction));
        let is_alone = before.is_none_or(|(before, _)| is_apart(before, old));
        // "They went on to PLACE and took it": not where somebody flees to.
        let is_loss = |item: &Item| item.classes.meets(words.loss);
        let flees = || {
            items[old.first.saturating_sub(SOURCE)..old.first]
                .iter()
                .any(is_loss)
        };
        let between = items.get(old.last + 1..self.group.first)?;
        let joins =
            |item: &Item| item.features.any(Features::AND) && item.classes.meets(words.gaining);
        let is_taken = || between.len() <= AT_HAND && between.iter().any(joins) && !flees();
        let is_led = !words.has_capitals
            && self.back == Back::Pronoun
            && old.back.is_none()
            && old.members.len() == 1
            && is_goal
            && (is_alone && is_apart(old, self.group) || is_taken());
        is_led.then_some((old, places))
    }

    /// "Families reached PLACE after its capture": the nearest place, where the sentence names no
    /// other that is no adjunct.
    fn reached(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        let items = self.reader.items;
        let (old, places) = self.candidates().next()?;
        let roles = &self.reader.words.roles;
        let is_reached = old.is_adjunct
            && old.back.is_none()
            && old.first > 0
            && items[old.first - 1].classes.meets(roles.direction);
        let ends = |item: &Item| item.is_break() || item.is_mark(&['.']);
        let is_here = |old: &Group| {
            let between = items.get(old.last + 1..self.group.first);
            between.is_some_and(|items| !items.iter().any(ends))
        };
        let after = self.reader.words.after.and(self.reader.words.after_that);
        // "Moved on PLACE and announced the capture of it": where words of gain are no adjectives.
        let gains = |item: &Item| {
            item.classes.meets(self.reader.words.gaining) && !self.reader.words.has_capitals
        };
        let leads = items
            .get(old.last + 1..self.group.first)
            .is_some_and(|items| {
                let mut items = items.iter();
                items.any(|item| item.classes.meets(after) || gains(item))
            });
        let mut others = self.candidates().skip(1).take(2);
        let mut is_alone = || !others.any(|(other, _)| !other.is_adjunct && is_here(other));
        let is_meant = self.goes_on_there(old) || leads && is_alone();
        (is_reached && is_meant && is_here(old)).then_some((old, places))
    }

    /// "Went on to PLACE and took half of it": right behind the place a verb joined with "and" tells
    /// what was done there. Not where somebody has withdrawn to it.
    fn goes_on_there(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let items = self.reader.items;
        let Some(between) = items.get(old.last + 1..self.group.first) else {
            return false;
        };
        let is_joined = |item: &Item| {
            item.features.any(Features::AND)
                && item.features.any(Features::PAST.and(Features::PRESENT))
        };
        let mut before = items[old.first.saturating_sub(SOURCE)..old.first].iter();
        !words.has_capitals
            && between.len() <= NEAR_DEED
            && between.iter().take(2).any(is_joined)
            && !between.iter().any(Item::is_punctuation)
            && !before.any(|item| item.classes.meets(words.loss))
    }

    /// "Denied a raid on PLACE, noting that it and": a pronoun that begins a clause goes back to its
    /// own sentence, be the place there where or what.
    fn is_with_subject(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let items = self.reader.items;
        let first = self.group.first;
        let starts = first.checked_sub(1).is_some_and(|at| {
            items[at].classes.meets(words.that) || items[at].classes.meets(words.which)
        });
        let is_end = |item: &Item| item.is_break() || item.is_mark(&['.', ';']);
        words.has_capitals
            && starts
            && old.last < first
            && !self.is_source(old)
            && !items[old.last..first].iter().any(is_end)
    }

    /// "Reinforcements from PLACE": whence something comes, not ground that is left or taken.
    fn is_source(&self, old: &Group) -> bool {
        let words = self.reader.words;
        let items = self.reader.items;
        let is_from = old.first > 0 && items[old.first - 1].classes.meets(words.from);
        // "Clears mines from PLACE after its capture": the next words speak of it.
        // Phrases may overlap: then nothing stands between.
        let between = items.get(old.last + 1..self.group.first);
        let is_at_hand = self.group.first <= old.last + AT_HAND
            && between
                .is_some_and(|items| items.iter().any(|item| item.classes.meets(words.after)));
        // "Took A with men who had come from B": what is taken is another place.
        let near = old.first.saturating_sub(SOURCE);
        let other = items[near..old.first].iter().rposition(Item::is_place);
        let start = other.map_or(near, |other| near + other + 1);
        is_from
            && !is_at_hand
            && !items[start..old.first].iter().any(|item| {
                item.classes.meets(words.loss)
                    || item.classes.meets(words.gaining)
                    || item.classes.meets(words.roles.not)
            })
    }

    pub(super) fn leads_to_which(&self, old: &Group) -> bool {
        let reader = self.reader;
        reader
            .items
            .get(old.last + 1)
            .is_some_and(|item| item.classes.meets(reader.words.which))
    }

    /// The last of a list has a noun of its own, in the singular: "the villages of A and B and the
    /// village of C, which".
    pub(super) fn has_own_noun(&self, old: &Group) -> bool {
        let roles = &self.reader.words.roles;
        let last = old.members.last().filter(|_| old.members.len() > 1);
        let noun = last.and_then(|member| member.item.checked_sub(1));
        noun.is_some_and(|noun| {
            let classes = self.reader.items[noun].classes;
            classes.meets(roles.head) && !classes.meets(roles.heads)
        })
    }

    /// The first or second of the two places named last, or the other part of the one spoken of.
    fn other(&self, number: Option<usize>) -> Option<Spoken> {
        let is_other = |old: &Group| matches!(old.back, Some(Back::Other(_)));
        let mut near = self
            .phrases()
            .filter(|(old, places)| !is_other(old) && self.held(places).next().is_some());
        let (_, places) = near.next()?;
        let last = places.last()?;
        if matches!(last.part, Part::Share(_)) {
            return Some(Spoken {
                part: Part::Share(None),
                ..self.point(last)
            });
        }
        let held: Vec<&Spoken> = self.held(places).collect();
        let nth = held.get(number?.checked_sub(1)?)?;
        (held.len() == 2).then(|| self.point(nth))
    }

    /// The phrase that the relative clause around a pronoun describes.
    fn described(&self) -> Option<(&'a Group, &'a Vec<Spoken>)> {
        if self.back != Back::Pronoun {
            return None;
        }
        let items = self.reader.items;
        let first = self.group.first;
        let which = (first.saturating_sub(RELATIVE)..first)
            .rev()
            .take_while(|at| !items[*at].is_punctuation())
            .find(|at| items[*at].classes.meets(self.reader.words.which))?;
        let mut near = self.candidates().take(NEAR_GROUPS);
        near.find(|(old, _)| old.last + 1 == which)
    }

    /// "The posts that they left": a pronoun written onto the verb of a relative clause speaks of the
    /// noun before the clause, which is no place here.
    fn is_of_other_noun(&self) -> bool {
        let items = self.reader.items;
        let which = self.group.first.checked_sub(2);
        let which = which.filter(|at| items[*at].classes.meets(self.reader.words.which));
        let noun = which.and_then(|which| which.checked_sub(1));
        noun.is_some_and(|noun| {
            let mut near = self.groups.iter().rev().take(NEAR_GROUPS);
            let is_phrase = near.any(|old| old.last == noun);
            !self.reader.words.has_capitals
                && self.back == Back::Pronoun
                && matches!(items[noun].kind, ItemKind::Word)
                && !is_phrase
        })
    }

    /// In a language with articles, the words speak of a part.
    fn is_part(&self) -> bool {
        let part = self.group.members[0].part;
        self.reader.words.has_capitals && matches!(part, Part::Share(_))
    }

    fn last(&self) -> Option<&'a Spoken> {
        // "The southern quarters": of a town, not of a hospital named before.
        let has_parts = |spoken: &&Spoken| {
            let kind = self.reader.gazetteer.kind(spoken.place);
            matches!(kind, Kind::City | Kind::Town | Kind::Village)
        };
        let (_, places) = self.object()?;
        // "The north of A and all of B ... the rest": of the one that is not told of as a whole.
        let is_part = |spoken: &&Spoken| matches!(spoken.part, Part::Share(_));
        let mut held = self.held(places).rev();
        let in_part = held.clone().find(is_part).filter(|_| self.is_part());
        let last = in_part.or_else(|| held.next())?;
        let noun = &self.reader.items[self.group.members[0].item];
        let roles = &self.reader.words.roles;
        let is_quarters = noun.classes.meets(roles.town_part.and(roles.town_point));
        if !is_quarters || has_parts(&last) {
            return Some(last);
        }
        let mut near = self.candidates().take(NEAR_GROUPS);
        let town = near.find_map(|(_, places)| self.held(places).rev().find(has_parts));
        town.or(Some(last))
    }

    /// "Took the hospital, but not the rest", "has the hill, its enemy the southern fringe": a part of
    /// the town in which that lies.
    fn of_whole(&self, part: &Spoken, pointed: Spoken) -> Spoken {
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
}
