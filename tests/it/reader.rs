//! The reader in a pseudo-terminal: what a person does, and what is on the disk and in the terminal afterwards.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::desk::{Desk, SMALL};
use crate::pty::{Modes, Run, Start};

fn open(desk: &Desk) -> Run {
    start(&desk.article(), 120, 40)
}

fn start(article: &Path, cols: u16, rows: u16) -> Run {
    let run = Start::pullquote([article]).size(cols, rows).env("TERM", "xterm-256color").go();
    run.wait_text("READ");
    run
}

#[test]
fn a_quotation_is_kept_tagged_and_noted_with_few_keys() {
    let desk = Desk::sample();
    let mut run = open(&desk);
    run.keys("]q]q\r");
    run.wait_text("1 note · saved");
    let kept = desk.annotations();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["kind"], "quote");
    assert_eq!(kept[0]["origin"], "accepted");
    assert!(kept[0]["speaker"]["name"].is_string(), "{}", kept[0]);
    let exact = kept[0]["anchor"]["exact"].as_str().unwrap().to_owned();
    assert!(exact.starts_with('“') && exact.ends_with('”'), "{exact}");
    let text: Vec<char> = fs::read_to_string(desk.article()).unwrap().chars().collect();
    let at = |name: &str| usize::try_from(kept[0]["anchor"][name].as_u64().unwrap()).unwrap();
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), exact, "offsets are code points");

    run.keys("tclaim\r");
    run.wait_text("tagged claim");
    run.keys("cis there a transcript?\x1b");
    run.wait_text("note kept");
    run.wait_text("1 note · saved");
    let noted = desk.annotations();
    assert_eq!(noted.len(), 1, "tag and note go to the same annotation");
    assert_eq!(noted[0]["id"], kept[0]["id"]);
    assert_eq!(noted[0]["tags"], serde_json::json!(["claim"]));
    assert_eq!(noted[0]["note"], "is there a transcript?");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!(run.modes(), Modes::default());
}

#[test]
fn keys_typed_before_anything_is_found_are_not_lost() {
    let desk = Desk::new(SMALL);
    let run = Start::pullquote([desk.article()]).size(120, 40).env("TERM", "xterm").go();
    run.keys("]q\rtsource\r");
    run.wait_text("tagged source");
    run.wait_text("1 note · saved");
    let kept = desk.annotations();
    assert_eq!(kept[0]["anchor"]["exact"], "“We had no choice,”");
    assert_eq!(kept[0]["speaker"]["name"], "Ilse Brandt");
    assert_eq!(kept[0]["tags"][0], "source");
}

#[test]
fn figures_keep_their_value_and_people_their_name() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("]f\r");
    run.wait_text("1 note · saved");
    run.keys("]p\r");
    run.wait_text("2 notes · saved");
    let kept = desk.annotations();
    assert_eq!(kept[0]["figure"], serde_json::json!({"value": 4, "unit": "percent"}));
    assert_eq!(kept[1]["kind"], "person");
    assert_eq!(kept[1]["anchor"]["exact"], "Ilse Brandt");
}

#[test]
fn undo_redo_delete_colour_and_status_reach_the_file() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("jjH");
    run.wait_text("1 note · saved");
    run.keys("Cg");
    run.wait_text("coloured green");
    run.keys("xv");
    run.wait_text("status verified");
    run.until("the status on disk", || desk.annotations()[0]["status"] == "verified");
    assert_eq!(desk.annotations()[0]["color"], "green");
    run.keys("u");
    run.wait_text("undone: status verified");
    run.until("the undone status on disk", || desk.annotations()[0]["status"].is_null());
    run.keys("\x12");
    run.wait_text("done again: status verified");
    run.keys("dd");
    run.wait_text("0 notes · saved");
    assert_eq!(desk.annotations().len(), 0);
    assert_eq!(desk.notes()["deleted"].as_array().unwrap().len(), 1);
    run.keys("u");
    run.wait_text("1 note · saved");
    assert_eq!(desk.annotations()[0]["color"], "green");
    assert_eq!(desk.notes()["deleted"].as_array().unwrap().len(), 0);
}

