//! Finding: words and expressions in the text, all places of them in a list, keys and commands by their names, and what was typed before.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::pty::{Run, Start};

/// Two people, two quotations, two figures; "fee" in four places. Invented.
const ARTICLE: &str = "Harbour fee to rise\n\n\
    The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
    “We had no choice about the fee,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.” The fee is\nold.\n";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self::with(ARTICLE)
    }

    fn with(text: &str) -> Self {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("article.txt"), text).unwrap();
        Self(dir)
    }

    fn article(&self) -> PathBuf {
        self.0.path().join("article.txt")
    }

    fn open(&self, cols: u16, rows: u16) -> Run {
        let run = Start::pullquote([self.article()]).size(cols, rows).go();
        run.wait("the notes", |s| s.contents().contains("· saved"));
        run
    }
}

/// The row of the status line.
fn status(run: &Run) -> String {
    run.text().lines().last().unwrap().to_owned()
}

#[test]
fn an_expression_is_searched_counted_and_walked() {
    let desk = Desk::new();
    let run = desk.open(100, 24);
    run.keys("/~\\d per\\s");
    run.wait_text("1/2");
    run.keys("\r");
    run.wait("the counter in the status line", |s| s.rows(0, 100).last().is_some_and(|r| r.contains("/~\\d per\\s 1/2")));
    let first = run.cursor();
    run.keys("n");
    run.wait_text("2/2");
    assert!(run.cursor() != first);
    run.keys("n");
    run.wait_text("1/2");
    assert_eq!(run.cursor(), first, "round the end");
    run.keys("N");
    run.wait_text("2/2");
    // What the program folds is folded for expressions too: quotes, case, and the end of a line inside a paragraph.
    run.keys("/~\"they .* choice\r");
    run.wait_text("1/1");
    run.keys("/~zebras?\r");
    run.wait_text("'~zebras?' is not in the article");
    run.keys("j");
    run.wait_gone("is not in the article");
    run.keys("n");
    run.wait_text("'~zebras?' is not in the article");
}

#[test]
fn a_mistake_in_an_expression_is_said_while_it_is_typed() {
    let desk = Desk::new();
    let run = desk.open(40, 12);
    run.keys("/~(fee");
    run.wait("what is wrong, above the prompt", |s| {
        let rows: Vec<String> = s.rows(0, 40).collect();
        rows[11].contains("/~(fee") && rows[10].contains("group")
    });
    run.keys(")");
    run.wait_text("1/4");
}

#[test]
fn a_mistake_in_an_expression_stays_when_it_is_confirmed() {
    let desk = Desk::new();
    let run = desk.open(100, 24);
    run.keys("/~(\r");
    run.wait_text("'~(' is no regular expression: ");
}

#[test]
fn a_list_has_the_places_in_text_findings_and_notes() {
    let desk = Desk::new();
    let run = desk.open(120, 30);
    run.keys("]f\rcask the port about the fee\x1b");
    run.wait_text("1 note · saved");
    run.keys("gg:find fee\r");
    run.wait_text("5 places · n next · Enter goes there");
    let pane = |run: &Run| run.text().lines().filter_map(|l| l.split_once('│').map(|(_, p)| p.trim().to_owned())).collect::<Vec<_>>();
    let rows = pane(&run);
    let place = |words: &str| rows.iter().position(|r| r.contains(words)).unwrap_or_else(|| panic!("{words}: {rows:#?}"));
    assert!(place("Harbour fee to rise") < place("The fee will rise"), "{rows:#?}");
    assert!(rows[place("ask the port about the fee")].ends_with("note ¶2"), "{rows:#?}");
    assert!(rows[place("Ilse Brandt: “We had")].ends_with("quote ¶3"), "{rows:#?}");
    assert!(rows[place("The fee is old")].ends_with("text ¶4"), "{rows:#?}");
    // The first row is chosen; n walks, and Enter goes to the place.
    run.keys("n");
    run.wait_text("2/5");
    run.keys("nN");
    run.wait_text("2/5");
    run.keys("G\r");
    run.wait_text("READ  ¶4/4");
    run.keys("N");
    run.wait_text("4/5");
    run.wait("the caret on the quotation", |s| s.cursor_position().0 == 7);
    // All places of the list can be tagged at once: three new ones, the note, and the quotation with its speaker.
    run.keys("\x1b5ggVGtfee\r");
    run.wait_text("tagged fee on 5 rows");
    run.wait_text("5 notes · saved");
    run.keys("u");
    run.wait_text("1 note · saved");
    run.keys(":find zebra\r");
    run.wait_text("'zebra' is nowhere: not in the text, nor in findings and notes");
}

