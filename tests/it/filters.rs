//! One filter language on the command line and in the side pane, and what is done to all the rows that were selected there.

use std::fs;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

/// Two people, two quotations, two figures. Invented.
const ARTICLE: &str = "Harbour fee to rise\n\n\
    The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.”\n";

struct Desk(TempDir);

impl Desk {
    /// Three annotations: two quotations, one figure.
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        fs::write(desk.0.path().join("article.txt"), ARTICLE).unwrap();
        for words in [
            &["--exact", "“We had no choice,”", "--tag", "claim", "--status", "unchecked"][..],
            &["--exact", "“They had every choice.”", "--tag", "claim", "--tag", "fee", "--status", "verified"],
            &["--exact", "6 per cent", "--tag", "fee", "--note", "since when?"],
        ] {
            let (code, _, err) = desk.run(&[&["add", "article.txt"], words].concat());
            assert_eq!((code, err.as_str()), (Some(0), ""));
        }
        desk
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.0.path().join("home")).env("USER", "ada").current_dir(self.0.path()).args(args);
        let ran = command.output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    }

    /// The words of the annotations that `list --filter` gives.
    fn listed(&self, filter: &str) -> Vec<String> {
        let (_, out, err) = self.run(&["list", "article.txt", "--format", "json", "--filter", filter]);
        assert_eq!(err, "");
        let all: Value = serde_json::from_str(&out).unwrap();
        all.as_array().unwrap().iter().map(|a| a["anchor"]["exact"].as_str().unwrap().to_owned()).collect()
    }

    fn open(&self, cols: u16, rows: u16) -> Run {
        let run = Start::pullquote([self.0.path().join("article.txt")]).size(cols, rows).go();
        run.wait_text("READ");
        run
    }

    fn annotations(&self) -> Vec<Value> {
        let path = self.0.path().join("article.txt.pullquote.json");
        serde_json::from_slice::<Value>(&fs::read(path).unwrap()).unwrap()["annotations"].as_array().unwrap().clone()
    }

    /// In reading order: the figure, Brandt's words, Haddad's words.
    fn tags(&self) -> Vec<Vec<String>> {
        let tags = |a: &Value| a["tags"].as_array().map(|t| t.iter().map(|t| t.as_str().unwrap().to_owned()).collect());
        self.annotations().iter().map(|a| tags(a).unwrap_or_default()).collect()
    }
}

const FIGURE: &str = "6 per cent";
const BRANDT: &str = "“We had no choice,”";
const HADDAD: &str = "“They had every choice.”";

#[test]
fn list_and_export_take_an_expression_and_the_options_narrow_it() {
    let desk = Desk::new();
    assert_eq!(desk.listed("tag:claim"), [BRANDT, HADDAD]);
    assert_eq!(desk.listed("tag:claim -status:verified"), [BRANDT]);
    assert_eq!(desk.listed("-status:verified"), [FIGURE, BRANDT], "a leading minus is no option");
    assert_eq!(desk.listed("speaker:haddad or kind:figure"), [FIGURE, HADDAD]);
    assert_eq!(desk.listed("\"no choice\""), [BRANDT]);
    assert_eq!(desk.listed("-status:*"), [FIGURE]);
    assert_eq!(desk.listed("since:2999-01-01"), [""; 0]);
    let (code, out, _) = desk.run(&["list", "article.txt", "--filter", "tag:fee", "--status", "verified"]);
    assert!(code == Some(0) && out.contains("every choice") && !out.contains(FIGURE), "{out}");
    let (code, out, _) = desk.run(&["export", "article.txt", "--format", "csv", "--filter", "note:since"]);
    assert!(code == Some(0) && out.contains(FIGURE) && !out.contains("choice"), "{out}");
}

#[test]
fn a_mistake_is_one_line_with_its_place() {
    let desk = Desk::new();
    for (command, filter, said) in [
        ("list", "tag:claim stat:open", "column 11: no field 'stat'; there are tag, status, kind, "),
        ("export", "status:verfied", "column 8: no status 'verfied'; there are unchecked, verified, disputed, needs-source"),
    ] {
        let (code, out, err) = desk.run(&[command, "article.txt", "--format", "csv", "--filter", filter]);
        assert_eq!((code, out.as_str(), err.lines().count()), (Some(2), "", 1), "{err}");
        assert!(err.starts_with(&format!("pullquote: invalid value '{filter}' for '--filter <EXPRESSION>': {said}")), "{err}");
    }
}

#[test]
fn the_tab_has_the_same_language_and_keeps_its_rows_while_a_mistake_stands() {
    let desk = Desk::new();
    let run = desk.open(120, 30);
    run.keys("\x1b4");
    let rows = |wanted: [bool; 3]| {
        run.wait(&format!("rows {wanted:?}"), |screen| {
            let pane: String = screen.rows(72, 48).collect::<Vec<_>>().join("\n");
            [FIGURE, "“We had no", "“They had"].map(|words| pane.contains(words)) == wanted
        });
    };
    rows([true, true, true]);
    run.keys("Ftag:claim -status:ver");
    rows([false, true, false]);
    // `status:verx` is a mistake: the rows stay, the line above the prompt says what is allowed.
    run.keys("x");
    run.wait_text("column 19: no status 'verx'; there are unchecked, verified");
    rows([false, true, false]);
    run.keys("\r");
    run.wait_text("column 19");
    run.keys("\x05\x15tag:fee");
    run.wait_gone("column 19");
    rows([true, false, true]);
    run.keys("\r");
    run.wait_gone("filter: ");
    rows([true, false, true]);
    // Figures and people have fields of their own.
    run.keys("3F-percent -date\r");
    run.wait_text("nothing fits the filter '-percent -date'");
    run.keys("2Frole:ferry or brandt\r");
    run.wait("one person", |screen| {
        let pane: String = screen.rows(72, 48).collect::<Vec<_>>().join("\n");
        pane.contains("Ilse Brandt") && !pane.contains("Omar Haddad")
    });
}

