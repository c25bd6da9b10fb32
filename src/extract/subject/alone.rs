//! The only party of the sentence before, with which a sentence goes on that names none.

use crate::extract::claim::Collector;
use crate::extract::discourse::Named;
use crate::extract::party::agrees;
use crate::lexicon::Features;

/// Items before the verb at the head of a sentence: "but", "on the other hand".
const HEAD: usize = 3;

impl Collector<'_> {
    /// "PLACE is still with the ACTOR. It has lost A": a verb at the head of a sentence, which agrees
    /// with the only party that the sentence before names.
    pub(super) fn only_one_before(&self, trigger: usize, gender: Features) -> Option<Named> {
        let items = self.context.items;
        let verb = items[trigger].features;
        let sentences = &self.context.discourse.sentences;
        let index = sentences.partition_point(|range| range.end <= trigger);
        let start = sentences.get(index)?.start;
        let before = sentences.get(index.checked_sub(1)?)?.clone();
        let is_verb = verb.any(Features::PAST) && !verb.any(Features::NOUN);
        let is_head = trigger - start <= HEAD
            && (start..trigger).all(|at| !items[at].is_place() && !items[at].is_punctuation());
        let is_one_story = before.clone().all(|at| !items[at].is_break());
        if self.context.language.words.is_analytic || !is_verb || !is_head || !is_one_story {
            return None;
        }
        let mut named = self.actors(before);
        let first = named.next()?;
        let sexes = Features::FEMININE.and(Features::MASCULINE);
        let is_said = gender.any(sexes) && first.gender.any(sexes) && agrees(first, gender);
        (is_said && named.all(|other| other.actor == first.actor)).then_some(first)
    }
}
