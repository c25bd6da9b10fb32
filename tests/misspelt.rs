//! Names that are misspelt, or written as the writer hears them, and words that are none.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use khatt::data::DataFolder;
use khatt::extract::{Extraction, Extractor};
use khatt::output::jsonl;
use khatt::report::Report;

fn report(text: &str) -> Report {
    Report {
        text: text.to_owned(),
        ..Report::default()
    }
}

/// Words of a text and the places that they were read as.
fn read(extractor: &Extractor, text: &str) -> Vec<(String, String)> {
    let Extraction { mentions, .. } = extractor.extract(&report(text));
    let read = mentions.iter().filter(|mention| mention.read_as.is_some());
    read.map(|mention| {
        let place = extractor.gazetteer.place(mention.place.unwrap());
        let words = &text[mention.span.start..mention.span.end];
        (words.to_owned(), place.id.to_owned())
    })
    .collect()
}

fn check(cases: &[(&str, &[(&str, &str)])]) {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    for (text, wanted) in cases {
        let found = read(&extractor, text);
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(found, *wanted, "{text}");
    }
}

#[test]
fn a_name_is_known_in_spellings_that_no_table_has() {
    check(&[
        (
            "The SDF captured the town of Hadjine.",
            &[("Hadjine", "hajin")],
        ),
        (
            "Government posts in the vicinity of al-Qouriyeh, near Mayadin, were shelled.",
            &[("al-Qouriyeh", "al-quriyah")],
        ),
        (
            "The SDF captured Muzan, Maraachida and Abu Hurdub.",
            &[
                ("Maraachida", "al-marashidah"),
                ("Abu Hurdub", "abu-hardub"),
            ],
        ),
        (
            "Albou Badran village was quiet.",
            &[("Albou Badran", "al-bubadran")],
        ),
        (
            "دخلت قسد قرية البوخطار بلا قتال.",
            &[("البوخطار", "abu-al-khatir")],
        ),
        (
            "سيطرت قسد على الكشمة والسفاففنة.",
            &[("السفاففنة", "as-safafinah")],
        ),
        (
            "دارت اشتباكات بالباكوز قرب السوسة.",
            &[("الباكوز", "baghuz-fawqani")],
        ),
    ]);
}

#[test]
fn what_was_a_place_once_is_one_again() {
    check(&[
        (
            "The SDF captured the town of Hadjine. Later Hadjine was shelled.",
            &[("Hadjine", "hajin"), ("Hadjine", "hajin")],
        ),
        (
            "The SDF took the village of al-Qouriyeh. By night al-Qouriyeh was calm.",
            &[("al-Qouriyeh", "al-quriyah"), ("al-Qouriyeh", "al-quriyah")],
        ),
    ]);
}

#[test]
fn words_that_only_resemble_a_name_are_no_places() {
    check(&[
        // Nothing tells that it is a place, or something tells that it is a person.
        ("Hadjine said nothing.", &[]),
        ("The activist Hadjine reached Susah.", &[]),
        // Small letters, a longer name, a field, a governorate.
        ("The SDF captured the town of hadjine.", &[]),
        ("The SDF captured the town of Hadjine Rashwan.", &[]),
        ("The SDF captured the governorate of Hadjine.", &[]),
        // A preposition is too little where the place is far from all others, or only a little like.
        ("Clashes went on in Hadjine.", &[]),
        ("Residents of Idlib saw clashes in Hadjine.", &[]),
        (
            "Residents of Susah spoke of Hassan and met in Hussein.",
            &[],
        ),
        // Other towns, and ordinary words.
        ("The SDF captured the town of Zamalka.", &[]),
        ("The army shelled the town of Houla.", &[]),
        ("سيطرت قسد على قرية صغيرة وعلى بلدة مجاورة.", &[]),
        ("دخل الجيش مدينة يبرود.", &[]),
        ("اجتمعت قرى العشائر في السوسة.", &[]),
        // A name as a table writes it, and no place here.
        ("صوّر في ساحة السوسة.", &[]),
    ]);
}

#[test]
fn a_likeness_is_less_sure_and_says_what_was_read() {
    let extractor = Extractor::load(&DataFolder::Bundled).unwrap();
    let report = report("The SDF captured the town of al-Qouriyeh.");
    let found = extractor.extract(&report);
    let mention = &found.mentions[0];
    assert_eq!(mention.read_as.as_deref(), Some("Al-Quriyah"));
    assert!(mention.confidence < 0.9, "{}", mention.confidence);
    assert_eq!(found.claims.len(), 1);
    let line = jsonl::line(&report, &found, &extractor);
    assert!(line.contains("\"read_as\":\"Al-Quriyah\""), "{line}");
}

/// Two names that are as like are told apart by the other places of the text.
#[test]
fn a_namesake_is_the_one_near_by() {
    let table = "id,name_ar,aliases_ar,name_en,aliases_en,kind,lat,lon,bank,parent,precision_km,cue,source,note\n\
        east,,,Karanish,,village,34.5,40.9,none,,1.0,,made,\n\
        far-east,,,Sabwan,,village,34.6,40.9,none,,1.0,,made,\n\
        far-west,,,Darbun,,village,36.2,37.2,none,,1.0,,made,\n\
        west,,,Qaranish,,village,36.1,37.1,none,,1.0,,made,\n";
    let data = DataFolder::patched("gazetteer.csv", table.as_bytes().to_vec());
    let extractor = Extractor::load(&data).unwrap();
    for (text, wanted) in [
        (
            "The army took Sabwan and the village of Garanish.",
            Some("east"),
        ),
        (
            "The army took Darbun and the village of Garanish.",
            Some("west"),
        ),
        ("The army took the village of Garanish.", None),
    ] {
        let found = read(&extractor, text);
        assert_eq!(found.first().map(|(_, id)| &**id), wanted, "{text}");
    }
}

#[test]
fn too_many_names_are_like_every_word() {
    let mut table = "id,name_ar,aliases_ar,name_en,aliases_en,kind,lat,lon,bank,parent,precision_km,cue,source,note\n\
        aa,,,Hajin,,town,34.7,40.8,none,,1.0,,made,\n"
        .to_owned();
    let text = "The SDF captured the town of Hadjine.";
    let read_with = |table: &str| {
        let data = DataFolder::patched("gazetteer.csv", table.as_bytes().to_vec());
        read(&Extractor::load(&data).unwrap(), text).len()
    };
    assert_eq!(read_with(&table), 1);
    for number in 0..5_000 {
        table.push_str(&format!(
            "z{number:04},,,Place {number},,village,34.7,40.8,none,,1.0,,made,\n"
        ));
    }
    assert_eq!(read_with(&table), 0);
}
