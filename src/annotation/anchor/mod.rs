//! Where annotations sit: anchors made of a range, and anchors found again in today's text.
//!
//! Orphan rather than guess: an annotation is never put on words that are not surely its own.
//!
//! | file | what it does |
//! |---|---|
//! | [`place`] | a passage of a stored older text, by the comparison of both texts |
//! | [`search`] | a passage whose text was not kept, by its words and what stood around them |
//! | `strict` | the same words in the same context, or nothing: for corrections |

mod edges;
pub mod place;
pub mod search;
mod strict;

use rustc_hash::FxHashMap;

use self::place::Compared;
use self::search::{Candidate, Index, Wanted};
use super::model::{Anchor, AnchorState, Annotation, AnnotationKind, CONTEXT, Notes, Place, Unknown};
use crate::text::align::Alignment;
use crate::text::words::Words;
use crate::text::{CodePoints, TextRange, grapheme};

pub use strict::locate;

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

/// What came of looking for all annotations in today's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reattached {
    /// How many are in which state.
    pub counts: Attached,
    /// For orphans whose old text is known: the byte of today's text that is nearest to where they were, by id.
    pub near: FxHashMap<String, usize>,
}

/// As [`attach_with`], without stored texts.
pub fn attach(notes: &mut Notes, text: &str, map: &CodePoints, digest: &str) -> Attached {
    attach_with(notes, text, map, digest, |_| None).counts
}

/// Sets `now` of every annotation for `text`, whose table is `map` and whose SHA-256 (hexadecimal) is `digest`. `stored` gives the text of
/// another digest, where it was kept.
///
/// An annotation last seen in this very text is where it was, once the words there are checked. One last seen in a stored text is where
/// the comparison of the two texts puts its words. Any other is looked for by its words and their context. What is not surely found is an
/// orphan. Anchors are not touched.
pub fn attach_with(
    notes: &mut Notes,
    text: &str,
    map: &CodePoints,
    digest: &str,
    stored: impl FnMut(&str) -> Option<String>,
) -> Reattached {
    let mut finder = Finder { text, map, digest, stored, index: None, olds: FxHashMap::default() };
    let mut found = Reattached::default();
    for annotation in &mut notes.annotations {
        if let Some(near) = finder.place(annotation) {
            found.near.insert(annotation.id.clone(), near);
        }
        match annotation.now.state {
            AnchorState::Attached => found.counts.attached += 1,
            AnchorState::Changed => found.counts.changed += 1,
            AnchorState::Orphan => found.counts.orphan += 1,
        }
    }
    found
}

/// The places of `text` where an annotation may belong, best first: what is offered for an orphan.
#[must_use]
pub fn candidates(anchor: &Anchor, text: &str, most: usize) -> Vec<Candidate> {
    Index::new(text).candidates(wanted(anchor, None), most)
}

fn wanted<'a>(anchor: &'a Anchor, share: Option<f32>) -> Wanted<'a> {
    Wanted { exact: &anchor.exact, prefix: &anchor.prefix, suffix: &anchor.suffix, share }
}

/// Where the passage at `range` of an old text is in the text of `index`: what the comparison of both says, else the one place with the
/// same words in the same context, when that is nobody else's. `anchor` is what the passage was.
#[must_use]
pub fn place_of(compared: &Compared<'_>, index: &Index<'_>, range: TextRange, anchor: Wanted<'_>) -> Option<TextRange> {
    compared.place(range).or_else(|| {
        let found = index.find(anchor).filter(|c| c.same && c.before >= FULL && c.after >= FULL)?;
        // What the comparison gives to other words of the old text only looks like the passage.
        let owned = compared.new_words.within(found.range).filter(|&w| compared.alignment.to_old(w).is_some()).count();
        (owned == 0).then_some(found.range)
    })
}

/// Context that is there but for a slip.
const FULL: f32 = 0.9;

