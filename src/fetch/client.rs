//! One address to its bytes: bounded in size, time and redirects, never into a private network,
//! and no faster than a site bears.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::SocketAddr;
use std::thread::sleep;
use std::time::{Duration, Instant};

use reqwest::Url;
use reqwest::blocking::{Client, Response};
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::Policy;

use super::address::{self, Bounds, Resolver};
use super::robots::Robots;
use crate::error::in_one_line;

/// How far fetching goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Longest wait for an answer, from the connection to its last byte.
    pub timeout: Duration,
    /// Largest answer in bytes, unpacked.
    pub bytes: u64,
    /// Redirects that are followed; each is checked like the first address.
    pub redirects: usize,
    /// Requests for one address when the server is busy or silent.
    pub attempts: u32,
    /// Wait after the first such failure; it doubles each time.
    pub backoff: Duration,
    /// Longest wait that a server may ask for.
    pub longest_wait: Duration,
    /// Wait between two requests to one host.
    pub delay: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            // News pages stay below 2 MB.
            bytes: 8 * 1024 * 1024,
            // As many as browsers follow for honest sites.
            redirects: 5,
            attempts: 3,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            delay: Duration::from_secs(1),
        }
    }
}

/// What a server said of the copy that it sent, to ask for a newer one only.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Validators {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// A page or feed as it came.
#[derive(Debug, Clone)]
pub(super) struct Fetched {
    /// Where it was found at last.
    pub url: Url,
    /// Its type without parameters, in small letters.
    pub essence: String,
    /// The character set that the server named.
    pub charset: Option<String>,
    pub bytes: Vec<u8>,
    pub validators: Validators,
}

/// What became of a request.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// The copy that is there is still good.
    Unchanged,
    /// Here is a new one.
    New(Box<Fetched>),
}

/// Fetches addresses one after the other.
#[derive(Debug)]
pub(super) struct Visitor {
    pub limits: Limits,
    pub bounds: Bounds,
    /// False for one page that a person asked for, as with a browser.
    pub heeds_robots: bool,
    pub resolver: Resolver,
    robots: BTreeMap<String, Robots>,
    visited: BTreeMap<String, Instant>,
}

/// Answers that may be better in a moment.
const BUSY: [u16; 5] = [429, 500, 502, 503, 504];
/// Largest `robots.txt`, as RFC 9309 has it.
const ROBOTS_BYTES: u64 = 500 * 1024;
/// Types that are read.
const ACCEPTED: &str = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml, text/xml, text/plain, application/feed+json";

impl Visitor {
    pub fn new(limits: Limits, allow_private: bool) -> Self {
        Self {
            limits,
            bounds: if allow_private {
                address::ANYWHERE
            } else {
                address::PUBLIC
            },
            heeds_robots: true,
            resolver: address::system,
            robots: BTreeMap::new(),
            visited: BTreeMap::new(),
        }
    }

    /// Fetches an address unless the copy that `known` describes is still good.
    pub fn get(&mut self, address: &str, known: &Validators) -> Result<Answer, String> {
        let mut url = Url::parse(address).map_err(|e| format!("not an address ({e})"))?;
        for _ in 0..=self.limits.redirects {
            self.heed_robots(&url)?;
            let response = self.request(&url, known)?;
            let status = response.status();
            if status.as_u16() == 304 {
                return Ok(Answer::Unchanged);
            } else if status.is_redirection() {
                url = next(&url, &response)?;
            } else if status.is_success() {
                let fetched = read(url, response, &self.limits)?;
                return Ok(Answer::New(Box::new(fetched)));
            } else {
                return Err(format!("the server answered {status}"));
            }
        }
        Err(format!("more than {} redirects", self.limits.redirects))
    }

    /// Asks a site once what it wants left alone.
    fn heed_robots(&mut self, url: &Url) -> Result<(), String> {
        if !self.heeds_robots {
            return Ok(());
        }
        let site = url.origin().ascii_serialization();
        if !self.robots.contains_key(&site) {
            let rules = self.ask_for_rules(url)?;
            self.robots.insert(site.clone(), rules);
        }
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if self
            .robots
            .get(&site)
            .is_none_or(|rules| rules.allows(&path))
        {
            Ok(())
        } else {
            Err("the site asks programs not to fetch it (robots.txt)".to_owned())
        }
    }

