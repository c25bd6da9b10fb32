//! What the words around a place say together, where no rule reads them: who holds it, how likely.
//!
//! Each word of control near a place, with where it stands and how a party stands to it, is a hint.
//! Hints have weights for each status (`data/rules/LANG.hints.tsv`), fitted to marked-up reports as
//! a multinomial logistic regression; a hint counts once for a place and party, however often the
//! text gives it. What is likely enough becomes a claim; what a rule reads against all likelihood is
//! set aside.

mod around;
mod hint;
mod parties;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use around::{Around, Party, Said, Sighting};
use hint::{Hint, Rival};
pub(crate) use table::Hints;
use table::{Chances, STATUSES, Told, Weights};

use super::SetAside;
use super::annotate::ItemKind;
use super::claim::{Context, Found};
use super::consequence::UNNAMED;
use super::discourse::Spoken;
use super::mood::mood;
use super::part::Part;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::lexicon::{ClassSet, Features};

/// The name under which such claims stand, in place of a rule's.
pub(crate) const NAME: &str = "hints";

/// Why a claim of a rule is set aside.
const UNLIKELY: &str = "the words around say otherwise";

/// Items from "villages" to the place that they lie near.
const LANDMARK: usize = 5;

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

/// What the hints of a text say of a party at a place.
struct Likely<'s> {
    place: PlaceId,
    party: ActorId,
    chances: Chances,
    /// Where the place is spoken of, the clearest last.
    sighting: &'s Sighting,
}

impl Likely<'_> {
    /// The likeliest status.
    fn best(&self) -> (Status, f64) {
        let mut best = (STATUSES[0], self.chances[0]);
        for (status, chance) in STATUSES.into_iter().zip(self.chances) {
            if chance > best.1 {
                best = (status, chance);
            }
        }
        best
    }
}

/// What rules read and set aside.
struct Known {
    /// Places of which something was read.
    told: BTreeSet<PlaceId>,
    /// Those that somebody holds.
    held: BTreeSet<PlaceId>,
    /// Towns of which somebody holds a quarter.
    partly: BTreeSet<PlaceId>,
    /// Those that are fought over, whoever fights.
    fought: BTreeSet<PlaceId>,
    pairs: BTreeSet<(PlaceId, ActorId)>,
    /// Places of which something was set aside, with the first byte of the words.
    aside: BTreeSet<(PlaceId, usize)>,
    /// Words set aside without a place: first and last byte.
    spent: BTreeMap<usize, usize>,
}

impl Known {
    fn of(found: &[Found], aside: &[SetAside], gazetteer: &Gazetteer) -> Self {
        let places = |is_meant: &dyn Fn(&Found) -> bool| {
            let meant = found.iter().filter(|found| is_meant(found));
            meant.filter_map(|found| found.place).collect()
        };
        // A deed without a doer may still be somebody's.
        let meant = || aside.iter().filter(|aside| aside.reason != UNNAMED);
        Self {
            told: places(&|found| found.status != Status::Presence),
            held: places(&|found| found.status == Status::Control),
            partly: found
                .iter()
                .filter(|found| found.status == Status::Control)
                .filter_map(|found| found.place)
                .filter(|place| gazetteer.kind(*place) == Kind::Neighbourhood)
                .flat_map(|quarter| gazetteer.ancestors(quarter))
                .filter(|whole| gazetteer.kind(*whole).is_settlement())
                .collect(),
            fought: places(&|found| found.status == Status::Contested && found.actor.is_none()),
            pairs: found
                .iter()
                .filter_map(|found| Some((found.place?, found.actor?)))
                .collect(),
            aside: meant()
                .filter_map(|aside| Some((aside.place?, aside.span.start)))
                .collect(),
            spent: meant()
                .filter(|aside| aside.place.is_none())
                .map(|aside| (aside.span.start, aside.span.end))
                .collect(),
        }
    }
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
        let likely = self.likely(&sightings);
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
        let known = Known::of(&found, aside, &self.context.extractor.gazetteer);
        let mut likeliest: Vec<_> = likely.iter().map(|one| (one.best(), one)).collect();
        likeliest.sort_by(|((_, a), _), ((_, b), _)| b.total_cmp(a));
        // A place is not wholly held by two.
        let mut held = BTreeSet::new();
        for ((status, chance), likely) in likeliest {
            let is_told = known.told.contains(&likely.place);
            let least = if is_told { table.more } else { table.claim };
            let is_taken = status == Status::Control && held.contains(&likely.place);
            if chance < least || is_taken || self.is_closed(likely, status, &known) {
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
        let unlikely = unlikely.into_iter().map(|found| SetAside {
            rule: found.rule,
            reason: UNLIKELY.to_owned(),
            place: found.place,
            actor: found.actor,
            span: found.span,
        });
        set_aside.extend(unlikely);
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

    /// What the hints say of each party at each place.
    fn likely<'s>(&self, sightings: &'s BTreeMap<PlaceId, Vec<Sighting>>) -> Vec<Likely<'s>> {
        let weighed = |told: &mut _| self.weighed(sightings, told);
        self.context.language.hints.scales.with(weighed)
    }

