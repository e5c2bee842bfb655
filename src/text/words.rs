//! A text as words that can be compared across versions: case, accents, kinds of quotation marks, spaces, soft hyphens and Markdown
//! marks do not count.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::TextRange;

/// One word: a run of letters, a run of digits, or a single sign of a script without spaces, a currency, an emoji.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Equal for words that fold to the same characters.
    pub key: u64,
    /// Where it stands in the text.
    pub range: TextRange,
    /// What stands before it: how much of a break that is.
    pub gap: Gap,
    /// Where its folded characters are in [`Words::folded`].
    folded: u32,
    folded_end: u32,
}

/// How much two words are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing or spaces.
    None,
    /// A comma, a dash, a bracket.
    Clause,
    /// The end of a sentence.
    Sentence,
    /// A line feed.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

impl Word {
    /// How much this word says, in folded bytes: long words say more than short ones, up to a point.
    #[must_use]
    pub fn weight(&self) -> u32 {
        (self.folded_end - self.folded).clamp(1, 10)
    }
}

/// The words of a text, in order.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The words.
    pub all: Vec<Word>,
    folded: String,
}

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A word by itself.
    Single,
    /// Part of whatever word is open; never compared.
    Ignored,
    /// Between words.
    Between,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '$' | '%' => Class::Single,
        '\0'..='\x7f' => Class::Between,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}' => Class::Ignored,
        // Thai to Myanmar, Khmer, kana, Han: written without spaces.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => {
            if is_combining_mark(c) {
                Class::Ignored
            } else {
                Class::Single
            }
        }
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Single,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        c if is_combining_mark(c) => Class::Ignored,
        c if c.is_whitespace() => Class::Between,
        // Currencies, arrows, symbols, emoji.
        '¢'..='¥' | '°' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => Class::Single,
        _ => Class::Between,
    }
}

impl Words {
    /// Reads a text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut reader = Reader { words: Self::default(), open: None, gap: Gap::Paragraph, feeds: 0 };
        reader.words.all.reserve(text.len() / 6);
        reader.words.folded.reserve(text.len());
        for (at, c) in text.char_indices() {
            reader.take(at, c);
        }
        reader.close();
        reader.words
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True for a text without words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The folded characters of a word.
    #[must_use]
    pub fn folded(&self, word: usize) -> &str {
        let word = &self.all[word];
        TextRange::new(word.folded as usize, word.folded_end as usize).of(&self.folded)
    }

    /// The words that share a byte with `range`.
    #[must_use]
    pub fn within(&self, range: TextRange) -> std::ops::Range<usize> {
        let from = self.all.partition_point(|w| w.range.end() <= range.start());
        let to = self.all.partition_point(|w| w.range.start() < range.end());
        from..to.max(from)
    }

    /// How alike two words are, from 0 to 1: the share of what they begin and end with alike.
    #[must_use]
    pub fn likeness(&self, word: usize, other: &Self, its: usize) -> f32 {
        let (a, b) = (&self.all[word], &other.all[its]);
        if a.key == b.key {
            return 1.0;
        }
        let (a, b) = (self.folded(word).as_bytes(), other.folded(its).as_bytes());
        let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
        if short * 2 < long || a[0].is_ascii_digit() || b[0].is_ascii_digit() {
            return 0.0;
        }
        let start = a.iter().zip(b).take(LOOKED_AT).take_while(|(x, y)| x == y).count();
        let end = a.iter().rev().zip(b.iter().rev()).take(LOOKED_AT).take_while(|(x, y)| x == y).count();
        (start + end).min(short) as f32 / long as f32
    }
}

/// Only so many bytes of each end are compared: words can be as long as an article.
const LOOKED_AT: usize = 64;

struct Reader {
    words: Words,
    /// The word that is being read: its class, and the state of its key.
    open: Option<(Class, FxHasher)>,
    gap: Gap,
    feeds: u8,
}

impl Reader {
    fn take(&mut self, at: usize, c: char) {
        match class(c) {
            Class::Ignored => {
                if self.open.is_some() {
                    self.reach(at + c.len_utf8());
                }
            }
            Class::Between => {
                self.close();
                self.between(c);
            }
            class => {
                if self.open.as_ref().is_none_or(|(open, _)| *open != class || class == Class::Single) {
                    self.close();
                    self.start(at, class);
                }
                self.fold(c);
                self.reach(at + c.len_utf8());
            }
        }
    }

