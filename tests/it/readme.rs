//! The README keeps its word: its commands run, and every command and option of the program is in it.

use std::path::Path;
use std::process::Command;

use crate::pty::Start;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).expect("README.md is there")
}

/// The code block after the line `<!-- ci: NAME -->`, which `.ci/run` reads too.
fn marked(name: &str) -> String {
    let text = readme();
    let (_, after) = text.split_once(&format!("<!-- ci: {name} -->\n```sh\n")).expect("the marker stands before a code block");
    after.split_once("\n```").expect("the block ends").0.to_owned()
}

#[test]
fn the_commands_are_those_that_are_promised() {
    let article = marked("read").strip_prefix("cargo run --release -- ").expect("the first command").to_owned();
    assert!(root().join(&article).is_file(), "{article} is not there");
    assert_eq!(marked("test"), "cargo test");
}

#[test]
fn every_command_and_option_is_in_the_readme() {
    let text = readme();
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_pullquote")).args(args).output().expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let all = help(&["--help"]);
    let (_, commands) = all.split_once("Commands:\n").expect("a list of commands");
    let commands: Vec<&str> = commands.lines().take_while(|l| !l.is_empty()).filter_map(|l| l.split_whitespace().next()).collect();
    assert!(commands.len() >= 7, "{commands:?}");
    for command in commands {
        assert!(text.contains(&format!("`pullquote {command}")), "pullquote {command} is not in the README");
        for option in help(&[command, "--help"]).split_whitespace().filter(|w| w.starts_with("--") && w.len() > 2) {
            let option = option.trim_end_matches(|c: char| !c.is_ascii_lowercase());
            assert!(matches!(option, "--help" | "--version") || text.contains(option), "{option} of {command} is not in the README");
        }
    }
}

#[test]
fn the_set_up_for_label_studio_is_that_of_the_export() {
    assert!(readme().contains(pullquote::export::label_studio::CONFIG));
}

/// The key table as the action table gives it.
fn key_table() -> String {
    use pullquote::config::actions::{ALL, Context, Group};
    use pullquote::config::keys::{parse, show};
    let mut table = String::from("| keys | what they do | name |\n|---|---|---|\n");
    for group in Group::ALL {
        table.push_str(&format!("| **{}** | | |\n", group.heading()));
        for spec in ALL.iter().filter(|s| s.group == group) {
            let keys: Vec<String> = spec.keys.iter().map(|k| show(&parse(k).expect("a key"))).collect();
            let keys: Vec<String> = keys.into_iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect();
            let place = match spec.context {
                Context::Read => "",
                Context::Select => " (in a selection)",
                Context::Pane => " (in the pane)",
            };
            table.push_str(&format!("| {} | {}{place} | `{}` |\n", keys.join(" "), spec.doc, spec.name));
        }
    }
    table
}

/// With `UPDATE_README=1` the table is written instead.
#[test]
fn the_key_table_is_that_of_the_program() {
    let text = readme();
    let (before, rest) = text.split_once("<!-- keys: begin -->\n").expect("the key table begins");
    let (written, after) = rest.split_once("<!-- keys: end -->").expect("the key table ends");
    let table = key_table();
    if std::env::var_os("UPDATE_README").is_some() {
        let text = format!("{before}<!-- keys: begin -->\n{table}<!-- keys: end -->{after}");
        std::fs::write(root().join("README.md"), text).expect("README.md can be written");
        return;
    }
    assert!(written == table, "the key table is out of date: UPDATE_README=1 cargo test --test it key_table");
}

/// With `UPDATE_README=1` the table is written instead.
#[test]
fn the_table_of_commands_is_that_of_the_program() {
    let text = readme();
    let (before, rest) = text.split_once("<!-- commands: begin -->\n").expect("the table begins");
    let (written, after) = rest.split_once("<!-- commands: end -->").expect("the table ends");
    let mut table = String::from("| command | what it does |\n|---|---|\n");
    for spec in pullquote::config::commands::ALL {
        table.push_str(&format!("| `:{} {}` | {} |\n", spec.name, spec.takes, spec.doc));
    }
    if std::env::var_os("UPDATE_README").is_some() {
        let text = format!("{before}<!-- commands: begin -->\n{table}<!-- commands: end -->{after}");
        std::fs::write(root().join("README.md"), text).expect("README.md can be written");
        return;
    }
    assert!(written == table, "the table of commands is out of date: UPDATE_README=1 cargo test --test it table_of_commands");
}

/// Run by `.ci/run` after a release build, with the environment that cargo needs: `cargo run` would otherwise build for minutes.
#[test]
#[ignore = "runs cargo; .ci/run does it after a release build"]
fn the_first_command_shows_the_article() {
    let command = marked("read");
    let article = std::fs::read_to_string(root().join(command.rsplit(' ').next().expect("an article"))).expect("the article is there");
    let title: Vec<&str> = article.lines().next().expect("a title").split_whitespace().take(4).collect();
    let mut start = Start::program("sh", ["-c", &command]).dir(root()).size(120, 40);
    for key in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_TARGET_DIR"] {
        if let Some(value) = std::env::var_os(key) {
            start = start.env(key, value);
        }
    }
    let mut run = start.go();
    run.wait("the title on the alternate screen", |screen| screen.alternate_screen() && screen.contents().contains(&title.join(" ")));
    run.keys("q");
    assert_eq!(run.exit().code, Some(0), "{}", run.text());
    let modes = run.modes();
    assert!(!modes.alternate && !modes.hidden_cursor && !modes.paste && modes.mouse.is_empty(), "the terminal is as it was: {modes:?}");
}
