//! The words around the places of a text, and what each says of a party.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::hint::{At, Hint, Land, MOST_FAMILIES, Shape, Sign, Standing, When, Word};
use super::parties::Parties;
use super::table::Hints;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::claim::{Context, Found};
use crate::extract::discourse::Spoken;
use crate::extract::part::Part;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::ClassSet;

/// Items from a place to words that may belong to it.
const FAR: usize = 30;

/// Items from a place to words that stand close.
const CLOSE: usize = 4;

/// Items before a word in which a denial turns it round.
const DENIAL: usize = 3;

/// Claims of a sentence that are looked at, that a text without full stops stays quick.
const MOST_TOLD: usize = 40;

/// A place where it is spoken of.
pub(super) struct Sighting {
    pub group: usize,
    pub spoken: Spoken,
    pub sentence: usize,
    pub words: Rc<Words>,
}

/// The words around a place phrase.
pub(super) struct Words {
    /// Its clause.
    pub clause: Range<usize>,
    cues: Vec<Cue>,
}

/// A word near a place that hints may speak of.
struct Cue {
    item: usize,
    at: At,
    distance: usize,
    is_denied: bool,
}

impl Cue {
    /// It stands before the place.
    fn is_before(&self) -> bool {
        matches!(self.at, At::Before | At::FarBefore)
    }
}

/// What a word says by itself.
fn of_word(word: Word, (cue, standing): (&Cue, Standing), tell: &mut impl FnMut(Hint)) {
    tell(Hint::At(word, cue.at));
    tell(Hint::By(word, standing, false));
    tell(Hint::ByAt(word, cue.at, standing));
}

/// The nearest word of each family, and how a party stands to it.
type Nearest<'c> = [Option<(&'c Cue, Standing)>; MOST_FAMILIES];

/// A text with what rules read in it.
pub(super) struct Around<'a> {
    context: &'a Context<'a>,
    table: &'a Hints,
    pub parties: Parties<'a>,
    /// Claims of rules by sentence.
    told: BTreeMap<usize, Vec<(PlaceId, Option<ActorId>, Status)>>,
    /// Claims of rules by the word that they are read from.
    used: BTreeMap<usize, Vec<(PlaceId, Option<ActorId>)>>,
}

impl<'a> Around<'a> {
    pub(super) fn of(context: &'a Context<'a>, found: &[Found]) -> Self {
        let mut told: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        let mut used: BTreeMap<usize, Vec<_>> = BTreeMap::new();
        for found in found
            .iter()
            .filter(|found| found.status != Status::Presence)
        {
            if let Some(place) = found.place {
                let told = told.entry(found.sentence).or_default();
                told.push((place, found.actor, found.status));
                used.entry(found.at).or_default().push((place, found.actor));
            }
        }
        Self {
            context,
            table: &context.language.hints,
            parties: Parties::of(
                context.discourse,
                &context.extractor.actors,
                context.items.len(),
            ),
            told,
            used,
        }
    }

    /// Where each wanted place is spoken of, with the words of some classes.
    pub(super) fn sightings(
        &self,
        watched: ClassSet,
        is_wanted: &dyn Fn(PlaceId) -> bool,
    ) -> BTreeMap<PlaceId, Vec<Sighting>> {
        let discourse = self.context.discourse;
        let mut out: BTreeMap<PlaceId, Vec<Sighting>> = BTreeMap::new();
        for (group, phrase) in discourse.groups.iter().enumerate() {
            let before = |range: &Range<usize>| range.end <= phrase.first;
            let sentence = discourse.sentences.partition_point(before);
            let range = discourse.sentences.get(sentence);
            let range = range
                .filter(|range| range.start <= phrase.first && phrase.first < self.context.end);
            let Some(range) = range else {
                continue;
            };
            let spoken = &discourse.spoken[group];
            if !spoken.iter().any(|spoken| is_wanted(spoken.place)) {
                continue;
            }
            let words = Rc::new(self.words(group, range, watched));
            for spoken in spoken.iter().filter(|spoken| is_wanted(spoken.place)) {
                out.entry(spoken.place).or_default().push(Sighting {
                    group,
                    spoken: *spoken,
                    sentence,
                    words: Rc::clone(&words),
                });
            }
        }
        out
    }

