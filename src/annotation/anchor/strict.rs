//! Finding the words of an anchor as they were, or not at all: for corrections, which say something of these very words.

use memchr::memmem;

use super::super::model::Anchor;
use crate::text::fold::Folded;
use crate::text::{CodePoints, TextRange, grapheme};

/// Quotations shorter than this, in code points, are taken by their words alone only where the context speaks for them too.
const LONG: usize = 12;

/// How many bytes of folded context, on each side of the words, tell two places with the same words apart.
const NEAR: usize = 16;

/// Where the words of an anchor that says nothing of the text it was made in are in `text`: at their place, when the words and all their
/// context are there, else the one place that fits. `folded` is made on first need.
#[must_use]
pub fn locate(anchor: &Anchor, text: &str, map: &CodePoints, folded: &mut Option<Folded>) -> Option<TextRange> {
    in_place(anchor, text, map).or_else(|| search(anchor, text, folded.get_or_insert_with(|| Folded::new(text))))
}

/// The place that the anchor says, when the words and all their context are there.
fn in_place(anchor: &Anchor, text: &str, map: &CodePoints) -> Option<TextRange> {
    let (start, end) = (map.to_byte(text, anchor.start)?, map.to_byte(text, anchor.end)?);
    let range = (start < end).then(|| TextRange::new(start, end))?;
    let bytes = text.as_bytes();
    let before = bytes.get(..start)?.ends_with(anchor.prefix.as_bytes());
    let after = bytes.get(end..)?.starts_with(anchor.suffix.as_bytes());
    (before && after && range.of(text) == anchor.exact).then_some(range)
}

/// The one place where the anchor's words are.
fn search(anchor: &Anchor, text: &str, folded: &Folded) -> Option<TextRange> {
    let exact = Folded::new(anchor.exact.trim()).text;
    if exact.is_empty() {
        return None;
    }
    let (prefix, suffix) = (Folded::new(&anchor.prefix).text, Folded::new(&anchor.suffix).text);
    let (before, after) = (near_end(prefix.trim_end()), near_start(suffix.trim_start()));
    let hay = folded.text.as_bytes();
    let mut found = Vec::new();
    let mut hits = 0_usize;
    for at in memmem::find_iter(hay, exact.as_bytes()) {
        hits += 1;
        let left = hay[..at].trim_ascii_end().ends_with(before) && !before.is_empty();
        let right = hay[at + exact.len()..].trim_ascii_start().starts_with(after) && !after.is_empty();
        found.push((at, left, right));
        if hits > 1000 {
            return None; // words as common as these say nothing, and looking on would cost too much
        }
    }
    let one = |fits: &dyn Fn(&(usize, bool, bool)) -> bool| {
        let mut places = found.iter().filter(|f| fits(f));
        places.next().filter(|_| places.next().is_none()).map(|f| f.0)
    };
    let long = exact.chars().count() >= LONG;
    let at = one(&|f| f.1 && f.2).or_else(|| one(&|_| true).filter(|&at| long || found.iter().any(|f| f.0 == at && (f.1 || f.2))))?;
    let start = folded.to_original(at);
    let last = folded.to_original(at + exact.len() - 1);
    Some(TextRange::new(grapheme::floor(text, start), grapheme::ceil(text, grapheme::next(text, last))))
}

/// At most [`NEAR`] bytes at the end, not cutting a character.
fn near_end(context: &str) -> &[u8] {
    let from = (context.len().saturating_sub(NEAR)..=context.len()).find(|&at| context.is_char_boundary(at)).unwrap_or(context.len());
    &context.as_bytes()[from..]
}

/// At most [`NEAR`] bytes at the start, not cutting a character.
fn near_start(context: &str) -> &[u8] {
    let to = (0..=NEAR.min(context.len())).rev().find(|&at| context.is_char_boundary(at)).unwrap_or(0);
    &context.as_bytes()[..to]
}
