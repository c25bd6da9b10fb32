//! Sizes of ground: "half a square kilometre", "4 km2", "20 km long and 5 km deep".

use super::Words;
use super::annotate::{Item, ItemKind};

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
const BETWEEN_SIDES: usize = 5;

/// All sizes among `items`, in order.
pub(crate) fn measures(items: &[Item], words: &Words) -> Vec<Measure> {
    let mut out: Vec<Measure> = Vec::new();
    let mut at = 0;
    while at < items.len() {
        match measure_at(items, at, words) {
            Some(measure) => {
                at = measure.last + 1;
                out.push(measure);
            }
            None => at += 1,
        }
    }
    join_sides(items, &mut out, words);
    out
}

/// A number, in digits or words, with its unit: before it, after it, or inside it as a dual.
fn measure_at(items: &[Item], at: usize, words: &Words) -> Option<Measure> {
    let item = &items[at];
    if let Some(number) = number(item, words) {
        // "3.5 square kilometres", "half a square kilometre", "four kilometres".
        let mut unit_at = at + 1;
        while items
            .get(unit_at)
            .is_some_and(|item| item.classes.meets(words.the) || item.is_mark(&['-']))
        {
            unit_at += 1;
        }
        let (is_square, per, last) = unit(items, unit_at, words)?;
        return Some(Measure {
            first: at,
            last,
            value: number * per,
            is_square,
        });
    }
    let (is_square, per, last) = unit(items, at, words)?;
    let value = unit_value(item);
    match items.get(last + 1).and_then(|next| number(next, words)) {
        // "one square kilometre", said with the number behind.
        Some(number)
            if value.is_none()
                && number <= 10.0
                && !matches!(items[last + 1].kind, ItemKind::Number(_)) =>
        {
            Some(Measure {
                first: at,
                last: last + 1,
                value: number * per,
                is_square,
            })
        }
        _ => Some(Measure {
            first: at,
            last,
            value: value.unwrap_or(1.0),
            is_square,
        }),
    }
}

fn number(item: &Item, words: &Words) -> Option<f64> {
    match item.kind {
        ItemKind::Number(value) => Some(value),
        _ if item.classes.meets(words.numeral) => item.value.as_deref()?.parse().ok(),
        _ => None,
    }
}

/// The unit at `at`: square or not, its size in (square) kilometres, its last item.
fn unit(items: &[Item], at: usize, words: &Words) -> Option<(bool, f64, usize)> {
    let item = items.get(at)?;
    if item.classes.meets(words.square) {
        Some((true, unit_value(item).unwrap_or(1.0), at))
    } else if item.classes.meets(words.kilometre) {
        Some((false, unit_value(item).unwrap_or(1.0), at))
    } else {
        None
    }
}

/// A dual ("two kilometres" in one word) is worth two.
fn unit_value(item: &Item) -> Option<f64> {
    item.value.as_deref()?.parse().ok()
}

/// Two lengths beside words for length and depth are an area.
fn join_sides(items: &[Item], measures: &mut Vec<Measure>, words: &Words) {
    let mut at = 0;
    while at + 1 < measures.len() {
        let (a, b) = (measures[at], measures[at + 1]);
        let between = &items[a.last + 1..b.first];
        let around = &items[a.first.saturating_sub(2)..(b.last + 2).min(items.len())];
        let is_pair = !a.is_square
            && !b.is_square
            && between.len() <= BETWEEN_SIDES
            && !between.iter().any(|item| item.classes.meets(words.verbs))
            && around
                .iter()
                .any(|item| item.classes.meets(words.dimension));
        if is_pair {
            measures[at] = Measure {
                first: a.first,
                last: b.last,
                value: a.value * b.value,
                is_square: true,
            };
            measures.remove(at + 1);
        } else {
            at += 1;
        }
    }
}
