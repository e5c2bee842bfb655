//! An article that changes, and notes that come from several hands: check, diff, merge, and the reader over all of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

/// Invented.
const OLD: &str = "Harbour fee to rise in spring\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    The fee is 145 euros for each ship and the council will vote on it in June, after a hearing in the old town hall.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.”\n\n\
    Nobody from the port workers was heard before the decision, their union wrote in a letter to the council.\n";

/// A figure corrected, a paragraph put in, a sentence taken out.
fn new() -> String {
    let new = OLD.replace("145 euros", "125 euros").replace(" Ships may wait longer in the spring.", "");
    new.replace("Omar Haddad, who", "The mayor was travelling.\n\nOmar Haddad, who")
}

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { dir: TempDir::new().unwrap() };
        desk.put("port.txt", OLD);
        desk
    }

    /// With notes on four passages, one of which will change and one go.
    fn with_notes() -> Self {
        let desk = Self::new();
        for words in ["“We had no choice,”", "145 euros", "Ships may wait longer", "“They had every choice.”"] {
            assert!(desk.run(&["add", "port.txt", "--exact", words]).status.success());
        }
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.at(name), text).unwrap();
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.dir.path()).env("XDG_DATA_HOME", self.at("data")).env("USER", "ada");
        command.current_dir(self.dir.path());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// Exit code, standard output, standard error.
    fn said(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.run(args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn json(&self, args: &[&str], code: i32) -> Value {
        let (status, out, err) = self.said(args);
        assert_eq!((status, err.as_str()), (code, ""), "{out}");
        serde_json::from_str(&out).unwrap()
    }

    fn notes(&self, file: &str) -> Value {
        fs::read(self.at(file)).map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap())
    }

    fn annotation(&self, exact: &str) -> Value {
        let notes = self.notes(NOTES);
        let all = notes["annotations"].as_array().unwrap();
        all.iter().find(|a| a["anchor"]["exact"] == exact).cloned().unwrap()
    }

    fn open(&self, columns: u16, rows: u16) -> Run {
        let run = Start::pullquote([self.at("port.txt")]).size(columns, rows).env("XDG_DATA_HOME", self.at("data")).go();
        run.wait_text("Harbour fee");
        run
    }
}

const NOTES: &str = "port.txt.pullquote.json";

