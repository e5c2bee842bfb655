//! The notes of one article, opened: read once, saved after every change.
//!
//! A save takes the lock, reads the file again, merges what others wrote since ([`crate::annotation::merge`]), and replaces the file. All of
//! it is durable when [`NotesFile::save`] returns; before that nothing may say "saved".

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::lock::{self, Lock, LockError};
use super::paths::{self, Entry, Known, Places};
use super::schema::{self, OFFSET_UNIT, ParseError, Parsed, SourceRecord};
use super::{atomic, clock, digest, snapshot};
use crate::annotation::{Attached, Notes, attach, merge};
use crate::article::Article;
use crate::text::CodePoints;

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
    #[error("cannot read the notes '{}': {error}", path.display())]
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
    /// What is in the file now: what was to be saved and what others wrote. Go on with these: when the reader has changed something
    /// meanwhile, with `merge(Some(&what_was_given_to_save), &what_there_is_now, &saved.notes)`.
    pub notes: Notes,
    /// Others' changes were taken in.
    pub merged: bool,
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
    #[error("cannot write '{}': {}", path.display(), atomic::explain(error))]
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
    /// The first save also clears up, stores the text and tells the index.
    settled: bool,
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
        let (mut path, provisional) = locate(&article, &text_sha256, &options, &mut warnings);
        let mut read = read(&path);
        if options.start_new {
            let first = path.clone();
            for n in 2.. {
                if !matches!(read, Err(OpenError::Unreadable { .. })) {
                    break;
                }
                path = numbered(&first, n);
                read = self::read(&path);
            }
        }
        let found = read?;
        let known = found.as_ref().map(|(_, hash)| *hash);
        let Parsed { mut notes, source, read_only, warnings: more } = found.map(|(parsed, _)| parsed).unwrap_or_default();
        warnings.extend(more);
        let attached = attach(&mut notes, &article.text, &map, &text_sha256);
        let source = describe(&article, &text_sha256, &map, &options, known.is_none(), source);
        if notes.id.is_empty() {
            notes.id = clock::new_id();
        }
        let base = notes.clone();
        let file = Self { article, map, text_sha256, options, path, provisional, read_only, source, base, known, settled: false };
        Ok(Opened { file, notes, attached, warnings })
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

    /// SHA-256 of the article's text, in hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        &self.text_sha256
    }

    /// Today's text, for [`schema::annotation_json`].
    #[must_use]
    pub fn text(&self) -> schema::Text<'_> {
        schema::Text { text: &self.article.text, map: &self.map, sha256: &self.text_sha256 }
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
        if let Some(why) = &self.read_only {
            return Err(SaveError::ReadOnly(why.clone()));
        }
        if *notes == self.base {
            return Ok(Saved { notes: notes.clone(), merged: false, wrote: false, warnings: Vec::new() });
        }
        let _lock = self.lock()?;
        let target = atomic::resolve(&self.path);
        if !self.settled {
            atomic::sweep(&target);
        }
        let (merged, taken_in) = self.merged(notes)?;
        self.source.path = self.article.source.path.as_deref().map(|article| beside(article, &target)).or(self.source.path.take());
        let bytes = self.render(&merged);
        let hash = hash(&bytes);
        let wrote = self.known != Some(hash);
        if wrote {
            atomic::write(&target, &bytes).map_err(|error| SaveError::Io { path: self.path.clone(), error })?;
        }
        self.known = Some(hash);
        self.provisional = false;
        self.base = merged.clone();
        let warnings = if self.settled { Vec::new() } else { self.settle() };
        Ok(Saved { notes: merged, merged: taken_in, wrote, warnings })
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

    /// `notes` with what is in the file now, and whether that brought something.
    fn merged(&mut self, notes: &Notes) -> Result<(Notes, bool), SaveError> {
        let found = read_bytes(&self.path).map_err(|error| SaveError::Io { path: self.path.clone(), error })?;
        let hash = found.as_deref().map(hash);
        if hash == self.known || found.is_none() {
            self.known = hash;
            return Ok((notes.clone(), false));
        }
        let parsed = schema::parse(&found.unwrap_or_default());
        let Parsed { notes: mut theirs, source, read_only, .. } =
            parsed.map_err(|reason| SaveError::Unreadable { path: self.path.clone(), reason })?;
        if let Some(why) = read_only {
            self.read_only = Some(why.clone());
            return Err(SaveError::ReadOnly(why));
        }
        attach(&mut theirs, &self.article.text, &self.map, &self.text_sha256);
        self.source = describe(&self.article, &self.text_sha256, &self.map, &self.options, false, source);
        self.known = hash;
        let merged = merge(Some(&self.base), notes, &theirs);
        let brought = merged.notes != *notes;
        Ok((merged.notes, brought))
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
            text_sha256: says_something(&self.article).then(|| self.text_sha256.clone()),
            uri: self.source.uri.clone(),
        };
        if let Err(e) = paths::remember(&self.options.places, &entry) {
            warnings.push(format!("saved, but the notes may not be found when the article moves: {}", atomic::explain(&e)));
        }
        warnings
    }
}