#[test]
fn the_span_of_an_annotation_changes_and_its_anchor_stays() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("}viwH");
    run.wait_text("1 note · saved");
    assert_eq!(desk.annotations()[0]["anchor"]["exact"], "The");
    run.keys("vwe");
    run.wait_text("SELECT");
    run.keys("R");
    run.wait_text("moved to these words");
    run.until("the new span on disk", || desk.annotations()[0]["now"]["exact"] == "The fee");
    assert_eq!(desk.annotations()[0]["anchor"]["exact"], "The");
}

#[test]
fn overlapping_annotations_are_normal() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("}vipH");
    run.wait_text("1 note · saved");
    run.keys("{viwtterm\r");
    run.wait_text("2 notes · saved");
    let kept = desk.annotations();
    assert_eq!(kept[0]["anchor"]["start"], kept[1]["anchor"]["start"]);
    assert_ne!(kept[0]["anchor"]["end"], kept[1]["anchor"]["end"]);
}

#[test]
fn an_open_note_survives_a_resize_and_a_hang_up() {
    let desk = Desk::new(SMALL);
    let home = TempDir::new().unwrap();
    let open = || {
        let run = Start::pullquote([desk.article()]).size(100, 30).env("TERM", "xterm").env("XDG_STATE_HOME", home.path()).go();
        run.wait_text("Harbour");
        run
    };
    let mut run = open();
    run.wait_text("READ");
    run.keys("]qchalf a thou");
    run.wait_text("half a thou");
    run.resize(60, 20);
    run.wait_text("half a thou");
    run.keys("ght");
    run.wait_text("half a thought");
    run.signal("HUP");
    let end = run.exit();
    assert_eq!(end.code, Some(129));
    assert_eq!(run.modes(), Modes::default());
    let mut run = open();
    run.wait_text("half a thought");
    run.keys("\x1b");
    run.wait_text("note kept");
    run.until("the note on disk", || desk.annotations().first().is_some_and(|a| a["note"] == "half a thought"));
    assert_eq!(desk.annotations()[0]["speaker"]["name"], "Ilse Brandt", "the note sits on the quotation it was begun on");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let run = open();
    run.wait_text("1 · saved");
    assert!(run.find("note on").is_none(), "a kept draft is gone");
}

#[test]
fn keys_typed_while_the_window_is_dragged_all_arrive() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("]qc");
    run.wait_text("note on");
    for n in 1..=60 {
        run.resize(if n % 2 == 0 { 80 } else { 70 }, 24);
        run.keys("z");
        // Each must show before the next is typed: a key that only waits for another would go unseen.
        run.wait(&format!("{n} letters"), |screen| screen.contents().matches('z').count() == n);
    }
}

#[test]
fn signals_leave_the_terminal_as_it_was() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let desk = Desk::new(SMALL);
        let mut run = open(&desk);
        run.keys("]q\r");
        run.signal(signal);
        assert_eq!(run.exit().code, Some(code), "{signal}");
        assert_eq!(run.modes(), Modes::default(), "{signal}");
    }
}

#[test]
fn stopping_gives_the_terminal_back_and_fg_takes_it_again() {
    let desk = Desk::new(SMALL);
    let command = format!("set -m; pullquote '{}'; echo stopped; sleep 0; fg; echo done", desk.article().display());
    let mut run = Start::program("bash", ["-c", &command]).size(80, 24).env("TERM", "xterm").go();
    run.wait_text("READ");
    run.keys("\x1a");
    run.wait_text("READ");
    run.until("a second start of the alternate screen", || count(&run.raw(), b"\x1b[?1049h") >= 2);
    assert!(count(&run.raw(), b"\x1b[?1049l") >= 1, "the screen was given back while stopped");
    run.keys("]q");
    run.wait_text("said by Ilse Brandt");
    run.keys("Q");
    run.wait_text("done");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!(run.modes(), Modes::default());
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|w| *w == needle).count()
}

