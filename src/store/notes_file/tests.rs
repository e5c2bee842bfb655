//! Notes on disk: opened, saved, merged, moved.

use std::path::PathBuf;

use tempfile::TempDir;

use super::super::{digest, lock, snapshot};
use super::*;
use crate::annotation::sample::{self, TEXT, on, stamp};
use crate::annotation::{Annotation, Edit};
use crate::ingest;

/// A directory with an article in it, and the program's own directories beside.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a directory"));
        fs::create_dir(desk.at("articles")).expect("new");
        fs::write(desk.article(), TEXT).expect("written");
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn article(&self) -> PathBuf {
        self.at("articles/bridge.txt")
    }

    fn notes(&self) -> PathBuf {
        self.at("articles/bridge.txt.pullquote.json")
    }

    fn options(&self) -> OpenOptions {
        OpenOptions { patience: Duration::from_millis(50), ..OpenOptions::new(Places::under(self.0.path())) }
    }

    fn open(&self, path: &Path) -> Opened {
        NotesFile::open(article(path), self.options()).expect("readable")
    }

    fn start(&self) -> Opened {
        self.open(&self.article())
    }

    /// Opens, adds, saves.
    fn add(&self, path: &Path, annotation: Annotation) -> Opened {
        let mut opened = self.open(path);
        add(&mut opened.notes, annotation);
        if let Some(merged) = opened.file.save(&opened.notes).expect("saved").notes {
            opened.notes = merged;
        }
        opened
    }
}

fn article(path: &Path) -> Article {
    let bytes = fs::read(path).expect("an article");
    let mut article = ingest::from_text(&String::from_utf8(bytes.clone()).expect("UTF-8"));
    article.source.path = Some(path.into());
    article.source.raw_len = bytes.len() as u64;
    article
}

fn add(notes: &mut Notes, annotation: Annotation) {
    notes.apply(Edit::Add(Box::new(annotation)), &stamp(1)).expect("a new one");
}

fn ids(notes: &Notes) -> Vec<&str> {
    notes.annotations.iter().map(|a| a.id.as_str()).collect()
}

fn files(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).expect("a directory").flatten().map(|e| e.file_name().to_string_lossy().into()).collect();
    names.sort();
    names
}

#[test]
fn opening_writes_nothing_and_saving_nothing_new_writes_nothing() {
    let desk = Desk::new();
    let mut opened = desk.start();
    assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote);
    assert_eq!(files(desk.0.path()), ["articles"]);
    assert_eq!(files(&desk.at("articles")), ["bridge.txt"]);
    let mut opened = desk.add(&desk.article(), on("a", "3 June"));
    let before = fs::metadata(desk.notes()).and_then(|m| m.modified()).expect("there");
    assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote);
    let mut again = desk.start();
    assert!(!again.file.save(&again.notes).expect("nothing to do").wrote);
    assert_eq!(fs::metadata(desk.notes()).and_then(|m| m.modified()).expect("there"), before);
    assert_eq!(files(&desk.at("articles")), ["bridge.txt", "bridge.txt.pullquote.json", "bridge.txt.pullquote.json.lock"]);
}

#[test]
fn what_is_saved_is_read_again() {
    let desk = Desk::new();
    let saved = desk.add(&desk.article(), on("a", "3 June"));
    assert_eq!(saved.file.path(), desk.notes());
    let opened = desk.start();
    assert_eq!(opened.attached, Attached { attached: 1, changed: 0, orphan: 0 });
    assert!(opened.notes.annotations[0].same_content(&saved.notes.annotations[0]));
    assert_eq!(opened.warnings, Vec::<String>::new());
    let file: serde_json::Value = serde_json::from_slice(&fs::read(desk.notes()).expect("there")).expect("JSON");
    let source = &file["source"];
    assert_eq!((&source["path"], &source["text_sha256"]), (&"bridge.txt".into(), &digest::sha256(TEXT.as_bytes()).into()));
    assert_eq!((&source["raw_sha256"], &source["text_len"]), (&source["text_sha256"], &TEXT.chars().count().into()));
    assert_eq!(snapshot::load(&Places::under(desk.0.path()), &digest::sha256(TEXT.as_bytes())).as_deref(), Some(TEXT));
}

