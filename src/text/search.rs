//! Finding words as readers mean them: case, typographic quotes, dashes, spaces and line wraps count as one (see [`super::fold`]).

use super::TextRange;
use super::fold::fold_letter;
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
    rare: Option<Rare>,
}

/// The rarest of the ASCII letters and digits that the query begins with: what a search skips to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rare {
    /// So many characters before it.
    offset: usize,
    lower: u8,
    upper: u8,
}

impl Rare {
    /// So many characters are looked at.
    const LONGEST: usize = 16;

    fn of(folded: &[char]) -> Option<Self> {
        /// English letters, the most frequent first.
        const FREQUENT: &str = "etaoinsrhldcumfpgwybvkxjqz";
        let plain = folded.iter().take(Self::LONGEST).take_while(|c| c.is_ascii_alphanumeric());
        let (offset, c) = plain.enumerate().max_by_key(|(_, c)| FREQUENT.find(**c).unwrap_or(FREQUENT.len()))?;
        let lower = u8::try_from(*c).ok()?;
        Some(Self { offset, lower, upper: lower.to_ascii_uppercase() })
    }
}

impl Needle {
    /// Bytes that are looked through at once, at first.
    const STEP: usize = 256;

    /// Folds `query`; `None` when nothing is left of it.
    #[must_use]
    pub fn new(query: &str) -> Option<Self> {
        let mut folded: Vec<char> = Vec::new();
        for c in query.chars() {
            fold_letter(c, &mut |f| {
                if !(f == ' ' && folded.last() == Some(&' ')) {
                    folded.push(f);
                }
            });
        }
        let rare = Rare::of(&folded);
        (folded.iter().any(|&c| c != ' ')).then_some(Self { folded, rare })
    }

    /// The first match that starts in `within`, whose ends lie between characters. It may end behind it.
    #[must_use]
    pub fn first(&self, text: &str, within: TextRange) -> Option<TextRange> {
        let Some(Rare { offset, lower, upper }) = self.rare else { return self.first_of(text, within, within.start()..within.end()) };
        let bytes = text.as_bytes();
        let limit = (within.end() + offset).min(bytes.len());
        let (mut at, mut step) = (within.start(), Self::STEP);
        while at < within.end() {
            // In growing steps: where the letter is far and wider characters are many, all of the text would be read for each of them.
            let end = (at + offset + step).min(limit);
            let hit = bytes.get(at + offset..end).and_then(|rest| memchr::memchr2(lower, upper, rest)).map(|d| at + d);
            // Up to the letter all is ASCII, a byte a character; or there is a wider character, and the match may hold it.
            let ahead = at..hit.map_or(end, |start| start + offset);
            let wide = bytes.get(ahead).filter(|b| !b.is_ascii()).and_then(|b| b.iter().position(|b| !b.is_ascii()));
            if let Some(wide) = wide.map(|d| at + d) {
                if let Some(found) = self.first_of(text, within, wide.saturating_sub(offset).max(at)..wide + 1) {
                    return Some(found);
                }
                (at, step) = (wide + 1, Self::STEP);
                continue;
            }
            let Some(start) = hit else {
                if end == limit {
                    return None;
                }
                (at, step) = (end - offset, step * 2);
                continue;
            };
            // Most places with that letter differ in the letters before it already.
            let before = bytes.get(start..start + offset).unwrap_or_default();
            let differs = before.iter().zip(&self.folded).any(|(b, c)| char::from(b.to_ascii_lowercase()) != *c);
            if let Some(end) = if differs { None } else { self.matches_at(text, start) } {
                return Some(TextRange::new(start, end));
            }
            at = start + 1;
        }
        None
    }

