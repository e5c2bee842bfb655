//! Reading comfort: links, footnotes, the set of the text, the scroll bar, the mouse, and what happens when the terminal or the disk goes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Modes, Run, Start};

/// Three links: two lead out, one is a footnote.
const LINKED: &str = "# Pier shut\n\nThe board published [its report](https://example.org/a/report?year=2031) on Monday.[^1] \
    “We had no choice,” said Ilse Brandt, the harbour master, who can be [asked](mailto:ilse@example.org) about it.\n\n\
    Nobody else spoke on that day, and the ferry stayed at the quay until the evening.\n\n\
    The crane [moves](javascript:alert(1)) too.\n\n[^1]: A survey of the piles was part of it.\n";

struct Desk {
    dir: TempDir,
    article: PathBuf,
}

impl Desk {
    fn new(name: &str, text: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let article = dir.path().join(name);
        fs::write(&article, text).unwrap();
        Self { dir, article }
    }

    /// Paragraphs enough for several screens.
    fn long() -> Self {
        let paragraph = |n: usize| {
            format!("Paragraph {n} says that the ferry came late. It left again at noon, and nobody was on board of it then.\n\n")
        };
        Self::new("article.txt", &(1..=60).map(paragraph).collect::<String>())
    }

    fn start(&self, cols: u16, rows: u16) -> Start {
        Start::pullquote([&self.article]).size(cols, rows)
    }

    fn open(&self, cols: u16, rows: u16) -> Run {
        ready(self.start(cols, rows))
    }

    fn notes(&self) -> Option<Value> {
        let file = fs::read(format!("{}.pullquote.json", self.article.display())).ok()?;
        Some(serde_json::from_slice(&file).unwrap())
    }

    /// A program that writes what it is given to a file, which is the second.
    fn opener(&self) -> (PathBuf, PathBuf) {
        let (program, log) = (self.dir.path().join("opener"), self.dir.path().join("opened"));
        fs::write(&program, format!("#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > {0}.new; mv {0}.new {0}\n", log.display())).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        (program, log)
    }
}

/// Starts, and waits for findings and notes.
fn ready(start: Start) -> Run {
    let run = start.go();
    run.wait("findings and notes", |screen| {
        let text = screen.contents();
        text.contains("READ") && !text.contains("reading …") && text.contains("0 note")
    });
    run
}

/// The same with settings of the reader's own.
fn with_config(start: Start, dir: &Path, config: &str) -> Start {
    fs::create_dir_all(dir.join("config/pullquote")).unwrap();
    fs::write(dir.join("config/pullquote/config.toml"), config).unwrap();
    start.env("XDG_CONFIG_HOME", dir.join("config"))
}

#[test]
fn a_link_is_seen_said_in_full_and_opened_with_the_readers_browser() {
    let desk = Desk::new("article.md", LINKED);
    let (opener, log) = desk.opener();
    let run = ready(desk.start(120, 40).env("BROWSER", format!("{} --tab", opener.display())));
    let (link, plain) = (run.style_of("its report"), run.style_of("published"));
    assert!(link.underline && link.dim && !plain.underline, "{link:?}");
    run.keys("]l");
    run.wait_text("→ https://example.org/a/report?year=2031");
    assert!(!log.exists(), "nothing is opened unasked");
    run.keys("gx");
    run.wait_text("opening https://example.org/a/report?year=2031");
    run.until("the browser", || log.exists());
    assert_eq!(fs::read_to_string(&log).unwrap(), "2|--tab|https://example.org/a/report?year=2031|", "one argument, and no shell");
}

#[test]
fn a_long_address_is_shown_in_full() {
    let address = format!("https://example.org/{}end", "long-way/".repeat(20));
    let desk =
        Desk::new("article.md", &format!("# Pier shut\n\nThe [report]({address}) is out, and a paragraph of words follows it here.\n"));
    let run = desk.open(80, 24);
    run.keys("]l");
    run.wait_text("long-way/end");
    let seen: String = run.text().lines().rev().take(3).collect::<Vec<_>>().into_iter().rev().map(str::trim).collect();
    assert!(seen.contains(&address), "{}", run.text());
}

