//! Whose voice tells something: who announces it, is quoted, heads a line or has a spokesman.

use super::{Named, Reader};
use crate::actor::ActorId;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::line::is_label;
use crate::lexicon::Features;

/// Items from "as for" to a party, and on to its verb of saying.
const SAYS: usize = 4;

/// Items from a denial to the medium whose words are denied.
const DENIED: usize = 10;

/// A speaker named farther behind than this, in items, speaks of something else.
const SPEAKER_AHEAD: usize = 40;

impl Reader<'_> {
    /// A title stands close before, so that somebody of this party speaks.
    pub(in crate::extract) fn speaks(&self, at: usize) -> bool {
        let title = |back: usize| {
            let index = at.checked_sub(back)?;
            let between = &self.items[index + 1..at];
            self.items[index]
                .classes
                .meets(self.words.title)
                .then_some(between)
        };
        let is_title_behind = self.items.get(at + 1).is_some_and(|next| {
            next.classes.meets(self.words.title) && !next.features.any(Features::AND)
        }) && self.words.is_analytic;
        // "We in the ACTOR".
        let is_we = at > 1
            && self.items[at - 1].classes.meets(self.words.within)
            && self.items[at - 2].classes.meets(self.words.we_word);
        is_we
            || is_title_behind
            || (1..=4)
                .filter_map(title)
                .any(|between| !between.iter().any(|item| self.ends_title(item)))
    }

    /// "ACTOR announced" in the order verb, actor; not "said the ACTOR were left with".
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        let acts = self.words.is_analytic
            && self.items.get(at + 1).is_some_and(|next| {
                next.classes.meets(self.words.governors.was)
                    || next.classes.meets(self.words.copula)
                    || next.classes.meets(self.words.verbs)
                    || next.classes.meets(self.words.holding)
            });
        !acts
            && at.checked_sub(1).is_some_and(|index| {
                let verb = &self.items[index];
                verb.classes.meets(self.words.report)
                    && verb.features.any(Features::PAST.and(Features::PRESENT))
            })
            || self.is_topic_that_speaks(at)
    }

    /// "As for the press of the ACTOR, it said", "but the ACTOR spoke of": named first, and then the
    /// verb of saying.
    fn is_topic_that_speaks(&self, at: usize) -> bool {
        let words = self.words;
        let starts = |at: usize| {
            let classes = self.items[at].classes;
            self.items[at].is_punctuation() || classes.meets(words.clause.and(words.shift))
        };
        let is_plain = |at: &usize| {
            let item = &self.items[*at];
            matches!(item.kind, ItemKind::Word | ItemKind::Masked)
                && !item
                    .classes
                    .meets(words.verbs.and(words.that).and(words.preposition))
        };
        let before = at.saturating_sub(SAYS)..at;
        let first = before.rev().find(|at| !is_plain(at));
        let ahead = at + 1..(at + SAYS).min(self.items.len());
        let verb = ahead.into_iter().find(|at| !is_plain(at));
        let says = |at: usize| {
            let item = &self.items[at];
            item.classes.meets(words.report)
                && item.features.any(Features::PAST)
                && !item.features.any(Features::NOUN)
                && !item.classes.meets(words.preposition)
        };
        !words.is_analytic && first.is_none_or(starts) && verb.is_some_and(says)
    }

    fn ends_title(&self, item: &Item) -> bool {
        item.classes.meets(self.words.verbs)
            || item.classes.meets(self.words.that)
            // "Told our correspondent that the ACTOR".
            || self.words.is_analytic && item.classes.meets(self.words.which)
            || matches!(item.kind, ItemKind::Break | ItemKind::Actor(_))
            || item.is_mark(&[',', '،', '.', ':'])
    }

    /// "Dismissed a claim by its mouthpiece": it does not go on to speak.
    pub(super) fn is_denied(&self, at: usize) -> bool {
        let is_end = |item: &&Item| !item.is_break() && !item.is_mark(&['.']);
        let before = self.items[at.saturating_sub(DENIED)..at].iter().rev();
        self.words.is_analytic
            && before
                .take_while(is_end)
                .any(|item| item.classes.meets(self.words.governors.deny))
    }

    /// "ACTOR: ..." at the head of a line.
    pub(super) fn is_heading(&self, at: usize) -> bool {
        is_label(self.items, at, at)
    }

    /// "He said", "the spokesman added".
    pub(super) fn goes_on_saying(&self, at: usize) -> bool {
        let is_person = self.items[at]
            .classes
            .meets(self.words.he.and(self.words.title));
        self.words.is_analytic
            && is_person
            && self.items.get(at + 1).is_some_and(|verb| {
                verb.classes.meets(self.words.report) && verb.features.is_finite()
            })
    }

    /// "We hold it", said a spokesman of the army: who speaks is often said behind.
    pub(super) fn hear_ahead(&self, named: &mut [Option<Named>], speakers: &mut [Option<ActorId>]) {
        let mut ahead: Option<(usize, ActorId)> = None;
        for at in (0..speakers.len()).rev() {
            match speakers[at] {
                Some(actor) => ahead = Some((at, actor)),
                None => {
                    speakers[at] = ahead
                        .filter(|(behind, _)| behind - at <= SPEAKER_AHEAD)
                        .map(|(_, actor)| actor);
                }
            }
            if named[at].is_none() && self.items[at].classes.meets(self.words.we) {
                named[at] = speakers[at].map(Named::we);
            }
        }
    }
}
