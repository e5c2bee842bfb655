//! The one pass over the text that feeds every detector: words, numbers and symbols with their lexicon classes.

use super::lexicon::{self, Class};
use crate::article::Article;
use crate::text::TextRange;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A run of letters and combining marks. Hyphens and apostrophes stand between words as symbols.
    Word,
    /// Digits, with `.` and `,` between digits ("1,234.5").
    Number,
    /// One other character; several only for "...".
    Symbol,
}

/// The case of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// "tariff"; numbers and symbols too, and words of scripts without case.
    Lower,
    /// "Trump"
    Capital,
    /// "NATO", and one capital letter ("S").
    Upper,
    /// "iPhone", "McDonald", "eBay".
    Mixed,
}

/// A token. Its text is `token.range().of(text)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    start: u32,
    end: u32,
    /// What the lexicon knows of the lower-cased word; empty for numbers and symbols.
    pub class: Class,
    /// The first character.
    pub first: char,
    /// What it is made of.
    pub kind: Kind,
    /// The case, for words.
    pub shape: Shape,
    /// True when nothing stands between this token and the one before it in its block.
    pub glued: bool,
}

impl Token {
    /// Where it stands, in bytes of the article text.
    #[must_use]
    pub fn range(self) -> TextRange {
        TextRange::new(self.start(), self.end())
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// True for this symbol.
    #[must_use]
    pub fn is(self, symbol: char) -> bool {
        self.kind == Kind::Symbol && self.first == symbol
    }

    /// True for a word.
    #[must_use]
    pub fn is_word(self) -> bool {
        self.kind == Kind::Word
    }

    /// True for a word that starts with a capital letter.
    #[must_use]
    pub fn is_capital(self) -> bool {
        self.kind == Kind::Word
            && (self.shape == Shape::Capital || self.shape == Shape::Upper || (self.shape == Shape::Mixed && self.first.is_uppercase()))
    }

    /// True when the lexicon gives the word any of these classes.
    #[must_use]
    pub fn has(self, class: Class) -> bool {
        self.class.intersects(class)
    }

    /// An apostrophe or single quotation mark, straight or curly.
    #[must_use]
    pub fn is_apostrophe(self) -> bool {
        self.kind == Kind::Symbol && matches!(self.first, '\'' | '’' | '‘')
    }
}

/// All tokens of the blocks that are read (furniture is left out), in reading order.
#[derive(Debug, Clone)]
pub struct Tokens<'t> {
    /// The article text.
    pub text: &'t str,
    /// The tokens.
    pub list: Vec<Token>,
    /// Which tokens belong to which block, in reading order.
    pub blocks: Vec<BlockTokens>,
}

/// The tokens of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockTokens {
    /// Index into [`Article::blocks`].
    pub block: usize,
    /// Indices into [`Tokens::list`].
    pub tokens: std::ops::Range<usize>,
}

impl<'t> Tokens<'t> {
    /// Reads every block but furniture once.
    #[must_use]
    pub fn of(article: &'t Article) -> Self {
        let mut tokens = Self {
            text: &article.text,
            list: Vec::with_capacity(article.text.len() / 5),
            blocks: Vec::with_capacity(article.blocks.len()),
        };
        for (block, b) in article.body() {
            let first = tokens.list.len();
            tokens.read(b.range);
            tokens.blocks.push(BlockTokens { block, tokens: first..tokens.list.len() });
        }
        tokens
    }

    /// The tokens of one stretch of text alone, as one block with index 0.
    #[must_use]
    pub fn of_range(text: &'t str, range: TextRange) -> Self {
        let mut tokens = Self { text, list: Vec::new(), blocks: Vec::new() };
        tokens.read(range);
        tokens.blocks.push(BlockTokens { block: 0, tokens: 0..tokens.list.len() });
        tokens
    }

    /// The text of token `i`; "" past the end.
    #[must_use]
    pub fn str(&self, i: usize) -> &'t str {
        self.list.get(i).map_or("", |t| t.range().of(self.text))
    }

    /// From the first byte of token `first` to the last byte of token `last`, both included.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> TextRange {
        TextRange::new(self.list[first].start(), self.list[last].end())
    }

    /// The index of the first token that starts at or after byte `at`.
    #[must_use]
    pub fn at_or_after(&self, at: usize) -> usize {
        self.list.partition_point(|t| t.start() < at)
    }

    fn read(&mut self, range: TextRange) {
        let piece = range.of(self.text);
        let base = range.start();
        let lexicon = lexicon::get();
        let mut end_before = usize::MAX;
        let mut chars = piece.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let mut end = at + c.len_utf8();
            let mut shape = Shape::Lower;
            let kind = if is_letter(c) {
                let (mut upper, mut lower, mut letters) = (usize::from(c.is_uppercase()), usize::from(c.is_lowercase()), 1);
                while let Some(&(i, c)) = chars.peek() {
                    if !is_letter(c) && !is_mark(c) {
                        break;
                    }
                    upper += usize::from(c.is_uppercase());
                    lower += usize::from(c.is_lowercase());
                    letters += 1;
                    end = i + c.len_utf8();
                    chars.next();
                }
                shape = match (c.is_uppercase(), upper, lower) {
                    (_, 0, _) => Shape::Lower,
                    (true, 1, _) if letters > 1 => Shape::Capital,
                    (true, _, 0) => Shape::Upper,
                    _ => Shape::Mixed,
                };
                Kind::Word
            } else if c.is_ascii_digit() {
                while let Some(&(i, c)) = chars.peek() {
                    let digit_next = || piece.as_bytes().get(i + 1).is_some_and(u8::is_ascii_digit);
                    if !c.is_ascii_digit() && !((c == '.' || c == ',') && digit_next()) {
                        break;
                    }
                    end = i + c.len_utf8();
                    chars.next();
                }
                Kind::Number
            } else {
                let dots = if c == '.' { piece.as_bytes()[at..].iter().take_while(|&&b| b == b'.').count() } else { 1 };
                if dots >= 3 {
                    end = at + dots;
                    for _ in 1..dots {
                        chars.next();
                    }
                }
                Kind::Symbol
            };
            let class = if kind == Kind::Word { lexicon.class_of(TextRange::new(at, end).of(piece)) } else { Class::NONE };
            let fit = |n: usize| u32::try_from(n).expect("texts are under 4 GiB");
            self.list.push(Token { start: fit(base + at), end: fit(base + end), class, first: c, kind, shape, glued: end_before == at });
            end_before = end;
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

/// Combining marks and joiners that belong to the word before them.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
        (0..tokens.list.len()).map(|i| format!("{}{}", if tokens.list[i].glued { "+" } else { "" }, tokens.str(i))).collect()
    }

    #[test]
    fn words_numbers_and_symbols() {
        assert_eq!(
            words("“Mr. O’Brien’s 1,234.5% — hour-long...”"),
            ["“", "+Mr", "+.", "O", "+’", "+Brien", "+’", "+s", "1,234.5", "+%", "—", "hour", "+-", "+long", "+...", "+”"]
        );
        assert_eq!(words("$2m A350-900, 3."), ["$", "+2", "+m", "A", "+350", "+-", "+900", "+,", "3", "+."]);
    }

    #[test]
    fn shapes() {
        let text = "Trump NATO McDonald iPhone S tariff é É";
        let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
        let shapes: Vec<_> = tokens.list.iter().map(|t| t.shape).collect();
        use Shape::{Capital, Lower, Mixed, Upper};
        assert_eq!(shapes, [Capital, Upper, Mixed, Mixed, Upper, Lower, Lower, Upper]);
    }
}
