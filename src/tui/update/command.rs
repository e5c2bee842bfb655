//! The command line: what its words could become, and what they do.

use crossterm::event::KeyCode;

use super::super::event::{Effect, Event};
use super::super::model::{Change, Model, PromptKind, Target};
use super::prompt::{self, best};
use super::{act, annotate, import, notes, search};
use crate::annotation::Status;
use crate::annotation::model::COLORS;
use crate::config::actions;
use crate::config::commands::{self, Command};
use crate::config::{Action, Key, Theme};
use crate::store::look::Look;

/// What stands between a name and what it does.
const DASH: &str = " — ";

/// What the line could become: values behind the name of a command, else actions and commands. Keys as they are typed stand first, then names
/// that begin so, then names with these letters, then what else fits.
pub(super) fn completions(model: &Model, line: &str) -> Vec<String> {
    if let Some((command, words)) = with_words(line) {
        let name = command.spec().name;
        return values(model, command, words).into_iter().map(|value| format!("{name} {value}")).collect();
    }
    let typed = line.trim();
    let rows = rows(model);
    if typed.is_empty() {
        return rows.into_iter().map(|(_, row, _)| row).collect();
    }
    let keyed = rows.iter().filter(|(.., keys)| keys.iter().any(|key| key == typed)).map(|(_, row, _)| row.clone());
    let named = best(rows.iter().map(|(name, row, _)| (row.clone(), (*name).to_owned())).collect(), typed);
    let full = rows.iter().map(|(_, row, keys)| (row.clone(), format!("{row} {}", keys.join(" "))));
    let rest = best(full.collect(), typed);
    let mut list: Vec<String> = Vec::new();
    for row in keyed.chain(named).chain(rest) {
        if !list.contains(&row) {
            list.push(row);
        }
    }
    list
}

/// Name, row and keys of every action and of the commands that are none.
fn rows(model: &Model) -> Vec<(&'static str, String, Vec<String>)> {
    let row = |s: &actions::Spec| (s.name, format!("{}{DASH}{}", s.name, s.doc), model.settings.keymap.keys_of(s.action));
    let own = commands::ALL.iter().filter(|s| Action::by_name(s.name).is_none());
    actions::ALL.iter().map(row).chain(own.map(|s| (s.name, format!("{}{DASH}{}", s.name, s.doc), vec![]))).collect()
}

/// The name of a row.
pub(super) fn name_of(row: &str) -> &str {
    row.split(DASH).next().unwrap_or_default()
}

/// The command that a line begins with, and the words behind it.
#[must_use]
pub fn with_words(line: &str) -> Option<(Command, &str)> {
    let (name, words) = line.trim_start().split_once(char::is_whitespace)?;
    Some((Command::by_name(name)?, words.trim_start()))
}

/// The words that may follow a command, those that fit what is typed of them.
fn values(model: &Model, command: Command, typed: &str) -> Vec<String> {
    let known: Vec<String> = match command {
        Command::Theme => model.settings.all_themes().map(|t| t.name().to_owned()).collect(),
        Command::Status => Status::ALL.map(Status::name).into_iter().chain(["none"]).map(str::to_owned).collect(),
        Command::Color => COLORS.into_iter().chain(["none"]).map(str::to_owned).collect(),
        Command::Filter => return prompt::filter_completions(model, typed, false),
        Command::Tag => {
            let (before, last) = typed.rsplit_once(',').map_or(("", typed), |(before, last)| (before, last.trim_start()));
            let before = if before.is_empty() { String::new() } else { format!("{before}, ") };
            let tags = prompt::known_tags(model).into_iter().map(|t| (t.clone(), t)).collect();
            return best(tags, last).into_iter().map(|tag| format!("{before}{tag}")).collect();
        }
        _ => vec![],
    };
    best(known.into_iter().map(|v| (v.clone(), v)).collect(), typed.trim())
}

/// Does what a line says: an action by its name or by a beginning that no other has, the `only` row that is shown, or a command with its
/// words; `12` goes to paragraph 12. Anything else does nothing, and that is said.
pub(super) fn run(model: &mut Model, typed: &str, only: Option<&str>) -> Vec<Effect> {
    let typed = typed.trim();
    if let Some((command, words)) = with_words(typed) {
        return run_with(model, command, words.trim(), typed);
    }
    if typed.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        return goto(model, typed);
    }
    let known = match typed {
        "" => return vec![],
        "q" | "q!" | "x" | "wq" | "qa" | "quit!" => Some(Action::Quit),
        "h" => Some(Action::Help),
        "noh" => Some(Action::Escape),
        "w" => return notes::save(model),
        name => Action::by_name(name),
    };
    let name = || only_beginning(typed).or(only.map(name_of));
    let (action, command) = match known {
        Some(action) => (Some(action), None),
        None => match Command::by_name(typed) {
            Some(command) => (None, Some(command)),
            None => (name().and_then(Action::by_name), name().and_then(Command::by_name)),
        },
    };
    match (action, command) {
        (Some(action), _) => run_action(model, action, typed),
        (None, Some(command)) => {
            // What is missing is asked for.
            prompt::open(model, PromptKind::Command, format!("{} ", command.spec().name));
            vec![]
        }
        (None, None) => {
            model.fail(format!("no command '{typed}'; Tab chooses from the list"));
            vec![]
        }
    }
}

/// The action or command whose name alone begins so.
fn only_beginning(typed: &str) -> Option<&'static str> {
    let own = commands::ALL.iter().map(|s| s.name).filter(|name| Action::by_name(name).is_none());
    let mut fits = actions::ALL.iter().map(|s| s.name).chain(own).filter(|name| name.starts_with(typed));
    fits.next().filter(|_| fits.next().is_none())
}

