//! What a new reader stumbles over: the palette and its words, filters that complete themselves, what is said and for how long, several rows
//! and several articles at once.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::desk::{Desk, SMALL};
use crate::pty::{Run, Start};

fn open(desk: &Desk, cols: u16, rows: u16) -> Run {
    let run = Start::pullquote([desk.article()]).size(cols, rows).go();
    run.wait("the notes", |s| s.contents().contains("saved") && !s.contents().contains("reading …"));
    run
}

/// Waits until the first row of the palette begins so.
fn first_row(run: &Run, words: &str) {
    run.wait(words, |s| s.rows(0, 120).find(|r| r.contains(" — ")).is_some_and(|r| r.trim_start().starts_with(words)));
}

#[test]
fn the_palette_puts_names_before_what_actions_do() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys(":thm");
    first_row(&run, "theme — ");
    run.keys("\x15zn");
    first_row(&run, "zen — ");
    run.keys("\x15got");
    first_row(&run, "goto — ");
}

#[test]
fn commands_take_words_and_tab_completes_them() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys(":goto 3\r");
    run.wait_text("¶3/4");
    run.keys(":goto end\r");
    run.wait_text("¶4/4");
    run.keys(":goto 9x\r");
    run.wait_text("no paragraph '9x'; use a number from 1 to 4");
    run.keys(":goto 1%\r");
    run.wait_text("¶1/4");
    run.keys(":theme ");
    run.wait_text("NAME: take this theme");
    run.wait_text("mono");
    run.keys("l\t");
    run.wait_text(":theme light");
    run.keys("\r");
    run.wait_text("theme light");
    run.keys(":theme sepia\r");
    run.wait_text("no theme 'sepia'; use dark, light, mono");
    // The name alone asks for the rest.
    run.keys(":theme\r");
    run.wait("the prompt", |s| s.rows(0, 120).last().is_some_and(|r| r.starts_with(":theme ")));
    run.keys("\x1b");
    run.wait_gone(":theme ");
    run.keys("]q:tag claim, needs work\r");
    run.wait_text("tagged claim, needs work");
    run.keys(":tag -claim\r");
    run.wait_text("tag claim taken away");
    run.keys(":status ver\t\r");
    run.wait_text("status verified");
    run.keys(":status u\r");
    run.wait_text("status unchecked");
    run.keys(":status so so\r");
    run.wait_text("no status 'so so'; use unchecked, verified, disputed, needs-source or none");
    run.keys(":note who says so?\r");
    run.wait_text("note kept");
    run.wait_text("1 note · saved");
    let note = desk.annotations()[0].clone();
    assert_eq!(
        (&note["tags"], &note["status"], &note["note"]),
        (&serde_json::json!(["needs work"]), &"unchecked".into(), &"who says so?".into())
    );
}

#[test]
fn a_filter_completes_its_fields_and_values_and_comes_back() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys("]qtto check\r");
    run.wait_text("1 note · saved");
    run.keys("\x1b1F");
    run.wait_text("filter: ");
    run.keys("\t");
    run.wait("the first field", |s| s.rows(0, 120).last().is_some_and(|r| r.starts_with("filter: speaker:")));
    run.keys("\x15sp\t");
    run.wait("its values", |s| s.rows(0, 120).any(|r| r.trim() == "speaker:\"Ilse Brandt\""));
    run.keys("bra\t\r");
    run.wait_text("filter speaker:\"Ilse Brandt\"");
    run.wait_gone("They had every choice.” ¶");
    run.keys("4F");
    run.wait_text("filter: ");
    run.keys("-tag:t\t");
    run.wait_text("filter: -tag:\"to check\"");
    run.keys("\x15\x1b[A");
    run.wait_text("filter: speaker:\"Ilse Brandt\"");
    run.keys("\x1b[B");
    run.wait("what was typed", |s| s.rows(0, 120).last().is_some_and(|r| !r.contains("Brandt")));
    run.keys("stat");
    run.wait_text("state:");
    run.keys("\t");
    run.wait_text("filter: status:");
}

