//! Notes that could not be saved where they belong, kept in the state directory until they can be.
//!
//! A copy holds two states: the one that the notes file had when it was last read or written, and the one that could not be saved. What was
//! changed between them is brought into whatever the notes file says later.

use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::notes_file::NotesFile;
use super::paths::Places;
use super::{atomic, clock, schema};
use crate::annotation::{Notes, merge};

/// One copy, as it lies on the disk.
#[derive(Serialize, Deserialize)]
struct Copy {
    /// The names of the notes file it belongs to, absolute: a save that fails may have tried another place than was opened.
    notes: Vec<PathBuf>,
    /// When, RFC 3339 in UTC.
    written: String,
    /// The notes file's state before the changes.
    before: Box<RawValue>,
    /// Its state with them.
    after: Box<RawValue>,
}

/// The copies of one opened notes file: those that were left by earlier runs and the one of this run.
#[derive(Debug)]
pub struct Rescue {
    directory: PathBuf,
    opened: PathBuf,
    own: PathBuf,
    /// What is to be removed once everything is saved, as it was read or written: another program may have put newer changes there.
    there: Vec<(PathBuf, Vec<u8>)>,
}

/// What earlier runs could not save.
#[derive(Debug)]
pub struct TakenIn {
    /// The notes with it.
    pub notes: Notes,
    /// How many annotations and corrections it made, changed or deleted.
    pub changes: usize,
}

impl Rescue {
    /// Looks into the state directory. Writes nothing; the directory need not be there.
    #[must_use]
    pub fn of(file: &NotesFile, places: &Places) -> Self {
        let directory = places.state.join("unsaved");
        let name = clock::new_id().chars().filter(char::is_ascii_hexdigit).collect::<String>();
        Self { own: directory.join(format!("{name}.json")), directory, opened: absolute(file.path()), there: Vec::new() }
    }

    /// Keeps notes that could not be saved; gives the file. A copy that this run kept before is replaced.
    ///
    /// # Errors
    /// What the system says.
    pub fn keep(&mut self, file: &NotesFile, notes: &Notes) -> io::Result<&Path> {
        let mut names = vec![self.opened.clone(), absolute(file.path())];
        names.dedup();
        let raw = |notes| Ok::<_, io::Error>(serde_json::from_slice::<Box<RawValue>>(&file.render(notes))?);
        let copy = Copy { notes: names, written: clock::stamp(None).now, before: raw(file.base())?, after: raw(notes)? };
        atomic::make_private_directory(&self.directory)?;
        let bytes = serde_json::to_vec(&copy)?;
        atomic::write(&self.own, &bytes)?;
        self.there.retain(|(path, _)| *path != self.own);
        self.there.push((self.own.clone(), bytes));
        Ok(&self.own)
    }

    /// Brings what earlier runs kept into `notes`, oldest first; none when there is nothing, or all of it is there already. Copies that cannot
    /// be read stay where they are.
    pub fn take_in(&mut self, file: &NotesFile, notes: &Notes) -> Option<TakenIn> {
        let entries = std::fs::read_dir(&self.directory).into_iter().flatten().flatten();
        let read = |path: PathBuf| {
            let bytes = std::fs::read(&path).ok()?;
            let copy: Copy = serde_json::from_slice(&bytes).ok()?;
            let ours = copy.notes.iter().any(|name| *name == self.opened || *name == absolute(file.path()));
            ours.then_some((copy, path, bytes))
        };
        let mut copies: Vec<(Copy, PathBuf, Vec<u8>)> = entries.filter_map(|e| read(e.path())).collect();
        copies.sort_by(|(a, p, _), (b, q, _)| (&a.written, p).cmp(&(&b.written, q)));
        let mut now = notes.clone();
        for (copy, path, bytes) in copies {
            let state = |raw: &RawValue| {
                let mut notes = schema::parse(raw.get().as_bytes()).ok()?.notes;
                file.attach(&mut notes);
                Some(notes)
            };
            if let (Some(before), Some(after)) = (state(&copy.before), state(&copy.after)) {
                let id = now.id.clone();
                now = Notes { id, ..merge(Some(&before), &after, &now).notes };
                self.there.push((path, bytes));
            }
        }
        let changes = differences(notes, &now);
        if changes == 0 {
            self.saved();
            return None;
        }
        Some(TakenIn { notes: now, changes })
    }

