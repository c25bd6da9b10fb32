//! Rules and moods to claims: who, where, what, in which words.

use std::ops::Range;

use jiff::civil::Date;

use super::annotate::{Item, ItemKind};
use super::discourse::{Discourse, Named, Spoken, is_wide};
use super::group::{Back, Part};
use super::measure::{Measure, measures};
use super::mood::{Mood, mood};
use super::pattern::{Match, Scene};
use super::rule::{Consequence, Role, Rule};
use super::{Extractor, Language, SetAside};
use crate::actor::ActorId;
use crate::claim::{Certainty, DateBasis, Status};
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::{ClassSet, Features};
use crate::report::Report;
use crate::text::{Span, Text};

/// All that a report's claims are read from.
pub(crate) struct Context<'a> {
    pub report: &'a Report,
    pub text: &'a Text,
    pub items: &'a [Item],
    pub discourse: &'a Discourse,
    pub language: &'a Language,
    pub extractor: &'a Extractor,
    pub published: Option<(Date, DateBasis)>,
}

/// A claim before the text as a whole has been heard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub place: Option<PlaceId>,
    pub actor: Option<ActorId>,
    pub status: Status,
    pub share: Option<f64>,
    pub area_km2: Option<f64>,
    pub certainty: Certainty,
    pub is_exclusive: bool,
    /// Told as what had happened before the story.
    pub is_earlier: bool,
    /// A loss only if the text says who holds the place now.
    pub is_former: bool,
    pub rule: String,
    pub span: Span,
    /// Position of the trigger among the items, for the order of the story.
    pub at: usize,
    pub sentence: usize,
    pub confidence: f64,
    /// How sure the rule is, whatever the place.
    pub trust: f64,
    /// Whose voice tells it.
    pub voice: Option<ActorId>,
}

/// Items before a size of ground within which somebody named is there.
const COMPANY: usize = 5;

/// What is carried from clause to clause.
#[derive(Debug, Default, Clone, Copy)]
struct Carried {
    subject: Option<Named>,
    holder: Option<ActorId>,
}

/// Claims and what was set aside, in order of the text.
pub(crate) fn claims(context: &Context) -> (Vec<Found>, Vec<SetAside>) {
    let words = &context.language.words;
    let measures = measures(context.items, words);
    let scene = Scene {
        items: context.items,
        discourse: context.discourse,
        measures: &measures,
        walls: words.walls,
        clause: words.clause,
        edge: words.edge,
        people: words.relief,
        prepositions: words.within,
    };
    let mut collector = Collector {
        context,
        scene: &scene,
        found: Vec::new(),
        set_aside: Vec::new(),
        carried: Carried::default(),
        spent: Vec::new(),
        used: Vec::new(),
    };
    let end = body_end(context);
    for (index, sentence) in context.discourse.sentences.iter().enumerate() {
        if sentence.start >= end {
            break;
        }
        collector.sentence(index, sentence.clone());
    }
    (collector.found, collector.set_aside)
}

/// The item at which related links and other furniture begin.
fn body_end(context: &Context) -> usize {
    let furniture = context.language.words.furniture;
    let starts_line = |at: usize| at == 0 || matches!(context.items[at - 1].kind, ItemKind::Break);
    (0..context.items.len())
        .find(|at| context.items[*at].classes.meets(furniture) && starts_line(*at))
        .unwrap_or(context.items.len())
}

struct Collector<'a> {
    context: &'a Context<'a>,
    scene: &'a Scene<'a>,
    found: Vec<Found>,
    set_aside: Vec<SetAside>,
    carried: Carried,
    /// Actors that a rule names beside its subject: they do not act in what follows.
    spent: Vec<usize>,
    /// Trigger and group pairs of this sentence that a rule has used.
    used: Vec<(usize, usize)>,
}

/// In place of a group: the trigger is spent whatever places stand around it.
const WHOLE_TRIGGER: usize = usize::MAX;