/// Where the notes are or will be, and whether that is only a guess.
fn locate(article: &Article, text_sha256: &str, options: &OpenOptions, warnings: &mut Vec<String>) -> (PathBuf, bool) {
    if let Some(path) = &options.explicit {
        return (path.clone(), false);
    }
    let file = article.source.path.as_deref();
    let absolute = file.and_then(|path| std::path::absolute(path).ok());
    let known = Known {
        path: absolute.as_deref(),
        text_sha256: says_something(article).then_some(text_sha256),
        uri: options.uri.as_deref().or(article.meta.url.as_deref()),
    };
    if let Some((found, how)) = paths::find(&options.places, known) {
        if let Some(how) = how {
            warnings.push(format!("the notes are in '{}', found {how}", found.display()));
        }
        // By name: as the reader named the article, not as an absolute path.
        let named =
            file.map(paths::sidecar).filter(|beside| absolute.as_deref().map(paths::sidecar).as_ref() == Some(&found) && beside.exists());
        return (named.unwrap_or(found), false);
    }
    match file {
        Some(file) => (paths::sidecar(file), true),
        None => (paths::in_data_directory(&options.places, text_sha256), true),
    }
}

/// All empty texts have one digest: it says nothing about which article this is.
fn says_something(article: &Article) -> bool {
    !article.text.trim().is_empty()
}

fn numbered(path: &Path, n: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(paths::SUFFIX).unwrap_or(&name);
    path.with_file_name(format!("{stem}.{n}{}", paths::SUFFIX))
}

fn read_bytes(path: &Path) -> io::Result<Option<Vec<u8>>> {
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

/// The article's path as the notes file has it: its name when it lies beside, else absolute.
fn beside(article: &Path, notes: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (article, notes) = (absolute(article), absolute(notes));
    let name = article.file_name().filter(|_| article.parent() == notes.parent());
    name.map_or_else(|| article.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// What is known of the article today; from `stored`, what is not known today.
fn describe(
    article: &Article,
    text_sha256: &str,
    map: &CodePoints,
    options: &OpenOptions,
    new: bool,
    stored: SourceRecord,
) -> SourceRecord {
    let raw = article.source.path.as_deref().and_then(|path| digest::of_file(path).ok());
    // Somebody may have changed the file since it was read.
    let raw = raw.filter(|(_, len)| *len == article.source.raw_len).map(|(digest, _)| digest);
    let same_text = stored.text_sha256.as_deref() == Some(text_sha256);
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    let meta = &article.meta;
    SourceRecord {
        uri: options.uri.clone().or_else(|| meta.url.clone()).or(stored.uri),
        title: meta.title.clone().or(stored.title),
        byline: Some(meta.byline.clone()).filter(|b| !b.is_empty()).or(stored.byline),
        published: meta.published.clone().or(stored.published),
        retrieved: stored.retrieved.or_else(|| new.then(clock::now)),
        lang: meta.lang.clone().or(stored.lang),
        media_type: some(article.source.media_type).or(stored.media_type),
        raw_sha256: raw.or(stored.raw_sha256.filter(|_| same_text)),
        text_sha256: Some(text_sha256.to_owned()),
        text_len: Some(map.len()),
        offset_unit: Some(OFFSET_UNIT.into()),
        extractor: some(article.source.extractor).or(stored.extractor),
        path: stored.path,
        ..SourceRecord::default()
    }
}
