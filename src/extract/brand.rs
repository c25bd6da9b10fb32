//! What a writer takes a party for: after "the PKK terror group", "the terror group" is that one.

use super::annotate::{Item, ItemKind};
use super::names::{Alias, AliasKind};
use crate::actor::ActorId;

/// Gives each word that may be said of a party the writer has branded so to the one it means: the one
/// of them that was named last. In a text without brands it means whom it means elsewhere.
pub(super) fn settle(items: &mut [Item]) {
    // In the order in which they were named last.
    let mut recent: Vec<ActorId> = Vec::new();
    let mut branded: Vec<ActorId> = Vec::new();
    for item in items {
        let ItemKind::Actor(aliases) = item.kind else {
            continue;
        };
        // Slurs stand behind all others.
        let first = aliases.partition_point(|alias| alias.kind != AliasKind::Slur);
        let (others, slurs) = aliases.split_at(first);
        let named_at = |alias: &Alias| recent.iter().rposition(|actor| *actor == alias.actor);
        let is_branded = |alias: &&Alias| branded.contains(&alias.actor);
        let slur = slurs
            .iter()
            .filter(is_branded)
            .max_by_key(|alias| named_at(alias));
        let meant = slur.filter(|slur| others.iter().all(|alias| named_at(alias) < named_at(slur)));
        item.kind = match meant {
            Some(slur) => ItemKind::Actor(std::slice::from_ref(slur)),
            None if others.is_empty() => ItemKind::Word,
            None => ItemKind::Actor(others),
        };
        let named = meant.or_else(|| others.iter().find(|alias| alias.kind != AliasKind::Bare));
        if let Some(named) = named {
            recent.retain(|actor| *actor != named.actor);
            recent.push(named.actor);
            if named.kind == AliasKind::Brand && !branded.contains(&named.actor) {
                branded.push(named.actor);
            }
        }
    }
}
