//! What a text as a whole says of a party at a place: the words around the place and what rules read,
//! weighed together.
//!
//! Each word of control near a place, with where it stands and how a party stands to it, is a hint; so is
//! each thing that a rule reads of them, or of the places beside. Hints have weights for each status
//! (`data/rules/LANG.hints.tsv`), fitted to marked-up reports as a multinomial logistic regression; a hint
//! counts once for a place and party, however often the text gives it. What is likely enough becomes a
//! claim; what a rule reads against all likelihood is set aside.

mod around;
mod cue;
mod hint;
mod landmark;
mod likely;
mod parties;
mod read;
mod table;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use around::{Around, Said, Sighting};
use cue::Cues;
use landmark::is_only_where;
use likely::Likely;
use read::Read;
pub(crate) use table::Hints;
use table::STATUSES;

use super::SetAside;
use super::claim::{Context, Found};
use super::discourse::Spoken;
use super::line::is_label;
use super::part::Part;
use super::rule::Rule;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;
use crate::lexicon::ClassSet;

/// The name under which such claims stand, in place of a rule's.
pub(crate) const NAME: &str = "hints";

/// Why a claim of a rule is set aside.
const UNLIKELY: &str = "the words around say otherwise";

/// A place and a party of a text, and what the text says of the two.
#[derive(Debug, Clone, PartialEq)]
pub struct Hinted {
    /// The place.
    pub place: PlaceId,
    /// The party.
    pub party: ActorId,
    /// The names of the hints, as in the table of weights.
    pub hints: BTreeSet<String>,
}

/// Weighs what a text says of each party at each of its places.
pub(crate) struct Judge<'a> {
    context: &'a Context<'a>,
    around: Around<'a>,
}

impl<'a> Judge<'a> {
    /// For a text of which rules read what was `found`.
    pub(crate) fn of(context: &'a Context<'a>, found: &[Found]) -> Self {
        Self {
            context,
            around: Around::of(context, found),
        }
    }

    /// What rules read, settled by `settle`, without what is unlikely, and what hints say beside it;
    /// and what is set aside.
    pub(crate) fn judge(
        &self,
        mut read: Vec<Found>,
        aside: &[SetAside],
        settle: impl Fn(Vec<Found>) -> (Vec<Found>, Vec<SetAside>),
    ) -> (Vec<Found>, Vec<SetAside>) {
        let table = &self.context.language.hints;
        let (mut found, mut set_aside) = settle(read.clone());
        let sightings = self.sightings(table.watched);
        let cues = Cues::of(self.context, &self.around, aside);
        let parties = self.around.all_parties();
        let likely = {
            let read = (found.as_slice(), aside);
            let read = Read::of(self.context, read, &sightings, &cues, parties.len());
            let said = (&self.around, &read);
            let weigh = |told: &mut _| likely::likely(said, &parties, &sightings, told);
            table.scales.with(weigh)
        };
        let unlikely: Vec<Found> = (found.iter())
            .filter(|found| self.is_unlikely(found, &likely))
            .cloned()
            .collect();
        if !unlikely.is_empty() {
            // What is unlikely overtakes nothing.
            let key = |found: &Found| (found.place, found.actor, found.at);
            let keys: BTreeSet<_> = unlikely.iter().map(key).collect();
            read.retain(|found| !keys.contains(&key(found)));
            (found, set_aside) = settle(read);
        }
        let more = self.likely_besides(&likely, (&found, &unlikely), &cues);
        found.extend(more);
        // What follows expects claims in the order of their sentences.
        found.sort_by_key(|found| found.sentence);
        set_aside.extend(unlikely.iter().map(|found| found.aside(UNLIKELY)));
        (found, set_aside)
    }

