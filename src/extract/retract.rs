//! What a text takes back: "the report has no basis", "that was not the case".

use std::ops::Range;

use super::SetAside;
use super::claim::{Collector, Found};
use crate::lexicon::Features;

/// Sentences that a retraction reaches back to.
const RETRACTED: usize = 3;

impl Collector<'_> {
    /// "The report has no basis": what an earlier sentence told as news is not so.
    pub(super) fn retract(&mut self) {
        let words = &self.context.language.words;
        let items = self.context.items;
        let sentences = &self.context.discourse.sentences;
        let tells = |sentence: &Range<usize>| {
            sentence.clone().any(|at| {
                items[at].classes.meets(words.news) && !items[at].features.any(Features::THE)
            })
        };
        for (index, sentence) in sentences.iter().enumerate() {
            self.take_back(index, sentence);
            let denied = sentence
                .clone()
                .find(|at| items[*at].classes.meets(words.governors.untrue));
            let is_about_news = denied.is_some_and(|denied| {
                (sentence.start..denied).any(|at| {
                    items[at].classes.meets(words.news) && items[at].features.any(Features::THE)
                })
            });
            if !is_about_news {
                continue;
            }
            let earlier = (index.saturating_sub(RETRACTED)..index)
                .rev()
                .find(|earlier| tells(&sentences[*earlier]));
            let Some(earlier) = earlier else { continue };
            self.drop_found(|found| found.sentence == earlier);
        }
    }

    /// "That was not the case": what the sentence said so far, or else the one before it.
    fn take_back(&mut self, index: usize, sentence: &Range<usize>) {
        let retracts = self.context.language.words.retracts;
        let items = self.context.items;
        let Some(at) = sentence
            .clone()
            .find(|at| items[*at].classes.meets(retracts))
        else {
            return;
        };
        let is_before =
            |found: &Found| found.at < at && found.sentence + 1 >= index && found.sentence <= index;
        let last = self
            .found
            .iter()
            .filter(|found| is_before(found))
            .map(|f| f.sentence)
            .max();
        self.drop_found(|found| Some(found.sentence) == last && is_before(found));
    }

    fn drop_found(&mut self, is_gone: impl Fn(&Found) -> bool) {
        let (gone, kept): (Vec<Found>, Vec<Found>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(is_gone);
        self.found = kept;
        let aside = gone.into_iter().map(|found| SetAside {
            rule: found.rule,
            reason: "taken back later in the text".into(),
            place: found.place,
            actor: found.actor,
            span: found.span,
        });
        self.set_aside.extend(aside);
    }
}
