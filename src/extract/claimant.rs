//! Who says a claim: a source or party that the sentence itself quotes, else the outlet.
//!
//! "The Observatory said", "according to an SDF spokesman", "activists report": the name stands beside
//! a word of reporting. A sentence that goes on reporting without a name ("he added") has the voice of
//! the one before. Of several names, as in "the agency quoted a spokesman of B", the last speaks. An
//! unnamed voice is only heard where no name is.

use std::ops::Range;

use super::annotate::ItemKind;
use super::claim::Context;
use crate::claim::{Claimant, ClaimantKind};
use crate::lexicon::Features;
use crate::text::Span;

/// A source is named within so many items of the word of reporting.
const BESIDE: usize = 7;

/// The longest name of a source, in items.
const LONGEST_NAME: usize = 6;

/// The voice of each sentence of a text.
pub(crate) struct Voices {
    outlet: Claimant,
    said: Vec<Option<Claimant>>,
}

impl Voices {
    /// The voices of the first `sentences` of a text.
    pub(crate) fn of(context: &Context, sentences: usize) -> Self {
        let outlet = context.claimant.clone();
        let mut last: Option<Claimant> = None;
        let mut said = Vec::with_capacity(sentences);
        for sentence in &context.discourse.sentences[..sentences] {
            let hearing = Hearing { context, sentence };
            let voice = if hearing.reports() {
                hearing.voice().or_else(|| last.clone())
            } else {
                hearing.heading()
            };
            // Its own press is the outlet itself.
            let is_outlet = voice.as_ref().is_some_and(|voice| {
                voice.kind == ClaimantKind::ActorMedia
                    && voice.leaning == outlet.leaning
                    && matches!(
                        outlet.kind,
                        ClaimantKind::ActorMedia | ClaimantKind::StateMedia
                    )
            });
            last.clone_from(&voice);
            said.push(voice.filter(|_| !is_outlet));
        }
        Self { outlet, said }
    }

    /// Whose words the claims of a sentence are.
    pub(crate) fn claimant(&self, sentence: usize) -> Claimant {
        let said = self.said.get(sentence).cloned().flatten();
        said.unwrap_or_else(|| self.outlet.clone())
    }
}

struct Hearing<'a> {
    context: &'a Context<'a>,
    sentence: &'a Range<usize>,
}

impl Hearing<'_> {
    fn is_report(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        let item = &self.context.items[at];
        item.classes.meets(words.report) && !item.features.any(Features::NOUN)
    }

    fn reports(&self) -> bool {
        self.sentence.clone().any(|at| self.is_report(at))
    }

    /// The last name beside a word of reporting, else an unnamed voice there.
    fn voice(&self) -> Option<Claimant> {
        let mut unnamed = None;
        let mut named = None;
        for at in self.sentence.clone().filter(|at| self.is_report(*at)) {
            for side in self.around(at) {
                for place in side {
                    named = self.name_at(place).or(named);
                    unnamed = unnamed.or_else(|| self.unnamed_at(place));
                }
                // Behind a name that speaks stands what it says.
                if named.is_some() || unnamed.is_some() {
                    break;
                }
            }
            if named.is_some() {
                break;
            }
        }
        named.or(unnamed)
    }

    /// The items beside a word of reporting where its subject stands, up to a mark or the "that"
    /// behind it; the likelier side first.
    fn around(&self, at: usize) -> [Range<usize>; 2] {
        let items = self.context.items;
        let words = &self.context.language.words;
        let ends = |at: &usize| items[*at].is_punctuation() || items[*at].classes.meets(words.that);
        let most = (at + 1 + BESIDE).min(self.sentence.end);
        let last = (at + 1..most).find(ends).unwrap_or(most);
        // The order "name said" is that of a language whose verbs do not agree.
        let floor = at.saturating_sub(BESIDE).max(self.sentence.start);
        let first = match (words.is_analytic, (floor..at).rev().find(ends)) {
            (false, _) => at,
            (true, Some(mark)) => mark + 1,
            (true, None) => floor,
        };
        [first..at, at + 1..last]
    }

    /// "ACTOR: ..." and "SOURCE: ..." at the head of a line.
    fn heading(&self) -> Option<Claimant> {
        let items = self.context.items;
        let most = (self.sentence.start + LONGEST_NAME).min(self.sentence.end);
        let colon = (self.sentence.start..most).find(|at| items[*at].is_mark(&[':']))?;
        let is_followed = items
            .get(colon + 1)
            .is_some_and(|next| !matches!(next.kind, ItemKind::Break | ItemKind::Place(_)));
        if !is_followed {
            return None;
        }
        (self.sentence.start..colon).find_map(|at| self.source_at(at, colon, true))
    }

    fn name_at(&self, at: usize) -> Option<Claimant> {
        self.source_at(at, self.sentence.end, false).or_else(|| {
            let named = self.context.discourse.actor(at)?;
            let words = &self.context.language.words;
            let before = &self.context.items[at.saturating_sub(1)];
            let is_accused = before.classes.meets(words.governors.deny);
            let actors = &self.context.extractor.actors;
            let id = &actors.actor(named.actor).id;
            (!is_accused).then(|| self.context.extractor.sources.claimant(id, actors))
        })
    }

    /// A name of the table of sources that starts at `at` and ends before `end`.
    fn source_at(&self, at: usize, end: usize, is_heading: bool) -> Option<Claimant> {
        let items = self.context.items;
        let text = self.context.text;
        let start = text.after_letters(items[at].span, items[at].particles);
        let extractor = self.context.extractor;
        let first = text.slice(Span {
            start,
            end: items[at].span.end,
        });
        let up_to = |last: usize| {
            let end = items[last].span.end;
            text.slice(Span { start, end }).trim()
        };
        if !extractor.sources.may_begin(first) {
            return None;
        }
        let more = (at + 1..end.min(at + LONGEST_NAME))
            .take_while(|last| extractor.sources.may_begin(up_to(*last)));
        let longest = more.last().unwrap_or(at);
        (at..=longest).rev().find_map(|last| {
            let name = up_to(last);
            let known = extractor.sources.find(name)?;
            // One word alone may be an ordinary word, unless it is marked as a name.
            let is_name = name.contains(' ') || items[at].kind == ItemKind::Masked;
            (is_heading || is_name || !matches!(items[at].kind, ItemKind::Word)).then(|| {
                extractor
                    .sources
                    .claimant(&known.name_en, &extractor.actors)
            })
        })
    }

    fn unnamed_at(&self, at: usize) -> Option<Claimant> {
        let item = &self.context.items[at];
        let extractor = self.context.extractor;
        item.classes
            .meets(self.context.language.words.unnamed)
            .then(|| {
                let name = self.context.text.slice(item.span);
                let known = extractor.sources.claimant(name, &extractor.actors);
                Claimant {
                    kind: ClaimantKind::Anonymous,
                    leaning: None,
                    ..known
                }
            })
    }
}