    /// What is likely beside what is `found` and `unlikely` of what rules read, the likeliest first.
    fn likely_besides(
        &self,
        likely: &[Likely],
        (found, unlikely): (&[Found], &[Found]),
        cues: &Cues,
    ) -> Vec<Found> {
        let table = &self.context.language.hints;
        let of = |found: &Found| (found.place, found.actor);
        let is_told = |found: &&Found| STATUSES.contains(&found.status);
        let told: BTreeSet<_> = found.iter().filter(is_told).map(of).collect();
        let otherwise: BTreeSet<_> = unlikely.iter().map(of).collect();
        let places = |is_meant: &dyn Fn(&Found) -> bool| {
            let meant = found.iter().filter(|found| is_meant(found));
            meant.filter_map(|found| found.place).collect()
        };
        // A place is not wholly held by two.
        let mut held: BTreeSet<PlaceId> = places(&|found| found.status == Status::Control);
        let fought: BTreeSet<PlaceId> =
            places(&|found| found.status == Status::Contested && found.actor.is_none());
        // "B withdrew from it" does not say that A has it.
        let left: BTreeSet<PlaceId> = places(&|found| found.status == Status::Lost);
        let mut likeliest: Vec<_> = likely.iter().map(|one| (one.best(), one)).collect();
        likeliest.sort_by(|((_, a), _), ((_, b), _)| b.total_cmp(a));
        let mut out = Vec::new();
        for ((status, chance), likely) in likeliest {
            if chance < table.claim {
                break;
            }
            let key = (Some(likely.place), Some(likely.party));
            let is_control = status == Status::Control;
            let is_doubtful =
                otherwise.contains(&key) || is_control && left.contains(&likely.place);
            if chance < table.against && is_doubtful
                || told.contains(&key)
                || self.is_taken(likely.place, status, &held)
                || is_control && fought.contains(&likely.place)
            {
                continue;
            }
            let claim = self.claimed(likely, (status, chance), cues);
            if is_control && claim.is_some() {
                held.insert(likely.place);
            }
            out.extend(claim);
        }
        out
    }

    /// Every hint of each party at each place, where rules have `read` and set `aside` these.
    pub(crate) fn hinted(&self, read: &[Found], aside: &[SetAside]) -> Vec<Hinted> {
        let table = &self.context.language.hints;
        let parties = self.around.all_parties();
        let sightings = self.sightings(table.all());
        let cues = Cues::of(self.context, &self.around, aside);
        let read = (read, aside);
        let read = Read::of(self.context, read, &sightings, &cues, parties.len());
        let mut out = Vec::new();
        for (place, sightings) in &sightings {
            for party in parties.iter().copied() {
                let mut hints = BTreeSet::new();
                let mut tell = |said: Said| {
                    table.tell(said, &mut |hint| {
                        hints.insert(hint);
                    });
                };
                let said = (&self.around, &read);
                likely::all_said(said, (*place, sightings), party, &mut tell);
                out.push(Hinted {
                    place: *place,
                    party: party.id,
                    hints,
                });
            }
        }
        out
    }

    /// Where the text speaks of places that may be somebody's, with the words of these classes.
    fn sightings(&self, watched: ClassSet) -> BTreeMap<PlaceId, Vec<Sighting>> {
        let can_be_held = |place| self.can_be_held(place);
        self.around.sightings(watched, &can_be_held)
    }

    /// Of these places that somebody `held` one is the place itself, or has it in it: what is said of a
    /// town is said of its quarters.
    fn is_taken(&self, place: PlaceId, status: Status, held: &BTreeSet<PlaceId>) -> bool {
        let mut wholes = self.context.extractor.gazetteer.ancestors(place);
        status == Status::Control && held.contains(&place)
            || wholes.any(|whole| held.contains(&whole))
    }

    /// A place may be somebody's. A capital may stand for its government.
    fn can_be_held(&self, place: PlaceId) -> bool {
        let gazetteer = &self.context.extractor.gazetteer;
        gazetteer.kind(place).can_be_held() && !gazetteer.is_seat(place)
    }