#[test]
fn the_last_search_is_listed_on_demand() {
    let desk = Desk::new();
    let run = desk.open(80, 24);
    run.keys("g/");
    run.wait_text(":find ");
    run.keys("\x1b/~\\d per cent\rg/");
    run.wait_text("2 places · n next");
    run.wait("the tab in front", |s| s.rows(0, 80).any(|r| r.contains("5 Found")));
    run.keys("q");
    run.wait_gone("5 Found");
    run.keys("\x1b5");
    run.wait_text("5 Found");
    run.keys("4");
    run.wait_text("no notes yet");
    assert!(!status(&run).contains("places"));
}

#[test]
fn a_place_is_looked_for_before_anything_is_read() {
    let desk = Desk::new();
    let run = Start::pullquote([desk.article()]).size(120, 30).go();
    run.keys(":find brandt\r");
    run.wait_text("places · n next");
    run.wait_text("Ilse Brandt: “We had");
}

#[test]
fn help_is_narrowed_by_typed_words() {
    let desk = Desk::new();
    for (cols, rows) in [(120, 40), (40, 12)] {
        let run = desk.open(cols, rows);
        run.keys("?");
        run.wait_text("pullquote: keys");
        run.keys("/claim status");
        run.wait_text("set its claim status");
        run.wait_gone("choose its colour");
        run.keys("\r");
        run.wait_text("keys with: claim status");
        run.keys("/zebra");
        run.wait_text("no line has these words");
        run.keys("\x1b");
        run.wait_text("pullquote: keys");
        run.wait_text("Annotate");
        run.keys("q");
        run.wait_text("READ");
    }
}

#[test]
fn the_palette_finds_actions_by_name_doc_and_key() {
    let desk = Desk::new();
    let run = desk.open(120, 30);
    let first = |words: &str| {
        run.wait(words, |s| {
            let rows: Vec<String> = s.rows(0, 120).collect();
            rows.iter().find(|r| r.contains(" — ")).is_some_and(|r| r.contains(words))
        });
    };
    run.keys(":");
    run.wait_text("keep — ");
    run.keys("]q");
    first("next-quote — next quotation");
    run.keys("\x15half page");
    first("half-page");
    run.keys("\x15claim status");
    first("status — set its claim status");
    run.keys("\t\r");
    run.wait_text("status  ");
    run.wait_text("verified");
}

#[test]
fn what_was_typed_comes_back_with_up_also_in_the_next_run() {
    let desk = Desk::new();
    let state = desk.0.path().join("state");
    let open = |more: &[&str]| {
        let article = desk.article();
        let args = [&[article.to_str().unwrap()], more].concat();
        let run = Start::pullquote(args).size(100, 24).env("XDG_STATE_HOME", &state).go();
        run.wait_text("0 notes");
        run
    };
    let mut run = open(&[]);
    run.keys(":find fee\r");
    run.wait_text("places · n next");
    run.keys("\x1b");
    run.wait_text("READ");
    run.keys("/ferry\r");
    run.wait_text("/ferry 1/1");
    run.keys(":mono\x15next-theme\r");
    run.wait_text("theme light");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let kept = fs::read_to_string(state.join("pullquote/typed.json")).unwrap();
    assert!(!kept.contains("mono"), "what was not done is not kept: {kept}");

    let mut run = open(&["--no-save"]);
    run.keys(":");
    run.wait_text("keep — ");
    run.keys("\x1b[A");
    run.wait_text(":next-theme");
    run.keys("\x1b[A");
    run.wait_text(":find fee");
    run.keys("\x1b[B\x1b[B");
    run.wait("the empty prompt", |s| s.rows(0, 100).last().is_some_and(|r| r.trim_end().starts_with(":   ")));
    run.keys("f\x1b[A");
    run.wait_text(":find fee");
    run.keys("\r");
    run.wait_text("places · n next");
    run.keys("q/\x1b[A");
    run.wait_text("/ferry");
    run.keys("\r");
    // Nothing is kept of this run.
    run.keys("/private words\r");
    run.wait_text("is not in the article");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!(fs::read_to_string(state.join("pullquote/typed.json")).unwrap(), kept);
}

#[test]
fn tags_of_one_article_are_offered_in_the_next() {
    let desk = Desk::new();
    let state = desk.0.path().join("state");
    fs::write(desk.0.path().join("other.txt"), "Ferry news\n\nThe ferry is late.\n").unwrap();
    let mut run = Start::pullquote([desk.article()]).size(100, 24).env("XDG_STATE_HOME", &state).go();
    run.keys("]qtharbour dues, -old\r");
    run.wait_text("1 note · saved");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let run = Start::pullquote([desk.0.path().join("other.txt")]).size(100, 24).env("XDG_STATE_HOME", &state).go();
    run.wait_text("0 notes");
    run.keys("jjt");
    run.wait_text("1 harbour dues");
    assert!(!run.text().contains("old"));
    run.keys("1");
    run.wait_text("tagged harbour dues");
}

