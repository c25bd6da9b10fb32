//! Fetching from a real server on this machine, with pages in the manner of real outlets.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use program::{Folder, Run};
use tiny_http::{Header, Request, Response, Server};

const STORY: &str = "سيطرت قوات سوريا الديمقراطية على بلدة هجين في ريف دير الزور الشرقي بعد معارك استمرت أسابيع، وقالت مصادر محلية إن المدنيين خرجوا من البلدة نحو مناطق آمنة، وإن القتال توقف مساء الخميس.";

type Log = Arc<Mutex<Vec<String>>>;

/// A site on a port of its own; `answer` gets the path and the site's own address.
struct Site {
    root: String,
    log: Log,
}

impl Site {
    fn new(answer: impl Fn(Request, &str, &str) + Send + 'static) -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let root = format!("http://{}", server.server_addr().to_ip().unwrap());
        let log = Log::default();
        let (own, own_log) = (root.clone(), log.clone());
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let path = request.url().to_owned();
                own_log.lock().unwrap().push(path.clone());
                answer(request, &path, &own);
            }
        });
        Self { root, log }
    }

    fn asked(&self, path: &str) -> usize {
        self.log
            .lock()
            .unwrap()
            .iter()
            .filter(|p| *p == path)
            .count()
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap()
}

fn send(request: Request, kind: &str, body: impl Into<Vec<u8>>) {
    let response = Response::from_data(body.into()).with_header(header("Content-Type", kind));
    let _ = request.respond(response);
}

fn status(request: Request, code: u16) {
    let _ = request.respond(Response::empty(code));
}

fn redirect(request: Request, to: &str) {
    let _ = request.respond(Response::empty(302).with_header(header("Location", to)));
}

/// A page in the manner of a news site: menus, share buttons, related stories around the text.
fn page(head: &str, title: &str) -> String {
    let menu = "<nav><ul><li><a href=\"/\">الرئيسية</a></li><li><a href=\"/syria\">سوريا</a></li></ul></nav>";
    let share = "<div class=\"share-buttons\"><a href=\"#\">شارك</a></div>";
    let related =
        "<aside class=\"related\"><h3>اقرأ أيضا</h3><a href=\"/x\">غارات على السوسة</a></aside>";
    let paragraphs = format!("<p>{STORY}</p>").repeat(4);
    format!(
        "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><head>{head}<title>{title} | شبكة الفرات</title></head>\
         <body>{menu}<article><h1>{title}</h1>{share}{paragraphs}</article>{related}<footer>حقوق النشر</footer></body></html>"
    )
}

fn dated(day: &str) -> String {
    format!(
        "<script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"هجين تسقط\",\
         \"datePublished\":\"{day}T00:20:00+03:00\",\"publisher\":{{\"@type\":\"Organization\",\"name\":\"شبكة الفرات\"}}}}</script>"
    )
}

fn fetch(folder: &Folder, arguments: &[&str]) -> Run {
    let mut all = vec!["fetch", "--into", "in", "--allow-private", "--delay", "0"];
    all.extend(arguments);
    folder.run(&all)
}

/// The texts of the reports in the folder.
fn reports(folder: &Folder) -> Vec<String> {
    let files = folder.files("in");
    let reports = files.iter().filter(|(name, _)| name.ends_with(".md"));
    reports
        .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
        .collect()
}

/// One story in all the character sets that sites use and misname.
fn site_of_pages() -> Site {
    Site::new(|request, path, _| {
        let encoded = |page: &str| encoding_rs::WINDOWS_1256.encode(page).0.into_owned();
        let page = |head: &str| page(&format!("{head}{}", dated("2018-12-14")), "هجين تسقط");
        match path {
            "/utf8" => send(
                request,
                "text/html; charset=utf-8",
                page("<meta charset=\"utf-8\">"),
            ),
            "/1256" => send(
                request,
                "text/html; charset=windows-1256",
                encoded(&page("")),
            ),
            "/1256-in-page" => send(
                request,
                "text/html",
                encoded(&page(
                    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1256\">",
                )),
            ),
            "/1256-as-utf8" => send(request, "text/html; charset=utf-8", encoded(&page(""))),
            "/1256-as-latin" => send(request, "text/html; charset=iso-8859-1", encoded(&page(""))),
            "/utf8-as-1256" => send(request, "text/html; charset=windows-1256", page("")),
            "/plain" => send(request, "text/plain; charset=windows-1256", encoded(STORY)),
            _ => status(request, 404),
        }
    })
}

