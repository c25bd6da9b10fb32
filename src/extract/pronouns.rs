//! Pronouns that are written onto other words: "on it", "retook it", "its loss".

use super::annotate::{Item, ItemKind};
use crate::lexicon::{ClassSet, Features, Lexicon};
use crate::text::Text;

/// Classes that the annotation itself asks for.
pub(crate) const CLASSES: [&str; 2] = ["prep-pron", "pronoun"];

/// Pronouns that are written onto other words.
#[derive(Debug)]
pub(crate) struct Pronouns {
    joined: ClassSet,
    object: ClassSet,
    /// Both: other words are never split.
    splitting: ClassSet,
    pronoun: ClassSet,
    /// "Town", "villages": nouns that a name stands behind.
    pub(super) heads: ClassSet,
}

impl Pronouns {
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        let [joined, pronoun] = CLASSES.map(|class| lexicon.set(&[class]));
        let object = lexicon.object_classes();
        Self {
            joined,
            object,
            splitting: joined.and(object),
            pronoun,
            heads: lexicon.set(&["head", "heads"]),
        }
    }

    /// Folding makes some endings of nouns look like pronouns; as written they are none.
    pub(super) fn unmark(&self, text: &Text, item: &mut Item, lexicon: &Lexicon) {
        if item.features.any(Features::OWNED)
            && matches!(item.kind, ItemKind::Word)
            && lexicon.has_pronouns()
            && !lexicon.ends_in_pronoun(text.slice(item.span))
        {
            item.features = item.features.without(Features::OWNED);
        }
    }

    /// Gives a pronoun that is written onto a preposition, or onto a verb that takes a place as its
    /// object, an item of its own, so that rules see "on it" and "retook it" as two words. Looks at
    /// the last of `items` before another is added.
    pub(super) fn split(
        &self,
        text: &Text,
        items: &mut Vec<Item>,
        is_before_place: bool,
        lexicon: &Lexicon,
    ) {
        let Some(item) = items.last_mut() else { return };
        if !item.classes.meets(self.splitting) {
            return;
        }
        let owner = Features::HER.and(Features::HIM).and(Features::DUAL);
        let stands_alone = item.classes.meets(self.joined);
        let is_object = item.features.any(owner)
            && item.classes.meets(self.object)
            // "Its loss of PLACE": the pronoun is the owner, the object stands behind.
            && !(is_before_place && item.features.any(Features::NOUN))
            && matches!(item.kind, ItemKind::Word);
        if stands_alone {
            let base = item
                .value
                .take()
                .and_then(|base| lexicon.longest(&crate::text::fold(base), |_| None));
            if let Some((sense, _)) = base {
                item.classes = sense.classes;
            }
        }
        if stands_alone || is_object {
            let pronoun = Item {
                classes: self.pronoun,
                kind: ItemKind::Word,
                features: lexicon.pronoun(text.slice(item.span)),
                value: None,
                ..*item
            };
            items.push(pronoun);
        }
    }
}
