//! The notes of one article, opened: read once, saved after every change.
//!
//! A save takes the lock, reads the file again, merges what others wrote since ([`mod@crate::annotation::merge`]), and replaces the file. All of
//! it is durable when [`NotesFile::save`] returns; before that nothing may say "saved".

mod describe;
mod locate;

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::lock::{self, Lock, LockError};
use super::paths::{self, Entry, Places};
use super::schema::{self, ParseError, Parsed, SourceRecord, Written};
use super::{atomic, clock, digest, snapshot};
use crate::annotation::{Attached, Notes, Reattached, attach_with, merge};
use crate::article::Article;
use crate::log;
use crate::text::CodePoints;
pub(super) use describe::headlines_alike;

/// How to open.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// The notes file to use (`--notes`), wherever the article lies.
    pub explicit: Option<PathBuf>,
    /// The program's own directories.
    pub places: Places,
    /// The article's address, when it did not come from a file.
    pub uri: Option<String>,
    /// How long a save waits for another writer.
    pub patience: Duration,
    /// When the file cannot be read: go on with a new one beside it (`….2.pullquote.json`). Only when the reader said so.
    pub start_new: bool,
}

impl OpenOptions {
    /// The usual: notes where they belong, five seconds of patience.
    #[must_use]
    pub fn new(places: Places) -> Self {
        Self { explicit: None, places, uri: None, patience: Duration::from_secs(5), start_new: false }
    }
}

/// What opening gives.
#[derive(Debug)]
pub struct Opened {
    /// To save with. May go to another thread.
    pub file: NotesFile,
    /// The notes, attached to the article's text.
    pub notes: Notes,
    /// How many of them sit on their words.
    pub attached: Attached,
    /// For those that do not: the byte of the text that is nearest to where they were, by id, as far as that is known.
    pub near: rustc_hash::FxHashMap<String, usize>,
    /// What the reader should know, one line each. Untrusted: may hold file names.
    pub warnings: Vec<String>,
}

/// Why notes cannot be opened. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file holds something else, or is damaged.
    #[error("cannot read the notes '{}': {reason}; mend the file, or name another with --notes", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where and what.
        reason: ParseError,
    },
    /// The system does not give it.
    #[error("cannot read the notes '{}': {}", path.display(), atomic::explain(error))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// What saving gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// What is in the file now, when others had written something: what was to be saved, and theirs. Go on with these; when the reader has
    /// changed something meanwhile, with `merge(Some(&what_was_given_to_save), &what_there_is_now, &these)`. `None`: what was to be saved.
    pub notes: Option<Notes>,
    /// The file was written. False when it said all this already.
    pub wrote: bool,
    /// What went wrong beside the save: the save itself is good.
    pub warnings: Vec<String>,
}

/// Why a change is not saved. The file is as it was; the notes in memory are the only copy, so keep them and try again.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file must not be written.
    #[error("not saved: {0}")]
    ReadOnly(String),
    /// Another process writes, and does not end.
    #[error("not saved: another program has held '{}' for {} s; close it, or remove the lock's holder", path.display(), waited.as_secs())]
    Locked {
        /// The lock file.
        path: PathBuf,
        /// How long we waited.
        waited: Duration,
    },
    /// Somebody wrote something else into the file.
    #[error("not saved: '{}' was changed by another program and cannot be read: {reason}; mend the file, then save again", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where and what.
        reason: ParseError,
    },
    /// The system refuses.
    #[error("{}", atomic::cannot_write(path, error))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// The notes file of one article.
#[derive(Debug)]
pub struct NotesFile {
    article: Arc<Article>,
    map: CodePoints,
    text_sha256: String,
    options: OpenOptions,
    /// The file; as given, links and all.
    path: PathBuf,
    /// The path is a guess: nothing is there yet, and whether the directory can be written to is seen at the first save.
    provisional: bool,
    read_only: Option<String>,
    /// What the file says of the article, with what is known today.
    source: SourceRecord,
    /// The notes as last read or written: the common base of a merge.
    base: Notes,
    /// Hash of the file's bytes as last read or written; `None` while there is no file.
    known: Option<u64>,
    /// The file as last written, its records those of `base`; empty before the first save.
    written: Written,
    /// The first save also clears up, stores the text and tells the index.
    settled: bool,
    /// The text that the notes were last saved with, when it was another: its digest.
    older: Option<String>,
    /// Time and length of the file when it was last looked at, and what it said then.
    seen: Option<(Option<SystemTime>, u64)>,
    shown: Option<Notes>,
}

