//! The command line as a whole: every command, exit codes, error lines, hostile input, pipes.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::Start;

/// An article with two speakers, three figures' worth of fees and the word "fee" in many places. Invented.
const HARBOUR: &str = include_str!("fixtures/harbour.txt");

/// A folder of its own to run in, with a home beside it.
struct Desk {
    dir: TempDir,
}

/// What a run left.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dir.path().join("here")).expect("a folder in it");
        Self { dir }
    }

    /// A desk with the harbour article on it, as `a.txt`.
    fn with_article() -> Self {
        let desk = Self::new();
        desk.put("a.txt", HARBOUR);
        desk
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join("here").join(name)
    }

    fn put(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).expect("written");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.dir.path().join("home")).env("USER", "ada").current_dir(self.path(""));
        command
    }

    fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.feed(args, b"")
    }

    /// Runs with `input` on standard input.
    fn feed<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, input: &[u8]) -> Ran {
        let mut command = self.command();
        let mut child =
            command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("it ends");
        feeding.join().expect("fed");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn notes(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.path("a.txt.pullquote.json")).expect("the notes are there")).expect("JSON")
    }
}

impl Ran {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The run failed with this exit code and one error line.
    #[track_caller]
    fn failed(&self, code: i32, line: &str) {
        assert_eq!((self.code, self.err.as_str()), (Some(code), &*format!("pullquote: {line}\n")), "{self:?}");
    }

    #[track_caller]
    fn done(&self) -> &str {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{self:?}");
        &self.out
    }
}

/// No control, bidi control or invisible character.
fn is_harmless(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && pullquote::text::sanitize::is_hostile(c))
}

