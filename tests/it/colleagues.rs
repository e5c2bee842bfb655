//! Notes of several people and places in the program: whose they are, what differs, what can be undone.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pty::{Run, Start};

pub(crate) const TEXT: &str = "Harbour vote delayed\n\nThe council delayed its vote on the new harbour on Monday, after a debate of five hours.\n\n\
    Mayor Karl Osten rejected the critcism of the plan in the hall. “The harbour will pay for itself,” he said.\n\n\
    The report puts the cost at 145 million euros.\n";

/// A folder with an article, and the program run in it by several people.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.put("a.txt", TEXT);
        desk
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, content: &str) {
        std::fs::write(self.at(name), content).unwrap();
    }

    pub(crate) fn notes(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.at(name)).unwrap()).unwrap()
    }

    /// Exit code, standard output, standard error.
    pub(crate) fn run(&self, who: &str, args: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.at("home")).env("USER", who).current_dir(self.0.path());
        let output = command.args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    pub(crate) fn reader(&self, size: (u16, u16)) -> Run {
        let at = |name: &str| self.at(name).to_string_lossy().into_owned();
        let start = Start::pullquote(["a.txt"]).dir(self.0.path()).size(size.0, size.1);
        start.env("HOME", at("home")).env("XDG_DATA_HOME", at("home/.local/share")).env("USER", "ada").go()
    }
}

#[test]
fn an_import_that_was_undone_can_be_made_again_also_after_leaving() {
    let desk = Desk::new();
    std::fs::create_dir(desk.at("bo")).unwrap();
    desk.put("bo/a.txt", TEXT);
    desk.run("bo", &["add", "bo/a.txt", "--exact", "five hours", "--note", "long"]);
    std::fs::rename(desk.at("bo/a.txt.pullquote.json"), desk.at("bo.json")).unwrap();
    let mut reader = desk.reader((100, 24));
    reader.wait_text("Harbour vote delayed");
    reader.keys(":import bo.json\r");
    reader.wait_text("imported: 1 attached");
    reader.keys("u");
    reader.wait_text("undone");
    reader.keys(":import bo.json\r");
    reader.wait_gone("undone");
    reader.wait_text("imported: 1 attached");
    reader.keys("u");
    reader.wait_text("undone");
    reader.wait_text("0 notes · saved");
    reader.keys("Q");
    assert_eq!(reader.exit().code, Some(0));
    assert_eq!(desk.notes("a.txt.pullquote.json")["deleted"][0]["undone"], true);
    let (code, said, _) = desk.run("ada", &["import", "bo.json", "--for", "a.txt"]);
    assert_eq!((code, said.as_str()), (Some(0), "1 attached, 0 changed, 0 orphan, 0 duplicate\n"));
}

#[test]
fn a_colleagues_note_says_whose_it_is_and_who_changed_it() {
    let desk = Desk::new();
    desk.run("Bo Sample", &["add", "a.txt", "--exact", "five hours", "--note", "long"]);
    let (_, listed, _) = desk.run("ada", &["list", "a.txt"]);
    assert!(listed.lines().next().unwrap().contains(" BY") && listed.contains("Bo Sample"), "{listed}");
    assert!(!desk.run("Bo Sample", &["list", "a.txt"]).1.contains("Bo Sample"), "one's own name says nothing new");
    let mut reader = desk.reader((120, 30));
    reader.wait_text("1 note · saved");
    reader.keys("]a");
    reader.wait_text("by Bo Sample");
    reader.keys("E");
    reader.wait_text("note by Bo Sample on five hours");
    reader.keys(" really");
    reader.keys("\x1b");
    reader.wait_text("note kept");
    reader.wait_text("1 note · saved");
    reader.keys("Q");
    assert_eq!(reader.exit().code, Some(0));
    let a = desk.notes("a.txt.pullquote.json")["annotations"][0].clone();
    assert_eq!((&a["creator"], &a["contributors"], &a["note"]), (&json!("Bo Sample"), &json!(["ada"]), &json!("long really")));
}

