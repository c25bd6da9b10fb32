//! What a text takes back or leaves out: "the report has no basis", "that was not the case", "not on
//! the map: ...".

use std::ops::Range;

use super::annotate::Item;
use super::claim::{Collector, Found};
use super::line::starts_line;
use crate::lexicon::{ClassSet, Features};

const TAKEN_BACK: &str = "taken back later in the text";

/// Sentences that a retraction reaches back to.
const RETRACTED: usize = 3;

/// Items of "this news is" before the word that calls it false.
const LONGEST_NEWS: usize = 3;

/// Items from "denied" to what is denied.
const DENIED: usize = 6;

/// Items at the head of a line in which it says that what follows is left out.
const HEAD: usize = 4;

/// Items of a sentence between what is told and its denial.
const LONGEST_BETWEEN: usize = 12;

/// Items up to the colon behind whoever answers.
const LABEL: usize = 8;

/// Items at the head of a sentence with the word that counts: "the other".
const COUNTED: usize = 2;

/// Items of "it has not".
const BARE: usize = 3;

/// Items of a list of what is left out, and of the heading above it.
const LONGEST_LIST: usize = 200;
const LONGEST_HEADING: usize = 6;

/// Why what a line leaves out is set aside.
pub(super) const LEFT_OUT: &str = "left out by the writer";

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
            if index > 0 && self.rebuts(sentence) {
                self.drop_found(|found| found.sentence + 1 == index);
            }
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
                .find(|earlier| tells(&sentences[*earlier]))
                .or_else(|| {
                    index
                        .checked_sub(1)
                        .filter(|_| self.is_nothing_but(sentence, denied))
                });
            let Some(earlier) = earlier else { continue };
            self.drop_found(|found| found.sentence == earlier);
        }
    }

    /// "The news is false": nothing stands between the head of the sentence and the denial but the
    /// news, so that it is what the sentence before tells.
    fn is_nothing_but(&self, sentence: &Range<usize>, denied: Option<usize>) -> bool {
        let items = self.context.items;
        let news = self.context.language.words.news;
        let head = denied.map(|denied| &items[sentence.start..denied]);
        let is_near = |head: &&[Item]| head.len() <= LONGEST_NEWS;
        head.filter(is_near).is_some_and(|head| {
            let is_plain = |item: &Item| !item.is_place() && !item.is_punctuation();
            head.iter().all(is_plain) && head.iter().any(|item| item.classes.meets(news))
        })
    }

    /// "No.", "False.", "He said: not so.": an answer that is nothing but a denial of the sentence
    /// before.
    fn rebuts(&self, sentence: &Range<usize>) -> bool {
        let items = self.context.items;
        let is_word = |at: &usize| !items[*at].is_punctuation() && !items[*at].is_break();
        let mut label = sentence.clone().take(LABEL);
        let colon = label.find(|at| items[*at].is_mark(&[':']));
        let behind_colon = colon.map(|colon| colon + 1);
        let rebuts = self.context.language.words.rebuts;
        let starts = std::iter::once(sentence.start).chain(behind_colon);
        // "Not so, says the ACTOR: ..." too.
        let mut firsts = starts.filter_map(|start| (start..sentence.end).find(is_word));
        firsts.any(|first| {
            let next = items.get(first + 1);
            let ends = next.is_none_or(|next| next.is_punctuation() || next.is_break());
            ends && items[first].classes.meets(rebuts)
                || self.is_bare_denial(first)
                || self.is_denied_by(first, sentence.end)
        })
    }

    /// "The ACTOR says that they did not": as an answer, told of who denies it.
    fn is_denied_by(&self, first: usize, end: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let says =
            |at: &usize| items[*at].classes.meets(words.report) && items[*at].features.is_finite();
        let said = (first..end.min(first + DENIED)).find(says);
        let that = |at: usize| {
            usize::from(
                items
                    .get(at)
                    .is_some_and(|item| item.classes.meets(words.that)),
            )
        };
        let denial = said.map(|said| said + 1 + that(said + 1));
        denial.is_some_and(|denial| denial < end && self.is_bare_denial(denial))
    }

    /// "It has not, according to": a pronoun and a denial, with nothing that is denied.
    fn is_bare_denial(&self, first: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let is = |at: usize, set| items[at].classes.meets(set);
        let verb = words.copula.and(words.governors.was);
        let not = (first + 1..(first + BARE).min(items.len()))
            .find(|at| is(*at, words.governors.not) || !is(*at, verb));
        let ends = |not: usize| items.get(not + 1).is_none_or(Item::is_punctuation);
        words.is_analytic
            && is(first, words.subjects)
            && not.is_some_and(|not| is(not, words.governors.not) && ends(not))
    }

    /// "That was not the case": what the sentence said so far, or else the one before it.
    pub(super) fn take_back(&mut self, index: usize, sentence: &Range<usize>) {
        let retracts = self.context.language.words.retracts;
        let items = self.context.items;
        let is_retracted = |at: &usize| {
            items[*at].classes.meets(retracts) && !self.tells_what(*at)
                || self.denies_it(*at, sentence.end)
        };
        let Some(at) = sentence.clone().find(is_retracted) else {
            return;
        };
        let floor = self.last_telling(index);
        let earlier = self.found.iter().rposition(|found| found.sentence < floor);
        let told = self.found.split_off(earlier.map_or(0, |last| last + 1));
        let is_before =
            |found: &Found| found.at < at && (found.sentence == index || !self.is_in_aside(found));
        let before = told.iter().filter(|found| is_before(found));
        let last = before.map(|found| found.sentence).max();
        let is_gone = |found: &Found| Some(found.sentence) == last && is_before(found);
        let (gone, kept): (Vec<Found>, Vec<Found>) = told.into_iter().partition(is_gone);
        self.found.extend(kept);
        self.put_back(&gone);
    }

    /// "ACTOR, who has the say in PLACE, hints at more": what is denied behind it is the hint.
    fn is_in_aside(&self, found: &Found) -> bool {
        let items = self.context.items;
        let sentence = &self.context.discourse.sentences[found.sentence];
        let is_comma = |at: &usize| items[*at].is_comma();
        let opening = (sentence.start..found.at).rev().find(is_comma);
        let closing = (found.at..sentence.end).find(is_comma);
        let names = opening.and_then(|comma| self.context.discourse.actor(comma.checked_sub(1)?));
        let goes_on = closing.and_then(|comma| items.get(comma + 1));
        names.is_some() && goes_on.is_some_and(|item| item.features.is_finite())
    }

    /// The sentence before, or that before it where the one between names no place: "They said that
    /// they had taken PLACE. They gave no details. A source denied it".
    fn last_telling(&self, index: usize) -> usize {
        let discourse = self.context.discourse;
        let before = index.saturating_sub(1);
        let between = discourse.sentences[before].clone();
        let speaks_of_place = between
            .clone()
            .any(|at| discourse.group_starting(at).is_some());
        let breaks = |at: usize| self.context.items[at].is_break();
        let is_short = between.len() <= LONGEST_BETWEEN && !between.clone().any(breaks);
        let is_analytic = self.context.language.words.is_analytic;
        before.saturating_sub(usize::from(is_analytic && is_short && !speaks_of_place))
    }

    /// "But activists denied it", "a source denied the news": in a language whose verb stands before
    /// its subject.
    fn denies_it(&self, at: usize, end: usize) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let verb = &items[at];
        let is_verb = !words.is_analytic
            && verb.classes.meets(words.governors.deny)
            && verb.features.is_finite()
            && !verb.features.any(Features::NOUN.and(Features::FUTURE));
        let is_plain = |at: &usize| {
            !items[*at].is_punctuation()
                && !items[*at].is_place()
                && !items[*at].classes.meets(words.that)
        };
        let is_matter = |at: usize| {
            let item = &items[at];
            item.classes.meets(words.matter)
                || item.classes.meets(words.news) && item.features.any(Features::THE)
        };
        let mut behind = (at + 1..end.min(at + DENIED)).take_while(is_plain);
        is_verb && behind.any(is_matter)
    }

    /// "They denied it had fallen", "denied this report that": what is denied stands behind.
    fn tells_what(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        let told = words.that.and(words.which).and(words.roles.is_so);
        // "They denied it had entered"; but "no evidence of it has emerged" tells no more.
        let before = at.checked_sub(1).map(|before| &self.context.items[before]);
        let is_subject = before.is_none_or(|before| {
            before.is_punctuation() || before.is_break() || before.classes.meets(words.clause)
        });
        let told = if is_subject {
            told
        } else {
            told.and(words.copula)
        };
        let next = self.context.items.get(at + 1);
        words.is_analytic && next.is_some_and(|next| next.classes.meets(told))
    }

    /// "Not on the map: a page says that ACTOR took PLACE": the line, or the heading of the list in
    /// which it stands, says that the writer does not take it for true.
    pub(super) fn is_left_out(&self, at: usize) -> bool {
        let items = self.context.items;
        let left_out = self.context.language.words.left_out;
        let sentence = self.sentence_of(at).start;
        let mut opening = items[sentence..at].iter().take(HEAD);
        if opening.any(|item| item.classes.meets(left_out)) || self.is_of_left_out_items(at) {
            return true;
        }
        let starts_line = |at: &usize| starts_line(items, *at);
        let floor = at.saturating_sub(LONGEST_LIST);
        let mut end = at + 1;
        for start in (floor..=at).rev().filter(starts_line) {
            let line = &items[start..end];
            let head = &line[..HEAD.min(line.len())];
            let is_said = head.iter().any(|item| item.classes.meets(left_out));
            // A heading is short; a blank line ends the list below it. Of its own line a word speaks
            // up to the end of the list, or else of its sentence.
            let is_own = end == at + 1;
            let is_list = line.iter().any(|item| item.is_mark(&[':', '–', '—']));
            let reaches = is_list || sentence <= start + HEAD;
            if is_said && (is_own && reaches || line.len() <= LONGEST_HEADING) {
                return true;
            }
            if line.len() <= 1 && !is_own {
                return false;
            }
            end = start;
        }
        false
    }

    /// "We left out two items. One is ... The other is ...": sentences that count what is left out.
    fn is_of_left_out_items(&self, at: usize) -> bool {
        let words = &self.context.language.words;
        let sentences = &self.context.discourse.sentences;
        let opens = |sentence: &Range<usize>, items: usize, class: ClassSet| {
            let mut opening = self.context.items[sentence.clone()].iter().take(items);
            opening.any(|item| item.classes.meets(class))
        };
        let own = sentences.partition_point(|sentence| sentence.end <= at);
        let back = own.saturating_sub(RETRACTED)..=own;
        let last = sentences.get(back).unwrap_or_default().iter().rev();
        let mut counted = last.skip_while(|sentence| opens(sentence, COUNTED, words.enumerates));
        let heading = counted.next().filter(|heading| heading.end <= at);
        heading.is_some_and(|heading| opens(heading, HEAD, words.left_out))
    }

    fn drop_found(&mut self, is_gone: impl Fn(&Found) -> bool) {
        let (gone, kept): (Vec<Found>, Vec<Found>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(is_gone);
        self.found = kept;
        self.put_back(&gone);
    }

    /// Sets aside claims that the text takes back.
    fn put_back(&mut self, gone: &[Found]) {
        let aside = gone.iter().map(|found| found.aside(TAKEN_BACK));
        self.set_aside.extend(aside);
    }
}
