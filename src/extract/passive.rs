//! "It was taken": a deed told without the one who did it.

use super::claim::Collector;
use super::pattern::Match;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::Features;

impl Collector<'_> {
    /// Who took a place that "was taken": not the party that the text has told to lose it, unless
    /// the word says that it came back.
    pub(super) fn taker(&self, actor: ActorId, matched: &Match) -> ActorId {
        let items = self.context.items;
        let trigger = &items[matched.trigger];
        let discourse = self.context.discourse;
        let is_passive = trigger.features.any(Features::PAST)
            && matched
                .groups
                .iter()
                .all(|group| discourse.groups[*group].last < matched.trigger);
        let comes_back = trigger.classes.meets(self.context.language.words.retake);
        if !self.context.language.words.has_capitals || !is_passive || comes_back {
            return actor;
        }
        let places = || {
            let groups = matched.groups.iter();
            groups.flat_map(|group| &discourse.spoken[*group])
        };
        let has_lost = self.found.iter().any(|found| {
            found.status == Status::Lost
                && found.actor == Some(actor)
                && places().any(|spoken| found.place == Some(spoken.place))
        });
        if has_lost {
            self.enemy_before(actor, matched.trigger).unwrap_or(actor)
        } else {
            actor
        }
    }

    /// "Took it from the ACTOR": whoever stands behind "from" does not act in what follows.
    pub(super) fn is_robbed(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let mut from = at.saturating_sub(1);
        if from > 0 && items[from].classes.meets(words.the) {
            from -= 1;
        }
        words.has_capitals && from < at && items[from].classes.meets(words.from)
    }
}
