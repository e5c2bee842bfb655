//! The one table of actions: names, default keys and what they do. Help, palette, key bindings and the README's key table come from it.

/// Where a key is pressed. A context that does not know a key asks the reader's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The text.
    Read,
    /// The text, with a selection.
    Select,
    /// The side pane.
    Pane,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 3] = [Self::Read, Self::Select, Self::Pane];

    /// The name of its table in `config.toml`: `[keys.read]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Select => "select",
            Self::Pane => "pane",
        }
    }
}

/// The part of help that an action stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Moving the caret.
    Move,
    /// Moving the view.
    Scroll,
    /// Going to findings, notes and places.
    Jump,
    /// Selecting text.
    Select,
    /// Making and changing annotations.
    Annotate,
    /// Finding words.
    Search,
    /// Copying.
    Copy,
    /// What is shown.
    View,
    /// The program.
    Program,
}

impl Group {
    /// All groups, in the order of help.
    pub const ALL: [Self; 9] =
        [Self::Annotate, Self::Jump, Self::Select, Self::Move, Self::Scroll, Self::Search, Self::Copy, Self::View, Self::Program];

    /// The heading in help.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Scroll => "Scroll",
            Self::Jump => "Jump",
            Self::Select => "Select",
            Self::Annotate => "Annotate",
            Self::Search => "Search",
            Self::Copy => "Copy",
            Self::View => "View",
            Self::Program => "Program",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// The action.
    pub action: Action,
    /// Its name in `config.toml` and in the command line.
    pub name: &'static str,
    /// Where its default keys work.
    pub context: Context,
    /// Default keys, each a sequence as [`super::keys::parse`] reads it.
    pub keys: &'static [&'static str],
    /// Where help lists it.
    pub group: Group,
    /// What it does, for the reader.
    pub doc: &'static str,
}

macro_rules! actions {
    ($($variant:ident $name:literal $context:ident $group:ident [$($key:literal)*] $doc:literal;)*) => {
        /// Everything that a key or a command can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $doc] $variant,)*
        }

        /// All actions, in the order of help.
        pub const ALL: &[Spec] = &[
            $(Spec { action: Action::$variant, name: $name, context: Context::$context, keys: &[$($key),*], group: Group::$group, doc: $doc },)*
        ];
    };
}

