//! A made-up corpus of news reports, of any size, the same for the same seed.
//!
//! Most sentences say nothing of control, words come by Zipf's law, places and parties come from
//! the tables that khatt itself reads. Nothing here is a word of a real report.

use khatt::Result;
use khatt::actor::Actors;
use khatt::data::DataFolder;
use khatt::gazetteer::Gazetteer;

/// Even numbers from 0 to 1 (Knuth's MMIX), alike on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Numbers of their own for each seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
        random.next();
        random
    }

    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        ((self.next() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// A rank below `count`, each about as often as its position says (Zipf's law).
    fn rank(&mut self, count: usize) -> usize {
        ((count as f64).powf(self.next()) as usize - 1).min(count.saturating_sub(1))
    }
}

const SENTENCES: &str = include_str!("templates.txt");
const WORDS: &str = include_str!("words.txt");

/// Words of a language that the corpus knows, the made ones counted.
const VOCABULARY: usize = 60_000;

/// Sentences of one kind, in percent of all.
const CONTROL: f64 = 0.12;
const PLACE: f64 = 0.22;

/// One language's material.
#[derive(Debug, Default)]
struct Language {
    control: Vec<&'static str>,
    place: Vec<&'static str>,
    plain: Vec<&'static str>,
    words: Vec<&'static str>,
    places: Vec<String>,
    parties: Vec<String>,
    days: Vec<&'static str>,
}

/// Makes reports.
#[derive(Debug)]
pub struct Maker {
    arabic: Language,
    english: Language,
    random: Random,
    count: usize,
}

/// A made report.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its position as an id.
    pub id: String,
    /// `ar` or `en`.
    pub language: &'static str,
    /// `YYYY-MM-DD`.
    pub published: String,
    /// Its words.
    pub text: String,
}

impl Maker {
    /// A maker with the places and parties of a data folder.
    ///
    /// # Errors
    ///
    /// When the folder's tables cannot be read.
    pub fn new(data: &DataFolder, seed: u64) -> Result<Self> {
        let (gazetteer, actors) = (Gazetteer::load(data)?, Actors::load(data)?);
        let mut maker = Self {
            arabic: Language::of("ar"),
            english: Language::of("en"),
            random: Random::new(seed),
            count: 0,
        };
        for (_, place) in gazetteer.iter().filter(|(_, place)| !place.kind.is_area()) {
            maker.arabic.places.push(place.name_ar.to_owned());
            maker.english.places.push(place.name_en.to_owned());
        }
        for (_, actor) in actors.iter() {
            maker.arabic.parties.push(actor.name_ar.clone());
            maker.english.parties.push(actor.name_en.clone());
        }
        Ok(maker)
    }

    /// The next report: one of sixteen is English, the rest Arabic.
    pub fn next_report(&mut self) -> Made {
        let random = &mut self.random;
        let is_english = random.below(16) == 0;
        let language = if is_english {
            &self.english
        } else {
            &self.arabic
        };
        let (month, day) = (1 + random.below(12), 1 + random.below(28));
        let mut text = String::with_capacity(6_000);
        for sentence in 0..4 + random.rank(60) {
            let chance = random.next();
            let kind = if chance < CONTROL {
                &language.control
            } else if chance < CONTROL + PLACE {
                &language.place
            } else {
                &language.plain
            };
            let template = kind[random.below(kind.len())];
            language.fill(template, random, &mut text);
            let ends_paragraph = sentence == 0 || random.below(4) == 0;
            text.push_str(if ends_paragraph { "\n\n" } else { " " });
        }
        self.count += 1;
        Made {
            id: format!("made-{:08}", self.count),
            language: if is_english { "en" } else { "ar" },
            published: format!("2018-{month:02}-{day:02}"),
            text,
        }
    }
}

