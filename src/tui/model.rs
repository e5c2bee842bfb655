//! The state of the reader. Changed by [`super::update`] alone, drawn by [`super::view`].

use std::collections::VecDeque;
use std::sync::Arc;

use ratatui_textarea::TextArea;
use rustc_hash::FxHashMap;

use super::event::Event;
use super::flow::{Flow, Place};
use super::layout::{self, Areas, Size};
use super::lists::Lists;
use super::spans::Spans;
use crate::analysis::Findings;
use crate::analysis::findings::MentionForm;
use crate::annotation::history::History;
use crate::annotation::{Correction, Notes, Stamp};
use crate::article::Article;
use crate::compare::report::Line;
use crate::config::{Action, Key, Settings, Theme};
use crate::text::search::Needle;
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
    /// The same as ingest made it, before the reader said what is furniture.
    pub as_read: Arc<Article>,
    /// The article whose analysis is to be asked for.
    pub reanalyse: Option<Arc<Article>>,
    /// True while only the beginning of the article is there.
    pub partial: bool,
    /// Which article of a list it is, from 0, and how many there are.
    pub list: Option<(usize, usize)>,
    /// Where the reader goes from here, when not out of the program.
    pub leaving: Option<Leaving>,
    /// Where the article is to be opened, until that place is there.
    pub opening: Option<Opening>,
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
    /// What is highlighted.
    pub layers: Layers,
    /// What was set.
    pub settings: Settings,
    /// The looks in use.
    pub theme: Theme,
    /// The widest text column now.
    pub measure: u16,
    /// True when the text is alone on the screen.
    pub zen: bool,
    /// True while the program takes the mouse.
    pub mouse: bool,
    /// A drag or click in progress.
    pub drag: Option<Drag>,
    /// What the status line says until the next key.
    pub message: Option<Message>,
    /// What changed in the article since it was annotated, when an older version of it was kept.
    pub changes: Option<Arc<Vec<Line>>>,
    /// The last change, for `.`.
    pub last_change: Option<Change>,
    /// Events that wait for findings or notes.
    pub waiting: VecDeque<Event>,
    /// True when the program should end once all is saved.
    pub quitting: bool,
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

/// Findings and their places.
pub struct Found {
    /// The findings.
    pub findings: Arc<Findings>,
    /// How many quotations are speech.
    pub speech: usize,
    /// Speech (kinds full, fragment, block), by index.
    pub quotes: Spans,
    /// Words in marks that are no speech of their own.
    pub mentions: Spans,
    /// Mentions of people by name or title; the number is the person's.
    pub people: Spans,
    /// Pronouns that stand for people; seen only while the caret is on their person.
    pub pronouns: Spans,
    /// Figures.
    pub figures: Spans,
    /// The same before the reader's corrections.
    pub detected: Arc<Findings>,
    /// The corrections that made the difference.
    pub corrections: Vec<Correction>,
}

impl Found {
    /// Indexes findings. `detected` are the same before the reader's `corrections`.
    #[must_use]
    pub fn new(findings: Arc<Findings>, detected: Arc<Findings>, corrections: Vec<Correction>) -> Self {
        let quotes = findings.quotes.iter().enumerate();
        let parts = |speech: bool| {
            let wanted = quotes.clone().filter(move |(_, q)| q.kind.is_speech() == speech);
            Spans::new(wanted.flat_map(|(i, q)| q.parts.iter().map(move |p| (*p, i))))
        };
        let people = findings.people.iter().enumerate();
        let mentions = |pronouns: bool| {
            let all = people.clone().flat_map(|(i, p)| p.mentions.iter().map(move |m| (m, i)));
            Spans::new(all.filter(move |(m, _)| (m.form == MentionForm::Pronoun) == pronouns).map(|(m, i)| (m.range, i)))
        };
        Self {
            speech: findings.quotes.iter().filter(|q| q.kind.is_speech()).count(),
            quotes: parts(true),
            mentions: parts(false),
            people: mentions(false),
            pronouns: mentions(true),
            figures: Spans::new(findings.figures.iter().enumerate().map(|(i, f)| (f.range, i))),
            findings,
            detected,
            corrections,
        }
    }

