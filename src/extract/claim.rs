//! Rules to claims: each sentence is searched for patterns, and what one means becomes a claim, or is set
//! aside with the reason.

mod context;
mod found;
mod itself;
mod judge;
mod scene;

use std::ops::Range;

pub(crate) use context::{Context, text_end};
pub(crate) use found::Found;
pub(super) use judge::Said;
use scene::{bounds, scene};

use super::SetAside;
use super::discourse::Named;
use super::fit::{Match, Scene};
use super::index::{Active, Content, Start};
use super::measure::measures;
use super::mood::Mood;
use super::rule::{Consequence, Role, Rule};
use super::when::{put_history_aside, put_older_sizes_aside};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::PlaceId;
use crate::lexicon::{ClassSet, Features};
use crate::text::Span;

/// What is carried from clause to clause.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Carried {
    pub(super) subject: Option<Named>,
    /// The item that names the subject.
    pub(super) named_at: usize,
    pub(super) holder: Option<ActorId>,
}

/// Claims and what was set aside, in order of the text.
pub(crate) fn claims(context: &Context) -> (Vec<Found>, Vec<SetAside>) {
    let words = &context.language.words;
    let measures = measures(context.items, words);
    let passing = bounds(words).passing(context.items);
    let scene = scene(context, &measures, &passing);
    let mut collector = Collector::new(context, &scene);
    let classes = context.items.iter().map(|item| item.classes);
    let classes = classes.fold(ClassSet::default(), ClassSet::and);
    collector.read(classes.meets(words.retracts.and(words.governors.deny)));
    collector.put_holders_before_captures();
    collector.give_ground_to_who_shrinks();
    let denies_news = classes.meets(words.governors.untrue) && classes.meets(words.news);
    // "It has not".
    let denies = words.is_analytic && classes.meets(words.governors.not);
    if denies_news || denies || classes.meets(words.rebuts) {
        collector.retract();
    }
    let history = put_history_aside(&mut collector.found, context);
    let older = put_older_sizes_aside(&mut collector.found, context);
    collector.set_aside.extend(history.into_iter().chain(older));
    (collector.found, collector.set_aside)
}

/// Collects what rules say of a text, sentence by sentence.
pub(super) struct Collector<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) scene: &'a Scene<'a>,
    pub(super) found: Vec<Found>,
    pub(super) set_aside: Vec<SetAside>,
    pub(super) carried: Carried,
    /// Actors that a rule names beside its subject: they do not act in what follows.
    pub(super) spent: Vec<usize>,
    /// Those of them that gain by it.
    pub(super) winners: Vec<usize>,
    /// Those of them that lose by it.
    pub(super) losers: Vec<usize>,
    /// Trigger and group pairs of this sentence that a rule has used.
    pub(super) used: Vec<(usize, usize)>,
    /// Matches of this sentence of whose places the same is told as of others.
    same: Vec<(&'a Rule, Match, Mood)>,
    /// Patterns that may match in this sentence.
    active: Active,
}

/// In place of a group: the trigger is spent whatever places stand around it.
const WHOLE_TRIGGER: usize = usize::MAX;

impl<'a> Collector<'a> {
    fn new(context: &'a Context<'a>, scene: &'a Scene<'a>) -> Self {
        Self {
            context,
            scene,
            found: Vec::new(),
            set_aside: Vec::new(),
            carried: Carried::default(),
            spent: Vec::new(),
            winners: Vec::new(),
            losers: Vec::new(),
            used: Vec::new(),
            same: Vec::new(),
            active: Active::default(),
        }
    }

    /// Tries the rules on each sentence of a text that may take something back, or not.
    fn read(&mut self, may_take_back: bool) {
        let context = self.context;
        for (index, sentence) in context.discourse.sentences.iter().enumerate() {
            if sentence.start >= context.end {
                break;
            }
            self.sentence(index, sentence.clone());
            // What is taken back at once tells nothing of what follows.
            if may_take_back {
                self.take_back(index, sentence);
            }
        }
    }
}

impl<'a> Collector<'a> {
    /// Tries the rules on a sentence.
    fn sentence(&mut self, index: usize, range: Range<usize>) {
        self.used.clear();
        self.spent.clear();
        self.winners.clear();
        self.losers.clear();
        let rules = &self.context.language.index;
        let mut active = std::mem::take(&mut self.active);
        let content = self.content(&range, &mut active.starts);
        let items = &self.context.items[range.clone()];
        let is_active = rules.may_match(&content) && rules.activate(&content, items, &mut active);
        for at in range.clone() {
            self.remember_subject(at);
            if is_active {
                self.item(at, &range, index, &mut active);
            }
        }
        self.active = active;
        // "PLACE, just as OTHER, is held by": told behind it, so asked when all has been told.
        for (rule, matched, mood) in std::mem::take(&mut self.same) {
            self.give_same((rule, &matched, mood), index);
        }
    }

