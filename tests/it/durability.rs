//! A change that was said to be saved is on the disk, whatever happens next.
//!
//! The processes that save, and are killed, are this test binary itself, run with a filter to [`worker`].
#![cfg(unix)]

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use pullquote::annotation::model::{Anchor, Now};
use pullquote::annotation::{Annotation, AnnotationKind, Edit, Notes, Origin};
use pullquote::article::Article;
use pullquote::ingest;
use pullquote::store::{NotesFile, OpenOptions, Opened, Places, clock, schema};
use pullquote::text::{CodePoints, TextRange};

const TEXT: &str = "Bridge “will open in May”\n\nAda Example, the mayor, told the council that the bridge would cost 40 per cent more.\n";
const DIRECTORY: &str = "DURABILITY_DIRECTORY";
const NAME: &str = "DURABILITY_NAME";
const COUNT: &str = "DURABILITY_COUNT";

fn article_path(dir: &Path) -> PathBuf {
    dir.join("article.txt")
}

fn notes_path(dir: &Path) -> PathBuf {
    dir.join("article.txt.pullquote.json")
}

fn article(dir: &Path) -> Article {
    let mut article = ingest::from_text(TEXT);
    article.source.path = Some(article_path(dir));
    article
}

fn open(dir: &Path) -> Opened {
    NotesFile::open(article(dir), OpenOptions { patience: Duration::from_secs(60), ..OpenOptions::new(Places::under(dir)) })
        .expect("readable")
}

fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory on a disk");
    std::fs::write(article_path(dir.path()), TEXT).expect("written");
    dir
}

/// The process that saves: adds an annotation, edits it, adds the next …, and prints each version once it is saved. Does nothing when the
/// tests run it by themselves.
#[test]
#[ignore = "run by the other tests here, as a process of its own"]
fn worker() {
    let (Ok(dir), Ok(name), Ok(count)) = (std::env::var(DIRECTORY), std::env::var(NAME), std::env::var(COUNT)) else { return };
    let dir = PathBuf::from(dir);
    let Opened { mut file, mut notes, .. } = open(&dir);
    for n in 0..count.parse().expect("a number") {
        let id = format!("urn:uuid:{name}-{n}");
        save(&mut file, &mut notes, Edit::Add(Box::new(annotation(&id))));
        said(&notes, &id);
        if name.starts_with("editor") {
            let mut edited = notes.get(&id).expect("just saved").clone();
            edited.note = format!("note {n}");
            save(&mut file, &mut notes, Edit::Replace(Box::new(edited)));
            said(&notes, &id);
        }
    }
}

/// The process that does what comes to its mind: adds, writes notes, tags, deletes its own. Prints each version once it is saved, and
/// what it deleted. Does nothing when the tests run it by themselves.
#[test]
#[ignore = "run by the other tests here, as a process of its own"]
fn scribe() {
    let (Ok(dir), Ok(name), Ok(count)) = (std::env::var(DIRECTORY), std::env::var(NAME), std::env::var(COUNT)) else { return };
    let dir = PathBuf::from(dir);
    let Opened { mut file, mut notes, .. } = open(&dir);
    for n in 0..count.parse().expect("a number") {
        let own: Vec<String> =
            notes.annotations.iter().map(|a| a.id.clone()).filter(|id| id.starts_with(&format!("urn:uuid:{name}-"))).collect();
        let any = notes.annotations.get(usize::try_from(random(1000)).expect("small") % notes.annotations.len().max(1)).cloned();
        let own = own.get(usize::try_from(random(1000)).expect("small") % own.len().max(1)).cloned();
        match (random(6), any, own) {
            (0 | 1, Some(mut a), _) => {
                // Anybody's: two processes write into one note.
                a.note = format!("{}<{name}:{n}>", a.note);
                let id = a.id.clone();
                save(&mut file, &mut notes, Edit::Replace(Box::new(a)));
                println!("wrote {id} <{name}:{n}>");
            }
            (2, Some(mut a), _) => {
                let (id, tag) = (a.id.clone(), format!("{name}:{n}"));
                a.tags.push(tag.clone());
                save(&mut file, &mut notes, Edit::Replace(Box::new(a)));
                println!("tagged {id} {tag}");
            }
            (3, _, Some(id)) => {
                println!("deletes {id} -");
                save(&mut file, &mut notes, Edit::Remove(id));
            }
            _ => {
                let id = format!("urn:uuid:{name}-{n}");
                save(&mut file, &mut notes, Edit::Add(Box::new(annotation(&id))));
                println!("added {id} -");
            }
        }
        std::io::stdout().flush().expect("the parent reads");
    }
}

