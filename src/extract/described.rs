//! Of a list of places, those that the words behind it describe.

use super::annotate::Item;
use super::claim::Collector;
use super::fit::Match;
use super::group::{Back, Group};
use super::rule::Rule;
use super::several::is_plural;

/// Items from the comma behind a list to the number that counts it.
const COUNTED: usize = 2;

impl Collector<'_> {
    /// How many places at the head of a list a rule does not speak of: "A and B, which" is said of
    /// B, of both where the word for "which" is a dual or a plural noun stands before the list, or
    /// where the verb behind it is a plural.
    pub(super) fn passed_over(&self, rule: &Rule, matched: &Match, group: usize) -> usize {
        let words = &self.context.language.words;
        let items = self.context.items;
        let phrase = &self.context.discourse.groups[group];
        let count = self.context.discourse.spoken[group].len();
        let comma = phrase.last + 1;
        let is_comma = |item: &Item| item.is_comma();
        let behind = comma + usize::from(items.get(comma).is_some_and(is_comma));
        // "From which" too.
        let is_from = |item: &Item| words.is_analytic && item.classes.meets(words.from);
        let behind = behind + usize::from(items.get(behind).is_some_and(is_from));
        let next = items.get(behind);
        let verb = items.get(behind + 1);
        let attribute = next.filter(|item| item.classes.meets(words.attribute));
        let is_described = phrase.first == matched.first
            && next.is_some_and(|item| item.classes.meets(words.which));
        let is_list = phrase.back.is_some_and(Back::is_list);
        if is_list || !(rule.of_last || is_described) {
            return 0;
        }
        let described = attribute.and_then(|item| item.value?.parse::<usize>().ok());
        // "A, B and C, the three towns that the ACTOR holds".
        let counted = (behind..(behind + COUNTED).min(items.len())).find_map(|at| {
            let is_number = items[at].classes.meets(words.roles.them.and(words.numeral));
            let value = items[at].value.filter(|_| is_number && words.is_analytic)?;
            value.parse::<f64>().ok().filter(|count| *count > 1.0)
        });
        if let Some(counted) = counted {
            return count.saturating_sub(counted as usize);
        }
        let is_plural_verb = verb.is_some_and(|item| item.classes.meets(words.plural_verb));
        let is_all = is_plural_verb
            || is_plural(phrase, items, words.roles.heads)
            || self.is_topic_of_sentence(phrase);
        // Three or more, and no dual: all of them, for things in the plural take a singular.
        let is_many = !words.is_analytic && count > 2 && described.is_none();
        if attribute.is_some() && (is_all || is_many) {
            0
        } else {
            count.saturating_sub(described.unwrap_or(1))
        }
    }

    /// "A and B, which ACTOR took, are": a list that begins its sentence is described as a whole.
    fn is_topic_of_sentence(&self, phrase: &Group) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let is_lead =
            |at: usize| items[at].classes.meets(words.within) || items[at].classes.meets(words.the);
        let start = self.sentence_of(phrase.first).start;
        words.is_analytic
            && (start..phrase.first).all(is_lead)
            && items.get(phrase.last + 1).is_some_and(Item::is_comma)
    }
}
