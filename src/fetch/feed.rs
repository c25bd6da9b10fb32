//! Feeds: RSS, Atom and JSON Feed to the addresses of their articles.

use jiff::civil::Date;
use reqwest::Url;

use super::client::Fetched;
use crate::page::printed_day;

/// One article that a feed names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Entry {
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
}

/// Articles that are taken from one feed; feeds of news have 10 to 100.
const MOST_ENTRIES: usize = 1000;

/// True when an answer is a feed by its type, or by its first words: many feeds say `text/xml`,
/// and some `text/html`.
pub(super) fn is_feed(fetched: &Fetched) -> bool {
    let essence = fetched.essence.as_str();
    if matches!(
        essence,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
    ) {
        return true;
    }
    let head = &fetched.bytes[..fetched.bytes.len().min(512)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let names = ["<rss", "<feed", "<rdf:rdf"];
    names.iter().any(|name| head.contains(name)) && !head.contains("<html")
}

/// The articles of the feed at an address, in its order. Each day is taken as the feed prints it, not as it is
/// in Greenwich.
pub(super) fn entries(at: &Url, feed: &[u8]) -> Result<Vec<Entry>, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(at.as_str()))
        .timestamp_parser(|text| {
            let day = printed_day(text)?;
            format!("{day}T00:00:00Z").parse().ok()
        })
        .build();
    let feed = parser
        .parse(feed)
        .map_err(|e| format!("not a feed that can be read ({e})"))?;
    let entries = feed.entries.into_iter().take(MOST_ENTRIES);
    let entries = entries.filter_map(|entry| {
        let is_article =
            |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
        let link = entry.links.iter().find(is_article)?;
        let published = entry.published.or(entry.updated);
        Some(Entry {
            url: at.join(link.href.trim()).ok().map(plain)?,
            title: entry.title.map(|title| title.content),
            published: published.and_then(|time| time.date_naive().to_string().parse().ok()),
        })
    });
    Ok(entries.collect())
}

/// The address without its fragment, which no server sees.
fn plain(mut url: Url) -> String {
    url.set_fragment(None);
    url.into()
}
