//! What one copy of the notes does to another: imports that were undone, notes of another article, names, exports over notes.

use crate::colleagues::{Desk, TEXT};

/// A desk, and a colleague's copy of the same article with one note, as `theirs.json`.
fn with_colleague() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.at("bo")).unwrap();
    desk.put("bo/a.txt", TEXT);
    desk.run("bo", &["add", "bo/a.txt", "--exact", "five hours", "--note", "long"]);
    std::fs::rename(desk.at("bo/a.txt.pullquote.json"), desk.at("theirs.json")).unwrap();
    desk
}

#[test]
fn an_import_that_was_undone_deletes_nothing_of_the_colleague() {
    let desk = with_colleague();
    desk.run("ada", &["add", "a.txt", "--exact", "145 million euros"]);
    let mut reader = desk.reader((100, 24));
    reader.wait_text("1 note · saved");
    reader.keys(":import theirs.json\r");
    reader.wait_text("imported: 1 attached");
    reader.wait_text("2 notes · saved");
    reader.keys("u");
    reader.wait_text("undone");
    reader.wait_text("1 note · saved");
    reader.keys("Q");
    assert_eq!(reader.exit().code, Some(0));
    let mine = "a.txt.pullquote.json";
    assert_eq!(desk.notes(mine)["deleted"][0]["undone"], true);
    std::fs::copy(desk.at("theirs.json"), desk.at("before.json")).unwrap();
    let (code, said, _) = desk.run("bo", &["merge", "theirs.json", mine]);
    assert_eq!((code, said.as_str()), (Some(0), "1 added; 2 annotations now\n"));
    let (code, said, _) = desk.run("ada", &["merge", mine, "before.json"]);
    assert_eq!((code, said.as_str()), (Some(0), "1 added; 2 annotations now\n"), "the other way round");
    assert_eq!(desk.notes(mine)["deleted"].as_array().map_or(0, Vec::len), 0);
}

#[test]
fn notes_brought_to_another_article_are_no_copy_of_the_first() {
    let desk = Desk::new();
    desk.put("b.txt", "Ferry fares to rise\n\nThe ferry will cost 4 euros from June, the company said.\n");
    desk.run("ada", &["add", "a.txt", "--exact", "five hours"]);
    desk.run("ada", &["export", "a.txt", "--format", "w3c", "-o", "a.w3c"]);
    desk.run("ada", &["import", "a.w3c", "--for", "b.txt"]);
    let (first, second) = ("a.txt.pullquote.json", "b.txt.pullquote.json");
    assert_ne!(desk.notes(first)["id"], desk.notes(second)["id"]);
    let refused = |a: &str, b: &str| {
        let (code, _, error) = desk.run("ada", &["merge", a, b]);
        assert!(code == Some(2) && error.contains("belongs to another article") && error.lines().count() == 1, "{code:?} {error}");
    };
    refused(first, second);
    // Files of older versions of the program have the identifier in both.
    let mut taken = desk.notes(second);
    taken["id"] = desk.notes(first)["id"].clone();
    desk.put("old.json", &taken.to_string());
    refused(first, "old.json");
    // A copy whose article changed since, with half its headline, is one of the same article.
    let mut newer = desk.notes(first);
    newer["source"]["title"] = "Harbour vote held".into();
    newer["source"]["text_sha256"] = "0".repeat(64).into();
    newer["source"]["path"] = "moved.txt".into();
    desk.put("newer.json", &newer.to_string());
    assert_eq!(desk.run("ada", &["merge", first, "newer.json"]).0, Some(0));
    // Nothing was there yet, and it is the same article: all of the file is taken over.
    desk.put("c.txt", TEXT);
    std::fs::remove_dir_all(desk.at("home")).unwrap();
    desk.run("ada", &["import", "a.w3c", "--for", "c.txt", "--notes", "c.json"]);
    assert_eq!(desk.notes("c.json")["id"], desk.notes(first)["id"]);
}

