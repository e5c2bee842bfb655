//! Finding words as readers mean them: case, typographic quotes, dashes, spaces and line wraps count as one (see [`super::fold`]).

use super::TextRange;
use super::fold::fold_char;
use super::pattern::Pattern;

/// What is looked for: words, or behind a `~` a regular expression. `~~` is a `~` that is meant.
#[derive(Debug, Clone)]
pub enum Query {
    /// Words.
    Words(Needle),
    /// A regular expression.
    Pattern(Pattern),
}

impl Query {
    /// Reads what is typed; `None` when there is nothing to look for yet.
    ///
    /// # Errors
    /// What is wrong with the expression.
    pub fn new(typed: &str) -> Result<Option<Self>, String> {
        match typed.strip_prefix('~') {
            Some("") => Ok(None),
            Some(rest) if !rest.starts_with('~') => Pattern::new(rest).map(|pattern| Some(Self::Pattern(pattern))),
            Some(words) => Ok(Needle::new(words).map(Self::Words)),
            None => Ok(Needle::new(typed).map(Self::Words)),
        }
    }

    /// All that is found in a paragraph.
    pub fn all(&self, text: &str, within: TextRange) -> Vec<TextRange> {
        match self {
            Self::Words(needle) => needle.all(text, within).collect(),
            Self::Pattern(pattern) => pattern.all(text, within),
        }
    }

    /// True when it is in a short text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Words(needle) => needle.first(text, TextRange::new(0, text.len())).is_some(),
            Self::Pattern(pattern) => pattern.is_in(text),
        }
    }
}

/// A query, folded once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    folded: Vec<char>,
}

impl Needle {
    /// Folds `query`; `None` when nothing is left of it.
    #[must_use]
    pub fn new(query: &str) -> Option<Self> {
        let mut folded: Vec<char> = Vec::new();
        for c in query.chars() {
            fold_char(c, &mut |f| {
                if !(f == ' ' && folded.last() == Some(&' ')) {
                    folded.push(f);
                }
            });
        }
        (folded.iter().any(|&c| c != ' ')).then_some(Self { folded })
    }

    /// The first match that starts in `within`, whose ends lie between characters. It may end behind it.
    #[must_use]
    pub fn first(&self, text: &str, within: TextRange) -> Option<TextRange> {
        let bytes = text.as_bytes();
        let first = *self.folded.first()?;
        let mut at = within.start();
        if first.is_ascii_alphanumeric() {
            let (a, b) = (first as u8, first.to_ascii_uppercase() as u8);
            while at < within.end() {
                let candidates = &bytes[at..within.end()];
                at += memchr::memchr2(a, b, candidates)?;
                if let Some(end) = self.matches_at(text, at) {
                    return Some(TextRange::new(at, end));
                }
                at += 1;
            }
            return None;
        }
        for (i, _) in within.of(text).char_indices() {
            if let Some(end) = self.matches_at(text, within.start() + i) {
                return Some(TextRange::new(within.start() + i, end));
            }
        }
        None
    }

    /// The last match that starts in `within`.
    #[must_use]
    pub fn last(&self, text: &str, within: TextRange) -> Option<TextRange> {
        // Back in growing steps, so that a near match is found without reading everything before it.
        let (mut end, mut step) = (within.end(), 16 * 1024);
        while end > within.start() {
            let mut start = end.saturating_sub(step).max(within.start());
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            if let Some(found) = self.all(text, TextRange::new(start, end)).last() {
                return Some(found);
            }
            end = start;
            step *= 2;
        }
        None
    }

    /// All matches that start in `within`, not overlapping.
    pub fn all<'a>(&'a self, text: &'a str, within: TextRange) -> impl Iterator<Item = TextRange> + 'a {
        let mut from = within.start();
        std::iter::from_fn(move || {
            if from >= within.end() {
                return None;
            }
            let found = self.first(text, TextRange::new(from, within.end()))?;
            from = found.end().max(found.start() + 1);
            Some(found)
        })
    }

    /// The end of the match that starts at byte `at`, if there is one.
    fn matches_at(&self, text: &str, at: usize) -> Option<usize> {
        let mut want = self.folded.iter().peekable();
        let mut last_space = false;
        let tail = TextRange::new(at, text.len()).of(text);
        for (i, c) in tail.char_indices() {
            let mut same = true;
            fold_char(c, &mut |f| {
                if f == ' ' && last_space {
                    return;
                }
                last_space = f == ' ';
                same = same && want.next() == Some(&f);
            });
            if !same {
                return None;
            }
            if want.peek().is_none() {
                return Some(at + i + c.len_utf8());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let needle = Needle::new(query).expect("a query");
        needle.all(text, TextRange::new(0, text.len())).map(|r| r.of(text).to_owned()).collect()
    }

    #[test]
    fn a_tilde_begins_an_expression_and_two_are_one_that_is_meant() {
        let found = |typed: &str| Query::new(typed).map(|q| q.map(|q| q.all("~ 20 a.c abc", TextRange::new(0, 12)).len()));
        assert_eq!(found("~a.c"), Ok(Some(2)));
        assert_eq!(found("a.c"), Ok(Some(1)));
        assert_eq!(found("~~ 20"), Ok(Some(1)));
        assert_eq!((found("~"), found(" ")), (Ok(None), Ok(None)));
        assert!(found("~(").is_err());
    }

    #[test]
    fn folds_what_readers_do_not_type() {
        let text = "He said “we’re\n  likely” – WE'RE LIKELY.";
        assert_eq!(found(text, "we're likely"), ["we’re\n  likely", "WE'RE LIKELY"]);
        assert_eq!(found(text, "\"we"), ["“we"]);
        assert_eq!(found("5–10 per\u{a0}cent", "5-10 per cent"), ["5–10 per\u{a0}cent"]);
        assert_eq!(found("wait… what", "..."), ["…"]);
        assert!(Needle::new("  ").is_none());
    }

    #[test]
    fn last_finds_the_nearest_before() {
        let text = format!("x{}x{}", "a".repeat(50_000), "b".repeat(40_000));
        let needle = Needle::new("x").expect("a query");
        let all = TextRange::new(0, text.len());
        assert_eq!(needle.last(&text, all).map(TextRange::start), Some(50_001));
        assert_eq!(needle.last(&text, TextRange::new(0, 50_001)).map(TextRange::start), Some(0));
    }
}