/// Not a test: the program that [`a_panic_gives_the_terminal_back`] runs.
#[test]
#[ignore = "run by another test"]
fn panics_with_the_terminal_taken() {
    pullquote::tui::terminal::install_panic_hook();
    let _screen = pullquote::tui::terminal::Screen::enter(true, pullquote::text::ascii::Signs::default()).unwrap();
    panic!("on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let this = std::env::current_exe().unwrap();
    let args = ["--ignored", "--exact", "--nocapture", "--test-threads=1", "reader::panics_with_the_terminal_taken"];
    let mut run = Start::program(this, args).size(80, 24).env("TERM", "xterm").go();
    run.exit();
    assert!(count(&run.raw(), b"\x1b[?1049h") == 1, "the screen was taken");
    assert!(String::from_utf8_lossy(&run.raw()).contains("on purpose"), "the message is readable");
    assert_eq!(run.modes(), Modes::default());
}

#[test]
fn a_pipe_is_read_and_keys_come_from_the_terminal() {
    let desk = Desk::new(SMALL);
    let command = format!("cat '{}' | pullquote", desk.article().display());
    let mut run = Start::program("sh", ["-c", &command]).size(100, 30).env("TERM", "xterm").go();
    run.wait_text("READ");
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let kept: Vec<_> = walk(run.home()).into_iter().filter(|p| p.to_string_lossy().ends_with(".pullquote.json")).collect();
    assert_eq!(kept.len(), 1, "notes of a pipe lie in the data directory");
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn no_color_writes_no_colour_and_loses_no_mark() {
    let desk = Desk::new(SMALL);
    let run = Start::pullquote([desk.article()]).size(120, 40).env("TERM", "xterm").env("NO_COLOR", "1").go();
    run.wait_text("1 Quotes 2");
    run.keys("]q");
    run.wait_text("said by Ilse Brandt");
    let raw = run.raw();
    let text = String::from_utf8_lossy(&raw);
    for sequence in text.split("\x1b[").skip(1).filter_map(|s| s.split_once('m')).map(|(s, _)| s) {
        // Other sequences and what stands behind them may hold an m too.
        if !sequence.bytes().all(|b| b.is_ascii_digit() || b == b';') {
            continue;
        }
        for number in sequence.split(';').filter_map(|n| n.parse::<u32>().ok()) {
            assert!(!matches!(number, 30..=38 | 40..=48 | 90..=107), "a colour: {sequence}");
        }
    }
    assert!(run.style_of("Omar Haddad, who").underline, "people are underlined");
    assert!(run.style_of("4 per cent to").bold, "figures are bold");
    let (row, col) = run.find("answered: “They").unwrap();
    assert!(run.style(row, col + 11).italic, "quotations are italic");
}

#[test]
fn the_terminals_background_chooses_the_theme() {
    let desk = Desk::new(SMALL);
    let look = |answer| {
        let run = Start::pullquote([desk.article()]).size(120, 40).env("TERM", "xterm-256color").background(answer).go();
        run.wait_text("1 Quotes 2");
        run.keys("]q");
        run.wait_text("said by Ilse Brandt");
        run.style_of("4 per cent to").fg
    };
    let dark = look(Some("rgb:0000/0000/0000"));
    assert_ne!(look(Some("rgb:ffff/ffff/ffff")), dark);
    assert_eq!(look(None), dark, "a terminal that does not answer is taken for a dark one, and keys work");
}

#[test]
fn the_cursor_stands_on_the_caret() {
    let desk = Desk::new(SMALL);
    let mut run = open(&desk);
    run.keys("]q");
    run.wait_text("said by Ilse Brandt");
    let place = run.find("“We had no choice,” said").unwrap();
    run.wait("the cursor on the quotation", |s| s.cursor_position() == place);
    assert_eq!(run.cursor(), place);
    assert!(run.row(usize::from(place.0)).contains("We had"));
    assert!(run.is_raw());
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn a_large_article_is_shown_from_its_beginning_and_read_to_its_end() {
    let text =
        format!("{SMALL}\n{}\nThe very last words.\n", "The harbour was quiet, and nobody came to the quay all day.\n\n".repeat(6000));
    let desk = Desk::new(&text);
    let run = open(&desk);
    run.keys("G");
    run.wait_text("The very last words.");
    run.keys("gg]q\r");
    run.wait_text("1 note · saved");
    assert_eq!(desk.annotations()[0]["speaker"]["name"], "Ilse Brandt");
}

/// The terminal of the tests draws joined emoji side by side, six columns wide; the program takes them for two.
#[test]
fn joined_emoji_leave_nothing_behind_when_they_scroll_away() {
    let desk = Desk::new(&format!("Family news\n\nThey sent 👩‍👩‍👧\n\n{}", "A short line.\n\n".repeat(60)));
    let run = Start::pullquote([desk.article()]).size(80, 24).env("TERM", "xterm").go();
    run.wait_text("They sent");
    run.wait_text("saved");
    run.keys("G");
    run.wait_gone("They sent");
    assert_eq!(count(&run.raw(), b"\x1b[6n"), 0, "the terminal is asked nothing whose answer could be taken from the keys");
    assert!(run.find("👧").is_none() && run.find("👩").is_none(), "{}", run.text());
}

#[test]
fn rows_and_text_stay_in_step() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.wait_text("1 Quotes 2");
    run.keys("\tj");
    run.wait_text("PANE");
    run.wait_text("said by Omar Haddad");
    run.keys("\x1b");
    run.wait_text("READ");
    run.keys("[q");
    run.wait_text("said by Ilse Brandt");
    run.wait("the row of the quotation", |s| s.contents().contains("▸  “We had no choice"));
}

#[test]
fn search_is_live_and_forgiving() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.keys("/\"WE HAD no");
    run.wait_text("1/1");
    assert!(run.style_of("We had no choice,” said").bold);
    run.keys("\r");
    run.wait_text("said by Ilse Brandt");
    run.keys("/choice\rn");
    run.wait_text("/choice 2/2");
}

#[test]
fn furniture_is_folded_and_opens() {
    let desk = Desk::sample();
    let run = open(&desk);
    run.wait_text("folded: related link");
    assert!(run.find("Also Read").is_none());
    run.keys("zo");
    run.wait_text("Also Read");
    run.wait_text("unfolded: related link");
    run.keys("zc");
    run.wait_gone("Also Read");
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let desk = Desk::new(
        "Title \u{1b}]0;owned\u{7} here\n\nText with \u{1b}[31mred\u{1b}[0m and \u{202e}sdrawkcab\u{202c} and \u{9b}2J end of it.\n",
    );
    let mut run = open(&desk);
    run.wait_text("end of it");
    let raw = run.raw();
    assert_eq!(count(&raw, b"\x1b]0;"), 0);
    assert_eq!(count(&raw, b"\x1b[31mred"), 0);
    assert_eq!(count(&raw, "\u{202e}".as_bytes()), 0);
    assert_eq!(count(&raw, "\u{9b}".as_bytes()), 0);
    assert!(run.find("red").is_some() && run.find("drawkcab").is_some());
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn paste_goes_into_an_open_note_alone() {
    let desk = Desk::new(SMALL);
    let run = open(&desk);
    run.paste("dd\x1b");
    run.wait_text("nothing takes pasted text here");
    run.keys("]qc");
    run.wait_text("note on");
    run.paste("two\nlines");
    run.wait_text("lines");
    run.keys("\x1b");
    run.wait_text("note kept");
    run.until("the note on disk", || desk.annotations().first().is_some_and(|a| a["note"] == "two\nlines"));
}

#[test]
fn a_tiny_terminal_still_works() {
    let desk = Desk::new(SMALL);
    let mut run = start(&desk.article(), 20, 6);
    run.keys("]q\r");
    run.until("one annotation", || {
        fs::exists(desk.dir.path().join("article.txt.pullquote.json")).unwrap() && desk.annotations().len() == 1
    });
    run.resize(300, 100);
    run.wait_text("1 note · saved");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn notes_that_cannot_be_read_are_never_overwritten() {
    let desk = Desk::new(SMALL);
    let notes = desk.dir.path().join("article.txt.pullquote.json");
    fs::write(&notes, "{ \"format\": \"pullquote\", oops").unwrap();
    let mut run = Start::pullquote([desk.article()]).size(120, 40).env("TERM", "xterm").go();
    run.wait_text("cannot read the notes");
    run.keys("]q\r");
    run.wait_text("nothing can be changed");
    run.keys("Q");
    run.exit();
    assert_eq!(fs::read_to_string(&notes).unwrap(), "{ \"format\": \"pullquote\", oops");
}

#[test]
fn what_cannot_be_saved_is_said_and_does_not_hold_the_reader_prisoner() {
    let desk = Desk::new(SMALL);
    let notes = desk.dir.path().join("notes.json");
    let mut run =
        Start::pullquote([OsStr::new("--notes"), notes.as_os_str(), desk.article().as_os_str()]).size(120, 40).env("TERM", "xterm").go();
    run.wait_text("0 notes · saved");
    // A directory in the place of the file: nobody can write there, not even root.
    fs::create_dir(&notes).unwrap();
    run.keys("]q\r");
    run.wait_text("not saved");
    run.keys("j");
    run.wait_text("NOT SAVED");
    run.keys("Q");
    run.wait_text("Q again quits without saving");
    fs::remove_dir(&notes).unwrap();
    run.keys("u\x12");
    run.wait_text("1 note · saved");
    fs::remove_file(&notes).unwrap();
    fs::create_dir(&notes).unwrap();
    run.keys("tlast\r");
    run.wait_text("not saved");
    run.keys("Q");
    run.wait_text("Q again quits without saving");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(2));
    assert!(run.text().contains("the last changes are not saved"), "{}", run.text());
    assert_eq!(run.modes(), Modes::default());
}

#[test]
fn two_readers_lose_nothing() {
    let desk = Desk::new(SMALL);
    let (one, two) = (open(&desk), open(&desk));
    one.keys("]q\r");
    one.wait_text("1 note · saved");
    two.keys("]f\r");
    two.wait_text("2 notes · saved");
    one.keys("tmine\r");
    one.wait_text("2 notes · saved");
    let kept = desk.annotations();
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().any(|a| a["tags"][0] == "mine") && kept.iter().any(|a| a["kind"] == "figure"));
}

#[test]
fn the_overview_is_one_screen_and_the_same_as_that_of_show() {
    let desk = Desk::new(SMALL);
    let mut run = open(&desk);
    run.keys("]qxu"); // the first quotation becomes a claim that nobody checked
    run.wait_text("saved");
    run.keys("O");
    run.wait_text("q closes");
    let told = ["Who is quoted", "Omar Haddad", "Ilse Brandt", "↗ 4 percent to 6 percent", "Open claims", "unchecked", "We had no choice"];
    // A frame may come in pieces.
    for words in told {
        run.wait_text(words);
    }
    run.wait_text("▼ you are");
    run.keys("O");
    run.wait("the overview is closed", |screen| !screen.contents().contains("q closes"));
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    let mut shown = Start::pullquote([OsStr::new("show"), OsStr::new("--overview"), desk.article().as_os_str()]).size(120, 60).go();
    assert_eq!(shown.exit().code, Some(0));
    for words in told {
        assert!(shown.text().contains(words), "{words} is not in\n{}", shown.text());
    }
}

#[test]
fn a_terminal_without_utf_8_gets_ascii_alone() {
    let desk = Desk::new("Café fee to rise\n\n“We had no choice,” said Ilse Brandt, the harbour master.\n");
    let open = |lang: &str, option: &[&str]| {
        let args: Vec<&OsStr> = option.iter().map(OsStr::new).chain([desk.dir.path().join("article.txt").leak().as_os_str()]).collect();
        let run = Start::pullquote(args).size(120, 40).env("LANG", lang).go();
        run.wait_text("READ");
        run.wait_text("Ilse Brandt  ");
        let screen = run.text();
        run.keys("q");
        screen
    };
    let screen = open("C", &[]);
    assert!(screen.is_ascii(), "{screen}");
    assert!(screen.contains("Cafe fee") && screen.contains("\"We had no choice,\""), "{screen}");
    let screen = open("C.UTF-8", &["--ascii"]);
    assert!(screen.contains("Café fee") && screen.contains("\"We had no choice,\"") && !screen.contains(['─', '│', '¶', '▇']), "{screen}");
    assert!(open("C.UTF-8", &[]).contains('│'));
}
