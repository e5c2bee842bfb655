//! What the reader is told and offered, where there is little room for it.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use tempfile::TempDir;

use crate::pty::{Run, Start};

const SMALL: &str = "Pier shut\n\n“We had no choice,” said Ilse Brandt, the harbour master.\n\n“Nobody asked us,” said Bo Sample.\n";

fn desk(text: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("article.txt"), text).unwrap();
    dir
}

fn open(dir: &TempDir, (cols, rows): (u16, u16)) -> Run {
    let run = Start::pullquote([dir.path().join("article.txt")]).size(cols, rows).go();
    run.wait("findings and notes", |screen| {
        let text = screen.contents();
        text.contains("READ") && !text.contains("reading …") && text.contains("0 ")
    });
    run
}

fn config(dir: &TempDir, text: &str) {
    fs::create_dir_all(dir.path().join("config/pullquote")).unwrap();
    fs::write(dir.path().join("config/pullquote/config.toml"), text).unwrap();
}

#[test]
fn a_message_that_is_too_long_is_cut_in_its_path_and_else_shown_in_full() {
    let dir = desk(SMALL);
    let deep = dir.path().join("a-folder-with-a-rather-long-name/and-another-one-below-it");
    fs::create_dir_all(&deep).unwrap();
    let notes = deep.join("interview.md.pullquote.json");
    let run = |cols| {
        let article = dir.path().join("article.txt");
        let run = Start::pullquote([OsStr::new("--notes"), notes.as_os_str(), article.as_os_str()]).size(cols, 24).go();
        run.wait_text("0 notes · saved");
        fs::create_dir(&notes).unwrap();
        run.keys("]q\r");
        run
    };
    let wide = run(110);
    wide.wait_text("cannot write '…/interview.md.pullquote.json'");
    assert!(wide.row(23).contains("not saved: it is no ordinary file: cannot write '…/interview.md"), "{}", wide.text());
    drop(wide);
    fs::remove_dir(&notes).unwrap();
    let narrow = run(60);
    narrow.wait_text("not saved: it is no ordinary file");
    let words: String = narrow.text().split_whitespace().collect();
    assert!(words.contains(&notes.display().to_string()), "{}", narrow.text());
    narrow.keys("j");
    narrow.wait_gone("it is no ordinary file");
    narrow.wait_text("READ");
}

#[test]
fn every_choice_of_a_menu_is_seen_on_a_narrow_screen() {
    let dir = desk(SMALL);
    let run = open(&dir, (40, 12));
    run.keys("]qx");
    run.wait_text("- none");
    let shown = run.text();
    for status in ["unchecked", "verified", "disputed", "needs-source"] {
        assert!(shown.contains(status), "{status}: {shown}");
    }
    run.keys("\x1b");
    run.wait_gone("verified");
    run.keys("C");
    run.wait_text("yellow");
    run.wait_text("- none");
    for color in ["yellow", "green", "blue", "pink", "orange", "purple"] {
        assert!(run.text().contains(color), "{color}: {}", run.text());
    }
}

#[test]
fn errors_of_the_configuration_are_counted() {
    let dir = desk(SMALL);
    config(&dir, "measure = \"wide\"\nmouse = 3\nno-such = 1\n");
    let run = Start::pullquote([dir.path().join("article.txt")]).size(120, 40).env("XDG_CONFIG_HOME", dir.path().join("config")).go();
    run.wait_text("3 messages, gm lists them; the first: ");
    run.keys("gm");
    run.wait_text("messages, newest first");
    let words: String = run.text().split_whitespace().collect();
    for told in ["line1,column11:measure=\"wide\":use", "line2,column9:mouse=3:usetrueorfalse", "line3,column1:no-such:nosuchsetting"] {
        assert!(words.contains(told), "{told}: {}", run.text());
    }
}

#[test]
fn a_key_taken_from_another_action_is_a_note_and_no_error() {
    let dir = desk(SMALL);
    config(&dir, "[keys.read]\ntag = \"j\"\n");
    let output = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .arg("config")
        .env("HOME", dir.path())
        .env("XDG_CONFIG_HOME", dir.path().join("config"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("note: j was down; it is now tag"), "{said}");
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_wheel_over_the_pane_scrolls_its_rows_and_not_the_article() {
    let paragraph = |n: usize| format!("“We had no choice {n},” said Ilse Brandt, the harbour master, in the hall.\n\n");
    let dir = desk(&(1..=60).map(paragraph).collect::<String>());
    let run = open(&dir, (120, 24));
    let (row, col) = run.find("Ilse Brandt  ").expect("the pane's first row");
    let top = run.row(2).chars().take(60).collect::<String>();
    for _ in 0..3 {
        run.keys(&format!("\x1b[<65;{};{}M", col + 1, row + 3));
    }
    run.wait("rows scrolled by nine lines", |screen| {
        let first: String = screen.contents().lines().nth(2).unwrap_or_default().chars().skip(60).collect();
        first.contains("choice 9,")
    });
    assert_eq!(run.row(2).chars().take(60).collect::<String>(), top, "the article stays");
    run.wait_text(" READ ");
}

#[test]
fn enter_on_the_row_that_is_marked_goes_there_at_once() {
    let dir = desk(SMALL);
    let run = open(&dir, (120, 40));
    run.keys("]q]q\rgg");
    run.wait_text("¶1/3");
    run.keys("\x1b4");
    run.wait_text("PANE");
    run.keys("\r");
    run.wait_text("¶3/3");
    run.wait_text("READ");
}

#[test]
fn ends_and_pending_keys_are_said_and_the_only_row_is_done() {
    let dir = desk(SMALL);
    let run = open(&dir, (120, 40));
    run.keys("z+z+z+z+z+");
    run.wait_text(", as far as it goes");
    run.keys("m");
    run.wait_text("  m…");
    run.keys("a'");
    run.wait_text("  '…");
    run.keys("a:next quote\r");
    run.wait_text("¶2/3");
}

#[test]
fn what_was_said_can_be_read_again() {
    let dir = desk(SMALL);
    let run = open(&dir, (80, 24));
    run.keys("z+");
    run.wait_text("lines: one empty line between");
    run.keys("ma");
    run.wait_text("mark a set");
    run.keys(":messages\r");
    run.wait_text("messages, newest first");
    let at = |words| run.find(words).map(|(row, _)| row);
    assert_eq!((at("mark a set"), at("lines: one empty line between")), (Some(2), Some(3)), "{}", run.text());
    run.keys("q");
    run.wait_gone("newest first");
}