#[test]
fn two_readers_lose_nothing() {
    let desk = Desk::new();
    let (mut ada, mut bo) = (desk.start(), desk.start());
    add(&mut ada.notes, on("a", "3 June"));
    add(&mut bo.notes, on("b", "Åby"));
    assert_eq!(ada.file.save(&ada.notes).expect("saved").notes, None, "there was nothing yet");
    let merged = bo.file.save(&bo.notes).expect("saved").notes.expect("there was something");
    assert_eq!(ids(&merged), ["b", "a"]);
    // Ada does not know of b yet, and deletes her own.
    ada.notes.apply(Edit::Remove("a".into()), &stamp(2)).expect("there");
    let merged = ada.file.save(&ada.notes).expect("saved").notes.expect("Bo's");
    assert_eq!(ids(&merged), ["b"]);
    assert_eq!(ids(&desk.start().notes), ["b"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn the_file_is_as_if_written_anew(start in sample::any_notes(), deeds in sample::deeds("ada"), more in sample::deeds("bo")) {
        let desk = Desk::new();
        let Opened { mut file, notes, .. } = desk.start();
        let start = Notes { id: notes.id, ..start };
        for step in [start.clone(), sample::perform(&start, &deeds), sample::perform(&sample::perform(&start, &deeds), &more)] {
            let saved = file.save(&step).expect("saved");
            proptest::prop_assert_eq!(saved.notes, None);
            if desk.notes().exists() {
                let bytes = fs::read(desk.notes()).expect("there");
                let anew = file.render(&step);
                proptest::prop_assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&anew));
            }
            proptest::prop_assert_eq!(&file.base, &step);
        }
    }
}

#[test]
fn a_failed_save_can_be_made_again() {
    let desk = Desk::new();
    let mut opened = desk.add(&desk.article(), on("a", "3 June"));
    add(&mut opened.notes, on("b", "Åby"));
    let held = lock::lock(&desk.notes(), Duration::ZERO).expect("free");
    let error = opened.file.save(&opened.notes).expect_err("somebody holds the lock");
    assert!(matches!(error, SaveError::Locked { .. }), "{error}");
    drop(held);
    assert!(opened.file.save(&opened.notes).expect("saved").wrote);
    assert_eq!(ids(&desk.start().notes).len(), 2);
}

#[test]
fn a_damaged_file_is_never_written_over() {
    let desk = Desk::new();
    let mut opened = desk.add(&desk.article(), on("a", "3 June"));
    fs::write(desk.notes(), "{\n  \"format\": oops").expect("written");
    add(&mut opened.notes, on("b", "Åby"));
    let error = opened.file.save(&opened.notes).expect_err("not a notes file any more").to_string();
    assert!(error.contains("line 2, column 13"), "{error}");
    let error = NotesFile::open(article(&desk.article()), desk.options()).expect_err("cannot be read").to_string();
    assert!(error.starts_with("cannot read the notes '") && error.contains("line 2, column 13"), "{error}");
    assert_eq!(fs::read_to_string(desk.notes()).expect("there"), "{\n  \"format\": oops");
    // Only when the reader says so: a new one beside it, and the same one the next time.
    let beside = OpenOptions { start_new: true, ..desk.options() };
    let mut new = NotesFile::open(article(&desk.article()), beside.clone()).expect("a new file");
    assert_eq!(new.file.path(), desk.at("articles/bridge.txt.2.pullquote.json"));
    add(&mut new.notes, on("c", "Åby"));
    new.file.save(&new.notes).expect("saved");
    assert_eq!(ids(&NotesFile::open(article(&desk.article()), beside).expect("that file").notes), ["c"]);
    assert_eq!(fs::read_to_string(desk.notes()).expect("there"), "{\n  \"format\": oops");
}