#[test]
fn of_two_statuses_one_stays_and_the_other_is_written_down() {
    let desk = Desk::new();
    desk.run("ada", &["add", "a.txt", "--exact", "145 million euros", "--tag", "claim"]);
    let base = desk.notes("a.txt.pullquote.json");
    for (name, status) in [("mine.json", "verified"), ("theirs.json", "disputed")] {
        let mut side = base.clone();
        side["annotations"][0]["status"] = status.into();
        side["annotations"][0]["rev"] = 2.into();
        desk.put(name, &side.to_string());
    }
    let (code, said, _) = desk.run("ada", &["merge", "mine.json", "theirs.json", "--base", "a.txt.pullquote.json"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("1 status or colour was set differently in both"), "{said}");
    let a = desk.notes("mine.json")["annotations"][0].clone();
    assert_eq!((&a["status"], &a["note"]), (&json!("disputed"), &json!("(another copy says: status verified)")));
}

#[test]
fn a_small_change_far_into_the_words_is_seen() {
    let desk = Desk::new();
    let words = "Mayor Karl Osten rejected the critcism of the plan in the hall.";
    desk.run("ada", &["add", "a.txt", "--exact", words, "--tag", "typo"]);
    desk.put("a.txt", &TEXT.replace("critcism", "criticism"));
    let mut reader = desk.reader((120, 30));
    reader.wait_text("1 note · saved");
    reader.keys("]a");
    reader.wait_text("was …critcism of");
    reader.wait_text("now …criticism of");
    reader.keys("\x1b4");
    reader.wait_text("changed ¶3");
    assert_eq!(reader.text().matches("→ now …criticism").count(), 2, "in the row of the tab too\n{}", reader.text());
    reader.keys("Q");
    assert_eq!(reader.exit().code, Some(0));
}

/// As after an update of the program: the page's bytes are the same, the text that was read out of them is another.
#[test]
fn notes_stay_on_their_words_when_a_newer_program_reads_the_same_page_differently() {
    let desk = Desk::new();
    let paragraphs: String = TEXT.split("\n\n").skip(1).map(|p| format!("<p>{p}</p>")).collect();
    desk.put(
        "a.html",
        &format!(
            "<html><head><title>Harbour vote</title></head><body><article><h1>Harbour vote delayed</h1>{paragraphs}</article></body></html>"
        ),
    );
    for words in ["five hours", "The harbour will pay for itself", "145 million euros"] {
        assert_eq!(desk.run("ada", &["add", "a.html", "--exact", words]).0, Some(0), "{words}");
    }
    let now = desk.notes("a.html.pullquote.json");
    let snapshots = desk.at("home/.local/share/pullquote/snapshots");
    let digest = now["source"]["text_sha256"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(snapshots.join(format!("{digest}.txt"))).unwrap();
    // What an older program took for text: a line more above it, and the last paragraph without its end.
    let line = "Share this: 3 comments\n\n";
    let older = format!("{line}{}", text.replace("The report puts", "Photo: the hall. The report puts"));
    let older_digest = pullquote::store::digest::sha256(older.as_bytes());
    std::fs::write(snapshots.join(format!("{older_digest}.txt")), &older).unwrap();
    let mut old = now.clone();
    old["source"]["text_sha256"] = older_digest.as_str().into();
    old["source"]["extractor"] = "html/0".into();
    for a in old["annotations"].as_array_mut().unwrap() {
        let exact = a["anchor"]["exact"].as_str().unwrap().to_owned();
        let start = older[..older.find(&exact).unwrap()].chars().count();
        for place in ["anchor", "now"] {
            a[place]["start"] = start.into();
            a[place]["end"] = (start + exact.chars().count()).into();
        }
        a["now"]["text_sha256"] = older_digest.as_str().into();
    }
    desk.put("a.html.pullquote.json", &old.to_string());
    let (code, said, error) = desk.run("ada", &["check", "a.html"]);
    assert_eq!((code, said.lines().last(), error.as_str()), (Some(0), Some("3 attached, 0 changed, 0 orphan"), ""));
    desk.run("ada", &["add", "a.html", "--page", "--note", "saved by the newer program"]);
    let saved = desk.notes("a.html.pullquote.json");
    assert_eq!((&saved["source"]["text_sha256"], &saved["source"]["raw_sha256"]), (&json!(digest), &now["source"]["raw_sha256"]));
    for (was, a) in old["annotations"].as_array().unwrap().iter().zip(saved["annotations"].as_array().unwrap().iter().skip(1)) {
        assert_eq!(was["anchor"], a["anchor"], "evidence stays");
        let [start, end] = ["start", "end"].map(|key| usize::try_from(a["now"][key].as_u64().unwrap()).unwrap());
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), a["anchor"]["exact"].as_str().unwrap());
    }
}

