//! Two notes files of one article become one: a colleague's, or the copy that a sync conflict left.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustc_hash::FxHashMap;

use super::notes_file::headlines_alike;
use super::schema::{self, Parsed, SourceRecord, Text};
use super::{atomic, lock};
use crate::annotation::merge::{settled, texts};
use crate::annotation::model::Annotation;
use crate::annotation::{Notes, merge};
use crate::text::CodePoints;

/// What to merge.
#[derive(Debug, Clone)]
pub struct Request {
    /// The file that takes the other in.
    pub ours: PathBuf,
    /// The other one; it is only read.
    pub theirs: PathBuf,
    /// The last state that both had, where it is known.
    pub base: Option<PathBuf>,
    /// Where the result goes, instead of into `ours`.
    pub output: Option<PathBuf>,
    /// How long another writer is waited for.
    pub patience: Duration,
}

/// What came of it, counted against `ours`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Annotations that only the other file had.
    pub added: usize,
    /// Annotations that are not as they were.
    pub changed: usize,
    /// Of these, notes that both had written: both texts are kept.
    pub both_texts: usize,
    /// Statuses and colours that both had set differently: one is kept, the other is written under the note.
    pub settled: usize,
    /// Annotations that the other file had deleted.
    pub deleted: usize,
    /// Corrections that came, changed or went.
    pub corrections: usize,
    /// Annotations in the result.
    pub total: usize,
    /// A file was written.
    pub wrote: bool,
}

/// Merges two notes files. The result is durable when this returns; the other file stays as it is.
///
/// # Errors
/// One line that says which file and what to do. Nothing was written then.
pub fn merge_files(request: &Request) -> Result<Report, String> {
    let target = atomic::resolve(request.output.as_deref().unwrap_or(&request.ours));
    // Under the lock of the file that is written, from before it is read: a reader that saves meanwhile loses nothing.
    let _lock = lock::lock(&target, request.patience).map_err(|e| match e {
        lock::LockError::TimedOut => format!("cannot lock '{}': another program holds it; try again", target.display()),
        lock::LockError::Io(e) => format!("cannot lock '{}': {}", target.display(), atomic::explain(&e)),
    })?;
    let (bytes, ours) = read(&request.ours)?;
    let (_, theirs) = read(&request.theirs)?;
    let base = request.base.as_deref().map(read).transpose()?.map(|(_, parsed)| parsed.notes);
    if !same_article(&ours, &theirs) {
        let title = theirs.source.title.as_deref().or(theirs.source.path.as_deref()).unwrap_or("untitled");
        return Err(format!(
            "'{}' belongs to another article (“{title}”) than '{}'; merge notes of one article",
            request.theirs.display(),
            request.ours.display()
        ));
    }
    let merged = merge(base.as_ref(), &ours.notes, &theirs.notes).notes;
    let mut report = count(&ours.notes, &merged);
    let source = SourceRecord { ..ours.source };
    let map = CodePoints::new("");
    // Without a text: every place is written as the file that has it says, under the digest of its text.
    let written = schema::write(&merged, &source, Text { text: "", map: &map, sha256: "" });
    let unchanged = merged == ours.notes && request.output.is_none();
    if !unchanged && (request.output.is_some() || written != bytes) {
        atomic::write(&target, &written).map_err(|e| format!("cannot write '{}': {}", target.display(), atomic::explain(&e)))?;
        report.wrote = true;
    }
    Ok(report)
}

fn read(path: &Path) -> Result<(Vec<u8>, Parsed), String> {
    let failed = |why: &dyn std::fmt::Display| format!("cannot read the notes '{}': {why}", path.display());
    let bytes = fs::read(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => failed(&"no such file; check the path"),
        _ => failed(&e),
    })?;
    let parsed = schema::parse(&bytes).map_err(|e| failed(&format!("{e}; mend the file first")))?;
    match &parsed.read_only {
        Some(why) => Err(failed(why)),
        None => Ok((bytes, parsed)),
    }
}

/// True when two files say that they are of one article. The identifier of the file alone does not tell: notes may have been brought from
/// one article to another with it. But a copy whose article changed, with its headline, still lies under the same name, or has a headline
/// that is like the old one.
fn same_article(a: &Parsed, b: &Parsed) -> bool {
    let copied = !a.notes.id.is_empty() && a.notes.id == b.notes.id;
    let name = |source: &SourceRecord| source.path.as_deref().and_then(|path| Path::new(path).file_name()).map(ToOwned::to_owned);
    let same_name = || name(&a.source).is_some() && name(&a.source) == name(&b.source);
    let like = || a.source.title.as_deref().zip(b.source.title.as_deref()).is_some_and(|(a, b)| headlines_alike(a, b));
    a.source.may_be(&b.source) || (copied && (same_name() || like()))
}

fn count(before: &Notes, after: &Notes) -> Report {
    let old: FxHashMap<&str, &Annotation> = before.annotations.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut report = Report { total: after.annotations.len(), ..Report::default() };
    for a in &after.annotations {
        match old.get(a.id.as_str()) {
            None => report.added += 1,
            Some(was) if !was.same_content(a) => {
                report.changed += 1;
                report.both_texts += usize::from(a.note != was.note && texts(&a.note) > texts(&was.note).max(1));
            }
            Some(_) => {}
        }
    }
    report.settled = settled(before, after);
    report.deleted = before.annotations.len() + report.added - after.annotations.len();
    let is_there = |notes: &Notes, c: &crate::annotation::Correction| notes.correction(&c.id) == Some(c);
    report.corrections = after.corrections.iter().filter(|c| !is_there(before, c)).count()
        + before.corrections.iter().filter(|c| after.correction(&c.id).is_none()).count();
    report
}
