//! Intentions and predictions, and what came of them.

use super::Gaze;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::mood::{Mood, is_result};
use crate::lexicon::Features;

/// Items from a campaign to what it is for: "the battle of ... for the control of".
const CAMPAIGN: usize = 6;

impl Gaze<'_> {
    /// Intentions and predictions; "managed to" hands the question on to what governs it.
    pub(super) fn purpose(&mut self, left: usize, floor: usize) -> Option<Mood> {
        let Self { items, words, .. } = *self;
        let governors = &words.governors;
        let item = &items[left];
        // "Tried to take A, and B is held by": told apart, and no aim.
        let holds = governors.state.and(words.in_hand);
        let is_own = words.is_analytic || items[self.at].classes.meets(holds);
        // "In the third month of the battle it is still theirs".
        let is_state = is_own && (self.is_apart || self.is_still && !words.is_analytic);
        if self.is_free && left + 1 < self.at || is_state || self.is_finite || !self.is_near(left) {
            return None;
        }
        if item.classes.meets(governors.predict) {
            return Some(Mood::Expected);
        }
        // "Aims at the next town after the capture of this one": that is done.
        let is_after_that = !words.is_analytic && item.classes.meets(words.after_that);
        self.is_behind |= is_after_that || item.classes.meets(words.after);
        if self.is_behind && !item.classes.meets(governors.achieved) {
            return None;
        }
        let is_campaign = item.classes.meets(governors.campaign)
            && self.at - left <= CAMPAIGN
            && !self.is_outcome(left)
            && !left
                .checked_sub(1)
                .is_some_and(|verb| items[verb].classes.meets(words.repel))
            && !items[left..self.at].iter().any(|item| item.is_comma());
        // "The talks led to": what came of what was meant.
        let is_meant = item.classes.meets(governors.intend)
            && !(item.features.any(Features::NOUN) && self.is_outcome(left))
            && !self.is_statement(left);
        if is_campaign || is_meant || item.classes.meets(governors.nearly) {
            return Some(Mood::Intended);
        }
        if item.classes.meets(governors.achieved) && !item.features.any(Features::FUTURE) {
            let is_aim = item.features.any(Features::PRESENT) && item.features.any(Features::TO);
            let came_of_it = is_aim && !words.is_analytic && is_result(items, left, floor, words);
            if is_aim {
                return (!came_of_it).then_some(Mood::Intended);
            }
            self.at = left;
            self.is_finite = item.features.any(Features::PAST) && !self.is_verbal_noun(left, floor);
            self.is_free = self.is_finite;
            self.is_still = false;
            self.has_come = false;
        }
        None
    }

    /// "Threatened with the imposing of": a form that may be a noun or a verb in the past is a noun
    /// behind a preposition or behind another verbal noun.
    fn is_verbal_noun(&self, at: usize, floor: usize) -> bool {
        let Self { items, words, .. } = *self;
        let forms = items[at].features;
        let is_led = at.checked_sub(1).is_some_and(|before| {
            let leads = &items[before];
            let is_noun =
                leads.features.any(Features::NOUN) && leads.classes.meets(words.governors.achieved);
            before >= floor && (is_noun || leads.classes.meets(words.roles.place_preposition))
        });
        !words.is_analytic
            && forms.any(Features::NOUN)
            && (is_led || forms.any(Features::IN.and(Features::TO)))
    }

    /// "The attack led to": what came of a campaign, not what it is for.
    fn is_outcome(&self, campaign: usize) -> bool {
        let Self { items, words, .. } = *self;
        // "The ACTOR crowned its attack with".
        let is_actor = |at: &usize| matches!(items[*at].kind, ItemKind::Actor(_));
        let named = campaign
            .checked_sub(1)
            .filter(is_actor)
            .filter(|_| !words.is_analytic);
        named
            .unwrap_or(campaign)
            .checked_sub(1)
            .is_some_and(|verb| {
                let features = items[verb].features;
                let is_done = features.any(Features::PAST)
                    || !words.is_analytic && !features.any(Features::NOUN.and(Features::PRESENT));
                items[verb].classes.meets(words.governors.achieved) && is_done
            })
    }

    /// "Insists that PLACE is theirs": behind "that" with a name, no verb, something is said to be so.
    fn is_statement(&self, left: usize) -> bool {
        let Self { items, words, .. } = *self;
        let is_name = |item: &Item| item.is_place() || matches!(item.kind, ItemKind::Actor(_));
        !words.is_analytic
            && items[left..self.at].windows(2).any(|pair| {
                let is_that = pair[0]
                    .classes
                    .meets(words.that.and(words.governors.subjunctive));
                is_that && is_name(&pair[1])
            })
    }
}
