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
    /// Takes back an addition: the annotation or correction with this id goes, and its tombstone says that this was an undoing. Made by
    /// [`Notes::apply`].
    Withdraw(String),
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
            Edit::Remove(id) => self.remove(&id, false, stamp),
            Edit::Withdraw(id) if self.get(&id).is_some() => self.remove(&id, true, stamp),
            Edit::Withdraw(id) => self.remove_correction(&id, true, stamp),
            Edit::Replace(annotation) => self.replace(*annotation, stamp),
            Edit::Revert(from, to) => {
                let current = self.get(&from.id).ok_or(EditError::Gone)?;
                let reverted = merge::carry(&from, &to, current);
                self.replace(reverted, stamp)
            }
            Edit::AddCorrection(correction) => self.add_correction(*correction),
            Edit::RemoveCorrection(id) => self.remove_correction(&id, false, stamp),
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
        let grave = self.take_tombstone(&annotation.id);
        if let Some(tombstone) = &grave {
            annotation.rev = annotation.rev.max(tombstone.rev.unwrap_or(0)) + 1;
            annotation.modified.clone_from(&stamp.now);
        }
        let inverse = inverse_of_adding(grave.as_ref(), annotation.id.clone(), Edit::Remove);
        self.insert(annotation);
        Ok(inverse)
    }

    fn remove(&mut self, id: &str, undone: bool, stamp: &Stamp) -> Result<Edit, EditError> {
        let at = self.annotations.iter().position(|a| a.id == id).ok_or(EditError::Gone)?;
        let annotation = self.annotations.remove(at);
        self.bury(id, Some((annotation.rev, &annotation.modified)), undone, stamp);
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
        let grave = self.take_tombstone(&correction.id);
        let inverse = inverse_of_adding(grave.as_ref(), correction.id.clone(), Edit::RemoveCorrection);
        let at = self.corrections.partition_point(|c| c.order() < correction.order());
        self.corrections.insert(at, correction);
        Ok(inverse)
    }

    fn remove_correction(&mut self, id: &str, undone: bool, stamp: &Stamp) -> Result<Edit, EditError> {
        let at = self.corrections.iter().position(|c| c.id == id).ok_or(EditError::Gone)?;
        let correction = self.corrections.remove(at);
        self.bury(id, None, undone, stamp);
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

    fn bury(&mut self, id: &str, version: Option<(u64, &String)>, undone: bool, stamp: &Stamp) {
        let tombstone = Tombstone {
            id: id.into(),
            deleted: stamp.now.clone(),
            rev: version.map(|(rev, _)| rev),
            modified: version.map(|(_, modified)| modified.clone()),
            undone,
            unknown: super::model::Unknown::new(),
        };
        let at = self.deleted.partition_point(|t| t.id.as_str() < id);
        self.deleted.insert(at, tombstone);
    }
}

