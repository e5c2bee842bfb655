use super::*;
use crate::article::{Block, Reason};
use proptest::prelude::*;

fn article(lines: &[(&str, BlockKind)]) -> Article {
    let mut article = Article::default();
    for (line, kind) in lines {
        let start = article.text.len();
        article.text.push_str(line);
        article.blocks.push(Block { range: TextRange::new(start, article.text.len()), kind: *kind });
        article.text.push('\n');
    }
    article
}

fn drawn(flow: &Flow, article: &Article) -> Vec<String> {
    let mut place = flow.first();
    let mut out = Vec::new();
    loop {
        out.push(match flow.line(&article.text, place) {
            Line::Gap | Line::LeftOut => String::new(),
            Line::Row { range, .. } => range.of(&article.text).trim_end().to_owned(),
            Line::Rule => "rule".into(),
            Line::Picture(picture, range) => range.of(flow.picture(picture).unwrap_or_default()).trim_end().to_owned(),
            Line::Fold(n) => format!("fold {n}"),
        });
        let next = flow.down(&article.text, place, 1);
        if next == place {
            return out;
        }
        place = next;
    }
}

#[test]
fn furniture_folds_as_one_line_and_opens() {
    let furniture = BlockKind::Boilerplate(Reason::AuthorBox);
    let a = article(&[("Title", BlockKind::Title), ("one two three", BlockKind::Paragraph), ("box", furniture), ("more box", furniture)]);
    let mut flow = Flow::new(&a, 8);
    assert_eq!(drawn(&flow, &a), ["Title", "", "one two", "three", "", "fold 0"]);
    flow.set_fold(&a, 0, true);
    assert_eq!(drawn(&flow, &a), ["Title", "", "one two", "three", "", "fold 0", "box", "more", "box"]);
    assert_eq!(flow.fold_at(&a, a.text.len() - 2), Some(0));
}

#[test]
fn an_empty_article_has_one_line() {
    let a = Article::default();
    assert_eq!(drawn(&Flow::new(&a, 10), &a), [""]);
}

#[test]
fn spaced_lines_have_empty_ones_between_them() {
    let a = article(&[
        ("one two three", BlockKind::Paragraph),
        ("four five", BlockKind::Paragraph),
        ("six", BlockKind::ListItem),
        ("seven", BlockKind::ListItem),
    ]);
    let mut flow = Flow::new(&a, 8);
    flow.set_spacing(1);
    assert_eq!(drawn(&flow, &a), ["one two", "", "three", "", "", "four", "", "five", "", "", "six", "", "seven"]);
    let between = flow.down(&a.text, flow.first(), 1);
    assert_eq!(TextRange::new(flow.start_of(&a.text, between), 13).of(&a.text), "three", "an empty line leads to the row below");
    assert_eq!(flow.place_of(&a.text, 8), flow.down(&a.text, flow.first(), 2));
}

#[test]
fn items_hang_and_stand_by_their_level() {
    let mut a = article(&[("• one two three", BlockKind::ListItem), ("12. four five six", BlockKind::ListItem)]);
    a.nested = vec![(a.blocks[1].range.start(), 1)];
    let flow = Flow::new(&a, 13);
    assert_eq!(drawn(&flow, &a), ["• one two", "three", "12. four", "five", "six"]);
    let columns = |place| match flow.line(&a.text, place) {
        Line::Row { unit, range } => unit.indent_of(range.start()),
        _ => 0,
    };
    let columns: Vec<_> = (0..5).map(|n| columns(flow.down(&a.text, flow.first(), n))).collect();
    assert_eq!(columns, [2, 4, 4, 8, 8]);
}

#[test]
fn line_feeds_of_markdown_were_meant() {
    let mut a = article(&[("one\ntwo", BlockKind::Paragraph)]);
    assert_eq!(drawn(&Flow::new(&a, 20), &a), ["one\ntwo"]);
    a.source.media_type = "text/markdown";
    assert_eq!(drawn(&Flow::new(&a, 20), &a), ["one", "two"]);
}

#[test]
fn signs_take_columns_and_no_bytes() {
    let a = article(&[("one two three", BlockKind::Paragraph)]);
    let mut flow = Flow::new(&a, 14);
    assert_eq!(drawn(&flow, &a), ["one two three"]);
    flow.set_signs(vec![(7, 3)]);
    assert_eq!(drawn(&flow, &a), ["one two", "three"]);
    let columns = |from, to| flow.columns(&a.text, TextRange::new(from, to));
    assert_eq!((columns(0, 6), columns(0, 7), columns(7, 8)), (6, 10, 1));
}

