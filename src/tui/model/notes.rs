//! The notes in the reader's hands.

use rustc_hash::FxHashMap;

use crate::annotation::Notes;
use crate::annotation::history::History;
use crate::tui::spans::Spans;

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
    /// The file that holds what could not be saved, and the generation that is in it.
    pub kept: Option<(String, u64)>,
    /// A save that failed is tried again, and its end was not told yet.
    pub retrying: bool,
    /// A key came while it was: what kept it from being saved may be gone since it began.
    pub again: bool,
    /// The reader asked for a save and waits to hear what came of it.
    pub asked: bool,
    /// The reader wants to quit though nothing can be saved and was told so: once more, and what is not saved then is given up.
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
