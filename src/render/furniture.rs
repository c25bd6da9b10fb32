//! What stands around the map: title and date, frame, sources and caveat.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::projection::BoxPx;
use crate::render::paragraph::{Setting, set_line, set_text};
use crate::render::scale;
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::words::{Lang, Tongue, fill};

/// Names of sources that fit in the line of sources.
const MOST_SOURCES: usize = 7;

/// Draws everything around the map but its frame and the legend.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    draw_title(sheet, scene);
    scale::draw(sheet, scene);
    draw_notes(sheet, scene);
}

/// Paper over all that runs out of the map, then the frame.
pub(crate) fn draw_margins(sheet: &Sheet, scene: &mut Scene) {
    let (width, height) = (
        sheet.options.size_px.0 as f32,
        sheet.options.size_px.1 as f32,
    );
    let map = sheet.map;
    for margin in [
        BoxPx::new(0.0, 0.0, width, map.top),
        BoxPx::new(0.0, map.bottom, width, height),
        BoxPx::new(0.0, map.top, map.left, map.bottom),
        BoxPx::new(map.right, map.top, width, map.bottom),
    ] {
        scene.fill(Path::of_box(&margin), sheet.style.page.paper);
    }
    let pen = Pen::solid(sheet.style.page.ink, sheet.pt(sheet.style.page.frame_pt));
    scene.line(Path::of_box(&map), pen);
}

/// The title in one language; none where another was given for the other language only.
pub(crate) fn title(sheet: &Sheet, tongue: Tongue) -> Option<String> {
    let region = sheet.input.region;
    let name = tongue.of(&region.title_en, &region.title_ar);
    let made = || sheet.words.filled("title", tongue, &[("region", name)]);
    chosen(sheet, sheet.options.texts.title.as_deref(), tongue, made)
}

/// The days that the map shows, in one language.
pub(crate) fn day(sheet: &Sheet, tongue: Tongue) -> Option<String> {
    let words = &sheet.words;
    let [first, last] = first_and_last(sheet);
    let made = || {
        let before = sheet.compared.map(|compared| compared.change.from);
        let from = words.date(before.unwrap_or(first), tongue);
        let to = words.date(last, tongue);
        match before {
            Some(_) => words.filled("dates", tongue, &[("from", &from), ("to", &to)]),
            None if first < last => words.filled("days", tongue, &[("from", &from), ("to", &to)]),
            None => words.filled("date", tongue, &[("date", &to)]),
        }
    };
    chosen(sheet, sheet.options.texts.subtitle.as_deref(), tongue, made)
}

/// The first and the last day that the sheet shows.
fn first_and_last(sheet: &Sheet) -> [Date; 2] {
    let days = || sheet.days.iter().map(|snapshot| snapshot.date);
    let own = sheet.input.snapshot.date;
    [days().min().unwrap_or(own), days().max().unwrap_or(own)]
}

/// Those days written out, for `{date}` in words of the maker.
fn dates(sheet: &Sheet, tongue: Tongue) -> String {
    let [first, last] = first_and_last(sheet).map(|day| sheet.words.date(day, tongue));
    if first == last {
        last
    } else {
        format!("{first} – {last}")
    }
}

/// The words that the maker of the map chose, or those of the map.
fn chosen(
    sheet: &Sheet,
    given: Option<&str>,
    tongue: Tongue,
    made: impl FnOnce() -> String,
) -> Option<String> {
    let Some(given) = given else {
        return Some(made());
    };
    let text = match given.split_once('|') {
        Some((english, arabic)) => tongue.of(english, arabic).trim(),
        None if sheet.tongues().len() == 1 || tongue.is_of(given) => given.trim(),
        None => "",
    };
    let region = sheet.input.region;
    let name = tongue.of(&region.title_en, &region.title_ar);
    let date = dates(sheet, tongue);
    let text = fill(text, &[("date", &date), ("region", name)]);
    (!text.is_empty()).then_some(text)
}

