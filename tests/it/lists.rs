//! Lists of articles, what was read lately, and opening at a place.

use std::fs;

use tempfile::TempDir;

use crate::pty::{Run, Start};

const HARBOUR: &str =
    "Harbour fee to rise\n\n“We had no choice,” said Ilse Brandt, the harbour master.\n\nShips may wait longer in the spring.\n";
const BREAD: &str = "# Bread and salt\n\nThe bakery opens at dawn. Rosa Delgado bakes.\n";

struct Shelf {
    dir: TempDir,
    home: TempDir,
}

impl Shelf {
    fn new() -> Self {
        let shelf = Self { dir: TempDir::new().unwrap(), home: TempDir::new().unwrap() };
        fs::write(shelf.dir.path().join("a-harbour.txt"), HARBOUR).unwrap();
        fs::write(shelf.dir.path().join("b-bread.md"), BREAD).unwrap();
        fs::write(shelf.dir.path().join("a-harbour.txt.pullquote.json.lock"), "").unwrap();
        fs::write(shelf.dir.path().join("picture.png"), [0x89, b'P', b'N', b'G', 0]).unwrap();
        shelf
    }

    fn open(&self, args: &[&str]) -> Run {
        let args = args.iter().map(|a| {
            if *a == "DIR" {
                self.dir.path().to_str().unwrap().to_owned()
            } else {
                a.replace("DIR/", &format!("{}/", self.dir.path().display()))
            }
        });
        Start::pullquote(args).size(100, 20).env("TERM", "xterm-256color").env("XDG_STATE_HOME", self.home.path()).go()
    }
}