#[test]
fn lists_hang_and_code_and_quotations_differ() {
    let text = "# Pier shut\n\n- one item that is so long that it goes on in the next row of the screen\n  - inner\n\n> Words\n>\n> > Inner words\n\n```\nlet pier;\n```\n\nSoft\u{ad}ly.\n";
    let desk = Desk::new("article.md", text);
    let run = desk.open(60, 24);
    run.wait_text("Softly.");
    let column = |words: &str| run.find(words).unwrap_or_else(|| panic!("{words}\n{}", run.text())).1;
    let item = column("one item");
    assert_eq!(
        run.text().lines().find(|l| l.contains("screen")).map(|l| l.chars().take_while(|c| *c == ' ').count()),
        Some(usize::from(item))
    );
    assert_eq!(column("• inner"), item);
    assert_eq!(column("│ Words"), column("│ │ Inner words"));
    assert_eq!(column("┊ let pier;"), column("│ Words"));
}

#[test]
fn numbers_of_links_are_drawn_and_move_no_offset() {
    let desk = Desk::new("article.md", LINKED);
    let (opener, log) = desk.opener();
    let start = with_config(desk.start(120, 40), desk.dir.path(), &format!("open = \"{}\"\n", opener.display()));
    let run = ready(start);
    assert!(!run.text().contains("report[1]"));
    run.keys("zl");
    run.wait_text("its report⟨1⟩ on Monday.[1] “We");
    assert!(run.text().contains("asked⟨2⟩"), "{}", run.text());
    // What is kept behind a number is where it is in the text.
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    let note = &desk.notes().unwrap()["annotations"][0]["anchor"];
    let text = "Pier shut\n\nThe board published its report on Monday.[1] ";
    assert_eq!((note["start"].as_u64(), note["exact"].as_str()), (Some(text.chars().count() as u64), Some("“We had no choice,”")));
    // The cursor stands on the words, not before them.
    let words = run.find("“We had no  ").unwrap();
    run.wait("the cursor on the words", |screen| screen.cursor_position() == words);
    run.keys("2gx");
    run.until("the command of the configuration", || log.exists());
    assert_eq!(fs::read_to_string(&log).unwrap(), "1|mailto:ilse@example.org|");
    run.keys("9gx");
    run.wait_text("there is no link 9: the last is 2");
    run.keys("zl");
    run.wait_gone("report[1]");
}

#[test]
fn what_is_no_web_or_mail_address_is_not_opened_and_a_missing_opener_is_said() {
    let desk = Desk::new("article.md", LINKED);
    let (opener, log) = desk.opener();
    let run = ready(desk.start(120, 40).env("BROWSER", &opener));
    run.keys("4]lgx");
    run.wait_text("not opened: javascript:alert(1) is neither a web nor a mail address; yl copies it");
    run.keys("yl");
    run.wait_text("sent javascript:alert(1) to the terminal's clipboard");
    assert!(!log.exists());
    drop(run);
    let start = with_config(desk.start(120, 40), desk.dir.path(), "open = \"no-such-browser -x\"\n");
    let run = ready(start);
    run.keys("1gx");
    run.wait_text("no program to open links (tried no-such-browser): set open in config.toml");
}

#[test]
fn an_address_in_plain_text_is_a_link() {
    let desk =
        Desk::new("article.txt", "Pier shut\n\nThe report is at https://example.org/r. Nobody read it before the vote of the board.\n");
    let run = desk.open(80, 24);
    assert!(run.style_of("https://example.org").underline);
    run.keys("]l");
    run.wait_text("→ https://example.org/r");
    assert!(run.text().contains("→ https://example.org/r "), "the point is the sentence's\n{}", run.text());
}

#[test]
fn a_footnote_is_gone_to_and_come_back_from() {
    let desk = Desk::new("article.md", LINKED);
    let run = desk.open(120, 40);
    run.keys("2]l");
    run.wait_text("→ [1] A survey of the piles");
    let mark = run.cursor();
    run.keys("gx");
    run.wait_text("Ctrl-o goes back");
    assert_eq!(run.find("[1] A survey"), Some(run.cursor()));
    run.keys("\x0f");
    run.wait("the mark again", |screen| screen.cursor_position() == mark);
    // From the note to its mark.
    run.keys("Ggx");
    run.wait_text("the caret is on no link");
    run.keys("(gx");
    run.wait("the mark from the note", |screen| screen.cursor_position() == mark);
}