#[test]
fn an_export_replaces_nobodys_notes_and_no_annotated_article() {
    let desk = with_colleague();
    desk.run("ada", &["add", "a.txt", "--exact", "145 million euros", "--tag", "claim"]);
    desk.put("b.md", "# Ferry fares\n\nThe ferry will cost 4 euros from June.\n");
    desk.run("ada", &["add", "b.md", "--exact", "4 euros"]);
    std::fs::copy(desk.at("theirs.json"), desk.at("copy-of-bo")).unwrap();
    let whole = std::fs::read_to_string(desk.at("theirs.json")).unwrap();
    desk.put("cut.json", &whole[..whole.len() / 2]);
    let refused = |to: &str, format: &str, more: &[&str]| {
        let before = std::fs::read(desk.at(to)).unwrap();
        let args = [&["export", "a.txt", "--format", format, "-o", to], more].concat();
        let (code, _, error) = desk.run("ada", &args);
        assert!(code == Some(2) && error.contains("would be lost") && error.lines().count() == 1, "{to} {format}: {code:?} {error}");
        assert_eq!(std::fs::read(desk.at(to)).unwrap(), before, "{to} is as it was");
    };
    for to in ["theirs.json", "copy-of-bo", "cut.json", "b.md"] {
        for format in ["json", "csv", "html", "w3c"] {
            refused(to, format, &[]);
        }
    }
    refused("b.md", "markdown", &[]);
    for (to, format) in [("a.w3c", "w3c"), ("a.hypothesis", "hypothesis"), ("a.csv", "readwise")] {
        assert_eq!(desk.run("ada", &["export", "a.txt", "--format", format, "-o", to]).0, Some(0));
        assert_eq!(desk.run("ada", &["export", "a.txt", "--format", format, "-o", to]).0, Some(0), "an export is written again: {to}");
        refused(to, format, &["--tag", "nope"]);
    }
    assert_eq!(desk.run("ada", &["export", "a.txt", "--format", "csv", "-o", "new.csv", "--tag", "nope"]).0, Some(1));
}

#[test]
fn every_output_says_whose_a_note_is_and_who_changed_it() {
    let desk = Desk::new();
    desk.run("Ann", &["add", "a.txt", "--exact", "five hours", "--note", "long"]);
    let own = |args: &[&str]| desk.run("Ann", args).1;
    assert!(
        !own(&["show", "a.txt", "--plain"]).contains("by Ann") && !own(&["check", "a.txt"]).contains("Ann"),
        "one's own says nothing new"
    );
    let mut notes = desk.notes("a.txt.pullquote.json");
    notes["annotations"][0]["contributors"] = serde_json::json!(["Jo Sample"]);
    notes["annotations"][0]["modified"] = "2026-02-03T04:05:06Z".into();
    desk.put("a.txt.pullquote.json", &notes.to_string());
    for format in ["markdown", "obsidian"] {
        let page = own(&["export", "a.txt", "--format", format]);
        assert!(page.contains("- Noted by: Ann, changed by Jo Sample, 2026-02-03\n"), "{page}");
    }
    let page = own(&["export", "a.txt", "--format", "html"]);
    assert!(page.contains("Ann, changed by Jo Sample, 2026-02-03"), "{page}");
    let rows = own(&["export", "a.txt", "--format", "csv"]);
    let column = rows.lines().next().unwrap().split(',').position(|c| c == "contributors").unwrap();
    assert_eq!(rows.lines().nth(1).unwrap().split(',').nth(column), Some("Jo Sample"), "{rows}");
    for format in ["hypothesis", "readwise", "label-studio", "spacy"] {
        let (_, _, error) = desk.run("Ann", &["export", "a.txt", "--format", format]);
        assert!(error.contains("1 name of who changed a note"), "{format}: {error}");
    }
    let whose = "by Ann, changed by Jo Sample";
    assert!(own(&["show", "a.txt", "--plain"]).contains(&format!("“long”; {whose}]")), "{}", own(&["show", "a.txt", "--plain"]));
    assert!(own(&["check", "a.txt"]).contains("by: Ann, changed by Jo Sample\n"));
    desk.put("commands", "notes\nquit\n");
    let program = env!("CARGO_BIN_EXE_pullquote");
    let typed = std::fs::File::open(desk.at("commands")).unwrap();
    let mut command = std::process::Command::new(program);
    command.env_clear().env("HOME", desk.at("home")).env("USER", "Cy").current_dir(desk.at("")).stdin(typed);
    let said = String::from_utf8(command.args(["--linear", "a.txt"]).output().unwrap().stdout).unwrap();
    assert!(said.lines().any(|l| l.starts_with("n1: ") && l.contains(whose)), "{said}");
    let found = |by: &str| own(&["list", "a.txt", "--filter", &format!("creator:{by}"), "--format", "csv"]).lines().count() - 1;
    assert_eq!((found("Jo"), found("Ann"), found("Cy")), (1, 1, 0));
}

