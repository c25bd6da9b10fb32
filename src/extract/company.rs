//! What the words beside the name of a party tell of it: its fighters, and who stands with it.

use std::ops::Range;

use super::annotate::{Item, ItemKind};
use super::discourse::{Named, Reader};
use super::names::{Alias, AliasKind};
use super::party::WHOLE_REPORT;
use crate::actor::ActorId;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::Features;

/// Items from a title to the party of who bears it.
const TITLE: usize = 5;

/// "Its fighters" do not reach back farther than this, in items.
const OWNER_BACK: usize = 30;

/// Items from "its" to its fighters: "its last fighters".
const OWNED: usize = 2;

/// Items of the sentence before "the state" in which its party is named.
const SAME_SENTENCE: usize = 60;

/// Items behind a bare word among which the party that it means may be named first.
const SOON: usize = 40;

/// Items on either side of a bare word within which a place says in which country it stands.
const HOME: usize = 25;

impl Reader<'_> {
    /// "The fighters of the ACTOR" agree with a plural too.
    pub(super) fn number(&self, at: usize) -> Features {
        let is_members = |item: &Item| item.classes.meets(self.words.members);
        if at > 0 && is_members(&self.items[at - 1]) {
            Features::PLURAL
        } else {
            Features::default()
        }
    }

    /// "Its fighters": those of the party named last that the pronoun agrees with.
    pub(super) fn own_members(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        if self.words.is_analytic {
            let of_speaker = self.men_of_speaker(at, named);
            return of_speaker.or_else(|| self.men_of(at, named));
        }
        let features = self.items[at].features;
        let gender = if features.any(Features::HER) {
            Features::FEMININE
        } else if features.any(Features::HIM) {
            Features::MASCULINE
        } else {
            return None;
        };
        let floor = at.saturating_sub(OWNER_BACK);
        let agrees = |owner: &usize| named[*owner].is_some_and(|named| named.gender.any(gender));
        let party = (floor..at).rev().find(agrees);
        // "The spokesman of the army said that his forces": nobody named since then is meant.
        let spokesman = features
            .any(Features::HIM)
            .then(|| self.spokesman(floor..at, named));
        let spokesman = spokesman.flatten();
        let goes_on = spokesman.is_some() && party.is_some_and(|party| self.speaks_on(party..at));
        let owner = named[if goes_on {
            spokesman
        } else {
            spokesman.max(party)
        }?]?;
        Some(Named {
            gender: owner.gender.and(Features::PLURAL),
            is_aside: self.is_aside(at),
            ..owner
        })
    }

    /// "He said that the ACTOR attacked, and stressed that": behind the party at the head of a range
    /// he who speaks goes on.
    fn speaks_on(&self, range: Range<usize>) -> bool {
        let is_report = |item: &Item| {
            let is_verb = item.features.any(Features::AND) && item.features.is_finite();
            item.classes.meets(self.words.report) && is_verb
                || item.classes.meets(self.words.saying)
        };
        self.items[range].iter().any(is_report)
    }

    /// "An officer of the army said that his fighters": those of his party, where "his" is a word of
    /// its own.
    pub(super) fn men_of_speaker(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        let is_his = at > 0 && self.items[at - 1].classes.meets(self.words.his);
        let floor = at.saturating_sub(OWNER_BACK);
        let is_medium = |alias: &Alias| alias.kind == AliasKind::Medium;
        let speaks = |owner: &usize| {
            named[*owner].is_some()
                && (self.speaks(*owner) || self.items[*owner].actors().iter().any(is_medium))
        };
        let owner = (floor..at).rev().find(speaks).filter(|_| is_his)?;
        if self.is_other_speaker(owner, at) {
            return None;
        }
        Some(Named {
            gender: Features::PLURAL,
            is_aside: false,
            ..named[owner]?
        })
    }

    /// "A commander tells us his men": nobody of whom the sentence before spoke. "He said" and "the
    /// commander said" go on with whoever spoke there.
    fn is_other_speaker(&self, owner: usize, at: usize) -> bool {
        let start = self.sentence_start(owner, at);
        let is_speech = |at: &usize| {
            let item = &self.items[*at];
            item.classes.meets(self.words.report) && item.features.is_finite()
        };
        let meets = |at: usize, back: usize, class| {
            let before = at.checked_sub(back).map(|before| &self.items[before]);
            before.is_some_and(|before| before.classes.meets(class))
        };
        let speech = (start..at).find(is_speech).filter(|_| start > owner);
        speech.is_some_and(|at| !meets(at, 1, self.words.he) && !meets(at, 2, self.words.the))
    }

    /// Where the sentence of an item begins, or `floor` if that lies behind.
    pub(super) fn sentence_start(&self, floor: usize, at: usize) -> usize {
        let ends = |at: &usize| self.items[*at].is_break() || self.items[*at].is_mark(&['.']);
        (floor..at).rev().find(ends).unwrap_or(floor)
    }

    /// "Its fighters", where the owner is a word of its own: those of the party named last in the
    /// sentence, else of the one that acts in the sentence before.
    fn men_of(&self, at: usize, named: &[Option<Named>]) -> Option<Named> {
        let is_owner = |at: usize| self.items[at].classes.meets(self.words.roles.its);
        let owner = (at.saturating_sub(OWNED)..at)
            .rev()
            .find(|at| is_owner(*at))?;
        let is_plain = |item: &Item| item.classes.is_empty() && matches!(item.kind, ItemKind::Word);
        if !self.items[owner + 1..at].iter().all(is_plain) {
            return None;
        }
        let floor = owner.saturating_sub(OWNER_BACK);
        let start = self.sentence_start(floor, owner);
        if self.is_driven(owner) {
            let floor = start.saturating_sub(OWNER_BACK);
            return self.driven_men((floor, start), owner, named);
        }
        let is_given = |at: usize| {
            let the = usize::from(at > 0 && self.items[at - 1].classes.meets(self.words.the));
            at.checked_sub(1 + the)
                .is_some_and(|to| self.items[to].classes.meets(self.words.governors.to))
        };
        let party = |at: usize| named[at].filter(|_| !is_given(at));
        let here = (start..owner).rev().find_map(party);
        let before = || {
            let sentence = self.sentence_start(floor, start);
            let mut before = (sentence..start).filter_map(party);
            // "The ACTOR's attempt succeeded. Its troops": the only one that is named.
            let only = || {
                let mut named = (sentence..start).filter_map(party);
                let first = named.next()?;
                named
                    .all(|named| named.actor == first.actor)
                    .then_some(first)
            };
            before.find(|named| !named.is_aside).or_else(only)
        };
        // "His" may be anybody's.
        let is_his = self.items[owner].classes.meets(self.words.his);
        let owner = here.or_else(|| before().filter(|_| !is_his))?;
        Some(Named {
            gender: owner.gender.and(Features::PLURAL),
            is_aside: self.is_aside(at),
            ..owner
        })
    }

    /// The party whose man the last title names, as the item that names it.
    fn spokesman(&self, range: Range<usize>, named: &[Option<Named>]) -> Option<usize> {
        let is_title = |at: &usize| self.items[*at].classes.meets(self.words.title);
        let title = range.clone().rev().find(is_title)?;
        let behind = title + 1..range.end.min(title + 1 + TITLE);
        behind
            .clone()
            .find(|at| named[*at].is_some() && self.speaks(*at))
    }

    /// "The army and the ACTOR": a bare word for several parties means the one beside it.
    pub(super) fn coordinated(
        &self,
        at: usize,
        aliases: &[Alias],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if aliases.iter().any(|alias| alias.kind != AliasKind::Bare) {
            return None;
        }
        // "The army and the ACTOR", where "and" and the article are words.
        let is_and = |at: usize| {
            let item = self.items.get(at);
            item.is_some_and(|item| item.classes.meets(self.words.and))
        };
        let is_the = |at: usize| {
            let item = self.items.get(at);
            item.is_some_and(|item| item.classes.meets(self.words.the))
        };
        let and = usize::from(self.words.is_analytic && is_and(at + 1));
        let next = at + 1 + and + usize::from(and == 1 && is_the(at + 2));
        let next = self.items.get(next)?;
        let is_beside = |alias: &&Alias| {
            let mut others = next.actors().iter();
            others.any(|other| other.actor == alias.actor)
        };
        let joined = and == 1 || next.features.any(Features::AND);
        let is_here = |alias: &&Alias| !is_foreign(alias, self.home(at, aliases));
        let meant = aliases.iter().find(is_beside).filter(|_| joined);
        let meant = meant.filter(is_here)?;
        Some((meant.actor, meant.gender, meant.kind))
    }

    /// "The forces took it, according to a statement of the ACTOR": where no party that the bare word
    /// may mean was named before, the one that is named next.
    pub(super) fn named_soon(
        &self,
        at: usize,
        aliases: &[Alias],
        recent: &[ActorId],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if !self.is_open(aliases, recent) {
            return None;
        }
        let behind = at + 1..(at + SOON).min(self.items.len());
        let named = behind.flat_map(|at| self.items[at].actors());
        let mut named = named.filter(|named| named.kind != AliasKind::Bare);
        let is_meant = |named: &Alias| aliases.iter().find(|alias| alias.actor == named.actor);
        let meant = named.find_map(is_meant)?;
        Some((meant.actor, meant.gender, meant.kind))
    }

    /// A bare word that several parties share, of which none was named before.
    fn is_open(&self, aliases: &[Alias], recent: &[ActorId]) -> bool {
        let is_bare = |alias: &Alias| alias.kind == AliasKind::Bare;
        let is_known = |alias: &Alias| recent.contains(&alias.actor);
        !self.words.is_analytic
            && aliases.len() > 1
            && aliases.iter().all(is_bare)
            && !aliases.iter().any(is_known)
    }

    /// "The state": the party that has a country, where the sentence has named it or the noun before
    /// is of what only a state has, and not the one that calls itself so.
    pub(super) fn state(
        &self,
        at: usize,
        aliases: &[Alias],
        recent: &[ActorId],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if !self.items[at].classes.meets(self.words.state_word) {
            return None;
        }
        let before = at.checked_sub(1).map(|before| &self.items[before]);
        let is_before = |set| before.is_some_and(|before| before.classes.meets(set));
        let quotes = ['"', '«', '»', '“', '”'];
        let is_named_so = before.is_some_and(|before| before.is_mark(&quotes))
            || self.own_side.is_some_and(|own| {
                let mut others = aliases.iter().filter(|alias| alias.home.is_none());
                others.any(|alias| alias.actor == own)
            });
        let start = self.sentence_start(at.saturating_sub(SAME_SENTENCE), at);
        let is_meant = |alias: &&Alias| {
            let mut sentence = self.items[start..at].iter().flat_map(Item::actors);
            let is_known =
                sentence.any(|other| other.actor == alias.actor) && !is_before(self.words.members);
            alias.home.is_some() && (is_before(self.words.statehood) || is_known && !is_named_so)
        };
        let here = self.home(at, aliases);
        let mut states = aliases.iter().filter(|alias| !is_foreign(alias, here));
        // Else the one that calls itself so, where the text has named no state.
        let has_state = aliases
            .iter()
            .any(|alias| alias.home.is_some() && recent.contains(&alias.actor));
        let is_so_called = |alias: &&Alias| alias.home.is_none() && !has_state;
        let so_called = || aliases.iter().find(is_so_called);
        let meant = states.find(is_meant).or_else(so_called)?;
        Some((meant.actor, meant.gender, meant.kind))
    }

    /// "The forces advanced; 26 strikes of the ALLY": where no party that the bare word may mean was
    /// named before, the one that an ally named in the text fights alongside.
    pub(super) fn backed(
        &self,
        at: usize,
        aliases: &[Alias],
        recent: &[ActorId],
    ) -> Option<(ActorId, Features, AliasKind)> {
        if !self.is_open(aliases, recent) {
            return None;
        }
        let end = (at + WHOLE_REPORT).min(self.items.len());
        let around = &self.items[at.saturating_sub(WHOLE_REPORT)..end];
        let named = around.iter().flat_map(Item::actors);
        let mut allies =
            named.filter(|alias| matches!(alias.kind, AliasKind::Name | AliasKind::Brand));
        let ally = allies.find(|alias| !self.actors.actor(alias.actor).backs.is_empty())?;
        let backs = &self.actors.actor(ally.actor).backs;
        let here = self.home(at, aliases);
        let is_backed = |alias: &&Alias| {
            !is_foreign(alias, here) && backs.contains(&self.actors.actor(alias.actor).id)
        };
        let meant = aliases.iter().find(is_backed)?;
        Some((meant.actor, meant.gender, meant.kind))
    }

    /// "The ALLY said that its partners": of those that a party without ground fights alongside the one
    /// named last, else the first of the table.
    pub(super) fn partners(
        &self,
        at: usize,
        named: &[Option<Named>],
        speaker: Option<ActorId>,
    ) -> Option<Named> {
        if !self.items[at].classes.meets(self.words.partners) {
            return None;
        }
        let start = self.sentence_start(at.saturating_sub(OWNER_BACK), at);
        let here = (start..at).rev().find_map(|at| named[at]);
        let owner = self
            .actors
            .actor(here.map(|named| named.actor).or(speaker)?);
        let backs = || owner.backs.iter().filter_map(|id| self.actors.find(id));
        let is_backed = |named: &Named| backs().any(|backed| backed == named.actor);
        let known = named.iter().rev().flatten().find(|named| is_backed(named));
        let actor = known.map(|named| named.actor).or_else(|| backs().next());
        Some(Named {
            actor: actor.filter(|_| !owner.holds_ground)?,
            gender: Features::PLURAL,
            is_aside: self.is_aside(at),
        })
    }

    /// The country that a bare word for several parties is said of: that of the nearest place
    /// before it in the sentence, or else behind it. "The army" there is not that of another.
    pub(super) fn home(&self, at: usize, aliases: &[Alias]) -> Option<PlaceId> {
        let may_differ = aliases.len() > 1 && aliases.iter().any(|alias| alias.home.is_some());
        if !may_differ {
            return None;
        }
        let before = (at.saturating_sub(HOME)..at).rev();
        let behind = at + 1..(at + HOME).min(self.items.len());
        let ends = |at: &usize| self.items[*at].is_break() || self.items[*at].is_mark(&['.']);
        let country = |at: usize| self.country(self.choices[at]?.place);
        before
            .take_while(|at| !ends(at))
            .find_map(country)
            .or_else(|| behind.take_while(|at| !ends(at)).find_map(country))
    }

    fn country(&self, place: PlaceId) -> Option<PlaceId> {
        let is_country = |id: &PlaceId| self.gazetteer.kind(*id) == Kind::Country;
        std::iter::once(place)
            .chain(self.gazetteer.ancestors(place))
            .find(is_country)
    }
}