#[test]
fn margins_and_spacing_are_set_with_keys_and_kept() {
    let desk = Desk::long();
    let home = TempDir::new().unwrap();
    let start = || desk.start(80, 24).env("XDG_STATE_HOME", home.path());
    let mut run = ready(start());
    let column = |run: &Run, words: &str| run.find(words).map(|(_, col)| col);
    assert_eq!(column(&run, "Paragraph 1 "), Some(4));
    run.keys("z>z>z>");
    run.wait_text("margins: 10 columns at least");
    assert_eq!(column(&run, "Paragraph 1 "), Some(10));
    run.keys("z+");
    run.wait_text("one empty line between");
    let (first, _) = run.find("Paragraph 1 ").unwrap();
    assert_eq!(run.row(usize::from(first) + 1).trim_end_matches('·').trim(), "", "{}", run.text());
    let second = run.row(usize::from(first) + 2);
    assert!(second.contains("noon") || second.contains("left"), "{}", run.text());
    // Moving goes from row to row of text.
    run.keys("gg");
    run.wait("the top", |screen| screen.cursor_position() == (first, 10));
    run.keys("j");
    run.wait("the next row", |screen| screen.cursor_position() == (first + 2, 10));
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));

    let run = ready(start());
    assert_eq!(column(&run, "Paragraph 1 "), Some(10), "kept\n{}", run.text());
    // Who says something else in the configuration means it.
    drop(run);
    let run = ready(with_config(start(), desk.dir.path(), "margin = 6\n"));
    assert_eq!(column(&run, "Paragraph 1 "), Some(6));
    run.keys("z<");
    run.wait_text("margins: 4 columns");
    run.keys("z=");
    run.wait_text("as configured");
    assert_eq!(column(&run, "Paragraph 1 "), Some(6));
}

#[test]
fn the_old_edge_is_marked_until_the_next_key_and_nothing_wakes_the_program_then() {
    let desk = Desk::long();
    let run = desk.open(80, 24);
    // The last row of the view is empty: the one above it is marked.
    let last = run.row(21);
    run.keys("\x04");
    run.wait_text("›");
    let (row, _) = run.find("›").unwrap();
    let words = |row: &str| row.replace(['›', '·'], " ").trim().to_owned();
    assert_eq!(words(&run.row(row.into())), words(&last), "the line that was last\n{}", run.text());
    // The mark may be seen before all of its frame is.
    assert!(is_idle(&run), "a mark waits for a key, not for a clock");
    let drawn = run.raw().len();
    assert!(is_idle(&run), "nor does it for another");
    assert_eq!(run.raw().len(), drawn);
    run.keys("j");
    run.wait_gone("›");
}

#[test]
fn a_bar_shows_where_the_view_the_notes_and_the_findings_are() {
    let desk = Desk::long();
    let run = desk.open(80, 24);
    assert!(run.style(2, 79).reverse && !run.style(20, 79).reverse, "the beginning is in view");
    run.keys("G");
    run.wait("the end", |screen| screen.cell(22, 79).is_some_and(vt100::Cell::inverse));
    assert!(!run.style(2, 79).reverse);
    run.keys("ggH");
    run.wait_text("1 note · saved");
    assert_eq!(run.find("•"), Some((2, 79)), "{}", run.text());
    run.keys("u");
    run.wait_text("0 notes · saved");
    drop(run);
    let run = ready(with_config(desk.start(80, 24), desk.dir.path(), "scrollbar = false\n"));
    assert!(!run.style(2, 79).reverse);
}

#[test]
fn the_status_line_says_how_long_it_takes_to_read_on() {
    let desk = Desk::long();
    let run = desk.open(80, 24);
    assert!(run.text().contains("0 % · 5 min left"), "{}", run.text());
    run.keys("30G");
    run.wait_text(" · 3 min left");
    run.keys("G");
    run.wait_text("100 % ·");
}