/// The slice of `text` between two code points.
fn slice(text: &str, record: &Value) -> String {
    let at = |key: &str| usize::try_from(record[key].as_u64().expect("an offset")).expect("small");
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn show_says_in_words_what_a_screen_would_show() {
    let desk = Desk::with_article();
    let out = desk.run(["show", "--plain", "a.txt"]).done().to_owned();
    assert!(out.starts_with("Title: Port fees: Okafor says cut will come “before the summer” [said by "), "{out}");
    assert!(out.contains("“The fee is only a part of it,” [said by Nils Lindgren]"), "{out}");
    assert!(out.contains("[Who is quoted]\n- Ines Okafor: "), "{out}");
    assert!(!out.contains('\x1b'));
    assert!(out.lines().any(|l| l.chars().count() > 100), "nothing is wrapped in a pipe");
    let same = desk.run(["a.txt"]);
    assert_eq!(same.done(), out, "without a terminal the reader prints as show --plain does");
    assert_eq!(desk.feed(["show"], HARBOUR.as_bytes()).done(), out, "show to a pipe, from a pipe");
    assert_eq!(desk.feed(["-"], HARBOUR.as_bytes()).done(), out);
    assert_eq!(desk.feed([""; 0], HARBOUR.as_bytes()).done(), out);
}

#[test]
fn show_on_a_terminal_wraps_and_highlights() {
    let desk = Desk::with_article();
    let path = desk.path("a.txt");
    let mut run = Start::pullquote([OsStr::new("show"), path.as_os_str()]).size(40, 40).go();
    assert_eq!(run.exit().code, Some(0), "{}", run.text());
    assert!(run.text().contains("“We will sign before the summer,” Ines\nOkafor said."), "{}", run.text());
    let (plain, quoted) = (run.style_of("who runs the port"), run.style_of("The fee is only"));
    assert_ne!(plain, quoted);
    assert!(!run.modes().styled, "no style is left on");
    let mut mono = Start::pullquote([OsStr::new("show"), path.as_os_str()]).env("NO_COLOR", "1").size(40, 40).go();
    assert_eq!(mono.exit().code, Some(0));
    let quoted = mono.style_of("The fee is only");
    assert_eq!(quoted.fg, vt100::Color::Default, "no colour");
    assert_ne!(quoted, mono.style_of("who runs the port"), "but still another look");
}

#[test]
fn extract_prints_one_object_or_an_array_or_lines() {
    let desk = Desk::with_article();
    desk.put("b.txt", "Short. “Yes,” said Ann Lee.\n");
    let one = desk.run(["extract", "a.txt", "--text"]);
    let record = one.json();
    one.done();
    let text = record["text"].as_str().expect("--text adds it");
    assert_eq!(text, HARBOUR);
    assert_eq!((record["id"].as_str(), record["offset_unit"].as_str()), (Some("a.txt"), Some("codepoint")));
    let quotes = record["quotes"].as_array().expect("a list");
    assert!(quotes.len() >= 3, "{quotes:?}");
    for list in ["quotes", "figures", "changes"] {
        for finding in record[list].as_array().expect("a list").iter().filter(|f| f.get("text").is_some()) {
            assert_eq!(slice(text, finding), finding["text"].as_str().expect("text"), "offsets are code points into the text");
        }
    }
    let many = desk.run(["extract", "a.txt", "b.txt"]).json();
    assert_eq!(many.as_array().expect("an array").iter().map(|r| &r["id"]).collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    assert!(many[0].get("text").is_none());
    let lines = desk.run(["extract", "a.txt", "b.txt", "--format", "jsonl"]);
    let ids: Vec<Value> = lines.done().lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")["id"].clone()).collect();
    assert_eq!(ids, ["a.txt", "b.txt"]);
    let quotes_alone = desk.run(["extract", "a.txt", "--kind", "quote"]).json();
    assert!(quotes_alone.get("quotes").is_some() && quotes_alone.get("people").is_none() && quotes_alone.get("figures").is_none());
}

#[test]
fn extract_as_csv_and_table() {
    let desk = Desk::with_article();
    desk.put("=b.txt", "“Yes,” said Ann Lee.\n");
    let ran = desk.run(["extract", "a.txt", "=b.txt", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(ran.done().as_bytes());
    let head: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(head.join(","), "article,kind,start,end,text,value,low,high,bound,unit,speaker,cue,via,person,topic,applies_to");
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("every row as wide as the header");
    assert!(rows.iter().any(|r| &r[1] == "quote" && &r[4] == "“Nobody is left behind.”" && &r[10] == "Ines Okafor"), "{rows:?}");
    assert!(rows.iter().any(|r| &r[0] == "'=b.txt" && &r[4] == "“Yes,”"), "a formula is disarmed");
    let table = desk.run(["extract", "a.txt", "--format", "table"]);
    let line = table.done().lines().find(|l| l.contains("“Nobody is left behind.”")).expect("a row").to_owned();
    assert!(line.contains("quote") && line.contains("Ines Okafor"), "{line}");
}

#[test]
fn a_corpus_streams_in_order_and_goes_on_after_a_bad_line() {
    let desk = Desk::new();
    let mut corpus = String::new();
    for i in 0..500 {
        // Sizes differ, so that articles are not done in the order in which they came.
        let text = format!("“Yes, {i},” said Ann Lee.\\n").repeat(1 + (i * 37) % 50);
        corpus.push_str(&format!("{{\"id\":\"n{i}\",\"text\":\"{text}\",\"extra\":1}}\n"));
        if i == 250 {
            corpus.push_str("\n{\"id\":\"bad\"\n");
        }
    }
    corpus.push_str("{\"id\":7,\"text\":\"“No,” said Bo Ek.\"}\n{\"text\":\"“No,” said Bo Ek.\"}");
    for jobs in ["1", "3"] {
        let ran = desk.feed(["extract", "--from", "jsonl", "--format", "jsonl", "--jobs", jobs, "-"], corpus.as_bytes());
        ran_ok(&ran);
    }
    let array = desk.feed(["extract", "--from", "jsonl", "-"], corpus.as_bytes());
    assert_eq!(array.json().as_array().map(Vec::len), Some(502));
    desk.feed(["extract", "--from", "jsonl", "-"], b"{\"id\":\"a\",\"text\":\"Nothing here\"}").failed_quietly();

    fn ran_ok(ran: &Ran) {
        assert_eq!(ran.code, Some(2), "a line failed");
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(ran.err.starts_with("pullquote: cannot read '-:253': "), "with its line number: {}", ran.err);
        let ids: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")["id"].clone()).collect();
        let mut want: Vec<String> = (0..500).map(|i| format!("n{i}")).collect();
        want.extend(["7".into(), "-:504".into()]);
        assert_eq!(ids, want);
    }
}

impl Ran {
    /// Nothing was found, and nothing went wrong.
    #[track_caller]
    fn failed_quietly(&self) {
        assert_eq!((self.code, self.err.as_str()), (Some(1), ""), "{self:?}");
    }
}

#[test]
fn whoever_waits_for_the_answer_to_a_line_gets_it() {
    let desk = Desk::new();
    let mut child = desk
        .command()
        .args(["extract", "--from", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in ["a", "b", "c"] {
        writeln!(stdin, "{{\"id\":\"{id}\",\"text\":\"“Yes,” said Ann Lee.\"}}").expect("written");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("an answer, while the input stays open");
        assert_eq!(serde_json::from_str::<Value>(&answer).expect("JSON")["id"], id);
    }
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn extract_at_the_end_of_a_pipe_reads_it() {
    let desk = Desk::new();
    let piped = desk.feed(["extract", "--kind", "person"], HARBOUR.as_bytes()).json();
    assert_eq!(piped["people"], desk.feed(["extract", "--kind", "person", "-"], HARBOUR.as_bytes()).json()["people"]);
    assert!(piped["people"].as_array().is_some_and(|p| !p.is_empty()), "{piped}");
}

#[test]
fn a_kind_asked_for_is_what_all_kinds_have_of_it() {
    let desk = Desk::with_article();
    let all = desk.run(["extract", "a.txt"]).json();
    for (kind, field) in [("quote", "quotes"), ("person", "people"), ("figure", "figures"), ("change", "changes")] {
        let one = desk.run(["extract", "a.txt", "--kind", kind]).json();
        assert_eq!(one[field], all[field], "{kind}");
        assert!(["quotes", "people"].iter().all(|f| *f == field || one[*f].is_null()), "{one}");
    }
}

#[test]
fn a_closed_pipe_is_success() {
    let desk = Desk::new();
    let line = format!("{{\"id\":\"a\",\"text\":{}}}\n", serde_json::to_string(HARBOUR).expect("JSON"));
    desk.put("corpus.jsonl", line.repeat(3000));
    for args in [&["extract", "--from", "jsonl", "corpus.jsonl", "--format", "csv"][..], &["man"], &["completions", "zsh"], &["--help"]] {
        let mut child = desk.command().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn add_finds_the_words_and_what_they_are() {
    let desk = Desk::with_article();
    let ran =
        desk.run(["add", "a.txt", "--exact", "\"Nobody is left behind.\"", "--tag", "claim", "--tag", "promise", "--note", "Ask *her*"]);
    let id = ran.done().trim().to_owned();
    let notes = desk.notes();
    let one = &notes["annotations"][0];
    assert_eq!(one["id"], id.as_str());
    assert_eq!((&one["kind"], &one["speaker"]["name"]), (&"quote".into(), &"Ines Okafor".into()), "{one}");
    assert_eq!(one["anchor"]["exact"], "“Nobody is left behind.”", "as the article has it");
    assert_eq!(slice(HARBOUR, &one["anchor"]), "“Nobody is left behind.”");
    assert_eq!(one["tags"], serde_json::json!(["claim", "promise"]));
    assert_eq!((&one["note"], &one["creator"]), (&"Ask *her*".into(), &"ada".into()));

    desk.run(["add", "a.txt", "--exact", "fee"]).failed(2, "'fee' stands 5 times in 'a.txt'; add --prefix, --suffix or --nth");
    desk.run(["add", "a.txt", "--exact", "fee", "--nth", "9"]).failed(2, "'fee' stands only 5 times in 'a.txt'; give a smaller --nth");
    desk.run(["add", "a.txt", "--exact", "no such words"])
        .failed(1, "'no such words' is not in 'a.txt'; copy the words from 'pullquote show'");
    desk.run(["add", "a.txt", "--exact", "fee", "--prefix", "has paid the", "--color", "green", "--status", "needs-source"]).done();
    let notes = desk.notes();
    let second = &notes["annotations"][1];
    let before: String = HARBOUR.chars().take(usize::try_from(second["now"]["start"].as_u64().expect("a place")).expect("small")).collect();
    assert!(before.ends_with("The port has paid the "), "{second}");
    assert_eq!((&second["kind"], &second["color"], &second["status"]), (&"passage".into(), &"green".into(), &"needs-source".into()));
    desk.run(["add", "a.txt", "--page", "--note", "Read again"]).done();
    assert!(desk.notes()["annotations"].as_array().expect("a list").iter().any(|a| a["kind"] == "page" && a["note"] == "Read again"));
}

#[test]
fn a_figure_brings_its_value() {
    let desk = Desk::with_article();
    desk.run(["add", "a.txt", "--exact", "12 per cent"]).done();
    let notes = desk.notes();
    let one = &notes["annotations"][0];
    assert_eq!((&one["kind"], &one["figure"]["value"], &one["figure"]["unit"]), (&"figure".into(), &12.into(), &"percent".into()), "{one}");
}

/// A desk with three annotations.
fn annotated() -> Desk {
    let desk = Desk::with_article();
    desk.run(["add", "a.txt", "--exact", "“Nobody is left behind.”", "--tag", "claim", "--status", "disputed", "--note", "a\nb"]).done();
    desk.run(["add", "a.txt", "--exact", "“The fee is only a part of it,”", "--tag", "claim", "--tag", "port"]).done();
    desk.run(["add", "a.txt", "--exact", "the town has lived from it", "--color", "pink"]).done();
    desk
}

#[test]
fn list_filters_by_tag_kind_speaker_and_status() {
    let desk = annotated();
    let texts = |filters: &[&str]| -> Vec<String> {
        let ran = desk.run(["list", "a.txt", "--format", "json"].iter().chain(filters));
        assert_eq!(ran.err, "");
        assert_eq!(ran.code, Some(i32::from(ran.json() == serde_json::json!([]))), "nothing found is 1");
        let words = |a: &Value| a["now"]["exact"].as_str().expect("words").trim_matches(['“', '”', '.', ',']).to_owned();
        ran.json().as_array().expect("an array").iter().map(words).collect()
    };
    let (nobody, fee, town) = ("Nobody is left behind", "The fee is only a part of it", "the town has lived from it");
    assert_eq!(texts(&[]), [nobody, fee, town]);
    assert_eq!(texts(&["--tag", "Claim"]), [nobody, fee]);
    assert_eq!(texts(&["--tag", "claim", "--tag", "port"]), [fee]);
    assert_eq!(texts(&["--kind", "passage,figure"]), [town]);
    assert_eq!(texts(&["--speaker", "okafor"]), [nobody]);
    assert_eq!(texts(&["--status", "disputed"]), [nobody]);
    assert_eq!(texts(&["--status", "verified"]), [""; 0]);
    let table = desk.run(["list", "a.txt"]);
    let row = table.done().lines().nth(1).expect("a row").to_owned();
    assert!(["quote", "disputed", "claim", "Ines Okafor", "“Nobody is left behind.”", "a b"].iter().all(|w| row.contains(w)), "{row}");
    desk.put("b.txt", "Nothing here.\n");
    desk.run(["list", "b.txt"]).failed_quietly();
    let both = desk.run(["list", "b.txt", "gone.txt", "a.txt"]);
    assert_eq!((both.code, both.err.as_str()), (Some(2), "pullquote: cannot read 'gone.txt': no such file; check the path\n"));
    assert!(both.out.contains("a.txt") && both.out.lines().count() == 4, "the others are listed: {}", both.out);
}

#[test]
fn export_writes_the_notes_file_markdown_and_csv() {
    let desk = annotated();
    let file = std::fs::read_to_string(desk.path("a.txt.pullquote.json")).expect("notes");
    assert_eq!(desk.run(["export", "a.txt", "--format", "json"]).done(), file, "the notes file itself");
    let claims = desk.run(["export", "a.txt", "--format", "json", "--tag", "port"]).json();
    assert_eq!((claims["format"].as_str(), claims["annotations"].as_array().map(Vec::len)), (Some("pullquote"), Some(1)));
    assert_eq!(desk.run(["export", "a.txt", "a.txt", "--format", "json"]).json().as_array().map(Vec::len), Some(2));

    let page = desk.run(["export", "a.txt", "--format", "markdown"]).done().to_owned();
    assert!(page.starts_with("# Port fees: Okafor says cut will come “before the summer”\n\n- Source: a.txt\n- By: Jo Writer\n"), "{page}");
    assert!(page.contains("\n> “Nobody is left behind.”\n\n— Ines Okafor\n\n- Tags: claim\n- Status: disputed\n\na\nb\n"), "{page}");
    assert!(page.contains("\n> “The fee is only a part of it,”\n\n— Nils Lindgren (said)\n\n- Tags: claim, port\n"), "{page}");

    let csv = desk.run(["export", "a.txt", "--format", "csv", "-o", "-"]).done().to_owned();
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().filter(Result::is_ok).count(), 3);
    assert_eq!(desk.run(["export", "a.txt", "--format", "markdown", "-o", "page.md"]).done(), "");
    let written = std::fs::read_to_string(desk.path("page.md")).expect("written");
    let unmarked: String = written.split_inclusive('\n').filter(|l| !l.starts_with("<!-- pullquote: ")).collect();
    assert!(unmarked == page && unmarked != written, "in a file the sections stand between markers: {written}");
    let nowhere = desk.run(["export", "a.txt", "--format", "csv", "-o", "no/such/x.csv"]);
    nowhere.failed(2, "cannot write 'no/such/x.csv': its directory does not exist; create that first");
}

#[test]
fn notes_go_where_they_are_told() {
    let desk = Desk::with_article();
    desk.run(["add", "a.txt", "--exact", "harbour fees", "--notes", "elsewhere.json"]).done();
    assert!(desk.path("elsewhere.json").exists() && !desk.path("a.txt.pullquote.json").exists());
    assert_eq!(desk.run(["--notes", "elsewhere.json", "list", "a.txt"]).done().lines().count(), 2);
    assert_eq!(desk.run(["list", "a.txt", "--notes", "other.json"]).code, Some(1));
}

#[test]
fn damaged_notes_are_reported_kept_and_do_not_hide_the_article() {
    let desk = annotated();
    let damaged = "{\n  \"format\": \"pullquote\",\n  oops";
    desk.put("a.txt.pullquote.json", damaged);
    let listed = desk.run(["list", "a.txt"]);
    assert_eq!(listed.code, Some(2));
    assert!(listed.err.starts_with("pullquote: cannot read the notes 'a.txt.pullquote.json': "), "{}", listed.err);
    assert_eq!(listed.err.lines().count(), 1);
    let shown = desk.run(["show", "a.txt"]);
    assert_eq!(shown.code, Some(2));
    assert!(shown.out.contains("Nobody is left behind"), "{shown:?}");
    assert_eq!(desk.run(["add", "a.txt", "--exact", "harbour fees"]).code, Some(2));
    assert_eq!(std::fs::read_to_string(desk.path("a.txt.pullquote.json")).expect("still there"), damaged);
}

#[test]
fn errors_are_one_line_with_cause_and_advice() {
    let desk = Desk::with_article();
    std::fs::create_dir(desk.path("folder")).expect("made");
    desk.put("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0");
    desk.run(["show", "gone.txt"]).failed(2, "cannot read 'gone.txt': no such file; check the path");
    desk.run(["gone.txt"]).failed(2, "cannot read 'gone.txt': no such file; check the path");
    desk.run(["extract", "folder"]).failed(2, "cannot read 'folder': it is a directory; give a file in it");
    desk.run(["extract", "--from", "jsonl", "gone"]).failed(2, "cannot read 'gone': no such file; check the path");
    desk.run(["show", "https://ada:key@news.example/a"])
        .failed(2, "cannot read 'https://ada:key@news.example/a': it holds a user name, which is never sent; leave it out");
    desk.run(["a.txt", "--encoding", "klingon"])
        .failed(2, "cannot read 'a.txt': there is no encoding 'klingon'; use a label such as utf-8, windows-1252 or shift_jis");
    desk.run(["a.txt", "list", "a.txt"])
        .failed(2, "'a.txt' stands before the command; put articles after it (./NAME when a file is called like a command)");
    desk.run(["list"]).failed(2, "the following required arguments were not provided: <ARTICLE>...; try 'pullquote list --help'");
    desk.run(["show", "--plian", "a.txt"]).failed(2, "unexpected argument '--plian' found; a similar argument exists: '--plain'");
    let binary = desk.run(["show", "picture.txt"]);
    assert_eq!((binary.code, binary.err.lines().count()), (Some(2), 1));
    assert!(binary.err.starts_with("pullquote: cannot read 'picture.txt': it is "), "{}", binary.err);
    let some = desk.run(["extract", "gone.txt", "a.txt", "folder", "--format", "jsonl"]);
    assert_eq!((some.code, some.err.lines().count(), some.out.lines().count()), (Some(2), 2, 1), "the others are done");
    let mut run = Start::pullquote([""; 0]).go();
    assert_eq!(run.exit().code, Some(2));
    assert!(run.text().contains("pullquote: no article given; try 'pullquote FILE', or 'pullquote --help'"), "{}", run.text());
}

#[test]
fn nothing_hostile_reaches_the_terminal() {
    let desk = Desk::new();
    let name = "evil\u{1b}]0;pwned\u{7}\u{202e}\n.txt";
    let text = "Title \u{1b}[31mred\u{9b}5m\u{202e}\u{200b}\n\n“Hidden\u{2066} \u{1b}[2Jwords,” said Ann\u{200b} Lee\u{7f}. “Plain words,” said Ann Lee.\n";
    desk.put(name, text);
    desk.run(["add", name, "--exact", "Plain words", "--tag", "t\u{1b}[5m", "--note", "n\u{1b}]52;c;x\u{7}\u{202e}"]).done();
    let commands: [&[&str]; 11] = [
        &["show", name],
        &["show", "--color", "never", "--unfold", name],
        &["extract", name],
        &["extract", "--format", "csv", name],
        &["extract", "--format", "table", name],
        &["extract", "--text", "--format", "jsonl", name],
        &["list", name],
        &["list", "--format", "json", name],
        &["list", "--format", "csv", name],
        &["export", "--format", "json", name],
        &["export", "--format", "markdown", name],
    ];
    for args in commands {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        assert!(!ran.out.is_empty() && is_harmless(&ran.out), "{args:?}: {:?}", ran.out);
    }
    let styled = desk.run(["show", "--color", "always", name]);
    let without_sgr = styled.done().split("\x1b[").map(|s| {
        s.split_once('m').map_or(s, |(codes, rest)| if codes.bytes().all(|b| b.is_ascii_digit() || b == b';') { rest } else { s })
    });
    assert!(without_sgr.clone().all(is_harmless), "only our own sequences: {styled:?}");
    let json = desk.run(["extract", "--text", name]).json();
    assert!(json["text"].as_str().expect("text").contains("\u{202e}\u{200b}"), "escaped, not changed");
    assert_eq!(json["id"], name);
    for args in [vec!["show", "no\u{1b}[31m\u{202e}such"], vec!["show", "--no\u{1b}[31msuch"], vec!["add", name, "--exact", "x\u{1b}[31m"]]
    {
        let ran = desk.run(&args);
        assert!(ran.code != Some(0) && ran.err.lines().count() == 1 && is_harmless(&ran.err), "{args:?}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_open() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    desk.put(name, HARBOUR);
    let ran = desk.run([OsStr::new("extract"), name, OsStr::new("--kind"), OsStr::new("person")]);
    ran.done();
    assert_eq!(ran.json()["id"], "caf\u{fffd}.txt");
    assert_eq!(desk.run([OsStr::new("add"), name, OsStr::new("--exact"), OsStr::new("harbour fees")]).code, Some(0));
    assert_eq!(desk.run([OsStr::new("list"), name]).done().lines().count(), 2);
}

#[test]
fn odd_inputs_are_articles_too() {
    let desk = Desk::new();
    desk.put("empty.txt", "");
    desk.put("line.txt", "word ".repeat(200_000));
    desk.put("marks.txt", "“\"‘'".repeat(100_000));
    for command in ["extract", "show"] {
        let ran = desk.run([command, "empty.txt"]);
        assert_eq!(ran.err, "pullquote: 'empty.txt': there is no text in it\n", "{ran:?}");
    }
    assert_eq!(desk.run(["show", "line.txt"]).done().lines().next().map(str::len), Some(999_999));
    assert!(desk.run(["extract", "marks.txt"]).code.is_some_and(|c| c < 2));
    desk.put("old.txt", b"Caf\xe9 owners said \x93no\x94 to the tax, and the caf\xe9 stayed open.\n");
    let old = desk.run(["show", "old.txt"]);
    assert!(old.out.contains("Café owners said “no”"), "{old:?}");
    assert!(old.err.contains("windows-1252"), "which encoding was taken is said: {old:?}");
}

#[test]
fn help_version_completions_and_manual() {
    let desk = Desk::new();
    assert_eq!(desk.run(["--version"]).done(), concat!("pullquote ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = desk.run(["--help"]).done().to_owned();
    for command in ["show", "extract", "add", "list", "export", "completions", "man"] {
        assert!(help.lines().any(|l| l.trim_start().starts_with(command)), "{command} is not in the help");
        assert!(desk.run([command, "--help"]).done().contains("Usage: pullquote"));
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(desk.run(["completions", shell]).done().contains("extract"), "{shell}");
    }
    assert!(desk.run(["man"]).done().starts_with(".ie \\n(.g .ds Aq"));
}

#[test]
fn two_scripts_at_once_lose_nothing() {
    let desk = Desk::with_article();
    std::thread::scope(|scope| {
        for who in ["x", "y"] {
            let desk = &desk;
            scope.spawn(move || {
                for i in 0..20 {
                    desk.run(["add", "a.txt", "--exact", "harbour fees", "--tag", &format!("{who}{i}")]).done();
                }
            });
        }
    });
    assert_eq!(desk.notes()["annotations"].as_array().map(Vec::len), Some(40));
}

#[test]
fn the_default_settings_are_printed_and_hold() {
    let desk = Desk::new();
    let printed = desk.run(["config", "--default"]).done().to_owned();
    assert!(printed.contains("theme = \"auto\"") && printed.contains("\n# next-quote = [\"] q\"]"), "{printed}");
    let folder = desk.dir.path().join("home/.config/pullquote");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), &printed).expect("written");
    assert!(desk.run(["config"]).done().trim_end().ends_with(".config/pullquote/config.toml"));
    std::fs::write(folder.join("config.toml"), "mouse = true\nmeasure = \"wide\"\n").expect("written");
    let ran = desk.run(["config"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("config.toml: line 2, column 11: measure = \"wide\": use a number from 20 to 400"), "{ran:?}");
}

#[test]
fn an_overview_in_a_pipe_is_plain_and_80_columns_wide() {
    let desk = Desk::with_article();
    let out = desk.run(["show", "--overview", "a.txt"]).done().to_owned();
    for heading in ["Where in the article", "Who is quoted", "Figures that change", "Open claims"] {
        assert!(out.contains(&format!("\n{heading}\n")), "{out}");
    }
    assert!(out.lines().all(|l| l.chars().count() <= 80) && !out.contains('\x1b'), "{out}");
    assert!(desk.run(["show", "--overview", "--ascii", "a.txt"]).done().is_ascii());
}
