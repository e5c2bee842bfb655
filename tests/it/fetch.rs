//! Addresses, against a real server on loopback: what is asked for, what is refused, what is kept.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pullquote::fetch::{self, Error, Patience};
use tempfile::TempDir;

use crate::pty::Start;

/// An article of the server. Invented.
const PAGE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>The pier will close</title></head><body><nav><a href=/>Home</a></nav><article><h1>The pier will close</h1>\
<p>The harbour board voted on Tuesday to close the northern pier for the whole of the winter, and to sell the crane that has stood on it for ninety years.</p>\
<p>“We have no money for two piers,” said the chairwoman, Ana Sol, after the vote in the old customs house, which ended a debate of three months.</p>\
<p>The crane is worth about 2.3 million dollars, according to a survey that the board had ordered in the spring and kept to itself until last week.</p></article></body></html>";

/// Serves fixed answers by path, and remembers what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

type Answers = HashMap<&'static str, Vec<u8>>;

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len()).into_bytes();
    out.extend_from_slice(body);
    out
}

fn page(headers: &str, body: &[u8]) -> Vec<u8> {
    answer("200 OK", &format!("Content-Type: text/html; charset=utf-8\r\n{headers}"), body)
}

impl Server {
    fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            let answers = Arc::new(answers);
            for stream in listener.incoming().flatten() {
                let (answers, heard) = (Arc::clone(&answers), Arc::clone(&heard));
                std::thread::spawn(move || serve(stream, &answers, &heard));
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test failed").clone()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

fn serve(mut stream: TcpStream, answers: &Answers, heard: &Mutex<Vec<String>>) {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    while reader.read_line(&mut request).is_ok_and(|n| n > 2) {}
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    heard.lock().expect("no test failed").push(request);
    match answers.get(path.as_str()) {
        Some(bytes) => drop(stream.write_all(bytes)),
        None if path == "/slow" => std::thread::sleep(Duration::from_secs(3)),
        None => drop(stream.write_all(&answer("404 Not Found", "Content-Type: text/html\r\n", b"gone"))),
    }
}

fn gzip(text: &str) -> Vec<u8> {
    // Stored blocks of deflate in a gzip wrapper: made by hand, so that the test needs no library.
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let len = u16::try_from(text.len()).expect("short");
    out.push(1);
    out.extend(len.to_le_bytes());
    out.extend((!len).to_le_bytes());
    out.extend(text.as_bytes());
    let mut crc = !0_u32;
    for byte in text.bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    out.extend((!crc).to_le_bytes());
    out.extend(u32::from(len).to_le_bytes());
    out
}

fn quick() -> Patience {
    Patience { connect: Duration::from_secs(2), whole: Duration::from_secs(1) }
}

fn get(server: &Server, path: &str) -> Result<fetch::Fetched, Error> {
    fetch::fetch(&server.url(path), quick())
}

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.0.path()).env("USER", "ada").current_dir(self.0.path());
        command.args(args).output().expect("it runs")
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn one_honest_request() {
    let server = Server::start(Answers::from([("/a", page("Set-Cookie: id=1\r\n", PAGE.as_bytes()))]));
    let got = get(&server, "/a").expect("a page");
    assert_eq!((got.bytes.as_slice(), got.media_type.as_str(), got.charset.as_deref()), (PAGE.as_bytes(), "text/html", Some("utf-8")));
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    let request = asked[0].to_lowercase();
    assert!(request.contains(&format!("user-agent: pullquote/{}\r\n", env!("CARGO_PKG_VERSION"))), "{request}");
    assert!(!request.contains("cookie") && !request.contains("referer"), "{request}");
}

#[test]
fn redirects_are_followed_and_bounded() {
    let to = |path: &str| answer("301 Moved Permanently", &format!("Location: {path}\r\nSet-Cookie: id=1\r\n"), b"");
    let server = Server::start(Answers::from([
        ("/old/a", to("../new/b")),
        ("/new/b", page("", PAGE.as_bytes())),
        ("/loop", to("/loop")),
        ("/file", to("file:///etc/passwd")),
        ("/private", to("http://192.168.77.1/")),
        ("/loopback", to("http://127.0.0.1:9/")),
        ("/nowhere", answer("302 Found", "", b"")),
    ]));
    let got = get(&server, "/old/a").expect("a page of the server that was typed");
    assert_eq!((got.address, got.redirects), (server.url("/new/b"), vec![server.url("/old/a")]));
    let asked = server.asked();
    assert!(asked.len() == 2 && !asked[1].to_lowercase().contains("cookie"), "{asked:?}");
    assert!(matches!(get(&server, "/loop"), Err(Error::Redirect(why)) if why.contains("more than 5 redirects")));
    assert!(matches!(get(&server, "/file"), Err(Error::Redirect(why)) if why.contains("file:///etc/passwd")));
    assert!(matches!(get(&server, "/private"), Err(Error::Private(_))));
    assert!(matches!(get(&server, "/loopback"), Err(Error::Private(_))));
    assert!(matches!(get(&server, "/nowhere"), Err(Error::Redirect(_))));
}

#[test]
fn a_name_that_leads_to_loopback_is_refused() {
    let found = fetch::guard::Guard { private: false };
    let agent = ureq::Agent::with_parts(
        ureq::Agent::config_builder().proxy(None).build(),
        ureq::unversioned::transport::DefaultConnector::default(),
        found,
    );
    assert!(agent.get("http://localhost:9/").call().is_err_and(|e| e.to_string().contains("private")));
}

#[test]
fn bodies_are_uncompressed_and_bounded() {
    let large = vec![b'a'; usize::try_from(fetch::LIMIT).expect("fits") + 10];
    let server = Server::start(Answers::from([("/gzip", page("Content-Encoding: gzip\r\n", &gzip(PAGE))), ("/large", page("", &large))]));
    assert_eq!(get(&server, "/gzip").expect("a page").bytes, PAGE.as_bytes());
    let patient = Patience { whole: Duration::from_secs(20), ..quick() };
    assert_eq!(fetch::fetch(&server.url("/large"), patient), Err(Error::TooLarge));
}

#[test]
fn every_failure_is_one_line_that_says_what_to_do() {
    let server = Server::start(Answers::from([
        ("/pdf", answer("200 OK", "Content-Type: application/pdf\r\n", b"%PDF-1.7")),
        ("/pay", answer("402 Payment Required", "", b"")),
        ("/down", answer("503 Service Unavailable", "", b"")),
        ("/often", answer("429 Too Many Requests", "Retry-After: 7\r\n", b"")),
        ("/same", answer("304 Not Modified", "", b"")),
        ("/deflated", page("Content-Encoding: deflate\r\n", b"x")),
        ("/odd", b"HTTP/1.1 nonsense\r\n\r\n".to_vec()),
    ]));
    let gone = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    for (result, says) in [
        (get(&server, "/missing"), "there is no such page (404 Not Found)"),
        (get(&server, "/pdf"), "it is application/pdf, not an article"),
        (get(&server, "/pay"), "paywall"),
        (get(&server, "/down"), "503 Service Unavailable"),
        (get(&server, "/slow"), "no answer in time"),
        (get(&server, "/odd"), "cannot be read"),
        (get(&server, "/often"), "(429 Too Many Requests); try again after 7 seconds"),
        (get(&server, "/same"), "the site answers 304 Not Modified"),
        (get(&server, "/deflated"), "compressed as 'deflate'"),
        (fetch::fetch(&format!("http://{gone}/"), quick()), "refuses the connection"),
        (fetch::fetch("http://no-such-host.invalid/", quick()), "cannot be found"),
        (fetch::fetch(&server.url("/").replace("http:", "https:"), quick()), "not secure"),
        (fetch::fetch("https://user:word@127.0.0.1/", quick()), "user name"),
    ] {
        let error = result.expect_err(says).to_string();
        assert!(error.contains(says) && !error.contains('\n'), "{error} ({says})");
    }
}

#[test]
fn a_page_is_kept_and_opens_again_without_the_server() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/a", listener.local_addr().expect("an address"));
    let once = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a request");
        serve(stream, &Answers::from([("/a", page("", PAGE.as_bytes()))]), &Mutex::default());
    });
    let first = home.run(&[&url]);
    once.join().expect("served");
    assert!(first.status.success(), "{}", words(&first.stderr));
    assert!(words(&first.stdout).contains("The pier will close") && !words(&first.stdout).contains("Home"));
    assert_eq!(words(&first.stderr), "");
    let again = home.run(&["show", "--plain", &url]);
    assert_eq!(words(&again.stdout), words(&first.stdout));
    assert!(words(&again.stderr).contains("refuses the connection; this is the copy of 20"), "{}", words(&again.stderr));
    let offline = home.run(&["extract", "--offline", &url]);
    assert!(offline.status.success() && words(&offline.stderr).contains("--offline"), "{}", words(&offline.stderr));
    let added = home.run(&["add", &url, "--exact", "no money for two piers", "--tag", "budget"]);
    assert!(added.status.success(), "{}", words(&added.stderr));
    let listed = home.run(&["list", &url]);
    assert!(words(&listed.stdout).contains("budget"), "{}", words(&listed.stderr));
    assert!(!words(&listed.stderr).contains("fetched"), "a command about notes asks no network: {}", words(&listed.stderr));
    assert!(home.0.path().join(".local/share/pullquote/notes").is_dir(), "notes of an address lie in the data directory");
}

