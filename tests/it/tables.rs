//! Tables on the screen: set in columns, as lists where they are too wide, with every place still where the text has it.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_articles/ferry-figures.md");

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        std::fs::copy(SAMPLE, dir.path().join("ferry.md")).unwrap();
        Self { dir }
    }

    fn article(&self) -> PathBuf {
        self.dir.path().join("ferry.md")
    }

    fn open(&self, cols: u16, rows: u16) -> Run {
        let run = Start::pullquote([self.article()]).size(cols, rows).go();
        run.wait("findings and notes", |screen| screen.contents().contains("READ") && !screen.contents().contains("reading …"));
        run
    }

    /// What the annotations on the disk stand on.
    fn kept(&self) -> Vec<String> {
        let Ok(file) = std::fs::read(self.dir.path().join("ferry.md.pullquote.json")) else { return vec![] };
        let notes: Value = serde_json::from_slice(&file).unwrap();
        notes["annotations"].as_array().unwrap().iter().map(|a| a["anchor"]["exact"].as_str().unwrap().to_owned()).collect()
    }
}

/// The lines between the one that holds `first` and the one that holds `last`, from the column that `first` begins at.
fn lines(run: &Run, first: &str, last: &str) -> Vec<String> {
    let (from, column) = run.find(first).unwrap_or_else(|| panic!("{first}\n{}", run.text()));
    let (to, _) = run.find(last).unwrap_or_else(|| panic!("{last}\n{}", run.text()));
    let cut = |row: String| row.chars().skip(usize::from(column)).collect::<String>().trim_end().to_owned();
    (from..=to).map(|row| cut(run.row(usize::from(row)))).collect()
}

#[test]
fn cells_stand_in_columns_under_a_heading() {
    let desk = Desk::new();
    let run = desk.open(80, 40);
    run.wait_text("1,420,450");
    assert_eq!(
        lines(&run, "Port  ", "1,420,450"),
        [
            "Port       │ Passengers 2030 │ Passengers 2031 │  Change",
            "───────────┼─────────────────┼─────────────────┼────────",
            "Nordhavn   │         612,400 │         668,900 │  +9.2 %",
            "Ostervik   │         401,050 │         455,310 │ +13.5 %",
            "Lille Sund │          88,700 │          79,200 │ −10.7 %",
            "Kap Torne  │         201,300 │         217,040 │  +7.8 %",
            "All        │       1,303,450 │       1,420,450 │  +9.0 %",
        ]
    );
    assert!(run.style_of("Passengers 2030").bold && !run.style_of("Nordhavn").bold);
}

#[test]
fn the_caret_the_search_and_a_click_find_their_cell() {
    let desk = Desk::new();
    let run = desk.open(80, 40);
    // A number at the right edge of its column, and words that go over two lines of their cell.
    for (typed, shown) in [("/455,310\r", "455,310"), ("/cheaper fares since the\r", "Cheaper fares since")] {
        run.keys(typed);
        run.until("the caret on the match", || run.find(shown) == Some(run.cursor()));
    }
    run.keys("j");
    let below = run.find("spring, and").expect("the second line of the cell");
    run.until("the caret on the line below in the cell", || run.cursor() == below);
    let (row, column) = run.find("+7.8 %").expect("the cell");
    run.keys(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", column + 2, row + 1, column + 2, row + 1));
    run.until("the caret in the cell", || run.cursor() == (row, column + 1));
    run.keys("0");
    run.until("the caret in the first cell", || run.cursor() == (row, 4));
    run.keys("$");
    run.until("the caret at the end of the last", || run.cursor() == (row, column + 5));
}

#[test]
fn a_selection_keeps_the_text_and_not_what_is_drawn_between_it() {
    let desk = Desk::new();
    let run = desk.open(80, 40);
    run.keys("/ostervik |\r");
    run.wait_text("1/2");
    run.keys("v/455\r");
    run.until("the selection's end", || run.find("455,310") == Some(run.cursor()));
    let (row, column) = run.find("401,050").expect("a cell between");
    assert!(run.style(row, column).reverse, "what stands between the ends is selected");
    assert!(!run.style(row, column - 3).reverse, "the blanks that align it are not");
    run.keys("h");
    run.until("the selection's end", || run.find("455,310").is_some_and(|(_, c)| run.cursor().1 < c));
    run.keys("H");
    run.until("the highlight", || desk.kept() == ["Ostervik | 401,050 | "] || desk.kept() == ["Ostervik | 401,050 |"]);
}

#[test]
fn a_table_that_is_too_wide_is_a_list_and_the_place_stays() {
    let desk = Desk::new();
    let run = desk.open(80, 24);
    run.keys("/haulier\r");
    run.wait_text("1/1");
    run.resize(40, 12);
    run.until("a list, and the caret on its word", || !run.text().contains('│') && run.find("haulier") == Some(run.cursor()));
    run.keys("zt");
    run.wait_text("Delays grew");
    let (row, column) = run.find("What follows: Two").unwrap();
    assert!(
        run.row(usize::from(row) + 1).starts_with(&format!("{:pad$}freight berths close", "", pad = usize::from(column) + 2)),
        "{}",
        run.text()
    );
    let delays = run.find("Delays grew").expect("the next row");
    assert!(delays.1 + 2 == column && run.style_of("Delays grew").bold, "{}", run.text());
}

#[test]
fn labels_stand_on_the_findings_in_cells() {
    let desk = Desk::new();
    let run = desk.open(80, 40);
    let (row, column) = run.find("612,400").expect("a figure");
    run.keys("s");
    run.wait_text("LABEL");
    let before = run.row(usize::from(row)).chars().nth(usize::from(column) - 1).unwrap();
    assert!(before.is_ascii_lowercase(), "{}", run.text());
}

#[test]
fn show_sets_tables_in_columns_on_a_terminal_and_says_them_plainly_elsewhere() {
    let desk = Desk::new();
    let run = Start::pullquote(["show".as_ref(), desk.article().as_os_str()]).size(70, 60).go();
    run.wait_text("14 November");
    let rows = lines(&run, "Route  ", "Lille Sund    │ day");
    assert_eq!(rows[0], "Route                │       │ Adults │ Children │ Dogs");
    assert_eq!(rows[3], "                     │ night │    €19 │    €9.50 │ free");
    assert!(run.row(usize::from(run.find("東港").unwrap().0)).trim_end().ends_with("│ ¥1,400 │     ¥700 │ n/a"), "{}", run.text());
    let run = Start::pullquote(["show".as_ref(), "--plain".as_ref(), desk.article().as_os_str()]).size(120, 60).go();
    run.wait_text("14 November");
    run.wait_text("Delays grew | Ice in February | None");
}
