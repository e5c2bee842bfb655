//! What common tasks cost in keys: each is replayed in the program, counted, and held against the limit of the design. README's table is made
//! from the same rows.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::pty::{Run, Start};

/// Two people, two quotations, two figures. Invented.
const ARTICLE: &str = "Harbour fee to rise\n\n\
    The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.”\n";

enum Key {
    /// One key, and how the table shows it.
    Press(&'static str, &'static str),
    /// The letter on the words that begin so.
    Label(&'static str),
    /// Words of the reader's own: what they are, and how the table shows them. They are not counted.
    Typed(&'static str, &'static str),
}
use Key::{Label, Press, Typed};

const ENTER: Key = Press("\r", "Enter");

struct Task {
    what: &'static str,
    /// Done before, and not counted.
    before: &'static [Key],
    keys: &'static [Key],
    /// The most keys that it may cost: of the design where that says so, else what it costs today.
    most: usize,
    done: fn(&Run, &[Value]) -> bool,
}

fn screen(run: &Run, words: &str) -> bool {
    run.text().contains(words)
}

const KEPT: &[Key] = &[Press("]", "]"), Press("q", "q"), ENTER];

const TASKS: [Task; 13] = [
    Task {
        what: "keep a quotation with its speaker",
        before: &[],
        keys: KEPT,
        most: 3,
        done: |_, n| n.len() == 1 && n[0]["speaker"]["name"] == "Ilse Brandt",
    },
    Task {
        what: "highlight any sentence in view",
        before: &[],
        keys: &[Press("s", "s"), Label("Ships may"), Press("H", "H")],
        most: 3,
        done: |_, n| n.len() == 1 && n[0]["anchor"]["exact"] == "Ships may wait longer in the spring.",
    },
    Task {
        what: "tag it",
        before: KEPT,
        keys: &[Press("t", "t"), Typed("claim", "the tag"), ENTER],
        most: 2,
        done: |_, n| n.len() == 1 && n[0]["tags"][0] == "claim",
    },
    Task {
        what: "tag any sentence in view",
        before: &[],
        keys: &[Press("s", "s"), Label("Ships may"), Press("t", "t"), Typed("claim", "the tag"), ENTER],
        most: 4,
        done: |_, n| n.len() == 1 && n[0]["tags"][0] == "claim" && n[0]["anchor"]["exact"] == "Ships may wait longer in the spring.",
    },
    Task {
        what: "write a note on it",
        before: KEPT,
        keys: &[Press("c", "c"), Typed("who says so?", "the note"), Press("\x1b", "Esc")],
        most: 2,
        done: |_, n| n.len() == 1 && n[0]["note"] == "who says so?",
    },
    Task { what: "save", before: KEPT, keys: &[], most: 0, done: |run, n| n.len() == 1 && screen(run, "1 note · saved") },
    Task {
        what: "say that a claim is verified",
        before: KEPT,
        keys: &[Press("x", "x"), Press("v", "v")],
        most: 2,
        done: |_, n| n.len() == 1 && n[0]["status"] == "verified",
    },
    Task {
        what: "take the last change back",
        before: KEPT,
        keys: &[Press("u", "u")],
        most: 1,
        done: |run, n| n.is_empty() && screen(run, "undone"),
    },
    Task {
        what: "go to the next figure",
        before: &[],
        keys: &[Press("]", "]"), Press("f", "f")],
        most: 2,
        done: |run, _| screen(run, "4 %") && screen(run, "¶2/4"),
    },
    Task {
        what: "find words",
        before: &[],
        keys: &[Press("/", "/"), Typed("ferry", "the words"), ENTER],
        most: 2,
        done: |run, _| screen(run, "/ferry 1/1"),
    },
    Task {
        what: "list every place of some words, in findings and notes too",
        before: &[],
        keys: &[Press(":", ":"), Typed("find haddad", "find, the words"), ENTER],
        most: 2,
        done: |run, _| screen(run, "places · n next"),
    },
    Task {
        what: "copy a quotation as a citation",
        before: &[],
        keys: &[Press("]", "]"), Press("q", "q"), Press("y", "y"), Press("c", "c")],
        most: 4,
        done: |run, _| screen(run, "sent "),
    },
    Task {
        what: "tag all quotations of the article",
        before: &[],
        keys: &[Press("\x1b1", "Alt-1"), Press("%", "%"), Press("t", "t"), Typed("said", "the tag"), ENTER],
        most: 4,
        done: |_, n| n.len() == 2 && n.iter().all(|a| a["tags"][0] == "said"),
    },
];

/// How many keys a task costs, the words themselves left out.
fn cost(task: &Task) -> usize {
    task.keys.iter().filter(|k| !matches!(k, Typed(..))).count()
}

fn play(run: &Run, keys: &[Key]) {
    for key in keys {
        match key {
            Press(bytes, _) | Typed(bytes, _) => run.keys(bytes),
            Label(words) => {
                run.wait_text("LABEL");
                let (row, column) = run.find(words).unwrap();
                let letter = run.row(usize::from(row)).chars().nth(usize::from(column) - 1).unwrap();
                run.keys(&letter.to_string());
            }
        }
    }
}

#[test]
fn no_common_task_costs_more_keys_than_the_design_says() {
    for task in &TASKS {
        assert!(cost(task) <= task.most, "{}: {} keys, {} at the most", task.what, cost(task), task.most);
        let dir = TempDir::new().unwrap();
        let article = dir.path().join("article.txt");
        fs::write(&article, ARTICLE).unwrap();
        let notes = dir.path().join("article.txt.pullquote.json");
        let annotations = || -> Vec<Value> {
            let file = fs::read(&notes).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
            file.map_or_else(Vec::new, |f| f["annotations"].as_array().unwrap().clone())
        };
        // No side pane, which would show the same words.
        let run = Start::pullquote([&article]).size(80, 24).go();
        run.wait_text("0 notes");
        play(&run, task.before);
        if !task.before.is_empty() {
            run.wait_text("1 note");
        }
        play(&run, task.keys);
        run.until(task.what, || (task.done)(&run, &annotations()));
    }
}

/// The table as the rows give it.
fn table() -> String {
    let mut table = String::from("| task | keys | how many |\n|---|---|---|\n");
    for task in &TASKS {
        let shown = |key: &Key| match key {
            Press(_, shown) => format!("`{shown}`"),
            Label(_) => "its letter".to_owned(),
            Typed(_, shown) => format!("*{shown}*"),
        };
        let keys: Vec<String> = task.keys.iter().map(shown).collect();
        let words = if keys.len() > cost(task) { " and the words" } else { "" };
        let keys = if keys.is_empty() { "every change is saved at once".to_owned() } else { keys.join(" ") };
        table.push_str(&format!("| {} | {keys} | {}{words} |\n", task.what, cost(task)));
    }
    table
}

/// With `UPDATE_README=1` the table is written instead.
#[test]
fn the_table_of_tasks_is_what_the_program_was_seen_to_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- strokes: begin -->\n").expect("the table of tasks begins");
    let (written, after) = rest.split_once("<!-- strokes: end -->").expect("the table of tasks ends");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}<!-- strokes: begin -->\n{}<!-- strokes: end -->{after}", table())).unwrap();
        return;
    }
    assert!(written == table(), "the table of tasks is out of date: UPDATE_README=1 cargo test --test it table_of_tasks");
}
