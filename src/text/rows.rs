//! Rows: how a stretch of text breaks at a width. Greedy; trailing spaces hang; words longer than a row are cut between graphemes.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::TextRange;
use super::grapheme;

/// The longest stretch that is laid out at once, in bytes: laying out a line of 1 MB whole would cost every resize 16 ms.
pub const SEGMENT: usize = 4096;

/// Where a word may be broken; drawn as a hyphen at the end of a row, and not at all inside one.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// Breaks `range` of `text` into rows at most `width` columns wide (a width under 2 counts as 2, so that a wide character fits).
///
/// Line feeds end a row when `keep_newlines` is set and count as spaces otherwise. The rows tile the range: the first starts at its
/// start, each starts where the last ended, the last ends at its end. An empty range has one empty row.
#[must_use]
pub fn rows(text: &str, range: TextRange, width: usize, keep_newlines: bool) -> Vec<TextRange> {
    rows_with_signs(text, range, (width, 0), keep_newlines, &[])
}

/// As [`rows`], with room for `signs` that are drawn between the words: each a byte of the text, behind which so many columns are taken.
/// They stand in ascending order. The first row may be so many columns wider than `width`: the others hang.
#[must_use]
pub fn rows_with_signs(
    text: &str,
    range: TextRange,
    (width, hang): (usize, usize),
    keep_newlines: bool,
    signs: &[(usize, usize)],
) -> Vec<TextRange> {
    let width = width.max(2);
    let piece = range.of(text);
    let mut rows = Rows {
        text: piece,
        signs,
        width: width + hang,
        hang,
        list: Vec::with_capacity(piece.len() / width + 1),
        base: range.start(),
        start: 0,
        used: 0,
    };
    let mut from = 0;
    // The line breaker ends every line feed's line, so soft line feeds are shown to it as spaces.
    let soft = !keep_newlines && piece.contains('\n');
    let owned = if soft { Some(piece.replace('\n', " ")) } else { None };
    for (end, kind) in linebreaks(owned.as_deref().unwrap_or(piece)) {
        // A mark that stands on a space begins a word for the line breaker, and is one grapheme with the space for everybody else.
        if end < piece.len() && grapheme::floor(piece, end) != end {
            continue;
        }
        rows.add(from, end);
        if kind == BreakOpportunity::Mandatory && end < piece.len() {
            rows.end_row(end);
        }
        from = end;
    }
    rows.list.push(TextRange::new(rows.base + rows.start, range.end()));
    rows.list
}

/// The columns that signs take behind the bytes of `range`: those at its start belong to what stands before it.
#[must_use]
pub fn sign_columns(signs: &[(usize, usize)], range: TextRange) -> usize {
    if signs.is_empty() {
        return 0;
    }
    let from = signs.partition_point(|(at, _)| *at <= range.start());
    signs.iter().skip(from).take_while(|(at, _)| *at <= range.end()).map(|(_, columns)| columns).sum()
}

struct Rows<'t> {
    text: &'t str,
    signs: &'t [(usize, usize)],
    /// Columns of the current row.
    width: usize,
    /// Columns that the rows behind the first have fewer.
    hang: usize,
    list: Vec<TextRange>,
    base: usize,
    start: usize,
    used: usize,
}

impl Rows<'_> {
    fn end_row(&mut self, at: usize) {
        self.list.push(TextRange::new(self.base + self.start, self.base + at));
        (self.start, self.used) = (at, 0);
        self.width -= std::mem::take(&mut self.hang);
    }

    /// Columns of the signs behind `from..end`.
    fn columns_of_signs(&self, from: usize, end: usize) -> usize {
        if self.signs.is_empty() { 0 } else { sign_columns(self.signs, TextRange::new(self.base + from, self.base + end)) }
    }

    /// Adds the unbreakable chunk `from..end`, with its trailing spaces.
    fn add(&mut self, from: usize, end: usize) {
        let chunk = TextRange::new(from, end).of(self.text);
        let signs = self.columns_of_signs(from, end);
        // The hyphen is drawn if the row ends here, and something that takes room follows if it does not.
        let hyphen = usize::from(chunk.ends_with(SOFT_HYPHEN));
        let ink = grapheme::text_width(chunk.trim_end()) + signs + hyphen;
        if self.used + ink > self.width && self.used > 0 {
            self.end_row(from);
        }
        if ink > self.width {
            self.cut(from, chunk);
        } else {
            self.used += grapheme::text_width(chunk) + signs;
        }
    }

    /// Cuts a chunk that is wider than a row.
    fn cut(&mut self, from: usize, chunk: &str) {
        let ink_end = from + chunk.trim_end().len();
        for (at, g) in grapheme::each(chunk) {
            let w = grapheme::width(g) + self.columns_of_signs(from + at, from + at + g.len());
            if self.used + w > self.width && self.used > 0 && from + at < ink_end {
                self.end_row(from + at);
            }
            self.used += w;
        }
    }
}

