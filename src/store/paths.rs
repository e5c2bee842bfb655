//! Where notes lie, and how the notes of a moved or renamed article are found.
//!
//! In this order: the path that was asked for; `<article>.pullquote.json` beside the file; the index in the data directory, by the article's
//! path, by the digest of its text, by its address; the other notes files in the article's directory, by digest. What is found by digest or
//! address counts only when the file it was made for is gone: a copy of an article whose original is still there has notes of its own.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{atomic, lock};

/// What notes files are called after the article's name.
pub const SUFFIX: &str = ".pullquote.json";

/// The directories that belong to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Notes of articles without a writable directory, the index, snapshots.
    pub data: PathBuf,
    /// Drafts.
    pub state: PathBuf,
}

impl Places {
    /// `$XDG_DATA_HOME/pullquote` and `$XDG_STATE_HOME/pullquote`, or what stands for them on this system.
    ///
    /// # Errors
    /// When the home directory is not known.
    pub fn from_env() -> anyhow::Result<Self> {
        use anyhow::Context;
        use etcetera::BaseStrategy;
        let base = etcetera::choose_base_strategy().context("cannot find your home directory; set HOME")?;
        let data = base.data_dir().join("pullquote");
        let state = base.state_dir().map_or_else(|| data.join("state"), |dir| dir.join("pullquote"));
        Ok(Self { data, state })
    }

    /// Directories under `root`: for tests.
    #[must_use]
    pub fn under(root: &Path) -> Self {
        Self { data: root.join("data"), state: root.join("state") }
    }
}

/// What an article is known by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// Its file, absolute.
    pub(super) path: Option<&'a Path>,
    /// Digest of its text; `None` when the text says nothing (is empty).
    pub(super) text_sha256: Option<&'a str>,
    /// Its address.
    pub(super) uri: Option<&'a str>,
}

/// Notes beside an article: `<article>.pullquote.json`.
#[must_use]
pub fn sidecar(article: &Path) -> PathBuf {
    let mut name = article.as_os_str().to_owned();
    name.push(SUFFIX);
    name.into()
}

/// Notes in the data directory.
pub(super) fn in_data_directory(places: &Places, text_sha256: &str) -> PathBuf {
    places.data.join("notes").join(format!("{text_sha256}{SUFFIX}"))
}

/// The existing notes of an article; with how they were found, when that was not by name.
pub(super) fn find(places: &Places, article: Known<'_>) -> Option<(PathBuf, Option<&'static str>)> {
    if let Some(beside) = article.path.map(sidecar).filter(|p| p.exists()) {
        return Some((beside, None));
    }
    let entries = read_index(places);
    let live = || entries.iter().rev().filter(|e| e.notes.exists());
    if let Some(entry) = live().find(|e| e.article.is_some() && e.article.as_deref() == article.path) {
        return Some((entry.notes.clone(), None));
    }
    // Another article may stand where this one stood: then that one has notes of its own by now.
    let taken_over = |e: &Entry| entries.iter().rfind(|x| x.article == e.article).is_some_and(|x| x.notes != e.notes);
    let orphaned = |e: &&Entry| article.path.is_none() || e.article.as_ref().is_none_or(|a| !a.exists()) || taken_over(e);
    let by_text = "by their text: the article was moved or renamed";
    if let Some(digest) = article.text_sha256 {
        if let Some(entry) = live().filter(orphaned).find(|e| e.text_sha256.as_deref() == Some(digest)) {
            return Some((entry.notes.clone(), Some(by_text)));
        }
        if let Some(path) = article.path.and_then(|path| in_directory_of(path, digest)) {
            return Some((path, Some(by_text)));
        }
        let kept = in_data_directory(places, digest);
        if kept.exists() {
            return Some((kept, None));
        }
    }
    let uri = article.uri?;
    let entry = live().filter(orphaned).find(|e| e.uri.as_deref() == Some(uri))?;
    Some((entry.notes.clone(), Some("by the article's address")))
}

