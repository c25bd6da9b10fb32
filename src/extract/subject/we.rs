//! Who "we" are where nobody has said it, and who "they" are where somebody speaks as "we".

use std::ops::Range;

use crate::actor::ActorId;
use crate::claim::Status;
use crate::extract::annotate::ItemKind;
use crate::extract::claim::Collector;
use crate::extract::discourse::Named;
use crate::extract::fit::Match;
use crate::extract::party::FAR_BACK;
use crate::lexicon::Features;

impl Collector<'_> {
    /// "We hold it" of whoever speaks: the party that gains in the story, unless the sentence speaks of
    /// it as of others; one that was told to have lost is not "we" but the foe.
    pub(super) fn untold_winner(&self, matched: &Match, clause: &Range<usize>) -> Option<Named> {
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
        if words.is_analytic || !has_lost(winner) || !near.any(is_other) {
            return Some(Named::of(winner));
        }
        self.enemy_before(winner, matched.trigger).map(Named::of)
    }

    /// "We finished the liberation of PLACE": of whoever speaks. The inner one is none where nobody
    /// knows who that is.
    pub(super) fn our_deed(&self, matched: &Match, clause: &Range<usize>) -> Option<Option<Named>> {
        let items = self.context.items;
        let governor = self.governor(matched.trigger, clause)?;
        let is_ours = items[governor].features.any(Features::WE);
        let speaker = || {
            let speaker = self.speaker(matched.trigger);
            speaker.or_else(|| self.untold_winner(matched, clause))
        };
        (is_ours && !self.context.language.words.is_analytic).then(speaker)
    }

    /// "We hold PLACE", said by nobody known: not by a party of whose gains nobody but itself says
    /// that a place was freed.
    fn may_be_we(&self, actor: ActorId) -> bool {
        let words = &self.context.language.words;
        words.is_analytic || self.context.extractor.actors.actor(actor).frees
    }

    /// "We took A. B is still in their hands": where one speaks as "we", "they" are others.
    pub(super) fn others(&self, found: Named, trigger: usize) -> Option<Named> {
        let items = self.context.items;
        let is_they = items[trigger].features.any(Features::THEM);
        if self.context.language.words.is_analytic || !is_they {
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
        let enemy = || {
            let near = self.enemy_before(found.actor, trigger);
            near.or_else(|| self.far_enemy(found.actor, trigger))
        };
        // "And A? Still theirs", answered by a party: not its own.
        let answers = is_voice && self.is_answer(trigger);
        if answers && !says_we {
            return enemy().map(Named::of);
        }
        // "The army said that its men": he who speaks is named, and is "they".
        let is_named = || {
            let is_told = |at: &usize| {
                let voice_there = self.speaker(*at).map(|own| own.actor);
                !answers || voice_there == Some(found.actor)
            };
            let acting = near.clone().rev().filter(|at| !is_we(at));
            acting.filter(is_told).find_map(actor) == Some(found.actor)
        };
        // "A is with us, said one of the army, and B is with them".
        let start = self.sentence_of(trigger).start.max(near.start);
        let mut sentence = items[start..trigger].iter();
        let mut is_contrast = || sentence.any(|item| item.features.any(Features::US));
        if !says_we || !is_own || is_named() && !is_contrast() {
            return Some(found);
        }
        enemy().map(Named::of)
    }
}
