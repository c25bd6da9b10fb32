//! Copies: texts that repeat each other, so that one wire story in ten papers is one source.
//!
//! Two texts are compared by their runs of a few folded words (shingles: Broder, *On the resemblance
//! and containment of documents*, 1997). What counts is containment, the share of the shorter
//! text's runs that the other has too: papers cut a story, and put it into longer ones. Formulas
//! that many texts share are left out of the count. The numbers are in `weighing.toml`.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::claim::Claim;
use crate::report::Report;
use crate::text::{Text, TokenKind};

/// When two texts are one story.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyRule {
    /// Words in a run.
    pub run_words: usize,
    /// Share of the shorter text's runs from which it is a copy.
    pub least: f64,
    /// A text of fewer words agrees with others by chance.
    pub shortest_words: usize,
    /// Days between two copies at most.
    pub most_days: i32,
    /// A run in more texts than this is a formula.
    pub formula: usize,
}

/// For each report the id of the earliest one that it repeats, if any; `published` has their days
/// of publication. The order of reports changes nothing.
#[must_use]
pub fn of_reports(
    reports: &[Report],
    published: &[Option<Date>],
    rule: &CopyRule,
) -> Vec<Option<String>> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    let key = |&at: &usize| (published[at].is_none(), published[at], &reports[at].id);
    order.sort_by(|a, b| {
        key(a)
            .cmp(&key(b))
            .then_with(|| reports[*a].text.cmp(&reports[*b].text))
    });
    let texts: Vec<Sketch> = order
        .iter()
        .map(|&at| Sketch::of(&reports[at].text, published[at], 0, rule))
        .collect();
    let mut originals = vec![None; reports.len()];
    for (&at, original) in order.iter().zip(originals_of(&texts, rule)) {
        originals[at] = original.map(|index| reports[order[index]].id.clone());
    }
    originals
}

/// Marks claims whose words repeat those of an earlier claim of the same place, actor and status.
pub(crate) fn mark_claims(claims: &mut [Claim], rule: &CopyRule) {
    let mut meanings: FxHashMap<_, u64> = FxHashMap::default();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    let key = |&at: &usize| {
        let claim: &Claim = &claims[at];
        let known = claim.origin.published.or(claim.date);
        (known.is_none(), known, &claim.origin.report, at)
    };
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let texts: Vec<Sketch> = order
        .iter()
        .map(|&at| {
            let claim = &claims[at];
            let next = meanings.len() as u64;
            let meaning = (claim.place, claim.actor, claim.status);
            let group = *meanings.entry(meaning).or_insert(next);
            Sketch::of(
                &claim.quote.text,
                claim.origin.published.or(claim.date),
                group,
                rule,
            )
        })
        .collect();
    for (at, original) in originals_of(&texts, rule).into_iter().enumerate() {
        let Some(original) = original.map(|index| order[index]) else {
            continue;
        };
        let report = claims[original].origin.report.clone();
        let copy = &mut claims[order[at]].origin;
        if copy.copy_of.is_none() && copy.report != report {
            copy.copy_of = Some(report);
        }
    }
}

/// The runs of a text, each once.
struct Sketch {
    runs: Vec<u64>,
    day: Option<Date>,
}

impl Sketch {
    /// Texts are only compared within a `group`. A text that is too short has no runs.
    fn of(text: &str, day: Option<Date>, group: u64, rule: &CopyRule) -> Self {
        let text = Text::new(text);
        let is_word = |kind: TokenKind| matches!(kind, TokenKind::Word | TokenKind::Number(_));
        let words: Vec<u64> = text
            .tokens()
            .iter()
            .filter(|token| is_word(token.kind))
            .map(|token| fnv(FNV_START, text.folded(token).as_bytes()))
            .collect();
        let mut runs: Vec<u64> = if words.len() < rule.shortest_words {
            Vec::new()
        } else {
            let start = fnv(FNV_START, &group.to_le_bytes());
            let run = |words: &[u64]| {
                let add = |hash, word: &u64| fnv(hash, &word.to_le_bytes());
                words.iter().fold(start, add)
            };
            words.windows(rule.run_words.max(1)).map(run).collect()
        };
        runs.sort_unstable();
        runs.dedup();
        Self { runs, day }
    }
}

