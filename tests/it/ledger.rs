//! The Figures tab in a pseudo-terminal: what stands in it, and what its keys do.

use std::fs;

use base64::Engine;
use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

/// One change, one quantity with two values, one date.
const ARTICLE: &str = "Harbour fee to fall\n\n\
    The council cut the harbour fee from 30 per cent to 10 per cent on 5 June 2031.\n\n\
    The ministry put a 25 per cent tariff on Chinese goods. Nobody in the port had asked for it.\n\n\
    Traders say that they now pay a 35 per cent tariff on Chinese goods. The port earned €42.7 million.\n";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("article.txt"), ARTICLE).unwrap();
        Self(dir)
    }

    fn open(&self) -> Run {
        let run = Start::pullquote([self.0.path().join("article.txt")]).size(120, 30).env("TERM", "xterm-256color").go();
        run.wait_text("READ");
        run.keys("\x1b3");
        run.wait_text("35 %");
        run
    }

    fn annotations(&self) -> Vec<Value> {
        let path = self.0.path().join("article.txt.pullquote.json");
        let notes: Option<Value> = fs::read(path).ok().map(|n| serde_json::from_slice(&n).unwrap());
        notes.map_or_else(Vec::new, |n| n["annotations"].as_array().unwrap().clone())
    }
}

/// The row of the pane with these words, from its first column on.
fn row(run: &Run, words: &str) -> String {
    let text = run.text();
    let rows = text.lines().filter_map(|l| l.split_once('│').map(|(_, pane)| pane.to_owned()));
    let rows: Vec<String> = rows.filter(|r| r.contains(words)).collect();
    rows.first().unwrap_or_else(|| panic!("no {words} in the pane\n{text}")).clone()
}

/// True when the terminal was told to put these words on its clipboard.
fn copied(run: &Run, words: &str) -> bool {
    let sequence = format!("52;c;{}", base64::engine::general_purpose::STANDARD.encode(words));
    String::from_utf8_lossy(&run.raw()).contains(&sequence)
}

#[test]
fn the_ledger_aligns_amounts_shows_changes_and_flags_two_values() {
    let desk = Desk::new();
    let run = desk.open();
    let change = row(&run, "−20 points");
    assert!(change.contains("30 % ↘ 10 %") && change.contains("▇▇▇▇▇▇/▇▇"), "{change}");
    let unit = |row: &str| row.chars().position(|c| c == '%').unwrap();
    let (low, high) = (row(&run, "25 %"), row(&run, "35 %"));
    assert_eq!(unit(&low), unit(&high), "{low}\n{high}");
    assert_eq!(unit(&low), unit(&change), "{low}\n{change}");
    assert!(low.contains('≠') && high.contains('≠'), "{low}\n{high}");
    assert!(!row(&run, "42.7").contains('≠'));
    assert!(row(&run, "42.7").contains("42.7 m EUR"));

    // Dates come last, under their own heading.
    let text = run.text();
    let place = |words: &str| text.lines().position(|l| l.split_once('│').is_some_and(|(_, pane)| pane.contains(words)));
    assert!(place("2031-06-05") > place("dates and ordinals") && place("dates and ordinals") > place("42.7"), "{text}");

    run.keys("o");
    run.wait_text("figures by topic");
    run.until("a heading for tariffs", || row(&run, "tariff").trim_end().ends_with('2'));
    run.keys("o");
    run.wait_text("figures in reading order");

    run.keys("Fmoney\r");
    run.wait_gone("35 %");
    run.wait_text("42.7 m EUR");
}

#[test]
fn a_figure_of_the_ledger_is_said_kept_and_copied() {
    let desk = Desk::new();
    let run = desk.open();
    run.keys("gg");
    run.keys("yv");
    run.until("the change's values on the clipboard", || copied(&run, "30 percent to 10 percent, -20 percentage points"));
    run.keys("Fconflict\r");
    run.wait_gone("42.7 m EUR");
    run.keys("G");
    run.wait_text("35 % ≠ 25 % in ¶3");
    run.keys("yv");
    run.until("the value on the clipboard", || copied(&run, "35 percent"));
    run.keys("yy");
    run.until("the words on the clipboard", || copied(&run, "35 per cent"));
    run.keys("\r");
    run.wait_text("READ");
    run.keys("\r");
    run.wait_text("1 note · saved");
    let kept = desk.annotations();
    assert_eq!(kept[0]["kind"], "figure");
    assert_eq!(kept[0]["anchor"]["exact"], "35 per cent");
    assert_eq!(kept[0]["figure"], serde_json::json!({"value": 35, "unit": "percent"}));
}
