//! Correcting speakers and people in the reader: what is on the screen, on the disk, and there again at the next opening.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

/// Ilse Brandt is spelt in two ways, so that she is two people; one quotation came second-hand, one has no speaker.
const PORT: &str = "Harbour fee to rise\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.” Haddad has written to Ilsa Brant twice.\n\n\
    “The letters are with us,” Brant said, according to a transcript released by the port. Haddad keeps copies.\n";

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new(text: &str) -> Self {
        let desk = Self { dir: TempDir::new().unwrap() };
        fs::write(desk.article(), text).unwrap();
        desk
    }

    fn article(&self) -> PathBuf {
        self.dir.path().join("port.txt")
    }

    fn open(&self) -> Run {
        let run = Start::pullquote([self.article()]).size(120, 40).env("TERM", "xterm-256color").go();
        run.wait_text("READ");
        run
    }

    fn notes(&self) -> Value {
        let file = self.dir.path().join("port.txt.pullquote.json");
        fs::read(file).map_or(Value::Null, |bytes| serde_json::from_slice(&bytes).unwrap())
    }

    fn corrections(&self) -> Vec<Value> {
        self.notes()["corrections"].as_array().cloned().unwrap_or_default()
    }

    /// What `extract` prints, with more arguments.
    fn extract(&self, more: &[&str]) -> Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env("HOME", self.dir.path()).arg("extract").arg(self.article()).args(more);
        serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
    }
}

fn names(extracted: &Value) -> Vec<&str> {
    extracted["people"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect()
}

#[test]
fn a_corrected_speaker_holds_is_in_the_json_and_in_what_was_kept() {
    let desk = Desk::new(PORT);
    let mut run = desk.open();
    run.keys("]q\r");
    run.wait_text("kept, said by Ilse Brandt");
    run.keys("S");
    run.wait_text("said by: ");
    run.keys("omar");
    run.wait_text("Enter: Omar Haddad of this article");
    run.keys("\r");
    run.wait_text("corrected: said by Omar Haddad");
    run.until("the correction on disk", || desk.corrections().len() == 1);
    let stated = &desk.corrections()[0];
    assert_eq!((&stated["what"], &stated["to"]), (&"speaker".into(), &"Omar Haddad".into()));
    assert_eq!(stated["anchor"]["exact"], "“We had no choice,”");
    assert_eq!(desk.notes()["annotations"][0]["speaker"]["name"], "Omar Haddad", "the kept quotation follows");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));

    let run = desk.open();
    run.wait_text("2 quotes");
    run.keys("]q");
    run.wait_text("said by Omar Haddad (corrected)");

    let speaker = |more: &[&str]| desk.extract(more)["quotes"][0]["speaker"].clone();
    assert_eq!(speaker(&[])["name"], "Ilse Brandt", "extract says what is detected");
    let corrected = speaker(&["--corrected"]);
    assert_eq!((&corrected["name"], &corrected["form"]), (&"Omar Haddad".into(), &"corrected".into()));
}

#[test]
fn two_people_are_merged_and_undo_parts_them() {
    let desk = Desk::new(PORT);
    assert_eq!(names(&desk.extract(&[])), ["Ilse Brandt", "Omar Haddad", "Ilsa Brant"]);
    let run = desk.open();
    run.keys("/Ilsa\r");
    run.wait_text("Ilsa Brant");
    run.keys("S");
    run.wait_text("merge with another");
    run.keys("milse");
    run.wait_text("Ilsa Brant is the same as: ilse");
    run.keys("\r");
    run.wait_text("corrected: Ilsa Brant is Ilse Brandt");
    run.until("the correction on disk", || desk.corrections().len() == 1);
    let merged = desk.extract(&["--corrected"]);
    assert_eq!(names(&merged), ["Ilse Brandt", "Omar Haddad"]);
    let of = merged["people"][0]["mentions"].as_array().unwrap();
    let words: Vec<&Value> = of.iter().map(|m| &m["text"]).filter(|t| t.as_str().unwrap().starts_with(['I', 'B'])).collect();
    assert_eq!(words, ["Ilse Brandt", "Ilsa Brant", "Brant"]);
    assert_eq!(merged["quotes"][2]["speaker"]["name"], "Ilse Brandt", "what the other said is hers");
    run.keys("u");
    run.wait_text("undone: corrected: Ilsa Brant is Ilse Brandt");
    run.until("the undone correction on disk", || desk.corrections().is_empty());
    assert_eq!(names(&desk.extract(&["--corrected"])), ["Ilse Brandt", "Omar Haddad", "Ilsa Brant"]);
    run.keys("gg]q]q]q");
    run.wait_text("said by Ilsa Brant");
}

#[test]
fn a_person_is_renamed_and_a_mention_split_off() {
    let desk = Desk::new(PORT);
    let run = desk.open();
    run.keys("/Omar\rS");
    run.wait_text("rename");
    run.keys("r");
    run.wait_text("Omar Haddad is called: Omar Haddad");
    run.keys("\x15Omar A. Haddad\r");
    run.wait_text("corrected: Omar Haddad is Omar A. Haddad");
    run.keys("/Haddad keeps\rS");
    run.wait_text("split this “Haddad” off");
    run.keys("s");
    run.wait_text("this “Haddad” is: ");
    run.keys("Rania Haddad");
    run.wait_text("Enter: a name of your own");
    run.keys("\r");
    run.wait_text("corrected: this is Rania Haddad");
    run.until("both on disk", || desk.corrections().len() == 2);
    let now = desk.extract(&["--corrected"]);
    assert_eq!(names(&now), ["Ilse Brandt", "Omar A. Haddad", "Ilsa Brant", "Rania Haddad"]);
    assert_eq!(now["quotes"][1]["speaker"]["name"], "Omar A. Haddad");
}

