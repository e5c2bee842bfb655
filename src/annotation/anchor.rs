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

/// Where the words of an anchor that says nothing of the text it was made in are in `text`: at their place, when the words and all their
/// context are there, else the one place that fits. `folded` is made on first need.
#[must_use]
pub fn locate(anchor: &Anchor, text: &str, map: &CodePoints, folded: &mut Option<Folded>) -> Option<TextRange> {
    in_place(anchor, text, map).or_else(|| search(anchor, text, folded.get_or_insert_with(|| Folded::new(text))))
}

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

#[cfg(test)]
#[expect(clippy::string_slice, reason = "tests on a known text")]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{self, TEXT, notes, on};
    use super::*;

    fn attached_to<'a>(notes: &mut Notes, text: &'a str) -> (Attached, Vec<Option<&'a str>>) {
        let counts = attach(notes, text, &CodePoints::new(text), "today");
        (counts, notes.annotations.iter().map(|a| a.now.range.map(|r| r.of(text))).collect())
    }

    #[test]
    fn an_anchor_counts_code_points_and_keeps_context() {
        let a = on("a", "Ada Example").anchor;
        let before: Vec<char> = TEXT.chars().take(a.start).collect();
        assert_eq!(before.into_iter().collect::<String>() + "Ada Example", TEXT[..sample::range("Ada Example").end()]);
        assert_eq!(a.end - a.start, 11);
        assert_eq!(a.prefix, TEXT[..sample::range("Ada Example").start()], "41 code points: less than the most");
        assert_eq!(a.suffix.chars().count(), CONTEXT);
    }

    #[test]
    fn context_is_not_cut_inside_a_grapheme() {
        let family = "👩‍👩‍👧"; // five code points
        let text = format!("{}word{}", family.repeat(20), family.repeat(20));
        let at = text.find("word").expect("there");
        let a = Anchor::of(&text, &CodePoints::new(&text), TextRange::new(at, at + 4));
        assert_eq!((a.prefix, a.suffix), (family.repeat(12), family.repeat(12)));
    }

    #[test]
    fn edits_elsewhere_do_not_matter() {
        let mut notes = notes([on("a", "“We are late,” she said, “but not lost.”"), on("b", "Åby"), on("c", "3 June")]);
        let text = format!("A new first line.\n\n{TEXT}");
        let (counts, words) = attached_to(&mut notes, &text);
        assert_eq!(counts, Attached { attached: 3, changed: 0, orphan: 0 });
        assert_eq!(words, [Some("“We are late,” she said, “but not lost.”"), Some("Åby"), Some("3 June")]);
    }

    #[test]
    fn other_marks_and_spaces_are_a_change_that_is_shown() {
        let mut notes = notes([on("a", "“We are late,” she said, “but not lost.”")]);
        let text = TEXT.replace(['“', '”'], "\"").replace("she said", "she\u{a0} said");
        let (counts, words) = attached_to(&mut notes, &text);
        assert_eq!(counts, Attached { attached: 0, changed: 1, orphan: 0 });
        assert_eq!(words, [Some("\"We are late,\" she\u{a0} said, \"but not lost.\"")]);
    }

    #[test]
    fn never_a_guess() {
        let orphan = Attached { attached: 0, changed: 0, orphan: 1 };
        let mut gone = notes([on("a", "40 per cent")]);
        assert_eq!(attached_to(&mut gone, &TEXT.replace("40 per cent", "50 per cent")).0, orphan);
        let mut short = notes([on("a", "Åby")]);
        assert_eq!(attached_to(&mut short, "A text on something else, from Åby and about it.").0, orphan, "short, and no context");
        let mut twice = notes([on("a", "the bridge would cost 40 per cent")]);
        let text = format!("{TEXT}{TEXT}");
        assert_eq!(attached_to(&mut twice, &text).0, orphan, "two places fit");
    }

    #[test]
    fn of_two_places_with_the_same_words_the_context_tells() {
        let mut notes = notes([on("a", "open in May")]);
        assert_eq!(TEXT.matches("open in May").count(), 2);
        let text = format!("New.\n{TEXT}");
        attached_to(&mut notes, &text);
        assert_eq!(notes.annotations[0].now.range.map(TextRange::start), text.find("open in May"));
    }

    #[test]
    fn the_stored_place_counts_where_the_stored_words_are() {
        let mut notes = notes([on("a", "open in May")]);
        let second = TEXT.rfind("open in May").map(|at| TEXT[..at].chars().count()).expect("there");
        notes.annotations[0].now.last =
            Some(Place { start: second, end: second + 11, exact: "open in May".into(), text_sha256: "today".into() });
        attached_to(&mut notes, TEXT);
        assert_eq!(notes.annotations[0].now.range.map(TextRange::start), TEXT.rfind("open in May"));
        // An offset that does not fit the words is not believed.
        notes.annotations[0].now.last.as_mut().expect("set").start -= 1;
        attached_to(&mut notes, TEXT);
        assert_eq!(notes.annotations[0].now.range.map(TextRange::start), TEXT.find("open in May"));
    }

    #[test]
    fn words_as_common_as_air_do_not_take_for_ever() {
        let mut many = notes((0..50).map(|i| on(&format!("{i}"), "“")));
        let text = "“".repeat(350_000);
        let (counts, _) = attached_to(&mut many, &text);
        assert_eq!(counts.orphan, 50);
    }

    proptest! {
        #[test]
        fn any_text_any_notes(notes in sample::any_notes(), text in "(\\PC|“|Åby|Ada Example|40 per cent|\n){0,60}") {
            let mut notes = notes;
            attached_to(&mut notes, &text);
            for a in &notes.annotations {
                if let Some(range) = a.now.range {
                    prop_assert_eq!(grapheme::floor(&text, range.start()), range.start());
                    prop_assert_eq!(Folded::new(range.of(&text).trim()).text, Folded::new(&a.anchor.exact).text);
                }
                prop_assert_eq!(a.now.range.is_none(), a.now.state == AnchorState::Orphan || a.kind == AnnotationKind::Page);
            }
        }
    }
}
