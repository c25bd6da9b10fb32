//! Rules and moods to claims: who, where, what, in which words.

use std::ops::Range;

use jiff::civil::Date;

use super::annotate::Item;
use super::discourse::{Discourse, Named};
use super::fit::{Match, Scene};
use super::index::{Active, Content, Start};
use super::measure::{Measure, measures};
use super::misspelt::ReadAs;
use super::mood::{Mood, mood};
use super::names::AliasKind;
use super::passing::{Bounds, Passing};
use super::resolve::Choice;
use super::retract::LEFT_OUT;
use super::rule::{Consequence, Role, Rule};
use super::{Extractor, Language, SetAside, Words};
use crate::actor::ActorId;
use crate::claim::{Certainty, Claimant, DateBasis, Status};
use crate::gazetteer::PlaceId;
use crate::lexicon::{ClassSet, Features};
use crate::report::Report;
use crate::text::{Span, Text};

/// All that a report's claims are read from.
pub(crate) struct Context<'a> {
    pub report: &'a Report,
    /// The outlet that published it, empty when nothing says it.
    pub outlet: &'a str,
    pub claimant: Claimant,
    pub text: &'a Text,
    pub items: &'a [Item<'a>],
    pub discourse: &'a Discourse,
    /// The place that each item names.
    pub choices: &'a [Option<Choice>],
    /// The names that are written as in no table, in order.
    pub read_as: &'a [ReadAs<'a>],
    /// The items of nouns that name a place by themselves, in order.
    pub nouns: &'a [usize],
    pub language: &'a Language,
    pub extractor: &'a Extractor,
    pub published: Option<(Date, DateBasis)>,
    /// The item at which the text ends, or related links and other furniture begin.
    pub end: usize,
}

/// A claim before the text as a whole has been heard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub place: Option<PlaceId>,
    pub actor: Option<ActorId>,
    pub status: Status,
    pub share: Option<f64>,
    pub area_km2: Option<f64>,
    pub certainty: Certainty,
    pub is_exclusive: bool,
    /// Told as what had happened before the story.
    pub is_earlier: bool,
    /// A loss only if the text says who holds the place now.
    pub is_former: bool,
    pub rule: String,
    pub span: Span,
    /// Position of the trigger among the items, for the order of the story.
    pub at: usize,
    pub sentence: usize,
    pub confidence: f64,
    /// How sure the rule is, whatever the place.
    pub trust: f64,
    /// Whose voice tells it.
    pub voice: Option<ActorId>,
    /// Stands between quotation marks.
    pub is_quoted: bool,
}

impl Found {
    /// What the word at an item of a sentence tells, by a rule of so much trust: of nobody and no
    /// place yet.
    pub(super) fn told(
        context: &Context,
        (at, sentence): (usize, usize),
        (rule, trust, mood): (&str, f64, Mood),
    ) -> Self {
        let item = &context.items[at];
        Self {
            place: None,
            actor: None,
            status: Status::Partial,
            share: None,
            area_km2: None,
            certainty: mood.certainty(),
            is_exclusive: false,
            is_earlier: false,
            is_former: false,
            rule: rule.to_owned(),
            span: item.span,
            at,
            sentence,
            confidence: trust,
            trust,
            voice: context.discourse.speaker(at),
            is_quoted: item.depth > 0,
        }
    }
}

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
    let denies_news = classes.meets(words.governors.untrue) && classes.meets(words.news);
    // "It has not".
    let denies = words.has_capitals && classes.meets(words.governors.not);
    if denies_news || denies || classes.meets(words.rebuts) {
        collector.retract();
    }
    (collector.found, collector.set_aside)
}

/// Classes that are asked for where articles are words of their own.
fn articled(words: &Words, class: ClassSet) -> ClassSet {
    if words.has_capitals {
        class
    } else {
        ClassSet::default()
    }
}

/// The words that bound a gap.
fn bounds(words: &Words) -> Bounds {
    Bounds {
        walls: words.walls,
        clause: words.clause,
        prepositions: words.within,
        time: words.roles.time,
        adverb: words.adverb,
        people: words.relief,
        loss: articled(words, words.loss),
        that: words.that,
        inserted: words.after.and(words.aside).and(words.roles.one_of),
    }
}

