//! What a gap in a pattern meets on its way over the items of a text, found out once for each item.

use super::annotate::{Item, ItemKind};
use crate::lexicon::{ClassSet, Features};

/// Items of who says so between two commas, with the second of them.
const INSERTED_REPORT: usize = 7;

/// Items from the noun of a deed to the place that it is done to.
const OBJECT: usize = 3;

/// What an item is to a gap that passes it, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Passing(u8);

impl Passing {
    /// A finite verb of control, or what else belongs to another thought.
    pub(super) const WALL: Self = Self(1);
    /// A word that begins a clause, and no adverb between commas.
    pub(super) const CLAUSE: Self = Self(1 << 1);
    /// "In" or "from".
    pub(super) const PREPOSITION: Self = Self(1 << 2);
    /// An adverb or a word for a time, or a comma, number or "on" beside one.
    pub(super) const TIME: Self = Self(1 << 3);
    /// A comma before words that are inserted: ", after".
    pub(super) const INSERTED: Self = Self(1 << 4);

    /// A comma before who says so: ", he said,".
    pub(super) const TOLD: Self = Self(1 << 5);

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when any of `other` is set.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words that bound a gap.
pub(crate) struct Bounds {
    /// Words that no gap crosses: finite verbs of control.
    pub walls: ClassSet,
    /// Words that begin a new clause.
    pub clause: ClassSet,
    /// "In" and "from".
    pub prepositions: ClassSet,
    /// Words for a time: they may stand anywhere and tell nothing of the rest.
    pub time: ClassSet,
    /// Other adverbs of which that is true: "firmly", "however".
    pub adverb: ClassSet,
    /// "That", behind which something else is reported.
    pub that: ClassSet,
    /// People who are moved or freed; what is said of them is not said of ground.
    pub people: ClassSet,
    /// Words of loss: what stands behind one is what is lost, in whatever form.
    pub loss: ClassSet,
    /// Words of saying, where who says so may be inserted between two commas.
    pub report: ClassSet,
    /// Words that open what is inserted between two commas: "after", "backed by".
    pub inserted: ClassSet,
    /// "After", and the nouns of losing and gaining: "after the loss of PLACE".
    pub after: ClassSet,
    pub deed: ClassSet,
    /// "According to", where it is a word of saying too.
    pub source: ClassSet,
}

impl Bounds {
    /// What each item of a text is to a gap.
    pub(crate) fn passing(&self, items: &[Item]) -> Vec<Passing> {
        let words = [
            self.clause,
            self.prepositions,
            self.time,
            self.adverb,
            self.that,
            self.people,
            self.loss,
            self.after,
        ];
        let words = words.into_iter().fold(self.walls, ClassSet::and);
        // Most words are nothing to a gap.
        let may_bound = |item: &Item| match item.kind {
            ItemKind::Mark(_) | ItemKind::Number(_) => true,
            _ => item.classes.meets(words),
        };
        let passing = |at: usize| {
            if may_bound(&items[at]) {
                self.at(items, at)
            } else {
                Passing::default()
            }
        };
        (0..items.len()).map(passing).collect()
    }

    fn at(&self, items: &[Item], at: usize) -> Passing {
        let item = &items[at];
        let bits = [
            (
                self.is_wall(item) || self.opens_earlier(items, at),
                Passing::WALL,
            ),
            (
                item.classes.meets(self.clause) && !self.is_inserted(items, at)
                    || self.opens_report(items, at),
                Passing::CLAUSE,
            ),
            (self.is_preposition(item), Passing::PREPOSITION),
            (self.is_aside_of_time(items, at), Passing::TIME),
            (self.opens_inserted(items, at), Passing::INSERTED),
            (
                item.is_comma() && self.is_inserted_report(items, at),
                Passing::INSERTED.and(Passing::TOLD),
            ),
        ];
        let bits = bits.iter().filter(|(is_so, _)| *is_so);
        Passing(bits.fold(0, |all, (_, bit)| all | bit.0))
    }

    /// A finite verb of control in a gap belongs to another thought.
    fn is_wall(&self, item: &Item) -> bool {
        item.classes.meets(self.people)
            || item.classes.meets(self.loss) && item.features.any(Features::NOUN)
            || item.classes.meets(self.walls) && item.features.is_finite()
    }

    /// "After the loss of PLACE": the place is what was lost.
    fn opens_earlier(&self, items: &[Item], at: usize) -> bool {
        let is_deed =
            |next: &Item| next.classes.meets(self.deed) && next.features.any(Features::NOUN);
        items[at].classes.meets(self.after)
            && items.get(at + 1).is_some_and(is_deed)
            && (items.iter().skip(at + 2).take(OBJECT)).any(|item| item.is_place())
    }

    fn is_preposition(&self, item: &Item) -> bool {
        item.classes.meets(self.prepositions)
    }

    /// ", and that": the next thing that is reported, where one word says so.
    fn opens_report(&self, items: &[Item], at: usize) -> bool {
        let item = &items[at];
        item.classes.meets(self.that)
            && item.features.any(Features::AND)
            && at > 0
            && items[at - 1].is_comma()
    }

    /// ", however,": an adverb between commas, which begins no clause.
    fn is_inserted(&self, items: &[Item], at: usize) -> bool {
        items[at].classes.meets(self.adverb)
            && at > 0
            && items[at - 1].is_comma()
            && items.get(at + 1).is_some_and(Item::is_comma)
    }

    fn opens_inserted(&self, items: &[Item], at: usize) -> bool {
        let opens = |next: &Item| {
            next.classes.meets(self.inserted)
                || next.classes.meets(self.source) && !next.features.is_finite()
        };
        items[at].is_comma() && items.get(at + 1).is_some_and(opens)
    }

    /// ", he said,", ", the monitor reported,": between two commas stands only who says so.
    fn is_inserted_report(&self, items: &[Item], comma: usize) -> bool {
        let inside = items[comma + 1..].iter().take(INSERTED_REPORT);
        let close = inside.clone().position(Item::is_comma);
        let Some(close) = close.filter(|close| *close > 1) else {
            return false;
        };
        let inside = &items[comma + 1..=comma + close];
        let says = |item: &Item| item.classes.meets(self.report) && item.features.is_finite();
        let is_plain =
            |item: &Item| !item.is_place() && !item.is_break() && !item.classes.meets(self.that);
        inside.last().is_some_and(says) && inside.iter().all(is_plain)
    }

    /// An adverb or a word for a time, or a comma, number or "on" beside one.
    fn is_aside_of_time(&self, items: &[Item], at: usize) -> bool {
        let is_time = |at: usize| {
            let classes = self.time.and(self.adverb);
            items
                .get(at)
                .is_some_and(|item| item.classes.meets(classes))
        };
        let behind = |back: usize| at.checked_sub(back).is_some_and(is_time);
        match items[at].kind {
            _ if is_time(at) => true,
            ItemKind::Mark(',' | '،' | '-' | '–') => is_time(at + 1) || behind(1),
            ItemKind::Mark('.') => behind(1),
            ItemKind::Number(_) => {
                is_time(at + 1) || behind(1) || behind(2) && items[at - 1].is_mark(&['.'])
            }
            _ => self.is_preposition(&items[at]) && is_time(at + 1),
        }
    }
}