#[test]
fn what_can_follow_a_prefix_is_not_cut() {
    let desk = Desk::new(SMALL);
    for (cols, rows) in [(120, 40), (80, 24)] {
        let run = open(&desk, cols, rows);
        for (prefix, words) in [("]", "next mention of a person"), ("g", "open the link under the caret"), ("y", "copy it as a citation")] {
            run.keys(prefix);
            run.wait_text("then · Esc drops");
            let pane = run.text();
            let pane = pane.split_once("then · Esc drops").unwrap().1.split(" READ ").next().unwrap().to_owned();
            assert!(!pane.contains('…') && pane.contains(words), "{prefix} at {cols}: {pane}");
            run.keys("\x1b");
            run.wait_gone("then · Esc drops");
        }
    }
}

#[test]
fn a_label_and_one_key_copy_cite_and_note() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24);
    let pick = |words: &str, then: &str| {
        run.keys("s");
        run.wait_text("LABEL");
        let (row, col) = run.find(words).unwrap();
        let label = run.row(row.into()).chars().nth(usize::from(col) - 1).unwrap();
        run.keys(&format!("{label}{then}"));
    };
    pick("Ships may", "y");
    run.wait_text("sent 7 words to the terminal's clipboard: Ships may wait");
    pick("“They had", "Y");
    // Who said it is in the citation.
    run.wait_text("“They had every choice.” (Oma");
    pick("Ships may", "c");
    run.wait_text("note on Ships may wait");
    run.keys("how long?\x1b");
    run.wait_text("note kept");
    run.wait_text("1 note · saved");
    assert_eq!(desk.annotations()[0]["anchor"]["exact"], "Ships may wait longer in the spring.");
}

#[test]
fn selected_rows_are_corrected_as_one_change() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys("\x1b1%S");
    run.wait_text("these 2 said by: ");
    run.keys("Rosa Delgado\r");
    run.wait_text("corrected: 2 quotations, said by Rosa Delgado");
    run.wait_text("0 notes · saved");
    assert_eq!(desk.notes()["corrections"].as_array().unwrap().len(), 2);
    run.wait("one speaker", |s| s.contents().contains("Rosa Delgado     2 quotes"));
    run.keys("u");
    run.wait_text("undone: corrected: 2 quotations");
    run.wait_text("Ilse Brandt   ");
    run.until("both are taken back", || desk.notes()["corrections"].as_array().is_none_or(Vec::is_empty));
}

#[test]
fn selected_people_become_one_and_notes_get_one_speaker() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys("\x1b2%S");
    run.wait_text("these 2 people are: ");
    run.keys("brandt\r");
    run.wait_text("corrected: these 2 people are Ilse Brandt");
    run.wait_text("2 People 1");
    run.keys("u");
    run.wait_text("2 People 2");
    // Kept quotations are corrected from their rows too, and carry the name.
    run.keys("1%H");
    run.wait_text("2 notes · saved");
    run.keys("4%S");
    run.wait_text("these 2 said by: ");
    run.keys("nobody\r");
    run.wait_text("corrected: 2 quotations, speaker not named");
    run.until("both notes have no speaker", || {
        let all = desk.annotations();
        all.len() == 2 && all.iter().all(|a| a.get("speaker").is_none_or(serde_json::Value::is_null))
    });
}

#[test]
fn the_status_line_says_the_channel_and_the_status_at_80_columns() {
    let desk = Desk::new(
        "Trade talks\n\n“Our respective teams will be meeting,” Donald Trump wrote on his social media platform after the call.\n\nNothing else.\n",
    );
    let run = open(&desk, 80, 24);
    run.keys("]q");
    run.wait_text("via his social media platform");
    run.keys("xntclaim, a longer tag, another tag\r");
    run.wait_text("tagged");
    run.keys("lh");
    run.wait_text("needs-source · #claim #a longer tag #another tag");
}