/// What patterns are laid on: the items of the text, and words that the fit asks for.
fn scene<'a>(context: &Context<'a>, measures: &'a [Measure], passing: &'a [Passing]) -> Scene<'a> {
    let words = &context.language.words;
    Scene {
        items: context.items,
        discourse: context.discourse,
        measures,
        passing,
        clause: words.clause,
        edge: words.edge,
        which: words.which,
        shift: words.shift,
        colour: words.colour,
        amount: if words.has_capitals {
            ClassSet::default()
        } else {
            words.roles.after_name
        },
        and: words.and,
        them: words.roles.them,
        held: words.under.and(words.its_control),
        the: articled(words, words.the),
        naming: words.roles.naming,
        head: words.roles.head,
    }
}

/// The item at which a text ends, or related links and other furniture begin.
pub(super) fn text_end(items: &[Item], furniture: ClassSet) -> usize {
    let starts_line = |at: usize| at == 0 || items[at - 1].is_break();
    (0..items.len())
        .find(|at| items[*at].classes.meets(furniture) && starts_line(*at))
        .unwrap_or(items.len())
}

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

/// A rule that matched, and how the words stand to the fact.
pub(super) struct Said<'a> {
    pub(super) rule: &'a Rule,
    pub(super) matched: &'a Match,
    pub(super) mood: Mood,
    pub(super) sentence: usize,
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
            Role::Asked => self.asked(matched.first).is_none(),
            Role::Entry => self.entry_party(matched.first).is_none(),
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
        let Some(before) = before.filter(|_| words.has_capitals && is_deed) else {
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

    /// The mood of words that carry their own denial: "had it not left" is none the less a condition.
    fn mood_of_clause(&self, matched: &Match) -> Mood {
        let condition = self.context.language.words.governors.condition;
        let before = matched.first.checked_sub(1);
        let before = before.map(|at| self.context.items[at].classes);
        if before.is_some_and(|classes| classes.meets(condition)) {
            Mood::Conditional
        } else {
            Mood::Asserted
        }
    }

    /// Asks the mood of a match, then says what it gives or sets it aside.
    fn judge(&mut self, rule: &'a Rule, matched: &Match, range: &Range<usize>, sentence: usize) {
        let clause = self.clause(matched, range);
        let found_mood = if rule.any_mood {
            self.mood_of_clause(matched)
        } else {
            let aside = self.apposed(matched, clause.start);
            let floor = aside
                .or_else(|| self.relative(matched, clause.start))
                .unwrap_or(clause.start);
            let comma = || {
                let mut behind = matched.last + 1..clause.end;
                behind.find(|at| self.context.items[*at].is_comma())
            };
            let end = aside.and_then(|_| comma()).unwrap_or(clause.end);
            mood(
                self.context.items,
                matched.trigger,
                floor..end,
                &self.context.language.words,
            )
        };
        let left_out = || self.is_left_out(matched.trigger).then_some(LEFT_OUT);
        let reason = rule.set_aside.as_deref().or(found_mood.reason());
        let reason = reason.or_else(left_out);
        if let Some(reason) = reason {
            // A likeness tells nothing by itself: other words may tell of the place.
            if rule.gives.iter().all(|gives| gives.role != Role::Same) {
                self.put_aside(rule, matched, reason);
            }
            if found_mood == Mood::Past {
                self.give_past(rule, matched, &clause, sentence);
            }
            return;
        }
        if rule.gives.iter().any(|gives| gives.role == Role::Subject) {
            self.spent.extend(&matched.actors);
            self.remember_outcome(rule, matched);
        }
        let said = Said {
            rule,
            matched,
            mood: found_mood,
            sentence,
        };
        let is_one_side = self.is_shared_by_one_side(rule, matched);
        for consequence in &rule.gives {
            if consequence.role == Role::Same {
                self.same.push((rule, matched.clone(), found_mood));
                continue;
            }
            let whole = Consequence {
                status: Some(Status::Control),
                ..*consequence
            };
            let consequence = if is_one_side { &whole } else { consequence };
            let named = self.party(consequence.role, matched, &clause, rule);
            let named = named
                .and_then(|actor| self.not_itself(actor, consequence, (rule, matched, &clause)));
            let named = named.and_then(|actor| self.who_leaves(actor, consequence, matched));
            self.give(&said, consequence, named);
        }
    }

    /// "The army and its allies share it": two of one side have it between them.
    fn is_shared_by_one_side(&self, rule: &Rule, matched: &Match) -> bool {
        let holder = |gives: &Consequence| match (gives.role, gives.status, gives.of) {
            (Role::Actor(index), Some(Status::Partial), None) => {
                let named = self.context.discourse.actor(*matched.actors.get(index)?)?;
                Some(named.actor)
            }
            _ => None,
        };
        let mut holders = rule.gives.iter().map(holder);
        let first = holders.next().flatten();
        rule.gives.len() > 1 && first.is_some() && holders.all(|other| other == first)
    }

    /// Nobody takes a place from himself: where the subject found is the party that loses, its
    /// enemy named last, or whoever speaks, is meant; where it is another party of the rule, nobody.
    fn not_itself(
        &self,
        actor: ActorId,
        consequence: &Consequence,
        (rule, matched, clause): (&Rule, &Match, &Range<usize>),
    ) -> Option<ActorId> {
        // "We drove the attackers off": whoever attacked elsewhere, here it is not those who speak.
        let verb = self.context.items[matched.trigger].features;
        let is_speaker = self.context.discourse.speaker(matched.trigger) == Some(actor);
        if verb.any(Features::WE) && is_speaker {
            let is_hit = consequence.status == Some(Status::Lost)
                && matches!(consequence.role, Role::Actor(_));
            return if is_hit {
                self.enemy_before(actor, matched.trigger)
            } else {
                Some(actor)
            };
        }
        let is_same = |other: &&Consequence| match other.role {
            Role::Actor(index) => matched
                .actors
                .get(index)
                .and_then(|at| self.context.discourse.actor(*at))
                .is_some_and(|named| named.actor == actor),
            _ => false,
        };
        // "Handed it to the attackers": not to himself.
        let gives_away =
            |other: &Consequence| (other.role, other.status) == (Role::Subject, Some(Status::Lost));
        if self.is_bare(consequence.role, matched)
            && rule.gives.iter().any(gives_away)
            && self
                .subject(matched, clause, false)
                .is_some_and(|subject| subject.actor == actor)
        {
            return self
                .enemy_before(actor, matched.trigger)
                .or_else(|| self.enemy_behind(actor, matched.last));
        }
        let same = rule
            .gives
            .iter()
            .find(is_same)
            .filter(|_| consequence.role == Role::Subject);
        match same {
            None => Some(actor),
            Some(other) if other.status == Some(Status::Lost) => {
                self.enemy_before(actor, matched.trigger)
            }
            Some(other) if self.is_bare(other.role, matched) => Some(actor),
            Some(_) => None,
        }
    }

    /// The party of this part is named by a word that may mean several: "the attackers".
    fn is_bare(&self, role: Role, matched: &Match) -> bool {
        let Role::Actor(index) = role else {
            return false;
        };
        let item = matched.actors.get(index).map(|at| &self.context.items[*at]);
        item.is_some_and(|item| {
            let mut aliases = item.actors().iter();
            !item.actors().is_empty() && aliases.all(|alias| alias.kind == AliasKind::Bare)
        })
    }

    /// Who held a place before lost it, if the text also says who holds it now; who had lost it has
    /// lost it.
    fn give_past(&mut self, rule: &Rule, matched: &Match, clause: &Range<usize>, sentence: usize) {
        let before = self.found.len();
        let said = Said {
            rule,
            matched,
            mood: Mood::Asserted,
            sentence,
        };
        for consequence in &rule.gives {
            if matches!(consequence.status, Some(Status::Control | Status::Lost)) {
                let named = self.party(consequence.role, matched, clause, rule);
                self.give(&said, consequence, named);
            }
        }
        for found in &mut self.found[before..] {
            found.is_former = found.status != Status::Lost;
            found.status = Status::Lost;
            found.is_earlier = true;
        }
    }

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

    pub(super) fn span(&self, matched: &Match) -> Span {
        let items = self.context.items;
        items[matched.first]
            .span
            .to(items[matched.last.max(matched.first)].span)
    }
}
