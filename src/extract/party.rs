//! Who a match speaks of: the subject of its trigger, the party that holds out, its enemy.

use std::ops::Range;

use super::annotate::{Item, ItemKind};
use super::claim::{Collector, Found};
use super::discourse::Named;
use super::fit::Match;
use super::names::AliasKind;
use super::rule::{Role, Rule};
use crate::actor::ActorId;
use crate::claim::Status;
use crate::lexicon::{ClassSet, Features};

/// A party named farther back than this, in items, is no longer spoken of.
pub(super) const FAR_BACK: usize = 60;

/// A line reaches back no farther than this, in items, to the party that heads it.
const LONGEST_ENTRY: usize = 120;

/// Items at the head of a line within which its colon stands.
const LONGEST_HEAD: usize = 8;

/// Items to either side in which a party is looked for that is named nowhere near.
const FAR_AROUND: usize = 300;

/// Items of a heading above a list.
const LONGEST_TITLE: usize = 8;

/// Lines of a list below its heading.
const MOST_LINES: usize = 12;

/// Items before a size of ground within which somebody named is there.
const COMPANY: usize = 5;

impl Collector<'_> {
    pub(super) fn party(
        &self,
        role: Role,
        matched: &Match,
        clause: &Range<usize>,
        rule: &Rule,
    ) -> Option<ActorId> {
        match role {
            Role::Nobody | Role::Same => None,
            Role::Actor(index) => matched
                .actors
                .get(index)
                .and_then(|at| self.context.discourse.actor(*at))
                .map(|named| named.actor),
            Role::Subject => self
                .subject(matched, clause, rule.is_explicit)
                .and_then(|named| self.taker(named.actor, matched, clause))
                .and_then(|actor| self.who_shrank(actor, rule, matched, clause))
                .or_else(|| self.robber_unsaid(rule, matched, clause)),
            Role::Holder => self.holder(matched, clause),
            Role::Rival => self.rival(matched, clause),
            Role::Winner => self
                .regainer(matched)
                .or_else(|| self.winner(matched, clause))
                .map(|actor| self.who_frees(actor, matched))
                .or_else(|| self.only_who_frees(matched, clause)),
            Role::Former => self.former(matched),
            Role::Entry => self.entry_party(matched.first),
            Role::Listed => self.list_party(matched.first),
            Role::Asked => self.asked(matched.first, rule.gives_loss()),
            Role::Against => {
                let named = *matched.actors.first()?;
                let party = self.context.discourse.actor(named)?.actor;
                self.robber(party, matched, clause, rule)
                    .or_else(|| self.enemy_before(party, matched.trigger))
                    .or_else(|| self.enemy_behind(party, named))
                    .or_else(|| {
                        let has_capitals = self.context.language.words.has_capitals;
                        (!has_capitals)
                            .then(|| self.far_enemy(party, named))
                            .flatten()
                    })
                    .or_else(|| self.only_enemy(party, matched.trigger))
            }
        }
    }

    /// "PLACE was wrested from the ACTOR": by its enemy that gained last in the story, before others
    /// that are only named.
    fn robber(
        &self,
        party: ActorId,
        matched: &Match,
        clause: &Range<usize>,
        rule: &Rule,
    ) -> Option<ActorId> {
        let words = &self.context.language.words;
        let is_gain = words.has_capitals
            && (self.context.items[matched.trigger].classes).meets(words.gaining);
        let loses = (rule.gives.iter())
            .any(|gives| (gives.role, gives.status) == (Role::Actor(0), Some(Status::Lost)));
        let winner = self.winner(matched, clause).filter(|_| is_gain && loses)?;
        let actors = &self.context.extractor.actors;
        actors.are_opposed(winner, party).then_some(winner)
    }

    /// "Yellow (ACTOR): ...": the party that stands before the colon at the head of the line.
    pub(super) fn entry_party(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        let floor = at.saturating_sub(LONGEST_ENTRY);
        let is_break = |at: &usize| items[*at].is_break();
        let start = (floor..at)
            .rev()
            .take_while(|at| !is_break(at))
            .last()
            .unwrap_or(at);
        let head = start..(start + LONGEST_HEAD).min(at);
        let mut colons = head.filter(|at| items[*at].is_mark(&[':']));
        let named = colons
            .next()
            .and_then(|colon| self.actors_beside(start..colon, &[]).next());
        named
            .map(|named| named.actor)
            .or_else(|| self.heading_above(floor..start.checked_sub(1)?))
    }

    /// The party that the line right above names, where it names nothing else: "black = ACTOR".
    fn heading_above(&self, above: Range<usize>) -> Option<ActorId> {
        let items = self.context.items;
        let is_break = |at: &usize| items[*at].is_break();
        let line = above.clone().rev().take_while(|at| !is_break(at));
        let start = line
            .last()
            .filter(|start| *start > above.start || *start == 0)?;
        let mut line = start..above.end;
        let is_colour = |at: usize| items[at].classes.meets(self.context.language.words.colour);
        let mut named = line
            .clone()
            .filter_map(|at| self.context.discourse.actor(at));
        let is_legend = line.clone().any(is_colour);
        let is_bare = line.all(|at| !items[at].is_place() && !items[at].features.is_finite());
        let party = named.next_back()?.actor;
        (is_legend && is_bare).then_some(party)
    }

    /// "Still black (ACTOR)" and below it "- A, B and C": the only party of the heading of the list in
    /// which a line stands, where that heading speaks of holding or has a colour.
    pub(super) fn list_party(&self, at: usize) -> Option<ActorId> {
        let items = self.context.items;
        // The mark at the head of a line may be no item.
        let is_marked = |start: usize| {
            items[start].is_mark(&['•', '*'])
                || start > 0 && items[start].token > items[start - 1].token + 1
        };
        let line_start = |at: usize| {
            let floor = at.saturating_sub(LONGEST_ENTRY);
            let before = items[floor..at].iter().rposition(Item::is_break);
            before.map_or(floor, |before| floor + before + 1)
        };
        let mut line = line_start(at);
        for _ in 0..MOST_LINES {
            if !is_marked(line) {
                return None;
            }
            let end = line.checked_sub(1)?;
            line = line_start(end);
            if !is_marked(line) {
                return self.title_party(line..end);
            }
        }
        None
    }

    /// The only party that a short heading names, where it speaks of holding or has a colour.
    fn title_party(&self, title: Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let items = &self.context.items[title.clone()];
        let says = |class| items.iter().any(|item| item.classes.meets(class));
        let held = words.colour.and(words.holding).and(words.under);
        let held = held.and(words.gaining);
        let other = words.loss.and(words.left_out).and(words.governors.not);
        let is_title = !title.is_empty() && title.len() <= LONGEST_TITLE;
        let mut parties = self.actors_beside(title, &[]);
        let party = parties.next()?.actor;
        let is_only = parties.all(|other| other.actor == party);
        (is_title && is_only && says(held) && !says(other)).then_some(party)
    }

    /// "The army overran PLACE. It is down to two villages": not the one that has just gained.
    fn who_shrank(
        &self,
        actor: ActorId,
        rule: &Rule,
        matched: &Match,
        clause: &Range<usize>,
    ) -> Option<ActorId> {
        let words = &self.context.language.words;
        let is_carried = || self.actors(clause.start..matched.trigger).next().is_none();
        let has_gained = || {
            let last = self.found.last();
            last.is_some_and(|found| {
                found.actor == Some(actor)
                    && found.status == Status::Control
                    && self.context.items[found.at].classes.meets(words.gaining)
            })
        };
        if rule.is_exclusive && words.has_capitals && is_carried() && has_gained() {
            self.enemy_before(actor, matched.trigger)
        } else {
            Some(actor)
        }
    }

    /// The enemy of the subject that was named last.
    fn rival(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        if let Some(driven) = self.driven_pronoun(matched) {
            return Some(driven);
        }
        if let Some(they) = self.they(matched, clause) {
            return they.map(|named| named.actor);
        }
        let subject = self.subject(matched, clause, false)?.actor;
        let has_capitals = self.context.language.words.has_capitals;
        let behind = || self.enemy_behind(subject, matched.last);
        self.enemy_before(subject, matched.trigger)
            .or_else(|| behind().filter(|_| !has_capitals))
            .or_else(|| {
                self.far_enemy(subject, matched.trigger)
                    .filter(|_| !has_capitals)
            })
    }

    /// The enemy of a party that the text named last, however far before, else the only one it names.
    pub(super) fn far_enemy(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors = &self.context.extractor.actors;
        let named = |range| self.actors(range).map(|named| named.actor);
        let opposed = |actor: &ActorId| actors.are_opposed(*actor, party);
        let before = named(0..at).filter(opposed).last();
        let mut behind = named(at..self.context.end).filter(opposed);
        let first = behind.next();
        let only = first.filter(|first| behind.all(|actor| actor == *first));
        before.or(only)
    }

    /// The enemy of a party that is named first behind an item of its sentence.
    pub(super) fn enemy_behind(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let end = self.sentence_of(at).end;
        self.actors(at + 1..end.max(at + 1))
            .map(|named| named.actor)
            .find(|actor| self.context.extractor.actors.are_opposed(*actor, party))
    }

    /// The enemy of a party that was named last before an item, else the one whose voice it is.
    pub(super) fn enemy_before(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let actors: Vec<Named> = self.actors(at.saturating_sub(FAR_BACK)..at).collect();
        let voice = self.context.discourse.speaker(at);
        let opposed = |actor: &ActorId| self.context.extractor.actors.are_opposed(*actor, party);
        actors
            .iter()
            .rev()
            .map(|named| named.actor)
            .chain(voice)
            .find(opposed)
            .or_else(|| self.aside_before(at).find(opposed))
    }

    /// The one enemy of a party that the text around an item names at all: "A was taken from B", where
    /// no sentence near says by whom.
    pub(super) fn only_enemy(&self, party: ActorId, at: usize) -> Option<ActorId> {
        let end = (at + FAR_AROUND).min(self.context.end);
        let enemies = (at.saturating_sub(FAR_AROUND)..end)
            .filter_map(|at| self.context.discourse.actor(at))
            .map(|named| named.actor)
            .filter(|actor| self.holds_ground(*actor))
            .filter(|actor| self.context.extractor.actors.are_opposed(*actor, party));
        let mut enemies = enemies.filter(|_| self.context.language.words.has_capitals);
        let first = enemies.next()?;
        enemies.all(|other| other == first).then_some(first)
    }

    /// The parties named in passing before an item, the nearest first.
    fn aside_before(&self, at: usize) -> impl Iterator<Item = ActorId> {
        let near = at.saturating_sub(FAR_BACK)..at;
        near.rev()
            .filter_map(|at| self.context.discourse.actor(at))
            .map(|named| named.actor)
            .filter(|actor| self.holds_ground(*actor))
    }

    pub(super) fn actors(&self, range: Range<usize>) -> impl Iterator<Item = Named> {
        range
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    /// As `actors`, without those to whom the rule gives another part.
    pub(super) fn actors_beside(
        &self,
        range: Range<usize>,
        taken: &[usize],
    ) -> impl Iterator<Item = Named> {
        range
            .filter(|at| !taken.contains(at))
            .filter_map(|at| self.context.discourse.actor(at))
            .filter(|named| !named.is_aside && self.holds_ground(named.actor))
    }

    pub(super) fn holds_ground(&self, actor: ActorId) -> bool {
        self.context.extractor.actors.actor(actor).holds_ground
    }

    /// The nearest actor to the left that agrees, else the nearest.
    pub(super) fn nearest_left(
        &self,
        from: usize,
        floor: usize,
        gender: Features,
    ) -> Option<Named> {
        let is_named = |at: &usize| self.actors(*at..*at + 1).next().is_some();
        let acting: Vec<usize> = (floor..from).filter(is_named).collect();
        // "A struck B, which withdrew": what befalls somebody befalls whoever was struck.
        let words = &self.context.language.words;
        let befalls = self.context.items.get(from).is_some_and(|verb| {
            verb.classes.meets(words.loss)
                || verb.features.any(Features::PASSIVE)
                || verb.classes.meets(words.driving) && !verb.features.any(Features::OWNED)
        });
        // "B, driven out by A, holds": A is named for what it did to B.
        let free: Vec<usize> = acting
            .iter()
            .copied()
            .filter(|at| !self.is_oblique(*at) && (befalls || !self.is_struck(*at, floor)))
            .collect();
        // "Tribesmen drove A back and took": whoever did it, not A.
        if self.context.language.words.has_capitals
            && free.is_empty()
            && acting.len() == 1
            && self.is_driven(acting[0])
            && (floor..acting[0])
                .rev()
                .find(|at| {
                    self.context.items[*at]
                        .classes
                        .meets(self.context.language.words.walls)
                })
                .is_some_and(|verb| self.context.items[verb].features.is_finite())
        {
            return None;
        }
        let named = |of: &[usize]| -> Vec<Named> {
            let named = of.iter().filter_map(|at| self.context.discourse.actor(*at));
            named.collect()
        };
        let fitting = |of: &[Named]| {
            let mut near = of.iter().rev().copied();
            near.find(|named| agrees(*named, gender))
        };
        let all = named(if free.is_empty() { &acting } else { &free });
        // Where verbs agree, one that is named in passing is meant rather than one that does not.
        let in_passing = || fitting(&named(&acting)).filter(|_| !words.has_capitals);
        fitting(&all)
            .or_else(in_passing)
            .or_else(|| all.last().copied())
    }

    /// The party that holds out: beside the word of holding, else carried, else the only one.
    fn holder(&self, matched: &Match, clause: &Range<usize>) -> Option<ActorId> {
        let own = || {
            matched
                .actors
                .iter()
                .find_map(|at| self.context.discourse.actor(*at))
        };
        if let Some(named) = own().filter(|named| self.holds_ground(named.actor)) {
            return Some(named.actor);
        }
        let words = &self.context.language.words;
        let range = clause.start.min(matched.first)
            ..clause
                .end
                .max(matched.last + 1)
                .min(self.context.items.len());
        let mut cues: Vec<usize> = range
            .clone()
            .filter(|at| self.context.items[*at].classes.meets(words.holding))
            .collect();
        cues.sort_by_key(|cue| cue.abs_diff(matched.trigger));
        let named = |at: usize| {
            self.context
                .discourse
                .actor(at)
                .filter(|named| self.holds_ground(named.actor) && !self.winners.contains(&at))
        };
        let beside = cues.iter().find_map(|cue| {
            let right = (cue + 1..(cue + 5).min(range.end))
                .find_map(|at| named(at).filter(|named| !named.is_aside || at - cue <= 3));
            let left = || {
                (range.start..*cue)
                    .rev()
                    .find_map(|at| named(at).filter(|named| !named.is_aside))
            };
            right.or_else(left)
        });
        let any = || {
            range
                .clone()
                .find_map(|at| named(at).filter(|named| !named.is_aside))
        };
        // "with the fighters of X in half a square kilometre": those who are there, whatever their part.
        let company = matched.measures.first().and_then(|index| {
            let first = self.scene.measures[*index].first;
            (first.saturating_sub(COMPANY).max(range.start)..first)
                .rev()
                .take_while(|at| !matches!(self.context.items[*at].kind, ItemKind::Mark(_)))
                .filter(|at| !self.is_press(*at))
                .find_map(named)
        });
        self.loser(range.start..matched.first)
            .or_else(|| self.driven(&range))
            .or_else(|| beside.or(company).map(|named| named.actor))
            .or(self.carried.holder)
            .or_else(|| any().map(|named| named.actor))
            .or(self.carried.subject.map(|named| named.actor))
    }

    /// Its press or spokesmen: they tell, and are nowhere.
    pub(super) fn is_press(&self, at: usize) -> bool {
        let aliases = self.context.items[at].actors();
        aliases.iter().any(|alias| alias.kind == AliasKind::Medium)
    }

    /// "Having lost A and B, it is squeezed into 60 square kilometres".
    fn loser(&self, range: Range<usize>) -> Option<ActorId> {
        let has_lost = |found: &&Found| found.status == Status::Lost && range.contains(&found.at);
        let sentence = self.found.last()?.sentence;
        let of_sentence = |found: &&Found| found.sentence == sentence;
        let mut told = self.found.iter().rev().take_while(of_sentence);
        told.find(has_lost)?.actor
    }

    /// "A squeezed the pocket to 3 square kilometres": its enemy, when the text has named him.
    fn driven(&self, range: &Range<usize>) -> Option<ActorId> {
        let words = &self.context.language.words;
        let items = self.context.items;
        let has = |set: ClassSet| {
            range.clone().any(|at| {
                items[at].classes.meets(set)
                    && items[at]
                        .features
                        .any(Features::PAST.and(Features::PRESENT))
            })
        };
        let (reduces, besieges) = (has(words.reduce), has(words.besiege));
        if !reduces && !besieges {
            return None;
        }
        let driver = self.actors(range.clone()).next()?.actor;
        let opposed = |named: &Named| {
            self.context
                .extractor
                .actors
                .are_opposed(named.actor, driver)
        };
        let is_agent = |at: &usize| items[at - 1].classes.meets(words.by);
        let behind = (range.start + 1..range.end)
            .filter(|at| !is_agent(at))
            .find_map(|at| self.actors(at..at + 1).find(opposed));
        let floor = range.start.saturating_sub(FAR_BACK);
        let before = || {
            let actors: Vec<Named> = self.actors(floor..range.start).collect();
            actors.into_iter().rev().find(opposed)
        };
        behind
            .or_else(|| before().filter(|_| reduces))
            .map(|named| named.actor)
    }

    /// "Mines planted by the ACTOR": it does something that is not the story.
    fn is_agent_of_other(&self, at: usize) -> bool {
        let items = self.context.items;
        let words = &self.context.language.words;
        let mut by = at.saturating_sub(1);
        if by > 0 && items[by].classes.meets(words.the) {
            by -= 1;
        }
        words.has_capitals
            && by > 0
            && items[by].classes.meets(words.by)
            && !items[by - 1].classes.meets(words.walls)
            && !items[by - 1].classes.meets(words.holding)
    }

    /// Behind "from", or named in passing in a sentence that has a subject already.
    fn is_secondary(&self, at: usize) -> bool {
        let has_subject = self.carried.subject.is_some();
        let in_sentence = || self.carried.named_at >= self.sentence_of(at).start;
        has_subject && self.is_oblique(at) && (self.is_robbed(at) || in_sentence())
    }

    /// The last actor that acts is the subject of what follows without one.
    pub(super) fn remember_subject(&mut self, at: usize) {
        if let Some(named) = self.context.discourse.actor(at)
            && !named.is_aside
            && self.holds_ground(named.actor)
            && !self.spent.contains(&at)
            && !self.is_agent_of_other(at)
            && !self.is_secondary(at)
        {
            self.carried.subject = Some(named);
            self.carried.named_at = at;
        }
    }
}

pub(super) fn agrees(named: Named, gender: Features) -> bool {
    let wanted = Features::FEMININE
        .and(Features::MASCULINE)
        .and(Features::PLURAL);
    !gender.any(wanted) || !named.gender.any(wanted) || named.gender.any(gender)
}
