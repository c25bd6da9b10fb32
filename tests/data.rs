//! Every table of `data/` keeps its promises: sorted, unique, known ids, in range, with a source.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use geo::{Coord, Line, LineString};
use khatt::actor::Actors;
use khatt::basemap::BaseMap;
use khatt::check;
use khatt::data::DataFolder;
use khatt::extract::Extractor;
use khatt::gazetteer::{Bank, Gazetteer};
use khatt::region::Region;
use khatt::report::files_below;
use khatt::seeds;
use khatt::timeline::Weighing;

const BUNDLED: DataFolder = DataFolder::Bundled;

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(root(table)).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The lines of a table split by tabs, without its comments.
fn tabbed(table: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root(table)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Asserts strict order by the columns, which says that nothing stands twice.
fn assert_sorted(table: &str, columns: &[usize]) {
    let keys: Vec<Vec<String>> = tabbed(table)
        .into_iter()
        .map(|row| columns.iter().map(|column| row[*column].clone()).collect())
        .collect();
    for pair in keys.windows(2) {
        assert!(
            pair[0] < pair[1],
            "{table}: {:?} stands before {:?}",
            pair[0],
            pair[1]
        );
    }
}

#[test]
fn the_program_bundles_the_files_of_the_data_folder() {
    let bundled: Vec<&str> = DataFolder::file_names().collect();
    assert!(bundled.is_sorted());
    // What tells people about the folder, and what no code reads.
    let is_read = |name: &str| !name.ends_with("README.md") && !name.contains("/OFL-");
    let (files, problems) = files_below(&root("data"));
    assert!(problems.is_empty(), "{problems:?}");
    let names = files.iter().map(|file| {
        let name = file.strip_prefix(root("data")).unwrap();
        name.to_str().unwrap().replace('\\', "/")
    });
    let on_disk: BTreeSet<String> = names.filter(|name| is_read(name)).collect();
    assert_eq!(
        bundled
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>(),
        on_disk
    );
}

#[test]
fn the_program_bundles_the_seeds() {
    let (files, _) = files_below(&root("seeds/reports"));
    let on_disk: Vec<String> = files
        .iter()
        .map(|f| f.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let bundled: Vec<&str> = seeds::REPORTS
        .iter()
        .map(|(path, _)| path.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(bundled, on_disk);
    for (path, text) in seeds::REPORTS.iter().chain([&seeds::CLAIMS]) {
        assert_eq!(
            *text,
            std::fs::read_to_string(root(path)).unwrap(),
            "{path}"
        );
    }
}

#[test]
fn the_tables_are_sorted_and_nothing_stands_twice() {
    assert_sorted("data/lexicon/actors.tsv", &[0, 1, 4]);
    assert_sorted("data/lexicon/masks.tsv", &[0, 1, 2]);
    for language in ["ar", "en"] {
        assert_sorted(&format!("data/lexicon/{language}.tsv"), &[0, 1]);
    }
    for table in ["data/gazetteer.csv", "data/sources.csv"] {
        let ids: Vec<String> = rows(table)
            .into_iter()
            .map(|row| row["id"].clone())
            .collect();
        for pair in ids.windows(2) {
            assert!(
                pair[0] < pair[1],
                "{table}: {} stands before {}",
                pair[0],
                pair[1]
            );
        }
    }
    let actors = Actors::load(&BUNDLED).unwrap();
    let ids: Vec<&str> = actors.iter().map(|(_, actor)| actor.id.as_str()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn every_place_has_a_point_in_range_and_a_source() {
    for row in rows("data/gazetteer.csv") {
        let id = &row["id"];
        assert!(
            id.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{id}"
        );
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert!(
            number("lat").abs() <= 85.0 && number("lon").abs() <= 180.0,
            "{id}"
        );
        assert!(number("precision_km") > 0.0, "{id}");
        assert!(!row["source"].trim().is_empty(), "{id} has no source");
        assert!(
            !row["name_ar"].is_empty() && !row["name_en"].is_empty(),
            "{id} lacks a name"
        );
    }
}

#[test]
fn no_place_is_its_own_ancestor() {
    let gazetteer = Gazetteer::load(&BUNDLED).unwrap();
    for (id, place) in gazetteer.iter() {
        let ancestors: Vec<_> = gazetteer.ancestors(id).take(20).collect();
        assert!(
            ancestors.len() < 20 && !ancestors.contains(&id),
            "{}",
            place.id
        );
    }
}

/// The point of the line nearest to `at`, as the segment that has it, in local kilometres.
fn side(river: &LineString<f64>, at: Coord<f64>) -> f64 {
    let scale = at.y.to_radians().cos();
    let local = |c: Coord<f64>| Coord {
        x: (c.x - at.x) * scale * 111.32,
        y: (c.y - at.y) * 111.32,
    };
    let distance = |line: &Line<f64>| {
        let d = line.delta();
        let along = -(line.start.x * d.x + line.start.y * d.y) / (d.x * d.x + d.y * d.y);
        let t = along.clamp(0.0, 1.0);
        (line.start.x + t * d.x).hypot(line.start.y + t * d.y)
    };
    let nearest = river
        .lines()
        .map(|line| Line::new(local(line.start), local(line.end)))
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap();
    let d = nearest.delta();
    // Positive on the left of the segment; as far as the point is from the river.
    let cross = d.x * -nearest.start.y - d.y * -nearest.start.x;
    cross.signum() * distance(&nearest)
}

#[test]
fn places_lie_on_their_bank_of_the_river() {
    let gazetteer = Gazetteer::load(&BUNDLED).unwrap();
    let basemap = BaseMap::load(&BUNDLED).unwrap();
    let region = Region::load(&BUNDLED).unwrap();
    let river = &basemap.river(&region.barrier_rivers[0]).unwrap().line;
    let mut checked = 0;
    for (_, place) in gazetteer
        .iter()
        .filter(|(_, place)| place.kind.is_settlement())
    {
        let side_km = side(river, place.point.0);
        let is_right = match place.bank {
            Bank::Left => side_km > 0.0,
            Bank::Right => side_km < 0.0,
            Bank::None => continue,
        };
        assert!(
            is_right,
            "{} is {side_km:.2} km off on the other bank",
            place.id
        );
        checked += 1;
    }
    assert!(checked > 50, "only {checked} settlements have a bank");
}

#[test]
fn ids_in_other_tables_are_known() {
    let gazetteer = Gazetteer::load(&BUNDLED).unwrap();
    let actors = Actors::load(&BUNDLED).unwrap();
    let region = Region::load(&BUNDLED).unwrap();
    for group in &region.groups {
        for id in std::iter::once(&group.id).chain(&group.members) {
            assert!(gazetteer.find(id).is_some(), "region.toml: {id}");
        }
    }
    for (_, actor) in actors.iter() {
        for id in &actor.opposes {
            assert!(actors.find(id).is_some(), "actors.toml: {id}");
        }
    }
    for row in tabbed("data/lexicon/actors.tsv") {
        assert!(
            row[0].split('|').all(|id| actors.find(id).is_some()),
            "actors.tsv: {row:?}"
        );
        assert_eq!(row.len(), 5, "actors.tsv: {row:?}");
    }
    for row in rows("seeds/claims.csv") {
        let id = &row["place_id"];
        assert!(
            id.is_empty() || gazetteer.find(id).is_some(),
            "claims.csv: {id}"
        );
        assert!(!row["source_url"].is_empty(), "claims.csv: {row:?}");
    }
    Weighing::load(&BUNDLED).unwrap();
}

#[test]
fn the_words_and_rules_have_no_problem() {
    let extractor = Extractor::load(&BUNDLED).unwrap();
    let problems = check::problems(&extractor);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_rule_that_the_architecture_quotes_stands_so_in_the_rules() {
    let [page, rules] = ["ARCHITECTURE.md", "data/rules/ar.rules"]
        .map(|name| std::fs::read_to_string(root(name)).unwrap());
    let rule: Vec<&str> = page
        .lines()
        .map(str::trim)
        .skip_while(|line| !line.starts_with("rule "))
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(rule.len() > 3);
    for line in rule {
        assert!(rules.lines().any(|known| known == line), "{line}");
    }
}

/// Full dichromacy, Machado, Oliveira and Fernandes 2009, for linear sRGB.
const DEFICIENCIES: [(&str, [[f64; 3]; 3]); 4] = [
    ("none", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

#[test]
fn the_colours_of_the_parties_are_told_apart_by_everybody() {
    let actors = Actors::load(&BUNDLED).unwrap();
    let holders: Vec<_> = actors
        .iter()
        .map(|(_, actor)| actor)
        .filter(|actor| actor.holds_ground)
        .collect();
    for (name, deficiency) in DEFICIENCIES {
        for (index, a) in holders.iter().enumerate() {
            for b in &holders[index + 1..] {
                let [a_lab, b_lab] = [a, b].map(|actor| lab(&actor.color, &deficiency));
                let apart = a_lab
                    .iter()
                    .zip(b_lab)
                    .map(|(x, y)| (x - y).powi(2))
                    .sum::<f64>()
                    .sqrt();
                assert!(
                    apart >= 25.0,
                    "{name}: {} and {} are {apart:.0} apart",
                    a.id,
                    b.id
                );
            }
        }
    }
}

/// CIE L*a*b* (D65) of a colour `#rrggbb` as seen with a deficiency.
fn lab(color: &str, deficiency: &[[f64; 3]; 3]) -> [f64; 3] {
    let channel = |index: usize| {
        let value = f64::from(u8::from_str_radix(&color[index..index + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let times = |m: &[[f64; 3]; 3], v: [f64; 3]| {
        m.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>())
    };
    let seen =
        times(deficiency, [channel(1), channel(3), channel(5)]).map(|value| value.clamp(0.0, 1.0));
    let to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ];
    let white = [0.95047, 1.0, 1.08883];
    let xyz = times(&to_xyz, seen);
    let f = |index: usize| {
        let t: f64 = xyz[index] / white[index];
        if t > 0.008856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    [
        116.0 * f(1) - 16.0,
        500.0 * (f(0) - f(1)),
        200.0 * (f(1) - f(2)),
    ]
}
