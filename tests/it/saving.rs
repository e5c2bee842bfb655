//! Nothing is lost when it cannot be saved: it is tried again, kept aside, taken in later, and said.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

const SMALL: &str = "Pier shut\n\n“We had no choice,” said Ilse Brandt, the harbour master.\n\n“Nobody asked us,” said Bo Sample.\n";

/// An article whose notes file can be barred: with a directory in its place nobody can write there, not even root.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("article.txt"), SMALL).unwrap();
        Self { dir }
    }

    fn notes(&self) -> PathBuf {
        self.dir.path().join("notes.json")
    }

    fn bar(&self) {
        fs::create_dir(self.notes()).unwrap();
    }

    fn unbar(&self) {
        fs::remove_dir(self.notes()).unwrap();
    }

    fn saved(&self) -> usize {
        let Ok(file) = fs::read(self.notes()) else { return 0 };
        serde_json::from_slice::<Value>(&file).unwrap()["annotations"].as_array().unwrap().len()
    }

    fn kept(&self) -> usize {
        fs::read_dir(self.dir.path().join("state/pullquote/unsaved")).map_or(0, Iterator::count)
    }

    fn start(&self) -> Start {
        let article = self.dir.path().join("article.txt");
        Start::pullquote([OsStr::new("--notes"), self.notes().as_os_str(), article.as_os_str()])
            .size(120, 40)
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
    }

    fn open(&self) -> Run {
        let run = self.start().go();
        run.wait("findings and notes", |screen| {
            let text = screen.contents();
            text.contains("READ") && !text.contains("reading …") && text.contains("0 notes · saved")
        });
        run
    }

    /// With one note that could not be saved.
    fn barred(&self) -> Run {
        let run = self.open();
        self.bar();
        run.keys("]q\r");
        run.wait_text("not saved");
        run
    }
}

#[test]
fn the_second_q_saves_when_there_is_room_again() {
    let desk = Desk::new();
    let mut run = desk.barred();
    run.keys("q");
    run.wait_text("Q again quits without saving");
    desk.unbar();
    run.keys("q");
    assert_eq!(run.exit().code, Some(0), "{}", run.text());
    assert_eq!((desk.saved(), desk.kept()), (1, 0));
}

/// Opens the article again, when it can be written to: what was kept comes in, once.
fn comes_back(desk: &Desk) {
    desk.unbar();
    let mut run = desk.start().go();
    run.wait_text("1 change that could not be saved was taken in");
    run.wait_text("1 note · saved");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!((desk.saved(), desk.kept()), (1, 0));
}

#[test]
fn what_is_given_up_is_kept_aside_and_comes_back() {
    let desk = Desk::new();
    let mut run = desk.barred();
    run.keys("q");
    run.wait_text("Q again quits without saving");
    run.keys("q");
    assert_eq!(run.exit().code, Some(2));
    let said = run.text().replace('\n', "");
    assert!(said.contains("the last changes are not saved") && said.contains("they are kept in '"), "{said}");
    assert_eq!(desk.kept(), 1);
    comes_back(&desk);
}

#[test]
#[cfg(unix)]
fn a_hang_up_with_unsaved_notes_keeps_them() {
    let desk = Desk::new();
    let mut run = desk.barred();
    run.signal("HUP");
    assert_eq!(run.exit().code, Some(129));
    assert!(run.text().contains("they are kept in '"), "{}", run.text());
    comes_back(&desk);

    let desk = Desk::new();
    let mut run = desk.barred();
    run.hang_up();
    run.exit();
    comes_back(&desk);
}

#[test]
fn w_saves_and_says_what_came_of_it() {
    let desk = Desk::new();
    let run = desk.barred();
    run.keys(":w\r");
    run.wait_text("not saved: ");
    // A line is being typed, which is no key that tries by itself: only `:w` says that it saved.
    desk.unbar();
    run.keys(":w\r");
    run.wait_text("1 note · saved");
    assert_eq!(desk.saved(), 1);
    run.keys(":w\r");
    run.wait_text("every change is saved at once");
}

#[test]
fn the_next_key_tries_again() {
    let desk = Desk::new();
    let run = desk.barred();
    run.keys("k");
    run.wait_text("NOT SAVED");
    desk.unbar();
    run.keys("j");
    run.wait_text("1 note · saved");
    assert_eq!((desk.saved(), desk.kept()), (1, 0));
}
