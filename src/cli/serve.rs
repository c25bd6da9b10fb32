//! `khatt serve`: the page of `khatt site` on this computer, made anew when the inputs change.
//!
//! It listens on 127.0.0.1 and answers only requests that name it so: a page of the web that makes
//! its own name lead here (DNS rebinding) gets nothing.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use khatt::error::in_one_line;
use khatt::site::{Way, policy};
use khatt::{Error, Result};
use tiny_http::{Header, Method, Request, Response, Server};

use super::Outcome;
use super::args::{Common, ServeArgs};
use super::console::{Console, print_error};
use super::inputs::Inputs;
use super::site::make;
use super::watch::Watch;

/// How often the inputs are looked at.
const PAUSE: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &ServeArgs, common: &Common, console: &Console) -> Result<Outcome> {
    refuse_streams(args)?;
    let others = common.data.iter().chain(&common.corrections).cloned();
    let mut watch = Watch::new(&args.inputs, others);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let server = Server::http(address).map_err(|e| {
        let problem = format!("cannot listen on {address}: {e}; choose another, 0 takes any");
        Error::argument("--port", problem)
    })?;
    let port = server
        .server_addr()
        .to_ip()
        .map_or(args.port, |at| at.port());
    let mut desk = Desk::open(args, common, console, port)?;
    console.print(format!("http://127.0.0.1:{port}/\n").as_bytes())?;
    console.say("Ctrl-C ends it");
    let mut looked = Instant::now();
    loop {
        match server.recv_timeout(PAUSE) {
            Ok(Some(request)) => desk.answer(request),
            Ok(None) => {}
            Err(problem) => return Err(Error::argument("--port", problem.to_string())),
        }
        if looked.elapsed() >= PAUSE {
            if watch.has_changed() {
                desk.renew(args, common, console);
            }
            looked = Instant::now();
        }
    }
}

/// What cannot be read again cannot be watched.
fn refuse_streams(args: &ServeArgs) -> Result<()> {
    let is_stream =
        |name: &str| name == "-" || name.starts_with("http://") || name.starts_with("https://");
    let stream = args
        .inputs
        .iter()
        .filter_map(|input| input.to_str())
        .find(|name| is_stream(name));
    match stream {
        Some(name) => Err(Error::argument(
            name,
            "serve watches files and folders; save it first, `khatt fetch` does that for addresses",
        )),
        None => Ok(()),
    }
}

/// The last good page, and what has been wrong since.
struct Desk {
    page: String,
    version: u64,
    problem: Option<String>,
    hosts: [String; 3],
    headers: Vec<Header>,
}

impl Desk {
    fn open(args: &ServeArgs, common: &Common, console: &Console, port: u16) -> Result<Self> {
        let (page, problem) = build(args, common, console)?;
        Ok(Self {
            page,
            version: 1,
            problem,
            hosts: ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")),
            headers: headers(),
        })
    }

    /// Makes the page anew. When an input is bad the last good page stays, with the reason.
    fn renew(&mut self, args: &ServeArgs, common: &Common, console: &Console) {
        match build(args, common, console) {
            Ok((page, None)) => {
                if page != self.page {
                    self.version += 1;
                    self.page = page;
                    console.say(&format!("made anew, version {}", self.version));
                }
                self.problem = None;
            }
            Ok((_, problem)) => self.problem = problem,
            Err(problem) => {
                print_error(&problem);
                self.problem = Some(in_one_line(&problem));
            }
        }
    }

    fn answer(&self, request: Request) {
        let path = request.url().split(['?', '#']).next().unwrap_or("");
        let (code, kind, body) = if !self.is_for_us(&request) {
            (
                403,
                "text/plain",
                "this address is not served here\n".to_owned(),
            )
        } else if !matches!(request.method(), Method::Get | Method::Head) {
            (405, "text/plain", "only GET and HEAD\n".to_owned())
        } else {
            match path {
                "/" | "/index.html" => (200, "text/html", self.page.clone()),
                "/version" => (200, "application/json", self.state()),
                _ => (404, "text/plain", "no such page\n".to_owned()),
            }
        };
        let mut response = Response::from_string(body)
            .with_status_code(code)
            .with_chunked_threshold(usize::MAX);
        for header in &self.headers {
            response.add_header(header.clone());
        }
        response.add_header(header("Content-Type", &format!("{kind}; charset=utf-8")));
        if code == 405 {
            response.add_header(header("Allow", "GET, HEAD"));
        }
        // Nobody is left to be told that the browser went away.
        let _ = request.respond(response);
    }

    fn state(&self) -> String {
        serde_json::json!({ "version": self.version, "problem": self.problem }).to_string()
    }

    fn is_for_us(&self, request: &Request) -> bool {
        let mut hosts = request.headers().iter().filter(|h| h.field.equiv("Host"));
        let host = hosts.next().map(|h| h.value.as_str().to_ascii_lowercase());
        hosts.next().is_none() && host.is_some_and(|host| self.hosts.contains(&host))
    }
}

/// The page, and why not all inputs are in it.
fn build(args: &ServeArgs, common: &Common, console: &Console) -> Result<(String, Option<String>)> {
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let first = inputs.problems.first().map(|problem| in_one_line(problem));
    let made = make(inputs, Way::Served, common, console)?;
    let unread = || "some rows could not be read; standard error lists them".to_owned();
    let problem = first.or_else(|| made.has_problems.then(unread));
    Ok((made.page.html, problem))
}

fn headers() -> Vec<Header> {
    let policy = format!("{}; frame-ancestors 'none'", policy(Way::Served));
    [
        ("Content-Security-Policy", policy.as_str()),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ]
    .map(|(name, value)| header(name, value))
    .to_vec()
}

/// A header of our own words.
fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("names and values of headers are ASCII")
}