#[test]
fn no_copy_is_kept_when_none_is_wanted() {
    let home = Home::new();
    let server = Server::start(Answers::from([("/a", page("", PAGE.as_bytes()))]));
    let shown = home.run(&["show", "--no-save", &server.url("/a")]);
    assert!(shown.status.success(), "{}", words(&shown.stderr));
    assert!(!home.0.path().join(".local/share/pullquote/pages").exists());
    let offline = home.run(&["show", "--offline", &server.url("/a")]);
    assert_eq!(offline.status.code(), Some(2));
    assert!(words(&offline.stderr).contains("no copy of it was kept"), "{}", words(&offline.stderr));
}

#[test]
fn a_page_without_text_is_an_error() {
    let home = Home::new();
    let server = Server::start(Answers::from([("/app", page("", b"<html><body><div id=root></div><script>run()</script></body></html>"))]));
    let shown = home.run(&["show", &server.url("/app")]);
    assert_eq!(shown.status.code(), Some(2));
    assert!(words(&shown.stderr).contains("drawn by scripts"), "{}", words(&shown.stderr));
}

/// A page of which the article says that it is not free, with one paragraph of it.
const PAID: &str = "<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The pier will close\",\"isAccessibleForFree\":false}</script></head>\
<body><article><h1>The pier will close</h1><p>The harbour board voted on Tuesday to close the northern pier.</p></article></body></html>";

