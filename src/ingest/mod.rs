//! Bytes to an [`Article`]: charset, kind, text, blocks.
//!
//! Pure functions of the bytes; reading files is the caller's. Parsers do not fail: they return the article with warnings.

pub mod plain;

use crate::article::Article;

/// The article that a plain text is, without a file: for corpora and tests.
#[must_use]
pub fn from_text(text: &str) -> Article {
    plain::article(text)
}
