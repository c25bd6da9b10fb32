//! The classes of words that the engine itself asks for, looked up once.

use super::part::Roles;
use crate::gazetteer::Kind;
use crate::lexicon::{ClassSet, Lexicon};

/// A struct of class sets, each with the names of its classes in the lexicon.
macro_rules! class_sets {
    ($(#[$about:meta])* $name:ident { $($field:ident = [$($class:literal),* $(,)?],)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $name {
            $(pub(crate) $field: ClassSet,)*
        }

        impl $name {
            pub(crate) fn of(lexicon: &Lexicon) -> Self {
                Self {
                    $($field: lexicon.set(&[$($class),*]),)*
                }
            }

            /// The classes of all its sets.
            pub(crate) fn classes(&self) -> ClassSet {
                ClassSet::default()$(.and(self.$field))*
            }
        }
    };
}

pub(crate) use class_sets;

class_sets! {
    /// Words that govern whether a thing is done.
    Governors {
        deny = ["deny"],
        untrue = ["untrue"],
        to = ["to"],
        not = ["not"],
        will_not = ["will-not"],
        intend = ["intend"],
        campaign = ["campaign"],
        condition = ["condition"],
        until_when = ["until-when"],
        predict = ["predict"],
        could = ["could"],
        soon = ["soon"],
        past_day = ["past-day"],
        nearly = ["nearly"],
        hedge = ["hedge"],
        achieved = ["achieved"],
        was = ["was", "once"],
        before = ["before"],
        before_that = ["before-that"],
        backshift = ["backshift"],
        still = ["still"],
        only = ["only"],
        question = ["question"],
        undo = ["undo"],
        once = ["once"],
        until = ["until"],
        deny_near = ["deny-near"],
        state = ["hold", "have", "under", "sit-in", "beneath"],
        subjunctive = ["subjunctive"],
        which_is = ["which-is"],
        until_now = ["until-now"],
        yes = ["yes"],
        ours = ["ours"],
    }
}