#[test]
fn a_short_page_opens_and_one_that_is_not_free_says_so() {
    let home = Home::new();
    let short = b"<html><title>Brief</title><body><p>One dead in a crash near the harbour, police said.</p></body></html>";
    let server = Server::start(Answers::from([("/paid", page("", PAID.as_bytes())), ("/short", page("", short))]));
    let paid = home.run(&["show", "--plain", &server.url("/paid")]);
    assert!(paid.status.success() && words(&paid.stdout).contains("close the northern pier."), "{}", words(&paid.stderr));
    assert!(words(&paid.stderr).contains("not free to read"), "{}", words(&paid.stderr));
    assert!(home.run(&["show", &server.url("/short")]).status.success());
}

#[test]
fn kept_versions_of_an_address_are_compared() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/a", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().flatten().enumerate() {
            let now = PAGE.replace("2.3 million", ["2.3 million", "2.3 million", "3.4 million", "5.6 million"][n.min(3)]);
            serve(stream, &Answers::from([("/a", page("", now.as_bytes()))]), &Mutex::default());
        }
    });
    let first = home.run(&["diff", &url]);
    assert_eq!(first.status.code(), Some(2));
    assert!(words(&first.stderr).contains("no earlier copy of it was kept to compare with, it is kept now"), "{}", words(&first.stderr));
    let same = home.run(&["diff", &url]);
    assert_eq!(same.status.code(), Some(0), "{}", words(&same.stderr));
    let changed = home.run(&["diff", &url]);
    assert_eq!(changed.status.code(), Some(1), "{}", words(&changed.stderr));
    assert!(words(&changed.stdout).contains("2.3 million") && words(&changed.stdout).contains("3.4 million"), "{}", words(&changed.stdout));
    assert!(words(&changed.stderr).contains("the copy of 20"), "which version it is: {}", words(&changed.stderr));
    let kept = home.run(&["diff", "--offline", &url]);
    assert_eq!(kept.status.code(), Some(1), "{}", words(&kept.stderr));
    assert!(words(&kept.stdout).contains("2.3 million") && words(&kept.stdout).contains("3.4 million"));
    let file = home.run(&["diff", "a.txt"]);
    assert!(words(&file.stderr).contains("name the newer version of 'a.txt' too"), "{}", words(&file.stderr));
}

