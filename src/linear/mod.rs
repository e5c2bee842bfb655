//! The reader without a screen: one thing a line, for screen readers and for terminals that cannot draw.
//!
//! [`step`] takes a line that was typed and gives the lines to say; it changes [`State`] and nothing else. No files, no clock, no terminal:
//! identifiers and times come in by [`Desk`], a save is asked for by [`Reply::save`]. The lines are harmless to a terminal.

mod commands;
mod edits;
mod lists;
mod moves;
mod targets;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::analysis::Findings;
use crate::annotation::{AnnotationKind, Correction, Finding, History, Notes, Stamp, corrections};
use crate::article::Article;
use crate::export::plain::{self, Page, plural};
use crate::text::{CodePoints, TextRange, sanitize};
use commands::Command;

/// What a step may use up: who and when, and one fresh identifier.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Who and when.
    pub stamp: Stamp,
    /// For an annotation that is made.
    pub id: String,
    /// For each correction that is made.
    pub fresh: fn() -> String,
}

/// What a step answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// To be said, in order.
    pub lines: Vec<String>,
    /// The notes are to be saved now; tell the outcome by [`State::saved`] or [`State::not_saved`].
    pub save: bool,
    /// The reader leaves.
    pub end: bool,
    /// The reader goes on to this article of the list, counted from 0.
    pub open: Option<usize>,
}

impl Reply {
    fn say(line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], ..Self::default() }
    }
}

/// Where the reader is, and the notes.
#[derive(Debug)]
pub struct State {
    article: Arc<Article>,
    map: CodePoints,
    /// As the detectors say.
    detected: Findings,
    /// The same with the reader's corrections.
    found: Findings,
    /// Those.
    applied: Vec<Correction>,
    notes: Notes,
    history: History,
    /// Index of the block that is read.
    block: usize,
    /// What the last jump went to: commands without a place are about it.
    focus: Option<Finding>,
    /// Where the next jump starts, in bytes; before the block when nothing of it was jumped to.
    caret: Option<usize>,
    sought: Option<moves::Sought>,
    /// The names of all articles that were named, and which of them this is.
    list: Vec<String>,
    index: usize,
    /// The rest of a list.
    more: VecDeque<String>,
    /// Why nothing can be changed.
    locked: Option<String>,
    /// Who reads.
    reader: String,
    /// Changed since the last good save.
    unsaved: bool,
    /// The reader was told so when leaving.
    warned: bool,
}

impl State {
    /// At the first paragraph. `detected` is what analysis says of the article, `locked` why notes cannot be changed, `reader`
    /// who reads.
    #[must_use]
    pub fn new(article: Arc<Article>, detected: Findings, notes: Notes, locked: Option<String>, reader: String) -> Self {
        let map = CodePoints::new(&article.text);
        let block = article.body().next().map_or(0, |(i, _)| i);
        let found = corrections::apply(&detected, &notes.corrections, &article.text, &map).findings;
        Self {
            article,
            map,
            detected,
            found,
            applied: notes.corrections.clone(),
            notes,
            history: History::default(),
            block,
            focus: None,
            caret: None,
            sought: None,
            list: Vec::new(),
            index: 0,
            more: VecDeque::new(),
            locked,
            reader,
            unsaved: false,
            warned: false,
        }
    }

    /// One of several articles: their names, and which of them it is, counted from 0. It opens at `block`, when that was read before.
    #[must_use]
    pub fn among(mut self, names: Vec<String>, index: usize, block: Option<usize>) -> Self {
        self.block = block.filter(|b| *b < self.article.blocks.len()).unwrap_or(self.block);
        (self.list, self.index) = (names, index);
        self
    }

    /// Index of the block that is read.
    #[must_use]
    pub fn block(&self) -> usize {
        self.block
    }

    /// The notes as they are now.
    #[must_use]
    pub fn notes(&self) -> &Notes {
        &self.notes
    }

    /// True when a change waits for a good save.
    #[must_use]
    pub fn unsaved(&self) -> bool {
        self.unsaved
    }

    /// The notes are on the disk; `merged` are those that are there, when others wrote too. Gives what to say.
    pub fn saved(&mut self, merged: Option<Notes>) -> Vec<String> {
        (self.unsaved, self.warned) = (false, false);
        let Some(merged) = merged else { return vec!["Saved.".into()] };
        self.notes = merged;
        self.recorrect();
        vec!["Saved, together with what another program wrote meanwhile.".into()]
    }

    /// Makes the findings anew when the corrections are others than those that were applied.
    fn recorrect(&mut self) {
        if self.applied == self.notes.corrections {
            return;
        }
        self.applied.clone_from(&self.notes.corrections);
        self.found = corrections::apply(&self.detected, &self.applied, &self.article.text, &self.map).findings;
        // Quotations stay the same ones; people may not.
        self.focus = self.focus.filter(|f| matches!(f, Finding::Quote(_)));
    }

    /// The save failed, for this reason. Gives what to say.
    pub fn not_saved(&mut self, why: &str) -> Vec<String> {
        self.unsaved = true;
        vec![format!("Not saved: {}", sanitize::line(why)), "The change is kept while the program runs; save tries again.".into()]
    }

    /// What is said first: the article, what is in it, what to type, and the first paragraph.
    #[must_use]
    pub fn opening(&self) -> Vec<String> {
        let mut lines = self.about();
        if let Some(why) = &self.locked {
            lines.push(format!("Nothing can be changed: {}", sanitize::line(why)));
        }
        if self.list.len() > 1 {
            let last = self.index + 1 == self.list.len();
            let on = if last { "open previous goes back" } else { "open next goes on" };
            lines.push(format!("Article {} of {}; articles lists them, {on}.", self.index + 1, self.list.len()));
        }
        lines.push("Enter reads on, help lists the commands, quit ends.".into());
        lines.extend(self.paragraph());
        lines
    }