/// The party is at home in another country than the one told of.
fn is_foreign(alias: &Alias, here: Option<PlaceId>) -> bool {
    let home = alias.home.zip(here);
    home.is_some_and(|(home, here)| home != here)
}

/// The actor that an alias means: a name means its own; a bare word the candidate named last that is
/// not at home in another country than the one told of.
pub(super) fn choose(
    aliases: &[Alias],
    recent: &[ActorId],
    here: Option<PlaceId>,
) -> Option<(ActorId, Features, AliasKind)> {
    let mut names = aliases.iter().filter(|alias| alias.kind != AliasKind::Bare);
    // "In Iraq, Shiite militias": not those of another country, if some of this one have the name.
    let own = (names.clone().find(|alias| !is_foreign(alias, here))).or_else(|| names.next());
    let near = || aliases.iter().filter(|alias| !is_foreign(alias, here));
    let last = || {
        let mut recent = recent.iter().rev();
        recent.find_map(|actor| near().find(|alias| alias.actor == *actor))
    };
    // Where nothing tells which of several, the first that has a country of its own.
    let only = || {
        let is_known = |alias: &&Alias| alias.home.is_some();
        let one = near().next().filter(|_| near().count() == 1);
        one.or_else(|| near().find(is_known))
    };
    own.or_else(last)
        .or_else(only)
        .map(|alias| (alias.actor, alias.gender, alias.kind))
}