/// True when no thread of the program runs for half a second. Counted by the system, as voluntary and involuntary switches.
fn is_idle(run: &Run) -> bool {
    let switches = || -> usize {
        let tasks = fs::read_dir(format!("/proc/{}/task", run.pid())).unwrap();
        let status = tasks.filter_map(|t| fs::read_to_string(t.unwrap().path().join("status")).ok());
        let lines: Vec<String> =
            status.flat_map(|s| s.lines().filter(|l| l.contains("ctxt_switches")).map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.iter().filter_map(|l| l.split_whitespace().last()?.parse::<usize>().ok()).sum()
    };
    let settled = || {
        let before = switches();
        std::thread::sleep(std::time::Duration::from_millis(500));
        switches() == before
    };
    // What a key began may still be under way.
    (0..4).any(|_| settled())
}

#[test]
fn an_idle_reader_is_not_woken_and_asks_for_no_pointer_movement() {
    let desk = Desk::long();
    let run = desk.open(120, 40);
    assert!(is_idle(&run));
    let raw = run.raw();
    let asked = |mode: &str| raw.windows(mode.len()).any(|w| w == mode.as_bytes());
    assert!(asked("\x1b[?1002h") && !asked("\x1b[?1003h"), "drags are reported, movement is not");
    // A terminal that reports movement all the same draws nothing.
    run.keys("\x1b[<35;10;10M\x1b[<35;11;10M");
    assert!(is_idle(&run));
    assert_eq!(run.raw().len(), raw.len());
}

#[test]
fn a_drag_past_the_edge_scrolls_for_as_long_as_it_is_held_there() {
    let desk = Desk::long();
    let run = desk.open(80, 24);
    let press = |kind: u8, col: u16, row: u16| run.keys(&format!("\x1b[<{kind};{col};{row}M"));
    press(0, 10, 5);
    press(32, 12, 22);
    run.wait_text("SELECT");
    // One report, and nothing more: the pointer stays there.
    press(32, 12, 24);
    run.wait_text("Paragraph 12 ");
    run.wait_gone("Paragraph 1 ");
    // Back inside the text it stands still.
    press(32, 12, 10);
    assert!(is_idle(&run), "a button that is held in the text wakes nobody");
    press(32, 12, 24);
    run.wait_text("Paragraph 16 ");
    run.keys("\x1b[<0;12;24m");
    assert!(is_idle(&run), "nor does one that was let go");
    run.keys("y");
    run.wait_text("to the terminal's clipboard");
    run.keys("M");
    run.wait_text("the mouse is the terminal's");
    assert_eq!(run.modes().mouse, std::collections::BTreeSet::new());
    run.keys("M");
    run.wait_text("the mouse is ours");
    assert_eq!(run.modes().mouse, std::collections::BTreeSet::from([1000, 1002, 1006]));
    run.keys("Q");
    let mut run = run;
    run.exit();
    assert_eq!(run.modes(), Modes::default());
}

const SMALL: &str = "Harbour fee to rise\n\n\
    The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n";

#[test]
fn a_terminal_that_is_closed_costs_nothing_that_was_written() {
    let desk = Desk::new("article.txt", SMALL);
    let home = TempDir::new().unwrap();
    let start = || desk.start(100, 30).env("XDG_STATE_HOME", home.path());
    let mut run = ready(start());
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    run.keys("chalf a thought");
    run.wait_text("half a thought");
    run.hang_up();
    assert_eq!(run.exit().code, Some(129));
    assert_eq!(desk.notes().unwrap()["annotations"][0]["anchor"]["exact"], "“We had no choice,”");
    let run = start().go();
    run.wait_text("half a thought");
    run.keys("\x1b");
    run.wait_text("note kept");
}

/// A limit on the length of files stands for a full disk: every write fails, also for root.
#[test]
#[cfg(unix)]
fn a_full_disk_is_said_and_leaves_the_notes_as_they_were() {
    let desk = Desk::new("article.txt", SMALL);
    let run = desk.open(120, 40);
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    drop(run);
    let before = desk.notes().unwrap();
    let limited = format!("trap '' XFSZ; ulimit -f 0; exec pullquote '{}'", desk.article.display());
    let mut run = Start::program("sh", ["-c", &limited]).size(120, 40).go();
    run.wait_text("1 note · saved");
    run.keys("]qtclaim\r");
    run.wait_text("not saved: ");
    run.keys("j");
    run.wait_text("NOT SAVED");
    assert_eq!(desk.notes().unwrap(), before, "the file on the disk is whole");
    run.keys("Q");
    run.wait_text("Q again quits without saving");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(2));
    assert!(run.text().contains("pullquote: the last changes are not saved"), "{}", run.text());
    assert_eq!(run.modes(), Modes::default());
}

/// Nobody can write in `/proc`, not even root.
#[test]
#[cfg(target_os = "linux")]
fn notes_of_an_article_in_a_directory_that_is_read_only_are_kept_elsewhere() {
    let run = ready(Start::pullquote(["/proc/version"]).size(100, 30));
    run.keys("H");
    run.wait_text("notes cannot be written beside the article; they are in '");
    run.keys("l");
    run.wait_text("1 note · saved");
    let kept = fs::read_dir(run.home().join("data/pullquote/notes")).unwrap().map(|f| f.unwrap().path());
    let notes: Vec<Value> = kept.filter_map(|f| serde_json::from_slice(&fs::read(f).ok()?).ok()).collect();
    assert!(
        notes.iter().any(|n: &Value| n["source"]["path"] == "/proc/version" && n["annotations"].as_array().is_some_and(|a| a.len() == 1)),
        "{notes:#?}"
    );
}