#[test]
fn messages_are_those_of_the_whole_run() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.txt"), SMALL).unwrap();
    fs::write(dir.path().join("b.txt"), "Ferry news\n\nThe ferry is late.\n").unwrap();
    let run = Start::pullquote([dir.path()]).size(80, 24).go();
    run.wait_text("2 articles");
    run.keys("\r");
    run.wait_text("READ");
    run.keys("zT");
    run.wait_text("theme light");
    run.keys("]b");
    run.wait_text("The ferry is late");
    run.keys("]b");
    run.wait_text("this is the last article of the list");
    run.keys("gm");
    run.wait("both articles", |s| {
        let text = s.contents();
        let at = |words: &str| text.find(words);
        at("this is the last article").is_some_and(|last| at("in “Harbour fee to rise”:").is_some_and(|other| last < other))
            && at("in “Harbour fee to rise”:") < at("theme light")
    });
}

#[test]
fn the_tab_found_does_not_offer_a_filter_and_a_click_opens_it() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 160, 40);
    run.keys(":find choice\r");
    run.wait_text("places · n next");
    run.keys("j");
    run.wait_text("n next  ? help");
    assert!(!run.row(39).contains("filter"), "{}", run.row(39));
    run.keys("1");
    run.wait_gone("n next  ? help");
    let (row, col) = run.find("5 Found").unwrap();
    run.keys(&format!("\x1b[<0;{};{}M\x1b[<0;{};{}m", col + 2, row + 1, col + 2, row + 1));
    run.wait_text("n next  ? help");
}

#[test]
fn a_tag_may_begin_with_a_digit() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40);
    run.keys("]qtclaim\r");
    run.wait_text("1 note · saved");
    run.keys("]qt");
    run.wait_text("1-9 picks, after a space it types");
    run.keys(" 2026\r");
    run.wait_text("tagged 2026");
    run.wait_text("2 notes · saved");
    assert_eq!(desk.annotations()[1]["tags"], serde_json::json!(["2026"]));
}

#[test]
fn straight_double_marks_find_single_ones() {
    let desk = Desk::new("A ‘very positive’ call\n\nHe called it “very positive”, and it’s over.\n");
    let run = open(&desk, 80, 24);
    run.keys("/\"very positive\"");
    run.wait_text("1/2");
}

#[test]
fn help_begins_with_the_keys_of_where_the_reader_is() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24);
    run.keys("?");
    run.wait_text("pullquote: keys");
    assert!(run.row(2).contains("Annotate"), "{}", run.text());
    run.keys("q\t?");
    run.wait_text("Here, in the side pane");
    assert!(run.row(2).contains("Here, in the side pane") && !run.text().contains("(in the pane)"), "{}", run.text());
    run.keys("qqv?");
    run.wait_text("Here, in a selection");
    run.keys("/goto\r");
    run.wait_text(":goto NUMBER");
}

#[test]
fn a_key_that_a_menu_does_not_have_is_told() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24);
    run.keys("]qxz");
    run.wait_text("z is none of the choices; nothing changed");
    run.keys("\x03");
    run.wait_text("nothing is open or pending; Q quits");
}

#[test]
fn a_dumb_terminal_is_told_both_ways_out() {
    let desk = Desk::new(SMALL);
    let mut run = Start::pullquote([desk.article()]).size(120, 40).env("TERM", "dumb").go();
    assert_eq!(run.exit().code, Some(0));
    let text: String = run.text().split_whitespace().collect();
    assert!(text.contains("pullquote--linearARTICLE") && text.contains("pullquoteshow--plainARTICLE"), "{text}");
}