    /// Tries the patterns that may match at an item; of each rule one may.
    fn item(&mut self, at: usize, range: &Range<usize>, sentence: usize, active: &mut Active) {
        let language = self.context.language;
        let item = &self.context.items[at];
        let mut applied = None;
        for (rule, pattern) in language.index.at(at - range.start, item, active) {
            if applied == Some(rule) {
                continue;
            }
            let said = &language.rules[rule];
            let pattern = &said.patterns[pattern];
            let matched = self.scene.matches(pattern, at, range.end);
            let matched =
                matched.filter(|found| !pattern.says_it() || self.leaves_place_out(found));
            if matched.is_some_and(|matched| self.apply(said, &matched, range, sentence)) {
                applied = Some(rule);
            }
        }
    }

    /// What begins at an item.
    fn start(&self, at: usize) -> Start {
        let discourse = self.context.discourse;
        let measures = self.scene.measures;
        let starts_area = || measures.binary_search_by_key(&at, |measure| measure.first);
        Start {
            place: discourse.group_starting(at).is_some(),
            actor: discourse.actor(at).is_some(),
            area: !measures.is_empty() && starts_area().is_ok(),
        }
    }

    /// What a sentence has; `starts` becomes what begins at each of its items.
    fn content(&self, range: &Range<usize>, starts: &mut Vec<Start>) -> Content {
        let mut content = Content::default();
        starts.clear();
        for at in range.clone() {
            let start = self.start(at);
            content = content.with(self.context.items[at].classes, start);
            starts.push(start);
        }
        content
    }

    /// Applies a rule where one of its patterns matched; false where another rule has used the same
    /// words.
    fn apply(
        &mut self,
        rule: &'a Rule,
        matched: &Match,
        range: &Range<usize>,
        sentence: usize,
    ) -> bool {
        let lacks_party = |gives: &Consequence| match gives.role {
            Role::Asked => self.asked(matched.first, rule.gives_loss()).is_none(),
            Role::Entry => self.entry_party(matched.first).is_none(),
            Role::Listed => self.list_party(matched.first).is_none(),
            _ => false,
        };
        if self.is_no_deed(rule, matched) || rule.gives.iter().any(lacks_party) {
            return false;
        }
        let is_used = |group: usize| self.used.contains(&(matched.trigger, group));
        if is_used(WHOLE_TRIGGER) || matched.groups.iter().any(|group| is_used(*group)) {
            return false;
        }
        self.used
            .extend(matched.groups.iter().map(|group| (matched.trigger, *group)));
        // "The villages that ACTOR holds": of no place that was named, so others may be.
        let spoken = &self.context.discourse.spoken;
        let speaks = matched
            .groups
            .iter()
            .any(|group| !spoken[*group].is_empty());
        if rule.is_alone && speaks || matched.groups.is_empty() && rule.set_aside.is_some() {
            self.used.push((matched.trigger, WHOLE_TRIGGER));
        }
        self.judge(rule, matched, range, sentence);
        true
    }

    /// "In the desert", "A was taken in May, and B": a noun written like a verb, a participle whose
    /// place stands before it. Neither does anything to the place behind.
    fn is_no_deed(&self, rule: &Rule, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_deed = rule
            .gives
            .iter()
            .any(|gives| gives.role == Role::Subject && gives.status != Some(Status::Partial));
        let before = matched.trigger.checked_sub(1);
        let Some(before) = before.filter(|_| words.is_analytic && is_deed) else {
            return false;
        };
        let verb = &items[matched.trigger];
        let is_noun = verb.features.any(Features::PRESENT.and(Features::BASE))
            && !verb.features.any(Features::PAST.and(Features::NOUN))
            && items[before].classes.meets(words.article);
        let starts_behind =
            |group: &usize| self.context.discourse.groups[*group].first > matched.trigger;
        let is_passive = verb.classes.meets(words.gaining)
            && verb.features.any(Features::PAST)
            && items[before].classes.meets(words.passive)
            && rule.gives.iter().any(|gives| gives.status == Some(Status::Control))
            // A rule that asks for the "was" itself means it so.
            && matched.first == matched.trigger
            && !matched.groups.is_empty()
            && matched.groups.iter().all(starts_behind);
        // "They concede that A is lost": a word of saying.
        let is_said = verb.classes.meets(words.report)
            && items
                .get(matched.trigger + 1)
                .is_some_and(|next| next.classes.meets(words.that));
        is_noun || is_passive || is_said
    }

    /// Sets aside what a rule matched, once for each place of it.
    pub(super) fn put_aside(&mut self, rule: &Rule, matched: &Match, reason: &str) {
        let span = self.span(matched);
        let places = self.context.discourse.spoken_of(&matched.groups);
        let places: Vec<Option<PlaceId>> = places.map(|spoken| Some(spoken.place)).collect();
        let places = if places.is_empty() {
            vec![None]
        } else {
            places
        };
        for place in places {
            self.set_aside.push(SetAside {
                rule: rule.name.clone(),
                reason: reason.to_owned(),
                place,
                actor: None,
                span,
            });
        }
    }

    /// The words of a match.
    pub(super) fn span(&self, matched: &Match) -> Span {
        let items = self.context.items;
        items[matched.first]
            .span
            .to(items[matched.last.max(matched.first)].span)
    }
}