class_sets! {
    /// Words that the stages after the annotation ask for.
    Cues {
        verbs = ["take-on", "take", "retake", "expel", "withdraw", "evacuate", "enter", "lose", "hand-over", "fall", "force", "push", "report", "strike", "repel", "clash", "hold", "confine", "remain", "was", "copula", "become", "achieved", "intend", "raise", "deny"],
        walls = ["grip", "take-on", "take", "retake", "expel", "withdraw", "evacuate", "enter", "lose", "hand-over", "fall", "force", "push"],
        clause = ["clause"],
        gap_end = ["clause", "what"],
        edge = ["clause", "except", "which"],
        report = ["report"],
        saying = ["saying"],
        and = ["and"],
        the = ["the"],
        article = ["article"],
        passive = ["was", "is-now"],
        heads = ["head", "heads", "axis", "point"],
        quarters = ["sector"],
        quarter = ["quarter"],
        left_out = ["left-out"],
        enumerates = ["enumerates"],
        be = ["be"],
        but = ["but"],
        then = ["then"],
        was_then = ["was-then"],
        rebuts = ["rebuts"],
        asks_what = ["asks-what"],
        at_hand = ["still", "with-them", "under", "hands", "left"],
        has_left = ["has-left"],
        having = ["hold", "has-held", "have", "has-left", "is-left", "keep", "remain", "left-to", "holds-there"],
        part_of_place = ["sector", "part", "quarters", "quarters-behind", "patch"],
        befalls = ["befall"],
        listing = ["including", "with-it"],
        axis = ["axis"],
        title = ["title"],
        parts = ["part", "sector", "outside", "all", "follow", "take", "take-on", "hold", "retake", "enter", "evacuate", "lose", "fall", "keep", "grip", "except", "only"],
        location = ["location"],
        landmark = ["landmark"],
        that = ["that"],
        relief = ["relief"],
        aside = ["aside"],
        we = ["we"],
        preposition = ["on", "in", "above", "from", "of", "direction", "location", "between", "back-in", "sit-in"],
        lies = ["above", "in", "from", "direction", "location", "between"],
        from = ["from"],
        off = ["off"],
        them_out = ["them-out"],
        them_party = ["them-party"],
        of = ["of"],
        members = ["members"],
        his = ["his"],
        asker = ["asker"],
        state_word = ["state-word"],
        statehood = ["statehood"],
        latter = ["latter"],
        attackers = ["attackers"],
        sides = ["attackers", "defenders"],
        we_word = ["we-word"],
        stand_ins = ["we-word", "same-force", "attackers", "defenders", "members", "latter", "we", "foe", "foes", "partners"],
        retracts = ["retracts"],
        which = ["which"],
        relative = ["relative"],
        falls = ["fall"],
        since = ["since"],
        gives_way = ["gives-way"],
        done = ["take-on", "take", "retake", "expel", "withdraw", "evacuate", "enter", "advance", "push", "return", "fall", "repel", "impose", "force", "lose"],
        gaining = ["take", "take-on", "retake", "enter", "expel", "advance", "raise", "impose", "fall", "pass-to"],
        plural_verb = ["plural-verb"],
        attribute = ["which", "relative", "subject-to", "subject-adj", "freed-the"],
        news = ["news"],
        matter = ["matter"],
        claimed = ["claimed"],
        until_clause = ["until-clause"],
        inverted = ["inverted"],
        modal = ["modal"],
        he = ["he"],
        they_word = ["they-word", "theirs"],
        within = ["in", "from"],
        reduce = ["reduce"],
        shrinks = ["confine"],
        left_to = ["left-to"],
        retake = ["retake"],
        besiege = ["besiege"],
        driving = ["expel", "force", "repel", "overcome", "root-out"],
        besting = ["defeat", "overcome", "finish"],
        hitting = ["attack", "strike", "besiege", "worst"],
        against = ["against"],
        its_control = ["its-control"],
        theirs = ["theirs"],
        likewise = ["likewise"],
        who = ["who"],
        by = ["by"],
        under = ["under"],
        by_then = ["by-then"],
        after = ["after"],
        earlier = ["earlier"],
        recalls = ["recalls"],
        after_that = ["after-that"],
        adverb = ["adverb"],
        subjects = ["they", "pronoun", "we"],
        belongings = ["belongings"],
        direction = ["direction"],
        arrival = ["range-end", "into", "to"],
        square = ["square"],
        kilometre = ["kilometre"],
        numeral = ["numeral"],
        amounts = ["numeral", "square", "kilometre"],
        dimension = ["dimension"],
        operation = ["operation"],
        area_word = ["area-word"],
        compared = ["compared"],
        all_but = ["except", "only", "but"],
        drives = ["confine", "reduce", "besiege", "push", "force"],
        advance = ["advance"],
        in_hand = ["with", "for", "hands"],
        lie_in = ["lie-in"],
        contain = ["contain"],
        holding = ["besiege", "confine", "remain", "left", "rule-word", "stronghold", "hands", "under", "take-on", "hold", "none-left"],
        furniture = ["furniture"],
        zone = ["zone"],
        colour = ["yellow", "black", "red", "green", "grey", "purple", "blue", "orange"],
        stands_for = ["stands-for"],
        acting = ["acting", "sit-in", "hold-out"],
        loss = ["lose", "withdraw"],
        range_end = ["range-end"],
        none_left = ["none-left"],
        ground = ["heads", "area-word", "range-of", "all", "after-name", "what", "spread", "side"],
        moving = ["withdraw", "evacuate", "advance", "enter", "return", "catch-up", "come-in", "push", "expel", "hunt", "force", "strike", "sally", "pass"],
        copula = ["copula", "have"],
        leave_with = ["leave-with"],
        unnamed = ["unnamed"],
        where_is = ["where-is"],
        shift = ["shift"],
        defenders = ["defenders"],
        attacking = ["assault", "attack", "enter"],
        repel = ["repel"],
        band = ["band", "foes"],
        foes = ["foes"],
        thereby = ["thereby"],
        pursuing = ["besiege", "expel", "force", "repel", "strike", "clash", "hunt"],
        on = ["on"],
        between = ["between"],
        clash = ["clash"],
        outcomes = ["result", "end"],
        become_state = ["become"],
        coming = ["become", "pass", "slip", "fall", "join"],
        foe = ["foe"],
        to_itself = ["to-itself"],
        freeing = ["freeing"],
        same_force = ["same-force"],
        superlative = ["last", "last-of", "last-town", "only", "one-of"],
        partners = ["partners"],
        left_over = ["has-left", "is-left", "gone"],
    }
}

/// All of them, with what the grammar of the language adds.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub(crate) governors: Governors,
    pub(crate) roles: Roles,
    cues: Cues,
    pub(crate) kunyas: Vec<String>,
    pub(crate) nisbas: Vec<(String, String)>,
    pub(crate) nouns: Vec<(ClassSet, Vec<Kind>)>,
    /// Its script has capitals, which tell names.
    pub(crate) has_capitals: bool,
    /// Order and small words tell who does what, not the endings of verbs (English).
    pub(crate) is_analytic: bool,
}

impl std::ops::Deref for Words {
    type Target = Cues;

    fn deref(&self) -> &Cues {
        &self.cues
    }
}

impl Words {
    /// Every class that the engine asks for.
    pub(crate) fn classes(&self) -> ClassSet {
        self.governors
            .classes()
            .and(self.roles.classes())
            .and(self.cues.classes())
    }

    /// A noun of these classes is said of places of a kind, its first `most` kinds counted.
    pub(crate) fn is_said_of(&self, noun: ClassSet, kind: Kind, most: usize) -> bool {
        let mut nouns = self.nouns.iter();
        nouns
            .any(|(class, kinds)| noun.meets(*class) && kinds.iter().take(most).any(|k| *k == kind))
    }

    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        let kinds = |words: &[String]| words.iter().filter_map(|word| Kind::named(word)).collect();
        Self {
            governors: Governors::of(lexicon),
            roles: Roles::of(lexicon),
            cues: Cues::of(lexicon),
            kunyas: lexicon.kunyas().to_vec(),
            nisbas: lexicon.nisbas().to_vec(),
            nouns: lexicon
                .noun_kinds()
                .iter()
                .map(|(class, words)| (lexicon.set(&[class.as_str()]), kinds(words)))
                .collect(),
            has_capitals: lexicon.script() == "Latn",
            is_analytic: !lexicon.conjugates(),
        }
    }
}