#[test]
fn the_log_tells_how_a_run_ended() {
    let desk = Desk::new(SMALL);
    let log = desk.dir.path().join("log");
    let last = || fs::read_to_string(&log).unwrap_or_default().lines().last().unwrap_or_default().to_owned();
    let start = |args: &[&str]| {
        let article = desk.article();
        let args = [args, &[article.to_str().unwrap()]].concat();
        Start::pullquote(args).env("PULLQUOTE_LOG", &log).go()
    };
    for (signal, status) in [("TERM", 143), ("HUP", 129)] {
        let mut run = start(&[]);
        run.wait_text("READ");
        run.signal(signal);
        assert_eq!(run.exit().code, Some(status));
        assert!(last().ends_with(&format!("end: status {status}, signal {}", status - 128)), "{}", last());
    }
    let mut run = start(&[]);
    run.wait_text("READ");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    assert!(last().ends_with("end: status 0"), "{}", last());
    let mut run = start(&["--linear"]);
    run.wait_text("1 of 4>");
    run.signal("TERM");
    assert_eq!(run.exit().signal.as_deref(), Some("Terminated"));
    assert!(last().ends_with("end: signal 15"), "{}", last());
}

fn linear(dir: &Path, args: &[&str], lines: &str) -> Output {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.env_clear().env("HOME", dir.join("home")).env("USER", "ada").current_dir(dir).arg("--linear").args(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn several_articles_are_read_line_by_line() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.txt"), SMALL).unwrap();
    fs::write(dir.path().join("b.txt"), "Ferry news\n\nThe ferry is late.\n").unwrap();
    let ran = linear(
        dir.path(),
        &["a.txt", "b.txt", "gone.txt"],
        "help status\n3\nnote s2 how long?\nopen next\narticles\n2\nnext\ntag late\nopen 3\nopen 4\nopen previous\nwhere\nopen previous\nq\n",
    );
    let out = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{out}");
    for line in [
        "Article 1 of 3; articles lists them, open next goes on.",
        "2: b.txt, the one you are reading",
        "This is the end of the article. open next goes on to the next article.",
        "Tagged late: The ferry is late.",
        "Not opened: cannot read 'gone.txt'",
        "Say which article: a number from 1 to 3, next or previous; articles lists them.",
        "Article 1 of 3: a.txt.",
        "This is the first article of the list.",
    ] {
        assert!(out.lines().any(|l| l.starts_with(line)), "{line}: {out}");
    }
    let back = out.rsplit("Article 1 of 3; articles").next().unwrap();
    assert!(back.contains("3 of 4>"), "where it was left: {back}");
    for name in ["a.txt.pullquote.json", "b.txt.pullquote.json"] {
        assert!(dir.path().join(name).is_file(), "{name}");
    }
}

#[test]
fn find_looks_in_findings_and_notes_line_by_line() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.txt"), SMALL).unwrap();
    let ran = linear(
        dir.path(),
        &["a.txt"],
        "3\nnote s2 ask the pilots\n1\nfind pilots\nstatus ver\nfind haddad\nfind\nfind\nfind\nstatus n1 wonderful\nq\n",
    );
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.contains("In your notes: n1: "), "{out}");
    assert!(out.contains("Marked verified: Ships may wait longer"), "{out}");
    assert!(out.contains("Paragraph 4: person, Omar Haddad") && out.contains("quotation, said by Omar Haddad"), "{out}");
    assert!(out.contains("Place 3 of 3.") && out.contains("From the beginning again."), "{out}");
    assert!(out.contains("There is no status wonderful. Say a status: unchecked, verified"), "{out}");
}

#[test]
fn pages_have_the_colours_of_tags() {
    let desk = Desk::new(SMALL);
    let config = desk.dir.path().join("config/pullquote");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[tags]\nclaim = \"green\"\n").unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", desk.dir.path()).env("XDG_CONFIG_HOME", desk.dir.path().join("config"));
        let ran = command.current_dir(desk.dir.path()).args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    run(&["add", "article.txt", "--exact", "Ships may wait longer", "--tag", "claim"]);
    let page = run(&["export", "article.txt", "--format", "html"]);
    assert!(page.contains("class=\"note green\""), "{page}");
    let shown = || run(&["show", "article.txt", "--color", "always"]);
    let with = shown();
    fs::write(config.join("config.toml"), "").unwrap();
    assert_ne!(with, shown(), "show has them too");
    assert!(
        !fs::read_to_string(desk.dir.path().join("article.txt.pullquote.json")).unwrap().contains("green"),
        "the notes file has no colour"
    );
}
