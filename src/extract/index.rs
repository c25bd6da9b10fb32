//! Which patterns may match in a sentence, and which of them at an item, so that most are never
//! tried.

use super::annotate::Item;
use super::pattern::{Need, Opening};
use super::rule::Rule;
use crate::lexicon::{ClassSet, MOST_CLASSES, positions};

/// Patterns, or needs, as bits in their order.
type Bits = Vec<u64>;

fn add(set: &mut [u64], at: usize) {
    set[at / 64] |= 1 << (at % 64);
}

fn add_all(set: &mut [u64], more: &[u64]) {
    for (word, more) in set.iter_mut().zip(more) {
        *word |= more;
    }
}

/// The patterns that may match in a sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Active {
    /// In order of precedence.
    patterns: Vec<u32>,
    /// For each [`Way`] those of them that it may open, by their positions among them, each way as
    /// many numbers as hold them all.
    opened: Bits,
    /// The ways that open one of them.
    ways: Ways,
    /// For each need one more than the position of the last item of the sentence that meets it, 0
    /// where none does; behind those one for what is always met.
    last: Vec<u32>,
    /// All patterns that may match, by their positions in the index.
    set: Bits,
    /// Those of the active ones that may match at an item.
    here: Bits,
    /// What begins at each item of the sentence.
    pub starts: Vec<Start>,
}

/// A way to open a pattern: a class, by its position, or one of the ways behind them.
type Way = u16;

const PLACE: Way = MOST_CLASSES as Way;
const ACTOR: Way = PLACE + 1;
const AREA: Way = PLACE + 2;
const MARK: Way = PLACE + 3;
const ANY: Way = PLACE + 4;
const WAYS: usize = MOST_CLASSES + 5;

/// A set of ways.
#[derive(Debug, Clone, Copy, Default)]
struct Ways {
    classes: ClassSet,
    others: u8,
}

/// What the items of a sentence are, taken together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Content {
    pub classes: ClassSet,
    pub start: Start,
}

/// What begins at an item.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Start {
    pub place: bool,
    pub actor: bool,
    pub area: bool,
}

impl Content {
    /// This and one more item.
    pub(crate) fn with(self, classes: ClassSet, start: Start) -> Self {
        Self {
            classes: self.classes.and(classes),
            start: self.start.or(start),
        }
    }
}

impl Start {
    /// A place, a party or a size begins.
    pub(crate) fn any(self) -> bool {
        self.place || self.actor || self.area
    }

    fn or(self, other: Self) -> Self {
        Self {
            place: self.place || other.place,
            actor: self.actor || other.actor,
            area: self.area || other.area,
        }
    }
}

/// Needs of a pattern that are looked at: those that the fewest patterns have. It may have more.
const NEEDS: usize = 4;

/// What a pattern needs, by its position among all needs, and how many items behind the first of a
/// match it stands at least.
#[derive(Debug, Clone, Copy)]
struct Needed {
    need: u16,
    behind: u16,
}

/// For each pattern how an item can open it, and what it cannot do without.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleIndex {
    /// Rule and position among its patterns.
    patterns: Vec<(usize, usize)>,
    /// The ways to open each pattern.
    openings: Vec<Vec<Way>>,
    /// The same as sets.
    ways: Vec<Ways>,
    /// What patterns need, each once.
    needs: Vec<Need>,
    /// For each class the needs that its words meet.
    meets: Vec<Vec<u16>>,
    /// What each pattern needs, what the fewest need first; in place of less than [`NEEDS`] what is
    /// always met.
    needed: Vec<[Needed; NEEDS]>,
    /// For each class the patterns of which it meets the first of these.
    keyed: Vec<Vec<u32>>,
    /// Patterns that need no words.
    wordless: Vec<u32>,
    /// Words of which one is needed where neither place nor actor nor size is; none when a pattern
    /// does without them all.
    bare: Option<ClassSet>,
}

impl RuleIndex {
    pub(crate) fn of(rules: &[Rule]) -> Self {
        let each = |(at, rule): (usize, &Rule)| -> Vec<_> {
            (0..rule.patterns.len()).map(|index| (at, index)).collect()
        };
        let patterns: Vec<_> = rules.iter().enumerate().flat_map(each).collect();
        let mut index = Self {
            bare: Some(ClassSet::default()),
            ..Self::default()
        };
        let mut needed = Vec::with_capacity(patterns.len());
        for (rule, pattern) in &patterns {
            let pattern = &rules[*rule].patterns[*pattern];
            let openings: Vec<Way> = pattern.openings().iter().flat_map(ways).collect();
            index.ways.push(Ways::all(&openings));
            index.openings.push(openings);
            let needs: Vec<_> = pattern.needs().collect();
            index.bare = index
                .bare
                .and_then(|bare| Some(bare.and(bare_need(&needs)?)));
            needed.push(index.add_needs(&needs));
        }
        index.patterns = patterns;
        index.add_keys(needed);
        index
    }