    /// No such file means that everything is allowed; a site in trouble is left alone.
    fn ask_for_rules(&mut self, url: &Url) -> Result<Robots, String> {
        let mut at = url.join("/robots.txt").map_err(|e| e.to_string())?;
        for _ in 0..=self.limits.redirects {
            let response = self.request(&at, &Validators::default())?;
            let status = response.status();
            if status.is_redirection() {
                at = next(&at, &response)?;
            } else if status.is_success() {
                let limits = Limits {
                    bytes: ROBOTS_BYTES,
                    ..self.limits
                };
                let fetched = read(at, response, &limits)?;
                return Ok(Robots::parse(&String::from_utf8_lossy(&fetched.bytes)));
            } else if status.is_client_error() {
                return Ok(Robots::default());
            } else {
                return Ok(Robots::closed());
            }
        }
        Ok(Robots::default())
    }

    /// Asks for one address, again when the server is busy.
    fn request(&mut self, url: &Url, known: &Validators) -> Result<Response, String> {
        let sockets = address::checked(url, self.resolver, self.bounds)?;
        let client = client(url, &sockets, self.limits.timeout).map_err(|e| in_one_line(&e))?;
        let mut wait = self.limits.backoff;
        for attempt in 1.. {
            self.wait_for_turn(url);
            let mut request = client.get(url.clone()).header(ACCEPT, ACCEPTED);
            for (name, value) in [
                (IF_NONE_MATCH, &known.etag),
                (IF_MODIFIED_SINCE, &known.last_modified),
            ] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let is_last = attempt >= self.limits.attempts;
            match request.send() {
                Ok(response) if is_last || !BUSY.contains(&response.status().as_u16()) => {
                    return Ok(response);
                }
                Ok(response) => {
                    let asked = asked_wait(&response).unwrap_or(wait);
                    if asked > self.limits.longest_wait {
                        let seconds = asked.as_secs();
                        return Err(format!(
                            "the server asks to come back in {seconds} s; try again then"
                        ));
                    }
                    sleep(asked.max(wait));
                }
                Err(e) if is_last || !(e.is_connect() || e.is_timeout()) => {
                    return Err(in_one_line(&e));
                }
                Err(_) => sleep(wait),
            }
            wait *= 2;
        }
        Err("no attempt was made".to_owned())
    }

    /// Waits until a host may be asked again.
    fn wait_for_turn(&mut self, url: &Url) {
        let site = url.origin().ascii_serialization();
        let asked = self.robots.get(&site).and_then(|rules| rules.delay);
        let delay = asked.map_or(self.limits.delay, |asked| {
            asked.min(self.limits.longest_wait).max(self.limits.delay)
        });
        if let Some(last) = self.visited.get(&site) {
            sleep(delay.saturating_sub(last.elapsed()));
        }
        self.visited.insert(site, Instant::now());
    }
}

fn client(url: &Url, sockets: &[SocketAddr], timeout: Duration) -> reqwest::Result<Client> {
    // Fails only when a provider is installed already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!(
            "khatt/",
            env!("CARGO_PKG_VERSION"),
            " (reads news reports; honours robots.txt)"
        ))
        .timeout(timeout)
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

