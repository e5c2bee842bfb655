//! Grapheme boundaries and terminal widths.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::TextRange;

/// The grapheme boundary after byte `at`; the end of the text at the end. `at` must lie on a character boundary.
#[must_use]
pub fn next(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

/// The grapheme boundary before byte `at`; 0 at the start. `at` must lie on a character boundary.
#[must_use]
pub fn prev(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at.min(text.len()), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The nearest grapheme boundary at or before byte `at`, whatever `at` is.
#[must_use]
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    // Between two ASCII characters there is always a boundary, but for a line end of two.
    if let [before, after] = text.as_bytes().get(at.saturating_sub(1)..=at).unwrap_or_default()
        && before.is_ascii()
        && after.is_ascii()
        && !(*before == b'\r' && *after == b'\n')
    {
        return at;
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) { at } else { prev(text, at) }
}

/// The nearest grapheme boundary at or after byte `at`, whatever `at` is.
#[must_use]
pub fn ceil(text: &str, at: usize) -> usize {
    let low = floor(text, at);
    if low >= at.min(text.len()) { low } else { next(text, low) }
}

/// Graphemes of `text` with their byte offsets.
pub fn each(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = match text.as_bytes().get(start..)? {
            [] => return None,
            // An ASCII character before another one, or before nothing, is a grapheme, but for a line end of two.
            [b'\r', b'\n', ..] => start + 2,
            [first, second, ..] if first.is_ascii() && second.is_ascii() => start + 1,
            [first] if first.is_ascii() => start + 1,
            _ => next(text, start),
        };
        Some((start, TextRange::new(start, at).of(text)))
    })
}

/// The same from the end.
pub fn each_back(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true).rev()
}

/// Columns that one grapheme takes on the screen, after [`crate::text::sanitize::shown`] has made it harmless.
#[must_use]
pub fn width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [b] if (b' '..=b'~').contains(b) => 1,
        _ => super::sanitize::shown(grapheme).width(),
    }
}

/// Columns that a whole string takes when drawn.
#[must_use]
pub fn text_width(text: &str) -> usize {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return text.len();
    }
    each(text).map(|(_, g)| width(g)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_is_what_unicode_says(text in "([a-c \r\n\t]|\u{301}|\u{200d}|é|👩|🇫|🇷|\u{600}|한|ᄒ|ᅡ|“|\u{e33}|\u{915}|\u{94d}){0,24}") {
            let by_unicode: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(each(&text).collect::<Vec<_>>(), by_unicode.clone());
            prop_assert_eq!(each_back(&text).collect::<Vec<_>>(), by_unicode.into_iter().rev().collect::<Vec<_>>());
        }
    }

    #[test]
    fn walks_over_joined_emoji() {
        let text = "a👩‍👩‍👧b";
        assert_eq!(next(text, 1), text.len() - 1);
        assert_eq!(prev(text, text.len() - 1), 1);
        assert_eq!(floor(text, 5), 1);
        assert_eq!(ceil(text, 3), text.len() - 1);
    }

    #[test]
    fn hostile_characters_have_the_width_of_their_mark() {
        assert_eq!(width("\u{202e}"), text_width(&super::super::sanitize::shown("\u{202e}")));
        assert_eq!(text_width("漢字"), 4);
    }
}
