//! Quotations over paragraphs: re-opened at each, or running on to a closing mark, or never closed.

use super::Marked;
use super::marks::{self, Fit, Mark};
use super::pair::{self, Carried, Pair};
use crate::analysis::token::Tokens;

/// How many blocks a quotation may run on for without being re-opened.
const FARTHEST: usize = 6;

/// All words in marks, in order of their opening marks.
pub(super) fn find(tokens: &Tokens<'_>) -> Vec<Marked> {
    let mut found: Vec<Marked> = Vec::new();
    // The quotation that the block before left open: its index in `found`.
    let mut unclosed: Option<usize> = None;
    let mut current: Vec<Mark> = Vec::new();
    let mut ahead: Vec<Mark> = Vec::new();
    let Some(first) = tokens.blocks.first() else { return found };
    marks::read(tokens, first.tokens.clone(), &mut ahead);
    for (b, block) in tokens.blocks.iter().enumerate() {
        std::mem::swap(&mut current, &mut ahead);
        match tokens.blocks.get(b + 1) {
            Some(next) => marks::read(tokens, next.tokens.clone(), &mut ahead),
            None => ahead.clear(),
        }
        if current.is_empty() {
            unclosed = unclosed.filter(|_| runs_on(tokens, b, unclosed_family(&found, unclosed, tokens)));
            if let Some(open) = unclosed
                && !block.tokens.is_empty()
            {
                found[open].parts.push((block.tokens.start, block.tokens.end - 1));
            }
            continue;
        }
        let next_reopens = tokens.blocks.get(b + 1).is_some_and(|n| reopens(&ahead, n.tokens.start));
        let reopened = unclosed.is_some() && reopens(&current, block.tokens.start);
        let carried = match unclosed {
            Some(_) if !reopened => carried_to(&current, unclosed_family(&found, unclosed, tokens)),
            _ => None,
        };
        let pairs = pair::pairs(&current, carried, next_reopens);
        let before = unclosed.take();
        for pair in &pairs {
            let continues = before.filter(|_| pair.depth == 0 && (pair.open.is_none() || (reopened && pair.open == Some(0))));
            let index = add(&mut found, &current, *pair, block.tokens.clone(), continues);
            if pair.close.is_none() {
                unclosed = index;
            }
        }
        // A quotation never closed is kept open only for a block that re-opens it or closes it.
        unclosed = unclosed.filter(|_| next_reopens || runs_on(tokens, b, unclosed_family(&found, unclosed, tokens)));
    }
    found.retain(|m| m.inside().any(|i| i < tokens.list.len() && tokens.list[i].kind != crate::analysis::token::Kind::Symbol));
    found
}

/// Adds a pair as a quotation of its own or as a further piece of `continues`; its index in `found`.
fn add(found: &mut Vec<Marked>, marks: &[Mark], pair: Pair, block: std::ops::Range<usize>, continues: Option<usize>) -> Option<usize> {
    let first = pair.open.map_or(block.start, |m| marks[m].first);
    let last = pair.close.map_or(block.end - 1, |m| marks[m].last);
    let close = pair.close.map_or(0, |m| marks[m].last + 1 - marks[m].first);
    if let Some(before) = continues {
        found[before].parts.push((first, last));
        found[before].close = close;
        return Some(before);
    }
    let open = pair.open.map_or(0, |m| marks[m].last + 1 - marks[m].first);
    found.push(Marked { parts: vec![(first, last)], depth: pair.depth, open, close });
    Some(found.len() - 1)
}

/// True when the block opens with a mark.
fn reopens(marks: &[Mark], start: usize) -> bool {
    marks.first().is_some_and(|m| m.first == start && m.opens >= Fit::Weak)
}

fn unclosed_family(found: &[Marked], unclosed: Option<usize>, tokens: &Tokens<'_>) -> Option<Carried> {
    let open = found.get(unclosed?)?;
    let family = match tokens.list[open.parts[0].0].first {
        '"' | '“' | '”' | '„' => marks::Family::Double,
        '«' | '»' => marks::Family::Guillemet,
        _ => return None,
    };
    Some(Carried { family })
}

/// The quotation that goes on into this block: its first mark of that family closes and does not open.
fn carried_to(marks: &[Mark], carried: Option<Carried>) -> Option<Carried> {
    let carried = carried?;
    let first = marks.iter().find(|m| m.family == carried.family)?;
    (first.closes == Fit::Strong && first.opens < Fit::Strong && !first.measure).then_some(carried)
}

/// True when a block soon after `b` closes the quotation before anything opens.
fn runs_on(tokens: &Tokens<'_>, b: usize, carried: Option<Carried>) -> bool {
    let mut marks = Vec::new();
    for block in tokens.blocks.iter().skip(b + 1).take(FARTHEST) {
        // A paragraph of a thousand tokens is no line of a poem.
        if block.tokens.len() > 1000 {
            return false;
        }
        marks::read(tokens, block.tokens.clone(), &mut marks);
        if !marks.is_empty() {
            return carried_to(&marks, carried).is_some();
        }
    }
    false
}
