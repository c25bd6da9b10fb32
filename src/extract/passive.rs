//! "It was taken": a deed told without the one who did it.

use super::claim::Collector;
use super::fit::Match;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

/// Items from "was" to the participle.
const WAS: usize = 3;

/// What was told longer ago than so many claims does not count.
const MOST_BACK: usize = 200;

impl Collector<'_> {
    /// Who took a place that "was taken": not the party that the text has told to lose it, unless
    /// the word says that it came back.
    pub(super) fn taker(&self, actor: ActorId, matched: &Match) -> Option<ActorId> {
        let items = self.context.items;
        let trigger = &items[matched.trigger];
        let discourse = self.context.discourse;
        let was = self.context.language.words.governors.was;
        let is_told = (matched.trigger.saturating_sub(WAS)..matched.trigger)
            .any(|at| items[at].classes.meets(was));
        let is_passive = trigger.features.any(Features::PAST)
            && is_told
            && matched
                .groups
                .iter()
                .all(|group| discourse.groups[*group].last < matched.trigger);
        let comes_back = trigger.classes.meets(self.context.language.words.retake);
        if !self.context.language.words.has_capitals || !is_passive || comes_back {
            return Some(actor);
        }
        let places = || {
            let groups = matched.groups.iter();
            groups.flat_map(|group| &discourse.spoken[*group])
        };
        let mut told = self.found.iter().rev().take(MOST_BACK);
        let has_lost = told.any(|found| {
            found.status == Status::Lost
                && found.actor == Some(actor)
                && places().any(|spoken| found.place == Some(spoken.place))
        });
        if has_lost {
            self.enemy_before(actor, matched.trigger)
        } else {
            Some(actor)
        }
    }
}
