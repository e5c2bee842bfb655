//! Changes notes files without their articles: what is on words stays on them, as the file says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::notes_file::{OpenError, SaveError};
use super::schema::{self, Parsed, Text};
use super::{atomic, lock, paths};
use crate::annotation::Notes;
use crate::text::CodePoints;

/// Reads a notes file.
///
/// # Errors
/// [`OpenError`].
pub fn read(path: &Path) -> Result<Parsed, OpenError> {
    let bytes = fs::read(path).map_err(|error| OpenError::Io { path: path.into(), error })?;
    schema::parse(&bytes).map_err(|reason| OpenError::Unreadable { path: path.into(), reason })
}

/// Changes a notes file in one step, under its lock; `change` says whether it did anything. Gives whether the file was written.
///
/// # Errors
/// [`SaveError`]; then the file is as it was.
pub fn rewrite(path: &Path, patience: Duration, change: impl FnOnce(&mut Notes) -> bool) -> Result<bool, SaveError> {
    let target = atomic::resolve(path);
    let _lock = lock::lock(&target, patience).map_err(|e| match e {
        lock::LockError::TimedOut => SaveError::Locked { path: lock::path_for(&target), waited: patience },
        lock::LockError::Io(error) => SaveError::Io { path: path.into(), error },
    })?;
    let Parsed { mut notes, source, read_only, .. } = read(&target).map_err(unsaved)?;
    if let Some(why) = read_only {
        return Err(SaveError::ReadOnly(why));
    }
    if !change(&mut notes) {
        return Ok(false);
    }
    // Nothing is attached, so every place is written as it was read.
    let bytes = schema::write(&notes, &source, Text { text: "", map: &CodePoints::new(""), sha256: "" });
    atomic::write(&target, &bytes).map_err(|error| SaveError::Io { path: path.into(), error })?;
    Ok(true)
}

fn unsaved(error: OpenError) -> SaveError {
    match error {
        OpenError::Unreadable { path, reason } => SaveError::Unreadable { path, reason },
        OpenError::Io { path, error } => SaveError::Io { path, error },
    }
}

/// Directories deeper than this are not looked into.
const DEEPEST: usize = 32;

/// The notes files in a directory and those below it, ordered by path. Links to directories are not followed, and hidden directories (of
/// version control, of the bin) not looked into.
///
/// # Errors
/// What the system says of `directory` itself; one below it that cannot be read is passed over.
pub fn notes_files(directory: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut left = vec![(fs::read_dir(directory)?, 0)];
    while let Some((entries, depth)) = left.pop() {
        for entry in entries.flatten() {
            let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if kind.is_dir() && hidden {
                continue;
            }
            if kind.is_dir() && depth < DEEPEST {
                left.extend(fs::read_dir(&path).map(|below| (below, depth + 1)));
            } else if path.to_string_lossy().ends_with(paths::SUFFIX) && path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample::{self, TEXT};
    use crate::annotation::{AnchorState, Edit};
    use crate::store::schema::SourceRecord;

    #[test]
    fn what_is_not_changed_is_written_as_it_was_read() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("a.pullquote.json");
        let mut notes = sample::notes([sample::on("urn:uuid:a", "3 June"), sample::on("urn:uuid:b", "Ada Example")]);
        notes.annotations[0].now.state = AnchorState::Changed;
        let source = SourceRecord { text_sha256: Some("t".into()), ..SourceRecord::default() };
        let before = schema::write(&notes, &source, Text { text: TEXT, map: &CodePoints::new(TEXT), sha256: "t" });
        fs::write(&path, &before).expect("written");
        assert!(!rewrite(&path, Duration::ZERO, |_| false).expect("nothing to do"));
        assert!(rewrite(&path, Duration::ZERO, |_| true).expect("written"));
        assert_eq!(String::from_utf8_lossy(&fs::read(&path).expect("there")), String::from_utf8_lossy(&before));
        let tag = |notes: &mut Notes| {
            let mut a = notes.annotations[0].clone();
            a.tags.push("new".into());
            notes.apply(Edit::Replace(Box::new(a)), &sample::stamp(9)).is_ok()
        };
        assert!(rewrite(&path, Duration::ZERO, tag).expect("written"));
        let after = read(&path).expect("readable").notes;
        assert_eq!((after.annotations[0].tags.len(), after.annotations[0].rev), (1, 2));
        assert_eq!(after.annotations[1], read_from(&before).annotations[1]);
        assert_eq!(notes_files(dir.path()).expect("a list"), [path]);
    }

    fn read_from(bytes: &[u8]) -> Notes {
        schema::parse(bytes).expect("readable").notes
    }
}
