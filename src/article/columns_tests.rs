use proptest::prelude::*;

use super::*;
use crate::article::tables::Cell;

/// A table of these rows, the first of headings, as ingest makes it: bars between the cells, but none before the first that has words.
fn table(rows: &[Vec<String>]) -> (String, Tables) {
    let mut text = String::new();
    let mut tables = Tables::default();
    tables.begin(Vec::new());
    for (n, cells) in rows.iter().enumerate() {
        let start = text.len();
        let mut found = Vec::new();
        for (column, words) in cells.iter().enumerate() {
            if text.len() > start {
                text.push_str(" | ");
            }
            let from = text.len();
            text.push_str(if from == start { words.trim_start() } else { words });
            found.push(Cell { range: TextRange::new(from, text.len()), column: u16::try_from(column).expect("few"), span: 1 });
        }
        let end = text.trim_end().len().max(start);
        text.truncate(grapheme::ceil(&text, end.max(start)));
        let end = text.len();
        if end > start {
            tables.push(&text, TextRange::new(start, end), n == 0, &found);
            text.push('\n');
        }
    }
    (text, tables)
}

fn rows_of(list: &[&[&str]]) -> Vec<Vec<String>> {
    list.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect()
}

/// The table as it is drawn, without the blanks at the ends of lines.
fn drawn(text: &str, tables: &Tables, width: usize) -> Vec<String> {
    let setting = set(&measure(text, tables, 0, &[]), width);
    let mut out = Vec::new();
    for n in tables.rows_of(0) {
        let Some(set) = row(text, tables, n, &setting, &[]) else {
            out.push(tables.range(n).of(text).to_owned());
            continue;
        };
        for line in 0..set.height() {
            let mut cells = vec![' '; width.min(200) + 8];
            let mut put = |x: usize, words: &str| words.chars().enumerate().for_each(|(i, c)| cells[x + i] = c);
            set.bars.iter().for_each(|&x| put(x, "│"));
            set.labels.iter().filter(|l| l.line == line).for_each(|l| put(set.label_x(), &format!("{}:", l.range.of(text))));
            set.line(line).iter().filter(|p| p.kind != Kind::Blank).for_each(|p| put(p.x, p.range.of(text).trim_end()));
            out.push(cells.iter().collect::<String>().trim_end().to_owned());
        }
    }
    out
}

#[test]
fn numbers_stand_at_the_right_and_words_at_the_left() {
    let rows =
        rows_of(&[&["Port", "2030", "Change"], &["Nordhavn", "612", "+9.2 %"], &["Ostervik", "1,050", "none"], &["Ny", "", "−10 %"]]);
    let (text, tables) = table(&rows);
    assert_eq!(
        drawn(&text, &tables, 40),
        ["Port     |  2030 | Change", "Nordhavn |   612 | +9.2 %", "Ostervik | 1,050 |   none", "Ny       |       |  −10 %"]
    );
}

#[test]
fn cells_wrap_inside_their_column() {
    let rows = rows_of(&[&["What", "Why"], &["Freight fell", "the bridge took all of the lorries"], &["Delays", "ice"]]);
    let (text, tables) = table(&rows);
    assert_eq!(
        drawn(&text, &tables, 34),
        ["What         | Why", "Freight fell | the bridge took all", "             │ of the lorries", "Delays       | ice"]
    );
}

#[test]
fn a_table_that_is_too_wide_is_a_list_of_its_rows() {
    let rows = rows_of(&[
        &["Route", "Adults", "Children", "Dogs and cats"],
        &["Nordhavn – Ostervik", "€12", "€6", "free on every day of the week"],
        &["Kap Torne", "", "€4", ""],
    ]);
    let (text, tables) = table(&rows);
    assert_eq!(
        drawn(&text, &tables, 28),
        [
            "Route | Adults | Children |",
            "Dogs and cats",
            "Nordhavn – Ostervik",
            "  Adults: €12",
            "  Children: €6",
            "  Dogs and cats: free on",
            "    every day of the week",
            "Kap Torne",
            "  Children: €4"
        ]
    );
}

#[test]
fn without_headings_a_table_that_is_too_wide_is_as_its_text() {
    let (text, mut tables) = table(&[]);
    assert!(text.is_empty());
    let text = "internationally | recognised | organisations";
    tables.push(text, (0..text.len()).into(), false, &[cell(0..15, 0, 1), cell(18..28, 1, 1), cell(31..44, 2, 1)]);
    assert_eq!(set(&measure(text, &tables, 0, &[]), 20), Setting::Text);
    assert!(matches!(set(&measure(text, &tables, 0, &[]), 60), Setting::Columns(_)));
}

fn cell(range: std::ops::Range<usize>, column: u16, span: u16) -> Cell {
    Cell { range: range.into(), column, span }
}

