//! Where a text speaks of places, and what the words around each say of a party.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::hint::{At, Hint, Land, Seen, Shape, Standing, When, Word};
use super::parties::Parties;
use super::table::Hints;
use super::words::{Cue, Finder, Words};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::claim::{Context, Found};
use crate::extract::discourse::Spoken;
use crate::extract::group::Group;
use crate::extract::part::Part;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::ClassSet;

/// Claims of a sentence that are looked at, that a text without full stops stays quick.
const MOST_TOLD: usize = 40;

/// A place where it is spoken of.
pub(super) struct Sighting {
    pub group: usize,
    pub spoken: Spoken,
    pub sentence: usize,
    pub words: Rc<Words>,
}

/// A party, and the country that is its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Party {
    pub id: ActorId,
    home: Option<PlaceId>,
}

/// What a text says of a party at a place.
pub(super) enum Said<'a> {
    /// One thing.
    Hint(Hint),
    /// All that a word says where it is seen so.
    Word(Word, Seen),
    /// A rule reads something of them, this or whatever it is.
    Rule(&'a str, Option<Status>),
    /// A rule set something aside of the place, for a reason.
    Aside(&'a str),
}

/// A text with what rules read in it.
pub(super) struct Around<'a> {
    context: &'a Context<'a>,
    pub table: &'a Hints,
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
        let finder = Finder {
            context: self.context,
            parties: &self.parties,
            table: self.table,
            watched,
        };
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
            let words = Rc::new(finder.words(phrase, range));
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
        !words.is_analytic
            && before.is_some_and(|classes| {
                classes.meets(words.roles.except) && !classes.meets(words.roles.only)
                    || classes.meets(words.between)
            })
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
    /// of one; and whether it is one of control.
    pub(super) fn cue(&self, sighting: &Sighting) -> Option<(usize, bool)> {
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
        let of_control = nearest(&|family| self.table.is_control(family));
        let telling = || nearest(&|family| self.table.is_telling(family));
        let of_control = of_control.map(|item| (item, true));
        of_control.or_else(|| telling().map(|item| (item, false)))
    }
}