/// Title and date, each language from its own side.
fn draw_title(sheet: &Sheet, scene: &mut Scene) {
    let (page, sizes) = (&sheet.style.page, &sheet.style.sizes);
    for tongue in sheet.tongues() {
        let mut setting = Setting {
            tongue: *tongue,
            weight: Weight::Bold,
            size_pt: sizes.title,
            color: page.ink,
        };
        let baseline = sheet.title.top + sheet.pt(sizes.title * 0.92);
        if let Some(title) = title(sheet, *tongue) {
            set_line(sheet, scene, (&title, &setting), &sheet.title, baseline);
        }
        setting.size_pt = sizes.date;
        setting.color = page.accent;
        let baseline = baseline + sheet.pt(sizes.date * 1.38);
        if let Some(day) = day(sheet, *tongue) {
            set_line(sheet, scene, (&day, &setting), &sheet.title, baseline);
        }
    }
}

/// Sources, method, attribution: one column for each language.
fn draw_notes(sheet: &Sheet, scene: &mut Scene) {
    let page = &sheet.style.page;
    let gutter = sheet.pt(14.0);
    for tongue in sheet.tongues() {
        let mut area = sheet.footer;
        area.top += sheet.pt(5.5);
        let middle = area.centre().x;
        match (sheet.options.lang, tongue) {
            (Lang::Both, Tongue::En) => area.right = middle - gutter / 2.0,
            (Lang::Both, Tongue::Ar) => area.left = middle + gutter / 2.0,
            _ => {}
        }
        let mut setting = Setting {
            tongue: *tongue,
            weight: Weight::Regular,
            size_pt: sheet.style.sizes.note,
            color: page.ink,
        };
        area.top += set_text(
            sheet,
            scene,
            (&sources(sheet, scene, *tongue), &setting),
            &area,
        );
        setting.color = page.soft_ink;
        let texts = &sheet.options.texts;
        let caveat = || sheet.words.get("caveat", *tongue);
        let attribution = || match &sheet.input.region.attribution {
            Some([en, ar]) => tongue.of(en, ar).to_owned(),
            None => sheet.words.get("attribution", *tongue),
        };
        let notes = [
            chosen(sheet, texts.caveat.as_deref(), *tongue, caveat),
            chosen(sheet, texts.credit.as_deref(), *tongue, attribution),
        ];
        let text: Vec<String> = notes.into_iter().flatten().collect();
        set_text(sheet, scene, (&text.join(" "), &setting), &area);
    }
}

/// Who says it, on how many claims, and how many names found no room.
fn sources(sheet: &Sheet, scene: &Scene, tongue: Tongue) -> String {
    let words = &sheet.words;
    let names = source_names(sheet);
    let mut text = if names.is_empty() {
        words.get("no_sources", tongue)
    } else {
        let listed = names.iter().take(MOST_SOURCES).map(|n| isolated(n));
        let mut listed: Vec<String> = listed.collect();
        if names.len() > MOST_SOURCES {
            let n = (names.len() - MOST_SOURCES).to_string();
            listed.push(words.filled("more_sources", tongue, &[("n", &n)]));
        }
        let listed = listed.join(tongue.of(", ", "، "));
        let claims = count_claims(sheet).to_string();
        let values = [("names", listed.as_str()), ("claims", claims.as_str())];
        words.filled("sources", tongue, &values)
    };
    if !scene.left_out.is_empty() {
        let n = scene.left_out.len().to_string();
        text.push(' ');
        text.push_str(&words.filled("left_out", tongue, &[("n", &n)]));
    }
    text
}

/// The sources of the day, those behind the most places first.
fn source_names<'a>(sheet: &Sheet<'a>) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let holdings = sheet.days.iter().flat_map(|day| &day.holdings);
    for name in holdings.flat_map(|h| &h.sources) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names: Vec<(usize, &str)> = counts.into_iter().map(|(n, c)| (c, n)).collect();
    names.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
    names.into_iter().map(|(_, name)| name).collect()
}

/// How many claims speak for or against the states on the map; one that speaks of several places
/// counts once.
fn count_claims(sheet: &Sheet) -> usize {
    let holdings = || sheet.days.iter().flat_map(|day| &day.holdings);
    let of_places = holdings().flat_map(|h| h.evidence.iter().map(|e| e.claim));
    let areas = sheet.days.iter().flat_map(|day| &day.areas);
    let of_areas = areas.map(|area| area.claim);
    let claims: BTreeSet<usize> = of_places.chain(of_areas).collect();
    if claims.is_empty() {
        // A snapshot made elsewhere may carry counts without the claims.
        return holdings().map(|h| h.claims).sum();
    }
    claims.len()
}

/// A name kept whole inside a line of the other direction (first strong isolate).
fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}
