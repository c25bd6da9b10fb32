//! What a report says, who says it, and when: one line a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod told;

use jiff::civil::date;
use khatt::claim::{Claim, ClaimantKind, DateBasis};
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::report::Report;

use told::told;

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

/// Times counted back from the day of publication, months, years and stages of them.
#[test]
fn events_have_a_month_or_a_year() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let days = |text: &str| {
        let claim = first_claim(&extractor, "Reuters", text);
        let to = claim.date_to.map(|to| format!("..{to}"));
        format!("{}{}", claim.date.unwrap(), to.unwrap_or_default())
    };
    let cases = include_str!("told/days.tsv").lines();
    for (text, expected) in cases.filter_map(|line| line.split_once('\t')) {
        assert_eq!(days(text), expected, "{text}");
    }
}

/// Sizes of ground: those that are compared, left, gained, of an earlier day or of an entry.
#[test]
fn a_size_is_of_the_ground_that_a_party_has_in_the_end() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let cases: [(&str, &[&str]); 10] = [
        (
            "Daesh is confined to half a square kilometer, down from three square kilometers ten days earlier.",
            &["* IS control 0.50"],
        ),
        (
            "ISIS is squeezed into two square kilometres. A week ago it had six square kilometres.",
            &["* IS control 2.00"],
        ),
        (
            "Islamic State has been compressed by the SDF into a sector of two square kilometres.",
            &["* IS control 2.00"],
        ),
        ("ISIS lost 25 square kilometres.", &[]),
        (
            "ISIS has lost all but four square kilometres.",
            &["* IS control 4.00"],
        ),
        (
            "ISIS holds about 5 km of riverbank to a depth of 2 km.",
            &["* IS control 10.00"],
        ),
        ("خسر التنظيم 25 كيلومتراً مربعاً من مناطقه.", &[]),
        (
            "حصرت قسد وجود التنظيم، وفق تقدير الشبكة، في بقعة من 18 كيلومتراً مربعاً.",
            &["* IS control 18.00"],
        ),
        (
            "ذكر القيادي أن رقعة انتشار التنظيم، وكانت قبل أسبوع 28 كيلومتراً مربعاً، انخفضت إلى 19 كيلومتراً مربعاً.",
            &["* IS control 19.00"],
        ),
        (
            "مناطق قسد: البحرة.\n\nمناطق تنظيم الدولة: الشعفة. ويبلغ طول هذا القطاع 24 كم وعرضه 5 كم.",
            &[
                "* IS control 120.00",
                "al-bahrah SDF control",
                "ash-shafah IS control",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(claims(&extractor, text), expected, "{text}");
    }
}

/// Who had a place years ago is not said to have it now.
#[test]
fn what_happened_years_ago_is_history() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let cases: [(&str, &[&str]); 5] = [
        ("ISIS captured Hajin four years ago.", &[]),
        ("استولى التنظيم على هجين عام 2014.", &[]),
        (
            "ISIS took Susah in 2014 and still has it.",
            &["as-susah IS control"],
        ),
        (
            "سيطر داعش على هجين صيف 2014 وطردته قسد منها يوم الجمعة.",
            &["hajin IS lost", "hajin SDF control"],
        ),
        (
            "Government forces captured Mayadin in October 2017.",
            &["al-mayadin GOV control"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(claims(&extractor, text), expected, "{text}");
    }
}

/// The claims of an English text, with their sizes, sorted.
fn claims(extractor: &Extractor, text: &str) -> Vec<String> {
    let told = told(extractor, date(2019, 1, 20), text).into_iter();
    let with_area = |(claim, area): (String, Option<f64>)| {
        let area = area.map(|area| format!(" {area:.2}"));
        claim + &area.unwrap_or_default()
    };
    let mut claims: Vec<String> = told.map(with_area).collect();
    claims.sort();
    claims
}

fn check(cases: &[(&str, &[&str])]) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    for (text, wanted) in cases {
        let mut wanted: Vec<String> = wanted.iter().map(|claim| (*claim).to_owned()).collect();
        wanted.sort();
        assert_eq!(claims(&extractor, text), wanted, "{text}");
    }
}

#[test]
fn a_list_goes_on_over_lines_and_words_aside() {
    let villages: &[&str] = &["al-kashmah SDF control", "al-bahrah SDF control"];
    let towns: &[&str] = &[
        "hajin IS control",
        "as-susah IS control",
        "ash-shafah IS control",
    ];
    check(&[
        (
            "Villages captured by the SDF:\n1. Kashmah\n2. Bahrah",
            villages,
        ),
        (
            "Captured by the SDF:\n- Kashmah (Friday)\n- the village of Bahrah (Sunday)",
            villages,
        ),
        ("Under SDF control\n- Kashmah\n- Bahrah", villages),
        ("Held by ISIS: Hajin; Susah; Shafah.", towns),
        (
            "ISIS still holds three towns: Hajin, the largest, Susah and Shafah.",
            towns,
        ),
        (
            "ISIS holds Hajin, its biggest town, as well as Susah and Shafah.",
            towns,
        ),
        (
            "ISIS holds Susah (south of Mozan), Hajin and Shafah.",
            towns,
        ),
        (
            "ISIS keeps Hajin, Susah and, despite daily raids, Shafah.",
            towns,
        ),
        (
            "The SDF holds villages on the river, e.g. Kashmah and Bahrah.",
            villages,
        ),
        ("Kashmah - SDF\nBahrah - SDF", villages),
        (
            "Hajin's northern quarter is held by the SDF.",
            &["hajin SDF partial"],
        ),
        (
            "The army controls the towns on the other side, among them Mayadin.",
            &["al-mayadin GOV control"],
        ),
        ("Who holds Kashmah? The SDF.", &["al-kashmah SDF control"]),
    ]);
}

#[test]
fn a_party_named_in_passing_does_not_act() {
    check(&[
        (
            "ISIS, driven from Hajin by the SDF, still holds Susah.",
            &["hajin IS lost", "hajin SDF control", "as-susah IS control"],
        ),
        (
            "The SDF wrested Hajin from ISIS. The town has been freed entirely, residents said.",
            &["hajin IS lost", "hajin SDF control"],
        ),
        (
            "ISIS overran Bahrah on Saturday. By Monday the SDF had recovered Bahrah.",
            &["al-bahrah IS lost", "al-bahrah SDF control"],
        ),
        (
            "ISIS fighters tried to enter Susah, overrun by the SDF last week.",
            &["as-susah SDF control"],
        ),
        ("No, ISIS still holds Hajin.", &["hajin IS control"]),
        (
            "The SDF captured Hajin in eastern Deir ez-Zor province on Dec. 14 from ISIS.",
            &["hajin IS lost", "hajin SDF control"],
        ),
        (
            "The SDF expelled ISIS from Hajin, and they are combing Kashmah.",
            &[
                "hajin IS lost",
                "hajin SDF control",
                "al-kashmah SDF control",
            ],
        ),
        (
            "The SDF captured ISIS positions in Susah.",
            &["as-susah SDF partial"],
        ),
        (
            "Jets bombed a bakery in Kashmah, which is held by ISIS.",
            &["al-kashmah IS control"],
        ),
    ]);
}

#[test]
fn a_size_is_read_once_and_in_its_unit() {
    check(&[
        (
            "ISIS now controls a strip 18 km (11 miles) long and 4 km wide.",
            &["* IS control 72.00"],
        ),
        (
            "ISIS now controls a strip 20 kilometres long and five wide.",
            &["* IS control 100.00"],
        ),
        (
            "ISIS is left with a tract of 700 metres by 500.",
            &["* IS control 0.35"],
        ),
        ("ISIS is left with a handful of square kilometres.", &[]),
    ]);
}

#[test]
fn names_that_look_like_places_are_told_from_places() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let cases: [(&str, &[&str]); 12] = [
        ("التقى وفد من قبيلة الشعيطات مسؤولاً في هجين", &["hajin"]),
        ("قالت الوكالة السورية إن الطريق إلى هجين مغلق", &["hajin"]),
        ("بين الشعفة وتحت الجسر مرت القافلة", &["ash-shafah"]),
        (
            "AL-OMAR, Syria (EuroWire) - Islamic State no longer rules Hajin.",
            &["hajin"],
        ),
        ("Commander Abu Hasan reached Hajin.", &["hajin"]),
        (
            "Below Hajin lies Abu Hasan, and then the tent camp.",
            &["hajin", "abu-al-hasan", "baghuz-camp"],
        ),
        (
            "Oil from Tanak and Thayyem passes through Upper and then Lower Baghouz.",
            &[
                "al-tanak-field",
                "at-taym-field",
                "baghuz-fawqani",
                "baghuz-tahtani",
            ],
        ),
        // With another place close by a bare name is one too, unless somebody speaks beside it.
        (
            "Who else? Abu Hassan. Two hundred men sleep there, and in Hajin more.",
            &["abu-al-hasan", "hajin"],
        ),
        (
            "القائم هادئة. وفي العبيدي مدرسة جديدة",
            &["al-qaim", "al-ubaydi"],
        ),
        ("Hajin is calm. Abu Hassan said so.", &["hajin"]),
        ("القائم هادئة، كما قال العبيدي", &["al-qaim"]),
        (
            "Who else? Abu Hassan. Two hundred men sleep there, and in Kobani more.",
            &["kobani"],
        ),
    ];
    for (text, wanted) in cases {
        let report = Report {
            text: text.to_owned(),
            ..Report::default()
        };
        let found = extractor.extract(&report);
        let places = found.mentions.iter().filter_map(|mention| mention.place);
        let named: Vec<&str> = places
            .map(|place| extractor.gazetteer.place(place).id)
            .collect();
        assert_eq!(named, wanted, "{text}");
    }
}
