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

#[cfg(test)]
mod tests {
    use super::super::sample::{self, on, stamp};
    use super::*;

    #[test]
    fn undo_and_redo_say_what_they_take_back() {
        let mut notes = sample::notes([]);
        let mut history = History::default();
        assert!(history.undo(&mut notes, &stamp(1)).is_none());
        history.apply(&mut notes, Edit::Add(Box::new(on("a", "Ada Example"))), "highlighted", &stamp(1)).expect("new");
        history.apply(&mut notes, Edit::Remove("a".into()), "deleted a highlight", &stamp(2)).expect("there");
        assert_eq!(history.undo(&mut notes, &stamp(3)), Some(Ok("deleted a highlight".into())));
        assert_eq!(notes.annotations.len(), 1);
        assert_eq!(history.undo(&mut notes, &stamp(4)), Some(Ok("highlighted".into())));
        assert!(notes.annotations.is_empty());
        assert_eq!(history.redo(&mut notes, &stamp(5)), Some(Ok("highlighted".into())));
        assert_eq!(notes.annotations.len(), 1);
        history.apply(&mut notes, Edit::Add(Box::new(on("b", "3 June"))), "highlighted", &stamp(6)).expect("new");
        assert!(history.redo(&mut notes, &stamp(7)).is_none(), "a new change ends what could be redone");
    }

    #[test]
    fn a_step_that_cannot_be_undone_does_not_block_the_others() {
        let mut notes = sample::notes([]);
        let mut history = History::default();
        history.apply(&mut notes, Edit::Add(Box::new(on("a", "Ada Example"))), "first", &stamp(1)).expect("new");
        history.apply(&mut notes, Edit::Add(Box::new(on("b", "3 June"))), "second", &stamp(1)).expect("new");
        notes.apply(Edit::Remove("b".into()), &stamp(2)).expect("deleted by another reader");
        assert_eq!(history.undo(&mut notes, &stamp(3)), Some(Err(EditError::Gone)));
        assert_eq!(history.undo(&mut notes, &stamp(3)), Some(Ok("first".into())));
    }
}