#[test]
fn corrections_follow_their_words_and_no_others() {
    let desk = Desk::new(PORT);
    let mut run = desk.open();
    run.keys("]qSnobody");
    run.wait_text("Enter: the text does not say who");
    run.keys("\r");
    run.wait_text("corrected: speaker not named");
    run.until("the correction on disk", || desk.corrections().len() == 1);
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    fs::write(desk.article(), PORT.replace("Harbour fee", "An updated report: harbour fee")).unwrap();
    let mut run = desk.open();
    run.keys("]q");
    run.wait_text("speaker not named");
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    fs::write(desk.article(), PORT.replace("no choice", "no say")).unwrap();
    let run = desk.open();
    run.wait_text("1 correction no longer finds its words");
    run.keys("]q");
    run.wait_text("said by Ilse Brandt");
    assert_eq!(desk.corrections().len(), 1, "it is kept");
}

#[test]
fn the_quotations_are_filtered_by_speaker_channel_and_kind() {
    let desk = Desk::new(PORT);
    let run = desk.open();
    let [first, second, third] = ["“We had no", "“They had", "“The letters"];
    let rows = |wanted: [bool; 3]| {
        run.wait(&format!("rows {wanted:?}"), |screen| {
            let pane: String = screen.rows(72, 48).collect::<Vec<_>>().join("\n");
            [first, second, third].map(|words| pane.contains(words)) == wanted
        });
    };
    rows([true, true, true]);
    run.keys("F");
    run.wait_text("unattributed");
    run.keys("via");
    rows([false, false, true]);
    run.keys("\x15person:haddad");
    rows([false, true, false]);
    run.keys("\x15unattributed");
    run.wait_text("nothing fits the filter 'unattributed'");
    run.keys("\x15kind:full choice");
    rows([true, true, false]);
    run.keys("\x1b");
    rows([true, true, true]);
}

#[test]
fn a_pronoun_shows_its_person_and_can_be_given_another() {
    let desk = Desk::new("Harbour news\n\nIlse Brandt met Rosa Delgado at the gate. Brandt was early. She opened it.\n");
    let run = desk.open();
    run.keys("/She opened\r");
    run.wait("the pronoun's person in the status line", |screen| screen.rows(0, 120).last().is_some_and(|row| row.contains("Ilse Brandt")));
    run.keys("Ss");
    run.wait_text("this “She” is: ");
    run.keys("Rosa Delgado\r");
    run.wait_text("corrected: this is Rosa Delgado");
    run.until("the correction on disk", || desk.corrections().len() == 1);
    let now = desk.extract(&["--corrected"]);
    let rosa = now["people"].as_array().unwrap().iter().find(|p| p["name"] == "Rosa Delgado").expect("she is there");
    assert_eq!(rosa["mentions"].as_array().unwrap().len(), 2);
    assert_eq!(rosa["mentions"][1]["form"], "pronoun");
}

#[test]
fn corrections_are_listed_and_taken_back_after_re_opening() {
    let desk = Desk::new(PORT);
    let mut run = desk.open();
    run.keys("]qSomar\r");
    run.wait_text("corrected: said by Omar Haddad");
    run.until("the correction on disk", || desk.corrections().len() == 1);
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let run = desk.open();
    run.keys("\x1b4");
    run.wait_text("corrected to Omar Haddad: “We had");
    run.keys("dd");
    run.wait_text("correction taken back");
    run.until("none on disk", || desk.corrections().is_empty());
    run.keys("u");
    run.until("it is back", || desk.corrections().len() == 1);
}

#[test]
fn the_reader_says_what_is_text_and_what_is_furniture() {
    let desk = Desk::new(&format!("{PORT}\nAlso Read: Ten ships you must see\n\nThe fee is 4 per cent, the port said on Monday.\n"));
    let mut run = desk.open();
    run.wait_text("1 line folded: related link");
    run.keys("Gzf");
    run.wait_text("this is furniture");
    run.wait_text("marked by you");
    run.wait_gone("4 per cent");
    run.until("on disk", || desk.corrections().len() == 1);
    assert_eq!((&desk.corrections()[0]["what"], &desk.corrections()[0]["to"]), (&"fold".into(), &"furniture".into()));
    run.keys("u");
    run.wait_text("The fee is 4 per cent");
    run.until("taken back", || desk.corrections().is_empty());
    run.keys("gg}}}}zf");
    run.wait_text("this is text");
    run.wait_text("Also Read: Ten ships you must see");
    run.until("on disk", || desk.corrections().len() == 1);
    run.keys("Q");
    assert_eq!(run.exit().code, Some(0));
    let run = desk.open();
    run.wait_text("Also Read: Ten ships you must see");
    run.wait_gone("line folded");
    let blocks = &desk.extract(&["--corrected"])["blocks"];
    assert!(blocks.as_array().unwrap().iter().all(|b| b["kind"] != "boilerplate"), "{blocks}");
    assert_eq!(desk.extract(&[])["blocks"][4]["kind"], "boilerplate");
}