#[test]
fn cells_reach_over_columns_and_empty_columns_take_no_room() {
    let text = "Fares\nAdults |  | 12\nDogs |  | 4";
    let mut tables = Tables::default();
    tables.begin(vec![]);
    tables.push(text, (0..5).into(), true, &[cell(0..5, 0, 3)]);
    tables.push(text, (6..20).into(), false, &[cell(6..12, 0, 1), cell(15..15, 1, 1), cell(18..20, 2, 1)]);
    tables.push(text, (21..32).into(), false, &[cell(21..25, 0, 1), cell(28..28, 1, 1), cell(31..32, 2, 1)]);
    assert_eq!(drawn(text, &tables, 30), ["Fares", "Adults | 12", "Dogs   |  4"]);
}

#[test]
fn what_is_a_number() {
    for number in ["1,234", "−3.5 %", "$2.1bn", "(12)", "2031", "US$ 5", "12 km", "€0"] {
        assert!(is_number(number), "{number}");
    }
    for words in ["", "n/a", "Q1", "5 June 2031", "none", "A4 paper", "–"] {
        assert!(!is_number(words), "{words}");
    }
}

/// Every byte of a row has one place, and nothing stands over anything else.
fn check(text: &str, tables: &Tables, setting: &Setting, n: usize, width: usize) {
    let Some(set) = row(text, tables, n, setting, &[]) else { return };
    let mut at = tables.range(n).start();
    let mut all: Vec<Piece> = (0..set.height()).flat_map(|line| set.line(line).to_vec()).collect();
    all.sort_by_key(|p| p.range.start());
    for piece in &all {
        assert_eq!(piece.range.start(), at, "the pieces tile the row: {all:?}");
        assert_eq!(grapheme::floor(text, at), at);
        assert!(!piece.range.is_empty());
        assert_eq!(set.line_of(at), piece.line);
        at = piece.range.end();
        let words = piece.range.of(text);
        let parts = matches!(piece.kind, Kind::Bar | Kind::Blank);
        assert!(!parts || words.chars().all(|c| c.is_whitespace() || c == '|'), "a bar is a bar: {words:?}");
    }
    assert_eq!(at, tables.range(n).end());
    for line in 0..set.height() {
        let pieces = set.line(line);
        assert!(!pieces.is_empty(), "the caret can stand on every line");
        assert!(pieces.iter().any(|p| p.kind != Kind::Blank) || set.height() == 1);
        let seen: Vec<&Piece> = pieces.iter().filter(|p| p.kind != Kind::Blank).collect();
        let wide = |p: &Piece| grapheme::text_width(p.range.of(text).trim_end()).min(if p.kind == Kind::Bar { 3 } else { usize::MAX });
        for pair in seen.windows(2) {
            // A wide character in a column of one stands in the blank before the bar.
            assert!(pair[0].x + wide(pair[0]) <= pair[1].x + 1, "{pair:?}");
        }
        for piece in seen {
            assert!(piece.x + wide(piece) <= width.max(2) + INDENT * 2 || piece.kind == Kind::Bar, "{piece:?} at {width}");
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{0,9}",
        2 => "[0-9]{1,5}( %)?",
        2 => "([a-zA-Z]{1,12} ){0,12}[a-z]{1,8}",
        1 => "(漢|字|é|e\u{301}|\u{301}|👩‍👧| |a|\u{ad}|\\||\u{200b}){0,12}",
    ]
}

proptest! {
    #[test]
    fn every_byte_has_one_place(rows in prop::collection::vec(prop::collection::vec(words(), 1..9), 1..8), width in 0usize..90) {
        let (text, tables) = table(&rows);
        let setting = set(&measure(&text, &tables, 0, &[]), width);
        for n in tables.rows_of(0) {
            check(&text, &tables, &setting, n, width);
        }
    }

    #[test]
    fn wide_tables_too(columns in 1usize..61, width in 0usize..300, word in words()) {
        let rows: Vec<Vec<String>> = (0..3).map(|n| (0..columns).map(|c| if c % 7 == n { word.clone() } else { format!("{c}") }).collect()).collect();
        let (text, tables) = table(&rows);
        let setting = set(&measure(&text, &tables, 0, &[]), width);
        for n in tables.rows_of(0) {
            check(&text, &tables, &setting, n, width);
        }
    }
}

#[test]
fn no_more_of_a_long_table_is_measured_than_of_one_that_fills_screens() {
    let mut rows: Vec<Vec<String>> =
        (0..20_000).map(|n| vec![format!("row {n}"), "a few words of it".into(), format!("{}", n % 977)]).collect();
    let needs = |rows: &[Vec<String>]| {
        let (text, tables) = table(rows);
        measure(&text, &tables, 0, &[])
    };
    let screens = needs(&rows[..10_000]);
    let wide = "wider than any of the cells above it".to_owned();
    rows[19_999][1].clone_from(&wide);
    assert_eq!(needs(&rows), screens, "the last row was measured");
    rows[5][1] = wide;
    assert_ne!(needs(&rows), screens, "the first rows were not");
    // What is wider than its column is wrapped.
    let (text, tables) = table(&rows);
    let setting = set(&measure(&text, &tables, 0, &[]), 60);
    for n in [0, 10_000, 19_999] {
        check(&text, &tables, &setting, n, 60);
    }
}
