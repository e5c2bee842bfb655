//! What was typed before: commands, searches, tags and filters, in `typed.json` in the state directory.
//!
//! As [`super::recent`] it is a convenience: what cannot be read is taken as empty, and writing it waits for no disk.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::paths::Places;
use super::{atomic, lock};

/// What a line was typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line.
    Command,
    /// A search.
    Search,
    /// A tag.
    Tag,
    /// A filter of the side pane.
    Filter,
}

/// What was typed, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// On the command line.
    pub commands: Vec<String>,
    /// As searches.
    pub searches: Vec<String>,
    /// As tags.
    pub tags: Vec<String>,
    /// As filters.
    pub filters: Vec<String>,
}

/// More of a kind are forgotten.
const KEPT: usize = 100;
/// A longer line is not kept, in bytes.
const LONGEST: usize = 400;
/// Another reader that is writing holds the lock for less.
const PATIENCE: Duration = Duration::from_millis(100);

impl Typed {
    /// What was typed for this.
    #[must_use]
    pub fn of(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Command => &self.commands,
            Kind::Search => &self.searches,
            Kind::Tag => &self.tags,
            Kind::Filter => &self.filters,
        }
    }

    /// Puts a line first, once. A very long one is left out.
    pub fn add(&mut self, kind: Kind, line: &str) {
        let line = line.trim();
        if line.is_empty() || line.len() > LONGEST {
            return;
        }
        let list = match kind {
            Kind::Command => &mut self.commands,
            Kind::Search => &mut self.searches,
            Kind::Tag => &mut self.tags,
            Kind::Filter => &mut self.filters,
        };
        list.retain(|known| known != line);
        list.insert(0, line.to_owned());
        list.truncate(KEPT);
    }
}

fn file(places: &Places) -> PathBuf {
    places.state.join("typed.json")
}

/// What is remembered.
#[must_use]
pub fn read(places: &Places) -> Typed {
    std::fs::read(file(places)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Remembers a line.
///
/// # Errors
/// What the system says.
pub fn remember(places: &Places, kind: Kind, line: &str) -> io::Result<()> {
    atomic::make_private_directory(&places.state)?;
    let file = file(places);
    // Without the lock, the worst is that another line is forgotten.
    let _lock = lock::lock(&file, PATIENCE);
    let mut typed = read(places);
    typed.add(kind, line);
    atomic::replace(&file, &serde_json::to_vec_pretty(&typed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_stands_first_and_once_and_there_is_an_end() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        for line in ["find a", "zen", "find a", "  ", &"x".repeat(LONGEST + 1)] {
            remember(&places, Kind::Command, line).expect("a temporary directory");
        }
        remember(&places, Kind::Search, "fee").expect("a temporary directory");
        let typed = read(&places);
        assert_eq!((typed.commands, typed.searches), (vec!["find a".to_owned(), "zen".into()], vec!["fee".to_owned()]));
        for n in 0..KEPT {
            remember(&places, Kind::Tag, &n.to_string()).expect("a temporary directory");
        }
        remember(&places, Kind::Tag, "last").expect("a temporary directory");
        let typed = read(&places);
        assert_eq!((typed.tags.len(), typed.tags[0].as_str(), typed.tags[KEPT - 1].as_str()), (KEPT, "last", "1"));
    }

    #[test]
    fn a_broken_file_is_empty_and_an_unknown_field_no_harm() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        remember(&places, Kind::Search, "fee").expect("a temporary directory");
        std::fs::write(file(&places), r#"{"searches": ["a"], "dances": 3}"#).expect("a temporary directory");
        assert_eq!(read(&places), Typed { searches: vec!["a".into()], ..Typed::default() });
        std::fs::write(file(&places), "{").expect("a temporary directory");
        assert_eq!(read(&places), Typed::default());
    }
}
