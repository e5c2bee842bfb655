//! Web pages in the shapes of real publishers' markup, each with what a careful reader would take from it (`tests/pages`).

use std::path::{Path, PathBuf};

use pullquote::article::{Article, BlockKind};
use pullquote::ingest;
use serde_json::Value;

use crate::pty::Start;

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let files = std::fs::read_dir(folder).expect("tests/pages is there");
    let mut pages: Vec<PathBuf> =
        files.map(|e| e.expect("an entry").path()).filter(|p| p.extension().is_some_and(|e| e == "html")).collect();
    pages.sort();
    pages
}

fn read(path: &Path) -> Article {
    let bytes = std::fs::read(path).expect("a page");
    ingest::read(&bytes, Some(path), &ingest::Options::default()).expect("an article")
}

/// White space and the marks that typography varies do not count.
fn folded(words: &str) -> String {
    let plain = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        c => c,
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(plain).collect()
}

/// The text that is read: without what is folded.
fn body(article: &Article) -> String {
    let shown = article.body().filter(|(_, b)| !matches!(b.kind, BlockKind::Title | BlockKind::Byline | BlockKind::Date));
    folded(&shown.map(|(_, b)| b.range.of(&article.text)).collect::<Vec<_>>().join("\n"))
}

/// How many of how many were right, and what was wrong.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn count(&mut self, right: bool, wrong: impl FnOnce() -> String) {
        self.all += 1;
        self.right += usize::from(right);
        if !right {
            self.wrong.push(wrong());
        }
    }

    /// What is wrong, when fewer than `percent` are right.
    fn short_of(&self, what: &str, percent: usize) -> Option<String> {
        eprintln!("{what}: {} of {} right\n  {}", self.right, self.all, self.wrong.join("\n  "));
        (self.right * 100 < self.all * percent).then(|| format!("{what}: only {} of {} right, not {percent} %", self.right, self.all))
    }
}

#[test]
fn pages_give_what_a_reader_would_take_from_them() {
    let [mut title, mut date, mut byline, mut lang, mut url, mut ends, mut present, mut absent, mut once] =
        [(); 9].map(|()| Tally::default());
    let pages = pages();
    assert!(pages.len() >= 40, "only {} pages", pages.len());
    for path in &pages {
        let name = path.file_stem().expect("a name").to_string_lossy();
        let expected = std::fs::read_to_string(path.with_extension("json")).expect("expectations");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let article = read(path);
        let body = body(&article);
        let meta = &article.meta;
        let text = |key: &str| expected[key].as_str().map(folded);
        let list = |key: &str| expected[key].as_array().into_iter().flatten().filter_map(Value::as_str).map(folded).collect::<Vec<_>>();
        let found = meta.title.as_deref().map(folded);
        title.count(found == text("title"), || format!("{name}: {found:?}, not {:?}", text("title")));
        let found = meta.published.as_deref().map(|d| d[..10.min(d.len())].to_owned());
        date.count(found == text("date"), || format!("{name}: {found:?}, not {:?}", text("date")));
        let found: Vec<String> = meta.byline.iter().map(|n| folded(n)).collect();
        byline.count(found == list("byline"), || format!("{name}: {found:?}, not {:?}", list("byline")));
        let found = meta.lang.as_deref().map(|l| l.get(..2).unwrap_or(l).to_ascii_lowercase());
        lang.count(found == text("lang"), || format!("{name}: {found:?}, not {:?}", text("lang")));
        url.count(meta.url.as_deref().map(folded) == text("url"), || format!("{name}: {:?}, not {:?}", meta.url, text("url")));
        for end in ["first", "last"] {
            let words = folded(expected["paragraphs"][end].as_str().unwrap_or_default());
            ends.count(body.contains(&words), || format!("{name}: no {end} paragraph {words:?}"));
        }
        for words in list("present") {
            present.count(body.contains(&words), || format!("{name}: without {words:?}"));
        }
        for words in list("absent") {
            absent.count(!body.contains(&words), || format!("{name}: with {words:?}"));
        }
        for words in list("once") {
            once.count(body.matches(&words).count() == 1, || format!("{name}: {} times {words:?}", body.matches(&words).count()));
        }
    }
    let short: Vec<String> = [
        title.short_of("titles", 90),
        date.short_of("dates", 90),
        byline.short_of("bylines", 80),
        lang.short_of("languages", 85),
        url.short_of("addresses", 90),
        ends.short_of("first and last paragraphs", 95),
        present.short_of("strings of the article", 95),
        absent.short_of("strings of furniture left out", 90),
        once.short_of("words that come once", 50),
    ]
    .into_iter()
    .flatten()
    .collect();
    assert!(short.is_empty(), "{}", short.join("\n"));
}

const SAVED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_articles/saved-page.html");

#[test]
fn a_page_through_a_pipe_is_read_and_its_whole_is_a_key_away() {
    let command = format!("cat '{SAVED}' | pullquote");
    let mut run = Start::program("sh", ["-c", &command]).size(100, 30).env("TERM", "xterm").go();
    run.wait_text("grinds again after 61 years");
    run.wait_text("“I had a speech,”");
    assert!(!run.text().contains("store cookies"), "{}", run.text());
    run.keys("G");
    run.wait_text("▸ 21 lines left out (zB shows them): ");
    run.keys("gg");
    run.wait_gone("lines left out");
    run.keys("zB");
    run.wait_text("the whole page, to read only");
    run.keys("g");
    run.wait_text("store cookies");
    assert!(run.text().contains("│ ") && run.text().contains("[newsletter]") && run.text().contains("[navigation]"), "{}", run.text());
    run.resize(40, 12);
    run.wait_text("was le…");
    run.keys("G");
    run.wait_text("All rights reserved");
    run.keys("x");
    run.wait_gone("the whole page");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0), "{}", run.text());
}

#[test]
fn what_is_printed_of_a_page_says_what_was_left_out_and_what_is_empty_says_so() {
    let run = |command: &str| std::process::Command::new("sh").args(["-c", command]).output().expect("sh runs");
    let program = env!("CARGO_BIN_EXE_pullquote");
    for how in ["--plain", "--color=always"] {
        let shown = run(&format!("'{program}' show {how} '{SAVED}'"));
        let text = String::from_utf8(shown.stdout).expect("UTF-8");
        assert!(text.contains("lines left out: ") && text.contains("navigation") && text.contains("zB in the reader shows them"), "{text}");
    }
    let empty = run(&format!(": | '{program}'"));
    assert_eq!(String::from_utf8(empty.stderr).expect("UTF-8"), "pullquote: standard input: there is no text in it\n");
}
