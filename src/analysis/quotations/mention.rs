//! Speech against mention.

use super::Marked;
use crate::analysis::findings::QuoteKind;
use crate::analysis::sentences::Sentence;
use crate::analysis::token::Tokens;
use crate::article::Article;

pub(super) fn kind(_article: &Article, tokens: &Tokens<'_>, _sentences: &[Sentence], marked: &[Marked], i: usize) -> QuoteKind {
    let words = marked[i].inside().filter(|&t| tokens.list[t].is_word()).count();
    if words >= 7 { QuoteKind::Full } else { QuoteKind::Fragment }
}
