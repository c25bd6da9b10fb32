//! The words around the places of a text, and what each says of a party.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::hint::{At, Hint, Land, MOST_FAMILIES, Near, Seen, Shape, Sign, Standing, When, Word};
use super::parties::Parties;
use super::table::Hints;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::claim::{Context, Found};
use crate::extract::discourse::Spoken;
use crate::extract::group::Group;
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
    /// The classes of the cues that tell something, first those of the first cue, then those of the
    /// second, ...
    classes: Vec<Word>,
    /// The nearest cue of each family.
    nearest: [Option<usize>; MOST_FAMILIES],
}

impl Words {
    /// The nearest cue of each family that has one.
    fn near(&self) -> impl Iterator<Item = (Word, &Cue)> {
        let each = self.nearest.iter().enumerate();
        each.filter_map(|(at, near)| near.map(|cue| (Word::family(at), &self.cues[cue])))
    }
}

/// A word near a place that hints may speak of.
struct Cue {
    item: usize,
    at: At,
    distance: usize,
    is_denied: bool,
    /// What it is where it does not name the party that is asked for.
    sign: Option<Sign>,
    /// The party that it names.
    named: Option<ActorId>,
    /// Which of the classes of the words around are its.
    classes: Range<usize>,
}

impl Cue {
    /// How it is seen by a party that stands to it so.
    fn seen(&self, standing: Standing) -> Seen {
        Seen {
            at: self.at,
            near: match self.distance {
                1 => Near::Next,
                distance if distance <= CLOSE => Near::Close,
                _ => Near::Far,
            },
            standing,
            is_denied: self.is_denied,
        }
    }

    /// What it is to a party and to the place that is looked at.
    fn sign(&self, party: ActorId) -> Option<Sign> {
        if self.named == Some(party) {
            Some(Sign::Own)
        } else {
            self.sign
        }
    }
}

/// A party, and the country that is its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Party {
    pub id: ActorId,
    home: Option<PlaceId>,
}