    fn weighed<'s>(
        &self,
        sightings: &'s BTreeMap<PlaceId, Vec<Sighting>>,
        told: &mut Told,
    ) -> Vec<Likely<'s>> {
        let table = &self.context.language.hints;
        let mut scale = Scale { table, told };
        let parties = self.around.all_parties();
        let mut out: Vec<Likely> = Vec::new();
        for (place, sightings) in sightings {
            let first = out.len();
            let mut all: Vec<Sums> = Vec::with_capacity(parties.len());
            for party in parties.iter().copied() {
                let (sums, sighting) = scale.weighed(&self.around, sightings, party);
                out.push(Likely {
                    place: *place,
                    party: party.id,
                    chances: chances(sums),
                    sighting,
                });
                all.push(sums);
            }
            self.weigh_rivals(&mut out[first..], &all);
        }
        out
    }

    /// Weighs what is likely of each party at a place against what is of the others.
    fn weigh_rivals(&self, parties: &mut [Likely], sums: &[Sums]) {
        let table = &self.context.language.hints;
        let alone: Vec<Chances> = parties.iter().map(|likely| likely.chances).collect();
        for (at, likely) in parties.iter_mut().enumerate() {
            let mut sums = sums[at];
            let mut add = |rival: Rival, chance: f64| {
                let weights = table.weights(usize::from(table.row(Hint::Rival(rival))));
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight * chance;
                }
            };
            add(Rival::Any, 1.0);
            for (status, rival) in [Rival::Control, Rival::Partial, Rival::Lost]
                .into_iter()
                .enumerate()
            {
                let others = alone.iter().enumerate().filter(|(other, _)| *other != at);
                add(
                    rival,
                    others
                        .map(|(_, chances)| chances[status])
                        .fold(0.0, f64::max),
                );
            }
            likely.chances = chances(sums);
        }
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
        let is_own = |rule: &super::rule::Rule| rule.any_mood && rule.name == found.rule;
        let reads_denial = || rules.iter().any(is_own);
        found.share.is_none()
            && at.is_ok_and(|at| likely[at].chances[status] < self.context.language.hints.doubt)
            && !reads_denial()
    }

    /// Something that the sentence says of the place was set aside.
    fn is_set_aside(&self, likely: &Likely, known: &Known) -> bool {
        let sentences = &self.context.discourse.sentences;
        let range = sentences.get(likely.sighting.sentence);
        let Some(range) = range.filter(|range| !range.is_empty()) else {
            return false;
        };
        let items = &self.context.items[range.clone()];
        let span = items[0].span.to(items[items.len() - 1].span);
        let of_place = (likely.place, span.start)..(likely.place, span.end);
        known.aside.range(of_place).next().is_some()
    }

    /// "Took the quarter of A in TOWN": a quarter of it is held, and the town only says where.
    fn is_in_part(&self, place: PlaceId, known: &Known) -> bool {
        !self.context.language.words.has_capitals && known.partly.contains(&place)
    }

    /// Rules have said what there is to say of a party at a place.
    fn is_closed(&self, likely: &Likely, status: Status, known: &Known) -> bool {
        let place = likely.place;
        let mut wholes = self.context.extractor.gazetteer.ancestors(place);
        known.pairs.contains(&(place, likely.party))
            || self.is_set_aside(likely, known)
            || status != Status::Lost && known.held.contains(&place)
            || status == Status::Control
                && (known.fought.contains(&place) || self.is_in_part(place, known))
            // What is said of a town is said of its quarters.
            || wholes.any(|whole| known.held.contains(&whole))
    }

    /// The item of the word that tells of a sighting, unless a rule has used it: it sets it aside, or
    /// reads it of another place of which the phrase says where it lies.
    fn free_cue(&self, sighting: &Sighting, known: &Known) -> Option<usize> {
        // A front or the fields are not the place, nor are "the deserts of A and B" the second.
        let is_around = |spoken: &Spoken| matches!(spoken.part, Part::Outside | Part::Axis);
        let list = &self.context.discourse.spoken[sighting.group];
        if is_around(&sighting.spoken) || list.first().is_some_and(is_around) {
            return None;
        }
        if self.is_landmark(sighting.group) || self.is_headed_for(sighting.group) {
            return None;
        }
        let item = self.around.cue(sighting)?;
        let start = self.context.items[item].span.start;
        let before = known.spent.range(..=start).next_back();
        let phrase = &self.context.discourse.groups[sighting.group];
        // "South of A": perhaps its south, here where another place lies.
        let first = &self.context.items[phrase.first];
        let compass = self.context.language.words.roles.compass;
        let is_whereabouts = phrase.is_adjunct || first.classes.meets(compass);
        let is_spent = before.is_some_and(|(_, end)| start < *end)
            || is_whereabouts && self.around.used(sighting, item).next().is_some();
        (!is_spent).then_some(item)
    }

    /// "Withdrew towards A": nothing is said of who holds what somebody only moves towards.
    fn is_headed_for(&self, group: usize) -> bool {
        let words = &self.context.language.words;
        let phrase = &self.context.discourse.groups[group];
        let named = phrase
            .members
            .first()
            .map_or(phrase.first, |member| member.item);
        (phrase.first.saturating_sub(1)..named).any(|at| {
            let classes = self.context.items[at].classes;
            classes.meets(words.direction) && !classes.meets(words.arrival)
        })
    }

    /// "A hill near A", "two villages south of A": ground without a name, and where it lies.
    fn is_landmark(&self, group: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let first = self.context.discourse.groups[group].first;
        let is_location = |at: &usize| items[*at].classes.meets(words.location);
        let near = [Some(first), first.checked_sub(1)];
        let location = near.into_iter().flatten().find(is_location);
        let noun = location
            .and_then(|at| at.checked_sub(1))
            .map(|at| &items[at]);
        words.has_capitals
            && noun.is_some_and(|noun| {
                matches!(noun.kind, ItemKind::Word) && !noun.classes.meets(words.verbs)
            })
            || !words.has_capitals && self.lies_behind_noun(first)
    }

    /// "Villages east of A", "two new villages around A", where the preposition leads back to a noun
    /// without its article; "PLACE, which lies north of A".
    fn lies_behind_noun(&self, first: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is = |at: usize, set| items[at].classes.meets(set);
        let is_where = |at: usize| is(at, words.lies) || is(at, words.roles.outside);
        let is_plain = |at: usize| {
            let item = &items[at];
            let forms = Features::THE.and(Features::AND);
            matches!(item.kind, ItemKind::Word)
                && item.classes.is_empty()
                && !item.features.any(forms)
        };
        let floor = first.saturating_sub(LANDMARK);
        let mut before = (floor..first).rev().skip_while(|at| is_where(*at));
        let noun = before.find(|at| !is_plain(*at));
        let Some(noun) = noun else {
            return false;
        };
        let mut between = noun + 1..first + 1;
        if items[noun].is_place() {
            let is_beside = |at: usize| is(at, words.location) || is(at, words.roles.outside);
            let joins = |at: usize| items[at].features.any(Features::AND);
            return !between.clone().any(joins) && between.any(is_beside);
        }
        let is_bare = !items[noun].features.any(Features::THE) && !is_where(noun);
        // "A pocket around A" is ground that somebody has there.
        let is_ground = is(noun, words.area_word) || is(noun, words.zone);
        is_bare && is(noun, words.roles.head) && !is_ground && between.any(is_where)
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

/// Sums of the weights of hints.
type Sums = Weights;

/// Adds up the weights of what is said of a party at a place.
struct Scale<'a> {
    table: &'a Hints,
    told: &'a mut Told,
}

