//! Sizes of ground: "half a square kilometre", "4 km2", "20 km long and 5 km deep".

use super::Words;
use super::annotate::{Item, ItemKind};
use crate::lexicon::Features;

/// A size read from the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    /// First item.
    pub first: usize,
    /// Last item.
    pub last: usize,
    /// Square kilometres, or plain kilometres where `is_square` is false.
    pub value: f64,
    /// The words say that it is an area.
    pub is_square: bool,
}

/// Items between the length and the depth of a strip.
const BETWEEN_SIDES: usize = 7;

/// From here on a word for a number multiplies the one before it.
const THOUSAND: f64 = 1000.0;

/// All sizes among `items`, in order.
pub(crate) fn measures(items: &[Item], words: &Words) -> Vec<Measure> {
    let finder = Finder { items, words };
    let mut out: Vec<Measure> = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let item = &items[at];
        let is_amount =
            matches!(item.kind, ItemKind::Number(_)) || item.classes.meets(words.amounts);
        if !is_amount {
            at += 1;
            continue;
        }
        match finder.measure_at(at) {
            Some(measure) => {
                at = measure.last + 1;
                // "four square kilometres (one and a half square miles)" says one size twice.
                let is_gloss = items[measure.first - measure.first.min(1)].is_mark(&['('])
                    && out.last().is_some_and(|before: &Measure| {
                        before.is_square == measure.is_square && before.last + 2 >= measure.first
                    });
                if is_gloss {
                    finder.take_gloss(&mut out, &measure);
                } else {
                    let next = finder.next_of_range(&measure);
                    out.push(measure);
                    at = next.map_or(at, |next| next.last + 1);
                    out.extend(next);
                }
            }
            None => at += 1,
        }
    }
    finder.join_sides(&mut out);
    for measure in &mut out {
        // To the square metre: 0.7 km2 is not 0.7000000000000001.
        measure.value = (measure.value * 1e6).round() / 1e6;
    }
    out
}

struct Finder<'a> {
    items: &'a [Item<'a>],
    words: &'a Words,
}