impl NotesFile {
    /// Finds and reads the notes of an article; no notes yet is fine. Computes digests of the text and of the article's file, so call it off
    /// the drawing thread. Writes nothing.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(article: impl Into<Arc<Article>>, options: OpenOptions) -> Result<Opened, OpenError> {
        let article = article.into();
        let map = CodePoints::new(&article.text);
        let text_sha256 = digest::sha256(article.text.as_bytes());
        let mut warnings = Vec::new();
        let locate::Location { mut path, mut provisional, by_name } = locate::locate(&article, &text_sha256, &options, &mut warnings);
        let mut read = read(&path);
        if by_name && let Some(other) = title_of_another(&read, &article, &text_sha256) {
            (path, read) = beside_those_of_another(&path, &article, &text_sha256);
            provisional = matches!(read, Ok(None));
            warnings.push(format!(
                "the notes with this article's name are of another one, “{other}”, and stay as they are; those of this one are in '{}' \
                 (--notes PATH opens others)",
                path.display()
            ));
        }
        if options.start_new {
            let first = path.clone();
            for n in 2.. {
                if !matches!(read, Err(OpenError::Unreadable { .. })) {
                    break;
                }
                path = locate::numbered(&first, n);
                read = self::read(&path);
            }
        }
        let found = read?;
        let known = found.as_ref().map(|(_, hash)| *hash);
        let Parsed { mut notes, source, read_only, warnings: more } = found.map(|(parsed, _)| parsed).unwrap_or_default();
        warnings.extend(more);
        let older = source.text_sha256.clone().filter(|digest| *digest != text_sha256);
        let stored = |digest: &str| snapshot::load(&options.places, digest);
        let Reattached { counts: attached, near } = attach_with(&mut notes, &article.text, &map, &text_sha256, stored);
        let source = describe::describe(&article, &text_sha256, &map, &options, known.is_none(), source);
        if notes.id.is_empty() {
            notes.id = clock::new_id();
        }
        let base = notes.clone();
        let file = Self {
            article,
            map,
            text_sha256,
            options,
            path,
            provisional,
            read_only,
            source,
            base,
            known,
            written: Written::default(),
            settled: false,
            older,
            seen: None,
            shown: None,
        };
        Ok(Opened { file, notes, attached, near, warnings })
    }

    /// Where the notes are, or will be. May change with the first save, when the article's directory turns out not to be writable.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the notes cannot be saved, when that is known beforehand.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// The text that the notes were last saved with, when the article's is another now and that one was kept.
    #[must_use]
    pub fn older_text(&self) -> Option<String> {
        snapshot::load(&self.options.places, self.older.as_deref()?)
    }

    /// What another program wrote into the file since it was last read, written or looked at here; with the state that it followed. Goes
    /// into the notes at hand by `merge(Some(&followed), &at_hand, &written)`. Nothing is saved by this, and the next save merges all the
    /// same. Costs one look at the file's time and length while nothing changed; a file that cannot be read is passed over until it can.
    pub fn outside(&mut self) -> Option<Box<(Notes, Notes)>> {
        let about = fs::metadata(&self.path).ok()?;
        let looks = Some((about.modified().ok(), about.len()));
        if std::mem::replace(&mut self.seen, looks) == looks {
            return None;
        }
        let bytes = read_bytes(&self.path).ok()??;
        if self.known == Some(hash(&bytes)) {
            return None;
        }
        let mut theirs = schema::parse(&bytes).ok().filter(|parsed| parsed.read_only.is_none())?.notes;
        self.attach(&mut theirs);
        let before = self.shown.replace(theirs.clone()).unwrap_or_else(|| self.base.clone());
        (before != theirs).then(|| Box::new((before, theirs)))
    }

    /// The notes as they were last read or written.
    pub(super) fn base(&self) -> &Notes {
        &self.base
    }

    /// Finds the words of notes that were read from the disk in today's text.
    pub(super) fn attach(&self, notes: &mut Notes) {
        let stored = |digest: &str| snapshot::load(&self.options.places, digest);
        attach_with(notes, &self.article.text, &self.map, &self.text_sha256, stored);
    }

    /// SHA-256 of the article's text, in hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        &self.text_sha256
    }

    /// The code points of the article's text.
    #[must_use]
    pub fn map(&self) -> &CodePoints {
        &self.map
    }

    /// Today's text, for [`schema::annotation_json`].
    #[must_use]
    pub fn text(&self) -> schema::Text<'_> {
        schema::Text { text: &self.article.text, map: &self.map, sha256: &self.text_sha256 }
    }

    /// What the notes file says of the article, with what is known today.
    #[must_use]
    pub fn source(&self) -> &SourceRecord {
        &self.source
    }

    /// True while there is no notes file yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.known.is_none()
    }

    /// Takes over what another notes file says of the article (its address, when it was retrieved). Does nothing once there is a file.
    pub fn take_source(&mut self, said: SourceRecord) {
        if self.known.is_none() {
            self.source = describe::describe(&self.article, &self.text_sha256, &self.map, &self.options, false, said);
        }
    }

    /// The notes file's bytes for these notes, as a save would write them.
    #[must_use]
    pub fn render(&self, notes: &Notes) -> Vec<u8> {
        schema::write(notes, &self.source, self.text())
    }

    /// Brings `notes` to the disk, together with what others wrote since. Durable when it returns.
    ///
    /// # Errors
    /// [`SaveError`]; the same call can be made again.
    pub fn save(&mut self, notes: &Notes) -> Result<Saved, SaveError> {
        let done = log::timed("save", || self.save_now(notes));
        log::line(|| match &done {
            Ok(saved) => format!("saved: {} annotations, written: {}", notes.annotations.len(), saved.wrote),
            Err(SaveError::Io { error, .. }) => format!("not saved: {:?}", error.kind()),
            Err(SaveError::Locked { .. }) => "not saved: locked".into(),
            Err(SaveError::ReadOnly(_)) => "not saved: read-only".into(),
            Err(SaveError::Unreadable { .. }) => "not saved: the file cannot be read".into(),
        });
        done
    }

    fn save_now(&mut self, notes: &Notes) -> Result<Saved, SaveError> {
        if let Some(why) = &self.read_only {
            return Err(SaveError::ReadOnly(why.clone()));
        }
        // Unless another program left something out of the file that is here.
        let as_left = || read_bytes(&self.path).ok().flatten().map(|bytes| hash(&bytes)) == self.known;
        if *notes == self.base && as_left() {
            return Ok(Saved { notes: None, wrote: false, warnings: Vec::new() });
        }
        let _lock = self.lock()?;
        let target = atomic::resolve(&self.path);
        if !self.settled {
            atomic::sweep(&target);
        }
        let merged = self.merged(notes)?;
        self.source.path =
            self.article.source.path.as_deref().map(|article| describe::beside(article, &target)).or(self.source.path.take());
        let (written, kept) = self.rendered(merged.as_ref().unwrap_or(notes));
        let hash = hash(&written.bytes);
        let wrote = self.known != Some(hash);
        if wrote && let Err(error) = atomic::write(&target, &written.bytes) {
            return Err(SaveError::Io { path: self.path.clone(), error });
        }
        self.known = Some(hash);
        self.shown = None;
        self.provisional = false;
        self.written = written;
        self.take_over(merged.as_ref().unwrap_or(notes), &kept);
        let warnings = if self.settled { Vec::new() } else { self.settle() };
        Ok(Saved { notes: merged, wrote, warnings })
    }

    /// The file's bytes, those of annotations that are as in the base taken from the last file; and which of the base these are.
    fn rendered(&self, notes: &Notes) -> (Written, Vec<Option<usize>>) {
        let old = &self.base.annotations;
        let mut kept = Vec::with_capacity(notes.annotations.len());
        let mut next = 0;
        let written = schema::write_reusing(notes, &self.source, self.text(), |_, annotation| {
            while old.get(next).is_some_and(|b| b.order() < annotation.order()) {
                next += 1;
            }
            let same = old.get(next).is_some_and(|b| b == annotation).then_some(next);
            kept.push(same);
            self.written.records.get(same?).map(|at| &self.written.bytes[at.clone()])
        });
        (written, kept)
    }

    /// Makes `notes` the base. What is in it already moves over: ten thousand annotations take 15 ms to copy.
    fn take_over(&mut self, notes: &Notes, kept: &[Option<usize>]) {
        let mut old: Vec<Option<_>> = std::mem::take(&mut self.base.annotations).into_iter().map(Some).collect();
        let annotations = notes.annotations.iter().zip(kept).map(|(annotation, kept)| {
            let moved = kept.and_then(|at| old[at].take());
            moved.unwrap_or_else(|| annotation.clone())
        });
        self.base = Notes {
            annotations: annotations.collect(),
            id: notes.id.clone(),
            corrections: notes.corrections.clone(),
            deleted: notes.deleted.clone(),
            unknown: notes.unknown.clone(),
            unknown_source: notes.unknown_source.clone(),
            unknown_generator: notes.unknown_generator.clone(),
            set_aside: notes.set_aside.clone(),
        };
    }

    /// The lock; takes the data directory where the article's cannot be written to.
    fn lock(&mut self) -> Result<Lock, SaveError> {
        let lock = lock::lock(&atomic::resolve(&self.path), self.options.patience);
        let lock = match lock {
            Err(LockError::Io(error)) if self.provisional && error.kind() != io::ErrorKind::StorageFull => {
                self.path = paths::in_data_directory(&self.options.places, &self.text_sha256);
                let made = atomic::make_private_directory(atomic::directory(&self.path));
                made.map_err(|error| SaveError::Io { path: self.path.clone(), error })?;
                lock::lock(&self.path, self.options.patience)
            }
            lock => lock,
        };
        lock.map_err(|e| match e {
            LockError::TimedOut => SaveError::Locked { path: lock::path_for(&self.path), waited: self.options.patience },
            LockError::Io(error) => SaveError::Io { path: self.path.clone(), error },
        })
    }

    /// `notes` with what is in the file now; `None` when that brings nothing.
    fn merged(&mut self, notes: &Notes) -> Result<Option<Notes>, SaveError> {
        let found = read_bytes(&self.path).map_err(|error| SaveError::Io { path: self.path.clone(), error })?;
        let hash = found.as_deref().map(hash);
        if hash == self.known || found.is_none() {
            self.known = hash;
            return Ok(None);
        }
        let parsed = schema::parse(&found.unwrap_or_default());
        let Parsed { notes: mut theirs, source, read_only, .. } =
            parsed.map_err(|reason| SaveError::Unreadable { path: self.path.clone(), reason })?;
        if let Some(why) = read_only {
            self.read_only = Some(why.clone());
            return Err(SaveError::ReadOnly(why));
        }
        self.attach(&mut theirs);
        self.source = describe::describe(&self.article, &self.text_sha256, &self.map, &self.options, false, source);
        self.known = hash;
        let merged = merge(Some(&self.base), notes, &theirs).notes;
        Ok(Some(merged).filter(|merged| merged != notes))
    }

    /// What the first good save also does; gives what of it failed.
    fn settle(&mut self) -> Vec<String> {
        self.settled = true;
        let mut warnings = Vec::new();
        if let Err(e) = snapshot::store(&self.options.places, &self.text_sha256, &self.article.text) {
            warnings.push(format!("saved, but no copy of the text was kept: {}", atomic::explain(&e)));
        }
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let entry = Entry {
            notes: absolute(&self.path),
            article: self.article.source.path.as_deref().map(absolute),
            text_sha256: locate::says_something(&self.article).then(|| self.text_sha256.clone()),
            uri: self.source.uri.clone(),
        };
        if let Err(e) = paths::remember(&self.options.places, &entry) {
            warnings.push(format!("saved, but the notes may not be found when the article moves: {}", atomic::explain(&e)));
        }
        warnings
    }
}

