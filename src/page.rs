//! A web page to a report: its character set, its article, its date.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use jiff::civil::Date;

use crate::claim::DateBasis;
use crate::error::{Error, Result};
use crate::report::Report;

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
        let article = Readability::new(html.as_ref(), self.address, Some(config))
            .and_then(|mut page| page.parse())
            .map_err(|e| {
                fail(format!(
                    "no article found in the page ({e}); save its text as .txt"
                ))
            })?;
        let text = article.text_content.trim();
        if text.is_empty() {
            return Err(fail("the page has no text".to_owned()));
        }
        let title = article.title.trim();
        let date = article.published_time.as_deref().and_then(day);
        Ok(Report {
            id: self.id.to_owned(),
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            source: article.site_name.unwrap_or_default(),
            url: self.address.map(str::to_owned).or(article.url),
            language: article.lang.as_deref().map(primary_language),
            published: date.map(|date| (date, DateBasis::Metadata)),
            text: with_title(title, text),
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

/// The day of a time such as `2018-11-27T21:05:00+03:00`, as the page's own clock shows it.
fn day(time: &str) -> Option<Date> {
    time.trim().get(..10)?.parse().ok()
}

/// The text of a page. Bytes that are UTF-8 are taken as such whatever the page says; after that
/// the server's word counts, then the page's, then the look of the bytes.
fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let named = charset
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| named_in_page(bytes));
    let encoding = named.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    });
    encoding.decode_without_bom_handling(bytes).0
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
    fn a_page_without_an_article_is_an_error() {
        assert!(read(b"<html><body></body></html>", None).is_err());
    }
}