    /// The positions of needs among all, of which they become ones.
    fn add_needs(&mut self, needs: &[(Need, usize)]) -> Vec<Needed> {
        let mut needed = Vec::with_capacity(needs.len());
        for (need, behind) in needs {
            let known = self.needs.iter().position(|known| known == need);
            let at = known.unwrap_or(self.needs.len());
            if known.is_none() {
                self.needs.push(*need);
            }
            needed.push(Needed {
                need: at as u16,
                behind: *behind as u16,
            });
        }
        needed
    }

    /// Finds out which classes meet each need, and which of its needs a pattern is looked up by: the
    /// one that the fewest patterns have, for what many have is in most sentences.
    fn add_keys(&mut self, needed: Vec<Vec<Needed>>) {
        self.meets = vec![Vec::new(); MOST_CLASSES];
        self.keyed = vec![Vec::new(); MOST_CLASSES];
        for (at, need) in self.needs.iter().enumerate() {
            for class in need.words().positions() {
                self.meets[class].push(at as u16);
            }
        }
        let mut shared = vec![0; self.needs.len()];
        for needed in needed.iter().flatten() {
            shared[usize::from(needed.need)] += 1;
        }
        for (pattern, mut needed) in needed.into_iter().enumerate() {
            let word = |needed: &Needed| self.needs[usize::from(needed.need)].words();
            needed
                .sort_by_key(|needed| (word(needed).is_empty(), shared[usize::from(needed.need)]));
            let key = needed.first().map(word).unwrap_or_default();
            for class in key.positions() {
                self.keyed[class].push(pattern as u32);
            }
            if key.is_empty() {
                self.wordless.push(pattern as u32);
            }
            let always = Needed {
                need: self.needs.len() as u16,
                behind: 0,
            };
            needed.resize(NEEDS, always);
            self.needed.push(std::array::from_fn(|at| needed[at]));
        }
    }

    /// False only when no pattern matches in a sentence.
    pub(crate) fn may_match(&self, content: &Content) -> bool {
        content.start.any() || self.bare.is_none_or(|bare| content.classes.meets(bare))
    }

    /// Sets `active` to the patterns that may match in a sentence of these items, of which it has the
    /// starts; false when there are none.
    pub(crate) fn activate(&self, content: &Content, items: &[Item], active: &mut Active) -> bool {
        self.note(items, &active.starts, &mut active.last);
        let Active { set, last, .. } = active;
        set.clear();
        set.resize(self.patterns.len().div_ceil(64), 0);
        let keyed = content.classes.positions();
        let keyed = keyed.flat_map(|class| &self.keyed[class]);
        for pattern in keyed.chain(&self.wordless) {
            let pattern = *pattern as usize;
            // Whether a need is met is hard to foretell, so that the processor had better not.
            let is_met = self.reaches(pattern, 0, last);
            set[pattern / 64] |= u64::from(is_met) << (pattern % 64);
        }
        active.patterns.clear();
        let patterns = positions(&active.set).map(|pattern| pattern as u32);
        active.patterns.extend(patterns);
        self.open(active);
        !active.patterns.is_empty()
    }

    /// Notes where each need is met last.
    fn note(&self, items: &[Item], starts: &[Start], last: &mut Vec<u32>) {
        last.clear();
        last.resize(self.needs.len(), 0);
        let things = [Need::Place, Need::Actor, Need::Area];
        let things = things.map(|thing| self.needs.iter().position(|need| *need == thing));
        for (at, (item, start)) in (1..).zip(items.iter().zip(starts)) {
            for class in item.classes.positions() {
                for need in &self.meets[class] {
                    last[usize::from(*need)] = at;
                }
            }
            if start.any() {
                let is_there = [start.place, start.actor, start.area];
                let there = things
                    .iter()
                    .zip(is_there)
                    .filter(|(_, is_there)| *is_there);
                there
                    .filter_map(|(thing, _)| *thing)
                    .for_each(|thing| last[thing] = at);
            }
        }
        last.push(u32::MAX);
    }