actions! {
    Accept "keep" Read Annotate ["enter"] "keep the finding under the caret as an annotation; on a folded line, unfold it";
    Highlight "highlight" Read Annotate ["H"] "highlight the selection, finding or sentence";
    Tag "tag" Read Annotate ["t"] "tag it; Tab completes, digits pick from the list";
    Note "note" Read Annotate ["c"] "write a note on it; Esc keeps, Ctrl-c abandons";
    Color "color" Read Annotate ["C"] "choose its colour";
    Status "status" Read Annotate ["x"] "set its claim status";
    Correct "correct" Read Annotate ["S"] "correct the speaker of the quotation, or the person, under the caret, or of the selected rows";
    Edit "edit" Read Annotate ["E"] "edit the note and tags of the annotation under the caret";
    Delete "delete" Read Annotate ["d d" "delete"] "delete the annotation under the caret";
    Undo "undo" Read Annotate ["u"] "undo the last change";
    Redo "redo" Read Annotate ["ctrl-r"] "redo what was undone";
    Repeat "repeat" Read Annotate ["."] "repeat the last change here";
    Reattach "reattach" Select Annotate ["R"] "give the annotation that was selected with v this span";
    Import "import" Read Annotate ["I"] "bring in the annotations of another file; also :import FILE";
    ReattachHint "reattach-hint" Read Annotate ["R"] "change the span of the annotation under the caret: v, move, R";
    ReattachOrphan "reattach-orphan" Pane Annotate ["R"] "give the annotation of this row another place, from a list or by selecting";

    NextQuote "next-quote" Read Jump ["] q"] "next quotation";
    PrevQuote "prev-quote" Read Jump ["[ q"] "previous quotation";
    NextFigure "next-figure" Read Jump ["] f"] "next figure";
    PrevFigure "prev-figure" Read Jump ["[ f"] "previous figure";
    NextPerson "next-person" Read Jump ["] p"] "next mention of a person";
    PrevPerson "prev-person" Read Jump ["[ p"] "previous mention of a person";
    NextNote "next-annotation" Read Jump ["] a"] "next annotation";
    PrevNote "prev-annotation" Read Jump ["[ a"] "previous annotation";
    NextArticle "next-article" Read Jump ["] b"] "next article of the list";
    PrevArticle "prev-article" Read Jump ["[ b"] "previous article of the list";
    NextHeading "next-heading" Read Jump ["] h"] "next heading";
    PrevHeading "prev-heading" Read Jump ["[ h"] "previous heading";
    NextMention "next-mention" Read Jump ["*"] "next mention of the person under the caret";
    FirstMention "first-mention" Read Jump ["g d"] "first mention of the person under the caret";
    OpenLink "open-link" Read Jump ["g x"] "open the link under the caret, with a count the link of that number; to a footnote or heading, go there";
    NextLink "next-link" Read Jump ["] l"] "next link";
    PrevLink "prev-link" Read Jump ["[ l"] "previous link";
    SetMark "set-mark" Read Jump ["m"] "set a mark: a letter follows";
    GoMark "go-mark" Read Jump ["'"] "go to a mark: a letter follows";
    JumpBack "jump-back" Read Jump ["ctrl-o"] "back to where the last jump started";
    JumpForward "jump-forward" Read Jump ["alt-o"] "forward again";

    Visual "select" Read Select ["v"] "start selecting; on an annotation, select its words";
    Labels "labels" Read Select ["s"] "label every sentence and finding in view; typing a label selects it";
    VisualLine "select-rows" Read Select ["V"] "start selecting whole paragraphs";
    PaneSelect "pane-select" Pane Select ["V" "v"] "select rows; move to take in more, then t, x, C, H, S, yy or dd work on all of them";
    PaneSelectAll "pane-select-all" Pane Select ["%"] "select all rows of the tab";
    VisualEnd "select-end" Select Select ["v" "V"] "stop selecting";
    SwapEnds "swap-ends" Select Select ["o"] "go to the other end of the selection";
    InnerSentence "inner-sentence" Select Select ["i s"] "select the sentence";
    AroundSentence "around-sentence" Select Select ["a s"] "select the sentence and the space after it";
    InnerParagraph "inner-paragraph" Select Select ["i p"] "select the paragraph";
    AroundParagraph "around-paragraph" Select Select ["a p"] "select the paragraph to the start of the next";
    InnerQuote "inner-quote" Select Select ["i q"] "select the words of the quotation";
    AroundQuote "around-quote" Select Select ["a q"] "select the quotation with its marks";
    InnerWord "inner-word" Select Select ["i w"] "select the word";
    AroundWord "around-word" Select Select ["a w"] "select the word and the space after it";

    Left "left" Read Move ["h" "left" "backspace"] "one character left";
    Right "right" Read Move ["l" "right"] "one character right";
    Down "down" Read Move ["j" "down"] "one row down";
    Up "up" Read Move ["k" "up"] "one row up";
    WordNext "next-word" Read Move ["w"] "start of the next word";
    WordBack "prev-word" Read Move ["b"] "start of the word before";
    WordEnd "word-end" Read Move ["e"] "end of the word";
    SentenceNext "next-sentence" Read Move [")"] "next sentence";
    SentenceBack "prev-sentence" Read Move ["("] "previous sentence";
    ParagraphNext "next-paragraph" Read Move ["}"] "next paragraph";
    ParagraphBack "prev-paragraph" Read Move ["{"] "previous paragraph";
    RowStart "row-start" Read Move ["0" "^"] "start of the row";
    RowEnd "row-end" Read Move ["$"] "end of the row";
    Top "top" Read Move ["g g" "home"] "start of the article; with a count, that paragraph";
    Bottom "bottom" Read Move ["G" "end"] "end of the article; with a count, that paragraph";

    ScrollDown "scroll-down" Read Scroll ["ctrl-e"] "scroll one row down";
    ScrollUp "scroll-up" Read Scroll ["ctrl-y"] "scroll one row up";
    HalfDown "half-page-down" Read Scroll ["ctrl-d"] "half a page down";
    HalfUp "half-page-up" Read Scroll ["ctrl-u"] "half a page up";
    PageDown "page-down" Read Scroll ["space" "f" "ctrl-f" "pagedown"] "a page down";
    PageUp "page-up" Read Scroll ["ctrl-b" "pageup" "shift-space"] "a page up";
    Center "center" Read Scroll ["z z"] "put the caret's row in the middle";
    CaretTop "caret-top" Read Scroll ["z t"] "put the caret's row at the top";

    Search "search" Read Search ["/"] "search: ignores case, accents, typographic quotes, dashes, spaces and line wraps; ~ begins a regular expression";
    SearchNext "search-next" Read Search ["n"] "next match";
    SearchPrev "search-prev" Read Search ["N"] "previous match";

    Find "find" Read Search ["g /"] "list the places of the last search, in findings and notes too; :find WORDS looks for others";

    Yank "copy" Read Copy ["y y"] "copy the finding or sentence";
    YankCitation "copy-citation" Read Copy ["y c" "Y"] "copy it as a citation: words, speaker, title, source";
    YankJson "copy-json" Read Copy ["y j"] "copy the annotation or finding as JSON";
    YankValue "copy-value" Read Copy ["y v"] "copy the value of the figure or change, with its unit";
    YankLink "copy-link" Read Copy ["y l"] "copy the address of the link, with a count of the link of that number";
    YankSelection "copy-selection" Select Copy ["y"] "copy the selection";

    PaneNext "next-tab" Read View ["tab"] "to the side pane, then from tab to tab";
    PanePrev "prev-tab" Read View ["backtab"] "the same, backwards";
    TabQuotes "tab-quotes" Read View ["alt-1"] "side pane: quotations by speaker";
    TabPeople "tab-people" Read View ["alt-2"] "side pane: people";
    TabFigures "tab-figures" Read View ["alt-3"] "side pane: figures and changes";
    TabNotes "tab-notes" Read View ["alt-4"] "side pane: annotations";
    TabFound "tab-found" Read View ["alt-5"] "side pane: what :find found";
    PaneDown "pane-down" Pane View ["j" "down"] "next row";
    PaneUp "pane-up" Pane View ["k" "up"] "previous row";
    PaneEnter "pane-enter" Pane View ["enter"] "go to the row's place in the text";
    PaneTop "pane-top" Pane View ["g g" "home"] "first row";
    PaneBottom "pane-bottom" Pane View ["G" "end"] "last row";
    PaneOrder "pane-order" Pane View ["o"] "figures in reading order, or by topic";
    PaneTab1 "pane-quotes" Pane View ["1"] "tab Quotes";
    PaneTab2 "pane-people" Pane View ["2"] "tab People";
    PaneTab3 "pane-figures" Pane View ["3"] "tab Figures";
    PaneTab4 "pane-notes" Pane View ["4"] "tab Notes";
    PaneTab5 "pane-found" Pane View ["5"] "tab Found";
    Filter "filter" Read View ["F"] "filter the rows of the side pane's tab";
    TogglePane "toggle-pane" Read View ["z p"] "show or hide the side pane";
    Zen "zen" Read View ["z n"] "the text alone";
    FoldOpen "unfold" Read View ["z o"] "unfold furniture";
    FoldClose "fold" Read View ["z c"] "fold furniture again";
    FoldCorrect "correct-fold" Read Annotate ["z f"] "say that this is text, or that this is furniture";
    FoldToggle "toggle-fold" Read View ["z a"] "fold or unfold furniture";
    WholePage "whole-page" Read View ["z B"] "the whole page, with what was left out of the article and why";
    FoldOpenAll "unfold-all" Read View ["z R"] "unfold everything";
    FoldCloseAll "fold-all" Read View ["z M"] "fold all furniture";
    LayerQuotes "layer-quotes" Read View ["L q"] "show or hide quotations";
    LayerPeople "layer-people" Read View ["L p"] "show or hide people";
    LayerFigures "layer-figures" Read View ["L f"] "show or hide figures";
    LayerNotes "layer-annotations" Read View ["L a"] "show or hide annotations";
    Wider "wider" Read View ["+" "="] "a wider text column";
    Narrower "narrower" Read View ["-"] "a narrower text column";
    MoreMargin "wider-margins" Read View ["z >"] "wider margins";
    LessMargin "narrower-margins" Read View ["z <"] "narrower margins";
    MoreSpacing "more-spacing" Read View ["z +"] "more room between lines";
    LessSpacing "less-spacing" Read View ["z -"] "less room between lines";
    ResetLook "reset-look" Read View ["z ="] "column, margins and line spacing as configured";
    LinkNumbers "link-numbers" Read View ["z l"] "show or hide the numbers of links, for gx";
    NextTheme "next-theme" Read View ["z T"] "next theme: dark, light, mono";
    Mouse "mouse" Read View ["M"] "give the mouse to the terminal, or take it back";

    Overview "overview" Read View ["O"] "the article on one screen: who is quoted how much, what changes, open claims, where they stand";
    Changes "changes" Read View ["g c"] "what changed in the article since it was annotated";

    Messages "messages" Read Program ["g m"] "what was said in the status line, newest first";
    Command "command" Read Program [":"] "command line and palette: every action by name";
    Help "help" Read Program ["?" "f1"] "keys and what they do";
    Back "back" Read Program ["q"] "back, then quit";
    Quit "quit" Read Program ["Q"] "quit";
    Escape "escape" Read Program ["esc" "ctrl-c"] "drop what is open or pending";
    Suspend "suspend" Read Program ["ctrl-z"] "suspend; fg comes back";
    Redraw "redraw" Read Program ["ctrl-l"] "draw the screen anew";
}

