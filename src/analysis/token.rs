//! The one pass over the text that feeds every detector: words, numbers and symbols with their lexicon classes.

use super::eights::{short_word, small_letters};
use super::lexicon::{self, Class, Place};
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
    range: TextRange,
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
    #[inline]
    pub fn range(self) -> TextRange {
        self.range
    }

    /// First byte.
    #[must_use]
    #[inline]
    pub fn start(self) -> usize {
        self.range.start()
    }

    /// One past the last byte.
    #[must_use]
    #[inline]
    pub fn end(self) -> usize {
        self.range.end()
    }

    /// True for this symbol.
    #[must_use]
    #[inline]
    pub fn is(self, symbol: char) -> bool {
        self.kind == Kind::Symbol && self.first == symbol
    }

    /// True for a word.
    #[must_use]
    #[inline]
    pub fn is_word(self) -> bool {
        self.kind == Kind::Word
    }

    /// True for a word that starts with a capital letter.
    #[must_use]
    #[inline]
    pub fn is_capital(self) -> bool {
        self.kind == Kind::Word
            && (self.shape == Shape::Capital || self.shape == Shape::Upper || (self.shape == Shape::Mixed && self.first.is_uppercase()))
    }

    /// True when the lexicon gives the word any of these classes.
    #[must_use]
    #[inline]
    pub fn has(self, class: Class) -> bool {
        self.class.intersects(class)
    }

    /// An apostrophe or single quotation mark, straight or curly.
    #[must_use]
    #[inline]
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
    /// For each token the [`lexicon::id`] of its folded text; 0 where folding takes more than small letters.
    pub(crate) ids: Vec<u32>,
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
            list: Vec::with_capacity(article.text.len() / 4),
            ids: Vec::with_capacity(article.text.len() / 4),
            blocks: Vec::with_capacity(article.blocks.len()),
        };
        let mut places = Vec::with_capacity(256);
        for (block, b) in article.body() {
            let first = tokens.list.len();
            tokens.read(b.range, &mut places);
            tokens.blocks.push(BlockTokens { block, tokens: first..tokens.list.len() });
        }
        tokens
    }

    /// The tokens of one stretch of text alone, as one block with index 0.
    #[must_use]
    pub fn of_range(text: &'t str, range: TextRange) -> Self {
        let mut tokens = Self { text, list: Vec::new(), ids: Vec::new(), blocks: Vec::new() };
        tokens.read(range, &mut Vec::new());
        tokens.blocks.push(BlockTokens { block: 0, tokens: 0..tokens.list.len() });
        tokens
    }

    /// The text of token `i`; "" past the end.
    #[must_use]
    #[inline]
    pub fn str(&self, i: usize) -> &'t str {
        self.list.get(i).map_or("", |t| t.range().of(self.text))
    }

    /// From the first byte of token `first` to the last byte of token `last`, both included.
    #[must_use]
    #[inline]
    pub fn span(&self, first: usize, last: usize) -> TextRange {
        TextRange::new(self.list[first].start(), self.list[last].end())
    }

    /// The index of the first token that starts at or after byte `at`.
    #[must_use]
    #[inline]
    pub fn at_or_after(&self, at: usize) -> usize {
        self.list.partition_point(|t| t.start() < at)
    }

    /// Reads the tokens of `range`; then their classes, all at once. `places` is room to work in.
    fn read(&mut self, range: TextRange, places: &mut Vec<Place>) {
        let first_token = self.list.len();
        places.clear();
        let piece = range.of(self.text);
        let bytes = piece.as_bytes();
        let (mut at, mut end_before) = (0, usize::MAX);
        while let Some(&byte) = bytes.get(at) {
            let (first, sort) = if byte.is_ascii() { (char::from(byte), SORTS[byte as usize]) } else { beyond_ascii(piece, at) };
            // Nearly all words are short: they are read at once.
            if matches!(sort, Sort::Upper | Sort::Lower)
                && byte.is_ascii()
                && let Some((length, eight)) = short_word(bytes, at)
            {
                let shape = match sort {
                    Sort::Upper if length == 1 => Shape::Upper,
                    Sort::Upper => Shape::Capital,
                    _ => Shape::Lower,
                };
                let (place, id) = Place::and_id_of_short(length, eight);
                let whole = TextRange::new(range.start() + at, range.start() + at + length);
                self.list.push(Token { range: whole, class: Class::NONE, first, kind: Kind::Word, shape, glued: end_before == at });
                self.ids.push(id);
                places.push(place);
                (at, end_before) = (at + length, at + length);
                continue;
            }
            let width = first.len_utf8();
            let mut shape = Shape::Lower;
            let (kind, end) = match sort {
                Sort::Space => {
                    at += width;
                    continue;
                }
                Sort::Upper | Sort::Lower | Sort::Letter => {
                    let end;
                    (shape, end) = if width == 1 { ascii_word(piece, at, sort) } else { word(piece, at) };
                    (Kind::Word, end)
                }
                Sort::Digit => (Kind::Number, number(bytes, at)),
                Sort::Mark | Sort::Symbol => {
                    let dots = if byte == b'.' { bytes.iter().skip(at).take_while(|b| **b == b'.').count() } else { 1 };
                    (Kind::Symbol, at + if dots >= 3 { dots } else { width })
                }
            };
            let (place, id) = match kind {
                Kind::Word if bytes.get(at..end).is_some_and(<[u8]>::is_ascii) => Place::and_id(bytes, at, end),
                Kind::Word => (Place::of(TextRange::new(at, end).of(piece)), 0),
                Kind::Symbol if !byte.is_ascii() => (Place::NOWHERE, symbol_id(first)),
                Kind::Number | Kind::Symbol => (Place::NOWHERE, lexicon::id_at(bytes, at, end)),
            };
            let whole = TextRange::new(range.start() + at, range.start() + end);
            self.list.push(Token { range: whole, class: Class::NONE, first, kind, shape, glued: end_before == at });
            self.ids.push(id);
            places.push(place);
            (at, end_before) = (end, end);
        }
        for (token, place) in self.list.iter_mut().skip(first_token).zip(places) {
            token.class = place.class();
        }
    }
}

