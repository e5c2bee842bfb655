//! What is under way, and in what state things are, is said in words, however little room there is.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use crate::desk::{Desk, SMALL};
use crate::pty::{Run, Start};

fn open(desk: &Desk, cols: u16, rows: u16) -> Run {
    let run = Start::pullquote([desk.article()]).size(cols, rows).go();
    run.wait("findings and notes", |screen| {
        let text = screen.contents();
        text.contains("READ") && !text.contains("reading …") && text.contains("0 ")
    });
    run
}

#[test]
fn which_match_of_a_search_is_said_where_there_is_hardly_room() {
    let desk = Desk::new(
        "Fees\n\nA tariff of about 145 per cent on goods from the ports of the far north was cut to 30 per cent.\n\n\
         Last came 5 per cent.\n",
    );
    let run = open(&desk, 80, 24);
    run.keys("/~\\d+ per cent\r");
    run.wait("the first of three, and its place", |s| {
        let last = s.contents().lines().last().unwrap_or_default().to_owned();
        last.contains("¶2/3") && last.contains("1/3") && last.contains("145 %")
    });
    run.keys("n");
    run.wait("the second", |s| s.contents().lines().last().is_some_and(|l| l.contains("¶2/3") && l.contains("2/3")));
    run.resize(40, 12);
    run.wait("the second still", |s| {
        s.contents().lines().last().is_some_and(|l| l.trim_end().chars().count() <= 40 && l.contains("match 2/3"))
    });
    run.keys("n");
    run.wait("the last", |s| s.contents().lines().last().is_some_and(|l| l.contains("match 3/3")));
}

#[test]
fn a_filter_says_how_many_fit_and_its_mistake_in_full() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24);
    run.wait("the pane has no room", |s| !s.contents().contains("1 Quotes"));
    run.keys("1Fhaddad\r");
    run.wait_text("1 Quotes 1/2");
    run.wait_text("PANE Quotes");
    run.keys("4Ftgg:x\r");
    run.wait_text("column 1: no field 'tgg'; there are tag, status");
    run.wait_text("in quotation marks)");
    run.keys("\x1b");
    run.wait_gone("in quotation marks)");
    run.keys("\x1b");
    run.wait_gone("PANE");
    run.keys("gm");
    run.wait_text("messages, newest first");
    run.wait_text("no field 'tgg'");
}

#[test]
fn a_selection_says_its_words_and_a_kept_finding_that_it_is_kept() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 30);
    run.keys("v");
    run.wait_text("SELECT 1 word ");
    run.keys("ww");
    run.wait_text("SELECT 3 words");
    run.keys("\x1b");
    run.wait_gone("SELECT");
    run.keys("]f\r");
    run.wait_text("1 note · saved");
    run.keys("gg]f");
    run.wait_text(" kept");
    run.keys(":color yellow\r");
    run.wait_text("coloured yellow");
    run.keys("l");
    run.wait_text(" kept · yellow");
}

#[test]
fn the_palette_says_that_nothing_fits() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24);
    run.keys(":zzzqq");
    run.wait_text("nothing fits");
    run.keys("\x15");
    run.wait_gone("nothing fits");
    run.keys("3");
    run.wait_text(":3");
    assert!(!run.text().contains("nothing fits"));
}

#[test]
fn bars_stand_in_the_pane_at_every_width_that_has_one() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 24);
    for cols in [104, 107, 110, 120, 160] {
        run.resize(cols, 24);
        run.wait(&format!("bars at {cols}"), |s| {
            let rows: Vec<String> = s.rows(0, cols).collect();
            let bars = |name: &str| rows.iter().any(|r| r.contains(name) && r.contains('▇') && r.trim_end().ends_with('%'));
            bars("Ilse Brandt ") && bars("Omar Haddad ")
        });
    }
}

#[test]
fn a_program_that_does_not_take_a_copy_is_named_with_its_status() {
    let desk = Desk::new(SMALL);
    let config = desk.dir.path().join("config/pullquote");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "copy = \"false\"\n").unwrap();
    let run = Start::pullquote([desk.article()]).size(120, 30).env("XDG_CONFIG_HOME", desk.dir.path().join("config")).go();
    run.wait_text("0 notes · saved");
    run.keys("yy");
    run.wait_text("not copied: 'false': ended with status 1");
}

#[test]
fn a_byte_order_mark_in_front_of_json_lines_is_passed_over() {
    let dir = TempDir::new().unwrap();
    let line = "{\"id\": \"a\", \"text\": \"“We had no choice,” said Ilse Brandt.\"}\n";
    fs::write(dir.path().join("all.jsonl"), format!("\u{feff}{line}")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    let ran = command.args(["extract", "--from", "jsonl", "--format", "csv", "all.jsonl"]).current_dir(dir.path()).output().unwrap();
    assert_eq!((ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned()), (Some(0), String::new()));
    assert!(String::from_utf8_lossy(&ran.stdout).contains("Ilse Brandt"));
}

#[test]
fn all_parts_of_an_interrupted_quotation_are_lit() {
    let desk = Desk::new("Crane falls\n\n“I was there,” Carla Mendez told reporters, “and I saw it.”\n");
    let run = open(&desk, 120, 30);
    run.wait_text("1 Quotes 1");
    let plain = run.style_of("and I saw");
    run.keys("]q");
    run.wait_text("said by Carla Mendez");
    assert_ne!(run.style_of("and I saw"), plain);
    assert_eq!(run.style_of("and I saw").reverse, run.style_of("was there").reverse);
}

#[test]
fn wider_line_spacing_leaves_the_rows_of_a_table_together() {
    let desk = Desk::new(SMALL);
    let article = desk.dir.path().join("table.md");
    let rows = "| Port | Passengers |\n|---|---|\n| Nordhavn | 612,400 |\n| Sundby | 98,100 |\n";
    fs::write(&article, format!("# Ferries\n\nMore people sailed, and most of them went to the north of the island.\n\n{rows}")).unwrap();
    let run = Start::pullquote([&article]).size(60, 24).go();
    run.wait_text("Nordhavn");
    let line_of = |words: &str| usize::from(run.find(words).unwrap().0);
    let (first, second) = (line_of("More people"), line_of("Sundby"));
    run.keys("z+");
    run.wait("the text is spaced", |s| s.rows(0, 60).position(|r| r.contains("Sundby")).is_some_and(|row| row > second));
    assert!(line_of("island") > first + 1 || line_of("island") == first, "prose has empty lines");
    assert_eq!(line_of("Sundby"), line_of("Nordhavn") + 1);
}
