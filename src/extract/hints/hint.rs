//! A hint: one thing that the words around a place say of a party.
//!
//! Its `name` is how the table of weights writes it, its `number` where the weights stand in memory.

mod name;
mod number;

pub(super) use name::Spelt;
pub(super) use number::MOST_HINTS;

use crate::claim::{Certainty, Status};
use crate::extract::mood::Mood;
use crate::lexicon::MOST_CLASSES;

/// Families of classes that a table may have.
pub(super) const MOST_FAMILIES: usize = 16;

/// A class of words by its position in the lexicon, behind those a family of classes, behind those
/// a [`Sign`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word(pub u16);

impl Word {
    pub(super) fn class(position: usize) -> Self {
        // Positions are below MOST_CLASSES.
        Self(u16::try_from(position).unwrap_or_default())
    }

    pub(super) fn family(index: usize) -> Self {
        Self::class(MOST_CLASSES + index)
    }

    /// The family's position in its table; none for a class.
    pub(super) fn as_family(self) -> Option<usize> {
        let at = usize::from(self.0).checked_sub(MOST_CLASSES)?;
        (at < MOST_FAMILIES).then_some(at)
    }

    pub(super) fn sign(sign: Sign) -> Self {
        Self::class(MOST_CLASSES + MOST_FAMILIES + sign as usize)
    }

    fn is_sign(self) -> bool {
        usize::from(self.0) >= MOST_CLASSES + MOST_FAMILIES
    }
}

/// An enum whose cases have names in the table of weights.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$case_about:meta])* $case:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $name {
            $($(#[$case_about])* $case,)*
        }

        impl $name {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$case, $word)),*];

            fn read(word: &str) -> Option<Self> {
                let known = Self::ALL.iter().find(|(_, name)| *name == word);
                known.map(|(case, _)| *case)
            }

            fn word(self) -> &'static str {
                Self::ALL[self as usize].1
            }
        }
    };
}

/// What stands among the words around a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The party.
    Own,
    OtherParty,
    OtherPlace,
    Number,
}

impl Sign {
    /// Their names in the table of weights, in order.
    pub(super) const NAMES: [&'static str; 4] = ["@own", "@other-party", "@other-place", "@number"];
}

named! {
    /// Where a word stands, seen from the place.
    At {
        Before = "before",
        Behind = "behind",
        /// In another clause of the sentence.
        FarBefore = "far-before",
        FarBehind = "far-behind",
    }
}

named! {
    /// How a party stands to a word of the place's sentence.
    Standing {
        /// It is the party nearest before the word.
        Acts = "acts",
        /// It is the party nearest behind the word.
        Follows = "follows",
        /// It follows at once, and another party acts.
        Agent = "agent",
        /// It acts and follows.
        Around = "around",
        /// It is named elsewhere in the sentence.
        Elsewhere = "elsewhere",
        /// It is not named in the sentence, another is.
        Rival = "rival",
        /// It is the first that the sentence before names; this one names none.
        Topic = "topic",
        /// It was named last.
        Last = "last",
        /// It was named not long before.
        Earlier = "earlier",
        /// Its voice speaks.
        Voice = "voice",
        Unsaid = "unsaid",
    }
}

named! {
    /// How a party that the sentence names stands to the place.
    Nearness {
        Only = "only",
        Nearer = "nearer",
        Farther = "farther",
    }
}

named! {
    /// Where the place lies, for a party that has a country.
    Land {
        Home = "home",
        Abroad = "abroad",
    }
}

named! {
    /// What is likely of the likeliest other party at the place.
    Rival {
        Control = "control",
        Partial = "partial",
        Lost = "lost",
        /// Counts for every party, whatever the others.
        Any = "any",
    }
}

named! {
    /// What kind of phrase speaks of the place.
    Shape {
        Name = "name",
        NamePart = "name-part",
        Aside = "aside",
        AsidePart = "aside-part",
        Back = "back",
        BackPart = "back-part",
        BackAside = "back-aside",
        BackAsidePart = "back-aside-part",
    }
}

impl Shape {
    pub(super) fn of(points_back: bool, is_aside: bool, is_part: bool) -> Self {
        let at = usize::from(points_back) * 4 + usize::from(is_aside) * 2 + usize::from(is_part);
        Self::ALL[at].0
    }
}

named! {
    /// In which sentence something was read of another place.
    When {
        Before = "before",
        Here = "here",
        Behind = "behind",
    }
}

named! {
    /// How many there are.
    Count {
        None = "0",
        One = "1",
        Two = "2",
        More = "more",
    }
}

impl Count {
    pub(super) fn of(number: usize) -> Self {
        Self::ALL[number.min(3)].0
    }
}

named! {
    /// What of a text is counted.
    Counted {
        /// Phrases that speak of the place.
        Phrases = "phrases",
        Parties = "parties",
        /// Places, by threes.
        Places = "places-3",
    }
}

named! {
    /// How sure what a rule read is.
    Sure {
        Is = "is",
        Surely = "surely",
        Hardly = "hardly",
    }
}

named! {
    /// Where in the text a place is spoken of.
    Stage {
        /// It is one of the first quarter of the places, in order of their first names, of the second, ...
        First = "first",
        Second = "second",
        Third = "third",
        Fourth = "fourth",
        /// In its first sentence.
        Head = "head",
        /// In one of its last two.
        End = "end",
    }
}

named! {
    /// How much of the place is spoken of.
    Much {
        Share = "share",
        Outside = "outside",
        Point = "point",
        Axis = "axis",
        /// None of it: it is only said where something else lies, or where somebody goes.
        Where = "where",
    }
}

named! {
    /// The word that tells most of who holds a place where it is spoken of.
    Cue {
        /// One of control.
        Control = "control",
        /// Another that may tell it.
        Telling = "telling",
        Missing = "missing",
        /// A rule reads something of another place by it.
        Used = "used",
        /// A rule set it aside.
        Spent = "spent",
        /// It, or the word behind the place, tells of what is to come.
        ToCome = "to-come",
        /// Another clause stands between it and the place.
        Apart = "apart",
    }
}

named! {
    /// What rules make of the other places of the list in which a place stands.
    Company {
        /// There is none.
        Alone = "alone",
        /// There is one of which they read nothing.
        Unread = "unread",
        /// There is one of which they set something aside.
        Aside = "aside",
    }
}

/// One thing that a text says of a party at a place: what the words around the place say, and what
/// rules read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Holds of every place and party.
    Always,
    Party(Nearness),
    /// The sentence does not name the party.
    Absent(Standing),
    At(Word, At),
    By(Word, Standing, bool),
    ByAt(Word, At, Standing),
    /// A word close to the place, before it or not; denied or not.
    Close(Word, bool, Standing, bool),
    /// A [`Sign`] right before the place, or right behind it.
    Next(Word, bool, Standing),
    /// The nearest word of control.
    Nearest(Word, At, Standing, bool),
    NearestBy(Word, Standing, bool),
    /// With a word of another family in the clause.
    NearestWith(Word, Word, Standing),
    NearestOf(Word, Shape, Standing),
    /// By it a rule reads something of a place in another phrase, of the party or of another one.
    NearestUsed(Word, bool),
    /// What a rule reads of the party or of another one, at another place, nearby.
    Told(Status, bool, When),
    Land(Land),
    /// Counts in a second sum, by how likely it is.
    Rival(Rival),
    /// Rules read this of the party here.
    Reads(Status, Sure),
    /// What they read is told so.
    ReadsAs(Certainty),
    /// Rules read nothing of the party here.
    Unread,
    /// Rules read this of another party here.
    OtherReads(Status, Sure),
    /// Rules read nothing of another party here.
    OthersUnread,
    /// Rules read this of the party, or of another one, at a place of the same list.
    Beside(Status, bool),
    InList(Company),
    /// At how many other places rules read this, of the party or of anybody.
    Elsewhere(Status, bool, Count),
    Counts(Counted, Count),
    Stands(Stage),
    Part(Much),
    HasCue(Cue),
    /// The mood of that word is against it.
    Mood(Mood),
}

