//! Changes of the notes as values. Applying one gives its inverse.
//!
//! `rev` counts the changes of an annotation and never goes back, not even when one is undone: two copies that merge later can then tell
//! that "undone" is newer than "done". So an inverse restores the content, under a higher `rev`. Deleting leaves a tombstone; undoing the
//! deletion takes it away, and the annotation comes back with a `rev` above that of the version that was deleted.

use super::merge;
use super::model::{Annotation, Correction, Notes, Stamp, Tombstone};

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A new annotation; or a deleted one comes back.
    Add(Box<Annotation>),
    /// The annotation with this id goes, and leaves a tombstone.
    Remove(String),
    /// The annotation with the same id becomes this one. `rev` and `modified` are set; id, `created`, `creator` and the anchor stay.
    Replace(Box<Annotation>),
    /// Takes back a [`Edit::Replace`]: what it changed becomes as before; what was changed since, by a merge, stays. Made by
    /// [`Notes::apply`].
    Revert(Box<Annotation>, Box<Annotation>),
    /// A new correction; or a deleted one comes back.
    AddCorrection(Box<Correction>),
    /// The correction with this id goes, and leaves a tombstone.
    RemoveCorrection(String),
    /// The correction with the same id becomes this one. `modified` is set.
    ReplaceCorrection(Box<Correction>),
    /// Several as one: all or none.
    Batch(Vec<Edit>),
}

/// Why a change could not be made. The notes are as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// What is to be changed is not there: another reader deleted it.
    #[error("that note is gone: it was deleted elsewhere")]
    Gone,
    /// What is to be added is there already.
    #[error("that note is there already")]
    Exists,
}

impl Notes {
    /// Makes a change and gives its inverse. Annotations stay in their order. After an error nothing has changed.
    ///
    /// # Errors
    /// [`EditError`].
    pub fn apply(&mut self, edit: Edit, stamp: &Stamp) -> Result<Edit, EditError> {
        match edit {
            Edit::Add(annotation) => self.add(*annotation, stamp),
            Edit::Remove(id) => self.remove(&id, stamp),
            Edit::Replace(annotation) => self.replace(*annotation, stamp),
            Edit::Revert(from, to) => {
                let current = self.get(&from.id).ok_or(EditError::Gone)?;
                let reverted = merge::carry(&from, &to, current);
                self.replace(reverted, stamp)
            }
            Edit::AddCorrection(correction) => self.add_correction(*correction),
            Edit::RemoveCorrection(id) => self.remove_correction(&id, stamp),
            Edit::ReplaceCorrection(correction) => {
                let current = self.corrections.iter_mut().find(|c| c.id == correction.id).ok_or(EditError::Gone)?;
                let old = std::mem::replace(current, *correction);
                current.modified.clone_from(&stamp.now);
                Ok(Edit::ReplaceCorrection(Box::new(old)))
            }
            Edit::Batch(edits) => self.batch(edits, stamp),
        }
    }

    fn add(&mut self, mut annotation: Annotation, stamp: &Stamp) -> Result<Edit, EditError> {
        if self.get(&annotation.id).is_some() {
            return Err(EditError::Exists);
        }
        if let Some(tombstone) = self.take_tombstone(&annotation.id) {
            annotation.rev = annotation.rev.max(tombstone.rev.unwrap_or(0)) + 1;
            annotation.modified.clone_from(&stamp.now);
        }
        let inverse = Edit::Remove(annotation.id.clone());
        self.insert(annotation);
        Ok(inverse)
    }

    fn remove(&mut self, id: &str, stamp: &Stamp) -> Result<Edit, EditError> {
        let at = self.annotations.iter().position(|a| a.id == id).ok_or(EditError::Gone)?;
        let annotation = self.annotations.remove(at);
        self.bury(id, Some((annotation.rev, &annotation.modified)), stamp);
        Ok(Edit::Add(Box::new(annotation)))
    }

    fn replace(&mut self, new: Annotation, stamp: &Stamp) -> Result<Edit, EditError> {
        let current = self.annotations.iter_mut().find(|a| a.id == new.id).ok_or(EditError::Gone)?;
        let old = std::mem::replace(current, new);
        current.rev = old.rev + 1;
        current.modified.clone_from(&stamp.now);
        current.created.clone_from(&old.created);
        current.creator.clone_from(&old.creator);
        current.anchor = old.anchor.clone();
        Ok(Edit::Revert(Box::new(current.clone()), Box::new(old)))
    }

    fn add_correction(&mut self, correction: Correction) -> Result<Edit, EditError> {
        if self.correction(&correction.id).is_some() {
            return Err(EditError::Exists);
        }
        self.take_tombstone(&correction.id);
        let inverse = Edit::RemoveCorrection(correction.id.clone());
        let at = self.corrections.partition_point(|c| c.order() < correction.order());
        self.corrections.insert(at, correction);
        Ok(inverse)
    }

    fn remove_correction(&mut self, id: &str, stamp: &Stamp) -> Result<Edit, EditError> {
        let at = self.corrections.iter().position(|c| c.id == id).ok_or(EditError::Gone)?;
        let correction = self.corrections.remove(at);
        self.bury(id, None, stamp);
        Ok(Edit::AddCorrection(Box::new(correction)))
    }

    fn batch(&mut self, edits: Vec<Edit>, stamp: &Stamp) -> Result<Edit, EditError> {
        let before = self.clone();
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit, stamp) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    *self = before;
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(Edit::Batch(inverses))
    }

    fn insert(&mut self, annotation: Annotation) {
        let at = self.annotations.partition_point(|a| a.order() < annotation.order());
        self.annotations.insert(at, annotation);
    }

    fn take_tombstone(&mut self, id: &str) -> Option<Tombstone> {
        let at = self.deleted.iter().position(|t| t.id == id)?;
        Some(self.deleted.remove(at))
    }

    fn bury(&mut self, id: &str, version: Option<(u64, &String)>, stamp: &Stamp) {
        let tombstone = Tombstone {
            id: id.into(),
            deleted: stamp.now.clone(),
            rev: version.map(|(rev, _)| rev),
            modified: version.map(|(_, modified)| modified.clone()),
            unknown: super::model::Unknown::new(),
        };
        let at = self.deleted.partition_point(|t| t.id.as_str() < id);
        self.deleted.insert(at, tombstone);
    }
}
