//! Positions in the article text: UTF-8 bytes on grapheme boundaries, half-open.

use std::fmt;
use std::num::NonZeroU32;

/// A half-open range of UTF-8 byte offsets into one text.
///
/// Four bytes an end: ingest refuses texts of 4 GiB and more. `Option<TextRange>` takes no more: a long article has many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextRange {
    start: u32,
    /// One more than the end: never zero.
    behind: NonZeroU32,
}

impl TextRange {
    /// The range `start..end`, in bytes.
    ///
    /// # Panics
    /// If `start > end`, or if `end` does not fit in 32 bits.
    #[must_use]
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "inverted range {start}..{end}");
        let behind = u32::try_from(end).ok().and_then(|end| NonZeroU32::MIN.checked_add(end));
        // The start is not behind the end: what fits for one does for the other.
        Self { start: start as u32, behind: behind.expect("ingest refuses texts over 4 GiB") }
    }

    /// The empty range at `at`.
    #[must_use]
    #[inline]
    pub fn empty(at: usize) -> Self {
        Self::new(at, at)
    }

    /// First byte.
    #[must_use]
    #[inline]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    #[inline]
    pub fn end(self) -> usize {
        self.behind.get() as usize - 1
    }

    /// Length in bytes.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// True when the range holds no byte.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start() == self.end()
    }

    /// True when byte `at` lies in the range (the end does not).
    #[must_use]
    #[inline]
    pub fn contains(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// True when `other` lies wholly inside.
    #[must_use]
    #[inline]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.behind <= self.behind
    }

    /// True when the two share at least one byte.
    #[must_use]
    #[inline]
    pub fn overlaps(self, other: Self) -> bool {
        self.start() < other.end() && other.start() < self.end()
    }

    /// What both have; `None` when that is nothing.
    #[must_use]
    #[inline]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self { start: self.start.max(other.start), behind: self.behind.min(other.behind) };
        (both.start() < both.end()).then_some(both)
    }

    /// The smallest range that covers both.
    #[must_use]
    #[inline]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), behind: self.behind.max(other.behind) }
    }

    /// The text in the range. The only place that slices: `clippy::string_slice` finds every other.
    ///
    /// # Panics
    /// If an end lies outside `text` or inside a character.
    #[expect(clippy::string_slice, reason = "the one place where it is done")]
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// The range without white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let lead = inside.len() - inside.trim_start().len();
        let ink = inside.trim().len();
        Self::new(self.start() + lead, self.start() + lead + ink)
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextRange").field("start", &self.start).field("end", &self.end()).finish()
    }
}

impl From<std::ops::Range<usize>> for TextRange {
    fn from(r: std::ops::Range<usize>) -> Self {
        Self::new(r.start, r.end)
    }
}

#[cfg(test)]
mod tests {
    use super::TextRange as R;

    #[test]
    fn overlap_is_half_open() {
        assert!(R::new(0, 3).overlaps(R::new(2, 5)));
        assert!(!R::new(0, 3).overlaps(R::new(3, 5)));
        assert!(!R::new(2, 2).overlaps(R::new(2, 5)), "an empty range shares nothing");
    }

    #[test]
    fn no_range_takes_the_room_of_one() {
        assert_eq!((size_of::<R>(), size_of::<Option<R>>()), (8, 8));
        let last = u32::MAX as usize - 1;
        assert_eq!((R::new(0, last).end(), R::empty(0).end(), R::new(2, 5).len()), (last, 0, 3));
        assert_eq!(format!("{:?}", R::new(2, 5)), "TextRange { start: 2, end: 5 }");
    }

    #[test]
    #[should_panic(expected = "4 GiB")]
    fn positions_have_32_bits() {
        let _ = R::new(0, u32::MAX as usize);
    }

    #[test]
    fn trimmed_keeps_inner_space() {
        let text = "a  b c \u{a0}d";
        assert_eq!(R::new(1, 7).trimmed(text).of(text), "b c");
        assert_eq!(R::new(1, 3).trimmed(text).len(), 0);
    }
}