    fn between(&mut self, c: char) {
        if c == '\n' {
            self.feeds = self.feeds.saturating_add(1);
        }
        let gap = match c {
            '\n' if self.feeds > 1 => Gap::Paragraph,
            '\n' => Gap::Line,
            '.' | '!' | '?' | '…' => Gap::Sentence,
            c if c.is_whitespace() => Gap::None,
            '*' | '_' | '\'' | '’' => Gap::None,
            _ => Gap::Clause,
        };
        self.gap = self.gap.max(gap);
    }

    fn start(&mut self, at: usize, class: Class) {
        let folded = u32::try_from(self.words.folded.len()).expect("texts are under 4 GiB");
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        self.feeds = 0;
        self.words.all.push(Word { key: 0, range: TextRange::empty(at), gap, folded, folded_end: folded });
        self.open = Some((class, FxHasher::default()));
    }

    fn fold(&mut self, c: char) {
        let Some((_, hasher)) = &mut self.open else { return };
        let folded = &mut self.words.folded;
        let mut put = |c: char| {
            hasher.write_u32(u32::from(c));
            folded.push(c);
        };
        if c.is_ascii() {
            put(c.to_ascii_lowercase());
            return;
        }
        let start = c;
        let mut any = false;
        decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                any = true;
                part.to_lowercase().filter(|l| !is_combining_mark(*l)).for_each(&mut put);
            }
        });
        if !any {
            put(start);
        }
    }

    /// The open word goes on to here.
    fn reach(&mut self, to: usize) {
        if let Some(word) = self.words.all.last_mut() {
            word.range = TextRange::new(word.range.start(), to);
            word.folded_end = u32::try_from(self.words.folded.len()).expect("folding keeps within a small factor");
        }
    }

    fn close(&mut self) {
        if let (Some((_, hasher)), Some(word)) = (self.open.take(), self.words.all.last_mut()) {
            word.key = hasher.finish();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Words::new(text).all.iter().map(|w| w.range.of(text)).collect()
    }

    #[test]
    fn words_are_runs_of_letters_or_digits() {
        assert_eq!(
            words("US-China’s “Covid19” costs $2.5m, 30%"),
            ["US", "China", "s", "Covid", "19", "costs", "$", "2", "5", "m", "30", "%"]
        );
        assert_eq!(words("漢字か 😀x"), ["漢", "字", "か", "😀", "x"]);
        assert_eq!(words(" ,.“” "), [""; 0]);
    }

    #[test]
    fn what_does_not_count_is_folded_away() {
        let same = |a: &str, b: &str| {
            let keys = |t: &str| Words::new(t).all.iter().map(|w| w.key).collect::<Vec<_>>();
            assert_eq!(keys(a), keys(b), "{a} and {b}");
        };
        same("Café Åby", "cafe\u{301} A\u{30a}BY");
        same("mag\u{ad}ni\u{200b}fi\u{ad}cent", "**Magnificent**");
        same("don’t — stop…", "don't -- stop...");
        assert_eq!(Words::new("mag\u{ad}ni").len(), 1);
    }

    #[test]
    fn what_stands_between_is_told() {
        let gaps: Vec<Gap> = Words::new("a b, c. d\ne\n\n“f” g").all.iter().map(|w| w.gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::None, Gap::Clause, Gap::Sentence, Gap::Line, Gap::Paragraph, Gap::Clause]);
    }

    #[test]
    fn likeness_survives_a_slip() {
        let like = |a: &str, b: &str| Words::new(a).likeness(0, &Words::new(b), 0);
        assert!(like("tariff", "tarff") > 0.8 && like("tariff", "tarxiff") > 0.8 && like("tariff", "tarizf") > 0.6);
        assert!(like("growth", "market") < 0.3 && like("145", "125") < 0.1);
        assert!((like("Ada", "ADA") - 1.0).abs() < f32::EPSILON);
    }

    proptest! {
        #[test]
        fn words_stand_in_order_and_hold_no_space(text in "(\\PC|\u{301}|\u{ad}|[a-c]|[0-9]|\n|[ก-ฮ]){0,60}") {
            let words = Words::new(&text);
            let mut last = 0;
            for (i, w) in words.all.iter().enumerate() {
                prop_assert!(w.range.start() >= last && !w.range.is_empty());
                prop_assert!(!w.range.of(&text).contains(char::is_whitespace));
                prop_assert!(!words.folded(i).is_empty());
                prop_assert_eq!(words.within(w.range), i..i + 1);
                last = w.range.end();
            }
        }
    }
}