/// For each text the first of those before it that it repeats; a copy of a copy is one of the first.
fn originals_of(texts: &[Sketch], rule: &CopyRule) -> Vec<Option<usize>> {
    let mut all: Vec<(u64, u32)> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        all.extend(text.runs.iter().map(|run| (*run, at as u32)));
    }
    all.sort_unstable();
    let mut counted: Vec<u32> = texts.iter().map(|text| text.runs.len() as u32).collect();
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for run in all.chunk_by(|a, b| a.0 == b.0) {
        if run.len() > rule.formula {
            run.iter().for_each(|(_, at)| counted[*at as usize] -= 1);
            continue;
        }
        for (index, (_, early)) in run.iter().enumerate() {
            for (_, late) in &run[index + 1..] {
                *shared.entry((*late, *early)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<((u32, u32), u32)> = shared.into_iter().collect();
    pairs.sort_unstable();
    let is_near = |a: &Sketch, b: &Sketch| match (a.day, b.day) {
        (Some(a), Some(b)) => b
            .since(a)
            .is_ok_and(|s| s.get_days().abs() <= rule.most_days),
        _ => true,
    };
    let mut originals: Vec<Option<usize>> = vec![None; texts.len()];
    let mut done = FxHashSet::default();
    for ((late, early), runs) in pairs {
        let (late, early) = (late as usize, early as usize);
        let shorter = counted[late].min(counted[early]).max(1);
        let is_copy = f64::from(runs) >= rule.least * f64::from(shorter);
        if is_copy && is_near(&texts[late], &texts[early]) && done.insert(late) {
            originals[late] = Some(originals[early].unwrap_or(early));
        }
    }
    originals
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// Fowler, Noll and Vo's hash (FNV-1a, 64 bit): the same on every machine and in every version.
fn fnv(start: u64, bytes: &[u8]) -> u64 {
    let add = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(start, add)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::data::DataFolder;
    use crate::timeline::Weighing;

    const WIRE: &str = "قالت مصادر محلية إن قوات سوريا الديمقراطية سيطرت فجر اليوم الجمعة على بلدة \
        هجين آخر أكبر معاقل تنظيم الدولة شرقي الفرات بعد معارك استمرت أكثر من أسبوع بدعم من طيران \
        التحالف الدولي وانسحب من بقي من مقاتلي التنظيم نحو الشعفة والسوسة";
    /// Another head and tail, a word left out, a word in another form.
    const EDITED: &str = "دير الزور: سيطرت «قسد» على هجين. وقالت مصادر إن قوات سوريا الديمقراطية \
        سيطرت فجر اليوم الجمعة على بلدة هجين أكبر معاقل تنظيم الدولة شرقي الفرات بعد معارك استمرت \
        أكثر من أسبوع بدعم من طيران التحالف، وانسحب من بقي من مقاتلي التنظيم نحو الشعفة والسوسة. \
        ويعيش المدنيون ظروفا صعبة.";
    const OTHER: &str = "أعلن ناطق باسم حملة عاصفة الجزيرة أن مقاتليه دخلوا مركز هجين صباح الجمعة \
        وأنهم يمشطون الأحياء الشرقية من البلدة بحثا عن الألغام، فيما فر عناصر التنظيم باتجاه قرى \
        أبو الحسن والشعفة تحت قصف مدفعي كثيف";

    fn originals(texts: &[(&str, &str)]) -> Vec<Option<String>> {
        let weighing = Weighing::load(&DataFolder::Bundled).unwrap();
        let report = |(index, (_, text)): (usize, &(&str, &str))| {
            Report::from_text(&format!("r{index}"), text, "test").unwrap()
        };
        let reports: Vec<Report> = texts.iter().enumerate().map(report).collect();
        let days: Vec<Option<Date>> = texts.iter().map(|(day, _)| day.parse().ok()).collect();
        of_reports(&reports, &days, weighing.copies())
    }

    #[test]
    fn an_edited_wire_story_is_a_copy_and_another_report_is_none() {
        let found = originals(&[
            ("2018-12-15", EDITED),
            ("2018-12-14", WIRE),
            ("2018-12-14", OTHER),
        ]);
        assert_eq!(found, [Some("r1".to_owned()), None, None]);
    }

    #[test]
    fn the_same_words_weeks_later_are_no_copy() {
        assert_eq!(
            originals(&[("2018-12-14", WIRE), ("2019-01-20", WIRE)]),
            [None, None]
        );
    }

    #[test]
    fn a_copy_of_a_copy_is_one_of_the_first() {
        let found = originals(&[
            ("2018-12-14", WIRE),
            ("2018-12-15", EDITED),
            ("2018-12-16", EDITED),
        ]);
        assert_eq!(found[1..], [Some("r0".to_owned()), Some("r0".to_owned())]);
    }
}
