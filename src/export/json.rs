//! JSON that is safe on a terminal: what would be drawn as a control or not at all is escaped, so the text stays exact.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::text::sanitize;

/// Writes `value` on one line, without a line feed at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn compact(out: &mut impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe(CompactFormatter)))
}

/// Writes `value` with an indent of two spaces, without a line feed at the end.
///
/// # Errors
/// When `out` cannot be written to.
pub fn pretty(out: &mut impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe(PrettyFormatter::new())))
}

/// A formatter that escapes hostile characters and leaves the rest to another.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // A fragment holds no C0 control: those are escaped already.
        let plain = fragment.is_ascii() && !fragment.as_bytes().contains(&0x7f);
        if plain || !fragment.chars().any(sanitize::is_hostile) {
            return out.write_all(fragment.as_bytes());
        }
        let mut safe = String::with_capacity(fragment.len() + 16);
        for c in fragment.chars() {
            if sanitize::is_hostile(c) {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    safe.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                safe.push(c);
            }
        }
        out.write_all(safe.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
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