fn annotation(id: &str) -> Annotation {
    let at = TEXT.find("40 per cent").expect("there");
    let range = TextRange::new(at, at + 11);
    let anchor = Anchor::of(TEXT, &CodePoints::new(TEXT), range);
    Annotation::new(id.into(), AnnotationKind::Figure, Origin::Manual, anchor, Now::attached(range), &clock::stamp(None))
}

fn save(file: &mut NotesFile, notes: &mut Notes, edit: Edit) {
    notes.apply(edit, &clock::stamp(None)).expect("it can be done");
    if let Some(merged) = file.save(notes).expect("saved").notes {
        *notes = merged;
    }
}

fn said(notes: &Notes, id: &str) {
    let rev = notes.get(id).expect("just saved").rev;
    let mut out = std::io::stdout().lock();
    writeln!(out, "saved {id} {rev}").and_then(|()| out.flush()).expect("the parent reads");
}

fn worker_command(dir: &Path, name: &str, count: usize) -> Command {
    process("durability::worker", dir, name, count)
}

fn process(test: &str, dir: &Path, name: &str, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(DIRECTORY, dir).env(NAME, name).env(COUNT, count.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Adds what a worker printed to what is known to be saved: id and rev.
fn collect(saved: &mut HashMap<String, u64>, line: &str) {
    // libtest prints "test durability::worker ... " before the first line, without a line feed.
    let Some((_, rest)) = line.split_once("saved ") else { return };
    let mut words = rest.split(' ');
    if let (Some(id), Some(rev)) = (words.next(), words.next().and_then(|r| r.parse().ok())) {
        saved.insert(id.into(), rev);
    }
}

fn random(below: u64) -> u64 {
    RandomState::new().build_hasher().finish() % below
}

/// Nothing that was said to be saved is missing from the file.
#[track_caller]
fn all_there(dir: &Path, saved: &HashMap<String, u64>) -> Notes {
    let bytes = match std::fs::read(notes_path(dir)) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && saved.is_empty() => return Notes::default(),
        bytes => bytes.expect("the file is there"),
    };
    let parsed = schema::parse(&bytes).expect("the file can be read");
    assert_eq!(parsed.warnings, Vec::<String>::new());
    for (id, rev) in saved {
        let there = parsed.notes.get(id).map(|a| a.rev);
        assert!(there >= Some(*rev), "{id} was saved as rev {rev}, the file has {there:?}");
    }
    parsed.notes
}

fn kill(mut child: Child) {
    child.kill().expect("still ours");
    child.wait().expect("still ours");
}

#[test]
fn a_hundred_kills_lose_nothing_that_was_saved() {
    let dir = desk();
    let mut saved = HashMap::new();
    for round in 0..100 {
        let mut child = worker_command(dir.path(), &format!("editor{round}"), 1000).spawn().expect("started");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        // Until it saves, so that the kill falls among saves; then for a while that ends anywhere inside one.
        for line in lines.by_ref() {
            let line = line.expect("text");
            collect(&mut saved, &line);
            if line.contains("saved ") {
                break;
            }
        }
        std::thread::sleep(Duration::from_micros(random(15_000)));
        kill(child);
        lines.map_while(Result::ok).for_each(|line| collect(&mut saved, &line));
        all_there(dir.path(), &saved);
    }
    assert!(saved.len() >= 100, "every round saved something: {}", saved.len());
    // Another save goes through (the lock died with its holder) and clears up what the killed ones left.
    let Opened { mut file, mut notes, .. } = open(dir.path());
    save(&mut file, &mut notes, Edit::Add(Box::new(annotation("urn:uuid:last"))));
    all_there(dir.path(), &saved);
    let names: HashSet<String> =
        std::fs::read_dir(dir.path()).expect("there").flatten().map(|e| e.file_name().to_string_lossy().into()).collect();
    let expected = ["article.txt", "article.txt.pullquote.json", "article.txt.pullquote.json.lock", "data"];
    assert_eq!(names, expected.map(String::from).into());
}

#[test]
fn two_processes_lose_nothing_of_each_other() {
    let dir = desk();
    let children = ["adder-one", "adder-two"].map(|name| worker_command(dir.path(), name, 200).spawn().expect("started"));
    let mut saved = HashMap::new();
    for child in children {
        let output = child.wait_with_output().expect("ran");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("text").lines().for_each(|line| collect(&mut saved, line));
    }
    assert_eq!(saved.len(), 400);
    assert_eq!(all_there(dir.path(), &saved).annotations.len(), 400);
}

/// How many rounds of two processes; `DURABILITY_ROUNDS=500` runs a thousand scripts.
fn rounds() -> usize {
    std::env::var("DURABILITY_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(25)
}

/// What a scribe printed: what it did, to which annotation, and with what.
fn deed(line: &str) -> Option<(String, String, String)> {
    // libtest prints the test's name before the first line, without a line feed.
    let line = line.rsplit_once(" ... ").map_or(line, |(_, rest)| rest);
    let mut words = line.split(' ').map(str::to_owned);
    let what = words.next().filter(|w| ["added", "wrote", "tagged", "deletes"].contains(&w.as_str()))?;
    Some((what, words.next()?, words.next()?))
}

#[test]
fn two_scribes_that_are_killed_lose_nothing_that_was_saved() {
    let dir = desk();
    let mut said: Vec<(String, String, String)> = Vec::new();
    let mut deeds = 0;
    for round in 0..rounds() {
        if round % 25 == 24 {
            let _ = std::fs::remove_file(notes_path(dir.path())); // a file that grows for ever only slows the rounds
            said.clear();
        }
        let children = ["one", "two"].map(|name| {
            let mut child = process("durability::scribe", dir.path(), &format!("{name}{round}"), 1000).spawn().expect("started");
            let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
            // Until it has saved something, so that the kills fall among saves.
            let first: Vec<String> = lines.by_ref().map_while(Result::ok).find(|l| deed(l).is_some()).into_iter().collect();
            (child, first, lines)
        });
        std::thread::sleep(Duration::from_micros(random(60_000)));
        for (child, first, lines) in children {
            kill(child);
            for line in first.into_iter().chain(lines.map_while(Result::ok)) {
                if let Some(deed) = deed(&line) {
                    deeds += 1;
                    said.push(deed);
                }
            }
        }
        let parsed = match std::fs::read(notes_path(dir.path())) {
            Ok(bytes) => schema::parse(&bytes).expect("the file can be read"),
            Err(_) => continue,
        };
        assert_eq!(parsed.warnings, Vec::<String>::new());
        // What somebody set out to delete may be gone, with what was written on it.
        let deleted: HashSet<&String> = said.iter().filter(|(what, ..)| what == "deletes").map(|(_, id, _)| id).collect();
        for (what, id, more) in said.iter().filter(|(_, id, _)| !deleted.contains(id)) {
            let there = parsed.notes.get(id);
            let holds = match what.as_str() {
                "added" => there.is_some(),
                "wrote" => there.is_some_and(|a| a.note.contains(more.as_str())),
                "tagged" => there.is_some_and(|a| a.tags.contains(more)),
                _ => true,
            };
            assert!(holds, "round {round}: '{what} {id} {more}' was saved, the file has {there:?}");
        }
    }
    assert!(deeds > rounds() * 4, "they did something: {deeds}");
}

/// `kill -9` leaves what the system has in memory, so it cannot show that a save reaches the disk: the order of system calls does.
#[test]
fn a_save_is_written_synced_renamed_and_synced_before_it_is_said() {
    let works = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|out| out.status.success());
    if !works {
        eprintln!("skipped: strace is not installed or may not trace");
        return;
    }
    let dir = desk();
    let trace = dir.path().join("trace");
    let worker = worker_command(dir.path(), "traced", 2);
    let mut command = Command::new("strace");
    let calls = "trace=write,fsync,fdatasync,rename,renameat,renameat2";
    command.args(["-f", "-y", "-s", "200", "-e", calls, "-o"]).arg(&trace).arg(worker.get_program()).args(worker.get_args());
    command.envs(worker.get_envs().filter_map(|(key, value)| Some((key, value?)))).stdout(Stdio::piped()).stderr(Stdio::null());
    assert!(command.output().expect("traced").status.success());
    let trace = std::fs::read_to_string(&trace).expect("a trace");
    let dir = dir.path().canonicalize().expect("there");
    let temporary = |line: &str| line.contains("/.article.txt.pullquote.json.") && line.contains(".pullquote-tmp");
    let step = |line: &str| {
        let call = line.split_once(' ').map_or("", |(_, call)| call.trim_start());
        if call.starts_with("write(") && temporary(call) {
            Some("write")
        } else if (call.starts_with("fsync(") || call.starts_with("fdatasync(")) && temporary(call) {
            Some("sync the file")
        } else if call.starts_with("rename") && temporary(call) && call.contains("article.txt.pullquote.json\"") {
            Some("rename")
        } else if call.starts_with("fsync(") && call.contains(&format!("<{}>", dir.display())) {
            Some("sync the directory")
        } else if call.starts_with("write(1") && call.contains("saved urn:uuid:traced") {
            Some("say so")
        } else {
            None
        }
    };
    let mut steps: Vec<&str> = trace.lines().filter_map(step).collect();
    steps.dedup(); // a long file takes several writes
    let save = ["write", "sync the file", "rename", "sync the directory", "say so"];
    assert_eq!(steps, [save, save].concat(), "{trace}");
}
