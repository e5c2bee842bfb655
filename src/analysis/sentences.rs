//! Sentences, as ranges of tokens.

use super::token::{Shape, Tokens};
use crate::text::TextRange;

/// One sentence: token indices, half-open, within one block. Closing marks belong to the sentence they close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Indices into [`Tokens::list`].
    pub tokens: std::ops::Range<usize>,
}

impl Sentence {
    /// The bytes from its first token to its last.
    #[must_use]
    pub fn range(&self, tokens: &Tokens<'_>) -> TextRange {
        tokens.span(self.tokens.start, self.tokens.end - 1)
    }
}

/// The sentences of all blocks, in reading order. Every token lies in exactly one.
#[must_use]
pub fn split(tokens: &Tokens<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for block in &tokens.blocks {
        let mut first = block.tokens.start;
        for i in block.tokens.clone() {
            if i + 1 == block.tokens.end || ends_at(tokens, i, &block.tokens) {
                sentences.push(Sentence { tokens: first..i + 1 });
                first = i + 1;
            }
        }
    }
    sentences
}

/// The sentences of one stretch of text (a block), in bytes.
#[must_use]
pub fn in_range(text: &str, range: TextRange) -> Vec<TextRange> {
    let tokens = Tokens::of_range(text, range);
    split(&tokens).iter().map(|s| s.range(&tokens)).collect()
}

/// True when token `i` is the last of a sentence. (First version: full stop, mark, capital.)
fn ends_at(tokens: &Tokens<'_>, i: usize, block: &std::ops::Range<usize>) -> bool {
    let list = &tokens.list;
    let closes = |k: usize| list[k].is('”') || list[k].is('"') || list[k].is('’') || list[k].is(')') || list[k].is('\'');
    let stop = |k: usize| list[k].is('.') || list[k].is('!') || list[k].is('?') || list[k].is('…');
    let mut k = i;
    while k > block.start && closes(k) && list[k].glued {
        k -= 1;
    }
    if !stop(k) {
        return false;
    }
    let next = list[i + 1];
    if next.glued && closes(i + 1) {
        return false;
    }
    let before = (k > block.start).then(|| list[k - 1]);
    let initial = list[k].is('.') && before.is_some_and(|b| b.is_word() && b.range().len() == 1 && b.shape == Shape::Upper);
    !initial && (next.is_capital() || !next.is_word())
}
