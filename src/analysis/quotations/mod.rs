//! Words in quotation marks: pairing the marks, and telling speech from mention.
//!
//! `marks` reads which symbols may be marks, `pair` pairs them inside a block, `paragraphs` joins what goes on over blocks,
//! `mention` decides what is speech. `blocks` finds what needs no marks: block quotes, with `dialogue` the turns of an interview and
//! with `dashes` dialogue after dashes.

pub(in crate::analysis) mod blocks;
mod dashes;
pub(in crate::analysis) mod dialogue;
mod marks;
mod mention;
mod pair;
mod paragraphs;
#[cfg(test)]
mod tests;

use super::findings::{Parts, Quotation, QuoteKind};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::Article;
use crate::text::{TextRange, grapheme};

/// Words in marks before their kind is known: one piece a block, token indices, marks included.
#[derive(Debug, Clone)]
struct Marked {
    /// First and last token of each piece, both included.
    parts: Vec<(usize, usize)>,
    /// How many quotations it lies in.
    depth: usize,
    /// Tokens of the opening and the closing mark of the first and the last piece (1, or 2 when written as two; 0 when it is missing).
    open: usize,
    close: usize,
}

impl Marked {
    /// The tokens between the marks of the first and the last piece, half-open.
    fn inside(&self) -> std::ops::Range<usize> {
        let (first, last) = (self.parts[0].0, self.parts[self.parts.len() - 1].1);
        let start = first + self.open;
        start..(last + 1).saturating_sub(self.close).max(start)
    }
}

/// Finds all quotations and mentions, without speakers.
#[must_use]
pub fn find(article: &Article, tokens: &Tokens<'_>, sentences: &[Sentence]) -> Vec<Quotation> {
    let mut marked = paragraphs::find(tokens);
    marked.iter_mut().filter(|m| m.parts.len() > 1).for_each(|m| drop_directions(tokens, m));
    for m in marked.iter_mut().filter(|m| m.close == 0 && m.open > 0 && m.depth == 0) {
        if let [(first, last)] = m.parts[..]
            && let Some(end) = dashes::end_before_cue(tokens, first, last)
        {
            m.parts = vec![(first, end)];
        }
    }
    let context = mention::Context::new(article, tokens, sentences, &marked);
    let mut quotes: Vec<Quotation> = Vec::with_capacity(marked.len());
    let mut before = None;
    for (i, m) in marked.iter().enumerate() {
        let kind = if m.depth > 0 { QuoteKind::Nested } else { context.kind(i, before) };
        if m.depth == 0 {
            before = Some((i, kind));
        }
        quotes.push(quotation(tokens, &m.parts, kind));
    }
    blocks::add(article, tokens, &mut quotes);
    quotes.sort_by_key(|q| (q.range.start(), std::cmp::Reverse(q.range.end())));
    quotes
}

/// "(CROSSTALK)" as a paragraph of a transcript in marks is no part of what is said.
fn drop_directions(tokens: &Tokens<'_>, marked: &mut Marked) {
    let direction = |&(first, last): &(usize, usize)| {
        let bracket = |i: usize, c: char| tokens.list.get(i).is_some_and(|t| t.is(c));
        let opens = bracket(first, '(') || bracket(first + 1, '(');
        opens && last > first + 1 && (last - 2..=last).any(|i| bracket(i, ')'))
    };
    if marked.parts.iter().all(direction) {
        return;
    }
    let is_mark = |i: usize| tokens.list.get(i).is_some_and(marks::is_candidate);
    marked.parts.retain(|p| !direction(p));
    let (first, last) = (marked.parts[0].0, marked.parts[marked.parts.len() - 1].1);
    marked.open = if is_mark(first) { marked.open.max(1) } else { 0 };
    marked.close = if is_mark(last) { marked.close.max(1) } else { 0 };
}

fn quotation(tokens: &Tokens<'_>, parts: &[(usize, usize)], kind: QuoteKind) -> Quotation {
    let parts: Parts = parts.iter().map(|&(first, last)| snapped(tokens.text, tokens.span(first, last))).collect();
    let range = parts[0].union(parts[parts.len() - 1]);
    Quotation { range, parts, kind, speaker: None, cue: None, via: None, evidence: None }
}

/// Whole graphemes: a mark may carry a combining character.
pub(in crate::analysis) fn snapped(text: &str, range: TextRange) -> TextRange {
    let bytes = text.as_bytes();
    let ascii_after = bytes.get(range.end()).is_none_or(u8::is_ascii);
    let plain_first = range.of(text).starts_with(|c: char| c.is_ascii() || matches!(c, '‘'..='‟' | '«' | '»' | '「' | '『'));
    let ascii_before = plain_first && (range.start() == 0 || bytes[range.start() - 1].is_ascii());
    let start = if ascii_before { range.start() } else { grapheme::floor(text, range.start()) };
    let end = if ascii_after { range.end() } else { grapheme::ceil(text, range.end()) };
    TextRange::new(start, end)
}