    /// The first match that starts at one of `starts`, which begin within the text, and within `within`.
    fn first_of(&self, text: &str, within: TextRange, starts: std::ops::Range<usize>) -> Option<TextRange> {
        let starts = starts.start..starts.end.min(within.end());
        let mut starts = starts.filter(|&at| text.is_char_boundary(at));
        starts.find_map(|at| self.matches_at(text, at).map(|end| TextRange::new(at, end)))
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
            fold_letter(c, &mut |f| {
                if f == ' ' && last_space {
                    return;
                }
                last_space = f == ' ';
                let wanted = want.next();
                // Who types a double mark means a quotation; the marks of one inside another, and of a headline, are single.
                let as_mark = || wanted == Some(&'"') && f == '\'' && is_mark(text, at + i, c);
                same = same && (wanted == Some(&f) || as_mark());
            });
            // No match begins with a mark on the letter before it, or with a soft hyphen.
            if !same || i == 0 && want.len() == self.folded.len() {
                return None;
            }
            if want.peek().is_none() {
                // The marks on its last letter belong to the match.
                let end = i + c.len_utf8();
                let marks = TextRange::new(end, tail.len()).of(tail).chars();
                let marks = marks.take_while(|c| unicode_normalization::char::is_combining_mark(*c)).map(char::len_utf8);
                return Some(at + end + marks.sum::<usize>());
            }
        }
        None
    }
}

/// True for a single mark at byte `at` that is no apostrophe within a word: something else than a letter or digit stands on one side of it.
fn is_mark(text: &str, at: usize, mark: char) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = TextRange::new(0, at).of(text).chars().next_back();
    let after = TextRange::new(at + mark.len_utf8(), text.len()).of(text).chars().next();
    !(letter(before) && letter(after))
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
    fn a_double_mark_finds_single_ones_that_are_no_apostrophes() {
        let text = "A ‘very positive’ call: “very positive”, said «very positive». It’s 'fine', he’d say.";
        assert_eq!(found(text, "\"very positive\""), ["‘very positive’", "“very positive”", "«very positive»"]);
        assert_eq!(found(text, "\"fine"), ["'fine"]);
        assert_eq!((found(text, "it\"s").len(), found(text, "\"d say").len()), (0, 0), "apostrophes are none");
        assert_eq!(found(text, "'very"), ["‘very"], "who types a single mark means one");
    }

    #[test]
    fn diacritics_do_not_matter() {
        let text = "Viktor Orbán met Orba\u{301}n in Łódź. ÉCONOMIE, Straße, Ångström, Δημοκρατία, Йод.";
        assert_eq!(found(text, "orban"), ["Orbán", "Orba\u{301}n"]);
        assert_eq!(found(text, "Orbán"), ["Orbán", "Orba\u{301}n"]);
        assert_eq!(found(text, "orba"), ["Orbá", "Orba\u{301}"]);
        assert_eq!(
            (found(text, "lodz"), found(text, "economie"), found(text, "strasse")),
            (vec!["Łódź".into()], vec!["ÉCONOMIE".into()], vec!["Straße".into()])
        );
        assert_eq!(
            (found(text, "angstrom"), found(text, "δημοκρατια"), found(text, "иод")),
            (vec!["Ångström".into()], vec!["Δημοκρατία".into()], vec!["Йод".into()])
        );
    }

    #[test]
    fn a_rare_letter_is_not_looked_for_from_every_wide_character_to_the_end() {
        let text = "é ".repeat(400_000);
        let whole = TextRange::new(0, text.len());
        let began = std::time::Instant::now();
        assert_eq!(Needle::new("q").expect("a letter").first(&text, whole), None);
        assert_eq!(Needle::new("e").expect("a letter").all(&text, whole).count(), 400_000);
        // The square of its length would be minutes.
        assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
    }

    proptest::proptest! {
        /// What skips to the rarest letter finds what looking at every character finds.
        #[test]
        fn no_match_is_skipped(text in "([a-cxé“’ \u{301}\u{ad}A-CX\n.]{0,60}|[ab ]{200,600}){0,4}", query in "[a-cxé’ .]{1,6}", from in 0..900_usize, to in 0..900_usize) {
            let Some(needle) = Needle::new(&query) else { return Ok(()) };
            let fit = |n: usize| (0..=n.min(text.len())).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
            let within = TextRange::new(fit(from.min(to)), fit(from.max(to)));
            let plain = Needle { rare: None, ..needle.clone() };
            proptest::prop_assert_eq!(needle.first(&text, within), plain.first(&text, within));
        }
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