impl Action {
    /// The row of the table.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        // The enum and the table are made by one macro in one order.
        &ALL[self as usize]
    }

    /// The action of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        ALL.iter().find(|s| s.name == name).map(|s| s.action)
    }

    /// True when the action makes no sense before findings are there.
    #[must_use]
    pub fn needs_findings(self) -> bool {
        use Action::{
            Accept, Correct, Edit, FirstMention, Highlight, NextFigure, NextMention, NextPerson, NextQuote, Note, Overview, PaneSelect,
            PaneSelectAll, PrevFigure, PrevPerson, PrevQuote, Status, Tag, Yank, YankCitation, YankJson, YankValue,
        };
        matches!(
            self,
            Accept
                | Highlight
                | Tag
                | Note
                | Status
                | Correct
                | Edit
                | NextQuote
                | PrevQuote
                | NextFigure
                | PrevFigure
                | NextPerson
                | PrevPerson
                | NextMention
                | FirstMention
                | Yank
                | YankCitation
                | YankJson
                | YankValue
                | Overview
                | PaneSelect
                | PaneSelectAll
        )
    }

    /// True when a number typed before the action's key means something.
    #[must_use]
    pub fn takes_count(self) -> bool {
        use Action::{
            CaretTop, Center, FirstMention, GoMark, JumpBack, JumpForward, NextArticle, NextMention, PrevArticle, Redo, RowEnd, RowStart,
            SearchNext, SearchPrev, SetMark, Undo,
        };
        match self.spec().group {
            Group::Move => !matches!(self, RowStart | RowEnd),
            Group::Scroll => !matches!(self, Center | CaretTop),
            Group::Jump => {
                !matches!(self, NextArticle | PrevArticle | NextMention | FirstMention | SetMark | GoMark | JumpBack | JumpForward)
            }
            _ => matches!(self, Undo | Redo | SearchNext | SearchPrev | Action::YankLink),
        }
    }

    /// True when the action makes no sense before the notes file is read.
    #[must_use]
    pub fn needs_notes(self) -> bool {
        self.spec().group == Group::Annotate
            || matches!(self, Action::NextNote | Action::PrevNote | Action::Overview | Action::PaneSelect | Action::PaneSelectAll)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_names_are_unique() {
        let mut names = HashSet::new();
        for spec in ALL {
            assert_eq!(spec.action.spec().name, spec.name);
            assert!(names.insert(spec.name), "two actions are called {}", spec.name);
            assert!(!spec.doc.is_empty() && !spec.keys.is_empty(), "{} needs a doc and a key", spec.name);
        }
    }
}
