//! Corrects what the extractor kept and left out.

use super::page::Page;
use crate::article::{BlockKind, Meta, Reason};

/// What becomes of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a block of the article.
    Kept(BlockKind),
    /// It is not, and why.
    Left(Reason),
}

/// Judges every piece. `kept` are the bytes of each that the extractor kept.
pub(super) fn verdicts(page: &Page, kept: Option<&[usize]>, _meta: &Meta) -> Vec<Verdict> {
    page.pieces
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let bytes = kept.and_then(|k| k.get(i).copied()).unwrap_or(0);
            if bytes * 2 >= p.range.len() { Verdict::Kept(p.kind) } else { Verdict::Left(p.zone.map_or(Reason::Outside, |z| z.reason)) }
        })
        .collect()
}
