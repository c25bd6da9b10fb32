//! The day of publication that a page states about itself, where the usual places are silent.

use dom_smoothie::Readability;
use jiff::civil::Date;
use serde_json::Value;

use super::day::printed_day;

/// Names of `<meta>` in which content systems keep the day of publication, besides those that
/// the article finder knows.
const META: [&str; 11] = [
    "article:published",
    "article.published",
    "cxenseparse:recs:publishtime",
    "date",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
];
/// Graphs of JSON-LD are nested a few levels deep.
const DEEPEST: usize = 8;

/// The first day of publication in JSON-LD, then in `<meta>`, then in a marked `<time>`.
pub(super) fn published(page: &Readability) -> Option<Date> {
    in_json(page)
        .or_else(|| in_meta(page))
        .or_else(|| in_time(page))
}

fn in_json(page: &Readability) -> Option<Date> {
    let scripts = page.doc.select("script[type='application/ld+json']");
    scripts.iter().find_map(|script| {
        let value: Value = serde_json::from_str(script.text().trim()).ok()?;
        date_of(&value, DEEPEST)
    })
}

/// `datePublished` of the first object that has one.
fn date_of(value: &Value, depth: usize) -> Option<Date> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Object(map) => {
            let own = map.get("datePublished").and_then(Value::as_str);
            own.and_then(printed_day)
                .or_else(|| map.values().find_map(|inner| date_of(inner, depth)))
        }
        Value::Array(list) => list.iter().find_map(|inner| date_of(inner, depth)),
        _ => None,
    }
}

fn in_meta(page: &Readability) -> Option<Date> {
    let metas = page.doc.select("meta[content]");
    metas.iter().find_map(|meta| {
        let names = ["name", "property", "itemprop"];
        let mut names = names.iter().filter_map(|attribute| meta.attr(attribute));
        let is_date = names.any(|name| META.contains(&name.to_ascii_lowercase().as_str()));
        is_date
            .then(|| meta.attr("content"))
            .flatten()
            .and_then(|text| printed_day(&text))
    })
}

fn in_time(page: &Readability) -> Option<Date> {
    let marked = "time[pubdate], time[itemprop='datePublished'], article time[datetime], [itemprop='datePublished'][content]";
    page.doc.select(marked).iter().find_map(|time| {
        let written = time.attr("datetime").or_else(|| time.attr("content"));
        printed_day(&written.unwrap_or_else(|| time.text()))
    })
}