impl Language {
    fn of(code: &str) -> Self {
        let mut language = Self {
            days: if code == "ar" {
                vec![
                    "السبت",
                    "الأحد",
                    "الاثنين",
                    "الثلاثاء",
                    "الأربعاء",
                    "الخميس",
                    "الجمعة",
                ]
            } else {
                vec![
                    "Monday",
                    "Tuesday",
                    "Wednesday",
                    "Thursday",
                    "Friday",
                    "Saturday",
                    "Sunday",
                ]
            },
            ..Self::default()
        };
        for line in SENTENCES.lines().filter(|line| line.starts_with(code)) {
            let mut fields = line.splitn(3, ' ').skip(1);
            let (kind, sentence) = (fields.next(), fields.next().unwrap_or_default());
            match kind {
                Some("control") => language.control.push(sentence),
                Some("place") => language.place.push(sentence),
                _ => language.plain.push(sentence),
            }
        }
        let line = WORDS.lines().find(|line| line.starts_with(code));
        language.words = line.unwrap_or_default().split(' ').skip(1).collect();
        language
    }

    fn fill(&self, template: &str, random: &mut Random, text: &mut String) {
        let mut rest = template;
        while let Some((before, behind)) = rest.split_once('{') {
            let (slot, after) = behind.split_once('}').unwrap_or((behind, ""));
            text.push_str(before);
            match slot {
                "place" => text.push_str(&self.places[random.rank(self.places.len())]),
                "party" => text.push_str(&self.parties[random.rank(self.parties.len())]),
                "number" => text.push_str(&(2 + random.rank(900)).to_string()),
                "day" => text.push_str(self.days[random.below(self.days.len())]),
                _ => self.word(random.rank(VOCABULARY), text),
            }
            rest = after;
        }
        text.push_str(rest);
    }

    /// The word of a rank: a known one, else one made of letters, always the same.
    fn word(&self, rank: usize, text: &mut String) {
        if let Some(word) = self.words.get(rank) {
            return text.push_str(word);
        }
        let is_arabic = self.days[0] == "السبت";
        made_word(rank, is_arabic, text);
    }
}

/// A word of three to seven letters that belongs to a number.
pub fn made_word(number: usize, is_arabic: bool, text: &mut String) {
    let letters: Vec<char> = if is_arabic {
        "بتثجحخدذرزسشصضطظعغفقكلمنهوياةى".chars().collect()
    } else {
        "bcdfghjklmnprstvwaeiou".chars().collect()
    };
    let mut random = Random::new(number as u64);
    if is_arabic && random.below(3) == 0 {
        text.push_str("ال");
    }
    for _ in 0..3 + random.below(5) {
        text.push(letters[random.below(letters.len())]);
    }
}

/// The bundled gazetteer with made places behind it, `names` names in all: an Arabic and an
/// English one to each place.
///
/// # Errors
///
/// When the bundled table cannot be read.
pub fn gazetteer(names: usize) -> Result<String> {
    let mut table = DataFolder::Bundled.text("gazetteer.csv")?.into_owned();
    let known = Gazetteer::load(&DataFolder::Bundled)?.iter().count();
    let mut random = Random::new(7);
    for number in 0..(names / 2).saturating_sub(known) {
        let (mut arabic, mut english) = (String::new(), String::new());
        for part in 0..1 + random.below(2) {
            if part > 0 {
                arabic.push(' ');
                english.push(' ');
            }
            made_word(1_000_000 + 3 * number + part, true, &mut arabic);
            let mut word = String::new();
            made_word(1_000_000 + 3 * number + part, false, &mut word);
            english.extend(word.chars().take(1).flat_map(char::to_uppercase));
            english.extend(word.chars().skip(1));
        }
        let (lat, lon) = (34.0 + random.next(), 39.5 + 2.0 * random.next());
        table.push_str(&format!(
            "zzz-{number:08},{arabic},,{english},,village,{lat:.5},{lon:.5},none,,1.0,,made,\n"
        ));
    }
    Ok(table)
}
