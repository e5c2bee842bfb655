//! The articles that were read, the latest first, each with the place where it was left: `recent.json` in the state directory.
//!
//! It is a convenience and holds no notes: what cannot be read is taken as empty, and writing it waits for no disk.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::paths::Places;
use super::{atomic, lock};

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Its file, absolute, or its address.
    pub article: String,
    /// Its title, or what stands for one.
    pub title: String,
    /// Where the caret was: a code point offset into the article text.
    pub at: usize,
    /// How many code points the text had.
    pub length: usize,
    /// When it was left, RFC 3339 in UTC.
    pub left: String,
}

/// More are forgotten.
const KEPT: usize = 200;
/// Another reader that is quitting holds the lock for less.
const PATIENCE: Duration = Duration::from_millis(100);

fn file(places: &Places) -> PathBuf {
    places.state.join("recent.json")
}

/// All that are remembered, the latest first.
#[must_use]
pub fn list(places: &Places) -> Vec<Recent> {
    std::fs::read(file(places)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Puts an article first.
///
/// # Errors
/// What the system says.
pub fn note(places: &Places, recent: Recent) -> io::Result<()> {
    atomic::make_private_directory(&places.state)?;
    let file = file(places);
    // Without the lock, the worst is that another article's place is forgotten.
    let _lock = lock::lock(&file, PATIENCE);
    let mut all = list(places);
    all.retain(|r| r.article != recent.article);
    all.insert(0, recent);
    all.truncate(KEPT);
    atomic::replace(&file, &serde_json::to_vec_pretty(&all)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(article: &str, at: usize) -> Recent {
        Recent { article: article.into(), title: article.to_uppercase(), at, length: 100, left: "2031-01-02T03:04:05Z".into() }
    }

    #[test]
    fn the_latest_stands_first_and_once() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        assert_eq!(list(&places), []);
        for entry in [recent("a", 1), recent("b", 2), recent("a", 3)] {
            note(&places, entry).expect("a temporary directory");
        }
        assert_eq!(list(&places), [recent("a", 3), recent("b", 2)]);
        for n in 0..KEPT {
            note(&places, recent(&format!("more {n}"), 0)).expect("a temporary directory");
        }
        assert_eq!(list(&places).len(), KEPT);
    }

    #[test]
    fn a_broken_file_is_empty() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        note(&places, recent("a", 1)).expect("a temporary directory");
        std::fs::write(file(&places), "{").expect("a temporary directory");
        assert_eq!(list(&places), []);
        note(&places, recent("b", 1)).expect("a temporary directory");
        assert_eq!(list(&places), [recent("b", 1)]);
    }
}