    /// The mention at byte `at`, a pronoun too, and whose it is.
    #[must_use]
    pub fn person_at(&self, at: usize) -> Option<(TextRange, usize)> {
        self.people.at(at).or_else(|| self.pronouns.at(at))
    }
}

/// The notes, how far they are saved, and their history.
#[derive(Default)]
pub struct NotesState {
    /// The notes themselves.
    pub all: Notes,
    /// Where they sit; the number is the index into [`Notes::annotations`].
    pub spans: Spans,
    /// True once the notes file was read (or found missing).
    pub loaded: bool,
    /// Undo and redo.
    pub history: History,
    /// Counts changes.
    pub generation: u64,
    /// The last change that is on disk.
    pub saved: u64,
    /// Why the last save failed.
    pub failed: Option<String>,
    /// The reader wants to quit though the last save failed: once more, and what is not saved is given up.
    pub abandon: bool,
    /// Why nothing can be changed.
    pub read_only: Option<String>,
    /// For orphans: the byte of the text that is nearest to where they were, by id.
    pub near: FxHashMap<String, usize>,
    /// The annotation that the next `R` on a selection gives its span to.
    pub reattaching: Option<String>,
    /// Where they are kept, for the reader.
    pub path: String,
}

impl NotesState {
    /// Finds the places anew after a change.
    pub fn index(&mut self) {
        let ranges = self.all.annotations.iter().enumerate().filter_map(|(i, a)| Some((a.now.range?, i)));
        self.spans = Spans::new(ranges);
    }

    /// True when every change is on disk.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.saved == self.generation
    }
}

/// The tabs of the side pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Quotations by speaker.
    Quotes,
    /// People.
    People,
    /// Figures and changes.
    Figures,
    /// Annotations.
    Notes,
}

impl Tab {
    /// All tabs, in order.
    pub const ALL: [Self; 4] = [Self::Quotes, Self::People, Self::Figures, Self::Notes];

    /// The heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotes => "Quotes",
            Self::People => "People",
            Self::Figures => "Figures",
            Self::Notes => "Notes",
        }
    }
}

/// The side pane.
pub struct Pane {
    /// Wanted by the reader where there is room.
    pub wanted: bool,
    /// Has the keys.
    pub focus: bool,
    /// The open tab.
    pub tab: Tab,
    /// The rows of all tabs.
    pub lists: Lists,
    /// The selected row of each tab.
    pub selected: [usize; 4],
    /// The first row shown of each tab.
    pub top: [usize; 4],
    /// The filter of each tab, as typed.
    pub filter: [String; 4],
}

impl Pane {
    /// The selected row of the open tab.
    #[must_use]
    pub fn row(&self) -> usize {
        self.selected[self.tab as usize]
    }
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

/// What lies over the text.
pub enum Overlay {
    /// Nothing.
    None,
    /// A line of input.
    Prompt(Prompt),
    /// Letters on the sentences and findings in view.
    Labels(Labels),
    /// The note editor.
    Editor(Box<Editor>),
    /// A choice by one key.
    Menu(Menu),
    /// Help, scrolled down by so many lines.
    Help(usize),
    /// The whole page behind the article.
    WholePage(Box<super::whole_page::WholePage>),
    /// What changed since the article was annotated, at this line.
    Changes(usize),
    /// The article on one screen.
    Overview(Overview),
}

/// The overview, laid out when it opened or the screen changed.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Its lines.
    pub lines: Vec<crate::export::overview::Line>,
    /// The first that is shown.
    pub top: usize,
}

/// Letters on what is in view; typing them selects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The labels, nearest to the caret first.
    pub list: Vec<Label>,
    /// The first of two letters, once it is typed.
    pub typed: Option<char>,
}

/// A letter or two on a sentence or finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What selects it; no code begins another.
    pub code: String,
    /// The words that it selects.
    pub range: TextRange,
    /// Where they begin to be seen: the start, or where the view begins.
    pub at: usize,
    /// True for a finding, false for a sentence.
    pub finding: bool,
}