/// Only so many notes files of a directory, and so many bytes of them, are looked into for a digest.
const MOST_FILES: usize = 2000;
const MOST_BYTES: u64 = 64 << 20;

/// The notes file in the directory of `article` that was made for this text and whose own article is gone.
fn in_directory_of(article: &Path, text_sha256: &str) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct File {
        source: Source,
    }
    #[derive(Deserialize)]
    struct Source {
        text_sha256: Option<String>,
    }
    let mut budget = MOST_BYTES;
    let entries = fs::read_dir(atomic::directory(article)).ok()?.take(MOST_FILES * 10).flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|e| e.path())
        .filter(|path| named_article(path).is_some_and(|article| !article.exists()))
        .take(MOST_FILES)
        .filter(|path| {
            let len = fs::metadata(path).map_or(u64::MAX, |m| m.len());
            budget = budget.saturating_sub(len);
            let file = if budget > 0 { fs::read(path).ok() } else { None };
            let file = file.and_then(|bytes| serde_json::from_slice::<File>(&bytes).ok());
            file.and_then(|f| f.source.text_sha256).is_some_and(|digest| digest == text_sha256)
        })
        .collect();
    found.sort();
    found.into_iter().next()
}

/// The article that a notes file is named after; `None` for other files.
fn named_article(notes: &Path) -> Option<PathBuf> {
    let name = notes.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    Some(notes.with_file_name(OsString::from(name)))
}

/// One line of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The notes file, absolute.
    pub(super) notes: PathBuf,
    /// The article's file, absolute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) article: Option<PathBuf>,
    /// Digest of the article's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text_sha256: Option<String>,
    /// The article's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) uri: Option<String>,
}

fn index_path(places: &Places) -> PathBuf {
    places.data.join("index.jsonl")
}

/// The index, oldest line first. Lines that cannot be read are passed over.
fn read_index(places: &Places) -> Vec<Entry> {
    let text = fs::read_to_string(index_path(places)).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The notes files that the program knows of, and the texts by digest that the index has for notes files.
#[must_use]
pub fn known(places: &Places) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    let entries = read_index(places);
    let kept = fs::read_dir(places.data.join("notes")).into_iter().flatten().flatten().map(|e| e.path());
    let kept = kept.filter(|p| p.to_string_lossy().ends_with(SUFFIX));
    let mut files: Vec<PathBuf> = entries.iter().map(|e| e.notes.clone()).chain(kept).collect();
    files.sort();
    files.dedup();
    (files, entries.into_iter().filter_map(|e| Some((e.notes, e.text_sha256?))).collect())
}

/// Above this size the index is written anew, each notes file once.
const COMPACT_ABOVE: u64 = 1 << 20;

/// Remembers where the notes of an article lie. Does nothing when the index says so already.
///
/// # Errors
/// What the system says.
pub(super) fn remember(places: &Places, entry: &Entry) -> std::io::Result<()> {
    let entries = read_index(places);
    if entries.iter().rfind(|e| e.notes == entry.notes) == Some(entry) {
        return Ok(());
    }
    atomic::make_private_directory(&places.data)?;
    let path = index_path(places);
    let _lock = lock::lock(&path, Duration::from_secs(1)).map_err(|e| match e {
        lock::LockError::TimedOut => std::io::Error::from(std::io::ErrorKind::TimedOut),
        lock::LockError::Io(e) => e,
    })?;
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    if fs::metadata(&path).is_ok_and(|m| m.len() > COMPACT_ABOVE) {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut latest: Vec<Entry> = read_index(places);
        latest.reverse();
        latest.retain(|e| e.notes != entry.notes && e.notes.exists() && seen.insert(e.notes.clone()));
        let mut all = Vec::new();
        for e in latest.iter().rev() {
            serde_json::to_writer(&mut all, e)?;
            all.push(b'\n');
        }
        all.extend(line);
        return atomic::write(&path, &all);
    }
    fs::OpenOptions::new().append(true).create(true).open(&path)?.write_all(&line)
}
