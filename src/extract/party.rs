//! Who a match speaks of: the subject of its trigger, the party that holds out, its enemy.

use std::ops::Range;

use super::annotate::ItemKind;
use super::claim::{Collector, Found};
use super::discourse::Named;
use super::fit::Match;
use super::group::Back;
use super::names::AliasKind;
use super::rule::{Role, Rule};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::Kind;
use crate::lexicon::{ClassSet, Features};

/// A party named farther back than this, in items, is no longer spoken of.
pub(super) const FAR_BACK: usize = 60;

/// Items before a size of ground within which somebody named is there.
const COMPANY: usize = 5;

impl Collector<'_> {
    pub(super) fn party(
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
                .and_then(|named| self.taker(named.actor, matched)),
            Role::Holder => self.holder(matched, clause),
            Role::Rival => self.rival(matched, clause),
            Role::Winner => self.winner(matched, clause),
            Role::Against => {
                let party = self
                    .context
                    .discourse
                    .actor(*matched.actors.first()?)?
                    .actor;
                self.enemy_before(party, matched.trigger)
                    .or_else(|| self.enemy_behind(party, matched.last))
            }
        }
    }

    /// The enemy of the subject that was named last.
    fn rival(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let subject = self.subject(matched, clause, false)?.actor;
        self.enemy_before(subject, matched.trigger)
    }

    /// The enemy of a party that is named first behind an item of its sentence.
    pub(super) fn enemy_behind(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let end = self.sentence_of(at).end;
        self.actors(at + 1..end.max(at + 1))
            .map(|named| named.actor)
            .find(|actor| self.context.extractor.actors.are_opposed(*actor, party))
    }

    /// The enemy of a party that was named last before an item, else the one whose voice it is.
    pub(super) fn enemy_before(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors: Vec<Named> = self.actors(at.saturating_sub(FAR_BACK)..at).collect();
        let voice = self.context.discourse.speaker(at);
        let opposed = |actor: &ActorId| self.context.extractor.actors.are_opposed(*actor, party);
        actors
            .iter()
            .rev()
            .map(|named| named.actor)
            .chain(voice)
            .find(opposed)
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
        if let Some(named) = self.antecedent(matched.trigger) {
            return Some(named);
        }
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
        if !owner && behind.is_some() && !self.has_subject_before(matched.trigger, clause.start) {
            return behind;
        }
        if self.is_of_people(matched.trigger) || self.is_of_stranger(matched, clause) {
            return None;
        }
        self.subject_around(matched, clause, behind, is_explicit)
    }

    /// "The army took the positions of the ACTOR in PLACE": where the subject stands before its verb,
    /// a party behind the verb is part of the object.
    fn has_subject_before(&self, trigger: usize, floor: usize) -> bool {
        let verb = self.context.items[trigger].features;
        self.context.language.words.has_capitals
            && verb.any(Features::PAST.and(Features::PRESENT))
            && !verb.any(Features::NOUN)
            && self.nearest_left(trigger, floor, verb).is_some()
    }

    /// The subject where none stands right behind the trigger; `behind` is one that might.
    fn subject_around(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        behind: Option<Named>,
        is_explicit: bool,
    ) -> Option<Named> {
        let trigger = &self.context.items[matched.trigger];
        let governor = self.governor(matched.trigger, clause);
        if let Some(at) = governor
            && self.context.items[at].features.any(Features::WE)
        {
            return self.speaker(matched.trigger);
        }
        let gender = self.gender(matched.trigger, governor);
        let between = governor.and_then(|at| self.actors(at + 1..matched.trigger).next());
        let left = || {
            let from = governor.unwrap_or(matched.trigger);
            self.doer_left(matched.trigger, clause.start..from, gender)
                .or_else(|| self.nearest_left(from, clause.start, gender))
        };
        let carried = || {
            self.carried
                .subject
                .filter(|named| agrees(*named, gender))
                .or_else(|| {
                    self.nearest_left(clause.start, clause.start.saturating_sub(FAR_BACK), gender)
                })
                .or(self.carried.subject)
        };
        // A head without a verb in what a party publishes: "Capture of the town".
        if left().is_none()
            && governor.is_none()
            && trigger.features.any(Features::NOUN)
            && self.starts_line(matched.trigger)
            && let Some(speaker) = self.speaker(matched.trigger)
        {
            return Some(speaker);
        }
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

    /// "2,000 people fled": not a party.
    fn is_of_people(&self, trigger: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        words.has_capitals
            && items[trigger]
                .features
                .any(Features::PAST.and(Features::PRESENT))
            && (trigger.saturating_sub(4)..trigger)
                .rev()
                .take_while(|at| {
                    matches!(items[*at].kind, ItemKind::Word | ItemKind::Number(_))
                        && !items[*at].classes.meets(words.verbs)
                })
                .any(|at| items[at].classes.meets(words.relief))
    }

    /// "COUNTRY and its allies run": a state of which the table of parties knows nothing acts.
    fn is_of_stranger(&self, matched: &Match, clause: &Range<usize>) -> bool {
        let trigger = matched.trigger;
        let items = self.context.items;
        let is_finite = items[trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT))
            && !items[trigger].features.any(Features::NOUN);
        let discourse = self.context.discourse;
        let is_country = |at: usize| {
            discourse.group_at(at).is_some_and(|group| {
                discourse.spoken[group].iter().any(|spoken| {
                    self.context.extractor.gazetteer.place(spoken.place).kind == Kind::Country
                })
            })
        };
        // "CITY holds it": the government that has its seat there.
        let starts = (clause.start..trigger.min(clause.start + 2))
            .find(|at| items[*at].is_place())
            .unwrap_or(clause.start);
        let is_object = discourse
            .group_at(starts)
            .is_some_and(|group| matched.groups.contains(&group));
        let is_seat = items[starts].is_place() && trigger - starts <= 2 && !is_object;
        self.context.language.words.has_capitals
            && is_finite
            && (is_country(starts) || is_seat)
            && self.actors(clause.start..trigger).next().is_none()
    }

    /// "The attack of the army, which took": the party right before the relative word acts.
    fn antecedent(&self, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let which = trigger.checked_sub(1)?;
        let is_finite = items[trigger]
            .features
            .any(Features::PAST.and(Features::PRESENT));
        let before = which.checked_sub(1)?;
        if !is_finite
            || !items[which]
                .classes
                .meets(self.context.language.words.which)
        {
            return None;
        }
        let comma = items[before].is_mark(&[',', '،']);
        let named = self
            .context
            .discourse
            .actor(before - usize::from(comma).min(before))?;
        self.holds_ground(named.actor).then_some(named)
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
                    || items[*at].classes.meets(self.context.language.words.verbs)
                    || items[*at].classes.meets(self.context.language.words.after)
            })
            .unwrap_or(tail.end);
        self.actors_beside(tail.start..ends, &matched.actors).next()
    }

    /// Stands at the head of a line, or behind a mark or an "and" that goes on with one, with
    /// nouns such as "completion of" before it.
    fn starts_line(&self, at: usize) -> bool {
        let items = self.context.items;
        let achieved = self.context.language.words.governors.achieved;
        let is_head = |at: &usize| {
            items[*at].classes.meets(achieved) && items[*at].features.any(Features::NOUN)
        };
        let at = at
            .checked_sub(1)
            .filter(|before| !items[at].features.any(Features::AND) && is_head(before))
            .unwrap_or(at);
        at.checked_sub(1).is_none_or(|before| {
            matches!(items[before].kind, ItemKind::Break | ItemKind::Mark(_))
                || items[at].features.any(Features::AND)
        })
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
                || (at.saturating_sub(2)..at).any(|left| {
                    self.context.items[left]
                        .classes
                        .meets(self.context.language.words.leave_with)
                })
        };
        let is_relative = |at: &usize| {
            self.context.items[*at]
                .classes
                .meets(self.context.language.words.relative)
        };
        let end = (matched.last + 1..sentence.end)
            .find(is_relative)
            .unwrap_or(sentence.end);
        (matched.last + 1..end)
            .filter(|at| !is_source(*at))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next())
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
        // "And drove it out": joined to a verb before, a form that may be either is a verb.
        let is_verb =
            features.any(Features::PAST.and(Features::PRESENT)) && features.any(Features::AND);
        // With the article it is a noun, whatever verb is written alike.
        if features.any(Features::NOUN) && features.any(Features::THE) && governor.is_none() {
            return Features::default();
        }
        if features.any(Features::NOUN) && !is_verb {
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

    pub(super) fn actors(&self, range: Range<usize>) -> impl Iterator<Item = Named> {
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
        let is_named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        let acting: Vec<usize> = (floor..from).filter(is_named).collect();
        // "B, driven out by A, holds": A is named for what it did to B.
        let free: Vec<usize> = acting
            .iter()
            .copied()
            .filter(|at| !self.is_oblique(*at))
            .collect();
        let all: Vec<Named> = if free.is_empty() { acting } else { free }
            .into_iter()
            .filter_map(|at| self.context.discourse.actor(at))
            .collect();
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
        let mut cues: Vec<usize> = range
            .clone()
            .filter(|at| self.context.items[*at].classes.meets(words.holding))
            .collect();
        cues.sort_by_key(|cue| cue.abs_diff(matched.trigger));
        let named = |at: usize| {
            self.context
                .discourse
                .actor(at)
                .filter(|named| self.holds_ground(named.actor) && !self.winners.contains(&at))
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
                .filter(|at| !self.is_press(*at))
                .find_map(named)
        });
        self.loser(range.start..matched.first)
            .or_else(|| self.driven(&range))
            .or_else(|| beside.or(company).map(|named| named.actor))
            .or(self.carried.holder)
            .or_else(|| any().map(|named| named.actor))
            .or(self.carried.subject.map(|named| named.actor))
    }

    /// Its press or spokesmen: they tell, and are nowhere.
    fn is_press(&self, at: usize) -> bool {
        let aliases = self.context.items[at].actors();
        aliases.iter().any(|alias| alias.kind == AliasKind::Medium)
    }

    /// "Having lost A and B, it is squeezed into 60 square kilometres".
    fn loser(&self, range: Range<usize>) -> Option<ActorId> {
        let has_lost = |found: &&Found| found.status == Status::Lost && range.contains(&found.at);
        let sentence = self.found.last()?.sentence;
        let of_sentence = |found: &&Found| found.sentence == sentence;
        let mut told = self.found.iter().rev().take_while(of_sentence);
        told.find(has_lost)?.actor
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

    /// "Mines planted by the ACTOR": it does something that is not the story.
    fn is_agent_of_other(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let mut by = at.saturating_sub(1);
        if by > 0 && items[by].classes.meets(words.the) {
            by -= 1;
        }
        words.has_capitals
            && by > 0
            && items[by].classes.meets(words.by)
            && !items[by - 1].classes.meets(words.walls)
            && !items[by - 1].classes.meets(words.holding)
    }

    /// Behind "from", or named in passing in a sentence that has a subject already.
    fn is_secondary(&self, at: usize) -> bool {
        let has_subject = self.carried.subject.is_some();
        let in_sentence = || self.carried.named_at >= self.sentence_of(at).start;
        has_subject && self.is_oblique(at) && (self.is_robbed(at) || in_sentence())
    }

    /// The last actor that acts is the subject of what follows without one.
    pub(super) fn remember_subject(&mut self, at: usize) {
        if let Some(named) = self.context.discourse.actor(at)
            && !named.is_aside
            && self.holds_ground(named.actor)
            && !self.spent.contains(&at)
            && !self.is_agent_of_other(at)
            && !self.is_secondary(at)
        {
            self.carried.subject = Some(named);
            self.carried.named_at = at;
        }
    }
}

pub(super) fn agrees(named: Named, gender: Features) -> bool {
    let wanted = Features::FEMININE
        .and(Features::MASCULINE)
        .and(Features::PLURAL);
    !gender.any(wanted) || !named.gender.any(wanted) || named.gender.any(gender)
}
