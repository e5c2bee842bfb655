//! What lies over the text and takes the keys.

use ratatui_textarea::TextArea;

use super::Search;
use crate::text::TextRange;
use crate::tui::whole_page::WholePage;

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
    /// The keys and what they do.
    Help(Help),
    /// The whole page behind the article.
    WholePage(Box<WholePage>),
    /// What changed since the article was annotated, at this line.
    Changes(usize),
    /// What was said, from so many messages before the newest.
    Messages(usize),
    /// The article on one screen.
    Overview(Overview),
}

/// Help: which lines, and from where on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The first line that is shown.
    pub top: usize,
    /// Only lines with all of these words are shown.
    pub wanted: LineInput,
    /// The words are being typed.
    pub typing: bool,
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
    pub before: Option<Box<Search>>,
    /// While earlier lines are gone through: which one this is, and what was typed first.
    pub recalled: Option<(usize, String)>,
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
    /// Who said the quotations at these places.
    Speaker(Vec<TextRange>),
    /// What the person mentioned here is called.
    Rename(TextRange),
    /// Who else the person mentioned here is.
    Merge(TextRange),
    /// Who the people mentioned at these places are: one and the same.
    Same(Vec<TextRange>),
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
    /// All of these at once: the rows that are selected in the pane.
    Several(Vec<Target>),
}
