//! Undo and redo: two stacks of inverses.

use super::edit::{Edit, EditError};
use super::model::{Notes, Stamp};

/// What was done and can be taken back.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A step: what brings back the state on the other side of it.
#[derive(Debug, Clone)]
struct Step {
    label: String,
    inverse: Edit,
}

impl History {
    /// Applies `edit` to `notes` and remembers how to take it back. `label` is what the status line says of it: "deleted a highlight".
    ///
    /// # Errors
    /// As [`Notes::apply`]; nothing is remembered then.
    pub fn apply(&mut self, notes: &mut Notes, edit: Edit, label: impl Into<String>, stamp: &Stamp) -> Result<(), EditError> {
        let inverse = notes.apply(edit, stamp)?;
        self.record(label, inverse);
        Ok(())
    }

    /// Remembers the inverse of a change that was just made. What was undone before cannot be redone after it.
    pub fn record(&mut self, label: impl Into<String>, inverse: Edit) {
        self.undone.clear();
        self.done.push(Step { label: label.into(), inverse });
    }

    /// Takes back the last change; `Ok` holds its label. `None` when there is nothing left to undo. After an error (another reader deleted
    /// the note) the notes are as before and the step is forgotten, so that the next one can be undone.
    pub fn undo(&mut self, notes: &mut Notes, stamp: &Stamp) -> Option<Result<String, EditError>> {
        let step = self.done.pop()?;
        Some(notes.apply(step.inverse, stamp).map(|inverse| {
            self.undone.push(Step { label: step.label.clone(), inverse });
            step.label
        }))
    }

    /// Does again what was undone last. As [`History::undo`].
    pub fn redo(&mut self, notes: &mut Notes, stamp: &Stamp) -> Option<Result<String, EditError>> {
        let step = self.undone.pop()?;
        Some(notes.apply(step.inverse, stamp).map(|inverse| {
            self.done.push(Step { label: step.label.clone(), inverse });
            step.label
        }))
    }

    /// Forgets everything: the article was replaced by another version.
    pub fn clear(&mut self) {
        self.done.clear();
        self.undone.clear();
    }
}
