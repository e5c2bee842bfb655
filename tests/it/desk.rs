//! An article in a folder of its own, and the notes beside it: what most tests of the reader begin with.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_articles/us-china-trade-call.txt");

/// Two people, one quotation each, one figure.
pub const SMALL: &str = "Harbour fee to rise\n\n\
    The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.”\n";

/// An article of its own folder, and its notes file.
pub struct Desk {
    pub dir: TempDir,
}

impl Desk {
    pub fn new(text: &str) -> Self {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("article.txt"), text).unwrap();
        Self { dir }
    }

    pub fn sample() -> Self {
        Self::new(&fs::read_to_string(SAMPLE).unwrap())
    }

    pub fn article(&self) -> PathBuf {
        self.dir.path().join("article.txt")
    }

    pub fn notes(&self) -> Value {
        serde_json::from_slice(&fs::read(self.dir.path().join("article.txt.pullquote.json")).unwrap()).unwrap()
    }

    /// What is on the disk; nothing before the first save.
    pub fn annotations(&self) -> Vec<Value> {
        let saved = fs::exists(self.dir.path().join("article.txt.pullquote.json")).unwrap();
        if saved { self.notes()["annotations"].as_array().unwrap().clone() } else { vec![] }
    }
}
