//! The unsaved text of an open note editor, kept in the state directory: it survives a hang-up of the terminal.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::paths::Places;
use super::{atomic, digest};

/// What was being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The notes file that it belongs to ([`super::NotesFile::path`]).
    pub notes: PathBuf,
    /// The annotation whose note it is; `None` for one that was not made yet.
    pub annotation: Option<String>,
    /// First code point of the passage it is on.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words of the passage.
    pub exact: String,
    /// What was written so far.
    pub text: String,
    /// When, RFC 3339 in UTC.
    pub written: String,
}

impl Draft {
    /// One file for each thing that is written on: writing again replaces.
    fn path(&self, places: &Places) -> PathBuf {
        let on = self.annotation.clone().unwrap_or_else(|| format!("{}-{}", self.start, self.end));
        let on: String = digest::sha256(on.as_bytes()).chars().take(16).collect();
        directory(places).join(format!("{}-{on}.json", key(&self.notes)))
    }
}

fn directory(places: &Places) -> PathBuf {
    places.state.join("drafts")
}

fn key(notes: &Path) -> String {
    digest::sha256(notes.as_os_str().as_encoded_bytes()).chars().take(16).collect()
}

/// Writes a draft, durably.
///
/// # Errors
/// What the system says.
pub fn write(places: &Places, draft: &Draft) -> io::Result<()> {
    atomic::make_private_directory(&directory(places))?;
    atomic::write(&draft.path(places), &serde_json::to_vec_pretty(draft)?)
}

/// The drafts of a notes file, oldest first. What cannot be read is passed over.
#[must_use]
pub fn read(places: &Places, notes: &Path) -> Vec<Draft> {
    let prefix = format!("{}-", key(notes));
    let entries = std::fs::read_dir(directory(places)).into_iter().flatten().flatten();
    let ours = entries.filter(|e| e.file_name().to_str().is_some_and(|name| name.starts_with(&prefix)));
    let mut drafts: Vec<Draft> = ours
        .filter_map(|e| serde_json::from_slice::<Draft>(&std::fs::read(e.path()).ok()?).ok())
        .filter(|draft| draft.notes == notes)
        .collect();
    drafts.sort_by(|a, b| (&a.written, a.start).cmp(&(&b.written, b.start)));
    drafts
}

/// Removes a draft: its text was saved or thrown away. One that is not there is fine.
///
/// # Errors
/// What the system says.
pub fn remove(places: &Places, draft: &Draft) -> io::Result<()> {
    match std::fs::remove_file(draft.path(places)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_there_until_it_is_removed() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        let draft = |annotation: Option<&str>, text: &str| Draft {
            notes: "/a/x.pullquote.json".into(),
            annotation: annotation.map(str::to_owned),
            start: 3,
            end: 9,
            exact: "bridge".into(),
            text: text.into(),
            written: "2026-01-02T03:04:05Z".into(),
        };
        assert_eq!(read(&places, Path::new("/a/x.pullquote.json")), []);
        write(&places, &draft(None, "half a sen")).expect("written");
        write(&places, &draft(None, "half a sentence")).expect("written over");
        write(&places, &draft(Some("urn:uuid:a"), "another")).expect("written");
        let found = read(&places, Path::new("/a/x.pullquote.json"));
        assert_eq!(found.len(), 2);
        assert!(found.contains(&draft(None, "half a sentence")));
        assert_eq!(read(&places, Path::new("/b/x.pullquote.json")), []);
        remove(&places, &draft(None, "")).expect("removed");
        remove(&places, &draft(None, "")).expect("gone already");
        assert_eq!(read(&places, Path::new("/a/x.pullquote.json")), [draft(Some("urn:uuid:a"), "another")]);
    }
}