#[test]
fn notes_on_another_article_are_told() {
    let desk = Desk::new();
    desk.put("b.txt", "Ferry fares to rise\n\nThe ferry will cost 4 euros from June, the company said.\n");
    desk.run("bo", &["add", "b.txt", "--exact", "4 euros"]);
    let (code, said, error) = desk.run("ada", &["import", "b.txt.pullquote.json", "--for", "a.txt"]);
    assert_eq!((code, said.as_str()), (Some(0), "0 attached, 0 changed, 1 orphan, 0 duplicate\n"));
    assert!(error.contains("holds notes on another article, “Ferry fares to rise”"), "{error}");
    desk.put("new.txt", &TEXT.replace("Monday", "Tuesday"));
    let (_, _, error) = desk.run("ada", &["import", "a.txt.pullquote.json", "--for", "new.txt"]);
    assert_eq!(error, "", "a newer version is the same article");
}

#[test]
fn copies_that_no_notes_need_are_removed() {
    let desk = Desk::new();
    desk.run("ada", &["add", "a.txt", "--exact", "five hours"]);
    desk.put("b.txt", "Another text of no length.\n");
    desk.run("ada", &["add", "b.txt", "--exact", "no length"]);
    let (code, listed, _) = desk.run("ada", &["snapshots", "list"]);
    assert!(code == Some(0) && listed.contains("Harbour vote delayed") && listed.contains("2 copies, "), "{listed}");
    assert_eq!(desk.run("ada", &["snapshots", "purge", "--apply"]).0, Some(1), "all are needed");
    let kept = |name: &str| {
        std::fs::read_dir(desk.at("home/.local/share/pullquote/snapshots"))
            .unwrap()
            .flatten()
            .any(|e| std::fs::read_to_string(e.path()).unwrap().contains(name))
    };
    std::fs::remove_file(desk.at("b.txt.pullquote.json")).unwrap();
    let (code, shown, _) = desk.run("ada", &["snapshots", "purge"]);
    assert!(code == Some(0) && shown.contains("Another text") && shown.contains("1 copy, 27 bytes would be removed"), "{shown}");
    assert!(kept("Another text"), "shown first");
    desk.run("ada", &["snapshots", "purge", "--apply"]);
    assert!(!kept("Another text") && kept("Harbour"));
}

#[test]
fn hidden_directories_keep_their_tags() {
    let desk = Desk::new();
    desk.run("ada", &["add", "a.txt", "--exact", "five hours", "--tag", "claim"]);
    std::fs::create_dir(desk.at(".hid")).unwrap();
    std::fs::copy(desk.at("a.txt.pullquote.json"), desk.at(".hid/b.txt.pullquote.json")).unwrap();
    desk.run("ada", &["tags", "rename", "claim", "said", "--apply"]);
    assert_eq!(desk.notes("a.txt.pullquote.json")["annotations"][0]["tags"], json!(["said"]));
    assert_eq!(desk.notes(".hid/b.txt.pullquote.json")["annotations"][0]["tags"], json!(["claim"]));
}

#[test]
fn two_versions_need_two_inputs() {
    let (code, _, error) = Desk::new().run("ada", &["diff", "-", "-"]);
    assert!(code == Some(2) && error.contains("cannot both come from standard input"), "{error}");
}

#[test]
fn what_an_export_drops_of_changed_notes_orphans_and_tags_is_said() {
    let desk = Desk::new();
    desk.run("ada", &["add", "a.txt", "--exact", "145 million euros", "--tag", "two words"]);
    desk.run("ada", &["add", "a.txt", "--exact", "five hours"]);
    desk.put("a.txt", &TEXT.replace("145", "125").replace(", after a debate of five hours", ""));
    let (_, _, hypothesis) = desk.run("ada", &["export", "a.txt", "--format", "hypothesis"]);
    assert!(hypothesis.contains("1 first wording of a changed note, 1 sign that an orphan's words are gone"), "{hypothesis}");
    let (_, _, readwise) = desk.run("ada", &["export", "a.txt", "--format", "readwise"]);
    assert!(readwise.contains("1 first wording of a changed note") && readwise.contains("1 tag's spelling"), "{readwise}");
    assert!(desk.run("ada", &["export", "a.txt", "--format", "obsidian"]).2.contains("1 tag's spelling"));
}
