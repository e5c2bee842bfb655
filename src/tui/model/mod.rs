//! The state of the reader. Changed by [`super::update`] alone, drawn by [`super::view`].

mod found;
mod notes;
mod overlay;
mod pane;
mod search;

pub use found::Found;
pub use notes::NotesState;
pub use overlay::{Correcting, Editor, Help, Label, Labels, LineInput, Menu, Overlay, Overview, Prompt, PromptKind, Target};
pub use pane::{Pane, Tab};
pub use search::Search;

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::event::Event;
use super::flow::{Flow, Place};
use super::layout::{self, Areas, Size, Wanted};
use super::lists::Lists;
use crate::annotation::Stamp;
use crate::article::Article;
use crate::compare::report::Line;
use crate::config::{Action, Key, Settings, Theme};
use crate::store::look::Look;
use crate::store::typed::Typed;
use crate::text::{CodePoints, TextRange};

/// Where times and identifiers come from: the clock and randomness, given by the caller so that tests have their own.
pub trait Desk {
    /// The present moment and who is reading.
    fn stamp(&mut self) -> Stamp;
    /// A new identifier, `urn:uuid:…`.
    fn id(&mut self) -> String;
}

/// Everything.
pub struct Model {
    /// What is read.
    pub article: Arc<Article>,
    /// What it is called.
    pub name: Arc<str>,
    /// The same as ingest made it, before the reader said what is furniture.
    pub as_read: Arc<Article>,
    /// The article whose analysis is to be asked for.
    pub reanalyse: Option<Arc<Article>>,
    /// True while only the beginning of the article is there.
    pub partial: bool,
    /// Why the article, or the rest of it, could not be read.
    pub not_loaded: Option<String>,
    /// Which article of a list it is, from 0, and how many there are.
    pub list: Option<(usize, usize)>,
    /// Where the reader goes from here, when not out of the program.
    pub leaving: Option<Leaving>,
    /// Where the article is to be opened, until that place is there.
    pub opening: Option<Opening>,
    /// The code point where it was left, for when that place is not there.
    pub left: Option<usize>,
    /// Byte to code point offsets of its text; made with the findings, off this thread.
    pub map: Option<Arc<CodePoints>>,
    /// Its rows.
    pub flow: Flow,
    /// The size of the terminal.
    pub size: Size,
    /// The line at the top of the text area.
    pub top: Place,
    /// The caret, a byte on a grapheme boundary.
    pub caret: usize,
    /// The column that up and down aim for.
    pub goal: Option<usize>,
    /// The other end of the selection.
    pub selection: Option<Selection>,
    /// What was found, once it is.
    pub found: Option<Found>,
    /// The reader's notes.
    pub notes: NotesState,
    /// The side pane.
    pub pane: Pane,
    /// What lies over the text and takes the keys.
    pub overlay: Overlay,
    /// Keys of an unfinished sequence.
    pub pending: Vec<Key>,
    /// The count typed before it.
    pub count: Option<usize>,
    /// What can follow the unfinished sequence is shown.
    pub hinting: bool,
    /// A letter is awaited, for a mark to set or to go to.
    pub awaiting_mark: Option<MarkUse>,
    /// Marks set with `m`.
    pub marks: FxHashMap<char, usize>,
    /// Where jumps started.
    pub jumps: Jumps,
    /// The search that `n` repeats.
    pub search: Option<Search>,
    /// What `:find` is looking for, until its results are there.
    pub finding: Option<String>,
    /// What is highlighted.
    pub layers: Layers,
    /// What was set.
    pub settings: Settings,
    /// The looks in use.
    pub theme: Theme,
    /// The environment wants no colours.
    pub no_color: bool,
    /// How the text is set now.
    pub look: Look,
    /// Links have their numbers behind them.
    pub link_numbers: bool,
    /// Where the line begins that was at the edge before the view moved by a page or half of one: marked until the next key.
    pub edge: Option<usize>,
    /// True when the text is alone on the screen.
    pub zen: bool,
    /// True while the program takes the mouse.
    pub mouse: bool,
    /// A drag or click in progress.
    pub drag: Option<Drag>,
    /// What the status line says until the next key.
    pub message: Option<Message>,
    /// What it said so far in this run, oldest first.
    pub said: VecDeque<Message>,
    /// What changed in the article since it was annotated, when an older version of it was kept.
    pub changes: Option<Arc<Vec<Line>>>,
    /// The last change, for `.`.
    pub last_change: Option<Change>,
    /// Events that wait for findings or notes.
    pub waiting: VecDeque<Event>,
    /// True when the program should end once all is saved.
    pub quitting: bool,
    /// Who reads: the creator of what is made here.
    pub reader: String,
    /// What was typed before.
    pub typed: Typed,
    /// What is typed is not kept beyond this article.
    pub private: bool,
    /// One line of help is shown until the first key.
    pub welcome: bool,
    /// Where times and ids come from.
    pub desk: Box<dyn Desk>,
}

/// Where the reader goes from an article of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// To the next article.
    Next,
    /// To the one before.
    Previous,
    /// Back to the list.
    List,
}

/// Where an article is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// At this code point of its text.
    CodePoint(usize),
    /// At the beginning of this line of its text, counted from 1.
    Line(usize),
    /// At the first place where this is found.
    Search(String),
}

/// A selection: from `anchor` to the caret, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: usize,
    /// True when whole paragraphs are selected.
    pub paragraphs: bool,
    /// The annotation whose words were selected by `v`, for `R`.
    pub of: Option<String>,
    /// Where the caret was when `v` took it to the end of an annotation: text objects are about that place.
    pub began: Option<usize>,
}