    /// What a rule reads is against all likelihood.
    fn is_unlikely(&self, found: &Found, likely: &[Likely]) -> bool {
        let status = STATUSES.iter().position(|status| *status == found.status);
        let (Some(place), Some(actor), Some(status)) = (found.place, found.actor, status) else {
            return false;
        };
        let key = |likely: &Likely| (likely.place, likely.party);
        let at = likely.binary_search_by_key(&(place, actor), key);
        // A share that is stated is told by its own words, whatever stands around.
        // Nor is "has not left it", where a rule reads the denial itself.
        let rules = &self.context.language.rules;
        let is_own = |rule: &Rule| rule.any_mood && rule.name == found.rule;
        let reads_denial = || rules.iter().any(is_own);
        found.share.is_none()
            && at.is_ok_and(|at| likely[at].chances[status] < self.context.language.hints.doubt)
            && !reads_denial()
    }

    /// The claim that something is so, by the words where the place is spoken of most clearly.
    fn claimed(
        &self,
        likely: &Likely,
        (status, chance): (Status, f64),
        cues: &Cues,
    ) -> Option<Found> {
        let context = self.context;
        let (sighting, at) = self.clearest(likely, cues)?;
        let phrase = &context.discourse.groups[sighting.group];
        let table = &context.language.hints;
        let told = cues.mood(sighting, at);
        let is_against = cues.is_to_come(sighting, at) || told.reason().is_some();
        if is_against && chance < table.against {
            return None;
        }
        let parties = &self.around.parties;
        let party = parties.naming(sighting.sentence, likely.party, phrase.first);
        let ends = [Some(at), party, Some(phrase.first), Some(phrase.last)];
        let ends = ends.into_iter().flatten();
        let (first, last) = (ends.clone().min()?, ends.max()?);
        let share = match (status, sighting.spoken.part) {
            (Status::Partial, Part::Share(share)) => share,
            _ => None,
        };
        let trust = chance * table.trust;
        let by = (NAME, trust, told);
        Some(Found {
            place: Some(likely.place),
            actor: Some(likely.party),
            status,
            share,
            span: context.items[first].span.to(context.items[last].span),
            confidence: trust * sighting.spoken.confidence,
            ..Found::told(context, (at, sighting.sentence), by)
        })
    }

    /// Where a place is spoken of most clearly of a party, and the item of the word that tells most of it
    /// there: where the sentence names the party and has a word of control, if it can be; the last such.
    fn clearest<'s>(&self, likely: &Likely<'s>, cues: &Cues) -> Option<(&'s Sighting, usize)> {
        let clear = |sighting: &&Sighting| {
            let names_it = (self.around.parties)
                .naming(sighting.sentence, likely.party, 0)
                .is_some();
            let cue = self.around.cue(sighting).is_some();
            (names_it && cue, cue, names_it, sighting.sentence)
        };
        // A front or the fields are not the place, nor are "the deserts of A and B" the second, nor is
        // what only says where another one lies. Of what a rule sets aside nothing is told.
        let is_around = |spoken: &Spoken| matches!(spoken.part, Part::Outside | Part::Axis);
        let is_place = |sighting: &&Sighting| {
            let list = &self.context.discourse.spoken[sighting.group];
            !is_around(&sighting.spoken)
                && !list.first().is_some_and(is_around)
                && !is_only_where(self.context, sighting.group)
                && !cues.is_set_aside(sighting)
                && !self.is_bare_label(sighting)
        };
        let sightings = likely.sightings.iter().filter(is_place);
        let sighting = sightings.max_by_key(clear)?;
        let phrase = &self.context.discourse.groups[sighting.group];
        let cue = self.around.cue(sighting);
        Some((sighting, cue.map_or(phrase.first, |(item, _)| item)))
    }

    /// "CITY: a bomb went off": the head of a line behind which nothing is said of control.
    fn is_bare_label(&self, sighting: &Sighting) -> bool {
        let phrase = &self.context.discourse.groups[sighting.group];
        let is_of_control = |(_, is_control): (usize, bool)| is_control;
        is_label(self.context.items, phrase.first, phrase.last)
            && !self.around.cue(sighting).is_some_and(is_of_control)
    }
}
