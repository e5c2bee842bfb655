//! The lines of a plain text, without what surrounds them, and the units (paragraphs as they are read) that they make up.

use crate::text::{TextRange, grapheme};

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its ink: without indentation, and without spaces and tabs at the end. No-break spaces at the end stay.
    pub(super) ink: TextRange,
    /// Columns of white space before the ink, as bytes; a tab counts as one.
    pub(super) indent: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
}

/// One paragraph, heading, list item …: a line, or several that are hard-wrapped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// From the first ink to the last.
    pub(super) range: TextRange,
    /// Blank lines before it.
    pub(super) gap: u32,
}

/// Splits a text into its lines; blank ones are only counted.
pub(super) fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(bytes.len() / 96);
    let (mut start, mut gap) = (0, 0);
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let ink = ink(text, start, end);
        if ink.is_empty() {
            gap += 1;
        } else {
            lines.push(Line { ink, indent: u32::try_from(ink.start() - start).unwrap_or(u32::MAX), gap });
            gap = 0;
        }
        start = end + 1;
    }
    lines
}

/// The ink of the line `start..end`.
fn ink(text: &str, start: usize, end: usize) -> TextRange {
    let bytes = text.as_bytes();
    let space = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    let (mut from, mut to) = (start, end);
    while from < to && space(from) {
        from += 1;
    }
    // A form feed begins a page, and ends the line before it.
    const FEED: &[u8] = "\u{240c}".as_bytes();
    while to > from {
        if space(to - 1) {
            to -= 1;
        } else if bytes.get(from..to).is_some_and(|line| line.ends_with(FEED)) {
            to -= FEED.len();
        } else {
            break;
        }
    }
    if from == to {
        return TextRange::empty(from);
    }
    if !bytes.get(from).is_some_and(u8::is_ascii) {
        // Indentation by no-break or ideographic spaces, the picture of a form feed: none is ink at the start of a line.
        let inside = TextRange::new(from, to).of(text);
        let rest = inside.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{240c}' | '\u{feff}'));
        from += inside.len() - rest.len();
        if from == to {
            return TextRange::empty(from);
        }
    }
    // A space may be one grapheme with a mark after it, or with a prefix before it.
    let ascii = |at: usize| bytes.get(at).is_some_and(u8::is_ascii);
    if from > start && !ascii(from) {
        from = grapheme::floor(text, from);
    }
    if to < end && !ascii(to - 1) {
        to = grapheme::ceil(text, to);
    }
    TextRange::new(from, to)
}

/// The mark of a list item that `line` begins with, in bytes with the space after it: bullets and numbers.
pub(super) fn list_mark(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let spaced = |at: usize| match bytes.get(at) {
        None => Some(at),
        Some(b' ' | b'\t') => Some(at + 1),
        Some(_) => None,
    };
    match bytes.first()? {
        b'-' | b'*' | b'+' => spaced(1),
        b'0'..=b'9' => {
            let digits = bytes.iter().take(3).take_while(|b| b.is_ascii_digit()).count();
            matches!(bytes.get(digits), Some(b'.' | b')')).then(|| spaced(digits + 1))?
        }
        0x80.. => {
            let mark = line.chars().next().filter(|c| "•◦▪▫‣⁃●○■□☆★·–—".contains(*c))?;
            let at = mark.len_utf8();
            let wide = matches!(mark, '•' | '▪' | '●');
            if wide { Some(spaced(at).unwrap_or(at)) } else { spaced(at) }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inks(text: &str) -> Vec<(&str, u32, u32)> {
        split(text).iter().map(|l| (l.ink.of(text), l.indent, l.gap)).collect()
    }

    #[test]
    fn lines_without_what_surrounds_them() {
        assert_eq!(inks("a\n\n  b c \t\n\n\n\u{a0}\n\u{240c}d\u{a0}"), [("a", 0, 0), ("b c", 2, 1), ("d\u{a0}", 3, 3)]);
        assert_eq!(inks("The end.\u{240c}\nb \u{240c} "), [("The end.", 0, 0), ("b", 0, 0)], "form feeds, as they are shown");
        assert!(inks("").is_empty());
        assert!(inks(" \n\t\n").is_empty());
    }

    #[test]
    fn a_mark_on_a_space_keeps_the_space() {
        assert_eq!(inks("x\n  \u{301}a"), [("x", 0, 0), (" \u{301}a", 1, 0)]);
    }

    #[test]
    fn list_marks() {
        assert_eq!(list_mark("- item"), Some(2));
        assert_eq!(list_mark("12. item"), Some(4));
        assert_eq!(list_mark("•item"), Some(3));
        assert_eq!(list_mark("*"), Some(1));
        assert_eq!(list_mark("-5 degrees"), None);
        assert_eq!(list_mark("1996-08-30"), None);
        assert_eq!(list_mark("3.5 per cent"), None);
        assert_eq!(list_mark("— Sam Hunt"), Some(4), "a dash at the start; whether a signature is decided elsewhere");
    }
}