impl Scale<'_> {
    /// The sums of what is said of a party at all sightings of a place, of which there is one, and the
    /// one that says most.
    fn weighed<'s>(
        &mut self,
        around: &Around,
        sightings: &'s [Sighting],
        party: Party,
    ) -> (Sums, &'s Sighting) {
        self.told.begin(self.table.len());
        let mut sums = Sums::default();
        let mut clearest = (f64::MIN, &sightings[0]);
        for sighting in sightings {
            // A sighting that stands alone need not be weighed against others.
            let mut own = (sightings.len() > 1).then(Sums::default);
            self.weigh(around, (sighting, party), &mut sums, own.as_mut());
            let own = own.into_iter().flatten().take(STATUSES.len());
            let own = own.fold(f64::MIN, f64::max);
            if own > clearest.0 {
                clearest = (own, sighting);
            }
        }
        (sums, clearest.1)
    }

    /// Adds what is said at a sighting and has not been told before to the sums, and all that is said
    /// there to its own.
    fn weigh(
        &mut self,
        around: &Around,
        (sighting, party): (&Sighting, Party),
        sums: &mut Sums,
        mut own: Option<&mut Sums>,
    ) {
        let mut add = |row: u16| {
            let row = usize::from(row);
            let weights = self.table.weights(row);
            let new = self.told.is_new(row).then_some(&mut *sums);
            for sums in own.as_deref_mut().into_iter().chain(new) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight;
                }
            }
        };
        around.hints(sighting, party, &mut |said| match said {
            Said::Hint(hint) => {
                let row = self.table.row(hint);
                if row != 0 {
                    add(row);
                }
            }
            Said::Word(word, seen) => {
                for row in self.table.rows_of(word, seen) {
                    add(*row);
                }
            }
        });
    }
}

/// Softmax of the sums of weights, with nothing said as the case of no weight.
fn chances(sums: Sums) -> Chances {
    let sums: Chances = std::array::from_fn(|status| sums[status]);
    let most = sums.into_iter().fold(0.0, f64::max);
    let parts = sums.map(|sum| (sum - most).exp());
    let all: f64 = parts.iter().sum::<f64>() + (-most).exp();
    parts.map(|part| part / all)
}
