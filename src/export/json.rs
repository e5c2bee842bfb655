//! JSON that is safe on a terminal: what would be drawn as a control or not at all is escaped, so the text stays exact.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Serializer;

use crate::text::sanitize;

/// Writes `value` on one line, without a line feed at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn compact(out: &mut impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    let mut pieces = Pieces::default();
    value.serialize(&mut Serializer::new(&mut pieces))?;
    write_safe(out, &pieces.0).map_err(serde_json::Error::io)
}

/// Writes `value` with an indent of two spaces, without a line feed at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn pretty(out: &mut impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    let mut pieces = Pieces::default();
    value.serialize(&mut Serializer::pretty(&mut pieces))?;
    write_safe(out, &pieces.0).map_err(serde_json::Error::io)
}

/// The JSON before it is made safe. A serializer writes most of it byte by byte, which a vector by itself takes ten times as long for.
#[derive(Default)]
struct Pieces(Vec<u8>);

impl Write for Pieces {
    #[inline]
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece)?;
        Ok(piece.len())
    }

    #[inline]
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        match piece {
            [byte] => self.0.push(*byte),
            _ => self.0.extend_from_slice(piece),
        }
        Ok(())
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes JSON with its hostile characters escaped. They can stand in strings only, where an escape means the same: all else is ASCII, and a line feed
/// between two values is layout.
fn write_safe(out: &mut impl Write, json: &[u8]) -> io::Result<()> {
    /// How much is looked at together, without branches inside.
    const CHUNK: usize = 64;
    let text = str::from_utf8(json).map_err(io::Error::other)?;
    let mut written = 0;
    for (chunk, bytes) in json.chunks(CHUNK).enumerate() {
        if bytes.iter().fold(true, |plain, b| plain & (b' '..=b'~').contains(b)) {
            continue;
        }
        for at in (chunk * CHUNK..).zip(bytes).filter(|(_, b)| !(b' '..=b'~').contains(*b)).map(|(at, _)| at) {
            // none inside a character
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
            if c == '\n' || !sanitize::is_hostile(c) {
                continue;
            }
            out.write_all(&json[written..at])?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
    }
    out.write_all(&json[written..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_escaped_and_come_back() {
        let value = serde_json::json!({"k\u{202e}": ["a\u{9b}31m\u{200b}\u{e0041}\u{7f}é👩‍👧", 1.5, {}], "n": null});
        for write in [
            |v: &_| {
                let mut o = Vec::new();
                compact(&mut o, v).map(|()| o)
            },
            |v: &_| {
                let mut o = Vec::new();
                pretty(&mut o, v).map(|()| o)
            },
        ] {
            let text = String::from_utf8(write(&value).expect("written")).expect("text");
            assert!(text.contains("a\\u009b31m\\u200b\\udb40\\udc41\\u007fé👩‍👧"), "{text}");
            assert!(!text.chars().any(|c| sanitize::is_hostile(c) && c != '\n'), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
        }
    }

    #[test]
    fn pretty_has_two_spaces() {
        let mut out = Vec::new();
        pretty(&mut out, &serde_json::json!({"a": [1]})).expect("written");
        assert_eq!(out, b"{\n  \"a\": [\n    1\n  ]\n}");
    }
}