/// The seconds of `Retry-After`; its other form, a time, would need a clock that agrees.
fn asked_wait(response: &Response) -> Option<Duration> {
    let seconds = header(response, RETRY_AFTER)?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn header(response: &Response, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

fn read(url: Url, mut response: Response, limits: &Limits) -> Result<Fetched, String> {
    let kind = header(&response, CONTENT_TYPE).unwrap_or_else(|| "text/html".to_owned());
    let kind = kind.to_ascii_lowercase();
    let charset = kind
        .split_once("charset=")
        .map(|(_, label)| label.trim_matches(['"', '\'', ' ', ';']).to_owned());
    Ok(Fetched {
        url,
        essence: kind.split(';').next().unwrap_or_default().trim().to_owned(),
        charset,
        validators: Validators {
            etag: header(&response, ETAG),
            last_modified: header(&response, LAST_MODIFIED),
        },
        bytes: body(&mut response, limits)?,
    })
}

/// The client's own limit of time is for each read, and a server may send a byte at a time.
fn body(response: &mut Response, limits: &Limits) -> Result<Vec<u8>, String> {
    let start = Instant::now();
    let mut bytes = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        let length = response.read(&mut part).map_err(|e| in_one_line(&e))?;
        if length == 0 {
            return Ok(bytes);
        }
        bytes.extend_from_slice(&part[..length]);
        if bytes.len() as u64 > limits.bytes {
            return Err(format!("larger than {} kB", limits.bytes / 1024));
        }
        if start.elapsed() > limits.timeout {
            let seconds = limits.timeout.as_secs();
            return Err(format!("not complete after {seconds} s"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A server on a port of its own that says `text` to everybody.
    fn server(text: &'static str) -> SocketAddr {
        let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
        let address = server.server_addr().to_ip().unwrap();
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                request
                    .respond(tiny_http::Response::from_string(text))
                    .unwrap();
            }
        });
        address
    }

    /// A server on a port of its own that sends everybody to `target`.
    fn redirecting_server(target: String) -> SocketAddr {
        let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
        let address = server.server_addr().to_ip().unwrap();
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let to = tiny_http::Header::from_bytes("Location", target.as_bytes()).unwrap();
                let response = tiny_http::Response::empty(302).with_header(to);
                request.respond(response).unwrap();
            }
        });
        address
    }

    fn get(resolver: Resolver, bounds: Bounds, address: &str) -> Result<Vec<u8>, String> {
        let mut visitor = Visitor {
            heeds_robots: false,
            resolver,
            bounds,
            ..Visitor::new(Limits::default(), false)
        };
        match visitor.get(address, &Validators::default())? {
            Answer::New(fetched) => Ok(fetched.bytes),
            Answer::Unchanged => Ok(Vec::new()),
        }
    }

    fn is_refused(answer: &Result<Vec<u8>, String>) -> bool {
        matches!(answer, Err(problem) if problem.contains("private network"))
    }

    #[test]
    fn a_connection_goes_to_the_address_that_was_checked() {
        // No system resolver knows this name: what answers is the machine that was checked.
        static PORT: OnceLock<u16> = OnceLock::new();
        PORT.set(server("checked").port()).unwrap();
        let resolver: Resolver = |_| Ok(vec![([127, 0, 0, 1], *PORT.get().unwrap()).into()]);
        let address = format!("http://rebound.invalid:{}/", PORT.get().unwrap());
        let answer = get(resolver, address::ANYWHERE, &address);
        assert_eq!(answer.unwrap(), b"checked");
        assert!(is_refused(&get(resolver, address::PUBLIC, &address)));
    }

    #[test]
    fn one_private_address_among_public_ones_is_enough_to_refuse() {
        let resolver: Resolver =
            |_| Ok(vec![([8, 8, 8, 8], 80).into(), ([10, 0, 0, 1], 80).into()]);
        assert!(is_refused(&get(
            resolver,
            address::PUBLIC,
            "http://both.invalid/"
        )));
    }

    #[test]
    fn a_redirect_from_a_machine_that_may_be_reached_to_one_that_may_not_is_refused() {
        static OPEN: OnceLock<SocketAddr> = OnceLock::new();
        let closed = server("secret");
        OPEN.set(redirecting_server(format!("http://{closed}/")))
            .unwrap();
        // Both are on this machine; the first stands for one of the open internet.
        let bounds: Bounds = |socket| socket == *OPEN.get().unwrap();
        let address = format!("http://{}/", OPEN.get().unwrap());
        assert!(is_refused(&get(address::system, bounds, &address)));
        let anywhere = get(address::system, address::ANYWHERE, &address);
        assert_eq!(anywhere.unwrap(), b"secret");
    }

    #[test]
    fn a_name_that_turns_to_a_private_machine_between_two_look_ups_is_refused() {
        static OPEN: OnceLock<SocketAddr> = OnceLock::new();
        static CLOSED: OnceLock<SocketAddr> = OnceLock::new();
        static LOOK_UPS: AtomicUsize = AtomicUsize::new(0);
        CLOSED.set(server("secret")).unwrap();
        OPEN.set(redirecting_server("/again".to_owned())).unwrap();
        // The first answer is harmless, every later one leads inside.
        let resolver: Resolver = |_| {
            let first = LOOK_UPS.fetch_add(1, Ordering::SeqCst) == 0;
            Ok(vec![*if first { &OPEN } else { &CLOSED }.get().unwrap()])
        };
        let bounds: Bounds = |socket| socket == *OPEN.get().unwrap();
        assert!(is_refused(&get(
            resolver,
            bounds,
            "http://turning.invalid/"
        )));
        // Once for each request: what was checked is what was connected to.
        assert_eq!(LOOK_UPS.load(Ordering::SeqCst), 2);
    }
}
