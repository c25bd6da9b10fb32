//! Places that are named to say where something else lies, or where somebody goes: of them nothing is
//! told.

use crate::extract::annotate::ItemKind;
use crate::extract::claim::Context;
use crate::lexicon::Features;

/// Items from "villages" to the place that they lie near.
const LANDMARK: usize = 5;

/// A place phrase only says where something lies or goes.
pub(super) fn is_only_where(context: &Context, group: usize) -> bool {
    context.discourse.groups[group].is_landmark
        || is_landmark(context, group)
        || is_headed_for(context, group)
}

/// "Withdrew towards A": nothing is said of who holds what somebody only moves towards.
fn is_headed_for(context: &Context, group: usize) -> bool {
    let words = &context.language.words;
    let phrase = &context.discourse.groups[group];
    let named = phrase
        .members
        .first()
        .map_or(phrase.first, |member| member.item);
    (phrase.first.saturating_sub(1)..named).any(|at| {
        let classes = context.items[at].classes;
        classes.meets(words.direction) && !classes.meets(words.arrival)
    })
}

/// "A hill near A", "two villages south of A": ground without a name, and where it lies.
fn is_landmark(context: &Context, group: usize) -> bool {
    let words = &context.language.words;
    let items = context.items;
    let first = context.discourse.groups[group].first;
    // "Their last villages lie between A and the border".
    let lies = words.location.and(words.between);
    let is_location = |at: &usize| items[*at].classes.meets(lies);
    let near = [Some(first), first.checked_sub(1)];
    let location = near.into_iter().flatten().find(is_location);
    let noun = location
        .and_then(|at| at.checked_sub(1))
        .map(|at| &items[at]);
    words.is_analytic
        && noun.is_some_and(|noun| {
            matches!(noun.kind, ItemKind::Word) && !noun.classes.meets(words.verbs)
        })
        || !words.is_analytic && lies_behind_noun(context, first)
}

/// "Villages east of A", "two new villages around A", where the preposition leads back to a noun
/// without its article; "PLACE, which lies north of A".
fn lies_behind_noun(context: &Context, first: usize) -> bool {
    let words = &context.language.words;
    let items = context.items;
    let is = |at: usize, set| items[at].classes.meets(set);
    let is_where = |at: usize| is(at, words.lies) || is(at, words.roles.outside);
    let is_plain = |at: usize| {
        let item = &items[at];
        let forms = Features::THE.and(Features::AND);
        matches!(item.kind, ItemKind::Word) && item.classes.is_empty() && !item.features.any(forms)
    };
    let floor = first.saturating_sub(LANDMARK);
    let mut before = (floor..first).rev().skip_while(|at| is_where(*at));
    let noun = before.find(|at| !is_plain(*at));
    let Some(noun) = noun else {
        return false;
    };
    let mut between = noun + 1..first + 1;
    if items[noun].is_place() {
        let is_beside = |at: usize| is(at, words.location) || is(at, words.roles.outside);
        let joins = |at: usize| items[at].features.any(Features::AND);
        return !between.clone().any(joins) && between.any(is_beside);
    }
    let is_bare = !items[noun].features.any(Features::THE) && !is_where(noun);
    // "A pocket around A" is ground that somebody has there.
    let is_ground = is(noun, words.area_word) || is(noun, words.zone);
    is_bare && is(noun, words.roles.head) && !is_ground && between.any(is_where)
}