/// What is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layers {
    /// Quotations and mentions.
    pub quotes: bool,
    /// People.
    pub people: bool,
    /// Figures.
    pub figures: bool,
    /// Annotations.
    pub notes: bool,
}

/// What `.` repeats.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Highlighting.
    Highlight,
    /// Tagging with these words.
    Tag(String),
    /// Colouring.
    Color(Option<&'static str>),
    /// A claim status.
    Status(Option<crate::annotation::Status>),
    /// Writing this note.
    Note(String),
    /// Keeping a finding.
    Accept,
    /// Deleting.
    Delete,
}

/// What a letter after `m` or `'` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkUse {
    /// Sets a mark.
    Set,
    /// Goes to it.
    Go,
}

/// Places that jumps started from.
#[derive(Debug, Clone, Default)]
pub struct Jumps {
    /// Oldest first.
    pub back: Vec<usize>,
    /// Left behind by going back.
    pub forward: Vec<usize>,
}

/// A mouse button held down in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drag {
    /// The byte where it went down.
    pub from: usize,
    /// Where the pointer is held above or below the text: the view goes on scrolling there.
    pub beyond: Option<ratatui::layout::Position>,
}

/// A line for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says. Untrusted parts are drawn harmlessly.
    pub text: String,
    /// True for what went wrong.
    pub error: bool,
    /// The name of the article that was open. Untrusted.
    pub of: Arc<str>,
}

impl Model {
    /// The reader of an article, before anything is found or loaded.
    #[must_use]
    pub fn new(article: Arc<Article>, settings: Settings, theme: Theme, size: Size, mut desk: Box<dyn Desk>) -> Self {
        let mut model = Self {
            name: article.name().into(),
            as_read: Arc::clone(&article),
            reanalyse: None,
            list: None,
            leaving: None,
            opening: None,
            left: None,
            flow: Flow::new(&article, 40),
            partial: false,
            not_loaded: None,
            map: None,
            size,
            top: Place::default(),
            caret: article.blocks.first().map_or(0, |b| b.range.start()),
            goal: None,
            selection: None,
            found: None,
            notes: NotesState::default(),
            pane: Pane {
                wanted: true,
                focus: false,
                tab: Tab::Quotes,
                lists: Lists::default(),
                selected: [0; 5],
                top: [0; 5],
                anchor: None,
                typed: Default::default(),
                filter: Default::default(),
            },
            overlay: Overlay::None,
            pending: Vec::new(),
            count: None,
            hinting: false,
            awaiting_mark: None,
            marks: FxHashMap::default(),
            jumps: Jumps::default(),
            search: None,
            finding: None,
            layers: Layers { quotes: true, people: true, figures: true, notes: true },
            look: settings.look(),
            link_numbers: false,
            edge: None,
            mouse: settings.mouse,
            settings,
            theme,
            no_color: false,
            zen: false,
            drag: None,
            message: None,
            said: VecDeque::new(),
            changes: None,
            last_change: None,
            waiting: VecDeque::new(),
            quitting: false,
            reader: desk.stamp().creator,
            typed: Typed::default(),
            private: false,
            welcome: false,
            desk,
            article,
        };
        let look = model.look;
        model.set_look(look);
        model
    }

    /// Where everything is on the screen, for drawing and for the mouse alike.
    #[must_use]
    pub fn areas(&self) -> Areas {
        layout::areas(
            self.size,
            Wanted {
                pane: self.pane.wanted && !self.zen,
                focus: self.pane.focus,
                zen: self.zen,
                measure: self.look.measure,
                margin: self.look.margin,
            },
        )
    }

    /// The selected text.
    #[must_use]
    pub fn selected(&self) -> Option<TextRange> {
        let selection = self.selection.as_ref()?;
        let text = &self.article.text;
        let (low, high) = (selection.anchor.min(self.caret), selection.anchor.max(self.caret));
        if selection.paragraphs {
            let block = |at| self.article.block_at(at).map(|i| self.article.blocks[i].range);
            return Some(block(low)?.union(block(high)?));
        }
        Some(TextRange::new(low, crate::text::grapheme::next(text, high)))
    }

    /// Tells the reader something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.tell(text.into(), false);
    }

    /// Tells the reader what went wrong.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.tell(text.into(), true);
    }

    /// Tells what the reader should know, or what went wrong, when the article opens: all of it is in the list of messages, the first in the status line.
    pub fn announce(&mut self, lines: Vec<String>, error: bool) {
        let count = lines.len();
        let first = lines.first().cloned();
        lines.into_iter().for_each(|line| self.tell(line, error));
        if let (Some(first), 2..) = (first, count) {
            let words = format!("{count} messages, {} lists them; the first: {first}", self.key_of(Action::Messages));
            self.message = Some(Message { text: words, error, of: Arc::clone(&self.name) });
        }
    }

    fn tell(&mut self, text: String, error: bool) {
        /// How many are kept.
        const MOST: usize = 500;
        let message = Message { text, error, of: Arc::clone(&self.name) };
        if self.said.back() != Some(&message) {
            self.said.push_back(message.clone());
        }
        if self.said.len() > MOST {
            self.said.pop_front();
        }
        self.message = Some(message);
    }

    /// True in the middle of a sequence: behind a prefix, a count, or the key of a mark.
    #[must_use]
    pub fn awaits_key(&self) -> bool {
        let begun = !self.pending.is_empty() || self.count.is_some() || self.awaiting_mark.is_some();
        begun && matches!(self.overlay, Overlay::None)
    }

    /// The first key of an action, for hints.
    #[must_use]
    pub fn key_of(&self, action: Action) -> String {
        self.settings.keymap.keys_of(action).into_iter().next().unwrap_or_default()
    }
}