/// How near a word stands to the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// Right before it or right behind it.
    Next,
    Close,
    Far,
}

/// How a word near a place stands to the place and to a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub at: At,
    pub near: Near,
    pub standing: Standing,
    pub is_denied: bool,
}

impl Seen {
    /// Every one, in order of its number.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let of = move |at: At, near: Near, standing: Standing| {
            [false, true].map(|is_denied| Self {
                at,
                near,
                standing,
                is_denied,
            })
        };
        let standings = Standing::ALL.iter().map(|(standing, _)| *standing);
        let nears = [Near::Next, Near::Close, Near::Far];
        At::ALL.iter().flat_map(move |(at, _)| {
            let standings = standings.clone();
            nears.into_iter().flat_map(move |near| {
                let standings = standings.clone();
                standings.flat_map(move |standing| of(*at, near, standing))
            })
        })
    }

    /// Its number, from 0 on.
    pub(super) fn number(self) -> usize {
        let near = self.at as usize * 3 + self.near as usize;
        let standing = near * Standing::ALL.len() + self.standing as usize;
        standing * 2 + usize::from(self.is_denied)
    }

    fn is_before(self) -> bool {
        matches!(self.at, At::Before | At::FarBefore)
    }
}

/// What a sign, or a word of a class that belongs to some families, says where it is seen so.
pub(super) fn hints_of(word: Word, families: &[Word], seen: Seen, tell: &mut impl FnMut(Hint)) {
    let (at, standing, before) = (seen.at, seen.standing, seen.is_before());
    tell(Hint::At(word, at));
    tell(Hint::By(word, standing, false));
    tell(Hint::ByAt(word, at, standing));
    if word.is_sign() {
        match seen.near {
            Near::Next => tell(Hint::Next(word, before, standing)),
            Near::Close => tell(Hint::Close(word, before, standing, false)),
            Near::Far => {}
        }
    }
    for family in families {
        tell(Hint::By(*family, standing, seen.is_denied));
        tell(Hint::ByAt(*family, at, standing));
        if seen.near != Near::Far {
            tell(Hint::Close(*family, before, standing, seen.is_denied));
        }
    }
}