/// The row of `rows` that holds byte `at`: the last that starts at or before it.
#[must_use]
pub fn row_of(rows: &[TextRange], at: usize) -> usize {
    rows.partition_point(|r| r.start() <= at).saturating_sub(1)
}

/// Cuts `range` into segments of at most about [`SEGMENT`] bytes, at sentence ends or spaces when there are any, always between graphemes.
/// They tile the range.
#[must_use]
pub fn segments(text: &str, range: TextRange) -> Vec<TextRange> {
    let mut list = Vec::with_capacity(range.len() / SEGMENT + 1);
    let mut start = range.start();
    while range.end() - start > SEGMENT + SEGMENT / 4 {
        let cut = segment_end(text, start, start + SEGMENT);
        list.push(TextRange::new(start, cut));
        start = cut;
    }
    list.push(TextRange::new(start, range.end()));
    list
}

/// The best place to cut before `limit`: after a sentence, else after a space, else on a grapheme boundary.
fn segment_end(text: &str, start: usize, limit: usize) -> usize {
    let limit = grapheme_floor_near(text, start, limit);
    let window = TextRange::new(start, limit).of(text).as_bytes();
    let half = window.len() / 2;
    let space_after = |i: &usize| window[*i] == b' ' || window[*i] == b'\n';
    let sentence = (half..window.len()).rev().find(|i| space_after(i) && matches!(window[i - 1], b'.' | b'!' | b'?'));
    let space = || (half..window.len()).rev().find(space_after);
    sentence.or_else(space).map_or(limit, |i| start + i + 1)
}