impl Finder<'_> {
    /// A number, in digits or words, with its unit: before it, after it, or inside it as a dual.
    fn measure_at(&self, at: usize) -> Option<Measure> {
        let items = self.items;
        if let Some((number, end)) = self.number(at) {
            if let Some(area) = self.sides(at, number, end) {
                return Some(area);
            }
            // "3.5 square kilometres", "half a square kilometre", "four kilometres".
            let mut unit_at = end;
            while items
                .get(unit_at)
                .is_some_and(|item| item.classes.meets(self.words.the) || item.is_mark(&['-']))
            {
                unit_at += 1;
            }
            let (is_square, per, last) = self.unit(unit_at)?;
            let measure = Measure {
                first: at,
                last,
                value: number * per,
                is_square,
            };
            return Some(self.with_fraction(measure, per));
        }
        let (is_square, per, last) = self.unit(at)?;
        // "A handful of square kilometres": a unit alone is one only where the form says so.
        if self.words.is_analytic {
            return None;
        }
        let value = unit_value(&items[at]);
        // "Every metre of it".
        if !is_square && value.is_some_and(|value| value < 1.0) {
            return None;
        }
        let behind = items.get(last + 1);
        let number = behind
            .filter(|next| value.is_none() && !matches!(next.kind, ItemKind::Number(_)))
            .and_then(|_| self.one_number(last + 1))
            // "One square kilometre", said with the number behind.
            .filter(|number| (1.0..=10.0).contains(number));
        let measure = Measure {
            first: at,
            last: last + usize::from(number.is_some()),
            value: number.map_or(value.unwrap_or(1.0), |number| number * per),
            is_square,
        };
        Some(self.with_fraction(measure, if value.is_some() { 1.0 } else { per }))
    }

    /// "Eight by four kilometres": both sides have the unit of the second.
    fn sides(&self, first: usize, length: f64, end: usize) -> Option<Measure> {
        let by = self.items.get(end)?;
        let is_by = self.words.is_analytic && by.classes.meets(self.words.by);
        let (width, unit_at) = self.number(end + 1).filter(|_| is_by)?;
        let (is_square, per, last) = self.unit(unit_at)?;
        (!is_square).then_some(Measure {
            first,
            last,
            value: length * per * width * per,
            is_square: true,
        })
    }

    /// "Two square kilometres and a half (kilometre)".
    fn with_fraction(&self, measure: Measure, per: f64) -> Measure {
        let Some((fraction, end)) = self.fraction(measure.last + 1) else {
            return measure;
        };
        let last = self.unit(end).map_or(end - 1, |(_, _, last)| last);
        Measure {
            value: measure.value + fraction * per,
            last,
            ..measure
        }
    }

    /// "And a half" at `at`: how much, and the item behind.
    fn fraction(&self, at: usize) -> Option<(f64, usize)> {
        let item = self.items.get(at)?;
        let at = if item.features.any(Features::AND) {
            at
        } else if item.classes.meets(self.words.and) {
            at + 1
        } else {
            return None;
        };
        let is_article = self.one_number(at) == Some(1.0);
        let at = at + usize::from(is_article);
        let value = self.one_number(at).filter(|value| *value < 1.0)?;
        (!matches!(self.items[at].kind, ItemKind::Number(_))).then_some((value, at + 1))
    }

    /// A number and the item behind it, with a word that multiplies it: "300 thousand".
    fn number(&self, at: usize) -> Option<(f64, usize)> {
        let (value, end) = self.plain_number(at)?;
        let is_word = |item: &&Item| {
            !matches!(item.kind, ItemKind::Number(_)) && !item.features.any(Features::AND)
        };
        let next = self.items.get(end).filter(is_word);
        let times = next.and_then(|_| self.one_number(end));
        let times = times.filter(|times| *times >= THOUSAND && value < *times);
        Some(times.map_or((value, end), |times| (value * times, end + 1)))
    }

    /// A number and the item behind it: "4", "four", "four and a half", "twenty-five".
    fn plain_number(&self, at: usize) -> Option<(f64, usize)> {
        let value = self.one_number(at)?;
        if let Some((fraction, end)) = self.fraction(at + 1).filter(|_| value >= 1.0) {
            return Some((value + fraction, end));
        }
        let next = self.items.get(at + 1)?;
        let joins = next.features.any(Features::AND) || next.glued;
        let is_word = |at: usize| !matches!(self.items[at].kind, ItemKind::Number(_));
        match self.one_number(at + 1) {
            Some(more)
                if joins
                    && is_word(at)
                    && is_word(at + 1)
                    && value.min(more) < 10.0
                    && value.max(more) >= 20.0 =>
            {
                Some((value + more, at + 2))
            }
            _ => Some((value, at + 1)),
        }
    }

    fn one_number(&self, at: usize) -> Option<f64> {
        let item = self.items.get(at)?;
        match item.kind {
            ItemKind::Number(value) => Some(value),
            _ if item.classes.meets(self.words.numeral) => item.value?.parse().ok(),
            _ => None,
        }
    }

    /// The unit at `at`: square or not, its size in (square) kilometres, its last item.
    fn unit(&self, at: usize) -> Option<(bool, f64, usize)> {
        let item = self.items.get(at)?;
        if item.classes.meets(self.words.square) {
            Some((true, unit_value(item).unwrap_or(1.0), at))
        } else if item.classes.meets(self.words.kilometre) {
            Some((false, unit_value(item).unwrap_or(1.0), at))
        } else {
            None
        }
    }

    /// "From 15 square kilometres to six": the second number has the unit of the first.
    fn next_of_range(&self, measure: &Measure) -> Option<Measure> {
        let items = self.items;
        let is_left_behind = measure.first > 0
            && items[measure.first - 1].classes.meets(self.words.from)
            && measure.is_square;
        let to = measure.last + 1;
        let first = match items.get(to)? {
            item if item.classes.meets(self.words.direction) => to + 1,
            item if item.features.any(Features::TO) => to,
            _ => return None,
        };
        let (value, end) = self.number(first).filter(|_| is_left_behind)?;
        self.unit(end).is_none().then_some(Measure {
            first,
            last: end - 1,
            value,
            is_square: true,
        })
    }

    /// "18 kilometres (11 miles) long": the bracket belongs to the size before it.
    fn take_gloss(&self, measures: &mut [Measure], gloss: &Measure) {
        let closed = self.items.get(gloss.last + 1);
        let end = gloss.last + usize::from(closed.is_some_and(|item| item.is_mark(&[')'])));
        if let Some(before) = measures.last_mut() {
            before.last = end;
        }
    }

    /// Two lengths beside words for length and depth are an area.
    fn join_sides(&self, measures: &mut Vec<Measure>) {
        let mut at = 0;
        while at < measures.len() {
            let a = measures[at];
            let second = match measures.get(at + 1) {
                Some(b) if !b.is_square && self.are_sides(&a, b) => Some(*b),
                _ => self.bare_side(&a).filter(|_| !a.is_square),
            };
            if let Some(b) = second {
                measures[at] = Measure {
                    last: b.last,
                    value: a.value * b.value,
                    is_square: true,
                    ..a
                };
                measures.retain(|other| other.first <= a.first || other.first > b.last);
            }
            at += 1;
        }
    }

    fn are_sides(&self, a: &Measure, b: &Measure) -> bool {
        let between = &self.items[a.last + 1..b.first];
        let around = a.first.saturating_sub(2)..(b.last + 2).min(self.items.len());
        !a.is_square
            && between.len() <= BETWEEN_SIDES
            && !between
                .iter()
                .any(|item| item.classes.meets(self.words.verbs))
            && self.items[around]
                .iter()
                .any(|item| item.classes.meets(self.words.dimension))
    }

    /// "Its length is twelve kilometres and its width three": a side without a unit.
    fn bare_side(&self, a: &Measure) -> Option<Measure> {
        let dimension = |at: usize| {
            self.items
                .get(at)
                .is_some_and(|item| item.classes.meets(self.words.dimension))
        };
        let tail = a.last + 1..(a.last + 4).min(self.items.len());
        let mut words = tail.filter(|at| dimension(*at));
        let first = words.next()?;
        let is_and = self
            .items
            .get(first + 1)
            .is_some_and(|item| item.classes.meets(self.words.and));
        let number_at = first + 1 + usize::from(is_and);
        let (value, end) = self.number(number_at)?;
        let is_told = (a.first.saturating_sub(2)..a.first).any(dimension) || words.next().is_some();
        let is_beside = first == a.last + 1 && !matches!(self.items[first].kind, ItemKind::Mark(_));
        // It has the unit of the first side: "700 metres by 500".
        let (_, per, _) = (a.first..=a.last).find_map(|at| self.unit(at))?;
        ((is_told || is_beside) && self.unit(end).is_none()).then_some(Measure {
            first,
            last: end - 1,
            value: value * per,
            is_square: false,
        })
    }
}

/// A dual ("two kilometres" in one word) is worth two, a mile 1.6.
fn unit_value(item: &Item) -> Option<f64> {
    item.value?.parse().ok()
}
