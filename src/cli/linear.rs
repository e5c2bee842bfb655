//! `pullquote --linear ARTICLE`: lines in, lines out. What is typed and what is saved meets [`crate::linear`] here.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};

use super::{Common, Outcome, input, notes, output, settings};
use crate::linear::{Desk, State, step};
use crate::store::{NotesFile, Opened, clock};
use crate::{analysis, log};

/// The longest line that is taken from the reader, in bytes.
const LONGEST: u64 = 64 * 1024;

pub(super) fn run(name: &OsStr, common: &Common) -> Result<Outcome> {
    let article = Arc::new(input::open(name, common)?.article);
    let mut typed = commands(name)?;
    let Opened { mut file, notes, attached, .. } = notes::open(&article, common)?;
    if attached.orphan + attached.changed > 0 {
        output::say(&format!(
            "the article changed: {} attached, {} changed, {} orphan",
            attached.attached, attached.changed, attached.orphan
        ));
    }
    let creator = settings::load().0.creator;
    let locked = file.read_only().map(str::to_owned);
    let mut state = State::new(
        Arc::clone(&article),
        log::timed("analysis", || analysis::analyse(&article)),
        notes,
        locked,
        clock::creator(creator.as_deref()),
    );
    say(&state.opening())?;
    let echo = !typed.terminal;
    loop {
        ask(&state.prompt(), echo)?;
        let Some(line) = typed.line()? else { break };
        let desk = Desk { stamp: clock::stamp(creator.as_deref()), id: clock::new_id(), fresh: clock::new_id };
        let reply = step(&mut state, &line, &desk);
        say(&reply.lines)?;
        if reply.save {
            save(&mut state, &mut file)?;
        }
        if reply.end {
            break;
        }
    }
    if state.unsaved() {
        bail!("the last changes are not saved; mend what kept the notes from being written and make them again");
    }
    Ok(Outcome::Done)
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