    /// Everything is saved: the copies go.
    pub fn saved(&mut self) {
        // One that cannot be removed is taken in again, which changes nothing.
        for (path, bytes) in self.there.drain(..) {
            if std::fs::read(&path).is_ok_and(|now| now == bytes) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// How many annotations and corrections are in one of the two alone, or say something else there.
fn differences(old: &Notes, new: &Notes) -> usize {
    count(&old.annotations, &new.annotations, |a| &a.id) + count(&old.corrections, &new.corrections, |c| &c.id)
}

fn count<T: PartialEq>(old: &[T], new: &[T], id: impl Fn(&T) -> &str) -> usize {
    let mut olds: FxHashMap<&str, &T> = old.iter().map(|o| (id(o), o)).collect();
    let added = new.iter().filter(|n| olds.remove(id(n)) != Some(n)).count();
    added + olds.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample::{self, TEXT};
    use crate::ingest;
    use crate::store::notes_file::{OpenOptions, Opened};

    fn opened(places: &Places, notes: &Path) -> Opened {
        let options = OpenOptions { explicit: Some(notes.to_owned()), ..OpenOptions::new(places.clone()) };
        NotesFile::open(ingest::from_text(TEXT), options).expect("opens")
    }

    #[test]
    fn what_was_kept_is_taken_in_once_beside_what_others_wrote() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        let path = dir.path().join("n.json");
        let (one, other) = (sample::on("urn:uuid:one", "bridge"), sample::on("urn:uuid:two", "40 per cent"));
        let Opened { file, notes, .. } = opened(&places, &path);
        let mut rescue = Rescue::of(&file, &places);
        let mut mine = notes.clone();
        mine.annotations.push(one);
        rescue.keep(&file, &notes).expect("kept");
        assert!(rescue.keep(&file, &mine).expect("kept over it").starts_with(&places.state));
        let Opened { mut file, mut notes, .. } = opened(&places, &path);
        notes.annotations.push(other);
        file.save(&notes).expect("saved");
        let Opened { mut file, notes, .. } = opened(&places, &path);
        let mut rescue = Rescue::of(&file, &places);
        let taken = rescue.take_in(&file, &notes).expect("something was kept");
        assert_eq!(taken.changes, 1);
        let ids: Vec<&str> = taken.notes.annotations.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids, ["urn:uuid:one", "urn:uuid:two"]);
        // Killed before the save: it is still there.
        assert_eq!(Rescue::of(&file, &places).take_in(&file, &notes).expect("still kept").changes, 1);
        file.save(&taken.notes).expect("saved");
        rescue.saved();
        assert!(Rescue::of(&file, &places).take_in(&file, &notes).is_none());
        let elsewhere = opened(&places, &dir.path().join("m.json"));
        rescue.keep(&file, &mine).expect("kept");
        assert!(Rescue::of(&elsewhere.file, &places).take_in(&elsewhere.file, &elsewhere.notes).is_none(), "another article's");
    }

    #[test]
    fn what_another_program_kept_since_is_not_removed() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        let path = dir.path().join("n.json");
        let Opened { file, notes, .. } = opened(&places, &path);
        let mut failing = Rescue::of(&file, &places);
        let mut mine = notes.clone();
        mine.annotations.push(sample::on("urn:uuid:one", "bridge"));
        failing.keep(&file, &mine).expect("kept");
        let Opened { file: mut second, notes: theirs, .. } = opened(&places, &path);
        let mut rescue = Rescue::of(&second, &places);
        let taken = rescue.take_in(&second, &theirs).expect("something was kept");
        mine.annotations.push(sample::on("urn:uuid:two", "40 per cent"));
        failing.keep(&file, &mine).expect("kept again");
        second.save(&taken.notes).expect("saved");
        rescue.saved();
        let Opened { file, notes, .. } = opened(&places, &path);
        let late = Rescue::of(&file, &places).take_in(&file, &notes).expect("the newer copy is there");
        assert_eq!((late.changes, late.notes.annotations.len()), (1, 2));
    }
}