/// Looks for annotations in one text. What is costly is made on first need.
struct Finder<'t, S> {
    text: &'t str,
    map: &'t CodePoints,
    digest: &'t str,
    stored: S,
    index: Option<Index<'t>>,
    olds: FxHashMap<String, Option<Old>>,
}

/// A stored text, compared with today's.
struct Old {
    text: String,
    map: CodePoints,
    words: Words,
    alignment: Alignment,
}

impl<S: FnMut(&str) -> Option<String>> Finder<'_, S> {
    /// Sets `now`; for an orphan of a stored text, gives the byte that is nearest to where it was.
    fn place(&mut self, annotation: &mut Annotation) -> Option<usize> {
        let Annotation { anchor, now, kind, .. } = annotation;
        if *kind == AnnotationKind::Page {
            (now.state, now.range) = (AnchorState::Attached, None);
            return None;
        }
        if let Some(last) = now.last.as_ref().filter(|last| last.text_sha256 == self.digest)
            && let Some(range) = stored_place(last, self.text, self.map)
        {
            now.range = Some(range);
            if now.state == AnchorState::Orphan {
                now.state = state_of(anchor, range, self.text); // the text it was last seen in is back
            }
            return None;
        }
        let (range, near) = self.look_for(anchor, now.last.as_ref());
        now.range = range;
        now.state = range.map_or(AnchorState::Orphan, |range| state_of(anchor, range, self.text));
        near.filter(|_| range.is_none())
    }

    fn look_for(&mut self, anchor: &Anchor, last: Option<&Place>) -> (Option<TextRange>, Option<usize>) {
        let index = self.index.get_or_insert_with(|| Index::new(self.text));
        if let Some(last) = last {
            let stored = &mut self.stored;
            let old = self.olds.entry(last.text_sha256.clone()).or_insert_with(|| {
                let text = stored(&last.text_sha256)?;
                let words = Words::new(&text);
                let alignment = Alignment::new(&words, index.words());
                Some(Old { map: CodePoints::new(&text), words, alignment, text })
            });
            if let Some(old) = old
                && let Some(range) = stored_place(last, &old.text, &old.map)
            {
                let Old { text, words, alignment, .. } = old;
                let compared = Compared { old: text, old_words: words, new: self.text, new_words: index.words(), alignment };
                let found = place_of(&compared, index, range, wanted(anchor, None));
                return (found, found.is_none().then(|| compared.near(range)));
            }
        }
        let share = anchor.start as f32 / self.map.len().max(1) as f32;
        let by_last = || {
            let last = last.filter(|last| last.exact != anchor.exact)?;
            index.find(Wanted { exact: &last.exact, ..wanted(anchor, Some(share)) })
        };
        (index.find(wanted(anchor, Some(share))).or_else(by_last).map(|c| c.range), None)
    }
}

fn state_of(anchor: &Anchor, range: TextRange, text: &str) -> AnchorState {
    if range.of(text) == anchor.exact { AnchorState::Attached } else { AnchorState::Changed }
}

