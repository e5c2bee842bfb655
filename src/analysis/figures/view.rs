//! The tokens of one block, seen from inside the detector: every look-up is bounded by the block.

use super::currency::Habits;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Token, Tokens};

/// One block's tokens.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    /// First token of the block.
    pub(super) start: usize,
    /// One past its last token.
    pub(super) end: usize,
    /// What the article's money says about ambiguous words.
    pub(super) habits: Habits,
}

impl<'a> View<'a> {
    /// Token `i`, if it lies in the block. Take `i.wrapping_sub(n)` to look back.
    #[inline]
    pub(super) fn get(self, i: usize) -> Option<Token> {
        (self.start <= i && i < self.end).then(|| self.tokens.list[i])
    }

    /// Its text; "" outside the block.
    #[inline]
    pub(super) fn text(self, i: usize) -> &'a str {
        if self.start <= i && i < self.end { self.tokens.str(i) } else { "" }
    }

    /// True when token `i` is this word, whatever its case.
    #[inline]
    pub(super) fn eq(self, i: usize, word: &str) -> bool {
        self.get(i).is_some_and(|t| t.end() - t.start() == word.len()) && self.text(i).eq_ignore_ascii_case(word)
    }

    /// True when token `i` is one of these words, whatever its case.
    #[inline]
    pub(super) fn any(self, i: usize, words: &[&str]) -> bool {
        let word = self.text(i);
        words.iter().any(|w| w.len() == word.len() && w.eq_ignore_ascii_case(word))
    }

    /// True when token `i` is this symbol.
    #[inline]
    pub(super) fn is(self, i: usize, symbol: char) -> bool {
        self.get(i).is_some_and(|t| t.is(symbol))
    }

    /// True when token `i` stands right behind the one before it, without a space.
    #[inline]
    pub(super) fn glued(self, i: usize) -> bool {
        i > self.start && self.get(i).is_some_and(|t| t.glued)
    }

    /// True when token `i` has any of these classes.
    #[inline]
    pub(super) fn has(self, i: usize, class: Class) -> bool {
        self.get(i).is_some_and(|t| t.has(class))
    }

    /// True for a token of digits.
    #[inline]
    pub(super) fn number(self, i: usize) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Number)
    }

    /// True for a word.
    #[inline]
    pub(super) fn word(self, i: usize) -> bool {
        self.get(i).is_some_and(Token::is_word)
    }

    /// True for a word with a capital.
    #[inline]
    pub(super) fn capital(self, i: usize) -> bool {
        self.get(i).is_some_and(Token::is_capital)
    }

    /// True for a hyphen or a dash that may stand between two numbers.
    #[inline]
    pub(super) fn dash(self, i: usize) -> bool {
        self.get(i).is_some_and(|t| t.kind == Kind::Symbol && matches!(t.first, '-' | '‐' | '‑' | '–' | '−' | '—'))
    }

    /// The index behind a hyphen that ties token `i - 1` to the next one, else `i` itself: "90-day" and "90 day" go on alike.
    #[inline]
    pub(super) fn past_hyphen(self, i: usize) -> usize {
        let hyphen = self.get(i).is_some_and(|t| t.kind == Kind::Symbol && matches!(t.first, '-' | '‐' | '‑'));
        if hyphen && self.glued(i) && self.glued(i + 1) { i + 1 } else { i }
    }

    /// Where the sentence seems to start at or before token `i`: the block's start, or behind a stop or opening mark.
    #[inline]
    pub(super) fn opens_sentence(self, i: usize) -> bool {
        let Some(before) = self.get(i.wrapping_sub(1)) else { return true };
        before.kind == Kind::Symbol && matches!(before.first, '.' | '!' | '?' | '“' | '"' | '‘' | ':' | '(' | '•' | '…')
    }
}

/// Calls `f` with the word in lower case. Long words come out as "".
pub(super) fn folded<R>(word: &str, f: impl FnOnce(&str) -> R) -> R {
    let mut buffer = [0; 24];
    match buffer.get_mut(..word.len()) {
        Some(lower) => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            f(std::str::from_utf8(lower).unwrap_or_default())
        }
        None => f(""),
    }
}
