//! What a report says, who says it, and when: one line a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use jiff::civil::date;
use khatt::claim::{Claim, ClaimantKind, DateBasis};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::report::Report;

fn first_claim(extractor: &Extractor, source: &str, text: &str) -> Claim {
    let report = Report {
        id: "case".to_owned(),
        source: source.to_owned(),
        published: Some((date(2019, 1, 10), DateBasis::Given)),
        text: text.to_owned(),
        ..Report::default()
    };
    let claims = extractor.extract(&report).claims;
    assert!(!claims.is_empty(), "no claim in `{text}`");
    claims.into_iter().next_back().unwrap()
}

#[test]
fn a_claim_belongs_to_the_source_that_the_sentence_quotes() {
    use ClaimantKind::{ActorMedia, Agency, Anonymous, Monitor, StateMedia};
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let cases = [
        ("The SDF captured Hajin.", "Reuters", Agency),
        (
            "The SDF captured Hajin, an SDF spokesman said.",
            "Syrian Democratic Forces",
            ActorMedia,
        ),
        (
            "The Syrian Observatory for Human Rights said that the SDF captured Hajin.",
            "Syrian Observatory for Human Rights",
            Monitor,
        ),
        (
            "SOHR: SDF captured Hajin.",
            "Syrian Observatory for Human Rights",
            Monitor,
        ),
        (
            "The SDF took Susah, according to local sources.",
            "Unnamed sources",
            Anonymous,
        ),
        (
            "SANA quoted a military source as saying the army recaptured Hajin.",
            "SANA",
            StateMedia,
        ),
        (
            "قال المرصد السوري لحقوق الإنسان إن قسد سيطرت على هجين. وأضاف أن التنظيم انسحب من السوسة.",
            "Syrian Observatory for Human Rights",
            Monitor,
        ),
        (
            "أعلن المتحدث باسم قسد السيطرة على هجين.",
            "Syrian Democratic Forces",
            ActorMedia,
        ),
        (
            "قال ناشطون إن قسد سيطرت على هجين.",
            "Unnamed sources",
            Anonymous,
        ),
    ];
    for (text, name, kind) in cases {
        let claimant = first_claim(&extractor, "Reuters", text).claimant;
        assert_eq!(
            (claimant.name.as_str(), claimant.kind),
            (name, kind),
            "{text}"
        );
    }
}

#[test]
fn the_press_of_a_party_speaks_for_it_under_its_own_name() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let claim = first_claim(
        &extractor,
        "Hawar",
        "The SDF captured Hajin, an SDF spokesman said.",
    );
    assert_eq!(claim.claimant.name, "Hawar News Agency");
}

#[test]
fn events_have_a_day_or_a_span_of_days() {
    use DateBasis::{Published, Relative, Stated};
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let day = |day| Some(date(2019, 1, day));
    let cases = [
        ("The SDF captured Hajin.", day(10), None, Published),
        ("The SDF captured Hajin on January 3.", day(3), None, Stated),
        (
            "The SDF captured Hajin between 3 and 9 January.",
            day(3),
            day(9),
            Stated,
        ),
        (
            "Over the past week the SDF captured Hajin.",
            day(3),
            day(10),
            Relative,
        ),
        (
            "سيطرت قسد على هجين بين 3 و9 كانون الثاني.",
            day(3),
            day(9),
            Stated,
        ),
        (
            "سيطرت قسد خلال الأسبوع الماضي على هجين.",
            day(3),
            day(10),
            Relative,
        ),
    ];
    for (text, first, last, basis) in cases {
        let claim = first_claim(&extractor, "Reuters", text);
        assert_eq!(
            (claim.date, claim.date_to, claim.date_basis),
            (first, last, Some(basis)),
            "{text}"
        );
    }
}