#[test]
fn pages_in_both_character_sets_become_dated_reports() {
    let site = site_of_pages();
    for path in [
        "/utf8",
        "/1256",
        "/1256-in-page",
        "/1256-as-utf8",
        "/1256-as-latin",
        "/utf8-as-1256",
    ] {
        let folder = Folder::new();
        let run = fetch(&folder, &[&format!("{}{path}", site.root)]);
        assert_eq!(run.code, Some(0), "{path}: {run:?}");
        let text = &reports(&folder)[0];
        for expected in [
            "title: \"هجين تسقط",
            "published: \"2018-12-14\"",
            "published_basis: \"metadata\"",
            "source: \"شبكة الفرات\"",
            "lang: \"ar\"",
            "sha256: \"",
            STORY,
            &format!("url: \"{}{path}\"", site.root),
        ] {
            assert!(text.contains(expected), "{path}: {expected}\n{text}");
        }
        for unwanted in ["الرئيسية", "اقرأ أيضا", "حقوق النشر", "شارك"]
        {
            assert!(!text.contains(unwanted), "{path}: {unwanted}\n{text}");
        }
    }
    let folder = Folder::new();
    assert_eq!(
        fetch(&folder, &[&format!("{}/plain", site.root)]).code,
        Some(0)
    );
    assert!(reports(&folder)[0].contains(STORY));
    // An address alone, without a folder.
    let run = folder.run(&[
        "map",
        "--no-png",
        "--allow-private",
        &format!("{}/1256", site.root),
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let map = folder.json("out/2018-12-14.geojson");
    assert_eq!(map["features"][0]["properties"]["id"], "hajin");
}

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>شبكة الفرات</title>
<item><title>هجين</title><link>/1</link><pubDate>Fri, 14 Dec 2018 00:10:00 +0300</pubDate></item>
<item><title>السوسة</title><link>ROOT/2#comments</link><pubDate>15/12/2018 - 21:05</pubDate></item>
<item><title>بلا تاريخ</title><link>ROOT/3</link><pubDate>قبل يومين</pubDate></item>
<item><title>مكرر</title><link>ROOT/1</link></item>
<item><title>غائب</title><link>ROOT/gone</link></item></channel></rss>"#;

#[test]
fn a_feed_gives_a_report_for_each_article_with_its_day_as_printed() {
    let site = Site::new(|request, path, root| match path {
        "/feed" => send(request, "text/xml", RSS.replace("ROOT", root)),
        "/1" | "/2" | "/3" => send(request, "text/html", page("", &format!("خبر {path}"))),
        "/atom" => {
            let atom = format!(
                "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>x</id><title>t</title><updated>2018-12-16T00:30:00+03:00</updated><entry><id>y</id><title>هجين</title><link href=\"{root}/2\"/><updated>2018-12-16T00:30:00+03:00</updated></entry></feed>"
            );
            send(request, "application/atom+xml", atom);
        }
        _ => status(request, 404),
    });
    let folder = Folder::new();
    let run = fetch(&folder, &[&format!("{}/feed", site.root)]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(
        run.stderr
            .contains("3 new, 0 changed, 0 as before, 1 not fetched"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("/gone: the server answered 404"),
        "{run:?}"
    );
    let mut days: Vec<String> = reports(&folder)
        .iter()
        .map(|text| {
            text.lines()
                .find(|line| line.starts_with("published:"))
                .unwrap_or("none")
                .to_owned()
        })
        .collect();
    days.sort();
    assert_eq!(
        days,
        [
            "none",
            "published: \"2018-12-14\"",
            "published: \"2018-12-15\""
        ]
    );
    assert_eq!(site.asked("/1"), 1);

    let other = Folder::new();
    assert_eq!(
        fetch(&other, &[&format!("{}/atom", site.root)]).code,
        Some(0)
    );
    assert!(reports(&other)[0].contains("published: \"2018-12-16\""));
}

/// A feed and a page that know what was sent before, and a page with another advertisement each time.
fn site_that_remembers() -> Site {
    let visits = Mutex::new(0);
    Site::new(move |request, path, root| {
        let knows = |request: &Request, name: &str, value: &str| {
            request.headers().iter().any(|h| {
                h.field.equiv(Box::leak(name.to_owned().into_boxed_str())) && h.value == value
            })
        };
        match path {
            "/feed"
                if knows(
                    &request,
                    "If-Modified-Since",
                    "Fri, 14 Dec 2018 10:00:00 GMT",
                ) =>
            {
                status(request, 304)
            }
            "/feed" => {
                let feed = format!(
                    "<rss version=\"2.0\"><channel><title>t</title><item><link>{root}/tagged</link></item><item><link>{root}/ads</link></item></channel></rss>"
                );
                let response = Response::from_string(feed)
                    .with_header(header("Last-Modified", "Fri, 14 Dec 2018 10:00:00 GMT"))
                    .with_header(header("Content-Type", "application/rss+xml"));
                let _ = request.respond(response);
            }
            "/tagged" if knows(&request, "If-None-Match", "\"a\"") => status(request, 304),
            "/tagged" => {
                let response = Response::from_string(page("", "هجين"))
                    .with_header(header("ETag", "\"a\""))
                    .with_header(header("Content-Type", "text/html; charset=utf-8"));
                let _ = request.respond(response);
            }
            // Another advertisement on every visit.
            "/ads" => {
                let mut visits = visits.lock().unwrap();
                *visits += 1;
                let ad = format!("<!-- ad {visits} -->");
                send(request, "text/html; charset=utf-8", page(&ad, "السوسة"));
            }
            _ => status(request, 404),
        }
    })
}

#[test]
fn a_second_visit_changes_no_byte() {
    let site = site_that_remembers();
    let folder = Folder::new();
    let feed = format!("{}/feed", site.root);
    let first = fetch(&folder, &[&feed]);
    assert!(
        first.stderr.contains("2 new, 0 changed, 0 as before"),
        "{first:?}"
    );
    let before = folder.files("in");
    let second = fetch(&folder, &[&feed]);
    assert!(
        second
            .stderr
            .contains("0 new, 0 changed, 2 as before, 0 not"),
        "{second:?}"
    );
    assert_eq!(folder.files("in"), before);
    // A report that was deleted is fetched again, whatever the server was told.
    let name = before.keys().find(|name| name.contains("tagged")).unwrap();
    std::fs::remove_file(folder.path("in").join(name)).unwrap();
    assert!(fetch(&folder, &[&feed]).stderr.contains("1 new"));
    assert_eq!(folder.files("in"), before);
}

#[test]
fn a_list_is_read_and_what_robots_txt_closes_is_left_alone() {
    let site = Site::new(|request, path, _| match path {
        "/robots.txt" => send(
            request,
            "text/plain",
            "User-agent: *\nDisallow: /closed\nUser-agent: khatt\nDisallow: /private\n",
        ),
        "/to-private" => redirect(request, "/private/1"),
        _ => send(request, "text/html", page("", "هجين")),
    });
    let folder = Folder::new();
    let root = &site.root;
    folder.write(
        "list.txt",
        format!("# ours\n{root}/closed/1\n\n{root}/private/1\n{root}/to-private\n"),
    );
    let run = fetch(&folder, &["list.txt"]);
    assert!(
        run.stderr
            .contains("1 new, 0 changed, 0 as before, 2 not fetched"),
        "{run:?}"
    );
    assert_eq!(
        (site.asked("/private/1"), site.asked("/robots.txt")),
        (0, 1)
    );
    assert!(run.stderr.contains("robots.txt"), "{run:?}");
}

#[test]
fn a_busy_server_is_asked_again_when_it_says_so() {
    let asked = Mutex::new(0);
    let site = Site::new(move |request, path, _| match path {
        "/busy" => {
            let mut asked = asked.lock().unwrap();
            *asked += 1;
            if *asked < 3 {
                let _ =
                    request.respond(Response::empty(429).with_header(header("Retry-After", "1")));
            } else {
                send(request, "text/html", page("", "هجين"));
            }
        }
        "/later" => {
            let _ =
                request.respond(Response::empty(503).with_header(header("Retry-After", "86400")));
        }
        "/down" => status(request, 500),
        _ => status(request, 404),
    });
    let folder = Folder::new();
    let start = Instant::now();
    let run = fetch(&folder, &[&format!("{}/busy", site.root)]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(start.elapsed() >= Duration::from_secs(2));
    let run = fetch(&folder, &[&format!("{}/later", site.root)]);
    assert!(
        run.code == Some(1) && run.stderr.contains("come back in 86400 s"),
        "{run:?}"
    );
    assert_eq!(site.asked("/later"), 1);
    let run = fetch(&folder, &[&format!("{}/down", site.root)]);
    assert!(
        run.stderr.contains("500") && site.asked("/down") == 3,
        "{run:?}"
    );
}

#[test]
fn loops_and_endless_answers_end() {
    let site = Site::new(|request, path, _| match path {
        "/loop" => redirect(request, "/loop"),
        "/a" => redirect(request, "/b"),
        "/b" => redirect(request, "/a"),
        "/nowhere" => status(request, 302),
        "/file" => redirect(request, "file:///etc/passwd"),
        "/huge" => send(request, "text/html", vec![b'x'; 9 * 1024 * 1024]),
        "/bomb" => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(&vec![b' '; 64 * 1024 * 1024]).unwrap();
            let response = Response::from_data(packed.finish().unwrap())
                .with_header(header("Content-Type", "text/html"))
                .with_header(header("Content-Encoding", "gzip"));
            let _ = request.respond(response);
        }
        "/picture" => send(request, "image/png", "x"),
        _ => status(request, 404),
    });
    let cases = [
        ("/loop", "more than 5 redirects"),
        ("/a", "more than 5 redirects"),
        ("/nowhere", "a redirect without a target"),
        ("/file", "`file` addresses are not fetched"),
        ("/huge", "larger than 8192 kB"),
        ("/bomb", "larger than 8192 kB"),
        ("/picture", "it is `image/png`, not a page"),
        ("/missing", "404"),
    ];
    for (path, expected) in cases {
        let folder = Folder::new();
        let run = fetch(&folder, &[&format!("{}{path}", site.root)]);
        assert!(run.stderr.contains(expected), "{path}: {run:?}");
        assert!(reports(&folder).is_empty(), "{path}");
        assert_eq!(run.code, Some(1), "{path}: {run:?}");
    }
}

#[test]
fn a_body_that_comes_a_byte_at_a_time_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let mut buffer = [0; 2048];
                let length = stream.read(&mut buffer).unwrap();
                if buffer[..length].starts_with(b"GET /robots.txt") {
                    let _ = stream.write_all(
                        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                    );
                    return;
                }
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
                while stream.write_all(b"x").is_ok() {
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
        }
    });
    let folder = Folder::new();
    let start = Instant::now();
    let run = fetch(&folder, &["--timeout", "1", &format!("{root}/slow")]);
    assert!(
        run.code == Some(1) && run.stderr.contains("not complete after 1 s"),
        "{run:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(30));
}

/// A server that says `head` and breaks off in the middle of the body.
fn broken_off(head: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let root = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut buffer = [0; 2048];
            let length = stream.read(&mut buffer).unwrap();
            let missing =
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let is_robots = buffer[..length].starts_with(b"GET /robots.txt");
            let page = page(&dated("2018-12-14"), "هجين");
            let part = &page.as_bytes()[..page.len() / 2];
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n");
            let answer = if is_robots { missing } else { &answer };
            let _ = stream.write_all(answer.as_bytes());
            if !is_robots {
                let _ = stream.write_all(part);
            }
        }
    });
    root
}