fn run_action(model: &mut Model, action: Action, line: &str) -> Vec<Effect> {
    let waits = (action.needs_findings() && model.found.is_none()) || (action.needs_notes() && !model.notes.loaded);
    if waits { wait(model, line) } else { act(model, action, None) }
}

/// True for a line that needs no completion to be done: a place to go to, a short form, the beginning of a name.
pub fn is_understood(typed: &str) -> bool {
    let typed = typed.trim();
    let number = typed.bytes().next().is_none_or(|b| b.is_ascii_digit());
    number || ["q", "q!", "x", "wq", "qa", "quit!", "h", "noh", "w"].contains(&typed) || only_beginning(typed).is_some()
}

/// The line stays on the screen and is done once the article and the notes are read.
fn wait(model: &mut Model, line: &str) -> Vec<Effect> {
    prompt::open(model, PromptKind::Command, line.to_owned());
    model.waiting.push_back(Event::Key(Key::plain(KeyCode::Enter)));
    model.say("reading the article and your notes; Esc stops waiting");
    vec![]
}

fn run_with(model: &mut Model, command: Command, words: &str, line: &str) -> Vec<Effect> {
    let annotates = matches!(command, Command::Tag | Command::Status | Command::Color | Command::Note);
    if annotates && (model.found.is_none() || !model.notes.loaded) {
        return wait(model, line);
    }
    if words.is_empty() && command != Command::Filter {
        let spec = command.spec();
        model.say(format!(":{} {}: {}", spec.name, spec.takes, spec.doc));
        return vec![];
    }
    match command {
        Command::Goto => return goto(model, words),
        Command::Find => return search::everywhere(model, words),
        Command::Search => return search::now(model, words),
        Command::Import => return import::ask(model, words),
        Command::Tag => return annotate::with_words(model, Change::Tag(words.to_owned())),
        Command::Status => match chosen(words, &Status::ALL.map(Status::name)) {
            Ok(status) => return annotate::with_words(model, Change::Status(status.and_then(Status::from_name))),
            Err(why) => model.fail(format!("no status '{words}'; {why}")),
        },
        Command::Color => match chosen(words, &COLORS) {
            Ok(color) => return annotate::with_words(model, Change::Color(color)),
            Err(why) => model.fail(format!("no colour '{words}'; {why}")),
        },
        Command::Note => return note(model, words),
        Command::Filter => {
            if let Err(mistake) = prompt::filter_now(model, words) {
                model.fail(mistake);
            }
        }
        Command::Theme => theme(model, words),
        Command::Measure => measure(model, words),
    }
    vec![]
}

/// The value that the words are or begin; `none` and `-` are no value.
fn chosen(words: &str, values: &[&'static str]) -> Result<Option<&'static str>, String> {
    let lower = words.to_lowercase().replace(' ', "-");
    if matches!(lower.as_str(), "-" | "none") {
        return Ok(None);
    }
    let mut begin = values.iter().filter(|v| v.starts_with(&lower));
    let one = values.iter().find(|v| **v == lower).or_else(|| begin.next().filter(|_| begin.next().is_none()));
    one.copied().map(Some).ok_or_else(|| format!("use {} or none", values.join(", ")))
}

/// To a paragraph by its number, or so far into the article.
fn goto(model: &mut Model, place: &str) -> Vec<Effect> {
    if place == "end" {
        return act(model, Action::Bottom, None);
    }
    if let Ok(paragraph @ 1..) = place.parse::<usize>() {
        return act(model, Action::Top, Some(paragraph));
    }
    match place.strip_suffix('%').and_then(|p| p.trim_end().parse::<usize>().ok()).filter(|p| *p <= 100) {
        Some(percent) => {
            let at = model.last_caret() / 100 * percent + model.last_caret() % 100 * percent / 100;
            let at = model.clamp_caret(crate::text::grapheme::floor(&model.article.text, at), true);
            model.jump(at);
        }
        None => {
            let last = model.article.blocks.len();
            model.fail(format!("no paragraph '{place}'; use a number from 1 to {last}, a percentage, or end"));
        }
    }
    vec![]
}

/// A note in one line; behind one that is there it is one line more.
fn note(model: &mut Model, words: &str) -> Vec<Effect> {
    let old = match model.target() {
        Some(Target::Annotation(id)) => model.notes.all.get(&id).map(|a| a.note.clone()).filter(|note| !note.is_empty()),
        Some(Target::Several(_)) => {
            model.say("a note is written on one row; :tag, :status and :color work on all that are selected");
            return vec![];
        }
        _ => None,
    };
    annotate::with_words(model, Change::Note(old.map_or_else(|| words.to_owned(), |old| format!("{old}\n{words}"))))
}

fn theme(model: &mut Model, name: &str) {
    let names: Vec<&str> = model.settings.all_themes().map(Theme::name).collect();
    let mut begin = names.iter().filter(|n| n.starts_with(name));
    let one = names.iter().find(|n| **n == name).or_else(|| begin.next().filter(|_| begin.next().is_none()));
    match one.and_then(|name| model.settings.theme_named(name)) {
        Some(theme) => {
            model.theme = theme;
            model.say(format!("theme {}", theme.name()));
        }
        None => {
            let all = names.join(", ");
            model.fail(format!("no theme '{name}'; use {all}"));
        }
    }
}

fn measure(model: &mut Model, words: &str) {
    match words.parse::<u16>().ok().filter(|n| Look::MEASURES.contains(n)) {
        Some(measure) => {
            model.set_look(Look { measure, ..model.look });
            let width = model.areas().text.width;
            model.say(format!("text column: {width} columns"));
        }
        None => {
            let (low, high) = Look::MEASURES.into_inner();
            model.fail(format!("no width '{words}'; use a number from {low} to {high}"));
        }
    }
}
