//! What patterns are laid on, and the words that bound a gap, as the lexicon of a language has them.

use super::Context;
use crate::extract::fit::Scene;
use crate::extract::measure::Measure;
use crate::extract::passing::{Bounds, Passing};
use crate::extract::words::Words;
use crate::lexicon::ClassSet;

/// Classes that are asked for where articles are words of their own.
fn articled(words: &Words, class: ClassSet) -> ClassSet {
    if words.is_analytic {
        class
    } else {
        ClassSet::default()
    }
}

/// Classes that are asked for where verbs have endings, and no word of another kind looks like one.
fn inflected(words: &Words, class: ClassSet) -> ClassSet {
    if words.is_analytic {
        ClassSet::default()
    } else {
        class
    }
}

/// The words that bound a gap.
pub(super) fn bounds(words: &Words) -> Bounds {
    Bounds {
        walls: words.walls.and(inflected(words, words.shrinks)),
        clause: words.gap_end,
        prepositions: words.within,
        time: words.roles.time,
        adverb: words.adverb,
        people: words.relief,
        loss: articled(words, words.loss),
        that: words.that,
        report: articled(words, words.report),
        after: words.after,
        deed: words.loss.and(words.gaining),
        source: inflected(words, words.report),
        inserted: words.after.and(words.aside).and(words.roles.one_of),
    }
}

/// What patterns are laid on: the items of the text, and words that the fit asks for.
pub(super) fn scene<'a>(
    context: &Context<'a>,
    measures: &'a [Measure],
    passing: &'a [Passing],
) -> Scene<'a> {
    let words = &context.language.words;
    Scene {
        items: context.items,
        discourse: context.discourse,
        measures,
        passing,
        clause: words.clause,
        edge: words.edge,
        which: words.which,
        which_is: words.governors.which_is,
        opening: articled(words, words.which.and(words.roles.subordinate)),
        shift: words.shift,
        colour: words.colour,
        amount: inflected(words, words.roles.after_name),
        and: words.and,
        them: words.roles.them,
        from: words.from,
        gaining: words.gaining,
        held: words.under.and(words.its_control),
        the: articled(words, words.the),
        naming: words.roles.naming,
        head: words.roles.head,
    }
}
