//! Copies of fetched pages: they open without a network, and an older version can be compared with today's.
//!
//! `pages/<digest>` holds the bytes as they came; `pages/index.jsonl` has one line for each fetch that brought something new, the newest last.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::paths::Places;
use super::{atomic, clock, digest, lock};

/// What is known of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// The address that the reader gave.
    pub typed: String,
    /// Where the page was in the end.
    pub address: String,
    /// When it was fetched, RFC 3339 in UTC.
    pub retrieved: String,
    /// The content type that came with it.
    pub media_type: String,
    /// The charset that came with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// A page to keep.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The address that the reader gave.
    pub typed: &'a str,
    /// Where the page was in the end.
    pub address: &'a str,
    /// The content type that came with it.
    pub media_type: &'a str,
    /// The charset that came with it.
    pub charset: Option<&'a str>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

fn directory(places: &Places) -> PathBuf {
    places.data.join("pages")
}

fn index(places: &Places) -> PathBuf {
    directory(places).join("index.jsonl")
}

/// Keeps a page, durably. When the newest copy of the address is the same page, nothing is written and that copy is given back.
///
/// # Errors
/// What the system says.
pub fn keep(places: &Places, page: New<'_>) -> io::Result<Copy> {
    let copy = Copy {
        typed: page.typed.to_owned(),
        address: page.address.to_owned(),
        retrieved: clock::now(),
        media_type: page.media_type.to_owned(),
        charset: page.charset.map(str::to_owned),
        sha256: digest::sha256(page.bytes),
    };
    atomic::make_private_directory(&directory(places))?;
    let path = directory(places).join(&copy.sha256);
    if !fs::metadata(&path).is_ok_and(|m| m.len() == page.bytes.len() as u64) {
        atomic::write(&path, page.bytes)?;
    }
    let index = index(places);
    let _lock = lock::lock(&index, Duration::from_secs(1)).map_err(|e| match e {
        lock::LockError::TimedOut => io::Error::from(io::ErrorKind::TimedOut),
        lock::LockError::Io(e) => e,
    })?;
    if let Some(newest) = of(places, page.typed).pop().filter(|c| Copy { retrieved: copy.retrieved.clone(), ..c.clone() } == copy) {
        return Ok(newest);
    }
    let mut line = serde_json::to_vec(&copy)?;
    line.push(b'\n');
    fs::OpenOptions::new().append(true).create(true).open(&index)?.write_all(&line)?;
    Ok(copy)
}

/// The copies of an address, oldest first: by what the reader typed, or by where it led.
#[must_use]
pub fn of(places: &Places, address: &str) -> Vec<Copy> {
    let text = fs::read_to_string(index(places)).unwrap_or_default();
    let copies = text.lines().filter_map(|line| serde_json::from_str::<Copy>(line).ok());
    copies.filter(|c| c.typed == address || c.address == address).collect()
}

/// The bytes of a copy; nothing when they are gone, or are not those that were kept.
#[must_use]
pub fn load(places: &Places, copy: &Copy) -> Option<Vec<u8>> {
    if copy.sha256.len() != 64 || !copy.sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bytes = fs::read(directory(places).join(&copy.sha256)).ok()?;
    (digest::sha256(&bytes) == copy.sha256).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_a_page() {
        let dir = tempfile::tempdir().expect("a directory");
        let places = Places::under(dir.path());
        let new = |bytes: &'static [u8]| New {
            typed: "http://a.example",
            address: "http://a.example/",
            media_type: "text/html",
            charset: None,
            bytes,
        };
        assert!(of(&places, "http://a.example").is_empty());
        keep(&places, new(b"one")).expect("kept");
        let second = keep(&places, new(b"two")).expect("kept");
        keep(&places, new(b"two")).expect("kept already");
        let found = of(&places, "http://a.example/");
        assert_eq!((found.len(), found.last()), (2, Some(&second)));
        assert_eq!(load(&places, &found[0]).as_deref(), Some(&b"one"[..]));
        fs::write(dir.path().join("data/pages").join(&second.sha256), "other").expect("written");
        assert_eq!(load(&places, &second), None, "bytes that are not what was kept are not given out");
    }
}