impl Collector<'_> {
    fn sentence(&mut self, index: usize, range: Range<usize>) {
        self.used.clear();
        self.spent.clear();
        for at in range.clone() {
            self.remember_subject(at);
            for rule in &self.context.language.rules {
                self.apply(rule, at, &range, index);
            }
        }
    }

    fn apply(&mut self, rule: &Rule, at: usize, range: &Range<usize>, sentence: usize) {
        for pattern in &rule.patterns {
            let Some(matched) = self.scene.matches(pattern, at, range.end) else {
                continue;
            };
            let is_used = |group: usize| self.used.contains(&(matched.trigger, group));
            if is_used(WHOLE_TRIGGER) || matched.groups.iter().any(|group| is_used(*group)) {
                continue;
            }
            self.used
                .extend(matched.groups.iter().map(|group| (matched.trigger, *group)));
            if matched.groups.is_empty() && rule.set_aside.is_some() {
                self.used.push((matched.trigger, WHOLE_TRIGGER));
            }
            self.judge(rule, &matched, range, sentence);
            return;
        }
    }

    /// Asks the mood of a match, then says what it gives or sets it aside.
    fn judge(&mut self, rule: &Rule, matched: &Match, range: &Range<usize>, sentence: usize) {
        let clause = self.clause(matched, range);
        let found_mood = if rule.any_mood {
            Mood::Asserted
        } else {
            mood(
                self.context.items,
                matched.trigger,
                clause.clone(),
                &self.context.language.words,
            )
        };
        let reason = rule.set_aside.as_deref().or(found_mood.reason());
        if let Some(reason) = reason {
            self.put_aside(rule, matched, reason);
            if found_mood == Mood::Past {
                self.give_past(rule, matched, &clause, sentence);
            }
            return;
        }
        if rule.gives.iter().any(|gives| gives.role == Role::Subject) {
            self.spent.extend(&matched.actors);
        }
        for consequence in &rule.gives {
            let actor = self.party(consequence.role, matched, &clause, rule);
            let base = self.base(rule, matched, found_mood, sentence);
            self.give(rule, matched, consequence, Found { actor, ..base });
        }
    }

    /// Who held a place before lost it, if the text also says who holds it now.
    fn give_past(&mut self, rule: &Rule, matched: &Match, clause: &Range<usize>, sentence: usize) {
        let before = self.found.len();
        for consequence in &rule.gives {
            if consequence.status == Some(Status::Control) {
                let actor = self.party(consequence.role, matched, clause, rule);
                let base = self.base(rule, matched, Mood::Asserted, sentence);
                self.give(rule, matched, consequence, Found { actor, ..base });
            }
        }
        for found in &mut self.found[before..] {
            found.status = Status::Lost;
            found.is_former = true;
            found.is_earlier = true;
        }
    }

    /// The clause around a match: from the last clause word before its trigger to the next behind.
    fn clause(&self, matched: &Match, range: &Range<usize>) -> Range<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let begins = |at: &usize| {
            items[*at].classes.meets(words.clause)
                || items[*at].is_mark(&[':', '؛', ';'])
                || (items[*at].classes.meets(words.report)
                    && items[*at].features.any(Features::AND)
                    && !items[*at].classes.meets(words.governors.deny)
                    && !items[*at].classes.meets(words.governors.hedge))
        };
        let start = (range.start..matched.trigger)
            .rev()
            .find(begins)
            .map_or(range.start, |at| at);
        let denied = words.governors.deny;
        let is_heading = items[start].is_mark(&[':'])
            && items[range.start..start]
                .iter()
                .any(|item| item.classes.meets(denied));
        let start = if is_heading { range.start } else { start };
        let end = (matched.last + 1..range.end)
            .find(begins)
            .unwrap_or(range.end);
        start..end
    }

    fn put_aside(&mut self, rule: &Rule, matched: &Match, reason: &str) {
        let span = self.span(matched);
        let places: Vec<Option<PlaceId>> = matched
            .groups
            .iter()
            .flat_map(|group| &self.context.discourse.spoken[*group])
            .map(|spoken| Some(spoken.place))
            .collect();
        let places = if places.is_empty() {
            vec![None]
        } else {
            places
        };
        for place in places {
            self.set_aside.push(SetAside {
                rule: rule.name.clone(),
                reason: reason.to_owned(),
                place,
                actor: None,
                span,
            });
        }
    }

    fn span(&self, matched: &Match) -> Span {
        let items = self.context.items;
        items[matched.first]
            .span
            .to(items[matched.last.max(matched.first)].span)
    }

    fn give(&mut self, rule: &Rule, matched: &Match, consequence: &Consequence, base: Found) {
        if consequence.role != Role::Nobody && base.actor.is_none() {
            return self.put_aside(rule, matched, "the party is not said");
        }
        match consequence.status {
            None => self.give_area(&base, matched),
            Some(status) => self.give_places(&base, matched, (status, rule)),
        }
        let is_area = consequence.status.is_none();
        let is_hold = matches!(consequence.status, Some(Status::Control | Status::Partial));
        if is_area || rule.is_exclusive && is_hold {
            self.carried.holder = base.actor.or(self.carried.holder);
        }
    }

    /// What every claim of a match has in common.
    fn base(&self, rule: &Rule, matched: &Match, found_mood: Mood, sentence: usize) -> Found {
        Found {
            place: None,
            actor: None,
            status: Status::Partial,
            share: None,
            area_km2: None,
            certainty: if found_mood == Mood::Hedged {
                Certainty::Hedged
            } else {
                Certainty::Stated
            },
            is_exclusive: rule.is_exclusive,
            is_earlier: self.is_earlier(matched),
            is_former: false,
            rule: rule.name.clone(),
            span: self.span(matched),
            at: matched.trigger,
            sentence,
            confidence: rule.trust,
            trust: rule.trust,
            voice: self.context.discourse.speaker(matched.trigger),
        }
    }

    fn give_area(&mut self, base: &Found, matched: &Match) {
        let Some(measure) = matched
            .measures
            .first()
            .map(|index| self.scene.measures[*index])
        else {
            return;
        };
        if self.is_area_held(&measure, matched) {
            self.found.push(Found {
                area_km2: Some(measure.value),
                status: Status::Control,
                ..base.clone()
            });
        }
    }

    /// An area that is left behind ("from 4 to 2"), or of an operation, is not held.
    fn is_area_held(&self, measure: &Measure, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let near = measure.first.saturating_sub(8)..(measure.last + 3).min(items.len());
        let before = measure.first.checked_sub(1).map(|at| &items[at]);
        let is_left_behind = before.is_some_and(|item| {
            item.classes.meets(words.from) && !item.classes.meets(words.area_word)
        });
        let is_operation = items[matched
            .first
            .saturating_sub(12)
            .max(near.start.saturating_sub(4))..near.end]
            .iter()
            .any(|item| item.classes.meets(words.operation));
        let has_area_word = items[measure.first.saturating_sub(12)..measure.first]
            .iter()
            .any(|item| item.classes.meets(words.area_word));
        !is_left_behind && !is_operation && (measure.is_square || has_area_word)
    }

    fn give_places(&mut self, base: &Found, matched: &Match, (status, rule): (Status, &Rule)) {
        let measure = matched
            .measures
            .first()
            .map(|index| self.scene.measures[*index]);
        let asks_holder = rule.gives.iter().any(|gives| gives.role == Role::Holder);
        if measure.is_some_and(|measure| asks_holder && !self.is_area_held(&measure, matched)) {
            return;
        }
        for group in &matched.groups {
            let spoken = &self.context.discourse.spoken[*group];
            let is_list = self.context.discourse.groups[*group].back == Some(Back::List);
            let skip = if rule.of_last && !is_list {
                spoken.len().saturating_sub(1)
            } else {
                0
            };
            for spoken in &spoken[skip..] {
                let mut spoken = *spoken;
                if rule.is_whole {
                    spoken.part = Part::Whole;
                }
                let kind = self.context.extractor.gazetteer.place(spoken.place).kind;
                if is_wide(kind) {
                    continue;
                }
                let (status, share) = apply_part(status, &spoken, kind);
                self.found.push(Found {
                    place: Some(spoken.place),
                    status,
                    share,
                    confidence: base.confidence * spoken.confidence,
                    ..base.clone()
                });
            }
        }
    }

    /// Told in the pluperfect: "had taken".
    fn is_earlier(&self, matched: &Match) -> bool {
        let was = self.context.language.words.governors.was;
        (matched.trigger.saturating_sub(5)..matched.trigger)
            .any(|at| self.context.items[at].classes.meets(was))
            && self.context.items[matched.trigger]
                .features
                .any(Features::PAST)
            || self.is_after(matched.trigger)
    }

    /// "After its fall to B", "after B had left it": earlier than what the sentence tells.
    fn is_after(&self, trigger: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_noun = items[trigger].features.any(Features::NOUN);
        (trigger.saturating_sub(4)..trigger)
            .rev()
            .take_while(|at| !matches!(items[*at].kind, ItemKind::Mark(_) | ItemKind::Break))
            .any(|at| {
                items[at].classes.meets(words.after_that)
                    || is_noun && items[at].classes.meets(words.after)
            })
    }

    fn party(
        &self,
        role: Role,
        matched: &Match,
        clause: &Range<usize>,
        rule: &Rule,
    ) -> Option<ActorId> {
        match role {
            Role::Nobody => None,
            Role::Actor(index) => matched
                .actors
                .get(index)
                .and_then(|at| self.context.discourse.actor(*at))
                .map(|named| named.actor),
            Role::Subject => self
                .subject(matched, clause, rule.is_explicit)
                .map(|named| named.actor),
            Role::Holder => self.holder(matched, clause),
            Role::Rival => self.rival(matched, clause),
        }
    }

    /// The enemy of the subject that was named last.
    fn rival(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let subject = self.subject(matched, clause, false)?.actor;
        let floor = matched.trigger.saturating_sub(FAR_BACK);
        let actors: Vec<Named> = self.actors(floor..matched.trigger).collect();
        actors
            .iter()
            .rev()
            .map(|named| named.actor)
            .find(|actor| self.context.extractor.actors.are_opposed(*actor, subject))
    }

    /// Who does what the trigger says.
    fn subject(&self, matched: &Match, clause: &Range<usize>, is_explicit: bool) -> Option<Named> {
        let trigger = &self.context.items[matched.trigger];
        if trigger.features.any(Features::WE.and(Features::US)) {
            return self.speaker(matched.trigger);
        }
        let object = matched.groups.first().map_or(matched.last, |group| {
            self.context.discourse.groups[*group].first
        });
        if let Some(named) = self.behind_pronoun(matched) {
            return Some(named);
        }
        let behind = self
            .actors_beside(
                matched.trigger + 1..object.max(matched.trigger + 1),
                &matched.actors,
            )
            .next();
        let owner = trigger.features.any(Features::NOUN)
            && trigger
                .features
                .any(Features::HER.and(Features::HIM).and(Features::THEM));
        if !owner && behind.is_some() {
            return behind;
        }
        let governor = self.governor(matched.trigger, clause);
        if let Some(at) = governor
            && self.context.items[at].features.any(Features::WE)
        {
            return self.speaker(matched.trigger);
        }
        let gender = self.gender(matched.trigger, governor);
        let between = governor.and_then(|at| self.actors(at + 1..matched.trigger).next());
        let left = || self.nearest_left(governor.unwrap_or(matched.trigger), clause.start, gender);
        let carried = || {
            self.carried
                .subject
                .filter(|named| agrees(*named, gender))
                .or_else(|| {
                    self.nearest_left(clause.start, clause.start.saturating_sub(FAR_BACK), gender)
                })
                .or(self.carried.subject)
        };
        if is_explicit {
            let floor = self.sentence_of(matched.trigger).start;
            return between
                .or_else(left)
                .or(behind)
                .or_else(|| self.nearest_left(clause.start, floor, gender))
                .or_else(|| self.named_behind(matched));
        }
        between
            .or_else(left)
            .or_else(carried)
            .or(behind)
            .or_else(|| self.named_behind(matched))
            .or_else(|| self.speaker(matched.trigger))
    }

    fn sentence_of(&self, at: usize) -> Range<usize> {
        let sentences = &self.context.discourse.sentences;
        let index = sentences.partition_point(|range| range.end <= at);
        sentences.get(index).cloned().unwrap_or(at..at)
    }

    /// "Having taken it, the army ...": the subject stands in the main clause behind.
    fn named_behind(&self, matched: &Match) -> Option<Named> {
        let sentence = self.sentence_of(matched.trigger);
        let is_source = |at: usize| {
            let before = &self.context.items[at - 1].classes;
            before.meets(self.context.language.words.from)
        };
        (matched.last + 1..sentence.end)
            .filter(|at| !is_source(*at))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next())
    }

    /// "It took PRONOUN the army": the subject stands behind the pronoun that the verb takes.
    fn behind_pronoun(&self, matched: &Match) -> Option<Named> {
        let items = self.context.items;
        let group = &self.context.discourse.groups[*matched.groups.first()?];
        let is_finite = items[matched.trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT));
        let is_beside = group.back == Some(Back::Pronoun)
            && group.first > matched.trigger
            && group.last <= matched.trigger + 2;
        if !is_finite || !is_beside || self.context.language.words.has_capitals {
            return None;
        }
        let tail = group.last + 1..(group.last + 4).min(items.len());
        let ends = tail
            .clone()
            .find(|at| {
                matches!(items[*at].kind, ItemKind::Mark(_) | ItemKind::Break)
                    || items[*at].classes.meets(self.context.language.words.clause)
                    || items[*at].classes.meets(self.context.language.words.from)
            })
            .unwrap_or(tail.end);
        self.actors_beside(tail.start..ends, &matched.actors).next()
    }

    fn speaker(&self, at: usize) -> Option<Named> {
        self.context.discourse.speaker(at).map(|actor| Named {
            actor,
            gender: Features::default(),
            is_aside: false,
        })
    }

    /// The finite verb that governs a verbal noun: "managed to", "imposed its".
    fn governor(&self, trigger: usize, clause: &Range<usize>) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        if items[trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT))
            && !items[trigger].features.any(Features::NOUN)
        {
            return None;
        }
        (clause.start.max(trigger.saturating_sub(14))..trigger)
            .rev()
            .find(|at| {
                items[*at].classes.meets(words.governors.achieved)
                    && items[*at]
                        .features
                        .any(Features::PAST.and(Features::PRESENT).and(Features::BASE))
            })
    }

    fn gender(&self, trigger: usize, governor: Option<usize>) -> Features {
        let items = self.context.items;
        let features = items[trigger].features;
        if features.any(Features::NOUN) {
            if features.any(Features::HER) {
                return Features::FEMININE;
            }
            if features.any(Features::HIM) {
                return Features::MASCULINE;
            }
            if features.any(Features::THEM) {
                return Features::PLURAL;
            }
        }
        items[governor.unwrap_or(trigger)].features
    }

    fn actors(&self, range: Range<usize>) -> impl Iterator<Item = Named> {
        range
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    /// As `actors`, without those to whom the rule gives another part.
    fn actors_beside(&self, range: Range<usize>, taken: &[usize]) -> impl Iterator<Item = Named> {
        range
            .filter(|at| !taken.contains(at))
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    fn holds_ground(&self, actor: ActorId) -> bool {
        self.context.extractor.actors.actor(actor).holds_ground
    }

    /// The nearest actor to the left that agrees, else the nearest.
    fn nearest_left(&self, from: usize, floor: usize, gender: Features) -> Option<Named> {
        let all: Vec<Named> = self.actors(floor..from).collect();
        all.iter()
            .rev()
            .find(|named| agrees(**named, gender))
            .or(all.last())
            .copied()
    }

    /// The party that holds out: beside the word of holding, else carried, else the only one.
    fn holder(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let range = clause.start.min(matched.first)
            ..clause
                .end
                .max(matched.last + 1)
                .min(self.context.items.len());
        let cues: Vec<usize> = range
            .clone()
            .filter(|at| self.context.items[*at].classes.meets(words.holding))
            .collect();
        let named = |at: usize| {
            self.context
                .discourse
                .actor(at)
                .filter(|named| self.holds_ground(named.actor))
        };
        let beside = cues.iter().find_map(|cue| {
            let right = (cue + 1..(cue + 5).min(range.end))
                .find_map(|at| named(at).filter(|named| !named.is_aside || at - cue <= 3));
            let left = || {
                (range.start..*cue)
                    .rev()
                    .find_map(|at| named(at).filter(|named| !named.is_aside))
            };
            right.or_else(left)
        });
        let any = || {
            range
                .clone()
                .find_map(|at| named(at).filter(|named| !named.is_aside))
        };
        // "with the fighters of X in half a square kilometre": those who are there, whatever their part.
        let company = matched.measures.first().and_then(|index| {
            let first = self.scene.measures[*index].first;
            (first.saturating_sub(COMPANY).max(range.start)..first)
                .rev()
                .take_while(|at| !matches!(self.context.items[*at].kind, ItemKind::Mark(_)))
                .find_map(named)
        });
        // "Having lost A and B, it is squeezed into 60 square kilometres".
        let loser = self.found.iter().rev().find(|found| {
            found.status == Status::Lost && (range.start..matched.first).contains(&found.at)
        });
        loser
            .and_then(|found| found.actor)
            .or_else(|| self.driven(&range))
            .or_else(|| beside.or(company).map(|named| named.actor))
            .or(self.carried.holder)
            .or_else(|| any().map(|named| named.actor))
            .or(self.carried.subject.map(|named| named.actor))
    }

    /// "A squeezed the pocket to 3 square kilometres": its enemy, when the text has named him.
    fn driven(&self, range: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let has = |set: ClassSet| {
            range.clone().any(|at| {
                items[at].classes.meets(set)
                    && items[at]
                        .features
                        .any(Features::PAST.and(Features::PRESENT))
            })
        };
        let (reduces, besieges) = (has(words.reduce), has(words.besiege));
        if !reduces && !besieges {
            return None;
        }
        let driver = self.actors(range.clone()).next()?.actor;
        let opposed = |named: &Named| {
            self.context
                .extractor
                .actors
                .are_opposed(named.actor, driver)
        };
        let is_agent = |at: &usize| items[at - 1].classes.meets(words.by);
        let behind = (range.start + 1..range.end)
            .filter(|at| !is_agent(at))
            .find_map(|at| self.actors(at..at + 1).find(opposed));
        let floor = range.start.saturating_sub(FAR_BACK);
        let before = || {
            let actors: Vec<Named> = self.actors(floor..range.start).collect();
            actors.into_iter().rev().find(opposed)
        };
        behind
            .or_else(|| before().filter(|_| reduces))
            .map(|named| named.actor)
    }

    /// The last actor that acts is the subject of what follows without one.
    fn remember_subject(&mut self, at: usize) {
        if let Some(named) = self.context.discourse.actor(at)
            && !named.is_aside
            && self.holds_ground(named.actor)
            && !self.spent.contains(&at)
        {
            self.carried.subject = Some(named);
        }
    }
}

/// A party named farther back than this, in items, is no longer spoken of.
const FAR_BACK: usize = 60;

fn agrees(named: Named, gender: Features) -> bool {
    let wanted = Features::FEMININE
        .and(Features::MASCULINE)
        .and(Features::PLURAL);
    !gender.any(wanted) || !named.gender.any(wanted) || named.gender.any(gender)
}

/// What a status says of a place when the words speak of a part of it.
fn apply_part(status: Status, spoken: &Spoken, kind: Kind) -> (Status, Option<f64>) {
    match (status, spoken.part) {
        (Status::Control | Status::Partial, Part::Share(share)) => (Status::Partial, share),
        (Status::Control, Part::Point) if kind.is_settlement() && kind != Kind::Neighbourhood => {
            (Status::Partial, None)
        }
        (Status::Control | Status::Partial, Part::Outside | Part::Axis) => (Status::Presence, None),
        (Status::Lost, Part::Share(_) | Part::Point | Part::Outside | Part::Axis) => {
            (Status::Presence, None)
        }
        (status, _) => (status, None),
    }
}