    /// What stands from an item of a sentence on leaves a pattern what it needs.
    fn reaches(&self, pattern: usize, item: u32, last: &[u32]) -> bool {
        self.needed[pattern].iter().fold(true, |reaches, needed| {
            reaches & (last[usize::from(needed.need)] > item + u32::from(needed.behind))
        })
    }

    /// Finds the ways to open each of the active patterns.
    fn open(&self, active: &mut Active) {
        let width = active.patterns.len().div_ceil(64);
        active.opened.clear();
        active.opened.resize(WAYS * width, 0);
        active.ways = Ways::default();
        for (at, pattern) in active.patterns.iter().enumerate() {
            for way in &self.openings[*pattern as usize] {
                let first = usize::from(*way) * width;
                add(&mut active.opened[first..first + width], at);
            }
            active.ways = active.ways.or(self.ways[*pattern as usize]);
        }
    }

    /// Those of the active patterns that may match at the item at `at` of the sentence, as rule and
    /// position among its patterns, in order of precedence.
    pub(crate) fn at<'a>(
        &'a self,
        at: usize,
        item: &Item,
        active: &'a mut Active,
    ) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let Active {
            patterns,
            opened,
            ways,
            here,
            last,
            starts,
            ..
        } = active;
        let width = patterns.len().div_ceil(64);
        here.clear();
        here.resize(width, 0);
        let mut add_way = |way: usize| {
            let first = way * width;
            add_all(here, &opened[first..first + width]);
        };
        let item_ways = Ways::of(item, starts[at]);
        ways.shared(item_ways).each(&mut add_way);
        let here = positions(here).map(|at| patterns[at] as usize);
        let here = here.filter(move |pattern| self.reaches(*pattern, at as u32, last));
        here.map(|pattern| self.patterns[pattern])
    }
}

impl Need {
    /// The words that meet it.
    fn words(self) -> ClassSet {
        match self {
            Self::Word(classes) => classes,
            Self::Place | Self::Actor | Self::Area => ClassSet::default(),
        }
    }
}

impl Ways {
    /// The ways in which an item opens patterns.
    fn of(item: &Item, start: Start) -> Self {
        let others = [
            (start.place, PLACE),
            (start.actor, ACTOR),
            (start.area, AREA),
            (item.is_punctuation(), MARK),
            (true, ANY),
        ];
        let others = others.iter().filter(|(is_there, _)| *is_there);
        Self {
            classes: item.classes,
            others: others.fold(0, |others, (_, way)| others | bit(*way)),
        }
    }

    fn all(ways: &[Way]) -> Self {
        let (classes, others): (Vec<Way>, Vec<Way>) = ways.iter().partition(|way| **way < PLACE);
        Self {
            classes: ClassSet::at(classes.into_iter().map(usize::from)),
            others: others.into_iter().fold(0, |all, way| all | bit(way)),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            classes: self.classes.and(other.classes),
            others: self.others | other.others,
        }
    }

    fn shared(&self, other: Self) -> Self {
        Self {
            classes: self.classes.shared(other.classes),
            others: self.others & other.others,
        }
    }

    fn each(self, tell: &mut impl FnMut(usize)) {
        self.classes.positions().for_each(&mut *tell);
        for way in PLACE..=ANY {
            if self.others & bit(way) != 0 {
                tell(usize::from(way));
            }
        }
    }
}

/// The bit of a way that is no class.
fn bit(way: Way) -> u8 {
    1 << (way - PLACE)
}

/// The ways in which something opens a pattern.
fn ways(opening: &Opening) -> Vec<Way> {
    match opening {
        Opening::Word(classes) => classes.positions().map(|class| class as Way).collect(),
        Opening::Place => vec![PLACE],
        Opening::Actor => vec![ACTOR],
        Opening::Area => vec![AREA],
        Opening::Mark => vec![MARK],
        Opening::Any => vec![ANY],
    }
}

/// Words of which a pattern needs one where there is neither place nor actor nor size: none when it
/// needs one of those anyway. Nothing when it needs nothing at all.
fn bare_need(needs: &[(Need, usize)]) -> Option<ClassSet> {
    let mut words = None;
    for (need, _) in needs {
        match need {
            Need::Word(classes) => words = Some(*classes),
            Need::Place | Need::Actor | Need::Area => return Some(ClassSet::default()),
        }
    }
    words
}
