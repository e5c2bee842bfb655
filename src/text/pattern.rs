//! Regular expressions over folded text: case, kinds of quotation marks, dashes, spaces and line wraps count as one there too.

use regex_lite::{Regex, RegexBuilder};

use super::fold::Folded;
use super::{TextRange, grapheme};

/// A compiled expression. It takes time in proportion to its own size and that of the text, whatever they are.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// The longest expression, in bytes: searching costs its length times that of the text.
const LONGEST: usize = 200;
/// The most memory of a compiled expression, in bytes: `x{900}{900}` is refused.
const LARGEST: usize = 64 * 1024;
/// A giant paragraph is looked at in pieces of this many bytes, cut at a space.
const PIECE: usize = 64 * 1024;

impl Pattern {
    /// Compiles an expression. Letters stand for themselves in either case.
    ///
    /// # Errors
    /// What is wrong, in a few words.
    pub fn new(written: &str) -> Result<Self, String> {
        if written.len() > LONGEST {
            return Err(format!("the expression is longer than {LONGEST} bytes"));
        }
        let regex = RegexBuilder::new(written).case_insensitive(true).size_limit(LARGEST).build();
        regex.map(Self).map_err(|why| why.to_string().lines().last().unwrap_or("no regular expression").to_owned())
    }

    /// True when it is in `text`, of which no more than the first piece is looked at.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let end = grapheme::floor(text, PIECE.min(text.len()));
        self.0.is_match(&Folded::new(TextRange::new(0, end).of(text)).text)
    }

    /// All matches in a range, a paragraph: `^` and `$` are its ends. They do not overlap and are not empty; their ends lie on grapheme boundaries.
    pub fn all(&self, text: &str, within: TextRange) -> Vec<TextRange> {
        self.all_while(text, within, &mut || true)
    }

    /// The same, as long as `go_on` says so: it is asked before each piece of a giant paragraph.
    pub fn all_while(&self, text: &str, within: TextRange, go_on: &mut dyn FnMut() -> bool) -> Vec<TextRange> {
        let mut found = Vec::new();
        let mut from = within.start();
        while from < within.end() && go_on() {
            let to = piece(text, from, within.end());
            let folded = Folded::new(TextRange::new(from, to).of(text));
            for hit in self.0.find_iter(&folded.text).filter(|hit| !hit.is_empty()) {
                let start = grapheme::floor(text, from + folded.to_original(hit.start()));
                let end = from + folded.to_original(hit.end());
                let floor = grapheme::floor(text, end);
                let end = if floor < end || floor == start { grapheme::next(text, floor) } else { floor };
                found.push(TextRange::new(start, end.min(within.end()).max(start)));
            }
            from = to;
        }
        found
    }
}

/// Where the piece that begins at `from` ends.
fn piece(text: &str, from: usize, end: usize) -> usize {
    if end - from <= PIECE {
        return end;
    }
    let most = grapheme::floor(text, from + PIECE).max(grapheme::next(text, from));
    let space = TextRange::new(from, most).of(text).rfind(' ').filter(|at| *at > PIECE / 2);
    space.map_or(most, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, written: &str) -> Vec<String> {
        let all = Pattern::new(written).expect("an expression").all(text, TextRange::new(0, text.len()));
        all.into_iter().map(|r| r.of(text).to_owned()).collect()
    }

    #[test]
    fn matches_what_readers_do_not_type() {
        let text = "From 4 per\u{a0}cent to\n16 PER CENT, he said: “no–one”… e\u{301}t\u{e9}";
        assert_eq!(found(text, r"\d+ per cent"), ["4 per\u{a0}cent", "16 PER CENT"]);
        assert_eq!(found(text, "\"no-one\"\\.+"), ["“no–one”…"]);
        assert_eq!(found(text, "to \\d"), ["to\n1"]);
        assert_eq!(found(text, "^from|ET"), ["From"], "e with a mark is no e");
        assert_eq!(found(text, "x*"), [""; 0]);
        assert_eq!(found(text, " e"), [" e\u{301}"], "a grapheme is not cut");
    }

    #[test]
    fn what_costs_too_much_is_refused() {
        for written in ["(a", "a{900}{900}", "[", &"a".repeat(201)] {
            assert!(Pattern::new(written).is_err_and(|why| !why.is_empty() && !why.contains('\n')), "{written}");
        }
    }

    #[test]
    fn a_giant_paragraph_is_searched_in_pieces_and_nothing_is_lost_at_a_space() {
        let text = "needle ".repeat(40_000);
        assert_eq!(found(&text, "needle").len(), 40_000);
        let one = "a".repeat(300_000);
        assert_eq!(found(&one, "a{7}").len(), 300_000 / PIECE * (PIECE / 7) + (300_000 % PIECE) / 7);
    }
}