/// A grapheme boundary at or before `at`, found by walking from a nearby safe place, so that one grapheme of a megabyte cannot cost more than it holds.
fn grapheme_floor_near(text: &str, start: usize, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let from = at.saturating_sub(64).max(start);
    let from = (from..at).find(|&i| text.is_char_boundary(i)).unwrap_or(start);
    let window = TextRange::new(from, at).of(text);
    // The last grapheme of the window may go on behind it: cut before it, unless that leaves nothing.
    let last = grapheme::each_back(window).next().map_or(at, |(i, _)| from + i);
    if last > start { last } else { grapheme::next(text, start) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn broken(text: &str, width: usize) -> Vec<&str> {
        rows(text, TextRange::new(0, text.len()), width, false).into_iter().map(|r| r.of(text)).collect()
    }

    #[test]
    fn breaks_at_words_and_lets_spaces_hang() {
        assert_eq!(broken("the quick brown fox", 10), ["the quick ", "brown fox"]);
        assert_eq!(broken("", 10), [""]);
        assert_eq!(broken("hard\nwrapped text", 12), ["hard\nwrapped ", "text"]);
        assert_eq!(broken("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(broken("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(broken("in 2–3 per\u{a0}cent", 8), ["in 2–3 ", "per\u{a0}cent"]);
    }

    #[test]
    fn hyphens_break_after_themselves_and_no_break_hyphens_never() {
        assert_eq!(broken("a well-known man", 7), ["a well-", "known ", "man"]);
        assert_eq!(broken("a well\u{2010}known man", 7), ["a well\u{2010}", "known ", "man"]);
        assert_eq!(broken("a well\u{ad}known man", 8), ["a well\u{ad}", "known ", "man"], "a soft hyphen is drawn, so it takes a column");
        assert_eq!(broken("a well\u{2011}known", 11), ["a ", "well\u{2011}known"]);
        assert_eq!(broken("from -5 to \u{2212}7", 6), ["from ", "-5 to ", "\u{2212}7"], "a sign stays with its number");
        assert_eq!(broken("yes \u{2014} no \u{2014} so", 6), ["yes \u{2014} ", "no \u{2014} ", "so"], "a dash begins no row");
        assert_eq!(broken("a 90\u{202f}% rise", 5), ["a ", "90\u{202f}% ", "rise"]);
    }

    #[test]
    fn rows_hang() {
        let text = "• one two three four five";
        let rows = rows_with_signs(text, TextRange::new(0, text.len()), (9, 2), false, &[]);
        assert_eq!(rows.iter().map(|r| r.of(text)).collect::<Vec<_>>(), ["• one two ", "three ", "four five"]);
    }

    #[test]
    fn soft_hyphens_take_a_column_where_a_row_ends() {
        assert_eq!(broken("well\u{ad}known", 9), ["well\u{ad}known"], "none inside a row");
        assert_eq!(broken("a well\u{ad}known", 7), ["a well\u{ad}", "known"]);
        assert_eq!(broken("a well\u{ad}known", 6), ["a ", "well\u{ad}", "known"], "no room for the hyphen");
        assert_eq!(grapheme::text_width("Bundes\u{ad}tag"), 9);
    }

    #[test]
    fn east_asian_punctuation_stays_with_its_words() {
        assert_eq!(broken("漢字漢字。漢字", 8), ["漢字漢", "字。漢字"], "no row begins with a full stop");
        assert_eq!(broken("漢字漢「漢字」", 8), ["漢字漢", "「漢字」"], "no row ends with an opening bracket");
        assert_eq!(broken("ーっと漢字、漢字", 10), ["ーっと漢", "字、漢字"], "no comma either");
    }

    #[test]
    fn joined_emoji_flags_and_marks_are_never_cut() {
        assert_eq!(broken("👩‍👩‍👧👩‍👩‍👧", 3), ["👩‍👩‍👧", "👩‍👩‍👧"]);
        assert_eq!(broken("🇩🇪🇫🇷🇮🇹", 4), ["🇩🇪🇫🇷", "🇮🇹"]);
        assert_eq!(broken("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(broken("ab \u{301}cd", 3), ["ab \u{301}", "cd"]);
    }

    #[test]
    fn right_to_left_words_break_as_others_do() {
        assert_eq!(broken("שלום עולם טוב", 9), ["שלום עולם ", "טוב"]);
        assert_eq!(broken("مرحبا بالعالم", 8), ["مرحبا ", "بالعالم"]);
    }

    #[test]
    fn kept_newlines_end_rows() {
        let text = "a\n\nb";
        let got: Vec<_> = rows(text, TextRange::new(0, 4), 10, true).into_iter().map(|r| r.of(text)).collect();
        assert_eq!(got, ["a\n", "\n", "b"]);
    }

    #[test]
    fn signs_between_the_words_take_room() {
        let text = "one two three four";
        let at = |width, signs: &[(usize, usize)]| -> Vec<&str> {
            rows_with_signs(text, TextRange::new(0, text.len()), (width, 0), false, signs).into_iter().map(|r| r.of(text)).collect()
        };
        assert_eq!(at(13, &[]), ["one two three ", "four"]);
        assert_eq!(at(13, &[(7, 3)]), ["one two ", "three four"], "two[1] and three do not fit");
        assert_eq!(at(4, &[(13, 3)]), ["one ", "two ", "thre", "e ", "four"]);
        assert_eq!(sign_columns(&[(3, 3), (7, 4)], TextRange::new(3, 7)), 4);
    }

    proptest! {
        #[test]
        fn rows_tile_and_fit(text in "(\\PC|[a-z \n]|漢|👩‍👧|e\u{301}| \u{301}|\u{ad}|\u{600}){0,120}", width in 0usize..40, keep: bool) {
            let range = TextRange::new(0, text.len());
            let list = rows(&text, range, width, keep);
            prop_assert_eq!(list[0].start(), 0);
            prop_assert_eq!(list[list.len() - 1].end(), text.len());
            for pair in list.windows(2) {
                prop_assert_eq!(pair[0].end(), pair[1].start());
            }
            for row in list {
                prop_assert_eq!(grapheme::floor(&text, row.start()), row.start(), "a row begins with a whole grapheme");
                let ink = row.of(&text).trim_end();
                let wide = grapheme::text_width(ink);
                prop_assert!(wide <= width.max(2) || grapheme::each(ink).filter(|(_, g)| grapheme::width(g) > 0).count() == 1, "{:?} is {} wide", ink, wide);
            }
        }

        #[test]
        fn segments_tile(text in "([a-z. ]|漢|e\u{301}){0,9000}") {
            let list = segments(&text, TextRange::new(0, text.len()));
            prop_assert_eq!(list[0].start(), 0);
            prop_assert_eq!(list[list.len() - 1].end(), text.len());
            for pair in list.windows(2) {
                prop_assert_eq!(pair[0].end(), pair[1].start());
                prop_assert!(!pair[0].is_empty());
            }
        }
    }
}
