//! Which places a phrase speaks of: those it names, or those that "the town", "it" and "both"
//! point back to.

mod nearest;
mod noun;
mod whole;

use super::annotate::{Item, ItemKind};
use super::discourse::{Reader, Spoken};
use super::group::{Back, Group, Member};
use super::part::Part;
use super::several::last_places;
use crate::gazetteer::Kind;
use crate::lexicon::Features;

/// "The town" does not reach back over more place phrases than this.
const MOST_PHRASES_BACK: usize = 200;

/// "The town" points to one of so many place phrases before it.
pub(super) const NEAR_GROUPS: usize = 6;

/// More places than this are not counted by a noun that points back to them.
const MOST_COUNTED: f64 = 8.0;

/// Nor does "both towns" farther than this.
const FAR_ITEMS: usize = 90;

/// Place phrases and items from "the three villages" to their names.
const MOST_BEHIND: usize = 3;
const NAMED_BEHIND: usize = 12;

/// Items from "namely" to the first of them.
const NAMING_BEFORE: usize = 4;

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
                    let question = self.topic_of_question(group, &groups[..index]);
                    let before = Before {
                        reader: self,
                        group,
                        back,
                        groups: &groups[..index],
                        spoken: &out,
                        topic: self
                            .topic_of_line(group.first, &groups[..index])
                            .or(question.map(|(topic, _)| topic)),
                        answer: question.map(|(_, answer)| answer),
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
                .or((!self.words.is_analytic).then_some(2))?,
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
            let is_noun = |item: &&Item| {
                item.classes.meets(self.words.roles.heads) && item.features.any(Features::THE)
            };
            let they_are = between[end + 1..].iter().find(|item| !is_noun(item));
            they_are.is_some_and(|item| item.classes.meets(self.words.roles.naming_next))
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
        let is_named = is_near || is_next;
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
            self.words.is_analytic
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
}

/// A full stop or the end of a line.
fn ends_sentence(item: &Item) -> bool {
    item.is_break() || item.is_mark(&['.'])
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
    /// Where the answer begins to a question that names the place.
    answer: Option<usize>,
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
        if is_mixed && self.reader.words.is_analytic {
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
            Back::Remaining(count) => self.remaining(count),
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
        let is_noun = self.reader.words.is_analytic && items[member.item].classes.meets(heads);
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
        // "Took half of PLACE before the ACTOR took it back": then it has all of it.
        let verb = self.group.first.checked_sub(1).map(|verb| &items[verb]);
        let is_retaken = verb.is_some_and(|verb| verb.classes.meets(words.retake));
        let is_whole = is_retaken
            || items
                .get(self.group.last + 1)
                .is_some_and(|next| next.classes.meets(words.roles.all));
        let keeps = self.back == Back::Pronoun
            && !words.is_analytic
            && is_part
            && agrees
            && self.is_of_sentence(old)
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
            .filter(|(old, _)| {
                let is_asked = |answer: usize| old.first < answer || self.is_of_sentence(old);
                self.answer.is_none_or(is_asked)
            })
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
        words.is_analytic
            && is(item, words.roles.pronoun)
            && old.first > 0
            && is(old.first - 1, words.that.and(words.which))
    }

    /// What stands between a phrase and the one that points back; phrases may overlap: then nothing.
    fn between(&self, old: &Group) -> Option<&'a [Item<'a>]> {
        let items: &'a [Item<'a>] = self.reader.items;
        items.get(old.last + 1..self.group.first)
    }

    /// No sentence ends between a phrase and the one that points back.
    fn is_of_sentence(&self, old: &Group) -> bool {
        let between = self.between(old);
        between.is_some_and(|between| !between.iter().any(ends_sentence))
    }

    /// No line ends between a phrase and the one that points back.
    fn is_of_paragraph(&self, old: &Group) -> bool {
        let between = self.between(old);
        between.is_some_and(|between| !between.iter().any(Item::is_break))
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
            !self.reader.words.is_analytic
                && self.back == Back::Pronoun
                && matches!(items[noun].kind, ItemKind::Word)
                && !is_phrase
        })
    }

    /// In a language with articles, the words speak of a part.
    fn is_part(&self) -> bool {
        let part = self.group.members[0].part;
        self.reader.words.is_analytic && matches!(part, Part::Share(_))
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
}
