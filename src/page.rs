//! A web page to a report: its character set, its article, its date.

mod day;
mod metadata;
mod tree;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use crate::claim::DateBasis;
use crate::error::{Error, Result};
use crate::report::Report;

pub(crate) use day::printed_day;

/// The bytes of a page with what stands beside them.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The id that its report will have.
    pub id: &'a str,
    /// How errors name it: its file or address.
    pub name: &'a str,
    /// Its address, when it was fetched.
    pub address: Option<&'a str>,
    /// The character set that the server named.
    pub charset: Option<&'a str>,
    /// The page itself.
    pub bytes: &'a [u8],
}

/// Bytes at the head of a page in which it may name its character set.
const HEAD: usize = 2048;
/// UTF-8 with one broken byte in so many beyond ASCII is still UTF-8.
const BROKEN_PART: usize = 20;
/// A page of more elements than this is no article.
const MOST_ELEMENTS: usize = 50_000;

impl Page<'_> {
    /// The article of the page, without menus and links to other articles.
    ///
    /// Its headline becomes the first line of the text, for it often says what the text does not
    /// repeat. The date is the one that the page gives in its metadata; without it the text is
    /// searched as any other.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the page has no article.
    pub fn report(&self) -> Result<Report> {
        let html = decode(self.bytes, self.charset);
        let fail = |problem: String| Error::parse(self.name, 1, problem);
        let config = Config {
            max_elements_to_parse: MOST_ELEMENTS,
            text_mode: TextMode::Formatted,
            ..Config::default()
        };
        let no_article = |e| {
            let problem = format!("no article found in the page ({e}); save its text as .txt");
            fail(problem)
        };
        let document = tree::of(&html).ok_or_else(|| {
            let deepest = tree::DEEPEST;
            let problem = format!(
                "more than {deepest} elements inside each other, which is no article; save its text as .txt"
            );
            fail(problem)
        })?;
        let mut page =
            Readability::with_document(document, self.address, Some(config)).map_err(no_article)?;
        // Finding the article takes the page apart.
        let stated = metadata::published(&page);
        let article = page.parse().map_err(no_article)?;
        let text = article.text_content.trim();
        if text.is_empty() {
            return Err(fail("the page has no text".to_owned()));
        }
        let title: Vec<&str> = article.title.split_whitespace().collect();
        let title = title.join(" ");
        let usual = article.published_time.as_deref().and_then(printed_day);
        let date = usual.or(stated);
        Ok(Report {
            id: self.id.to_owned(),
            title: Some(title.clone()).filter(|title| !title.is_empty()),
            source: article.site_name.unwrap_or_default(),
            url: self.address.map(str::to_owned).or(article.url),
            language: article.lang.as_deref().map(primary_language),
            published: date.map(|date| (date, DateBasis::Metadata)),
            text: with_title(&title, text),
        })
    }
}

fn with_title(title: &str, text: &str) -> String {
    if title.is_empty() || text.starts_with(title) {
        text.to_owned()
    } else {
        format!("{title}\n\n{text}")
    }
}

/// `ar` of `ar-SY`.
fn primary_language(tag: &str) -> String {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    primary.trim().to_lowercase()
}

/// The text of a page. Bytes that are UTF-8 are taken as such whatever the page says; after that
/// the server's word counts, then the page's, then the look of the bytes. A name that the bytes
/// belie does not count: "UTF-8" over bytes that are not, a Western set over Arabic.
pub(crate) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let named = charset
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| named_in_page(bytes));
    let encoding = named
        .filter(|named| is_likely(named, bytes))
        .unwrap_or_else(|| {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, Utf8Detection::Allow)
        });
    encoding.decode_without_bom_handling(bytes).0
}

/// False when a page in this set would not look like this.
fn is_likely(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if encoding == encoding_rs::UTF_8 {
        // A page that was cut or patched together has a few bad bytes; one in another set has
        // almost nothing else.
        let broken = String::from_utf8_lossy(bytes).matches('\u{fffd}').count();
        broken * BROKEN_PART < high
    } else if encoding == encoding_rs::WINDOWS_1252 {
        // Accented letters stand alone between plain ones; those of other scripts in rows.
        let in_rows = bytes
            .windows(2)
            .filter(|pair| !pair[0].is_ascii() && !pair[1].is_ascii());
        in_rows.count() * 2 < high
    } else {
        true
    }
}