    /// The clause of a place phrase and the words around it that hints speak of.
    fn words(&self, group: usize, sentence: &Range<usize>, watched: ClassSet) -> Words {
        let items = self.context.items;
        let words = &self.context.language.words;
        let phrase = &self.context.discourse.groups[group];
        let parts = |at: &usize| {
            items[*at].classes.meets(words.clause)
                || items[*at].is_mark(&[':', ';', '؛', '–', '—', '.', '!', '?', '؟', '«', '»'])
                || items[*at].is_break()
        };
        let first = phrase.first.saturating_sub(FAR).max(sentence.start);
        let last = (phrase.last + 1 + FAR).min(sentence.end);
        let last = last.max(phrase.last + 1).min(items.len());
        let start = (first..phrase.first).rev().find(parts);
        let start = start.map_or(first, |at| at + 1);
        let end = (phrase.last + 1..last).find(parts).unwrap_or(last);
        let clause = start..end;
        let is_named = phrase.back.is_none();
        let is_part = |at: &usize| is_named && (phrase.first..=phrase.last).contains(at);
        let near = (first..last).filter(|at| !is_part(at));
        let is_sign = |at: usize| self.sign(at, None).is_some();
        let says = |at: &usize| items[*at].classes.meets(watched) || is_sign(*at);
        let near = near.filter(says);
        let cues = near
            .map(|item| {
                let is_before = item < phrase.first;
                let at = match (is_before, clause.contains(&item)) {
                    (true, true) => At::Before,
                    (false, true) => At::Behind,
                    (true, false) => At::FarBefore,
                    (false, false) => At::FarBehind,
                };
                let denial = item.saturating_sub(DENIAL).max(sentence.start)..item;
                let distance = if is_before {
                    phrase.first - item
                } else {
                    item.saturating_sub(phrase.last)
                };
                let denies = |item: &Item| item.classes.meets(self.table.denial);
                Cue {
                    item,
                    at,
                    distance,
                    is_denied: items[denial].iter().any(denies),
                }
            })
            .collect();
        Words { clause, cues }
    }

    /// All that the words around a sighting say of a party.
    pub(super) fn hints(&self, sighting: &Sighting, party: ActorId, tell: &mut impl FnMut(Hint)) {
        let first = self.context.discourse.groups[sighting.group].first;
        let nearness = self.parties.nearness(sighting.sentence, party, first);
        let absent = self.parties.absent(sighting.sentence, party);
        tell(Hint::Always);
        tell(nearness.map_or(Hint::Absent(absent), Hint::Party));
        if let Some(land) = self.land(sighting.spoken.place, party) {
            tell(Hint::Land(land));
        }
        let mut nearest: Nearest = [None; MOST_FAMILIES];
        for cue in &sighting.words.cues {
            let standing = match nearness {
                Some(_) => self.parties.standing(cue.item, party),
                None => absent,
            };
            if let Some(sign) = self.sign(cue.item, Some(party)).map(Word::sign) {
                of_word(sign, (cue, standing), tell);
                if cue.distance == 1 {
                    tell(Hint::Next(sign, cue.is_before(), standing));
                } else if cue.distance <= CLOSE {
                    tell(Hint::Close(sign, cue.is_before(), standing, false));
                }
            }
            let classes = self.context.items[cue.item].classes.positions();
            for class in classes.filter(|class| !self.table.is_grammar(*class)) {
                of_word(Word::class(class), (cue, standing), tell);
                for family in self.table.families(class) {
                    tell(Hint::By(*family, standing, cue.is_denied));
                    tell(Hint::ByAt(*family, cue.at, standing));
                    if cue.distance <= CLOSE {
                        let (is_before, is_denied) = (cue.is_before(), cue.is_denied);
                        tell(Hint::Close(*family, is_before, standing, is_denied));
                    }
                    let Some(at) = family.as_family() else {
                        continue;
                    };
                    if nearest[at].is_none_or(|(known, _)| cue.distance < known.distance) {
                        nearest[at] = Some((cue, standing));
                    }
                }
            }
        }
        self.of_nearest(sighting, party, &nearest, tell);
        self.of_rules(sighting, party, tell);
    }