proptest! {
    #[test]
    fn up_undoes_down_and_distance_counts(words in prop::collection::vec("[a-z ]{0,60}", 1..30), n in 0usize..80, from in 0usize..80, width in 1usize..30, spacing in 0usize..3) {
        let lines: Vec<(&str, BlockKind)> = words.iter().map(|w| (w.as_str(), BlockKind::Paragraph)).collect();
        let a = article(&lines);
        let mut flow = Flow::new(&a, width);
        flow.set_spacing(spacing);
        let start = flow.down(&a.text, flow.first(), from);
        let end = flow.down(&a.text, start, n);
        let moved = flow.distance(&a.text, start, end, usize::MAX).expect("end is not above start");
        prop_assert!(moved == n || end == flow.last(&a.text));
        prop_assert_eq!(flow.up(&a.text, end, moved), start);
    }
}

/// Rows of a table, as Markdown gives them.
fn tabled(rows: &[Vec<String>]) -> Article {
    let mut markdown = String::from("Some words stand above it.\n\n");
    for (n, cells) in rows.iter().enumerate() {
        markdown.push_str(&format!("| {} |\n", cells.join(" | ")));
        if n == 0 {
            markdown.push_str(&format!("|{}\n", "---|".repeat(cells.len())));
        }
    }
    markdown.push_str("\nAnd below it.\n");
    crate::ingest::read(markdown.as_bytes(), Some("a.md".as_ref()), &crate::ingest::Options::default()).expect("small")
}

/// All lines of the flow: every byte of a block stands on one, every line is found by its bytes, and a click on a byte gives it.
fn check_places(article: &Article, flow: &Flow) {
    let text = article.text.as_str();
    let mut seen = vec![0u8; text.len()];
    let mut place = flow.first();
    loop {
        for piece in flow.pieces(text, place).list() {
            for (at, g) in grapheme::each(piece.range.of(text)).map(|(i, g)| (piece.range.start() + i, g)) {
                seen[at..at + g.len()].iter_mut().for_each(|n| *n += 1);
                assert_eq!(flow.place_of(text, at), place, "{g:?} of {piece:?}");
                assert!(flow.column_at(text, place, at) >= piece.x);
            }
        }
        if matches!(flow.line(text, place), Line::Row { .. }) {
            assert_eq!(flow.place_of(text, flow.start_of(text, place)), place);
        }
        let next = flow.down(text, place, 1);
        if next == place {
            break;
        }
        assert_eq!(flow.up(text, next, 1), place);
        place = next;
    }
    for block in &article.blocks {
        let times = &seen[block.range.start()..block.range.end()];
        assert!(times.iter().all(|n| *n == 1), "{:?}: {times:?}", block.range.of(text));
    }
}

#[test]
fn a_rule_stands_under_the_headings_of_a_table_in_columns() {
    let row = |cells: &[&str]| -> Vec<String> { cells.iter().map(|c| (*c).to_owned()).collect() };
    let a = tabled(&[row(&["Port", "Passengers"]), row(&["Nordhavn", "612"])]);
    let below = ["", "Port | Passengers", "rule", "Nordhavn | 612", ""];
    assert_eq!(drawn(&Flow::new(&a, 40), &a)[1..6], below);
    let mut spaced = Flow::new(&a, 40);
    spaced.set_spacing(1);
    check_places(&a, &spaced);
    assert!(!drawn(&Flow::new(&a, 12), &a).contains(&"rule".to_owned()), "a list has none");
}

proptest! {
    #[test]
    fn every_byte_of_a_table_stands_on_one_line(rows in prop::collection::vec(prop::collection::vec("([a-z]{0,9}|[0-9]{1,4}|([a-z]{1,8} ){0,9}x|(漢|e\u{301}|👩‍👧| ){0,6})", 1..7), 1..9), width in 1usize..90, spacing in 0usize..2) {
        let a = tabled(&rows);
        let mut flow = Flow::new(&a, width);
        flow.set_spacing(spacing);
        check_places(&a, &flow);
    }
}

#[test]
fn long_and_wide_tables_keep_every_byte() {
    let long: Vec<Vec<String>> =
        (0..1000).map(|n| vec![format!("row {n}"), "a few words of it".into(), String::new(), format!("{}", n * 7)]).collect();
    let wide: Vec<Vec<String>> = (0..4).map(|n| (0..60).map(|c| format!("cell {c} {n}")).collect()).collect();
    for table in [long, wide] {
        for width in [1, 12, 40, 72, 400] {
            let a = tabled(&table);
            check_places(&a, &Flow::new(&a, width));
        }
    }
}

#[test]
fn the_words_of_pictures_stand_between_the_blocks_and_the_caret_goes_over_them() {
    let mut a = article(&[("one two", BlockKind::Paragraph), ("three", BlockKind::Paragraph)]);
    let picture = |at, text: &str| crate::article::LeftOut { at, text: text.into(), reason: Reason::Picture };
    a.left_out = vec![picture(0, "a crane"), picture(7, "Ana Sol signs a very long paper")];
    let flow = Flow::new(&a, 14);
    assert_eq!(drawn(&flow, &a), ["[image: a", "crane]", "", "one two", "", "[image: Ana", "Sol signs a", "very long", "", "three"]);
    check_places(&a, &flow);
    assert_eq!(flow.left_out(), None, "they are shown");
}
