//! The notes of one article, opened: read once, saved after every change.
//!
//! A save takes the lock, reads the file again, merges what others wrote since ([`mod@crate::annotation::merge`]), and replaces the file. All of
//! it is durable when [`NotesFile::save`] returns; before that nothing may say "saved".

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::lock::{self, Lock, LockError};
use super::paths::{self, Entry, Known, Places};
use super::schema::{self, OFFSET_UNIT, ParseError, Parsed, SourceRecord, Written};
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
    /// The file as last written, its records those of `base`; empty before the first save.
    written: Written,
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
        };
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
            self.source = describe(&self.article, &self.text_sha256, &self.map, &self.options, false, said);
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
        if let Some(why) = &self.read_only {
            return Err(SaveError::ReadOnly(why.clone()));
        }
        if *notes == self.base {
            return Ok(Saved { notes: None, wrote: false, warnings: Vec::new() });
        }
        let _lock = self.lock()?;
        let target = atomic::resolve(&self.path);
        if !self.settled {
            atomic::sweep(&target);
        }
        let merged = self.merged(notes)?;
        self.source.path = self.article.source.path.as_deref().map(|article| beside(article, &target)).or(self.source.path.take());
        let (written, kept) = self.rendered(merged.as_ref().unwrap_or(notes));
        let hash = hash(&written.bytes);
        let wrote = self.known != Some(hash);
        if wrote {
            atomic::write(&target, &written.bytes).map_err(|error| SaveError::Io { path: self.path.clone(), error })?;
        }
        self.known = Some(hash);
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
        attach(&mut theirs, &self.article.text, &self.map, &self.text_sha256);
        self.source = describe(&self.article, &self.text_sha256, &self.map, &self.options, false, source);
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;
    use crate::annotation::sample::{self, TEXT, on, stamp};
    use crate::annotation::{Annotation, Edit};
    use crate::ingest;

    /// A directory with an article in it, and the program's own directories beside.
    struct Desk(TempDir);

    impl Desk {
        fn new() -> Self {
            let desk = Self(tempfile::tempdir().expect("a directory"));
            fs::create_dir(desk.at("articles")).expect("new");
            fs::write(desk.article(), TEXT).expect("written");
            desk
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn article(&self) -> PathBuf {
            self.at("articles/bridge.txt")
        }

        fn notes(&self) -> PathBuf {
            self.at("articles/bridge.txt.pullquote.json")
        }

        fn options(&self) -> OpenOptions {
            OpenOptions { patience: Duration::from_millis(50), ..OpenOptions::new(Places::under(self.0.path())) }
        }

        fn open(&self, path: &Path) -> Opened {
            NotesFile::open(article(path), self.options()).expect("readable")
        }

        fn start(&self) -> Opened {
            self.open(&self.article())
        }

        /// Opens, adds, saves.
        fn add(&self, path: &Path, annotation: Annotation) -> Opened {
            let mut opened = self.open(path);
            add(&mut opened.notes, annotation);
            if let Some(merged) = opened.file.save(&opened.notes).expect("saved").notes {
                opened.notes = merged;
            }
            opened
        }
    }

    fn article(path: &Path) -> Article {
        let bytes = fs::read(path).expect("an article");
        let mut article = ingest::from_text(&String::from_utf8(bytes.clone()).expect("UTF-8"));
        article.source.path = Some(path.into());
        article.source.raw_len = bytes.len() as u64;
        article
    }

    fn add(notes: &mut Notes, annotation: Annotation) {
        notes.apply(Edit::Add(Box::new(annotation)), &stamp(1)).expect("a new one");
    }

    fn ids(notes: &Notes) -> Vec<&str> {
        notes.annotations.iter().map(|a| a.id.as_str()).collect()
    }

    fn files(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).expect("a directory").flatten().map(|e| e.file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    }

    #[test]
    fn opening_writes_nothing_and_saving_nothing_new_writes_nothing() {
        let desk = Desk::new();
        let mut opened = desk.start();
        assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote);
        assert_eq!(files(desk.0.path()), ["articles"]);
        assert_eq!(files(&desk.at("articles")), ["bridge.txt"]);
        let mut opened = desk.add(&desk.article(), on("a", "3 June"));
        let before = fs::metadata(desk.notes()).and_then(|m| m.modified()).expect("there");
        assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote);
        let mut again = desk.start();
        assert!(!again.file.save(&again.notes).expect("nothing to do").wrote);
        assert_eq!(fs::metadata(desk.notes()).and_then(|m| m.modified()).expect("there"), before);
        assert_eq!(files(&desk.at("articles")), ["bridge.txt", "bridge.txt.pullquote.json", "bridge.txt.pullquote.json.lock"]);
    }

    #[test]
    fn what_is_saved_is_read_again() {
        let desk = Desk::new();
        let saved = desk.add(&desk.article(), on("a", "3 June"));
        assert_eq!(saved.file.path(), desk.notes());
        let opened = desk.start();
        assert_eq!(opened.attached, Attached { attached: 1, changed: 0, orphan: 0 });
        assert!(opened.notes.annotations[0].same_content(&saved.notes.annotations[0]));
        assert_eq!(opened.warnings, Vec::<String>::new());
        let file: serde_json::Value = serde_json::from_slice(&fs::read(desk.notes()).expect("there")).expect("JSON");
        let source = &file["source"];
        assert_eq!((&source["path"], &source["text_sha256"]), (&"bridge.txt".into(), &digest::sha256(TEXT.as_bytes()).into()));
        assert_eq!((&source["raw_sha256"], &source["text_len"]), (&source["text_sha256"], &TEXT.chars().count().into()));
        assert_eq!(snapshot::load(&Places::under(desk.0.path()), &digest::sha256(TEXT.as_bytes())).as_deref(), Some(TEXT));
    }

    #[test]
    fn two_readers_lose_nothing() {
        let desk = Desk::new();
        let (mut ada, mut bo) = (desk.start(), desk.start());
        add(&mut ada.notes, on("a", "3 June"));
        add(&mut bo.notes, on("b", "Åby"));
        assert_eq!(ada.file.save(&ada.notes).expect("saved").notes, None, "there was nothing yet");
        let merged = bo.file.save(&bo.notes).expect("saved").notes.expect("there was something");
        assert_eq!(ids(&merged), ["b", "a"]);
        // Ada does not know of b yet, and deletes her own.
        ada.notes.apply(Edit::Remove("a".into()), &stamp(2)).expect("there");
        let merged = ada.file.save(&ada.notes).expect("saved").notes.expect("Bo's");
        assert_eq!(ids(&merged), ["b"]);
        assert_eq!(ids(&desk.start().notes), ["b"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
        #[test]
        fn the_file_is_as_if_written_anew(start in sample::any_notes(), deeds in sample::deeds("ada"), more in sample::deeds("bo")) {
            let desk = Desk::new();
            let Opened { mut file, notes, .. } = desk.start();
            let start = Notes { id: notes.id, ..start };
            for step in [start.clone(), sample::perform(&start, &deeds), sample::perform(&sample::perform(&start, &deeds), &more)] {
                let saved = file.save(&step).expect("saved");
                proptest::prop_assert_eq!(saved.notes, None);
                if desk.notes().exists() {
                    let bytes = fs::read(desk.notes()).expect("there");
                    let anew = file.render(&step);
                    proptest::prop_assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&anew));
                }
                proptest::prop_assert_eq!(&file.base, &step);
            }
        }
    }

    #[test]
    fn a_failed_save_can_be_made_again() {
        let desk = Desk::new();
        let mut opened = desk.add(&desk.article(), on("a", "3 June"));
        add(&mut opened.notes, on("b", "Åby"));
        let held = lock::lock(&desk.notes(), Duration::ZERO).expect("free");
        let error = opened.file.save(&opened.notes).expect_err("somebody holds the lock");
        assert!(matches!(error, SaveError::Locked { .. }), "{error}");
        drop(held);
        assert!(opened.file.save(&opened.notes).expect("saved").wrote);
        assert_eq!(ids(&desk.start().notes).len(), 2);
    }

    #[test]
    fn a_damaged_file_is_never_written_over() {
        let desk = Desk::new();
        let mut opened = desk.add(&desk.article(), on("a", "3 June"));
        fs::write(desk.notes(), "{\n  \"format\": oops").expect("written");
        add(&mut opened.notes, on("b", "Åby"));
        let error = opened.file.save(&opened.notes).expect_err("not a notes file any more").to_string();
        assert!(error.contains("line 2, column 13"), "{error}");
        let error = NotesFile::open(article(&desk.article()), desk.options()).expect_err("cannot be read").to_string();
        assert!(error.starts_with("cannot read the notes '") && error.contains("line 2, column 13"), "{error}");
        assert_eq!(fs::read_to_string(desk.notes()).expect("there"), "{\n  \"format\": oops");
        // Only when the reader says so: a new one beside it, and the same one the next time.
        let beside = OpenOptions { start_new: true, ..desk.options() };
        let mut new = NotesFile::open(article(&desk.article()), beside.clone()).expect("a new file");
        assert_eq!(new.file.path(), desk.at("articles/bridge.txt.2.pullquote.json"));
        add(&mut new.notes, on("c", "Åby"));
        new.file.save(&new.notes).expect("saved");
        assert_eq!(ids(&NotesFile::open(article(&desk.article()), beside).expect("that file").notes), ["c"]);
        assert_eq!(fs::read_to_string(desk.notes()).expect("there"), "{\n  \"format\": oops");
    }

    #[test]
    fn a_newer_version_is_only_read() {
        let desk = Desk::new();
        let mut old = desk.add(&desk.article(), on("a", "3 June"));
        let newer = fs::read_to_string(desk.notes()).expect("there").replace("\"version\": 1,", "\"version\": 2,");
        fs::write(desk.notes(), &newer).expect("written");
        let mut opened = desk.start();
        assert_eq!(ids(&opened.notes), ["a"]);
        assert!(opened.file.read_only().is_some_and(|why| why.contains("newer")));
        for opened in [&mut opened, &mut old] {
            add(&mut opened.notes, on("b", "Åby"));
            assert!(matches!(opened.file.save(&opened.notes), Err(SaveError::ReadOnly(_))));
        }
        assert_eq!(fs::read_to_string(desk.notes()).expect("there"), newer);
    }

    #[test]
    fn a_renamed_article_keeps_its_notes() {
        let desk = Desk::new();
        desk.add(&desk.article(), on("a", "3 June"));
        let renamed = desk.at("articles/a better name.txt");
        fs::rename(desk.article(), &renamed).expect("renamed");
        let opened = desk.add(&renamed, on("b", "Åby"));
        assert_eq!((ids(&opened.notes), opened.file.path().to_path_buf()), (vec!["b", "a"], desk.notes()));
        assert!(opened.warnings[0].contains("moved or renamed"), "{:?}", opened.warnings);
        // The article's new name is known now: its text may change too.
        fs::write(&renamed, format!("{TEXT}And more.\n")).expect("written");
        assert_eq!(ids(&desk.open(&renamed).notes).len(), 2);
    }

    #[test]
    fn a_moved_article_keeps_its_notes() {
        let desk = Desk::new();
        desk.add(&desk.article(), on("a", "3 June"));
        let moved = desk.at("bridge.txt");
        fs::rename(desk.article(), &moved).expect("moved");
        assert_eq!(ids(&desk.open(&moved).notes), ["a"]);
        // Without the index, the notes in the article's new directory are looked through.
        fs::remove_dir_all(desk.at("data")).expect("removed");
        assert_eq!(ids(&desk.open(&moved).notes), Vec::<&str>::new());
        fs::rename(desk.notes(), desk.at("other.txt.pullquote.json")).expect("moved");
        assert_eq!(ids(&desk.open(&moved).notes), ["a"]);
    }

    #[test]
    fn a_copy_has_notes_of_its_own_and_empty_texts_are_not_alike() {
        let desk = Desk::new();
        desk.add(&desk.article(), on("a", "3 June"));
        let copy = desk.at("copy.txt");
        fs::copy(desk.article(), &copy).expect("copied");
        assert_eq!(ids(&desk.open(&copy).notes), Vec::<&str>::new());
        let (one, other) = (desk.at("empty.txt"), desk.at("also empty.txt"));
        fs::write(&one, "\n").expect("written");
        let mut opened = desk.open(&one);
        let mut page = on("p", "3 June");
        (page.kind, page.now) = (crate::annotation::AnnotationKind::Page, crate::annotation::Now::page());
        add(&mut opened.notes, page);
        opened.file.save(&opened.notes).expect("saved");
        fs::rename(&one, desk.at("gone.txt")).expect("renamed");
        fs::write(&other, "\n").expect("written");
        assert_eq!(ids(&desk.open(&other).notes), Vec::<&str>::new());
    }

    #[test]
    fn an_article_without_a_file_has_notes_by_its_text_and_its_address() {
        let desk = Desk::new();
        let piped = || ingest::from_text(TEXT);
        let options = OpenOptions { uri: Some("https://news.example/bridge".into()), ..desk.options() };
        let mut opened = NotesFile::open(piped(), options.clone()).expect("new");
        add(&mut opened.notes, on("a", "3 June"));
        opened.file.save(&opened.notes).expect("saved");
        assert!(opened.file.path().starts_with(desk.at("data/notes")));
        assert_eq!(ids(&NotesFile::open(piped(), desk.options()).expect("by the text").notes), ["a"]);
        let newer = || ingest::from_text(&TEXT.replace("closed", "shut"));
        assert_eq!(ids(&NotesFile::open(newer(), options).expect("by the address").notes), ["a"]);
        assert_eq!(ids(&NotesFile::open(newer(), desk.options()).expect("unknown").notes), Vec::<&str>::new());
    }

    #[test]
    fn the_notes_file_can_be_named() {
        let desk = Desk::new();
        let named = OpenOptions { explicit: Some(desk.at("mine.json")), ..desk.options() };
        let mut opened = NotesFile::open(article(&desk.article()), named.clone()).expect("new");
        add(&mut opened.notes, on("a", "3 June"));
        opened.file.save(&opened.notes).expect("saved");
        assert!(!desk.notes().exists());
        assert_eq!(ids(&NotesFile::open(article(&desk.article()), named).expect("there").notes), ["a"]);
        let file: serde_json::Value = serde_json::from_slice(&fs::read(desk.at("mine.json")).expect("there")).expect("JSON");
        assert_eq!(file["source"]["path"], desk.article().to_string_lossy().as_ref(), "not beside the notes: the whole path");
    }

    #[test]
    fn where_the_directory_takes_nothing_the_data_directory_does() {
        let desk = Desk::new();
        let mut opened = desk.start();
        // What a directory without write permission does to everybody but root: the lock file cannot be made.
        fs::create_dir(lock::path_for(&desk.notes())).expect("new");
        add(&mut opened.notes, on("a", "3 June"));
        let saved = opened.file.save(&opened.notes).expect("saved elsewhere");
        assert!(saved.wrote && opened.file.path().starts_with(desk.at("data/notes")), "{}", opened.file.path().display());
        assert_eq!(ids(&desk.start().notes), ["a"]);
        fs::write(desk.article(), format!("New: {TEXT}")).expect("written");
        assert_eq!(ids(&desk.start().notes), ["a"], "found by the article's path when its text has changed");
    }

    #[test]
    fn a_changed_text_moves_no_note_to_other_words_and_back_again() {
        let desk = Desk::new();
        desk.add(&desk.article(), on("a", "3 June"));
        desk.add(&desk.article(), on("b", "40 per cent"));
        fs::write(desk.article(), format!("News.\n{}", TEXT.replace("40 per cent", "half"))).expect("written");
        let mut opened = desk.start();
        assert_eq!(opened.attached, Attached { attached: 1, changed: 0, orphan: 1 });
        assert!(!opened.file.save(&opened.notes).expect("nothing to do").wrote, "to look is not to change");
        let mut tagged = opened.notes.get("a").expect("there").clone();
        tagged.tags.push("date".into());
        opened.notes.apply(Edit::Replace(Box::new(tagged)), &stamp(3)).expect("there");
        opened.file.save(&opened.notes).expect("saved");
        fs::write(desk.article(), TEXT).expect("written");
        let opened = desk.start();
        assert_eq!(opened.attached.orphan, 0, "the text is back, and with it the place");
        assert_eq!(opened.notes.get("b").map(|b| b.anchor.clone()), Some(on("b", "40 per cent").anchor));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_notes_stays_one() {
        let desk = Desk::new();
        fs::create_dir(desk.at("synced")).expect("new");
        std::os::unix::fs::symlink(desk.at("synced/notes.json"), desk.notes()).expect("new");
        desk.add(&desk.article(), on("a", "3 June"));
        assert!(fs::symlink_metadata(desk.notes()).expect("there").is_symlink());
        assert_eq!(files(&desk.at("synced")), ["notes.json", "notes.json.lock"]);
        assert_eq!(ids(&desk.start().notes), ["a"]);
    }

    #[test]
    fn may_go_to_a_saver_thread() {
        fn sendable<T: Send>() {}
        sendable::<NotesFile>();
        let desk = Desk::new();
        let mut opened = desk.start();
        add(&mut opened.notes, on("a", "3 June"));
        let saved = std::thread::spawn(move || opened.file.save(&opened.notes).expect("saved").wrote).join();
        assert!(saved.expect("no panic"));
        assert_eq!(ids(&desk.start().notes), ["a"]);
    }
}