/// The headline of the article that these notes belong to, when that is not this one.
fn title_of_another(read: &Result<Option<(Parsed, u64)>, OpenError>, article: &Article, text_sha256: &str) -> Option<String> {
    let Ok(Some((parsed, _))) = read else { return None };
    let another = describe::is_of_another(&parsed.source, article, text_sha256) && !holds_any(parsed, article, text_sha256);
    parsed.source.title.clone().filter(|_| another)
}

/// True when an annotation of these notes has its words in the article.
fn holds_any(parsed: &Parsed, article: &Article, text_sha256: &str) -> bool {
    let mut notes = parsed.notes.clone();
    let found = attach_with(&mut notes, &article.text, &CodePoints::new(&article.text), text_sha256, |_| None).counts;
    found.attached + found.changed > 0
}

/// The first of the numbered files beside `path` that is free or is this article's.
fn beside_those_of_another(path: &Path, article: &Article, text_sha256: &str) -> (PathBuf, Result<Option<(Parsed, u64)>, OpenError>) {
    let mut n = 2;
    loop {
        let next = locate::numbered(path, n);
        let read = read(&next);
        if title_of_another(&read, article, text_sha256).is_none() {
            return (next, read);
        }
        n += 1;
    }
}

fn read_bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // A device may never end.
    if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
        return Err(io::Error::other("it is no ordinary file; name one with --notes"));
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// What the file says, with the hash of its bytes; `None` when there is none.
fn read(path: &Path) -> Result<Option<(Parsed, u64)>, OpenError> {
    let Some(bytes) = read_bytes(path).map_err(|error| OpenError::Io { path: path.into(), error })? else {
        return Ok(None);
    };
    let parsed = schema::parse(&bytes).map_err(|reason| OpenError::Unreadable { path: path.into(), reason })?;
    Ok(Some((parsed, hash(&bytes))))
}

/// Tells whether a file is still as it was: 64 bits, of which nobody has an interest to make two alike.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests;