#[test]
fn a_directory_opens_as_a_list() {
    let shelf = Shelf::new();
    let mut run = shelf.open(&["DIR"]);
    run.wait_text("2 articles");
    run.keys("?");
    run.wait_text("keys of the list");
    run.wait_text("in an article: back to the list");
    run.keys("q");
    run.wait_text("▸ Harbour fee to rise");
    run.wait_text("Bread and salt");
    assert!(run.find("picture.png").is_none() && run.find(".lock").is_none(), "{}", run.text());
    run.keys("\r");
    run.wait_text("said Ilse Brandt");
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    run.keys("]b");
    run.wait_text("The bakery opens at dawn");
    run.keys("]b");
    run.wait_text("this is the last article of the list");
    run.keys("[b");
    run.wait_text("1 note · saved");
    run.keys("q");
    run.wait_text("2 articles");
    run.keys("/brsal");
    run.wait_gone("Harbour fee to rise");
    run.keys("\r");
    run.wait_text("The bakery opens at dawn");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn several_files_open_as_a_list_and_one_that_cannot_be_read_says_so() {
    let shelf = Shelf::new();
    let mut run = shelf.open(&["DIR/a-harbour.txt", "DIR/gone.txt"]);
    run.wait_text("no such file");
    run.keys("j\r");
    run.wait_text("▸ cannot read");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn the_keys_to_the_next_article_pass_over_what_cannot_be_read() {
    let shelf = Shelf::new();
    for (name, bytes) in [("aa.txt", &b"\x00\x01\x02"[..]), ("z.txt", b"\x00")] {
        fs::write(shelf.dir.path().join(name), bytes).unwrap();
    }
    let mut run = shelf.open(&["DIR/a-harbour.txt", "DIR/aa.txt", "DIR/b-bread.md", "DIR/z.txt"]);
    run.wait_text("Harbour fee to rise");
    run.keys("\r");
    run.wait_text("¶1/3");
    run.keys("]b");
    run.wait_text("passed over: cannot read");
    run.wait_text("The bakery opens at dawn");
    run.keys("]b");
    run.wait("the last that can be read is still there", |s| {
        s.contents().contains("z.txt") && s.contents().contains("The bakery opens at dawn")
    });
    run.keys("[b");
    run.wait_text("Harbour fee to rise");
    run.wait_text("passed over: cannot read");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn the_place_is_kept_and_what_was_read_lately_is_listed() {
    let shelf = Shelf::new();
    let mut run = shelf.open(&["DIR/a-harbour.txt"]);
    run.wait_text("READ");
    run.keys("G");
    run.wait_text("¶3/3");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let mut run = shelf.open(&["DIR/a-harbour.txt"]);
    run.wait_text("¶3/3");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let mut run = shelf.open(&[]);
    run.wait_text("Read lately");
    run.wait_text("▸ Harbour fee to rise");
    run.wait_text("100 %");
    run.keys("\r");
    run.wait_text("¶3/3");
    run.keys("q");
    run.wait_text("Read lately");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn what_is_folded_behind_the_text_is_not_waited_for() {
    let shelf = Shelf::new();
    let body = "The board met on Tuesday in the old customs house and voted to close the northern pier for the winter.\n\n";
    let tail = "About the author\n\nIlse Brandt is a senior reporter who covers the harbour for us. Follow her on Twitter @ilse.\n\nLeave a Reply\n\nSource link\n";
    fs::write(shelf.dir.path().join("tail.txt"), format!("The pier will close\n\n{}{tail}", body.repeat(3))).unwrap();
    let mut run = shelf.open(&["DIR/tail.txt"]);
    run.wait_text("folded: author box");
    run.keys("Gk");
    run.wait_text("¶4/");
    let status = run.text().lines().find_map(|l| l.split_once("¶4/")?.1.split(' ').nth(1)?.parse::<usize>().ok());
    run.keys("Q");
    run.exit();
    let mut run = shelf.open(&[]);
    run.wait_text("Read lately");
    run.wait(&format!("the place of the status line, {status:?}"), |s| s.contents().contains(&format!("{} %", status.unwrap_or(0))));
    run.keys("q");
    run.exit();
}

#[test]
fn two_places_are_one_too_many() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_pullquote")).args(["--at", "4", "--line", "3", "a.txt"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.ends_with("try 'pullquote --help'\n"), "{said}");
}

#[test]
fn an_article_opens_where_it_is_told_to() {
    let shelf = Shelf::new();
    for (place, shown) in [(["--at", "80"], "¶3/3"), (["--line", "3"], "¶2/3"), (["--search", "wait longer"], "¶3/3")] {
        let mut run = shelf.open(&[place[0], place[1], "DIR/a-harbour.txt"]);
        run.wait_text(shown);
        run.keys("gg");
        run.wait_text("¶1/3");
        run.keys("Q");
        assert_eq!(run.exit().code, Some(0));
    }
}

#[test]
fn a_place_that_is_not_there_is_said_and_costs_no_kept_place() {
    let shelf = Shelf::new();
    let leave = |run: &mut Run| {
        run.keys("Q");
        assert_eq!(run.exit().code, Some(0));
    };
    let mut run = shelf.open(&["--line", "3", "DIR/a-harbour.txt"]);
    run.wait_text("¶2/3");
    leave(&mut run);
    let asked = [
        (["--search", "whales"], "'whales' is not in the article"),
        (["--line", "0"], "the article has no line 0"),
        (["--at", "9999"], "the article's text ends before 9999"),
    ];
    for (place, said) in asked {
        let mut run = shelf.open(&[place[0], place[1], "DIR/a-harbour.txt"]);
        run.wait_text(said);
        run.keys("\x1b"); // what was said goes from the status line
        run.wait_text("¶2/3");
        leave(&mut run);
    }
}

#[test]
fn keys_typed_while_one_article_follows_another_are_for_the_next() {
    let shelf = Shelf::new();
    let mut run = shelf.open(&["DIR"]);
    run.wait_text("2 articles");
    run.keys("\r]bG");
    run.wait_text("The bakery opens at dawn");
    run.wait_text("¶2/2");
    run.keys("qk\r");
    run.wait_text("said Ilse Brandt");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn nothing_to_list_is_an_error() {
    let shelf = Shelf::new();
    let mut run = shelf.open(&[]);
    assert_eq!(run.exit().code, Some(2));
    assert!(run.find("no article given").is_some(), "{}", run.text());
    let empty = shelf.dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let mut run = shelf.open(&["DIR/empty"]);
    assert_eq!(run.exit().code, Some(2));
    assert!(run.find("no articles in").is_some(), "{}", run.text());
}
