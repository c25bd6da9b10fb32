//! Whose deed a matched rule tells: the subject of its verb, by place, agreement and what the story
//! carries from clause to clause.

mod pronoun;
mod stranger;

use std::ops::Range;

use super::annotate::ItemKind;
use super::claim::Collector;
use super::discourse::Named;
use super::fit::Match;
use super::group::Back;
use super::names::{Alias, AliasKind};
use super::party::{FAR_BACK, agrees};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items from "which" to what its clause says of the party before it.
const RELATIVE: usize = 16;

impl Collector<'_> {
    /// Who does what the trigger says.
    pub(super) fn subject(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        is_explicit: bool,
    ) -> Option<Named> {
        let trigger = &self.context.items[matched.trigger];
        if trigger.features.any(Features::WE.and(Features::US)) {
            let speaker = self.speaker(matched.trigger);
            return speaker.or_else(|| self.untold_winner(matched, clause));
        }
        // "The black flag": whose it is.
        let is_flag = |alias: &Alias| alias.kind == AliasKind::Flag;
        if trigger.actors().iter().any(is_flag) {
            return self.context.discourse.actor(matched.trigger);
        }
        if let Some(they) = self.they(matched, clause) {
            return they;
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
        if let Some(driven) = self.driven_pronoun(matched) {
            return self.driver_told(driven, matched);
        }
        let behind = (matched.trigger + 1..object.max(matched.trigger + 1))
            .filter(|at| !self.is_of_object(*at, matched.trigger, clause.start))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next());
        let owner = trigger.features.any(Features::NOUN)
            && trigger
                .features
                .any(Features::HER.and(Features::HIM).and(Features::THEM));
        if !owner && behind.is_some() && !self.has_subject_before(matched.trigger, clause.start) {
            return behind;
        }
        if let Some(band) = self.described_band(matched.trigger) {
            return Some(band);
        }
        if let Some(ours) = self.our_deed(matched, clause) {
            return ours;
        }
        if self.is_of_people(matched.trigger)
            || self.is_of_stranger(matched, clause)
            || self.is_of_unknown_side(matched.trigger)
            || self.is_of_unknown_voice(matched.trigger)
            || self.is_of_person(matched.trigger)
            || self.is_of_named_person(matched.trigger)
        {
            return None;
        }
        self.told_subject(matched, clause, behind, is_explicit)
            .and_then(|found| self.others(found, matched.trigger))
            .map(|found| self.driver_of(found, matched.trigger))
    }

    /// The subject that the words around tell, where none stands beside the trigger.
    fn told_subject(
        &self,
        matched: &Match,
        clause: &Range<usize>,
        behind: Option<Named>,
        is_explicit: bool,
    ) -> Option<Named> {
        self.teller(matched.trigger)
            .or_else(|| self.winner_over(matched.trigger))
            .or_else(|| self.announcer(matched.trigger))
            .or_else(|| self.centre(matched.trigger))
            .or_else(|| self.reporter(matched.trigger))
            .or_else(|| self.holder_before(matched.trigger))
            .or_else(|| self.doer_of_deed(matched, clause))
            .or_else(|| self.subject_around(matched, clause, behind, is_explicit))
    }

    /// "Their forces (she) drove him out" of a party that is "he": not that one, but its enemy.
    fn driver_of(&self, found: Named, trigger: usize) -> Named {
        let words = &self.context.language.words;
        let item = &self.context.items[trigger];
        let features = item.features;
        let is_drive = !words.has_capitals && item.classes.meets(words.driving);
        let is_verb = features.is_finite() && !features.any(Features::PLURAL);
        let is_driven = |own: Features, object: Features, other: Features| {
            let is_other = features.any(own) && features.any(object);
            is_other && found.gender.any(other) && !found.gender.any(own.and(Features::PLURAL))
        };
        let (she, he) = (Features::FEMININE, Features::MASCULINE);
        let is_object = is_driven(she, Features::HIM, he) || is_driven(he, Features::HER, she);
        let enemy = || self.far_enemy(found.actor, trigger).map(Named::of);
        let is_object = is_drive && is_verb && is_object;
        is_object.then(enemy).flatten().unwrap_or(found)
    }

    /// "It took the last pocket of the ACTOR in PLACE": a party behind the verb that belongs to what
    /// is taken.
    fn is_of_object(&self, at: usize, trigger: usize, floor: usize) -> bool {
        let items = self.context.items;
        let verb = items[trigger].features;
        if self.context.language.words.has_capitals || !verb.is_finite() {
            return false;
        }
        // "The ACTOR's control grew": the verb agrees with what the party has.
        let owned = &items[at.saturating_sub(1)];
        let is_owner = owned.features.any(Features::NOUN)
            && owned.classes.meets(self.context.language.words.gaining);
        if is_owner {
            return false;
        }
        // Before its subject a verb agrees with it in gender, not in number.
        let named = self.context.discourse.actor(at);
        let differs =
            named.is_some_and(|named| !agrees(named, verb) && !named.gender.any(Features::PLURAL));
        items[at].features.any(Features::TO)
            || differs
                && self
                    .nearest_left(trigger, floor, verb)
                    .is_some_and(|left| agrees(left, verb))
    }

    /// "The army took the positions of the ACTOR in PLACE": where the subject stands before its verb,
    /// a party behind the verb is part of the object.
    fn has_subject_before(&self, trigger: usize, floor: usize) -> bool {
        let verb = self.context.items[trigger].features;
        self.context.language.words.has_capitals
            && verb.is_finite()
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
        let from = governor.unwrap_or(matched.trigger);
        let left = || self.left(matched.trigger, clause.start..from, gender);
        let far = clause.start.saturating_sub(FAR_BACK);
        let carried = || {
            self.carried
                .subject
                .filter(|named| agrees(*named, gender))
                .or_else(|| self.nearest_left(clause.start, far, gender))
                .or(self.carried.subject)
        };
        // A head without a verb in what a party publishes: "Capture of the town".
        if left().is_none()
            && governor.is_none()
            && trigger.features.any(Features::NOUN)
            && self.starts_line(matched.trigger)
            && let Some(speaker) = self
                .speaker(matched.trigger)
                .or_else(|| self.gainer(matched, clause))
        {
            return Some(speaker);
        }
        if is_explicit && !self.says_it(matched.trigger, clause.start) {
            let floor = self.sentence_of(matched.trigger).start;
            return between
                .or_else(left)
                .or(behind)
                .or_else(|| self.nearest_left(clause.start, floor, gender))
                .or_else(|| {
                    self.named_behind(matched)
                        .or_else(|| self.had_it(matched, gender))
                });
        }
        // "He drove them from A and took B": who agrees with the verb, even from farther off.
        let agreeing = || {
            let is_finite = trigger.features.is_finite();
            let fits = |named: &Named| agrees(*named, gender);
            let earlier = || self.carried.subject.filter(fits);
            let found = left().filter(fits).or_else(earlier);
            found.filter(|_| is_finite && !self.context.language.words.has_capitals)
        };
        let found = between
            .or_else(|| self.same_as_before(matched.trigger))
            .or_else(|| self.of_relative(matched.trigger, gender))
            .or_else(|| self.doer_told_first(clause, gender))
            .or_else(agreeing)
            .or_else(left)
            .or_else(carried)
            .or(behind)
            .or_else(|| self.named_behind(matched))
            .or_else(|| self.speaker(matched.trigger));
        let is_odd = found.is_some_and(|named| !agrees(named, gender));
        let aside = || self.agreeing_aside(matched.trigger, gender);
        is_odd.then(aside).flatten().or(found)
    }

    /// "They took PLACE. But they lost it": a verb that takes a pronoun for the place goes on with the
    /// party of the sentence before, the one that agrees with it.
    fn had_it(&self, matched: &Match, gender: Features) -> Option<Named> {
        let group = &self.context.discourse.groups[*matched.groups.first()?];
        let verb = &self.context.items[matched.trigger].features;
        let is_object = group.back == Some(Back::Pronoun)
            && group.first <= matched.trigger + 1
            && !self.context.language.words.has_capitals
            && verb.is_finite();
        let start = self.sentence_of(matched.trigger).start;
        let far = start.saturating_sub(FAR_BACK);
        let carried = self.carried.subject.filter(|named| agrees(*named, gender));
        let before = || self.nearest_left(start, far, gender);
        let found = carried.or_else(before).filter(|_| is_object)?;
        agrees(found, gender).then_some(found)
    }

    /// The party before the trigger, or what governs it, that does what it says.
    fn left(&self, trigger: usize, before: Range<usize>, gender: Features) -> Option<Named> {
        if self.is_it_of_before(trigger, before.clone()) {
            return None;
        }
        self.doer_left(trigger, before.clone(), gender)
            .or_else(|| self.nearest_left(before.end, before.start, gender))
    }

    /// "Attacked the ACTOR, and the capture of PLACE was done": by the party that gains.
    fn doer_of_deed(&self, matched: &Match, clause: &Range<usize>) -> Option<Named> {
        let items = self.context.items;
        if !items[matched.trigger].features.any(Features::NOUN) {
            return None;
        }
        let befalls = self.context.language.words.befalls;
        let governor = self.governor(matched.trigger, clause)?;
        let is_deed = items[governor].classes.meets(befalls);
        let winner = || self.winner(matched, clause);
        is_deed.then(winner).flatten().map(Named::of)
    }

    /// "We hold it" of whoever speaks: the party that gains in the story, unless the sentence speaks of
    /// it as of others; one that was told to have lost is not "we" but the foe.
    fn untold_winner(&self, matched: &Match, clause: &Range<usize>) -> Option<Named> {
        let sentence = self.sentence_of(matched.trigger);
        let is_told = |actor: &ActorId| {
            let mut named = self.actors(sentence.clone());
            named.any(|named| named.actor == *actor)
        };
        let has_lost = |actor: ActorId| {
            let told = || self.found.iter().filter(|found| found.actor == Some(actor));
            let has = |status| told().any(|found| found.status == status);
            has(Status::Lost) && !has(Status::Control) && !has(Status::Partial)
        };
        let winner = self
            .winner(matched, clause)
            .filter(|actor| !is_told(actor) && self.may_be_we(*actor))?;
        // Named, and not by "we" or "our forces".
        let words = &self.context.language.words;
        let is_other = |at: usize| {
            let item = &self.context.items[at];
            let named = self.context.discourse.actor(at);
            matches!(item.kind, ItemKind::Actor(_))
                && !item.classes.meets(words.we)
                && named.is_some_and(|named| named.actor == winner)
        };
        let mut near = matched.trigger.saturating_sub(FAR_BACK)..matched.trigger;
        if words.has_capitals || !has_lost(winner) || !near.any(is_other) {
            return Some(Named::of(winner));
        }
        self.enemy_before(winner, matched.trigger).map(Named::of)
    }

    /// "We finished the liberation of PLACE": of whoever speaks. The inner one is none where nobody
    /// knows who that is.
    fn our_deed(&self, matched: &Match, clause: &Range<usize>) -> Option<Option<Named>> {
        let items = self.context.items;
        let governor = self.governor(matched.trigger, clause)?;
        let is_ours = items[governor].features.any(Features::WE);
        let speaker = || {
            let speaker = self.speaker(matched.trigger);
            speaker.or_else(|| self.untold_winner(matched, clause))
        };
        (is_ours && !self.context.language.words.has_capitals).then(speaker)
    }

    /// "We hold PLACE", said by nobody known: not by a party of whose gains nobody but itself says
    /// that a place was freed.
    fn may_be_we(&self, actor: ActorId) -> bool {
        let words = &self.context.language.words;
        words.has_capitals || self.context.extractor.actors.actor(actor).frees
    }

    /// "We took A. B is still in their hands": where one speaks as "we", "they" are others.
    fn others(&self, found: Named, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let is_they = items[trigger].features.any(Features::THEM);
        if self.context.language.words.has_capitals || !is_they {
            return Some(found);
        }
        let own = Features::WE.and(Features::US);
        let near = trigger.saturating_sub(FAR_BACK)..trigger;
        let is_we = |at: &usize| items[*at].features.any(own);
        let actor = |at: usize| self.context.discourse.actor(at).map(|named| named.actor);
        let mut ours = near.clone().filter(is_we).peekable();
        let says_we = ours.peek().is_some();
        let voice = self.speaker(trigger);
        let is_voice = voice.is_some_and(|own| own.actor == found.actor);
        let is_own = is_voice || ours.any(|at| actor(at) == Some(found.actor));
        // "The army said that its men": he who speaks is named, and is "they".
        let is_named = || {
            let mut acting = near.clone().rev().filter(|at| !is_we(at)).filter_map(actor);
            acting.next() == Some(found.actor)
        };
        // "A is with us, said one of the army, and B is with them".
        let start = self.sentence_of(trigger).start.max(near.start);
        let mut sentence = items[start..trigger].iter();
        let mut is_contrast = || sentence.any(|item| item.features.any(Features::US));
        if !says_we || !is_own || is_named() && !is_contrast() {
            return Some(found);
        }
        self.enemy_before(found.actor, trigger).map(Named::of)
    }

    /// "Our forces reached it while the enemy held out, and that after they had taken": the party
    /// that the sentence begins with.
    fn doer_told_first(&self, clause: &Range<usize>, gender: Features) -> Option<Named> {
        let thereby = self.context.language.words.thereby;
        let starts = self.context.items.get(clause.start)?;
        if !starts.classes.meets(thereby) {
            return None;
        }
        let floor = self.sentence_of(clause.start).start;
        self.actors(floor..clause.start)
            .find(|named| agrees(*named, gender))
    }

    /// "After the attacks of the ACTOR it took": a party named in passing, where only it agrees with
    /// the verb.
    fn agreeing_aside(&self, trigger: usize, gender: Features) -> Option<Named> {
        if self.context.language.words.has_capitals {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        (start..trigger)
            .rev()
            .filter(|at| !self.is_press(*at))
            .filter_map(|at| self.context.discourse.actor(at))
            .find(|named| self.holds_ground(named.actor) && agrees(*named, gender))
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
        // "Losses of A, where B retook PLACE": the verb has a subject of its own.
        let words = &self.context.language.words;
        let is_where = !words.has_capitals && !items[which].classes.meets(words.relative);
        if is_where && self.actors(trigger + 1..trigger + 2).next().is_some() {
            return None;
        }
        let comma = items[before].is_comma();
        let named = self
            .context
            .discourse
            .actor(before - usize::from(comma).min(before))?;
        self.holds_ground(named.actor).then_some(named)
    }

    /// "Between the army and the ACTOR, which defends the road to PLACE, the last town in its hands":
    /// the party of which the clause around the trigger is said, where no other is named in it.
    fn of_relative(&self, trigger: usize, gender: Features) -> Option<Named> {
        let words = &self.context.language.words;
        let items = self.context.items;
        if words.has_capitals {
            return None;
        }
        let start = self.sentence_of(trigger).start;
        let start = start.max(trigger.saturating_sub(RELATIVE));
        let goes_on = |at: &usize| {
            let is_joined = items[*at].features.any(Features::AND)
                && items[*at]
                    .features
                    .any(Features::PAST.and(Features::PRESENT));
            !is_joined && self.actors(*at..*at + 1).next().is_none()
        };
        let which = (start..=trigger)
            .rev()
            .take_while(goes_on)
            .find(|at| items[*at].classes.meets(words.relative))?;
        let before = which.checked_sub(1)?;
        let before = before.checked_sub(usize::from(items[before].is_comma()))?;
        let named = self.context.discourse.actor(before)?;
        (self.holds_ground(named.actor) && agrees(named, gender)).then_some(named)
    }

    /// Stands at the head of a line, or behind a mark or an "and" that goes on with one, with
    /// nouns such as "completion of" before it.
    fn starts_line(&self, at: usize) -> bool {
        let items = self.context.items;
        // "They moved on, taking A": a participle of those who moved.
        let is_participle = self.context.language.words.has_capitals
            && at
                .checked_sub(1)
                .is_some_and(|before| items[before].is_comma());
        if is_participle {
            return false;
        }
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

    pub(super) fn sentence_of(&self, at: usize) -> Range<usize> {
        let sentences = &self.context.discourse.sentences;
        let index = sentences.partition_point(|range| range.end <= at);
        sentences.get(index).cloned().unwrap_or(at..at)
    }

    /// "Having taken it, the army ...": the subject stands in the main clause behind.
    fn named_behind(&self, matched: &Match) -> Option<Named> {
        let sentence = self.sentence_of(matched.trigger);
        let is_source = |at: usize| {
            let words = &self.context.language.words;
            let before = &self.context.items[at - 1].classes;
            // "It came under control after the ACTOR's withdrawal": not by the ACTOR.
            let is_loser = !words.has_capitals
                && before.meets(words.loss)
                && self.context.items[at - 1].features.any(Features::NOUN);
            is_loser
                || before.meets(words.from)
                // "Between A, which it took, and B, held by the ACTOR": not the one who took.
                || words.has_capitals && before.meets(words.by)
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
        // "The village that B holds": B is named for something else.
        let is_of_clause = |at: usize| {
            let words = &self.context.language.words;
            let before = at.saturating_sub(2).max(matched.last + 1)..at;
            words.has_capitals
                && self.context.items[before]
                    .iter()
                    .any(|item| item.classes.meets(words.which))
        };
        (matched.last + 1..end)
            .filter(|at| !is_source(*at) && !is_of_clause(*at))
            .find_map(|at| self.actors_beside(at..at + 1, &matched.actors).next())
    }

    pub(super) fn speaker(&self, at: usize) -> Option<Named> {
        self.context.discourse.speaker(at).map(Named::of)
    }

    /// The finite verb that governs a verbal noun: "managed to", "imposed its".
    fn governor(&self, trigger: usize, clause: &Range<usize>) -> Option<usize> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let features = items[trigger].features;
        // "And takes it": joined to a verb before, a form that may be a noun too is a verb.
        if features.is_finite() || features.any(Features::PRESENT) && features.any(Features::AND) {
            return None;
        }
        (clause.start.max(trigger.saturating_sub(14))..trigger)
            .rev()
            // "We finished A; next is B, which they hold on to": not what we finished.
            .take_while(|at| words.has_capitals || !items[*at].classes.meets(words.which))
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
        // "The clashes led to the capture of PLACE": the verb agrees with the clashes.
        let is_outcome = |at: usize| {
            let item = &items[at];
            item.features.is_finite() && item.classes.meets(self.context.language.words.outcomes)
        };
        let owner = Features::HER.and(Features::HIM).and(Features::THEM);
        // "It came back into his hands": of whom the pronoun agrees with.
        let is_owned = features.any(owner);
        if features.any(Features::NOUN) && !is_owned && governor.is_some_and(is_outcome) {
            return Features::default();
        }
        let is_pronoun = items[trigger]
            .classes
            .meets(self.context.language.words.roles.pronoun);
        if is_pronoun || features.any(Features::NOUN) && !is_verb {
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
}
