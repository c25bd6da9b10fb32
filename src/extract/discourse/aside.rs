//! Parties that are named and do not act: somebody's ally, enemy or employer, the owner of what is told
//! of.

use super::Reader;
use crate::extract::annotate::{Item, ItemKind};
use crate::lexicon::Features;

/// How far behind an owner, in items, the verb of what it owns may stand.
const OWNED_AHEAD: usize = 6;

impl Reader<'_> {
    /// Named after "backed by", "against", "the spokesman of": not the one who acts.
    pub(in crate::extract) fn is_aside(&self, at: usize) -> bool {
        // "Against the ACTOR": the article is no word of its own here.
        let has_article =
            self.words.is_analytic && at > 0 && self.items[at - 1].classes.meets(self.words.the);
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
        let acts = self.words.is_analytic
            && self.items.get(at + 1).is_some_and(|next| {
                next.classes.meets(self.words.acting)
                    || next.classes.meets(self.words.verbs) && next.features.any(Features::NOUN)
            });
        // "The army, not the ACTOR, holds it".
        let is_denied = self.words.is_analytic
            && near(1).is_some_and(|item| item.classes.meets(self.words.roles.not))
            && near(2)
                .is_some_and(|item| item.is_comma() || item.classes.meets(self.words.roles.link))
            && self.items.get(at + 1).is_some_and(Item::is_comma);
        direct && !acts
            || is_denied
            || self.is_fought(at)
            || self.is_owner(at)
            || self.is_of_people(at)
            || self.speaks(at)
            || self.is_of_belongings(at)
    }

    /// "They broke through militant lines": what is broken through, not who breaks.
    fn is_of_belongings(&self, at: usize) -> bool {
        let owned = self.items.get(at + 1);
        self.words.is_analytic
            && owned.is_some_and(|owned| owned.classes.meets(self.words.belongings))
    }

    /// "The army's positions": it does not act, unless what it owns is the act itself.
    fn is_owner(&self, at: usize) -> bool {
        // "The army's 17th Division controls": what it owns acts.
        let ahead =
            (at + 1..(at + OWNED_AHEAD).min(self.items.len())).map(|next| &self.items[next]);
        let acts = self.words.is_analytic
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
            && !(self.words.is_analytic
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
}