    /// Whether a place lies in the country of a party; none for one that has none.
    fn land(&self, place: PlaceId, party: ActorId) -> Option<Land> {
        let extractor = self.context.extractor;
        let home = extractor.actors.actor(party).home.as_deref()?;
        let home = extractor.gazetteer.find(home)?;
        let mut around = extractor.gazetteer.ancestors(place);
        let country = around.find(|up| extractor.gazetteer.kind(*up) == Kind::Country)?;
        Some(if country == home {
            Land::Home
        } else {
            Land::Abroad
        })
    }

    /// What an item is to a party and to the place that is looked at.
    fn sign(&self, item: usize, party: Option<ActorId>) -> Option<Sign> {
        let named = self.parties.named(item);
        match self.context.items[item].kind {
            _ if named.is_some() && named == party => Some(Sign::Own),
            _ if named.is_some() => Some(Sign::OtherParty),
            ItemKind::Place(_) => Some(Sign::OtherPlace),
            ItemKind::Number(_) => Some(Sign::Number),
            _ => None,
        }
    }

    /// What the nearest word of control says.
    fn of_nearest(
        &self,
        sighting: &Sighting,
        party: ActorId,
        nearest: &Nearest,
        tell: &mut impl FnMut(Hint),
    ) {
        let near = || {
            let each = nearest.iter().enumerate();
            each.filter_map(|(at, near)| near.map(|(cue, by)| (Word::family(at), cue, by)))
        };
        let of_control = near().filter(|(word, ..)| self.table.is_control(*word));
        let Some((word, cue, standing)) = of_control.min_by_key(|(_, cue, _)| cue.distance) else {
            return;
        };
        let phrase = &self.context.discourse.groups[sighting.group];
        let is_part = sighting.spoken.part != Part::Whole;
        let shape = Shape::of(phrase.back.is_some(), phrase.is_adjunct, is_part);
        tell(Hint::Nearest(word, cue.at, standing, cue.is_denied));
        tell(Hint::NearestBy(word, standing, cue.is_denied));
        tell(Hint::NearestOf(word, shape, standing));
        for (_, actor) in self.used(sighting, cue.item) {
            tell(Hint::NearestUsed(word, *actor == Some(party)));
        }
        for (with, other, _) in near() {
            let is_near = matches!(other.at, At::Before | At::Behind);
            if is_near && self.table.is_beside(with) {
                tell(Hint::NearestWith(word, with, standing));
            }
        }
    }

    /// What rules read by a word of places in other phrases than that of a sighting.
    pub(super) fn used(
        &self,
        sighting: &Sighting,
        item: usize,
    ) -> impl Iterator<Item = &(PlaceId, Option<ActorId>)> {
        let own = &self.context.discourse.spoken[sighting.group];
        let used = self.used.get(&item).into_iter().flatten();
        used.take(MOST_TOLD)
            .filter(|(place, _)| own.iter().all(|spoken| spoken.place != *place))
    }

    /// What rules read of other places nearby.
    fn of_rules(&self, sighting: &Sighting, party: ActorId, tell: &mut impl FnMut(Hint)) {
        let first = sighting.sentence.saturating_sub(1);
        for (sentence, told) in self.told.range(first..=sighting.sentence + 1) {
            let when = match sentence.cmp(&sighting.sentence) {
                std::cmp::Ordering::Less => When::Before,
                std::cmp::Ordering::Equal => When::Here,
                std::cmp::Ordering::Greater => When::Behind,
            };
            let told = told.iter().take(MOST_TOLD);
            for (_, actor, status) in told.filter(|told| told.0 != sighting.spoken.place) {
                tell(Hint::Told(*status, *actor == Some(party), when));
            }
        }
    }

    /// The item of the word of control nearest to a sighting, else of the nearest word that may tell
    /// of one.
    pub(super) fn cue(&self, sighting: &Sighting) -> Option<usize> {
        let nearest = |is_meant: &dyn Fn(Word) -> bool| {
            let says = |cue: &&Cue| {
                let mut classes = self.context.items[cue.item].classes.positions();
                classes.any(|class| {
                    self.table
                        .families(class)
                        .iter()
                        .any(|word| is_meant(*word))
                })
            };
            let cues = sighting.words.cues.iter().filter(says);
            cues.min_by_key(|cue| cue.distance).map(|cue| cue.item)
        };
        nearest(&|family| self.table.is_control(family))
            .or_else(|| nearest(&|family| self.table.is_telling(family)))
    }
}