/// The character set of `<meta charset=...>` or `<meta ... content="text/html; charset=...">`.
fn named_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "سيطرت قوات سوريا الديمقراطية على بلدة هجين في ريف دير الزور الشرقي بعد معارك استمرت أسابيع، وقالت مصادر محلية إن التنظيم انسحب نحو السوسة والشعفة، وإن المدنيين خرجوا من البلدة، وإن القتال توقف مساء الخميس.";

    fn html(meta: &str) -> String {
        let paragraphs = format!("<p>{BODY}</p>").repeat(4);
        format!(
            "<html lang=\"ar-SY\"><head>{meta}<title>هجين تسقط</title>\
             <meta property=\"article:published_time\" content=\"2018-12-14T23:30:00+02:00\">\
             <meta property=\"og:site_name\" content=\"شبكة هجين\"></head>\
             <body><nav><a href=\"/\">الرئيسية</a></nav><article><h1>هجين تسقط</h1>{paragraphs}</article></body></html>"
        )
    }

    fn read(bytes: &[u8], charset: Option<&str>) -> Result<Report> {
        let page = Page {
            id: "hajin",
            name: "hajin.html",
            address: None,
            charset,
            bytes,
        };
        page.report()
    }

    #[test]
    fn a_page_becomes_a_dated_report() {
        let report = read(html("").as_bytes(), None).unwrap();
        assert_eq!(report.source, "شبكة هجين");
        assert_eq!(report.language.as_deref(), Some("ar"));
        let date = jiff::civil::date(2018, 12, 14);
        assert_eq!(report.published, Some((date, DateBasis::Metadata)));
        assert!(report.text.starts_with("هجين تسقط"));
        assert!(report.text.contains(BODY));
        assert!(!report.text.contains("الرئيسية"));
    }

    #[test]
    fn old_arabic_character_sets_are_read() {
        let named = html("<meta charset=windows-1256>");
        for (page, charset) in [
            (named.as_str(), None),
            (&html(""), Some("windows-1256")),
            (&html(""), None),
        ] {
            let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(page);
            let report = read(&bytes, charset).unwrap();
            assert!(report.text.contains(BODY), "{charset:?}");
        }
    }

    #[test]
    fn a_character_set_that_the_bytes_belie_does_not_count() {
        for label in ["utf-8", "iso-8859-1", "windows-1252"] {
            let page = html(&format!("<meta charset={label}>"));
            let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&page);
            assert!(read(&bytes, None).unwrap().text.contains(BODY), "{label}");
            assert!(
                read(&bytes, Some(label)).unwrap().text.contains(BODY),
                "{label}"
            );
        }
        // UTF-8 that calls itself something else, and UTF-8 with a bad byte in it.
        let page = html("<meta charset=windows-1256>");
        assert!(
            read(page.as_bytes(), Some("windows-1256"))
                .unwrap()
                .text
                .contains(BODY)
        );
        let mut bytes = html("").into_bytes();
        bytes.extend(b"<!-- \xd8 -->");
        assert!(read(&bytes, Some("utf-8")).unwrap().text.contains(BODY));
    }

    #[test]
    fn the_day_is_found_where_content_systems_keep_it() {
        let body = format!("<p>{BODY}</p>").repeat(4);
        let heads = [
            r#"<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2018-12-14T01:00:00+03:00"}]}</script>"#,
            r#"<meta name="pubdate" content="Fri, 14 Dec 2018 00:10:00 +0300">"#,
            r#"<meta itemprop="datePublished" content="2018-12-14">"#,
            r#"<meta property="og:published_time" content="14/12/2018">"#,
        ];
        let pages = heads.map(|head| {
            format!("<html><head>{head}</head><body><article>{body}</article></body></html>")
        });
        let time = format!(
            "<html><body><article><time datetime=\"2018-12-14T10:00\">أمس</time>{body}</article></body></html>"
        );
        for page in pages.iter().chain([&time]) {
            let published = read(page.as_bytes(), None).unwrap().published;
            let date = jiff::civil::date(2018, 12, 14);
            assert_eq!(published, Some((date, DateBasis::Metadata)), "{page:.200}");
        }
    }

    #[test]
    fn a_page_without_an_article_is_an_error() {
        assert!(read(b"<html><body></body></html>", None).is_err());
    }
}
