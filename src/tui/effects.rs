//! Carries out what the reader asks of the world.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;

use base64::prelude::{BASE64_STANDARD, Engine};

use super::event::{Effect, Event};
use super::open;
use super::terminal::Screen;
use super::workers::{Query, SaverJob};

/// Where effects go.
pub struct World<'a> {
    /// The terminal.
    pub screen: &'a mut Screen,
    /// The saver; `None` once it ended.
    pub saver: &'a Sender<SaverJob>,
    /// The counter of matches.
    pub queries: &'a Sender<Query>,
    /// Answers.
    pub events: &'a Sender<Event>,
}

/// Carries out one effect; the exit status when the program should end.
///
/// # Errors
/// When the terminal is gone.
pub fn run(effect: Effect, world: &mut World<'_>) -> io::Result<Option<u8>> {
    match effect {
        Effect::Save(notes, generation) => {
            if world.saver.send(SaverJob::Save(notes, generation)).is_err() {
                let why = "the saving thread ended".to_owned();
                let _ = world.events.send(Event::Saved { generation, result: Err(why) });
            }
        }
        Effect::Import(path, notes, generation) => {
            if let Err(unsent) = world.saver.send(SaverJob::Import(path, notes, generation))
                && let SaverJob::Import(path, _, generation) = unsent.0
            {
                let _ = world.events.send(Event::Imported { path, generation, result: Err("the notes are not open".into()) });
            }
        }
        // A draft without a saver (the notes could not be opened) has nowhere to go; the reader was told that nothing can be kept.
        Effect::Draft(draft) => drop(world.saver.send(SaverJob::Draft(draft))),
        Effect::Copy(text, None) => world.screen.send(osc52(&text).as_bytes())?,
        Effect::Copy(text, Some(command)) => hand_over(text, command, world.events.clone()),
        Effect::Open { target, with } => open::open(target, with.as_deref(), world.events),
        Effect::Count(query) => drop(world.queries.send(Query::Count(query))),
        Effect::Remember(kind, line) => drop(world.saver.send(SaverJob::Remember(kind, line))),
        Effect::Find(query, found, notes) => drop(world.queries.send(Query::Find(query, found, notes))),
        Effect::Analyse(article) => drop(world.queries.send(Query::Analyse(article))),
        Effect::OpenEditor(note) => {
            let result = world.screen.away(|| edit(&note))?;
            let _ = world.events.send(Event::Edited(result));
        }
        Effect::Mouse(on) => world.screen.set_mouse(on)?,
        Effect::Suspend => {
            // The handler that counts is the default one: it stops the process until SIGCONT.
            world.screen.away(|| drop(signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)))?;
        }
        Effect::Redraw => world.screen.retake()?,
        Effect::Quit(status) => return Ok(Some(status)),
    }
    Ok(None)
}

/// Gives text to a program on its standard input, on a thread of its own: the reader never waits for it. What fails is said.
fn hand_over(text: String, command: Vec<String>, events: Sender<Event>) {
    std::thread::spawn(move || {
        let Some((program, args)) = command.split_first() else { return };
        let feed = || {
            let mut child = Command::new(program).args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
            let fed = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(text.as_bytes()));
            // How it ended says more than that it did not read on.
            child.wait().and_then(|status| if status.success() { fed.map(|()| status) } else { Ok(status) })
        };
        let failed = match feed() {
            Ok(status) if status.success() => return,
            Ok(status) => status.code().map_or_else(|| status.to_string(), |code| format!("ended with status {code}")),
            Err(why) if why.kind() == io::ErrorKind::NotFound => "no such program".to_owned(),
            Err(why) => why.to_string(),
        };
        let _ = events.send(Event::Warning(format!("not copied: '{program}': {failed}; the setting is copy in config.toml")));
    });
}

/// The sequence that asks a terminal to take text to the clipboard; through tmux as well. It is never acknowledged.
fn osc52(text: &str) -> String {
    let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
    if std::env::var_os("TMUX").is_some() { format!("\x1bPtmux;\x1b{sequence}\x1b\\") } else { sequence }
}

/// Lets the reader's own editor change a note.
fn edit(note: &str) -> Result<String, String> {
    let editor = std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR")).unwrap_or_else(|_| "vi".into());
    let failed = |why: &dyn std::fmt::Display| format!("cannot edit with '{editor}': {why}; set EDITOR");
    let mut file = tempfile::Builder::new().prefix("pullquote-").suffix(".md").tempfile().map_err(|e| failed(&e))?;
    file.write_all(note.as_bytes()).map_err(|e| failed(&e))?;
    let mut words = editor.split_whitespace();
    let program = words.next().ok_or_else(|| failed(&"EDITOR is empty"))?;
    let status = Command::new(program).args(words).arg(file.path()).status().map_err(|e| failed(&e))?;
    if !status.success() {
        return Err(failed(&status));
    }
    std::fs::read_to_string(file.path()).map_err(|e| failed(&e))
}