#[test]
fn a_newer_version_is_only_read() {
    let desk = Desk::new();
    let mut old = desk.add(&desk.article(), on("a", "3 June"));
    let newer = fs::read_to_string(desk.notes()).expect("there").replace("\"version\": 1,", "\"version\": 2,");
    fs::write(desk.notes(), &newer).expect("written");
    let mut opened = desk.start();
    assert_eq!(ids(&opened.notes), ["a"]);
    assert!(opened.file.read_only().is_some_and(|why| why.contains("newer")));
    for opened in [&mut opened, &mut old] {
        add(&mut opened.notes, on("b", "Åby"));
        assert!(matches!(opened.file.save(&opened.notes), Err(SaveError::ReadOnly(_))));
    }
    assert_eq!(fs::read_to_string(desk.notes()).expect("there"), newer);
}

#[test]
fn a_renamed_article_keeps_its_notes() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    let renamed = desk.at("articles/a better name.txt");
    fs::rename(desk.article(), &renamed).expect("renamed");
    let opened = desk.add(&renamed, on("b", "Åby"));
    assert_eq!((ids(&opened.notes), opened.file.path()), (vec!["b", "a"], &*desk.notes()), "they stay where others may have them open");
    assert!(opened.warnings[0].contains("moved or renamed"), "{:?}", opened.warnings);
    // The article's new name is known now: its text may change too.
    fs::write(&renamed, format!("{TEXT}And more.\n")).expect("written");
    assert_eq!(ids(&desk.open(&renamed).notes).len(), 2);
}

#[test]
fn a_moved_article_keeps_its_notes() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    let moved = desk.at("bridge.txt");
    fs::rename(desk.article(), &moved).expect("moved");
    assert_eq!(ids(&desk.open(&moved).notes), ["a"]);
    // Without the index, the notes in the article's new directory are looked through.
    fs::remove_dir_all(desk.at("data")).expect("removed");
    assert_eq!(ids(&desk.open(&moved).notes), Vec::<&str>::new());
    fs::rename(desk.notes(), desk.at("other.txt.pullquote.json")).expect("moved");
    assert_eq!(ids(&desk.open(&moved).notes), ["a"]);
}

#[test]
fn a_copy_has_notes_of_its_own_and_empty_texts_are_not_alike() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    let copy = desk.at("copy.txt");
    fs::copy(desk.article(), &copy).expect("copied");
    assert_eq!(ids(&desk.open(&copy).notes), Vec::<&str>::new());
    let (one, other) = (desk.at("empty.txt"), desk.at("also empty.txt"));
    fs::write(&one, "\n").expect("written");
    let mut opened = desk.open(&one);
    let mut page = on("p", "3 June");
    (page.kind, page.now) = (crate::annotation::AnnotationKind::Page, crate::annotation::Now::page());
    add(&mut opened.notes, page);
    opened.file.save(&opened.notes).expect("saved");
    fs::rename(&one, desk.at("gone.txt")).expect("renamed");
    fs::write(&other, "\n").expect("written");
    assert_eq!(ids(&desk.open(&other).notes), Vec::<&str>::new());
}

#[test]
fn an_article_without_a_file_has_notes_by_its_text_and_its_address() {
    let desk = Desk::new();
    let piped = || ingest::from_text(TEXT);
    let options = OpenOptions { uri: Some("https://news.example/bridge".into()), ..desk.options() };
    let mut opened = NotesFile::open(piped(), options.clone()).expect("new");
    add(&mut opened.notes, on("a", "3 June"));
    opened.file.save(&opened.notes).expect("saved");
    assert!(opened.file.path().starts_with(desk.at("data/notes")));
    assert_eq!(ids(&NotesFile::open(piped(), desk.options()).expect("by the text").notes), ["a"]);
    let newer = || ingest::from_text(&TEXT.replace("closed", "shut"));
    assert_eq!(ids(&NotesFile::open(newer(), options).expect("by the address").notes), ["a"]);
    assert_eq!(ids(&NotesFile::open(newer(), desk.options()).expect("unknown").notes), Vec::<&str>::new());
}

