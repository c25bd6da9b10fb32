//! Addresses to pages, carefully: a list of addresses may come from anybody, so none of them may
//! reach into the reader's own network, hang, or fill the memory.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;

use crate::error::{Error, Result};
use crate::page::Page;
use crate::report::Report;

/// Longest wait for a page, from the connection to its last byte.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Largest page, unpacked. News pages stay below 2 MB.
const MOST_BYTES: u64 = 8 * 1024 * 1024;
/// As many as browsers follow for honest sites; each is checked like the first.
const MOST_REDIRECTS: usize = 5;

/// Fetches the article at an `http` or `https` address.
///
/// Only public addresses are reached, after every redirect again, unless `allow_private`.
///
/// # Errors
///
/// [`Error::Fetch`] when the address is refused, does not answer, or answers with something that
/// is not a page; [`Error::Parse`] when the page has no article.
pub fn report(address: &str, allow_private: bool) -> Result<Report> {
    let fail = |problem: String| Error::Fetch {
        url: address.to_owned(),
        problem,
    };
    let fetched = fetch(address, allow_private).map_err(fail)?;
    let id = id_of(&fetched.url);
    let mut report = if fetched.is_plain {
        let text = String::from_utf8_lossy(&fetched.bytes);
        Report::from_text(&id, &text, address)?
    } else {
        let page = Page {
            id: &id,
            name: address,
            address: Some(fetched.url.as_str()),
            charset: fetched.charset.as_deref(),
            bytes: &fetched.bytes,
        };
        page.report()?
    };
    report.url = Some(fetched.url.to_string());
    if report.source.is_empty() {
        let host = fetched.url.host_str().unwrap_or_default();
        report.source = host.trim_start_matches("www.").to_owned();
    }
    Ok(report)
}

/// A page as it came.
struct Fetched {
    url: Url,
    charset: Option<String>,
    is_plain: bool,
    bytes: Vec<u8>,
}

fn fetch(address: &str, allow_private: bool) -> Result<Fetched, String> {
    let mut url = Url::parse(address).map_err(|e| format!("not an address ({e})"))?;
    for _ in 0..=MOST_REDIRECTS {
        let response = request(&url, allow_private)?;
        let status = response.status();
        if status.is_redirection() {
            url = next(&url, &response)?;
        } else if status.is_success() {
            return read(url, response);
        } else {
            return Err(format!("the server answered {status}"));
        }
    }
    Err(format!("more than {MOST_REDIRECTS} redirects"))
}

/// Asks for one address, at the very socket addresses that were checked: a name that is resolved
/// a second time could stand for another machine.
fn request(url: &Url, allow_private: bool) -> Result<Response, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "`{}` addresses are not fetched; use http or https",
            url.scheme()
        ));
    }
    let sockets = url
        .socket_addrs(|| None)
        .map_err(|e| format!("its host is not found ({e})"))?;
    if !allow_private && !sockets.iter().all(|socket| is_public(socket.ip())) {
        return Err("its host is in a private network; allow it with --allow-private".to_owned());
    }
    let client = client(url, &sockets).map_err(|e| chain(&e))?;
    client
        .get(url.clone())
        .header(ACCEPT, "text/html, application/xhtml+xml, text/plain")
        .send()
        .map_err(|e| chain(&e))
}

fn client(url: &Url, sockets: &[SocketAddr]) -> reqwest::Result<Client> {
    // Fails only when a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("khatt/", env!("CARGO_PKG_VERSION")))
        .timeout(TIMEOUT)
        .redirect(Policy::none())
        // A proxy would resolve the name once more, out of our sight.
        .no_proxy()
        .resolve_to_addrs(url.host_str().unwrap_or_default(), sockets)
        .build()
}

fn next(url: &Url, response: &Response) -> Result<Url, String> {
    let target = response
        .headers()
        .get(LOCATION)
        .ok_or("a redirect without a target")?;
    let target = String::from_utf8_lossy(target.as_bytes());
    url.join(&target)
        .map_err(|e| format!("a redirect to `{target}`, which is no address ({e})"))
}

fn read(url: Url, response: Response) -> Result<Fetched, String> {
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("text/html")
        .to_ascii_lowercase();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !matches!(
        essence,
        "text/html" | "application/xhtml+xml" | "text/plain"
    ) {
        return Err(format!(
            "it is `{essence}`, not a page; save its text as .txt"
        ));
    }
    let is_plain = essence == "text/plain";
    let charset = kind
        .split_once("charset=")
        .map(|(_, label)| label.trim_matches(['"', '\'', ' ', ';']).to_owned());
    let mut bytes = Vec::new();
    response
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| chain(&e))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("larger than {} MB", MOST_BYTES / 1024 / 1024));
    }
    Ok(Fetched {
        url,
        charset,
        is_plain,
        bytes,
    })
}

/// A readable and lasting id: the address without its scheme, with hyphens.
fn id_of(url: &Url) -> String {
    let whole = url.as_str();
    let bare = whole.split_once("://").map_or(whole, |(_, rest)| rest);
    let words: Vec<&str> = bare
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

/// An error with its causes in one line; reqwest says the useful part in the last.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// True for an address of the open internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    let is_protocol = a == 192 && b == 0 && c == 0;
    !(v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || is_shared
        || is_benchmark
        || is_protocol
        || a == 0
        || a >= 224)
}

/// Only global unicast, without the ranges that carry a hidden IPv4 address.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    if let Some(v4) = v6.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    let [first, second, ..] = v6.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_teredo = first == 0x2001 && second == 0;
    let is_documentation = first == 0x2001 && second == 0xdb8;
    is_global && !is_teredo && !is_documentation && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_open_internet_are_public() {
        let cases = [
            ("8.8.8.8", true),
            ("2606:4700::1111", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.20.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("224.0.0.1", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:127.0.0.1", false),
            ("2002:7f00:1::", false),
            ("64:ff9b::7f00:1", false),
        ];
        for (address, expected) in cases {
            assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn private_hosts_and_other_schemes_are_refused() {
        for address in [
            "http://127.0.0.1:9/",
            "http://localhost:9/",
            "http://[::1]:9/",
            "file:///etc/passwd",
        ] {
            assert!(report(address, false).is_err(), "{address}");
        }
    }

    #[test]
    fn an_address_gives_a_readable_id() {
        let url = Url::parse("https://example.org/a/hajin-falls.html?p=3").unwrap();
        assert_eq!(id_of(&url), "example.org-a-hajin-falls.html-p-3");
    }
}