/// The id of a symbol beyond ASCII: quotation marks and dashes are nothing but themselves, and an apostrophe is a straight one.
fn symbol_id(symbol: char) -> u32 {
    match symbol {
        '’' => lexicon::id(b"'"),
        '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{2023}' => lexicon::id(symbol.encode_utf8(&mut [0; 4]).as_bytes()),
        _ => 0,
    }
}

/// What a character is to the tokeniser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    /// A letter in upper case.
    Upper,
    /// A letter in lower case.
    Lower,
    /// A letter of a script without case.
    Letter,
    /// An ASCII digit.
    Digit,
    /// A combining mark or joiner: part of the word before it, else a symbol.
    Mark,
    Symbol,
}

/// The sorts of ASCII.
static SORTS: [Sort; 128] = {
    let mut sorts = [Sort::Symbol; 128];
    let mut byte = 0;
    while byte < 128 {
        sorts[byte as usize] = match byte {
            b'\t'..=b'\r' | b' ' => Sort::Space,
            b'A'..=b'Z' => Sort::Upper,
            b'a'..=b'z' => Sort::Lower,
            b'0'..=b'9' => Sort::Digit,
            _ => Sort::Symbol,
        };
        byte += 1;
    }
    sorts
};

/// The character at byte `at`, which is not ASCII, and its sort.
fn beyond_ascii(piece: &str, at: usize) -> (char, Sort) {
    let c = TextRange::new(at, piece.len()).of(piece).chars().next().unwrap_or_default();
    let sort = match c {
        '\u{2010}'..='\u{2027}' => Sort::Symbol, // dashes and quotation marks: nearly all that news has beyond ASCII
        _ if c.is_whitespace() => Sort::Space,
        _ if !c.is_alphabetic() => [Sort::Symbol, Sort::Mark][usize::from(is_mark(c))],
        _ if c.is_uppercase() => Sort::Upper,
        _ if c.is_lowercase() => Sort::Lower,
        _ => Sort::Letter,
    };
    (c, sort)
}

/// The shape and the end of the word that starts with the ASCII letter at byte `at`: nearly always that letter and small ones.
#[inline]
fn ascii_word(piece: &str, at: usize, first: Sort) -> (Shape, usize) {
    let bytes = piece.as_bytes();
    let end = at + 1 + small_letters(bytes, at + 1);
    if bytes.get(end).is_some_and(|b| !b.is_ascii() || b.is_ascii_uppercase()) {
        return word(piece, at);
    }
    let shape = match first {
        Sort::Upper if end == at + 1 => Shape::Upper,
        Sort::Upper => Shape::Capital,
        _ => Shape::Lower,
    };
    (shape, end)
}

/// The shape and the end of the word that starts at byte `at`.
fn word(piece: &str, at: usize) -> (Shape, usize) {
    let (mut end, mut upper, mut lower, mut letters) = (at, 0_usize, 0_usize, 0_usize);
    let mut capital = false;
    while let Some(&byte) = piece.as_bytes().get(end) {
        let (width, sort) = if byte.is_ascii() {
            (1, SORTS[byte as usize])
        } else {
            let (c, sort) = beyond_ascii(piece, end);
            (c.len_utf8(), sort)
        };
        match sort {
            Sort::Upper => upper += 1,
            Sort::Lower => lower += 1,
            Sort::Letter | Sort::Mark => {}
            Sort::Space | Sort::Digit | Sort::Symbol => break,
        }
        capital |= letters == 0 && sort == Sort::Upper;
        let run = small_letters(piece.as_bytes(), end + width);
        letters += 1 + run;
        lower += run;
        end += width + run;
    }
    let shape = match (capital, upper, lower) {
        (_, 0, _) => Shape::Lower,
        (true, 1, _) if letters > 1 => Shape::Capital,
        (true, _, 0) => Shape::Upper,
        _ => Shape::Mixed,
    };
    (shape, end)
}

/// The end of the number that starts at byte `at`.
fn number(bytes: &[u8], at: usize) -> usize {
    let digit = |k: usize| bytes.get(k).is_some_and(u8::is_ascii_digit);
    let mut end = at + 1;
    while digit(end) || matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
        end += 1;
    }
    end
}

/// Combining marks and joiners that belong to the word before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
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
