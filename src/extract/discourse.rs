//! What runs through a text: its sentences and clauses, and which actor a word means.

use std::ops::Range;

use super::Words;
use super::annotate::{Item, ItemKind};
use super::company::choose;
use super::group::{Group, groups};
use super::interview::Interview;
use super::names::{Alias, AliasKind};
use super::part::Part;
use super::resolve::Choice;
use super::side::latter;
use crate::actor::{ActorId, Actors};
use crate::gazetteer::{Gazetteer, Kind, PlaceId};
use crate::lexicon::Features;

/// An actor as a word of the text names it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Named {
    pub actor: ActorId,
    pub gender: Features,
    /// Named as somebody's ally, enemy, employer or source, not as the one who acts.
    pub is_aside: bool,
}

impl Named {
    /// A party that no word agrees with.
    pub(super) fn of(actor: ActorId) -> Self {
        Self {
            actor,
            gender: Features::default(),
            is_aside: false,
        }
    }
}

/// A place that a group speaks of, with how much of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spoken {
    pub place: PlaceId,
    pub part: Part,
    pub item: usize,
    /// 1 for a named place, less where a word points back.
    pub confidence: f64,
}

/// The structure of one text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    pub groups: Vec<Group>,
    /// The places of each group, pointers resolved.
    pub spoken: Vec<Vec<Spoken>>,
    pub sentences: Vec<Range<usize>>,
    /// The place phrase that the entry of each sentence is about.
    topics: Vec<Option<usize>>,
    wide: Vec<bool>,
    group_of: Vec<Option<usize>>,
    actors: Vec<Option<Named>>,
    speakers: Vec<Option<ActorId>>,
}

/// What the discourse is read with.
pub(crate) struct Reader<'a> {
    pub items: &'a [Item<'a>],
    pub choices: &'a [Option<Choice>],
    pub gazetteer: &'a Gazetteer,
    pub actors: &'a Actors,
    pub words: &'a Words,
    /// The party whose own media published the text.
    pub own_side: Option<ActorId>,
}

impl Discourse {
    pub(crate) fn read(reader: &Reader) -> Self {
        let groups = groups(reader.items, &reader.kinds(), reader.words);
        let mut group_of = vec![None; reader.items.len()];
        for (index, group) in groups.iter().enumerate() {
            for slot in &mut group_of[group.first..=group.last] {
                *slot = Some(index);
            }
        }
        let (actors, speakers) = reader.actors();
        let spoken = reader.spoken(&groups);
        let wide = spoken
            .iter()
            .map(|places| {
                !places.is_empty()
                    && places
                        .iter()
                        .all(|spoken| is_region(reader.gazetteer.kind(spoken.place)))
            })
            .collect();
        let mut discourse = Self {
            sentences: reader.sentences(),
            groups,
            spoken,
            topics: Vec::new(),
            wide,
            group_of,
            actors,
            speakers,
        };
        discourse.topics = reader.topics(&discourse);
        discourse
    }

    /// The place phrase that the entry around an item is about.
    pub(crate) fn topic(&self, item: usize) -> Option<usize> {
        let sentence = self.sentences.partition_point(|range| range.end <= item);
        self.topics.get(sentence).copied().flatten()
    }

    /// The group that covers an item.
    pub(crate) fn group_at(&self, item: usize) -> Option<usize> {
        self.group_of.get(item).copied().flatten()
    }

    /// The group that starts with an item.
    pub(crate) fn group_starting(&self, item: usize) -> Option<usize> {
        self.group_at(item)
            .filter(|group| self.groups[*group].first == item)
    }

    /// The groups that end before an item, the nearest first.
    pub(crate) fn groups_before(&self, item: usize) -> impl Iterator<Item = usize> + Clone {
        (0..self.groups.partition_point(|group| group.last < item)).rev()
    }

    /// The places that some groups speak of.
    pub(crate) fn spoken_of(&self, groups: &[usize]) -> impl Iterator<Item = &Spoken> {
        groups.iter().flat_map(|group| &self.spoken[*group])
    }

    /// True for a group of countries, governorates, deserts, rivers: where, not what.
    pub(crate) fn is_wide(&self, group: usize) -> bool {
        self.wide[group]
    }

    pub(crate) fn actor(&self, item: usize) -> Option<Named> {
        self.actors.get(item).copied().flatten()
    }

    /// The party that each item names.
    pub(super) fn named(&self) -> &[Option<Named>] {
        &self.actors
    }

    /// Whose voice "we" is at an item.
    pub(crate) fn speaker(&self, item: usize) -> Option<ActorId> {
        self.speakers.get(item).copied().flatten()
    }
}

