//! Words in quotation marks: pairing the marks, and telling speech from mention.

use super::findings::Quotation;
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::Article;

/// Finds all quotations and mentions, without speakers.
#[must_use]
pub fn find(_article: &Article, _tokens: &Tokens<'_>, _sentences: &[Sentence]) -> Vec<Quotation> {
    Vec::new()
}