#[test]
fn the_notes_file_can_be_named() {
    let desk = Desk::new();
    let named = OpenOptions { explicit: Some(desk.at("mine.json")), ..desk.options() };
    let mut opened = NotesFile::open(article(&desk.article()), named.clone()).expect("new");
    add(&mut opened.notes, on("a", "3 June"));
    opened.file.save(&opened.notes).expect("saved");
    assert!(!desk.notes().exists());
    assert_eq!(ids(&NotesFile::open(article(&desk.article()), named).expect("there").notes), ["a"]);
    let file: serde_json::Value = serde_json::from_slice(&fs::read(desk.at("mine.json")).expect("there")).expect("JSON");
    assert_eq!(file["source"]["path"], desk.article().to_string_lossy().as_ref(), "not beside the notes: the whole path");
}

#[test]
fn where_the_directory_takes_nothing_the_data_directory_does() {
    let desk = Desk::new();
    let mut opened = desk.start();
    // What a directory without write permission does to everybody but root: the lock file cannot be made.
    fs::create_dir(lock::path_for(&desk.notes())).expect("new");
    add(&mut opened.notes, on("a", "3 June"));
    let saved = opened.file.save(&opened.notes).expect("saved elsewhere");
    assert!(saved.wrote && opened.file.path().starts_with(desk.at("data/notes")), "{}", opened.file.path().display());
    assert_eq!(ids(&desk.start().notes), ["a"]);
    fs::write(desk.article(), format!("New: {TEXT}")).expect("written");
    assert_eq!(ids(&desk.start().notes), ["a"], "found by the article's path when its text has changed");
}

#[test]
fn a_changed_text_moves_no_note_to_other_words_and_back_again() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    desk.add(&desk.article(), on("b", "40 per cent"));
    fs::write(desk.article(), format!("News.\n{}", TEXT.replace("40 per cent", "half"))).expect("written");
    let mut opened = desk.start();
    assert_eq!(opened.attached, Attached { attached: 1, changed: 0, orphan: 1 });
    assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote, "to look is not to change");
    let mut tagged = opened.notes.get("a").expect("there").clone();
    tagged.tags.push("date".into());
    opened.notes.apply(Edit::Replace(Box::new(tagged)), &stamp(3)).expect("there");
    opened.file.save(&opened.notes).expect("saved");
    fs::write(desk.article(), TEXT).expect("written");
    let opened = desk.start();
    assert_eq!(opened.attached.orphan, 0, "the text is back, and with it the place");
    assert_eq!(opened.notes.get("b").map(|b| b.anchor.clone()), Some(on("b", "40 per cent").anchor));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_notes_stays_one() {
    let desk = Desk::new();
    fs::create_dir(desk.at("synced")).expect("new");
    std::os::unix::fs::symlink(desk.at("synced/notes.json"), desk.notes()).expect("new");
    desk.add(&desk.article(), on("a", "3 June"));
    assert!(fs::symlink_metadata(desk.notes()).expect("there").is_symlink());
    assert_eq!(files(&desk.at("synced")), ["notes.json", "notes.json.lock"]);
    assert_eq!(ids(&desk.start().notes), ["a"]);
}

#[test]
fn may_go_to_a_saver_thread() {
    fn sendable<T: Send>() {}
    sendable::<NotesFile>();
    let desk = Desk::new();
    let mut opened = desk.start();
    add(&mut opened.notes, on("a", "3 June"));
    let saved = std::thread::spawn(move || opened.file.save(&opened.notes).expect("saved").wrote).join();
    assert!(saved.expect("no panic"));
    assert_eq!(ids(&desk.start().notes), ["a"]);
}