/// Kinds of which a phrase says where something is: a country, a river, a district, though some may
/// be held.
pub(super) fn is_region(kind: Kind) -> bool {
    is_wide(kind) || matches!(kind, Kind::Area | Kind::District | Kind::Subdistrict)
}

/// Kinds that say where something is and are never themselves held in a report's sentence.
pub(crate) fn is_wide(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Country | Kind::Governorate | Kind::River | Kind::Desert
    )
}

impl Reader<'_> {
    /// The kind of the place that each item names.
    fn kinds(&self) -> Vec<Option<Kind>> {
        let kind = |choice: &Choice| self.gazetteer.kind(choice.place);
        self.choices
            .iter()
            .map(|choice| choice.as_ref().map(kind))
            .collect()
    }

    /// For each item the actor that it names, and whose voice speaks there.
    fn actors(&self) -> (Vec<Option<Named>>, Vec<Option<ActorId>>) {
        let mut recent: Vec<ActorId> = self.own_side.into_iter().collect();
        let mut speaker = self.own_side;
        let mut spokesman = None;
        let interview = Interview::find(self);
        let mut named = Vec::with_capacity(self.items.len());
        let mut speakers = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let mut found = None;
            if let ItemKind::Actor(aliases) = &item.kind {
                let we = speaker.filter(|_| item.classes.meets(self.words.we));
                let chosen = self.chosen(at, aliases, we, &named);
                let chosen = chosen.or_else(|| self.meant(at, aliases, &recent));
                if let Some((actor, gender, kind)) = chosen {
                    let is_flag = kind == AliasKind::Flag;
                    let is_aside = is_flag || kind == AliasKind::Medium || self.is_aside(at);
                    if kind == AliasKind::Medium && !self.is_denied(at)
                        || !is_flag
                            && (self.speaks(at) || self.is_quoted(at) || self.is_heading(at))
                    {
                        speaker = Some(actor);
                    }
                    if self.speaks(at) {
                        spokesman = Some(actor);
                    }
                    recent.retain(|known| *known != actor);
                    recent.push(actor);
                    let own = Named {
                        actor,
                        gender: gender.and(self.number(at)),
                        is_aside,
                    };
                    found = if self.is_foe_of(at) {
                        self.foe_of(at, own, &named)
                    } else {
                        Some(own)
                    };
                }
            } else {
                found = self.stand_in(at, &named, speaker);
                // "He said": the man of a party who was named last, whoever was quoted since.
                if self.goes_on_saying(at) {
                    speaker = spokesman.or(speaker);
                }
            }
            if let Some(interview) = &interview {
                speaker = interview.voice(self, at, &named).unwrap_or(speaker);
            }
            named.push(found);
            speakers.push(speaker);
        }
        // Who is quoted farther on does not answer the question before.
        if interview.is_none() || self.words.has_capitals {
            self.hear_ahead(&mut named, &mut speakers);
        }
        (named, speakers)
    }

    /// The party that the words around an alias give it: the one of whoever says "we", the one right
    /// before it, its own side.
    fn chosen(
        &self,
        at: usize,
        aliases: &[Alias],
        we: Option<ActorId>,
        named: &[Option<Named>],
    ) -> Option<(ActorId, Features, AliasKind)> {
        let gender = aliases[0].gender;
        let last = named.last().copied().flatten();
        let same = last.filter(|_| self.is_of_party_before(at, aliases, named));
        if let Some(actor) = we.or(same.map(|named| named.actor)) {
            return Some((actor, gender, AliasKind::Name));
        }
        let is_bare = aliases.iter().all(|alias| alias.kind == AliasKind::Bare);
        let is_owned = self.words.has_capitals && is_bare;
        let own = || self.own_members(at, named).map(|named| named.actor);
        let side = self.side(at, named);
        let side = side.or_else(|| is_owned.then(own).flatten());
        Some((side?, gender, AliasKind::Bare))
    }

    /// "He said", "the spokesman added".
    fn goes_on_saying(&self, at: usize) -> bool {
        let is_person = self.items[at]
            .classes
            .meets(self.words.he.and(self.words.title));
        self.words.has_capitals
            && is_person
            && self.items.get(at + 1).is_some_and(|verb| {
                verb.classes.meets(self.words.report) && verb.features.is_finite()
            })
    }

    /// The party that a word means which is no name: "the attackers", "its fighters", "we".
    fn stand_in(
        &self,
        at: usize,
        named: &[Option<Named>],
        speaker: Option<ActorId>,
    ) -> Option<Named> {
        let (item, words) = (&self.items[at], self.words);
        if !item.classes.meets(words.stand_ins) {
            None
        } else if item.classes.meets(words.sides) {
            // "The gunmen fleeing": the word describes those named before it.
            let describes = at > 0
                && item.features.any(Features::THE)
                && matches!(self.items[at - 1].kind, ItemKind::Actor(_));
            if describes {
                None
            } else {
                self.those_of_side(at, named)
            }
        } else if item.classes.meets(words.members.and(words.foes)) {
            self.own_members(at, named).or_else(|| self.foes(at, named))
        } else if item.classes.meets(words.same_force) {
            self.same_force(at, named)
        } else if item.classes.meets(words.foe) {
            self.foe(at, named, speaker)
        } else if self.is_latter(at) {
            latter(named, item.features)
        } else if item.classes.meets(words.we) || self.is_answer_we(at) {
            speaker.map(|actor| Named {
                actor,
                gender: Features::FEMININE,
                is_aside: false,
            })
        } else {
            None
        }
    }

    /// "Who holds it? We.": the word says no more than who.
    fn is_answer_we(&self, at: usize) -> bool {
        let ends = |next: &Item| next.is_break() || next.is_punctuation();
        self.items[at].classes.meets(self.words.we_word) && self.items.get(at + 1).is_none_or(ends)
    }

    /// The party that an alias means, of those named before.
    fn meant(
        &self,
        at: usize,
        aliases: &[Alias],
        recent: &[ActorId],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if self.items[at].classes.meets(self.words.we) {
            return choose(aliases, recent, None);
        }
        // "It drove the attackers out": not those who drive.
        let is_driven = self.is_driven(at) && !self.agrees_with_verb(at, aliases);
        let known = recent.len() - usize::from(is_driven && recent.len() > 1);
        self.coordinated(at, aliases)
            .or_else(|| self.state(at, aliases, recent))
            .or_else(|| self.named_soon(at, aliases, recent))
            .or_else(|| self.backed(at, aliases, recent))
            .or_else(|| choose(aliases, &recent[..known], self.home(at, aliases)))
    }

    /// "We hold it", said a spokesman of the army: who speaks is often said behind.
    fn hear_ahead(&self, named: &mut [Option<Named>], speakers: &mut [Option<ActorId>]) {
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
                named[at] = speakers[at].map(|actor| Named {
                    actor,
                    gender: Features::FEMININE,
                    is_aside: false,
                });
            }
        }
    }

    /// Stands behind a verb of driving out, or behind its subject.
    fn is_driven(&self, at: usize) -> bool {
        let is_verb = |at: usize| {
            let item = &self.items[at];
            item.classes.meets(self.words.driving)
                && item.features.any(Features::PAST.and(Features::PRESENT))
        };
        let is_between = |at: usize| {
            let item = &self.items[at];
            item.classes.meets(self.words.the) || matches!(item.kind, ItemKind::Actor(_))
        };
        (at.saturating_sub(3)..at)
            .rev()
            .find(|before| !is_between(*before))
            .is_some_and(is_verb)
    }

    /// "Drove out the forces": where the verb stands first, a word right behind it that agrees with
    /// it in gender is its subject.
    fn agrees_with_verb(&self, at: usize, aliases: &[Alias]) -> bool {
        let Some(verb) = at.checked_sub(1).map(|verb| &self.items[verb]) else {
            return false;
        };
        let singular = Features::FEMININE.and(Features::MASCULINE);
        !self.words.has_capitals
            && verb.classes.meets(self.words.driving)
            && verb.features.any(Features::PAST.and(Features::PRESENT))
            && verb.features.any(singular)
            && aliases.iter().any(|alias| {
                [Features::FEMININE, Features::MASCULINE]
                    .iter()
                    .any(|gender| alias.gender.any(*gender) && verb.features.any(*gender))
            })
    }

    /// "Dismissed a claim by its mouthpiece": it does not go on to speak.
    fn is_denied(&self, at: usize) -> bool {
        let is_end = |item: &&Item| !item.is_break() && !item.is_mark(&['.']);
        let before = self.items[at.saturating_sub(DENIED)..at].iter().rev();
        self.words.has_capitals
            && before
                .take_while(is_end)
                .any(|item| item.classes.meets(self.words.governors.deny))
    }

    /// "ACTOR: ..." at the head of a line.
    fn is_heading(&self, at: usize) -> bool {
        let starts = at == 0 || self.items[at - 1].is_break();
        starts
            && self
                .items
                .get(at + 1)
                .is_some_and(|next| next.is_mark(&[':']))
    }

    /// Named after "backed by", "against", "the spokesman of": not the one who acts.
    pub(super) fn is_aside(&self, at: usize) -> bool {
        // "Against the ACTOR": the article is no word of its own here.
        let has_article =
            self.words.has_capitals && at > 0 && self.items[at - 1].classes.meets(self.words.the);
        let mut head = at - usize::from(has_article);
        // "Against the positions of the ACTOR".
        if has_article && head > 1 && self.items[head - 1].classes.meets(self.words.zone) {
            head -= 1;
            if self.items[head - 1].classes.meets(self.words.the) {
                head -= 1;
            }
        }
        let near = |back: usize| head.checked_sub(back).map(|index| &self.items[index]);
        let direct = near(1).is_some_and(|item| item.classes.meets(self.words.aside))
            || self.items[at].features.any(Features::TO)
                && near(1).is_some_and(|item| item.classes.meets(self.words.aside));
        // "With the army taking it": it acts all the same.
        let acts = self.words.has_capitals
            && self.items.get(at + 1).is_some_and(|next| {
                next.classes.meets(self.words.acting)
                    || next.classes.meets(self.words.verbs) && next.features.any(Features::NOUN)
            });
        direct && !acts
            || self.is_fought(at)
            || self.is_owner(at)
            || self.is_of_people(at)
            || self.speaks(at)
            || self.is_of_belongings(at)
    }

    /// "They broke through militant lines": what is broken through, not who breaks.
    fn is_of_belongings(&self, at: usize) -> bool {
        let owned = self.items.get(at + 1);
        self.words.has_capitals
            && owned.is_some_and(|owned| owned.classes.meets(self.words.belongings))
    }

    /// "ARMY gunmen", "the ARMY's forces": a bare word right behind the name of a party means that
    /// party's, where it is one for people or the party owns them.
    fn is_of_party_before(&self, at: usize, aliases: &[Alias], named: &[Option<Named>]) -> bool {
        let before = at.checked_sub(1).map(|before| &self.items[before]);
        let is_name = before.is_some_and(|before| {
            let is_members = || self.items[at].classes.meets(self.words.members);
            matches!(before.kind, ItemKind::Actor(_))
                && (before.features.any(Features::OWNER) || is_members())
        });
        self.words.has_capitals
            && is_name
            && named[at - 1].is_some()
            && aliases.iter().all(|alias| alias.kind == AliasKind::Bare)
    }

    /// "The army's positions": it does not act, unless what it owns is the act itself.
    fn is_owner(&self, at: usize) -> bool {
        // "The army's 17th Division controls": what it owns acts.
        let ahead =
            (at + 1..(at + OWNED_AHEAD).min(self.items.len())).map(|next| &self.items[next]);
        let acts = self.words.has_capitals
            && ahead
                .take_while(|item| matches!(item.kind, ItemKind::Word | ItemKind::Number(_)))
                .any(|item| {
                    (item.classes.meets(self.words.walls) || item.classes.meets(self.words.holding))
                        && item.features.any(Features::PAST.and(Features::PRESENT))
                });
        self.items[at].features.any(Features::OWNER)
            && !acts
            && self.items.get(at + 1).is_none_or(|owned| {
                !owned.classes.meets(self.words.verbs)
                    && !owned.classes.meets(self.words.holding)
                    && !owned.classes.meets(self.words.area_word)
                    && !owned.classes.meets(self.words.members)
                    && !owned.classes.meets(self.words.acting)
            })
            // "The ACTOR's last fighters hold out": they are the party.
            && !(self.words.has_capitals
                && self.items.get(at + 2).is_some_and(|next| next.classes.meets(self.words.members)))
    }

    /// "The families of its fighters": people who are not the party.
    fn is_of_people(&self, at: usize) -> bool {
        let before = &self.items[at.saturating_sub(2)..at];
        before
            .first()
            .is_some_and(|item| item.classes.meets(self.words.relief))
            && before
                .get(1)
                .is_some_and(|item| item.classes.meets(self.words.of) || item.classes.is_empty())
            || before
                .last()
                .is_some_and(|item| item.classes.meets(self.words.relief))
    }

    /// A title stands close before, so that somebody of this party speaks.
    pub(super) fn speaks(&self, at: usize) -> bool {
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
        }) && self.words.has_capitals;
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
    fn is_quoted(&self, at: usize) -> bool {
        let acts = self.words.has_capitals
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
        !words.has_capitals && first.is_none_or(starts) && verb.is_some_and(says)
    }

    fn ends_title(&self, item: &Item) -> bool {
        item.classes.meets(self.words.verbs)
            || item.classes.meets(self.words.that)
            || matches!(item.kind, ItemKind::Break | ItemKind::Actor(_))
            || item.is_mark(&[',', '،', '.', ':'])
    }
}

/// Items from "as for" to a party, and on to its verb of saying.
const SAYS: usize = 4;

/// How far behind an owner, in items, the verb of what it owns may stand.
const OWNED_AHEAD: usize = 6;

/// Items from a denial to the medium whose words are denied.
const DENIED: usize = 10;

/// A speaker named farther behind than this, in items, speaks of something else.
const SPEAKER_AHEAD: usize = 40;