/// The stored place, when the stored words are there.
fn stored_place(last: &Place, text: &str, map: &CodePoints) -> Option<TextRange> {
    let (start, end) = (map.to_byte(text, last.start)?, map.to_byte(text, last.end)?);
    let range = (start <= end).then(|| TextRange::new(start, end))?;
    (range.of(text) == last.exact).then_some(range)
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "tests on a known text")]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{self, TEXT, notes, on};
    use super::*;
    use crate::text::fold::Folded;

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
    fn another_figure_in_the_same_place_is_a_change_that_is_shown() {
        let mut notes = notes([on("a", "40 per cent")]);
        let text = TEXT.replace("40 per cent", "50 per cent");
        let (counts, words) = attached_to(&mut notes, &text);
        assert_eq!((counts, words), (Attached { attached: 0, changed: 1, orphan: 0 }, vec![Some("50 per cent")]));
    }

    #[test]
    fn the_stored_text_tells_what_was_taken_out_and_where() {
        let mut notes = notes([on("a", "Åby"), on("b", "40 per cent")]);
        for a in &mut notes.annotations {
            let Anchor { start, end, exact, .. } = a.anchor.clone();
            a.now.last = Some(Place { start, end, exact, text_sha256: "old".into() });
        }
        let text = format!("{}Åby is a town.\n", TEXT.replace(" from Åby", "").replace("40 per", "50 per"));
        let stored = |digest: &str| (digest == "old").then(|| TEXT.to_owned());
        let found = attach_with(&mut notes, &text, &CodePoints::new(&text), "today", stored);
        assert_eq!(found.counts, Attached { attached: 0, changed: 1, orphan: 1 });
        assert!(text[found.near["a"]..].starts_with("disagreed"), "the other Åby is another");
        assert_eq!(notes.annotations[0].anchor, on("b", "40 per cent").anchor, "evidence stays as it was");
    }

    #[test]
    fn never_a_guess() {
        let orphan = Attached { attached: 0, changed: 0, orphan: 1 };
        let mut gone = notes([on("a", "40 per cent")]);
        assert_eq!(attached_to(&mut gone, &TEXT.replace(" 40 per cent", "")).0, orphan);
        let mut short = notes([on("a", "Åby")]);
        assert_eq!(attached_to(&mut short, "A text on something else, from Åby and about it.").0, orphan, "short, and no context");
        let mut twice = notes([on("a", "the bridge would cost 40 per cent")]);
        let text = format!("{TEXT}{TEXT}");
        assert_eq!(attached_to(&mut twice, &text).0, orphan, "two places fit");
    }

    /// Without the stored text.
    fn one_in(old: &str, words: &str, new: &str) -> (AnchorState, Option<String>) {
        let at = old.find(words).expect("there");
        let range = TextRange::new(at, at + words.len());
        let mut notes = notes([on("a", "Åby")]);
        notes.annotations[0].anchor = Anchor::of(old, &CodePoints::new(old), range);
        let found = attached_to(&mut notes, new).1[0].map(str::to_owned);
        (notes.annotations[0].now.state, found)
    }

    #[test]
    fn a_few_words_again_below_what_was_theirs_are_somebody_elses() {
        let around = |middle: &str, more: &str| {
            format!(
                "The fishing boats stayed in the port of Åby.\n\nThe crews met in the old hall. {middle}\n\nRents rose by 7 per cent.{more}\n"
            )
        };
        let old = around("“They never asked us,” said Bo Example, who has fished since 1988.", "");
        let new = around("The mood was calm.", "\n\n“They never asked us,” said the hotel owner Cleo Sample.");
        assert_eq!(one_in(&old, "They never asked us", &new), (AnchorState::Orphan, None));
        // What is put in on one side only leaves the other.
        let new = old.replace("hall. “They", "hall. It had been empty for years, and was cold and damp and dark inside. “They");
        assert_eq!(one_in(&old, "They never asked us", &new).0, AnchorState::Attached);
    }

    #[test]
    fn marks_at_the_ends_of_the_text_belong_to_the_words() {
        let old = "“First words,” she said of it all.\n\nOne paragraph in the middle.\n\nThe last words stand here.";
        let new = old.replace("One paragraph in", "A paragraph at");
        for words in ["The last words stand here.", "“First words,”", " last words stand here.", "said of it "] {
            assert_eq!(one_in(old, words, &new), (AnchorState::Attached, Some(words.to_owned())));
            let start = old.find(words).map(|at| old[..at].chars().count()).expect("there");
            let mut notes = notes([on("a", "Åby")]);
            let last = Place { start, end: start + words.chars().count(), exact: words.into(), text_sha256: "old".into() };
            (notes.annotations[0].anchor.exact, notes.annotations[0].now.last) = (words.into(), Some(last));
            attach_with(&mut notes, &new, &CodePoints::new(&new), "today", |_| Some(old.to_owned()));
            assert_eq!(notes.annotations[0].now.range.map(|r| r.of(&new)), Some(words), "compared with the old text");
        }
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