/// What the words around a place say of a party.
pub(super) enum Said {
    /// One thing.
    Hint(Hint),
    /// All that a word says where it is seen so.
    Word(Word, Seen),
}

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

    /// The parties that the text names or that speak in it.
    pub(super) fn all_parties(&self) -> Vec<Party> {
        let extractor = self.context.extractor;
        let home = |id: ActorId| {
            let home = extractor.actors.actor(id).home.as_deref()?;
            extractor.gazetteer.find(home)
        };
        let with_home = |id| Party { id, home: home(id) };
        self.parties.all().into_iter().map(with_home).collect()
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
            if self.is_excepted(phrase) || !spoken.iter().any(|spoken| is_wanted(spoken.place)) {
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

    /// "All of the bank except PLACE", "the villages between PLACE and PLACE": what the words around
    /// tell, they tell of something else.
    fn is_excepted(&self, phrase: &Group) -> bool {
        let words = &self.context.language.words;
        let before = phrase.first.checked_sub(1);
        let before = before.map(|at| self.context.items[at].classes);
        !words.has_capitals
            && before.is_some_and(|classes| {
                classes.meets(words.roles.except) && !classes.meets(words.roles.only)
                    || classes.meets(words.between)
            })
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
        let mut around = Words {
            clause,
            cues: Vec::with_capacity(FAR),
            classes: Vec::with_capacity(FAR),
            nearest: [None; MOST_FAMILIES],
        };
        for item in (first..last).filter(|at| !is_part(at)) {
            let sign = self.sign(item);
            let classes = items[item].classes.shared(watched);
            if sign.is_some() || !classes.is_empty() {
                self.add_cue(&mut around, (item, sign), classes, (phrase, sentence));
            }
        }
        around
    }

    /// Adds the word at an item, of these classes, to those around a phrase of a sentence.
    fn add_cue(
        &self,
        around: &mut Words,
        (item, sign): (usize, Option<Sign>),
        classes: ClassSet,
        (phrase, sentence): (&Group, &Range<usize>),
    ) {
        let is_before = item < phrase.first;
        let at = match (is_before, around.clause.contains(&item)) {
            (true, true) => At::Before,
            (false, true) => At::Behind,
            (true, false) => At::FarBefore,
            (false, false) => At::FarBehind,
        };
        let distance = if is_before {
            phrase.first - item
        } else {
            item.saturating_sub(phrase.last)
        };
        let denial = item.saturating_sub(DENIAL).max(sentence.start)..item;
        let denies = |item: &Item| item.classes.meets(self.table.denial);
        let first = around.classes.len();
        let told = self.table.telling(classes).positions();
        around.classes.extend(told.map(Word::class));
        let own = first..around.classes.len();
        let cue = around.cues.len();
        around.cues.push(Cue {
            item,
            at,
            distance,
            is_denied: self.context.items[denial].iter().any(denies),
            sign,
            named: self.parties.named(item),
            classes: own.clone(),
        });
        let families = around.classes[own]
            .iter()
            .flat_map(|class| self.table.families(*class));
        for family in families.filter_map(|family| family.as_family()) {
            let nearest = &mut around.nearest[family];
            if nearest.is_none_or(|known| distance < around.cues[known].distance) {
                *nearest = Some(cue);
            }
        }
    }

    /// All that the words around a sighting say of a party.
    pub(super) fn hints(&self, sighting: &Sighting, party: Party, tell: &mut impl FnMut(Said)) {
        let first = self.context.discourse.groups[sighting.group].first;
        let nearness = self.parties.nearness(sighting.sentence, party.id, first);
        let absent = self.parties.absent(sighting.sentence, party.id);
        let standing = |cue: &Cue| match nearness {
            Some(_) => self.parties.standing(cue.item, party.id),
            None => absent,
        };
        tell(Said::Hint(Hint::Always));
        let named = nearness.map_or(Hint::Absent(absent), Hint::Party);
        tell(Said::Hint(named));
        if let Some(land) = self.land(sighting.spoken.place, party) {
            tell(Said::Hint(Hint::Land(land)));
        }
        let words = &sighting.words;
        for cue in &words.cues {
            let seen = cue.seen(standing(cue));
            if let Some(sign) = cue.sign(party.id).map(Word::sign) {
                tell(Said::Word(sign, seen));
            }
            for class in &words.classes[cue.classes.clone()] {
                tell(Said::Word(*class, seen));
            }
        }
        self.of_nearest(sighting, party.id, &standing, tell);
        self.of_rules(sighting, party.id, tell);
    }

    /// Whether a place lies in the country of a party; none for one that has none.
    fn land(&self, place: PlaceId, party: Party) -> Option<Land> {
        let gazetteer = &self.context.extractor.gazetteer;
        let home = party.home?;
        let mut around = gazetteer.ancestors(place);
        let country = around.find(|up| gazetteer.kind(*up) == Kind::Country)?;
        Some(if country == home {
            Land::Home
        } else {
            Land::Abroad
        })
    }

    /// What an item is to a party that it does not name, and to the place that is looked at.
    fn sign(&self, item: usize) -> Option<Sign> {
        match self.context.items[item].kind {
            _ if self.parties.named(item).is_some() => Some(Sign::OtherParty),
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
        standing: &impl Fn(&Cue) -> Standing,
        tell: &mut impl FnMut(Said),
    ) {
        let near = || sighting.words.near();
        let of_control = near().filter(|(word, _)| self.table.is_control(*word));
        let Some((word, cue)) = of_control.min_by_key(|(_, cue)| cue.distance) else {
            return;
        };
        let standing = standing(cue);
        let phrase = &self.context.discourse.groups[sighting.group];
        let is_part = sighting.spoken.part != Part::Whole;
        let shape = Shape::of(phrase.back.is_some(), phrase.is_adjunct, is_part);
        let mut tell = |hint: Hint| tell(Said::Hint(hint));
        tell(Hint::Nearest(word, cue.at, standing, cue.is_denied));
        tell(Hint::NearestBy(word, standing, cue.is_denied));
        tell(Hint::NearestOf(word, shape, standing));
        for (_, actor) in self.used(sighting, cue.item) {
            tell(Hint::NearestUsed(word, *actor == Some(party)));
        }
        for (with, other) in near() {
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
    fn of_rules(&self, sighting: &Sighting, party: ActorId, tell: &mut impl FnMut(Said)) {
        let first = sighting.sentence.saturating_sub(1);
        for (sentence, told) in self.told.range(first..=sighting.sentence + 1) {
            let when = match sentence.cmp(&sighting.sentence) {
                std::cmp::Ordering::Less => When::Before,
                std::cmp::Ordering::Equal => When::Here,
                std::cmp::Ordering::Greater => When::Behind,
            };
            let told = told.iter().take(MOST_TOLD);
            for (_, actor, status) in told.filter(|told| told.0 != sighting.spoken.place) {
                let hint = Hint::Told(*status, *actor == Some(party), when);
                tell(Said::Hint(hint));
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
                        .families(Word::class(class))
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
