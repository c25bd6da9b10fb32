//! `khatt serve`: who is answered, with which headers, and what a change of the inputs does.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use program::Folder;

const REPORT: &str = "---\nsource: Hajin Network\npublished: 2018-12-14\n---\n\
    سيطرت قوات سوريا الديمقراطية على بلدة هجين.\n";

/// A running `khatt serve`; ended when the value goes.
struct Served {
    child: Child,
    port: u16,
}

impl Served {
    fn start(folder: &Folder, inputs: &[&str]) -> Self {
        let arguments = [&["serve"], inputs, &["--port", "0"]].concat();
        let mut command = folder.command(&arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let port = line
            .trim()
            .trim_end_matches('/')
            .rsplit(':')
            .next()
            .unwrap();
        Self {
            port: port.parse().unwrap(),
            child,
        }
    }

    /// The whole answer to a request with this host.
    fn ask(&self, line: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = format!("{line} HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        let host = format!("Host: 127.0.0.1:{}\r\n", self.port);
        self.ask(&format!("GET {path}"), &host)
    }

    /// Asks for the state until it holds `words`.
    fn wait_for(&self, words: &str) {
        let start = Instant::now();
        while !self.get("/version").contains(words) {
            assert!(start.elapsed() < Duration::from_secs(60), "{words}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_answers_this_computer_only_and_with_strict_headers() {
    let folder = Folder::new();
    folder.write("one.md", REPORT);
    let served = Served::start(&folder, &["one.md"]);
    let page = served.get("/");
    assert!(page.starts_with("HTTP/1.1 200"), "{}", &page[..200]);
    for header in [
        "Content-Security-Policy: default-src 'none'; script-src 'sha256-",
        "frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
    ] {
        assert!(page.contains(header), "{header}");
    }
    assert!(page.contains("data-served") && page.contains("connect-src 'self'"));
    let port = served.port;
    for (line, host, code) in [
        ("GET /", format!("Host: localhost:{port}\r\n"), "200"),
        ("HEAD /", format!("Host: [::1]:{port}\r\n"), "200"),
        ("GET /", format!("Host: evil.example:{port}\r\n"), "403"),
        ("GET /", "Host: 127.0.0.1\r\n".to_owned(), "403"),
        ("GET /", String::new(), "403"),
        ("POST /", format!("Host: localhost:{port}\r\n"), "405"),
        (
            "GET /../Cargo.toml",
            format!("Host: localhost:{port}\r\n"),
            "404",
        ),
    ] {
        let answer = served.ask(line, &host);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {code}")),
            "{line} {host} {answer:.60}"
        );
    }
}

#[test]
fn it_follows_its_inputs_and_keeps_the_last_good_page() {
    let folder = Folder::new();
    folder.write("reports/one.md", REPORT);
    let served = Served::start(&folder, &["reports"]);
    assert!(
        served
            .get("/version")
            .contains(r#"{"version":1,"problem":null}"#)
    );
    let second = REPORT
        .replace("2018-12-14", "2019-01-21")
        .replace("هجين", "السوسة");
    folder.write("reports/two.md", second);
    served.wait_for(r#""version":2"#);
    assert!(served.get("/").contains("2019-01-21"));
    folder.write("reports/corrections.toml", "[[claim]]\nkey = 5\n");
    served.wait_for("corrections.toml:");
    assert!(served.get("/").contains("2019-01-21"));
    std::fs::remove_file(folder.path("reports/corrections.toml")).unwrap();
    served.wait_for(r#""problem":null"#);
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = Folder::new();
    for input in ["-", "https://example.org/feed.xml"] {
        let run = folder.run(&["serve", input]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains("khatt fetch"), "{}", run.stderr);
    }
}