#[test]
fn a_download_that_breaks_off_is_no_report_and_spoils_none() {
    for head in [
        "Content-Length: 1000000",
        "Transfer-Encoding: chunked\r\n\r\nfffff",
    ] {
        let folder = Folder::new();
        let root = broken_off(head);
        let address = format!("{root}/1");
        let run = fetch(&folder, &[&address]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("1 not fetched"), "{run:?}");
        assert!(reports(&folder).is_empty());
        assert!(
            folder
                .files("in")
                .keys()
                .all(|name| !name.starts_with(".khatt-fetch.json."))
        );
    }
}

#[test]
fn no_address_leads_into_a_private_network() {
    let site = Site::new(|request, path, _| match path {
        "/robots.txt" => status(request, 404),
        _ => send(request, "text/html", page("", "هجين")),
    });
    for address in [
        format!("{}/1", site.root),
        "http://localhost/".to_owned(),
        "http://[::1]/".to_owned(),
    ] {
        let folder = Folder::new();
        let run = folder.run(&["fetch", "--into", "in", &address]);
        assert!(
            run.code == Some(1) && run.stderr.contains("private network"),
            "{run:?}"
        );
    }
    assert_eq!(site.asked("/1") + site.asked("/robots.txt"), 0);
}

#[test]
fn what_a_page_says_of_itself_stays_inside_its_head() {
    let site = Site::new(|request, path, _| match path {
        "/robots.txt" => status(request, 404),
        _ => {
            let head =
                "<meta property=\"og:site_name\" content=\"x&quot;&#10;---&#10;id: ../../evil\">";
            send(
                request,
                "text/html; charset=utf-8",
                page(head, "\u{1b}[31mهجين&#10;published: 1999-01-01"),
            );
        }
    });
    let folder = Folder::new();
    let run = fetch(&folder, &[&format!("{}/../../../../tmp/evil", site.root)]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = folder.files("in");
    assert!(
        files.keys().all(|name| !name.contains("..")),
        "{:?}",
        files.keys()
    );
    let text = &reports(&folder)[0];
    assert!(!text.contains('\u{1b}'), "{text}");
    let keys: Vec<&str> = text
        .lines()
        .skip(1)
        .take_while(|line| *line != "---")
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(keys, ["title", "source", "url", "lang", "sha256"], "{text}");
    let run = folder.run(&["extract", "--format", "jsonl", "in"]);
    let object: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(
        object["report"].as_str().unwrap().starts_with("127.0.0.1-"),
        "{object}"
    );
}