#[test]
fn a_filter_that_holds_is_said_and_all_rows_are_selected_at_once() {
    let desk = Desk::new();
    let run = desk.open(120, 24);
    run.wait_text("3 notes");
    run.keys("\x1b4Ftag:fee\r");
    run.wait_text("filter tag:fee");
    run.keys("%t#both\r");
    run.until("both rows tagged", || desk.tags().iter().filter(|t| t.contains(&"both".to_owned())).count() == 2);
}

#[test]
fn a_mistake_is_seen_on_a_small_screen() {
    let desk = Desk::new();
    let run = desk.open(40, 12);
    run.keys("\x1b4Fsta:open");
    run.wait_text("column 1: no field 'sta'");
}

#[test]
fn rows_that_are_selected_together_change_together_and_come_back_together() {
    let desk = Desk::new();
    let before = desk.tags();
    let run = desk.open(120, 30);
    run.keys("\x1b4ggVj");
    run.wait_text("2 rows selected · t tag");
    run.keys("ttariff, -fee\r");
    run.wait_text("tagged tariff, tag fee taken away on 2 rows");
    run.until("both on disk", || desk.tags() == [vec!["tariff".to_owned()], vec!["claim".into(), "tariff".into()], before[2].clone()]);
    // One step back for both.
    run.keys("u");
    run.wait_text("undone: tagged tariff, tag fee taken away on 2 rows");
    run.until("both as before", || desk.tags() == before);
    run.keys("VGxv");
    run.wait_text("status verified on 1 of 2 rows");
    run.keys("ggxv");
    run.wait_text("status verified  ");
    run.until("all verified", || desk.annotations().iter().all(|a| a["status"] == "verified"));
    run.keys("ggVGCg");
    run.wait_text("coloured green on 3 rows");
    run.until("all green", || desk.annotations().iter().all(|a| a["color"] == "green"));
    run.keys("ggVGc");
    run.wait_text("a note is written on one row; t, x, C, H, dd work on all");
    run.keys("VGVkdd");
    run.wait_text("deleted 2 rows; u brings them back");
    run.until("one is left", || desk.annotations().len() == 1);
    run.keys("u");
    run.until("all are back", || desk.annotations().len() == 3);
}

#[test]
fn escape_and_another_tab_end_the_selection_of_rows() {
    let desk = Desk::new();
    let run = desk.open(80, 24);
    run.keys("\x1b4ggVj");
    run.wait_text("2 rows selected");
    run.keys("\x1b");
    run.wait_gone("2 rows selected");
    run.keys("talone\r");
    run.wait_text("tagged alone");
    run.until("one is tagged", || desk.tags().iter().filter(|t| t.contains(&"alone".to_owned())).count() == 1);
    run.keys("ggVj");
    run.wait_text("2 rows selected");
    run.keys("14ggtsingle\r");
    run.until("one is tagged", || desk.tags().iter().filter(|t| t.contains(&"single".to_owned())).count() == 1);
}

#[test]
fn findings_that_are_selected_together_are_kept_together() {
    let desk = Desk::new();
    fs::remove_file(desk.0.path().join("article.txt.pullquote.json")).unwrap();
    let run = desk.open(120, 30);
    run.keys("\x1b1ggVGtsaid\r");
    run.wait_text("tagged said on 2 rows");
    run.until("both are kept", || {
        fs::exists(desk.0.path().join("article.txt.pullquote.json")).unwrap()
            && desk.annotations().iter().map(|a| a["speaker"]["name"].clone()).collect::<Vec<_>>() == ["Ilse Brandt", "Omar Haddad"]
    });
    assert!(desk.annotations().iter().all(|a| a["origin"] == "accepted" && a["kind"] == "quote"));
    run.keys("u");
    run.until("both are gone", || desk.annotations().is_empty());
}

#[test]
fn the_tag_prompt_offers_counts_colours_and_nine_digits() {
    let desk = Desk::new();
    let home = desk.0.path().join("settings");
    fs::create_dir_all(home.join("pullquote")).unwrap();
    fs::write(home.join("pullquote/config.toml"), "[tags]\nclaim = \"green\"\n\"to check\" = \"pink\"\n").unwrap();
    let run = Start::pullquote([desk.0.path().join("article.txt")]).size(80, 24).env("XDG_CONFIG_HOME", &home).go();
    // No side pane, which would show the same words.
    run.wait_text("3 notes");
    let plain = run.style_of("may wait");
    assert_ne!(run.style_of("“We had").bg, plain.bg, "a claim is green");
    let green = run.style_of("“We had").bg;
    assert_ne!(run.style_of("6 per cent").bg, green, "a fee is yellow");
    run.keys("]f]ft");
    run.wait_text("1 claim");
    let row = |words: &str| run.text().lines().find(|l| l.contains(words)).unwrap().trim_end().to_owned();
    assert!(row("1 claim").ends_with("2 ×") && row("2 fee").ends_with("2 ×"), "{}", run.text());
    assert!(!row("3 to check").ends_with('×'));
    assert_eq!(run.style_of("claim  ").bg, green);
    run.keys("3");
    run.wait_text("tagged to check");
    run.until("on disk", || desk.tags()[0].contains(&"to check".to_owned()));
    assert_ne!(run.style_of("6 per cent").bg, green);
}
