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