#[test]
fn notes_of_an_article_that_stood_here_are_not_taken_over() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    let moved = desk.at("bridge.txt");
    fs::rename(desk.article(), &moved).expect("moved");
    let other = "A new ferry for the northern islands\n\nThe ferry was christened by a singer on Saturday, in bright sunshine.\n";
    fs::write(desk.article(), other).expect("written");
    let before = fs::read(desk.notes()).expect("there");
    let mut opened = desk.start();
    assert_eq!((ids(&opened.notes), opened.warnings.len()), (vec![], 1));
    assert!(opened.warnings[0].contains("are of another one, “Mayor says bridge “will open in May” 🌉”"), "{:?}", opened.warnings);
    let range = crate::text::TextRange::new(2, 11);
    let anchor = crate::annotation::Anchor::of(other, &CodePoints::new(other), range);
    let kind = crate::annotation::AnnotationKind::Passage;
    let now = crate::annotation::Now::attached(range);
    add(&mut opened.notes, Annotation::new("f".into(), kind, crate::annotation::Origin::Manual, anchor, now, &stamp(1)));
    opened.file.save(&opened.notes).expect("saved");
    assert_eq!(fs::read(desk.notes()).expect("there"), before, "nothing was written over");
    assert_eq!(ids(&desk.start().notes), ["f"], "and the next time these are found");
    assert_eq!(ids(&desk.open(&moved).notes), ["a"], "so are those of the article that was moved");
}

#[test]
fn a_version_of_the_same_article_is_no_other_one() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    fs::write(desk.article(), TEXT.replacen("Mayor says bridge “will open in May” 🌉", "Council split on costs", 1)).expect("written");
    assert_eq!((ids(&desk.start().notes), desk.start().warnings.len()), (vec!["a"], 0), "its words are still there");
}

#[test]
fn what_others_write_is_seen_and_nothing_is_written_by_looking() {
    let desk = Desk::new();
    let mut ada = desk.add(&desk.article(), on("a", "3 June"));
    assert_eq!(ada.file.outside(), None, "her own");
    let bo = desk.add(&desk.article(), on("b", "Åby"));
    let (before, now) = *ada.file.outside().expect("Bo wrote");
    assert_eq!((ids(&before), ids(&now)), (vec!["a"], vec!["b", "a"]));
    assert_eq!(ada.file.outside(), None, "once");
    // What she had begun meanwhile is saved with what he wrote, whether she took it in or not.
    add(&mut ada.notes, on("c", "40 per cent"));
    let saved = ada.file.save(&ada.notes).expect("saved").notes.expect("Bo's is new to what she gave");
    assert_eq!(ids(&saved), ["c", "b", "a"]);
    assert_eq!(bo.notes.annotations.len(), 2);
    fs::write(desk.notes(), "half a fi").expect("written");
    assert_eq!(ada.file.outside(), None, "passed over");
}

#[test]
fn writers_of_a_moved_articles_notes_meet_in_one_file() {
    let desk = Desk::new();
    desk.add(&desk.article(), on("a", "3 June"));
    let moved = desk.at("bridge.txt");
    fs::rename(desk.article(), &moved).expect("moved");
    let (mut ada, mut bo) = (desk.open(&moved), desk.open(&moved));
    add(&mut ada.notes, on("b", "Åby"));
    add(&mut bo.notes, on("c", "40 per cent"));
    ada.file.save(&ada.notes).expect("saved");
    bo.file.save(&bo.notes).expect("saved");
    let mut all = ids(&desk.open(&moved).notes).iter().map(ToString::to_string).collect::<Vec<_>>();
    all.sort();
    assert_eq!(all, ["a", "b", "c"]);
}

#[test]
fn what_another_program_leaves_out_is_written_again() {
    let desk = Desk::new();
    let mut ada = desk.add(&desk.article(), on("a", "3 June"));
    let without = fs::read(desk.notes()).expect("there");
    add(&mut ada.notes, on("b", "Åby"));
    ada.file.save(&ada.notes).expect("saved");
    fs::write(desk.notes(), without).expect("an older version, as git brings it back");
    ada.file.save(&ada.notes).expect("saved");
    assert_eq!(ids(&desk.start().notes).len(), 2);
}