#[test]
fn what_was_read_lately_tells_of_pages_by_their_copies() {
    let home = Home::new();
    let server = Server::start(Answers::from([("/a", page("", PAGE.as_bytes()))]));
    let open = |args: &[String]| {
        Start::pullquote(args)
            .env("XDG_STATE_HOME", home.0.path().join(".local/state"))
            .env("XDG_DATA_HOME", home.0.path().join(".local/share"))
            .size(110, 24)
            .env("TERM", "xterm")
            .go()
    };
    let mut run = open(&[server.url("/missing")]);
    run.wait_text("there is no such page");
    run.keys("q");
    assert_eq!(run.exit().code, Some(2));
    let mut run = open(&[server.url("/a")]);
    run.wait_text("We have no money for two piers");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    assert!(home.run(&["add", &server.url("/a"), "--exact", "no money for two piers", "--tag", "budget"]).status.success());
    let asked = server.asked().len();
    let mut run = open(&[]);
    run.wait_text("Read lately");
    run.wait_text("     88      1      1 100 %");
    let text = run.text();
    assert!(text.contains("The pier will close") && !text.contains("missing"), "{text}");
    run.keys("q");
    run.exit();
    assert_eq!(server.asked().len(), asked, "nothing is fetched for a list");
}

#[test]
fn the_reader_opens_before_the_page_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/a", listener.local_addr().expect("an address"));
    let mut run = Start::pullquote([&url]).size(100, 30).env("TERM", "xterm").go();
    let (stream, _) = listener.accept().expect("a request");
    run.wait_text("fetching http://127.0.0.1");
    std::thread::spawn(move || serve(stream, &Answers::from([("/a", page("", PAGE.as_bytes()))]), &Mutex::default()));
    run.wait_text("We have no money for two piers");
    run.keys("]q");
    run.keys("\r");
    run.wait_text("1 note · saved");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0), "{}", run.text());
}

#[test]
fn the_reader_says_why_a_page_does_not_come() {
    let server = Server::start(Answers::new());
    let mut run = Start::pullquote([server.url("/missing")]).size(120, 30).env("TERM", "xterm").go();
    // In the text too, where the next key does not take it away.
    run.wait_text("there is no such page (404 Not Found)");
    run.wait("the reason in the text and in the status line", |s| s.contents().matches("404 Not Found").count() == 2);
    run.keys("j");
    run.wait("the reason in the text alone", |s| s.contents().matches("404 Not Found").count() == 1);
    run.keys("q");
    assert_eq!(run.exit().code, Some(2));
    assert!(run.text().contains("pullquote: cannot read 'http://127.0.0.1"), "{}", run.text());
}