#[test]
fn check_says_which_notes_still_hold() {
    let desk = Desk::with_notes();
    let (code, out, err) = desk.said(&["check", "port.txt"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.ends_with("4 attached, 0 changed, 0 orphan\n"), "{out}");
    desk.put("port.txt", new());
    let before = fs::read(desk.at(NOTES)).unwrap();
    let (code, out, _) = desk.said(&["check", "port.txt"]);
    let expected = [
        "attached  ¶2    “We had no choice,”",
        "orphan          Ships may wait longer",
        "                was near ¶2",
        "changed   ¶3    145 euros",
        "                now: 125 euros",
        "attached  ¶5    “They had every choice.”",
        "2 attached, 1 changed, 1 orphan",
    ];
    assert_eq!((code, out.lines().map(str::trim_end).collect::<Vec<_>>()), (1, expected.to_vec()));
    assert_eq!(fs::read(desk.at(NOTES)).unwrap(), before, "to look is not to change");
    let json = desk.json(&["check", "port.txt", "--format", "json"], 1);
    assert_eq!((&json["attached"], &json["changed"], &json["orphan"]), (&2.into(), &1.into(), &1.into()));
    let changed = json["annotations"].as_array().unwrap().iter().find(|a| a["state"] == "changed").unwrap();
    assert_eq!((&changed["anchor"]["exact"], &changed["now"]["exact"]), (&"145 euros".into(), &"125 euros".into()));
}

#[test]
fn check_takes_any_notes_file_and_says_what_is_wrong() {
    let desk = Desk::with_notes();
    fs::rename(desk.at(NOTES), desk.at("mine.json")).unwrap();
    assert_eq!(desk.said(&["check", "port.txt", "mine.json"]).0, 0);
    let (code, out, err) = desk.said(&["check", "port.txt", "no.json"]);
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", "pullquote: cannot read the notes 'no.json': no such file; check the path\n"));
    let other = Desk::new();
    let (code, out, err) = other.said(&["check", "port.txt"]);
    assert_eq!((code, out.as_str()), (1, "0 attached, 0 changed, 0 orphan\n"));
    assert_eq!(err, "pullquote: there are no notes for 'port.txt'\n");
}

#[test]
fn diff_tells_quotations_figures_and_paragraphs() {
    let desk = Desk::new();
    desk.put("new.txt", new().replace("They had every choice", "They had a choice"));
    assert_eq!(desk.said(&["diff", "port.txt", "port.txt"]), (0, String::new(), String::new()));
    let (code, out, err) = desk.said(&["diff", "port.txt", "new.txt"]);
    assert_eq!((code, err.as_str()), (1, ""));
    let expected = [
        "Quotations",
        "  ~ reworded, Omar Haddad ¶5",
        "      - “They had every choice.”",
        "      + “They had a choice.”",
        "",
        "Figures",
        "  ~ 145 euros → 125 euros  ¶3",
        "",
        "Paragraphs",
        "  ¶2 ~ “We had no choice,” said Ilse Brandt, the harbour master.[- Ships may wait longer in the spring.-]",
        "  ¶3 ~ The fee is [-145-]{+125+} euros for each ship and the council will vote on it in June, after a hearing in the old town hall.",
        "  ¶4 + The mayor was travelling.",
        "  ¶5 ~ Omar Haddad, who runs a ferry, answered: “They had [-every-]{+a+} choice.”",
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
    let json = desk.json(&["diff", "port.txt", "new.txt", "--format", "json"], 1);
    assert_eq!(json["figures"][0]["new"]["value"], 125.0);
    assert_eq!((&json["quotes"][0]["change"][0], &json["paragraphs"][2]["change"][0]), (&"reworded".into(), &"added".into()));
    let coloured = desk.said(&["diff", "port.txt", "new.txt", "--color", "always"]).1;
    assert!(coloured.contains("\x1b["));
    let (code, _, err) = desk.said(&["diff", "port.txt", "gone.txt"]);
    assert_eq!((code, err.as_str()), (2, "pullquote: cannot read 'gone.txt': no such file; check the path\n"));
}

#[test]
fn diff_has_no_colour_without_a_wish_for_it() {
    let desk = Desk::new();
    desk.put("new.txt", new());
    let run = Start::pullquote(["diff", "port.txt", "new.txt"]).dir(desk.dir.path()).env("NO_COLOR", "1").go();
    run.wait_text("{+125+}");
    assert_eq!(run.style_of("{+125+}").fg, vt100::Color::Default);
}

#[test]
fn two_notes_files_become_one() {
    let desk = Desk::with_notes();
    fs::copy(desk.at(NOTES), desk.at("bo.json")).unwrap();
    let edit = |file: &str, change: &dyn Fn(&mut Value)| {
        let mut notes = desk.notes(file);
        change(&mut notes);
        desk.put(file, serde_json::to_vec_pretty(&notes).unwrap());
    };
    let written = |note: &'static str| {
        move |notes: &mut Value| {
            let a = &mut notes["annotations"][0];
            (a["note"], a["rev"]) = (note.into(), 2.into());
            let tags = a["tags"].as_array_mut().unwrap();
            tags.push(note.split(' ').next().unwrap().into());
        }
    };
    fs::copy(desk.at(NOTES), desk.at("base.json")).unwrap();
    edit(NOTES, &written("ada asks"));
    edit("bo.json", &written("bo doubts"));
    assert!(desk.run(&["add", "port.txt", "--notes", "bo.json", "--exact", "old town hall", "--note", "Which?"]).status.success());
    let before = fs::read(desk.at(NOTES)).unwrap();
    let (code, out, err) = desk.said(&["merge", NOTES, "bo.json", "--base", "base.json", "-o", "both.json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, "1 added, 1 changed, 1 note was written in both: both texts are kept; 5 annotations now\n");
    assert_eq!(fs::read(desk.at(NOTES)).unwrap(), before, "written elsewhere");
    assert_eq!(desk.said(&["merge", NOTES, "bo.json"]).1, out, "into the first; here the base is not needed");
    let (into, elsewhere) = (desk.notes(NOTES), desk.notes("both.json"));
    assert_eq!(into["annotations"], elsewhere["annotations"]);
    let first = &into["annotations"][0];
    assert!(["ada asks", "bo doubts"].iter().all(|n| first["note"].as_str().unwrap().contains(n)), "{first}");
    assert_eq!(first["tags"], serde_json::json!(["ada", "bo"]));
    assert_eq!(desk.said(&["merge", NOTES, "bo.json"]).1, "nothing new; 5 annotations now\n");
    assert_eq!(desk.json(&["check", "port.txt", "--format", "json"], 0)["attached"], 5);
}

#[test]
fn notes_of_another_article_are_not_merged() {
    let desk = Desk::with_notes();
    desk.put("sky.txt", "Rain expected on Sunday\n\nA front comes in from the west, the office said.\n");
    assert!(desk.run(&["add", "sky.txt", "--exact", "A front"]).status.success());
    let before = fs::read(desk.at(NOTES)).unwrap();
    let (code, _, err) = desk.said(&["merge", NOTES, "sky.txt.pullquote.json"]);
    assert_eq!(code, 2);
    assert!(err.contains("belongs to another article (“Rain expected on Sunday”)"), "{err}");
    let (code, _, err) = desk.said(&["merge", NOTES, "no.json"]);
    assert_eq!((code, err.as_str()), (2, "pullquote: cannot read the notes 'no.json': no such file; check the path\n"));
    desk.put("half.json", "{");
    assert_eq!(desk.said(&["merge", NOTES, "half.json"]).0, 2);
    assert_eq!(fs::read(desk.at(NOTES)).unwrap(), before);
}

#[test]
fn a_changed_article_shows_what_became_of_its_notes() {
    let desk = Desk::with_notes();
    desk.put("port.txt", new());
    let mut run = desk.open(120, 40);
    run.wait_text("2 attached, 1 changed, 1 orphan");
    run.keys("\x1b4");
    run.wait_text("was 145 euros → now 125 euros");
    run.wait_text("orphan");
    // The list of what changed, and from it to the place.
    run.keys("gc");
    run.wait_text("what changed since it was annotated");
    run.wait_text("145 euros → 125 euros");
    run.keys("\r");
    run.wait_gone("what changed since");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn an_orphan_is_put_on_a_place_of_the_list_or_on_a_selection_and_undone() {
    let desk = Desk::with_notes();
    desk.put("port.txt", new().replace("their union wrote", "Ships can wait much longer, their union wrote"));
    let mut run = desk.open(120, 40);
    run.wait_text("1 orphan");
    // The pane's first row is the first note, the second the orphan.
    run.keys("\x1b4ggj");
    run.wait_text("its words are gone; they were here");
    run.keys("R");
    run.wait_text("put it on:");
    run.wait_text("[Ships can wait much longer");
    run.keys("\r");
    run.wait_text("moved to these words");
    run.until("the new place on disk", || desk.annotation("Ships may wait longer")["now"]["state"] == "changed");
    let moved = desk.annotation("Ships may wait longer");
    assert!(moved["now"]["exact"].as_str().unwrap().starts_with("Ships can wait much longer"), "{moved}");
    assert_eq!(moved["anchor"]["exact"], "Ships may wait longer", "the words it was made for stay");
    run.keys("u");
    run.until("undone on disk", || desk.annotation("Ships may wait longer")["now"]["state"] == "orphan");
    run.keys("R");
    run.wait_text("put it on:");
    run.keys("k\r"); // up from the first: the last, which is to select
    run.wait_text("v selects words, R gives them");
    run.keys("gg/mayor\rviwR");
    run.wait_text("moved to these words");
    run.until("the selected words on disk", || desk.annotation("Ships may wait longer")["now"]["exact"] == "mayor");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn what_another_program_writes_is_taken_in_with_the_caret_where_it_was() {
    let desk = Desk::with_notes();
    let mut run = desk.open(120, 40);
    run.wait_text("4 notes");
    run.keys("]q]q");
    run.wait_text("said by Omar Haddad");
    let (row, before) = (run.cursor(), run.text());
    assert!(desk.run(&["add", "port.txt", "--exact", "old town hall", "--tag", "place"]).status.success());
    let looks = std::cell::Cell::new(0);
    run.wait("the note of the other program", |screen| {
        if !screen.contents().contains("5 notes") && looks.replace(looks.get() + 1) % 20 == 0 {
            run.keys("\x1b"); // something must happen for the reader to look
        }
        screen.contents().contains("5 notes")
    });
    assert_eq!(run.cursor(), row, "{before}");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}

#[test]
fn an_open_note_stays_open_and_survives_the_deletion_of_its_annotation() {
    let desk = Desk::with_notes();
    let mut run = desk.open(120, 40);
    run.wait_text("4 notes");
    run.keys("]a");
    run.keys("cwritten here");
    run.wait_text("written here");
    let id = desk.annotation("“We had no choice,”")["id"].clone();
    let mut notes = desk.notes(NOTES);
    notes["annotations"].as_array_mut().unwrap().retain(|a| a["id"] != id);
    notes["deleted"] = serde_json::json!([{"id": id, "deleted": "2026-01-02T03:04:05Z", "rev": 1}]);
    desk.put(NOTES, serde_json::to_vec_pretty(&notes).unwrap());
    std::thread::sleep(std::time::Duration::from_millis(1100)); // the reader looks once a second at most
    run.keys("!!");
    run.wait_text("written here!!");
    run.keys("\x1b");
    run.until("the note on disk", || desk.notes(NOTES).to_string().contains("written here!!"));
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
}
