//! What a list passes over between two members: times, words aside, brackets, what belongs to one.

use crate::extract::annotate::ItemKind;
use crate::extract::group::Finder;
use crate::extract::line::is_list_break;
use crate::lexicon::Features;

/// Items that a time between two members of a list may take up.
const LONGEST_TIME: usize = 4;

/// Items that words about one member of a list may take up.
const LONGEST_ASIDE: usize = 12;

/// What is said of one member of a list, one aside behind the other.
const MOST_ASIDES: usize = 2;

impl Finder<'_> {
    /// Steps over "in December", "on 14 January", "two weeks ago", "in the north" between two members
    /// of a list.
    pub(super) fn after_time(&self, at: usize) -> usize {
        let mut end = at;
        let mut is_time = false;
        for next in at..(at + LONGEST_TIME).min(self.items.len()) {
            let item = &self.items[next];
            let is_place_in = item.features.any(Features::THE)
                && self.has(next, self.roles.sector)
                && next > at
                && self.has(next - 1, self.roles.within);
            if self.has(next, self.roles.time) || is_place_in {
                is_time = true;
            } else if !self.has(next, self.roles.within)
                && !self.has(next, self.roles.again)
                && !matches!(item.kind, ItemKind::Number(_))
            {
                break;
            }
            end = next + 1;
        }
        if is_time { end } else { at }
    }

    /// Steps over what is said of one member of a list: "A (south of B), C", "A, the biggest, and B".
    pub(super) fn after_aside(&self, at: usize) -> usize {
        let Some(item) = self.items.get(at) else {
            return at;
        };
        if item.is_mark(&['(']) {
            return self.after_bracket(at);
        }
        let is_comma = item.is_comma();
        let describes = self.has_articles()
            || self.has(at + 1, self.roles.the)
            || self.has(at + 1, self.roles.its);
        if !(is_comma && describes) {
            return at;
        }
        // "A, the biggest, some thirty kilometres north of it, and B".
        let asides = std::iter::successors(self.aside_end(at + 1), |end| self.aside_end(end + 1));
        let mut ends = asides.take(MOST_ASIDES);
        ends.find(|end| self.goes_on(*end)).unwrap_or(at)
    }

    /// Steps over "with all its wells": what belongs to a member, where the article is no word.
    pub(super) fn after_belongings(&self, at: usize) -> usize {
        let is_all = self.items.get(at).is_some_and(|item| {
            item.features.any(Features::IN) && item.classes.meets(self.roles.all)
        });
        let is_plain = |at: usize| {
            let item = self.items.get(at);
            item.is_some_and(|item| {
                matches!(item.kind, ItemKind::Word) && !item.classes.meets(self.blocks)
            })
        };
        let goes_on = |at: usize| {
            let next = self.items.get(at);
            next.is_some_and(|next| next.is_comma() || next.features.any(Features::AND))
        };
        if is_all && is_plain(at + 1) && goes_on(at + 2) {
            at + 2
        } else {
            at
        }
    }

    /// Steps over what is said of one member behind it, up to the end of its line in a list of lines.
    pub(super) fn after_line_aside(&self, at: usize) -> usize {
        let opens = self
            .items
            .get(at)
            .is_some_and(|item| item.is_comma() || item.is_mark(&['(', '–', '—', '-']));
        if !opens || !self.has_articles() {
            return at;
        }
        let most = (at + 1 + LONGEST_ASIDE).min(self.items.len());
        let end = (at + 1..most).find(|index| self.items[*index].is_break());
        let is_plain = |end: &usize| {
            (at + 1..*end).all(|index| {
                let item = &self.items[index];
                self.is_aside_word(index) && !item.is_place()
                    || item.is_comma()
                    || item.is_mark(&[')'])
                    || item.features.any(Features::PAST)
            })
        };
        end.filter(is_plain)
            .filter(|end| is_list_break(self.items, *end, self.roles))
            .unwrap_or(at)
    }

    /// The item behind a bracket at `at` that describes a member and names none.
    pub(super) fn after_bracket(&self, at: usize) -> usize {
        let most = (at + 1 + LONGEST_ASIDE).min(self.items.len());
        let close = (at + 1..most).find(|index| self.items[*index].is_mark(&[')']));
        let Some(close) = close.filter(|close| *close > at + 1) else {
            return at;
        };
        let mut inside = at + 1..close;
        let names_member = self.items[at + 1].is_place()
            || self.has(at + 1, self.roles.head)
            || inside.clone().any(|index| self.modifier(index).is_some());
        let is_plain = !names_member && inside.all(|index| self.is_aside_word(index));
        let is_line_end =
            self.items.get(close + 1).is_some() && is_list_break(self.items, close + 1, self.roles);
        if is_plain && (is_line_end || self.goes_on(close + 1)) {
            close + 1
        } else {
            at
        }
    }

    /// Steps over "despite the raids," behind "and,".
    pub(super) fn after_inserted(&self, at: usize) -> usize {
        let is_linked = at > 1 && self.has(at - 2, self.roles.link);
        let end = is_linked.then(|| self.aside_end(at)).flatten();
        end.map_or(at, |comma| comma + 1)
    }

    /// The comma that ends words about a member, if they name no other place and tell nothing.
    pub(super) fn aside_end(&self, at: usize) -> Option<usize> {
        let most = (at + LONGEST_ASIDE).min(self.items.len());
        let end = (at..most).find(|index| self.items[*index].is_comma())?;
        // "A, taken last week, and B".
        let is_participle = |index: usize| {
            index == at && self.has_articles() && self.items[index].features.any(Features::PAST)
        };
        let is_plain = end > at
            && (at..end).all(|index| {
                (self.is_aside_word(index) || is_participle(index)) && !self.items[index].is_place()
            });
        is_plain.then_some(end)
    }

    pub(super) fn is_aside_word(&self, at: usize) -> bool {
        let item = &self.items[at];
        let is_finite = item.classes.meets(self.blocks) && item.features.is_finite();
        !is_finite
            && (item.is_place()
                || matches!(item.kind, ItemKind::Number(_))
                || item.is_mark(&['-', '–'])
                || matches!(item.kind, ItemKind::Word)
                    && !item.classes.meets(self.roles.hands)
                    && !item.classes.meets(self.roles.which)
                    && (!item.classes.meets(self.blocks) || item.features.any(Features::NOUN)))
    }

    /// A comma or an "and" at `at`, and behind it a place with its nouns.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        let is_link = |at: usize| {
            self.items.get(at).is_some_and(|item| item.is_comma()) || self.has(at, self.roles.link)
        };
        let mut next = at;
        while next < at + 2 && is_link(next) {
            next += 1;
        }
        let joined = self
            .items
            .get(next)
            .is_some_and(|item| item.features.any(Features::AND));
        let is_lead = |at: &usize| {
            self.has(*at, self.roles.the)
                || self.has(*at, self.roles.head)
                || self.has(*at, self.roles.of)
        };
        let place =
            (next..self.items.len()).find(|at| !is_lead(at) && self.modifier(*at).is_none());
        (next > at || joined) && place.is_some_and(|place| self.items[place].is_place())
    }
}