#[test]
fn a_clock_that_was_set_back_loses_nothing() {
    let desk = Desk::new("article.txt", SMALL);
    let run = desk.open(120, 40);
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    drop(run);
    // As a reader wrote it whose clock ran far ahead.
    let path = format!("{}.pullquote.json", desk.article.display());
    let year = &desk.notes().unwrap()["annotations"][0]["created"].as_str().unwrap()[..4].to_owned();
    fs::write(&path, fs::read_to_string(&path).unwrap().replace(&format!("\"{year}-"), "\"2199-")).unwrap();
    let run = desk.start(120, 40).go();
    run.wait_text("1 note · saved");
    run.keys("]qtclaim\r");
    run.wait_text("tagged claim");
    run.until("the tag on the disk", || desk.notes().unwrap()["annotations"][0]["tags"] == serde_json::json!(["claim"]));
    // Another program writes meanwhile; its change and ours are both kept.
    let other = std::process::Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["add", desk.article.to_str().unwrap(), "--exact", "6 per cent", "--tag", "rate"])
        .env("XDG_DATA_HOME", run.home().join("data"))
        .output()
        .unwrap();
    assert!(other.status.success(), "{other:?}");
    run.keys("tport\r");
    run.until("both on the disk", || {
        let notes = desk.notes().unwrap();
        let all = notes["annotations"].as_array().unwrap();
        all.len() == 2 && all.iter().any(|a| a["tags"] == serde_json::json!(["claim", "port"]))
    });
    run.keys("uu");
    run.until("undone on the disk", || {
        desk.notes().unwrap()["annotations"]
            .as_array()
            .unwrap()
            .iter()
            .any(|a| a["anchor"]["exact"] == "“We had no choice,”" && a["tags"].as_array().is_none_or(Vec::is_empty))
    });
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_gets_plain_text_and_a_word_about_it() {
    let desk = Desk::new("article.txt", SMALL);
    let mut run = desk.start(100, 30).env("TERM", "dumb").go();
    assert_eq!(run.exit().code, Some(0));
    let text = run.text();
    assert!(text.contains("TERM=dumb") && text.contains("pullquote --linear") && text.contains("Harbour fee to rise"), "{text}");
    assert!(!run.raw().contains(&0x1b), "no escape sequence");
}

/// The output is a terminal, but there is none to read keys from.
#[test]
#[cfg(target_os = "linux")]
fn without_a_terminal_for_keys_there_is_one_clear_line() {
    let desk = Desk::new("article.txt", SMALL);
    let command = format!("setsid --wait pullquote '{}' </dev/null; echo ended with $?", desk.article.display());
    let run = Start::program("sh", ["-c", &command]).size(100, 30).go();
    run.wait_text("ended with 2");
    let text = run.text();
    assert!(text.contains("pullquote: cannot use this terminal; for plain text: pullquote show --plain"), "{text}");
}

#[test]
fn the_caret_goes_from_grapheme_to_grapheme_in_any_script() {
    // Each stands for one step, though a soft hyphen takes no column: a letter with its mark, two wide letters, a mark on nothing, a Hebrew letter, a soft hyphen, a no-break hyphen.
    let desk = Desk::new("article.txt", "e\u{301}漢字\u{5d0}\u{ad}\u{2011}x\n\n\u{301}y is a mark on nothing, which nobody would see.\n");
    let run = desk.open(80, 24);
    let (row, left) = run.cursor();
    for (step, column) in [1, 3, 5, 6, 6, 7].into_iter().enumerate() {
        run.keys("l");
        run.wait(&format!("step {step}"), |screen| screen.cursor_position() == (row, left + column));
    }
    run.keys("}");
    run.wait("the mark on nothing", |screen| screen.cursor_position() == (row + 2, left));
    assert!(run.row(usize::from(row) + 2).contains("\u{25cc}\u{301}y"), "{}", run.text());
    run.keys("l");
    run.wait("the letter behind it", |screen| screen.cursor_position() == (row + 2, left + 1));
}

#[test]
fn right_to_left_words_keep_their_cells_when_things_are_drawn_over_them() {
    let words = "שלום עולם 123 مرحبا";
    let desk = Desk::new("article.txt", &format!("Title here\n\n{words} and more of it, said somebody at the port on Monday.\n"));
    let run = desk.open(80, 24);
    let before = run.find(words).expect("the words in the order of the text");
    let line = run.row(before.0.into());
    run.keys("}vwwwH");
    run.wait_text("1 note · saved");
    assert_eq!(run.row(before.0.into()).replace('▎', " "), line);
    run.keys("us");
    run.wait_text("LABEL");
    run.keys("\x1b");
    run.wait_text("READ");
    assert_eq!(run.row(before.0.into()), line);
}
