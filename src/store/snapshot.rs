//! Copies of annotated texts, by digest: what a reader annotated can be read after the page is gone, and an older version of an article can
//! be compared with today's.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustc_hash::{FxHashMap, FxHashSet};

use super::notes_file::OpenError;
use super::paths::{self, Places};
use super::schema::Parsed;
use super::{atomic, digest, rewrite};

/// One stored text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// SHA-256 of the text, in hexadecimal digits.
    pub text_sha256: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Its length in bytes.
    pub len: u64,
    /// When it was stored.
    pub stored: Option<SystemTime>,
}

fn directory(places: &Places) -> PathBuf {
    places.data.join("snapshots")
}

fn path_of(places: &Places, text_sha256: &str) -> PathBuf {
    directory(places).join(format!("{text_sha256}.txt"))
}

/// Stores a text under its digest. Does nothing when it is there.
///
/// # Errors
/// What the system says.
pub fn store(places: &Places, text_sha256: &str, text: &str) -> io::Result<()> {
    let path = path_of(places, text_sha256);
    if std::fs::metadata(&path).is_ok_and(|m| m.len() == text.len() as u64) {
        return Ok(());
    }
    atomic::make_private_directory(&directory(places))?;
    atomic::write(&path, text.as_bytes())
}

/// The stored text with this digest; `None` when there is none, or when what is there is not that text.
#[must_use]
pub fn load(places: &Places, text_sha256: &str) -> Option<String> {
    let text = std::fs::read_to_string(path_of(places, text_sha256)).ok()?;
    (digest::sha256(text.as_bytes()) == text_sha256).then_some(text)
}

/// All stored texts, ordered by digest.
///
/// # Errors
/// What the system says; a directory that is not there yet holds none.
pub fn list(places: &Places) -> io::Result<Vec<Snapshot>> {
    let entries = match std::fs::read_dir(directory(places)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let Some(text_sha256) = digest_in_name(&path) else { continue };
        let about = std::fs::metadata(&path)?;
        found.push(Snapshot { text_sha256, path, len: about.len(), stored: about.modified().ok() });
    }
    found.sort_by(|a, b| a.text_sha256.cmp(&b.text_sha256));
    Ok(found)
}

fn digest_in_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_suffix(".txt")?;
    (name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit())).then(|| name.to_owned())
}

/// Removes the stored texts that `unwanted` says, and gives how many went.
///
/// # Errors
/// What the system says; those before it are gone.
pub fn purge(places: &Places, unwanted: impl Fn(&Snapshot) -> bool) -> io::Result<usize> {
    let mut gone = 0;
    for snapshot in list(places)?.iter().filter(|s| unwanted(s)) {
        std::fs::remove_file(&snapshot.path)?;
        gone += 1;
    }
    Ok(gone)
}

/// Why a stored text is kept, or why nothing needs it. Of two that hold of one text the greater one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The notes file that it was stored for is there no more.
    Gone,
    /// The notes file is there, and no annotation in it is of this text.
    Empty,
    /// The notes file is there and cannot be read: nobody knows.
    Unknown,
    /// A notes file has annotations of it.
    Needed,
}

/// What notes files need of the stored texts.
#[derive(Debug, Default)]
pub struct Needs {
    known: FxHashMap<String, Need>,
    /// The notes files that are there and cannot be read.
    pub unreadable: Vec<OpenError>,
}

impl Needs {
    /// Of the text with this digest. One that nothing is known of has no notes.
    #[must_use]
    pub fn of(&self, text_sha256: &str) -> Need {
        self.known.get(text_sha256).copied().unwrap_or(Need::Empty)
    }

    fn say(&mut self, text_sha256: String, need: Need) {
        let now = self.known.entry(text_sha256).or_insert(need);
        *now = need.max(*now);
    }
}

/// What the notes files need that the program knows of, and `more` of them. A text is needed as that of an article with annotations, or as
/// the text that an annotation was last seen in.
#[must_use]
pub fn needs(places: &Places, more: &[PathBuf]) -> Needs {
    let (files, in_index) = paths::known(places);
    let mut needs = Needs::default();
    let mut unreadable = FxHashSet::default();
    for path in files.iter().filter(|path| path.exists()).chain(more) {
        let Parsed { notes, source, .. } = match rewrite::read(path) {
            Ok(parsed) => parsed,
            Err(why) => {
                unreadable.insert(path);
                needs.unreadable.push(why);
                continue;
            }
        };
        // What was set aside may be an annotation of any text.
        let noted = !(notes.annotations.is_empty() && notes.corrections.is_empty() && notes.set_aside.is_empty());
        if let Some(digest) = source.text_sha256 {
            needs.say(digest, if noted { Need::Needed } else { Need::Empty });
        }
        let aside = notes.set_aside.iter().filter_map(|s| s.record["now"]["text_sha256"].as_str().map(str::to_owned));
        let last = notes.annotations.into_iter().filter_map(|a| Some(a.now.last?.text_sha256));
        last.chain(aside).for_each(|digest| needs.say(digest, Need::Needed));
    }
    for (path, digest) in in_index {
        let need = match path {
            path if unreadable.contains(&path) => Need::Unknown,
            path if path.exists() => Need::Empty,
            _ => Need::Gone,
        };
        needs.say(digest, need);
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_listed_loaded_and_purged() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        assert_eq!(list(&places).expect("an empty list"), []);
        let digest = digest::sha256("Ünïcode\n".as_bytes());
        store(&places, &digest, "Ünïcode\n").expect("stored");
        store(&places, &digest, "Ünïcode\n").expect("stored already");
        assert_eq!(load(&places, &digest).as_deref(), Some("Ünïcode\n"));
        let listed = list(&places).expect("a list");
        assert_eq!((listed.len(), listed[0].text_sha256.as_str(), listed[0].len), (1, digest.as_str(), 10));
        assert_eq!(purge(&places, |_| false).expect("nothing to do"), 0);
        assert_eq!(purge(&places, |s| s.text_sha256 == digest).expect("removed"), 1);
        assert_eq!(load(&places, &digest), None);
    }

    #[test]
    fn a_text_that_is_not_what_its_name_says_is_not_given_out() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        let digest = digest::sha256(b"true");
        store(&places, &digest, "true").expect("stored");
        std::fs::write(path_of(&places, &digest), "fake").expect("written");
        assert_eq!(load(&places, &digest), None);
    }
}