    /// What stands before a command: `5 of 37>`.
    #[must_use]
    pub fn prompt(&self) -> String {
        format!("{} of {}> ", (self.block + 1).min(self.article.blocks.len()), self.article.blocks.len())
    }

    fn about(&self) -> Vec<String> {
        let quotes = self.found.quotes.iter().filter(|q| q.kind.is_speech()).count();
        let people = self.found.people.len();
        let people = if people == 1 { "1 person".into() } else { format!("{people} people") };
        let counts = [
            plural(self.article.blocks.len(), "paragraph"),
            plural(quotes, "quotation"),
            people,
            plural(self.found.figures.len(), "figure"),
            plural(self.notes.annotations.len(), "note"),
        ];
        vec![sanitize::line(&self.article.name()).into_owned(), format!("{}.", counts.join(", "))]
    }

    /// The paragraph that is read, in words as `show --plain` has them.
    fn paragraph(&self) -> Vec<String> {
        let Some(block) = self.article.blocks.get(self.block) else { return vec!["The article is empty.".into()] };
        plain::block_lines(
            Page { article: &self.article, found: &self.found, notes: &self.notes, unfold: true, reader: &self.reader },
            block,
        )
    }

    /// The bytes of the paragraph that is read.
    fn here(&self) -> TextRange {
        self.article.blocks.get(self.block).map_or(TextRange::empty(0), |b| b.range)
    }

    /// The words of a range, on one line and not too many.
    fn words(&self, range: TextRange) -> String {
        clipped(range.of(&self.article.text))
    }

    fn place_of(&self, range: TextRange) -> String {
        format!("paragraph {}", self.article.block_at(range.start()).map_or(1, |b| b + 1))
    }
}

/// The longest that words are said in a list, in columns.
const LONGEST: usize = 160;

fn clipped(words: &str) -> String {
    crate::export::table::clip(&sanitize::line(&words.split_whitespace().collect::<Vec<_>>().join(" ")), LONGEST)
}

/// Takes one line that the reader typed.
pub fn step(state: &mut State, line: &str, desk: &Desk) -> Reply {
    let (command, rest) = match commands::parse(line) {
        Ok(parsed) => parsed,
        Err(why) => return Reply::say(why),
    };
    if !matches!(command, Command::Quit | Command::Open) {
        state.warned = false;
    }
    match command {
        Command::Next => moves::by(state, true),
        Command::Previous => moves::by(state, false),
        Command::Go => moves::to(state, rest),
        Command::Read => Reply { lines: state.paragraph(), ..Reply::default() },
        Command::Quote => moves::quote(state, rest),
        Command::Figure => moves::figure(state, rest),
        Command::Person => moves::person(state, rest),
        Command::Find => moves::find(state, rest),
        Command::Where => Reply { lines: lists::position(state), ..Reply::default() },
        Command::Here => lists::here(state),
        Command::Quotes => lists::quotes(state, rest),
        Command::People => lists::people(state, rest),
        Command::Links => lists::links(state),
        Command::Figures => lists::figures(state, rest),
        Command::Notes => lists::notes(state, rest),
        Command::LeftOut => lists::left_out(state),
        Command::Articles => lists::articles(state),
        Command::Open => open(state, rest),
        Command::More => lists::more(state),
        Command::Help => Reply { lines: commands::help(rest), ..Reply::default() },
        Command::Quit => quit(state),
        Command::Save => save(state),
        edit => match &state.locked {
            Some(why) => Reply::say(format!("Nothing can be changed: {}", sanitize::line(why))),
            None => edits::act(state, edit, rest, desk),
        },
    }
}

fn quit(state: &mut State) -> Reply {
    if state.unsaved && !state.warned {
        state.warned = true;
        return Reply::say("The last changes are not saved. save tries again; quit once more leaves without them.");
    }
    Reply { end: true, ..Reply::default() }
}

/// Another article of the list.
fn open(state: &mut State, which: &str) -> Reply {
    let count = state.list.len();
    if count < 2 {
        return Reply::say("Only one article was named; several after --linear, or a directory, are a list.");
    }
    if which.trim().is_empty() {
        return lists::articles(state);
    }
    let to = match which.trim() {
        "next" | "n" if state.index + 1 == count => return Reply::say("This is the last article of the list."),
        "previous" | "p" if state.index == 0 => return Reply::say("This is the first article of the list."),
        "next" | "n" => Some(state.index + 1),
        "previous" | "p" => Some(state.index - 1),
        number => number.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|n| *n < count),
    };
    let Some(to) = to else {
        return Reply::say(format!("Say which article: a number from 1 to {count}, next or previous; articles lists them."));
    };
    if to == state.index {
        return Reply::say("That is the article you are reading.");
    }
    if state.unsaved && !state.warned {
        state.warned = true;
        return Reply::say("The last changes are not saved. save tries again; the same once more leaves without them.");
    }
    Reply { open: Some(to), ..Reply::default() }
}

fn save(state: &State) -> Reply {
    if state.unsaved { Reply { save: true, ..Reply::default() } } else { Reply::say("Everything is saved.") }
}

/// Of the annotations, those on the words of a range.
fn annotations_on(state: &State, range: TextRange) -> impl Iterator<Item = usize> + '_ {
    let on = move |a: &crate::annotation::Annotation| a.kind != AnnotationKind::Page && a.now.range.is_some_and(|r| r.overlaps(range));
    state.notes.annotations.iter().enumerate().filter(move |(_, a)| on(a)).map(|(i, _)| i)
}

#[cfg(test)]
mod tests;
