//! What the words around a place say together, where no rule reads them: who holds it, how likely.
//!
//! Each word of control near a place, with where it stands and how a party stands to it, is a hint.
//! Hints have weights for each status (`data/rules/LANG.hints.tsv`), fitted to marked-up reports as
//! a multinomial logistic regression; a hint counts once for a place and party, however often the
//! text gives it. What is likely enough becomes a claim; what a rule reads against all likelihood is
//! set aside.

mod around;
mod by_rules;
mod hint;
mod landmark;
mod likely;
mod parties;
mod table;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use around::{Around, Sighting};
use by_rules::ByRules;
use landmark::is_only_where;
use likely::Likely;
pub(crate) use table::Hints;
use table::STATUSES;

use super::SetAside;
use super::annotate::Item;
use super::claim::{Context, Found};
use super::discourse::Spoken;
use super::mood::mood;
use super::part::Part;
use super::rule::Rule;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;
use crate::lexicon::{ClassSet, Features};

/// The name under which such claims stand, in place of a rule's.
pub(crate) const NAME: &str = "hints";

/// Why a claim of a rule is set aside.
const UNLIKELY: &str = "the words around say otherwise";

/// A place and a party of a text, and what the words around the place say of the party.
#[derive(Debug, Clone, PartialEq)]
pub struct Hinted {
    /// The place.
    pub place: PlaceId,
    /// The party.
    pub party: ActorId,
    /// The names of the hints, as in the table of weights.
    pub hints: BTreeSet<String>,
}

/// Weighs the words around each place of a text.
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
    /// and what is set aside. Of places that are in `aside` already hints say nothing.
    pub(crate) fn judge(
        &self,
        mut read: Vec<Found>,
        aside: &[SetAside],
        settle: impl Fn(Vec<Found>) -> (Vec<Found>, Vec<SetAside>),
    ) -> (Vec<Found>, Vec<SetAside>) {
        let table = &self.context.language.hints;
        let sightings = self.sightings(table.watched);
        let weigh = |told: &mut _| likely::likely(&self.around, &sightings, told);
        let likely = table.scales.with(weigh);
        let (mut found, mut set_aside) = settle(read.clone());
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
        let known = ByRules::of(self.context, &found, aside);
        let mut likeliest: Vec<_> = likely.iter().map(|one| (one.best(), one)).collect();
        likeliest.sort_by(|((_, a), _), ((_, b), _)| b.total_cmp(a));
        // A place is not wholly held by two.
        let mut held = BTreeSet::new();
        for ((status, chance), likely) in likeliest {
            let is_told = known.told.contains(&likely.place);
            let least = if is_told { table.more } else { table.claim };
            let is_taken = status == Status::Control && held.contains(&likely.place);
            if chance < least || is_taken || known.is_closed(likely, status) {
                continue;
            }
            let cue = self.free_cue(likely.sighting, &known);
            let claim = cue.and_then(|at| self.claimed(likely, (status, chance), at));
            if claim.is_some() && status == Status::Control {
                held.insert(likely.place);
            }
            found.extend(claim);
        }
        // What follows expects claims in the order of their sentences.
        found.sort_by_key(|found| found.sentence);
        set_aside.extend(unlikely.iter().map(|found| found.aside(UNLIKELY)));
        (found, set_aside)
    }

    /// Every hint of each party at each place, for fitting weights to.
    pub(crate) fn hinted(&self) -> Vec<Hinted> {
        let table = &self.context.language.hints;
        let parties = self.around.all_parties();
        let mut out = Vec::new();
        for (place, sightings) in self.sightings(table.all()) {
            for party in parties.iter().copied() {
                let mut hints = BTreeSet::new();
                for sighting in &sightings {
                    self.around.hints(sighting, party, &mut |said| {
                        table.tell(said, &mut |hint| {
                            hints.insert(table.name(hint));
                        });
                    });
                }
                out.push(Hinted {
                    place,
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

    /// The item of the word that tells of a sighting, unless a rule has used it: it sets it aside, or
    /// reads it of another place of which the phrase says where it lies.
    fn free_cue(&self, sighting: &Sighting, known: &ByRules) -> Option<usize> {
        // A front or the fields are not the place, nor are "the deserts of A and B" the second.
        let is_around = |spoken: &Spoken| matches!(spoken.part, Part::Outside | Part::Axis);
        let list = &self.context.discourse.spoken[sighting.group];
        if is_around(&sighting.spoken) || list.first().is_some_and(is_around) {
            return None;
        }
        if is_only_where(self.context, sighting.group) {
            return None;
        }
        let item = self.around.cue(sighting)?;
        let phrase = &self.context.discourse.groups[sighting.group];
        // "They took A and B is next": what is told of A.
        let is_told_apart = phrase.first > 0 && self.context.is_of_another(phrase.first - 1);
        if is_told_apart && !sighting.words.clause.contains(&item) {
            return None;
        }
        // "South of A": perhaps its south, here where another place lies.
        let first = &self.context.items[phrase.first];
        let compass = self.context.language.words.roles.compass;
        let is_whereabouts = phrase.is_adjunct || first.classes.meets(compass);
        let is_spent = known.is_spent(self.context.items[item].span.start)
            || is_whereabouts && self.around.used(sighting, item).next().is_some();
        (!is_spent).then_some(item)
    }

    /// The claim that something is so by the word at an item, where the words around it do not make
    /// it doubtful.
    fn claimed(
        &self,
        likely: &Likely,
        (status, chance): (Status, f64),
        at: usize,
    ) -> Option<Found> {
        let context = self.context;
        let sighting = likely.sighting;
        let phrase = &context.discourse.groups[sighting.group];
        let table = &context.language.hints;
        let words = &context.language.words;
        let own = &sighting.words.clause;
        let clause = own.start.min(at)..own.end.max(at + 1);
        let told = mood(context.items, at, clause, words);
        // "PLACE will follow them".
        let next = context.items.get(phrase.last + 1);
        let is_to_come = context.items[at].features.any(Features::FUTURE)
            || next.is_some_and(|next| next.features.any(Features::FUTURE));
        if is_to_come || told.reason().is_some() && chance < table.more {
            return None;
        }
        let parties = &self.around.parties;
        // "A said that 60 percent of PLACE had been freed": nothing is told of a party of which the
        // sentence does not speak.
        let range = context.discourse.sentences[sighting.sentence].clone();
        let mut told_of = context.items[range].iter();
        let speaks_of_it = |item: &Item| item.classes.meets(words.subjects.and(words.roles.its));
        if words.is_analytic
            && status == Status::Partial
            && parties.names_only_others(sighting.sentence, likely.party)
            && !told_of.any(speaks_of_it)
        {
            return None;
        }
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
}