/// A deletion that was undone is done again as a deletion; what was new is taken back.
fn inverse_of_adding(grave: Option<&Tombstone>, id: String, remove: fn(String) -> Edit) -> Edit {
    if grave.is_some_and(|t| !t.undone) { remove(id) } else { Edit::Withdraw(id) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{self, on, stamp};
    use super::*;

    /// Equal but for `rev`, `modified` and what tombstones are there.
    fn same(a: &Notes, b: &Notes) -> bool {
        a.annotations.len() == b.annotations.len()
            && a.annotations.iter().zip(&b.annotations).all(|(a, b)| a.same_content(b))
            && a.corrections.len() == b.corrections.len()
            && a.corrections.iter().zip(&b.corrections).all(|(a, b)| (&a.id, &a.to) == (&b.id, &b.to))
    }

    fn sorted(notes: &Notes) -> bool {
        notes.annotations.is_sorted_by(|a, b| a.order() < b.order()) && notes.corrections.is_sorted_by(|a, b| a.order() < b.order())
    }

    proptest! {
        #[test]
        fn an_inverse_brings_back_the_content(start in sample::any_notes(), deeds in sample::deeds("ada")) {
            let mut notes = start.clone();
            let mut inverses = Vec::new();
            for deed in &deeds {
                let Some(edit) = sample::edit(&notes, deed) else { continue };
                let before = notes.clone();
                match notes.apply(edit, &stamp(5)) {
                    Ok(inverse) => inverses.push(inverse),
                    Err(_) => prop_assert_eq!(&notes, &before),
                }
                prop_assert!(sorted(&notes));
            }
            let done = notes.clone();
            let mut again = Vec::new();
            for inverse in inverses.into_iter().rev() {
                again.push(notes.apply(inverse, &stamp(6)).expect("what was done can be undone"));
            }
            prop_assert!(same(&notes, &start), "{notes:#?} is not {start:#?}");
            for inverse in again.into_iter().rev() {
                notes.apply(inverse, &stamp(7)).expect("what was undone can be done again");
            }
            prop_assert!(same(&notes, &done));
            prop_assert!(sorted(&notes));
        }

        #[test]
        fn rev_never_goes_back(start in sample::any_notes(), deeds in sample::deeds("ada")) {
            let end = sample::perform(&start, &deeds);
            for a in &start.annotations {
                let rev = end.get(&a.id).map(|a| a.rev).or_else(|| end.deleted.iter().find(|t| t.id == a.id)?.rev);
                prop_assert!(rev >= Some(a.rev), "{} had {}, has {rev:?}", a.id, a.rev);
            }
        }
    }

    #[test]
    fn undoing_a_deletion_takes_the_tombstone_away_and_counts_on() {
        let mut notes = sample::notes([on("a", "Ada Example")]);
        let back = notes.apply(Edit::Remove("a".into()), &stamp(1)).expect("there");
        assert!(notes.annotations.is_empty());
        assert_eq!((notes.deleted[0].rev, notes.deleted[0].deleted.as_str()), (Some(1), stamp(1).now.as_str()));
        notes.apply(back, &stamp(2)).expect("gone");
        assert!(notes.deleted.is_empty());
        assert_eq!((notes.annotations[0].rev, &notes.annotations[0].modified), (2, &stamp(2).now));
    }

    #[test]
    fn what_was_undone_is_told_from_what_was_deleted() {
        let mut notes = sample::notes([]);
        let undone = |notes: &Notes| notes.deleted.iter().map(|t| t.undone).collect::<Vec<_>>();
        let back = notes.apply(Edit::Add(Box::new(on("a", "Ada Example"))), &stamp(1)).expect("new");
        let again = notes.apply(back, &stamp(2)).expect("there");
        assert_eq!(undone(&notes), [true]);
        let back = notes.apply(again, &stamp(3)).expect("gone");
        notes.apply(back, &stamp(4)).expect("there");
        assert_eq!(undone(&notes), [true], "done again and undone again");
        notes.apply(Edit::Add(Box::new(on("a", "Ada Example"))), &stamp(5)).expect("gone");
        let back = notes.apply(Edit::Remove("a".into()), &stamp(6)).expect("there");
        assert_eq!(undone(&notes), [false]);
        let again = notes.apply(back, &stamp(7)).expect("gone");
        notes.apply(again, &stamp(8)).expect("there");
        assert_eq!(undone(&notes), [false], "a deletion that is done again is a deletion");
        let back = notes.apply(Edit::AddCorrection(Box::new(sample::correction("c", "Bo Sample"))), &stamp(9)).expect("new");
        notes.apply(back, &stamp(9)).expect("there");
        assert_eq!(undone(&notes), [false, true]);
    }

    #[test]
    fn what_was_written_once_stays() {
        let mut notes = sample::notes([on("a", "Ada Example")]);
        let mut changed = on("a", "3 June");
        (changed.created, changed.creator) = ("later".into(), "somebody".into());
        notes.apply(Edit::Replace(Box::new(changed)), &stamp(1)).expect("there");
        let a = &notes.annotations[0];
        assert_eq!((a.anchor.exact.as_str(), a.creator.as_str(), a.created.as_str()), ("Ada Example", "reader", stamp(0).now.as_str()));
        assert_eq!(a.now.range, Some(sample::range("3 June")), "the span is what the reader made it");
        assert_eq!(a.rev, 2);
    }

    #[test]
    fn a_batch_is_all_or_nothing() {
        let mut notes = sample::notes([on("a", "Ada Example")]);
        let before = notes.clone();
        let batch = Edit::Batch(vec![Edit::Remove("a".into()), Edit::Remove("b".into())]);
        assert_eq!(notes.apply(batch, &stamp(1)), Err(EditError::Gone));
        assert_eq!(notes, before);
        let batch = Edit::Batch(vec![Edit::Remove("a".into()), Edit::Add(Box::new(on("b", "3 June")))]);
        let back = notes.apply(batch, &stamp(1)).expect("both can be done");
        notes.apply(back, &stamp(2)).expect("both can be undone");
        assert!(same(&notes, &before));
    }

    #[test]
    fn undo_leaves_what_came_in_by_a_merge() {
        let mut notes = sample::notes([on("a", "Ada Example")]);
        let mut noted = notes.annotations[0].clone();
        noted.note = "mine".into();
        let back = notes.apply(Edit::Replace(Box::new(noted)), &stamp(1)).expect("there");
        notes.annotations[0].tags.push("theirs".into());
        notes.apply(back, &stamp(2)).expect("there");
        assert_eq!((notes.annotations[0].note.as_str(), notes.annotations[0].tags.as_slice()), ("", ["theirs".to_owned()].as_slice()));
    }
}
