//! Quotations that stand without marks: block quotes, and the turns of a dialogue.

use super::{Quotation, QuoteKind, quotation};
use super::{dashes, dialogue};
use crate::analysis::findings::MentionReason;
use crate::analysis::token::{Kind, Token, Tokens};
use crate::article::{Article, BlockKind};

/// Adds them to `quotes`, which are in reading order. What stands in marks inside one is nested in it.
pub(super) fn add(article: &Article, tokens: &Tokens<'_>, quotes: &mut Vec<Quotation>) {
    let turns = dialogue::turns(article, tokens);
    let mut made: Vec<Quotation> = turns.iter().map(|parts| quotation(tokens, parts, QuoteKind::Block)).collect();
    made.extend(dashes::pieces(article, tokens).into_iter().map(|piece| quotation(tokens, &[piece], QuoteKind::Full)));
    made.extend(block_quotes(article, tokens, quotes));
    if made.is_empty() {
        return;
    }
    made.sort_by_key(|q| (q.range.start(), std::cmp::Reverse(q.range.end())));
    made.dedup_by(|later, kept| kept.range.overlaps(later.range)); // a turn inside a block quote is read once
    for block in &made {
        let from = quotes.partition_point(|q| q.range.start() < block.range.start());
        let inside = quotes.iter_mut().skip(from).take_while(|q| q.range.start() < block.range.end());
        for q in inside.filter(|q| q.kind.is_speech() || q.kind == QuoteKind::Mention(MentionReason::Scare)) {
            q.kind = QuoteKind::Nested;
        }
    }
    quotes.append(&mut made);
}

/// Block quotes: those of one run of paragraphs are one quotation of several parts.
fn block_quotes(article: &Article, tokens: &Tokens<'_>, quotes: &[Quotation]) -> Vec<Quotation> {
    let mut made: Vec<Quotation> = Vec::new();
    let mut run: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    for (b, block) in tokens.blocks.iter().enumerate() {
        if article.blocks[block.block].kind != BlockKind::Quote || block.tokens.is_empty() {
            continue;
        }
        if last.is_none_or(|l| l + 1 != b) && !run.is_empty() {
            made.push(quotation(tokens, &std::mem::take(&mut run), QuoteKind::Block));
        }
        last = Some(b);
        let Some(words) = words(tokens, block.tokens.clone()) else {
            // "— Jo Hill" ends the quotation
            if !run.is_empty() {
                made.push(quotation(tokens, &std::mem::take(&mut run), QuoteKind::Block));
            }
            continue;
        };
        let range = tokens.span(words.0, words.1);
        let next = quotes.partition_point(|q| q.range.end() <= range.start());
        // All of it stands in marks, or goes on from words that do: no quotation of its own.
        let in_marks = |q: &Quotation| q.range.start() <= range.start() && (q.range.end() >= range.end() || mostly(q, range));
        if !quotes.get(next).is_some_and(in_marks) {
            run.push(words);
        }
    }
    if !run.is_empty() {
        made.push(quotation(tokens, &run, QuoteKind::Block));
    }
    made
}

/// True when the quotation is most of the block: the rest says who spoke.
fn mostly(q: &Quotation, block: crate::text::TextRange) -> bool {
    q.kind.is_speech() && q.range.len() * 2 > block.len()
}

/// The words of a block quote without the sign of plain text (`>`) and a closing "— Jo Hill"; none when that is all there is.
fn words(tokens: &Tokens<'_>, block: std::ops::Range<usize>) -> Option<(usize, usize)> {
    let first = block.clone().find(|&i| !tokens.list[i].is('>'))?;
    if is_dash(tokens.list[first]) {
        return None;
    }
    let last = signature(tokens, first..block.end).map_or(block.end - 1, |dash| dash - 1);
    (last >= first).then_some((first, last))
}

/// The dash before a name that closes the block: "…the end. — Jo Hill, mayor".
pub(in crate::analysis) fn signature(tokens: &Tokens<'_>, block: std::ops::Range<usize>) -> Option<usize> {
    /// The longest signature, in tokens.
    const LONGEST: usize = 14;
    let dash = (block.start + 1..block.end).rev().take(LONGEST).find(|&i| is_dash(tokens.list[i]) && !tokens.list[i].glued)?;
    let ended = tokens.list[dash - 1].kind == Kind::Symbol && matches!(tokens.list[dash - 1].first, '.' | '!' | '?' | '…' | '”' | '"');
    let name = tokens.list.get(dash + 1).is_some_and(|t| dash + 1 < block.end && t.is_capital());
    (ended && name).then_some(dash)
}

/// A dash that leads a signature.
pub(in crate::analysis) fn is_dash(t: Token) -> bool {
    t.kind == Kind::Symbol && matches!(t.first, '—' | '–' | '―' | '-' | '~')
}