/// A line of input with completions.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What it asks for.
    pub kind: PromptKind,
    /// The input.
    pub input: LineInput,
    /// What it could become; for the command line, indices into the action table as names.
    pub completions: Vec<String>,
    /// The completion that is chosen.
    pub chosen: Option<usize>,
    /// Where the caret and the view were when it opened (search moves them live).
    pub origin: usize,
    /// The search that comes back when this one is dropped.
    pub before: Option<Search>,
}

/// What a prompt asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum PromptKind {
    /// Words to find.
    Search,
    /// A tag for a target.
    Tag(Target),
    /// An action.
    Command,
    /// A filter for the open tab.
    Filter,
    /// A file to bring in.
    Import,
    /// A name, to correct with.
    Correct(Correcting),
    /// A place for the annotation with this id: those that the completions show.
    Reattach(String, Vec<TextRange>),
}

/// What a name is asked for: places are those of the words in the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Correcting {
    /// Who said the quotation at this place.
    Speaker(TextRange),
    /// What the person mentioned here is called.
    Rename(TextRange),
    /// Who else the person mentioned here is.
    Merge(TextRange),
    /// Who is meant by these mentions alone.
    Split(Vec<TextRange>),
}

/// One line of editable text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineInput {
    /// The text.
    pub text: String,
    /// The caret, in bytes.
    pub at: usize,
}

/// The note editor.
pub struct Editor {
    /// What the note is on.
    pub target: Target,
    /// The note.
    pub area: TextArea<'static>,
    /// The tags, when they are edited too.
    pub tags: Option<LineInput>,
    /// True while the tags have the keys.
    pub in_tags: bool,
}

/// A choice by one key.
#[derive(Debug, Clone, PartialEq)]
pub enum Menu {
    /// A colour for a target.
    Color(Target),
    /// A status for a target.
    Status(Target),
    /// What is wrong about the person mentioned here.
    Person(TextRange),
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An annotation, by id.
    Annotation(String),
    /// A finding that is not kept yet.
    Quote(usize),
    /// A figure that is not kept yet.
    Figure(usize),
    /// A person's mention that is not kept yet.
    Person(usize, TextRange),
    /// Words.
    Passage(TextRange),
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

/// The search in use.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is looked for.
    pub needle: Needle,
    /// As typed.
    pub query: String,
    /// Starts of all matches, once they are counted (up to [`super::update::search::MOST`]).
    pub matches: Option<Arc<Vec<u32>>>,
}

/// A mouse button held down in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drag {
    /// The byte where it went down.
    pub from: usize,
}

/// A line for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says. Untrusted parts are drawn harmlessly.
    pub text: String,
    /// True for what went wrong.
    pub error: bool,
}

impl Model {
    /// The reader of an article, before anything is found or loaded.
    #[must_use]
    pub fn new(article: Arc<Article>, settings: Settings, theme: Theme, size: Size, desk: Box<dyn Desk>) -> Self {
        let mut model = Self {
            as_read: Arc::clone(&article),
            reanalyse: None,
            list: None,
            leaving: None,
            opening: None,
            flow: Flow::new(&article, 40),
            partial: false,
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
                selected: [0; 4],
                top: [0; 4],
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
            layers: Layers { quotes: true, people: true, figures: true, notes: true },
            measure: settings.measure,
            mouse: settings.mouse,
            settings,
            theme,
            zen: false,
            drag: None,
            message: None,
            changes: None,
            last_change: None,
            waiting: VecDeque::new(),
            quitting: false,
            desk,
            article,
        };
        let width = model.areas().text.width;
        model.flow.set_width(usize::from(width));
        model
    }

    /// Where everything is on the screen, for drawing and for the mouse alike.
    #[must_use]
    pub fn areas(&self) -> Areas {
        layout::areas(self.size, self.pane.wanted && !self.zen, self.pane.focus, self.zen, self.measure)
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
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Tells the reader what went wrong.
    pub fn fail(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: true });
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
