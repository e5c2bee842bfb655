//! Where a passage of an old text is in the new one, when the two were compared word by word.
//!
//! The gates: what the comparison gives too little of is gone; a short passage needs its surroundings; a passage that moved must have
//! moved unchanged, or together with its surroundings; a passage that was torn apart is where nearly all of it is, or nowhere.

use super::edges::{self, Edges};
use crate::text::TextRange;
use crate::text::align::{Alignment, Tie};
use crate::text::words::Words;

/// Two versions of a text, compared.
#[derive(Debug)]
pub struct Compared<'t> {
    /// The old text.
    pub old: &'t str,
    /// Its words.
    pub old_words: &'t Words,
    /// The new text.
    pub new: &'t str,
    /// Its words.
    pub new_words: &'t Words,
    /// What became of each word.
    pub alignment: &'t Alignment,
}

/// Less of a passage than this is not the passage.
const LEAST_KEPT: f32 = 0.3;

/// A passage torn apart is where this much of it is.
const MOST_PART: f32 = 0.7;

/// How many words on each side are its surroundings.
const AROUND: usize = 6;

/// So many words in a row are told from all others by themselves.
const LONG: usize = 8;

impl Compared<'_> {
    /// Where the passage at `range` of the old text is in the new one; `None` when it is not surely anywhere.
    #[must_use]
    pub fn place(&self, range: TextRange) -> Option<TextRange> {
        let words = self.old_words.within(range);
        if words.is_empty() {
            return self.between(range, words.start);
        }
        let part = self.heaviest_part(words.clone())?;
        let edges = Edges { old: self.old, old_words: self.old_words, new: self.new, new_words: self.new_words };
        self.admits(&words, &part).then(|| edges.range(range, &words, part.first, part.last))?
    }

    /// The byte of the new text that is nearest to the place of a passage that is gone: where the words before it end, or those after it
    /// begin.
    #[must_use]
    pub fn near(&self, range: TextRange) -> usize {
        let words = self.old_words.within(range);
        let surely = |i: &usize| self.alignment.moved(*i) == 0 && matches!(self.alignment.to_new(*i), Some((_, Tie::Same)));
        let to = |i: usize| self.alignment.to_new(i).map_or(TextRange::empty(0), |(to, _)| self.new_words.all[to].range);
        let before = (0..words.start).rev().take(1000).find(surely);
        let after = (words.end..self.old_words.len()).take(1000).find(surely);
        match (before, after) {
            (Some(b), Some(a)) if words.start - b > a - words.end + 1 => to(a).start(),
            (Some(b), _) => to(b).end(),
            (None, Some(a)) => to(a).start(),
            (None, None) => 0,
        }
    }

    /// A passage without words (a dash, a mark): what stands between the same two neighbours, when that is the same.
    fn between(&self, range: TextRange, next: usize) -> Option<TextRange> {
        let before = next.checked_sub(1)?;
        let (a, b) = (self.alignment.to_new(before)?, self.alignment.to_new(next)?);
        if (a.1, b.1) != (Tie::Same, Tie::Same) || b.0 != a.0 + 1 {
            return None;
        }
        let within = TextRange::new(self.new_words.all[a.0].range.end(), self.new_words.all[b.0].range.start());
        edges::find_marks(range.of(self.old), self.new, within)
    }

    fn firm(&self, old: usize) -> Option<(usize, f32)> {
        let weight = self.old_words.all[old].weight() as f32;
        match self.alignment.to_new(old)? {
            (to, Tie::Same) => Some((to, weight)),
            (to, Tie::Alike) => Some((to, weight * self.old_words.likeness(old, self.new_words, to).max(0.6))),
            (_, Tie::Replaced) => None,
        }
    }

    /// The part of these words that stayed together, with what of it is kept. Words replaced at its ends belong to it.
    fn heaviest_part(&self, words: std::ops::Range<usize>) -> Option<Part> {
        let total: f32 = words.clone().map(|i| self.old_words.all[i].weight() as f32).sum();
        let far = words.len() * 2 + 24;
        let mut parts: Vec<Part> = Vec::new();
        for i in words.clone() {
            let Some((to, tie)) = self.alignment.to_new(i) else { continue };
            let kept = self.firm(i).map_or(0.0, |f| f.1) / total;
            let passage = self.alignment.moved(i);
            // A passage set between two others leaves the others whole: looked for among all parts.
            let together = |p: &&mut Part| p.passage == passage && to > p.last && to - p.last <= far;
            match parts.iter_mut().rev().take(8).find(together) {
                Some(part) => {
                    part.last = to;
                    part.kept += kept;
                    part.same &= tie == Tie::Same && to == part.first + (i - words.start);
                    part.tied += 1;
                }
                None => {
                    let same = tie == Tie::Same && i == words.start;
                    parts.push(Part { first: to, last: to, passage, kept, same, tied: 1 });
                }
            }
        }
        let whole: f32 = parts.iter().map(|p| p.kept).sum();
        let mut best =
            parts.into_iter().max_by(|a, b| (a.kept, a.tied).partial_cmp(&(b.kept, b.tied)).unwrap_or(std::cmp::Ordering::Equal))?;
        best.same &= best.tied == words.len();
        (whole <= 0.0 || best.kept / whole >= MOST_PART).then_some(best)
    }

    fn admits(&self, words: &std::ops::Range<usize>, part: &Part) -> bool {
        let around = self.around(words, part);
        if part.passage != 0 {
            return part.same && (words.len() >= LONG || around.holds()) || part.kept >= 0.8 && around.both() >= 6;
        }
        if part.same {
            return words.len() >= LONG || around.holds() || around.whole;
        }
        if part.kept >= LEAST_KEPT {
            let stretched = part.kept < 0.9 && part.last - part.first > words.len() * 2 + 8;
            return !stretched && around.both() >= 4 || part.kept >= 0.9 && words.len() >= LONG;
        }
        // Replaced where it stood: the surroundings must be there, on both sides and at once.
        part.kept <= 0.0 && part.tied == words.len() && around.before >= 4 && around.after >= 4 && around.close
    }

    /// How much of a passage's surroundings is around its place.
    fn around(&self, words: &std::ops::Range<usize>, part: &Part) -> Around {
        let room = AROUND * 4 + words.len();
        let passage = |i: usize| self.alignment.moved(i) == part.passage;
        let before = |i: &usize| passage(*i) && self.firm(*i).is_some_and(|(to, _)| to < part.first && part.first - to <= room);
        let after = |i: &usize| passage(*i) && self.firm(*i).is_some_and(|(to, _)| to > part.last && to - part.last <= room);
        let (first, end) = (words.start.saturating_sub(AROUND), (words.end + AROUND).min(self.old_words.len()));
        let next_to = |i: usize, to: usize| self.alignment.to_new(i) == Some((to, Tie::Same));
        Around {
            before: (first..words.start).filter(before).count(),
            after: (words.end..end).filter(after).count(),
            close: words.start > 0 && part.first > 0 && next_to(words.start - 1, part.first - 1) && next_to(words.end, part.last + 1),
            touches: words.start > 0 && part.first > 0 && next_to(words.start - 1, part.first - 1) || next_to(words.end, part.last + 1),
            whole: first == 0 && end == self.old_words.len() && words.len() * 2 >= end,
        }
    }
}

/// Words of a passage that stayed together.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// The first and the last of the new words.
    first: usize,
    last: usize,
    /// The moved passage they belong to.
    passage: u32,
    /// Which share of the passage they keep.
    kept: f32,
    /// All of it, word for word.
    same: bool,
    /// How many words have a counterpart.
    tied: usize,
}

struct Around {
    before: usize,
    after: usize,
    /// The words right before and right after are there and right there.
    close: bool,
    /// Those on one side are.
    touches: bool,
    /// There is nothing around: the passage is most of the text.
    whole: bool,
}

impl Around {
    fn both(&self) -> usize {
        self.before + self.after
    }

    /// Enough for a few words to be told from the same words elsewhere.
    fn holds(&self) -> bool {
        self.both() >= 4 || self.touches && self.both() >= 2
    }
}
