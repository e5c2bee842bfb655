//! Reading line by line, with commands through a pipe; and what is said when notes or output cannot be written.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Invented.
const TEXT: &str = "Bridge “will open in May”, mayor says\n\nAnna Miller, the mayor, told the council that the bridge would cost 40 per cent \
more. “We are late,” Miller said.\n";

fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("a.txt"), TEXT).expect("written");
    dir
}

fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.env_clear().env("HOME", dir.join("home")).env("USER", "ada").current_dir(dir).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn fed(mut command: Command, lines: &str) -> Output {
    let mut child = command.spawn().expect("it runs");
    // It may end before it has read everything.
    let _ = child.stdin.take().expect("a pipe").write_all(lines.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn what_is_kept_line_by_line_is_in_the_notes_file() {
    let dir = desk();
    let ran = fed(program(dir.path(), &["--linear", "a.txt"]), "quote 2\nkeep\ntag claim\nnote s1 who counted?\nundo\nq\n");
    let out = text(&ran.stdout);
    assert_eq!((ran.status.code(), text(&ran.stderr).as_str()), (Some(0), ""), "{out}");
    assert!(!out.contains('\u{1b}'), "nothing that moves a cursor: {out}");
    assert_eq!(out.matches("Saved.").count(), 4, "{out}");
    let notes = std::fs::read(dir.path().join("a.txt.pullquote.json")).expect("the notes");
    let notes: Value = serde_json::from_slice(&notes).expect("JSON");
    let all = notes["annotations"].as_array().expect("a list");
    assert_eq!(all.len(), 1, "the note was taken back: {notes:#}");
    assert_eq!(all[0]["tags"], serde_json::json!(["claim"]));
    assert!(text(&fed(program(dir.path(), &["list", "a.txt"]), "").stdout).contains("Anna Miller"));
}

#[test]
fn notes_that_cannot_be_written_are_said_and_the_exit_code_tells() {
    let dir = desk();
    let ran = fed(program(dir.path(), &["--linear", "a.txt", "--notes", "missing/n.json"]), "quote\nkeep\nquit\nsave\nquit\nquit\n");
    let (out, err) = (text(&ran.stdout), text(&ran.stderr));
    assert_eq!(ran.status.code(), Some(2), "{out}{err}");
    assert_eq!(out.matches("Not saved: its directory does not exist: cannot write 'missing/n.json'").count(), 2, "{out}");
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.contains("not saved"), "{err}");
}

#[test]
fn linear_and_a_command_do_not_go_together() {
    let dir = desk();
    let ran = fed(program(dir.path(), &["--linear", "list", "a.txt"]), "");
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("leave the command out"), "{}", text(&ran.stderr));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_device_for_notes_are_one_line_each() {
    let dir = desk();
    for args in [["show", "a.txt"].as_slice(), &["extract", "a.txt"], &["--linear", "a.txt"], &["list", "a.txt", "--format", "json"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        let mut command = program(dir.path(), args);
        command.stdout(full);
        let ran = fed(command, "");
        let err = text(&ran.stderr);
        assert_eq!(err, "pullquote: cannot write to standard output: the disk is full; free some space and try again\n", "{args:?}");
        assert_eq!(ran.status.code(), Some(2));
    }
    let ran = fed(program(dir.path(), &["add", "a.txt", "--exact", "council", "--notes", "/dev/full"]), "");
    assert_eq!(text(&ran.stderr), "pullquote: cannot read the notes '/dev/full': it is no ordinary file; name one with --notes\n");
}

#[test]
fn the_log_tells_sizes_and_times_and_no_words() {
    let dir = desk();
    let mut command = program(dir.path(), &["--linear", "a.txt"]);
    command.env("PULLQUOTE_LOG", dir.path().join("log"));
    assert_eq!(fed(command, "quote\nnote a secret thought\nq\n").status.code(), Some(0));
    let log = std::fs::read_to_string(dir.path().join("log")).expect("the log");
    for word in ["start: version", "load: ", "bytes of text", "analysis: ", "save: ", "saved: 1 annotations"] {
        assert!(log.contains(word), "{word} is not in {log}");
    }
    for word in ["secret", "Bridge", "Miller", "May"] {
        assert!(!log.contains(word), "{word} is in {log}");
    }
    let mut command = program(dir.path(), &["show", "a.txt"]);
    command.env("PULLQUOTE_LOG", dir.path().join("missing/log"));
    let ran = fed(command, "");
    assert_eq!(ran.status.code(), Some(0), "no log is no reason to stop");
    assert!(text(&ran.stderr).starts_with("pullquote: nothing is logged: cannot write"), "{}", text(&ran.stderr));
    assert!(text(&ran.stderr).trim_end().ends_with("name another file in PULLQUOTE_LOG"), "{}", text(&ran.stderr));
}
