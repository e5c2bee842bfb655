//! Where annotations sit: anchors made of a range, and anchors found again in today's text.
//!
//! Orphan rather than guess: an annotation is never put on words that are not surely its own.

use memchr::memmem;

use super::model::{Anchor, AnchorState, Annotation, AnnotationKind, CONTEXT, Notes, Place, Unknown};
use crate::text::fold::Folded;
use crate::text::{CodePoints, TextRange, grapheme};

/// How many annotations are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attached {
    /// On their words.
    pub attached: usize,
    /// The place is there, the words changed.
    pub changed: usize,
    /// Not found.
    pub orphan: usize,
}

impl Anchor {
    /// The anchor of `range` of `text`; `map` is the text's own table. Context is at most [`CONTEXT`] code points a side, cut between
    /// graphemes.
    ///
    /// # Panics
    /// If `range` does not lie in `text`.
    #[must_use]
    pub fn of(text: &str, map: &CodePoints, range: TextRange) -> Self {
        let (start, end) = (map.at_byte(text, range.start()), map.at_byte(text, range.end()));
        let before = map.to_byte(text, start.saturating_sub(CONTEXT)).map_or(0, |at| grapheme::ceil(text, at).min(range.start()));
        let after = map.to_byte(text, (end + CONTEXT).min(map.len())).map_or(text.len(), |at| grapheme::floor(text, at).max(range.end()));
        Self {
            start,
            end,
            exact: range.of(text).into(),
            prefix: TextRange::new(before, range.start()).of(text).into(),
            suffix: TextRange::new(range.end(), after).of(text).into(),
            unknown: Unknown::new(),
        }
    }
}

/// Quotations shorter than this, in code points, are taken by their words alone only where the context speaks for them too.
const LONG: usize = 12;

/// How many bytes of folded context, on each side of the words, tell two places with the same words apart.
const NEAR: usize = 16;

/// Sets `now` of every annotation for `text`, whose table is `map` and whose SHA-256 (hexadecimal) is `digest`.
///
/// An annotation last seen in this very text is where it was, once the words there are checked. Any other is looked for by its words
/// and their context, folded ([`crate::text::fold`]), and attached only where one place alone fits. Anchors are not touched.
pub fn attach(notes: &mut Notes, text: &str, map: &CodePoints, digest: &str) -> Attached {
    let mut folded = None;
    let mut counts = Attached::default();
    for annotation in &mut notes.annotations {
        place(annotation, text, map, digest, &mut folded);
        match annotation.now.state {
            AnchorState::Attached => counts.attached += 1,
            AnchorState::Changed => counts.changed += 1,
            AnchorState::Orphan => counts.orphan += 1,
        }
    }
    counts
}

fn place(annotation: &mut Annotation, text: &str, map: &CodePoints, digest: &str, folded: &mut Option<Folded>) {
    let Annotation { anchor, now, kind, .. } = annotation;
    if *kind == AnnotationKind::Page {
        (now.state, now.range) = (AnchorState::Attached, None);
        return;
    }
    if let Some(last) = now.last.as_ref().filter(|last| last.text_sha256 == digest)
        && let Some(range) = stored(last, text, map)
    {
        now.range = Some(range);
        if now.state == AnchorState::Orphan {
            now.state = state_of(anchor, range, text); // the text it was last seen in is back
        }
        return;
    }
    let folded = folded.get_or_insert_with(|| Folded::new(text));
    now.range = search(anchor, text, folded);
    now.state = now.range.map_or(AnchorState::Orphan, |range| state_of(anchor, range, text));
}

fn state_of(anchor: &Anchor, range: TextRange, text: &str) -> AnchorState {
    if range.of(text) == anchor.exact { AnchorState::Attached } else { AnchorState::Changed }
}

/// The stored place, when the stored words are there.
fn stored(last: &Place, text: &str, map: &CodePoints) -> Option<TextRange> {
    let (start, end) = (map.to_byte(text, last.start)?, map.to_byte(text, last.end)?);
    let range = (start <= end).then(|| TextRange::new(start, end))?;
    (range.of(text) == last.exact).then_some(range)
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