#[test]
fn orphans_of_an_emptied_article_are_near_nothing() {
    let desk = Desk::new();
    desk.run("ada", &["add", "a.txt", "--exact", "five hours"]);
    desk.put("a.txt", "");
    let (code, said, _) = desk.run("ada", &["check", "a.txt"]);
    assert!(code == Some(1) && said.contains("0 attached, 0 changed, 1 orphan") && !said.contains("near"), "{said}");
    desk.put("a.txt", "Harbour vote delayed\n\nNothing else is here now.\n");
    assert!(desk.run("ada", &["check", "a.txt"]).1.contains("was near ¶"));
}

#[test]
fn copies_of_texts_are_needed_while_there_are_notes_of_them() {
    let desk = Desk::new();
    let (code, said, _) = desk.run("ada", &["snapshots", "list"]);
    assert!(code == Some(0) && said.contains("no copies of texts are kept"), "{code:?} {said}");
    let names = [("gone.txt", "Ferry fares rise.\n"), ("none.txt", "Bridge opens late.\n"), ("torn.txt", "Tram stops early.\n")];
    for (name, text) in names {
        desk.put(name, text);
        desk.run("ada", &["add", name, "--exact", text.trim_end()]);
    }
    desk.run("ada", &["add", "a.txt", "--exact", "five hours"]);
    std::fs::remove_file(desk.at("gone.txt.pullquote.json")).unwrap();
    let mut none = desk.notes("none.txt.pullquote.json");
    none["deleted"] = serde_json::json!([{"id": none["annotations"][0]["id"], "deleted": "2026-01-02T03:04:05Z", "rev": 1}]);
    none["annotations"] = serde_json::json!([]);
    desk.put("none.txt.pullquote.json", &none.to_string());
    let whole = std::fs::read_to_string(desk.at("torn.txt.pullquote.json")).unwrap();
    desk.put("torn.txt.pullquote.json", &whole[..whole.len() / 2]);
    let (code, listed, error) = desk.run("ada", &["snapshots", "list"]);
    let row = |words: &str| listed.lines().find(|l| l.contains(words)).unwrap_or_else(|| panic!("{words}: {listed}"));
    assert!(row("Ferry fares").contains(" notes file gone ") && row("Bridge opens").contains(" no notes "), "{listed}");
    assert!(row("Tram stops").contains(" notes file cannot be read ") && row("Harbour vote").contains(" yes "), "{listed}");
    assert!(code == Some(0) && error.contains("torn.txt.pullquote.json") && error.lines().count() == 1, "{code:?} {error}");
    let (code, _, error) = desk.run("ada", &["snapshots", "purge", "--apply"]);
    assert!(code == Some(2) && error.contains("none is removed"), "what a broken file needs is not known: {error}");
    desk.put("torn.txt.pullquote.json", &whole);
    let (code, said, _) = desk.run("ada", &["snapshots", "purge", "--apply"]);
    assert!(code == Some(0) && said.contains("2 copies") && !said.contains("Tram") && !said.contains("Harbour"), "{said}");
    let left = desk.run("ada", &["snapshots", "list"]).1;
    assert!(left.contains("Tram stops") && left.contains("Harbour vote") && left.contains("2 copies"), "{left}");
}
