//! From words to characters: a passage may begin inside a word, and with marks that belong to no word.

use crate::text::fold::fold_char;
use crate::text::words::Words;
use crate::text::{TextRange, grapheme};

/// Two texts and their words.
#[derive(Clone, Copy)]
pub(super) struct Edges<'t> {
    pub(super) old: &'t str,
    pub(super) old_words: &'t Words,
    pub(super) new: &'t str,
    pub(super) new_words: &'t Words,
}

/// How many marks on each side of a passage are looked at.
const MARKS: usize = 8;

impl Edges<'_> {
    /// The range in the new text of a passage at `range` of the old one, whose words are `words` and became those from `first` to `last`;
    /// `None` when it was a part of a word, and that part is gone.
    pub(super) fn range(&self, range: TextRange, words: &std::ops::Range<usize>, first: usize, last: usize) -> Option<TextRange> {
        let (old_first, old_last) = (self.old_words.all[words.start].range, self.old_words.all[words.end - 1].range);
        let (new_first, new_last) = (self.new_words.all[first].range, self.new_words.all[last].range);
        let start = if range.start() <= old_first.start() {
            let marks = TextRange::new(range.start(), old_first.start()).of(self.old);
            new_first.start() - self.marks_before(marks, first)
        } else {
            self.inside(old_first, new_first, range.start())
        };
        let end = if range.end() >= old_last.end() {
            let marks = TextRange::new(old_last.end(), range.end()).of(self.old);
            new_last.end() + self.marks_after(marks, last)
        } else {
            self.inside(old_last, new_last, range.end())
        };
        let (start, end) = (grapheme::floor(self.new, start), grapheme::ceil(self.new, end));
        (start < end).then(|| self.with_spaces(range, TextRange::new(start, end)))
    }

    /// `found` with the spaces that the passage at `range` began and ended with, where they are still there.
    fn with_spaces(&self, range: TextRange, found: TextRange) -> TextRange {
        let passage = range.of(self.old);
        let (head, tail) = (passage.len() - passage.trim_start().len(), passage.len() - passage.trim_end().len());
        let before = self.new.get(..found.start()).is_some_and(|text| passage.get(..head).is_some_and(|spaces| text.ends_with(spaces)));
        let behind =
            passage.get(passage.len() - tail..).is_some_and(|spaces| self.new.get(found.end()..).is_some_and(|t| t.starts_with(spaces)));
        TextRange::new(found.start() - if before { head } else { 0 }, found.end() + if behind { tail } else { 0 })
    }

    /// A place inside a word, in what became of the word: as far from what both begin or end with alike.
    fn inside(&self, old: TextRange, new: TextRange, at: usize) -> usize {
        let (a, b) = (old.of(self.old).as_bytes(), new.of(self.new).as_bytes());
        let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let end = a.iter().rev().zip(b.iter().rev()).take(a.len().min(b.len()) - start).take_while(|(x, y)| x == y).count();
        let offset = at - old.start();
        match offset {
            o if o <= start => new.start() + o,
            o if o + end >= a.len() => new.end() - (a.len() - o),
            _ => new.start() + start,
        }
    }

    /// How many bytes before a new word are the marks that stood before the old one.
    fn marks_before(&self, marks: &str, word: usize) -> usize {
        let to = self.new_words.all[word].range.start();
        let from = word.checked_sub(1).map_or(0, |w| self.new_words.all[w].range.end());
        let wanted: Vec<char> = folded(marks.chars().rev());
        let there = TextRange::new(from, to).of(self.new);
        reach(&wanted, there.char_indices().rev().map(|(at, c)| (c, there.len() - at)))
    }

    /// As [`Self::marks_before`], behind.
    fn marks_after(&self, marks: &str, word: usize) -> usize {
        let from = self.new_words.all[word].range.end();
        let to = self.new_words.all.get(word + 1).map_or(self.new.len(), |w| w.range.start());
        let wanted: Vec<char> = folded(marks.chars());
        let there = TextRange::new(from, to).of(self.new);
        reach(&wanted, there.char_indices().map(|(at, c)| (c, at + c.len_utf8())))
    }
}

fn folded(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut out = Vec::new();
    for c in chars.filter(|c| !c.is_whitespace()).take(MARKS) {
        fold_char(c, &mut |f| out.push(f));
    }
    out
}

/// How far marks go that agree with those that are wanted, in their order; other marks between them (of Markdown) are passed over.
fn reach(wanted: &[char], there: impl Iterator<Item = (char, usize)>) -> usize {
    let (mut at, mut far) = (0, 0);
    for (c, bytes) in there.take(MARKS * 2) {
        if at == wanted.len() {
            break;
        }
        let mut fits = 0;
        fold_char(c, &mut |f| fits += usize::from(wanted.get(at + fits) == Some(&f)));
        if fits > 0 {
            at += fits;
            far = bytes;
        }
    }
    far
}

/// Where these marks stand once within a stretch of the text, folded.
pub(super) fn find_marks(marks: &str, text: &str, within: TextRange) -> Option<TextRange> {
    let needle = crate::text::search::Needle::new(marks.trim())?;
    let mut found = needle.all(text, within).filter(|r| within.covers(*r));
    let one = found.next().filter(|_| found.next().is_none())?;
    Some(TextRange::new(grapheme::floor(text, one.start()), grapheme::ceil(text, one.end())))
}
