//! What can happen, and what the reader asks of the world.

use std::sync::Arc;

use crossterm::event::MouseEvent;

use super::hits::Hit;
use super::layout::Size;
use super::picker::Info;
use crate::analysis::Findings;
use crate::annotation::Notes;
use crate::article::Article;
use crate::compare::report::Line;
use crate::config::{Key, Theme};
use crate::import::Plan;
use crate::store::typed::{Kind, Typed};
use crate::text::{CodePoints, TextRange};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Nothing happened for a moment in the middle of a sequence of keys.
    Pause,
    /// The mouse is still held past the edge of the text.
    Held,
    /// Text was pasted.
    Paste(String),
    /// The mouse did something; for a press, how many there were in quick succession on this cell.
    Mouse(MouseEvent, u8),
    /// The terminal has a new size.
    Resize(Size),
    /// The whole article is there; until now it was its beginning.
    Whole(Arc<Article>),
    /// Analysis is done.
    Found(Arc<Findings>, Arc<CodePoints>),
    /// The notes file was read.
    Loaded(Box<Loaded>),
    /// Notes could not be read: why, and what to do.
    NotLoaded(String),
    /// A save ended.
    Saved {
        /// The generation that was saved.
        generation: u64,
        /// When another program's changes came in: what was given to save, and what is on disk now. Or why it failed.
        result: Result<Option<Box<(Notes, Notes)>>, String>,
    },
    /// The notes of this generation could not be saved and are kept in this file until they can be.
    Kept(String, u64),
    /// Another program wrote into the notes file: the state that it followed, and what is there now.
    Outside(Box<(Notes, Notes)>),
    /// What changed in the article since it was annotated.
    Changed(Arc<Vec<Line>>),
    /// All matches of the search with this query were counted; when that took too long, those in so many paragraphs.
    Counted(String, Arc<Vec<TextRange>>, Option<usize>),
    /// What was typed before, in other runs.
    Typed(Typed),
    /// Where the words of `:find` are; when looking took too long, in so many paragraphs of the text.
    Hits(String, Arc<Vec<Hit>>, Option<usize>),
    /// What a file would bring to the notes of this generation, or why it cannot be brought in.
    Imported {
        /// The file, as the reader named it.
        path: String,
        /// The generation that it was compared with.
        generation: u64,
        /// The changes.
        result: Result<Box<Plan>, String>,
    },
    /// The text that came back from the reader's own editor; `Err` says why it did not.
    Edited(Result<String, String>),
    /// The terminal said what its background is like.
    Background(Theme),
    /// What is known of an article in a list, by its number.
    Looked(usize, Box<Info>),
    /// A worker has something to say.
    Warning(String),
    /// A signal asks the program to end.
    Terminate(i32),
    /// A signal asks the program to stop until it is continued.
    Stop,
    /// The program was continued after it was stopped.
    Continued,
}

/// The notes as read from disk.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// The notes.
    pub notes: Notes,
    /// Why nothing can be changed.
    pub read_only: Option<String>,
    /// Where they are kept.
    pub path: String,
    /// One line each.
    pub warnings: Vec<String>,
    /// A note that was being written when the program died.
    pub draft: Option<Draft>,
    /// How many changes are in the notes that an earlier run could not save.
    pub taken_in: usize,
    /// For orphans: the byte of the text that is nearest to where they were, by id.
    pub near: rustc_hash::FxHashMap<String, usize>,
}

/// The unsaved text of an open note editor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The note so far.
    pub note: String,
    /// The annotation it belongs to, or none for a new one.
    pub annotation: Option<String>,
    /// The words it is on, in bytes of the article text.
    pub start: usize,
    /// Their end.
    pub end: usize,
}

/// What the reader asks of the world.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Save the notes and answer with [`Event::Saved`].
    Save(Box<Notes>, u64),
    /// Read this file and answer with [`Event::Imported`]: what it would bring to these notes, which are this generation.
    Import(String, Box<Notes>, u64),
    /// Keep the draft of the open note safe, or remove it.
    Draft(Option<Draft>),
    /// Put text on the clipboard: through this program, or the terminal.
    Copy(String, Option<Vec<String>>),
    /// Open this address with another program: the reader's command, else the system's. A failure is an [`Event::Warning`].
    Open {
        /// The address.
        target: String,
        /// The command.
        with: Option<String>,
    },
    /// Count all matches of a query.
    Count(String),
    /// Remember what was typed.
    Remember(Kind, String),
    /// Look for words in the text, these findings and these notes, and answer with [`Event::Hits`].
    Find(String, Arc<Findings>, Box<Notes>),
    /// Analyse the article anew: the reader said what is furniture.
    Analyse(Arc<Article>),
    /// Open the reader's own editor on a note.
    OpenEditor(String),
    /// Take or give back the mouse.
    Mouse(bool),
    /// Stop until `fg`.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// End, with this exit status.
    Quit(u8),
}