#[test]
fn the_first_start_has_one_line_of_help_until_a_key() {
    let desk = Desk::new();
    let state = desk.0.path().join("state");
    for (cols, line) in
        [(100, "]q a quotation   Enter keeps it   t tags it   c notes   ? all keys"), (40, "]q a quotation   Enter keeps it")]
    {
        let run = Start::pullquote([desk.article()]).size(cols, 24).go();
        run.wait_text(line);
        run.keys("j");
        run.wait_gone(line);
    }
    let mut run = Start::pullquote([desk.article()]).size(100, 24).env("XDG_STATE_HOME", &state).go();
    run.wait_text("all keys");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    let run = Start::pullquote([desk.article()]).size(100, 24).env("XDG_STATE_HOME", &state).go();
    run.wait_text("0 notes");
    assert!(!run.text().contains("all keys"), "{}", run.text());
}

/// A page with all that a reference needs; its people and paper are invented.
const PAGE: &str = "---\ntitle: Harbour fee to rise\nauthor: Anna Miller\ndate: 2025-06-05\nurl: https://quay.example/fee\n---\n\n\
    The port spoke on Monday.\n\n“We had no choice,” said Ilse Brandt, the harbour master.\n";

/// What the terminal was last told to put on its clipboard.
fn sent(run: &Run) -> Option<String> {
    use base64::Engine;
    let raw = String::from_utf8_lossy(&run.raw()).into_owned();
    let (_, coded) = raw.rsplit_once("\x1b]52;c;")?;
    let coded = coded.split_once('\x07')?.0;
    String::from_utf8(base64::engine::general_purpose::STANDARD.decode(coded).ok()?).ok()
}

/// A folder of settings.
fn settings(desk: &Desk, toml: &str) -> PathBuf {
    let home = desk.0.path().join("settings");
    fs::create_dir_all(home.join("pullquote")).unwrap();
    fs::write(home.join("pullquote/config.toml"), toml).unwrap();
    home
}

#[test]
fn a_quotation_is_cited_in_the_style_of_the_settings() {
    let desk = Desk::new();
    let page = desk.0.path().join("page.md");
    fs::write(&page, PAGE).unwrap();
    let reference = "Miller, A. (2025, June 5). Harbour fee to rise. https://quay.example/fee";
    let run = Start::pullquote([&page]).size(100, 24).env("XDG_CONFIG_HOME", settings(&desk, "citation = \"apa\"\n")).go();
    run.keys("]qyc");
    run.wait_text("sent ");
    let said = format!("“We had no choice,” — Ilse Brandt, quoted in: {reference}");
    run.until("the citation", || sent(&run).as_deref() == Some(&said));
    // All quotations of a list, and words that nobody said.
    run.keys("\x1b1Vyc");
    run.until("the same from the list", || String::from_utf8_lossy(&run.raw()).matches("]52;c;").count() == 2);
    assert_eq!(sent(&run).as_deref(), Some(said.as_str()));
    run.keys("qgg/The port\ryc");
    run.until("a sentence", || sent(&run).as_deref() == Some(&format!("“The port spoke on Monday.” — {reference}")));
}

#[test]
fn tmux_is_asked_to_pass_it_on() {
    let desk = Desk::new();
    let run = Start::pullquote([desk.article()]).size(100, 24).env("TMUX", "/tmp/tmux-0/default,1,0").go();
    run.keys("]fyy");
    run.wait_text("sent 3 words to the terminal's clipboard");
    // tmux takes the words between its own begin and end; every escape in them is doubled.
    let raw = String::from_utf8_lossy(&run.raw()).into_owned();
    assert!(raw.contains("\x1bPtmux;\x1b\x1b]52;c;NCBwZXIgY2VudA==\x07\x1b\\"), "{raw:?}");
}

#[test]
fn a_program_takes_what_is_copied_and_what_fails_is_said() {
    let desk = Desk::new();
    let to = desk.0.path().join("my clipboard");
    let toml = format!("copy = \"tee '{}'\"\n", to.display());
    let run = Start::pullquote([desk.article()]).size(100, 24).env("XDG_CONFIG_HOME", settings(&desk, &toml)).go();
    run.keys("]fyy");
    run.wait_text("sent 3 words to 'tee'");
    run.until("the words in the file", || fs::read_to_string(&to).is_ok_and(|words| words == "4 per cent"));
    assert_eq!(sent(&run), None, "the terminal is not asked");
    // One that reads nothing and never ends does not hold up a key.
    let run = Start::pullquote([desk.article()]).size(100, 24).env("XDG_CONFIG_HOME", settings(&desk, "copy = \"sleep 60\"\n")).go();
    run.keys("]fyy");
    run.wait_text("sent 3 words to 'sleep'");
    run.keys("]f");
    run.wait_text("6 %");
    let run =
        Start::pullquote([desk.article()]).size(100, 24).env("XDG_CONFIG_HOME", settings(&desk, "copy = \"no-such-program -x\"\n")).go();
    run.keys("]fyy");
    run.wait_text("not copied: 'no-such-program': no such program");
}
