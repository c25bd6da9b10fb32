//! Which party each word of a text means: a name by what stands around it, "the attackers", "its
//! fighters" or "we" by what was named before.

use super::Reader;
use crate::actor::ActorId;
use crate::extract::annotate::{Item, ItemKind};
use crate::extract::company::choose;
use crate::extract::interview::Interview;
use crate::extract::names::{Alias, AliasKind};
use crate::extract::side::latter;
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
    /// A party that says "we": verbs agree with it as with "our forces", feminine in Arabic.
    pub(super) fn we(actor: ActorId) -> Self {
        Self {
            gender: Features::FEMININE,
            ..Self::of(actor)
        }
    }

    /// A party that no word agrees with.
    pub(crate) fn of(actor: ActorId) -> Self {
        Self {
            actor,
            gender: Features::default(),
            is_aside: false,
        }
    }
}

impl Reader<'_> {
    /// For each item the actor that it names, and whose voice speaks there.
    pub(super) fn actors(&self) -> (Vec<Option<Named>>, Vec<Option<ActorId>>) {
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
        if interview.is_none() || self.words.is_analytic {
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
        let is_owned = self.words.is_analytic && is_bare;
        let own = || self.own_members(at, named).map(|named| named.actor);
        let side = self.side(at, named);
        let side = side.or_else(|| is_owned.then(own).flatten());
        Some((side?, gender, AliasKind::Bare))
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
        } else if item.classes.meets(words.partners) {
            self.partners(at, named, speaker)
        } else if item.classes.meets(words.same_force) {
            self.same_force(at, named)
        } else if item.classes.meets(words.foe) {
            self.foe(at, named, speaker)
        } else if self.is_latter(at) {
            latter(named, item.features)
        } else if item.classes.meets(words.we) || self.is_answer_we(at) {
            speaker.map(Named::we)
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

    /// "ARMY gunmen", "the ARMY's forces": a bare word right behind the name of a party means that
    /// party's, where it is one for people or the party owns them.
    fn is_of_party_before(&self, at: usize, aliases: &[Alias], named: &[Option<Named>]) -> bool {
        let before = at.checked_sub(1).map(|before| &self.items[before]);
        let is_name = before.is_some_and(|before| {
            let is_members = || self.items[at].classes.meets(self.words.members);
            matches!(before.kind, ItemKind::Actor(_))
                && (before.features.any(Features::OWNER) || is_members())
        });
        self.words.is_analytic
            && is_name
            && named[at - 1].is_some()
            && aliases.iter().all(|alias| alias.kind == AliasKind::Bare)
    }

    /// Stands behind a verb of driving out, or behind its subject.
    pub(in crate::extract) fn is_driven(&self, at: usize) -> bool {
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
        !self.words.is_analytic
            && verb.classes.meets(self.words.driving)
            && verb.features.any(Features::PAST.and(Features::PRESENT))
            && verb.features.any(singular)
            && aliases.iter().any(|alias| {
                [Features::FEMININE, Features::MASCULINE]
                    .iter()
                    .any(|gender| alias.gender.any(*gender) && verb.features.any(*gender))
            })
    }
}
