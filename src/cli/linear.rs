//! `pullquote --linear ARTICLE`: lines in, lines out. What is typed and what is saved meets [`crate::linear`] here.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::{Common, Outcome, input, notes, output, settings};
use crate::linear::{Desk, State, step};
use crate::store::{NotesFile, Opened, clock};
use crate::text::sanitize;
use crate::{analysis, log};

/// The longest line that is taken from the reader, in bytes.
const LONGEST: u64 = 64 * 1024;

pub(super) fn run(names: &[OsString], common: &Common) -> Result<Outcome> {
    let Some(first) = names.first() else { bail!("no article given; try 'pullquote --linear FILE'") };
    let creator = settings::load().0.creator;
    let shown = names.iter().map(|name| Path::new(name).file_name().unwrap_or(name).to_string_lossy().into_owned()).collect();
    let shelf = Shelf { names, shown, creator: creator.as_deref(), common };
    let (state, file) = shelf.open(0, None)?;
    let mut desk = Reading { state, file };
    let mut typed = commands(if names.iter().any(|name| name == "-") { OsStr::new("-") } else { first })?;
    // Where each article was left.
    let mut left: Vec<Option<usize>> = vec![None; names.len()];
    let mut here = 0;
    say(&desk.state.opening())?;
    let echo = !typed.terminal;
    loop {
        ask(&desk.state.prompt(), echo)?;
        let Some(line) = typed.line()? else { break };
        let at = Desk { stamp: clock::stamp(creator.as_deref()), id: clock::new_id(), fresh: clock::new_id };
        let reply = step(&mut desk.state, &line, &at);
        say(&reply.lines)?;
        if reply.save {
            save(&mut desk.state, &mut desk.file)?;
        }
        if reply.end {
            break;
        }
        let Some(to) = reply.open else { continue };
        match shelf.open(to, left.get(to).copied().flatten()) {
            Ok((state, file)) => {
                if let Some(left) = left.get_mut(here) {
                    *left = Some(desk.state.block());
                }
                here = to;
                desk = Reading { state, file };
                say(&desk.state.opening())?;
            }
            Err(why) => say(&[format!("Not opened: {}", sanitize::line(&format!("{why:#}")))])?,
        }
    }
    if desk.state.unsaved() {
        bail!("the last changes are not saved; mend what kept the notes from being written and make them again");
    }
    Ok(Outcome::Done)
}

/// The article that is read.
struct Reading {
    state: State,
    file: NotesFile,
}

/// The articles that were named.
struct Shelf<'a> {
    names: &'a [OsString],
    shown: Vec<String>,
    creator: Option<&'a str>,
    common: &'a Common,
}

impl Shelf<'_> {
    /// The article of this number, at the block where it was left.
    fn open(&self, index: usize, left: Option<usize>) -> Result<(State, NotesFile)> {
        let name = self.names.get(index).ok_or_else(|| anyhow!("there is no such article"))?;
        let article = Arc::new(input::open(name, self.common)?.article);
        let Opened { file, notes, attached, .. } = notes::open(&article, self.common)?;
        if attached.orphan + attached.changed > 0 {
            output::say(&format!(
                "the article changed: {} attached, {} changed, {} orphan",
                attached.attached, attached.changed, attached.orphan
            ));
        }
        let locked = file.read_only().map(str::to_owned);
        let found = log::timed("analysis", || analysis::analyse(&article));
        let state = State::new(article, found, notes, locked, clock::creator(self.creator));
        Ok((state.among(self.shown.clone(), index, left), file))
    }
}

fn save(state: &mut State, file: &mut NotesFile) -> Result<()> {
    let lines = match file.save(state.notes()) {
        Ok(saved) => {
            let mut lines = state.saved(saved.notes);
            lines.extend(saved.warnings);
            lines
        }
        Err(why) => state.not_saved(&why.to_string()),
    };
    say(&lines)
}

fn say(lines: &[String]) -> Result<()> {
    let mut text = lines.join("\n");
    if !lines.is_empty() {
        text.push('\n');
    }
    output::print(text.as_bytes())
}

/// Prints the prompt; on a line of its own when nobody types the end of that line.
fn ask(prompt: &str, alone: bool) -> Result<()> {
    output::print(format!("{prompt}{}", if alone { "\n" } else { "" }).as_bytes())
}

/// Where lines come from.
struct Typed {
    from: Box<dyn BufRead>,
    terminal: bool,
}

impl Typed {
    /// The next line; `None` at the end. A line that is no UTF-8 or very long is taken as far as that goes.
    fn line(&mut self) -> Result<Option<String>> {
        let mut bytes = Vec::new();
        let mut limited = io::Read::take(&mut self.from, LONGEST);
        match limited.read_until(b'\n', &mut bytes) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            // A terminal that is gone answers with an error: everything is saved, so that is an end as any other.
            Err(_) if self.terminal => Ok(None),
            Err(error) => Err(anyhow!("cannot read your commands: {}", output::cause(&error))),
        }
    }
}

/// Standard input, or the terminal itself when the article came through standard input.
fn commands(article: &OsStr) -> Result<Typed> {
    if article != "-" {
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        return Ok(Typed { from: Box::new(BufReader::new(io::stdin())), terminal });
    }
    let tty = File::open("/dev/tty").map_err(|_| {
        anyhow!("the article came through standard input and there is no terminal to take commands from; save it to a file and name that")
    })?;
    Ok(Typed { from: Box::new(BufReader::new(tty)), terminal: true })
}
